"""What a class made of a unit's quiz: what many miss, and what may be seen both ways."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from random import Random
from typing import Any

import pandas as pd

from kit.case import Case
from kit.learning import class_charts as charts
from kit.learning import class_topics as topics
from kit.learning.quiz import quiz_result
from kit.learning.quiz_bank import judge, options_of, right_answer, sound_questions
from kit.rows import as_mapping, rows_of


def quiz_topic(case: Case, people: topics.People, unit: str) -> topics.Topic:
    """Return what there is to show of a class's answers to the quiz of a unit."""
    title = "Questions: what many miss, and what may be seen both ways"
    items, views = quiz_items(case, unit, people), count_choices(case, unit, people)
    if items.empty and views.empty:
        return topics.nothing_yet(title)
    said, sheets = [], []
    if len(items):
        most = topics.count_learners(int(items["answered"].max()))
        said.append(f"{len(items)} questions were answered, by up to {most}.")
    picture = charts.show_bars(
        "Who missed what at the first try",
        "missed at the first try, per cent",
        110,  # beyond 100 there is room for the number at a bar's end
        items.assign(
            key=items["id"],
            name=items["question"],
            value=(100 * items["missed"]).round(1),
            text=[f"{100 * missed:.0f} %" for missed in items["missed"]],
            label=[f"“{row.question}”: {row.answered - row.first} of {row.answered} missed it at first" for row in rows_of(items)],
        ),
    )  # fmt: skip
    labels = {
        "first": "right at first",
        "second": "right at second",
        "never": "not right",
        "slip": "most common mistake",
    }
    if len(items):
        asked = items[["question", "answered", "first", "second", "never", "slip", "slips"]]
        sheets.append(topics.Sheet(asked, "Questions with a right answer, those missed most first", labels))
    if len(views):
        choices = [topics.counts_in_words(each) for each in views["choices"]]
        both_ways = views[["question", "people"]].assign(choices=choices)
        sheets.append(topics.Sheet(both_ways, "Questions that can be seen both ways"))
    prompts = _quiz_prompts(case, unit, items, views)
    return topics.Topic(title, tuple(said), prompts, picture if len(items) else None, tuple(sheets))


def _quiz_prompts(case: Case, unit: str, items: pd.DataFrame, views: pd.DataFrame) -> tuple[topics.Prompt, ...]:
    bank = {each["id"]: each for each in sound_questions(case.quiz(unit))}

    def view(row: Any) -> topics.Prompt:
        (one, first_), (other, second), *_ = row.choices
        rest = (
            f"{first_} of you choose “{one}”, {second} “{other}”. One of each: give the strongest reason that the other "
            "side has."
        )
        return topics.Prompt(row.question, rest, row.split)

    def item(row: Any) -> topics.Prompt:
        mistake = f" The most common mistake, made by {row.slips}: {row.slip}. What makes it tempting?"
        slip = mistake if row.slips else ""
        rest = f"{row.answered - row.first} of {row.answered} of you missed it at the first try.{slip}"
        return topics.Prompt(row.question, rest, row.missed, answer=_in_words(right_answer(bank[row.id])))

    missed = items[items["answered"] > 1].assign(split=lambda table: table["missed"])
    return (*topics.most_divided(views, view), *topics.most_divided(missed, item, topics.MISSED))


def _in_words(answer: Any) -> str:
    """Return a right answer as it can be read: one, several in order, or pairs."""
    if isinstance(answer, dict):
        return "; ".join(f"{left}: {right}" for left, right in answer.items())
    return "; ".join(map(str, answer)) if isinstance(answer, list) else str(answer)


def quiz_items(case: Case, unit: str, people: topics.People) -> pd.DataFrame:
    """Return how the class did on a unit's questions with a right answer, those that most people miss first.

    Returns
    -------
    DataFrame
        ``id, question, answered, first`` (right at the first try), ``second, never`` (not right, or not yet), ``missed``
        (share not right at first), ``slip`` (the commonest mistake at the first try, in words), ``slips`` (how many made it).
    """
    rows = []
    for question in sound_questions(case.quiz(unit)):
        kept = topics.answers_to(people, f"{unit}/quiz/{question['id']}").values()
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


def _commonest_slip(question: Mapping[str, Any], kept: Iterable[Any]) -> tuple[str, int]:
    found: Counter[str] = Counter()
    for each in kept:
        tries = each.get("tries") if isinstance(each, dict) else None
        if isinstance(tries, list) and tries:
            found.update(_slips(question, tries[0]))
    return found.most_common(1)[0] if found else ("", 0)


def _slips(question: Mapping[str, Any], answer: Any) -> list[str]:
    """Return in words what was wrong with an answer; nothing for one that this question does not take."""
    kind, options = question["type"], options_of(question)
    if kind == "multiple_choice":
        right = {part["answer"] for part in question["answers"] if part["correct"]}
        return [f"“{answer}” chosen"] if isinstance(answer, str) and answer in set(options) - right else []
    if kind == "many_choice" and isinstance(answer, list):
        return [
            f"“{part['answer']}” {'left out' if part['correct'] else 'chosen'}"
            for part in question["answers"]
            if (part["answer"] in answer) != part["correct"]
        ]
    if kind == "match" and isinstance(answer, dict):
        given = [(part["left"], part["right"], answer.get(part["left"])) for part in question["pairs"]]
        return [f"“{left}” matched with “{mine}”" for left, right, mine in given if mine in options and mine != right]
    if kind == "order" and isinstance(answer, list) and len(answer) == len(options):
        pairs = enumerate(zip(answer, options, strict=True), 1)
        wrong = [(mine, place) for place, (mine, right) in pairs if mine != right]
        # The first alone: one thing that is moved moves all behind it.
        return [f"“{mine}” put in place {place}" for mine, place in wrong[:1] if mine in options]
    return []


def count_choices(case: Case, unit: str, people: topics.People) -> pd.DataFrame:
    """Return how the class chose where no answer is the right one: ``id, question, people, split, choices``.

    ``choices`` are pairs of a choice and how many made it, the commonest first. The reasons that people wrote are theirs.
    """
    rows = []
    for question in sound_questions(case.quiz(unit)):
        if question["type"] != "defend":
            continue
        kept = topics.answers_to(people, f"{unit}/quiz/{question['id']}").values()
        chosen, options = (as_mapping(each).get("choice") for each in kept), options_of(question)
        made = [each for each in chosen if each in options]
        if made:
            counts = Counter(made).most_common()
            rows.append((question["id"], question["question"], len(made), topics.split_choice(made), counts))
    return pd.DataFrame(rows, columns=["id", "question", "people", "split", "choices"])


def make_up_quizzes(case: Case, units: Iterable[str]) -> topics.MakeUp:
    """Return a function that draws by lot how an invented learner of one of two camps answers the quizzes."""
    bank = {unit: sound_questions(case.quiz(unit)) for unit in units}

    def make_up(dice: Random, camp: bool) -> dict[str, Any]:
        return {
            f"{unit}/quiz/{question['id']}": _choice(question, dice, camp)
            if question["type"] == "defend"
            else _tries(question, dice)
            for unit, questions in bank.items()
            for question in questions
        }

    return make_up


def _choice(question: Mapping[str, Any], dice: Random, camp: bool) -> dict[str, Any]:
    options = options_of(question)
    mine = options[0] if camp else options[-1]
    choice = mine if dice.random() < 0.7 else dice.choice(options)
    return {"choice": choice, "reason": "A made-up reason.", "shown": True}


def _tries(question: Mapping[str, Any], dice: Random) -> dict[str, Any]:
    # By the question, so that a whole class finds the same ones hard.
    hard = 0.1 + 0.6 * Random(str(question["id"])).random()
    tries = [_wrong(question, dice)] if dice.random() < hard else []
    if not tries or dice.random() < 0.7:
        tries.append(right_answer(question))
    right = [number for number, answer in enumerate(tries, 1) if judge(question, answer).right]
    return {"tries": tries, "right_at": right[0] if right else None}


def _wrong(question: Mapping[str, Any], dice: Random) -> Any:
    options, kind = options_of(question), question["type"]
    tempting = Random(str(question["question"]))  # the same mistake tempts everybody, or none would be the commonest
    if kind == "multiple_choice":
        wrong = [part["answer"] for part in question["answers"] if not part["correct"]]
        return tempting.choice(wrong) if dice.random() < 0.7 else dice.choice(wrong)
    if kind == "many_choice":
        odd = tempting.choice(options)
        return [each for each in options if (each in right_answer(question)) != (each == odd)]
    if kind == "order":
        place = tempting.randrange(len(options) - 1)
        return [*options[:place], options[place + 1], options[place], *options[place + 2 :]]
    lefts = [part["left"] for part in question["pairs"]]
    rights = [part["right"] for part in question["pairs"]]
    return dict(zip(lefts, [*rights[1:], rights[0]], strict=True))
