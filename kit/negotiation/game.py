"""The game as a value: who may do what, what has been done, and how it stands. No widgets, no scores shown to anybody.

A game is never changed: each move makes a new one. Only the moves are stored; all else follows from them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NoReturn

from kit.errors import KitError
from kit.negotiation.tables import Lab, Package
from kit.rows import as_mapping

MEDIATOR = "mediator"
OFFER, AMEND, ACCEPT, DECLINE = "offer", "amend", "accept", "decline"
ASK, ANSWER, SIGN, WALK = "ask", "answer", "sign", "walk"
# What is said of each move, after the name of who makes it.
DONE = {
    OFFER: "offered a package",
    AMEND: "amended the offer",
    ACCEPT: "accepted",
    DECLINE: "declined",
    ASK: "asked why",
    ANSWER: "answered",
    SIGN: "signed",
    WALK: "walked away",
}
OPEN, AGREED, SIGNED, BROKEN = "open", "agreed", "signed", "broken off"
LONGEST_WORDS = 240
MOST_MOVES = 150  # a kept game is played again move by move when it is opened, whoever wrote the file


class IllegalMoveError(KitError):
    """A move that the rules of the table do not allow; its sentence says why and what may be done."""


@dataclass(frozen=True)
class Move:
    """Something done at the table.

    Attributes
    ----------
    who : str
        A delegation, or "mediator".
    kind : str
        offer, amend, accept, decline, ask, answer, sign or walk.
    package : dict of issue to option
        What is offered; for *amend*, what is changed.
    issue : str
        What is asked about, or answered.
    words : str
        What is said with it.
    """

    who: str
    kind: str
    package: Package = field(default_factory=dict)
    issue: str = ""
    words: str = ""


@dataclass(frozen=True)
class Game:
    """A game as it stands.

    Attributes
    ----------
    lab : Lab
        The issues and delegations.
    players : tuple of str
        The delegations that are at the table, two or three.
    mediated : bool
        Whether there is a mediator, who proposes and does not sign.
    package : dict
        The proposal that lies on the table; empty at first.
    proposer : str
        Who laid it there.
    accepted, signed : frozenset of str
        Who has said yes to it, and who has signed.
    state : str
        open, agreed, signed or broken off.
    """

    lab: Lab
    players: tuple[str, ...]
    mediated: bool = False
    moves: tuple[Move, ...] = ()
    package: Package = field(default_factory=dict)
    proposer: str = ""
    accepted: frozenset[str] = frozenset()
    signed: frozenset[str] = frozenset()
    state: str = OPEN

    @property
    def over(self) -> bool:
        """Whether nothing more can be done."""
        return self.state in (SIGNED, BROKEN)

    @property
    def complete(self) -> bool:
        """Whether the proposal on the table settles every issue."""
        return len(self.package) == len(self.lab.issues)

    @property
    def deal(self) -> Package | None:
        """The package that was signed, if one was."""
        return self.package if self.state == SIGNED else None

    @property
    def round(self) -> int:
        """The number of the round, from 1: a delegation's proposal or refusal is a turn, and each has one in a round."""
        return round_of(self.moves, self.players)

    def play(self, move: Move) -> Game:
        """Return the game after a move.

        Raises
        ------
        IllegalMoveError
            With a sentence that says why the move cannot be made now.
        """
        if self.over:
            _no("The game is over", "Start a new one, or open the debrief.")
        if move.who not in self.players and not (self.mediated and move.who == MEDIATOR):
            _no(f"'{move.who}' has no seat at this table", "Take one of the seats of this game.")
        if len(self.moves) >= MOST_MOVES:
            _no(f"This game has had {MOST_MOVES} moves", "Walk away or start a new one.")
        rule = _RULES.get(move.kind)
        if rule is None:
            _no(f"'{move.kind}' is no move", f"Moves are {', '.join(_RULES)}.")
        after = rule(self, move)
        return replace(after, moves=(*self.moves, replace(move, words=move.words[:LONGEST_WORDS])))

    def try_play(self, move: Move) -> tuple[Game, str]:
        """Return the game after a move and an empty text; or the game as it was, and why not."""
        try:
            return self.play(move), ""
        except IllegalMoveError as error:
            return self, str(error)

    def without_last(self) -> Game:
        """Return the game as it was before its last move."""
        before = Game(self.lab, self.players, self.mediated)
        for move in self.moves[:-1]:
            before = before.play(move)
        return before

    def title(self, who: str) -> str:
        """Return the name of who sits in a seat."""
        if who == MEDIATOR:
            return self.lab.mediator.title if self.lab.mediator else "Mediator"
        return self.lab.seats[who].title

    def as_json(self) -> dict[str, Any]:
        """Return what has to be kept to go on later: seats and moves."""
        # Without what is empty, which is most of a move: a game is kept after each of them.
        moves = [{key: value for key, value in vars(move).items() if value} for move in self.moves]
        return {"players": list(self.players), "mediated": self.mediated, "moves": moves}


def new_game(lab: Lab, players: Sequence[str], *, mediated: bool = False) -> Game:
    """Return a game in which nothing has been said yet.

    Raises
    ------
    IllegalMoveError
        If there are fewer than two players, or one that has no seat.
    """
    seats = tuple(dict.fromkeys(players))
    unknown = [each for each in seats if each not in lab.seats]
    if unknown or len(seats) < 2:
        who = " and ".join(unknown) or "One delegation"
        _no(f"{who} cannot make a game", f"Choose two or more of {', '.join(lab.seats)}.")
    return Game(lab, seats, mediated and lab.mediator is not None)


def resume_game(lab: Lab, kept: Any) -> Game | None:
    """Return a game from what `Game.as_json` gave; None if it is no game.

    A file that anybody may have edited is played again move by move: from the first move that is broken or not allowed
    on, the rest is left out.
    """
    kept = as_mapping(kept)
    players = kept.get("players")
    if not isinstance(players, list) or not all(isinstance(each, str) for each in players):
        return None
    try:
        game = new_game(lab, players, mediated=kept.get("mediated") is True)
    except IllegalMoveError:
        return None
    moves = kept.get("moves")
    for each in moves if isinstance(moves, list) else ():
        move = _sound(each)
        if move is None:
            break
        game, why_not = game.try_play(move)
        if why_not:
            break
    return game


def round_of(moves: Sequence[Move], players: Sequence[str]) -> int:
    """Return the round that the next move belongs to."""
    return 1 + sum(_is_turn(move, players) for move in moves) // len(players)


def _is_turn(move: Move, players: Sequence[str]) -> bool:
    return move.kind in (OFFER, AMEND, DECLINE) and move.who in players


def package_after(on_table: Package, move: Move) -> Package:
    """Return what lies on the table after a move, given what lay there before."""
    if move.kind not in (OFFER, AMEND):
        return on_table
    return {**(on_table if move.kind == AMEND else {}), **move.package}


def open_question(game: Game, who: str) -> str:
    """Return the issue about which somebody was last asked why and has not answered since, or an empty text."""
    waiting: list[str] = []
    for move in game.moves:
        if move.kind == ASK and move.who != who:
            waiting.append(move.issue)
        elif move.kind == ANSWER and move.who == who:
            waiting = [issue for issue in waiting if issue != move.issue]
    return waiting[-1] if waiting else ""


def list_proposals(game: Game) -> list[tuple[int, int, str, Package]]:
    """Return each proposal as it lay on the table: number of the move (from 1), round, who, the whole package."""
    found: list[tuple[int, int, str, Package]] = []
    on_table: Package = {}
    # Counted on the way: `round_of` would go through all moves again for each proposal.
    turns = 0
    for number, move in enumerate(game.moves, start=1):
        if move.kind in (OFFER, AMEND):
            on_table = package_after(on_table, move)
            found.append((number, 1 + turns // len(game.players), move.who, on_table))
        turns += _is_turn(move, game.players)
    return found


def last_proposal(game: Game, *, by: str = "", not_by: str = "") -> tuple[Package, Package]:
    """Return the last proposal of somebody, or of anybody else, and what was proposed by the same one before it."""
    found = [(who, package) for _, _, who, package in list_proposals(game) if (who == by if by else who != not_by)]
    if not found:
        return {}, {}
    who, package = found[-1]
    before = [each for proposer, each in found[:-1] if proposer == who]
    return package, before[-1] if before else {}


def _sound(value: Any) -> Move | None:
    if not isinstance(value, Mapping):
        return None
    package = value.get("package", {})
    texts = [value.get("who"), value.get("kind"), value.get("issue", ""), value.get("words", "")]
    if isinstance(package, Mapping) and all(isinstance(each, str) for each in (*texts, *package, *package.values())):
        return Move(texts[0], texts[1], dict(package), texts[2], texts[3])
    return None


def _no(what: str, remedy: str) -> NoReturn:
    raise IllegalMoveError(what, remedy=remedy)


def _known(game: Game, package: Mapping[str, str]) -> None:
    if not package:
        _no("The offer says nothing", "Choose an option on at least one issue.")
    for issue, option in package.items():
        if issue not in game.lab.issues:
            _no(f"'{issue}' is not on the table", f"The issues are {', '.join(game.lab.issues)}.")
        if option not in game.lab.issues[issue].options:
            title = game.lab.issues[issue].title
            _no(f"'{option}' is no option for {title}", f"Choose one of {', '.join(game.lab.issues[issue].options)}.")


def _propose(game: Game, move: Move) -> Game:
    _known(game, move.package)
    package = package_after(game.package, move)
    if package == game.package:
        _no("This package is on the table already", "Accept it, or change at least one issue.")
    if move.who == game.proposer and move.who in game.players and not _answered(game):
        remedy = "Wait for a reply. Whoever bids twice in a row bids against their own offer."
        _no("Your last offer has not been answered", remedy)
    yes = frozenset({move.who} & set(game.players))  # a mediator proposes and agrees to nothing
    return replace(game, package=package, proposer=move.who, accepted=yes, signed=frozenset(), state=OPEN)


def _answered(game: Game) -> bool:
    """Return whether somebody else has said anything since the last proposal."""
    for move in reversed(game.moves):
        if move.kind in (OFFER, AMEND):
            return False
        if move.who != game.proposer:
            return True
    return True


def _amend(game: Game, move: Move) -> Game:
    if not game.package:
        _no("There is nothing on the table to amend", "Make an offer.")
    return _propose(game, move)


def _accept(game: Game, move: Move) -> Game:
    _party(game, move, "accept")
    if not game.package:
        _no("There is nothing on the table to accept", "Make an offer.")
    if move.who in game.accepted:
        _no("You have said yes to this already", "It is the others' turn.")
    if not game.complete:
        left = [issue.title for key, issue in game.lab.issues.items() if key not in game.package]
        remedy = "Amend it first: nothing is agreed until everything is agreed."
        _no(f"The offer leaves open: {', '.join(left)}", remedy)
    _check_consent(game)
    yes = game.accepted | {move.who}
    return replace(game, accepted=yes, state=AGREED if yes >= set(game.players) else OPEN)


def _check_consent(game: Game) -> None:
    refusing = game.lab.refusing(game.package, game.players)
    if refusing:
        names = " and ".join(game.title(each) for each in refusing)
        chosen = ((issue, issue.options[game.package[key]]) for key, issue in game.lab.issues.items())
        asked = ", ".join(issue.title for issue, option in chosen if set(option.consent) & set(refusing))
        way_out = "Amend it so that it is worth their while, or leave out what only they can do."
        _no(f"{names}: no consent to this package", f"Their yes is needed for {asked}. {way_out}")


def _decline(game: Game, move: Move) -> Game:
    _party(game, move, "decline")
    if not game.package:
        _no("There is nothing on the table to decline", "Make an offer, or ask a question.")
    if move.who == game.proposer:
        _no("This is your own offer", "Amend it once the others have answered.")
    if move.who in game.signed:
        _no("You have signed this", "It is the others' turn.")
    return replace(game, accepted=game.accepted - {move.who}, state=OPEN)


def _ask(game: Game, move: Move) -> Game:
    if move.issue not in game.lab.issues:
        _no("The question is about nothing on the table", f"Ask about one of {', '.join(game.lab.issues)}.")
    return game


def _answer(game: Game, move: Move) -> Game:
    asked = [each for each in game.moves if each.kind == ASK and each.issue == move.issue and each.who != move.who]
    if not asked:
        _no("Nobody has asked you that", "Answer a question that was put, or make an offer.")
    return game


def _sign(game: Game, move: Move) -> Game:
    _party(game, move, "sign")
    if game.state != AGREED:
        remedy = "First every delegation at the table must accept the same complete package."
        _no("There is nothing to sign yet", remedy)
    if move.who in game.signed:
        _no("You have signed already", "It is the others' turn.")
    names = game.signed | {move.who}
    return replace(game, signed=names, state=SIGNED if names >= set(game.players) else AGREED)


def _walk(game: Game, move: Move) -> Game:
    _party(game, move, "walk away from a deal")
    return replace(game, state=BROKEN)


def _party(game: Game, move: Move, what: str) -> None:
    if move.who not in game.players:
        _no(f"A mediator does not {what}", "Propose a text, amend it, or ask a question.")


_RULES: dict[str, Callable[[Game, Move], Game]] = {
    OFFER: _propose,
    AMEND: _amend,
    ACCEPT: _accept,
    DECLINE: _decline,
    ASK: _ask,
    ANSWER: _answer,
    SIGN: _sign,
    WALK: _walk,
}
