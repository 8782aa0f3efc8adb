"""Phrases in a sentence: every place where one of many phrases stands."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from kit.reading.lexicon import GAP, MOST_REMEMBERED, WORD, Lexicon, joins

WIDEST_GAP = 5  # words that "..." may stand for


Find = tuple[int, int, int]  # a phrase found in a sentence: its number, and its first and last word


class Words:
    """The words of a sentence, each with the terms that it satisfies."""

    def __init__(self, sentence: str, lexicon: Lexicon) -> None:
        # What stands between the words, and the words, in turn; the words at odd places.
        self._pieces = WORD.split(sentence)
        self.words = self._pieces[1::2]
        self.terms = list(map(lexicon.__getitem__, self.words))
        self.terms += [()] * (WIDEST_GAP + 1)  # so that one may look beyond the last word

    def joined(self, word: int) -> bool:
        """Return whether a phrase may go on from the word before to this one."""
        between = self._pieces[2 * word]
        return between == " " or joins(between)

    def offsets(self) -> list[int]:
        """Return where the pieces end: word n goes from entry 2n to entry 2n + 1."""
        return list(accumulate(map(len, self._pieces)))


class Node:
    """A place in the tree of phrases: the phrase that ends here, and the terms that may follow, at once or after a gap."""

    __slots__ = ("after_gap", "next", "phrase")

    def __init__(self) -> None:
        self.phrase: int | None = None
        self.next: dict[str, Node] = {}
        self.after_gap: dict[str, Node] = {}


class Matcher:
    """Finds phrases, each given as its terms (see `kit.reading.phrases`) and told by its place among them."""

    def __init__(self, phrases: Sequence[Sequence[str]]) -> None:
        self.lexicon = Lexicon(term for phrase in phrases for term in phrase)
        self._root = Node()
        self._openers = _Openers(self._root, self.lexicon)
        for number, phrase in enumerate(phrases):
            self._plant(number, phrase)

    def _plant(self, number: int, phrase: Sequence[str]) -> None:
        """Add a phrase to the tree, so that phrases which begin alike share their first nodes."""
        node, gap = self._root, False
        for term in phrase:
            if term == GAP:
                gap = True
                continue
            node = (node.after_gap if gap else node.next).setdefault(term, Node())
            gap = False
        node.phrase = number

    def find(self, words: Words) -> list[Find]:
        """Return every phrase in a sentence, by its first word; where a gap leaves a choice, the shortest reading."""
        found = []
        for first, nodes in enumerate(map(self._openers.__getitem__, words.words)):
            for node in nodes:  # most words open no phrase
                if node.phrase is not None:
                    found.append((node.phrase, first, first))
                if node.after_gap or not node.next.keys().isdisjoint(words.terms[first + 1]):
                    ends: dict[int, int] = {}
                    _follow(node, first, words, ends)
                    found += [(phrase, first, last) for phrase, last in ends.items()]
        return found


class _Openers(dict[str, tuple[Node, ...]]):
    """A dictionary that gives, for any word as it stands in a text, the nodes of the phrases that begin with it."""

    def __init__(self, root: Node, lexicon: Lexicon) -> None:
        super().__init__()
        self._root, self._lexicon = root, lexicon

    def __missing__(self, word: str) -> tuple[Node, ...]:
        nodes = tuple(self._root.next[term] for term in self._lexicon[word] if term in self._root.next)
        if len(self) <= MOST_REMEMBERED:
            self[word] = nodes
        return nodes


def _follow(node: Node, at: int, words: Words, ends: dict[int, int]) -> None:
    """Note in ``ends`` the nearest last word of each phrase that goes on from a node, which the word ``at`` has reached."""
    if node.next:
        for term in words.terms[at + 1]:
            if term in node.next and words.joined(at + 1):
                _reach(node.next[term], at + 1, words, ends)
    if node.after_gap:
        for place in range(at + 1, at + WIDEST_GAP + 2):
            for term in words.terms[place]:
                if term in node.after_gap:
                    _reach(node.after_gap[term], place, words, ends)


def _reach(node: Node, at: int, words: Words, ends: dict[int, int]) -> None:
    if node.phrase is not None:
        ends[node.phrase] = min(at, ends.get(node.phrase, at))
    _follow(node, at, words, ends)
