"""What is done and what is next, worked out from the portfolio each time and stored nowhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import ipywidgets
import pandas as pd

from kit.case import Case
from kit.learning.check_answers import key_of, tasks_of
from kit.learning.portfolio import portfolio
from kit.learning.quiz import quiz_table
from kit.learning.show_feedback import RIGHT
from kit.reading.data_files import read_yaml
from kit.screen import html, runtime
from kit.screen.controls import note
from kit.screen.still_text import Still
from kit.screen.stylesheet import stylesheet


class Step(NamedTuple):
    """A part's step: how it is called, and how much of it is done of how much."""

    label: str
    done: int
    of: int


@cache
def course() -> dict[str, dict[str, Any]]:
    """Return the units of the course by their number, in order: ``title, minutes, notebook, keeps``."""
    return dict(read_yaml(Path(__file__).with_name("course.yaml")).data)


def steps(case: Case, unit: str, entries: Mapping[str, Any]) -> list[Step]:
    """Return the steps of a part, in the order in which its notebook takes them."""
    return [step for step in _steps(case, unit, entries) if step.of]


def _steps(case: Case, unit: str, entries: Mapping[str, Any]) -> Iterator[Step]:
    for kept in course()[unit]["keeps"]:
        count = kept.get("count", 1)
        yield Step(kept["label"], min(sum(_is_under(key, kept["key"]) for key in entries), count), count)
    quiz = case.quiz(unit)
    answered = int((quiz_table(quiz, dict(entries), unit)["tries"] > 0).sum())
    yield Step("Check yourself", answered, len(quiz))
    yield Step("Write", int(bool(entries.get(f"{unit}/write"))), 1)
    tasks = tasks_of(case, unit)
    states = [entries.get(key_of(task, spec)) for task, spec in tasks.items()]
    solved = sum(isinstance(state, dict) and state.get("state") == RIGHT for state in states)
    yield Step("Exercise", solved, len(tasks))


def _is_under(key: str, wanted: str) -> bool:
    # With the slash, or what is kept under "05/forecasts" would count for "05/forecast".
    return key == wanted or key.startswith(wanted if wanted.endswith("/") else f"{wanted}/")


def progress_table(case: Case, entries: Mapping[str, Any]) -> pd.DataFrame:
    """Return ``unit, title, minutes, done, of, next, notebook``, a row a part; ``next`` is its first step not done."""
    rows = []
    for unit, part in course().items():
        found = steps(case, unit, entries)
        done = [step for step in found if step.done >= step.of]
        coming = next((step.label for step in found if step.done < step.of), "")
        rows.append((unit, part["title"], part["minutes"], len(done), len(found), coming, f"{part['notebook']}.ipynb"))
    return pd.DataFrame(rows, columns=["unit", "title", "minutes", "done", "of", "next", "notebook"])


def next_line(table: pd.DataFrame) -> str:
    """Return in a sentence what a learner may do next."""
    # A part that was begun goes before one that comes earlier in the course: people leave parts out on purpose.
    begun = table[(table["done"] > 0) & (table["done"] < table["of"])]
    open_parts = table[table["done"] < table["of"]]
    if open_parts.empty:
        return "All seven parts are done."
    row = (begun if len(begun) else open_parts).iloc[0]
    return f"Next: part {row['unit']}, {row['title']} – {row['next'].lower()}."


class CourseMap(Still, ipywidgets.VBox):
    """The seven parts with what is done in each, what comes next, and the way there.

    Parameters
    ----------
    folder : str
        Where the notebooks lie, seen from the one that shows the map.
    """

    aim = "see how far you are"
    what_it_is = "The units of the course, each with its time, and how far you are."

    def __init__(self, case: Case, folder: str = "") -> None:
        self.case, self.folder, self.store = case, folder, portfolio(case)
        self.map = ipywidgets.HTML()
        super().__init__([self.map, stylesheet()])
        self.store.on_change(lambda _key: self._draw())
        self._draw()

    @property
    def table(self) -> pd.DataFrame:
        """The parts and how far each is."""
        return progress_table(self.case, self.store.entries())

    def _draw(self) -> None:
        entries = self.store.entries()
        table = progress_table(self.case, entries)
        cards = [self._card(row, steps(self.case, row["unit"], entries)) for row in table.to_dict("records")]
        self.map.value = html.tag(
            "div",
            html.tag("p", html.tag("strong", next_line(table))),
            html.tag("ol", *cards, class_="parley-course", aria_label="The course, and how far you are"),
            class_="parley-paper",
        )

    def _card(self, row: Mapping[Any, Any], found: list[Step]) -> html.Html:
        """Return a part as a card: its picture, the way there, how long it takes, what is done and what is left."""
        done, of, drawn = row["done"], row["of"], course()[row["unit"]]["picture"]
        undone = (step for step in found if step.done < step.of)
        left = ", ".join(f"{each.label} ({each.done} of {each.of})" if each.of > 1 else each.label for each in undone)
        return html.tag(
            "li",
            # Hidden from screen readers: the drawing only repeats what the title says.
            html.tag("svg", html.tag("path", d=drawn), viewBox="0 0 64 40", aria_hidden="true"),
            html.tag("a", f"{row['unit']} {row['title']}", href=runtime.link_to(self.folder + row["notebook"])),
            html.tag("p", f"{row['minutes']} minutes"),
            # Filled and empty squares; the figures beside them say the same.
            html.tag(
                "p", html.tag("span", "■" * done + "□" * (of - done), aria_hidden="true"), f" {done} of {of} steps done"
            ),
            note(f"Still to do: {left}" if left else "✓ Nothing is left to do"),
        )
