"""Explorers of unit 02: the map of actors, who speaks, and what each holds; the stakeholder grid is in `grid`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import ipywidgets
import pandas as pd

from kit.actors import charts, layout, tables
from kit.errors import KitError
from kit.grammar import join_words
from kit.learning.portfolio import portfolio
from kit.learning.save_cue import SaveCue
from kit.rows import records
from kit.screen import html
from kit.screen.chart import Chart
from kit.screen.codes_by_place import CodesByPlace
from kit.screen.controls import dropdown, note, options_of_names, paper, text_box, toggles
from kit.screen.explorer import Explorer, parts_of
from kit.screen.guess import Guess

if TYPE_CHECKING:
    from kit.case import Case


def _position_list(positions: pd.DataFrame, *, subject: bool) -> html.Html:
    """Return positions as a list: issue or stance, position, and who tells it."""
    items = []
    for each in records(positions):
        words = [html.tag("strong", f"{each['subject' if subject else 'stance']}: "), each["position"]]
        source = f"{each['source']}, {each['date']}" if each["date"] else each["source"]
        said = html.tag("div", *words, dir="auto")
        items.append((said, html.tag("div", source, class_="parley-quiet")))
    return html.bullets(items) if items else note("Nothing is recorded in this case.")


def _two_accounts(positions: pd.DataFrame, *, subject: bool) -> html.Html:
    """Return what the articles tell, and beside it, where there is room, what the actor states itself."""
    heads = {
        tables.OF_ARTICLES: "As the articles tell it",
        tables.OF_ITS_OWN: "As the actor states it, in the kit's words",
    }
    parts = []
    for told, head in heads.items():
        mine = positions[positions["told"] == told]
        heading = html.tag("h4", f"{head} ({len(mine)})")
        parts.append(html.tag("section", heading, _position_list(mine, subject=subject)))
    return html.tag("div", *parts, class_="parley-accounts")


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
    return paper(html.tag("h3", title), _two_accounts(tables.position_table(case, actor, issue), subject=False))


# --- the map


class ActorMap(Explorer):
    """Who stands in which relation to whom: filter by relation, choose an actor or a tie.

    Attributes
    ----------
    selected : str or None
        An actor's code, or a tie's key (``"russia|fights|ukraine"``).
    actor, tie : Dropdown
        What is chosen; while an actor is, the second offers its ties only.
    """

    invitation = "Click on an actor or on an arrow to read what the articles say."

    def __init__(self, case: Case) -> None:
        self._ties, self._names = tables.ties(case), case.actor_names
        counts = tables.relations_of(self._ties)
        places = layout.actor_places(self._names, zip(self._ties["source"], self._ties["target"], strict=True))
        self._places, height = places, layout.map_height(places, self._names)
        self.boxes: dict[str, ipywidgets.Checkbox] = {}
        self.actor, self.tie = dropdown("Actor", options_of_names(self._names)), dropdown("Tie", options_of_names({}))
        self.chart = Chart(charts.map_chart(list(counts), height), alt="Map.", watch=["pick"])
        self.list = ipywidgets.HTML()
        super().__init__(
            case,
            controls=[*self._filter(counts), self.actor, self.tie],
            picture=[self.chart],
            lists=[self.list],
            lists_title="The map as a table",
        )
        self.link(self.chart, self.actor, self.tie)
        self.on_any_change(self._filtered, *self.boxes.values())
        self.show_again()
        if self._ties.empty:
            self.lack("relations between actors")

    def preview(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """Return the map for a notebook that has not been run, without the cells that are empty: most are."""
        data, metadata = super().preview()
        for spec in (each for each in data.values() if isinstance(each, dict)):
            spec["datasets"]["rows"] = [
                {name: value for name, value in each.items() if value is not None} for each in spec["datasets"]["rows"]
            ]
        return data, metadata

    def _filter(self, counts: Mapping[str, int]) -> list[ipywidgets.HBox]:
        """Return a check box for each relation, with a piece of its line."""
        parts = []
        for relation, count in counts.items():
            words, meaning = tables.RELATIONS.get(relation, (tables.relation_words(relation), ""))
            box = ipywidgets.Checkbox(
                value=True, description=f"{words} ({count})", indent=False, tooltip=meaning, layout={"width": "auto"}
            )
            self.boxes[relation] = box
            colour, dash = charts.relation_key(relation)
            stroke = {"style": f"stroke:{colour}", "stroke_width": 3, "stroke_dasharray": dash}
            line = html.tag("line", x1=1, y1=6, x2=37, y2=6, **stroke)
            drawn = html.tag("svg", line, width=38, height=12, aria_hidden="true")
            parts.append(ipywidgets.HBox([ipywidgets.HTML(drawn), box], layout={"grid_gap": "8px"}))
        return parts

    def _filtered(self) -> None:
        """Show the ties of what is ticked; a chosen tie that goes is chosen no longer."""
        if self.selected in {None, *self._shown()["key"], *self._names}:
            self.show_again()
        else:
            self.selected = None

    def _shown(self) -> pd.DataFrame:
        kept = [relation for relation, box in self.boxes.items() if box.value]
        return self._ties[self._ties["relation"].isin(kept)].reset_index(drop=True)

    def show_again(self) -> None:
        """Draw the map and its lists, with what has nothing to do with the choice faint, and then the answer."""
        self._table = table = self._shown()
        self.chart.rows = charts.map_rows(table, self._names, self._places, self.selected, self.case.meta["parties"])
        self.chart.alt, self.chart.title = charts.map_alt(table, self._names), charts.map_finding(table, self._names)
        self.list.value = html.table(tables.ties_in_words(table, self._names), "Who stands in which relation to whom")
        near = tables.ties_of(table, self.selected) if self.selected in self._names else table
        with self.echoing():
            self.tie.options = options_of_names(dict(zip(near["key"], near["label"], strict=True)))
        super().show_again()

    def show(self, key: str) -> None:
        """Show an actor with its ties and positions, or what a tie means, with the sentences behind it."""
        if key in self._names:
            self._show_actor(key)
        elif key in set(self._ties["key"]):
            self._show_tie(key)
        else:
            self.invite()

    def _show_actor(self, actor: str) -> None:
        name, words = self._names[actor], tables.actor_note(self.case, actor)
        ties = tables.ties_of(self._table, actor)["label"]
        self.say(
            html.tag("h3", name),
            html.tag("p", words) if words else None,
            html.tag("h4", f"Ties shown ({len(ties)})"),
            html.bullets(ties) if len(ties) else note("None."),
            html.tag("h4", "What it wants"),
            _two_accounts(tables.position_table(self.case, actor), subject=True),
        )
        self.tell(tables.actor_evidence(self.case, actor, self._table), f"{name}: the sentences behind this")

    def _show_tie(self, key: str) -> None:
        tie = self._ties[self._ties["key"] == key].iloc[0]
        words, meaning = tables.RELATIONS.get(tie["relation"], (tie["relation"], ""))
        said = note(f"“{words}”: the actor at the beginning of the arrow {meaning} the other.") if meaning else None
        self.say(html.tag("h3", tie["label"]), said)
        self.tell(tables.tie_evidence(self.case, key), "The sentences behind this tie")


# --- voices


class Voices(CodesByPlace):
    """Who is named, who speaks, and who is only spoken of, by actor and article; the learner guesses before it shows.

    Attributes
    ----------
    scope, scale : ToggleButtons
        What is counted, and in what.
    guess : Guess or None
        Asks who is named most and never speaks; None where every actor speaks.
    """

    KEY = "02/guess-voices"

    def __init__(self, case: Case) -> None:
        names, summary = case.actor_names, tables.voice_summary(case)
        self.scope = toggles("Count", [(words, scope) for scope, words in tables.SCOPES.items()], "named")
        self.scale = toggles("In", [("sentences", False), ("each hundred sentences", True)], False)
        self.summary = ipywidgets.HTML()
        super().__init__(
            case,
            tables.voice_cells(case),
            rows={actor: names[actor] for actor in summary["actor"]},
            columns=case.article_names,
            names=("Actor", "Article"),
            what="Actors by article",
            unit=_voices_unit(self.scope.value),
            controls=[self.scope, self.scale],
            picture=[self.summary],
            lists=[ipywidgets.HTML(_voices_as_table(summary))],
            lists_title="The count as a table",
        )
        self._sum_up(summary)
        self.on_any_change(self._count, self.scope, self.scale)
        self.show_again()
        # After all else is in its place: it hides what it finds there.
        self.guess = self._ask(summary)
        if tables.voices(case).empty:
            self.lack("actors marked in its articles")
        elif self.guess:
            self.set_trait("children", (self.guess, *self.children))

    def _ask(self, summary: pd.DataFrame) -> Guess | None:
        """Return the question that comes before the picture, which it hides."""
        silent, store = tables.most_spoken_of(summary), portfolio(self.case)
        if silent is None:
            return None
        return Guess(
            "Which actor do the articles name in most sentences without ever letting it speak?",
            str(silent["actor"]),
            choices={name: code for code, name in self.case.actor_names.items()},
            said=f"{silent['named']} sentences name it, and the rule finds none in which it speaks.",
            kept=store.read(self.KEY),
            keep=lambda guess: store.save(self.KEY, guess),
            veil=self.children,
        )

    def _sum_up(self, summary: pd.DataFrame) -> None:
        rule = (
            "The rule: an actor speaks in a sentence if a verb of saying follows its name within "
            f"{tables.REACH} words, or if “according to” stands before the name. The rule makes mistakes: read the sentences."
        )
        said = (html.tag("p", each) for each in tables.missing_voices(summary))
        self.summary.value = paper(*said, note(rule))

    def _count(self) -> None:
        self.draw(tables.voice_cells(self.case, self.scope.value, per_hundred=self.scale.value))
        self.count_in(
            _voices_unit(self.scope.value) + (", in each hundred of its sentences" if self.scale.value else "")
        )
        self.show_again()

    def describe(self, row: str, column: str) -> list[html.Html]:
        """Return what is counted, above the sentences."""
        return [note(f"{tables.SCOPES[self.scope.value]}: {len(self.sentences(row, column))} sentences.")]

    def sentences(self, row: str, column: str) -> pd.DataFrame:
        """Return the sentences in which an actor is named, speaks, or is only spoken of."""
        return tables.voice_evidence(self.case, row, column, self.scope.value)


def _voices_unit(scope: str) -> str:
    """Return what is counted in words."""
    deed = {"named": "name the actor", "speaks": "let the actor speak", "spoken-of": "only speak of the actor"}[scope]
    return f"sentences of the article that {deed}"


def _voices_as_table(summary: pd.DataFrame) -> html.Html:
    shown = summary.assign(only=summary["named"] - summary["speaks"])
    labels = {"name": "actor", "named": "sentences that name it", "speaks": "in which it speaks",
              "only": "in which it is only spoken of", "articles": "articles that name it"}  # fmt: skip
    return html.table(
        shown[["name", "named", "speaks", "only", "articles"]], "Who speaks, who is spoken of", labels=labels
    )


# --- positions


class Positions(CodesByPlace):
    """What each actor wants on each issue, as the articles tell it and as it states it; the learner adds interest and need.

    Attributes
    ----------
    written : dict
        What the learner wrote: ``{actor: {issue: {"interest": text, "need": text}}}``; what is kept.
    told : ToggleButtons
        Whose positions are counted: all, those in the articles, those that actors state themselves.
    """

    KEY = "02/positions"
    invitation = "Choose a square, or an actor and an issue, to read what the actor wants."

    def __init__(self, case: Case) -> None:
        self.store = portfolio(case)
        self.written = tables.written_of(self.store.read(self.KEY))
        self.told = toggles("Count", [(words, told) for told, words in tables.TOLD.items()], "")
        self.issues = tables.issue_names(case)
        self.about = ipywidgets.HTML()
        self.interest = text_box("Interest", rows=2, hint="Why does it want this? What would it lose without it?")
        self.need = text_box("Need", rows=2, hint="Safety, identity, recognition, a say in its own affairs …?")
        super().__init__(
            case,
            tables.position_cells(case),
            rows=case.actor_names,
            columns=self.issues,
            names=("Actor", "Issue"),
            what="Positions of actors on issues",
            unit="positions that the actor takes on the issue, as the case file lists them",
            everywhere="all issues",
            controls=[self.told],
            after=[self.about, self.interest, self.need, SaveCue(self.store, self.KEY)],
        )
        self.on_change(self.told, lambda told: self.draw(tables.position_cells(case, told)))
        self.on_any_change(self._keep, self.interest, self.need)
        self.show_again()
        if case.positions.empty:
            self.lack("positions")

    def show_again(self) -> None:
        """Draw the answer, and put into the two boxes what the learner wrote there before."""
        super().show_again()
        actor, issue = parts_of(self.selected, 2)
        mine = self.written.get(actor, {}).get(issue, {})
        with self.echoing():
            for field, name in ((self.interest, "interest"), (self.need, "need")):
                field.value, field.disabled = mine.get(name, ""), not (actor and issue)
        self._say_what_is_written(actor, issue)

    def _say_what_is_written(self, actor: str, issue: str) -> None:
        here = actor and issue
        asked = f"Your reading of {self._place(actor, issue)}. " if here else "First choose an actor and an issue. "
        done = [self._place(who, what) for who, issues in self.written.items() for what in issues]
        count = f"You have written on {join_words(done)}." if done else "You have written nothing yet."
        quiet = html.tag("span", count, class_="parley-quiet")
        self.about.value = html.tag("p", html.tag("strong", asked), quiet)

    def _place(self, actor: str, issue: str) -> str:
        return self.name_square(self.case.actor_names.get(actor, actor), self.issues.get(issue, issue))

    def name_square(self, name: str, column: str) -> str:
        """Return what a square is called: "Russia on territory"."""
        return f"{name} on {column[:1].lower()}{column[1:]}"

    def show(self, key: str) -> None:
        """Show both accounts on the card, which bears the name of the square, and the sentences below it."""
        super().show(key)
        if self.row.value:
            self.tell(self.evidence, "The sentences behind this")

    def describe(self, row: str, column: str) -> list[html.Html]:
        """Return both accounts of what an actor wants on an issue, or on all of them."""
        title = self._place(row, column) if column else self.case.actor_names[row]
        chosen = tables.position_table(self.case, row, column)
        return [html.tag("h3", title), _two_accounts(chosen, subject=not column)]

    def sentences(self, row: str, column: str) -> pd.DataFrame:
        """Return the articles' sentences behind these positions."""
        return tables.position_evidence(tables.position_table(self.case, row, column))

    def _keep(self) -> None:
        actor, issue = parts_of(self.selected, 2)
        texts = {"interest": self.interest.value, "need": self.need.value}
        self.written = tables.written_of({**self.written, actor: {**self.written.get(actor, {}), issue: texts}})
        self._say_what_is_written(actor, issue)
        self.store.save(self.KEY, self.written)
