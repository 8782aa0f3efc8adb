"""Scoring dated yes/no forecasts: the Brier score, what it is made of, calibration, and pooling several forecasters.

A *forecast* is the chance given to "yes", from 0 to 1; an *outcome* is 1 (or True) if it came out so, else 0. The Brier
score is used here on its scale from 0 (best) to 1; Brier (1950) added up over both answers, which gives twice as much,
so say which scale when comparing. Always saying 0.5 scores 0.25.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd

from kit.errors import ModelError
from kit.models import _checks

METHODS = ("mean", "median", "logodds")


def brier(forecasts: Any, outcomes: Any) -> float:
    """Return the mean squared distance between forecasts and outcomes: 0 is best, 1 is worst (Brier 1950, halved).

    Parameters
    ----------
    forecasts : sequence of n floats, 0 to 1
    outcomes : sequence of n, each 0 or 1, False or True

    Raises
    ------
    ModelError
        For an empty list, lists of different length, a forecast outside 0 to 1, or an outcome that is neither 0 nor 1.
    """
    given, came = _checked(forecasts, outcomes)
    return float(((given - came) ** 2).mean())


def decomposition(forecasts: Any, outcomes: Any) -> pd.Series:
    """Return what a Brier score is made of: brier = reliability - resolution + uncertainty (Murphy 1973).

    Parameters
    ----------
    forecasts, outcomes
        As in `brier`.

    Returns
    -------
    Series
        ``reliability``: how far the forecasts lie from what then happened, 0 is best; ``resolution``: how far questions
        with different forecasts differed in outcome, more is better; ``uncertainty``: how hard the questions were for
        one who knows only how often "yes" comes, 0 to 0.25.

    Notes
    -----
    Exact because forecasts are grouped by their distinct values. Grouped into bins, as is often done, the three do not
    add up.
    """
    given, came = _checked(forecasts, outcomes)
    values, group, count = np.unique(given, return_inverse=True, return_counts=True)
    share = np.bincount(group.ravel(), weights=came) / count
    base = came.mean()
    return pd.Series(
        {
            "reliability": float(count @ (values - share) ** 2 / len(came)),
            "resolution": float(count @ (share - base) ** 2 / len(came)),
            "uncertainty": float(base * (1 - base)),
        }
    )


def calibration_table(forecasts: Any, outcomes: Any, bins: int = 10) -> pd.DataFrame:
    """Return how often "yes" came where forecasts of about the same height were given.

    Parameters
    ----------
    forecasts, outcomes
        As in `brier`.
    bins : int, 1 to 100
        Equally wide; a forecast on an edge belongs to the bin above, 1 to the last.

    Returns
    -------
    DataFrame
        A row a bin: ``low``, ``high``, ``forecasts`` (how many), ``mean_forecast`` and ``share_true``, which are NaN
        where the bin is empty. One who is calibrated has the last two equal; with few forecasts in a bin they differ by
        chance.
    """
    given, came = _checked(forecasts, outcomes)
    count = int(_checks.number(bins, "bins", low=1, high=100))
    # 0.29 * 100 is a little below 29 in floating point and would fall into the bin below.
    place = np.minimum(np.floor(given * count + 1e-9).astype(int), count - 1)
    frame = pd.DataFrame({"bin": place, "mean_forecast": given, "share_true": came})
    means = frame.groupby("bin").mean().reindex(range(count))
    return pd.DataFrame(
        {
            "low": np.arange(count) / count,
            "high": np.arange(1, count + 1) / count,
            "forecasts": np.bincount(place, minlength=count),
            "mean_forecast": means["mean_forecast"].to_numpy(),
            "share_true": means["share_true"].to_numpy(),
        }
    )


def pool(table: Any, method: str = "mean", *, least: float = 0.001) -> pd.Series:
    """Return one forecast a question from several forecasters.

    Parameters
    ----------
    table : DataFrame or array, questions × forecasters
        Forecasts from 0 to 1; NaN or None where one gave none.
    method : {"mean", "median", "logodds"}
        The mean of log-odds (Genest and Zidek 1986) gives more weight than the mean to those who are nearly sure.
    least : float, above 0 to 0.5
        For log-odds only: a forecast nearer than this to 0 or 1 counts as this near, since no number of doubters could
        outweigh a certainty.

    Returns
    -------
    Series
        Indexed as the table; NaN for a question that nobody answered.
    """
    _checks.known(method, METHODS, "method")
    frame = _forecast_table(table)
    if method == "mean":
        return frame.mean(axis=1).rename("pooled")
    if method == "median":
        return frame.median(axis=1).rename("pooled")
    near = _checks.number(least, "least", low=1e-12, high=0.5)
    clipped = frame.clip(near, 1 - near)
    odds = np.log(clipped / (1 - clipped)).mean(axis=1)
    return (1 / (1 + np.exp(-odds))).rename("pooled")


def _checked(forecasts: Any, outcomes: Any) -> tuple[np.ndarray, np.ndarray]:
    given = _checks.numbers(forecasts, "forecasts", low=0, high=1)
    came = list(outcomes) if np.iterable(outcomes) else [outcomes]
    if len(given) != len(came):
        msg = f"there are {len(given)} forecasts and {len(came)} outcomes"
        raise ModelError(msg, where="forecasts", remedy="Give one outcome for each forecast.")
    for i, outcome in enumerate(came, 1):
        if pd.isna(outcome) or outcome not in (0, 1):
            remedy = "Give 1 for yes and 0 for no; leave out questions that are not settled yet."
            msg = f"{_checks.shown(outcome)} was given"
            raise ModelError(msg, where=f"outcomes, entry {i}", remedy=remedy)
    return given, np.array([float(outcome) for outcome in came])


def _forecast_table(table: Any) -> pd.DataFrame:
    remedy = "Give a row for each question and a column for each forecaster."
    try:
        frame = table if isinstance(table, pd.DataFrame) else pd.DataFrame(table)
    except (TypeError, ValueError) as error:
        msg = "the forecasts are no table"
        raise ModelError(msg, where="table", remedy=remedy) from error
    if not frame.size:
        msg = "the table is empty"
        raise ModelError(msg, where="table", remedy=remedy)
    for question, row in frame.iterrows():
        for forecaster, value in row.items():
            if not pd.isna(value):
                _checks.number(value, f"question {question}, forecaster {forecaster}", low=0, high=1)
    # A column with a None holds objects, and NumPy has no logarithm of these.
    return frame.apply(lambda column: [math.nan if pd.isna(value) else float(value) for value in column])
