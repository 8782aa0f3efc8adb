"""The portfolios of a class: found in folders, uploads and chats, each read or left out with the reason, told apart.

Whoever handed in twice is one learner. Two files are one person's if a session wrote into both (a download of last week
and one of today); a slip, which carries no sessions, belongs to whoever bears its name. Two files with one name that
share no session stay two learners: names are chosen freely, and heron may sit in the room twice.
"""

from __future__ import annotations

import os
import re
import stat
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from textwrap import shorten
from typing import Any, NamedTuple

from kit.errors import PortfolioError
from kit.learning.document import LEAD_CASE, MAX_BYTES, Document, Version, case_key, merge, parse
from kit.learning.portfolio import load_document, values_of_case
from kit.learning.slip import Handed, read_slips

MOST_FILES = 2_000  # a folder with more is not a class's
MOST_CHAT = 5_000_000  # characters
_LONGEST_REASON, _LONGEST_NAME = 220, 90
_CHATS = {".txt", ".md"}
_SLIP = re.compile(r"PARLEY\d{1,3}\s*-")
# Signs that turn the direction of all that follows them: a name may be in any script, but may not do that.
_TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_BROKEN = (OSError, ValueError, TypeError, RuntimeError, NotImplementedError, RecursionError)


class LeftOut(NamedTuple):
    """Something that was found and not used: what it is called, and why."""

    source: str
    reason: str


@dataclass(frozen=True)
class HandIn:
    """One thing handed in: where it was found, and what it holds."""

    source: str
    document: Document
    is_slip: bool = False


@dataclass
class Learner:
    """One learner of a class.

    Attributes
    ----------
    number : int
        From 1; the same for the same files, and kept for as long as the `Classroom` is.
    document : Document
        All that was handed in, merged: by key the latest answer stands.
    sources : list of str
        Where it came from.
    only_slips : bool
        Whether no file was among these.
    """

    number: int
    document: Document
    sources: list[str] = field(default_factory=list)
    only_slips: bool = True

    @property
    def name(self) -> str:
        """The name that the learner goes by in class; empty if none was chosen."""
        return self.document.pseudonym

    def answers_in(self, case: str = LEAD_CASE) -> dict[str, Any]:
        """Return value by key of what was answered in a case."""
        return values_of_case(self.document, case)


class Classroom:
    """What a class has handed in.

    Attributes
    ----------
    learners : list of Learner
    left_out : list of LeftOut
    """

    def __init__(self) -> None:
        self.learners: list[Learner] = []
        self.left_out: list[LeftOut] = []
        self._by_writer: dict[str, Learner] = {}
        self._by_name: dict[str, list[Learner]] = {}
        self._told: set[LeftOut] = set()
        self._sources: set[tuple[int, str]] = set()
        self._slips = 0

    def __repr__(self) -> str:
        return f"Classroom({len(self.learners)} learners, {len(self.left_out)} left out)"

    @property
    def hand_ins(self) -> int:
        """How many files and slips were used."""
        return sum(len(learner.sources) for learner in self.learners)

    def read(self, *sources: Any) -> int:
        """Take in what somebody handed in; return how many learners are new.

        Parameters
        ----------
        *sources : path, folder, glob, text with slips, bytes, dict of name to bytes, Document, or several in a list
            Nothing in them can stop the rest: what cannot be used is added to ``left_out`` with its reason.
        """
        return self._sort(each for source in sources for each in _found(source))

    def _sort(self, handed_in: Iterable[HandIn | LeftOut]) -> int:
        good: list[HandIn] = []
        for found in handed_in:
            if isinstance(found, HandIn) and found.document.entries:
                good.append(found)
            elif isinstance(found, HandIn):
                self._leave_out(LeftOut(found.source, "It holds no answers yet."))
            else:
                self._leave_out(found)
        return self._take_all(good)

    def read_chat(self, text: str) -> int:
        """Take in the slips that stand in a text; return how many learners are new."""
        return self._sort(_slips(text[:MOST_CHAT], ""))

    def labels(self, *, names: bool = False) -> list[str]:
        """Return what each learner is called: "Learner 1", or the name chosen for class, told apart where two are one."""
        if not names:
            return [f"Learner {learner.number}" for learner in self.learners]
        taken: dict[str, int] = {}
        labels = []
        for learner in self.learners:
            name = shown(learner.name) or f"Learner {learner.number}"
            taken[name.casefold()] = count = taken.get(name.casefold(), 0) + 1
            labels.append(f"{name} ({count})" if count > 1 else name)
        return labels

    def answers(self, case: str = LEAD_CASE, *, names: bool = False) -> dict[str, dict[str, Any]]:
        """Return by each learner's label the answers in a case by key."""
        return dict(zip(self.labels(names=names), (learner.answers_in(case) for learner in self.learners), strict=True))

    def _leave_out(self, found: LeftOut) -> None:
        if found not in self._told:
            self._told.add(found)
            self.left_out.append(found)

    def _take_all(self, good: list[HandIn]) -> int:
        """Take in what can be used: who has worked in most sessions first, so that what belongs together is found."""
        before = len(self.learners)
        for each in sorted(good, key=lambda each: (each.is_slip, -len(_writers(each.document)))):
            self._take(each)
        # Not in the order of the files: their names, and with them the alphabet, would show through the numbers.
        new = sorted(self.learners[before:], key=lambda learner: _order(learner.document))
        for number, learner in enumerate(new, before + 1):
            learner.number = number
        self.learners[before:] = new
        return len(new)

    def _take(self, found: HandIn) -> None:
        document = self._numbered(found.document) if found.is_slip else found.document
        learner = self._known(found)
        if learner is None:
            learner = Learner(0, document)
            self.learners.append(learner)
        else:
            # A name given later is the one that a learner wants to go by.
            learner.document = merge(document, learner.document)
        if found.is_slip:  # a chat may hold ten thousand slips of one name: what they replace is not needed
            learner.document = _only_latest(learner.document)
        if learner.name:
            named = self._by_name.setdefault(learner.name.casefold(), [])
            named += [] if any(each is learner for each in named) else [learner]
        if (id(learner), found.source) not in self._sources:
            self._sources.add((id(learner), found.source))
            learner.sources.append(found.source)
        learner.only_slips = learner.only_slips and found.is_slip
        for writer in _writers(found.document):
            self._by_writer.setdefault(writer, learner)

    def _known(self, found: HandIn) -> Learner | None:
        name = found.document.pseudonym.casefold()
        for writer in sorted(_writers(found.document)):
            other = self._by_writer.get(writer)
            if other is not None and (not name or not other.name or other.name.casefold() == name):
                return other
        same = (each for each in self._by_name.get(name, ()) if each.name.casefold() == name)
        return next((each for each in same if found.is_slip or each.only_slips), None)

    def _numbered(self, slip: Document) -> Document:
        """Return a slip's answers with the order of slips in place of times: any file's is later, a later slip's too."""
        self._slips += 1
        when = f"0{self._slips:09}"
        return Document(slip.pseudonym, {key: (Version(when, "", one[0].value),) for key, one in slip.entries.items()})


def read_class(*sources: Any) -> Classroom:
    """Return the class that handed these in; see `Classroom.read`."""
    classroom = Classroom()
    classroom.read(*sources)
    return classroom


def _order(document: Document) -> str:
    """Return what decides a learner's number: nothing that can be seen, and the same each time."""
    writers = _writers(document)
    return sha256((document.pseudonym.casefold() or min(writers, default="")).encode()).hexdigest()


def _only_latest(document: Document) -> Document:
    return Document(document.pseudonym, {key: versions[:1] for key, versions in document.entries.items()})


def _writers(document: Document) -> set[str]:
    return {one.writer for versions in document.entries.values() for one in versions if one.writer}


# --- what lies in a source


def _found(source: Any) -> Iterator[HandIn | LeftOut]:
    if isinstance(source, Document):
        yield HandIn("a document", source)
    elif isinstance(source, bytes | bytearray):
        yield from _uploaded("an upload", bytes(source))
    elif isinstance(source, Mapping):
        for name, data in source.items():
            yield from _uploaded(shown(str(name)), data)
    elif isinstance(source, str) and _SLIP.search(source):
        yield from _slips(source[:MOST_CHAT], "")
    elif isinstance(source, str | os.PathLike):
        yield from _at(os.fspath(source))
    elif isinstance(source, Iterable):
        for each in source:
            yield from _found(each)
    else:
        yield LeftOut(shown(repr(source)), "It is neither a path nor a portfolio.")


def _uploaded(name: str, data: Any) -> Iterator[HandIn | LeftOut]:
    if data is None:
        yield LeftOut(name, f"It is larger than {MAX_BYTES // 1_000_000} MB, too large for a portfolio.")
        return
    if not isinstance(data, bytes | bytearray):
        yield LeftOut(name, "It is not a file.")
        return
    if Path(name).suffix.lower() in _CHATS:
        yield from _slips(bytes(data).decode("utf-8", "replace"), name)
        return
    yield _read(name, lambda: parse(bytes(data)))


def _slips(text: str, name: str) -> Iterator[HandIn | LeftOut]:
    slips, problems = read_slips(text)
    if not slips and not problems:
        yield LeftOut(name or "the text", "There is no slip in it.")
    place = f" in {name}" if name else ""
    for number, each in enumerate(slips, 1):
        yield HandIn(f"a slip{place} ({number} of {len(slips)})", _document(each), is_slip=True)
    for problem in problems:
        which, _, reason = problem.partition(": ")
        yield LeftOut(f"{which.lower()}{place}", _short(reason))


def _document(slip: Handed) -> Document:
    entries = {case_key(slip.case, key): (Version("", "", value),) for key, value in slip.answers.items()}
    return Document(slip.pseudonym, entries)


def _at(place: str) -> Iterator[HandIn | LeftOut]:
    """Read a file, a folder with its sub-folders, or a pattern."""
    try:
        path = Path(place).expanduser()
        if path.is_dir():
            found = _below(path)
        elif path.exists() or not any(sign in place for sign in "*?["):
            found = iter([path])
        else:
            found = _matching(path)
        for count, each in enumerate(found):
            if count >= MOST_FILES:
                yield LeftOut(shown(path.name), f"There are more than {MOST_FILES:,} files; the rest was not read.")
                return
            yield from [each] if isinstance(each, LeftOut) else _safely(each, shown(_named(each, path)))
    except _BROKEN as problem:
        yield LeftOut(shown(place), _short(f"This path cannot be read ({problem})."))


def _safely(path: Path, name: str) -> list[HandIn | LeftOut]:
    """Read a file so that whatever is wrong with it stops no other."""
    try:
        return list(_file(path, name))
    except _BROKEN as problem:
        return [LeftOut(name, _short(f"It cannot be read ({problem})."))]


def _named(file: Path, place: Path) -> str:
    return str(file.relative_to(place)) if place in file.parents else file.name


def _below(folder: Path) -> Iterator[Path | LeftOut]:
    """Yield the files below a folder that may be read, in the order of their names; links are not followed out of it."""
    root = folder.resolve()
    for place, folders, files in os.walk(folder, onerror=None):
        folders[:] = sorted(name for name in folders if not name.startswith((".", "__")))
        here = Path(place)
        yield from (_refused(here / name) for name in folders if (here / name).is_symlink())
        for name in sorted(files):
            path = here / name
            if name.startswith(".") or name.endswith(".backup.json"):
                continue
            yield path if _inside(path, root) else _refused(path)


def _matching(pattern: Path) -> Iterator[Path | LeftOut]:
    anchor = Path(pattern.anchor or ".")
    fixed = [
        part for part in pattern.relative_to(pattern.anchor).parent.parts if not any(sign in part for sign in "*?[")
    ]
    root = anchor.joinpath(*fixed).resolve()
    found = sorted(path for path in anchor.glob(str(pattern.relative_to(pattern.anchor))) if not path.is_dir())
    if not found:
        yield LeftOut(shown(str(pattern)), "No file matches this pattern.")
    for path in found:
        yield path if _inside(path, root) else _refused(path)


def _inside(path: Path, root: Path) -> bool:
    try:
        return path.resolve(strict=True).is_relative_to(root)
    except (OSError, RuntimeError):
        return False


def _refused(path: Path) -> LeftOut:
    return LeftOut(shown(path.name), "It is a link that leads out of its folder, or nowhere.")


def _file(path: Path, name: str) -> Iterator[HandIn | LeftOut]:
    suffix = path.suffix.lower()
    if suffix in _CHATS and path.is_file() and path.stat().st_size <= MAX_BYTES:
        yield from _slips(path.read_text("utf-8", "replace"), name)
    elif suffix == ".json" or not path.exists():
        yield _read(name, lambda: load_document(path))
    else:
        kind = "a file that is no .json" if stat.S_ISREG(path.stat().st_mode) else "no file"
        yield LeftOut(name, f"It is {kind}: a portfolio is what Download gave the learner.")


def _read(name: str, reader: Callable[[], Document]) -> HandIn | LeftOut:
    try:
        return HandIn(name, reader())
    except PortfolioError as problem:
        told = f"{problem.what.rstrip('.')}. {problem.remedy or ''}"
        return LeftOut(name, _short(told[:1].upper() + told[1:]))
    except _BROKEN as problem:
        return LeftOut(name, _short(f"It cannot be read ({problem})."))


def _short(reason: str) -> str:
    return shorten(shown(reason, 10 * _LONGEST_REASON), _LONGEST_REASON, placeholder=" …")


def shown(text: str, most: int = _LONGEST_NAME) -> str:
    """Return a name as it can be shown: on one line, not too long, without signs that turn or hide what stands around them."""
    plain = "".join(" " if sign.isspace() else sign for sign in text[: 4 * most] if _visible(sign))
    plain = " ".join(plain.split())
    return plain if len(plain) <= most else f"{plain[: most - 1]}…"


def _visible(sign: str) -> bool:
    return sign.isspace() or (sign not in _TURNING and unicodedata.category(sign) not in ("Cc", "Cs"))
