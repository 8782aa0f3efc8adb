"""Finding phrases in text: exact, whole words, one pass.

A text is cut at its spaces, and each distinct piece is looked at once in the life of a :class:`Matcher`: which words are
in it, and can a phrase begin there? All other pieces cost one look-up in a dictionary. Where a phrase can begin, a tree
of words (a trie) is followed for as long as the text goes on as a phrase does.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate, compress, count
from typing import NamedTuple

GAP = "..."
GAP_WORDS = 5

_INVISIBLE = "\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff"
_QUOTES = "\"'`´ʼ‘’‚‛“”„«»‹›"
_DASHES = "-‐‑‒–—―−"
_SPACES = r"[^\S\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]"
_SOFT = re.compile(f"[{_QUOTES}{_INVISIBLE}]*")
_PLAIN = re.compile(f"[{_QUOTES}{_INVISIBLE}]*(?:{_SPACES}+|[{_DASHES}])?[{_QUOTES}{_INVISIBLE}]*")
_TOKEN = re.compile(r"(?P<dotted>\b[^\W\d_](?:\.[^\W\d_])+\b\.?)|\w+")
_LONGEST_REMEMBERED = 80
_MOST_REMEMBERED = 150_000


def fold(text: str) -> str:
    """Return ``text`` in lower case, as long as it was: "İ" is the only letter that ``lower`` would lengthen."""
    return text.replace("İ", "i").lower()


class Word(NamedTuple):
    """A word of a piece of text: its place in the piece, and every term of the phrases that it satisfies."""

    start: int
    end: int
    terms: tuple[str, ...]


class Piece(NamedTuple):
    """What stands between two spaces; ``joins[n]`` says whether a phrase may go on from word n-1 to word n."""

    words: tuple[Word, ...]
    joins: tuple[bool, ...]
    open_left: bool
    open_right: bool


class Node:
    """A place in the tree of phrases: what may follow, and the phrases that are complete here."""

    __slots__ = ("after_gap", "children", "complete")

    def __init__(self) -> None:
        self.children: dict[str, Node] = {}
        self.after_gap: Node | None = None
        self.complete: list[int] = []


def words_of(text: str) -> Iterator[tuple[int, int, str, bool]]:
    """Yield start, end, letters and "was it dotted" of each word; ``U.S.`` is one word, ``US``."""
    for found in _TOKEN.finditer(text):
        dotted = found.group("dotted")
        yield found.start(), found.end(), found.group().replace(".", "") if dotted else found.group(), bool(dotted)


class Matcher:
    """Finds patterns in texts.

    Parameters
    ----------
    patterns : iterable of tuple of str
        Each a sequence of terms: a folded word (``talks``), the beginning of one (``negotiat*``), either with ``=``
        before it if its case counts (``=US``), or :data:`GAP` for up to five words of the same sentence.
    """

    def __init__(self, patterns: Iterable[tuple[str, ...]]) -> None:
        self._root = Node()
        self._terms: set[str] = set()
        self._stems: dict[str, list[str]] = {}
        for number, pattern in enumerate(patterns):
            self._add(number, pattern)
        self._shortest_stem = min(map(len, self._stems), default=0)
        self._pieces = _Memory(self._read_piece)
        self._starts = _Memory(self._find_starts)

    def _add(self, number: int, pattern: tuple[str, ...]) -> None:
        node = self._root
        for term in pattern:
            if term == GAP:
                node.after_gap = node = node.after_gap or Node()
                continue
            node = node.children.setdefault(term, Node())
            if term not in self._terms:
                self._terms.add(term)
                if term.endswith("*"):
                    self._stems.setdefault(fold(term.strip("=*"))[:3], []).append(term)
        node.complete.append(number)

    def _terms_of(self, word: str, *, dotted: bool) -> tuple[str, ...]:
        folded = fold(word)
        exact = "=" + (word.upper() if dotted else word)
        found = [term for term in (folded, exact) if term in self._terms]
        for stem in self._stems.get(folded[:3], ()):
            if (exact if stem[0] == "=" else folded).startswith(stem[:-1]):
                found.append(stem)
        return tuple(found)

    def _read_piece(self, text: str) -> Piece:
        if text.isalnum():
            terms = self._terms_of(text, dotted=False)
            return Piece((Word(0, len(text), terms),), (True,), True, True)
        words, joins, last = [], [], 0
        for start, end, letters, dotted in words_of(text):
            joins.append(bool(_PLAIN.fullmatch(text, last, start)))
            words.append(Word(start, end, self._terms_of(letters, dotted=dotted)))
            last = end
        left = words[0].start if words else len(text)
        return Piece(tuple(words), tuple(joins), bool(_SOFT.fullmatch(text, 0, left)), bool(_SOFT.fullmatch(text, last)))

    def _find_starts(self, text: str) -> tuple[tuple[int, int, int, Node], ...]:
        piece = self._pieces[text]
        children = self._root.children
        return tuple(
            (number, word.start, word.end, children[term])
            for number, word in enumerate(piece.words)
            for term in word.terms
            if term in children
        )

    def find(self, text: str, sentences: list[int]) -> list[tuple[int, int, int]]:
        """Return ``(start, end, pattern)`` for each place where a pattern stands, in order of start.

        ``sentences`` holds the starts of the text's sentences: a gap does not reach over them, nor does any
        phrase reach over the end of a line.
        """
        found: list[tuple[int, int, int]] = []
        offset = 0
        for line in text.split("\n"):
            self._find_in_line(line, offset, sentences, found)
            offset += len(line) + 1
        return found

    def _find_in_line(self, line: str, offset: int, sentences: list[int], found: list[tuple[int, int, int]]) -> None:
        pieces = line.split(" ")
        starts = list(map(self._starts.__getitem__, pieces))
        if not any(starts):
            return
        lengths = [0, *accumulate(map(len, pieces))]
        walk = None
        for index in compress(count(), starts):
            base = offset + lengths[index] + index
            for number, start, end, node in starts[index]:
                for pattern in node.complete:
                    found.append((base + start, base + end, pattern))
                if node.children or node.after_gap:
                    if walk is None:
                        walk = _Walk(self._pieces, pieces, lengths, offset, sentences)
                    for stop, pattern in walk.follow(node, index, number):
                        found.append((base + start, stop, pattern))


class _Memory(dict):
    """A dictionary that works out what it is asked for and remembers it, within bounds."""

    def __init__(self, work_out) -> None:  # type: ignore[no-untyped-def]
        super().__init__()
        self._work_out = work_out

    def __missing__(self, text: str):  # type: ignore[no-untyped-def]
        value = self._work_out(text)
        if len(text) <= _LONGEST_REMEMBERED:
            if len(self) >= _MOST_REMEMBERED:
                self.clear()
            self[text] = value
        return value


class _Walk:
    """Follows the tree of phrases along the words of one line."""

    def __init__(
        self, known: _Memory, pieces: list[str], lengths: list[int], offset: int, sentences: list[int]
    ) -> None:
        self.known, self.pieces, self.lengths, self.offset, self.sentences = known, pieces, lengths, offset, sentences

    def follow(self, node: Node, index: int, number: int) -> Iterator[tuple[int, int]]:
        """Yield end and pattern of each phrase that goes on from ``node``, reached at word ``number`` of a piece."""
        if node.children:
            after = self._next(index, number, plain=True)
            if after is not None:
                yield from self._step(node, *after)
        if node.after_gap is not None:
            yield from self._leap(node.after_gap, index, number)

    def _step(self, node: Node, index: int, number: int) -> Iterator[tuple[int, int]]:
        word = self.known[self.pieces[index]].words[number]
        for term in word.terms:
            child = node.children.get(term)
            if child is not None:
                end = self.offset + self.lengths[index] + index + word.end
                for pattern in child.complete:
                    yield end, pattern
                yield from self.follow(child, index, number)

    def _leap(self, node: Node, index: int, number: int) -> Iterator[tuple[int, int]]:
        """Look for what may follow a gap: at each pattern's nearest place, within the sentence."""
        here = self.offset + self.lengths[index] + index
        following = bisect_right(self.sentences, here)
        limit = self.sentences[following] if following < len(self.sentences) else None
        met: set[int] = set()
        for _ in range(GAP_WORDS + 1):
            after = self._next(index, number, plain=False)
            if after is None:
                return
            index, number = after
            start = self.offset + self.lengths[index] + index + self.known[self.pieces[index]].words[number].start
            if limit is not None and start >= limit:
                return
            for end, pattern in self._step(node, index, number):
                if pattern not in met:
                    met.add(pattern)
                    yield end, pattern

    def _next(self, index: int, number: int, *, plain: bool) -> tuple[int, int] | None:
        """Return where the next word stands; with ``plain`` only if nothing but a space or hyphen is between."""
        piece = self.known[self.pieces[index]]
        if number + 1 < len(piece.words):
            return (index, number + 1) if not plain or piece.joins[number + 1] else None
        if plain and not piece.open_right:
            return None
        for further in range(index + 1, len(self.pieces)):
            piece = self.known[self.pieces[further]]
            if plain and not piece.open_left:
                return None
            if piece.words:
                return further, 0
        return None
