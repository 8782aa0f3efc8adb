"""Explorers of unit 04: the catalogue of measures, the sequencer, and the dilemma of watching."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import ipywidgets
import pandas as pd

from kit.case_tables import NEEDS
from kit.grammar import count_of, join_words
from kit.learning.portfolio import portfolio
from kit.learning.save_cue import SaveCue
from kit.measures import charts, monitoring, plan, tables
from kit.models.trust import Stakes
from kit.rows import as_mapping, records
from kit.screen import html
from kit.screen.chart import Chart
from kit.screen.controls import button, dropdown, note, options_of_names, paper, row, show, toggles
from kit.screen.explorer import Explorer, parts_of
from kit.screen.guess import Guess
from kit.screen.live_region import Live
from kit.screen.month_board import MonthBoard
from kit.screen.slider import Slider

if TYPE_CHECKING:
    from kit.case import Case

YOURS = "Your plan"
NO_MEASURES = "confidence-building measures with costs to two parties"


def _usable(book: tables.Book) -> bool:
    return bool(book.measures) and len(book.parties) > 1


# --- the catalogue


class Catalogue(Explorer):
    """All measures of a case by what they cost each side: filter them, read one, set a second beside it.

    Attributes
    ----------
    selected : str or None
        The chosen measure's key, with that of the measure beside it behind a bar.
    table : DataFrame
        The measures shown; see `tables.measure_table`.
    """

    invitation = "Click a sign in the picture, or choose a measure in a list, to read its card."

    def __init__(self, case: Case) -> None:
        self.book = tables.book_of(case)
        if not _usable(self.book):
            super().__init__(case)
            self.lack(NO_MEASURES)
            return
        self._names = list(self.book.parties.values())
        self._all = tables.measure_table(self.book)
        self._make_controls()
        self.chart = Chart(charts.cost_chart(self._names, self._all), alt="Costs of measures.", watch=["pick"])
        others = join_words(self._names[2:])
        lines = [
            *charts.type_key(list(self._all["type"])),
            *([f"Costs to {others} stand on each card; the picture has room for two"] if others else []),
        ]
        said = [note(self.book.assumptions)] if self.book.assumptions else []
        super().__init__(
            case,
            controls=[self.type, self.need, self.ease, self.measure, self.beside],
            picture=[self.summary, self.chart, ipywidgets.HTML(paper(*(note(f"{line}.") for line in lines)))],
            after=[ipywidgets.HTML(paper(*said))] if said else [],
        )
        self._draw()
        self.link(self.chart)
        self.link_parts(self.measure, self.beside)
        self.on_any_change(self._draw, self.type, self.need, self.ease)

    def _make_controls(self) -> None:
        present = {name: set(self._all[name]) for name in ("type", "need", "ease")}
        kinds = [
            (f"{tables.type_label(kind)} {charts.sign(kind)}", kind) for kind in tables.TYPES if kind in present["type"]
        ]
        needs = [(need, need) for need in NEEDS if need in present["need"]]
        eases = [(words, ease) for ease, words in tables.EASES.items() if ease in present["ease"]]
        self.type = dropdown("Type", [("all types", ""), *kinds])
        self.need = dropdown("Needs checking", [("any", ""), *needs])
        self.ease = dropdown("Can be undone", [("any", ""), *eases])
        self.summary = Live()
        titles = {key: each.title for key, each in self.book.measures.items()}
        self.measure = dropdown("Measure", options_of_names(titles))
        self.beside = dropdown("Beside it", options_of_names(titles, "– nothing –"))

    def _draw(self) -> None:
        self._table = tables.filter_measures(
            self._all, type=self.type.value, need=self.need.value, ease=self.ease.value
        )
        rows = tables.cost_rows(self._table, self.book)
        self.chart.rows, self.chart.alt = rows, charts.cost_alt(rows, self._names)
        self.summary.html = html.tag("span", f"{len(rows)} of {len(self._all)} measures fit this choice.")

    def show(self, key: str) -> None:
        """Show one measure's card, or two side by side, and the sentences on them."""
        chosen = [part for part in dict.fromkeys(parts_of(key, 2)) if part in self.book.measures]
        if not chosen:
            self.invite()
            return
        # `link` marks one sign; here two may be chosen.
        self.chart.selected = {"pick": [part for part in chosen if part in set(self.chart.rows["key"])]}
        self.say(*_card(self.book, chosen))
        heading, found = tables.sentences_on_all(self.case, [self.book.measures[part] for part in chosen])
        self.tell(found, heading)


def _card(book: tables.Book, keys: list[str]) -> list[html.Html]:
    heading = html.tag("h3", " beside ".join(book.title(key) for key in keys))
    shown = html.table(tables.card_table(book, keys), labels={"question": "about it"})
    tried = tables.precedent_table(book, keys)
    if len(keys) == 1:
        tried = tried.drop(columns="measure")
    happened = html.table(tried, labels={"text": "what happened"})
    told = (
        html.fold("Where it was tried, and what came of it", happened) if len(tried) else note("No precedent is given.")
    )
    return [html.tag("div", heading, shown, told, class_="parley-measures")]


# --- the sequencer


class Sequencer(Explorer):
    """Measures on a twelve-month board, within both sides' budgets, and the trust that they may build.

    What a plan may not hold is refused with its reason. The plan is kept in the portfolio.

    Attributes
    ----------
    steps : dict
        The plan: measure to the month in which it starts.
    table : DataFrame
        The plan, a row a step; see `plan.plan_table`.
    comparison : DataFrame
        The plan beside the case's reference plans; see `plan.compare_plans`.
    """

    KEY = "04/sequencer"
    invitation = "Choose a measure: dots in its row show the months in which it can start."

    def __init__(self, case: Case) -> None:
        self.store = portfolio(case)
        self.book = tables.book_of(case)
        if not _usable(self.book):
            super().__init__(case)
            self.lack(NO_MEASURES)
            return
        found = as_mapping(self.store.read(self.KEY))
        self.steps = plan.steps_of(found.get("plan"), self.book)
        self._earlier: list[dict[str, int]] = []
        self._memory: dict[Any, Any] = {}
        self._make_controls()
        self._make_assumptions(plan.assumptions_of(found.get("assumptions")), plan.level_of(found.get("level")))
        super().__init__(
            case,
            controls=[self.measure, self.month, *self.buttons],
            picture=[self.board, self.trust],
            answer=[self.said, self.problems],
            after=self._below(),
        )
        self.link(self.measure, self.board)
        self._draw_plan()
        self._simulate()
        self.on_any_change(self._assume, self.start, self.forgiveness, self.damage, self.level)
        self.on_any_change(self._draw_trust, self.spread)

    # --- what it is made of

    def _make_controls(self) -> None:
        self.measure = dropdown(
            "Measure", options_of_names({key: each.title for key, each in self.book.measures.items()})
        )
        self.month = dropdown("Month", [(str(month), month) for month in range(1, plan.MONTHS + 1)], 1)
        self.place_button = button("Place", self.place, "primary")
        self.remove_button, self.undo_button = button("Take off", self.remove), button("Undo", self.undo)
        self.buttons = [self.place_button, self.remove_button, self.undo_button]
        self.said, self.problems = Live(), Live()
        costs = f"cost to {' · '.join(self.book.parties.values())}"
        self.board = MonthBoard(self.put, label="Plan of twelve months", cost_title=costs)
        self.trust = Chart(charts.trust_chart([YOURS, *self.book.plans]), alt="Trust.")
        self.model = dropdown("Begin with", [("an empty plan", ""), *((name, name) for name in self.book.plans)], "")
        self.take_button = button("Begin with this", self.take)

    def _make_assumptions(self, assumed: plan.Assumptions, level: float) -> None:
        self.level = Slider("Trust that talks on core issues need", level, 0, 100, 5)
        self.spread = dropdown("Show the spread of", [YOURS, *self.book.plans], YOURS)
        self.start = Slider("Trust at the start", assumed.start, 0, 100, 5)
        self.forgiveness = Slider("Breaches that are forgiven", assumed.forgiveness, 0, 100, 5, " of 100")
        self.damage = Slider("Trust that an incident takes away", assumed.damage, 0, 100, 5, "%")
        self.result = ipywidgets.HTML()

    def _below(self) -> list[ipywidgets.Widget]:
        costs = " · ".join(self.book.parties.values())
        key = note(
            f"Broken border: being set up. Filled: at work. Cost: {costs}. Upright lines separate the quarters, in which "
            "budgets are counted."
        )
        own = html.tag("strong", "This is the kit's own simulation. ")
        warning = html.tag("p", own, "Nobody has measured trust between these sides, and no law gives it a number.")
        return [
            row(self.spread, self.model, self.take_button),
            ipywidgets.VBox([self.forgiveness, self.damage, self.start, self.level]),
            self.result,
            ipywidgets.HTML(paper(key, note(_TRUST_KEY), warning, _rules_html())),
            SaveCue(self.store, self.KEY),
        ]

    def preview(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """Return the trust picture: the board is empty before anybody has placed a measure."""
        return self.trust.preview() if _usable(self.book) else super().preview()

    @property
    def assumptions(self) -> plan.Assumptions:
        """What the sliders say of the simulation."""
        return plan.Assumptions(self.start.value, self.forgiveness.value, self.damage.value)

    # --- choosing

    def show(self, key: str) -> None:
        """Show when a measure can start and what it costs, and the sentences on it."""
        months = plan.possible_months(self.book, self.steps, key)
        self.month.value = self.steps.get(key) or (months[0] if months else 1)
        measure = self.book.measures[key]
        self.say(html.tag("h3", measure.title), html.tag("p", _offered(self.book, self.steps, key)))
        heading, found = tables.sentences_on(self.case, measure)
        self.tell(found, heading)

    # --- changing the plan

    def place(self) -> None:
        """Let the chosen measure start in the chosen month, or say why not."""
        if self.selected is None:
            self._say("Choose a measure first.")
        else:
            self.put(self.selected, self.month.value)

    def remove(self) -> None:
        """Take the chosen measure off the board, or say what needs it."""
        if self.selected is None or self.selected not in self.steps:
            self._say("Choose a measure that is in the plan first.")
        else:
            self.put(self.selected, 0)

    def put(self, key: str, month: int) -> None:
        """Let a measure start in a month, or take it off (month 0); a plan that may not be is refused with its reason."""
        self.choose(key)
        steps = {other: at for other, at in self.steps.items() if other != key} | ({key: month} if month else {})
        against = plan.new_objections(self.book, self.steps, steps)
        if steps == self.steps:
            return
        if against:
            refused = f"Month {month} is refused." if month else "This is refused."
            self._say(f"{refused} {' '.join(against)}", sign="⚠")
        elif month:
            self._change(steps, f"{self.book.title(key)} starts in month {month} and is {self._at_work(key, month)}.")
        else:
            self._change(steps, f"{self.book.title(key)} is off the plan.")

    def take(self) -> None:
        """Begin with an empty plan or with a reference plan, whatever stands against it."""
        chosen = self.model.value
        said = f"This is the plan “{chosen}”. {self.book.notes.get(chosen, '')}" if chosen else "The plan is empty."
        self._change(dict(self.book.plans.get(chosen, {})), f"{said} Undo brings yours back.")

    def undo(self) -> None:
        """Go back by one change."""
        if self._earlier:
            self.steps = self._earlier.pop()
            self._redraw("Undone.")
        else:
            self._say("There is nothing to undo.")

    def _at_work(self, key: str, month: int) -> str:
        at_work = month + self.book.measures[key].months
        return f"at work from month {at_work}" if at_work <= plan.MONTHS else "not at work within the year"

    def _change(self, steps: dict[str, int], said: str) -> None:
        self._earlier.append(self.steps)
        self.steps = steps
        self._redraw(said)

    def _redraw(self, said: str) -> None:
        self._say(said, sign="✓")
        self._draw_plan()
        self._simulate()
        self.show_again()
        self._keep()

    def _say(self, text: str, sign: str = "○") -> None:
        first, stop, rest = text.partition(". ")
        self.said.html = html.tag("p", html.tag("strong", f"{sign} {first}{stop}"), rest)

    def _keep(self) -> None:
        self.store.save(self.KEY, plan.plan_to_keep(self.steps, self.assumptions, self.level.value))

    # --- drawing

    def _draw_plan(self) -> None:
        self._table = plan.plan_table(self.book, self.steps)
        self.board.items = plan.board_rows(self.book, self.steps)
        self.board.sums = plan.board_sums(self.book, self.steps)
        against = plan.problems(self.book, self.steps)
        items = html.bullets(problem.text for problem in against)
        heading = html.tag("p", html.tag("strong", "⚠ What stands against this plan"))
        self.problems.html = html.join(heading, items) if against else ""

    def _assume(self) -> None:
        self._simulate()
        self._keep()

    def _simulate(self) -> None:
        """Play all plans anew; those that have been played on these assumptions come from memory."""
        plans = {YOURS: self.steps, **self.book.plans}
        wanted = {name: (self.assumptions, tuple(steps.items())) for name, steps in plans.items()}
        # Made anew each time, so that it holds no more plans than are on screen.
        self._memory = {
            asked: self._memory[asked]
            if asked in self._memory
            else plan.trust_paths(self.book, dict(asked[1]), asked[0])
            for asked in wanted.values()
        }
        self._paths = {name: self._memory[asked] for name, asked in wanted.items()}
        plans_and_paths = {name: (steps, self._paths[name]) for name, steps in plans.items()}
        self.comparison = plan.compare_plans(self.book, plans_and_paths, self.level.value)
        self._draw_trust()

    def _draw_trust(self) -> None:
        spread, level, names = self.spread.value, self.level.value, list(self.book.parties.values())
        self.trust.rows = plan.path_rows(self._paths, spread, level)
        self.trust.alt = charts.trust_alt(self.comparison, spread, level)
        self.trust.title = plan.tell_outcome(self.comparison, YOURS, level)
        self.result.value = _comparison_html(self.comparison, names, level)


_TRUST_KEY = (
    "Thick lines: the middle run of each plan. Pale band: where eight runs in ten lie, for the plan chosen in the list. Thin "
    "grey lines: three single runs of it, to show how one history differs from another."
)


def _offered(book: tables.Book, steps: Mapping[str, int], key: str) -> str:
    """Return what one has to know of a measure before one places it."""
    measure = book.measures[key]
    costs = ", ".join(f"{name} {measure.cost.get(party, 0):g}" for party, name in book.parties.items())
    months = count_of(measure.months, "month")
    first = f"{plan.when_possible(book, steps, key)} It takes {months} to set up and costs {costs}."
    resting = [book.title(other) for other in plan.resting_on(book, steps, key)]
    return f"{first} {join_words(resting)} {'need' if len(resting) > 1 else 'needs'} it." if resting else first


def _comparison_html(comparison: pd.DataFrame, names: Iterable[str], level: float) -> html.Html:
    """Return plans beside each other in words and figures, a column a plan."""
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
        for line in records(comparison)
    }
    caption = "Your plan beside the reference plans" if len(columns) > 1 else "Results of your plan"
    shown = pd.DataFrame(columns).rename_axis("result").reset_index()
    return paper(html.table(shown, caption))


def _reached(month: Any) -> str:
    return "not within the year" if pd.isna(month) else "at the start" if month == 0 else f"by month {month}"


def _rules_html() -> html.Html:
    """Return the rules of the simulation, folded away."""
    talk, watch = (100 * (1 - plan.CLEARED[kind]) for kind in (plan.TALKING, plan.WATCHING))
    rules = [
        f"In a month without an incident each measure at work adds, for each of its points, {100 * plan.GAIN:g} per cent of what trust lacks to 100. As the news wears off this falls by {100 * (1 - plan.NEWS):.0f} per cent a month.",
        "In any month something may go wrong. The risks of all measures at work come together; each side is as likely as the other to be the cause. The month then adds nothing.",
        f"An incident takes away the share of trust that is set below; {talk:.0f} per cent less once a line of communication is at work, and {watch:.0f} per cent less once somebody watches and can say what happened.",
        "In the next month the side that saw a breach may answer with a breach of its own, unless it forgives. The first side may answer this in turn: incidents echo.",
        f"All of it is played {plan.RUNS:,} times with chance, always the same chance numbers, so that figures move only when you move something.",
        "It knows nothing of the front, of elections or of allies. It shows what follows from the assumptions, not what will happen.",
    ]
    return html.fold("The rules of this simulation", html.bullets(rules))


# --- watching


class VerificationDilemma(Explorer):
    """What watching does to trust: how many alarms are true, when watching builds trust, and how errors echo.

    Attributes
    ----------
    selected : str or None
        Which of the three pictures is open: ``alarms``, ``border`` or ``echo``.
    sight : Sight
        What the three sliders above the pictures say.
    table : DataFrame
        The hundred months; see `monitoring.frequencies`.
    """

    KEY = "04/alarms-guess"

    def __init__(self, case: Case) -> None:
        self.store = portfolio(case)
        self._make_sliders()
        self.said = Live()
        self.view = toggles("Show", [(name, key) for key, name in _VIEWS.items()], "alarms")
        self.months = Chart(charts.months_chart(), alt="A hundred months.")
        self.border = Chart(charts.border_chart(), alt="Where monitoring builds trust.")
        self.echoes = Chart(charts.echo_chart(), alt="How errors echo.")
        opening = monitoring.Sight()
        sliders = [self.breaches, self.detection, self.false_alarms]
        self._pictures = {
            "alarms": ipywidgets.VBox([self.months]),
            "border": ipywidgets.VBox([self.accused, self.missed, self.border]),
            "echo": ipywidgets.VBox([self.slips, self.own, self.echoes]),
        }
        pictures = [self.view, *self._pictures.values()]
        super().__init__(case, controls=[ipywidgets.VBox(sliders)], picture=pictures, answer=[self.said])
        stage = self.children[:-1]
        self.guess = Guess(
            monitoring.ask_for_alarms(opening),
            monitoring.count_alarms(opening),
            said="This holds for the sliders as they stand at first. Count the squares, then move one.",
            kept=self.store.read(self.KEY),
            keep=lambda guess: self.store.save(self.KEY, guess),
            veil=stage,
        )
        self.children = [self.guess, *self.children]  # type: ignore[assignment]  # ipywidgets takes any sequence
        self.link(self.view)
        self._draw()
        self.on_any_change(self._draw, *sliders, self.accused, self.missed, self.slips, self.own)
        self.choose("alarms")

    def _make_sliders(self) -> None:
        self.breaches = Slider("Months with a breach", 10, 1, 50, 1, " of 100")
        self.detection = Slider("Breaches that raise an alarm", 90, 0, 100, 5, " of 100")
        self.false_alarms = Slider("Clean months with a false alarm", 20, 0, monitoring.WORST, 1, " of 100")
        self.accused = Slider("A false accusation costs", 4, 0, 10, 1, "quiet months' trust")
        self.missed = Slider("A breach that comes out late costs", 4, 0, 10, 1, "quiet months' trust")
        self.slips = Slider("Breaches by accident", 2, 0, 20, 1, " of 100")
        self.own = Slider("Breaches that you would forgive", 60, 0, 100, 5, " of 100")

    @property
    def sight(self) -> monitoring.Sight:
        """How well the monitors see, as the sliders have it."""
        return monitoring.Sight(self.breaches.value, self.detection.value, self.false_alarms.value)

    def _draw(self) -> None:
        seen, stakes = self.sight, Stakes(accused=self.accused.value, missed=self.missed.value)
        self._table = monitoring.frequencies(seen)
        self.months.rows, self.months.alt = monitoring.month_rows(self._table), charts.months_alt(self._table)
        border = monitoring.border_rows(seen, stakes)
        self.border.rows, self.border.alt = border, charts.border_alt(border)
        ways = monitoring.ways_table(self.slips.value, seen, self.own.value)
        self.echoes.rows = monitoring.echo_rows(self.slips.value, seen, self.own.value)
        self.echoes.alt = charts.echo_alt(ways)
        self._answers = {
            "alarms": (monitoring.tell_frequencies(seen), [note(line) for line in _MONTHS_KEY]),
            "border": (monitoring.judge_monitoring(seen, stakes), [note(_STAKES)]),
            "echo": (monitoring.tell_ways(ways), _ways_html(ways)),
        }
        self.show_again()

    def show(self, key: str) -> None:
        """Open one of the three pictures, and say what it comes to."""
        for view, box in self._pictures.items():
            show(box, shown=view == key)
        said, card = self._answers[key]
        self.said.html = html.tag("p", said)
        self.say(*card)
        sentences = tables.monitoring_sentences(self.case, tables.book_of(self.case))
        self.tell(sentences, "What the articles say of watching and checking")


_VIEWS = {"alarms": "True or false?", "border": "Builds or destroys", "echo": "How errors echo"}
_MONTHS_KEY = (
    "A square is a month. Filled: a breach. White: the word was kept. An exclamation mark: an alarm sounds.",
    "Counted in whole months, so that small numbers are rounded.",
)
_STAKES = (
    "The kit's own rule: a quiet month under watch adds one unit of trust. A false accusation, and a breach that comes out "
    "late, cost what the sliders say. A breach that is found in time can be dealt with and costs nothing."
)


def _ways_html(ways: pd.DataFrame) -> list[html.Html]:
    shown = ways.copy()
    for name in ("together", "against"):
        # NaN differs from itself: without any error it is for ever as they began.
        shown[name] = [f"{each:.0f}" if each == each else "as they began" for each in ways[name]]
    labels = {
        "strategy": "rule of answering",
        "together": "keeps its word, if both follow the rule",
        "against": "keeps its word to a side that never does",
    }
    how = (
        "Months of 100 in the long run, with these monitors (Nowak and Sigmund 1992: q′ / (1 − p′ + q′), where p′ and q′ are "
        "the chances to keep one's word after the other kept or broke it, errors included)."
    )
    return [html.table(shown, "Results of each rule", labels=labels), note(how)]
