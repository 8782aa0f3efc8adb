"""What a class answered to the eight questions before the course and after it, for the instructor."""

from __future__ import annotations

from random import Random
from typing import Any

import pandas as pd

from kit.learning import class_topics as topics
from kit.learning.before_after import KEYS, MOST, POINTS, list_questions, read_points


def before_after_topic(people: topics.People) -> topics.Topic:
    """Return how a class answered the eight questions before and after, with the points that learners gave themselves."""
    title = "Eight questions, before and after the course"
    answers = pair_answers(people)
    if answers.empty:
        return topics.nothing_yet(title)
    counts = [f"{answers.loc[answers[when] != '', topics.LEARNER].nunique()} {when}" for when in KEYS]
    said = f"Learners who answered: {' the course, '.join(counts)} it. Points are those that learners gave themselves."
    return topics.Topic(
        title,
        (said,),
        sheets=(
            topics.Sheet(mean_points(people), f"Points from 0 to {MOST}, on average"),
            topics.Sheet(answers, "What each learner wrote: for you alone, not for the screen", private=True),
        ),
    )


def pair_answers(people: topics.People) -> pd.DataFrame:
    """Return who answered what: ``question, learner, before, after``, a row for each learner who answered a question."""
    rows = []
    for each in list_questions():
        for learner, kept in people.items():
            given = [kept.get(f"{start}/{each['id']}") for start in KEYS.values()]
            before, after = (text.strip() if isinstance(text, str) else "" for text in given)
            if before or after:
                rows.append((each["question"], learner, before, after))
    return pd.DataFrame(rows, columns=["question", topics.LEARNER, "before", "after"])


def mean_points(people: topics.People) -> pd.DataFrame:
    """Return by question how many points learners gave themselves: ``question, before, after`` and of how many learners."""
    given = [read_points(kept.get(POINTS)) for kept in people.values()]
    rows = []
    for each in list_questions():
        both = [pair for pair in (points[each["id"]] for points in given) if None not in pair]
        means = [f"{sum(pair[place] for pair in both) / len(both):.1f}" if both else "–" for place in range(len(KEYS))]  # type: ignore[misc]
        rows.append((each["question"], *means, len(both)))
    return pd.DataFrame(rows, columns=["question", *KEYS, "learners"])


def make_up_answers(dice: Random) -> dict[str, Any]:
    """Return what an invented learner answers: points that mostly rise, and words that nobody wrote."""
    ids = [each["id"] for each in list_questions()]
    texts = {f"{start}/{key}": "A made-up answer." for start in KEYS.values() for key in ids}
    before = {key: dice.choice([0, 0, 1, 1, 2]) for key in ids}
    return {**texts, POINTS: {key: [low, min(MOST, low + dice.choice([0, 1, 1]))] for key, low in before.items()}}
