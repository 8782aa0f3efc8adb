"""A paper to print: what is known of it, and how its template becomes a page."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, NamedTuple

from kit.case import Case, parse_date
from kit.grammar import say_day
from kit.screen.html import Html
from kit.screen.templating import read_style, render

DAY = re.compile(r"\b\d{4}-\d{2}(-\d{2})?\b")
TEMPLATES = Path(__file__).parent / "templates" / "handouts"


class Handout(NamedTuple):
    """One paper: its file's name without an ending, what it is, how many a class needs, the page, and its unit."""

    name: str
    title: str
    copies: str
    page: Html
    unit: str = "06"


def fill(name: str, title: str, case: Case | None = None, **values: Any) -> Html:
    """Return a whole HTML page that prints on A4: the template of that name with its values."""
    facts = f" · facts to {say_day(case.as_of)}" if case and case.as_of else ""
    whose = f"{case.title}{facts}" if case else ""
    styles = [read_style(TEMPLATES / "style.css")]
    return render(
        TEMPLATES / f"{name}.html", title=title, styles=styles, script=False, whose=whose, say_days=say_days, **values
    )


def say_days(text: str) -> str:
    """Return a text with its days and months as they are read: "1 June 2025 to July 2025" for "2025-06-01 to 2025-07"."""
    return DAY.sub(lambda found: _said(found[0]), text)


def _said(day: str) -> str:
    try:
        first, _, precision = parse_date(day)
    except ValueError:  # "the winter of 1990-91"
        return day
    return say_day(first) if precision == "day" else f"{first:%B} {first.year}"
