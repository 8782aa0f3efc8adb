"""Reading the files of a case: safely, in one place, and with the line that each value stands on.

Cases come from anywhere. A file is read only inside its own folder, up to a size, as UTF-8. YAML is built from the parser's
events: no tags, no aliases and only so deep, so that no file can run code, fill the memory or exhaust the stack. Names stay
texts, and so do all values of a described file (`kit.case_tables`), whose description says what is a number or a date: so
``on``, ``no``, ``12:30`` and ``007`` mean what an author means by them, not what YAML 1.1 makes of them.
"""

from __future__ import annotations

import codecs
import csv
import io
import json
import os
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from kit.errors import CaseError, printable, shortened
from kit.letters import in_one_form

MEGABYTE = 1_000_000
LARGEST = {".yaml": 2 * MEGABYTE, ".csv": 5 * MEGABYTE, ".json": 2 * MEGABYTE}
DEEPEST = 40
_KEEP_ONE, _IN_QUOTES = "Keep one; the later one would win unseen.", "Put all of it in quotation marks."
# Ten times as fast as the one in Python, which is there where PyYAML was built without C.
Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong with a file, and how to mend it; a warning is of what is allowed and perhaps not meant."""

    file: str
    line: int
    what: str
    remedy: str
    is_warning: bool = False

    def __str__(self) -> str:
        place = f"{self.file}, line {self.line}" if self.line else self.file
        what = self.what if self.what.endswith(("?", ".")) else f"{self.what}."
        return printable(f"{place}: {what} {self.remedy}".strip())


@dataclass
class DataFile:
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


def path_inside(folder: Path, name: str) -> Path:
    """Path of a file in a folder.

    Raises
    ------
    CaseError
        If the name, or a link it stands for, leads out of the folder.
    """
    path = folder / name
    # Not `Path.resolve`, which breaks at a link that leads to itself.
    if not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder)):
        what = f"'{name}' lies outside the folder of the case"
        raise CaseError(what, where=folder, remedy="Copy the file into the folder and name it from there.")
    return path


def files_in(folder: Path) -> Iterator[Path]:
    """Files in a folder and the folders in it, by name; without hidden ones and links that lead out of it."""
    home = folder.resolve()
    for path in sorted(folder.rglob("*")):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if not hidden and path.is_file() and path.resolve().is_relative_to(home):
            yield path


def read_text(path: Path) -> str:
    """Text of a UTF-8 file, with or without a byte order mark, or of a UTF-16 one that has it.

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
        with path.open("rb") as file:  # a spreadsheet's "Unicode text" is UTF-16, and its first bytes say so
            is_wide = file.read(2) in {codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE}
        text = path.read_text(encoding="utf-16" if is_wide else "utf-8-sig")
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
    return in_one_form(text)  # as articles are, so that a quote is found in them


def read_yaml(path: Path, *, as_text: bool = False) -> DataFile:
    """A YAML file with the line of each value; see `parse_yaml`.

    Raises
    ------
    CaseError
        If it cannot be read or is not YAML, with the line.
    """
    return parse_yaml(read_text(path), path.name, as_text=as_text)


def parse_yaml(text: str, name: str, *, as_text: bool = False, above: int = 0) -> DataFile:
    """YAML as plain Python values, names always as texts; names that stand twice are noted as problems.

    Parameters
    ----------
    text : str
        The file's text.
    name : str
        What the file is called in messages.
    as_text : bool
        Whether values stay as they are written, for a reader that knows from elsewhere what they should be. Otherwise
        plain numbers, dates, true and false become what they look like.
    above : int
        Lines that stand above the text in its file.

    Raises
    ------
    CaseError
        If it is not YAML, or uses what no case needs, with the line.
    """
    try:
        return _Builder(text, name, (lambda value: value) if as_text else _resolved, above).document()
    except yaml.YAMLError as error:
        raise _yaml_error(error, text, name, above) from None


class _Builder:
    """Values from YAML events, one by one: a few dozen lines that leave nothing to a loader's own ideas."""

    def __init__(self, text: str, name: str, plain: Callable[[str], Any], above: int) -> None:
        self.text = text
        self.events: Iterator[Any] = yaml.parse(text, Loader=Loader)
        self.found = DataFile(name, None)
        self.plain = plain
        self.above = above

    def document(self) -> DataFile:
        """The whole file."""
        for event in self.events:
            if isinstance(event, (yaml.ScalarEvent, yaml.CollectionStartEvent, yaml.AliasEvent)):
                if () in self.found.lines:
                    self._refuse(event, "A second document begins here", "Take out the line that holds --- alone.")
                self.found.data = self._value(event, (), 0)
        return self.found

    def _value(self, event: Any, path: tuple[Any, ...], depth: int) -> Any:
        self.found.lines.setdefault(path, self._line(event))
        if isinstance(event, yaml.AliasEvent):
            self._refuse(event, "An alias (*name) is used", "Write the value out, or put it in quotation marks.")
        if event.tag not in (None, "!"):
            remedy = "Put the text in quotation marks."
            self._refuse(event, f"This is not valid YAML for a case: the tag {shortened(event.tag)}", remedy)
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        if depth >= DEEPEST:
            what = f"Values are nested more than {DEEPEST} deep"
            self._refuse(event, what, "Check the brackets and the indentation.")
        if isinstance(event, yaml.SequenceStartEvent):
            return [self._value(each, (*path, index), depth + 1) for index, each in enumerate(self._until_end())]
        return self._mapping(path, depth)

    def _mapping(self, path: tuple[Any, ...], depth: int) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for event in self._until_end():
            if not isinstance(event, yaml.ScalarEvent):
                self._refuse(event, "A name is a list, or holds names itself", "Put the name in quotation marks.")
            key = whole_characters(event.value)
            self.found.lines[(*path, key)] = self._line(event)
            if key in found:
                self.found.problem((*path, key), f"'{shortened(key)}' stands twice", _KEEP_ONE)
            found[key] = self._value(next(self.events), (*path, key), depth + 1)
        return found

    def _until_end(self) -> Iterator[Any]:
        """Events up to the end of the list or mapping that has begun; what lies within is taken by who asks."""
        for event in self.events:
            if isinstance(event, yaml.CollectionEndEvent):
                return
            yield event

    def _scalar(self, event: Any) -> Any:
        if event.style:
            return whole_characters(event.value)
        if _CUT_OFF.match(self.text, event.end_mark.index):
            what = f"What stands behind '{shortened(event.value)}' is left out"
            self.found.problems.append(Problem(self.found.name, self._line(event), what, _IN_QUOTES, is_warning=True))
        return None if event.value in ("", "~", "null", "Null", "NULL") else self.plain(event.value)

    def _line(self, event: Any) -> int:
        return int(event.start_mark.line) + 1 + self.above

    def _refuse(self, event: Any, what: str, remedy: str) -> None:
        raise CaseError(what, where=f"{self.found.name}, line {self._line(event)}", remedy=remedy)


# No zero in front: 007 is a name.
_INTEGER, _DECIMAL = re.compile(r"[-+]?(0|[1-9]\d{0,14})"), re.compile(r"[-+]?\d{1,15}\.\d{0,15}([eE][-+]?\d{1,2})?")
_CUT_OFF = re.compile(r"[ \t]+#[^\s#]")  # "Point #4": to YAML a comment, which others begin with "# "
# `sep=;`, by which Excel is told the separator; some programs put it in quotation marks.
_SEPARATOR_LINE = re.compile(r'\A(\s{0,99})"?sep=(?:\\t|.)?"?[;,\t]*$', re.IGNORECASE | re.MULTILINE)
_TRUTH = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}


def _resolved(value: str) -> Any:
    """What a plain value looks like: true, false, a number or a date; else the text itself."""
    if value in _TRUTH:
        return _TRUTH[value]
    if _INTEGER.fullmatch(value):
        return int(value)
    if _DECIMAL.fullmatch(value):
        return float(value)
    try:
        return date.fromisoformat(value) if len(value) == len("2014-03-21") else value
    except ValueError:
        return value


def whole_characters(text: str) -> str:
    """The text with U+FFFD for each half of a character, which no file could be written with."""
    return re.sub("[\ud800-\udfff]", "\ufffd", text)


def _describe_yaml_error(error: Exception) -> str:
    """What a YAML parser found wrong, in a few words; some builds of it count brackets themselves."""
    said = str(getattr(error, "problem", None) or error or "it cannot be parsed")
    return "it is nested too deeply" if "nesting" in said or isinstance(error, RecursionError) else said


def _yaml_error(error: yaml.YAMLError, text: str, name: str, above: int) -> CaseError:
    """What the parser found, in an author's words."""
    said = _describe_yaml_error(error)
    unclosed = "end of stream" in said
    mark = getattr(error, "context_mark" if unclosed else "problem_mark", None)
    where = f"{name}, line {mark.line + 1 + above}" if mark else name
    if "mapping values are not allowed" in said and mark:
        line = text.splitlines()[mark.line]
        key, _, value = line.strip().removeprefix("- ").partition(": ")
        what = f"A colon in the {shortened(key)} begins a new value"
        remedy = f'Put the {shortened(key)} in quotation marks: {shortened(key)}: "{shortened(value)}".'
        return CaseError(what, where=where, remedy=remedy)
    remedy = "Look for a missing space after a colon, a stray tab, or a quotation mark that is not closed."
    return CaseError(f"This is not valid YAML: {said}", where=where, remedy=remedy)


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


def read_json(path: Path) -> DataFile:
    """A JSON file.

    Raises
    ------
    CaseError
        If it cannot be read or is not JSON, with the line.
    """
    try:
        # Numbers stay texts where Python would refuse them (thousands of figures) or JSON does not know them (NaN).
        document = DataFile(path.name, None)

        def take(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
            for name, times in Counter(name for name, _ in pairs).items():
                if times > 1:
                    document.problem((), f"'{shortened(name)}' stands twice in one place", _KEEP_ONE)
            return dict(pairs)

        found = parse_json(read_text(path), parse_int=_json_number, parse_constant=str, object_pairs_hook=take)
        document.data = _whole_throughout(found)
        return document
    except json.JSONDecodeError as error:
        what = f"This is not valid JSON: {error.msg}"
        remedy = "Look for a missing or surplus comma, or a quotation mark that is not closed."
        raise CaseError(what, where=f"{path.name}, line {error.lineno}", remedy=remedy) from None
    except RecursionError:
        remedy = "Check its brackets."
        msg = "Values are nested too deep"
        raise CaseError(msg, where=path.name, remedy=remedy) from None


def _json_number(text: str) -> int | str:
    return int(text) if len(text) <= 15 else text


def _whole_throughout(value: Any) -> Any:
    """The value with `whole_characters` in every text."""
    if isinstance(value, dict):
        return {whole_characters(name): _whole_throughout(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_whole_throughout(each) for each in value]
    return whole_characters(value) if isinstance(value, str) else value


def read_csv(path: Path, columns: Iterable[str]) -> DataFile:
    """A CSV file whose first row names its columns, as a list of dicts of str.

    Parameters
    ----------
    path : Path
        The file; separated by commas, semicolons or tabs, as spreadsheets of different countries write them.
    columns : iterable of str
        The columns it may have. What it has less is empty; what it has more is a problem.

    Returns
    -------
    DataFile
        ``data`` is the rows in order; ``lines[(i,)]`` is the line that row ``i`` starts on.
    """
    columns = tuple(columns)
    text = _SEPARATOR_LINE.sub(r"\1", read_text(path), count=1)
    separator = max(",;\t", key=text.lstrip("\n").partition("\n")[0].count)
    # Strict, since a quotation mark that is never closed would swallow all rows after it unseen.
    rows = _numbered(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True), path.name)
    document = DataFile(path.name, [])
    named = ((line, row) for line, row in rows if any(cell.strip() for cell in row))  # empty rows may stand above
    document.lines[()], names = next(named, (1, []))
    names = _without_empty_end([name.strip() for name in names])
    _check_columns(names, columns, document)
    document.columns = tuple(names)
    for line, row in rows:
        _add_row(line, row, names, columns, document)
    return document


def _numbered(reader: Any, name: str) -> Iterator[tuple[int, list[str]]]:
    """Rows with the line each starts on; a cell may hold line breaks, so rows and lines differ."""
    start = 1
    try:
        for row in reader:
            yield start, row
            start = reader.line_num + 1
    except csv.Error as error:
        remedy = "Look for a quotation mark that is not closed; one that belongs to the text is written twice."
        msg = f"This is not valid CSV: {error}"
        raise CaseError(msg, where=f"{name}, line {start}", remedy=remedy) from None


def _without_empty_end(row: list[str], least: int = 0) -> list[str]:
    """The row without empty cells at its end, as spreadsheets write them where a column was once used."""
    while len(row) > least and not row[-1].strip():
        row.pop()
    return row


def _check_columns(names: list[str], columns: tuple[str, ...], document: DataFile) -> None:
    for index, name in enumerate(names):
        if name not in columns:
            what = f"There is no column '{shortened(name)}'"
            document.problem((), what, f"The columns are: {', '.join(columns)}.")
        elif name in names[:index]:
            document.problem((), f"The column '{name}' stands twice", _KEEP_ONE)


def _add_row(line: int, row: list[str], names: list[str], columns: tuple[str, ...], document: DataFile) -> None:
    if not any(cell.strip() for cell in row):
        return
    index = len(document.data)
    document.lines[(index,)] = line
    if len(_without_empty_end(row, len(names))) != len(names):
        what = f"The row has {len(row)} cells, the first row names {len(names)} columns"
        document.problem((index,), what, "Put quotation marks round a cell that holds a comma.")
    # A row that is too short is told above, and read as far as it goes.
    found = dict(zip(names, (cell.strip() for cell in row), strict=False))
    document.data.append({name: found.get(name, "") for name in columns})
