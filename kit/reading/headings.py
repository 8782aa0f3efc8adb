"""Which lines are the title and the headings, where the file itself does not say so."""

from __future__ import annotations

import re

from kit.reading import count_words, word_set
from kit.reading.pages import Line
from kit.reading.sentences import ALWAYS, TAIL, split_line

Dropped = list[tuple[str, str]]

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
SMALL = word_set(
    "a an and as at by for from in into nor of off on onto or over per so than that the their to up via vs with without amid "
    "under after before between but not is are be was were it its"
)
# After one of these words a title phrase is part of the sentence, not glued to it.
_LEADS_ON = SMALL | word_set(
    "about called titled named entitled this these those our your his her my on against across around behind beyond during "
    "toward towards within through until since about's has have had will would can could may might do does did if when where "
    "which who why how what new latest recent current any some each every all no more most other another also"
)
_GENERIC = re.compile(
    r"(?:the\s+)?(?:background|introduction|overview|summary|context|history|conclusion|preface|foreword|executive\s+summary|key\s+\w+|"
    r"recent\s+\w+|current\s+(?:status|situation|state)|origins?|timeline|what\s+(?:is|are|happened|next)|frequently\s+asked|faqs?|"
    r"role\s+of|impact\s+of|causes?|main\s+\w+|abstract|lead|at\s+a\s+glance)\b",
    re.IGNORECASE,
)
_QUESTION = re.compile(
    r"(?:what|how|why|who|whom|whose|when|where|which|is|are|can|could|will|would|do|does|did|has|have|should)\b.*\?",
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    r"(?:\d{1,2}|[IVX]{1,5}|[A-Z])[.)]\s+(?=\S)"
    r"|(?:step|phase|part|scenario|option|lesson|chapter)\s+(?:\d+|one|two|three|four|five)\b",
    re.IGNORECASE,
)
_ENDS_BODY = re.compile(rf"[.,;…!；，،؛{ALWAYS}]{TAIL}")
_BULLET = re.compile(r"[-–—•*▪●◦‣·»>]\s")
_ASKED = re.compile(r"faq|frequently\s+asked|questions", re.IGNORECASE)
_MAX_TITLE = 180
_LONGEST_KEY = 1000  # characters of a title that are compared
_MAX_HEADING = 110
_MAX_HEADING_WORDS = 16
_LONGEST_VERSE = 80


def heading_key(text: str) -> str:
    """Return what two writings of a title have in common: words alone, lower case."""
    return " ".join(_WORD.findall(text.replace("’", "'"))).lower()


def find_title(lines: list[Line], *, cut: bool, signed: bool) -> str | None:
    """Return the title of a plain text, or None where its first line is no title.

    A first line that stands again below is the title, and so is one that a by-line or a date follows (``signed``).
    Otherwise it must be short and without a full stop, no generic heading ("Background of the Conflict"), not the
    first thing under a mark that the page was ``cut``; and if it is written like a heading and other headings follow,
    it must speak of the whole text: half of its telling words recur in half of the other parts.
    """
    if len(lines) < 2 or not _could_be_title(lines[0]):
        return None
    first = lines[0]
    if signed or _stands_again(first.text, lines[1:]):
        return first.text
    if first.role == "heading":
        return first.text if first.level == 1 else None
    if cut or _GENERIC.match(first.text) or _NUMBERED.match(first.text) or _BULLET.match(first.text):
        return None
    speaks = _is_body(lines[1]) and (not title_cased(first.text) or _speaks_of_all(first.text, lines))
    return first.text if speaks or _is_second_heading(lines) else None


def _could_be_title(line: Line) -> bool:
    text = line.text
    return line.role != "cell" and len(text) <= _MAX_TITLE and count_words(text) > 1 and not _ENDS_BODY.search(text)


def _stands_again(title: str, lines: list[Line]) -> bool:
    """Say whether a line says the title again, alone or glued to its end."""
    again = heading_key(title)
    glued = len(again.split()) > 2
    for line in lines:
        if line.text.endswith(title) and glued:
            return True
        if len(line.text) <= 2 * len(title) and heading_key(line.text) == again:
            return True
    return False


def _is_second_heading(lines: list[Line]) -> bool:
    """Say whether a short line stands between the first and the text: then the first is the title, the second heads."""
    return len(lines) > 2 and _could_head(lines[1].text) and _is_body(lines[2])


def _is_body(line: Line) -> bool:
    text = line.text
    return not line.role and (
        len(text) > _MAX_HEADING or bool(_ENDS_BODY.search(text) or _BULLET.match(text)) or len(split_line(text)) > 1
    )


def _speaks_of_all(first: str, lines: list[Line]) -> bool:
    parts: list[list[str]] = [[]]
    for line in lines[1:]:
        if _could_head(line.text) and parts[-1]:
            parts.append([])
        parts[-1].append(line.text)
    if len(parts) < 3:
        return True
    telling = {word.lower() for word in _WORD.findall(first) if len(word) > 2} - SMALL
    others = [set(heading_key(" ".join(part)).replace("-", " ").split()) for part in parts[1:]]
    stems = {word for each in telling for word in each.split("-")}
    recurring = sum(sum(stem in other for other in others) * 2 >= len(others) for stem in stems)
    return 2 * recurring >= len(stems) > 0


def _could_head(text: str) -> bool:
    words = text.split()
    return (
        len(text) <= _MAX_HEADING
        and 0 < len(words) <= _MAX_HEADING_WORDS
        and not _ENDS_BODY.search(text)
        and not text.endswith(":")
        and not _BULLET.match(text)
        and (text[0].isupper() or text[0].isdigit() or text[0] in "“\"'‘«([¿")
    )


def title_cased(text: str) -> bool:
    """Say whether all telling words of ``text`` begin with a capital or a figure."""
    words = [word for word in _WORD.findall(text) if word.lower() not in SMALL]
    capitals = sum(not word[0].islower() for word in words)
    return len(words) > 0 and capitals >= 0.8 * len(words)


def drop_repeats(lines: list[Line], title: str | None) -> tuple[list[Line], Dropped]:
    """Return the lines without those that only say the title again, the first of them made the title's line."""
    if title is None:
        return lines, []
    again = heading_key(title[:_LONGEST_KEY])
    kept: list[Line] = []
    dropped: Dropped = []
    seen = False
    for line in lines:
        if (
            line.role == "cell"
            or len(line.text) > 2 * len(title)
            or not again
            or heading_key(line.text[:_LONGEST_KEY]) != again
        ):
            kept.append(line)
        elif seen:
            dropped.append((line.text, "the title again"))
        else:
            seen = True
            kept.append(Line(line.text, "title", 1, gap=line.gap))
    if not seen:
        kept.insert(0, Line(title, "title", 1))
    return kept, dropped


def cut_glued_title(lines: list[Line], title: str | None, *, repeated: bool) -> tuple[list[Line], Dropped]:
    """Return the lines without the title phrase glued to the end of a heading or of a sentence.

    It counts as glued where it stands letter for letter, three words or more, and what precedes it can stand alone.
    A heading in capitals could end with the same words by right: there, the page must also repeat its title elsewhere.
    """
    capitals = sum(word[0].isupper() for word in (title or "").split())  # not every script has any
    if title is None or len(title) > _MAX_TITLE or len(title.split()) < 3 or capitals < 2 or not title_cased(title):
        return lines, []
    glued = re.compile(rf"(?<=[^\W_])[ ]{re.escape(title)}(?=[.!?]+(?:\s|$)|$)")
    hits = sum(_is_glued(line, match) for line in lines for match in glued.finditer(line.text))
    kept: list[Line] = []
    dropped: Dropped = []
    for line in lines:
        may_hold = line.role not in {"title", "cell"} and title in line.text
        kept.append(_cut(line, glued, dropped, sure=repeated or hits > 1) if may_hold else line)
    return kept, dropped


def _is_glued(line: Line, match: re.Match[str]) -> bool:
    before = _WORD.findall(line.text[max(match.start() - _MAX_HEADING, 0) : match.start()])
    return line.role not in {"title", "cell"} and bool(before) and before[-1].lower() not in _LEADS_ON


def _cut(line: Line, glued: re.Pattern[str], dropped: Dropped, *, sure: bool) -> Line:
    text, parts, last = line.text, [], 0
    heading = len(text) <= _MAX_HEADING and not _ENDS_BODY.search(text) and title_cased(text)
    for match in glued.finditer(text):
        if _is_glued(line, match) and (sure or not heading):
            before = text[max(match.start() - 60, 0) : match.start()].strip()
            dropped.append((match.group().strip(), f"title phrase glued on: after “{before}”"))
            parts.append(text[last : match.start()])
            last = match.end()
    return (
        Line("".join([*parts, text[last:]]), line.role, line.level, line.table, line.gap, line.joined)
        if parts
        else line
    )


def mark_headings(lines: list[Line]) -> list[Line]:
    """Return the lines of a plain text with its headings marked as such."""
    asked = sum(_is_question(line.text) and _followed_by_body(lines, n) for n, line in enumerate(lines)) > 1
    verse = _lines_of_verse(lines)
    under_questions = False
    listing = False
    marked: list[Line] = []
    for number, line in enumerate(lines):
        level = 0
        if not line.role and not listing and number not in verse and _followed(lines, number):
            level = _heading_level(lines, number, asked=asked or under_questions)
        if level and level < 3:
            under_questions = bool(_ASKED.search(line.text))
        listing = line.text.endswith(":") or (listing and not line.gap and not _is_body(line))
        marked.append(Line(line.text, "heading", level, line.table, line.gap) if level else line)
    return marked


def _lines_of_verse(lines: list[Line]) -> set[int]:
    """Return the numbers of those lines that stand together as a poem's or an address's do: none of them is a heading."""
    runs: list[list[int]] = [[]]
    for number, line in enumerate(lines):
        if line.role or not line.joined:
            runs.append([])
        if not line.role:
            runs[-1].append(number)
    return {number for run in runs if _is_verse([lines[each] for each in run]) for number in run}


def _is_verse(run: list[Line]) -> bool:
    *above, last = run or [Line("")]
    if not above or len(last.text) > _LONGEST_VERSE or any(map(_is_body, above)):
        return False
    return len(run) > 2 or not (_is_body(last) or all(title_cased(line.text) for line in run))


def _is_question(text: str) -> bool:
    return len(text) <= _MAX_HEADING and bool(_QUESTION.fullmatch(text)) and len(split_line(text)) == 1


def _followed(lines: list[Line], number: int) -> bool:
    """Say whether a text stands under the line: a run of more than three short lines is a list, not headings."""
    below = lines[number + 1 : number + 5]
    return any(line.role or _is_body(line) or line.text.endswith(":") for line in below)


def _followed_by_body(lines: list[Line], number: int) -> bool:
    return number + 1 < len(lines) and _is_body(lines[number + 1])


def _heading_level(lines: list[Line], number: int, *, asked: bool) -> int:
    text = lines[number].text
    if not _could_head(text):
        return 0
    body = _followed_by_body(lines, number)
    if _is_question(text) and (asked or not title_cased(text)):
        return 3 if asked and body else 0
    if _NUMBERED.match(text):
        return 3 if title_cased(text) or body else 0
    return 2 if title_cased(text) or (body and len(text) <= 80) else 0
