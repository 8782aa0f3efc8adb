"""Codebooks: what a reader marks in an article, written in YAML.

The format::

    title: Talks about a war                 # optional
    kinds:
      actor:                                 # the kind's name: lower-case letters, digits and hyphens
        label: Actors
        definition: Who acts, speaks, is pressed or is spoken of.      # optional for a kind
        codes:
          united-states:                     # the code is actor:united-states
            label: The United States
            definition: The US, its government and envoys.
            counts: Its president and ministers, also as Washington.    # optional: what counts, what does not,
            counts_not: The American public.                            # and sentences that a reader would code so
            examples: [Washington sent two envoys.]
            phrases: [Washington, US, American officials]
            not_in: [Washington Post]        # optional: where no phrase of this code counts
      obstacle:
        label: Obstacles
        codes:
          maximal-demands:
            label: Incompatible demands
            definition: Positions that do not move.
            phrases:
              - red line*
              - (reject*|refus*) ... (deal|offer)
              - text: will not
                needs: [concede, withdraw*, compromis*]
                not_in: [will not be published]

A phrase matches whole words, whatever their case and typography: curly or straight quotation marks, a hyphen or a
space between words, ``U.S.`` or ``US``. Beyond that:

``word*``
    any ending of letters: ``negotiat*`` is negotiate, negotiated, negotiations. At least three letters stand before the star.
``(a|b)``
    either; ``(the |)deal`` is with or without "the".
``...``
    up to five words in between, in the same sentence. The mark covers the whole.
``US``
    a word of two or three capitals counts in capitals only ("join us" is no country).

Instead of a string, a phrase may be a mapping: ``text``; ``needs`` (it counts only if its sentence also holds one of these);
``not_in`` (longer phrases inside which it does not count), which may also stand beside ``phrases``, for the whole code;
``case: true`` (every letter's case counts) or ``false`` (none does).

Of overlapping phrases of one code the longest counts; marks of different codes may overlap.

A codebook may build on that of a bundled case::

    extends: ukraine                         # take over its kinds and codes
    drop: [scenario, obstacle:alignment]     # optional: whole kinds and single codes to leave out
    keep: [actor:united-states]              # optional: actors to take over all the same
    kinds:
      actor: ...                             # own actors replace all inherited ones
      obstacle:
        codes:
          water: ...                         # a code of one's own is added
          territory:                         # an inherited code gets more phrases, or loses some
            add: {phrases: [the upper fields], not_in: [the upper fields festival]}
            drop: [land dispute]
          mistrust:                          # an inherited code that is written anew keeps none of its phrases
            label: ...

It reaches one step: a codebook that extends another cannot be extended.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from kit.errors import CaseError, CodebookError, nearest
from kit.grammar import count_of
from kit.reading.codes import REPLACED, Code, Kind, join_inherited
from kit.reading.data_files import DataFile, parse_yaml, read_text
from kit.reading.phrases import Phrase, expand

MAX_PHRASES = 60_000
CASES = Path(__file__).parent / "cases"
CONDITIONS = ("not_in", "needs")
TEXTS = ("label", "definition", "counts", "counts_not")

_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
# The file is read as texts, so YAML's words for true and false are to be known here.
_TRUTH = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}
_EXTENDS = re.compile(r"^extends:", re.MULTILINE)


@dataclass(frozen=True)
class Codebook:
    """Kinds and their codes, in the order in which the file has them.

    ``warnings`` are what is allowed and perhaps not meant: lines of the file, each with a text.
    """

    kinds: tuple[Kind, ...]
    title: str = ""
    source: str = ""
    warnings: tuple[tuple[int, str], ...] = ()

    @cached_property
    def codes(self) -> dict[str, Code]:
        """Every code by its full name."""
        return {code.code: code for kind in self.kinds for code in kind.codes}

    def label(self, code: str) -> str:
        """Return the label of ``kind:name``."""
        return self._code(code).label

    def definition(self, code: str) -> str:
        """Return the definition of ``kind:name``."""
        return self._code(code).definition

    def _code(self, code: str) -> Code:
        if code not in self.codes:
            remedy = nearest(code, self.codes, "The codebook's .codes lists them all.")
            what = f"there is no code '{code}' in this codebook"
            raise CodebookError(what, where=self.source or None, remedy=remedy)
        return self.codes[code]

    def __repr__(self) -> str:
        return f"Codebook({self.title!r}, {len(self.kinds)} kinds, {len(self.codes)} codes)"


def load_codebook(path_or_name: str | Path) -> Codebook:
    """Return the codebook in a YAML file, in a case's folder, or of a bundled case such as ``"ukraine"``.

    Raises
    ------
    CodebookError
        If it cannot be read; ``problems`` lists all that is wrong in it, each with its line.
    """
    path = _find(path_or_name)
    text = read_text(path)
    reader = _Reader()
    codebook = reader.read(text, str(path))
    if reader.problems:
        what = f"{count_of(len(reader.problems), 'mistake')} in the codebook"
        problems = tuple(problem for _, problem in sorted(reader.problems))
        raise CodebookError(what, where=path, remedy="Mend these lines and load it again.", problems=problems)
    return codebook


def _find(path_or_name: str | Path) -> Path:
    if not isinstance(path_or_name, (str, Path)):
        what = f"{type(path_or_name).__name__} was given"
        raise CodebookError(what, where="load_codebook", remedy="Give a file's path or a case's name as a text.")
    path = Path(path_or_name).expanduser()
    if path.is_file():
        return path
    if (path / "codebook.yaml").is_file():
        return path / "codebook.yaml"
    name = str(path_or_name)
    if _NAME.fullmatch(name) and (CASES / name / "codebook.yaml").is_file():
        return CASES / name / "codebook.yaml"
    remedy = f"Give a YAML file, a case's folder, or one of: {', '.join(_bundled()) or 'none bundled'}."
    what = "there is no such codebook"
    raise CodebookError(what, where=name, remedy=remedy)


def _bundled() -> list[str]:
    return sorted(each.parent.name for each in CASES.glob("*/codebook.yaml"))


def _near(name: str, known: set[str]) -> str:
    meant = nearest(name, sorted(known), "")
    return f"; {meant[0].lower()}{meant[1:]}" if meant else ""


@lru_cache(maxsize=4)
def _extended(path: Path, _changed: int) -> tuple[tuple[Kind, ...], str]:
    """Return the kinds of a codebook that another extends, and what is wrong with that, if anything.

    Kept, since many small cases extend one large codebook; read again when the file has changed.
    """
    text = read_text(path)
    if _EXTENDS.search(text):
        return (), "extends another itself: name that one"
    reader = _Reader()
    book = reader.read(text, str(path))
    return book.kinds, "has mistakes of its own" if reader.problems else ""


class _Part(NamedTuple):
    """A value of the file, and the way of names and numbers to it."""

    value: Any
    path: tuple[Any, ...] = ()

    @property
    def named(self) -> dict[str, _Part]:
        """What it holds by name; nothing if it is no mapping."""
        pairs = self.value.items() if isinstance(self.value, dict) else ()
        return {name: _Part(value, (*self.path, name)) for name, value in pairs}

    @property
    def listed(self) -> list[_Part]:
        """What it holds in order; nothing if it is no list."""
        values = self.value if isinstance(self.value, list) else ()
        return [_Part(value, (*self.path, place)) for place, value in enumerate(values)]


@dataclass
class _Reader:
    """Reads a YAML file into a codebook, and collects what is wrong with its lines."""

    file: DataFile = field(default_factory=lambda: DataFile("codebook.yaml", None))
    problems: list[tuple[int, str]] = field(default_factory=list)
    warnings: list[tuple[int, str]] = field(default_factory=list)
    inherited: dict[str, Code] = field(default_factory=dict)
    inherited_kinds: set[str] = field(default_factory=set)
    written_out: dict[str, list[str]] = field(default_factory=dict)
    groups: dict[tuple[str, ...], tuple[Phrase, ...]] = field(default_factory=dict)
    count: int = 0

    def read(self, text: str, source: str) -> Codebook:
        top = self._top(text)
        base = self._base(top)
        self.inherited_kinds = {kind.name for kind in base}
        self.inherited = {code.code: code for kind in base for code in kind.codes}
        read = [self._kind(name, part) for name, part in self._names(top.get("kinds"), "kinds")]
        kinds = [kind for kind in read if kind is not None]
        title = self._text(top["title"], "title") if "title" in top else ""
        drop = self._inherited_names(top.get("drop"), "drop", base)
        keep = self._inherited_names(top.get("keep"), "keep", base)
        return Codebook(join_inherited(base, kinds, drop, keep), title, source, tuple(self.warnings))

    def _base(self, top: dict[str, _Part]) -> tuple[Kind, ...]:
        """Return the kinds of the codebook that is extended; none if there is no such line or it is mistaken."""
        if "extends" not in top:
            for name in ("drop", "keep"):
                if name in top:
                    self._problem(top[name], f"'{name}' is for a codebook that extends another: add 'extends: …'")
            return ()
        part, bundled = top["extends"], _bundled()
        name = self._text(part, "extends")
        if name and name not in bundled:
            self._problem(part, f"there is no bundled case '{name}' to extend; there are: {', '.join(bundled)}")
        if name not in bundled:
            return ()
        path = CASES / name / "codebook.yaml"
        kinds, mistake = _extended(path, path.stat().st_mtime_ns)
        if mistake:
            self._problem(part, f"the codebook of '{name}' {mistake}")
        return kinds

    def _inherited_names(self, part: _Part | None, what: str, base: tuple[Kind, ...]) -> list[str]:
        """Return the entries of ``drop`` or ``keep``; one that names nothing inherited is a mistake."""
        if part is None or not base:
            return []
        codes = {code.code for kind in base for code in kind.codes}
        kinds = {kind.name for kind in base} if what == "drop" else set()
        # Only kinds that a case's own codes replace as a whole leave anything to be kept.
        keepable = {code for code in codes if code.partition(":")[0] in REPLACED}
        known = codes | kinds if what == "drop" else keepable
        found = []
        for item, text in self._texts(part, what):
            found.append(text)
            if text not in known:
                self._problem(item, f"'{text}' in {what} is nothing inherited{_near(text, known)}")
        return found

    def _problem(self, part: _Part, what: str) -> None:
        line = self.file.line(part.path)
        self.problems.append((line, f"line {line}: {what}"))

    def _top(self, text: str) -> dict[str, _Part]:
        """Return what the file holds, by name."""
        try:
            # As texts: YAML would make a truth value of `no` and a date of 2014-03-21.
            self.file = parse_yaml(text, self.file.name, as_text=True)
        except CaseError as error:
            place = re.search(r"line (\d+)$", error.where or "")
            line = int(place[1]) if place else 1
            self.problems.append((line, f"line {line}: {error.what}. {error.remedy}"))
            return {}
        found = self.file.problems
        self.problems += [(each.line, f"line {each.line}: {each.what}") for each in found if not each.is_warning]
        self.warnings += [(each.line, f"{each.what}. {each.remedy.rstrip('.')}") for each in found if each.is_warning]
        root = _Part(self.file.data)
        if root.value is None:
            self.problems.append((1, "line 1: the file is empty"))
            return {}
        if isinstance(root.value, dict) and not {"kinds", "extends"} & set(root.value):
            self._problem(root, "the codebook lacks 'kinds'")
        return self._mapping(root, "the codebook", {"title", "kinds", "extends", "drop", "keep"}, set())

    def _mapping(self, part: _Part, what: str, allowed: set[str], required: set[str]) -> dict[str, _Part]:
        if not isinstance(part.value, dict):
            self._problem(part, f"{what} must be a list of 'key: value' lines")
            return {}
        found = part.named
        for name in found.keys() - allowed:
            self._problem(found.pop(name), f"{what} has no '{name}'; it may have {', '.join(sorted(allowed))}")
        for name in sorted(required - set(found)):
            self._problem(part, f"{what} lacks '{name}'")
        return found

    def _names(self, part: _Part | None, what: str) -> Iterator[tuple[str, _Part]]:
        if part is None:
            return
        if part.value == {} or not isinstance(part.value, dict):
            wrong = "is empty" if part.value == {} else "must be a list of 'key: value' lines"
            self._problem(part, f"{what} {wrong}")
        for name, value in part.named.items():
            if not _NAME.fullmatch(name):
                self._problem(value, f"'{name}' is no name: use lower-case letters, digits and hyphens")
            else:
                yield name, value

    def _text(self, part: _Part, what: str) -> str:
        if isinstance(part.value, str) and part.value.strip():
            return " ".join(part.value.split())
        self._problem(part, f"{what} must be a text")
        return ""

    def _texts(self, part: _Part, what: str) -> Iterator[tuple[_Part, str]]:
        if not part.listed:
            self._problem(part, f"{what} must be a list, with at least one entry")
        for item in part.listed:
            if text := self._text(item, f"an entry of {what}"):
                yield item, text

    def _kind(self, name: str, part: _Part) -> Kind | None:
        what = f"the kind '{name}'"
        required = {"codes"} if name in self.inherited_kinds else {"label", "codes"}
        parts = self._mapping(part, what, {"label", "definition", "codes"}, required)
        codes = [self._code(name, each, value) for each, value in self._names(parts.get("codes"), f"codes of {what}")]
        texts = {key: self._text(parts[key], f"{key} of {what}") for key in ("label", "definition") if key in parts}
        return Kind(name, texts.get("label", ""), texts.get("definition", ""), tuple(codes))

    def _code(self, kind: str, name: str, part: _Part) -> Code:
        what = f"'{kind}:{name}'"
        if {"add", "drop"} & set(part.named) and "phrases" not in part.named:
            return self._changed_code(kind, name, part)
        allowed = {*TEXTS, "examples", "phrases", "not_in"}
        parts = self._mapping(part, what, allowed, {"label", "definition", "phrases"})
        phrases = self._phrases(parts["phrases"], f"phrases of {what}") if "phrases" in parts else ()
        code = Code(
            kind, name, "", "", phrases, self._plain_phrases(parts.get("not_in"), f"not_in of {what}")
        )  # fmt: skip
        self._warn_of_rewriting(code, part)
        return self._described(code, parts)

    def _described(self, code: Code, parts: dict[str, _Part]) -> Code:
        """Return the code with the texts that its entry has for readers."""
        what = f"'{code.code}'"
        texts: dict[str, Any] = {key: self._text(parts[key], f"{key} of {what}") for key in TEXTS if key in parts}
        if "examples" in parts:
            texts["examples"] = tuple(text for _, text in self._texts(parts["examples"], f"examples of {what}"))
        return replace(code, **texts)

    def _warn_of_rewriting(self, code: Code, part: _Part) -> None:
        """Note that a code written anew loses what it would inherit; own actors replace all others anyhow."""
        base = self.inherited.get(code.code)
        if base is None or code.kind in REPLACED:
            return
        lost = len({phrase.terms for phrase in base.phrases} - {phrase.terms for phrase in code.phrases})
        if lost:
            line = self.file.line(part.path)
            what = f"'{code.code}' is written anew, so {lost} phrases that it inherits no longer count"
            self.warnings.append((line, f"{what}. To keep them, write your own under add: {{phrases: …}} instead"))

    def _changed_code(self, kind: str, name: str, part: _Part) -> Code:
        """Return an inherited code with phrases added and taken away."""
        what = f"'{kind}:{name}'"
        parts = self._mapping(part, what, {*TEXTS, "examples", "add", "drop"}, set())
        base = self.inherited.get(f"{kind}:{name}")
        if base is None:
            known = _near(f"{kind}:{name}", set(self.inherited))
            self._problem(part, f"{what} is nothing inherited, so nothing can be added or dropped{known}")
            return Code(kind, name, "", "", ())
        added = self._mapping(parts["add"], f"add of {what}", {"phrases", "not_in"}, set()) if "add" in parts else {}
        more = self._phrases(added["phrases"], f"phrases of {what}") if "phrases" in added else ()
        blockers = self._plain_phrases(added.get("not_in"), f"not_in of {what}")
        less = self._dropped(parts.get("drop"), base) | {phrase.terms for phrase in more}
        kept = tuple(phrase for phrase in base.phrases if phrase.terms not in less)
        return self._described(replace(base, phrases=(*kept, *more), not_in=(*base.not_in, *blockers)), parts)

    def _dropped(self, part: _Part | None, base: Code) -> set[tuple[str, ...]]:
        """Return the terms of the phrases that are taken away from an inherited code; each must be one of its own."""
        if part is None:
            return set()
        what, known = f"drop of '{base.code}'", {phrase.terms for phrase in base.phrases}
        found: set[tuple[str, ...]] = set()
        for item, source in self._texts(part, what):
            for phrase in (each for text in self._variants(item, source) for each in self._fit(item, text)):
                found.add(phrase.terms)
                if phrase.terms not in known:
                    self._problem(item, f"'{phrase}' in {what} is no phrase that it inherits")
        return found

    def _plain_phrases(self, part: _Part | None, what: str) -> tuple[Phrase, ...]:
        if part is None:
            return ()
        found = [(item, text) for item, source in self._texts(part, what) for text in self._variants(item, source)]
        sources = tuple(text for _, text in found)
        if sources not in self.groups:
            self.groups[sources] = tuple(phrase for item, text in found for phrase in self._fit(item, text))
        return self.groups[sources]

    def _phrases(self, part: _Part, what: str) -> tuple[Phrase, ...]:
        if not part.listed:
            self._problem(part, f"{what} must be a list, with at least one phrase")
        found: dict[tuple[tuple[str, ...], int, int], Phrase] = {}
        for item in part.listed:
            phrases = self._phrase(item, what)
            for phrase in phrases:
                # The same conditions are one object (see groups), and to compare hundreds of words each time takes long.
                key = (phrase.terms, id(phrase.needs), id(phrase.not_in))
                # Brackets may well overlap; an entry of one phrase that stands twice is a slip.
                if key in found and len(phrases) == 1:
                    self._problem(item, f"'{phrase}' stands twice in {what}")
                found[key] = phrase
        return tuple(found.values())

    def _phrase(self, item: _Part, what: str) -> list[Phrase]:
        if not isinstance(item.value, dict | list):
            text = self._text(item, f"an entry of {what}")
            return [phrase for variant in self._variants(item, text) for phrase in self._fit(item, variant)]
        parts = self._mapping(item, f"a phrase in {what}", {"text", "case", *CONDITIONS}, {"text"})
        if "text" not in parts:
            return []
        given: dict[str, Any] = {
            name: self._plain_phrases(parts.get(name), f"{name} of a phrase in {what}") for name in CONDITIONS
        }
        given["case"] = self._case(parts.get("case"))
        text = self._text(parts["text"], f"the text of a phrase in {what}")
        return [each for variant in self._variants(item, text) for each in self._fit(item, variant, **given)]

    def _case(self, part: _Part | None) -> bool | None:
        if part is None:
            return None
        if part.value in _TRUTH:
            return _TRUTH[part.value]
        self._problem(part, "'case' must be true or false")
        return None

    def _variants(self, part: _Part, text: str) -> list[str]:
        """Return the phrase with its brackets written out; a phrase that can't be is a mistake, an empty one is none."""
        if not text:
            return []
        if text not in self.written_out:
            try:
                self.written_out[text] = expand(text)
            except ValueError as error:
                self._problem(part, f"'{text}' {error}")
                return []
            self.count += len(self.written_out[text])
            if self.count > MAX_PHRASES:
                self._problem(part, f"more than {MAX_PHRASES} phrases in all, brackets written out")
                return []
        return self.written_out[text]

    def _fit(self, part: _Part, text: str, **conditions: Any) -> list[Phrase]:
        """Return the phrase, or nothing if it is mistaken."""
        try:
            return [Phrase(text, **conditions)]
        except ValueError as error:
            self._problem(part, f"'{text}' {error}")
            return []
