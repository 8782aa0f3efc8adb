"""How the kit looks: its colours by day and by night, shapes and dashes that differ without colour, one chart theme.

The colours are said here alone: `parley.css` gets them as CSS variables, charts by the configuration below, and
`chart.js` trades each for its partner by night.
"""

from __future__ import annotations

from typing import Any

INK = "#1f2328"
QUIET = "#57606a"
LINE = "#d0d7de"
PAPER = "#ffffff"
WASH = "#f6f8fa"
FOCUS = "#0b62c4"

# Each is legible as text on PAPER and on WASH (AA) and at least 12 CIELAB units from every other in
# full colour vision and in the three common kinds of colour blindness: tests/test_html.py holds that.
PALETTE = ["#0b62c4", "#c04c00", "#8f2d86", "#00795a", "#5c3d00", "#003f5c", "#66707b"]
SHAPES = ["circle", "square", "triangle-up", "diamond", "cross", "triangle-down", "triangle-right"]
DASHES = [[1, 0], [6, 3], [2, 3], [10, 3, 2, 3], [4, 2, 1, 2, 1, 2], [12, 4], [1, 5]]
UNDERLINES = ["solid", "dashed", "dotted", "double", "wavy", "thick"]

# Light to dark in one hue: for amounts.
SCALE = ["#eef4fb", "#c3daf4", "#8db9e8", "#4c8fd6", "#0b62c4", "#073b78"]

# From "much less likely" over nothing to "much more likely"; ink is legible on each.
DIVERGING = ["#e9a36b", "#f4c9a5", "#fae4d2", PAPER, "#dbe8f6", "#b3d0ee", "#7fb0e2"]

GRID = "#e6eaee"
MARKED = "#fff3bf"  # the ground of marked words

# Each colour's partner on a dark ground. Those of the palette are as far apart as by day, and legible (AA) on the dark
# paper and wash. Amounts run the other way: the more, the lighter, so that the numbers in pale cells stay light on dark.
NIGHT = {
    INK: "#e6edf3",
    QUIET: "#a3adb8",
    LINE: "#3d444d",
    PAPER: "#111111",
    WASH: "#1c2127",
    GRID: "#2a3038",
    MARKED: "#4d3f00",
    **dict(zip(SCALE, ["#1b2530", "#1f3a57", "#27527f", "#2f67a3", "#74b9ff", "#b5d8fb"], strict=True)),
    **dict(zip(DIVERGING, ["#8a4a17", "#5e3716", "#3b2716", "#111111", "#1a2e44", "#1f4468", "#2a5f94"], strict=True)),
    **dict(zip(PALETTE, ["#74b9ff", "#f7a053", "#e399d4", "#4bdca9", "#cebf82", "#aee5e6", "#87a1a2"], strict=True)),
}

KINDS = ("actor", "driver", "obstacle", "measure", "settlement", "scenario")
FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, 'DejaVu Sans', sans-serif"


def place_of(kind: str) -> int:
    """Return the place of a kind of code in the kit's order, the same in every chart and text.

    A kind of somebody's own codebook gets a place from its letters.
    """
    return KINDS.index(kind) if kind in KINDS else sum(kind.encode()) % len(PALETTE)


def chart_config() -> dict[str, Any]:
    """Return the Vega-Lite configuration of every chart: light ground, quiet axes, no text under 12 px."""
    words = {"labelFontSize": 12, "titleFontSize": 13, "titleFontWeight": 600, "labelColor": INK, "titleColor": INK}
    lines = {"gridColor": GRID, "domainColor": LINE, "tickColor": LINE}
    axis = {**words, **lines, "titlePadding": 8, "labelLimit": 220}
    legend = {**words, "orient": "top", "labelLimit": 260, "symbolSize": 110, "offset": 10}
    heading = {"fontSize": 16, "fontWeight": 600, "color": INK, "anchor": "start", "subtitleFontSize": 13}
    return {
        "background": PAPER,
        "font": FONT,
        "padding": {"left": 8, "right": 12, "top": 8, "bottom": 8},
        "axis": axis,
        "axisQuantitative": {"tickCount": 6},
        "axisTemporal": {"tickCount": 8},
        "legend": legend,
        "title": {**heading, "subtitleColor": QUIET, "offset": 12},
        "header": {"labelFontSize": 13, "titleFontSize": 13, "labelColor": INK, "titleColor": INK},
        "view": {"stroke": None, "continuousHeight": 280, "continuousWidth": 620},
        "range": {"category": PALETTE, "symbol": SHAPES, "ordinal": SCALE[1:], "ramp": SCALE, "heatmap": SCALE},
        "text": {"fontSize": 12, "color": INK},
        "point": {"size": 90, "filled": True, "color": PALETTE[0]},
        "circle": {"size": 90, "color": PALETTE[0]},
        "bar": {"color": PALETTE[0], "cornerRadiusEnd": 2},
        "line": {"strokeWidth": 2.5, "color": PALETTE[0]},
        "rule": {"color": QUIET},
    }


def css_variables(*, night: bool = True) -> str:
    """Return the colours as CSS variables: by day, and by night where JupyterLab or the system is dark."""
    named = {
        "ink": INK, "quiet": QUIET, "line": LINE, "paper": PAPER, "wash": WASH, "accent": FOCUS, "touch": SCALE[0],
        "marked": MARKED, **{f"colour-{place}": colour for place, colour in enumerate(PALETTE)},
    }  # fmt: skip
    by_day = "".join(f"--parley-{name}:{colour};" for name, colour in named.items())
    by_night = "".join(f"--parley-{name}:{NIGHT[colour]};" for name, colour in named.items()) + "color-scheme:dark;"
    # JupyterLab says on its body which it is; a page of its own follows the system.
    dark = (
        f"body[data-jp-theme-light=false]{{{by_night}}}"
        f"@media screen and (prefers-color-scheme:dark){{body:not([data-jp-theme-light]){{{by_night}}}}}"
    )
    return f"body{{{by_day}}}{dark if night else ''}"


def variable_of(place: int) -> str:
    """Return the CSS of a colour of the palette, which follows the theme of the page."""
    place %= len(PALETTE)
    return f"var(--parley-colour-{place},{PALETTE[place]})"
