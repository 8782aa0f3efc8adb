"""A class: many portfolios in, what divides the room out, as tables, charts and sentences to read aloud.

Files, folders, chats and uploads are read in `gather`. What a class made of a unit (tables of what people chose, never of
what they wrote; charts; prompts) stands with the unit, in its `class_view.py`; `units` puts these together. `show_class`
is the explorer, `make_report` the page to print, `sample` a class that nobody belongs to. Each is imported on first use.
"""

from __future__ import annotations

from kit.lazy import on_first_use

_HOMES = {
    "ClassView": "kit.classroom.show_class",
    "Classroom": "kit.classroom.gather",
    "ReadyPack": "kit.classroom.ready_pack",
    "class_report": "kit.classroom.make_report",
    "read_class": "kit.classroom.gather",
    "sample_class": "kit.classroom.sample",
}

__getattr__ = on_first_use(__name__, _HOMES)
