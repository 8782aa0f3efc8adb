"""Everything that asks, answers and keeps; each part is imported on first use."""

from __future__ import annotations

from kit.lazy import on_first_use

_HOMES = {
    "Answer": "kit.learning.answer",
    "BeforeAfter": "kit.learning.before_after",
    "CodingTask": "kit.learning.coding",
    "CompareCorrections": "kit.learning.compare_corrections",
    "CorrectMarks": "kit.learning.correct_marks",
    "CourseMap": "kit.learning.progress",
    "MyBrief": "kit.learning.brief",
    "MyWork": "kit.learning.my_work",
    "Quiz": "kit.learning.quiz",
    "SaveCue": "kit.learning.save_cue",
    "Write": "kit.learning.write",
    "scratch_portfolio": "kit.learning.portfolio",
}

__getattr__ = on_first_use(__name__, _HOMES)
