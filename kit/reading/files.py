"""Finding articles on disk and turning their bytes into text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from kit.errors import ArticleError

SUFFIXES = {".txt": "text", ".md": "markdown", ".html": "html", ".htm": "html"}
MAX_BYTES = 16 * 2**20
_KINDS_READ = "Parley reads .txt, .md, .html and .htm"

_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_FOREIGN = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a Word, OpenDocument or zip file"),
    (b"\xd0\xcf\x11\xe0", "an old Word file"),
    (b"{\\rtf", "an RTF file"),
)
_CONTROL = re.compile(r"[\x01-\x08\x0e-\x1b\x7f]")
_SURROGATE = re.compile("[\ud800-\udfff]")


def find_files(path: str | Path) -> tuple[list[Path], bool]:
    """Return the article files that ``path`` names, sorted, and whether it names one file rather than many.

    ``path`` is a file, a folder (read with its sub-folders) or a glob. Hidden files are left out, and so are links
    that lead out of the folder.

    Raises
    ------
    ArticleError
        If nothing is there, the kind of file is not read, or a folder or glob holds no article.
    """
    if not isinstance(path, (str, Path)) or path == "":
        what = f"{path!r} is no path"
        remedy = "Give one file or folder as a text, or a pattern such as 'articles/*.md'."
        raise ArticleError(what, where="load_articles", remedy=remedy)
    try:
        return _find_files(Path(path).expanduser())
    except (OSError, ValueError, RuntimeError, NotImplementedError) as error:
        what = f"this path cannot be read ({error})"
        raise ArticleError(what, where=ascii(str(path)), remedy="Check the path.") from error


def _find_files(place: Path) -> tuple[list[Path], bool]:
    if place.is_file():
        if place.suffix.lower() not in SUFFIXES:
            what = f"'{place.suffix or place.name}' is not a kind of file that articles come in"
            raise ArticleError(what, where=place, remedy=f"{_KINDS_READ}: save the article as one of these.")
        return [place], True
    if place.is_dir():
        found, missing = sorted(_files_below(place)), "there is no article in this folder"
    elif any(each in str(place) for each in "*?["):
        found, missing = sorted(_matching(place)), "no article matches this pattern"
    else:
        what = "there is no such file or folder"
        raise ArticleError(what, where=place, remedy=_look_alike(place))
    if not found:
        raise ArticleError(missing, where=place, remedy=f"{_KINDS_READ}.")
    return found, False


def _is_article(path: Path) -> bool:
    return path.suffix.lower() in SUFFIXES and not path.name.startswith(".") and path.is_file()


def _matching(pattern: Path) -> Iterator[Path]:
    root = Path(pattern.anchor or ".")
    return (path for path in root.glob(str(pattern.relative_to(pattern.anchor))) if _is_article(path))


def _files_below(folder: Path) -> Iterator[Path]:
    root = folder.resolve()
    for path in folder.rglob("*"):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if not hidden and _is_article(path) and path.resolve().is_relative_to(root):
            yield path


def _look_alike(place: Path) -> str:
    from difflib import get_close_matches

    names = [path.name for path in place.parent.iterdir()] if place.parent.is_dir() else []
    near = get_close_matches(place.name, names, n=1)
    return f"Did you mean '{near[0]}'?" if near else "Check the spelling, and the folder you are in."


def read_file(path: Path, encoding: str | None = None) -> tuple[str, str]:
    """Return a file's text and a note on the encoding it was read in.

    UTF-8 (with or without a byte order mark) and UTF-16 (with one) are recognised; anything else is read as
    Windows-1252, or, where most of it is UTF-8 all the same, as UTF-8 with each unreadable byte shown as U+FFFD.

    Raises
    ------
    ArticleError
        If the file is too large, binary, or cannot be decoded.
    """
    try:
        size = path.stat().st_size
        data = path.read_bytes() if size <= MAX_BYTES else b""
    except OSError as error:
        what = f"the file cannot be opened ({error.strerror or error})"
        raise ArticleError(what, where=path, remedy="Check that it exists and that you may read it.") from error
    if size > MAX_BYTES:
        what = f"the file is {size / 2**20:.0f} MB; an article may be {MAX_BYTES // 2**20} MB"
        raise ArticleError(what, where=path, remedy="Split it into one file for each article.")
    _refuse_foreign(data, path)
    text, note = _decode(data, encoding, path)
    return check_text(text, path), note


def _refuse_foreign(data: bytes, path: Path) -> None:
    for signature, name in _FOREIGN:
        if data.startswith(signature):
            what = f"this is {name}, whatever its name says"
            raise ArticleError(what, where=path, remedy="Copy its text into a .txt file.")


def check_text(text: str, where: str | Path) -> str:
    """Return ``text`` without byte order mark, a lone surrogate in it shown as U+FFFD.

    Raises
    ------
    ArticleError
        If it is not text, or blank.
    """
    text = _SURROGATE.sub("\ufffd", text.removeprefix("\ufeff"))
    if "\0" in text or len(_CONTROL.findall(text)) > max(8, len(text) // 50):
        what = "this is not text: it holds NUL or control characters"
        remedy = "Save the article as plain text in UTF-8, or name its encoding with encoding=."
        raise ArticleError(what, where=where, remedy=remedy)
    if not text.strip():
        what = "the file is empty"
        raise ArticleError(what, where=where, remedy="Paste the article into it and save it.")
    return text


def _decode(data: bytes, encoding: str | None, path: Path) -> tuple[str, str]:
    if encoding is not None:
        return _decode_as(data, encoding, path), f"{encoding}, as told"
    for mark, name in _BOMS:
        if data.startswith(mark):
            return _decode_as(data, name, path), f"{name.removesuffix('-sig')}, by its byte order mark"
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return _decode_unknown(data, path)


def _decode_as(data: bytes, encoding: str, path: Path) -> str:
    try:
        return data.decode(encoding)
    except LookupError as error:
        what = f"'{encoding}' is not an encoding that Python knows"
        raise ArticleError(what, where=path, remedy="Try utf-8, utf-16, cp1252 or cp1251.") from error
    except UnicodeError as error:
        what = f"the file is not in {encoding} ({error})"
        raise ArticleError(what, where=path, remedy="Save it as UTF-8, or name its encoding with encoding=.") from error


def _decode_unknown(data: bytes, path: Path) -> tuple[str, str]:
    damaged = data.decode("utf-8", errors="replace")
    lost = damaged.count("\ufffd")
    sound = sum(character > "\x7f" for character in damaged) - lost
    if sound > 3 * lost:
        return damaged, f"utf-8, damaged: {lost} unreadable, shown as \ufffd"
    text = _decode_as(data, "cp1252", path)
    return text, "not utf-8: read as cp1252 (Windows, Western); if letters look wrong, name the encoding"
