"""Graph models in ``scenarios.yaml``: decision makers, their options, and rankings of the states that these make."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kit.checking.look import Look, Path

LETTERS = ("Y", "N")
MOST = 12


def look_at(look: Look, model: dict, path: Path) -> None:
    """Note what is wrong with one model."""
    what = f"The graph model '{path[-1]}'"
    look.need(model, path, what, ("title", "decision_makers", "preferences"))
    options = _options(look, model, path)
    if len(options) > MOST:
        look.note(
            (*path, "decision_makers"),
            f"{what} has {len(options)} options",
            f"Keep to {MOST}: states double with each.",
        )
        return
    excluded = _patterns(look, model, path, options)
    for name in look.sequence(model.get("irreversible"), (*path, "irreversible"), "'irreversible'"):
        look.known(name, (*path, "irreversible"), "option", options)
    states = _feasible(options, excluded)
    _check_states(look, model, path, states)
    _check_preferences(look, model, path, states)


def _options(look: Look, model: dict, path: Path) -> list[str]:
    """All options as ``decision-maker.option``, in the order of the letters in a state."""
    found = []
    for name, options, _ in look.entries(
        model.get("decision_makers"), (*path, "decision_makers"), "The decision maker"
    ):
        found += [f"{name}.{option}" for option in options]
    return found


def _patterns(look: Look, model: dict, path: Path, options: list[str]) -> list[dict[str, str]]:
    found = []
    for pattern, here in look.items(model.get("infeasible"), (*path, "infeasible"), "A pattern"):
        known = [look.known(option, here, "option", options) for option in pattern]
        for letter in pattern.values():
            look.one_of(letter, here, "A letter in a pattern", LETTERS)
        if all(known):
            found.append(pattern)
    return found


def _feasible(options: list[str], excluded: list[dict[str, str]]) -> list[str]:
    states = []
    for letters in product("YN", repeat=len(options)):
        taken = dict(zip(options, letters, strict=True))
        if not any(all(taken[option] == letter for option, letter in pattern.items()) for pattern in excluded):
            states.append("".join(letters))
    return states


def _check_states(look: Look, model: dict, path: Path, states: list[str]) -> None:
    if model.get("status_quo") is not None:
        look.known(model["status_quo"], (*path, "status_quo"), "feasible state", states)
    labels = look.mapping(model.get("labels"), (*path, "labels"), "'labels'")
    for state in labels:
        look.known(state, (*path, "labels", state), "feasible state", states)
    missing = [state for state in states if labels and state not in labels]
    if missing:
        look.note((*path, "labels"), f"There is no label for {', '.join(missing)}", "Add a line for each.")


def _check_preferences(look: Look, model: dict, path: Path, states: list[str]) -> None:
    makers = look.mapping(model.get("decision_makers"), (), "'decision_makers'")
    rankings = look.mapping(model.get("preferences"), (*path, "preferences"), "'preferences'")
    for maker in rankings:
        look.known(maker, (*path, "preferences", maker), "decision maker", makers)
    for maker in makers:
        here = (*path, "preferences", maker)
        if rankings and maker not in rankings:
            look.note((*path, "preferences"), f"'{maker}' has no ranking", "Rank the states, best first.")
        elif rankings:
            _check_ranking(look, rankings[maker], here, states)


def _check_ranking(look: Look, ranking: Any, path: Path, states: list[str]) -> None:
    named = []
    for group in look.sequence(ranking, path, f"The ranking of '{path[-1]}'"):
        named += group if isinstance(group, list) else [group]
    for state in named:
        look.known(state, path, "feasible state", states)
    look.unique(((state, path) for state in named), "place in the ranking for a state")
    missing = [state for state in states if state not in named]
    if missing:
        what = f"The ranking of '{path[-1]}' leaves out {', '.join(missing)}"
        look.note(path, what, "Each feasible state stands in it once; those that are equal share brackets.")
