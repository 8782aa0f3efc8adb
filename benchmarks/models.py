"""How fast the models are, against what has been promised: ``python benchmarks/models.py``.

Each row is the median of a few runs after one that warms up. Where there is one, the obvious way stands beside it: the few lines that
a user would write who does not know the kit, on the same input and with the same result.
"""

from __future__ import annotations

import itertools
import tracemalloc
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import pandas as pd
from timing import seconds

from kit.models.agreement import krippendorff_alpha
from kit.models.bargaining import Negotiation, undominated
from kit.models.commitment import PowerShift, table
from kit.models.cross_impact import CrossImpact
from kit.models.graph_model import GraphModel
from kit.models.trust import Plan, simulate

SIZES_486 = [3, 3, 3, 2, 3, 3]


class Task(NamedTuple):
    what: str
    run: Callable[[], object]
    limit: float
    obvious: Callable[[], object] | None = None


def peak(run: Callable[[], object]) -> float:
    """Most memory that `run` holds at a time, in MB."""
    tracemalloc.start()
    run()
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return most / 1e6


def judgements(sizes: list[int], share: float, seed: int = 0) -> tuple[dict[str, list[str]], np.ndarray]:
    """Random judgements from -3 to +3 in a share of the blocks."""
    numbers = np.random.default_rng(seed)
    ends = np.cumsum(sizes)
    matrix = numbers.integers(-3, 4, (ends[-1], ends[-1])).astype(float)
    blocks = [slice(end - size, end) for end, size in zip(ends, sizes, strict=True)]
    for a, b in itertools.product(range(len(sizes)), repeat=2):
        if a == b or numbers.random() > share:
            matrix[blocks[a], blocks[b]] = 0
    return {f"driver {k}": [f"state {i}" for i in range(size)] for k, size in enumerate(sizes)}, matrix


def one_by_one(descriptors: dict[str, list[str]], matrix: np.ndarray) -> list[tuple[int, ...]]:
    """Consistent scenarios by adding up rows for each combination in turn."""
    starts = np.cumsum([0, *map(len, descriptors.values())])
    found = []
    for scenario in itertools.product(*[range(len(states)) for states in descriptors.values()]):
        balance = matrix[[start + k for start, k in zip(starts, scenario, strict=False)]].sum(axis=0)
        pairs = zip(itertools.pairwise(starts), scenario, strict=True)
        if all(balance[a + k] == balance[a:b].max() for (a, b), k in pairs):
            found.append(scenario)
    return found


def talks(seed: int = 0, *, zero_sum: bool = False) -> Negotiation:
    """Five parties, five issues, ten options each: 100,000 outcomes."""
    scores = np.random.default_rng(seed).random((5, 5, 10)) * 100
    if zero_sum:
        scores -= scores.mean(axis=0)
    issues = {f"issue {i}": [f"option {o}" for o in range(10)] for i in range(5)}
    return Negotiation(
        issues,
        {
            f"party {p}": {
                "scores": {
                    issue: dict(zip(options, scores[p, i].tolist(), strict=True))
                    for i, (issue, options) in enumerate(issues.items())
                },
                "reservation": 0 if zero_sum else 200,
            }
            for p in range(5)
        },
    )


def all_points(negotiation: Negotiation) -> list[pd.DataFrame]:
    """Everything that a debrief shows."""
    return [
        negotiation.pareto(),
        negotiation.zone(),
        negotiation.nash(),
        negotiation.kalai_smorodinsky(),
        negotiation.egalitarian(),
    ]


def one_against_all(points: np.ndarray) -> np.ndarray:
    """The frontier by comparing each outcome with all."""
    return np.array([not ((points >= row).all(axis=1) & (points > row).any(axis=1)).any() for row in points])


def conflict() -> GraphModel:
    """Three decision makers with two options each: 64 states."""
    numbers = np.random.default_rng(0)
    dms = {"A": ["a", "b"], "B": ["c", "d"], "C": ["e", "f"]}
    states = ["".join(letters) for letters in itertools.product("NY", repeat=6)]
    return GraphModel.from_options(dms, preferences={dm: numbers.permutation(states).tolist() for dm in dms})


def tasks() -> list[Task]:
    """What is measured."""
    small = judgements(SIZES_486, 1)
    dense, sparse = judgements([4] * 11 + [5], 1), judgements([3] * 14 + [4], 0.1)
    points = talks().outcomes.iloc[:, 5:].to_numpy()
    ratings = np.random.default_rng(0).integers(1, 6, (1000, 30)).astype(float)
    return [
        Task(
            "cross-impact, 486 combinations",
            lambda: CrossImpact(*small).consistent(),
            0.010,
            lambda: one_by_one(*small),
        ),
        Task("cross-impact, 21 million, all blocks judged", lambda: CrossImpact(*dense).consistent(), 30),
        Task("cross-impact, 19 million, a tenth judged, 2 off", lambda: CrossImpact(*sparse).consistent(2), 30),
        Task("bargaining, 5 parties × 100,000 outcomes, all points", lambda: all_points(talks()), 1),
        Task("bargaining, the same with nothing dominated", lambda: all_points(talks(zero_sum=True)), 1),
        Task(
            "frontier of 10,000 of these outcomes",
            lambda: undominated(points[:10_000]),
            1,
            lambda: one_against_all(points[:10_000]),
        ),
        Task("trust, 1,000 runs of 12 months", lambda: simulate(Plan([0.1] * 12)), 0.1),
        Task("graph model, 64 states × 3 × 4 concepts", lambda: conflict().stability(), 1),
        Task("commitment problem, 101 shifts", lambda: table(PowerShift(0.6, 0.3, 0.1, 0.1)), 0.1),
        Task("alpha, 1,000 units × 30 coders, ordinal", lambda: krippendorff_alpha(ratings, "ordinal"), 0.1),
    ]


def measured(task: Task) -> dict[str, object]:
    """One row of the result."""
    took = seconds(task.run)
    return {
        "what": task.what,
        "ms": round(took * 1000, 1),
        "limit ms": round(task.limit * 1000),
        "kept": "yes" if took <= task.limit else "NO",
        "peak MB": round(peak(task.run)),
        "obvious way ms": round(seconds(task.obvious, 1) * 1000, 1) if task.obvious else "",
    }


if __name__ == "__main__":
    print(pd.DataFrame([measured(task) for task in tasks()]).to_string(index=False))
