"""Marks as files for other programs: a table for a spreadsheet, W3C web annotations, and both read back.

What is read back is a list of what a reader has left in the file; `kit.marks.corrections.from_marks` says how that differs from
what the rules find.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from string import whitespace
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote

from kit.errors import KitError, writing_to
from kit.reading.data_files import read_csv, read_json
from kit.reading.lexicon import INVISIBLE

if TYPE_CHECKING:
    import pandas as pd

    from kit.articles import Article

CONTEXT = 32  # characters of text before and after a mark that a web annotation quotes
COLUMNS = ("article", "section", "sentence", "text", "start", "end", "quote", "kind", "code", "label")
# Not in the files of this module: the correction columns that a reader may have added to a table, and `source`.
_ALSO_READ = ("source", "words", "nth", "why")
# A cell that begins so is run by a spreadsheet (some take the full-width signs too), or loses its first letter.
_FORMULA = tuple("=+-@\t\r\n＝＋－＠'")
_UNSEEN = f"{whitespace}\xa0{INVISIBLE}"  # a spreadsheet looks behind it
_ARTICLE = "urn:parley:article:"


def guard_cells(cell: object) -> str:
    """Return a cell that a spreadsheet shows as it is: one that it would take for a formula gets an apostrophe before it."""
    text = str(cell)
    return f"'{text}" if _is_formula(text) else text


def unguard_cells(cell: str) -> str:
    """Return what :func:`guard_cells` was given."""
    return cell[1:] if cell[:1] == "'" and _is_formula(cell[1:]) else cell


def _is_formula(cell: str) -> bool:
    return cell.startswith(_FORMULA) or cell.lstrip(_UNSEEN).startswith(_FORMULA)


def csv_text(columns: Iterable[str], rows: Iterable[Iterable[object]], *, header: bool = True) -> str:
    """Return rows as CSV that every spreadsheet opens: a byte-order mark says UTF-8, and no cell is a formula."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\n")
    if header:
        stream.write("\ufeff")
        writer.writerow(columns)
    # A lone carriage return would not be quoted, and a spreadsheet begins a new row at it.
    writer.writerows([guard_cells(cell).replace("\r\n", "\n").replace("\r", "\n") for cell in row] for row in rows)
    return stream.getvalue()


def to_csv(marks: pd.DataFrame, articles: Iterable[Article], path: str | Path, *, append: bool = False) -> None:
    """Write marks as CSV, a row a mark, the sentence's whole text beside it; with ``append`` go on with a file."""
    texts = {
        article.id: [each.text for each in article.sentences] or [article.text] for article in _given(marks, articles)
    }
    rows: Any = marks.itertuples()
    table = (
        [texts[row.article][row.sentence] if name == "text" else getattr(row, name) for name in COLUMNS] for row in rows
    )
    write_text(path, csv_text(COLUMNS, table, header=not append), append=append)


def _given(marks: pd.DataFrame, articles: Iterable[Article]) -> list[Article]:
    """Return the articles; there must be one for each mark."""
    articles = list(articles)
    missing = sorted(set(marks["article"]) - {article.id for article in articles})
    if missing:
        what = f"there are marks of '{missing[0]}', and no such article was given"
        raise KitError(what, remedy="Give the articles that the marks were made from.")
    return articles


def to_web_annotation(marks: pd.DataFrame, articles: Iterable[Article], path: str | Path) -> None:
    """Write marks as a collection of W3C Web Annotations (JSON-LD, 2017).

    Each mark is an annotation that tags a span of an article with a code. The span is told by position (characters
    of the article's text) and by quotation, with the text before and after it.

    Raises
    ------
    KitError
        If a mark is of an article that is not among ``articles``.
    """
    texts = {article.id: article.text for article in _given(marks, articles)}
    rows: Any = marks.itertuples()
    items = [_annotation(mark, texts[mark.article]) for mark in rows]
    # The collection is named after what it holds, so that the same marks give the same file.
    name = "urn:parley:marks:" + sha256("\n".join(item["id"] for item in items).encode()).hexdigest()[:16]
    collection = {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": name,
        "type": "AnnotationCollection",
        "label": "Marks made by Parley",
        "total": len(items),
        "first": {"id": f"{name}:page:1", "type": "AnnotationPage", "partOf": name, "startIndex": 0, "items": items},
    }
    write_text(path, json.dumps(collection, ensure_ascii=False, indent=1) + "\n")


def _annotation(mark: Any, text: str) -> dict[str, Any]:
    source = _ARTICLE + quote(mark.article, safe="")
    return {
        "id": f"{source}:{mark.start}-{mark.end}:{mark.code}",
        "type": "Annotation",
        "motivation": "tagging",
        "body": [
            {"type": "TextualBody", "purpose": "tagging", "value": mark.code},
            {"type": "TextualBody", "purpose": "describing", "value": mark.label},
        ],
        "target": {
            "source": source,
            "selector": [
                {"type": "TextPositionSelector", "start": mark.start, "end": mark.end},
                {
                    "type": "TextQuoteSelector",
                    "exact": mark.quote,
                    "prefix": text[max(mark.start - CONTEXT, 0) : mark.start],
                    "suffix": text[mark.end : mark.end + CONTEXT],
                },
            ],
        },
    }


def read_marks(path: str | Path) -> list[dict[str, str]]:
    """Return the rows of a file that :func:`to_csv` or :func:`to_web_annotation` wrote and a reader may have changed.

    Returns
    -------
    list of dict of str
        ``article, start, end, quote, code``, and from a table ``text``, the sentence. What is not told is empty.

    Raises
    ------
    KitError
        If the file is neither, or cannot be read.
    """
    path = Path(path)
    if path.suffix.lower() == ".csv":
        rows = read_csv(path, (*COLUMNS, *_ALSO_READ)).data
        return [{name: unguard_cells(cell) for name, cell in row.items()} for row in rows]
    try:
        return [_row(item) for item in read_json(path).data["first"]["items"]]
    except (KeyError, TypeError, IndexError, AttributeError, StopIteration) as error:
        what = "the file holds no web annotations such as the kit writes"
        raise KitError(what, where=path, remedy="Give a .csv or .jsonld file that annotate wrote.") from error


def _row(item: dict[str, Any]) -> dict[str, str]:
    body = item["body"] if isinstance(item["body"], list) else [item["body"]]
    row = {
        "article": unquote(item["target"]["source"].removeprefix(_ARTICLE)),
        "code": next(each["value"] for each in body if each.get("purpose") == "tagging"),
    }
    for selector in item["target"]["selector"]:
        row |= {key: str(selector[key]) for key in ("start", "end") if key in selector}
        if "exact" in selector:
            row["quote"] = selector["exact"]
    return row


def write_text(path: str | Path, text: str, *, append: bool = False) -> None:
    """Write a text file, or go on with one.

    Raises
    ------
    KitError
        If it cannot be written.
    """
    with writing_to(path), Path(path).open("a" if append else "w", encoding="utf-8", newline="\n") as stream:
        stream.write(text)
