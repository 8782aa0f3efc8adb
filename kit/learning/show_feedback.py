"""Feedback: how it is shown whether an answer is right, the same in quizzes and exercises, and what explains it."""

from __future__ import annotations

from typing import Any

from kit.learning.quiz_bank import Question, explain_answer
from kit.screen import html

RIGHT, WRONG, NOT_YET, NOT_ANSWERED = "right", "wrong", "not yet", "not answered yet"
# A sign and words beside the colour: nobody has to see the colour to know.
_SIGNS = {RIGHT: "✓ Right.", WRONG: "✗ Not right.", NOT_YET: "◐ Not yet.", NOT_ANSWERED: "○ Not answered yet."}


def show_verdict(state: str, said: Any = "", *more: Any) -> html.Html:
    """Return what is said of an answer: its state with sign and colour, a sentence, and whatever explains it."""
    first = html.tag("p", html.tag("strong", _SIGNS[state]), " ", said)
    name = state.replace(" ", "-")
    return html.tag("div", first, *more, class_=f"parley-paper parley-verdict parley-{name}")


def _show_choice(right: bool, *words: Any) -> html.Html:
    """Return a line of a list that explains choices, with the sign of a right or a wrong one."""
    sign, name = ("✓ ", "right") if right else ("✗ ", "wrong")
    return html.tag("li", html.tag("b", sign), *words, class_=f"parley-{name}")


def show_explanation(question: Question, given: Any) -> html.Html:
    """Return every choice with the reason why it is right or wrong, and which of them the learner chose."""
    rows = []
    for place, (what, verdict, feedback) in enumerate(explain_answer(question)):
        # In an order or a match the list is the right answer: there the sign tells whether the learner's was the same.
        right = _is_right_at(question, given, place) if question["type"] in ("order", "match") else verdict == "right"
        chosen = " (your choice)" if what == given or (question["type"] == "many_choice" and what in given) else ""
        rows.append(_show_choice(right, html.tag("strong", what), f"{chosen} – {verdict}. ", feedback))
    listed = html.tag("ol" if question["type"] == "order" else "ul", *rows)
    return html.tag("details", html.tag("summary", "Every choice explained"), listed, open=True)


def _is_right_at(question: Question, given: Any, place: int) -> bool:
    if question["type"] == "order":
        return bool(given[place] == question["items"][place]["item"])
    pair = question["pairs"][place]
    return bool(given.get(pair["left"]) == pair["right"])
