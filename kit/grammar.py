"""The grammar of counts and lists: "1 month", "3 months", "a, b and c". The texts themselves stand where they are shown."""

from __future__ import annotations

from collections.abc import Iterable


def join_words(items: Iterable[object]) -> str:
    """Return items as one text: "a, b and c"."""
    *rest, last = [str(item) for item in items] or [""]
    return f"{', '.join(rest)} and {last}" if rest else last


def count_of(number: float, noun: str, plural: str | None = None) -> str:
    """Return a number with its noun: "1 month", "3 months", "2 others"."""
    # Ten digits, so that 0.1 + 0.2 is said as 0.3.
    return f"{number:,.10g} {noun if number == 1 else plural or f'{noun}s'}"
