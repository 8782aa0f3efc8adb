"""A page as its file has it: lines, each with what the file itself says about it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from kit.reading import word_set

# Soft hyphens, and what web pages and their editors leave between letters.
_NO_ROOM = "\u00ad\u200b\u2060\ufeff"
# As PDF files have them: no search finds a word in them.
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_EDIT = word_set(
    "edit bearbeiten modifier editar modifica править редактировать ред редагувати edytuj editovat upravit bewerken düzenle değiştir redigér rediger redigera szerkesztés muokkaa editează уреди تعديل عدل 편집 編集 编辑 編輯"
)


@dataclass
class Line:
    """One line of a page.

    ``role`` is ``"title"``, ``"heading"`` or ``"cell"`` where the file says so, else ``""``; ``level`` is a heading's
    (1 to 6), ``table`` the number of a cell's table (from 1), ``gap`` is true after a blank line, and ``joined`` if the
    line stands in one block with the line above.
    """

    text: str
    role: str = ""
    level: int = 0
    table: int = 0
    gap: bool = False
    joined: bool = False


@dataclass
class Page:
    """What a file says about itself: a title, its lines, front matter, and what its own tags rule out."""

    lines: list[Line] = field(default_factory=list)
    title: str | None = None
    meta: dict[str, Any] = field(default_factory=dict)
    dropped: list[tuple[str, str]] = field(default_factory=list)
    marked_up: bool = False


def lines_of_block(texts: list[str], role: str = "", level: int = 0, table: int = 0) -> list[Line]:
    """Return the lines of one block."""
    return [Line(text, role, level, table, joined=number > 0) for number, text in enumerate(texts)]


def fold_space(text: str) -> str:
    """Return ``text`` with each run of white space made one space, none at the ends, without signs that take no room or ligatures."""
    for sign in _NO_ROOM:
        text = text.replace(sign, "")
    for sign, letters in _LIGATURES.items():
        text = text.replace(sign, letters)
    return " ".join(text.split())


def without_edit(line: str) -> str:
    """Return a heading of Wikipedia without the ``[edit]`` behind it."""
    opened = line.rfind("[")
    if opened < 1 or not line.endswith("]"):
        return line
    word = line[opened + 1 : -1].replace("|", " ").strip(" .").split(" ")[0].casefold()
    return line[:opened].rstrip() if word in _EDIT else line
