"""Tables of a class, one function a kind of answer: what people chose, never what they wrote.

*people* is a dict from a learner's label to that learner's answers by key, as `gather.Classroom.answers` gives it. Answers
are untrusted: each table takes what is sound and passes over the rest. How far a class is divided is said by one measure
throughout, `split`, so that a sentence, a rating and a forecast can be set side by side.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from kit.actors import tables as actors
from kit.background import tables as background
from kit.learning import coding
from kit.learning.quiz import quiz_result
from kit.learning.quiz_bank import options_of, quiz_problems
from kit.measures import plan as plans
from kit.measures import tables as measures
from kit.models import agreement, forecast
from kit.obstacles import tables as obstacles
from kit.scenarios import tables as scenarios

if TYPE_CHECKING:
    from kit.case import Case

People = Mapping[str, Mapping[str, Any]]
UNITS = ("00", "01", "02", "03", "04", "05", "06")


def split(values: Iterable[float], top: float) -> float:
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


def handed_in(people: People) -> pd.DataFrame:
    """Return how many answers each learner handed in: ``learner`` and a column a unit."""
    counts = [Counter(key.partition("/")[0] for key in kept) for kept in people.values()]
    columns = {unit: [each[unit] for each in counts] for unit in UNITS}
    return pd.DataFrame({"learner": list(people), **columns})


# --- 00: coding


def class_decisions(case: Case, people: People) -> pd.DataFrame:
    """Return `kit.learning.coding.decisions` of those who coded anything, the codebook's column first."""
    if not case.has_codebook:
        return pd.DataFrame(
            columns=[coding.CODEBOOK], index=pd.MultiIndex.from_product([[], []], names=["sentence", "code"])
        )
    coders = {label: coding.codings_in(kept, case) for label, kept in people.items()}
    keys = set(coding.coding_sentences(case)["key"])
    return coding.decisions(case, {label: coded for label, coded in coders.items() if keys & set(coded)})


def agreement_measures(table: pd.DataFrame) -> pd.DataFrame:
    """Return how far the class agrees with itself, the codebook left out: ``measure, value, meaning``."""
    return coding.agreement_table(table.drop(columns=coding.CODEBOOK))


def agreement_with_codebook(table: pd.DataFrame) -> pd.DataFrame:
    """Return how far each learner's decisions are the codebook's: ``learner, sentences, same, kappa``.

    ``same`` is the share of equal decisions, ``kappa`` takes chance off (Cohen 1960).
    """
    book = table[coding.CODEBOOK]
    rows = []
    for label in table.columns.drop(coding.CODEBOOK):
        mine = table[label].dropna()
        pair = pd.DataFrame({"book": book[mine.index], "mine": mine})
        sentences = mine.index.get_level_values("sentence").nunique()
        same = float((pair["book"] == pair["mine"]).mean()) if len(pair) else np.nan
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
    chosen = table.drop(columns=coding.CODEBOOK)
    people = chosen.notna().sum(axis=1)
    yes = chosen.sum(axis=1)
    share = yes / people
    frame = pd.DataFrame({"people": people, "yes": yes, "differ": 2 * share * (1 - share)}).reset_index()
    rows = []
    texts = coding.coding_sentences(case).set_index("key")
    for key, part in frame.groupby("sentence", sort=False):
        part = part.sort_values("differ", ascending=False, kind="stable")
        best = part.iloc[0]
        dividing = part[part["differ"] > 0]
        said = [
            f"{case.codebook.label(code)} ({yes:.0f} of {people})"
            for code, yes, people in zip(*(dividing[name].tolist() for name in ("code", "yes", "people")), strict=True)
        ]
        place = texts.loc[key]
        measures_ = (int(best["people"]), float(part["differ"].sum()), float(min(1.0, 2 * best["differ"])))
        rows.append(
            (key, place["article"], place["sentence"], place["text"], *measures_, best["code"], int(best["yes"]), said)
        )
    made = pd.DataFrame(rows, columns=columns)
    return made.sort_values(["split", "apart"], ascending=False, kind="stable", ignore_index=True)


# --- quizzes


def quiz_items(case: Case, unit: str, people: People) -> pd.DataFrame:
    """Return how the class did on a unit's questions with a right answer, those that most people miss first.

    Returns
    -------
    DataFrame
        ``id, question, answered, first`` (right at the first try), ``second, never`` (not right, or not yet), ``missed``
        (share not right at first), ``slip`` (the commonest mistake at the first try, in words), ``slips`` (how many made it).
    """
    rows = []
    for question in _bank(case, unit):
        kept = answers_to(people, f"{unit}/quiz/{question['id']}").values()
        results = [quiz_result(question, each) for each in kept]
        given = [right for tries, right in results if tries]
        if question["type"] == "defend" or not given:
            continue
        first, second = (sum(right == place for right in given) for place in (1, 2))
        slip, slips = _commonest_slip(question, kept)
        missed = 1 - first / len(given)
        never = len(given) - first - second
        rows.append((question["id"], question["question"], len(given), first, second, never, missed, slip, slips))
    columns = ["id", "question", "answered", "first", "second", "never", "missed", "slip", "slips"]
    made = pd.DataFrame(rows, columns=columns)
    return made.sort_values("missed", ascending=False, kind="stable", ignore_index=True)


def _bank(case: Case, unit: str) -> list[Mapping[str, Any]]:
    """Return the questions of a unit that can be asked."""
    return [question for question in case.quiz(unit) if not quiz_problems([question])]


def _commonest_slip(question: Mapping[str, Any], kept: Iterable[Any]) -> tuple[str, int]:
    found: Counter[str] = Counter()
    for each in kept:
        tries = each.get("tries") if isinstance(each, dict) else None
        if isinstance(tries, list) and tries:
            found.update(_slips(question, tries[0]))
    return found.most_common(1)[0] if found else ("", 0)


def _slips(question: Mapping[str, Any], answer: Any) -> set[str]:
    """Return in words what was wrong with an answer; nothing for one that this question does not take."""
    kind, options = question["type"], options_of(question)
    if kind == "multiple_choice":
        right = {part["answer"] for part in question["answers"] if part["correct"]}
        return {f"“{answer}” chosen"} if isinstance(answer, str) and answer in set(options) - right else set()
    if kind == "many_choice" and isinstance(answer, list):
        return {
            f"“{part['answer']}” {'left out' if part['correct'] else 'chosen'}"
            for part in question["answers"]
            if (part["answer"] in answer) != part["correct"]
        }
    if kind == "match" and isinstance(answer, dict):
        given = {part["left"]: (part["right"], answer.get(part["left"])) for part in question["pairs"]}
        return {
            f"“{left}” matched with “{mine}”"
            for left, (right, mine) in given.items()
            if mine in options and mine != right
        }
    if kind == "order" and isinstance(answer, list) and len(answer) == len(options):
        wrong = [
            (mine, place) for place, (mine, right) in enumerate(zip(answer, options, strict=True), 1) if mine != right
        ]
        return {f"“{mine}” put in place {place}" for mine, place in wrong[:1] if mine in options}
    return set()


def defended(case: Case, unit: str, people: People) -> pd.DataFrame:
    """Return how the class chose where no answer is the right one: ``id, question, people, split, choices``.

    ``choices`` are pairs of a choice and how many made it, the commonest first. The reasons that people wrote are theirs.
    """
    rows = []
    for question in _bank(case, unit):
        kept = answers_to(people, f"{unit}/quiz/{question['id']}").values() if question["type"] == "defend" else ()
        options = set(options_of(question))
        made = [each["choice"] for each in kept if isinstance(each, dict) and _in(each.get("choice"), options)]
        if made:
            rows.append(
                (question["id"], question["question"], len(made), split_choice(made), Counter(made).most_common())
            )
    return pd.DataFrame(rows, columns=["id", "question", "people", "split", "choices"])


def _in(value: Any, options: set[str]) -> bool:
    return isinstance(value, str) and value in options


# --- 01: ripeness


def ripeness(case: Case, people: People) -> pd.DataFrame:
    """Return the class's ratings: ``key, element, codes, people, counts, median, split``, an element a row.

    ``counts`` is a list of how many gave each rating from "not at all" (0) to "fully" (4).
    """
    top = len(background.RATINGS) - 1
    boards = [each for each in answers_to(people, "01/ripeness-board").values() if isinstance(each, Mapping)]
    rows = []
    for element in background.elements(case):
        ratings = [rating for each in boards if (rating := _rating(each.get(element.key), top)) is not None]
        counts = [ratings.count(rating) for rating in range(top + 1)]
        median = float(np.median(ratings)) if ratings else np.nan
        rows.append((element.key, element.name, element.codes, len(ratings), counts, median, split(ratings, top)))
    return pd.DataFrame(rows, columns=["key", "element", "codes", "people", "counts", "median", "split"])


def _rating(entry: Any, top: int) -> int | None:
    rating = entry.get("rating") if isinstance(entry, Mapping) else None
    return rating if isinstance(rating, int) and not isinstance(rating, bool) and 0 <= rating <= top else None


def attached(case: Case, people: People, element: str) -> pd.DataFrame:
    """Return the sentences that the class attached to an element as evidence, the commonest first, and by how many.

    Returns
    -------
    DataFrame
        The columns of ``case.sentences`` and ``people``. A sentence that the articles no longer have is left out.
    """
    index = {
        place: row for row, place in enumerate(zip(case.sentences["article"], case.sentences["text"], strict=True))
    }
    found: Counter[int] = Counter()
    for board in answers_to(people, "01/ripeness-board").values():
        entry = board.get(element) if isinstance(board, Mapping) else None
        listed = entry.get("evidence") if isinstance(entry, Mapping) else None
        places = {_place(each) for each in listed} if isinstance(listed, list) else set()
        found.update(index[place] for place in places & set(index))
    rows = [row for row, _ in found.most_common()]
    return case.sentences.iloc[rows].assign(people=[found[row] for row in rows])


def _place(reference: Any) -> tuple[str, str]:
    if not isinstance(reference, Mapping):
        return "", ""
    return str(reference.get("article")), str(reference.get("text"))


# --- 02: stakeholders


def stakeholders(case: Case, people: People) -> tuple[pd.DataFrame, list[dict[str, dict[str, Any]]]]:
    """Return where the class puts the actors, and the placements one by one.

    Returns
    -------
    DataFrame
        ``actor, name, people, power, interest`` (medians, on a grid from 0 to 10), ``quarter, low_power, high_power,
        low_interest, high_interest, split``, the actors that divide the class most first; nobody's placement, no row.
    list
        Each learner's placements, as `kit.actors` keeps them.
    """
    names = actors.actor_names(case)
    placed = [actors.placements_of(each, names) for each in answers_to(people, "02/stakeholder-grid").values()]
    rows = []
    for actor, name in names.items():
        power, interest = ([each[actor][axis] for each in placed if actor in each] for axis in ("power", "interest"))
        if power:
            middle = float(np.median(power)), float(np.median(interest))
            ends = min(power), max(power), min(interest), max(interest)
            apart = max(split(power, actors.TOP), split(interest, actors.TOP))
            rows.append((actor, name, len(power), *middle, actors.quarter(*middle), *ends, apart))
    ends_ = ["low_power", "high_power", "low_interest", "high_interest"]
    columns = ["actor", "name", "people", "power", "interest", "quarter", *ends_, "split"]
    made = pd.DataFrame(rows, columns=columns)
    return made.sort_values("split", ascending=False, kind="stable", ignore_index=True), placed


# --- 03: rankings


def rankings(case: Case, people: People) -> pd.DataFrame:
    """Return the class's ranks, as `kit.obstacles.tables.rank_table` gives those of others, and how they are divided.

    Added for each criterion: ``_split``, and with ``_top`` and ``_end`` how many people put an obstacle into the first or the
    last third.
    """
    given = [each for each in answers_to(people, "03/ranking").values() if isinstance(each, Mapping)]
    table = obstacles.rank_table(case, {}, given)
    ranked = [obstacles.ranking_of(each, case) for each in given]
    for criterion in obstacles.CRITERIA:
        places = _places([each[criterion] for each in ranked if criterion in each])
        top, third = max(len(table) - 1, 1), len(table) // 3
        ranks = [places.get(code, []) for code in table["code"]]
        table[f"{criterion}_split"] = [split(each, top) for each in ranks]
        table[f"{criterion}_top"] = [sum(rank <= third for rank in each) for each in ranks]
        table[f"{criterion}_end"] = [sum(rank > len(table) - third for rank in each) for each in ranks]
    return table


def _places(orders: Sequence[Sequence[str]]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for order in orders:
        for place, code in enumerate(order, 1):
            found.setdefault(code, []).append(place)
    return found


def concordance(case: Case, people: People) -> pd.DataFrame:
    """Return how far the rankings agree: ``criterion, people, w, meaning``; ``w`` is Kendall's, from 0 to 1."""
    given = [obstacles.ranking_of(each, case) for each in answers_to(people, "03/ranking").values()]
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


# --- 04: plans


def plan_table(case: Case, people: People) -> pd.DataFrame:
    """Return what the class's plans hold: ``key, title, plans, placed, early, first, middle, third, late, split``.

    ``placed`` of ``plans`` people have it. ``early`` to ``late`` are the first month in which anybody starts it, the
    quartiles, and the last; ``split`` is over whether it is in the plan at all, or over the month, whichever divides more.
    """
    book = measures.book_of(case)
    kept = [each for each in answers_to(people, "04/sequencer").values() if isinstance(each, Mapping)]
    steps = [found for each in kept if (found := plans.steps_of(each.get("plan"), book))]
    rows = []
    for key, measure in book.measures.items():
        months = [each[key] for each in steps if key in each]
        if months:
            apart = max(split_choice(key in each for each in steps), split(months, plans.MONTHS - 1))
            within = (min(months), *np.quantile(months, [0.25, 0.5, 0.75]).tolist(), max(months))
            rows.append((key, measure.title, len(steps), len(months), *within, apart))
    months_ = ["early", "first", "middle", "third", "late"]
    made = pd.DataFrame(rows, columns=["key", "title", "plans", "placed", *months_, "split"])
    return made.sort_values(["placed", "middle"], ascending=[False, True], kind="stable", ignore_index=True)


# --- 05: forecasts


def forecasts(case: Case, people: People) -> pd.DataFrame:
    """Return the class's probabilities (0 to 100) of the open questions, a row a question, a column a learner."""
    ids = list(scenarios.question_table(case)["id"])
    given = {label: _percents(kept, ids) for label, kept in answers_to(people, "05/forecast").items()}
    return pd.DataFrame({label: values for label, values in given.items() if values}, index=ids, dtype=float)


def _percents(kept: Any, ids: Iterable[str]) -> dict[str, int]:
    pairs = kept.items() if isinstance(kept, Mapping) else ()
    return scenarios.sound_forecasts(
        {key: each.get("probability") for key, each in pairs if isinstance(each, Mapping)}, ids
    )


def practice(case: Case, people: People) -> pd.DataFrame:
    """Return the class's probabilities (0 to 100) of the past questions, a row a question, a column a learner."""
    ids = list(scenarios.practice_table(case)["id"])
    given = {label: scenarios.sound_forecasts(kept, ids) for label, kept in answers_to(people, "05/practice").items()}
    return pd.DataFrame({label: values for label, values in given.items() if values}, index=ids, dtype=float)


def pooled(case: Case, table: pd.DataFrame) -> pd.DataFrame:
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
        "split": [split(row.dropna(), 100) for _, row in answered.iterrows()],
    }
    questions = scenarios.question_table(case).set_index("id")[["question", "closes", "scenario"]]
    made = questions.join(pd.DataFrame(parts, index=answered.index), how="right").rename_axis("id").reset_index()
    return made.sort_values("split", ascending=False, kind="stable", ignore_index=True)


def known_outcomes(case: Case, told: Mapping[str, bool] | None = None) -> dict[str, bool]:
    """Return the outcomes of the open questions that are known: those that the case has, and over them those told."""
    listed = case.scenarios.get("forecast_questions") or []
    known = {str(each.get("id")): bool(each["outcome"]) for each in listed if each.get("outcome") in (0, 1)}
    return {**known, **(told or {})}


def past_outcomes(case: Case) -> dict[str, bool]:
    """Return the outcomes of the practice questions."""
    past = scenarios.practice_table(case)
    return {key: bool(outcome) for key, outcome in zip(past["id"], past["outcome"], strict=True) if outcome in (0, 1)}


def scores(table: pd.DataFrame, outcomes: Mapping[str, bool]) -> pd.DataFrame:
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
