"""What a class made of unit 00: how it coded ten sentences, and where its readers part."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from typing import Any

import numpy as np
import pandas as pd

from kit.case import Case
from kit.learning import class_charts as charts
from kit.learning import class_topics as topics
from kit.learning import coding
from kit.models import agreement
from kit.rows import rows_of
from kit.screen.evidence import COLUMNS


# Every unit's two functions take the same, whether they use it or not: `kit.classroom.units` calls them by one pattern.
def make_topics(case: Case, people: topics.People, _outcomes: Mapping[str, bool]) -> list[topics.Topic]:
    """Return what there is to show of a class in this unit."""
    title = "Coding: where learners differ"
    decisions = class_decisions(case, people)
    sentences = coded_sentences(case, decisions)
    if sentences.empty:
        return [topics.nothing_yet(title)]
    agreed = coding.agreement_table(decisions.drop(columns=coding.REFERENCE))
    said = [topics.count_learners(decisions.shape[1] - 1, f"coded {len(sentences)} sentences, or some of them.")]
    said += [
        f"{row.measure[:1].upper()}{row.measure[1:]} {row.value:.2f}: {row.meaning}"
        for row in rows_of(agreed)
        if row.value == row.value  # NaN, where a measure cannot be told, equals nothing
    ]
    apart = sentences["apart"]
    picture = charts.show_bars(
        "On how many codes two learners differ, by sentence",
        "codes on which two learners, chosen at random, differ",
        max(1.0, float(apart.round(2).max()) * 1.1),  # room for the number at the end of the longest bar
        sentences.assign(
            name=sentences["text"],
            value=apart.round(2),
            text=[f"{each:.1f}" for each in apart],
            label=[f"“{row.text}”: two learners differ on {row.apart:.1f} codes" for row in rows_of(sentences)],
        ),
    )
    sheets = (
        topics.Sheet(agreed.round({"value": 2}), "How far the class agrees with itself"),
        topics.Sheet(
            sentences[["text", "people", "apart", "codes"]].round({"apart": 1}),
            "Every sentence, and the codes that not all chose",
            {"text": "sentence", "people": "coded by", "apart": "codes on which two differ"},
        ),
        topics.Sheet(
            agreement_with_reference(decisions).round({"kappa": 2}),
            "Each learner beside the readers' marks",
            {"same": "same decisions, per cent", "kappa": "Cohen's kappa"},
        ),
    )
    prompts = topics.most_divided(sentences, lambda row: _coding_prompt(case, row))
    return [topics.Topic(title, tuple(said), prompts, picture, sheets)]


def _coding_prompt(case: Case, row: Any) -> topics.Prompt:
    kind = row.code.partition(":")[0].replace("-", " ")
    lead = f"“{row.text}” Does it speak of “{case.codebook.label(row.code)}” ({kind})?"
    rest = f"{row.yes} of {row.people} of you say yes, {row.people - row.yes} no. Which words decide it?"
    table = case.sentences
    place = table[(table["article"] == row.article) & (table["sentence"] == row.sentence)]
    return topics.Prompt(lead, rest, row.split, "The sentence in its place", lambda: place[COLUMNS])


def class_decisions(case: Case, people: topics.People) -> pd.DataFrame:
    """Return `kit.learning.coding.decisions` of those who coded anything, the reference's column first."""
    coders = {label: coding.codings_in(kept, case) for label, kept in people.items()}
    keys = set(coding.coding_sentences(case)["key"])
    return coding.decisions(case, {label: coded for label, coded in coders.items() if keys & set(coded)})


def agreement_with_reference(table: pd.DataFrame) -> pd.DataFrame:
    """Return how far each learner's decisions are those of the reference, the readers' marks: ``learner, sentences, same, kappa``.

    ``same`` is how many decisions in a hundred are equal, ``kappa`` takes chance off (Cohen 1960).
    """
    book = table[coding.REFERENCE]
    rows = []
    for label in table.columns.drop(coding.REFERENCE):
        mine = table[label].dropna()
        pair = pd.DataFrame({"book": book[mine.index], "mine": mine})
        sentences = mine.index.get_level_values("sentence").nunique()
        same = round(100 * float((pair["book"] == pair["mine"]).mean()), 1) if len(pair) else np.nan
        rows.append((label, sentences, same, agreement.cohen_kappa(pair["book"].tolist(), pair["mine"].tolist())))
    return pd.DataFrame(rows, columns=["learner", "sentences", "same", "kappa"])


def coded_sentences(case: Case, table: pd.DataFrame) -> pd.DataFrame:
    """Return the coded sentences, those that divide the class most first.

    Returns
    -------
    DataFrame
        ``key, article, sentence, text, people`` (who coded it), ``apart`` (on how many codes two people drawn at random
        differ), ``split`` (over its most divisive code), ``code`` (that code), ``yes`` (who chose it) and ``codes``: each
        code that divides, in words with its count, most divisive first.
    """
    columns = ["key", "article", "sentence", "text", "people", "apart", "split", "code", "yes", "codes"]
    if table.empty:
        return pd.DataFrame(columns=columns)
    chosen = table.drop(columns=coding.REFERENCE)
    people = chosen.notna().sum(axis=1)
    yes = chosen.sum(axis=1)
    share = yes / people
    frame = pd.DataFrame({"people": people, "yes": yes, "differ": 2 * share * (1 - share)}).reset_index()
    rows = []
    texts = coding.coding_sentences(case).set_index("key")
    for key, part in frame.groupby("sentence", sort=False):
        part = part.sort_values("differ", ascending=False, kind="stable")
        best, place = part.iloc[0], texts.loc[key]
        said = [
            f"{case.codebook.label(row.code)} ({row.yes:.0f} of {row.people})"
            for row in rows_of(part[part["differ"] > 0])
        ]
        # Two people differ on a code at most half the time: twice that is a share of the largest division.
        split = float(min(1.0, 2 * best["differ"]))
        apart = float(part["differ"].sum())
        where = (key, place["article"], place["sentence"], place["text"])
        rows.append((*where, int(best["people"]), apart, split, best["code"], int(best["yes"]), said))
    made = pd.DataFrame(rows, columns=columns)
    return made.sort_values(["split", "apart"], ascending=False, kind="stable", ignore_index=True)


def make_up_answers(case: Case, _seed: int, _games: int) -> topics.MakeUp:
    """Return a function that draws by lot how an invented learner of one of two camps codes.

    The codings are near the codebook's: some codes are overlooked, and over one of each sentence the camps disagree.
    """
    found = coding.codes_by_sentence(case)
    codes = list(case.codebook.codes)
    marked = {key: sorted(found.get(key, ())) for key in coding.coding_sentences(case)["key"]}

    def make_up(dice: Random, camp: bool) -> dict[str, Any]:
        made = {}
        for key, book in marked.items():
            lot = Random(key)  # by the sentence alone, so that the same code divides every made-up class
            contested = lot.choice(book or codes)
            sees, misses = lot.choice([(0.95, 0.8), (0.9, 0.5), (0.8, 0.25)])
            chosen = [code for code in book if code != contested and dice.random() < 0.9]
            if dice.random() < (sees if camp else misses):
                chosen.append(contested)
            made[f"{coding.PREFIX}{key}"] = chosen
        return made

    return make_up
