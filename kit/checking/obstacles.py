"""``obstacles.yaml``: what stands in the way, as each side sees it, and how it was handled elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kit.checking.look import Look, Path

if TYPE_CHECKING:
    from kit.case import Case
    from kit.files import Document, Problem

MECHANISMS = ("private-information", "commitment", "indivisibility", "none")


def problems(document: Document, case: Case) -> list[Problem]:
    """What is wrong; the case's codebook must be readable."""
    look = Look(document)
    data = look.mapping(document.data, (), "obstacles.yaml")
    codes = [code.partition(":")[2] for code in case.codebook.codes if code.startswith("obstacle:")]
    for name, obstacle, path in look.entries(data.get("obstacles"), ("obstacles",), "The obstacle"):
        look.known(name, path, "obstacle in the codebook", codes)
        _check_obstacle(look, obstacle, path, case)
    return look.found


def _check_obstacle(look: Look, obstacle: dict, path: Path, case: Case) -> None:
    what = f"The obstacle '{path[-1]}'"
    look.need(obstacle, path, what, ("title", "what", "positions"))
    positions = look.mapping(obstacle.get("positions"), (*path, "positions"), f"'positions' of {what.lower()}")
    for actor in positions:
        look.known(actor, (*path, "positions", actor), "actor in the codebook", case.actors)
    for example, here in look.items(obstacle.get("elsewhere"), (*path, "elsewhere"), "An example from elsewhere"):
        look.need(example, here, "An example from elsewhere", ("place", "year", "how", "source"))
    look.one_of(obstacle.get("fearon"), (*path, "fearon"), f"'fearon' of {what.lower()}", MECHANISMS)
