"""From the text of a file to a :class:`Page`: its lines, each with what the file itself says about it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from kit.errors import ArticleError

MAX_FRONT_MATTER = 64 * 2**10
_MAX_NESTING = 100  # deeper quotations and lists than this are not an article's
_MAX_BRACKETS = 10_000  # beyond, looking for the ends of links would take minutes
_MAX_DEPTH = 20  # of lists within lists in front matter

_LOOKS_LIKE_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html[\s>])", re.IGNORECASE | re.DOTALL
)
_HASH_HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*#*")
_RULING = re.compile(r"\|?[\s:|+-]*-[\s:|+-]*\|?")
_CELL_EDGE = re.compile(r"(?<!\\)\|")
_FRONT_MATTER = re.compile(r"---[ \t]*\r?\n(.*?)(?:^|\n)(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_KEY = re.compile(r"---[ \t]*\r?\n[ \t]*(?:#.*\n)*[\w-]+[ \t]*:")
_SENTENCE_END = re.compile(r"""[.!?:;…]["'”’)\]]*$""")


@dataclass
class Line:
    """One line of a page.

    ``role`` is ``"title"``, ``"heading"`` or ``"cell"`` where the file says so, else ``""``; ``level`` is a heading's
    (1 to 6), ``table`` the number of a cell's table (from 1), and ``gap`` is true after a blank line.
    """

    text: str
    role: str = ""
    level: int = 0
    table: int = 0
    gap: bool = False


@dataclass
class Page:
    """What a file says about itself: a title, its lines, front matter, and what its own tags rule out."""

    lines: list[Line] = field(default_factory=list)
    title: str | None = None
    meta: dict[str, Any] = field(default_factory=dict)
    dropped: list[tuple[str, str]] = field(default_factory=list)
    marked_up: bool = False


def fold_space(text: str) -> str:
    """Return ``text`` with each run of white space made one space, none at the ends."""
    return " ".join(text.split())


def read_page(text: str, form: str, where: str = "text") -> Page:
    """Return the page of a ``"text"``, ``"markdown"`` or ``"html"`` file; a web page is known whatever its name says.

    Raises
    ------
    ArticleError
        If the front matter of a Markdown file is broken, or its text is nested out of all measure.
    """
    if form != "html" and _LOOKS_LIKE_HTML.match(text):
        page = read_page(text, "html", where)
        page.meta["format"] = "a web page, by its first tag"
        return page
    if form == "html":
        from kit.reading.html import read_html

        return read_html(text)
    if form == "markdown":
        return _read_markdown(text, where)
    return Page(lines=list(_text_lines(text)))


def _text_lines(text: str) -> Iterator[Line]:
    table = 0
    in_table = False
    gap = False
    for raw in _unwrap(text.splitlines()):
        line = fold_space(raw)
        if not line:
            gap, in_table = True, False
            continue
        is_row = line.startswith("|") and line.endswith("|") and line.count("|") > 2
        table += is_row and not in_table
        in_table = is_row
        if is_row:
            yield from _cells(line, table)
        else:
            yield _text_line(line, gap)
        gap = False


def _text_line(line: str, gap: bool) -> Line:
    heading = _HASH_HEADING.fullmatch(line)
    if heading and heading.group(2):
        return Line(heading.group(2), "heading", len(heading.group(1)), gap=gap)
    return Line(line, gap=gap)


def _cells(row: str, table: int) -> Iterator[Line]:
    if _RULING.fullmatch(row):
        return
    for cell in _CELL_EDGE.split(row.strip("|")):
        text = cell.replace(r"\|", "|").strip()
        if text:
            yield Line(text, "cell", table=table)


def _unwrap(lines: list[str]) -> Iterator[str]:
    """Join the lines of paragraphs that were broken at a fixed width, as old e-mails and some scrapes are."""
    block: list[str] = []
    for line in [*lines, ""]:
        if line.strip():
            block.append(line)
            continue
        if block:
            yield from [" ".join(block)] if _is_wrapped(block) else block
        block = []
        yield line


def _is_wrapped(block: list[str]) -> bool:
    inner = [line.rstrip() for line in block[:-1]]
    if len(inner) < 2 or not all(40 <= len(line) <= 100 for line in inner) or inner[0].lstrip().startswith("|"):
        return False
    cut = sum(not _SENTENCE_END.search(line) for line in inner)
    lower = sum(line.lstrip()[:1].islower() for line in block[1:])
    return 2 * cut > len(inner) and 2 * lower >= len(inner)


def _read_markdown(text: str, where: str) -> Page:
    meta, body = _split_front_matter(text, where)
    page = Page(meta=meta, marked_up=True)
    title = meta.get("title")
    page.title = fold_space(str(title)) or None if title is not None else None
    try:
        _fill_from_tokens(page, body)
    except RecursionError as error:
        remedy = "Take the nested quotations or lists out."
        what = "the text is nested too deeply"
        raise ArticleError(what, where=where, remedy=remedy) from error
    return page


def _split_front_matter(text: str, where: str) -> tuple[dict[str, Any], str]:
    found = _FRONT_MATTER.match(text)
    if found:
        return _front_matter(found.group(1), where), text[found.end() :]
    if _KEY.match(text):
        remedy = "Close the front matter with a line that holds --- and nothing else."
        what = "the front matter that begins on line 1 never ends"
        raise ArticleError(what, where=f"{where}, line 1", remedy=remedy)
    return {}, text


def _front_matter(source: str, where: str) -> dict[str, Any]:
    import yaml

    remedy = "Write one 'key: value' a line; put a value with a colon in it between quotation marks."
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        fault = _front_matter_fault(source, loader)
        meta = None if fault else yaml.load(source, Loader=loader)  # a safe loader: see above
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        place = f"{where}, line {mark.line + 2}" if mark else where
        what = f"the front matter is broken ({getattr(error, 'problem', None) or error})"
        raise ArticleError(what, where=place, remedy=remedy) from error
    if not fault and not isinstance(meta, dict | None):
        fault = "is not a list of 'key: value' lines"
    if fault:
        what = f"the front matter {fault}"
        raise ArticleError(what, where=f"{where}, line 2", remedy=remedy)
    return {str(key): value for key, value in (meta or {}).items()}


def _front_matter_fault(source: str, loader: Any) -> str | None:
    """Return what makes front matter unsafe to build, or None: too long, too deep, or full of copies of itself."""
    import yaml

    if len(source) > MAX_FRONT_MATTER:
        return "is too long"
    depth = 0
    for event in yaml.parse(source, Loader=loader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if isinstance(event, yaml.AliasEvent):
            return "uses an alias (*name): write the value out"
        if depth > _MAX_DEPTH:
            return "is nested too deeply"
    return None


def _fill_from_tokens(page: Page, body: str) -> None:
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"maxNesting": _MAX_NESTING}).enable(["table", "strikethrough"])
    if body.count("[") > _MAX_BRACKETS:
        parser.disable(["link", "image", "reference"])
    role, level, table = "", 0, 0
    for token in parser.parse(body):
        if token.type == "table_open":
            table += 1
        elif token.type == "heading_open":
            role, level = "heading", int(token.tag[1])
        elif token.type in {"th_open", "td_open"}:
            role = "cell"
        elif token.type in {"heading_close", "th_close", "td_close"}:
            role, level = "", 0
        elif token.type == "inline":
            page.lines += _inline_lines(token, role, level, table)
        elif token.type in {"fence", "code_block"}:
            page.lines += [Line(text) for raw in token.content.splitlines() if (text := fold_space(raw))]
        elif token.type == "html_block":
            _add_html(page, token.content)


def _inline_lines(token: Any, role: str, level: int, table: int) -> list[Line]:
    parts = []
    for child in token.children or []:
        if child.type == "hardbreak":
            parts.append("\n" if not role else " ")
        elif child.type == "softbreak":
            parts.append(" ")
        elif child.type in {"text", "code_inline", "text_special"}:
            parts.append(child.content)
    found = (fold_space(piece) for piece in "".join(parts).split("\n"))
    return [Line(text, role, level, table if role == "cell" else 0) for text in found if text]


def _add_html(page: Page, source: str) -> None:
    from kit.reading.html import read_html

    inner = read_html(source)
    page.lines += inner.lines
    page.dropped += inner.dropped
