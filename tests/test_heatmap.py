"""Codes by article: counted in sentences, drawn with the number in each cell, said in a sentence."""

import pytest

import kit
from kit.screen.heatmap import code_counts, codes_of, heatmap, heatmap_alt

BOOK = """
kinds:
  driver:
    label: Drivers
    codes:
      stalemate: {label: Stalemate, definition: Stuck., phrases: [stuck]}
      fatigue: {label: Fatigue, definition: Tired., phrases: [tired, weary]}
"""
FILES = {
    "case.yaml": "title: Small\n",
    "codebook.yaml": BOOK,
    "articles/one.md": "# News\n\nThey are tired and weary. Still weary.\n",
    "articles/two.md": "# More\n\nThey are stuck.\n",
}


@pytest.fixture
def case(tmp_path):
    (tmp_path / "articles").mkdir()
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return kit.load_case(tmp_path)


def test_a_sentence_with_two_phrases_of_a_code_counts_once(case):
    counts = code_counts(case, "driver").set_index("key")["sentences"].to_dict()

    assert counts == {
        "driver:stalemate|one": 0,
        "driver:stalemate|two": 1,
        "driver:fatigue|one": 2,
        "driver:fatigue|two": 0,
    }


def test_the_shade_is_a_share_of_the_fullest_cell(case):
    assert code_counts(case, "driver")["shade"].tolist() == [0, 0.5, 1, 0]


def test_the_alternative_names_the_fullest_cell_and_the_empty_ones(case):
    said = heatmap_alt(code_counts(case, "driver"), "Drivers")

    assert said == "Drivers by article, 4 cells; the fullest is Fatigue, one: 2 sentences; 2 cells are empty."


def test_a_case_without_a_codebook_has_no_codes(tmp_path):
    (tmp_path / "case.yaml").write_text("title: Bare\n", encoding="utf-8")

    assert codes_of(kit.load_case(tmp_path), "driver") == {}


def test_a_cell_can_be_chosen(case):
    assert heatmap(code_counts(case, "driver")).to_dict()["params"][0]["name"] == "pick"
