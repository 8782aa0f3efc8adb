"""A codebook that builds on another: what is taken over, what is left out, what is put in its place.

Pure functions over kinds and codes, so that `kit.codebook` can read the one file and ask here for the rest.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kit.codebook import Code, Kind

REPLACED = frozenset({"actor"})


def inherited(base: Sequence[Kind], own: Sequence[Kind], drop: Iterable[str], keep: Iterable[str]) -> tuple[Kind, ...]:
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
