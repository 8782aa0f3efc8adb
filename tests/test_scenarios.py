"""Unit 05: cards, two by two, cross-impact editor, stability table and forecasts, driven from Python."""

import datetime

import pytest

from kit.case import bundled_cases, load_case
from kit.learning.portfolio import portfolio
from kit.scenarios import (
    CrossImpactEditor,
    Forecast,
    ScenarioCards,
    SettlementMap,
    StabilityTable,
    TwoByTwo,
    charts,
    tables,
)
from kit.scenarios.explorers import matrix_rows, stability_rows
from kit.scenarios.forecasting import calibration_rows
from kit.screen import html

EXPLORERS = [ScenarioCards, SettlementMap, TwoByTwo, CrossImpactEditor, StabilityTable, Forecast]


@pytest.fixture(scope="module")
def case():
    return load_case("ukraine")


@pytest.mark.parametrize("explorer", EXPLORERS)
@pytest.mark.parametrize("name", bundled_cases())
def test_every_explorer_opens_on_every_case_with_a_short_name(explorer, name):
    made = explorer(load_case(name))
    assert repr(made) == f"{explorer.__name__}(case={name!r})"


@pytest.mark.parametrize("explorer", EXPLORERS)
def test_a_case_without_scenarios_is_told_so_in_a_sentence(explorer, bare):
    made = explorer(bare)
    assert any("has no" in getattr(child, "value", "") for child in made.children)


# Cards


def test_a_card_tells_the_story_its_reasons_and_its_signposts(case):
    cards = ScenarioCards(case)
    cards.scenario.value = "frozen-conflict"
    scenario = case.scenarios["scenarios"]["frozen-conflict"]
    for each in (*scenario["for"], *scenario["against"], *scenario["signposts"]):
        assert each["text"].split(",")[0] in cards.card.value.replace("&#x27;", "'")


def test_reasons_lead_to_the_sentences_of_their_side(case):
    cards = ScenarioCards(case)
    cards.scenario.value = "limited-ceasefire"
    cards.side.value = "against"
    quotes = [
        each["quote"] for each in case.scenarios["scenarios"]["limited-ceasefire"]["against"] if each.get("quote")
    ]
    assert len(cards.evidence) == len(quotes)
    assert all(any(quote in text for text in cards.evidence["text"]) for quote in quotes)


def test_a_square_of_the_picture_chooses_the_scenario_and_its_sentences(case):
    cards = ScenarioCards(case)
    square = cards.chart.rows.sort_values("sentences").iloc[-1]
    cards.chart.selected = {"pick": [square.key]}
    assert case.scenarios["scenarios"][cards.selected]["code"] == square.code
    assert len(cards.evidence) == square.sentences


# Elements of a settlement


def test_an_element_opens_its_sentences_in_one_article_or_in_all(case):
    explorer = SettlementMap(case)
    cell = explorer.table.sort_values("sentences").iloc[-1]
    explorer.chart.selected = {"pick": [cell.key]}
    assert (explorer.element.value, explorer.article.value) == (cell.code, cell.article)
    assert len(explorer.evidence) == cell.sentences
    explorer.article.value = ""
    assert len(explorer.evidence) == explorer.table[explorer.table["code"] == cell.code]["sentences"].sum()


# Two by two


def test_four_worlds_are_named_kept_and_found_again(case):
    first = TwoByTwo(case)
    first.names[3].value = "A cold quiet"
    first.stories[3].value = "Nobody shoots and nobody signs."
    again = TwoByTwo(case)
    assert again.names[3].value == "A cold quiet"
    assert again.stories[3].value == "Nobody shoots and nobody signs."
    assert "A cold quiet" in again.chart.alt


def test_each_pair_of_axes_keeps_worlds_of_its_own(case):
    board = TwoByTwo(case)
    board.names[0].value = "First pair"
    other = next(value for _, value in board.up.options if value not in (board.up.value, board.across.value))
    before = board.up.value
    board.up.value = other
    assert board.names[0].value == ""
    board.up.value = before
    assert board.names[0].value == "First pair"


def test_the_same_driver_on_both_axes_is_refused_in_words_and_nothing_is_lost(case):
    board = TwoByTwo(case)
    board.names[0].value = "Kept"
    before = board.up.value
    board.up.value = board.across.value
    assert "two different drivers" in board.warning.value
    board.up.value = before
    assert board.names[0].value == "Kept"


@pytest.mark.parametrize(
    "kept", [7, [], {"worlds": 3}, {"across": "nowhere", "worlds": {"x|y": "z"}}, {"worlds": {"a|b": [1, 2, 3, 4]}}]
)
def test_a_broken_portfolio_entry_opens_an_empty_board(case, kept):
    portfolio(case).save(TwoByTwo.KEY, kept)
    assert [name.value for name in TwoByTwo(case).names] == [""] * 4


# Cross-impact


def test_the_listed_combinations_are_those_that_the_model_calls_consistent(case):
    editor = CrossImpactEditor(case)
    for each in tables.records(editor.table):
        assert editor.model.inconsistency({key: each[key] for key in editor.drivers}) == 0
    assert "hold together" in editor.summary.value


def test_an_edited_judgement_changes_the_result_at_once_and_is_kept(case):
    editor = CrossImpactEditor(case)
    before = set(editor.table["key"])
    row = next(
        each
        for combination in tables.records(editor.table)
        for each in tables.records(
            editor.model.judgements_that_carry({key: combination[key] for key in editor.drivers})
        )
        if each["carries"] and each["judgement"] > 0
    )
    editor.source.value = f"{row['source']}|{row['source_state']}"
    editor.target.options = editor.source.options
    editor.target.value = f"{row['target']}|{row['target_state']}"
    editor.judgement.value = -3
    assert set(editor.table["key"]) != before
    assert portfolio(case).read(CrossImpactEditor.KEY) == editor.edits
    assert set(CrossImpactEditor(case).table["key"]) == set(editor.table["key"])


def test_putting_the_judgements_back_brings_the_first_result_back(case):
    editor = CrossImpactEditor(case)
    before = set(editor.table["key"])
    editor.judgement.value = 3
    editor.reset.click()
    assert editor.edits == {}
    assert set(editor.table["key"]) == before


def test_a_click_on_the_matrix_puts_that_judgement_to_work(case):
    editor = CrossImpactEditor(case)
    cell = editor.chart.rows[editor.chart.rows["judgement"] == 3].iloc[0]
    editor.chart.selected = {"pick": [cell.key]}
    assert editor.key == cell.key
    assert editor.judgement.value == 3


def test_a_combination_tells_what_it_rests_on_and_opens_sentences(case):
    editor = CrossImpactEditor(case)
    editor.selected = editor.table["key"].iloc[0]
    assert "Total impact" in editor.card.value
    assert len(editor.evidence) > 0


def test_an_impossible_wish_comes_back_with_a_reason(case, monkeypatch):
    editor = CrossImpactEditor(case)
    none = editor.table.iloc[:0]
    monkeypatch.setattr(tables, "combination_table", lambda *_: none)
    editor._solve()
    assert editor.summary.value
    assert editor.found.options == ()


@pytest.mark.parametrize(
    "edits", [None, 3, {"a": 1}, {"a|b|c|d": 2}, {"front-line|stalemate|front-line|slow-advance": 1}]
)
def test_edits_that_name_nothing_are_left_out(case, edits):
    assert tables.sound_edits(case, edits) == {}


def test_edits_beyond_three_or_not_whole_are_left_out(case):
    key = tables.judgements(case)["key"].iloc[0]
    assert tables.sound_edits(case, {key: 4}) == {}
    assert tables.sound_edits(case, {key: 1.5}) == {}
    assert tables.sound_edits(case, {key: -3}) == {key: -3}


def test_the_matrix_has_a_cell_for_each_pair_of_states_of_two_drivers(case):
    drivers = tables.drivers(case)
    sizes = [len(driver["states"]) for driver in drivers.values()]
    rows = matrix_rows(case, drivers, {})
    assert len(rows) == sum(sizes) ** 2 - sum(size**2 for size in sizes)
    assert "none has been made" in charts.matrix_alt(rows)


def test_a_story_is_found_by_its_pattern(case):
    for each in tables.records(tables.combination_table(case, tables.cross_impact(case))):
        pattern = case.scenarios["scenarios"][each["story"]]["pattern"]
        assert all(each[driver] in states for driver, states in pattern.items())


# Graph model


def test_the_table_says_of_each_state_what_the_model_says(case):
    for given in tables.graph_models(case).values():
        solved = tables.graph_model(given)
        table = tables.stability_table(given, solved)
        for concept in tables.CONCEPTS:
            assert list(table[table[concept]]["key"]) == [
                state for state in solved.states if state in solved.equilibria(concept)
            ]


def test_the_editor_opens_on_a_judgement_that_has_a_reason(case):
    explorer = CrossImpactEditor(case)
    assert explorer.judgement.value != 0
    assert "no judgement here" not in explorer.why.value


def test_the_picture_names_scenarios_as_the_cards_do(case):
    cards = ScenarioCards(case)
    assert list(dict.fromkeys(cards.chart.rows["name"])) == cards.table["title"].tolist()


def test_each_world_says_which_ends_make_it(case):
    worlds = TwoByTwo(case)
    first = worlds.table.iloc[0]
    for end in (first["across"], first["up"]):
        assert html.escape(" ".join(end.split())) in " ".join(worlds.captions[0].value.split())


def test_choosing_a_state_says_why_for_each_side_by_name(case):
    explorer = StabilityTable(case)
    explorer.selected = explorer.table["key"].iloc[0]
    assert explorer.why.value.count("<li>") == len(explorer.given["decision_makers"])
    assert "Ukraine" in explorer.why.value
    assert "” (" not in explorer.why.value, "the name of a state says what it is"
    assert explorer.chart.selected == {"pick": [f"{explorer.selected}|Nash"]}
    assert len(explorer.evidence) > 0


def test_a_click_chooses_state_and_concept(case):
    explorer = StabilityTable(case)
    state = explorer.table["key"].iloc[1]
    explorer.chart.selected = {"pick": [f"{state}|SMR"]}
    assert (explorer.state.value, explorer.concept.value) == (state, "SMR")


def test_a_ranking_that_is_tried_is_solved_at_once_and_taken_back(case):
    explorer = StabilityTable(case)
    before = explorer.table.copy()
    ceasefire, war = "YNYY", "NNNN"
    assert not before.set_index("key").at[ceasefire, "GMR"]
    explorer.side.value, explorer.moved.value, explorer.above.value = "russia", ceasefire, "YYYN"
    assert explorer.table.set_index("key").at[ceasefire, "Nash"], "now nobody can do better by moving"
    assert stability_rows(explorer.table).equals(explorer.chart.rows)
    assert explorer.table.set_index("key").at[war, "Nash"]
    explorer.above.value = ""
    assert explorer.table.equals(before)


def test_a_state_ranked_anew_stands_just_above_the_other_and_nothing_else_moves():
    model = {
        "decision_makers": {"a": {"x": ""}, "b": {"y": ""}},
        "preferences": {"a": [["NN", "YN"], ["YY"], ["NY"]], "b": [["--"]]},
    }
    moved = tables.reranked(model, "a", "NY", "YY")
    assert tables.ranking(tables.graph_model(moved), "a") == [["NN", "YN"], ["NY"], ["YY"]]
    assert tables.ranking(tables.graph_model(moved), "b") == [["NN", "YN", "NY", "YY"]], "all equally good"


def test_another_model_brings_its_own_states(case):
    explorer = StabilityTable(case)
    explorer.selected = explorer.table["key"].iloc[0]
    explorer.model.value = list(explorer.models)[1]
    assert explorer.selected is None
    assert len(explorer.chart.rows) == len(explorer.table) * len(tables.CONCEPTS)
    assert stability_rows(explorer.table).equals(explorer.chart.rows)


# Forecast


def test_a_forecast_is_kept_with_its_reason_and_its_day(case):
    explorer = Forecast(case)
    explorer.choose("f1")
    explorer.probability.value = 30
    explorer.reason.value = "Exchanges have been kept."
    explorer.keep.click()
    kept = portfolio(case).read(Forecast.KEY)["f1"]
    assert (kept["probability"], kept["reason"]) == (30, "Exchanges have been kept.")
    assert datetime.date.fromisoformat(kept["on"])
    again = Forecast(case)
    again.choose("f1")
    assert again.probability.value == 30
    assert "30 %" in again.listed.options[0][0]


def test_keeping_without_a_question_says_what_to_do(case):
    explorer = Forecast(case)
    explorer.keep.click()
    assert "Choose a question first" in explorer.card.value
    assert portfolio(case).read(Forecast.KEY) is None


def test_practice_scores_each_answer_and_tells_the_outcome(case):
    explorer = Forecast(case)
    question = explorer.past_question
    explorer.past_probability.value = 100
    explorer.answer.click()
    penalty = (1 - question["outcome"]) ** 2
    assert f"penalty {penalty:.2f}" in explorer.told.value
    assert f"Brier score over 1: {penalty:.2f}" in explorer.score.value
    assert explorer.past_question["id"] != question["id"]
    assert Forecast(case).past_question["id"] == explorer.past_question["id"]


def test_a_question_that_one_knows_is_left_out_of_the_score(case):
    explorer = Forecast(case)
    first = explorer.past_question["id"]
    explorer.skip.click()
    assert explorer.past_question["id"] != first
    assert explorer.practised == {}


def test_the_score_is_taken_apart_when_there_is_enough_of_it(case):
    explorer = Forecast(case)
    while explorer.past_question is not None:
        explorer.past_probability.value = 40
        explorer.answer.click()
    assert "Reliability" in explorer.score.value
    assert "all practice questions" in explorer.past_card.value
    assert explorer.answer.disabled


def test_others_are_pooled_with_ones_own(case):
    explorer = Forecast(case, others=[{"f1": {"probability": 10}}, {"f1": {"probability": 90}}, "junk"])
    explorer.choose("f1")
    explorer.probability.value = 20
    explorer.keep.click()
    (row,) = tables.records(tables.pooled([{"f1": 10}, {"f1": 90}, {"f1": 20}], ["f1"]))
    assert (row["people"], row["lowest"], row["median"], row["highest"]) == (3, 10, 20, 90)
    assert '<td dir="auto">3</td>' in explorer.pool.value


@pytest.mark.parametrize(
    "kept",
    [None, [], {"f1": 30}, {"f1": {"probability": 300}}, {"zz": {"probability": 3}}, {"f1": {"probability": True}}],
)
def test_forecasts_that_are_not_sound_are_left_out(case, kept):
    portfolio(case).save(Forecast.KEY, kept)
    assert Forecast(case).forecasts == {}


def test_the_curve_of_nobody_is_the_perfect_line_alone():
    assert list(calibration_rows([], [])["what"]) == ["perfect", "perfect"]


def test_the_curve_puts_what_was_said_against_what_came():
    rows = calibration_rows([90, 90, 10, 10], [1, 1, 0, 1])
    yours = rows[rows["what"] == "you"]
    assert yours[["x", "y", "forecasts"]].to_numpy().tolist() == [[10.0, 50.0, 2], [90.0, 100.0, 2]]


def test_a_question_is_due_on_its_day():
    day = datetime.date(2026, 12, 31)
    assert tables.is_due(day, day)
    assert not tables.is_due(day, datetime.date(2026, 12, 30))
