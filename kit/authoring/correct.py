"""``python -m kit correct``: marks that a reader changed in a table become the corrections of a case."""

from __future__ import annotations

import argparse
from pathlib import Path

from kit.case import bundled_cases, load_case
from kit.errors import KitError
from kit.marks.corrections import CODERS, from_marks, write
from kit.marks.mark_files import read_marks


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what ``correct`` takes."""
    parser.add_argument("file", type=Path, help="what annotate wrote (.csv or .jsonld), after you changed it")
    parser.add_argument("--case", required=True, help="the folder of your case, whose marks.csv is written")
    parser.add_argument("--by", choices=CODERS, default="settled", help="whose corrections they are (default: settled)")
    parser.add_argument("--force", action="store_true", help="put them in place of earlier ones of the same articles")
    parser.epilog = """\
Take rows out, change their code, or add rows: article, text (the whole sentence), quote (the words in it) and code are
enough, and why if you like. What differs from the rules' marks becomes a correction. An article without a row is left
as it is.
"""


def run(arguments: argparse.Namespace) -> int:
    """Write the corrections into the case and say how many there are."""
    case, by = load_case(arguments.case), arguments.by
    if case.name in bundled_cases():  # an update of the kit would write over them
        what = "The marks of a case that comes with the kit are not changed"
        raise KitError(what, where=case.name, remedy="Give the folder of a case of your own.")
    rows = read_marks(arguments.file)
    found = from_marks(rows, case.articles, case.codebook, by=by)
    articles = {row["article"] for row in rows}
    earlier = [each for each in case.corrections if each.by == by and each.article in articles]
    if earlier and not arguments.force:
        what = f"There are {len(earlier)} corrections of these articles by {by} already"
        raise KitError(what, where=case.path / "marks.csv", remedy="To put the new ones in their place add --force.")
    write([*(each for each in case.corrections if each not in earlier), *found], case.path / "marks.csv")
    removed = sum(each.verdict == "remove" for each in found)
    print(f"{case.path / 'marks.csv'}: {removed} removed, {len(found) - removed} added, in {len(articles)} articles.")
    return 0
