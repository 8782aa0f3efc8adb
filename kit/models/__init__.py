"""The field's methods, free of case and screen; each is imported on first use."""

from __future__ import annotations

from kit.lazy import on_first_use

_MODELS = ("agreement", "bargaining", "commitment", "cross_impact", "forecast", "graph_model", "trust")

__getattr__ = on_first_use(__name__, {name: f"{__name__}.{name}" for name in _MODELS})
