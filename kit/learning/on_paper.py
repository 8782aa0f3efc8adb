"""A learner's answers on paper, as one page that needs no kit: own words, names for ids, own boards and plans as pictures.

What an explorer kept is shown by the explorer itself, which knows best: `course.yaml` names, under ``shows``, the
explorer, its picture and the columns of its table. So nothing here knows a unit.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

from ipywidgets import HTML

from kit.case import Case
from kit.learning.before_after import KEYS, list_questions
from kit.learning.check_answers import tasks_of
from kit.learning.coding import PREFIX, texts_of_kept
from kit.learning.progress import course
from kit.screen import html
from kit.screen.chart import Chart
from kit.screen.picker import GONE, resolve_reference
from kit.screen.still_pictures import draw_chart
from kit.screen.stylesheet import css
from kit.screen.templating import read_style, render

TEMPLATES = Path(__file__).with_name("templates")
MOST_ROWS, MOST_IN_SHORT = 14, 6  # rows of a table on paper


def printable_page(case: Case, entries: Mapping[str, Any], pseudonym: str = "", day: str = "") -> html.Html:
    """Return a whole HTML page of a portfolio's answers, part by part, with what was asked where the case knows it.

    Parameters
    ----------
    pseudonym, day : str
        Whose answers they are, and of when.
    """
    asked = _asked(case, entries)
    units = sorted({key.partition("/")[0] for key in entries})
    return render(
        TEMPLATES / "answers.html",
        title=f"Answers of {pseudonym}" if pseudonym else "My answers",
        styles=[html.style(css(night=False)), read_style(TEMPLATES / "answers.css")],
        script=False,
        case_title=case.title,
        day=day,
        parts=[_part(case, unit, entries, asked) for unit in units],
    )


def title_of(unit: str) -> str:
    """Return a part's number and title: "Part 03 Obstacles"."""
    return f"Part {unit} {course()[unit]['title'] if unit in course() else ''}".rstrip()


def _part(case: Case, unit: str, entries: Mapping[str, Any], asked: Mapping[str, str]) -> dict[str, Any]:
    mine = {key: value for key, value in entries.items() if key.partition("/")[0] == unit}
    answers = [
        {"asked": asked.get(key) or heading_of(key), "shown": show_work(case, key, value)}
        for key, value in mine.items()
    ]
    return {"title": title_of(unit), "answers": answers}


def _asked(case: Case, entries: Mapping[str, Any]) -> dict[str, str]:
    """Return by its key what was asked: in quizzes, tasks and texts, before and after the course, the sentences to code."""
    found = {f"{start}/{each['id']}": each["question"] for start in KEYS.values() for each in list_questions()}
    if any(key.startswith(PREFIX) for key in entries):
        found |= texts_of_kept(entries, case)
    found |= {f"{spec.get('unit')}/check/{task}": str(spec.get("task", "")) for task, spec in tasks_of(case).items()}
    for unit, told in course().items():
        found[f"{unit}/write"] = told["write"]
        for question in case.quiz(unit):
            if isinstance(question, dict):  # also one that is no longer sound: what was asked, was asked
                found[f"{unit}/quiz/{question.get('id')}"] = str(question.get("question", ""))
    return found


def shown_keys(unit: str) -> dict[str, dict[str, Any]]:
    """Return by its key what a unit's explorers keep and how it is shown: ``title, explorer, picture, columns``."""
    return {each["key"]: each for each in course()[unit].get("shows", ())} if unit in course() else {}


def heading_of(key: str) -> str:
    """Return a heading for a key whose question the case does not know: ``"Stakeholder grid"``."""
    known = shown_keys(key.partition("/")[0]).get(key)
    words = known["title"] if known else " – ".join(key.split("/")[1:]).replace("-", " ") or key
    return words[:1].upper() + words[1:]


def names_in(case: Case) -> dict[str, str]:
    """Return what the ids in answers stand for: articles, actors and codes."""
    codes = {code: case.codebook.label(code) for code in case.codebook.codes} if case.codebook else {}
    # Explorers of one kind of code keep it without its kind; what bears a whole code's name goes before.
    bare = {code.partition(":")[2]: label for code, label in codes.items()}
    return {**bare, **codes, **case.actor_names, **case.article_names}


def show_work(case: Case, key: str, value: Any, *, short: bool = False) -> html.Html:
    """Return one answer as a page shows it; what an explorer kept as its picture and table, in short as one of them."""
    known = shown_keys(key.partition("/")[0]).get(key)
    if known:
        try:
            return _show_by_explorer(case, known, value, short=short)
        except Exception:  # what an older kit or a text editor wrote must not keep the rest from being printed
            pass
    return show_answer(value, case)


def _show_by_explorer(case: Case, known: Mapping[str, Any], value: Any, *, short: bool) -> html.Html:
    room = course()[known["key"].partition("/")[0]]["room"]
    # By name, as course.yaml has it: this room stands below the units and may not import them.
    explorer = getattr(import_module(f"kit.{room}"), known["explorer"])(case)
    drawn = getattr(explorer, known["picture"]) if "picture" in known else None
    if short and isinstance(drawn, Chart):
        return draw_chart(drawn)
    # A chart becomes a drawing; what is made of words stays as it is.
    picture = (
        None if drawn is None or short else html.Html(drawn.value) if isinstance(drawn, HTML) else draw_chart(drawn)
    )
    columns = known.get("columns", {})
    frame = getattr(explorer, known.get("table", "table"))[list(columns)]
    frame = frame.dropna(subset=[known.get("only", next(iter(columns)))] if columns else [])
    if frame.empty:  # what was kept is not what the explorer takes: the answer itself says more than an empty table
        return html.join(picture, show_answer(value, case))
    most = MOST_IN_SHORT if short else MOST_ROWS
    rest = len(frame) - most
    more = html.tag("p", f"And {rest} more.", class_="when") if rest > 0 else None
    return html.join(picture, html.table(frame.head(most), labels=dict(columns)), more)


def show_answer(value: Any, case: Case) -> html.Html:
    """Return an answer as the page shows it, the bookkeeping of quizzes and checks in words."""
    names = names_in(case)
    if isinstance(value, dict) and isinstance(value.get("tries"), list):
        right = value.get("right_at")
        state = f"Right at try {right}." if isinstance(right, int) else "Not right yet."
        tries = html.bullets((_show(each, names, case) for each in value["tries"]), "ol")
        return html.join(tries, html.tag("p", state, class_="when"))
    if isinstance(value, dict) and set(value) == {"choice", "reason", "shown"}:
        return html.join(_show(value["choice"], names, case), _show(value["reason"], names, case))
    if isinstance(value, dict) and "failures" in value and "state" in value:
        checked = html.tag("p", f"Checked: {value['state']}.", class_="when")
        return html.join(_show(value.get("answer"), names, case), checked)
    return _show(value, names, case)


def _show(value: Any, names: Mapping[str, str], case: Case) -> html.Html:
    if isinstance(value, dict) and isinstance(value.get("quote") or value.get("text"), str) and "article" in value:
        place = names.get(str(value["article"]), str(value["article"]))
        gone = any(found["sentence"] < 0 for found in resolve_reference([value], case))
        cited = html.tag("cite", f"{place} ({GONE})" if gone else place)
        return html.tag("blockquote", value.get("quote") or value["text"], " ", cited, dir="auto")
    if isinstance(value, dict):
        pairs = [
            html.join(html.tag("dt", _word(str(name), names)), html.tag("dd", _show(each, names, case)))
            for name, each in value.items()
        ]
        return html.tag("dl", *pairs)
    if isinstance(value, list):
        return html.bullets(_show(each, names, case) for each in value) if value else html.tag("p", "(none)")
    if value is None or value == "":
        return html.tag("p", "(blank)")
    # An id within a learner's own text stays: only a value that is an id and nothing more has its name here.
    said = {True: "yes", False: "no"}[value] if isinstance(value, bool) else names.get(str(value), value)
    return html.tag("div", said, class_="text", dir="auto")


def _word(name: str, names: Mapping[str, str]) -> str:
    """Return the name of an id, or a program's word for a field as people write it."""
    plain = name.replace("-", " ").replace("_", " ")
    return names.get(name) or plain[:1].upper() + plain[1:]
