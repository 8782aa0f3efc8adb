"""``python -m kit.prepare``: does once what takes long, so that the first picture comes soon.

It builds the Vega bundle that charts are drawn with, and works out the marks of the bundled cases.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from kit.case import load_case
from kit.marks.cache import CASES, cache, name_for, write
from kit.screen.chart import warm


def keep_marks(folder: Path | None = None, cases: Iterable[Path] | None = None) -> list[Path]:
    """Work out the marks of the bundled cases and keep them in a folder, the user's cache if none is named.

    Returns
    -------
    list of Path
        The files, whether they were there already or not.
    """
    made = []
    for case in cases or sorted(path.parent for path in CASES.glob("*/case.yaml")):
        path = (folder or cache()) / name_for(case)
        if not path.is_file():
            write(load_case(case).marks, path)
        made.append(path)
    return made


if __name__ == "__main__":
    warm()
    keep_marks()
