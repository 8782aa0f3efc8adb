"""Slides: each deck goes with its plan, is legible from the last row, and says in words what its pictures show."""

import pytest
from pptx.util import Emu, Pt

from kit.case import load_case
from kit.errors import KitError
from kit.learning import scratch_portfolio
from kit.learning.progress import course
from tools import lesson_plans, slides

CASE = load_case("ukraine")
PLANS = lesson_plans.load()


@pytest.fixture(scope="module")
def without_charts():
    """Every deck by its unit, in the words alone: charts take a while to draw."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(slides, "first_chart", lambda case, name: None)
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
    return [run.font.size for frame in frames for paragraph in frame.paragraphs for run in paragraph.runs]


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
        assert row.get("say", "") in said


@pytest.mark.parametrize("unit", list(PLANS))
def test_no_words_on_a_slide_are_under_18_points(without_charts, unit):
    found = sizes(without_charts[unit])
    assert None not in found
    assert min(found) >= Pt(18)


def test_a_discussion_slide_shows_the_prompt_as_the_notebook_puts_it(without_charts):
    shown = [shape.text_frame.text for shape in list(without_charts["03"].slides)[5].shapes]
    assert lesson_plans.prompts("03")[1].text in shown


def test_every_picture_has_the_charts_text_alternative_and_lies_within_its_slide(drawn):
    found = pictures(drawn)
    assert len(found) == 2  # the obstacles by article and the commitment problem; the ranking opens empty
    assert "No promise holds." in found[1]._element.nvPicPr.cNvPr.get("descr")
    for each in found:
        assert each._element.nvPicPr.cNvPr.get("descr").strip()
        assert each.left + each.width <= Emu(drawn.slide_width)
        assert each.top + each.height <= Emu(drawn.slide_height)


def test_an_explorer_for_which_a_case_has_no_data_has_no_picture(monkeypatch):
    def refuse(case):
        raise KitError("nothing to draw")

    monkeypatch.setattr(lesson_plans, "explorer", lambda name: refuse)
    assert slides.first_chart(CASE, "obstacles.ObstacleMap") is None
