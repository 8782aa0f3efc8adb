"""Finding phrases in text: exact, whole words, one pass.

The phrases are a tree of words (a trie). All places of a text where a phrase begins are followed through the tree at once,
a word a step, as arrays: a step is the same few operations however many phrases there are. Most words that follow the
first word of a phrase do not go on with one; a mask of bits on either side (Bloom 1970) tells most of these at once.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from kit.reading.lexicon import GAP, Bools, Ints, Lexicon, Rows, Words, spread

GAP_WORDS = 5

_BEYOND = GAP_WORDS + 2
_MASK_BITS = 63
_SPREAD = np.uint64(0x9E3779B97F4A7C15)  # Fibonacci hashing (Knuth 1973): 2**64 over the golden ratio


class Finds(NamedTuple):
    """Where patterns stand: numbers of patterns, and of the first and last word of each find."""

    pattern: Ints
    first: Ints
    last: Ints


class _Front(NamedTuple):
    """Phrases half read: the word each began with, the word it has come to, and the node of the tree it is at."""

    first: Ints
    last: Ints
    node: Ints

    def where(self, chosen: Bools | Ints) -> _Front:
        """Return some of them."""
        return _Front(self.first[chosen], self.last[chosen], self.node[chosen])

    @staticmethod
    def joined(fronts: list[_Front]) -> _Front:
        """Return several in one."""
        return _Front(*map(np.concatenate, zip(*fronts, strict=True)))


class Matcher:
    """Finds patterns in texts.

    Parameters
    ----------
    patterns : list of tuple of str
        Each a sequence of terms: a folded word (``talks``) or the beginning of one (``negotiat*``), either with ``=``
        before it if its case counts (``=US``), or :data:`GAP` for up to five words of the same sentence.
    """

    def __init__(self, patterns: list[tuple[str, ...]]) -> None:
        tree = _Tree(patterns)
        self._tree = tree
        self._complete = np.array(tree.complete)
        self._after_gap = np.array(tree.gaps)
        self._terms = {
            term: number for number, term in enumerate(dict.fromkeys(t for each in tree.children[2:] for t in each))
        }
        self._masks = np.array([self._mask(children) for children in tree.children])
        self._edges = _Edges(
            [
                node * len(self._terms) + self._terms[term]
                for node, each in enumerate(tree.children[2:], start=2)
                for term in each
            ],
            [child for each in tree.children[2:] for child in each.values()],
        )
        self._gapped = np.array([GAP in pattern for pattern in patterns], dtype=bool)
        self._lexicon = Lexicon({*tree.children[1], *self._terms})
        self._singles, self._starts, self._others = Rows(0), Rows(0), Rows(0)
        self._kinds = Rows(0, 0, 0, 0, 0, 0)  # firsts and numbers of single-word patterns, starting nodes, other terms
        self._kind_masks = Rows(0, 0, 0)  # of what may come next, of what may come after a gap, of the word itself

    def _mask(self, terms: Iterable[str]) -> int:
        mask = 0
        for term in terms:
            mask |= 1 << self._terms.get(term, 0) % _MASK_BITS
        return mask

    def _learn(self) -> None:
        """Note of each new kind of word what begins with it and what goes on with it."""
        for terms in self._lexicon.kinds[self._kinds.count :]:
            nodes = [self._tree.children[1][term] for term in terms if term in self._tree.children[1]]
            begun = [self._singles.count, self._starts.count, self._others.count]
            for node in nodes:
                if self._tree.complete[node] >= 0:
                    self._singles.add(self._tree.complete[node])
                if self._tree.children[node] or self._tree.gaps[node]:
                    self._starts.add(node)
            others = [term for term in terms if term in self._terms]
            for term in others:
                self._others.add(self._terms[term])
            ended = [self._singles.count, self._starts.count, self._others.count]
            self._kinds.add(*(x for a, b in zip(begun, ended, strict=True) for x in (a, b - a)))
            following = {term for node in nodes for term in self._tree.children[node]}
            after_gap = {term for node in nodes for term in self._tree.children[self._tree.gaps[node]]}
            self._kind_masks.add(self._mask(following), self._mask(after_gap), self._mask(others))

    def find(self, text: str, sentences: Ints) -> tuple[Words, Finds]:
        """Return the words of a text and where patterns stand.

        ``sentences`` holds the starts of the text's sentences: no find reaches over the end of one.
        """
        words = self._lexicon.read(text, sentences, _BEYOND)
        self._learn()
        first_single, singles, *_ = self._kinds.columns
        at, rows = spread(first_single[words.kind], singles[words.kind])
        found = [Finds(self._singles.columns[0][rows], at, at)]
        front = self._second_words(words)
        while len(front.node):
            pattern = self._complete[front.node]
            done = np.flatnonzero(pattern >= 0)
            found.append(Finds(pattern[done], front.first[done], front.last[done]))
            front = self._further_words(words, front)
        return words, self._nearest(Finds(*map(np.concatenate, zip(*found, strict=True))))

    def _second_words(self, words: Words) -> _Front:
        """Return where phrases have come to with their second word; the masks leave few places to look at closely."""
        follows, follows_gap, own = self._kind_masks.take(words.kind)
        count = len(words.kind)
        at = np.flatnonzero((follows[:-1] & own[1:] != 0) & words.joined[1:count])
        ways = [self._started(words, at, at + 1)]
        before_gap = np.flatnonzero(follows_gap)
        sought, sentence = follows_gap[before_gap], words.sentence[before_gap]
        own = np.append(own, np.zeros(_BEYOND, dtype=np.int64))
        for distance in range(1, GAP_WORDS + 2):
            last = before_gap + distance
            within = np.flatnonzero((sought & own[last] != 0) & (words.sentence[last] == sentence))
            begun = self._started(words, before_gap[within], last[within])
            ways.append(begun._replace(node=self._after_gap[begun.node]))
        return self._step(words, _Front.joined(ways))

    def _started(self, words: Words, first: Ints, last: Ints) -> _Front:
        """Return a front for each phrase that begins with the words ``first``, come to ``last``, not yet at its node."""
        _, _, first_start, starts, _, _ = self._kinds.columns
        kind = words.kind[first]
        of, rows = spread(first_start[kind], starts[kind])
        return _Front(first[of], last[of], self._starts.columns[0][rows])

    def _further_words(self, words: Words, front: _Front) -> _Front:
        """Return where phrases have come to with one more word."""
        ways = [front._replace(last=front.last + 1).where(words.joined[front.last + 1])]
        after_gap = self._after_gap[front.node]
        if after_gap.any():
            leaping = front._replace(node=after_gap).where(after_gap > 0)
            for distance in range(1, GAP_WORDS + 2):
                last = leaping.last + distance
                ways.append(leaping._replace(last=last).where(words.sentence[last] == words.sentence[leaping.last]))
        return self._step(words, _Front.joined(ways))

    def _step(self, words: Words, front: _Front) -> _Front:
        """Return the front with each node's child for the word that it has come to; those without one are left out."""
        kind = words.kind[front.last]
        possible = np.flatnonzero(self._masks[front.node] & self._kind_masks.columns[2][kind])
        front, kind = front.where(possible), kind[possible]
        *_, first_other, others = self._kinds.columns
        of, rows = spread(first_other[kind], others[kind])
        child = self._edges.follow(front.node[of] * len(self._terms) + self._others.columns[0][rows])
        reached = np.flatnonzero(child)
        return front.where(of[reached])._replace(node=child[reached])

    def _nearest(self, finds: Finds) -> Finds:
        """Return the finds, of those of one phrase with a gap that begin at the same word the shortest alone."""
        gapped = self._gapped[finds.pattern]
        if not gapped.any():
            return finds
        pattern, first, last = (column[gapped] for column in finds)
        order = np.lexsort((last, first, pattern))
        pattern, first, last = pattern[order], first[order], last[order]
        is_new = np.ones(len(pattern), dtype=bool)
        is_new[1:] = (pattern[1:] != pattern[:-1]) | (first[1:] != first[:-1])
        nearest = (pattern[is_new], first[is_new], last[is_new])
        others = tuple(column[~gapped] for column in finds)
        return Finds(*map(np.concatenate, zip(others, nearest, strict=True)))


class _Tree:
    """The phrases as a tree: node 0 is none, node 1 the root.

    Attributes
    ----------
    children : list of dict of str to int
        For each node the nodes that terms lead to.
    gaps : list of int
        For each node the node after a gap, or 0.
    complete : list of int
        For each node the pattern that ends there, or -1.
    """

    def __init__(self, patterns: list[tuple[str, ...]]) -> None:
        self.children: list[dict[str, int]] = [{}, {}]
        self.gaps = [0, 0]
        self.complete = [-1, -1]
        for number, pattern in enumerate(patterns):
            node = 1
            for term in pattern:
                node = self._after(node, term)
            self.complete[node] = number

    def _after(self, node: int, term: str) -> int:
        after = self.gaps[node] if term == GAP else self.children[node].get(term, 0)
        if after:
            return after
        after = len(self.children)
        self.children.append({})
        self.gaps.append(0)
        self.complete.append(-1)
        if term == GAP:
            self.gaps[node] = after
        else:
            self.children[node][term] = after
        return after


class _Edges:
    """The edges of the tree as a hash table: from a number of node and term to the child's number, or 0."""

    def __init__(self, keys: list[int], children: list[int]) -> None:
        bits = max(4, (2 * len(keys)).bit_length())
        self._shift = np.uint64(64 - bits)
        self._keys = np.full(2**bits, -1, dtype=np.int64)
        self._children = np.zeros(2**bits, dtype=np.int32)
        self._last = 2**bits - 1
        left = np.array([keys, children], dtype=np.int64)
        slots = self._slots(left[0])
        while left.size:
            free = self._keys[slots] < 0
            self._keys[slots[free]] = left[0, free]
            settled = self._keys[slots] == left[0]  # of several keys for one slot, the last has got it
            self._children[slots[settled]] = left[1, settled]
            left, slots = left[:, ~settled], (slots[~settled] + 1) & self._last

    def _slots(self, keys: Ints) -> Ints:
        return ((keys.astype(np.uint64) * _SPREAD) >> self._shift).astype(np.int64)

    def follow(self, keys: Ints) -> Ints:
        """Return the child that each key leads to, 0 where there is none."""
        children = np.zeros(len(keys), dtype=np.int64)
        left, slots = np.arange(len(keys)), self._slots(keys)
        while len(left):
            met = self._keys[slots]
            hit = met == keys[left]
            children[left[hit]] = self._children[slots[hit]]
            astray = np.flatnonzero(~hit & (met >= 0))
            left, slots = left[astray], (slots[astray] + 1) & self._last
        return children
