"""Unit 05, scenarios: stories that could come true, factors that hold them together, stability, and forecasts.

Tables first (`tables`), charts from tables (`charts`), widgets on top (`explorers`, `matrix` and `forecasting`).
"""

from __future__ import annotations

from kit.scenarios import tables
from kit.scenarios.explorers import ScenarioCards, SettlementMap, StabilityTable, TwoByTwo
from kit.scenarios.forecasting import Forecast
from kit.scenarios.matrix import CrossImpactEditor

__all__ = ["CrossImpactEditor", "Forecast", "ScenarioCards", "SettlementMap", "StabilityTable", "TwoByTwo", "tables"]
