"""A list of cards of which one is chosen: what stands open where a list that opens would hide too much."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import anywidget
import traitlets

from kit.screen.elements import read_script


class Cards(anywidget.AnyWidget):
    """Texts that are read whole, one of which can be chosen by a click or with the arrow keys.

    A click tells which list it was made in. If that has been filled anew in the meantime, nothing is chosen: no click
    lands on another text than the one seen.

    Parameters
    ----------
    name : str
        What the list is called, by its heading and by a screen reader.
    rows : int
        How many lines are seen before it scrolls.
    options : sequence of (str, Any)
        Each label with its value. In a label, lines before the last say in small letters where the rest is from.
    moved : callable, optional
        Called with a value and by how many places its card was dragged; without it, cards cannot be dragged.

    Attributes
    ----------
    options : list of (str, Any)
        What is offered; set it with `fill`.
    value : Any
        The value of the chosen card; None for none.
    """

    _esm = read_script("cards.js")
    description = traitlets.Unicode().tag(sync=True)
    rows = traitlets.Int(7).tag(sync=True)
    movable = traitlets.Bool(False).tag(sync=True)
    offer = traitlets.Dict().tag(sync=True)
    index = traitlets.Int(None, allow_none=True).tag(sync=True)
    wish = traitlets.Dict().tag(sync=True)
    # Not sent to the page: a value may be anything, and the page knows places alone.
    value = traitlets.Any(None, allow_none=True)

    def __init__(
        self,
        name: str,
        rows: int = 7,
        options: Sequence[tuple[str, Any]] = (),
        *,
        moved: Callable[[Any, int], object] | None = None,
    ) -> None:
        self._moved, self.options = moved, list(options)
        offer = {"number": 0, "labels": [label for label, _ in options]}
        super().__init__(description=name, rows=rows, offer=offer, movable=moved is not None)

    def fill(self, options: Sequence[tuple[str, Any]], chosen: Any = None) -> None:
        """Offer new options, of which one may be chosen already."""
        self.options = list(options)
        labels = [label for label, _ in options]
        # In one message: between two the page would show the old choice in the new list.
        with self.hold_sync():
            if labels != self.offer["labels"]:
                self.offer = {"number": self.offer["number"] + 1, "labels": labels}
            self.value = chosen
            self._show()

    @traitlets.validate("value")
    def _offered(self, proposal: dict[str, Any]) -> Any:
        """What is not offered cannot be chosen."""
        return proposal["value"] if proposal["value"] in self._values() else None

    @traitlets.observe("value")
    def _show(self, _change: Any = None) -> None:
        self.index = self._values().index(self.value) if self.value in self._values() else None

    def on_choice(self, callback: Callable[[Any], object]) -> None:
        """Call back with the value that the reader chooses."""
        self.observe(lambda change: None if change["new"] is None else callback(change["new"]), "value")

    def _values(self) -> list[Any]:
        return [value for _, value in self.options]

    @traitlets.observe("wish")
    def _hear(self, change: dict[str, Any]) -> None:
        """Choose or move what was clicked or dragged; what comes from a page may be anything."""
        wish = change["new"]
        place, to = wish.get("index"), wish.get("to")
        if wish.get("number") != self.offer["number"] or not self._stands(place):
            return
        value = self.options[place][1]
        if self._moved and self._stands(to):
            self._moved(value, to - place)
        else:
            self.value = value

    def _stands(self, place: Any) -> bool:
        # True is an int to Python, and would be place 1.
        return isinstance(place, int) and not isinstance(place, bool) and 0 <= place < len(self.options)

    def __repr__(self) -> str:
        return f"{self.description}: {len(self.options)} to choose from"
