"""The sentences behind what is on screen: the panel that all explorers share."""

from __future__ import annotations

from typing import Any

import ipywidgets
import pandas as pd

from kit.case import EVIDENCE
from kit.grammar import count_of
from kit.screen import html
from kit.screen.still_text import Still
from kit.screen.stylesheet import stylesheet

COLUMNS = EVIDENCE
FIRST = 20
NEIGHBOURS = 2  # sentences before and after one, in its context
NONE_FOUND = "No sentence in these articles speaks of this."


class EvidencePanel(Still, ipywidgets.VBox):
    """Sentences of a case's articles, each with its article and section, in context on request.

    Parameters
    ----------
    case : Case
        Where the sentences stand; anything with ``articles`` and a ``sentences`` table will do.
    invitation : str, optional
        What it says before anything is chosen.
    """

    aim = "read the sentences"

    def __init__(
        self, case: Any, *, invitation: str = "Choose something above to read the sentences behind it.", **traits: Any
    ) -> None:
        self.case = case
        self.heading = ""
        self._rows = no_evidence()
        self._all = False
        self.text = ipywidgets.HTML()
        self.more = ipywidgets.Button(layout={"width": "fit-content", "display": "none"}).add_class("parley-button")
        self.more.on_click(self._show_all)
        super().__init__([self.text, self.more, stylesheet()], **traits)
        self.add_class("parley-panel")
        self.invite(invitation)

    def invite(self, invitation: str) -> None:
        """Show what to do instead of sentences, where nothing is chosen that could have any."""
        self._rows, self.heading, self._all = no_evidence(), "", False
        self.more.layout.display = "none"
        self.text.value = _paper(html.tag("p", invitation, class_="parley-quiet"))

    @property
    def table(self) -> pd.DataFrame:
        """The sentences shown, a row each."""
        return self._rows

    def show(self, evidence: pd.DataFrame, heading: str = "What the articles say") -> None:
        """Show the sentences of a table with the columns of ``case.evidence(code)``."""
        self._rows, self.heading, self._all = evidence, heading, False
        self._draw()

    def _show_all(self, _button: ipywidgets.Button) -> None:
        self._all = True
        self._draw()

    def _draw(self) -> None:
        count = len(self._rows)
        shown = self._rows if self._all else self._rows.head(FIRST)
        self.text.value = _paper(evidence_html(self.case, shown, self.heading, count))
        self.more.description = f"Show all {count} sentences"
        self.more.layout.display = "none" if count == len(shown) else "inline-flex"

    def __repr__(self) -> str:
        return f"EvidencePanel({len(self._rows)} sentences)"


def no_evidence() -> pd.DataFrame:
    """Return an evidence table without a row."""
    return pd.DataFrame(columns=COLUMNS)


def evidence_html(case: Any, evidence: pd.DataFrame, heading: str, count: int | None = None) -> html.Html:
    """Return the sentences of an evidence table as a list under a heading.

    Parameters
    ----------
    evidence : DataFrame
        Its columns are `kit.case.EVIDENCE`.
    count : int, optional
        How many there are in all, if these are only the first of them.
    """
    count = len(evidence) if count is None else count
    if not count:
        return html.join(html.tag("h3", heading), html.tag("p", NONE_FOUND, class_="parley-quiet"))
    total, shown = count_of(count, "sentence"), len(evidence)
    said = f"{total}; the first {shown} are shown." if shown < count else f"{total}."
    items = (_sentence(case, row) for row in evidence.itertuples(index=False))
    sentences = html.tag("ul", *items, class_="parley-sentences")
    return html.join(
        html.tag("h3", heading),
        html.tag("p", said, class_="parley-quiet"),
        # A part that scrolls needs a name and a place in the order of keys.
        html.tag("div", sentences, class_="parley-scroll", role="region", aria_label=heading, tabindex=0),
    )


def _paper(content: html.Html) -> html.Html:
    return html.tag("div", content, class_="parley-paper parley-evidence")


def _sentence(case: Any, row: Any) -> html.Html:
    """Return one sentence with its place, the quote in it set off, and its neighbours folded away."""
    place = html.join(case.article_names.get(row.article, row.article), row.section or None, sep=" › ")
    return html.tag(
        "li",
        html.tag("div", place, class_="parley-quiet", dir="auto"),
        html.tag("blockquote", _emphasised(row), dir="auto"),
        _context(case, row),
    )


def _emphasised(row: Any) -> html.Html:
    """Return the sentence's text with the quote marked, where the quote is not the whole sentence."""
    # A quote may run on into the next sentence; what is shown is the sentence that it begins in.
    start, end = row.start - row.sentence_start, min(row.end, row.sentence_end) - row.sentence_start
    if end - start == len(row.text):
        return html.escape(row.text)
    return html.join(row.text[:start], html.tag("mark", row.text[start:end]), row.text[end:])


def _context(case: Any, row: Any) -> html.Html | None:
    """Return a sentence between those before and after it, folded; nothing where it has no neighbours or is gone."""
    table = case.sentences
    near = table[(table["article"] == row.article) & ((table["sentence"] - row.sentence).abs() <= NEIGHBOURS)]
    if row.sentence < 0 or len(near) < 2:
        return None
    words = (
        html.tag("strong", text) if number == row.sentence else html.escape(text)
        for number, text in zip(near["sentence"], near["text"], strict=True)
    )
    return html.fold("In context", html.tag("p", html.join(*words, sep=" "), class_="parley-context", dir="auto"))
