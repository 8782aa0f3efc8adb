"""Write the instructor's pack: one zip with all that an instructor prints, shows on a projector or uploads.

``python tools/pack.py`` writes ``dist/parley-instructor-pack-VERSION.zip``. Whoever gets the zip needs no terminal: its
``index.html`` says what each file is and how often to print it. PDF files are made by a Chromium or Chrome, if there is one;
slides by python-pptx. What cannot be made is named in the index. The same files give the same zip, to the byte, except where
a browser prints in another way.
"""

from __future__ import annotations

import argparse
import ast
import re
import sys
import tempfile
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING, Any, NamedTuple

import nbformat

from kit.authoring.handouts import Handout, handouts
from kit.authoring.lms_formats import FORMATS
from kit.authoring.pdf import as_pdf, find_browser
from kit.authoring.phone_pages import phone_pages, writing_tasks
from kit.authoring.quiz_export import export_quizzes
from kit.case import load_case
from kit.errors import KitError
from kit.grammar import count_of
from kit.learning.check_answers import tasks_of
from kit.learning.progress import course
from kit.screen import html
from kit.screen.templating import read_style, render
from tools import lesson_plans
from tools.same_zip import write_zip

if TYPE_CHECKING:
    from kit.articles import Article
    from kit.case import Case

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = Path(__file__).parent / "pack_pages"
GUIDES = ("instructors-guide", "running-the-negotiation")
PRINTED_WIDTH = 98  # characters in a line of an article: fits A4 beside its number
EVERY = 5  # which lines bear their number
PAGE = re.compile(rb"/Type\s*/Page\b")
DATED = re.compile(rb"\(D:\d{14}")
NOT_IN_PACK = re.compile(r"\[([^\]\n]{1,300})\]\((?!https?://)[^)\n]{1,300}\)")
FOLD = re.compile(r"</?details>")
SUMMARY = re.compile(r"<summary>(.*?)</summary>")
SOME = "one for you; for a class without screens one for two"
SCREEN_ONLY = re.compile(r"^(?:- \*\*(?:How to begin|Help):\*\* |\*A good place to stop\.).*\n?", re.MULTILINE)
TO_SCREEN = re.compile(r"^Do \[notebook .*$", re.MULTILINE)
ON_PAPER = "Tick, match or write your answer. If a task names a picture or a button, take the worksheet of this unit instead. Your instructor has the answers."  # fmt: skip
TASK = re.compile(r'(?:Answer|Write)\(case, "([^"]+)"')
LINES = "\n\n".join(["---"] * 4)  # lines to write on
FOR_YOU, TO_LOOK_THROUGH = "one, for you", "to look through"
OF_UNIT = re.compile(r"(?:lesson-plans|slides|texts|handouts)/(?:exercise-|answers-)?(\d\d)\b")
EACH = "one for each learner who has no computer"
MAIN = re.compile(r"<main\b[^>]*>(.*)</main>", re.DOTALL)


class Paper(NamedTuple):
    """A file of the pack: its path, what it is, how many to print (empty: not to print), its content, whether PDF too."""

    path: str
    title: str
    copies: str
    content: bytes
    printed: bool = False


class Part(NamedTuple):
    """A part of the index: a heading, a sentence on it, and its papers."""

    title: str
    about: str
    papers: list[Paper]


# --- the papers


def handout_papers(case: Case) -> list[Paper]:
    """Return the handouts of each unit, one by one and all on one page; confidential ones by themselves."""
    made = handouts(case)
    papers = []
    for unit in sorted({each.unit for each in made}):
        mine = [each for each in made if each.unit == unit and not _is_secret(each)]
        papers += [_handout(f"handouts/{unit}", each, f"{unit} · ") for each in mine]
        papers.append(
            _page_paper(f"handouts/{unit}.html", f"All of unit {unit}", TO_LOOK_THROUGH, _together(case, unit, mine))
        )
    return [*papers, *(_handout("handouts/confidential", each) for each in made if _is_secret(each))]


def _is_secret(handout: Handout) -> bool:
    return handout.name.startswith(("sheet", "instructors"))


def _handout(folder: str, handout: Handout, before: str = "") -> Paper:
    return _page_paper(f"{folder}/{handout.name}.html", before + handout.title, handout.copies, handout.page)


def _page_paper(path: str, title: str, copies: str, text: str) -> Paper:
    return Paper(path, title, copies, text.encode(), printed=True)


def _together(case: Case, unit: str, papers: list[Handout]) -> html.Html:
    """Return the bodies of several handouts as one page, each beginning on a sheet of its own."""
    found = [found for each in papers if (found := MAIN.search(each.page))]
    bodies = [
        html.tag("section", html.Html(body[1]), class_="next" if place else None) for place, body in enumerate(found)
    ]
    return _plain_page(f"Handouts of unit {unit}: {case.title}", html.join(*bodies), heading=False)


def _plain_page(title: str, body: html.Html, *, heading: bool = True) -> html.Html:
    styles = [read_style(ROOT / "kit/authoring/templates/handouts/style.css"), read_style(TEMPLATES / "pack.css")]  # fmt: skip
    return render(TEMPLATES / "sheet.html", title=title, heading=heading, styles=styles, script=False, content=body)


def article_papers(case: Case) -> list[Paper]:
    """Return each article with numbered lines, so that a room can point to one."""
    names = case.article_names
    return [
        _page_paper(f"articles/{each.id}.html", names[each.id], "one for each learner, or one for two", _article(each))
        for each in case.articles
    ]  # fmt: skip


def _article(article: Article) -> html.Html:
    headings = {section.start for section in article.sections}
    title = article.title or article.id
    lines, start = [], 0
    for paragraph in article.text.split("\n"):
        heading = start in headings
        start += len(paragraph) + 1
        if paragraph.strip() and paragraph != article.title:
            pieces = wrap(paragraph, PRINTED_WIDTH)
            lines += [(piece, heading, place == len(pieces) - 1) for place, piece in enumerate(pieces)]
    drawn = [_line(number, *line) for number, line in enumerate(lines, 1)]
    own = article.meta.get("wording") == "the kit's own"
    label = "A retelling by Parley of a web article, in the kit's own words. Its errors were kept on purpose: check before you quote."  # fmt: skip
    told = html.tag("p", label if own else "An article of this case.", class_="quiet")
    return _plain_page(title, html.join(told, html.tag("div", *drawn, class_="article")))


def _line(number: int, text: str, heading: bool, last: bool) -> html.Html:
    shown = html.tag("span", number if number % EVERY == 0 else "", class_="number")
    kind = " ".join(word for word, holds in (("line", True), ("heading", heading), ("last", last)) if holds)
    return html.tag("div", shown, html.tag("span", text), class_=kind)


def plan_papers() -> list[Paper]:
    """Return the lesson plans and the guides as pages, and the rubrics of all units on one."""
    plans = lesson_plans.load()
    pages = {unit: lesson_plans.page(unit, plan) for unit, plan in plans.items()}
    papers = [
        _markdown_paper(f"lesson-plans/{course()[unit]['notebook']}.html", f"Lesson plan {unit}", text)
        for unit, text in pages.items()
    ]
    rubrics = [f"## Unit {unit}\n\n{found}" for unit, text in pages.items() if (found := _rubric(text))]
    title = "Rubrics for the pieces of writing"
    body = html.join(*(html.tag("section", _from_markdown(each), class_="whole") for each in rubrics))
    papers.append(_page_paper("rubrics.html", title, FOR_YOU, _plain_page(title, body)))
    return [*papers, *(_guide(name) for name in GUIDES), _remote()]


def text_papers() -> list[Paper]:
    """Return the text of each notebook, its exercise and the answers: what a plan shows or hands out, without a screen."""
    made = []
    for unit in lesson_plans.load():
        name = course()[unit]["notebook"]
        made += [
            _markdown_paper(f"texts/{name}.html", f"Text of notebook {unit}", _notebook_text(unit), SOME),
            _markdown_paper(f"texts/exercise-{unit}.html", f"Exercise {unit} on paper", _exercise_text(unit), EACH),
            _markdown_paper(f"texts/answers-{unit}.html", f"Answers to exercise {unit}", _solution_text(unit)),
        ]  # fmt: skip
    return made


def _notebook_text(unit: str) -> str:
    """Return the text of a notebook's cells as Markdown; what is folded there stands open here."""
    kept = (
        cell for cell in lesson_plans.cells(unit, "markdown").split("\n\n## ") if not cell.startswith("Check yourself")
    )
    text = "\n\n## ".join(kept).partition("**Terms met**")[0]
    return SCREEN_ONLY.sub("", FOLD.sub("", SUMMARY.sub(r"#### \1", text)))


def _exercise_text(unit: str) -> str:
    """Return an exercise as Markdown, with room for the answer to each task."""
    tasks = tasks_of(load_case("ukraine"))
    parts = []
    for cell in _cells_of("exercises", unit):
        found = TASK.search(cell.source)
        if cell.cell_type == "markdown":
            parts.append(TO_SCREEN.sub(ON_PAPER, cell.source))
        elif found:
            parts.append(_task(tasks[found[1]]) if found[1] in tasks else LINES)
    return "\n\n".join(parts)


def _solution_text(unit: str) -> str:
    """Return a solution as Markdown: the tasks, each with its answer and the reasons."""
    case = load_case("ukraine")
    names = {
        **case.article_names,
        **case.actor_names,
        **{key: each["title"] for key, each in case.measures["measures"].items()},
    }
    parts = []
    for cell in _cells_of("solutions", unit):
        if cell.cell_type == "markdown":
            parts.append(cell.source)
        elif "task.answer = " in cell.source:
            value = next(each.value for each in ast.parse(cell.source).body[1:] if isinstance(each, ast.Assign))
            parts.append(f"**Answer:** {_answer(ast.literal_eval(value), names)}")
    return "\n\n".join(parts)


def _answer(value: Any, names: Mapping[str, str]) -> str:
    """Return a model answer in words, with names for the keys of the case."""
    if isinstance(value, dict) and "quote" in value:
        return f"“{value['quote']}” ({names[value['article']]})"
    if isinstance(value, dict):
        return "; ".join(f"{names.get(key, key)}: {_answer(each, names)}" for key, each in value.items())
    return "; ".join(_answer(each, names) for each in value) if isinstance(value, list) else str(value)


def _cells_of(folder: str, unit: str) -> list[Any]:
    return list(nbformat.read(ROOT / folder / f"{course()[unit]['notebook']}.ipynb", as_version=4).cells)


def _task(spec: Mapping[str, Any]) -> str:
    """Return a task as Markdown: what is asked, and what to tick, to match, to put in order or to write."""
    listed = [str(each) for each in spec.get("options", ())]
    blank = "__________"
    ticks = ["  \n".join(f"☐ {each}" for each in listed)]
    answers = {
        "choice": ticks,
        "many": ticks,
        "order": ["  \n".join(f"____ {each}" for each in listed)],
        "match": [*(f"- {each}: {blank}" for each in spec.get("items", ())), "", f"Choose from: {'; '.join(listed)}."],
        "number": [f"Answer: {blank} {spec.get('suffix', '')}".rstrip()],
    }
    return "\n".join([f"#### {spec['task']}", "", *answers.get(spec.get("input", ""), [LINES])])


def _rubric(plan: str) -> str:
    """Return what a plan has under the heading of its rubric."""
    return plan.partition("\n## Rubric for the piece of writing\n")[2].partition("\n## ")[0]


def _guide(name: str) -> Paper:
    text = (ROOT / "docs" / f"{name}.md").read_text("utf-8")
    return _markdown_paper(f"guides/{name}.html", text.partition("\n")[0].lstrip("# "), text)


def _remote() -> Paper:
    text = (TEMPLATES / "remote-class.md").read_text("utf-8")
    return _markdown_paper("guides/remote-class.html", "A class that meets online", text)


def _markdown_paper(path: str, title: str, text: str, copies: str = FOR_YOU) -> Paper:
    return _page_paper(path, title, copies, _plain_page(title, _from_markdown(text), heading=False))


def _from_markdown(text: str) -> html.Html:
    from markdown_it import MarkdownIt

    # What lies in the checkout does not lie in the pack: such a link keeps its words alone.
    words = NOT_IN_PACK.sub(r"\1", re.sub(r"<!--.*?-->", "", text))
    return html.Html(MarkdownIt("commonmark", {"html": False}).enable("table").render(words))


def lms_papers(case: Case) -> list[Paper]:
    """Return the quiz questions in each format of a learning platform, and what each carries in another way."""
    papers, lost = [], []
    for to, form in FORMATS.items():
        data, changed = export_quizzes(case, to)
        papers.append(Paper(f"lms/{to}{form.ending}", f"Questions: {to}", "", data))
        lost += [f"{to}{form.ending}. {form.where}", *(f"  {each}" for each in changed), ""]
    return [*papers, Paper("lms/read-me.txt", "What each format carries", "", "\n".join(lost).encode())]


def phone_papers(case: Case) -> list[Paper]:
    """Return the pages on which learners answer by phone; none for a case without such a question."""
    try:
        pages = phone_pages(case, writing=writing_tasks())
    except KitError:
        return []
    names = {"projector.html": "All questions, for the projector"}
    return [Paper(f"phone/{path}", names.get(path, f"Question {path.removesuffix('.html')}"), "", text.encode())
            for path, text in pages.items()]  # fmt: skip


def slide_papers(case: Case) -> list[Paper]:
    """Return the decks; none without python-pptx."""
    if not find_spec("pptx"):
        return []
    from tools.slides import write_slides

    with tempfile.TemporaryDirectory(prefix="parley-slides-") as place:
        return [
            Paper(f"slides/{path.name}", f"Slides {path.stem[:2]}", "", path.read_bytes())
            for path in write_slides(case, Path(place))
        ]


# --- the pack


def parts(case: Case, say: Callable[[str], object] = print) -> list[Part]:
    """Return the parts of the pack in the order in which an instructor needs them."""
    made = []
    for title, about, make in (
        ("Lesson plans, rubrics and guides", "Read the plan of a unit first. Plans name examples of the lead case.", plan_papers),
        ("Slides", "Made for 90 minutes. You can change them. What to say stands in the notes of each slide.", lambda: slide_papers(case)),
        ("Texts of the notebooks, exercises and their answers", "What a plan shows on the screen, what learners may have seen there, and the exercises that it hands out, with the answers for you. Charts are on the slides and on the worksheets.", text_papers),
        ("Handouts and worksheets", "Print on A4. Role sheets are confidential: hand them out folded, and take them back.", lambda: handout_papers(case)),
        ("Articles with line numbers", "All learners read the same lines, so that you can say: line 20 of Pressure.", lambda: article_papers(case)),
        ("Questions for your learning platform", "Upload the file that your platform reads. The file read-me.txt says where.", lambda: lms_papers(case)),
        ("Answers by phone", "Put the folder phone on any web space, or open a page as a file. Nothing is sent. The page for the projector leads to all questions.", lambda: phone_papers(case)),
    ):  # fmt: skip
        say(f"{title} ...")
        made.append(Part(title, about, make()))
    return made


def with_pdf(found: list[Part], browser: str, say: Callable[[str], object] = print) -> list[Part]:
    """Return the parts with a PDF beside each page to print."""
    with tempfile.TemporaryDirectory(prefix="parley-pack-") as place:
        pages = {Path(place) / paper.path: paper for part in found for paper in part.papers if paper.printed}
        for path, paper in pages.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(paper.content)
        made = {}
        for number, path in enumerate(as_pdf(pages, browser), 1):
            say(f"PDF {number} of {len(pages)}: {path.name}")
            # A browser writes the hour into a PDF; digits of the same number leave all else in place.
            content = DATED.sub(b"(D:19800101000000", path.read_bytes())
            page_path = pages[path.with_suffix(".html")].path
            length = count_of(len(PAGE.findall(content)), "page")
            made[page_path] = Paper(page_path.removesuffix(".html") + ".pdf", length, "", content)
    return [part._replace(papers=list(_interleaved(part.papers, made))) for part in found]


def _interleaved(papers: Iterable[Paper], made: dict[str, Paper]) -> Iterator[Paper]:
    for paper in papers:
        yield paper
        if paper.path in made:
            yield made[paper.path]


def index(case: Case, found: list[Part], missing: list[str]) -> html.Html:
    """Return the page that says what lies in the pack and how often to print it."""
    everything = {paper.path: paper for part in found for paper in part.papers}
    shown = []
    for part in found:
        rows = [
            (html.tag("a", paper.title, href=paper.path), _pdf_link(paper, everything), paper.copies or "not to print")
            for paper in part.papers
            if not _beside_another(paper.path, everything)
        ]
        if rows:
            shown.append(html.join(html.tag("h2", part.title), html.tag("p", part.about), _table(rows)))
    notes = [html.tag("p", html.tag("strong", "Not in this pack: "), each) for each in missing]
    start = html.tag("p", "Open a file by its name. For a lesson without computers, print also the articles with line numbers, "
                     "and for yourself the answers for a class without screens. Sheets for 24 learners at three tables are "
                     "counted in the guide to running the negotiation.")  # fmt: skip
    return _plain_page(f"Instructor's pack: {case.title}", html.join(start, *notes, _by_unit(found), *shown))


def _by_unit(found: list[Part]) -> html.Html:
    """Return for each unit what its instructor needs, and what to print for learners."""
    papers = {paper.path: paper for part in found for paper in part.papers}
    rows = []
    for unit, about in course().items():
        mine = [paper for path, paper in papers.items() if _unit_of(path) == unit and paper.copies != TO_LOOK_THROUGH]
        parted = [[], []]
        for paper in mine:
            path = paper.path.removesuffix(".html") + ".pdf"
            link = html.tag("a", paper.title.removeprefix(f"{unit} · "), href=path if path in papers else paper.path)
            for_learners = bool(paper.copies) and not paper.copies.startswith(FOR_YOU)
            parted[for_learners].append(html.tag("div", link, f": {paper.copies}" if for_learners else ""))
        rows.append((f"{unit} {about['title']}", *(html.join(*listed) for listed in parted)))
    heading = html.tag("h2", "Unit by unit")
    return html.join(heading, _table(rows, ("Unit", "For you", "For learners, and how many to print")))


def _unit_of(path: str) -> str:
    """Return the unit that a file is for; empty for one of all units, and for the PDF beside a page."""
    if path.endswith(".pdf"):
        return ""
    found = OF_UNIT.match(path)
    return found[1] if found else "06" if path.startswith("handouts/confidential/") else ""


def _beside_another(path: str, everything: Mapping[str, Paper]) -> bool:
    """Return whether a file is reached from another: a PDF from its page's row, a question from the projector's page."""
    page = path.removesuffix(".pdf") + ".html"
    return (path.endswith(".pdf") and page in everything) or (
        path.startswith("phone/") and path != "phone/projector.html"
    )


def _pdf_link(paper: Paper, everything: Mapping[str, Paper]) -> html.Html | str:
    target = paper.path.removesuffix(".html") + ".pdf"
    return (
        html.tag("a", f"PDF of {paper.title}, {everything[target].title}", href=target) if target in everything else ""
    )


def _table(rows: list[tuple[object, ...]], heads: tuple[str, ...] = ("File", "To print", "How many")) -> html.Html:
    return html.tag(
        "table",
        html.tag("thead", html.tag("tr", *(html.tag("th", head, scope="col") for head in heads))),
        html.tag("tbody", *(html.tag("tr", *(html.tag("td", cell) for cell in row)) for row in rows)),
        class_="tight small",
    )


def make_pack(case: Case, target: Path, *, pdf: bool = True, say: Callable[[str], object] = print) -> list[str]:
    """Write the pack and return, in sentences, what it lacks.

    Parameters
    ----------
    target : Path
        The zip; its folder is made if it is not there.
    pdf : bool
        Whether to print pages to PDF, if there is a browser for it.
    say : callable
        Told of each step.
    """
    browser = find_browser() if pdf else None
    found = parts(case, say)
    missing = []
    if browser:
        found = with_pdf(found, browser, say)
    if not any(paper.path.endswith(".pdf") for part in found for paper in part.papers):
        missing.append(
            "PDF files, since no Chromium, Chrome or Edge made them. Open each page and print it from your browser."
        )
    if not any(part.title == "Slides" and part.papers for part in found):
        missing.append("slides, since the package python-pptx was not installed where this pack was made.")
    files = {"index.html": index(case, found, missing).encode()}
    files |= {paper.path: paper.content for part in found for paper in part.papers}
    write_zip(target, {f"{target.stem}/{name}": data for name, data in files.items()})
    return missing


def pack_path(case: Case, folder: Path = ROOT / "dist") -> Path:
    """Return where a case's pack is written."""
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    named = "" if case.name == "ukraine" else f"-{case.name}"
    return folder / f"parley-instructor-pack{named}-{version}.zip"


def main() -> int:
    """Write the pack and say where it is and what it lacks."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--case", default="ukraine", help="a bundled case or a case's folder (default: ukraine)")
    parser.add_argument("--no-pdf", action="store_true", help="write pages only, which is faster")
    parser.add_argument("--out", default=str(ROOT / "dist"), help="the zip's folder (default: dist)")
    told = parser.parse_args()
    try:
        case = load_case(told.case)
        target = pack_path(case, Path(told.out))
        target.parent.mkdir(parents=True, exist_ok=True)  # a folder that cannot be written to is told at once
        missing = make_pack(case, target, pdf=not told.no_pdf, say=lambda words: print(words, flush=True))
    except KitError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    except OSError as error:
        sys.stderr.write(f"The zip cannot be written to {told.out}: {error.strerror or error}.\n")
        return 1
    for each in missing:
        print(f"Not in this pack: {each}")
    print(f"{target}: {target.stat().st_size / 1e6:.1f} MB. Unpack it and open index.html.")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
