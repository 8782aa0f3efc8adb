"""The grammar of a codebook's phrases: brackets written out, words turned into terms."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice, product
from typing import Self

from kit.reading.lexicon import GAP, WORD, fold, letters_of

MAX_VARIANTS = 400
_MAX_LENGTH = 20_000

_CHOICE = re.compile(r"\(([^()]*)\)")
_BETWEEN = re.compile(r"['’‘“”\"‐‑‒–—-]*")
_SHORTEST_STEM = 3


class Phrase(str):
    """One phrase, brackets written out, with the conditions under which it counts.

    Attributes
    ----------
    terms : tuple of str
        The phrase as :class:`kit.reading.matcher.Matcher` takes it.
    case : bool or None
        Whether the case of its letters counts; None for the rule, by which it does in words of two or three capitals.
    needs, not_in : tuple of Phrase
        What its sentence must hold one of, and longer phrases inside which it does not count.
    """

    __slots__ = ("case", "needs", "not_in", "terms")

    case: bool | None
    needs: tuple[Phrase, ...]
    not_in: tuple[Phrase, ...]
    terms: tuple[str, ...]

    def __new__(
        cls,
        text: str,
        *,
        case: bool | None = None,
        needs: tuple[Phrase, ...] = (),
        not_in: tuple[Phrase, ...] = (),
    ) -> Self:
        """Return the phrase; a ValueError says what is wrong with ``text``."""
        phrase = super().__new__(cls, text)
        phrase.terms = parse(text, case)
        phrase.case, phrase.needs, phrase.not_in = case, needs, not_in
        return phrase


def words_of(text: str) -> Iterator[tuple[int, int, str, bool]]:
    """Yield start, end and letters of each word, and whether full stops stood between the letters."""
    for found in WORD.finditer(text):
        yield found.start(), found.end(), *letters_of(found.group())


def expand(text: str) -> list[str]:
    """Return every reading of the brackets in ``text``, each once.

    Raises
    ------
    ValueError
        If there are too many.
    """
    if len(text) > _MAX_LENGTH:
        msg = "is too long"
        raise ValueError(msg)
    found = [text]
    while any("(" in each and _CHOICE.search(each) for each in found):  # once, unless a bracket stands within another
        found = [each for variant in found for each in _opened(variant)]
        if len(found) > MAX_VARIANTS:
            msg = f"stands for more than {MAX_VARIANTS} phrases: write fewer choices into one"
            raise ValueError(msg)
    return list(dict.fromkeys(" ".join(each.split()) for each in found))


def _opened(text: str) -> Iterator[str]:
    """Return the readings of all brackets that hold no other bracket; one more of them than may be, at most."""
    parts = _CHOICE.split(text)
    choices = [part.split("|") if place % 2 else [part] for place, part in enumerate(parts)]
    return map("".join, islice(product(*choices), MAX_VARIANTS + 1))


def parse(text: str, case: bool | None = None) -> tuple[str, ...]:
    """Return the terms of a written-out phrase.

    Raises
    ------
    ValueError
        If it cannot be matched; the message goes on from the phrase ("holds …").
    """
    terms: list[str] = []
    for word in text.replace("…", GAP).replace(GAP, f" {GAP} ").split():
        terms += (GAP,) if word == GAP else _terms(word, case)
    if not terms:
        msg = "holds no word"
        raise ValueError(msg)
    if GAP in terms and (
        GAP in {terms[0], terms[-1]} or any(terms[n : n + 2] == [GAP, GAP] for n in range(len(terms)))
    ):
        msg = "needs a word on either side of each '...'"
        raise ValueError(msg)
    return tuple(terms)


# The same words stand in many phrases of a large codebook.
@lru_cache(maxsize=100_000)
def _terms(word: str, case: bool | None) -> tuple[str, ...]:
    """Return the terms of what stands between two spaces of a phrase."""
    terms, last = [], 0
    for start, end, letters, dotted in words_of(word):
        _check_between(word[last:start], at_start=last == 0)
        exact = (
            case if case is not None else dotted or (2 <= len(letters) <= 3 and letters.isalpha() and letters.isupper())
        )
        term = ("=" + (letters.upper() if dotted else letters)) if exact else fold(letters)
        last = end
        if word[end : end + 1] == "*":
            _check_star(word, end, letters)
            term, last = term + "*", end + 1
        terms.append(term)
    _check_between(word[last:], at_start=not terms)
    return tuple(terms)


def _check_between(text: str, *, at_start: bool) -> None:
    found = _BETWEEN.match(text)
    odd = text[found.end() :][:1] if found else ""
    if odd == "*":
        msg = "has a star that does not follow a word"
        raise ValueError(msg)
    if odd == "." and not at_start:
        msg = "holds a full stop that belongs to no abbreviation such as U.S."
        raise ValueError(msg)
    if odd:
        msg = f"holds '{odd}': a phrase has words, spaces, hyphens and apostrophes, and *, ..., (a|b)"
        raise ValueError(msg)


def _check_star(word: str, end: int, letters: str) -> None:
    if len(letters) < _SHORTEST_STEM:
        msg = "has a star that does not follow at least three letters"
        raise ValueError(msg)
    if word[end + 1 : end + 2].isalnum():
        msg = "has a star inside a word: it stands at the end of one"
        raise ValueError(msg)
