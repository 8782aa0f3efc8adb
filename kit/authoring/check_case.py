"""``python -m kit check-case``: all that is wrong with a case, by file and line."""

from __future__ import annotations

import argparse

from kit.checking.whole_case import check_case


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of ``check-case``."""
    parser.add_argument("folder", help="the folder of the case, with its case.yaml")


def run(arguments: argparse.Namespace) -> int:
    """Print what is wrong, and what may not be meant; 1 if anything is wrong."""
    problems = check_case(arguments.folder)
    for problem in problems:
        print(f"- {'Warning: ' if problem.is_warning else ''}{problem}")
    wrong = sum(not problem.is_warning for problem in problems)
    print(f"{wrong} to mend." if wrong else f"{arguments.folder}: nothing wrong was found.")
    return int(wrong > 0)
