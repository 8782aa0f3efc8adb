"""What readers change in the marks: read, checked, made, written, and read back from a file of marks."""

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from kit.articles import read_article
from kit.codebook import Code, Codebook, Kind
from kit.errors import KitError
from kit.marks.corrections import Correction, CorrectionWarning, apply, from_marks, problems, read, write
from kit.marks.mark_files import read_marks, to_csv, to_web_annotation
from kit.marks.rules import annotate
from kit.reading.phrases import Phrase

TEXT = "East Bank waits.\nPeace is near, say the banks’ envoys. They want peace. They want peace.\n"
ARTICLE = read_article(TEXT, name="ferry")


def code(kind: str, name: str, *phrases: str) -> Kind:
    return Kind(kind, kind, "", (Code(kind, name, name, "It.", tuple(map(Phrase, phrases))),))


BOOK = Codebook((code("actor", "east", "East Bank"), code("driver", "peace", "peace")))


def correction(quote: str, words: str = "", nth: str = "", **changed: str) -> Correction:
    given = {"article": "ferry", "code": "driver:peace", "verdict": "remove", **changed}
    return Correction(quote=quote, words=words, nth=nth, **given)


def corrected(*corrections: Correction) -> list[tuple[str, str, str]]:
    """Return quote, code and source of the marks that are left."""
    marks = apply(annotate([ARTICLE], BOOK), corrections, [ARTICLE], BOOK)
    assert all(ARTICLE.text[mark.start : mark.end] == mark.quote for mark in marks.itertuples())
    return list(marks[["quote", "code", "source"]].itertuples(index=False, name=None))


EAST, PEACE = ("East Bank", "actor:east", "rule"), ("Peace", "driver:peace", "rule")
LATER = ("peace", "driver:peace", "rule")
SENTENCE = "Peace is near, say the banks’ envoys."


def test_without_corrections_the_marks_are_those_of_the_rules():
    assert corrected() == [EAST, PEACE, LATER, LATER]


def test_a_mark_is_removed():
    assert corrected(correction(SENTENCE, "Peace is near")) == [EAST, LATER, LATER]
    assert corrected(correction(SENTENCE)) == [EAST, LATER, LATER]
    assert corrected(correction(SENTENCE, "envoys")) == [EAST, PEACE, LATER, LATER]


def test_a_mark_is_added_where_its_words_stand():
    added = correction(SENTENCE, "envoys", code="actor:east", verdict="add")
    assert corrected(added) == [EAST, PEACE, ("envoys", "actor:east", "reader"), LATER, LATER]


def test_words_that_a_reader_marks_take_the_place_of_a_rules_mark_that_they_overlap():
    added = correction(SENTENCE, "Peace is near", verdict="add")
    assert corrected(added) == [EAST, ("Peace is near", "driver:peace", "reader"), LATER, LATER]


def test_what_the_rules_have_marked_already_stays_the_rules():
    assert corrected(correction(SENTENCE, "Peace", verdict="add"))[1] == PEACE


def test_nth_tells_sentences_apart_that_read_alike():
    assert corrected(correction("They want peace.", nth="2")) == [EAST, PEACE, LATER]


def test_curly_and_straight_quotation_marks_are_alike():
    assert (
        corrected(correction("Peace is near, say the banks' envoys.", "banks' envoys", verdict="add"))[2][0]
        == "banks’ envoys"
    )


def test_words_are_found_as_whole_words_before_parts_of_words():
    article = read_article("Bankers and a Bank.", name="ferry")
    added = correction("Bankers and a Bank.", "Bank", verdict="add")
    marks = apply(annotate([article], BOOK), [added], [article], BOOK)
    assert list(marks["start"]) == [14]


def test_where_two_coders_were_settled_their_own_rows_no_longer_count():
    theirs = [correction(SENTENCE, "envoys", verdict="add", by=by) for by in ("coder-1", "coder-2")]
    assert ("envoys", "driver:peace", "reader") in corrected(*theirs)
    settled = correction(SENTENCE, "Peace", verdict="add", by="settled")
    assert corrected(*theirs, settled) == [EAST, PEACE, LATER, LATER]


MISFITS = [
    (correction("Peace is far."), "No sentence of ferry reads 'Peace is far.'"),
    (correction(SENTENCE, "war"), "The words 'war' do not stand in the sentence"),
    (correction("They want peace."), "The sentence stands 2 times in ferry, and nth is ''"),
    (correction("They want peace.", nth="3"), "nth is '3'"),
    (correction(SENTENCE, nth="second"), "The sentence stands once in ferry, and nth is 'second'"),
    (correction(SENTENCE, article="fery"), "There is no article 'fery'"),
    (correction(SENTENCE, code="driver:pease"), "There is no code 'driver:pease' in the codebook"),
    (correction(SENTENCE, verdict="delete"), "'delete' under verdict is none of add, remove"),
    (correction(SENTENCE, by="Maria"), "'Maria' under by is none of coder-1, coder-2, settled"),
]


@pytest.mark.parametrize(("wrong", "message"), MISFITS)
def test_a_correction_that_does_not_fit_is_told_with_its_line_and_a_remedy(wrong: Correction, message: str):
    (problem,) = problems([correction(SENTENCE), replace(wrong, line=7)], [ARTICLE], BOOK)
    assert (problem.file, problem.line) == ("marks.csv", 7)
    assert message in problem.what
    assert problem.remedy


@pytest.mark.parametrize(("wrong", "_message"), MISFITS)
def test_a_correction_that_does_not_fit_is_never_dropped_in_silence(wrong: Correction, _message: str):
    with pytest.warns(CorrectionWarning, match="1 of 2 corrections"):
        assert corrected(wrong, correction(SENTENCE)) == [EAST, LATER, LATER]


def test_corrections_are_read_with_their_lines_and_written_back_to_the_byte(tmp_path: Path):
    many = [
        correction(SENTENCE, "Peace", why="It says so, “twice”."),
        correction("=1+1", "'tis", "2", verdict="add", by="coder-1"),
    ]
    path = tmp_path / "marks.csv"
    write(many, path)
    found = read(path)
    assert [replace(each, line=0) for each in found] == many
    assert [each.line for each in found] == [2, 3]
    before = path.read_bytes()
    write(found, path)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_a_case_without_the_file_has_no_corrections(tmp_path: Path):
    assert read(tmp_path / "marks.csv") == []


@pytest.mark.parametrize("name", ["marks.csv", "marks.jsonld"])
def test_a_file_of_marks_that_a_reader_changed_is_read_as_corrections(tmp_path: Path, name: str):
    marks = annotate([ARTICLE], BOOK).drop(index=[0, 3])
    added = marks.iloc[[0]].assign(
        start=ARTICLE.text.index("envoys"), end=ARTICLE.text.index("envoys") + 6, quote="envoys"
    )
    changed = pd.concat([added, marks])
    (to_csv if name.endswith("csv") else to_web_annotation)(changed, [ARTICLE], tmp_path / name)
    found = from_marks(read_marks(tmp_path / name), [ARTICLE], BOOK, by="coder-1")
    assert [(each.quote, each.words, each.nth, each.code, each.verdict, each.by) for each in found] == [
        ("East Bank waits.", "East Bank", "", "actor:east", "remove", "coder-1"),
        (SENTENCE, "envoys", "", "driver:peace", "add", "coder-1"),
        ("They want peace.", "peace", "2", "driver:peace", "remove", "coder-1"),
    ]
    left = apply(annotate([ARTICLE], BOOK), found, [ARTICLE], BOOK)
    assert sorted(left["quote"]) == sorted(changed["quote"])


def test_a_row_that_a_reader_wrote_needs_only_article_sentence_words_and_code():
    row = {"article": "ferry", "text": "Peace is near, say the banks' envoys.", "quote": "near", "code": "driver:peace"}
    found = from_marks([row], [ARTICLE], BOOK, by="coder-2")
    assert [each.words for each in found if each.verdict == "add"] == ["near"]


def test_a_row_that_fits_nowhere_is_told_by_its_number():
    with pytest.raises(KitError, match=r"row 2: no sentence of ferry reads 'War\."):
        from_marks(
            [{"article": "ferry", "text": "War.", "quote": "War", "code": "driver:peace"}],
            [ARTICLE],
            BOOK,
            by="settled",
        )
