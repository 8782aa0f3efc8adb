"""From text to words, as arrays: where each stands, and which terms of the phrases it satisfies.

A text is cut at its white space, and each distinct piece ("talks", "Russia-Ukraine", "(NATO)") is looked at once in the
life of a :class:`Lexicon`; from then on it costs one look-up in a dictionary.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import numpy as np

GAP = "..."  # in a phrase: some words between

Ints = np.ndarray[Any, np.dtype[np.int64]]
Bools = np.ndarray[Any, np.dtype[np.bool_]]

_INVISIBLE = "\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff"
_QUOTES = "\"'`´ʼ‘’‚‛“”„«»‹›"
_DASHES = "-‐‑‒–—―−"
_SOFT = re.compile(f"[{_QUOTES}{_INVISIBLE}]*")
_PLAIN = re.compile(f"[{_QUOTES}{_INVISIBLE}]*[{_DASHES}]?[{_QUOTES}{_INVISIBLE}]*")
_TOKEN = re.compile(r"(?P<dotted>\b[^\W\d_](?:\.[^\W\d_])+\b\.?)|\w+")
_AROUND = ".,;:!?()[]\"'“”‘’"
_LONGEST_REMEMBERED = 80
_MOST_REMEMBERED = 150_000


def fold(text: str) -> str:
    """Return ``text`` in lower case, as long as it was: "İ" is the only letter that ``lower`` would lengthen."""
    return text.replace("İ", "i").lower()


def words_of(text: str) -> Iterator[tuple[int, int, str, bool]]:
    """Yield start, end, letters and "was it dotted" of each word; ``U.S.`` is one word, ``US``."""
    for found in _TOKEN.finditer(text):
        dotted = found.group("dotted")
        yield found.start(), found.end(), found.group().replace(".", "") if dotted else found.group(), bool(dotted)


def spread(firsts: Ints, counts: Ints) -> tuple[Ints, Ints]:
    """Return the ranges ``[first, first + count)`` in a row: for each element the range it is of, and itself."""
    owners = np.repeat(np.arange(len(counts)), counts)
    return owners, np.arange(len(owners)) + (firsts - np.cumsum(counts) + counts)[owners]


class Words(NamedTuple):
    """The words of a text.

    ``kind`` is the number under which the lexicon keeps a word's terms; ``joined`` says whether a phrase may go on from the
    word before: nothing but a space, a hyphen, quotation marks or an apostrophe is between, and no sentence ends.
    ``sentence`` and ``joined`` are longer than the others, so that one may look a little beyond the last word.
    """

    start: Ints
    end: Ints
    kind: Ints
    joined: Bools
    sentence: Ints


class Rows:
    """A table of integers that grows; its columns are arrays."""

    def __init__(self, *first: int) -> None:
        self.columns = [np.zeros(64, dtype=np.int64) for _ in first]
        self.count = 0
        self.add(*first)

    def add(self, *row: int) -> int:
        """Append a row and return its number."""
        if self.count == len(self.columns[0]):
            self.columns = [np.concatenate([column, np.zeros_like(column)]) for column in self.columns]
        for column, value in zip(self.columns, row, strict=True):
            column[self.count] = value
        self.count += 1
        return self.count - 1

    def take(self, rows: Ints) -> list[Ints]:
        """Return each column's values at ``rows``."""
        return [column[rows] for column in self.columns]


class Lexicon(dict[str, int]):
    """Knows pieces of text; as a dictionary it gives the number under which it keeps a piece.

    Parameters
    ----------
    terms : iterable of str
        Folded words (``talks``) or beginnings of words (``negotiat*``), with ``=`` before those whose case counts.

    Attributes
    ----------
    kinds : list of tuple of str
        Words that satisfy the same terms are of one kind: here are each kind's terms. Kind 0 satisfies none.
    """

    def __init__(self, terms: Iterable[str]) -> None:
        super().__init__()
        self._exact: set[str] = set()
        self._stems: dict[int, set[str]] = {}
        for term in terms:
            if term.endswith("*"):
                self._stems.setdefault(len(term) - 1 - term.startswith("="), set()).add(term)
            else:
                self._exact.add(term)
        self.kinds: list[tuple[str, ...]] = [()]
        self._numbers: dict[tuple[str, ...], int] = {(): 0}
        self._forget()

    def _forget(self) -> None:
        self.clear()
        self._plain: dict[int, int] = {}
        self._words = Rows(0, 0, 0, 0)  # start, end, kind, joined; the first is a word of no interest
        self._pieces = Rows(0, 0, 0, 0, 0)  # length, first word, number of words, open to the left, to the right

    def __missing__(self, text: str) -> int:
        number = self._look_at(text)
        if len(text) <= _LONGEST_REMEMBERED:
            self[text] = number
        return number

    def _look_at(self, text: str) -> int:
        bare = text.strip(_AROUND)
        if bare.isalnum() and not self.terms_of(bare):
            length = len(text)
            if length not in self._plain:
                self._plain[length] = self._pieces.add(length, 0, 1, 0, 0)
            return self._plain[length]
        first, last, open_left = self._words.count, 0, 0
        for start, end, letters, dotted in words_of(text):
            joined = int(last > 0 and _PLAIN.fullmatch(text, last, start) is not None)
            open_left = open_left if last else int(_SOFT.fullmatch(text, 0, start) is not None)
            self._words.add(start, end, self._kind(self.terms_of(letters, dotted=dotted)), joined)
            last = end
        open_right = int(last > 0 and _SOFT.fullmatch(text, last) is not None)
        return self._pieces.add(len(text), first, self._words.count - first, open_left, open_right)

    def terms_of(self, word: str, *, dotted: bool = False) -> tuple[str, ...]:
        """Return the terms that a word satisfies."""
        folded = fold(word)
        exact = "=" + (word.upper() if dotted else word)
        found = [term for term in (folded, exact) if term in self._exact]
        for length, stems in self._stems.items():
            if length <= len(word):
                found += [term for term in (folded[:length] + "*", exact[: length + 1] + "*") if term in stems]
        return tuple(found)

    def _kind(self, terms: tuple[str, ...]) -> int:
        if terms not in self._numbers:
            self._numbers[terms] = len(self.kinds)
            self.kinds.append(terms)
        return self._numbers[terms]

    def read(self, text: str, sentences: Ints, beyond: int) -> Words:
        """Return the words of ``text``, whose sentences start at ``sentences``."""
        if len(self) > _MOST_REMEMBERED:
            self._forget()
        pieces = text.split()
        numbers = np.fromiter(map(self.__getitem__, pieces), dtype=np.int64, count=len(pieces))
        length, first, count, open_left, open_right = self._pieces.take(numbers)
        piece, rows = spread(first, count)
        start, end, kind, joined = self._words.take(rows)
        base = _bases(text, length)[piece]
        start += base
        end += base
        open_left[1:] &= open_right[:-1]
        opens = np.ones(len(rows), dtype=bool)
        np.not_equal(piece[1:], piece[:-1], out=opens[1:])
        joins = np.zeros(len(rows) + beyond, dtype=bool)
        joins[: len(rows)] = np.where(opens, open_left[piece], joined)
        breaks = np.searchsorted(start, sentences)
        joins[breaks] = False
        breaks[:1] = 0
        sentence = np.full(len(rows) + beyond, -1, dtype=np.int64)
        sentence[: len(rows)] = np.repeat(np.arange(len(breaks)), np.diff(breaks, append=len(rows)))
        return Words(start, end, kind, joins, sentence)


def _bases(text: str, length: Ints) -> Ints:
    """Return where each piece of a text starts, the lengths of the pieces given."""
    ends = np.cumsum(length + 1)
    if not len(length) or ends[-1] == len(text) + 1:
        return ends - length - 1
    # White space that is not one character wide: no article of the kit's own, so it may take its time.
    return np.array([found.start() for found in re.finditer(r"\S+", text)], dtype=np.int64)
