"""Finding articles on disk and turning their bytes into text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from kit.errors import ArticleError, nearest, printable
from kit.letters import in_one_form
from kit.reading import charsets
from kit.reading.data_files import files_in, whole_characters
from kit.reading.formats import looks_like_html

SUFFIXES = {".txt": "text", ".md": "markdown", ".html": "html", ".htm": "html"}
_DOCUMENTS = {".pdf", ".doc", ".docx", ".odt", ".rtf", ".pages", ".epub", ".mht", ".mhtml", ".webarchive", ".xhtml"}
MAX_BYTES = 16 * 2**20
_HEAD = 4096  # bytes: a page shows itself in its first
KINDS_READ = "Parley reads .txt, .md, .html and .htm"

_FOREIGN = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a Word, OpenDocument or zip file"),
    (b"\xd0\xcf\x11\xe0", "an old Word file"),
    (b"{\\rtf", "an RTF file"),
)
_CONTROL = re.compile(r"[\x01-\x08\x0e-\x1b\x7f]")
_NO_LETTER = re.compile("[\n\r\ud800-\udfff]")  # a byte of no letter in UTF-8 comes as half of a pair


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
            raise ArticleError(what, where=place, remedy=f"{KINDS_READ}: save the article as one of these.")
        return [place], True
    if place.is_dir():
        found, missing = [path for path in files_in(place) if _is_article(path)], "there is no article in this folder"
    elif any(each in str(place) for each in "*?["):
        found, missing = sorted(_matching(place)), "no article matches this pattern"
    else:
        what = "there is no such file or folder"
        raise ArticleError(what, where=place, remedy=_look_alike(place))
    if not found:
        raise ArticleError(missing, where=place, remedy=f"{KINDS_READ}.")
    return found, False


def find_documents(path: str | Path) -> list[str]:
    """Return the names of those files in a folder that may hold an article, but in a kind of file that is not read."""
    place = Path(path).expanduser()
    return (
        [printable(each.name) for each in files_in(place) if each.suffix.lower() in _DOCUMENTS]
        if place.is_dir()
        else []
    )


def name_of(path: Path) -> str:
    """Return what an article is called after its file, whose name may come from another system or an old zip."""
    return in_one_form(_NO_LETTER.sub("\ufffd", path.stem))


def _is_article(path: Path) -> bool:
    return path.suffix.lower() in SUFFIXES and not path.name.startswith(".") and path.is_file()


def _matching(pattern: Path) -> Iterator[Path]:
    root = Path(pattern.anchor or ".")
    return (path for path in root.glob(str(pattern.relative_to(pattern.anchor))) if _is_article(path))


def _look_alike(place: Path) -> str:
    names = [path.name for path in place.parent.iterdir()] if place.parent.is_dir() else []
    return nearest(place.name, names, "Check the spelling, and the folder you are in.")


def read_file(path: Path, encoding: str | None = None) -> tuple[str, str]:
    """Return a file's text and a note on the encoding it was read in.

    A byte order mark is believed, and what a web page declares; UTF-8 is recognised. Anything else is guessed, or, where
    most of it is UTF-8 all the same, read as UTF-8 with each unreadable byte shown as U+FFFD.

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
    markup = SUFFIXES.get(path.suffix.lower()) == "html" or looks_like_html(data[:_HEAD].decode("ascii", "replace"))
    text, note = charsets.decode(data, encoding, path, markup=markup)
    return check_text(text, path), note


def _refuse_foreign(data: bytes, path: Path) -> None:
    for signature, name in _FOREIGN:
        if data.startswith(signature):
            what = f"this is {name}, whatever its name says"
            raise ArticleError(what, where=path, remedy="Copy its text into a .txt file.")


def check_text(text: str, where: str | Path) -> str:
    """Return ``text`` without byte order mark, its lines and letters in one form, a lone surrogate shown as U+FFFD.

    Raises
    ------
    ArticleError
        If it is not text, or blank.
    """
    # Half of a character: no file could be written with it.
    text = whole_characters(text.removeprefix("\ufeff")).replace("\r\n", "\n").replace("\r", "\n")
    text = in_one_form(text)
    # A few control characters come along with copied text; many are a program or a picture.
    if "\0" in text or len(_CONTROL.findall(text)) > max(8, len(text) // 50):
        what = "this is not text: it holds NUL or control characters"
        remedy = "Save the article as plain text in UTF-8, or name its encoding with encoding=."
        raise ArticleError(what, where=where, remedy=remedy)
    if not text.strip():
        what = "the file is empty"
        raise ArticleError(what, where=where, remedy="Paste the article into it and save it.")
    return text
