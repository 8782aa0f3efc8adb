"""Question banks as files of a learning management system (LMS): Moodle XML, GIFT, and packages of QTI 1.2 and 2.1.

What XML says stands in ``templates/lms``. Each writer takes the questions by unit and a title, and returns the file.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from kit.file_names import name_files
from kit.screen.templating import render

Question = Mapping[str, Any]
Quizzes = Mapping[str, Sequence[Question]]  # by unit
NO_DATE = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip can hold: the same questions give the same bytes
_TEMPLATES = Path(__file__).parent / "templates" / "lms"
# What XML 1.0 has no way to write.
_UNFIT = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_GIFT_SIGNS = re.compile(r"([\\~=#{}:])")
# Canvas's names for kinds of questions; the standard has none.
_QTI12_KINDS = {
    "multiple_choice": "multiple_choice_question",
    "many_choice": "multiple_answers_question",
    "match": "matching_question",
    "order": "matching_question",
    "defend": "essay_question",
}


def write_moodle(quizzes: Quizzes, title: str) -> bytes:
    """Return the questions as Moodle XML, for *Question bank → Import*; a category a unit."""
    return _fill("moodle.xml", units=quizzes, title=title)


def write_qti12(quizzes: Quizzes, title: str) -> bytes:
    """Return the questions as a zip that Canvas, Blackboard and others import; an assessment a unit."""
    units = {
        f"unit-{unit}.xml": _fill("qti12-unit.xml", unit=unit, questions=questions, title=title, kinds=_QTI12_KINDS)
        for unit, questions in with_names(quizzes).items()
    }
    return _pack({"imsmanifest.xml": _fill("qti12-manifest.xml", units=quizzes), **units})


def write_qti21(quizzes: Quizzes, title: str) -> bytes:
    """Return the questions as a zip: an item a question, a test a unit; orders and matches as they are."""
    units = with_names(quizzes)
    tests = {
        f"unit-{unit}.xml": _fill("qti21-test.xml", unit=unit, questions=questions, title=title)
        for unit, questions in units.items()
    }
    items = {
        f"items/{name}.xml": _fill("qti21-item.xml", name=name, question=question)
        for questions in units.values()
        for name, question in questions
    }
    return _pack({"imsmanifest.xml": _fill("qti21-manifest.xml", units=units), **tests, **items})


def _fill(template: str, **values: Any) -> bytes:
    ways = {"asked": asked, "pairs": as_pairs, "notes": notes_on, "share": share_of, "in_figures": in_figures}
    return _UNFIT.sub("\ufffd", render(_TEMPLATES / template, **ways, **values)).encode() + b"\n"


def _pack(files: Mapping[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name, NO_DATE), data, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def with_names(quizzes: Quizzes) -> dict[str, list[tuple[str, Question]]]:
    """Return by unit the questions with a name for each that may stand in XML and in a path."""
    names = iter(name_files((each["id"] for questions in quizzes.values() for each in questions), "question"))
    return {unit: [(f"q-{next(names)}", each) for each in questions] for unit, questions in quizzes.items()}


# --- GIFT, which is plain text


def write_gift(quizzes: Quizzes, title: str) -> bytes:
    """Return the questions as one text that Moodle and others read; a category a unit."""
    blocks = []
    for unit, questions in quizzes.items():
        blocks.append(f"$CATEGORY: $course$/top/{' '.join(title.replace('/', '-').split())}/{unit}")
        for question in questions:
            lines = "\n".join(f"\t{line}" for line in _gift_lines(question))
            blocks.append(f"::{_escaped(question['id'])}::{_escaped(asked(question))} {{\n{lines}\n}}")
    return ("\n\n".join(blocks) + "\n").encode()


def _gift_lines(question: Question) -> Iterator[str]:
    kind = question["type"]
    if "choice" in kind:
        for part in question["answers"]:
            share = f"~%{in_figures(share_of(question, part))}%"
            mark = share if kind == "many_choice" else "=" if part["correct"] else "~"
            yield f"{mark}{_escaped(part['answer'])} #{_escaped(part['feedback'])}"
        return
    if kind != "defend":
        for left, right in as_pairs(question):
            yield f"={_escaped(left)} -> {_escaped(right)}"
    yield "####" + " / ".join(f"{_escaped(on)}\\: {_escaped(note)}" for on, note in notes_on(question))


def _escaped(text: str) -> str:
    """Return a text on one line, with a backslash before each sign that means something in GIFT."""
    line = _GIFT_SIGNS.sub(r"\\\1", " ".join(text.split()))
    # An arrow would part what is matched.
    return line.replace("->", "→")


# --- what all formats say of a question


def asked(question: Question) -> str:
    """Return what is asked; where no answer is right, with what can be chosen, since these become essays."""
    if question["type"] != "defend":
        return str(question["question"])
    options = "; ".join(part["answer"] for part in question["answers"])
    return f"{question['question']} Choose one ({options}) and give your reasons."


def as_pairs(question: Question) -> list[tuple[str, str]]:
    """Return what belongs to what: the pairs of a match; of an order, each item and its place."""
    if question["type"] == "order":
        return [(part["item"], str(place)) for place, part in enumerate(question["items"], 1)]
    return [(part["left"], part["right"]) for part in question["pairs"]]


def notes_on(question: Question) -> list[tuple[str, str]]:
    """Return what is to be said after an answer that cannot be said choice by choice: pairs of what on, and the note."""
    if question["type"] == "defend":
        return [(view["title"], view["text"]) for view in question["views"]]
    parts = question.get("pairs") or question["items"]
    return [(part.get("left") or part.get("item"), part["feedback"]) for part in parts]


def share_of(question: Question, part: Mapping[str, Any]) -> float:
    """Return what per cent of the points a choice earns, or costs where several are right."""
    if question["type"] == "multiple_choice":
        return 100.0 * part["correct"]
    # All right ones together give all points, and all wrong ones take them: who ticks everything gains nothing.
    same = sum(other["correct"] == part["correct"] for other in question["answers"])
    return (1 if part["correct"] else -1) * 100 / same


def in_figures(share: float) -> str:
    """Return a share as Moodle knows it: it finds 33.33333 by its first five decimals."""
    return f"{share:.5f}".rstrip("0").rstrip(".")


# --- the formats


class Format(NamedTuple):
    """How questions are written: what writes them, how the file's name ends, where it goes, and what it cannot carry."""

    write: Callable[[Quizzes, str], bytes]
    ending: str
    where: str
    left_out: Mapping[str, str]  # by kind of question


_IN_ONE_NOTE = {
    "match": "the notes on each pair are shown together, after the answer",
    "order": "it becomes a match of each item with its place; the notes are shown together, after the answer",
    "defend": "it becomes an essay; the views are shown after the answer",
}
_QTI21_NOTES = {
    "match": "the notes on each pair are shown together, after the answer",
    "order": "the notes on each item are shown together, after the answer",
    "defend": "choice and reasons are kept, and nothing is marked; the views are shown after the answer",
}
_CANVAS = "In Canvas: Settings, Import course content, QTI .zip file. Blackboard reads it too."
_NEW_QUIZZES = "In Canvas New Quizzes, OpenOLAT, TAO and others: import as QTI 2.1."
FORMATS = {
    "moodle": Format(write_moodle, ".xml", "In Moodle: Question bank, Import, Moodle XML.", _IN_ONE_NOTE),
    "gift": Format(write_gift, ".txt", "In Moodle and others: import as GIFT.", _IN_ONE_NOTE),
    "qti12": Format(write_qti12, ".zip", _CANVAS, _IN_ONE_NOTE),
    "qti21": Format(write_qti21, ".zip", _NEW_QUIZZES, _QTI21_NOTES),
}
