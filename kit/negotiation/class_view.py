"""What a class made of unit 06: how each game ended, what the deals are worth, and all of them on one frontier.

Every deal is measured by the case's own points, also where somebody played with others, so that one picture can hold them
all; the invented states play with the same points under other names. What was said at the table is not read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator, Mapping
from functools import partial
from random import Random
from typing import Any

import pandas as pd

from kit.case import Case
from kit.learning import class_topics as topics
from kit.negotiation import debrief_tables
from kit.negotiation import game as rules
from kit.negotiation import tables as negotiation
from kit.negotiation.bots import TEMPERS, Bot
from kit.negotiation.charts import frontier_chart
from kit.negotiation.kept_game import KEY, MODES, sound_scores


def make_topics(case: Case, people: topics.People, _outcomes: Mapping[str, bool]) -> list[topics.Topic]:
    """Return what there is to show of a class in this unit."""
    title = "Deals: all of them in one picture"
    table = deal_table(case, people)
    lab = negotiation.lab(case)
    if table.empty or lab is None:
        return [topics.nothing_yet(title)]
    signed, broken, going_on = (int((table["ended"] == each).sum()) for each in (DEAL, BROKEN, OPEN))
    said = (
        f"{topics.count_learners(len(table), 'played')}: {signed} signed a deal, {broken} broke off, {going_on} have not finished.",
        "All deals are measured by the case's points, which are teaching assumptions.",
        "The picture shows both sides' points, so keep it until everybody has played.",
    )
    issues = chosen_options(case, people)
    across, up = (lab.seats[seat].title for seat in lab.parties)
    rows = frontier_rows(case, table)
    picture = topics.Picture(lambda: frontier_chart(across, up), rows, frontier_alt(case, table))
    labels = {
        "across": across,
        "up": up,
        "better": "deals that were better for one and worse for neither",
        "own_points": "played with other points",
    }
    shown = table.drop(columns="version").assign(own_points=table["own_points"].map({True: "yes", False: ""}))
    sheets = [topics.Sheet(shown, "How each game ended; points by the case's own scores", labels)]
    if len(issues):
        options = [topics.counts_in_words(each) for each in issues["options"]]
        frame = issues[["title"]].assign(options=options)
        caption = "What the deals settle on, the most divided issue first"
        sheets.insert(0, topics.Sheet(frame, caption, {"title": "issue"}))

    def prompt(row: Any) -> topics.Prompt:
        (one, first_), (other, second), *_ = row.options
        said = f"{first_} of your deals say “{one}”, {second} say “{other}”."
        rest = f"{said} What did each of these deals give in return?"
        evidence = partial(case.evidence_for, lab.issues[row.issue].evidence)
        heading = "What the articles say of this issue"
        return topics.Prompt(f"{row.title}: how can it be settled?", rest, row.split, heading, evidence)

    return [topics.Topic(title, said, topics.most_divided(issues, prompt), picture, tuple(sheets))]


MARGIN = 12  # points below a reservation value that are still drawn
DEAL, BROKEN, OPEN = "deal", "no deal", "goes on"
DEAL_COLUMNS = ["learner", "version", "played", "rounds", "ended", "across", "up", "better", "own_points"]


def begun_games(case: Case, people: topics.People) -> list[tuple[str, Mapping[str, Any], rules.Game]]:
    """Return the games of a class that have begun: a learner's label, what is kept of it, and the game, played again."""
    labs = {version: negotiation.lab(case, version) for version in (negotiation.REAL, negotiation.INVENTED)}
    found = []
    for label, kept in topics.answers_to(people, KEY).items():
        if not isinstance(kept, Mapping):
            continue
        lab = labs[negotiation.INVENTED if kept.get("version") == negotiation.INVENTED else negotiation.REAL]
        if lab is None:
            return []
        scores = sound_scores(lab, kept.get("scores"))
        game = rules.resume_game(lab.rescored(scores) if scores else lab, kept.get("game"))
        if game is not None and game.moves:
            found.append((label, kept, game))
    return found


def deal_table(case: Case, people: topics.People) -> pd.DataFrame:
    """Return how each learner's game ended, the deals first.

    Returns
    -------
    DataFrame
        ``learner, version, played`` (how, in words), ``rounds, ended, across, up`` (what it gives the two delegations by
        the case's points; missing without a deal), ``better`` (how many deals were better for one of them and worse for
        neither) and ``own_points`` (whether it was played with other points).
    """
    lab = negotiation.lab(case)
    if lab is None:
        return pd.DataFrame(columns=DEAL_COLUMNS)
    model = lab.negotiation(lab.parties)
    rows = []
    for label, kept, game in begun_games(case, people):
        ended = DEAL if game.deal else BROKEN if game.state == rules.BROKEN else OPEN
        worth = [lab.total(seat, game.deal) for seat in lab.parties] if game.deal else [None, None]
        better = len(model.better_for_all(dict[Hashable, Any](game.deal.items()))) if game.deal else None
        own = bool(sound_scores(lab, kept.get("scores")))
        mode = kept.get("mode")
        played = MODES[mode].words if isinstance(mode, str) and mode in MODES else ""
        rows.append((label, game.lab.version, played, game.round, ended, *worth, better, own))
    made = pd.DataFrame(rows, columns=DEAL_COLUMNS).astype({"across": float, "up": float, "better": "Int64"})
    order = made["ended"].map({DEAL: 0, BROKEN: 1, OPEN: 2})
    return made.iloc[order.argsort(kind="stable")].reset_index(drop=True)


def chosen_options(case: Case, people: topics.People) -> pd.DataFrame:
    """Return on what the class's deals settle, issue by issue, the most divided first: ``issue, title, deals, options, split``.

    ``options`` are pairs of an option's words and how many deals have it.
    """
    lab = negotiation.lab(case)
    signed = [game.deal for _, _, game in begun_games(case, people) if game.deal]
    rows = []
    for key, issue in (lab.issues if lab and signed else {}).items():
        made = [deal[key] for deal in signed]
        words = [(issue.options[option].label, count) for option, count in Counter(made).most_common()]
        rows.append((key, issue.title, len(made), words, topics.split_choice(made)))
    found = pd.DataFrame(rows, columns=["issue", "title", "deals", "options", "split"])
    return found.sort_values("split", ascending=False, kind="stable", ignore_index=True)


def frontier_rows(case: Case, table: pd.DataFrame) -> pd.DataFrame:
    """Return what `kit.negotiation.charts.frontier_chart` draws: possible deals, the frontier, and the class's deals.

    Of all possible deals those are left out that are far worse for one side than no deal: nobody could sign them.

    Returns
    -------
    DataFrame
        The columns of `kit.negotiation.debrief_tables.picture_rows` and ``people``: how many signed a deal, if they are several.
    """
    lab = negotiation.lab(case)
    assert lab is not None
    ground = debrief_tables.picture_rows(debrief_tables.make_view(lab, *lab.parties, everybody=False))
    least = dict(zip("xy", (lab.seats[seat].reservation - MARGIN for seat in lab.parties), strict=True))
    placed = ground["what"].isin(["ground", "frontier"])
    near = (ground["x"] >= least["x"]) & (ground["y"] >= least["y"])
    # The marks that theory makes would crowd out those of the class.
    kept = ground[(~placed | near) & (ground["what"] != "mark")]
    kept = kept[~kept["what"].str.startswith("axis")]
    return pd.concat([kept.assign(people=""), pd.DataFrame(_marks(lab, table))], ignore_index=True)


def _marks(lab: negotiation.Lab, table: pd.DataFrame) -> Iterator[dict[str, Any]]:
    signed = table[table["ended"] == DEAL]
    placed = Counter(zip(signed["across"].tolist(), signed["up"].tolist(), strict=True))
    for number, ((x, y), count) in enumerate(sorted(placed.items())):
        several = {"people": str(count) if count > 1 else "", "label": f"{count} {'deals' if count > 1 else 'deal'}"}
        yield {"key": f"deal {number}", "what": "mark", "name": "the deal", "x": x, "y": y, **several}
    broken = int((table["ended"] == BROKEN).sum())
    if broken:
        floors = dict(zip("xy", (lab.seats[seat].reservation for seat in lab.parties), strict=True))
        yield {"key": "none", "what": "mark", "name": "no deal", "people": "", "label": f"no deal: {broken}", **floors}


def frontier_alt(case: Case, table: pd.DataFrame) -> str:
    """Return what the picture of the class's deals shows, in one sentence."""
    lab = negotiation.lab(case)
    assert lab is not None
    across, up = (lab.seats[seat].title for seat in lab.parties)
    deals = table[table["ended"] == DEAL]
    on_it = int((deals["better"] == 0).sum())
    worth = (
        f" They give {across} {deals['across'].min():g} to {deals['across'].max():g} points and {up} "
        f"{deals['up'].min():g} to {deals['up'].max():g}; {on_it} of them {'is' if on_it == 1 else 'are'} on the frontier."
        if len(deals)
        else ""
    )
    broken = int((table["ended"] == BROKEN).sum())
    return f"The possible deals that come near to what both sides can sign, and among them the {len(deals)} that this class signed.{worth} Games without a deal: {broken}."


def make_up_answers(case: Case, seed: int, games: int) -> topics.MakeUp:
    """Return a function that gives an invented learner one of some games, each played by two bots."""
    lab = negotiation.lab(case)
    played = [_made_up_game(lab, Random(f"{seed}-game-{number}")) for number in range(games)] if lab else []

    def make_up(dice: Random, _camp: bool) -> dict[str, Any]:
        return {KEY: dice.choice(played)} if played else {}

    return make_up


def _made_up_game(lab: negotiation.Lab, dice: Random) -> dict[str, Any]:
    """Return a game that two bots have played, as a learner's portfolio keeps it."""
    mine = dice.choice(lab.parties)
    tempers = {seat: dice.choice(list(TEMPERS)) for seat in lab.parties}
    rounds = dice.choice([6, 9, 12])
    bots = [Bot(lab, seat, tempers[seat], seed=dice.randrange(10**6), rounds=rounds) for seat in lab.parties]
    game = rules.new_game(lab, lab.parties)
    for _ in range(4 * rounds):  # more than they need: each leaves when its rounds are over
        for bot in bots:
            for move in bot.reply(game):
                game, _ = game.try_play(move)
    other = next(seat for seat in lab.parties if seat != mine)
    kept = {"version": lab.version, "mode": "bot", "seat": mine, "temper": tempers[other], "seed": 0}
    return {**kept, "game": game.as_json()}
