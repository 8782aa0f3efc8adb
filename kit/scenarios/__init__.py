"""Unit 05, scenarios: stories that could come true, drivers that hold them together, stability, and forecasts.

Tables first (`tables`), charts from tables (`charts`), widgets on top (`explorers` and `forecasting`).
"""

from __future__ import annotations

from kit.scenarios.explorers import CrossImpactEditor, ScenarioCards, SettlementMap, StabilityTable, TwoByTwo
from kit.scenarios.forecasting import Forecast

__all__ = ["CrossImpactEditor", "Forecast", "ScenarioCards", "SettlementMap", "StabilityTable", "TwoByTwo"]
