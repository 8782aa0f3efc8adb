"""Nothing in the kit knows one conflict: every case passes the check and opens in every explorer.

Beside the bundled cases there are two more: the pattern that `new-case` writes, and a case that has only what a case must
have (case.yaml, codebook.yaml, one article), in which most explorers have nothing to show and say so.
"""

import shutil
from importlib import import_module, util

import ipywidgets
import pandas as pd
import pytest

from kit.authoring.new_case import SKELETON, new_case
from kit.case import bundled_cases, load_case
from kit.check_case import check_case

EXPLORERS = {
    "kit.screen.reader": ["Reader"],
    "kit.background": ["Timeline", "LegalRecord", "Drivers", "RipenessBoard", "Claims", "Hedges"],
    "kit.actors": ["ActorMap", "Voices", "Positions", "StakeholderGrid"],
    "kit.obstacles": ["ObstacleMap", "ConflictTree", "CommitmentProblem", "ZoneOfAgreement", "Ranking"],
    "kit.measures": ["Catalogue", "Sequencer", "VerificationDilemma"],
    "kit.scenarios": ["ScenarioCards", "TwoByTwo", "CrossImpactEditor", "StabilityTable", "Forecast"],
    "kit.negotiation": ["RoleSheet", "Table", "Debrief"],
    "kit.learning": ["CodingTask", "CorrectMarks", "CourseMap", "MyWork"],
}
CASES = [*bundled_cases(), "skeleton", "bare"]


def built():
    """Explorers that there are, as pairs of module and name."""
    for module, names in EXPLORERS.items():
        if util.find_spec(module):
            yield from ((module, name) for name in names if hasattr(import_module(module), name))


@pytest.fixture(scope="module")
def cases(tmp_path_factory):
    folder = tmp_path_factory.mktemp("cases")
    new_case(folder / "skeleton")
    (folder / "bare" / "articles").mkdir(parents=True)
    for name in ("case.yaml", "codebook.yaml", "articles/02-our-fields.md"):
        shutil.copyfile(SKELETON / name, folder / "bare" / name)
    places = {name: folder / name if name in ("skeleton", "bare") else name for name in CASES}
    return {name: load_case(place) for name, place in places.items()}


@pytest.fixture
def explore(cases):
    """Build an explorer on a case; it is closed after the test."""
    opened = []

    def explore(module, name, case):
        widget = getattr(import_module(module), name)(cases[case])
        opened.append(widget)
        return widget

    yield explore
    for widget in opened:
        widget.close()


@pytest.mark.parametrize("name", CASES)
def test_a_case_has_nothing_wrong_with_it(cases, name):
    assert [str(problem) for problem in check_case(cases[name].path)] == []


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize(("module", "explorer"), list(built()))
def test_a_case_opens_in_an_explorer(explore, module, explorer, name):
    widget = explore(module, explorer, name)
    assert isinstance(widget, ipywidgets.Widget)
    assert widget._repr_mimebundle_()
    if hasattr(widget, "table"):
        assert isinstance(widget.table, pd.DataFrame)


@pytest.mark.parametrize("name", bundled_cases())
def test_a_quiz_of_a_bundled_case_opens(cases, name):
    from kit.learning import Quiz

    units = [unit for unit in ("00", "01", "02", "03", "04", "05", "06") if cases[name].quiz(unit)]
    assert units
    for unit in units:
        Quiz(cases[name], unit).close()


@pytest.mark.parametrize("name", [*bundled_cases(), "skeleton"])
def test_each_code_of_an_actor_or_obstacle_card_is_found_in_the_articles(cases, name):
    case = cases[name]
    codes = [f"obstacle:{obstacle}" for obstacle in case.obstacles.get("obstacles", {})]
    silent = [code for code in codes if case.evidence(code).empty]
    assert silent == []


def test_the_second_case_is_small_and_has_every_table(cases):
    case = cases["northern-ireland"]
    assert len(case.articles) == 3
    assert len(case.events) >= 25
    for table in (case.relations, case.positions, case.figures, case.mentions):
        assert len(table) > 10
    assert all((case.obstacles, case.measures, case.scenarios, case.negotiation))
