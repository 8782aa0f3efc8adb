"""Nothing in the kit knows one conflict: every case passes the check and opens in every explorer.

Beside the bundled cases there are two more: the pattern that `new-case` writes, and a case that has only what a case must
have (case.yaml, codebook.yaml, one article), in which most explorers have nothing to show and say so.
"""

import shutil
from importlib import import_module

import ipywidgets
import pandas as pd
import pytest

from kit.authoring.new_case import SKELETON, new_case
from kit.case import bundled_cases, load_case
from kit.checking.whole_case import check_case
from kit.errors import KitError

ROOMS = ("background", "actors", "obstacles", "measures", "scenarios", "negotiation", "learning", "screen", "classroom")
GIVEN = {"Quiz": ["01"], "BeforeAfter": ["before"], "Write": ["01/why", "Say why."]}  # besides the case
ELSEWHERE = {
    "Answer",
    "CompareCorrections",
    "ReadyPack",
    "SaveCue",
}  # built from a task, two files, a name, a portfolio
PARTS = (
    "events.csv", "relations.csv", "positions.csv", "figures.csv", "obstacles.yaml", "measures.yaml", "scenarios.yaml",
    "negotiation.yaml", "quiz", "checks.yaml", "marks.csv",
)  # fmt: skip
CASES = [*bundled_cases(), "skeleton", "bare"]


def explorers():
    """Every widget that a room of the kit offers by name and that takes a case, as pairs of room and name."""
    for room in ROOMS:
        module = import_module(f"kit.{room}")
        for name in sorted({*getattr(module, "__all__", ()), *getattr(module, "_HOMES", ())} - ELSEWHERE):
            offered = getattr(module, name)
            if isinstance(offered, type) and issubclass(offered, ipywidgets.Widget):
                yield f"kit.{room}", name
    yield "kit", "Reader"


@pytest.fixture(scope="module")
def cases(tmp_path_factory):
    folder = tmp_path_factory.mktemp("cases")
    new_case(folder / "skeleton")
    (folder / "bare" / "articles").mkdir(parents=True)
    for name in ("case.yaml", "codebook.yaml", "articles/02-our-fields.md"):
        shutil.copyfile(SKELETON / name, folder / "bare" / name)
    places = {name: folder / name if name in ("skeleton", "bare") else name for name in CASES}
    return {name: load_case(place) for name, place in places.items()}


def build(module, name, case):
    return getattr(import_module(module), name)(case, *GIVEN.get(name, ()))


@pytest.fixture
def explore(cases):
    """Build an explorer on a case; it is closed after the test."""
    opened = []

    def explore(module, name, case):
        widget = build(module, name, cases[case])
        opened.append(widget)
        return widget

    yield explore
    for widget in opened:
        widget.close()


@pytest.mark.parametrize("name", CASES)
def test_a_case_has_nothing_wrong_with_it(cases, name):
    assert [str(problem) for problem in check_case(cases[name].path)] == []


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize(("module", "explorer"), list(explorers()))
def test_a_case_opens_in_an_explorer(explore, module, explorer, name):
    widget = explore(module, explorer, name)
    assert isinstance(widget, ipywidgets.Widget)
    assert widget._repr_mimebundle_()
    if hasattr(widget, "table"):
        assert isinstance(widget.table, pd.DataFrame)


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.filterwarnings("error")
def test_every_explorer_opens_on_a_case_that_lacks_a_part(cases, tmp_path, part):
    whole = cases["ukraine"]
    shutil.copytree(whole.path, tmp_path / "ukraine", ignore=shutil.ignore_patterns(part))
    case = load_case(tmp_path / "ukraine")
    vars(case).update(articles=whole.articles, codebook=whole.codebook)
    for module, name in explorers():
        widget = build(module, name, case)
        assert widget._repr_mimebundle_(), name
        widget.close()


def test_a_task_that_a_case_lacks_is_refused_in_one_sentence(cases):
    with pytest.raises(KitError, match=r"^there is no task '01-t1' in the case bare\b"):
        import_module("kit.learning").Answer(cases["bare"], "01-t1")


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
