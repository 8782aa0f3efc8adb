"""Before and after: eight questions before the course and the same ones after it, side by side with a scoring guide."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import ipywidgets
import pandas as pd

from kit.case import Case
from kit.errors import KitError
from kit.learning.inputs import Text
from kit.learning.portfolio import portfolio
from kit.learning.save_cue import SaveCue
from kit.reading.data_files import read_yaml
from kit.screen import html
from kit.screen.controls import button, dropdown
from kit.screen.still_text import Still

# Each under the unit in whose notebook it is answered, since what is kept is counted and handed in unit by unit.
KEYS = {"before": "00/before", "after": "06/after"}
POINTS = "06/before-after"  # what the learner scored: by question, the points before and after
MOST = 2


@cache
def list_questions() -> list[dict[str, Any]]:
    """Return the eight questions: ``id, question, points``, the last with what an answer of 0, 1 and 2 points says."""
    return list(read_yaml(Path(__file__).with_name("before-after.yaml")).data)


def read_points(kept: Any) -> dict[str, tuple[int | None, int | None]]:
    """Return by question the points before and after, whatever else a portfolio may hold under their key."""
    found = {}
    for each in list_questions():
        pair = kept.get(each["id"]) if isinstance(kept, dict) else None
        pair = pair if isinstance(pair, list) and len(pair) == len(KEYS) else [None] * len(KEYS)
        found[each["id"]] = tuple(one if one in range(MOST + 1) else None for one in pair)
    return found  # type: ignore[return-value]


class BeforeAfter(Still, ipywidgets.VBox):
    """The eight questions with a place for each answer; after the course, both answers side by side.

    Parameters
    ----------
    case : Case
        In whose portfolio the answers are kept. The questions are the same for every case.
    when : {"before", "after"}
        Whether this is before unit 00 or after unit 06.
    """

    aim = "answer"

    def __init__(self, case: Case, when: str) -> None:
        if when not in KEYS:
            msg = f"{when!r} is neither 'before' nor 'after'"
            raise KitError(msg, where="BeforeAfter", remedy='Write BeforeAfter(case, "before").')
        self.case, self.when, self.store = case, when, portfolio(case)
        self.what_it_is = f"Eight questions, {when} the course. 1. {list_questions()[0]['question']}"
        self.inputs = {each["id"]: self._make_input(each) for each in list_questions()}
        asked = [self._question(number, each) for number, each in enumerate(list_questions(), 1)]
        self.both = ipywidgets.VBox()
        self.show_button = button("Show my answers from before and after", self.show_both, "primary")
        after = [self.show_button, self.both] if when == "after" else []
        super().__init__([*asked, *after, SaveCue(self.store, KEYS[when])])
        self.add_class("parley-work")

    def _make_input(self, question: dict[str, Any]) -> Text:
        made = Text(label="Your answer", lines=2, placeholder="One to three sentences")
        key = f"{KEYS[self.when]}/{question['id']}"
        made.answer = self.store.read(key, "")
        made.on_answer(lambda: self.store.save(key, made.answer))
        return made

    def _question(self, number: int, question: dict[str, Any]) -> ipywidgets.Widget:
        asked = html.tag("p", html.tag("strong", f"{number}. "), question["question"])
        return ipywidgets.VBox([ipywidgets.HTML(asked), self.inputs[question["id"]]])

    @property
    def table(self) -> pd.DataFrame:
        """Both answers and their points: ``id, question, before, after, points_before, points_after``."""
        points, rows = read_points(self.store.read(POINTS)), []
        for each in list_questions():
            answers = [self.store.read(f"{start}/{each['id']}", "") for start in KEYS.values()]
            rows.append((each["id"], each["question"], *answers, *points[each["id"]]))
        columns = ["id", "question", "before", "after", "points_before", "points_after"]
        return pd.DataFrame(rows, columns=columns).astype({"points_before": "Int64", "points_after": "Int64"})

    def show_both(self) -> None:
        """Show what was answered before and after, with the guide, and lists to give each answer its points."""
        self.total = ipywidgets.HTML()
        rows = self.table.to_dict("records")
        guides = {each["id"]: each["points"] for each in list_questions()}
        self.both.children = [*(self._compared(row, guides[row["id"]]) for row in rows), self.total]
        self._add_up()

    def _compared(self, row: dict[Any, Any], guide: list[str]) -> ipywidgets.Widget:
        cells = [html.tag("td", row[when] or "(no answer)", dir="auto") for when in KEYS]
        heads = [html.tag("th", when.capitalize(), scope="col") for when in KEYS]
        steps = html.bullets(f"{points} points: {says}" for points, says in enumerate(guide))
        shown = html.join(
            html.tag("h4", row["question"]),
            html.tag("table", html.tag("tr", *heads), html.tag("tr", *cells), class_="parley-table"),
            html.fold("Scoring guide", steps),
        )
        return ipywidgets.VBox([ipywidgets.HTML(shown), ipywidgets.HBox([self._scored(row, when) for when in KEYS])])

    def _scored(self, row: dict[Any, Any], when: str) -> ipywidgets.Dropdown:
        # Not None: ipywidgets shows an option of that value as an empty field.
        options = [("– points –", -1), *((str(points), points) for points in range(MOST + 1))]
        value = read_points(self.store.read(POINTS))[row["id"]][list(KEYS).index(when)]
        made = dropdown(when.capitalize(), options, -1 if value is None else value)

        def keep(change: dict[str, Any]) -> None:
            points = {key: list(pair) for key, pair in read_points(self.store.read(POINTS)).items()}
            points[row["id"]][list(KEYS).index(when)] = None if change["new"] < 0 else change["new"]
            self.store.save(POINTS, points)
            self._add_up()

        made.observe(keep, "value")
        return made

    def _add_up(self) -> None:
        table, most = self.table, MOST * len(list_questions())
        sums = {when: int(table[f"points_{when}"].sum()) for when in KEYS}
        said = f"Your points: before {sums['before']} of {most}, after {sums['after']} of {most}."
        self.total.value = html.tag("p", html.tag("strong", said))

    def __repr__(self) -> str:
        return self.what_it_is
