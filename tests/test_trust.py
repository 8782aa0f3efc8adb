"""Trust: the simulation against the closed form, its rules one by one, and what an alarm is worth."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kit.errors import ModelError
from kit.models import trust
from kit.models.trust import (
    Plan,
    Stakes,
    blurred,
    break_even_false_alarm,
    long_run_cooperation,
    monitoring_effect,
    simulate,
    verification_dilemma,
)

chances = st.floats(0, 1)
QUIET = {"risks": 0, "false_alarm": 0}


def kept_words(p, q, error, *, rounds, runs, **sight):
    """Return who kept their word when, for strategies and errors that do not change: runs × rounds × 2 sides."""
    return trust._play(Plan(np.zeros(rounds), risks=error, p=p, q=q, **sight), runs, seed=1)[0]


def test_a_quiet_month_adds_less_the_more_trust_there_is():
    path = simulate(Plan([0.5, 0.5, 0.5], **QUIET), start=0.2, runs=3)
    assert path == pytest.approx(np.array([[0.6, 0.8, 0.9]] * 3))


def test_an_alarm_takes_its_share_of_trust_and_the_month_adds_nothing():
    # Both sides always slip and are always seen: two alarms a month.
    path = simulate(Plan([0.5], risks=1, damage=0.5), start=0.8, runs=2)
    assert path == pytest.approx(np.array([[0.2], [0.2]]))


def test_a_breach_that_nobody_sees_costs_no_trust():
    unseen = simulate(Plan([0.5], risks=1, detection=0), start=0.2, runs=2)
    assert unseen == pytest.approx(np.array([[0.6], [0.6]]))


def test_a_false_alarm_costs_as_much_as_a_true_one():
    path = simulate(Plan([0.5], risks=0, false_alarm=1, damage=0.5), start=0.8, runs=2)
    assert path == pytest.approx(np.array([[0.2], [0.2]]))


def test_damage_and_risk_may_differ_from_month_to_month():
    path = simulate(Plan([0.5, 0.5], risks=[0, 1], damage=[1, 0]), start=0, runs=2)
    assert path == pytest.approx(np.array([[0.5, 0.5]] * 2))


def test_a_side_that_never_forgives_answers_a_breach_with_breaches():
    kept = kept_words(1, 0, 0, false_alarm=1, rounds=3, runs=2)
    assert kept.tolist() == [[[True, True], [False, False], [False, False]]] * 2


def test_the_same_seed_gives_the_same_runs_and_another_seed_others():
    plan = Plan([0.1] * 12, risks=0.1)
    assert (simulate(plan, seed=3) == simulate(plan, seed=3)).all()
    assert (simulate(plan, seed=3) != simulate(plan, seed=4)).any()
    assert simulate(plan).shape == (1000, 12)


@given(chances, chances, chances, chances, chances, st.integers(0, 99))
def test_trust_stays_between_zero_and_one(gain, risk, damage, start, sight, seed):
    plan = Plan([gain] * 6, risks=risk, damage=damage, detection=sight, false_alarm=1 - sight)
    path = simulate(plan, start=start, runs=20, seed=seed)
    assert ((path >= 0) & (path <= 1)).all()


@given(st.floats(0, 1), st.floats(0, 1), st.floats(0.02, 0.5), st.floats(0.3, 1), st.floats(0, 0.5))
@settings(max_examples=25)
def test_the_simulation_comes_out_at_the_closed_form(p, q, error, detection, false_alarm):
    sight = {"detection": detection, "false_alarm": false_alarm}
    kept = kept_words(p, q, error, **sight, rounds=300, runs=2000)
    assert kept[:, 200:].mean() == pytest.approx(long_run_cooperation(p, q, error, **sight), abs=0.05)


@given(st.floats(0.001, 0.999))
def test_tit_for_tat_sinks_to_one_half_under_any_error(error):
    assert long_run_cooperation(1, 0, error) == pytest.approx(0.5)


def test_tit_for_tat_without_errors_depends_on_how_it_began():
    assert math.isnan(long_run_cooperation(1, 0, 0))
    assert kept_words(1, 0, 0, rounds=50, runs=5).all()


def test_forgiving_a_third_of_breaches_recovers_most_of_what_errors_cost():
    # By hand with e = 0.1: p' = 0.9, q' = 0.3 * 0.9 + 0.7 * 0.1 = 0.34; c = 0.34 / 0.44.
    assert blurred(1, 0.3, 0.1) == pytest.approx((0.9, 0.34))
    assert long_run_cooperation(1, 0.3, 0.1) == pytest.approx(0.34 / 0.44)


def test_bad_sight_blurs_as_worked_by_hand():
    # After a kept word: 0.8 * 1 + 0.2 * 0.5 = 0.9; after a breach: 0.6 * 0.5 + 0.4 * 1 = 0.7.
    assert blurred(1, 0.5, detection=0.6, false_alarm=0.2) == pytest.approx((0.9, 0.7))


def test_where_breaches_are_rare_most_alarms_are_false():
    # By hand: 0.01 * 0.9 = 0.009 true alarms against 0.99 * 0.05 = 0.0495 false ones.
    told = verification_dilemma(prior=0.01, detection=0.9, false_alarm=0.05)
    assert told["breach_if_alarm"] == pytest.approx(0.009 / 0.0585)
    assert told["breach_if_quiet"] == pytest.approx(0.001 / 0.9415)


@given(chances, chances, chances)
def test_on_average_looking_does_not_change_a_belief(prior, detection, false_alarm):
    told = verification_dilemma(prior, detection, false_alarm)
    parts = [(told["alarm"], told["breach_if_alarm"]), (1 - told["alarm"], told["breach_if_quiet"])]
    assert sum(weight * belief for weight, belief in parts if weight > 0) == pytest.approx(prior, abs=1e-9)


def test_an_alarm_that_never_sounds_says_nothing():
    assert math.isnan(verification_dilemma(0.5, 0, 0)["breach_if_alarm"])
    assert math.isnan(verification_dilemma(0.5, 1, 1)["breach_if_quiet"])


def test_monitoring_wrecks_above_the_break_even_rate_of_false_alarms_and_builds_below():
    # By hand: prior 0.2, detection 0.5, stakes 1, 4, 4: (0.8 * 1 + 0.2 * 0.5 * 4) / (0.8 * 5) = 0.3.
    assert break_even_false_alarm(0.2, 0.5) == pytest.approx(0.3)
    assert monitoring_effect(0.2, 0.5, 0.29) > 0 > monitoring_effect(0.2, 0.5, 0.31)
    assert break_even_false_alarm(1, 0.5) == 1


def test_the_stakes_can_be_changed():
    assert monitoring_effect(0, 0, 0.5, Stakes(reassured=1, accused=1, missed=0)) == 0


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: Plan([]), "gains: the list is empty"),
        (lambda: Plan([0.1, 2]), "gains, entry 2: 2 was given. Give a number from 0 to 1"),
        (lambda: Plan([0.1, 0.1], risks=[0.1] * 3), "risks: 3 numbers were given for 2 months"),
        (lambda: Plan([0.1], p=-1), "p: -1 was given"),
        (lambda: Plan([0.1], damage=math.nan), "damage, entry 1: nan was given"),
        (lambda: simulate(Plan([0.1]), runs=0), "runs: 0 was given"),
        (lambda: simulate(Plan([0.1]), start=2), "start: 2 was given"),
        (lambda: simulate(Plan([0.1] * 10_000), runs=10_000), "10,000 runs of 10,000 months"),
        (lambda: long_run_cooperation(1, 0, 1.5), "error: 1.5 was given"),
        (lambda: verification_dilemma(2, 0, 0), "prior: 2 was given"),
        (lambda: simulate(Plan([0.1]), seed=-1), "seed: -1 was given"),
        (lambda: Stakes(reassured=0), "reassured: 0 was given"),
    ],
)
def test_what_is_wrong_with_an_input_is_said(make, said):
    with pytest.raises(ModelError, match=said):
        make()
