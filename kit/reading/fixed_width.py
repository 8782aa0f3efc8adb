"""Lines that a machine broke: paragraphs at a fixed width, words with a hyphen, pages with a foot.

Old e-mails, text out of a PDF, and pages that use ``<pre>`` or ``<br>`` come like this.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterable, Iterator
from itertools import pairwise

from kit.reading import word_set
from kit.reading.headings import SMALL
from kit.reading.sentences import ENDS_SENTENCE

# Stands at the end of a line whose paragraph goes on behind the foot of a page; alone on a line, a page ends.
PAGE_END = _GOES_ON = "\x1f"
FOOT = "the foot of a page"  # why a line was dropped
_HYPHENS = "-‐\u00ad¬"
_COMPOUND = word_set(
    "self well ill long short high low half all cross vice anti non by then now much near one two three four five six "
    "seven eight nine twenty thirty forty fifty sixty seventy eighty ninety north south east west quasi semi nord sous demi franco северо юго"
)
# "south-ern", "near-ly", "short-age": what ends a word and is none.
_ENDINGS = word_set(
    "een falls hand ern erner erners ward wards wardly teen teenth ty tieth ly er est ing ings ed age ages ness nesses ish ered ering ened ening "
    "owed owing ocate ocated iance cipate cipated cipation nar nars dote sense self selves ce by pass passed law laws"
)
# Heads that seldom have a hyphen of their own, and what stands behind it then: "ex-minister", not "ex-plain".
_HYPHENED = re.compile(
    r"(?:ex-(?:president|minister|premier|chief|king|prime|wife|husband|soldier|combatant|fighter|rebel|official|general|"
    r"officer|leader|director|ambassador|envoy|governor|mayor|member)|pro-(?:government|democracy|independence|regime|peace|"
    r"war|unity|choice|life|business|western|opposition|kremlin)|so-called|far-(?:reaching|off|away|right|left|flung|sighted)|"
    r"ten-(?:day|week|month|year|hour|minute|point|mile|man|member|nation|part|party|strong))s?"
    r"|peace-enforcement|(?:part|full)-time|modern-day|top-notch|front-runners?|avant-garde|e-mails?|au-delà|rendez-vous|peut-être|[^\W\d_]{3,20}(?<!l)(?<!ck)-led"  # "Moscow-led", not "cancel-led"
)
# Behind these a hyphen stays ("confidence-building"), unless the word before is one of _CLOSED ("peacekeeping").
_TAILS = word_set(
    "building making makers maker sharing finding saving keeping taking sponsored backed brokered controlled held occupied "
    "mandated based born torn weary ridden stricken rich free war era level scale related oriented friendly looking loving speaking owned party long armed producing determining terrorism like class order century minded shaped driven reviewed containing seekers "
    "même mêmes warning control solving ranging consuming run won exchange enforcement country hardened clearing defence"
)
_CLOSED = word_set(
    "peace house book ship law safe film king trouble with up under over out mis re en be un dis cor inter par pains breath stub match dress home pro ar ab fore"
)
# Of words like those of _COMPOUND, but closed.
_WHOLE = word_set(
    "highland highlands highway highways highlight highlights highlighted lowland lowlands shortcoming shortcomings "
    "shortfall halfway crossfire crossroads twofold threefold fourfold bystander bystanders bygone longitude"
)
# At a line's end these say that its sentence goes on, as English ones of :data:`~kit.reading.headings.SMALL` do.
_LEADS_ON = SMALL | word_set(
    "der die das den dem des ein eine einen einem einer und oder in im am zu zum zur von vom mit für auf bei nach dass le la les "
    "l' du de des d' un une et ou à au aux en par pour sur dans que qui el los las del y o e con por para il lo gli di da della "
    "het een van voor met op og på til i z ze w we na że od dla při v se že в во на и с со к о об по от для из у за что не та "
    "з і й до від про що"
)
_SUSPENDED = re.compile(r"(?:and|und|oder|och|og|lub|oraz|або|или)\b")  # "short- and long-term"
_WORDS = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_NARROWEST, _WIDEST = 24, 160
_FEW = 4  # lines
_SPACE = " \t\xa0\u3000"
_NEARLY = 0.8  # of the longest line: how full the others are when broken by hand
_BULLET = re.compile(r"[-–—•*▪●◦‣·»>|\uf000-\uf0ff]\s")  # some are of a font of signs
_TIGHT = re.compile(r"\w[—/]|\d–")  # at a line's end: "peace and/", "1998–"
_TURN = re.compile(
    r"\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]\s|[^\W\d_a-z][\w.'’-]{0,20}(?: [^\W\d_a-z][\w.'’-]{0,20}){0,3}:\s"
)  # of a list, or of a talk
_LONGEST_FOOT, _TALLEST_FOOT = 60, 3  # characters, lines
_LONGEST_ACRONYM = 4  # "NATO", "OSCE"
_MOST_ASIDES = 6  # paragraphs
_RULE = re.compile(r"[_–—-]{3,}")
_PAGE_NOTE = re.compile(r"""(?:\[?\d{1,3}[\].)]?|[*†‡§]|[¹²³⁰⁴-⁹]{1,3})\s?["'“‘„«(]?(?:[^\W\d_a-z]|https?:)""")
_FIGURES = re.compile(r"\d+|\b[ivxl]{1,6}\b")
_FOOT = re.compile(
    r"(?:page|seite|página|pagina|pág\.|strona|strana|sayfa|side|sida|стр\.?|стор\.?|[ps]\.)\s?\|?\s?\d{1,4}"
    r"(?:\s?(?:/|of|de|von|van|di|av|af|z|з|из|sur)\s?\d{1,4})?|第?\s?\d{1,4}\s?[页頁]|https?://\S{3,200}\s\d{1,3}/\d{1,3}"
    r"|\d{1,4}\s?(?:of|/|von|из|sur)\s?\d{1,4}|[-–—]\s?\d{1,4}\s?[-–—]|\d{1,4}\s?\|\s?page"
    r"|(?-i:[^a-zа-я]{1,40}\s\d{1,3}/\d{1,3}|\d{1,3}/\d{1,3}\s[^a-zа-я]{1,40})",
    re.IGNORECASE,
)
_NO_WORD = re.compile(r"[ivxl]{1,6}|\S[^\s.]*+\.\S++")  # a number, an address
_MARGIN = re.compile(r"[ \t]{0,9}(\d{1,4})(?=[ \t]|$)")
_BESIDE_NUMBER = re.compile(r"\d{1,4} \| \S.*|.*\S \| \d{1,4}")


def unwrap(lines: Iterable[str]) -> list[str]:
    """Return the lines, those of a paragraph that was broken at a fixed width made one, and broken words whole."""
    lines = _single_spaced(list(lines))
    broken = any(line.rstrip()[-1:] in _HYPHENS for line in lines if line.strip())
    known = set(_WORDS.findall("\n".join(lines).lower())) if broken else set()
    done: list[str] = []
    block: list[str] = []
    for line in [*lines, ""]:
        if line.strip():
            block.append(line.rstrip(_SPACE))  # no more: the mark of a paragraph that goes on counts as space
            continue
        for part in _paragraphs(block):
            done += [join(part, known)] if _is_wrapped(part) else _whole_words(part, known)
        done.append("")
        block = []
    return done[:-1]


def _paragraphs(block: list[str]) -> Iterator[list[str]]:
    """Yield the paragraphs of lines that no blank line parts: quoted ones, points of a list, those with an indent."""
    bare = [line.strip(_SPACE) for line in block]
    if bare and all(line.startswith(">") for line in bare):  # an e-mail quotes another
        bare = [line.lstrip("> ") for line in bare]
        begins = [not line for line in bare]
    else:
        indented = [line[0] in _SPACE for line in block]
        begins = _find_points(bare)
        speaks = [
            bool(_TURN.match(line)) and (not above or bool(ENDS_SENTENCE.search(above)))
            for above, line in pairwise(["", *bare])
        ]
        if sum(speaks) > 1 and not any(begins):
            begins = speaks
        # Indented first lines, or all the others; what is said behind a dash, or a numbered paragraph, has its indent, too.
        has_own = indented[:1] == [True] and all(
            within for within, begin in zip(indented, begins, strict=True) if begin
        )
        if (has_own or (2 * sum(indented) > len(block) and not any(begins))) and not all(indented):
            begins = [each == indented[0] for each in indented]
    part: list[str] = []
    for line, begin in zip(bare, begins, strict=True):
        if begin and part:
            yield part
            part = []
        if line:
            part.append(line)
    yield part


def _find_points(lines: list[str]) -> list[bool]:
    """Say of each line whether a point of a list begins there; a dash that came to stand first in its line begins none."""
    points = [bool(_BULLET.match(line)) for line in lines]
    if _FEW * sum(points) > len(lines):
        return points
    full = _NEARLY * max(map(count_columns, lines), default=0)
    cut = [count_columns(line) > full and line[-1:] not in ".:;!?" for line in ["", *lines][: len(lines)]]
    return [point and not (line[0] in "-–—" and on) for point, line, on in zip(points, lines, cut, strict=True)]


def _single_spaced(lines: list[str]) -> list[str]:
    """Return lines that all stand apart, as in a manuscript, without the blank lines within their sentences."""
    text = [line for line in lines if line.strip()]
    width = max(map(count_columns, text), default=0)
    apart = sum(bool(line.strip()) and not below.strip() for line, below in pairwise([*lines, ""]))
    on = [not ENDS_SENTENCE.search(line.rstrip()) and _goes_on(below.strip()) for line, below in pairwise(text)]
    if len(text) < _FEW or apart < len(text) or 2 * sum(on) < len(on) or width > _WIDEST:
        return lines
    kept: list[str] = []
    for line in lines:
        above = kept[-2].rstrip() if len(kept) > 1 and not kept[-1].strip() else ""
        may_go_on = count_columns(above) > _NEARLY * width or _goes_on(line.strip())
        if above and line.strip() and may_go_on and not ENDS_SENTENCE.search(above):
            kept.pop()
        kept.append(line)
    return kept


def join(lines: list[str], known: set[str] | None = None) -> str:
    """Return lines of one paragraph as one; ``known`` are the words that the text has elsewhere."""
    parts = lines[:1]
    for line in lines[1:]:
        if parts[-1][-1:] == _GOES_ON:
            parts[-1] = parts[-1][:-1] + " "
        elif _is_broken(parts[-1], line):
            if _SUSPENDED.match(line):
                parts.append(" ")
            elif _is_one_word(parts[-1], line, known or set()):
                parts[-1] = parts[-1][:-1]
        elif not _is_unspaced(parts[-1][-1:] + line[:1]) and not _TIGHT.fullmatch(parts[-1][-2:]):
            parts.append(" ")
        parts.append(line)
    return "".join(parts)


def _whole_words(block: list[str], known: set[str]) -> Iterator[str]:
    """Yield the lines as they are, but for those that break a word, or a sentence of two lines or long ones."""
    held: list[str] = []
    for line in block:
        whole = len(block) == 2 or len("".join(held[-1:]) + line) > 2 * _LONGEST_FOOT  # and no verse
        on = whole and line[:1].islower() and bool(held) and held[-1][-1].isalpha()
        if held and not on and not _goes_on_below(held[-1], line):
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
    if line[-1] != "-" or line[-2].isdigit():  # "20-year"
        return line[-1] != "-"
    head = _WORDS.findall(line[-_LONGEST_FOOT:-1].lower())[-1:]
    tail = _WORDS.match(following[:_LONGEST_FOOT])
    if not head or not tail:
        return False
    first, second = head[0], tail.group().lower()
    if first + second in known or first + second in _WHOLE:
        return True
    if not tail.group()[0].islower():  # "Anglo-Irish", "NATO-RUSSIA", but "NEGOTI-ATIONS"
        return len(first) > _LONGEST_ACRONYM and line.isupper() and following.isupper()
    compound = f"{first}-{second}"
    if compound in known or compound.count("-") > 1 or _HYPHENED.fullmatch(compound) or first == second:
        return False
    if first in _COMPOUND or (first in {"re", "de", "pre"} and second[0] == "e"):  # "re-elected"
        return second in _ENDINGS
    if len(first) > 1 and line[-len(first) - 1 : -1].isupper():  # "UN-mandated"
        return False
    return second not in _TAILS or first in _CLOSED


def _is_unspaced(pair: str) -> bool:
    """Say whether both characters are of a script that puts no space between words (Chinese, Japanese)."""
    return len(pair) == 2 and all("\u3000" <= each <= "\u9fff" or "\uff00" <= each <= "\uffef" for each in pair)


def count_columns(line: str) -> int:
    """Return how many columns a line takes: a Chinese character takes two."""
    return sum(2 if each > "\u2e7f" else 1 for each in line)


def _find_first(line: str) -> str:
    """Return what could not be parted from a line's beginning: its first word, or a character where words have no space."""
    return line[0] if _is_unspaced(line[:2]) else line.split(None, 1)[0]


def _goes_on(line: str) -> bool:
    """Say whether a line begins within a sentence, as far as its first letter tells."""
    return line[:1].isalpha() and not line[0].isupper()


def _runs_on(line: str, below: str) -> bool:
    return _goes_on(below) or line.endswith(_GOES_ON) or line.split()[-1].lower() in _LEADS_ON


def _is_wrapped(block: list[str]) -> bool:
    """Say whether a paragraph was broken: the lines full, or a word broken, and most ends within a sentence."""
    inner = block[:-1]
    width = max(map(count_columns, block), default=0)
    if not inner or not _NARROWEST <= width <= _WIDEST or any(_find_points(block)[1:]):
        return False
    reach = [
        count_columns(line) + 1 + count_columns(_find_first(below))
        for line, below in zip(inner, block[1:], strict=True)
    ]
    full = sum(each > _NEARLY * width for each in reach)
    by_machine = len(inner) > 1 and min(reach) > width  # no line could have taken one more word
    even = all(40 <= count_columns(line) <= 100 for line in inner) and len(inner) > 1
    broken = any(_goes_on_below(line, below) for line, below in zip(inner, block[1:], strict=True))
    cut = sum(not ENDS_SENTENCE.search(line) for line in inner)
    lower = sum(_runs_on(line, below) for line, below in pairwise(block))
    is_full = even or broken or 5 * full >= 4 * len(inner)
    weight = len(inner) if by_machine else 3 if full == len(inner) else 2
    capitals = (
        by_machine and even and cut == len(inner) and bool(ENDS_SENTENCE.search(block[-1]))
    )  # as German nouns have
    return is_full and 2 * cut + by_machine > len(inner) and (capitals or weight * lower >= len(inner))


def drop_feet(lines: list[str]) -> tuple[list[str], list[str]]:
    """Return the lines without the feet of pages, and these; a paragraph that a foot cut in two is whole again."""
    lines = _without_margin(lines)
    # No foot is longer: a file that has one line may be megabytes of it.
    folded = [" ".join(line.split()) if len(line) < 4 * _LONGEST_FOOT else line for line in lines]
    feet = {n for n, line in enumerate(folded) if len(line) <= 4 * _LONGEST_FOOT and _FOOT.fullmatch(line)}
    feet |= {n for n, line in enumerate(lines) if line == PAGE_END}
    feet |= _running(folded, feet) | _within_sentences(folded)
    kept: list[str] = []
    cut = False
    for number, line in enumerate(lines):
        if number in feet:
            cut = True
            # The blank lines above a foot are the page's and not the text's.
            while kept and not kept[-1].strip():
                kept.pop()
            kept.append("")
        elif cut and line.strip():
            before = kept[-2].rstrip() if len(kept) > 1 else ""
            hyphen = before[-1:] in _HYPHENS
            if before and not ENDS_SENTENCE.search(before) and (hyphen or _runs_on(before, line.strip())):
                kept[-2:] = [before if hyphen else before + _GOES_ON]
            cut = False
            kept.append(line)
        elif not cut:
            kept.append(line)
    return kept, [folded[number] for number in sorted(feet) if folded[number]]


def _without_margin(lines: list[str]) -> list[str]:
    """Return lines without the numbers before each of them, if they count on and sentences go on across them."""
    found = [(_MARGIN.match(line), line) for line in lines if line.strip()]
    counted = [(int(each[1]), line[each.end() :].strip()) for each, line in found if each]
    steps = [number - before for (before, _), (number, _) in pairwise(counted)]
    texts = [text for _, text in counted]
    cut = sum(bool(text) and not ENDS_SENTENCE.search(text) and _goes_on(below) for text, below in pairwise(texts))
    # A title may have none, and each page may count from 1.
    counts_on = all(step == 1 or number == 1 for step, (number, _) in zip(steps, counted[1:], strict=True))
    if len(counted) < max(_FEW, 0.8 * len(found)) or not counts_on or 3 * cut < len(counted):
        return lines
    return [_MARGIN.sub("", line) for line in lines]


def _running(lines: list[str], feet: set[int]) -> set[int]:
    """Return the lines at a page's head or foot: they stand again, but for their figures, and once within a sentence.

    Those that stand beside ``feet``, which are known, need cut no sentence. A number alone on its line is one if it stands within a sentence, or counts on from one that does.
    """
    numbers = {n: int(line) for n, line in enumerate(lines) if len(line) < 4 and line.isascii() and line.isdigit()}
    groups: dict[str, list[int]] = {}
    for n, line in enumerate(lines):
        part_of_text = line[:1].islower() and line.count(" ") > 2  # of a passage that stands twice
        if n not in numbers and 0 < len(line) <= 2 * _LONGEST_FOOT and not (part_of_text or ENDS_SENTENCE.search(line)):
            groups.setdefault(_FIGURES.sub("0", line), []).append(n)
    again = _few_in_a_row({n for group in groups.values() if len(group) > 1 for n in group}, lines)
    again |= {n for n, line in enumerate(lines) if len(line) <= _LONGEST_FOOT and _BESIDE_NUMBER.fullmatch(line)}
    text = [n for n, line in enumerate(lines) if line and n not in again and n not in numbers]
    beside = _beside(lines, feet, groups.values())
    cutting = [group for group in groups.values() if any(n in again and _cuts(lines, text, n) for n in group)]
    running = beside.union(*cutting)
    text = [n for n, line in enumerate(lines) if line and n not in running and n not in numbers]
    last = max((n for n, line in enumerate(lines) if line), default=0)
    cut = {n for n in numbers if _cuts(lines, text, n) or n == last}  # a chapter's number has text below
    pages = {numbers[n] for n in cut}
    # Down the text and up again: pages count on in both directions from one that is known.
    for n in [*numbers, *reversed(numbers)]:
        if pages & {numbers[n] - 1, numbers[n] + 1}:
            cut.add(n)
            pages.add(numbers[n])
    return running | cut


def _beside(lines: list[str], feet: set[int], groups: Iterable[list[int]]) -> set[int]:
    """Return the lines that stand again, but for their figures: each above a foot, beside one if alike, or last with text between."""
    filled = [n for n, line in enumerate(lines) if line or n in feet]
    pairs = set(pairwise(filled))
    above = {one for one, two in pairs if two in feet} | set(filled[-1:])
    both = above | {two for one, two in pairs if one in feet}
    found: set[int] = set()
    for group in groups:
        kinds = len({lines[n] for n in group})
        counts_on = kinds == len(group) and group[-1] == filled[-1] and pairs.isdisjoint(pairwise(group))
        if len(group) > 1 and (counts_on or above.issuperset(group) or (kinds == 1 and both.issuperset(group))):
            found.update(group)
    return found


def _within_sentences(lines: list[str]) -> set[int]:
    """Return the lines between two parts of a sentence that are no text: a page's notes, its number, the next one's head.

    Blank lines, a rule, the page's end or their own look part them from the sentence, though they stand only once.
    """
    parts: list[list[int]] = [[]]
    for n, line in enumerate(lines):
        if not line or line == PAGE_END or _RULE.fullmatch(line):
            parts.append([])
        elif _interrupts(lines, n):
            parts += [[n], []]
        else:
            parts[-1].append(n)
    parts = [part for part in parts if part]
    found: set[int] = set()
    for number, part in enumerate(parts):
        last = lines[part[-1]]
        least = _NARROWEST if len(part) > 1 or last[-1] in _HYPHENS else _LONGEST_FOOT  # a title may stand alone
        if ENDS_SENTENCE.search(last) or len(last) < least:
            continue
        after = number + 1
        while after < min(len(parts), number + _MOST_ASIDES) and _is_aside([lines[n] for n in parts[after]]):
            after += 1
        if number + 1 < after < len(parts) and _runs_on(last, lines[parts[after][0]]):
            found.update(n for n in range(part[-1] + 1, parts[after][0]) if lines[n])
    return found


def _interrupts(lines: list[str], n: int) -> bool:
    """Say whether a line is none of the paragraph around it: a note, or capitals or figures in a line that is too short."""
    line, above, below = lines[n], lines[max(n - _TALLEST_FOOT, 0) : n], lines[n + 1 : n + 1 + _TALLEST_FOOT]
    if _PAGE_NOTE.match(line) and ENDS_SENTENCE.search(line):
        return "".join(below[:1])[:1].islower()
    marked = line.isupper() or _NO_WORD.fullmatch(line) or (any(map(str.isdigit, line)) and not line[0].islower())
    if not marked or len(line) > _LONGEST_FOOT or line[-1] in ".!?:;," or not all(lines[n - 1 : n + 2]):
        return False
    full = min(max(map(count_columns, part), default=0) for part in (above, below))
    return _NEARLY * full > _NARROWEST and count_columns(line) < _NEARLY**2 * full


def _is_aside(part: list[str]) -> bool:
    """Say whether lines are a page's notes, or short as its head and foot are."""
    if _PAGE_NOTE.match(part[0]):
        return True
    begins_within = any(line[0].islower() and not _NO_WORD.fullmatch(line) for line in part)
    is_long = len(part) > _TALLEST_FOOT or max(map(len, part)) > _LONGEST_FOOT
    return not (is_long or begins_within or any(map(ENDS_SENTENCE.search, part)))


def _few_in_a_row(numbers: set[int], lines: list[str]) -> set[int]:
    """Return those line numbers that no more than three follow each other: a longer run is a text that stands twice."""
    runs: list[list[int]] = [[]]
    for n in (n for n, line in enumerate(lines) if line):
        if n in numbers:
            runs[-1].append(n)
        elif runs[-1]:
            runs.append([])
    return {n for run in runs if len(run) <= _TALLEST_FOOT for n in run}


def _cuts(lines: list[str], text: list[int], number: int) -> bool:
    """Say whether a line stands within a sentence; ``text`` are the lines that are surely no head or foot."""
    position = bisect(text, number)
    if not 0 < position < len(text):
        return False
    before, after = lines[text[position - 1]], lines[text[position]]
    return not ENDS_SENTENCE.search(before) and len(before) >= _NARROWEST and _goes_on(after)
