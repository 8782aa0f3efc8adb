"""What a learner's portfolio keeps of a game, and how it is read again: a file that anybody may have edited."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from kit.case import Case
from kit.learning.portfolio import portfolio
from kit.negotiation import game as rules
from kit.negotiation import tables
from kit.rows import as_mapping

KEY, PLAN_KEY, VERSION_KEY = "06/table", "06/plan", "06/version"


class Mode(NamedTuple):
    """A way to play: what it is called, and who sits at the table besides two delegations."""

    words: str
    third: bool = False
    mediated: bool = False


ALONE = "bot"
MODES = {
    ALONE: Mode("Alone, against a bot"),
    "two": Mode("Two delegations"),
    "two-mediated": Mode("Two and a mediator", mediated=True),
    "three": Mode("Three delegations", third=True),
    "three-mediated": Mode("Three and a mediator", third=True, mediated=True),
}
VERSIONS = {tables.REAL: "The real case", tables.INVENTED: "Invented states"}
_MOST_POINTS = 1_000


def one_of(value: Any, options: Sequence[str], default: str) -> str:
    """Return a kept choice if it is one that can be made now."""
    return value if value in options else default


def sound_scores(lab: tables.Lab, value: Any) -> dict[str, dict[str, dict[str, float]]]:
    """Return of other points what fits this game: known delegations, issues and options, finite numbers."""
    found: dict[str, dict[str, dict[str, float]]] = {}
    for seat, issues in as_mapping(value).items():
        for issue, options in as_mapping(issues).items() if seat in lab.seats else ():
            for option, points in as_mapping(options).items() if issue in lab.issues else ():
                if option in lab.issues[issue].options and _is_points(points):
                    found.setdefault(seat, {}).setdefault(issue, {})[option] = float(points)
    return found


def _is_points(value: Any) -> bool:
    # NaN is not below a limit either, so that it fails with the numbers that are too large.
    return isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) <= _MOST_POINTS


def kept_game(case: Case) -> rules.Game | None:
    """Return the game in the learner's portfolio, with the version and points that it is played with."""
    kept = as_mapping(portfolio(case).read(KEY))
    found = tables.lab(case, tables.INVENTED if kept.get("version") == tables.INVENTED else tables.REAL)
    if found is None:
        return None
    return rules.resume_game(found.rescored(sound_scores(found, kept.get("scores"))), kept.get("game"))


def kept_version(case: Case, lab: tables.Lab) -> str:
    """Return under which names the learner plays, real or invented."""
    return one_of(portfolio(case).read(VERSION_KEY), lab.versions, tables.REAL)


def share_version(case: Case, switch: Any) -> None:
    """Make the switches between real and invented names one for the whole unit: each is set when another is."""
    store = portfolio(case)
    switch.observe(lambda change: store.save(VERSION_KEY, change["new"]), "value")

    def follow(key: str) -> None:
        version = store.read(VERSION_KEY) if key == VERSION_KEY else switch.value
        if version != switch.value and version in [value for _, value in switch.options]:
            switch.value = version

    store.on_change(follow)
