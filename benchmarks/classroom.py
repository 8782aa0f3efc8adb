"""How fast a class of 200 is read and shown, against what has been promised: ``python benchmarks/classroom.py``.

The class is made up and written to a folder of its own, with ten broken files in it. The case is loaded before the clock
starts, as in a notebook. All that is counted is done anew each time.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import pandas as pd
from timing import seconds

import kit
from kit.classroom.gather import read_class
from kit.classroom.make_report import class_report
from kit.classroom.sample import sample_class
from kit.classroom.show_class import ClassView
from kit.classroom.units import choose_first, list_units, make_part

LEARNERS, BROKEN, LIMIT = 200, 10, 3.0


def made_up(folder: Path, case: kit.Case) -> Path:
    """Write the class, some files of which cannot be read."""
    sample_class(folder, LEARNERS, case=case)
    for number in range(BROKEN):
        (folder / f"broken-{number}.json").write_text('{"schema": 1, "entries": {' * number, "utf-8")
    return folder


def every_unit(case: kit.Case, folder: Path) -> None:
    """Read the class, show what divides it, then turn to each unit."""
    view = ClassView(case, folder)
    for unit in list_units():
        view.unit.value = unit


def main() -> None:
    case = kit.load_case("ukraine")
    _ = case.marks, case.sentences
    with tempfile.TemporaryDirectory() as place:
        folder = made_up(Path(place), case)
        classroom = read_class(folder)
        assert len(classroom.learners) == LEARNERS
        assert len(classroom.left_out) == BROKEN
        people = classroom.answers()
        tasks = {
            "read the files": lambda: read_class(folder),
            "all tables and prompts, once read": lambda: choose_first(
                make_part(case, people, unit) for unit in list_units()
            ),
            "from the folder to the first screen": lambda: ClassView(case, folder),
            "the same, and every unit with its pictures": lambda: every_unit(case, folder),
            "the page to print, once read": lambda: class_report(case, classroom),
        }
        rows = [(what, round(seconds(run), 2)) for what, run in tasks.items()]
    table = pd.DataFrame(rows, columns=["what", "seconds"])
    table["limit"] = [LIMIT if what == "from the folder to the first screen" else "" for what in table["what"]]
    print(f"{LEARNERS} portfolios and {BROKEN} broken files")
    print(table.to_string(index=False))


if __name__ == "__main__":
    main()
