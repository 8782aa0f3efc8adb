"""Codes by article as a heatmap: how many sentences of each article bear each code of a kind, the number in each cell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kit.screen.chart import source
from kit.screen.theme import INK, SCALE

if TYPE_CHECKING:
    import altair
    import pandas as pd

    from kit.case import Case

PALE = SCALE[:4]  # dark text is legible on each of these
ROW_HEIGHT = 32
NARROWEST = 420  # pixels in which all columns have to do


def codes_of(case: Case, kind: str) -> dict[str, str]:
    """Return label by code for the codes of a kind; none if the case has no codebook or the codebook no such kind."""
    if not case.has_codebook:
        return {}
    return {code: each.label for code, each in case.codebook.codes.items() if each.kind == kind}


def code_counts(case: Case, kind: str) -> pd.DataFrame:
    """Count the sentences of each article that bear each code of a kind.

    Returns
    -------
    DataFrame
        ``key, code, name, article, sentences, order, shade, label``: a row a code and article, codes in the codebook's
        order. ``key`` is code and article with a bar between, ``shade`` the count as a share of the largest, ``label``
        what a screen reader says.
    """
    import pandas as pd

    counts = {}
    if case.has_codebook:
        marked = case.marks[case.marks["kind"] == kind].drop_duplicates(["article", "sentence", "code"])
        counts = marked.groupby(["code", "article"]).size().to_dict()
    rows = [
        (f"{code}|{article.id}", code, name, article.id, counts.get((code, article.id), 0), order)
        for order, (code, name) in enumerate(codes_of(case, kind).items())
        for article in case.articles
    ]
    table = pd.DataFrame(rows, columns=["key", "code", "name", "article", "sentences", "order"])
    said = [
        f"{name}, {article}: {_sentences(count)}"
        for name, article, count in zip(table["name"], table["article"], table["sentences"], strict=True)
    ]
    return table.assign(shade=table["sentences"] / max(table["sentences"].max(), 1), label=said)


def heatmap(rows: pd.DataFrame) -> altair.TopLevelMixin:
    """Return the chart of `code_counts`: the darker, the more sentences; a click chooses a cell (``pick``)."""
    import altair as alt

    pick = alt.selection_point(name="pick", fields=["key"])
    chosen: Any = {"param": "pick", "empty": False}
    base = alt.Chart(source())
    widest = max(110, NARROWEST // max(rows["article"].nunique(), 1))
    x = alt.X("article:N", title=None, sort=None, axis=article_axis(labelLimit=widest))
    names = alt.Axis(ticks=False, domain=False, labelLimit=230)
    y = alt.Y("name:N", title=None, sort=alt.EncodingSortField("order", op="min"), axis=names)
    boxes = base.mark_rect(cornerRadius=2).encode(
        x=x,
        y=y,
        color=alt.Color("shade:Q", scale=alt.Scale(domain=[0, 1], range=PALE), legend=None),
        stroke=alt.value("white"),
        tooltip=[alt.Tooltip("label:N", title="Sentences")],
    )
    # Over its neighbours, whose borders would cover that of the chosen cell.
    ring = base.transform_filter(chosen).mark_rect(filled=False, stroke=INK, strokeWidth=3, aria=False).encode(x=x, y=y)
    numbers = base.mark_text(fontSize=13, color=INK).encode(x=x, y=y, text="sentences:Q")
    return alt.layer(boxes.add_params(pick), ring, numbers).properties(
        height=max(ROW_HEIGHT * rows["code"].nunique(), 80)
    )


def article_axis(**more: Any) -> altair.Axis:
    """Return an axis on top whose names, ``001-pressure``, stand on two lines: five of them fit a narrow page."""
    import altair as alt

    dash = "indexof(datum.label, '-')"
    lines = f"{dash} < 0 ? split(datum.label, ' ') : [slice(datum.label, 0, {dash}), slice(datum.label, {dash} + 1)]"
    return alt.Axis(
        orient="top",
        labelAngle=0,
        labelExpr=lines,
        labelPadding=20,
        ticks=False,
        domain=False,
        labelFontSize=12,
        **more,
    )


def heatmap_alt(rows: pd.DataFrame, what: str) -> str:
    """Return what the heatmap shows in one sentence."""
    if rows.empty:
        return f"{what} by article: there are none."
    top = rows["label"].iloc[int(rows["sentences"].argmax())]
    empty = int((rows["sentences"] == 0).sum())
    return f"{what} by article, {len(rows)} cells; the fullest is {top}; {empty} cells are empty."


def _sentences(count: int) -> str:
    return "1 sentence" if count == 1 else f"{count} sentences"
