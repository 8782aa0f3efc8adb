"""Explorers of unit 03 on the case: the obstacle map, the conflict tree, and the learner's ranking."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import ipywidgets
import pandas as pd

from kit.learning.portfolio import portfolio
from kit.learning.save_cue import SaveCue
from kit.obstacles import charts, tables
from kit.screen import html
from kit.screen.cards import Cards
from kit.screen.chart import Chart
from kit.screen.codes_by_place import CodesByPlace, code_counts
from kit.screen.controls import button, dropdown, note, options_of_names, paper, row, show, text_box, toggles
from kit.screen.explorer import Explorer, key_of, parts_of
from kit.screen.live_region import Live
from kit.screen.picker import SentencePicker, sentences_at

if TYPE_CHECKING:
    from kit.case import Case

NO_OBSTACLES = "obstacles in its codebook"


class ObstacleMap(CodesByPlace):
    """Obstacle by article, which obstacles come together, and a card for each.

    Attributes
    ----------
    selected : str or None
        Code of the chosen obstacle; with an article, or with the code of another obstacle, behind a bar.
    within : ToggleButtons
        Whether two obstacles have to stand in the same sentence or in the same section.
    partner : Dropdown
        Another obstacle: what the sentences say where both stand.
    """

    invitation = "Choose a square, a bar or an obstacle to read the sentences behind it."

    def __init__(self, case: Case) -> None:
        self.names = tables.obstacles_of(case)
        self.within = toggles("Together in the same", list(tables.WITHIN), "sentence")
        self.partner = dropdown("Together with", options_of_names({}))
        self.pairs = Chart(charts.pairs_chart(), alt="Which obstacles come together.", watch=["pick"])
        super().__init__(
            case,
            code_counts(case, "obstacle"),
            rows=self.names,
            columns=case.article_names,
            names=("Obstacle", "Article"),
            what="Obstacles by article",
            picture=[row(self.within, self.partner), self.pairs],
        )
        self.link(self.pairs)
        self.on_any_change(self.show_again, self.within)
        self.on_change(self.partner, lambda other: self.choose(key_of(self.row.value, other)))
        self.show_again()
        if not self.names:
            self.lack(NO_OBSTACLES)

    def show_again(self) -> None:
        """Draw the bars, then the answer: the bars are those of the obstacle at work, or of all."""
        code, other = parts_of(self.selected, 2)
        rest = {each: name for each, name in self.names.items() if each != code}
        with self.echoing():  # ipywidgets chooses the first of new options by itself: that is nobody's choice
            self.partner.options = options_of_names(rest if code else {})
            self.partner.value = other if other in rest else ""
            self._draw_pairs(code)
        super().show_again()

    def show(self, key: str) -> None:
        """Show an obstacle's card and its sentences: in one article, in all, or where another one stands too."""
        super().show(key)
        code, other = parts_of(key, 2)
        if code and other in self.names:
            heading = f"{self.names[code]} and {self.names[other]} in the same {self.within.value}"
            self.tell(tables.pair_evidence(self.case, code, other, self.within.value), heading)

    def describe(self, row: str, column: str) -> list[html.Html]:
        """Return the obstacle's card, folded where one square of it was chosen."""
        return [charts.card_html(tables.card_of(self.case, row), folded=bool(column))]

    def _draw_pairs(self, code: str) -> None:
        within = self.within.value
        bars = tables.pair_bars(tables.obstacle_pairs(self.case, within), self.names, within, code or None)
        self.pairs.rows, self.pairs.alt = bars, charts.pairs_alt(bars, within, self.names.get(code, ""))
        self.pairs.title = charts.pairs_title(bars, within, self.names.get(code, ""))


class ConflictTree(Explorer):
    """Causes, core problem and effects, built by the learner from obstacles and drivers, each with its sentences.

    Attributes
    ----------
    tree : dict
        ``core`` (the core problem in the learner's words) and ``items``: by code its ``place`` and ``evidence``. Kept in
        the portfolio.
    """

    KEY = "03/conflict-tree"

    def __init__(self, case: Case) -> None:
        self.store = portfolio(case)
        self.items = tables.tree_items(case)
        self.tree = tables.tree_of(self.store.read(self.KEY), case)
        self.picture = ipywidgets.HTML()
        self.core = text_box("The core problem, in your words", self.tree["core"], hint="one sentence")
        offered = [(f"{name} ({kind})", code) for code, (name, kind) in self.items.items()]
        self.item = dropdown("Obstacle or driver", offered)
        places = [*((text, key) for key, text in tables.PLACES.items()), ("not on it", "")]
        self.place = toggles("Its place", places, "")
        self.picker = SentencePicker(case, self._attached, self.tell)
        super().__init__(
            case,
            controls=[self.item, self.place],
            picture=[self.picture, self.core, self.picker],
            after=[SaveCue(self.store, self.KEY)],
        )
        if not self.items:
            self.lack("obstacles or drivers in its codebook")
            return
        self.link(self.item)
        self.on_any_change(self._keep, self.core)
        self.on_change(self.place, self._put)
        self.choose(self.item.value)
        self._draw()

    def show(self, key: str) -> None:
        """Turn to an obstacle or driver: where it stands, and what is attached to it."""
        entry = self.tree["items"].get(key, {})
        self.place.value = entry.get("place", "")
        self.picker.offer([(self.items[key][0], (key,))], entry.get("evidence", []))
        self._show_attached()

    def _put(self, place: str) -> None:
        if place:
            self.tree["items"][self.item.value] = {"place": place, "evidence": self.picker.chosen}
        else:
            self.tree["items"].pop(self.item.value, None)
        self._keep()

    def _attached(self) -> None:
        if self.item.value in self.tree["items"]:
            self.tree["items"][self.item.value]["evidence"] = self.picker.chosen
            self._keep()
        else:
            self._draw()
        self._show_attached()

    def _show_attached(self) -> None:
        name = self.items[self.item.value][0]
        if self.picker.chosen:
            self.tell(sentences_at(self.case, self.picker.chosen), f"Your evidence: {name}")
        else:
            self.invite(f"Nothing is attached to {name} yet. Choose a candidate to read it.")

    def _keep(self) -> None:
        self.tree["core"] = self.core.value[: tables.LONGEST_CORE]
        self.store.save(self.KEY, self.tree)
        self._draw()

    def _draw(self) -> None:
        self._table = tables.tree_table(self.case, self.tree)
        gaps = tables.tree_gaps(self._table, self.tree["core"])
        if self.picker.chosen and self.item.value not in self.tree["items"]:
            gaps.append(f"Sentences for {self.items[self.item.value][0]} are kept once it has a place on the tree.")
        said = [html.tag("p", "⚠ ", gap) for gap in gaps] or [html.tag("p", "✓ Everything on the tree has a sentence.")]
        self.picture.value = paper(charts.tree_html(self._table, self.tree["core"]), *said)

    def preview(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """Return the picture, which needs no kernel."""
        return ({"text/html": str(self.picture.value)}, {}) if self.items else ({}, {})


class Ranking(Explorer):
    """Rank them: the obstacles in order of importance and of tractability, beside the rankings of others.

    Parameters
    ----------
    others : iterable of dict, optional
        Rankings of other people, as the portfolio keeps them under ``03/ranking``.

    Attributes
    ----------
    ranking : dict
        Codes in order by criterion ("importance", "tractability"), for those that were ranked. Kept in the portfolio.
    """

    KEY = "03/ranking"
    invitation = "Choose an obstacle in the list to read what the articles say of it, and to move it."

    def __init__(self, case: Case, *, others: Iterable[Any] = ()) -> None:
        self.store = portfolio(case)
        self.names = tables.obstacles_of(case)
        self.ranking = tables.ranking_of(self.store.read(self.KEY), case)
        self.others = list(others)
        self.criterion = toggles("Rank by", list(tables.CRITERIA), "importance")
        self.question = ipywidgets.HTML()
        self.order = Cards("From most to least", rows=max(2, min(len(self.names), 16)), moved=self._drag)
        self.buttons = [
            button("▲ Move up", lambda: self.move(-1)),
            button("▼ Move down", lambda: self.move(1)),
            button("To the top", lambda: self.move(-len(self.names))),
            button("To the bottom", lambda: self.move(len(self.names))),
            button("This order is mine as it stands", lambda: self.move(0)),
        ]
        self.said = Live()
        self.who = toggles("Show", [("my ranking", tables.YOU), ("the others’ mean", tables.OTHERS)], tables.YOU)
        self.chart = Chart(charts.rank_chart(len(self.names)), alt="Ranking.", watch=["pick"])
        self.comparison = ipywidgets.HTML()
        super().__init__(
            case,
            controls=[self.criterion, *([self.who] if self.others else [])],
            picture=[self.question, self.order, row(*self.buttons), self.said, self.chart, self.comparison],
            after=[SaveCue(self.store, self.KEY)],
        )
        if not self.names:
            self.lack(NO_OBSTACLES)
            return
        self.link(self.order, self.chart)
        self.on_any_change(self._change, self.criterion)
        self.on_any_change(self._draw, self.who)
        self._list()
        self._draw()

    def move(self, steps: int) -> None:
        """Move the chosen obstacle by so many places (up is negative) and keep the order; 0 keeps it as it stands."""
        order, chosen = self._order(), self.selected or ""
        if steps and chosen not in order:
            self._say("○ Choose an obstacle in the list first.")
            return
        if steps:
            order = tables.move_item(order, chosen, order.index(chosen) + steps)
        self.ranking[self.criterion.value] = order
        self.store.save(self.KEY, self.ranking)
        self._say(tables.tell_place(order, self.names, chosen if steps else None))
        self._list()
        self._draw()

    def _drag(self, code: str, steps: int) -> None:
        self.choose(code)
        self.move(steps)

    def _say(self, text: str) -> None:
        self.said.html = html.tag("span", text)

    def _change(self) -> None:
        self._say("")
        self._list()

    def _order(self) -> list[str]:
        return list(self.ranking.get(self.criterion.value) or tables.first_order(self.case))

    def _list(self) -> None:
        criterion = self.criterion.value
        state = "" if criterion in self.ranking else " Not ranked yet: the list stands in the order of the alphabet."
        self.question.value = paper(html.tag("p", html.tag("strong", tables.CRITERIA[criterion]), state))
        places = enumerate(self._order(), start=1)
        with self.echoing():
            self.order.fill([(f"{place}. {self.names[code]}", code) for place, code in places], self.selected)

    def show(self, key: str) -> None:
        """Show what the articles say of an obstacle."""
        self.tell(self.case.evidence(key), f"What the articles say: {self.names[key]}")

    def _draw(self) -> None:
        self._table = tables.rank_table(self.case, self.ranking, self.others)
        rows = tables.rank_rows(self._table, self.who.value)
        self.chart.rows, self.chart.alt = rows, charts.rank_alt(rows, self.who.value)
        show(self.chart, shown=not rows.empty)
        self.comparison.value = paper(_todo(self.ranking), *_compared(self._table))

    def preview(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """Return the chart; before anything is ranked both ways, what there is to rank."""
        if not self.names or len(self.chart.rows):
            return super().preview()
        return {"text/html": html.tag("p", f"To be ranked: {', '.join(sorted(self.names.values()))}.")}, {}


def _todo(ranking: dict[str, list[str]]) -> html.Html | None:
    missing = [criterion for criterion in tables.CRITERIA if criterion not in ranking]
    if not missing:
        return None
    return html.tag("p", f"Still to rank by {' and by '.join(missing)}; the picture needs both.")


def _compared(table: pd.DataFrame) -> list[html.Html]:
    said = html.tag("p", tables.tell_ranking(table))
    shown = {"obstacle": table["obstacle"]}
    for criterion in tables.CRITERIA:
        if not table[f"{criterion}_people"].max():
            return [said]
        shown |= {f"{criterion}: you": table[criterion], f"{criterion}: mean": table[f"{criterion}_mean"]}
        shown |= {f"{criterion}: spread": table[f"{criterion}_spread"].round(1)}
    caption = "Ranks, 1 is most; the spread is the standard deviation of the others’ ranks"
    ordered = pd.DataFrame(shown).sort_values("importance: mean")
    return [
        said,
        html.fold("All ranks as a table", html.table(ordered, caption)),
        note("A rank is an opinion. Where people are divided, ask what each took the question to mean."),
    ]
