"""Slides: each deck goes with its plan, is legible from the last row, and says in words what its pictures show."""

import pytest
import yaml
from pptx.util import Emu, Inches, Pt

from kit.case import load_case
from kit.errors import KitError
from kit.learning import scratch_portfolio
from kit.learning.progress import course
from tools import exhibits, lesson_plans, slides

CASE = load_case("ukraine")
PLANS = lesson_plans.load()


@pytest.fixture(scope="module")
def without_charts():
    """Every deck by its unit, in the words alone: charts take a while to draw."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(slides, "first_chart", lambda case, name, guessed: None)
        return {unit: slides.deck(CASE, unit, plan) for unit, plan in PLANS.items()}


@pytest.fixture(scope="module")
def drawn():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("kit.learning.portfolio._opened", {})  # a scratch portfolio lasts as long as its process
        scratch_portfolio()
        return slides.deck(CASE, "03", PLANS["03"])


def notes(deck):
    return [slide.notes_slide.notes_text_frame.text for slide in deck.slides]


def sizes(deck):
    """The size of each run of words that a slide shows."""
    frames = [shape.text_frame for slide in deck.slides for shape in slide.shapes if shape.has_text_frame]
    frames += [cell.text_frame for table in tables(deck) for row in table.table.rows for cell in row.cells]
    return [run.font.size for frame in frames for paragraph in frame.paragraphs for run in paragraph.runs]


def tables(deck):
    return [shape for slide in deck.slides for shape in slide.shapes if shape.has_table]


def pictures(deck):
    return [shape for slide in deck.slides for shape in slide.shapes if shape.name == "Chart"]


@pytest.mark.parametrize("unit", list(PLANS))
def test_a_deck_has_eight_to_twelve_slides_and_a_title_on_each(without_charts, unit):
    deck = without_charts[unit]
    assert 8 <= len(deck.slides) <= 12
    assert [slide.shapes.title.text_frame.text for slide in deck.slides][:2] == [course()[unit]["title"], slides.AIMS]
    assert all(slide.shapes.title.text_frame.text for slide in deck.slides)


@pytest.mark.parametrize("unit", list(PLANS))
def test_each_row_of_the_plan_has_its_minutes_and_what_to_say_and_do_in_the_notes_of_its_slide(without_charts, unit):
    rows = PLANS[unit]["sessions"][slides.LENGTH]
    for row, said in zip(rows, notes(without_charts[unit])[2:], strict=True):
        assert f"({row['minutes']} min)" in said
        assert row["do"] in said
        assert row["say"] in said


@pytest.mark.parametrize("unit", list(PLANS))
def test_no_words_on_a_slide_are_under_18_points(without_charts, unit):
    found = sizes(without_charts[unit])
    assert None not in found
    assert min(found) >= Pt(18)


def test_a_discussion_slide_shows_the_prompt_as_the_notebook_puts_it(without_charts):
    shown = [shape.text_frame.text for shape in list(without_charts["03"].slides)[5].shapes]
    assert lesson_plans.prompts("03")[1].text in shown


def test_every_picture_has_the_charts_text_alternative_and_lies_within_its_slide(drawn):
    (found,) = pictures(drawn)
    assert "No promise holds." in found._element.nvPicPr.cNvPr.get("descr")
    assert found.left + found.width <= Emu(drawn.slide_width)
    assert found.top + found.height <= Emu(drawn.slide_height)


def test_with_its_charts_a_deck_has_twelve_slides_at_most(drawn):
    assert len(drawn.slides) == 12


@pytest.mark.parametrize("unit", list(PLANS))
def test_a_table_ends_above_the_minutes_at_the_foot(without_charts, unit):
    for each in tables(without_charts[unit]):
        assert each.top + sum(row.height for row in each.table.rows) <= Inches(slides.FOOT + 0.1)


def test_what_stands_on_slides_belongs_to_a_part_of_the_plan():
    shown = yaml.safe_load(slides.SHOWN.read_text("utf-8"))
    for unit, parts in shown.items():
        assert set(parts) <= {row["part"] for row in PLANS[unit]["sessions"][slides.LENGTH]}, unit


@pytest.mark.parametrize("name", exhibits.MAKERS)
def test_what_a_case_shows_has_a_cell_under_each_head(name):
    shown = exhibits.MAKERS[name](CASE)
    assert {len(row) for row in shown.rows} == {len(shown.heads) or 1}


def test_the_notes_say_when_a_slide_comes_in_fifty_minutes_or_that_it_is_left_out(without_charts):
    said = dict(zip((slide.shapes.title.text_frame.text for slide in without_charts["03"].slides), notes(without_charts["03"]), strict=True))  # fmt: skip
    assert "In 50 minutes: from minute 16 to 28 (12 min), plenary." in said["A promise"]
    assert "In 50 minutes: leave this slide out." in said["Causes and effects"]
    assert "Listen for: Guarantees first: without them every line is dangerous." in said["What comes on the first day?"]


def test_letters_of_a_chart_grow_until_the_last_row_can_read_them():
    svg = '<svg width="400" height="200"><text font-size="12px">a</text><text font-size="20px">b</text></svg>'
    assert slides.smallest_letters(svg, across=10, down=10) == 12 * 720 / 400
    assert slides.enlarged({"axis": {"labelFontSize": 12, "labelLimit": 100}, "width": 400}, 1.5) == {
        "axis": {"labelFontSize": 18, "labelLimit": 150}, "width": 400
    }  # fmt: skip


def test_an_explorer_for_which_a_case_has_no_data_has_no_picture(monkeypatch):
    def refuse(case):
        raise KitError("nothing to draw")

    monkeypatch.setattr(lesson_plans, "explorer", lambda name: refuse)
    assert slides.first_chart(CASE, "obstacles.ObstacleMap") is None
