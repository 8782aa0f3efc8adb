"""Charts as still pictures in a page that stands alone."""

from __future__ import annotations

from base64 import b64encode
from typing import TYPE_CHECKING

from kit.errors import KitError
from kit.screen import html, runtime

if TYPE_CHECKING:
    from kit.screen.chart import Chart


def as_figure(svg: str, alt: str) -> html.Html:
    """Return a drawing with its text alternative.

    It goes in as an image, not as elements of the page: what is drawn of a case or a name can then run nothing.
    """
    drawn = f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"
    words = html.tag("figcaption", f"In words: {alt}", class_="parley-quiet")
    return html.tag("figure", html.tag("img", src=drawn, alt=alt), words)


def draw_chart(chart: Chart) -> html.Html:
    """Return a chart as a figure; where nothing can draw it (in a browser page), its text alternative alone."""
    from kit.screen.chart import VEGA_LITE

    try:
        svg = runtime.drawing_library().vegalite_to_svg(chart.standalone(width=640), vl_version=VEGA_LITE)
    except KitError:
        return html.tag("p", f"In words: {chart.alt}", class_="parley-quiet")
    return as_figure(svg, chart.alt)
