"""Unit 01, background: how the war came to this, why there are talks now, and how anybody knows.

Tables first (`tables`), charts from tables (`charts`), widgets on top (`explorers`).
"""

from __future__ import annotations

from kit.background.explorers import Claims, Drivers, Hedges, LegalRecord, RipenessBoard, Timeline

__all__ = ["Claims", "Drivers", "Hedges", "LegalRecord", "RipenessBoard", "Timeline"]
