"""Charts of unit 02: a table in, an Altair chart out, and for each a sentence that says what it shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from kit.actors.layout import WIDTH, name_lines
from kit.actors.tables import QUARTERS, RELATIONS, TOP, relation_words, relations_of
from kit.grammar import count_of, join_words
from kit.rows import records
from kit.screen.drawing import alt, if_chosen, make_pick, source, tips
from kit.screen.labels import LETTER, name_box, names_beside
from kit.screen.theme import DASHES, GRID, INK, LINE, PALETTE, QUIET, WASH, variable_of

STEPS = 7  # points of a tie's curve
SPACING = 16.0  # pixels between ties of the same two actors
_ARROW = "M0,-1L0.8,0.9L0,0.45L-0.8,0.9Z"


# --- the map


def map_rows(
    table: pd.DataFrame,
    names: Mapping[str, str],
    places: Mapping[str, tuple[float, float]],
    chosen: str | None = None,
    parties: Sequence[str] = (),
) -> pd.DataFrame:
    """Return what the map draws: a row an actor, and for each tie the points of its curve.

    Parameters
    ----------
    table : DataFrame
        The ties shown, as `tables.ties` has them.
    names : mapping
        Name by code of all actors.
    places : mapping
        Where they stand, from `layout.actor_places`.
    chosen : str, optional
        An actor's code or a tie's key; what has nothing to do with it is drawn faint.
    parties : sequence of str
        The actors drawn as squares.

    Returns
    -------
    DataFrame
        ``key, label, part`` ("tie", "arrow" or "actor"), ``x, y, step, relation, name, dx, dy, faint, party``.
    """
    lit = _lit(table, chosen)
    drawn = [row for tie, bend in _bends(table) for row in _curve(tie, bend, places, faint=tie["key"] not in lit)]
    rows = [*drawn, *(_actor_row(code, names[code], places[code], lit, code in parties) for code in names)]
    columns = ["key", "label", "part", "x", "y", "step", "relation", "name", "dx", "dy", "faint", "party"]
    return pd.DataFrame(rows, columns=columns)


def _lit(table: pd.DataFrame, chosen: str | None) -> set[str]:
    """Return the keys of ties and the codes of actors that have to do with what is chosen; of all, if nothing is."""
    here = table[(table["key"] == chosen) | (table["source"] == chosen) | (table["target"] == chosen)]
    shown = table if chosen is None else here
    return {*shown["key"], *shown["source"], *shown["target"], *([chosen] if chosen else [])}


def _bends(table: pd.DataFrame) -> list[tuple[dict[str, Any], float]]:
    """Return each tie with how far, in pixels, it keeps from the straight line: ties of the same two lie side by side."""
    rows = records(table)
    pairs: dict[tuple[str, ...], list[int]] = {}
    for place, tie in enumerate(rows):
        pairs.setdefault(tuple(sorted((tie["source"], tie["target"]))), []).append(place)
    bends = {}
    for (first, _), members in pairs.items():
        for rank, place in enumerate(members):
            side = SPACING * (rank - (len(members) - 1) / 2)
            # Seen from the other end, left is right.
            bends[place] = side if rows[place]["source"] == first else -side
    return [(tie, bends[place]) for place, tie in enumerate(rows)]


def _curve(
    tie: Mapping[str, Any], bend: float, places: Mapping[str, tuple[float, float]], *, faint: bool
) -> list[dict[str, Any]]:
    start, end = (np.array(places[tie[side]]) for side in ("source", "target"))
    along = end - start
    away = np.array([-along[1], along[0]]) / max(float(np.hypot(*along)), 1.0)
    middle = (start + end) / 2 + 2 * bend * away
    share = np.linspace(0, 1, STEPS)[:, None]
    points = (1 - share) ** 2 * start + 2 * share * (1 - share) * middle + share**2 * end
    shared = {"key": tie["key"], "relation": tie["relation"], "faint": faint}
    rows = [{**shared, "part": "tie", "x": x, "y": y, "step": i} for i, (x, y) in enumerate(points.round(1).tolist())]
    half = STEPS // 2
    dx, dy = (points[half + 1] - points[half - 1]).round(1).tolist()
    x, y = points[half].round(1).tolist()
    return [*rows, {**shared, "label": tie["label"], "part": "arrow", "x": x, "y": y, "dx": dx, "dy": dy}]


def _actor_row(code: str, name: str, place: tuple[float, float], lit: set[str], party: bool) -> dict[str, Any]:
    row = {"key": code, "label": name, "part": "actor", "x": place[0], "y": place[1], "name": name_lines(name)}
    return {**row, "faint": code not in lit, "party": party}


def map_chart(relations: Sequence[str], height: float) -> alt.TopLevelMixin:
    """Return the network over `map_rows`; a relation has a colour and a dash, a tie an arrow."""
    x = alt.X("x:Q", axis=None, scale=alt.Scale(domain=[0, WIDTH], nice=False))
    y = alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[height, 0], nice=False))
    base = alt.Chart(source()).encode(x=x, y=y)
    first, *rest = _tie_layers(base, relations, height)
    return alt.layer(first.add_params(make_pick()), *rest, *_actor_layers(base)).properties(height=height)


def _tie_layers(base: alt.Chart, relations: Sequence[str], height: float) -> list[alt.Chart]:
    """Return lines, wider ones that nobody sees but a click finds, and arrows that point as the page draws the line.

    Marks of which there may be none are hidden from screen readers, which take an empty layer for a picture without a
    name; the chart's list says all of them.
    """
    tie, arrow = (base.transform_filter(f"datum.part === '{part}'") for part in ("tie", "arrow"))
    tie = tie.encode(detail="key:N", order="step:Q")
    domain, numbers = list(relations), [_number(relation) for relation in relations]
    colours = alt.Scale(domain=domain, range=[PALETTE[number] for number in numbers])
    dashes = alt.Scale(domain=domain, range=[DASHES[number] for number in numbers])
    look = {
        "color": alt.Color("relation:N", scale=colours, legend=None),
        "opacity": alt.condition("datum.faint", alt.value(0.12), alt.value(0.9)),
    }
    line = tie.mark_line(interpolate="basis", aria=False).encode(
        **look, strokeDash=alt.StrokeDash("relation:N", scale=dashes, legend=None), strokeWidth=if_chosen(4.5, 2)
    )
    hit = tie.mark_line(strokeWidth=11, opacity=0, interpolate="basis", aria=False)
    turn = f"atan2(datum.dy * height / {height}, datum.dx * width / {WIDTH}) * 180 / PI + 90"
    head = arrow.transform_calculate(turn=turn).mark_point(
        shape=_ARROW, filled=True, stroke="white", strokeWidth=1, aria=False
    )
    tip = alt.Tooltip("label:N", title="Tie")
    turned = alt.Angle("turn:Q", scale=None)
    arrows = head.encode(**look, angle=turned, size=if_chosen(320, 190), tooltip=tip, description="label:N")
    return [line, hit, arrows]


def _actor_layers(base: alt.Chart) -> list[alt.Chart]:
    """Return a symbol for each actor, a square for a party, with its name below."""
    actor = base.transform_filter("datum.part === 'actor'")
    spot = actor.mark_point(filled=True, opacity=1).encode(
        shape=alt.condition("datum.party", alt.value("square"), alt.value("circle")),
        fill=alt.condition("datum.faint", alt.value(LINE), alt.value(INK)),
        stroke=if_chosen(PALETTE[0], "white"),
        strokeWidth=if_chosen(4, 1.5),
        size=if_chosen(340, 210),
        tooltip=alt.Tooltip("label:N", title="Actor"),
        description="label:N",
    )
    look = {"baseline": "top", "dy": 12, "lineBreak": "\n", "fontWeight": 600, "lineHeight": 15}
    written: dict[str, Any] = {"aria": False, **look}
    # Names are drawn twice, first with a white edge, so that they can be read over the lines of ties.
    halo = actor.mark_text(stroke="white", strokeWidth=4, strokeJoin="round", **written).encode(text="name:N")
    ink = alt.condition("datum.faint", alt.value(QUIET), alt.value(INK))
    return [halo, spot, actor.mark_text(**written).encode(text="name:N", color=ink)]


def _number(relation: str) -> int:
    """Return the place of a relation in the kit's order; one of somebody's own case gets a place from its letters."""
    known = list(RELATIONS)
    return (known.index(relation) if relation in known else sum(relation.encode())) % len(PALETTE)


def relation_key(relation: str) -> tuple[str, str]:
    """Return colour and dash of a relation as CSS and SVG have them, for a key beside its check box."""
    number = _number(relation)
    return variable_of(number), " ".join(str(each) for each in DASHES[number]) if number else "none"


def map_finding(table: pd.DataFrame, names: Mapping[str, str]) -> str:
    """Return which two actors have most ties, as the title of the map; nothing where none is shown."""
    ends = pd.concat([table["source"], table["target"]]).value_counts()
    most = sorted(ends.index, key=lambda code: (-ends[code], names[code]))[:2]
    return f"Most ties: {join_words(f'{names[code]} ({ends[code]})' for code in most)}" if most else ""


def map_alt(table: pd.DataFrame, names: Mapping[str, str]) -> str:
    """Return what the map shows in one sentence."""
    counts = [f"{relation_words(relation)} {count}" for relation, count in relations_of(table).items()]
    if not counts:
        return f"Map of {len(names)} actors; no relation is shown."
    return f"Map of {len(names)} actors and {count_of(len(table), 'tie')} ({', '.join(counts)}). {map_finding(table, names)}."


# --- the grid

GRID_HEIGHT = 500.0
GRID_COLUMNS = ["key", "label", "part", "power", "interest", "to_power", "to_interest", "name", "name_x", "name_y",
                "at_work"]  # fmt: skip
_SIDE, _ENDS = 0.7, 1.2  # steps left free at the grid's sides, and above and below it for the quarters' names
_MARK = 14.0  # pixels from the middle of a mark to its name


def grid_rows(
    table: pd.DataFrame, chosen: str | None = None, *, kit: bool = False, others: Sequence[Mapping[str, Any]] = ()
) -> pd.DataFrame:
    """Return what the grid draws: the learner's actors with their names, the kit's for the same actors, others' for one.

    Parameters
    ----------
    table : DataFrame
        As `tables.grid_table` returns it.
    chosen : str, optional
        The actor at work.
    kit : bool
        Whether the kit's placements are shown, each with a line to the learner's.
    others : sequence of mappings
        Other people's placements; those of the chosen actor are shown.

    Returns
    -------
    DataFrame
        ``key, label, part`` ("mine", "kit" or "other"), ``power, interest, to_power, to_interest, name, name_x, name_y, at_work``;
        ``key`` is always the actor's code, ``name_x, name_y`` is where the name's middle stands, in steps of the grid.
    """
    placed = table[table["power"].notna()]
    mine = [_mine(row, row["actor"] == chosen) for row in records(placed)]
    for row, (x, y) in zip(mine, _name_places(mine), strict=True):
        row["name_x"], row["name_y"] = x, y
    kits = [_kits(row) for row in records(placed[placed["kit_power"].notna()])] if kit else []
    at_work = chosen or ""
    there = [each[at_work] for each in others if at_work in each] if at_work in set(placed["actor"]) else []
    # The learner's come last: of several marks with one key, the last one's label is read out.
    return pd.DataFrame([*kits, *(_other(at_work, place) for place in there), *mine], columns=GRID_COLUMNS)


def _mine(row: Mapping[str, Any], at_work: bool) -> dict[str, Any]:
    label = f"{row['name']}: power {row['power']:.0f}, interest {row['interest']:.0f}, {row['quarter']}"
    place = {name: row[name] for name in ("power", "interest", "name")}
    return {"key": row["actor"], "label": label, "part": "mine", **place, "at_work": at_work}


def _kits(row: Mapping[str, Any]) -> dict[str, Any]:
    label = f"{row['name']} in the kit's placement: power {row['kit_power']:.0f}, interest {row['kit_interest']:.0f}"
    place = {"power": row["kit_power"], "interest": row["kit_interest"]}
    ends = {"to_power": row["power"], "to_interest": row["interest"]}
    return {"key": row["actor"], "label": label, "part": "kit", **place, **ends}


def _other(actor: str, place: Mapping[str, Any]) -> dict[str, Any]:
    at = {"power": place["power"], "interest": place["interest"]}
    label = f"Somebody else's placement: power {at['power']}, interest {at['interest']}"
    return {"key": actor, "label": label, "part": "other", **at}


def _name_places(rows: Sequence[Mapping[str, Any]]) -> list[tuple[float, float]]:
    """Return where each name's middle stands, in steps of the grid: beside its mark, over no other name, mark or heading."""
    marks = [(_across(row["interest"]), _down(row["power"])) for row in rows]
    names = [row["name"] for row in rows]
    headings = [
        name_box(_across(each["x"]) + LETTER * len(each["text"]) / 2, _down(each["y"]), each["text"])
        for each in _quarter_labels()
    ]
    beside = names_beside(marks, names, width=WIDTH, mark=_MARK, taken=headings)
    step_x, step_y = WIDTH / (TOP + 2 * _SIDE), GRID_HEIGHT / (TOP + 2 * _ENDS)
    places = []
    for (x, _), name, (side, y) in zip(marks, names, beside, strict=True):
        aside = (_MARK + LETTER * len(name) / 2) * (1 if side == "right" else -1)
        places.append((round((x + aside) / step_x - _SIDE, 3), round(TOP + _ENDS - y / step_y, 3)))
    return places


def _across(interest: float) -> float:
    return (interest + _SIDE) * WIDTH / (TOP + 2 * _SIDE)


def _down(power: float) -> float:
    return (TOP + _ENDS - power) * GRID_HEIGHT / (TOP + 2 * _ENDS)


def grid_chart() -> alt.TopLevelMixin:
    """Return the grid over `grid_rows`: to press on an actor chooses it, to let go over a place comes back as ``place``.

    So a click on a place and a drag of an actor onto it are the same. A place is one key ("9|8", interest and power): of
    two fields Vega would keep two lists without what they share. Each letting go adds its place to ``place`` or takes it
    out again, so that two on the same place are two changes.
    """
    actor, square = (f"event.item && event.item.datum && event.item.datum.{field}" for field in ("part", "right"))
    # Without clear=False Vega would forget what is chosen at a double click.
    pick = make_pick(on=f"pointerdown[{actor}]", toggle="false", clear=False)
    place = make_pick("place", on=f"pointerup[{square}]", toggle="true", clear=False)
    under = make_pick("under", on=f"pointerover[{square}]", clear="pointerout")
    wide = alt.Scale(domain=[-_SIDE, TOP + _SIDE], nice=False, zero=False)
    high = alt.Scale(domain=[-_ENDS, TOP + _ENDS], nice=False, zero=False)
    layers = [_net(wide, high, under).add_params(place, under), _quarters(wide, high)]
    leader, mark, *names = _own_layers(wide, high)
    layers += [leader, *_compared_layers(wide, high), mark.add_params(pick), *names]
    return alt.layer(*layers).properties(height=GRID_HEIGHT)


def _net(wide: alt.Scale, high: alt.Scale, under: alt.Parameter) -> alt.Chart:
    """Return a square for each place of the grid, two quarters of them tinted, with a frame under the pointer."""
    cells = [
        {"key": f"{i}|{p}", "left": i - 0.5, "right": i + 0.5, "low": p - 0.5, "high": p + 0.5}
        for p in range(TOP + 1)
        for i in range(TOP + 1)
    ]
    tint = alt.condition("(datum.right > 5) == (datum.high > 5)", alt.value(WASH), alt.value("white"))
    here: Any = {"param": under.name, "empty": False}
    return alt.Chart(alt.Data(values=cells)).mark_rect(aria=False, cursor="cell").encode(
        x=alt.X("left:Q", scale=wide), x2="right:Q", y=alt.Y("low:Q", scale=high), y2="high:Q", fill=tint,
        stroke=alt.condition(here, alt.value(PALETTE[0]), alt.value(GRID)),
        strokeWidth=alt.condition(here, alt.value(2), alt.value(1)),
    )  # fmt: skip


def _quarters(wide: alt.Scale, high: alt.Scale) -> alt.Chart:
    """Return what the four quarters advise."""
    words = alt.Chart(alt.Data(values=_quarter_labels()))
    return words.mark_text(aria=False, fontSize=13, fontStyle="italic", color=QUIET, align="left").encode(
        x=alt.X("x:Q", scale=wide), y=alt.Y("y:Q", scale=high), text="text:N"
    )


def _at_place(part: str, wide: alt.Scale, high: alt.Scale) -> alt.Chart:
    steps = alt.Axis(values=list(range(TOP + 1)), grid=False, ticks=False, domain=False, format="d")
    return (
        alt.Chart(source())
        .transform_filter(f"datum.part === '{part}'")
        .encode(
            x=alt.X("interest:Q", title="Interest: how much it cares about the outcome →", scale=wide, axis=steps),
            y=alt.Y("power:Q", title="Power over the outcome →", scale=high, axis=steps),
        )
    )


def _own_layers(wide: alt.Scale, high: alt.Scale) -> list[alt.Chart]:
    """Return the learner's actors: the line to each name, the mark, the name and its halo."""
    mine = _at_place("mine", wide, high)
    leader = mine.mark_rule(color=QUIET, strokeWidth=0.8, aria=False).encode(x2="name_x:Q", y2="name_y:Q")
    mark = mine.mark_point(filled=True, opacity=1, color=PALETTE[0], cursor="grab", aria=False).encode(
        size=alt.condition("datum.at_work", alt.value(300), alt.value(130)),
        stroke=alt.condition("datum.at_work", alt.value(INK), alt.value("white")),
        tooltip=tips(label="Placed"),
    )
    # Without a tooltip a name does not catch the pointer, so that the square under it can be clicked.
    written: dict[str, Any] = {"aria": False, "fontSize": 12, "fontWeight": 600, "baseline": "middle"}
    spot = mine.encode(x=alt.X("name_x:Q", scale=wide), y=alt.Y("name_y:Q", scale=high), text="name:N")
    halo = spot.mark_text(stroke="white", strokeWidth=4, strokeJoin="round", **written)
    return [leader, mark, halo, spot.mark_text(color=INK, **written)]


def _compared_layers(wide: alt.Scale, high: alt.Scale) -> list[alt.Chart]:
    """Return the kit's placements as diamonds, each with a line to the learner's, and other people's as crosses."""
    kit, others, tip = _at_place("kit", wide, high), _at_place("other", wide, high), tips(label="Placed")
    link = kit.mark_rule(aria=False, color=PALETTE[1], strokeDash=[4, 3], strokeWidth=1.5).encode(
        x2="to_interest:Q", y2="to_power:Q"
    )
    diamond = kit.mark_point(
        shape="diamond", aria=False, filled=False, opacity=1, size=140, color=PALETTE[1], strokeWidth=2
    )
    cross = others.mark_point(shape="cross", aria=False, size=110, color=PALETTE[2], filled=True, opacity=0.75)
    return [link, cross.encode(tooltip=tip), diamond.encode(tooltip=tip)]


def _quarter_labels() -> list[dict[str, Any]]:
    left, right, low, high = -0.4, 4.6, -0.85, TOP + 0.85
    return [
        {"x": right if wide else left, "y": high if strong else low, "text": words}
        for (strong, wide), words in QUARTERS.items()
    ]


def grid_alt(table: pd.DataFrame, *, kit: bool = False) -> str:
    """Return what the grid shows in one sentence."""
    placed = table[table["power"].notna()]
    if placed.empty:
        return f"An empty grid of power against interest; none of the {len(table)} actors is placed yet."
    parts = placed.groupby("quarter", sort=True)["name"].agg(list)
    told = "; ".join(f"{quarter}: {join_words(names)}" for quarter, names in parts.items())
    shown = " The kit's placements are shown beside yours." if kit else ""
    return f"Grid of power against interest with {len(placed)} of {len(table)} actors: {told}.{shown}"
