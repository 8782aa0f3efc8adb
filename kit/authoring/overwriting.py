"""What is there already is written over only when told."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path

from kit.errors import KitError


def add_force(parser: argparse.ArgumentParser) -> None:
    """Add the switch with which a command writes over what is there."""
    parser.add_argument("--force", action="store_true", help="write over what is there already")


def refuse_to_overwrite(paths: Iterable[Path], *, force: bool) -> None:
    """Stop before the first file that is there already, unless told to write over it.

    Raises
    ------
    KitError
        If one of the files is there.
    """
    there = next((path for path in paths if path.exists() or path.is_symlink()), None)
    if there and not force:
        what = "there is such a file already"
        raise KitError(what, where=there, remedy="Choose another name, or add --force to write over it.")
