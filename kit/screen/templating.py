"""Whole pages from templates (Jinja2): every value is escaped where it stands, unless it is `Html` already."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from kit.screen.html import Html, style

_PAGES = Path(__file__).parent / "templates"


@cache
def _environment(folder: Path) -> Any:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    loader = FileSystemLoader([folder, _PAGES])
    # A misspelt name in a template is an error, not a blank.
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)


def render(template: Path, **values: Any) -> Html:
    """Return what a template makes of values; it may build on ``page.html`` of this folder.

    Parameters
    ----------
    **values
        What it names. ``page.html`` wants ``title``, ``styles`` (what `read_style` returns, in a list) and ``script``
        (whether a script stands in the page).
    """
    return Html(_environment(template.parent).get_template(template.name).render(**values))


def read_style(path: Path) -> Html:
    """Return a stylesheet as an element of a page."""
    return style(path.read_text("utf-8"))
