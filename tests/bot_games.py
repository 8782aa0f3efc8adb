"""Whole games between two bots, for the tests of unit 06."""

from kit.negotiation.bots import Bot
from kit.negotiation.game import new_game


def play_out(lab, tempers, *, seed=0):
    """Return a whole game between two bots, the first delegation of the case beginning."""
    game = new_game(lab, lab.parties)
    bots = [
        Bot(lab, seat, temper, seed=seed + n) for n, (seat, temper) in enumerate(zip(lab.parties, tempers, strict=True))
    ]
    turn = 0
    while not game.over:
        for move in bots[turn % 2].reply(game):
            game = game.play(move)
        turn += 1
    return game
