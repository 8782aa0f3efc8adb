"""``python -m kit quiz-export``: the quiz questions of a case as a file for a learning management system (LMS)."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from kit.authoring.lms_formats import FORMATS
from kit.authoring.write_files import add_force, refuse_to_overwrite
from kit.case import Case, load_case
from kit.errors import KitError, writing_to
from kit.learning.progress import course
from kit.learning.quiz_bank import quiz_problems, sound_questions


def export_quizzes(case: Case, to: str, units: Iterable[str] = ()) -> tuple[bytes, list[str]]:
    """Return the questions of a case as a file, and what of them it does not hold.

    Parameters
    ----------
    to : str
        One of `FORMATS`.
    units : iterable of str
        All without one.

    Raises
    ------
    KitError
        If a unit is not of the course, or there are no questions.
    """
    quizzes, lost = _sound_questions(case, list(units))
    if not any(quizzes.values()):
        msg = "there are no questions to write"
        raise KitError(msg, where=case.name, remedy="Name another unit, or add a quiz to the case.")
    form = FORMATS[to]
    data = form.write({unit: found for unit, found in quizzes.items() if found}, f"Parley: {case.title}")
    changed = [
        f"{question['id']}: {form.left_out[question['type']]}."
        for found in quizzes.values()
        for question in found
        if question["type"] in form.left_out
    ]
    return data, lost + changed


def _sound_questions(case: Case, asked: list[str]) -> tuple[dict[str, list[Mapping[str, Any]]], list[str]]:
    unknown = [unit for unit in asked if unit not in course()]
    if unknown:
        msg = f"there is no unit {unknown[0]!r}"
        raise KitError(msg, where="--unit", remedy=f"Write one of {', '.join(course())}.")
    quizzes: dict[str, list[Mapping[str, Any]]] = {}
    lost = []
    for unit in asked or course():
        bank = case.quiz(unit)
        quizzes[unit] = sound_questions(bank)
        lost += [f"left out: {problem}" for question in bank for problem in quiz_problems([question])]
    return quizzes, lost


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what ``quiz-export`` takes."""
    parser.add_argument("out", metavar="OUT", help="the file to write")
    parser.add_argument("--to", required=True, choices=FORMATS, help="the format that your LMS reads")
    unit = "a unit such as 03; may be given again (default: all)"
    parser.add_argument("--unit", action="append", default=[], help=unit)
    parser.add_argument("--case", default="ukraine", help="a bundled case or a case's folder (default: ukraine)")
    add_force(parser)
    parser.epilog = "\n".join(f"{name:7} {form.ending}  {form.where}" for name, form in FORMATS.items())


def run(arguments: argparse.Namespace) -> int:
    """Write the file, and say what it does not carry."""
    form, out = FORMATS[arguments.to], Path(arguments.out)
    if out.suffix.lower() != form.ending:
        msg = f"a file of this format ends in {form.ending}"
        raise KitError(msg, where=out, remedy=f"Name it {out.stem or 'quizzes'}{form.ending}.")
    refuse_to_overwrite([out], force=arguments.force)
    data, changed = export_quizzes(load_case(arguments.case), arguments.to, arguments.unit)
    with writing_to(out):
        out.write_bytes(data)
    print(f"Written: {out}. {form.where}")
    if changed:
        print("What the format carries in another way, or not:", *(f"  {each}" for each in changed), sep="\n")
    return 0
