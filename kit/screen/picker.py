"""Sentences as evidence that a learner chooses: candidates, what is attached, and how both are kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import ipywidgets
import pandas as pd

from kit.screen import html
from kit.screen.cards import Cards
from kit.screen.controls import button, dropdown, row, sentence_options, show, text_box
from kit.screen.live_region import Live
from kit.screen.still_text import Still

if TYPE_CHECKING:
    from kit.case import Case

ANY = "any sentence"
MOST = 50  # sentences attached to one thing
GONE = "no longer in this article"
# A row for a sentence that the article no longer has, since somebody corrected it there; its index is below 0.
_GONE = {"section": GONE, "start": 0, "end": 0, "sentence_start": 0, "sentence_end": 0}


def candidates(case: Case, codes: Sequence[str], words: str = "") -> pd.DataFrame:
    """Return sentences that bear one of the codes (any sentence, if there are none) and hold all the words."""
    table = case.evidence_at(case.marks[case.marks["code"].isin(codes)]) if codes else case.sentences
    for word in words.casefold().split():
        table = table[[word in text.casefold() for text in table["text"]]]
    return table.reset_index(drop=True)


def sentences_at(case: Case, references: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """Return the sentences that references (``article`` and ``sentence``, its index) point at, in their order."""
    table = case.sentences.set_index(["article", "sentence"], drop=False)
    rows = [
        table.loc[each["article"], each["sentence"]].to_dict() if each["sentence"] >= 0 else {**_GONE, **each}
        for each in references
    ]
    return pd.DataFrame(rows, columns=list(case.sentences.columns)).astype(case.sentences.dtypes)


def resolve_reference(listed: Any, case: Case) -> list[dict[str, Any]]:
    """Return the references that are sound, from whatever a portfolio holds.

    Returns
    -------
    list of dict
        ``article``, ``sentence`` (its index) and ``text``, no sentence twice. A sentence is found by its text if the
        article has changed; one that is no longer there is kept, with an index below 0.
    """
    found: dict[tuple[str, int], dict[str, Any]] = {}
    for each in listed if isinstance(listed, list) else []:
        reference = _resolved(each, case, -1 - len(found)) if isinstance(each, Mapping) else None
        if reference and len(found) < MOST:
            found[reference["article"], reference["sentence"]] = reference
    return list(found.values())


def _resolved(reference: Mapping[str, Any], case: Case, gone: int) -> dict[str, Any] | None:
    table = case.sentences
    article, text, index = (reference.get(name) for name in ("article", "text", "sentence"))
    if not isinstance(article, str) or not isinstance(text, str):
        return None
    same = table[(table["article"] == article) & (table["text"] == text)]
    if same.empty:
        # What a learner once chose is shown as gone and can be taken off; nothing takes it away behind their back.
        return {"article": article, "sentence": gone, "text": text} if text.strip() else None
    line = same[same["sentence"] == index].iloc[0] if index in same["sentence"].tolist() else same.iloc[0]
    return {"article": str(line["article"]), "sentence": int(line["sentence"]), "text": str(line["text"])}


class SentencePicker(Still, ipywidgets.VBox):
    """Controls to find sentences of a case and to attach them to the thing at work.

    Parameters
    ----------
    changed : callable
        Called when the learner attaches a sentence or takes one off.
    read : callable
        Called with an evidence table and a heading when a sentence is chosen in either list.

    Attributes
    ----------
    chosen : list of dict
        What is attached: ``article``, ``sentence``, ``text``.
    subject, words, found, attached : widgets
        What the sentences are about, words in them, the candidates, and what is attached.
    """

    aim = "choose sentences"

    def __init__(self, case: Case, changed: Callable[[], object], read: Callable[[pd.DataFrame, str], object]) -> None:
        self.case, self._changed, self._read = case, changed, read
        self.chosen: list[dict[str, Any]] = []
        self.subject = dropdown("Sentences about", [(ANY, ())], ())
        self.words = text_box("with the words", hint="any")
        self.words.continuous_update = True  # the list follows each letter
        self.words.layout.width = "19em"  # in one line with what the sentences are about
        self.found = Cards("Candidates", rows=5)
        self.attached = Cards("Attached", rows=3)
        self.said = Live()
        self.add = button("Attach this sentence", self.attach, "primary")
        self.drop = button("Take it off", self.detach)
        super().__init__(
            [row(self.subject, self.words), self.found, row(self.add, self.said), self.attached, self.drop]
        )
        self.add_class("parley-picker")
        self.subject.observe(lambda _: self._search(), "value")
        self.words.observe(lambda _: self._search(), "value")
        self.found.on_choice(lambda place: self._show(place, "Candidate sentence"))
        self.attached.on_choice(lambda place: self._show(place, "Your evidence"))

    def offer(self, about: Sequence[tuple[str, tuple[str, ...]]], chosen: Iterable[Mapping[str, Any]]) -> None:
        """Turn to another thing: what its sentences may be about (label and codes), and what is attached to it."""
        self.chosen = [dict(each) for each in chosen]
        with self.subject.hold_trait_notifications():
            self.subject.options = [*about, (ANY, ())]
            self.subject.index = 0
        self._search()
        self._list()

    def attach(self) -> None:
        """Attach the candidate that is chosen."""
        place = self.found.value
        problem = self._problem(place)
        self.said.html = html.tag("span", problem or "✓ Attached.")
        if problem or place is None:
            return
        line = sentences_at(self.case, [{"article": place[0], "sentence": place[1]}]).iloc[0]
        self.chosen.append({"article": place[0], "sentence": place[1], "text": str(line["text"])})
        self._list()
        self._changed()

    def _problem(self, place: tuple[str, int] | None) -> str:
        """Return why a candidate cannot be attached; the empty text if it can."""
        if place is None:
            return "○ Choose a sentence in the list of candidates first."
        if place in [(each["article"], each["sentence"]) for each in self.chosen]:
            return "○ This sentence is attached already."
        return f"⚠ No more than {MOST} sentences can be attached." if len(self.chosen) >= MOST else ""

    def detach(self) -> None:
        """Take off the attached sentence that is chosen."""
        place = self.attached.value
        kept = [each for each in self.chosen if (each["article"], each["sentence"]) != place]
        if len(kept) < len(self.chosen):
            self.chosen = kept
            self._list()
            self._changed()

    def _search(self) -> None:
        rows = candidates(self.case, self.subject.value or (), self.words.value)
        self.said.html = ""
        self.found.fill(sentence_options(self.case.article_names, rows))
        self.found.description = f"Candidates ({len(rows)})"

    def _list(self) -> None:
        rows = sentences_at(self.case, self.chosen)
        gone = rows["sentence"] < 0
        rows["text"] = rows["text"].where(~gone, f"({GONE}) " + rows["text"])
        self.attached.fill(sentence_options(self.case.article_names, rows))
        self.attached.description = f"Attached ({len(self.chosen)})"
        for each in (self.attached, self.drop):
            show(each, shown=bool(self.chosen))

    def _show(self, place: tuple[str, int], heading: str) -> None:
        known = {"article": place[0], "sentence": place[1]}
        mine = next((each for each in self.chosen if (each["article"], each["sentence"]) == place), known)
        self._read(sentences_at(self.case, [mine]), heading)

    def __repr__(self) -> str:
        return f"SentencePicker({len(self.chosen)} attached)"
