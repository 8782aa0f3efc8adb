"""Rooms whose parts are imported on first use (PEP 562), so that a light import stays light."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any


def on_first_use(room: str, homes: Mapping[str, str]) -> Callable[[str], Any]:
    """Return a module's ``__getattr__``: each name is taken from its home when it is asked for, or is that module itself."""

    def get(name: str) -> Any:
        if name not in homes:
            msg = f"module '{room}' has no attribute {name!r}"
            raise AttributeError(msg)
        home = import_module(homes[name])
        return home if homes[name] == f"{room}.{name}" else getattr(home, name)

    return get
