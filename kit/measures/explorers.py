"""Explorers of unit 04: the catalogue of measures, the sequencer, and the dilemma of watching."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import ipywidgets
import traitlets

from kit.learning.cue import SaveCue
from kit.learning.portfolio import portfolio
from kit.measures import charts, monitoring, plan, tables
from kit.models.trust import Stakes
from kit.screen import html
from kit.screen.chart import Chart
from kit.screen.controls import CHOOSE, below, button, dropdown, lacking, note, offered, paper, picked, row
from kit.screen.evidence import Explorer
from kit.screen.live import Live
from kit.screen.slider import Slider

if TYPE_CHECKING:
    import pandas as pd

    from kit.case import Case

YOURS = "Your plan"
_NOTHING = "confidence-building measures with costs to two parties"


def _or_none(value: str) -> str | None:
    """Return a list's value as a trait has it: a list cannot show that None is chosen."""
    return value or None


def _or_blank(value: str | None) -> str:
    return value or ""


def _usable(book: tables.Book) -> bool:
    return bool(book.measures) and len(book.parties) > 1


# --- the catalogue


class Catalogue(Explorer):
    """All measures of a case by what they cost each side: filter them, read one, set a second beside it.

    Attributes
    ----------
    selected : str or None
        The chosen measure's key.
    second : str or None
        The measure beside it.
    table : DataFrame
        The measures shown; see `tables.measure_table`.
    """

    second = traitlets.Unicode(None, allow_none=True)

    def __init__(self, case: Case) -> None:
        self.book = tables.book_of(case)
        if not _usable(self.book):
            super().__init__(case, lacking(_NOTHING))
            return
        self._names = list(self.book.parties.values())
        self._all = tables.measure_table(self.book)
        self._make_controls()
        self.chart = Chart(charts.cost_chart(self._names), alt="Costs of measures.", watch=["pick"])
        types = charts.type_key(list(self._all["type"]))
        others = plan.listed(self._names[2:])
        unseen = note(f"Costs to {others} stand on each card; the picture has room for two.") if others else None
        grey = note("Grey: the place in each row where both pay the same.")
        key = paper(grey, unseen, *(note(f"{line}.") for line in types))
        filters, choices = row(self.type, self.need, self.ease), row(self.measure, self.beside)
        said = ipywidgets.HTML(paper(note(self.book.assumptions))) if self.book.assumptions else None
        parts = [filters, self.summary, self.chart, ipywidgets.HTML(key), choices, self.card, said]
        super().__init__(case, *(part for part in parts if part))
        self._draw()
        self._watch()

    def _make_controls(self) -> None:
        present = {name: set(self._all[name]) for name in ("type", "need", "ease")}
        kinds = [
            (f"{tables.type_label(kind)} {charts.sign(kind)}", kind) for kind in tables.TYPES if kind in present["type"]
        ]
        needs = [(need, need) for need in tables.NEEDS if need in present["need"]]
        eases = [(words, ease) for ease, words in tables.EASES.items() if ease in present["ease"]]
        self.type = dropdown("Type", [("all types", ""), *kinds])
        self.need = dropdown("Needs checking", [("any", ""), *needs])
        self.ease = dropdown("Can be undone", [("any", ""), *eases])
        self.summary = Live()
        titles = {key: each.title for key, each in self.book.measures.items()}
        self.measure = dropdown("Read", offered(titles))
        self.beside = dropdown("beside", offered(titles, "– nothing –"))
        self.card = ipywidgets.HTML()

    def _watch(self) -> None:
        for control in (self.type, self.need, self.ease):
            control.observe(lambda _: self._draw(), "value")
        for control, trait in ((self.measure, "selected"), (self.beside, "second")):
            traitlets.link((control, "value"), (self, trait), transform=(_or_none, _or_blank))
        self.chart.observe(self._picked, "selected")

    def _draw(self) -> None:
        self._table = tables.filtered(self._all, type=self.type.value, need=self.need.value, ease=self.ease.value)
        rows = tables.cost_rows(self._table, self.book)
        self.chart.rows, self.chart.alt = rows, charts.cost_alt(rows, self._names)
        self.summary.html = html.tag("span", f"{len(rows)} of {len(self._all)} measures fit this choice.")

    def _picked(self, change: dict[str, Any]) -> None:
        """Take up a click; with Shift a second measure stands beside the first."""
        keys = change["new"].get("pick") or []
        if keys:
            others = [key for key in keys if key != self.selected]
            self.second = others[-1] if len(keys) > 1 and others else None
            self.selected = self.selected if self.selected in keys and len(keys) > 1 else keys[0]

    @traitlets.observe("selected", "second")
    def _show(self, _change: dict[str, Any]) -> None:
        asked: tuple[Any, ...] = (self.selected, self.second)
        chosen = list(dict.fromkeys(key for key in asked if key in self.book.measures))
        self.chart.selected = {"pick": chosen}
        if not chosen:
            self.card.value = ""
            self.panel.invite("Choose a measure above to read what the articles say of it.")
            return
        self.card.value = _card_html(self.book, chosen)
        self.heading, self.evidence = tables.sentences_on_all(self.case, [self.book.measures[key] for key in chosen])


def _card_html(book: tables.Book, keys: list[str]) -> html.Html:
    titles = " beside ".join(book.title(key) for key in keys)
    shown = html.table(tables.card(book, keys), titles, labels={"question": "about it"})
    tried = tables.precedent_table(book, keys)
    if len(keys) == 1:
        tried = tried.drop(columns="measure")
    told = (
        html.table(tried, "Where it was tried, and what came of it", labels={"text": "what happened"})
        if len(tried)
        else note("No precedent is given.")
    )
    return paper(shown, told)


# --- the sequencer


class Sequencer(Explorer):
    """Measures on a twelve-month line, within both sides' budgets, and the trust that they may build.

    What a plan may not hold is refused with its reason. The plan is kept in the portfolio.

    Attributes
    ----------
    steps : dict
        The plan: measure to the month in which it starts.
    selected : str or None
        The measure at hand.
    table : DataFrame
        The plan, a row a step; see `plan.plan_table`.
    comparison : DataFrame
        The plan beside the case's reference plans; see `plan.compared`.
    """

    KEY = "04/sequencer"

    def __init__(self, case: Case) -> None:
        self.store = portfolio(case)
        self.book = tables.book_of(case)
        if not _usable(self.book):
            super().__init__(case, lacking(_NOTHING))
            return
        found = self.store.read(self.KEY)
        found = found if isinstance(found, Mapping) else {}
        self.steps = plan.steps_of(found.get("plan"), self.book)
        self._earlier: list[dict[str, int]] = []
        self._quiet = False
        self._make_controls()
        self._make_assumptions(plan.assumptions_of(found.get("assumptions")), plan.level_of(found.get("level")))
        self._make_pictures()
        super().__init__(case, *self._laid_out())
        below(self, SaveCue(self.store))
        self._offer()
        self._draw_plan()
        self._simulate()
        self._watch()

    # --- what it is made of

    def _make_controls(self) -> None:
        self.measure = dropdown("Measure", [])
        self.month = dropdown("Month", [(str(month), month) for month in range(1, plan.MONTHS + 1)], 1)
        self.hint, self.said = Live(html.tag("span", "Choose a measure to see when it can start.")), Live()
        self.add_button, self.move_button = button("Add", self.add), button("Move", self.move)
        self.remove_button, self.undo_button = button("Remove", self.remove), button("Undo", self.undo)
        self.model = dropdown("Begin with", [("an empty line", ""), *((name, name) for name in self.book.plans)], "")
        self.take_button = button("Begin with this", self.take)

    def _make_assumptions(self, assumed: plan.Assumptions, level: float) -> None:
        self.level = Slider("Trust that talks on core issues need", level, 0, 100, 5)
        self.spread = dropdown("Show the spread of", [YOURS, *self.book.plans], YOURS)
        self.start = Slider("Trust at the start", assumed.start, 0, 100, 5)
        self.forgiveness = Slider("Breaches that are forgiven", assumed.forgiveness, 0, 100, 5, " of 100")
        self.damage = Slider("Trust that an incident takes away", assumed.damage, 0, 100, 5, "%")

    def _make_pictures(self) -> None:
        self.line = Chart(charts.line_chart(), alt="Twelve-month line.", watch=["pick"])
        self.costs, self.problems, self.result = ipywidgets.HTML(), Live(), ipywidgets.HTML()
        self.trust = Chart(charts.trust_chart([YOURS, *self.book.plans]), alt="Trust.")
        self.summary = Live()

    def _laid_out(self) -> list[ipywidgets.Widget]:
        signs = charts.type_key([each.type for each in self.book.measures.values()])
        key = note(
            "Broken border: being set up. Filled: at work. Lines part the quarters, in which budgets are counted."
        )
        kinds = html.tag(
            "details", html.tag("summary", "What the signs stand for"), *(note(f"{line}.") for line in signs)
        )
        own = html.tag("strong", "This is the kit's own simulation. ")
        warning = html.tag("p", own, "Nobody has measured trust between these sides, and no law gives it a number.")
        return [
            row(self.measure, self.month, self.add_button, self.move_button, self.remove_button, self.undo_button),
            self.hint,
            self.said,
            row(self.model, self.take_button),
            self.line,
            ipywidgets.HTML(paper(key, kinds)),
            self.costs,
            self.problems,
            ipywidgets.HTML(paper(warning, _rules_html())),
            ipywidgets.VBox([self.level, self.start, self.forgiveness, self.damage]),
            self.trust,
            ipywidgets.HTML(paper(note(_TRUST_KEY))),
            row(self.spread),
            self.summary,
            self.result,
        ]

    def _watch(self) -> None:
        self.measure.observe(self._measure_chosen, "value")
        self.line.observe(self._picked, "selected")
        for slider in (self.start, self.forgiveness, self.damage):
            slider.observe(lambda _: self._assume(), "value")
        self.level.observe(lambda _: self._assume(), "value")
        self.spread.observe(lambda _: self._draw_trust(), "value")

    def preview(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """Return the trust picture: the line is empty before anybody has placed a measure."""
        return self.trust.preview() if _usable(self.book) else super().preview()

    @property
    def assumptions(self) -> plan.Assumptions:
        """What the sliders say of the simulation."""
        return plan.Assumptions(self.start.value, self.forgiveness.value, self.damage.value)

    # --- choosing

    def _offer(self) -> None:
        """Fill the list of measures, each with its place on the line."""
        self._quiet = True
        options = [
            (f"{each.title} {charts.sign(each.type)}{_placed(self.steps.get(key))}", key)
            for key, each in self.book.measures.items()
        ]
        self.measure.options = [(CHOOSE, ""), *options]
        self.measure.value = _or_blank(self.selected)
        self._quiet = False

    def _measure_chosen(self, change: dict[str, Any]) -> None:
        if not self._quiet:
            self.selected = _or_none(change["new"])

    def _picked(self, change: dict[str, Any]) -> None:
        if key := picked(change):
            self.selected = key

    @traitlets.observe("selected")
    def _show(self, change: dict[str, Any]) -> None:
        key = change["new"]
        self.measure.value = _or_blank(key)
        self.line.selected = {"pick": [key] if key in self.steps else []}
        if key is None:
            return
        months = plan.possible_months(self.book, self.steps, key)
        self.month.value = self.steps.get(key) or (months[0] if months else 1)
        self.heading, self.evidence = tables.sentences_on(self.case, self.book.measures[key])
        self._hint()

    def _hint(self) -> None:
        if self.selected:
            where = f" Sentences on it at the foot: {len(self.evidence)}."
            self.hint.html = html.tag("span", _offered(self.book, self.steps, self.selected), where)

    # --- changing the plan

    def add(self) -> None:
        """Place the chosen measure in the chosen month, or say why not."""
        if key := self._at_hand():
            if key in self.steps:
                self._say(f"{self.book.title(key)} is on the line already, in month {self.steps[key]}. Use Move.")
            else:
                self._try({**self.steps, key: self.month.value}, "Not added. ", "Added: " + self._place(key))

    def move(self) -> None:
        """Let the chosen measure start in the chosen month, or say why not."""
        if key := self._at_hand(placed=True):
            self._try({**self.steps, key: self.month.value}, "Not moved. ", "Moved: " + self._place(key))

    def remove(self) -> None:
        """Take the chosen measure off the line, or say what rests on it."""
        if key := self._at_hand(placed=True):
            rest = {other: month for other, month in self.steps.items() if other != key}
            self._try(rest, "Not removed. ", f"Removed: {self.book.title(key)}.")

    def take(self) -> None:
        """Begin with an empty line or with a reference plan, whatever stands against it."""
        chosen = self.model.value
        said = f"This is the plan “{chosen}”. {self.book.notes.get(chosen, '')}" if chosen else "The line is empty."
        self._change(dict(self.book.plans.get(chosen, {})), f"{said} Undo brings yours back.")

    def undo(self) -> None:
        """Go back by one change."""
        if self._earlier:
            self.steps = self._earlier.pop()
            self._redraw("Undone.")
        else:
            self._say("There is nothing to undo.")

    def _at_hand(self, *, placed: bool = False) -> str | None:
        if self.selected is None:
            self._say("Choose a measure first.")
        elif placed and self.selected not in self.steps:
            self._say(f"{self.book.title(self.selected)} is not on the line yet. Use Add.")
        else:
            return self.selected
        return None

    def _place(self, key: str) -> str:
        month = self.month.value
        at_work = month + self.book.measures[key].months
        state = f"at work from month {at_work}" if at_work <= plan.MONTHS else "not at work within the year"
        return f"{self.book.title(key)} starts in month {month} and is {state}."

    def _try(self, steps: dict[str, int], refused: str, done: str) -> None:
        against = plan.objections(self.book, self.steps, steps)
        if against:
            self._say(f"{refused}{' '.join(against)}", sign="⚠")
        else:
            self._change(steps, done)

    def _change(self, steps: dict[str, int], said: str) -> None:
        self._earlier.append(self.steps)
        self.steps = steps
        self._redraw(said)

    def _redraw(self, said: str) -> None:
        self._say(said, sign="✓")
        self._draw_plan()
        self._simulate()
        self._offer()
        self._hint()
        self._keep()

    def _say(self, text: str, sign: str = "○") -> None:
        self.said.html = html.tag("span", f"{sign} {text}")

    def _keep(self) -> None:
        self.store.save(self.KEY, plan.kept(self.steps, self.assumptions, self.level.value))

    # --- drawing

    def _draw_plan(self) -> None:
        self._table = plan.plan_table(self.book, self.steps)
        self.line.rows, self.line.alt = plan.line_rows(self._table), charts.line_alt(self._table)
        self.line.selected = {"pick": [self.selected] if self.selected in self.steps else []}
        self.costs.value = _cost_html(plan.quarter_costs(self.book, self.steps))
        against = plan.problems(self.book, self.steps)
        items = html.tag("ul", *(html.tag("li", problem.text) for problem in against))
        heading = html.tag("p", html.tag("strong", "⚠ What stands against this plan"))
        self.problems.html = paper(heading, items) if against else ""

    def _assume(self) -> None:
        self._simulate()
        self._keep()

    def _simulate(self) -> None:
        """Play all plans anew; those that have been played on these assumptions come from memory."""
        plans = {YOURS: self.steps, **self.book.plans}
        memory = getattr(self, "_memory", {})
        wanted = {name: (self.assumptions, tuple(steps.items())) for name, steps in plans.items()}
        self._memory = {
            asked: memory[asked] if asked in memory else plan.trust_paths(self.book, dict(asked[1]), asked[0])
            for asked in wanted.values()
        }
        self._paths = {name: self._memory[asked] for name, asked in wanted.items()}
        plans_and_paths = {name: (steps, self._paths[name]) for name, steps in plans.items()}
        self.comparison = plan.compared(self.book, plans_and_paths, self.level.value)
        self._draw_trust()

    def _draw_trust(self) -> None:
        spread, level = self.spread.value, self.level.value
        self.trust.rows = plan.path_rows(self._paths, spread, level)
        self.trust.alt = charts.trust_alt(self.comparison, spread, level)
        self.summary.html = html.tag("span", plan.told(self.comparison, YOURS, list(self.book.parties.values()), level))
        self.result.value = _comparison_html(self.comparison, list(self.book.parties.values()), level)


_TRUST_KEY = (
    "Thick lines: the middle run of each plan. Pale band: where eight runs in ten lie, for the plan chosen below. Thin grey "
    "lines: three single runs of it, to show how one history differs from another."
)


def _placed(month: int | None) -> str:
    return f" (month {month})" if month else ""


def _offered(book: tables.Book, steps: Mapping[str, int], key: str) -> str:
    """Return what one has to know of a measure before one places it."""
    measure = book.measures[key]
    costs = ", ".join(f"{name} {measure.cost.get(party, 0):g}" for party, name in book.parties.items())
    months = "1 month" if measure.months == 1 else f"{measure.months} months"
    first = f"{plan.when_possible(book, steps, key)} It takes {months} to set up and costs {costs}."
    resting = [book.title(other) for other in plan.resting_on(book, steps, key)]
    verb = "rest" if len(resting) > 1 else "rests"
    return f"{first} On it {verb} {plan.listed(resting)}." if resting else first


def _cost_html(costs: pd.DataFrame) -> html.Html:
    """Return what a plan costs, a row a party and a column a quarter."""
    import pandas as pd

    lines = []
    for _, own in costs.groupby("party", sort=False):
        cells = {
            f"months {first} to {last}": _spent(line)
            for (first, last), line in zip(plan.QUARTERS, tables.records(own), strict=True)
        }
        lines.append({"side": own["name"].iloc[0], **cells, "in all": f"{own['cost'].sum():g}"})
    return paper(html.table(pd.DataFrame(lines), "Political cost by quarter, of what each side can bear"))


def _spent(line: Mapping[str, Any]) -> str:
    if line["budget"] != line["budget"]:
        return f"{line['cost']:g}"
    over = f" ⚠ {line['over']:g} too much" if line["over"] else ""
    return f"{line['cost']:g} of {line['budget']:g}{over}"


def _comparison_html(comparison: pd.DataFrame, names: Iterable[str], level: float) -> html.Html:
    """Return plans beside each other in words and figures, a column a plan."""
    import pandas as pd

    columns = {
        line["plan"]: {
            "measures": line["steps"],
            **{f"cost to {name}": f"{line[name]:g}" for name in names},
            "over budget by": f"⚠ {line['over']:g}" if line["over"] else "0",
            "trust after a year, middle run": f"{line['end']:.0f}",
            "between which eight runs in ten end": f"{line['low']:.0f} and {line['high']:.0f}",
            f"runs at {level:.0f} by then": f"{line['share']:.0f} of 100",
            f"when half of the runs are at {level:.0f}": _reached(line["month"]),
        }
        for line in tables.records(comparison)
    }
    caption = "Your plan beside the reference plans" if len(columns) > 1 else "What your plan comes to"
    shown = pd.DataFrame(columns).rename_axis("what it comes to").reset_index()
    return paper(html.table(shown, caption))


def _reached(month: Any) -> str:
    import pandas as pd

    return "not within the year" if pd.isna(month) else "at the start" if month == 0 else f"by month {month}"


def _rules_html() -> html.Html:
    """Return the rules of the simulation, folded away."""
    talk, watch = (100 * (1 - plan.CLEARED[kind]) for kind in (plan.TALKING, plan.WATCHING))
    rules = [
        f"In a month without an incident each measure at work adds, for each of its points, {100 * plan.GAIN:g} per cent of what trust lacks to 100. As the news wears off this falls by {100 * (1 - plan.NEWS):.0f} per cent a month.",
        "In any month something may go wrong. The risks of all measures at work come together; each side is as likely as the other to be the cause. The month then adds nothing.",
        f"An incident takes away the share of trust that is set below; {talk:.0f} per cent less once a line of communication is at work, and {watch:.0f} per cent less once somebody watches and can say what happened.",
        "In the next month the side that saw a breach may answer with one, unless it forgives. That is seen in turn: incidents echo.",
        f"All of it is played {plan.RUNS:,} times with chance, always the same chance numbers, so that figures move only when you move something.",
        "It knows nothing of the front, of elections or of allies. It shows what follows from the assumptions, not what will happen.",
    ]
    return html.tag(
        "details",
        html.tag("summary", "Its rules, to argue with"),
        html.tag("ul", *(html.tag("li", rule) for rule in rules)),
    )


# --- watching


class VerificationDilemma(Explorer):
    """What watching does to trust: an alarm's worth, when looking builds and when it wrecks, and how errors echo.

    Attributes
    ----------
    sight : Sight
        What the three sliders above the tabs say.
    table : DataFrame
        The hundred months; see `monitoring.frequencies`.
    """

    def __init__(self, case: Case) -> None:
        self.breaches = Slider("Months with a breach", 10, 1, 50, 1, " of 100")
        self.detection = Slider("Breaches that raise an alarm", 90, 0, 100, 5, " of 100")
        self.false_alarms = Slider("Clean months with a false alarm", 20, 0, monitoring.WORST, 1, " of 100")
        self.accused = Slider("A false accusation costs", 4, 0, 10, 1, "quiet months' trust")
        self.missed = Slider("A breach that comes out late costs", 4, 0, 10, 1, "quiet months' trust")
        self.slips = Slider("Breaches by accident", 2, 0, 20, 1, " of 100")
        self.own = Slider("Breaches that you would forgive", 60, 0, 100, 5, " of 100")
        self.alarm, self.verdict, self.echo = Live(), Live(), ipywidgets.HTML()
        self.months = Chart(charts.months_chart(), alt="A hundred months.")
        self.border = Chart(charts.border_chart(), alt="Where monitoring builds trust.")
        self.echoes = Chart(charts.echo_chart(), alt="How errors echo.")
        tabs = ipywidgets.Tab(
            [
                ipywidgets.VBox([self.months, self.alarm, ipywidgets.HTML(paper(*map(note, _MONTHS_KEY)))]),
                ipywidgets.VBox(
                    [self.accused, self.missed, self.border, self.verdict, ipywidgets.HTML(paper(note(_STAKES)))]
                ),
                ipywidgets.VBox([self.slips, self.own, self.echoes, self.echo]),
            ],
            titles=["True or false?", "Builds or wrecks", "How errors echo"],
        )
        super().__init__(case, self.breaches, self.detection, self.false_alarms, tabs)
        self._draw()
        for slider in (
            self.breaches,
            self.detection,
            self.false_alarms,
            self.accused,
            self.missed,
            self.slips,
            self.own,
        ):
            slider.observe(lambda _: self._draw(), "value")
        self.heading = "What the articles say of watching and checking"
        self.evidence = tables.watching(case, tables.book_of(case))

    @property
    def sight(self) -> monitoring.Sight:
        """How well the monitors see, as the sliders have it."""
        return monitoring.Sight(self.breaches.value, self.detection.value, self.false_alarms.value)

    def _draw(self) -> None:
        seen, stakes = self.sight, Stakes(accused=self.accused.value, missed=self.missed.value)
        self._table = monitoring.frequencies(seen)
        self.months.rows, self.months.alt = monitoring.month_rows(self._table), charts.months_alt(self._table)
        self.alarm.html = _line(monitoring.told(seen))
        border = monitoring.border_rows(seen, stakes)
        self.border.rows, self.border.alt = border, charts.border_alt(border)
        self.verdict.html = _line(monitoring.verdict(seen, stakes))
        ways = monitoring.ways_table(self.slips.value, seen, self.own.value)
        self.echoes.rows = monitoring.echo_rows(self.slips.value, seen, self.own.value)
        self.echoes.alt = charts.echo_alt(ways)
        self.echo.value = _ways_html(ways)


def _line(said: str) -> html.Html:
    """Return what a picture comes to, set off from the picture above it."""
    return html.tag("p", html.tag("strong", said), style="font-size: 14px; line-height: 1.5; margin: 8px 0")


_MONTHS_KEY = (
    "◆ filled: a month with a breach. ○ hollow: a month in which the word was kept.",
    "Counted in whole months, so that small numbers are rounded.",
)
_STAKES = (
    "The kit's own rule: a quiet month under watch reassures by one unit of trust; a false accusation and a breach that comes "
    "out late cost what the sliders say; a breach found in time can be dealt with and costs nothing."
)


def _ways_html(ways: pd.DataFrame) -> html.Html:
    shown = ways.assign(
        together=[_of_hundred(each) for each in ways["together"]],
        against=[_of_hundred(each) for each in ways["against"]],
    )
    labels = {
        "strategy": "way of answering",
        "together": "keeps its word, if both answer so",
        "against": "keeps its word to a side that never does",
    }
    how = (
        "Months of 100 in the long run, with these monitors (Nowak and Sigmund 1992: q′ / (1 − p′ + q′), where p′ and q′ are "
        "the chances to keep one's word after the other kept or broke it, errors of hand and eye included)."
    )
    return paper(html.table(shown, "What each way comes to", labels=labels), note(how))


def _of_hundred(number: float) -> str:
    return f"{number:.0f}" if number == number else "as they began"
