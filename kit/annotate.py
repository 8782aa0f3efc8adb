"""Marks: where the phrases of a codebook stand in articles, as one tidy table.

>>> marks = annotate(load_articles("articles"), load_codebook("ukraine"))      # doctest: +SKIP
>>> to_csv(marks, "marks.csv")                                                 # doctest: +SKIP
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from kit.articles import Article, Sentence
from kit.codebook import Codebook
from kit.reading.lexicon import Bools, Ints, Words, spread
from kit.reading.matcher import Finds, Matcher
from kit.reading.phrases import Phrase

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = ("article", "section", "sentence", "start", "end", "quote", "kind", "code", "label")
_WHOLE = [Sentence(0, 0, "", "")]  # stands in for the sentences of an article that has none
_START, _SECTION = attrgetter("start"), attrgetter("section")
_BATCH = 2**20  # characters of text looked at together
_SPAN_BITS, _PLACE_BITS = 14, 30  # of a span's length and of its place, in words, where both are packed into one number


class _Claim(NamedTuple):
    """A code's claim to a phrase: void within a phrase of its blockers, or where the sentence has none of its needs.

    Blockers and needs are numbers of groups of phrases, 0 where there is no such condition; the first of each is the
    code's, the second the phrase's own.
    """

    code: int
    blocker: int
    own_blocker: int
    need: int
    own_need: int


class _Groups:
    """Groups of phrases that conditions name; the group 0 is "no condition"."""

    def __init__(self) -> None:
        self.members: dict[tuple[Phrase, ...], int] = {}

    def number(self, phrases: tuple[Phrase, ...]) -> int:
        """Return the number of the group of these phrases, 0 for none."""
        return self.members.setdefault(phrases, len(self.members) + 1) if phrases else 0

    def bits(self, patterns: Mapping[tuple[str, ...], int]) -> np.ndarray:
        """Return a row of bits for each pattern: bit n is set where it belongs to group n."""
        rows = np.zeros((len(patterns), len(self.members) // 64 + 1), dtype=np.uint64)
        for members, group in self.members.items():
            rows[[patterns[phrase.terms] for phrase in members], group // 64] |= np.uint64(1 << group % 64)
        return rows


def _bit(rows: np.ndarray, row: Ints, group: Ints) -> Bools:
    """Return whether the bit of each group is set in each row."""
    return (rows[row, group >> 6] >> (group & 63).astype(np.uint64)) & np.uint64(1) != 0


class _Plan:
    """A codebook made ready for matching."""

    def __init__(self, codebook: Codebook) -> None:
        codes = list(codebook.codes.values())
        self._words_of_codes = {name: _strings(getattr(code, name) for code in codes) for name in ("kind", "code", "label")}
        blockers, needs = _Groups(), _Groups()
        claims: dict[tuple[str, ...], dict[_Claim, None]] = {}
        for number, code in enumerate(codes):
            shared = blockers.number(code.not_in), needs.number(code.needs)
            for phrase in code.phrases:
                own = blockers.number(phrase.not_in), needs.number(phrase.needs)
                claim = _Claim(number, shared[0], own[0], shared[1], own[1])
                claims.setdefault(phrase.terms, {})[claim] = None
        conditions = (phrase.terms for phrase in chain(*blockers.members, *needs.members))
        patterns = {terms: number for number, terms in enumerate(dict.fromkeys(chain(claims, conditions)))}
        self._claims = np.array([claim for each in claims.values() for claim in each], dtype=np.int64).reshape(-1, 5)
        self._count = np.zeros(len(patterns), dtype=np.int64)
        self._count[: len(claims)] = [len(each) for each in claims.values()]
        self._first = np.cumsum(self._count) - self._count
        self._blocker_bits, self._need_bits = blockers.bits(patterns), needs.bits(patterns)
        self._blocks, self._meets = self._blocker_bits.any(axis=1), self._need_bits.any(axis=1)
        self._matcher = Matcher(list(patterns))

    def columns(self, numbers: Ints) -> dict[str, Any]:
        """Return kind, code and label of codes by their numbers."""
        return {name: words.take(numbers) for name, words in self._words_of_codes.items()}

    def spans(self, text: str, sentences: Ints) -> _Spans:
        """Return the marks in a text whose sentences start at ``sentences``, in reading order."""
        words, finds = self._matcher.find(text, sentences)
        order = np.argsort(finds.first, kind="stable")
        finds = Finds(*(column[order] for column in finds))
        of, rows = spread(self._first[finds.pattern], self._count[finds.pattern])
        code, blocker, own_blocker, need, own_need = self._claims[rows].T
        met = self._needs_met(words, finds)
        sentence = words.sentence[finds.first[of]]
        granted = _bit(met, sentence, need) & _bit(met, sentence, own_need)
        code, first, last = code[granted], finds.first[of][granted], finds.last[of][granted]
        free = ~self._blocked(finds, first, last, blocker[granted], own_blocker[granted])
        code, first, last = _longest(code[free], first[free], last[free], words)
        return _Spans(words.start[first], words.end[last], code, words.sentence[first])

    def _needs_met(self, words: Words, finds: Finds) -> np.ndarray:
        """Return a row of bits for each sentence: which groups of needs have a phrase in it."""
        sentences = int(words.sentence.max(initial=-1)) + 1
        met = np.zeros((sentences, self._need_bits.shape[1]), dtype=np.uint64)
        useful = self._meets[finds.pattern]
        sentence = words.sentence[finds.first[useful]]
        if len(sentence):
            begins = np.flatnonzero(np.diff(sentence, prepend=-1))
            met[sentence[begins]] = np.bitwise_or.reduceat(self._need_bits[finds.pattern[useful]], begins)
        met[:, 0] |= np.uint64(1)
        return met

    def _blocked(self, finds: Finds, first: Ints, last: Ints, blocker: Ints, own_blocker: Ints) -> Bools:
        """Return for each span, in order of first word, whether it lies within a phrase of one of its blockers."""
        blocked = np.zeros(len(first), dtype=bool)
        around = Finds(*(column[self._blocks[finds.pattern]] for column in finds))
        low = np.searchsorted(first, around.first)
        of, span = spread(low, np.searchsorted(first, around.last, side="right") - low)
        inside = (last[span] <= around.last[of]) & ((blocker[span] > 0) | (own_blocker[span] > 0))
        of, span = of[inside], span[inside]
        pattern = around.pattern[of]
        hit = _bit(self._blocker_bits, pattern, blocker[span]) | _bit(self._blocker_bits, pattern, own_blocker[span])
        blocked[span[hit]] = True
        return blocked


class _Spans(NamedTuple):
    """Marks as arrays: characters, number of the code, number of the sentence."""

    start: Ints
    end: Ints
    code: Ints
    sentence: Ints


def _longest(code: Ints, first: Ints, last: Ints, words: Words) -> tuple[Ints, Ints, Ints]:
    """Return, in reading order, the spans without those that a longer one of the same code overlaps."""
    widest = (1 << _SPAN_BITS) - 1
    packed = code << (_SPAN_BITS + _PLACE_BITS) | first << _SPAN_BITS | (widest - (last - first))
    packed.sort()
    code, first = packed >> (_SPAN_BITS + _PLACE_BITS), packed >> _SPAN_BITS & ((1 << _PLACE_BITS) - 1)
    last = first + widest - (packed & widest)
    offset = code << _PLACE_BITS
    ends = last + offset
    reach = np.maximum.accumulate(ends)
    apart = np.ones(len(packed), dtype=bool)
    apart[1:] = first[1:] + offset[1:] > reach[:-1]
    heads = np.flatnonzero(apart)
    tails = np.append(heads[1:], len(packed)) - 1
    covers = reach[tails] == ends[heads]  # the first of a cluster holds all the others
    kept = heads[covers].tolist()
    for head, tail in zip(heads[~covers].tolist(), tails[~covers].tolist(), strict=True):
        spans = zip(words.start[first[head : tail + 1]].tolist(), words.end[last[head : tail + 1]].tolist(), strict=True)
        kept += [head + number for number in _longest_of(list(spans))]
    chosen = np.array(kept, dtype=np.int64)
    chosen = chosen[np.lexsort((code[chosen], last[chosen], first[chosen]))]
    return code[chosen], first[chosen], last[chosen]


def _longest_of(spans: list[tuple[int, int]]) -> list[int]:
    """Return the numbers of the spans that remain when each, from the longest on, shuts out those that it overlaps."""
    kept: list[int] = []
    for number in sorted(range(len(spans)), key=lambda n: spans[n][0] - spans[n][1]):
        start, end = spans[number]
        if all(end <= spans[other][0] or spans[other][1] <= start for other in kept):
            kept.append(number)
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
    return _table([_marks(batch, plan) for batch in _batches(sorted(articles, key=lambda each: each.id))], plan)


def _plan_of(codebook: Codebook) -> _Plan:
    """Return the codebook's plan, made when it is first used and kept with it."""
    plan = codebook.__dict__.get("_plan")
    if plan is None:
        plan = codebook.__dict__["_plan"] = _Plan(codebook)
    return plan


def _batches(articles: list[Article]) -> Iterator[list[Article]]:
    batch: list[Article] = []
    size = 0
    for article in articles:
        batch.append(article)
        size += len(article.text)
        if size >= _BATCH:
            yield batch
            batch, size = [], 0
    if batch or not articles:
        yield batch


class _Marks(NamedTuple):
    """The marks of some articles, by columns."""

    article: Any
    section: Any
    sentence: Ints
    start: Ints
    end: Ints
    quote: Any
    code: Ints


def _marks(articles: list[Article], plan: _Plan) -> _Marks:
    text = "\n".join(article.text for article in articles)
    bases = np.cumsum([0, *(len(article.text) + 1 for article in articles)])
    sentences = [article.sentences or _WHOLE for article in articles]
    counts = np.array([len(each) for each in sentences])
    before = np.cumsum(counts) - counts
    starts = np.fromiter(map(_START, chain.from_iterable(sentences)), dtype=np.int64, count=counts.sum())
    spans = plan.spans(text, starts + np.repeat(bases[:-1], counts))
    sections = _strings(map(_SECTION, chain.from_iterable(sentences)))
    owner = np.searchsorted(bases, spans.start, side="right") - 1
    return _Marks(
        article=_strings(article.id for article in articles).take(owner),
        section=sections.take(spans.sentence),
        sentence=spans.sentence - before[owner],
        start=spans.start - bases[owner],
        end=spans.end - bases[owner],
        quote=_strings(map(text.__getitem__, map(slice, spans.start.tolist(), spans.end.tolist()))),
        code=spans.code,
    )


def _strings(texts: Iterable[str]) -> Any:
    """Return a pandas array of strings."""
    import pandas as pd

    values = list(texts)
    column = np.empty(len(values), dtype=object)
    column[:] = values
    return pd.array(column, dtype="str")


def _table(parts: list[_Marks], plan: _Plan) -> pd.DataFrame:
    import pandas as pd

    tables = [pd.DataFrame(part._asdict() | plan.columns(part.code), columns=list(COLUMNS), copy=False) for part in parts]
    return tables[0] if len(tables) == 1 else pd.concat(tables, ignore_index=True)
