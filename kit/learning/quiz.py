"""The quiz of a unit: feedback on every choice, a second try, results kept in the portfolio.

What a learner answers is kept under ``"<unit>/quiz/<id>"``: ``tries`` (each answer as given), ``right_at`` (the try that
was right, or null); for a question without one right answer ``choice``, ``reason`` and ``shown``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import ipywidgets

from kit.learning.cue import SaveCue
from kit.learning.inputs import Choice, Input, Many, Match, Order, Text, button, shuffled
from kit.learning.portfolio import CasePortfolio, portfolio
from kit.learning.quiz_bank import (
    Question,
    Verdict,
    explanation,
    for_jupyterquiz,
    judge,
    options_of,
    quiz_problems,
    right_answer,
)
from kit.screen import html
from kit.screen.live import Live
from kit.screen.theme import STYLE

if TYPE_CHECKING:
    import pandas as pd

    from kit.case import Case

__all__ = ["Quiz", "for_jupyterquiz", "quiz_problems", "quiz_table", "right_answer"]

TRIES = 2


class Quiz(ipywidgets.VBox):
    """The questions of a unit.

    Parameters
    ----------
    case : Case
        Whose questions they are.
    unit : str
        ``"00"`` to ``"06"``.

    Attributes
    ----------
    questions : list
        One box a question, in the order shown.
    """

    def __init__(self, case: Case, unit: str) -> None:
        self.case, self.unit = case, unit
        self.store = portfolio(case)
        self._bank = case.quiz(unit)
        usable = [question for question in self._bank if not quiz_problems([question])]
        self.questions = [
            (Defended if question["type"] == "defend" else Asked)(question, unit, f"{n} of {len(usable)}", self.store)
            for n, question in enumerate(usable, 1)
        ]
        self.score = Live()
        for question in self.questions:
            question.on_result = self._tell
        notes = [] if len(usable) == len(self._bank) else [_left_out(self._bank)]
        super().__init__([*notes, *self.questions, self.score, SaveCue(self.store)])
        self._tell()

    @property
    def table(self) -> pd.DataFrame:
        """The results: ``question, type, tries, right_at``, a row a question."""
        return quiz_table(self._bank, self.store.entries(f"{self.unit}/quiz/"), self.unit)

    def _tell(self) -> None:
        self.score.html = html.tag("p", score_line(self.table))

    def __repr__(self) -> str:
        return f"Quiz(case={self.case.name!r}, unit={self.unit!r})"


def quiz_table(questions: Sequence[Question], entries: dict[str, Any], unit: str) -> pd.DataFrame:
    """Return a learner's results: ``question, type, tries, right_at``, a row a question.

    ``right_at`` is the number of the try that was right, missing if none was (yet); a question without a right answer
    counts one try when its reason was given.
    """
    import pandas as pd

    rows = []
    for question in questions:
        result = quiz_result(question, entries.get(f"{unit}/quiz/{question['id']}"))
        rows.append((question["id"], question["type"], *result))
    frame = pd.DataFrame(rows, columns=["question", "type", "tries", "right_at"])
    return frame.astype({"right_at": "Int64"})


def quiz_result(question: Question, kept: Any) -> tuple[int, int | None]:
    """Return from what a portfolio keeps of a question the number of tries, and which of them was right, if one was."""
    kept = kept if isinstance(kept, dict) else {}
    listed = kept.get("tries")
    given = len(listed) if isinstance(listed, list) else 0
    tries = int(bool(kept.get("shown"))) if question["type"] == "defend" else given
    right_at = kept.get("right_at")
    return tries, right_at if right_at in (1, 2) else None


def score_line(table: pd.DataFrame) -> str:
    """Return in a sentence how far a learner is."""
    judged = table[table["type"] != "defend"]
    answered = int((table["tries"] > 0).sum())
    if answered == 0:
        return (
            f"{len(table)} questions; you have two tries at each." if len(table) else "There are no questions here yet."
        )
    first, second = (int((judged["right_at"] == number).sum()) for number in (1, 2))
    return f"Answered: {answered} of {len(table)}. Right at the first try: {first}; at the second: {second}."


def _left_out(bank: list[Any]) -> ipywidgets.HTML:
    items = [html.tag("li", problem) for problem in quiz_problems(bank)]
    return ipywidgets.HTML(html.tag("div", "Some questions cannot be asked:", html.tag("ul", *items)))


class _Box(ipywidgets.VBox):
    """A question's number, text and controls, and where its feedback is said."""

    def __init__(self, question: Question, unit: str, place: str, store: CasePortfolio) -> None:
        self.question = question
        self.key = f"{unit}/quiz/{question['id']}"
        self.store = store
        self.on_result: Any = lambda: None
        self.feedback = Live()
        self.button = button("")
        self.button.on_click(lambda _: self.submit())
        heading = html.join(
            html.style(STYLE),
            html.tag("p", html.tag("strong", f"Question {place}. "), question["question"], style="font-size: 15px"),
        )
        super().__init__([ipywidgets.HTML(heading), *self.build(place), self.button, self.feedback])
        self.layout.margin = "0 0 18px"
        self.restore(store.read(self.key))

    def build(self, place: str) -> list[ipywidgets.Widget]:
        """Make the controls."""
        raise NotImplementedError

    def submit(self) -> None:
        """Take the answer."""
        raise NotImplementedError

    def restore(self, kept: Any) -> None:
        """Show what was answered before."""
        raise NotImplementedError

    def say(self, *parts: Any) -> None:
        """Say something under the question."""
        self.feedback.html = html.tag("div", *parts, class_="parley-paper")

    def __repr__(self) -> str:
        return f"Question({self.question['id']!r})"


class Asked(_Box):
    """A question with a right answer and two tries at it."""

    def build(self, place: str) -> list[ipywidgets.Widget]:
        """Make the controls for its type."""
        self.tries: list[Any] = []
        self.button.description = f"Check question {place.split()[0]}"
        self.input = input_for(self.question)
        return [self.input]

    @property
    def done(self) -> bool:
        """Whether it was answered rightly or both tries are used."""
        return self.right_at is not None or len(self.tries) >= TRIES

    @property
    def right_at(self) -> int | None:
        """The number of the try that was right."""
        right = (n for n, answer in enumerate(self.tries, 1) if judge(self.question, answer).right)
        return next(right, None)

    def submit(self) -> None:
        """Judge the answer, say what is to be said, and keep it."""
        answer = self.input.answer
        if self.done:
            return
        if answer is None:
            self.say(html.tag("p", "Not answered yet: ", _ask(self.question["type"])))
            return
        self.tries.append(answer)
        self.store.save(self.key, {"tries": self.tries, "right_at": self.right_at})
        self._show()
        self.on_result()

    def restore(self, kept: Any) -> None:
        """Show the tries that were kept, unless the question has changed since."""
        tries = kept.get("tries") if isinstance(kept, dict) else None
        if not isinstance(tries, list) or not tries:
            return
        for answer in tries[:TRIES]:
            self.input.answer = answer
            if self.input.answer is None or self.input.answer != answer:
                self.tries, self.input.answer = [], None
                return
            self.tries.append(answer)
        self._show()

    def _show(self) -> None:
        verdict = judge(self.question, self.tries[-1])
        parts = [_headline(verdict, self.done), *_notes(verdict)]
        if self.done:
            parts.append(_explained(self.question))
        self.say(*parts)
        self.input.lock(self.done)
        self.button.disabled = self.done


class Defended(_Box):
    """A question without one right answer: it asks for a reason, then shows two reasoned views."""

    def build(self, place: str) -> list[ipywidgets.Widget]:
        """Make the controls."""
        self.shown = False
        self.button.description = f"Keep my answer to question {place.split()[0]} and show two views"
        self.input = Choice(shuffled(options_of(self.question), self.question["id"]))
        self.reason = Text(label="Your reason", lines=3)
        for part in (self.input, self.reason):
            part.on_answer(self._keep)
        return [self.input, self.reason]

    def submit(self) -> None:
        """Show the views once a choice and a reason are there."""
        if self.input.answer is None or self.reason.answer is None:
            self.say(html.tag("p", "Choose one and say why first. No answer here is the right one; the reason counts."))
            return
        self.shown = True
        self._keep()
        self._show()
        self.on_result()

    def restore(self, kept: Any) -> None:
        """Show the choice and the reason that were kept."""
        if isinstance(kept, dict):
            self.input.answer, self.reason.answer = kept.get("choice"), kept.get("reason")
            self.shown = bool(kept.get("shown"))
        if self.shown:
            self._show()

    def _keep(self) -> None:
        kept = {"choice": self.input.answer, "reason": self.reason.answer, "shown": self.shown}
        self.store.save(self.key, kept)

    def _show(self) -> None:
        views = [
            html.join(html.tag("h3", view["title"]), html.tag("p", view["text"])) for view in self.question["views"]
        ]
        self.say(
            html.tag(
                "p", "Two people who thought about it see it like this. Which points did you miss, and which did they?"
            ),
            *views,
        )


def input_for(question: Question) -> Input:
    """Return the controls for a question of the bank; options stand in an order that its id alone decides."""
    options = options_of(question)
    kind, seed = question["type"], question["id"]
    if kind == "match":
        return Match([pair["left"] for pair in question["pairs"]], shuffled(options, seed, never=options))
    if kind == "order":
        return Order(shuffled(options, seed, never=options))
    return (Many if kind == "many_choice" else Choice)(shuffled(options, seed))


def _ask(kind: str) -> str:
    return {
        "order": "fill every place, each with another.",
        "match": "choose a partner for each.",
        "many_choice": "tick all that belong.",
    }.get(kind, "choose one.")


def _headline(verdict: Verdict, done: bool) -> html.Html:
    if verdict.right:
        return html.tag("p", html.tag("strong", "✓ Right."))
    said = "✗ Not right." if done else "✗ Not quite. You have one more try."
    return html.tag("p", html.tag("strong", said), " ", verdict.summary)


def _notes(verdict: Verdict) -> list[html.Html]:
    return [html.tag("p", html.tag("em", what), ": ", why) for what, why in verdict.feedback]


def _explained(question: Question) -> html.Html:
    rows = [
        html.tag("li", html.tag("strong", what), f" – {verdict}. ", feedback)
        for what, verdict, feedback in explanation(question)
    ]
    listed = html.tag("ol" if question["type"] == "order" else "ul", *rows)
    return html.tag("details", html.tag("summary", "Every choice explained"), listed, open=True)
