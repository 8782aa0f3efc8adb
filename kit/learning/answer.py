"""A task with controls to answer it and a button that checks: nobody needs to program to get a hint."""

from __future__ import annotations

from typing import Any

from kit.case import Case
from kit.learning.check_answers import UNCHECKED, CheckResult, check, failures_of, kept_answer, key_of, spec_of
from kit.learning.inputs import make_input
from kit.learning.portfolio import portfolio
from kit.learning.question_box import QuestionBox
from kit.learning.save_cue import SaveCue
from kit.learning.show_feedback import NOT_YET, RIGHT
from kit.rows import as_mapping
from kit.screen import html


class Answer(QuestionBox):
    """A task of ``checks.yaml`` with its controls, a button, and a place for the hint.

    Parameters
    ----------
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
        self.store, self.key = portfolio(case), key_of(task, self.spec)
        if self.store.file.is_scratch:
            self.aim = "see the answer checked"
        self.result: CheckResult | None = None
        made = make_input(self.spec["input"], task, self.spec.get("options", ()), self.spec.get("items", ()), self.spec)
        number = task.rpartition("-t")[2]
        label = f"task {number if number.isdigit() else task}"  # 01-t1 is task 1 on screen
        inputs, after = [made] if made else [], [SaveCue(self.store, self.key)]
        super().__init__(label.capitalize(), self.spec["task"], inputs, f"Check {label}", after)
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

    def submit(self) -> None:
        """Check what is in the controls."""
        self.check()

    def check(self) -> CheckResult:
        """Check the answer and say what the check says."""
        result = check(self.task, self.answer, self.case)
        self._show(result)
        return result

    def _show(self, result: CheckResult) -> None:
        self.result = result
        self.say(result.as_html())

    def _restore(self) -> None:
        kept = as_mapping(self.store.read(self.key))
        if self.input:
            self.input.answer = kept.get("answer")
            self.input.on_answer(self._keep)
        if (state := kept.get("state")) in (RIGHT, NOT_YET):
            self.say(html.tag("p", f"When it was last checked: {state}."))

    def _keep(self) -> None:
        """Keep what is in the controls, though it has not been checked yet."""
        failures = failures_of(self.store.read(self.key))
        self.store.save(self.key, {"answer": self.answer, "state": UNCHECKED, "failures": failures})
        self.say("")  # what the check said was of another answer
