"""Explorers of unit 06: the role sheets and the debrief. The table itself is in `playing`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import ipywidgets

from kit.learning.portfolio import portfolio
from kit.negotiation import charts, debrief, sheets, tables
from kit.negotiation.game import Game
from kit.negotiation.playing import KEY, VERSIONS, kept_game, law, sheet_paper
from kit.screen import html
from kit.screen.chart import Chart
from kit.screen.controls import Listing, button, dropdown, lacking, note, paper, row, toggles
from kit.screen.download import Download
from kit.screen.evidence import Explorer

if TYPE_CHECKING:
    import pandas as pd

    from kit.case import Case

TIMES = [
    ("as on the sheet", 1.0),
    ("for nothing", 0.0),
    ("half as much", 0.5),
    ("one and a half times", 1.5),
    ("twice as much", 2.0),
]


class RoleSheet(Explorer):
    """One delegation's confidential sheet, hidden until it is asked for, and a file that prints on one page.

    Parameters
    ----------
    case : Case
    delegation : str, optional
        Whose; the first one's if none is given. "mediator" has a sheet too.

    Attributes
    ----------
    delegation, version : widgets
        Whose sheet, and under which names.
    show : ToggleButton
        Whether it is open; choosing another delegation closes it.
    table : DataFrame
        The points on the open sheet; empty while it is hidden.
    """

    def __init__(self, case: Case, delegation: str | None = None) -> None:
        found = tables.lab(case)
        if found is None:
            super().__init__(case, lacking("negotiation"))
            return
        self.lab = found
        names = sheets.seats_of(self.lab)
        chosen = delegation if delegation in names else next(iter(names))
        self.version = toggles("Names", [(VERSIONS[key], key) for key in self.lab.versions], self.lab.version)
        self.delegation = dropdown("I am", [(title, key) for key, title in names.items()], chosen)
        self.show = ipywidgets.ToggleButton(value=False, description="Show my sheet", layout={"width": "fit-content"})
        self.download = Download("Save my sheet for printing", "sheet.html", kind="text/html")
        self.care = ipywidgets.HTML(paper(html.tag("p", self.lab.care)) if self.lab.care else "")
        self.sheet = ipywidgets.HTML()
        super().__init__(case, self.care, self.version, row(self.delegation, self.show, self.download), self.sheet)
        self.panel.invite("Sheets are made for the game. The articles behind each issue open at the table below.")
        self.version.observe(lambda _: self._rename(), "value")
        self.delegation.observe(lambda _: self._close(), "value")
        self.show.observe(lambda _: self._draw(), "value")
        self._close()

    def _rename(self) -> None:
        self.lab = tables.lab(self.case, self.version.value) or self.lab
        mine = self.delegation.value
        self.delegation.options = [(title, key) for key, title in sheets.seats_of(self.lab).items()]
        self.delegation.value = mine
        self._close()

    def _close(self) -> None:
        self.show.value = False
        title = sheets.seats_of(self.lab)[self.delegation.value]
        self.download.filename = f"sheet-{re.sub(r'[^a-z0-9]+', '-', title.lower()).strip('-')}.html"
        page = sheets.role_sheet_html(self.case, self.delegation.value, self.version.value)
        self.download.content = page.encode()
        self._draw()

    def _draw(self) -> None:
        mine, open_ = self.delegation.value, self.show.value
        self.selected = mine if open_ else None
        self.show.description = "Hide my sheet" if open_ else "Show my sheet"
        scored = open_ and mine in self.lab.seats
        self._table = tables.score_table(self.lab, mine) if scored else self._table.iloc[:0]
        names = sheets.seats_of(self.lab)
        title = html.tag("h3", names[mine])
        hidden = note("Hidden. Make sure that nobody looks over your shoulder, then press 'Show my sheet'.")
        self.sheet.value = (
            sheet_paper(names[mine], sheets.sheet_body(self.lab, mine)) if open_ else paper(title, hidden)
        )


class Debrief(Explorer):
    """All possible deals, the one reached if there is one, what it left on the table, and who gave what.

    Parameters
    ----------
    case : Case
    game : Game, optional
        The game to look back on; the one in the portfolio if none is given.

    Attributes
    ----------
    across, up : Dropdown
        Whose points are the axes.
    count : ToggleButtons
        Whether the gains of the two on the axes count, or those of all delegations with points.
    whose, issue, times : Dropdown
        A weight to change: what if this mattered more, or less?
    deal : Listing
        Deals to be read: the points of theory, the offers made, the frontier.
    selected : dict or None
        The package that is read.
    table : DataFrame
        Who changed what, proposal by proposal; see `debrief.concessions`.
    """

    def __init__(self, case: Case, game: Game | None = None) -> None:
        found = game.lab if game else tables.lab(case)
        if found is None:
            super().__init__(case, lacking("negotiation"))
            return
        self._given, self.lab = game, found
        self.game: Game | None = None
        self.gate = ipywidgets.HTML()
        self.opener = button("Open the debrief", self.show)
        super().__init__(case, self.gate, self.opener)
        self.panel.invite("The picture shows everybody's points, so it opens after the game.")
        self._built = False
        self.store = portfolio(case)
        self.store.on_change(lambda key: self._kept_changed(key))
        self._wait()

    def _kept_changed(self, key: str) -> None:
        if key != KEY or self._given:
            return
        found = kept_game(self.case)
        if self._built and found is not None and found.over:
            self._reload()
        elif not self._built:
            self._wait()

    def _wait(self) -> None:
        found = self._given or kept_game(self.case)
        over = found is not None and found.over
        state = (
            "Your game is over."
            if over
            else "You have not finished a game yet. What follows shows all sides' points, and would spoil it."
        )
        self.gate.value = paper(html.tag("p", state))
        self.opener.description = "Open the debrief" if over else "Open it all the same"

    def show(self) -> None:
        """Show everything, whether or not the game is over."""
        if not self._built:
            self._furnish()
            self._built = True
        self._reload()

    def _furnish(self) -> None:
        seats = [(seat.title, key) for key, seat in self.lab.seats.items()]
        first, second = self.lab.parties
        self.across, self.up = dropdown("Across", seats, first), dropdown("Up", seats, second)
        self.count = toggles("Whose gains count", [("the two on the axes", "two"), ("all delegations", "all")], "two")
        self.whose = dropdown("What if, for", seats, first)
        self.issue = dropdown("the issue", [(each.title, key) for key, each in self.lab.issues.items()])
        self.times = dropdown("counted", TIMES, 1.0)
        self.chart = Chart(charts.deals_chart(), alt="All possible deals.", watch=charts.PRESSED)
        self.summary, self.weighed, self.card, self.story = (ipywidgets.HTML() for _ in range(4))
        self.deal = Listing("Read a deal", rows=7)
        self.again = button("Look at the game again", self._reload)
        parts = [
            row(self.across, self.up),
            *([self.count] if len(seats) > 2 else []),
            self.summary,
            self.chart,
            row(self.whose, self.issue, self.times),
            self.weighed,
            self.deal,
            self.card,
            self.story,
            self.again,
        ]
        self.children = (*parts, self.panel)
        self.panel.invite("Choose a deal in the list, or press one in the picture, to read its package.")
        for control in (self.across, self.up, self.count, self.whose, self.issue, self.times):
            control.observe(lambda _: self._turned(), "value")
        self.chart.observe(self._picked, "selected")
        self.deal.on_choice(self._read)

    def _reload(self) -> None:
        """Take up the game as it now stands."""
        self.game = self._given or kept_game(self.case)
        if self.game is not None and self.game.lab.version != self.lab.version:
            self._filling = True
            self.lab = self.game.lab
            for control in (self.across, self.up, self.whose):
                chosen = control.value
                control.options = [(seat.title, key) for key, seat in self.lab.seats.items()]
                control.value = chosen
            chosen = self.issue.value
            self.issue.options = [(each.title, key) for key, each in self.lab.issues.items()]
            self.issue.value = chosen
        elif self.game is not None:
            self.lab = self.game.lab
        if self.game is not None and len(self.game.players) > 2 and len(self.lab.seats) > 2:
            self.count.value = "all"
        self._filling = False
        self._draw()

    _filling = False

    def _turned(self) -> None:
        if not self._filling:
            self._draw()

    def _draw(self) -> None:
        if self.across.value == self.up.value:
            self.summary.value = paper(html.tag("p", "Choose two different delegations for the axes."))
            return
        lab = self.lab
        if self.times.value != 1:
            lab = lab.reweighted(self.whose.value, self.issue.value, self.times.value)
        self._view = debrief.view(
            lab, self.across.value, self.up.value, everybody=self.count.value == "all", game=self.game
        )
        rows = debrief.picture_rows(self._view)
        self.chart.rows = rows
        self.chart.alt = charts.deals_alt(rows, *self._view.titles)
        self.weighed.value = self._weight_told()
        said = [html.tag("p", words) for words in debrief.sentences(self._view)]
        self.summary.value = paper(*said)
        self._packages = debrief.readable(self._view)
        self.deal.fill([(words, key) for key, (words, _) in self._packages.items()])
        self.card.value = ""
        self._table = debrief.concessions(self.game) if self.game else self._table.iloc[:0]
        self.story.value = self._told()

    def _weight_told(self) -> str:
        """Return what the weight that is tried does to the zone; nothing while the points are as on the sheet."""
        if self.times.value == 1:
            return ""
        before = len(self.lab.negotiation(self._view.seats).zone())
        after = len(self._view.model.zone())
        name = self.lab.seats[self.whose.value].short
        return paper(
            html.tag(
                "p",
                f"With this weight {after:,} deals are worth signing for each side that counts; as on the sheets, {before:,}. "
                f"The other issues of {name} are scaled, so that its best package and its reservation value stay what they were.",
            )
        )

    def _told(self) -> html.Html:
        if not len(self._table):
            return paper(note("No offers have been made, so there is nobody's giving to look back on."))
        labels = {name: name.capitalize() for name in ("offer", "round", "who", "changed")}
        return paper(
            html.table(self._table, "Who gave what, and when (points as on each one's own sheet)", labels=labels)
        )

    def _picked(self, change: dict[str, Any]) -> None:
        before = change["old"] or {}
        for name in charts.PRESSED:
            keys = change["new"].get(name) or []
            if len(keys) == 1 and keys != before.get(name):
                self._read(str(keys[0]))

    def _read(self, key: str) -> None:
        """Show one deal: by its key in the list, or in the picture."""
        found = self._packages.get(key)
        package = found[1] if found else debrief.package_at(self._view, key)
        if package is None:
            return
        self.selected = package
        self.deal.choose(key)
        heading = found[0] if found else "One of the deals in this square"
        self.card.value = _card(self._view.lab, package, heading)
        if any(issue.evidence for issue in self.lab.issues.values()):
            self.heading = "What the articles say of these issues"
            self.evidence = self.case.evidence_for(
                each for issue in self.lab.issues.values() for each in issue.evidence
            )
        else:
            self.panel.invite("This version is invented, so no article speaks of it.")


def _card(lab: tables.Lab, package: tables.Package, heading: str) -> html.Html:
    frame: pd.DataFrame = tables.package_table(lab, package, list(lab.seats))
    totals = "; ".join(
        f"{seat.short} {lab.total(key, package):g} (needs {seat.reservation:g})" for key, seat in lab.seats.items()
    )
    refusing = " and ".join(lab.seats[who].short for who in lab.refusing(package))
    asked = " and ".join(lab.seats[who].short for who in lab.needs(package))
    consent = (
        f"{refusing} would not consent to what it asks of them."
        if refusing
        else f"It needs the consent of {asked}, who would give it."
        if asked
        else "It needs nobody else's consent."
    )
    labels = {"issue": "Issue", "option": "Option", "needs": "Needs the consent of"}
    return paper(
        html.tag("h3", heading),
        html.tag("p", f"{totals}. {consent}"),
        html.table(frame.drop(columns="legal_note"), "The package", labels=labels),
        law(frame),
    )
