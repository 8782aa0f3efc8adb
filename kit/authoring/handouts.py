"""Papers for a room: role sheets, an offer form, and the worksheets of a class that has no laptops.

``python -m kit handouts FOLDER`` writes each as a page of its own that prints on A4, with a list of how many to print.
All of them are made from a case, so that a case of one's own has them too.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from string import ascii_uppercase
from typing import TYPE_CHECKING, Any, NamedTuple

from kit.authoring.file_names import name_files
from kit.errors import KitError
from kit.screen import html
from kit.screen.templating import read_style, render

if TYPE_CHECKING:
    from kit.case import Case
    from kit.negotiation.tables import Lab

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
VERSIONS = ("real", "invented")
BOX = "☐"
_TEMPLATES = Path(__file__).parent / "templates"


class Handout(NamedTuple):
    """One paper: its file's name without an ending, what it is, how many a class needs, the page, and its unit."""

    name: str
    title: str
    copies: str
    page: html.Html
    unit: str = "06"


# --- the papers


def handouts(case: Case, versions: Iterable[str] = VERSIONS) -> list[Handout]:
    """Return all papers that a case has something for, in the order in which a course needs them."""
    makers = {
        "00": coding_sheet,
        "01": ripeness_sheet,
        "02": stakeholder_sheet,
        "03": obstacle_worksheet,
        "04": measure_worksheet,
        "05": forecast_slip,
    }
    found = [made._replace(unit=unit) for unit, make in makers.items() if (made := make(case))]
    from kit.negotiation.tables import lab

    games = {version: game for version in versions if (game := lab(case, version)) and game.version == version}
    for version, game in games.items():
        found += negotiation_papers(case, game, version)
    return [*found, *([observer_sheet(), press_card(), choice_slips()] if games else [])]


def coding_sheet(case: Case) -> Handout | None:
    """Return the sentences of "code it yourself", with the codebook on the second page."""
    from kit.learning.coding import coding_sentences

    sentences = coding_sentences(case)
    if sentences.empty:
        return None
    rows = [(n, row["text"], "") for n, row in enumerate(sentences.to_dict("records"), 1)]
    kinds = [
        html.tag(
            "section",
            html.tag("h2", kind.label),
            *(html.tag("p", html.tag("b", code.label), ": ", code.definition) for code in kind.codes),
        )
        for kind in case.codebook.kinds
    ]
    body = html.join(
        _about("Give each sentence every code that fits, or none. Code what the sentence says, not what you know. Work alone "
               "first; then compare with a neighbour and mark the sentences on which you differ."),
        _table(("", "Sentence", "Codes"), rows, "Ten sentences" if len(rows) == 10 else "Sentences", widths=(7, 55, 38)),
        html.tag("p", "We agree on ____ of ____ sentences. The one that divides us most: ____. Why?"),
        _lines(2),
        html.tag("h1", "The codebook", class_="next"),
        html.tag("div", *kinds, class_="two tiny"),
    )  # fmt: skip
    return Handout(
        "coding-sheet", "Code it yourself", "one each, on both sides of a sheet", page("Code it yourself", body, case)
    )


def ripeness_sheet(case: Case) -> Handout:
    """Return the ripeness board on paper: a rating and sentences for each of Zartman's elements."""
    from kit.background.tables import RATINGS, elements

    scale = html.join(*(html.tag("div", f"{BOX} {word}") for word in RATINGS))
    rows = [(html.join(html.tag("b", each.name), html.tag("p", each.question)), scale, "") for each in elements(case)]
    body = html.join(
        _about("Rate what leaders believe, not what is the case, and attach the sentences that show it "
               "(article and first words). If no sentence shows it, write so: that is a finding."),
        _table(("Element (Zartman)", "It holds", "Sentences that show it"), rows, "", widths=(36, 18, 46), kind="deep"),
        html.tag("p", "One sentence that we would need and do not have:"),
        _lines(2),
    )  # fmt: skip
    return Handout("ripeness-sheet", "Ripeness board", "one for two", page("Was the moment ripe?", body, case))


def stakeholder_sheet(case: Case) -> Handout | None:
    """Return an empty grid of power against interest, with the actors to place."""
    names = list(case.actor_names.values())
    if not names:
        return None
    listed = html.tag("ol", *(html.tag("li", name) for name in names), class_="two")
    body = html.join(
        _about("Write each actor's number where it belongs. Power: to make a deal, to break it, or to pay for it. Interest: how "
               "much it cares how this ends. Place at least eight."),
        listed,
        _grid(across="interest in how it ends →", up="power over it →"),
        html.tag("p", "The actor that we argued over most, and what we disagreed about:"),
        _lines(2),
    )  # fmt: skip
    return Handout("stakeholder-grid", "Stakeholder grid", "one for two", page("Power and interest", body, case))


def obstacle_worksheet(case: Case) -> Handout | None:
    """Return unit 03 on paper: the obstacles in a sentence each, a tree, the commitment problem, and a ranking."""
    from kit.obstacles.tables import CRITERIA, MECHANISMS, card_of, first_order, obstacles_of

    names = obstacles_of(case)
    if not names:
        return None
    rows = [
        (n, html.tag("b", names[code]), _first_sentence(card_of(case, code).what), "")
        for n, code in enumerate(first_order(case), 1)
    ]
    reasons = [html.tag("li", html.tag("b", each.label), ": ", each.wrong) for each in MECHANISMS.values()]
    body = html.join(
        _about("Which reason makes each obstacle hard to remove? Write P, C, I or N in the last column."),
        html.tag("ul", *reasons, class_="small"),
        _table(("", "Obstacle", "What it is", "Reason"), rows, "Obstacles", widths=(5, 24, 60, 11), kind="tight"),
        html.tag("h1", "Causes and effects", class_="next"),
        _about("Place five to eight obstacles, by number. Beside each, note one sentence that supports its place "
               "(article and line). Where you find no sentence, write \"a guess\"."),
        *(_room(label, lines) for label, lines in _TREE),
        html.tag("h1", "A promise", class_="next"),
        *_promise(),
        html.tag("h1", "Which obstacle first?", class_="next"),
        _about("Write each obstacle's number where it belongs. Work alone, then compare with a neighbour."),
        html.tag("ul", *(html.tag("li", html.tag("b", name.capitalize()), ": ", asked) for name, asked in CRITERIA.items())),
        _grid(across="importance →", up="can be moved within a year →"),
        html.tag("p", "The obstacle on which we differ most. Do we differ about the facts, or about what important means?"),
        _lines(2),
    )  # fmt: skip
    return Handout("worksheet-03", "Worksheet: obstacles", "one for two, four pages", page("Obstacles", body, case))


# From the top of a page down, as a tree stands: what it is called and how many lines to write on.
_TREE = (("Branches: effects", 9), ("Trunk: the core problem, in one sentence of your own", 3), ("Roots: causes", 9))


def _room(label: str, lines: int) -> html.Html:
    return html.tag("section", html.tag("h2", label), _lines(lines))


def _promise() -> list[html.Html]:
    """Return the commitment problem as a table to fill in; the first four rows change one number at a time."""
    from kit.models.commitment import THREE_LINES
    from kit.obstacles.tables import TODAY

    steps = ((30, 10, 0), (15, 10, 0), (30, 15, 0), (30, 10, 10), ("", "", ""))
    rows = [(n, *map(str, step), "", "") for n, step in enumerate(steps, 1)]
    heads = ("", "Power shifts from A to B by", "War costs each side", "A breach costs B through a guarantor",
             "Threshold", "Does a promise hold?")  # fmt: skip
    return [
        html.tag("ol", *(html.tag("li", line) for line in THREE_LINES)),
        _about(f"Both sides and all numbers are invented, in points of 100. A's chance of winning today is {100 * TODAY:g} in 100. "
               "The threshold is what war costs A, plus what war costs B, plus what a breach costs B through a guarantor. "
               "A promise holds if the shift is not greater than the threshold."),
        _about("Guess the last column before you work out a row. Choose the numbers of row 5 yourselves."),
        _table(heads, rows, "", widths=(5, 19, 17, 23, 16, 20), kind="blank"),
        html.tag("p", "What did the guarantee change, and what did it not change?"),
        _lines(3),
        html.tag("p", "A guarantee that reassures one side and frightens the other as little as possible:"),
        _lines(3),
    ]  # fmt: skip


def measure_worksheet(case: Case) -> Handout | None:
    """Return unit 04 on paper: the measures with their costs, a year to plan, and a hundred months to colour."""
    from kit.measures.tables import EASES, book_of, type_label

    book = book_of(case)
    if not book.measures:
        return None
    sides = list(book.parties)
    place = {key: n for n, key in enumerate(book.measures, 1)}
    rows = [
        (n, each.title, type_label(each.type), *(f"{each.cost[side]:g}" for side in sides), each.months,
         ", ".join(str(place[key]) for key in each.prerequisites if key in place) or "–", EASES.get(each.ease, each.ease))
        for n, each in enumerate(book.measures.values(), 1)
    ]  # fmt: skip
    heads = ("", "Measure", "Type", *(f"Cost to {name}" for name in book.parties.values()), "Months to set up",
             "Needs first", "To undo")  # fmt: skip
    budgets = [html.tag("b", f"{name}: {book.budgets[side]:g} a quarter") for side, name in book.parties.items()]
    body = html.join(
        _about("The costs are teaching assumptions, from 0 (none) to 10 (could bring a government down)."),
        _table(heads, rows, "Measures", kind="tight tiny"),
        html.tag("h1", "A year", class_="next"),
        _about("Write the numbers of measures under the month in which they start. A measure starts only after those that it "
               "needs have been set up. The costs that start in a quarter stay within each budget. One of you is the referee."),
        html.tag("p", "Budgets: ", html.join(*budgets, sep=" · ")),
        *(_quarter(first, list(book.parties.values())) for first in (1, 4, 7, 10)),
        html.tag("p", "The month in which one incident could end the plan, and why:"),
        _lines(2),
        html.tag("h1", "A hundred months", class_="next"),
        _about("Each square is a month. First guess: if monitors raise an alarm, how often has there been a breach? "
               "Our guess: ____ in 100."),
        _about("Colour the squares of months with a breach. Then put a cross in each square with an alarm, as your instructor says. "
               "Count: ____ crosses, of which ____ on coloured squares."),
        _squares(),
        html.tag("p", "What follows for a side that hears an alarm?"),
        _lines(2),
    )  # fmt: skip
    title = "Confidence-building measures"
    return Handout("worksheet-04", "Worksheet: measures", "one for each group, three pages", page(title, body, case))


def _quarter(first: int, sides: Sequence[str]) -> html.Html:
    """Return three months to write in, and under them what their measures cost each side."""
    spent = "Costs that start in this quarter: " + "   ".join(f"{side} ____" for side in sides)
    months = [f"Month {month}" for month in range(first, first + 3)]
    return html.tag(
        "section", _table(months, [("", "", "")], "", widths=(33, 33, 34), kind="high"), html.tag("p", spent)
    )


def _squares(across: int = 10) -> html.Html:
    """Return a hundred empty squares to colour."""
    drawn = [
        html.tag("rect", x=30 * (n % across) + 2, y=30 * (n // across) + 2, width=26, height=26, fill="none", stroke="#57606a")
        for n in range(across * across)
    ]  # fmt: skip
    return html.tag(
        "svg", *drawn, viewBox="0 0 300 300", role="img", aria_label="A hundred empty squares", class_="squares"
    )


def _first_sentence(text: str) -> str:
    """Return a text's first sentence, as the kit's own reader of articles splits it."""
    from kit.reading.sentences import split_line

    line = " ".join(text.split())
    found = split_line(line)
    return line[slice(*found[0])] if found else line


def forecast_slip(case: Case) -> Handout | None:
    """Return the open questions with the rules by which each will be settled, and room for a probability."""
    from kit.scenarios.tables import is_open, question_table, records, today

    questions = [row for row in records(question_table(case)) if is_open(case, row["closes"], today())]
    if not questions:
        return None
    rows = [
        (html.join(html.tag("b", row["question"]), html.tag("p", row["rule"], class_="quiet")), _day(row["closes"]), "", "")
        for row in questions
    ]  # fmt: skip
    body = html.join(
        html.tag("p", "Name or pseudonym: ______________________   Date: ______________   Give a probability of yes to at least "
                 "five questions. Write 50 only if you mean it."),
        _table(("Question and rule", "Open until", "Per cent", "Strongest reason"), rows, "", widths=(68, 11, 7, 14), kind="tight"),
    )  # fmt: skip
    made = page("My forecasts", html.tag("div", body, class_="small"), case)
    return Handout("forecast-slip", "Forecast slip", "one each; keep them", made)


def negotiation_papers(case: Case, game: Lab, version: str) -> list[Handout]:
    """Return the papers of one version of the game: a sheet for each seat, what is on the table, a form, the debrief."""
    from kit.negotiation.sheets import role_sheet_html, seats_of

    end = "" if version == "real" else f"-{version}"
    seats = seats_of(game)
    sheets = [
        Handout(f"{name}{end}", f"Role sheet: {title}", "one for each member of the delegation, for their eyes only",
                role_sheet_html(case, seat, version))
        for name, (seat, title) in zip(name_files(f"sheet {seat}" for seat in seats), seats.items(), strict=True)
    ]  # fmt: skip
    return [
        *sheets,
        Handout(f"on-the-table{end}", f"On the table: {game.title}", "two for each group, open to all", _on_the_table(game)),
        Handout(f"offer-form{end}", f"Proposal: {game.title}", "six for each group", _offer_form(game)),
        Handout(f"instructors-key{end}", f"Everybody's points: {game.title}", "one, for the instructor alone", _key(game)),
        Handout(f"debrief{end}", f"After the game: {game.title}", "one each", _debrief(case, game)),
    ]  # fmt: skip


def observer_sheet() -> Handout:
    """Return the log of somebody who watches a table and does not speak."""
    watch = (
        "the first question that asks why", "the first package of two issues or more", "an interest behind a position",
        "the moment when somebody first asks the third delegation", "a word that closed a door, and one that opened it",
        "who speaks for how long, and who not at all",
    )  # fmt: skip
    body = html.join(
        _about(
            "You see no sheet and say nothing until the debrief. Write what is said and done, not what you think of it."
        ),
        html.tag("h2", "Watch for"),
        html.tag("ul", *(html.tag("li", each) for each in watch), class_="two"),
        _table(
            ("Time", "Who", "What was said or done", "Issue", "What moved"),
            [("",) * 5] * 16,
            "",
            (9, 15, 42, 14, 20),
            "blank",
        ),
        html.tag("p", "One thing to tell the table that nobody there could see:"),
        _lines(2),
    )
    return Handout("observer-sheet", "Observer's log", "one for each observer", page("Observer's log", body))


def press_card() -> Handout:
    """Return what a reporter in the room may ask and has to keep to, with room for two dispatches."""
    rules = (
        "You may ask any delegation for a statement; it may refuse.",
        "Print only what a delegation said for print, or what two of them told you independently.",
        "Name whom you could not ask. Say what you do not know.",
        "Never invent a quotation, and use no name of a living person.",
        "Read each dispatch aloud at the time that the instructor gives. Watch what it does to the table.",
    )
    dispatch = html.join(html.tag("h2", "Dispatch, at most 80 words. Headline:"), _lines(8))
    body = html.join(html.tag("ul", *(html.tag("li", each) for each in rules)), dispatch, dispatch)
    return Handout("press-card", "Press", "one for each reporter", page("Press", body))


def choice_slips() -> Handout:
    """Return four slips on which learners say in private which part they would rather take."""
    parts = ("a delegation, any", "a delegation, invented states only", "mediator", "observer", "press", "timekeeper")
    slip = html.tag(
        "div",
        html.tag("p", "Name: ______________________________   Taking a role is a choice. Nobody asks for reasons, and only the "
                 "instructor reads this."),
        html.tag("p", "I would gladly be: ", html.join(*map(_choice, parts), sep="   ")),
        html.tag("p", "I would rather not be, or not sit with: ______________________________________________"),
        class_="slip",
    )  # fmt: skip
    return Handout(
        "choice-slips", "Which part?", "one page for four learners", page("Which part?", html.join(*[slip] * 4))
    )


def _choice(words: str) -> html.Html:
    """Return a box to tick and its words, which no end of line parts."""
    return html.tag("span", f"{BOX} {words}", style="white-space: nowrap")


def _on_the_table(game: Lab) -> html.Html:
    parts = [html.tag("p", text) for text in (game.background, game.consent_rule) if text]
    for issue in game.issues.values():
        listed = [
            html.tag("li", html.tag("b", option.label), _needs(game, option.consent), " ", html.tag("span", option.legal_note, class_="quiet"))
            for option in issue.options.values()
        ]  # fmt: skip
        parts.append(
            html.tag(
                "section", html.tag("h2", issue.title), html.tag("p", issue.question), html.tag("ol", *listed, type="A")
            )
        )
    about = _about(
        "Everybody may read this: the issues, the options and what the law says of each. Points stand on the role sheets."
    )
    return page(game.title, html.join(about, html.tag("div", *parts, class_="two tiny")))


def _needs(game: Lab, consent: Sequence[str]) -> str | None:
    names = [game.seats[who].title.partition(" (")[0] for who in consent if who in game.seats]
    return f" (needs: {', '.join(names)})" if names else None


def _key(game: Lab) -> html.Html:
    """Return every seat's points side by side, and the deals that three ideas of fairness pick."""
    seats = list(game.seats)
    heads = ["Issue", "Option", *(game.seats[seat].title.partition(" (")[0] for seat in seats)]
    rows: list[Sequence[Any]] = [
        (html.tag("b", issue.title) if place == 0 else "", f"{_letter(place)}. {option.label}", *(f"{float(game.seats[seat].scores[key][name]):g}" for seat in seats))
        for key, issue in game.issues.items()
        for place, (name, option) in enumerate(issue.options.items())
    ]  # fmt: skip
    rows.append((html.tag("b", "No deal"), "", *(f"{game.seats[seat].reservation:g}" for seat in seats)))
    found = [html.tag("p", _zone(game, chosen)) for chosen in (game.parties, seats)]
    fair = [row for chosen in (game.parties, seats) for row in _fair(game, chosen)]
    issues = [issue.title for issue in game.issues.values()]
    body = html.join(
        _table(heads, rows, "", widths=(15, 49, *[12] * len(seats)), kind="tight"),
        *found,
        _table(
            ("Idea (points)", *issues),
            fair,
            "The deals that three ideas of fairness pick, by the letters above",
            kind="tight",
        ),
    )
    return page("Instructor's key", html.tag("div", body, class_="tiny"))


def _letter(place: int) -> str:
    """Return the letter of an option as a list on paper counts it: A to Z, then AA."""
    round_, last = divmod(place, len(ascii_uppercase))
    return (ascii_uppercase[round_ - 1] if round_ else "") + ascii_uppercase[last]


def _zone(game: Lab, seats: Sequence[str]) -> str:
    model = game.negotiation(seats)
    who = " and ".join(game.seats[seat].title.partition(" (")[0] for seat in seats)
    return f"Of {len(model.outcomes):,} possible deals {len(model.zone()):,} give {who} what no deal is worth to them, or more."


def _fair(game: Lab, seats: Sequence[str]) -> Iterator[list[str]]:
    """Yield for each idea of fairness its name and points, then the letter of its option on each issue, if there is a zone."""
    model = game.negotiation(seats)
    ideas = {"Nash": model.nash, "Kalai-Smorodinsky": model.kalai_smorodinsky, "Egalitarian": model.egalitarian}
    for name, idea in ideas.items():
        for row in idea().to_dict("records"):
            deal = [_letter(list(issue.options).index(str(row[key]))) for key, issue in game.issues.items()]
            points = ", ".join(f"{row[seat]:g}" for seat in seats)
            yield [f"{name} for {len(seats)} seats ({points})", *deal]


def _offer_form(game: Lab) -> html.Html:
    rows = []
    for issue in game.issues.values():
        options = [
            html.tag("div", f"{BOX} {option.label}{' †' if option.consent else ''}")
            for option in issue.options.values()
        ]
        rows.append((html.tag("b", issue.title), html.join(*options), ""))
    asked = {who: None for issue in game.issues.values() for option in issue.options.values() for who in option.consent}
    ends = html.tag("p", f"Answer:  {BOX} accepted   {BOX} declined   {BOX} changed, see our proposal no. ____")
    signed = html.tag("p", "Signed for: ____________________   ____________________   Consent of: ____________________")
    body = html.join(
        html.tag("p", "From: ____________________   To: ____________________   No. ____   Time: ______   Tick one option on each "
                 "issue that the proposal settles."),
        _table(("Issue", "Option", "On condition that"), rows, "", widths=(16, 66, 18), kind="tight"),
        html.tag("p", "† asks others to act", _needs(game, list(asked)), ".", class_="quiet") if asked else None,
        ends,
        signed,
    )  # fmt: skip
    return page("Proposal", html.tag("div", body, class_="small"))


def _debrief(case: Case, game: Lab) -> html.Html:
    asked = case.negotiation.get("debrief_questions") or []
    body = html.join(
        html.tag("p", "Fill in the first line before you see another sheet."),
        html.tag("p", "I believe that the other side cared most about ______________________ and least about ______________________"),
        html.tag("p", "Our deal was worth ____ to us (no deal: ____), ____ to them (no deal: ____)."),
        html.tag("ol", *(html.tag("li", question) for question in asked)),
        html.tag("h2", "What I take from it"),
        _lines(4),
    )  # fmt: skip
    return page(f"After the game: {game.title}", body)


# --- how a page is made


def page(title: str, body: Any, case: Case | None = None) -> html.Html:
    """Return a whole HTML page that prints on A4."""
    whose = f"{case.title} · facts to {_day(case.as_of)}" if case else ""
    styles = [read_style(_TEMPLATES / "handout.css")]
    return render(
        _TEMPLATES / "handout.html", title=title, styles=styles, script=False, whose=whose, content=html.escape(body)
    )


def _about(words: str) -> html.Html:
    return html.tag("p", words)


def _lines(count: int) -> html.Html:
    return html.tag("div", *[html.tag("p", "")] * count, class_="lines")


def _table(
    heads: Sequence[str],
    rows: Iterable[Sequence[Any]],
    caption: str,
    widths: Sequence[int] = (),
    kind: str | None = None,
) -> html.Html:
    """Return a table to write in; widths are per cent."""
    columns = [html.tag("col", style=f"width: {width}%") for width in widths]
    return html.tag(
        "table",
        html.tag("caption", caption) if caption else None,
        html.tag("colgroup", *columns) if columns else None,
        html.tag("thead", html.tag("tr", *(html.tag("th", head, scope="col") for head in heads))),
        html.tag("tbody", *(html.tag("tr", *(html.tag("td", cell) for cell in row)) for row in rows)),
        class_=kind,
    )


def _grid(across: str, up: str, steps: int = 10) -> html.Html:
    """Return an empty square with the grades on both axes."""
    side, left, low = 400, 40, 420
    step = side / steps
    parts = []
    for n in range(steps + 1):
        at, height = left + n * step, low - n * step
        ink = "#57606a" if n in (0, steps // 2, steps) else "#d0d7de"
        parts += [
            html.tag("line", x1=at, y1=low, x2=at, y2=low - side, stroke=ink),
            html.tag("line", x1=left, y1=height, x2=left + side, y2=height, stroke=ink),
            html.tag("text", n, x=at, y=low + 14, text_anchor="middle", font_size=12),
            html.tag("text", n, x=left - 8, y=height + 4, text_anchor="end", font_size=12),
        ]
    words = [
        html.tag("text", across, x=left + side / 2, y=low + 30, text_anchor="middle", font_size=12),
        html.tag("text", up, x=10, y=low - side / 2, font_size=12, text_anchor="middle",
                 transform=f"rotate(-90 10 {low - side / 2})"),
    ]  # fmt: skip
    said = f"Empty grid of {up.removesuffix(' →')} against {across.removesuffix(' →')}"
    return html.tag("svg", *parts, *words, viewBox="0 0 460 456", role="img", aria_label=said)


def _day(value: Any) -> str:
    """Return a date as it is read, or what stands there instead of one."""
    return f"{value.day} {value:%B %Y}" if hasattr(value, "strftime") else str(value)


# --- writing them


def write_handouts(case: Case, folder: str | os.PathLike[str], versions: Iterable[str] = VERSIONS) -> list[Path]:
    """Write every paper of a case and a list of them, as HTML.

    Parameters
    ----------
    case : Case
    folder : path
        Made if it is not there; files of the same names are written over.
    versions : iterable of str
        Of the negotiation: "real", "invented" or both.

    Returns
    -------
    list of Path
        The list, ``index.html``, first.

    Raises
    ------
    KitError
        If the folder cannot be written to.
    """
    place = Path(folder)
    made = handouts(case, versions)
    pages = {"index": _index(case, made), **{each.name: each.page for each in made}}
    try:
        place.mkdir(parents=True, exist_ok=True)
        for name, text in pages.items():
            (place / f"{name}.html").write_text(text, encoding="utf-8")
    except OSError as error:
        what = f"The handouts cannot be written: {error.strerror}"
        raise KitError(what, where=place, remedy="Name a folder that you may write to.") from error
    return [place / f"{name}.html" for name in pages]


def _index(case: Case, made: Sequence[Handout]) -> html.Html:
    rows = [(html.tag("a", each.title, href=f"{each.name}.html"), each.copies) for each in made]
    body = html.join(
        _about("Open a paper and print it on A4, at 100 per cent, without the browser's headers and footers."),
        _table(("Paper", "How many"), rows, "", widths=(62, 38)),
        _about("Role sheets are confidential: print them yourself, hand them out folded, and take them back."),
    )
    return page("Papers to print", body, case)


def find_browser() -> str | None:
    """Return the path of a Chromium or Chrome on this machine, or None; ``PARLEY_BROWSER`` names another."""
    return os.environ.get("PARLEY_BROWSER") or next(filter(None, map(shutil.which, BROWSERS)), None)


def as_pdf(pages: Iterable[Path], browser: str) -> Iterator[Path]:
    """Print pages to PDF files beside them, one after the other; a page that fails is passed over."""
    for path in pages:
        target = path.with_suffix(".pdf")
        target.unlink(missing_ok=True)
        command = [
            browser,
            "--headless",
            "--disable-gpu",
            "--no-pdf-header-footer",
            f"--print-to-pdf={target.resolve()}",
        ]
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            command.append("--no-sandbox")
        subprocess.run([*command, path.resolve().as_uri()], check=False, capture_output=True, timeout=60)
        if target.exists():
            yield target


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what ``handouts`` takes."""
    parser.add_argument(
        "folder", nargs="?", default="build/handouts", help="where to write them (default: build/handouts)"
    )
    parser.add_argument("--case", default="ukraine", help="a bundled case or a case's folder (default: ukraine)")
    parser.add_argument("--only", choices=VERSIONS, help="one version of the negotiation instead of both")
    parser.add_argument(
        "--pdf", action="store_true", help="also print each to PDF, with the Chromium or Chrome of this machine"
    )


def run(arguments: argparse.Namespace) -> int:
    """Write the papers and say where they are."""
    from kit.case import load_case

    browser = find_browser() if arguments.pdf else None
    if arguments.pdf and not browser:
        what = "There is no Chromium or Chrome to make PDF files with"
        raise KitError(
            what, remedy="Leave out --pdf and print the pages from your own browser, or set PARLEY_BROWSER to its path."
        )
    versions = [arguments.only] if arguments.only else VERSIONS
    pages = write_handouts(load_case(arguments.case), arguments.folder, versions)
    print(f"{len(pages) - 1} papers are in {arguments.folder}. Open {pages[0]} to see how many of each to print.")
    if browser:
        for number, made in enumerate(as_pdf(pages[1:], browser), 1):
            print(f"PDF {number} of {len(pages) - 1}: {made.name}", flush=True)
    return 0
