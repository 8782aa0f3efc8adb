"""``python -m kit.prepare``: does once what takes long, so that the first picture comes soon.

It builds the Vega bundle that charts are drawn with, and works out the marks of the bundled cases.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from kit.case import load_case
from kit.marks.cache import CASES, name_for, write_marks
from kit.screen.chart import build_bundle
from kit.user_cache import cache_folder


def keep_marks(folder: Path | None = None, cases: Iterable[Path] | None = None) -> list[Path]:
    """Work out the marks of the bundled cases and keep them in a folder, the user's cache if none is named.

    Returns
    -------
    list of Path
        The files, whether they were there already or not.
    """
    made = []
    for case in cases or sorted(path.parent for path in CASES.glob("*/case.yaml")):
        path = (folder or cache_folder()) / name_for(case)
        if not path.is_file():
            write_marks(load_case(case).marks, path)
        made.append(path)
    return made


if __name__ == "__main__":
    build_bundle()
    keep_marks()
