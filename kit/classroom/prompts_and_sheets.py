"""The pieces of HTML that the view and the page to print share: prompts, sheets, what was read and what was left out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import pandas as pd

from kit.case import Case
from kit.classroom.gather import Classroom
from kit.classroom.sources import name_to_show
from kit.classroom.units import count_answers, with_names
from kit.grammar import count_of
from kit.learning.class_topics import Prompt, Sheet
from kit.screen import html

NOTHING_DIVIDES = "Nothing divides this class yet: it takes two learners who differ, or a question that many miss."


def prompts_html(prompts: Sequence[Prompt], behind: Callable[[Prompt], html.Html | None] | None = None) -> html.Html:
    """Return prompts as a numbered list, each with where it comes from, an answer folded away where there is one.

    Parameters
    ----------
    behind : callable, optional
        Gives what stands under a prompt: the sentences behind it, where there is no panel to read them in.
    """
    if not prompts:
        return html.tag("p", NOTHING_DIVIDES)
    items = (html.tag("li", *_prompt(prompt), behind(prompt) if behind else None) for prompt in prompts)
    return html.tag("ol", *items, class_="parley-prompts")


def _prompt(prompt: Prompt) -> list[html.Html | None]:
    answer = html.fold("The answer", html.tag("p", prompt.answer)) if prompt.answer else None
    said = html.tag("div", html.tag("strong", prompt.lead), " ", prompt.rest, class_="parley-say", dir="auto")
    return [said, html.tag("div", f"Unit {prompt.unit} · {prompt.topic}", class_="parley-quiet"), answer]


def sheet_html(sheet: Sheet, names: Mapping[str, str], place: str = "") -> html.Html:
    """Return a table to be read; one that is wider than the page can be moved by keyboard, too.

    Parameters
    ----------
    names : dict
        What learners are called, by their hidden labels.
    place : str
        What tells this table from one of the same caption elsewhere on the page.
    """
    table = html.table(with_names(sheet.frame, names), sheet.caption, labels=dict(sheet.labels))
    label = f"{place} {sheet.caption}".strip()
    return html.tag("div", table, class_="parley-class-sheet", role="region", aria_label=label, tabindex=0)


def tell_counts(classroom: Classroom) -> str:
    """Return in a sentence what was read and what was left out."""
    people, left = len(classroom.learners), len(classroom.left_out)
    what = count_of(classroom.hand_ins, "portfolio or slip", "portfolios and slips")
    if not people and not left:
        return "Nothing has been read yet."
    return f"Read: {count_of(people, 'learner')}, from {what}. Left out: {left}."


def read_sheet(case: Case, classroom: Classroom, *, names: bool) -> Sheet:
    """Return who handed in what: the number of answers to each unit, and with names where they came from."""
    frame = count_answers(classroom.answers(case.name, names=names))
    if names:
        frame = frame.assign(read_from=["; ".join(learner.sources) for learner in classroom.learners])
    return Sheet(frame, "What was read: answers to each unit")


def left_out_sheet(classroom: Classroom, *, names: bool) -> Sheet:
    """Return what was left out and why; without names the files have none either, since they are named after people."""
    if names:
        rows = [(name_to_show(found.source), found.reason) for found in classroom.left_out]
    else:
        # By their reasons: in the order of the files the alphabet of their names would show.
        reasons = sorted(found.reason for found in classroom.left_out)
        rows = [(f"hand-in {number}", reason) for number, reason in enumerate(reasons, 1)]
    return Sheet(pd.DataFrame(rows, columns=["what", "reason"]), "What was left out, and why")
