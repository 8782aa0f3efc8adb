"""What each file of a case holds: names, types, vocabularies, and what refers to what. Said here, and nowhere else.

`kit.case` reads by these descriptions, `kit.checking.whole_case` tells by them what is wrong, and the guide's tables of columns are
held against them. A remark in quotation marks is what the guide says of a value. Rules that tie several values together
(a phase ends after it begins) are in `kit.checking.rules`.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, TypedDict

from kit.fields import ALONE, DAY, NEEDED, UNIQUE, AtLeast, Between, Else, Here, OneOf, Refers, hints

ACTOR, CODE = Refers("actors", "actor in the codebook"), Refers("codes", "code in the codebook")
PARTY = Refers("parties", "party in case.yaml")
DRIVER, SCENARIO, MEASURE = Here("drivers", "driver"), Here("scenarios", "scenario"), Here("measures", "measure")
DELEGATION, ISSUE, CLAIM = Here("delegations", "delegation"), Here("issues", "issue"), Here("id", "claim")
POINTS = float("inf")

RELATIONS = ("fights", "supports", "presses", "mediates", "hosts", "member-of", "divides")
EVENT_KINDS = ("war", "diplomacy", "law", "statement", "economy")
CERTAINTIES = ("established", "reported", "disputed")
MECHANISMS = ("private-information", "commitment", "indivisibility", "none")
MEASURE_TYPES = (
    "communication-and-coordination",
    "observation-and-verification",
    "military-constraint",
    "training-and-education",
    "cooperation-and-integration",
    "political",
    "economic",
    "environmental",
    "societal",
    "cultural",
)
NEEDS, EASES = ("low", "medium", "high"), ("easy", "partly", "hard")
LETTERS = ("Y", "N")


class Evidence(TypedDict):
    """A piece of evidence: words that stand exactly once in an article."""

    article: Annotated[str, NEEDED, "the id of an article: its file's name without the ending"]
    quote: Annotated[str, NEEDED, "words copied from it that stand there once"]


# --- case.yaml


class Issue(TypedDict):
    """An issue."""

    id: Annotated[str, NEEDED, UNIQUE]
    label: Annotated[str, NEEDED]
    definition: str


class Actor(TypedDict):
    """An actor."""

    label: str
    role: Annotated[str, NEEDED]
    note: str


class Phase(TypedDict):
    """A phase."""

    title: Annotated[str, NEEDED]
    start: Annotated[date, NEEDED]
    end: Annotated[date, NEEDED]
    text: str


class LegalEntry(TypedDict):
    """An entry of the legal record."""

    date: Annotated[date, NEEDED]
    title: Annotated[str, NEEDED]
    text: Annotated[str, NEEDED]
    source_title: Annotated[str, NEEDED]


class Stake(TypedDict):
    """A stakeholder."""

    power: Annotated[float, NEEDED, Between(0, 10)]
    interest: Annotated[float, NEEDED, Between(0, 10)]
    why: str


class About(TypedDict):
    """The case."""

    title: Annotated[str, NEEDED]
    summary: Annotated[str, NEEDED]
    as_of: Annotated[date | None, NEEDED]
    content_note: Annotated[str, NEEDED]
    languages: list[str]
    licence: Annotated[str, NEEDED]
    parties: list[Annotated[str, ACTOR]]
    issues: list[Issue]
    actors: Annotated[dict[str, Actor], ACTOR]
    phases: list[Phase]
    legal_record: list[LegalEntry]
    credits: list[str]
    stakeholders: Annotated[dict[str, Stake], ACTOR]
    coding: list[Evidence]


# --- tables


class Event(TypedDict):
    """An event."""

    date: Annotated[str, NEEDED, DAY, "`2014`, `2014-03` or `2014-03-21`"]
    end: Annotated[str, DAY, "the last day, for something that lasted; else empty"]
    title: Annotated[str, NEEDED, "a few words"]
    text: Annotated[str, NEEDED, "one to three sentences"]
    kind: Annotated[str, NEEDED, OneOf(EVENT_KINDS)]
    certainty: Annotated[str, NEEDED, OneOf(CERTAINTIES)]
    source_title: Annotated[str, NEEDED, "a source that a reader can find"]
    source_date: Annotated[str, "its date, written like `date`, or empty"]
    codes: Annotated[
        list[Annotated[str, CODE]], "codes from the codebook, such as `actor:ostrel;obstacle:water`, or empty"
    ]
    mentions: Annotated[list[Evidence], "where the articles speak of it, written as below, or empty"]


class Relation(TypedDict):
    """A relation."""

    source: Annotated[str, NEEDED, ACTOR, "the actor who does it, without `actor:`"]
    target: Annotated[str, NEEDED, ACTOR, "the actor it is done to"]
    relation: Annotated[str, NEEDED, OneOf(RELATIONS)]
    article: Annotated[str, NEEDED, "the id of the article that says so"]
    quote: Annotated[str, NEEDED, "its words, which stand there once"]


class Position(TypedDict):
    """A position."""

    actor: Annotated[str, NEEDED, ACTOR, "the actor, without `actor:`"]
    issue: Annotated[str, NEEDED, Refers("issues", "issue in case.yaml"), "the id of an issue in `case.yaml`"]
    stance: Annotated[str, NEEDED, "one word: demands, rejects, seeks, offers, claims, conditions, …"]
    position: Annotated[str, NEEDED, "what it says it wants, in one sentence of yours, as it would put it itself"]
    article: Annotated[str, "the id of the article that says so, or empty"]
    quote: Annotated[str, "its words, which stand there once, or empty"]
    source_title: Annotated[str, "for a statement that is not in the articles: where it can be found"]
    source_date: Annotated[str, "the date of that statement"]


class Figure(TypedDict):
    """A claim."""

    id: Annotated[str, NEEDED, UNIQUE, "a short name of its own"]
    claim: Annotated[str, NEEDED, "the claim in one sentence"]
    value: Annotated[str, "the number; empty for a claim without a number"]
    unit: Annotated[str, "what the number counts"]
    article: Annotated[str, NEEDED, "the id of the article that says so"]
    quote: Annotated[str, NEEDED, "its words, which stand there once"]
    hedged: Annotated[bool, NEEDED, 'yes if the text says "about", "reportedly" and the like, else no']
    agrees_with: Annotated[list[Annotated[str, CLAIM]], "ids of other rows, with `;` between, or empty"]
    contradicts: Annotated[list[Annotated[str, CLAIM]], "ids of other rows, with `;` between, or empty"]


# --- obstacles.yaml


class Example(TypedDict):
    """An example from elsewhere."""

    process: str
    place: Annotated[str, NEEDED]
    year: Annotated[str, NEEDED]
    how: Annotated[str, NEEDED]
    outcome: str
    source: Annotated[str, NEEDED]


class Obstacle(TypedDict):
    """An obstacle."""

    title: Annotated[str, NEEDED]
    what: Annotated[str, NEEDED]
    positions: Annotated[dict[str, str], NEEDED, ACTOR]
    elsewhere: list[Example]
    fearon: Annotated[str, OneOf(MECHANISMS)]
    fearon_why: str
    evidence: list[Evidence]


class Obstacles(TypedDict):
    """The file."""

    note: str
    obstacles: Annotated[dict[str, Obstacle], Refers("obstacles", "obstacle in the codebook")]


# --- measures.yaml


class Verification(TypedDict):
    """How a measure is verified."""

    need: Annotated[str, NEEDED, OneOf(NEEDS)]
    how: Annotated[str, NEEDED]


class Reversibility(TypedDict):
    """How a measure is undone."""

    ease: Annotated[str, NEEDED, OneOf(EASES)]
    how: Annotated[str, NEEDED]


class Precedent(TypedDict):
    """A precedent."""

    place: Annotated[str, NEEDED]
    year: Annotated[str, NEEDED]
    text: Annotated[str, NEEDED]
    source: Annotated[str, NEEDED]


class Measure(TypedDict):
    """A measure."""

    title: Annotated[str, NEEDED]
    code: Annotated[str, NEEDED, CODE]
    type: Annotated[str, NEEDED, OneOf(MEASURE_TYPES)]
    what: Annotated[str, NEEDED]
    cost: Annotated[dict[str, Annotated[float, Between(0, 10)]], NEEDED, PARTY]
    cost_note: Annotated[dict[str, str], PARTY]
    trust: Annotated[float, NEEDED, Between(0, 10)]
    verification: Annotated[Verification, NEEDED]
    reversibility: Annotated[Reversibility, NEEDED]
    incident_risk: Annotated[float, NEEDED, Between(0, 1)]
    months: Annotated[float, NEEDED, Between(0, 60)]
    prerequisites: list[Annotated[str, MEASURE]]
    precedent: list[Precedent]
    evidence: list[Evidence]


class Step(TypedDict):
    """A step of the plan."""

    measure: Annotated[str, NEEDED, MEASURE]
    month: Annotated[int, NEEDED, Between(1, 12)]


class Measures(TypedDict):
    """The file."""

    assumptions: str
    budgets: Annotated[dict[str, Annotated[float, Between(0, 1000)]], PARTY]
    measures: dict[str, Measure]
    reference_plans: dict[str, list[Step]]
    reference_notes: dict[str, str]


# --- scenarios.yaml


class Reason(TypedDict):
    """A reason for or against a scenario."""

    text: Annotated[str, NEEDED]
    article: str
    quote: str
    silent: bool


class Signpost(TypedDict):
    """A signpost."""

    text: Annotated[str, NEEDED]
    points: Annotated[str, NEEDED, OneOf(("toward", "away"))]


Scenario = TypedDict(
    "Scenario",
    {
        "title": Annotated[str, NEEDED],
        "code": Annotated[str, CODE],
        "storyline": Annotated[str, NEEDED],
        "pattern": Annotated[dict[str, list[str]], DRIVER],
        "for": list[Reason],  # a word of Python's own, so this one cannot be written as a class
        "against": list[Reason],
        "signposts": Annotated[list[Signpost], NEEDED],
    },
)
Scenario.__doc__ = "A scenario."


class Driver(TypedDict):
    """A driver."""

    title: Annotated[str, NEEDED]
    question: str
    states: Annotated[dict[str, str], NEEDED, AtLeast(2)]
    evidence: list[Evidence]


Judgement = TypedDict(
    "Judgement",
    {
        "from": Annotated[str, NEEDED, DRIVER],
        "state": Annotated[str, NEEDED],
        "on": Annotated[str, NEEDED, DRIVER],
        "values": Annotated[dict[str, Annotated[int, Between(-3, 3)]], NEEDED],
        "why": str,
    },
)
Judgement.__doc__ = "A judgement."


class CrossImpact(TypedDict):
    """The cross-impact."""

    note: str
    judgements: list[Judgement]


class GraphModel(TypedDict):
    """A graph model."""

    title: Annotated[str, NEEDED]
    note: str
    decision_makers: Annotated[dict[str, dict[str, str]], NEEDED]
    infeasible: list[dict[str, Annotated[str, OneOf(LETTERS)]]]
    irreversible: list[str]
    status_quo: str
    labels: dict[str, str]
    preferences: Annotated[dict[str, list[Annotated[list[str], ALONE]]], NEEDED]
    preference_notes: dict[str, str]


class Question(TypedDict):
    """A question."""

    id: Annotated[str, NEEDED, UNIQUE]
    question: Annotated[str, NEEDED]
    opens: Annotated[date, NEEDED]
    closes: Annotated[date, NEEDED]
    early: bool  # a yes may come before the question closes
    rule: Annotated[str, NEEDED]
    scenario: Annotated[str, SCENARIO]
    outcome: Annotated[int | None, Between(0, 1)]


class PastQuestion(TypedDict):
    """A question."""

    id: Annotated[str, NEEDED, UNIQUE]
    question: Annotated[str, NEEDED]
    asked: Annotated[date, NEEDED]
    closes: Annotated[date, NEEDED]
    outcome: Annotated[int, NEEDED, Between(0, 1)]
    source: Annotated[str, NEEDED]
    explanation: str


class Scenarios(TypedDict):
    """The file."""

    note: str
    scenarios: dict[str, Scenario]
    drivers: dict[str, Driver]
    cross_impact: CrossImpact
    graph_models: dict[str, GraphModel]
    set_in_the_past: bool  # its questions are answered as of the case's day, though their dates have passed
    forecast_questions: list[Question]
    practice_note: str
    practice_questions: list[PastQuestion]


# --- negotiation.yaml


class Sheet(TypedDict):
    """A sheet."""

    brief: Annotated[str, NEEDED]
    instructions: Annotated[list[str], NEEDED]
    red_lines: list[str]


class Option(TypedDict):
    """An option."""

    label: Annotated[str, NEEDED]
    # A few words without names, for lists; both versions of the game use them.
    short: str
    legal_note: str
    consent: list[Annotated[str, DELEGATION]]


class Subject(TypedDict):
    """An issue."""

    title: Annotated[str, NEEDED]
    question: Annotated[str, NEEDED]
    options: Annotated[dict[str, Option], NEEDED, AtLeast(2)]
    evidence: list[Evidence]


class Delegation(TypedDict):
    """A delegation."""

    title: Annotated[str, NEEDED]
    scored: Annotated[bool, Else(value=True)]
    class_only: bool
    reservation: float | None
    batna: str
    sheet: Annotated[Sheet, NEEDED]
    scores: Annotated[dict[str, dict[str, float]], ISSUE]
    why: Annotated[dict[str, str], ISSUE]


class Mediator(TypedDict):
    """The mediator."""

    title: str
    sheet: Annotated[Sheet, NEEDED]


class InventedOption(TypedDict, total=False):
    """An invented option."""

    label: Annotated[str, NEEDED]
    legal_note: str


class InventedSubject(TypedDict, total=False):
    """An invented issue."""

    title: Annotated[str, NEEDED]
    question: str
    options: dict[str, InventedOption]


class InventedDelegation(TypedDict, total=False):
    """An invented delegation."""

    title: Annotated[str, NEEDED]
    batna: str
    sheet: Sheet
    why: dict[str, str]


class InventedMediator(TypedDict, total=False):
    """The invented mediator."""

    title: str
    sheet: Sheet


class Invented(TypedDict, total=False):
    """The invented version."""

    title: Annotated[str, NEEDED]
    note: str
    background: str
    delegations: Annotated[dict[str, InventedDelegation], NEEDED, DELEGATION]
    mediator: InventedMediator
    issues: Annotated[dict[str, InventedSubject], NEEDED, ISSUE]


class Game(TypedDict):
    """The game."""

    title: str
    note: str
    background: str
    consent_rule: str
    issues: Annotated[dict[str, Subject], NEEDED]
    delegations: Annotated[dict[str, Delegation], NEEDED]
    mediator: Mediator | None
    care: Annotated[str, NEEDED]
    debrief_questions: list[str]
    invented: Invented | None


FILES: dict[str, Any] = {
    "case.yaml": About,
    "events.csv": list[Event],
    "relations.csv": list[Relation],
    "positions.csv": list[Position],
    "figures.csv": list[Figure],
    "obstacles.yaml": Obstacles,
    "measures.yaml": Measures,
    "scenarios.yaml": Scenarios,
    "negotiation.yaml": Game,
}
ROWS = {"events": Event, "relations": Relation, "positions": Position, "figures": Figure}
CSV_COLUMNS = {name: tuple(hints(row)) for name, row in ROWS.items()}
UNITS = ("00", "01", "02", "03", "04", "05", "06")
