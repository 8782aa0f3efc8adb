"""Everything that asks, answers and keeps; each part is imported on first use."""

from __future__ import annotations

from importlib import import_module
from typing import Any

_HOMES = {
    "CodingTask": "kit.learning.coding",
    "CourseMap": "kit.learning.progress",
    "MyWork": "kit.learning.my_work",
    "Quiz": "kit.learning.quiz",
    "Write": "kit.learning.write",
}


def __getattr__(name: str) -> Any:
    """Import the widget that is asked for."""
    if name not in _HOMES:
        msg = f"module 'kit.learning' has no attribute {name!r}"
        raise AttributeError(msg)
    return getattr(import_module(_HOMES[name]), name)
