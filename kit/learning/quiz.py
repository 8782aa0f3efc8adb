"""The quiz of a unit: feedback on every choice, a second try, results kept in the portfolio.

What a learner answers is kept under ``"<unit>/quiz/<id>"``: ``tries`` (each answer as given), ``right_at`` (the try that
was right, or null); for a question without one right answer ``choice``, ``reason`` and ``shown``.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import chain
from typing import Any

import ipywidgets
import pandas as pd

from kit.case import Case
from kit.learning.inputs import Input, Text, make_input
from kit.learning.portfolio import CasePortfolio, portfolio
from kit.learning.question_box import QuestionBox
from kit.learning.quiz_bank import Question, judge, options_of, quiz_problems, right_answer, sound_questions
from kit.learning.save_cue import SaveCue
from kit.learning.show_feedback import NOT_ANSWERED, NOT_YET, RIGHT, WRONG, show_explanation, show_verdict
from kit.rows import as_mapping
from kit.screen import html
from kit.screen.controls import button, row
from kit.screen.live_region import Live
from kit.screen.still_text import Still

# After the feedback on a first mistake a second try teaches something; a third is a guess among what is left.
TRIES = 2
_SIGNS = {RIGHT: "✓", WRONG: "✗", NOT_YET: "◐", "answered": "•"}


class Quiz(Still, ipywidgets.VBox):
    """The questions of a unit, one at a time.

    Parameters
    ----------
    unit : str
        ``"00"`` to ``"06"``.

    Attributes
    ----------
    questions : list
        One box a question, in their order.
    place : int
        Which is on screen, from 0.
    """

    aim = "answer the questions"

    def __init__(self, case: Case, unit: str) -> None:
        self.case, self.unit, self.place = case, unit, 0
        self.store = portfolio(case)
        self._bank = case.quiz(unit)
        usable = sound_questions(self._bank)
        self.questions: list[Asked | Defended] = [
            (Defended if question["type"] == "defend" else Asked)(question, unit, (n, len(usable)), self.store)
            for n, question in enumerate(usable, 1)
        ]
        self.what_it_is = repr(self.questions[0]) if self.questions else "There are no questions here yet."
        for question in self.questions:
            question.on_result = self._tell
        self.row = ipywidgets.HBox([button(str(n + 1), partial(self.go, n)) for n in range(len(self.questions))])
        self.row.layout = {"flex_flow": "row wrap", "grid_gap": "6px"}
        self.back = button("Back", lambda: self.go(self.place - 1))
        self.next = button("Next question", lambda: self.go(self.place + 1))
        self.body, self.score = ipywidgets.VBox(), Live()
        self._notes = [] if len(usable) == len(self._bank) else [_left_out(self._bank)]
        moves = [row(self.back, self.next)] if self.questions else []
        super().__init__([*self._notes, self.row, self.body, *moves, self.score, SaveCue(self.store, f"{unit}/quiz/")])
        self.add_class("parley-work")
        self.go(next((n for n, question in enumerate(self.questions) if not question.done), 0))
        self._tell()

    @property
    def table(self) -> pd.DataFrame:
        """The results: ``question, type, tries, right_at``, a row a question."""
        return quiz_table(self._bank, self.store.entries(f"{self.unit}/quiz/"), self.unit)

    def go(self, place: int) -> None:
        """Show a question, counted from 0."""
        if self.questions:
            self.place = max(0, min(place, len(self.questions) - 1))
            self.body.children = [self.questions[self.place]]
            self.back.disabled = self.place == 0
            self.next.disabled = self.place == len(self.questions) - 1
            self._mark_places()

    def _mark_places(self) -> None:
        for n, (press, question) in enumerate(zip(self.row.children, self.questions, strict=True)):
            press.description = f"{_SIGNS.get(question.state, '')} {n + 1}".strip()
            press.tooltip = f"Question {n + 1}: {question.state}"
            (press.add_class if n == self.place else press.remove_class)("parley-primary")

    def _tell(self) -> None:
        self.score.say(score_line(self.table))
        self._mark_places()

    def __repr__(self) -> str:
        return self.what_it_is


def quiz_table(questions: Sequence[Question], entries: dict[str, Any], unit: str) -> pd.DataFrame:
    """Return a learner's results: ``question, type, tries, right_at``, a row a question.

    ``right_at`` is the number of the try that was right, missing if none was (yet); a question without a right answer
    counts one try when its reason was given.
    """
    rows = []
    for question in questions:
        result = quiz_result(question, entries.get(f"{unit}/quiz/{question['id']}"))
        rows.append((question["id"], question["type"], *result))
    frame = pd.DataFrame(rows, columns=["question", "type", "tries", "right_at"])
    return frame.astype({"right_at": "Int64"})


def quiz_result(question: Question, kept: Any) -> tuple[int, int | None]:
    """Return from what a portfolio keeps of a question the number of tries, and which of them was right, if one was."""
    kept = as_mapping(kept)
    listed = kept.get("tries")
    given = len(listed) if isinstance(listed, list) else 0
    tries = int(bool(kept.get("shown"))) if question["type"] == "defend" else given
    right_at = kept["right_at"] if "right_at" in kept else _first_right(question, listed)
    # A portfolio may hold anything, a right answer at the ninth try too.
    return tries, right_at if right_at in (1, 2) else None


def _first_right(question: Question, tries: Any) -> int | None:
    """Return which of the tries was right; a phone's page does not know it."""
    if not tries or not isinstance(tries, list) or question["type"] == "defend":
        return None
    listed, right = tries, right_answer(question)
    if isinstance(right, list) and question["type"] == "many_choice":
        # Chosen in any order; a phone's page has them in its own.
        listed = [sorted(map(str, each)) if isinstance(each, list) else each for each in listed]
        right = sorted(right)
    return listed.index(right) + 1 if right in listed else None


def score_line(table: pd.DataFrame) -> str:
    """Return in a sentence how far a learner is."""
    judged = table[table["type"] != "defend"]
    answered = int((table["tries"] > 0).sum())
    if table.empty:
        return "There are no questions here yet."
    if answered == 0:
        return f"{len(table)} questions; you have two tries at each."
    first, second = (int((judged["right_at"] == number).sum()) for number in (1, 2))
    return f"Answered: {answered} of {len(table)}. Right at the first try: {first}; at the second: {second}."


def _left_out(bank: list[Any]) -> ipywidgets.HTML:
    return ipywidgets.HTML(html.tag("div", "Some questions cannot be asked:", html.bullets(quiz_problems(bank))))


class _Box(QuestionBox):
    """A question of a quiz, and what the portfolio holds of it."""

    input: Input
    press = "Check question {}"  # what the button says
    more: Sequence[Input] = ()  # what is asked besides

    def __init__(self, question: Question, unit: str, place: tuple[int, int], store: CasePortfolio) -> None:
        self.question, self.store = question, store
        self.key = f"{unit}/quiz/{question['id']}"
        self.on_result: Any = lambda: None
        number, count = place
        label = f"Question {number} of {count}"
        super().__init__(label, question["question"], [input_for(question), *self.more], self.press.format(number))
        self.restore(store.read(self.key))

    def restore(self, kept: Any) -> None:
        """Show what was answered before; each kind of question keeps something else."""


class Asked(_Box):
    """A question with a right answer and two tries at it."""

    def __init__(self, *given: Any) -> None:
        self.tries: list[Any] = []  # before the rest is built, which puts back what was kept
        super().__init__(*given)

    @property
    def done(self) -> bool:
        """Whether it was answered rightly or both tries are used."""
        return self.right_at is not None or len(self.tries) >= TRIES

    @property
    def state(self) -> str:
        """Right, wrong, not yet (a try is left) or not answered yet."""
        if not self.tries:
            return NOT_ANSWERED
        return RIGHT if self.right_at else WRONG if self.done else NOT_YET

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
            self.say(show_verdict(NOT_ANSWERED, _ask(self.question["type"])))
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
            # Controls take no option that they do not have: then the answer was to another wording of the question.
            if self.input.answer is None or self.input.answer != answer:
                self.tries, self.input.answer = [], None
                return
            self.tries.append(answer)
        self._show()

    def _show(self) -> None:
        verdict = judge(self.question, self.tries[-1])
        if self.done:
            self.say(show_verdict(self.state, verdict.summary, show_explanation(self.question, self.tries[-1])))
        else:
            # Only here: once all choices are explained, these words stand among them.
            notes = [html.tag("p", html.tag("em", what), ": ", why) for what, why in verdict.feedback]
            self.say(show_verdict(NOT_YET, f"You have one more try. {verdict.summary}", *notes))
        self.input.lock(self.done)
        self.button.disabled = self.done


class Defended(_Box):
    """A question without one right answer: it asks for a reason, then shows reasoned views."""

    press = "Keep my answer to question {} and show reasoned views"

    def __init__(self, *given: Any) -> None:
        self.done = False
        self.reason = Text(label="Your reason", lines=3)
        self.more = [self.reason]
        super().__init__(*given)
        for part in (self.input, self.reason):
            part.on_answer(self._keep)

    @property
    def state(self) -> str:
        """Answered, or not yet: there is no right or wrong."""
        return "answered" if self.done else NOT_ANSWERED

    def submit(self) -> None:
        """Show the views once a choice and a reason are there."""
        if self.input.answer is None or self.reason.answer is None:
            asked = "Choose one and say why first. No answer here is the right one; the reason counts."
            self.say(show_verdict(NOT_ANSWERED, asked))
            return
        self.done = True
        self._keep()
        self._show()
        self.on_result()

    def restore(self, kept: Any) -> None:
        """Show the choice and the reason that were kept."""
        if isinstance(kept, dict):
            self.input.answer, self.reason.answer = kept.get("choice"), kept.get("reason")
            self.done = bool(kept.get("shown"))
        if self.done:
            self._show()

    def _keep(self) -> None:
        kept = {"choice": self.input.answer, "reason": self.reason.answer, "shown": self.done}
        self.store.save(self.key, kept)

    def _show(self) -> None:
        asked = "Each of these answers can be defended. Which of the reasons did you not think of?"
        views = [(html.tag("h3", view["title"]), html.tag("p", view["text"])) for view in self.question["views"]]
        self.say(html.tag("div", html.tag("p", asked), *chain.from_iterable(views), class_="parley-paper"))


_KINDS = {"multiple_choice": "choice", "many_choice": "many", "defend": "choice", "order": "order", "match": "match"}


def input_for(question: Question) -> Input:
    """Return the controls for a question of the bank."""
    lefts = [pair["left"] for pair in question.get("pairs", ())]
    made = make_input(_KINDS[question["type"]], question["id"], options_of(question), lefts)
    assert made is not None
    return made


def _ask(kind: str) -> str:
    return {
        "order": "Move at least one of the things to its place.",
        "match": "Choose a partner for each.",
        "many_choice": "Tick all that belong.",
    }.get(kind, "Choose one.")
