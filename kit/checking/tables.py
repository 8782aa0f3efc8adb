"""The CSV tables: an event ends after it begins, and a position rests on a quote or on a source of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kit.fields import parse_date

if TYPE_CHECKING:
    from kit.case_tables import Event, Position
    from kit.checking import Tell


def hold_events(events: list[Event], tell: Tell) -> None:
    """Tell which events end before they begin."""
    for index, event in enumerate(events):
        if event["end"] and parse_date(event["end"])[1] < parse_date(event["date"])[0]:
            tell((index,), "The end lies before the beginning", "Exchange or correct 'date' and 'end'.")


def hold_positions(positions: list[Position], tell: Tell) -> None:
    """Tell which positions rest on nothing, or on half a reference."""
    for index, position in enumerate(positions):
        lacking = [name for name in ("article", "quote") if not position[name]]
        if len(lacking) == 1:
            tell((index,), f"'{lacking[0]}' is empty", "Fill it in, or leave 'article' and 'quote' both empty.")
        elif lacking and not position["source_title"]:
            what = "The position rests on nothing"
            tell((index,), what, "Fill in 'article' and 'quote', or, if no article states it, 'source_title'.")
