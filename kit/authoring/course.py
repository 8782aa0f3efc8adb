"""The seven notebooks, and their exercises, for a case of one's own: ``python -m kit course CASE --out FOLDER``.

The notebooks of the lead case are the only source, so no text stands twice. From each of them goes what speaks of the lead
case, and what the other case has no data for; the text around it stays whole. What goes is marked in the notebooks:

- a cell with the tag ``lead`` is about the lead case, and goes
- in a text cell, so does what stands between lines ``<!-- lead -->`` and ``<!-- /lead -->``
- a code cell with a tag such as ``needs:events.csv``, ``needs:quiz/01.json`` or ``needs:case.yaml:legal_record`` goes if the
  case has no such file, or nothing under that name of it; without a tag, `NEEDS` knows what each explorer draws on

A section whose pictures all go is left out, with one sentence in its place. In a notebook without any ``lead`` mark, paragraphs
and cells that name the lead case's articles or parties are taken to be about it.
"""

from __future__ import annotations

import argparse
import ast
import json
import re
import shutil
from collections.abc import Iterator
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

from kit.authoring.new_case import LATER
from kit.case import BUNDLED, Case, load_case
from kit.checking.whole_case import check_case
from kit.errors import CaseError, KitError, writing_to
from kit.learning.document import LEAD_CASE
from kit.reading.data_files import files_in

ROOT = Path(__file__).resolve().parents[2]
TAG, NEEDED = "lead", "needs:"
FOLDERS = ("notebooks", "exercises")
NEEDS = {
    "Timeline": "events.csv",
    "LegalRecord": "case.yaml:legal_record",
    "Claims": "figures.csv",
    "ActorMap": "relations.csv",
    "Positions": "positions.csv",
    "Catalogue": "measures.yaml",
    "Sequencer": "measures.yaml",
    "ScenarioCards": "scenarios.yaml",
    "TwoByTwo": "scenarios.yaml",
    "CrossImpactEditor": "scenarios.yaml",
    "StabilityTable": "scenarios.yaml",
    "Forecast": "scenarios.yaml",
    "RoleSheet": "negotiation.yaml",
    "PlanningSheet": "negotiation.yaml",
    "Table": "negotiation.yaml",
    "Debrief": "negotiation.yaml",
    "weights": "negotiation.yaml",
}
_MARKED = re.compile(r"<!-- lead -->.*?<!-- /lead -->\n*", re.DOTALL)
_CALL = re.compile(r"\bkit\.\w+\.(\w+)\(\s*case\b(?:,\s*\"(\d\d)\")?")
_HEADING = re.compile(r"#{2,3} (.+)")
_TASK = re.compile(r"## \d+ · ")


def course(case: Case, out: Path) -> list[str]:
    """Write the notebooks and exercises for a case into a folder, with the case beside them.

    Parameters
    ----------
    out : Path
        A folder that does not exist yet, or is empty.

    Returns
    -------
    list of str
        The notebooks written, by their names within the folder.

    Raises
    ------
    kit.errors.KitError
        If there is anything, it cannot be written, the case is not sound, or the kit's notebooks are not there.
    """
    if out.exists() and not (out.is_dir() and not any(out.iterdir())):
        what = "There is something here already, and it would be written over"
        raise KitError(what, where=out, remedy="Name a folder that does not exist yet.")
    if not (ROOT / FOLDERS[0]).is_dir():
        what = "The kit's own notebooks are not here"
        raise KitError(what, where=ROOT, remedy="Run this from the kit's own folder, as it was downloaded.")
    problems = [problem for problem in check_case(case.path) if not problem.is_warning]
    if problems:
        what = f"The case has {len(problems)} problems, the first: {problems[0]}"
        raise CaseError(what, where=case.path, remedy=f"Mend them first: python -m kit check-case {case.path}")
    written = []
    with writing_to(out):
        # By its folder: somebody's own case may bear the name of one that comes with the kit.
        named = case.name if case.path.parent == BUNDLED else f"../{_copy(case, out)}"
        for path in (path for folder in FOLDERS for path in sorted((ROOT / folder).glob("[0-9]*.ipynb"))):
            lead = json.loads(path.read_text(encoding="utf-8"))
            book = derive(lead, case, named, is_exercise=path.parent.name != FOLDERS[0])
            target = out / path.relative_to(ROOT)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(json.dumps(book, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
            written.append(target.relative_to(out).as_posix())
    return written


def _copy(case: Case, out: Path) -> str:
    """Copy the case's files into the course's folder and return the name of the copy."""
    name = case.name if case.name not in FOLDERS else f"case-{case.name}"
    for path in files_in(case.path):
        target = out / name / path.relative_to(case.path)
        if LATER in path.relative_to(case.path).parts:  # the made-up tables of new-case, not yet written over
            continue
        if not path.resolve().is_relative_to(out.resolve()):  # a course written into the case's own folder
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
    return name


def derive(book: dict[str, Any], case: Case, named: str, *, is_exercise: bool = False) -> dict[str, Any]:
    """One notebook of the lead course as one for another case.

    Parameters
    ----------
    book : dict
        The notebook as nbformat stores it.
    named : str
        What ``kit.load_case`` is to be given in it.
    is_exercise : bool
        Whether its sections are tasks: one about the lead case goes as a whole, and answers to the others are kept where
        the kit knows them.
    """
    marked = any(TAG in _tags(cell) or "<!-- lead -->" in _source(cell) for cell in book["cells"])
    cells = []
    made: set[str] = set()  # names that a cell which stays has made
    gone: dict[str, list[str]] = {}  # names that none makes any more, each with what the case lacks for it
    for section in _sections(book["cells"]):
        kept, lost = [], []
        for cell in section:
            # A cell that uses what a cell before it would have made cannot run without it.
            waits = [name for name in _names(cell, ast.Load) if name in gone]
            lacking = [need for need in _needs(cell) if not _has(case, need)]
            lacking += [need for name in waits for need in gone[name]]
            lost += lacking
            if new := None if waits or lacking else _for_case(cell, named, marked):
                kept.append(new)
                made |= _names(cell, ast.Store)
            else:
                gone |= dict.fromkeys(_names(cell, ast.Store) - made, lacking)
        if is_exercise and _TASK.match(_source(section[0])):
            kept = _task(section, kept)
        if lost and not any(cell["cell_type"] == "code" for cell in kept):
            kept = [_left_out(section, list(dict.fromkeys(lost)))]
        cells += kept
    return {**book, "cells": cells}


def _sections(cells: list[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """Cells from one heading to the next; a text cell with a heading further down is two."""
    number = 0
    numbered = []
    for cell in (part for whole in cells for part in _split(whole)):
        number += bool(cell["cell_type"] == "markdown" and _HEADING.match(_source(cell)))
        numbered.append((number, cell))
    for _, group in groupby(numbered, key=lambda pair: pair[0]):
        yield [cell for _, cell in group]


def _split(cell: dict[str, Any]) -> list[dict[str, Any]]:
    if cell["cell_type"] != "markdown":
        return [cell]
    parts = re.split(r"\n+(?=#{2,3} )", _source(cell))
    return [
        {**cell, "source": part, **({"id": f"{cell.get('id', 'part')}-{place}"[:64]} if place else {})}
        for place, part in enumerate(parts)
    ]


def _names(cell: dict[str, Any], how: type[ast.expr_context]) -> set[str]:
    """Names that a code cell makes (``ast.Store``) or uses (``ast.Load``)."""
    if cell["cell_type"] != "code":
        return set()
    nodes = ast.walk(ast.parse(_source(cell)))
    return {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, how)}


def _for_case(cell: dict[str, Any], named: str, marked: bool) -> dict[str, Any] | None:
    """A cell as it stands in the other course; None if it goes."""
    if TAG in _tags(cell):
        return None
    source = _source(cell)
    if cell["cell_type"] == "code":
        opens = f'kit.load_case("{LEAD_CASE}")'
        if not marked and opens not in source and _is_about_lead(source):
            return None
        changed = source.replace(opens, f"kit.load_case({json.dumps(named, ensure_ascii=False)})")
        return {**cell, "source": changed, "outputs": [], "execution_count": None}
    if marked:
        text = _MARKED.sub("", source)
    else:  # headings stay, whatever they name
        parts = re.split(r"\n{2,}", source)
        text = "\n\n".join(part for part in parts if part.startswith("#") or not _is_about_lead(part))
    return {**cell, "source": text.strip("\n")} if text.strip() else None


def _task(section: list[dict[str, Any]], kept: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """A task if nothing of it has gone; its right answer lies in the lead case, whoever asks."""
    if list(map(_source, kept)) != list(map(_source, section)):
        return []
    general = f'Answer(kit.load_case("{LEAD_CASE}"), '
    return [{**cell, "source": _source(cell).replace("Answer(case, ", general)} for cell in kept]


def _left_out(section: list[dict[str, Any]], lost: list[str]) -> dict[str, Any]:
    found = _HEADING.match(_source(section[0]))
    heading = found[0] if found else "### More"
    files = " and ".join(f"`{need.rpartition(':')[2]}`" for need in lost)
    text = f"{heading}\n\n*This part is left out: the case has no {files}.*"
    return {"cell_type": "markdown", "id": section[0].get("id", "left-out"), "metadata": {}, "source": text}


def _needs(cell: dict[str, Any]) -> list[str]:
    """What a code cell draws on."""
    told = [tag.removeprefix(NEEDED) for tag in _tags(cell) if tag.startswith(NEEDED)]
    if told or cell["cell_type"] != "code":
        return told
    calls = _CALL.findall(_source(cell))
    files = [f"quiz/{unit}.json" if name == "Quiz" else NEEDS.get(name) for name, unit in calls]
    return [file for file in files if file]


def _has(case: Case, need: str) -> bool:
    name, _, part = need.partition(":")
    return (case.path / name).is_file() and (not part or bool(dict(case.meta).get(part)))


def _is_about_lead(text: str) -> bool:
    return bool(_lead_words().search(text))


@cache
def _lead_words() -> re.Pattern[str]:
    """Words by which a text is known to speak of the lead case."""
    lead = load_case(LEAD_CASE)
    parties = [lead.actor_names[party] for party in lead.meta["parties"]]
    figures = list(lead.figures["id"])
    words = [*lead.article_names, *lead.article_names.values(), *parties, *lead.meta["parties"], *figures]
    more = ["00[0-4]", "Russian", "Ukrainian", "Moscow", "Kyiv", "five articles", "NATO", "load_case"]
    return re.compile(rf"\b({'|'.join([*map(re.escape, words), *more])})\b")


def _source(cell: dict[str, Any]) -> str:
    return "".join(cell["source"])


def _tags(cell: dict[str, Any]) -> list[str]:
    return list(cell.get("metadata", {}).get("tags", []))


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of ``course``."""
    parser.add_argument("case", help="the folder of your case, or the name of one that comes with the kit")
    parser.add_argument("--out", required=True, metavar="FOLDER", help="where to: a folder that does not exist yet")


def run(arguments: argparse.Namespace) -> int:
    """Write the course and say what to do next; 0."""
    out = Path(arguments.out).expanduser()
    written = course(load_case(arguments.case), out)
    print(f"{out} holds {len(written)} notebooks for the case.")
    print(f"Open {out / FOLDERS[0]} in JupyterLab, read each notebook once, and run it.")
    print("To hand them out as one zip: make bundle CASE=FOLDER, with the folder of the case.")
    return 0
