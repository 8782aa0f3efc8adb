"""Exercises derived from solutions, which alone are written by hand.

The markers are nbgrader's, so that those who grade with it can use the same notebooks:

- code between ``### BEGIN SOLUTION`` and ``### END SOLUTION`` becomes ``# your answer here``, or where it answers with
  controls, which stand in the output, a line that sends the learner there
- code between ``### BEGIN HIDDEN TESTS`` and ``### END HIDDEN TESTS`` goes
- text between ``=== BEGIN MARK SCHEME ===`` and ``=== END MARK SCHEME ===`` goes, and with it a cell left empty

A cell with the tag ``solution-only`` goes as a whole. What remains must still be Python: the cell is to run unsolved.
"""

from __future__ import annotations

import argparse
import ast
import re
import sys
from pathlib import Path
from typing import Any

from kit.errors import KitError

STUB = {"code": "# your answer here", "markdown": "*Your answer here.*"}
CONTROLS = "# answer with the controls"
TAG = "solution-only"
_REGIONS = {
    "### BEGIN SOLUTION": ("### END SOLUTION", True),
    "### BEGIN HIDDEN TESTS": ("### END HIDDEN TESTS", False),
    "=== BEGIN MARK SCHEME ===": ("=== END MARK SCHEME ===", False),
}
_STRAY = re.compile(r"\b(BEGIN|END)\s+(SOLUTION|HIDDEN\s+TESTS|MARK\s+SCHEME)\b", re.IGNORECASE)
_BY_CONTROLS = re.compile(r"\s*\w+\.answer\s*=")
_METADATA = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def strip(source: str, kind: str = "code", *, where: str = "") -> str:
    """Return a cell's source without what only a solution holds.

    Parameters
    ----------
    source : str
        The cell's source.
    kind : {"code", "markdown"}
        The cell's type, which decides what stands in place of an answer.
    where : str
        The notebook and cell, for errors.

    Raises
    ------
    KitError
        If a marker has no partner, stands within another's region, or is written in another way.
    """
    kept: list[str] = []
    awaited = ""
    for line in source.split("\n"):
        mark = line.strip()
        if awaited:
            if mark == awaited:
                awaited = ""
            elif _STRAY.search(line):
                raise _stray(mark, where, f"It stands before the {awaited!r} that belongs to what came before.")
            elif _BY_CONTROLS.match(line):
                kept[-1] = kept[-1].replace(STUB["code"], CONTROLS)
        elif mark in _REGIONS:
            awaited, stub = _REGIONS[mark]
            kept += [line[: len(line) - len(line.lstrip())] + STUB[kind]] if stub else []
        elif _STRAY.search(line):
            raise _stray(mark, where, "A marker stands alone on its line, first its BEGIN, then its END.")
        else:
            kept.append(line)
    if awaited:
        msg = f"{awaited!r} is missing"
        raise KitError(msg, where=where, remedy="Close each marker in the cell that opens it.")
    return "\n".join(kept).strip("\n")


def _stray(mark: str, where: str, remedy: str) -> KitError:
    return KitError(f"{mark!r} is out of place", where=where, remedy=remedy)


def derive(notebook: Any, name: str) -> Any:
    """Return the exercise that belongs to a solution: stripped, without outputs, the same bytes each time.

    Raises
    ------
    KitError
        If a marker is out of place, or a cell would not be Python without its solution; names notebook and cell.
    """
    import nbformat

    cells: list[dict[str, Any]] = []
    for number, cell in enumerate(notebook.cells, 1):
        tags = list(cell.metadata.get("tags", ()))
        where = f"{name}, cell {number}"
        source = strip(cell.source, cell.cell_type if cell.cell_type in STUB else "code", where=where)
        if TAG in tags or (not source and cell.source):
            continue
        if cell.cell_type == "code":
            _check_runs(source, where)
        cells.append(_cell(cell.cell_type, source, tags, f"{Path(name).stem}-{len(cells) + 1:02d}"))
    return nbformat.from_dict({"cells": cells, "metadata": _METADATA, "nbformat": 4, "nbformat_minor": 5})


def _cell(kind: str, source: str, tags: list[str], name: str) -> dict[str, Any]:
    """Return a cell whose id comes from its place, so that deriving twice gives the same file."""
    metadata = {"tags": tags} if tags else {}
    cell = {"id": name, "cell_type": kind, "metadata": metadata, "source": source}
    return {**cell, "execution_count": None, "outputs": []} if kind == "code" else cell


def _check_runs(source: str, where: str) -> None:
    plain = "\n".join(line for line in source.split("\n") if not line.lstrip().startswith(("%", "!")))
    try:
        ast.parse(plain)
    except SyntaxError:
        msg = "without its solution this cell is not Python"
        raise KitError(
            msg, where=where, remedy="Let a line such as 'answer = None' stand outside the markers."
        ) from None


def derived(folder: Path) -> dict[Path, str]:
    """Return by its path each exercise that belongs to ``solutions`` in a folder, as text.

    Raises
    ------
    KitError
        If there are no solutions, or one cannot be read or derived.
    """
    import nbformat

    sources = sorted((folder / "solutions").rglob("*.ipynb"))
    sources = [path for path in sources if ".ipynb_checkpoints" not in path.parts]
    if not sources:
        msg = "there are no solutions to derive exercises from"
        raise KitError(msg, where=folder / "solutions", remedy="Run this at the project's root.")
    made = {}
    for path in sources:
        name = str(path.relative_to(folder))
        try:
            notebook = nbformat.read(path, as_version=4)
        except (ValueError, AttributeError, KeyError, TypeError):
            msg = "it is not a notebook"
            raise KitError(msg, where=name, remedy="Open it in JupyterLab and save it again.") from None
        target = folder / "exercises" / path.relative_to(folder / "solutions")
        made[target] = nbformat.writes(derive(notebook, name)) + "\n"
    return made


def drift(folder: Path) -> list[str]:
    """Return what is not as derived: exercises that are missing, differ, or have no solution."""
    made = derived(folder)
    told = []
    for path, text in made.items():
        if not path.is_file():
            told.append(f"{path.relative_to(folder)} is missing")
        elif path.read_text("utf-8") != text:
            told.append(f"{path.relative_to(folder)} is not what its solution gives")
    found = (path for path in sorted((folder / "exercises").rglob("*.ipynb")) if ".ipynb_checkpoints" not in path.parts)
    return told + [f"{path.relative_to(folder)} has no solution" for path in found if path not in made]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what ``python -m kit exercises`` takes."""
    parser.add_argument("--check", action="store_true", help="change nothing; exit with 1 if an exercise has drifted")
    parser.add_argument("--folder", type=Path, default=Path(), help="the folder that holds solutions/ and exercises/")


def run(args: argparse.Namespace) -> int:
    """Derive all exercises, or say which have drifted; return the exit code."""
    if args.check:
        told = drift(args.folder)
        print(*told, sep="\n", end="\n" if told else "", file=sys.stderr)
        return int(bool(told))
    for path, text in derived(args.folder).items():
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.is_file() or path.read_text("utf-8") != text:
            path.write_text(text, "utf-8")
            print(f"wrote {path}")
    return 0
