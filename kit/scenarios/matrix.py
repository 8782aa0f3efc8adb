"""The cross-impact editor: judgements that can be changed, and at once which combinations hold together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd

from kit.learning.portfolio import portfolio
from kit.learning.save_cue import SaveCue
from kit.rows import records
from kit.scenarios import charts, tables
from kit.screen import html
from kit.screen.cards import Cards
from kit.screen.chart import Chart
from kit.screen.controls import button, dropdown, note, options_of_names, toggles
from kit.screen.explorer import Explorer, parts_of

if TYPE_CHECKING:
    from kit.case import Case

MOST_CARRYING = 8
STEPS = [(f"{value:+d}" if value else "0", value) for value in range(tables.LOWEST, tables.HIGHEST + 1)]


class CrossImpactEditor(Explorer):
    """Judgements of how the values of factors bear on each other, and which combinations hold together by them.

    Parameters
    ----------
    factors : int, optional
        Only so many factors, those that bear most on each other: a first step, in which nothing is kept.

    Attributes
    ----------
    selected : str or None
        A judgement as ``factor/value|factor/value``, or a combination as its values with bars between them.
    edits : dict
        The learner's judgements, by ``factor|value|factor|value``; what is kept.
    judgement : ToggleButtons
        The judgement at work.
    found : Cards
        The combinations that hold together.
    table : DataFrame
        The same; see `tables.combination_table`.
    came, went : list of str
        The combinations that hold since the last change, and those that do no longer.
    """

    KEY = "05/cross-impact"
    invitation = "Click on a square to read the reason for its judgement, or choose a combination under the matrix."

    def __init__(self, case: Case, factors: int | None = None) -> None:
        self.store = portfolio(case)
        self.keeps = factors is None
        chosen = tables.closest_factors(case, factors) if factors else None
        self.factors = {key: each for key, each in tables.factors_of(case).items() if chosen is None or key in chosen}
        self.stories = tables.scenario_table(case).set_index("key")["title"].to_dict()
        self.edits = tables.sound_edits(case, self.store.read(self.KEY)) if self.keeps else {}
        self.came: list[str] = []
        self.went: list[str] = []
        self.words = {
            f"{key}/{value}": f"{factor['title']}: {words}"
            for key, factor in self.factors.items()
            for value, words in factor["states"].items()
        }
        self.chart = Chart(
            charts.matrix_chart(), alt="Judgements.", title="What a row does to a column", watch=["pick"]
        ).add_class("parley-wide")
        self.source, self.target = (dropdown(name, options_of_names(self.words)) for name in ("If", "then"))
        self.judgement = toggles("Judgement", STEPS)
        self.most = dropdown(
            "List combinations that are", [("consistent", 0), ("off by 1 at most", 1), ("off by 2 at most", 2)], 0
        )
        self.reset = button("Put the kit's judgements back", lambda: self._change({}))
        self.found = Cards("Combinations", rows=5)
        super().__init__(
            case,
            controls=[self.judgement, self.reset],
            picture=[self.chart, self.found],
            lists=[self.source, self.target, self.most],
            lists_title="Choose a judgement from a list",
            after=[SaveCue(self.store, self.KEY)] if self.keeps else [],
        )
        if not self.factors:
            self.lack("factors with judgements")
            return
        self.link(self.chart, self.found)
        self.link_parts(self.source, self.target)
        self.on_change(self.judgement, self._judge)
        self.on_any_change(self._solve, self.most)
        self._solve()

    # --- solving

    def _made(self) -> dict[str, dict[str, Any]]:
        return {each["key"]: each for each in records(tables.judgements(self.case, self.edits))}

    def _judge(self, value: int | None) -> None:
        if value is not None and self.selected:
            self._change({**self.edits, self.selected.replace("/", "|"): value})

    def _change(self, edits: dict[str, int]) -> None:
        """Take other judgements, and note which combinations came and which went by it."""
        before = self._holding()
        self.edits = edits
        if self.keeps:
            self.store.save(self.KEY, edits)
        self._solve(before)

    def _holding(self) -> set[str]:
        return set(self._table.loc[self._table["inconsistency"] == 0, "key"])

    def _solve(self, before: set[str] | None = None) -> None:
        self.model = tables.cross_impact(self.case, self.edits, self.factors)
        self._table = tables.combination_table(self.case, self.model, self.most.value)
        now = self._holding()
        self.came, self.went = (sorted(now - before), sorted(before - now)) if before is not None else ([], [])
        rows = matrix_rows(self.factors, self._made())
        self.chart.rows, self.chart.alt = rows, charts.matrix_alt(rows)
        with self.echoing():
            self.found.fill([(self._line(each), each["key"]) for each in records(self._table)])
        if self.selected and "/" not in self.selected and self.selected not in set(self._table["key"]):
            self.selected = None
        self._changed = before is not None
        self.show_again()

    # --- telling

    def invite(self, words: str | None = None) -> None:
        """Show the verdict, and under it what may be chosen."""
        self._offer(None)
        super().invite(words)
        self.say(self._verdict())

    def show(self, key: str) -> None:
        """Show the verdict, and under it a judgement with its reason or a combination with what it rests on."""
        if "/" in key:
            self._show_judgement(key)
        else:
            self._offer(None)
            self.say(self._verdict(), self._combination(dict(zip(self.factors, key.split("|"), strict=True))))
            self._tell_of(list(self.factors))

    def _offer(self, judgement: int | None) -> None:
        """Let a judgement be changed, or none where None is at work."""
        self.judgement.disabled, self.judgement.value = judgement is None, judgement

    def _show_judgement(self, key: str) -> None:
        source, target = parts_of(key, 2)
        factors = [each.partition("/")[0] for each in (source, target)]
        if not target or factors[0] == factors[1]:
            self.invite("Choose two values of two different factors." if target else None)
            return
        each = self._made().get(key.replace("/", "|"), {})
        self._offer(int(each.get("judgement", 0)))
        self.say(
            self._verdict(),
            html.tag("h4", f"{self.words[source]} → {self.words[target]}: {self.judgement.label}"),
            html.tag("p", each.get("why") or "The kit has made no judgement here."),
            note("Changed by you." if each.get("edited") else "The kit's judgement, a teaching assumption."),
        )
        self._tell_of(factors)

    def _tell_of(self, factors: list[str]) -> None:
        self.tell(
            self.case.evidence_for(each for key in factors for each in self.factors[key]["evidence"]),
            "What the articles say of these factors",
        )

    def _verdict(self) -> html.Html:
        """Return how many combinations hold together, and which came and went with the last change."""
        holding = len(self._holding())
        if not holding:
            said = self.model.why_empty or "No combination holds together."
        else:
            said = f"{holding} of {tables.count_combinations(self.case, self.factors)} combinations hold together."
        parts = [html.tag("h3", said)]
        if self._changed:
            parts += [
                html.tag("p", html.tag("strong", f"{word}: "), self._name(key))
                for word, keys in (("↑ Came", self.came), ("↓ Went", self.went))
                for key in keys
            ]
            if not (self.came or self.went):
                parts.append(html.tag("p", "The last change brought no combination and took none away."))
        return html.tag("div", *parts, aria_live="polite")

    def _name(self, key: str) -> str:
        """Return a combination as its scenario, if it has one, and the short names of its values."""
        values = dict(zip(self.factors, key.split("|"), strict=True))
        story = self.stories.get(tables.story_of(self.case, values), "no scenario of the case")
        # Whole sentences would run out of the list.
        return f"{story} ({' · '.join(value.replace('-', ' ') for value in values.values())})"

    def _line(self, each: Mapping[str, Any]) -> str:
        off = "" if each["inconsistency"] == 0 else f" – off by {each['inconsistency']:g}"
        return f"{self._name(each['key'])}{off}"

    def _combination(self, scenario: dict[Any, Any]) -> html.Html:
        carrying = self.model.judgements_that_carry(scenario)
        told = [
            f"{self.words['/'.join((each['source'], each['source_state']))]} → "
            f"{self.words['/'.join((each['target'], each['target_state']))]} ({each['judgement']:+g})"
            for each in records(carrying)
            if each["carries"]
        ][:MOST_CARRYING]
        why = (
            carrying.attrs.get("why_empty")
            or "It depends on no single judgement: if any one of them is set to 0, it still holds."
        )
        rests = [html.tag("h4", "It rests on"), html.bullets(told)] if told else [note(why)]
        values = html.bullets(self.words[f"{key}/{value}"] for key, value in scenario.items())
        return html.join(html.tag("h4", "This combination"), values, *rests)


def matrix_rows(factors: Mapping[str, Mapping[str, Any]], made: Mapping[str, Mapping[str, Any]]) -> pd.DataFrame:
    """Return a row for each pair of values of two different factors, with its judgement; what the matrix draws."""
    values = [
        (key, value, f"{factor['title']}: {value.replace('-', ' ')}", f"{factor['title']}: {words}")
        for key, factor in factors.items()
        for value, words in factor["states"].items()
    ]
    rows = []
    for row_order, (source, value, row, row_words) in enumerate(values):
        for column_order, (target, other, column, column_words) in enumerate(values):
            if source == target:
                continue
            each = made.get(f"{source}|{value}|{target}|{other}", {})
            judged = int(each.get("judgement", 0))
            # An explorer's key is parted at "|", so "/" stands within its two parts.
            key, text = f"{source}/{value}|{target}/{other}", f"{judged:+d}" if judged else ""
            said = f"{row_words} → {column_words}: {judged:+d}"
            text += "*" if each.get("edited") else ""
            rows.append((key, row, column, row_order, column_order, judged, text, said))
    columns = ["key", "row", "column", "row_order", "column_order", "judgement", "text", "said"]
    return pd.DataFrame(rows, columns=columns)
