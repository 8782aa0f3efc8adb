"""All answers as one page to read or print, without the kit."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kit.learning.before_after import KEYS, list_questions
from kit.learning.coding import PREFIX, coding_sentences
from kit.learning.exercise_checks import tasks_of
from kit.learning.own_work import heading_of, show_work
from kit.learning.progress import course
from kit.screen import html
from kit.screen.stylesheet import css
from kit.screen.templating import read_style, render

if TYPE_CHECKING:
    from kit.case import Case
    from kit.screen.html import Html

TEMPLATES = Path(__file__).with_name("templates")


def printable_page(case: Case, entries: Mapping[str, Any], pseudonym: str = "", day: str = "") -> Html:
    """Return a whole HTML page of a portfolio's answers, part by part, with what was asked where the case knows it.

    Parameters
    ----------
    case : Case
        Whose questions and tasks give the headings.
    entries : dict
        Values by key.
    pseudonym, day : str
        Whose answers they are, and of when.
    """
    asked = _asked(case, entries)
    units = sorted({key.partition("/")[0] for key in entries})
    return render(
        TEMPLATES / "answers.html",
        title=f"Answers of {pseudonym}" if pseudonym else "My answers",
        styles=[html.style(css(night=False)), read_style(TEMPLATES / "answers.css")],
        script=False,
        case_title=case.title,
        day=day,
        parts=[_part(case, unit, entries, asked) for unit in units],
    )


def title_of(unit: str) -> str:
    """Return a part's number and title: "Part 03 Obstacles"."""
    return f"Part {unit} {course()[unit]['title'] if unit in course() else ''}".rstrip()


def _part(case: Case, unit: str, entries: Mapping[str, Any], asked: Mapping[str, str]) -> dict[str, Any]:
    mine = {key: value for key, value in entries.items() if key.partition("/")[0] == unit}
    answers = [
        {"asked": asked.get(key) or heading_of(key), "shown": show_work(case, key, value)}
        for key, value in mine.items()
    ]
    return {"title": title_of(unit), "answers": answers}


def _asked(case: Case, entries: Mapping[str, Any]) -> dict[str, str]:
    """Return by its key what was asked: in quizzes and tasks, before and after the course, and the sentences to code."""
    found = {f"{start}/{each['id']}": each["question"] for start in KEYS.values() for each in list_questions()}
    if any(key.startswith(PREFIX) for key in entries):
        sentences = coding_sentences(case)
        found |= dict(zip(PREFIX + sentences["key"], sentences["text"], strict=True))
    found |= {f"{spec.get('unit')}/check/{task}": str(spec.get("task", "")) for task, spec in tasks_of(case).items()}
    for unit in course():
        for question in case.quiz(unit):
            if isinstance(question, dict):
                found[f"{unit}/quiz/{question.get('id')}"] = str(question.get("question", ""))
    return found
