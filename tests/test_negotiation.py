"""Unit 06: the game as a value, bots of three tempers, sheets, the table and the debrief, driven from Python."""

import functools
import itertools
import re
import shutil
from statistics import mean

import numpy as np
import pytest
from bot_games import play_out
from hypothesis import given
from hypothesis import strategies as st

from kit.authoring.new_case import SKELETON
from kit.case import bundled_cases, load_case
from kit.errors import KitError
from kit.learning.portfolio import portfolio
from kit.negotiation import (
    Debrief,
    PlanningSheet,
    RoleSheet,
    Table,
    bots,
    charts,
    debrief_tables,
    role_sheet_html,
    sheets,
    tables,
    weights,
)
from kit.negotiation.game import (
    ACCEPT,
    AMEND,
    ANSWER,
    ASK,
    DECLINE,
    MEDIATOR,
    MOST_MOVES,
    OFFER,
    SIGN,
    WALK,
    IllegalMoveError,
    Move,
    new_game,
    open_question,
    resume_game,
)
from kit.negotiation.game_tables import log_table, offer_rows
from kit.negotiation.kept_game import KEY, PLAN_KEY, kept_game, sound_scores

EXPLORERS = [RoleSheet, Table, Debrief]
SIDES = ("ukraine", "russia")


@pytest.fixture(scope="module")
def case():
    return load_case("ukraine")


@pytest.fixture(scope="module")
def lab(case):
    return tables.lab(case)


def best(lab, seat):
    """The package that a delegation likes most."""
    return {issue: max(options, key=options.get) for issue, options in lab.seats[seat].scores.items()}


def signable(lab, seats=SIDES):
    """A package that gives each of these its reservation value and has every consent that it needs."""
    zone = lab.negotiation(seats).zone()
    row = zone.index[np.flatnonzero(lab.holds[zone.index])[0]]
    return tables.package_of(lab, row, seats)


def why_not(game, who, kind, package=None, issue=""):
    with pytest.raises(IllegalMoveError) as refused:
        game.play(Move(who, kind, package or {}, issue))
    return str(refused.value)


@pytest.mark.parametrize("explorer", EXPLORERS)
@pytest.mark.parametrize("name", bundled_cases())
def test_every_explorer_opens_on_every_case_with_a_short_name(explorer, name):
    assert repr(explorer(load_case(name))).startswith("Run this cell to open the ")


@pytest.mark.parametrize("explorer", EXPLORERS)
def test_a_case_without_a_negotiation_is_told_so_in_a_sentence(explorer, bare):
    (told,) = explorer(bare).children[0].children[0].children
    assert "has no negotiation" in told.value


# The game


def test_a_package_that_all_accept_and_sign_is_the_deal(lab):
    package = signable(lab)
    game = new_game(lab, SIDES).play(Move("ukraine", OFFER, package)).play(Move("russia", ACCEPT))
    assert (game.state, game.deal) == ("agreed", None)
    game = game.play(Move("russia", SIGN)).play(Move("ukraine", SIGN))
    assert game.deal == package


def test_an_amended_text_must_be_accepted_afresh(lab):
    package = signable(lab)
    game = new_game(lab, SIDES).play(Move("ukraine", OFFER, package)).play(Move("russia", ACCEPT))
    game = game.play(Move("russia", AMEND, {"people": "number-for-number"}))
    assert game.package == {**package, "people": "number-for-number"}
    assert (game.state, game.accepted, game.proposer) == ("open", {"russia"}, "russia")


def test_what_the_rules_forbid_is_refused_in_a_sentence_and_changes_nothing(lab):
    start, package = new_game(lab, SIDES), signable(lab)
    on_table = start.play(Move("ukraine", OFFER, package))
    assert "nothing on the table" in why_not(start, "ukraine", ACCEPT)
    assert "nothing on the table to amend" in why_not(start, "ukraine", AMEND, {"people": "return-only"})
    assert "says nothing" in why_not(start, "ukraine", OFFER)
    assert "not on the table" in why_not(start, "ukraine", OFFER, {"weather": "rain"})
    assert "no option" in why_not(start, "ukraine", OFFER, {"people": "rain"})
    assert "no seat" in why_not(start, "guarantors", OFFER, package)
    assert "no move" in why_not(start, "ukraine", "threaten")
    assert "said yes to this already" in why_not(on_table, "ukraine", ACCEPT)
    assert "has not been answered" in why_not(on_table, "ukraine", OFFER, best(lab, "ukraine"))
    assert "is on the table already" in why_not(on_table, "russia", OFFER, package)
    assert "nothing to sign" in why_not(on_table, "russia", SIGN)
    assert "Nobody has asked" in why_not(on_table, "russia", ANSWER, issue="people")
    assert "your own offer" in why_not(on_table, "ukraine", DECLINE)
    game, sentence = on_table.try_play(Move("ukraine", SIGN))
    assert game is on_table
    assert sentence.endswith(".")


def test_nothing_is_agreed_until_everything_is_agreed(lab):
    game = new_game(lab, SIDES).play(Move("ukraine", OFFER, {"people": "return-only"}))
    assert "leaves open: Line of control" in why_not(game, "russia", ACCEPT)


def test_a_deal_that_an_absent_third_would_refuse_cannot_be_accepted(lab):
    nash = lab.negotiation(SIDES).nash().index[0]
    package = tables.package_of(lab, nash, SIDES)
    assert lab.total("guarantors", package) < lab.seats["guarantors"].reservation
    game = new_game(lab, SIDES).play(Move("ukraine", OFFER, package))
    assert "no consent to this package" in why_not(game, "russia", ACCEPT)
    present = new_game(lab, (*SIDES, "guarantors")).play(Move("ukraine", OFFER, package)).play(Move("russia", ACCEPT))
    assert present.state == "open", "the third seat has not said yes"


def test_a_mediator_proposes_and_neither_accepts_nor_signs(lab):
    game = new_game(lab, SIDES, mediated=True).play(Move(MEDIATOR, OFFER, signable(lab)))
    assert game.accepted == frozenset()
    for kind in (ACCEPT, SIGN, WALK, DECLINE):
        assert "mediator does not" in why_not(game, MEDIATOR, kind)
    assert game.play(Move("ukraine", ACCEPT)).play(Move("russia", ACCEPT)).state == "agreed"
    assert "no seat" in why_not(new_game(lab, SIDES), MEDIATOR, OFFER, signable(lab))


def test_a_game_that_is_over_goes_no_further(lab):
    game = new_game(lab, SIDES).play(Move("russia", WALK))
    assert (game.state, game.deal) == ("broken off", None)
    assert "over" in why_not(game, "ukraine", OFFER, signable(lab))


def test_a_game_ends_some_day(lab):
    game = new_game(lab, SIDES)
    for _ in range(MOST_MOVES):
        game = game.play(Move("ukraine", ASK, issue="people"))
    assert f"{MOST_MOVES} moves" in why_not(game, "ukraine", ASK, issue="people")


def test_one_delegation_or_an_unknown_one_makes_no_game(lab):
    for players in (["ukraine"], ["ukraine", "ukraine"], ["ukraine", "atlantis"]):
        with pytest.raises(IllegalMoveError):
            new_game(lab, players)


@functools.cache
def _played(tempers, seed):
    return play_out(tables.lab(load_case("ukraine")), tempers, seed=seed)


PAIRS = list(itertools.product(bots.TEMPERS, repeat=2))


@pytest.mark.parametrize("tempers", PAIRS[:4])
def test_a_kept_game_is_resumed_as_it_stood(lab, tempers):
    game = _played(tempers, 1)
    for moves in range(len(game.moves)):
        part = {**game.as_json(), "moves": game.as_json()["moves"][:moves]}
        assert resume_game(lab, part).as_json() == part
    assert resume_game(lab, game.as_json()) == game


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.sampled_from([*SIDES, OFFER, "people"]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["players", "moves", "who", "kind", "package", "issue", "words", "mediated"]),
            inner,
            max_size=6,
        )
    ),
    max_leaves=20,
)


@given(JSON)
def test_whatever_a_file_holds_is_a_sound_game_or_none(value):
    lab = tables.lab(load_case("ukraine"))
    game = resume_game(lab, value)
    assert game is None or resume_game(lab, game.as_json()) == game


@given(JSON)
def test_a_kept_game_with_a_broken_move_goes_on_from_the_move_before(value):
    lab = tables.lab(load_case("ukraine"))
    sound = new_game(lab, SIDES).play(Move("ukraine", OFFER, signable(lab)))
    kept = sound.as_json()
    game = resume_game(lab, {**kept, "moves": [*kept["moves"], {"who": 7, "kind": value}]})
    assert game == sound


# Bots


@pytest.mark.parametrize("name", bundled_cases())
def test_no_bot_ever_signs_below_its_reservation_value(name):
    lab = tables.lab(load_case(name))
    for tempers, seed in itertools.product(PAIRS, range(60)):
        game = play_out(lab, tempers, seed=seed)
        assert game.over
        for seat in lab.parties if game.deal else ():
            assert lab.total(seat, game.deal) >= lab.seats[seat].reservation
            assert not lab.refusing(game.deal, game.players)


@given(st.data())
def test_no_bot_signs_below_its_reservation_value_whatever_it_is_offered(data):
    lab = tables.lab(load_case("ukraine"))
    bot = bots.Bot(lab, "russia", data.draw(st.sampled_from(list(bots.TEMPERS))), seed=data.draw(st.integers(0, 99)))
    game = new_game(lab, SIDES)
    for _ in range(data.draw(st.integers(1, 14))):
        package = {issue: data.draw(st.sampled_from(options)) for issue, options in lab.options.items()}
        game, _ = game.try_play(Move("ukraine", OFFER, package))
        for move in bot.reply(game):
            game = game.play(move)
            if move.kind in (ACCEPT, OFFER, SIGN):
                assert lab.total("russia", game.package) >= lab.seats["russia"].reservation


def test_nothing_that_a_bot_says_shows_its_sheet(lab):
    secret = {seat: _sentences(lab.seats[seat]) for seat in SIDES}
    for tempers, seed in itertools.product(PAIRS, range(10)):
        for move in _played(tempers, seed).moves:
            assert not re.search(r"\d", move.words)
            assert not [each for each in secret[move.who] if each in move.words]


def _sentences(seat):
    sheet = seat.sheet
    texts = [sheet["brief"], *sheet["instructions"], *sheet.get("red_lines", []), seat.batna]
    return [each.strip() for text in texts for each in re.split(r"(?<=[.!?]) ", text) if len(each) > 12]


def test_a_bot_that_is_asked_why_tells_its_interest_and_no_number(lab):
    game = new_game(lab, SIDES).play(Move("ukraine", ASK, issue="guarantees"))
    (answer,) = bots.Bot(lab, "russia").reply(game)
    assert (answer.kind, answer.issue, answer.words) == (ANSWER, "guarantees", lab.seats["russia"].why["guarantees"])


def test_a_bot_does_not_look_at_the_other_sides_points(lab):
    other = lab.rescored({"ukraine": {"people": dict.fromkeys(lab.options["people"], 50.0)}})
    offers = [best(lab, "ukraine"), signable(lab)]
    for temper in bots.TEMPERS:
        said = []
        for each in (lab, other):
            game = new_game(each, SIDES)
            bot = bots.Bot(each, "russia", temper, seed=3)
            for package in offers:
                game, _ = game.try_play(Move("ukraine", OFFER, package))
                for move in bot.reply(game):
                    game = game.play(move)
            said.append(game.moves)
        assert said[0] == said[1]


def test_tempers_differ_in_what_they_bring_home_and_in_how_long_they_take(lab):
    def played(temper):
        return [_played(("conceding", temper), seed) for seed in range(40)]

    worth = {temper: mean(lab.total("russia", g.deal) for g in played(temper) if g.deal) for temper in bots.TEMPERS}
    rounds = {temper: mean(game.round for game in played(temper)) for temper in bots.TEMPERS}
    assert rounds["tough"] > rounds["conceding"] + 1
    assert rounds["matching"] < rounds["tough"] - 1

    def first_side(temper):
        return mean(
            lab.total("ukraine", g.deal) for g in (_played((temper, "conceding"), s) for s in range(40)) if g.deal
        )

    assert first_side("tough") > mean(
        lab.total("ukraine", g.deal) for g in (_played(("conceding", "tough"), s) for s in range(40)) if g.deal
    )
    assert len({round(each, 1) for each in worth.values()}) == 3


def test_a_conceding_bot_gives_early_and_a_tough_one_late(lab):
    game = new_game(lab, SIDES)
    aims = {temper: [bots.Bot(lab, "russia", temper).aims(game)] for temper in ("conceding", "tough")}
    for turn in range(22):
        who = SIDES[turn % 2]
        game, _ = game.try_play(Move(who, OFFER, best(lab, who)))
        for temper, seen in aims.items():
            seen.append(bots.Bot(lab, "russia", temper).aims(game))
    floor = lab.seats["russia"].reservation
    for seen in aims.values():
        assert seen == sorted(seen, reverse=True)
        assert seen[-1] == pytest.approx(floor)
    middle = len(aims["tough"]) // 2
    assert aims["conceding"][middle] < (aims["conceding"][0] + floor) / 2 < aims["tough"][middle]


def test_a_bot_says_that_it_would_like_a_deal_only_if_it_would(lab):
    liked = next(
        package
        for row in lab.negotiation(SIDES).outcomes.sort_values("russia", ascending=False).index
        if lab.refusing(package := tables.package_of(lab, row, SIDES))
    )
    for package, likes in ((best(lab, "ukraine"), False), (liked, True)):
        game = new_game(lab, SIDES).play(Move("ukraine", OFFER, package))
        for move in bots.Bot(lab, "russia", "conceding").reply(game):
            assert ("would like this" in move.words) is likes


def test_the_same_seed_plays_the_same_game(lab):
    first, again = (play_out(lab, ("matching", "tough"), seed=5) for _ in range(2))
    assert first == again


# Versions, consent and sheets


@pytest.mark.parametrize("name", bundled_cases())
def test_the_invented_version_has_the_same_numbers_and_other_names(name):
    real, invented = (tables.lab(load_case(name), version) for version in ("real", "invented"))
    assert real.options == invented.options
    for seat in real.seats:
        assert real.seats[seat].scores == invented.seats[seat].scores
        assert real.seats[seat].reservation == invented.seats[seat].reservation
        assert real.seats[seat].title != invented.seats[seat].title
    assert np.array_equal(real.holds, invented.holds)


def test_who_must_consent_is_read_from_the_options_and_decided_by_the_reservation_value(lab):
    assert lab.needs({"territory-line": "present-line", "guarantees": "own-strength"}) == []
    assert lab.needs({"guarantees": "treaty-guarantee"}) == ["guarantors"]
    rows = lab.negotiation(tuple(lab.seats)).outcomes
    for row in range(0, len(rows), 997):
        package = tables.package_of(lab, row, tuple(lab.seats))
        assert bool(lab.holds[row]) == (not lab.refusing(package))


@pytest.mark.parametrize("version", ["real", "invented"])
@pytest.mark.parametrize("name", bundled_cases())
def test_a_sheet_for_printing_holds_all_of_ones_own_and_nothing_of_anothers(name, version):
    case = load_case(name)
    lab = tables.lab(case, version)
    for mine, other in itertools.permutations(lab.seats, 2):
        page = role_sheet_html(case, mine, version).replace("&#x27;", "'").replace("&quot;", '"')
        assert all(line in page for line in _sentences(lab.seats[mine]))
        assert not [
            line for line in set(_sentences(lab.seats[other])) - set(_sentences(lab.seats[mine])) if line in page
        ]
        assert not [line for line in lab.seats[other].why.values() if line in page]


def test_the_mediators_sheet_has_nobodys_points(case, lab):
    page = role_sheet_html(case, MEDIATOR)
    assert "<table" not in page
    assert not any(f"{seat.reservation:g} points" in page for seat in lab.seats.values())


def test_a_sheet_of_nobody_is_refused_in_words(case, bare):
    with pytest.raises(KitError, match="no delegation 'atlantis'"):
        role_sheet_html(case, "atlantis")
    with pytest.raises(KitError, match="no negotiation"):
        role_sheet_html(bare, "ukraine")


def test_a_sheet_stays_closed_until_it_is_asked_for_and_closes_for_the_next(case, lab):
    sheet = RoleSheet(case)
    secret = lab.seats["ukraine"].sheet["red_lines"][0][:40]
    assert secret not in sheet.sheet.value
    assert sheet.table.empty
    sheet.show_sheet.value = True
    assert secret in sheet.sheet.value
    assert len(sheet.table) == sum(len(options) for options in lab.options.values())
    sheet.delegation.value = "russia"
    assert sheet.show_sheet.value is False
    assert sheet.table.empty
    assert secret.encode() not in sheet.download.content
    sheet.version.value = "invented"
    assert "Kestria" in sheet.sheet.value
    assert b"Kestria" in sheet.download.content
    assert b"Ukraine" not in sheet.download.content
    assert sheet.download.filename == "sheet-kestria-s-delegation.html"


def test_sheets_of_delegations_without_a_latin_letter_are_saved_under_names_of_their_own(tmp_path):
    folder = tmp_path / "case"
    shutil.copytree(SKELETON, folder)
    game = folder / "negotiation.yaml"
    text = game.read_text("utf-8")
    game.write_text(text.replace("Ostrel's delegation", "Річка").replace("Marrin's delegation", "Озеро"), "utf-8")
    sheet = RoleSheet(load_case(folder))
    names = []
    for _, key in sheet.delegation.options:
        sheet.delegation.value = key
        names.append(sheet.download.filename)
    assert len(set(names)) == len(names)


# The table


def lay(table, package):
    for issue, control in table.draft.items():
        control.value = package.get(issue, "")
    table.offer.click()


def test_alone_an_offer_is_answered_at_once_and_kept(case, lab):
    table = Table(case, seed=1)
    lay(table, best(lab, "ukraine"))
    assert [move.who for move in table.game.moves] == ["ukraine", "russia"]
    assert table.table["who"].tolist() == ["Ukraine's delegation", "Russia's delegation"]
    kept = portfolio(case).read(KEY)
    assert kept["game"] == table.game.as_json()
    again = Table(case)
    assert again.game == table.game
    assert again.bot.seed == table.bot.seed


def test_a_table_is_resumed_whatever_the_file_holds(case):
    for value in (
        7,
        [],
        {"game": 3},
        {"game": {"players": ["x", "y"]}},
        {"mode": "x", "seat": 3, "seed": "s", "temper": []},
    ):
        portfolio(case).save(KEY, value)
        assert Table(case).game.moves == ()


def test_a_deal_is_found_and_signed_with_the_bot(case):
    table = Table(case, seed=2)
    package = signable(table.lab)
    lay(table, package)
    while not table.game.over and table.game.state == "open":
        table.decline.click() if table.lab.total("ukraine", table.game.package) < 58 else table.accept.click()
        if table.game.state == "open" and table.game.round > 11:
            break
    if table.game.state == "agreed":
        table.sign.click()
        assert table.game.deal is not None
        assert "Signed" in table.result.value
    assert table.game.state in ("signed", "broken off", "open")


def test_a_move_that_is_not_allowed_is_told_and_not_kept(case):
    table = Table(case)
    before = table.game
    table.accept.click()
    assert "nothing on the table" in table.said.html
    assert table.game is before


def test_an_offer_that_changes_part_of_the_text_amends_it(case, lab):
    table = Table(case)
    table.mode.value = "two"
    lay(table, signable(lab))
    table.chair.value = "russia"
    table.copy.click()
    table.draft["people"].value = "number-for-number"
    table.offer.click()
    assert (table.game.moves[-1].kind, table.game.moves[-1].package) == (AMEND, {"people": "number-for-number"})


def test_walking_away_is_asked_twice(case):
    table = Table(case)
    table.leave.click()
    assert not table.game.over
    table.leave.click()
    assert table.game.state == "broken off"


def test_at_one_screen_whoever_sits_down_closes_the_others_sheet(case, lab):
    table = Table(case)
    table.mode.value = "two"
    secret = lab.seats["ukraine"].sheet["red_lines"][0][:40]
    lay(table, best(lab, "ukraine"))
    assert len(table.chart.rows) == 0
    assert "Worth" not in table.worth.value
    table.show_sheet.value = True
    assert secret in table.card.value
    assert table.chart.rows["value"].tolist() == [100.0, 58.0]
    table.chair.value = "russia"
    assert table.show_sheet.value is False
    assert secret not in table.card.value
    assert len(table.chart.rows) == 0


def test_what_one_side_prepares_is_put_away_before_the_next_sits_down(case):
    table = Table(case)
    table.mode.value = "two"
    table.show_sheet.value = True
    assert table.draft["people"].options[1][0].endswith("(14)")
    table.draft["people"].value = "return-only"
    table.words.value = "only between us"
    table.chair.value = "russia"
    assert (table.package, table.words.value, table.show_sheet.value) == ({}, "", False)
    assert not any("(" in words for words, _ in table.draft["people"].options)
    assert len(table.evidence) == 0
    assert table.chart.layout.display == "none"


def test_a_sheet_closes_when_its_owner_has_moved(case, lab):
    table = Table(case)
    table.mode.value = "two"
    table.show_sheet.value = True
    lay(table, best(lab, "ukraine"))
    assert table.show_sheet.value is False
    assert "Now the next delegation sits down" in table.said.html


def test_a_question_waits_for_the_one_who_was_asked_and_for_an_answer_in_words(case):
    table = Table(case)
    table.mode.value = "two"
    table.choose("sanctions")
    assert table.ask.description == "Ask why: Sanctions, frozen…"
    table.ask.click()
    assert "asked why: Sanctions" in table.said.html
    table.choose("people")
    table.chair.value = "russia"
    assert table.selected == "sanctions"
    assert "you were asked why about Sanctions" in table.said.html
    table.reply.click()
    assert "Write your answer" in table.said.html
    table.words.value = "They hold our money."
    table.reply.click()
    assert table.game.moves[-1].words == "They hold our money."
    assert open_question(table.game, "russia") == ""


def test_alone_each_option_says_what_it_is_worth_to_you(case, lab):
    table = Table(case)
    words = {key: words for words, key in table.draft["people"].options}
    assert words["return-only"].endswith("(7)")
    table.seat.value = "russia"
    words = {key: words for words, key in table.draft["people"].options}
    assert words["return-only"].endswith("(4)")


def test_a_mediator_is_offered_only_what_a_mediator_may_do(case):
    table = Table(case)
    table.mode.value = "two-mediated"
    table.chair.value = MEDIATOR
    assert [each.layout.display for each in (table.accept, table.decline, table.sign, table.leave)] == ["none"] * 4
    table.chair.value = "ukraine"
    assert table.sign.layout.display in ("", None)


def test_the_log_tells_what_a_whole_package_changed(lab):
    first = signable(lab)
    game = new_game(lab, SIDES).play(Move("ukraine", OFFER, first))
    game = game.play(Move("russia", OFFER, {**first, "people": "number-for-number"}))
    said = log_table(game)["what"].tolist()
    assert said[0] == "offered a package"
    assert said[1].startswith("offered a package, new in it: Prisoners")
    assert "Line of control" not in said[1]
    game = game.play(Move("ukraine", OFFER, {**best(lab, "ukraine"), "people": "number-for-number"}))
    assert ", new on: " in log_table(game)["what"].tolist()[2]


def test_a_mediator_at_the_screen_sees_no_points_even_with_the_sheet_open(case, lab):
    table = Table(case)
    table.mode.value = "two-mediated"
    lay(table, best(lab, "ukraine"))
    table.chair.value = MEDIATOR
    table.show_sheet.value = True
    assert len(table.chart.rows) == 0
    assert "Worth" not in table.worth.value
    assert lab.mediator.sheet["instructions"][0][:30] in table.card.value


def test_the_third_delegation_can_sit_at_the_table(case):
    table = Table(case)
    table.mode.value = "three"
    assert table.game.players == ("ukraine", "russia", "guarantors")
    lay(table, signable(table.lab))
    table.chair.value = "russia"
    table.accept.click()
    assert table.game.state == "open"
    table.chair.value = "guarantors"
    table.accept.click()
    assert table.game.state == "agreed"


def test_one_press_gives_the_same_game_other_names(case, lab):
    table = Table(case, seed=1)
    lay(table, best(lab, "ukraine"))
    before = table.game.as_json()
    table.version.value = "invented"
    assert table.game.as_json() == before
    table.choose("people")
    shown = (
        table.card.value
        + table.history.value
        + table.status.value
        + str([each.options for each in table.draft.values()])
    )
    assert "Kestria" in shown
    assert "Ukraine" not in shown
    assert Table(case).version.value == "invented"
    assert "This version is invented" in table.panel.text.value


def test_choosing_an_option_shows_its_law_and_opens_the_issues_sentences(case, lab):
    table = Table(case)
    table.draft["guarantees"].value = "own-strength"
    assert lab.issues["guarantees"].options["own-strength"].legal_note[:40] in table.card.value.replace("&#x27;", "'")
    assert len(table.evidence) == len(lab.issues["guarantees"].evidence)
    assert table.selected == "guarantees"


def test_an_offer_in_the_picture_can_be_taken_up_again(case, lab):
    table = Table(case, seed=1)
    lay(table, best(lab, "ukraine"))
    table.chart.selected = {"pick": ["2"]}
    assert table.package == table.game.package


def test_other_points_hold_in_the_game_and_after_it(case, lab):
    points = {"ukraine": {"people": {"return-only": 40, "no-such": 1}, "weather": {"rain": 3}}, "nobody": {}}
    assert sound_scores(lab, points) == {"ukraine": {"people": {"return-only": 40.0}}}
    table = Table(case, scores=points)
    assert table.lab.seats["ukraine"].scores["people"]["return-only"] == 40
    lay(table, best(lab, "russia"))
    assert kept_game(case).lab.seats["ukraine"].scores["people"]["return-only"] == 40
    assert Table(case).lab.seats["ukraine"].scores["people"]["return-only"] == 40


def test_what_the_others_changed_since_their_last_offer_is_marked(case, lab):
    first = best(lab, "russia")
    game = new_game(lab, SIDES).play(Move("russia", OFFER, first)).play(Move("ukraine", DECLINE))
    assert not any(row.changed for row in offer_rows(game, "ukraine", "ukraine"))
    game = game.play(Move("russia", OFFER, {**first, "people": "return-and-rights"}))
    rows = {row.issue: row for row in offer_rows(game, "ukraine", "ukraine")}
    assert [issue for issue, row in rows.items() if row.changed] == ["people"]
    assert rows["people"].their_points == 12
    assert rows["territory-line"].theirs == "Further withdrawal"
    assert [row.theirs for row in offer_rows(game, "russia", None)] == [""] * 6


def test_only_moves_that_the_rules_allow_can_be_pressed(case, lab):
    table = Table(case, seed=1)
    assert [each.disabled for each in (table.offer, table.accept, table.decline, table.sign)] == [True] * 4
    table.board.package = best(lab, "ukraine")
    table.draft["people"].value = "return-only"
    assert not table.offer.disabled
    table.offer.click()
    assert [each.disabled for each in (table.accept, table.decline, table.sign)] == [False, False, True]
    assert "nothing to sign" in table.sign.tooltip


def test_the_meter_says_what_the_draft_is_worth_against_the_reservation_value(case, lab):
    table = Table(case)
    lay(table, {**best(lab, "ukraine"), "guarantees": "joint-council"})
    assert "--worth: 76.0%; --floor: 58.0%" in table.worth.value
    assert "Worth 76 to you; your reservation value is 58." in table.worth.value
    table.draft["territory-line"].value = "further-withdrawal"
    assert "parley-short" in table.worth.value
    assert "No deal would be better for you" in table.worth.value


def signed_table(case, lab):
    table = Table(case)
    table.mode.value = "two"
    lay(table, signable(lab))
    for chair, press in (("russia", table.accept), ("russia", table.sign), ("ukraine", table.sign)):
        table.chair.value = chair
        press.click()
    return table


def test_a_signed_game_ends_on_a_page_that_opens_the_debrief_and_is_reopened_as_signed(case, lab):
    table = signed_table(case, lab)
    for found in (table, Table(case)):
        assert found.game.state == "signed"
        assert (found.work.layout.display, found.ending.layout.display) == ("none", "")
        assert "✓ Russia" in found.result.value
        (button,) = found.ending.children[1:]
        button.click()
        (after,) = found.aftermath.children
        assert "on the frontier" in after.summary.value or "left on the table" in after.summary.value
    assert "the deal is signed" in found.said.html


def test_a_plan_is_kept_and_opened_again(case):
    plan = PlanningSheet(case)
    plan.fields["aims"].value = "Protection first."
    assert portfolio(case).read(PLAN_KEY) == {"aims": "Protection first."}
    assert PlanningSheet(case).fields["aims"].value == "Protection first."
    portfolio(case).save(PLAN_KEY, ["no", {"plan": 1}])
    assert PlanningSheet(case).fields["aims"].value == ""


# At several computers


def two_computers(case, mode="two"):
    """Two tables, the second of which has joined the first one's game."""
    host, guest = Table(case), Table(case)
    for table in (host, guest):
        table.mode.value, table.where.value = mode, "apart"
    carry(host, guest)
    return host, guest


def carry(one, other):
    other.mail.came.value = f"Olena, 10:31: {one.mail.sent.value}"
    other.mail.take_in.click()


def test_two_computers_play_one_game_to_signature(case, lab):
    host, guest = two_computers(case)
    assert (host.here, guest.here) == ("ukraine", "russia")
    assert f"You have joined game {host._code} as Russia's delegation." in guest.said_words
    assert host.game == guest.game
    assert guest.chart.rows["who"].tolist() == ["floor"]
    lay(host, signable(lab))
    carry(host, guest)
    assert guest.board.theirs["people"].value != ""
    for who, other, press in ((guest, host, "accept"), (guest, host, "sign"), (host, guest, "sign")):
        getattr(who, press).click()
        carry(who, other)
    assert host.game == guest.game
    assert guest.game.deal == signable(lab)
    assert guest.ending.layout.display == ""


def test_six_people_in_two_delegations_follow_one_game_each_at_their_own_computer(case, lab):
    host, guest = two_computers(case)
    readers = [Table(case) for _ in range(4)]
    for seat, reader in zip(["ukraine", "ukraine", "russia", "russia"], readers, strict=True):
        reader.mode.value, reader.where.value = "two", "apart"
        carry(host, reader)
        reader.seat.value = seat
    chat = []
    lay(host, signable(lab))
    chat.append(host.mail.sent.value)
    carry(host, guest)
    for who, other, press in ((guest, host, "accept"), (guest, host, "sign"), (host, guest, "sign")):
        getattr(who, press).click()
        chat.append(who.mail.sent.value)
        carry(who, other)
    for reader in readers:
        for text in chat:
            reader.mail.came.value = text
            reader.mail.take_in.click()
            who = reader.game.moves[-1].who
            assert ("Somebody else in your own seat has moved." in reader.said_words) == (who == reader.here)
        assert reader.game == host.game
        assert reader.game.deal == signable(lab)
        assert reader.seen == reader.here


def test_a_text_that_does_not_fit_says_so_and_changes_nothing(case, lab):
    host, guest = two_computers(case)
    lay(host, signable(lab))
    before = guest.game
    for text, answer in (
        ("hello", "No text of a game"),
        (host.mail.sent.value.replace("move 1", "move 2"), "was altered"),
        (host.mail.sent.value[:-4], "The end of the text is missing"),
    ):
        guest.mail.came.value = text
        guest.mail.take_in.click()
        assert answer in guest.said.html
        assert guest.game is before
    carry(host, guest)
    after = guest.game
    carry(host, guest)
    assert "has this text already" in guest.said.html
    assert guest.game is after


def test_two_moves_at_once_are_settled_by_taking_one_back(case):
    host, guest = two_computers(case)
    for table, issue in ((host, "people"), (guest, "sanctions")):
        table.choose(issue)
        table.ask.click()
    carry(host, guest)
    assert "moved at the same time" in guest.said.html
    guest.mail.back.click()
    carry(host, guest)
    assert guest.game == host.game


def test_the_debrief_opens_for_those_apart_only_when_all_have_signed(case, lab):
    host, guest = two_computers(case)
    lay(host, signable(lab))
    found = Debrief(case)
    assert found.opener.disabled
    assert "all signatures" in found.gate.value
    carry(host, guest)
    guest.leave.click()
    guest.leave.click()
    assert not found.opener.disabled


def test_a_game_at_several_computers_is_kept_and_goes_on(case, lab):
    host, _ = two_computers(case)
    lay(host, signable(lab))
    again = Table(case)
    assert (again.game, again.here) == (host.game, "ukraine")
    assert again.mail.sent.value == host.mail.sent.value


def test_three_delegations_and_a_mediator_each_at_their_own_computer(case, lab):
    host = Table(case)
    host.mode.value, host.where.value = "three-mediated", "apart"
    others = {}
    for seat in ("russia", "guarantors", MEDIATOR):
        table = Table(case)
        table.mode.value, table.where.value = "two", "apart"
        carry(host, table)
        table.seat.value = seat
        others[seat] = table
    assert others["guarantors"].game.players == ("ukraine", "russia", "guarantors")
    assert others[MEDIATOR].seen == ""
    mediator = others[MEDIATOR]
    lay(mediator, signable(lab, tuple(lab.seats)))
    seated = {"ukraine": host, **others}

    def send(one):
        for table in seated.values():
            if table is not one:
                carry(one, table)

    send(mediator)
    for press in ("accept", "sign"):
        for seat in lab.seats:
            getattr(seated[seat], press).click()
            send(seated[seat])
    assert {table.game.state for table in seated.values()} == {"signed"}


# The debrief


def ended(lab, package, seats=SIDES):
    game = new_game(lab, seats).play(Move(seats[0], OFFER, package))
    for kind, players in ((ACCEPT, seats[1:]), (SIGN, seats)):
        for seat in players:
            game = game.play(Move(seat, kind))
    return game


def opened(case, game):
    found = Debrief(case, game)
    found.opener.click()
    return found


def test_nobodys_points_are_shown_before_the_game_is_over(case):
    Table(case)
    found = Debrief(case)
    assert "not finished" in found.gate.value
    assert found.opener.description == "Open it all the same"
    table = Table(case)
    table.leave.click()
    table.leave.click()
    assert found.opener.description == "Open the debrief"


def test_a_deal_short_of_the_frontier_is_told_with_what_it_left(case, lab):
    package = signable(lab)
    left = lab.negotiation(SIDES).value_left(package)
    assert left["left"].any(), "this package is no good example"
    words = opened(case, ended(lab, package)).summary.value
    assert "left on the table" in words
    for seat in SIDES:
        assert f"{left['total'][seat]:g}" in words
        assert f"{left['reachable'][seat]:g}" in words


def test_who_signed_for_less_than_no_deal_is_told(case, lab):
    edge = lab.negotiation(SIDES).pareto()
    row = next(row for row in edge.index if lab.holds[row] and edge.at[row, "russia"] < 52)
    found = opened(case, ended(lab, tables.package_of(lab, row, SIDES)))
    assert "For Russia&#x27;s delegation that is less than no deal." in found.summary.value
    marks = found.chart.rows.query("what == 'mark'").set_index("name")
    assert marks.at["the deal", "beside"] == "1"
    assert "an offer" not in marks.index, "the signed offer is drawn once"


def test_a_deal_on_the_frontier_leaves_nothing(case, lab):
    edge = lab.negotiation(SIDES).pareto()
    row = next(row for row in edge.index if lab.holds[row])
    assert "on the frontier" in opened(case, ended(lab, tables.package_of(lab, row, SIDES))).summary.value


def test_without_a_deal_it_says_what_would_have_been_better(case, lab):
    game = new_game(lab, SIDES).play(Move("ukraine", OFFER, signable(lab))).play(Move("russia", WALK))
    words = opened(case, game).summary.value
    assert "There is no deal" in words
    assert "Offer 1 would have given" in words
    silent = opened(case, new_game(lab, SIDES).play(Move("russia", WALK)))
    assert "None of the offers" in silent.summary.value
    assert silent.chart.rows.query("name == 'no deal'")[["x", "y"]].to_numpy().tolist() == [[58, 52]]


def test_an_empty_zone_is_explained_in_names_that_people_read(lab):
    hard = lab.rescored({"russia": {issue: dict.fromkeys(names, 1.0) for issue, names in lab.options.items()}})
    words = " ".join(debrief_tables.list_findings(debrief_tables.make_view(hard, *SIDES, everybody=False)))
    assert "No deal gives each side its reservation value" in words
    assert "Russia's delegation" in words
    assert "territory-line" not in words


def test_the_picture_has_every_deal_the_frontier_and_the_points_of_theory(lab):
    view = debrief_tables.make_view(lab, *SIDES, everybody=False)
    deals = tables.outcome_table(lab, *SIDES, SIDES)
    model = lab.negotiation(SIDES)
    assert deals["deals"].sum() == len(model.outcomes)
    assert deals["zone"].sum() == len(model.zone())
    rows = debrief_tables.picture_rows(view)
    edge = rows[rows["what"] == "frontier"]
    assert set(zip(edge["x"], edge["y"], strict=True)) == set(map(tuple, model.pareto()[list(SIDES)].to_numpy()))
    marks = rows[rows["what"] == "mark"].set_index("name")
    for name, point in (("Nash", model.nash()), ("Egalitarian", model.egalitarian())):
        assert [marks.at[name, "x"], marks.at[name, "y"]] == point[list(SIDES)].iloc[0].tolist()
    assert len(rows) < 1_500, "a picture of every single deal would be heavy"


def test_no_square_of_the_picture_lies_half_inside_the_zone(lab):
    squares = debrief_tables.picture_rows(debrief_tables.make_view(lab, *SIDES, everybody=False)).query(
        "what == 'ground'"
    )
    inside = squares[squares["ground"] == "better for all than no deal"]
    assert (inside["x"] >= 57.5).all()
    assert (inside["y"] >= 51.5).all()


def test_a_deal_is_read_from_the_list_and_from_the_picture_alike(case, lab):
    found = opened(case, _played(("conceding", "tough"), 1))
    key = found.deal.options[1][1]
    found.deal.value = key
    from_list = found.package
    found.chart.selected = {"edge": [key]}
    assert found.package == from_list
    assert len(found.evidence) > 0
    square = found.chart.rows.query("what == 'ground'").iloc[0]
    found.chart.selected = {"square": [square["key"]]}
    assert square["x"] <= lab.total("ukraine", found.package) <= square["x2"]
    assert "Note on the law" in found.card.value


def test_all_delegations_counted_the_zone_is_smaller_and_the_third_is_told(case, lab):
    found = opened(case, None)
    assert "who would refuse" in found.summary.value
    found.count.value = "all"
    assert f"{len(lab.negotiation(tuple(lab.seats)).zone()):,} give each side" in found.summary.value
    found.across.value = "guarantors"
    assert "Guarantors" in found.chart.alt
    found.up.value = "guarantors"
    assert "two different delegations" in found.summary.value


def test_each_sides_offers_have_a_shape_of_their_own_and_are_joined_in_order(lab):
    game = new_game(lab, SIDES)
    for who, seat in (("ukraine", "ukraine"), ("russia", "russia"), ("ukraine", "russia"), ("russia", "ukraine")):
        package = {**best(lab, seat), "people": "return-only" if who != seat else best(lab, seat)["people"]}
        game = game.play(Move(who, OFFER, package))
    rows = debrief_tables.picture_rows(debrief_tables.make_view(lab, *SIDES, everybody=False, game=game))
    steps = rows[rows["what"] == "step"]
    assert steps.groupby("who")["order"].apply(list).to_dict() == {"first": [1, 3], "second": [2, 4]}
    spec = str(charts.deals_chart().to_dict())
    assert all(shape in spec for shape in ("circle", "square", "strokeDash"))
    assert "● " in debrief_tables.offers_legend(
        debrief_tables.make_view(lab, *SIDES, everybody=False, game=game)
    ).replace("</b>", "")


def test_a_tie_for_the_egalitarian_point_is_told_and_how_it_was_broken(lab):
    (said,) = debrief_tables.tie_words(debrief_tables.make_view(lab, *SIDES, everybody=False))
    assert said.startswith("2 packages share the egalitarian value")
    assert "gains least gains 11." in said
    assert "Ukraine's delegation 71 and Russia's delegation 63" in said
    assert said.endswith("the Kalai-Smorodinsky point.")


def test_offers_of_the_same_worth_are_one_mark_with_all_their_numbers(lab):
    package = signable(lab)
    game = new_game(lab, SIDES).play(Move("ukraine", OFFER, package)).play(Move("russia", OFFER, best(lab, "russia")))
    game = game.play(Move("ukraine", OFFER, package))
    rows = debrief_tables.picture_rows(debrief_tables.make_view(lab, *SIDES, everybody=False, game=game)).query(
        "name == 'an offer'"
    )
    assert rows["beside"].tolist() == ["1, 3", "2"]
    assert rows["key"].tolist() == ["offer 1", "offer 2"]


def test_a_delegations_best_package_keeps_its_worth_whatever_an_issue_counts(lab):
    for times in (0.0, 0.5, 2.0):
        other = lab.reweighted("ukraine", "guarantees", times)
        scores = other.seats["ukraine"].scores
        assert sum(max(options.values()) for options in scores.values()) == pytest.approx(100, abs=0.5)
        share = max(scores["guarantees"].values()) / max(scores["people"].values())
        assert share == pytest.approx(times * 26 / 14, abs=0.02)
        assert other.seats["ukraine"].reservation == 58
    nothing_left = lab.rescored(
        {"ukraine": {issue: dict.fromkeys(names, 0.0) for issue, names in lab.options.items() if issue != "people"}}
    ).reweighted("ukraine", "people", 0.0)
    assert nothing_left.total("ukraine", best(lab, "ukraine")) == 0


def test_the_table_of_weights_counts_deals_and_shows_no_points(case, lab):
    table = weights(case)
    assert table["as on the sheet"].unique().tolist() == [len(lab.negotiation(SIDES).zone())]
    assert len(table) == 2 * len(lab.issues)
    assert table.loc[("Ukraine's delegation", "Security guarantees and alignment"), "twice as much"] == len(
        lab.reweighted("ukraine", "guarantees", 2).negotiation(SIDES).zone()
    )


def test_a_case_without_a_game_has_no_weights(bare):
    assert weights(bare).empty


def test_a_notebook_not_yet_run_shows_what_is_on_the_table_and_nobodys_points(case):
    shown = Table(case).preview()[0]["text/html"]
    assert "Who holds which land" in shown
    assert "reservation" not in shown


def test_a_weight_that_is_changed_moves_the_zone(case):
    found = opened(case, None)
    before = found.summary.value
    assert found.weighed.value == ""
    found.times.value = 2.0
    assert found.summary.value != before
    assert "as on the sheets, 712" in found.weighed.value
    found.times.value = 1.0
    assert found.summary.value == before


def test_who_gave_what_adds_up(lab):
    game = _played(("conceding", "tough"), 1)
    table = debrief_tables.count_concessions(game)
    for title in ("Ukraine's delegation", "Russia's delegation"):
        for _, part in table.groupby("who"):
            totals = [float(each.partition(" ")[0]) for each in part[title]]
            steps = [float(each.partition("(")[2].rstrip(")") or 0) for each in part[title][1:]]
            assert np.diff(totals).tolist() == steps
    assert not table.loc[table["changed"] == "nothing new", "Ukraine's delegation"].str.contains("(", regex=False).any()


def test_a_game_of_three_is_looked_back_on_with_all_three(case, lab):
    seats = tuple(lab.seats)
    zone = lab.negotiation(seats).zone()
    found = opened(case, ended(lab, tables.package_of(lab, zone.index[0], seats), seats))
    assert found.count.value == "all"
    assert "Guarantors" in found.summary.value


def test_sheets_name_every_seat_and_the_mediator(lab):
    assert list(sheets.seats_of(lab)) == [*lab.seats, MEDIATOR]


def test_in_the_debrief_each_side_has_a_colour_of_its_own_in_the_one_scale_that_all_layers_share():
    layers = charts.deals_chart().to_dict()["layer"]
    scales = [each["encoding"]["color"]["scale"] for each in layers if "scale" in each["encoding"].get("color", {})]
    colours = dict(zip(scales[0]["domain"], scales[0]["range"], strict=True))

    assert all(scale == scales[0] for scale in scales)
    assert set(charts.SIDES) < set(colours)
    assert len(set(colours.values())) == len(colours)
