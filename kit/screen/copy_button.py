"""A button that copies a text, such as a slip that goes into a chat."""

from __future__ import annotations

import anywidget
import traitlets

from kit.screen.elements import read_script


class Copy(anywidget.AnyWidget):
    """A button that puts a text into the clipboard."""

    _esm = read_script("copy_button.js")
    label = traitlets.Unicode().tag(sync=True)
    text = traitlets.Unicode().tag(sync=True)

    def __init__(self, label: str) -> None:
        super().__init__(label=label)

    def __repr__(self) -> str:
        return f"Copy({self.label!r})"
