"""Confidential role sheets: on the screen, and as files of their own that print on one page each."""

from __future__ import annotations

import re
from math import floor, sqrt
from pathlib import Path
from typing import Any

from kit.case import Case
from kit.errors import CaseError
from kit.negotiation.game import MEDIATOR
from kit.negotiation.tables import REAL, Lab, Option, Seat, lab
from kit.screen import html
from kit.screen.templating import read_style, render

_TEMPLATES = Path(__file__).parent / "templates"
_SMALLEST, _LARGEST = 9, 11  # points in print
_FULL = 5700  # characters that fill a page at the smallest size; room goes with the square of the size
_SECRET = "Confidential: for this delegation alone. Hand it back after the debrief."
_OPEN = "The mediator has no points and sees nobody's sheet."


def seats_of(lab: Lab) -> dict[str, str]:
    """Return who can have a sheet: each delegation, those without a score last, then the mediator, with their names."""
    named = {key: seat.title for key, seat in {**lab.seats, **lab.unscored}.items()}
    return {**named, **({MEDIATOR: lab.mediator.title} if lab.mediator else {})}


def sheet_body(lab: Lab, delegation: str) -> html.Html:
    """Return what stands on one delegation's sheet, and nothing of another's."""
    if delegation == MEDIATOR and lab.mediator:
        return html.join(*_brief(lab.mediator), _offered(lab), _notes(lab))
    if delegation in lab.unscored:
        return html.join(*_brief(lab.unscored[delegation]), _offered(lab), _notes(lab))
    seat = lab.seats[delegation]
    heads = [
        html.tag("th", words, scope="col", class_="points" if words == "Points" else None)
        for words in ("Issue and options", "Points", "Needs")
    ]
    return html.join(
        *_brief(seat),
        html.tag("h2", f"If you leave without a deal: {seat.reservation:g} points"),
        html.tag("p", seat.batna),
        html.tag(
            "table",
            html.tag("caption", "What each option is worth to you"),
            html.tag("thead", html.tag("tr", *heads)),
            *(_points(lab, seat, key) for key in lab.issues),
            class_="parley-table",
        ),
        _notes(lab),
    )


def role_sheet_html(case: Case, delegation: str, version: str = REAL) -> html.Html:
    """Return one delegation's sheet as a whole HTML page that prints on one side of A4.

    Parameters
    ----------
    delegation : str
        Its key in the case, or "mediator".
    version : str
        "real" or "invented".

    Raises
    ------
    CaseError
        If the case has no game or no such delegation.
    """
    found = lab(case, version)
    if found is None:
        msg = "This case has no negotiation to play"
        raise CaseError(msg, where=case.name, remedy="Fill in its negotiation.yaml.")
    names = seats_of(found)
    if delegation not in names:
        msg = f"There is no delegation '{delegation}'"
        raise CaseError(msg, where=case.name, remedy=f"Choose one of {', '.join(names)}.")
    name, body = names[delegation], sheet_body(found, delegation)
    stamp = f"{found.title}. {_OPEN if delegation == MEDIATOR else _SECRET}"
    size = html.style(f"body {{ --print: {_print_size(f'{name} {stamp} {body}')}pt; }}")
    return render(
        _TEMPLATES / "role-sheet.html",
        title=f"{name}: role sheet",
        styles=[read_style(_TEMPLATES / "role-sheet.css"), size],
        script=False,
        name=name,
        stamp=stamp,
        body=body,
    )


def _print_size(body: str) -> float:
    """Return the largest letters, in points, at which a sheet still fits its page: the fewer words, the larger."""
    words = len(re.sub(r"<[^>]+>", "", body))
    return floor(10 * min(_LARGEST, max(_SMALLEST, _SMALLEST * sqrt(_FULL / max(words, 1))))) / 10


def _brief(seat: Seat) -> list[html.Html | None]:
    parts = {"instructions": "Your instructions", "red_lines": "Red lines"}
    return [
        html.tag("p", str(seat.sheet.get("brief", ""))),
        *(_listed(words, seat.sheet.get(key)) for key, words in parts.items()),
    ]


def _listed(heading: str, items: Any) -> html.Html | None:
    if not items:
        return None
    return html.join(html.tag("h2", heading), html.bullets(map(str, items)))


def _points(lab: Lab, seat: Seat, key: str) -> html.Html:
    """Return an issue's rows: its name and the answer to "why?", then each option with its points."""
    issue = lab.issues[key]
    why = seat.why.get(key)
    said = html.tag("span", ". Asked why: ", html.tag("i", why), style="font-weight: normal") if why else None
    head = html.tag("th", html.tag("b", issue.title), said, scope="rowgroup", colspan=3)
    rows = [
        html.tag(
            "tr",
            html.tag("td", option.label),
            html.tag("td", f"{float(seat.scores[key][name]):g}", class_="points"),
            html.tag("td", _needs(lab, option)),
        )
        for name, option in issue.options.items()
    ]
    return html.tag("tbody", html.tag("tr", head), *rows)


def _needs(lab: Lab, option: Option) -> str:
    named = seats_of(lab)
    return ", ".join(named[who].partition(" (")[0] for who in option.consent if who in named)


def _offered(lab: Lab) -> html.Html:
    """Return the issues and their options without anybody's points, as a mediator may know them."""
    parts = []
    for issue in lab.issues.values():
        words = [
            f"{option.label}{f' (needs {needs})' if (needs := _needs(lab, option)) else ''}"
            for option in issue.options.values()
        ]
        parts.append(_listed(issue.title, words))
    return html.join(*parts)


def _notes(lab: Lab) -> html.Html:
    note = lab.note.partition(". ")[0].rstrip(".") + "."
    return html.tag("p", f"{note} You may decline or swap this role and need not say why.", class_="stamp")
