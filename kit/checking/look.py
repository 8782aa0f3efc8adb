"""Looking at a document value by value, and noting what is not as it should be with its line."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from kit.files import Document, Problem

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

Path = tuple[Any, ...]


@dataclass
class Look:
    """One look at one document.

    Attributes
    ----------
    document : Document
        What is looked at.
    found : list of Problem
        What has been noted so far.
    """

    document: Document
    found: list[Problem] = field(default_factory=list)

    def note(self, path: Path, what: str, remedy: str) -> None:
        """Note a problem at a path."""
        self.found.append(Problem(self.document.name, self.document.line(path), what, remedy))

    def mapping(self, value: Any, path: Path, what: str) -> dict[str, Any]:
        """The value if it is names with values, else none, which is noted unless there is no value at all."""
        if value is not None and not isinstance(value, dict):
            self.note(path, f"{what} does not hold names with values", "Write indented lines `name: …`.")
        return value if isinstance(value, dict) else {}

    def sequence(self, value: Any, path: Path, what: str) -> list[Any]:
        """The value if it is a list, else none, which is noted unless there is no value at all."""
        if value is not None and not isinstance(value, list):
            self.note(path, f"{what} is not a list", "Write lines that begin with a hyphen, or [one, two].")
        return value if isinstance(value, list) else []

    def entries(self, value: Any, path: Path, what: str) -> Iterator[tuple[str, dict[str, Any], Path]]:
        """Names in a mapping whose values are mappings; ``what`` names one of them ("The measure")."""
        for name, entry in self.mapping(value, path, f"'{path[-1]}'").items():
            here = (*path, name)
            if entry is None:
                self.note(here, f"{what} '{name}' is empty", "Fill it in, or take the line out.")
            yield str(name), self.mapping(entry, here, f"{what} '{name}'"), here

    def items(self, value: Any, path: Path, what: str) -> Iterator[tuple[dict[str, Any], Path]]:
        """Items of a list that are mappings; ``what`` names one of them ("A signpost")."""
        for index, item in enumerate(self.sequence(value, path, f"'{path[-1]}'")):
            here = (*path, index)
            if item is None or not isinstance(item, dict):
                self.note(here, f"{what} does not hold names with values", "Write `- name: …`, or {name: …}.")
            else:
                yield item, here

    def need(self, value: dict[str, Any], path: Path, what: str, keys: Iterable[str]) -> None:
        """Note each key that is missing or has no value."""
        for key in keys:
            if value.get(key) in (None, "", [], {}):
                self.note(path, f"{what} lacks '{key}'", f"Add a line `{key}: …`.")

    def number(self, value: Any, path: Path, what: str, low: float, high: float) -> None:
        """Note a value that is no number from `low` to `high`; a missing one is passed over."""
        fits = isinstance(value, (int, float)) and not isinstance(value, bool) and low <= value <= high
        if value is not None and not fits:
            self.note(
                path, f"{what} is '{value}'", f"Write a number from {low:g} to {high:g}, without quotation marks."
            )

    def one_of(self, value: Any, path: Path, what: str, allowed: Collection[str]) -> None:
        """Note a value that is none of those allowed; a missing one is passed over."""
        if value is not None and value not in allowed:
            self.note(path, f"{what} is '{value}'", f"Write one of: {', '.join(allowed)}.")

    def known(self, name: Any, path: Path, what: str, names: Collection[str]) -> bool:
        """Whether a name is one of those known; if not, note it with the nearest."""
        if name in names:
            return True
        near = get_close_matches(str(name), list(names), n=1)
        remedy = f"Did you mean '{near[0]}'? " if near else ""
        self.note(path, f"There is no {what} '{name}'", f"{remedy}There are: {', '.join(map(str, names)) or 'none'}.")
        return False

    def day(self, value: Any, path: Path, what: str) -> date | None:
        """The value if it is a date; if not, note it unless it is missing."""
        if value is not None and not isinstance(value, date):
            self.note(path, f"{what} is '{value}', not a date", "Write it as 1998-04-10, without quotation marks.")
        return value if isinstance(value, date) else None

    def unique(self, values: Iterable[tuple[Any, Path]], what: str) -> None:
        """Note each value that stands a second time."""
        seen = set()
        for value, path in values:
            if value is not None and value in seen:
                self.note(path, f"The {what} '{value}' stands twice", f"Give each {what} of its own.")
            seen.add(value)
