"""A button that copies a text, such as a slip that goes into a chat."""

from __future__ import annotations

from pathlib import Path

import anywidget
import traitlets


class Copy(anywidget.AnyWidget):
    """A button that puts a text into the clipboard.

    Parameters
    ----------
    label : str
        What stands on the button.

    Attributes
    ----------
    text : str
        What is copied.
    """

    _esm = Path(__file__).with_suffix(".js")
    label = traitlets.Unicode().tag(sync=True)
    text = traitlets.Unicode().tag(sync=True)

    def __init__(self, label: str) -> None:
        super().__init__(label=label)

    def __repr__(self) -> str:
        return f"Copy({self.label!r})"
