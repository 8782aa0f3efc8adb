"""The portfolio's file as a value: its format, its limits, and how two of them become one.

A document holds a pseudonym and *entries*. An entry is a key such as ``01/write`` with its versions, newest first:
the first is the answer as it stands, the others are what other sessions wrote under the same key. Sessions are told
apart by a random *writer*, so that typing on in one session replaces its own last version, while what another
session wrote is kept as an earlier one. Nothing here touches a disk.

On disk (JSON, indented, keys sorted)::

    {"schema": 1, "kit": "0.1.0", "pseudonym": "heron",
     "entries": {"01/write": {"value": "...", "saved": "2026-11-21T09:30:00.000001Z", "writer": "5f0c…",
                              "earlier": [{"value": "...", "saved": "...", "writer": "..."}]}}}
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import Any, NamedTuple

from kit.errors import PortfolioError
from kit.files import parse_json

SCHEMA = 1
MAX_BYTES = 10_000_000  # a year of essays stays far below; a file above it is not a portfolio
MAX_VALUE = 100_000  # characters of one answer as JSON
MAX_DEPTH = 16
MAX_KEYS = 5_000
MAX_PSEUDONYM = 60
HISTORY = 20
_KEY = re.compile(r"[\w][\w .:+-]{0,99}(/[\w][\w .:+-]{0,99}){0,5}")
_EXACT = 2**53  # whole numbers above it do not survive other JSON readers


class Version(NamedTuple):
    """One value under a key, with when (ISO 8601, UTC, microseconds) and by which session it was written."""

    saved: str
    writer: str
    value: Any


@dataclass(frozen=True)
class Document:
    """A portfolio's content: a pseudonym and, by key, the versions of an answer, newest first."""

    pseudonym: str = ""
    entries: Mapping[str, tuple[Version, ...]] = field(default_factory=dict)


def check_key(key: str) -> str:
    """Return the key if it is one: up to six short names with slashes between them.

    Raises
    ------
    PortfolioError
        If it is not.
    """
    if isinstance(key, str) and len(key) <= 200 and _KEY.fullmatch(key):
        return key
    shown = repr(key)[:60]
    msg = f"{shown} is not a key of a portfolio"
    raise PortfolioError(msg, remedy='A key reads like "01/ripeness/way-out".')


def plain(value: Any) -> Any:
    """Return a value as JSON has it, in a copy of its own.

    Sets become sorted lists, dates ISO text, numpy's and pandas' values Python's own, and a number that is none null.

    Raises
    ------
    PortfolioError
        If it is too large, too deep, or holds what JSON cannot.
    """
    made = _plain(value, 0)
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


def put(document: Document, key: str, value: Any, *, writer: str, now: datetime) -> Document:
    """Return the document with a value that this session writes now.

    It is later than all that the session has seen, whatever the clock says, and replaces only the session's own
    last version; what others wrote stands behind it, up to ``HISTORY`` versions.
    """
    seen = document.entries.get(key, ())
    if seen:
        now = max(now, moment(seen[0].saved) + timedelta(microseconds=1))
    others = seen[1:] if seen and seen[0].writer == writer else seen
    made = _ordered([Version(stamp(now), writer, value), *others])[:HISTORY]
    return replace(document, entries={**document.entries, key: made})


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
    if len(found) == 1:
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
    try:
        body = parse_json(data, parse_constant=_no_constant)
    except RecursionError:
        msg = "it is broken: its answers are nested too deep"
        raise PortfolioError(msg, where=where, remedy="Take an earlier download or the backup beside it.") from None
    except ValueError:
        msg = "it is broken: it cannot be read as JSON"
        raise PortfolioError(msg, where=where, remedy="Take an earlier download or the backup beside it.") from None
    _check_kind(body, where)
    if len(body["entries"]) > MAX_KEYS:
        msg = f"it holds more than {MAX_KEYS:,} answers"
        raise PortfolioError(msg, where=where)
    entries = {check_key(key): _versions(key, entry, where) for key, entry in body["entries"].items()}
    return Document(tidy_pseudonym(body.get("pseudonym", "")), entries)


def _no_constant(name: str) -> None:
    msg = f"{name} is not JSON"
    raise ValueError(msg)


def _check_kind(body: Any, where: str | None) -> None:
    schema = body.get("schema") if isinstance(body, dict) else None
    if isinstance(schema, int) and schema > SCHEMA:
        msg = f"it was written by a later version of the kit (schema {schema}; this kit reads {SCHEMA})"
        raise PortfolioError(msg, where=where, remedy="Update the kit, then restore it.")
    if schema != SCHEMA or isinstance(schema, bool) or not isinstance(body.get("entries"), dict):
        msg = "it is not a portfolio of this kit"
        raise PortfolioError(msg, where=where, remedy="Choose the file that Download gave you.")


def _versions(key: str, entry: Any, where: str | None) -> tuple[Version, ...]:
    try:
        return _ordered(_version(part) for part in (entry, *entry.get("earlier", ())))
    except (AttributeError, KeyError, TypeError, ValueError):
        msg = f"it is broken: its answer {key!r} is not whole"
        raise PortfolioError(msg, where=where, remedy="Take an earlier download or the backup beside it.") from None


def _version(part: Mapping[str, Any]) -> Version:
    when = moment(part["saved"])
    if when.tzinfo is None or not 2000 <= when.year <= 9000:
        msg = "a time without its zone, or out of range"
        raise ValueError(msg)
    return Version(stamp(when), str(part.get("writer", ""))[:64], plain(part["value"]))


def tidy_pseudonym(name: Any) -> str:
    """Return a pseudonym on one line, cut to a length that fits a chart's label."""
    return " ".join(_text(str(name or "")).split())[:MAX_PSEUDONYM]
