"""Write a deck of slides for each unit, ``dist/slides/NN-….pptx``, from the lesson plans and the case's own charts.

A deck follows the plan for 90 minutes: a title, what learners are to reach, a slide for each part of the hour with what the
plan says there, and the last part as the end. What to say, what to do and the minutes stand in the speaker notes. A chart of
the explorer that a part uses is a picture, with the chart's own text alternative.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kit.errors import KitError
from kit.learning.progress import course
from kit.screen import theme
from tools import lesson_plans

if TYPE_CHECKING:
    from ipywidgets import Widget
    from pptx.presentation import Presentation
    from pptx.slide import Slide

    from kit.case import Case
    from kit.screen.chart import Chart

ROOT = Path(__file__).resolve().parent.parent
LENGTH = 90
SMALLEST = 18  # points: legible from the last row
FONT = "Arial"  # there, or with the same widths, on every machine that opens a deck
WIDE, HIGH = 13.333, 7.5  # inches, 16:9
MARGIN = 0.7
TOP, FOOT = 1.75, 6.85  # between these stands what a slide is for
AIMS = "What we are going to do"
LONG_AGO = datetime(1980, 1, 1, tzinfo=UTC)


def deck(case: Case, unit: str, plan: Mapping[str, Any]) -> Presentation:
    """Return a unit's deck.

    Parameters
    ----------
    case : Case
        Whose charts are drawn. A chart that the case has no data for is left out.
    unit : str
        Such as "03".
    plan : dict
        The unit's plan, of `lesson_plans.load`.
    """
    from pptx import Presentation
    from pptx.util import Inches

    made = Presentation()
    made.slide_width, made.slide_height = Inches(WIDE), Inches(HIGH)
    about = made.core_properties
    about.title, about.author = f"{unit} · {course()[unit]['title']}", "The Parley authors"
    about.created = about.modified = LONG_AGO  # the same plan gives the same deck
    rows, prompts = plan["sessions"][LENGTH], lesson_plans.prompts(unit)
    _title(made, case, unit, plan)
    _aims(made, plan, rows)
    clock = 0
    for row in rows:
        _part(made, case, row, clock, prompts.get(row.get("discuss", 0)))
        clock += row["minutes"]
    return made


def _title(made: Presentation, case: Case, unit: str, plan: Mapping[str, Any]) -> None:
    slide = _slide(made, "\n".join(["Before the lesson:", *plan["prepare"], "", f"If time runs short: {plan['cut']}"]))
    _words(slide, f"Unit {unit}", (MARGIN, 2.1, WIDE - 2 * MARGIN, 0.7), 24, colour=theme.QUIET)
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


def _part(made: Presentation, case: Case, row: Mapping[str, Any], clock: int, prompt: Any) -> None:
    """Add a slide for a part of the hour: what the room is asked, and beside it the explorer's chart."""
    asked = prompt.text if prompt else row.get("say", row["do"])
    notes = [f"From minute {clock} to {clock + row['minutes']} ({row['minutes']} min), {row['group']}."]
    notes += [f"Say: {row['say']}"] if "say" in row else []
    notes += [f"Do: {row['do']}"]
    notes += [f"Open: {row['explorer'].rpartition('.')[2]}."] if "explorer" in row else []
    slide = _slide(made, "\n\n".join(notes))
    _heading(slide, row["part"])
    chart = first_chart(case, row["explorer"]) if "explorer" in row and not prompt else None
    across = 4.2 if chart else WIDE - 2 * MARGIN
    _words(slide, _plain(asked), (MARGIN, TOP, across, FOOT - TOP), _size(asked, narrow=bool(chart)))
    if chart:
        _picture(slide, chart, (MARGIN + across + 0.3, TOP, WIDE - 2 * MARGIN - across - 0.3, FOOT - TOP - 0.1))
    told = f"{row['minutes']} minutes · {row['group']}"
    _words(slide, told, (MARGIN, FOOT, WIDE - 2 * MARGIN, 0.45), SMALLEST, colour=theme.QUIET)


def _plain(text: str) -> str:
    """Return the words of a line of Markdown: its emphasis has no place on a slide."""
    return text.replace("*", "").replace("`", "")


def _size(text: str, *, narrow: bool) -> int:
    """Return the size in points at which a text fits its place, from large to the smallest that is legible."""
    steps = ((110, 28), (190, 24), (270, 20)) if narrow else ((90, 40), (180, 36), (300, 32), (450, 28), (700, 24))
    return next((size for longest, size in steps if len(text) <= longest), SMALLEST)


# --- the pieces of a slide


def _slide(made: Presentation, notes: str) -> Slide:
    """Add a slide of the layout that has a title alone, with what the speaker reads."""
    slide = made.slides.add_slide(made.slide_layouts[5])
    slide.notes_slide.notes_text_frame.text = notes
    return slide


def _heading(slide: Slide, text: str, top: float = 0.55, size: int = 36) -> None:
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


def _fill(frame: Any, text: str, size: int, colour: str, *, bold: bool = False) -> None:
    from pptx.dml.color import RGBColor
    from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
    from pptx.util import Pt

    frame.word_wrap, frame.vertical_anchor = True, MSO_ANCHOR.TOP
    frame.margin_left = frame.margin_right = 0
    frame.text = text
    for paragraph in frame.paragraphs:
        paragraph.alignment, paragraph.space_after = PP_ALIGN.LEFT, Pt(size / 3)
        for run in paragraph.runs:
            run.font.size, run.font.bold, run.font.name = Pt(size), bold, FONT
            run.font.color.rgb = RGBColor.from_string(colour.lstrip("#"))


def _picture(slide: Slide, chart: Chart, box: tuple[float, float, float, float]) -> None:
    """Put a chart into a box, as large as it fits, with its text alternative."""
    from pptx.util import Inches

    with tempfile.TemporaryDirectory(prefix="parley-slides-") as place:
        # Narrower than the slide's pixels, so that the chart's own words come out large.
        path = chart.picture(Path(place) / "chart.png", width=480, scale=3)
        picture = slide.shapes.add_picture(str(path), 0, 0)
    left, top, across, down = map(Inches, box)
    scale = min(across / picture.width, down / picture.height)
    picture.width, picture.height = round(picture.width * scale), round(picture.height * scale)
    picture.left, picture.top = left + (across - picture.width) // 2, top
    picture._element.nvPicPr.cNvPr.set("descr", chart.alt)  # python-pptx has no name for the text alternative
    picture.name = "Chart"


# --- the case's charts


def first_chart(case: Case, name: str) -> Chart | None:
    """Return the first chart that an explorer shows when it opens; None for one without, or a case without its data."""
    make: Any = lesson_plans.explorer(name)
    try:
        return next(_charts(make(case)), None)
    except KitError:
        return None


def _charts(widget: Widget) -> Iterator[Chart]:
    """Yield the charts with something in them that stand in a widget and are not hidden."""
    from kit.screen.chart import Chart

    if getattr(getattr(widget, "layout", None), "display", None) == "none":
        return
    if isinstance(widget, Chart):
        if len(widget.rows):
            yield widget
        return
    for child in getattr(widget, "children", ()):
        yield from _charts(child)


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
