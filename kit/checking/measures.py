"""``measures.yaml``: confidence-building measures, what they cost whom, and what must come before what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kit.checking.about import meta_of
from kit.checking.look import Look, Path

if TYPE_CHECKING:
    from kit.case import Case
    from kit.files import Document, Problem

TYPES = (
    "communication-and-coordination",
    "observation-and-verification",
    "military-constraint",
    "training-and-education",
    "cooperation-and-integration",
    "political",
    "economic",
    "environmental",
    "societal",
    "cultural",
)
NEEDED = ("title", "code", "type", "what", "cost", "trust", "verification", "reversibility", "incident_risk", "months")
CHOICES = {"verification": ("need", ("low", "medium", "high")), "reversibility": ("ease", ("easy", "partly", "hard"))}


def problems(document: Document, case: Case) -> list[Problem]:
    """What is wrong; the case's ``parties`` say who must be given a cost and a budget."""
    look = Look(document)
    data = look.mapping(document.data, (), "measures.yaml")
    parties = [str(party) for party in meta_of(case).get("parties") or ()]
    measures = dict(_measures(look, data, parties))
    if measures:
        _check_per_party(look, data.get("budgets"), ("budgets",), "'budgets'", parties, 1000)
    _check_prerequisites(look, measures)
    _check_plans(look, data, measures)
    return look.found


def _measures(look: Look, data: dict, parties: list[str]) -> list[tuple[str, dict]]:
    found = []
    for name, measure, path in look.entries(data.get("measures"), ("measures",), "The measure"):
        _check_measure(look, measure, path, parties)
        found.append((name, measure))
    return found


def _check_measure(look: Look, measure: dict, path: Path, parties: list[str]) -> None:
    what = f"the measure '{path[-1]}'"
    look.need(measure, path, f"The{what[3:]}", NEEDED)
    look.one_of(measure.get("type"), (*path, "type"), f"'type' of {what}", TYPES)
    for key, high in (("trust", 10), ("incident_risk", 1), ("months", 60)):
        look.number(measure.get(key), (*path, key), f"'{key}' of {what}", 0, high)
    if measure.get("cost") is not None:
        _check_per_party(look, measure["cost"], (*path, "cost"), f"'cost' of {what}", parties, 10)
    for key, (part, allowed) in CHOICES.items():
        value = look.mapping(measure.get(key), (*path, key), f"'{key}' of {what}")
        if value:
            look.need(value, (*path, key), f"'{key}' of {what}", (part, "how"))
            look.one_of(value.get(part), (*path, key), f"'{part}' in '{key}' of {what}", allowed)
    for precedent, here in look.items(measure.get("precedent"), (*path, "precedent"), "A precedent"):
        look.need(precedent, here, "A precedent", ("place", "year", "text", "source"))


def _check_per_party(look: Look, value: Any, path: Path, what: str, parties: list[str], high: float) -> None:
    numbers = look.mapping(value, path, what)
    for party in parties:
        if party not in numbers:
            look.note(path, f"{what} has no number for '{party}'", "Give one for each of the 'parties' in case.yaml.")
    for name, number in numbers.items():
        if not parties or look.known(name, (*path, name), "party in case.yaml", parties):
            look.number(number, (*path, name), f"{what} for '{name}'", 0, high)


def _check_prerequisites(look: Look, measures: dict[str, dict]) -> None:
    before: dict[str, list[str]] = {}
    for name, measure in measures.items():
        path = ("measures", name, "prerequisites")
        named = look.sequence(measure.get("prerequisites"), path, f"'prerequisites' of the measure '{name}'")
        before[name] = [other for other in named if look.known(other, path, "measure", measures)]
    for name in before:
        if name in _leading_to(name, before):
            path = ("measures", name, "prerequisites")
            look.note(path, f"The measure '{name}' would have to come before itself", "Take out one prerequisite.")


def _leading_to(name: str, before: dict[str, list[str]]) -> set[str]:
    """All that must come before a measure, at any remove."""
    found: set[str] = set()
    waiting = list(before[name])
    while waiting:
        other = waiting.pop()
        if other not in found:
            found.add(other)
            waiting.extend(before[other])
    return found


def _check_plans(look: Look, data: dict, measures: dict[str, dict]) -> None:
    plans = look.mapping(data.get("reference_plans"), ("reference_plans",), "'reference_plans'")
    for name, plan in plans.items():
        for step, path in look.items(plan, ("reference_plans", name), "A step of the plan"):
            look.need(step, path, "A step of the plan", ("measure", "month"))
            if step.get("measure"):
                look.known(step["measure"], path, "measure", measures)
            look.number(step.get("month"), path, "'month'", 1, 12)
