"""A class on one page of HTML: nothing is fetched, charts stand in it as pictures, and it prints well."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from kit.classroom import pieces
from kit.classroom.gather import Classroom
from kit.classroom.units import Part, choose_first, list_units, make_part
from kit.learning.class_pieces import LEARNER, Picture, Prompt, Sheet, Topic, rows_of
from kit.screen import html
from kit.screen.stylesheet import css

if TYPE_CHECKING:
    import pandas as pd

    from kit.case import Case

MOST_EVIDENCE = 3
_PAGE = """
body { margin: 0; background: #fff; } main { max-width: 860px; margin: 0 auto; padding: 24px 20px 60px; }
main.parley-paper { border: 0; } main h1 { font-size: 28px; line-height: 1.2; margin: 0 0 6px; }
main h2 { font-size: 21px; line-height: 1.3; margin: 44px 0 8px; padding-top: 10px; border-top: 2px solid #57606a; }
main h3 { font-size: 17px; margin: 26px 0 6px; } figure { margin: 10px 0 14px; } figure img { max-width: 100%; height: auto; }
nav ul { columns: 2; } main details { margin: 8px 0; }
main blockquote { margin: 6px 0 6px 2px; padding: 0 0 0 10px; border-left: 3px solid #0b62c4; font-size: 14px; max-width: 76ch; }
main cite { font-style: normal; }
@page { margin: 16mm 14mm; }
@media print {
  main { max-width: none; padding: 0; } nav { display: none; } main.parley-paper { font-size: 11pt; }
  #first { border-top: 0; } h2:not(#first) { break-before: page; } h2, h3, caption { break-after: avoid; }
  figure, tr, .parley-prompts > li, .parley-sentences > li { break-inside: avoid; } thead { display: table-header-group; }
  .parley-sheet { overflow: visible; } details:not([open]) { display: none; } .parley-say { font-size: 12pt !important; }
}
"""


def class_report(
    case: Case, classroom: Classroom, *, names: bool = False, outcomes: Mapping[str, bool] | None = None
) -> html.Html:
    """Return a class as one whole HTML page: what divides it first, then unit by unit, then what was read.

    Parameters
    ----------
    case : Case
    classroom : Classroom
    names : bool
        Whether learners, and the files left out, are called by their names.
    outcomes : dict, optional
        How open forecast questions came out, by their ids.
    """
    people = classroom.answers(case.name)
    parts = [make_part(case, people, unit, outcomes) for unit in list_units()]
    told = _Told(choose_first(parts), dict(zip(people, classroom.labels(names=names), strict=True)), _figures(parts))
    title = f"What this class thinks: {case.title}"
    body = html.tag(
        "main",
        html.tag("h1", title),
        html.tag("p", _about(case, classroom, names=names), class_="parley-quiet"),
        _contents(parts),
        html.tag("h2", "First: what divides this class", id="first"),
        _prompts(case, told.first),
        *(_part(case, part, told) for part in parts),
        html.tag("h2", "What was read, and what was left out", id="read"),
        html.tag("p", pieces.counted(classroom)),
        *_sources(case, classroom, names=names),
        class_="parley-paper",
    )
    return _page(title, body)


def _page(title: str, body: html.Html) -> html.Html:
    head = html.join(
        html.tag("title", title), html.style(css(night=False)), html.style(pieces.STYLE), html.style(_PAGE)
    )
    # The page's own declarations: nothing of a portfolio or case stands in them. The policy holds off whatever would run.
    opening = html.Html('<!DOCTYPE html>\n<html lang="en-GB"><head><meta charset="utf-8">')
    policy = html.Html(
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; img-src data:; '
        "style-src 'unsafe-inline'\">"
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
    )
    return html.join(opening, policy, head, html.Html("</head><body>"), body, html.Html("</body></html>\n"))


def _about(case: Case, classroom: Classroom, *, names: bool) -> str:
    day = _day(datetime.now(UTC).date())
    hidden = "" if names else " Learners have numbers in place of names."
    facts = f"; the facts of the case run to {_day(case.as_of)}" if case.as_of else ""
    return f"{pieces.counted(classroom)}{hidden} Made on {day}{facts}."


def _day(value: date) -> str:
    """Return a date as it is read."""
    return f"{value.day} {value:%B %Y}"


def _contents(parts: list[Part]) -> html.Html:
    links = [
        ("first", "First: what divides this class"),
        *((f"unit-{part.unit}", f"{part.unit} {part.title}") for part in parts),
        ("read", "What was read, and what was left out"),
    ]
    items = (html.tag("li", html.tag("a", words, href=f"#{place}")) for place, words in links)
    return html.tag("nav", html.tag("ul", *items), aria_label="Contents")


class _Told(NamedTuple):
    """What all parts of the page share: the first prompts, what learners are called, and the pictures as drawn."""

    first: list[Prompt]
    called: dict[str, str]
    figures: dict[int, html.Html]


def _part(case: Case, part: Part, told: _Told) -> html.Html:
    heading = html.tag("h2", f"{part.unit} {part.title}", id=f"unit-{part.unit}")
    return html.join(heading, *(_topic(case, part.unit, topic, told) for topic in part.topics))


def _topic(case: Case, unit: str, topic: Topic, told: _Told) -> html.Html:
    return html.join(
        html.tag("h3", topic.title),
        *(html.tag("p", words) for words in topic.said),
        _prompts(case, topic.prompts, told.first) if topic.prompts else None,
        told.figures.get(id(topic.picture)),
        *(_sheet(sheet, told.called, unit) for sheet in topic.sheets),
    )


def _sheet(sheet: Sheet, called: Mapping[str, str], place: str) -> html.Html:
    """Return a table, folded away if it has a row for each learner: a class is what the page is about."""
    shown = pieces.sheet_html(sheet, called, place)
    if LEARNER not in sheet.frame:
        return shown
    return html.tag("details", html.tag("summary", f"Learner by learner: {sheet.caption}"), shown)


def _prompts(case: Case, prompts: Sequence[Prompt], told: Sequence[Prompt] = ()) -> html.Html:
    """Return prompts with the sentences behind them, save for those that stand on the page already."""
    titles = {article.id: article.title or article.id for article in case.articles}
    above = html.tag(
        "p", html.tag("a", "Its sentences stand with the first prompts.", href="#first"), class_="parley-quiet"
    )

    def behind(prompt: Prompt) -> html.Html | None:
        found = _behind(prompt.evidence(), titles)
        return above if found and prompt.say in {each.say for each in told} else found

    return pieces.prompts_html(prompts, behind)


def _behind(found: pd.DataFrame, titles: Mapping[str, str]) -> html.Html | None:
    """Return the first sentences of an evidence table with their places, and how many more there are."""
    if found.empty:
        return None
    few = found.drop_duplicates(["article", "sentence"]).head(MOST_EVIDENCE)
    quotes = [
        html.tag("blockquote", row.text, " ", html.tag("cite", _place(row, titles), class_="parley-quiet"), dir="auto")
        for row in rows_of(few)
    ]
    more = len(found) - len(few)
    return html.tag("div", *quotes, html.tag("p", f"And {more} more.", class_="parley-quiet") if more > 0 else None)


def _place(row: Any, titles: Mapping[str, str]) -> html.Html:
    return html.join(titles.get(row.article, row.article), row.section or None, sep=" › ")


def _figures(parts: Sequence[Part]) -> dict[int, html.Html]:
    """Return each picture as a figure, by its identity; they are drawn at once, since drawing waits for another thread."""
    import vl_convert

    from kit.screen.chart import VEGA_LITE

    pictures = [topic.picture for part in parts for topic in part.topics if topic.picture]
    specs = [_specification(picture) for picture in pictures]
    with ThreadPoolExecutor(4) as threads:
        drawn = threads.map(lambda spec: vl_convert.vegalite_to_svg(spec, vl_version=VEGA_LITE), specs)
        return {id(picture): _figure(picture, svg) for picture, svg in zip(pictures, drawn, strict=True)}


def _specification(picture: Picture) -> dict[str, Any]:
    """Return a picture with its rows as one specification; it is the view's, so Altair need not check it once more."""
    import altair as alt

    from kit.screen.chart import Chart

    with alt.theme.enable("none"):
        spec = picture.make().to_dict(validate=False)
    return Chart(spec, picture.rows, alt=picture.alt).standalone(width=760)


def _figure(picture: Picture, svg: str) -> html.Html:
    # As an image, not as elements of the page: what is drawn of a case or a name can then run nothing.
    drawn = f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"
    words = html.tag("figcaption", f"In words: {picture.alt}", class_="parley-quiet")
    return html.tag("figure", html.tag("img", src=drawn, alt=picture.alt), words)


def _sources(case: Case, classroom: Classroom, *, names: bool) -> list[html.Html]:
    sheets = [pieces.read_sheet(case, classroom, names=names)] if classroom.learners else []
    sheets += [pieces.left_out_sheet(classroom, names=names)] if classroom.left_out else []
    return [_sheet(sheet, {}, "all") for sheet in sheets]
