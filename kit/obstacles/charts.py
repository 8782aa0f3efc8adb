"""Pictures of unit 03: a table in, an Altair chart (or, for the tree, HTML) out, and for each a sentence that says what it shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from kit.grammar import count_of
from kit.obstacles.tables import FIGHTING, ISSUES, MECHANISMS, PLACES, PROMISE, YOU, Card
from kit.rows import rows_of
from kit.screen import html
from kit.screen.drawing import alt, bars_with_numbers, if_chosen, make_pick, only, source, tips, write_beside
from kit.screen.theme import INK, PALETTE, QUIET, SCALE

# Words are drawn twice, first with a white edge, so that they can be read over lines and marks.
HALO: Any = ({"stroke": "#ffffff", "strokeWidth": 4, "aria": False}, {})


# --- which obstacles come together


def pairs_chart() -> alt.TopLevelMixin:
    """Return bars over `tables.pair_bars`, the number at the end of each; a click chooses a pair."""
    y = alt.Y("name:N", title=None, sort=None, axis=alt.Axis(ticks=False, domain=False, labelLimit=320))
    x = alt.X("places:Q", title=None, axis=alt.Axis(tickMinStep=1, format="d"), scale=alt.Scale(zero=True))
    bars, numbers = bars_with_numbers(x, y, "places:Q", size=16)
    bars = bars.encode(tooltip=tips(label="Together"))
    return alt.layer(bars, numbers).properties(height=alt.Step(24))


def pairs_title(bars: pd.DataFrame, within: str, of: str = "") -> str:
    """Return what the bars count, or that there are none."""
    whose = f" with “{of}”" if of else ""
    if bars.empty:
        return f"No obstacle stands together{whose} in the same {within}."
    return f"Obstacles that stand together{whose} in the same {within}, and how often"


def pairs_alt(bars: pd.DataFrame, within: str, of: str = "") -> str:
    """Return what the bars show in one sentence."""
    title = pairs_title(bars, within, of)
    return title if bars.empty else f"{title}: {'; '.join(bars['label'])}."


# --- an obstacle's card


def card_html(card: Card, *, folded: bool = False) -> html.Html:
    """Return an obstacle's card: what it is, each side's position, Fearon's mechanism, how it was handled elsewhere.

    Folded, it shows its title alone until it is opened, and leaves the place to the sentences below it.
    """
    near, far = card.positions[: card.parties], card.positions[card.parties :]
    parts = [
        html.tag("p", card.what),
        _sides(near) if near else None,
        html.fold(f"As others state it ({', '.join(who for who, _ in far)})", _sides(far)) if far else None,
        _mechanism(card),
        _elsewhere(card.elsewhere),
    ]
    if folded:
        return html.fold(f"The card of “{card.title}”: what it is, each side’s position, cases elsewhere", *parts)
    return html.join(html.tag("h3", card.title), *parts)


def _sides(positions: list[tuple[str, str]]) -> html.Html:
    boxes = (html.tag("div", html.tag("strong", f"As {who} states it. "), said) for who, said in positions)
    return html.tag("div", *boxes, class_="parley-card-sides")


def _mechanism(card: Card) -> html.Html | None:
    if not card.mechanism:
        return None
    label = MECHANISMS[card.mechanism].label
    return html.tag("p", html.tag("strong", f"Why bargaining fails here: {label.lower()}. "), card.why)


def _elsewhere(examples: Sequence[Mapping[str, Any]]) -> html.Html | None:
    if not examples:
        return None
    names = "; ".join(f"{each['process'] or each['place']}, {each['year']}" for each in examples)
    items = (
        html.tag(
            "li",
            html.tag("strong", each["process"] or each["place"]),
            f" ({each['place']}, {each['year']}). " if each["process"] else f" ({each['year']}). ",
            each["how"],
            html.join(html.tag("br"), html.tag("em", "Outcome: "), each["outcome"]) if each["outcome"] else None,
            html.tag("div", f"Source: {each['source']}", class_="parley-quiet"),
        )
        for each in examples
    )
    shown = html.tag("ul", *items, class_="parley-card-elsewhere")
    return html.fold(f"How it was handled elsewhere ({names})", shown)


# --- the conflict tree


def tree_html(table: pd.DataFrame, core: str) -> html.Html:
    """Return the conflict tree drawn: branches above, the trunk, roots below, each thing with its number of sentences."""
    parts = [_tree_part(place, table[table["place"] == place], core if place == "trunk" else "") for place in PLACES]
    return html.tag("div", *parts, class_="parley-tree")


def _tree_part(place: str, things: pd.DataFrame, core: str) -> html.Html:
    boxes = []
    for thing in rows_of(things):
        sentences = count_of(thing.evidence, "sentence") if thing.evidence else "⚠ no sentence yet"
        words = html.tag("div", f"{thing.kind} · {sentences}", class_="parley-quiet")
        boxes.append((html.tag("strong", thing.item), words))
    return html.tag(
        "div",
        html.tag("h4", PLACES[place]),
        html.tag("p", f"“{core}”", class_="parley-tree-core", dir="auto") if core else None,
        html.bullets(boxes) if boxes else None,
        None if boxes or core else html.tag("div", "nothing yet", class_="parley-quiet"),
        class_=f"parley-tree-{place}",
    )


# --- the ranking


def rank_chart(count: int) -> alt.TopLevelMixin:
    """Return the scatter over `tables.rank_rows` for so many obstacles: importance upwards, tractability to the right."""
    # From last to first: rank 1, the most, stands on top and to the right.
    ends: Any = {"domain": [count + 0.7, 0.3], "nice": False, "zero": False}
    ticks = alt.Axis(values=[1, *range(5, count + 1, 5)], format="d", domain=False, ticks=False)
    x_title = "← hard to move · rank by tractability · can be moved →"
    x = alt.X("x:Q", title=x_title, scale=alt.Scale(**ends), axis=ticks)
    y = alt.Y("y:Q", title="rank by importance (1 = most) →", scale=alt.Scale(**ends), axis=ticks)
    base = alt.Chart(source())
    spread = base.mark_rule(strokeWidth=2, color=PALETTE[1])
    bars = [
        spread.encode(x="x_low:Q", x2="x_high:Q", y="y:Q", opacity=if_chosen(1, 0)),
        spread.encode(y="y_low:Q", y2="y_high:Q", x="x:Q", opacity=if_chosen(1, 0)),
    ]
    marks = base.mark_point(shape="diamond", filled=True, opacity=1).encode(
        x=x,
        y=y,
        size=if_chosen(240, 90),
        fill=if_chosen(PALETTE[1], PALETTE[0]),
        stroke=if_chosen(INK, PALETTE[0]),
        tooltip=tips(label="Rank"),
    )
    leads = base.mark_rule(strokeWidth=1, color=QUIET).encode(x="x:Q", y="y:Q", y2="name_y:Q")
    named = base.encode(x="x:Q", y="name_y:Q", text="name:N")
    names = [each for halo in HALO for each in write_beside(named, 9, fontSize=12, **halo)]
    marks = marks.add_params(make_pick())
    return alt.layer(*_corners(), leads, *bars, marks, *names).properties(height=max(26 * count, 160))


def _corners() -> list[Any]:
    """Return words in the upper corners that say how to read them."""
    words: Any = (("left", 6, "important, hard to move"), ("right", -6, "important, can be moved"))
    return [
        alt.Chart(alt.Data(values=[{"word": word}]))
        .mark_text(align=align, dx=shift, color=QUIET, fontStyle="italic", baseline="bottom", dy=-5)
        .encode(x=alt.value(0 if align == "left" else "width"), y=alt.value(0), text="word:N")
        for align, shift, word in words
    ]


def rank_alt(rows: pd.DataFrame, who: str) -> str:
    """Return what the scatter shows in one sentence."""
    whose = "your ranking" if who == YOU else "the others' mean ranks"
    if rows.empty:
        return f"Importance against tractability, {whose}: nothing is ranked both ways yet."
    return f"Importance against tractability, {whose}: {'; '.join(rows.sort_values('y')['label'])}."


# --- the commitment problem


def promise_chart() -> alt.TopLevelMixin:
    """Return the picture over `tables.promise_rows`: what fighting today is worth to A, and what tomorrow's promise is."""
    base = alt.Chart(source())
    x = alt.X(
        "shift:Q",
        title="shift of power: points by which A's chance of winning falls until tomorrow",
        scale=alt.Scale(domain=[0, 60], nice=False),
    )
    y = alt.Y("worth:Q", title="worth to A, of 100", scale=alt.Scale(domain=[0, 100], nice=False))
    series = [FIGHTING, PROMISE]
    colour = alt.Scale(domain=series, range=[PALETTE[1], PALETTE[0]])
    legend = alt.Legend(symbolType="stroke", symbolSize=700, symbolStrokeWidth=3)
    dashes = alt.Scale(domain=series, range=[[1, 0], [7, 4]])
    lines = only(base, "line").mark_line()
    drawn = lines.encode(
        x=x,
        y=y,
        color=alt.Color("series:N", title=None, scale=colour, legend=legend),
        strokeDash=alt.StrokeDash("series:N", title=None, legend=legend, scale=dashes),
    )
    gap = only(base, "gap").mark_area(color=PALETTE[1], opacity=0.16)
    mark = only(base, "threshold")
    now = only(base, "now")
    shapes: Any = ((FIGHTING, "square", PALETTE[1]), (PROMISE, "circle", PALETTE[0]))
    points = [
        only(now, name, "series")
        .mark_point(shape=shape, fill=fill, size=170, opacity=1, stroke=INK, strokeWidth=1.5)
        .encode(x=x, y=y, tooltip=[alt.Tooltip("worth:Q", title=f"{name}: worth to A", format=".3~g")])
        for name, shape, fill in shapes
    ]
    words: Any = {"x": "shift:Q", "text": "text:N"}
    return alt.layer(
        gap.encode(x=x, y=y, y2="other:Q"),
        drawn,
        mark.mark_rule(strokeDash=[3, 3], strokeWidth=1.5, color=INK).encode(x=x),
        now.mark_rule(color=QUIET, strokeWidth=1).encode(x=x),
        *write_beside(mark.encode(y=alt.value(4), **words), 6, baseline="top", fontWeight=600),
        *write_beside(now.encode(y=alt.value(314), **words), 6, baseline="bottom", fontWeight=600),
        *points,
    ).properties(height=320)


def promise_alt(rows: pd.DataFrame, said: str) -> str:
    """Return what the picture of the commitment problem shows in one sentence."""
    now = rows[rows["what"] == "now"]
    worth = "; ".join(f"{line.series}: {line.worth:.3g}" for line in rows_of(now))
    return f"Worth to A, of 100, at a shift of {now['shift'].iloc[0]:.3g} points. {worth}. {said}"


# --- the zone of agreement

ACCEPTED = ["both", "neither", "A", "B"]
_FILLS = [SCALE[2], "#ffffff", "#e6eaee", "#e6eaee"]


def one_issue_chart() -> alt.TopLevelMixin:
    """Return the picture over `tables.one_issue_rows`: who would accept which share, and the two limits."""
    base = alt.Chart(source())
    x = alt.X("start:Q", title="share for A, of 100", scale=alt.Scale(domain=[0, 100], nice=False))
    top, bottom = alt.value(46), alt.value(96)
    both = "datum.accepted_by === 'both'"
    stretches = base.mark_rect().encode(
        x=x,
        x2="end:Q",
        y=top,
        y2=bottom,
        fill=alt.Fill("accepted_by:N", legend=None, scale=alt.Scale(domain=ACCEPTED, range=_FILLS)),
        stroke=alt.condition(both, alt.value(INK), alt.value(QUIET)),
        strokeWidth=alt.condition(both, alt.value(3), alt.value(1)),
        strokeDash=alt.condition("datum.accepted_by === 'neither'", alt.value([5, 4]), alt.value([1, 0])),
        tooltip=tips(label="Share for A"),
    )
    words = base.mark_text(fontSize=13).encode(
        x=alt.X("middle:Q"), y=alt.value(71), text="text:N", opacity=alt.value(1)
    )
    return alt.layer(
        stretches,
        words,
        *_limit(base, "a_needs", "'A needs ' + datum.a_needs + ' or more'", 30, 34, 96),
        *_limit(base, "b_gives", "'B gives ' + datum.b_gives + ' at most'", 122, 46, 108),
    ).properties(height=136)


def _limit(base: alt.Chart, field: str, words: str, y: int, top: int, bottom: int) -> list[Any]:
    """Return a side's limit as a line, with words that turn inwards at the ends of the scale."""
    # The limits stand in every row; one is drawn, since many on one place would be bold and jagged.
    one = base.transform_window(place="row_number()").transform_filter("datum.place === 1")
    named = one.transform_calculate(words=words)
    line = one.mark_rule(strokeWidth=3, color=INK).encode(x=f"{field}:Q", y=alt.value(top), y2=alt.value(bottom))
    # A mark of Vega-Lite has one alignment, so each is a layer of its own.
    tests: Any = (
        (f"datum.{field} < 12", "left"),
        (f"datum.{field} > 88", "right"),
        (f"datum.{field} >= 12 && datum.{field} <= 88", "center"),
    )
    texts = [
        named.transform_filter(test)
        .mark_text(align=align, baseline="alphabetic", fontWeight=600, fontSize=13)
        .encode(x=f"{field}:Q", y=alt.value(y), text="words:N")
        for test, align in tests
    ]
    return [line, *texts]


def two_issue_chart() -> alt.TopLevelMixin:
    """Return the picture over `tables.two_issue_rows`: what each way to share out two issues is worth to A and to B."""
    base = alt.Chart(source())
    ends = alt.Scale(domain=[-2, 102], nice=False)
    ticks = alt.Axis(values=[0, 20, 40, 60, 80, 100])
    x = alt.X("a:Q", title="points for A", scale=ends, axis=ticks)
    y = alt.Y("b:Q", title="points for B", scale=ends, axis=ticks)
    deals = base.mark_point(opacity=1, aria=False).encode(
        x=x,
        y=y,
        shape=alt.Shape(
            "accepted_by:N", title="accepted by",
            scale=alt.Scale(domain=ACCEPTED, range=["diamond", "circle", "triangle-right", "triangle-up"]),
        ),
        color=alt.Color(
            "accepted_by:N", title="accepted by",
            scale=alt.Scale(domain=ACCEPTED, range=[PALETTE[0], "#a5aeb8", PALETTE[4], PALETTE[4]]),
        ),
        size=alt.condition("datum.accepted_by === 'both'", alt.value(80), alt.value(30)),
        tooltip=tips(label="Deal"),
    )  # fmt: skip
    alike = base.transform_filter("datum.alike").mark_line(strokeDash=[2, 3], color=INK, strokeWidth=1.5)
    one = base.transform_window(place="row_number()").transform_filter("datum.place === 1")
    limits = [
        one.mark_rule(strokeWidth=2, color=INK, strokeDash=[7, 4]).encode(**line)
        for line in ({"x": "a_needs:Q"}, {"y": "b_needs:Q"})
    ]
    words: Any = (
        ("A needs this", {"x": "a_needs:Q", "y": alt.value("height")}),
        ("B needs this", {"x": alt.value(0), "y": "b_needs:Q"}),
    )
    named = [
        one.mark_text(align="left", dx=5, dy=-5, baseline="bottom", fontWeight=600, **halo).encode(
            text=alt.value(text), **place
        )
        for text, place in words
        for halo in HALO
    ]
    return alt.layer(alike.encode(x=x, y=y), deals, *limits, *named).properties(height=400)


def zone_alt(short: str, why: str, *, issues: int) -> str:
    """Return what a picture of the zone shows in one sentence."""
    what = "one issue" if issues == 1 else f"two issues, a {ISSUES[0]} and a {ISSUES[1]}"
    return f"Zone of agreement on {what}. {short} {why}"
