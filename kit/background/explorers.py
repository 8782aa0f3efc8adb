"""Explorers of unit 01: the timeline, what drives the talks, whether they are ripe, and how anybody knows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

import ipywidgets
import traitlets

from kit.background import charts, tables
from kit.errors import KitError
from kit.learning.cue import SaveCue
from kit.learning.portfolio import portfolio
from kit.screen import html
from kit.screen.chart import Chart
from kit.screen.codes_by_place import codes_of, heatmap, heatmap_alt
from kit.screen.controls import NAMED, Listing, below, button, dropdown, lacking, note, paper, row, toggles
from kit.screen.evidence import Explorer, no_evidence
from kit.screen.live import Live
from kit.screen.picker import SentencePicker, sentences_at

if TYPE_CHECKING:
    import pandas as pd

    from kit.case import Case


# --- the timeline


class Timeline(Explorer):
    """Phases and events of a case: zoom, filter, choose one to read what the articles say of it, add one's own.

    Parameters
    ----------
    case : Case
        Whose events they are.

    Attributes
    ----------
    selected : str or None
        The key of the chosen event or phase.
    table : DataFrame
        The events shown.
    """

    KEY = "01/timeline"

    def __init__(self, case: Case) -> None:
        self.store = portfolio(case)
        self.own = tables.own_events(self.store.read(self.KEY))
        self.phases = tables.phase_table(case)
        self._read(case)
        self.period = dropdown("Period", self._period_options(), tables.opening(self.periods, self.phases))
        self.kind = dropdown("Kind", [("all kinds", "")])
        self.certainty = dropdown("How sure", [("all", ""), *((each, each) for each in tables.CERTAINTY)])
        self.summary = ipywidgets.HTML()
        self.events = Listing("Events shown")
        self.card = ipywidgets.HTML()
        self.chart = Chart(charts.timeline_chart(), alt="Timeline.", watch=["pick"])
        super().__init__(
            case,
            row(self.period, self.kind, self.certainty),
            self.chart,
            self.summary,
            self.events,
            self.card,
        )
        below(self, self._form())
        self._offer_kinds()
        self._draw()
        for control in (self.period, self.kind, self.certainty):
            control.observe(lambda _: self._draw(), "value")
        self.events.on_choice(lambda key: self.set_trait("selected", key))
        self.chart.observe(self._picked, "selected")

    @property
    def table(self) -> pd.DataFrame:
        """The events shown."""
        return self._table

    def _read(self, case: Case) -> None:
        self.all_events = tables.event_table(case, self.own)
        self.periods = tables.periods(self.all_events, self.phases)

    def _period_options(self) -> list[tuple[str, int]]:
        return [(period.label, place) for place, period in enumerate(self.periods)] or [("All", 0)]

    def _offer_kinds(self) -> None:
        kept = self.kind.value
        kinds = tables.lanes(self.all_events)
        self.kind.options = [("all kinds", ""), *((kind, kind) for kind in kinds)]
        self.kind.value = kept if kept in kinds else ""

    def _draw(self) -> None:
        if not self.periods:
            self.summary.value = paper(html.tag("p", "This case has no events yet. Add one of your own below."))
            return
        period = self.periods[min(self.period.value or 0, len(self.periods) - 1)]
        shown = tables.shown_events(
            self.all_events, period, kind=self.kind.value or None, certainty=self.certainty.value or None
        )
        rows = tables.timeline_rows(shown, self.phases, period)
        self._table = shown
        self.chart.rows, self.chart.alt = rows, charts.timeline_alt(rows)
        self.summary.value = self._said(shown)
        self._list_events(rows)

    def _said(self, shown: pd.DataFrame) -> html.Html:
        none = "This case has no events yet, so its phases stand alone. Add an event of your own below."
        silence = tables.silence(shown, len(self.case.articles)) if len(self.all_events) else none
        return paper(html.tag("p", html.tag("strong", silence)), note("  ·  ".join(charts.timeline_key())))

    def _list_events(self, rows: pd.DataFrame) -> None:
        drawn = tables.records(rows.sort_values("x", kind="stable")) if len(rows) else []
        events = [
            (f"{row['date']} {'●' if row['articles'] else '○'} {row['title']}", row["key"])
            for row in drawn
            if row["what"] == "event"
        ]
        options = [*events, *((row["label"], row["key"]) for row in drawn if row["what"] == "phase")]
        self.events.fill(options, self.selected)

    def _picked(self, change: dict[str, Any]) -> None:
        keys = change["new"].get("pick") or [None]
        self.selected = keys[0]

    @traitlets.observe("selected")
    def _show(self, change: dict[str, Any]) -> None:
        key = change["new"]
        self.events.choose(key)
        self.chart.selected = {"pick": [key] if key else []}
        self._tell(key)

    def _tell(self, key: str | None) -> None:
        event = self.all_events[self.all_events["key"] == key]
        phase = self.phases[self.phases["key"] == key]
        if len(event):
            self._tell_event(tables.records(event)[0])
            return
        words = tables.records(phase)[0] if len(phase) else None
        self.card.value = paper(html.tag("h3", words["title"]), html.tag("p", words["text"])) if words else ""
        self.evidence = no_evidence()
        phase_said = "A phase is the case author's summary; choose an event in it to read what the articles say."
        self.panel.invite(phase_said if words else "Choose an event to read what the articles say.")

    def _tell_event(self, event: dict[str, Any]) -> None:
        own = event["kind"] == tables.OWN
        count, total = event["articles"], len(self.case.articles)
        silent = f"None of the {total} articles speaks of this event."
        said = (
            "You added this event."
            if own
            else f"{count} of the {total} articles {'speaks' if count == 1 else 'speak'} of it."
            if count
            else silent
        )
        meaning = tables.CERTAINTY.get(event["certainty"])
        sure = event["certainty"] if own or not meaning else f"{event['certainty']} ({meaning})"
        source = (
            f"Source: {event['source']}" if event["source"] else "No source given: add one, or say why there is none."
        )
        self.card.value = paper(
            html.tag("h3", f"{event['date']}: {event['title']}"),
            html.tag("p", event["text"]) if event["text"] else None,
            note(f"Kind: {event['kind']}. How sure: {sure}. {source}"),
            html.tag("p", html.tag("strong", said)),
        )
        self.heading = f"What the articles say: {event['title']}"
        self.evidence = tables.mentions_of(self.case, event["key"])
        if own:
            self.panel.invite(
                "The articles were not searched for your event: the Reader in 00 Start here has all of them."
            )

    # --- the learner's own

    def _form(self) -> ipywidgets.VBox:
        text = {"style": NAMED, "layout": {"width": "auto"}}
        self.date = ipywidgets.Text(description="Date", placeholder="2014, 2014-03 or 2014-03-21", **text)
        self.title = ipywidgets.Text(description="What happened", placeholder="in a few words", **text)
        self.source = ipywidgets.Text(description="Where you found it", placeholder="a page, a document", **text)
        self.said = Live()
        heading = html.tag("p", html.tag("strong", "Add an event of your own. "), "It is kept in your portfolio.")
        return ipywidgets.VBox(
            [
                ipywidgets.HTML(heading),
                row(self.date, self.title, self.source),
                row(button("Add to the timeline", self.add), button("Remove my chosen event", self.remove)),
                self.said,
                SaveCue(self.store),
            ]
        )

    def add(self) -> None:
        """Add the event in the form, or say what is wrong with it."""
        try:
            event = tables.own_event(self.date.value, self.title.value, self.source.value)
        except KitError as problem:
            self.said.html = html.tag("span", f"⚠ {problem}")
            return
        if event in self.own or len(self.own) >= tables.MOST_OWN:
            what = (
                "This event is on the timeline already."
                if event in self.own
                else "A timeline holds 100 events of your own."
            )
            self.said.html = html.tag("span", f"⚠ {what}")
            return
        self._keep([*self.own, event])
        self.selected = f"own-{len(self.own)}"
        self.said.html = html.tag("span", f"✓ Added: {event['date']}, {event['title']}.")
        for field in (self.date, self.title, self.source):
            field.value = ""

    def remove(self) -> None:
        """Take the learner's chosen event off the timeline."""
        keys = [f"own-{number}" for number in range(1, len(self.own) + 1)]
        if self.selected not in keys:
            self.said.html = html.tag("span", "Choose an event of your own first; those of the case stay.")
            return
        gone = self.own[keys.index(self.selected)]
        self.selected = None
        self._keep([event for event in self.own if event is not gone])
        self.said.html = html.tag("span", f"Removed: {gone['title']}.")

    def _keep(self, own: list[dict[str, str]]) -> None:
        self.own = own
        self.store.save(self.KEY, {"events": own})
        self._read(self.case)
        with self.hold_trait_notifications():
            self.kind.value = self.certainty.value = ""
            # The whole period is first, and the one in which any event of one's own is sure to be seen.
            self.period.options, self.period.value = self._period_options(), 0
        self._offer_kinds()
        self._draw()


# --- the legal record


class LegalRecord(Explorer):
    """What courts, assemblies and treaties say, in a table; choose an entry to read what the articles say of it.

    Where they are silent of an entry, their sentences on law in general are shown, and said to be that.

    Attributes
    ----------
    selected : int, "" or None
        The place of the chosen entry, from 0.
    table : DataFrame
        The entries.
    """

    def __init__(self, case: Case) -> None:
        record = tables.legal_record(case)
        self.shown = ipywidgets.HTML(_record_html(record, len(case.articles)))
        self.entry = dropdown(
            "What the articles say of",
            [
                ("– choose an entry –", ""),
                *((f"{row['date']}: {row['title']}", place) for place, row in enumerate(tables.records(record))),
            ],
        )
        parts = [self.shown, self.entry] if len(record) else [lacking("legal record")]
        super().__init__(case, *parts)
        self._table = record
        self.entry.observe(lambda change: self.set_trait("selected", change["new"]), "value")

    def preview(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """Return the table, which needs no kernel."""
        return {"text/html": str(self.shown.value)}, {}

    @traitlets.observe("selected")
    def _show(self, change: dict[str, Any]) -> None:
        if change["new"] in (None, ""):
            return
        entry = tables.records(self._table)[change["new"]]
        found = tables.mentions_on(self.case, entry["date"])
        label, talk = tables.legal_talk(self.case)
        silent = found.empty and len(talk) > 0
        spoken = f"No article names this. Here they speak of law in general: {label}"
        self.heading = spoken if silent else f"What the articles say: {entry['title']}"
        self.evidence = talk if silent else found


def _record_html(record: pd.DataFrame, articles: int) -> html.Html:
    """Return the legal record as a table of three columns, and how many of its texts the articles name."""
    unbroken = record["date"].str.replace("-", "\N{NON-BREAKING HYPHEN}")
    says = [html.join(html.tag("strong", row["title"]), ". ", row["text"]) for row in tables.records(record)]
    shown = html.table(
        record.assign(date=unbroken, text=says)[["date", "text", "source"]],
        "The legal record, by date",
        labels={"text": "what it says", "source": "where it stands"},
    )
    named = int((record["articles"] > 0).sum())
    said = f"Of the {len(record)} texts, the {articles} articles name {named or 'none'}."
    return paper(shown, html.tag("p", html.tag("strong", said)))


# --- drivers


class Drivers(Explorer):
    """Why now: how many sentences of each article name each driver; choose a cell to read them.

    Attributes
    ----------
    selected : (str, str or None) or None
        Code and article of the chosen cell; no article for all of them.
    table : DataFrame
        The counts.
    """

    def __init__(self, case: Case) -> None:
        known = codes_of(case, "driver")
        self._counts = tables.driver_counts(case) if known else None
        measures = [("sentences", "sentences"), ("per 100 sentences", "per_hundred")]
        self.measure = toggles("Count", measures, "sentences")
        self._showing = False
        self.driver = dropdown("Driver", [("– choose –", ""), *((label, code) for code, label in known.items())])
        self.article = dropdown("Article", [("all articles", ""), *((each.id, each.id) for each in case.articles)])
        if self._counts is None:
            super().__init__(case, lacking("drivers in its codebook"))
            return
        cells = tables.driver_cells(self._counts, "sentences")
        self.chart = Chart(heatmap(cells), cells, alt=heatmap_alt(cells, "Drivers"), watch=["pick"])
        super().__init__(case, self.measure, self.chart, row(self.driver, self.article))
        self._table = self._counts
        self.measure.observe(lambda change: self._draw(change["new"]), "value")
        self.chart.observe(self._picked, "selected")
        for control in (self.driver, self.article):
            control.observe(lambda _: self._chose(), "value")

    def _draw(self, measure: str) -> None:
        cells = tables.driver_cells(self._table, measure)
        self.chart.rows, self.chart.alt = cells, heatmap_alt(cells, "Drivers")

    def _picked(self, change: dict[str, Any]) -> None:
        keys = change["new"].get("pick") or []
        if len(keys) == 1:
            code, _, article = keys[0].partition("|")
            self.selected = (code, article)

    def _chose(self) -> None:
        if self.driver.value and not self._showing:
            self.selected = (self.driver.value, self.article.value or None)

    @traitlets.observe("selected")
    def _show(self, change: dict[str, Any]) -> None:
        if change["new"] is None:
            return
        code, article = change["new"]
        self._showing = True
        self.driver.value, self.article.value = code, article or ""
        self._showing = False
        cells = self._table[self._table["code"] == code]
        self.chart.selected = {"pick": [key for key in cells["key"] if not article or key == f"{code}|{article}"]}
        self.heading = f"{codes_of(self.case, 'driver')[code]}: {article or 'all articles'}"
        self.evidence = tables.driver_evidence(self.case, code, article)


# --- ripeness


class RipenessBoard(Explorer):
    """Zartman's elements of ripeness, each rated and each with sentences as evidence.

    Parameters
    ----------
    case : Case
        Whose ripeness is judged.
    others : iterable of dict, optional
        Boards of other people, as the portfolio keeps them under ``01/ripeness-board``.

    Attributes
    ----------
    board : dict
        By element ``rating`` and ``evidence``; what is kept.
    selected : str
        The element at work.
    table : DataFrame
        The board as a table.
    """

    KEY = "01/ripeness-board"

    def __init__(self, case: Case, *, others: Iterable[Any] = ()) -> None:
        self.store = portfolio(case)
        self.others = list(others)
        self.elements = {element.key: element for element in tables.elements(case)}
        self.board = tables.board_of(self.store.read(self.KEY), case)
        self.overview = ipywidgets.HTML()
        names = [element.name for element in self.elements.values()]
        self.chart = Chart(charts.board_chart(names), alt="Ripeness board.")
        options = [(element.name, key) for key, element in self.elements.items()]
        self.element = toggles("Part of the board", options, options[0][1])
        self.question = ipywidgets.HTML()
        self.rating = toggles(
            "It holds", [(tables.NOT_RATED, ""), *((word, place) for place, word in enumerate(tables.RATINGS))]
        )
        self.bars = Chart(charts.bars_chart("driver", "sentences in all articles"), alt="Drivers.", watch=["pick"])
        self.picker = SentencePicker(case, self._attached, self._read)
        work = [self.element, self.question, self.rating, self.bars, self.picker]
        super().__init__(case, self.overview, self.chart, *work)
        below(self, SaveCue(self.store))
        self._opening = False
        self.rating.observe(lambda change: self._rate(change["new"]), "value")
        self.bars.observe(self._picked, "selected")
        self.picker.about.observe(lambda _: self._mark_bar(), "value")
        traitlets.link((self.element, "value"), (self, "selected"))

    def preview(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """Return the board as a table, which needs no kernel."""
        return {"text/html": str(self.overview.value)}, {}

    @traitlets.observe("selected")
    def _open(self, change: dict[str, Any]) -> None:
        element, kept = self.elements[change["new"]], self.board[change["new"]]
        self._opening = True
        self.question.value = paper(html.tag("h3", element.name), html.tag("p", element.question))
        self.rating.value = "" if kept["rating"] is None else kept["rating"]
        bars = tables.driver_bars(self.case, element)
        self.bars.rows, self.bars.alt = bars, charts.bars_alt(bars, f"Codes that bear on “{element.name}”")
        self.bars.layout.display = "" if bars["sentences"].any() else "none"  # no scale begins and ends at 0
        together = [("any of these", element.codes)] if len(bars) > 1 else []
        each = [(name, (code,)) for name, code in zip(bars["driver"], bars["key"], strict=True)]
        self.picker.offer([*together, *each], kept["evidence"])
        self._opening = False
        self._draw()

    def _picked(self, change: dict[str, Any]) -> None:
        keys = change["new"].get("pick") or []
        offered = dict(self.picker.about.options).values()
        if len(keys) == 1 and (keys[0],) in offered:
            self.picker.about.value = (keys[0],)

    def _mark_bar(self) -> None:
        codes = self.picker.about.value or ()
        self.bars.selected = {"pick": list(codes) if len(codes) == 1 else []}

    def _rate(self, rating: int | str) -> None:
        if not self._opening:
            self.board[self.selected]["rating"] = rating if isinstance(rating, int) else None
            self._keep()

    def _attached(self) -> None:
        self.board[self.selected]["evidence"] = self.picker.chosen
        self._keep()

    def _keep(self) -> None:
        self.store.save(self.KEY, self.board)
        self._draw()

    def _read(self, evidence: pd.DataFrame, heading: str) -> None:
        self.heading = heading
        self.evidence = evidence

    def _draw(self) -> None:
        self._table = tables.ripeness_table(self.case, self.board, self.others)
        self.overview.value = _board_html(self._table)
        rows = tables.board_rows(self._table)
        self.chart.rows, self.chart.alt = rows, charts.board_alt(self._table)
        self.chart.layout.display = "" if len(rows) else "none"
        chosen = sentences_at(self.case, self.board[self.selected]["evidence"])
        self._read(chosen, f"Your evidence: {self.elements[self.selected].name}")
        if chosen.empty:
            self.panel.invite(
                "No sentence is attached here yet. Choose a candidate to read it in context, then attach it."
            )


def _board_html(table: pd.DataFrame) -> html.Html:
    shown = table.assign(evidence=[_evidence_words(line) for line in tables.records(table)])
    columns = ["element", "word", "evidence", "carried", "naming"]
    if any(table["others"].map(len)):
        shown["others"] = [", ".join(tables.RATINGS[each] for each in line) for line in table["others"]]
        columns.append("others")
    labels = {
        "word": "holds",
        "evidence": "your evidence",
        "carried": "sentences in the articles that bear on it",
        "naming": "of these, naming a side",
        "others": "others say",
    }
    reminder = (
        "Ripeness is about what leaders perceive, not about what outsiders see, and it is necessary for talks to work, "
        "not sufficient. Most of the articles' sentences speak of the war from outside."
    )
    return paper(html.table(shown[columns], "Is the moment ripe? Your board", labels=labels), note(reminder))


def _evidence_words(line: Mapping[str, Any]) -> str:
    if line["evidence"]:
        return "1 sentence" if line["evidence"] == 1 else f"{line['evidence']} sentences"
    return "none yet" if line["word"] == tables.NOT_RATED else "⚠ none yet: a rating without a sentence is a guess"


# --- claims


class Claims(Explorer):
    """Figures and claims side by side: who says so, flat or hedged, which agree and which contradict.

    Attributes
    ----------
    selected : str or None
        The id of a claim, or the key of a cell of the grid (``"one article|another"``).
    table : DataFrame
        The claims listed.
    """

    FILTERS: Mapping[str, Callable[[Any], bool]] = {
        "all claims": lambda _claim: True,
        "contradicted by another claim": lambda claim: bool(claim["contradicts"]),
        "hedged": lambda claim: claim["put"] == "hedged",
        "flat, no source named": lambda claim: claim["put"] == "flat" and not claim["says"],
        "pointing to a source": lambda claim: bool(claim["says"]),
    }

    def __init__(self, case: Case) -> None:
        self.claims = tables.claims_table(case)
        articles = [article.id for article in case.articles]
        if self.claims.empty:
            super().__init__(case, lacking("table of figures and claims"))
            return
        grid = tables.agreement_table(self.claims, articles)
        self.chart = Chart(charts.agreement_chart(grid), grid, alt=charts.agreement_alt(grid), watch=["pick"])
        self.filter = dropdown("Show", [(name, name) for name in self.FILTERS], "all claims")
        self.article = dropdown("Article", [("all articles", ""), *((each, each) for each in articles)])
        self.words = ipywidgets.Text(
            description="with the words", placeholder="any", style=NAMED, continuous_update=False
        )
        self.list = Listing("Claims", rows=9)
        self.sides = ipywidgets.HTML()
        super().__init__(case, self.chart, row(self.filter, self.article, self.words), self.list, self.sides)
        self._fill()
        for control in (self.filter, self.article, self.words):
            control.observe(lambda _: self._fill(), "value")
        self.list.on_choice(lambda key: self.set_trait("selected", key))
        self.chart.observe(self._picked, "selected")

    def _fill(self) -> None:
        keep = self.claims.apply(self.FILTERS[self.filter.value], axis=1)
        if self.article.value:
            keep &= self.claims["article"] == self.article.value
        for word in self.words.value.casefold().split():
            keep &= self.claims["claim"].str.casefold().str.contains(word, regex=False)
        self._table = self.claims[keep].reset_index(drop=True)
        options = [(_claim_line(row), row["id"]) for row in tables.records(self._table)]
        self.list.fill(options, self.selected)
        self.list.description = f"Claims ({len(options)})"

    def _picked(self, change: dict[str, Any]) -> None:
        keys = change["new"].get("pick") or []
        if keys:
            self.selected = keys[0]

    @traitlets.observe("selected")
    def _show(self, change: dict[str, Any]) -> None:
        key = change["new"]
        cell = key is not None and "|" in key
        self.chart.selected = {"pick": [key] if cell else []}
        self.list.choose(key)
        if key is not None:
            (self._show_cell if cell else self._show_claim)(key)

    def _show_claim(self, key: str) -> None:
        [claim] = tables.records(self.claims[self.claims["id"] == key])
        pairs = tables.pairs_of(self.claims, claim=key)
        nothing = "No other claim in this case's table says the same or the contrary."
        said = html.tag(
            "p",
            f"{claim['article']} says so: {tables.how_put(claim)}. ",
            f"Value: {claim['value']}." if claim["value"] else None,
        )
        self._lay_out(claim["claim"], pairs, nothing, [key, *pairs["second"]], said)

    def _show_cell(self, key: str) -> None:
        one, _, other = key.partition("|")
        pairs = tables.pairs_of(self.claims, articles=(one, other))
        title = f"{one} with itself" if one == other else f"{one} and {other}"
        names = dict.fromkeys(pairs[["first", "second"]].to_numpy().ravel())
        self._lay_out(title, pairs, "None of the claims in the table meet here.", list(names), None)

    def _lay_out(self, title: str, pairs: pd.DataFrame, nothing: str, names: list[str], said: html.Html | None) -> None:
        laid = (
            html.table(tables.side_by_side(self.claims, pairs), "Side by side", labels={"relation": ""})
            if len(pairs)
            else html.tag("p", nothing)
        )
        self.sides.value = paper(html.tag("h3", title), said, laid)
        self.heading = f"In the articles' words: {title}"
        self.evidence = (
            self.claims.set_index("id", drop=False).loc[names][["article", *tables.EVIDENCE[1:]]].reset_index(drop=True)
        )


def _claim_line(claim: Mapping[str, Any]) -> str:
    signs = "≠ " if claim["contradicts"] else "= " if claim["agrees_with"] else "   "
    return f"{signs}{claim['article']} › {claim['claim']} ({claim['put']})"


class Hedges(Explorer):
    """How often each article holds back: hedges in each hundred sentences; choose an article to read them.

    Attributes
    ----------
    selected : str or None
        The chosen article's id.
    table : DataFrame
        The counts.
    """

    def __init__(self, case: Case) -> None:
        self._table = table = tables.hedge_table(case)
        rows = table.assign(sentences=table["per_hundred"], text=[f"{rate:.1f}" for rate in table["per_hundred"]])
        chart = charts.bars_chart("article", "hedges in each hundred sentences").properties(
            height=34 * max(len(table), 2)
        )
        self.chart = Chart(chart, rows, alt=charts.bars_alt(rows, "Hedges in each hundred sentences"), watch=["pick"])
        self.article = dropdown("Article", [("– choose –", ""), *((each, each) for each in table["article"])])
        shown = html.table(
            table[["article", "sentences", "hedges", "commonest", "flat_claims", "hedged_claims"]],
            "Hedges counted by word; claims as the case's table has them",
            labels={"commonest": "commonest hedges"},
        )
        self.counts = ipywidgets.HTML(paper(shown, _lexicon_html()))
        super().__init__(case, self.chart, self.article, self.counts)
        self._table = table
        self.article.observe(lambda change: self.set_trait("selected", change["new"] or None), "value")
        self.chart.observe(self._picked, "selected")

    def _picked(self, change: dict[str, Any]) -> None:
        keys = change["new"].get("pick") or []
        if keys:
            self.selected = keys[0]

    @traitlets.observe("selected")
    def _show(self, change: dict[str, Any]) -> None:
        article = change["new"]
        self.article.value = article or ""
        self.chart.selected = {"pick": [article] if article else []}
        if article:
            self.heading = f"Sentences of {article} that hedge"
            self.evidence = tables.hedge_evidence(self.case, article)


def _lexicon_html() -> html.Html:
    """Return the words that are counted, folded away."""
    book = tables.hedge_codebook()
    codes = [code for code in book.codes.values() if code.kind == "hedge"]
    lines = (html.tag("li", html.tag("strong", f"{code.label}: "), ", ".join(code.phrases)) for code in codes)
    return html.tag("details", html.tag("summary", f"The words counted: {book.title}"), html.tag("ul", *lines))
