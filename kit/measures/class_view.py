"""What a class made of unit 04: which measures its plans hold, and when each starts."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from typing import Any

import numpy as np
import pandas as pd

from kit.case import Case
from kit.learning import class_charts as charts
from kit.learning import class_topics as topics
from kit.measures import plan as plans
from kit.measures import tables as measures
from kit.rows import rows_of

PLAN = "04/sequencer"


def make_topics(case: Case, people: topics.People, _outcomes: Mapping[str, bool]) -> list[topics.Topic]:
    """Return what there is to show of a class in this unit."""
    title = "Measures: what comes first"
    table = plan_table(case, people)
    if table.empty:
        return [topics.nothing_yet(title)]
    count = int(table["plans"].max())
    picture = charts.show_ranges(
        "When the class starts each measure",
        "month in which it starts",
        (0.5, plans.MONTHS + 0.5),
        table.assign(
            name=[f"{row.title} ({row.placed} of {count})" for row in rows_of(table)],
            label=[
                f"{row.title}: in {row.placed} of {count} plans, started in month {row.low} to {row.high}, middle {row.middle:g}"
                for row in rows_of(table)
            ],
        ),
    )
    sheet = topics.Sheet(
        table[["title", "placed", "low", "middle", "high"]],
        f"What {count} plans hold, the most chosen first; months from 1 to {plans.MONTHS}",
        {"title": "measure", "placed": "in how many plans", "low": "earliest", "middle": "middle", "high": "latest"},
    )
    book = measures.book_of(case)

    def prompt(row: Any) -> topics.Prompt:
        when = f"month {row.low}" if row.low == row.high else f"month {row.low} to month {row.high}"
        lead = f"{row.title}: would you begin with it?"
        rest = (
            f"{row.placed} of {row.plans} plans have it, started in {when}. Those who have it and those who "
            "leave it out: what could go wrong on your way?"
        )
        heading, sentences = measures.sentences_on(case, book.measures[row.key])
        return topics.Prompt(lead, rest, row.split, heading, lambda: sentences)

    said = (
        f"{topics.count_learners(count, 'made a plan.')} The box is the middle half of those who chose it, the diamond their median.",
    )
    return [topics.Topic(title, said, topics.most_divided(table, prompt), picture, (sheet,))]


def plan_table(case: Case, people: topics.People) -> pd.DataFrame:
    """Return what the class's plans hold: ``key, title, plans, placed, low, first, middle, third, high, split``.

    ``placed`` of ``plans`` people have it. ``low`` to ``high`` are the first month in which anybody starts it, the
    quartiles, and the last; ``split`` is over whether it is in the plan at all, or over the month, whichever divides more.
    """
    book = measures.book_of(case)
    kept = [each for each in topics.answers_to(people, PLAN).values() if isinstance(each, Mapping)]
    steps = [found for each in kept if (found := plans.steps_of(each.get("plan"), book))]
    rows = []
    for key, measure in book.measures.items():
        months = [each[key] for each in steps if key in each]
        if months:
            over_having, over_when = (key in each for each in steps), (months, plans.MONTHS - 1)
            apart = max(topics.split_choice(over_having), topics.split_on_scale(*over_when))
            within = (min(months), *np.quantile(months, [0.25, 0.5, 0.75]).tolist(), max(months))
            rows.append((key, measure.title, len(steps), len(months), *within, apart))
    months_ = ["low", "first", "middle", "third", "high"]
    made = pd.DataFrame(rows, columns=["key", "title", "plans", "placed", *months_, "split"])
    return made.sort_values(["placed", "middle"], ascending=[False, True], kind="stable", ignore_index=True)


def make_up_answers(case: Case, _seed: int, _games: int) -> topics.MakeUp:
    """Return a function that draws by lot what an invented learner of one of two camps answers."""
    book = measures.book_of(case)

    def make_up(dice: Random, camp: bool) -> dict[str, Any]:
        steps: dict[str, int] = {}
        for key in dice.sample(list(book.measures), min(6, len(book.measures))):
            months = plans.possible_months(book, steps, key)  # what the rules refuse is not placed
            if months:
                steps[key] = months[0] if camp else months[min(len(months) - 1, dice.randrange(4))]
        return {PLAN: plans.plan_to_keep(steps, plans.Assumptions(), 50) if steps else {}}

    return make_up
