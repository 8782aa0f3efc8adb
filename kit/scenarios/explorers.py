"""Explorers of unit 05: scenario cards, two by two, the cross-impact editor and the stability table."""

from __future__ import annotations

import re
from collections.abc import Mapping
from textwrap import wrap
from typing import TYPE_CHECKING, Any

import ipywidgets
import traitlets

from kit.learning.cue import SaveCue
from kit.learning.portfolio import portfolio
from kit.scenarios import charts, tables
from kit.screen import html
from kit.screen.chart import Chart
from kit.screen.codes_by_place import code_counts, heatmap, heatmap_alt
from kit.screen.controls import NAMED, Listing, below, button, dropdown, lacking, note, paper, row, toggles
from kit.screen.evidence import Explorer, no_evidence

if TYPE_CHECKING:
    import pandas as pd

    from kit.case import Case

BLANK = ("– choose a state –", "")
SIDES = {"for": "What speaks for it", "against": "What speaks against it"}
LONGEST_NAME = 60
MOST_CARRYING = 8


class ScenarioCards(Explorer):
    """The scenarios of a case: story, what the articles say for and against, and signposts.

    Parameters
    ----------
    case : Case

    Attributes
    ----------
    selected : str or None
        The key of the chosen scenario.
    table : DataFrame
        The scenarios; see `tables.scenario_table`.
    """

    def __init__(self, case: Case) -> None:
        found = tables.scenario_table(case)
        if found.empty:
            super().__init__(case, lacking("scenarios"))
            return
        self.scenario = toggles("Scenario", [(each["title"], each["key"]) for each in tables.records(found)])
        self.card = ipywidgets.HTML()
        self.side = toggles("Read the sentences", [("for and against", ""), ("for", "for"), ("against", "against")])
        cells = _under_titles(code_counts(case, "scenario"), found)
        self.chart = Chart(heatmap(cells), cells, alt=heatmap_alt(cells, "Scenarios"), watch=["pick"])
        super().__init__(case, self.chart, self.scenario, self.card, self.side)
        self._table = found
        self.side.observe(lambda _: self._read(), "value")
        self.chart.observe(self._picked, "selected")
        traitlets.link((self.scenario, "value"), (self, "selected"))

    @traitlets.observe("selected")
    def _show(self, change: dict[str, Any]) -> None:
        if change["new"] is not None:
            self.card.value = _card(self.case, change["new"])
            self._read()

    def _read(self) -> None:
        words = SIDES.get(self.side.value, "For and against")
        self.heading = f"{words}: {self._title()}"
        self.evidence = tables.argument_evidence(self.case, self.selected, self.side.value or None)

    def _title(self) -> str:
        return str(self._table.set_index("key").at[self.selected, "title"])

    def _picked(self, change: dict[str, Any]) -> None:
        keys = change["new"].get("pick") or []
        if not keys:
            return
        code, _, article = keys[0].partition("|")
        found = self._table[self._table["code"] == code]
        if len(found):
            self.selected = found["key"].iloc[0]
        sentences = self.case.evidence(code)
        self.heading = f"{self._title()}: sentences in {article}"
        self.evidence = sentences[sentences["article"] == article].reset_index(drop=True)


def _under_titles(cells: pd.DataFrame, found: pd.DataFrame) -> pd.DataFrame:
    """Return the counts under the names that the scenarios have on the page, where the codebook's differ."""
    titles = found.set_index("code")["title"].to_dict()
    names = [titles.get(code, name) for code, name in zip(cells["code"], cells["name"], strict=True)]
    said = [
        f"{name}{words.removeprefix(old)}"
        for name, old, words in zip(names, cells["name"], cells["label"], strict=True)
    ]
    return cells.assign(name=names, label=said)


def _card(case: Case, key: str) -> html.Html:
    scenario = tables.records(tables.scenario_table(case).query("key == @key"))[0]
    reasons = tables.records(tables.arguments(case, key))
    argument_sentences = {side: tables.argument_evidence(case, key, side) for side in SIDES}
    lists = [
        html.join(
            html.tag("p", html.tag("strong", f"{words} (sentences: {len(argument_sentences[side])})")),
            html.tag("ul", *(html.tag("li", each["text"]) for each in reasons if each["side"] == side)),
        )
        for side, words in SIDES.items()
    ]
    signs = [
        html.tag("li", "↗ toward it: " if each["points"] == "toward" else "↘ away from it: ", each["text"])
        for each in tables.records(tables.signposts(case, key))
    ]
    return paper(
        html.tag("h3", scenario["title"]),
        html.tag("p", scenario["storyline"]),
        *lists,
        html.tag("p", html.tag("strong", "Signposts: what one would see")),
        html.tag("ul", *signs),
    )


class SettlementMap(Explorer):
    """What the articles say a lasting peace would have to contain: elements by article, each opening its sentences.

    Parameters
    ----------
    case : Case

    Attributes
    ----------
    element, article : Dropdown
        What is chosen.
    table : DataFrame
        Sentences by element and article; see `kit.screen.codes_by_place.code_counts`.
    """

    KIND = "settlement"

    def __init__(self, case: Case) -> None:
        cells = code_counts(case, self.KIND)
        if cells.empty:
            super().__init__(case, lacking("elements of a settlement in its codebook"))
            return
        names = list(dict.fromkeys(zip(cells["name"], cells["code"], strict=True)))
        self.element = dropdown("Element", [("– choose an element –", ""), *names])
        self.article = dropdown(
            "Article", [("all articles", ""), *((each.title or each.id, each.id) for each in case.articles)]
        )
        self.chart = Chart(heatmap(cells), cells, alt=heatmap_alt(cells, "Elements of a settlement"), watch=["pick"])
        super().__init__(case, self.chart, row(self.element, self.article))
        self._table = cells
        self.chart.observe(self._picked, "selected")
        self.element.observe(lambda _: self._choose(), "value")
        self.article.observe(lambda _: self._choose(), "value")

    def _picked(self, change: dict[str, Any]) -> None:
        keys = change["new"].get("pick") or []
        if len(keys) == 1:
            code, _, article = keys[0].partition("|")
            self.article.value, self.element.value = article, code

    def _choose(self) -> None:
        code, article = self.element.value, self.article.value
        self.selected = (code, article) if code else None
        if not code:
            self.evidence = no_evidence()
            return
        found = self.case.evidence(code)
        self.heading = f"{self.element.label}: {self.article.label}"
        self.evidence = found[found["article"] == article].reset_index(drop=True) if article else found


class TwoByTwo(Explorer):
    """Two drivers as axes, and the four worlds that they make, to be named and told by the learner.

    Parameters
    ----------
    case : Case

    Attributes
    ----------
    across, up : Dropdown
        The drivers.
    names, stories : list of Text and Textarea
        One for each world, from bottom left, row by row; what is kept.
    selected : int
        The world at work, 0 to 3.
    table : DataFrame
        The four worlds.
    """

    KEY = "05/two-by-two"

    def __init__(self, case: Case) -> None:
        self.store = portfolio(case)
        self.drivers = tables.drivers(case)
        if len(self.drivers) < 2:
            super().__init__(case, lacking("two drivers"))
            return
        options = [(driver["title"], key) for key, driver in self.drivers.items()]
        kept = _mapping(self.store.read(self.KEY))
        axes = [kept.get(name) if kept.get(name) in self.drivers else None for name in ("across", "up")]
        self.across = dropdown("Across", options, axes[0] or options[0][1])
        self.up = dropdown("Up", options, axes[1] if axes[1] not in (None, self.across.value) else options[-1][1])
        self.warning = ipywidgets.HTML()
        self.chart = Chart(charts.worlds_chart(), alt="Four worlds.", watch=["pick"])
        self.names = [
            ipywidgets.Text(description=f"Name of world {n + 1}", style=NAMED, continuous_update=False)
            for n in range(4)
        ]
        self.stories = [
            ipywidgets.Textarea(
                description=f"World {n + 1} in a sentence or two",
                style=NAMED,
                layout={"width": "98%"},
                continuous_update=False,
                rows=2,
            )
            for n in range(4)
        ]
        self.captions = [ipywidgets.HTML() for _ in range(4)]
        boxes = [ipywidgets.VBox(list(parts)) for parts in zip(self.captions, self.names, self.stories, strict=True)]
        super().__init__(case, row(self.across, self.up), self.warning, self.chart, *boxes)
        below(self, SaveCue(self.store))
        self._filling = False
        self._open()
        for control in (self.across, self.up):
            control.observe(lambda _: self._turned(), "value")
        for control in (*self.names, *self.stories):
            control.observe(lambda _: self._keep(), "value")
        self.chart.observe(self._picked, "selected")

    def _pair(self) -> str:
        return f"{self.across.value}|{self.up.value}"

    def _turned(self) -> None:
        self._open()
        if self.across.value != self.up.value:
            self._keep()

    def _open(self) -> None:
        same = self.across.value == self.up.value
        self.warning.value = (
            paper(html.tag("p", "Choose two different drivers: a world needs two questions.")) if same else ""
        )
        if same:
            return
        kept = _mapping(_mapping(self.store.read(self.KEY)).get("worlds")).get(self._pair())
        told = kept if isinstance(kept, list) and len(kept) == 4 else [{}] * 4
        self._filling = True
        for place, world in enumerate(told):
            self.names[place].value = str(_mapping(world).get("name", ""))[:LONGEST_NAME]
            self.stories[place].value = str(_mapping(world).get("story", ""))
        self._filling = False
        self._draw()

    def _draw(self) -> None:
        import pandas as pd

        corners = tables.worlds(self.case, self.across.value, self.up.value)
        axes = [self.drivers[driver] for driver in (self.across.value, self.up.value)]
        rows = [
            {
                "key": str(place),
                "x": place % 2,
                "y": place // 2,
                "across": _in_lines(f"{axes[0]['title']}: {axes[0]['states'][x]}", 26),
                "up": _in_lines(f"{axes[1]['title']}: {axes[1]['states'][y]}", 26),
                "name": f"{place + 1} · {self.names[place].value or 'not named yet'}",
                "story": self.stories[place].value,
            }
            for place, (x, y) in enumerate(corners)
        ]
        self._table = pd.DataFrame(rows)
        for caption, each in zip(self.captions, rows, strict=True):
            caption.value = paper(html.tag("p", f"World {int(each['key']) + 1} · {each['across']} · {each['up']}"))
        self.chart.rows, self.chart.alt = self._table, charts.worlds_alt(self._table)
        self._read()

    def _keep(self) -> None:
        if self._filling:
            return
        worlds = [
            {"name": name.value, "story": story.value} for name, story in zip(self.names, self.stories, strict=True)
        ]
        kept = _mapping(self.store.read(self.KEY))
        others = _mapping(kept.get("worlds"))
        value = {"across": self.across.value, "up": self.up.value, "worlds": {**others, self._pair(): worlds}}
        self.store.save(self.KEY, value)
        self._draw()

    def _picked(self, change: dict[str, Any]) -> None:
        keys = change["new"].get("pick") or []
        if keys:
            self.selected = int(keys[0])

    def _read(self) -> None:
        both = [self.drivers[key] for key in (self.across.value, self.up.value)]
        self.heading = f"What the articles say of: {both[0]['title']}; {both[1]['title']}"
        self.evidence = self.case.evidence_for(each for driver in both for each in driver.get("evidence") or [])


def _in_lines(words: str, width: int) -> str:
    return "\n".join(wrap(words, width))


class CrossImpactEditor(Explorer):
    """The cross-impact balance: judgements that can be edited, and at once which combinations hold together.

    Parameters
    ----------
    case : Case

    Attributes
    ----------
    edits : dict
        By ``source|state|target|state`` the judgements that the learner has changed; what is kept.
    source, target, judgement : widgets
        The judgement at work.
    most : Dropdown
        How far off a combination may be and still be listed.
    selected : str or None
        The chosen combination, its states with bars between.
    table : DataFrame
        The combinations listed; see `tables.combination_table`.
    """

    KEY = "05/cross-impact"

    def __init__(self, case: Case) -> None:
        self.case, self.store = case, portfolio(case)
        self.drivers = tables.drivers(case)
        if not self.drivers:
            super().__init__(case, lacking("drivers with judgements"))
            return
        self.edits = tables.sound_edits(case, self.store.read(self.KEY))
        states = [
            (f"{driver['title']}: {words}", f"{key}|{state}")
            for key, driver in self.drivers.items()
            for state, words in driver["states"].items()
        ]
        source, target = self._first(states)
        self.source = dropdown("If", states, source)
        driver = source.partition("|")[0]
        self.target = dropdown("then, for", [each for each in states if not each[1].startswith(f"{driver}|")], target)
        steps = [(f"{value:+d}" if value else "0", value) for value in range(tables.LOWEST, tables.HIGHEST + 1)]
        self.judgement = toggles("this speaks", steps, 0)
        self.why = ipywidgets.HTML()
        self.most = dropdown(
            "List combinations that are", [("consistent", 0), ("off by 1 at most", 1), ("off by 2 at most", 2)], 0
        )
        self.reset = button("Put the kit's judgements back", self._reset)
        self.summary = ipywidgets.HTML()
        self.found = Listing("Combinations", rows=6)
        self.card = ipywidgets.HTML()
        self.chart = Chart(charts.matrix_chart(len(states)), alt="Judgements.", watch=["pick"])
        work = [row(self.source, self.target), self.judgement, self.why]
        super().__init__(case, self.chart, *work, row(self.most, self.reset), self.summary, self.found, self.card)
        below(self, SaveCue(self.store))
        self._turning = False
        self._turn()
        self._draw()
        self.source.observe(lambda _: self._turn(), "value")
        self.target.observe(lambda _: self._turn(), "value")
        self.judgement.observe(lambda change: self._judge(change["new"]), "value")
        self.most.observe(lambda _: self._solve(), "value")
        self.found.on_choice(lambda key: self.set_trait("selected", key))
        self.chart.observe(self._picked, "selected")

    def _first(self, states: list[tuple[str, str]]) -> tuple[str, str]:
        """Return source and target of the first judgement that says something, so that there is a reason to read."""
        made = next((each["key"] for each in self._judgements().values() if each["judgement"]), None)
        if made is None:
            first = states[0][1]
            other = next(key for _, key in states if key.partition("|")[0] != first.partition("|")[0])
            return first, other
        parts = made.split("|")
        return "|".join(parts[:2]), "|".join(parts[2:])

    @property
    def key(self) -> str:
        """The judgement at work, as ``source|state|target|state``."""
        return f"{self.source.value}|{self.target.value}"

    def _judgements(self) -> dict[str, dict[str, Any]]:
        return {each["key"]: each for each in tables.records(tables.judgements(self.case, self.edits))}

    def _turn(self) -> None:
        """Show the judgement that is at work."""
        if self.source.value.partition("|")[0] == self.target.value.partition("|")[0]:
            self.why.value = paper(note("A driver is not judged against itself. Choose a state of another driver."))
            self.judgement.disabled = True
            return
        each = self._judgements().get(self.key, {})
        self._turning = True
        self.judgement.disabled = False
        self.judgement.value = int(each.get("judgement", 0))
        self._turning = False
        reason = each.get("why") or "The kit has made no judgement here."
        self.why.value = paper(
            html.tag("p", reason),
            note("Changed by you." if each.get("edited") else "The kit's judgement, a teaching assumption."),
        )
        if self.chart.selected.get("pick") != [self.key]:
            self.chart.selected = {"pick": [self.key]}

    def _judge(self, value: int) -> None:
        if self._turning:
            return
        self.edits = {**self.edits, self.key: value}
        self._keep()

    def _reset(self) -> None:
        self.edits = {}
        self._keep()

    def _keep(self) -> None:
        self.store.save(self.KEY, self.edits)
        self._turn()
        self._draw()

    def _draw(self) -> None:
        rows = matrix_rows(self.case, self.drivers, self._judgements())
        self.chart.rows, self.chart.alt = rows, charts.matrix_alt(rows)
        self.model = tables.cross_impact(self.case, self.edits)
        self._solve()

    def _solve(self) -> None:
        self._table = tables.combination_table(self.case, self.model, self.most.value)
        self.summary.value = paper(html.tag("p", html.tag("strong", self._said())))
        self.found.fill([(self._line(each), each["key"]) for each in tables.records(self._table)])
        if self.selected and self.selected in set(self._table["key"]):
            self.found.choose(self.selected)
            self._tell(self.selected)
        else:
            self.selected = None
            self.card.value = ""

    def _said(self) -> str:
        if self._table.empty:
            return self.model.why_empty or "No combination holds together."
        count = 1
        for states in tables.descriptors(self.case).values():
            count *= len(states)
        exact = int((self._table["inconsistency"] == 0).sum())
        return f"Of {count} combinations {exact} hold together" + (
            f"; {len(self._table)} are listed." if len(self._table) > exact else "."
        )

    def _line(self, each: Mapping[str, Any]) -> str:
        stories = tables.scenario_table(self.case).set_index("key")["title"]
        story = stories.get(each["story"], "no story of ours")
        # The short names of the matrix: whole sentences would run out of the list.
        states = " · ".join(str(each[key]).replace("-", " ") for key in self.drivers)
        off = "" if each["inconsistency"] == 0 else f" (off by {each['inconsistency']:g})"
        return f"{story}{off}: {states}"

    @traitlets.observe("selected")
    def _show(self, change: dict[str, Any]) -> None:
        if change["new"]:
            self._tell(change["new"])

    def _tell(self, key: str) -> None:
        scenario = dict(zip(self.drivers, key.split("|"), strict=True))
        self.card.value = _combination_card(self.drivers, scenario, self.model)
        self.heading = "What the articles say of these drivers"
        self.evidence = self.case.evidence_for(
            each for driver in self.drivers.values() for each in driver.get("evidence") or []
        )

    def _picked(self, change: dict[str, Any]) -> None:
        keys = change["new"].get("pick") or []
        if not keys or keys[0] == self.key:
            return
        parts = keys[0].split("|")
        source, target = "|".join(parts[:2]), "|".join(parts[2:])
        values = [value for _, value in self.target.options]
        if target not in values:
            self.target.options = self.source.options
        self.source.value, self.target.value = source, target


def matrix_rows(
    case: Case, drivers: Mapping[str, Mapping[str, Any]], made: Mapping[str, Mapping[str, Any]]
) -> pd.DataFrame:
    """Return a row for each pair of states of two different drivers, with its judgement; what the matrix draws."""
    import pandas as pd

    states = [
        (f"{key}|{state}", f"{driver['title']}: {state.replace('-', ' ')}", f"{driver['title']}: {words}")
        for key, driver in drivers.items()
        for state, words in driver["states"].items()
    ]
    rows = []
    for row_order, (source, source_name, source_words) in enumerate(states):
        for column_order, (target, target_name, target_words) in enumerate(states):
            if source.partition("|")[0] == target.partition("|")[0]:
                continue
            each = made.get(f"{source}|{target}", {})
            value = int(each.get("judgement", 0))
            rows.append(
                {
                    "key": f"{source}|{target}",
                    "row": source_name,
                    "column": target_name,
                    "row_order": row_order,
                    "column_order": column_order,
                    "judgement": value,
                    "text": (f"{value:+d}" if value else "") + ("*" if each.get("edited") else ""),
                    "said": f"{source_words} on {target_words}: {value:+d}",
                }
            )
    return pd.DataFrame(rows)


def _combination_card(drivers: Mapping[str, Any], scenario: Mapping[str, str], model: Any) -> html.Html:
    states = [
        html.tag("li", html.tag("strong", f"{drivers[key]['title']}: "), drivers[key]["states"][state])
        for key, state in scenario.items()
    ]
    carrying = model.judgements_that_carry(dict(scenario))
    told = [
        html.tag(
            "li",
            f"{drivers[each['source']]['states'][each['source_state']]} → {drivers[each['target']]['states'][each['target_state']]} "
            f"({each['judgement']:+g})",
        )
        for each in tables.records(carrying)
        if each["carries"]
    ][:MOST_CARRYING]
    rests = (
        [html.tag("p", html.tag("strong", "It rests on")), html.tag("ul", *told)]
        if told
        else [
            note(
                "No single judgement carries it: take any one away and it still holds."
                if not carrying.attrs.get("why_empty")
                else carrying.attrs["why_empty"]
            )
        ]
    )
    balance = f"Total impact {model.total_impact(dict(scenario)):g}: the sum of all judgements among its states."
    return paper(html.tag("h3", "This combination"), html.tag("ul", *states), *rests, note(balance))


class StabilityTable(Explorer):
    """A graph model of the conflict: which states are stable, in which sense, and why a side would leave the others.

    Parameters
    ----------
    case : Case

    Attributes
    ----------
    model, state, concept : widgets
        Which model, which of its states, and in which sense of stability.
    side, moved, above : Dropdown
        Another ranking to try: for one side, one state just above another.
    selected : str or None
        The state at work, as letters.
    table : DataFrame
        The states; see `tables.stability_table`.
    """

    def __init__(self, case: Case) -> None:
        self.models = tables.graph_models(case)
        if not self.models:
            super().__init__(case, lacking("graph model"))
            return
        self.model = dropdown(
            "Model", [(each["title"], key) for key, each in self.models.items()], next(iter(self.models))
        )
        self.note = ipywidgets.HTML()
        self.chart = Chart(charts.stability_chart(len(self.models)), alt="Stability.", watch=["pick"])
        self.state = dropdown("State", [BLANK])
        self.concept = toggles("In the sense of", [(name, name) for name in tables.CONCEPTS], "Nash")
        self.why = ipywidgets.HTML()
        self.side, self.moved = dropdown("What if", [BLANK]), dropdown("ranked", [BLANK])
        self.above = dropdown("just above", [BLANK])
        self._charts: dict[str, Chart] = {}
        self.place = ipywidgets.VBox([self.chart])
        trial = row(self.side, self.moved, self.above)
        super().__init__(case, self.model, self.note, trial, self.place, row(self.state), self.concept, self.why)
        self._filling = False
        self._open()
        self.model.observe(lambda _: self._open(), "value")
        for control in (self.side, self.moved, self.above):
            control.observe(lambda _: self._try(), "value")
        self.concept.observe(lambda _: self._tell(), "value")
        self.state.observe(lambda change: self.set_trait("selected", change["new"] or None), "value")

    @property
    def given(self) -> Mapping[str, Any]:
        """The model at work, with the ranking that is tried, if one is."""
        model = self.models[self.model.value]
        state, above = self.moved.value, self.above.value
        tried = state and above and state != above
        return tables.reranked(model, self.side.value, state, above) if tried else model

    def _open(self) -> None:
        """Turn to another model, as the case has it."""
        model = self.models[self.model.value]
        named = [(tables.label(model, str(state)), str(state)) for state in tables.graph_model(model).states]
        self._filling = True
        self.side.options = [(self.case.actor_names.get(dm, dm), dm) for dm in model["decision_makers"]]
        self.moved.options = [("– as the kit has it –", ""), *named]
        self.above.options = [("– as the kit has it –", ""), *named]
        self._filling = False
        self._draw()

    def _try(self) -> None:
        if not self._filling:
            kept = self.selected
            self._draw()
            self.selected = kept

    def _draw(self) -> None:
        self.solved = tables.graph_model(self.given)
        self._table = tables.stability_table(self.given, self.solved)
        rows = stability_rows(self._table)
        if self.model.value not in self._charts:
            chart = Chart(
                charts.stability_chart(len(self._table)), rows, alt=charts.stability_alt(self._table), watch=["pick"]
            )
            chart.observe(self._picked, "selected")
            self._charts[self.model.value] = chart
        self.chart = self._charts[self.model.value]
        self.chart.rows, self.chart.alt = rows, charts.stability_alt(self._table)
        self.place.children = (self.chart,)
        self.selected = None
        self.state.options = [
            BLANK,
            *((each["state"], each["key"]) for each in tables.records(self._table)),
        ]
        self.note.value = paper(*self._notes())
        self.why.value = paper(note("Choose a state to read why each side would stay or leave."))

    def _notes(self) -> list[html.Html]:
        given = self.given
        wishes = given.get("preference_notes") or {}
        listed = [
            html.tag("li", html.tag("strong", f"{self.case.actor_names.get(dm, dm)}: "), wishes.get(dm, ""))
            for dm in given["decision_makers"]
        ]
        choices = "; ".join(f"{self.case.actor_names.get(dm, dm)}: {text}" for dm, _, text in tables.options(given))
        return [
            html.tag("p", given.get("note", "")),
            html.tag("p", html.tag("strong", "Each may choose: "), choices),
            html.tag("ul", *listed),
            self._ranks(),
        ]

    def _ranks(self) -> html.Html:
        """Return how each side ranks the states, folded; equally good ones in one line."""
        given = self.given
        parts = [
            html.join(
                html.tag("p", html.tag("strong", self.case.actor_names.get(dm, dm))),
                html.tag(
                    "ol",
                    *(
                        html.tag("li", "; ".join(tables.label(given, state) for state in group))
                        for group in tables.ranking(self.solved, dm)
                    ),
                ),
            )
            for dm in given["decision_makers"]
        ]
        return html.tag("details", html.tag("summary", "How each side ranks the states, the best first"), *parts)

    def _picked(self, change: dict[str, Any]) -> None:
        keys = change["new"].get("pick") or []
        if not keys:
            return
        state, _, concept = keys[0].partition("|")
        if concept in tables.CONCEPTS:
            self.concept.value = concept
        self.selected = state

    @traitlets.observe("selected")
    def _show(self, change: dict[str, Any]) -> None:
        self.state.value = change["new"] or ""
        self._tell()

    def _tell(self) -> None:
        state, concept = self.selected, self.concept.value
        if state is None or state not in set(self._table["key"]):
            self.evidence = no_evidence()
            return
        if self.chart.selected.get("pick") != [f"{state}|{concept}"]:
            self.chart.selected = {"pick": [f"{state}|{concept}"]}
        reasons = [
            html.tag("li", self._named(tables.told(self.given, self.solved.why(state, dm, concept))))
            for dm in self.given["decision_makers"]
        ]
        holds = state in self.solved.equilibria(concept)
        verdict = "stable for all: an equilibrium" if holds else "not stable: somebody would leave it"
        words = html.tag("h3", f"{tables.label(self.given, state)}: {verdict}")
        self.why.value = paper(words, html.tag("p", tables.CONCEPTS[concept]), html.tag("ul", *reasons))
        self.heading = "What the articles report of these sides' terms"
        self.evidence = self._positions()

    def _named(self, sentence: str) -> str:
        """Put the actors' names in place of their codes, and leave out the options behind a state that has a name."""
        sentence = re.sub(r"” \([^()]*\)", "”", sentence)
        for dm in sorted(self.given["decision_makers"], key=len, reverse=True):
            sentence = sentence.replace(f"{dm}.", "").replace(dm, self.case.actor_names.get(dm, dm))
        return sentence

    def _positions(self) -> pd.DataFrame:
        held = self.case.positions
        held = held[held["actor"].isin(list(self.given["decision_makers"])) & (held["article"] != "")]
        return self.case.evidence_for(tables.records(held[["article", "quote"]])).drop_duplicates(
            ["article", "sentence"]
        )


def stability_rows(table: pd.DataFrame) -> pd.DataFrame:
    """Return a row for each state and concept: what the chart draws."""
    import pandas as pd

    rows = [
        {
            "key": f"{each['key']}|{concept}",
            "state": each["state"],
            "order": order,
            "concept": concept,
            "holds": "stable" if each[concept] else "not stable",
        }
        for order, each in enumerate(tables.records(table))
        for concept in tables.CONCEPTS
    ]
    return pd.DataFrame(rows)


def _mapping(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
