"""The two sheets of unit 06: what a delegation is told, and what it plans before it plays."""

from __future__ import annotations

import ipywidgets

from kit.case import Case
from kit.file_names import name_files
from kit.learning.portfolio import portfolio
from kit.learning.save_cue import SaveCue
from kit.negotiation import sheets, tables
from kit.negotiation.kept_game import PLAN_KEY, VERSIONS, kept_version, share_version
from kit.rows import as_mapping
from kit.screen import html
from kit.screen.controls import dropdown, note, nothing_here, text_box, toggles
from kit.screen.download import Download
from kit.screen.explorer import Explorer
from kit.screen.still_text import Still
from kit.screen.stylesheet import stylesheet

# What a delegation writes before it plays: under which name it is kept, the question, and a hint.
PLAN = {
    "aims": (
        "What do we want most, and where can we give way?",
        "Two issues that we must win, and one that costs us little.",
    ),
    "batna": ("What do we do without a deal, and what is that worth?", "In words, and the number on the sheet."),
    "theirs": ("What may the other side need, and why?", "A guess: you will ask them."),
    "first": ("What is our first offer, and what do we ask before we make it?", "One option on each issue."),
}
LONGEST_PLAN = 2_000  # characters of one answer; what is kept may come from any file


class RoleSheet(Explorer):
    """One delegation's confidential sheet, hidden until it is asked for, and a file that prints on one page.

    Parameters
    ----------
    delegation : str, optional
        Whose; the first one's if none is given. "mediator" has a sheet too.

    Attributes
    ----------
    delegation, version : widgets
        Whose sheet, and under which names.
    show_sheet : ToggleButton
        Whether it is open; choosing another delegation closes it.
    selected : str or None
        Whose sheet is open, if one is.
    table : DataFrame
        The points on the open sheet; empty while it is hidden.
    """

    def __init__(self, case: Case, delegation: str | None = None) -> None:
        found = tables.lab(case)
        if found is None:
            super().__init__(case, picture=[nothing_here("negotiation")])
            return
        self.lab = tables.lab(case, kept_version(case, found)) or found
        names = sheets.seats_of(self.lab)
        chosen = delegation if delegation in names else next(iter(names))
        self.version = toggles("Names", [(VERSIONS[key], key) for key in self.lab.versions], self.lab.version)
        self.delegation = dropdown("I am", [(title, key) for key, title in names.items()], chosen)
        self.show_sheet = ipywidgets.ToggleButton(value=False, description="Show my sheet").add_class("parley-button")
        self.download = Download("Save my sheet for printing", "sheet.html", kind="text/html")
        self.sheet = ipywidgets.HTML()
        care = ipywidgets.HTML(note(self.lab.care))
        controls = [self.version, self.delegation, self.show_sheet, self.download]
        super().__init__(case, controls=controls, picture=[self.sheet, care])
        # A sheet rests on no sentence of the articles, so it has the whole width.
        self.add_class("parley-alone")
        self.version.observe(lambda _: self._rename(), "value")
        share_version(case, self.version)
        self.delegation.observe(lambda _: None if self._echoing else self._close(), "value")
        self.show_sheet.observe(lambda change: self.choose(self.delegation.value if change["new"] else None), "value")
        self._close()

    def _rename(self) -> None:
        self.lab = tables.lab(self.case, self.version.value) or self.lab
        with self.echoing():
            mine = self.delegation.value
            self.delegation.options = [(title, key) for key, title in sheets.seats_of(self.lab).items()]
            self.delegation.value = mine
        self._close()

    def _close(self) -> None:
        seats = sheets.seats_of(self.lab)
        names = dict(zip(seats, name_files(seats.values(), "delegation"), strict=True))
        self.download.filename = f"sheet-{names[self.delegation.value]}.html"
        page = sheets.role_sheet_html(self.case, self.delegation.value, self.version.value)
        self.download.content = page.encode()
        self.show_sheet.value = False
        self.choose(None)
        self.invite()  # also where nothing was chosen before, so that the name above is the new one

    def invite(self, words: str | None = None) -> None:
        """Hide the sheet, and say how it is opened."""
        self._table = self._table.iloc[:0]
        self.show_sheet.description = "Show my sheet"
        title = html.tag("h3", sheets.seats_of(self.lab)[self.delegation.value])
        hidden = "Hidden. Make sure that nobody looks over your shoulder, then press 'Show my sheet'."
        self.sheet.value = html.join(title, html.tag("p", words or hidden))

    def show(self, key: str) -> None:
        """Show a delegation's sheet."""
        self.show_sheet.description = "Hide my sheet"
        self._table = tables.score_table(self.lab, key) if key in self.lab.seats else self._table.iloc[:0]
        name = html.tag("h3", sheets.seats_of(self.lab)[key])
        self.sheet.value = html.join(name, html.tag("div", sheets.sheet_body(self.lab, key), class_="parley-sheet"))


class PlanningSheet(Still, ipywidgets.VBox):
    """Four questions to answer before the first offer; what is written is kept in the portfolio.

    Attributes
    ----------
    fields : dict of str to Textarea
        aims, batna, theirs, first.
    """

    aim = "open the planning sheet"

    def __init__(self, case: Case) -> None:
        self.case, self.store = case, portfolio(case)
        kept = as_mapping(self.store.read(PLAN_KEY))
        self.fields = {
            name: text_box(question, _text(kept.get(name)), rows=3, hint=hint)
            for name, (question, hint) in PLAN.items()
        }
        for field in self.fields.values():
            field.observe(lambda _: self._keep(), "value")
        super().__init__([*self.fields.values(), SaveCue(self.store, PLAN_KEY), stylesheet()])
        self.add_class("parley-explorer")
        self.add_class("parley-plan")

    def _keep(self) -> None:
        self.store.save(PLAN_KEY, {name: _text(field.value) for name, field in self.fields.items() if field.value})

    def __repr__(self) -> str:
        return "Run this cell to open the planning sheet."


def _text(value: object) -> str:
    return value[:LONGEST_PLAN] if isinstance(value, str) else ""
