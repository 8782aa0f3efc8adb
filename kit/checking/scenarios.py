"""``scenarios.yaml``: reasons have sentences, judgements name states that there are, questions close after they open."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from kit.checking import graph_models
from kit.fields import choice

if TYPE_CHECKING:
    from kit.case_tables import Judgement, Reason, Scenarios
    from kit.checking import Tell

Path = tuple[Any, ...]
States = dict[str, list[str]]


def hold(data: Scenarios, tell: Tell) -> None:
    """Tell what breaks a rule, in the file's own order."""
    states = {name: list(driver["states"]) for name, driver in data["drivers"].items()}
    for name, scenario in data["scenarios"].items():
        path = ("scenarios", name)
        for side, reasons in (("for", scenario["for"]), ("against", scenario["against"])):
            _hold_reasons(reasons, (*path, side), tell)
        for driver, wanted in scenario["pattern"].items():
            for state in wanted:
                _hold_state(driver, state, states, (*path, "pattern", driver), tell)
    _hold_judgements(data["cross_impact"]["judgements"], states, tell)
    for name, model in data["graph_models"].items():
        graph_models.hold(model, ("graph_models", name), tell)
    for index, question in enumerate(data["forecast_questions"]):
        _hold_span("opens", question["opens"], question["closes"], ("forecast_questions", index), tell)
    for index, past in enumerate(data["practice_questions"]):
        _hold_span("asked", past["asked"], past["closes"], ("practice_questions", index), tell)


def _hold_reasons(reasons: list[Reason], path: Path, tell: Tell) -> None:
    for index, reason in enumerate(reasons):
        if not reason["silent"] and not (reason["article"] and reason["quote"]):
            tell((*path, index), "A reason has no sentence behind it", "Add article and quote, or `silent: true`.")


def _hold_state(driver: str, state: str, states: States, path: Path, tell: Tell) -> None:
    if driver in states and state not in states[driver]:
        tell(path, f"There is no state of the driver '{driver}' '{state}'", choice(state, states[driver]))


def _hold_judgements(judgements: list[Judgement], states: States, tell: Tell) -> None:
    seen = set()
    for index, judgement in enumerate(judgements):
        path = ("cross_impact", "judgements", index)
        source, target, state = judgement["from"], judgement["on"], judgement["state"]
        _hold_state(source, state, states, path, tell)
        if source == target:
            tell(path, f"The driver '{source}' is judged on itself", "Name two different drivers.")
        for other in judgement["values"]:
            _hold_state(target, other, states, (*path, "values", other), tell)
        if (source, state, target) in seen:
            tell(path, f"The judgement '{source}, {state}, on {target}' stands twice", "Put all values into one.")
        seen.add((source, state, target))


def _hold_span(first: str, start: date, end: date, path: Path, tell: Tell) -> None:
    if end <= start:
        what = f"The question closes on the day under '{first}', or before"
        tell(path, what, f"Correct '{first}' or 'closes'.")
