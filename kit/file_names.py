"""Names of files that come from data: safe on every system, and no two alike."""

from __future__ import annotations

import re
from collections.abc import Iterable

_LONGEST = 60
# Windows opens devices under these names, whatever ending they have.
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)")


def name_files(texts: Iterable[str], otherwise: str = "file") -> list[str]:
    """Return a name for each text, without an ending: Latin letters, figures and hyphens, no two alike.

    A text with none of these letters is called ``otherwise``; a name that was given already gets the next number.
    """
    plain = (re.sub(r"[^a-z0-9]+", "-", str(text)[: 4 * _LONGEST].lower())[:_LONGEST].strip("-") for text in texts)
    return tell_apart(
        each if each and not _DEVICES.fullmatch(each) else f"{otherwise}-{each}".strip("-") for each in plain
    )


def tell_apart(names: Iterable[str], form: str = "{}-{}") -> list[str]:
    """Return the names, no two alike, small and capital letters taken as one: what stood before gets the next number."""
    taken: set[str] = set()
    numbers: dict[str, int] = {}  # the last one given to a name, so that ten thousand alike are not counted each time
    found = []
    for first in names:
        name, key = first, first.casefold()
        while name.casefold() in taken:
            numbers[key] = numbers.get(key, 1) + 1
            name = form.format(first, numbers[key])
        taken.add(name.casefold())
        found.append(name)
    return found
