"""Explorers of unit 01: the timeline, what drives the talks, whether they are ripe, and how anybody knows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

import ipywidgets
import pandas as pd

from kit.background import charts, tables
from kit.errors import KitError
from kit.grammar import count_of
from kit.learning.portfolio import portfolio
from kit.learning.save_cue import SaveCue
from kit.rows import records
from kit.screen import html
from kit.screen.cards import Cards
from kit.screen.chart import Chart
from kit.screen.codes_by_place import CodesByPlace, codes_of
from kit.screen.controls import button, dropdown, note, options_of_names, paper, row, text_box, toggles
from kit.screen.explorer import Explorer
from kit.screen.guess import Guess
from kit.screen.live_region import Live
from kit.screen.picker import SentencePicker, sentences_at

if TYPE_CHECKING:
    from kit.case import Case

NO_EVENTS = "This case has no events yet. Add one of your own below."
NOT_SEARCHED = "The articles were not searched for your event: the Reader in 00 Start here has all of them."


# --- the timeline


class Timeline(Explorer):
    """Phases and events of a case: zoom, filter, choose one to read what the articles say of it, add one's own."""

    KEY, GUESSED = "01/timeline", "01/timeline-guess"
    invitation = "Click a mark, or choose a line in the list, to read what happened and what the articles say."

    def __init__(self, case: Case) -> None:
        self.store = portfolio(case)
        self.own = tables.own_events(self.store.read(self.KEY))
        self.phases = tables.phase_table(case)
        self._read(case)
        self.period = dropdown("Period", self._period_options(), tables.first_period(self.periods, self.phases))
        self.kind = dropdown("Kind", [("all kinds", "")])
        self.certainty = dropdown("How sure", [("all", ""), *((each, each) for each in tables.CERTAINTY)])
        self.summary = ipywidgets.HTML()
        self.events = Cards("Events shown")
        self.chart = Chart(charts.timeline_chart(), alt="Timeline.", watch=["pick"]).add_class("parley-wide")
        super().__init__(
            case,
            controls=[*self._guess(), self.period, self.kind, self.certainty],
            picture=[self.chart, self.summary],
            lists=[self.events],
            after=[self._form()],
        )
        self.link(self.chart, self.events)
        self.on_any_change(self._draw, self.period, self.kind, self.certainty)
        self._draw()

    def _read(self, case: Case) -> None:
        self.all_events = tables.event_table(case, self.own)
        self.periods = tables.list_periods(self.all_events, self.phases)

    def _guess(self) -> list[Guess]:
        theirs = self.all_events[self.all_events["kind"] != tables.OWN]
        if theirs.empty:
            return []
        asked = f"This case has {len(theirs)} events. How many of them does at least one article mention?"
        spoken = int((theirs["articles"] > 0).sum())
        kept = self.store.read(self.GUESSED)
        return [Guess(asked, spoken, kept=kept, keep=lambda guess: self.store.save(self.GUESSED, guess))]

    def _period_options(self) -> list[tuple[str, int]]:
        return [(period.label, place) for place, period in enumerate(self.periods)] or [("All", 0)]

    def _offer_kinds(self) -> None:
        kept, kinds = self.kind.value, tables.list_lanes(self.all_events)
        self.kind.options = [("all kinds", ""), *((kind, kind) for kind in kinds)]
        self.kind.value = kept if kept in kinds else ""

    def _draw(self) -> None:
        if not self.periods:
            self.summary.value = paper(html.tag("p", NO_EVENTS))
            return
        with self.echoing():
            self._offer_kinds()
            period = self.periods[self.period.value]
            kind, certainty = self.kind.value or None, self.certainty.value or None
            self._table = tables.shown_events(self.all_events, period, kind=kind, certainty=certainty)
            rows = tables.timeline_rows(self._table, self.phases, period)
            self.chart.rows, self.chart.alt = rows, charts.timeline_alt(rows)
            self._list_events(rows)
        silence = tables.tell_silence(self._table, len(self.case.articles)) if len(self.all_events) else NO_EVENTS
        self.summary.value = paper(html.tag("p", silence), note("  ·  ".join(charts.timeline_key())))

    def _list_events(self, rows: pd.DataFrame) -> None:
        drawn = records(rows.sort_values("x", kind="stable")) if len(rows) else []
        events = [
            (f"{row['date']}\n{'●' if row['articles'] else '○'} {row['title']}", row["key"])
            for row in drawn
            if row["what"] == "event"
        ]
        phases = [(row["label"], row["key"]) for row in drawn if row["what"] == "phase"]
        self.events.fill([*events, *phases], self.selected)

    def show(self, key: str) -> None:
        """Show what an event was and what the articles say of it, or what a phase was."""
        event = self.all_events[self.all_events["key"] == key]
        phase = self.phases[self.phases["key"] == key]
        if len(event):
            self._show_event(records(event)[0])
        elif len(phase):
            words = records(phase)[0]
            self.say(html.tag("h3", words["title"]), html.tag("p", words["text"]))
            author = "A phase is the case author's summary."
            self.panel.invite(f"{author} Choose an event in it to read what the articles say.")
        else:
            self.invite()

    def _show_event(self, event: dict[str, Any]) -> None:
        own = event["kind"] == tables.OWN
        meaning = tables.CERTAINTY.get(event["certainty"])
        sure = event["certainty"] if own or not meaning else f"{event['certainty']} ({meaning})"
        none = "No source given: add one, or say why there is none."
        cited = f"Source: {event['source']}" if event["source"] else none
        said = "You added this event." if own else f"Mentioned in: {event['mentioned']}."
        self.say(
            html.tag("h3", f"{event['date']}: {event['title']}"),
            html.tag("p", event["text"]) if event["text"] else None,
            html.tag("p", html.tag("strong", said)),
            note(f"Kind: {event['kind']}. How sure: {sure}. {cited}"),
        )
        if own:
            self.panel.invite(NOT_SEARCHED)
        else:
            self.tell(tables.mentions_of(self.case, event["key"]))

    # --- the learner's own

    def _form(self) -> ipywidgets.VBox:
        self.date = text_box("Date", hint="2014 or 2014-03-21")
        self.title = text_box("What happened", hint="in a few words")
        self.source = text_box("Where you found it", hint="a page, a document")
        self.said = Live()
        add, remove = button("Add to the timeline", self.add, "primary"), button("Remove my chosen event", self.remove)
        heading = ipywidgets.HTML(html.tag("strong", "Add an event of your own"))
        fields, buttons = row(self.date, self.title, self.source), row(add, remove, SaveCue(self.store, self.KEY))
        return ipywidgets.VBox([heading, fields, buttons, self.said])

    def add(self) -> None:
        """Add the event in the form, or say what is wrong with it."""
        try:
            event = tables.own_event(self.date.value, self.title.value, self.source.value)
        except KitError as problem:
            self._report(f"⚠ {problem}")
            return
        if event in self.own or len(self.own) >= tables.MOST_OWN:
            full = f"A timeline holds {tables.MOST_OWN} events of your own."
            what = "This event is on the timeline already." if event in self.own else full
            self._report(f"⚠ {what}")
            return
        self._keep([*self.own, event])
        self._keep_in_sight(f"own-{len(self.own)}")
        self._report(f"✓ Added: {event['date']}, {event['title']}.")
        for field in (self.date, self.title, self.source):
            field.value = ""

    def remove(self) -> None:
        """Take the learner's chosen event off the timeline."""
        keys = [f"own-{number}" for number in range(1, len(self.own) + 1)]
        if self.selected not in keys:
            self._report("Choose an event of your own first; those of the case stay.")
            return
        gone = self.own[keys.index(self.selected)]
        self.choose(None)
        self._keep([event for event in self.own if event is not gone])
        self._draw()
        self._report(f"Removed: {gone['title']}.")

    def _report(self, words: str) -> None:
        self.said.html = html.tag("span", words)

    def _keep(self, own: list[dict[str, str]]) -> None:
        """Keep the learner's events. The period stays, though an event beyond all others may change what it is called."""
        before = self.periods[self.period.value] if self.periods else None
        self.own = own
        self.store.save(self.KEY, {"events": own})
        self._read(self.case)
        starts = [period.start for period in self.periods]
        with self.echoing():
            self.period.options = self._period_options()
            self.period.value = starts.index(before.start) if before and before.start in starts else 0

    def _keep_in_sight(self, key: str) -> None:
        """Drop the filters, and zoom out if the period does not have the event in it; then choose it."""
        with self.echoing():
            self.kind.value = self.certainty.value = ""
            if key not in set(tables.shown_events(self.all_events, self.periods[self.period.value])["key"]):
                self.period.value = 0
        self._draw()
        self.choose(key)


# --- the legal record


class LegalRecord(Explorer):
    """What courts, assemblies and treaties say, in a table; choose an entry to read what the articles say of it.

    Where they are silent of an entry, their sentences on law in general are shown, and said to be that.
    """

    invitation = "Choose an entry in the list above to read what the articles say about it."

    def __init__(self, case: Case) -> None:
        record = tables.legal_record(case)
        self.shown = ipywidgets.HTML(_record_html(record, len(case.articles)))
        entries = {entry["key"]: f"{entry['date']}: {entry['title']}" for entry in records(record)}
        self.entry = dropdown("What the articles say about", options_of_names(entries))
        super().__init__(case, controls=[self.entry], picture=[self.shown])
        self._table = record
        self.link(self.entry)
        if record.empty:
            self.lack("legal record")

    def show(self, key: str) -> None:
        """Show what the articles say of an entry; where they say nothing, what they say of law in general."""
        [entry] = records(self._table[self._table["key"] == key])
        found = tables.mentions_on(self.case, entry["date"])
        label, talk = tables.legal_talk(self.case)
        self.shown.value = _record_html(self._table, len(self.case.articles), key)
        self.say(html.tag("h3", entry["title"]), html.tag("p", entry["text"]), note(f"Source: {entry['source']}"))
        if found.empty and len(talk):
            self.tell(talk, f"No article names this. Here they speak of law in general: {label}")
        else:
            self.tell(found)

    def preview(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """Return the table, which needs no kernel."""
        return {"text/html": str(self.shown.value)}, {}


def _record_html(record: pd.DataFrame, articles: int, chosen: str = "") -> html.Html:
    """Return the legal record as a table of two columns, one entry marked, and how many of its texts the articles name."""
    # So that no date is broken at the end of a line.
    unbroken = record["date"].str.replace("-", "\N{NON-BREAKING HYPHEN}")
    says = [
        html.join(html.tag("strong", row["title"]), ". ", row["text"], note(row["source"])) for row in records(record)
    ]
    says = [
        html.tag("div", words, aria_current="true") if key == chosen else words
        for key, words in zip(record["key"], says, strict=True)
    ]
    table = record.assign(date=unbroken, text=says)[["date", "text"]]
    labels = {"text": "what it says, and where it stands"}
    shown = html.table(table, "The legal record, by date", labels=labels)
    named = int((record["articles"] > 0).sum())
    said = f"Of the {len(record)} texts, the {articles} articles name {named or 'none'}."
    # The table is longer than the window lets the picture be: who has no mouse scrolls it when it has the focus.
    reached = html.tag("div", shown, role="region", aria_label="The legal record", tabindex=0)
    return paper(reached, html.tag("p", html.tag("strong", said)))


# --- drivers


class Drivers(CodesByPlace):
    """Why now: how many sentences of each article name each driver; choose a square to read them.

    Attributes
    ----------
    selected : str or None
        Code and article of the chosen square, or a code alone for all articles.
    measure : ToggleButtons
        Whether sentences are counted, or sentences in each hundred of an article.
    """

    def __init__(self, case: Case) -> None:
        known = codes_of(case, "driver")
        counts = tables.driver_counts(case)
        self.measure = toggles("Count", [("sentences", "sentences"), ("per 100 sentences", "per_hundred")], "sentences")
        super().__init__(
            case, counts, rows=known, columns=case.article_names, names=("Driver", "Article"),
            what="Drivers by article", controls=[self.measure],
        )  # fmt: skip
        self.on_change(self.measure, lambda measure: self._count(tables.driver_cells(counts, measure)))
        if not known:
            self.lack("drivers in its codebook")

    def _count(self, cells: pd.DataFrame) -> None:
        self.draw(cells)
        hundred = ", in each hundred of its sentences" if self.measure.value == "per_hundred" else ""
        self.count_in(f"sentences of the article that speak of the driver{hundred}")


# --- ripeness


class RipenessBoard(Explorer):
    """Zartman's elements of ripeness, each rated and each with sentences as evidence.

    Parameters
    ----------
    others : iterable of dict, optional
        Boards of other people, as the portfolio keeps them under ``01/ripeness-board``.

    Attributes
    ----------
    board : dict
        By element ``rating`` and ``evidence``; what is kept.
    """

    KEY = "01/ripeness-board"

    def __init__(self, case: Case, *, others: Iterable[Any] = ()) -> None:
        self.store = portfolio(case)
        self.others = list(others)
        self.elements = {element.key: element for element in tables.ripeness_elements(case)}
        self.board = tables.board_of(self.store.read(self.KEY), case)
        self.overview = ipywidgets.HTML()
        options = [(element.name, key) for key, element in self.elements.items()]
        self.element = toggles("Part of the board", options, options[0][1])
        self.question = ipywidgets.HTML()
        ratings = [(tables.NOT_RATED, ""), *((word, place) for place, word in enumerate(tables.RATINGS))]
        self.rating = toggles("How far is this true?", ratings)
        self.picker = SentencePicker(case, self._attached, self.tell)
        super().__init__(
            case,
            controls=[self.element],
            picture=[self.question, self.rating, self.picker],
            after=[self.overview, SaveCue(self.store, self.KEY)],
        )
        self.link(self.element)
        self.on_change(self.rating, self._rate)
        self.choose(self.element.value)
        self._draw()

    def preview(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """Return the board as a table, which needs no kernel."""
        return {"text/html": str(self.overview.value)}, {}

    def show(self, key: str) -> None:
        """Turn to an element: its question, how it is rated, and what is attached to it."""
        element, kept = self.elements[key], self.board[key]
        self.question.value = html.tag("p", html.tag("strong", f"{element.name}. "), element.question)
        self.rating.value = "" if kept["rating"] is None else kept["rating"]
        self.picker.offer(tables.list_subjects(self.case, element), kept["evidence"])
        self._show_attached()

    def _rate(self, rating: int | str) -> None:
        self.board[self.element.value]["rating"] = rating if isinstance(rating, int) else None
        self._keep()

    def _attached(self) -> None:
        self.board[self.element.value]["evidence"] = self.picker.chosen
        self._keep()
        self._show_attached()

    def _show_attached(self) -> None:
        if self.picker.chosen:
            name = self.elements[self.element.value].name
            self.tell(sentences_at(self.case, self.picker.chosen), f"Your evidence: {name}")
        else:
            self.invite("Nothing is attached here yet. Choose a candidate to read it in context, then attach it.")

    def _keep(self) -> None:
        self.store.save(self.KEY, self.board)
        self._draw()

    def _draw(self) -> None:
        self._table = tables.ripeness_table(self.case, self.board, self.others)
        self.overview.value = _board_html(self._table)


def _board_html(table: pd.DataFrame) -> html.Html:
    shown = table.assign(evidence=[_evidence_words(line) for line in records(table)])
    columns = ["element", "word", "evidence", "carried", "naming"]
    if any(table["others"].map(len)):
        shown["others"] = [", ".join(tables.RATINGS[each] for each in line) for line in table["others"]]
        columns.append("others")
    labels = {
        "element": "part",
        "word": "your rating",
        "evidence": "your evidence",
        "carried": "sentences in the articles about it",
        "naming": "how many of these sentences name a side",
        "others": "others say",
    }
    reminder = (
        "Ripeness is about what leaders perceive. It is necessary for serious talks, not sufficient. "
        "Most sentences of the articles describe the war from outside."
    )
    return paper(html.table(shown[columns], "Is the moment ripe? Your board", labels=labels), note(reminder))


def _evidence_words(line: Mapping[str, Any]) -> str:
    if line["evidence"]:
        return count_of(line["evidence"], "sentence")
    return "none yet" if line["word"] == tables.NOT_RATED else "⚠ none yet: a rating without a sentence is a guess"


# --- claims


class Claims(Explorer):
    """Figures and claims side by side: who says so, flat or hedged, which agree and which contradict.

    Attributes
    ----------
    selected : str or None
        The id of a claim, or the key of a square of the grid (``"one article|another"``).
    """

    FILTERS: Mapping[str, Callable[[Any], bool]] = {
        "all claims": lambda _claim: True,
        "contradicted by another claim": lambda claim: bool(claim["contradicts"]),
        "hedged": lambda claim: claim["put"] == "hedged",
        "flat, no source named": lambda claim: claim["put"] == "flat" and not claim["says"],
        "pointing to a source": lambda claim: bool(claim["says"]),
    }
    invitation = "Choose a square, or a claim in the list, to see the claims side by side."

    def __init__(self, case: Case) -> None:
        self.claims = tables.claims_table(case)
        grid = tables.agreement_table(self.claims, case.article_names)
        self.chart = Chart(charts.agreement_chart(grid), grid, alt=charts.agreement_alt(grid), watch=["pick"])
        self.chart.title = charts.agreement_finding(grid)
        self.filter = dropdown("Show", [(name, name) for name in self.FILTERS], "all claims")
        self.article = dropdown("Article", options_of_names(case.article_names, "all articles"))
        self.words = text_box("with the words", hint="any")
        self.list = Cards("Claims", rows=9)
        super().__init__(case, controls=[self.filter, self.article, self.words], picture=[self.chart, self.list])
        if self.claims.empty:
            self.lack("table of figures and claims")
            return
        self._fill()
        self.link(self.chart, self.list)
        self.on_any_change(self._fill, self.filter, self.article, self.words)

    def _fill(self) -> None:
        keep = self.claims.apply(self.FILTERS[self.filter.value], axis=1)
        if self.article.value:
            keep &= self.claims["article"] == self.article.value
        for word in self.words.value.casefold().split():
            keep &= self.claims["claim"].str.casefold().str.contains(word, regex=False)
        self._table = self.claims[keep].reset_index(drop=True)
        options = [(self._line(claim), claim["id"]) for claim in records(self._table)]
        with self.echoing():
            self.list.fill(options, self.selected)
            self.list.description = f"Claims ({len(options)})"

    def _line(self, claim: Mapping[str, Any]) -> str:
        sign = "≠ " if claim["contradicts"] else "= " if claim["agrees_with"] else "   "
        return f"{self.case.article_names[claim['article']]}, {claim['put']}\n{sign}{claim['claim']}"

    def show(self, key: str) -> None:
        """Lay a claim beside those that agree with it and contradict it, or those of two articles that meet."""
        if "|" in key:
            one, _, other = key.partition("|")
            pairs = tables.pairs_of(self.claims, articles=(one, other))
            title = tables.both_names(self.case.article_names[one], self.case.article_names[other])
            ids = list(dict.fromkeys(pairs[["first", "second"]].to_numpy().ravel()))
            nothing = "No two claims in the table agree or contradict each other here."
        else:
            pairs = tables.pairs_of(self.claims, claim=key)
            ids, nothing = [key, *pairs["second"]], "No other claim in the table says the same or the contrary."
            title = self._by_id(key)["claim"]
        laid = [self._pair(*pair) for pair in pairs.itertuples(index=False)]
        words = [html.tag("p", self._words(key))] if "|" not in key else []
        self.say(html.tag("h3", title), *words, *laid or [html.tag("p", nothing)])
        found = self.claims.set_index("id").loc[ids, tables.EVIDENCE].reset_index(drop=True)
        self.tell(found, "In the articles' words")

    def _by_id(self, key: str) -> dict[str, Any]:
        return records(self.claims[self.claims["id"] == key])[0]

    def _words(self, key: str) -> str:
        claim = self._by_id(key)
        return f"{self.case.article_names[claim['article']]}; {tables.how_put(claim)}"

    def _pair(self, one: str, other: str, relation: str) -> html.Html:
        """Return two claims below one another with the sign between them; the first alone if it stands above already."""
        sign = {"contradicts": "≠ contradicts", "agrees": "= agrees with"}[relation]
        lines = [f"{self._by_id(each)['claim']} ({self._words(each)})" for each in (one, other)]
        first = [] if one == self.selected else [html.escape(lines[0]), html.tag("br")]
        return html.tag("p", *first, html.tag("strong", sign), " ", lines[1])


class Hedges(Explorer):
    """How often each article holds back: hedges in each hundred sentences; choose an article to read them."""

    invitation = "Click a bar to read the sentences of that article that hedge."

    def __init__(self, case: Case) -> None:
        table = tables.hedge_table(case)
        rows = table.assign(sentences=table["per_hundred"], text=[f"{rate:.1f}" for rate in table["per_hundred"]])
        self.chart = Chart(charts.hedges_chart(), rows, alt=charts.hedges_alt(rows), watch=["pick"])
        self.chart.title = charts.hedges_finding(rows)
        self.article = dropdown("Article", options_of_names(case.article_names))
        counted = table[["article", "sentences", "hedges", "commonest", "flat_claims", "hedged_claims"]]
        labels = {"commonest": "commonest hedges", "flat_claims": "flat claims", "hedged_claims": "hedged claims"}
        shown = html.table(counted, "Hedges by word; claims as the case's table has them", labels=labels)
        self.counts = ipywidgets.HTML(paper(shown, _lexicon_html()))
        super().__init__(
            case, controls=[self.article], picture=[self.chart], lists=[self.counts], lists_title="What was counted"
        )
        self._table = table
        self.link(self.chart, self.article)

    def show(self, key: str) -> None:
        """Show the sentences of an article that hedge, each with its hedge marked."""
        self.say()
        self.tell(tables.hedge_evidence(self.case, key), f"Sentences of {self.case.article_names[key]} that hedge")


def _lexicon_html() -> html.Html:
    """Return the words that are counted, folded away."""
    book = tables.hedge_codebook()
    codes = [code for code in book.codes.values() if code.kind == "hedge"]
    lines = ((html.tag("strong", f"{code.label}: "), ", ".join(code.phrases)) for code in codes)
    return html.fold(f"The words counted: {book.title}", html.bullets(lines))
