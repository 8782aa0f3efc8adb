"""Papers for a room: role sheets, an offer form, and the worksheets of a class that has no laptops.

``python -m kit handouts FOLDER`` writes each as a page of its own that prints on A4, with a list of how many to print.
All of them are made from a case, so that a case of one's own has them too. What a paper says stands in its template,
``templates/handouts/NAME.html``; here is what the case puts into it.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from string import ascii_uppercase
from typing import TYPE_CHECKING

from kit.authoring import paper_cards as cards
from kit.authoring.paper import Handout, fill, say_day
from kit.authoring.pdf import as_pdf, find_browser
from kit.errors import KitError
from kit.file_names import name_files
from kit.rows import records
from kit.screen.html import Html

if TYPE_CHECKING:
    from kit.case import Case
    from kit.negotiation.tables import Lab

VERSIONS = ("real", "invented")


# --- the papers


def handouts(case: Case, versions: Iterable[str] = VERSIONS) -> list[Handout]:
    """Return all papers that a case has something for, in the order in which a course needs them."""
    own = {
        "00": coding_sheet,
        "01": ripeness_sheet,
        "02": stakeholder_sheet,
        "03": obstacle_worksheet,
        "04": measure_worksheet,
        "05": forecast_slip,
    }
    makers = [(unit, make) for unit, first in own.items() for make in (first, *cards.MAKERS[unit])]
    found = [made._replace(unit=unit) for unit, make in makers if (made := make(case))]
    from kit.negotiation.tables import lab

    games = {version: game for version in versions if (game := lab(case, version)) and game.version == version}
    for version, game in games.items():
        found += negotiation_papers(case, game, version)
    return [*found, *([observer_sheet(), press_card(), choice_slips()] if games else []), cards.answers(case)]


def coding_sheet(case: Case) -> Handout | None:
    """Return the sentences of "code it yourself", with the codebook on the second page."""
    from kit.learning.coding import coding_sentences

    sentences = coding_sentences(case)
    if sentences.empty:
        return None
    page = fill("coding-sheet", "Code it yourself", case, sentences=list(sentences["text"]), kinds=case.codebook.kinds)
    return Handout("coding-sheet", "Code it yourself", "one each, on both sides of a sheet", page)


def ripeness_sheet(case: Case) -> Handout:
    """Return the ripeness board on paper: a rating and sentences for each of Zartman's elements."""
    from kit.background.tables import RATINGS, ripeness_elements

    page = fill("ripeness-sheet", "Was the moment ripe?", case, elements=ripeness_elements(case), ratings=list(RATINGS))
    return Handout("ripeness-sheet", "Ripeness board", "one for two", page)


def stakeholder_sheet(case: Case) -> Handout | None:
    """Return an empty grid of power against interest, with the actors to place."""
    names = list(case.actor_names.values())
    if not names:
        return None
    page = fill("stakeholder-grid", "Power and interest", case, actors=names)
    return Handout("stakeholder-grid", "Stakeholder grid", "one for two", page)


def obstacle_worksheet(case: Case) -> Handout | None:
    """Return unit 03 on paper: the obstacles in a sentence each, a tree, the commitment problem, and a ranking."""
    from kit.models.commitment import THREE_LINES
    from kit.obstacles.tables import CRITERIA, MECHANISMS, TODAY, card_of, first_order, obstacles_of

    names = obstacles_of(case)
    if not names:
        return None
    page = fill(
        "worksheet-03",
        "Obstacles",
        case,
        obstacles=[(names[code], _first_sentence(card_of(case, code).what)) for code in first_order(case)],
        mechanisms=list(MECHANISMS.values()),
        criteria=CRITERIA,
        argument=THREE_LINES,
        today=f"{100 * TODAY:g}",
    )
    return Handout("worksheet-03", "Worksheet: obstacles", "one for two, four pages", page)


def measure_worksheet(case: Case) -> Handout | None:
    """Return unit 04 on paper: the measures with their costs, a year to plan, and a hundred months to colour."""
    from kit.measures.tables import EASES, book_of, type_label

    book = book_of(case)
    if not book.measures:
        return None
    place = {key: n for n, key in enumerate(book.measures, 1)}
    rows = [
        (each.title, type_label(each.type), *(f"{each.cost[side]:g}" for side in book.parties), each.months,
         ", ".join(str(place[key]) for key in each.prerequisites if key in place) or "–", EASES.get(each.ease, each.ease))
        for each in book.measures.values()
    ]  # fmt: skip
    costs = [f"Cost to {name}" for name in book.parties.values()]
    page = fill(
        "worksheet-04",
        "Confidence-building measures",
        case,
        columns=["", "Measure", "Type", *costs, "Months to set up", "Needs first", "To undo"],
        measures=rows,
        budgets={name: f"{book.budgets[side]:g}" for side, name in book.parties.items()},
    )
    return Handout("worksheet-04", "Worksheet: measures", "one for each group, three pages", page)


def _first_sentence(text: str) -> str:
    """Return a text's first sentence, as the kit's own reader of articles splits it."""
    from kit.reading.sentences import split_line

    line = " ".join(text.split())
    found = split_line(line)
    return line[slice(*found[0])] if found else line


def forecast_slip(case: Case) -> Handout | None:
    """Return the open questions with the rules by which each will be settled, and room for a probability."""
    from kit.scenarios.tables import is_open, question_table, today

    questions = [
        {"question": row["question"], "rule": row["rule"], "closes": say_day(row["closes"])}
        for row in records(question_table(case))
        if is_open(case, row["closes"], today())
    ]
    if not questions:
        return None
    page = fill("forecast-slip", "My forecasts", case, questions=questions)
    return Handout("forecast-slip", "Forecast slip", "one each; keep them", page)


def negotiation_papers(case: Case, game: Lab, version: str) -> list[Handout]:
    """Return the papers of one version of the game: a sheet for each seat, what is on the table, a form, the debrief."""
    from kit.negotiation.sheets import role_sheet_html, seats_of

    end = "" if version == "real" else f"-{version}"
    seats = seats_of(game)
    sheets = [
        Handout(f"{name}{end}", f"Role sheet: {title}", "one for each member of the delegation, for their eyes only",
                role_sheet_html(case, seat, version))
        for name, (seat, title) in zip(name_files(f"sheet {seat}" for seat in seats), seats.items(), strict=True)
    ]  # fmt: skip
    asked = {who: None for issue in game.issues.values() for option in issue.options.values() for who in option.consent}
    table = partial(fill, game=game, names_of=partial(_names_of, game))
    debrief = fill(
        "debrief", f"After the game: {game.title}", questions=case.negotiation.get("debrief_questions") or []
    )
    return [
        *sheets,
        Handout(f"on-the-table{end}", f"On the table: {game.title}", "two for each group, open to all",
                table("on-the-table", game.title)),
        Handout(f"offer-form{end}", f"Proposal: {game.title}", "six for each group",
                table("offer-form", "Proposal", asked=list(asked))),
        Handout(f"instructors-key{end}", f"Everybody's points: {game.title}", "one, for the instructor alone", _key(game)),
        Handout(f"debrief{end}", f"After the game: {game.title}", "one each", debrief),
    ]  # fmt: skip


def observer_sheet() -> Handout:
    """Return the log of somebody who watches a table and does not speak."""
    return Handout(
        "observer-sheet", "Observer's log", "one for each observer", fill("observer-sheet", "Observer's log")
    )


def press_card() -> Handout:
    """Return what a reporter in the room may ask and has to keep to, with room for two dispatches."""
    return Handout("press-card", "Press", "one for each reporter", fill("press-card", "Press"))


def choice_slips() -> Handout:
    """Return four slips on which learners say in private which role they would rather take."""
    page = fill("choice-slips", "Which role?")
    return Handout("choice-slips", "Which role?", "one page for four learners", page)


def _names_of(game: Lab, seats: Iterable[str]) -> list[str]:
    """Return the names of seats without what stands in brackets."""
    return [game.seats[seat].title.partition(" (")[0] for seat in seats if seat in game.seats]


def _key(game: Lab) -> Html:
    """Return every seat's points side by side, and the deals that three ideas of fairness pick."""
    tables = (game.parties, list(game.seats))
    return fill(
        "instructors-key",
        "Instructor's key",
        game=game,
        names_of=partial(_names_of, game),
        letter=_letter,
        titles=[issue.title for issue in game.issues.values()],
        models=[(game.negotiation(seats), _names_of(game, seats)) for seats in tables],
        fair=[row for seats in tables for row in _fair(game, seats)],
    )


def _letter(place: int) -> str:
    """Return the letter of an option as a list on paper counts it: A to Z, then AA."""
    round_, last = divmod(place, len(ascii_uppercase))
    return (ascii_uppercase[round_ - 1] if round_ else "") + ascii_uppercase[last]


def _fair(game: Lab, seats: Sequence[str]) -> Iterator[list[str]]:
    """Yield for each idea of fairness its name and points, then the letter of its option on each issue, if there is a zone."""
    model = game.negotiation(seats)
    ideas = {"Nash": model.nash, "Kalai-Smorodinsky": model.kalai_smorodinsky, "Egalitarian": model.egalitarian}
    for name, idea in ideas.items():
        for row in idea().to_dict("records"):
            deal = [_letter(list(issue.options).index(str(row[key]))) for key, issue in game.issues.items()]
            points = ", ".join(f"{row[seat]:g}" for seat in seats)
            yield [f"{name} for {len(seats)} seats ({points})", *deal]


# --- writing them


def write_handouts(case: Case, folder: str | os.PathLike[str], versions: Iterable[str] = VERSIONS) -> list[Path]:
    """Write every paper of a case and a list of them, as HTML.

    Parameters
    ----------
    case : Case
    folder : path
        Made if it is not there; files of the same names are written over.
    versions : iterable of str
        Of the negotiation: "real", "invented" or both.

    Returns
    -------
    list of Path
        The list, ``index.html``, first.

    Raises
    ------
    KitError
        If the folder cannot be written to.
    """
    place = Path(folder)
    made = handouts(case, versions)
    pages = {"index": fill("index", "Papers to print", case, papers=made), **{each.name: each.page for each in made}}
    try:
        place.mkdir(parents=True, exist_ok=True)
        for name, text in pages.items():
            (place / f"{name}.html").write_text(text, encoding="utf-8")
    except OSError as error:
        what = f"The handouts cannot be written: {error.strerror}"
        raise KitError(what, where=place, remedy="Name a folder that you may write to.") from error
    return [place / f"{name}.html" for name in pages]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what ``handouts`` takes."""
    parser.add_argument(
        "folder", nargs="?", default="build/handouts", help="where to write them (default: build/handouts)"
    )
    parser.add_argument("--case", default="ukraine", help="a bundled case or a case's folder (default: ukraine)")
    parser.add_argument("--only", choices=VERSIONS, help="one version of the negotiation instead of both")
    parser.add_argument(
        "--pdf", action="store_true", help="also print each to PDF, with the Chromium or Chrome of this machine"
    )


def run(arguments: argparse.Namespace) -> int:
    """Write the papers and say where they are."""
    from kit.case import load_case

    browser = find_browser() if arguments.pdf else None
    if arguments.pdf and not browser:
        what = "There is no Chromium or Chrome to make PDF files with"
        raise KitError(
            what, remedy="Leave out --pdf and print the pages from your own browser, or set PARLEY_BROWSER to its path."
        )
    versions = [arguments.only] if arguments.only else VERSIONS
    pages = write_handouts(load_case(arguments.case), arguments.folder, versions)
    print(f"{len(pages) - 1} papers are in {arguments.folder}. Open {pages[0]} to see how many of each to print.")
    if browser:
        for number, made in enumerate(as_pdf(pages[1:], browser), 1):
            print(f"PDF {number} of {len(pages) - 1}: {made.name}", flush=True)
    return 0
