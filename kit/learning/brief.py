"""My brief: a paper of two to four pages, put together from what a learner wrote and made in six units."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import ipywidgets
import pandas as pd

from kit.case import Case
from kit.grammar import count_of
from kit.learning.on_paper import TEMPLATES, heading_of, show_work, shown_keys, title_of
from kit.learning.portfolio import CasePortfolio, portfolio
from kit.learning.progress import course
from kit.learning.write import Write, word_count
from kit.screen import html
from kit.screen.download import Download
from kit.screen.still_text import Still
from kit.screen.templating import read_style, render

KEY = "06/brief"
PROMPT = (
    "You have now reached the last unit. Read your brief, then write what you would say differently now, and which "
    "sentence of the articles or which step of the work changed your mind."
)


class MyBrief(Still, ipywidgets.VBox):
    """What a learner would say differently now, and a button that puts the paper together as one printable file."""

    aim = "read and print your brief"
    what_it_is = "Your brief: what you wrote in the units, in one paper."

    def __init__(self, case: Case) -> None:
        self.case, self.store = case, portfolio(case)
        self.write = Write(case, KEY, PROMPT, words=(80, 150))
        self.download = Download("Download my brief", "my-brief.html", kind="text/html", make=self._make)
        self.summary = ipywidgets.HTML()
        super().__init__([self.write, self.summary, self.download])
        self.add_class("parley-work")
        self.store.on_change(lambda _key: self._draw())
        self._draw()

    @property
    def table(self) -> pd.DataFrame:
        """What goes in: ``unit, piece``, a row a piece."""
        rows = [(title_of(unit), heading_of(key)) for unit in course() for key in pieces_of(self.store.entries(), unit)]
        return pd.DataFrame(rows, columns=["unit", "piece"])

    def page(self, day: str = "") -> html.Html:
        """Return the brief as a whole HTML page."""
        return brief_page(self.case, self.store, day)

    def _make(self) -> bytes:
        return self.page(datetime.now(UTC).date().isoformat()).encode()

    def _draw(self) -> None:
        found = self.table
        units = found["unit"].nunique()
        said = (
            f"Your brief holds {count_of(len(found), 'piece')} from {count_of(units, 'unit')}. "
            "Open the file in a browser and print it from there."
            if len(found)
            else "Your brief is still empty. Write in the units first: each piece that you keep goes into it."
        )
        self.summary.value = html.tag("p", said)


def pieces_of(entries: Mapping[str, Any], unit: str) -> list[str]:
    """Return the keys of a unit that go into the brief: what was written there, and what was made in its explorers."""
    return [key for key in (f"{unit}/write", *shown_keys(unit)) if entries.get(key)]


def brief_page(case: Case, store: CasePortfolio, day: str = "") -> html.Html:
    """Return the brief as a page that stands alone."""
    entries, parts = store.entries(), []
    for unit, told in course().items():
        pieces, made = pieces_of(entries, unit), shown_keys(unit)
        texts = [entries[key] for key in pieces if key not in made]
        answers = [
            {"asked": heading_of(key), "shown": show_work(case, key, entries[key], short=True), "wide": made[key].get("wide")}
            for key in pieces
            if key in made
        ]  # fmt: skip
        if pieces:
            parts.append({"title": told["title"], "texts": texts, "answers": answers})
    return render(
        TEMPLATES / "brief.html",
        title=f"My brief: {case.title}",
        styles=[read_style(TEMPLATES / "answers.css")],
        script=False,
        author=store.file.pseudonym,
        day=day,
        parts=parts,
        now=entries.get(KEY) or "",
        record=html.table(record_table(store), "Answers kept in each part, with the first and the last day of work"),
    )


def record_table(store: CasePortfolio) -> pd.DataFrame:
    """Return ``part, answers, words, first, last``: how much was answered in each part, and on which days."""
    entries, rows = store.entries(), []
    for unit in course():
        mine = [key for key in entries if key.startswith(f"{unit}/")]
        days = sorted(version.saved[:10] for key in mine for version in store.versions(key))
        words = sum(word_count(entries[key]) for key in mine if isinstance(entries[key], str))
        rows.append((title_of(unit), len(mine), words, days[0] if days else "–", days[-1] if days else "–"))
    return pd.DataFrame(rows, columns=["part", "answers", "words written", "first day", "last day"])
