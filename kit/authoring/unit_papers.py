"""The papers of units 00 to 05: worksheets and cards in place of the notebooks, and the answers for the instructor.

`PAPERS`, at the end, lists them. What a case puts on each is the work of a function above: it returns by name what the
paper's template shows, or None if the case has nothing for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

import pandas as pd

from kit.actors import tables as actors
from kit.articles import Article, Sentence
from kit.authoring.paper import Handout, fill
from kit.background.tables import RATINGS, claim_pairs, claims_table, event_table, legal_record, ripeness_elements
from kit.case import Case
from kit.grammar import join_words, say_day
from kit.learning.coding import coding_sentences, mark_spans
from kit.measures.tables import EASES, book_of, card_table, type_label
from kit.models.commitment import THREE_LINES
from kit.obstacles.tables import CRITERIA, MECHANISMS, TODAY, card_of, first_order
from kit.reading.sentences import split_line
from kit.rows import records
from kit.scenarios import tables as scenarios
from kit.screen.html import Html

MARKED = 20  # sentences on the marked page
EVENTS = 20  # lines of the table of events
CLAIMS = 8  # pairs that do not fit
SPEECH = 8  # sentences of "who speaks?"
ENOUGH = 40  # characters that say what an obstacle is; "Who is a nation?" alone does not
PRACTICE = 10  # past questions
Values = dict[str, Any] | None


# --- unit 00


def coding_sheet(case: Case) -> Values:
    """Return the sentences of "code it yourself", with the codebook on the second page."""
    texts = list(coding_sentences(case)["text"])
    return {"sentences": texts, "kinds": case.codebook.kinds} if texts else None


def marked_page(case: Case) -> Values:
    """Return the beginning of an article with its marks in bold letters and their codes beside them."""
    article = next((each for each in case.articles if _has_standfirst(each)), None)
    if article is None or case.marks.empty:
        return None
    marks = case.marks[case.marks["article"] == article.id]
    rows = [_marked(sentence, marks) for sentence in article.sentences[:MARKED]]
    return {"article": case.article_names[article.id], "sentences": rows, "kinds": case.codebook.kinds}


def _has_standfirst(article: Article) -> bool:
    """Return whether more than the title stands before the first heading."""
    return sum(not sentence.section for sentence in article.sentences) > 1


def _marked(sentence: Sentence, marks: pd.DataFrame) -> tuple[Html, list[str]]:
    """Return a sentence with the words that led to its codes in bold letters, and its codes."""
    mine = marks[(marks["start"] >= sentence.start) & (marks["end"] <= sentence.end)].sort_values("start")
    codes = [f"{kind}: {label}" for kind, label in mine[["kind", "label"]].drop_duplicates().itertuples(index=False)]
    return mark_spans(sentence, mine, "b"), codes


# --- unit 01


def ripeness_sheet(case: Case) -> Values:
    """Return the ripeness board on paper: a rating and sentences for each of Zartman's elements."""
    return {"elements": ripeness_elements(case), "ratings": list(RATINGS)}


def background_worksheet(case: Case) -> Values:
    """Return unit 01 on paper: events to guess about, claims that do not fit, and what law has said."""
    events = chosen_events(case)
    if not events:
        return None
    return {"events": events, "claims": contradictions(case), "laws": records(legal_record(case))}


def chosen_events(case: Case) -> list[dict[str, Any]]:
    """Return events by date: up to half are mentioned by an article, and the others are spread over the years."""
    table = event_table(case)
    told, untold = table[table["articles"] > 0], table[table["articles"] == 0]
    first = told.sort_values(["articles", "from"], ascending=[False, True], kind="stable").head(EVENTS // 2)
    # The step is rounded up: rounded down, the rows would be used up before the last years.
    rest = untold.iloc[:: max(1, -(-len(untold) // (EVENTS - len(first))))].head(EVENTS - len(first))
    return records(table[table["key"].isin({*first["key"], *rest["key"]})])


def contradictions(case: Case) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Return pairs of claims that contradict each other, each with the name of its article."""
    claims = claims_table(case)
    named = claims.assign(article=claims["article"].map(case.article_names)).set_index("id", drop=False)
    pairs = claim_pairs(claims)
    chosen = pairs[pairs["relation"] == "contradicts"].head(CLAIMS)
    return list(zip(*(records(named.loc[chosen[side]]) for side in ("first", "second")), strict=True))


# --- unit 02


def stakeholder_sheet(case: Case) -> Values:
    """Return an empty grid of power against interest, with the actors to place."""
    names = list(case.actor_names.values())
    return {"actors": names} if names else None


def actor_worksheet(case: Case) -> Values:
    """Return unit 02 on paper: which actors are connected, both parties' positions on two issues, and who speaks."""
    issues, parties = two_issues(case), _parties(case)
    if not issues:
        return None
    positions = [
        (title, [records(actors.position_table(case, actor, issue)) for actor in parties]) for issue, title in issues
    ]
    return {
        "ties": _ties_by_actor(case),
        "parties": [case.actor_names[actor] for actor in parties],
        "issues": positions,
        "sentences": [each["text"] for each in spoken_sentences(case)],
    }


def _parties(case: Case) -> list[str]:
    return [each for each in case.meta["parties"] if each in case.actor_names][:2]


def two_issues(case: Case) -> list[tuple[str, str]]:
    """Return the two issues on which both parties have most positions, with their titles."""
    parties = _parties(case)
    table = case.positions[case.positions["actor"].isin(parties)]
    issues = table.groupby("issue", sort=False)
    counts = {str(issue): len(rows) for issue, rows in issues if rows["actor"].nunique() == len(parties)}
    most = sorted(counts, key=lambda issue: -counts[issue])[:2]
    return [(issue, actors.issue_names(case)[issue]) for issue in most]


def _ties_by_actor(case: Case) -> list[tuple[str, list[str]]]:
    """Return for each actor with ties its name, and each of its relations with those to whom it has it."""
    found, names = actors.ties(case), case.actor_names
    return [
        (names[str(source)], [f"{actors.relation_words(str(relation))}: {join_words(group['target'].map(names))}"
                         for relation, group in rows.groupby("relation", sort=False)])
        for source, rows in found.groupby("source", sort=False)
    ]  # fmt: skip


def spoken_sentences(case: Case) -> list[dict[str, Any]]:
    """Return sentences that name an actor, with who speaks in each: some of one who never speaks, then some of others."""
    found = actors.voices(case)
    silent = actors.most_spoken_of(actors.voice_summary(case))
    mine = found[found["actor"] == silent["actor"]].head(SPEECH // 2) if silent is not None else found.head(0)
    heard = found[found["speaks"].astype(bool)].drop_duplicates(["article", "sentence"])
    # Spread over all that was heard: the first sentences would be those of one article.
    rest = heard.iloc[:: max(1, len(heard) // (SPEECH - len(mine)))].head(SPEECH - len(mine))
    rows = []
    for table in (mine, rest):
        for row, text in zip(table.to_dict("records"), case.evidence_at(table)["text"], strict=True):
            rows.append({"text": text, "speaker": case.actor_names[row["actor"]] if row["speaks"] else "nobody"})
    return sorted(rows, key=lambda row: row["text"])  # mixed: first all who never speak would tell the answer


# --- unit 03


def obstacle_worksheet(case: Case) -> Values:
    """Return unit 03 on paper: the obstacles in a sentence each, a tree, the commitment problem, and a ranking."""
    cards = [card_of(case, code) for code in first_order(case)]
    if not cards:
        return None
    return {
        "obstacles": [(card.title, _opening(card.what)) for card in cards],
        "mechanisms": list(MECHANISMS.values()),
        "criteria": CRITERIA,
        "argument": THREE_LINES,
        "today": f"{100 * TODAY:g}",
    }


def _opening(text: str) -> str:
    """Return a text's first sentences, up to the one with which it says enough to stand alone."""
    line = " ".join(text.split())
    return next((line[:end] for _, end in split_line(line) if end >= ENOUGH), line)


def obstacle_cards(case: Case) -> Values:
    """Return a card for each obstacle: what it is, how each side states its position, and where it was handled."""
    cards = [(n, card_of(case, code)) for n, code in enumerate(first_order(case), 1)]
    return {"cards": cards} if cards else None


# --- unit 04


def measure_worksheet(case: Case) -> Values:
    """Return unit 04 on paper: the measures with their costs, a year to plan, and a hundred months to colour."""
    book = book_of(case)
    if not book.measures:
        return None
    place = {key: n for n, key in enumerate(book.measures, 1)}
    rows = [
        (each.title, type_label(each.type), *(f"{each.cost[side]:g}" for side in book.parties), each.months,
         ", ".join(str(place[key]) for key in each.prerequisites if key in place) or "–", EASES.get(each.ease, each.ease))
        for each in book.measures.values()
    ]  # fmt: skip
    costs = [f"Cost to {name}" for name in book.parties.values()]
    return {
        "columns": ["", "Measure", "Type", *costs, "Months to set up", "Needs first", "To undo"],
        "measures": rows,
        "budgets": {name: f"{book.budgets[side]:g}" for side, name in book.parties.items()},
    }


def measure_cards(case: Case) -> Values:
    """Return a card for each measure: what is done, what it costs each side and why, and where it was tried."""
    book = book_of(case)
    cards = [(n, measure, _asked(book, key)) for n, (key, measure) in enumerate(book.measures.items(), 1)]
    return {"cards": cards, "assumptions": book.assumptions} if cards else None


def _asked(book: Any, key: str) -> list[tuple[str, str]]:
    """Return what one asks of a measure, and the answers."""
    rows = card_table(book, [key]).itertuples(index=False)
    return [(question[:1].upper() + question[1:], words) for question, words in rows]


def plan_sheet(case: Case) -> Values:
    """Return the case's reference plans for a group to compare its own with, once it has one."""
    book = book_of(case)
    if not book.plans:
        return None
    numbers = {key: n for n, key in enumerate(book.measures, 1)}
    plans = [
        (name, book.notes.get(name, ""), [[numbers[key] for key, month in steps.items() if month == at and key in numbers] for at in range(1, 13)],
         [_costs(book, steps, first) for first in (1, 4, 7, 10)])
        for name, steps in book.plans.items()
    ]  # fmt: skip
    return {
        "heading": "Three plans to compare with" if len(plans) == 3 else "Plans to compare with",
        "plans": plans,
        "parties": list(book.parties.values()),
        "budgets": [f"{book.budgets[side]:g}" for side in book.parties],
    }


def _costs(book: Any, steps: Mapping[str, int], first: int) -> list[str]:
    """Return what each party pays in the quarter that begins with a month."""
    due = [book.measures[key] for key, month in steps.items() if first <= month < first + 3 and key in book.measures]
    return [f"{sum(each.cost.get(side, 0) for each in due):g}" for side in book.parties]


# --- unit 05


def forecast_slip(case: Case) -> Values:
    """Return the open questions with the rules by which each will be settled, and room for a probability."""
    questions = [
        {"question": row["question"], "rule": row["rule"], "closes": say_day(row["closes"])}
        for row in records(scenarios.question_table(case))
        if scenarios.is_open(case, row["closes"], scenarios.today())
    ]
    return {"questions": questions} if questions else None


def scenario_worksheet(case: Case) -> Values:
    """Return unit 05 on paper: the scenarios, four worlds to name, and the sums of three factors."""
    table = scenarios.scenario_table(case)
    if table.empty:
        return None
    cards = [
        (
            row["title"],
            row["storyline"],
            records(scenarios.arguments(case, row["key"])),
            records(scenarios.signposts(case, row["key"])),
        )
        for row in table.to_dict("records")
    ]
    return {
        "cards": cards,
        "articles": case.article_names,
        "factors": list(scenarios.factors_of(case).values()),
        "matrix": matrix_of(case),
        "practice": practice_of(case),
    }


def practice_of(case: Case) -> list[dict[str, Any]]:
    """Return past questions to practise forecasts with, spread over the case's list, with how each came out."""
    table = scenarios.practice_table(case)
    chosen = table.iloc[:: max(1, len(table) // PRACTICE)].head(PRACTICE).to_dict("records")
    return [
        {"question": row["question"], "asked": say_day(row["asked"]), "came": "yes" if row["outcome"] else "no",
         "explanation": row["explanation"]}
        for row in chosen
    ]  # fmt: skip


def matrix_of(case: Case) -> list[dict[str, Any]]:
    """Return for each of the three closest factors its title, its values, and what the values of the others say about them.

    Returns
    -------
    list of dict
        ``title, values`` (names) and ``rows``: a name of another factor's value, and its judgement on each value.
    """
    known = scenarios.factors_of(case)
    if len(known) < 3:
        return []
    names = scenarios.closest_factors(case, 3)
    places = [(key, state) for key in names for state in known[key]["states"]]
    judged, found = scenarios.cross_impact(case, names=names).matrix.to_numpy(float), []
    for target in names:
        columns = [n for n, (key, _) in enumerate(places) if key == target]
        rows = [
            (f"{known[key]['title']}: {known[key]['states'][state]}", [f"{judged[n, column]:+g}" for column in columns])
            for n, (key, state) in enumerate(places) if key != target
        ]  # fmt: skip
        found.append({"title": known[target]["title"], "values": list(known[target]["states"].values()), "rows": rows})
    return found


# --- all units


def answers(case: Case) -> Values:
    """Return for the instructor what the notebooks would show after a guess, unit by unit."""
    cards = [(n, card_of(case, code)) for n, code in enumerate(first_order(case), 1)]
    placed = actors.placements_of(case.meta.get("stakeholders"), case.actor_names)
    return {
        "codes": readers_codes(case),
        "events": [each for each in chosen_events(case) if each["articles"]],
        "sentences": spoken_sentences(case),
        "placed": [(case.actor_names[actor], place) for actor, place in placed.items()],
        "reasons": [(n, each.title, MECHANISMS[each.mechanism].label, each.why) for n, each in cards if each.mechanism],
        "measures": bool(case.measures["measures"]),
        "combinations": _consistent(case),
        "practice": practice_of(case),
    }


def readers_codes(case: Case) -> list[list[str]]:
    """Return for each sentence of the coding sheet the names of the codes that readers gave it."""
    marks = case.marks.drop_duplicates(["article", "sentence", "code"])
    asked = coding_sentences(case)[["article", "sentence"]].itertuples(index=False)
    here = ((marks["article"] == article) & (marks["sentence"] == sentence) for article, sentence in asked)
    return [marks.loc[rows, "label"].tolist() for rows in here]


def _consistent(case: Case) -> list[str]:
    """Return the combinations of the three closest factors that hold together, in words."""
    known = scenarios.factors_of(case)
    if len(known) < 3:
        return []
    names = scenarios.closest_factors(case, 3)
    rows = scenarios.combination_table(case, scenarios.cross_impact(case, names=names)).to_dict("records")
    return ["; ".join(f"{known[name]['title']}: {known[name]['states'][row[name]]}" for name in names) for row in rows]


class Paper(NamedTuple):
    """A paper that any case may have: its unit, its template, what `Handout` says of it, and what a case puts on it."""

    unit: str
    name: str
    title: str
    copies: str
    heading: str  # the page's own title
    values: Callable[[Case], Values]


_SET = "one set for four learners; cut out the cards that you hand round"
_ANSWERS = "Answers for a class without screens"
PAPERS = (
    Paper("00", "coding-sheet", "Code it yourself", "one each, on both sides of a sheet", "Code it yourself", coding_sheet),
    Paper("00", "marked-page", "A marked article: {article}", "one for two", "A marked article: {article}", marked_page),
    Paper("01", "ripeness-sheet", "Ripeness board", "one for two", "Was the moment ripe?", ripeness_sheet),
    Paper("01", "worksheet-01", "Worksheet: events, claims and law", "one for two", "Background", background_worksheet),
    Paper("02", "stakeholder-grid", "Stakeholder grid", "one for two", "Power and interest", stakeholder_sheet),
    Paper("02", "worksheet-02", "Worksheet: ties, positions and voices", "one for two", "Actors", actor_worksheet),
    Paper("03", "worksheet-03", "Worksheet: obstacles", "one for two", "Obstacles", obstacle_worksheet),
    Paper("03", "obstacle-cards", "Cards: obstacles", _SET, "Cards: obstacles", obstacle_cards),
    Paper("04", "worksheet-04", "Worksheet: measures", "one for each group", "Confidence-building measures", measure_worksheet),
    Paper("04", "measure-cards", "Cards: measures", _SET, "Cards: measures", measure_cards),
    Paper("04", "reference-plans", "Reference plans", "one for each group, when it has a plan of its own", "{heading}", plan_sheet),
    Paper("05", "forecast-slip", "Forecast slip", "one each; keep them", "My forecasts", forecast_slip),
    Paper("05", "worksheet-05", "Worksheet: scenarios", "one for two", "Scenarios", scenario_worksheet),
    Paper("06", "instructors-answers", _ANSWERS, "one, for you", _ANSWERS, answers),
)  # fmt: skip


def unit_papers(case: Case) -> Iterator[Handout]:
    """Yield the papers that a case has something for."""
    for unit, name, title, copies, heading, values_of in PAPERS:
        if values := values_of(case):
            page = fill(name, heading.format_map(values), case, **values)
            yield Handout(name, title.format_map(values), copies, page, unit)
