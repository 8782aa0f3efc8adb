"""Keys pressed in an output stay there: they choose in lists, and are no commands to the notebook."""

from __future__ import annotations

from pathlib import Path

import anywidget


class Keys(anywidget.AnyWidget):
    """A hidden part of an output that keeps what is typed in its controls from JupyterLab's shortcuts.

    Without it, who chooses in a list by its first letter turns the cell into text ("m") or deletes it ("d d").
    """

    _esm = Path(__file__).with_suffix(".js")

    def __repr__(self) -> str:
        return "Keys()"
