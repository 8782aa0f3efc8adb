"""A region whose changes a screen reader says: feedback, hints, saved or not saved."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import anywidget
import traitlets

from kit.screen.html import Html, tag


class Live(anywidget.AnyWidget):
    """Text that is spoken when it changes.

    Its element stays while its content is replaced: a region that is itself replaced, as in ipywidgets' ``HTML``, is
    often not spoken.
    """

    _esm = Path(__file__).with_suffix(".js")
    html = traitlets.Unicode().tag(sync=True)

    def __init__(self, html: Html | str = "") -> None:
        super().__init__(html=html)

    def say(self, *words: Any) -> None:
        """Put a paragraph in place of what was said before."""
        self.html = tag("p", *words)

    def __repr__(self) -> str:
        return f"{type(self).__name__}()"
