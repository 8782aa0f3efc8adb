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
    taken: set[str] = set()
    names = []
    for text in texts:
        plain = re.sub(r"[^a-z0-9]+", "-", str(text)[: 4 * _LONGEST].lower())[:_LONGEST].strip("-")
        first = name = plain if plain and not _DEVICES.fullmatch(plain) else f"{otherwise}-{plain}".strip("-")
        number = 1
        while name in taken:
            number += 1
            name = f"{first}-{number}"
        taken.add(name)
        names.append(name)
    return names
