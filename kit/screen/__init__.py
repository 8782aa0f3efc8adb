"""What a learner sees: the reader, charts, a slider, the evidence panel, and the one place that escapes.

Notebooks ask for the two explorers of unit 00 by name; each is imported on first use.
"""

from __future__ import annotations

from kit.lazy import on_first_use

__getattr__ = on_first_use(
    __name__, {"AboutTexts": "kit.screen.about_texts", "MarksBySection": "kit.screen.marks_by_section"}
)
