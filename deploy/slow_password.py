"""The class password of a trial, with a brake: after some wrong guesses the hub answers slowly, whoever asks.

A password for a whole class is short and known to many; without a brake a script tries thousands of others in a minute.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Callable
from typing import Any


class Brake:
    """How long to wait before the next answer: nothing at first, more with each wrong guess of the last minutes.

    Parameters
    ----------
    free : int
        Wrong guesses that cost nothing; a class of thirty mistypes.
    window : float
        Seconds after which a wrong guess is forgotten.
    longest : float
        Seconds, at most, that anybody waits.
    """

    def __init__(
        self, free: int = 20, window: float = 300, longest: float = 30, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.free, self.window, self.longest, self.clock = free, window, longest, clock
        self.wrong: deque[float] = deque(maxlen=1000)

    def note_wrong_guess(self) -> None:
        """Remember that a guess was wrong."""
        self.wrong.append(self.clock())

    def seconds_to_wait(self) -> float:
        """Return how long the next answer is held back."""
        while self.wrong and self.clock() - self.wrong[0] > self.window:
            self.wrong.popleft()
        beyond = len(self.wrong) - self.free
        return min(self.longest, 2.0 ** min(beyond, 10)) if beyond > 0 else 0.0


try:
    from jupyterhub.authenticators.shared import SharedPasswordAuthenticator
except ImportError:  # the tests read this file on machines without a hub
    SharedPasswordAuthenticator = object


class SlowPasswordAuthenticator(SharedPasswordAuthenticator):
    """The hub's shared password, behind a `Brake`."""

    def __init__(self, *arguments: Any, **traits: Any) -> None:
        super().__init__(*arguments, **traits)
        self.brake = Brake()

    async def authenticate(self, handler: Any, data: dict[str, str]) -> Any:
        """Answer as the hub does, later after many wrong guesses."""
        await asyncio.sleep(self.brake.seconds_to_wait())
        found = await super().authenticate(handler, data)
        if not found:
            self.brake.note_wrong_guess()
        return found
