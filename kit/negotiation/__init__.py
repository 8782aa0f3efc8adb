"""Unit 06, the negotiation lab: role sheets, a table to negotiate at, and a debrief.

Tables first (`tables`), the rules as a value (`game`), opponents (`bots`), charts, and widgets on top (`explorers` and
`playing`).
"""

from __future__ import annotations

from kit.negotiation.explorers import Debrief, RoleSheet
from kit.negotiation.playing import Table
from kit.negotiation.sheets import role_sheet_html
from kit.negotiation.tables import weights

__all__ = ["Debrief", "RoleSheet", "Table", "role_sheet_html", "weights"]
