"""A task with controls to answer it and a button that checks: nobody needs to program to get a hint."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ipywidgets

from kit.learning.check import NOT_YET, RIGHT, UNCHECKED, CheckResult, check, failures_of, kept_answer, key_of, spec_of
from kit.learning.cue import SaveCue
from kit.learning.inputs import Choice, Input, Many, Match, Number, Order, Text, button, shuffled
from kit.learning.portfolio import portfolio
from kit.screen import html
from kit.screen.live import Live
from kit.screen.theme import STYLE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kit.case import Case


class Answer(ipywidgets.VBox):
    """A task of ``checks.yaml`` with its controls, a button, and a place for the hint.

    Parameters
    ----------
    case : Case
        Whose task it is.
    task : str
        The task's name, such as ``"01-t1"``.

    Attributes
    ----------
    answer : Any
        The answer in the controls; setting it sets them, keeps it, and checks it.
    result : CheckResult or None
        What the check said last.
    """

    def __init__(self, case: Case, task: str) -> None:
        self.case, self.task = case, task
        self.spec = spec_of(task, case)
        self.store = portfolio(case)
        self.result: CheckResult | None = None
        self.input = input_for(task, self.spec)
        self.button = button(f"Check {label_of(task)}")
        self.button.on_click(lambda _: self.check())
        self.said = Live()
        heading = html.tag(
            "p", html.tag("strong", f"{label_of(task).capitalize()}. "), self.spec["task"], style="font-size: 15px"
        )
        given = [self.input] if self.input else []
        super().__init__(
            [
                ipywidgets.HTML(html.join(html.style(STYLE), heading)),
                *given,
                self.button,
                self.said,
                SaveCue(self.store),
            ]
        )
        self._restore()

    @property
    def answer(self) -> Any:
        """The answer in the controls, or what an explorer has kept."""
        return self.input.answer if self.input else kept_answer(self.task, self.spec, self.case)

    @answer.setter
    def answer(self, answer: Any) -> None:
        if self.input:
            self.input.answer = answer
        self._show(check(self.task, answer, self.case))

    def check(self) -> CheckResult:
        """Check the answer and say what the check says."""
        result = check(self.task, self.answer, self.case)
        self._show(result)
        return result

    def _show(self, result: CheckResult) -> None:
        self.result = result
        self.said.html = result.as_html()

    def _restore(self) -> None:
        kept = self.store.read(key_of(self.task, self.spec), {})
        kept = kept if isinstance(kept, dict) else {}
        if self.input:
            self.input.answer = kept.get("answer")
            self.input.on_answer(self._keep)
        if (state := kept.get("state")) in (RIGHT, NOT_YET):
            self.said.html = html.tag("p", f"When it was last checked: {state}.")

    def _keep(self) -> None:
        """Keep what is in the controls, though it has not been checked yet."""
        key = key_of(self.task, self.spec)
        failures = failures_of(self.store.read(key))
        answer = self.input.answer if self.input else None
        self.store.save(key, {"answer": answer, "state": UNCHECKED, "failures": failures})
        self.said.html = ""

    def __repr__(self) -> str:
        return f"Answer(case={self.case.name!r}, task={self.task!r})"


def label_of(task: str) -> str:
    """Return how a task is called on screen: ``"task 1"`` for ``"01-t1"``."""
    number = task.rpartition("-t")[2]
    return f"task {number}" if number.isdigit() else f"task {task}"


def input_for(task: str, spec: Mapping[str, Any]) -> Input | None:
    """Return the controls for a task; None for one that is answered in an explorer."""
    kind, options = spec["input"], spec.get("options", [])
    if kind == "match":
        return Match(spec["items"], shuffled(options, task, never=options))
    if kind == "order":
        return Order(shuffled(options, task, never=options))
    if kind in ("choice", "many"):
        return (Many if kind == "many" else Choice)(shuffled(options, task))
    if kind == "number":
        return Number(unit=str(spec.get("suffix", "")))
    return Text(lines=int(spec.get("lines", 1))) if kind == "text" else None
