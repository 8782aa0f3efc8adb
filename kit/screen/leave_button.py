"""One button for a shared computer: the learner's file is handed out, then all that the browser has kept is removed."""

from __future__ import annotations

import anywidget
import traitlets

from kit.screen.elements import read_script


class Leave(anywidget.AnyWidget):
    """A button that gives the learner the file, and at the second press clears what this site has kept in the browser.

    Two presses, since the page cannot see whether the file has arrived, and a cleared browser has no copy.
    """

    _esm = read_script("leave_button.js")
    content = traitlets.Bytes().tag(sync=True)
    filename = traitlets.Unicode().tag(sync=True)

    def __repr__(self) -> str:
        return "Leave()"
