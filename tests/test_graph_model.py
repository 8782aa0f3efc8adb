"""The graph model: published conflicts, definitions by brute force, and sentences that say why."""

import itertools
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.errors import ModelError
from kit.models.graph_model import CONCEPTS, GraphModel


def equilibria(model):
    return {concept: set(model.equilibria(concept)) for concept in CONCEPTS}


def two_by_two(option, a, b):
    return GraphModel.from_options({"A": [option], "B": [option]}, preferences={"A": a, "B": b})


def dilemma():
    return two_by_two("cooperate", ["NY", "YY", "NN", "YN"], ["YN", "YY", "NN", "NY"])


def chicken():
    return two_by_two("swerve", ["NY", "YY", "YN", "NN"], ["YN", "YY", "NY", "NN"])


# The Elmira water conflict (Hipel, Fang, Kilgour and Haight 1993), nine states in the literature's numbering.
ELMIRA = dict(enumerate(["NYNNN", "YYNNN", "NNYNN", "YNYNN", "NYNNY", "YYNNY", "NNYNY", "YNYNY", "---Y-"], 1))


def elmira():
    rankings = {
        "Ministry": [7, 3, 4, 8, 5, 1, 2, 6, 9],
        "Uniroyal": [1, 4, 8, 5, 9, 3, 7, 2, 6],
        "Local government": [7, 3, 5, 1, 8, 6, 4, 2, 9],
    }
    return GraphModel.from_options(
        {"Ministry": ["modify"], "Uniroyal": ["delay", "accept", "abandon"], "Local government": ["insist"]},
        infeasible=["-YY--", "-Y-Y-", "--YY-", "-NNN-"],
        same=["---Y-"],
        irreversible={"modify": "Y", "delay": "N", "abandon": "Y"},
        preferences={dm: [ELMIRA[number] for number in ranking] for dm, ranking in rankings.items()},
    )


@st.composite
def conflicts(draw):
    """Small conflicts with any moves and any ties."""
    states = [f"s{k}" for k in range(draw(st.integers(1, 5)))]
    dms = "ABCD"[: draw(st.integers(1, 4))]
    moves = {dm: {s: [t for t in states if t != s and draw(st.integers(0, 2)) == 0] for s in states} for dm in dms}
    ranks = {dm: {s: draw(st.integers(0, 3)) for s in states} for dm in dms}
    return list(dms), states, moves, ranks


def built(dms, states, moves, ranks):
    rankings = {dm: [[s for s in states if ranks[dm][s] == place] for place in range(4)] for dm in dms}
    return GraphModel(
        dms, states, moves, {dm: [group for group in ranking if group] for dm, ranking in rankings.items()}
    )


def sequences(dms, moves, start, allowed):
    """All states that a group reaches, by the inductive definition with sets of last movers (Fang, Hipel and Kilgour 1993)."""
    last = {}
    changed = True
    while changed:
        changed = False
        for dm in dms:
            froms = [start] + [s for s, movers in last.items() if movers - {dm}]
            for target in {t for s in froms for t in moves[dm][s] if allowed(dm, s, t)}:
                if dm not in last.setdefault(target, set()):
                    last[target].add(dm)
                    changed = True
    return set(last)


def by_definition(dms, states, moves, ranks):
    """Who is stable where under which concept, straight from the definitions."""
    found = {}
    for s, dm in itertools.product(states, dms):
        others = [other for other in dms if other != dm]
        rank = ranks[dm]
        better = [t for t in moves[dm][s] if rank[t] < rank[s]]
        found[s, dm, "Nash"] = not better
        answers = {t: sequences(others, moves, t, lambda *_: True) for t in better}
        own_interest = {t: sequences(others, moves, t, lambda o, a, b: ranks[o][b] < ranks[o][a]) for t in better}
        found[s, dm, "GMR"] = all(any(rank[u] >= rank[s] for u in answers[t]) for t in better)
        found[s, dm, "SEQ"] = all(any(rank[u] >= rank[s] for u in own_interest[t]) for t in better)
        found[s, dm, "SMR"] = all(
            any(rank[u] >= rank[s] and all(rank[v] >= rank[s] for v in moves[dm][u]) for u in answers[t])
            for t in better
        )
    return found


def test_in_the_prisoners_dilemma_foresight_makes_cooperation_stable():
    assert equilibria(dilemma()) == {"Nash": {"NN"}, "GMR": {"NN", "YY"}, "SMR": {"NN", "YY"}, "SEQ": {"NN", "YY"}}


def test_in_chicken_swerving_together_is_held_by_threats_but_not_by_interest():
    assert equilibria(chicken()) == {
        "Nash": {"YN", "NY"},
        "GMR": {"YN", "NY", "YY"},
        "SMR": {"YN", "NY", "YY"},
        "SEQ": {"YN", "NY"},
    }


def test_elmira_has_its_published_equilibria():
    number = {state: k for k, state in ELMIRA.items()}
    found = {concept: {number[state] for state in states} for concept, states in equilibria(elmira()).items()}
    assert found == {"Nash": {5, 8, 9}, "GMR": {1, 4, 5, 8, 9}, "SMR": {1, 4, 5, 8, 9}, "SEQ": {5, 8, 9}}


def test_in_the_cuban_missile_crisis_the_two_withdrawals_are_sequentially_stable():
    # Fraser and Hipel (1984): air strike 1, blockade 2, withdraw 4, escalate 8; outcomes by their sums, best first.
    def state(number):
        return "".join("Y" if number >> k & 1 else "N" for k in range(4))

    vectors = {
        "United States": [4, 6, 5, 7, 2, 1, 3, 0, 11, 9, 10, 8],
        "Soviet Union": [0, 4, 6, 2, 5, 1, 7, 3, 11, 9, 10, 8],
    }
    model = GraphModel.from_options(
        {"United States": ["air strike", "blockade"], "Soviet Union": ["withdraw", "escalate"]},
        infeasible=["--YY"],
        preferences={dm: [state(number) for number in vector] for dm, vector in vectors.items()},
    )
    assert model.equilibria("Nash") == []
    assert set(model.equilibria("SEQ")) == {state(4), state(6)}


@given(conflicts())
def test_every_sentence_names_moves_that_exist_and_end_where_it_says(conflict):
    dms, states, moves, ranks = conflict
    model = built(*conflict)
    for state, dm, concept in itertools.product(states, dms, ["GMR", "SMR", "SEQ"]):
        if not model.is_stable(state, dm, concept) or not model.improvements(dm, state):
            continue
        reasons = model.why(state, dm, concept).split(": ", 1)[1].split("; ")
        assert len(reasons) == len(model.improvements(dm, state))
        for reason, at in zip(reasons, model.improvements(dm, state), strict=True):
            assert reason.startswith(f"it would prefer {at}, but then ")
            last = None
            for mover, target in re.findall(r"(\w) moves to (\w+)", reason):
                assert mover not in (dm, last)
                assert target in moves[mover][at]
                assert concept != "SEQ" or ranks[mover][target] < ranks[mover][at]
                at, last = target, mover
            assert ranks[dm][at] >= ranks[dm][state]
            assert concept != "SMR" or all(ranks[dm][out] >= ranks[dm][state] for out in moves[dm][at])


@given(conflicts())
def test_stability_is_what_the_definitions_say(conflict):
    table = built(*conflict).stability()
    found = {(row.state, row.decision_maker, row.concept): row.stable for row in table.itertuples()}
    assert found == by_definition(*conflict)


@given(conflicts())
def test_nash_lies_within_smr_and_seq_and_these_within_gmr(conflict):
    found = equilibria(built(*conflict))
    assert found["Nash"] <= found["SMR"] <= found["GMR"]
    assert found["Nash"] <= found["SEQ"] <= found["GMR"]


@given(conflicts(), st.randoms())
def test_names_and_their_order_do_not_matter(conflict, random):
    dms, states, moves, ranks = conflict
    new = dict(zip(states, random.sample([f"t{k}" for k in range(9)], len(states)), strict=True))
    renamed = built(
        random.sample(dms, len(dms)),
        random.sample(list(new.values()), len(new)),
        {dm: {new[s]: [new[t] for t in targets] for s, targets in by_state.items()} for dm, by_state in moves.items()},
        {dm: {new[s]: rank for s, rank in ranking.items()} for dm, ranking in ranks.items()},
    )
    for concept in CONCEPTS:
        assert set(renamed.equilibria(concept)) == {new[s] for s in built(*conflict).equilibria(concept)}


@given(conflicts())
def test_every_judgement_has_a_sentence_that_agrees_with_it(conflict):
    model = built(*conflict)
    for row in model.stability().itertuples():
        said = model.why(row.state, row.decision_maker, row.concept)
        assert said.startswith(
            f"{row.decision_maker} {'stays at' if row.stable else 'leaves'} {row.state} under {row.concept}: "
        )
        assert said.endswith(".")


def relay(k_moves):
    """A tempts itself from start to gain; B and C together could lead on to ruin, B moving first and last."""
    return GraphModel(
        ["A", "B", "C"],
        ["start", "gain", "one", "two", "ruin"],
        {"A": {"start": ["gain"]}, "B": {"gain": ["one"], "two": ["ruin"]}, "C": {"one": k_moves}},
        {
            "A": [["gain", "one", "two"], "start", "ruin"],
            "B": [["start", "gain", "one", "two", "ruin"]],
            "C": [["start", "gain", "one", "two", "ruin"]],
        },
    )


def test_in_a_coalition_one_may_move_again_after_another_has_moved():
    assert relay(["two"]).is_stable("start", "A", "GMR")
    assert not relay([]).is_stable("start", "A", "GMR")
    assert "B moves to one and C moves to two and B moves to ruin" in relay(["two"]).why("start", "A", "GMR")


def test_in_a_coalition_nobody_moves_twice_in_succession():
    model = GraphModel(
        ["A", "B", "C"],
        ["start", "gain", "one", "ruin"],
        {"A": {"start": ["gain"]}, "B": {"gain": ["one"], "one": ["ruin"]}},
        {dm: [["gain", "one"], "start", "ruin"] for dm in "ABC"},
    )
    assert set(model.reachable(["B", "C"], "gain")) == {"one"}
    assert not model.is_stable("start", "A", "GMR")


def test_a_tie_is_no_improvement_and_deters_as_well_as_a_loss():
    model = GraphModel(
        ["A", "B"],
        ["s", "t", "u"],
        {"A": {"s": ["t", "u"]}, "B": {"t": ["u"]}},
        {"A": ["t", ["s", "u"]], "B": [["s", "t", "u"]]},
    )
    assert model.improvements("A", "s") == ["t"]
    assert model.is_stable("s", "A", "GMR")
    assert not model.is_stable("s", "A", "SEQ")


def test_the_sentence_names_the_improvement_and_the_answer():
    model = chicken()
    assert (
        model.why("YY", "A", "Nash")
        == "A leaves YY (A: swerve + B: swerve) under Nash: it can move to NY (B: swerve), which it prefers."
    )
    assert model.why("YY", "A", "GMR") == (
        "A stays at YY (A: swerve + B: swerve) under GMR: it would prefer NY (B: swerve), but then B moves to NN (nothing done), "
        "and it is no better off than at YY (A: swerve + B: swerve)."
    )
    assert "no moves in the others' own interest" in model.why("YY", "A", "SEQ")
    assert "it has no move to a state that it prefers" in model.why("NY", "A", "SMR")


def test_the_sentence_names_the_way_out_that_makes_an_answer_empty():
    model = GraphModel(
        ["A", "B"],
        ["s", "t", "u", "v"],
        {"A": {"s": ["t"], "u": ["v"]}, "B": {"t": ["u"]}},
        {"A": ["t", "v", "s", "u"], "B": [["s", "t", "u", "v"]]},
    )
    assert model.is_stable("s", "A", "GMR")
    assert not model.is_stable("s", "A", "SMR")
    assert "if B moves to u, it can still go to v, which is better than s" in model.why("s", "A", "SMR")


def test_states_may_be_numbers_or_pairs():
    pairs = GraphModel(["A"], [(0, 1), (1, 0)], {"A": {(0, 1): [(1, 0)]}}, {"A": [(1, 0), (0, 1)]})
    assert pairs.equilibria("Nash") == [(1, 0)]
    assert GraphModel(["A"], [1, 2], {"A": {1: [2]}}, {"A": [[1, 2]]}).equilibria("Nash") == [1, 2]


def test_a_decision_maker_that_cannot_move_stays():
    assert "no move from there at all" in relay([]).why("ruin", "A", "Nash")


def test_a_concept_without_equilibria_gives_an_empty_list_and_says_who_leaves_where():
    chase = GraphModel(
        ["A", "B"], ["s", "t"], {"A": {"s": ["t"]}, "B": {"t": ["s"]}}, {"A": ["t", "s"], "B": ["s", "t"]}
    )
    assert chase.equilibria("Nash") == []
    assert chase.why_none("Nash") == "Under Nash somebody would leave every state (s: A; t: B)."
    assert dilemma().why_none("Nash") == ""


def test_options_make_states_and_moves():
    model = GraphModel.from_options(
        {"A": ["x", "y"], "B": ["z"]}, infeasible=["YY-"], preferences={"A": ["---"], "B": ["--Y", "--N"]}
    )
    assert model.states == ["NNN", "YNN", "NYN", "NNY", "YNY", "NYY"]
    assert set(model.moves["A"]["YNN"]) == {"NNN", "NYN"}
    assert model.moves["B"]["YNN"] == ["YNY"]
    assert model.prefers("B", "YNY", to="NYN")
    assert not model.prefers("B", "YNY", to="NYY")


def test_an_irreversible_option_is_never_taken_back():
    model = GraphModel.from_options({"A": ["x"]}, irreversible=["x"], preferences={"A": ["N", "Y"]})
    assert model.moves["A"] == {"N": ["Y"], "Y": []}


def test_a_pattern_ranks_what_no_earlier_group_has():
    model = GraphModel.from_options({"A": ["x", "y"]}, preferences={"A": ["YN", "Y-", ["NY", "NN"]]})
    assert model.prefers("A", "YN", to="YY")
    assert model.prefers("A", "YY", to="NY")
    assert not model.prefers("A", "NY", to="NN")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"decision_makers": []}, "decision makers: the list is empty"),
        ({"states": []}, "states: the list is empty"),
        ({"states": ["s", "s", "t"]}, "states: s stands there more than once"),
        ({"moves": {"A": {"s": ["q"]}}}, "moves of A, from s: 'q' is not known"),
        ({"moves": {"A": {"q": ["s"]}}}, "moves of A: 'q' is not known"),
        ({"moves": {"A": {"s": ["s"]}}}, "a move leads from the state to itself"),
        ({"moves": {"C": {}}}, "moves: 'C' is not known"),
        ({"preferences": {"A": ["s"]}}, "preferences of A: t is not ranked"),
        ({"preferences": {"A": ["s", "t", "s"]}}, "preferences of A: s stands there more than once"),
        ({"preferences": {"A": ["s", "t", "q"]}}, "preferences of A: 'q' is not known"),
        ({"preferences": {"A": None}}, "preferences of A: None was given"),
        ({"preferences": {"A": "st"}}, "preferences of A: str was given. Give a list from best to worst"),
        ({"preferences": {"A": {"s": 1, "t": 2}}}, "preferences of A: dict was given"),
        ({"moves": {"A": {"s": "t"}}}, "moves of A, from s: 't' was given. Give a list"),
        ({"moves": {"A": {"s": None}}}, "moves of A, from s: None was given"),
        ({"states": [["s"], ["t"]]}, r"states: \['s'\] is no name"),
    ],
)
def test_what_is_wrong_with_a_model_is_said_with_its_place(change, said):
    good = {
        "decision_makers": ["A"],
        "states": ["s", "t"],
        "moves": {"A": {"s": ["t"]}},
        "preferences": {"A": ["s", "t"]},
    }
    with pytest.raises(ModelError, match=said):
        GraphModel(**{**good, **change})


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"infeasible": ["Y"]}, "infeasible: 'Y' was given. Give 2 letters"),
        ({"infeasible": ["--"]}, "no combination of options is feasible"),
        ({"same": ["Y?"]}, "same: 'Y\\?' was given"),
        ({"irreversible": ["z"]}, "irreversible: 'z' is not known"),
        ({"irreversible": {"x": "maybe"}}, "irreversible, x: 'maybe' is not known"),
        ({"infeasible": "YN"}, "infeasible: 'YN' was given. Give a list"),
        ({"decision_makers": {"A": "x", "B": ["y"]}}, "options of A: 'x' was given. Give a list"),
        ({"preferences": None}, "preferences: NoneType was given"),
        ({"preferences": {"A": ["Y-"], "B": ["--"]}}, "preferences of A: NN, NY is not ranked"),
        ({"decision_makers": {"A": [str(k) for k in range(13)]}}, "there are 13 options"),
        ({"decision_makers": {}}, "options: the list is empty"),
    ],
)
def test_what_is_wrong_with_options_is_said_with_its_place(change, said):
    good = {"decision_makers": {"A": ["x"], "B": ["y"]}, "preferences": {"A": ["--"], "B": ["--"]}}
    with pytest.raises(ModelError, match=said):
        GraphModel.from_options(**{**good, **change})


def test_unknown_names_in_questions_are_refused():
    with pytest.raises(ModelError, match="concept: 'NASH' is not known"):
        dilemma().equilibria("NASH")
    with pytest.raises(ModelError, match="state: 'Q' is not known"):
        dilemma().why("Q", "A", "Nash")
    with pytest.raises(ModelError, match="decision maker: 'Q' is not known"):
        dilemma().why("NN", "Q", "Nash")
