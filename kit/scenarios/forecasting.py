"""My forecast: dated questions with a probability and a reason each, practice with known outcomes, calibration."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import ipywidgets

from kit.learning.cue import SaveCue
from kit.learning.portfolio import portfolio
from kit.models import forecast
from kit.scenarios import charts, tables
from kit.screen import html
from kit.screen.chart import Chart
from kit.screen.controls import NAMED, Listing, below, button, lacking, note, paper, toggles
from kit.screen.evidence import Explorer
from kit.screen.slider import Slider

if TYPE_CHECKING:
    import pandas as pd

    from kit.case import Case

ENOUGH = 5
BINS = 5


def calibration_rows(percents: list[int], outcomes: list[int]) -> pd.DataFrame:
    """Return the calibration curve: ``what`` (you, perfect), ``x``, ``y`` in per cent, ``forecasts`` (how many)."""
    import pandas as pd

    rows = [{"what": "perfect", "x": end, "y": end, "forecasts": 0} for end in (0, 100)]
    if percents:
        table = forecast.calibration_table([value / 100 for value in percents], outcomes, bins=BINS)
        for each in tables.records(table[table["forecasts"] > 0]):
            x, y = 100 * each["mean_forecast"], 100 * each["share_true"]
            rows.append({"what": "you", "x": round(x, 1), "y": round(y, 1), "forecasts": int(each["forecasts"])})
    return pd.DataFrame(rows)


class Forecast(Explorer):
    """Questions about what will happen, answered in probabilities, and practice on what has happened.

    Parameters
    ----------
    case : Case
    others : iterable of dict, optional
        Forecasts of other people, as the portfolio keeps them under ``05/forecast``.

    Attributes
    ----------
    forecasts : dict
        By question ``probability`` (per cent), ``reason``, ``on`` (the day); what is kept.
    selected : str
        The question at work.
    table : DataFrame
        The open questions with the learner's probabilities.
    """

    KEY = "05/forecast"
    PRACTICE = "05/practice"

    def __init__(self, case: Case, *, others: Iterable[Any] = ()) -> None:
        self.store = portfolio(case)
        self.questions = tables.question_table(case)
        self.past = tables.practice_table(case)
        if self.questions.empty and self.past.empty:
            super().__init__(case, lacking("forecast questions"))
            return
        ids = list(self.questions["id"])
        self.forecasts = _kept_forecasts(self.store.read(self.KEY), ids)
        self.others = [tables.sound_forecasts(_percents(each), ids) for each in others]
        self.practised = tables.sound_forecasts(self.store.read(self.PRACTICE), self.past["id"])
        self.part = toggles("Part", [("My forecast", "open"), ("Practice", "past")], "open" if ids else "past")
        self.open_part, self.past_part = self._open_widgets(), self._past_widgets()
        super().__init__(case, self.part, self.open_part, self.past_part)
        below(self, SaveCue(self.store))
        self._filling = False
        self._table = self.questions
        self._turn()
        self.part.observe(lambda _: self._turn(), "value")
        self._list()
        self._next_past()
        self._draw_past()

    # What is still open

    def _open_widgets(self) -> ipywidgets.VBox:
        self.listed = Listing("Questions", rows=8)
        self.card = ipywidgets.HTML(paper(note("Choose a question.")))
        self.probability = Slider(label="Probability of yes", value=50, min=0, max=100, step=1, unit="%")
        self.reason = ipywidgets.Text(
            description="Because",
            placeholder="the strongest reason, in one line",
            style=NAMED,
            layout={"width": "98%"},
            continuous_update=False,
        )
        self.keep = button("Keep this forecast", self._keep)
        self.pool = ipywidgets.HTML()
        self.listed.on_choice(lambda key: self.choose(key))
        return ipywidgets.VBox([self.listed, self.card, self.probability, self.reason, self.keep, self.pool])

    def _list(self) -> None:
        self._table = self.questions.assign(
            probability=self.questions["id"].map({key: each["probability"] for key, each in self.forecasts.items()})
        )
        options = [(_line(each, self.forecasts), each["id"]) for each in tables.records(self.questions)]
        self.listed.fill(options, self.selected)
        if self.others:
            own = [{key: each["probability"] for key, each in self.forecasts.items()}]
            self.pool.value = _pool_html(self.questions, tables.pooled([*self.others, *own], self.questions["id"]))

    def choose(self, key: str) -> None:
        """Open a question."""
        self.selected = key
        question = tables.records(self.questions[self.questions["id"] == key])[0]
        kept = self.forecasts.get(key, {})
        self.probability.value = kept.get("probability", 50)
        self.reason.value = kept.get("reason", "")
        self.card.value = _question_card(question, kept, datetime.now(UTC).date())
        self.listed.choose(key)
        self.heading = "What the articles say of the scenario behind this question"
        self.evidence = tables.argument_evidence(self.case, str(question["scenario"]))

    def _keep(self) -> None:
        if not self.selected:
            self.card.value = paper(html.tag("p", "Choose a question first, then give it a probability."))
            return
        today = datetime.now(UTC).date().isoformat()
        one = {"probability": int(self.probability.value), "reason": self.reason.value.strip(), "on": today}
        self.forecasts = {**self.forecasts, self.selected: one}
        self.store.save(self.KEY, self.forecasts)
        self._list()
        self.choose(self.selected)

    # What is past

    def _past_widgets(self) -> ipywidgets.VBox:
        self.past_card = ipywidgets.HTML()
        self.past_probability = Slider(
            label="Probability of yes, as if on that day", value=50, min=0, max=100, step=1, unit="%"
        )
        self.answer = button("Answer, and see what happened", self._answer)
        self.skip = button("I know this one: leave it out", self._skip)
        self.told = ipywidgets.HTML()
        self.curve = Chart(charts.calibration_chart(), alt=charts.calibration_alt(0, None))
        self.score = ipywidgets.HTML()
        self._left_out: set[str] = set()
        work = ipywidgets.HBox([self.answer, self.skip], layout={"flex_flow": "row wrap"})
        return ipywidgets.VBox([self.past_card, self.past_probability, work, self.told, self.score, self.curve])

    @property
    def past_question(self) -> dict[str, Any] | None:
        """The practice question at work; None when all have been answered."""
        done = set(self.practised) | self._left_out
        left = [each for each in tables.records(self.past) if each["id"] not in done]
        return left[0] if left else None

    def _next_past(self) -> None:
        question = self.past_question
        self.answer.disabled = self.skip.disabled = question is None
        if question is None:
            self.past_card.value = paper(html.tag("p", "You have been through all practice questions."))
            return
        place = f"{len(self.practised) + len(self._left_out) + 1} of {len(self.past)}, asked on {question['asked']}"
        self.past_card.value = paper(note(place), html.tag("h3", question["question"]))
        self.past_probability.value = 50

    def _answer(self) -> None:
        question = self.past_question
        if question is None:
            return
        said = int(self.past_probability.value)
        self.practised = {**self.practised, question["id"]: said}
        self.store.save(self.PRACTICE, self.practised)
        self.told.value = _outcome_html(question, said)
        self._next_past()
        self._draw_past()

    def _skip(self) -> None:
        question = self.past_question
        if question is not None:
            self._left_out.add(question["id"])
            self._next_past()

    def _draw_past(self) -> None:
        outcomes = self.past.set_index("id")["outcome"]
        percents = list(self.practised.values())
        came = [int(outcomes[key]) for key in self.practised]
        score = forecast.brier([value / 100 for value in percents], came) if percents else None
        rows = calibration_rows(percents, came)
        self.curve.rows, self.curve.alt = rows, charts.calibration_alt(len(percents), score)
        self.score.value = _score_html(percents, came, score)

    def _turn(self) -> None:
        is_open = self.part.value == "open"
        self.open_part.layout.display = "" if is_open else "none"
        self.past_part.layout.display = "none" if is_open else ""
        self.panel.layout.display = "" if is_open else "none"


def _percents(kept: Any) -> dict[str, Any]:
    pairs = kept.items() if isinstance(kept, dict) else ()
    return {key: each.get("probability") for key, each in pairs if isinstance(each, dict)}


def _kept_forecasts(kept: Any, ids: list[str]) -> dict[str, dict[str, Any]]:
    sound = tables.sound_forecasts(_percents(kept), ids)
    texts = kept if isinstance(kept, dict) else {}
    return {
        key: {"probability": value, "reason": str(texts[key].get("reason", "")), "on": str(texts[key].get("on", ""))}
        for key, value in sound.items()
    }


def _line(question: dict[str, Any], forecasts: dict[str, dict[str, Any]]) -> str:
    kept = forecasts.get(question["id"])
    return f"{kept['probability']} % · {question['question']}" if kept else f"not yet · {question['question']}"


def _question_card(question: dict[str, Any], kept: dict[str, Any], today: date) -> html.Html:
    due = (
        "Its date has come: look up the outcome."
        if tables.is_due(question["closes"], today)
        else f"Settled on {question['closes']}."
    )
    yours = f"Your forecast of {kept['on']}: {kept['probability']} per cent." if kept else "You have not answered yet."
    return paper(
        html.tag("h3", question["question"]),
        html.tag("p", html.tag("strong", "Rule: "), question["rule"]),
        note(f"{due} {yours}"),
    )


def _pool_html(questions: pd.DataFrame, table: pd.DataFrame) -> html.Html:
    named = table.merge(questions[["id", "question"]], on="id")
    shown = named[["question", "people", "lowest", "median", "highest"]]
    return paper(html.table(shown, "What others and you say, in per cent"))


def _outcome_html(question: dict[str, Any], said: int) -> html.Html:
    came = bool(question["outcome"])
    penalty = (said / 100 - came) ** 2
    verdict = f"It {'came true' if came else 'did not come true'}. You said {said} per cent: penalty {penalty:.2f}."
    return paper(
        html.tag("p", html.tag("strong", verdict)),
        html.tag("p", question["explanation"]),
        note("Source: ", question["source"]),
    )


def _score_html(percents: list[int], came: list[int], score: float | None) -> html.Html:
    if score is None:
        return paper(note("Your score appears after the first answer. The Brier score runs from 0 (perfect) to 1."))
    line = f"Brier score over {len(percents)}: {score:.2f}. Always saying 50 per cent would give 0.25."
    if len(percents) < ENOUGH:
        return paper(html.tag("p", line), note(f"After {ENOUGH} answers the score is taken apart here."))
    parts = forecast.decomposition([value / 100 for value in percents], came)
    taken = (
        f"Reliability {parts['reliability']:.2f} (how far your numbers were off; low is good), resolution "
        f"{parts['resolution']:.2f} (how well you told likely from unlikely; high is good), uncertainty "
        f"{parts['uncertainty']:.2f} (how hard the set is). Reliability − resolution + uncertainty = {score:.2f}."
    )
    return paper(html.tag("p", line), note(taken))
