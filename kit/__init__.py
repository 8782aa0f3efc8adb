"""Parley: articles about peace talks, marked, drawn and taught. What a notebook needs is offered here by name.

Everything heavy is imported on first use (PEP 562), so that ``import kit`` stays light.
"""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kit.articles import Article, load_articles
    from kit.case import Case, load_case
    from kit.checking.whole_case import problem_table
    from kit.codebook import Codebook, load_codebook
    from kit.learning.check_answers import check
    from kit.marks.rules import annotate
    from kit.screen.about_texts import AboutTexts
    from kit.screen.reader import Reader

_HOMES = {
    "AboutTexts": "kit.screen.about_texts",
    "Article": "kit.articles",
    "Case": "kit.case",
    "Codebook": "kit.codebook",
    "Reader": "kit.screen.reader",
    "annotate": "kit.marks.rules",
    "check": "kit.learning.check_answers",
    "load_articles": "kit.articles",
    "load_case": "kit.case",
    "load_codebook": "kit.codebook",
    "problem_table": "kit.checking.whole_case",
}
_ROOMS = (
    "actors",
    "background",
    "classroom",
    "learning",
    "measures",
    "models",
    "negotiation",
    "obstacles",
    "scenarios",
    "screen",
)

__all__ = [
    "AboutTexts",
    "Article",
    "Case",
    "Codebook",
    "Reader",
    "annotate",
    "check",
    "load_articles",
    "load_case",
    "load_codebook",
    "problem_table",
]


def __getattr__(name: str) -> Any:
    """Import the part of the kit that is asked for, and remember it."""
    if name in _HOMES:
        value = getattr(import_module(_HOMES[name]), name)
    elif name in _ROOMS:
        value = import_module(f"kit.{name}")
    else:
        msg = f"module 'kit' has no attribute {name!r}"
        raise AttributeError(msg)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOMES, *_ROOMS})


if "IPython" in sys.modules:  # a notebook, most likely
    from kit.screen.html import show_tables_plainly

    show_tables_plainly()

if sys.platform == "emscripten":  # a browser page
    from kit.screen.runtime import arrive

    arrive()
