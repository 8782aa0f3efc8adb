"""A class on a page of HTML: two sheets, or all of it. Nothing is fetched, charts stand in it as pictures, it prints well."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from textwrap import shorten
from typing import Any

import pandas as pd

from kit.case import Case
from kit.classroom.gather import Classroom
from kit.classroom.prompts_and_sheets import left_out_sheet, prompts_html, read_sheet, sheet_html, tell_counts
from kit.classroom.units import Part, list_units, make_part
from kit.grammar import say_day
from kit.learning.class_topics import LEARNER, Picture, Prompt, Sheet
from kit.rows import rows_of
from kit.screen import html, runtime
from kit.screen.chart import VEGA_LITE, Chart
from kit.screen.controls import note
from kit.screen.drawing import alt
from kit.screen.still_pictures import as_figure
from kit.screen.stylesheet import css
from kit.screen.templating import read_style, render

FIRST = 8  # prompts that stand above all units, in the report and in the class view
MOST_EVIDENCE = 3  # sentences behind a prompt; in the short report there is room for one
_TEMPLATES = Path(__file__).parent / "templates"
_LINE = 110  # characters of a question in the table of units


def class_report(
    case: Case,
    classroom: Classroom,
    *,
    names: bool = False,
    outcomes: Mapping[str, bool] | None = None,
    long: bool = False,
) -> html.Html:
    """Return a class as one whole HTML page: what divides it first, then a line a unit; all else only if asked for.

    Parameters
    ----------
    names : bool
        Whether learners, and the files left out, are called by their names.
    outcomes : dict, optional
        How open forecast questions came out, by their ids.
    long : bool
        Whether pictures, tables and what was read follow, unit by unit.
    """
    people = classroom.answers(case.name)
    parts = [make_part(case, people, unit, outcomes) for unit in list_units()]
    called = dict(zip(people, classroom.labels(names=names), strict=True))
    first = choose_first(parts)
    figures = _figures(parts) if long else {}  # two sheets have no room for pictures
    return render(
        _TEMPLATES / "report.html",
        title=f"What this class thinks: {case.title}",
        styles=[html.style(css(night=False)), read_style(_TEMPLATES / "report.css")],
        script=False,
        made_up=classroom.made_up,
        long=long,
        about=_about(case, classroom, names=names),
        first=_prompts(case, first, MOST_EVIDENCE if long else 1),
        summary=sheet_html(_summary(parts), {}, "all"),
        parts=parts if long else [],
        prompts_of=lambda topic: _prompts(case, topic.prompts, told=first) if topic.prompts else "",
        figure_of=lambda topic: figures.get(id(topic.picture), ""),
        show_sheet=lambda sheet, unit: _sheet(sheet, called, unit),
        counted=tell_counts(classroom),
        sources=_sources(case, classroom, names=names) if long else [],
    )


def choose_first(parts: Iterable[Part]) -> list[Prompt]:
    """Return what divides a class most, over all units: of each topic its best prompt, then the second best ones."""
    ranked = [
        (place, -prompt.split, prompt)
        for each in parts
        for topic in each.topics
        for place, prompt in enumerate(sorted(topic.prompts, key=lambda prompt: -prompt.split))
    ]
    # By these two alone: prompts have no order of their own, and equal ones stay in that of the course.
    return [prompt for _, _, prompt in sorted(ranked, key=lambda each: each[:2])[:FIRST]]


def _summary(parts: Sequence[Part]) -> Sheet:
    """Return a line a unit: what was handed in, and what divides the class most."""
    rows = []
    for part in parts:
        done = next(words for topic in part.topics for words in topic.said[:1]).partition(". ")[0]
        best = max(part.prompts, key=lambda prompt: prompt.split, default=None)
        asked = shorten(best.lead, _LINE, placeholder=" …") if best else "Nothing yet."
        rows.append((f"{part.unit} {part.title}", f"{done.rstrip('.')}.", asked))
    return Sheet(pd.DataFrame(rows, columns=["unit", "what was done", "what divides it most"]), "The units")


def _about(case: Case, classroom: Classroom, *, names: bool) -> str:
    day = say_day(datetime.now(UTC).date())
    hidden = "" if names else " Learners have numbers in place of names."
    facts = f"; the facts of the case run to {say_day(case.as_of)}" if case.as_of else ""
    return f"{tell_counts(classroom)}{hidden} Made on {day}{facts}."


def _sheet(sheet: Sheet, called: Mapping[str, str], place: str) -> html.Html:
    """Return a table, folded away if it has a row for each learner: a class is what the page is about."""
    shown = sheet_html(sheet, called, place)
    if LEARNER not in sheet.frame:
        return shown
    return html.fold(f"Learner by learner: {sheet.caption}", shown)


def _prompts(
    case: Case, prompts: Sequence[Prompt], most: int = MOST_EVIDENCE, told: Sequence[Prompt] = ()
) -> html.Html:
    """Return prompts with the sentences behind them, save for those that stand on the page already."""
    titles = case.article_names
    above = note(html.tag("a", "Its sentences stand with the first prompts.", href="#first"))

    def behind(prompt: Prompt) -> html.Html | None:
        found = _behind(prompt.evidence(), titles, most)
        return above if found and prompt.say in {each.say for each in told} else found

    return prompts_html(prompts, behind)


def _behind(found: pd.DataFrame, titles: Mapping[str, str], most: int) -> html.Html | None:
    """Return the first sentences of an evidence table with their places, and how many more there are."""
    if found.empty:
        return None
    # A sentence that bears several quotes stands in the table once for each.
    few = found.drop_duplicates(["article", "sentence"]).head(most)
    quotes = [
        html.tag("blockquote", row.text, " ", html.tag("cite", _place(row, titles), class_="parley-quiet"), dir="auto")
        for row in rows_of(few)
    ]
    more = len(found) - len(few)
    return html.tag("div", *quotes, note(f"And {more} more.") if more > 0 else None)


def _place(row: Any, titles: Mapping[str, str]) -> html.Html:
    return html.join(titles.get(row.article, row.article), row.section or None, sep=" › ")


def _figures(parts: Sequence[Part]) -> dict[int, html.Html]:
    """Return each picture as a figure, by its identity; they are drawn at once, since drawing waits for another thread."""
    pictures = [topic.picture for part in parts for topic in part.topics if topic.picture]
    if runtime.IN_PAGE:
        return {id(picture): _in_words(picture.alt) for picture in pictures}
    vl_convert = runtime.drawing_library()
    specs = [_specification(picture) for picture in pictures]
    with ThreadPoolExecutor(4) as threads:
        drawn = threads.map(lambda spec: vl_convert.vegalite_to_svg(spec, vl_version=VEGA_LITE), specs)
        return {id(picture): as_figure(svg, picture.alt) for picture, svg in zip(pictures, drawn, strict=True)}


def _in_words(alt: str) -> html.Html:
    """Return what stands for a picture where none can be drawn: in a browser page, which also has one thread only."""
    told = "A browser page cannot draw this picture into a file; the class view shows it. In words: "
    return note(told, alt)


def _specification(picture: Picture) -> dict[str, Any]:
    """Return a picture with its rows as one specification; it is the view's, so Altair need not check it once more."""
    # Without Altair's theme, as on screen: the kit's own look is put in by Chart.
    with alt.theme.enable("none"):
        spec = picture.make().to_dict(validate=False)
    return Chart(spec, picture.rows, alt=picture.alt).standalone(width=760)


def _sources(case: Case, classroom: Classroom, *, names: bool) -> list[html.Html]:
    sheets = [read_sheet(case, classroom, names=names)] if classroom.learners else []
    sheets += [left_out_sheet(classroom, names=names)] if classroom.left_out else []
    return [_sheet(sheet, {}, "all") for sheet in sheets]
