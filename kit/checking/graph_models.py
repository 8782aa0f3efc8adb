"""Graph models in ``scenarios.yaml``: decision makers, their options, and rankings of the states that these make."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any

from kit.fields import choice

if TYPE_CHECKING:
    from collections.abc import Collection

    from kit.case_tables import GraphModel
    from kit.checking import Tell

Path = tuple[Any, ...]
MOST = 12  # options: states double with each


def hold(model: GraphModel, path: Path, tell: Tell) -> None:
    """Tell what is wrong with one model."""
    what = f"The graph model '{path[-1]}'"
    options = [f"{maker}.{option}" for maker, listed in model["decision_makers"].items() for option in listed]
    if not options or len(options) > MOST:
        remedy = f"Give it at least one option, and at most {MOST}: states double with each."
        tell((*path, "decision_makers"), f"{what} has {len(options)} options", remedy)
        return
    for index, pattern in enumerate(model["infeasible"]):
        for option in pattern:
            _hold_name(option, options, "option", (*path, "infeasible", index), tell)
    for option in model["irreversible"]:
        _hold_name(option, options, "option", (*path, "irreversible"), tell)
    states = _feasible(options, model["infeasible"])
    if not states:
        tell((*path, "infeasible"), f"{what} has no state that can be", "Take out a pattern.")
        return
    _hold_labels(model, path, states, tell)
    _hold_preferences(model, path, states, tell)


def _hold_name(name: str, known: Collection[str], noun: str, path: Path, tell: Tell) -> None:
    if name not in known:
        tell(path, f"There is no {noun} '{name}'", choice(name, known))


def _feasible(options: list[str], excluded: list[dict[str, str]]) -> list[str]:
    states = []
    for letters in product("YN", repeat=len(options)):
        taken = dict(zip(options, letters, strict=True))
        if not any(pattern and pattern.items() <= taken.items() for pattern in excluded):
            states.append("".join(letters))
    return states


def _hold_labels(model: GraphModel, path: Path, states: list[str], tell: Tell) -> None:
    if model["status_quo"]:
        _hold_name(model["status_quo"], states, "feasible state", (*path, "status_quo"), tell)
    for state in model["labels"]:
        _hold_name(state, states, "feasible state", (*path, "labels", state), tell)
    missing = [state for state in states if model["labels"] and state not in model["labels"]]
    if missing:
        tell((*path, "labels"), f"There is no label for {', '.join(missing)}", "Add a line for each.")


def _hold_preferences(model: GraphModel, path: Path, states: list[str], tell: Tell) -> None:
    rankings = model["preferences"]
    for maker in rankings:
        _hold_name(maker, model["decision_makers"], "decision maker", (*path, "preferences", maker), tell)
    for maker in model["decision_makers"]:
        if maker in rankings:
            _hold_ranking(rankings[maker], (*path, "preferences", maker), states, tell)
        elif rankings:
            tell((*path, "preferences"), f"'{maker}' has no ranking", "Rank the states, best first.")


def _hold_ranking(ranking: list[list[str]], path: Path, states: list[str], tell: Tell) -> None:
    named = [state for group in ranking for state in group]
    for state in dict.fromkeys(named):
        _hold_name(state, states, "feasible state", path, tell)
        if named.count(state) > 1:
            tell(path, f"The state '{state}' stands twice in the ranking of '{path[-1]}'", "Take one of them out.")
    missing = [state for state in states if state not in named]
    if missing:
        what = f"The ranking of '{path[-1]}' leaves out {', '.join(missing)}"
        tell(path, what, "Each feasible state stands in it once; those that are equal share brackets.")
