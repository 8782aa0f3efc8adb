"""Marks: where the phrases of a codebook stand in articles, as one tidy table.

>>> marks = annotate(load_articles("articles"), load_codebook("ukraine"))      # doctest: +SKIP
>>> to_csv(marks, "marks.csv")                                                 # doctest: +SKIP
"""

from __future__ import annotations

import json
import sys
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, NamedTuple
from weakref import WeakKeyDictionary

from kit.articles import Article
from kit.codebook import Code, Codebook, Phrase
from kit.errors import KitError
from kit.reading.matcher import Matcher

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = ("article", "section", "sentence", "start", "end", "quote", "kind", "code", "label")
CONTEXT = 32  # characters of text quoted before and after a mark in a web annotation


class _Claim(NamedTuple):
    """What a pattern means where it stands: a code, unless a blocker is around it or a need is not met."""

    code: int
    blockers: tuple[int, ...]
    needs: tuple[int, ...]


class _Plan:
    """A codebook made ready for matching: one matcher for all its phrases, and what each of them stands for."""

    def __init__(self, codebook: Codebook) -> None:
        self.codes = list(codebook.codes.values())
        self._numbers: dict[tuple[str, ...], int] = {}
        self._groups: dict[tuple[int, ...], int] = {}
        self.claims: dict[int, list[_Claim]] = {}
        for number, code in enumerate(self.codes):
            self._add_code(number, code)
        self.groups_of: dict[int, list[int]] = {}
        for members, group in self._groups.items():
            for member in members:
                self.groups_of.setdefault(member, []).append(group)
        self.matcher = Matcher(self._numbers)
        total = len(self._numbers)
        self.simple = [
            claims[0].code if len(claims := self.claims.get(n, [])) == 1 and n not in self.groups_of and claims[0][1:] == ((), ()) else -1
            for n in range(total)
        ]

    def _add_code(self, number: int, code: Code) -> None:
        for phrase in code.phrases:
            blockers = tuple(self._group(each) for each in (code.not_in, phrase.not_in) if each)
            needs = tuple(self._group(each) for each in (code.needs, phrase.needs) if each)
            self.claims.setdefault(self._pattern(phrase), []).append(_Claim(number, blockers, needs))

    def _pattern(self, phrase: Phrase) -> int:
        return self._numbers.setdefault(phrase.terms, len(self._numbers))

    def _group(self, phrases: tuple[Phrase, ...]) -> int:
        members = tuple(sorted({self._pattern(phrase) for phrase in phrases}))
        return self._groups.setdefault(members, len(self._groups))

    def spans(self, text: str, sentences: list[int]) -> list[tuple[int, int, int]]:
        """Return ``(start, end, number of the code)`` for each mark in a text, in reading order."""
        by_code: dict[int, list[tuple[int, int]]] = {}
        careful = []
        simple = self.simple
        for start, end, pattern in self.matcher.find(text, sentences):
            code = simple[pattern]
            if code < 0:
                careful.append((start, end, pattern))
            elif code in by_code:
                by_code[code].append((start, end))
            else:
                by_code[code] = [(start, end)]
        if careful:
            self._settle(careful, sentences, by_code)
        return sorted((start, end, code) for code, spans in by_code.items() for start, end in _longest(spans))

    def _settle(
        self, found: list[tuple[int, int, int]], sentences: list[int], by_code: dict[int, list[tuple[int, int]]]
    ) -> None:
        """Add to ``by_code`` the finds whose conditions hold."""
        around: dict[int, list[tuple[int, int]]] = {}
        within: dict[int, set[int]] = {}
        for start, end, pattern in found:
            for group in self.groups_of.get(pattern, ()):
                around.setdefault(group, []).append((start, end))
                within.setdefault(group, set()).add(bisect_right(sentences, start))
        for start, end, pattern in found:
            for code, blockers, needs in self.claims.get(pattern, ()):
                if all(bisect_right(sentences, start) in within.get(need, ()) for need in needs) and not any(
                    a <= start and end <= b and b - a > end - start for blocker in blockers for a, b in around.get(blocker, ())
                ):
                    by_code.setdefault(code, []).append((start, end))


def _longest(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the spans without those that a longer one of the same code overlaps (of equals, the first stays)."""
    if len(spans) < 2:
        return spans
    ordered = sorted(set(spans))
    if all(left[1] <= right[0] for left, right in zip(ordered, ordered[1:], strict=False)):
        return ordered
    kept: list[tuple[int, int]] = []
    for start, end in sorted(ordered, key=lambda span: (span[0] - span[1], span[0])):
        if all(end <= a or b <= start for a, b in kept):
            kept.append((start, end))
    return kept


_plans: WeakKeyDictionary[Any, _Plan] = WeakKeyDictionary()


def _plan(codebook: Codebook) -> _Plan:
    plan = codebook.__dict__.get("_plan")
    if plan is None:
        plan = codebook.__dict__["_plan"] = _Plan(codebook)
    return plan


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
    import pandas as pd

    if isinstance(articles, Article):
        articles = [articles]
    plan = _plan(codebook)
    rows: list[tuple[Any, ...]] = []
    for article in sorted(articles, key=lambda each: each.id):
        text, sentences = article.text, article.sentences
        starts = [sentence.start for sentence in sentences]
        for start, end, number in plan.spans(text, starts):
            index = bisect_right(starts, start) - 1
            code = plan.codes[number]
            rows.append((article.id, sentences[index].section, index, start, end, text[start:end], code.kind, code.code, code.label))
    return pd.DataFrame(rows, columns=list(COLUMNS))
