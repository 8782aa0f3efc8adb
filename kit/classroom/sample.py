"""A class that nobody belongs to, to try the class view on: invented learners, drawn by lot, the same for the same seed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

from kit.actors import tables as actors
from kit.background import tables as background
from kit.classroom.tables import UNITS
from kit.errors import KitError
from kit.learning import coding
from kit.learning.document import Document, Version, dump, stamp, tidy_pseudonym
from kit.learning.quiz_bank import judge, options_of, quiz_problems, right_answer
from kit.measures import plan as plans
from kit.measures import tables as measures
from kit.negotiation import game as rules
from kit.negotiation import tables as negotiation
from kit.negotiation.bots import TEMPERS, Bot
from kit.obstacles import tables as obstacles
from kit.scenarios import tables as scenarios

if TYPE_CHECKING:
    from kit.case import Case

MOST = 500
_TREES = (
    *("Alder", "Ash", "Aspen", "Beech", "Birch", "Box", "Cedar", "Cherry", "Cypress", "Elder", "Elm", "Fir", "Hazel"),
    *("Holly", "Hornbeam", "Juniper", "Larch", "Lime", "Maple", "Medlar", "Oak", "Olive", "Pine", "Plane", "Poplar"),
    *("Quince", "Rowan", "Spruce", "Walnut", "Willow"),
)
_FIRST_DAY = datetime(2026, 9, 1, 9, tzinfo=UTC)
_GAMES = 24  # different games; a larger class has some of them twice


def sample_class(folder: str | Path, n: int = 30, *, case: Case | None = None, seed: int = 1) -> Path:
    """Write the portfolios of invented learners into a folder, ``made-up-01.json`` and so on, and return the folder.

    Each is named as made up. What they answer is drawn by lot around two camps, so that there is something to discuss; no
    person has ever answered so, and nothing should be read into it.

    Parameters
    ----------
    folder : path
        Made if it is not there. Files of the same names are replaced.
    n : int, 1 to 500
        How many learners.
    case : Case, optional
        What they work on; the Ukraine case without one.
    seed : int
        The same seed gives the same class.

    Raises
    ------
    KitError
        If `n` is out of range, or the folder cannot be written to.
    """
    n = checked_number(n)
    if case is None:
        from kit.case import load_case

        case = load_case("ukraine")
    folder = Path(folder).expanduser()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for number, document in enumerate(sample_documents(case, n, seed), 1):
            (folder / f"made-up-{number:02}.json").write_bytes(dump(document))
    except OSError as problem:
        msg = f"the made-up class cannot be written ({problem.strerror or problem})"
        raise KitError(msg, where=folder, remedy="Name a folder that you may write to.") from None
    return folder


def checked_number(n: int) -> int:
    """Return a number of learners that can be made up.

    Raises
    ------
    KitError
        If it is no whole number from 1 to `MOST`.
    """
    if isinstance(n, bool) or not isinstance(n, int) or not 1 <= n <= MOST:
        msg = f"{n!r} is not a number of learners that can be made up"
        raise KitError(msg, remedy=f"Give a whole number from 1 to {MOST}.")
    return n


@dataclass(frozen=True)
class _Stage:
    """What of a case is looked up once for a whole class."""

    case: Case
    games: list[dict[str, Any]]
    book: measures.Book
    codes: list[str]
    sentences: list[tuple[str, list[str]]]  # key of a sentence to code, and the codes that the codebook finds
    places: dict[str, list[tuple[str, int]]]  # by element of ripeness, where sentences bear on it
    orders: list[str]
    kit: dict[str, dict[str, Any]]
    actors: list[str]
    questions: list[str]
    past: list[tuple[str, Any]]
    bank: dict[str, list[Mapping[str, Any]]]


def _stage(case: Case, seed: int, games: int) -> _Stage:
    found = coding.codes_by_sentence(case)
    rows = coding.coding_sentences(case).to_dict("records")
    past = scenarios.practice_table(case)
    bank: dict[str, list[Mapping[str, Any]]] = {
        unit: [each for each in case.quiz(unit) if not quiz_problems([each])] for unit in UNITS
    }
    return _Stage(
        case=case,
        games=_games(case, seed, games),
        book=measures.book_of(case),
        codes=list(case.codebook.codes),
        sentences=[(row["key"], sorted(found.get((row["article"], row["sentence"]), set()))) for row in rows],
        places={element.key: _bearing(case, element.codes) for element in background.elements(case)},
        orders=obstacles.first_order(case),
        kit=actors.placements_of(case.meta.get("stakeholders")),
        actors=list(actors.actor_names(case)),
        questions=list(scenarios.question_table(case)["id"]),
        past=list(zip(past["id"], past["outcome"], strict=True)),
        bank=bank,
    )


def _bearing(case: Case, codes: Sequence[str]) -> list[tuple[str, int]]:
    marks = case.marks[case.marks["code"].isin(codes)]
    return list(dict.fromkeys(zip(marks["article"].tolist(), marks["sentence"].tolist(), strict=True)))


def sample_documents(case: Case, n: int, seed: int = 1) -> list[Document]:
    """Return the portfolios of invented learners; see `sample_class`."""
    stage = _stage(case, seed, min(n, _GAMES))
    return [_portfolio(stage, number, seed) for number in range(n)]


def _portfolio(stage: _Stage, number: int, seed: int) -> Document:
    dice = Random(f"{seed}-{number}")
    camp = dice.random() < 0.5
    entries = {
        **_coding(stage, dice, camp),
        **_quizzes(stage, dice, camp),
        "01/ripeness-board": _board(stage, dice, camp),
        "02/stakeholder-grid": _grid(stage, dice, camp),
        "03/ranking": _ranking(stage, dice, camp),
        "04/sequencer": _plan(stage, dice, camp),
        "05/forecast": _forecast(stage, dice, camp),
        "05/practice": _practice(stage, dice),
        "06/table": dice.choice(stage.games) if stage.games else None,
        **{f"{unit}/write": "A made-up text: nobody has written it." for unit in UNITS[1:]},
    }
    # Not everybody does everything.
    kept = [(key, value) for key, value in entries.items() if value and dice.random() < 0.93]
    name = f"Made-up {_TREES[number % len(_TREES)]}" + (
        f" {number // len(_TREES) + 1}" if number >= len(_TREES) else ""
    )
    begun = _FIRST_DAY + timedelta(minutes=number)
    return Document(
        tidy_pseudonym(name),
        {
            key: (Version(stamp(begun + timedelta(hours=place)), f"made-up-{seed}-{number}", value),)
            for place, (key, value) in enumerate(kept)
        },
    )


def _coding(stage: _Stage, dice: Random, camp: bool) -> dict[str, Any]:
    """Return codings near the codebook's: some codes are overlooked, and over one of each sentence the camps disagree."""
    made = {}
    for key, book in stage.sentences:
        lot = Random(key)
        contested = lot.choice(book or stage.codes)
        sees, misses = lot.choice([(0.95, 0.8), (0.9, 0.5), (0.8, 0.25)])
        chosen = [code for code in book if code != contested and dice.random() < 0.9]
        if dice.random() < (sees if camp else misses):
            chosen.append(contested)
        made[f"{coding.PREFIX}{key}"] = chosen
    return made


def _quizzes(stage: _Stage, dice: Random, camp: bool) -> dict[str, Any]:
    return {
        f"{unit}/quiz/{question['id']}": _choice(question, dice, camp)
        if question["type"] == "defend"
        else _tries(question, dice)
        for unit, questions in stage.bank.items()
        for question in questions
    }


def _choice(question: Mapping[str, Any], dice: Random, camp: bool) -> dict[str, Any]:
    options = options_of(question)
    mine = options[0] if camp else options[-1]
    choice = mine if dice.random() < 0.7 else dice.choice(options)
    return {"choice": choice, "reason": "A made-up reason.", "shown": True}


def _tries(question: Mapping[str, Any], dice: Random) -> dict[str, Any]:
    hard = 0.1 + 0.6 * Random(str(question["id"])).random()
    tries = [_wrong(question, dice)] if dice.random() < hard else []
    if not tries or dice.random() < 0.7:
        tries.append(right_answer(question))
    right = [number for number, answer in enumerate(tries, 1) if judge(question, answer).right]
    return {"tries": tries, "right_at": right[0] if right else None}


def _wrong(question: Mapping[str, Any], dice: Random) -> Any:
    options, kind = options_of(question), question["type"]
    tempting = Random(str(question["question"]))
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


def _between(dice: Random, middle: float, spread: float, low: int, high: int) -> int:
    return round(min(high, max(low, dice.gauss(middle, spread))))


def _board(stage: _Stage, dice: Random, camp: bool) -> dict[str, Any]:
    board = {}
    for element, places in stage.places.items():
        lot = Random(element)
        middle = lot.choice([1, 2, 3]) + (0.9 if camp else -0.9)
        favourites = lot.sample(places, min(6, len(places)))
        attached = dice.sample(favourites, min(2, len(favourites)))
        board[element] = {"rating": _between(dice, middle, 0.8, 0, 4), "evidence": _sentences(stage.case, attached)}
    return board


def _sentences(case: Case, places: Sequence[tuple[str, int]]) -> list[dict[str, Any]]:
    return [
        {"article": article, "sentence": number, "text": case.article(article).sentences[number].text}
        for article, number in places
    ]


def _grid(stage: _Stage, dice: Random, camp: bool) -> dict[str, Any]:
    grid = {}
    for actor in stage.actors:
        lot = Random(actor)
        start = stage.kit.get(actor, {"power": lot.randrange(11), "interest": lot.randrange(11)})
        apart = lot.choice([0, 0, 1, 3]) * (1 if camp else -1)
        grid[actor] = {
            "power": _between(dice, start["power"] + apart, 1.2, 0, 10),
            "interest": _between(dice, start["interest"], 1.2, 0, 10),
            "why": "",
        }
    return grid


def _ranking(stage: _Stage, dice: Random, camp: bool) -> dict[str, list[str]]:
    made = {}
    for criterion in obstacles.CRITERIA:
        worth = {}
        for place, code in enumerate(stage.orders):
            lot = Random(f"{criterion}{code}")
            swing = lot.choice([0, 0, 4]) * (1 if camp else -1)
            worth[code] = lot.random() * 12 + swing + dice.gauss(0, 1.6) + place / 1000
        made[criterion] = sorted(worth, key=lambda code, worth=worth: worth[code])  # type: ignore[misc]
    return made


def _plan(stage: _Stage, dice: Random, camp: bool) -> dict[str, Any]:
    """Return a plan that keeps to the rules of the line: what is refused is not placed."""
    book = stage.book
    steps: dict[str, int] = {}
    for key in dice.sample(list(book.measures), min(6, len(book.measures))):
        months = plans.possible_months(book, steps, key)
        if months:
            steps[key] = months[0] if camp else months[min(len(months) - 1, dice.randrange(4))]
    return plans.kept(steps, plans.Assumptions(), 50) if steps else {}


def _forecast(stage: _Stage, dice: Random, camp: bool) -> dict[str, Any]:
    made = {}
    for key in stage.questions:
        lot = Random(str(key))
        middle = 15 + 60 * lot.random() + lot.choice([3, 8, 22]) * (1 if camp else -1)
        said = 5 * round(_between(dice, middle, 11, 1, 99) / 5)
        made[key] = {"probability": said, "reason": "A made-up reason.", "on": "2026-09-01"}
    return made


def _practice(stage: _Stage, dice: Random) -> dict[str, int]:
    done = dice.sample(stage.past, min(12, len(stage.past)))
    return {key: 5 * round(_between(dice, 62 if outcome else 38, 22, 1, 99) / 5) for key, outcome in done}


def _games(case: Case, seed: int, count: int) -> list[dict[str, Any]]:
    lab = negotiation.lab(case)
    return [_game(lab, Random(f"{seed}-game-{number}")) for number in range(count)] if lab else []


def _game(lab: negotiation.Lab, dice: Random) -> dict[str, Any]:
    """Return a game that two bots have played, as a learner's portfolio keeps it."""
    mine = dice.choice(lab.parties)
    tempers = {seat: dice.choice(list(TEMPERS)) for seat in lab.parties}
    rounds = dice.choice([6, 9, 12])
    bots = [Bot(lab, seat, tempers[seat], seed=dice.randrange(10**6), rounds=rounds) for seat in lab.parties]
    game = rules.new_game(lab, lab.parties)
    for _ in range(4 * rounds):
        for bot in bots:
            for move in bot.reply(game):
                game, _ = game.try_play(move)
    other = next(seat for seat in lab.parties if seat != mine)
    kept = {"version": lab.version, "mode": "bot", "seat": mine, "temper": tempers[other], "seed": 0}
    return {**kept, "game": game.as_json()}
