"""What each file of a case holds, as tables in Markdown, made from the one description in `kit.case_tables`.

`tools/reference_pages.py` writes them: all files into ``docs/case-files.md``, the columns of the CSV files into the
``README.md`` of the pattern for a case of one's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, get_args, get_origin

from kit.case_tables import FILES, ROWS
from kit.fields import NEEDED, Between, OneOf, Refers, hints, is_record, noun
from kit.grammar import join_words

ROOT = Path(__file__).resolve().parent.parent
PAGE, README = ROOT / "docs" / "case-files.md", ROOT / "kit" / "skeleton" / "README.md"
_LEAD = """<!-- written by `make docs` from kit/case_tables.py -->

# What the files of a case hold

Every name that `check-case` knows. **Bold** names are needed. How to go about it says [Your own case](your-own-case.md).
"""
_KINDS = {str: "text", int: "a whole number", float: "a number", bool: "yes or no", date: "a date"}


def page() -> str:
    """Return the page: a table for each file, then one for each record within it."""
    return "\n".join([_LEAD, *(line for name, form in FILES.items() for line in _file(name, form))]).rstrip() + "\n"


def readme() -> str:
    """Return the pattern's README with the columns of each CSV file as they are described now."""
    text = README.read_text(encoding="utf-8")
    for name, row in ROWS.items():
        table = "\n".join(["| column | what to write |", "| --- | --- |", *_rows(row, bold=False)])
        text = re.sub(
            rf"(## {name}\.csv\n(?:.*\n)*?)(?:\|.*\n)+",
            lambda found, table=table: f"{found[1]}{table}\n",
            text,
            count=1,
        )
    return text


def _file(name: str, form: Any) -> Iterator[str]:
    yield f"## {name}\n"
    for record in dict.fromkeys(_records(form)):
        yield f"**{noun(record)[:1].upper()}{noun(record)[1:]}**\n"
        yield from ["| name | what to write |", "| --- | --- |", *_rows(record), ""]


def _rows(record: Any, *, bold: bool = True) -> list[str]:
    rows = []
    for name, form in hints(record).items():
        _, remarks = _parts(form)
        shown = f"**{name}**" if bold and NEEDED in remarks else name
        rows.append(f"| {shown} | {_said(form)} |")
    return rows


def _said(form: Any) -> str:
    """Return what is said of a value: its own remark, else its vocabulary, its range, or what it names or holds."""
    kind, remarks = _parts(form)
    for each in remarks:
        if isinstance(each, str):
            return each
    for each in remarks:
        if isinstance(each, OneOf):
            *rest, last = each.values
            return f"{', '.join(rest)} or {last}"
        if isinstance(each, Between):
            return f"a number from {each.low:g} to {each.high:g}"
    named = [each.noun for each in remarks if isinstance(each, Refers)]
    inside = [each for each in get_args(kind) if each is not type(None)]
    if get_origin(kind) is dict:
        return f"for each {named[0] if named else 'name'}: {_said(inside[1])}"
    if get_origin(kind) is list:
        return f"a list: {_said(inside[0])}"
    if named:
        return f"the name of one {named[0]}"
    if inside:
        return join_words(_said(each) for each in inside)
    return noun(kind) if is_record(kind) else _KINDS.get(kind, "text")


def _records(form: Any) -> Iterator[Any]:
    """Yield the records of a description, each before those within it."""
    kind, _ = _parts(form)
    if is_record(kind):
        yield kind
        for each in hints(kind).values():
            yield from _records(each)
    for each in get_args(kind):
        yield from _records(each)


def _parts(form: Any) -> tuple[Any, tuple[Any, ...]]:
    # Where `Annotated` keeps a type and the remarks beside it.
    return (form.__origin__, form.__metadata__) if hasattr(form, "__metadata__") else (form, ())
