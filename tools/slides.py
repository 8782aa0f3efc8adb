"""Write a deck of slides for each unit, ``dist/slides/NN-….pptx``, from the lesson plans and the case's own charts.

A deck follows the plan for 90 minutes: a title, what learners are to reach, a slide for each part of the hour with its
question and what ``docs/slides.yaml`` puts under it, and the last part as the end. What to say, to ask and to do and the
minutes stand in the speaker notes, those of the plan for 50 minutes too. A chart of the explorer that a part uses is a
picture, with the chart's own text alternative and letters as large as those beside it.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING, Any

import yaml

from kit.errors import KitError
from kit.learning.progress import course
from kit.screen import runtime, theme
from tools import exhibits, lesson_plans

if TYPE_CHECKING:
    from ipywidgets import Widget
    from pptx.presentation import Presentation
    from pptx.slide import Slide

    from kit.case import Case
    from kit.screen.chart import Chart

ROOT = Path(__file__).resolve().parent.parent
SHOWN = ROOT / "docs" / "slides.yaml"
LENGTH, SHORT = 90, 50
SMALLEST = 18  # points: legible from the last row
FONT = "Arial"  # there, or with the same widths, on every machine that opens a deck
WIDE, HIGH = 13.333, 7.5  # inches, 16:9
MARGIN = 0.7
TOP, FOOT = 1.5, 6.85  # between these stands what a slide is for
WITHIN = WIDE - 2 * MARGIN
POINTS = 72  # in an inch
PIXELS = 760  # width of a chart before it is enlarged
AXES = {"x": 44, "y": 18}  # letters in a line of the title of an axis
AIMS = "What we are going to do"
LONG_AGO = datetime(1980, 1, 1, tzinfo=UTC)


def deck(case: Case, unit: str, plan: Mapping[str, Any]) -> Presentation:
    """Return a unit's deck.

    Parameters
    ----------
    case : Case
        Whose charts are drawn. A chart that the case has no data for is left out.
    """
    from pptx import Presentation
    from pptx.util import Inches

    made = Presentation()
    made.slide_width, made.slide_height = Inches(WIDE), Inches(HIGH)
    about = made.core_properties
    about.title, about.author = f"{unit} · {course()[unit]['title']}", "The Parley authors"
    about.created = about.modified = LONG_AGO  # the same plan gives the same deck
    rows, prompts = plan["sessions"][LENGTH], lesson_plans.prompts(unit)
    short = {row["part"]: (at, row) for at, row in _clocked(plan["sessions"][SHORT])}
    shown = yaml.safe_load(SHOWN.read_text("utf-8")).get(unit, {})
    _title(made, case, unit, plan)
    _aims(made, plan, rows)
    for clock, row in _clocked(rows):
        notes = _notes(row, clock, short.get(row["part"]), plan, prompts)
        prompt = prompts.get(row.get("discuss", 0))
        asked = prompt.text if prompt else row["say"]
        _part(made, case, row, asked, notes, shown.get(row["part"], {}))
    return made


def _clocked(rows: list[Mapping[str, Any]]) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """Yield each part of an hour with the minute at which it begins."""
    clock = 0
    for row in rows:
        yield clock, row
        clock += row["minutes"]


def _title(made: Presentation, case: Case, unit: str, plan: Mapping[str, Any]) -> None:
    slide = _slide(made, "\n".join(["Before the lesson:", *plan["prepare"], "", f"If time runs short: {plan['cut']}"]))
    _words(slide, f"Unit {unit}", (MARGIN, 2.1, WITHIN, 0.7), 24, colour=theme.QUIET)
    _heading(slide, course()[unit]["title"], top=2.7, size=48)
    _words(slide, case.title, (MARGIN, 4.3, WIDE - 2 * MARGIN, 1.2), 24)
    facts = f"Facts to {case.as_of.day} {case.as_of:%B %Y} · Parley"
    _words(slide, facts, (MARGIN, 6.3, WIDE - 2 * MARGIN, 0.5), SMALLEST, colour=theme.QUIET)


def _aims(made: Presentation, plan: Mapping[str, Any], rows: list[Mapping[str, Any]]) -> None:
    """Say what learners are to reach, and the parts of the hour with their minutes."""
    parts = [f"{row['part']} ({row['minutes']} min)" for row in rows]
    slide = _slide(made, f"Read the aim aloud. The parts of this plan: {'; '.join(parts)}.")
    _heading(slide, AIMS)
    _words(slide, plan["promise"], (MARGIN, TOP, WIDE - 2 * MARGIN, 1.5), 28)
    half = (len(parts) + 1) // 2
    across = (WIDE - 2 * MARGIN) / 2
    for n, listed in enumerate((parts[:half], parts[half:])):
        _words(slide, "\n".join(listed), (MARGIN + n * across, TOP + 1.7, across, 3.3), 20)


def _notes(
    row: Mapping[str, Any],
    clock: int,
    short: tuple[int, Mapping[str, Any]] | None,
    plan: Mapping[str, Any],
    prompts: Mapping[int, Any],
) -> str:
    """Return what the speaker reads: the minutes in both plans, and what to say, to ask, to do and to listen for."""
    notes = [f"From minute {clock} to {clock + row['minutes']} ({row['minutes']} min), {row['group']}."]
    if short:
        at, brief = short
        notes += [
            f"In {SHORT} minutes: from minute {at} to {at + brief['minutes']} ({brief['minutes']} min), {brief['group']}. {brief['do']}"
        ]
    else:
        notes += [f"In {SHORT} minutes: leave this slide out."]
    notes += [f"Say: {row['say']}"]
    notes += [f"Ask: {_plain(prompts[row['discuss']].text)}"] if "discuss" in row else []
    notes += [f"Do: {row['do']}"]
    notes += [f"Open: {lesson_plans.spoken_name(row['explorer'])}."] if "explorer" in row else []
    notes += [f"Listen for: {plan['answers'][row['discuss']]}"] if "discuss" in row else []
    return "\n\n".join(notes)


def _part(
    made: Presentation, case: Case, row: Mapping[str, Any], asked: str, notes: str, shown: Mapping[str, Any]
) -> None:
    """Add a slide for a part of the hour: what the room is asked, and under it what helps to answer."""
    exhibit = _exhibit(case, shown)
    where = shown.get("chart")
    chart = first_chart(case, row["explorer"], guessed=where == "next") if where and "explorer" in row else None
    here = chart if where == "here" else None
    slide = _slide(made, notes)
    _heading(slide, row["part"])
    size = _size(asked, beside=bool(exhibit or here))
    lines = _lines(asked, size, WITHIN)
    _words(slide, _plain(asked), (MARGIN, TOP, WITHIN, FOOT - TOP), size)
    below = TOP + (lines + 0.7) * 1.2 * size / POINTS
    if exhibit:
        _show(slide, exhibit, below)
    if here:
        _picture(slide, here, (MARGIN, below, WITHIN, FOOT - below - 0.1))
    told = f"{row['minutes']} minutes · {row['group']}"
    _words(slide, told, (MARGIN, FOOT, WITHIN, 0.45), SMALLEST, colour=theme.QUIET)
    if chart and not here:
        after = _slide(made, "Show this when the room has guessed.\n\n" + chart.alt)
        _heading(after, f"{row['part']} The picture" if row["part"].endswith("?") else f"{row['part']}: the picture")
        _picture(after, chart, (MARGIN, TOP, WITHIN, FOOT - TOP))


def _exhibit(case: Case, shown: Mapping[str, Any]) -> exhibits.Exhibit | None:
    if "from" in shown:
        return exhibits.MAKERS[shown["from"]](case)
    if "rows" in shown:
        return exhibits.Exhibit(tuple(shown["heads"]), [tuple(row) for row in shown["rows"]])
    return exhibits.Exhibit((), [(each,) for each in shown["lines"]]) if "lines" in shown else None


def _lines(text: str, size: float, across: float) -> int:
    """Return in how many lines a text stands, by the middle width of Arial's letters."""
    letters = max(1, int(across * POINTS / (0.47 * size)))
    return sum(-(-max(1, len(part)) // letters) for part in text.split("\n"))


def _show(slide: Slide, exhibit: exhibits.Exhibit, below: float) -> None:
    """Put lines or a table under the question, as large as they fit."""
    if not exhibit.heads:
        text = "\n".join(row[0] for row in exhibit.rows)
        room = (FOOT - below) * POINTS
        size = next((size for size in (28, 24, 20) if 1.55 * size * _lines(text, size, WITHIN) <= room), SMALLEST)
        _words(slide, text, (MARGIN, below, WITHIN, FOOT - below), size)
        return
    _table(slide, exhibit, below)


def _table(slide: Slide, exhibit: exhibits.Exhibit, below: float) -> None:
    from pptx.dml.color import RGBColor
    from pptx.util import Inches

    rows = [exhibit.heads, *exhibit.rows]
    widths = _widths(rows)
    heights = {size: [_row_height(row, widths, size) for row in rows] for size in (24, 22, 20, SMALLEST)}
    size = next((size for size, tall in heights.items() if sum(tall) <= FOOT - below), SMALLEST)
    box = (MARGIN, below, WITHIN, sum(heights[size]))
    frame = slide.shapes.add_table(len(rows), len(exhibit.heads), *map(Inches, box))
    frame.name = "Table"
    table = frame.table
    for column, width in enumerate(widths):
        table.columns[column].width = Inches(width)
    for place, row in enumerate(rows):
        table.rows[place].height = Inches(heights[size][place])
        for column, text in enumerate(row):
            cell = table.cell(place, column)
            cell.margin_left = cell.margin_right = Inches(0.08)
            cell.margin_top = cell.margin_bottom = Inches(0.03)
            cell.fill.solid()
            cell.fill.fore_color.rgb = RGBColor.from_string((theme.PAPER if place else theme.GRID).lstrip("#"))
            _fill(cell.text_frame, text, size, theme.INK, bold=not place, tight=True)


def _widths(rows: list[tuple[str, ...]]) -> list[float]:
    """Return how wide each column is, in inches: room for its longest word, and of the rest more for longer texts."""
    columns = list(zip(*rows, strict=True))
    least = [0.14 * max(len(word) for text in column for word in [*text.split(), ""]) + 0.3 for column in columns]
    wished = [max(map(len, column)) ** 0.7 for column in columns]
    left = max(0.0, WITHIN - sum(least))
    widths = [room + left * wish / sum(wished) for room, wish in zip(least, wished, strict=True)]
    return [WITHIN * width / sum(widths) for width in widths]


def _row_height(row: tuple[str, ...], widths: list[float], size: int) -> float:
    lines = max(_lines(text, size, width - 0.16) for text, width in zip(row, widths, strict=True))
    return lines * 1.2 * size / POINTS + 0.08


def _plain(text: str) -> str:
    """Return the words of a line of Markdown: its emphasis has no place on a slide."""
    return text.replace("*", "").replace("`", "")


def _size(text: str, *, beside: bool) -> int:
    """Return the size in points at which a text fits its place, from large to the smallest that is legible."""
    steps = ((130, 28), (230, 24), (330, 20)) if beside else ((90, 40), (180, 36), (300, 32), (450, 28), (700, 24))
    return next((size for longest, size in steps if len(text) <= longest), SMALLEST)


# --- the pieces of a slide


def _slide(made: Presentation, notes: str) -> Slide:
    """Add a slide of the layout that has a title alone, with what the speaker reads."""
    slide = made.slides.add_slide(made.slide_layouts[5])
    slide.notes_slide.notes_text_frame.text = notes
    return slide


def _heading(slide: Slide, text: str, top: float = 0.45, size: int = 36) -> None:
    """Write into the slide's own title, by which a screen reader and an outline name it."""
    from pptx.util import Inches

    title = slide.shapes.title
    title.left, title.top, title.width = Inches(MARGIN), Inches(top), Inches(WIDE - 2 * MARGIN)
    title.height = Inches(1.5 if size > 40 else 1)
    _fill(title.text_frame, text, size, theme.INK, bold=True)


def _words(slide: Slide, text: str, box: tuple[float, float, float, float], size: int, colour: str = theme.INK) -> None:
    from pptx.util import Inches

    frame = slide.shapes.add_textbox(*map(Inches, box)).text_frame
    _fill(frame, text, size, colour)


def _fill(frame: Any, text: str, size: int, colour: str, *, bold: bool = False, tight: bool = False) -> None:
    from pptx.dml.color import RGBColor
    from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
    from pptx.util import Pt

    frame.word_wrap, frame.vertical_anchor = True, MSO_ANCHOR.TOP
    if not tight:
        frame.margin_left = frame.margin_right = 0
    frame.text = text
    for paragraph in frame.paragraphs:
        paragraph.alignment, paragraph.space_after = PP_ALIGN.LEFT, Pt(0 if tight else size / 3)
        for run in paragraph.runs:
            run.font.size, run.font.bold, run.font.name = Pt(size), bold, FONT
            run.font.color.rgb = RGBColor.from_string(colour.lstrip("#"))


def _picture(slide: Slide, chart: Chart, box: tuple[float, float, float, float]) -> None:
    """Put a chart into a box, as large as it fits, with its text alternative."""
    from pptx.util import Inches

    with tempfile.TemporaryDirectory(prefix="parley-slides-") as place:
        path = Path(place) / "chart.png"
        path.write_bytes(draw(chart, box[2], box[3]))
        picture = slide.shapes.add_picture(str(path), 0, 0)
    left, top, across, down = map(Inches, box)
    scale = min(across / picture.width, down / picture.height)
    picture.width, picture.height = round(picture.width * scale), round(picture.height * scale)
    picture.left, picture.top = left + (across - picture.width) // 2, top
    picture._element.nvPicPr.cNvPr.set("descr", chart.alt)  # python-pptx has no name for the text alternative
    picture.name = "Chart"


def draw(chart: Chart, across: float, down: float) -> bytes:
    """Return a chart as PNG whose smallest letters are legible from the last row where it fills a box, in inches.

    Raises
    ------
    KitError
        If letters of that size do not fit the chart.
    """
    from kit.screen.chart import VEGA_LITE

    vl_convert = runtime.drawing_library()
    spec = with_short_lines({key: value for key, value in chart.standalone(width=PIXELS).items() if key != "title"})
    for by in (1.3, 1.4, 1.5, 1.6, 1.7, 1.8, 1.9, 2):
        larger = enlarged(spec, by)
        if smallest_letters(vl_convert.vegalite_to_svg(larger, vl_version=VEGA_LITE), across, down) >= SMALLEST:
            return bytes(vl_convert.vegalite_to_png(larger, vl_version=VEGA_LITE, scale=2))
    msg = "This chart's words cannot be read from the last row"
    raise KitError(msg, where=chart.alt, remedy="Show a table instead: docs/slides.yaml says what a slide shows.")


def with_short_lines(part: Any, most: int = 0) -> Any:
    """Return a specification whose titles of axes stand in several lines, so that large letters have room."""
    if isinstance(part, Mapping):
        return {
            key: wrap(value, most) if most and key == "title" and isinstance(value, str)
            else with_short_lines(value, AXES.get(key, most if key == "axis" else 0))
            for key, value in part.items()
        }  # fmt: skip
    return [with_short_lines(each, most) for each in part] if isinstance(part, list) else part


def enlarged(part: Any, by: float) -> Any:
    """Return a specification with all its letters larger, and the room that is kept for them."""
    if isinstance(part, Mapping):
        letters = {key for key in part if key.lower().endswith(("fontsize", "labellimit"))}
        return {
            key: value * by if key in letters and isinstance(value, int | float) else enlarged(value, by)
            for key, value in part.items()
        }
    return [enlarged(each, by) for each in part] if isinstance(part, list) else part


def smallest_letters(svg: str, across: float, down: float) -> float:
    """Return the size in points of a drawing's smallest letters where it fills a box as far as it can."""
    width, height = map(float, re.findall(r'\b(?:width|height)="([\d.]+)"', svg)[:2])
    scale = min(across * POINTS / width, down * POINTS / height)
    return scale * min(map(float, re.findall(r'font-size="([\d.]+)px"', svg)), default=SMALLEST)


# --- the case's charts


def first_chart(case: Case, name: str, *, guessed: bool = False) -> Chart | None:
    """Return the first chart that an explorer shows when it opens, or once its guess is made.

    None for one without, or a case without its data.
    """
    make: Any = lesson_plans.explorer(name)
    try:
        return next(_charts(make(case), guessed), None)
    except KitError:
        return None


def _charts(widget: Widget, guessed: bool) -> Iterator[Chart]:
    """Yield the charts with something in them that stand in a widget; hidden ones only once a guess is made."""
    from kit.screen.chart import Chart

    if not guessed and getattr(getattr(widget, "layout", None), "display", None) == "none":
        return
    if isinstance(widget, Chart):
        if len(widget.rows):
            yield widget
        return
    for child in getattr(widget, "children", ()):
        yield from _charts(child, guessed)


# --- writing them


def write_slides(case: Case, folder: Path) -> Iterator[Path]:
    """Write each unit's deck, one after the other."""
    from kit.learning import scratch_portfolio
    from tools.same_zip import settle

    scratch_portfolio()  # nobody's own answers on a slide
    folder.mkdir(parents=True, exist_ok=True)
    for unit, plan in lesson_plans.load().items():
        path = folder / f"{course()[unit]['notebook']}.pptx"
        deck(case, unit, plan).save(str(path))
        settle(path)
        yield path


def main() -> int:
    """Write the decks and say where they are."""
    from kit.case import load_case

    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--case", default="ukraine", help="whose charts: a bundled case or a case's folder")
    parser.add_argument(
        "--out", default=str(ROOT / "dist" / "slides"), help="where to write them (default: dist/slides)"
    )
    told = parser.parse_args()
    try:
        for path in write_slides(load_case(told.case), Path(told.out)):
            print(f"wrote {path.name}", flush=True)
    except KitError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
