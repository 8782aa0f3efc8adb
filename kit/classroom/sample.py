"""A class that nobody belongs to, to try the class view on: invented learners, drawn by lot, the same for the same seed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from kit.case import Case, load_case
from kit.classroom.gather import MADE_UP, Classroom, read_class
from kit.classroom.units import class_view_of, list_units
from kit.errors import KitError, writing_to
from kit.learning import before_after_class_view as before_after
from kit.learning.class_topics import MakeUp
from kit.learning.document import LEAD_CASE, Document, Version, case_key, dump, stamp, tidy_pseudonym
from kit.learning.quiz_class_view import make_up_quizzes

MOST = 500
_TREES = (
    *("Alder", "Ash", "Aspen", "Beech", "Birch", "Box", "Cedar", "Cherry", "Cypress", "Elder", "Elm", "Fir", "Hazel"),
    *("Holly", "Hornbeam", "Juniper", "Larch", "Lime", "Maple", "Medlar", "Oak", "Olive", "Pine", "Plane", "Poplar"),
    *("Quince", "Rowan", "Spruce", "Walnut", "Willow"),
)
_FIRST_DAY = datetime(2026, 9, 1, 9, tzinfo=UTC)
_GAMES = 24  # different games; a larger class has some of them twice


def sample_class(folder: str | Path, n: int = 30, *, case: Case | None = None, seed: int = 1) -> Path:
    """Write the portfolios of invented learners into a folder, ``made-up-01.json`` and so on, and return the folder.

    Each is named as made up. What they answer is drawn by lot around two camps, so that there is something to discuss; no
    person has ever answered so, and nothing should be read into it.

    Parameters
    ----------
    folder : path
        Made if it is not there. Files of the same names are replaced.
    n : int, 1 to 500
        How many learners.
    case : Case, optional
        What they work on; the Ukraine case without one.
    seed : int
        The same seed gives the same class.

    Raises
    ------
    KitError
        If `n` is out of range, or the folder cannot be written to.
    """
    n, case = checked_number(n), case or load_case(LEAD_CASE)
    folder = Path(folder).expanduser()
    with writing_to(folder):
        folder.mkdir(parents=True, exist_ok=True)
        for number, document in enumerate(sample_documents(case, n, seed), 1):
            (folder / f"made-up-{number:02}.json").write_bytes(dump(document))
    return folder


def checked_number(n: int) -> int:
    """Return a number of learners that can be made up.

    Raises
    ------
    KitError
        If it is no whole number from 1 to `MOST`.
    """
    if isinstance(n, bool) or not isinstance(n, int) or not 1 <= n <= MOST:
        msg = f"{n!r} is not a number of learners that can be made up"
        raise KitError(msg, remedy=f"Give a whole number from 1 to {MOST}.")
    return n


def read_sample(case: Case, n: int) -> Classroom:
    """Return a class of invented learners, their numbers the same each time."""
    return read_class(sample_documents(case, n), salt=b"made up")


def sample_documents(case: Case, n: int, seed: int = 1) -> list[Document]:
    """Return the portfolios of invented learners; see `sample_class`."""
    # The quizzes of all units come after unit 00, so that the same seed goes on giving the same class.
    units = list_units()
    makers = [class_view_of(unit).make_up_answers(case, seed, min(n, _GAMES)) for unit in units]
    makers.insert(1, make_up_quizzes(case, units))
    return [_portfolio(case.name, makers, number, seed) for number in range(n)]


def _portfolio(case: str, makers: Sequence[MakeUp], number: int, seed: int) -> Document:
    dice = Random(f"{seed}-{number}")
    camp = dice.random() < 0.5
    entries: dict[str, Any] = {}
    for make_up in makers:
        entries |= make_up(dice, camp)
    entries |= {f"{unit}/write": "A made-up text: nobody has written it." for unit in list_units()[1:]}
    entries |= before_after.make_up_answers(Random(f"{seed}-{number}-before"))
    # Not everybody does everything.
    kept = [(key, value) for key, value in entries.items() if value and dice.random() < 0.93]
    again, tree = divmod(number, len(_TREES))
    name = f"Made-up {_TREES[tree]}" + (f" {again + 1}" if again else "")
    begun = _FIRST_DAY + timedelta(minutes=number)
    return Document(
        tidy_pseudonym(name),
        {
            case_key(case, key): (Version(stamp(begun + timedelta(hours=hour)), f"{MADE_UP}{seed}-{number}", value),)
            for hour, (key, value) in enumerate(kept)
        },
    )
