"""Explorers of unit 05: scenario cards, elements of a settlement, two by two, and the stability table."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import ipywidgets
import pandas as pd

from kit.learning.portfolio import portfolio
from kit.learning.save_cue import SaveCue
from kit.rows import as_mapping, records
from kit.scenarios import charts, tables
from kit.screen import html
from kit.screen.chart import Chart
from kit.screen.codes_by_place import CodesByPlace, code_counts, codes_of
from kit.screen.controls import dropdown, note, options_of_names, paper, show, text_box, toggles
from kit.screen.explorer import Explorer, key_of, parts_of
from kit.screen.guess import Guess

if TYPE_CHECKING:
    from kit.case import Case

SIDES = {"for": "What speaks for it", "against": "What speaks against it"}
LONGEST_NAME = 60
AS_GIVEN = "– as the kit has it –"


class ScenarioCards(CodesByPlace):
    """The scenarios of a case: story, what the articles say for and against, signposts, and which articles name them.

    Attributes
    ----------
    selected : str or None
        The key of the chosen scenario; with an article behind a bar, where one square was chosen.
    scenario : ToggleButtons
        The scenarios by name.
    side : ToggleButtons
        Which sentences are read: for, against, or both.
    guess : Guess
        Which article writes about possible futures most often; the picture comes after it.
    """

    KEY = "05/guess"
    invitation = "Press the name of a scenario to open its card."

    def __init__(self, case: Case) -> None:
        found = tables.scenario_table(case)
        self.scenarios = dict(zip(found["key"], found["title"], strict=True))
        self.store = portfolio(case)
        self.scenario = toggles("Scenario", [(title, key) for key, title in self.scenarios.items()])
        self.side = toggles("Sentences", [("for and against", ""), ("for", "for"), ("against", "against")], "")
        self.guess = self._ask(case)
        super().__init__(
            case,
            _cells_of_scenarios(case, found),
            rows=self.scenarios,
            columns=case.article_names,
            names=("Scenario", "Article"),
            what="Scenarios by article",
            controls=[self.guess, self.scenario, self.side],
        )
        if not self.scenarios:
            self.lack("scenarios")
            return
        # The names above the picture say what this list says.
        show(self.row, shown=False)
        self.guess.cover([self.chart, self.unit])
        self.link(self.scenario)
        self.on_any_change(self.show_again, self.side)

    def _ask(self, case: Case) -> Guess:
        counts = tables.sentences_by_article(case)
        most = max(counts, key=lambda article: counts[article], default="")
        return Guess(
            "Which article writes about possible futures most often?",
            most,
            choices={name: article for article, name in case.article_names.items()},
            said=f"It has {counts.get(most, 0)} of {sum(counts.values())} sentences.",
            kept=self.store.read(self.KEY),
            keep=lambda guess: self.store.save(self.KEY, guess),
        )

    def describe(self, row: str, column: str) -> list[html.Html]:
        """Return the scenario's card, folded where one square of it was chosen."""
        card = scenario_card(self.case, row)
        return [html.fold(f"{self.scenarios[row]}: the card", card) if column else card]

    def sentences(self, row: str, column: str) -> pd.DataFrame:
        """Return the sentences for and against a scenario, or what one article says of it."""
        if not column:
            return tables.argument_evidence(self.case, row, self.side.value or None)
        return super().sentences(self.case.scenarios["scenarios"][row]["code"], column)

    def show(self, key: str) -> None:
        """Show a card, and under it the sentences of the side that is read, or of one article."""
        super().show(key)
        row, column = parts_of(key, 2)
        self.scenario.value = row or None
        if row and not column:
            words = SIDES.get(self.side.value, "For and against")
            self.tell(self.evidence, f"{words}: {self.scenarios[row]}")


def _cells_of_scenarios(case: Case, found: pd.DataFrame) -> pd.DataFrame:
    """Return the counts of those codes that scenarios have, under the scenarios' keys and titles."""
    keys = {code: key for key, code in zip(found["key"], found["code"], strict=True) if code}
    titles = dict(zip(found["code"], found["title"], strict=True))
    cells = code_counts(case, "scenario")
    cells = cells[cells["code"].isin(list(keys))].reset_index(drop=True)
    rows = records(cells)
    return cells.assign(
        key=[f"{keys[each['code']]}|{each['article']}" for each in rows],
        name=[titles[each["code"]] for each in rows],
        label=[f"{titles[each['code']]}{each['label'].removeprefix(each['name'])}" for each in rows],
    )


def scenario_card(case: Case, key: str) -> html.Html:
    """Return a scenario's story, what speaks for and against it, and its signposts."""
    scenario = case.scenarios["scenarios"][key]
    reasons = records(tables.arguments(case, key))
    lists = {words: [each["text"] for each in reasons if each["side"] == side] for side, words in SIDES.items()}
    lists["Signposts"] = [
        ("↗ points to it: " if each["points"] == "toward" else "↘ points away from it: ") + each["text"]
        for each in records(tables.signposts(case, key))
    ]
    parts = (html.join(html.tag("h4", words), html.bullets(items)) for words, items in lists.items())
    return paper(html.tag("h3", scenario["title"] or key), html.tag("p", scenario["storyline"]), *parts)


class SettlementMap(CodesByPlace):
    """What the articles say a lasting peace would have to contain: elements by article, each opening its sentences."""

    KIND = "settlement"

    def __init__(self, case: Case) -> None:
        elements = codes_of(case, self.KIND)
        super().__init__(
            case,
            code_counts(case, self.KIND),
            rows=elements,
            columns=case.article_names,
            names=("Element", "Article"),
            what="Elements of a settlement by article",
        )
        if not elements:
            self.lack("elements of a settlement in its codebook")


class TwoByTwo(Explorer):
    """Two factors as axes, and the four worlds that they make, to be named and told by the learner.

    Attributes
    ----------
    selected : str or None
        The two factors, with a bar between them.
    across, up : Dropdown
        The factors.
    names, stories : list of Text and Textarea
        One for each world, from bottom left, row by row; what is kept.
    table : DataFrame
        The four worlds: ``across, up`` (in words), ``name, story``.
    """

    KEY = "05/two-by-two"
    invitation = "Choose a factor in each list to see the four worlds that they make."

    def __init__(self, case: Case) -> None:
        self.store = portfolio(case)
        self.factors = tables.factors_of(case)
        titles = options_of_names({key: each["title"] for key, each in self.factors.items()})
        self.across, self.up = dropdown("Across", titles), dropdown("Up", titles)
        self.names = [text_box(f"Name of world {place + 1}", hint="two words") for place in range(4)]
        self.stories = [text_box(f"World {place + 1} in a sentence", rows=2) for place in range(4)]
        self.captions = [ipywidgets.HTML() for _ in range(4)]
        corners = [ipywidgets.VBox(list(parts)) for parts in zip(self.captions, self.names, self.stories, strict=True)]
        for corner in corners:
            corner.add_class("parley-corner")
        # The second factor rises: the two worlds of its last value stand on top.
        self.grid = ipywidgets.GridBox(
            [*corners[2:], *corners[:2]],
            layout={"grid_template_columns": "repeat(2, minmax(0, 1fr))", "grid_gap": "10px"},
        )
        super().__init__(
            case, controls=[self.across, self.up], picture=[self.grid], after=[SaveCue(self.store, self.KEY)]
        )
        if len(self.factors) < 2:
            self.lack("two factors")
            return
        self.link_parts(self.across, self.up)
        self.on_any_change(self._keep, *self.names, *self.stories)
        self.choose(key_of(*self._first_pair()))

    def _first_pair(self) -> tuple[str, str]:
        """Return the pair that was last at work, else the first and the last factor."""
        kept = as_mapping(self.store.read(self.KEY))
        pair = (kept.get("across"), kept.get("up"))
        keys = list(self.factors)
        known = all(isinstance(each, str) and each in self.factors for each in pair) and pair[0] != pair[1]
        return (str(pair[0]), str(pair[1])) if known else (keys[0], keys[-1])

    def show(self, key: str) -> None:
        """Fill the four corners with what is kept for two factors, and show what the articles say of these."""
        across, up = parts_of(key, 2)
        sound = across in self.factors and up in self.factors and across != up
        show(self.grid, shown=sound)
        if not sound:
            self.invite("Choose two different factors: a world needs two questions." if up else None)
            return
        kept = self._worlds().get(key)
        told = kept if isinstance(kept, list) and len(kept) == 4 else [{}] * 4
        for place, world in enumerate(told):
            self.names[place].value = str(as_mapping(world).get("name", ""))[:LONGEST_NAME]
            self.stories[place].value = str(as_mapping(world).get("story", ""))
        self._draw()
        pair = [self.factors[across], self.factors[up]]
        questions = [(html.tag("strong", f"{each['title']}: "), each["question"]) for each in pair]
        self.say(html.tag("h3", " and ".join(each["title"] for each in pair)), html.bullets(questions))
        self.tell(self.case.evidence_for(each for factor in pair for each in factor["evidence"]))

    def _worlds(self) -> Mapping[str, Any]:
        """Return the worlds that are kept, four for each pair of factors that was at work."""
        return as_mapping(as_mapping(self.store.read(self.KEY)).get("worlds"))

    def _draw(self) -> None:
        axes = [self.factors[self.across.value], self.factors[self.up.value]]
        corners = tables.corner_worlds(self.case, self.across.value, self.up.value)
        rows = []
        for states, caption, name, story in zip(corners, self.captions, self.names, self.stories, strict=True):
            across, up = (f"{axis['title']}: {axis['states'][state]}" for axis, state in zip(axes, states, strict=True))
            caption.value = html.tag("p", across, html.tag("br"), up)
            rows.append((across, up, name.value, story.value))
        self._table = pd.DataFrame(rows, columns=["across", "up", "name", "story"])

    def _keep(self) -> None:
        self._draw()
        worlds = {self.selected: records(self._table[["name", "story"]])}
        axes = {"across": self.across.value, "up": self.up.value}
        self.store.save(self.KEY, {**axes, "worlds": {**self._worlds(), **worlds}})


class StabilityTable(Explorer):
    """A graph model of the conflict: which situations are stable, in which sense, and why a side would leave the others.

    Attributes
    ----------
    selected : str or None
        The situation at work (as letters), with a sense of stability behind a bar.
    model, situation, concept : widgets
        Which model, which of its situations, and in which sense of stability.
    side, moved, above : Dropdown
        Another ranking to try: for one side, one situation just above another.
    table : DataFrame
        The situations; see `tables.stability_table`.
    """

    invitation = "Click on a circle to read why each side would stay or leave."

    def __init__(self, case: Case) -> None:
        self.models = case.scenarios["graph_models"]
        self.model = dropdown("Model", [(each["title"], key) for key, each in self.models.items()])
        self.situation = dropdown("Situation", options_of_names({}))
        self.concept = toggles("In the sense of", [(name, name) for name in tables.CONCEPTS])
        self.side, self.moved, self.above = dropdown("For", []), dropdown("rank", []), dropdown("just above", [])
        self.chart = Chart(charts.stability_chart(), alt="Stability.", watch=["pick"])
        self.note = ipywidgets.HTML()
        super().__init__(
            case,
            controls=[self.model, self.situation, self.concept],
            picture=[self.chart, self.note],
            lists=[self.side, self.moved, self.above],
            lists_title="Try another ranking",
        )
        if not self.models:
            self.lack("graph model")
            return
        self.link(self.chart)
        self.link_parts(self.situation, self.concept)
        self.on_any_change(self._open, self.model)
        self.on_any_change(self._try, self.side, self.moved, self.above)
        self._open()

    @property
    def given(self) -> Mapping[str, Any]:
        """The model at work, with the ranking that is tried, if one is."""
        model = self.models[self.model.value]
        situation, above = self.moved.value, self.above.value
        tried = situation and above and situation != above
        return tables.move_state(model, self.side.value, situation, above) if tried else model

    def _open(self) -> None:
        """Turn to another model, as the case has it."""
        model = self.models[self.model.value]
        named = {str(each): tables.state_label(model, str(each)) for each in tables.graph_model(model).states}
        with self.echoing():
            self.side.options = [(self._named(dm), dm) for dm in model["decision_makers"]]
            self.moved.options = self.above.options = options_of_names(named, AS_GIVEN)
            self.situation.options = options_of_names(named)
        self.selected = None
        self._try()

    def _try(self) -> None:
        """Solve the model with the ranking that is tried."""
        self.solved = tables.graph_model(self.given)
        self._table = tables.stability_table(self.given, self.solved)
        self.chart.rows, self.chart.alt = stability_rows(self._table), charts.stability_alt(self._table)
        self.chart.title = charts.stability_finding(self._table)
        self.note.value = paper(*self._notes())
        self.show_again()

    def _notes(self) -> list[html.Html]:
        given, sides = self.given, self.given["decision_makers"]
        names = {dm: html.tag("strong", f"{self._named(dm)}: ") for dm in sides}
        ranks = [html.join(html.tag("p", html.tag("strong", self._named(dm))), self._ranks(dm)) for dm in sides]
        choices = [(names[dm], text) for dm, _, text in tables.list_options(given)]
        return [
            html.tag("p", given["note"]),
            html.fold("What each side may choose", html.bullets(choices)),
            html.fold("How each side ranks the situations, the best first", *ranks),
            html.fold(
                "Why they are ranked so",
                html.bullets((names[dm], given["preference_notes"].get(dm, "")) for dm in sides),
            ),
        ]

    def _ranks(self, dm: str) -> html.Html:
        """Return one side's ranking, equally good situations in one line."""
        groups = tables.rank_states(self.solved, dm)
        said = ("; ".join(tables.state_label(self.given, each) for each in group) for group in groups)
        return html.bullets(said, "ol")

    def show(self, key: str) -> None:
        """Show why each side would stay in a situation or leave it."""
        situation, concept = parts_of(key, 2)
        if situation not in set(self._table["key"]):
            self.invite()
            return
        concept = concept if concept in tables.CONCEPTS else "Nash"
        reasons = [
            self._spoken(tables.with_short_names(self.given, self.solved.why(situation, dm, concept)))
            for dm in self.given["decision_makers"]
        ]
        holds = situation in self.solved.equilibria(concept)
        verdict = "stable for all sides: an equilibrium" if holds else "not stable: a side would leave it"
        self.say(
            html.tag("h3", f"{tables.state_label(self.given, situation)}: {verdict}"),
            note(f"In the sense of {tables.CONCEPTS[concept]}."),
            html.bullets(reasons),
        )
        self.tell(self._positions(), "What the articles report of these sides' terms")

    def _named(self, dm: str) -> str:
        return str(self.case.actor_names.get(dm, dm))

    def _spoken(self, sentence: str) -> str:
        """Put names in place of codes, and leave out the options behind a situation that has a name."""
        sentence = re.sub(r"” \([^()]*\)", "”", sentence)
        # The longest first: one code may be the beginning of another.
        for dm in sorted(self.given["decision_makers"], key=len, reverse=True):
            sentence = sentence.replace(f"{dm}.", "").replace(dm, self._named(dm))
        return sentence.replace(" state ", " situation ")

    def _positions(self) -> pd.DataFrame:
        held = self.case.positions
        held = held[held["actor"].isin(list(self.given["decision_makers"])) & (held["article"] != "")]
        found = self.case.evidence_for(records(held[["article", "quote"]]))
        return found.drop_duplicates(["article", "sentence"])


def stability_rows(table: pd.DataFrame) -> pd.DataFrame:
    """Return a row for each situation and sense of stability: what the chart draws."""
    rows = [
        (key_of(each["key"], concept), each["state"], order, concept, "stable" if each[concept] else "not stable")
        for order, each in enumerate(records(table))
        for concept in tables.CONCEPTS
    ]
    return pd.DataFrame(rows, columns=["key", "situation", "order", "concept", "holds"])
