"""Moves as short texts that travel by any chat, so that each delegation can sit at its own computer. No widgets.

A text says in its first words what it is, and ends with a *seal* in square brackets::

    Parley K7QD, move 3: Russia's delegation amended the offer: Prisoners. Says: Both or none. [K7QD-3-1A-XXXXX2-X-13-…]

The seal holds the code of the game, the number of the move, who moves, what is done, and two checksums: one of all moves
before, one of the text itself. So a text that was altered, comes from another game, or does not follow on the last move
is recognised and changes nothing. Checksums guard against accidents. They do not stop somebody who wants to cheat.

Only what is said at the table is in a text. Nobody's points are, so no sheet can be read from it.
"""

from __future__ import annotations

import json
import re
import secrets
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from textwrap import shorten
from typing import NoReturn

from kit.errors import KitError
from kit.learning.slip import as_typed
from kit.letters import in_one_form, unescape
from kit.negotiation import game as rules
from kit.negotiation.game import Game, Move
from kit.negotiation.tables import INVENTED, REAL, Lab, Package

LONGEST = 299  # characters of one text: a short message takes that much in every chat
LONGEST_WORDS = 90  # of what is said with a move: what the other parts, at their longest, leave room for
MOST_PASTED = 200_000  # characters that are searched for texts at once
_CHATS_IN_A_ROW = 4  # each may write ``&amp;quot;`` for what it was handed as ``&quot;``
_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # no letter that looks like a figure
_PLACES = "0123456789ABCDEFGHJKLMNPQRSTUV"  # the place of an option, or of an issue, as one character
_NONE = "X"
_LONGEST_NAME, _LONGEST_DEED, _MOST_ISSUES = 40, 70, 20
_KINDS = {"O": rules.OFFER, "A": rules.AMEND, "Y": rules.ACCEPT, "N": rules.DECLINE, "Q": rules.ASK, "R": rules.ANSWER}
_KINDS |= {"S": rules.SIGN, "W": rules.WALK}
_LETTERS = {kind: letter for letter, kind in _KINDS.items()}
_VERSIONS = {"R": REAL, "I": INVENTED}
_SEAL = re.compile(
    r"\[(?P<code>[2-9A-Z]{4})-(?P<number>\d{1,3})-(?P<who>[0-9M])(?P<kind>[A-Z])-(?P<package>[0-9A-Z]{1,20})"
    r"-(?P<issue>[0-9A-Z])-(?P<words>\d{1,3})-(?P<before>[0-9A-F]{6})-(?P<check>[0-9A-F]{6})\]"
)
_INVITING = "I"
# What chats change by themselves: typographic quotation marks, dashes and dots are taken for the plain ones.
_SAME = str.maketrans(
    dict.fromkeys("‘’‚‛′‹›`ʼ", "'") | dict.fromkeys("“”„‟″«»", '"') | dict.fromkeys("–—―−‐‑‒﹣－", "-")
    | {"⁄": "/", "【": "[", "】": "]", "\ufe0e": "", "\ufe0f": "", "\\": ""}
)  # fmt: skip
_QUOTED = re.compile(r"^[ \t]*(?:[>|][ \t]?)+", re.MULTILINE)  # the sign before each line of a text that is quoted
_DASHES = re.compile(r"-(?:\s*-)+")  # some chats make one long dash of two
# Spaces that some languages set, and their keyboards by themselves.
_APART, _FRENCH = re.compile(" (?=[?!;:,.%])"), re.compile("« ?([^«»]{0,300}?) ?»")
_SMILEYS = re.compile(r"(?<!\S)[:;=]-?[()DPpOo/]+(?!\S)")  # and pictures of these
_IN_BRACKETS = re.compile(r"[\[(]([ 0-9A-Za-z-]{20,90})[\])]")  # a seal, in small letters or on two lines too
_BEGINNING = re.compile(r"Parley [2-9A-Z]{4}, (?:move|invitation)", re.IGNORECASE)
_UNSEEN = ("Cf", "Cc")  # signs that steer a screen or a line of writing
_SPOILT = re.compile(r"[*_~`<>\[\]|\\]")  # characters that chats read as commands


class MessageError(KitError):
    """A pasted text that changes nothing; its sentences say why and what to do."""


@dataclass(frozen=True)
class Invitation:
    """What a game at several computers begins with.

    Attributes
    ----------
    code : str
        The name of the game: four letters and figures.
    players : tuple of str
        The delegations at the table.
    version : str
        "real" or "invented" names.
    """

    code: str
    players: tuple[str, ...]
    mediated: bool
    host: str
    version: str


def new_code() -> str:
    """Return a name for a new game that no other game is likely to have."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(4))


def clean_text(text: str) -> str:
    """Return a text with one blank between words and plain quotation marks, as it is whatever chat it went through."""
    plain = in_one_form(unescape(text, _CHATS_IN_A_ROW).replace("´", "'"), "NFKC")
    seen = "".join(each for each in plain if each.isspace() or unicodedata.category(each) not in _UNSEEN)
    return _DASHES.sub("-", _APART.sub("", _FRENCH.sub(r"«\1»", " ".join(seen.split()))).translate(_SAME))


def clean_words(words: str) -> str:
    """Return what is said as it can travel: without characters that chats read as commands, and not too long.

    Raises
    ------
    MessageError
        If there is more to say than one text can carry.
    """
    said = clean_text(_SPOILT.sub("", clean_text(_SMILEYS.sub("", words))))
    if len(said) > LONGEST_WORDS:
        what = f"Your sentence has {len(said)} characters, and a text that travels carries {LONGEST_WORDS}"
        _no(what, "Shorten it, or say the rest in the call.")
    return said


def write_invitation(lab: Lab, invitation: Invitation) -> str:
    """Return the text that lets others join a game.

    Raises
    ------
    MessageError
        If the game has more issues or options than a text can name.
    """
    if len(lab.issues) > _MOST_ISSUES or max(map(len, lab.options.values())) > len(_PLACES):
        what = "This game has too many issues or options to be played by chat"
        _no(what, f"Play at one screen, or with at most {_MOST_ISSUES} issues.")
    names = [_name(lab, each) for each in invitation.players]
    names += [_name(lab, rules.MEDIATOR)] if invitation.mediated else []
    seats = "".join(_PLACES[list(lab.seats).index(each)] for each in invitation.players)
    version = next(letter for letter, version in _VERSIONS.items() if version == invitation.version)
    said = f"Parley {invitation.code}, invitation to a game: {shorten(', '.join(names), 120, placeholder='...')}."
    mediator = "M" if invitation.mediated else _NONE
    seal = f"[{invitation.code}-0-{_who(invitation.players, invitation.host)}{_INVITING}-{seats}{version}-{mediator}-0-"
    return _sealed(f"{said} {seal}{_digest(_shape(lab))}-")


def read_invitation(lab: Lab, text: str) -> Invitation | None:
    """Return the invitation in a pasted text, or None if there is none.

    Raises
    ------
    MessageError
        If it was altered, or invites to another case.
    """
    for _, seal in _texts(text):
        if seal["kind"] != _INVITING:
            continue
        if seal["before"] != _digest(_shape(lab)):
            _no("This invitation is to a game on another case", "Open the same case as the one who invites you.")
        seats, version = list(lab.seats), _VERSIONS.get(seal["package"][-1])
        places = [_PLACES.find(each) for each in seal["package"][:-1]]
        if version is None or len(set(places)) < 2 or not all(0 <= place < len(seats) for place in places):
            _no("This invitation names seats that the game does not have", "Ask for a new one.")
        players = tuple(seats[place] for place in places)
        mediated = seal["issue"] == "M"
        return Invitation(seal["code"], players, mediated, _seat(players, mediated, seal["who"]), version)
    return None


def write_message(game: Game, code: str, number: int | None = None) -> str:
    """Return the text of a move: of the last one, unless another is named by its number from 1."""
    number = number or len(game.moves)
    move = game.moves[number - 1]
    said = f"Parley {code}, move {number}: {_name(game.lab, move.who)} {_deed(game.lab, move)}."
    words = f" Says: {move.words}" if move.words else ""
    issue = _PLACES[list(game.lab.issues).index(move.issue)] if move.issue else _NONE
    done = f"{_who(game.players, move.who)}{_LETTERS[move.kind]}-{_places(game.lab, move.package)}-{issue}"
    before = _history(game, code, number - 1)
    return _sealed(f"{clean_text(said + words)} [{code}-{number}-{done}-{len(move.words)}-{before}-")


def new_moves(game: Game, code: str, pasted: str) -> list[Move]:
    """Return the moves in a pasted text that go on from a game, in order.

    A whole chat may be pasted: what the game knows already is passed over.

    Returns
    -------
    list of Move
        Empty if the game knows all of them already.

    Raises
    ------
    MessageError
        If a text does not go on from this game; it says why.
    """
    moves: list[Move] = []
    for text, seal in _texts(pasted):
        if not _is_known(game, code, text, seal):
            move = _follow(game, code, text, seal)
            game = game.play(move)
            moves.append(move)
    return moves


def _texts(pasted: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield each whole text of a game that stands in a pasted one, cleaned, with the parts of its seal."""
    if len(pasted) > MOST_PASTED:
        _no("That is too long to be searched", "Paste the last few messages of the chat.")
    chat = clean_text(_QUOTED.sub("", as_typed(unescape(pasted, _CHATS_IN_A_ROW))))
    chat = _IN_BRACKETS.sub(lambda seal: f"[{seal[1].replace(' ', '').upper()}]", chat)
    chat = _BEGINNING.sub(lambda found: f"Parley {found[0][7:11].upper()}{found[0][11:].lower()}", chat)
    seals = list(_SEAL.finditer(chat))
    if not seals:
        begun = _BEGINNING.search(chat)
        what = "The end of the text is missing or was altered" if begun else "No text of a game is in what you pasted"
        _no(what, "Copy it whole, from the word Parley to the closing bracket.")
    for seal in seals:
        yield _whole(chat, seal), seal.groupdict()


def _whole(chat: str, seal: re.Match[str]) -> str:
    """Return the text that a seal closes: it begins at the one "Parley" before from which the checksum is right."""
    # What somebody says may hold the word, too, and a whole chat holds it in every message.
    begin = max(0, seal.start() - LONGEST)
    starts = (begin + each.start() for each in re.finditer("Parley ", chat[begin : seal.start()]))
    texts = (chat[start : seal.end()] for start in starts)
    whole = next((text for text in texts if _sealed(text[: -len(seal["check"]) - 1]) == text), None)
    if whole is None:
        _no(
            f"The text of move {seal['number']} was altered on its way, or is not whole",
            "Ask for it again, and copy it from the word Parley to the closing bracket.",
        )
    return whole


def _is_known(game: Game, code: str, text: str, seal: dict[str, str]) -> bool:
    """Return whether a text is the invitation to this game, or of a move that it has already."""
    number = int(seal["number"])
    if seal["code"] != code or not 0 <= number <= len(game.moves):
        return False
    if number == 0:
        return seal["kind"] == _INVITING
    # Names may be those of the other version, so the seals are compared, without the checksum of the whole text.
    ours = _SEAL.search(write_message(game, code, number))
    same = ours is not None and {**ours.groupdict(), "check": ""} == {**seal, "check": ""}
    return same and _words_in(text, seal) == game.moves[number - 1].words


def _follow(game: Game, code: str, text: str, seal: dict[str, str]) -> Move:
    """Return the move in a text, if it follows on the last one of a game."""
    number, expected = int(seal["number"]), len(game.moves) + 1
    if seal["code"] != code:
        _no(f"This text belongs to game {seal['code']}, and your game is {code}", "Paste a text of your own game.")
    if number > expected:
        _no(f"Move {expected} is missing here, and this is move {number}", "Paste the texts in the order of the chat.")
    if number < expected:
        _no(
            f"Your table has another move {number}: two delegations moved at the same time, or this text is old",
            "If both moved at once, agree whose move counts. The other one presses 'Take back my last move'.",
        )
    if seal["before"] != _history(game, code, number - 1):
        _no(
            "This text does not follow on the moves at your table",
            "Go through the chat together from the first move, and find the text that one of you has not pasted.",
        )
    who = _seat(game.players, game.mediated, seal["who"])
    kind = _KINDS.get(seal["kind"]) or _unknown()
    issue = "" if seal["issue"] == _NONE else _at(list(game.lab.issues), seal["issue"])
    return Move(who, kind, _package(game.lab, seal["package"]), issue, _words_in(text, seal))


def _package(lab: Lab, places: str) -> Package:
    if places == _NONE:
        return {}
    if len(places) != len(lab.issues):
        _unknown()
    given = zip(lab.options.items(), places, strict=True)
    return {issue: _at(options, letter) for (issue, options), letter in given if letter != _NONE}


def _seat(players: tuple[str, ...], mediated: bool, letter: str) -> str:
    return rules.MEDIATOR if letter == "M" and mediated else _at(players, letter)


def _at(names: Sequence[str], letter: str) -> str:
    """Return the name whose place a character of a seal says."""
    place = _PLACES.find(letter)
    return names[place] if 0 <= place < len(names) else _unknown()


def _words_in(text: str, seal: dict[str, str]) -> str:
    end = text.rindex("[") - 1
    return text[end - int(seal["words"]) : end] if int(seal["words"]) else ""


def _who(players: tuple[str, ...], who: str) -> str:
    return "M" if who == rules.MEDIATOR else str(players.index(who))


def _places(lab: Lab, package: Package) -> str:
    if not package:
        return _NONE
    return "".join(
        _PLACES[options.index(package[issue])] if issue in package else _NONE for issue, options in lab.options.items()
    )


def _name(lab: Lab, who: str) -> str:
    seat = lab.mediator if who == rules.MEDIATOR else lab.seats[who]
    return clean_text(_SPOILT.sub("", shorten(seat.short if seat else "Mediator", _LONGEST_NAME, placeholder="...")))


def _deed(lab: Lab, move: Move) -> str:
    told = [lab.issues[each].title for each in move.package] if move.kind == rules.AMEND else []
    told += [lab.issues[move.issue].title] if move.issue else []
    about = f": {'; '.join(told)}" if told else ""
    return clean_text(_SPOILT.sub("", shorten(f"{rules.DONE[move.kind]}{about}", _LONGEST_DEED, placeholder="...")))


def _sealed(open_text: str) -> str:
    """Return a text closed with its own checksum."""
    return f"{open_text}{_digest(open_text)}]"


def _history(game: Game, code: str, moves: int) -> str:
    """Return the checksum of a game's first moves."""
    done = [[each.who, each.kind, sorted(each.package.items()), each.issue, each.words] for each in game.moves[:moves]]
    return _digest(json.dumps([code, game.players, game.mediated, done]))


def _shape(lab: Lab) -> str:
    """Return what two computers must agree on: seats, issues and options by their keys. Points are no part of it."""
    return json.dumps([list(lab.seats), lab.options])


def _digest(text: str) -> str:
    # Six figures: by accident one altered text in sixteen million passes, and a message stays short.
    return sha256(text.encode()).hexdigest()[:6].upper()


def _unknown() -> NoReturn:
    _no("This text names something that your game does not have", "Open the same case as the others, and begin anew.")


def _no(what: str, remedy: str) -> NoReturn:
    raise MessageError(what, remedy=remedy)
