"""A class as a table for a gradebook: what was done; what was right only if somebody asks for it."""

from __future__ import annotations

import pandas as pd

from kit.case import Case
from kit.classroom.gather import Classroom
from kit.learning.progress import progress_table
from kit.learning.quiz_class_view import quiz_items
from kit.marks.mark_files import guard_cells


def grade_table(case: Case, classroom: Classroom, *, right: bool = False) -> pd.DataFrame:
    """Return a row a learner, with names: this table is for whoever keeps the marks, not for the room.

    Returns
    -------
    DataFrame
        ``name, handed_in_as`` (the files), and for each unit ``"03 done"`` and ``"03 of"`` (steps); with `right` also
        ``"03 right"`` (questions answered rightly at the first or second try) and ``"03 questions"``.
    """
    # Guarded: a spreadsheet takes what begins with = for a formula, and learners choose their names.
    rows = []
    for label, learner in zip(classroom.labels(names=True), classroom.learners, strict=True):
        answers = learner.answers_in(case.name)
        row: dict[str, object] = {"name": guard_cells(label), "handed_in_as": guard_cells("; ".join(learner.sources))}
        for part in progress_table(case, answers).itertuples():
            row |= {f"{part.unit} done": part.done, f"{part.unit} of": part.of}
            if right:
                items = quiz_items(case, str(part.unit), {label: answers})
                row[f"{part.unit} right"] = int((items["first"] + items["second"]).sum())
                row[f"{part.unit} questions"] = sum(each.get("type") != "defend" for each in case.quiz(str(part.unit)))
        rows.append(row)
    return pd.DataFrame(rows)
