"""Reading values by a typed description: what comes out has the right types, and what does not fit is told kindly.

A description is plain Python: a `TypedDict` for names with values, ``list``, ``dict``, ``str``, ``float``, ``int``, ``bool``,
``date``, and remarks beside a type in ``Annotated`` (`NEEDED`, `OneOf`, `Between`, `Refers` …). `kit.case_tables` describes
each file of a case so. The class's docstring says what one such entry is called: "a measure".

Libraries do this too. Measured as imported into a running interpreter: msgspec 15 ms, cattrs 68 ms, pydantic with one model
225 ms. msgspec, the light one, stops at the first thing that is wrong and knows no lines; an author wants all of it at once.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property
from itertools import islice
from types import NoneType
from typing import Annotated, Any, get_args, get_origin, get_type_hints, is_typeddict

from kit.errors import nearest, shortened
from kit.reading.data_files import DataFile, Problem

Path = tuple[Any, ...]
MANY = 500  # mistakes in a file, or names to choose from: more are not searched for what was probably meant
ABSENT: Any = object()  # no value, or none that fits: what is read in its place depends on where it stands


# --- remarks that may stand beside a type


@dataclass(frozen=True)
class Needed:
    """The value must be there."""


@dataclass(frozen=True)
class Unique:
    """No two entries of the list may have the same."""


@dataclass(frozen=True)
class Else:
    """What is read where there is no value."""

    value: Any


@dataclass(frozen=True)
class AtLeast:
    """The list or mapping has so many entries, if it has any."""

    count: int


@dataclass(frozen=True)
class OneOf:
    """The text is one of these."""

    values: tuple[str, ...]

    def trouble(self, value: str) -> tuple[str, str] | None:
        """What is wrong with a value, and the remedy; None if nothing is."""
        fits = value in self.values
        return None if fits else (f"is '{shortened(value)}'", f"Write one of: {', '.join(self.values)}.")


@dataclass(frozen=True)
class Between:
    """The number lies between these, both included."""

    low: float
    high: float

    def trouble(self, value: float) -> tuple[str, str] | None:
        """What is wrong with a value, and the remedy; None if nothing is."""
        fits = self.low <= value <= self.high
        return None if fits else (f"is '{value}'", f"Write a number from {self.low:g} to {self.high:g}.")


@dataclass(frozen=True)
class Day:
    """The text is a year, a month or a day."""

    def trouble(self, value: str) -> tuple[str, str] | None:
        """What is wrong with a value, and the remedy; None if nothing is."""
        try:
            parse_date(value)
        except ValueError:
            return f"is '{shortened(value)}', which is not a date", "Write 2014, 2014-03 or 2014-03-21."
        return None


@dataclass(frozen=True)
class Alone:
    """A single value may stand for a list of one."""


@dataclass(frozen=True)
class Refers:
    """The text, or each name of the mapping, stands in another file of the case, as `Known` tells.

    Attributes
    ----------
    to : str
        What `Known.names` is asked for.
    noun : str
        What one of them is called.
    """

    to: str
    noun: str


@dataclass(frozen=True)
class Here(Refers):
    """As `Refers`, but to names in a part of the same file; what refers to nothing there is left out."""


NEEDED, UNIQUE, DAY, ALONE = Needed(), Unique(), Day(), Alone()


class Known:
    """What of the rest of the case a value may refer to. This one knows nothing, so that nothing is held against it."""

    def names(self, to: str) -> Collection[str] | None:
        """All names of that sort; None if they are not known."""
        del to
        return None

    def misquoted(self, article: str, quote: str) -> tuple[str, str] | None:
        """What is wrong with a quote, and the remedy; None if it stands once in its article."""
        del article, quote
        return None


# --- reading


def read(form: Any, document: DataFile, known: Known | None = None) -> Reading:
    """Read a file by its description.

    Parameters
    ----------
    form : type
        A `TypedDict`, or a list of one for a table.
    document : DataFile
        The file as parsed.
    known : Known, optional
        The rest of the case; without it, only references within the file are looked at.

    Returns
    -------
    Reading
        Its ``found`` has all names that the description has and none besides. What does not fit is left out, and an
        entry of a list too that lacks what it needs; ``problems`` says so.
    """
    reading = Reading(document, known or Known(), noun(form) if is_record(form) else "the table")
    if reading.is_table and document.lines:  # a table that the case does not have lacks no column
        for name in _needed(get_args(form)[0]):
            if name not in document.columns:
                what = f"the column '{name}' is missing"
                reading.note((), what, f"The first row must name: {', '.join(hints(get_args(form)[0]))}.")
    value = reading.value(form, document.data, (), reading.whole)
    reading.found = blank(form) if value is ABSENT else fill_blanks(form, value)
    return reading


@dataclass
class Reading:
    """One file on its way from what the parser returned to typed values.

    Attributes
    ----------
    known : Known
        What its values may refer to in other files.
    whole : str
        What the file as a whole is called in messages.
    found : Any
        The typed value, once it has been read.
    """

    document: DataFile
    known: Known
    whole: str
    found: Any = None
    problems: list[Problem] = field(default_factory=list)
    _kept: dict[Path, list[int]] = field(default_factory=dict)

    @property
    def is_table(self) -> bool:
        """Whether the file is a table of rows and not one of indented lines."""
        return self.document.name.endswith(".csv")

    def note(self, path: Path, what: str, remedy: str) -> None:
        """Note a problem at a path in the file."""
        self.problems.append(Problem(self.document.name, self.document.line(path), what[:1].upper() + what[1:], remedy))

    def tell(self, path: Path, what: str, remedy: str) -> None:
        """Note a problem at a path in ``found``, where entries that stand before it in the file may be left out."""
        place: Path = ()
        for part in path:
            kept = self._kept.get(place)
            place = (*place, kept[part] if kept is not None and isinstance(part, int) else part)
        self.note(place, what, remedy)

    def value(self, form: Any, raw: Any, path: Path, what: str) -> Any:
        """A value as its description wants it, or `ABSENT`; ``what`` says in words which value it is."""
        kind, remarks = _parted(form)
        if raw is None or raw == "":
            return ABSENT
        if ALONE in remarks and isinstance(raw, str):
            raw = [raw]
        found = self._typed(get_args(kind)[0] if _is_optional(kind) else kind, raw, path, what)
        for remark in remarks if found is not ABSENT else ():
            if isinstance(remark, Refers):
                found = self._referring(remark, found, path)
                if found is ABSENT:
                    return ABSENT
            elif hasattr(remark, "trouble") and (trouble := remark.trouble(found)):
                self.note(path, f"{what} {trouble[0]}", trouble[1])
                return ABSENT
            elif isinstance(remark, AtLeast) and 0 < len(found) < remark.count:
                self.note(path, f"{what} has one entry", f"Give it at least {remark.count}.")
        return found

    def _typed(self, kind: Any, raw: Any, path: Path, what: str) -> Any:
        if is_typeddict(kind):
            return self._record(kind, raw, path, what)
        origin = get_origin(kind)
        if origin is list:
            return self._list(get_args(kind)[0], raw, path, what)
        if origin is dict:
            return self._mapping(get_args(kind)[1], raw, path, what)
        found = _SCALARS[kind](raw)
        if found is ABSENT:
            self.note(path, *_misfit(kind, raw, what))
        return found

    def _record(self, kind: Any, raw: Any, path: Path, what: str) -> Any:
        if not isinstance(raw, dict):
            self.note(path, f"{what} does not hold names with values", "Write lines `name: …`, or {name: …}.")
            return ABSENT
        forms = hints(kind)
        for name in raw:
            if name not in forms:
                self._unknown(name, raw[name], forms, (*path, name), what)
        plain = self.is_table or what == self.whole
        found = {
            name: self.value(form, raw.get(name), (*path, name), f"'{name}'" if plain else f"'{name}' of {what}")
            for name, form in forms.items()
        }
        for name in _needed(kind):
            if raw.get(name) in (None, "", [], {}):
                self._missing(name, path, what)
        article, quote = found.get("article"), found.get("quote")
        if isinstance(article, str) and isinstance(quote, str) and (trouble := self.known.misquoted(article, quote)):
            self.note(path, *trouble)
        if not kind.__total__:
            return {name: value for name, value in found.items() if value is not ABSENT}
        return found

    def _missing(self, name: str, path: Path, what: str) -> None:
        if not self.is_table:
            self.note(path, f"{what} lacks '{name}'", f"Add a line `{name}: …`.")
        elif name in self.document.columns:  # a column that is missing is told once, not for each row
            self.note(path, f"'{name}' is empty", "Fill it in.")

    def _unknown(self, name: str, raw: Any, forms: Mapping[str, Any], path: Path, what: str) -> None:
        if raw is None and " " in name:
            cut = f"a comma has cut a text in two before '{shortened(name, 40)}'"
            self.note(path, cut, "Put the whole text in quotation marks.")
            return
        where = "here" if what == self.whole else f"in {what}"
        self.note(path, f"there is nothing called '{shortened(name)}' {where}", self._choice(name, list(forms)))

    def _list(self, form: Any, raw: Any, path: Path, what: str) -> Any:
        if isinstance(raw, str):
            raw = self._cells(form, raw, path) if self.is_table else raw
        if not isinstance(raw, list):
            self.note(path, f"{what} is not a list", "Write lines that begin with a hyphen, or [one, two].")
            return ABSENT
        found = []
        kept = self._kept.setdefault(path, [])
        for index, each in enumerate(raw):
            each_is = noun(form) if is_record(form) else what
            if _is_empty(form, each):
                self.note((*path, index), f"an entry of {what} is empty", "Fill it in, or take the line out.")
            value = self.value(form, each, (*path, index), each_is)
            if value is not ABSENT and not (is_record(form) and _lacks(form, value)):
                found.append(fill_blanks(form, value))
                kept.append(index)
        if is_record(form):
            self._check_unique(form, raw, path)
        return found

    def _check_unique(self, form: Any, raw: list[Any], path: Path) -> None:
        for name in (name for name, each in hints(_parted(form)[0]).items() if UNIQUE in _parted(each)[1]):
            seen: set[str] = set()
            for index, entry in enumerate(raw):
                value = entry.get(name) if isinstance(entry, dict) else None
                if isinstance(value, str) and value in seen:
                    twice = f"the {name} '{shortened(value)}' stands twice"
                    self.note((*path, index), twice, f"Give each its own {name}.")
                elif isinstance(value, str) and value:
                    seen.add(value)

    def _cells(self, form: Any, cell: str, path: Path) -> list[Any]:
        """What stands in one cell of a table: names with ``;`` between, or quotes with ``||`` between."""
        if not is_record(form):
            return [part.strip() for part in cell.split(";") if part.strip()]
        references: list[Any] = []
        for part in filter(None, (part.strip() for part in cell.split("||"))):
            article, colon, quote = part.partition(": ")
            if colon:
                references.append({"article": article.strip(), "quote": quote.strip()})
            else:
                what = f"'{shortened(part)}' does not name its article before a colon"
                self.note(path, what, "Write mentions as `article: quote || article: quote`.")
        return references

    def _mapping(self, form: Any, raw: Any, path: Path, what: str) -> Any:
        if not isinstance(raw, dict):
            self.note(path, f"{what} does not hold names with values", "Write indented lines `name: …`.")
            return ABSENT
        found = {}
        for name, each in raw.items():
            here = (*path, name)
            each_is = f"the {noun(form).partition(' ')[2]} '{name}'" if is_record(form) else f"'{name}' in {what}"
            if each is None and " " in name:
                self._unknown(name, each, {}, here, what)
            elif _is_empty(form, each):
                self.note(here, f"{each_is} is empty", "Fill it in, or take the line out.")
            value = self.value(form, each, here, each_is)
            if value is not ABSENT:
                found[name] = fill_blanks(form, value)
            elif not is_record(form):
                found[name] = blank(form)  # the name is sound, and others may count on it
        return found

    def _referring(self, remark: Refers, found: Any, path: Path) -> Any:
        """What is left of a value once its references have been followed."""
        known = self._here(remark.to) if isinstance(remark, Here) else self.known.names(remark.to)
        if known is None:
            return found
        names = found if isinstance(found, dict) else [found]
        lost = dict.fromkeys(name for name in names if name not in known)  # no set: told in the file's own order
        for name in lost:
            where = (*path, name) if isinstance(found, dict) else path
            self.note(where, f"there is no {remark.noun} '{shortened(name)}'", self._choice(name, known))
        if not lost or not isinstance(remark, Here):
            return found
        return {name: each for name, each in found.items() if name not in lost} if isinstance(found, dict) else ABSENT

    def _choice(self, name: str, known: Collection[str]) -> str:
        """A remedy that names what there is; among very many mistakes, none is looked up."""
        return choice(name, known) if len(self.problems) < MANY else "See the first ones above."

    def _here(self, part: str) -> Collection[str]:
        """Names in a part of this file; in a table, the values of a column."""
        if isinstance(self.document.data, list):
            if part not in self._columns:
                self._columns[part] = {str(row.get(part)): None for row in self.document.data}
            return self._columns[part]
        found = self.document.data.get(part) if isinstance(self.document.data, dict) else None
        return found if isinstance(found, dict) else ()

    @cached_property
    def _columns(self) -> dict[str, dict[str, None]]:
        return {}


# --- what is read where there is nothing


def blank(form: Any) -> Any:
    """What is read where a value is missing: an empty text, list or mapping, 0, False, or None where the type allows it."""
    kind, remarks = _parted(form)
    instead = [remark.value for remark in remarks if isinstance(remark, Else)]
    if instead:
        return instead[0]
    if _is_optional(kind):
        return None
    if is_typeddict(kind):
        return {name: blank(each) for name, each in hints(kind).items()} if kind.__total__ else {}
    return (get_origin(kind) or kind)()


def fill_blanks(form: Any, value: Any) -> Any:
    """A value as read, with what is missing in it filled in."""
    kind = _parted(form)[0]
    kind = get_args(kind)[0] if _is_optional(kind) else kind
    if not is_typeddict(kind) or not isinstance(value, dict):
        return value
    forms = hints(kind)
    names = forms if kind.__total__ else value
    return {
        name: blank(forms[name]) if value.get(name, ABSENT) is ABSENT else fill_blanks(forms[name], value[name])
        for name in names
    }


def _is_empty(form: Any, raw: Any) -> bool:
    """Whether nothing was written where one of the form is wanted; a text may be empty, a number may not."""
    return raw is None or (raw == "" and _parted(form)[0] is not str)


def _lacks(form: Any, value: Mapping[str, Any]) -> bool:
    return any(value.get(name, ABSENT) is ABSENT for name in _needed(_parted(form)[0]))


# --- looking at descriptions


@cache
def hints(kind: Any) -> dict[str, Any]:
    """The description of each name of a record, remarks included."""
    return get_type_hints(kind, include_extras=True)


@cache
def _needed(kind: Any) -> tuple[str, ...]:
    return tuple(name for name, form in hints(kind).items() if NEEDED in _parted(form)[1])


def is_record(form: Any) -> bool:
    """Whether a description is one of names with values, each of its own type."""
    return is_typeddict(_parted(form)[0])


def noun(form: Any) -> str:
    """What a record is called, with its article: the first line of its docstring."""
    return str(_parted(form)[0].__doc__).partition(":")[0].strip().rstrip(".").lower()


@cache
def _parted(form: Any) -> tuple[Any, tuple[Any, ...]]:
    """A description's type and the remarks beside it."""
    if get_origin(form) is Annotated:
        kind, *remarks = get_args(form)
        return kind, tuple(remarks)
    return form, ()


def _is_optional(kind: Any) -> bool:
    return NoneType in get_args(kind)


def choice(name: str, known: Collection[str], most: int = 40) -> str:
    """A remedy that names what there is, the nearest first."""
    meant = nearest(name[:100], known if len(known) < MANY else (), "")
    more = ", …" if len(known) > most else ""
    return f"{meant} There are: {', '.join(islice(known, most)) or 'none'}{more}.".lstrip()


# --- single values

# 15 digits are what a float holds exactly; a number of thousands of them would take long to read.
_NUMBER = re.compile(r"[-+]?\d{1,15}(\.\d{1,15})?([eE][-+]?\d{1,2})?")
_WHOLE = re.compile(r"[-+]?\d{1,15}")
_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_YES = {**dict.fromkeys(("true", "yes", "on"), True), **dict.fromkeys(("false", "no", "off"), False)}


def _text(raw: Any) -> Any:
    return raw if isinstance(raw, str) else ABSENT


def _number(raw: Any) -> Any:
    if not isinstance(raw, str) or not _NUMBER.fullmatch(raw):
        return ABSENT
    return int(raw) if _WHOLE.fullmatch(raw) else float(raw)


def _whole(raw: Any) -> Any:
    return int(raw) if isinstance(raw, str) and _WHOLE.fullmatch(raw) else ABSENT


def _truth(raw: Any) -> Any:
    return _YES.get(raw.lower(), ABSENT) if isinstance(raw, str) else ABSENT


def _date(raw: Any) -> Any:
    try:
        # `parse_date` takes a month or a year as well.
        return parse_date(raw)[0] if isinstance(raw, str) and len(raw) == len("2014-03-21") else ABSENT
    except ValueError:
        return ABSENT


_SCALARS = {str: _text, float: _number, int: _whole, bool: _truth, date: _date}
_REMEDIES = {
    str: "Put the whole text in quotation marks: else a colon or a hyphen begins a value of its own.",
    float: "Write a number, with a point and without words.",
    int: "Write a whole number, without words.",
    bool: "Write true or false.",
    date: "Write it as 1998-04-10.",
}


def _misfit(kind: Any, raw: Any, what: str) -> tuple[str, str]:
    """What is wrong with a value of the wrong type, and the remedy."""
    if isinstance(raw, (dict, list)):
        is_what = "holds names with values" if isinstance(raw, dict) else "is a list"
    else:
        is_what = f"is '{shortened(raw)}'" + (", not a date" if kind is date else "")
    return f"{what} {is_what}", _REMEDIES[kind]


def parse_date(text: str) -> tuple[date, date, str]:
    """First day, last day and precision of ``2014``, ``2014-03`` or ``2014-03-21``.

    Raises
    ------
    ValueError
        If it is not such a date.
    """
    if not _DATE.fullmatch(text):
        msg = f"'{text}' is not a date"
        raise ValueError(msg)
    year, *rest = (int(part) for part in text.split("-"))
    if not rest:
        return date(year, 1, 1), date(year, 12, 31), "year"
    if len(rest) == 1:
        first = date(year, rest[0], 1)
        return first, first.replace(day=monthrange(year, rest[0])[1]), "month"
    day = date(year, *rest)
    return day, day, "day"
