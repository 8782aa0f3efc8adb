"""What is shown of a class, as values: for each unit its topics, each with prompts to discuss, a picture and its tables.

The view and the page to print are made of the same values. All labels in them are the hidden ones, "Learner 1" and so on;
whoever shows a sheet puts names in their place, or does not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pandas as pd

from kit.actors import charts as actor_charts
from kit.actors import tables as actors
from kit.background import tables as background
from kit.classroom import charts, deals, tables
from kit.classroom.tables import People
from kit.learning.progress import course
from kit.learning.quiz_bank import right_answer
from kit.measures import plan as plans
from kit.measures import tables as measures
from kit.negotiation import tables as negotiation
from kit.obstacles import charts as obstacle_charts
from kit.obstacles import tables as obstacles
from kit.scenarios import tables as scenarios
from kit.screen.evidence import COLUMNS, no_evidence
from kit.screen.picker import candidates

if TYPE_CHECKING:
    import altair as alt

    from kit.case import Case

LEARNER = "learner"  # the column of a sheet that holds labels
DIVIDED, MISSED = 0.2, 0.25  # below these nothing is worth a discussion
MOST_PROMPTS, FIRST = 3, 8


@dataclass(frozen=True)
class Prompt:
    """Something to put to the room.

    Parameters
    ----------
    unit, topic : str
        Where it comes from.
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
    """

    unit: str
    topic: str
    lead: str
    rest: str
    split: float
    heading: str = "What the articles say"
    evidence: Callable[[], pd.DataFrame] = no_evidence
    answer: str = ""

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
    """A table to read, with its caption and the headings of its columns."""

    frame: pd.DataFrame
    caption: str
    labels: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Topic:
    """One thing that a class did: what can be said of it, what to discuss, a picture, and tables."""

    title: str
    said: tuple[str, ...] = ()
    prompts: tuple[Prompt, ...] = ()
    picture: Picture | None = None
    sheets: tuple[Sheet, ...] = ()


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


def part(case: Case, people: People, unit: str, outcomes: Mapping[str, bool] | None = None) -> Part:
    """Return what there is to show of a unit.

    Parameters
    ----------
    case : Case
    people : dict
        Answers by key, by hidden label.
    unit : str
        "00" to "06".
    outcomes : dict, optional
        How open forecast questions came out, by their ids.
    """
    made = _MAKERS[unit](case, people, outcomes or {})
    return Part(unit, course()[unit]["title"], (*made, _quiz(case, people, unit)))


def first(parts: Iterable[Part]) -> list[Prompt]:
    """Return what divides a class most, over all units: of each topic its best prompt, then the second best ones."""
    ranked = [
        (place, -prompt.split, prompt)
        for each in parts
        for topic in each.topics
        for place, prompt in enumerate(sorted(topic.prompts, key=lambda prompt: -prompt.split))
    ]
    return [prompt for _, _, prompt in sorted(ranked, key=lambda each: each[:2])[:FIRST]]


def with_names(frame: pd.DataFrame, names: Mapping[str, str]) -> pd.DataFrame:
    """Return a sheet's table with other labels for the learners in it."""
    if LEARNER not in frame:
        return frame
    return frame.assign(**{LEARNER: [names.get(label, label) for label in frame[LEARNER]]})


def _most_divided(table: pd.DataFrame, prompt: Callable[[Any], Prompt], least: float = DIVIDED) -> tuple[Prompt, ...]:
    """Return prompts for the rows of a table with a column ``split`` that divide the class most."""
    rows = table[table["split"] >= least].sort_values("split", ascending=False, kind="stable").head(MOST_PROMPTS)
    return tuple(prompt(row) for row in lines(rows))


def lines(table: pd.DataFrame) -> Iterator[Any]:
    """Yield a table's rows, each with its columns as attributes."""
    yield from table.itertuples(index=False)


def _counted(choices: Iterable[tuple[str, int]]) -> str:
    return " · ".join(f"{choice} ({count})" for choice, count in choices)


def _nothing(title: str) -> Topic:
    return Topic(title, ("Nobody has handed this in yet.",))


def _people(count: int, what: str = "") -> str:
    who = "1 learner" if count == 1 else f"{count} learners"
    return f"{who} {what}".strip()


# --- 00: coding


def _coding(case: Case, people: People, _outcomes: Mapping[str, bool]) -> list[Topic]:
    title = "Coding: where readers part"
    decisions = tables.class_decisions(case, people)
    sentences = tables.coded_sentences(case, decisions)
    if sentences.empty:
        return [_nothing(title)]
    agreed = tables.agreement_measures(decisions)
    said = [_people(decisions.shape[1] - 1, f"coded {len(sentences)} sentences, or some of them.")]
    said += [
        f"{row.measure[:1].upper()}{row.measure[1:]} {row.value:.2f}: {row.meaning}"
        for row in lines(agreed)
        if row.value == row.value
    ]
    rows = pd.DataFrame(
        {
            "key": sentences["key"],
            "name": [charts.named(text) for text in sentences["text"]],
            "value": sentences["apart"].round(2),
            "text": [f"{apart:.1f}" for apart in sentences["apart"]],
            "label": [
                f"“{text}”: two readers differ on {apart:.1f} codes"
                for text, apart in zip(sentences["text"], sentences["apart"], strict=True)
            ],
        }
    ).sort_values("value", ascending=False, kind="stable")
    top = max(1.0, float(rows["value"].max()) * 1.1)
    picture = Picture(
        lambda: charts.bars_chart(len(rows), "codes on which two readers drawn at random differ", (0, top)),
        rows,
        charts.bars_alt(rows, "On how many codes two readers differ, by sentence"),
    )
    sheets = (
        Sheet(agreed.round({"value": 2}), "How far the class agrees with itself"),
        Sheet(
            sentences[["text", "people", "apart", "codes"]].round({"apart": 1}),
            "Every sentence, and the codes that not all chose",
            {"text": "sentence", "people": "coded by", "apart": "codes on which two differ"},
        ),
        Sheet(
            _in_per_cent(tables.agreement_with_codebook(decisions)).round({"kappa": 2}),
            "Each learner beside the codebook, which finds words and not meanings",
            {"same": "same decisions, per cent", "kappa": "Cohen's kappa"},
        ),
    )
    prompts = _most_divided(sentences, lambda row: _coding_prompt(case, row, title))
    return [Topic(title, tuple(said), prompts, picture, sheets)]


def _in_per_cent(table: pd.DataFrame) -> pd.DataFrame:
    return table.assign(same=(100 * table["same"]).round(1))


def _coding_prompt(case: Case, row: Any, topic: str) -> Prompt:
    kind = row.code.partition(":")[0].replace("-", " ")
    lead = f"“{row.text}” Does it speak of “{case.codebook.label(row.code)}” ({kind})?"
    rest = f"{row.yes} of {row.people} of you say yes, {row.people - row.yes} no. Which words decide it?"
    table = case.sentences
    place = table[(table["article"] == row.article) & (table["sentence"] == row.sentence)]
    return Prompt("00", topic, lead, rest, row.split, "The sentence in its place", lambda: place[COLUMNS])


# --- quizzes


def _quiz(case: Case, people: People, unit: str) -> Topic:
    title = "Questions: what many miss, and what may be seen both ways"
    items, views = tables.quiz_items(case, unit, people), tables.defended(case, unit, people)
    if items.empty and views.empty:
        return _nothing(title)
    said = []
    if len(items):
        said.append(f"{len(items)} questions were answered, by up to {_people(int(items['answered'].max()))}.")
    rows = pd.DataFrame(
        {
            "key": items["id"],
            "name": [charts.named(text) for text in items["question"]],
            "value": (100 * items["missed"]).round(1),
            "text": [f"{100 * missed:.0f} %" for missed in items["missed"]],
            "label": [
                f"“{text}”: {answered - right} of {answered} missed it at first"
                for text, answered, right in zip(items["question"], items["answered"], items["first"], strict=True)
            ],
        }
    )
    picture = Picture(
        lambda: charts.bars_chart(len(rows), "missed at the first try, per cent", (0, 110)),
        rows,
        charts.bars_alt(rows, "Who missed what at the first try"),
    )
    labels = {"first": "right at first", "second": "right at second", "never": "not right", "slip": "commonest slip"}
    asked = ["question", "answered", "first", "second", "never", "slip", "slips"]
    choices = [_counted(each) for each in views["choices"]]
    sheets = (
        [Sheet(items[asked], "Questions with a right answer, those missed most first", labels)] if len(items) else []
    )
    if len(views):
        sheets.append(
            Sheet(views[["question", "people"]].assign(choices=choices), "Questions that can be seen both ways")
        )
    return Topic(
        title,
        tuple(said),
        _quiz_prompts(case, unit, items, views, title),
        picture if len(items) else None,
        tuple(sheets),
    )


def _quiz_prompts(case: Case, unit: str, items: pd.DataFrame, views: pd.DataFrame, topic: str) -> tuple[Prompt, ...]:
    bank = {str(each.get("id")): each for each in case.quiz(unit) if isinstance(each, dict)}

    def view(row: Any) -> Prompt:
        (one, first_), (other, second), *_ = row.choices
        rest = (
            f"{first_} of you choose “{one}”, {second} “{other}”. One of each: give the strongest reason that the other "
            "side has."
        )
        return Prompt(unit, topic, row.question, rest, row.split)

    def item(row: Any) -> Prompt:
        slip = f" The commonest slip, made by {row.slips}: {row.slip}. What makes it tempting?" if row.slips else ""
        rest = f"{row.answered - row.first} of {row.answered} of you missed it at the first try.{slip}"
        return Prompt(unit, topic, row.question, rest, row.missed, answer=_in_words(right_answer(bank[row.id])))

    missed = items[items["answered"] > 1].assign(split=lambda table: table["missed"])
    return (*_most_divided(views, view), *_most_divided(missed, item, MISSED))


def _in_words(answer: Any) -> str:
    """Return a right answer as it can be read: one, several in order, or pairs."""
    if isinstance(answer, dict):
        return "; ".join(f"{left}: {right}" for left, right in answer.items())
    return "; ".join(map(str, answer)) if isinstance(answer, list) else str(answer)


# --- 01: ripeness


def _ripeness(case: Case, people: People, _outcomes: Mapping[str, bool]) -> list[Topic]:
    title = "Ripeness: how ripe, on each element"
    table = tables.ripeness(case, people)
    if not table["people"].sum():
        return [_nothing(title)]
    cells = [
        (f"{row.key}|{place}", row.element, word, row.counts[place], row.counts[place] / max(row.people, 1))
        for row in lines(table)
        for place, word in enumerate(background.RATINGS)
    ]
    rows = pd.DataFrame(cells, columns=["key", "name", "column", "people", "shade"])
    rows["label"] = [f"{name}: {count} say {word}" for _, name, word, count, _ in cells]
    picture = Picture(
        lambda: charts.cells_chart(len(table), background.RATINGS),
        rows,
        charts.cells_alt(rows, "How many gave each rating"),
    )
    counted = pd.DataFrame(table["counts"].tolist(), columns=list(background.RATINGS))
    middles = [background.RATINGS[int(each)] if each == each else "" for each in table["median"]]
    sheet = Sheet(
        pd.concat([table[["element"]], counted], axis=1).assign(middle=middles),
        "How many gave each rating",
    )
    questions = {element.key: element.question for element in background.elements(case)}

    def prompt(row: Any) -> Prompt:
        low, high = sum(row.counts[:2]), sum(row.counts[3:])
        rest = (
            f"{low} of you say not at all or hardly, {high} largely or fully, {row.counts[2]} in "
            "part. What would you have to read to move by one step?"
        )
        heading = f"{row.element}: the sentences that this class attached"
        return Prompt(
            "01",
            title,
            questions[row.key],
            rest,
            row.split,
            heading,
            lambda: _attached(case, people, row.key, row.codes),
        )

    said = (_people(int(table["people"].max()), "rated the moment."),)
    return [Topic(title, said, _most_divided(table, prompt), picture, (sheet,))]


def _attached(case: Case, people: People, element: str, codes: tuple[str, ...]) -> pd.DataFrame:
    """Return the sentences that a class attached to an element; where it attached none, those whose code bears on it."""
    found = tables.attached(case, people, element)
    return found[COLUMNS] if len(found) else candidates(case, codes)[COLUMNS] if codes else no_evidence()


# --- 02: stakeholders


def _stakeholders(case: Case, people: People, _outcomes: Mapping[str, bool]) -> list[Topic]:
    title = "Stakeholders: power and interest"
    table, placed = tables.stakeholders(case, people)
    if table.empty:
        return [_nothing(title)]
    most = str(table["actor"].iloc[0])
    rows = actor_charts.grid_rows(table, most, others=placed)
    rows["label"] = rows["label"].str.replace("Somebody else's placement", f"A placement of {table['name'].iloc[0]}")
    name = table["name"].iloc[0]
    picture = Picture(
        actor_charts.grid_chart,
        rows,
        f"The class's medians. {actor_charts.grid_alt(table)} The {len(placed)} placements of {name}, over which the "
        "class is divided most, are shown one by one.",
    )
    ends = {
        f"{axis}s": [
            f"{low:g} to {high:g}" for low, high in zip(table[f"low_{axis}"], table[f"high_{axis}"], strict=True)
        ]
        for axis in ("power", "interest")
    }
    sheet = Sheet(
        table[["name", "people", "power", "interest", "quarter"]].assign(**ends),
        "Where the class puts each actor, those that divide it most first (medians, and from lowest to highest)",
        {
            "name": "actor",
            "people": "placed by",
            "power": "power (middle)",
            "interest": "interest (middle)",
            "powers": "power (from, to)",
            "interests": "interest (from, to)",
        },
    )
    said = (
        f"{_people(len(placed), 'placed the actors.')} Dots are the middle of the class; crosses are all placements of {name}.",
    )
    return [Topic(title, said, _most_divided(table, lambda row: _grid_prompt(case, row, title)), picture, (sheet,))]


def _grid_prompt(case: Case, row: Any, topic: str) -> Prompt:
    if row.high_power - row.low_power >= row.high_interest - row.low_interest:
        asked, low, high, middle = "How much power over the outcome has", row.low_power, row.high_power, row.power
    else:
        asked, low, high, middle = "How much does it matter to", row.low_interest, row.high_interest, row.interest
    end = "?" if asked.endswith("has") else " how this ends?"
    rest = (
        f"You say anything from {low:g} to {high:g} of 10, the middle is {middle:g}. "
        "Whoever put it highest and whoever put it lowest: what do you rest it on?"
    )
    heading = f"{row.name}: what it does, as the articles tell it"
    return Prompt(
        "02", topic, f"{asked} {row.name}{end}", rest, row.split, heading, lambda: actors.deeds(case, row.actor)
    )


# --- 03: rankings


def _rankings(case: Case, people: People, _outcomes: Mapping[str, bool]) -> list[Topic]:
    title = "Obstacles: importance and tractability"
    table, agreed = tables.rankings(case, people), tables.concordance(case, people)
    if not agreed["people"].max():
        return [_nothing(title)]
    said = [
        f"{_people(row.people, 'ranked')} by {row.criterion}."
        + (f" Kendall's W {row.w:.2f} (0 no common order, 1 one order). {row.meaning}" if row.w == row.w else "")
        for row in lines(agreed)
    ]
    rows = obstacles.rank_rows(table, obstacles.OTHERS)
    told = "; ".join(rows.sort_values("y")["label"]) if len(rows) else "nobody has ranked both ways yet"
    picture = Picture(
        lambda: obstacle_charts.rank_chart(len(table)),
        rows,
        f"The class's mean ranks by importance and tractability: {told}.",
    )
    columns = {
        f"{criterion}_{name}": f"{criterion}: {words}"
        for criterion in obstacles.CRITERIA
        for name, words in (("mean", "mean rank"), ("low", "first"), ("high", "last"))
    }
    sheet = Sheet(
        table.sort_values("importance_mean")[["obstacle", *columns]].round(1),
        "Mean ranks (1 is most), and the first and the last place that anybody gave",
        columns,
    )
    return [Topic(title, tuple(said), _rank_prompts(case, table, title), picture, (sheet,))]


def _rank_prompts(case: Case, table: pd.DataFrame, topic: str) -> tuple[Prompt, ...]:
    third = len(table) // 3
    both = [
        table[["code", "obstacle"]].assign(
            split=table[f"{criterion}_split"],
            top=table[f"{criterion}_top"],
            end=table[f"{criterion}_end"],
            asked=asked,
        )
        for criterion, asked in obstacles.CRITERIA.items()
    ]

    def prompt(row: Any) -> Prompt:
        lead = f"{row.obstacle}: {row.asked[:1].lower()}{row.asked[1:]}"
        rest = (
            f"{row.top} of you put it among the first {third} of "
            f"{len(table)}, {row.end} among the last {third}. What does each of you take “solved” to mean?"
        )
        heading = f"{row.obstacle}: what the articles say"
        return Prompt("03", topic, lead, rest, row.split, heading, lambda: case.evidence(row.code))

    return _most_divided(pd.concat(both, ignore_index=True), prompt)


# --- 04: plans


def _plans(case: Case, people: People, _outcomes: Mapping[str, bool]) -> list[Topic]:
    title = "Measures: what comes first"
    table = tables.plan_table(case, people)
    if table.empty:
        return [_nothing(title)]
    count = int(table["plans"].max())
    rows = pd.DataFrame(
        {
            "key": table["key"],
            "name": [
                charts.named(f"{each} ({placed} of {count})")
                for each, placed in zip(table["title"], table["placed"], strict=True)
            ],
            **{name: table[column] for name, column in _PLAN_COLUMNS.items()},
            "label": [
                f"{row.title}: in {row.placed} of {count} plans, started in month {row.early} to {row.late}, middle {row.middle:g}"
                for row in lines(table)
            ],
        }
    )
    picture = Picture(
        lambda: charts.ranges_chart(len(rows), "month in which it starts", (0.5, plans.MONTHS + 0.5)),
        rows,
        charts.ranges_alt(rows, "When the class starts each measure"),
    )
    sheet = Sheet(
        table[["title", "placed", "early", "middle", "late"]],
        f"What {count} plans hold, the most chosen first; months from 1 to {plans.MONTHS}",
        {"title": "measure", "placed": "in how many plans", "early": "earliest", "middle": "middle", "late": "latest"},
    )
    book = measures.book_of(case)

    def prompt(row: Any) -> Prompt:
        when = f"month {row.early}" if row.early == row.late else f"month {row.early} to month {row.late}"
        lead = f"{row.title}: would you begin with it?"
        rest = (
            f"{row.placed} of {row.plans} plans have it, started in {when}. Those who have it and those who "
            "leave it out: what could go wrong on your way?"
        )
        heading, _ = measures.sentences_on(case, book.measures[row.key])
        return Prompt(
            "04", title, lead, rest, row.split, heading, lambda: measures.sentences_on(case, book.measures[row.key])[1]
        )

    said = (
        f"{_people(count, 'made a plan.')} The box is the middle half of those who chose it, the diamond their median.",
    )
    return [Topic(title, said, _most_divided(table, prompt), picture, (sheet,))]


_PLAN_COLUMNS = {"low": "early", "first": "first", "middle": "middle", "third": "third", "high": "late"}


# --- 05: forecasts


def _forecasts(case: Case, people: People, outcomes: Mapping[str, bool]) -> list[Topic]:
    title = "Forecasts: the class as one forecaster"
    given = tables.forecasts(case, people)
    table = tables.pooled(case, given)
    if table.empty:
        return [_nothing(title), *_practice(case, people)]
    rows = pd.DataFrame(
        {
            "key": table["id"],
            "name": [charts.named(text) for text in table["question"]],
            **{name: table[name].round(1) for name in ("low", "first", "third", "high")},
            "middle": table["median"].round(1),
            "label": [
                f"{row.question} Median {row.median:.0f} per cent, from {row.low:.0f} to {row.high:.0f}"
                for row in lines(table)
            ],
        }
    )
    picture = Picture(
        lambda: charts.ranges_chart(len(rows), "probability of yes, per cent", (-2, 102)),
        rows,
        charts.ranges_alt(rows, "What the class thinks likely"),
    )
    known = tables.known_outcomes(case, outcomes)
    came = ["" if key not in known else "yes" if known[key] else "no" for key in table["id"]]
    shown = table[["question", "closes", "people", "mean", "median", "low", "high"]]
    sheets = [
        Sheet(
            (shown.assign(outcome=came) if any(came) else shown).round(0),
            "Pooled forecasts in per cent, those that divide the class most first",
            {"closes": "settled on", "low": "lowest", "high": "highest"},
        ),
        *_score_sheet(tables.scores(given, known), "Brier scores on the questions that are settled (0 is best)"),
    ]

    def prompt(row: Any) -> Prompt:
        rest = (
            f"You say anything from {row.low:.0f} to {row.high:.0f} per cent; half of you lie between "
            f"{row.first:.0f} and {row.third:.0f}. The highest and the lowest: what do you know that the others do not?"
        )
        heading = "What the articles say of the scenario behind this question"
        return Prompt(
            "05",
            title,
            row.question,
            rest,
            row.split,
            heading,
            lambda: scenarios.argument_evidence(case, str(row.scenario)),
        )

    how = "The thin line runs from the lowest to the highest, the box holds the middle half, the diamond is the median."
    said = (f"{_people(given.shape[1], 'gave forecasts.')} {how}",)
    return [Topic(title, said, _most_divided(table, prompt), picture, tuple(sheets)), *_practice(case, people)]


def _practice(case: Case, people: People) -> list[Topic]:
    """Return how the class did on past questions, where there is anything to say."""
    found = tables.scores(tables.practice(case, people), tables.past_outcomes(case))
    if found.empty:
        return []
    alone = found[found["who"].isin(set(people))]
    pool = float(found.loc[found["who"] == "the class: mean", "brier"].iloc[0])
    beaten = int((alone["brier"] > pool).sum())
    said = (
        f"On past questions the class's mean forecast scores {pool:.2f}; 0 is best, and always saying 50 per cent gives 0.25.",
        f"{beaten} of its {len(alone)} members did worse on the questions that each of them answered.",
    )
    return [
        Topic(
            "Practice: past questions", said, sheets=_score_sheet(found, "Brier scores on past questions (0 is best)")
        )
    ]


def _score_sheet(found: pd.DataFrame, caption: str) -> tuple[Sheet, ...]:
    if found.empty:
        return ()
    return (
        Sheet(
            found.rename(columns={"who": LEARNER}).round({"brier": 3}),
            caption,
            {LEARNER: "who", "brier": "Brier score"},
        ),
    )


# --- 06: deals


def _deals(case: Case, people: People, _outcomes: Mapping[str, bool]) -> list[Topic]:
    title = "Deals: all of them on one frontier"
    table = deals.deal_table(case, people)
    lab = negotiation.lab(case)
    if table.empty or lab is None:
        return [_nothing(title)]
    counts = table["ended"].value_counts()
    signed, broken, going_on = (int(counts.get(each, 0)) for each in (deals.DEAL, deals.BROKEN, deals.OPEN))
    said = (
        f"{_people(len(table), 'played')}: {signed} signed a deal, {broken} broke off, {going_on} have not finished.",
        "All deals are measured by the case's points, which are teaching assumptions.",
        "The picture shows both sides' points, so keep it until everybody has played.",
    )
    issues = deals.chosen_options(case, people)
    across, up = (lab.seats[seat].title for seat in lab.parties)
    rows = deals.frontier_rows(case, table)
    picture = Picture(lambda: charts.frontier_chart(across, up), rows, deals.frontier_alt(case, table))
    labels = {
        "across": across,
        "up": up,
        "better": "deals that were better for one and worse for neither",
        "own_points": "played with other points",
    }
    shown = table.drop(columns="version").assign(own_points=table["own_points"].map({True: "yes", False: ""}))
    sheets = [Sheet(shown, "How each game ended; points by the case's own scores", labels)]
    if len(issues):
        options = [_counted(each) for each in issues["options"]]
        frame = issues[["title"]].assign(options=options)
        sheets.insert(0, Sheet(frame, "What the deals settle on, the most divided issue first", {"title": "issue"}))

    def prompt(row: Any) -> Prompt:
        (one, first_), (other, second), *_ = row.options
        rest = (
            f"{first_} of your deals say “{one}”, {second} say “{other}”. What was given in return for the "
            "one, and what for the other?"
        )
        heading = "What the articles say of this issue"
        return Prompt(
            "06",
            title,
            f"{row.title}: on what can it be settled?",
            rest,
            row.split,
            heading,
            lambda: case.evidence_for(lab.issues[row.issue].evidence),
        )

    return [Topic(title, said, _most_divided(issues, prompt), picture, tuple(sheets))]


_MAKERS: dict[str, Callable[[Case, People, Mapping[str, bool]], list[Topic]]] = {
    "00": _coding,
    "01": _ripeness,
    "02": _stakeholders,
    "03": _rankings,
    "04": _plans,
    "05": _forecasts,
    "06": _deals,
}
