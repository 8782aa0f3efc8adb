"""What the formats share: elements with text in them, notes on a question in one place, and files that do not change."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any
from xml.etree import ElementTree as ET

from kit.file_names import name_files

Quizzes = Mapping[str, Sequence[Mapping[str, Any]]]  # by unit
NO_DATE = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip can hold: the same questions give the same bytes


# What XML 1.0 has no way to write.
_UNFIT = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def add(parent: ET.Element, name: str, text: str | None = None, **attributes: Any) -> ET.Element:
    """Return a new last child of an element, with text in it if there is any."""
    made = ET.SubElement(parent, name, {key: str(value) for key, value in attributes.items()})
    made.text = None if text is None else _UNFIT.sub("\ufffd", str(text))
    return made


def to_bytes(root: ET.Element) -> bytes:
    """Return a document as UTF-8, a line an element."""
    ET.indent(root)
    return ET.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"


def pack(files: Mapping[str, bytes]) -> bytes:
    """Return a zip of files."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name, NO_DATE), data, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def with_names(quizzes: Quizzes) -> dict[str, list[tuple[str, Mapping[str, Any]]]]:
    """Return by unit the questions with a name for each that may stand in XML and in a path."""
    names = iter(name_files((each["id"] for questions in quizzes.values() for each in questions), "question"))
    return {unit: [(f"q-{next(names)}", each) for each in questions] for unit, questions in quizzes.items()}


def as_pairs(question: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return what belongs to what: the pairs of a match; of an order, each item and its place."""
    if question["type"] == "order":
        return [(part["item"], str(place)) for place, part in enumerate(question["items"], 1)]
    return [(part["left"], part["right"]) for part in question["pairs"]]


def notes_on(question: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return what is to be said after an answer that cannot be said choice by choice: pairs of what on, and the note."""
    if question["type"] == "defend":
        return [(view["title"], view["text"]) for view in question["views"]]
    return [
        (part.get("left") or part.get("item"), part["feedback"]) for part in question.get("pairs") or question["items"]
    ]


def share_of(question: Mapping[str, Any], correct: bool) -> float:
    """Return what per cent of the points a choice of a question with several right ones earns, or costs."""
    same = sum(part["correct"] == correct for part in question["answers"])
    return (1 if correct else -1) * 100 / same


def asked_with_options(question: Mapping[str, Any]) -> str:
    """Return a question without a right answer, with what can be chosen, as one text."""
    options = "; ".join(part["answer"] for part in question["answers"])
    return f"{question['question']} Choose one ({options}) and give your reasons."
