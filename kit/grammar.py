"""The grammar of counts, lists and days: "1 month", "3 months", "a, b and c", "30 June 2028". The texts themselves stand where they are shown."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date


def join_words(items: Iterable[object]) -> str:
    """Return items as one text: "a, b and c"."""
    *rest, last = [str(item) for item in items] or [""]
    return f"{', '.join(rest)} and {last}" if rest else last


def count_of(number: float, noun: str, plural: str | None = None) -> str:
    """Return a number with its noun: "1 month", "3 months", "2 others"."""
    # Ten digits, so that 0.1 + 0.2 is said as 0.3.
    return f"{number:,.10g} {noun if number == 1 else plural or f'{noun}s'}"


def say_day(day: date) -> str:
    """Return a day as it is written in a sentence: "30 June 2028"."""
    return f"{day.day} {day:%B %Y}"  # strftime has no sign for a day without a zero that works on every system
