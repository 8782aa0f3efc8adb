"""What all explorers have in common: how they are laid out, and the one way in which something is chosen.

How to write an explorer
------------------------
A subclass builds its controls and pictures, hands them to `Explorer.__init__`, links whatever can choose, and says in
`show` what a choice opens::

    class DriverMap(Explorer):
        \"\"\"How many sentences of each article name each driver.\"\"\"

        invitation = "Click on a square to read its sentences."

        def __init__(self, case: Case) -> None:
            cells = tables.driver_cells(case)
            self.chart = Chart(charts.driver_chart(), cells, alt=charts.driver_alt(cells), watch=["pick"])
            self.driver = dropdown("Driver", options_of_names(codes_of(case, "driver")))
            self.article = dropdown("Article", options_of_names(case.article_names, "all articles"))
            super().__init__(case, controls=[self.driver, self.article], picture=[self.chart])
            self._table = cells
            self.link(self.chart)
            self.link_parts(self.driver, self.article)

        def show(self, key: str) -> None:
            code, article = parts_of(key, 2)
            self.say(html.tag("h3", self.driver.label))
            found = self.case.evidence(code)
            self.tell(found[found["article"] == article] if article else found, "In the articles' words")

- **A key is text.** What is chosen is one text, its parts joined by ``|`` ("driver:aid|002"), or None. `parts_of` takes it
  apart. The rows of a chart have it in their column ``key``; a list has it as its values, with "" for nothing.
- **Everything that can choose is linked** (`link`, `link_parts`) and no explorer observes it for that purpose. A choice in
  one shows in all others, and nothing comes back from there: the base class alone guards against that, so no explorer
  needs a guard of its own. `choose` is how Python chooses; setting ``selected`` does the same.
- **`show` draws the answer** with `say` (the card) and `tell` (the sentences). What it sets in linked controls is not
  taken for a choice. While nothing is chosen, one quiet line stands there, the ``invitation``.
- **Controls that do not choose** (what is counted, where something is put) are heard with `on_change` or
  `on_any_change`, which are silent while the explorer itself sets them in `show`. To draw the answer again with what
  they changed, call `show_again`. Where a linked list gets new options outside `show`, fill it inside
  ``with self.echoing():``.
- **Layout**: ``controls`` in a line above; ``picture`` and the answer side by side where there is room, else one under the
  other; ``lists`` folded away under the picture; ``after`` below all, for what a learner makes. No HTML carries a style:
  what an explorer needs stands in ``parley.css``.
- **A case without its file**: end ``__init__`` with ``self.lack("drivers in its codebook")``, which puts a line in the
  place of it all.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import ipywidgets
import traitlets

from kit.screen import html
from kit.screen.chart import Chart
from kit.screen.controls import boxed, nothing_here
from kit.screen.evidence import EvidencePanel, no_evidence
from kit.screen.guarded import Guarded
from kit.screen.stylesheet import stylesheet

if TYPE_CHECKING:
    import pandas as pd

SEPARATOR = "|"


def key_of(*parts: str | None) -> str | None:
    """Return parts as one key; those that are missing at the end are left out, and None is returned if all are.

    Examples
    --------
    >>> key_of("driver:aid", "002")
    'driver:aid|002'
    >>> key_of("driver:aid", "")
    'driver:aid'
    """
    return SEPARATOR.join(part or "" for part in parts).rstrip(SEPARATOR) or None


def parts_of(key: str | None, count: int) -> list[str]:
    """Return so many parts of a key, the empty text for each that is missing.

    Examples
    --------
    >>> parts_of("driver:aid", 2)
    ['driver:aid', '']
    """
    found = (key or "").split(SEPARATOR, count - 1)
    return found + [""] * (count - len(found))


class Explorer(Guarded, ipywidgets.VBox):
    """A case, what is chosen in it, and the sentences behind that; see the top of this file for how to write one.

    Parameters
    ----------
    controls : sequence of Widget
        What is set before looking; they stand in one line above, or in more where the page is narrow.
    picture : sequence of Widget
        Charts and other things to look at and to click on, from top to bottom.
    answer : sequence of Widget
        What stands above the card, such as a line that is spoken when it changes.
    lists : sequence of Widget
        The same to choose from as words: folded away under the picture.
    after : sequence of Widget
        What stands below picture and answer, such as a form.
    lists_title : str
        What the fold of ``lists`` is called.

    Attributes
    ----------
    selected : str or None
        The key of what is chosen; None for nothing. Setting it chooses.
    card : HTML
        What `say` has put above the sentences.
    panel : EvidencePanel
        Where the sentences are read.
    """

    invitation = "Choose something in the picture to read the sentences behind it."
    selected = traitlets.Unicode(None, allow_none=True)

    def __init__(
        self,
        case: Any,
        *,
        controls: Sequence[ipywidgets.Widget] = (),
        picture: Sequence[ipywidgets.Widget] = (),
        answer: Sequence[ipywidgets.Widget] = (),
        lists: Sequence[ipywidgets.Widget] = (),
        after: Sequence[ipywidgets.Widget] = (),
        lists_title: str = "Choose from a list",
    ) -> None:
        self.case = case
        self._table = no_evidence()
        self._echoes: list[Callable[[str | None], None]] = []
        self.card = ipywidgets.HTML().add_class("parley-card")
        self.panel = EvidencePanel(case, invitation=self.invitation)
        seen = [*picture, *([_folded(lists, lists_title)] if lists else [])]
        answers = boxed("parley-answer", *answer, self.card, self.panel)
        stage = boxed("parley-stage", boxed("parley-picture", *seen), answers)
        line = [boxed("parley-controls", *controls)] if controls else []
        super().__init__([*line, stage, *after, stylesheet()])
        self.add_class("parley-explorer")

    # --- choosing

    def show(self, key: str) -> None:
        """Draw the answer to a choice with `say` and `tell`; each explorer does this in its own way."""

    def choose(self, key: str | None) -> None:
        """Choose what a key names, or nothing. What is set while a choice is being shown is no choice of anybody's."""
        if not self._echoing:
            self.selected = key or None

    def show_again(self) -> None:
        """Draw the answer once more, after something that it depends on has changed."""
        with self.echoing():
            # The lists first: what `show` says may be read from them.
            for echo in self._echoes:
                echo(self.selected)
            if self.selected is None:
                self.invite()
            else:
                self.show(self.selected)

    @traitlets.observe("selected")
    def _chosen(self, _change: dict[str, Any]) -> None:
        self.show_again()

    def link(self, *widgets: Any) -> None:
        """Let charts (by their ``pick``), dropdowns, lists and toggles choose, and show what is chosen elsewhere."""
        for widget in widgets:
            if isinstance(widget, Chart):
                widget.observe(lambda change: self._picked(change["old"], change["new"]), "selected")
                self._echoes.append(lambda key, chart=widget: _pick(chart, key))  # type: ignore[misc]
            else:
                widget.observe(lambda change: self.choose(change["new"]), "value")
                self._echoes.append(lambda key, control=widget: _set(control, key or ""))  # type: ignore[misc]

    def link_parts(self, *widgets: Any) -> None:
        """Let several controls choose together: their values are the parts of the key, in this order."""
        for widget in widgets:
            widget.observe(lambda _: self.choose(key_of(*(each.value for each in widgets))), "value")

        def echo(key: str | None) -> None:
            for widget, part in zip(widgets, parts_of(key, len(widgets)), strict=True):
                _set(widget, part)

        self._echoes.append(echo)

    def on_change(self, control: Any, callback: Callable[[Any], object]) -> None:
        """Call back with a control's new value when the learner changes it, and not when the explorer does."""
        control.observe(lambda change: None if self._echoing else callback(change["new"]), "value")

    def on_any_change(self, act: Callable[[], object], *controls: Any) -> None:
        """Do something, such as drawing anew, when the learner changes one of several controls."""
        for control in controls:
            self.on_change(control, lambda _: act())

    def _picked(self, before: dict[str, Any], now: dict[str, Any]) -> None:
        # Other things that a chart is watched for, such as a brush, change in the same trait.
        if before.get("pick") != now.get("pick"):
            self.choose(next(iter(now.get("pick") or []), None))

    # --- answering

    def say(self, *content: Any) -> None:
        """Put content (`kit.screen.html`) on the card above the sentences, in place of what stood there."""
        self.card.value = html.join(*content)

    def tell(self, evidence: pd.DataFrame, heading: str = "What the articles say") -> None:
        """Show the sentences of an evidence table under a heading."""
        self.panel.show(evidence, heading)

    def invite(self, words: str | None = None) -> None:
        """Show one quiet line in place of an answer: the explorer's invitation, or other words."""
        self.say()
        self.panel.invite(words or self.invitation)

    def lack(self, what: str) -> None:
        """Show nothing but one line, which says what the case does not have."""
        self.children = (nothing_here(what), stylesheet())

    @property
    def evidence(self) -> pd.DataFrame:
        """The sentences that are shown."""
        return self.panel.table

    @property
    def table(self) -> pd.DataFrame:
        """The table behind the picture."""
        return self._table

    # --- when it is not running

    def preview(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """Return what a notebook that has not been run shows: the first chart, else an invitation (MIME data, metadata)."""
        chart = next((widget for widget in _inside(self.children) if isinstance(widget, Chart)), None)
        return chart.preview() if chart else ({"text/html": str(html.tag("p", html.tag("em", repr(self))))}, {})

    def __repr__(self) -> str:
        # Short, and the same in every run: a saved notebook is compared with it.
        return f"Run this cell to open the {words_of_name(type(self).__name__)}."

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        data, metadata = self.preview()
        if "text/html" in data:
            data = {**data, "text/html": str(html.plain(html.Html(data["text/html"])))}
        return {**super()._repr_mimebundle_(**kwargs), **data, "text/plain": repr(self)}, metadata


def words_of_name(name: str) -> str:
    """Return a class's name as words: RipenessBoard is a ripeness board."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower()


def _folded(widgets: Sequence[ipywidgets.Widget], title: str) -> ipywidgets.Accordion:
    return ipywidgets.Accordion([ipywidgets.VBox(list(widgets))], titles=[title]).add_class("parley-fold")


def _pick(chart: Chart, key: str | None) -> None:
    """Show in a chart what is chosen: the mark of that key, or none if it has no such mark."""
    known = "key" in chart.rows and key in set(chart.rows["key"])
    keys = [key] if known else []
    if chart.selected.get("pick") != keys:
        chart.selected = {**chart.selected, "pick": keys}


def _set(control: Any, value: str) -> None:
    """Show in a list what is chosen; what the list does not offer shows as nothing."""
    # A dropdown has a blank line for nothing; buttons joined to one have no button down, which is None.
    offered = [option[1] if isinstance(option, tuple) else option for option in control.options]
    control.value = value if value in offered else "" if "" in offered else None


def _inside(widgets: Sequence[Any]) -> Iterator[Any]:
    """Yield widgets and all that is in them, from top to bottom."""
    for widget in widgets:
        yield widget
        yield from _inside(getattr(widget, "children", ()))
