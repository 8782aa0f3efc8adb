"""The CSV tables: an event ends after it begins, and a position rests on a quote or on a source of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kit.fields import parse_date

if TYPE_CHECKING:
    from kit.case_files import Event, Position
    from kit.checking import Tell


def hold_events(events: list[Event], tell: Tell) -> None:
    """Tell which events end before they begin."""
    for index, event in enumerate(events):
        if event["end"] and parse_date(event["end"])[1] < parse_date(event["date"])[0]:
            tell((index,), "The end lies before the beginning", "Exchange or correct 'date' and 'end'.")


def hold_positions(positions: list[Position], tell: Tell) -> None:
    """Tell which positions rest on nothing."""
    for index, position in enumerate(positions):
        if not position["source_title"] and not (position["article"] and position["quote"]):
            what = "The position rests on nothing"
            tell((index,), what, "Fill in 'article' and 'quote', or, if no article states it, 'source_title'.")
