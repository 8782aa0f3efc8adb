"""Unit 03: its tables, what its pictures say, and its explorers driven from Python."""

import math
from functools import cache

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import kit
from kit.case import bundled_cases
from kit.learning.portfolio import portfolio
from kit.obstacles import CommitmentProblem, ConflictTree, ObstacleMap, Ranking, ZoneOfAgreement, charts, tables
from kit.screen.html import escape
from tests.small_cases import write_case

FILES = {
    "case.yaml": "title: A war about a river\nas_of: 2003-12-31\nparties: [upland, lowland]\n",
    "codebook.yaml": """
kinds:
  actor:
    label: Actors
    codes:
      coast: {label: The Coast, definition: A neighbour., phrases: [the Coast]}
      upland: {label: Upland, definition: A state., phrases: [Upland]}
      lowland: {label: Lowland, definition: A state., phrases: [Lowland]}
  obstacle:
    label: Obstacles
    codes:
      water: {label: Water, definition: Who owns the river., phrases: [river]}
      mistrust: {label: Mistrust, definition: Broken promises., phrases: [distrust, broken promises]}
      guarantees: {label: Guarantees, definition: Who stands behind it., phrases: [guarantee]}
      voters: {label: Voters, definition: Home., phrases: [voters]}
  driver:
    label: Drivers
    codes:
      fatigue: {label: Fatigue, definition: Tired., phrases: [tired]}
""",
    "obstacles.yaml": """
obstacles:
  water:
    title: The river
    what: Both need it in summer.
    positions: {coast: It wants quiet., lowland: It was always ours., upland: The source is here.}
    elsewhere:
      - {process: Indus, place: Karachi, year: 1960, how: Rivers were shared out., outcome: It held., source: Indus Waters Treaty}
    fearon: indivisibility
    fearon_why: Each calls it the whole of its life.
  mistrust: {title: Mistrust, what: Old promises., positions: {upland: They lied.}, fearon: commitment}
""",
    "articles/one.md": """# The quarrel

## Claims

Both want the river. The river and broken promises go together. Nobody gives a guarantee.

## Home

The voters are tired. They distrust every guarantee.
""",
    "articles/two.md": """# The other view

The river is ours & theirs <b>too</b>. There is distrust on the river.
""",
}


@pytest.fixture(scope="module")
def case(tmp_path_factory):
    return write_case(tmp_path_factory.mktemp("river"), FILES)


@pytest.fixture(scope="module")
def bare(tmp_path_factory):
    """A case with articles and actors, and nothing else."""
    book = "kinds:\n  actor:\n    label: Actors\n    codes:\n      upland: {label: Upland, definition: A state., phrases: [Upland]}\n"
    files = {"case.yaml": "title: Bare\n", "codebook.yaml": book, "articles/one.md": "# One\n\nUpland waits.\n"}
    return write_case(tmp_path_factory.mktemp("bare"), files)


bundled = cache(kit.load_case)
WATER, MISTRUST, GUARANTEES, VOTERS = (f"obstacle:{name}" for name in ("water", "mistrust", "guarantees", "voters"))


# --- which obstacles come together


def test_two_obstacles_are_together_in_a_sentence_that_bears_both(case):
    pairs = tables.obstacle_pairs(case, "sentence").set_index("key")

    assert pairs.loc[f"{WATER}|{MISTRUST}", ["places", "of_one", "of_other"]].tolist() == [2, 4, 3]
    assert f"{WATER}|{VOTERS}" not in pairs.index


def test_a_section_is_a_wider_net_than_a_sentence(case):
    pairs = tables.obstacle_pairs(case, "section").set_index("key")

    assert f"{WATER}|{GUARANTEES}" in pairs.index
    assert f"{WATER}|{GUARANTEES}" not in tables.obstacle_pairs(case, "sentence")["key"].tolist()


def test_the_bars_of_one_obstacle_name_the_other_and_of_how_many(case):
    names = tables.obstacles_of(case)
    bars = tables.pair_bars(tables.obstacle_pairs(case), names, "sentence", MISTRUST)

    assert dict(zip(bars["name"], bars["label"], strict=True)) == {
        "Water": "Water: 2 of 3 sentences",
        "Guarantees": "Guarantees: 1 of 3 sentences",
    }


def test_the_sentences_of_a_pair_are_those_in_which_both_stand(case):
    found = tables.pair_evidence(case, WATER, MISTRUST)

    assert found["text"].tolist() == [
        "The river and broken promises go together.",
        "There is distrust on the river.",
    ]


def test_in_a_section_that_has_both_the_sentences_of_either_are_read(case):
    found = tables.pair_evidence(case, WATER, GUARANTEES, "section")

    assert found["article"].unique().tolist() == ["one"]
    assert len(found) == 3


# --- the card


def test_a_card_gives_the_parties_positions_first(case):
    card = tables.card_of(case, WATER)

    assert [who for who, _ in card.positions] == ["Upland", "Lowland", "The Coast"]
    assert card.parties == 2
    assert card.elsewhere[0]["year"] == "1960"


def test_an_obstacle_without_a_card_has_the_codebooks_definition(case):
    card = tables.card_of(case, VOTERS)

    assert (card.title, card.what, card.positions, card.mechanism) == ("Voters", "Home.", [], "")
    assert "Home." in charts.card_html(card)


def test_a_card_says_fearons_mechanism_and_the_place_and_source_of_each_example(case):
    text = charts.card_html(tables.card_of(case, WATER))

    for words in ("indivisible issue", "(Karachi, 1960)", "Indus Waters Treaty", "As Upland states it"):
        assert words in text


def test_a_card_is_escaped(case):
    card = tables.Card("<i>", "<script>", [("<b>", "<u>")], 1, [], "commitment", "<img>")

    assert not any(f"<{name}>" in charts.card_html(card) for name in ("i", "script", "b", "u", "img"))


# --- the obstacle map


def test_a_click_on_a_square_opens_its_sentences_and_leaves_the_card_folded(case):
    explorer = ObstacleMap(case)
    explorer.chart.selected = {"pick": [f"{WATER}|two"]}

    assert explorer.selected == f"{WATER}|two"
    assert (explorer.row.value, explorer.column.value) == (WATER, "two")
    assert "The card of “The river”" in explorer.card.value
    assert explorer.evidence["article"].tolist() == ["two", "two"]
    assert explorer.panel.heading == f"Water in {case.article_names['two']}"


def test_the_lists_do_what_a_click_does(case):
    explorer = ObstacleMap(case)
    explorer.row.value = WATER
    assert len(explorer.evidence) == 4
    assert "<h3>The river</h3>" in explorer.card.value
    explorer.column.value = "one"

    assert explorer.selected == f"{WATER}|one"
    assert explorer.chart.selected == {"pick": [f"{WATER}|one"]}
    assert len(explorer.evidence) == 2


def test_a_chosen_pair_opens_what_is_said_where_both_stand(case):
    explorer = ObstacleMap(case)
    explorer.pairs.selected = {"pick": [f"{WATER}|{MISTRUST}"]}

    assert explorer.selected == f"{WATER}|{MISTRUST}"
    assert (explorer.row.value, explorer.column.value, explorer.partner.value) == (WATER, "", MISTRUST)
    assert explorer.pairs.selected == {"pick": [f"{WATER}|{MISTRUST}"]}
    assert len(explorer.evidence) == 2
    assert explorer.panel.heading == "Water and Mistrust in the same sentence"


def test_the_list_of_partners_does_what_a_click_on_a_bar_does(case):
    explorer = ObstacleMap(case)
    assert [value for _, value in explorer.partner.options] == [""]
    explorer.row.value = WATER
    explorer.partner.value = MISTRUST

    assert explorer.pairs.selected == {"pick": [f"{WATER}|{MISTRUST}"]}
    assert len(explorer.evidence) == 2


def test_a_bar_of_an_obstacle_at_work_keeps_it_at_work(case):
    explorer = ObstacleMap(case)
    explorer.row.value = MISTRUST
    [bar] = explorer.pairs.rows.query("name == 'Water'")["key"]
    explorer.pairs.selected = {"pick": [bar]}

    assert (explorer.row.value, explorer.partner.value) == (MISTRUST, WATER)


def test_the_bars_follow_the_obstacle_and_the_place(case):
    explorer = ObstacleMap(case)
    everything = list(explorer.pairs.rows["name"])
    explorer.row.value = WATER
    in_sentences = list(explorer.pairs.rows["name"])
    explorer.within.value = "section"

    assert "Water + Mistrust" in everything
    assert in_sentences == ["Mistrust"]
    assert set(explorer.pairs.rows["name"]) == {"Mistrust", "Guarantees"}
    assert "with “Water” in the same section" in explorer.pairs.alt


def test_the_place_of_a_pair_can_be_widened_while_it_is_read(case):
    explorer = ObstacleMap(case)
    explorer.choose(f"{WATER}|{MISTRUST}")
    explorer.within.value = "section"

    assert explorer.selected == f"{WATER}|{MISTRUST}"
    assert explorer.panel.heading == "Water and Mistrust in the same section"


def test_an_obstacle_that_stands_alone_is_said_to(case):
    explorer = ObstacleMap(case)
    explorer.row.value = VOTERS

    assert explorer.pairs.rows.empty
    assert "No obstacle stands together with “Voters” in the same sentence." in explorer.pairs.title


def test_choosing_nothing_again_closes_the_card(case):
    explorer = ObstacleMap(case)
    explorer.row.value = WATER
    explorer.row.value = ""

    assert explorer.selected is None
    assert explorer.card.value == ""
    assert explorer.evidence.empty


# --- the conflict tree


def place(tree, code, where):
    tree.selected = code
    tree.place.value = where


def test_a_tree_is_kept_and_comes_back(case):
    tree = ConflictTree(case)
    tree.core.value = "Who may use the river"
    place(tree, WATER, "roots")
    tree.picker.found.value = tree.picker.found.options[0][1]
    tree.picker.add.click()

    again = ConflictTree(case)
    assert again.core.value == "Who may use the river"
    assert again.table[["item", "place", "evidence"]].to_numpy().tolist() == [["Water", "roots", 1]]
    assert portfolio(case).read("03/conflict-tree")["items"][WATER]["evidence"][0]["text"] == "Both want the river."


def test_the_picture_says_what_lacks_evidence(case):
    tree = ConflictTree(case)
    place(tree, WATER, "trunk")

    assert "⚠ no sentence yet" in tree.picture.value
    assert "No sentence yet for: Water." in tree.picture.value
    assert "Nothing stands yet in the branches and the roots." in tree.picture.value


def test_a_core_problem_in_words_fills_the_trunk(case):
    tree = ConflictTree(case)
    place(tree, WATER, "roots")
    tree.core.value = "Nobody can bind the stronger side of tomorrow"

    assert "Nothing stands yet in the branches." in tree.picture.value


def test_a_complete_tree_lacks_nothing(case):
    tree = ConflictTree(case)
    for code, where in ((WATER, "trunk"), (MISTRUST, "roots"), ("driver:fatigue", "branches")):
        place(tree, code, where)
        tree.picker.found.value = tree.picker.found.options[0][1]
        tree.picker.attach()

    assert tables.tree_gaps(tree.table) == []
    assert "Everything on the tree has a sentence" in tree.picture.value


def test_a_thing_taken_off_the_tree_is_gone(case):
    tree = ConflictTree(case)
    place(tree, WATER, "roots")
    tree.place.value = ""

    assert tree.table.empty
    assert ConflictTree(case).table.empty


def test_sentences_chosen_before_a_place_are_kept_with_it(case):
    tree = ConflictTree(case)
    tree.selected = WATER
    tree.picker.found.value = tree.picker.found.options[0][1]
    tree.picker.attach()
    assert "kept once it has a place" in tree.picture.value
    tree.place.value = "roots"

    assert tree.table["evidence"].tolist() == [1]


def test_each_thing_has_its_own_sentences(case):
    tree = ConflictTree(case)
    place(tree, WATER, "roots")
    tree.picker.found.value = tree.picker.found.options[0][1]
    tree.picker.attach()
    place(tree, MISTRUST, "branches")

    assert tree.picker.chosen == []
    assert dict(zip(tree.table["item"], tree.table["evidence"], strict=True)) == {"Mistrust": 0, "Water": 1}


def test_a_sentence_can_be_taken_off_again(case):
    tree = ConflictTree(case)
    place(tree, WATER, "roots")
    tree.picker.found.value = tree.picker.found.options[0][1]
    tree.picker.attach()
    tree.picker.attached.value = tree.picker.attached.options[0][1]
    tree.picker.drop.click()

    assert tree.table["evidence"].tolist() == [0]


def test_three_things_in_the_trunk_raise_a_question(case):
    tree = ConflictTree(case)
    for code in (WATER, MISTRUST, VOTERS):
        place(tree, code, "trunk")

    assert any("The trunk holds 3 things" in gap for gap in tables.tree_gaps(tree.table))


def test_the_core_problem_is_shown_as_text(case):
    tree = ConflictTree(case)
    tree.core.value = "<script>alert(1)</script>"

    assert "<script>" not in tree.picture.value
    assert "&lt;script&gt;" in tree.picture.value


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.sampled_from([WATER, "roots", "importance"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["items", "core", "place", "evidence", WATER, "importance"]), inner, max_size=4
        )
    ),
    max_leaves=12,
)


@given(ANYTHING)
def test_whatever_a_portfolio_holds_a_tree_and_a_ranking_are_sound(case, kept):
    tree = tables.tree_of(kept, case)
    ranking = tables.ranking_of(kept, case)

    assert set(tree["items"]) <= set(tables.tree_items(case))
    assert all(sorted(order) == sorted(tables.obstacles_of(case)) for order in ranking.values())
    assert sorted(tables.tree_table(case, tree)["code"]) == sorted(tree["items"])


# --- the ranking


def test_nothing_is_ranked_before_the_learner_moves_or_agrees(case):
    ranking = Ranking(case)

    assert [code for _, code in ranking.order.options] == [GUARANTEES, MISTRUST, VOTERS, WATER]
    assert "Not ranked yet" in ranking.question.value
    assert ranking.chart.rows.empty
    assert ranking.chart.layout.display == "none"
    assert portfolio(case).read("03/ranking") is None


def test_buttons_move_the_chosen_obstacle_and_the_order_is_kept(case):
    ranking = Ranking(case)
    ranking.order.value = WATER
    ranking.buttons[0].click()
    assert ranking.ranking["importance"] == [GUARANTEES, MISTRUST, WATER, VOTERS]
    ranking.buttons[2].click()
    assert ranking.order.options[0] == ("1. Water", WATER)
    assert ranking.order.value == WATER
    ranking.buttons[1].click()
    ranking.buttons[3].click()

    assert Ranking(case).ranking == {"importance": [GUARANTEES, MISTRUST, VOTERS, WATER]}


def test_the_two_orders_are_kept_apart(case):
    ranking = Ranking(case)
    ranking.buttons[4].click()
    ranking.criterion.value = "tractability"
    ranking.selected = WATER
    ranking.move(-9)

    assert ranking.ranking["importance"][0] == GUARANTEES
    assert ranking.ranking["tractability"][0] == WATER
    assert ranking.chart.rows.set_index("key").loc[WATER, ["x", "y"]].tolist() == [1, 4]


def test_without_a_chosen_obstacle_no_button_moves_anything(case):
    ranking = Ranking(case)
    ranking.buttons[0].click()

    assert ranking.ranking == {}
    assert "Choose an obstacle in the list first." in ranking.said.html


def test_a_move_says_where_the_obstacle_now_stands(case):
    ranking = Ranking(case)
    ranking.selected = VOTERS
    ranking.move(-9)
    assert "Voters is now in place 1 of 4." in ranking.said.html

    ranking.criterion.value = "tractability"
    assert "Voters" not in ranking.said.html
    ranking.move(0)
    assert "Kept as it stands." in ranking.said.html


def test_a_chosen_obstacle_opens_its_sentences(case):
    ranking = Ranking(case)
    for criterion in tables.CRITERIA:
        ranking.criterion.value = criterion
        ranking.move(0)
    ranking.order.value = VOTERS

    assert ranking.evidence["text"].tolist() == ["The voters are tired."]
    assert ranking.chart.selected == {"pick": [VOTERS]}


def test_others_are_compared_by_mean_and_spread(case):
    mine = [WATER, MISTRUST, VOTERS, GUARANTEES]
    theirs = [
        {"importance": [GUARANTEES, WATER, MISTRUST, VOTERS]},
        {"importance": [MISTRUST, WATER, GUARANTEES, VOTERS]},
        "junk",
    ]
    table = tables.rank_table(case, {"importance": mine}, theirs).set_index("code")

    assert table.loc[GUARANTEES, ["importance", "importance_mean", "importance_low", "importance_high"]].tolist() == [
        4,
        2,
        1,
        3,
    ]
    assert table.loc[GUARANTEES, "importance_spread"] == 1
    assert table.loc[WATER, "importance_spread"] == 0
    assert table["importance_people"].unique().tolist() == [2]
    assert table["tractability"].isna().all()


def test_the_comparison_says_where_the_learner_and_the_others_differ_most(case):
    mine = {"importance": [WATER, MISTRUST, VOTERS, GUARANTEES]}
    theirs = [{"importance": [GUARANTEES, MISTRUST, VOTERS, WATER]}] * 2
    said = tables.tell_ranking(tables.rank_table(case, mine, theirs))

    assert "Compared with 2 others." in said
    assert "On importance you differ most over Water: you 1, they 4." in said


def test_the_others_means_can_be_shown_instead(case):
    orders = {
        "importance": [WATER, MISTRUST, VOTERS, GUARANTEES],
        "tractability": [MISTRUST, WATER, VOTERS, GUARANTEES],
    }
    ranking = Ranking(case, others=[orders])
    assert ranking.chart.rows.empty
    ranking.who.value = "others"

    assert ranking.chart.rows.set_index("key").loc[WATER, ["x", "y"]].tolist() == [2, 1]
    assert "the others' mean ranks" in ranking.chart.alt
    assert "<table" in ranking.comparison.value


def test_a_code_that_the_codebook_lost_is_left_out_and_a_new_one_comes_last(case):
    kept = {"importance": ["obstacle:gone", WATER, WATER, MISTRUST, VOTERS]}

    assert tables.ranking_of(kept, case) == {"importance": [WATER, MISTRUST, VOTERS, GUARANTEES]}


@given(st.permutations([WATER, MISTRUST, GUARANTEES, VOTERS]), st.sampled_from([WATER, VOTERS]), st.integers(-9, 9))
def test_moving_one_leaves_the_others_in_their_order(order, code, place):
    new = tables.move_item(order, code, place)

    assert [each for each in new if each != code] == [each for each in order if each != code]
    assert new.index(code) == max(0, min(place, 3))


# --- the commitment problem


def test_the_picture_shows_where_fighting_becomes_worth_more_than_the_promise():
    rows = tables.promise_rows(tables.shift_model(shift=30, cost=10, acts=20, act_costs=30))
    now = rows[rows["what"] == "now"].set_index("series")["worth"]

    assert now[tables.FIGHTING] == pytest.approx(50)
    assert now[tables.PROMISE] == pytest.approx(60 - 30 + 10 + 6)
    assert rows.loc[rows["what"] == "threshold", "shift"].tolist() == pytest.approx([26])
    assert rows.loc[rows["what"] == "gap", "shift"].tolist() == pytest.approx([26, 60])


def test_it_is_said_what_guarantee_would_keep_the_peace():
    short, why = tables.tell_promise(tables.shift_model(shift=30, cost=10, acts=20, act_costs=30))

    assert short == "No promise holds."
    assert "a breach to cost B 10 points through a guarantor; here it would cost 6" in why


def test_it_is_said_when_the_guarantee_alone_makes_the_difference():
    short, why = tables.tell_promise(tables.shift_model(shift=25, cost=10, acts=20, act_costs=30))

    assert short == "A promise can hold."
    assert "by no more than 26 points" in why
    assert "without it A would fight" in why


def test_a_shift_that_nothing_can_outweigh_has_no_threshold_in_the_picture():
    model = tables.shift_model(shift=60, cost=40, acts=100, act_costs=100)

    assert set(tables.promise_rows(model)["what"]) == {"line", "now"}
    assert "No shift of power is great enough" in tables.tell_promise(model)[1]


@given(st.floats(0, 60), st.floats(1, 40), st.floats(0, 100), st.floats(0, 100))
def test_what_is_said_and_what_is_drawn_agree(shift, cost, acts, act_costs):
    model = tables.shift_model(shift, cost, acts, act_costs)
    assume(abs(shift / 100 - model.threshold) > 1e-9)
    rows = tables.promise_rows(model)
    now = rows[rows["what"] == "now"].set_index("series")["worth"]
    holds = tables.tell_promise(model)[0] == "A promise can hold."

    assert holds == (now[tables.FIGHTING] <= now[tables.PROMISE] + 1e-6)
    assert rows["worth"].between(-1e-9, 100 + 1e-9).all()
    assert rows["shift"].between(0, 60 + 1e-9).all()


def test_the_other_two_reasons_stand_beside_it_at_the_same_numbers():
    table = tables.mechanisms_at(tables.shift_model(30, 10, 20, 30)).set_index("reason")["here"]

    # By hand: A demands 60 + (40 - 10) / 2 and is refused if B's cost, anything up to 40, is below 15.
    assert "demand 75 of 100" in table["Private information"]
    assert "risk of war of 37.5 in 100" in table["Private information"]
    assert "from 50 to 70 to war; all or nothing is outside" in table["Indivisible issue"]
    assert "more than 26 points; it shifts by 30" in table["Commitment problem"]


def test_a_moved_slider_redraws_the_same_chart(case):
    explorer = CommitmentProblem(case)
    spec = explorer.chart.spec
    assert "No promise holds." in explorer.said.value
    explorer.shift.value = 10

    assert "A promise can hold." in explorer.said.value
    assert explorer.chart.spec is spec
    assert "at a shift of 10 points" in explorer.chart.alt
    assert explorer.model.shift == pytest.approx(0.1)


def test_the_model_is_stated_in_three_lines_and_its_sides_are_said_to_be_invented(case):
    rules = CommitmentProblem(case).rules.value

    assert rules.count("<li>") == 3
    assert "Fearon (1995)" in rules
    assert "A and B are invented" in rules


def test_from_the_model_there_is_a_way_to_the_sentences(case):
    explorer = CommitmentProblem(case)
    explorer.obstacle.value = MISTRUST

    assert explorer.selected == MISTRUST
    assert len(explorer.evidence) == 3
    explorer.obstacle.value = ""
    assert explorer.evidence.empty


# --- the zone of agreement


def test_one_issue_has_a_deal_between_the_limits():
    short, why = tables.tell_one_issue(40, 60)

    assert short == "A deal exists."
    assert "from 40 to 60 suits both: 20 points of room" in why


def test_one_issue_has_none_when_the_limits_pass_each_other():
    short, why = tables.tell_one_issue(60, 40)

    assert short == "No deal."
    assert "A needs 60 or more and B gives 40 at most" in why


def test_two_limits_that_meet_leave_one_deal():
    assert tables.tell_one_issue(50, 50)[0] == "One deal."


@given(st.integers(0, 100), st.integers(0, 100))
def test_the_stretches_of_one_issue_cover_the_scale_once(a_needs, b_gives):
    rows = tables.one_issue_rows(a_needs, b_gives)

    assert rows["start"].iloc[0] == 0
    assert rows["end"].iloc[-1] == 100
    assert rows["start"].tolist()[1:] == rows["end"].tolist()[:-1]
    assert ("both" in set(rows["accepted_by"])) == (a_needs <= b_gives)


def test_trade_opens_a_deal_where_alike_shares_allow_none():
    rows = tables.two_issue_rows((80, 30), (60, 55))
    short, why = tables.tell_two_issues(rows)

    assert short == "Trade opens a deal."
    assert "A needs 60, B 55: that fails" in why
    assert (rows[rows["alike"]]["a"] + rows[rows["alike"]]["b"]).tolist() == pytest.approx([100] * 21)
    assert not (rows["alike"] & (rows["accepted_by"] == "both")).any()


def test_with_equal_weights_trade_helps_nobody():
    short, why = tables.tell_two_issues(tables.two_issue_rows((50, 50), (60, 55)))

    assert short == "No deal."
    assert "does not help enough" in why


def test_a_deal_that_needs_no_trade_is_said_to_need_none():
    short, why = tables.tell_two_issues(tables.two_issue_rows((80, 30), (40, 40)))

    assert short == "A deal exists."
    assert "that alone leaves room" in why


@given(
    st.tuples(*[st.integers(0, 20).map(lambda n: 5 * n)] * 2), st.tuples(*[st.integers(0, 20).map(lambda n: 5 * n)] * 2)
)
def test_the_deal_given_as_an_instance_meets_both_needs(weights, needs):
    rows = tables.two_issue_rows(weights, needs)
    short, why = tables.tell_two_issues(rows)
    zone = rows[(rows["a"] >= needs[0]) & (rows["b"] >= needs[1])]

    assert ("For instance" in why) == (len(zone) > 0)
    assert (short == "No deal.") == bool(rows.attrs["why_empty"])
    if len(zone):
        assert any(label in why for label in zone["label"])


def test_one_or_two_issues_are_shown_one_at_a_time(case):
    explorer = ZoneOfAgreement(case)
    assert [explorer.charts[n].layout.display for n in (1, 2)] == ["", "none"]
    explorer.issues.value = 2

    assert [explorer.charts[n].layout.display for n in (1, 2)] == ["none", ""]
    assert "two issues, a harbour and a toll" in explorer.two.alt
    assert "Trade opens a deal." in explorer.said.value
    assert len(explorer.table) == 441


def test_the_zone_vanishes_as_a_limit_moves(case):
    explorer = ZoneOfAgreement(case)
    explorer.a_needs.value = 70

    assert "No deal." in explorer.said.value
    assert "neither" in set(explorer.one.rows["accepted_by"])
    assert "every number" in explorer.said.value


# --- any case


@pytest.mark.parametrize("name", bundled_cases())
def test_every_obstacle_of_a_bundled_case_opens_its_card_and_sentences(name):
    case = bundled(name)
    explorer = ObstacleMap(case)
    for code in tables.obstacles_of(case):
        explorer.row.value = code
        assert escape(tables.card_of(case, code).title) in explorer.card.value
        assert len(explorer.evidence) == len(case.evidence(code))


def test_the_games_work_on_a_case_without_obstacles(bare):
    assert CommitmentProblem(bare).names == {}
    assert "A deal exists." in ZoneOfAgreement(bare).said.value
    assert ZoneOfAgreement(bare).panel.layout.display == "none"


def test_alternatives_say_what_the_pictures_show(case):
    counts = ObstacleMap(case).chart.alt
    ranking = Ranking(case)
    ranking.move(0)
    ranking.criterion.value = "tractability"
    ranking.move(0)

    assert "Obstacles by article, 8 squares; the fullest is Water, The quarrel: 2 sentences" in counts
    assert "Guarantees: importance 1, tractability 1; Mistrust" in ranking.chart.alt
    assert not math.isnan(ranking.chart.rows["x"].sum())
