"""A slip: a short text that carries chosen answers into a chat or the instructor's notebook.

``PARLEY1-`` *body* ``-END``. The body is a number written with the 62 letters and figures, since chats turn other signs
into italics, dashes or links: behind a leading one, four bytes of SHA-256 and the deflated compact JSON
``{"p": pseudonym, "c": case, "a": {key: value}}``; slips of the first release name no case. The checksum finds what a chat or a hand has changed; it is no signature.
"""

from __future__ import annotations

import json
import re
import string
import zlib
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any, NamedTuple
from urllib.parse import unquote

from kit.errors import PortfolioError
from kit.learning.document import LEAD_CASE, check_key, plain, tidy_pseudonym
from kit.letters import in_one_form, unescape
from kit.reading.data_files import parse_json

LIMIT = 2_000  # characters: what every chat takes in one message
_MAX_JSON = 60_000
_DIGITS = string.digits + string.ascii_uppercase + string.ascii_lowercase
_WORTH = {digit: number for number, digit in enumerate(_DIGITS)}
_START, _END = "PARLEY1-", "-END"
_GAP = r"[\W_]{0,20}"  # what comes between any two signs: a line's break, quote marks, signs that nobody sees
_DASH = "(?:[-‐-―−]|[=%]2D)"  # a hyphen, and what mail programs and word processors make of one
_MARK = _GAP.join("PARLEY") + rf"{_GAP}(\d{{1,3}})"
_CLOSE = rf"{_DASH}{_GAP}" + _GAP.join("END")
_ANY = re.compile(rf"{_MARK}\s*{_DASH}(.*?)(?:{_CLOSE}|(?={_MARK})|\Z)", re.DOTALL | re.IGNORECASE)
_IGNORED = re.compile("[^0-9A-Za-z]+")  # bullets and hyphens at line ends, too: the checksum tells if that was wrong
# What is left of mail and web pages: quoted-printable, told by how it breaks lines, tags, and "\\n" in a JSON file.
_IS_MAIL, _MAIL_BREAK = re.compile(r"=(?:[0-9A-F]{2})?[ \t]*\r?\n"), re.compile(r"=[ \t]*\r?\n")
_MAIL_CODES = re.compile(r"(?:=[0-9A-F]{2})+")
_MARKUP = re.compile(r"</?(?!parley)[a-z][^<>]{0,500}>|\\[nrt]", re.IGNORECASE)
_BREAKS = ("<br", "</p", "</div", "</li", "</td", "\\")


class Slip(NamedTuple):
    """A slip's text, the keys it carries, and those that did not fit."""

    text: str
    carried: list[str]
    left_out: list[str]


class Handed(NamedTuple):
    """What a slip that was handed in holds."""

    pseudonym: str
    answers: dict[str, Any]
    case: str = LEAD_CASE


def make_slip(answers: Mapping[str, Any], pseudonym: str = "", case: str = LEAD_CASE) -> Slip:
    """Return a slip with as many of the answers as fit below `LIMIT`, taken in their order.

    Parameters
    ----------
    answers : dict
        Values by key, such as ``portfolio(case).entries("01/")``.
    pseudonym : str
        The learner's name in class.
    case : str
        The name of the case that they answer.
    """
    name = tidy_pseudonym(pseudonym)
    carried: dict[str, Any] = {}
    left_out = []
    for key, value in answers.items():
        if len(_written(name, case, {**carried, key: value})) < LIMIT:
            carried[key] = value
        else:
            left_out.append(key)
    return Slip(_written(name, case, carried), list(carried), left_out)


def _written(pseudonym: str, case: str, answers: dict[str, Any]) -> str:
    body = json.dumps({"p": pseudonym, "c": case, "a": answers}, ensure_ascii=False, separators=(",", ":"))
    packed = zlib.compress(body.encode(), 9)
    return _START + _to_text(sha256(packed).digest()[:4] + packed) + _END


def _to_text(data: bytes) -> str:
    number = int.from_bytes(b"\x01" + data, "big")  # else a zero at the beginning would be lost in a number
    digits = []
    while number:
        number, rest = divmod(number, 62)
        digits.append(_DIGITS[rest])
    return "".join(reversed(digits))


def _from_text(text: str) -> bytes:
    number = 0
    for digit in text:
        number = number * 62 + _WORTH[digit]
    return number.to_bytes((number.bit_length() + 7) // 8, "big")[1:]


def read_slips(text: str) -> tuple[list[Handed], list[str]]:
    """Return all slips in a text, such as a chat, a mail or a web page, and what is wrong with those that cannot be read."""
    slips, problems = [], []
    for number, found in enumerate(_ANY.finditer(as_typed(text)), 1):
        try:
            slips.append(_read(found))
        except PortfolioError as problem:
            problems.append(f"Slip {number}: {problem}")
    return slips, problems


def as_typed(text: str) -> str:
    """Return a text as somebody would have typed it, whatever programs made of it on its way."""
    if _IS_MAIL.search(text):
        text = _MAIL_CODES.sub(lambda codes: unquote(codes[0].replace("=", "%")), _MAIL_BREAK.sub("", text))
    text = _MARKUP.sub(lambda tag: " " * tag[0].lower().startswith(_BREAKS), unescape(text))
    return in_one_form(text.replace("´", "'"), "NFKC")  # which would become a space and an accent


def _read(found: re.Match[str]) -> Handed:
    if found[1] != "1":
        msg = "a later version of the kit wrote this slip"
        raise PortfolioError(msg, remedy="Update the kit.")
    if not re.search(rf"{_CLOSE}\Z", found[0], re.IGNORECASE):
        msg = "the end of the slip is missing"
        raise PortfolioError(msg, remedy=f"Copy all of it, to its {_END}.")
    return _unpacked(_IGNORED.sub("", found[2]))


def _unpacked(body: str) -> Handed:
    changed = PortfolioError("the slip was changed on its way", remedy="Copy it once more, or ask for it again.")
    if not body or len(body) > LIMIT:
        raise changed
    if len(body) > 40 and (body.islower() or body.isupper()):  # chance makes no such body
        msg = f"all letters of the slip became {'small' if body.islower() else 'capital'} ones, and it needs both"
        raise PortfolioError(msg, remedy="Ask for it again, pasted and not typed, or for the file.")
    data = _from_text(body)
    mark, packed = data[:4], data[4:]
    if sha256(packed).digest()[:4] != mark:
        raise changed
    try:
        # With a limit: two thousand characters can unpack to gigabytes.
        text = zlib.decompressobj().decompress(packed, _MAX_JSON)
        content = parse_json(text)
        answers = {check_key(key): plain(value) for key, value in content["a"].items()}
        return Handed(tidy_pseudonym(content.get("p", "")), answers, str(content.get("c", LEAD_CASE))[:100])
    except (zlib.error, ValueError, KeyError, TypeError, AttributeError, RecursionError, PortfolioError):
        msg = "the slip holds something that is not of this kit"
        raise PortfolioError(msg, remedy="Ask for a slip made by the kit.") from None


def wrap_slip(text: str, width: int = 64) -> str:
    """Return a slip broken into lines, which read the same."""
    return "\n".join(text[start : start + width] for start in range(0, len(text), width))


def in_brief(answers: Mapping[str, Any], prefixes: Iterable[str]) -> dict[str, Any]:
    """Return the answers whose key begins with one of the prefixes, in the order of the prefixes."""
    return {key: value for prefix in prefixes for key, value in answers.items() if key.startswith(prefix)}
