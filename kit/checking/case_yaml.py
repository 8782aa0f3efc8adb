"""``case.yaml``: a phase ends after it begins."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kit.case_tables import About
    from kit.checking import Tell


def hold(about: About, tell: Tell) -> None:
    """Tell which phases end before they begin."""
    for index, phase in enumerate(about["phases"]):
        if phase["end"] < phase["start"]:
            tell(("phases", index), "The phase ends before it begins", "Exchange or correct 'start' and 'end'.")
