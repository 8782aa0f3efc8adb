"""``python -m kit phone-pages``: a page for each question of the quizzes and each piece of writing, to answer by phone.

A page needs no server and fetches nothing: put the folder on any web space, or open a page from a file. What a learner
taps becomes a slip, as text to paste into the class chat, and where some of a few are chosen also as a QR code to hold up.
The codes are drawn here, one for each possible choice, and so hold no name; the text holds the name and the reason, if the
learner writes them. A pairing or an order has a slip alone: its answers are too many to draw. No page knows which answer
is right.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from hashlib import sha256
from itertools import combinations
from pathlib import Path
from typing import Any

from kit.authoring.write_files import add_force, write_pages
from kit.case import Case, load_case
from kit.errors import KitError
from kit.file_names import name_files
from kit.learning.progress import course
from kit.learning.quiz_bank import options_of, sound_questions
from kit.learning.slip import make_slip
from kit.screen.html import Html
from kit.screen.templating import read_style, render

_TEMPLATES = Path(__file__).parent / "templates"
ROOT = Path(__file__).resolve().parents[2]
_WRITE = re.compile(r'Write\(case, "[^"]+", "([^"]+)"')
MOST_OPTIONS = 6  # of a question with several right ones: 63 codes; each further one would double a page
_ADDRESS = re.compile(r"https?://[A-Za-z0-9.-]{1,253}(:\d{1,5})?(/[A-Za-z0-9._~/-]{0,200})?")


def phone_pages(case: Case, address: str = "", writing: Mapping[str, str] | None = None) -> dict[str, Html]:
    """Return the pages by the names of their files.

    Parameters
    ----------
    address : str
        Where the folder will lie on the web. With it ``projector.html`` shows a QR code of each page's address.
    writing : dict of str to str, optional
        By unit what its piece of writing asks.

    Raises
    ------
    KitError
        If the case has no question.
    """
    asked = _questions(case, writing or {})
    if not asked:
        msg = "no quiz of this case has a question"
        raise KitError(msg, where=case.name, remedy="Write quiz/01.json in the folder of the case.")
    # With the projector's page among them, so that no question takes its name.
    _, *names = name_files(["projector", *(question["id"] for _, question in asked)], "question")
    pages = {f"{name}.html": _page(case, *each) for name, each in zip(names, asked, strict=True)}
    links = [(path, f"{unit}: {each['question']}") for path, (unit, each) in zip(pages, asked, strict=True)]
    base = _checked_address(address)
    shown = [(path, words, f"{base}/{path}" if base else "") for path, words in links]
    return {"projector.html": _projector(case, shown), **pages}


def writing_tasks() -> dict[str, str]:
    """Return by unit what its piece of writing asks, from the notebooks beside the kit; nothing where there are none."""
    found: dict[str, str] = {}
    for unit, about in course().items():
        path = ROOT / "notebooks" / f"{about['notebook']}.ipynb"
        cells = json.loads(path.read_text("utf-8"))["cells"] if path.is_file() else []
        asked = [match[1] for cell in cells if (match := _WRITE.search("".join(cell["source"])))]
        found |= {unit: asked[0]} if asked else {}
    return found


def _questions(case: Case, writing: Mapping[str, str]) -> list[tuple[str, Mapping[str, Any]]]:
    """Return what can be answered by phone, unit by unit."""
    found: list[tuple[str, Mapping[str, Any]]] = []
    for unit in course():
        found += [(unit, question) for question in sound_questions(case.quiz(unit))]
        if unit in writing:
            found.append((unit, {"id": f"{unit}-write", "type": "write", "question": writing[unit]}))
    return found


def _page(case: Case, unit: str, question: Mapping[str, Any]) -> Html:
    kind = question["type"]
    key = f"{unit}/write" if kind == "write" else f"{unit}/quiz/{question['id']}"
    options = _options(question)
    choices = _choices(kind, options)
    codes = [(place, words, draw_code(make_slip({key: kept}, case=case.name).text)) for place, words, kept in choices]
    return render(
        _TEMPLATES / "phone.html",
        title=question["question"],
        styles=[read_style(_TEMPLATES / "phone.css")],
        script=True,
        whose=case.title,
        kind=kind,
        options=options,
        subjects=[part["left"] for part in question.get("pairs", ())],
        codes=codes,
        slip={"case": case.name, "key": key, "kind": kind},
        make_slip=Html((_TEMPLATES / "phone.js").read_text("utf-8")),
    )


def _options(question: Mapping[str, Any]) -> list[str]:
    """Return what is chosen from, in an order that tells nothing; where none is right, in the bank's."""
    if question["type"] == "write":
        return []
    options = options_of(question)
    if question["type"] == "defend":
        return options
    return sorted(options, key=lambda words: sha256(words.encode()).digest())


def _choices(kind: str, options: list[str]) -> Iterator[tuple[int, str, dict[str, Any]]]:
    """Yield what can be chosen: the sum of 1, 2, 4 ... for the options in it, its words, and what a portfolio keeps of it."""
    if kind == "many_choice" and len(options) <= MOST_OPTIONS:
        for size in range(1, len(options) + 1):
            for chosen in combinations(range(len(options)), size):
                words = [options[n] for n in chosen]
                yield sum(1 << n for n in chosen), "; ".join(words), {"tries": [words]}
    elif kind in ("defend", "multiple_choice"):
        for n, told in enumerate(options):
            yield 1 << n, told, {"choice": told, "reason": "", "shown": True} if kind == "defend" else {"tries": [told]}


def _projector(case: Case, pages: list[tuple[str, str, str]]) -> Html:
    return render(
        _TEMPLATES / "projector.html",
        title=f"Answer by phone: {case.title}",
        styles=[read_style(_TEMPLATES / "phone.css")],
        script=False,
        pages=[(path, words, there, draw_code(there) if there else "") for path, words, there in pages],
    )


@cache
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
    at = "where the folder will lie on the web, for QR codes"
    parser.add_argument("--at", default="", metavar="ADDRESS", help=at)
    parser.add_argument("--case", default="ukraine", help="a bundled case or a case's folder (default: ukraine)")
    add_force(parser)


def run(arguments: argparse.Namespace) -> int:
    """Write the pages and say what to do with them."""
    place = Path(arguments.folder)
    pages = phone_pages(load_case(arguments.case), arguments.at, writing_tasks())
    write_pages(place, pages, force=arguments.force)
    print(f"{len(pages) - 1} pages are in {place}. Open {place / 'projector.html'} to show them to a class.")
    if not arguments.at:
        print("Add --at with the address where they will lie, and it shows a QR code of each.")
    return 0
