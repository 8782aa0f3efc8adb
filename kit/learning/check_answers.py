"""Checks with hints: whether an answer is right, and if not, a hint that leads and does not tell.

A case's ``checks.yaml`` holds, by the name of a task, what its check accepts and its hints::

    checks:
      01-t1:
        unit: "01"
        task: Which of these does Zartman ask for before he calls a conflict ripe?
        input: choice                 # choice, many, order, match, text, number, explorer
        options: [...]                # choice, many, order, match: what is chosen from
        items: [...]                  # match: what stands on the left
        at_least: 0                   # number: the range, wide enough not to tell the answer, in which it can lie;
        at_most: 100                  #   where only one reading of "42,857" does, this is taken (either may be left out)
        rule: fact                    # a name in kit/learning/answer_rules.py, with what it needs (here: accept)
        accept: [1f0c9a…]             # salted hashes: python -m kit tasks hash ukraine 01-t1
        hints:                        # by mode of failure: a nudge, then, at the second failure, a pointer
          one_side: [..., ...]
          other: [..., ...]
        not_checked: ...              # what the check cannot see
        near_misses:                  # wrong answers worth a hint of their own; each is tested
          - {answer: ..., hint: one_side}

Several rules stand as ``rules: [{rule: words, low: 40}, {rule: cites, least: 2}]``; the first that fails is told. An
answer that was given in an explorer has ``input: explorer``, ``from`` (its key in the portfolio) and, if it is part of
what is kept there, ``at`` (names with dots between them).

What a learner answered is kept under ``"<unit>/check/<task>"``: ``answer``, ``state`` and ``failures``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from typing import Any

from kit.case import Case, load_case
from kit.case_tables import UNITS
from kit.errors import CheckError, KitError, shortened
from kit.learning.answer_rules import DEFAULT_HINTS, HASHES, RULES, AnswerShapeError, Task, can_be_given, is_blank
from kit.learning.document import LEAD_CASE, case_key, plain
from kit.learning.portfolio import portfolio
from kit.learning.show_feedback import NOT_ANSWERED, NOT_YET, RIGHT, show_verdict
from kit.screen import html
from kit.screen.controls import note

UNCHECKED = "not checked"
INPUTS = ("choice", "many", "order", "match", "text", "number", "explorer")
_HASH = re.compile(r"[0-9a-f]{20}")
# What any task may say; each rule adds what it needs.
_FIELDS = {
    "unit", "task", "input", "options", "items", "from", "at", "lines", "suffix", "at_least", "at_most", "rule", "rules", "hints",
    "not_checked", "near_misses",
}  # fmt: skip
# What a value of the wrong type in these would do: a rule can judge no answer with it.
_COUNTS, _LISTS, _WORDS = (
    ("lines", "least", "articles", "low", "high", "total"),
    ("codes", "names", "accusing"),
    ("type", "article", "quote"),
)
_KEPT: Any = object()  # no answer is given: the one in the portfolio is meant


@dataclass(frozen=True)
class CheckResult:
    """What a check says.

    Attributes
    ----------
    state : str
        ``"right"``, ``"not yet"`` or ``"not answered yet"``; the result is true if it is right.
    mode : str
        The way in which the answer fails.
    not_checked : str
        What the check cannot see.
    failures : int
        How often the task was answered, but not rightly.
    """

    task: str
    state: str
    mode: str = ""
    hint: str = ""
    not_checked: str = ""
    failures: int = 0

    def __bool__(self) -> bool:
        return self.state == RIGHT

    def __repr__(self) -> str:
        return f"{self.task}: {self.state}" + (f" - {self.hint}" if self.hint else "")

    def _repr_html_(self) -> str:
        return html.plain(self.as_html())

    def as_html(self) -> html.Html:
        """Return the result as a short block of HTML."""
        seen = note("Not checked: ", self.not_checked) if self.not_checked else None
        return show_verdict(self.state, self.hint, seen if self.state != NOT_ANSWERED else None)


def check(task: str, answer: Any = _KEPT, case: Case | str | None = None) -> CheckResult:
    """Return what a check says of an answer, and keep the answer in the portfolio.

    Parameters
    ----------
    task : str
        The task's name, such as ``"01-t1"``.
    answer : Any, optional
        The answer; without one, that which the portfolio holds (given with the controls, or in an explorer).
    case : Case or str, optional
        Whose task it is; the bundled lead case if none is given.

    Returns
    -------
    CheckResult
        Whatever is wrong with the answer is a hint, never an exception.

    Raises
    ------
    CheckError
        If there is no such task; the nearest names are told.
    """
    if isinstance(case, int | float):  # check("04-t4", 4,3)
        msg = f"check was given {case!r} as the case"
        raise CheckError(
            msg, remedy='In code, a number has a decimal point, or stands in quotation marks: 4.5 or "4,5".'
        )
    found = case if case is not None and not isinstance(case, str) else _bundled(case or LEAD_CASE)
    spec = spec_of(task, found)
    if answer is _KEPT:
        answer = kept_answer(task, spec, found)
    mode = assess(task, spec, answer, found)
    if mode is None:
        return CheckResult(task, NOT_ANSWERED)
    failures = _keep(task, spec, answer, mode, found)
    hint = hint_of(spec, mode, failures) if mode else ""
    if isinstance(mode, _Misfit):
        hint = mode.hint
    return CheckResult(task, NOT_YET if mode else RIGHT, mode, hint, str(spec.get("not_checked", "")), failures)


@lru_cache
def _bundled(name: str) -> Case:
    return load_case(name)


def tasks_of(case: Case, unit: str | None = None) -> dict[str, dict[str, Any]]:
    """Return the tasks of a case, or of one of its units, by name, in the order of ``checks.yaml``."""
    tasks = case.checks.get("checks") or {}
    if not isinstance(tasks, dict):
        return {}
    return {
        str(name): spec
        for name, spec in tasks.items()
        if isinstance(spec, dict) and unit in (None, str(spec.get("unit")))
    }


def spec_of(task: str, case: Case) -> dict[str, Any]:
    """Return what ``checks.yaml`` says of a task.

    Raises
    ------
    CheckError
        If there is no such task, or what is said of it cannot be used.
    """
    tasks = tasks_of(case)
    if task not in tasks:
        near = get_close_matches(str(task), tasks, 3, 0.3)
        remedy = f"Did you mean {' or '.join(near)}?" if near else "The case has no tasks of this kind."
        msg = f"there is no task {task!r} in the case {case.name}"
        raise CheckError(msg, remedy=remedy)
    if problems := list(_problems_of(tasks[task])):
        raise CheckError(
            problems[0], where=f"{case.name}/checks.yaml, {task}", remedy="See kit/learning/check_answers.py."
        )
    return tasks[task]


def key_of(task: str, spec: Mapping[str, Any]) -> str:
    """Return where the portfolio keeps what was answered to a task."""
    return f"{spec['unit']}/check/{task}"


def kept_answer(task: str, spec: Mapping[str, Any], case: Case) -> Any:
    """Return the answer that the portfolio holds: an explorer's part of it, or what was given to the task itself."""
    if spec.get("input") == "explorer":
        found = portfolio(case).read(spec["from"])
        for name in filter(None, str(spec.get("at", "")).split(".")):
            found = found.get(name) if isinstance(found, dict) else None
        return found
    kept = portfolio(case).read(key_of(task, spec), {})
    return kept.get("answer") if isinstance(kept, dict) else None


class _Misfit(str):
    """The mode of an answer whose shape the task cannot take, with a hint that says which it takes."""

    hint: str

    def __new__(cls, hint: str) -> _Misfit:
        made = super().__new__(cls, "wrong_type")
        made.hint = hint
        return made


def assess(task: str, spec: Mapping[str, Any], answer: Any, case: Case) -> str | None:
    """Return the mode in which an answer fails: an empty text if it is right, None if it is blank."""
    if is_blank(answer):
        return None
    for rule in rules_of(spec):
        try:
            mode = RULES[rule["rule"]].judge(answer, Task(task, rule, case))
        except AnswerShapeError as problem:
            return _Misfit(f"{problem.what}.")
        except Exception:  # a rule meets whatever a learner typed; no cell may end in a traceback for that
            return _Misfit("This answer has a shape that the check cannot read. Look at the example in the task.")
        if mode:
            return mode
    return ""


def rules_of(spec: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return a task's rules in order, each with all that the task says."""
    listed = spec.get("rules") or [{}]
    return [{**spec, **rule} for rule in listed]


def hint_of(spec: Mapping[str, Any], mode: str, failures: int) -> str:
    """Return the hint for a mode: at the first failure a nudge, from the second on a pointer."""
    hints = spec.get("hints") or {}
    pair = hints.get(mode) or DEFAULT_HINTS.get(mode) or hints.get("other") or ("Look at the task once more.",)
    # At the third failure the pointer stays: a hint that told the answer would end the exercise.
    return str(pair[min(max(failures, 1), len(pair)) - 1])


def _keep(task: str, spec: Mapping[str, Any], answer: Any, mode: str, case: Case) -> int:
    """Keep an answer and how often the task has failed by now; return the latter."""
    store, key = portfolio(case), key_of(task, spec)
    failures = failures_of(store.read(key)) + bool(mode)  # counted over sessions: who comes back gets the second hint
    # What an explorer keeps stands under its own key, and would be kept twice.
    kept = None if spec.get("input") == "explorer" else storable(answer)
    store.save(key, {"answer": kept, "state": NOT_YET if mode else RIGHT, "failures": failures})
    return failures


def failures_of(kept: Any) -> int:
    """Return how often a task was not answered rightly, from what the portfolio holds."""
    found = kept.get("failures") if isinstance(kept, dict) else 0
    return found if isinstance(found, int) and 0 <= found < 10_000 else 0


def storable(answer: Any) -> Any:
    """Return an answer as the portfolio can keep it; of what it cannot, the beginning of its text."""
    if callable(getattr(answer, "to_dict", None)) and hasattr(answer, "columns"):
        answer = answer.to_dict("records")
    try:
        return plain(answer)
    except KitError:
        return str(answer)[:500]


def check_problems(checks: Any) -> list[str]:
    """Return all that is wrong with a parsed ``checks.yaml``, each a sentence that names its task."""
    tasks = checks.get("checks") if isinstance(checks, dict) else None
    if checks in (None, {}):
        return []
    if not isinstance(tasks, dict):
        return ["checks.yaml has no 'checks:' with the tasks' names under it."]
    problems = []
    for name, spec in tasks.items():
        if not isinstance(spec, dict):
            problems.append(f"Task {name} is not a set of names and values.")
        elif case_key(str(name)) != f"{name}/":  # its answers could not be kept under it
            problems.append(f"Task {name}: its name holds signs other than letters, figures and .:+-_")
        else:
            problems += [f"Task {name}: {problem}." for problem in _problems_of(spec) or _unreachable(name, spec)]
    return problems


def _unreachable(name: str, spec: dict[str, Any]) -> list[str]:
    if all(can_be_given(rule, name, spec) for rule in rules_of(spec)):
        return []
    return ["its right answer cannot be given with its 'options'; correct them, and hash the right answer anew"]


def _problems_of(spec: dict[str, Any]) -> list[str]:
    return [*_problems_of_texts(spec), *_problems_of_input(spec), *_problems_of_rules(spec)]


def _problems_of_texts(spec: dict[str, Any]) -> Iterator[str]:
    for name in ("unit", "task", "not_checked"):
        if not isinstance(spec.get(name), str) or not spec[name].strip():
            yield f"'{name}' is missing or is not text in quotation marks"
    if isinstance(spec.get("unit"), str) and spec["unit"] not in ("", *UNITS):
        yield f"there is no unit '{shortened(spec['unit'])}'; the units are {', '.join(UNITS)}"


def _problems_of_rules(spec: dict[str, Any]) -> Iterator[str]:
    listed = spec.get("rules") or [spec]
    if not isinstance(listed, list) or not all(isinstance(rule, dict) for rule in listed):
        yield "'rules' must list rules with their names and values"
        return
    if not all(isinstance(rule.get("rule"), str) and rule["rule"] in RULES for rule in listed):
        yield f"its rule must be one of {', '.join(RULES)}"
        return
    rules = rules_of(spec)
    for rule in rules:
        needs = RULES[rule["rule"]].needs
        yield from (f"the rule '{rule['rule']}' needs '{need}'" for need in needs if need not in rule)
        accepted = [rule[name] for name in HASHES if name in rule]
        if not all(isinstance(hashes, list) and hashes and all(map(_is_hash, hashes)) for hashes in accepted):
            yield "what it accepts must be written as hashes (python -m kit tasks hash CASE TASK)"
        yield from _problems_of_values(rule)
    fields = {field for rule in rules for field in (*RULES[rule["rule"]].needs, *RULES[rule["rule"]].may)}
    if odd := {name for rule in (spec, *listed) for name in rule} - fields - _FIELDS:
        yield f"no rule of it reads '{min(map(str, odd))}'"
    yield from _problems_of_hints(spec, rules)


def _problems_of_values(rule: Mapping[str, Any]) -> Iterator[str]:
    yield from (f"'{name}' must be a number" for name in _COUNTS if name in rule and not _is_number(rule[name]))
    yield from (f"'{name}' must be text" for name in _WORDS if name in rule and not _are_texts([rule[name]]))
    yield from (f"'{name}' must be a list of texts" for name in _LISTS if name in rule and not _are_texts(rule[name]))
    terms = rule.get("terms", [])
    if not isinstance(terms, list) or not all(_are_texts([each]) or _are_texts(each) for each in terms):
        yield "'terms' must be a list of texts, or of lists of texts"


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_hash(value: Any) -> bool:
    return isinstance(value, str) and _HASH.fullmatch(value) is not None


def _are_texts(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(each, str) and each.strip() for each in value)


def _problems_of_input(spec: dict[str, Any]) -> Iterator[str]:
    kind = spec.get("input")
    if kind not in INPUTS:
        yield f"'input' must be one of {', '.join(INPUTS)}"
    if (kind in ("choice", "many", "order", "match") or "options" in spec) and not _texts(spec.get("options")):
        yield f"input '{kind}' needs 'options', a list of two texts or more, none twice"
    if kind == "match" and not _texts(spec.get("items")):
        yield "input 'match' needs 'items', a list of two texts or more, none twice"
    if kind == "explorer" and not isinstance(spec.get("from"), str):
        yield "input 'explorer' needs 'from', the explorer's key in the portfolio"
    yield from _problems_of_range(spec)


def _problems_of_range(spec: dict[str, Any]) -> Iterator[str]:
    given = [name for name in ("at_least", "at_most") if name in spec]
    if given and spec.get("input") != "number":
        yield f"only input 'number' reads '{given[0]}'"
    odd = [name for name in given if not _is_number(spec[name])]
    yield from (f"'{name}' must be a number" for name in odd)
    # What is accepted lies in the range too; without both ends of it there is nothing to compare.
    ends = [spec[name] for name in ("at_least", "low", "high", "at_most") if _is_number(spec.get(name))]
    if given and not odd and ends != sorted(ends):
        yield "'at_least' and 'at_most' must be a range in which the right answer lies"


def _texts(value: Any) -> bool:
    return _are_texts(value) and len(value) > 1 and len(set(value)) == len(value)


def _problems_of_hints(spec: dict[str, Any], rules: list[dict[str, Any]]) -> Iterator[str]:
    hints, misses = spec.get("hints") or {}, spec.get("near_misses") or []
    if not isinstance(hints, dict) or not isinstance(misses, list):
        yield "'hints' must be names with hints, 'near_misses' a list"
        return
    for mode, pair in hints.items():
        if not isinstance(pair, list) or len(pair) != 2 or not all(isinstance(each, str) for each in pair):
            yield f"the hint '{mode}' must be a list of two texts: a nudge and a pointer"
    for miss in misses:
        if not isinstance(miss, dict) or "answer" not in miss or not isinstance(miss.get("hint"), str):
            yield "a near miss needs 'answer' and 'hint'"
        elif miss["hint"] not in {*hints, *DEFAULT_HINTS, "wrong_type"}:
            yield f"there is no hint '{miss['hint']}' for a near miss"
    modes = {mode for rule in rules for mode in RULES[rule["rule"]].modes_with(rule)}
    named = {str(miss.get("hint")) for miss in misses if isinstance(miss, dict)}
    reached = modes | {"other"} | (named if any(rule["rule"] == "fact" for rule in rules) else set())
    if idle := set(hints) - reached:
        yield f"nothing leads to the hint '{min(idle)}'"
    if "other" not in hints and (silent := modes - set(hints) - set(DEFAULT_HINTS)):
        yield f"there is no hint for '{min(silent)}'"
