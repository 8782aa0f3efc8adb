"""Tables of unit 04 on single measures: what ``measures.yaml`` says, read once, then as tables."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pandas as pd

from kit import case_tables
from kit.case import EVIDENCE
from kit.grammar import count_of
from kit.rows import records

if TYPE_CHECKING:
    from kit.case import Case

UNODA, OSCE = "UNODA", "OSCE"
TYPES = {
    "communication-and-coordination": (UNODA, "communication and coordination"),
    "observation-and-verification": (UNODA, "observation and verification"),
    "military-constraint": (UNODA, "military constraint"),
    "training-and-education": (UNODA, "training and education"),
    "cooperation-and-integration": (UNODA, "cooperation and integration"),
    "political": (OSCE, "political"),
    "economic": (OSCE, "economic"),
    "environmental": (OSCE, "environmental"),
    "societal": (OSCE, "societal"),
    "cultural": (OSCE, "cultural"),
}
EASES = {"easy": "easily undone", "partly": "partly undone", "hard": "hard to undo"}
SAID = "What the articles say: "
FAMILIES = {UNODA: "Military types, after UNODA", OSCE: "Non-military types, after the OSCE"}


@dataclass(frozen=True)
class Measure:
    """One confidence-building measure, as ``measures.yaml`` describes it."""

    key: str
    title: str
    code: str
    type: str
    what: str
    cost: Mapping[str, float]
    cost_note: Mapping[str, str]
    trust: float
    need: str
    need_how: str
    ease: str
    ease_how: str
    risk: float
    months: int
    prerequisites: tuple[str, ...]
    precedents: tuple[case_tables.Precedent, ...] = ()
    evidence: tuple[case_tables.Evidence, ...] = ()


@dataclass(frozen=True)
class Book:
    """All that a case says of measures.

    Parameters
    ----------
    measures : dict
        `Measure` by key, in the file's order.
    parties : dict
        Name by code, of those who bear the costs.
    budgets : dict
        By party the cost that it can bear in a quarter; a party without a number is held to none.
    plans : dict
        The case's reference plans by name: measure to the month in which it starts.
    notes : dict
        What the case says of each reference plan.
    assumptions : str
        What the numbers are, in the words of the case.
    """

    measures: Mapping[str, Measure]
    parties: Mapping[str, str]
    budgets: Mapping[str, float]
    plans: Mapping[str, dict[str, int]] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)
    assumptions: str = ""

    def title(self, key: str) -> str:
        """Return a measure's title in quotation marks, for a sentence."""
        return f"“{self.measures[key].title}”"

    def pair(self) -> tuple[str, str]:
        """Return the two parties that a picture sets against each other: the case's first two."""
        first, second = list(self.parties)[:2]
        return first, second


def book_of(case: Case) -> Book:
    """Return what a case says of measures; without a measure if it says nothing.

    What is missing in an entry is read as the lowest there is, so that a case at work can be looked at.
    """
    data = case.measures
    paying = dict.fromkeys(party for measure in data["measures"].values() for party in measure["cost"])
    parties = case.meta["parties"] or list(paying)
    return Book(
        {key: _measure(key, each, parties) for key, each in data["measures"].items()},
        {party: case.actor_names.get(party) or party.replace("-", " ").capitalize() for party in parties},
        data["budgets"],
        {
            plan_name(name): {step["measure"]: step["month"] for step in steps}
            for name, steps in data["reference_plans"].items()
        },
        {plan_name(name): text for name, text in data["reference_notes"].items()},
        data["assumptions"],
    )


def plan_name(name: str) -> str:
    """Return the name of a reference plan as it is shown."""
    words = name.replace("-", " ")
    return words[:1].upper() + words[1:]


def _measure(key: str, entry: case_tables.Measure, parties: Sequence[str]) -> Measure:
    return Measure(
        key,
        entry["title"] or key.replace("-", " ").capitalize(),
        entry["code"],
        entry["type"],
        entry["what"],
        {party: entry["cost"].get(party, 0) for party in parties},
        entry["cost_note"],
        entry["trust"],
        entry["verification"]["need"] or case_tables.NEEDS[0],
        entry["verification"]["how"],
        entry["reversibility"]["ease"] or case_tables.EASES[0],
        entry["reversibility"]["how"],
        entry["incident_risk"],
        # The board has whole months: what is ready within one is at work from the next.
        math.ceil(entry["months"]),
        tuple(entry["prerequisites"]),
        tuple(entry["precedent"]),
        tuple(entry["evidence"]),
    )


# --- the catalogue


def type_label(name: str) -> str:
    """Return how a type is called in a sentence."""
    return TYPES.get(name, ("", name.replace("-", " ")))[1]


def measure_table(book: Book) -> pd.DataFrame:
    """Return the measures, a row each, in the case's order.

    Returns
    -------
    DataFrame
        ``key, title, type, family, need, ease, first, second, trust, risk, months``; ``first`` and ``second`` are the
        costs to the two parties of `Book.pair`, from 0 to 10.
    """
    first, second = book.pair()
    names = ["key", "title", "type", "family", "need", "ease", "first", "second", "trust", "risk", "months"]
    rows = [
        {
            **{name: getattr(each, name) for name in names if hasattr(each, name)},
            "family": TYPES.get(each.type, ("",))[0],
            "first": each.cost.get(first, 0.0),
            "second": each.cost.get(second, 0.0),
        }
        for each in book.measures.values()
    ]
    return pd.DataFrame(rows, columns=names)


def filter_measures(table: pd.DataFrame, **wanted: str) -> pd.DataFrame:
    """Return the measures of `measure_table` whose columns have the values wanted; an empty text wants nothing."""
    for name, value in wanted.items():
        if value:
            table = table[table[name] == value]
    return table.reset_index(drop=True)


def cost_rows(table: pd.DataFrame, book: Book) -> pd.DataFrame:
    """Return the rows of the cost picture, in which no name may stand over another.

    Returns
    -------
    DataFrame
        The columns of `measure_table` with ``place`` (the cost to the second party, moved a little up or down so that
        measures of about the same cost have lines of their own), ``side`` of the name and ``label``.
    """
    table = table.sort_values(["first", "title"], ignore_index=True)
    row = table["second"].round()
    many = row.groupby(row).transform("count")
    # Within nine tenths of the square, so that no mark stands on the border to the next cost.
    step = 0.9 / many.clip(lower=3)
    names = list(book.parties.values())
    middle = (table["first"].max() + table["first"].min()) / 2 if len(table) else 0
    return table.assign(
        place=row + ((many - 1) / 2 - row.groupby(row).cumcount()) * step,
        side=["right" if cost <= middle else "left" for cost in table["first"]],
        label=[
            f"{each['title']}: {type_label(each['type'])}, costs {names[0]} {each['first']:g} and {names[1]} {each['second']:g}"
            for each in records(table)
        ],
    )


def card_table(book: Book, keys: Iterable[str]) -> pd.DataFrame:
    """Return measures side by side: a row a question that one asks of a measure, a column a measure."""
    columns = {key: _card_lines(book, book.measures[key]) for key in keys}
    asked = dict.fromkeys(question for lines in columns.values() for question in lines)
    table = pd.DataFrame({"question": list(asked)})
    for key, lines in columns.items():
        table[book.measures[key].title] = [lines.get(question, "") for question in asked]
    return table


def _card_lines(book: Book, measure: Measure) -> dict[str, str]:
    costs = {
        f"cost to {name}": _said(f"{measure.cost.get(party, 0):g} of 10", measure.cost_note.get(party, ""))
        for party, name in book.parties.items()
    }
    first = [book.measures[key].title for key in measure.prerequisites]
    return {
        "what is done": measure.what,
        "type": f"{type_label(measure.type)} ({TYPES.get(measure.type, ('no family named',))[0]})",
        **costs,
        "needs checking": _said(measure.need, measure.need_how),
        "can it be undone": _said(EASES.get(measure.ease, measure.ease), measure.ease_how),
        "trust to be gained": f"{measure.trust:g} of 10, if it works",
        "goes wrong": f"in about {100 * measure.risk:.0f} of 100 months",
        "time to set up": count_of(measure.months, "month"),
        "needs first": "; ".join(first) or "nothing",
    }


def _said(short: str, more: str) -> str:
    return f"{short}. {more}" if more else short


def precedent_table(book: Book, keys: Iterable[str]) -> pd.DataFrame:
    """Return where measures were tried: ``measure, place, year, text, source``, a row a precedent."""
    rows = [
        (book.measures[key].title, each["place"], each["year"], each["text"], each["source"])
        for key in keys
        for each in book.measures[key].precedents
    ]
    return pd.DataFrame(rows, columns=["measure", "place", "year", "text", "source"])


def sentences_on(case: Case, measure: Measure) -> tuple[str, pd.DataFrame]:
    """Return a heading and the sentences behind a measure.

    These are the sentences that the case names for it; without any, those that bear its code, and the heading says so.
    """
    if measure.evidence:
        return f"{SAID}{measure.title}", case.evidence_for(measure.evidence)
    if measure.code in case.codebook.codes and len(found := case.evidence(measure.code)):
        label = case.codebook.label(measure.code)
        return f"No sentence names “{measure.title}” itself. These bear its code, {label}", found
    return f"{SAID}{measure.title}", pd.DataFrame(columns=EVIDENCE)


def sentences_on_all(case: Case, measures: Iterable[Measure]) -> tuple[str, pd.DataFrame]:
    """Return a heading and the sentences behind several measures, each once, those of the first measure first."""
    found = [sentences_on(case, measure) for measure in measures]
    rows = pd.concat([rows for _, rows in found], ignore_index=True)
    names = [found[0][0], *(heading.removeprefix(SAID) for heading, _ in found[1:])]
    return " · ".join(names), rows.drop_duplicates(["article", "sentence"], ignore_index=True)


def monitoring_sentences(case: Case, book: Book) -> pd.DataFrame:
    """Return the sentences that the case names for its measures of observation and verification, each once."""
    named = [
        each for one in book.measures.values() if one.type == "observation-and-verification" for each in one.evidence
    ]
    found = case.evidence_for(named)
    return found.drop_duplicates(["article", "sentence"], ignore_index=True)
