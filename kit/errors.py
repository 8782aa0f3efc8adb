"""The kit's own errors: what was found, where, and what to do about it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path

# What a terminal would obey instead of show, marks that turn the direction of writing, and bytes that are no letters.
_ORDERS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def printable(text: str) -> str:
    """The text with control characters spelled out, so that a case or an article cannot steer the terminal."""
    return _ORDERS.sub(lambda found: f"\\x{ord(found[0]):02x}", text)


def shortened(text: str, most: int = 60) -> str:
    """The text's beginning, for a message."""
    text = str(text)
    return text if len(text) <= most else text[: most - 1] + "…"


def nearest(name: str, known: Iterable[str], otherwise: str) -> str:
    """A remedy that names what was probably meant; other words where nothing is near."""
    near = _closest(name, tuple(known))
    return f"Did you mean '{near}'?" if near else otherwise


@lru_cache  # a table may have one slip in each of its many rows
def _closest(name: str, known: tuple[str, ...]) -> str:
    return next(iter(get_close_matches(name, known, n=1)), "")


class KitError(Exception):
    """A mistake that its reader can mend.

    Parameters
    ----------
    what : str
        What was found, as one sentence without a full stop at the end.
    where : str or Path, optional
        The file, line, cell or control it was found in.
    remedy : str, optional
        What to do now.
    """

    def __init__(self, what: str, *, where: str | Path | None = None, remedy: str | None = None) -> None:
        self.what = what
        self.where = str(where) if where is not None else None
        self.remedy = remedy
        super().__init__(what, self.where, remedy)

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        advice = f" {self.remedy}" if self.remedy else ""
        return printable(f"{place}{self.what.rstrip('.')}.{advice}")

    def _render_traceback_(self) -> list[str]:
        """Show a learner the sentence alone: IPython asks this before it prints a traceback."""
        return [f"{type(self).__name__}: {self}"]


class ArticleError(KitError):
    """An article cannot be read."""


class CodebookError(KitError):
    """A codebook cannot be used; ``problems`` lists all that is wrong with it."""

    def __init__(
        self, what: str, *, where: str | Path | None = None, remedy: str | None = None, problems: tuple[str, ...] = ()
    ) -> None:
        super().__init__(what, where=where, remedy=remedy)
        self.problems = problems

    def __str__(self) -> str:
        return "\n".join([super().__str__(), *(f"  - {printable(problem)}" for problem in self.problems)])


class CaseError(CodebookError):
    """A case pack cannot be used; ``problems`` lists all that is wrong with it."""


class PortfolioError(KitError):
    """A portfolio file cannot be read, written or restored."""


class CheckError(KitError):
    """An exercise's check was asked for in a way that it cannot answer."""


class ModelError(KitError):
    """A model was given something that it cannot work on."""


@contextmanager
def writing_to(place: str | Path, remedy: str = "Name a place that you may write to.") -> Iterator[None]:
    """While this lasts, a file that the system does not let the kit write is a `KitError` with that remedy."""
    try:
        yield
    except OSError as error:
        what = f"it cannot be written ({error.strerror or error})"
        raise KitError(what, where=place, remedy=remedy) from error
