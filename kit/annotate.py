"""Marks: where the phrases of a codebook stand in articles, as one tidy table.

    marks = kit.annotate(kit.load_articles("articles"), kit.load_codebook("ukraine"))
    kit.annotate.to_csv(marks, "marks.csv")

``annotate`` is both the module and, called, its main function.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, islice
from operator import attrgetter
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote

import numpy as np

from kit.articles import Article, Sentence
from kit.codebook import Codebook
from kit.errors import KitError
from kit.reading.lexicon import Bools, Ints, Words, spread
from kit.reading.matcher import Finds, Matcher
from kit.reading.phrases import Phrase

if TYPE_CHECKING:
    import pandas as pd

CONTEXT = 32  # characters of text before and after a mark that a web annotation quotes
COLUMNS = ("article", "section", "sentence", "start", "end", "quote", "kind", "code", "label")
_WHOLE = [Sentence(0, 0, "", "")]  # stands in for the sentences of an article that has none
_START, _SECTION = attrgetter("start"), attrgetter("section")
_NEAR = 10  # words from a phrase to one that it needs, for the mark to cover both
_BATCH = 2**20  # characters of text looked at together
_SPAN_BITS, _PLACE_BITS = 14, 30  # of a span's length and of its place, in words, where both are packed into one number


Bits = np.ndarray[Any, np.dtype[np.uint64]]


class _Claim(NamedTuple):
    """A code's claim to a phrase: void within a phrase of its blockers, or where the sentence has none of its needs or a bar.

    Blockers, needs and bars (``unless``) are numbers of groups of phrases, 0 where there is no such condition; the first of
    each is the code's, the second the phrase's own.
    """

    code: int
    blocker: int
    own_blocker: int
    need: int
    own_need: int
    bar: int
    own_bar: int


class _Groups:
    """Groups of phrases that conditions name; the group 0 is "no condition"."""

    def __init__(self) -> None:
        self.members: dict[tuple[Phrase, ...], int] = {}

    def number(self, phrases: tuple[Phrase, ...]) -> int:
        """Return the number of the group of these phrases, 0 for none."""
        return self.members.setdefault(phrases, len(self.members) + 1) if phrases else 0

    def bits(self, patterns: Mapping[tuple[str, ...], int]) -> Bits:
        """Return a row of bits for each pattern: bit n is set where it belongs to group n."""
        rows = np.zeros((len(patterns), len(self.members) // 64 + 1), dtype=np.uint64)
        for members, group in self.members.items():
            rows[[patterns[phrase.terms] for phrase in members], group // 64] |= np.uint64(1 << group % 64)
        return rows


def _bit(rows: Bits, row: Ints, group: Ints) -> Bools:
    """Return whether the bit of each group is set in each row."""
    bits: Bools = (rows[row, group >> 6] >> (group & 63).astype(np.uint64)) & np.uint64(1) != 0
    return bits


class _Plan:
    """A codebook made ready for matching."""

    def __init__(self, codebook: Codebook) -> None:
        codes = list(codebook.codes.values())
        self._words_of_codes = {
            name: _strings(getattr(code, name) for code in codes) for name in ("kind", "code", "label")
        }
        blockers, needs = _Groups(), _Groups()
        claims: dict[tuple[str, ...], dict[_Claim, None]] = {}
        for number, code in enumerate(codes):
            shared = blockers.number(code.not_in), needs.number(code.needs), needs.number(code.unless)
            for phrase in code.phrases:
                own = blockers.number(phrase.not_in), needs.number(phrase.needs), needs.number(phrase.unless)
                claim = _Claim(number, *chain.from_iterable(zip(shared, own, strict=True)))
                claims.setdefault(phrase.terms, {})[claim] = None
        conditions = (phrase.terms for phrase in chain(*blockers.members, *needs.members))
        patterns = {terms: number for number, terms in enumerate(dict.fromkeys(chain(claims, conditions)))}
        self._claims = np.array([claim for each in claims.values() for claim in each], dtype=np.int64).reshape(
            -1, len(_Claim._fields)
        )
        self._count = np.zeros(len(patterns), dtype=np.int64)
        self._count[: len(claims)] = [len(each) for each in claims.values()]
        self._first = np.cumsum(self._count) - self._count
        self._blocker_bits, self._need_bits = blockers.bits(patterns), needs.bits(patterns)
        self._blocks: Bools = np.asarray(self._blocker_bits.any(axis=1))
        self._meets: Bools = np.asarray(self._need_bits.any(axis=1))
        pairs = sorted({(patterns[each.terms], group) for phrases, group in needs.members.items() for each in phrases})
        members, self._group = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
        self._groups = np.bincount(members, minlength=len(patterns))
        self._first_group = np.cumsum(self._groups) - self._groups
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
        code, blocker, own_blocker, need, own_need, bar, own_bar = self._claims[rows].T
        met = self._needs_met(words, finds)
        sentence = words.sentence[finds.first[of]]
        barred = (met[sentence, bar] & (bar > 0)) | (met[sentence, own_bar] & (own_bar > 0))
        granted = np.flatnonzero(met[sentence, need] & met[sentence, own_need] & ~barred)
        code, first, last = code[granted], finds.first[of][granted], finds.last[of][granted]
        free = self._free(finds, first, last, blocker[granted], own_blocker[granted])
        code, first, last = code[free], first[free], last[free]
        first, last = self._widened(finds, words, first, last, own_need[granted][free])
        code, first, last = _longest(code, first, last, words)
        return _Spans(words.start[first], words.end[last], code, words.sentence[first])

    def _needs_met(self, words: Words, finds: Finds) -> Bools:
        """Return for each sentence and group of needs whether a phrase of the group is in it; group 0 always is."""
        sentences = int(words.sentence.max(initial=-1)) + 1
        groups = 64 * self._need_bits.shape[1]
        met = np.zeros(sentences * groups, dtype=bool)
        of, at = spread(self._first_group[finds.pattern], self._groups[finds.pattern])
        met[(words.sentence[finds.first] * groups)[of] + self._group[at]] = True
        met[::groups] = True
        return met.reshape(sentences, groups)

    def _widened(self, finds: Finds, words: Words, first: Ints, last: Ints, need: Ints) -> tuple[Ints, Ints]:
        """Return the spans with the nearest phrase that each needs, where one is near: the mark is what it rests on."""
        needing = np.flatnonzero(need)
        useful = np.flatnonzero(self._meets[finds.pattern])
        pattern, met_first, met_last = (column[useful] for column in finds)
        sentences, own = words.sentence[met_first], words.sentence[first[needing]]
        low = np.searchsorted(sentences, own)
        of, near = spread(low, np.searchsorted(sentences, own, side="right") - low)
        meets = np.flatnonzero(_bit(self._need_bits, pattern[near], need[needing][of]))
        span, near = needing[of[meets]], near[meets]
        gaps = np.maximum(met_first[near] - last[span], first[span] - met_last[near])
        close = np.flatnonzero(gaps <= _NEAR)
        span, near, gaps = span[close], near[close], gaps[close]
        order = np.lexsort((-met_last[near], met_first[near], gaps, span))
        span, near = span[order], near[order]
        nearest = np.flatnonzero(np.diff(span, prepend=-1))
        span, near = span[nearest], near[nearest]
        first, last = first.copy(), last.copy()
        first[span] = np.minimum(first[span], met_first[near])
        last[span] = np.maximum(last[span], met_last[near])
        return first, last

    def _free(self, finds: Finds, first: Ints, last: Ints, blocker: Ints, own_blocker: Ints) -> Ints:
        """Return which spans, sorted by first word, lie within no phrase of their blockers."""
        free = np.ones(len(first), dtype=bool)
        around = Finds(*(column[self._blocks[finds.pattern]] for column in finds))
        low = np.searchsorted(first, around.first)
        of, span = spread(low, np.searchsorted(first, around.last, side="right") - low)
        inside = (last[span] <= around.last[of]) & ((blocker[span] > 0) | (own_blocker[span] > 0))
        of, span = of[inside], span[inside]
        pattern = around.pattern[of]
        hit = _bit(self._blocker_bits, pattern, blocker[span]) | _bit(self._blocker_bits, pattern, own_blocker[span])
        free[span[hit]] = False
        return np.flatnonzero(free)


class _Spans(NamedTuple):
    """Marks as arrays: characters, number of the code, number of the sentence."""

    start: Ints
    end: Ints
    code: Ints
    sentence: Ints


def _longest(code: Ints, first: Ints, last: Ints, words: Words) -> tuple[Ints, Ints, Ints]:
    """Return, in reading order, the spans without those that a longer one of the same code overlaps."""
    if not len(code):
        return code, first, last
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
    crowded = np.repeat(~covers, tails - heads + 1)
    cluster = (np.cumsum(apart) - 1)[crowded]
    length = words.end[last] - words.start[first]
    chosen = np.concatenate([heads[covers], _longest_first(np.flatnonzero(crowded), cluster, first, last, length)])
    chosen = chosen[np.lexsort((code[chosen], last[chosen], first[chosen]))]
    return code[chosen], first[chosen], last[chosen]


def _longest_first(spans: Ints, cluster: Ints, first: Ints, last: Ints, length: Ints) -> Ints:
    """Return the spans that remain when each, from the longest of its cluster on, shuts out those that it overlaps."""
    kept = [spans[:0]]
    while len(spans):
        order = np.lexsort((first[spans], -length[spans], cluster))
        spans, cluster = spans[order], cluster[order]
        heads = np.flatnonzero(np.diff(cluster, prepend=-1))
        winners = spans[heads]
        kept.append(winners)
        winner = np.repeat(winners, np.diff(heads, append=len(spans)))
        apart = (last[spans] < first[winner]) | (last[winner] < first[spans])
        spans, cluster = spans[apart], cluster[apart]
    return np.concatenate(kept)


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
    plan = _plan_of(codebook)
    return _table([_marks(batch, plan) for batch in _batches(sorted(articles, key=lambda each: each.id))], plan)


def annotate_stream(articles: Iterable[Article], codebook: Codebook, *, chunk: int = 64) -> Iterator[pd.DataFrame]:
    """Yield the marks of ``chunk`` articles at a time, each table as :func:`annotate` makes it.

    With :func:`kit.articles.iter_articles` no more than a chunk is in memory, however many articles there are.
    """
    source = iter(articles)
    while batch := list(islice(source, chunk)):
        yield annotate(batch, codebook)


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
    counts = np.array([len(each) for each in sentences], dtype=np.int64)
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

    tables = [
        pd.DataFrame(part._asdict() | plan.columns(part.code), columns=list(COLUMNS), copy=False) for part in parts
    ]
    return tables[0] if len(tables) == 1 else pd.concat(tables, ignore_index=True)


def to_csv(marks: pd.DataFrame, path: str | Path, *, append: bool = False) -> None:
    """Write marks as CSV: UTF-8, a row a mark, the columns of :func:`annotate`; with ``append`` go on with a file."""
    _write(path, marks.to_csv(index=False, header=not append, lineterminator="\n"), append=append)


def to_web_annotation(marks: pd.DataFrame, articles: Iterable[Article], path: str | Path) -> None:
    """Write marks as a collection of W3C Web Annotations (JSON-LD, 2017).

    Each mark is an annotation that tags a span of an article with a code. The span is told by position (characters
    of the article's text) and by quotation, with the text before and after it.

    Raises
    ------
    KitError
        If a mark is of an article that is not among ``articles``.
    """
    texts = {article.id: article.text for article in articles}
    missing = sorted(set(marks["article"]) - set(texts))
    if missing:
        what = f"there are marks of '{missing[0]}', and no such article was given"
        raise KitError(what, remedy="Give the articles that the marks were made from.")
    rows: Any = marks.itertuples()
    items = [_annotation(mark, texts[mark.article]) for mark in rows]
    collection = {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "type": "AnnotationCollection",
        "label": "Marks made by Parley",
        "total": len(items),
        "first": {"type": "AnnotationPage", "startIndex": 0, "items": items},
    }
    _write(path, json.dumps(collection, ensure_ascii=False, indent=1) + "\n")


def _annotation(mark: Any, text: str) -> dict[str, Any]:
    source = f"urn:parley:article:{quote(mark.article, safe='')}"
    return {
        "type": "Annotation",
        "id": f"{source}:{mark.start}-{mark.end}:{mark.code}",
        "motivation": "tagging",
        "body": [
            {"type": "TextualBody", "purpose": "tagging", "value": mark.code},
            {"type": "TextualBody", "purpose": "describing", "value": mark.label},
        ],
        "target": {
            "source": source,
            "selector": [
                {"type": "TextPositionSelector", "start": mark.start, "end": mark.end},
                {
                    "type": "TextQuoteSelector",
                    "exact": mark.quote,
                    "prefix": text[max(mark.start - CONTEXT, 0) : mark.start],
                    "suffix": text[mark.end : mark.end + CONTEXT],
                },
            ],
        },
    }


def _write(path: str | Path, text: str, *, append: bool = False) -> None:
    try:
        with Path(path).open("a" if append else "w", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
    except OSError as error:
        what = f"the file cannot be written ({error.strerror or error})"
        raise KitError(what, where=path, remedy="Check the folder, and that you may write there.") from error


class _CallableModule(ModuleType):
    """A module that may be called.

    Python makes ``kit.annotate`` this module as soon as any part of the kit imports it; called, it is the function.
    """

    def __call__(self, articles: Iterable[Article], codebook: Codebook) -> pd.DataFrame:
        """Return :func:`annotate` of articles and codebook."""
        return annotate(articles, codebook)


sys.modules[__name__].__class__ = _CallableModule
