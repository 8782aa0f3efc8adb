"""Tables of unit 01: a case in, a DataFrame out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from textwrap import shorten
from typing import TYPE_CHECKING, Any

import pandas as pd

from kit.case import EVIDENCE, parse_date
from kit.case_tables import EVENT_KINDS
from kit.codebook import Codebook, load_codebook
from kit.errors import KitError
from kit.marks.rules import annotate
from kit.rows import as_mapping, records, rows_of
from kit.screen.codes_by_place import code_counts, codes_of
from kit.screen.labels import assign_rows
from kit.screen.picker import candidates, resolve_reference

if TYPE_CHECKING:
    from kit.case import Case

OWN = "your own"
PHASES = "phases"
CERTAINTY = {
    "established": "several independent sources, or a primary one",
    "reported": "one ordinary source, or several that differ in detail",
    "disputed": "the sides give contrary accounts",
    OWN: "added by you",
}
# pandas holds no day before 1677 or after 2262; a slip of the pen is told long before that.
FIRST_YEAR, LAST_YEAR = 1900, 2100
LONGEST_TITLE = 120
MOST_OWN = 100


# --- the timeline


@dataclass(frozen=True)
class Period:
    """A stretch of time that the timeline can show."""

    label: str
    start: pd.Timestamp
    end: pd.Timestamp


def own_event(date: str, title: str, source: str = "") -> dict[str, str]:
    """Return a learner's event as it is kept: ``date``, ``title``, ``source``.

    Raises
    ------
    KitError
        If the date cannot be read or lies outside 1900 to 2100, or the title is missing or too long.
    """
    date, title, source = date.strip(), " ".join(title.split()), " ".join(source.split())
    try:
        first, _, _ = parse_date(date)
    except ValueError:
        what = f"“{shorten(date, 40)}” is not a date that the timeline can read" if date else "The date is missing"
        raise KitError(what, remedy="Write 2014, 2014-03 or 2014-03-21.") from None
    if not FIRST_YEAR <= first.year <= LAST_YEAR:
        what = f"The year {first.year} is outside the timeline"
        raise KitError(what, remedy=f"Choose one from {FIRST_YEAR} to {LAST_YEAR}.")
    if not title:
        raise KitError("The title is missing", remedy="Say in a few words what happened.")  # noqa: EM101
    if len(title) > LONGEST_TITLE:
        what = f"The title has {len(title)} characters"
        raise KitError(what, remedy=f"Keep it to {LONGEST_TITLE}.")
    return {"date": date, "title": title, "source": source[:LONGEST_TITLE]}


def own_events(kept: Any) -> list[dict[str, str]]:
    """Return the learner's events that are sound, from whatever a portfolio holds under ``01/timeline``."""
    found = kept.get("events") if isinstance(kept, Mapping) else None
    sound = []
    for each in found if isinstance(found, list) else []:
        try:
            sound.append(own_event(*(str(each.get(name, "")) for name in ("date", "title", "source"))))
        # An entry that is no mapping has no `get`.
        except (KitError, AttributeError):
            continue
    return sound[:MOST_OWN]


def event_table(case: Case, own: Sequence[Mapping[str, str]] = ()) -> pd.DataFrame:
    """Return the case's events and the learner's, by date.

    Returns
    -------
    DataFrame
        ``key, date, from, to, title, text, kind, certainty, source, articles, mentioned``; ``articles`` is the number
        of articles that mention the event, ``mentioned`` their names ("none" if there are none).
    """
    events = case.events
    found = case.mentions.groupby("event")["article"].unique()
    speaking = {event: [name for one, name in case.article_names.items() if one in ids] for event, ids in found.items()}
    names = [speaking.get(key, []) for key in events["key"]]
    theirs = pd.DataFrame(
        {
            **{name: events[name] for name in ("key", "from", "to", "title", "text", "kind", "certainty")},
            "date": [f"{day} to {end}" if end else day for day, end in zip(events["date"], events["end"], strict=True)],
            "source": events["source_title"],
            "articles": [len(each) for each in names],
            "mentioned": [", ".join(each) or "none" for each in names],
        }
    )
    both = pd.concat([theirs, _own_rows(own)], ignore_index=True) if own else theirs
    columns = ["key", "date", "from", "to", "title", "text", "kind", "certainty", "source", "articles", "mentioned"]
    return both[columns].sort_values("from", kind="stable", ignore_index=True)


def _own_rows(own: Sequence[Mapping[str, str]]) -> pd.DataFrame:
    rows = []
    for number, event in enumerate(own, start=1):
        first, last, _ = parse_date(event["date"])
        span = {"from": pd.Timestamp(first), "to": pd.Timestamp(last)}
        words = {"title": event["title"], "text": "", "kind": OWN, "certainty": OWN, "source": event.get("source", "")}
        rows.append(
            {"key": f"own-{number}", "date": event["date"], **span, **words, "articles": 0, "mentioned": "not searched"}
        )
    return pd.DataFrame(rows)


def phase_table(case: Case) -> pd.DataFrame:
    """Return the phases of the conflict: ``key, title, text, from, to``."""
    rows = [
        (f"phase-{number}", phase["title"], phase["text"], pd.Timestamp(phase["start"]), pd.Timestamp(phase["end"]))
        for number, phase in enumerate(case.meta["phases"], start=1)
    ]
    return pd.DataFrame(rows, columns=["key", "title", "text", "from", "to"])


def list_periods(events: pd.DataFrame, phases: pd.DataFrame) -> list[Period]:
    """Return what there is to zoom to: all; from the years in which phases begin; the last two years; the last half.

    A period is offered if it is at most three fifths as long as the one before it: each step shows something new.
    """
    begun, ended = [*events["from"], *phases["from"]], [*events["to"], *phases["to"]]
    if not begun:
        return []
    first, last = min(begun), max(ended)
    found = [Period(f"All: {first.year}–{last.year}", pd.Timestamp(first.year, 1, 1), last)]
    recent = last - pd.DateOffset(years=2)
    for start in sorted({pd.Timestamp(day.year, 1, 1) for day in phases["from"] if day < recent}):
        _offer(found, Period(f"From {start.year}", start, last))
    _offer(found, Period("Last two years", recent, last))
    _offer(found, Period("Last six months", last - pd.DateOffset(months=6), last))
    return found


def first_period(found: Sequence[Period], phases: pd.DataFrame) -> int:
    """Return the place of the period to begin with: from the first phase on, where that is offered; else all."""
    begun = min(phases["from"]).year if len(phases) else None
    return next((place for place, each in enumerate(found) if each.label == f"From {begun}"), 0)


def _offer(found: list[Period], period: Period) -> None:
    before = found[-1]
    if period.end - period.start <= 0.6 * (before.end - before.start):
        found.append(period)


def shown_events(
    events: pd.DataFrame, period: Period, *, kind: str | None = None, certainty: str | None = None
) -> pd.DataFrame:
    """Return the events that touch a period, of one kind and certainty if these are named."""
    keep = (events["to"] >= period.start) & (events["from"] <= period.end)
    if kind:
        keep &= events["kind"] == kind
    if certainty:
        keep &= events["certainty"] == certainty
    return events[keep].reset_index(drop=True)


def tell_silence(shown: pd.DataFrame, articles: int) -> str:
    """Return in words how many of the events shown the articles mention, and how many of them the learner has added."""
    theirs = shown[shown["kind"] != OWN]
    spoken, mine = int((theirs["articles"] > 0).sum()), len(shown) - len(theirs)
    if shown.empty:
        return "No event fits this choice."
    added = f" {mine} of them {'is' if mine == 1 else 'are'} yours." if mine else ""
    counted = f"{'1 event is' if len(shown) == 1 else f'{len(shown)} events are'} shown.{added}"
    others = "the others" if mine else "them"
    return f"{counted} The {articles} articles mention {spoken} of {others}." if len(theirs) else counted


# Where marks stand, in pixels of the plot on a narrow page: a wider one only draws them further apart.
PLOT, MARK, LETTER, GAPS, MOST_ROWS = 450.0, 11.5, 6.8, 14.0, 28  # rows of events; those of phases come on top
# Letters of a title that are sure of a place, for all events or for those alone that an article mentions or the learner
# added; the first choice with which all fit into the rows.
LABELS = ((34, True), (26, True), (34, False), (26, False), (16, False), (0, False))


def timeline_rows(shown: pd.DataFrame, phases: pd.DataFrame, period: Period) -> pd.DataFrame:
    """Return what the timeline draws: a row a phase or event, with the row of the plot that it stands in.

    Events of a kind share a lane; a lane takes as many rows as it needs so that no two marks, or the titles that are
    sure of a place, cover each other. Other titles are drawn where they fit whole.

    Returns
    -------
    DataFrame
        ``key, label, what, row, order, x, x2, side, room, kind, certainty, articles, mentioned, title, date``, and
        ``start, end`` of the period in each row; ``what`` is "phase" or "event", ``order`` the row's place from the
        top, ``side`` where the title stands ("inside" a phase's bar, else "right" or "left" of it), ``room`` the width
        that is free for it, as a share of the plot's, ``tint`` whether the phase tints the plot below it.
    """
    bands = _phase_rows(phases, period)
    for letters, every in LABELS:
        rows = [*bands, *_event_rows(shown, period, letters, every)]
        if len({row["row"] for row in rows if row["what"] == "event"}) <= MOST_ROWS:
            break
    if not rows:
        return pd.DataFrame()
    names = list(dict.fromkeys(row["row"] for row in rows))
    margin = (period.end - period.start) * 0.015
    table = pd.DataFrame(rows)
    return table.assign(
        order=table["row"].map(names.index),
        start=period.start,
        end=period.end + margin,
        frame=[True] + [False] * (len(rows) - 1),
    )


def _phase_rows(phases: pd.DataFrame, period: Period) -> list[dict[str, Any]]:
    inside = phases[(phases["to"] >= period.start) & (phases["from"] <= period.end)]
    made = [_phase_row(phase, period) for phase in records(inside)]
    numbers = assign_rows([row.pop("reach") for row in made])
    # Every second phase tints the plot; one that lies within another does not, or tints would cover each other.
    main = assign_rows([(row["x"], row["x2"]) for row in made])
    order = [place for place, number in enumerate(main) if number == 0]
    placed = [
        {**row, "row": _row_name(PHASES, number), "tint": place in order[::2]}
        for place, (row, number) in enumerate(zip(made, numbers, strict=True))
    ]
    return sorted(placed, key=lambda row: row["row"])


def _phase_row(phase: Mapping[str, Any], period: Period) -> dict[str, Any]:
    start, end = max(phase["from"], period.start), min(phase["to"], period.end)
    first, last, width = _place(start, period), _place(end, period), LETTER * len(phase["title"]) + GAPS
    beside = "right" if last + width <= PLOT else "left" if first >= width else "inside"
    side = "inside" if last - first >= 0.75 * width else beside
    reach = {"inside": (first, last), "right": (first, last + width), "left": (first - width, last)}[side]
    room = round((last - first if side == "inside" else width) / PLOT, 4)
    date = f"{phase['from']:%Y-%m-%d} to {phase['to']:%Y-%m-%d}"
    kept = {"key": phase["key"], "what": "phase", "kind": PHASES, "date": date, "certainty": None, "articles": 0}
    place = {"x": start, "x2": end, "side": side, "reach": reach, "room": room}
    return {**kept, **place, "title": phase["title"], "label": f"Phase: {phase['title']}"}


def _event_rows(shown: pd.DataFrame, period: Period, letters: int, every: bool) -> list[dict[str, Any]]:
    rows = []
    for kind in list_lanes(shown):
        marks = [
            _mark(event, period, letters if every or event["articles"] or kind == OWN else 0)
            for event in records(shown[shown["kind"] == kind])
        ]
        marks.sort(key=lambda mark: not mark["sure"])  # the upper rows for those with a title
        numbers = assign_rows([(mark["left"], mark["right"]) for mark in marks])
        for number in sorted(set(numbers)):
            here = [mark for mark, at in zip(marks, numbers, strict=True) if at == number]
            rooms = _rooms(sorted(here, key=lambda mark: mark["left"]))
            rows += [_event_row(mark, _row_name(kind, number), rooms[mark["event"]["key"]]) for mark in here]
    return rows


def _mark(event: Mapping[str, Any], period: Period, letters: int) -> dict[str, Any]:
    """Return an event with where its mark stands and from where to where it is sure of a place, title and all."""
    start, end = max(event["from"], period.start), min(event["to"], period.end)
    first, last = _place(start, period) - MARK / 2, _place(end, period) + MARK / 2
    width = LETTER * min(len(event["title"]), letters) + GAPS if letters else 0.0
    side = "right" if last + max(width, PLOT / 9) <= PLOT else "left"
    left, right = (first, last + width) if side == "right" else (first - width, last)
    kept = {"event": event, "x": start, "x2": end, "side": side, "sure": bool(letters)}
    return {**kept, "first": first, "last": last, "left": left, "right": right}


def _rooms(marks: Sequence[Mapping[str, Any]]) -> dict[str, float]:
    """Return by key how much of the plot's width each title has, for the marks of one row from left to right."""
    rooms, taken = {}, 0.0
    for place, mark in enumerate(marks):
        free = marks[place + 1]["left"] if place + 1 < len(marks) else PLOT
        room = max((free - mark["last"]) if mark["side"] == "right" else (mark["first"] - taken), 0.0)
        whole = LETTER * len(mark["event"]["title"])
        # A title that is not sure of its place stands whole or not at all: half a title tells nothing.
        room = room if mark["sure"] or room >= whole + GAPS else 0.0
        words = min(room, whole)
        taken = mark["last"] + (words if mark["side"] == "right" else 0.0)
        rooms[mark["event"]["key"]] = round(room / PLOT, 4)
    return rooms


def _event_row(mark: Mapping[str, Any], row: str, room: float) -> dict[str, Any]:
    event = mark["event"]
    kept = {name: event[name] for name in ("key", "kind", "certainty", "articles", "mentioned", "title", "date")}
    place = {name: mark[name] for name in ("x", "x2", "side")}
    label = f"{event['date']}: {event['title']}"
    return {**kept, **place, "label": label, "what": "event", "room": room, "row": row, "tint": False}


def _place(day: pd.Timestamp, period: Period) -> float:
    return PLOT * float((day - period.start) / (period.end - period.start))


def _row_name(lane: str, number: int) -> str:
    return lane if number == 0 else f"{lane}·{number}"


def list_lanes(shown: pd.DataFrame) -> list[str]:
    """Return the kinds of event shown in the timeline's order; kinds of somebody's own case after the kit's."""
    found = list(dict.fromkeys(shown["kind"]))
    known = [kind for kind in EVENT_KINDS if kind in found]
    others = [kind for kind in found if kind not in (*EVENT_KINDS, OWN)]
    return [*known, *others, *([OWN] if OWN in found else [])]


def mentions_of(case: Case, key: str) -> pd.DataFrame:
    """Return the sentences that speak of an event, each with the place of the words quoted; none for an unknown key."""
    return case.mentions.loc[case.mentions["event"] == key, EVIDENCE].reset_index(drop=True)


# --- the legal record


def legal_record(case: Case) -> pd.DataFrame:
    """Return what courts, assemblies and treaties say: ``key, date, title, text, source, articles``, by date.

    ``articles`` is the number of articles that speak of a legal event of that date.
    """
    rows = [
        (str(each["date"]), each["title"], each["text"], each["source_title"]) for each in case.meta["legal_record"]
    ]
    table = pd.DataFrame(rows, columns=["date", "title", "text", "source"])
    table["articles"] = [mentions_on(case, date)["article"].nunique() for date in table["date"]]
    table = table.sort_values("date", kind="stable", ignore_index=True)
    return table.assign(key=[f"entry-{number}" for number in range(1, len(table) + 1)])


def mentions_on(case: Case, date: str) -> pd.DataFrame:
    """Return the sentences that speak of a legal event of that date."""
    events = case.events
    keys = events.loc[(events["date"] == date) & (events["kind"] == "law"), "key"]
    return case.mentions.loc[case.mentions["event"].isin(keys), EVIDENCE].reset_index(drop=True)


def legal_talk(case: Case) -> tuple[str, pd.DataFrame]:
    """Return how the articles speak of law in general: a label, and the sentences.

    They are the sentences with the codes of a settlement that the events of the legal record bear.
    """
    events = case.events
    recorded = events[events["date"].isin(legal_record(case)["date"]) & (events["kind"] == "law")]
    codes = dict.fromkeys(code for codes in recorded["codes"] for code in codes if code.startswith("settlement:"))
    label = " and ".join(f"“{case.codebook.label(code)}”" for code in codes)
    return label, candidates(case, tuple(codes)) if codes else pd.DataFrame(columns=EVIDENCE)


# --- drivers


def driver_counts(case: Case) -> pd.DataFrame:
    """Return how many sentences of each article name each driver.

    Returns
    -------
    DataFrame
        As `kit.screen.codes_by_place.code_counts`, and ``per_hundred``: for each hundred sentences of the article.
    """
    lengths = {article.id: max(len(article.sentences), 1) for article in case.articles}
    counts = code_counts(case, "driver")
    return counts.assign(per_hundred=100 * counts["sentences"] / counts["article"].map(lengths))


def driver_cells(counts: pd.DataFrame, measure: str) -> pd.DataFrame:
    """Return what the heatmap draws: the counts, or (``measure="per_hundred"``) the rates in their place."""
    if measure == "sentences":
        return counts
    rates = counts["per_hundred"].round(1)
    labels = [
        f"{name}, {column}: {rate:.1f} in each hundred sentences"
        for name, column, rate in zip(counts["name"], counts["column"], rates, strict=True)
    ]
    return counts.assign(sentences=rates, shade=rates / max(rates.max(), 1e-9), label=labels)


# --- ripeness

NOT_RATED = "not rated"
RATINGS = ("not at all", "hardly", "in part", "largely", "fully")


@dataclass(frozen=True)
class Element:
    """One of the things that Zartman asks for before he calls a conflict ripe."""

    key: str
    name: str
    question: str
    codes: tuple[str, ...]
    sides: tuple[str, ...]


_STALEMATE = ("driver:stalemate", "driver:war-fatigue", "driver:human-cost", "driver:economic-cost")
_WAY_OUT = ("driver:diplomatic-momentum", "driver:outside-pressure", "driver:public-demand")
_SPOKEN_FOR = ("obstacle:domestic-politics", "obstacle:spoilers", "driver:public-demand")


def ripeness_elements(case: Case) -> list[Element]:
    """Return the elements of ripeness (Zartman 2000) for a case: the stalemate once for each of its parties."""
    known = {**codes_of(case, "driver"), **codes_of(case, "obstacle")}
    sides = tuple(f"actor:{party}" for party in party_labels(case))
    parts: list[tuple[str, str, str, tuple[str, ...], tuple[str, ...]]] = []
    for party, label in party_labels(case).items():
        question = f"Do the leaders of this side ({label}) believe that they cannot win by fighting on, and that fighting on hurts them?"
        parts.append((f"stalemate-{party}", f"Stalemate: {label}", question, _STALEMATE, (f"actor:{party}",)))
    question = (
        "Do both sides believe that an agreement can be had at all, and that the other side is looking for one too?"
    )
    parts.append(("way-out", "A way out", question, _WAY_OUT, sides))
    question = "Is there on each side somebody who can speak for it, and sign, and whom it will follow?"
    parts.append(("spokespersons", "Valid spokespersons", question, _SPOKEN_FOR, sides))
    return [
        Element(key, name, asked, tuple(code for code in codes if code in known), who)
        for key, name, asked, codes, who in parts
    ]


def party_labels(case: Case) -> dict[str, str]:
    """Return name by code of the parties to the conflict; "one side", "the other side" where the case names none."""
    parties = case.meta["parties"] or ["side-a", "side-b"]
    unnamed = {"side-a": "one side", "side-b": "the other side"}
    return {party: case.actor_names.get(party) or unnamed.get(party, party) for party in parties}


def sound_rating(entry: Any) -> int | None:
    """Return the rating (0 to 4) in an element's entry of somebody's board; None if there is none that is sound."""
    rating = as_mapping(entry).get("rating")
    sound = isinstance(rating, int) and not isinstance(rating, bool) and 0 <= rating < len(RATINGS)
    return rating if sound else None


def board_of(kept: Any, case: Case) -> dict[str, dict[str, Any]]:
    """Return what is sound of a board as a portfolio holds it.

    Returns
    -------
    dict
        By element ``rating`` (0 to 4, or None) and ``evidence``, a list of dicts with ``article``, ``sentence``
        (its index) and ``text``, as `resolve_reference` returns them.
    """
    kept = as_mapping(kept)
    board = {}
    for element in ripeness_elements(case):
        entry = as_mapping(kept.get(element.key))
        evidence = resolve_reference(entry.get("evidence"), case)
        board[element.key] = {"rating": sound_rating(entry), "evidence": evidence}
    return board


def ripeness_table(case: Case, board: Mapping[str, Any], others: Iterable[Any] = ()) -> pd.DataFrame:
    """Return the board as a table: ``key, element, rating, word, evidence, carried, naming, others``.

    ``rating`` is missing where there is none; ``evidence`` is the number of sentences attached, ``carried`` that of the
    sentences in all articles whose code bears on the element, ``naming`` how many of these name a side of which the
    element speaks, ``others`` the ratings of other people, ascending.
    """
    boards = [board_of(each, case) for each in others]
    rows = []
    for element in ripeness_elements(case):
        own = board[element.key]
        ratings = sorted(each[element.key]["rating"] for each in boards if each[element.key]["rating"] is not None)
        word = NOT_RATED if own["rating"] is None else RATINGS[own["rating"]]
        counts = (len(own["evidence"]), *_carried(case, element))
        rows.append((element.key, element.name, own["rating"], word, *counts, ratings))
    columns = ["key", "element", "rating", "word", "evidence", "carried", "naming", "others"]
    return pd.DataFrame(rows, columns=columns).astype({"rating": "Int64"})


def _carried(case: Case, element: Element) -> tuple[int, int]:
    """Return how many sentences bear on an element, and how many of these name a side of which it speaks."""
    if not element.codes:
        return 0, 0
    found = candidates(case, element.codes)
    naming = found.merge(candidates(case, element.sides)[["article", "sentence"]], on=["article", "sentence"])
    return len(found), len(naming)


def list_subjects(case: Case, element: Element) -> list[tuple[str, tuple[str, ...]]]:
    """Return what the sentences that bear on an element may be about: in words, with their number, and as codes."""
    names = {**codes_of(case, "driver"), **codes_of(case, "obstacle")}
    each: list[tuple[str, tuple[str, ...]]] = [
        (f"{names[code]} ({len(case.evidence(code))})", (code,)) for code in element.codes
    ]
    return [("any of these", element.codes), *each] if len(each) > 1 else each


# --- claims


@cache
def hedge_codebook() -> Codebook:
    """Return the kit's lexicon of hedges and attributions, after Hyland (1996, 1998, 2005)."""
    return load_codebook(Path(__file__).with_name("hedges.yaml"))


def lexicon_marks(case: Case, kind: str) -> pd.DataFrame:
    """Return where the articles hedge (kind "hedge") or hand a statement to others ("attribution"): marks."""
    marks = annotate(case.articles, hedge_codebook())
    return marks[marks["kind"] == kind].reset_index(drop=True)


def claims_table(case: Case) -> pd.DataFrame:
    """Return the case's figures and claims with how each is put and whom it names.

    Returns
    -------
    DataFrame
        ``id, claim, value, article, put`` ("flat" or "hedged"), ``says`` (the words that name a source within the
        claim's own words, empty if there are none), ``agrees_with, contradicts`` (lists of ids, each said from both
        ends), and the place of its words as in `Case.evidence`.
    """
    figures = case.figures
    columns = ["id", "claim", "value", "article", "put", "says", "agrees_with", "contradicts", *EVIDENCE[1:]]
    if figures.empty:
        return pd.DataFrame(columns=columns)
    named = lexicon_marks(case, "attribution")
    spoken: dict[str, list[tuple[int, int, str]]] = {}
    for row in rows_of(named):
        spoken.setdefault(row.article, []).append((row.start, row.end, row.quote))
    says = [_words_within(case, spoken.get(row["article"], ()), row) for row in records(figures)]
    values = [" ".join(filter(None, pair)) for pair in zip(figures["value"], figures["unit"], strict=True)]
    put = ["hedged" if hedged else "flat" for hedged in figures["hedged"]]
    made = figures.assign(value=values, put=put, says=says)
    for column in ("agrees_with", "contradicts"):
        made[column] = _both_ways(figures, column)
    return made[columns]


_WHO = re.compile(r"\s+(?:(?:the|a|an)\s+)?[\w'’.-]*\w(?:\s+[A-Z][\w'’-]*)*")


def _words_within(case: Case, marks: Iterable[tuple[int, int, str]], claim: Mapping[str, Any]) -> str:
    """Return the words that hand a claim to somebody; after a preposition with the name that follows.

    Parameters
    ----------
    marks : iterable of (start, end, quote)
        Such words in the claim's article.
    """
    text, last = case.article(claim["article"]).text, claim["end"]
    said = []
    for start, end, quote in marks:
        if claim["start"] <= start and end <= last:
            name = _WHO.match(text, end, last) if quote.endswith(" to") else None
            said.append(quote + (name[0] if name else ""))
    return ", ".join(said)


def _both_ways(figures: pd.DataFrame, column: str) -> list[list[str]]:
    """Return for each claim those it names and those that name it, in the table's order."""
    place = {name: number for number, name in enumerate(figures["id"])}
    linked: dict[str, set[str]] = {name: set() for name in place}
    for one, listed in zip(figures["id"], figures[column], strict=True):
        for other in linked.keys() & listed:
            linked[one].add(other)
            linked[other].add(one)
    return [sorted(linked[one], key=place.__getitem__) for one in figures["id"]]


def claim_pairs(claims: pd.DataFrame) -> pd.DataFrame:
    """Return every two claims that agree or contradict, once: ``first, second, relation`` ("agrees" or "contradicts")."""
    place = {name: number for number, name in enumerate(claims["id"])}
    rows = [
        (one, other, relation)
        for relation, column in (("contradicts", "contradicts"), ("agrees", "agrees_with"))
        for one, listed in zip(claims["id"], claims[column], strict=True)
        for other in listed
        if place[one] < place[other]
    ]
    return pd.DataFrame(rows, columns=["first", "second", "relation"])


def agreement_table(claims: pd.DataFrame, articles: Mapping[str, str]) -> pd.DataFrame:
    """Return how often articles agree and contradict: a row for every two, either way round, and for each with itself.

    Returns
    -------
    DataFrame
        ``key, one, other, agrees, contradicts, text, label``; ``one`` and ``other`` are what the articles are called.
    """
    home = dict(zip(claims["id"], claims["article"], strict=True))
    pairs = claim_pairs(claims)
    met: dict[tuple[str, str, str], int] = {}
    for first, second, relation in pairs.itertuples(index=False):
        one, other = home[first], home[second]
        # A set, so that two claims of one article count once.
        for here, there in {(one, other), (other, one)}:
            met[here, there, relation] = met.get((here, there, relation), 0) + 1
    rows = []
    for one, name in articles.items():
        for other, also in articles.items():
            same, against = met.get((one, other, "agrees"), 0), met.get((one, other, "contradicts"), 0)
            text = ", ".join(filter(None, [f"= {same}" if same else "", f"≠ {against}" if against else ""])) or "·"
            label = f"{both_names(name, also)}: {same} agree, {against} contradict"
            rows.append((f"{one}|{other}", name, also, same, against, text, label))
    return pd.DataFrame(rows, columns=["key", "one", "other", "agrees", "contradicts", "text", "label"])


def both_names(one: str, other: str) -> str:
    """Return two articles in words: "Surge and Digest", or "Digest with itself"."""
    return f"{one} with itself" if one == other else f"{one} and {other}"


def how_put(claim: Mapping[str, Any]) -> str:
    """Return how a claim is put and whether its words point to a source."""
    source = f"source: “{claim['says']}”" if claim["says"] else "no source named"
    return f"{claim['put']}, {source}"


def pairs_of(
    claims: pd.DataFrame, *, claim: str | None = None, articles: tuple[str, str] | None = None
) -> pd.DataFrame:
    """Return the pairs that one claim is part of, the claim first; or those between two articles."""
    pairs = claim_pairs(claims)
    if claim is not None:
        turned = pairs.rename(columns={"first": "second", "second": "first"})
        both = pd.concat([pairs, turned[["first", "second", "relation"]]], ignore_index=True)
        # By the alphabet backwards: what contradicts stands before what agrees.
        return both[both["first"] == claim].sort_values("relation", ascending=False, kind="stable", ignore_index=True)
    home = dict(zip(claims["id"], claims["article"], strict=True))
    wanted = set(articles or ())
    keep = [{home[one], home[other]} == wanted for one, other in zip(pairs["first"], pairs["second"], strict=True)]
    return pairs[keep].reset_index(drop=True)


# --- hedges


def hedge_table(case: Case) -> pd.DataFrame:
    """Return how often each article hedges.

    Returns
    -------
    DataFrame
        ``key, article, sentences, hedges, per_hundred, commonest, flat_claims, hedged_claims, label``, a row an
        article. ``hedges`` counts words; ``per_hundred`` is for each hundred sentences; ``commonest`` lists the three
        most frequent; the claims are those of the case's figures.
    """
    marks = lexicon_marks(case, "hedge")
    claims = case.figures
    rows = []
    for article in case.articles:
        here = marks[marks["article"] == article.id]
        rate = 100 * len(here) / max(len(article.sentences), 1)
        # Of words that are equally frequent the one used first: value_counts alone leaves their order open.
        words = here["quote"].str.casefold().value_counts(sort=False).sort_values(ascending=False, kind="stable")
        put = claims.loc[claims["article"] == article.id, "hedged"].astype(bool)
        name = case.article_names[article.id]
        label = f"{name}: {rate:.1f} hedges in each hundred sentences"
        counts = (len(article.sentences), len(here), round(rate, 1))
        rows.append((article.id, name, *counts, list(words.index[:3]), int((~put).sum()), int(put.sum()), label))
    numbers = ["sentences", "hedges", "per_hundred", "commonest", "flat_claims", "hedged_claims"]
    return pd.DataFrame(rows, columns=["key", "article", *numbers, "label"])


def hedge_evidence(case: Case, article: str) -> pd.DataFrame:
    """Return the sentences of an article that hedge, each with the place of its first hedge."""
    marks = lexicon_marks(case, "hedge")
    return case.evidence_at(marks[marks["article"] == article])
