"""``measures.yaml``: every party has a cost and a budget, and no measure comes before itself."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kit.case_tables import Measures
    from kit.checking import Tell


def hold(data: Measures, tell: Tell, parties: Collection[str]) -> None:
    """Tell which parties have no number, and which measures would have to come before themselves."""
    for name, measure in data["measures"].items():
        if measure["cost"]:
            _hold_parties(("measures", name, "cost"), f"'cost' of the measure '{name}'", measure["cost"], tell, parties)
    if data["measures"]:
        _hold_parties(("budgets",), "'budgets'", data["budgets"], tell, parties)
    before = {name: measure["prerequisites"] for name, measure in data["measures"].items()}
    for name in before:
        if name in _leading_to(name, before):
            path = ("measures", name, "prerequisites")
            tell(path, f"The measure '{name}' would have to come before itself", "Take out one prerequisite.")


def _hold_parties(
    path: tuple[Any, ...], what: str, numbers: Mapping[str, float], tell: Tell, parties: Collection[str]
) -> None:
    for party in parties:
        if party not in numbers:
            tell(path, f"{what} has no number for '{party}'", "Give one for each of the 'parties' in case.yaml.")


def _leading_to(name: str, before: Mapping[str, list[str]]) -> set[str]:
    """All that must come before a measure, at any remove."""
    found: set[str] = set()
    waiting = list(before[name])
    while waiting:
        other = waiting.pop()
        if other not in found:
            found.add(other)
            waiting.extend(before.get(other, ()))
    return found
