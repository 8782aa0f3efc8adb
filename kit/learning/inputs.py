"""The ways of giving an answer: choose one, choose several, put in order, match, write, give a number.

Each is a box of ipywidgets controls with names, and has an ``answer`` that can be read and set; None is a blank.
Options are text; they are shown in an order that does not give them away, the same each time.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from typing import Any

import ipywidgets

from kit.rows import as_mapping
from kit.screen import controls, html
from kit.screen.guarded import Guarded
from kit.screen.ordering import Ordering

# Not None: ipywidgets takes that for no choice at all, and then shows an empty field, or does not, by the hash seed.
CHOOSE = (controls.CHOOSE, "")


def shuffle_options(options: Sequence[str], seed: str, *, never: Sequence[str] | None = None) -> list[str]:
    """Return the options in an order that hangs on the seed alone, and is not the one that must never be shown."""
    mixed = sorted(options, key=lambda option: sha256(f"{seed}\n{option}".encode()).hexdigest())
    return mixed[1:] + mixed[:1] if never is not None and mixed == list(never) else mixed


class Input(Guarded, ipywidgets.VBox):
    """What all ways of answering share.

    Attributes
    ----------
    answer : Any
        What is answered; None while it is blank. Setting it sets the controls.
    """

    def __init__(self, controls: Sequence[ipywidgets.Widget]) -> None:
        self.controls = list(controls)
        self._callbacks: list[Callable[[], object]] = []
        super().__init__(self.controls)
        self.add_class("parley-input")
        for control in self.controls:
            if control.has_trait("value"):  # a list to be ordered has none, and is heard by `Order` itself
                control.observe(self._changed, "value")

    @property
    def answer(self) -> Any:
        """The answer as it stands."""
        return self._get()

    @answer.setter
    def answer(self, answer: Any) -> None:
        with self.echoing():
            self._set(answer)

    def on_answer(self, callback: Callable[[], object]) -> None:
        """Call back when the learner (not the program) changes the answer."""
        self._callbacks.append(callback)

    def lock(self, locked: bool = True) -> None:
        """Let the controls be read but not changed."""
        for control in self.controls:
            control.disabled = locked

    def _changed(self, _change: Any) -> None:
        if not self._echoing:
            for callback in self._callbacks:
                callback()

    def _get(self) -> Any:
        raise NotImplementedError

    def _set(self, answer: Any) -> None:
        raise NotImplementedError

    def __repr__(self) -> str:
        return f"{type(self).__name__}()"


class Choice(Input):
    """One of several options; ``answer`` is its text."""

    def __init__(self, options: Sequence[str]) -> None:
        self.radios = ipywidgets.RadioButtons(options=list(options), value=None)
        super().__init__([self.radios])

    def _get(self) -> str | None:
        return self.radios.value

    def _set(self, answer: Any) -> None:
        self.radios.value = answer if answer in self.radios.options else None


class Many(Input):
    """Any number of the options; ``answer`` lists them in the order shown."""

    def __init__(self, options: Sequence[str]) -> None:
        self.options = list(options)
        self.boxes = [ipywidgets.Checkbox(**html.as_description(option), indent=False) for option in options]
        super().__init__(self.boxes)

    def _get(self) -> list[str] | None:
        return [option for option, box in zip(self.options, self.boxes, strict=True) if box.value] or None

    def _set(self, answer: Any) -> None:
        wanted = answer if isinstance(answer, list | tuple | set) else ()
        for option, box in zip(self.options, self.boxes, strict=True):
            box.value = option in wanted


class Order(Input):
    """All the options in an order; ``answer`` lists them. Blank until the learner has moved one."""

    def __init__(self, options: Sequence[str]) -> None:
        self.list = Ordering(options)
        super().__init__([self.list])
        # The list may change first and tell only then that it was moved, or it was moved and changes again.
        self.list.observe(self._changed, ["items", "moved"])

    def _get(self) -> list[str] | None:
        return list(self.list.items) if self.list.moved else None

    def _set(self, answer: Any) -> None:
        wanted = list(answer) if isinstance(answer, list | tuple) else []
        # What was kept may be of an older question: an order that lacks an item would take it out of the list.
        whole = len(wanted) == len(self.list.items) and set(map(str, wanted)) == set(self.list.items)
        if whole:
            self.list.items = wanted
        self.list.moved = whole


class Match(Input):
    """For each thing on the left one option on the right; ``answer`` is a dict. Blank until every one has its option."""

    def __init__(self, lefts: Sequence[str], options: Sequence[str]) -> None:
        choices = [CHOOSE, *((each, each) for each in options)]
        self.lefts = list(lefts)
        self.rows = [ipywidgets.Dropdown(options=choices, **html.as_description(left)) for left in lefts]
        super().__init__(self.rows)

    def _get(self) -> dict[str, str] | None:
        chosen = {left: row.value for left, row in zip(self.lefts, self.rows, strict=True)}
        return chosen if all(chosen.values()) else None

    def _set(self, answer: Any) -> None:
        wanted = as_mapping(answer)
        for left, row in zip(self.lefts, self.rows, strict=True):
            value = wanted.get(left)
            row.value = value if value in dict(row.options).values() else ""


class Text(Input):
    """Some words; ``answer`` is the text as typed."""

    def __init__(self, *, label: str = "Your answer", lines: int = 1, placeholder: str = "") -> None:
        made = ipywidgets.Textarea if lines > 1 else ipywidgets.Text
        self.field = made(description=label, placeholder=placeholder, style={"description_width": "initial"})
        self.field.layout.width = "auto"
        if lines > 1:
            self.field.rows = lines
        super().__init__([self.field])

    def _get(self) -> str | None:
        return self.field.value if self.field.value.strip() else None

    def _set(self, answer: Any) -> None:
        self.field.value = "" if answer is None else str(answer)


class Number(Text):
    """A number, typed; ``answer`` is the text as typed, so that a blank stays a blank."""

    # Not ipywidgets' own field for numbers, which shows a blank as 0.

    def __init__(self, *, unit: str = "") -> None:
        super().__init__(label=f"Your number ({unit})" if unit else "Your number")
        self.field.layout.width = "24em"


def make_input(
    kind: str, seed: str, options: Sequence[str] = (), items: Sequence[str] = (), more: Mapping[str, Any] | None = None
) -> Input | None:
    """Return the controls for a kind of question; None for one that is answered in an explorer.

    Parameters
    ----------
    kind : str
        ``choice``, ``many``, ``order``, ``match``, ``text``, ``number`` or ``explorer``.
    seed : str
        The question's name, which alone decides in what order options are shown.
    options, items : sequence of str
        What is chosen from, and for ``match`` what stands on the left.
    more : dict, optional
        For a text ``lines``, for a number ``suffix``, its unit.
    """
    more = more or {}
    if kind == "match":
        return Match(items, shuffle_options(options, seed, never=options))
    if kind == "order":
        return Order(shuffle_options(options, seed, never=options))
    if kind in ("choice", "many"):
        return (Many if kind == "many" else Choice)(shuffle_options(options, seed))
    if kind == "number":
        return Number(unit=str(more.get("suffix", "")))
    return Text(lines=int(more.get("lines", 1))) if kind == "text" else None
