"""The class view: portfolios in, and what the room thinks, what divides it first; a widget over `topics`."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import partial
from textwrap import shorten
from typing import Any

import ipywidgets
import pandas as pd

from kit.case import Case
from kit.classroom.gather import Classroom, read_class
from kit.classroom.make_report import choose_first, class_report
from kit.classroom.prompts_and_sheets import left_out_sheet, prompts_html, read_sheet, sheet_html, tell_counts
from kit.classroom.sample import read_sample
from kit.classroom.units import Part, class_view_of, list_units, make_part
from kit.learning.class_topics import Sheet, Topic
from kit.learning.document import MAX_BYTES
from kit.learning.sharing import share_folder
from kit.rows import rows_of
from kit.screen import html
from kit.screen.cards import Cards
from kit.screen.chart import Chart
from kit.screen.controls import NAMED, button, dropdown, note, paper, row, toggles
from kit.screen.download import Download
from kit.screen.explorer import Explorer
from kit.screen.live_region import Live
from kit.screen.upload import Uploads

FIRST = "first"
FEW, MANY = 5, 30
PATIENCE = 60.0  # seconds: a page of a large class has many pictures to draw
_WAYS = (
    "Collect the files that learners get from “Download my work”, or let them paste slips into the class chat. "
    "Names stay hidden until you ask for them. What learners wrote in their own words is not shown, except for the eight "
    "questions before and after the course: these stand in a folded table of unit 06, for you alone."
)
_NO_SENTENCE = "No sentence of the articles stands behind this one: it is about the question itself."


class ClassView(Explorer):
    """What a class has handed in, as prompts to discuss, pictures and tables.

    Parameters
    ----------
    source : Classroom, path, or anything else that `Classroom.read` takes, optional
        What to read at once.

    Attributes
    ----------
    classroom : Classroom
        Who handed in what, and what was left out.
    upload, chat, place : widgets
        Three ways to hand in: files, slips pasted, a folder on this machine or hub.
    page, long : Download, Checkbox
        The class as a page to print: two sheets, or with all pictures and tables.
    names : Checkbox
        Whether learners are called by the names that they chose.
    unit : ToggleButtons
        What is shown: "first" for what divides the class, or a unit.
    prompt : Cards
        The prompts on screen; choosing one opens the sentences behind it.
    outcomes : dict
        How open forecast questions came out, as told here; kept for the session only.
    selected : str or None
        The number of the prompt that was chosen, from 1.
    table : DataFrame
        The prompts on screen: ``unit, topic, say, split``.
    """

    invitation = "Choose a prompt to read the sentences behind it."

    def __init__(self, case: Case, source: Any = None) -> None:
        self.case, self.outcomes, self.made_up = case, dict[str, bool](), False
        self.classroom = source if isinstance(source, Classroom) else read_class(*([] if source is None else [source]))
        self._parts: dict[str, Part] = {}
        self._sheets: list[tuple[ipywidgets.HTML, tuple[Sheet, ...], str]] = []
        self.told, self.sources, self.body = Live(), ipywidgets.HTML(), ipywidgets.VBox()
        self.unit = toggles(
            "Show", [("What divides the class", FIRST), *((f"Unit {unit}", unit) for unit in list_units())], FIRST
        )
        self.names = ipywidgets.Checkbox(description="Show names", indent=False, layout={"width": "auto"})
        self.prompt = Cards("Read behind", rows=4)
        self.page = Download("Download as a page to print", "class-report.html", kind="text/html", make=self._printed)
        self.page.patience = PATIENCE
        self.long = ipywidgets.Checkbox(
            description="With all pictures and tables, not only two sheets", indent=False, layout={"width": "auto"}
        )
        shown = row(self.names, self.page, self.long)
        picture = [*self._ways_in(), self.told, self.sources, self.unit, shown, self.body]
        super().__init__(case, picture=picture, answer=[self.prompt])
        self.add_class("parley-long")
        self.link(self.prompt)
        self.add_class("parley-work")
        self.names.observe(lambda _: self._rename(), "value")
        self.unit.observe(lambda _: self._draw(), "value")
        self._changed("" if source is None else tell_counts(self.classroom))

    def _ways_in(self) -> list[ipywidgets.Widget]:
        self.upload = Uploads(
            "Portfolios, zips of them or saved chats (choose many, or drop them here):",
            self.read,
            MAX_BYTES,
        )
        look: Any = {"style": NAMED, "layout": {"width": "auto", "flex": "1 1 20em"}}
        self.chat = ipywidgets.Textarea(description="Slips", placeholder="paste the whole chat", rows=2, **look)
        shared = share_folder()
        # On a hub where learners can share their work, it lies there.
        place = str(shared) if shared and os.access(shared, os.R_OK) else ""
        self.place = ipywidgets.Text(place, description="Folder or file", placeholder="such as ../../hand-ins", **look)
        few, many = (button(f"Try it with {n} made-up learners", partial(self.try_it, n)) for n in (FEW, MANY))
        return [
            ipywidgets.HTML(paper(note(_WAYS))),
            self.upload,
            row(self.chat, button("Read the slips", self._pasted)),
            row(self.place, button("Read the folder", self._pointed)),
            row(few, many, button("Start afresh", self.clear)),
        ]

    # --- what comes in

    def read(self, *sources: Any) -> int:
        """Take in portfolios from anywhere; return how many learners are new. A made-up class gives way to a real one."""
        if self.made_up:
            self.classroom, self.made_up = Classroom(), False
        before = len(self.classroom.left_out)
        new = self.classroom.read(*sources)
        left = len(self.classroom.left_out) - before
        said = f"New: {new}. Left out just now: {left}. " if self.classroom.learners or left else ""
        self._changed(f"{said}{tell_counts(self.classroom)}")
        return new

    def try_it(self, n: int = MANY) -> None:
        """Show a class that nobody belongs to, in place of what was read."""
        self.classroom, self.made_up = read_sample(self.case, n), True
        self._changed(f"These {n} learners are made up; nobody has ever answered so. They go when you read real work.")

    def clear(self) -> None:
        """Forget all that was read; the files stay as they are."""
        self.classroom, self.made_up, self.outcomes = Classroom(), False, {}
        self._changed("Nothing is read now. The files are as they were.")

    def _pasted(self) -> None:
        if self.made_up:
            self.clear()
        if not self.chat.value.strip():
            self.told.say("Paste the chat into the field first.")
            return
        new = self.classroom.read_chat(self.chat.value)
        self.chat.value = ""
        self._changed(f"New: {new}. {tell_counts(self.classroom)}")

    def _pointed(self) -> None:
        if place := self.place.value.strip().strip("\"'").strip():  # Windows copies a path in quotation marks
            self.read(place)
        else:
            self.told.say("Name a folder or a file first.")

    # --- what is shown

    @property
    def table(self) -> pd.DataFrame:
        """The prompts on screen: ``unit, topic, say, split``."""
        rows = [(each.unit, each.topic, each.say, each.split) for each in self._prompts]
        return pd.DataFrame(rows, columns=["unit", "topic", "say", "split"])

    def part(self, unit: str) -> Part:
        """Return what there is to show of a unit; worked out once."""
        if unit not in self._parts:
            self._parts[unit] = make_part(self.case, self._people, unit, self.outcomes)
        return self._parts[unit]

    def _changed(self, said: str) -> None:
        self._parts, self._people = {}, self.classroom.answers(self.case.name)
        self.told.html = html.tag("p", said) if said else ""
        self._tell_sources()
        self._draw()

    def _tell_sources(self) -> None:
        names, sheets = self.names.value, []
        if self.classroom.learners:
            sheets.append(("What was read", read_sheet(self.case, self.classroom, names=names)))
        if left := len(self.classroom.left_out):
            sheets.append((f"What was left out, and why ({left})", left_out_sheet(self.classroom, names=names)))
        self.sources.value = paper(*(_folded(title, sheet, {}) for title, sheet in sheets)) if sheets else ""

    @property
    def _called(self) -> dict[str, str]:
        return dict(zip(self._people, self.classroom.labels(names=self.names.value), strict=True))

    def _rename(self) -> None:
        """Put names into the tables, or take them out; the pictures hold none."""
        self._tell_sources()
        for widget, sheets, place in self._sheets:
            widget.value = _sheets_html(sheets, self._called, place)

    def _draw(self) -> None:
        # A widget that is only taken out stays in the page's memory, its chart and rows with it.
        for old in self.body.children:
            old.close()
        self._sheets = []
        self.selected = None
        if not self.classroom.learners:
            self._prompts, self.body.children = [], ()
        elif self.unit.value == FIRST:
            self._prompts = choose_first(self.part(unit) for unit in list_units())
            heading = html.tag("h3", "What divides this class")
            self.body.children = (ipywidgets.HTML(paper(heading, prompts_html(self._prompts))),)
        else:
            self._show_part(self.part(self.unit.value))
        self._offer()

    def _show_part(self, part: Part) -> None:
        self._prompts = part.prompts
        shown: list[ipywidgets.Widget] = [ipywidgets.HTML(paper(html.tag("h3", f"{part.unit} {part.title}")))]
        for topic in part.topics:
            shown += self._topic(topic, part.unit)
        if part.unit == "05":
            shown.append(self._outcome_controls())
        self.body.children = tuple(shown)

    def _topic(self, topic: Topic, unit: str) -> list[ipywidgets.Widget]:
        said = [html.tag("p", words) for words in topic.said]
        listed = prompts_html(topic.prompts) if topic.prompts else None
        made: list[ipywidgets.Widget] = [ipywidgets.HTML(paper(html.tag("h4", topic.title), *said, listed))]
        if topic.picture:
            made.append(Chart(topic.picture.make(), topic.picture.rows, alt=topic.picture.alt))
        if topic.sheets:
            widget = ipywidgets.HTML(_sheets_html(topic.sheets, self._called, unit))
            self._sheets.append((widget, topic.sheets, unit))
            made.append(widget)
        return made

    def _offer(self) -> None:
        said = enumerate((shorten(each.say, 110, placeholder=" …") for each in self._prompts), 1)
        lines = [(f"{number}. {words}", str(number)) for number, words in said]
        with self.echoing():
            self.prompt.fill(lines)
        self.prompt.layout.display = "" if lines else "none"
        self.invite()

    def show(self, key: str) -> None:
        """Show the sentences behind a prompt, or that there are none."""
        prompt = self._prompts[int(key) - 1]
        found = prompt.evidence()
        if found.empty:
            answer = f" The answer: {prompt.answer}" if prompt.answer else ""
            self.invite(f"{_NO_SENTENCE}{answer}")
        else:
            self.tell(found, prompt.heading)

    def _outcome_controls(self) -> ipywidgets.Widget:
        """Return controls to say how a question came out, so that the class's forecasts can be scored."""
        # Through the unit's class view: this room imports no unit.
        questions = class_view_of("05").question_table(self.case)
        if questions.empty:
            return ipywidgets.HTML("")
        options = [(shorten(row.question, 90, placeholder=" …"), row.id) for row in rows_of(questions)]
        question = dropdown("Question whose day has come", options)
        came = toggles("It came out", [("not known", ""), ("yes", "yes"), ("no", "no")], "")

        def tell(_change: Any = None) -> None:
            known = self.outcomes.get(question.value)
            came.value = "" if known is None else "yes" if known else "no"

        question.observe(tell, "value")
        return row(question, came, button("Score with this outcome", lambda: self._settle(question.value, came.value)))

    def _settle(self, key: str, word: str) -> None:
        self.outcomes = {name: known for name, known in self.outcomes.items() if name != key}
        if word:
            self.outcomes[key] = word == "yes"
        self._parts.pop("05", None)  # worked out without this outcome
        self.told.say(f"Outcomes known here: {len(self.outcomes)}. The Brier scores stand under the forecasts.")
        self._draw()

    def _printed(self) -> bytes:
        return class_report(
            self.case, self.classroom, names=self.names.value, outcomes=self.outcomes, long=self.long.value
        ).encode()

    def preview(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """Return what a notebook that has not been run shows: the prompts, if a class was read (MIME data, metadata)."""
        if not self.classroom.learners:
            return super().preview()
        return {"text/html": str(paper(html.tag("h3", "What divides this class"), prompts_html(self._prompts)))}, {}


def _sheets_html(sheets: tuple[Sheet, ...], called: Mapping[str, str], place: str) -> html.Html:
    return paper(*(_folded(sheet.caption, sheet, called, place) for sheet in sheets))


def _folded(title: str, sheet: Sheet, called: Mapping[str, str], place: str = "") -> html.Html:
    return html.fold(title, sheet_html(sheet, called, place))
