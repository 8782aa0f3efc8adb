"""A class: many portfolios in, what divides the room out, as tables, charts and sentences to read aloud.

Files, folders, chats and uploads are read in `gather`, answers become tables in `tables` (one person's work per column or
row, never a free text), `topics` makes of them what is shown, `charts` draws it. `view` is the explorer, `report` the page
to print, `sample` a class that nobody belongs to. Each is imported on first use.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

_HOMES = {
    "ClassView": "kit.classroom.view",
    "Classroom": "kit.classroom.gather",
    "add_arguments": "kit.classroom.command",
    "class_report": "kit.classroom.report",
    "read_class": "kit.classroom.gather",
    "run": "kit.classroom.command",
    "sample_class": "kit.classroom.sample",
}


def __getattr__(name: str) -> Any:
    """Import what is asked for."""
    if name not in _HOMES:
        msg = f"module 'kit.classroom' has no attribute {name!r}"
        raise AttributeError(msg)
    return getattr(import_module(_HOMES[name]), name)
