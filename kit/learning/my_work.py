"""My work: where it is, and how to take it along: a file, a page to print, a slip for class."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, TypeVar

import ipywidgets
import pandas as pd

from kit.case import Case
from kit.errors import PortfolioError
from kit.learning.document import MAX_BYTES
from kit.learning.earlier_versions import EarlierVersions
from kit.learning.on_paper import heading_of, printable_page
from kit.learning.portfolio import CasePortfolio, portfolio
from kit.learning.progress import course
from kit.learning.save_cue import SaveCue
from kit.learning.sharing import sharing_controls
from kit.learning.slip import in_brief, make_slip, wrap_slip
from kit.screen import html, runtime
from kit.screen.controls import button, row, text_box
from kit.screen.copy_button import Copy
from kit.screen.download import Download
from kit.screen.leave_button import Leave
from kit.screen.live_region import Live
from kit.screen.still_text import Still
from kit.screen.upload import Upload

FILE = "parley-portfolio.json"
_Button = TypeVar("_Button", Download, Leave)


class MyWork(Still, ipywidgets.VBox):
    """What a learner has answered so far, with Download, Restore, a page to print and a slip."""

    aim = "see your work, download it or print it"
    what_it_is = "What you have answered and written in each part."

    def __init__(self, case: Case) -> None:
        self.case, self.store = case, portfolio(case)
        self.summary = ipywidgets.HTML()
        self.name = text_box("Your name in class (a pseudonym)", self.store.file.pseudonym)
        self.name.observe(self._rename, "value")
        self.download = download_button(self.store)
        self.page = Download("Download a page to print", "my-answers.html", kind="text/html", make=self._printed)
        self.upload = Upload("Restore from a file:", self._restore, MAX_BYTES)
        self.told = Live()
        super().__init__(
            [
                self.summary,
                self.name,
                row(self.download, self.upload, self.page),
                self.told,
                *self._slip(),
                EarlierVersions(case),
                *sharing_controls(self.store),
                *leave_button(self.store),
                SaveCue(self.store),
            ]
        )
        self.add_class("parley-work")
        self.store.on_change(lambda _key: self._draw())
        self._draw()

    def _slip(self) -> list[ipywidgets.Widget]:
        """Make the controls of the slip."""
        self.parts = {
            unit: ipywidgets.Checkbox(description=f"{unit} {part['title']}", indent=False, layout={"width": "auto"})
            for unit, part in course().items()
        }
        self.make, self.copy = button("Make a slip for class", self.make_slip), Copy("Copy the slip")
        self.copy.layout.display = "none"
        self.slip = ipywidgets.Textarea(description="Slip", rows=6, layout={"width": "auto", "display": "none"})
        self.carried = Live()
        text = (
            "A slip is a short text with your answers to the parts you choose, to paste into the class chat. With none "
            "chosen, all go in."
        )
        asked = ipywidgets.HTML(html.tag("p", text))
        return [asked, row(*self.parts.values()), row(self.make, self.copy), self.slip, self.carried]

    @property
    def table(self) -> pd.DataFrame:
        """Everything kept: ``part, answer, saved``, a row an answer."""
        rows = [(key.partition("/")[0], heading_of(key), self.store.saved_at(key)[:16]) for key in self.store.entries()]
        return pd.DataFrame(rows, columns=["part", "answer", "saved"])

    def restore(self, data: bytes) -> bool:
        """Merge a downloaded file into the portfolio and say what came of it."""
        try:
            told = self.store.file.restore(data)
        except PortfolioError as problem:
            self.told.say(f"✗ Not restored: {problem} Your present work stays as it is.")
            return False
        counts = f"New answers: {told['new']}; newer than yours: {told['updated']}; not newer: {told['kept']}."
        self.told.say(
            f"✓ Restored. {counts} Nothing was dropped. Run the cells above once more to see your answers in them."
        )
        self.name.value = self.store.file.pseudonym
        return True

    def make_slip(self) -> str:
        """Show a slip of the chosen parts, or of all if none is chosen; return its text."""
        units = [unit for unit, part in self.parts.items() if part.value] or list(course())
        answers = in_brief(self.store.entries(), [f"{unit}/" for unit in units])
        made = make_slip(answers, self.store.file.pseudonym, self.case.name)
        self.slip.value = self.copy.text = wrap_slip(made.text)
        self.slip.layout.display = self.copy.layout.display = ""
        said = f"Answers in the slip: {len(made.carried)}. Copy all of it."
        left = "; ".join(f"part {key.partition('/')[0]}: {heading_of(key)}" for key in made.left_out)
        too_long = html.tag("p", f"Too long for a slip, so hand it in another way: {left}.") if left else None
        self.carried.html = html.join(html.tag("p", said), too_long)
        return self.slip.value

    def _rename(self, change: dict[str, Any]) -> None:
        # Restoring a file sets the field, too; that name is kept already.
        if change["new"] != self.store.file.pseudonym:
            self.store.file.pseudonym = change["new"]

    def _restore(self, data: bytes | None) -> None:
        if data is None:
            self.told.say(f"✗ Not restored: a file larger than {MAX_BYTES // 1_000_000} MB is no portfolio.")
        else:
            self.restore(data)

    def _printed(self) -> bytes:
        day = datetime.now(UTC).date().isoformat()
        return printable_page(self.case, self.store.entries(), self.store.file.pseudonym, day).encode()

    def _draw(self) -> None:
        entries = self.store.entries()
        counts = {unit: sum(key.startswith(f"{unit}/") for key in entries) for unit in course()}
        items = [f"{course()[unit]['title']}: {count}" for unit, count in counts.items() if count]
        place = f"They are kept {runtime.place_of(self.store.file.path)}."
        others = len(self.store.file.entries()) - len(entries)
        self.summary.value = html.join(
            html.tag("p", html.tag("strong", f"Answers kept: {len(entries)}. "), place),
            html.bullets(items) if items else None,
            html.tag("p", f"In the same file: {others} to other cases.") if others else None,
            _warning(),
        )


def download_button(store: CasePortfolio) -> Download:
    """Return a button that downloads the portfolio; the page holds its last state even if the kernel stops."""
    # Made with each save and not when it is pressed: then there may be no kernel any more, and this matters most.
    return _with_work(Download("Download my work", FILE, kind="application/json"), store)


def leave_button(store: CasePortfolio) -> list[ipywidgets.Widget]:
    """Return the button for a shared computer, in a browser that keeps the work; nothing elsewhere."""
    if runtime.drive() is None:
        return []
    said = "On a shared computer, take your work with you before you leave, and clear this browser."
    return [ipywidgets.HTML(html.tag("p", said)), _with_work(Leave(filename=FILE), store)]


def _with_work(button: _Button, store: CasePortfolio) -> _Button:
    """Return a button that holds the learner's work as it is after each save."""

    def renew(_key: str = "") -> None:
        button.content = store.file.download()

    store.on_change(renew)
    renew()
    return button


def reminder(store: CasePortfolio) -> list[ipywidgets.Widget]:
    """Return what stands at the end of a part where work can be lost: why to download now, and the button."""
    said = _warning()
    return [ipywidgets.HTML(said), download_button(store)] if said else []


def _warning() -> html.Html | None:
    said = runtime.warning()
    return html.tag("p", html.tag("strong", "⚠ "), said) if said else None
