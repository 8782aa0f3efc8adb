"""My forecast: dated questions with a probability and a reason each, practice with known outcomes, calibration."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ipywidgets
import pandas as pd

from kit.grammar import say_day
from kit.learning.portfolio import portfolio
from kit.learning.save_cue import SaveCue
from kit.models import forecast
from kit.rows import records
from kit.scenarios import charts, tables
from kit.screen import html
from kit.screen.cards import Cards
from kit.screen.chart import Chart
from kit.screen.controls import button, note, row, show, text_box, toggles
from kit.screen.explorer import Explorer
from kit.screen.slider import Slider

if TYPE_CHECKING:
    from kit.case import Case

ENOUGH = 5
BINS = 5
SHORT = 44  # characters of a question beside its bet
Row = dict[str, Any]


class Forecast(Explorer):
    """Questions about what will happen, answered in probabilities, and practice on what has happened.

    Attributes
    ----------
    forecasts : dict
        By question ``probability`` (per cent), ``reason``, ``on`` (the day); what is kept.
    practised : dict
        By practice question the probability that was given.
    table : DataFrame
        The forecast questions with the learner's probabilities.
    """

    KEY = "05/forecast"
    PRACTICE = "05/practice"
    invitation = "Choose a question to give a probability."

    def __init__(self, case: Case) -> None:
        self.store = portfolio(case)
        self.day = tables.today()
        self.questions = {each["id"]: each for each in records(tables.question_table(case))}
        self.past = {each["id"]: each for each in records(tables.practice_table(case))}
        self.forecasts = _kept_forecasts(self.store.read(self.KEY), list(self.questions))
        self.practised = tables.sound_forecasts(self.store.read(self.PRACTICE), self.past)
        self._left_out: set[str] = set()
        first = "open" if self.questions else "past"
        self.part = toggles("Part", [("My forecast", "open"), ("Practice", "past")], first)
        self.open_part, self.past_part = self._open_widgets(), self._past_widgets()
        super().__init__(
            case,
            controls=[self.part],
            picture=[self.open_part, self.past_part],
            after=[SaveCue(self.store, self.KEY, self.PRACTICE)],
        )
        if not self.questions and not self.past:
            self.lack("forecast questions")
            return
        self.link(self.listed, self.bets)
        self.on_any_change(self._turn, self.part)
        self._list()
        self._draw_past()
        self._turn()

    def _turn(self) -> None:
        """Show one of the two parts."""
        is_open = self.part.value == "open"
        show(self.open_part, shown=is_open)
        show(self.past_part, shown=not is_open)
        self.selected = None
        self.invite(None if is_open else "Answer the question; the outcome will stand here.")

    def show(self, key: str) -> None:
        """Show an open question, or what happened in a past one."""
        if key in self.questions:
            self._show_question(self.questions[key])
        elif key in self.past:
            told = [*outcome_card(self.past[key], self.practised[key]), *self._score()]
            # No sentence stands under it that could be reached by key, and the answer may have to be scrolled.
            self.say(html.tag("div", *told, role="region", aria_label="What happened", tabindex=0))
            self.panel.invite("Click on a bet in the picture to read its question again.")

    # --- what is still open

    def _open_widgets(self) -> ipywidgets.VBox:
        self.listed = Cards("Questions", rows=10)
        self.probability = Slider("Probability of yes", 50, unit="%")
        self.reason = text_box("Because", hint="the strongest reason, in one line")
        self.keep = button("Keep this forecast", self._keep, "primary")
        return ipywidgets.VBox([self.listed, self.probability, self.reason, self.keep])

    def _list(self) -> None:
        given = {key: each["probability"] for key, each in self.forecasts.items()}
        table = pd.DataFrame(list(self.questions.values()), columns=["id", "question", "closes", "rule", "scenario"])
        self._table = table.assign(probability=table["id"].map(given))
        with self.echoing():
            self.listed.fill([(self._line(each), key) for key, each in self.questions.items()], self.selected)

    def _is_open(self, question: Row) -> bool:
        return tables.is_open(self.case, question["closes"], self.day)

    def _line(self, question: Row) -> str:
        kept = self.forecasts.get(question["id"])
        said = f"{kept['probability']} %" if kept else "no forecast yet" if self._is_open(question) else "closed"
        return f"{said}\n{question['question']}"

    def _show_question(self, question: Row) -> None:
        kept = self.forecasts.get(question["id"], {})
        self.probability.value = kept.get("probability", 50)
        self.reason.value = kept.get("reason", "")
        self.keep.disabled = not self._is_open(question)
        self.say(
            html.tag("h3", question["question"]),
            html.tag("p", html.tag("strong", "Rule: "), question["rule"]),
            html.tag("p", html.tag("strong", self._when(question))),
            note(_kept_line(kept, closed=self.keep.disabled)),
        )
        found = tables.argument_evidence(self.case, str(question["scenario"]))
        self.tell(found, "What the articles say of the scenario behind this question")

    def _when(self, question: Row) -> str:
        """Return until when a question is open, and what to do if it is not."""
        closes = say_day(question["closes"])
        if self.case.scenarios["set_in_the_past"]:
            asked = say_day(question["opens"])
            return f"Answer as of {asked}, without looking anything up. The day was {closes}."
        if not self._is_open(question):
            return f"Closed since {closes}: a forecast is no longer possible. Look up the outcome by the rule."
        early = " It may be decided earlier. If this has happened, leave the question out." if question["early"] else ""
        return f"Open until {closes}.{early}"

    def _keep(self) -> None:
        question = self.questions.get(self.selected or "")
        if question is None:
            self.invite("Choose a question first, then give it a probability.")
            return
        if not self._is_open(question):
            return
        given = {"probability": int(self.probability.value), "reason": self.reason.value.strip()}
        self.forecasts = {**self.forecasts, question["id"]: {**given, "on": self.day.isoformat()}}
        self.store.save(self.KEY, self.forecasts)
        self._list()
        self.show_again()

    # --- what is past

    def _past_widgets(self) -> ipywidgets.VBox:
        self.past_card = ipywidgets.HTML()
        self.past_probability = Slider("Probability of yes, as if on that day", 50, unit="%")
        self.answer = button("Answer, and see what happened", self._answer, "primary")
        self.skip = button("I know this one: leave it out", self._skip)
        self.bets = Chart(charts.bets_chart(), alt="Your bets.", watch=["pick"])
        self.curve = Chart(charts.calibration_chart(), alt=charts.calibration_alt(0, None))
        work = row(self.answer, self.skip)
        return ipywidgets.VBox([self.past_card, self.past_probability, work, self.bets, self.curve])

    @property
    def past_question(self) -> Row | None:
        """The practice question at work; None when all have been answered."""
        left = (each for key, each in self.past.items() if key not in self.practised and key not in self._left_out)
        return next(left, None)

    @property
    def practice(self) -> pd.DataFrame:
        """The practice questions that have been answered: ``id, question, said, came``; ``course.yaml`` prints it."""
        rows = [
            (key, self.past[key]["question"], said, "yes" if self.past[key]["outcome"] else "no")
            for key, said in self.practised.items()
        ]
        return pd.DataFrame(rows, columns=["id", "question", "said", "came"])

    def _answer(self) -> None:
        question = self.past_question
        if question is None:
            return
        self.practised = {**self.practised, question["id"]: int(self.past_probability.value)}
        self.store.save(self.PRACTICE, self.practised)
        self._draw_past()
        self.choose(question["id"])

    def _skip(self) -> None:
        question = self.past_question
        if question is not None:
            self._left_out.add(question["id"])
            self._draw_past()

    def _draw_past(self) -> None:
        """Draw the next question, the bets beside what happened, and the curve."""
        question = self.past_question
        self.answer.disabled = self.skip.disabled = question is None
        if question is None:
            self.past_card.value = html.tag("p", "You have been through all practice questions.")
        else:
            place = len(self.practised) + len(self._left_out) + 1
            words = f"{place} of {len(self.past)}, asked on {say_day(question['asked'])}"
            self.past_card.value = html.join(note(words), html.tag("h4", question["question"]))
            # Each question begins at even chances: the last answer would draw the next one to it.
            self.past_probability.value = 50
        percents, came = self._results()
        self.bets.rows = bet_rows(self.past, self.practised)
        self.bets.alt = charts.bets_alt(self.bets.rows)
        self.curve.rows = calibration_rows(percents, came)
        self.curve.alt = charts.calibration_alt(len(percents), _brier(percents, came))
        for chart in (self.bets, self.curve):
            show(chart, shown=bool(percents))

    def _results(self) -> tuple[list[int], list[int]]:
        return list(self.practised.values()), [int(self.past[key]["outcome"]) for key in self.practised]

    def _score(self) -> list[html.Html]:
        """Return the score so far, taken apart when there is enough of it."""
        percents, came = self._results()
        score = _brier(percents, came)
        if score is None:
            return []
        line = f"Brier score over {len(percents)}: {score:.2f}. Always saying 50 per cent would give 0.25."
        if len(percents) < ENOUGH:
            return [html.tag("h4", line), note(f"After {ENOUGH} answers you see here which parts the score has.")]
        parts = forecast.decomposition([value / 100 for value in percents], came)
        told = [
            f"Calibration {parts['reliability']:.2f}: how far your numbers were off. Low is good.",
            f"Discrimination {parts['resolution']:.2f}: how well you told likely from unlikely. High is good.",
            f"Uncertainty {parts['uncertainty']:.2f}: how hard these questions are.",
        ]
        sum_of_parts = note("Calibration − discrimination + uncertainty = the score.")
        return [html.tag("h4", line), html.bullets(told), sum_of_parts]


def _brier(percents: list[int], came: list[int]) -> float | None:
    return forecast.brier([value / 100 for value in percents], came) if percents else None


def calibration_rows(percents: list[int], outcomes: list[int]) -> pd.DataFrame:
    """Return the calibration curve: ``what`` (you, perfect), ``x``, ``y`` in per cent, ``forecasts`` (how many)."""
    rows = [{"what": "perfect", "x": end, "y": end, "forecasts": 0} for end in (0, 100)]
    if percents:
        table = forecast.calibration_table([value / 100 for value in percents], outcomes, bins=BINS)
        for each in records(table[table["forecasts"] > 0]):
            x, y = 100 * each["mean_forecast"], 100 * each["share_true"]
            rows.append({"what": "you", "x": round(x, 1), "y": round(y, 1), "forecasts": int(each["forecasts"])})
    return pd.DataFrame(rows)


def bet_rows(past: dict[str, Row], practised: dict[str, int]) -> pd.DataFrame:
    """Return each answered practice question with what was said and what happened, the latest first."""
    rows = []
    for place, (key, said) in enumerate(practised.items()):
        question, outcome = past[key]["question"], int(past[key]["outcome"])
        label = f"{question} You said {said} per cent; {'yes' if outcome else 'no'}."
        short = question if len(question) <= SHORT else f"{question[: SHORT - 1].rstrip()}…"
        rows.append((key, short, -place, said, 100 * outcome, label))
    return pd.DataFrame(rows, columns=["key", "question", "order", "said", "came", "label"])


def outcome_card(question: Row, said: int) -> list[html.Html]:
    """Return a practice question with what was said, what happened and why."""
    came = bool(question["outcome"])
    happened = "This happened." if came else "This did not happen."
    verdict = f"{happened} You said {said} per cent: penalty {(said / 100 - came) ** 2:.2f}."
    return [
        html.tag("h3", question["question"]),
        html.tag("p", html.tag("strong", verdict)),
        html.tag("p", question["explanation"]),
        note("Source: ", question["source"]),
    ]


def _kept_line(kept: Row, *, closed: bool) -> str:
    if not kept:
        return "You gave no forecast." if closed else "You have not answered yet."
    said = kept["probability"] / 100
    ends = f" If yes, its penalty is {(1 - said) ** 2:.2f}; if no, {said**2:.2f}." if closed else ""
    return f"Your forecast of {kept['on']}: {kept['probability']} per cent.{ends}"


def _kept_forecasts(kept: Any, ids: list[str]) -> dict[str, Row]:
    return {
        key: {"probability": value, "reason": str(kept[key].get("reason", "")), "on": str(kept[key].get("on", ""))}
        for key, value in tables.sound_percents(kept, ids).items()
    }
