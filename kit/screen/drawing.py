"""What the charts of all units are drawn with: Altair itself, and the few turns of phrase that each chart needs.

Charts import ``alt`` from here. Altair takes a second to import, so this module is imported by modules of charts alone.
"""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Any

_GRAMMARS = "rfc3987_syntax"


def _spare_grammars() -> None:
    """Import jsonschema, which Altair needs, without a checker of web addresses that no chart uses.

    It builds 38 grammars while it is imported. Without it `import altair` took 1.1 s in place of 3 to 5 (two cores, three
    runs each), and jsonschema has no switch for it: hence this one touch of `sys.modules`, undone at once.
    """
    if _GRAMMARS in sys.modules:
        return
    sys.modules[_GRAMMARS] = None  # type: ignore[assignment]  # Python's own way to say: not to be imported
    try:
        import_module("jsonschema")
    finally:
        del sys.modules[_GRAMMARS]


_spare_grammars()

import altair as alt  # noqa: E402

from kit.screen.theme import INK, PALETTE, SCALE  # noqa: E402

__all__ = [
    "alt", "bars_with_numbers", "if_chosen", "layer_silently", "make_pick", "only", "source", "tips", "write_beside",
]  # fmt: skip


def source() -> alt.Data:
    """Return the data source of every chart shown by `kit.screen.chart.Chart`: rows that Python puts in later."""
    return alt.Data(name="rows")


def tips(**titles: str) -> list[alt.Tooltip]:
    """Return the lines of a tooltip: each field of the rows under the words that a reader sees before its value."""
    return [alt.Tooltip(f"{field}:N", title=title) for field, title in titles.items()]


def make_pick(name: str = "pick", **more: Any) -> alt.Parameter:
    """Return the parameter that a click on a mark sets to the mark's ``key``."""
    return alt.selection_point(name=name, fields=["key"], **more)


def if_chosen(yes: Any, no: Any, name: str = "pick") -> Any:
    """Return a condition that holds for what is chosen, and for nothing while nothing is."""
    return alt.condition({"param": name, "empty": False}, alt.value(yes), alt.value(no))


def only(base: alt.Chart, what: str, field: str = "what") -> alt.Chart:
    """Return a chart over those rows alone whose column ``what`` says this."""
    return base.transform_filter(f"datum.{field} === '{what}'")


def bars_with_numbers(x: alt.X, y: alt.Y, number: str, *, size: int) -> tuple[alt.Chart, alt.Chart]:
    """Return bars that a click chooses, and the number at the end of each."""
    base = alt.Chart(source()).encode(x=x, y=y)
    bars = base.mark_bar(size=size).encode(
        fill=if_chosen(PALETTE[5], SCALE[3]), stroke=if_chosen(INK, SCALE[3]), strokeWidth=if_chosen(2.5, 0)
    )
    return bars.add_params(make_pick()), base.mark_text(align="left", dx=5, fontSize=13).encode(text=number)


def write_beside(base: alt.Chart, shift: float, **look: Any) -> list[alt.Chart]:
    """Return words to the right and to the left of marks, as the column ``side`` says, so many pixels from them."""
    sides: Any = (("right", "left", shift), ("left", "right", -shift))
    return [only(base, side, "side").mark_text(align=align, dx=dx, **look) for side, align, dx in sides]


def layer_silently(*layers: alt.Chart, **properties: Any) -> alt.TopLevelMixin:
    """Return layers as one chart, whose marks are said by its text alternative and its list, not by the drawing.

    Vega gives a group of marks a role even when there are none in it, which a screen reader then finds without a name.
    """
    for layer in layers:
        layer.mark.aria = False
    return alt.layer(*layers).properties(**properties)
