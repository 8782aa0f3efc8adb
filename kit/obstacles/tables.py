"""Tables of unit 03: a case, a learner's answers or invented numbers in, a DataFrame (or a sentence) out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import TYPE_CHECKING, Any

import pandas as pd

from kit.case import EVIDENCE
from kit.case_tables import Example, Obstacle
from kit.fields import blank
from kit.grammar import count_of, join_words
from kit.models import bargaining, commitment
from kit.rows import as_mapping, rows_of
from kit.screen.codes_by_place import codes_of
from kit.screen.labels import names_beside
from kit.screen.picker import resolve_reference

if TYPE_CHECKING:
    from kit.case import Case


@dataclass(frozen=True)
class Mechanism:
    """One of the reasons for which bargaining fails, with what is wrong and what may help."""

    label: str
    wrong: str
    helps: str


# Fearon (1995), in the order in which he takes them.
MECHANISMS = {
    "private-information": Mechanism(
        "Private information",
        "Each side knows its own strength and resolve and has reason to overstate them.",
        "signals that would cost a liar too much; fighting itself, the most costly way to learn",
    ),
    "commitment": Mechanism(
        "Commitment problem",
        "A promise that suits both today may be worth breaking tomorrow, and both know it.",
        "slower shifts of power, monitors, zones without troops, a guarantor whose act costs the side that breaks its word",
    ),
    "indivisibility": Mechanism(
        "Indivisible issue",
        "The thing that the sides fight over cannot be shared, or is said to be impossible to share.",
        "payments, more issues, or dividing the issue into control, law, access and money",
    ),
    "none": Mechanism(
        "None of the three",
        "It does not lie between two sides that each act as one.",
        "what helps depends on who else has to agree, at home or around the table",
    ),
}


# --- the obstacle map

WITHIN = {"sentence": ["article", "sentence"], "section": ["article", "section"]}
MOST_PAIRS = 10


def obstacles_of(case: Case) -> dict[str, str]:
    """Return label by code for the obstacles of the case's codebook."""
    return codes_of(case, "obstacle")


def obstacle_pairs(case: Case, within: str = "sentence") -> pd.DataFrame:
    """Count in how many sentences, or sections, two obstacles stand together.

    Returns
    -------
    DataFrame
        ``key, one, other, places, of_one, of_other``, a row for every two obstacles that ever meet, most frequent
        first; ``of_one`` and ``of_other`` are the places in which each of the two stands at all.
    """
    marks = case.marks[case.marks["kind"] == "obstacle"]
    places = {code: set(map(tuple, rows[WITHIN[within]].to_numpy())) for code, rows in marks.groupby("code")}
    rows = [
        (f"{one}|{other}", one, other, len(places[one] & places[other]), len(places[one]), len(places[other]))
        for one, other in combinations([code for code in obstacles_of(case) if code in places], 2)
    ]
    table = pd.DataFrame(rows, columns=["key", "one", "other", "places", "of_one", "of_other"])
    met = table[table["places"] > 0]
    return met.sort_values("places", ascending=False, kind="stable", ignore_index=True)


def pair_bars(pairs: pd.DataFrame, names: Mapping[str, str], within: str, code: str | None = None) -> pd.DataFrame:
    """Return the bars of the most frequent pairs, of one obstacle if it is named.

    Returns
    -------
    DataFrame
        ``key, name, places, label``; ``key`` is both codes, the named one first, ``name`` both obstacles, or the other one.
    """
    chosen = pairs if code is None else pairs[(pairs["one"] == code) | (pairs["other"] == code)]
    rows = []
    for pair in rows_of(chosen.head(MOST_PAIRS)):
        if code is None:
            key, name, of = pair.key, f"{names[pair.one]} + {names[pair.other]}", ""
        else:
            other = pair.other if pair.one == code else pair.one
            key, name, of = f"{code}|{other}", names[other], f" of {pair.of_one if pair.one == code else pair.of_other}"
        places = within if pair.places == 1 and not of else f"{within}s"
        rows.append((key, name, pair.places, f"{name}: {pair.places}{of} {places}"))
    return pd.DataFrame(rows, columns=["key", "name", "places", "label"])


def pair_evidence(case: Case, one: str, other: str, within: str = "sentence") -> pd.DataFrame:
    """Return the sentences that bear one or the other of two obstacles, where both stand."""
    both = [case.evidence(code) for code in (one, other)]
    shared = both[0][WITHIN[within]].merge(both[1][WITHIN[within]]).drop_duplicates()
    either = pd.concat(both, ignore_index=True).drop_duplicates(["article", "sentence"])
    found = either.merge(shared, on=WITHIN[within]).sort_values(["article", "sentence"], ignore_index=True)
    return found[EVIDENCE]


@dataclass(frozen=True)
class Card:
    """What a case says of one obstacle.

    Attributes
    ----------
    title, what : str
        Its name and what it is.
    positions : list of (str, str)
        Each actor's label and position, the parties to the conflict first.
    parties : int
        How many of the positions are the parties'.
    elsewhere : list of dict
        How it was handled in other processes: ``process, place, year, how, outcome, source``.
    mechanism : str
        A key of `MECHANISMS`, or an empty text.
    why : str
        Why that mechanism.
    """

    title: str
    what: str
    positions: list[tuple[str, str]]
    parties: int
    elsewhere: list[Example]
    mechanism: str
    why: str


def card_of(case: Case, code: str) -> Card:
    """Return the card of an obstacle; where the case has none, what the codebook says of it."""
    entry = case.obstacles["obstacles"].get(code.partition(":")[2]) or blank(Obstacle)
    positions = entry["positions"]
    parties = [party for party in case.meta["parties"] if party in positions]
    order = [*parties, *(actor for actor in positions if actor not in parties)]
    return Card(
        title=entry["title"] or case.codebook.label(code),
        what=entry["what"] or str(case.codebook.definition(code)),
        positions=[(case.actor_names.get(actor, actor), positions[actor]) for actor in order],
        parties=len(parties),
        elsewhere=entry["elsewhere"],
        mechanism=entry["fearon"] if entry["fearon"] in MECHANISMS else "",
        why=entry["fearon_why"],
    )


def obstacles_by_mechanism(case: Case, mechanism: str) -> dict[str, str]:
    """Return label by code of the obstacles that the case puts down to a mechanism."""
    return {code: name for code, name in obstacles_of(case).items() if card_of(case, code).mechanism == mechanism}


# --- the conflict tree

PLACES = {"branches": "Branches: effects", "trunk": "Trunk: the core problem", "roots": "Roots: causes"}
LONGEST_CORE = 160


def tree_items(case: Case) -> dict[str, tuple[str, str]]:
    """Return what can be placed on a tree, label and kind by code: the obstacles, then the drivers."""
    return {code: (name, kind) for kind in ("obstacle", "driver") for code, name in codes_of(case, kind).items()}


def tree_of(kept: Any, case: Case) -> dict[str, Any]:
    """Return what is sound of a tree as a portfolio holds it.

    Returns
    -------
    dict
        ``core``, the core problem in the learner's words, and ``items``: by code its ``place`` (a key of `PLACES`) and
        ``evidence``, a list of dicts with ``article``, ``sentence`` and ``text``.
    """
    kept = as_mapping(kept)
    given = as_mapping(kept.get("items"))
    items = {}
    for code in tree_items(case):
        entry = as_mapping(given.get(code))
        if entry.get("place") in PLACES:
            items[code] = {"place": entry["place"], "evidence": resolve_reference(entry.get("evidence"), case)}
    core = kept.get("core")
    return {"core": core[:LONGEST_CORE] if isinstance(core, str) else "", "items": items}


def tree_table(case: Case, tree: Mapping[str, Any]) -> pd.DataFrame:
    """Return a tree as a table: ``code, item, kind, place, evidence`` (number of sentences), a row a thing placed."""
    names = tree_items(case)
    rows = [
        (code, *names[code], entry["place"], len(entry["evidence"]))
        for place in PLACES
        for code, entry in tree["items"].items()
        if entry["place"] == place
    ]
    return pd.DataFrame(rows, columns=["code", "item", "kind", "place", "evidence"])


def tree_gaps(table: pd.DataFrame, core: str = "") -> list[str]:
    """Return what a tree still lacks, a sentence each; none for a tree that lacks nothing.

    The trunk is not empty where the core problem is put into words.
    """
    filled = {*table["place"], *(["trunk"] if core.strip() else [])}
    empty = [f"the {words.partition(':')[0].lower()}" for place, words in PLACES.items() if place not in filled]
    bare = list(table.loc[table["evidence"] == 0, "item"])
    cores = int((table["place"] == "trunk").sum())
    gaps = []
    if empty:
        gaps.append(f"Nothing stands yet in {join_words(empty)}.")
    if cores > 2:
        gaps.append(f"The trunk holds {cores} things. On which one do the others depend?")
    if bare:
        gaps.append(f"No sentence yet for: {', '.join(bare)}. Without one it is a guess.")
    return gaps


# --- ranking

CRITERIA = {
    "importance": "If this one were solved, how much nearer would an agreement be?",
    "tractability": "How far could it be moved within a year by means that somebody has?",
}
YOU, OTHERS = "you", "others"


def first_order(case: Case) -> list[str]:
    """Return the obstacles in the order of the alphabet, which suggests none."""
    names = obstacles_of(case)
    return sorted(names, key=lambda code: names[code].casefold())


def ranking_of(kept: Any, case: Case) -> dict[str, list[str]]:
    """Return what is sound of a ranking as a portfolio holds it: codes in order by criterion, those that were ranked.

    Codes that the codebook no longer has are left out, new ones come last.
    """
    kept = as_mapping(kept)
    known = first_order(case)
    found = {}
    for criterion in CRITERIA:
        listed = kept.get(criterion)
        order = [code for code in dict.fromkeys(map(str, listed if isinstance(listed, list) else [])) if code in known]
        if order:
            found[criterion] = [*order, *(code for code in known if code not in order)]
    return found


def move_item(order: Sequence[str], code: str, place: int) -> list[str]:
    """Return an order with one code at another place, from 0; places beyond the ends are the ends."""
    rest = [each for each in order if each != code]
    place = max(0, min(place, len(rest)))
    return [*rest[:place], code, *rest[place:]]


def tell_place(order: Sequence[str], names: Mapping[str, str], code: str | None = None) -> str:
    """Return in words where an obstacle now stands in an order, or that the order is kept as it is."""
    if code is None:
        return "✓ Kept as it stands."
    return f"✓ {names[code]} is now in place {order.index(code) + 1} of {len(order)}."


def rank_table(case: Case, ranking: Mapping[str, Sequence[str]], others: Iterable[Any] = ()) -> pd.DataFrame:
    """Return the learner's ranks beside those of other people.

    Parameters
    ----------
    ranking : dict
        The learner's, as `ranking_of` gives it.
    others : iterable
        Other people's, as the portfolio keeps them under ``03/ranking``; what holds no ranking is passed over.

    Returns
    -------
    DataFrame
        ``code, obstacle`` and for each criterion its own rank (1 is most; NaN if not ranked), and with ``_mean``,
        ``_low``, ``_high``, ``_spread`` (standard deviation over people) and ``_people`` those of the others.
    """
    theirs = [ranking_of(each, case) for each in others]
    names = obstacles_of(case)
    columns: dict[str, Any] = {"code": list(names), "obstacle": list(names.values())}
    for criterion in CRITERIA:
        columns[criterion] = _ranks(ranking.get(criterion), names)
        people = [_ranks(each[criterion], names) for each in theirs if criterion in each]
        spread = pd.DataFrame(people, columns=list(names), dtype=float)
        columns |= {
            f"{criterion}_mean": list(spread.mean()),
            f"{criterion}_low": list(spread.min()),
            f"{criterion}_high": list(spread.max()),
            f"{criterion}_spread": list(spread.std(ddof=0)),
            f"{criterion}_people": len(people),
        }
    return pd.DataFrame(columns)


def _ranks(order: Sequence[str] | None, names: Iterable[str]) -> list[float]:
    places = {code: float(place) for place, code in enumerate(order or (), start=1)}
    return [places.get(code, float("nan")) for code in names]


def rank_rows(table: pd.DataFrame, who: str) -> pd.DataFrame:
    """Return what the scatter draws: a row an obstacle ranked both ways, by the learner or on average by the others.

    Returns
    -------
    DataFrame
        ``key, name, x`` (tractability), ``y`` (importance), ``x_low, x_high, y_low, y_high`` (the others' range),
        ``side`` and ``name_y`` (where the name stands, see `labels.names_beside`) and ``label``.
    """
    suffix = "" if who == YOU else "_mean"
    shown = table.dropna(subset=[f"{criterion}{suffix}" for criterion in CRITERIA])
    rows = pd.DataFrame({"key": shown["code"], "name": shown["obstacle"]})
    for axis, criterion in (("x", "tractability"), ("y", "importance")):
        rows[axis] = shown[f"{criterion}{suffix}"]
        for end in ("low", "high"):
            rows[f"{axis}_{end}"] = rows[axis] if who == YOU else shown[f"{criterion}_{end}"]
    places = _name_places(rows, len(table))
    rows["side"], rows["name_y"] = [side for side, _ in places], [y for _, y in places]
    rows["label"] = [f"{line.name}: importance {line.y:.3g}, tractability {line.x:.3g}" for line in rows_of(rows)]
    return rows.reset_index(drop=True)


PLOT, RANK = 520.0, 26.0  # pixels: the width of the scatter where it is narrowest, the height of a rank


def _name_places(rows: pd.DataFrame, count: int) -> list[tuple[str, float]]:
    """Return on which side of its mark each name stands, and at the height of which rank; see `labels.names_beside`."""
    across = (count + 0.7 - rows["x"]) / (count + 0.4) * PLOT
    points = list(zip(across, rows["y"] * RANK, strict=True))
    return [(side, y / RANK) for side, y in names_beside(points, list(rows["name"]), width=PLOT)]


def tell_ranking(table: pd.DataFrame) -> str:
    """Return in a sentence or two where the others are divided and where the learner stands apart from them."""
    people = max((int(table[f"{criterion}_people"].max()) for criterion in CRITERIA if len(table)), default=0)
    if not people:
        return (
            "There are no other rankings to compare with yet. In class, your instructor can bring everybody's together."
        )
    said = [f"Compared with {count_of(people, 'other')}."]
    for criterion in CRITERIA:
        apart_most = (table[criterion] - table[f"{criterion}_mean"]).abs()
        if apart_most.notna().any():
            line = table.iloc[int(apart_most.argmax())]
            mean = line[f"{criterion}_mean"]
            ranks = f"you {line[criterion]:.0f}, they {mean:.3g}"
            said.append(f"On {criterion} you differ most over {line['obstacle']}: {ranks}.")
        spread = table[f"{criterion}_spread"]
        if people > 1 and spread.max() > 0:
            obstacle = table["obstacle"].iloc[int(spread.argmax())]
            said.append(f"Most divided among themselves over the {criterion} of {obstacle}.")
    return " ".join(said)


# --- the commitment problem

# The slider of the shift ends here as well: a chance cannot fall below nothing.
TODAY = 0.6
# As far as the slider of the costs goes.
GREATEST_COST = 0.4
SIDES = ("A", "B")
FIGHTING, PROMISE = "Fighting today", "Best promise B would keep tomorrow"


def shift_model(shift: float, cost: float, acts: float, act_costs: float) -> commitment.PowerShift:
    """Return the model of a shift in power between two invented sides, A that declines and B that rises.

    Parameters
    ----------
    shift : float
        By how many points of 100 A's chance of winning falls until tomorrow; A's chance today is 60.
    cost : float
        What a war costs each side, in points of 100 of the prize.
    acts, act_costs : float
        The chance in 100 that a guarantor acts on a breach, and what its act would cost B, in points of the prize.
    """
    guarantee = acts / 100 * act_costs / 100
    return commitment.PowerShift(TODAY, shift / 100, cost / 100, cost / 100, guarantee)


def promise_rows(model: commitment.PowerShift) -> pd.DataFrame:
    """Return what the picture of the commitment problem draws, in points of 100.

    Returns
    -------
    DataFrame
        ``what`` ("line", "gap", "threshold" or "now"), ``series``, ``shift``, ``worth``, ``other`` (the far edge of the
        gap), ``text`` and ``side`` (of its line on which the text stands).
    """
    # Up to this shift the best promise is the whole prize: there its line bends.
    full = max(0.0, model.cost_rising + model.guarantee + model.p - 1)
    bends = [0.0, min(full, model.p), model.p]
    rows = []
    for at in (replace(model, shift=shift) for shift in sorted(bends)):
        rows.append(_point("line", FIGHTING, at.shift, at.fighting_now))
        rows.append(_point("line", PROMISE, at.shift, at.promise))
    within = model.threshold < model.p
    if within:
        for at in (replace(model, shift=shift) for shift in (model.threshold, model.p)):
            rows.append(_point("gap", "", at.shift, at.promise, at.fighting_now))
        text = f"threshold {_points(model.threshold)}"
        side = _side_of_words(model.threshold, away_from=model.shift)
        rows.append(_point("threshold", "", model.threshold, model.fighting_now, text=text, side=side))
    side = _side_of_words(model.shift, away_from=model.threshold if within else 0)
    text = f"shift {_points(model.shift)}"
    rows.append(_point("now", FIGHTING, model.shift, model.fighting_now, text=text, side=side))
    rows.append(_point("now", PROMISE, model.shift, model.promise))
    return pd.DataFrame(rows)


def _side_of_words(line: float, *, away_from: float) -> str:
    """Return on which side of an upright line its words stand: away from another line, unless that is off the plot."""
    if not 0.09 <= line <= TODAY - 0.09:
        return "right" if line < 0.09 else "left"
    return "right" if line >= away_from else "left"


def _point(
    what: str, series: str, shift: float, worth: float, other: float | None = None, *, text: str = "", side: str = ""
) -> dict[str, Any]:
    far = None if other is None else 100 * other
    place = {"shift": 100 * shift, "worth": 100 * worth, "other": far}
    return {"what": what, "series": series, **place, "text": text, "side": side}


def tell_promise(model: commitment.PowerShift) -> tuple[str, str]:
    """Return whether a promise can hold, in three words and in a few sentences."""
    values = (
        f"Fighting today is worth {_points(model.fighting_now)} to A; the best promise that B would still keep tomorrow "
        f"is worth {_points(model.promise)}."
    )
    if model.war:
        needed = (
            f"So A fights on, though a deal would leave both better off. Peace would need a breach to cost B "
            f"{_points_of(model.guarantee_needed)} through a guarantor; here it would cost {_points(model.guarantee)}."
        )
        return "No promise holds.", f"{values} {needed}"
    room = (
        f"That lasts as long as power shifts by no more than {_points_of(model.threshold)}"
        if model.threshold < model.p
        else "No shift of power is great enough to change that"
    )
    least = replace(model, guarantee=0.0)
    owed = " It is the guarantee that makes the difference: without it A would fight." if least.war else ""
    return "A promise can hold.", f"{values} {room}.{owed}"


def mechanisms_at(model: commitment.PowerShift) -> pd.DataFrame:
    """Return Fearon's three mechanisms at the model's numbers: ``reason, wrong, here, helps``."""
    said = {
        "commitment": f"War if power shifts by more than {_points_of(model.threshold)}; it shifts by {_points(model.shift)}.",
        "private-information": _guessing(model),
        "indivisibility": _whole_or_nothing(model),
    }
    known = [(MECHANISMS[name], here) for name, here in said.items()]
    rows = [(mechanism.label, mechanism.wrong, here, mechanism.helps) for mechanism, here in known]
    return pd.DataFrame(rows, columns=["reason", "wrong", "here", "helps"])


def _guessing(model: commitment.PowerShift) -> str:
    best = commitment.best_demand(model.p, model.cost_declining, GREATEST_COST)
    return (
        f"If A knew only that war costs B anything up to {_points(GREATEST_COST)}, it would do best to demand "
        f"{_points(best['demand'])} of 100, and would run a risk of war of {_points(best['risk'])} in 100."
    )


def _whole_or_nothing(model: commitment.PowerShift) -> str:
    low, high = commitment.bargaining_range(model.p, model.cost_declining, model.cost_rising)
    room = f"Both prefer any share for A from {_points(low)} to {_points(high)} to war"
    fit = commitment.divisions_within([0, 1], model.p, model.cost_declining, model.cost_rising)
    return f"{room}; all or nothing is {'within' if fit else 'outside'} that range."


def _points(share: float) -> str:
    """Return a share of 1 as points of 100, with a decimal only where it has one."""
    return f"{round(100 * share, 1):g}"


def _points_of(share: float) -> str:
    return count_of(round(100 * share, 1), "point")


# --- the zone of agreement

STEPS = 21
ISSUES = ("harbour", "toll")


def one_issue_rows(at_least: float, at_most: float) -> pd.DataFrame:
    """Return the stretches of one issue that both, one or neither side would accept, as the picture draws them.

    Returns
    -------
    DataFrame
        ``start, end, middle, accepted_by, text, label``, and the sides' limits in each row, ``a_needs`` and ``b_gives``.
    """
    table = bargaining.one_issue_zone(at_least, at_most, sides=SIDES)
    words = {"both": "both accept", "neither": "neither accepts", "A": "only A accepts", "B": "only B accepts"}
    said = [words[who] for who in table["accepted_by"]]
    wide = table["end"] - table["start"]
    rows = table.assign(
        middle=(table["start"] + table["end"]) / 2,
        text=[word if width >= 7 * len(word) / 6.2 else "" for word, width in zip(said, wide, strict=True)],
        label=[f"{line.start:g} to {line.end:g}: {word}" for line, word in zip(rows_of(table), said, strict=True)],
        a_needs=at_least,
        b_gives=at_most,
    )
    rows.attrs["why_empty"] = table.attrs["why_empty"]
    return rows


def tell_one_issue(at_least: float, at_most: float) -> tuple[str, str]:
    """Return whether there is a deal on one issue, in a few words and with the reason."""
    table = one_issue_rows(at_least, at_most)
    if table.attrs["why_empty"]:
        remedy = "one side has to change its limit, or another issue has to be added"
        return "No deal.", f"{table.attrs['why_empty']} No wording helps: {remedy}."
    room = at_most - at_least
    if not room:
        only = f"Only a share of {at_least:g} for A suits both. If either side asks for more, there is no deal."
        return "One deal.", only
    return "A deal exists.", (
        f"Any share for A from {at_least:g} to {at_most:g} suits both: {room:g} points of room. "
        "They bargain over where in this room they meet."
    )


def two_issue_rows(weights: tuple[float, float], needs: tuple[float, float]) -> pd.DataFrame:
    """Return ways to share out two issues, as the picture draws them.

    Parameters
    ----------
    weights : two numbers
        Of 100 points, how many A, and how many B, gives to the first issue; the rest goes to the second.
    needs : two numbers
        The points of 100 that A and B need.

    Returns
    -------
    DataFrame
        ``a, b`` (points), ``first, second`` (A's share of each issue in per cent), ``accepted_by``, ``alike`` (both
        issues shared alike, so that nothing is traded), ``label``, and ``a_needs``, ``b_needs`` in each row.
    """
    pairs = tuple((weight, 100 - weight) for weight in weights)
    table = bargaining.two_issue_zone((pairs[0], pairs[1]), needs, steps=STEPS, sides=SIDES)
    rows = table[["A", "B", "first", "second", "accepted_by"]].rename(columns={"A": "a", "B": "b"})
    rows[["first", "second"]] = (100 * rows[["first", "second"]]).round()
    rows["alike"] = rows["first"] == rows["second"]
    rows["label"] = [
        f"A gets {line.first:g}% of the {ISSUES[0]} and {line.second:g}% of the {ISSUES[1]}: A {line.a:.3g} points, B {line.b:.3g}"
        for line in rows_of(rows)
    ]
    return rows.assign(a_needs=needs[0], b_needs=needs[1])


def tell_two_issues(rows: pd.DataFrame) -> tuple[str, str]:
    """Return whether there is a deal on two issues, in a few words and with the reason, from `two_issue_rows`."""
    needs = rows["a_needs"].iloc[0], rows["b_needs"].iloc[0]
    alike = f"Shared alike, the two issues give 100 points in all, and A needs {needs[0]:g}, B {needs[1]:g}"
    without = sum(needs) <= 100
    if rows.attrs["why_empty"]:
        return "No deal.", f"{alike}. Trading one issue for the other does not help enough: {rows.attrs['why_empty']}"
    zone = rows[rows["accepted_by"] == "both"]
    if zone.empty:
        return "Hardly a deal.", f"{alike}. A deal exists, but only between the points drawn."
    gains = (zone["a"] - needs[0]).clip(upper=zone["b"] - needs[1])
    best = zone.iloc[int(gains.argmax())]
    for_instance = f"For instance: {best['label']}."
    if without:
        return "A deal exists.", f"{alike}: that alone leaves room. {for_instance}"
    return (
        "Trade opens a deal.",
        f"{alike}: that fails. But they weigh the issues differently, so each can give up what matters less to it. {for_instance}",
    )
