"""The learner's one file: where it lies, how it is saved at once and never lost.

``portfolio(case)`` gives this learner's answers in a case. A save takes a lock, reads what others have put there since,
merges, and replaces the file in one step, with the last state beside it as a backup. What cannot be saved now (disk
full, locked, read-only) stays in memory, is said to be unsaved, and is tried again with the next save.
"""

from __future__ import annotations

import errno
import os
import secrets
import stat
import tomllib
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, suppress
from copy import deepcopy
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kit.errors import PortfolioError
from kit.learning.document import (
    LEAD_CASE,
    MAX_BYTES,
    Document,
    LeaveAloneError,
    Version,
    case_key,
    check_key,
    dump,
    merge,
    parse,
    plain,
    put,
    reconcile,
    same,
    tidy_pseudonym,
)
from kit.screen import runtime

if TYPE_CHECKING:
    from kit.case import Case

_Signature = tuple[int, int, int]
PATIENCE = 2.0  # seconds to wait for another notebook to finish its save
_REASONS = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "your disk quota is used up",
    errno.EROFS: "the folder can only be read",
    errno.EACCES: "the folder or file may not be written to",
    errno.EPERM: "the folder or file may not be written to",
    errno.EISDIR: "a folder stands where the file should be",
    errno.ELOOP: "a link stands where the kit keeps a file of its own beside your answers; take it away",
}


class _Answers:
    """What stands under keys: of all cases, or of one, whose answers' keys in the file begin with its name."""

    file: Portfolio
    _start = ""

    def save(self, key: str, value: Any, *, keep: bool = False) -> bool:
        """Keep a value under a key, at once, and return whether it is on disk; see `Portfolio.save`."""
        return self.file.save(self._start + key, value, keep=keep)

    def read(self, key: str, default: Any = None) -> Any:
        """Return the value under a key, or the default where there is none or it was cleared."""
        versions = self.file.document.entries.get(self._start + key)
        # A copy: whoever changes what was read does not change what is kept.
        return default if not versions or versions[0].value is None else deepcopy(versions[0].value)

    def entries(self, prefix: str = "") -> dict[str, Any]:
        """Return key and value of every answer whose key begins with the prefix, in the order of the keys."""
        found = values(self.file.document, self._start + prefix)
        return {key.removeprefix(self._start): value for key, value in found.items()}

    def all_keys(self) -> list[str]:
        """Return the keys in their order, those of cleared answers too."""
        keys = sorted(self.file.document.entries)
        return [key.removeprefix(self._start) for key in keys if key.startswith(self._start)]

    def versions(self, key: str) -> tuple[Version, ...]:
        """Return all that is kept under the key: the answer as it stands, then what was there before, latest first."""
        kept = self.file.document.entries.get(self._start + key, ())
        return tuple(Version(one.saved, one.writer, deepcopy(one.value)) for one in kept)

    def earlier(self, key: str) -> list[Any]:
        """Return what stood under the key before the present answer, the latest first."""
        return [version.value for version in self.versions(key)[1:]]

    def take_back(self, key: str, number: int) -> bool:
        """Let an earlier answer stand again, 0 being the latest of them; the present one stays among the earlier ones."""
        return self.save(key, self.earlier(key)[number], keep=True)

    def saved_at(self, key: str) -> str:
        """Return when the key was last written (ISO 8601, UTC), or an empty text."""
        return next((version.saved for version in self.versions(key)), "")

    def on_change(self, callback: Callable[[str], object]) -> None:
        """Call back with the key after each save here; an empty key says that many things changed."""

        def pass_on(key: str) -> None:
            if not key or key.startswith(self._start):
                callback(key.removeprefix(self._start))

        self.file._listeners.append(pass_on)


class Portfolio(_Answers):
    """All that a learner did, in one file. Its keys begin with the case; `of` gives the answers of one case.

    Parameters
    ----------
    path : Path or None
        The file; it and its folder are made with the first save. None keeps everything in memory alone.
    movable : bool
        Whether a file there that is no portfolio may be moved aside, so that saving goes on. True at the default
        places only: a path that somebody chose may hold something of theirs.
    """

    is_scratch = False  # whether it is only to look at, and will be forgotten

    def __init__(self, path: str | Path | None, *, movable: bool = False) -> None:
        self.file = self
        self.path = _place(Path(path)) if path is not None else None
        self.writer = secrets.token_hex(8)
        self.notice = ""
        self._movable = movable
        self._document = Document()
        self._unsaved: set[str] = set()
        self._refused: dict[str, str] = {}
        self._failure = ""
        self._seen: _Signature | None = None  # the state of the file that has been taken in
        self._looked: _Signature | None = None  # the state that was last looked at, taken in or not
        self._listeners: list[Callable[[str], object]] = []
        self._views: dict[str, CasePortfolio] = {}
        self._refresh()

    def __repr__(self) -> str:
        return f"Portfolio({len(self.entries())} answers)"

    @property
    def status(self) -> str:
        """``"saved"``, or ``"not saved: "`` and the reason."""
        reason = next(iter(self._refused.values()), "") or self._failure
        return f"not saved: {reason}" if reason else "saved"

    @property
    def pseudonym(self) -> str:
        """The name the learner goes by in class; empty until one is chosen."""
        self._refresh()
        return self._document.pseudonym

    @pseudonym.setter
    def pseudonym(self, name: str) -> None:
        self._document = Document(tidy_pseudonym(name), self._document.entries)
        self._flush("")

    @property
    def document(self) -> Document:
        """All that is kept, as a value."""
        self._refresh()
        return self._document

    def of(self, case: str) -> CasePortfolio:
        """Return the answers of one case, by its name; the same object each time."""
        if case not in self._views:
            self._views[case] = CasePortfolio(self, case)
        return self._views[case]

    def save(self, key: str, value: Any, *, keep: bool = False) -> bool:
        """Keep a value under a key, at once; None clears it.

        Parameters
        ----------
        key : str
            ``"case/unit/thing"`` or ``"case/unit/thing/item"``, such as ``"ukraine/01/quiz/01-q1"``.
        value : Any
            Whatever JSON can hold; sets, dates and numpy's numbers are turned into it.
        keep : bool
            Whether the value that stood there stays among the earlier ones, be it this session's own.

        Returns
        -------
        bool
            Whether it is on disk. If not, ``status`` says why, and the next save tries again.

        Raises
        ------
        PortfolioError
            If the key is not one: a mistake of the program, never of the learner.
        """
        check_key(key)
        try:
            value = plain(value)
        except PortfolioError as problem:
            self._refused[key] = f"{problem.what}. {problem.remedy or ''}".strip()
            self._tell(key)
            return False
        self._refused.pop(key, None)
        self._refresh()
        known = self._document.entries.get(key)
        # Widgets save at each touch: the same answer again would push earlier, different ones out of what is kept.
        if known and same(known[0].value, value) and not self._unsaved:
            return self._settled(key)
        self._document = put(self._document, key, value, writer=self.writer, now=datetime.now(UTC), keep=keep)
        return self._flush(key)

    def retry(self) -> bool:
        """Try once more to save what could not be saved."""
        return self._flush("") if self._unsaved else True

    def download(self) -> bytes:
        """Return the portfolio as the bytes of a file, with what is not on disk yet."""
        self._refresh()
        return dump(self._document)

    def restore(self, data: bytes | str) -> dict[str, int]:
        """Merge a downloaded file into this portfolio; nothing of either is dropped.

        Returns
        -------
        dict
            ``new`` answers, answers ``updated`` because the file's were later, and answers ``kept`` because ours were
            (the other's value then stands among the earlier ones).

        Raises
        ------
        PortfolioError
            If it is no portfolio; the present one stays as it is.
        """
        other = parse(data, where="the file")
        self._refresh()
        before = self._document
        merged = merge(before, other)
        dump(merged)
        self._document = merged
        self._flush("", changed=other.entries)
        if other.left_out:
            self.notice = f"Could not be read and was left out of what was restored: {other.left_out}."
        return _tally(before, other)

    def _refresh(self) -> None:
        """Take up what another session has put on disk."""
        # Several notebooks may be open on one file. Each read looks at its time and size, which costs little.
        if self.path is None or self._signature() == self._looked:
            return
        self._looked = self._signature()
        try:
            self._document = reconcile(self._document, self._on_disk(), writer=self.writer, unsaved=self._unsaved)
        except PortfolioError as problem:
            self._refuse(problem)
        except OSError as problem:
            self._failure = reason_of(problem)
        else:
            self._failure = self._failure if self._unsaved else ""

    def _refuse(self, problem: PortfolioError) -> None:
        """Say what is wrong with the file; at the kit's own place, move it aside and go on."""
        assert self.path is not None
        self._failure = f"{self.path.name}: {problem.what}. {problem.remedy or ''}".strip()
        if self._may_move(problem):
            with suppress(OSError), self._lock():
                self._set_aside(problem)
                self._failure = ""

    def _may_move(self, problem: PortfolioError) -> bool:
        return self._movable and not isinstance(problem, LeaveAloneError)

    def _flush(self, key: str, *, changed: Iterable[str] = ()) -> bool:
        """Write all that is unsaved; True if it is on disk now."""
        self._unsaved |= {key, *changed}
        if self.path is None:
            self._unsaved.clear()
            return self._settled(key)
        try:
            with self._lock():
                self._write_merged()
        except TimeoutError:
            self._failure = "another notebook is holding the file"
        except PortfolioError as problem:
            self._failure = f"{self.path.name}: {problem.what}. {problem.remedy or ''}".strip()
        except (OSError, NotImplementedError) as problem:  # the latter where a drive knows no locks
            self._failure = reason_of(problem)
        else:
            self._failure = ""
            self._unsaved.clear()
        self._tell(key)
        return not self._failure

    def _settled(self, key: str) -> bool:
        self._tell(key)
        return self.status == "saved"

    def _write_merged(self) -> None:
        assert self.path is not None
        if self._signature() != self._seen or self._seen is None:
            try:
                disk = self._on_disk()
            except PortfolioError as problem:
                if not self._may_move(problem):
                    raise
                disk = self._set_aside(problem)
            self._document = reconcile(self._document, disk, writer=self.writer, unsaved=self._unsaved)
        write_safely(self.path, dump(self._document))
        self._seen = self._looked = self._signature()

    def _on_disk(self) -> Document:
        """Return the file's document and remember that it was seen; an absent file is an empty one."""
        assert self.path is not None
        _refuse_link(self.path)
        found = self._signature()
        if not found and self.path.with_name(f".{self.path.name}.icloud").exists():
            msg = "it is still in the cloud"
            raise LeaveAloneError(msg, remedy="Let this machine download it: open its folder, and click the cloud.")
        document = parse(read_limited(self.path)) if found else Document()
        self._seen = found
        if document.left_out:
            self._keep_copy(document.left_out)
        return document

    def _keep_copy(self, left_out: int) -> None:
        """Copy the file before a save replaces it: parts of it could not be read, and somebody may want to mend them."""
        assert self.path is not None
        copy = _aside(self.path, "with-unread")
        with suppress(OSError):
            write_new(copy, self.path.read_bytes())
        self.notice = f"Could not be read and was left out: {left_out}. The whole file was kept as {copy.name}."

    def _set_aside(self, problem: PortfolioError) -> Document:
        """Move a file that cannot be used aside and return the backup's document, if that is whole."""
        assert self.path is not None
        with suppress(PortfolioError, OSError):
            return self._on_disk()  # another session has mended it meanwhile
        aside = _aside(self.path, "broken")
        self.path.replace(aside)
        with suppress(OSError):
            aside.chmod(0o600)  # another program may have made it
        self.notice = f"The file found here could not be used ({problem.what}). It was kept as {aside.name}."
        document = Document()
        with suppress(PortfolioError, OSError):
            document = parse(read_limited(backup_of(self.path)))
            self.notice += " Your answers were taken from the backup."
        self._document = merge(self._document, document)
        self._unsaved |= set(document.entries)
        return Document()

    def _signature(self) -> _Signature | None:
        assert self.path is not None
        try:
            found = self.path.lstat()
        except OSError:
            return None
        return found.st_mtime_ns, found.st_size, found.st_ino

    def _lock(self) -> AbstractContextManager[Any]:
        assert self.path is not None
        self.path.parent.mkdir(parents=True, exist_ok=True)
        name = self.path.with_name(f".{self.path.name}.lock")
        patience = PATIENCE / 20 if self._failure else PATIENCE  # whoever types on must not wait at each letter
        return runtime.lock(name, patience)

    def _tell(self, key: str) -> None:
        for callback in list(self._listeners):
            callback(key)


class CasePortfolio(_Answers):
    """A learner's answers in one case. Keys are the same in every case: ``"03/ranking"``, ``"01/quiz/01-q1"``.

    Attributes
    ----------
    file : Portfolio
        Where they are kept: it knows the learner's pseudonym, whether all is saved, and how to download and restore.
    case : str
        The case's name.
    """

    def __init__(self, file: Portfolio, case: str) -> None:
        self.file, self.case = file, case
        self._start = case_key(case)

    def __repr__(self) -> str:
        return f"CasePortfolio({len(self.entries())} answers, case={self.case!r})"


def values_of_case(document: Document, case: str = LEAD_CASE, prefix: str = "") -> dict[str, Any]:
    """Return key and present value of the answers in a case, the case's name taken off, sorted by key."""
    start = case_key(case)
    return {key.removeprefix(start): value for key, value in values(document, start + prefix).items()}


def values(document: Document, prefix: str = "") -> dict[str, Any]:
    """Return key and present value of the answers whose key begins with the prefix, sorted by key."""
    return {
        key: deepcopy(versions[0].value)
        for key, versions in sorted(document.entries.items())
        if key.startswith(prefix) and versions[0].value is not None
    }


def _tally(before: Document, other: Document) -> dict[str, int]:
    counts = {"new": 0, "updated": 0, "kept": 0}
    for key, versions in other.entries.items():
        known = before.entries.get(key)
        if not known:
            counts["new"] += 1
        elif versions[0].saved > known[0].saved and versions[0].value != known[0].value:
            counts["updated"] += 1
        else:
            counts["kept"] += 1
    return counts


def load_document(path: str | Path) -> Document:
    """Return what a portfolio file holds, without opening it for saving.

    Raises
    ------
    PortfolioError
        If it cannot be read or is no portfolio.
    """
    path = Path(path)
    try:
        return parse(read_limited(path), where=path.name)
    except OSError as problem:
        msg = f"it cannot be read: {reason_of(problem)}"
        raise PortfolioError(msg, where=path.name) from None


def read_limited(path: Path) -> bytes:
    """Return a file's bytes, no more of them than show that it is too large.

    Raises
    ------
    PortfolioError
        If it is no ordinary file.
    OSError
        If it cannot be read.
    """
    if not stat.S_ISREG(path.stat().st_mode):
        msg = "it is not a file"
        raise PortfolioError(msg, where=path.name)
    with path.open("rb") as file:
        return file.read(MAX_BYTES + 1)


def _place(path: Path) -> Path:
    """Return a path with its folder's links followed, but not a link that stands where the file should."""
    return Path(os.path.realpath(path.parent)) / path.name


def _refuse_link(path: Path) -> None:
    if path.is_symlink():
        msg = "it is a link to another place, and your answers are not written through links"
        remedy = "Put the file itself in its place, or name the real one with PARLEY_PORTFOLIO."
        raise LeaveAloneError(msg, remedy=remedy)


def _aside(path: Path, why: str) -> Path:
    """Return a name beside the file that nothing bears yet."""
    when = datetime.now(UTC).strftime("%Y%m%d-%H%M%S-%f")
    return path.with_name(f"{path.stem}-{why}-{when}-{secrets.token_hex(3)}.json")


def write_safely(path: Path, data: bytes) -> None:
    """Replace a file in one step, after its last state was put beside it; a kill leaves the old or the new one.

    The temporary file has one name, so that a killed process leaves one behind at most; the next save removes it.
    """
    _refuse_link(path)
    fresh = path.with_name(f".{path.name}.new")
    write_new(fresh, data)
    with suppress(OSError):  # a missing backup must not stop the save
        _back_up(path)
    fresh.replace(path)
    with suppress(OSError):  # not every system lets a folder be synced
        _sync_folder(path.parent)


def write_new(path: Path, data: bytes) -> None:
    """Write a new file that only its owner may read; whatever stands there, a planted link too, is removed unfollowed."""
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def backup_of(path: Path) -> Path:
    """Return where the last state of a portfolio file lies."""
    return path.with_name(f"{path.stem}.backup.json")


def _back_up(path: Path) -> None:
    if not path.exists():
        return
    fresh = path.with_name(f".{path.name}.old")
    fresh.unlink(missing_ok=True)
    try:
        fresh.hardlink_to(path)
        fresh.chmod(0o600)
    except (OSError, NotImplementedError):  # a browser's drive has no links
        write_new(fresh, path.read_bytes())
    fresh.replace(backup_of(path))


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def reason_of(problem: BaseException) -> str:
    """Return in plain words why the system would not do it."""
    number = getattr(problem, "errno", None)
    return _REASONS.get(number or 0) or str(getattr(problem, "strerror", None) or problem or "unknown reason").lower()


def default_path(start: Path | None = None) -> Path:
    """Return where a portfolio lies unless ``PARLEY_PORTFOLIO`` says otherwise.

    In ``my-work`` at the kit's root, looked for from the working folder upwards and then from the package; where
    that is not writable or not there (an installed kit), in ``parley-work`` in the home folder. In a browser page
    it lies on the drive that the browser keeps.
    """
    if (drive := runtime.drive()) is not None:
        return drive / "my-work" / "portfolio.json"
    package = Path(__file__).resolve().parent
    for begin in ((start or Path.cwd()).resolve(), package):
        for folder in (begin, *begin.parents):
            if _is_root(folder) and os.access(folder, os.W_OK):
                return folder / "my-work" / "portfolio.json"
    return Path.home() / "parley-work" / "portfolio.json"


def _is_root(folder: Path) -> bool:
    try:
        project = tomllib.loads((folder / "pyproject.toml").read_text("utf-8"))
        return bool(project["project"]["name"] == "parley-kit")
    except (OSError, ValueError, KeyError, TypeError):
        return False


_opened: dict[str, Portfolio] = {}


def portfolio(case: Case | str = LEAD_CASE) -> CasePortfolio:
    """Return this learner's answers in a case, or in one of that name; the same object for the whole session."""
    return _file().of(case if isinstance(case, str) else case.name)


def _file() -> Portfolio:
    """Return this learner's file."""
    if SCRATCH in _opened:
        return _opened[SCRATCH]
    chosen = os.environ.get("PARLEY_PORTFOLIO", "").strip()
    if not chosen and runtime.keeps_nothing():
        return _opened.setdefault(PAGE, Portfolio(None))
    path = Path(chosen).expanduser() if chosen else default_path()
    if path.is_dir():
        path = path / "portfolio.json"
    place = str(_place(path))
    if place not in _opened:
        _opened[place] = Portfolio(place, movable=not chosen)
    return _opened[place]


SCRATCH = ""
PAGE = "(this page)"


class _Scratch(Portfolio):
    """A portfolio in memory alone, for notebooks that show model answers."""

    is_scratch = True

    def __repr__(self) -> str:
        return "Nothing in this notebook is kept in your portfolio: its answers are not yours."


def scratch_portfolio() -> Portfolio:
    """Keep nothing from here on in this session: model answers stay out of the learner's own work."""
    return _opened.setdefault(SCRATCH, _Scratch(None))
