"""Marks: where the phrases of a codebook stand in articles, as one tidy table.

>>> marks = annotate(load_articles("articles"), load_codebook("ukraine"))      # doctest: +SKIP
>>> to_csv(marks, "marks.csv")                                                 # doctest: +SKIP
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from kit.articles import Article
from kit.codebook import Code, Codebook, Phrase
from kit.reading.matcher import Find, Matcher

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = ("article", "section", "sentence", "start", "end", "quote", "kind", "code", "label")


class _Claim(NamedTuple):
    """A code's claim to a phrase: void inside a phrase of a blocker, or where the sentence has none of a need."""

    code: int
    blockers: tuple[int, ...]
    needs: tuple[int, ...]


class _Plan:
    """A codebook made ready for matching.

    The numbers that finds bear are, in this order: codes, for phrases without conditions; then claims; then groups of
    phrases that conditions name.
    """

    def __init__(self, codebook: Codebook) -> None:
        self.codes = list(codebook.codes.values())
        self.claims: list[_Claim] = []
        self._claim_numbers: dict[_Claim, int] = {}
        self._groups: dict[tuple[Phrase, ...], int] = {}
        phrases = [(phrase.terms, self._number(n, code, phrase)) for n, code in enumerate(self.codes) for phrase in code.phrases]
        self.first_group = len(self.codes) + len(self.claims)
        for members, group in self._groups.items():
            terms = {phrase.terms for phrase in members}
            phrases += [(each, self.first_group + group) for each in sorted(terms)]
        self.matcher = Matcher(phrases)
        self.kinds = np.array([code.kind for code in self.codes], dtype=object)
        self.names = np.array([code.code for code in self.codes], dtype=object)
        self.labels = np.array([code.label for code in self.codes], dtype=object)

    def _number(self, number: int, code: Code, phrase: Phrase) -> int:
        blockers = tuple(self._group(each) for each in (code.not_in, phrase.not_in) if each)
        needs = tuple(self._group(each) for each in (code.needs, phrase.needs) if each)
        if not blockers and not needs:
            return number
        claim = _Claim(number, blockers, needs)
        if claim not in self._claim_numbers:
            self._claim_numbers[claim] = len(self.claims)
            self.claims.append(claim)
        return len(self.codes) + self._claim_numbers[claim]

    def _group(self, phrases: tuple[Phrase, ...]) -> int:
        return self._groups.setdefault(phrases, len(self._groups))

    def spans(self, text: str, sentences: list[int]) -> list[Find]:
        """Return ``(start, end, number of the code)`` for each mark in a text, in reading order."""
        codes, first_group = len(self.codes), self.first_group
        found: list[Find] = []
        claimed: list[Find] = []
        groups: dict[int, list[Find]] = {}
        for find in self.matcher.find(text, sentences):
            number = find[2]
            if number < codes:
                found.append(find)
            elif number < first_group:
                claimed.append(find)
            else:
                groups.setdefault(number - first_group, []).append(find)
        if claimed:
            found += self._granted(claimed, groups, sentences)
        found.sort()
        return _longest(found)

    def _granted(self, claimed: list[Find], groups: dict[int, list[Find]], sentences: list[int]) -> Iterator[Find]:
        """Yield the finds whose conditions hold, with their code's number."""
        cover = {group: _Cover(finds) for group, finds in groups.items()}
        codes = len(self.codes)
        for start, end, number in claimed:
            code, blockers, needs = self.claims[number - codes]
            if any(cover[blocker].holds(start, end) for blocker in blockers if blocker in cover):
                continue
            if all(need in cover and cover[need].meets(start, sentences) for need in needs):
                yield start, end, code


class _Cover:
    """Where the phrases of a group stand in a text."""

    def __init__(self, finds: list[Find]) -> None:
        finds.sort()
        self._starts = [find[0] for find in finds]
        self._reach = list(accumulate((find[1] for find in finds), max))
        self._sentences: set[int] | None = None

    def holds(self, start: int, end: int) -> bool:
        """Say whether ``[start, end)`` lies within one of them."""
        before = bisect_right(self._starts, start)
        return before > 0 and self._reach[before - 1] >= end

    def meets(self, start: int, sentences: list[int]) -> bool:
        """Say whether one of them begins in the sentence of ``start``."""
        if self._sentences is None:
            self._sentences = {bisect_right(sentences, each) for each in self._starts}
        return bisect_right(sentences, start) in self._sentences


def _longest(found: list[Find]) -> list[Find]:
    """Return sorted finds without those that a longer one of the same code overlaps; of equals the first stays."""
    reach: dict[int, int] = {}
    crowded = set()
    for start, end, code in found:
        if reach.get(code, 0) > start:
            crowded.add(code)
            end = max(end, reach[code])
        reach[code] = end
    if not crowded:
        return found
    kept = [find for find in found if find[2] not in crowded]
    for code in crowded:
        for cluster in _clusters([find for find in found if find[2] == code]):
            kept += _longest_of(cluster)
    kept.sort()
    return kept


def _clusters(finds: list[Find]) -> Iterator[list[Find]]:
    """Yield sorted finds in groups that no overlap joins."""
    cluster: list[Find] = []
    reach = 0
    for find in finds:
        if cluster and find[0] >= reach:
            yield cluster
            cluster = []
        cluster.append(find)
        reach = max(reach, find[1])
    if cluster:
        yield cluster


def _longest_of(cluster: list[Find]) -> list[Find]:
    kept: list[Find] = []
    for find in sorted(cluster, key=lambda find: (find[0] - find[1], find[0])):
        if all(find[1] <= other[0] or other[1] <= find[0] for other in kept):
            kept.append(find)
    return kept


def annotate(articles: Iterable[Article], codebook: Codebook) -> pd.DataFrame:
    """Return the marks of a codebook in articles.

    Parameters
    ----------
    articles : iterable of Article
    codebook : Codebook

    Returns
    -------
    DataFrame
        One row a marked span, sorted by article, start, end and the codebook's order: ``article, section, sentence`` (index
        within the article), ``start, end`` (characters of the article's text), ``quote, kind, code, label``.
    """
    plan = _plan_of(codebook)
    parts = [_marks_of(article, plan) for article in sorted(articles, key=lambda each: each.id)]
    return _table(parts, plan)


def _plan_of(codebook: Codebook) -> _Plan:
    """Return the codebook's plan, made when it is first used and kept with it."""
    plan = codebook.__dict__.get("_plan")
    if plan is None:
        plan = codebook.__dict__["_plan"] = _Plan(codebook)
    return plan


class _Marks(NamedTuple):
    """The marks of one article, by columns: where ``spans`` has a row of start, end and code for each."""

    article: str
    spans: np.ndarray
    sentences: np.ndarray
    sections: np.ndarray
    quotes: list[str]


def _marks_of(article: Article, plan: _Plan) -> _Marks:
    text = article.text
    starts = [sentence.start for sentence in article.sentences]
    found = plan.spans(text, starts)
    spans = np.array(found, dtype=np.int64).reshape(-1, 3)
    sentences = np.maximum(np.searchsorted(starts, spans[:, 0], side="right") - 1, 0)
    sections = np.array([sentence.section for sentence in article.sentences] or [""], dtype=object)[sentences]
    return _Marks(article.id, spans, sentences, sections, [text[start:end] for start, end, _ in found])


def _table(parts: list[_Marks], plan: _Plan) -> pd.DataFrame:
    import pandas as pd

    empty = np.empty(0, dtype=object)
    spans = np.concatenate([np.empty((0, 3), dtype=np.int64), *(part.spans for part in parts)])
    names = np.array([part.article for part in parts], dtype=object)
    quotes = np.array([quote for part in parts for quote in part.quotes], dtype=object)
    columns = {
        "article": np.repeat(names, [len(part.spans) for part in parts]),
        "section": np.concatenate([empty, *(part.sections for part in parts)]),
        "sentence": np.concatenate([np.empty(0, dtype=np.int64), *(part.sentences for part in parts)]),
        "start": spans[:, 0],
        "end": spans[:, 1],
        "quote": quotes,
        "kind": plan.kinds[spans[:, 2]],
        "code": plan.names[spans[:, 2]],
        "label": plan.labels[spans[:, 2]],
    }
    return pd.DataFrame({name: pd.array(column, dtype="str") if column.dtype == object else column for name, column in columns.items()}, copy=False)
