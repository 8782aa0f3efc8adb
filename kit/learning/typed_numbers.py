"""Numbers as people in most of Europe type them.

A point is decimal. A comma is decimal too, unless it can be the mark of thousands: exactly three figures follow it, one
to three stand before it, and these do not begin with 0. Such an input, "1,234", has two readings and is asked back.
"""

from __future__ import annotations

import re

_THOUSANDS = "\u0020\u00a0\u2009\u202f'’"  # spaces and apostrophes, which some countries set between thousands
_AS_HERE = str.maketrans("٫٬，．", ".',.")  # the marks of Arabic and of full-width figures
_TOKEN = re.compile(rf"(?:[-+−] ?|–)?(?:\d[\d.,{_THOUSANDS}]*|[.,]\d+)")
_GROUPED = re.compile(r"\d{1,3}(?:[^\d]\d{3})+")


class TwoReadingsError(ValueError):
    """A typed number that can be read in two ways; says which."""


def read_number(text: str) -> float:
    """Return the one number in a text; words, a unit or a per cent sign may stand around it.

    Raises
    ------
    TwoReadingsError
        If it is like "1,234".
    ValueError
        If there is no number, more than one, or its marks make no sense.
    """
    found = _TOKEN.findall(text.translate(_AS_HERE))
    if len(found) != 1:
        msg = "not one number"
        raise ValueError(msg)
    token = found[0].strip(_THOUSANDS).rstrip(".," + _THOUSANDS)
    sign = -1.0 if token[0] in "-−–" else 1.0
    return sign * float(_without_marks(token.lstrip("+-−– ")))


def _without_marks(token: str) -> str:
    """Return a number's figures with a decimal point and nothing else between them."""
    whole, decimals = _parted(token)
    if re.search(r"\D", whole):
        if not _GROUPED.fullmatch(whole) or len(set(re.sub(r"\d", "", whole))) > 1:
            msg = "its marks make no sense"
            raise ValueError(msg)
        whole = re.sub(r"\D", "", whole)
    return f"{whole or 0}.{decimals or 0}"


def _parted(token: str) -> tuple[str, str]:
    """Return what stands before the decimal mark, with its marks of thousands, and what stands after it."""
    mark = _decimal_mark(token)
    whole, _, decimals = token.rpartition(mark) if mark else (token, "", "")
    if re.search(r"\D", decimals):
        msg = "its marks make no sense"
        raise ValueError(msg)
    return whole, decimals


def _decimal_mark(token: str) -> str:
    points, commas = token.count("."), token.count(",")
    if points and commas:
        return max(".,", key=token.rindex)
    if points == 1:
        return "."
    if commas == 1:
        if re.fullmatch(r"[1-9]\d{0,2},\d{3}", token):
            msg = f"{token} can be read in two ways. Type {token.replace(',', '')} or {token.replace(',', '.')}"
            raise TwoReadingsError(msg)
        return ","
    return ""
