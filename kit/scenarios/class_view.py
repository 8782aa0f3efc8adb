"""What a class made of unit 05: its forecasts, pooled and scored, and its practice on past questions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from random import Random
from typing import Any

import pandas as pd

from kit.case import Case
from kit.learning import class_charts as charts
from kit.learning import class_topics as topics
from kit.models import forecast
from kit.rows import rows_of
from kit.scenarios import tables as scenarios
from kit.scenarios.tables import question_table

FORECAST, PRACTICE = "05/forecast", "05/practice"


def make_topics(case: Case, people: topics.People, outcomes: Mapping[str, bool]) -> list[topics.Topic]:
    """Return what there is to show of a class in this unit."""
    title = "Forecasts: the class as one forecaster"
    given = forecast_table(case, people)
    table = pool_forecasts(case, given)
    if table.empty:
        return [topics.nothing_yet(title), *_practice(case, people)]
    picture = charts.show_ranges(
        "What the class thinks likely",
        "probability of yes, per cent",
        (-2, 102),  # so that what lies at 0 or 100 is drawn whole
        table.round(1).assign(
            key=table["id"],
            name=table["question"],
            middle=table["median"].round(1),
            label=[f"{row.question} Median {row.median:.0f} per cent, from {row.low:.0f} to {row.high:.0f}" for row in rows_of(table)],
        ),
    )  # fmt: skip
    known = known_outcomes(case, outcomes)
    came = ["" if key not in known else "yes" if known[key] else "no" for key in table["id"]]
    shown = table[["question", "closes", "people", "mean", "median", "low", "high"]]
    sheets = [
        topics.Sheet(
            (shown.assign(outcome=came) if any(came) else shown).round(0),
            "Pooled forecasts in per cent, those that divide the class most first",
            {"closes": "settled on", "low": "lowest", "high": "highest"},
        )
    ]
    scores = score_table(given, known)
    if len(scores):
        sheets.append(_score_sheet(scores, "Brier scores on the questions that are settled (0 is best)"))

    def prompt(row: Any) -> topics.Prompt:
        rest = (
            f"You say anything from {row.low:.0f} to {row.high:.0f} per cent; half of you lie between "
            f"{row.first:.0f} and {row.third:.0f}. The highest and the lowest: what do you know that the others do not?"
        )
        heading = "What the articles say of the scenario behind this question"
        behind = partial(scenarios.argument_evidence, case, str(row.scenario))
        return topics.Prompt(row.question, rest, row.split, heading, behind)

    how = "The thin line runs from the lowest to the highest, the box holds the middle half, the diamond is the median."
    said = (f"{topics.count_learners(given.shape[1], 'gave forecasts.')} {how}",)
    return [
        topics.Topic(title, said, topics.most_divided(table, prompt), picture, tuple(sheets)),
        *_practice(case, people),
    ]


def _practice(case: Case, people: topics.People) -> list[topics.Topic]:
    """Return how the class did on past questions, where there is anything to say."""
    found = score_table(practice_answers(case, people), past_outcomes(case))
    if found.empty:
        return []
    # Pooled forecasts and the one who always says 50 stand in the table, too.
    alone = found[found["who"].isin(set(people))]
    pool = float(found.loc[found["who"] == "the class: mean", "brier"].iloc[0])
    beaten = int((alone["brier"] > pool).sum())
    said = (
        f"On past questions the class's mean forecast scores {pool:.2f}; 0 is best, and always saying 50 per cent gives 0.25.",
        f"{beaten} of its {len(alone)} members did worse on the questions that each of them answered.",
    )
    sheet = _score_sheet(found, "Brier scores on past questions (0 is best)")
    return [topics.Topic("Practice: past questions", said, sheets=(sheet,))]


def _score_sheet(found: pd.DataFrame, caption: str) -> topics.Sheet:
    scores = found.rename(columns={"who": topics.LEARNER}).round({"brier": 3})
    return topics.Sheet(scores, caption, {topics.LEARNER: "who", "brier": "Brier score"})


def forecast_table(case: Case, people: topics.People) -> pd.DataFrame:
    """Return the class's probabilities (0 to 100) of the open questions, a row a question, a column a learner."""
    return _given(people, FORECAST, question_table(case), scenarios.sound_percents)


def practice_answers(case: Case, people: topics.People) -> pd.DataFrame:
    """Return the class's probabilities (0 to 100) of the past questions, a row a question, a column a learner."""
    return _given(people, PRACTICE, scenarios.practice_table(case), scenarios.sound_forecasts)


def _given(
    people: topics.People, key: str, questions: pd.DataFrame, sound: Callable[[Any, list[str]], dict[str, int]]
) -> pd.DataFrame:
    ids = list(questions["id"])
    answers = {label: sound(kept, ids) for label, kept in topics.answers_to(people, key).items()}
    return pd.DataFrame({label: values for label, values in answers.items() if values}, index=ids, dtype=float)


def pool_forecasts(case: Case, table: pd.DataFrame) -> pd.DataFrame:
    """Return the pooled forecasts: ``id, question, closes, scenario, people, mean, median, low, first, third, high, split``.

    All in per cent; ``first`` and ``third`` are quartiles. Questions that nobody answered are left out; those that divide
    the class most come first.
    """
    columns = ["people", "mean", "median", "low", "first", "third", "high", "split"]
    answered = table.dropna(how="all")
    if answered.empty:
        return pd.DataFrame(columns=["id", "question", "closes", "scenario", *columns])
    pools = {method: 100 * forecast.pool(answered / 100, method) for method in ("mean", "median")}
    parts = {
        "people": answered.notna().sum(axis=1),
        **pools,
        "low": answered.min(axis=1),
        "first": answered.quantile(0.25, axis=1),
        "third": answered.quantile(0.75, axis=1),
        "high": answered.max(axis=1),
        "split": [topics.split_on_scale(row.dropna(), 100) for _, row in answered.iterrows()],
    }
    questions = question_table(case).set_index("id")[["question", "closes", "scenario"]]
    made = questions.join(pd.DataFrame(parts, index=answered.index), how="right").rename_axis("id").reset_index()
    return made.sort_values("split", ascending=False, kind="stable", ignore_index=True)


def known_outcomes(case: Case, told: Mapping[str, bool] | None = None) -> dict[str, bool]:
    """Return the outcomes of the open questions that are known: those that the case has, and over them those told."""
    listed = case.scenarios["forecast_questions"]
    known = {each["id"]: bool(each["outcome"]) for each in listed if each["outcome"] in (0, 1)}
    return {**known, **(told or {})}


def past_outcomes(case: Case) -> dict[str, bool]:
    """Return the outcomes of the practice questions."""
    past = scenarios.practice_table(case)
    return {key: bool(outcome) for key, outcome in zip(past["id"], past["outcome"], strict=True) if outcome in (0, 1)}


def score_table(table: pd.DataFrame, outcomes: Mapping[str, bool]) -> pd.DataFrame:
    """Return the Brier scores of the class's forecasts on questions whose outcome is known, the best first.

    Returns
    -------
    DataFrame
        ``who, questions, brier``: each learner, "the class: mean", "the class: median" (pooled) and "always 50 per cent",
        on the scale from 0 (best) to 1. Empty if no outcome is known.
    """
    columns = ["who", "questions", "brier"]
    settled = table.loc[[key for key in table.index if key in outcomes]].dropna(how="all") / 100
    if settled.empty:
        return pd.DataFrame(columns=columns)
    pools = {f"the class: {method}": forecast.pool(settled, method) for method in ("mean", "median")}
    rows = []
    for who, given in [*settled.items(), *pools.items(), ("always 50 per cent", pd.Series(0.5, index=settled.index))]:
        said = given.dropna()
        if len(said):
            rows.append((who, len(said), forecast.brier(said.tolist(), [outcomes[key] for key in said.index])))
    return pd.DataFrame(rows, columns=columns).sort_values("brier", kind="stable", ignore_index=True)


def make_up_answers(case: Case, _seed: int, _games: int) -> topics.MakeUp:
    """Return a function that draws by lot what an invented learner of one of two camps answers."""
    questions = list(question_table(case)["id"])
    table = scenarios.practice_table(case)
    past = list(zip(table["id"], table["outcome"], strict=True))

    def make_up(dice: Random, camp: bool) -> dict[str, Any]:
        forecasts = {}
        for key in questions:
            # By the question alone, so that all of a camp lean the same way on it.
            lot = Random(str(key))
            middle = 15 + 60 * lot.random() + lot.choice([3, 8, 22]) * (1 if camp else -1)
            said = 5 * round(topics.draw_near(dice, middle, 11, 1, 99) / 5)
            forecasts[key] = {"probability": said, "reason": "A made-up reason.", "on": "2026-09-01"}
        done = dice.sample(past, min(12, len(past)))
        practice = {key: 5 * round(topics.draw_near(dice, 62 if came else 38, 22, 1, 99) / 5) for key, came in done}
        return {FORECAST: forecasts, PRACTICE: practice}

    return make_up
