"""Numbers as people in most of Europe type them.

A point is decimal. A comma is decimal too, unless it can be the mark of thousands: exactly three figures follow it, one
to three stand before it, and these do not begin with 0. Such an input, "1,234", has two readings and is asked back,
unless it is known in which range the number lies and only one of them does. There, "50.000" may be 50,000 too.
"""

from __future__ import annotations

import re
from math import inf
from unicodedata import normalize

from kit.reading.lexicon import INVISIBLE

_MARKS = {".": "٫．·", ",": "，﹐‚、", "'": "٬’ʼ′`´＇", "-": "‐‑‒–—−﹣－"}
_AS_HERE = {ord(sign): mark for mark, signs in _MARKS.items() for sign in signs}
_UNSEEN = str.maketrans("", "", INVISIBLE)
_PLAIN = (
    (re.compile(r"[^\S\r\n]"), lambda _: " "),
    (re.compile(r"\d"), lambda found: str(int(found[0]))),  # figures of any script
    (re.compile(r"(?<=\d)_(?=\d{3})"), lambda _: " "),  # 1_000, as in Python
    (re.compile("[¼½¾⅐-⅞]"), lambda found: " " + normalize("NFKC", found[0])),
    (re.compile(r"\b(?:minus|negative) (?=[\d.,])", re.IGNORECASE), lambda _: "-"),
)
# A dash with a space behind it is a sign at the beginning and after "=", but not in "kappa - 0.6".
_TOKEN = re.compile(r"((?:^|(?<=[=:(])) ?[-+] +(?=[\d.,])|(?<!\w)[-+])?(\d[\d.,' ]*|[.,]\d+)")
_GROUPED = re.compile(r"[1-9]\d{0,2}(?:[^\d]\d{3})+|[1-9]\d?(?:,\d\d)+,\d{3}")  # the latter in India
_FRACTION = re.compile(r"([-+]?) ?(\d{1,9}) ?[/⁄] ?([1-9]\d{0,8})")
_POWER = re.compile(r"([-+]?[\d.,]+) ?[eE]([-+]?\d{1,2})")  # "1e-3", as Python shows it
_NAMED = re.compile(r"(?<!\w)[^\W\d_]+\d+(?![.,']?\w)")  # "km2", "Q6", but not "EUR4.30"
_TIMES = re.compile(
    r"\d ?(?:‰|(?:k|bn|mln|mio|mrd|tsd|t[yi]s\w{0,6}|млн|млрд|т[ыи]с\w{0,6}|dozen|hundred|thousand|lakh|crore|tausend|mill?e?|duizend|"
    r"(?:m|b|tr)il+[ij]\w{0,6}|мил\w{0,6})s?\b)|\d ?M\b",
    re.IGNORECASE,
)
# Two signs, a sign behind its number, a raised figure, a mark or a figure against a letter ("Rs.500", "l,5", "1O"):
# whichever way they are read, another may be meant.
_ODD = re.compile(r"[-+±] ?[-+±] ?[\d.,]|±|(?<![\d.])\.\.+\d|\d-$|\d[⁰¹²³⁴-⁹]|[^\W\d_][.,]\d|\d[OoОо]+(?![^\W\d_])")


class TwoReadingsError(ValueError):
    """A typed number that can be read in two ways; says what to type."""


def read_number(text: str, low: float = -inf, high: float = inf) -> float:
    """Return the one number in a text; words, a unit or a per cent sign may stand around it.

    Parameters
    ----------
    low, high : float
        The range that tells which of two readings is meant; a number outside it is read all the same.

    Raises
    ------
    TwoReadingsError
        If it is like "1,234" and both readings or none lie in the range, or like "3 million".
    ValueError
        If there is no number, more than one, or its marks make no sense.
    """
    text = text.translate(_AS_HERE).translate(_UNSEEN)
    for pattern, meant in _PLAIN:
        text = pattern.sub(meant, text)
    text = text.strip()
    if fraction := _FRACTION.fullmatch(text):
        return int(f"{fraction[1]}{fraction[2]}") / int(fraction[3])
    if power := _POWER.fullmatch(text):
        return read_number(power[1]) * 10.0 ** int(power[2])
    if _TIMES.search(text):
        msg = f"{text} can be read in two ways. Type the number in figures alone"
        raise TwoReadingsError(msg)
    unnamed = _NAMED.sub("", text)
    found = _TOKEN.findall(unnamed if re.search(r"\d", unnamed) else text)
    if len(found) != 1 or _ODD.search(text):
        raise ValueError(text)
    sign, token = found[0]
    token, factor = token.rstrip(".,' "), -1.0 if "-" in sign else 1.0
    if re.fullmatch(r"[1-9]\d{0,2}[.,]\d{3}", token):
        minus = "-" if factor < 0 else ""
        both = [minus + re.sub("[.,]", mark, token) for mark in ("", ".")]
        likely = [number for each in both if low <= (number := float(each)) <= high]
        if len(likely) == 1:
            return likely[0]
        if "," in token:
            msg = f"{minus}{token} can be read in two ways. Type {both[0]} or {both[1]}"
            raise TwoReadingsError(msg)
    return factor * float(_without_marks(token))


def _without_marks(token: str) -> str:
    """Return a number's figures with a decimal point and nothing else between them."""
    mark = _decimal_mark(token)
    whole, _, decimals = token.rpartition(mark) if mark else (token, "", "")
    others = re.sub(r"\d", "", whole)
    if re.search(r"\D", decimals) or (others and not (_GROUPED.fullmatch(whole) and len(set(others)) == 1)):
        raise ValueError(token)
    return f"{whole.replace(others[:1], '') or 0}.{decimals or 0}"


def _decimal_mark(token: str) -> str:
    points, commas = token.count("."), token.count(",")
    if points and commas:
        return max(".,", key=token.rindex)
    if points == 1:
        return "."
    return "," if commas == 1 else ""
