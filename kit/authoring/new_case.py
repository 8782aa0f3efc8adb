"""``python -m kit new-case FOLDER``: a case to write over, small, commented, and sound from the first minute.

The pattern is a folder of files ``kit/skeleton/``: a made-up quarrel of two made-up states. It passes
``check-case`` and opens in every explorer, so that an instructor can change it file by file and always see what broke.
The tables quote the made-up articles, so the command puts them aside in ``later/``, where the kit does not look: else
whoever writes over the articles first, as the guide says, would be told of thirty quotes that no longer fit.
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

from kit.errors import KitError, writing_to

SKELETON = Path(__file__).resolve().parents[1] / "skeleton"
UNWANTED = shutil.ignore_patterns("__pycache__", ".*")
FIRST = ("README.md", "articles", "case.yaml", "codebook.yaml")  # what a case needs, and the guide's first hour
LATER = "later"


def new_case(folder: str | Path, *, put_aside: bool = False) -> list[str]:
    """Write the pattern into a new or empty folder.

    Parameters
    ----------
    folder : str or Path
        Where to. Folders above it are made if need be.
    put_aside : bool
        Whether all but the first files go into the folder ``later`` in it, to be moved up one by one.

    Returns
    -------
    list of str
        The files written, by their names within the folder, in order.

    Raises
    ------
    kit.errors.KitError
        If there is a file of that name, the folder holds anything, or it cannot be written.
    """
    target = Path(folder).expanduser()
    if target.exists() and not (target.is_dir() and not any(target.iterdir())):
        what = "There is something here already, and it would be written over"
        raise KitError(what, where=target, remedy="Name a folder that does not exist yet.")
    with writing_to(target):
        # copyfile, since it leaves rights behind: an installed kit may be read-only, and its copy is to be written in.
        shutil.copytree(SKELETON, target, ignore=UNWANTED, dirs_exist_ok=True, copy_function=shutil.copyfile)
        if put_aside:
            rest = [path for path in target.iterdir() if path.name not in FIRST]
            (target / LATER).mkdir()
            for path in rest:
                path.rename(target / LATER / path.name)
    return sorted(path.relative_to(target).as_posix() for path in target.rglob("*") if path.is_file())


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of ``new-case``."""
    parser.add_argument("folder", help="the folder to make, for example my-case")
    whole = "put every file in its place, to look at the made-up case in all explorers"
    parser.add_argument("--whole", action="store_true", help=whole)


def run(arguments: argparse.Namespace) -> int:
    """Write the case and say what to do next; 0."""
    folder, whole = arguments.folder, arguments.whole
    files = new_case(folder, put_aside=not whole)
    print(f"{folder} holds a small made-up case, in {len(files)} files.")
    print("Begin with its README.md, then write over the articles, case.yaml and codebook.yaml.")
    if not whole:
        print(f"The other files wait in {Path(folder) / LATER}. Move one up when you come to it.")
    print(f"After each file: python -m kit check-case {folder}")
    return 0
