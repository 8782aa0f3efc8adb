"""Unit 01: its tables, what its charts say, and its explorers driven from Python."""

from itertools import pairwise
from time import perf_counter

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import kit
from kit.background import Claims, Drivers, Hedges, LegalRecord, RipenessBoard, Timeline, charts, tables
from kit.case import bundled_cases
from kit.errors import KitError
from kit.learning.portfolio import portfolio
from tests.small_cases import write_case

FILES = {
    "case.yaml": """
title: A war about a river
as_of: 2003-12-31
parties: [upland, lowland]
actors:
  upland: {label: Upland}
  lowland: {label: Lowland}
phases:
  - {title: The first war, start: 1990-05-01, end: 1991-06-30, text: Both sides fight for the dam.}
  - {title: A cold peace, start: 1991-07-01, end: 2002-12-31, text: The line holds.}
  - {title: Raids, start: 1999-01-01, end: 1999-12-31, text: Raids across the line.}
legal_record:
  - {date: 1992-03-04, title: The court rules, text: The dam is shared., source_title: Judgment of 4 March 1992}
  - {date: 1990-06-01, title: The assembly speaks, text: It asks both to stop., source_title: Resolution 1}
""",
    "codebook.yaml": """
kinds:
  driver:
    label: Drivers
    codes:
      stalemate: {label: Stalemate, definition: Neither can win., phrases: [stalemate, neither side can win]}
      war-fatigue: {label: War fatigue, definition: Tired., phrases: [tired]}
  obstacle:
    label: Obstacles
    codes:
      domestic-politics: {label: Politics at home, definition: Voters., phrases: [voters]}
""",
    "events.csv": """date,end,title,text,kind,certainty,source_title,source_date,codes,mentions
1990-05-01,,War begins,Upland crosses the river.,war,established,Gazette,1990-05-02,,one: The war began in 1990
1992-03-04,,The court rules,It shares the dam.,law,established,Judgment,1992-03-04,,
2001,2002,Secret talks,Nobody says where.,diplomacy,disputed,Memoirs,2010,,
2003-06-01,,An offer,A truce is offered.,diplomacy,reported,Radio,2003-06-02,,one: A truce may be near || two: the truce offered in June
""",
    "figures.csv": """id,claim,value,unit,article,quote,hedged,agrees_with,contradicts
dead-one,The war killed 300,300,people,one,It killed 300 people,no,,dead-two
dead-two,The war killed 900,900,people,two,"According to the mayor, it killed 900",no,,
truce-near,A truce may be near,,,one,A truce may be near,yes,truce-offered,
truce-offered,A truce was offered in June,June,month,two,the truce offered in June,no,,
""",
    "articles/one.md": """# The river war

The war began in 1990. It killed 300 people. Neither side can win, and both are tired. The generals say it is a stalemate.

A truce may be near. Perhaps the voters decide.
""",
    "articles/two.md": """# News from the dam

According to the mayor, it killed 900. People speak of the truce offered in June. Neither side can win.
""",
}


@pytest.fixture
def case(tmp_path):
    return write_case(tmp_path / "river", FILES)


each_case = pytest.mark.parametrize("name", bundled_cases())
PERIOD = tables.Period("all", pd.Timestamp("1990-01-01"), pd.Timestamp("2003-12-31"))


# --- the timeline's tables


def test_events_say_how_many_articles_speak_of_them(case):
    events = tables.event_table(case)

    assert dict(zip(events["title"], events["articles"], strict=True)) == {
        "War begins": 1,
        "The court rules": 0,
        "Secret talks": 0,
        "An offer": 2,
    }
    assert events.loc[2, "date"] == "2001 to 2002"
    assert list(events["mentioned"]) == ["The river war", "none", "none", "The river war, News from the dam"]


def test_what_the_articles_mention_is_counted_over_what_is_shown_and_the_learners_own_count(case):
    events = tables.event_table(case, [{"date": "1995", "title": "Mine"}])

    assert (
        tables.tell_silence(events, 2)
        == "5 events are shown. 1 of them is yours. The 2 articles mention 2 of the others."
    )
    assert (
        tables.tell_silence(events[events["kind"] == "war"], 2) == "1 event is shown. The 2 articles mention 1 of them."
    )
    assert tables.tell_silence(events[events["kind"] == tables.OWN], 2) == "1 event is shown. 1 of them is yours."
    assert tables.tell_silence(events[events["kind"] == "economy"], 2) == "No event fits this choice."


def test_a_period_is_offered_only_if_it_shows_something_new(case):
    found = tables.list_periods(tables.event_table(case), tables.phase_table(case))

    assert [period.label for period in found] == ["All: 1990–2003", "From 1999", "Last two years", "Last six months"]
    assert found[1].start == pd.Timestamp("1999-01-01")


def test_events_are_filtered_by_period_kind_and_certainty(case):
    events = tables.event_table(case)
    late = tables.Period("late", pd.Timestamp("2002-06-01"), pd.Timestamp("2003-12-31"))

    assert list(tables.shown_events(events, late)["title"]) == ["Secret talks", "An offer"]
    assert list(tables.shown_events(events, late, kind="diplomacy", certainty="reported")["title"]) == ["An offer"]


@pytest.mark.parametrize("start", ["0001-01-01", "1500-01-01"])
def test_a_phase_of_long_ago_stands_on_the_timeline(tmp_path, start):
    about = FILES["case.yaml"].replace("1990-05-01", start, 1).replace("2002-12-31", "9999-12-31")
    made = Timeline(write_case(tmp_path, {**FILES, "case.yaml": about}))
    rows = tables.timeline_rows(made.table, made.phases, made.periods[0])

    assert [row for row in rows["title"] if row in ("The first war", "A cold peace")] == [
        "The first war",
        "A cold peace",
    ]


def test_thousands_of_claims_are_read_in_seconds(tmp_path):
    rows = [f"c{number},x,1,p,one,It killed 300 people,no,c{number + 1},c{number + 2}" for number in range(4_000)]
    text = f"{FILES['figures.csv'].splitlines()[0]}\n" + "\n".join(rows)
    case = write_case(tmp_path, {**FILES, "figures.csv": text})
    case.figures  # noqa: B018
    began = perf_counter()
    claims = tables.claims_table(case)

    assert perf_counter() - began < 10
    assert list(claims["agrees_with"][:2]) == [["c1"], ["c0", "c2"]]


def test_overlapping_phases_stand_in_rows_of_their_own(case):
    rows = tables.timeline_rows(tables.event_table(case), tables.phase_table(case), PERIOD)
    phases = rows[rows["what"] == "phase"].set_index("title")

    assert phases.loc["A cold peace", "row"] not in (phases.loc["Raids", "row"], phases.loc["The first war", "row"])
    assert list(dict.fromkeys(rows["kind"])) == ["phases", "war", "diplomacy", "law"]
    assert list(rows.drop_duplicates("row")["order"]) == list(range(rows["row"].nunique()))
    assert list(phases["tint"]) == [True, False, False]


def test_a_phase_has_its_name_in_its_bar_or_beside_it_where_the_bar_is_short(case):
    rows = tables.timeline_rows(tables.event_table(case), tables.phase_table(case), PERIOD).set_index("title")

    assert rows.loc["A cold peace", "side"] == "inside"
    assert rows.loc["The first war", "side"] == "right"


def test_the_first_view_of_the_lead_case_names_the_invasion_and_all_that_the_articles_mention():
    case = kit.load_case("ukraine")
    events, phases = tables.event_table(case), tables.phase_table(case)
    found = tables.list_periods(events, phases)
    first = found[tables.first_period(found, phases)]
    rows = tables.timeline_rows(tables.shown_events(events, first), phases, first).set_index("title")
    named = rows["room"] * tables.PLOT >= tables.LETTER * rows.index.str.len()

    assert named["Russia invades Ukraine on a full scale"]
    assert named[rows["articles"] > 0].all()


@each_case
def test_a_timeline_stays_within_its_rows_in_every_period(name):
    case = kit.load_case(name)
    events, phases = tables.event_table(case), tables.phase_table(case)
    for period in tables.list_periods(events, phases):
        rows = tables.timeline_rows(tables.shown_events(events, period), phases, period)
        assert rows["order"].max() < 42, period
        assert rows["x"].between(period.start, period.end).all()
        assert rows["key"].is_unique


def test_a_timeline_opens_with_the_first_phase_where_that_is_offered(case):
    events, phases = tables.event_table(case), tables.phase_table(case)
    found = tables.list_periods(events, phases)
    earlier = tables.Period("From 1990", pd.Timestamp("1990-01-01"), pd.Timestamp("2003-12-31"))

    assert tables.first_period(found, phases) == 0
    assert tables.first_period([found[0], earlier], phases) == 1
    assert tables.first_period([], phases.iloc[:0]) == 0


@each_case
def test_no_title_reaches_into_the_next_mark_or_its_title(name):
    case = kit.load_case(name)
    events, phases = tables.event_table(case), tables.phase_table(case)
    for period in tables.list_periods(events, phases):
        rows = tables.timeline_rows(tables.shown_events(events, period), phases, period)
        for _, line in rows[rows["what"] == "event"].groupby("row"):
            reaches = sorted(_reach(row, period) for row in line.to_dict("records"))
            for (_, end), (start, _) in pairwise(reaches):
                assert end <= start + 0.002, period


def _reach(row, period):
    """From where to where a mark and its title lie, as shares of the plot on a narrow page."""
    whole = period.end - period.start
    words = min(row["room"], tables.LETTER * len(row["title"]) / tables.PLOT)
    half = tables.MARK / 2 / tables.PLOT
    left, right = (row["x"] - period.start) / whole - half, (row["x2"] - period.start) / whole + half
    return (left, right + words) if row["side"] == "right" else (left - words, right)


@pytest.mark.parametrize(
    ("date", "title", "said"),
    [
        (
            "May 2025",
            "A meeting",
            "“May 2025” is not a date that the timeline can read. Write 2014, 2014-03 or 2014-03-21.",
        ),
        (
            "2025-02-30",
            "A meeting",
            "“2025-02-30” is not a date that the timeline can read. Write 2014, 2014-03 or 2014-03-21.",
        ),
        ("", "A meeting", "The date is missing. Write 2014, 2014-03 or 2014-03-21."),
        ("1066", "A battle", "The year 1066 is outside the timeline. Choose one from 1900 to 2100."),
        ("2025", "  ", "The title is missing. Say in a few words what happened."),
        ("2025", "x" * 121, "The title has 121 characters. Keep it to 120."),
    ],
)
def test_a_learners_event_that_cannot_be_used_is_refused_with_a_plain_sentence(date, title, said):
    with pytest.raises(KitError) as problem:
        tables.own_event(date, title)

    assert str(problem.value) == said


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.sampled_from(["events", "date", "title", "x"]), inner, max_size=3)
        ),
    )
)
def test_whatever_a_portfolio_holds_gives_sound_events_only(kept):
    for event in tables.own_events(kept):
        assert tables.own_event(**event) == event


def test_the_words_that_speak_of_an_event_are_found_in_their_sentence(case):
    found = tables.mentions_of(case, "event-04")

    assert [case.article(row.article).text[row.start : row.end] for row in found.itertuples()] == [
        "A truce may be near",
        "the truce offered in June",
    ]
    assert tables.mentions_of(case, "event-03").empty


# --- the other tables


def test_the_legal_record_is_by_date_and_knows_whether_the_articles_speak_of_it(case):
    assert list(tables.legal_record(case)["title"]) == ["The assembly speaks", "The court rules"]
    assert tables.mentions_on(case, "1992-03-04").empty


def test_a_driver_is_counted_once_for_a_sentence_and_for_each_hundred(case):
    counts = tables.driver_counts(case).set_index("key")

    assert counts.loc["driver:stalemate|one", "sentences"] == 2
    assert counts.loc["driver:war-fatigue|two", "sentences"] == 0
    length = len(case.article("one").sentences)
    assert counts.loc["driver:stalemate|one", "per_hundred"] == pytest.approx(200 / length)


def test_each_party_has_its_own_stalemate(case, bare):
    assert [element.name for element in tables.ripeness_elements(case)] == [
        "Stalemate: Upland",
        "Stalemate: Lowland",
        "A way out",
        "Valid spokespersons",
    ]
    assert [element.name for element in tables.ripeness_elements(bare)][:2] == [
        "Stalemate: one side",
        "Stalemate: the other side",
    ]
    assert tables.ripeness_elements(case)[0].codes == ("driver:stalemate", "driver:war-fatigue")


def test_a_board_takes_from_a_portfolio_what_is_sound(case):
    text = "Neither side can win."
    evidence = [{"article": "two", "sentence": 99, "text": text}, {"article": "two", "text": "Gone."}, "nonsense"]
    kept = {"stalemate-upland": {"rating": 3, "evidence": evidence}, "way-out": {"rating": 7}, "other": 1}

    board = tables.board_of(kept, case)

    assert board["stalemate-upland"]["rating"] == 3
    assert [each["text"] for each in board["stalemate-upland"]["evidence"]] == [text, "Gone."]
    assert board["way-out"] == {"rating": None, "evidence": []}
    assert tables.board_of("nonsense", case) == tables.board_of(None, case)


def test_others_ratings_stand_beside_ones_own(case):
    board = tables.board_of({"way-out": {"rating": 1}}, case)
    table = tables.ripeness_table(
        case, board, [{"way-out": {"rating": 4}}, {"way-out": {"rating": 0}}, None]
    ).set_index("key")

    assert table.loc["way-out", "word"] == "hardly"
    assert table.loc["way-out", "others"] == [0, 4]
    assert list(table.loc["stalemate-upland", ["carried", "naming"]]) == [3, 0]


def test_a_claim_says_how_it_is_put_and_whom_it_names(case):
    claims = tables.claims_table(case).set_index("id")

    assert tables.how_put(claims.loc["dead-one"]) == "flat, no source named"
    assert tables.how_put(claims.loc["dead-two"]) == "flat, source: “According to the mayor”"
    assert claims.loc["truce-near", "put"] == "hedged"


def test_what_one_claim_says_of_another_holds_from_both_ends(case):
    claims = tables.claims_table(case).set_index("id")

    assert claims.loc["dead-two", "contradicts"] == ["dead-one"]
    assert claims.loc["truce-offered", "agrees_with"] == ["truce-near"]


def test_articles_agree_and_contradict_as_often_as_their_claims_do(case):
    grid = tables.agreement_table(tables.claims_table(case), {"one": "one", "two": "two"}).set_index("key")

    assert list(grid.loc["one|two", ["agrees", "contradicts"]]) == [1, 1]
    assert list(grid.loc["two|one", ["agrees", "contradicts"]]) == [1, 1]
    assert grid.loc["one|one", "text"] == "·"
    assert "one and two: 1 agree, 1 contradict" in charts.agreement_alt(grid.reset_index())


def test_hedges_are_counted_by_word_and_for_each_hundred_sentences(case):
    table = tables.hedge_table(case).set_index("key")

    assert table.loc["one", "hedges"] == 2
    assert table.loc["one", "commonest"] == ["may", "perhaps"]
    assert table.loc["one", "per_hundred"] == pytest.approx(200 / table.loc["one", "sentences"], abs=0.05)
    assert list(table.loc["one", ["flat_claims", "hedged_claims"]]) == [1, 1]
    assert list(tables.hedge_evidence(case, "one")["text"]) == ["A truce may be near.", "Perhaps the voters decide."]


def test_the_month_of_may_is_no_hedge(tmp_path):
    case = write_case(tmp_path, {"articles/one.md": "# One\n\nIn May they met. It may help.\n"})

    assert tables.hedge_table(case)["hedges"].tolist() == [1]


# --- the explorers


def test_choosing_an_event_opens_its_source_and_its_sentences(case):
    timeline = Timeline(case)
    timeline.events.value = "event-04"

    assert timeline.selected == "event-04"
    assert timeline.chart.selected == {"pick": ["event-04"]}
    assert len(timeline.evidence) == 2
    assert "Source: Radio" in timeline.card.value
    assert "Mentioned in: The river war, News from the dam." in timeline.card.value


def test_choosing_an_event_of_which_the_articles_are_silent_says_so(case):
    timeline = Timeline(case)
    timeline.chart.selected = {"pick": ["event-03"]}

    assert timeline.events.value == "event-03"
    assert "Mentioned in: none." in timeline.card.value
    assert "disputed" in timeline.card.value
    assert "No sentence in these articles speaks of this." in timeline.panel.text.value


def test_choosing_a_phase_shows_what_it_was(case):
    timeline = Timeline(case)
    timeline.selected = "phase-3"

    assert "Raids across the line." in timeline.card.value
    assert "the case author's summary" in timeline.panel.text.value.replace("&#x27;", "'")


def test_a_smaller_choice_redraws_the_same_chart(case):
    timeline = Timeline(case)
    spec = timeline.chart.spec
    timeline.kind.value = "diplomacy"
    timeline.certainty.value = "reported"

    assert list(timeline.table["title"]) == ["An offer"]
    assert timeline.chart.spec is spec
    assert "1 events (1 diplomacy)" in timeline.chart.alt
    assert "1 event is shown" in timeline.summary.value


def test_a_learners_event_appears_is_kept_and_comes_back(case):
    timeline = Timeline(case)
    timeline.kind.value = "law"
    timeline.date.value, timeline.title.value, timeline.source.value = "1995-02", "A <b>flood</b>", "The gazette"
    timeline.add()

    assert timeline.selected == timeline.events.value == "own-1"
    assert "own-1" in list(timeline.chart.rows["key"])
    assert "5 events are shown. 1 of them is yours." in timeline.summary.value
    assert "A &lt;b&gt;flood&lt;/b&gt;" in timeline.card.value
    assert portfolio(case).read("01/timeline") == {
        "events": [{"date": "1995-02", "title": "A <b>flood</b>", "source": "The gazette"}]
    }
    assert "A <b>flood</b>" in list(Timeline(case).table["title"])


def test_adding_an_event_keeps_the_period_unless_the_event_lies_outside(case):
    timeline = Timeline(case)
    late = dict(timeline.period.options)["Last two years"]
    timeline.period.value = late
    timeline.date.value, timeline.title.value = "2002-06", "A meeting"
    timeline.add()
    assert timeline.period.label == "Last two years"
    assert "own-1" in set(timeline.table["key"])

    timeline.date.value, timeline.title.value = "1988", "Rain"
    timeline.add()
    assert timeline.period.label == "All: 1988–2003"
    assert timeline.selected == "own-2"


def test_a_guess_of_how_many_events_are_mentioned_is_kept(case):
    [asked] = Timeline(case)._guess()
    assert "This case has 4 events." in asked.asked.value
    asked.make(3)

    assert portfolio(case).read("01/timeline-guess") == 3
    assert "the answer is" in Timeline(case)._guess()[0].verdict.value


def test_a_learners_event_that_cannot_be_read_is_said_and_not_kept(case):
    timeline = Timeline(case)
    timeline.date.value, timeline.title.value = "last May", "A flood"
    timeline.add()

    assert "is not a date that the timeline can read" in timeline.said.html
    assert timeline.title.value == "A flood"
    assert portfolio(case).read("01/timeline") is None


def test_only_the_learners_own_event_can_be_removed(case):
    portfolio(case).save("01/timeline", {"events": [{"date": "1995", "title": "A flood", "source": ""}]})
    timeline = Timeline(case)
    timeline.selected = "event-01"
    timeline.remove()
    assert "Choose an event of your own first" in timeline.said.html

    timeline.selected = "own-1"
    timeline.remove()

    assert "A flood" not in list(timeline.table["title"])
    assert portfolio(case).read("01/timeline") == {"events": []}


def test_the_legal_record_says_that_the_articles_are_silent(case):
    record = LegalRecord(case)
    record.entry.value = "entry-2"

    assert record.selected == "entry-2"
    assert "The court rules" in record.card.value
    assert record.evidence.empty
    assert "Judgment of 4 March 1992" in record.preview()[0]["text/html"]
    assert "Of the 2 texts, the 2 articles name none." in record.preview()[0]["text/html"]


def test_where_no_article_names_an_entry_their_talk_of_law_is_shown_instead():
    record = LegalRecord(kit.load_case("ukraine"))
    record.entry.value = "entry-2"

    assert record.table.loc[1, "articles"] == 0
    assert record.panel.heading.startswith("No article names this. Here they speak of law in general: “")
    assert record.evidence["text"].str.contains("law").any()


def test_choosing_a_cell_opens_its_sentences(case):
    drivers = Drivers(case)
    drivers.chart.selected = {"pick": ["driver:stalemate|two"]}

    assert drivers.selected == "driver:stalemate|two"
    assert (drivers.row.value, drivers.column.value) == ("driver:stalemate", "two")
    assert list(drivers.evidence["text"]) == ["Neither side can win."]


def test_a_driver_is_read_in_all_articles_by_keyboard(case):
    drivers = Drivers(case)
    drivers.row.value = "driver:stalemate"

    assert len(drivers.evidence) == 3


def test_counting_for_each_hundred_sentences_changes_the_numbers_in_place(case):
    drivers = Drivers(case)
    spec = drivers.chart.spec
    drivers.measure.value = "per_hundred"

    assert drivers.chart.spec is spec
    assert "in each hundred sentences" in drivers.chart.alt


def test_a_rating_without_a_sentence_is_called_a_guess_until_one_is_added(case):
    board = RipenessBoard(case)
    board.rating.value = 2
    assert "a rating without a sentence is a guess" in board.overview.value

    board.picker.found.value = board.picker.found.options[0][1]
    board.picker.attach()

    assert "1 sentence<" in board.overview.value
    assert "guess" not in board.overview.value
    kept = portfolio(case).read("01/ripeness-board")["stalemate-upland"]
    assert kept == {
        "rating": 2,
        "evidence": [{"article": "one", "sentence": 3, "text": "Neither side can win, and both are tired."}],
    }


def test_a_board_comes_back_as_it_was_left(case):
    board = RipenessBoard(case)
    board.element.value = "way-out"
    board.rating.value = 0
    board.picker.subject.value = ()
    board.picker.words.value = "offered june"
    board.picker.found.value = board.picker.found.options[0][1]
    board.picker.attach()

    again = RipenessBoard(case)
    assert again.rating.value == ""
    again.selected = "way-out"
    assert again.rating.value == 0
    assert list(again.evidence["text"]) == ["People speak of the truce offered in June."]


def test_a_sentence_is_added_once_and_can_be_taken_off(case):
    board = RipenessBoard(case)
    place = board.picker.found.options[0][1]
    for _ in range(2):
        board.picker.found.value = place
        board.picker.attach()
    assert list(board.table["evidence"]) == [1, 0, 0, 0]

    board.picker.attached.value = place
    board.picker.detach()

    assert list(board.table["evidence"]) == [0, 0, 0, 0]


def test_what_a_boards_sentences_may_be_about_is_offered_with_their_number(case):
    board = RipenessBoard(case)

    assert [label for label, _ in board.picker.subject.options] == [
        "any of these", "Stalemate (3)", "War fatigue (1)", "any sentence",
    ]  # fmt: skip


def test_a_board_reminds_that_ripeness_is_perceived_and_not_sufficient(case):
    board = RipenessBoard(case, others=[{"way-out": {"rating": 4}}])

    assert "perceive" in board.overview.value
    assert "not sufficient" in board.overview.value
    assert "others say" in board.overview.value


def test_a_claim_is_laid_beside_those_that_contradict_it(case):
    claims = Claims(case)
    claims.list.value = "dead-one"

    assert "≠ contradicts" in claims.card.value
    assert "The war killed 900 (News from the dam; flat, source: “According to the mayor”)" in claims.card.value
    assert list(claims.evidence["article"]) == ["one", "two"]


def test_a_square_of_the_grid_lays_out_all_its_pairs(case):
    claims = Claims(case)
    claims.chart.selected = {"pick": ["two|one"]}

    assert claims.selected == "two|one"
    assert "≠ contradicts" in claims.card.value
    assert "= agrees with" in claims.card.value
    assert len(claims.evidence) == 4


def test_claims_are_filtered_by_how_they_are_put_and_by_article(case):
    claims = Claims(case)
    claims.filter.value = "contradicted by another claim"
    assert list(claims.table["id"]) == ["dead-one", "dead-two"]
    claims.article.value = "two"
    assert list(claims.table["id"]) == ["dead-two"]
    claims.filter.value = "hedged"
    assert claims.table.empty


def test_claims_are_found_by_their_words(case):
    claims = Claims(case)
    claims.words.value = "TRUCE june"

    assert list(claims.table["id"]) == ["truce-offered"]


def test_an_articles_hedges_are_read_with_the_hedge_set_off(case):
    hedges = Hedges(case)
    hedges.chart.selected = {"pick": ["one"]}

    assert hedges.article.value == "one"
    assert "<mark>may</mark>" in hedges.panel.text.value
    assert "Hyland" in hedges.counts.value


def test_a_case_without_a_table_gets_a_sentence_instead_of_an_error(bare):
    assert "no events yet" in Timeline(bare).summary.value
    assert "has no legal record" in LegalRecord(bare).children[0].value
    assert "has no drivers" in Drivers(bare).children[0].value
    assert "has no table of figures" in Claims(bare).children[0].value
    board = RipenessBoard(bare)
    board.picker.subject.value = ()
    assert len(board.picker.found.options) == 2
    assert len(Hedges(bare).table) == 1


def test_a_case_with_phases_and_no_events_says_so_and_does_not_speak_of_a_choice(bare):
    phase = "phases:\n  - {title: Talks, start: 2000-01-01, end: 2001-01-01, text: They talk.}\n"
    assert "no events yet" in Timeline(write_case(bare.path, {"case.yaml": "title: Bare\n" + phase})).summary.value


def test_an_event_of_ones_own_begins_an_empty_timeline(bare):
    timeline = Timeline(bare)
    timeline.date.value, timeline.title.value = "2001-05", "They met"
    timeline.add()

    assert list(timeline.table["title"]) == ["They met"]
    assert timeline.selected == "own-1"


@each_case
def test_every_event_and_claim_of_a_bundled_case_can_be_chosen(name):
    case = kit.load_case(name)
    timeline = Timeline(case)
    for key in timeline.all_events["key"]:
        timeline.selected = key
        assert timeline.card.value
    claims = Claims(case)
    for key in claims.claims["id"]:
        claims.selected = key
        assert len(claims.evidence)
