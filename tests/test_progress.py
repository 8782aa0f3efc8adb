"""What is done and what is next, from the portfolio alone."""

from pathlib import Path
from types import SimpleNamespace

import pytest

import kit
from kit.learning.answer_rules import hash_answer
from kit.learning.check_answers import check
from kit.learning.portfolio import portfolio
from kit.learning.progress import CourseMap, course, next_line, progress_table, steps

ROOT = Path(kit.__file__).parents[1]
QUIZ = [
    {
        "id": f"01-q{n}",
        "type": "multiple_choice",
        "question": "?",
        "answers": [{"answer": each, "correct": each == "a", "feedback": "f"} for each in "ab"],
    }
    for n in (1, 2)
]
TASK = {
    "unit": "01",
    "task": "?",
    "input": "text",
    "rule": "fact",
    **dict([hash_answer("fact", "01-t1", "yes")]),
    "hints": {"other": ["n", "p"]},
    "not_checked": "x",
}
CASE = SimpleNamespace(
    name="tiny", title="Tiny", quiz=lambda unit: QUIZ if unit == "01" else [], checks={"checks": {"01-t1": TASK}}
)


def named(unit, entries):
    return {step.label: (step.done, step.of) for step in steps(CASE, unit, entries)}


def test_at_the_beginning_nothing_is_done_and_the_first_part_is_next():
    table = progress_table(CASE, {})
    assert table["unit"].tolist() == ["00", "01", "02", "03", "04", "05", "06"]
    assert table["done"].sum() == 0
    assert next_line(table) == "Next: part 00, Start here – code ten sentences."


def test_a_parts_steps_follow_what_its_case_asks():
    assert named("01", {}) == {"Rate ripeness": (0, 1), "Check yourself": (0, 2), "Write": (0, 1), "Exercise": (0, 1)}
    assert set(named("02", {})) == {"Place the actors", "Write"}


def test_each_answer_moves_its_own_step():
    entries = {
        "00/coding/first:1": [],
        "00/coding/first:2": ["actor:eu"],
        "01/ripeness-board": {"x": 1},
        "01/quiz/01-q1": {"tries": ["b"], "right_at": None},
        "01/quiz/01-q9": {"tries": ["b"], "right_at": None},
        "01/write": "text",
    }
    assert named("00", entries)["Code ten sentences"] == (2, 10)
    assert named("01", entries) == {
        "Rate ripeness": (1, 1),
        "Check yourself": (1, 2),
        "Write": (1, 1),
        "Exercise": (0, 1),
    }


def test_a_key_that_only_begins_alike_is_another_things():
    assert named("01", {"01/ripeness-boards": 1})["Rate ripeness"] == (0, 1)
    assert named("01", {"01/ripeness-board/russia": 1})["Rate ripeness"] == (1, 1)


def test_a_task_counts_once_it_is_right():
    check("01-t1", "no", CASE)
    assert named("01", portfolio("tiny").entries())["Exercise"] == (0, 1)
    check("01-t1", "yes", CASE)
    assert named("01", portfolio("tiny").entries())["Exercise"] == (1, 1)


def test_next_is_what_was_begun_before_what_was_not():
    table = progress_table(CASE, {"02/write": "text"})
    assert next_line(table) == "Next: part 02, Actors – place the actors."


def test_when_all_is_done_it_says_so():
    table = progress_table(CASE, {}).assign(done=5, of=5)
    assert next_line(table) == "All seven parts are done."


@pytest.mark.parametrize("junk", [5, "x", [1], {"state": "right?"}, {"tries": 7}])
def test_what_the_portfolio_holds_is_not_trusted(junk):
    keys = ("01/quiz/01-q1", "01/check/01-t1")
    found = named("01", dict.fromkeys(keys, junk))
    assert found["Exercise"] == (0, 1)


def test_the_map_links_to_the_parts_and_follows_the_portfolio():
    shown = CourseMap(CASE, "../notebooks/")
    assert 'href="../notebooks/01-background.ipynb"' in shown.map.value
    assert "0 of 4" in shown.map.value
    portfolio("tiny").save("01/write", "text")
    assert "1 of 4" in shown.map.value
    assert "Check yourself (0 of 2)" in shown.map.value
    assert list(shown.table.columns) == ["unit", "title", "minutes", "done", "of", "next", "notebook"]
    assert repr(shown) == "CourseMap(case='tiny')"


def test_on_the_site_the_map_opens_a_part_as_the_site_does(monkeypatch):
    monkeypatch.setattr("kit.screen.runtime.IN_PAGE", True)
    drawn = CourseMap(CASE, "../notebooks/").map.value
    assert 'href="?path=notebooks/01-background.ipynb"' in drawn
    assert "target=" not in drawn


def test_every_part_has_its_notebook():
    names = [f"{part['notebook']}.ipynb" for part in course().values()]
    assert [name for name in names if not (ROOT / "notebooks" / name).is_file()] == []


def test_the_map_draws_its_bars_and_shows_no_markup_as_text():
    drawn = CourseMap(CASE).map.value
    assert '<span aria-hidden="true">□□□□</span> 0 of 4 steps done' in drawn
    assert drawn.count("<li>") == drawn.count("<svg") == 7
    assert "&lt;" not in drawn
