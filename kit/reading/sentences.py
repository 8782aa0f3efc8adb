"""Where one sentence ends and the next begins.

A line is split on its own: nothing reaches over the end of a line. A regular expression proposes each place where a
sentence might end, and a few questions about the words on either side decide.
"""

from __future__ import annotations

import re

# A stop, any closing quotes or brackets, then white space before something that can open a sentence; or a stop with
# no space at all between a lower-case word and a capital ("years.Its"); or a stop of a script that uses no spaces.
_CANDIDATE = re.compile(
    r"""[.!?…؟]+["'”’»)\]]*(?=\s+["'“‘«(\[¿¡—–-]*[^\W_a-zß-öø-ÿ])"""
    r"""|(?<=[a-zß-öø-ÿ]{2})[.!?]["”’)]*(?=[A-Z][a-z])"""
    r"""|[。！？｡।]+["'”’」』）]*""",
)
_LAST_WORD = re.compile(r"[^\s(\[“‘\"'/]*$")
_NEXT_WORD = re.compile(r"""[\s"'“‘«(\[¿¡—–-]*([^\W_]+)""")
_INITIALS = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]")
_ADDRESS = re.compile(r"(?:www\.|https?:|@)", re.IGNORECASE)
_SAYS = re.compile(r"\s+[^\W\d_]+(?:\s+[A-Z][\w'’-]+){0,2}\s+(?:said|says|asked|asks|told|added|replied|wrote|warned)\b")

# These stand before a name or a number and never end a sentence.
_TITLES = frozenset(
    "mr mrs ms mx dr prof gen col lt sgt capt cmdr adm maj brig sen rep gov pres amb hon rev st messrs vs "
    "fig figs vol pp ed eds cf approx ca op art arts para".split()
)
# These may end a sentence too: what follows decides.
_MAYBE = frozenset(
    "etc inc ltd co corp jr sr al dept est no nos jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu "
    "thur thurs fri sat sun".split()
)
# A capitalised word that more often opens a sentence than goes on a name.
_OPENERS = frozenset(
    "a after all although an and another any as at because before both but by despite during each either even every few "
    "first for from he her here his how however i if in instead it its later many meanwhile more moreover most much "
    "neither no nobody none nonetheless nor not nothing now of on once one only or other others our over perhaps "
    "several she since so some still such that the their then there these they this those though through thus to "
    "today under unless until we what when where whether which while who why with without yet you".split()
)


def split_line(line: str) -> list[tuple[int, int]]:
    """Return the ``[start, end)`` ranges of the sentences of one line, white space at their ends left out."""
    spans: list[tuple[int, int]] = []
    start = 0
    for stop in _CANDIDATE.finditer(line):
        if _ends_sentence(line, start, stop):
            spans.append((start, stop.end()))
            start = stop.end()
    spans.append((start, len(line)))
    return [trimmed for span in spans if (trimmed := _trim(line, *span))]


def _trim(line: str, start: int, end: int) -> tuple[int, int] | None:
    piece = line[start:end]
    bare = piece.strip()
    if not bare:
        return None
    start += len(piece) - len(piece.lstrip())
    return start, start + len(bare)


def _ends_sentence(line: str, start: int, stop: re.Match[str]) -> bool:
    mark = stop.group()
    if mark[0] in "!?" and mark[-1] in "\"”’'»":
        return not _SAYS.match(line, stop.end())
    if not mark.startswith(".") or mark.startswith(".."):
        return True
    found = _LAST_WORD.search(line, max(start, stop.start() - 60), stop.start())
    word = found.group() if found else ""
    if not line[stop.end() : stop.end() + 1].isspace():
        return not _ADDRESS.search(word) and "." not in word
    return _stop_ends(word, line, start, stop)


def _stop_ends(word: str, line: str, start: int, stop: re.Match[str]) -> bool:
    """Say whether the full stop after ``word`` ends a sentence, white space and a capital or a number following it."""
    if stop.start() - len(word) <= start and (word.isdigit() or len(word) == 1):
        return False  # "1. Limited Ceasefire", "a. Terms": the number belongs to what it numbers
    lowered = word.lower()
    if lowered in _TITLES:
        return False
    if word and (_INITIALS.fullmatch(word) or lowered in _MAYBE):
        return _opens_sentence(line, stop.end(), lowered)
    return True


def _opens_sentence(line: str, position: int, before: str) -> bool:
    """Say whether the word after an abbreviation opens a new sentence rather than goes on the old one."""
    found = _NEXT_WORD.match(line, position)
    following = found.group(1) if found else ""
    if following.isdigit():
        return False
    if before in {"no", "nos"}:
        return True
    return following.lower() in _OPENERS and (len(following) > 1 or following in "AI")
