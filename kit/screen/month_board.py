"""A year in months on which things are placed: by a click, by dragging, or with the arrow keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import anywidget
import traitlets

from kit.screen.elements import read_script


class MonthBoard(anywidget.AnyWidget):
    """A row for each thing, a column for each month, and sums by quarter below.

    The board decides nothing: a learner's wish to place something goes to Python, which sets ``items`` anew if it is
    granted.

    Parameters
    ----------
    wished : callable
        Called with a key and a month when the learner wants to place something there; month 0 takes it off the board.
    cost_title : str
        What stands over the column of costs.

    Attributes
    ----------
    items : list of dict
        ``key, title, cost`` (short text), ``label`` (what a screen reader says of the row), ``start`` (month, 0 if it is
        not placed), ``ready`` (month from which it is at work) and ``open`` (months in which it can start).
    sums : list of dict
        ``name`` and ``cells``, each a dict of ``text`` and ``over``: whether it is too much.
    """

    _esm = read_script("month_board.js")
    items = traitlets.List(traitlets.Dict()).tag(sync=True)
    sums = traitlets.List(traitlets.Dict()).tag(sync=True)
    months = traitlets.Int(12).tag(sync=True)
    label = traitlets.Unicode().tag(sync=True)
    cost_title = traitlets.Unicode().tag(sync=True)
    value = traitlets.Unicode().tag(sync=True)
    wish = traitlets.Dict().tag(sync=True)

    def __init__(self, wished: Callable[[str, int], object], *, label: str, cost_title: str = "") -> None:
        super().__init__(label=label, cost_title=cost_title)
        self._wished = wished

    @property
    # As a dropdown has them, so that `Explorer.link` can show in the board what is chosen elsewhere.
    def options(self) -> Sequence[str]:
        """The keys that can be chosen, as a list of choices has them."""
        return ["", *(item["key"] for item in self.items)]

    @traitlets.observe("wish")
    def _hear(self, change: dict[str, Any]) -> None:
        """Pass a wish on; what comes from a page may be anything."""
        key, month = change["new"].get("key"), change["new"].get("month")
        known = any(item["key"] == key for item in self.items)
        if known and isinstance(month, int) and not isinstance(month, bool) and 0 <= month <= self.months:
            self._wished(key, month)

    def __repr__(self) -> str:
        return f"{self.label}: {sum(bool(item['start']) for item in self.items)} of {len(self.items)} placed"
