"""Papers for a room: role sheets, an offer form, and the worksheets of a class that has no laptops.

``python -m kit handouts FOLDER`` writes each as a page of its own that prints on A4, with a list of how many to print.
All of them are made from a case, so that a case of one's own has them too. What a paper says stands in its template,
``templates/handouts/NAME.html``; here is what the case puts into it.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterable
from pathlib import Path

from kit.authoring.game_papers import VERSIONS, game_papers
from kit.authoring.paper import Handout, fill
from kit.authoring.pdf import as_pdf, find_browser
from kit.authoring.unit_papers import unit_papers
from kit.authoring.write_files import add_force, write_pages
from kit.case import Case, load_case
from kit.errors import KitError
from kit.file_names import tell_apart


def handouts(case: Case, versions: Iterable[str] = VERSIONS) -> list[Handout]:
    """Return all papers that a case has something for, in the order in which a course needs them."""
    *papers, key = unit_papers(case)  # the instructor's answers to all units stand last, whoever made them
    papers = [*papers, *game_papers(case, versions), key]
    names = tell_apart(each.name for each in papers)  # a seat may be called "a-invented" beside the invented seat "a"
    return [each._replace(name=name) for each, name in zip(papers, names, strict=True)]


def write_handouts(
    case: Case, folder: str | os.PathLike[str], versions: Iterable[str] = VERSIONS, *, force: bool = True
) -> list[Path]:
    """Write every paper of a case and a list of them, as HTML.

    Parameters
    ----------
    folder : path
        Made if it is not there.
    versions : iterable of str
        Of the negotiation: "real", "invented" or both.

    Returns
    -------
    list of Path
        The list, ``index.html``, first.

    Raises
    ------
    KitError
        If the folder cannot be written to, or such files are there already.
    """
    made = handouts(case, versions)
    index = fill("index", "Papers to print", case, papers=made)
    pages = {"index.html": index, **{f"{each.name}.html": each.page for each in made}}
    return write_pages(Path(folder), pages, force=force)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what ``handouts`` takes."""
    where = "where to write them (default: build/handouts)"
    parser.add_argument("folder", nargs="?", default="build/handouts", help=where)
    parser.add_argument("--case", default="ukraine", help="a bundled case or a case's folder (default: ukraine)")
    parser.add_argument("--only", choices=VERSIONS, help="one version of the negotiation instead of both")
    pdf = "also print each to PDF, with the Chromium or Chrome of this machine"
    parser.add_argument("--pdf", action="store_true", help=pdf)
    add_force(parser)


def run(arguments: argparse.Namespace) -> int:
    """Write the papers and say where they are."""
    browser = find_browser() if arguments.pdf else None
    if arguments.pdf and not browser:
        what = "There is no Chromium or Chrome to make PDF files with"
        remedy = "Leave out --pdf and print the pages from your own browser, or set PARLEY_BROWSER to its path."
        raise KitError(what, remedy=remedy)
    versions = [arguments.only] if arguments.only else VERSIONS
    pages = write_handouts(load_case(arguments.case), arguments.folder, versions, force=arguments.force)
    print(f"{len(pages) - 1} papers are in {arguments.folder}. Open {pages[0]} to see how many of each to print.")
    if browser:
        for number, made in enumerate(as_pdf(pages[1:], browser), 1):
            print(f"PDF {number} of {len(pages) - 1}: {made.name}", flush=True)
    return 0
