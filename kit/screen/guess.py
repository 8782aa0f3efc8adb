"""Guess first: a question that can be counted is asked before the picture answers it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import ipywidgets

from kit.screen import html
from kit.screen.controls import button, dropdown, row, show
from kit.screen.still_text import Still
from kit.screen.stylesheet import stylesheet

Answer = str | int


class Guess(Still, ipywidgets.VBox):
    """A question with a guess of the learner's, which is then shown beside what is true.

    Parameters
    ----------
    question : str
        What can be counted or picked out: "How many of the 44 events do the articles mention?"
    truth : int or str
        A number, or the value of one of ``choices``.
    choices : mapping, optional
        Values by the label that is read; without them a whole number is asked for.
    said : str, optional
        One sentence about what is true, shown beside both.
    kept : int or str, optional
        A guess made before, as it was kept.
    keep : callable, optional
        Called with the guess when it is made.
    veil : sequence of Widget
        What is not seen before a guess has been made, or passed over.

    Attributes
    ----------
    guess : int, str or None
        What was guessed.

    Examples
    --------
    >>> asked = Guess("How many of the 44 events do the articles mention?", 19)
    >>> asked.make(30)
    >>> asked.guess
    30
    """

    aim = "guess first"

    def __init__(
        self,
        question: str,
        truth: Answer,
        *,
        choices: Mapping[str, str] | None = None,
        said: str = "",
        kept: Any = None,
        keep: Callable[[Answer], object] = lambda _guess: None,
        veil: Sequence[ipywidgets.Widget] = (),
    ) -> None:
        self.truth, self.said, self.choices = truth, said, dict(choices or {})
        self.guess: Answer | None = None
        self._keep = keep
        self.asked = ipywidgets.HTML(html.tag("strong", "Guess first. ") + html.escape(question))
        self.field = self._field()
        self.ready = button("This is my guess", lambda: self.make(self.field.value), "primary")
        self.past = button("Show me without a guess", self.reveal)
        self.form = row(self.field, self.ready, self.past)
        self.verdict = ipywidgets.HTML()
        super().__init__([self.asked, self.form, self.verdict, stylesheet()])
        self.add_class("parley-guess")
        self.cover(veil)
        if self._sound(kept):
            self.guess = kept
            self.reveal()

    def _field(self) -> ipywidgets.Widget:
        if self.choices:
            return dropdown("Your guess", list(self.choices.items()))
        return ipywidgets.BoundedIntText(
            0, min=0, max=1_000_000, description="Your guess", style={"description_width": "initial"}
        ).add_class("parley-control")

    def _sound(self, guess: Any) -> bool:
        """Whether a guess can be one; a portfolio may hold anything."""
        if self.choices:
            return guess in self.choices.values()
        # True is an int to Python.
        return isinstance(guess, int) and not isinstance(guess, bool) and guess >= 0

    def cover(self, veil: Sequence[ipywidgets.Widget]) -> None:
        """Take out of sight what is not seen before a guess; nothing where one has been made already."""
        self.veil = list(veil) if self.guess is None else []
        for widget in self.veil:
            show(widget, shown=False)

    def make(self, guess: Answer) -> None:
        """Guess, keep the guess, and show what is true."""
        if self._sound(guess):
            self.guess = guess
            self._keep(guess)
            self.reveal()

    def reveal(self) -> None:
        """Show what is true, beside the guess if there is one."""
        # A guess is made once: with the answer in view it would be none.
        show(self.form, shown=False)
        for widget in self.veil:
            show(widget, shown=True)
        self.verdict.value = html.tag("p", *self._words(), aria_live="polite")

    def _words(self) -> list[Any]:
        true = html.tag("strong", self._named(self.truth))
        if self.guess is None:
            return ["The answer: ", true, f". {self.said}"]
        if self.guess == self.truth:
            return ["✓ You guessed ", html.tag("strong", self._named(self.guess)), f", and so it is. {self.said}"]
        return ["You guessed ", html.tag("strong", self._named(self.guess)), "; the answer is ", true, f". {self.said}"]

    def _named(self, answer: Answer) -> str:
        return next((label for label, value in self.choices.items() if value == answer), str(answer))

    def __repr__(self) -> str:
        return "Run this cell to guess first."
