"""What the guides say is so: links lead somewhere, commands and explorers exist, lesson plans keep their time."""

import copy
import re
import sys
from pathlib import Path

import pytest

from kit.authoring.cli import COMMANDS

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tools"))

import lesson_plans as plans  # noqa: E402 - beside the other tools

PAGES = sorted([ROOT / "README.md", ROOT / "deploy" / "README.md", *(ROOT / "docs").rglob("*.md")])
TARGETS = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
FOLDERS = r"(?:kit|docs|notebooks|solutions|exercises|tests|tools|benchmarks|deploy|settings|my-work)"
NOT_THERE_YET = (
    "my-work",
    "tests/browser/screenshots",
    "deploy/state",
    "deploy/node_modules",
    "notebooks/07-name.ipynb",
    "kit/cases/NAME",
)  # a learner's own, and names to be filled in
CODE = re.compile(r"^```.*?^```|^(?: {4}|\t)\S.*$|`[^`\n]+`", re.MULTILINE | re.DOTALL)

each_page = pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))


def code_in(path):
    return "\n".join(CODE.findall(path.read_text("utf-8")))


def anchors(path):
    """The anchors of a page's headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", path.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


@each_page
def test_every_link_leads_to_a_file_and_every_anchor_to_a_heading(path):
    broken = []
    for link in re.findall(r"\]\(([^)\s]+)\)", CODE.sub("", path.read_text("utf-8"))):
        if "://" in link or link.startswith("mailto:"):
            continue
        name, _, anchor = link.partition("#")
        target = (path.parent / name).resolve() if name else path
        if not target.exists() or (anchor and anchor not in anchors(target)):
            broken.append(link)
    assert broken == []


@each_page
def test_every_path_that_is_named_exists(path):
    named = re.findall(rf"(?<![\w/.-])({FOLDERS}/[\w./-]*\w)", code_in(path))
    assert [name for name in named if not name.startswith(NOT_THERE_YET) and not (ROOT / name).exists()] == []


@each_page
def test_every_command_that_is_named_exists(path):
    code = code_in(path)
    assert set(re.findall(r"\bmake ((?:[a-z]+-?)+)", code)) - TARGETS == set()
    assert set(re.findall(r"-m kit ([a-z][a-z-]*)", code)) - set(COMMANDS) == set()


def test_every_explorer_that_the_accessibility_page_names_exists():
    text = (ROOT / "docs" / "accessibility.md").read_text("utf-8")
    named = {name for name in re.findall(r"`([A-Z][a-z]+(?:[A-Z][a-z]+)*)`", text) if name not in {"Play"}}
    parts = ("Reader", "background", "actors", "obstacles", "measures", "scenarios", "negotiation", "learning")
    assert {
        name for name in named if not any(plans.explorer(p if p == name else f"{p}.{name}") for p in parts)
    } == set()


def test_the_table_of_the_guide_has_each_units_minutes():
    text = (ROOT / "docs" / "instructors-guide.md").read_text("utf-8")
    rows = {row[0]: row for row in re.findall(r"^\| (\d\d) .*? \| ([^|]+) \| (\d+) \|", text, re.MULTILINE)}
    for unit, about in plans.course().items():
        lengths = [int(each) for each in re.findall(r"\d+", rows[unit][1])]
        assert lengths == list(plans.LENGTHS[unit])
        assert int(rows[unit][2]) == about["minutes"]


@pytest.mark.parametrize(("column", "length"), [(1, 50), (2, 90), (3, 120)])
def test_the_timetable_of_the_negotiation_fills_its_session(column, length):
    text = (
        (ROOT / "docs" / "running-the-negotiation.md")
        .read_text("utf-8")
        .partition("## Timetable")[2]
        .partition("\n## ")[0]
    )
    rows = [line.split("|")[1:-1] for line in text.splitlines() if line.startswith("|")][2:]
    assert sum(int(cell) for row in rows if (cell := row[column].strip()).isdigit()) == length


# Lesson plans


@pytest.fixture(scope="module")
def loaded():
    return plans.load()


def test_the_plans_hold_together_and_agree_with_the_notebooks(loaded):
    assert plans.problems(loaded) == []


def test_the_pages_are_in_step_with_the_plans(loaded):
    stale = [
        unit for unit, plan in loaded.items() if plans.page_path(unit).read_text("utf-8") != plans.page(unit, plan)
    ]
    assert stale == [], "run `make docs`"
    assert len(list(plans.PAGES.glob("*.md"))) == len(loaded)


def changed(loaded, change):
    copied = copy.deepcopy(loaded)
    change(copied["01"])
    return plans.problems(copied)


def test_a_plan_longer_than_its_session_is_refused(loaded):
    found = changed(loaded, lambda plan: plan["sessions"][50][0].update(minutes=90))
    assert [what for what in found if "the plan for 50 minutes takes" in what]


def test_an_explorer_that_is_not_there_is_named(loaded):
    found = changed(loaded, lambda plan: plan["sessions"][50][1].update(explorer="background.Crystal"))
    assert found == ["01: 50 minutes, Filled and hollow: there is no kit.background.Crystal"]


def test_an_explorer_of_another_unit_is_told(loaded):
    found = changed(loaded, lambda plan: plan["sessions"][50][1].update(explorer="actors.ActorMap"))
    assert found == ["01: 50 minutes, Filled and hollow: actors.ActorMap is not in the notebook"]


def test_a_part_without_words_to_say_is_told(loaded):
    found = changed(loaded, lambda plan: plan["sessions"][50][0].pop("say"))
    assert found == ["01: 50 minutes, Open: there are no words to say"]


def test_minutes_that_differ_from_the_notebooks_are_told(loaded):
    found = changed(loaded, lambda plan: plan["explore"][0].update(minutes=99))
    assert [what for what in found if "explore differs from the notebook" in what]
    assert [what for what in found if "core explorers take more than" in what]


def test_a_part_that_is_more_cannot_pass_for_core(loaded):
    found = changed(loaded, lambda plan: plan["explore"][-1].update(core=True))
    assert [what for what in found if "explore differs from the notebook" in what]


def test_a_prompt_without_its_minutes_group_or_answer_is_told(loaded):
    def change(plan):
        part = next(part for part in plan["sessions"][90] if part.get("discuss") == 1)
        part.update(minutes=1, group="plenary")
        del plan["answers"][2]

    found = changed(loaded, change)
    assert [what for what in found if "each discussion prompt needs an answer" in what]
    assert [what for what in found if "the notebook puts this prompt to fours" in what]


def test_a_unit_without_a_plan_is_told(loaded):
    assert plans.problems({unit: plan for unit, plan in loaded.items() if unit != "03"})


def test_a_page_carries_the_prompts_and_the_answers_to_the_quiz(loaded):
    page = plans.page("04", loaded["04"])
    assert all(prompt.text in page for prompt in plans.prompts("04").values())
    assert "About one in five" in page
    assert len(plans.prompts("04")) == 3
