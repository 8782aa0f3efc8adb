"""Lines that a machine broke: paragraphs at a fixed width, words with a hyphen, pages with a foot.

Old e-mails, text out of a PDF, and pages that use ``<pre>`` or ``<br>`` come like this.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from kit.reading import word_set
from kit.reading.sentences import ENDS_SENTENCE

_GOES_ON = "\x1f"  # stands at the end of a line whose paragraph goes on behind the foot of a page
_HYPHENS = "-‐\u00ad¬"
_COMPOUND = word_set(
    "self ex well ill long short high low half all cross vice anti non so by then now much far near two three four five six "
    "seven eight nine ten twenty thirty forty fifty sixty seventy eighty ninety north south east west pro quasi"
)
_WORDS = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_NARROWEST, _WIDEST = 24, 160
_NEARLY = 0.8  # of the longest line: how full the others are when broken by hand
_BULLET = re.compile(r"[-–—•*▪●◦‣·»>|]\s")
_LONGEST_FOOT = 60
_FOOT = re.compile(
    r"(?:page|seite|página|pagina|стр\.?|p\.)\s?\|?\s?\d{1,4}(?:\s?(?:/|of|de|von|di|из|sur)\s?\d{1,4})?"
    r"|\d{1,4}\s?(?:of|/|von|из|sur)\s?\d{1,4}|[-–—]\s?\d{1,4}\s?[-–—]|\d{1,4}\s?\|\s?page"
    r"|(?-i:[^a-zа-я]{1,40}\s\d{1,3}/\d{1,3})",
    re.IGNORECASE,
)


def unwrap(lines: Iterable[str]) -> list[str]:
    """Return the lines, those of a paragraph that was broken at a fixed width made one, and broken words whole."""
    lines = list(lines)
    broken = any(line.rstrip()[-1:] in _HYPHENS for line in lines if line.strip())
    known = set(_WORDS.findall("\n".join(lines).lower())) if broken else set()
    done: list[str] = []
    block: list[str] = []
    for line in [*lines, ""]:
        if line.strip():
            block.append(line.strip(" \t\xa0\u3000"))
            continue
        done += [join(block, known)] if _is_wrapped(block) else _whole_words(block, known)
        done.append("")
        block = []
    return done[:-1]


def join(lines: list[str], known: set[str] | None = None) -> str:
    """Return lines of one paragraph as one; ``known`` are the words that the text has elsewhere."""
    parts = lines[:1]
    for line in lines[1:]:
        if parts[-1][-1:] == _GOES_ON:
            parts[-1] = parts[-1][:-1] + " "
        elif _is_broken(parts[-1], line):
            if _is_one_word(parts[-1], line, known or set()):
                parts[-1] = parts[-1][:-1]
        elif not _is_unspaced(parts[-1][-1:] + line[:1]):
            parts.append(" ")
        parts.append(line)
    return "".join(parts)


def _whole_words(block: list[str], known: set[str]) -> Iterator[str]:
    """Yield the lines as they are, but for those that break a word."""
    held: list[str] = []
    for line in block:
        if held and not _goes_on_below(held[-1], line):
            yield join(held, known)
            held = []
        held.append(line)
    if held:
        yield join(held, known)


def _goes_on_below(line: str, following: str) -> bool:
    return _is_broken(line, following) or line.endswith(_GOES_ON)


def _is_broken(line: str, following: str) -> bool:
    """Say whether a line ends within a word that the following one goes on."""
    return len(line) > 1 and line[-1] in _HYPHENS and line[-2].isalnum() and following[:1].isalnum()


def _is_one_word(line: str, following: str, known: set[str]) -> bool:
    """Say whether the parts are written as one word, not with a hyphen ("with-drawal", not "long-term")."""
    if line[-1] != "-":
        return True
    head = _WORDS.findall(line[-_LONGEST_FOOT:-1].lower())[-1:]
    tail = _WORDS.match(following[:_LONGEST_FOOT])
    if not head or not tail or not tail.group()[0].islower():
        return False
    first, second = head[0], tail.group()
    if first + second in known:
        return True
    return f"{first}-{second}" not in known and first not in _COMPOUND and "-" not in first


def _is_unspaced(pair: str) -> bool:
    """Say whether both characters are of a script that puts no space between words (Chinese, Japanese)."""
    return len(pair) == 2 and all("\u3000" <= each <= "\u9fff" or "\uff00" <= each <= "\uffef" for each in pair)


def _goes_on(line: str) -> bool:
    """Say whether a line begins within a sentence, as far as its first letter tells."""
    return line[:1].isalpha() and not line[0].isupper()


def _is_wrapped(block: list[str]) -> bool:
    """Say whether a paragraph was broken: the lines full, or a word broken, and most ends within a sentence."""
    inner = block[:-1]
    width = max(map(len, block), default=0)
    if not inner or not _NARROWEST <= width <= _WIDEST or any(_BULLET.match(line) for line in block):
        return False
    full = sum(
        len(line) + 1 + len(below.split(None, 1)[0]) > _NEARLY * width
        for line, below in zip(inner, block[1:], strict=True)
    )
    even = all(40 <= len(line) <= 100 for line in inner) and len(inner) > 1
    broken = any(_goes_on_below(line, below) for line, below in zip(inner, block[1:], strict=True))
    cut = sum(not ENDS_SENTENCE.search(line) for line in inner)
    lower = sum(map(_goes_on, block[1:]))
    return (
        (even or broken or 5 * full >= 4 * len(inner))
        and 2 * cut > len(inner)
        and (3 if full == len(inner) else 2) * lower >= len(inner)
    )


def drop_feet(lines: list[str]) -> tuple[list[str], list[str]]:
    """Return the lines without the feet of pages, and these; a paragraph that a foot cut in two is whole again."""
    folded = [" ".join(line.split()) if len(line) < 4 * _LONGEST_FOOT else line for line in lines]
    feet = {n for n, line in enumerate(folded) if len(line) <= _LONGEST_FOOT and _FOOT.fullmatch(line)}
    feet |= _lone_numbers(folded)
    kept: list[str] = []
    cut = False
    for number, line in enumerate(lines):
        if number in feet:
            cut = True
            while kept and not kept[-1].strip():
                kept.pop()
            kept.append("")
        elif cut and line.strip():
            before = kept[-2].rstrip() if len(kept) > 1 else ""
            if before and not ENDS_SENTENCE.search(before) and (_goes_on(line.strip()) or before[-1] in _HYPHENS):
                kept[-2:] = [before if before[-1] in _HYPHENS else before + _GOES_ON]
            cut = False
            kept.append(line)
        elif not cut:
            kept.append(line)
    return kept, [folded[number] for number in sorted(feet)]


def _lone_numbers(lines: list[str]) -> set[int]:
    """Return the lines that are a page's number: alone on the line, and within a sentence, or counting on from one."""
    numbers = {n: int(line) for n, line in enumerate(lines) if len(line) < 4 and line.isascii() and line.isdigit()}
    filled = [n for n, line in enumerate(lines) if line]
    place = {n: position for position, n in enumerate(filled)}
    cut = {n for n in numbers if _cuts(lines, filled, place[n])}
    values = {numbers[n] for n in cut}
    return {n for n in numbers if n in cut or (len(cut) > 1 and values & {numbers[n] - 1, numbers[n] + 1})}


def _cuts(lines: list[str], filled: list[int], position: int) -> bool:
    if not 0 < position < len(filled) - 1:
        return False
    before, after = lines[filled[position - 1]], lines[filled[position + 1]]
    return not ENDS_SENTENCE.search(before) and len(before) >= _NARROWEST and _goes_on(after)
