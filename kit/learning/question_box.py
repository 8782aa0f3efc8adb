"""The box that a question stands in, in a quiz or an exercise: its text, the controls, a button, and what is said of it.

How an answer is judged is none of its business: a quiz judges by `quiz_bank`, an exercise by `answer_rules`.
"""

from __future__ import annotations

from collections.abc import Sequence

import ipywidgets

from kit.learning.inputs import Input
from kit.screen import html
from kit.screen.controls import button
from kit.screen.live_region import Live
from kit.screen.still_text import Still


class QuestionBox(Still, ipywidgets.VBox):
    """A question with its controls.

    Parameters
    ----------
    label : str
        What it is called: "Question 2 of 8", "Task 1".

    Attributes
    ----------
    input : Input or None
        The first of the controls.
    feedback : Live
        Where it is said what is right or wrong.
    """

    aim = "answer"

    def __init__(
        self, label: str, question: str, inputs: Sequence[Input], press: str, after: Sequence[ipywidgets.Widget] = ()
    ) -> None:
        self.what_it_is = f"{label}. {question}"
        self.input = inputs[0] if inputs else None
        self.feedback = Live()
        self.button = button(press, self.submit, "primary")
        heading = html.tag("p", html.tag("strong", f"{label}. "), question)
        super().__init__([ipywidgets.HTML(heading), *inputs, self.button, self.feedback, *after])
        self.add_class("parley-work")

    def submit(self) -> None:
        """Take the answer."""
        raise NotImplementedError

    def say(self, told: html.Html | str) -> None:
        """Say something of the answer, in place of what was said before."""
        self.feedback.html = told

    def __repr__(self) -> str:
        return self.what_it_is
