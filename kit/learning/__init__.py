"""Everything that asks, answers and keeps; each part is imported on first use."""

from __future__ import annotations

from importlib import import_module
from typing import Any

_HOMES = {
    "Answer": "kit.learning.answer",
    "CodingTask": "kit.learning.coding",
    "CourseMap": "kit.learning.progress",
    "MyWork": "kit.learning.my_work",
    "Quiz": "kit.learning.quiz",
    "SaveCue": "kit.learning.cue",
    "Write": "kit.learning.write",
    "scratch_portfolio": "kit.learning.portfolio",
}


def __getattr__(name: str) -> Any:
    """Import the widget that is asked for."""
    if name not in _HOMES:
        msg = f"module 'kit.learning' has no attribute {name!r}"
        raise AttributeError(msg)
    return getattr(import_module(_HOMES[name]), name)
