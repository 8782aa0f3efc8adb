"""The portfolio's file as a value: its format, its limits, and how two of them become one.

A document holds a pseudonym and *entries*. An entry is a key such as ``ukraine/01/write`` (the case, then what was
answered in it) with its versions, newest first: the first is the answer as it stands, the others are what was there
before. Each notebook session has a random name, its *writer*: typing on in one session replaces its own last version,
while what another session wrote is kept as an earlier one. Nothing here touches a disk.

On disk (JSON, indented, keys sorted)::

    {"schema": 2, "kit": "0.2.0", "pseudonym": "heron",
     "entries": {"ukraine/01/write": {"value": "...", "saved": "2026-11-21T09:30:00.000001Z", "writer": "5f0c…",
                                      "earlier": [{"value": "...", "saved": "...", "writer": "..."}]}}}

Schema 1, of the first release, did not name the case: all its answers belong to the lead case.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from itertools import takewhile
from typing import Any, NamedTuple

from kit.errors import PortfolioError
from kit.letters import in_one_form
from kit.reading.data_files import parse_json

SCHEMA = 2
LEAD_CASE = "ukraine"  # whose answers a file or a slip holds that names no case
MAX_BYTES = 10_000_000  # a year of essays stays far below; a file above it is not a portfolio
MAX_VALUE = 100_000  # characters of one answer as JSON
MAX_DEPTH = 16  # no answer is half as deep; without an end, a foreign file would exhaust Python's stack
MAX_KEYS = 5_000  # a whole course leaves a few hundred in each case
MAX_PSEUDONYM = 60
HISTORY = 20  # versions of an answer: more than anybody looks through
_SHORT = 40  # characters that nobody asks back for
PAUSE = timedelta(minutes=10)  # who writes on after so long may want the text back as it was before
# A clock before or after these years is wrong. Stamps outside them are not believed: the answer is kept as the oldest.
EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
LATEST = datetime(2199, 1, 1, tzinfo=UTC)
_NAME = r"[\w][\w .:+-]{0,99}"
_KEY = re.compile(rf"{_NAME}(/{_NAME}){{0,6}}")
_EXACT = 2**53  # whole numbers above it do not survive other JSON readers


class Version(NamedTuple):
    """One value under a key, with when (ISO 8601, UTC, microseconds) and by which session it was written."""

    saved: str
    writer: str
    value: Any


@dataclass(frozen=True)
class Document:
    """A portfolio's content: a pseudonym and, by key, the versions of an answer, newest first.

    ``left_out`` counts the versions in a file that could not be read.
    """

    pseudonym: str = ""
    entries: Mapping[str, tuple[Version, ...]] = field(default_factory=dict)
    left_out: int = field(default=0, compare=False)


class LeaveAloneError(PortfolioError):
    """A file that must stay as it is, though it cannot be used: a later kit wrote it, or it is a link."""


def check_key(key: str) -> str:
    """Return the key if it is one: up to seven short names with slashes between them.

    Raises
    ------
    PortfolioError
        If it is not.
    """
    if isinstance(key, str) and len(key) <= 300 and _KEY.fullmatch(key):
        return key
    shown = repr(key)[:60]
    msg = f"{shown} is not a key of a portfolio"
    raise PortfolioError(msg, remedy='A key reads like "01/ripeness/way-out".')


def case_key(case: str, key: str = "") -> str:
    """Return the key of an answer in a case; without a key, what the keys of all answers in that case begin with."""
    return f"{fit_name(case)}/{key}"


def fit_name(name: str) -> str:
    """Return the name of a case or an article as a part of a key; a folder or a file may bear any name."""
    if re.fullmatch(_NAME, name):
        return name
    # What a key cannot hold is replaced, and a few figures tell two such names apart.
    tame = re.sub(r"[^\w .:+-]", "-", name)[:80]
    return f"case {tame} {sha256(name.encode('utf-8', 'replace')).hexdigest()[:6]}"


def plain(value: Any) -> Any:
    """Return a value as JSON has it, in a copy of its own.

    Sets become sorted lists, dates ISO text, numpy's and pandas' values Python's own, and a number that is none null.

    Raises
    ------
    PortfolioError
        If it is too large, too deep, or holds what JSON cannot.
    """
    made = _plain(value, 0)
    # Measured as it will be written: a short list may hold long texts.
    if (size := len(json.dumps(made, ensure_ascii=False))) > MAX_VALUE:
        msg = f"this answer is too long to keep ({size:,} characters; {MAX_VALUE:,} fit)"
        raise PortfolioError(msg, remedy="Shorten it, or keep it in a file of its own.")
    return made


def _plain(value: Any, depth: int) -> Any:
    if depth > MAX_DEPTH:
        msg = f"this answer is nested more than {MAX_DEPTH} levels deep"
        raise PortfolioError(msg)
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, dict | Mapping):  # the test for dict alone is ten times as fast, and nearly always enough
        return {_text(str(name)): _plain(part, depth + 1) for name, part in value.items()}
    if isinstance(value, set | frozenset):
        return sorted((_plain(part, depth + 1) for part in value), key=str)
    if isinstance(value, list | tuple):
        return [_plain(part, depth + 1) for part in value]
    return _scalar(value, depth)


def _scalar(value: Any, depth: int) -> Any:
    if value is None or isinstance(value, bool):
        return value
    # Made anew, since a subclass (an enum, numpy's float) would come back from the file as something else.
    if isinstance(value, int) and abs(value) <= _EXACT:
        return int(value)
    if isinstance(value, float):
        return float(value) if math.isfinite(value) else None
    if isinstance(value, date):
        return value.isoformat()
    if callable(getattr(value, "tolist", None)):
        return _plain(value.tolist(), depth + 1)
    msg = f"this answer holds something that cannot be kept ({type(value).__name__})"
    raise PortfolioError(msg)


def _text(text: str) -> str:
    """Replace what UTF-8 cannot hold (halves of a pair that a browser cut in two)."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


def stamp(moment: datetime) -> str:
    """Return a moment as the file writes it: UTC, microseconds, so that text order is time order."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def moment(saved: str) -> datetime:
    """Return the moment that a stamp names."""
    return datetime.fromisoformat(saved)


def put(document: Document, key: str, value: Any, *, writer: str, now: datetime, keep: bool = False) -> Document:
    """Return the document with a value that this session writes now.

    It is later than all that the session has seen, whatever the clock says. It replaces only what the session itself
    wrote last, and not even that if it is worth keeping (see `_replaced`) or `keep` asks for it. What is not replaced
    stands behind it, up to ``HISTORY`` versions.
    """
    seen = document.entries.get(key, ())
    now = min(max(now, EARLIEST), LATEST)
    if seen:
        now = max(now, moment(seen[0].saved) + timedelta(microseconds=1))
    kept = seen if keep else seen[_replaced(seen, value, writer, now) :]
    made = _ordered([Version(stamp(now), writer, value), *kept])[:HISTORY]
    return replace(document, entries={**document.entries, key: made})


def _replaced(seen: tuple[Version, ...], value: Any, writer: str, now: datetime) -> int:
    """Return how many of the latest versions give way to what a session writes now.

    A text is saved at each key. One that is deleted letter by letter stays behind what is left of it, until most of it
    stands there again.
    """
    if not seen or seen[0].writer != writer or _is_worth_keeping(seen[0], value, now):
        return 0
    last, before = seen[0].value, seen[1] if len(seen) > 1 else None
    if isinstance(last, str) and isinstance(value, str) and len(value) < len(last):
        return int(len(last) <= _SHORT or (before is not None and _stands_in(last, before.value)))
    recent = before is not None and before.writer == writer and now - moment(before.saved) <= PAUSE
    return 2 if before and recent and len(_canonical(before.value)) > _SHORT and _stands_in(before.value, value) else 1


def _is_worth_keeping(last: Version, value: Any, now: datetime) -> bool:
    """Return whether a learner may want the last version back: much of a text is gone, or it has stood for a while."""
    before, after = len(_canonical(last.value)), len(_canonical(value))
    gone = not _stands_in(last.value, value) if isinstance(last.value, str) else after < before / 2
    return before > _SHORT and (gone or now - moment(last.saved) > PAUSE)


def _stands_in(text: Any, other: Any) -> bool:
    """Return whether another text begins and ends as this one, all but a quarter of it or a few words."""
    if not (isinstance(text, str) and isinstance(other, str)):
        return False
    begin = _begins_alike(text, other)
    end = _begins_alike(text[begin:][::-1], other[begin:][::-1])
    return len(text) - begin - end <= max(_SHORT, len(text) // 4)


def _begins_alike(one: str, other: str) -> int:
    """Return how many characters both begin with."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def merge(one: Document, other: Document) -> Document:
    """Return both documents as one: by key the latest value stands, every other value is kept behind it.

    The order of the two does not matter, save for the pseudonym, where the first one's stands.
    """
    keys = {**one.entries, **other.entries}
    entries = {key: _ordered([*one.entries.get(key, ()), *other.entries.get(key, ())]) for key in keys}
    return Document(one.pseudonym or other.pseudonym, entries)


def reconcile(mine: Document, disk: Document, *, writer: str, unsaved: Iterable[str]) -> Document:
    """Return what a session shall write: its own document with what others have put on disk since.

    Of its own versions the session knows best which it replaced, so those on disk are not taken again. A key that
    the session has nothing new on is taken from disk, unless the disk has gone back in time (an older copy).
    """
    changed = set(unsaved)
    entries = dict(mine.entries)
    for key, found in disk.entries.items():
        known = mine.entries.get(key, ())
        if not known or (key not in changed and _rank(found[0]) >= _rank(known[0])):
            entries[key] = found
        else:
            entries[key] = _ordered([*known, *(one for one in found if one.writer != writer)])
    return Document(mine.pseudonym if "" in changed else disk.pseudonym or mine.pseudonym, entries)


def _ordered(versions: Iterable[Version]) -> tuple[Version, ...]:
    """Return the versions newest first; of equal values only the newest."""
    found = tuple(versions)
    if len(found) == 1:  # nearly every answer: no need to write it as JSON to compare it with nothing
        return found
    kept: dict[str, Version] = {}
    for one in sorted(found, key=_rank, reverse=True):
        kept.setdefault(_canonical(one.value), one)
    return tuple(kept.values())


def _rank(one: Version) -> tuple[str, str, str]:
    return one.saved, one.writer, _canonical(one.value)


def same(one: Any, other: Any) -> bool:
    """Return whether two plain values are one in the file (1, 1.0 and true are three)."""
    return _canonical(one) == _canonical(other)


def _canonical(value: Any) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False)


def dump(document: Document) -> bytes:
    """Return the file's bytes.

    Raises
    ------
    PortfolioError
        If they would be more than the kit reads back.
    """
    body = {
        "schema": SCHEMA,
        "kit": _kit_version(),
        "pseudonym": document.pseudonym,
        "entries": {key: _entry(versions) for key, versions in document.entries.items()},
    }
    # Indented and in order, so that two copies of the file can be compared line by line.
    data = (json.dumps(body, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()
    if len(data) > MAX_BYTES or len(document.entries) > MAX_KEYS:
        msg = "the portfolio is full"
        raise PortfolioError(msg, remedy="Download it, keep it safe, and go on with a fresh one.")
    return data


@cache
def _kit_version() -> str:
    try:
        return version("parley-kit")
    except PackageNotFoundError:
        return "unknown"


def _entry(versions: tuple[Version, ...]) -> dict[str, Any]:
    current, *earlier = (one._asdict() for one in versions)
    return {**current, "earlier": earlier}


def parse(data: bytes | str, *, where: str | None = None) -> Document:
    """Return the document that a file holds.

    Raises
    ------
    PortfolioError
        If it is too large, broken, foreign, or written by a later kit; says which.
    """
    if len(data) > MAX_BYTES:
        msg = f"it is larger than {MAX_BYTES // 1_000_000} MB, too large for a portfolio"
        raise PortfolioError(msg, where=where, remedy="Choose the file that Download gave you.")
    if data[:4] in (b"PK\x03\x04", "PK\x03\x04"):
        msg = "it is a zip"
        raise PortfolioError(msg, where=where, remedy="Unpack it, and choose the file in it that Download gave you.")
    text, left_out = _decoded(data)
    try:
        # NaN and Infinity are no JSON, but Python and some editors write them.
        body = parse_json(text, parse_constant=lambda _: None, parse_int=_whole_number)
    except (RecursionError, ValueError) as problem:
        deep = isinstance(problem, RecursionError)
        msg = f"it is broken: {'its answers are nested too deep' if deep else 'it cannot be read as JSON'}"
        raise PortfolioError(msg, where=where, remedy="Take an earlier download or the backup beside it.") from None
    if isinstance(body, dict) and body.get("schema") in ("1", "2"):  # a program that saves all as text
        body["schema"] = int(body["schema"])
    _check_kind(body, where)
    if len(body["entries"]) > MAX_KEYS:
        msg = f"it holds more than {MAX_KEYS:,} answers"
        raise PortfolioError(msg, where=where)
    entries = {}
    for name, entry in body["entries"].items():
        key = case_key(LEAD_CASE, name) if body["schema"] == 1 else name
        versions, bad = _versions(key, entry)
        left_out += bad
        if versions:
            entries[key] = versions
    return Document(tidy_pseudonym(body.get("pseudonym", "")), entries, left_out)


def _decoded(data: bytes | str) -> tuple[str, int]:
    """Return a file's text, and 1 if letters in it cannot be read, as where an editor saved it in a charset of its own."""
    if isinstance(data, str):
        return data, 0
    bare = data.rstrip(b"\0")  # a power cut can leave NUL bytes behind the end
    whole = data if b"\0" in bare else bare  # there, they are letters' halves
    try:
        return whole.decode(json.detect_encoding(whole), "surrogatepass"), 0
    except UnicodeDecodeError:
        text = whole.decode("utf-8", "replace")
        return (whole.decode("cp1252", "replace") if text.replace("\ufffd", "").isascii() else text), 1


def _whole_number(digits: str) -> float | None:
    """Return a number; a very long one, which Python refuses to read, is taken for none."""
    return int(digits) if len(digits) < 20 else None


def _check_kind(body: Any, where: str | None) -> None:
    schema = body.get("schema") if isinstance(body, dict) else None
    if isinstance(schema, str) or (isinstance(schema, int | float) and schema > SCHEMA):
        shown = re.sub(r"[^0-9.]", "", str(schema))[:9]  # no words of a foreign file on a page that hides names
        msg = f"it was written by a later version of the kit (schema {shown}; this kit reads {SCHEMA})"
        raise LeaveAloneError(msg, where=where, remedy="Update the kit, then restore it.")
    if schema not in (1, SCHEMA) or isinstance(schema, bool) or not isinstance(body.get("entries"), dict):
        msg = "it is not a portfolio of this kit"
        raise PortfolioError(msg, where=where, remedy="Choose the file that Download gave you.")


def _versions(key: str, entry: Any) -> tuple[tuple[Version, ...], int]:
    """Return the versions of an entry that can be read, newest first, and how many cannot: one never costs the others."""
    earlier = entry.get("earlier") if isinstance(entry, dict) else None
    found, bad = [], 0
    for part in (entry, *(earlier if isinstance(earlier, list) else ())):
        try:
            check_key(key)
            found.append(_version(part))
        except (AttributeError, KeyError, TypeError, ValueError, PortfolioError):
            bad += 1
    return _ordered(found)[:HISTORY], bad


def _version(part: Mapping[str, Any]) -> Version:
    return Version(_believed(part.get("saved")), _text(str(part.get("writer", "")))[:64], plain(part["value"]))


def _believed(saved: Any) -> str:
    """Return a stamp as this kit writes it; one that cannot be true becomes the earliest, so that it outranks nothing."""
    try:
        when = moment(saved)
        # A year's room above the latest stamp, since what is written after a stamp is later by a little.
        true = when.tzinfo is not None and EARLIEST <= when < LATEST + timedelta(days=365)
    except (TypeError, ValueError, OverflowError):
        true = False
    return stamp(when if true else EARLIEST)


def tidy_pseudonym(name: Any) -> str:
    """Return a pseudonym on one line, cut to a length that fits a chart's label; the same from every keyboard."""
    return " ".join(in_one_form(_text(str(name or "")), "NFKC").split())[:MAX_PSEUDONYM].strip()
