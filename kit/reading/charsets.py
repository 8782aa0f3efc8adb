"""What encoding a file is in: as told, as it says itself, or as it looks."""

from __future__ import annotations

import codecs
import re
import string
from collections import Counter
from contextlib import suppress
from pathlib import Path

from kit.errors import ArticleError
from kit.letters import in_one_form

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LOOK_AT = 2**20  # bytes in which a page says what it is in: style sheets may come before
_TAG = re.compile(rb"<(?:meta|\?xml)\b[^<>]{0,500}", re.IGNORECASE)
# What stands in these declares nothing.
_ASIDE = re.compile(rb"<!--.*?(?:-->|\Z)|<script\b.*?(?:</script|\Z)", re.IGNORECASE | re.DOTALL)
_NAMED = re.compile(rb"\s(?:name|property|itemprop)\s{0,9}=", re.IGNORECASE)
_DECLARED = re.compile(rb"""\b(?:charset|encoding)\s{0,9}=\s{0,9}["']?\s{0,9}([\w.:-]{2,40})""", re.IGNORECASE)
# Browsers read these names more widely than Python does (https://encoding.spec.whatwg.org/#names-and-labels).
_AS_BROWSERS_DO = {
    "ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874", "tis-620": "cp874",
    "shift_jis": "cp932", "gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs", "euc_kr": "cp949",
    "utf-16": "utf-8", "utf-16-le": "utf-8", "utf-16-be": "utf-8", "utf-7": "utf-8",
}  # fmt: skip
_UNKNOWN_TO_PYTHON = {
    "x-sjis": "cp932", "x-gbk": "gb18030", "x-euc-jp": "euc_jp", "x-x-big5": "big5hkscs", "windows-874": "cp874",
    "ks_c_5601-1987": "cp949", "x-mac-cyrillic": "mac_cyrillic", "macintosh": "mac_roman", "x-cp1250": "cp1250",
    "x-cp1251": "cp1251", "x-cp1252": "cp1252", "iso-8859-8-i": "iso8859-8", "windows-31j": "cp932", "koi": "koi8-r",
    "x-user-defined": "cp1252", "unicode": "utf-8",
}  # fmt: skip
# What texts are in that don't say so. Where letters beyond ASCII are few, it is one of the Latin ones.
_LATIN = [
    "cp1252", "cp1250", "iso8859_2", "cp1254", "cp1257", "iso8859_15", "mac_roman", "cp850", "cp852", "mac_latin2",
]  # fmt: skip
_OTHERS = [
    "cp1251", "cp1253", "cp1255", "cp1256", "koi8_r", "koi8_u", "iso8859_5", "iso8859_6", "iso8859_7", "iso8859_8", "cp866",
    "cp1125", "cp932", "euc_jp", "gb18030", "big5hkscs", "cp949", "cp874", "mac_cyrillic", "utf_16_le", "utf_16_be",
]  # fmt: skip
# The detector can't tell the Latin ones apart by a short text, but the letters of one language can.
_ALPHABETS = [
    "àâçéèêëîïôœùûüÿ", "äöüß", "áéíóúñü¿¡ªº", "àáâãçéêíóôõúü", "àèéìíîòóùú", "àçèéíïòóúü", "åæøéöäü", "áéíóúýðþæö",
    "áéíóöőúüű", "ąćęłńóśźż", "áäčďéěíĺľňóôŕřšťúůýž", "ăâîşţ", "čćđšž", "çğıöşüâîû\u0307", "ąčęėįšųūž", "āčēģīķļņšūž",
    "äõöüšž",
]  # fmt: skip
_IN_NAMES = frozenset("éüöáóíñäãõçèàåøæêôâëùúìòßšž")
_VIETNAMESE = frozenset("àáâãèéêìíòóôõùúýăđĩũơư" + "".join(map(chr, range(0x1EA1, 0x1EFA, 2))))
_LETTERS = frozenset(string.ascii_letters.encode())
_MARKS = "“”„‚’‘«»‹›–—…•·°§€£¥½¼¾©®™±²³×÷†‡\u00a0"
# These are ASCII to the eye, and their escapes stand in no other text.
_ESCAPED = ((b"\x1b$)C", "iso2022_kr"), (b"\x1b$", "iso2022_jp_2"), (b"~{", "hz"))
# Marks within a word, and signs before a letter, are letters of another encoding.
_MISPLACED = re.compile(
    r"(?<=[^\W\d_])[“”„‚‘«»‹›•°§€£¥½¼¾©®™±²³×÷†‡](?=[^\W\d_])|[©®¼½¾†‡](?=[a-z])|(?<=[^\W\d_])[„‚](?!\w)"
)
_FOREIGN = re.compile(rb"[\xc0-\xff]{4,}")  # a word of accents alone is one of another script
_CP1252 = bytes(range(256)).decode("cp1252", "replace")  # which leaves five bytes without a sign
_AS_BYTES = {ord(sign): byte for byte, sign in enumerate(_CP1252) if sign != "\ufffd"}
_TELLING = 64 * 2**10  # bytes of its lines beyond ASCII that tell a Latin text's language
_CHANCE = 6  # so many characters in a row that are sound UTF-8 are no chance


def decode(data: bytes, encoding: str | None, path: Path, *, markup: bool) -> tuple[str, str]:
    """Return a file's text and a note on the encoding that it was read in; lines that were encoded twice are put right."""
    text, note = _decode(data, encoding, path, markup=markup)
    right = "\n".join(_decode_again(line) for line in text.split("\n"))
    # One sign may be chance: "CAFÉ”".
    return (right, f"{note}, encoded twice and put right") if len(right) < len(text) - 1 else (text, note)


def _decode_again(line: str) -> str:
    """Return a line, as it was if its UTF-8 was taken for Windows-1252 and encoded once more ("cafÃ©")."""
    with suppress(UnicodeError):
        return line.translate(_AS_BYTES).encode("latin-1").decode("utf-8")
    return line


def _decode(data: bytes, encoding: str | None, path: Path, *, markup: bool) -> tuple[str, str]:
    """Return a file's text as its encoding gives it, and a note on that.

    The encoding told comes first, then a byte order mark, then what a page declares (``markup``), then UTF-8. Anything
    else is guessed, and the note says so.

    Raises
    ------
    ArticleError
        If the encoding told is none, or the file is not in it.
    """
    if encoding is not None:
        return _decode_as(data, encoding, path), f"{encoding}, as told"
    for mark, name in _BOMS:
        if data.startswith(mark):
            return _decode_as(data, name, path), f"{name.removesuffix('-sig')}, by its byte order mark"
    declared = _declared(data) if markup else None
    if declared and declared[1] != "utf-8":
        if _is_surely_utf8(data, least=1 if declared[1] == "cp1252" else _CHANCE):
            return data.decode("utf-8"), f"utf-8, though the page says {declared[0]}"
        return data.decode(declared[1], "replace"), f"{declared[0]}, as the page says"
    hidden = _hidden_in_ascii(data)
    if hidden:
        return data.decode(hidden), f"{hidden}, by its {'NUL bytes' if hidden.startswith('utf') else 'escapes'}"
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return _decode_unknown(data)


def _declared(data: bytes) -> tuple[str, str] | None:
    """Return the charset that a page declares, as it says and as Python calls it."""
    for tag in _TAG.finditer(_ASIDE.sub(b" ", data[:_LOOK_AT])):
        found = _DECLARED.search(tag.group())
        if found and not _NAMED.search(tag.group()):  # a description may speak of a charset
            label = found.group(1).decode("ascii", "replace").lower()
            with suppress(LookupError):
                name = codecs.lookup(_UNKNOWN_TO_PYTHON.get(label, label)).name
                return label, _AS_BROWSERS_DO.get(name, name)
    return None


def _is_surely_utf8(data: bytes, least: int) -> bool:
    """Say whether a page was saved as UTF-8 by a program that left its declaration as it was."""
    with suppress(UnicodeDecodeError):
        return sum(character > "\x7f" for character in data.decode("utf-8")) >= least
    return False


def _decode_as(data: bytes, encoding: str, path: Path) -> str:
    try:
        return data.decode(encoding)
    except LookupError as error:
        what = f"'{encoding}' is not an encoding that Python knows"
        raise ArticleError(what, where=path, remedy="Try utf-8, utf-16, cp1252 or cp1251.") from error
    except UnicodeError as error:
        what = f"the file is not in {encoding} ({error})"
        raise ArticleError(what, where=path, remedy="Save it as UTF-8, or name its encoding with encoding=.") from error


def _decode_unknown(data: bytes) -> tuple[str, str]:
    damaged = data.decode("utf-8", errors="replace")
    lost = damaged.count("\ufffd")
    sound = sum(character > "\x7f" for character in damaged) - lost
    # In another encoding hardly any letter beyond ASCII would pass for UTF-8.
    if sound > 3 * lost:
        return damaged, f"utf-8, damaged: {lost} unreadable, shown as \ufffd"
    name = _guess(data)
    note = f"not utf-8: read as {name}, which is a guess; if letters look wrong, name the encoding with encoding="
    return data.decode(name, "replace"), note


def _hidden_in_ascii(data: bytes) -> str | None:
    """Return the encoding of a text that would pass for ASCII but for its escapes or NUL bytes, or None."""
    names = [name for escape, name in _ESCAPED if escape in data] if data.isascii() else []
    if b"\0" in data:
        spaces = {name: len(re.findall("[ \n]", data.decode(name, "replace"))) for name in ("utf-16-le", "utf-16-be")}
        names = [name for name in spaces if spaces[name] and spaces[name] == max(spaces.values())]
    for name in names:
        with suppress(UnicodeDecodeError):
            if "\0" not in data.decode(name):
                return name
    return None


def _guess(data: bytes) -> str:
    """Return the encoding that a text looks like; Windows-1252 where nothing tells, or the detector is missing."""
    if _is_vietnamese(in_one_form(data.decode("cp1258", "replace"))):
        return "cp1258"
    beyond = sum(byte > 0x7F for byte in data)
    letters = sum(byte in _LETTERS for byte in data)
    foreign = b" ".join(_FOREIGN.findall(data))
    if 2 * beyond < letters and 2 * len(foreign) < beyond:
        telling = b"\n".join(line for line in data.splitlines() if not line.isascii())[:_TELLING]
        read = {name: telling.decode(name, "replace") for name in _LATIN}
        usual = {name: _usual(text) for name, text in read.items()}
        if usual["cp1252"] == max(usual.values()):
            return "cp1252"
        # One name alone tells no language: then letters that names in the news have rather than others.
        return max(read, key=lambda name: (usual[name], sum(each in _IN_NAMES for each in read[name].lower())))
    try:
        from charset_normalizer import from_bytes
    except ImportError:  # in a browser
        return "cp1252"
    for name in ("cp932", "euc_jp"):
        if _has_kana(data, name):
            return name
    found = from_bytes(foreign if 2 * beyond < letters else data, cp_isolation=_OTHERS, threshold=1)
    # Nobody writes a whole text in capitals, but Hebrew looks so if read as Russian.
    best = next((each for each in found if not re.sub("[\x00-\x7f]", "", str(each)).isupper()), found.best())
    return "cp1252" if best is None else best.encoding


def _usual(text: str) -> int:
    """Return how many more characters beyond ASCII are marks and letters of one language than are not.

    A capital within a word counts against it too ("weÕre", "SÆo"), and so does a mark there: so looks another encoding.
    """
    counts = Counter(each for each in text.lower() if each > "\x7f")
    odd = sum(
        two > "\x7f" and two.isupper() and (one.islower() or (one.isalpha() and three.islower()))
        for one, two, three in zip(text, text[1:], text[2:] + " ", strict=False)
    )
    odd += len(_MISPLACED.findall(text)) + (text.count("”") % 2 > text.count("“") + text.count("„"))
    known = max(sum(counts[each] for each in alphabet) for alphabet in _ALPHABETS)
    return 2 * (known + sum(counts[each] for each in _MARKS)) - counts.total() - 2 * odd


def _is_vietnamese(text: str) -> bool:
    """Say whether every letter beyond ASCII is one of Vietnamese, and some are letters that no other language has."""
    letters = {each for each in text.lower() if each > "\x7f" and each not in _MARKS}
    return letters <= _VIETNAMESE and sum(each >= "\u1ea0" for each in letters) > 3


def _has_kana(data: bytes, name: str) -> bool:
    """Say whether a text, if read as one of the Japanese encodings, has the letters that only Japanese has."""
    with suppress(UnicodeDecodeError):
        text = data.decode(name)
        kana = sum("\u3041" <= character <= "\u30ff" for character in text)
        return 8 * kana > sum(character > "\x7f" for character in text)
    return False
