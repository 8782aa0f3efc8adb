"""Charts of unit 05: a table in, an Altair chart out, and for each a sentence that says what it shows."""

from __future__ import annotations

import pandas as pd

from kit.rows import records
from kit.scenarios.tables import CONCEPTS
from kit.screen.drawing import alt, if_chosen, layer_silently, make_pick, only, source, tips
from kit.screen.theme import DIVERGING, INK, LINE, PALETTE, PAPER, QUIET

CELL = 22


def matrix_chart() -> alt.TopLevelMixin:
    """Return the judgements over rows of ``key, row, column, row_order, column_order, judgement, text, said``."""
    base = alt.Chart(source())
    x_axis = alt.Axis(orient="top", labelAngle=-90, labelLimit=240, ticks=False, domain=False)
    x = alt.X("column:N", title=None, sort=alt.EncodingSortField("column_order"), axis=x_axis)
    y_axis = alt.Axis(labelLimit=240, ticks=False, domain=False)
    y = alt.Y("row:N", title=None, sort=alt.EncodingSortField("row_order"), axis=y_axis)
    boxes = base.mark_rect(cursor="pointer").encode(
        x=x,
        y=y,
        color=alt.Color(
            "judgement:Q", scale=alt.Scale(domain=list(range(-3, 4)), range=DIVERGING, interpolate="rgb"), legend=None
        ),
        stroke=if_chosen(INK, LINE),
        strokeWidth=if_chosen(3, 0.6),
        tooltip=tips(said="Judgement"),
    )
    numbers = base.mark_text(fontSize=12, color=INK).encode(x=x, y=y, text="text:N")
    return layer_silently(boxes.add_params(make_pick()), numbers, height=alt.Step(CELL))


def matrix_alt(rows: pd.DataFrame) -> str:
    """Return what the matrix shows in one sentence."""
    made = rows[rows["judgement"] != 0]
    if made.empty:
        return "Judgements of how values of factors affect each other: none has been made."
    strongest = max(records(made), key=lambda row: abs(row["judgement"]))
    return (
        f"{len(made)} judgements from -3 to +3 of how the value of one factor affects the values of others. "
        f"The strongest, {strongest['judgement']:+d}, says what {strongest['row']} does to {strongest['column']}."
    )


def stability_chart() -> alt.TopLevelMixin:
    """Return situations against senses over rows of ``key, situation, order, concept, holds``: full is stable, a ring is not."""
    base = alt.Chart(source())
    x_axis = alt.Axis(orient="top", labelAngle=0, ticks=False)
    x = alt.X("concept:N", title=None, sort=["Nash", "SEQ", "SMR", "GMR"], axis=x_axis)
    y = alt.Y(
        "situation:N", title=None, sort=alt.EncodingSortField("order"), axis=alt.Axis(labelLimit=330, ticks=False)
    )
    words = alt.Scale(domain=["stable", "not stable"], range=[PALETTE[0], PAPER])
    marks = base.mark_point(filled=True, shape="circle", size=190, opacity=1, cursor="pointer").encode(
        x=x,
        y=y,
        fill=alt.Fill("holds:N", scale=words, legend=alt.Legend(title=None, symbolStrokeColor=QUIET)),
        stroke=if_chosen(INK, QUIET),
        strokeWidth=if_chosen(3.5, 1.2),
    )
    return layer_silently(marks.add_params(make_pick()), height=alt.Step(30))


def stability_finding(table: pd.DataFrame) -> str:
    """Return which situations are stable in every sense, as the title of the picture; nothing where none is."""
    always = [row["state"] for row in records(table) if all(row[concept] for concept in CONCEPTS)]
    return f"Stable in every sense: {'; '.join(always)}" if always else ""


def stability_alt(table: pd.DataFrame) -> str:
    """Return which situations are stable in one sentence."""
    held = "; ".join(f"{row['state']}: {row['stable']}" for row in records(table) if row["stable"] != "none")
    return f"{len(table)} situations. Stable for all sides, and in which sense: {held or 'none is'}."


def calibration_chart() -> alt.TopLevelMixin:
    """Return the calibration curve over rows of ``what, x, y, forecasts``: said on the x axis, came true on the y axis."""
    base = alt.Chart(source())
    scale = alt.Scale(domain=[0, 100])
    x = alt.X("x:Q", title="You said (per cent)", scale=scale)
    y = alt.Y("y:Q", title="It came true (per cent)", scale=scale)
    perfect = only(base, "perfect").mark_line(strokeDash=[6, 4], color=QUIET).encode(x=x, y=y)
    yours = only(base, "you").mark_point(filled=True, color=PALETTE[0], opacity=0.9)
    sizes = alt.Size("forecasts:Q", scale=alt.Scale(range=[80, 500]), legend=None)
    counts = only(base, "you").mark_text(dy=-18, fontSize=12, color=INK)
    return layer_silently(
        perfect, yours.encode(x=x, y=y, size=sizes), counts.encode(x=x, y=y, text="forecasts:Q"), height=260
    )


def calibration_alt(answered: int, score: float | None) -> str:
    """Return what the calibration curve shows in one sentence."""
    if score is None:
        return "Calibration curve: no practice question has been answered yet."
    return f"Calibration curve over {answered} practice questions; Brier score {score:.2f}, where 0 is perfect and always saying 50 per cent gives 0.25."


def bets_chart() -> alt.TopLevelMixin:
    """Return one's bets beside the truth over rows of ``key, question, order, said, came, label``: a line from dot to square."""
    y_axis = alt.Axis(labelLimit=260, ticks=False, domain=False)
    scale = alt.Scale(domain=[0, 100])
    x_title = "● you said   ■ what happened (no 0, yes 100)"
    base = alt.Chart(source()).encode(
        x=alt.X("said:Q", title=x_title, scale=scale),
        y=alt.Y("question:N", title=None, sort=alt.EncodingSortField("order"), axis=y_axis),
        tooltip=tips(label="Question"),
    )
    gaps = base.mark_rule(color=LINE, strokeWidth=3).encode(x2="came:Q")
    truth = base.mark_point(shape="square", filled=True, size=110, color=INK, opacity=1).encode(x="came:Q")
    said = base.mark_point(shape="circle", filled=True, size=130, opacity=1, color=PALETTE[0], cursor="pointer").encode(
        stroke=if_chosen(INK, PAPER), strokeWidth=if_chosen(3, 1)
    )
    return layer_silently(gaps, truth, said.add_params(make_pick()), height=alt.Step(22))


def bets_alt(rows: pd.DataFrame) -> str:
    """Return what one said and what happened in one sentence."""
    if rows.empty:
        return "Your bets beside what happened: none has been made yet."
    said = "; ".join(
        f"{row['question']}: {row['said']} per cent, {'yes' if row['came'] else 'no'}" for row in records(rows)
    )
    return f"Your bets beside what happened. {said}."
