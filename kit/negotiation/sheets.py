"""Confidential role sheets: on the screen, and as files of their own that print on one page each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kit.errors import CaseError
from kit.negotiation.game import MEDIATOR
from kit.negotiation.tables import REAL, Lab, Seat, lab
from kit.screen import html

if TYPE_CHECKING:
    from kit.case import Case

_STYLE = """
@page { size: A4; margin: 8mm 10mm; }
body { font: 15px/1.4 system-ui, sans-serif; color: #1f2328; background: #fff; max-width: 60rem; margin: 1rem auto; padding: 0 1rem; }
h1 { font-size: 1.35rem; margin: 0; } h2 { font-size: 1rem; margin: .55em 0 .15em; } p { margin: .2em 0; }
ul { margin: .1em 0; padding-left: 1.2em; } .stamp { color: #57606a; font-size: .85em; }
table { border-collapse: collapse; width: 100%; font-size: .88em; margin-top: .3em; } caption { text-align: start; font-weight: 600; }
th, td { text-align: start; vertical-align: top; padding: 1px 6px; border-bottom: 1px solid #d0d7de; }
td:nth-child(3), th:nth-child(3) { text-align: end; white-space: nowrap; }
@media print { body { font-size: 7.8pt; line-height: 1.2; margin: 0; padding: 0; max-width: none; } h1 { font-size: 13pt; }
  h2 { font-size: 8.4pt; margin: .35em 0 .05em; } table { font-size: 6.9pt; line-height: 1.12; } th, td { padding: .3px 5px; } }
"""
_SECRET = "Confidential: for this delegation alone. Hand it back after the debrief."
_OPEN = "The mediator has no points and sees nobody's sheet."


def seats_of(lab: Lab) -> dict[str, str]:
    """Return who can have a sheet: each delegation, then the mediator, with their names."""
    named = {key: seat.title for key, seat in lab.seats.items()}
    return {**named, **({MEDIATOR: lab.mediator.title} if lab.mediator else {})}


def sheet_body(lab: Lab, delegation: str) -> html.Html:
    """Return what stands on one delegation's sheet, and nothing of another's."""
    if delegation == MEDIATOR and lab.mediator:
        return html.join(*_brief(lab.mediator), _notes(lab))
    seat = lab.seats[delegation]
    rows = [
        html.tag(
            "tr", html.tag("td", first), html.tag("td", words), html.tag("td", f"{points:g}"), html.tag("td", needs)
        )
        for first, words, points, needs in _points(lab, seat)
    ]
    heads = [html.tag("th", words, scope="col") for words in ("Issue", "Option", "Points", "Needs the consent of")]
    return html.join(
        *_brief(seat),
        html.tag("h2", f"If you leave without a deal: {seat.reservation:g} points"),
        html.tag("p", seat.batna),
        html.tag(
            "table",
            html.tag("caption", "What each option is worth to you"),
            html.tag("thead", html.tag("tr", *heads)),
            html.tag("tbody", *rows),
            class_="parley-table",
        ),
        _aloud(lab, seat),
        _notes(lab),
    )


def role_sheet_html(case: Case, delegation: str, version: str = REAL) -> html.Html:
    """Return one delegation's sheet as a whole HTML page that prints on one side of A4.

    Parameters
    ----------
    case : Case
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
    title = f"{names[delegation]}: role sheet"
    body = html.tag(
        "main",
        html.tag("h1", names[delegation]),
        html.tag("p", f"{found.title}. {_OPEN if delegation == MEDIATOR else _SECRET}", class_="stamp"),
        sheet_body(found, delegation),
    )
    # The page's own declarations; nothing of the case stands in them.
    opening = html.Html('<!DOCTYPE html>\n<html lang="en-GB"><head><meta charset="utf-8">')
    viewport = html.Html('<meta name="viewport" content="width=device-width, initial-scale=1">')
    head = html.join(html.tag("title", title), html.style(_STYLE), html.Html("</head><body>"))
    return html.join(opening, viewport, head, body, html.Html("</body></html>\n"))


def _brief(seat: Seat) -> list[html.Html | None]:
    parts = {"instructions": "Your instructions", "red_lines": "Red lines"}
    return [
        html.tag("p", str(seat.sheet.get("brief", ""))),
        *(_listed(words, seat.sheet.get(key)) for key, words in parts.items()),
    ]


def _listed(heading: str, items: Any) -> html.Html | None:
    if not items:
        return None
    return html.join(html.tag("h2", heading), html.tag("ul", *(html.tag("li", str(item)) for item in items)))


def _points(lab: Lab, seat: Seat) -> list[tuple[str, str, float, str]]:
    rows = []
    for key, issue in lab.issues.items():
        for place, (name, option) in enumerate(issue.options.items()):
            needs = ", ".join(lab.seats[who].title.partition(" (")[0] for who in option.consent if who in lab.seats)
            rows.append((issue.title if place == 0 else "", option.label, float(seat.scores[key][name]), needs))
    return rows


def _aloud(lab: Lab, seat: Seat) -> html.Html | None:
    said = [f"{lab.issues[key].title}: {words}" for key, words in seat.why.items() if key in lab.issues]
    return _listed("If you are asked why, you may say", said)


def _notes(lab: Lab) -> html.Html:
    note = lab.note.partition(". ")[0].rstrip(".") + "."
    return html.tag("p", f"{note} You may decline or swap this role and need not say why.", class_="stamp")
