"""``python -m kit class-report``: the portfolios of a class as one page to read, show or print."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from kit.authoring.write_files import add_force, refuse_to_overwrite
from kit.case import Case, load_case
from kit.classroom.gather import Classroom, read_class
from kit.classroom.grades import grade_table
from kit.classroom.make_report import class_report
from kit.classroom.prompts_and_sheets import tell_counts
from kit.classroom.sample import checked_number, read_sample
from kit.errors import KitError, writing_to
from kit.scenarios.tables import question_table

OUT = "class-report.html"
MADE_UP = 30


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what ``class-report`` takes."""
    what = (
        "a folder of portfolios (with its sub-folders), a file, a pattern such as 'hand-ins/*.json', or a saved chat "
        "(.txt) with slips; several may be named"
    )
    parser.add_argument("folder", nargs="*", help=what)
    parser.add_argument("--case", default="ukraine", help="a bundled case or a case's folder (default: ukraine)")
    parser.add_argument("--out", metavar="FILE", default=OUT, help=f"where to write the page (default: {OUT})")
    parser.add_argument("--names", action="store_true", help="call learners by the names they chose; hidden without it")
    grades = "also write a table for a gradebook (.csv, with names): what each learner has done"
    parser.add_argument("--grades", metavar="FILE", help=grades)
    parser.add_argument("--right", action="store_true", help="with --grades: also how many quiz questions were right")
    parser.add_argument("--long", action="store_true", help="all pictures and tables, not only the two sheets")
    outcome = "how a forecast question came out, such as f3=yes; may be given again"
    parser.add_argument("--outcome", action="append", default=[], metavar="ID=yes|no", help=outcome)
    made_up = (
        f"a class of N made-up learners in place of a folder (default: {MADE_UP}), to see what the page looks like"
    )
    # Another name within, since `try` is a word of Python's own.
    parser.add_argument("--try", dest="made_up", nargs="?", type=int, const=MADE_UP, metavar="N", help=made_up)
    add_force(parser)
    parser.epilog = "Whatever cannot be read is listed with its reason and left out; the rest is shown."


def run(arguments: argparse.Namespace) -> int:
    """Read the class, write the page, and say in a few lines what was read and left out."""
    # All that can be wrong with the command is told before the class is read, which takes a while.
    out = _checked_out(arguments.out)
    grades = _checked_grades(arguments)
    refuse_to_overwrite(filter(None, [out, grades]), force=arguments.force)
    case = load_case(arguments.case)
    classroom = _classroom(arguments, case)
    page = class_report(
        case, classroom, names=arguments.names, outcomes=outcomes_of(arguments.outcome, case), long=arguments.long
    )
    with writing_to(out):
        out.write_text(page, encoding="utf-8")
    if grades:
        with writing_to(grades):
            grade_table(case, classroom, right=arguments.right).to_csv(grades, index=False, encoding="utf-8-sig")
    left = "".join(f"  {found.source}: {found.reason}\n" for found in classroom.left_out)
    written = f"Written: {out}\n" + (f"Written: {grades}\n" if grades else "")
    sys.stdout.write(f"{tell_counts(classroom)}\n{left}{written}")
    return 0


def _checked_grades(arguments: argparse.Namespace) -> Path | None:
    if arguments.grades is None:
        if arguments.right:
            msg = "--right says what a table for a gradebook holds, and no table was asked for"
            raise KitError(msg, remedy="Add --grades grades.csv.")
        return None
    if not arguments.grades.lower().endswith(".csv"):
        msg = "the table for a gradebook is a .csv file"
        raise KitError(msg, where=arguments.grades, remedy="End the name in .csv.")
    return Path(arguments.grades)


def _checked_out(name: str) -> Path:
    out = Path(name)
    if out.suffix.lower() not in (".html", ".htm"):
        msg = "the page is HTML, and this name does not end so"
        raise KitError(msg, where=name, remedy="End the name in .html.")
    return out


def _classroom(arguments: argparse.Namespace, case: Case) -> Classroom:
    if arguments.made_up is not None:
        return read_sample(case, checked_number(arguments.made_up))
    if not arguments.folder:
        msg = "no folder was named"
        raise KitError(msg, remedy="Name the folder that holds the portfolios, or --try to see a made-up class.")
    classroom = read_class(*(Path(each) for each in arguments.folder))
    if not classroom.learners:
        told = "; ".join(f"{found.source}: {found.reason}" for found in classroom.left_out[:3])
        msg = f"no portfolio was found ({told or 'the folder is empty'})"
        remedy = "Collect the files that learners get from Download my work."
        raise KitError(msg, where=arguments.folder[0], remedy=remedy)
    return classroom


def outcomes_of(told: list[str], case: Case) -> dict[str, bool]:
    """Return outcomes by question from words such as ``f3=yes``.

    Raises
    ------
    KitError
        If one reads otherwise, or names no question of the case.
    """
    known = list(question_table(case)["id"])
    found = {}
    for each in told:
        key, _, word = each.partition("=")
        if key not in known or word.lower() not in ("yes", "no"):
            msg = f"'{each}' is no outcome"
            raise KitError(msg, where="--outcome", remedy=f"Write one of {', '.join(known)}, then =yes or =no.")
        found[key] = word.lower() == "yes"
    return found
