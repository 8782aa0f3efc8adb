"""Unit 02, actors: who is at the table, who stands around it, and who is only spoken of.

Tables first (`tables`), the map's layout (`layout`), charts from tables (`charts`), widgets on top (`explorers`,
`grid`).
"""

from __future__ import annotations

from kit.actors.explorers import ActorMap, Positions, Voices, both_accounts
from kit.actors.grid import StakeholderGrid

__all__ = ["ActorMap", "Positions", "StakeholderGrid", "Voices", "both_accounts"]
