"""What a class made of unit 02: where it places the actors by power and interest."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from typing import Any

import numpy as np
import pandas as pd

from kit.actors import charts as actor_charts
from kit.actors import tables as actors
from kit.case import Case
from kit.learning import class_topics as topics

GRID = "02/stakeholder-grid"


def make_topics(case: Case, people: topics.People, _outcomes: Mapping[str, bool]) -> list[topics.Topic]:
    """Return what there is to show of a class in this unit."""
    title = "Stakeholders: power and interest"
    table, placed = stakeholders(case, people)
    if table.empty:
        return [topics.nothing_yet(title)]
    most = str(table["actor"].iloc[0])
    rows = actor_charts.grid_rows(table, most, others=placed)
    # The explorer's rows speak to a learner, of others; here all of them are the class.
    rows["label"] = rows["label"].str.replace("Somebody else's placement", f"A placement of {table['name'].iloc[0]}")
    name = table["name"].iloc[0]
    picture = topics.Picture(
        actor_charts.grid_chart,
        rows,
        f"The class's medians. {actor_charts.grid_alt(table)} The {len(placed)} placements of {name}, over which the "
        "class is divided most, are shown one by one.",
    )
    shown = table[["name", "people", "power", "interest", "quarter"]].copy()
    labels = {"name": "actor", "people": "placed by"}
    for axis in ("power", "interest"):
        ends = zip(table[f"low_{axis}"], table[f"high_{axis}"], strict=True)
        shown[f"{axis}s"] = [f"{low:g} to {high:g}" for low, high in ends]
        labels |= {axis: f"{axis} (middle)", f"{axis}s": f"{axis} (from, to)"}
    sheet = topics.Sheet(
        shown,
        "Where the class puts each actor, those that divide it most first (medians, and from lowest to highest)",
        labels,
    )
    counted = topics.count_learners(len(placed), "placed the actors.")
    said = (f"{counted} Dots are the middle of the class; crosses are all placements of {name}.",)
    prompts = topics.most_divided(table, lambda row: _grid_prompt(case, row))
    return [topics.Topic(title, said, prompts, picture, (sheet,))]


def _grid_prompt(case: Case, row: Any) -> topics.Prompt:
    # What is asked is the axis over which the class lies further apart.
    if row.high_power - row.low_power >= row.high_interest - row.low_interest:
        asked, low, high, middle = "How much power over the outcome has", row.low_power, row.high_power, row.power
    else:
        asked, low, high, middle = "How much does it matter to", row.low_interest, row.high_interest, row.interest
    end = "?" if asked.endswith("has") else " how this ends?"
    rest = (
        f"You say anything from {low:g} to {high:g} of 10, the middle is {middle:g}. "
        "Whoever put it highest and whoever put it lowest: on which sentence or fact do you base it?"
    )
    heading = f"{row.name}: what it does, as the articles tell it"
    return topics.Prompt(
        f"{asked} {row.name}{end}", rest, row.split, heading, lambda: actors.find_deeds(case, row.actor)
    )


def stakeholders(case: Case, people: topics.People) -> tuple[pd.DataFrame, list[dict[str, dict[str, Any]]]]:
    """Return where the class puts the actors, and the placements one by one.

    Returns
    -------
    DataFrame
        ``actor, name, people, power, interest`` (medians, on a grid from 0 to 10), ``quarter, low_power, high_power,
        low_interest, high_interest, split``, the actors that divide the class most first; nobody's placement, no row.
    list
        Each learner's placements, as `kit.actors` keeps them.
    """
    names = case.actor_names
    placed = [actors.placements_of(each, names) for each in topics.answers_to(people, GRID).values()]
    rows = []
    for actor, name in names.items():
        power, interest = ([each[actor][axis] for each in placed if actor in each] for axis in ("power", "interest"))
        if power:
            middle = float(np.median(power)), float(np.median(interest))
            ends = min(power), max(power), min(interest), max(interest)
            apart = max(topics.split_on_scale(power, actors.TOP), topics.split_on_scale(interest, actors.TOP))
            rows.append((actor, name, len(power), *middle, actors.quarter_of(*middle), *ends, apart))
    ends_ = ["low_power", "high_power", "low_interest", "high_interest"]
    columns = ["actor", "name", "people", "power", "interest", "quarter", *ends_, "split"]
    made = pd.DataFrame(rows, columns=columns)
    return made.sort_values("split", ascending=False, kind="stable", ignore_index=True), placed


def make_up_answers(case: Case, _seed: int, _games: int) -> topics.MakeUp:
    """Return a function that draws by lot what an invented learner of one of two camps answers."""
    names = list(case.actor_names)
    placed = actors.placements_of(case.meta["stakeholders"])

    def make_up(dice: Random, camp: bool) -> dict[str, Any]:
        grid = {}
        for actor in names:
            # By the actor alone, so that all of a camp place it alike.
            lot = Random(actor)
            start = placed.get(actor, {"power": lot.randrange(11), "interest": lot.randrange(11)})
            apart = lot.choice([0, 0, 1, 3]) * (1 if camp else -1)
            grid[actor] = {
                "power": topics.draw_near(dice, start["power"] + apart, 1.2, 0, 10),
                "interest": topics.draw_near(dice, start["interest"], 1.2, 0, 10),
                "why": "",
            }
        return {GRID: grid}

    return make_up
