"""The papers of unit 06: role sheets, what is on the table, forms to fill in, and the key for the instructor."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from string import ascii_uppercase
from typing import Any

from kit.authoring.paper import Handout, fill
from kit.case import Case
from kit.file_names import name_files
from kit.grammar import join_words
from kit.negotiation.sheets import role_sheet_html, seats_of
from kit.negotiation.tables import Lab, fair_deals, lab

VERSIONS = ("real", "invented")
_FOR_ANY_GAME = (
    ("observer-sheet", "Observer's log", "one for each observer"),
    ("press-card", "Press", "one for each reporter"),
    ("choice-slips", "Which role?", "one page for four learners"),
)


def game_papers(case: Case, versions: Iterable[str] = VERSIONS) -> list[Handout]:
    """Return the papers of each version of the case's game, then those that serve any; none without a game."""
    # A case without an invented version answers with the real one, which has its papers already.
    games = {version: game for version in versions if (game := lab(case, version)) and game.version == version}
    papers = [paper for version, game in games.items() for paper in _version_papers(case, game, version)]
    if not papers:
        return []
    return [*papers, *(Handout(name, title, copies, fill(name, title)) for name, title, copies in _FOR_ANY_GAME)]


def _version_papers(case: Case, game: Lab, version: str) -> Iterator[Handout]:
    """Yield the papers of one version: a sheet for each seat, what is on the table, a form, the key, the debrief."""
    end = "" if version == "real" else f"-{version}"
    seats = seats_of(game)
    for name, (seat, title) in zip(name_files(f"sheet {seat}" for seat in seats), seats.items(), strict=True):
        copies = "one for each member of the delegation, for their eyes only"
        yield Handout(f"{name}{end}", f"Role sheet: {title}", copies, role_sheet_html(case, seat, version))

    def make(name: str, title: str, copies: str, heading: str, **values: Any) -> Handout:
        return Handout(f"{name}{end}", f"{title}: {game.title}", copies, fill(name, heading, **values))

    shown = {"game": game, "names_of": partial(_names_of, game)}
    yield make("on-the-table", "On the table", "two for each group, open to all", game.title, **shown)
    asked = {who: None for issue in game.issues.values() for option in issue.options.values() for who in option.consent}
    yield make("offer-form", "Proposal", "six for each group", "Proposal", asked=list(asked), **shown)
    tables = (game.parties, list(game.seats))
    key = {
        "letter": _letter,
        "join_words": join_words,
        "titles": [issue.title for issue in game.issues.values()],
        "models": [(game.negotiation(seats), _names_of(game, seats)) for seats in tables],
        "fair": [row for seats in tables for row in _fair(game, seats)],
    }
    heading = f"Instructor's key: {game.title}"
    yield make("instructors-key", "Everybody's points", "one, for you alone", heading, **key, **shown)
    questions = case.negotiation.get("debrief_questions") or []
    yield make("debrief", "After the game", "one each", f"After the game: {game.title}", questions=questions)


def _names_of(game: Lab, seats: Iterable[str]) -> list[str]:
    return [game.seats[seat].short for seat in seats if seat in game.seats]


def _letter(place: int) -> str:
    """Return the letter of an option as a list on paper counts it: A to Z, then AA."""
    round_, last = divmod(place, len(ascii_uppercase))
    return (ascii_uppercase[round_ - 1] if round_ else "") + ascii_uppercase[last]


def _fair(game: Lab, seats: Sequence[str]) -> Iterator[list[str]]:
    """Yield for each idea of fairness its name and points, then the letter of its option on each issue, if there is a zone."""
    for name, deals in fair_deals(game.negotiation(seats)).items():
        for row in deals.to_dict("records"):
            deal = [_letter(list(issue.options).index(str(row[key]))) for key, issue in game.issues.items()]
            points = ", ".join(f"{row[seat]:g}" for seat in seats)
            yield [f"{name} for {len(seats)} seats ({points})", *deal]
