"""Charts of unit 04: a table in, an Altair chart out, and for each a sentence that says what it shows."""

from __future__ import annotations

from typing import Any, Literal

import pandas as pd

from kit.measures.monitoring import COLUMNS, LINES, OWN, STRATEGIES, WORST
from kit.measures.plan import MONTHS
from kit.measures.tables import FAMILIES, OSCE, TYPES, UNODA, type_label
from kit.rows import records
from kit.screen.drawing import alt, if_chosen, layer_silently, make_pick, only, source, tips, write_beside
from kit.screen.theme import DASHES, GRID, INK, PALETTE, PAPER, QUIET, SCALE

# A shape is a type's own within its family; the families differ by filling, and by colour besides.
_SHAPES = ("circle", "square", "triangle-up", "diamond", "cross")
_SIGNS = {UNODA: ("●", "■", "▲", "◆", "✚"), OSCE: ("○", "□", "△", "◇", "✛")}
_COLOURS = {UNODA: PALETTE[0], OSCE: PALETTE[2]}
_YOURS = "Your plan"


def _place(kind: str) -> int:
    """Return a type's place within its family."""
    family = TYPES[kind][0]
    return [name for name, (other, _) in TYPES.items() if other == family].index(kind)


def sign(kind: str) -> str:
    """Return the sign of a type in running text."""
    return _SIGNS[TYPES[kind][0]][_place(kind)] if kind in TYPES else "▹"


def type_key(kinds: list[str]) -> list[str]:
    """Return a line for each family that says which sign stands for which of its types."""
    lines = []
    for family, words in FAMILIES.items():
        present = [kind for kind in TYPES if kind in kinds and TYPES[kind][0] == family]
        if present:
            lines.append(f"{words}: {', '.join(f'{sign(kind)} {type_label(kind)}' for kind in present)}")
    return lines


def _type_marks(base: alt.Chart, **encoding: Any) -> alt.Chart:
    """Return the marks that stand for types: shape, filling and colour."""
    known = list(TYPES)
    shape = alt.Shape("type:N", legend=None, scale=alt.Scale(domain=known, range=[_SHAPES[_place(k)] for k in known]))
    colours = alt.Scale(domain=known, range=[_COLOURS[TYPES[kind][0]] for kind in known])
    fills = alt.Scale(domain=known, range=[_COLOURS[UNODA] if TYPES[kind][0] == UNODA else "white" for kind in known])
    return base.mark_point(filled=False, opacity=1).encode(
        shape=shape,
        stroke=alt.Stroke("type:N", legend=None, scale=colours),
        fill=alt.Fill("type:N", legend=None, scale=fills),
        **encoding,
    )


# --- the catalogue


def cost_chart(names: list[str], table: pd.DataFrame) -> alt.TopLevelMixin:
    """Return the cost picture over `tables.cost_rows`: to the right what the first party pays, upwards what the second does.

    Its axes and its height are those of all measures in ``table``, so that a filter moves nothing.
    """
    top = int(max(table["first"].max(), table["second"].max()))
    lowest = 0 if (table[["first", "second"]] < 1).any(axis=None) else 1
    crowd = int(table["second"].round().value_counts().max())
    ticks = list(range(lowest, top + 1))
    axis: dict[str, Any] = {"values": ticks, "tickCount": len(ticks), "grid": False}
    scale = alt.Scale(domain=[lowest - 0.5, top + 0.5], nice=False)
    # Long names stand to the right of the lowest costs: the picture ends later than its axis.
    wide = alt.Scale(domain=[lowest - 0.5, top + 1.1], nice=False)
    across, up = f"cost to {names[0]} →", f"cost to {names[1]} ↑"
    squares = alt.Data(values=[{"from": cost - 0.5, "to": cost + 0.5} for cost in ticks])
    alike = (
        alt.Chart(squares)
        .mark_rect(color=GRID)
        .encode(
            x=alt.X("from:Q", scale=wide, title=across),
            x2="to:Q",
            y=alt.Y("from:Q", scale=scale, title=up),
            y2="to:Q",
        )
    )
    said = alt.Data(values=[{"at": top, "high": top + 0.42, "text": "both pay the same"}])
    same = (
        alt.Chart(said)
        .mark_text(color=QUIET, fontSize=12, fontStyle="italic", baseline="top")
        .encode(x=alt.X("at:Q", scale=wide, title=across), y=alt.Y("high:Q", scale=scale, title=up), text="text:N")
    )
    base = alt.Chart(source()).encode(
        x=alt.X("first:Q", title=across, scale=wide, axis=alt.Axis(**axis)),
        y=alt.Y("place:Q", title=up, scale=scale, axis=alt.Axis(**axis)),
        tooltip=tips(label="Measure"),
    )
    marks = _type_marks(base, size=if_chosen(150, 100), strokeWidth=if_chosen(3.5, 2))
    words = [each.encode(text="title:N") for each in write_beside(base, 11, fontSize=12, limit=330)]
    # Clicking opens one card; the list beside it sets a second one next to it.
    marks = marks.add_params(make_pick(toggle=False))
    height = round((top - lowest + 1) * max(44, 16.5 * crowd))
    return layer_silently(alike, same, marks, *words, height=min(height, 560))


def cost_alt(rows: pd.DataFrame, names: list[str]) -> str:
    """Return what the cost picture shows in one sentence."""
    if rows.empty:
        return "Costs of measures: none fits this choice."
    more = int((rows["first"] > rows["second"]).sum())
    less = int((rows["first"] < rows["second"]).sum())
    return (
        f"Costs of {len(rows)} measures to {names[0]} and {names[1]}: {more} cost {names[0]} more, {less} cost "
        f"{names[1]} more, {len(rows) - more - less} cost both the same; the most costly for both together is "
        f"{max(records(rows), key=lambda row: row['first'] + row['second'])['title']}."
    )


# --- the sequencer


def trust_chart(names: list[str]) -> alt.TopLevelMixin:
    """Return the trust picture over `plan.path_rows`: spread, three single runs, and the median of each plan named.

    Plans differ by dash and by the name at the end of their line, and by colour besides.
    """
    months = alt.Axis(values=list(range(MONTHS + 1)), tickCount=MONTHS + 1, grid=False, labelOverlap=False)
    # The lines end before the plot does: their names stand to the right of them.
    wide = alt.Scale(domain=[0, MONTHS + 4.6], nice=False)
    x = alt.X("month:Q", title="end of month (0 is the start)", scale=wide, axis=months)
    y = alt.Y("trust:Q", title="trust (0 to 100)", scale=alt.Scale(domain=[0, 100], nice=False))
    base = alt.Chart(source()).encode(x=x, y=y)
    order = [_YOURS, *(name for name in names if name != _YOURS)]
    # Colours and dashes begin again where a case has more plans than there are of them.
    colours = alt.Scale(domain=order, range=[PALETTE[0], *(PALETTE[1:] * len(order))[: len(order) - 1]])
    dashes = alt.Scale(domain=order, range=[DASHES[0], *(DASHES[1:] * len(order))[: len(order) - 1]])
    colour = alt.Color("line:N", legend=None, scale=colours)
    spread = only(base, "spread").mark_area(color=SCALE[1], opacity=0.75).encode(y=alt.Y("low:Q"), y2="high:Q")
    runs = only(base, "run").mark_line(color=QUIET, strokeWidth=1, opacity=0.8).encode(detail="line:N")
    lines = only(base, "median").mark_line(aria=False).encode(
        color=colour,
        strokeDash=alt.StrokeDash("line:N", legend=None, scale=dashes),
        strokeWidth=alt.condition(f"datum.line === '{_YOURS}'", alt.value(3.5), alt.value(2.2)),
    )  # fmt: skip
    named = only(base, "name").mark_text(align="left", dx=8, fontSize=12, fontWeight=600)
    level = only(base, "level").mark_line(color=INK, strokeWidth=1.5)
    mark = base.transform_filter("datum.what === 'level' && datum.month === 0").mark_text(
        align="left", dx=4, dy=-8, fontSize=12, text="worth opening core issues"
    )
    return layer_silently(spread, runs, level, lines, named.encode(text="line:N", color=colour), mark, height=150)


def trust_alt(table: pd.DataFrame, spread: str, level: float) -> str:
    """Return what the trust picture shows in one sentence, from `plan.compare_plans`."""
    ends = "; ".join(f"{row['plan']} {row['end']:.0f}" for row in records(table))
    one = table[table["plan"] == spread].iloc[0]
    return (
        f"The kit's own simulation of trust over {MONTHS} months. Median at the end: {ends}. For {spread}, eight runs in "
        f"ten end between {one['low']:.0f} and {one['high']:.0f}; the level asked for is {level:.0f}."
    )


# --- watching


def months_chart() -> alt.TopLevelMixin:
    """Return a hundred months over `monitoring.month_rows`: squares, filled for a breach, with a sign where an alarm sounds."""
    base = alt.Chart(source()).encode(
        x=alt.X("x:Q", axis=None, scale=alt.Scale(domain=[-0.6, COLUMNS - 0.4], nice=False)),
        y=alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[-0.1, LINES - 0.3], reverse=True, nice=False)),
    )
    month = only(base, "month")
    squares = month.mark_point(shape="square", size=210, strokeWidth=1.5, opacity=1).encode(
        stroke=alt.condition("datum.breach", alt.value(PALETTE[1]), alt.value(PALETTE[0])),
        fill=alt.condition("datum.breach", alt.value(PALETTE[1]), alt.value(PAPER)),
        tooltip=tips(group="Month"),
    )
    alarms = month.transform_filter("datum.alarm").mark_text(text="!", fontSize=14, fontWeight=700)
    signs = alarms.encode(color=alt.condition("datum.breach", alt.value(PAPER), alt.value(INK)))
    words = only(base, "heading").mark_text(align="left", dx=-7, fontSize=14, fontWeight=600).encode(text="text:N")
    return layer_silently(squares, signs, words, height=240)


def months_alt(counts: pd.DataFrame) -> str:
    """Return what the hundred months show in one sentence, from `monitoring.frequencies`."""
    said = ", ".join(f"{row['group']} {row['months']}" for row in records(counts))
    return f"A hundred months, each a square: {said}."


def border_chart() -> alt.TopLevelMixin:
    """Return the border between monitoring that builds and that wrecks trust, over `monitoring.border_rows`."""
    whole, high = alt.Scale(domain=[0, 100], nice=False), alt.Scale(domain=[0, WORST + 4], nice=False)
    tens = alt.Axis(grid=False, values=list(range(0, WORST + 1, 10)))
    base = alt.Chart(source()).encode(
        x=alt.X("detection:Q", title="breaches that raise an alarm, of 100", scale=whole, axis=alt.Axis(grid=False)),
        y=alt.Y("false_alarms:Q", title="false alarms, of 100 clean months", scale=high, axis=tens),
    )
    border, here = only(base, "border"), only(base, "here")
    words = only(base, "name").mark_text(fontSize=14).encode(text="text:N")
    sides: list[tuple[str, Literal["left", "right"], int]] = [("<", "left", 14), (">=", "right", -14)]
    said = [
        here.transform_filter(f"datum.detection {test} 75")
        .mark_text(align=align, dx=dx, fontSize=13, fontWeight=600)
        .encode(text=alt.value("your monitors"))
        for test, align, dx in sides
    ]
    return layer_silently(
        border.mark_area(color=SCALE[0], clip=True),
        border.mark_line(color=INK, clip=True),
        words,
        here.mark_point(shape="diamond", size=260, strokeWidth=2, opacity=1, color=PALETTE[1]),
        *said,
        height=270,
    )


def border_alt(rows: pd.DataFrame) -> str:
    """Return what the border shows in one sentence."""
    border = rows[rows["what"] == "border"]
    here = rows[rows["what"] == "here"].iloc[0]
    return (
        f"Monitoring builds trust below a border that runs from {border['false_alarms'].iloc[0]:.0f} false alarms in 100 clean "
        f"months, where nothing is detected, to {border['false_alarms'].iloc[-1]:.0f}, where everything is. With {here['detection']:.0f} "
        f"per cent detected and {here['false_alarms']:.0f} false alarms, monitoring {here['text']} trust."
    )


def echo_chart() -> alt.TopLevelMixin:
    """Return how false alarms echo, over `monitoring.echo_rows`: a line a way of answering, its name at its end."""
    # The lines end before the plot does: their names stand to the right of them.
    wide, whole = alt.Scale(domain=[0, WORST * 1.8], nice=False), alt.Scale(domain=[0, 100], nice=False)
    tens = alt.Axis(values=list(range(0, WORST + 1, 10)), grid=False)
    x = alt.X("false_alarms:Q", title="false alarms, of 100 clean months", scale=wide, axis=tens)
    y = alt.Y("kept:Q", title="months with the word kept, of 100", scale=whole)
    base = alt.Chart(source())
    # The learner's own line has its figure in its name: it is told by how its name begins.
    kind = f"indexof(datum.strategy, '{OWN}') === 0 ? '{OWN}' : datum.strategy"
    ways = [*STRATEGIES, OWN]
    colours = alt.Scale(domain=ways, range=[PALETTE[3], PALETTE[2], PALETTE[1], PALETTE[0]])
    dashes = alt.Scale(domain=ways, range=[DASHES[2], DASHES[1], DASHES[3], DASHES[0]])
    lines, names = (
        only(base, what)
        .transform_calculate(way=kind)
        .encode(x=x, y=y, color=alt.Color("way:N", legend=None, scale=colours))
        for what in ("line", "name")
    )
    drawn = lines.mark_line(aria=False).encode(
        detail="strategy:N", strokeDash=alt.StrokeDash("way:N", legend=None, scale=dashes)
    )
    words = names.mark_text(align="left", dx=8, fontSize=13, fontWeight=600).encode(text="strategy:N")
    here = only(base, "here").encode(x=x)
    said = here.mark_text(align="left", dx=5, dy=-6, baseline="bottom", fontSize=12)
    return layer_silently(
        here.mark_rule(color=INK, strokeWidth=1.5),
        said.encode(y=alt.value(300), text=alt.value("your monitors")),
        drawn,
        words,
        height=300,
    )


def echo_alt(table: pd.DataFrame) -> str:
    """Return what the echo picture shows in one sentence, from `monitoring.ways_table`."""
    said = "; ".join(
        f"{row['strategy']} {row['together']:.0f}"
        if row["together"] == row["together"]
        else f"{row['strategy']} as they began"
        for row in records(table)
    )
    return f"Months of 100 in which a side keeps its word in the long run, if both answer alike and with these monitors: {said}."
