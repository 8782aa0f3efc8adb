"""Phrases in a sentence: every place where one of many phrases stands."""

from __future__ import annotations

from collections.abc import Sequence

from kit.reading.lexicon import GAP, MOST_REMEMBERED, Lexicon, joins

WIDEST_GAP = 5  # words that "..." may stand for

Find = tuple[int, int, int]  # a phrase found in a sentence: its number, and its first and last word


class Node(dict[str, "tuple[Node, ...]"]):
    """A place in the tree of phrases. As a dictionary it gives, for a word as it stands in a text, the nodes that follow.

    ``phrase`` is the number of the phrase that ends here, ``after_gap`` the node from which one goes on over a gap.
    """

    __slots__ = ("_lexicon", "after_gap", "branches", "phrase")

    def __init__(self, lexicon: Lexicon) -> None:
        super().__init__()
        self.phrase: int | None = None
        self.after_gap: Node | None = None
        self.branches: dict[str, Node] = {}  # by term
        self._lexicon = lexicon

    def branch(self, term: str) -> Node:
        """Return the node that follows with a term, made if there is none."""
        if term == GAP:
            if self.after_gap is None:
                self.after_gap = Node(self._lexicon)
            return self.after_gap
        if term not in self.branches:
            self.branches[term] = Node(self._lexicon)
        return self.branches[term]

    def __missing__(self, word: str) -> tuple[Node, ...]:
        # The same words come again and again, so each is looked up once.
        branches, terms = self.branches, self._lexicon[word]
        nodes = tuple([branches[term] for term in terms if term in branches]) if terms else ()
        if len(self) <= MOST_REMEMBERED:
            self[word] = nodes
        return nodes


class Matcher:
    """Finds phrases, each given as its terms (see `kit.reading.phrases`) and told by its place among them."""

    def __init__(self, phrases: Sequence[Sequence[str]]) -> None:
        self._root = Node(Lexicon(term for phrase in phrases for term in phrase))
        for number, phrase in enumerate(phrases):
            node = self._root  # phrases which begin alike share their first nodes
            for term in phrase:
                node = node.branch(term)
            node.phrase = number

    def find(self, pieces: Sequence[str]) -> list[Find]:
        """Return every phrase in a sentence, by its first word; where a gap leaves a choice, the shortest reading.

        ``pieces`` are what stands between the sentence's words, and the words, in turn: the words at odd places.
        """
        words = [*pieces[1::2], *[""] * (WIDEST_GAP + 1)]  # so that one may look beyond the last word
        found: list[Find] = []
        for first, nodes in enumerate(map(self._root.__getitem__, pieces[1::2])):
            for node in nodes:  # many words open no phrase, and most phrases stop at their second word
                if node.phrase is not None:
                    found.append((node.phrase, first, first))
                if (node.branches and node[words[first + 1]]) or (
                    node.after_gap is not None
                    and any(map(node.after_gap.__getitem__, words[first + 1 : first + 2 + WIDEST_GAP]))
                ):
                    ends: dict[int, int] = {}
                    _follow(node, first, words, pieces, ends)
                    found += [(phrase, first, last) for phrase, last in ends.items()]
        return found


def _follow(node: Node, at: int, words: Sequence[str], pieces: Sequence[str], ends: dict[int, int]) -> None:
    """Note in ``ends`` the nearest last word of each phrase that goes on from a node, which the word ``at`` has reached."""
    if node.branches and joins(pieces[2 * at + 2]):
        for child in node[words[at + 1]]:
            _reach(child, at + 1, words, pieces, ends)
    if node.after_gap is not None:
        for place in range(at + 1, at + WIDEST_GAP + 2):
            for child in node.after_gap[words[place]]:
                _reach(child, place, words, pieces, ends)


def _reach(node: Node, at: int, words: Sequence[str], pieces: Sequence[str], ends: dict[int, int]) -> None:
    if node.phrase is not None:
        ends[node.phrase] = min(at, ends.get(node.phrase, at))
    if node.branches or node.after_gap is not None:
        _follow(node, at, words, pieces, ends)
