"""Charts of unit 01: a table in, an Altair chart out, and for each a sentence that says what it shows."""

from __future__ import annotations

from typing import Any, Literal

import pandas as pd

from kit.background.tables import CERTAINTY, OWN, PHASES, both_names, list_lanes
from kit.screen.codes_by_place import column_axis
from kit.screen.drawing import alt, bars_with_numbers, if_chosen, layer_silently, make_pick, only, source, tips
from kit.screen.theme import INK, LINE, PALETTE, PAPER, QUIET, SCALE, WASH

_COLOURS = dict(
    zip(
        ("war", "diplomacy", "law", "statement", "economy", OWN),
        (PALETTE[1], PALETTE[0], PALETTE[4], PALETTE[2], PALETTE[3], PALETTE[5]),
        strict=True,
    )
)
_SHAPES = {"established": "circle", "reported": "triangle-up", "disputed": "diamond", OWN: "square"}
_SIGNS = {"established": "○", "reported": "△", "disputed": "◇", OWN: "□"}


# --- the timeline


def timeline_chart() -> alt.TopLevelMixin:
    """Return the timeline over `tables.timeline_rows`: phases as named bars, events as marks in the lane of their kind.

    Its period is in the rows, so that new rows move it without a new chart.
    """
    pick = make_pick()
    base = alt.Chart(source())
    x = alt.X(
        "x:T", title=None, scale=alt.Scale(nice=False), axis=alt.Axis(orient="top", grid=True, labelOverlap="greedy")
    )
    y = alt.Y("row:N", title=None, sort=alt.EncodingSortField("order", op="min"), axis=_lane_axis())
    events, phases = only(base, "event"), only(base, "phase")
    colour = alt.Scale(domain=list(_COLOURS), range=list(_COLOURS.values()))
    # Nobody sees it: it spans the period, so that the axis does even where no event lies at its ends.
    frame = base.transform_filter("datum.frame").mark_rule(opacity=0).encode(x="start:T", x2="end:T", y=alt.value(0))
    tints = phases.transform_filter("datum.tint").mark_rect(fill=SCALE[0]).encode(x=x, x2="x2:T")
    bands = phases.mark_bar(cornerRadius=3, height=alt.expr("min(22, 0.94 * bandwidth('y'))")).encode(
        x=x,
        x2="x2:T",
        y=y,
        fill=alt.condition("datum.tint", alt.value(SCALE[1]), alt.value(WASH)),
        stroke=if_chosen(INK, QUIET),
        strokeWidth=if_chosen(2.5, 0.8),
        tooltip=tips(title="Phase", date="Time"),
    )
    spans = events.mark_rule(strokeWidth=3, opacity=0.45).encode(
        x=x, x2="x2:T", y=y, color=alt.Color("kind:N", scale=colour, legend=None)
    )
    marks = events.mark_point(filled=False, opacity=1, cursor="pointer").encode(
        x=x,
        y=y,
        stroke=alt.Stroke("kind:N", scale=colour, legend=None),
        fill=alt.condition("datum.articles > 0", alt.Fill("kind:N", scale=colour, legend=None), alt.value(PAPER)),
        shape=alt.Shape(
            "certainty:N", legend=None, scale=alt.Scale(domain=list(_SHAPES), range=list(_SHAPES.values()))
        ),
        size=if_chosen(170, 95),
        strokeWidth=if_chosen(3.5, 2),
        tooltip=tips(
            title="Event", date="Date", kind="Kind", certainty="How sure", mentioned="Articles that mention it"
        ),
    )
    return layer_silently(frame, tints, bands, spans, marks.add_params(pick), *_titles(base, x, y), height=alt.Step(16))


def _titles(base: alt.Chart, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """Return the titles of phases and events, each on its side of the mark and cut where its room ends."""
    sides: list[tuple[str, str, Literal["left", "right"], int]] = [
        ("right", "x2:T", "left", 9),
        ("left", "x:T", "right", -9),
        ("inside", "x:T", "left", 6),
    ]
    return [
        base.transform_filter(f"datum.side === '{side}' && datum.room > 0")
        .mark_text(align=align, dx=dx, fontSize=12, limit=alt.expr("datum.room * width - 8"))
        .encode(x=x if at == "x:T" else at, y=y, text="title:N")
        for side, at, align, dx in sides
    ]


def _lane_axis() -> alt.Axis:
    """Return an axis that names each lane at its first row and rules it off from the one above."""
    first = "isString(datum.value) && indexof(datum.value, '·') < 0"
    rule = alt.condition(first, alt.value(LINE), alt.value("transparent"))
    return alt.Axis(
        labelExpr=f"{first} ? datum.value : ''", grid=True, gridColor=rule, bandPosition=0, ticks=False, domain=False,
        labelFontWeight=600, labelPadding=8, minExtent=72,
    )  # fmt: skip


def timeline_alt(rows: pd.DataFrame) -> str:
    """Return what the timeline shows in one sentence."""
    if rows.empty:
        return "Timeline: no event fits this choice."
    events = rows[rows["what"] == "event"]
    counts = ", ".join(f"{(events['kind'] == kind).sum()} {kind}" for kind in list_lanes(events))
    span = f"{rows['start'].iloc[0]:%B %Y} to {rows['x2'].max():%B %Y}"
    spoken = int((events["articles"].astype(float) > 0).sum())
    return f"Timeline from {span} with {len(events)} events ({counts or 'none'}), of which the articles mention {spoken}, over {(rows['what'] == 'phase').sum()} {PHASES}."


def timeline_key() -> list[str]:
    """Return what the shapes and fillings of the timeline mean; Vega's own legend cannot show hollow marks."""
    filled = "Filled: at least one article mentions the event. Hollow: none does."
    return [filled, *(f"{_SIGNS[certainty]} {certainty}: {meaning}" for certainty, meaning in CERTAINTY.items())]


# --- hedges


def hedges_chart() -> alt.TopLevelMixin:
    """Return bars with their number at the end, for rows with ``key``, ``article``, ``sentences`` and its ``text``."""
    y = alt.Y("article:N", title=None, sort=None, axis=alt.Axis(ticks=False, domain=False, labelLimit=240))
    title = "hedges in each hundred sentences"
    x = alt.X("sentences:Q", title=title, axis=alt.Axis(tickMinStep=1), scale=alt.Scale(zero=True))
    return layer_silently(*bars_with_numbers(x, y, "text:N", size=18), height=alt.Step(30))


def hedges_alt(rows: pd.DataFrame) -> str:
    """Return what the bars show in one sentence."""
    return f"Hedges in each hundred sentences: {'; '.join(rows['label']) or 'there are none'}."


def hedges_finding(rows: pd.DataFrame) -> str:
    """Return which article hedges most, as the title of the bars; nothing where none does."""
    most = rows[rows["sentences"] > 0].sort_values("sentences", ascending=False, kind="stable").head(1)
    return "".join(
        f"{each.article} hedges most: {each.text} times in each hundred sentences" for each in most.itertuples()
    )


# --- claims


def agreement_chart(table: pd.DataFrame) -> alt.TopLevelMixin:
    """Return articles against articles over `tables.agreement_table`: "=" how often they agree, "≠" contradict.

    A cell with a contradiction has a broken border besides its sign.
    """
    base = alt.Chart(source()).encode(
        x=alt.X("other:N", title=None, sort=None, axis=column_axis()),
        y=alt.Y("one:N", title=None, sort=None, axis=alt.Axis(ticks=False, domain=False)),
    )
    boxes = base.mark_rect(cornerRadius=2, stroke=PAPER, strokeWidth=2, cursor="pointer").encode(
        fill=alt.value(WASH), tooltip=tips(label="Claims")
    )
    dashes: dict[str, Any] = {"strokeDash": [5, 3], "stroke": PALETTE[1], "strokeWidth": 1.5}
    broken = base.transform_filter("datum.contradicts > 0").mark_rect(filled=False, **dashes)
    picked: Any = {"param": "pick", "empty": False}
    ring = base.transform_filter(picked).mark_rect(filled=False, stroke=INK, strokeWidth=3)
    signs = base.mark_text(fontSize=14, color=INK).encode(text="text:N")
    boxes = boxes.add_params(make_pick())
    return layer_silently(boxes, broken, ring, signs, height=40 * max(table["one"].nunique(), 2))


def agreement_finding(table: pd.DataFrame) -> str:
    """Return between which articles most claims contradict each other, as the title of the grid."""
    half = table[(table["one"] <= table["other"]) & (table["contradicts"] > 0)]
    most = half.sort_values("contradicts", ascending=False, kind="stable").head(1)
    found = zip(most["one"], most["other"], most["contradicts"], strict=True)
    return "".join(f"Most contradictions: {both_names(one, other)} ({count})" for one, other, count in found)


def agreement_alt(table: pd.DataFrame) -> str:
    """Return what the grid of agreement shows in one sentence."""
    half = table[table["one"] <= table["other"]]
    at_odds = half[half["contradicts"] > 0]["label"]
    return f"Claims that agree and contradict, article by article; contradictions: {'; '.join(at_odds) or 'none'}."
