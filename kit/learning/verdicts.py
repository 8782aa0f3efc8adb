"""How it is shown whether an answer is right: the same in quizzes and exercises."""

from __future__ import annotations

from typing import Any

from kit.screen import html

RIGHT, WRONG, NOT_YET, NOT_ANSWERED = "right", "wrong", "not yet", "not answered yet"
# A sign and words beside the colour: nobody has to see the colour to know.
_SIGNS = {RIGHT: "✓ Right.", WRONG: "✗ Not right.", NOT_YET: "◐ Not yet.", NOT_ANSWERED: "○ Not answered yet."}


def show_verdict(state: str, said: Any = "", *more: Any) -> html.Html:
    """Return what is said of an answer: its state with sign and colour, a sentence, and whatever explains it."""
    first = html.tag("p", html.tag("strong", _SIGNS[state]), " ", said)
    name = state.replace(" ", "-")
    return html.tag("div", first, *more, class_=f"parley-paper parley-verdict parley-{name}")


def show_choice(right: bool, *words: Any) -> html.Html:
    """Return a line of a list that explains choices, with the sign of a right or a wrong one."""
    return html.tag(
        "li", html.tag("b", "✓ " if right else "✗ "), *words, class_=f"parley-{'right' if right else 'wrong'}"
    )
