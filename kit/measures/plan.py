"""A plan of measures over twelve months: what it may hold and why, what it costs, and the trust it may build.

A plan is a dict from measure to the month, 1 to 12, in which it starts. The rules by which trust moves are the kit's own
(`Assumptions`); `kit.models.trust` plays them.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

import numpy as np
import pandas as pd

from kit.grammar import count_of, join_words
from kit.measures.tables import Book, Measure
from kit.models import trust
from kit.rows import as_mapping
from kit.screen import labels

MONTHS = 12
QUARTERS = ((1, 3), (4, 6), (7, 9), (10, 12))
RUNS = 1000
SEED = 4
GAIN = 0.015  # of what trust lacks, for each point of a measure, in its first month at work
NEWS = 0.8  # of its gain is left to a measure a month later
TALKING, WATCHING = "communication-and-coordination", "observation-and-verification"
CLEARED = {TALKING: 0.75, WATCHING: 0.5}  # of an incident's damage is left where such a measure is at work
LOW, HIGH = 0.1, 0.9

Steps = Mapping[str, int]


@dataclass(frozen=True)
class Assumptions:
    """What the learner may change in the simulation; all from 0 to 100.

    Parameters
    ----------
    start : float
        Trust before the first month.
    forgiveness : float
        In how many of a hundred cases a side that saw a breach keeps its word all the same.
    damage : float
        How much of each hundred points of trust an incident takes away, while nobody is there to clear it up.
    """

    start: float = 20
    forgiveness: float = 40
    damage: float = 20


def assumptions_of(kept: Any) -> Assumptions:
    """Return the assumptions that are sound, from whatever a portfolio holds; the usual ones for the rest."""
    found = as_mapping(kept)
    sound = {name.name: _percent(found.get(name.name)) for name in fields(Assumptions)}
    return Assumptions(**{name: value for name, value in sound.items() if value is not None})


def steps_of(kept: Any, book: Book) -> dict[str, int]:
    """Return the plan that is sound, from whatever a portfolio holds: known measures, months from 1 to 12."""
    found = kept.items() if isinstance(kept, Mapping) else ()
    return {
        str(key): month
        for key, month in found
        if str(key) in book.measures and isinstance(month, int) and not isinstance(month, bool) and 1 <= month <= MONTHS
    }


def level_of(kept: Any) -> float:
    """Return the level of trust that is sound, from whatever a portfolio holds; the usual one, 50, for anything else."""
    found = _percent(kept)
    return 50 if found is None else found


def _percent(value: Any) -> float | None:
    # Python reads NaN and Infinity from JSON, so a portfolio may hold them.
    number = isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)
    return float(value) if number and 0 <= value <= 100 else None


# --- what a plan may hold, and why


@dataclass(frozen=True)
class Problem:
    """One thing that stands against a plan.

    Parameters
    ----------
    key : tuple
        What it is about: the same problem in another plan has the same key.
    size : float
        How bad it is: months too early, or cost over the budget.
    text : str
        A sentence that says so.
    """

    key: tuple[str, ...]
    size: float
    text: str


def month_ready(book: Book, steps: Steps, key: str) -> int:
    """Return the first month in which a placed measure is at work and others can build on it."""
    return steps[key] + book.measures[key].months


def problems(book: Book, steps: Steps) -> list[Problem]:
    """Return all that stands against a plan: prerequisites that are not met, then budgets that are passed."""
    early = [
        problem
        for key in steps
        for other in book.measures[key].prerequisites
        if (problem := _too_early(book, steps, key, other))
    ]
    over = [
        _overspent(book, spent)
        for spent in spending(book, steps)
        if spent.cost > book.budgets.get(spent.party, math.inf)
    ]
    return early + over


def _too_early(book: Book, steps: Steps, key: str, other: str) -> Problem | None:
    """Return what is wrong with the order of a measure and one that it needs."""
    month, months = steps[key], book.measures[other].months
    name, needed = book.title(key), book.title(other)
    if other not in steps:
        latest = month - months
        when = f"start that by month {latest}" if latest >= 1 else f"so it cannot start before month {1 + months}"
        text = f"{name} in month {month} needs {needed} in place, which takes {count_of(months, 'month')} and is not in the plan: {when}."
        return Problem((key, other), MONTHS + months, text)
    if (at_work := month_ready(book, steps, other)) > month:
        text = (
            f"{name} in month {month} needs {needed} in place, and that is so from month {at_work} on "
            f"(it starts in month {steps[other]} and takes {count_of(months, 'month')})."
        )
        return Problem((key, other), at_work - month, text)
    return None


@dataclass(frozen=True)
class Spent:
    """What a plan costs one party in one quarter (1 to 4)."""

    party: str
    quarter: int
    cost: float


def spending(book: Book, steps: Steps) -> list[Spent]:
    """Return what a plan costs each party in each quarter; a cost falls in the quarter in which a measure starts."""
    quarters = {key: (month - 1) // 3 + 1 for key, month in steps.items()}
    return [
        Spent(
            party, quarter, sum(book.measures[key].cost.get(party, 0) for key, at in quarters.items() if at == quarter)
        )
        for party in book.parties
        for quarter in range(1, len(QUARTERS) + 1)
    ]


def _overspent(book: Book, spent: Spent) -> Problem:
    (first, last), budget = QUARTERS[spent.quarter - 1], book.budgets[spent.party]
    over = spent.cost - budget
    text = (
        f"Months {first} to {last} would cost {book.parties[spent.party]} {spent.cost:g}, and it can bear {budget:g}: "
        f"{over:g} too much."
    )
    return Problem((spent.party, str(spent.quarter)), over, text)


def new_objections(book: Book, before: Steps, after: Steps) -> list[str]:
    """Return what speaks against a change of plan: what it would newly get wrong, or make worse."""
    return _new(problems(book, before), problems(book, after))


def _new(before: list[Problem], after: list[Problem]) -> list[str]:
    known = {problem.key: problem.size for problem in before}
    return [problem.text for problem in after if problem.size > known.get(problem.key, 0)]


def possible_months(book: Book, steps: Steps, key: str) -> list[int]:
    """Return the months in which a measure can start, with the rest of the plan as it is."""
    before = problems(book, steps)
    months = range(1, MONTHS + 1)
    return [month for month in months if not _new(before, problems(book, {**steps, key: month}))]


def when_possible(book: Book, steps: Steps, key: str) -> str:
    """Return a sentence on the months in which a measure can start."""
    months = possible_months(book, steps, key)
    if len(months) == MONTHS:
        return f"{book.title(key)} can start in any month."
    if months:
        return f"{book.title(key)} can start in {'month' if len(months) == 1 else 'months'} {_spans(months)}."
    missing = [book.title(other) for other in book.measures[key].prerequisites if other not in steps]
    if missing:
        return f"{book.title(key)} can start in no month yet: first place {join_words(missing)}."
    return f"{book.title(key)} fits into no month of this plan: something else has to move or go."


def _spans(months: list[int]) -> str:
    """Return ``"2 to 4, 7"`` for 2, 3, 4, 7."""
    parts: list[list[int]] = []
    for month in months:
        if parts and month == parts[-1][-1] + 1:
            parts[-1].append(month)
        else:
            parts.append([month])
    return ", ".join(f"{part[0]} to {part[-1]}" if len(part) > 1 else str(part[0]) for part in parts)


def resting_on(book: Book, steps: Steps, key: str) -> list[str]:
    """Return the placed measures that need this one."""
    return [other for other in steps if key in book.measures[other].prerequisites]


# --- what is on the line


def plan_table(book: Book, steps: Steps) -> pd.DataFrame:
    """Return a plan, a row a step by month: ``key, title, type, start, ready``, and the cost to each party by its name."""
    rows = []
    for key, start in steps.items():
        measure = book.measures[key]
        costs = (measure.cost.get(party, 0.0) for party in book.parties)
        rows.append((key, measure.title, measure.type, start, month_ready(book, steps, key), *costs))
    table = pd.DataFrame(rows, columns=["key", "title", "type", "start", "ready", *book.parties.values()])
    return table.sort_values(["start", "ready", "title"], ignore_index=True)


def board_rows(book: Book, steps: Steps) -> list[dict[str, Any]]:
    """Return the rows of the twelve-month board, one for each measure, placed or not: see `MonthBoard.items`."""
    return [_board_row(book, steps, each) for each in book.measures.values()]


def _board_row(book: Book, steps: Steps, measure: Measure) -> dict[str, Any]:
    key, start = measure.key, steps.get(measure.key, 0)
    if not start:
        state = f"not placed. {when_possible(book, steps, key)}"
    elif (at_work := start + measure.months) > MONTHS:
        state = f"starts in month {start}, not at work within the year."
    else:
        state = f"starts in month {start}, at work from month {at_work}."
    costs = ", ".join(f"{name} {measure.cost.get(party, 0):g}" for party, name in book.parties.items())
    return {
        "key": key,
        "title": measure.title,
        "cost": " · ".join(f"{measure.cost.get(party, 0):g}" for party in book.parties),
        "label": f"{measure.title}: {state} Costs {costs}. Left and right arrows move it, Delete takes it off.",
        "start": start,
        "ready": start + measure.months,
        "open": possible_months(book, steps, key),
    }


def board_sums(book: Book, steps: Steps) -> list[dict[str, Any]]:
    """Return what a plan costs each party by quarter, as the twelve-month board shows it: see `MonthBoard.sums`."""
    return [
        {
            "name": f"cost to {name}",
            "cells": [_sum_cell(book, spent) for spent in spending(book, steps) if spent.party == party],
        }
        for party, name in book.parties.items()
    ]


def _sum_cell(book: Book, spent: Spent) -> dict[str, Any]:
    budget = book.budgets.get(spent.party)
    if budget is None:
        return {"text": f"{spent.cost:g}", "over": False}
    over = spent.cost > budget
    return {"text": f"{'⚠ ' if over else ''}{spent.cost:g} of {budget:g}", "over": over}


# --- the trust that it may build


def trust_plan(book: Book, steps: Steps, assumed: Assumptions) -> trust.Plan:
    """Return a plan as the simulation takes it.

    In each month the measures at work add to trust, the newer the more; their risks of an incident come together, and
    fall on the two sides alike; an incident does less damage where the sides talk and where somebody watches.
    """
    months = [_at_work(book, steps, month) for month in range(1, MONTHS + 1)]
    return trust.Plan(
        gains=[min(1.0, sum(GAIN * each.trust * NEWS**age for each, age in found)) for found in months],
        # The root: two sides with this risk each come together to the risk of the measures.
        risks=[1 - math.sqrt(math.prod(1 - each.risk for each, _ in found)) for found in months],
        q=assumed.forgiveness / 100,
        damage=[assumed.damage / 100 * math.prod(_left_by(found)) for found in months],
    )


def _at_work(book: Book, steps: Steps, month: int) -> list[tuple[Measure, int]]:
    """Return the measures at work in a month, each with the months that it has been so before."""
    ages = {key: month - month_ready(book, steps, key) for key in steps}
    return [(book.measures[key], age) for key, age in ages.items() if age >= 0]


def _left_by(found: list[tuple[Measure, int]]) -> list[float]:
    """Return which shares of an incident's damage are left where such measures are at work."""
    return [left for kind, left in CLEARED.items() if any(each.type == kind for each, _ in found)]


def trust_paths(book: Book, steps: Steps, assumed: Assumptions) -> np.ndarray:
    """Return trust, 0 to 100, at the end of each month in each of a thousand runs; column 0 is the start.

    The same plan and assumptions give the same runs.
    """
    path = 100 * trust.simulate(trust_plan(book, steps, assumed), start=assumed.start / 100, runs=RUNS, seed=SEED)
    return np.hstack([np.full((RUNS, 1), float(assumed.start)), path])


def plan_outcome(book: Book, steps: Steps, paths: np.ndarray, level: float) -> dict[str, Any]:
    """Return what comes of a plan: ``steps``, the cost to each party by its name, ``over``, ``low, end, high``, ``share, month``.

    ``over`` is by how much the budgets are passed in all; ``low, end, high`` are trust after twelve months, a tenth of the
    runs being below and above; ``share`` is the share of runs, in per cent, at the level then; ``month`` is the first one
    at whose end half of the runs are there (0 before the first, None if there is none).
    """
    spent = spending(book, steps)
    low, end, high = np.quantile(paths[:, -1], [LOW, 0.5, HIGH])
    there = (paths >= level).mean(axis=0)
    reached = np.flatnonzero(there >= 0.5)
    return {
        "steps": len(steps),
        **{name: sum(each.cost for each in spent if each.party == party) for party, name in book.parties.items()},
        "over": sum(max(each.cost - book.budgets.get(each.party, math.inf), 0) for each in spent),
        "low": float(low),
        "end": float(end),
        "high": float(high),
        "share": 100 * float(there[-1]),
        "month": int(reached[0]) if len(reached) else None,
    }


def compare_plans(book: Book, plans: Mapping[str, tuple[Steps, np.ndarray]], level: float) -> pd.DataFrame:
    """Return `plan_outcome` for several plans, a row each, with its name in ``plan``."""
    rows = [{"plan": name, **plan_outcome(book, steps, paths, level)} for name, (steps, paths) in plans.items()]
    return pd.DataFrame(rows).assign(month=pd.array([row["month"] for row in rows], dtype="Int64"))


def path_rows(paths: Mapping[str, np.ndarray], spread: str, level: float) -> pd.DataFrame:
    """Return the rows of the trust picture.

    Returns
    -------
    DataFrame
        ``what`` is ``spread`` (with ``low`` and ``high``, of the plan named), ``run`` (three single runs of it, told apart
        by ``line``), ``median`` (of each plan), ``name`` (where a plan's name stands) or ``level``; ``month`` 0 to 12,
        ``trust``, ``line``.
    """
    low, high = np.quantile(paths[spread], [LOW, HIGH], axis=0).tolist()
    rows: list[tuple[Any, ...]] = [
        ("spread", spread, month, None, *tenths) for month, tenths in enumerate(zip(low, high, strict=True))
    ]
    for number, run in enumerate(paths[spread][:3].tolist(), start=1):
        rows += _line("run", f"run {number}", run)
    medians = {name: np.median(each, axis=0).tolist() for name, each in paths.items()}
    for name, median in medians.items():
        rows += _line("median", name, median)
    ends = labels.spread({name: median[-1] for name, median in medians.items()}, 11)
    rows += [("name", name, MONTHS, place, None, None) for name, place in ends.items()]
    rows += [("level", "level", month, level, None, None) for month in (0, MONTHS)]
    return pd.DataFrame(rows, columns=["what", "line", "month", "trust", "low", "high"])


def _line(what: str, name: str, values: list[float]) -> list[tuple[Any, ...]]:
    return [(what, name, month, value, None, None) for month, value in enumerate(values)]


def plan_to_keep(steps: Steps, assumed: Assumptions, level: float) -> dict[str, Any]:
    """Return a plan as the portfolio keeps it."""
    return {"plan": dict(steps), "assumptions": asdict(assumed), "level": level}


def tell_outcome(comparison: pd.DataFrame, name: str, level: float) -> str:
    """Return in a sentence what comes of one of the plans in `compare_plans`: the title of the trust picture."""
    row = comparison[comparison["plan"] == name].iloc[0]
    if not row["steps"]:
        return f"{name} holds no measure yet, so trust stays where it is."
    if pd.isna(row["month"]):
        when = f"in no month are half of the runs at {level:.0f}"
    elif row["month"] == 0:
        when = f"trust is at {level:.0f} from the start"
    else:
        when = f"half of the runs are at {level:.0f} by the end of month {row['month']}"
    return f"{name}: {when}. The middle run ends at {row['end']:.0f}."
