"""Codes by the place they stand in: counted in sentences, drawn as squares, each of which opens its sentences.

`CodesByPlace` is the explorer; `code_counts` makes its table for a kind of code by article. Other places (sections) and
other rows (actors) need only a table with the same columns.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import ipywidgets
import pandas as pd

from kit.grammar import count_of
from kit.screen import html
from kit.screen.chart import Chart
from kit.screen.controls import dropdown, note, options_of_names
from kit.screen.drawing import alt, make_pick, source, tips
from kit.screen.explorer import Explorer, parts_of
from kit.screen.theme import INK, PAPER, SCALE

if TYPE_CHECKING:
    from kit.case import Case

PALE = SCALE[:4]  # the number is legible on each of these
ROW_HEIGHT = 32
NARROWEST, LETTER = 430, 7  # pixels in which all columns have to do, and of a letter
LONGEST_NAME = 34  # characters of a row's name in one line; a longer one stands in two
EVERYWHERE = "all articles"
# Half a name is kept together, then the line ends with the next word.
_HALVES = (
    f"length(datum.label) <= {LONGEST_NAME} ? datum.label : split(replace(datum.label, "
    "regexp('^(.{' + floor(length(datum.label) / 2 - 3) + '}\\\\S*)\\\\s'), '$1|'), '|')"
)


def codes_of(case: Case, kind: str) -> dict[str, str]:
    """Return label by code for the codes of a kind; none if the codebook has no such kind."""
    return {code: each.label for code, each in case.codebook.codes.items() if each.kind == kind}


def code_counts(case: Case, kind: str) -> pd.DataFrame:
    """Count the sentences of each article that bear each code of a kind.

    Returns
    -------
    DataFrame
        ``key, code, name, article, column, sentences, order, shade, label``: a row a code and article, codes in the
        codebook's order. ``key`` is code and article with a bar between, ``name`` and ``column`` are what the two are
        called, ``shade`` is the count as a share of the largest, ``label`` what a screen reader says.
    """
    marked = case.marks[case.marks["kind"] == kind].drop_duplicates(["article", "sentence", "code"])
    counts = marked.groupby(["code", "article"]).size().to_dict()
    names = case.article_names
    rows = [
        (f"{code}|{article}", code, name, article, column, counts.get((code, article), 0), order)
        for order, (code, name) in enumerate(codes_of(case, kind).items())
        for article, column in names.items()
    ]
    return with_shades(pd.DataFrame(rows, columns=["key", "code", "name", "article", "column", "sentences", "order"]))


def with_shades(table: pd.DataFrame) -> pd.DataFrame:
    """Return counts with how dark each is drawn (``shade``) and what a screen reader says (``label``)."""
    said = [
        f"{name}, {column}: {count_of(count, 'sentence')}"
        for name, column, count in zip(table["name"], table["column"], table["sentences"], strict=True)
    ]
    # At least 1, since in a small case all squares may be empty.
    return table.assign(shade=table["sentences"] / max(table["sentences"].max(), 1), label=said)


def heatmap(cells: pd.DataFrame) -> alt.TopLevelMixin:
    """Return the chart of such a table: the darker, the more sentences; a click chooses a square (``pick``).

    Rows stand in the order of ``order``, columns as they come. Where the names of the columns are too long to stand side
    by side, they slant.
    """
    columns = list(cells["column"].unique())
    slanted = LETTER * (max(map(len, columns), default=0) + 1) * len(columns) > NARROWEST
    chosen: Any = {"param": "pick", "empty": False}
    # Vega hangs a second line below the middle of a row.
    raised: Any = {"condition": {"test": f"length(datum.value) > {LONGEST_NAME}", "value": -7}, "value": 0}
    names = alt.Axis(ticks=False, domain=False, labelLimit=230, labelExpr=_HALVES, labelOffset=raised)
    base = alt.Chart(source()).encode(
        x=alt.X("column:N", title=None, sort=None, axis=column_axis(slanted=slanted)),
        y=alt.Y("name:N", title=None, sort=alt.EncodingSortField("order", op="min"), axis=names),
    )
    squares = base.mark_rect(cornerRadius=2, cursor="pointer").encode(
        color=alt.Color("shade:Q", scale=alt.Scale(domain=[0, 1], range=PALE), legend=None),
        stroke=alt.value(PAPER),
        tooltip=tips(label="Sentences"),
        description="label:N",
    )
    # Over its neighbours, whose borders would cover that of the chosen square.
    ring = base.transform_filter(chosen).mark_rect(filled=False, stroke=INK, strokeWidth=3, aria=False)
    numbers = base.mark_text(fontSize=13, color=INK).encode(text="sentences:Q")
    return alt.layer(squares.add_params(make_pick()), ring, numbers).properties(height=alt.Step(ROW_HEIGHT))


def column_axis(*, slanted: bool = False) -> alt.Axis:
    """Return an axis on top: its names side by side, or slanting where there is no room for that.

    They slant to the left, where the names of the rows leave room above; on the right they would be cut.
    """
    return alt.Axis(
        orient="top", labelAngle=35 if slanted else 0, labelAlign="right" if slanted else "center", labelLimit=200,
        labelPadding=6, ticks=False, domain=False, labelFontSize=12, labelOverlap=False,
    )  # fmt: skip


def heatmap_alt(rows: pd.DataFrame, what: str) -> str:
    """Return what the squares show in one sentence."""
    if rows.empty:
        return f"{what}: there are none."
    top = rows["label"].iloc[int(rows["sentences"].argmax())]
    empty = int((rows["sentences"] == 0).sum())
    return f"{what}, {len(rows)} squares; the fullest is {top}; {empty} squares are empty."


def name_square(name: str, column: str) -> str:
    """Return what a square is called."""
    return f"{name} in {column}"


def heatmap_finding(rows: pd.DataFrame, name_square: Callable[[str, str], str] = name_square) -> str:
    """Return the fullest square as the title of the picture; nothing where all are empty."""
    if rows.empty or not rows["sentences"].max():
        return ""
    top = rows.iloc[int(rows["sentences"].argmax())]
    return f"Most often: {name_square(top['name'], top['column'])}"


class CodesByPlace(Explorer):
    """Squares that say how many sentences of each place bear each code; a square, or two lists, open them.

    A subclass may say more of a choice in `describe`, and find other sentences in `sentences`.

    Parameters
    ----------
    cells : DataFrame
        As `code_counts` returns it.
    rows, columns : mapping
        What rows and columns are called, by the two parts of ``key``.
    names : (str, str)
        What a row and a column are, as the names of the two lists.
    what : str
        What is counted, for the text alternative.
    unit : str
        What a number counts: "sentences of the article that name the driver".
    everywhere : str
        What the list of columns says where none is chosen.
    controls, picture : sequence of Widget
        More controls, before the two lists, and more to look at, under the squares.
    **layout
        ``lists``, ``after`` and what else `Explorer` takes.
    """

    invitation = "Choose a square to read its sentences."

    def __init__(
        self,
        case: Case,
        cells: pd.DataFrame,
        *,
        rows: Mapping[str, str],
        columns: Mapping[str, str],
        names: tuple[str, str] = ("Code", "Article"),
        what: str = "Codes by article",
        unit: str = "",
        everywhere: str = EVERYWHERE,
        controls: Sequence[ipywidgets.Widget] = (),
        picture: Sequence[ipywidgets.Widget] = (),
        **layout: Any,
    ) -> None:
        self.what, self.columns = what, dict(columns)
        self.chart = Chart(
            heatmap(cells),
            cells,
            alt=heatmap_alt(cells, what),
            title=heatmap_finding(cells, self.name_square),
            watch=["pick"],
        )
        self.unit = ipywidgets.HTML()
        self.count_in(unit or f"sentences of the {names[1].lower()} that speak of the {names[0].lower()}")
        self.row = dropdown(names[0], options_of_names(rows))
        self.column = dropdown(names[1], options_of_names(columns, everywhere))
        super().__init__(
            case, controls=[*controls, self.row, self.column, self.unit], picture=[self.chart, *picture], **layout
        )
        self._table, self._everywhere = cells, everywhere
        self.link(self.chart)
        self.link_parts(self.row, self.column)

    def draw(self, cells: pd.DataFrame, rows: Mapping[str, str] | None = None) -> None:
        """Show other numbers in the squares; with other rows nothing stays chosen."""
        self._table = cells
        self.chart.rows, self.chart.alt = cells, heatmap_alt(cells, self.what)
        self.chart.title = heatmap_finding(cells, self.name_square)
        if rows is not None:
            with self.echoing():
                self.row.options = options_of_names(rows)
            # The same key may name another row now.
            self.selected = None

    def count_in(self, unit: str) -> None:
        """Say beside the lists what the numbers in the squares count."""
        self.unit.value = note(f"A number counts {unit}.")

    def show(self, key: str) -> None:
        """Show what is said of a row in a column, or in all of them."""
        row, column = parts_of(key, 2)
        if not row:
            self.invite()
            return
        self.say(*self.describe(row, column))
        self.tell(
            self.sentences(row, column), self.name_square(self.row.label, self.columns.get(column, self._everywhere))
        )

    def name_square(self, name: str, column: str) -> str:
        """Return what a square is called, in the title and above its sentences."""
        return name_square(name, column)

    def describe(self, row: str, column: str) -> list[html.Html]:
        """Return what stands on the card above the sentences: nothing, unless a subclass has something to say."""
        return []

    def sentences(self, row: str, column: str) -> pd.DataFrame:
        """Return the sentences of a square; those of a whole row where ``column`` is empty."""
        found = self.case.evidence(row)
        return found[found["article"] == column].reset_index(drop=True) if column else found
