"""Reading the files of a case: safely, in one place, and with the line that each value stands on.

Cases come from anywhere. A file is read only inside its own folder, up to a size, as UTF-8; YAML is parsed by the safe
loader, without aliases and only so deep, so that no file can run code, fill the memory or exhaust the stack.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from kit.errors import CaseError

MEGABYTE = 1_000_000
LARGEST = {".yaml": 2 * MEGABYTE, ".csv": 5 * MEGABYTE, ".json": 2 * MEGABYTE}
DEEPEST = 40
Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong with a file, and how to mend it."""

    file: str
    line: int
    what: str
    remedy: str

    def __str__(self) -> str:
        place = f"{self.file}, line {self.line}" if self.line else self.file
        return f"{place}: {self.what}. {self.remedy}"


@dataclass
class Document:
    """A parsed file.

    Attributes
    ----------
    name : str
        The file's name within its folder.
    data : Any
        What it says, as plain Python values.
    lines : dict of tuple to int
        For the path of keys and indexes to a value, the line it starts on, from 1.
    problems : list of Problem
        What was found wrong while reading; ``data`` holds what could be read all the same.
    columns : tuple of str
        For a table, the columns that its first row names.
    """

    name: str
    data: Any
    lines: dict[tuple[Any, ...], int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    columns: tuple[str, ...] = ()

    def line(self, path: tuple[Any, ...]) -> int:
        """Line of the value at a path, or of the nearest value above it; 0 if unknown."""
        for length in range(len(path), -1, -1):
            if path[:length] in self.lines:
                return self.lines[path[:length]]
        return 0

    def problem(self, path: tuple[Any, ...], what: str, remedy: str) -> None:
        """Note something wrong at a path."""
        self.problems.append(Problem(self.name, self.line(path), what, remedy))


def inside(folder: Path, name: str) -> Path:
    """Path of a file in a folder.

    Raises
    ------
    CaseError
        If the name, or a link it stands for, leads out of the folder.
    """
    path = folder / name
    if not path.resolve().is_relative_to(folder.resolve()):
        what = f"'{name}' lies outside the folder of the case"
        raise CaseError(what, where=folder, remedy="Copy the file into the folder and name it from there.")
    return path


def read_text(path: Path) -> str:
    """Text of a UTF-8 file, with or without a byte order mark.

    Raises
    ------
    CaseError
        If it is missing, too large, or not UTF-8 text.
    """
    limit = LARGEST.get(path.suffix, MEGABYTE)
    try:
        if path.stat().st_size > limit:
            what = f"The file is larger than {limit // MEGABYTE} MB"
            raise CaseError(what, where=path, remedy="Split it, or leave out what the case does not need.")
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        what = f"The file is not UTF-8 text (byte {error.start})"
        remedy = "Save it again as UTF-8; in a spreadsheet choose 'CSV UTF-8'."
        raise CaseError(what, where=path, remedy=remedy) from None
    except OSError as error:
        what = f"The file cannot be read ({error.strerror})"
        raise CaseError(what, where=path, remedy="Check its name and that you may open it.") from None
    if "\0" in text:
        msg = "The file is not text"
        raise CaseError(msg, where=path, remedy="Save it again as plain text.")
    return text


def read_yaml(path: Path) -> Document:
    """A YAML file with the line of each value; duplicate keys are noted as problems.

    Raises
    ------
    CaseError
        If it cannot be read or is not YAML, with the line.
    """
    text = read_text(path)
    try:
        _refuse_tricks(text, path)
        data = yaml.load(text, Loader=Loader)  # Loader is a safe one
        node = yaml.compose(text, Loader=Loader)
    except yaml.YAMLError as error:
        unclosed = "end of stream" in str(getattr(error, "problem", ""))
        mark = getattr(error, "context_mark" if unclosed else "problem_mark", None)
        line = f", line {mark.line + 1}" if mark else ""
        what = f"This is not valid YAML: {getattr(error, 'problem', None) or 'it cannot be parsed'}"
        remedy = "Look for a missing space after a colon, a stray tab, or a quotation mark that is not closed."
        raise CaseError(what, where=f"{path.name}{line}", remedy=remedy) from None
    except ValueError as error:
        remedy = "Put quotation marks round the value, or correct it."
        msg = f"A value cannot be read ({error})"
        raise CaseError(msg, where=path.name, remedy=remedy) from None
    document = Document(path.name, data)
    if node is not None:
        _note_lines(node, (), document)
    return document


def _refuse_tricks(text: str, path: Path) -> None:
    depth = 0
    for event in yaml.parse(text, Loader=Loader):
        line = event.start_mark.line + 1 if event.start_mark else 0
        if isinstance(event, yaml.AliasEvent):
            what = "An alias (*name) is used, which case files do not need"
            raise CaseError(what, where=f"{path.name}, line {line}", remedy="Write the value out, or put it in quotes.")
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            what = f"Values are nested more than {DEEPEST} deep"
            raise CaseError(what, where=f"{path.name}, line {line}", remedy="Check the brackets and the indentation.")


def _note_lines(node: Any, path: tuple[Any, ...], document: Document) -> None:
    document.lines[path] = node.start_mark.line + 1
    if isinstance(node, yaml.SequenceNode):
        for index, child in enumerate(node.value):
            _note_lines(child, (*path, index), document)
    elif isinstance(node, yaml.MappingNode):
        for key_node, child in node.value:
            key = _plain(key_node)
            if (*path, key) in document.lines:
                what = f"'{key}' stands twice"
                document.problems.append(
                    Problem(
                        document.name, key_node.start_mark.line + 1, what, "Keep one; the later one would win unseen."
                    )
                )
            _note_lines(child, (*path, key), document)
            document.lines[(*path, key)] = key_node.start_mark.line + 1


def _plain(node: Any) -> Any:
    """The value of a key as the loader would read it."""
    if not isinstance(node, yaml.ScalarNode):
        return str(node.value)
    return yaml.safe_load(node.value) if node.style is None and node.tag != "tag:yaml.org,2002:str" else node.value


# The end of a string is optional, so that each character is looked at once, whatever the text.
_STRING = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"?', re.DOTALL)
_BRACKET = re.compile(r"[\[\]{}]")


def parse_json(text: str | bytes, *, deepest: int = DEEPEST, **how: Any) -> Any:
    """Return what a JSON text says.

    The depth is looked at first: a browser page has a small stack, and Python's own check comes too late there.

    Raises
    ------
    RecursionError
        If values are nested deeper than that.
    ValueError
        If it is not JSON.
    """
    if isinstance(text, bytes):
        text = text.decode(json.detect_encoding(text), "surrogatepass")
    depth = 0
    for bracket in _BRACKET.finditer(_STRING.sub("", text)):
        depth += 1 if bracket[0] in "[{" else -1
        if depth > deepest:
            msg = f"Values are nested more than {deepest} deep"
            raise RecursionError(msg)
    return json.loads(text, **how)


def read_json(path: Path) -> Document:
    """A JSON file.

    Raises
    ------
    CaseError
        If it cannot be read or is not JSON, with the line.
    """
    try:
        return Document(path.name, parse_json(read_text(path)))
    except json.JSONDecodeError as error:
        what = f"This is not valid JSON: {error.msg}"
        remedy = "Look for a missing or surplus comma, or a quotation mark that is not closed."
        raise CaseError(what, where=f"{path.name}, line {error.lineno}", remedy=remedy) from None
    except RecursionError:
        remedy = "Check its brackets."
        msg = "Values are nested too deep"
        raise CaseError(msg, where=path.name, remedy=remedy) from None


def read_csv(path: Path, columns: tuple[str, ...]) -> Document:
    """A CSV file whose first row names its columns, as a list of dicts of str.

    Parameters
    ----------
    path : Path
        The file; comma or semicolon separated, as spreadsheets write them.
    columns : tuple of str
        The columns it may have. What it has less is empty; what it has more is a problem.

    Returns
    -------
    Document
        ``data`` is the rows in order; ``lines[(i,)]`` is the line that row ``i`` starts on.
    """
    text = read_text(path)
    header = text.partition("\n")[0]
    separator = ";" if header.count(";") > header.count(",") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    document = Document(path.name, [])
    try:
        rows = _numbered(reader)
        _, names = next(rows, (1, []))
        names = [name.strip() for name in names]
        _check_columns(names, columns, document)
        document.columns = tuple(names)
        for line, row in rows:
            _add_row(line, row, names, columns, document)
    except csv.Error as error:
        remedy = "Open it in a spreadsheet and save it again as CSV UTF-8."
        msg = f"This is not valid CSV: {error}"
        raise CaseError(msg, where=f"{path.name}, line {reader.line_num}", remedy=remedy) from None
    return document


def _numbered(reader: Any) -> Iterator[tuple[int, list[str]]]:
    """Rows with the line each starts on; a cell may hold line breaks, so rows and lines differ."""
    start = 1
    for row in reader:
        yield start, row
        start = reader.line_num + 1


def _check_columns(names: list[str], columns: tuple[str, ...], document: Document) -> None:
    document.lines[()] = 1
    for name in names:
        if name not in columns:
            document.problem((), f"There is no column '{name}'", f"The columns are: {', '.join(columns)}.")
    for name in columns[:1]:
        if name not in names:
            document.problem((), f"The column '{name}' is missing", f"The first row must name: {', '.join(columns)}.")


def _add_row(line: int, row: list[str], names: list[str], columns: tuple[str, ...], document: Document) -> None:
    if not any(cell.strip() for cell in row):
        return
    index = len(document.data)
    document.lines[(index,)] = line
    if len(row) != len(names):
        what = f"The row has {len(row)} cells, the first row names {len(names)} columns"
        document.problem((index,), what, "Put quotation marks round a cell that holds a comma.")
    found = dict(zip(names, (cell.strip() for cell in row), strict=False))
    document.data.append({name: found.get(name, "") for name in columns})
