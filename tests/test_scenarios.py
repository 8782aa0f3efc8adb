"""Unit 05: cards, two by two, cross-impact editor, stability table and forecasts, driven from Python."""

import datetime

import pytest

from kit.case import bundled_cases, load_case
from kit.learning.portfolio import portfolio
from kit.rows import records
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
from kit.scenarios.explorers import stability_rows
from kit.scenarios.forecasting import bet_rows, calibration_rows
from kit.scenarios.matrix import matrix_rows
from kit.screen import html


@pytest.fixture(scope="module")
def case():
    return load_case("ukraine")


# Cards


def test_one_press_opens_a_card_with_story_reasons_signposts_and_sentences(case):
    cards = ScenarioCards(case)
    cards.scenario.value = "frozen-conflict"
    scenario = case.scenarios["scenarios"]["frozen-conflict"]
    for each in (*scenario["for"], *scenario["against"], *scenario["signposts"]):
        assert html.escape(each["text"]) in cards.card.value
    assert len(cards.evidence) == len(scenario["for"]) + len(scenario["against"])


def test_reasons_lead_to_the_sentences_of_their_side(case):
    cards = ScenarioCards(case)
    cards.scenario.value = "limited-ceasefire"
    cards.side.value = "against"
    quotes = [each["quote"] for each in case.scenarios["scenarios"]["limited-ceasefire"]["against"] if each["quote"]]
    assert len(cards.evidence) == len(quotes)
    assert all(any(quote in text for text in cards.evidence["text"]) for quote in quotes)


def test_a_square_opens_what_one_article_says_of_one_scenario(case):
    cards = ScenarioCards(case)
    square = cards.chart.rows.sort_values("sentences").iloc[-1]
    cards.chart.selected = {"pick": [square.key]}
    assert case.scenarios["scenarios"][cards.row.value]["code"] == square.code
    assert len(cards.evidence) == square.sentences


def test_the_picture_names_scenarios_as_the_cards_do(case):
    assert list(dict.fromkeys(ScenarioCards(case).chart.rows["name"])) == list(ScenarioCards(case).scenarios.values())


def test_the_picture_waits_for_a_guess_which_is_kept(case):
    cards = ScenarioCards(case)
    assert cards.chart.layout.display == "none"
    cards.guess.make("001-pressure")
    assert cards.chart.layout.display == ""
    assert "10 of 25" in cards.guess.verdict.value
    assert ScenarioCards(case).guess.guess == "001-pressure"


# Elements of a settlement


def test_an_element_opens_its_sentences_in_one_article_or_in_all(case):
    explorer = SettlementMap(case)
    cell = explorer.table.sort_values("sentences").iloc[-1]
    explorer.chart.selected = {"pick": [cell.key]}
    assert (explorer.row.value, explorer.column.value) == (cell.code, cell.article)
    assert len(explorer.evidence) == cell.sentences
    explorer.column.value = ""
    assert len(explorer.evidence) == explorer.table[explorer.table["code"] == cell.code]["sentences"].sum()


# Two by two


def test_four_worlds_are_named_kept_and_found_again(case):
    first = TwoByTwo(case)
    first.names[3].value = "A cold quiet"
    first.stories[3].value = "Nobody shoots and nobody signs."
    again = TwoByTwo(case)
    assert again.names[3].value == "A cold quiet"
    assert again.stories[3].value == "Nobody shoots and nobody signs."
    assert again.table["name"].tolist() == ["", "", "", "A cold quiet"]


def test_each_pair_of_factors_keeps_worlds_of_its_own(case):
    board = TwoByTwo(case)
    board.names[0].value = "First pair"
    board.choose("terms|talks")
    assert (board.across.value, board.up.value) == ("terms", "talks")
    assert board.names[0].value == ""
    board.choose("front-line|ceasefire")
    assert board.names[0].value == "First pair"


def test_the_same_factor_on_both_axes_is_refused_in_words_and_nothing_is_lost(case):
    board = TwoByTwo(case)
    board.names[0].value = "Kept"
    before = board.up.value
    board.up.value = board.across.value
    assert "two different factors" in board.panel.text.value
    assert board.grid.layout.display == "none"
    board.up.value = before
    assert board.names[0].value == "Kept"


def test_each_world_says_which_values_make_it(case):
    worlds = TwoByTwo(case)
    first = worlds.table.iloc[0]
    assert html.escape(first["across"]) in worlds.captions[0].value
    assert html.escape(first["up"]) in worlds.captions[0].value


@pytest.mark.parametrize(
    "kept", [7, [], {"worlds": 3}, {"across": "nowhere", "worlds": {"x|y": "z"}}, {"worlds": {"a|b": [1, 2, 3, 4]}}]
)
def test_a_broken_portfolio_entry_opens_an_empty_board(case, kept):
    portfolio(case).save(TwoByTwo.KEY, kept)
    assert [name.value for name in TwoByTwo(case).names] == [""] * 4


# Cross-impact


def test_the_listed_combinations_are_those_that_the_model_calls_consistent(case):
    editor = CrossImpactEditor(case)
    for each in records(editor.table):
        assert editor.model.inconsistency({key: each[key] for key in editor.factors}) == 0
    assert "6 of 486 combinations hold together" in editor.card.value


def test_the_first_step_has_the_three_factors_that_bear_most_on_each_other(case):
    editor = CrossImpactEditor(case, 3)
    assert list(editor.factors) == ["terms", "talks", "ceasefire"]
    assert "4 of 27 combinations hold together" in editor.card.value
    assert "far-apart|small-steps|partial" in set(editor.table["key"])


def test_a_changed_judgement_says_which_combinations_went_and_came(case):
    editor = CrossImpactEditor(case)
    editor.chart.selected = {"pick": ["ceasefire/none|front-line/stalemate"]}
    assert editor.judgement.value == -1
    editor.judgement.value = 0
    assert editor.went == ["slow-advance|steps-back|pays-only|far-apart|none|none"]
    assert "↓ Went: </strong>The war goes on" in editor.card.value
    editor.judgement.value = -1
    assert (editor.came, editor.went) == (["slow-advance|steps-back|pays-only|far-apart|none|none"], [])


def test_a_change_that_changes_nothing_says_so(case):
    editor = CrossImpactEditor(case)
    editor.choose("us-policy/presses-both|terms/far-apart")
    editor.judgement.value = -3
    assert "brought no combination and took none away" in editor.card.value


def test_edits_to_the_whole_matrix_are_kept_and_those_of_the_first_step_are_not(case):
    for factors, count in ((3, 0), (None, 1)):
        editor = CrossImpactEditor(case, factors)
        editor.choose("talks/small-steps|ceasefire/partial")
        editor.judgement.value = -3
        assert len(CrossImpactEditor(case).edits) == count
    assert set(CrossImpactEditor(case).table["key"]) == set(editor.table["key"])


def test_putting_the_judgements_back_brings_the_first_result_back(case):
    editor = CrossImpactEditor(case)
    before = set(editor.table["key"])
    editor.choose("talks/small-steps|ceasefire/partial")
    editor.judgement.value = -3
    assert set(editor.table["key"]) != before
    editor.reset.click()
    assert editor.edits == {}
    assert editor.judgement.value == 3
    assert set(editor.table["key"]) == before


def test_a_square_and_two_lists_choose_the_same_judgement(case):
    editor = CrossImpactEditor(case)
    editor.chart.selected = {"pick": ["terms/trade|talks/package"]}
    assert (editor.source.value, editor.target.value) == ("terms/trade", "talks/package")
    editor.target.value = "talks/none"
    assert editor.chart.selected["pick"] == ["terms/trade|talks/none"]
    editor.target.value = "terms/far-apart"
    assert "two different factors" in editor.panel.text.value
    assert editor.judgement.disabled


def test_a_combination_tells_what_it_rests_on_and_opens_sentences(case):
    editor = CrossImpactEditor(case)
    editor.found.value = "slow-advance|steps-back|pays-only|far-apart|none|none"
    assert "It rests on" in editor.card.value
    assert editor.judgement.disabled
    assert len(editor.evidence) > 0


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


def test_the_matrix_has_a_cell_for_each_pair_of_values_of_two_factors(case):
    factors = tables.factors_of(case)
    sizes = [len(each["states"]) for each in factors.values()]
    rows = matrix_rows(factors, {})
    assert len(rows) == sum(sizes) ** 2 - sum(size**2 for size in sizes)
    assert "none has been made" in charts.matrix_alt(rows)


def test_every_consistent_combination_of_the_case_belongs_to_a_scenario(case):
    for each in records(tables.combination_table(case, tables.cross_impact(case))):
        pattern = case.scenarios["scenarios"][each["story"]]["pattern"]
        assert all(each[factor] in values for factor, values in pattern.items())


# Graph model


def test_the_table_says_of_each_situation_what_the_model_says(case):
    for given in case.scenarios["graph_models"].values():
        solved = tables.graph_model(given)
        table = tables.stability_table(given, solved)
        for concept in tables.CONCEPTS:
            stable = [state for state in solved.states if state in solved.equilibria(concept)]
            assert list(table[table[concept]]["key"]) == stable


def test_choosing_a_situation_says_why_for_each_side_by_name(case):
    explorer = StabilityTable(case)
    explorer.situation.value = "YNYN"
    assert explorer.card.value.count("<li>") == 2
    assert "Russia leaves “Ceasefire on the line, no guarantees”" in explorer.card.value
    assert "” (" not in explorer.card.value, "the name of a situation says what it is"
    assert len(explorer.evidence) > 0


def test_a_click_chooses_situation_and_sense(case):
    explorer = StabilityTable(case)
    explorer.chart.selected = {"pick": ["YNYN|SMR"]}
    assert (explorer.situation.value, explorer.concept.value) == ("YNYN", "SMR")
    assert "stable for all sides" in explorer.card.value


def test_a_ranking_that_is_tried_is_solved_at_once_and_taken_back(case):
    explorer = StabilityTable(case)
    before = explorer.table.copy()
    explorer.side.value, explorer.moved.value, explorer.above.value = "russia", "YNYY", "YYYN"
    assert explorer.table.set_index("key").at["YNYY", "Nash"], "now nobody can do better by moving"
    assert stability_rows(explorer.table).equals(explorer.chart.rows)
    explorer.above.value = ""
    assert explorer.table.equals(before)


def test_the_swap_that_the_notebook_invites_gives_ukraine_a_gain_from_firing_first(case):
    explorer = StabilityTable(case)
    explorer.choose("YNYN|Nash")
    assert "Ukraine stays" in explorer.card.value
    explorer.side.value, explorer.moved.value, explorer.above.value = "ukraine", "NNYN", "YNYN"
    assert "Ukraine leaves" in explorer.card.value
    assert "Russia leaves" in explorer.card.value


def test_a_situation_ranked_anew_stands_just_above_the_other_and_nothing_else_moves():
    model = {
        "decision_makers": {"a": {"x": ""}, "b": {"y": ""}},
        "preferences": {"a": [["NN", "YN"], ["YY"], ["NY"]], "b": [["--"]]},
        "infeasible": [],
        "irreversible": [],
    }
    moved = tables.move_state(model, "a", "NY", "YY")
    assert tables.rank_states(tables.graph_model(moved), "a") == [["NN", "YN"], ["NY"], ["YY"]]
    assert tables.rank_states(tables.graph_model(moved), "b") == [["NN", "YN", "NY", "YY"]], "all equally good"


def test_a_pattern_that_names_no_option_bars_nothing():
    model = {
        "decision_makers": {"a": {"x": ""}},
        "preferences": {"a": [["N"]]},
        "infeasible": [{}, {"a.z": "Y"}, {"a.x": "Y"}],
        "irreversible": [],
    }
    assert tables.graph_model(model).states == ["N"]


def test_another_model_brings_its_own_situations(case):
    explorer = StabilityTable(case)
    explorer.choose("YNYN|Nash")
    explorer.model.value = "three-party"
    assert explorer.selected is None
    assert len(explorer.chart.rows) == len(explorer.table) * len(tables.CONCEPTS)
    assert stability_rows(explorer.table).equals(explorer.chart.rows)


# Forecast


def test_a_forecast_is_kept_with_its_reason_and_its_day(case):
    explorer = Forecast(case)
    explorer.choose("f2")
    explorer.probability.value = 30
    explorer.reason.value = "Truces have been made before."
    explorer.keep.click()
    kept = {"probability": 30, "reason": "Truces have been made before.", "on": "2026-09-01"}
    assert portfolio(case).read(Forecast.KEY) == {"f2": kept}
    again = Forecast(case)
    again.choose("f2")
    assert again.probability.value == 30
    assert "30 %" in again.listed.options[0][0]


def test_keeping_without_a_question_says_what_to_do(case):
    explorer = Forecast(case)
    explorer.keep.click()
    assert "Choose a question first" in explorer.panel.text.value
    assert portfolio(case).read(Forecast.KEY) is None


def test_a_question_says_until_when_it_is_open_and_whether_it_may_be_decided_earlier(case):
    explorer = Forecast(case)
    explorer.choose("f2")
    assert "Open until 31 December 2026. It may be decided earlier" in explorer.card.value
    explorer.choose("f12")
    assert "Open until 1 March 2027." in explorer.card.value
    assert "earlier" not in explorer.card.value


@pytest.mark.parametrize(("year", "left"), [(2026, 24), (2027, 21), (2028, 8), (2029, 0)])
def test_the_unit_opens_in_later_years_and_closed_questions_cannot_be_answered(case, monkeypatch, year, left):
    portfolio(case).save(Forecast.KEY, {"f2": {"probability": 30, "reason": "", "on": "2026-09-01"}})
    monkeypatch.setenv("PARLEY_TODAY", f"{year}-09-01" if year == 2026 else f"{year}-01-15")
    explorer = Forecast(case)
    still = [key for key, each in explorer.questions.items() if tables.is_open(case, each["closes"], explorer.day)]
    assert len(still) == left
    explorer.choose("f2")
    if year > 2026:
        assert "Closed since 31 December 2026" in explorer.card.value
        assert "If yes, its penalty is 0.49; if no, 0.09." in explorer.card.value
        assert explorer.keep.disabled
        explorer.probability.value = 99
        explorer._keep()
        assert explorer.forecasts["f2"]["probability"] == 30
    explorer.part.value = "past"
    explorer.answer.click()
    assert len(explorer.practised) == 1


def test_no_question_asks_for_a_number_of_the_dead():
    for name in bundled_cases():
        questions = load_case(name).scenarios["forecast_questions"]
        asked = " ".join(f"{each['question']} {each['rule']}" for each in questions).lower()
        assert not any(word in asked for word in ("killed", "deaths", "casualt", " dead "))


def test_a_case_set_in_the_past_asks_for_an_answer_as_of_its_day():
    explorer = Forecast(load_case("northern-ireland"))
    explorer.choose("f1")
    assert "Answer as of 30 June 1998" in explorer.card.value
    assert "look up the outcome" not in explorer.card.value.lower()
    explorer.keep.click()
    assert explorer.forecasts["f1"]["probability"] == 50


def test_practice_draws_the_bet_beside_the_outcome_and_scores_it(case):
    explorer = Forecast(case)
    explorer.part.value = "past"
    question = explorer.past_question
    explorer.past_probability.value = 100
    explorer.answer.click()
    penalty = (1 - question["outcome"]) ** 2
    assert html.escape(question["question"]) in explorer.card.value
    assert f"penalty {penalty:.2f}" in explorer.card.value
    assert f"Brier score over 1: {penalty:.2f}" in explorer.card.value
    assert explorer.bets.rows[["key", "said", "came"]].to_numpy().tolist() == [
        [question["id"], 100, 100 * question["outcome"]]
    ]
    assert Forecast(case).past_question["id"] == explorer.past_question["id"] != question["id"]


def test_a_click_on_a_bet_reads_its_question_again(case):
    explorer = Forecast(case)
    explorer.part.value = "past"
    first = explorer.past_question
    explorer.answer.click()
    explorer.answer.click()
    explorer.bets.selected = {"pick": [first["id"]]}
    assert html.escape(first["explanation"]) in explorer.card.value


def test_a_question_that_one_knows_is_left_out_of_the_score(case):
    explorer = Forecast(case)
    first = explorer.past_question["id"]
    explorer.skip.click()
    assert explorer.past_question["id"] != first
    assert explorer.practised == {}


def test_the_score_is_taken_apart_when_there_is_enough_of_it(case):
    explorer = Forecast(case)
    explorer.part.value = "past"
    while explorer.past_question is not None:
        explorer.past_probability.value = 40
        explorer.answer.click()
    assert "Discrimination 0.00" in explorer.card.value, "one number for all tells nothing apart"
    assert "all practice questions" in explorer.past_card.value
    assert explorer.answer.disabled


@pytest.mark.parametrize(
    "kept",
    [None, [], {"f2": 30}, {"f2": {"probability": 300}}, {"zz": {"probability": 3}}, {"f2": {"probability": True}}],
)
def test_forecasts_that_are_not_sound_are_left_out(case, kept):
    portfolio(case).save(Forecast.KEY, kept)
    assert Forecast(case).forecasts == {}


def test_the_curve_of_nobody_is_the_perfect_line_alone():
    assert list(calibration_rows([], [])["what"]) == ["perfect", "perfect"]
    assert bet_rows({}, {}).empty


def test_the_curve_puts_what_was_said_against_what_came():
    rows = calibration_rows([90, 90, 10, 10], [1, 1, 0, 1])
    yours = rows[rows["what"] == "you"]
    assert yours[["x", "y", "forecasts"]].to_numpy().tolist() == [[10.0, 50.0, 2], [90.0, 100.0, 2]]


def test_a_question_closes_on_its_day(case):
    closes = datetime.date(2026, 12, 31)
    assert not tables.is_open(case, closes, closes)
    assert tables.is_open(case, closes, datetime.date(2026, 12, 30))
