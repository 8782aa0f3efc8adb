"""Charts of unit 02: a table in, an Altair chart out, and for each a sentence that says what it shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from kit.actors.layout import WIDTH, name_lines
from kit.actors.tables import QUARTERS, RELATIONS, TOP, and_list, records, relation_words, relations_of
from kit.screen.chart import source
from kit.screen.codes_by_place import column_axis
from kit.screen.theme import DASHES, INK, PALETTE, QUIET, SCALE, WASH

if TYPE_CHECKING:
    import altair as alt

_NOTED = "#fff3bf"
_PALE = SCALE[:4]  # dark text is legible on each of these
STEPS = 7  # points of a tie's curve
SPACING = 16.0  # pixels between ties of the same two actors
_ARROW = "M0,-1L0.8,0.9L0,0.45L-0.8,0.9Z"


def _pick(**more: Any) -> alt.Parameter:
    import altair as alt

    return alt.selection_point(name="pick", fields=["key"], **more)


def _chosen(pick: alt.Parameter, yes: Any, no: Any) -> Any:
    """Return a condition that holds for what is chosen, and for nothing while nothing is."""
    import altair as alt

    return alt.condition({"param": pick.name, "empty": False}, alt.value(yes), alt.value(no))


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
    import altair as alt

    pick = _pick()
    x = alt.X("x:Q", axis=None, scale=alt.Scale(domain=[0, WIDTH], nice=False))
    y = alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[height, 0], nice=False))
    base = alt.Chart(source()).encode(x=x, y=y)
    first, *rest = _tie_layers(base, pick, relations, height)
    return alt.layer(first.add_params(pick), *rest, *_actor_layers(base, pick)).properties(height=height)


def _tie_layers(base: alt.Chart, pick: alt.Parameter, relations: Sequence[str], height: float) -> list[alt.Chart]:
    """Return lines, wider ones that nobody sees but a click finds, and arrows that point as the page draws the line.

    Marks of which there may be none are hidden from screen readers, which take an empty layer for a picture without a
    name; the chart's list says all of them.
    """
    import altair as alt

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
        **look, strokeDash=alt.StrokeDash("relation:N", scale=dashes, legend=None), strokeWidth=_chosen(pick, 4.5, 2)
    )
    hit = tie.mark_line(strokeWidth=11, opacity=0, interpolate="basis", aria=False)
    turn = f"atan2(datum.dy * height / {height}, datum.dx * width / {WIDTH}) * 180 / PI + 90"
    head = arrow.transform_calculate(turn=turn).mark_point(
        shape=_ARROW, filled=True, stroke="white", strokeWidth=1, aria=False
    )
    tip = alt.Tooltip("label:N", title="Tie")
    turned = alt.Angle("turn:Q", scale=None)
    return [
        line,
        hit,
        head.encode(**look, angle=turned, size=_chosen(pick, 320, 190), tooltip=tip, description="label:N"),
    ]


def _actor_layers(base: alt.Chart, pick: alt.Parameter) -> list[alt.Chart]:
    """Return a symbol for each actor, a square for a party, with its name below."""
    import altair as alt

    actor = base.transform_filter("datum.part === 'actor'")
    spot = actor.mark_point(filled=True, opacity=1).encode(
        shape=alt.condition("datum.party", alt.value("square"), alt.value("circle")),
        fill=alt.condition("datum.faint", alt.value("#b6bec7"), alt.value(INK)),
        stroke=_chosen(pick, PALETTE[0], "white"),
        strokeWidth=_chosen(pick, 4, 1.5),
        size=_chosen(pick, 340, 210),
        tooltip=alt.Tooltip("label:N", title="Actor"),
        description="label:N",
    )
    written: dict[str, Any] = {
        "aria": False,
        "baseline": "top",
        "dy": 12,
        "lineBreak": "\n",
        "fontWeight": 600,
        "lineHeight": 15,
    }
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
    return PALETTE[number], " ".join(str(each) for each in DASHES[number]) if number else "none"


def map_alt(table: pd.DataFrame, names: Mapping[str, str]) -> str:
    """Return what the map shows in one sentence."""
    counts = [f"{count} {relation_words(relation)}" for relation, count in relations_of(table).items()]
    if not counts:
        return f"Map of {len(names)} actors; no relation is shown."
    ends = pd.concat([table["source"], table["target"]]).value_counts()
    most = sorted(ends.index, key=lambda code: (-ends[code], names[code]))[:2]
    busiest = and_list(names[code] for code in most)
    return f"Map of {len(names)} actors and {len(table)} ties ({', '.join(counts)}); most ties begin or end with {busiest}."


# --- voices


def voice_rows(counts: pd.DataFrame) -> pd.DataFrame:
    """Return what the table of voices draws: `tables.voice_counts` with ``text, shade, order``.

    The shade is of an article's own column: what is most there is darkest, so that all articles can be read together.
    """
    most = counts.groupby("article")["value"].transform("max").clip(lower=1)
    text = [f"{value:g}" if value else "–" for value in counts["value"]]
    return counts.assign(text=text, shade=(counts["value"] / most).round(3), order=range(len(counts)))


def voice_chart(articles: Sequence[str]) -> alt.TopLevelMixin:
    """Return the heatmap over `voice_rows`: the darker, the more; the number in each cell."""
    import altair as alt

    pick = _pick()
    base = alt.Chart(source())
    x = alt.X("article:N", title=None, sort=list(articles), axis=column_axis())
    y = _name_axis("name")
    boxes = base.mark_rect(cornerRadius=2).encode(
        x=x, y=y, color=alt.Color("shade:Q", scale=alt.Scale(domain=[0, 1], range=_PALE), legend=None),
        stroke=alt.value("white"), strokeWidth=alt.value(1.5), tooltip=alt.Tooltip("label:N", title=" "),
        description="label:N",
    )  # fmt: skip
    numbers = base.mark_text(fontSize=13, color=INK, aria=False).encode(x=x, y=y, text="text:N")
    return alt.layer(boxes.add_params(pick), _ring(base, pick).encode(x=x, y=y), numbers).properties(
        height=alt.Step(27)
    )


def _ring(base: alt.Chart, pick: alt.Parameter) -> alt.Chart:
    """Return a ring round the chosen cell: a layer of its own, since the next cell would cover half of a border."""
    chosen: Any = {"param": pick.name, "empty": False}
    return base.transform_filter(chosen).mark_rect(filled=False, stroke=INK, strokeWidth=3, aria=False)


def _name_axis(field: str) -> alt.Y:
    import altair as alt

    order = alt.EncodingSortField("order", op="min")
    return alt.Y(f"{field}:N", title=None, sort=order, axis=alt.Axis(ticks=False, domain=False, labelLimit=170))


def voice_alt(counts: pd.DataFrame, everywhere: str, scope: str) -> str:
    """Return what the table of voices shows in one sentence; ``everywhere`` is the name of the column for all articles."""
    totals = counts[counts["article"] == everywhere]
    most = totals.sort_values(["value", "name"], ascending=[False, True]).head(2)
    none = int((totals["sentences"] == 0).sum())
    told = and_list(f"{name} ({value:g})" for name, value in zip(most["name"], most["value"], strict=True))
    scale = "sentences" if (counts["value"] == counts["sentences"]).all() else "each hundred sentences"
    return (
        f"{scope}, counted in {scale}, by actor and article: most are {told}; {none} of {len(totals)} actors have none."
    )


# --- positions


def position_rows(cells: pd.DataFrame) -> pd.DataFrame:
    """Return what the matrix of positions draws, a row a cell: ``key, name, subject, told, own, written, label, order, place``."""
    places = {issue: place for place, issue in enumerate(dict.fromkeys(cells["issue"]))}
    placed = cells.assign(order=range(len(cells)), place=[places[each] for each in cells["issue"]])
    return placed.drop(columns=["actor", "issue"])


def position_chart() -> alt.TopLevelMixin:
    """Return the matrix over `position_rows`: circles count what the articles tell, squares what actors state themselves."""
    import altair as alt

    pick = _pick()
    base = alt.Chart(source())
    top = alt.Axis(orient="top", labelAngle=-40, ticks=False, domain=False, labelLimit=190)
    x = alt.X("subject:N", title=None, sort=alt.EncodingSortField("place", op="min"), axis=top)
    y = _name_axis("name")
    fill = alt.condition("datum.told + datum.own > 0", alt.value(_PALE[0]), alt.value(WASH))
    boxes = base.mark_rect(cornerRadius=2).encode(
        x=x, y=y, fill=fill, stroke=alt.value("white"), strokeWidth=alt.value(1.5),
        tooltip=alt.Tooltip("label:N", title=" "),
        description="label:N",
    )  # fmt: skip
    noted = base.transform_filter("datum.written").mark_rect(fill=_NOTED, strokeDash=[4, 3], cornerRadius=2, aria=False)
    frame = noted.encode(x=x, y=y, stroke=alt.value(PALETTE[1]), strokeWidth=alt.value(1.5))
    parts = [boxes.add_params(pick), frame, _ring(base, pick).encode(x=x, y=y)]
    for field, shape, side, colour in (("told", "circle", -9, PALETTE[0]), ("own", "square", 9, PALETTE[3])):
        there = base.transform_filter(f"datum.{field} > 0")
        parts.append(
            there.mark_point(
                shape=shape,
                aria=False,
                filled=False,
                size=240,
                xOffset=side,
                color=colour,
                strokeWidth=1.6,
                fill="white",
            ).encode(x=x, y=y)
        )
        parts.append(
            there.mark_text(fontSize=12, xOffset=side, color=INK, aria=False).encode(x=x, y=y, text=f"{field}:Q")
        )
    return alt.layer(*parts).properties(height=alt.Step(28))


def position_alt(cells: pd.DataFrame) -> str:
    """Return what the matrix of positions shows in one sentence."""
    if cells.empty:
        return "Positions by actor and issue: there is none."
    filled = cells[(cells["told"] > 0) | (cells["own"] > 0)]
    totals = (cells["told"] + cells["own"]).groupby(cells["name"], sort=False).sum()
    most = and_list(f"{name} ({count})" for name, count in totals.nlargest(2).items())
    return (
        f"Positions of {cells['actor'].nunique()} actors on {cells['issue'].nunique()} issues: {int(cells['told'].sum())} as the articles tell them, "
        f"{int(cells['own'].sum())} as their holders state them, in {len(filled)} of {len(cells)} cells; most by {most}."
    )


# --- the grid

GRID_HEIGHT = 500.0
GRID_COLUMNS = ["key", "label", "part", "power", "interest", "to_power", "to_interest", "name", "name_x", "name_y"]
GRID_COLUMNS += ["at_work"]
_SIDE, _ENDS = 0.7, 1.2  # steps left free at the grid's sides, and above and below it for the quarters' names
_SHIFT, _LINE = 16.0, 16.0  # pixels from a mark down to its name, and of a line of text
_MOST_ROWS = 12  # lines from its mark that a name may stand
_Box = tuple[float, float, float, float]  # middle, width and height, in pixels


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
        ``name_x, name_y`` is where the name's middle stands, in steps of the grid.
    """
    placed = table[table["power"].notna()]
    rows = [_mine(row, row["actor"] == chosen) for row in records(placed)]
    for row, (x, y) in zip(rows, _name_places(rows), strict=True):
        row["name_x"], row["name_y"] = x, y
    if kit:
        rows += [_kits(row) for row in records(placed[placed["kit_power"].notna()])]
    if chosen and chosen in set(placed["actor"]):
        rows += [_other(each[chosen], number) for number, each in enumerate(others) if chosen in each]
    return pd.DataFrame(rows, columns=GRID_COLUMNS)


def _mine(row: Mapping[str, Any], at_work: bool) -> dict[str, Any]:
    label = f"{row['name']}: power {row['power']:.0f}, interest {row['interest']:.0f}, {row['quarter']}"
    place = {"power": row["power"], "interest": row["interest"]}
    return {"key": row["actor"], "label": label, "part": "mine", **place, "name": row["name"], "at_work": at_work}


def _kits(row: Mapping[str, Any]) -> dict[str, Any]:
    label = f"{row['name']} in the kit's placement: power {row['kit_power']:.0f}, interest {row['kit_interest']:.0f}"
    place = {"power": row["kit_power"], "interest": row["kit_interest"]}
    ends = {"to_power": row["power"], "to_interest": row["interest"]}
    return {"key": f"kit {row['actor']}", "label": label, "part": "kit", **place, **ends}


def _other(place: Mapping[str, Any], number: int) -> dict[str, Any]:
    label = f"Somebody else's placement: power {place['power']}, interest {place['interest']}"
    return {
        "key": f"other {number}",
        "label": label,
        "part": "other",
        "power": place["power"],
        "interest": place["interest"],
    }


def _name_places(rows: Sequence[Mapping[str, Any]]) -> list[tuple[float, float]]:
    """Return where each name's middle stands, in steps of the grid: near its mark, over no other name, mark or heading."""
    marks = [(_across(row["interest"]), _down(row["power"])) for row in rows]
    taken = [(x, y, 14.0, 14.0) for x, y in marks]
    taken += [(_across(each["x"]) + 75, _down(each["y"]), 150.0, 16.0) for each in _quarter_labels()]
    places = []
    for (x, y), row in zip(marks, rows, strict=True):
        spot = _free_spot(x, y, 6.7 * len(row["name"]) + 6, taken)
        taken.append(spot)
        step_x, step_y = WIDTH / (TOP + 2 * _SIDE), GRID_HEIGHT / (TOP + 2 * _ENDS)
        places.append((round(spot[0] / step_x - _SIDE, 3), round(TOP + _ENDS - spot[1] / step_y, 3)))
    return places


def _free_spot(x: float, y: float, width: float, taken: Sequence[_Box]) -> _Box:
    """Return the box for a name that is nearest to its mark and free; the one below the mark if none is."""
    beside = (width + 20) / 2
    offsets = [(aside, side) for aside in (0.0, beside, -beside) for side in (_SHIFT, -_SHIFT)]
    offsets += [(2 * beside, 0.0), (-2 * beside, 0.0)]
    offsets += [
        (aside, side * row * _SHIFT)
        for row in range(2, _MOST_ROWS)
        for aside in (0.0, beside, -beside)
        for side in (1, -1)
    ]
    spots = [(x + across, y + down, width, _LINE) for across, down in offsets]
    inside = (
        spot for spot in spots if width / 2 <= spot[0] <= WIDTH - width / 2 and _LINE <= spot[1] <= GRID_HEIGHT - _LINE
    )
    free = (spot for spot in inside if not any(_cover(spot, other) for other in taken))
    return next(free, spots[0])


def _cover(one: _Box, other: _Box) -> bool:
    return abs(one[0] - other[0]) * 2 < one[2] + other[2] and abs(one[1] - other[1]) * 2 < one[3] + other[3]


def _across(interest: float) -> float:
    return (interest + _SIDE) * WIDTH / (TOP + 2 * _SIDE)


def _down(power: float) -> float:
    return (TOP + _ENDS - power) * GRID_HEIGHT / (TOP + 2 * _ENDS)


def grid_chart() -> alt.TopLevelMixin:
    """Return the grid over `grid_rows`; a click on an empty place comes back as the parameter ``place``.

    Each click adds a place to ``place`` or takes it out again, so that two clicks on the same one are two changes.
    """
    import altair as alt

    pick = _pick(on="click[event.item && event.item.datum && event.item.datum.key]", toggle="false")
    place = alt.selection_point(
        name="place",
        fields=["interest_step", "power_step"],
        on="click[event.item && event.item.datum && isNumber(event.item.datum.power_step)]",
        toggle="true",
        clear=False,
    )
    wide = alt.Scale(domain=[-_SIDE, TOP + _SIDE], nice=False, zero=False)
    high = alt.Scale(domain=[-_ENDS, TOP + _ENDS], nice=False, zero=False)
    layers = [_net(wide, high).add_params(place), _quarters(wide, high)]
    leader, mark, *names = _own_layers(wide, high)
    layers += [leader, *_compared_layers(wide, high), mark.add_params(pick), *names]
    return alt.layer(*layers).properties(height=GRID_HEIGHT)


def _net(wide: alt.Scale, high: alt.Scale) -> alt.Chart:
    """Return a square for each place of the grid, two quarters of them tinted."""
    import altair as alt

    cells = [{"interest_step": i, "power_step": p} for p in range(TOP + 1) for i in range(TOP + 1)]
    edges = {
        f"{name}_{side}": f"datum.{name}_step {sign} 0.5"
        for name in ("interest", "power")
        for side, sign in (("low", "-"), ("high", "+"))
    }
    tint = alt.condition("(datum.interest_step >= 5) == (datum.power_step >= 5)", alt.value(WASH), alt.value("white"))
    squares = alt.Chart(alt.Data(values=cells)).transform_calculate(**edges)
    return squares.mark_rect(aria=False, stroke="#e6eaee", strokeWidth=1, cursor="cell").encode(
        x=alt.X("interest_low:Q", scale=wide),
        x2="interest_high:Q",
        y=alt.Y("power_low:Q", scale=high),
        y2="power_high:Q",
        fill=tint,
    )


def _quarters(wide: alt.Scale, high: alt.Scale) -> alt.Chart:
    """Return what the four quarters advise."""
    import altair as alt

    words = alt.Chart(alt.Data(values=_quarter_labels()))
    return words.mark_text(aria=False, fontSize=13, fontStyle="italic", color=QUIET, align="left").encode(
        x=alt.X("x:Q", scale=wide), y=alt.Y("y:Q", scale=high), text="text:N"
    )


def _at_place(part: str, wide: alt.Scale, high: alt.Scale) -> alt.Chart:
    import altair as alt

    steps = alt.Axis(values=list(range(TOP + 1)), grid=False, ticks=False, domain=False, format="d")
    return (
        alt.Chart(source())
        .transform_filter(f"datum.part === '{part}'")
        .encode(
            x=alt.X("interest:Q", title="interest: how much it cares how this ends →", scale=wide, axis=steps),
            y=alt.Y("power:Q", title="power over the outcome →", scale=high, axis=steps),
        )
    )


def _own_layers(wide: alt.Scale, high: alt.Scale) -> list[alt.Chart]:
    """Return the learner's actors: the line to each name, the mark, the name and its halo."""
    import altair as alt

    mine = _at_place("mine", wide, high)
    leader = mine.mark_rule(color=QUIET, strokeWidth=0.8, aria=False).encode(x2="name_x:Q", y2="name_y:Q")
    mark = mine.mark_point(filled=True, opacity=1, color=PALETTE[0], aria=False).encode(
        size=alt.condition("datum.at_work", alt.value(300), alt.value(130)),
        stroke=alt.condition("datum.at_work", alt.value(INK), alt.value("white")),
        tooltip=alt.Tooltip("label:N", title=" "),
    )
    written: dict[str, Any] = {"aria": False, "fontSize": 12, "fontWeight": 600, "baseline": "middle"}
    spot = mine.encode(x=alt.X("name_x:Q", scale=wide), y=alt.Y("name_y:Q", scale=high), text="name:N")
    halo = spot.mark_text(stroke="white", strokeWidth=4, strokeJoin="round", **written)
    return [leader, mark, halo, spot.mark_text(color=INK, **written)]


def _compared_layers(wide: alt.Scale, high: alt.Scale) -> list[alt.Chart]:
    """Return the kit's placements as diamonds, each with a line to the learner's, and other people's as crosses."""
    import altair as alt

    kit, others, tip = _at_place("kit", wide, high), _at_place("other", wide, high), alt.Tooltip("label:N", title=" ")
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
    told = "; ".join(f"{quarter}: {and_list(names)}" for quarter, names in parts.items())
    shown = " The kit's placements are shown beside yours." if kit else ""
    return f"Grid of power against interest with {len(placed)} of {len(table)} actors: {told}.{shown}"
