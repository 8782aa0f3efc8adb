"""The last explorer of unit 02: the stakeholder grid, power against interest."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import ipywidgets
import pandas as pd

from kit.actors import charts, tables
from kit.learning.portfolio import portfolio
from kit.learning.save_cue import SaveCue
from kit.rows import records
from kit.screen import html
from kit.screen.chart import Chart
from kit.screen.controls import button, dropdown, options_of_names, row, text_box, toggles
from kit.screen.explorer import Explorer
from kit.screen.live_region import Live

if TYPE_CHECKING:
    from kit.case import Case

SHOWN = {"mine": "mine", "kit": "mine and the kit's", "others": "mine and the others'"}


class StakeholderGrid(Explorer):
    """Power against interest: the learner places each actor, then compares with the kit and with others.

    Parameters
    ----------
    case : Case
        Whose actors they are; its ``stakeholders`` in ``case.yaml`` are the kit's placements.
    others : iterable of dict, optional
        Other people's placements, as the portfolio keeps them under ``02/stakeholder-grid``.

    Attributes
    ----------
    placements : dict
        ``{actor: {"power": 0 to 10, "interest": 0 to 10, "why": text}}``; what is kept.
    actor, power, interest : Dropdown
        Which actor, and where it stands: what a click or a drag on the grid does.
    compare : ToggleButtons
        Whose placements are shown beside the learner's.
    table : DataFrame
        All placements; see `tables.grid_table`.
    """

    KEY = "02/stakeholder-grid"
    invitation = "Choose an actor, then click on the grid where it belongs."

    def __init__(self, case: Case, *, others: Iterable[Any] = ()) -> None:
        self.store, self._names = portfolio(case), case.actor_names
        self.others = [tables.placements_of(each, self._names) for each in others]
        self.placements = tables.placements_of(self.store.read(self.KEY), self._names)
        self._table = tables.grid_table(case, self.placements, self.others)
        self._places: set[str] = set()
        grades = [("not placed", ""), *((str(grade), grade) for grade in range(tables.TOP + 1))]
        self.actor = dropdown("Actor", options_of_names(self._names))
        self.power, self.interest = dropdown("Power", grades, ""), dropdown("Interest", grades, "")
        self.why = text_box("Why there?", hint="a few words for yourself and the class")
        self.compare = toggles("Show", self._offers(case), "mine")
        self.said, self.list = Live(), ipywidgets.HTML()
        self.chart = Chart(charts.grid_chart(), alt="Grid.", watch=["pick", "place"])
        super().__init__(
            case,
            controls=[self.actor, self.power, self.interest, button("Next actor not placed", self.next), self.compare],
            picture=[self.chart],
            lists=[self.list],
            lists_title="The grid as a table",
            after=[
                self.said,
                self.why,
                row(button("Take it off the grid", self.remove), SaveCue(self.store, self.KEY)),
            ],
        )
        self.link(self.chart, self.actor)
        self.on_any_change(self._set, self.power, self.interest, self.why)
        self.on_any_change(self.show_again, self.compare)
        self.chart.observe(lambda change: self._let_go(set(change["new"].get("place") or ())), "selected")
        self.selected = next(iter(self._names), None)
        if not self._names:
            self.lack("actors")

    def _offers(self, case: Case) -> list[tuple[str, str]]:
        there = {"mine": True, "kit": tables.placements_of(case.meta["stakeholders"]), "others": self.others}
        return [(words, whose) for whose, words in SHOWN.items() if there[whose]]

    # --- what the learner does

    def place(self, actor: str, power: int, interest: int) -> None:
        """Put an actor on the grid, each grade from 0 to 10, and keep it."""
        before = self.placements.get(actor, {})
        place = {"power": power, "interest": interest, "why": before.get("why", "")}
        self._keep({**self.placements, **tables.placements_of({actor: place}, self._names)})

    def remove(self) -> None:
        """Take the actor at work off the grid."""
        self._keep({actor: place for actor, place in self.placements.items() if actor != self.selected})

    def next(self) -> None:
        """Turn to the next actor that is not on the grid."""
        codes = list(self._names)
        here = codes.index(self.selected) if self.selected else -1
        waiting = [code for code in [*codes[here + 1 :], *codes[: here + 1]] if code not in self.placements]
        if waiting:
            self.choose(waiting[0])

    def _set(self) -> None:
        if self.selected and "" not in (self.power.value, self.interest.value):
            place = {"power": self.power.value, "interest": self.interest.value, "why": self.why.value}
            self._keep({**self.placements, **tables.placements_of({self.selected: place})})

    def _let_go(self, places: set[str]) -> None:
        """Put the actor at work on the one place that has come to the chart's list of places, or has gone from it."""
        once, self._places = self._places ^ places, places
        if len(once) == 1 and self.selected:
            interest, power = once.pop().split("|")
            self.place(self.selected, int(power), int(interest))

    def _keep(self, placements: dict[str, dict[str, Any]]) -> None:
        self.placements = placements
        self.show_again()
        self.store.save(self.KEY, placements)

    # --- what is shown

    def show_again(self) -> None:
        """Draw the grid, and let the controls say where the actor at work stands."""
        self._table = table = tables.grid_table(self.case, self.placements, self.others)
        kit, others = self.compare.value == "kit", self.others if self.compare.value == "others" else ()
        self.chart.rows = charts.grid_rows(table, self.selected, kit=kit, others=others)
        self.chart.alt = charts.grid_alt(table, kit=kit)
        here = self.placements.get(self.selected or "", {})
        with self.echoing():
            self.actor.options = options_of_names(
                {code: f"{name} ✓" if code in self.placements else name for code, name in self._names.items()}
            )
            self.power.value, self.interest.value = here.get("power", ""), here.get("interest", "")
            self.why.value = here.get("why", "")
        self.said.html = html.join(*(html.tag("p", each) for each in self._sentences()))
        self.list.value = grid_html(table, self.compare.value)
        super().show_again()

    def show(self, key: str) -> None:
        """Show the sentences on which the case rests what an actor does to others."""
        self.tell(
            tables.find_deeds(self.case, key), f"{self._names.get(key, key)}: what it does, as the articles tell it"
        )

    def _sentences(self) -> list[str]:
        """Return what there is to say of the actor at work, and how many are placed."""
        count = f"{len(self.placements)} of {len(self._names)} actors are on your grid."
        if self.selected is None:
            return [count]
        line = records(self._table[self._table["actor"] == self.selected])[0]
        if self.selected not in self.placements:
            ask = f"{line['name']} is not placed: click on the grid, or choose its power and interest. {count}"
            whose = {"kit": "The kit's placements", "others": "The others' placements"}.get(self.compare.value)
            return [ask, f"{whose} show only for actors that you have placed yourself."] if whose else [ask]
        here = f"{line['name']}: power {line['power']:.0f}, interest {line['interest']:.0f}: {line['quarter']}. {count}"
        compared = {"kit": tables.kit_in_words, "others": tables.others_in_words}.get(self.compare.value)
        return [here, compared(line)] if compared else [here]


def grid_html(table: pd.DataFrame, compare: str) -> html.Html:
    """Return the grid as a table to be read, with the columns of whom it is compared with."""
    columns = ["name", "power", "interest", "quarter"]
    columns += {
        "kit": ["kit_power", "kit_interest"],
        "others": ["others_power", "others_interest", "spread", "answers"],
    }.get(compare, [])
    labels = {"name": "actor", "kit_power": "power (kit)", "kit_interest": "interest (kit)", "others_power": "power (others)",
              "others_interest": "interest (others)", "answers": "others"}  # fmt: skip
    shown = table if compare == "mine" else table[table["power"].notna()]
    return html.table(shown[columns], "Power and interest, each from 0 to 10", labels=labels)
