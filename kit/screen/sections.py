"""What each section of an article speaks of: the marks of an article, counted by section and kind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ipywidgets

from kit.screen import theme
from kit.screen.chart import Chart, source
from kit.screen.evidence import COLUMNS, Explorer

if TYPE_CHECKING:
    import altair
    import pandas as pd

    from kit.case import Case

LEAD = "(before the first heading)"
ROW_HEIGHT = 22
# A long name of a kind stands in two lines, parted near its middle.
_LINES = (
    "length(datum.label) < 16 ? datum.label : split(replace(datum.label, "
    "regexp('^(.{' + floor(length(datum.label) / 2 - 3) + '}\\\\S*)\\\\s', ''), '$1|'), '|')"
)
CHOOSE, ALL = -1, ""


def marks_by_section(case: Case, article: str) -> pd.DataFrame:
    """Count the sentences that bear a mark of each kind, by section.

    Returns
    -------
    DataFrame
        ``key, place, section, kind, label, sentences``: a row for each section and kind, in reading order; ``place`` is
        the section's number from 0.
    """
    import pandas as pd

    text = case.sentences[case.sentences["article"] == article]
    sections = list(dict.fromkeys(text["section"]))
    marks = case.marks[case.marks["article"] == article]
    counts = marks.groupby(["section", "kind"])["sentence"].nunique()
    rows = [
        (
            f"{place}|{kind.name}",
            place,
            section or LEAD,
            kind.name,
            kind.label,
            int(counts.get((section, kind.name), 0)),
        )
        for place, section in enumerate(sections)
        for kind in case.codebook.kinds
    ]
    return pd.DataFrame(rows, columns=["key", "place", "section", "kind", "label", "sentences"])


def sections_chart(kinds: list[str]) -> altair.LayerChart:
    """Draw the table of `marks_by_section` as squares, the number in each."""
    import altair as alt

    pick = alt.selection_point("pick", fields=["key"])
    base = alt.Chart(source()).encode(
        alt.X(
            "label:N",
            sort=kinds,
            title=None,
            axis=alt.Axis(orient="top", labelAngle=0, labelExpr=_LINES, labelPadding=20, ticks=False),
        ),
        alt.Y("section:N", sort=alt.EncodingSortField("place"), title=None, axis=alt.Axis(labelLimit=260)),
    )
    squares = base.mark_rect(stroke=theme.PAPER, strokeWidth=2, cursor="pointer").encode(
        alt.Color("sentences:Q", scale=alt.Scale(range=theme.SCALE[:4]), legend=None),
        strokeWidth=alt.condition(pick, alt.value(3), alt.value(1), empty=False),
        stroke=alt.condition(pick, alt.value(theme.INK), alt.value(theme.LINE), empty=False),
        tooltip=["section:N", "label:N", "sentences:Q"],
    )
    numbers = base.mark_text(fontSize=12, color=theme.INK).encode(
        text=alt.condition("datum.sentences > 0", "sentences:Q", alt.value(""))
    )
    return (squares.add_params(pick) + numbers).properties(height={"step": ROW_HEIGHT})


def described(table: pd.DataFrame, title: str) -> str:
    """Say in one sentence what the table shows."""
    if table.empty or not table["sentences"].any():
        return f"Marks by section in '{title}': there is none."
    most = table.sort_values("sentences", ascending=False, kind="stable").iloc[0]
    sections = table["section"].nunique()
    return (
        f"Marked sentences by kind in the {sections} sections of '{title}'; most are of the kind "
        f"{most.label} in {most.section}, {most.sentences}."
    )


class MarksBySection(Explorer):
    """What each section of an article speaks of; a square opens its sentences.

    Parameters
    ----------
    case : Case
    article : str, optional
        The id of the article to begin with; the first by default.

    Attributes
    ----------
    article, section, kind : Dropdown
        What is shown, and what is chosen in it.
    chart : Chart
    """

    def __init__(self, case: Case, article: str | None = None) -> None:
        named = [(each.title or each.id, each.id) for each in case.articles]
        self.article = _dropdown("Article", named)
        if article is not None:
            self.article.value = case.article(article).id
        self.section = _dropdown("Section", [])
        self.kind = _dropdown(
            "Kind", [("all its sentences", ALL), *((kind.label, kind.name) for kind in case.codebook.kinds)]
        )
        kinds = [kind.label for kind in case.codebook.kinds]
        self._rows = marks_by_section(case, self.article.value)
        self.chart = Chart(sections_chart(kinds), self._rows, alt="", watch=("pick",))
        controls = ipywidgets.HBox([self.section, self.kind], layout={"flex_flow": "row wrap"})
        super().__init__(case, self.article, self.chart, controls)
        self._draw()
        self.article.observe(self._draw, "value")
        self.section.observe(self._choose, "value")
        self.kind.observe(self._choose, "value")
        self.chart.observe(self._picked, "selected")

    @property
    def table(self) -> pd.DataFrame:
        """Sentences by section and kind; see `marks_by_section`."""
        return self._rows

    def _draw(self, _change: Any = None) -> None:
        self._rows = marks_by_section(self.case, self.article.value)
        sections = self._rows[["place", "section"]].drop_duplicates()
        self.kind.value = ""
        named = [(row.section, row.place) for row in sections.itertuples()]
        self.section.options = [("– choose a section –", CHOOSE), *named]
        self.section.value = CHOOSE
        self.chart.rows = self._rows
        self.chart.alt = described(self._rows, self.article.label)

    def _picked(self, change: dict[str, Any]) -> None:
        keys = change["new"].get("pick") or []
        if keys:
            place, _, kind = keys[0].partition("|")
            self.section.value, self.kind.value = int(place), kind

    def _choose(self, _change: Any = None) -> None:
        if self.section.value in (None, CHOOSE):
            self.selected = None
            return
        key = f"{self.section.value}|{self.kind.value}"
        if self.kind.value == ALL:
            self._open("All sentences")
            return
        if self.chart.selected.get("pick") != [key]:
            self.chart.selected = {"pick": [key]}
        self._open(self.kind.label)

    def _open(self, what: str) -> None:
        self.selected = {"article": self.article.value, "section": self.section.label, "kind": self.kind.value}
        self.heading = f"{what} in '{self.section.label}'"
        self.evidence = self._sentences()

    def _sentences(self) -> pd.DataFrame:
        section = "" if self.section.label == LEAD else self.section.label
        if self.kind.value == ALL:
            text = self.case.sentences
            found = text[(text["article"] == self.article.value) & (text["section"] == section)]
            return found[COLUMNS].reset_index(drop=True)
        marks = self.case.marks
        chosen = marks[
            (marks["article"] == self.article.value)
            & (marks["section"] == section)
            & (marks["kind"] == self.kind.value)
        ]
        return self.case.evidence_at(chosen)


def _dropdown(description: str, options: list[Any]) -> ipywidgets.Dropdown:
    style = {"description_width": "initial"}
    return ipywidgets.Dropdown(description=description, options=options, style=style, layout={"width": "auto"})
