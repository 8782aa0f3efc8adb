"""Any article a teacher might bring, read into an :class:`Article`: title, sections, sentences, and what was dropped.

An article comes as plain text, Markdown (with front matter and tables) or a web page. The page around it (menus, comment
forms, ratings, author boxes, related links) is left out by rules that give their reasons; title and headings stay in the
text on lines of their own, and so does each cell of a table. Every offset is a half-open range of Python characters in
:attr:`Article.text`.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path
from typing import Any

from kit.errors import ArticleError
from kit.reading import article_files, count_words, headings, junk
from kit.reading.formats import read_page
from kit.reading.pages import Line, Page
from kit.reading.sentences import ENDS_SENTENCE, split_line

_MUCH = 250  # characters: less is hardly an article
_WORDS = 8  # a sentence of fewer words may be a label
_LONG_CELL = 100
_LONGEST_ROW = 2  # cells: a name and its value


class ArticleWarning(UserWarning):
    """One file of many could not be read; the others were."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, heading or table cell: ``article.text[start:end] == text``."""

    start: int
    end: int
    text: str
    section: str


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it: ``[start, end)`` begins with the heading itself."""

    title: str
    level: int
    start: int
    end: int


@dataclass
class Article:
    """An article without the page it came on.

    Attributes
    ----------
    id : str
        The file's name without its ending.
    title : str or None
        The title; None where the file has none.
    text : str
        The article, a line each for title, headings, paragraphs and table cells.
    sections : list of Section
        In reading order. A table of several rows that no heading announces is a section named after its first cell.
    sentences : list of Sentence
        In reading order; ``section`` is the title of the nearest heading above, ``""`` before the first.
    meta : dict
        Front matter; under ``encoding`` what the file was read as; under ``doubt``, if much was left out or little was
        found, a sentence that says so.
    dropped : list of tuple of str
        What was left out, as found, each with the reason.
    source : str
        The file it was read from.
    """

    id: str
    title: str | None
    text: str
    sections: list[Section] = field(default_factory=list)
    sentences: list[Sentence] = field(default_factory=list)
    meta: dict[str, Any] = field(default_factory=dict)
    dropped: list[tuple[str, str]] = field(default_factory=list)
    source: str = ""

    def __repr__(self) -> str:
        return f"Article({self.id!r}, {len(self.sections)} sections, {len(self.sentences)} sentences)"


def load_articles(path: str | Path, *, encoding: str | None = None) -> list[Article]:
    """Return the articles in a file, a folder (with its sub-folders) or a glob, sorted by path.

    Parameters
    ----------
    path : str or Path
        ``.txt``, ``.md``, ``.html`` or ``.htm``. Hidden files, and links that lead out of the folder, are left out.
    encoding : str, optional
        Needed only where it can't be told: a byte order mark, a page's own declaration and UTF-8 are recognised, and
        anything else is guessed and the guess noted in ``meta``.

    Raises
    ------
    ArticleError
        If the file cannot be read, or not one of many can. Where some of many cannot, the others are returned and
        an :class:`ArticleWarning` names each of these, as one names the documents of other kinds in a folder.
    """
    return list(iter_articles(path, encoding=encoding))


def iter_articles(path: str | Path, *, encoding: str | None = None) -> Iterator[Article]:
    """Yield what :func:`load_articles` returns, one article in memory at a time."""
    found, single = article_files.find_files(path)
    taken: set[str] = set()
    failed: list[ArticleError] = []
    for each in found:
        try:
            article = _load(each, encoding, taken)
        except ArticleError as error:
            if single:
                raise
            failed.append(error)
            continue
        yield article
    if failed and not taken:
        names = "; ".join(str(error) for error in failed[:10])
        what = f"none of the {len(failed)} files here can be read as an article ({names})"
        raise ArticleError(what, where=path, remedy="Mend these files, or point to others.")
    for problem in failed:
        # Told as if by the line that called `load_articles`.
        warnings.warn(f"Left out: {problem}", ArticleWarning, stacklevel=3)
    if unread := article_files.find_documents(path):
        what = f"Left out: {', '.join(unread[:10])}{' and others' if unread[10:] else ''}."
        warnings.warn(f"{what} {article_files.KINDS_READ}: save them as one of these.", ArticleWarning, stacklevel=3)


def _load(path: Path, encoding: str | None, taken: set[str]) -> Article:
    text, note = article_files.read_file(path, encoding)
    article = read_article(text, form=article_files.SUFFIXES[path.suffix.lower()], source=str(path))
    article.meta.setdefault("encoding", note)
    article.id = _free_name(article_files.name_of(path), taken)
    taken.add(article.id)
    return article


def _free_name(stem: str, taken: set[str]) -> str:
    name, number = stem, 2
    while name in taken:
        name, number = f"{stem}-{number}", number + 1
    return name


def read_article(text: str, *, form: str = "text", name: str = "text", source: str = "") -> Article:
    """Return the article in ``text``, which is in ``form`` ``"text"``, ``"markdown"`` or ``"html"``.

    Raises
    ------
    ArticleError
        If ``text`` is no text, blank, or holds nothing but page furniture.
    """
    where = source or name
    page = read_page(article_files.check_text(text, where), form, where)
    lines, dropped = _clean(page)
    if not any(line.role != "title" for line in lines):
        remedy = "Copy the article itself into the file" + (
            f"; there was only this: {dropped[0][0][:80]!r}." if dropped else "."
        )
        what = "there is no article text in this file"
        raise ArticleError(what, where=where, remedy=remedy)
    article = _assemble(lines)
    article.id, article.source, article.meta = name, source, page.meta
    article.dropped = page.dropped + dropped
    # A text file may turn out to be a saved web page, and then "format" says so.
    from_web = form == "html" or "format" in page.meta
    if not (from_web and "doubt" in page.meta) and (doubt := _doubt(article, from_web=from_web)):
        article.meta["doubt"] = doubt
    return article


def _doubt(article: Article, *, from_web: bool) -> str | None:
    """Return what to say where much of the page's prose was left out, or what is left is short."""
    left_out = sum(len(text) for text, _ in article.dropped if _tells(text))
    if (article.dropped or from_web) and len(article.text) < _MUCH:
        return f"only {len(article.text)} characters were taken for the article: compare it with the page"
    if left_out > len(article.text):
        return (
            f"more text was left out ({left_out:,} characters) than was taken for the article ({len(article.text):,}): "
            "compare it with the page"
        )
    return None


def _tells(text: str) -> bool:
    """Say whether a text is prose, if of one sentence, and no label, teaser or list of links."""
    is_sentence = count_words(text) > _WORDS and ENDS_SENTENCE.search(text)
    return bool(is_sentence) or len(text) > _MUCH or len(split_line(text)) > 1


def _clean(page: Page) -> tuple[list[Line], list[tuple[str, str]]]:
    """Return the article's lines, title and headings marked, and what was dropped."""
    lines, dropped = junk.drop_junk(page.lines)
    title = page.title
    if title is None:
        above = _dropped_above_text(page.lines, lines, dropped)
        title = headings.find_title(lines, cut=junk.CUT in above, signed=bool({junk.BY_LINE, junk.DATE_LINE} & above))
    if not lines:
        return [], dropped
    lines, repeats = headings.drop_repeats(lines, title)
    # A page or a Markdown file says where its headings end: there a sentence that ends with the title's words is one.
    lines, cuts = (lines, []) if page.marked_up else headings.cut_glued_title(lines, title, repeated=bool(repeats))
    if not page.marked_up or not any(line.role == "heading" for line in lines):
        lines = headings.mark_headings(lines)
    return lines, dropped + repeats + cuts


def _dropped_above_text(found: list[Line], kept: list[Line], dropped: list[tuple[str, str]]) -> set[str]:
    """Return the reasons for which lines above the second line that was kept were dropped."""
    if len(kept) < 2:
        return set()
    second = next(number for number, line in enumerate(found) if line is kept[1])
    return {reason for _, reason in dropped[: second - 1]}


def _assemble(lines: list[Line]) -> Article:
    """Return the article that the lines make, offsets counted in its text."""
    starts = [0, *accumulate(len(line.text) + 1 for line in lines)]
    # There is one start more than lines: the end of the text.
    ranges = [(start, start + len(line.text)) for start, line in zip(starts, lines, strict=False)]
    heads = _heads(lines)
    tables = _tables(lines, ranges)
    sentences: list[Sentence] = []
    for line, (start, _), head in zip(lines, ranges, heads, strict=True):
        table = tables.get(line.table) if line.role == "cell" else None
        section = table.title if table else head
        spans = split_line(line.text)
        if line.role and not (line.role == "cell" and _is_prose(line.text, len(spans))):
            spans = [(0, len(line.text))]
        sentences += [Sentence(start + a, start + b, line.text[a:b], section) for a, b in spans]
    return Article(
        id="",
        title=next((line.text for line in lines if line.role == "title"), None),
        text="\n".join(line.text for line in lines),
        # A section before those within it that begin at the same place.
        sections=sorted([*_sections(lines, ranges), *tables.values()], key=lambda each: (each.start, -each.end)),
        sentences=sentences,
    )


def _is_prose(cell: str, sentences: int) -> bool:
    """Say whether a table's cell holds a text rather than an entry."""
    return sentences > 2 or (sentences > 1 and len(cell) > _LONG_CELL)


def _heads(lines: list[Line]) -> list[str]:
    """Return for each line the heading that it stands under, or is; ``""`` before the first."""
    heads, head = [], ""
    for line in lines:
        head = line.text if line.role == "heading" else head
        heads.append(head)
    return heads


def _sections(lines: list[Line], ranges: list[tuple[int, int]]) -> list[Section]:
    heads = [number for number, line in enumerate(lines) if line.role == "heading"]
    lasts = [number - 1 for number in heads[1:]] + [len(lines) - 1]
    return [
        Section(lines[head].text, lines[head].level, ranges[head][0], ranges[last][1])
        for head, last in zip(heads, lasts, strict=False)
    ]


def _tables(lines: list[Line], ranges: list[tuple[int, int]]) -> dict[int, Section]:
    """Return, by number, a section for each table of several rows that does not stand directly under a heading."""
    cells: dict[int, list[int]] = {}
    for number, line in enumerate(lines):
        if line.role == "cell":
            cells.setdefault(line.table, []).append(number)
    return {
        table: Section(lines[numbers[0]].text, 3, ranges[numbers[0]][0], ranges[numbers[-1]][1])
        for table, numbers in cells.items()
        if len(numbers) > _LONGEST_ROW and (numbers[0] == 0 or lines[numbers[0] - 1].role != "heading")
    }
