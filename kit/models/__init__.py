"""The field's methods, free of case and screen; each is imported on first use."""

from __future__ import annotations

from importlib import import_module
from typing import Any

_MODELS = ("agreement", "bargaining", "commitment", "cross_impact", "forecast", "graph_model", "trust")


def __getattr__(name: str) -> Any:
    """Import the model that is asked for."""
    if name not in _MODELS:
        msg = f"module 'kit.models' has no attribute {name!r}"
        raise AttributeError(msg)
    return import_module(f"kit.models.{name}")
