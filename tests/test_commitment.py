"""The commitment problem and Fearon's other two mechanisms, worked by hand."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.errors import ModelError
from kit.models.commitment import PowerShift, bargaining_range, best_demand, divisions_within

# By hand: fighting now 0.6 - 0.1 = 0.5; the rising side keeps 0.6 - 0.4 + 0.1 = 0.3 tomorrow.
HARD = PowerShift(p=0.6, shift=0.4, cost_declining=0.1, cost_rising=0.1)
shares = st.floats(0, 1)
models = st.builds(lambda p, part, cd, cr, g: PowerShift(p, p * part, cd, cr, g), *[shares] * 5)


def test_the_declining_side_fights_when_the_best_believable_promise_is_worth_less_than_war():
    assert (HARD.fighting_now, HARD.promise) == pytest.approx((0.5, 0.3))
    assert HARD.war


def test_war_begins_where_the_shift_passes_what_war_costs_both():
    assert HARD.threshold == pytest.approx(0.2)
    assert not replace(HARD, shift=0.2).war
    assert replace(HARD, shift=0.21).war


def test_a_guarantee_moves_the_threshold_one_for_one():
    assert replace(HARD, guarantee=0.15).threshold == pytest.approx(0.35)
    assert HARD.guarantee_needed == pytest.approx(0.2)
    assert not replace(HARD, guarantee=HARD.guarantee_needed).war


@given(models)
def test_the_threshold_and_the_comparison_of_war_and_peace_agree(model):
    if abs(model.shift - model.threshold) > 1e-9:
        assert model.war == (model.shift > model.threshold)


@given(models, shares)
def test_more_cost_and_more_guarantee_never_bring_war(model, more):
    for name in ("cost_declining", "cost_rising", "guarantee"):
        assert replace(model, **{name: getattr(model, name) + more}).war <= model.war


@given(models)
def test_the_guarantee_that_is_needed_is_enough_and_no_more(model):
    enough = replace(model, guarantee=model.guarantee_needed + 1e-6)
    assert not enough.war
    if model.guarantee_needed > 1e-5:
        assert replace(model, guarantee=model.guarantee_needed - 1e-5).war


def test_some_division_suits_both_as_long_as_war_costs_anything():
    assert bargaining_range(0.5, 0.2, 0.1) == pytest.approx((0.3, 0.6))
    assert bargaining_range(0.1, 0.2, 0.95) == (0.0, 1.0)


def test_an_issue_that_can_be_divided_in_few_ways_may_leave_none_that_suits_both():
    assert divisions_within([0, 1], 0.5, 0.2, 0.1) == []
    assert divisions_within([0, 0.5, 1], 0.5, 0.2, 0.1) == [0.5]


def test_not_knowing_the_others_cost_makes_a_risk_of_war_worth_running():
    # By hand: t = (0.4 - 0.1) / 2 = 0.15, risk 0.15 / 0.4.
    assert best_demand(0.5, 0.1, 0.4) == pytest.approx({"demand": 0.65, "risk": 0.375})
    assert best_demand(0.5, 0.4, 0.4)["risk"] == 0


@given(shares, shares, st.floats(0.01, 1), shares)
def test_no_other_demand_does_better(p, cost, most, other):
    def expected(t):
        return (1 - t / most) * (p + t) + (t / most) * (p - cost)

    best = best_demand(p, cost, most)["demand"] - p
    assert expected(best) >= expected(other * min(most, 1 - p)) - 1e-9


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"p": 1.2}, "p: 1.2 was given. Give a number from 0 to 1"),
        ({"shift": 0.7}, "shift: 0.7 was given. Give a number from 0 to 0.6"),
        ({"cost_rising": -0.1}, "cost_rising: -0.1"),
        ({"guarantee": float("nan")}, "guarantee: nan"),
    ],
)
def test_a_number_out_of_range_is_named(change, said):
    with pytest.raises(ModelError, match=said):
        replace(HARD, **change)
