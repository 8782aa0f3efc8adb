"""Glossary and bibliography have one home each, and the pages and notebooks agree with it."""

import re
from pathlib import Path

import pytest

from tools import reference_pages as pages

ROOT = Path(__file__).resolve().parent.parent


def test_glossary_bibliography_and_terms_met_are_in_step_with_their_files():
    assert [path.name for path, _ in pages.out_of_step()] == []


def test_a_term_that_two_units_define_is_named():
    with pytest.raises(ValueError, match=r"unit 02 defines 'party' again"):
        pages.definitions({"01": {"terms": {"party": "a"}}, "02": {"terms": {"party": "b"}}})


def test_a_list_of_terms_links_each_to_the_glossary_and_adds_those_met_again():
    glossary = {"01": {"terms": {"way out": "A belief."}}, "02": {"terms": {"BATNA": "The best."}, "also": ["way out"]}}
    assert pages.terms_met("02", glossary).splitlines()[2:] == [
        "- [**BATNA**](../docs/glossary.md#batna): The best.",
        "- [**way out**](../docs/glossary.md#way-out): A belief.",
    ]


def test_every_source_that_a_notebook_cites_stands_in_the_bibliography():
    known = set(pages.load(pages.BIBLIOGRAPHY))
    text = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "notebooks").glob("*.ipynb"))
    assert set(re.findall(r"bibliography\.md#([\w-]+)", text)) - known == set()


def test_each_unit_has_two_readings_and_one_of_them_is_free():
    sources = pages.load(pages.BIBLIOGRAPHY).values()
    for unit in ("00", "01", "02", "03", "04", "05", "06"):
        readings = [source for source in sources if unit in source.get("units", [])]
        assert len(readings) >= 2, unit
        assert any(source.get("free") for source in readings), unit
