"""Finding phrases in text: exact, whole words, one pass.

A text is cut at its white space, and each distinct piece is looked at once in the life of a :class:`Matcher`: which words
are in it, and does a phrase begin there? From then on a piece in which none does costs one look-up in a dictionary. Where
a phrase does begin, a tree of words (a trie) is followed for as long as the text goes on as a phrase.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from itertools import accumulate, compress, count
from operator import add
from typing import Any, NamedTuple

GAP = "..."
GAP_WORDS = 5

Find = tuple[int, int, int]

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


class Node:
    """A place in the tree of phrases: what may follow, and the marks of the phrases that are complete here."""

    __slots__ = ("after_gap", "children", "complete")

    def __init__(self) -> None:
        self.children: dict[str, Node] = {}
        self.after_gap: dict[str, Node] = {}
        self.complete: list[int] = []


class Word(NamedTuple):
    """A word of a piece: its place in the piece, and every term of the phrases that it satisfies."""

    start: int
    end: int
    terms: tuple[str, ...]


class Piece(NamedTuple):
    """What stands between two spaces.

    ``joins[n]`` says whether a phrase may go on from word n-1 to word n, ``open_left`` and ``open_right`` whether one
    may come in from the piece before and go on into the one after.
    """

    words: tuple[Word, ...]
    joins: tuple[bool, ...]
    open_left: bool
    open_right: bool


class _Starts(NamedTuple):
    """The phrases that begin in a piece: those complete within it, and those that may go on beyond it."""

    complete: list[Find]
    going_on: list[tuple[int, dict[str, Node]]]
    gaps: list[tuple[int, int, dict[str, Node]]]


class _Memory(dict[str, Any]):
    """A dictionary that works out what it is asked for and remembers it, within bounds."""

    def __init__(self, work_out: Callable[[str], Any]) -> None:
        super().__init__()
        self._work_out = work_out

    def __missing__(self, text: str) -> Any:
        value = self._work_out(text)
        if len(text) <= _LONGEST_REMEMBERED:
            if len(self) >= _MOST_REMEMBERED:
                self.clear()
            self[text] = value
        return value


class Matcher:
    """Finds patterns in texts.

    Parameters
    ----------
    patterns : iterable of (sequence of str, int)
        Each a sequence of terms and the number that its finds are to bear. A term is a folded word (``talks``) or the
        beginning of one (``negotiat*``), either with ``=`` before it if its case counts (``=US``), or :data:`GAP` for
        up to five words of the same sentence, what stands between two spaces counting as one word.
    """

    def __init__(self, patterns: Iterable[tuple[Iterable[str], int]]) -> None:
        self._root = Node()
        self._terms: set[str] = set()
        self._stems: dict[str, list[str]] = {}
        for terms, number in patterns:
            self._add(terms, number)
        self.pieces = _Memory(self._read_piece)
        self.entries = _Memory(self._find_entry)
        self._starts = _Memory(self._find_starts)

    def _add(self, terms: Iterable[str], number: int) -> None:
        node = self._root
        following = node.children
        for term in terms:
            if term == GAP:
                following = node.after_gap
                continue
            node = following.setdefault(term, Node())
            following = node.children
            if term not in self._terms:
                self._terms.add(term)
                if term.endswith("*"):
                    self._stems.setdefault(fold(term.strip("=*"))[:3], []).append(term)
        node.complete.append(number)

    def _terms_of(self, word: str, *, dotted: bool = False) -> tuple[str, ...]:
        folded = fold(word)
        exact = "=" + (word.upper() if dotted else word)
        found = [term for term in (folded, exact) if term in self._terms]
        for stem in self._stems.get(folded[:3], ()):
            if (exact if stem[0] == "=" else folded).startswith(stem[:-1]):
                found.append(stem)
        return tuple(found)

    def _read_piece(self, text: str) -> Piece:
        words, joins, last = [], [], 0
        for start, end, letters, dotted in words_of(text):
            joins.append(bool(_PLAIN.fullmatch(text, last, start)))
            words.append(Word(start, end, self._terms_of(letters, dotted=dotted)))
            last = end
        open_left = bool(words) and bool(_SOFT.fullmatch(text, 0, words[0].start))
        open_right = bool(words) and bool(_SOFT.fullmatch(text, last))
        return Piece(tuple(words), tuple(joins), open_left, open_right)

    def _find_starts(self, text: str) -> _Starts | None:
        bare = text.strip(_AROUND)
        if bare.isalnum() and not self._terms_of(bare):
            return None  # most words: no need to look closer
        piece = self.pieces[text]
        starts = _Starts([], [], [])
        for number, word in enumerate(piece.words):
            for term in word.terms:
                node = self._root.children.get(term)
                if node is not None:
                    _within(starts, node, piece, number, word.start)
        return starts if any(starts) else None

    def _find_entry(self, text: str) -> tuple[tuple[str, int], ...]:
        """Return each term by which a phrase may come in from the piece before, with the end of its word."""
        piece = self.pieces[text]
        return tuple((term, piece.words[0].end) for term in piece.words[0].terms) if piece.open_left else ()

    def find(self, text: str, sentences: list[int]) -> list[Find]:
        """Return ``(start, end, number)`` for each place where a pattern stands.

        ``sentences`` holds the starts of the text's sentences: a gap does not reach over them, nor does any
        phrase reach over the end of a line.
        """
        pieces = text.split()
        lengths = [0, *accumulate(map(len, pieces))]
        bases = list(map(add, lengths, count()))  # the white space before each piece is one character wide
        if bases[-1] != len(text) + 1:
            bases = [found.start() for found in re.finditer(r"\S+", text)]
        starts = list(map(self._starts.__getitem__, pieces))
        begun = list(zip(compress(count(), starts), compress(bases, starts), filter(None, starts), strict=True))
        found = [(base + start, base + end, number) for _, base, each in begun for start, end, number in each[0]]
        walk = _Walk(self, text, [*pieces, ""], bases, sentences, found)
        for index, base, (_, going_on, gaps) in begun:
            for start, children in going_on:
                walk.go_on(children, index + 1, base + start)
            for start, number, children in gaps:
                walk.leap(children, index, number, base + start)
        return found


def _within(starts: _Starts, node: Node, piece: Piece, number: int, begin: int) -> None:
    """Add to ``starts`` what becomes, in its own piece, of a phrase that has reached word ``number`` there."""
    starts.complete.extend((begin, piece.words[number].end, each) for each in node.complete)
    if node.after_gap:
        starts.gaps.append((begin, number, node.after_gap))
    if not node.children:
        return
    if number + 1 == len(piece.words):
        if piece.open_right:
            starts.going_on.append((begin, node.children))
    elif piece.joins[number + 1]:
        for term in piece.words[number + 1].terms:
            if term in node.children:
                _within(starts, node.children[term], piece, number + 1, begin)


class _Walk:
    """Follows the tree of phrases along the pieces of a text, and adds to ``found``."""

    __slots__ = ("bases", "entries", "found", "known", "pieces", "sentences", "text")

    def __init__(
        self, matcher: Matcher, text: str, pieces: list[str], bases: list[int], sentences: list[int], found: list[Find]
    ) -> None:
        self.known, self.entries = matcher.pieces, matcher.entries
        self.text, self.pieces, self.bases, self.sentences, self.found = text, pieces, bases, sentences, found

    def go_on(self, children: dict[str, Node], index: int, begin: int) -> None:
        """Go on into the piece at ``index``, if it is on the same line and one of ``children`` stands there."""
        for term, end in self.entries[self.pieces[index]]:
            if term in children:
                base = self.bases[index]
                if self.text[base - 1] != "\n":
                    self._reach(children[term], index, 0, begin, base + end)

    def _reach(self, node: Node, index: int, number: int, begin: int, end: int) -> None:
        """Record what is complete at ``node``, which a word has reached, and go on from there."""
        for each in node.complete:
            self.found.append((begin, end, each))
        if node.after_gap:
            self.leap(node.after_gap, index, number, begin)
        if node.children:
            piece = self.known[self.pieces[index]]
            if number + 1 == len(piece.words):
                if piece.open_right:
                    self.go_on(node.children, index + 1, begin)
            elif piece.joins[number + 1]:
                self._step(node.children, index, number + 1, begin)

    def _step(self, children: dict[str, Node], index: int, number: int, begin: int) -> None:
        word = self.known[self.pieces[index]].words[number]
        for term in word.terms:
            if term in children:
                self._reach(children[term], index, number, begin, self.bases[index] + word.end)

    def leap(self, children: dict[str, Node], index: int, number: int, begin: int) -> None:
        """Look for what may follow a gap: up to five words on, within the sentence, each phrase's nearest place."""
        following = bisect_right(self.sentences, begin)
        limit = self.sentences[following] if following < len(self.sentences) else len(self.text)
        known = len(self.found)
        for further in range(index, min(index + GAP_WORDS + 2, len(self.pieces) - 1)):
            base = self.bases[further]
            if base >= limit:
                break
            words = self.known[self.pieces[further]].words
            for place in range(number + 1 if further == index else 0, len(words)):
                if words[place].terms and base + words[place].start < limit:
                    self._step(children, further, place, begin)
        if len(self.found) > known + 1:
            self.found[known:] = _nearest(self.found[known:])


def _nearest(found: list[Find]) -> list[Find]:
    """Return each number's first-ending find alone."""
    first = {number: (begin, end, number) for begin, end, number in sorted(found, key=lambda find: -find[1])}
    return sorted(first.values())
