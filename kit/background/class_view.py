"""What a class made of unit 01: how ripe it finds the moment, and on which sentences it rests that."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import partial
from random import Random
from typing import Any

import numpy as np
import pandas as pd

from kit.background import tables as background
from kit.case import Case
from kit.learning import class_charts as charts
from kit.learning import class_topics as topics
from kit.rows import as_mapping, rows_of
from kit.screen.evidence import COLUMNS, no_evidence
from kit.screen.picker import candidates, sentences_at

BOARD = "01/ripeness-board"
NO_PLACE = ("", "")


def make_topics(case: Case, people: topics.People, _outcomes: Mapping[str, bool]) -> list[topics.Topic]:
    """Return what there is to show of a class in this unit."""
    title = "Ripeness: how ripe, part by part"
    table = ripeness(case, people)
    if not table["people"].sum():
        return [topics.nothing_yet(title)]
    cells = [
        (f"{row.key}|{place}", row.element, word, row.counts[place], row.counts[place] / max(row.people, 1))
        for row in rows_of(table)
        for place, word in enumerate(background.RATINGS)
    ]
    picture = charts.show_cells("How many gave each rating", background.RATINGS, cells)
    counted = pd.DataFrame(table["counts"].tolist(), columns=list(background.RATINGS))
    middles = [background.RATINGS[int(each)] if each == each else "" for each in table["median"]]
    sheet = topics.Sheet(
        pd.concat([table[["element"]], counted], axis=1).assign(middle=middles),
        "How many gave each rating",
    )
    questions = {element.key: element.question for element in background.ripeness_elements(case)}

    def prompt(row: Any) -> topics.Prompt:
        # Of the five ratings two lie below the middle one and two above it.
        low, high = sum(row.counts[:2]), sum(row.counts[3:])
        rest = (
            f"{low} of you say not at all or hardly, {high} largely or fully, {row.counts[2]} in "
            "part. What would you have to read to move by one step?"
        )
        heading = f"{row.element}: the sentences that this class attached"
        found = partial(_attached, case, people, row.key, row.codes)
        return topics.Prompt(questions[row.key], rest, row.split, heading, found)

    said = (topics.count_learners(int(table["people"].max()), "rated the moment."),)
    return [topics.Topic(title, said, topics.most_divided(table, prompt), picture, (sheet,))]


def _attached(case: Case, people: topics.People, element: str, codes: tuple[str, ...]) -> pd.DataFrame:
    """Return the sentences that a class attached to an element; where it attached none, those whose code bears on it."""
    found = attached_sentences(case, people, element)
    return found[COLUMNS] if len(found) else candidates(case, codes)[COLUMNS] if codes else no_evidence()


def ripeness(case: Case, people: topics.People) -> pd.DataFrame:
    """Return the class's ratings: ``key, element, codes, people, counts, median, split``, an element a row.

    ``counts`` is a list of how many gave each rating from "not at all" (0) to "fully" (4).
    """
    top = len(background.RATINGS) - 1
    boards = [each for each in topics.answers_to(people, BOARD).values() if isinstance(each, Mapping)]
    rows = []
    for element in background.ripeness_elements(case):
        given = [background.sound_rating(each.get(element.key)) for each in boards]
        ratings = [rating for rating in given if rating is not None]
        counts = [ratings.count(rating) for rating in range(top + 1)]
        median = float(np.median(ratings)) if ratings else np.nan
        apart = topics.split_on_scale(ratings, top)
        rows.append((element.key, element.name, element.codes, len(ratings), counts, median, apart))
    return pd.DataFrame(rows, columns=["key", "element", "codes", "people", "counts", "median", "split"])


def attached_sentences(case: Case, people: topics.People, element: str) -> pd.DataFrame:
    """Return the sentences that the class attached to an element as evidence, the commonest first, and by how many.

    Returns
    -------
    DataFrame
        The columns of ``case.sentences`` and ``people``. A sentence that the articles no longer have stands as such.
    """
    numbers = case.sentences.set_index(["article", "text"])["sentence"].to_dict()
    found: Counter[tuple[str, int, str]] = Counter()
    for board in topics.answers_to(people, BOARD).values():
        listed = as_mapping(as_mapping(board).get(element)).get("evidence")
        places = {_place(each) for each in listed} if isinstance(listed, list) else set()
        # In the order of the articles: a set has another order in each session, and ties would follow it.
        found.update(sorted((article, numbers.get((article, text), -1), text) for article, text in places - {NO_PLACE}))
    ranked = found.most_common()
    references = [
        {"article": article, "sentence": number if number >= 0 else -1 - row, "text": text}
        for row, ((article, number, text), _) in enumerate(ranked)
    ]
    return sentences_at(case, references).assign(people=[count for _, count in ranked])


def _place(reference: Any) -> tuple[str, str]:
    known = as_mapping(reference)
    article, text = known.get("article"), known.get("text")
    return (article, text) if isinstance(article, str) and isinstance(text, str) and text.strip() else NO_PLACE


def _bearing(case: Case, codes: Sequence[str]) -> list[tuple[str, int]]:
    marks = case.marks[case.marks["code"].isin(codes)]
    return list(dict.fromkeys(zip(marks["article"].tolist(), marks["sentence"].tolist(), strict=True)))


def make_up_answers(case: Case, _seed: int, _games: int) -> topics.MakeUp:
    """Return a function that draws by lot what an invented learner of one of two camps answers."""
    bearing = {element.key: _bearing(case, element.codes) for element in background.ripeness_elements(case)}

    def make_up(dice: Random, camp: bool) -> dict[str, Any]:
        board = {}
        for element, places in bearing.items():
            lot = Random(element)
            middle = lot.choice([1, 2, 3]) + (0.9 if camp else -0.9)
            favourites = lot.sample(places, min(6, len(places)))
            attached = dice.sample(favourites, min(2, len(favourites)))
            board[element] = {
                "rating": topics.draw_near(dice, middle, 0.8, 0, 4),
                "evidence": _sentences(case, attached),
            }
        return {BOARD: board}

    return make_up


def _sentences(case: Case, places: Sequence[tuple[str, int]]) -> list[dict[str, Any]]:
    return [
        {"article": article, "sentence": number, "text": case.article(article).sentences[number].text}
        for article, number in places
    ]
