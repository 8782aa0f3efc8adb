"""What a class made of unit 03: how it ranks the obstacles by importance and by tractability."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random
from typing import Any

import numpy as np
import pandas as pd

from kit.case import Case
from kit.learning import class_topics as topics
from kit.models import agreement
from kit.obstacles import charts as obstacle_charts
from kit.obstacles import tables as obstacles
from kit.rows import rows_of

RANKING = "03/ranking"


def make_topics(case: Case, people: topics.People, _outcomes: Mapping[str, bool]) -> list[topics.Topic]:
    """Return what there is to show of a class in this unit."""
    title = "Obstacles: importance and tractability"
    table, agreed = ranking_table(case, people), concordance_table(case, people)
    if not agreed["people"].max():
        return [topics.nothing_yet(title)]
    said = [
        f"{topics.count_learners(row.people, 'ranked')} by {row.criterion}."
        + (f" Kendall's W {row.w:.2f} (0 no common order, 1 one order). {row.meaning}" if row.w == row.w else "")
        for row in rows_of(agreed)
    ]
    rows = obstacles.rank_rows(table, obstacles.OTHERS)
    told = "; ".join(rows.sort_values("y")["label"]) if len(rows) else "nobody has ranked both ways yet"
    picture = topics.Picture(
        lambda: obstacle_charts.rank_chart(len(table)),
        rows,
        f"The class's mean ranks by importance and tractability: {told}.",
    )
    columns = {
        f"{criterion}_{name}": f"{criterion}: {words}"
        for criterion in obstacles.CRITERIA
        for name, words in (("mean", "mean rank"), ("low", "first"), ("high", "last"))
    }
    sheet = topics.Sheet(
        table.sort_values("importance_mean")[["obstacle", *columns]].round(1),
        "Mean ranks (1 is most), and the first and the last place that anybody gave",
        columns,
    )
    return [topics.Topic(title, tuple(said), _rank_prompts(case, table), picture, (sheet,))]


def _rank_prompts(case: Case, table: pd.DataFrame) -> tuple[topics.Prompt, ...]:
    third = len(table) // 3
    both = [
        table[["code", "obstacle"]].assign(
            **{name: table[f"{criterion}_{name}"] for name in ("split", "top", "end")}, asked=asked
        )
        for criterion, asked in obstacles.CRITERIA.items()
    ]

    def prompt(row: Any) -> topics.Prompt:
        lead = f"{row.obstacle}: {row.asked[:1].lower()}{row.asked[1:]}"
        rest = (
            f"{row.top} of you put it among the first {third} of "
            f"{len(table)}, {row.end} among the last {third}. What does each of you take “solved” to mean?"
        )
        heading = f"{row.obstacle}: what the articles say"
        return topics.Prompt(lead, rest, row.split, heading, lambda: case.evidence(row.code))

    return topics.most_divided(pd.concat(both, ignore_index=True), prompt)


def ranking_table(case: Case, people: topics.People) -> pd.DataFrame:
    """Return the class's ranks, as `kit.obstacles.rank_table` gives those of others, and how they are divided.

    Added for each criterion: ``_split``, and with ``_top`` and ``_end`` how many people put an obstacle into the first or the
    last third.
    """
    given = [each for each in topics.answers_to(people, RANKING).values() if isinstance(each, Mapping)]
    table = obstacles.rank_table(case, {}, given)
    ranked = [obstacles.ranking_of(each, case) for each in given]
    for criterion in obstacles.CRITERIA:
        places = _places([each[criterion] for each in ranked if criterion in each])
        # A list of one has no distance between its ends, and a share of nothing cannot be taken.
        top, third = max(len(table) - 1, 1), len(table) // 3
        ranks = [places.get(code, []) for code in table["code"]]
        table[f"{criterion}_split"] = [topics.split_on_scale(each, top) for each in ranks]
        table[f"{criterion}_top"] = [sum(rank <= third for rank in each) for each in ranks]
        table[f"{criterion}_end"] = [sum(rank > len(table) - third for rank in each) for each in ranks]
    return table


def _places(orders: Sequence[Sequence[str]]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for order in orders:
        for place, code in enumerate(order, 1):
            found.setdefault(code, []).append(place)
    return found


def concordance_table(case: Case, people: topics.People) -> pd.DataFrame:
    """Return how far the rankings agree: ``criterion, people, w, meaning``; ``w`` is Kendall's, from 0 to 1."""
    given = [obstacles.ranking_of(each, case) for each in topics.answers_to(people, RANKING).values()]
    rows = []
    for criterion in obstacles.CRITERIA:
        places = _places([each[criterion] for each in given if criterion in each])
        count = max(map(len, places.values()), default=0)
        value = agreement.kendall_w(pd.DataFrame(places).T) if count > 1 and len(places) > 1 else np.nan
        rows.append((criterion, count, value, _w_in_words(value)))
    return pd.DataFrame(rows, columns=["criterion", "people", "w", "meaning"])


def _w_in_words(value: float) -> str:
    if value != value:
        return "It takes two rankings to compare."
    words = [(0.3, "The orders have little in common."), (0.7, "The orders have something in common.")]
    return next((said for limit, said in words if value < limit), "The orders are much the same.")


def make_up_answers(case: Case, _seed: int, _games: int) -> topics.MakeUp:
    """Return a function that draws by lot what an invented learner of one of two camps answers."""
    order = obstacles.first_order(case)

    def make_up(dice: Random, camp: bool) -> dict[str, Any]:
        made = {}
        for criterion in obstacles.CRITERIA:
            worth = {}
            for place, code in enumerate(order):
                # By the obstacle alone, so that all of a camp lean the same way on it.
                lot = Random(f"{criterion}{code}")
                swing = lot.choice([0, 0, 4]) * (1 if camp else -1)
                worth[code] = lot.random() * 12 + swing + dice.gauss(0, 1.6) + place / 1000
            made[criterion] = sorted(worth, key=worth.__getitem__)
        return {RANKING: made}

    return make_up
