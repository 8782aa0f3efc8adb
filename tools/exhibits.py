"""What a slide shows beside its question: a table or lines made from the case, in letters that the last row can read."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from kit.case import Case

MOST = 8  # rows


class Exhibit(NamedTuple):
    """Lines, or a table if it has heads."""

    heads: tuple[str, ...]
    rows: list[tuple[str, ...]]


def _lines(*sentences: str) -> Exhibit:
    return Exhibit((), [(each,) for each in sentences])


def repeated_claim(case: Case) -> Exhibit | None:
    """Return the claim that one article makes most often, in the words of each place."""
    claims = case.figures.sort_values(["article", "claim"], kind="stable").to_dict("records")
    alike = [list(rows) for _, rows in groupby(claims, key=lambda row: (row["article"], row["claim"]))]
    most = max(alike, key=len, default=[])
    if len(most) < 2:
        return None
    name = case.article_names[most[0]["article"]]
    return Exhibit((f"{name} says it {len(most)} times", "In these words"), [(str(n), f"“{each['quote']}”") for n, each in enumerate(most, 1)])  # fmt: skip


def agreement(case: Case) -> Exhibit:
    """Return two coders' decisions on a rare code, with percent agreement and kappa."""
    both, one, other, neither = 1, 1, 1, 17
    total = both + one + other + neither
    seen = (both + neither) / total
    chance = ((both + one) * (both + other) + (neither + one) * (neither + other)) / total**2
    return Exhibit(
        (f"{total} sentences, one rare code", "B: code", "B: no code"),
        [
            ("A: code", f"{both}", f"{one}"),
            ("A: no code", f"{other}", f"{neither}"),
            ("They decide alike", f"{both + neither} of {total}", f"{100 * seen:.0f} per cent"),
            ("By chance alone", "", f"{100 * chance:.0f} per cent"),
            ("Cohen's kappa", f"({seen:.2f} − {chance:.2f}) ÷ (1 − {chance:.2f})", f"{(seen - chance) / (1 - chance):.2f}"),
        ],
    )  # fmt: skip


def events(case: Case) -> Exhibit:
    """Return events to guess about; the notes of the slide need not say which the articles mention: the worksheet does."""
    from kit.authoring.paper import say_days
    from kit.authoring.unit_papers import chosen_events

    chosen = chosen_events(case)
    shown = chosen[:: max(1, len(chosen) // MOST)][:MOST]
    return Exhibit(("Date", "Is it mentioned in at least one article?"), [(say_days(each["date"][:7]), each["title"]) for each in shown])  # fmt: skip


def named(case: Case) -> Exhibit:
    """Return the actors that the articles name in most sentences; who speaks is to be guessed."""
    from kit.actors.tables import voice_summary

    rows = voice_summary(case).head(MOST).to_dict("records")
    return Exhibit(("Named in the articles", "Sentences", "Speaks in"), [(row["name"], f"{row['named']}", "?") for row in rows])  # fmt: skip


def reasons(case: Case) -> Exhibit:
    """Return Fearon's three reasons, and what may help against each."""
    from kit.obstacles.tables import MECHANISMS

    known = [each for key, each in MECHANISMS.items() if key != "none"]
    return Exhibit(("Reason", "What goes wrong", "What may help"), [(each.label, each.wrong, each.helps) for each in known])  # fmt: skip


def obstacle_card(case: Case) -> Exhibit | None:
    """Return the card of the obstacle that the articles name most: what it is, and both sides' positions."""
    from kit.obstacles.tables import card_of, obstacles_of

    counts = case.marks["code"].value_counts()
    known = [code for code in obstacles_of(case) if card_of(case, code).positions]
    if not known:
        return None
    card = card_of(case, max(known, key=lambda code: int(counts.get(code, 0))))
    return Exhibit(("", card.title), [(name, _brief(words)) for name, words in [("What it is", card.what), *card.positions[: card.parties]]])  # fmt: skip


def _brief(text: str, most: int = 250) -> str:
    """Return a text's first sentences, as many as a slide has room for, and one at least."""
    from kit.reading.sentences import split_line

    ends = [end for _, end in split_line(text)]
    return text[: max((end for end in ends if end <= most), default=ends[0] if ends else len(text))]


def promise(case: Case) -> Exhibit:
    """Return the four steps of the commitment problem, without what follows from them."""
    return Exhibit(
        ("Step", "Power shifts by", "War costs each", "A breach costs", "Does it hold?"),
        [("1", "30", "10", "0", "?"), ("2", "15", "10", "0", "?"), ("3", "30", "15", "0", "?"), ("4", "30", "10", "10", "?"),
         ("It holds if", "the shift", "is at most", "2 × war + breach", "")],
    )  # fmt: skip


def unequal_costs(case: Case) -> Exhibit | None:
    """Return the measures with what they cost each side, those that cost the sides most unequally first."""
    from kit.measures.tables import book_of

    book = book_of(case)
    if len(book.parties) < 2 or not book.measures:
        return None
    one, other = book.pair()
    apart = sorted(book.measures.values(), key=lambda each: -abs(each.cost[one] - each.cost[other]))[:MOST]
    rows = [(each.title, f"{each.cost[one]:g}", f"{each.cost[other]:g}") for each in apart]
    return Exhibit(("Measure (0 none, 10 the most)", *(book.parties[side] for side in (one, other))), sorted(rows))


def rules_of_a_year(case: Case) -> Exhibit | None:
    """Return the rules by which a year is planned."""
    from kit.measures.tables import book_of

    book = book_of(case)
    budgets = " and ".join(f"{book.budgets[side]:g} ({name})" for side, name in book.parties.items() if side in book.budgets)  # fmt: skip
    return _lines(
        "Place at least six measures in twelve months.",
        "A measure starts only after those that it needs have been set up.",
        f"The costs that start in a quarter stay within {budgets}."
        if budgets
        else "Write down what each quarter costs.",
        "Find the earliest month in which somebody can say what happened on the ground.",
    )


def scenarios(case: Case) -> Exhibit | None:
    """Return the scenarios with the first sentence of each story."""
    from kit.scenarios.tables import scenario_table

    rows = [
        (row["title"], _brief(row["storyline"], 0))
        for row in scenario_table(case).to_dict("records") if row["storyline"]
    ]  # fmt: skip
    return Exhibit(("Scenario", "How it begins"), rows[:MOST]) if rows else None


def factors(case: Case) -> Exhibit | None:
    """Return the factors with the ways in which each could turn out."""
    from kit.scenarios.tables import factors_of

    rows = [(each["title"], "; ".join(each["states"].values())) for each in factors_of(case).values()]
    return Exhibit(("Factor", "It could turn out"), rows[:MOST]) if rows else None


def sums(case: Case) -> Exhibit | None:
    """Return what the values of two factors say about those of a third, to be added up."""
    from kit.authoring.unit_papers import matrix_of

    found = matrix_of(case)
    if not found:
        return None
    middle = found[1]
    rows = [
        (name, *(number.replace("-", "−").replace("+0", "0") for number in numbers)) for name, numbers in middle["rows"]
    ]
    return Exhibit((f"What speaks about: {middle['title']}", *middle["values"]), rows)


def combinations(case: Case) -> Exhibit | None:
    """Return how many combinations hold together, and which stories they tell."""
    from kit.scenarios.tables import combination_table, count_combinations, cross_impact, scenario_table

    titles = scenario_table(case).set_index("key")["title"]
    table = combination_table(case, cross_impact(case))
    if table.empty:
        return None
    told = [titles[story] for story in dict.fromkeys(table["story"]) if story in titles]
    return _lines(f"Of {count_combinations(case)} combinations, {len(table)} hold together:", *told)


def issues(case: Case) -> Exhibit | None:
    """Return the issues of the game."""
    from kit.negotiation.tables import lab

    game = lab(case)
    return Exhibit(("Issue", "Question"), [(each.title, _brief(each.question, 0)) for each in game.issues.values()]) if game else None  # fmt: skip


def fair_deals(case: Case) -> Exhibit | None:
    """Return what the fair deals of both parties give each of them."""
    from kit.negotiation.tables import lab

    game = lab(case)
    if game is None:
        return None
    model = game.negotiation(game.parties)
    ideas = {"Nash": model.nash, "Kalai-Smorodinsky": model.kalai_smorodinsky, "Egalitarian": model.egalitarian}
    names = [game.seats[seat].title for seat in game.parties]
    rows = [
        (name, *(f"{row[seat]:g}" for seat in game.parties))
        for name, idea in ideas.items()
        for row in idea().to_dict("records")
    ]
    out = ("No deal", *(f"{game.seats[seat].reservation:g}" for seat in game.parties))
    deals = f"{len(model.zone()):,} of {len(model.outcomes):,} deals suit both"
    return Exhibit((deals, *names), [out, *rows, ("Our table", *[""] * len(names))])


MAKERS: dict[str, Callable[[Case], Exhibit | None]] = {
    made.__name__: made
    for made in (
        repeated_claim, agreement, events, named, reasons, obstacle_card, promise, unequal_costs, rules_of_a_year,
        scenarios, factors, sums, combinations, issues, fair_deals,
    )
}  # fmt: skip
