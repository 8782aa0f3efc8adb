"""The hidden part of every output: it brings the kit's stylesheet to the page, once, and keeps an answer in view."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import anywidget
import ipywidgets

from kit.screen import theme

_HERE = Path(__file__).parent
# Comments, and blanks that CSS does without: each notebook is sent this text.
_SPARED = re.compile(r"/\*.*?\*/|(?<=[{};:,])\s+|\s+(?=[{}])", re.DOTALL)


def css(*, night: bool = True) -> str:
    """Return the whole stylesheet without comments and blanks: the colours as variables, then ``parley.css``.

    A page that stays light, such as one to be printed, leaves the colours by night out.
    """
    return theme.css_variables(night=night) + _SPARED.sub("", (_HERE / "parley.css").read_text(encoding="utf-8"))


class Stylesheet(anywidget.AnyWidget):
    """One model for a whole page; each output that shows something of the kit has a hidden view of it.

    The style comes with the model, so that no HTML needs to carry it. Each view sees to its own output: keys that are
    typed in it are no commands to the notebook, and an answer that a click has changed is scrolled into view.
    """

    _esm = _HERE / "stylesheet.js"
    _css = css()

    def __repr__(self) -> str:
        return "Stylesheet()"


class Shared:
    """One widget for a whole kernel: made when it is first asked for, and anew only if somebody closed all widgets."""

    def __init__(self, make: Callable[[], ipywidgets.Widget]) -> None:
        self._make = make
        self._made: ipywidgets.Widget | None = None

    def __call__(self) -> ipywidgets.Widget:
        """Return the widget."""
        if self._made is None or self._made.comm is None:
            self._made = self._make()
        return self._made


stylesheet = Shared(Stylesheet)
