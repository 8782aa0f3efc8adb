"""What a class made of unit 04: which measures its plans hold, and when each starts."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from kit.learning import class_charts as charts
from kit.learning.class_pieces import (
    MakeUp,
    People,
    Picture,
    Prompt,
    Sheet,
    Topic,
    answers_to,
    count_learners,
    most_divided,
    nothing_yet,
    rows_of,
    split_choice,
    split_on_scale,
)
from kit.measures import plan as plans
from kit.measures import tables as measures

if TYPE_CHECKING:
    from kit.case import Case


PLAN = "04/sequencer"


def make_topics(case: Case, people: People, _outcomes: Mapping[str, bool]) -> list[Topic]:
    """Return what there is to show of a class in this unit."""
    title = "Measures: what comes first"
    table = plan_table(case, people)
    if table.empty:
        return [nothing_yet(title)]
    count = int(table["plans"].max())
    rows = pd.DataFrame(
        {
            "key": table["key"],
            "name": [
                charts.name_above(f"{each} ({placed} of {count})")
                for each, placed in zip(table["title"], table["placed"], strict=True)
            ],
            **{name: table[column] for name, column in _PLAN_COLUMNS.items()},
            "label": [
                f"{row.title}: in {row.placed} of {count} plans, started in month {row.early} to {row.late}, middle {row.middle:g}"
                for row in rows_of(table)
            ],
        }
    )
    picture = Picture(
        lambda: charts.ranges_chart(len(rows), "month in which it starts", (0.5, plans.MONTHS + 0.5)),
        rows,
        charts.ranges_alt(rows, "When the class starts each measure"),
    )
    sheet = Sheet(
        table[["title", "placed", "early", "middle", "late"]],
        f"What {count} plans hold, the most chosen first; months from 1 to {plans.MONTHS}",
        {"title": "measure", "placed": "in how many plans", "early": "earliest", "middle": "middle", "late": "latest"},
    )
    book = measures.book_of(case)

    def prompt(row: Any) -> Prompt:
        when = f"month {row.early}" if row.early == row.late else f"month {row.early} to month {row.late}"
        lead = f"{row.title}: would you begin with it?"
        rest = (
            f"{row.placed} of {row.plans} plans have it, started in {when}. Those who have it and those who "
            "leave it out: what could go wrong on your way?"
        )
        heading, _ = measures.sentences_on(case, book.measures[row.key])
        return Prompt(
            "04", title, lead, rest, row.split, heading, lambda: measures.sentences_on(case, book.measures[row.key])[1]
        )

    said = (
        f"{count_learners(count, 'made a plan.')} The box is the middle half of those who chose it, the diamond their median.",
    )
    return [Topic(title, said, most_divided(table, prompt), picture, (sheet,))]


_PLAN_COLUMNS = {"low": "early", "first": "first", "middle": "middle", "third": "third", "high": "late"}


def plan_table(case: Case, people: People) -> pd.DataFrame:
    """Return what the class's plans hold: ``key, title, plans, placed, early, first, middle, third, late, split``.

    ``placed`` of ``plans`` people have it. ``early`` to ``late`` are the first month in which anybody starts it, the
    quartiles, and the last; ``split`` is over whether it is in the plan at all, or over the month, whichever divides more.
    """
    book = measures.book_of(case)
    kept = [each for each in answers_to(people, PLAN).values() if isinstance(each, Mapping)]
    steps = [found for each in kept if (found := plans.steps_of(each.get("plan"), book))]
    rows = []
    for key, measure in book.measures.items():
        months = [each[key] for each in steps if key in each]
        if months:
            apart = max(split_choice(key in each for each in steps), split_on_scale(months, plans.MONTHS - 1))
            within = (min(months), *np.quantile(months, [0.25, 0.5, 0.75]).tolist(), max(months))
            rows.append((key, measure.title, len(steps), len(months), *within, apart))
    months_ = ["early", "first", "middle", "third", "late"]
    made = pd.DataFrame(rows, columns=["key", "title", "plans", "placed", *months_, "split"])
    return made.sort_values(["placed", "middle"], ascending=[False, True], kind="stable", ignore_index=True)


def make_up_answers(case: Case, _seed: int, _games: int) -> MakeUp:
    """Return a function that draws by lot what an invented learner of one of two camps answers."""
    book = measures.book_of(case)

    def make_up(dice: Random, camp: bool) -> dict[str, Any]:
        steps: dict[str, int] = {}
        for key in dice.sample(list(book.measures), min(6, len(book.measures))):
            months = plans.possible_months(book, steps, key)  # what the rules refuse is not placed
            if months:
                steps[key] = months[0] if camp else months[min(len(months) - 1, dice.randrange(4))]
        return {PLAN: plans.kept(steps, plans.Assumptions(), 50) if steps else {}}

    return make_up
