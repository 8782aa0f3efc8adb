"""What lies in a source: a file, a folder, a pattern, an upload, a zip as an LMS hands it out, a chat.

Whatever is found is either a hand-in or left out with its reason; nothing here can stop the rest. A zip is never unpacked
onto the disk: its entries are read one by one, each up to the size of a portfolio.
"""

from __future__ import annotations

import io
import os
import re
import zipfile
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath, PurePosixPath
from textwrap import shorten
from typing import Any, NamedTuple, TypeVar
from unicodedata import category

from kit.errors import PortfolioError
from kit.learning.document import MAX_BYTES, Document, Version, case_key, parse
from kit.learning.portfolio import read_limited, reason_of
from kit.learning.slip import Handed, read_slips
from kit.letters import in_one_form

MOST_FILES = 2_000  # a folder with more is not a class's
MOST_CHAT = 5_000_000  # characters
_DEEPEST = 3  # zips within a zip
_DEEPEST_FOLDER, _LONGEST_PATH = 20, 1_000  # of a zip: beyond that, folders are no longer told apart
MOST_ZIP = 300_000_000  # bytes, as a file and as what comes out of it
WORK = {"my-work", "parley-work"}  # where a learner's portfolio lies in a home
_HOME, _KIT = {".bashrc", ".profile", ".jupyter", ".ipython", ".local"}, {"notebooks", "exercises"}
_OURS = {"kit", "settings", "deploy"}  # folders of the kit that have .json files in them
_LONGEST_REASON, _LONGEST_NAME = 220, 90
_PAGES = {".html", ".htm"}  # Moodle hands out what is typed into its form as HTML
_CHATS = {".txt", ".md", ".eml", *_PAGES}
_HIDDEN = (".", "__MACOSX", "__pycache__", "~$")
_ASIDE, _BACKUP = ("Thumbs.db", "desktop.ini"), ".backup.json"
_OFFICE = (".docx", ".xlsx", ".pptx", ".odt")
_IN_A_CLOUD = ".icloud"  # ".portfolio.json.icloud" stands for a file that was not downloaded yet
_ARCHIVES = {".rar", ".7z", ".tar", ".gz", ".tgz", ".bz2", ".xz"}
_UTF_16 = {b"\xff\xfe", b"\xfe\xff"}  # how Windows marks what it calls Unicode
_NOTEBOOK = re.compile(r"(?:(?P<folder>.+)[/\\]\d\d-[^/\\]*|.*)\.ipynb", re.DOTALL)  # the kit's own are named so
_SLIP = re.compile(r"PARLEY\d{1,3}\s*[-‐-―−﹣－]")
_SHOWN_JSON = re.compile(r">\s*\{\s*(?:\"|&quot;|&#34;)")  # as a browser or an LMS saves what it showed
# Signs that turn the direction of all that follows them: a name may be in any script, but may not do that.
_TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_BROKEN = (OSError, ValueError, TypeError, RuntimeError, NotImplementedError, RecursionError, zipfile.BadZipFile)

Place = TypeVar("Place", bound=PurePath)


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


def find_hand_ins(source: Any) -> Iterator[HandIn | LeftOut]:
    """Yield what lies in a source of any kind; see `kit.classroom.gather.Classroom.read`."""
    if isinstance(source, Document):
        yield HandIn("a document", source)
    elif isinstance(source, bytes | bytearray):
        yield from _uploaded("an upload", bytes(source))
    elif isinstance(source, Mapping):
        for name, data in source.items():
            yield from _uploaded(name_to_show(str(name)), data)
    elif isinstance(source, str) and _SLIP.search(source):
        yield from slips_in(source[:MOST_CHAT], "")
    elif isinstance(source, str | os.PathLike):
        yield from _at(os.fspath(source))
    elif isinstance(source, Iterable):
        for each in source:
            yield from find_hand_ins(each)
    else:
        yield LeftOut(name_to_show(repr(source)), "It is neither a path nor a portfolio.")


def _uploaded(name: str, data: Any) -> Iterator[HandIn | LeftOut]:
    if data is None:
        yield LeftOut(
            name, f"It is larger than {MAX_BYTES // 1_000_000} MB. If it is a zip, name its place on this machine."
        )
    elif isinstance(data, bytes | bytearray):
        yield from _opened(name, bytes(data))
    else:
        yield LeftOut(name, "It is not a file.")


def _opened(name: str, data: bytes) -> Iterator[HandIn | LeftOut]:
    """Read what a file holds, by what stands in it rather than by its name: LMS and mail add endings of their own."""
    if _is_zip(name, data):
        yield from _zipped(name, io.BytesIO(data), [MOST_ZIP])
        return
    suffix, text = PurePosixPath(name).suffix.lower(), _decoded(data)
    if suffix in _CHATS - _PAGES and '"entries"' in text:  # pasted into a mail or a note, words around it
        text = text[text.find("{") : text.rfind("}") + 1]
        data = text.encode()
    is_json = text.lstrip("\ufeff \r\n").startswith("{") and (suffix in {"", *_CHATS} or '"entries"' in text)
    if is_json or suffix == ".json":
        found = _read(name, data)
        # Some programs save a chat as JSON.
        yield from slips_in(text, name) if isinstance(found, LeftOut) and _SLIP.search(text) else [found]
    elif suffix in _PAGES and _SHOWN_JSON.search(text) and not _SLIP.search(text):
        yield LeftOut(
            name, "It is a web page that shows a portfolio. Ask for the .json that Download gave the learner."
        )
    elif suffix in _CHATS or _SLIP.search(text):
        yield from slips_in(text, name)
    elif notebook := _NOTEBOOK.fullmatch(name):
        # A whole course is told once, by its folder: of what is told twice, the class takes one.
        what = "They are notebooks" if notebook["folder"] else "It is a notebook"
        yield LeftOut(
            notebook["folder"] or name, f"{what} and no portfolio. Ask for the .json that Download gave the learner."
        )
    elif suffix == _IN_A_CLOUD:
        yield LeftOut(name, "It is still in the cloud. Let this machine download it, and read the folder once more.")
    elif suffix in _ARCHIVES:
        yield LeftOut(name, "It is an archive that Parley does not open. Unpack it and read what is in it.")
    else:
        yield LeftOut(name, "It is a file that is no .json: a portfolio is what Download gave the learner.")


def _decoded(data: bytes) -> str:
    return data.decode("utf-16" if data[:2] in _UTF_16 else "utf-8", "replace")


def _zipped(name: str, file: Any, room: list[int], deep: int = 0) -> Iterator[HandIn | LeftOut]:
    """Read the files of a zip one by one, none of them further than a portfolio reaches, nothing written to the disk.

    A zip within it, as learners hand in, shares its room (one number, what may still be unpacked).
    """
    try:
        archive = zipfile.ZipFile(file)
        found = {each: _path_in_zip(each.filename) for each in archive.infolist() if not each.filename.endswith("/")}
        handed_in = {here / name for here, _, names in _handed_in(_walk_zip(found.values())) for name in names}
        listed = [each for each, path in found.items() if path in handed_in]
    except _BROKEN:
        yield LeftOut(name, "It is a zip that cannot be opened. Unpack it, or ask for it once more.")
        return
    if not listed:
        yield LeftOut(name, "There is no portfolio in it.")
    for each in listed[:MOST_FILES]:
        inner = f"{name}: {name_to_show(each.filename)}"
        try:
            with archive.open(each) as entry:
                data = entry.read(max(min(MAX_BYTES, room[0]), 0) + 1)  # what the zip says of its sizes is not believed
        except _BROKEN:
            yield LeftOut(inner, "It cannot be read; is the zip locked with a password, or damaged?")
            continue
        room[0] -= len(data) + 1_000  # something even for an empty one: there may be very many
        if room[0] < 0:
            yield LeftOut(name, f"What is in it is larger than {MOST_ZIP // 1_000_000} MB; the rest was not read.")
            return
        if _is_zip(inner, data) and deep < _DEEPEST:
            yield from _zipped(inner, io.BytesIO(data), room, deep + 1)
        elif _is_zip(inner, data):
            yield LeftOut(inner, "There are too many zips in one another. Unpack it and read it by itself.")
        else:
            yield from _opened(inner, data)
    if len(listed) > MOST_FILES:
        yield LeftOut(name, f"There are more than {MOST_FILES:,} files in it; the rest was not read.")


def _path_in_zip(name: str) -> PurePosixPath:
    return PurePosixPath(name[-_LONGEST_PATH:].replace("\\", "/"))


def _walk_zip(paths: Iterable[PurePosixPath]) -> Iterator[tuple[PurePosixPath, list[str], list[str]]]:
    """Yield the folders in a zip, from above, as `os.walk` does those on a disk."""
    tree: dict[str, Any] = {}
    for path in paths:
        inside, parts = tree, path.parts
        for folder in parts[:-1][:_DEEPEST_FOLDER]:
            inside = inside.setdefault(f"{folder}/", {})
        inside["/".join(parts[min(len(parts) - 1, _DEEPEST_FOLDER) :])] = {}
    waiting = [(PurePosixPath(), tree)]
    while waiting:
        here, inside = waiting.pop()
        folders = [name[:-1] for name in inside if name.endswith("/")]
        yield here, folders, [name for name in inside if not name.endswith("/")]
        waiting += [(here / name, inside[f"{name}/"]) for name in folders]


def _is_zip(name: str, data: bytes) -> bool:
    """Return whether a file is a zip, and not a document of an office program, which is one inside."""
    return data[:4] in {b"PK\x03\x04", b"PK\x05\x06"} and PurePosixPath(name).suffix.lower() not in _OFFICE


def _is_hidden(name: str) -> bool:
    return name.startswith(_HIDDEN) and name != ".."


def _is_aside(name: str, beside: Collection[str]) -> bool:
    """Return whether a file is a computer's own, or a portfolio's backup that lies beside the portfolio itself."""
    if any(map(_is_hidden, name.split("/"))):  # in a very deep folder of a zip, with the last folders
        return not name.endswith(_IN_A_CLOUD)
    return name.endswith(_ASIDE) or (name.endswith(_BACKUP) and f"{name.removesuffix(_BACKUP)}.json" in beside)


def slips_in(text: str, name: str) -> Iterator[HandIn | LeftOut]:
    """Yield the slips that stand in a text, whatever stands around them."""
    slips, problems = read_slips(text[:MOST_CHAT])
    if not slips and not problems:
        no_file = "There is no portfolio and no slip in it. Ask for the .json that Download gave the learner."
        yield LeftOut(name or "the text", no_file if name else "There is no slip in it.")
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
                yield LeftOut(
                    name_to_show(path.name), f"There are more than {MOST_FILES:,} files; the rest was not read."
                )
                return
            yield from [each] if isinstance(each, LeftOut) else _read_file(each, name_to_show(_named(each, path)))
    except _BROKEN as problem:
        yield LeftOut(name_to_show(place), _short(f"This path cannot be read: {reason_of(problem)}."))


def _read_file(path: Path, name: str) -> list[HandIn | LeftOut]:
    """Read a file so that whatever is wrong with it stops no other."""
    try:
        if path.suffix.lower() != ".zip" or not path.is_file():
            return list(_opened(name, read_limited(path)))
        if path.stat().st_size > MOST_ZIP:
            return [LeftOut(name, f"It is larger than {MOST_ZIP // 1_000_000} MB.")]
        return list(_zipped(name, path, [MOST_ZIP]))
    except PortfolioError as problem:
        return [LeftOut(name, f"{problem.what[:1].upper()}{problem.what[1:]}.")]
    except _BROKEN as problem:
        return [LeftOut(name, _short(f"It cannot be read: {reason_of(problem)}."))]


def _named(file: Path, place: Path) -> str:
    return str(file.relative_to(place)) if place in file.parents else file.name


def _below(folder: Path) -> Iterator[Path | LeftOut]:
    """Yield the files below a folder that may be read, in the order of their names; links are not followed out of it."""
    root = folder.resolve()
    walk = ((Path(place), folders, files) for place, folders, files in os.walk(folder))
    for here, folders, files in _handed_in(walk):
        yield from (_refused(here / name) for name in folders if (here / name).is_symlink())
        for path in (here / name for name in files):
            yield path if _inside(path, root) else _refused(path)


def _handed_in(walk: Iterable[tuple[Place, list[str], list[str]]]) -> Iterator[tuple[Place, list[str], list[str]]]:
    """Leave of each folder, on a disk or in a zip, what may be handed in, in the order of the names.

    Folders come as from `os.walk`: one that is taken out of a list is not gone into.
    """
    homes: set[PurePath] = set()
    for here, folders, files in walk:
        is_kit = set(folders) >= _KIT
        if is_kit or not _HOME.isdisjoint([*folders, *files]):
            homes.add(here)
        folders[:] = sorted(name for name in folders if not _is_hidden(name) and not (is_kit and name in _OURS))
        if own := WORK & set(folders):
            # Somebody's home, or the kit's own folder: what lies beside their work is not handed in.
            folders[:], files = sorted(own), []
        if here.name in WORK or not homes.isdisjoint((here, *here.parents)):
            files = [name for name in files if name.lower().endswith((".json", _IN_A_CLOUD))]
        yield here, folders, sorted(name for name in files if not _is_aside(name, files))


def _matching(pattern: Path) -> Iterator[Path | LeftOut]:
    anchor = Path(pattern.anchor or ".")
    fixed = [
        part for part in pattern.relative_to(pattern.anchor).parent.parts if not any(sign in part for sign in "*?[")
    ]
    root = anchor.joinpath(*fixed).resolve()
    found = sorted(path for path in anchor.glob(str(pattern.relative_to(pattern.anchor))) if not path.is_dir())
    if not found:
        yield LeftOut(name_to_show(str(pattern)), "No file matches this pattern.")
    for path in found:
        yield path if _inside(path, root) else _refused(path)


def _inside(path: Path, root: Path) -> bool:
    try:
        return path.resolve(strict=True).is_relative_to(root)
    except (OSError, RuntimeError):
        return False


def _refused(path: Path) -> LeftOut:
    return LeftOut(name_to_show(path.name), "It is a link that leads out of its folder, or nowhere.")


def _read(name: str, data: bytes) -> HandIn | LeftOut:
    try:
        return HandIn(name, parse(data))
    except PortfolioError as problem:
        told = f"{problem.what.rstrip('.')}. {problem.remedy or ''}"
        return LeftOut(name, _short(told[:1].upper() + told[1:]))
    except _BROKEN as problem:
        return LeftOut(name, _short(f"It cannot be read: {reason_of(problem)}."))


def _short(reason: str) -> str:
    return shorten(name_to_show(reason, 10 * _LONGEST_REASON), _LONGEST_REASON, placeholder=" …")


def name_to_show(text: str, most: int = _LONGEST_NAME) -> str:
    """Return a name as it can be shown: on one line, not too long, without signs that turn or hide what stands around them."""
    plain = " ".join("".join(filter(_visible, in_one_form(text[: 4 * most]))).split())
    return plain if len(plain) <= most else f"{plain[: most - 1]}…"


def _visible(sign: str) -> bool:
    return sign.isspace() or (sign not in _TURNING and category(sign) not in ("Cc", "Cs"))
