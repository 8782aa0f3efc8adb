"""Codes by article: counted in sentences, drawn with the number in each cell, said in a sentence."""

import pytest

import kit
from kit.screen.codes_by_place import (
    CodesByPlace,
    code_counts,
    codes_of,
    heatmap,
    heatmap_alt,
    heatmap_finding,
    with_shades,
)

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


def test_the_alternative_names_the_fullest_square_and_the_empty_ones(case):
    said = heatmap_alt(code_counts(case, "driver"), "Drivers by article")

    assert said == "Drivers by article, 4 squares; the fullest is Fatigue, one: 2 sentences; 2 squares are empty."


def test_the_title_says_the_finding_and_nothing_where_there_is_none(case):
    cells = code_counts(case, "driver")

    assert heatmap_finding(cells) == "Most often: Fatigue in one"
    assert heatmap_finding(cells.assign(sentences=0)) == heatmap_finding(cells.iloc[:0]) == ""


def test_a_case_without_a_codebook_has_no_codes(tmp_path):
    (tmp_path / "case.yaml").write_text("title: Bare\n", encoding="utf-8")

    assert codes_of(kit.load_case(tmp_path), "driver") == {}


def test_long_names_of_columns_slant_and_short_ones_stand_upright(case):
    cells = code_counts(case, "driver")

    def angle(table):
        return heatmap(table).to_dict()["layer"][0]["encoding"]["x"]["axis"]["labelAngle"]

    assert angle(cells) == 0
    assert angle(cells.assign(column=cells["column"] + " which is a name of many words")) == 35


def test_a_square_can_be_chosen_and_tells_its_number_in_words(case):
    spec = heatmap(code_counts(case, "driver")).to_dict()

    assert spec["params"][0]["name"] == "pick"
    assert spec["layer"][0]["encoding"]["tooltip"] == [{"field": "label", "title": "Sentences", "type": "nominal"}]


@pytest.fixture
def drivers(case):
    cells = code_counts(case, "driver")
    return CodesByPlace(case, cells, rows=codes_of(case, "driver"), columns=case.article_names, what="Drivers")


def test_a_square_opens_its_sentences_and_shows_in_both_lists(drivers):
    drivers.chart.selected = {"pick": ["driver:fatigue|one"]}

    assert (drivers.row.value, drivers.column.value) == ("driver:fatigue", "one")
    assert drivers.evidence["text"].tolist() == ["They are tired and weary.", "Still weary."]
    assert drivers.panel.heading == "Fatigue in one"


def test_a_row_without_a_column_opens_all_its_sentences(drivers):
    drivers.row.value = "driver:stalemate"

    assert drivers.evidence["article"].tolist() == ["two"]
    assert drivers.panel.heading == "Stalemate in all articles"
    assert drivers.chart.selected == {"pick": []}


def test_a_column_alone_opens_nothing_and_waits_for_a_row(drivers):
    drivers.column.value = "one"
    assert drivers.evidence.empty
    assert CodesByPlace.invitation in drivers.panel.text.value

    drivers.row.value = "driver:fatigue"
    assert len(drivers.evidence) == 2


def test_other_numbers_leave_the_choice_and_other_rows_end_it(drivers):
    drivers.choose("driver:fatigue|one")
    drivers.draw(with_shades(drivers.table.assign(sentences=1)))
    assert drivers.selected == "driver:fatigue|one"
    assert drivers.chart.title == "Most often: Stalemate in one"

    drivers.draw(drivers.table.iloc[:2], {"driver:stalemate": "Stalemate"})
    assert drivers.selected is None
    assert [value for _, value in drivers.row.options] == ["", "driver:stalemate"]
