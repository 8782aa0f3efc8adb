"""Slips of the pen that any YAML file may have: they are valid YAML and mean something else than was meant."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kit.checking.look import Look, Path

if TYPE_CHECKING:
    from kit.files import Document, Problem


def problems(document: Document) -> list[Problem]:
    """Names that YAML reads as something other than a name, and texts that a comma has cut in two."""
    look = Look(document)
    _walk(look, document.data, ())
    return look.found


def _walk(look: Look, value: Any, path: Path) -> None:
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, child in pairs:
        here = (*path, key)
        if isinstance(value, dict):
            _check_name(look, key, child, here)
        _walk(look, child, here)


def _check_name(look: Look, key: Any, child: Any, path: Path) -> None:
    if isinstance(key, bool):
        meant = '"on", "yes"' if key else '"no", "off"'
        look.note(path, "A name is read as true or false", f"Put it in quotation marks: {meant}.")
    elif not isinstance(key, str):
        look.note(path, f"The name {key} is read as a number or date", f'Put it in quotation marks: "{key}".')
    elif child is None and " " in key:
        short = key if len(key) <= 40 else f"{key[:39]}…"
        look.note(path, f"A comma has cut a text in two before '{short}'", "Put the whole text in quotation marks.")
