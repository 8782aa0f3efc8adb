"""Unit 04, confidence-building measures: what there is, in which order it can be done, and what watching does to trust.

Tables first (`tables` on single measures, `plan` on twelve months, `monitoring` on watching), charts from tables (`charts`),
widgets on top (`explorers`).
"""

from __future__ import annotations

from kit.measures.explorers import Catalogue, Sequencer, VerificationDilemma

__all__ = ["Catalogue", "Sequencer", "VerificationDilemma"]
