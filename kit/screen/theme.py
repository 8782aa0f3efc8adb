"""How the kit looks: one palette, shapes and dashes that differ without colour, one chart theme, one style sheet."""

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

KINDS = ("actor", "driver", "obstacle", "measure", "settlement", "scenario")
FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, 'DejaVu Sans', sans-serif"


def place_of(kind: str) -> int:
    """Return the place of a kind of code in the kit's order, the same in every chart and text.

    A kind of somebody's own codebook gets a place from its letters.
    """
    return KINDS.index(kind) if kind in KINDS else sum(kind.encode()) % len(PALETTE)


def colour_of(kind: str) -> str:
    """Return the colour that stands for a kind of code everywhere in the kit."""
    return PALETTE[place_of(kind) % len(PALETTE)]


def shape_of(kind: str) -> str:
    """Return the shape that goes with `colour_of`, so that nothing hangs on colour alone."""
    return SHAPES[place_of(kind) % len(SHAPES)]


def chart_config() -> dict[str, Any]:
    """Return the Vega-Lite configuration of every chart: light ground, quiet axes, no text under 12 px."""
    axis = {
        "labelFontSize": 12,
        "titleFontSize": 13,
        "titleFontWeight": 600,
        "labelColor": INK,
        "titleColor": INK,
        "gridColor": "#e6eaee",
        "domainColor": LINE,
        "tickColor": LINE,
        "titlePadding": 8,
        "labelLimit": 220,
    }
    legend = {
        "labelFontSize": 12,
        "titleFontSize": 13,
        "titleFontWeight": 600,
        "labelColor": INK,
        "titleColor": INK,
        "orient": "top",
        "labelLimit": 260,
        "symbolSize": 110,
        "offset": 10,
    }
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


STYLE = f"""
.parley-paper {{ background: {PAPER}; color: {INK}; border: 1px solid {LINE}; border-radius: 6px; padding: 12px 16px;
  font: 15px/1.55 {FONT}; color-scheme: light; overflow-wrap: anywhere; }}
.parley-paper h3 {{ font-size: 16px; line-height: 1.35; font-weight: 600; margin: 0 0 4px; color: {INK}; }}
.parley-paper p {{ margin: 0 0 6px; }}
.parley-paper a {{ color: {FOCUS}; }}
.parley-quiet {{ color: {QUIET}; font-size: 13px; }}
.parley-paper .parley-quiet {{ color: {QUIET}; }}
.parley-paper mark {{ background: #fff3bf; color: {INK}; padding: 0 2px; border-bottom: 2px solid #8a6100; }}
.parley-scroll {{ max-height: 440px; overflow-y: auto; padding: 0 6px; margin: 0 -6px; }}
.parley-scroll:focus-visible {{ outline: 3px solid {FOCUS}; outline-offset: 2px; }}
.parley-sentences {{ list-style: none; margin: 8px 0 0; padding: 0; }}
.parley-sentences > li {{ border-top: 1px solid {LINE}; padding: 10px 0 8px; }}
.parley-sentences blockquote {{ margin: 2px 0 4px; padding: 0 0 0 12px; border-left: 3px solid {PALETTE[0]};
  font: inherit; color: {INK}; max-width: 72ch; }}
.parley-paper details > summary {{ cursor: pointer; width: fit-content; font-size: 13px; color: {FOCUS};
  padding: 4px 6px 4px 0; border-radius: 3px; }}
.parley-paper summary:focus-visible {{ outline: 3px solid {FOCUS}; outline-offset: 2px; }}
.parley-context {{ margin: 4px 0; padding: 8px 12px; background: {WASH}; border-radius: 4px; max-width: 74ch; }}
.parley-paper .parley-table, .parley-table {{ border-collapse: collapse; font: 14px/1.45 {FONT}; color: {INK};
  background: {PAPER}; margin: 8px 0; }}
.parley-table th {{ overflow-wrap: normal; }}
.parley-table caption {{ text-align: start; font-weight: 600; padding: 4px 0 6px; caption-side: top; color: {INK}; }}
.parley-table th, .parley-table td {{ text-align: start; vertical-align: top; padding: 6px 12px 6px 8px;
  overflow-wrap: break-word; border-bottom: 1px solid {LINE}; }}
.parley-table thead th {{ border-bottom: 2px solid {QUIET}; background: {WASH}; font-weight: 600; }}
.parley-explorer {{ gap: 8px; }}
.parley-explorer .widget-label {{ overflow: visible; }}
"""
