"""From the text of a file to a :class:`Page`: its lines, each with what the file itself says about it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from kit.errors import ArticleError, CaseError
from kit.letters import unescape
from kit.reading import fixed_width, word_set
from kit.reading.data_files import parse_yaml
from kit.reading.pages import Line, Page, fold_space, lines_of_block, without_edit

MAX_FRONT_MATTER = 64 * 2**10
_MAX_NESTING = 100  # deeper quotations and lists than this are not an article's
_MAX_BRACKETS = 10_000  # beyond, looking for the ends of links would take minutes

_CELL_EDGE = re.compile(r"(?<!\\)\|")
_FRONT_MATTER = re.compile(r"\n{0,9}---[ \t]*\n(.*?)(?:^|\n)(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_KEY = re.compile(r"\n{0,9}---[ \t]*\n\s{0,99}(?:#.*\n)*[\w-]+[ \t]*:")
# Behind comments and declarations comes a page's first tag; what was read of them is not read again.
_PAGE = re.compile(
    r"\s*+(?:(?><!(?=--).*?-->|<\?xml.*?>)\s*+)*+<(?:html[>\s]|!doctype html)", re.IGNORECASE | re.DOTALL
)
_COMMENT = re.compile(r"<!(?=--).*?(?:-->|\Z)", re.DOTALL)  # one that never ends reaches to the end
_TAG = re.compile(r"(<[^<>]*>)")
_INLINE_TAGS = word_set(
    "a abbr b bdi bdo cite code data dfn em font i ins del kbd mark q s samp small span strong sub sup u var wbr"
)


def looks_like_html(text: str) -> bool:
    """Say whether a text begins like a web page."""
    return _PAGE.match(text) is not None


def read_page(text: str, form: str, where: str = "text") -> Page:
    """Return the page of a ``"text"``, ``"markdown"`` or ``"html"`` file; a web page is known whatever its name says.

    Raises
    ------
    ArticleError
        If the front matter of a Markdown file is broken, or its text is nested out of all measure.
    """
    if form != "html" and looks_like_html(text):
        page = read_page(text, "html", where)
        page.meta["format"] = "a web page, by its first tag"
        return page
    if form == "html":
        from kit.reading.webpage import read_webpage

        return read_webpage(text, where)
    if form == "markdown":
        return _read_markdown(text, where)
    return _read_text(text)


def _read_text(text: str) -> Page:
    lines, feet = fixed_width.drop_feet(text.replace("\f", f"\n{fixed_width.PAGE_END}\n").splitlines())
    return Page(lines=list(_text_lines(lines)), dropped=[(line, fixed_width.FOOT) for line in feet])


def _text_lines(lines: list[str]) -> Iterator[Line]:
    table = 0
    in_table = False
    gap = False
    for raw in fixed_width.unwrap(lines):
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
    bare = line.lstrip("#")
    level = len(line) - len(bare)
    if 0 < level <= 6 and bare[:1] == " " and bare.strip(" #"):
        return Line(without_edit(bare.strip().rstrip("#").rstrip()), "heading", level, gap=gap)
    return Line(without_edit(line), gap=gap, joined=not gap)


def _cells(row: str, table: int) -> Iterator[Line]:
    if "-" in row and not row.strip(" |:+-"):
        return
    for cell in _CELL_EDGE.split(row.strip("|")):
        text = cell.replace(r"\|", "|").strip()
        if text:
            yield Line(text, "cell", table=table)


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
    has_key = _KEY.match(text)
    if found and (has_key or not found[1].startswith("\n")):  # a rule has a blank line below
        return _front_matter(found[1], where, text.count("\n", 0, found.start(1))), text[found.end() :]
    if has_key:
        remedy = "Close the front matter with a line that holds --- and nothing else."
        what = "the front matter that begins on line 1 never ends"
        raise ArticleError(what, where=f"{where}, line 1", remedy=remedy)
    return {}, text


def _front_matter(source: str, where: str, above: int) -> dict[str, Any]:
    remedy = "Write one 'key: value' a line; put a value with a colon in it between quotation marks."
    try:
        meta = parse_yaml(source, where, above=above).data if len(source) <= MAX_FRONT_MATTER else "too long"
    except CaseError as error:
        what = f"the front matter is broken: {error.what}"
        raise ArticleError(what, where=error.where, remedy=error.remedy) from error
    if not isinstance(meta, dict | None):
        what = f"the front matter is {meta if meta == 'too long' else 'no list of names and values'}"
        raise ArticleError(what, where=f"{where}, line {above + 1}", remedy=remedy)
    return meta or {}


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
            page.lines += _plain_lines(token.content.splitlines())
        elif token.type == "html_block":
            page.lines += _plain_lines(_html_text(token.content).split("\n"))


def _plain_lines(lines: list[str]) -> Iterator[Line]:
    return (Line(text) for line in fixed_width.unwrap(lines) if (text := fold_space(line)))


def _inline_lines(token: Any, role: str, level: int, table: int) -> list[Line]:
    lines: list[list[str]] = [[""]]  # each a list of what the source has on a line of its own
    for child in token.children or []:
        is_break = child.type == "hardbreak" or (child.type == "html_inline" and child.content[:3].lower() == "<br")
        if is_break and not role:
            lines.append([""])
        elif is_break or child.type == "softbreak":
            lines[-1].append("")
        elif child.type in {"text", "code_inline", "text_special"}:
            lines[-1][-1] += child.content
    found = (fold_space(fixed_width.join([part.strip() for part in line if part.strip()])) for line in lines)
    texts = found if role else fixed_width.unwrap(found)
    return lines_of_block([without_edit(text) for text in texts if text], role, level, table if role == "cell" else 0)


def _html_text(source: str) -> str:
    """Return the text of a piece of HTML within a Markdown text, a line for each of its blocks."""
    pieces: list[str] = []
    inside = ""  # of a script or a style sheet
    for part in _TAG.split(_COMMENT.sub("", source)):
        name = part[1:-1].strip("/ ").split(" ")[0].lower() if part[:1] == "<" and part[-1:] == ">" else None
        if inside:
            inside = "" if name == inside and part.startswith("</") else inside
        elif name in {"script", "style", "template"}:
            inside = name or ""
        elif name is None:
            pieces.append(part.replace("\n", " "))
        elif name not in _INLINE_TAGS:
            pieces.append("\n")
    return unescape("".join(pieces))
