"""The class password of a trial, with a brake: after some wrong guesses from one address the hub answers it slowly.

A password for a whole class is short and known to many; without a brake a script tries thousands of others in a minute.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Callable
from typing import Any

from tornado.web import HTTPError


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
        self.waiting, self.turn = 0, asyncio.Lock()

    def note_wrong_guess(self) -> None:
        """Remember that a guess was wrong."""
        self.wrong.append(self.clock())

    def is_on(self) -> bool:
        """Say whether a wrong guess is remembered still."""
        while self.wrong and self.clock() - self.wrong[0] > self.window:
            self.wrong.popleft()
        return bool(self.wrong)

    def seconds_to_wait(self) -> float:
        """Return how long the next answer is held back."""
        if not self.is_on():
            return 0.0
        beyond = len(self.wrong) - self.free
        return min(self.longest, 2.0 ** min(beyond, 10)) if beyond > 0 else 0.0


try:
    from jupyterhub.authenticators.shared import SharedPasswordAuthenticator
except ImportError:  # the tests read this file on machines without a hub
    SharedPasswordAuthenticator = object


class SlowPasswordAuthenticator(SharedPasswordAuthenticator):
    """The hub's shared password, behind a `Brake` for each address that asks.

    One address gets one answer at a time, so that a thousand connections at once guess no faster than one. Others don't
    wait for it.
    """

    longest_queue = 5

    def __init__(self, *arguments: Any, **traits: Any) -> None:
        super().__init__(*arguments, **traits)
        self.brakes: dict[str, Brake] = {}

    async def authenticate(self, handler: Any, data: dict[str, str]) -> Any:
        """Answer as the hub does, later after many wrong guesses, and not at all while too many wait."""
        brake = self._brake(handler.request.remote_ip)
        brake.waiting += 1
        try:
            async with brake.turn:
                seconds = brake.seconds_to_wait()
                if seconds and brake.waiting > self.longest_queue:
                    raise HTTPError(429, "Too many wrong passwords came from your network. Try again in five minutes.")
                await asyncio.sleep(seconds)
                # The hub compares passwords as ASCII; any other letter would end in an error.
                found = await super().authenticate(handler, data) if data["password"].isascii() else None
                if not found:
                    brake.note_wrong_guess()
        finally:
            brake.waiting -= 1
        return found

    def _brake(self, address: str) -> Brake:
        """Return the brake of an address; those that hold nobody up are forgotten."""
        network = address if "." in address else ":".join(address.split(":")[:4])  # one machine has many of IPv6
        self.brakes = {each: brake for each, brake in self.brakes.items() if brake.waiting or brake.is_on()}
        return self.brakes.setdefault(network, Brake())
