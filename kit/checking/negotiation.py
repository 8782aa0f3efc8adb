"""``negotiation.yaml``: issues with their options, delegations with their scores, and the invented version."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from kit.checking.look import Look, Path

if TYPE_CHECKING:
    from kit.files import Document, Problem

Options = dict[str, list[str]]


def problems(document: Document) -> list[Problem]:
    """What is wrong with the game."""
    look = Look(document)
    data = look.mapping(document.data, (), "negotiation.yaml")
    if not data:
        return look.found
    look.need(data, (), "The game", ("issues", "delegations", "care"))
    delegations = look.mapping(data.get("delegations"), ("delegations",), "'delegations'")
    options = _options(look, data, list(delegations))
    scored = [
        _check_delegation(look, *entry, options)
        for entry in look.entries(delegations, ("delegations",), "The delegation")
    ]
    if delegations and sum(scored) < 2:
        look.note(("delegations",), "Fewer than two delegations can play alone", "Give at least two of them scores.")
    _check_sheet(look, look.mapping(data.get("mediator"), ("mediator",), "'mediator'"), ("mediator",), "The mediator")
    _check_invented(look, data, list(delegations), options)
    return look.found


def _options(look: Look, data: dict, delegations: list[str]) -> Options:
    found = {}
    for name, issue, path in look.entries(data.get("issues"), ("issues",), "The issue"):
        look.need(issue, path, f"The issue '{name}'", ("title", "question", "options"))
        names = []
        for option, value, here in look.entries(issue.get("options"), (*path, "options"), "The option"):
            look.need(value, here, f"The option '{option}'", ("label",))
            for other in look.sequence(value.get("consent"), (*here, "consent"), f"'consent' of the option '{option}'"):
                look.known(other, (*here, "consent"), "delegation", delegations)
            names.append(option)
        if len(names) == 1:
            look.note((*path, "options"), f"The issue '{name}' has one option", "Give it at least two.")
        found[name] = names
    return found


def _check_delegation(look: Look, name: str, delegation: dict, path: Path, options: Options) -> bool:
    """Look at one delegation; whether it can play alone."""
    what = f"The delegation '{name}'"
    look.need(delegation, path, what, ("title", "sheet"))
    _check_sheet(look, delegation, path, what)
    if delegation.get("scored") is False:
        return False
    look.need(delegation, path, what, ("reservation", "batna", "scores"))
    reservation = (*path, "reservation")
    look.number(delegation.get("reservation"), reservation, f"'reservation' of {what.lower()}", -math.inf, math.inf)
    _check_scores(look, delegation, path, options)
    return not delegation.get("class_only")


def _check_sheet(look: Look, holder: dict, path: Path, what: str) -> None:
    sheet = look.mapping(holder.get("sheet"), (*path, "sheet"), f"The sheet of {what.lower()}")
    if sheet:
        look.need(sheet, (*path, "sheet"), f"The sheet of {what.lower()}", ("brief", "instructions"))


def _check_scores(look: Look, delegation: dict, path: Path, options: Options) -> None:
    given = look.mapping(delegation.get("scores"), (*path, "scores"), "'scores'")
    for issue in given:
        look.known(issue, (*path, "scores", issue), "issue", options)
    for issue, names in options.items() if given else ():
        here = (*path, "scores", issue)
        scores = look.mapping(given.get(issue), here, f"The scores on '{issue}'")
        for option in scores:
            look.known(option, here, f"option of the issue '{issue}'", names)
        for option in names:
            if scores.get(option) is None:
                what = f"'{path[-1]}' has no score for '{option}' on '{issue}'"
                look.note(here, what, "Score every option of every issue.")
            look.number(scores.get(option), here, f"The score for '{option}'", -math.inf, math.inf)


def _check_invented(look: Look, data: dict, delegations: list[str], options: Options) -> None:
    invented = look.mapping(data.get("invented"), ("invented",), "'invented'")
    if not invented:
        return
    look.need(invented, ("invented",), "The invented version", ("title", "delegations", "issues"))
    for part, names in (("delegations", delegations), ("issues", list(options))):
        path = ("invented", part)
        given = {}
        for name, value, here in look.entries(invented.get(part), path, "The entry"):
            if look.known(name, here, part[:-1], names):
                look.need(value, here, f"The invented '{name}'", ("title",))
            given[name] = value
        for name in names if given else ():
            if name not in given:
                look.note(
                    path, f"The invented version lacks '{name}'", "It needs an entry for each, under the same names."
                )
            elif part == "issues":
                _check_invented_options(look, given[name], (*path, name), options[name])


def _check_invented_options(look: Look, issue: dict, path: Path, names: list[str]) -> None:
    given = {}
    for option, value, here in look.entries(issue.get("options"), (*path, "options"), "The option"):
        look.known(option, here, f"option of the issue '{path[-1]}'", names)
        look.need(value, here, f"The invented option '{option}'", ("label",))
        given[option] = value
    for option in names:
        if option not in given:
            look.note(path, f"The invented version lacks the option '{option}'", "It needs the same options.")
