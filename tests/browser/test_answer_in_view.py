"""After a click the answer is in view, wherever the notebook stands: beside the picture, or right under it.

To hold an explorer to this, add it to `EXPLORERS`: how it is made, and what to click in its output.
"""

import pytest

SQUARE = ".parley-chart >> nth=0 >> .mark-rect path[role=graphics-symbol]"
EXPLORERS = {
    "MarksBySection": ("kit.screen.sections.MarksBySection(case)", SQUARE),
    "ObstacleMap": ("kit.obstacles.ObstacleMap(case)", SQUARE),
    "Timeline": ("kit.background.Timeline(case)", ".parley-chart >> nth=0 >> .mark-symbol.role-mark path"),
    "Drivers": ("kit.background.Drivers(case)", SQUARE),
    "Claims": ("kit.background.Claims(case)", ".parley-chart >> nth=0 >> .mark-rect.role-mark path"),
    "Hedges": ("kit.background.Hedges(case)", ".parley-chart >> nth=0 >> .mark-rect.role-mark path"),
}
PLACES = {
    "doc": (1280, False),
    "list of files": (1280, True),
    "narrow": (800, False),
    "narrow, list of files": (800, True),
}


@pytest.mark.parametrize("name", EXPLORERS)
@pytest.mark.parametrize("place", PLACES)
def test_the_answer_to_a_click_is_in_view(lab, name, place):
    make, mark = EXPLORERS[name]
    width, files = PLACES[place]
    lab.page.set_viewport_size({"width": width, "height": 900})
    lab.write(f"import kit, kit.screen.sections\ncase = kit.load_case('ukraine')\none = {make}\none", files=files)
    lab.run_all()
    marks = lab.output().locator(mark)
    marks.first.wait_for()
    # The last one stands lowest, furthest from the beginning of the answer.
    for which in (marks.first, marks.last):
        which.click()
        lab.until("one.selected is not None", True)
        lab.page.wait_for_timeout(400)
        seen = lab.answer_in_view()
        # A short answer is less high than this, and is then seen whole.
        assert seen["answer"] >= 60, (name, place)
        assert seen["sentence"] > 0, (name, place)
        assert not seen["sideways"], (name, place)
