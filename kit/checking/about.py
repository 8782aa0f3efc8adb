"""``case.yaml``: what the case is about, who is in it, and its dates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kit.checking.look import Look
from kit.errors import KitError

if TYPE_CHECKING:
    from kit.case import Case
    from kit.files import Document, Problem

REQUIRED = ("title", "summary", "as_of", "content_note", "licence")


def meta_of(case: Case) -> dict[str, Any]:
    """What ``case.yaml`` says; nothing if it cannot be read, which is told where it is looked at itself."""
    try:
        return case.meta
    except KitError:
        return {}


def problems(document: Document, case: Case, *, texts_hold: bool) -> list[Problem]:
    """What is wrong; actors are held against the codebook only if that could be read."""
    look = Look(document)
    data = look.mapping(document.data, (), "case.yaml")
    look.need(data, (), "The case", REQUIRED)
    look.day(data.get("as_of"), ("as_of",), "'as_of'")
    issues = list(look.items(data.get("issues"), ("issues",), "An issue"))
    for issue, path in issues:
        look.need(issue, path, "An issue", ("id", "label"))
    look.unique(((issue.get("id"), path) for issue, path in issues), "id")
    _check_dates(look, data)
    if texts_hold:
        _check_actors(look, data, case)
    return look.found


def _check_dates(look: Look, data: dict) -> None:
    for phase, path in look.items(data.get("phases"), ("phases",), "A phase"):
        look.need(phase, path, "A phase", ("title", "start", "end"))
        start, end = (look.day(phase.get(key), (*path, key), f"'{key}'") for key in ("start", "end"))
        if start and end and end < start:
            look.note(path, "The phase ends before it begins", "Exchange or correct 'start' and 'end'.")
    for entry, path in look.items(data.get("legal_record"), ("legal_record",), "An entry of the legal record"):
        look.need(entry, path, "An entry of the legal record", ("date", "title", "text", "source_title"))
        look.day(entry.get("date"), (*path, "date"), "'date'")


def _check_actors(look: Look, data: dict, case: Case) -> None:
    for name, actor, path in look.entries(data.get("actors"), ("actors",), "The actor"):
        if look.known(name, path, "actor in the codebook", case.actors):
            look.need(actor, path, f"The actor '{name}'", ("role",))
    for index, name in enumerate(look.sequence(data.get("parties"), ("parties",), "'parties'")):
        look.known(name, ("parties", index), "actor in the codebook", case.actors)
