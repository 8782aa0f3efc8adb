"""Scoring and pooling forecasts, by hand and by what must hold for any."""

import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.errors import ModelError
from kit.models.forecast import brier, calibration_table, decomposition, pool

NA = math.nan
forecasts_and_outcomes = st.lists(
    st.tuples(st.one_of(st.floats(0, 1), st.sampled_from([0.1, 0.3, 0.5, 0.9])), st.booleans()), min_size=1, max_size=40
)


def split(pairs):
    return [forecast for forecast, _ in pairs], [outcome for _, outcome in pairs]


def test_the_score_runs_from_zero_for_a_sage_to_one_for_a_fool():
    assert brier([1, 0, 1], [True, False, True]) == 0
    assert brier([0, 1], [1, 0]) == 1
    assert brier([0.5, 0.5], [1, 0]) == 0.25


def test_the_score_is_as_worked_by_hand():
    assert brier([0.8, 0.3], [1, 0]) == pytest.approx((0.04 + 0.09) / 2)


def test_the_parts_are_as_worked_by_hand():
    # 0.8 given three times, yes twice; 0.2 once, no. Base rate 1/2.
    parts = decomposition([0.8, 0.8, 0.8, 0.2], [1, 1, 0, 0])
    assert parts["reliability"] == pytest.approx((3 * (0.8 - 2 / 3) ** 2 + 0.2**2) / 4)
    assert parts["resolution"] == pytest.approx((3 * (2 / 3 - 0.5) ** 2 + 0.5**2) / 4)
    assert parts["uncertainty"] == 0.25


@given(forecasts_and_outcomes)
def test_the_parts_always_add_up_to_the_score(pairs):
    reliability, resolution, uncertainty = decomposition(*split(pairs))
    assert reliability - resolution + uncertainty == pytest.approx(brier(*split(pairs)), abs=1e-12)
    assert min(reliability, resolution, uncertainty) >= 0


@given(forecasts_and_outcomes)
def test_naming_the_opposite_question_changes_nothing(pairs):
    forecasts, outcomes = split(pairs)
    assert brier([1 - f for f in forecasts], [not o for o in outcomes]) == pytest.approx(brier(forecasts, outcomes))


@given(forecasts_and_outcomes, st.randoms())
def test_the_order_of_questions_does_not_matter(pairs, random):
    shuffled = random.sample(pairs, len(pairs))
    assert decomposition(*split(shuffled)).tolist() == pytest.approx(decomposition(*split(pairs)).tolist())


def test_a_calibrated_forecaster_without_knowledge_scores_the_uncertainty():
    assert decomposition([0.25] * 4, [1, 0, 0, 0]).tolist() == pytest.approx([0, 0, 0.1875])


def test_calibration_is_told_bin_by_bin():
    table = calibration_table([0.1, 0.3, 0.3, 1.0], [0, 1, 0, 1], bins=10)
    assert table["forecasts"].tolist() == [0, 1, 0, 2, 0, 0, 0, 0, 0, 1]
    assert table.loc[3, ["low", "high", "mean_forecast", "share_true"]].tolist() == pytest.approx([0.3, 0.4, 0.3, 0.5])
    assert math.isnan(table.loc[0, "share_true"])


@given(forecasts_and_outcomes, st.integers(1, 12))
def test_every_forecast_falls_in_the_bin_that_holds_it(pairs, bins):
    table = calibration_table(*split(pairs), bins=bins)
    filled = table[table["forecasts"] > 0]
    assert table["forecasts"].sum() == len(pairs)
    assert (filled["low"] - 1e-9 <= filled["mean_forecast"]).all()
    assert (filled["mean_forecast"] <= filled["high"] + 1e-9).all()


def test_pooling_by_mean_median_and_log_odds_is_as_worked_by_hand():
    table = pd.DataFrame({"Ada": [0.9], "Ben": [0.5], "Cy": [0.5]}, index=["ceasefire"])
    assert pool(table).loc["ceasefire"] == pytest.approx(1.9 / 3)
    assert pool(table, "median").loc["ceasefire"] == 0.5
    assert pool(table, "logodds").loc["ceasefire"] == pytest.approx(9 ** (1 / 3) / (1 + 9 ** (1 / 3)))


def test_pooling_leaves_out_who_gave_no_forecast():
    table = [[0.2, None, 0.4], [NA, NA, NA]]
    for method in ("mean", "median", "logodds"):
        pooled = pool(table, method)
        assert 0.2 < pooled[0] < 0.4
        assert math.isnan(pooled[1])


def test_a_certainty_counts_as_nearly_certain_in_log_odds():
    assert pool([[1.0, 0.0]], "logodds")[0] == pytest.approx(0.5)
    assert pool([[1.0, 1.0]], "logodds")[0] == pytest.approx(0.999)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=6), st.sampled_from(["mean", "median"]))
def test_a_pooled_forecast_lies_between_the_lowest_and_the_highest(row, method):
    assert min(row) - 1e-12 <= pool([row], method)[0] <= max(row) + 1e-12


@given(st.lists(st.floats(0.01, 0.99), min_size=1, max_size=6))
def test_pooled_log_odds_of_yes_and_of_no_mirror_each_other(row):
    assert pool([row], "logodds")[0] == pytest.approx(1 - pool([[1 - value for value in row]], "logodds")[0])


@pytest.mark.parametrize(
    ("ask", "said"),
    [
        (lambda: brier([], []), "forecasts: the list is empty"),
        (lambda: brier([0.5], [1, 0]), "there are 1 forecasts and 2 outcomes"),
        (lambda: brier([70], [1]), "forecasts, entry 1: 70 was given. Give a number from 0 to 1"),
        (lambda: brier([NA], [1]), "forecasts, entry 1: nan"),
        (
            lambda: brier([0.5, 0.5], [1, NA]),
            "outcomes, entry 2: nan was given.*leave out questions that are not settled",
        ),
        (lambda: brier([10**400], [1]), "forecasts, entry 1: 1000"),
        (lambda: pool("half"), "table: the forecasts are no table"),
        (lambda: brier([0.5], [0.5]), "outcomes, entry 1: 0.5 was given"),
        (lambda: brier([0.5], ["yes"]), "outcomes, entry 1: 'yes' was given"),
        (lambda: calibration_table([0.5], [1], bins=0), "bins: 0 was given"),
        (lambda: pool([[0.5]], "average"), "method: 'average' is not known"),
        (lambda: pool([]), "the table is empty"),
        (lambda: pool([[0.5, 50]]), "question 0, forecaster 1: 50.0 was given"),
    ],
)
def test_what_is_wrong_with_an_input_is_said(ask, said):
    with pytest.raises(ModelError, match=said):
        ask()
