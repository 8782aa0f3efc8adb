"""The reference marks: what readers coded, how far they agreed, and the corrections that follow."""

import re

import pytest

import kit
from kit.errors import KitError
from kit.marks.corrections import apply
from kit.marks.mark_files import csv_text
from tests.small_cases import write_case
from tools import reference_marks as reference

CODEBOOK = """
kinds:
  actor:
    label: Actors
    codes:
      eu: {label: The EU, definition: The Union., phrases: [Brussels]}
  driver:
    label: Drivers
    codes:
      war-fatigue: {label: War fatigue, definition: Exhaustion., phrases: [tired]}
"""
FIRST, SECOND, THIRD = "Brussels is tired of losses.", "The losses exhaust everyone.", "Brussels sprouts never tire us."
ROWS = [
    ("first", 0, FIRST, "actor:eu", "Brussels", "Brussels", "Brussels", ""),
    ("first", 0, FIRST, "driver:war-fatigue", "tired", "", "tired", "Somebody is tired of war."),
    ("first", 1, SECOND, "driver:war-fatigue", "exhaust", "exhaust", "exhaust", ""),
    ("first", 2, THIRD, "", "", "", "", ""),
]


@pytest.fixture
def case(tmp_path):
    article = f"{FIRST} {SECOND} {THIRD}\n"
    return write_case(tmp_path / "river", {"codebook.yaml": CODEBOOK, "articles/first.md": article})


def coded(case, rows, codes=reference.CODED):
    path = case.path.parent / "coding.csv"
    path.write_text(csv_text(codes, rows), encoding="utf-8")
    return reference.coding(case, path)


@pytest.mark.parametrize("name", reference.CASES)
def test_the_marks_of_a_bundled_case_are_the_settled_coding_and_nothing_else(name):
    case = kit.load_case(name)
    rows = reference.coding(case, reference.CODING / f"{name}.csv")
    marks = set(case.marks[["article", "sentence", "code"]].itertuples(index=False, name=None))
    assert marks == {row.key for row in rows if row.settled}


def test_marks_and_page_are_in_step_with_the_coding_the_codebooks_and_the_articles():
    assert reference.out_of_step() == [], "run `make marks`"


@pytest.mark.parametrize("name", reference.CASES)
def test_every_difference_has_a_reason_and_every_words_stand_in_their_sentence(name):
    case = reference.opened(name)
    rows = reference.coding(case, reference.CODING / f"{name}.csv")
    differ = [row for row in rows if len({bool(row.coder_1), bool(row.coder_2), bool(row.settled)}) > 1]
    assert [row.key for row in differ if not row.why] == []
    told = [(row, words) for row in rows for words in (row.coder_1, row.coder_2, row.settled)]
    assert [row.key for row, words in told if words not in case.article(row.article).sentences[row.sentence].text] == []


def test_what_the_rules_miss_is_added_and_what_they_mark_wrongly_removed(case):
    rows = coded(case, ROWS)
    made = reference.corrections(case, rows)
    assert [(each.quote, each.words, each.code, each.verdict) for each in made] == [
        (SECOND, "exhaust", "driver:war-fatigue", "add"),
        (THIRD, "", "actor:eu", "remove"),
    ]
    marks = apply(case.marks.drop(columns="source"), made, case.articles, case.codebook)
    assert marks[["sentence", "code"]].to_numpy().tolist() == [
        [0, "actor:eu"],
        [0, "driver:war-fatigue"],
        [1, "driver:war-fatigue"],
    ]


def test_a_correction_has_the_readers_reason_or_says_that_both_agreed(case):
    rows = [*ROWS[:2], (*ROWS[2][:-1], "They are worn out."), ROWS[3]]
    assert [each.why for each in reference.corrections(case, coded(case, rows))] == [
        "They are worn out.",
        "Both readers: no words here name “The EU”.",
    ]


def test_agreement_is_taken_code_by_code_over_all_sentences(case):
    table = reference.agreement(case, coded(case, ROWS)).set_index("kind")
    assert table.loc["driver", ["codes", "both", "one"]].tolist() == [1, 1, 1]
    assert table.loc["driver", "percent"] == pytest.approx(2 / 3)
    # Six ratings, three of each value; observed 2 of 6 pairs differ, 18 of 30 expected: 1 - (2/6) / (18/30)
    assert table.loc["driver", "alpha"] == pytest.approx(4 / 9)
    assert table.loc["actor", "alpha"] == 1
    assert table.loc["all", "alpha"] == pytest.approx((1 + 4 / 9) / 2)


def test_the_rules_are_scored_against_the_settled_coding(case):
    scored = reference.rules_score(case, coded(case, ROWS)).set_index("kind")
    assert scored.loc["actor", ["settled", "rules", "same"]].tolist() == [1, 2, 1]
    assert scored.loc["driver", ["settled", "rules", "same"]].tolist() == [2, 1, 1]
    assert scored.loc["all", "f1"] == pytest.approx(2 * 2 / (3 + 3))


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (ROWS[:3], "the coding has 'nothing'"),
        ([*ROWS, ("first", 3, "One more.", "", "", "", "", "")], "the articles have 'nothing'"),
        ([ROWS[0], ROWS[1], ROWS[3]], re.escape(THIRD)),
        ([(*ROWS[0][:3], "actor:nobody", *ROWS[0][4:]), *ROWS[1:]], "no code actor:nobody"),
    ],
)
def test_a_sentence_or_code_that_is_no_longer_there_stops_the_writing(case, rows, told):
    with pytest.raises(KitError, match=told):
        coded(case, rows)
