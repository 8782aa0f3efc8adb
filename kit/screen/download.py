"""A button that hands a file to the browser, with no server and no network."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import anywidget
import traitlets

from kit.screen.elements import read_script


class Download(anywidget.AnyWidget):
    """A button that downloads bytes which the page already holds.

    It works even when the kernel has gone, as on Binder after ten idle minutes: the page keeps the last bytes it was
    given.

    Attributes
    ----------
    make : callable or None
        Makes the bytes when the button is pressed; without a kernel the last ones are taken.
    patience : float
        Seconds that the kernel has to make them before the last ones are taken.
    """

    _esm = read_script("download.js")
    label = traitlets.Unicode().tag(sync=True)
    filename = traitlets.Unicode().tag(sync=True)
    content = traitlets.Bytes().tag(sync=True)
    kind = traitlets.Unicode().tag(sync=True)
    made = traitlets.Bool(False).tag(sync=True)
    patience = traitlets.Float(3.0).tag(sync=True)
    make: Callable[[], bytes] | None = None

    def __init__(
        self,
        label: str,
        filename: str,
        content: bytes = b"",
        kind: str = "application/octet-stream",
        make: Callable[[], bytes] | None = None,
    ) -> None:
        self.make = make
        super().__init__(label=label, filename=filename, content=content, kind=kind, made=make is not None)
        self.on_msg(self._asked)

    def _asked(self, _widget: Any, message: Any, _buffers: Any) -> None:
        if message == "make" and self.make is not None:
            self.content = self.make()
            self.send("made")

    def __repr__(self) -> str:
        return f"Download({self.label!r})"
