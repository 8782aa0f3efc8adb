"""Explorers of unit 03 on the case: the obstacle map, the conflict tree, and the learner's ranking."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import ipywidgets
import traitlets

from kit.learning.cue import SaveCue
from kit.learning.portfolio import portfolio
from kit.obstacles import charts, tables
from kit.screen import html
from kit.screen.chart import Chart
from kit.screen.controls import (
    NAMED,
    below,
    button,
    dropdown,
    lacking,
    listing,
    note,
    offered,
    paper,
    picked,
    row,
    toggles,
)
from kit.screen.evidence import Explorer, no_evidence
from kit.screen.heatmap import code_counts, heatmap, heatmap_alt
from kit.screen.live import Live
from kit.screen.picker import SentencePicker, sentences_at

if TYPE_CHECKING:
    import pandas as pd

    from kit.case import Case

INVITATION = "Choose a cell, a bar or an obstacle above to read the sentences behind it."
NO_OBSTACLES = "obstacles in its codebook"


class ObstacleMap(Explorer):
    """Obstacle by article, which obstacles come together, and a card for each.

    Parameters
    ----------
    case : Case
        Whose obstacles they are.

    Attributes
    ----------
    selected : (str, str or None) or None
        Code of the chosen obstacle, and the article if a cell was chosen.
    partner : Dropdown
        Another obstacle: what the sentences say where both stand.
    tabs : Tab
        The map by article, with the card; and which obstacles come together.
    table : DataFrame
        Sentences by obstacle and article.
    """

    def __init__(self, case: Case) -> None:
        self.names = tables.obstacles_of(case)
        if not self.names:
            super().__init__(case, lacking(NO_OBSTACLES))
            return
        counts = code_counts(case, "obstacle")
        self.chart = Chart(heatmap(counts), counts, alt=heatmap_alt(counts, "Obstacles"), watch=["pick"])
        self.obstacle = dropdown("Obstacle", offered(self.names))
        self.article = dropdown("Article", [("all articles", ""), *((each.id, each.id) for each in case.articles)])
        self.card = ipywidgets.HTML()
        self.within = toggles("Together in the same", list(tables.WITHIN), "sentence")
        self.partner = dropdown("Together with", offered({}))
        self.article.disabled = self.partner.disabled = True
        self.title = ipywidgets.HTML()
        self.pairs = Chart(charts.pairs_chart(), alt="Which obstacles come together.", watch=["pick"])
        by_article = ipywidgets.VBox([self.chart, self.article, self.card])
        together = ipywidgets.VBox([self.within, self.title, self.pairs, self.partner])
        # One below the other, they would part a picture from the sentences that a click on it opens.
        self.tabs = ipywidgets.Tab([by_article, together], titles=["By article", "In pairs"])
        super().__init__(case, self.obstacle, self.tabs)
        self._table = counts
        self._quiet = False
        self._watch()
        self._draw_pairs()

    def _watch(self) -> None:
        self.chart.observe(self._cell, "selected")
        self.pairs.observe(self._pair, "selected")
        for control in (self.obstacle, self.article):
            control.observe(lambda _: self._chose(), "value")
        self.within.observe(lambda _: self._draw_pairs(), "value")
        self.partner.observe(lambda _: self._read(), "value")

    def _cell(self, change: dict[str, Any]) -> None:
        key = picked(change)
        if key:
            code, _, article = key.partition("|")
            self.selected = (code, article)

    def _pair(self, change: dict[str, Any]) -> None:
        key = picked(change)
        if not key:
            return
        one, _, other = key.partition("|")
        code = self.obstacle.value
        if code not in (one, other):
            self.selected = (one, None)
            code = one
        self.partner.value = other if code == one else one

    def _chose(self) -> None:
        if not self._quiet:
            self.selected = (self.obstacle.value, self.article.value or None) if self.obstacle.value else None

    @traitlets.observe("selected")
    def _open(self, change: dict[str, Any]) -> None:
        code, article = change["new"] or ("", None)
        self._quiet = True
        self.obstacle.value, self.article.value = code, article or ""
        rest = {each: name for each, name in self.names.items() if each != code}
        self.partner.options = offered(rest if code else {})
        self.article.disabled = self.partner.disabled = not code
        self._quiet = False
        self.chart.selected = {"pick": [f"{code}|{article}"] if article else []}
        self.card.value = paper(charts.card_html(tables.card_of(self.case, code), folded=bool(article))) if code else ""
        self._draw_pairs()

    def _draw_pairs(self) -> None:
        code, within = self.obstacle.value, self.within.value
        bars = tables.pair_bars(tables.together(self.case, within), self.names, within, code or None)
        self.pairs.selected = {"pick": []}
        self.pairs.rows, self.pairs.alt = bars, charts.pairs_alt(bars, within, self.names.get(code, ""))
        self.pairs.layout.display = "none" if bars.empty else "block"
        title = charts.pairs_title(bars, within, self.names.get(code, ""))
        self.title.value = html.tag("span", title, style="font-weight: 600")
        self._read()

    def _read(self) -> None:
        """Show the sentences of what is chosen: an obstacle, in one article or all, or two of them together."""
        code, other = self.obstacle.value, self.partner.value
        if self._quiet:
            return
        if not code:
            self.evidence = no_evidence()
            self.panel.invite(INVITATION)
        elif other:
            self.heading = f"{self.names[code]} and {self.names[other]} in the same {self.within.value}"
            self.evidence = tables.pair_evidence(self.case, code, other, self.within.value)
            bars = [key for key in self.pairs.rows["key"] if {*key.split("|")} == {code, other}]
            self.pairs.selected = {"pick": bars}
        else:
            found = self.case.evidence(code)
            article = self.article.value
            self.heading = f"{self.names[code]} in {article}" if article else f"{self.names[code]} in all articles"
            self.evidence = found[found["article"] == article].reset_index(drop=True) if article else found


class ConflictTree(Explorer):
    """Causes, core problem and effects, built by the learner from obstacles and drivers, each with its sentences.

    Parameters
    ----------
    case : Case
        Whose conflict it is.

    Attributes
    ----------
    tree : dict
        ``core`` (the core problem in the learner's words) and ``items``: by code its ``place`` and ``evidence``. Kept in
        the portfolio.
    selected : str or None
        The code at work.
    table : DataFrame
        What stands on the tree.
    """

    KEY = "03/conflict-tree"

    def __init__(self, case: Case) -> None:
        self.store = portfolio(case)
        self.items = tables.tree_items(case)
        self.tree = tables.tree_of(self.store.read(self.KEY), case)
        if not self.items:
            super().__init__(case, lacking("obstacles or drivers in its codebook"))
            return
        self.picture = ipywidgets.HTML()
        self.core = ipywidgets.Text(
            value=self.tree["core"],
            description="The core problem, in your words",
            placeholder="one sentence",
            style=NAMED,
            layout={"width": "auto"},
            continuous_update=False,
        )
        self.item = dropdown(
            "Obstacle or driver", [(f"{name} ({kind})", code) for code, (name, kind) in self.items.items()]
        )
        self.place = toggles(
            "Its place", [*((text, key) for key, text in tables.PLACES.items()), ("not on it", "")], ""
        )
        self.picker = SentencePicker(case, self._attached, self._read)
        super().__init__(case, self.picture, self.core, self.item, self.place, self.picker)
        below(self, SaveCue(self.store))
        self._quiet = False
        self.core.observe(lambda _: self._keep(), "value")
        self.place.observe(lambda change: self._put(change["new"]), "value")
        traitlets.link((self.item, "value"), (self, "selected"))
        self._draw()

    @traitlets.observe("selected")
    def _open(self, change: dict[str, Any]) -> None:
        code = change["new"]
        if code not in self.items:
            return
        entry = self.tree["items"].get(code, {})
        self._quiet = True
        self.place.value = entry.get("place", "")
        self._quiet = False
        self.picker.offer([(self.items[code][0], (code,))], entry.get("evidence", []))
        self._show_attached()

    def _put(self, place: str) -> None:
        if self._quiet:
            return
        if place:
            self.tree["items"][self.selected] = {"place": place, "evidence": self.picker.chosen}
        else:
            self.tree["items"].pop(self.selected, None)
        self._keep()

    def _attached(self) -> None:
        if self.selected in self.tree["items"]:
            self.tree["items"][self.selected]["evidence"] = self.picker.chosen
            self._keep()
        else:
            self._draw()
        self._show_attached()

    def _show_attached(self) -> None:
        self.heading = f"Your evidence: {self.items[self.selected][0]}"
        self.evidence = sentences_at(self.case, self.picker.chosen)
        if not self.picker.chosen:
            self.panel.invite(
                f"Nothing is attached to {self.items[self.selected][0]} yet. Choose a candidate to read it."
            )

    def _read(self, rows: pd.DataFrame, heading: str) -> None:
        self.heading, self.evidence = heading, rows

    def _keep(self) -> None:
        self.tree["core"] = self.core.value[: tables.LONGEST_CORE]
        self.store.save(self.KEY, self.tree)
        self._draw()

    def _draw(self) -> None:
        self._table = tables.tree_table(self.case, self.tree)
        gaps = tables.tree_gaps(self._table, self.tree["core"])
        if self.picker.chosen and self.selected not in self.tree["items"]:
            gaps.append(f"Sentences for {self.items[self.selected][0]} are kept once it has a place on the tree.")
        said = [html.tag("p", "⚠ ", gap) for gap in gaps] or [html.tag("p", "✓ Everything on the tree has a sentence.")]
        self.picture.value = paper(charts.tree_html(self._table, self.tree["core"]), *said)

    def preview(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """Return the picture, which needs no kernel."""
        return ({"text/html": str(self.picture.value)}, {}) if self.items else ({}, {})


class Ranking(Explorer):
    """Rank them: the obstacles in order of importance and of tractability, beside the rankings of others.

    Parameters
    ----------
    case : Case
        Whose obstacles are ranked.
    others : iterable of dict, optional
        Rankings of other people, as the portfolio keeps them under ``03/ranking``.

    Attributes
    ----------
    ranking : dict
        Codes in order by criterion ("importance", "tractability"), for those that were ranked. Kept in the portfolio.
    selected : str or None
        The code of the chosen obstacle.
    table : DataFrame
        Ranks, the learner's and the others'.
    """

    KEY = "03/ranking"

    def __init__(self, case: Case, *, others: Iterable[Any] = ()) -> None:
        self.store = portfolio(case)
        self.names = tables.obstacles_of(case)
        self.ranking = tables.ranking_of(self.store.read(self.KEY), case)
        self.others = list(others)
        if not self.names:
            super().__init__(case, lacking(NO_OBSTACLES))
            return
        self.criterion = toggles("Rank by", list(tables.CRITERIA), "importance")
        self.question = ipywidgets.HTML()
        self.order = listing("From most to least", rows=min(len(self.names), 16))
        self.order.layout.max_width = "34em"
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
        work = [self.criterion, self.question, self.order, row(*self.buttons), self.said]
        super().__init__(case, *work, *([self.who] if self.others else []), self.chart, self.comparison)
        below(self, SaveCue(self.store))
        self.criterion.observe(lambda _: self._change(), "value")
        self.who.observe(lambda _: self._draw(), "value")
        self.order.on_choice(self._chose)
        self.chart.observe(lambda change: self._chose(picked(change)), "selected")
        self._list()
        self._draw()

    def move(self, steps: int) -> None:
        """Move the chosen obstacle by so many places (up is negative) and keep the order; 0 keeps it as it stands."""
        order = self._order()
        if steps and self.selected not in order:
            self._say("○ Choose an obstacle in the list first.")
            return
        if steps:
            order = tables.moved(order, self.selected, order.index(self.selected) + steps)
        self.ranking[self.criterion.value] = order
        self.store.save(self.KEY, self.ranking)
        self._say(tables.place_said(order, self.names, self.selected if steps else None))
        self._list()
        self._draw()

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
        self.order.fill([(f"{place}. {self.names[code]}", code) for place, code in places], self.selected)

    def _chose(self, code: str | None) -> None:
        if code is not None:
            self.selected = code

    @traitlets.observe("selected")
    def _open(self, change: dict[str, Any]) -> None:
        code = change["new"]
        if code not in self.names:
            return
        self.order.choose(code)
        self.chart.selected = {"pick": [code]}
        self.heading = f"What the articles say: {self.names[code]}"
        self.evidence = self.case.evidence(code)

    def _draw(self) -> None:
        self._table = tables.rank_table(self.case, self.ranking, self.others)
        rows = tables.rank_rows(self._table, self.who.value)
        self.chart.rows, self.chart.alt = rows, charts.rank_alt(rows, self.who.value)
        self.chart.layout.display = "none" if rows.empty else "block"
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
    said = html.tag("p", tables.ranking_said(table))
    shown = {"obstacle": table["obstacle"]}
    for criterion in tables.CRITERIA:
        if not table[f"{criterion}_people"].max():
            return [said]
        shown |= {f"{criterion}: you": table[criterion], f"{criterion}: mean": table[f"{criterion}_mean"]}
        shown |= {f"{criterion}: spread": table[f"{criterion}_spread"].round(1)}
    import pandas as pd

    caption = "Ranks, 1 is most; the spread is the standard deviation of the others’ ranks"
    ordered = pd.DataFrame(shown).sort_values("importance: mean")
    return [
        said,
        html.tag("details", html.tag("summary", "All ranks as a table"), html.table(ordered, caption)),
        note("A rank is an opinion. Where people are divided, ask what each took the question to mean."),
    ]
