"""A small tick beside whatever keeps an answer: saved, not saved and why, or not connected."""

from __future__ import annotations

import ipywidgets

from kit.learning.portfolio import CasePortfolio
from kit.screen import html, runtime
from kit.screen.connection import Connection
from kit.screen.controls import button
from kit.screen.still_text import Still
from kit.screen.stylesheet import stylesheet

SAVED = "✓ Saved"
SCRATCH = "Only to look at: nothing here goes into your portfolio."


class SaveCue(Still, ipywidgets.HBox):
    """Says when an answer is on disk, offers another try if it is not, and warns while the kernel is gone.

    Parameters
    ----------
    *keys : str
        What the answers beside it are kept under, or what their keys begin with; without one, any key.
    """

    aim = "see whether your answers are kept"

    def __init__(self, store: CasePortfolio, *keys: str) -> None:
        self.portfolio, self._keys, self._good = store, keys or ("",), ""
        self.line = Connection()
        self.again = button("Try to save again", store.file.retry)
        super().__init__([self.line, self.again, stylesheet()])
        self.layout.align_items = "center"
        self._good, saved = _words(self.portfolio)

        def follow(key: str) -> None:
            # "Saved" beside an answer is about that answer; that the disk is full is about all of them.
            if key.startswith(self._keys):
                self._good = saved
            self._tell()

        self.portfolio.on_change(follow)
        self._tell()

    def _tell(self) -> None:
        reason = self.portfolio.file.status.partition(": ")[2].rstrip(".")
        text = f"⚠ Not saved: {reason}. Until it is, your answer stays in this open notebook." if reason else self._good
        self.line.html = html.tag("span", html.join(text, self.portfolio.file.notice or None, sep=html.tag("br")))
        self.again.layout.display = "inline-flex" if reason else "none"

    @property
    def text(self) -> str:
        """What the cue says, as HTML."""
        return str(self.line.html)


def _words(store: CasePortfolio) -> tuple[str, str]:
    """Return what the cue says before the first answer and after each one."""
    if store.file.is_scratch:
        return SCRATCH, SCRATCH
    if store.file.path is None:
        return runtime.PAGE, runtime.PAGE
    return "", SAVED  # nothing to say before there is something to save
