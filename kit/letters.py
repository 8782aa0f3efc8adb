"""The letters of a text from anywhere in one form, in time that grows with its length and no faster."""

from __future__ import annotations

import html
import re
from typing import Literal
from unicodedata import combining, normalize

# Python sorts the marks of one letter by pairs: a hundred thousand of them take a minute, and no script has thirty.
_MARKS = re.compile(r"([^\w\s\x00-\x7f]{30})([^\w\s\x00-\x7f]+)")
_NO_SIGN = re.compile(r"&#\d{8,};?")  # Python refuses to read a number of thousands of figures


def in_one_form(text: str, form: Literal["NFC", "NFKC"] = "NFC") -> str:
    """Return a text with each letter written in one way: ``é`` may come as one character, or as a letter and its mark."""
    if text.isascii():
        return text
    return normalize(form, _MARKS.sub(lambda found: found[1] + "".join(filter(_is_no_mark, found[2])), text))


def _is_no_mark(sign: str) -> bool:
    return not combining(sign)


def unescape(text: str) -> str:
    """Return a text with a sign for each name or number (``&quot;``, ``&#34;``) that stands for one in HTML."""
    return html.unescape(_NO_SIGN.sub("\ufffd", text))
