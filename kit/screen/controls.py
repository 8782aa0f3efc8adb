"""The controls that explorers are made of: each with a name, no wider than it needs, and words beside it that are read whole."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from textwrap import shorten
from typing import TYPE_CHECKING, Any, Literal

import ipywidgets

from kit.screen import html
from kit.screen.theme import UNDERLINES, place_of, variable_of

if TYPE_CHECKING:
    import pandas as pd

NAMED = {"description_width": "initial"}
CHOOSE = "– choose –"
CONTROL = "parley-control"  # how the stylesheet knows a control of the kit
LONGEST_LINE = 300  # characters of a sentence in a list of them


def dropdown(name: str, options: Sequence[Any], value: Any = None) -> ipywidgets.Dropdown:
    """Return a list that opens: one of several options, the first of them unless another is named.

    An option whose value is None cannot be shown as chosen: ipywidgets takes None for no choice at all.
    """
    layout = {"width": "auto", "max_width": "min(46em, 100%)"}
    made = ipywidgets.Dropdown(options=options, description=name, style=NAMED, layout=layout).add_class(CONTROL)
    if value is not None:
        made.value = value
    return made


def options_of_names(names: Mapping[str, str], blank: str = CHOOSE) -> list[tuple[str, str]]:
    """Return codes as the options of a list, each under its name, after a blank one whose value is the empty text."""
    return [(blank, ""), *((name, code) for code, name in names.items())]


def toggles(name: str, options: Sequence[Any], value: Any = None) -> ipywidgets.ToggleButtons:
    """Return a row of buttons, joined to one, of which one is down."""
    made = ipywidgets.ToggleButtons(
        options=options, value=value, description=name, style={**NAMED, "button_width": "auto"}
    )
    return made.add_class(CONTROL).add_class("parley-toggles")


def button(
    text: str, pressed: Callable[[], object], look: Literal["quiet", "primary", "danger"] = "quiet"
) -> ipywidgets.Button:
    """Return a button as wide as its words.

    Parameters
    ----------
    pressed : callable
        Called without arguments when it is pressed.
    look : str
        "primary" for the one thing to do next, "danger" for what cannot be taken back, else "quiet".
    """
    made = ipywidgets.Button(description=text).add_class("parley-button").add_class(f"parley-{look}")
    made.on_click(lambda _: pressed())
    return made


def text_box(name: str, value: str = "", *, rows: int = 1, hint: str = "") -> ipywidgets.Text | ipywidgets.Textarea:
    """Return a box to write in, of one line or of several; its value changes when the box is left, not at each letter."""
    more: dict[str, Any] = {"rows": rows} if rows > 1 else {}
    made = (ipywidgets.Textarea if rows > 1 else ipywidgets.Text)(
        value=value, description=name, placeholder=hint, style=NAMED, continuous_update=False, **more
    )
    made.layout.width = "auto"
    return made.add_class(CONTROL)


def chip(label: str, kind: str) -> html.Html:
    """Return a code's label on a small ground, with the colour and the underline of its kind."""
    line = UNDERLINES[place_of(kind) % len(UNDERLINES)]
    # A border knows neither waves nor "thick".
    drawn = {"wavy": "3px double", "thick": "4px solid"}.get(line, f"{3 if line == 'double' else 2}px {line}")
    style = f"border-bottom:{drawn} {variable_of(place_of(kind))}"
    return html.tag("span", label, class_="parley-chip", style=style, title=kind)


def boxed(name: str, *widgets: ipywidgets.Widget) -> ipywidgets.Box:
    """Return widgets in a box that the stylesheet knows by a class; "parley-controls" sets them side by side."""
    return ipywidgets.Box(list(widgets)).add_class(name)


def show(widget: ipywidgets.Widget, *, shown: bool) -> None:
    """Let a widget be seen, or take it out of sight."""
    widget.layout.display = "" if shown else "none"


def row(*widgets: ipywidgets.Widget) -> ipywidgets.HBox:
    """Return widgets side by side, in more than one line where the page is narrow."""
    layout = {"flex_flow": "row wrap", "align_items": "center", "grid_gap": "6px 12px"}
    return ipywidgets.HBox(list(widgets), layout=layout)


def paper(*content: Any) -> html.Html:
    """Return content on the kit's paper, spoken when it changes."""
    return html.tag("div", *content, class_=f"parley-paper {html.PLAIN}", aria_live="polite")


def note(*words: Any) -> html.Html:
    """Return a paragraph in small, quiet letters."""
    return html.tag("p", *words, class_="parley-quiet")


def nothing_here(what: str) -> ipywidgets.HTML:
    """Return what stands in an explorer's place where the case has nothing for it."""
    return ipywidgets.HTML(paper(html.tag("p", f"This case has no {what}, so there is nothing to explore here yet.")))


def sentence_options(names: Mapping[str, str], rows: pd.DataFrame) -> list[tuple[str, tuple[str, int]]]:
    """Return sentences as cards: under the short name of its article the text, and (article, index) as its value."""
    columns = (rows[name].tolist() for name in ("article", "text", "sentence"))
    return [
        (f"{names.get(article, article)}\n{shorten(text, LONGEST_LINE, placeholder='…')}", (article, sentence))
        for article, text, sentence in zip(*columns, strict=True)
    ]
