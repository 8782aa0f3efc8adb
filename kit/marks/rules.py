"""Marks: where the phrases of a codebook stand in articles, as one tidy table.

    marks = kit.annotate(kit.load_articles("articles"), kit.load_codebook("ukraine"))

Each sentence is looked at by itself: find every phrase of the codebook; leave out those whose conditions do not hold; of
overlapping phrases of one code keep the longest.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import accumulate, islice
from typing import Any, NamedTuple

import pandas as pd

from kit.articles import Article, Sentence
from kit.codebook import Code, Codebook
from kit.errors import KitError
from kit.reading.lexicon import WORD
from kit.reading.matcher import Find, Matcher
from kit.reading.phrases import Phrase

COLUMNS = ("article", "section", "sentence", "start", "end", "quote", "kind", "code", "label")
NUMBERS = ("sentence", "start", "end")


class _Rule(NamedTuple):
    """A phrase of a code: the phrases its sentence must hold one of (if any), and those inside which it does not count."""

    code: int
    needs: frozenset[int]
    not_in: frozenset[int]


class _Rules:
    """A codebook made ready: its phrases, numbered, in one matcher, and for each the rules that it serves."""

    def __init__(self, codebook: Codebook) -> None:
        self.codes: list[Code] = list(codebook.codes.values())
        self._numbers: dict[tuple[str, ...], int] = {}
        self._groups: dict[int, frozenset[int]] = {}
        rules = defaultdict(list)
        for place, code in enumerate(self.codes):
            not_in = self._group(code.not_in)
            for phrase in code.phrases:
                shut_out = not_in | self._group(phrase.not_in) if phrase.not_in else not_in  # most share their code's
                rule = _Rule(place, self._group(phrase.needs), shut_out)
                rules[self._number(phrase.terms)].append(rule)
        self._rules: list[list[_Rule]] = [rules[number] for number in range(len(self._numbers))]
        self._blockers = frozenset().union(*{rule.not_in for each in self._rules for rule in each})
        self._matcher = Matcher(list(self._numbers))

    def _number(self, terms: tuple[str, ...]) -> int:
        return self._numbers.setdefault(terms, len(self._numbers))

    def _group(self, phrases: tuple[Phrase, ...]) -> frozenset[int]:
        # Many phrases share their conditions, as one object.
        if id(phrases) not in self._groups:
            self._groups[id(phrases)] = frozenset(self._number(phrase.terms) for phrase in phrases)
        return self._groups[id(phrases)]

    def spans(self, sentence: str) -> list[tuple[int, int, int]]:
        """Return start, end and code (its place in the codebook) of the marks in a sentence, in reading order."""
        pieces = WORD.split(sentence)
        claims = self._claims(self._matcher.find(pieces))
        if not claims:
            return []
        ends = list(accumulate(map(len, pieces)))  # word n goes from entry 2n to entry 2n + 1
        found = []
        for code, spans in claims.items():
            for first, last in spans if len(spans) == 1 else _longest(spans, ends):
                found.append((ends[2 * first], ends[2 * last + 1], code))
        return sorted(found)

    def _claims(self, finds: list[Find]) -> dict[int, list[tuple[int, int]]]:
        """Return by code the first and last words of the phrases whose conditions hold."""
        present = {find[0] for find in finds}
        covered = {} if self._blockers.isdisjoint(present) else self._covered(finds)
        claims: dict[int, list[tuple[int, int]]] = {}
        for phrase, first, last in finds:
            for code, needs, not_in in self._rules[phrase]:
                if needs and needs.isdisjoint(present):
                    continue
                if first in covered and any(end >= last and blocker in not_in for blocker, end in covered[first]):
                    continue
                claims.setdefault(code, []).append((first, last))
        return claims

    def _covered(self, finds: list[Find]) -> dict[int, list[tuple[int, int]]]:
        """Return for each word the phrases over it that may shut out others, each with its last word."""
        covered = defaultdict(list)
        for phrase, first, last in finds:
            if phrase in self._blockers:
                for word in range(first, last + 1):
                    covered[word].append((phrase, last))
        return covered


def _longest(spans: list[tuple[int, int]], offsets: list[int]) -> list[tuple[int, int]]:
    """Return the spans of one code without those that overlap a longer one, or as long a one that stands before."""
    kept: list[tuple[int, int]] = []
    covered: set[int] = set()
    for first, last in sorted(spans, key=lambda span: (offsets[2 * span[0]] - offsets[2 * span[1] + 1], span)):
        if covered.isdisjoint(range(first, last + 1)):
            kept.append((first, last))
            covered.update(range(first, last + 1))
    return kept


def annotate(articles: Iterable[Article], codebook: Codebook) -> pd.DataFrame:
    """Return the marks of a codebook in articles.

    Returns
    -------
    DataFrame
        One row a marked span, sorted by article, start, end and the codebook's order: ``article, section, sentence`` (index
        within the article), ``start, end`` (characters of the article's text), ``quote, kind, code, label``.

    Raises
    ------
    KitError
        If what was given is no list of articles or no codebook.
    """
    if isinstance(articles, (str, Article)) or not isinstance(articles, Iterable):
        what = f"{type(articles).__name__} was given in place of articles"
        raise KitError(what, where="annotate", remedy="Give a list of articles, such as load_articles returns.")
    if not isinstance(codebook, Codebook):
        what = f"{type(codebook).__name__} was given in place of a codebook"
        raise KitError(what, where="annotate", remedy="Give what load_codebook returns, or a case's .codebook.")
    # Made when first used, and kept with the codebook.
    rules = codebook.__dict__["_rules"] = codebook.__dict__.get("_rules") or _Rules(codebook)
    return marks_table(row for article in sorted(articles, key=lambda each: each.id) for row in _rows(article, rules))


def annotate_stream(articles: Iterable[Article], codebook: Codebook, *, chunk: int = 64) -> Iterator[pd.DataFrame]:
    """Yield the marks of ``chunk`` articles at a time, each table as :func:`annotate` makes it.

    With `kit.articles.iter_articles` no more than a chunk is in memory.
    """
    source = iter(articles)
    while batch := list(islice(source, chunk)):
        yield annotate(batch, codebook)


def _rows(article: Article, rules: _Rules) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of an article's marks; one that has no sentences, made by hand, is looked at whole."""
    sentences = article.sentences or [Sentence(0, len(article.text), article.text, "")]
    for number, sentence in enumerate(sentences):
        for start, end, place in rules.spans(sentence.text):
            code, begin = rules.codes[place], sentence.start + start
            quote = sentence.text[start:end]
            yield (
                article.id, sentence.section, number, begin, sentence.start + end, quote, code.kind, code.code, code.label,
            )  # fmt: skip


def marks_table(rows: Iterable[tuple[Any, ...]], columns: tuple[str, ...] = COLUMNS) -> pd.DataFrame:
    """Return rows of marks as a table whose columns have the same types whatever the rows, and if there are none."""
    # Column by column with its type: pandas need not guess, and no rows make the same table as many.
    values = list(zip(*rows, strict=True)) or [()] * len(columns)
    types: list[Any] = ["int64" if name in NUMBERS else "str" for name in columns]
    return pd.DataFrame(
        {name: pd.array(list(column), dtype=type_) for name, column, type_ in zip(columns, values, types, strict=True)}
    )
