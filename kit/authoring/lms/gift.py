"""GIFT: plain text that Moodle and others read; a category a unit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from kit.authoring.lms.shared import Quizzes, as_pairs, asked_with_options, notes_on, share_of

LEFT_OUT = {
    "match": "the notes on each pair are shown together, after the answer",
    "order": "it becomes a match of each item with its place; the notes are shown together, after the answer",
    "defend": "it becomes an essay; the two views are shown after the answer",
}
_SIGNS = re.compile(r"([\\~=#{}:])")


def write(quizzes: Quizzes, title: str) -> bytes:
    """Return the questions as one text."""
    blocks = []
    for unit, questions in quizzes.items():
        blocks.append(f"$CATEGORY: $course$/top/{' '.join(title.replace('/', '-').split())}/{unit}")
        blocks += [_block(question) for question in questions]
    return ("\n\n".join(blocks) + "\n").encode()


def _block(question: Mapping[str, Any]) -> str:
    asked = asked_with_options(question) if question["type"] == "defend" else question["question"]
    lines = "\n".join(f"\t{line}" for line in _lines(question))
    return f"::{_escaped(question['id'])}::{_escaped(asked)} {{\n{lines}\n}}"


def _lines(question: Mapping[str, Any]) -> Iterator[str]:
    kind = question["type"]
    if "choice" in kind:
        for part in question["answers"]:
            yield f"{_mark(question, part)}{_escaped(part['answer'])} #{_escaped(part['feedback'])}"
        return
    if kind != "defend":
        for left, right in as_pairs(question):
            yield f"={_escaped(left)} -> {_escaped(right)}"
    yield "####" + " / ".join(f"{_escaped(on)}\\: {_escaped(note)}" for on, note in notes_on(question))


def _mark(question: Mapping[str, Any], part: Mapping[str, Any]) -> str:
    """Return what stands before a choice: ``=`` before the one right answer, ``~`` with a share of the points before others."""
    if question["type"] == "multiple_choice":
        return "=" if part["correct"] else "~"
    share = f"{share_of(question, part['correct']):.5f}".rstrip("0").rstrip(".")
    return f"~%{share}%"


def _escaped(text: str) -> str:
    """Return a text on one line, with a backslash before each sign that means something in GIFT."""
    line = _SIGNS.sub(r"\\\1", " ".join(text.split()))
    # An arrow would part what is matched.
    return line.replace("->", "→")
