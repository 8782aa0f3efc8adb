"""Every widget that notebooks show leaves something to read behind, for the day when no Python runs."""

import pytest

import kit.learning
from kit.learning.earlier_versions import EarlierVersions
from kit.learning.portfolio import portfolio
from kit.learning.save_cue import SaveCue
from kit.negotiation.explorers import PlanningSheet

VIEW = "application/vnd.jupyter.widget-view+json"
SHOWN = {
    "quiz": (lambda case: kit.learning.Quiz(case, "01"), "Question 1 of", "answer the questions"),
    "write": (lambda case: kit.learning.Write(case, "01", "Why $5 & not <b>?"), "Why $5 &amp; not &lt;b&gt;?", "write"),
    "coding": (kit.learning.CodingTask, "10 sentences", "code them"),
    "my work": (kit.learning.MyWork, "answered and written", "see your work"),
    "course": (kit.learning.CourseMap, "units of the course", "see how far you are"),
    "brief": (kit.learning.MyBrief, "what you wrote", "read and print your brief"),
    "before": (lambda case: kit.learning.BeforeAfter(case, "before"), "Eight questions", "answer"),
    "marks": (kit.learning.CorrectMarks, "its marks", "correct marks"),
    "cue": (lambda case: SaveCue(portfolio(case)), "", "see whether your answers are kept"),
    "earlier": (EarlierVersions, "Earlier versions", "take an earlier answer back"),
    "planning": (PlanningSheet, "", "open the planning sheet"),
}


@pytest.fixture(scope="module")
def case():
    return kit.load_case("ukraine")


@pytest.mark.parametrize("name", SHOWN)
def test_it_says_what_it_is_and_how_to_begin_again(name, case):
    make, what, aim = SHOWN[name]
    data = make(case)._repr_mimebundle_()
    assert VIEW in data
    assert what in data["text/html"]
    assert f"Run this cell to {aim}" in data["text/html"]
    assert "mathjax_ignore" in data["text/html"]
