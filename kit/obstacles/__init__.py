"""Unit 03, obstacles: what stands in the way of an agreement, why bargaining fails, and where a deal could lie.

Tables first (`tables`), charts from tables (`charts`), widgets on top (`explorers`; the two that play with invented numbers
are in `games`).
"""

from __future__ import annotations

from kit.obstacles.explorers import ConflictTree, ObstacleMap, Ranking
from kit.obstacles.games import CommitmentProblem, ZoneOfAgreement

__all__ = ["CommitmentProblem", "ConflictTree", "ObstacleMap", "Ranking", "ZoneOfAgreement"]
