"""What a unit's `class_view.py` is built of: topics with prompts, pictures and tables, and how far a class is divided.

A class view is values: the view on screen and the page to print are made of the same ones. *People* is a dict from a
learner's hidden label ("Learner 1") to that learner's answers by key; whoever shows a table puts names in place of the
labels, or does not. Answers are untrusted: a unit takes what is sound and passes over the rest. How far a class is divided
is measured in one way throughout, so that a sentence, a rating and a forecast can be set side by side.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from random import Random
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from kit.grammar import count_of
from kit.rows import rows_of
from kit.screen.evidence import no_evidence

if TYPE_CHECKING:
    import altair as alt


People = Mapping[str, Mapping[str, Any]]
# Gives an invented learner's answers by key, from dice and the camp that the learner is of.
MakeUp = Callable[[Random, bool], dict[str, Any]]
LEARNER = "learner"  # the column of a sheet that holds labels
DIVIDED, MISSED = 0.2, 0.25  # below these nothing is worth a discussion
MOST_PROMPTS = 3  # of one topic


@dataclass(frozen=True)
class Prompt:
    """Something to put to the room.

    Parameters
    ----------
    lead : str
        The sentence or the question that it is about.
    rest : str
        How the class answered, and what to ask of it.
    split : float, 0 to 1
        How far the class is divided over it, or how many of it miss it.
    heading : str
        What stands above the sentences behind it.
    evidence : callable
        Gives these sentences.
    answer : str
        What is right, where something is; not for reading out.
    unit, topic : str
        Where it comes from: put in when the unit's topics are put together.
    """

    lead: str
    rest: str
    split: float
    heading: str = "What the articles say"
    evidence: Callable[[], pd.DataFrame] = no_evidence
    answer: str = ""
    unit: str = ""
    topic: str = ""

    @property
    def say(self) -> str:
        """All of it, to read out."""
        return f"{self.lead} {self.rest}"


@dataclass(frozen=True)
class Picture:
    """A chart that is made when it is shown, its rows, and what it shows in a sentence."""

    make: Callable[[], alt.TopLevelMixin]
    rows: pd.DataFrame
    alt: str


@dataclass(frozen=True)
class Sheet:
    """A table to read, with its caption and the headings of its columns; a private one goes into no report."""

    frame: pd.DataFrame
    caption: str
    labels: Mapping[str, str] = field(default_factory=dict)
    private: bool = False


@dataclass(frozen=True)
class Topic:
    """One thing that a class did: what can be said of it, what to discuss, a picture, and tables."""

    title: str
    said: tuple[str, ...] = ()
    prompts: tuple[Prompt, ...] = ()
    picture: Picture | None = None
    sheets: tuple[Sheet, ...] = ()


def split_on_scale(values: Iterable[float], top: float) -> float:
    """Return how far a class is divided over an amount, from 0 (all say the same) to 1 (half say one end, half the other).

    Twice the mean distance between two people drawn at random, either of whom may be anybody (Gini's mean difference),
    as a share of the largest distance there is.

    Parameters
    ----------
    values : iterable of float
        One a person.
    top : float, above 0
        The distance between the two ends of the scale.
    """
    given = np.sort(np.asarray(list(values), dtype=float))
    count = len(given)
    if count < 2:
        return 0.0
    # In order, each value is the larger of so many pairs and the smaller of the rest: no need to look at every pair.
    ranks = 2 * np.arange(1, count + 1) - count - 1
    return float(min(1.0, 4 * (ranks @ given) / (count**2 * top)))


def split_choice(choices: Iterable[Hashable]) -> float:
    """Return how far a class is divided over a choice, from 0 (all choose one thing) to 1 (it falls into equal parts).

    The chance that two people drawn at random choose differently, as a share of what it would be if all that was chosen
    had equally many.
    """
    counts = np.array(list(Counter(choices).values()), dtype=float)
    if len(counts) < 2:
        return 0.0
    differ = 1 - ((counts / counts.sum()) ** 2).sum()
    return float(differ / (1 - 1 / len(counts)))


def answers_to(people: People, key: str) -> dict[str, Any]:
    """Return by learner what is kept under a key, for those who have it."""
    return {label: kept[key] for label, kept in people.items() if kept.get(key) is not None}


def most_divided(table: pd.DataFrame, prompt: Callable[[Any], Prompt], least: float = DIVIDED) -> tuple[Prompt, ...]:
    """Return prompts for the rows of a table with a column ``split`` that divide the class most."""
    # Stable, here and wherever a class's rows are put in order: of equal ones the same comes first on every machine.
    rows = table[table["split"] >= least].sort_values("split", ascending=False, kind="stable").head(MOST_PROMPTS)
    return tuple(prompt(row) for row in rows_of(rows))


def counts_in_words(choices: Iterable[tuple[str, int]]) -> str:
    """Return choices with how many made each, in a line."""
    return " · ".join(f"{choice} ({count})" for choice, count in choices)


def nothing_yet(title: str) -> Topic:
    """Return a topic that nobody has answered."""
    return Topic(title, ("Nobody has handed this in yet.",))


def count_learners(count: int, what: str = "") -> str:
    """Return how many learners there are, and what they did."""
    return f"{count_of(count, 'learner')} {what}".strip()


def draw_near(dice: Random, middle: float, spread: float, low: int, high: int) -> int:
    """Return a whole number between two ends, drawn around a middle: what an invented learner says."""
    return round(min(high, max(low, dice.gauss(middle, spread))))
