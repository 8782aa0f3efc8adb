"""Words: how a text is cut into them, and what of the codebook's vocabulary each of them is."""

from __future__ import annotations

import re
from collections.abc import Iterable

GAP = "..."  # in a phrase: some words between

INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
QUOTES = "\"'`´ʼ‘’‚‛“”„«»‹›"
DASHES = "-‐‑‒–—―−"
# An abbreviation with full stops (U.S., with or without its last one) is one word. The group makes `split` keep the words.
WORD = re.compile(r"(\w+(?:(?<=\b[^\W\d_])(?:\.[^\W\d_])+\b\.?)?)")
MOST_REMEMBERED = 50_000


def fold(text: str) -> str:
    """Return ``text`` in lower case, as long as it was: "İ" is the only letter that ``lower`` would lengthen."""
    return text.replace("İ", "i").lower()


def letters_of(word: str) -> tuple[str, bool]:
    """Return a word's letters, and whether full stops stood between them: "US" and True for ``U.S.``."""
    return (word.replace(".", ""), True) if "." in word else (word, False)


def joins(between: str) -> bool:
    """Return whether a phrase may go on over what stands between two words.

    It may over white space, one hyphen or dash, and nothing ("Kyiv's" is two words), with quotation marks or without.
    """
    if between == " ":
        return True
    core = between.strip(QUOTES + INVISIBLE)
    return not core or core.isspace() or (len(core) == 1 and core in DASHES)


class Lexicon(dict[str, tuple[str, ...]]):
    """A dictionary that gives, for any word as it stands in a text, the terms of the codebook that it satisfies.

    A term is a folded word (``talks``) or the beginning of one (``negotiat*``), with ``=`` before where its case counts.
    """

    def __init__(self, terms: Iterable[str]) -> None:
        super().__init__()
        self._terms = frozenset(terms)
        stems = [term for term in self._terms if term.endswith("*")]
        self._stem_lengths = {len(term) - 1 for term in stems if not term.startswith("=")}
        self._exact_stem_lengths = {len(term) - 1 for term in stems if term.startswith("=")}

    def __missing__(self, word: str) -> tuple[str, ...]:
        # Each distinct word is looked at once. A stream of many articles has no end of distinct words: then begin anew.
        if len(self) > MOST_REMEMBERED:
            self.clear()
        self[word] = terms = self._terms_of(word)
        return terms

    def _terms_of(self, word: str) -> tuple[str, ...]:
        letters, dotted = letters_of(word)
        folded, exact = fold(letters), "=" + (letters.upper() if dotted else letters)
        forms = [folded, exact]
        forms += [folded[:length] + "*" for length in self._stem_lengths if length <= len(folded)]
        forms += [exact[:length] + "*" for length in self._exact_stem_lengths if length <= len(exact)]
        return tuple(form for form in forms if form in self._terms)
