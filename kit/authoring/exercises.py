"""Exercises derived from solutions, which alone are written by hand.

A cell that only a solution holds has the tag ``answer``. It does not stand in the exercise, unless its metadata name
what a learner finds in its place: ``{"tags": ["answer"], "parley": {"starter": "answer = None"}}``. All other cells are
the same in both. What stands in the exercise must be Python: every cell is to run unsolved.

Who grades with nbgrader gets its markers from ``python -m kit exercises --nbgrader FOLDER``: copies of the solutions in
which each answer stands between ``### BEGIN SOLUTION`` and ``### END SOLUTION``.
"""

from __future__ import annotations

import argparse
import ast
import re
import sys
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

from kit.authoring.write_files import add_force, refuse_to_overwrite
from kit.errors import KitError, writing_to

TAG = "answer"
_MARKER = re.compile(r"\b(BEGIN|END)\s+(SOLUTION|HIDDEN\s+TESTS|MARK\s+SCHEME)\b", re.IGNORECASE)
_METADATA = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def starter_of(cell: Any, *, where: str = "") -> str | None:
    """Return what stands in the exercise in place of a solution's cell; None if nothing does.

    Raises
    ------
    KitError
        If the cell holds a marker of the first release, whose answer would then stand in the exercise.
    """
    if found := _MARKER.search(cell.source):
        msg = f"{found[0]!r} marks an answer by lines"
        raise KitError(msg, where=where, remedy='Take the marker lines out and give the cell the tag "answer".')
    if TAG not in cell.metadata.get("tags", ()):
        return str(cell.source)
    starter = cell.metadata.get("parley", {}).get("starter")
    return None if starter is None else str(starter)


def derive(notebook: Any, name: str) -> Any:
    """Return the exercise that belongs to a solution: without answers and outputs, the same bytes each time.

    Raises
    ------
    KitError
        If a cell holds a marker, or would not be Python without its answer; names notebook and cell.
    """
    import nbformat

    cells: list[dict[str, Any]] = []
    for number, cell in enumerate(notebook.cells, 1):
        where = f"{name}, cell {number}"
        source = starter_of(cell, where=where)
        if source is None:
            continue
        if cell.cell_type == "code":
            _check_runs(source, where)
        tags = [tag for tag in cell.metadata.get("tags", ()) if tag != TAG]
        cells.append(_cell(cell.cell_type, source, tags, f"{Path(name).stem}-{len(cells) + 1:02d}"))
    return nbformat.from_dict({"cells": cells, "metadata": _METADATA, "nbformat": 4, "nbformat_minor": 5})


def mark_for_nbgrader(notebook: Any) -> Any:
    """Return a copy of a solution with nbgrader's markers around each answer, and its metadata for a manual grade."""
    marked = deepcopy(notebook)
    for number, cell in enumerate(marked.cells, 1):
        if TAG in cell.metadata.get("tags", ()):
            cell.source = _between_markers(cell.source, starter_of(cell) or "")
            # A cell that nbgrader lets a person grade: it is a solution, and counts.
            kind = {"grade": True, "solution": True, "task": False, "locked": False}
            cell.metadata["nbgrader"] = {"schema_version": 3, "grade_id": f"answer-{number}", "points": 1, **kind}
    return marked


def _between_markers(source: str, starter: str) -> str:
    """Return a cell's lines with markers around those that the exercise does not have."""
    known, marked, within = set(starter.split("\n")), [], False
    for line in [*source.split("\n"), None]:  # the None closes a part that reaches to the last line
        ours = line is not None and line not in known
        if ours != within:
            marked.append("### BEGIN SOLUTION" if ours else "### END SOLUTION")
            within = ours
        marked += [] if line is None else [line]
    return "\n".join(marked)


def _cell(kind: str, source: str, tags: list[str], name: str) -> dict[str, Any]:
    """Return a cell whose id comes from its place, so that deriving twice gives the same file."""
    metadata = {"tags": tags} if tags else {}
    cell = {"id": name, "cell_type": kind, "metadata": metadata, "source": source}
    return {**cell, "execution_count": None, "outputs": []} if kind == "code" else cell


def _check_runs(source: str, where: str) -> None:
    # Lines of IPython's own, such as %pip and !ls, are no Python and run all the same.
    plain = "\n".join(line for line in source.split("\n") if not line.lstrip().startswith(("%", "!")))
    try:
        ast.parse(plain)
    except SyntaxError:
        msg = "without its solution this cell is not Python"
        raise KitError(msg, where=where, remedy="Correct the starter in the cell's metadata.") from None


def derive_text(folder: Path) -> dict[Path, str]:
    """Return by its path each exercise that belongs to ``solutions`` in a folder, as text.

    Raises
    ------
    KitError
        If there are no solutions, or one cannot be read or derived.
    """
    import nbformat

    made = {}
    for path, notebook in _solutions(folder):
        target = folder / "exercises" / path.relative_to(folder / "solutions")
        made[target] = nbformat.writes(derive(notebook, str(path.relative_to(folder)))) + "\n"
    return made


def notebooks_in(folder: Path) -> list[Path]:
    """Return the notebooks of a folder and those below it, without the copies that Jupyter keeps of each."""
    return [path for path in sorted(folder.rglob("*.ipynb")) if ".ipynb_checkpoints" not in path.parts]


def _solutions(folder: Path) -> Iterator[tuple[Path, Any]]:
    import nbformat

    sources = notebooks_in(folder / "solutions")
    if not sources:
        msg = "there are no solutions to derive exercises from"
        raise KitError(msg, where=folder / "solutions", remedy="Run this at the project's root.")
    for path in sources:
        try:
            yield path, nbformat.read(path, as_version=4)
        # nbformat has no error of its own for a file that is no notebook: it raises whatever it stumbles over.
        except (ValueError, AttributeError, KeyError, TypeError):
            msg = "it is not a notebook"
            name = str(path.relative_to(folder))
            raise KitError(msg, where=name, remedy="Open it in JupyterLab and save it again.") from None


def find_drift(folder: Path) -> list[str]:
    """Return what is not as derived: exercises that are missing, differ, or have no solution."""
    made = derive_text(folder)
    told = []
    for path, text in made.items():
        if not path.is_file():
            told.append(f"{path.relative_to(folder)} is missing")
        elif path.read_text("utf-8") != text:
            told.append(f"{path.relative_to(folder)} is not what its solution gives")
    odd = (path for path in notebooks_in(folder / "exercises") if path not in made)
    return told + [f"{path.relative_to(folder)} has no solution" for path in odd]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what ``python -m kit exercises`` takes."""
    parser.add_argument("--check", action="store_true", help="change nothing; exit with 1 if an exercise has drifted")
    markers = "write the solutions with nbgrader's markers there"
    parser.add_argument("--nbgrader", type=Path, metavar="OUT", help=markers)
    add_force(parser)
    parser.add_argument("--folder", type=Path, default=Path(), help="the folder that holds solutions/ and exercises/")


def run(args: argparse.Namespace) -> int:
    """Derive all exercises, or say which have drifted; return the exit code."""
    if args.check:
        told = find_drift(args.folder)
        print(*told, sep="\n", end="\n" if told else "", file=sys.stderr)
        return int(bool(told))
    if args.nbgrader:
        return _write_for_nbgrader(args.folder, args.nbgrader, force=args.force)
    for path, text in derive_text(args.folder).items():
        path.parent.mkdir(parents=True, exist_ok=True)
        # What is as it should be stays untouched, so that an editor which has it open does not ask.
        if not path.is_file() or path.read_text("utf-8") != text:
            path.write_text(text, "utf-8")
            print(f"wrote {path}")
    return 0


def _write_for_nbgrader(folder: Path, out: Path, *, force: bool) -> int:
    import nbformat

    made = {out / path.relative_to(folder / "solutions"): notebook for path, notebook in _solutions(folder)}
    refuse_to_overwrite(made, force=force)
    for target, notebook in made.items():
        with writing_to(target):
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(nbformat.writes(mark_for_nbgrader(notebook)) + "\n", "utf-8")
        print(f"wrote {target}")
    return 0
