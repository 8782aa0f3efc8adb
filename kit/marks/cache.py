"""Marks that were worked out before: kept beside the kit or in the user's cache, and taken only while they are true.

Marking the bundled cases takes longer than all else before the first picture. So `python -m kit.prepare` (in `make setup`,
on Binder, in the site's build) keeps their marks. They are kept under a hash of all that they follow from: the case's
articles, codebook and corrections, and the code of the rules. Where any of these has changed there is nothing under the
new hash, and the marks are worked out anew.
"""

from __future__ import annotations

import json
import warnings
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kit.marks.rules import marks_table
from kit.user_cache import cache_folder, keep_text

if TYPE_CHECKING:
    import pandas as pd

HERE = Path(__file__).resolve().parent.parent  # the package
SHIPPED = HERE / "kept"  # in a wheel that was made for the site or a release
CASES = HERE / "cases"


def marks_of(case: Path, work_out: Callable[[], pd.DataFrame]) -> pd.DataFrame:
    """Return the marks of a case: those that were kept, if it is a bundled case and nothing has changed, else new ones."""
    if case.resolve().parent != CASES:
        return work_out()
    name = name_for(case)
    for folder in (SHIPPED, cache_folder()):
        if (kept := _read(folder / name)) is not None:
            return kept
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        marks = work_out()
    for each in told:
        warnings.warn(each.message, stacklevel=3)
    if not told:  # a warning must be heard each time
        write_marks(marks, cache_folder() / name)
    return marks


def name_for(case: Path) -> str:
    """Return the name of the file with the marks of a case as its files and the rules are now."""
    digest = sha256()
    for path in _followed(case):
        digest.update(f"{path.relative_to(HERE).as_posix()} {path.stat().st_size}\n".encode())
        digest.update(path.read_bytes())
    return f"marks-{case.name}-{digest.hexdigest()[:20]}.json"


def _followed(case: Path) -> Iterator[Path]:
    """Yield the files that a case's marks follow from; a codebook may inherit from another case's."""
    yield from sorted(HERE.glob("*.py"))  # more than the rules, but no rule can be forgotten here
    for room in ("marks", "reading"):
        yield from sorted(path for path in (HERE / room).rglob("*") if path.is_file() and path.suffix != ".pyc")
    yield from sorted(CASES.glob("*/codebook.yaml"))
    yield from sorted(path for path in (case / "articles").rglob("*") if path.is_file())
    yield from (path for path in [case / "marks.csv"] if path.is_file())


def _read(path: Path) -> pd.DataFrame | None:
    try:
        kept = json.loads(path.read_bytes())
        return marks_table(zip(*kept.values(), strict=True), tuple(kept))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None  # not there, or not whole: it is worked out again


def write_marks(marks: pd.DataFrame, path: Path) -> None:
    """Write marks into a file, if its folder can be written to."""
    columns: dict[str, list[Any]] = {str(name): marks[name].tolist() for name in marks}
    keep_text(json.dumps(columns, ensure_ascii=False), path)
