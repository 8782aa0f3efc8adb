"""Tables of unit 05: stories with what speaks for them, factors and how they bear on each other, stability, forecasts.

A factor with its values stands in a case's file under ``drivers`` and ``states``; learners read *factor* and *value*, since
a driver is a kind of code, and a state is a country.
"""

from __future__ import annotations

import math
import os
from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, date, datetime
from itertools import combinations
from typing import TYPE_CHECKING, Any

import pandas as pd

from kit.models.cross_impact import CrossImpact
from kit.models.graph_model import GraphModel
from kit.rows import as_mapping, records

if TYPE_CHECKING:
    from kit.case import Case
    from kit.case_tables import Driver

LOWEST, HIGHEST = -3, 3
CONCEPTS = {
    "Nash": "Nash: the side has no move to a situation that it ranks higher",
    "SEQ": "SEQ (sequential stability): whatever better move the side makes, the others have an answer that leaves it no better off than at the start, and the answer is good for those who give it",
    "SMR": "SMR (symmetric metarationality): whatever better move the side makes, the others have an answer that leaves it no better off than at the start, and no second move of the side changes this",
    "GMR": "GMR (general metarationality): whatever better move the side makes, the others have an answer that leaves it no better off than at the start, even if the answer hurts those who give it",
}


# Scenarios


def scenario_table(case: Case) -> pd.DataFrame:
    """Return the scenarios: ``key, title, code, storyline, for, against, signposts`` (the last three as counts)."""
    rows = [
        (key, each["title"] or key, each["code"], each["storyline"],
         len(each["for"]), len(each["against"]), len(each["signposts"]))
        for key, each in case.scenarios["scenarios"].items()
    ]  # fmt: skip
    columns = ["key", "title", "code", "storyline", "for", "against", "signposts"]
    return pd.DataFrame(rows, columns=columns)


def arguments(case: Case, key: str) -> pd.DataFrame:
    """Return what speaks for and against a scenario: ``side, text, article, quote``; the last two are empty if it is silent."""
    scenario = case.scenarios["scenarios"].get(key)
    sides = {"for": scenario["for"], "against": scenario["against"]} if scenario else {}
    rows = [(side, each["text"], each["article"], each["quote"]) for side, listed in sides.items() for each in listed]
    return pd.DataFrame(rows, columns=["side", "text", "article", "quote"])


def argument_evidence(case: Case, key: str, side: str | None = None) -> pd.DataFrame:
    """Return the sentences that speak for a scenario, against it, or both."""
    table = arguments(case, key)
    table = table[(table["article"] != "") & (table["side"].eq(side) if side else True)]
    return case.evidence_for(records(table[["article", "quote"]]))


def signposts(case: Case, key: str) -> pd.DataFrame:
    """Return the events that would show a scenario coming or going: ``text, points`` (toward or away)."""
    scenario = case.scenarios["scenarios"].get(key)
    rows = [(each["text"], each["points"]) for each in (scenario["signposts"] if scenario else [])]
    return pd.DataFrame(rows, columns=["text", "points"])


def sentences_by_article(case: Case, kind: str = "scenario") -> dict[str, int]:
    """Return how many marks of a kind each article has, a sentence once for each code; articles without one count 0."""
    # Here, since it brings the widgets' modules, which tables do without.
    from kit.screen.codes_by_place import code_counts

    counts = code_counts(case, kind).groupby("article")["sentences"].sum()
    return {article: int(counts.get(article, 0)) for article in case.article_names}


# Factors and cross-impact


def factors_of(case: Case) -> dict[str, Driver]:
    """Return the factors of the case by key; one without two values has nothing to vary and is left out."""
    return {key: driver for key, driver in case.scenarios["drivers"].items() if len(driver["states"]) > 1}


def descriptors(case: Case, names: Collection[str] | None = None) -> dict[str, list[str]]:
    """Return the values of each factor, or of the named ones: what `kit.models.cross_impact.CrossImpact` takes."""
    return {key: list(each["states"]) for key, each in factors_of(case).items() if names is None or key in names}


def closest_factors(case: Case, count: int) -> list[str]:
    """Return so many factors that bear most on each other, by the sum of the judgements between them without their signs."""
    made = judgements(case)
    keys = factors_of(case)
    weights = {
        names: made.loc[made["source"].isin(names) & made["target"].isin(names), "judgement"].abs().sum()
        for names in combinations(keys, count)
    }
    return list(max(weights, key=lambda names: int(weights[tuple(names)]), default=tuple(keys)))


def count_combinations(case: Case, names: Collection[str] | None = None) -> int:
    """Return in how many ways one value of each factor can be taken."""
    return math.prod(len(values) for values in descriptors(case, names).values())


def judgement_of(case: Case, key: str) -> int:
    """Return the case's own judgement under ``source|value|target|value``; 0 where it has none."""
    table = judgements(case).set_index("key")["judgement"]
    return int(table.get(key, 0))


def judgements(case: Case, edits: Mapping[str, int] | None = None) -> pd.DataFrame:
    """Return all judgements other than zero, with a learner's edits put in.

    Parameters
    ----------
    edits : dict of key to int, optional
        By ``source|state|target|state`` the judgement that takes the place of the case's.

    Returns
    -------
    DataFrame
        ``key, source, source_state, target, target_state, judgement, why, edited``.
    """
    states, edited = descriptors(case), sound_edits(case, edits)
    own = {
        f"{each['from']}|{each['state']}|{each['on']}|{state}": (value, each["why"])
        for each in case.scenarios["cross_impact"]["judgements"]
        for state, value in each["values"].items()
    }
    rows = []
    for key in dict.fromkeys([*own, *edited]):
        value, why = own.get(key, (0, ""))
        judgement = edited.get(key, value)
        if _is_between_factors(key, states) and (judgement or value):
            rows.append((key, *key.split("|"), judgement, why, judgement != value))
    columns = ["key", "source", "source_state", "target", "target_state", "judgement", "why", "edited"]
    return pd.DataFrame(rows, columns=columns)


def _is_between_factors(key: str, states: Mapping[str, Collection[str]]) -> bool:
    """Whether a judgement's key names two known states of two different factors."""
    parts = key.split("|")
    known = len(parts) == 4 and parts[1] in states.get(parts[0], ()) and parts[3] in states.get(parts[2], ())
    return known and parts[0] != parts[2]


def sound_edits(case: Case, edits: Any) -> dict[str, int]:
    """Return the edits that name two states of two drivers and lie between -3 and 3; the rest is left out."""
    states = descriptors(case)
    return {
        str(key): int(value)
        for key, value in as_mapping(edits).items()
        if _is_between_factors(str(key), states) and isinstance(value, int) and LOWEST <= value <= HIGHEST
    }


def cross_impact(
    case: Case, edits: Mapping[str, int] | None = None, names: Collection[str] | None = None
) -> CrossImpact:
    """Return the model of the case's judgements between all factors, or the named ones, with a learner's edits put in."""
    import numpy as np

    states: dict[Any, list[str]] = {**descriptors(case, names)}
    places = {
        pair: place for place, pair in enumerate((key, state) for key, listed in states.items() for state in listed)
    }
    matrix = np.zeros((len(places), len(places)))
    for row in records(judgements(case, edits)):
        source, target = (row["source"], row["source_state"]), (row["target"], row["target_state"])
        if source in places and target in places:
            matrix[places[source], places[target]] = row["judgement"]
    return CrossImpact(states, matrix)


def story_of(case: Case, combination: Mapping[str, str]) -> str:
    """Return the key of the first scenario whose pattern a combination of states fits; empty if none does."""
    for key, scenario in case.scenarios["scenarios"].items():
        pattern = scenario["pattern"]
        if pattern and all(combination.get(driver) in listed for driver, listed in pattern.items()):
            return key
    return ""


def combination_table(case: Case, model: CrossImpact, most: float = 0) -> pd.DataFrame:
    """Return the combinations that hold together, or are off by no more than ``most``.

    Returns
    -------
    DataFrame
        ``key``, a column a driver (its state), ``inconsistency, total_impact, story`` (a scenario's key or ""), the most
        consistent first.
    """
    table = model.consistent(most)
    # The model's own columns, since it may have but some of the case's factors.
    names = [name for name in factors_of(case) if name in table.columns]
    combinations_found = records(table[names])
    table = table.assign(
        key=["|".join(each[name] for name in names) for each in combinations_found],
        story=[story_of(case, each) for each in combinations_found],
    )
    return table.sort_values(["inconsistency", "total_impact"], ascending=[True, False], ignore_index=True)


def corner_worlds(case: Case, across: str, up: str) -> list[tuple[str, str]]:
    """Return the four corners of a two-by-two: the first and last states of both drivers, from bottom left, row by row."""
    states = descriptors(case)
    ends = [(states[driver][0], states[driver][-1]) for driver in (across, up)]
    return [(x, y) for y in ends[1] for x in ends[0]]


# Graph model


def list_options(model: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """Return the options of a graph model as ``(decision maker, option, text)``, in the order of a state's letters."""
    return [(dm, option, text) for dm, listed in model["decision_makers"].items() for option, text in listed.items()]


def graph_model(model: Mapping[str, Any]) -> GraphModel:
    """Return the model of a case's entry; its options are named ``decision-maker.option``."""
    named = {dm: [f"{dm}.{option}" for option in listed] for dm, listed in model["decision_makers"].items()}
    options = [option for listed in named.values() for option in listed]
    return GraphModel.from_options(
        named,
        preferences=model["preferences"],
        # As patterns such as Y-N-, a letter for each option. One that names none would bar every state.
        infeasible=[
            "".join(each.get(option, "-") for option in options)
            for each in model["infeasible"]
            if not each.keys().isdisjoint(options)
        ],
        irreversible=model["irreversible"],
    )


def rank_states(solved: GraphModel, dm: str) -> list[list[str]]:
    """Return the states in groups as a decision maker ranks them, the best first; those in one group are equally good."""
    groups: dict[int, list[str]] = {}
    for state in map(str, solved.states):
        better = sum(solved.prefers(dm, str(other), state) for other in solved.states)
        groups.setdefault(better, []).append(state)
    return [groups[better] for better in sorted(groups)]


def move_state(model: Mapping[str, Any], dm: str, state: str, above: str) -> dict[str, Any]:
    """Return the model with one state moved, in one decision maker's ranking, to just above another."""
    rest = [[each for each in group if each != state] for group in rank_states(graph_model(model), dm)]
    moved = [part for group in rest if group for part in ([[state], group] if above in group else [group])]
    return {**model, "preferences": {**model["preferences"], dm: moved}}


def stability_table(model: Mapping[str, Any], solved: GraphModel) -> pd.DataFrame:
    """Return each state with its label and what it is stable under.

    Returns
    -------
    DataFrame
        ``key`` (letters), ``state`` (label), a column of bool for each concept (an equilibrium: stable for all),
        ``stable`` (the concepts in words).
    """
    holding = {concept: set(solved.equilibria(concept)) for concept in CONCEPTS}
    rows = []
    for state in solved.states:
        held = {concept: state in holding[concept] for concept in CONCEPTS}
        words = ", ".join(concept for concept in CONCEPTS if held[concept]) or "none"
        rows.append({"key": state, "state": state_label(model, state), **held, "stable": words})
    return pd.DataFrame(rows)


def state_label(model: Mapping[str, Any], state: str) -> str:
    """Return a state's short name, or its letters."""
    return model["labels"].get(state, state)


def with_short_names(model: Mapping[str, Any], sentence: str) -> str:
    """Return one of the model's sentences with the short names of states in place of their letters."""
    # The longest letters first: those of one situation may stand within another's.
    labels = sorted(model["labels"].items(), key=lambda item: -len(item[0]))
    for state, name in labels:
        sentence = sentence.replace(f"'{state}'", f"“{name}”").replace(state, f"“{name}”")
    return sentence


# Forecasts


def question_table(case: Case) -> pd.DataFrame:
    """Return the forecast questions, those that close first on top: ``id, question, opens, closes, early, rule, scenario``."""
    columns = ["id", "question", "opens", "closes", "early", "rule", "scenario"]
    table = pd.DataFrame(case.scenarios["forecast_questions"], columns=columns)
    return table.sort_values("closes", kind="stable", ignore_index=True)


def practice_table(case: Case) -> pd.DataFrame:
    """Return past questions with their outcomes: ``id, question, asked, closes, outcome, source, explanation``."""
    columns = ["id", "question", "asked", "closes", "outcome", "source", "explanation"]
    return pd.DataFrame(case.scenarios["practice_questions"], columns=columns)


def sound_forecasts(kept: Any, ids: Iterable[str]) -> dict[str, int]:
    """Return the forecasts, in per cent, that are sound: known questions, whole numbers from 0 to 100."""
    known = set(ids)
    return {
        str(key): int(value)
        for key, value in as_mapping(kept).items()
        if key in known and isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 100
    }


def sound_percents(kept: Any, ids: Iterable[str]) -> dict[str, int]:
    """Return the probabilities, in per cent, of those forecasts that are sound and kept with reason and day."""
    return sound_forecasts({key: as_mapping(each).get("probability") for key, each in as_mapping(kept).items()}, ids)


def today() -> date:
    """Return the day it is; pictures, saved notebooks and tests set another in the environment's PARLEY_TODAY."""
    told = os.environ.get("PARLEY_TODAY")
    return date.fromisoformat(told) if told else datetime.now(UTC).date()


def is_open(case: Case, closes: date, day: date) -> bool:
    """Whether a question may still be answered on a day: before it closes, or at any time in a case set in the past."""
    return case.scenarios["set_in_the_past"] or day < closes
