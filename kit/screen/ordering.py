"""A list that a learner puts in order: by dragging, with the arrow buttons of an item, or with the arrow keys."""

from __future__ import annotations

from collections.abc import Sequence

import anywidget
import traitlets

from kit.screen.elements import read_script


class Ordering(anywidget.AnyWidget):
    """Texts in an order that can be changed.

    Parameters
    ----------
    items : sequence of str
        The texts, none twice, in the order shown first.

    Attributes
    ----------
    items : list of str
        The texts as they stand.
    moved : bool
        Whether the learner has moved one, so that an order nobody has touched is not taken for an answer.
    """

    _esm = read_script("ordering.js")
    items = traitlets.List(traitlets.Unicode()).tag(sync=True)
    label = traitlets.Unicode().tag(sync=True)
    moved = traitlets.Bool(False).tag(sync=True)
    disabled = traitlets.Bool(False).tag(sync=True)

    def __init__(self, items: Sequence[str], *, label: str = "Put these in order") -> None:
        super().__init__(items=list(items), label=label)

    def __repr__(self) -> str:
        return f"Ordering({len(self.items)} items)"
