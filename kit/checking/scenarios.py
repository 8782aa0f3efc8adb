"""``scenarios.yaml``: scenarios, drivers, cross-impact judgements, graph models and dated questions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kit.checking import graph_models
from kit.checking.look import Look, Path

if TYPE_CHECKING:
    from kit.files import Document, Problem

STRONGEST = 3


def problems(document: Document) -> list[Problem]:
    """What is wrong with the file, in its own order."""
    look = Look(document)
    data = look.mapping(document.data, (), "scenarios.yaml")
    states = _driver_states(look, data)
    scenarios = look.mapping(data.get("scenarios"), ("scenarios",), "'scenarios'")
    for _, scenario, path in look.entries(scenarios, ("scenarios",), "The scenario"):
        _check_scenario(look, scenario, path, states)
    _check_judgements(look, data, states)
    for _, model, path in look.entries(data.get("graph_models"), ("graph_models",), "The graph model"):
        graph_models.look_at(look, model, path)
    _check_forecasts(look, data, scenarios)
    _check_practice(look, data)
    return look.found


def _driver_states(look: Look, data: dict) -> dict[str, list[str]]:
    found = {}
    for name, driver, path in look.entries(data.get("drivers"), ("drivers",), "The driver"):
        look.need(driver, path, f"The driver '{name}'", ("title", "states"))
        states = look.mapping(driver.get("states"), (*path, "states"), f"'states' of the driver '{name}'")
        if len(states) == 1:
            look.note((*path, "states"), f"The driver '{name}' has one state", "Give it at least two.")
        found[name] = [str(state) for state in states]
    return found


def _check_scenario(look: Look, scenario: dict, path: Path, states: dict[str, list[str]]) -> None:
    what = f"The scenario '{path[-1]}'"
    look.need(scenario, path, what, ("title", "storyline", "signposts"))
    for side in ("for", "against"):
        for reason, here in look.items(scenario.get(side), (*path, side), f"A reason {side} a scenario"):
            look.need(reason, here, f"A reason {side} a scenario", ("text",))
            if not reason.get("silent") and not (reason.get("article") and reason.get("quote")):
                look.note(here, "A reason has no sentence behind it", "Add article and quote, or `silent: true`.")
    for signpost, here in look.items(scenario.get("signposts"), (*path, "signposts"), "A signpost"):
        look.need(signpost, here, "A signpost", ("text", "points"))
        look.one_of(signpost.get("points"), here, "'points' of a signpost", ("toward", "away"))
    pattern = look.mapping(scenario.get("pattern"), (*path, "pattern"), f"'pattern' of {what.lower()}")
    for driver, wanted in pattern.items():
        here = (*path, "pattern", driver)
        if look.known(driver, here, "driver", states):
            for state in look.sequence(wanted, here, f"'{driver}' in a pattern"):
                look.known(state, here, f"state of the driver '{driver}'", states[driver])


def _check_judgements(look: Look, data: dict, states: dict[str, list[str]]) -> None:
    impact = look.mapping(data.get("cross_impact"), ("cross_impact",), "'cross_impact'")
    judgements = list(look.items(impact.get("judgements"), ("cross_impact", "judgements"), "A judgement"))
    for judgement, path in judgements:
        look.need(judgement, path, "A judgement", ("from", "state", "on", "values"))
        _check_judgement(look, judgement, path, states)
    groups = (((each.get("from"), each.get("state"), each.get("on")), path) for each, path in judgements)
    look.unique(((f"{a}, {b}, on {c}", path) for (a, b, c), path in groups if c), "judgement")


def _check_judgement(look: Look, judgement: dict, path: Path, states: dict[str, list[str]]) -> None:
    source, target = judgement.get("from"), judgement.get("on")
    if source is not None and look.known(source, path, "driver", states) and judgement.get("state") is not None:
        look.known(judgement["state"], path, f"state of the driver '{source}'", states[source])
    if target is None or not look.known(target, path, "driver", states):
        return
    if source == target:
        look.note(path, f"The driver '{source}' is judged on itself", "Name two different drivers.")
    for state, value in look.mapping(judgement.get("values"), (*path, "values"), "'values' of a judgement").items():
        if look.known(state, path, f"state of the driver '{target}'", states[target]):
            look.number(value, path, f"The judgement on '{state}'", -STRONGEST, STRONGEST)


def _check_forecasts(look: Look, data: dict, scenarios: dict[str, Any]) -> None:
    questions = list(look.items(data.get("forecast_questions"), ("forecast_questions",), "A question"))
    for question, path in questions:
        look.need(question, path, "A question", ("id", "question", "opens", "closes", "rule"))
        _check_span(look, question, path, "opens")
        if question.get("scenario") is not None:
            look.known(question["scenario"], path, "scenario", scenarios)
    look.unique(((question.get("id"), path) for question, path in questions), "id")


def _check_practice(look: Look, data: dict) -> None:
    questions = list(look.items(data.get("practice_questions"), ("practice_questions",), "A question"))
    for question, path in questions:
        look.need(question, path, "A question", ("id", "question", "asked", "closes", "outcome", "source"))
        _check_span(look, question, path, "asked")
        if question.get("outcome") not in (None, 0, 1):
            look.note(path, f"'outcome' is '{question['outcome']}'", "Write 1 if it happened and 0 if not.")
    look.unique(((question.get("id"), path) for question, path in questions), "id")


def _check_span(look: Look, question: dict, path: Path, first: str) -> None:
    start = look.day(question.get(first), path, f"'{first}'")
    end = look.day(question.get("closes"), path, "'closes'")
    if start and end and end <= start:
        look.note(path, f"The question closes on the day under '{first}', or before", f"Correct '{first}' or 'closes'.")
