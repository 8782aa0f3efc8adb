"""Checks of numbers and names that the models share: each passes a good value through and refuses a bad one."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Mapping
from itertools import islice
from typing import Any

import numpy as np

from kit.errors import ModelError

MOST_SHOWN = 20


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
        When the list is empty, a name stands in it twice, or an entry cannot be a name: a list, None or NaN.
    """
    found = entries(values, what)
    if not found:
        msg = "the list is empty"
        raise ModelError(msg, where=what, remedy="Give at least one name.")
    for name in found:
        if not _can_be_name(name):
            msg = f"{shown(name)} is no name"
            raise ModelError(msg, where=what, remedy="Give a text or a number for each name.")
    twice = sorted(str(name) for name, times in Counter(found).items() if times > 1)
    if twice:
        msg = f"{', '.join(twice)} stands there more than once"
        raise ModelError(msg, where=what, remedy="Give each name once.")
    return found


def entries(values: Any, what: str) -> list:
    """Return `values` as a list; a text is refused, since its letters are seldom meant.

    Raises
    ------
    ModelError
        When it is a text or nothing that can be listed.
    """
    if isinstance(values, str) or not isinstance(values, Iterable):
        msg = f"{values!r} was given"
        raise ModelError(msg, where=what, remedy="Give a list of names.")
    return list(values)


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
    if not among(value, choices):
        msg = f"{shown(value)} is not known"
        listed = [*map(str, islice(choices, MOST_SHOWN)), *(["…"] if len(choices) > MOST_SHOWN else [])]
        raise ModelError(msg, where=what, remedy=f"Choose one of: {', '.join(listed)}.")
    return value


def among(value: Any, choices: Collection) -> bool:
    """Return whether `value` is one of `choices`; what cannot be hashed or compared is not."""
    try:
        return value in choices
    except (TypeError, ValueError):
        return False


def shown(value: Any) -> str:
    """Return `value` as a reader would write it, without NumPy's name for its type."""
    return repr(value.item() if isinstance(value, np.generic) else value)


def _can_be_name(value: Any) -> bool:
    try:
        hash(value)
        return value is not None and bool(value == value)  # NaN differs from itself
    except (TypeError, ValueError):
        return False


def _float_or_nan(value: Any) -> float:
    try:
        return float(value)
    except (TypeError, ValueError, OverflowError):
        return math.nan


def _range(low: float, high: float) -> str:
    if math.isfinite(low) and math.isfinite(high):
        return f"a number from {low:g} to {high:g}"
    if math.isfinite(low):
        return f"a number of {low:g} or more"
    if math.isfinite(high):
        return f"a number of {high:g} or less"
    return "a finite number"
