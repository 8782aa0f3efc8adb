"""Explorers of unit 02: the map of actors, who speaks, and what each holds; the stakeholder grid is in `grid`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import ipywidgets
import traitlets

from kit.actors import charts, layout, tables
from kit.errors import KitError
from kit.learning.cue import SaveCue
from kit.learning.portfolio import portfolio
from kit.screen import html
from kit.screen.chart import Chart
from kit.screen.controls import below, dropdown, lacking, note, paper, row, toggles
from kit.screen.evidence import Explorer, no_evidence
from kit.screen.theme import STYLE

if TYPE_CHECKING:
    import pandas as pd

    from kit.case import Case

CHOOSE = "– choose –"


def folded(summary: str, content: html.Html) -> html.Html:
    """Return content that opens when its heading is chosen."""
    return html.join(
        html.style(STYLE), html.tag("details", html.tag("summary", summary), content, class_="parley-paper")
    )


def _position_list(positions: pd.DataFrame, *, subject: bool) -> html.Html:
    """Return positions as a list: stance, position, and who tells it."""
    items = []
    for each in tables.records(positions):
        words = [html.tag("strong", f"{each['subject' if subject else 'stance']}: "), each["position"]]
        source = f"{each['source']}, {each['date']}" if each["date"] else each["source"]
        items.append(
            html.tag("li", html.tag("div", *words, dir="auto"), html.tag("div", source, class_="parley-quiet"))
        )
    return html.tag("ul", *items) if items else note("Nothing is recorded in this case.")


def _two_columns(positions: pd.DataFrame, *, subject: bool) -> html.Html:
    """Return what the articles tell beside what the actor states itself."""
    heads = {
        tables.OF_ARTICLES: "As the articles tell it",
        tables.OF_ITS_OWN: "As it states it itself, in the kit's words",
    }
    parts = [
        html.tag(
            "section",
            html.tag(
                "h4",
                f"{head} ({(positions['told'] == told).sum()})",
                style="margin: 6px 0 2px; font-size: 14px; font-weight: 600",
            ),
            _position_list(positions[positions["told"] == told], subject=subject),
            style="flex: 1 1 260px; min-width: 0",
        )
        for told, head in heads.items()
    ]
    return html.tag("div", *parts, style="display: flex; flex-wrap: wrap; gap: 4px 24px")


def both_accounts(case: Case, actor: str, issue: str) -> html.Html:
    """Return what the articles tell of an actor on an issue, beside what it states itself.

    Raises
    ------
    KitError
        If the case knows no such actor or issue.
    """
    names, issues = case.actor_names, tables.issue_names(case)
    for known, given, what in ((names, actor, "actor"), (issues, issue, "issue")):
        if given not in known:
            said = f"This case knows no {what} “{given}”"
            raise KitError(said, remedy=f"Choose one of: {', '.join(known)}.")
    title = f"{names[actor]} on {issues[issue].lower()}"
    return paper(html.tag("h3", title), _two_columns(tables.position_table(case, actor, issue), subject=False))


# --- the map


class ActorMap(Explorer):
    """Who stands in which relation to whom: filter by relation, choose an actor or a tie.

    Parameters
    ----------
    case : Case
        Whose relations are drawn.

    Attributes
    ----------
    selected : str or None
        An actor's code, or a tie's key (``"russia fights ukraine"``).
    boxes : dict
        The check box of each relation.
    actor, tie : Dropdown
        What is chosen, for the keyboard.
    table : DataFrame
        The ties shown.
    """

    def __init__(self, case: Case) -> None:
        self._ties = tables.ties(case)
        self._names = case.actor_names
        self._syncing = False
        self.boxes: dict[str, ipywidgets.Checkbox] = {}
        self.actor = dropdown("Actor", [("all actors", ""), *((name, code) for code, name in self._names.items())], "")
        self.tie = dropdown("Tie", [(CHOOSE, "")], "")
        self.card = ipywidgets.HTML()
        self.list = ipywidgets.HTML()
        if self._ties.empty:
            super().__init__(case, lacking("relations between actors"))
            return
        parties = case.meta.get("parties")
        self._parties = [str(each) for each in parties] if isinstance(parties, list) else []
        self._places = layout.actor_places(self._names, zip(self._ties["source"], self._ties["target"], strict=True))
        height = layout.map_height(self._places, self._names)
        counts = tables.relations_of(self._ties)
        self.chart = Chart(charts.map_chart(list(counts), height), alt="Map.", watch=["pick"])
        super().__init__(case, self._filter(counts), row(self.actor, self.tie), self.chart, self.card)
        below(self, self.list)
        self._draw()
        for box in self.boxes.values():
            box.observe(lambda _: self._filtered(), "value")
        self.actor.observe(lambda change: self._choose(change["new"]), "value")
        self.tie.observe(lambda change: self._choose(change["new"] or self.actor.value), "value")
        self.chart.observe(self._picked, "selected")

    def preview(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """Return the map for a notebook that has not been run, without the cells that are empty: most are."""
        data, metadata = super().preview()
        for spec in (each for each in data.values() if isinstance(each, dict)):
            spec["datasets"]["rows"] = [
                {name: value for name, value in each.items() if value is not None} for each in spec["datasets"]["rows"]
            ]
        return data, metadata

    def _filter(self, counts: Mapping[str, int]) -> ipywidgets.HBox:
        parts = []
        for relation, count in counts.items():
            words, meaning = tables.RELATIONS.get(relation, (tables.relation_words(relation), ""))
            box = ipywidgets.Checkbox(
                value=True, description=f"{words} ({count})", indent=False, tooltip=meaning, layout={"width": "auto"}
            )
            self.boxes[relation] = box
            colour, dash = charts.relation_key(relation)
            line = html.tag("line", x1=1, y1=6, x2=37, y2=6, stroke=colour, stroke_width=3, stroke_dasharray=dash)
            picture = html.tag("svg", line, width=38, height=12, aria_hidden="true", style="vertical-align: middle")
            parts.append(ipywidgets.HBox([ipywidgets.HTML(picture), box], layout={"margin": "0 14px 0 0"}))
        return row(*parts)

    def _shown(self) -> pd.DataFrame:
        kept = [relation for relation, box in self.boxes.items() if box.value]
        return self._ties[self._ties["relation"].isin(kept)].reset_index(drop=True)

    def _filtered(self) -> None:
        if self.selected not in {*self._shown()["key"], *self._names}:
            self.selected = None
        self._draw()

    def _draw(self) -> None:
        """Redraw what hangs on the filter and the choice."""
        self._table = self._shown()
        self.chart.rows = charts.map_rows(self._table, self._names, self._places, self.selected, self._parties)
        self.chart.alt = charts.map_alt(self._table, self._names)
        self.list.value = folded(
            f"The map as a table ({len(self._table)} ties)",
            html.table(tables.ties_in_words(self._table), "Who stands in which relation to whom"),
        )
        self._syncing = True
        known = self.selected in self._names
        self.actor.value = self.selected if known else self.actor.value
        near = tables.ties_of(self._table, self.actor.value) if self.actor.value else self._table
        self.tie.options = [(CHOOSE, ""), *zip(near["label"], near["key"], strict=True)]
        self.tie.value = self.selected if self.selected in set(near["key"]) else ""
        self.chart.selected = {"pick": [self.selected] if self.selected else []}
        self._syncing = False

    def _choose(self, value: str) -> None:
        if not self._syncing:
            self.selected = value or None

    def _picked(self, change: dict[str, Any]) -> None:
        if self._syncing:
            return
        keys = change["new"].get("pick") or [None]
        self.selected = keys[-1]

    @traitlets.observe("selected")
    def _show(self, change: dict[str, Any]) -> None:
        chosen = change["new"]
        if self._ties.empty:
            return
        if chosen is None or (chosen not in self._names and self.actor.value not in str(chosen).split()):
            self._syncing = True
            self.actor.value = ""
            self._syncing = False
        self._draw()
        if chosen in self._names:
            self._tell_actor(chosen)
        elif chosen in set(self._ties["key"]):
            self._tell_tie(chosen)
        else:
            self.card.value, self.heading, self.evidence = "", "Nothing is chosen", no_evidence()

    def _tell_actor(self, actor: str) -> None:
        name = self._names[actor]
        _, words = tables.actor_note(self.case, actor)
        positions = tables.position_table(self.case, actor)
        near = tables.ties_of(self._table, actor)["label"]
        self.card.value = paper(
            html.tag("h3", name),
            html.tag("p", words) if words else None,
            html.tag("p", html.tag("strong", f"Ties shown ({len(near)}): "), "; ".join(near) or "none", "."),
            html.tag("div", _two_columns(positions, subject=True), class_="parley-scroll", role="region", tabindex=0,
                     aria_label=f"Positions of {name}"),
        )  # fmt: skip
        self.heading = f"{name}: the sentences behind its positions"
        self.evidence = tables.position_evidence(positions)

    def _tell_tie(self, key: str) -> None:
        tie = self._ties[self._ties["key"] == key].iloc[0]
        words, meaning = tables.RELATIONS.get(tie["relation"], (tie["relation"], ""))
        said = f"“{words}” is said here of one who {meaning} the other." if meaning else ""
        self.card.value = paper(html.tag("h3", tie["label"]), note(said) if said else None)
        self.heading = f"{tie['label']}: what this rests on"
        self.evidence = tables.tie_evidence(self.case, key)


# --- voices


class Voices(Explorer):
    """Who is named, who speaks, and who is only spoken of, by actor and article; choose a cell to read the sentences.

    Parameters
    ----------
    case : Case
        Whose articles are counted.

    Attributes
    ----------
    selected : (str, str) or None
        Actor and article of the chosen cell; `tables.ALL` for all of them.
    scope, scale : ToggleButtons
        What is counted, and in what.
    table : DataFrame
        The counts; see `tables.voice_counts`.
    """

    def __init__(self, case: Case) -> None:
        names, articles = case.actor_names, [each.id for each in case.articles]
        self._names = names
        self.scope = toggles("Count", [(words, scope) for scope, words in tables.SCOPES.items()], "named")
        self.scale = toggles("In", [("sentences", False), ("each hundred sentences", True)], False)
        self.actor = dropdown("Actor", [(CHOOSE, ""), *((name, code) for code, name in names.items())], "")
        self.article = dropdown("Article", [(tables.ALL, tables.ALL), *((each, each) for each in articles)], tables.ALL)
        self.summary, self.list = ipywidgets.HTML(), ipywidgets.HTML()
        if not articles or tables.voices(case).empty:
            super().__init__(case, lacking("actors marked in its articles"))
            return
        self.chart = Chart(charts.voice_chart([*articles, tables.ALL]), alt="Voices.", watch=["pick"])
        super().__init__(case, row(self.scope, self.scale), self.chart, self.summary, row(self.actor, self.article))
        below(self, self.list)
        self._syncing = False
        self._draw()
        self._sum_up()
        for control in (self.scope, self.scale):
            control.observe(lambda _: self._redraw(), "value")
        for control in (self.actor, self.article):
            control.observe(lambda _: self._chose(), "value")
        self.chart.observe(self._picked, "selected")

    def _draw(self) -> None:
        self._table = tables.voice_counts(self.case, self.scope.value, per_hundred=self.scale.value)
        self.chart.rows = charts.voice_rows(self._table)
        self.chart.alt = charts.voice_alt(self._table, tables.ALL, tables.SCOPES[self.scope.value])

    def _redraw(self) -> None:
        self._draw()
        self._tell()

    def _sum_up(self) -> None:
        summary = tables.voice_summary(self.case)
        rule = (
            "The rule of thumb: an actor speaks in a sentence if a verb of saying follows its name within "
            f"{tables.REACH} words, or “according to” stands before it. A machine gets some of these wrong: read them."
        )
        said = (html.tag("p", each) for each in tables.missing_voices(summary))
        self.summary.value = paper(*said, note(rule))
        shown = summary.drop(columns="actor").assign(only=summary["named"] - summary["speaks"])
        labels = {"name": "actor", "named": "sentences that name it", "speaks": "in which it speaks",
                  "only": "in which it is only spoken of", "articles": "articles that name it"}  # fmt: skip
        order = ["name", "named", "speaks", "only", "articles"]
        self.list.value = folded(
            "The count as a table", html.table(shown[order], "Who speaks, who is spoken of", labels=labels)
        )

    def _picked(self, change: dict[str, Any]) -> None:
        keys = change["new"].get("pick") or []
        if keys and not self._syncing:
            actor, _, article = keys[-1].partition(" ")
            self.selected = (actor, article)

    def _chose(self) -> None:
        if self.actor.value and not self._syncing:
            self.selected = (self.actor.value, self.article.value)

    @traitlets.observe("selected")
    def _show(self, change: dict[str, Any]) -> None:
        if change["new"] is None:
            return
        self._syncing = True
        self.actor.value, self.article.value = change["new"]
        self.chart.selected = {"pick": [" ".join(change["new"])]}
        self._syncing = False
        self._tell()

    def _tell(self) -> None:
        if self.selected is None:
            return
        actor, article = self.selected
        self.heading = f"{self._names[actor]}, {article}: {tables.SCOPES[self.scope.value].lower()}"
        self.evidence = tables.voice_evidence(self.case, actor, article, self.scope.value)


# --- positions


class Positions(Explorer):
    """What each actor holds on each issue, as the articles tell it and as it states it; the learner adds interest and need.

    Parameters
    ----------
    case : Case
        Whose positions they are.

    Attributes
    ----------
    selected : (str, str) or None
        Actor and issue of the chosen cell.
    written : dict
        What the learner wrote: ``{actor: {issue: {"interest": text, "need": text}}}``; what is kept.
    actor, issue : Dropdown
        What is chosen, for the keyboard.
    interest, need : Textarea
        What the learner writes.
    table : DataFrame
        The positions of the chosen cell, or all; see `tables.position_table`.
    """

    KEY = "02/positions"

    def __init__(self, case: Case) -> None:
        self.store = portfolio(case)
        self._names, self._issues = case.actor_names, tables.issue_names(case)
        self.written = tables.written_of(self.store.read(self.KEY))
        self._syncing = False
        positions = tables.position_table(case)
        if positions.empty:
            super().__init__(case, lacking("positions"))
            return
        self.actor = dropdown("Actor", [(CHOOSE, ""), *((name, code) for code, name in self._names.items())], "")
        self.issue = dropdown("Issue", [(CHOOSE, ""), *((name, issue) for issue, name in self._issues.items())], "")
        self.card = ipywidgets.HTML()
        self.chart = Chart(charts.position_chart(), alt="Positions.", watch=["pick"])
        key = note(
            "○ how many positions the articles tell; □ how many the actor states itself, elsewhere; ┄ a dashed frame: you wrote on it."
        )
        # The form stands right under the two accounts that it asks about; the sentences, which can be many, come last.
        super().__init__(
            case,
            self.chart,
            ipywidgets.HTML(html.join(html.style(STYLE), key)),
            row(self.actor, self.issue),
            self.card,
            self._form(),
        )
        self._table = positions
        self._draw()
        self.chart.observe(self._picked, "selected")
        for control in (self.actor, self.issue):
            control.observe(lambda _: self._chose(), "value")
        for field in (self.interest, self.need):
            field.observe(lambda _: self._keep(), "value")

    def _form(self) -> ipywidgets.VBox:
        self.about = ipywidgets.HTML()
        wide: dict[str, Any] = {
            "style": {"description_width": "80px"},
            "layout": {"width": "auto"},
            "rows": 2,
            "disabled": True,
        }
        asked = {
            "Interest": "Why does it want this? What would it lose without it?",
            "Need": "Which need lies under that: safety, identity, recognition, a say in its own affairs …?",
        }
        self.interest, self.need = (
            ipywidgets.Textarea(description=name, placeholder=question, **wide) for name, question in asked.items()
        )
        return ipywidgets.VBox([self.about, self.interest, self.need, SaveCue(self.store)])

    def _draw(self) -> None:
        self._cells = tables.position_cells(self.case, self.written)
        self.chart.rows, self.chart.alt = charts.position_rows(self._cells), charts.position_alt(self._cells)
        self._ask()

    def _ask(self) -> None:
        done = sum(len(issues) for issues in self.written.values())
        words = (
            " on ".join((self._names[self.selected[0]], self._issues[self.selected[1]].lower()))
            if self.selected
            else ""
        )
        asked = (
            f"Your reading of {words}. " if words else "Choose an actor and an issue, then write what may lie behind. "
        )
        count = "You have written on 1 cell." if done == 1 else f"You have written on {done} cells."
        self.about.value = html.join(html.style(STYLE), html.tag("p", html.tag("strong", asked), count))

    def _picked(self, change: dict[str, Any]) -> None:
        keys = change["new"].get("pick") or []
        if keys and not self._syncing:
            actor, _, issue = keys[-1].partition(" ")
            self.selected = (actor, issue)

    def _chose(self) -> None:
        if self.actor.value and self.issue.value and not self._syncing:
            self.selected = (self.actor.value, self.issue.value)

    @traitlets.observe("selected")
    def _show(self, change: dict[str, Any]) -> None:
        if change["new"] is None:
            return
        actor, issue = change["new"]
        mine = self.written.get(actor, {}).get(issue, {})
        self._syncing = True
        self.actor.value, self.issue.value = actor, issue
        self.chart.selected = {"pick": [f"{actor} {issue}"]}
        for field, name in ((self.interest, "interest"), (self.need, "need")):
            field.value, field.disabled = mine.get(name, ""), False
        self._syncing = False
        self._table = tables.position_table(self.case, actor, issue)
        self.card.value = both_accounts(self.case, actor, issue)
        self.heading = f"{self._names[actor]} on {self._issues[issue].lower()}: what the articles say"
        self.evidence = tables.position_evidence(self._table)
        self._ask()

    def _keep(self) -> None:
        if self._syncing or self.selected is None:
            return
        actor, issue = self.selected
        texts = {"interest": self.interest.value, "need": self.need.value}
        before = {actor: set(issues) for actor, issues in self.written.items()}
        self.written = tables.written_of({**self.written, actor: {**self.written.get(actor, {}), issue: texts}})
        if {actor: set(issues) for actor, issues in self.written.items()} != before:
            self._draw()
        self.store.save(self.KEY, self.written)
