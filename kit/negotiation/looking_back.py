"""The debrief: all possible deals, the one reached, what it left on the table, and who gave what."""

from __future__ import annotations

from typing import Any

import ipywidgets

from kit.case import Case
from kit.learning.portfolio import portfolio
from kit.negotiation import charts, debrief_tables, tables
from kit.negotiation.game import Game
from kit.negotiation.kept_game import KEY, kept_game
from kit.rows import as_mapping
from kit.screen import html
from kit.screen.cards import Cards
from kit.screen.chart import Chart
from kit.screen.controls import button, dropdown, note, nothing_here, row, show, toggles
from kit.screen.explorer import Explorer
from kit.screen.guess import Guess

GUESS_KEY = "06/guess"
RULES = (
    "Nash: the product of the gains is largest. Kalai-Smorodinsky: all get, as nearly as can be, the same share of the most "
    "that each could gain. Egalitarian: the smallest gain is as large as can be. Gains count from the reservation values."
)
TIMES = {"as on the sheet": 1.0, "for nothing": 0.0, "half as much": 0.5, "one and a half times": 1.5}
TIMES |= {"twice as much": 2.0}


class Debrief(Explorer):
    """All possible deals, the one reached if there is one, what it left on the table, and who gave what.

    Parameters
    ----------
    game : Game, optional
        The game to look back on; the one in the portfolio if none is given.
    opened : bool
        Whether it shows everything at once.

    Attributes
    ----------
    across, up : Dropdown
        Whose points are the axes.
    count : ToggleButtons
        Whether the gains of the two on the axes count, or those of all delegations with points.
    whose, issue, times : Dropdown
        A weight to change: what if this mattered more, or less?
    deal : Cards
        Deals to be read: the three fair points, the offers made, the frontier.
    selected : str or None
        The key of the deal that is read; `package` is the deal.
    table : DataFrame
        Who changed what, proposal by proposal; see `debrief_tables.count_concessions`.
    """

    invitation = f"Press a deal in the picture, or choose one in the list below it, to read its package. {RULES}"

    def __init__(self, case: Case, game: Game | None = None, *, opened: bool = False) -> None:
        found = game.lab if game else tables.lab(case)
        if found is None:
            super().__init__(case, picture=[nothing_here("negotiation")])
            return
        self._given, self.lab, self.game = game, found, game
        self._packages: dict[str, tuple[str, tables.Package]] = {}
        self.store = portfolio(case)
        self._furnish()
        gate = ipywidgets.VBox([self.gate, self.opener]).add_class("parley-gate")
        super().__init__(
            case,
            controls=[self.across, self.up, self.count],
            picture=[gate, self.guess, self.legend, self.chart, self.summary],
            lists=[self.deal],
            lists_title="Choose a deal from a list",
            after=[row(self.whose, self.issue, self.times), self.weighed, self.story, self.again],
        )
        self._closed = True
        self.add_class("parley-waiting")
        self._listen()
        self._wait()
        if opened:
            self.look_back()

    def _furnish(self) -> None:
        seats = self._seat_options()
        first, second = self.lab.parties
        self.gate, self.legend, self.summary, self.weighed, self.story = (ipywidgets.HTML() for _ in range(5))
        self.opener = button("Open the debrief", self.look_back, "primary")
        self.across, self.up = dropdown("Across", seats, first), dropdown("Up", seats, second)
        self.count = toggles("Whose gains count", [("the two on the axes", "two"), ("all delegations", "all")], "two")
        show(self.count, shown=len(seats) > 2)
        self.whose = dropdown("What if, for", seats, first)
        self.issue = dropdown("the issue", self._issue_options())
        self.times = dropdown("counted", list(TIMES.items()), 1.0)
        self.chart = Chart(charts.deals_chart(), alt="All possible deals.", watch=charts.PRESSED)
        self.deal = Cards("Read a deal")
        self.again = button("Look at the game again", self._reload)
        model = self.lab.negotiation(self.lab.parties)
        self.guess = Guess(
            f"There are {len(model.outcomes):,} possible deals. How many of them give both sides at least their "
            "reservation value?",
            len(model.zone()),
            kept=self.store.read(GUESS_KEY),
            keep=lambda guess: self.store.save(GUESS_KEY, guess),
            veil=[self.legend, self.chart, self.summary],
        )

    def _seat_options(self) -> list[tuple[str, str]]:
        return [(seat.title, key) for key, seat in self.lab.seats.items()]

    def _issue_options(self) -> list[tuple[str, str]]:
        return [(each.title, key) for key, each in self.lab.issues.items()]

    def _listen(self) -> None:
        for control in (self.across, self.up, self.count, self.whose, self.issue, self.times):
            control.observe(lambda _: None if self._echoing else self._draw(), "value")
        self.chart.observe(self._pressed, "selected")
        self.link(self.deal)
        self.store.on_change(self._kept_changed)

    # --- waiting for the end of the game

    def _kept_changed(self, key: str) -> None:
        if key != KEY or self._given:
            return
        found = kept_game(self.case)
        if self._closed:
            self._wait()
        elif found is not None and found.over:
            self._reload()

    def _wait(self) -> None:
        """Say whether the game is over. At several computers nobody looks before all signatures are in."""
        found = self._given or kept_game(self.case)
        over = found is not None and found.over
        apart = not self._given and "code" in as_mapping(self.store.read(KEY))
        if over:
            words = "Your game is over."
        elif apart:
            words = "Your game is not over. The debrief opens when all signatures have been pasted at your computer."
        else:
            words = "You have not finished a game yet. The debrief shows all sides' points, and would spoil it."
        self.gate.value = html.tag("p", words)
        self.opener.description = "Open the debrief" if over or apart else "Open it all the same"
        self.opener.disabled = apart and not over

    def look_back(self) -> None:
        """Show everything, whether or not the game is over."""
        self._closed = False
        self.remove_class("parley-waiting")
        self._reload()

    def _reload(self) -> None:
        """Take up the game as it now stands, with the names of its version."""
        self.game = self._given or kept_game(self.case)
        if self.game is not None:
            self.lab = self.game.lab
        with self.echoing():
            filled = [(each, self._seat_options()) for each in (self.across, self.up, self.whose)]
            for control, options in [*filled, (self.issue, self._issue_options())]:
                chosen = control.value
                control.options = options
                control.value = chosen
            if self.game is not None and len(self.game.players) > 2 and len(self.lab.seats) > 2:
                self.count.value = "all"
        self._draw()

    # --- what is on screen

    def _draw(self) -> None:
        if self.across.value == self.up.value:
            self.summary.value = html.tag("p", "Choose two different delegations for the axes.")
            return
        lab = self.lab
        if self.times.value != 1:
            lab = lab.reweighted(self.whose.value, self.issue.value, self.times.value)
        self._view = debrief_tables.make_view(
            lab, self.across.value, self.up.value, everybody=self.count.value == "all", game=self.game
        )
        rows = debrief_tables.picture_rows(self._view)
        self.chart.rows, self.chart.alt = rows, charts.deals_alt(rows, *self._view.titles)
        self.legend.value = debrief_tables.offers_legend(self._view)
        self.weighed.value = self._weight_told()
        self.summary.value = html.join(*(html.tag("p", words) for words in debrief_tables.list_findings(self._view)))
        self._packages = debrief_tables.list_deals(self._view)
        with self.echoing():
            self.deal.fill([(words, key) for key, (words, _) in self._packages.items()])
        self._table = debrief_tables.count_concessions(self.game) if self.game else self._table.iloc[:0]
        self.story.value = self._told()
        self.show_again()

    def _weight_told(self) -> str:
        """Return what the weight that is tried does to the zone; nothing while the points are as on the sheet."""
        if self.times.value == 1:
            return ""
        before = len(self.lab.negotiation(self._view.seats).zone())
        after = len(self._view.model.zone())
        name = self.lab.seats[self.whose.value].short
        said = (
            f"With this weight, {after:,} deals give each side that counts its reservation value; as on the sheets, "
            f"{before:,}. The other issues of {name} are scaled, so that its best package and its reservation value "
            "stay what they were."
        )
        return html.tag("p", said)

    def _told(self) -> html.Html:
        if not len(self._table):
            return note("No offers have been made, so there is nothing to look back on.")
        labels = {name: name.capitalize() for name in ("offer", "round", "who", "changed")}
        caption = "Who gave what, and when (points as on each delegation's own sheet)"
        return html.table(self._table, caption, labels=labels)

    @property
    def package(self) -> tables.Package | None:
        """The deal that is read."""
        if self.selected is None or self._closed:
            return None
        found = self._packages.get(self.selected)
        return found[1] if found else debrief_tables.package_at(self._view, self.selected)

    def _pressed(self, change: dict[str, Any]) -> None:
        # One trait holds what is pressed in each layer: only the layer that has changed was pressed now.
        for name in charts.PRESSED:
            keys = change["new"].get(name) or []
            if len(keys) == 1 and keys != (change["old"] or {}).get(name):
                self.choose(str(keys[0]))

    def show(self, key: str) -> None:
        """Show one deal: its package, what it is worth to whom, and the law on it."""
        package = self.package
        if package is None:
            self.invite()
            return
        found = self._packages.get(key)
        self.say(*_card(self._view.lab, package, found[0] if found else "One of the deals in this square"))
        sources = [each for issue in self.lab.issues.values() for each in issue.evidence]
        if sources:
            self.tell(self.case.evidence_for(sources), "What the articles say of these issues")
        else:
            self.panel.invite("This version is invented, so no article speaks of it.")


def _card(lab: tables.Lab, package: tables.Package, heading: str) -> list[html.Html]:
    frame = tables.package_table(lab, package, list(lab.seats))
    totals = "; ".join(
        f"{seat.short} {lab.total(key, package):g} (needs {seat.reservation:g})" for key, seat in lab.seats.items()
    )
    refusing, asked = (
        " and ".join(lab.seats[who].short for who in seats) for seats in (lab.refusing(package), lab.needs(package))
    )
    consent = f"It needs the consent of {asked}, who would give it." if asked else "It needs nobody else's consent."
    if refusing:
        consent = f"{refusing} would not consent to what it asks of them."
    package_words = []
    for each in frame.to_dict("records"):
        needs = note("needs the consent of ", each["needs"]) if each["needs"] else None
        package_words.append(html.join(html.tag("strong", each["issue"]), html.tag("br"), each["option"], needs))
    # In the narrow column of the answer, "Ukraine's delegation" is "Ukraine".
    points = frame.drop(columns=["issue", "option", "needs", "legal_note"])
    points.columns = [name.removesuffix(" delegation").removesuffix("'s") for name in points.columns]
    points.insert(0, "issue and option", package_words)
    notes = zip(frame["issue"], frame["legal_note"], strict=True)
    law = html.bullets((html.tag("strong", issue, ": "), words) for issue, words in notes if words)
    return [
        html.tag("h3", heading),
        html.tag("p", f"{totals}. {consent}"),
        html.table(points, "The package"),
        html.fold("Note on the law, issue by issue", law),
    ]
