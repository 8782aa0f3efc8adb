"""Charts of unit 05: a table in, an Altair chart out, and for each a sentence that says what it shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kit.scenarios.tables import records
from kit.screen.chart import source
from kit.screen.theme import INK, LINE, PALETTE, PAPER, QUIET, WASH

if TYPE_CHECKING:
    import altair as alt
    import pandas as pd

# From "holds back" over nothing to "brings about"; dark ink is legible on each, and the number stands in each cell.
DIVERGING = ["#e9a36b", "#f4c9a5", "#fae4d2", PAPER, "#dbe8f6", "#b3d0ee", "#7fb0e2"]
CELL = 26
_LINES = "split(datum.label, '\\n')"


def _pick() -> alt.Parameter:
    import altair as alt

    return alt.selection_point(name="pick", fields=["key"])


def _chosen(yes: Any, no: Any) -> Any:
    import altair as alt

    return alt.condition({"param": "pick", "empty": False}, alt.value(yes), alt.value(no))


def _layers(*layers: alt.Chart, **properties: Any) -> alt.TopLevelMixin:
    """Return layers as one chart whose marks are said by its text alternative, not by the drawing."""
    import altair as alt

    for layer in layers:
        layer.mark.aria = False
    return alt.layer(*layers).properties(**properties)


def worlds_chart() -> alt.TopLevelMixin:
    """Return the two-by-two over rows of ``key, x, y, name, across, up`` (these two in lines): four worlds with their names."""
    import altair as alt

    base = alt.Chart(source())
    x = alt.X(
        "across:N",
        title=None,
        sort=alt.EncodingSortField("x"),
        axis=alt.Axis(labelAngle=0, labelExpr=_LINES, labelLimit=300, orient="bottom"),
    )
    y_axis = alt.Axis(labelExpr=_LINES, labelLimit=210)
    y = alt.Y("up:N", title=None, sort=alt.EncodingSortField("y", order="descending"), axis=y_axis)
    boxes = base.mark_rect(fill=WASH, cornerRadius=4).encode(
        x=x, y=y, stroke=_chosen(INK, LINE), strokeWidth=_chosen(3, 1.5)
    )
    names = base.mark_text(fontSize=15, fontWeight=600, color=INK, limit=250).encode(x=x, y=y, text="name:N")
    return _layers(boxes.add_params(_pick()), names, height=240)


def worlds_alt(rows: pd.DataFrame) -> str:
    """Return what the two-by-two shows in one sentence."""
    worlds = "; ".join(f"{row['name']} ({row['across']}; {row['up']})" for row in records(rows))
    return f"Four worlds: {worlds}.".replace("\n", " ")


def matrix_chart(columns: int) -> alt.TopLevelMixin:
    """Return the judgements over rows of ``key, row, column, row_order, column_order, judgement, text, said``."""
    import altair as alt

    base = alt.Chart(source())
    x_axis = alt.Axis(orient="top", labelAngle=-55, labelLimit=240, ticks=False, domain=False)
    title = "How the state in a row bears on the state in a column"
    x = alt.X("column:N", title=title, sort=alt.EncodingSortField("column_order"), axis=x_axis)
    y_axis = alt.Axis(labelLimit=240, ticks=False, domain=False)
    y = alt.Y("row:N", title=None, sort=alt.EncodingSortField("row_order"), axis=y_axis)
    boxes = base.mark_rect(cursor="pointer").encode(
        x=x,
        y=y,
        color=alt.Color(
            "judgement:Q", scale=alt.Scale(domain=list(range(-3, 4)), range=DIVERGING, interpolate="rgb"), legend=None
        ),
        stroke=_chosen(INK, LINE),
        strokeWidth=_chosen(3, 0.6),
        tooltip=[alt.Tooltip("said:N", title="Judgement")],
    )
    numbers = base.mark_text(fontSize=12, color=INK).encode(x=x, y=y, text="text:N")
    return _layers(boxes.add_params(_pick()), numbers, height=CELL * columns)


def matrix_alt(rows: pd.DataFrame) -> str:
    """Return what the matrix shows in one sentence."""
    made = rows[rows["judgement"] != 0]
    if made.empty:
        return "Judgements of how states of drivers bear on each other: none has been made."
    strongest = max(records(made), key=lambda row: abs(row["judgement"]))
    return (
        f"{len(made)} judgements from -3 to +3 of how the state of one driver bears on the states of others; "
        f"the strongest, {strongest['judgement']:+d}, is of {strongest['row']} on {strongest['column']}."
    )


def stability_chart(states: int) -> alt.TopLevelMixin:
    """Return states against concepts over rows of ``key, state, order, concept, holds``: a full disc is stable, a ring is not."""
    import altair as alt

    base = alt.Chart(source())
    x_axis = alt.Axis(orient="top", labelAngle=0, ticks=False)
    x = alt.X("concept:N", title=None, sort=["Nash", "SEQ", "SMR", "GMR"], axis=x_axis)
    y = alt.Y("state:N", title=None, sort=alt.EncodingSortField("order"), axis=alt.Axis(labelLimit=330, ticks=False))
    words = alt.Scale(domain=["stable", "not stable"], range=[PALETTE[0], PAPER])
    marks = base.mark_point(filled=True, shape="circle", size=190, opacity=1, cursor="pointer").encode(
        x=x,
        y=y,
        fill=alt.Fill("holds:N", scale=words, legend=alt.Legend(title=None, symbolStrokeColor=QUIET)),
        stroke=_chosen(INK, QUIET),
        strokeWidth=_chosen(3.5, 1.2),
    )
    return _layers(marks.add_params(_pick()), height=30 * max(states, 2))


def stability_alt(table: pd.DataFrame) -> str:
    """Return which states are stable in one sentence."""
    held = "; ".join(f"{row['state']}: {row['stable']}" for row in records(table) if row["stable"] != "none")
    return f"{len(table)} states. Stable for all, and in what sense: {held or 'none is'}."


def calibration_chart() -> alt.TopLevelMixin:
    """Return the calibration curve over rows of ``what, x, y, forecasts``: said on the x axis, came true on the y axis."""
    import altair as alt

    base = alt.Chart(source())
    scale = alt.Scale(domain=[0, 100])
    x = alt.X("x:Q", title="You said (per cent)", scale=scale)
    y = alt.Y("y:Q", title="It came true (per cent)", scale=scale)
    perfect = (
        base.transform_filter("datum.what === 'perfect'").mark_line(strokeDash=[6, 4], color=QUIET).encode(x=x, y=y)
    )
    yours = base.transform_filter("datum.what === 'you'").mark_point(filled=True, color=PALETTE[0], opacity=0.9)
    sizes = alt.Size("forecasts:Q", scale=alt.Scale(range=[80, 500]), legend=None)
    counts = base.transform_filter("datum.what === 'you'").mark_text(dy=-18, fontSize=12, color=INK)
    return _layers(perfect, yours.encode(x=x, y=y, size=sizes), counts.encode(x=x, y=y, text="forecasts:Q"), height=260)


def calibration_alt(answered: int, score: float | None) -> str:
    """Return what the calibration curve shows in one sentence."""
    if score is None:
        return "Calibration curve: no practice question has been answered yet."
    return f"Calibration curve over {answered} practice questions; Brier score {score:.2f}, where 0 is perfect and always saying 50 per cent gives 0.25."


def pool_chart(people: int) -> alt.TopLevelMixin:
    """Return what several people say over rows of ``key, question, lowest, median, highest, yours``."""
    import altair as alt

    base = alt.Chart(source())
    y = alt.Y("id:N", title=None, sort=None)
    scale = alt.Scale(domain=[0, 100])
    spans = base.mark_rule(strokeWidth=4, color=LINE).encode(
        x=alt.X("lowest:Q", title="per cent", scale=scale), x2="highest:Q", y=y
    )
    medians = base.mark_tick(thickness=3, size=18, color=INK).encode(x="median:Q", y=y)
    yours = base.mark_point(shape="diamond", filled=True, size=130, color=PALETTE[1]).encode(x="yours:Q", y=y)
    return _layers(spans, medians, yours, height=26 * max(people, 2))
