"""Marks as files: a table for a spreadsheet, web annotations, and both read back."""

import csv
import json
from pathlib import Path

import pytest

from kit.articles import read_article
from kit.codebook import Code, Codebook, Kind
from kit.errors import KitError
from kit.marks.mark_files import COLUMNS, csv_text, guard_cells, read_marks, to_csv, to_web_annotation, unguard_cells
from kit.marks.rules import annotate
from kit.reading.phrases import Phrase

PEACE = Codebook((Kind("kind", "Kind", "", (Code("kind", "peace", "Peace", "It.", (Phrase("peace"),)),)),))


def test_a_table_holds_a_row_a_mark_with_the_sentence_beside_it(tmp_path: Path):
    article = read_article("It rained. A “peace, of sorts”, came.")
    to_csv(annotate([article], PEACE), [article], tmp_path / "marks.csv")
    with (tmp_path / "marks.csv").open(encoding="utf-8-sig", newline="") as stream:
        (row,) = csv.DictReader(stream)
    assert tuple(row) == COLUMNS
    assert (row["text"], row["quote"], row["sentence"]) == ("A “peace, of sorts”, came.", "peace", "1")


def test_a_spreadsheet_takes_the_table_for_utf_8(tmp_path: Path):
    article = read_article("Peace came.")
    marks = annotate([article], PEACE)
    to_csv(marks, [article], tmp_path / "marks.csv")
    to_csv(marks, [article], tmp_path / "marks.csv", append=True)
    written = (tmp_path / "marks.csv").read_bytes()
    assert written.startswith(b"\xef\xbb\xbf")
    assert written.count(b"\xef\xbb\xbf") == written.count(b"article,section") == 1
    assert written.count(b"\n") == 3


@pytest.mark.parametrize(
    "cell",
    ["=HYPERLINK(1)", "＝1", "\n=1", "+1", "-1", "@x", " =1", "\xa0\u200b-1", "\tx", "'tis peace", "''x", "peace", ""],
)
def test_no_cell_is_a_formula_and_each_is_read_back_as_it_was(cell: str):
    assert not guard_cells(cell).strip("\xa0\u200b ").startswith(tuple("=+-@\t\n＝＋－＠"))
    assert unguard_cells(guard_cells(cell)) == cell


def test_a_cell_with_a_carriage_return_begins_no_row_of_its_own():
    assert csv_text(["why"], [["so\r=1+1"], ["a\r\nb"]]) == '\ufeffwhy\n"so\n=1+1"\n"a\nb"\n'


def test_marks_are_written_as_web_annotations_with_ids(tmp_path: Path):
    article = read_article("😀 They spoke of a lasting peace, and of bread.", name="a b")
    to_web_annotation(annotate([article], PEACE), [article], tmp_path / "marks.jsonld")
    found = json.loads((tmp_path / "marks.jsonld").read_text(encoding="utf-8"))
    assert found["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert found["total"] == 1
    assert found["first"]["partOf"] == found["id"]
    (item,) = found["first"]["items"]
    assert item["id"] == "urn:parley:article:a%20b:26-31:kind:peace"
    assert item["body"][0]["value"] == "kind:peace"
    assert item["target"]["source"] == "urn:parley:article:a%20b"
    position, quotation = item["target"]["selector"]
    assert article.text[position["start"] : position["end"]] == "peace"
    assert quotation == {
        "type": "TextQuoteSelector",
        "exact": "peace",
        "prefix": "😀 They spoke of a lasting ",
        "suffix": ", and of bread.",
    }


@pytest.mark.parametrize("name", ["marks.csv", "marks.jsonld"])
def test_what_was_written_is_read_back(tmp_path: Path, name: str):
    article = read_article("-Peace now. No peace.", name="a b")
    write = to_csv if name.endswith("csv") else to_web_annotation
    write(annotate([article], PEACE), [article], tmp_path / name)
    rows = read_marks(tmp_path / name)
    assert [(row["article"], row["start"], row["end"], row["quote"], row["code"]) for row in rows] == [
        ("a b", "1", "6", "Peace", "kind:peace"),
        ("a b", "15", "20", "peace", "kind:peace"),
    ]


@pytest.mark.parametrize("text", ["[]", "{}", '{"first": {"items": [{"target": 1}]}}', '{"first": {"items": [null]}}'])
def test_what_is_no_file_of_marks_is_said_so(tmp_path: Path, text: str):
    (tmp_path / "marks.jsonld").write_text(text, encoding="utf-8")
    with pytest.raises(KitError, match="no web annotations"):
        read_marks(tmp_path / "marks.jsonld")


@pytest.mark.parametrize("write", [to_csv, to_web_annotation])
def test_marks_of_an_article_that_was_not_given_are_refused(tmp_path: Path, write):
    marks = annotate([read_article("Peace came.")], PEACE)
    with pytest.raises(KitError, match="no such article"):
        write(marks, [], tmp_path / "marks")


def test_a_file_that_cannot_be_written_is_said_so(tmp_path: Path):
    with pytest.raises(KitError, match="cannot be written"):
        to_csv(annotate([], PEACE), [], tmp_path / "no-such-folder" / "marks.csv")
