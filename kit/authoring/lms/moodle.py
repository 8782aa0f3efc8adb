"""Moodle XML: a category a unit; all kinds of questions that the kit has."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from xml.etree import ElementTree as ET

from kit.authoring.lms.shared import Quizzes, add, as_pairs, asked_with_options, notes_on, share_of, to_bytes
from kit.screen import html

LEFT_OUT = {
    "match": "the notes on each pair are shown together, after the answer",
    "order": "it becomes a match of each item with its place; the notes are shown together, after the answer",
    "defend": "it becomes an essay; the two views are shown after the answer",
}
_KINDS = {"multiple_choice": "multichoice", "many_choice": "multichoice", "match": "matching", "order": "matching"}


def write(quizzes: Quizzes, title: str) -> bytes:
    """Return the questions as one file for *Question bank → Import → Moodle XML*."""
    root = ET.Element("quiz")
    for unit, questions in quizzes.items():
        category = add(add(root, "question", type="category"), "category")
        # A slash parts a category from the one above it, so none may stand in a title.
        add(category, "text", f"$course$/top/{title.replace('/', '-')}/{unit}")
        for question in questions:
            _add_question(root, question)
    return to_bytes(root)


def _add_question(root: ET.Element, question: Mapping[str, Any]) -> None:
    kind = question["type"]
    made = add(root, "question", type=_KINDS.get(kind, "essay"))
    add(add(made, "name"), "text", question["id"])
    asked = asked_with_options(question) if kind == "defend" else question["question"]
    _add_html(made, "questiontext", html.tag("p", asked))
    notes = [] if "choice" in kind else notes_on(question)
    said = html.tag("ul", *(html.tag("li", html.tag("b", on), ": ", note) for on, note in notes)) if notes else ""
    _add_html(made, "generalfeedback", said)
    add(made, "defaultgrade", "0" if kind == "defend" else "1")
    if kind == "defend":
        add(made, "responseformat", "editor")
        return
    add(made, "shuffleanswers", "true")
    if "choice" in kind:
        _add_choices(made, question)
    else:
        for left, right in as_pairs(question):
            part = add(made, "subquestion", format="html")
            add(part, "text", html.escape(left))
            add(add(part, "answer"), "text", right)


def _add_choices(made: ET.Element, question: Mapping[str, Any]) -> None:
    single = question["type"] == "multiple_choice"
    add(made, "single", str(single).lower())
    add(made, "answernumbering", "none")
    for part in question["answers"]:
        share = 100.0 * part["correct"] if single else share_of(question, part["correct"])
        # Moodle knows shares such as 33.33333 by their first five decimals.
        answer = add(made, "answer", fraction=f"{share:.5f}".rstrip("0").rstrip("."), format="html")
        add(answer, "text", html.escape(part["answer"]))
        _add_html(answer, "feedback", html.escape(part["feedback"]))


def _add_html(parent: ET.Element, name: str, text: str) -> None:
    add(add(parent, name, format="html"), "text", str(text))
