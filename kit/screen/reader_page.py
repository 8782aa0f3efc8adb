"""An article as the reader's page draws it: lines, sentences and marks, with offsets as JavaScript counts them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, pairwise
from string import ascii_uppercase
from typing import TYPE_CHECKING, Any

import pandas as pd

from kit.screen import html
from kit.screen.theme import KINDS, PALETTE, UNDERLINES, place_of, variable_of

if TYPE_CHECKING:
    from kit.articles import Article
    from kit.codebook import Codebook

LONGEST_LINE = 4_000  # characters; a longer line is shown in parts, so that a page can draw it when it is reached
_ABOUT = {
    "kind": "Kind of text",
    "dated": "Dated",
    "viewpoint": "Point of view",
    "leaves_out": "Leaves out",
    "wording": "Wording",
}


def kind_list(codebook: Codebook | None) -> list[dict[str, str]]:
    """Return for each kind of a codebook its name and label, and its colour, underline and letter.

    The letter is the first one of its label that no kind before it has.
    """
    kinds = () if codebook is None else codebook.kinds
    places = _places([kind.name for kind in kinds])
    rows: list[dict[str, str]] = []
    for kind in kinds:
        taken = {row["letter"] for row in rows}
        letters = [each.upper() for each in kind.label + ascii_uppercase if each.isalpha()]
        letter = next((each for each in letters if each not in taken), "?")
        place = places[kind.name]
        look = {"colour": variable_of(place), "line": UNDERLINES[place % len(UNDERLINES)], "letter": letter}
        rows.append({"name": kind.name, "label": kind.label, **look})
    return rows


def _places(names: Sequence[str]) -> dict[str, int]:
    """Return for each kind its place in the palette: the kit's own have theirs, others the next that is free."""
    places = {name: place_of(name) for name in names if name in KINDS}
    for name in names:
        if name not in places:
            near = [(place_of(name) + step) % len(PALETTE) for step in range(len(PALETTE))]
            places[name] = next((place for place in near if place not in places.values()), near[0])
    return places


def code_list(codebook: Codebook | None) -> list[dict[str, str]]:
    """Return for each code of a codebook what the page shows of it."""
    codes = () if codebook is None else codebook.codes.values()
    return [
        {"code": code.code, "kind": code.kind, "label": code.label, "definition": code.definition} for code in codes
    ]


def page_of(article: Article, marks: pd.DataFrame, codes: Sequence[str]) -> dict[str, Any]:
    """Return an article as the page draws it.

    Parameters
    ----------
    marks : DataFrame
        Its marks; a mark's number is its row.
    codes : sequence of str
        All codes; a code's number is its place.

    Returns
    -------
    dict
        ``id``, ``title``, ``about`` (pairs of a label and a text) and ``lines``: for each line its text ``t``, its level
        as a heading ``h`` (0 for none), its sentences ``s`` as ``[start, end, index]`` and its marks ``m`` as
        ``[start, end, number, code]``; offsets are UTF-16 units within the line.
    """
    numbers = {code: i for i, code in enumerate(codes)}
    spans = [(s.start, s.end, i) for i, s in enumerate(article.sentences)]
    rows = zip(marks["start"], marks["end"], range(len(marks)), (numbers[code] for code in marks["code"]), strict=True)
    sentences, marked = _Shelf(spans), _Shelf([tuple(int(each) for each in row) for row in rows])
    lines = []
    for start, end, level in _lines(article):
        text = article.text[start:end]
        unit = utf16_units(text)
        line = {"s": sentences.between(start, end), "m": marked.between(start, end)}
        spans_in = {name: [_within(span, start, end, unit) for span in found] for name, found in line.items()}
        lines.append({"t": text, "h": level, **spans_in})
    return {"id": article.id, "title": article.title or article.id, "about": _about_text(article), "lines": lines}


class _Shelf:
    """Spans in order of their starts, from which those that touch one line after the other are taken."""

    def __init__(self, spans: Iterable[tuple[int, ...]]) -> None:
        self._spans = sorted(spans)
        self._next = 0
        self._open: list[tuple[int, ...]] = []

    def between(self, start: int, end: int) -> list[tuple[int, ...]]:
        while self._next < len(self._spans) and self._spans[self._next][0] < end:
            self._open.append(self._spans[self._next])
            self._next += 1
        self._open = [span for span in self._open if span[1] > start]
        return list(self._open)


def _within(span: tuple[int, ...], start: int, end: int, unit: Callable[[int], int]) -> list[int]:
    first, last, *rest = span
    return [unit(max(first, start) - start), unit(min(last, end) - start), *rest]


def utf16_units(text: str) -> Callable[[int], int]:
    """Return the function from an offset in characters to one in UTF-16 units, as JavaScript counts."""
    if not text or max(text) <= "\uffff":
        return lambda offset: offset
    units = [0, *accumulate(2 if character > "\uffff" else 1 for character in text)]
    return units.__getitem__


def _lines(article: Article) -> Iterator[tuple[int, int, int]]:
    """Yield the start, end and heading level of each line that is not blank, long ones in parts."""
    levels = {(section.start, section.title): min(section.level, 3) for section in article.sections}
    if article.title:
        levels.setdefault((0, article.title), 1)
    breaks = [sentence.start for sentence in article.sentences]
    start = 0
    for line in article.text.split("\n"):
        if line.strip():
            for first, last in _parts(start, start + len(line), breaks):
                yield first, last, levels.get((start, line), 0)
        start += len(line) + 1


def _parts(start: int, end: int, breaks: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield a line's parts, none longer than `LONGEST_LINE`, cut where a sentence begins if one does."""
    while end - start > LONGEST_LINE:
        position = bisect_right(breaks, start + LONGEST_LINE) - 1
        cut = breaks[position] if position >= 0 and breaks[position] > start else start + LONGEST_LINE
        yield start, cut
        start = cut
    yield start, end


def _about_text(article: Article) -> list[list[str]]:
    """Return what is known of a text before reading it: its kind, date, point of view, gaps, wording."""
    return [
        [label, "; ".join(map(str, value)) if isinstance(value, list) else str(value)]
        for key, label in _ABOUT.items()
        if (value := article.meta.get(key))
    ]


def marked_text(
    line: Mapping[str, Any], codes: Sequence[Mapping[str, str]], kinds: Mapping[str, Any]
) -> Iterator[html.Html]:
    """Yield a line of `page_of` in pieces, each with the underlines of the marks on it, for a page without a kernel."""
    # Offsets are in UTF-16 units, each of which is two bytes.
    text = line["t"].encode("utf-16-le")
    found = [(start, end, codes[code]["kind"]) for start, end, _, code in line["m"]]
    marks = [(start, end, kinds[kind]) for start, end, kind in found if kind in kinds]
    edges = sorted({0, len(text) // 2, *(start for start, _, _ in marks), *(end for _, end, _ in marks)})
    for first, last in pairwise(edges):
        piece = html.escape(text[2 * first : 2 * last].decode("utf-16-le"))
        here = {kind["name"]: kind for start, end, kind in marks if start <= first < end}
        for kind in here.values():
            # JupyterLab takes variables out of a page that is not trusted yet, so the colour by day has to do.
            by_day = kind["colour"].rpartition(",")[2].rstrip(")")
            piece = html.tag("span", piece, style=f"border-bottom: 2px {_border(kind['line'])} {by_day}")
        yield piece
        yield from (
            html.tag("sup", letter, style="font-size: 70%")
            for letter in {kind["letter"]: kind for _, end, kind in marks if end == last}
        )


def _border(line: str) -> str:
    """Return the border style nearest to an underline's: borders know neither waves nor "thick"."""
    return {"wavy": "double", "thick": "solid"}.get(line, line)
