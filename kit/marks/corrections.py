"""Corrections: what readers changed in the marks that the rules suggest, kept as data in a case's ``marks.csv``.

A row of the file::

    article       the article's id
    quote         the sentence, as it stands in the article
    words         the words in it that are marked; empty for the whole sentence
    nth           1, 2, …: which of them, where the same sentence stands more than once; else empty
    code          kind:code
    verdict       add, or remove
    by            coder-1, coder-2, or settled (what two coders agreed on); never a person's name
    why           the reason, in a sentence; may be empty

*remove* takes away the code's marks that lie within the words; *add* makes one. Where a settled row speaks of a code in a
sentence, the coders' own rows on that code there no longer count. Curly and straight quotation marks are alike.
"""

from __future__ import annotations

import re
import warnings
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from kit.errors import KitError, nearest, shortened
from kit.marks.mark_files import csv_text, unguard_cells, write_text
from kit.marks.rules import COLUMNS as MARK_COLUMNS
from kit.marks.rules import annotate, marks_table
from kit.reading.data_files import Problem, read_csv

if TYPE_CHECKING:
    from kit.articles import Article
    from kit.codebook import Code, Codebook

COLUMNS = ("article", "quote", "words", "nth", "code", "verdict", "by", "why")
VERDICTS = ("add", "remove")
CODERS = ("coder-1", "coder-2", "settled")
_Rows = dict[tuple[str, str], dict[tuple[int, int], tuple[Any, ...]]]  # by article and code, by start and end
_STRAIGHT = str.maketrans({**dict.fromkeys("‘’‚‛ʼ`´", "'"), **dict.fromkeys("“”„‟«»", '"'), "\u00a0": " "})


class CorrectionWarning(UserWarning):
    """Some corrections no longer fit the articles, and were not made."""


@dataclass(frozen=True)
class Correction:
    """One row of ``marks.csv``; ``line`` is where it stands, 0 if it was not read from a file."""

    article: str
    quote: str
    words: str
    nth: str
    code: str
    verdict: str
    by: str = "settled"
    why: str = ""
    line: int = 0


class Place(NamedTuple):
    """Where a correction stands: the sentence's number in its article, and the spans of its words in the article's text."""

    sentence: int
    spans: tuple[tuple[int, int], ...]


class Misfit(ValueError):  # noqa: N818 - it is no error of the program
    """What keeps a correction from being made, and the remedy."""

    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(what)
        self.remedy = remedy


def read(path: Path) -> list[Correction]:
    """Return the corrections in a ``marks.csv``, none if there is no such file.

    Raises
    ------
    kit.errors.CaseError
        If it cannot be read as CSV.
    """
    if not path.is_file():
        return []
    document = read_csv(path, COLUMNS)
    return [
        Correction(**{name: unguard_cells(row[name]) for name in COLUMNS}, line=document.line((index,)))
        for index, row in enumerate(document.data)
    ]


def write(corrections: Iterable[Correction], path: Path) -> None:
    """Write corrections as a ``marks.csv``, in the order given."""
    new = path.with_name(f"{path.name}.new")  # in place of the old file only when it is whole
    write_text(new, csv_text(COLUMNS, (astuple(each)[: len(COLUMNS)] for each in corrections)))
    new.replace(path)


def same_words(text: str) -> str:
    """Return a text, as long as it was, with straight quotation marks and plain spaces, for comparing quotes."""
    return text.translate(_STRAIGHT)


class Texts:
    """The sentences of a case's articles, to find those that corrections speak of."""

    def __init__(self, articles: Sequence[Article]) -> None:
        self.articles = {article.id: article for article in articles}
        self._places: dict[tuple[str, str], list[int]] = defaultdict(list)
        for article in articles:
            for number, sentence in enumerate(article.sentences):
                self._places[article.id, same_words(sentence.text)].append(number)

    def place(self, correction: Correction) -> Place:
        """Return where a correction stands.

        Raises
        ------
        Misfit
            If there is no such article or sentence, no such words in it, or more than one such sentence and no ``nth``.
        """
        if correction.article not in self.articles:
            what = f"there is no article '{correction.article}'"
            otherwise = "Write the article's file name without its ending."
            raise Misfit(what, nearest(correction.article, self.articles, otherwise))
        number = self._sentence(correction)
        sentence = self.articles[correction.article].sentences[number]
        spans = _spans(same_words(sentence.text), same_words(correction.words))
        if not spans:
            what = f"the words '{correction.words}' do not stand in the sentence"
            raise Misfit(what, "Copy them from the sentence, letter for letter.")
        return Place(number, tuple((sentence.start + start, sentence.start + end) for start, end in spans))

    def _sentence(self, correction: Correction) -> int:
        found = self._places.get((correction.article, same_words(correction.quote.strip())), [])
        if not found:
            what = f"no sentence of {correction.article} reads '{shortened(correction.quote)}'"
            raise Misfit(what, "Copy the whole sentence again from the article, or delete this row.")
        if not correction.nth and len(found) == 1:
            return found[0]
        # `isdigit` alone would let ² through, which `int` refuses.
        nth = int(correction.nth) if correction.nth.isascii() and correction.nth.isdigit() else 0
        if not 1 <= nth <= len(found):
            times = "once" if len(found) == 1 else f"{len(found)} times"
            what = f"the sentence stands {times} in {correction.article}, and nth is '{correction.nth}'"
            remedy = f"Write under nth which one you mean, 1 to {len(found)}." if found[1:] else "Leave nth empty."
            raise Misfit(what, remedy)
        return found[nth - 1]

    def nth(self, article: str, sentence: int) -> str:
        """Return what ``nth`` says of a sentence: empty unless its text stands more than once."""
        found = self._places[article, same_words(self.articles[article].sentences[sentence].text)]
        return str(found.index(sentence) + 1) if len(found) > 1 else ""

    def words(self, article: str, sentence: int, span: tuple[int, int], verdict: str) -> str:
        """Return the words that tell a mark at a span of the article's text; empty for the whole sentence.

        To take away one of several marks on the same words, words around it are told with them.
        """
        whole = self.articles[article].sentences[sentence]
        start, end = span[0] - whole.start, span[1] - whole.start
        while verdict == "remove" and len(_spans(whole.text, whole.text[start:end])) > 1:
            after, before = re.compile(r"\W*\w+").match(whole.text, end), re.search(r"\w+\W*$", whole.text[:start])
            start, end = (start, after.end()) if after else (before.start() if before else 0, end)
        return "" if (start, end) == (0, len(whole.text)) else whole.text[start:end]


def _spans(sentence: str, words: str) -> list[tuple[int, int]]:
    """Return where words stand in a sentence: as whole words, else wherever their letters do first; all of it for none."""
    words = words.strip()
    if not words:
        return [(0, len(sentence))]
    found = [each.span() for each in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", sentence)]
    at = sentence.find(words)
    return found or ([(at, at + len(words))] if at >= 0 else [])


def problems(corrections: Iterable[Correction], articles: Sequence[Article], codebook: Codebook) -> Iterator[Problem]:
    """Yield what is wrong with corrections, each with its line in ``marks.csv``."""
    texts = Texts(articles)
    for each in corrections:
        try:
            _check(each, codebook)
            texts.place(each)
        except Misfit as misfit:
            what = str(misfit)
            yield Problem("marks.csv", each.line, what[0].upper() + what[1:], misfit.remedy)


def _check(correction: Correction, codebook: Codebook) -> None:
    """Raise a :class:`Misfit` if the code, the verdict or the coder is none that there is."""
    if correction.code not in codebook.codes:
        what = f"there is no code '{correction.code}' in the codebook"
        otherwise = "Write codes as kind:code, as in codebook.yaml."
        raise Misfit(what, nearest(correction.code, codebook.codes, otherwise))
    for column, value, known in (("verdict", correction.verdict, VERDICTS), ("by", correction.by, CODERS)):
        if value not in known:
            what = f"'{value}' under {column} is none of {', '.join(known)}"
            raise Misfit(what, "Write one of these; names of persons stay out.")


def apply(
    marks: pd.DataFrame, corrections: Sequence[Correction], articles: Sequence[Article], codebook: Codebook
) -> pd.DataFrame:
    """Return the marks as readers left them: those of the rules, less what was removed, with what was added.

    Parameters
    ----------
    marks : DataFrame
        What :func:`kit.marks.rules.annotate` returns for ``articles`` and ``codebook``.
    corrections : sequence of Correction
        Of those that do not fit, a `CorrectionWarning` tells the number.

    Returns
    -------
    DataFrame
        The columns of ``marks``, and ``source``: *rule* or *reader*; in the same order.
    """
    texts = Texts(articles)
    made, misfits = _placed(corrections, texts, codebook)
    if misfits:
        what = (
            f"{len(misfits)} of {len(corrections)} corrections in marks.csv do not fit (first: line {misfits[0].line})"
        )
        warnings.warn(f"{what}. Run `python -m kit check-case` to see why.", CorrectionWarning, stacklevel=3)
    kept: _Rows = defaultdict(dict)
    for row in marks.itertuples(index=False, name=None):
        article, start, end, code = row[0], row[3], row[4], row[7]
        kept[article, code][start, end] = (*row, "rule")
    # What one reader removes and another adds stands: the removals come first.
    for correction, place in sorted(made, key=lambda each: VERDICTS.index(each[0].verdict), reverse=True):
        here = kept[correction.article, correction.code]
        for start, end in place.spans:
            if correction.verdict == "remove":
                for span in [span for span in here if start <= span[0] and span[1] <= end]:
                    del here[span]
            else:
                article = texts.articles[correction.article]
                _add(here, _row(article, place.sentence, start, end, codebook.codes[correction.code]))
    order = {code: number for number, code in enumerate(codebook.codes)}
    rows = [row for here in kept.values() for row in here.values()]
    return marks_table(sorted(rows, key=lambda row: (row[0], row[3], row[4], order[row[7]])), (*MARK_COLUMNS, "source"))


def _add(here: dict[tuple[int, int], tuple[Any, ...]], row: tuple[Any, ...]) -> None:
    """Add a reader's mark; marks of the same code that overlap it give way, one on the very same words stays."""
    start, end = row[3], row[4]
    if (start, end) not in here:
        for span in [span for span in here if span[0] < end and start < span[1]]:
            del here[span]
        here[start, end] = row


def _row(article: Article, sentence: int, start: int, end: int, code: Code) -> tuple[Any, ...]:
    quote = article.text[start:end]
    section = article.sentences[sentence].section
    return (article.id, section, sentence, start, end, quote, code.kind, code.code, code.label, "reader")


def _placed(
    corrections: Iterable[Correction], texts: Texts, codebook: Codebook
) -> tuple[list[tuple[Correction, Place]], list[Correction]]:
    """Return the corrections that count, each with its place, and those that do not fit."""
    placed, misfits = [], []
    for each in corrections:
        try:
            _check(each, codebook)
            placed.append((each, texts.place(each)))
        except Misfit:
            misfits.append(each)
    settled = {(each.article, place.sentence, each.code) for each, place in placed if each.by == "settled"}
    counting = [
        (each, place)
        for each, place in placed
        if each.by == "settled" or (each.article, place.sentence, each.code) not in settled
    ]
    return counting, misfits


def from_marks(
    rows: Iterable[Mapping[str, str]], articles: Sequence[Article], codebook: Codebook, *, by: str
) -> list[Correction]:
    """Return the corrections that turn what the rules find into what a reader left in a file of marks.

    Parameters
    ----------
    rows : iterable of mappings
        As :func:`kit.marks.mark_files.read_marks` returns them. Articles of which there is no row are left as they are.
    by : str
        *coder-1*, *coder-2* or *settled*.

    Raises
    ------
    KitError
        If a row does not fit the articles or the codebook; the first such row is told.
    """
    texts = Texts(articles)
    wanted: dict[tuple[str, int, int, str], tuple[int, str]] = {}
    # Line 1 of the file names the columns.
    for line, row in enumerate(rows, start=2):
        each, place = _wanted(row, by, line, texts, codebook)
        for start, end in place.spans:
            wanted[each.article, start, end, each.code] = (place.sentence, each.why)
    seen = {article for article, *_ in wanted}
    found = annotate([texts.articles[name] for name in sorted(seen)], codebook)
    marks: Any = found.itertuples()
    ruled = {(mark.article, mark.start, mark.end, mark.code): (mark.sentence, "") for mark in marks}
    changed = [(key, each, "remove") for key, each in ruled.items() if key not in wanted]
    changed += [(key, each, "add") for key, each in wanted.items() if key not in ruled]
    return [
        _correction(texts, article, sentence, (start, end), code, verdict, by, why)
        for (article, start, end, code), (sentence, why), verdict in sorted(changed)
    ]


def _wanted(row: Mapping[str, str], by: str, line: int, texts: Texts, codebook: Codebook) -> tuple[Correction, Place]:
    """Return a row of a file of marks as an addition, with its place: by offsets if they are told, else by the sentence."""
    each = Correction(
        row.get("article", ""), row.get("text", ""), row.get("quote", ""), row.get("nth", ""), row.get("code", ""), "add", by,
        row.get("why", ""), line,
    )  # fmt: skip
    try:
        _check(each, codebook)
        return each, _told_place(row, texts) or texts.place(each)
    except Misfit as misfit:
        raise KitError(str(misfit), where=f"row {line}", remedy=misfit.remedy) from misfit


def _told_place(row: Mapping[str, str], texts: Texts) -> Place | None:
    """Return the place that a row's offsets tell, if the quote does stand there."""
    article = texts.articles.get(row.get("article", ""))
    offsets = row.get("start", ""), row.get("end", "")
    if article is None or not all(each.isascii() and each.isdigit() for each in offsets):
        return None
    start, end = map(int, offsets)
    if not row.get("quote") or same_words(article.text[start:end]) != same_words(row["quote"]):
        return None
    number = bisect_right([sentence.start for sentence in article.sentences], start) - 1
    return Place(number, ((start, end),)) if number >= 0 and end <= article.sentences[number].end else None


def _correction(
    texts: Texts, article: str, sentence: int, span: tuple[int, int], code: str, verdict: str, by: str, why: str
) -> Correction:
    """Return the correction of one mark."""
    whole, words = texts.articles[article].sentences[sentence].text, texts.words(article, sentence, span, verdict)
    return Correction(article, whole, words, texts.nth(article, sentence), code, verdict, by, why)
