"""Charts of unit 06: what each offer is worth to one side, and all possible deals; for each a sentence."""

from __future__ import annotations

import json
from typing import Any

import pandas as pd

from kit.screen.drawing import alt, if_chosen, layer_silently, make_pick, only, source
from kit.screen.theme import DASHES, GRID, INK, PALETTE, PAPER, QUIET, SCALE

YOURS, THEIRS = "you offer", "others offer"
# In a layered chart only a layer with a parameter of its own can be pressed.
PRESSED = ["square", "edge", "mark", "offer"]
POSSIBLE, WORKABLE = "possible deals", "better for all than no deal"
# Shape, colour, and whether it is filled: hollow marks of several theories can lie on one deal and all be seen.
MARKS: dict[str, tuple[str, str, bool]] = {
    "the deal": ("diamond", INK, True),
    "no deal": ("cross", PALETTE[6], True),
    "Nash": ("triangle-up", PALETTE[2], False),
    "Kalai-Smorodinsky": ("square", PALETTE[3], False),
    "Egalitarian": ("triangle-down", PALETTE[4], False),
}
# Whose offers: the delegations in the order of the case, then the mediator. Each has a colour, a shape and a dash.
SIDES = ["first", "second", "third", "mediator"]
SIDE_SIGNS = dict(zip(SIDES, "●■▲▼", strict=True))
# Grounds are pale enough for ink on top, and apart from each other by lightness, not by hue alone.
_COLOURS = {
    POSSIBLE: GRID,
    WORKABLE: SCALE[1],
    **dict(zip(SIDES, [PALETTE[0], PALETTE[1], PALETTE[5], PALETTE[6]], strict=True)),
}
_SHAPES = dict(zip(SIDES, ["circle", "square", "triangle-up", "triangle-down"], strict=True))


def value_chart(top: float) -> alt.TopLevelMixin:
    """Return the worth of each offer to one side, over rows of ``key, number, value, who``; "floor" is the reservation value."""
    base = alt.Chart(source())
    y = alt.Y("value:Q", title="worth", scale=alt.Scale(domain=[0, top]), axis=alt.Axis(tickCount=2))
    named = alt.Axis(labelAngle=0, labelOverlap=True, labelExpr="'offer ' + datum.value")
    legend = alt.Legend(title=None, orient="top")
    offers = base.transform_filter("datum.who !== 'floor'").encode(
        x=alt.X("number:O", title=None, axis=named),
        y=y,
        color=alt.Color("who:N", scale=_shared({YOURS: PALETTE[0], THEIRS: PALETTE[1]}), legend=legend),
    )
    marks = offers.mark_point(filled=True, size=80, opacity=1).encode(
        shape=alt.Shape("who:N", scale=_shared({YOURS: "circle", THEIRS: "square"}), legend=legend),
        stroke=if_chosen(INK, PAPER),
        strokeWidth=if_chosen(3, 1),
    )
    floor = base.transform_filter("datum.who === 'floor'").encode(y=y)
    rule = floor.mark_rule(strokeDash=[6, 4], color=QUIET)
    # On the left: later offers come near to this line.
    words = floor.mark_text(align="left", baseline="bottom", dx=4, dy=-4, color=INK, text="your reservation value")
    layers = (rule, words.encode(x=alt.value(0)), offers.mark_line(strokeWidth=1.5), marks.add_params(make_pick()))
    return layer_silently(*layers, height=64)


def value_alt(rows: pd.DataFrame) -> str:
    """Return what the offers have been worth, in one sentence."""
    offers = rows[rows["who"] != "floor"] if len(rows) else rows
    if not len(offers):
        return "What each offer is worth to you: nothing has been offered yet, or your sheet is hidden."
    last = "; ".join(f"{who} {part['value'].iloc[-1]:g}" for who, part in offers.groupby("who", sort=False))
    floor = rows.loc[rows["who"] == "floor", "value"].iloc[0]
    return f"What each of {len(offers)} offers is worth to you, with your reservation value of {floor:g}; the last: {last} points."


def deals_chart() -> alt.TopLevelMixin:
    """Return all possible deals over rows of ``key, what, name, label, x, y, x2, y2, ground, beside, who, order``.

    ``what`` is ground (a square of deals), frontier, line-x or line-y (a reservation value), axis-x or
    axis-y (its name, so that axes can change without a new drawing), mark (a named deal; ``beside`` is written next to it),
    offer (of ``who``) or step (the same, to be joined in their ``order``).
    """
    base = alt.Chart(source())
    x, y = _points()
    placed = base.encode(x=x, y=y)
    legend = alt.Legend(title=None, symbolType="square", columns=1, values=[POSSIBLE, WORKABLE])
    squares, line, limits = _possible_deals(base, x, y, _COLOURS, legend)
    edge = only(placed, "frontier").mark_point(filled=True, size=34, opacity=1, color=INK)
    axes = [
        only(base, "axis-x")
        .mark_text(align="right", baseline="bottom", dx=-2, dy=-4, fontWeight=600, color=INK)
        .encode(x=alt.value("width"), y=alt.value("height"), text="label:N"),
        only(base, "axis-y")
        .mark_text(align="left", baseline="top", dx=4, dy=2, fontWeight=600, color=INK)
        .encode(x=alt.value(0), y=alt.value(0), text="label:N"),
    ]
    # Only what has no place in the legend is written beside its mark: other words would lie on one another.
    words = (
        placed.transform_filter("datum.what === 'mark' || datum.what === 'offer'")
        .mark_text(align="left", dx=9, dy=-9, fontWeight=600, color=INK)
        .encode(text="beside:N")
    )
    steps, offers = _sides(only(placed, "step"), only(placed, "offer"))
    pressed = (
        squares.mark_rect(strokeWidth=0.5).encode(stroke=if_chosen(INK, PAPER, "square")),
        edge.encode(stroke=if_chosen(PALETTE[1], INK, "edge"), strokeWidth=if_chosen(6, 1, "edge")),
        _marks(only(placed, "mark")),
        offers,
    )
    squares, edge, marks, offers = (
        layer.add_params(make_pick(name)) for layer, name in zip(pressed, PRESSED, strict=True)
    )
    return layer_silently(squares, *limits, line, edge, *axes, steps, offers, marks, words, height=400)


def _points(across: str | None = None, up: str | None = None) -> tuple[alt.X, alt.Y]:
    free = alt.Scale(zero=False)
    return alt.X("x:Q", title=across, scale=free), alt.Y("y:Q", title=up, scale=free)


def _possible_deals(
    base: alt.Chart, x: alt.X, y: alt.Y, colours: dict[str, Any], legend: alt.Legend
) -> tuple[alt.Chart, alt.Chart, list[alt.Chart]]:
    """Return what both pictures of deals have: the ground (yet without a mark), the frontier, and the two reservation values."""
    ground = alt.Color("ground:N", scale=_shared(colours), legend=legend)
    # In steps: between two points of the frontier there is no deal, so a slanting line would promise one.
    line = only(base, "frontier").mark_line(strokeWidth=1.5, color=INK, interpolate="step-before")
    limit_x, limit_y = (only(base, f"line-{axis}").mark_rule(strokeDash=[6, 4], color=QUIET) for axis in "xy")
    return (
        only(base, "ground").encode(x=x, y=y, x2="x2:Q", y2="y2:Q", color=ground),
        line.encode(x=x, y=y, order="x:Q"),
        [limit_x.encode(x=x), limit_y.encode(y=y)],
    )


def _shared(values: dict[str, Any]) -> alt.Scale:
    """Return a scale for all layers of a picture: they share one, whatever each of them tells apart."""
    return alt.Scale(domain=list(values), range=list(values.values()))


def _sides(steps: alt.Chart, offers: alt.Chart) -> tuple[alt.Chart, alt.Chart]:
    """Return each side's offers, joined in order, and their marks: told apart by colour, shape and dash."""
    colour = alt.Color("who:N", scale=_shared(_COLOURS), legend=None)
    dash = alt.StrokeDash("who:N", scale=alt.Scale(domain=SIDES, range=DASHES[: len(SIDES)]), legend=None)
    # Not by a scale: the shapes of named deals have one, with a legend, which these would join.
    shape = alt.expr(f"{json.dumps(_SHAPES)}[datum.who]")
    lines = steps.mark_line(strokeWidth=2).encode(color=colour, strokeDash=dash, order="order:Q")
    marks = offers.mark_point(filled=True, size=110, opacity=1, shape=shape).encode(
        color=colour, stroke=if_chosen(INK, PAPER, "offer"), strokeWidth=if_chosen(3, 1, "offer")
    )
    return lines, marks


def _marks(base: alt.Chart) -> alt.Chart:
    """Return the marks of deals that have a name, with one legend of shape and colour."""

    def scale(values: list[str]) -> alt.Scale:
        return alt.Scale(domain=list(MARKS), range=values)

    legend = alt.Legend(title=None, columns=3)
    colours = scale([colour for _, colour, _ in MARKS.values()])
    fills = scale([colour if filled else "transparent" for _, colour, filled in MARKS.values()])
    chosen: Any = {"param": "mark", "empty": False}
    return base.mark_point(size=190, opacity=1).encode(
        shape=alt.Shape("name:N", scale=scale([shape for shape, _, _ in MARKS.values()]), legend=legend),
        fill=alt.Fill("name:N", scale=fills, legend=legend),
        stroke=alt.condition(chosen, alt.value(INK), alt.Stroke("name:N", scale=colours, legend=legend)),
        strokeWidth=if_chosen(5, 2.5, "mark"),
    )


def deals_alt(rows: pd.DataFrame, across: str, up: str) -> str:
    """Return what the picture of all deals shows, in one sentence."""
    named = rows[rows["what"] == "mark"]
    marks = "; ".join(
        f"{row.name_} {row.x:g} and {row.y:g}" for row in named.rename(columns={"name": "name_"}).itertuples()
    )
    edge = int((rows["what"] == "frontier").sum())
    return f"All possible deals by what they give {across} and {up}, with {edge} points on the frontier. {marks or 'No deal gives all their reservation value'}."


def frontier_chart(across: str, up: str) -> alt.TopLevelMixin:
    """Return the class's deals among all possible ones, over the rows of `kit.negotiation.class_view.frontier_rows`.

    A circle is a deal, with the number of those who signed it if they are several; the line is the frontier. ``across`` and
    ``up`` are the names of the two delegations.
    """
    base = alt.Chart(source())
    x, y = _points(f"points: {across} →", f"points: {up} →")
    placed = base.encode(x=x, y=y)
    colours = {name: _COLOURS[name] for name in (POSSIBLE, WORKABLE)}
    squares, edge, floors = _possible_deals(base, x, y, colours, alt.Legend(title=None, symbolType="square"))
    points = only(placed, "frontier").mark_point(filled=True, size=30, opacity=1, color=INK)
    tip = [alt.Tooltip("label:N", title=" ")]
    signed = only(placed, "mark").transform_filter("datum.name === 'the deal'")
    circles = signed.mark_point(shape="circle", filled=True, opacity=1, size=300, color=PALETTE[1])
    counts = signed.mark_text(fontSize=12, fontWeight=600, color=PAPER).encode(text="people:N")
    broken = only(placed, "mark").transform_filter("datum.name === 'no deal'")
    cross = broken.mark_point(shape="cross", filled=True, opacity=1, size=200, color=INK).encode(tooltip=tip)
    words = broken.mark_text(align="left", dx=12, dy=12, fontWeight=600, color=INK).encode(text="label:N")
    return layer_silently(
        squares.mark_rect(stroke=PAPER, strokeWidth=0.5), *floors, edge, points,
        circles.encode(stroke=alt.value(PAPER), tooltip=tip), counts, cross, words, height=430,
    )  # fmt: skip
