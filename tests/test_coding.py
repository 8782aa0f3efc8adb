"""Coding ten sentences, and how far it agrees with the codebook's coding and with others'."""

import json

import pandas as pd
import pytest

import kit
from kit.learning import coding
from kit.learning.coding import CodingTask, agreement_table, coding_sentences, decisions, dividing_sentences
from kit.learning.document import Document, case_key, put
from kit.learning.portfolio import Portfolio, portfolio
from kit.learning.slip import make_slip, read_slips
from kit.models import agreement
from tests.small_cases import write_case

CODEBOOK = """
kinds:
  actor:
    label: Actors
    codes:
      eu: {label: The EU, definition: The Union and its states., phrases: [Brussels]}
      un: {label: The UN, definition: The Organisation., phrases: [New York]}
  driver:
    label: Drivers
    codes:
      losses: {label: Losses, definition: What the war costs., phrases: [losses]}
      winter: {label: Winter, definition: The cold season., phrases: [winter]}
"""
LONG = "and the people who live along the river wait for what comes of it"
FIRST = f"# First\n\nBrussels counts its losses, {LONG}. In winter New York calls for talks, {LONG}. Nothing here."
SECOND = f"# Second\n\nLosses grow in winter, {LONG}. Brussels and New York meet, {LONG}. Winter losses hurt Brussels, {LONG}."


@pytest.fixture
def case(tmp_path):
    files = {"codebook.yaml": CODEBOOK, "articles/first.md": FIRST, "articles/second.md": SECOND}
    return write_case(tmp_path / "river", files)


def as_the_codebook(case):
    found = coding.codes_by_sentence(case)
    return {key: sorted(found[key]) for key in coding_sentences(case)["key"]}


# --- which sentences


def test_the_sentences_are_the_same_each_time_and_come_from_every_article(case):
    chosen = coding_sentences(case)
    assert len(chosen) == 5
    assert set(chosen["article"]) == {"first", "second"}
    pd.testing.assert_frame_equal(chosen, coding_sentences(kit.load_case(case.path)))
    assert chosen["text"].str.len().min() >= 60


def test_few_sentences_bring_as_many_codes_as_they_can(case):
    found = coding.codes_by_sentence(case)
    assert set().union(*(found[key] for key in coding_sentences(case, 2)["key"])) == set(case.codebook.codes)


def test_a_case_may_list_the_sentences_itself(case):
    case.meta["coding"] = [{"article": "first", "quote": "Nothing here."}]
    assert coding_sentences(case)["text"].tolist() == ["Nothing here."]


@pytest.mark.parametrize("name", ["Interview (final)", "it's a, b & c!", "50%", "x" * 120])
def test_codes_are_kept_whatever_an_articles_file_is_called(tmp_path, name):
    case = write_case(tmp_path / "river", {"codebook.yaml": CODEBOOK, f"articles/{name}.md": FIRST})
    task = CodingTask(case)
    task.boxes["actor:eu"].value = True
    task.keep_and_go_on()
    kept = coding.codings_in(portfolio(case).entries(), kit.load_case(case.path))
    assert kept == {f"{case.articles[0].id}:{coding_sentences(case)['sentence'][0]}": ["actor:eu"]}


# --- decisions and agreement


def test_every_sentence_and_code_is_a_decision_and_what_was_not_coded_is_missing(case):
    keys = coding_sentences(case)["key"].tolist()
    table = decisions(case, {"you": {keys[0]: ["actor:eu"], keys[1]: []}, "wren": {keys[0]: []}})
    assert table.shape == (8, 3)
    assert table.loc[(keys[0], "actor:eu"), ["you", "wren"]].tolist() == [1.0, 0.0]
    assert table.loc[keys[1], "you"].tolist() == [0.0] * 4
    assert table.loc[keys[1], "wren"].isna().all()


def test_to_code_as_the_codebook_does_is_complete_agreement(case):
    measures = agreement_table(decisions(case, {"you": as_the_codebook(case)})).set_index("measure")
    assert measures["value"].tolist() == [1.0, 1.0, 1.0]
    assert "almost complete" in measures.loc["Cohen's kappa", "meaning"]


def test_the_measures_are_those_of_the_models(case):
    mine = {key: codes[:1] for key, codes in as_the_codebook(case).items()}
    table = decisions(case, {"you": mine})
    measures = agreement_table(table).set_index("measure")["value"]
    assert measures["percent agreement"] == agreement.percent_agreement(table)
    assert measures["Cohen's kappa"] == agreement.cohen_kappa(table["reference"].tolist(), table["you"].tolist())
    assert measures["Krippendorff's alpha"] == agreement.krippendorff_alpha(table)
    assert 0 < measures["Cohen's kappa"] < 1


def test_three_coders_get_no_kappa(case):
    table = decisions(case, {"you": as_the_codebook(case), "wren": as_the_codebook(case)})
    assert agreement_table(table)["measure"].tolist() == ["percent agreement", "Krippendorff's alpha"]


def test_nothing_coded_is_an_empty_table(case):
    assert agreement_table(decisions(case, {"you": {}})).empty


@pytest.mark.parametrize(
    ("value", "word"),
    [(-0.1, "chance"), (0.15, "slight"), (0.5, "moderate"), (0.75, "substantial"), (1.0, "almost complete")],
)
def test_kappa_is_put_in_words(value, word):
    assert word in coding._kappa_in_words(value, "")


def test_what_cannot_be_told_says_why(case):
    keys = coding_sentences(case)["key"].tolist()
    table = decisions(case, {"you": {keys[0]: []}})[["you"]].assign(wren=0.0)
    measures = agreement_table(table).set_index("measure")
    assert measures.loc["Cohen's kappa", "value"] != measures.loc["Cohen's kappa", "value"]
    assert "no variation" in measures.loc["Cohen's kappa", "meaning"]


def test_the_sentences_that_divide_come_first_with_who_chose_what(case):
    mine = as_the_codebook(case)
    keys = list(mine)
    mine[keys[2]] = []
    divided = dividing_sentences(case, decisions(case, {"you": mine}))
    assert divided.loc[0, "key"] == keys[2]
    assert divided.loc[0, "divided"] == len(as_the_codebook(case)[keys[2]])
    assert all("(reference)" in each for each in divided.loc[0, "codes"])
    assert divided["divided"].tolist()[1:] == [0, 0, 0, 0]


# --- the task on screen


def test_choices_are_kept_at_once_and_found_again(case):
    task = CodingTask(case)
    key = task.sentences.loc[0, "key"]
    task.boxes["actor:eu"].value = True
    assert portfolio(case).read(f"00/coding/{coding.kept_keys(case)[key]}") == ["actor:eu"]
    again = CodingTask(case)
    assert again.boxes["actor:eu"].value
    assert again.codings == {key: ["actor:eu"]}
    assert repr(again) == "CodingTask(case='river')"


def test_a_sentence_put_in_above_moves_no_codes_and_one_that_goes_is_told(case):
    task = CodingTask(case)
    coded = task.sentences.loc[0, "text"]
    task.choose("driver:losses")
    path = case.path / "articles/first.md"
    path.write_text(
        FIRST.replace("Brussels counts", f"New York sees Brussels in winter, {LONG}. Brussels counts"), "utf-8"
    )
    after = CodingTask(kit.load_case(case.path))
    (key,) = after.codings
    assert after.sentences.set_index("key").loc[key, "text"] == coded
    assert after.codings == {key: ["driver:losses"]}
    assert after.result.html == ""

    path.write_text(FIRST.replace("counts its", "counts all its"), "utf-8")
    changed = kit.load_case(case.path)
    after = CodingTask(changed)
    assert not set(after.codings) & set(after.sentences["key"])
    assert "No longer in its article: 1 sentence that you coded." in after.result.html
    (told,) = coding.texts_of_kept(after.store.entries(), changed).values()
    assert told == "A sentence that is no longer in this article"


def test_an_older_portfolio_s_numbers_are_read_until_the_sentence_is_coded_again(case):
    key = coding_sentences(case).loc[0, "key"]
    portfolio(case).save(f"00/coding/{key}", ["actor:eu"])
    task = CodingTask(case)
    assert task.codings == {key: ["actor:eu"]}
    task.choose("actor:un")
    assert CodingTask(case).codings == {key: ["actor:un"]}


def test_going_on_without_a_code_is_a_decision_and_going_back_is_none(case):
    task = CodingTask(case)
    task.next.click()
    assert task.place == 1
    assert task.codings == {task.sentences.loc[0, "key"]: []}
    assert "4 sentences are left" in task.result.html
    task.back.click()
    assert task.place == 0
    assert len(task.codings) == 1
    assert "Sentence 1 of 5" in task.text.html


def test_the_boxes_follow_the_sentence_on_screen(case):
    task = CodingTask(case)
    task.choose("actor:eu", "driver:losses")
    task.go(1)
    assert not any(box.value for box in task.boxes.values())
    task.go(0)
    assert [code for code, box in task.boxes.items() if box.value] == ["actor:eu", "driver:losses"]
    assert list(task.tabs.titles) == ["Actors (1 chosen)", "Drivers (1 chosen)"]


def test_a_code_is_found_by_its_definition(case):
    task = CodingTask(case)
    task.find.value = "cold"
    shown = [code for code, box in task.boxes.items() if box.layout.display != "none"]
    assert shown == ["driver:winter"]
    assert task.tabs.selected_index == 1
    task.find.value = ""
    assert all(box.layout.display != "none" for box in task.boxes.values())


def test_each_box_shows_its_definition_and_markup_in_it_is_text(case):
    assert "<span> The cold season.</span>" in CodingTask(case).boxes["driver:winter"].description
    book = case.path / "codebook.yaml"
    book.write_text(book.read_text().replace("The cold season.", "The <b>cold</b> season."))
    assert "&lt;b&gt;cold" in CodingTask(kit.load_case(case.path)).boxes["driver:winter"].description


def test_comparing_says_the_measures_and_what_divides(case):
    task = CodingTask(case)
    task.compare_button.click()
    assert "Nothing is coded yet" in task.result.html
    for number, codes in enumerate(as_the_codebook(case).values()):
        task.go(number)
        task.choose(*codes[1:])
    task.compare_button.click()
    assert "percent agreement" in task.result.html
    assert "What divides you" in task.result.html
    assert "<mark>Brussels</mark>" in task.result.html
    assert set(task.table.columns) == {"reference", "you"}


def test_other_learners_come_from_portfolios_files_and_slips(case, tmp_path):
    task = CodingTask(case)
    for number, codes in enumerate(as_the_codebook(case).values()):
        task.go(number)
        task.choose(*codes)
    entries = {f"00/coding/{key}": codes for key, codes in as_the_codebook(case).items()}
    wren = Portfolio(tmp_path / "wren.json").of(case.name)
    wren.file.pseudonym = "wren"
    for key, codes in entries.items():
        wren.save(key, codes)
    document = Document("wren")
    for key in entries:
        document = put(
            document, case_key(case.name, key), [], writer="w", now=pd.Timestamp("2026-06-07", tz="UTC").to_pydatetime()
        )
    (slip,), _ = read_slips(make_slip(entries, "you").text)
    measures = task.compare([wren, tmp_path / "wren.json", document, slip, entries])
    for name in ("reference, you, wren, wren (2), wren (3), you (4), coder 5",):
        assert name in task.result.html
    assert measures["measure"].tolist() == ["percent agreement", "Krippendorff's alpha"]
    assert "What divides you" in task.result.html


@pytest.mark.parametrize("junk", [5, {"a": 1}, [5, "actor:nobody", "actor:eu"], "actor:eu"])
def test_what_a_portfolio_holds_is_not_trusted(case, junk):
    key = coding_sentences(case).loc[0, "key"]
    portfolio(case).save(f"00/coding/{key}", junk)
    assert CodingTask(case).codings in ({}, {key: ["actor:eu"]})


def test_a_case_without_sentences_says_so(tmp_path):
    task = CodingTask(write_case(tmp_path, {"codebook.yaml": CODEBOOK, "articles/a.md": "Nothing here."}))
    task.next.click()
    assert "no sentences to code" in task.text.html
    assert json.dumps(task.codings) == "{}"


def test_nothing_can_be_compared_before_something_is_coded(case):
    task = CodingTask(case)
    assert task.compare_button.disabled
    task.choose("actor:eu")
    assert not task.compare_button.disabled
    assert not CodingTask(case).compare_button.disabled


def test_twelve_codes_and_percent_agreement_come_first_and_the_rest_when_asked_for():
    lead = kit.load_case("ukraine")
    task = CodingTask(lead)
    core = coding.core_codes(lead)
    assert len(core) == coding.CORE
    assert [code for code, box in task.boxes.items() if box.layout.display != "none"] == core
    task.choose(core[0])
    assert task.compare()["measure"].tolist() == ["percent agreement"]
    assert len(task.table) == coding.CORE
    task.all_codes.value = True
    assert all(box.layout.display != "none" for box in task.boxes.values())
    assert task.compare()["measure"].tolist() == ["percent agreement", "Cohen's kappa", "Krippendorff's alpha"]


def test_ones_own_codes_and_the_references_stand_as_chips_under_the_sentence(case):
    task = CodingTask(case)
    for number, codes in enumerate(as_the_codebook(case).values()):
        task.go(number)
        task.choose(*codes[1:])
    task.compare()
    assert "<strong>Reference: </strong><span" in task.result.html
    assert "<strong>You: </strong>" in task.result.html
    assert "parley-chip" in task.result.html
