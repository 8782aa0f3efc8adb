"""What a codebook holds, kinds and codes, and what one that builds on another takes over, leaves out and replaces.

Values and pure functions: `kit.codebook` reads the file.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from kit.reading.phrases import Phrase

REPLACED = frozenset({"actor"})


@dataclass(frozen=True)
class Code:
    """One thing to be marked.

    Attributes
    ----------
    kind, name, label, definition : str
    phrases : tuple of Phrase
        By which it is found, and ``not_in``, longer phrases inside which none of them counts.
    counts, counts_not : str
        What counts and what does not, for a reader; may be empty.
    examples : tuple of str
        Sentences that a reader would code so.
    """

    kind: str
    name: str
    label: str
    definition: str
    phrases: tuple[Phrase, ...]
    not_in: tuple[Phrase, ...] = ()
    counts: str = ""
    counts_not: str = ""
    examples: tuple[str, ...] = ()

    @property
    def code(self) -> str:
        """The full name, ``kind:name``."""
        return f"{self.kind}:{self.name}"


@dataclass(frozen=True)
class Kind:
    """A family of codes, such as actors or obstacles."""

    name: str
    label: str
    definition: str
    codes: tuple[Code, ...]


def join_inherited(
    base: Sequence[Kind], own: Sequence[Kind], drop: Iterable[str], keep: Iterable[str]
) -> tuple[Kind, ...]:
    """Kinds of a codebook that extends another.

    Parameters
    ----------
    base : sequence of Kind
        Kinds of the codebook that is extended.
    own : sequence of Kind
        Kinds that the extending file writes itself. A code of its own stands in for the inherited code of the same
        name; an own kind of actors stands in for all inherited actors, since every conflict has its own.
    drop : iterable of str
        Codes (``kind:code``) and whole kinds (``kind``) that are not taken over.
    keep : iterable of str
        Inherited codes that are taken over although their kind is replaced, after the kind's own codes.

    Returns
    -------
    tuple of Kind
        In the order of the base, then new kinds; a kind that is left without codes is left out.
    """
    written, left_out, kept = {kind.name: kind for kind in own}, set(drop), set(keep)
    kinds = []
    for kind in base:
        mine = written.pop(kind.name, None)
        taken = _taken(kind, mine, left_out, kept)
        kinds.append(_joined(kind, mine, taken))
    return tuple(kind for kind in [*kinds, *written.values()] if kind.codes)


def _taken(kind: Kind, mine: Kind | None, left_out: set[str], kept: set[str]) -> list[Code]:
    replaced = mine is not None and kind.name in REPLACED
    return [
        code
        for code in kind.codes
        if (code.code in kept if replaced else kind.name not in left_out and code.code not in left_out)
    ]


def _joined(kind: Kind, mine: Kind | None, taken: list[Code]) -> Kind:
    if mine is None:
        return replace(kind, codes=tuple(taken))
    own = {code.name: code for code in mine.codes}
    here = {code.name for code in taken}
    changed = [own.get(code.name, code) for code in taken]
    new = [code for code in mine.codes if code.name not in here]
    codes = [*new, *changed] if kind.name in REPLACED else [*changed, *new]
    return replace(
        kind, label=mine.label or kind.label, definition=mine.definition or kind.definition, codes=tuple(codes)
    )
