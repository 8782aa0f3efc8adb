"""Buttons that take files from somebody's machine, and refuse what is too large before it is sent."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import anywidget
import traitlets


class Upload(anywidget.AnyWidget):
    """A file field with a name, for files of any kind: mail and LMS give them endings of their own.

    ipywidgets' own sends whatever is chosen: a film instead of a portfolio would break the connection to the kernel.

    Parameters
    ----------
    on_file : callable
        Called with the bytes of the file, or with None if it is too large.
    limit : int
        The most bytes that are sent.
    """

    _esm = Path(__file__).with_suffix(".js")
    label = traitlets.Unicode().tag(sync=True)
    limit = traitlets.Int().tag(sync=True)
    many = traitlets.Bool(False).tag(sync=True)

    def __init__(self, label: str, on_file: Callable[[bytes | None], object], limit: int = 10_000_000) -> None:
        self.on_file = on_file
        super().__init__(label=label, limit=limit)
        self.on_msg(self._received)

    def _received(self, _widget: Any, message: Any, buffers: Any) -> None:
        if message == "too large":
            self.on_file(None)
        elif message == "file" and buffers:
            # The page has looked at the size already; what comes from a page may be anything.
            data = bytes(buffers[0])
            self.on_file(data if len(data) <= self.limit else None)

    def __repr__(self) -> str:
        return f"Upload({self.label!r})"


class Uploads(Upload):
    """A file field for many files at once, which can also be dropped on it.

    Parameters
    ----------
    on_files : callable
        Called once with all files: bytes by name, None for one that is too large. Two of one name are told apart.
    limit : int
        The most bytes that are sent of one file.
    """

    def __init__(
        self,
        label: str,
        on_files: Callable[[dict[str, bytes | None]], object],
        limit: int = 10_000_000,
    ) -> None:
        self.on_files = on_files
        self._arrived: dict[str, bytes | None] = {}
        super().__init__(label, lambda _data: None, limit)
        self.many = True

    def _received(self, _widget: Any, message: Any, buffers: Any) -> None:
        if not isinstance(message, dict):
            return
        name = free = str(message.get("name", "a file"))
        while free in self._arrived:
            free = f"{name} ({len(self._arrived)})"
        data = bytes(buffers[0]) if buffers else None
        self._arrived[free] = data if data is not None and len(data) <= self.limit else None
        if message.get("last"):
            arrived, self._arrived = self._arrived, {}
            self.on_files(arrived)

    def __repr__(self) -> str:
        return f"Uploads({self.label!r})"
