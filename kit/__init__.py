"""Parley: articles about peace talks, marked, drawn and taught. What a notebook needs is offered here by name.

Everything heavy is imported on first use (PEP 562), so that ``import kit`` stays light.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from kit.lazy import on_first_use

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
_ROOMS = ("actors", "background", "classroom", "learning", "measures", "models", "negotiation", "obstacles", "scenarios",
          "screen")  # fmt: skip
_HOMES |= {room: f"kit.{room}" for room in _ROOMS}

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

__getattr__ = on_first_use(__name__, _HOMES)


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOMES})


if "IPython" in sys.modules:  # a notebook, most likely
    from kit.screen.html import show_tables_plainly

    show_tables_plainly()

if sys.platform == "emscripten":  # a browser page
    from kit.screen.runtime import arrive

    arrive()
