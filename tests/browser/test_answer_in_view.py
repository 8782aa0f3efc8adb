"""After a choice the answer is in view, wherever the notebook stands: beside the picture, or right under it.

To hold an explorer to this, add it to `EXPLORERS`: where it is, what to choose in its output (a selector, or the name of
a list that opens), and what is pressed before that.
"""

import pytest
from choices import NO_GUESS

SQUARE = ".parley-chart >> nth=0 >> .mark-rect.role-mark >> nth=0 >> path"
SIGN = ".parley-chart >> nth=0 >> .mark-symbol.role-mark >> nth=0 >> path"
CARD = ".parley-cards >> nth=0 >> li"
EXPLORERS = {
    "MarksBySection": ("kit.screen", SQUARE),
    "Timeline": ("kit.background", SIGN),
    "Drivers": ("kit.background", SQUARE),
    "RipenessBoard": ("kit.background", CARD),
    "Claims": ("kit.background", SQUARE),
    "LegalRecord": ("kit.background", "label:What the articles say about"),
    "Hedges": ("kit.background", SQUARE),
    "ActorMap": ("kit.actors", SIGN),
    "Voices": ("kit.actors", SQUARE, NO_GUESS),
    "Positions": ("kit.actors", SQUARE),
    "StakeholderGrid": ("kit.actors", "label:Actor"),
    "ObstacleMap": ("kit.obstacles", SQUARE),
    "ConflictTree": ("kit.obstacles", CARD),
    "CommitmentProblem": ("kit.obstacles", "label:Where the articles speak of it"),
    "ZoneOfAgreement": ("kit.obstacles", "label:Where the articles speak of it"),
    "Ranking": ("kit.obstacles", CARD),
    "Catalogue": ("kit.measures", SIGN),
    "Sequencer": ("kit.measures", ".parley-months-row"),
    "VerificationDilemma": ("kit.measures", ".parley-toggles >> nth=0 >> button", NO_GUESS),
    "ScenarioCards": ("kit.scenarios", SQUARE, NO_GUESS),
    "TwoByTwo": ("kit.scenarios", "label:Across"),
    "CrossImpactEditor": ("kit.scenarios", SQUARE),
    "Forecast": ("kit.scenarios", CARD),
    "StabilityTable": ("kit.scenarios", SIGN),
    "SettlementMap": ("kit.scenarios", SQUARE),
    "Table": ("kit.negotiation", ".parley-offer-row .parley-button:has-text('a')"),
    "Debrief": ("kit.negotiation", SIGN, "button:has-text('Open it all the same')", NO_GUESS),
}


def choose(out, what, last):
    """Choose the first or the last of what can be chosen; the last mark stands furthest from where the answer begins."""
    if what.startswith("label:"):
        field = out.get_by_label(what.removeprefix("label:"), exact=True)
        field.scroll_into_view_if_needed()  # as for somebody who opens it
        field.select_option(index=0)
        out.page.wait_for_timeout(300)
        field.select_option(index=min(1 + last, field.locator("option").count() - 1))
        return
    marks = out.locator(what)
    marks.first.wait_for()
    (marks.last if last else marks.first).click()


@pytest.mark.parametrize("name", EXPLORERS)
@pytest.mark.parametrize("files", [False, True], ids=["alone", "list of files"])
def test_the_answer_to_a_choice_is_in_view(lab, name, files):
    room, what, *before = EXPLORERS[name]
    lab.page.set_viewport_size({"width": 1280, "height": 900})
    lab.write(f"import kit\ncase = kit.load_case('ukraine')\none = {room}.{name}(case)\none", files=files)
    lab.run_all()
    out = lab.output()
    for press in before:
        out.locator(press).click()
    for width in (1280, 800):
        lab.page.set_viewport_size({"width": width, "height": 900})
        for last in (False, True):
            lab.page.wait_for_timeout(300)
            choose(out, what, last)
            lab.until("one.selected is not None", True)
            lab.page.wait_for_timeout(400)
            seen = lab.answer_in_view()
            # A short answer is less high than this, and is then seen whole.
            assert seen["answer"] >= 60, (width, last, seen)
            assert seen["sentence"] > 0, (width, last, seen)
            assert not seen["sideways"], (width, last, seen)
