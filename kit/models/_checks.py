"""Checks of numbers and names that the models share: each passes a good value through and refuses a bad one."""

from __future__ import annotations

import math
from collections.abc import Collection, Hashable, Iterable, Mapping
from typing import Any

import numpy as np

from kit.errors import ModelError


def number(value: Any, name: str, *, low: float = -math.inf, high: float = math.inf) -> float:
    """Return `value` as a float within ``[low, high]``.

    Raises
    ------
    ModelError
        When it is no number, not finite, or out of range.
    """
    result = _float_or_nan(value)
    if not math.isfinite(result) or not low <= result <= high:
        msg = f"{shown(value)} was given"
        raise ModelError(msg, where=name, remedy=f"Give {_range(low, high)}.")
    return result


def numbers(values: Any, name: str, *, low: float = -math.inf, high: float = math.inf) -> np.ndarray:
    """Return `values` (one number or a list of them) as a flat float array within ``[low, high]``.

    Raises
    ------
    ModelError
        When the list is empty, or for its first entry that is no number, not finite or out of range.
    """
    entries = list(values) if np.iterable(values) and not isinstance(values, str) else [values]
    if not entries:
        msg = "the list is empty"
        raise ModelError(msg, where=name, remedy="Give at least one number.")
    return np.array([number(value, f"{name}, entry {i}", low=low, high=high) for i, value in enumerate(entries, 1)])


def names(values: Iterable[Hashable], what: str) -> list:
    """Return `values` as a list of distinct names.

    Raises
    ------
    ModelError
        When the list is empty or a name stands in it twice.
    """
    if isinstance(values, str) or not isinstance(values, Iterable):
        msg = f"{values!r} was given"
        raise ModelError(msg, where=what, remedy="Give a list of names.")
    found = list(values)
    if not found:
        msg = "the list is empty"
        raise ModelError(msg, where=what, remedy="Give at least one name.")
    twice = sorted({str(name) for name in found if found.count(name) > 1})
    if twice:
        msg = f"{', '.join(twice)} stands there more than once"
        raise ModelError(msg, where=what, remedy="Give each name once.")
    return found


def mapping(value: Any, what: str) -> Mapping:
    """Return `value` if it is a mapping, as a dict is."""
    if not isinstance(value, Mapping):
        msg = f"{type(value).__name__} was given"
        raise ModelError(msg, where=what, remedy="Give a dict, {name: …}.")
    return value


def known(value: Any, choices: Collection, what: str) -> Any:
    """Return `value` if it is one of `choices`.

    Raises
    ------
    ModelError
        When it is not, with the choices listed.
    """
    if value not in choices:
        msg = f"{shown(value)} is not known"
        raise ModelError(msg, where=what, remedy=f"Choose one of: {', '.join(map(str, choices))}.")
    return value


def shown(value: Any) -> str:
    """Return `value` as a reader would write it, without NumPy's name for its type."""
    return repr(value.item() if isinstance(value, np.generic) else value)


def _float_or_nan(value: Any) -> float:
    try:
        return float(value)
    except (TypeError, ValueError):
        return math.nan


def _range(low: float, high: float) -> str:
    if math.isfinite(low) and math.isfinite(high):
        return f"a number from {low:g} to {high:g}"
    if math.isfinite(low):
        return f"a number of {low:g} or more"
    if math.isfinite(high):
        return f"a number of {high:g} or less"
    return "a finite number"
