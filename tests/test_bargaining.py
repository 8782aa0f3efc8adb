"""Bargaining: the points that theory names, on small tables that can be checked by hand and against brute force."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.errors import ModelError
from kit.models.bargaining import Negotiation, one_issue_zone, two_issue_zone, undominated


def deal(table, reservations=None):
    """One issue whose options are the rows of `table`: {option: (total of A, total of B, …)}."""
    parties = "ABCDE"[: len(next(iter(table.values())))]
    return Negotiation(
        {"deal": list(table)},
        {
            party: {
                "scores": {"deal": {option: totals[k] for option, totals in table.items()}},
                "reservation": reservations[k] if reservations else 0,
            }
            for k, party in enumerate(parties)
        },
    )


def chosen(rows):
    return set(rows["deal"])


points = st.integers(1, 3).flatmap(
    lambda parties: st.lists(st.tuples(*[st.integers(-3, 6)] * parties), min_size=1, max_size=12)
)


def tables(rows):
    return {f"option {k}": row for k, row in enumerate(rows)}


# Nash (1950), the barter of Bill and Jack: each thing's worth to Bill, its worth to Jack, and whose it is.
BARTER = {
    "book": (2, 4, "Bill"),
    "whip": (2, 2, "Bill"),
    "ball": (2, 1, "Bill"),
    "bat": (2, 2, "Bill"),
    "box": (4, 1, "Bill"),
    "pen": (10, 1, "Jack"),
    "toy": (4, 1, "Jack"),
    "knife": (6, 2, "Jack"),
    "hat": (2, 2, "Jack"),
}


def barter():
    def sheet(k, me):
        scores = {
            thing: {owner: worth[k] * (owner == me) for owner in ("Bill", "Jack")} for thing, worth in BARTER.items()
        }
        return {"scores": scores, "reservation": sum(worth[k] for worth in BARTER.values() if worth[2] == me)}

    return Negotiation(
        {thing: ["Bill", "Jack"] for thing in BARTER}, {"Bill": sheet(0, "Bill"), "Jack": sheet(1, "Jack")}
    )


def test_nash_finds_the_barter_of_his_paper():
    row = barter().nash().squeeze()
    assert {thing for thing in BARTER if row[thing] == "Jack"} == {"book", "whip", "ball", "bat", "hat"}
    assert (row["Bill"] - 12, row["Jack"] - 6) == (12, 5)


def test_outcomes_have_a_column_for_each_issue_and_each_party_and_a_row_for_each_combination():
    outcomes = barter().outcomes
    assert list(outcomes) == [*BARTER, "Bill", "Jack"]
    assert len(outcomes) == 2**9
    assert outcomes["Bill"].max() == sum(worth[0] for worth in BARTER.values())


def test_weights_multiply_scores():
    parties = {
        "A": {"scores": {"line": {"x": 1, "y": 2}, "aid": {"u": 5, "v": 0}}, "weights": {"line": 10}, "reservation": 0}
    }
    assert list(Negotiation({"line": ["x", "y"], "aid": ["u", "v"]}, parties).outcomes["A"]) == [15, 10, 25, 20]


def test_the_three_points_differ_where_they_should():
    talks = deal({"a": (9, 1), "b": (6, 3.5), "c": (4, 4), "d": (0, 5)})
    assert chosen(talks.nash()) == {"b"}  # products 9, 21, 16, 0
    assert chosen(talks.kalai_smorodinsky()) == {"b"}  # smallest shares 1/5, 6/9, 4/9, 0
    assert chosen(talks.egalitarian()) == {"c"}  # smallest gains 1, 3.5, 4, 0


def test_kalai_smorodinsky_makes_the_smallest_share_great_and_not_the_spread_small():
    # Shares of the ideal (10, 10): even has 0.2 and 0.2, uneven 0.5 and 0.9.
    assert chosen(deal({"even": (2, 2), "uneven": (5, 9), "A": (10, 0), "B": (0, 10)}).kalai_smorodinsky()) == {
        "uneven"
    }


def test_kalai_smorodinsky_goes_on_to_the_next_smallest_share():
    talks = deal({"x": (5, 5, 6), "y": (5, 7, 5), "A": (10, 0, 0), "B": (0, 10, 0), "C": (0, 0, 10)})
    assert chosen(talks.kalai_smorodinsky()) == {"y"}


def test_ideals_are_taken_from_the_zone_only():
    # 100 for A lies below B's reservation value and must not count as A's ideal.
    talks = deal({"dream": (100, -1), "x": (8, 2), "y": (5, 4)})
    assert chosen(talks.kalai_smorodinsky()) == {"y"}  # shares 8/8 and 2/4 against 5/8 and 4/4


def test_ties_are_all_returned():
    talks = deal({"x": (2, 6), "y": (6, 2), "z": (1, 1)})
    assert chosen(talks.nash()) == chosen(talks.kalai_smorodinsky()) == chosen(talks.egalitarian()) == {"x", "y"}


def test_sums_that_differ_only_by_floating_point_tie():
    issues = {"one": ["p", "q"], "two": ["r", "s"]}
    scores = {"one": {"p": 0.1, "q": 0.3}, "two": {"r": 0.2, "s": 0.0}}
    talks = Negotiation(
        issues, {"A": {"scores": scores, "reservation": 0.3}, "B": {"scores": scores, "reservation": 0}}
    )
    assert len(talks.zone()) == 3  # p-r, q-r and q-s: 0.1 + 0.2 counts as 0.3
    assert list(talks.outcomes["A"]) == [0.3, 0.1, 0.5, 0.3]


def test_when_every_product_is_zero_as_many_as_possible_gain_and_then_share_well():
    talks = deal({"none": (0, 0, 0), "one": (9, 0, 0), "two": (2, 2, 0), "better": (3, 3, 0)})
    assert chosen(talks.nash()) == {"better"}


def test_when_nobody_can_gain_all_of_the_zone_ties():
    talks = deal({"x": (0, 0), "y": (0, 0), "z": (3, -1)})
    for rows in (talks.nash(), talks.kalai_smorodinsky(), talks.egalitarian()):
        assert chosen(rows) == {"x", "y"}


def test_a_party_that_can_gain_nothing_does_not_decide():
    assert chosen(deal({"x": (0, 1), "y": (0, 5), "z": (-1, 9)}).kalai_smorodinsky()) == {"y"}


def test_without_a_zone_there_is_no_point_and_the_reason_names_who_cannot_agree():
    talks = deal({"x": (4, 0), "y": (0, 4)}, reservations=(2, 2))
    for rows in (talks.zone(), talks.nash(), talks.kalai_smorodinsky(), talks.egalitarian()):
        assert rows.empty
        assert list(rows) == ["deal", "A", "B"]
    assert "A and B" in talks.why_empty
    assert "nearest miss (deal: x) leaves B 2 short" in talks.why_empty


def test_the_reason_names_one_party_if_it_alone_asks_too_much():
    assert (
        "No outcome gives B its reservation value of 7; the most it can get is 4."
        in deal({"x": (4, 4)}, (1, 7)).why_empty
    )


def test_there_is_no_reason_where_there_is_a_zone():
    assert deal({"x": (4, 4)}).why_empty == ""


def test_the_frontier_also_holds_outcomes_that_nobody_would_sign():
    assert chosen(deal({"x": (9, -5), "y": (1, 1), "z": (1, 0)}).pareto()) == {"x", "y"}


def test_value_left_says_what_each_could_still_have_had():
    talks = deal({"now": (1, 1), "x": (5, 1), "y": (2, 3), "z": (9, 0)})
    assert list(talks.value_left({"deal": "now"})["left"]) == [4, 2]
    assert list(talks.value_left({"deal": "y"})["left"]) == [0, 0]
    assert chosen(talks.better_for_all({"deal": "now"})) == {"x", "y"}


def test_totals_of_one_outcome_are_those_of_its_row():
    assert deal({"x": (1, 2), "y": (3, 4)}).totals({"deal": "y"}) == {"A": 3, "B": 4}


@given(points)
def test_pareto_zone_and_points_agree_with_brute_force(rows):
    talks = deal(tables(rows))
    beaten = {
        name
        for name, mine in tables(rows).items()
        for other in rows
        if all(o >= m for o, m in zip(other, mine, strict=True)) and other != mine
    }
    zone = {name: row for name, row in tables(rows).items() if min(row) >= 0}
    best = max((math.prod(row) for row in zone.values()), default=0)
    fair = max((sorted(row) for row in zone.values()), default=None)
    assert chosen(talks.pareto()) == set(tables(rows)) - beaten
    assert chosen(talks.zone()) == set(zone)
    assert chosen(talks.egalitarian()) == {name for name, row in zone.items() if sorted(row) == fair}
    if best:
        assert chosen(talks.nash()) == {name for name, row in zone.items() if math.prod(row) == best}


@given(points)
def test_every_point_is_efficient_and_in_the_zone(rows):
    talks = deal(tables(rows))
    for found in (talks.nash(), talks.kalai_smorodinsky(), talks.egalitarian()):
        assert chosen(found) <= chosen(talks.pareto()) & chosen(talks.zone())
        assert found.empty == bool(talks.why_empty)


@given(points, st.lists(st.tuples(st.floats(0.01, 100), st.floats(-50, 50)), min_size=3, max_size=3))
def test_nash_and_kalai_smorodinsky_do_not_care_about_scale_or_zero(rows, scales):
    scaled = [tuple(a * x + b for x, (a, b) in zip(row, scales, strict=False)) for row in rows]
    before, after = deal(tables(rows)), deal(tables(scaled), [b for _, b in scales])
    assert chosen(after.nash()) == chosen(before.nash())
    assert chosen(after.kalai_smorodinsky()) == chosen(before.kalai_smorodinsky())


def test_the_egalitarian_point_does_care_about_scale():
    assert chosen(deal({"x": (2, 6), "y": (4, 3)}).egalitarian()) == {"y"}
    assert chosen(deal({"x": (2 * 10, 6), "y": (4 * 10, 3)}).egalitarian()) == {"x"}


@given(points, st.randoms())
def test_the_order_of_parties_and_options_does_not_matter(rows, random):
    order = random.sample(range(len(rows[0])), len(rows[0]))
    items = [(name, tuple(row[k] for k in order)) for name, row in tables(rows).items()]
    shuffled = deal(dict(random.sample(items, len(items))))
    for point in ("nash", "kalai_smorodinsky", "egalitarian", "pareto"):
        assert chosen(getattr(shuffled, point)()) == chosen(getattr(deal(tables(rows)), point)())


@given(st.lists(st.tuples(*[st.integers(0, 9)] * 4), min_size=1, max_size=60), st.sampled_from([1, 2, 3, 4]))
def test_undominated_is_what_comparing_all_pairs_gives(rows, dimensions):
    array = np.array(rows)[:, :dimensions]
    by_pairs = [not any((other >= row).all() and (other > row).any() for other in array) for row in array]
    assert list(undominated(array)) == by_pairs


def test_undominated_holds_on_thousands_of_points_that_lie_close():
    numbers = np.random.default_rng(1)
    balanced = numbers.normal(size=(3000, 4))
    balanced -= balanced.mean(axis=1, keepdims=True)  # a zero-sum cloud: nothing dominates anything
    worse = balanced[::3] - numbers.random((1000, 4)) / 1e6
    assert undominated(np.vstack([balanced, worse])).tolist() == [True] * 3000 + [False] * 1000


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda i, p: i.clear(), "issues: the list is empty"),
        (lambda i, p: p.clear(), "parties: the list is empty"),
        (lambda i, p: i.update(line=[]), "issue line: the list is empty"),
        (lambda i, p: i.update(line=["x", "x"]), "issue line: x stands there more than once"),
        (lambda i, p: i.update(A=["x"]), "A names an issue and a party"),
        (lambda i, p: i.update(line=["x", "y", "z"]), "party A, issue line: no score for z"),
        (lambda i, p: p["A"]["scores"].update(port={"x": 1}), "party A, issue: 'port' is not known"),
        (lambda i, p: p["A"]["scores"]["line"].update(w=1), "party A, issue line: 'w' is not known"),
        (lambda i, p: p["A"]["scores"]["line"].update(x=math.nan), "party A, issue line, option x: nan was given"),
        (lambda i, p: p["A"]["scores"]["line"].update(x="much"), "option x: 'much' was given"),
        (lambda i, p: p["A"]["scores"]["line"].update(x=10**400), "option x: 1000"),
        (lambda i, p: p["A"].update(weights=["line"]), "party A, weights: list was given"),
        (lambda i, p: i.update(line=["x", None]), "issue line: None is no name"),
        (lambda i, p: i.update(line=[["x"], ["y"]]), r"issue line: \['x'\] is no name"),
        (lambda i, p: p["A"].pop("reservation"), "party A, reservation: None was given"),
        (lambda i, p: p["A"].pop("scores"), "party A: there are no scores"),
        (lambda i, p: i.update({k: list("abcdefghij") for k in range(7)}), "20,000,000 outcomes"),
    ],
)
def test_what_is_wrong_with_an_input_is_said_with_its_place(change, said):
    issues = {"line": ["x", "y"]}
    parties = {name: {"scores": {"line": {"x": 1, "y": 2}}, "reservation": 0} for name in "AB"}
    change(issues, parties)
    with pytest.raises(ModelError, match=said):
        Negotiation(issues, parties)


def test_lists_in_place_of_tables_are_refused():
    with pytest.raises(ModelError, match="issues: list was given"):
        Negotiation(["line"], {})


def test_an_outcome_that_lacks_an_issue_or_has_an_unknown_option_is_refused():
    talks = deal({"x": (1, 1)})
    with pytest.raises(ModelError, match="says nothing on deal"):
        talks.totals({})
    with pytest.raises(ModelError, match="outcome, issue deal: 'q' is not known"):
        talks.totals({"deal": "q"})
    with pytest.raises(ModelError, match="outcome: NoneType was given"):
        talks.totals(None)


def test_a_row_of_the_outcomes_will_do_as_an_outcome():
    talks = deal({"x": (1, 2), "y": (3, 4)})
    assert talks.totals(talks.outcomes.iloc[1]) == {"A": 3, "B": 4}


def test_one_issue_may_have_very_many_options():
    talks = deal({k: (k, 100_000 - k) for k in range(100_000)})
    assert len(talks.pareto()) == 100_000
    assert list(talks.egalitarian()["deal"]) == [50_000]


def test_a_long_list_of_choices_is_cut_short_in_an_error():
    with pytest.raises(ModelError, match=r"option 19, …\.$"):
        deal(tables([(1,)] * 99)).totals({"deal": "q"})


def test_one_issue_has_a_zone_between_two_limits_that_overlap():
    table = one_issue_zone(30, 60, sides=("seller", "buyer"))
    assert table.to_numpy().tolist() == [[0, 30, "buyer"], [30, 60, "both"], [60, 100, "seller"]]
    assert table.attrs["why_empty"] == ""


def test_one_issue_has_a_gap_between_two_limits_that_do_not_meet():
    table = one_issue_zone(60, 30, sides=("seller", "buyer"))
    assert list(table["accepted_by"]) == ["buyer", "neither", "seller"]
    assert table.attrs["why_empty"] == "seller needs 60 or more and buyer gives 30 at most: 30 lies between them."


def test_two_limits_that_just_meet_leave_a_single_point():
    table = one_issue_zone(40, 40)
    assert table[table["accepted_by"] == "both"][["start", "end"]].to_numpy().tolist() == [[40, 40]]


def test_a_limit_off_the_scale_is_refused():
    with pytest.raises(ModelError, match="reservation value of A: 130 was given"):
        one_issue_zone(130, 40)


def test_two_issues_make_a_zone_where_the_sides_care_about_different_things():
    alike = two_issue_zone(((1, 1), (1, 1)), (70, 70))
    unlike = two_issue_zone(((3, 1), (1, 3)), (70, 70))
    assert "both" not in set(alike["accepted_by"])
    assert "B keeps the 70 points that it needs, A gets 30 at most" in alike.attrs["why_empty"]
    swap = unlike[(unlike["first"] == 1) & (unlike["second"] == 0)].squeeze()
    assert (swap["A"], swap["B"], swap["accepted_by"]) == (75, 75, "both")
    assert unlike.attrs["why_empty"] == ""


def test_a_zone_between_the_points_of_the_grid_is_not_denied():
    table = two_issue_zone(((1, 1), (1, 1)), (49.9, 49.9), steps=2)
    assert table.attrs["why_empty"] == ""


@given(st.tuples(*[st.integers(0, 5)] * 4), st.integers(0, 100), st.integers(0, 100))
def test_the_reason_of_two_issues_agrees_with_a_fine_grid(weights, first, second):
    if not (sum(weights[:2]) and sum(weights[2:])):
        return
    table = two_issue_zone((weights[:2], weights[2:]), (first, second), steps=41)
    if "both" in set(table["accepted_by"]):
        assert table.attrs["why_empty"] == ""


@pytest.mark.parametrize("weights", [(0, 0), (1,), (1, 2, 3), (-1, 2), ("much", 1)])
def test_weights_must_be_two_that_are_not_both_zero(weights):
    with pytest.raises(ModelError, match="weights of A"):
        two_issue_zone((weights, (1, 1)), (10, 10))


@pytest.mark.parametrize(("weights", "reservations"), [([(1, 1)], (10, 10)), (((1, 1), (1, 1)), (10, 10, 10))])
def test_two_issues_want_two_sides(weights, reservations):
    with pytest.raises(ModelError, match="Give two, one for each side"):
        two_issue_zone(weights, reservations)


def test_every_outcome_is_listed_once():
    issues = {"line": ["x", "y"], "aid": ["u", "v", "w"]}
    parties = {
        "A": {"scores": {issue: dict.fromkeys(options, 1) for issue, options in issues.items()}, "reservation": 0}
    }
    outcomes = Negotiation(issues, parties).outcomes
    assert list(zip(outcomes["line"], outcomes["aid"], strict=True)) == list(itertools.product(*issues.values()))
