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
    few = _MARKS.sub(lambda run: run[1] + "".join(each for each in run[2] if not combining(each)), text)
    return normalize(form, few)


def unescape(text: str, times: int = 1) -> str:
    """Return a text with a sign for each name or number (``&quot;``, ``&#34;``) that stands for one in HTML."""
    for _ in range(times):
        text = html.unescape(_NO_SIGN.sub("\ufffd", text))
    return text
