"""``negotiation.yaml``: who plays alone scores every option, and the invented version has all parts of the real one."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from kit.fields import choice

if TYPE_CHECKING:
    from kit.case_tables import Delegation, Game, Invented
    from kit.checking import Tell

Path = tuple[Any, ...]
Options = dict[str, list[str]]


def hold(game: Game, tell: Tell) -> None:
    """Tell what breaks a rule of the game."""
    options = {name: list(issue["options"]) for name, issue in game["issues"].items()}
    scored = {name: each for name, each in game["delegations"].items() if each["scored"]}
    for name, delegation in scored.items():
        _hold_delegation(delegation, ("delegations", name), options, tell)
    playing = [name for name, delegation in scored.items() if not delegation["class_only"]]
    if game["delegations"] and len(playing) < 2:
        tell(("delegations",), "Fewer than two delegations can play alone", "Give at least two of them scores.")
    if game["invented"]:
        _hold_invented(game["invented"], list(game["delegations"]), options, tell)


def _hold_delegation(delegation: Delegation, path: Path, options: Options, tell: Tell) -> None:
    needs = {"reservation": delegation["reservation"], "batna": delegation["batna"], "scores": delegation["scores"]}
    for key, value in needs.items():
        if value in (None, "", {}):
            tell(path, f"The delegation '{path[-1]}' lacks '{key}'", f"Add a line `{key}: …`, or `scored: false`.")
    scores = delegation["scores"]
    for issue, names in options.items() if scores else ():
        here = (*path, "scores", issue)
        given = scores.get(issue, {})
        for option in given:
            if option not in names:
                tell(here, f"There is no option of the issue '{issue}' '{option}'", choice(option, names))
        for option in names:
            if option not in given:
                what = f"'{path[-1]}' has no score for '{option}' on '{issue}'"
                tell(here, what, "Score every option of every issue.")


def _hold_invented(invented: Invented, delegations: list[str], options: Options, tell: Tell) -> None:
    titled = invented.get("delegations", {})
    _hold_all(titled, delegations, ("invented", "delegations"), tell)
    issues = invented.get("issues", {})
    _hold_all(issues, list(options), ("invented", "issues"), tell)
    for name, issue in issues.items():
        path = ("invented", "issues", name, "options")
        for option in issue.get("options", {}):
            if option not in options[name]:
                what = f"There is no option of the issue '{name}' '{option}'"
                tell((*path, option), what, choice(option, options[name]))
        for option in options[name]:
            if option not in issue.get("options", {}):
                tell(path, f"The invented version lacks the option '{option}'", "It needs the same options.")


def _hold_all(given: Collection[str], names: list[str], path: Path, tell: Tell) -> None:
    for name in names if given else ():
        if name not in given:
            what = f"The invented version lacks '{name}'"
            tell(path, what, "It needs an entry for each, under the same names.")
