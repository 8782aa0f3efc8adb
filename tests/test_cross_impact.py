"""Cross-impact balances: worked by hand, against brute force, and by what must not change the result."""

import itertools
import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.errors import ModelError
from kit.models import cross_impact
from kit.models.cross_impact import CrossImpact

# Two drivers that hold each other up: talks and guns are either open/silent or closed/firing.
TALKS = {"talks": ["open", "closed"], "guns": ["silent", "firing"]}
MUTUAL = [
    [0, 0, 2, -2],
    [0, 0, -3, 3],
    [1, -1, 0, 0],
    [-2, 2, 0, 0],
]
# A driver that wants what the other does not: nothing holds.
CHASE = [
    [0, 0, 1, -1],
    [0, 0, -1, 1],
    [-1, 1, 0, 0],
    [1, -1, 0, 0],
]


# Somewhereland, the teaching case of the ScenarioWizard manual (Weimer-Jehle 2013): government, foreign policy, economy,
# distribution of wealth, social cohesion, social values. A row lists the judgements on the states of the others.
SOMEWHERELAND = {
    "A1": [-2, 1, 1, 0, 0, 0, 0, 0, -2, 1, 1, 0, 0, 0],
    "A2": [2, 1, -3, -2, -1, 3, -2, 2, 0, 0, 0, 2, -1, -1],
    "A3": [0, 0, 0, 0, 2, -2, 3, -3, 2, -1, -1, -2, 2, 0],
    "B1": [0, 0, 0, -2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0],
    "B2": [0, 0, 0, 0, 1, -1, 0, 0, 1, 0, -1, 0, 0, 0],
    "B3": [3, -1, -2, 3, 0, -3, 0, 0, 3, -1, -2, -2, 1, 1],
    "C1": [2, 1, -3, 0, 0, 0, -2, 2, -3, 1, 2, 0, 0, 0],
    "C2": [-1, 2, -1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
    "C3": [0, 0, 0, 0, 0, 0, -2, 2, 3, -1, -2, 0, 0, 0],
    "D1": [0, 0, 0, 0, 0, 0, 0, 0, 0, 3, -1, -2, -2, 1, 1],
    "D2": [0, -3, 3, 0, 0, 0, 0, 0, 0, -3, 1, 2, 2, -1, -1],
    "E1": [0, 0, 0, 0, 0, 0, -2, -1, 3, 0, 0, 2, -1, -1],
    "E2": [0, 0, 0, -1, 0, 1, 1, 1, -2, 0, 0, -1, 0, 1],
    "E3": [2, -1, -1, -3, 1, 2, 3, 0, -3, 0, 0, -2, -1, 3],
    "F1": [0, 3, -3, 0, 0, 0, -3, 0, 3, -3, 3, -2, 1, 1],
    "F2": [1, -2, 1, 0, 0, 0, -1, 2, -1, 2, -2, 2, -1, -1],
    "F3": [0, 0, 0, 0, 0, 0, -1, 2, -1, 1, -1, 2, -1, -1],
}


def somewhereland():
    states = list(SOMEWHERELAND)
    matrix = np.zeros((17, 17))
    for row, judgements in zip(matrix, SOMEWHERELAND.items(), strict=True):
        row[[state[0] != judgements[0][0] for state in states]] = judgements[1]
    return CrossImpact({name: [state for state in states if state[0] == name] for name in "ABCDEF"}, matrix)


@st.composite
def models(draw, judgements=None):
    sizes = draw(st.lists(st.integers(1, 3), min_size=1, max_size=4))
    total = sum(sizes)
    entries = st.integers(-3, 3) if judgements is None else judgements
    matrix = np.array(draw(st.lists(entries, min_size=total**2, max_size=total**2)), dtype=float).reshape(total, total)
    start = 0
    for size in sizes:
        matrix[start : start + size, start : start + size] = 0
        start += size
    return {f"d{k}": [f"s{i}" for i in range(size)] for k, size in enumerate(sizes)}, matrix


def by_hand(descriptors, matrix):
    """Each scenario's shortfall and total impact, by adding up rows one scenario at a time."""
    starts = np.cumsum([0, *map(len, descriptors.values())])
    found = {}
    for scenario in itertools.product(*[range(len(states)) for states in descriptors.values()]):
        balance = sum(matrix[start + k] for start, k in zip(starts, scenario, strict=False))
        own = [balance[start + k] for start, k in zip(starts, scenario, strict=False)]
        best = [balance[a:b].max() for a, b in itertools.pairwise(starts)]
        names = tuple(states[k] for states, k in zip(descriptors.values(), scenario, strict=True))
        found[names] = (max(b - o for b, o in zip(best, own, strict=True)), sum(own))
    return found


def listed(model, bound=0):
    table = model.consistent(bound)
    return {
        tuple(row[name] for name in model.descriptors): (row["inconsistency"], row["total_impact"])
        for _, row in table.iterrows()
    }


def test_somewhereland_has_its_ten_published_scenarios():
    published = {
        "A3 B1 C3 D2 E1 F1",
        "A3 B2 C3 D2 E1 F1",
        "A2 B1 C3 D2 E2 F1",
        "A2 B2 C3 D2 E2 F1",
        "A3 B1 C2 D1 E1 F2",
        "A1 B2 C2 D1 E1 F2",
        "A3 B2 C2 D1 E1 F2",
        "A1 B3 C2 D1 E1 F2",
        "A1 B3 C2 D1 E1 F3",
        "A1 B3 C1 D2 E3 F3",
    }
    table = somewhereland().consistent()
    assert len(table) == 10
    assert {" ".join(row) for row in table[list("ABCDEF")].to_numpy()} == published


def test_somewhereland_has_its_published_balances():
    scenario = dict(zip("ABCDEF", ["A2", "B1", "C3", "D1", "E1", "F1"], strict=True))
    balance = somewhereland().balance(scenario)
    assert list(balance) == [0, 3, -3, 2, 1, -3, -9, -1, 10, -7, 7, 4, -1, -3, 2, -1, -1]
    assert somewhereland().inconsistency(scenario) == 14  # the distribution of wealth: -7 where 7 could be


def test_two_drivers_that_support_each_other_have_two_futures():
    table = CrossImpact(TALKS, MUTUAL).consistent()
    assert table.to_dict("records") == [
        {"talks": "closed", "guns": "firing", "inconsistency": 0, "total_impact": 5},
        {"talks": "open", "guns": "silent", "inconsistency": 0, "total_impact": 3},
    ]


def test_a_row_influences_a_column():
    # Open talks weigh +2 on silent guns; firing guns weigh -2 on open talks.
    balance = CrossImpact(TALKS, MUTUAL).balance({"talks": "open", "guns": "firing"})
    assert balance["guns"].to_dict() == {"silent": 2, "firing": -2}
    assert balance["talks"].to_dict() == {"open": -2, "closed": 2}


def test_inconsistency_is_the_largest_shortfall_and_total_impact_the_sum_of_own_balances():
    model, scenario = CrossImpact(TALKS, MUTUAL), {"talks": "open", "guns": "firing"}
    assert model.inconsistency(scenario) == 4
    assert model.total_impact(scenario) == -4
    assert model.shortfalls(scenario)[["favoured", "shortfall"]].to_numpy().tolist() == [["closed", 4], ["silent", 4]]


def test_a_tie_is_consistent():
    flat = CrossImpact(TALKS, np.zeros((4, 4)))
    assert len(flat.consistent()) == 4
    assert flat.shortfalls({"talks": "closed", "guns": "firing"})["favoured"].tolist() == ["closed", "firing"]


def test_when_nothing_holds_the_table_is_empty_and_says_what_comes_nearest():
    model = CrossImpact(TALKS, CHASE)
    table = model.consistent()
    assert table.empty
    assert list(table) == ["talks", "guns", "inconsistency", "total_impact"]
    assert table.attrs["why_empty"] == model.why_empty
    assert "No combination holds together. The nearest (talks: open, guns: silent) is off by 2" in model.why_empty
    assert "talks is pushed from open to closed" in model.why_empty
    assert len(model.nearest()) == 4


def test_when_nothing_holds_and_very_many_come_as_near_the_reason_still_names_one(monkeypatch):
    # The chase beside two drivers that nothing touches: 16 scenarios are off by 2, more than may be listed.
    monkeypatch.setattr(cross_impact, "MAX_SCENARIOS", 3)
    drivers = {**TALKS, "aid": ["flows", "stops"], "sea": ["calm", "rough"]}
    matrix = np.zeros((8, 8))
    matrix[:4, :4] = CHASE
    for scale in (1, 0.001):
        model = CrossImpact(drivers, scale * matrix)
        assert model.consistent().empty
        assert f"is off by {2 * scale:g}" in model.why_empty
    with pytest.raises(ModelError, match="more than 3 scenarios pass"):
        model.nearest()


@given(models())
def test_the_nearest_are_all_with_the_least_inconsistency(model):
    off = {names: values[0] for names, values in by_hand(*model).items()}
    table = CrossImpact(*model).nearest()
    assert set(table[list(model[0])].itertuples(index=False, name=None)) == {
        names for names, value in off.items() if value == min(off.values())
    }


def test_more_inconsistency_lets_more_scenarios_pass():
    model = CrossImpact(TALKS, CHASE)
    assert len(model.consistent(1)) == 0
    assert len(model.consistent(2)) == 4
    assert CrossImpact(TALKS, MUTUAL).why_empty == ""


@given(models(), st.integers(0, 6))
def test_the_search_finds_what_brute_force_finds(model, bound):
    descriptors, matrix = model
    expected = {names: values for names, values in by_hand(descriptors, matrix).items() if values[0] <= bound}
    assert listed(CrossImpact(descriptors, matrix), bound) == expected


@given(models(st.sampled_from([-0.3, -0.1, 0.0, 0.1, 0.2, 0.3])))
def test_judgements_need_not_be_whole_and_still_tie(model):
    descriptors, matrix = model
    expected = {names for names, values in by_hand(descriptors, np.round(10 * matrix)).items() if values[0] == 0}
    assert set(listed(CrossImpact(descriptors, matrix))) == expected


@given(models())
def test_each_scenarios_measures_are_those_of_the_list_of_all(model):
    descriptors, matrix = model
    impact = CrossImpact(descriptors, matrix)
    for names, (off, total) in list(listed(impact, math.inf).items())[:12]:
        scenario = dict(zip(descriptors, names, strict=True))
        assert (impact.inconsistency(scenario), impact.total_impact(scenario)) == (off, total)


@given(models(), st.randoms())
def test_the_order_of_descriptors_and_states_does_not_matter(model, random):
    descriptors, matrix = model
    shuffled = {
        name: random.sample(descriptors[name], len(descriptors[name]))
        for name in random.sample(list(descriptors), len(descriptors))
    }
    before = CrossImpact(descriptors, matrix)
    order = [(name, state) for name, states in shuffled.items() for state in states]
    after = CrossImpact(shuffled, before.matrix.loc[order, order])
    assert {frozenset(zip(shuffled, names, strict=True)) for names in listed(after)} == {
        frozenset(zip(descriptors, names, strict=True)) for names in listed(before)
    }


@given(models(), st.integers(-3, 3), st.integers(1, 5))
def test_only_differences_within_a_judgement_group_count_and_not_their_scale(model, shift, factor):
    descriptors, matrix = model
    changed = (matrix + shift) * factor  # the same number is added to all states of a target, so no lead changes
    assert set(listed(CrossImpact(descriptors, changed))) == set(listed(CrossImpact(descriptors, matrix)))


@given(models())
def test_a_judgement_carries_a_scenario_if_and_only_if_it_breaks_without_it(model):
    descriptors, matrix = model
    impact = CrossImpact(descriptors, matrix)
    for names in listed(impact):
        scenario = dict(zip(descriptors, names, strict=True))
        for row in impact.judgements_that_carry(scenario).itertuples():
            cell = (row.source, row.source_state), (row.target, row.target_state)
            against = -1 if scenario[row.target] == row.target_state else 1
            for value, breaks in ((0, row.carries), (impact.matrix.loc[cell] + against, row.one_step)):
                changed = impact.matrix.copy()
                changed.loc[cell] = value
                assert (CrossImpact(descriptors, changed).inconsistency(scenario) > 0) == breaks


def test_the_judgements_that_carry_come_first_with_their_slack():
    # Silent guns have 2 from open talks, firing guns 1 from aid that stops: a lead of 1, which rests on the 2.
    drivers = {**TALKS, "aid": ["flows", "stops"]}
    matrix = np.zeros((6, 6))
    matrix[0, 2], matrix[5, 3] = 2, 1
    table = CrossImpact(drivers, matrix).judgements_that_carry({"talks": "open", "guns": "silent", "aid": "stops"})
    columns = ["source", "target_state", "judgement", "slack", "one_step", "carries"]
    assert table[columns].to_numpy().tolist() == [
        ["talks", "silent", 2, 1, False, True],
        ["aid", "firing", 1, 1, False, False],
    ]


def test_a_scenario_that_does_not_hold_rests_on_nothing_and_says_so():
    table = CrossImpact(TALKS, CHASE).judgements_that_carry({"talks": "open", "guns": "silent"})
    assert table.empty
    assert "off by 2" in table.attrs["why_empty"]


def test_empty_blocks_on_the_diagonal_may_be_missing():
    holes = np.array(MUTUAL, dtype=float)
    holes[:2, :2] = holes[2:, 2:] = np.nan
    pd.testing.assert_frame_equal(CrossImpact(TALKS, holes).consistent(), CrossImpact(TALKS, MUTUAL).consistent())


def test_twenty_million_combinations_are_searched_exactly():
    # A chain of three-state drivers, each wanting the next to be as it is: three futures of 3**15.
    descriptors = {f"d{k}": ["low", "middle", "high"] for k in range(15)}
    chain = np.kron(np.roll(np.eye(15), 1, axis=1), 3 * np.eye(3) - 1)
    table = CrossImpact(descriptors, chain).consistent()
    assert {tuple(set(row[:15])) for row in table.itertuples(index=False)} == {("low",), ("middle",), ("high",)}
    assert len(table) == 3


def test_judgements_that_decide_nothing_are_refused_rather_than_listed(monkeypatch):
    monkeypatch.setattr(cross_impact, "MAX_SCENARIOS", 3)
    with pytest.raises(ModelError, match="more than 3 scenarios pass"):
        CrossImpact(TALKS, np.zeros((4, 4))).consistent()


@pytest.mark.parametrize(
    ("descriptors", "matrix", "said"),
    [
        ({}, [], "descriptors: the list is empty"),
        ({"talks": []}, [], "descriptor talks: the list is empty"),
        ({"talks": ["open", "open"]}, MUTUAL, "open stands there more than once"),
        ({"inconsistency": ["open"]}, [[0]], "a descriptor is called inconsistency"),
        (TALKS, [[0, 0], [0, 0]], "matrix: its shape is 2 × 2. There are 4 states"),
        (TALKS, [row[:3] for row in MUTUAL], "its shape is 4 × 3"),
        (TALKS, [[0, 0, 1, math.nan], *MUTUAL[1:]], "matrix, from talks: open to guns: firing: nan was given"),
        (TALKS, [[0, 0, 1, "much"], *MUTUAL[1:]], "not every judgement is a number"),
        (TALKS, [[10**400, 0, 1, 0], *MUTUAL[1:]], "not every judgement is a number"),
        ({"talks": [["open"], "closed"]}, [[0, 0], [0, 0]], r"descriptor talks: \['open'\] is no name"),
        (TALKS, [[math.inf, 0, 1, 0], *MUTUAL[1:]], "from talks: open to talks: open: inf was given"),
    ],
)
def test_what_is_wrong_with_a_model_is_said_with_its_place(descriptors, matrix, said):
    with pytest.raises(ModelError, match=said):
        CrossImpact(descriptors, matrix)


@pytest.mark.parametrize(
    ("scenario", "said"),
    [
        ({"talks": "open"}, "scenario: it says nothing on guns"),
        ({"talks": "open", "guns": "loud"}, "scenario, guns: 'loud' is not known"),
        ({"talks": "open", "guns": "silent", "sea": "calm"}, "scenario: 'sea' is not known"),
    ],
)
def test_what_is_wrong_with_a_scenario_is_said(scenario, said):
    with pytest.raises(ModelError, match=said):
        CrossImpact(TALKS, MUTUAL).balance(scenario)


def test_a_bound_below_zero_is_refused():
    with pytest.raises(ModelError, match="max_inconsistency: -1 was given"):
        CrossImpact(TALKS, MUTUAL).consistent(-1)
