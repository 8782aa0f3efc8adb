"""Unit 06, the negotiation lab: role sheets, a table to negotiate at, and a debrief.

Pure modules first: the game of a case (`tables`), its rules as a value (`game`), opponents (`bots`), moves as texts for a
chat (`messages`), and what there is to tell (`game_tables`, `debrief_tables`, `charts`, `sheets`). Widgets on top: the sheets
(`explorers`), the table (`playing`, with its `board` and `mailbox`) and the debrief (`looking_back`).
"""

from __future__ import annotations

from kit.negotiation.explorers import PlanningSheet, RoleSheet
from kit.negotiation.looking_back import Debrief
from kit.negotiation.playing import Table
from kit.negotiation.sheets import role_sheet_html
from kit.negotiation.tables import weights

__all__ = ["Debrief", "PlanningSheet", "RoleSheet", "Table", "role_sheet_html", "weights"]
