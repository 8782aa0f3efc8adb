"""Tables of a game under way: what was said and done, what each offer is worth, and the package issue by issue."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from kit.grammar import count_of
from kit.negotiation import charts, tables
from kit.negotiation import game as rules

MOST_TOLD = 2  # issues of which the log gives the option too, and not the name alone


@dataclass(frozen=True)
class Row:
    """One issue on the table, as somebody at it may see it.

    Attributes
    ----------
    theirs : str
        What the others last offered on it, in a few words; empty if nothing.
    changed : bool
        Whether they changed it since the offer that they made before.
    their_points : float or None
        What that is worth to whoever looks; None if nobody's points may be shown.
    needs : str
        Whose consent it needs.
    """

    issue: str
    title: str
    theirs: str = ""
    changed: bool = False
    their_points: float | None = None
    needs: str = ""


def offer_rows(game: rules.Game, here: str, seat: str | None) -> list[Row]:
    """Return the others' last offer issue by issue, with the points of ``seat`` if somebody's may be shown."""
    package, before = rules.last_proposal(game, not_by=here)
    rows = []
    for key, issue in game.lab.issues.items():
        option = package.get(key)
        if option is None:
            rows.append(Row(key, issue.title))
            continue
        points = game.lab.seats[seat].scores[key][option] if seat else None
        changed = bool(before) and before.get(key) != option
        found = issue.options[option]
        rows.append(Row(key, issue.title, found.name, changed, points, tables.consents_needed(game.lab, found)))
    return rows


def log_table(game: rules.Game) -> pd.DataFrame:
    """Return what has been said and done: ``move, round, who, what, words``; no points of anybody."""
    rows = []
    on_table: tables.Package = {}
    for number, move in enumerate(game.moves, start=1):
        round_ = rules.round_of(game.moves[: number - 1], game.players)
        rows.append((number, round_, game.title(move.who), _deed(game, move, on_table), move.words))
        on_table = rules.package_after(on_table, move)
    return pd.DataFrame(rows, columns=["move", "round", "who", "what", "words"])


def deed_words(game: rules.Game, move: rules.Move) -> str:
    """Return what was done, in a few words, without who did it."""
    about = f": {game.lab.issues[move.issue].title}" if move.issue else ""
    return f"{rules.DONE[move.kind]}{about}"


def _deed(game: rules.Game, move: rules.Move, on_table: tables.Package) -> str:
    """Return what was done: of a package that differs from what was on the table on some issues, what it changed."""
    changed = {issue: option for issue, option in move.package.items() if on_table.get(issue) != option}
    # A first offer is new on all issues: to list them would say nothing.
    if not changed or len(changed) == len(game.lab.issues):
        return deed_words(game, move)
    issues = {issue: game.lab.issues[issue] for issue in changed}
    if len(changed) > MOST_TOLD:
        return f"{deed_words(game, move)}, new on: {'; '.join(each.title for each in issues.values())}"
    told = (f"{each.title}: {each.options[changed[issue]].label}" for issue, each in issues.items())
    return f"{deed_words(game, move)}, new in it: {'; '.join(told)}"


def issue_table(lab: tables.Lab) -> pd.DataFrame:
    """Return what is to be settled: ``issue, question, options`` (how many)."""
    rows = [(issue.title, issue.question, len(issue.options)) for issue in lab.issues.values()]
    return pd.DataFrame(rows, columns=["issue", "question", "options"])


def value_rows(game: rules.Game, seat: str | None) -> pd.DataFrame:
    """Return the worth of each offer to one delegation: ``key, number, value, who, label``, and the reservation value as "floor".

    Nobody's points without a seat.
    """
    rows = []
    if seat is not None:
        for place, (number, _, who, package) in enumerate(rules.list_proposals(game), start=1):
            side = charts.YOURS if who == seat else charts.THEIRS
            value = game.lab.total(seat, package)
            rows.append((str(number), place, value, side, f"Offer {place}, {side}: {count_of(value, 'point')} for you"))
        rows.append(("floor", 0, game.lab.seats[seat].reservation, "floor", "Your reservation value"))
    return pd.DataFrame(rows, columns=["key", "number", "value", "who", "label"])


def package_words(game: rules.Game, package: tables.Package, seat: str | None) -> str:
    """Return what a package is worth to one side, and whether somebody absent would stop it."""
    lab = game.lab
    words = []
    if seat:
        floor = lab.seats[seat].reservation
        below = lab.total(seat, package) < floor and len(package) == len(lab.issues)
        worse = " No deal would be better for you." if below else ""
        words.append(f"Worth {lab.total(seat, package):g} to you; your reservation value is {floor:g}.{worse}")
    left = len(lab.issues) - len(package)
    if left:
        words.append(f"{left} of {len(lab.issues)} issues {'is' if left == 1 else 'are'} still open.")
        return " ".join(words)
    words += [f"{lab.seats[who].short}: {_consent(game, who, package)}." for who in lab.needs(package)]
    return " ".join(words) or "Nobody else has to consent."


def _consent(game: rules.Game, who: str, package: tables.Package) -> str:
    if who in game.players:
        return "at the table, and must accept"
    return "would consent" if game.lab.consents(who, package) else "would not consent"
