"""What a game looks like afterwards: all possible deals, what the one reached left on the table, and who gave what."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from kit.grammar import count_of, join_words
from kit.models.bargaining import Negotiation
from kit.negotiation import charts, tables
from kit.negotiation.game import BROKEN, Game, list_proposals, new_game
from kit.negotiation.tables import Lab, Package
from kit.screen import html
from kit.screen.controls import note

SQUARE = 3  # points: the deals within such a square are drawn as one, so that the picture stays light
MOST_FRONTIER = 60  # deals in the list; all of them can be pressed in the picture


@dataclass(frozen=True)
class Offer:
    """A complete offer that was made: its number from 1, by whom, and the package."""

    number: int
    who: str
    package: Package


@dataclass(frozen=True)
class View:
    """A way to look at a game: whose points are the axes, and whose gains count."""

    lab: Lab
    across: str
    up: str
    seats: tuple[str, ...]
    game: Game

    @cached_property
    def offers(self) -> list[Offer]:
        """The complete offers that were on the table."""
        made = enumerate(list_proposals(self.game), start=1)
        whole = len(self.lab.issues)
        return [Offer(number, who, package) for number, (_, _, who, package) in made if len(package) == whole]

    @property
    def titles(self) -> tuple[str, str]:
        """The names of the delegations on the axes."""
        return self.lab.seats[self.across].short, self.lab.seats[self.up].short

    @cached_property
    def edge(self) -> pd.DataFrame:
        """The frontier of the two on the axes, a row a point, whoever else counts."""
        return self.lab.negotiation((self.across, self.up)).pareto().drop_duplicates([self.across, self.up])

    @cached_property
    def special(self) -> pd.DataFrame:
        """The points of theory; see `tables.special_deals`."""
        return tables.special_deals(self.lab, self.seats)

    @property
    def model(self) -> Negotiation:
        """The bargaining between those whose gains count."""
        return self.lab.negotiation(self.seats)


def make_view(lab: Lab, across: str, up: str, *, everybody: bool, game: Game | None = None) -> View:
    """Return a way to look at a game.

    Parameters
    ----------
    lab : Lab
        With the points that count now; they need not be those that the game was played with.
    everybody : bool
        Whether the gains of all delegations with points count, or those of the two on the axes.
    """
    seats = tuple(lab.seats) if everybody else (across, up)
    return View(lab, across, up, seats, game or new_game(lab, lab.parties))


def picture_rows(view: View) -> pd.DataFrame:
    """Return the rows of `charts.deals_chart`."""
    columns = ["key", "what", "name", "label", "x", "y", "x2", "y2", "ground", "beside", "who", "order"]
    parts = [_ground(view), _edge(view), _limits(view), _marks(view), _offer_marks(view), _steps(view)]
    return pd.concat([part.reindex(columns=columns) for part in parts], ignore_index=True)


def _ground(view: View) -> pd.DataFrame:
    found = tables.outcome_table(view.lab, view.across, view.up, view.seats)
    # Squares begin at the reservation values, so that none lies half inside the zone.
    for axis, seat, edge in (("x", view.across, "left"), ("y", view.up, "low")):
        floor = view.lab.seats[seat].reservation
        found[edge] = (found[axis] - floor) // SQUARE * SQUARE + floor
    squares = (
        # So that the deal that a square opens is one that all could sign, if it holds any.
        found.sort_values("zone", ascending=False, kind="stable")
        .groupby(["left", "low"], sort=True)
        .agg(deals=("deals", "sum"), zone=("zone", "sum"), first=("first", "first"))
        .reset_index()
    )
    near = zip(squares["deals"], squares["left"], squares["low"], strict=True)
    return squares.assign(
        key="row " + squares["first"].astype(str),
        what="ground",
        name="",
        label=[f"{deals} possible deals near {left:g} and {low:g}" for deals, left, low in near],
        # Half a point to each side, so that the points of whole numbers lie within.
        x=squares["left"] - 0.5,
        y=squares["low"] - 0.5,
        x2=squares["left"] + SQUARE - 0.5,
        y2=squares["low"] + SQUARE - 0.5,
        ground=squares["zone"].gt(0).map({True: charts.WORKABLE, False: charts.POSSIBLE}),
    )


def _edge(view: View) -> pd.DataFrame:
    edge = view.edge
    return edge.assign(
        key="row " + edge.index.astype(str),
        what="frontier",
        name="",
        label=[f"On the frontier: {x:g} and {y:g}" for x, y in zip(edge[view.across], edge[view.up], strict=True)],
        x=edge[view.across],
        y=edge[view.up],
    ).sort_values("x")


def _limits(view: View) -> pd.DataFrame:
    seats = view.lab.seats
    rows = [
        {"key": "line-x", "what": "line-x", "x": seats[view.across].reservation, "label": "Reservation value"},
        {"key": "line-y", "what": "line-y", "y": seats[view.up].reservation, "label": "Reservation value"},
        {"key": "axis-x", "what": "axis-x", "label": f"Points: {view.titles[0]} →"},
        {"key": "axis-y", "what": "axis-y", "label": f"↑ Points: {view.titles[1]}"},
    ]
    return pd.DataFrame(rows)


def _marks(view: View) -> pd.DataFrame:
    """Return the points with a name: the three fair ones (where deals tie, the first), and how the game ended."""
    seats = view.lab.seats
    model = view.model.outcomes
    rows = [
        (f"row {row}", name, "", model.at[row, view.across], model.at[row, view.up])
        for name, row in view.special.drop_duplicates("name").itertuples(index=False)
    ]
    if view.game.deal:
        deal = _totals(view, view.game.deal)
        numbers = [str(each.number) for each in view.offers if _totals(view, each.package) == deal]
        rows.append(("deal", "the deal", ", ".join(numbers), *deal))
    if view.game.state == BROKEN:
        rows.append(("none", "no deal", "", seats[view.across].reservation, seats[view.up].reservation))
    frame = pd.DataFrame(rows, columns=["key", "name", "beside", "x", "y"])
    labels = [f"{name}: {x:g} and {y:g}" for name, x, y in zip(frame["name"], frame["x"], frame["y"], strict=True)]
    return frame.assign(what="mark", label=labels)


def _offer_marks(view: View) -> pd.DataFrame:
    """Return a mark for each side's complete offers of the same worth, with their numbers; the deal has its own mark."""
    deal = _totals(view, view.game.deal) if view.game.deal else None
    found: dict[tuple[str, float, float], list[int]] = {}
    for each in view.offers:
        place = _totals(view, each.package)
        if place != deal:
            found.setdefault((each.who, *place), []).append(each.number)
    rows = []
    for (who, x, y), numbers in found.items():
        beside = ", ".join(map(str, numbers))
        label = f"Offer {beside} of {view.game.title(who)}: {x:g} and {y:g}"
        rows.append((f"offer {numbers[0]}", "an offer", beside, x, y, _side(view, who), label))
    frame = pd.DataFrame(rows, columns=["key", "name", "beside", "x", "y", "who", "label"])
    return frame.assign(what="offer")


def _steps(view: View) -> pd.DataFrame:
    """Return each side's offers in the order in which they were made, to be joined by a line."""
    rows = [(each.number, _side(view, each.who), *_totals(view, each.package)) for each in view.offers]
    return pd.DataFrame(rows, columns=["order", "who", "x", "y"]).assign(what="step")


def _side(view: View, who: str) -> str:
    """Return the place of who made an offer, which decides colour and shape: names change with the version."""
    seats = list(view.lab.seats)
    return charts.SIDES[seats.index(who) if who in seats[: len(charts.SIDES) - 1] else -1]


def offers_legend(view: View) -> html.Html:
    """Return which colour and shape stand for whose offers."""
    parts = []
    for who in dict.fromkeys(each.who for each in view.offers):
        side = _side(view, who)
        sign = html.tag("b", charts.SIDE_SIGNS[side], class_=f"parley-side-{side}", aria_hidden="true")
        parts.append(html.tag("span", sign, f" offers of {view.game.title(who)}, joined in order"))
    return note(html.join(*parts, sep=" · ")) if parts else html.join()


def _totals(view: View, package: Package) -> tuple[float, float]:
    return view.lab.total(view.across, package), view.lab.total(view.up, package)


def list_deals(view: View) -> dict[str, tuple[str, Package]]:
    """Return the deals that can be read from a list, by the keys that they have in the picture: their words and packages."""
    found: dict[str, tuple[str, Package]] = {}
    if view.game.deal:
        found["deal"] = (_line(view, "The deal you signed", view.game.deal), view.game.deal)
    for name, row in view.special.itertuples(index=False):
        package = tables.package_of(view.lab, row, view.seats)
        key = f"row {row}"
        named = f"{found[key][0].partition(':')[0]}, {name}" if key in found else f"{name} point"
        found[key] = (_line(view, named, package), package)
    for each in view.offers:
        found[f"offer {each.number}"] = (_line(view, f"Offer {each.number}", each.package), each.package)
    # Last, and without overwriting: a deal that has a name already keeps it.
    for row in view.edge.index[:MOST_FRONTIER]:
        package = tables.package_of(view.lab, row, view.seats)
        found.setdefault(f"row {row}", (_line(view, "On the frontier", package), package))
    return found


def _line(view: View, name: str, package: Package) -> str:
    worth = ", ".join(f"{view.lab.seats[seat].short} {view.lab.total(seat, package):g}" for seat in view.seats)
    return f"{name}: {worth}"


def package_at(view: View, key: str) -> Package | None:
    """Return a package by the key of a mark in the picture, or None if it stands for none."""
    kind, _, number = key.partition(" ")
    if kind != "row" or not number.isdigit() or int(number) not in view.model.outcomes.index:
        return None
    return tables.package_of(view.lab, int(number), view.seats)


def list_findings(view: View) -> list[str]:
    """Return what there is to say: how the game ended, what it left on the table, and how wide the zone is."""
    return [_ending(view), _zone(view), *_third_seat(view), *tie_words(view), *_line_of_two(view)]


def tie_words(view: View) -> list[str]:
    """Return that several packages share the egalitarian value, if they do, and how the tie between them is broken."""
    zone = view.model.zone()
    seats = list(view.seats)
    gains = zone[seats] - [view.lab.seats[seat].reservation for seat in seats]
    least = gains.min(axis=1)
    tied = zone[least == least.max()] if len(zone) else zone
    drawn = view.model.egalitarian()
    if len(tied) <= len(drawn):
        return []
    other = "the gain of the other side" if len(seats) == 2 else "the next smallest gain"
    equal = view.model.kalai_smorodinsky().index.intersection(tied.index.difference(drawn.index))
    also = " One of the others is the Kalai-Smorodinsky point." if len(equal) else ""
    worth = join_words(f"{view.lab.seats[seat].short} {drawn[seat].iloc[0]:g}" for seat in seats)
    said = (
        f"{len(tied)} packages share the egalitarian value: in each of them the side that gains least gains "
        f"{least.max():g}. The picture shows the one in which {other} is largest: {worth}.{also}"
    )
    return [said]


def _ending(view: View) -> str:
    if not view.game.moves:
        return "No game has been played yet. The picture shows the deals that are possible."
    if view.game.deal:
        return _signed(view, dict(view.game.deal))
    if view.game.state == BROKEN:
        return _broken(view)
    return "The game goes on. What is on the table can still be improved."


def _signed(view: View, deal: dict[Any, str]) -> str:
    left = view.model.value_left(deal)
    names = view.lab.seats
    totals = join_words(f"{left['total'][seat]:g} to {names[seat].short}" for seat in view.seats)
    floors = [seat for seat in view.seats if left["total"][seat] < names[seat].reservation]
    below = f" For {join_words(names[seat].short for seat in floors)} that is less than no deal." if floors else ""
    if not left["left"].any():
        return f"The deal is worth {totals}.{below} It is on the frontier: nobody could have gained more without a loss to another."
    gaining = [seat for seat in view.seats if left["left"][seat] > 0]
    more = join_words(f"{names[seat].short} up to {left['reachable'][seat]:g}" for seat in gaining)
    better = view.model.better_for_all(deal)
    count, kept = len(better), int(view.lab.holds[better.index].sum())
    asked = "" if kept == count else f" Of these, {kept:,} would have all the consent that they need."
    both = ", though perhaps not in the same deal" if len(gaining) > 1 else ""
    deals = f"{count_of(count, 'deal was', 'deals were')} better for one side or more, and worse for none"
    return f"The deal is worth {totals}.{below} Value was left on the table: {deals}. They give {more}{both}.{asked}"


def _broken(view: View) -> str:
    names = view.lab.seats
    floors = join_words(f"{names[seat].reservation:g} for {names[seat].short}" for seat in view.seats)
    enough = (each for each in view.offers if all(view.lab.consents(seat, each.package) for seat in view.seats))
    missed = ", ".join(str(each.number) for each in enough)
    offers = "None of the offers made would have given each of them as much."
    if missed:
        offers = f"Offer {missed} would have given each of them as much or more."
    return f"There is no deal. Each side has what the game counts for having no deal: {floors}. {offers}"


def _zone(view: View) -> str:
    zone, all_ = len(view.model.zone()), len(view.model.outcomes)
    if zone:
        return f"Of {all_:,} possible deals, {zone:,} give each side that counts at least its reservation value."
    return f"No deal gives each side its reservation value. {_spoken(view).why_empty}"


def _spoken(view: View) -> Negotiation:
    """Return the model with the names that people read."""
    issues = view.lab.issues
    # The model says in a sentence why no deal suits all, by the names that it was given.
    labels = {key: {option: each.label for option, each in issue.options.items()} for key, issue in issues.items()}
    parties: dict[Hashable, Mapping[str, Any]] = {
        view.lab.seats[seat].title: {
            "scores": {
                issues[key].title: {labels[key][option]: points for option, points in options.items()}
                for key, options in view.lab.seats[seat].scores.items()
            },
            "reservation": view.lab.seats[seat].reservation,
        }
        for seat in view.seats
    }
    return Negotiation({issues[key].title: list(labels[key].values()) for key in issues}, parties)


def _third_seat(view: View) -> list[str]:
    """Return how many deals that suit those who count would be stopped by somebody who does not."""
    zone = view.model.zone()
    stopped = int((~view.lab.holds[zone.index]).sum())
    others = [seat.short for key, seat in view.lab.seats.items() if key not in view.seats]
    if not stopped or not others:
        return []
    return [f"But {stopped:,} of these need the consent of {join_words(others)}, who would refuse."]


def _line_of_two(view: View) -> list[str]:
    if len(view.seats) < 3:
        return []
    first, second = (view.lab.seats[seat].short for seat in (view.across, view.up))
    line = f"The black line is still the frontier between {first} and {second}."
    return [f"{line} A deal below this line may still lie on the frontier of all three delegations."]


def count_concessions(game: Game) -> pd.DataFrame:
    """Return who gave what, proposal by proposal.

    Returns
    -------
    DataFrame
        ``offer, round, who, changed`` (issues on which it differs from the same delegation's proposal before), then for
        each delegation at the table the points that the change gave or cost it, and the total. A mediator's proposals
        are compared with what lay on the table.
    """
    rows, before = [], dict[str, Package]()
    for place, (_, round_, who, package) in enumerate(list_proposals(game), start=1):
        said, points = _concession(game, package, before.get(who))
        rows.append({"offer": place, "round": round_, "who": game.title(who), "changed": said, **points})
        before[who] = package
    return pd.DataFrame(rows)


def _concession(game: Game, package: Package, old: Package | None) -> tuple[str, dict[str, str]]:
    """Return on which issues a proposal differs from the one before, and by seat what it is worth and what that changed."""
    lab = game.lab
    changed = [issue.title for key, issue in lab.issues.items() if old is not None and old.get(key) != package.get(key)]
    points = {}
    for seat in game.players:
        total = lab.total(seat, package)
        step = "" if old is None or not changed else f" ({total - lab.total(seat, old):+g})"
        points[lab.seats[seat].short] = f"{total:g}{step}"
    return ", ".join(changed) or ("its first proposal" if old is None else "nothing new"), points
