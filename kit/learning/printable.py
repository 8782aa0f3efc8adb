"""All answers as one page to read or print, without the kit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from kit.learning.check import tasks_of
from kit.learning.progress import course
from kit.screen import html

if TYPE_CHECKING:
    from kit.case import Case

_STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; color: #1f2328; background: #fff; max-width: 72ch; margin: 2rem auto; padding: 0 1rem; }
h1, h2, h3 { line-height: 1.25; } h2 { border-bottom: 1px solid #57606a; margin-top: 2.5rem; } h3 { margin-bottom: 0.25rem; }
.text { white-space: pre-wrap; overflow-wrap: anywhere; } dt { font-weight: 600; } dd { margin: 0 0 0.5rem 1.5rem; }
.when { color: #57606a; font-size: 0.85rem; } @media print { h3 { break-after: avoid; } }
"""


def printable_page(case: Case, entries: Mapping[str, Any], pseudonym: str = "", day: str = "") -> html.Html:
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
    asked = _asked(case)
    title = f"Answers of {pseudonym}" if pseudonym else "My answers"
    parts = [_part(unit, entries, asked) for unit in sorted({key.partition("/")[0] for key in entries})]
    head = html.join(html.tag("title", title), html.style(_STYLE))
    body = html.tag(
        "main",
        html.tag("h1", title),
        html.tag("p", f"{case.title}. {day}", class_="when"),
        *(parts or [html.tag("p", "There are no answers yet.")]),
    )
    # The page's own declarations; nothing of a portfolio or case stands in them.
    opening = html.Html('<!DOCTYPE html>\n<html lang="en-GB"><head><meta charset="utf-8">')
    viewport = html.Html('<meta name="viewport" content="width=device-width, initial-scale=1">')
    return html.join(opening, viewport, head, html.Html("</head><body>"), body, html.Html("</body></html>\n"))


def _asked(case: Case) -> dict[str, str]:
    """Return by its key what was asked in quizzes and tasks."""
    found = {f"{spec.get('unit')}/check/{task}": str(spec.get("task", "")) for task, spec in tasks_of(case).items()}
    for unit in course():
        for question in case.quiz(unit):
            if isinstance(question, dict):
                found[f"{unit}/quiz/{question.get('id')}"] = str(question.get("question", ""))
    return found


def _part(unit: str, entries: Mapping[str, Any], asked: Mapping[str, str]) -> html.Html:
    title = course()[unit]["title"] if unit in course() else ""
    mine = {key: value for key, value in entries.items() if key.partition("/")[0] == unit}
    answers = [
        html.join(html.tag("h3", asked.get(key) or heading_of(key)), show_answer(value)) for key, value in mine.items()
    ]
    return html.tag("section", html.tag("h2", f"Part {unit} {title}".rstrip()), *answers)


def heading_of(key: str) -> str:
    """Return a heading for a key whose question the case does not know: ``"Stakeholder grid"``."""
    words = " – ".join(key.split("/")[1:]).replace("-", " ") or key
    return words[:1].upper() + words[1:]


def show_answer(value: Any) -> html.Html:
    """Return an answer as the page shows it, the bookkeeping of quizzes and checks in words."""
    if isinstance(value, dict) and isinstance(value.get("tries"), list):
        right = value.get("right_at")
        state = f"Right at try {right}." if isinstance(right, int) else "Not right yet."
        tries = [html.tag("li", _shown(each)) for each in value["tries"]]
        return html.join(html.tag("ol", *tries), html.tag("p", state, class_="when"))
    if isinstance(value, dict) and set(value) == {"choice", "reason", "shown"}:
        return html.join(_shown(value["choice"]), _shown(value["reason"]))
    if isinstance(value, dict) and "failures" in value and "state" in value:
        return html.join(_shown(value.get("answer")), html.tag("p", f"Checked: {value['state']}.", class_="when"))
    return _shown(value)


def _shown(value: Any) -> html.Html:
    if isinstance(value, dict):
        pairs = [html.join(html.tag("dt", name), html.tag("dd", _shown(each))) for name, each in value.items()]
        return html.tag("dl", *pairs)
    if isinstance(value, list):
        return html.tag("ul", *(html.tag("li", _shown(each)) for each in value)) if value else html.tag("p", "(none)")
    if value is None or value == "":
        return html.tag("p", "(blank)")
    return html.tag("div", "yes" if value is True else "no" if value is False else value, class_="text", dir="auto")
