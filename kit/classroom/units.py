"""The units as a class did them: what each unit's own `class_view.py` makes of the answers, and its quiz."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from importlib import import_module
from typing import Any

import pandas as pd

from kit.case import Case
from kit.learning.before_after_class_view import before_after_topic
from kit.learning.class_topics import LEARNER, People, Prompt, Topic
from kit.learning.progress import course
from kit.learning.quiz_class_view import quiz_topic


@dataclass(frozen=True)
class Part:
    """A unit of the course, as the class did it."""

    unit: str
    title: str
    topics: tuple[Topic, ...]

    @property
    def prompts(self) -> list[Prompt]:
        """All that there is to discuss, in the order of the topics."""
        return [prompt for topic in self.topics for prompt in topic.prompts]


def list_units() -> tuple[str, ...]:
    """Return the units of the course, "00" and on."""
    return tuple(course())


def class_view_of(unit: str) -> Any:
    """Return a unit's ``class_view`` module: ``make_topics(case, people, outcomes)`` and ``make_up_answers(case, seed, games)``."""
    # By name, from the course's own list: so the class's room imports no unit, and a new unit needs no line here.
    return import_module(f"kit.{course()[unit]['room']}.class_view")


def make_part(case: Case, people: People, unit: str, outcomes: Mapping[str, bool] | None = None) -> Part:
    """Return what there is to show of a unit.

    Parameters
    ----------
    outcomes : dict, optional
        How open forecast questions came out, by their ids.
    """
    made = class_view_of(unit).make_topics(case, people, outcomes or {})
    # Both times stand with the last unit, where a class has answered twice.
    last = [before_after_topic(people)] if unit == list_units()[-1] else []
    topics = tuple(_marked(topic, unit) for topic in (*made, quiz_topic(case, people, unit), *last))
    return Part(unit, course()[unit]["title"], topics)


def _marked(topic: Topic, unit: str) -> Topic:
    """Return a topic whose prompts say where they come from."""
    return replace(topic, prompts=tuple(replace(each, unit=unit, topic=topic.title) for each in topic.prompts))


def with_names(frame: pd.DataFrame, names: Mapping[str, str]) -> pd.DataFrame:
    """Return a sheet's table with other labels for the learners in it."""
    if LEARNER not in frame:
        return frame
    return frame.assign(**{LEARNER: [names.get(label, label) for label in frame[LEARNER]]})


def count_answers(people: People) -> pd.DataFrame:
    """Return how many answers each learner handed in: ``learner`` and a column a unit."""
    counts = [Counter(key.partition("/")[0] for key in kept) for kept in people.values()]
    return pd.DataFrame({LEARNER: list(people), **{unit: [each[unit] for each in counts] for unit in list_units()}})
