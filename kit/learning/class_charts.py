"""Three pictures that a class view shows, columns in and picture out: bars, cells with numbers, and ranges.

The words stand in full above what they name; the sentence that stands for a picture is made from the same rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from textwrap import shorten, wrap
from typing import Any

import pandas as pd

from kit.learning.class_topics import Picture
from kit.screen.codes_by_place import PALE
from kit.screen.drawing import alt, layer_silently, source, tips
from kit.screen.theme import INK, PALETTE, QUIET, SCALE

LINE, LINES, DRAWN = 15, 2, 24  # pixels: a line of words, how many lines there are, and what is drawn under them
LONGEST = 84  # characters of a line where the chart is narrowest


def name_above(text: str) -> str:
    """Return a text as it stands above a bar: two lines, the first of them empty if it is short, cut if it is longer."""
    # A line ends before the word that would not fit, so that two lines hold less than twice a line's characters.
    found = wrap(shorten(text, LINES * LONGEST - 12, placeholder=" …"), LONGEST)[:LINES]
    return "\n".join([*[""] * (LINES - len(found)), *found])


def _words(base: alt.Chart, y: alt.Y) -> list[alt.Chart]:
    """Return each row's name above it, over a white edge so that no grid line cuts it."""
    looks: Any = ({"stroke": "white", "strokeWidth": 4, "strokeJoin": "round"}, {"color": INK})
    place: Any = {"align": "left", "baseline": "top", "dy": -(LINES * LINE + DRAWN) / 2 + 3, "lineBreak": "\n"}
    return [
        base.mark_text(fontSize=12, lineHeight=LINE, **place, **look).encode(x=alt.value(2), y=y, text="name:N")
        for look in looks
    ]


def _lines(count: int) -> tuple[alt.Chart, alt.Y, int]:
    """Return what pictures with a name above each mark begin with: the chart, its lines, and its height."""
    y = alt.Y("key:N", title=None, sort=None, axis=None, scale=alt.Scale(paddingInner=0, paddingOuter=0))
    return alt.Chart(source()), y, max((LINES * LINE + DRAWN) * count, 60)


def show_bars(what: str, title: str, top: float, table: pd.DataFrame) -> Picture:
    """Return bars from 0 to `top`, the longest first, the name above each.

    Parameters
    ----------
    what : str
        What they show, for those who cannot see them.
    title : str
        What is measured.
    table : DataFrame
        ``key, name, value, text`` (what stands at the bar's end) and ``label`` (what is said of it), a row a bar.
    """
    # Here and not in the chart: what is said of it names the first rows.
    rows = _rows(table, "value", "text").sort_values("value", ascending=False, kind="stable")

    def make() -> alt.TopLevelMixin:
        base, y, height = _lines(len(rows))
        x = alt.X("value:Q", title=title, scale=alt.Scale(domain=[0, top], nice=False))
        # Moved down by a line: the upper part of each row is its name's.
        bars = base.mark_bar(height=13, yOffset=LINE).encode(x=x, y=y, tooltip=tips(label=" "))
        numbers = base.mark_text(align="left", dx=5, dy=LINE, fontSize=12, fontWeight=600, color=INK)
        return layer_silently(bars, numbers.encode(x=x, y=y, text="text:N"), *_words(base, y), height=height)

    return Picture(make, rows, _said(rows, f"{what}: {len(rows)} bars, the longest first"))


def show_cells(what: str, columns: Sequence[str], cells: Iterable[tuple[str, str, str, int, float]]) -> Picture:
    """Return a table of numbers, the darker, the more people: a cell has ``key, name, column, people, shade``."""
    rows = pd.DataFrame(list(cells), columns=["key", "name", "column", "people", "shade"])
    rows["label"] = [f"{row.name}: {row.people} say {row.column}" for row in rows.itertuples(index=False)]
    told = [
        f"{name}: {', '.join(f'{row.column} {row.people}' for row in part.itertuples())}"
        for name, part in rows.groupby("name", sort=False)
    ]

    def make() -> alt.TopLevelMixin:
        over = alt.Axis(orient="top", labelAngle=0, ticks=False, domain=False)
        beside = alt.Axis(ticks=False, domain=False, labelLimit=240)
        base = alt.Chart(source()).encode(
            x=alt.X("column:N", title=None, sort=list(columns), axis=over),
            y=alt.Y("name:N", title=None, sort=None, axis=beside),
        )
        boxes = base.mark_rect(cornerRadius=2).encode(
            color=alt.Color("shade:Q", scale=alt.Scale(domain=[0, 1], range=PALE), legend=None),
            stroke=alt.value("white"),
            tooltip=tips(label=" "),
        )
        numbers = base.mark_text(fontSize=14, color=INK).encode(text="people:Q")
        return layer_silently(boxes, numbers, height=max(40 * len(told), 80))

    return Picture(make, rows, f"{what}. {'; '.join(told)}.")


def show_ranges(what: str, title: str, domain: tuple[float, float], table: pd.DataFrame) -> Picture:
    """Return ranges, the name above each: a line from the lowest to the highest, a box over the middle half, the median.

    Parameters
    ----------
    what, title : str
        As for `show_bars`.
    domain : (float, float)
        From where to where the axis reaches.
    table : DataFrame
        ``key, name, low, first, middle, third, high, label``, a row a range; first and third are quartiles.
    """
    rows = _rows(table, "low", "first", "middle", "third", "high")

    def make() -> alt.TopLevelMixin:
        base, y, height = _lines(len(rows))
        scale = alt.Scale(domain=list(domain), nice=False)
        line = base.mark_rule(strokeWidth=2, color=QUIET, yOffset=LINE).encode(
            x=alt.X("low:Q", title=title, scale=scale), x2="high:Q", y=y
        )
        tick = base.mark_tick(thickness=2, size=12, color=QUIET, yOffset=LINE)
        ends = [tick.encode(x=alt.X(f"{end}:Q", scale=scale), y=y) for end in ("low", "high")]
        half = base.mark_bar(height=12, cornerRadius=0, color=SCALE[2], stroke=SCALE[5], strokeWidth=1, yOffset=LINE)
        middle = base.mark_point(shape="diamond", filled=True, opacity=1, size=130, color=PALETTE[1], yOffset=LINE)
        return layer_silently(
            line,
            *ends,
            half.encode(x=alt.X("first:Q", scale=scale), x2="third:Q", y=y),
            middle.encode(x=alt.X("middle:Q", scale=scale), y=y, stroke=alt.value("white"), tooltip=tips(label=" ")),
            *_words(base, y),
            height=height,
        )

    return Picture(make, rows, _said(rows, f"{what}: {len(rows)} ranges, each with its middle"))


def _rows(table: pd.DataFrame, *numbers: str) -> pd.DataFrame:
    """Return what is drawn of a table, and no more: all that is in a picture's rows travels to the page."""
    names = [name_above(str(name)) for name in table["name"]]
    return table[["key", "name", *numbers, "label"]].assign(name=names)


def _said(rows: pd.DataFrame, what: str) -> str:
    return f"{what}. {'; '.join(rows['label'].head(3))}."
