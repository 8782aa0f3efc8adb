"""Unit 02: which actors are connected, and how, who speaks, what each holds, and where the learner puts them."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kit.actors import ActorMap, Positions, StakeholderGrid, Voices, both_accounts, charts, layout, tables
from kit.case import bundled_cases, load_case
from kit.errors import KitError
from kit.learning.portfolio import portfolio
from kit.rows import records
from kit.screen.labels import LETTER, LINE, overlapping
from tests.small_cases import write_case

CASE = """\
title: A river between two states
as_of: 2026-01-31
parties: [upland, delta]
issues: [{id: water, label: Water}]
actors:
  upland: {label: Upland, role: party, note: The upper state.}
stakeholders:
  upland: {power: 7, interest: 9, why: It holds the tap.}
"""
CODEBOOK = """\
title: River
kinds:
  actor:
    label: Actors
    codes:
      upland: {label: Upland, definition: The upper state., phrases: [Upland]}
      delta: {label: Delta, definition: The lower state., phrases: [Delta]}
      league: {label: The League, definition: All states., phrases: [the League]}
"""
ARTICLE = """\
---
title: The river
---

Upland says that the dam stays. Delta was not asked, but Upland's demands grew. According to the League, both are wrong.

Delta <b>insists</b> on its share. Upland is large; some say so. Delta wants water, Upland has warned.
"""
RELATIONS = """\
source,target,relation,article,quote
upland,delta,presses,river,Upland says that the dam stays
delta,upland,presses,river,Delta wants water
upland,delta,presses,river,Upland has warned
"""
POSITIONS = """\
actor,issue,stance,position,article,quote,source_title,source_date
upland,water,demands,<i>The dam</i> stays.,river,the dam stays,,
upland,water,offers,Some water in summer.,,,Speech at the dam,2025-05-01
delta,fish,seeks,Fish.,,,Letter,2025-06-01
"""


@pytest.fixture
def river(tmp_path):
    """A case of three actors; its title and six sentences."""
    texts = {
        "case.yaml": CASE,
        "codebook.yaml": CODEBOOK,
        "articles/river.md": ARTICLE,
        "relations.csv": RELATIONS,
        "positions.csv": POSITIONS,
    }
    return write_case(tmp_path / "river", texts)


@pytest.fixture(scope="module", params=bundled_cases())
def case(request):
    return load_case(request.param)


# --- the map


def test_ties_count_the_sentences_that_they_rest_on(river):
    found = tables.ties(river)

    assert found[["label", "sentences"]].values.tolist() == [
        ["Delta → Upland: presses", 1],
        ["Upland → Delta: presses", 2],
    ]
    assert tables.tie_evidence(river, "upland|presses|delta")["sentence"].tolist() == [1, 6]
    assert tables.tie_evidence(river, "upland|hosts|delta").empty


def test_ties_are_read_as_a_table_with_the_names_of_the_case(river):
    read = tables.ties_in_words(tables.ties(river), river.actor_names)

    assert read.values.tolist() == [["Delta", "presses", "Upland", 1], ["Upland", "presses", "Delta", 2]]


def test_behind_an_actor_stand_the_sentences_of_its_ties_and_positions_each_once(river):
    found = tables.actor_evidence(river, "upland", tables.ties(river))

    assert found["sentence"].tolist() == [1, 1, 6, 6]
    assert found["quote"].tolist()[:2] == ["Upland says that the dam stays", "the dam stays"]
    assert tables.actor_evidence(river, "league", tables.ties(river)).empty


def boxes_of(places, names):
    """Centres and sizes of the symbols with their names, from the places of the symbols."""
    sizes = np.array([layout.actor_box(names[code]) for code in places])
    spots = np.array([places[code] for code in places])
    return spots + [0, 1] * (sizes / 2 - layout.SYMBOL / 2), sizes


def test_no_name_covers_another_in_any_bundled_case(case):
    names, found = case.actor_names, tables.ties(case)

    places = layout.actor_places(names, zip(found["source"], found["target"], strict=True))

    assert overlapping(*boxes_of(places, names)) == []


@settings(max_examples=30)
@given(
    lengths=st.lists(st.integers(1, 40), min_size=25, max_size=25),
    pairs=st.lists(st.tuples(st.integers(0, 24), st.integers(0, 24)), max_size=80),
)
def test_no_name_covers_another_among_twenty_five_actors(lengths, pairs):
    names = {f"a{i:02d}": ("long name " * 5)[:length] for i, length in enumerate(lengths)}

    places = layout.actor_places(names, [(f"a{i:02d}", f"a{j:02d}") for i, j in pairs])

    centres, sizes = boxes_of(places, names)
    assert overlapping(centres, sizes) == []
    assert (centres[:, 0] - sizes[:, 0] / 2 >= -2).all()
    assert (centres[:, 0] + sizes[:, 0] / 2 <= layout.WIDTH + 2).all()


def test_the_map_is_the_same_whatever_the_order_of_its_actors_and_ties():
    names = {"c": "Sea", "a": "Hill", "b": "Dale", "d": "Isle"}
    pairs = [("a", "b"), ("b", "c"), ("c", "a"), ("d", "a")]

    again = layout.actor_places(dict(reversed(names.items())), [(two, one) for one, two in reversed(pairs)])

    assert layout.actor_places(names, pairs) == again


@pytest.mark.parametrize("count", [0, 1, 2])
def test_a_map_of_hardly_any_actors_has_places_too(count):
    names = {"ab"[i]: "Name" for i in range(count)}

    assert len(set(layout.actor_places(names, []).values())) == count


def test_ties_of_the_same_two_actors_are_drawn_side_by_side(river):
    found, names = tables.ties(river), river.actor_names
    places = {"upland": (100.0, 100.0), "delta": (300.0, 100.0), "league": (200.0, 300.0)}

    rows = charts.map_rows(found, names, places)

    arrows = rows[rows["part"] == "arrow"].set_index("key")
    assert abs(arrows.loc["upland|presses|delta", "y"] - arrows.loc["delta|presses|upland", "y"]) == charts.SPACING
    assert arrows.loc["upland|presses|delta", "dx"] > 0 > arrows.loc["delta|presses|upland", "dx"]


def test_what_has_nothing_to_do_with_the_chosen_actor_is_faint(river):
    found, names = tables.ties(river), river.actor_names
    places = layout.actor_places(names, [])

    def faint(chosen):
        rows = charts.map_rows(found, names, places, chosen)
        return set(rows.loc[rows["faint"], "key"])

    assert faint(None) == {"league"}
    assert faint("upland|presses|delta") == {"delta|presses|upland", "league"}
    assert faint("league") == {*found["key"], "upland", "delta"}


def test_the_map_says_in_words_what_it_shows(river):
    said = charts.map_alt(tables.ties(river), river.actor_names)

    assert said == "Map of 3 actors and 2 ties (presses 2). Most ties: Delta (2) and Upland (2)."


def test_relations_differ_in_more_than_colour():
    keys = [charts.relation_key(relation) for relation in tables.RELATIONS]

    assert len({dash for _, dash in keys}) == len({colour for colour, _ in keys}) == len(tables.RELATIONS)


def test_unticking_a_relation_takes_its_ties_off_and_keeps_the_table_in_step(case):
    explorer = ActorMap(case)
    relation, box = next(iter(explorer.boxes.items()))
    explorer.selected = explorer.table.loc[explorer.table["relation"] == relation, "key"].iloc[0]
    assert len(explorer.evidence) > 0

    box.value = False

    assert relation not in set(explorer.table["relation"])
    assert explorer.selected is None
    assert explorer.evidence.empty
    box.value = True
    box.value = False
    assert set(explorer.chart.rows["key"]) == {*explorer.table["key"], *case.actor_names}
    assert explorer.list.value.count("<tr>") == len(explorer.table) + 1


def test_an_actor_is_chosen_by_click_or_from_the_list_and_its_ties_can_then_be_chosen(case):
    explorer = ActorMap(case)
    actor = explorer.table["source"].iloc[0]

    explorer.chart.selected = {"pick": [actor]}

    assert (explorer.selected, explorer.actor.value) == (actor, actor)
    offered = [key for _, key in explorer.tie.options if key]
    assert offered == tables.ties_of(explorer.table, actor)["key"].tolist()
    explorer.tie.value = offered[0]
    assert explorer.selected == explorer.tie.value == offered[0]
    assert explorer.actor.value == ""
    assert explorer.chart.selected == {"pick": [offered[0]]}
    assert explorer.evidence["quote"].tolist() == tables.tie_evidence(case, offered[0])["quote"].tolist()
    explorer.tie.value = ""
    assert explorer.selected is None


def test_the_card_of_an_actor_holds_its_ties_and_what_it_wants(river):
    explorer = ActorMap(river)

    explorer.choose("upland")

    assert "Upland → Delta: presses" in explorer.card.value
    assert "Some water in summer." in explorer.card.value
    assert explorer.evidence["sentence"].tolist() == [1, 1, 6, 6]


def test_a_case_text_is_never_markup_in_a_card(river):
    explorer = ActorMap(river)

    explorer.choose("upland")

    assert "&lt;i&gt;The dam" in explorer.card.value
    assert "<i>" not in explorer.card.value


# --- voices


def speakers(case):
    found = tables.voices(case)
    return {(row.sentence, row.actor) for row in found.itertuples() if row.speaks}


def test_a_verb_of_saying_belongs_to_the_actor_named_before_it_and_a_source_to_the_one_named_after(river):
    assert speakers(river) == {(1, "upland"), (3, "league"), (4, "delta"), (6, "upland")}


@pytest.mark.parametrize(
    ("sentence", "heard"),
    [
        ("Upland demands more.", {"upland"}),
        ("Upland's demands grew.", set()),
        ("Upland, for its part, has said so.", {"upland"}),
        ("Upland is large; analysts say so.", set()),
        ("Delta fears what Upland announced.", {"upland"}),
        ("Changes proposed by Delta were lost, and Upland said so.", {"upland"}),
        ("The changes that Delta wants, proposed by others, are many.", set()),
        ("Upland says a lot about rivers.", set()),
        ("Upland is a state with a long river and many old mills that people say are pretty.", set()),
    ],
)
def test_the_rule_of_thumb(tmp_path, sentence, heard):
    case = write_case(tmp_path, {"codebook.yaml": CODEBOOK, "articles/one.md": f"# One\n\n{sentence}\n"})

    assert {actor for _, actor in speakers(case)} == heard


def test_who_speaks_is_worked_out_once_for_a_case(river, monkeypatch):
    first = tables.voices(river)
    monkeypatch.setattr(tables, "annotate", lambda *_: pytest.fail("The articles were annotated again"))

    Voices(river)

    assert tables.voices(river) is first


def test_mentions_are_counted_by_sentence_and_per_hundred(river):
    counts = tables.voice_cells(river).set_index("key")["sentences"]
    rates = tables.voice_cells(river, "speaks", per_hundred=True).set_index("key")

    assert counts["upland|river"] == 4
    assert rates.loc["upland|river", "sentences"] == round(100 * 2 / 7, 1)
    assert rates.loc["upland|river", "label"] == "Upland, The river: 28.6 sentences in each hundred"


def test_naming_is_speaking_or_being_spoken_of(case):
    def total(scope):
        return tables.voice_cells(case, scope)["sentences"].sum()

    assert total("named") == total("speaks") + total("spoken-of")


def test_the_sentences_of_a_cell_are_as_many_as_its_count(case):
    first = case.articles[0].id
    for scope in tables.SCOPES:
        for cell in records(tables.voice_cells(case, scope)):
            actor, _, article = cell["key"].partition("|")
            if article == first:
                assert len(tables.voice_evidence(case, actor, article, scope)) == cell["sentences"], cell


def test_missing_voices_are_named():
    summary = pd.DataFrame([("Hill", 9, 4), ("Dale", 2, 0), ("Isle", 0, 0)], columns=["name", "named", "speaks"])

    assert tables.missing_voices(summary) == [
        "Never named: Isle.",
        "Named, but never speaking: Dale (2). The number counts the sentences that name it.",
        "Speaks most often: Hill, in 4 of the 9 sentences that name it.",
    ]


def test_a_cell_of_voices_is_chosen_by_click_or_from_lists_and_follows_what_is_counted(river):
    explorer = Voices(river)

    explorer.chart.selected = {"pick": ["upland|river"]}

    assert explorer.selected == "upland|river"
    assert (explorer.row.value, explorer.column.value) == ("upland", "river")
    assert len(explorer.evidence) == 4
    explorer.scope.value = "speaks"
    assert explorer.evidence["sentence"].tolist() == [1, 6]
    explorer.row.value = "league"
    assert explorer.evidence["sentence"].tolist() == [3]


def test_a_learner_guesses_who_is_named_most_and_never_speaks_before_the_count_shows(case):
    silent = tables.most_spoken_of(tables.voice_summary(case))
    explorer = Voices(case)
    assert {each.layout.display for each in explorer.children[1:]} == {"none"}

    explorer.guess.make("nobody of that name")
    assert explorer.guess.guess is None
    explorer.guess.make(silent["actor"])

    assert "and so it is" in explorer.guess.verdict.value
    assert {each.layout.display for each in explorer.children[1:]} == {""}
    assert Voices(case).guess.guess == silent["actor"]


def test_no_guess_is_asked_where_every_actor_speaks(river):
    assert tables.most_spoken_of(tables.voice_summary(river)) is None
    assert Voices(river).guess is None


# --- positions


def test_positions_tell_who_tells_them(river):
    found = tables.position_table(river, "upland", "water")

    assert found[["told", "source", "date"]].values.tolist() == [
        [tables.OF_ARTICLES, "The river", ""],
        [tables.OF_ITS_OWN, "Speech at the dam", "2025-05-01"],
    ]
    assert tables.position_evidence(found)["sentence"].tolist() == [1]


def test_every_actor_meets_every_issue_and_nothing_is_counted_twice(case):
    cells, told, own = (tables.position_cells(case, whose) for whose in ("", tables.OF_ARTICLES, tables.OF_ITS_OWN))

    assert len(cells) == len(case.actor_names) * len(tables.issue_names(case))
    assert cells["sentences"].sum() == told["sentences"].sum() + own["sentences"].sum() == len(case.positions)


def test_a_square_says_how_many_positions_it_holds(river):
    labels = tables.position_cells(river).set_index("key")["label"]

    assert labels["upland|water"] == "Upland, Water: 2 positions"
    assert labels["delta|fish"] == "Delta, Fish: 1 position"


def test_an_issue_that_only_a_position_names_has_a_column_too(river):
    assert tables.issue_names(river) == {"water": "Water", "fish": "Fish"}


def test_what_a_learner_writes_is_kept_and_comes_back(river):
    explorer = Positions(river)
    assert explorer.interest.disabled
    explorer.chart.selected = {"pick": ["upland|water"]}
    explorer.interest.value = "a harvest that does not fail"
    explorer.need.value = "safety"
    explorer.column.value = "fish"
    assert explorer.interest.value == ""

    again = Positions(river)
    assert "You have written on Upland on water." in again.about.value
    again.choose("upland|water")

    assert (again.interest.value, again.need.value) == ("a harvest that does not fail", "safety")
    again.interest.value = again.need.value = " "
    assert Positions(river).written == {}


def test_an_actor_without_an_issue_shows_all_its_positions_and_takes_no_reading(river):
    explorer = Positions(river)

    explorer.row.value = "upland"

    assert "Water: " in explorer.card.value
    assert explorer.need.disabled


def test_only_what_the_articles_tell_can_be_counted(river):
    explorer = Positions(river)

    explorer.told.value = tables.OF_ARTICLES

    assert explorer.chart.rows.set_index("key")["sentences"].to_dict() == {
        "upland|water": 1, "upland|fish": 0, "delta|water": 0, "delta|fish": 0, "league|water": 0, "league|fish": 0,
    }  # fmt: skip


def test_both_accounts_of_a_position_stand_side_by_side(river):
    shown = both_accounts(river, "upland", "water")

    assert "As the articles tell it" in shown
    assert "As the actor states it" in shown
    with pytest.raises(KitError, match="This case knows no issue “wine”"):
        both_accounts(river, "upland", "wine")


@pytest.mark.parametrize("junk", [None, 3, [], {"a": 1}, {"a": {"b": []}}, {"a": {"b": {"interest": 7, "other": "x"}}}])
def test_junk_in_the_portfolio_is_nothing_written_and_nothing_placed(junk):
    assert tables.written_of(junk) == {}
    assert tables.placements_of(junk) == {}


# --- the grid


def test_placements_outside_the_grid_are_left_out():
    kept = {"upland": {"power": 7, "interest": 9, "why": "It holds the tap."}, "delta": {"power": 12, "interest": 3}}

    assert tables.placements_of({**kept, "league": "high"}) == {
        "upland": {"power": 7, "interest": 9, "why": "It holds the tap."}
    }


@given(
    st.dictionaries(
        st.text(max_size=5),
        st.recursive(
            st.none() | st.booleans() | st.floats() | st.text(max_size=5),
            lambda inner: (
                st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["power", "interest", "why", "x"]), inner)
            ),
            max_leaves=8,
        ),
    )
)
def test_whatever_a_portfolio_holds_placements_lie_on_the_grid(kept):
    for place in tables.placements_of(kept).values():
        assert 0 <= place["power"] <= tables.TOP
        assert 0 <= place["interest"] <= tables.TOP
        assert isinstance(place["why"], str)


def test_quarters_of_the_grid():
    assert [tables.quarter_of(power, interest) for power, interest in ((5, 5), (9, 4), (4, 9), (0, 0))] == [
        "at the table",
        "keep content, and watch",
        "give a voice",
        "keep informed",
    ]


def test_others_are_told_by_their_middle_and_how_far_apart_they_are(river):
    mine = {"upland": {"power": 7, "interest": 7}}
    others = [{"upland": {"power": 2, "interest": 4}}, {"upland": {"power": 8, "interest": 4}}, {}]

    row = records(tables.grid_table(river, mine, others))[0]

    assert tables.others_in_words(row) == "2 others: power 5, interest 4 in the middle, on average 3 steps from there."
    assert tables.kit_in_words(row) == (
        "The kit's teaching assumption: power 7, interest 9. It holds the tap. You give it 2 less interest than the kit does."
    )


def test_no_name_on_the_grid_covers_another(case):
    actors = list(case.actor_names)
    mine = {actor: {"power": i % 3, "interest": 5 + i % 2, "why": ""} for i, actor in enumerate(actors)}

    rows = charts.grid_rows(tables.grid_table(case, mine))

    spots = np.array([[charts._across(x), charts._down(y)] for x, y in rows[["name_x", "name_y"]].to_numpy()])
    sizes = np.array([[LETTER * len(name), LINE] for name in rows["name"]])
    assert overlapping(spots, sizes) == []


def test_the_kit_shows_its_placement_only_of_actors_that_the_learner_has_placed(river):
    table = tables.grid_table(river, {"league": {"power": 4, "interest": 9}})

    assert set(charts.grid_rows(table, kit=True)["part"]) == {"mine"}


def let_go(explorer, *places):
    """What the chart tells when the pointer is let go over a place: the places that were clicked an odd number of times."""
    explorer.chart.selected = {**explorer.chart.selected, "place": list(places)}


def stands(explorer, actor):
    return explorer.placements[actor]["interest"], explorer.placements[actor]["power"]


def test_a_click_puts_the_actor_at_work_where_it_fell_though_others_share_its_interest_or_its_power(river):
    explorer = StakeholderGrid(river)
    let_go(explorer, "6|4")
    explorer.choose("delta")
    let_go(explorer, "6|4", "2|9")
    explorer.choose("league")

    let_go(explorer, "6|4", "2|9", "2|4")

    assert [stands(explorer, actor) for actor in ("upland", "delta", "league")] == [(6, 4), (2, 9), (2, 4)]


def test_two_actors_can_be_put_on_one_place(river):
    explorer = StakeholderGrid(river)
    let_go(explorer, "9|8")
    explorer.choose("delta")

    let_go(explorer)

    assert stands(explorer, "delta") == stands(explorer, "upland") == (9, 8)


def test_an_actor_that_is_dragged_is_put_where_it_is_let_go(river):
    explorer = StakeholderGrid(river)
    explorer.place("delta", 3, 3)

    # Pressing on a mark picks its actor; both may arrive in one message.
    explorer.chart.selected = {"pick": ["delta"], "place": ["7|5"]}

    assert stands(explorer, "delta") == (7, 5)
    assert "upland" not in explorer.placements


def test_a_comparison_before_anything_is_placed_says_why_it_shows_nothing(river):
    explorer = StakeholderGrid(river)
    assert "show only" not in explorer.said.html

    explorer.compare.value = "kit"

    assert "show only for actors that you have placed yourself" in explorer.said.html


def test_an_actor_is_placed_from_the_lists_compared_and_taken_off(river):
    explorer = StakeholderGrid(river, others=[{"upland": {"power": 3, "interest": 3}}, "junk"])
    explorer.power.value = 6
    assert explorer.placements == {}
    explorer.interest.value = 9
    explorer.why.value = "it holds the dam"

    assert portfolio(river).read("02/stakeholder-grid") == {
        "upland": {"power": 6, "interest": 9, "why": "it holds the dam"}
    }
    explorer.compare.value = "kit"
    assert "You give it 1 less power than the kit does." in explorer.said.html.replace("&#x27;", "'")
    explorer.compare.value = "others"
    assert "1 other person: power 3" in explorer.said.html
    assert set(explorer.chart.rows["part"]) == {"mine", "other"}
    explorer.next()
    assert explorer.selected == "delta"
    explorer.chart.selected = {**explorer.chart.selected, "pick": ["upland"]}
    assert explorer.selected == "upland"
    explorer.remove()
    assert portfolio(river).read("02/stakeholder-grid") == {}


def test_placements_come_back(river):
    StakeholderGrid(river).place("league", 2, 3)

    again = StakeholderGrid(river)
    again.selected = "league"

    assert (again.power.value, again.interest.value) == (2, 3)
    assert "The League ✓" in dict(again.actor.options)


def test_an_actor_of_another_case_stays_out_of_the_grid(river):
    portfolio(river).save("02/stakeholder-grid", {"atlantis": {"power": 1, "interest": 1}})

    assert StakeholderGrid(river).placements == {}


# --- all of them


def test_ties_differ_by_dash_as_well_as_by_colour():
    assert "strokeDash" in charts.map_chart(list(tables.RELATIONS), 400).to_json()


def test_every_actor_of_a_case_is_in_its_stakeholders():
    case = load_case("ukraine")

    placed = tables.placements_of(case.meta["stakeholders"])

    assert set(placed) == set(case.actors)
    assert all(each["why"] for each in placed.values())


def test_names_come_from_the_case_where_it_has_no_codebook_and_else_from_the_code(tmp_path):
    positions = (
        "actor,issue,stance,position,article,quote,source_title,source_date\nsea-folk,fish,seeks,Fish.,,,Letter,2025\n"
    )
    files = {"case.yaml": "title: One\nactors: {bay: {label: The Bay}}\n", "positions.csv": positions}

    assert write_case(tmp_path, files).actor_names == {"bay": "The Bay", "sea-folk": "Sea folk"}
