"""Tables of unit 06: the game of a case in either version, what a package is worth, and whose consent it needs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, reduce
from itertools import product
from typing import Any

import numpy as np
import pandas as pd

from kit.case import Case
from kit.case_tables import Evidence, Game, Subject
from kit.models.bargaining import Negotiation

REAL, INVENTED = "real", "invented"
Package = dict[str, str]


@dataclass(frozen=True)
class Option:
    """One way to settle an issue.

    Attributes
    ----------
    label : str
        Its words, as they would stand in a text to be signed.
    legal_note : str
        A note on the law.
    consent : tuple of str
        The delegations that must agree, because they must act.
    short : str
        The same in a few words and without names, for lists.
    """

    label: str
    legal_note: str = ""
    consent: tuple[str, ...] = ()
    short: str = ""

    @property
    def name(self) -> str:
        """What it is called in a list."""
        return self.short or self.label


@dataclass(frozen=True)
class Issue:
    """A question on the table, its options, and the sentences of the articles that it was drawn from."""

    title: str
    question: str
    options: dict[str, Option]
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True)
class Seat:
    """A delegation: its name, what its sheet says, and how it scores."""

    title: str
    reservation: float
    batna: str
    sheet: Mapping[str, Any]
    why: Mapping[str, str]
    scores: Mapping[str, Mapping[str, float]]
    class_only: bool = False

    @property
    def short(self) -> str:
        """The name without what stands in brackets after it."""
        return self.title.partition(" (")[0]


@dataclass(frozen=True)
class Lab:
    """The game of a case, in one of its versions.

    Attributes
    ----------
    version : str
        "real" or "invented".
    issues : dict of issue to Issue
    seats : dict of delegation to Seat
        Only those with a score and a reservation value.
    mediator : Seat or None
        Who has no score.
    unscored : dict of delegation to Seat
        Those with a sheet and no score, whose consent some options need.
    """

    version: str
    title: str
    note: str
    care: str
    consent_rule: str
    background: str
    issues: dict[str, Issue]
    seats: dict[str, Seat]
    mediator: Seat | None = None
    unscored: dict[str, Seat] = field(default_factory=dict)
    versions: tuple[str, ...] = (REAL,)
    _made: dict[tuple[str, ...], Negotiation] = field(default_factory=dict, compare=False, repr=False)

    @property
    def parties(self) -> list[str]:
        """The two delegations that can play alone."""
        return [key for key, seat in self.seats.items() if not seat.class_only][:2]

    @cached_property
    def options(self) -> dict[str, list[str]]:
        """The names of the options of each issue."""
        return {key: list(issue.options) for key, issue in self.issues.items()}

    def negotiation(self, seats: Iterable[str]) -> Negotiation:
        """Return the model of the bargaining between some of the delegations."""
        chosen = tuple(seats)
        # To list and add up all outcomes takes long, and each look at a game asks for them many times.
        if chosen not in self._made:
            parties: dict[Any, Any] = {
                key: {"scores": self.seats[key].scores, "reservation": self.seats[key].reservation} for key in chosen
            }
            self._made[chosen] = Negotiation(dict[Any, Any](self.options), parties)
        return self._made[chosen]

    def total(self, seat: str, package: Mapping[str, str]) -> float:
        """Return what a package, complete or not, is worth to a delegation."""
        scores = self.seats[seat].scores
        return float(sum(scores[issue][option] for issue, option in package.items()))

    def needs(self, package: Mapping[str, str]) -> list[str]:
        """Return the delegations whose consent some option of a package needs, in the order of the seats."""
        named = {who for issue, option in package.items() for who in self.issues[issue].options[option].consent}
        return [seat for seat in self.seats if seat in named]

    def consents(self, seat: str, package: Mapping[str, str]) -> bool:
        """Return whether an absent delegation says yes: the package gives it its reservation value or more."""
        return self.total(seat, package) >= self.seats[seat].reservation

    def refusing(self, package: Mapping[str, str], present: Iterable[str] = ()) -> list[str]:
        """Return the absent delegations whose consent a package needs and does not get."""
        return [seat for seat in self.needs(package) if seat not in set(present) and not self.consents(seat, package)]

    @cached_property
    def holds(self) -> np.ndarray:
        """Whether each outcome, in the order of a `negotiation`'s outcomes, has all the consent that it needs."""
        # Outer sums, laid out flat, stand in the order in which `Negotiation` lists its outcomes.
        holds = np.array(True)
        for key, seat in self.seats.items():
            asked = [
                np.array([key in each.consent for each in issue.options.values()]) for issue in self.issues.values()
            ]
            points = [np.array([seat.scores[issue][name] for name in names]) for issue, names in self.options.items()]
            needed = reduce(np.logical_or.outer, asked).ravel()
            holds = holds & (~needed | (reduce(np.add.outer, points).ravel() >= seat.reservation))
        return holds

    def rescored(self, scores: Mapping[str, Mapping[str, Mapping[str, float]]]) -> Lab:
        """Return the game with other scores for some options: ``{delegation: {issue: {option: number}}}``."""
        seats = dict(self.seats)
        for key, issues in scores.items():
            if key in seats:
                merged = {issue: {**old, **issues.get(issue, {})} for issue, old in seats[key].scores.items()}
                seats[key] = replace(seats[key], scores=merged)
        # The models made so far are of the old points.
        return replace(self, seats=seats, _made={})

    def reweighted(self, seat: str, issue: str, times: float) -> Lab:
        """Return the game with one delegation's points on one issue multiplied, and its other points made to fit.

        The package that it likes best stays worth what it was, as does its reservation value: an issue that counts for
        more leaves less for the others. Without that, any weight raised would make every deal look better.
        """
        old = self.seats[seat].scores
        changed = {
            name: {option: points * (times if name == issue else 1) for option, points in options.items()}
            for name, options in old.items()
        }
        best = sum(max(options.values()) for options in changed.values())
        fit = sum(max(options.values()) for options in old.values()) / best if best > 0 else 1.0
        scaled = {
            name: {option: round(points * fit, 1) for option, points in options.items()}
            for name, options in changed.items()
        }
        return self.rescored({seat: scaled})


def lab(case: Case, version: str = REAL) -> Lab | None:
    """Return the game of a case, or None if it has none that two delegations can play.

    Parameters
    ----------
    version : str
        "real", or "invented" for the same numbers under invented names; a case without an invented version has only
        the first.
    """
    data = case.negotiation
    invented = data["invented"]
    other: Mapping[str, Any] = invented if version == INVENTED and invented else {}
    # Numbers are the case's own in both versions: the invented one has other words for the same game.
    found = Lab(
        version=INVENTED if other else REAL,
        title=other.get("title") or data["title"] or case.title,
        note=data["note"],
        care=data["care"],
        consent_rule=data["consent_rule"],
        background=other.get("background") or data["background"],
        issues=_issues(data, other),
        seats=_seats(data, other),
        mediator=_mediator(data, other),
        unscored=_seats(data, other, scored=False),
        versions=(REAL, INVENTED) if invented else (REAL,),
    )
    return found if found.issues and len(found.parties) == 2 else None


def _issues(data: Game, other: Mapping[str, Any]) -> dict[str, Issue]:
    names = other.get("issues", {})
    return {
        key: _issue(issue, names.get(key, {}), invented=bool(other))
        for key, issue in data["issues"].items()
        if issue["options"]
    }


def _issue(issue: Subject, other: Mapping[str, Any], *, invented: bool) -> Issue:
    words = other.get("options", {})
    options = {}
    for key, option in issue["options"].items():
        said: Mapping[str, Any] = {**option, **words.get(key, {})}
        options[key] = Option(said["label"], said["legal_note"], tuple(option["consent"]), said["short"])
    title, question = (other.get(name) or issue[name] for name in ("title", "question"))
    return Issue(title, question, options, () if invented else tuple(issue["evidence"]))


def _seats(data: Game, other: Mapping[str, Any], *, scored: bool = True) -> dict[str, Seat]:
    names = other.get("delegations", {})
    return {
        key: _seat({**seat, **names.get(key, {})}, seat)
        for key, seat in data["delegations"].items()
        if scored == bool(seat["scores"] and seat["scored"])
    }


def _seat(words: Mapping[str, Any], numbers: Mapping[str, Any]) -> Seat:
    """Return a seat whose words may be of the invented version; a mediator has a title and a sheet alone."""
    return Seat(
        title=words.get("title", ""),
        reservation=float(numbers.get("reservation") or 0),
        batna=words.get("batna", ""),
        sheet=words.get("sheet", {}),
        why=words.get("why", {}),
        scores=numbers.get("scores", {}),
        class_only=numbers.get("class_only", False),
    )


def _mediator(data: Game, other: Mapping[str, Any]) -> Seat | None:
    found = {**(data["mediator"] or {}), **other.get("mediator", {})}
    return _seat(found, {}) if found else None


def consents_needed(lab: Lab, option: Option) -> str:
    """Return whose consent an option needs, by short names."""
    return ", ".join(lab.seats[who].short for who in option.consent if who in lab.seats)


def package_table(lab: Lab, package: Mapping[str, str], seats: Iterable[str] = ()) -> pd.DataFrame:
    """Return a package issue by issue: ``issue, option, needs, legal_note`` and a column of points for each seat named."""
    chosen = list(seats)
    rows = []
    for key, issue in lab.issues.items():
        name = package.get(key)
        option = issue.options[name] if name else Option("open")
        points = {lab.seats[seat].short: lab.seats[seat].scores[key][name] if name else None for seat in chosen}
        law = {"needs": consents_needed(lab, option), "legal_note": option.legal_note}
        rows.append(dict[str, Any](issue=issue.title, option=option.label) | points | law)
    return pd.DataFrame(rows)


def score_table(lab: Lab, seat: str) -> pd.DataFrame:
    """Return a delegation's confidential points: ``issue, option, points, needs``, a row an option."""
    scores = lab.seats[seat].scores
    rows = [
        (issue.title, option.label, scores[key][name], consents_needed(lab, option))
        for key, issue in lab.issues.items()
        for name, option in issue.options.items()
    ]
    return pd.DataFrame(rows, columns=["issue", "option", "points", "needs"])


def outcome_table(lab: Lab, across: str, up: str, seats: Iterable[str]) -> pd.DataFrame:
    """Return the deals that can be told apart by two delegations' totals.

    Parameters
    ----------
    across, up : str
        The delegations whose totals are the axes.
    seats : iterable of str
        Whose gains count for the frontier and the zone; the axes are among them.

    Returns
    -------
    DataFrame
        A row a pair of totals: ``x, y, deals`` (how many), ``zone`` (how many of them every counted side could sign),
        ``first`` (the row of one of them, in the zone if there is one).
    """
    found = lab.negotiation(seats)
    inside = np.zeros(len(found.outcomes), dtype=bool)
    inside[found.zone().index] = True
    places = {"x": found.outcomes[across], "y": found.outcomes[up]}
    rows = pd.DataFrame({**places, "inside": inside, "row": found.outcomes.index})
    grouped = rows.sort_values("inside", ascending=False, kind="stable").groupby(["x", "y"], sort=True)
    table = grouped.agg(deals=("row", "size"), zone=("inside", "sum"), first=("row", "first"))
    return table.reset_index()


def package_of(lab: Lab, row: int, seats: Iterable[str]) -> Package:
    """Return the package of one row of a negotiation's outcomes."""
    outcomes = lab.negotiation(seats).outcomes
    return {issue: str(outcomes.at[row, issue]) for issue in lab.issues}


def special_deals(lab: Lab, seats: Iterable[str]) -> pd.DataFrame:
    """Return the points of theory: ``name, row``; several rows for one name where deals tie, none without a zone."""
    rows = [(name, row) for name, best in fair_deals(lab.negotiation(seats)).items() for row in best.index]
    return pd.DataFrame(rows, columns=["name", "row"])


def fair_deals(model: Negotiation) -> dict[str, pd.DataFrame]:
    """Return by the name of each idea of fairness the deals that it calls fair."""
    return {"Nash": model.nash(), "Kalai-Smorodinsky": model.kalai_smorodinsky(), "Egalitarian": model.egalitarian()}


def weights(case: Case, version: str = REAL) -> pd.DataFrame:
    """Return how many deals the two parties could both sign if one issue counted for less or more to one of them.

    Parameters
    ----------
    version : str
        "real" or "invented".

    Returns
    -------
    DataFrame
        By ``delegation`` and ``issue``: deals in the zone of agreement with that issue counting ``for nothing``,
        ``as on the sheet`` and ``twice as much``; see `Lab.reweighted`. Nobody's points stand in it. Empty without a game.
    """
    times = {"for nothing": 0.0, "as on the sheet": 1.0, "twice as much": 2.0}
    rows = []
    if found := lab(case, version):
        for seat, (key, issue) in product(found.parties, found.issues.items()):
            weighed = [found.reweighted(seat, key, by).negotiation(found.parties) for by in times.values()]
            rows.append((found.seats[seat].title, issue.title, *(len(model.zone()) for model in weighed)))
    return pd.DataFrame(rows, columns=["delegation", "issue", *times]).set_index(["delegation", "issue"])
