"""A button that takes a file from the learner's machine, and refuses one that is too large before it is sent."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import anywidget
import traitlets


class Upload(anywidget.AnyWidget):
    """A file field with a name.

    ipywidgets' own sends whatever is chosen: a film instead of a portfolio would break the connection to the kernel.

    Parameters
    ----------
    label : str
        What stands before the field.
    on_file : callable
        Called with the bytes of the file, or with None if it is too large.
    limit : int
        The most bytes that are sent.
    accept : str
        The kinds of file that the browser proposes.
    """

    _esm = Path(__file__).with_suffix(".js")
    label = traitlets.Unicode().tag(sync=True)
    limit = traitlets.Int().tag(sync=True)
    accept = traitlets.Unicode().tag(sync=True)

    def __init__(
        self, label: str, on_file: Callable[[bytes | None], object], limit: int = 10_000_000, accept: str = ""
    ) -> None:
        self.on_file = on_file
        super().__init__(label=label, limit=limit, accept=accept)
        self.on_msg(self._received)

    def _received(self, _widget: Any, message: Any, buffers: Any) -> None:
        if message == "too large":
            self.on_file(None)
        elif message == "file" and buffers:
            data = bytes(buffers[0])
            self.on_file(data if len(data) <= self.limit else None)

    def __repr__(self) -> str:
        return f"Upload({self.label!r})"
