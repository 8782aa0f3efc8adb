"""Three charts that a class view shows, table in and chart out, each with its sentence: bars, cells with numbers, and ranges.

The words stand in full above what they name.
"""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import shorten, wrap
from typing import TYPE_CHECKING, Any

from kit.screen.chart import source
from kit.screen.codes_by_place import PALE
from kit.screen.theme import INK, PALETTE, QUIET, SCALE

if TYPE_CHECKING:
    import altair as alt
    import pandas as pd


LINE, LINES, DRAWN = 15, 2, 24  # pixels: a line of words, how many lines there are, and what is drawn under them
LONGEST = 84  # characters of a line where the chart is narrowest


def name_above(text: str) -> str:
    """Return a text as it stands above a bar: two lines, the first of them empty if it is short, cut if it is longer."""
    found = wrap(shorten(text, LINES * LONGEST - 12, placeholder=" …"), LONGEST)[:LINES]
    return "\n".join([*[""] * (LINES - len(found)), *found])


def _words(base: alt.Chart, y: alt.Y) -> list[alt.Chart]:
    """Return each row's name above it, over a white edge so that no grid line cuts it."""
    import altair as alt

    looks: Any = ({"stroke": "white", "strokeWidth": 4, "strokeJoin": "round"}, {"color": INK})
    place: Any = {"align": "left", "baseline": "top", "dy": -(LINES * LINE + DRAWN) / 2 + 3, "lineBreak": "\n"}
    return [
        base.mark_text(fontSize=12, lineHeight=LINE, aria=False, **place, **look).encode(
            x=alt.value(2), y=y, text="name:N"
        )
        for look in looks
    ]


def _rows(count: int) -> tuple[alt.Y, int]:
    import altair as alt

    y = alt.Y("key:N", title=None, sort=None, axis=None, scale=alt.Scale(paddingInner=0, paddingOuter=0))
    return y, max((LINES * LINE + DRAWN) * count, 60)


def bars_chart(count: int, title: str, domain: Sequence[float]) -> alt.TopLevelMixin:
    """Return bars over rows of ``key, name, value, text, label``, in the order of the rows, the name above each."""
    import altair as alt

    y, height = _rows(count)
    base = alt.Chart(source())
    x = alt.X("value:Q", title=title, scale=alt.Scale(domain=list(domain), nice=False))
    tip = alt.Tooltip("label:N", title=" ")
    bars = base.mark_bar(height=13, yOffset=LINE, aria=False).encode(x=x, y=y, tooltip=[tip])
    numbers = base.mark_text(align="left", dx=5, dy=LINE, fontSize=12, fontWeight=600, color=INK, aria=False).encode(
        x=x, y=y, text="text:N"
    )
    return alt.layer(bars, numbers, *_words(base, y)).properties(height=height)


def cells_chart(names: int, columns: Sequence[str]) -> alt.TopLevelMixin:
    """Return cells over rows of ``key, name, column, people, shade, label``: the darker, the more people, the number in each."""
    import altair as alt

    base = alt.Chart(source())
    x = alt.X(
        "column:N", title=None, sort=list(columns), axis=alt.Axis(orient="top", labelAngle=0, ticks=False, domain=False)
    )
    y = alt.Y("name:N", title=None, sort=None, axis=alt.Axis(ticks=False, domain=False, labelLimit=240))
    boxes = base.mark_rect(cornerRadius=2, aria=False).encode(
        x=x,
        y=y,
        color=alt.Color("shade:Q", scale=alt.Scale(domain=[0, 1], range=PALE), legend=None),
        stroke=alt.value("white"),
        tooltip=[alt.Tooltip("label:N", title=" ")],
    )
    numbers = base.mark_text(fontSize=14, color=INK, aria=False).encode(x=x, y=y, text="people:Q")
    return alt.layer(boxes, numbers).properties(height=max(40 * names, 80))


def ranges_chart(count: int, title: str, domain: Sequence[float]) -> alt.TopLevelMixin:
    """Return ranges over rows of ``key, name, low, first, middle, third, high, label``, the name above each.

    A thin line runs from the lowest to the highest, a box over the middle half, a diamond marks the median.
    """
    import altair as alt

    y, height = _rows(count)
    base = alt.Chart(source())
    scale = alt.Scale(domain=list(domain), nice=False)
    at: dict[str, Any] = {"yOffset": LINE, "aria": False}
    line = base.mark_rule(strokeWidth=2, color=QUIET, **at).encode(
        x=alt.X("low:Q", title=title, scale=scale), x2="high:Q", y=y
    )
    ends = [
        base.mark_tick(thickness=2, size=12, color=QUIET, **at).encode(x=alt.X(f"{end}:Q", scale=scale), y=y)
        for end in ("low", "high")
    ]
    box = base.mark_bar(height=12, cornerRadius=0, color=SCALE[2], stroke=SCALE[5], strokeWidth=1, **at).encode(
        x=alt.X("first:Q", scale=scale), x2="third:Q", y=y
    )
    middle = base.mark_point(shape="diamond", filled=True, opacity=1, size=130, color=PALETTE[1], **at).encode(
        x=alt.X("middle:Q", scale=scale), y=y, stroke=alt.value("white"), tooltip=[alt.Tooltip("label:N", title=" ")]
    )
    return alt.layer(line, *ends, box, middle, *_words(base, y)).properties(height=height)


def bars_alt(rows: pd.DataFrame, what: str) -> str:
    """Return what the bars show, in one sentence."""
    if rows.empty:
        return f"{what}: there is nothing to show yet."
    told = "; ".join(rows["label"].head(3))
    return f"{what}: {len(rows)} bars, the longest first. {told}."


def cells_alt(rows: pd.DataFrame, what: str) -> str:
    """Return what the cells show, in one sentence."""
    told = [
        f"{name}: "
        + ", ".join(f"{column} {people}" for column, people in zip(part["column"], part["people"], strict=True))
        for name, part in rows.groupby("name", sort=False)
    ]
    return f"{what}. {'; '.join(told)}."


def ranges_alt(rows: pd.DataFrame, what: str) -> str:
    """Return what the ranges show, in one sentence."""
    if rows.empty:
        return f"{what}: there is nothing to show yet."
    return f"{what}: {len(rows)} ranges, each with its middle. {'; '.join(rows['label'].head(3))}."
