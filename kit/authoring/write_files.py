"""What is there already is written over only when told."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping
from pathlib import Path

from kit.errors import KitError, writing_to


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
    # A link that leads nowhere does not exist, and would still be written through.
    there = next((path for path in paths if path.exists() or path.is_symlink()), None)
    if there and not force:
        what = "there is such a file already"
        raise KitError(what, where=there, remedy="Choose another name, or add --force to write over it.")


def write_pages(folder: Path, pages: Mapping[str, str], *, force: bool) -> list[Path]:
    """Write pages into a folder, which is made if it is not there, by the names of their files.

    Raises
    ------
    KitError
        If one of the files is there, or the folder cannot be written to.
    """
    refuse_to_overwrite((folder / name for name in pages), force=force)
    with writing_to(folder):
        folder.mkdir(parents=True, exist_ok=True)
        for name, page in pages.items():
            (folder / name).write_text(page, encoding="utf-8")
    return [folder / name for name in pages]
