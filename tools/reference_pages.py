"""Write the pages that say what is said elsewhere, and each notebook's list *Terms met*.

``docs/glossary.md`` and ``docs/bibliography.md`` come from the YAML files of these names, ``docs/case-files.md`` and the
columns in the README of `new-case` from `kit.case_tables`. ``--check`` writes nothing and says what is out of step.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import nbformat

from kit.learning.progress import course

# Run as a file, Python looks for modules beside this one and not above it.
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from tools import case_file_pages
from tools.lesson_plans import load

ROOT = Path(__file__).resolve().parent.parent
GLOSSARY, BIBLIOGRAPHY = ROOT / "docs" / "glossary.yaml", ROOT / "docs" / "bibliography.yaml"
BY_HAND = "<!-- written by `make docs`; edit the YAML file of this name -->"
TERMS = "terms"  # the tag of the notebook cell that holds the list


def anchor(words: str) -> str:
    """Return the anchor of a heading, as GitHub and JupyterLab's Markdown preview make it on this site.

    Examples
    --------
    >>> anchor("Cohen's kappa")
    'cohens-kappa'
    """
    return re.sub(r"[^\w-]", "", words.lower().replace(" ", "-"))


def definitions(glossary: Mapping[str, Any]) -> dict[str, str]:
    """Return all terms with their definitions, in alphabetical order.

    Raises
    ------
    ValueError
        If two units define one term.
    """
    found: dict[str, str] = {}
    for unit, entry in glossary.items():
        for term, definition in entry["terms"].items():
            if term in found:
                msg = f"unit {unit} defines '{term}' again: name it under 'also'"
                raise ValueError(msg)
            found[term] = definition
    return dict(sorted(found.items(), key=lambda item: item[0].lower()))


def glossary_page(glossary: Mapping[str, Any]) -> str:
    """Return the glossary as a Markdown page, a heading a term, so that each can be linked."""
    entries = (f"### {term}\n\n{definition}" for term, definition in definitions(glossary).items())
    return "\n\n".join([BY_HAND, "# Glossary", "Every term of the course, in alphabetical order.", *entries]) + "\n"


def bibliography_page(sources: Mapping[str, Any]) -> str:
    """Return the bibliography as a Markdown page, a heading a source."""
    lead = "Every source that the course names. Where we looked up a free version, its address stands there."
    entries = (_source(key, source) for key, source in sorted(sources.items()))
    return "\n\n".join([BY_HAND, "# Bibliography", lead, *entries]) + "\n"


def _source(key: str, source: Mapping[str, Any]) -> str:
    free = f" Free version: <{source['free']}>." if source.get("free") else ""
    read = f" Suggested reading in unit {', '.join(source['units'])}." if source.get("units") else ""
    return f"### {key}\n\n{source['author']} ({source['year']}). *{source['title']}*. {source['where']}.{free}{read}"


def terms_met(unit: str, glossary: Mapping[str, Any]) -> str:
    """Return a notebook's list *Terms met*: those the unit defines, then those it meets again."""
    known = definitions(glossary)
    names = [*glossary[unit]["terms"], *glossary[unit].get("also", [])]
    lines = (f"- [**{name}**](../docs/glossary.md#{anchor(name)}): {known[name]}" for name in names)
    return "\n".join(["**Terms met**", "", *lines])


def pages() -> dict[Path, str]:
    """Return every page by its path."""
    return {
        GLOSSARY.with_suffix(".md"): glossary_page(load(GLOSSARY)),
        BIBLIOGRAPHY.with_suffix(".md"): bibliography_page(load(BIBLIOGRAPHY)),
        case_file_pages.PAGE: case_file_pages.page(),
        case_file_pages.README: case_file_pages.readme(),
    }


def out_of_step() -> list[tuple[Path, str]]:
    """Return the files that do not hold what they should, each with its right text."""
    wrong = [
        (path, text) for path, text in pages().items() if not path.exists() or path.read_text(encoding="utf-8") != text
    ]
    glossary = load(GLOSSARY)
    for unit, entry in course().items():
        path = ROOT / "notebooks" / f"{entry['notebook']}.ipynb"
        notebook = nbformat.read(path, as_version=4)
        cells = [cell for cell in notebook.cells if TERMS in cell.metadata.get("tags", [])]
        if any(cell.source != terms_met(unit, glossary) for cell in cells):
            for cell in cells:
                cell.source = terms_met(unit, glossary)
            wrong.append((path, nbformat.writes(notebook) + "\n"))
    return wrong


def main() -> int:
    """Write what is out of step, or only say it with ``--check``."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing, say what is out of step")
    check = parser.parse_args().check
    wrong = out_of_step()
    for path, text in wrong:
        sys.stdout.write(f"{path.relative_to(ROOT)}{' is out of step: run `make docs`' if check else ''}\n")
        if not check:
            path.write_text(text, encoding="utf-8")
    return int(check and bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
