"""Moves as texts for a chat: what is written is read, and whatever else is pasted changes nothing and says why."""

import functools
import quopri
from dataclasses import replace

import pytest
from bot_games import play_out
from hypothesis import assume, given
from hypothesis import strategies as st

from kit.case import bundled_cases, load_case
from kit.errors import KitError
from kit.negotiation import messages, tables
from kit.negotiation.game import MEDIATOR, OFFER, IllegalMoveError, Move, new_game
from kit.negotiation.messages import Invitation, MessageError

CODE = "K7QD"
SIDES = ("ukraine", "russia")
WORDS = st.text(st.characters(exclude_categories=("Cs",)), max_size=60)


@functools.cache
def a_lab(name="ukraine"):
    return tables.lab(load_case(name))


@functools.cache
def a_game(seed, name="ukraine"):
    """A whole game between two bots, with what they said left out: it is longer than a text may be."""
    lab = a_lab(name)
    game = new_game(lab, lab.parties)
    for move in play_out(lab, ("conceding", "matching"), seed=seed).moves:
        game = game.play(Move(move.who, move.kind, move.package, move.issue))
    return game


def a_part(game, moves):
    while len(game.moves) > moves:
        game = game.without_last()
    return game


def why_not(game, text):
    with pytest.raises(MessageError) as refused:
        messages.new_moves(game, CODE, text)
    return str(refused.value)


@pytest.mark.parametrize("name", bundled_cases())
@pytest.mark.parametrize("seed", range(4))
def test_a_game_sent_move_by_move_is_the_same_game_at_the_other_computer(name, seed):
    here = a_game(seed, name)
    there = new_game(here.lab, here.players)
    for number in range(1, len(here.moves) + 1):
        text = messages.write_message(here, CODE, number)
        assert len(text) <= messages.LONGEST
        assert text.startswith(f"Parley {CODE}, move {number}: ")
        (move,) = messages.new_moves(there, CODE, text)
        there = there.play(move)
    assert there == here


@given(st.sampled_from(SIDES), WORDS)
def test_what_is_said_arrives_as_it_was_said(who, words):
    start = new_game(a_lab(), SIDES)
    said = messages.clean_words(words)
    game = start.play(Move(who, OFFER, {"people": "return-only"}, words=said))
    text = messages.write_message(game, CODE)
    assert len(text) <= messages.LONGEST
    assert messages.new_moves(start, CODE, text) == list(game.moves)


@given(st.data())
def test_one_character_altered_left_out_or_added_is_noticed_and_changes_nothing(data):
    game = a_part(a_game(1), data.draw(st.integers(1, 8)))
    game = (
        game if game.over else game.play(Move("ukraine", "ask", issue="people", words="Why? We should like to know."))
    )
    before, text = game.without_last(), messages.write_message(game, CODE)
    place = data.draw(st.integers(0, len(text) - 1))
    other = data.draw(st.sampled_from(["", "z", "7", " ", ".", "Ж", text[place] + "q"]))
    altered = text[:place] + other + text[place + 1 :]
    assume(messages.clean_text(altered) != text)
    # What is put before the whole text is no part of it.
    assume(text not in messages.clean_text(altered))
    with pytest.raises(MessageError):
        messages.new_moves(before, CODE, altered)


@given(st.text(max_size=400))
def test_whatever_is_pasted_is_answered_in_words(pasted):
    for read in (
        lambda: messages.new_moves(a_game(1), CODE, pasted),
        lambda: messages.read_invitation(a_lab(), pasted),
    ):
        with pytest.raises(MessageError) as refused:
            read()
        assert str(refused.value).count(".") >= 1


def test_chats_may_wrap_lines_curl_quotation_marks_and_write_names_around_a_text():
    game = a_part(a_game(1), 2)
    first, second = (messages.write_message(game, CODE, number) for number in (1, 2))
    mangled = "\x1b[1m" + first.replace("'", "’").replace(" ", "\n", 3).replace("move", "mo\x00ve")
    chat = f"Olena, 10:31\n{mangled}\n\nAnton (10:33): {second} ok?"
    assert messages.new_moves(new_game(game.lab, SIDES), CODE, chat) == list(game.moves)


MANGLED = {
    "a line break in the seal": lambda text: text.replace("-", "-\n", 4),
    "quoted, line by line": lambda text: "> " + text.replace(", ", ",\n> ").replace("-", "-\n> ", 1),
    "quoted twice in a letter": lambda text: ">> " + text.replace(". ", ".\n>> "),
    "other quotation marks": lambda text: text.replace("'", "′").replace('"', "«"),
    "long dashes": lambda text: text.replace("-", "—"),
    "full brackets": lambda text: text.replace("[", "［").replace("]", "］"),
    "small letters in the seal": lambda text: text[: text.index("[")] + text[text.index("[") :].lower(),
    "signs of a web page": lambda text: text.replace("'", "&#39;").replace("-", "&#45;"),
    "those signs, escaped once more": lambda text: text.replace("'", "&amp;#39;"),
    "typewriter's apostrophes": lambda text: text.replace("'", "`", 1).replace("'", "´"),
    "spaces as in French": lambda text: (
        text.replace("?", "\u202f?").replace("!", " !").replace('"both or none"', "« both or none »")
    ),
    "a fraction of one sign": lambda text: text.replace("1/2", "½"),
    "broken by a web page": lambda text: f"<p>{text[:20]}<b>{text[20:]}</b></p>".replace(", ", ",<br>"),
    "broken by mail": lambda text: quopri.encodestring(f"Grüße, {text}\n".encode()).decode(),
    "quoted with a bar": lambda text: "| " + text.replace(". ", ".\n| "),
    "round brackets, other capitals": lambda text: text.replace("[", "(").replace("]", ")").replace("Parley", "PARLEY"),
    "hard spaces": lambda text: text.replace(" ", "\u00a0"),
    "a soft hyphen and a mark of direction": lambda text: "\u200e" + text.replace("offer", "of\u00adfer"),
    "in bold letters": lambda text: f"*{text}*",
    "as the source of a page": lambda text: text.replace("[", "\\[").replace("]", "\\]").replace("-", "\\-"),
    "as code": lambda text: f"```\n{text}\n```",
    "with a name, an hour and a picture": lambda text: f"[10:31] Олена 🕊️: {text} 👍🏽",
    "a picture's colour left out": lambda text: text.replace("\ufe0f", ""),
}


@pytest.mark.parametrize("how", MANGLED)
def test_what_chats_do_to_a_text_does_not_alter_it(how):
    start = new_game(a_lab(), SIDES)
    words = messages.clean_words("It's \"both or none\" -- don't wait ... 1/2? No! ☮️ :-) :D")
    game = start.play(Move("ukraine", OFFER, {"people": "return-only"}, words=words))
    text = messages.write_message(game, CODE)
    assert messages.new_moves(start, CODE, MANGLED[how](text)) == list(game.moves)


def test_a_text_that_was_cut_off_says_so():
    text = messages.write_message(a_part(a_game(1), 1), CODE)
    assert "The end of the text is missing" in why_not(new_game(a_lab(), SIDES), text[:-9] + "… Read more")


def test_an_old_text_a_foreign_one_and_one_too_early_each_say_what_they_are():
    game = a_game(1)
    texts = [messages.write_message(game, CODE, number) for number in (1, 2, 3)]
    one = a_part(game, 1)
    assert messages.new_moves(one, CODE, texts[0]) == []
    assert "Move 2 is missing here" in why_not(one, texts[2])
    assert "belongs to game AB22" in why_not(one, messages.write_message(a_part(game, 2), "AB22"))
    assert "was altered on its way" in why_not(one, texts[1].replace("move 2", "move 3"))
    assert "No text of a game" in why_not(one, "see you at ten")


def test_two_moves_at_the_same_time_are_noticed_and_one_can_be_taken_back():
    start = a_part(a_game(1), 1)
    ours = start.play(Move("ukraine", "ask", issue="people"))
    theirs = start.play(Move("russia", "ask", issue="sanctions"))
    text = messages.write_message(theirs, CODE)
    assert "two delegations moved at the same time" in why_not(ours, text)
    assert ours.without_last() == start
    assert messages.new_moves(ours.without_last(), CODE, text) == [theirs.moves[-1]]


def test_a_text_that_follows_on_other_moves_is_refused():
    start = new_game(a_lab(), SIDES)
    here = start.play(Move("ukraine", "ask", issue="people"))
    there = start.play(Move("ukraine", "ask", issue="sanctions")).play(Move("russia", "ask", issue="people"))
    assert "does not follow on the moves at your table" in why_not(here, messages.write_message(there, CODE))


def test_a_move_against_the_rules_is_refused_although_its_text_is_whole():
    start = a_part(a_game(1), 1)
    text = messages.write_message(a_part(a_game(1), 2), CODE)
    sealed = messages._sealed(text.replace("-1O-", "-1S-")[:-7])
    with pytest.raises(IllegalMoveError, match="nothing to sign"):
        messages.new_moves(start, CODE, sealed)


def test_nobodys_sheet_can_be_read_from_a_text():
    game = a_game(2)
    others = {
        seat: {issue: dict.fromkeys(options, 3.0) for issue, options in game.lab.options.items()} for seat in SIDES
    }
    relabelled = new_game(game.lab.rescored(others), SIDES)
    for number, move in enumerate(game.moves, start=1):
        relabelled = relabelled.play(move)
        assert messages.write_message(relabelled, CODE) == messages.write_message(game, CODE, number)


@pytest.mark.parametrize("version", ["real", "invented"])
@pytest.mark.parametrize("mediated", [False, True])
def test_an_invitation_says_who_plays_what_and_is_read_again(version, mediated):
    lab = tables.lab(load_case("ukraine"), version)
    host = MEDIATOR if mediated else "russia"
    invitation = Invitation(CODE, tuple(lab.seats), mediated, host, version)
    text = messages.write_invitation(lab, invitation)
    assert len(text) <= messages.LONGEST
    assert text.startswith(f"Parley {CODE}, invitation to a game: {lab.seats['ukraine'].short}")
    assert messages.read_invitation(a_lab(), f"Anton: {text}") == invitation
    with pytest.raises(MessageError, match="another case"):
        messages.read_invitation(a_lab("northern-ireland"), text)


def test_three_delegations_and_a_mediator_play_by_texts_too():
    lab = a_lab()
    here = new_game(lab, tuple(lab.seats), mediated=True)
    start = here
    for who in (MEDIATOR, "guarantors", "russia", "ukraine"):
        here = here.play(Move(who, "ask", issue="people", words="Why?"))
    chat = " ".join(messages.write_message(here, CODE, number) for number in range(1, 5))
    assert messages.new_moves(start, CODE, chat) == list(here.moves)


def test_what_is_too_long_to_travel_is_not_cut_but_refused():
    with pytest.raises(KitError, match="carries 90"):
        messages.clean_words("long " * 30)
    assert messages.clean_words("*never*  [again]\n") == "never again"


def test_a_game_with_too_many_issues_cannot_be_invited_to():
    lab = a_lab()
    issue = lab.issues["people"]
    wide = replace(lab, issues={str(number): issue for number in range(30)}, _made={})
    with pytest.raises(MessageError, match="too many issues"):
        messages.write_invitation(wide, Invitation(CODE, SIDES, False, "russia", "real"))
