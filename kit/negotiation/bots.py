"""Opponents of three tempers. Each looks at its own points and at what is said at the table, and at nothing else.

How far a *conceding* and a *tough* bot come down depends on time alone, as in the time-dependent tactics of Faratin,
Sierra and Jennings (1998); a *matching* bot gives back what it was last given (their behaviour-dependent tactics).
Among packages that are worth enough to itself, a bot offers one that is most like the other side's last offer, which
is how it finds trades without knowing what the other side wants.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from kit.negotiation.game import ACCEPT, AGREED, ANSWER, ASK, MEDIATOR, OFFER, SIGN, WALK, Game, Move, list_proposals
from kit.negotiation.tables import Lab, Package

TEMPERS = {
    "conceding": "gives way early, then holds on to the little that is left",
    "tough": "gives way only when time runs out",
    "matching": "answers a step with a step as large",
}
ROUNDS = 12
EARLY, LATE = 3.0, 0.25  # the exponents' denominators: above 1 most is given early, below 1 most is given late
FIRST_STEP = 0.02  # of its range, in each round, so that two who match each other do not stand still for ever

_WORDS = {
    "open": "This is where we begin. We would like to hear what matters most to you.",
    "conceding": "We have moved, and we hope that you see it.",
    "tough": "We see little reason to move further.",
    "matching": "We answer what you have changed with a change of ours.",
    "last": "Time is short. This is close to the last that we can take home.",
    "accept": "We can live with this. Let us put it on paper.",
    "sign": "We sign.",
    "consent": "We would like this, but somebody who has to consent says no. Let us find another way.",
    "incomplete": "You leave something open. Nothing is agreed until everything is agreed, so here is a whole package.",
    "walk": "We have come to the end of our time without a deal that we can defend at home. We leave the table.",
    "silent": "We would rather not say more on this.",
}


class Bot:
    """An opponent.

    Parameters
    ----------
    lab : Lab
        The game, of which it uses its own seat and, as everybody can, whether an absent delegation would consent.
    temper : str
        One of `TEMPERS`.
    seed : int
        What decides between packages that are equally good to it.
    rounds : int
        After how many rounds it leaves.
    """

    def __init__(self, lab: Lab, seat: str, temper: str = "matching", *, seed: int = 0, rounds: int = ROUNDS) -> None:
        if temper not in TEMPERS:
            msg = f"temper is one of {', '.join(TEMPERS)}, not {temper!r}"
            raise ValueError(msg)
        self.lab, self.seat, self.temper, self.rounds = lab, seat, temper, rounds
        self.seed = seed
        worth = lab.negotiation((seat,)).outcomes[seat].to_numpy()
        # An offer that needs the consent of somebody absent who would refuse could never be signed.
        fair = np.flatnonzero(lab.holds & (worth >= lab.seats[seat].reservation))
        self._codes = np.column_stack(np.unravel_index(fair, [len(names) for names in lab.options.values()]))
        self._worth = worth[fair]

    def reply(self, game: Game) -> list[Move]:
        """Return what the bot does now, as one or more moves to be played in order; none if nothing is asked of it."""
        if game.over:
            return []
        if game.state == AGREED:
            return [] if self.seat in game.signed else [self._say(SIGN, "sign")]
        answer = self._answer(game)
        return self._bid(game) if answer is None else [answer]

    def aims(self, game: Game) -> float:
        """Return the worth, in its own points, below which the bot would now offer and accept nothing."""
        floor = self.lab.seats[self.seat].reservation
        if not self._worth.size:
            return floor
        top = float(self._worth.max())
        if self.temper == "matching":
            return max(floor, self._matched(game, top, floor))
        time = min(1.0, (game.round - 1) / (self.rounds - 1)) if self.rounds > 1 else 1.0
        given = time ** (1 / (EARLY if self.temper == "conceding" else LATE))
        return float(top - given * (top - floor))

    def _matched(self, game: Game, top: float, floor: float) -> float:
        theirs = [
            self.lab.total(self.seat, package)
            for _, _, who, package in list_proposals(game)
            if who not in (self.seat, MEDIATOR) and len(package) == len(self.lab.issues)
        ]
        steps = sum(max(0.0, later - before) for before, later in pairwise(theirs))
        return top - steps - FIRST_STEP * (top - floor) * (game.round - 1)

    def _answer(self, game: Game) -> Move | None:
        last = game.moves[-1] if game.moves else None
        if last is None or last.kind != ASK or last.who == self.seat:
            return None
        words = str(self.lab.seats[self.seat].why.get(last.issue, "")) or _WORDS["silent"]
        return Move(self.seat, ANSWER, issue=last.issue, words=words)

    def _bid(self, game: Game) -> list[Move]:
        if game.package and self.seat not in game.accepted and self._would_sign(game):
            # Who accepts last signs at once: there is nothing left to wait for.
            settles = game.accepted | {self.seat} >= set(game.players)
            return [self._say(ACCEPT, "accept"), *([self._say(SIGN, "sign")] if settles else [])]
        if game.round > self.rounds or not self._worth.size:
            return [self._say(WALK, "walk")]
        package = self._choose(game)
        if game.proposer == self.seat and game.moves[-1].who == self.seat:
            return []  # nobody has said anything since its own proposal
        if package == game.package:
            return [] if self.seat in game.accepted else [self._say(ACCEPT, "accept")]
        return [Move(self.seat, OFFER, package, words=_WORDS[self._tone(game)])]

    def _would_sign(self, game: Game) -> bool:
        return game.complete and self._enough(game) and not game.lab.refusing(game.package, game.players)

    def _enough(self, game: Game) -> bool:
        """Return whether what lies on the table is worth what the bot now aims at, and never less than no deal."""
        worth = self.lab.total(self.seat, game.package)
        return worth >= max(self.aims(game), self.lab.seats[self.seat].reservation)

    def _choose(self, game: Game) -> Package:
        """Return the package nearest to the other side's last one among those worth just enough."""
        aim = min(self.aims(game), float(self._worth.max()))
        least = self._worth[self._worth >= aim].min()
        # Some room above the least: with one package to choose from, no trade would be found.
        spread = max(2.0, 0.04 * (self._worth.max() - self._worth.min()))
        enough = np.flatnonzero((self._worth >= aim) & (self._worth <= least + spread))
        alike = self._likeness(game, self._codes[enough])
        best = enough[alike == alike.max()]
        # By the number of moves: a game that is opened again goes on as it would have.
        chosen = np.random.default_rng([self.seed, len(game.moves)]).choice(best)
        return {
            issue: options[code]
            for (issue, options), code in zip(self.lab.options.items(), self._codes[chosen], strict=True)
        }

    def _likeness(self, game: Game, codes: np.ndarray) -> np.ndarray:
        """Return on how many issues each package agrees with what others last proposed."""
        theirs = [package for _, _, who, package in list_proposals(game) if who != self.seat]
        if not theirs:
            return np.zeros(len(codes))
        wanted = [
            options.index(theirs[-1][issue]) if issue in theirs[-1] else -1  # like no option
            for issue, options in self.lab.options.items()
        ]
        return (codes == np.array(wanted)).sum(axis=1)

    def _tone(self, game: Game) -> str:
        if game.package and not game.complete:
            return "incomplete"
        if game.complete and self._enough(game) and game.lab.refusing(game.package, game.players):
            return "consent"
        if not any(who == self.seat for _, _, who, _ in list_proposals(game)):
            return "open"
        return "last" if game.round >= self.rounds - 1 else self.temper

    def _say(self, kind: str, words: str) -> Move:
        return Move(self.seat, kind, words=_WORDS[words])

    def __repr__(self) -> str:
        return f"Bot({self.seat!r}, {self.temper!r})"
