"""The last explorer of unit 02: the stakeholder grid, power against interest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import ipywidgets
import traitlets

from kit.actors import charts, tables
from kit.actors.explorers import folded
from kit.learning.cue import SaveCue
from kit.learning.portfolio import portfolio
from kit.screen import html
from kit.screen.chart import Chart
from kit.screen.controls import NAMED, below, button, dropdown, lacking, row, toggles
from kit.screen.evidence import Explorer
from kit.screen.live import Live

if TYPE_CHECKING:
    import pandas as pd

    from kit.case import Case


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
    selected : str
        The actor at work.
    actor, power, interest : Dropdown
        Which actor, and where it stands; they do what a click on the grid does.
    why : Text
        The learner's reason.
    compare : ToggleButtons
        Whose placements are shown beside the learner's.
    table : DataFrame
        All placements; see `tables.grid_table`.
    """

    KEY = "02/stakeholder-grid"

    def __init__(self, case: Case, *, others: Iterable[Any] = ()) -> None:
        self.store = portfolio(case)
        self._names = case.actor_names
        self.others = [tables.placements_of(each, self._names) for each in others]
        self.placements = tables.placements_of(self.store.read(self.KEY), self._names)
        if not self._names:
            super().__init__(case, lacking("actors"))
            return
        self._syncing = False
        self._clicked: set[tuple[int, int]] = set()
        first = next(iter(self._names))
        grades = [("not placed", ""), *((str(grade), grade) for grade in range(tables.TOP + 1))]
        self.actor = dropdown("Actor", self._actor_options(), first)
        self.power, self.interest = dropdown("Power", grades, ""), dropdown("Interest", grades, "")
        self.why = ipywidgets.Text(
            description="Why there?", placeholder="a few words for yourself and the class", style=NAMED,
            layout={"width": "auto", "flex": "1 1 24em"},
        )  # fmt: skip
        self.compare = toggles("Show", self._offers(case), "mine")
        self.said, self.list = Live(), ipywidgets.HTML()
        self.chart = Chart(charts.grid_chart(), alt="Grid.", watch=["pick", "place"])
        super().__init__(
            case,
            row(self.actor, self.power, self.interest, button("Next actor not placed", self.next)),
            self.chart,
            self.said,
            row(self.why, button("Take it off the grid", self.remove)),
            self.compare,
        )
        below(self, self.list)
        below(self, SaveCue(self.store))
        self.selected = first
        self._watch()

    def _watch(self) -> None:
        self.actor.observe(lambda change: self._choose(change["new"]), "value")
        for control in (self.power, self.interest, self.why):
            control.observe(lambda _: self._set(), "value")
        self.compare.observe(lambda _: self._draw(), "value")
        self.chart.observe(self._touched, "selected")

    def _offers(self, case: Case) -> list[tuple[str, str]]:
        kit = [("mine and the kit's", "kit")] if tables.placements_of(case.meta.get("stakeholders")) else []
        return [("mine", "mine"), *kit, *([("mine and the others'", "others")] if self.others else [])]

    def _actor_options(self) -> list[tuple[str, str]]:
        return [(f"{name} ✓" if code in self.placements else name, code) for code, name in self._names.items()]

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
        here = codes.index(self.selected)
        waiting = [code for code in [*codes[here + 1 :], *codes[:here]] if code not in self.placements]
        if waiting:
            self.selected = waiting[0]

    def _choose(self, actor: str | None) -> None:
        if actor and not self._syncing:
            self.selected = actor

    def _set(self) -> None:
        if self._syncing or "" in (self.power.value, self.interest.value):
            return
        place = {"power": self.power.value, "interest": self.interest.value, "why": self.why.value}
        self._keep({**self.placements, **tables.placements_of({self.selected: place})})

    def _touched(self, change: dict[str, Any]) -> None:
        """A click on an actor chooses it, one on an empty place puts the actor at work there."""
        new, old = change["new"], change["old"]
        if new.get("pick") != old.get("pick"):
            known = [key.removeprefix("kit ") for key in new.get("pick") or []]
            self._choose(next((key for key in known if key in self._names), None))
        clicked = places_in(new.get("place"))
        once, self._clicked = self._clicked ^ clicked, clicked
        if len(once) == 1:
            interest, power = once.pop()
            self.place(self.selected, power, interest)

    def _keep(self, placements: dict[str, dict[str, Any]]) -> None:
        self.placements = placements
        self._draw()
        self.store.save(self.KEY, placements)

    # --- what is shown

    @traitlets.observe("selected")
    def _show(self, _change: dict[str, Any]) -> None:
        if self.selected not in self._names:
            return
        self._draw()
        self.heading = f"{self._names[self.selected]}: what it does, as the articles tell it"
        self.evidence = tables.deeds(self.case, self.selected)

    def _draw(self) -> None:
        self._table = tables.grid_table(self.case, self.placements, self.others)
        kit, others = self.compare.value == "kit", self.others if self.compare.value == "others" else ()
        self.chart.rows = charts.grid_rows(self._table, self.selected, kit=kit, others=others)
        self.chart.alt = charts.grid_alt(self._table, kit=kit)
        self._sync()
        self.said.html = html.tag("div", *(html.tag("p", each, style="margin: 2px 0") for each in self._sentences()))
        self.list.value = folded("The grid as a table", grid_html(self._table, self.compare.value))

    def _sync(self) -> None:
        """Let the controls say where the actor at work stands."""
        here = self.placements.get(self.selected, {})
        self._syncing = True
        self.actor.options, self.actor.value = self._actor_options(), self.selected
        self.power.value, self.interest.value = here.get("power", ""), here.get("interest", "")
        if self.why.value != here.get("why", ""):
            self.why.value = here.get("why", "")
        self._syncing = False

    def _sentences(self) -> list[str]:
        """Return what there is to say of the actor at work, and how many are placed."""
        line = tables.records(self._table[self._table["actor"] == self.selected])[0]
        count = f"{len(self.placements)} of {len(self._names)} actors are on your grid."
        if self.selected not in self.placements:
            ask = f"{line['name']} is not placed: click on the grid, or choose its power and interest. {count}"
            whose = {"kit": "The kit's placements", "others": "The others' placements"}.get(self.compare.value)
            return [ask, f"{whose} show only for actors that you have placed yourself."] if whose else [ask]
        here = f"{line['name']}: power {line['power']:.0f}, interest {line['interest']:.0f}: {line['quarter']}. {count}"
        compared = {"kit": tables.kit_in_words, "others": tables.others_in_words}.get(self.compare.value)
        return [here, compared(line)] if compared else [here]


def places_in(value: Any) -> set[tuple[int, int]]:
    """Return the (interest, power) of all places in the value of the grid's parameter ``place``."""
    fields = value if isinstance(value, Mapping) else {}
    pairs = zip(fields.get("interest_step") or (), fields.get("power_step") or (), strict=False)
    return {(int(interest), int(power)) for interest, power in pairs}


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
