"""Why two sides that would both lose by a war may still fight it: Fearon's three mechanisms (1995) as small models.

Two sides divide a prize of 1 (all that the war is about). A war gives it to the winner and costs each side a share of
its worth. `PowerShift` is the commitment problem: power moves from a *declining* to a *rising* side, and no promise of
the rising side outlasts the day on which breaking it pays. `bargaining_range` with `divisions_within` is the problem of
an indivisible issue, `best_demand` that of private information.

Everything here is the textbook argument in numbers that a reader chooses. It measures no war.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from kit.models import _checks

THREE_LINES = (
    "The weakening side’s chance of winning a war is smaller tomorrow than today, by the shift of power. War costs both sides.",
    "Tomorrow the other side keeps a promise only if a breach, with war and guarantor, would bring it no gain.",
    "So the weakening side fights today if fighting now is worth more to it than the best promise that will be kept.",
)
# 0.1 + 0.2 is more than 0.3 to the machine: where war and peace are worth the same, that would make a war.
SLACK = 1e-12


@dataclass(frozen=True)
class PowerShift:
    """The commitment problem with two sides, two days and a shift of power between them.

    Parameters
    ----------
    p : float, 0 to 1
        Chance that the declining side wins a war today.
    shift : float, 0 to `p`
        By how much that chance falls until tomorrow.
    cost_declining, cost_rising : float, 0 or more
        What a war costs each side, as a share of the prize.
    guarantee : float, 0 or more
        What breaking a promise costs the rising side besides the war, as a share of the prize: the chance that a
        guarantor acts times what its act would cost.

    Raises
    ------
    ModelError
        For a number out of its range.

    Notes
    -----
    *Derivation.* Tomorrow the rising side gets 1 - x if it keeps a promise of x to the declining side, and
    (1 - p + shift) - cost_rising - guarantee if it breaks it by force. It keeps x as long as

        x <= p - shift + cost_rising + guarantee,   the *credible promise* (at most 1).

    Today the declining side gets p - cost_declining by war, and by peace at best the credible promise. It fights if war is
    worth more: *if the shift of power is greater than what war costs both sides and the guarantee together* (the form of
    the argument in Powell 2006). A guarantee moves the threshold one for one.

    Fearon's own condition (1995) is harsher: there the rising side dictates tomorrow's terms and leaves the declining side
    no more than war would. Here it is given the best promise that can be believed, so that where this model says war no
    promise helps. Both leave out that the declining side might win time or allies, misjudge p, or think peace worth more
    than its share.
    """

    p: float
    shift: float
    cost_declining: float
    cost_rising: float
    guarantee: float = 0.0

    def __post_init__(self) -> None:
        _checks.number(self.p, "p", low=0, high=1)
        _checks.number(self.shift, "shift", low=0, high=self.p)
        for name in ("cost_declining", "cost_rising", "guarantee"):
            _checks.number(getattr(self, name), name, low=0)

    @property
    def fighting_now(self) -> float:
        """What a war today is worth to the declining side, as a share of the prize."""
        return self.p - self.cost_declining

    @property
    def promise(self) -> float:
        """The greatest share for the declining side that the rising side would still keep to tomorrow."""
        return min(1.0, self.p - self.shift + self.cost_rising + self.guarantee)

    @property
    def war(self) -> bool:
        """Whether the declining side fights today; when both are worth the same it does not."""
        return self.fighting_now > self.promise + SLACK

    @property
    def threshold(self) -> float:
        """The shift beyond which the declining side fights; above `p`, no shift is great enough."""
        return self.cost_rising + self.guarantee + self.cost_declining

    @property
    def guarantee_needed(self) -> float:
        """The least guarantee that keeps the peace at this shift; 0 if none is needed."""
        return max(0.0, self.shift - replace(self, guarantee=0.0).threshold)


def bargaining_range(p: float, cost_a: float, cost_b: float) -> tuple[float, float]:
    """Return the least and the greatest share of A that both sides prefer to a war which A wins with chance `p`.

    A's war is worth p - cost_a to it; B's leaves A p + cost_b at most. As long as war costs anything there is room
    between them (Fearon 1995).
    """
    chance = _checks.number(p, "p", low=0, high=1)
    least = chance - _checks.number(cost_a, "cost_a", low=0)
    most = chance + _checks.number(cost_b, "cost_b", low=0)
    return max(0.0, least), min(1.0, most)


def divisions_within(divisions: Iterable[float], p: float, cost_a: float, cost_b: float) -> list[float]:
    """Return those of the possible divisions (shares of A, 0 to 1) that both sides prefer to war.

    Fearon's third mechanism: where an issue can be divided in few ways only, none of them may lie in the bargaining
    range. The list is then empty. He holds that few issues are indivisible in themselves: side payments or linked
    issues add divisions.
    """
    low, high = bargaining_range(p, cost_a, cost_b)
    shares = _checks.numbers(divisions, "divisions", low=0, high=1)
    return [float(share) for share in shares if low - SLACK <= share <= high + SLACK]


def best_demand(p: float, cost_a: float, greatest_cost_b: float) -> dict[str, Any]:
    """Return A's best demand when it does not know B's cost of war, and the risk of war that it accepts.

    Fearon's first mechanism, in the usual form: B's cost is anything from 0 to `greatest_cost_b`, all equally likely to
    A, and B has reason to overstate its resolve, so that its word settles nothing. A demands the share p + t; B gives
    in if its cost is t or more.

    Returns
    -------
    dict
        ``demand`` (A's share, at most 1) and ``risk`` (chance of war, 0 to 1).

    Notes
    -----
    A's expected share is (1 - t/m)(p + t) + (t/m)(p - cost_a) with m the greatest cost. Its derivative is zero at t =
    (m - cost_a) / 2. So A runs a risk whenever its own cost is below m, though some division would suit both whatever
    B's cost is.
    """
    chance = _checks.number(p, "p", low=0, high=1)
    most = _checks.number(greatest_cost_b, "greatest_cost_b", low=1e-9)
    beyond = max(0.0, (most - _checks.number(cost_a, "cost_a", low=0)) / 2)
    beyond = min(beyond, 1 - chance)
    return {"demand": chance + beyond, "risk": beyond / most}
