"""``python -m kit phone-pages``: a page for each question to take sides on, on which learners answer by phone.

A page needs no server and fetches nothing: put the folder on any web space, or open a page from a file. What a learner
taps becomes a slip, as text to paste into the class chat, and as a QR code to hold up. The codes are drawn here, one a
choice, and so hold no name; the text holds the name and the reason, if the learner writes them.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kit.errors import KitError
from kit.file_names import name_files
from kit.screen.html import Html
from kit.screen.templating import read_style, render

if TYPE_CHECKING:
    from kit.case import Case

_TEMPLATES = Path(__file__).parent / "templates"
_ADDRESS = re.compile(r"https?://[A-Za-z0-9.-]{1,253}(:\d{1,5})?(/[A-Za-z0-9._~/-]{0,200})?")


def phone_pages(case: Case, address: str = "") -> dict[str, Html]:
    """Return the pages by the names of their files.

    Parameters
    ----------
    case : Case
    address : str
        Where the folder will lie on the web. With it ``projector.html`` shows a QR code of each page's address.

    Raises
    ------
    KitError
        If the case has no such question.
    """
    questions = _questions(case)
    if not questions:
        msg = "no question of this case asks to take sides"
        raise KitError(msg, where=case.name, remedy="Add a question of the type defend to one of its quizzes.")
    names = name_files((question["id"] for _, question in questions), "question")
    pages = {f"{name}.html": _page(case, *each) for name, each in zip(names, questions, strict=True)}
    links = [(path, f"{unit}: {each['question']}") for path, (unit, each) in zip(pages, questions, strict=True)]
    base = _checked_address(address)
    shown = [(path, words, f"{base}/{path}" if base else "") for path, words in links]
    return {"projector.html": _projector(case, shown), **pages}


def _questions(case: Case) -> list[tuple[str, Mapping[str, Any]]]:
    from kit.learning.progress import course
    from kit.learning.quiz_bank import quiz_problems

    return [
        (unit, question)
        for unit in course()
        for question in case.quiz(unit)
        if not quiz_problems([question]) and question["type"] == "defend"
    ]


def _page(case: Case, unit: str, question: Mapping[str, Any]) -> Html:
    from kit.learning.slip import make_slip

    key = f"{unit}/quiz/{question['id']}"
    choices = []
    for part in question["answers"]:
        value = {"choice": part["answer"], "reason": "", "shown": True}
        choices.append((part["answer"], draw_code(make_slip({key: value}, case=case.name).text)))
    return render(
        _TEMPLATES / "phone.html",
        title=question["question"],
        styles=[read_style(_TEMPLATES / "phone.css")],
        script=True,
        whose=case.title,
        choices=choices,
        slip={"case": case.name, "key": key},
        make_slip=Html((_TEMPLATES / "phone.js").read_text("utf-8")),
    )


def _projector(case: Case, pages: list[tuple[str, str, str]]) -> Html:
    return render(
        _TEMPLATES / "projector.html",
        title=f"Answer by phone: {case.title}",
        styles=[read_style(_TEMPLATES / "phone.css")],
        script=False,
        pages=[(path, words, there, draw_code(there) if there else "") for path, words, there in pages],
    )


def draw_code(text: str) -> Html:
    """Return a QR code of a text as an SVG drawing."""
    import segno

    return Html(segno.make(text, micro=False).svg_inline(scale=4, border=4, light="#fff", omitsize=True))


def _checked_address(told: str) -> str:
    if not told:
        return ""
    address = (told if "://" in told else f"https://{told}").rstrip("/")
    if not _ADDRESS.fullmatch(address):
        msg = f"'{told}' is not an address on the web"
        raise KitError(msg, where="--at", remedy="Write it as https://example.org/answers.")
    return address


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what ``phone-pages`` takes."""
    parser.add_argument("folder", help="where to write the pages")
    parser.add_argument(
        "--at", default="", metavar="ADDRESS", help="where the folder will lie on the web, for QR codes"
    )
    parser.add_argument("--case", default="ukraine", help="a bundled case or a case's folder (default: ukraine)")


def run(arguments: argparse.Namespace) -> int:
    """Write the pages and say what to do with them."""
    from kit.case import load_case

    place = Path(arguments.folder)
    pages = phone_pages(load_case(arguments.case), arguments.at)
    try:
        place.mkdir(parents=True, exist_ok=True)
        for name, page in pages.items():
            (place / name).write_text(page, encoding="utf-8")
    except OSError as problem:
        msg = f"the pages cannot be written ({problem.strerror or problem})"
        raise KitError(msg, where=place, remedy="Name a folder that you may write to.") from None
    print(f"{len(pages) - 1} pages are in {place}. Open {place / 'projector.html'} to show them to a class.")
    if not arguments.at:
        print("Add --at with the address where they will lie, and it shows a QR code of each.")
    return 0
