"""Trust between two sides that take small steps: the kit's own simulation, the theory under it, and monitoring.

`simulate` is the kit's own. No law gives trust a number; the rules are few, stated in `Plan`, and meant to be argued
with. Under it lies a piece of theory that is not the kit's: two sides that each answer what they saw the other do last
(*reactive strategies*, Nowak and Sigmund 1992), with errors. How often they keep their word in the long run has a
closed form, `long_run_cooperation`; the simulation plays the same game and has to come out there.

*Traps.* Tit-for-tat does not always win: with any errors at all, two sides that play it against each other end up
keeping their word half of the time, since each error echoes. Without errors nothing is forgotten, and all depends on
how they began.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from kit.errors import ModelError
from kit.models import _checks

Numbers = float | Iterable[float]
# Months over all runs: the chances drawn for so many take 240 megabytes.
MOST = 5_000_000


@dataclass(frozen=True)
class Plan:
    """Steps over some months, how both sides answer each other, and how well they see.

    A month of the simulation: each side means to keep its word with chance `p` if it saw the other keep it the month
    before, with chance `q` if it saw a breach. By accident, or through people it does not control, it does the opposite
    with chance `risks`. A breach raises an alarm with chance `detection`, a kept word does so falsely with chance
    `false_alarm`. In a month without alarm, trust (0 to 1) moves up by `gains` times what it lacks to 1, so that later
    steps add less; each alarm takes away the share `damage` of it. What is seen counts and not what is: a breach that
    nobody notices costs no trust.

    Parameters
    ----------
    gains : list of floats, 0 to 1
        For each month, what a quiet month's steps add to trust, as a share of what it lacks. The list's length is the
        plan's.
    risks : float or list of floats, 0 to 1
        Chance a month that a side does the opposite of what it means to.
    p, q : float, 0 to 1
        Chance to keep one's word after seeing the other keep it or break it: 1 and 0 are tit-for-tat, q above 0
        forgives.
    detection, false_alarm : float, 0 to 1
    damage : float or list of floats, 0 to 1
        Share of trust that an alarm costs; larger where more is at stake in that month.

    Raises
    ------
    ModelError
        For a number outside 0 to 1 or a list that has not the plan's length.
    """

    gains: Iterable[float]
    risks: Numbers = 0.05
    p: float = 1.0
    q: float = 0.3
    detection: float = 1.0
    false_alarm: float = 0.0
    damage: Numbers = 0.3

    def __post_init__(self) -> None:
        gains = _checks.numbers(self.gains, "gains", low=0, high=1)
        # The class is frozen, and this is how such a class can keep its numbers in one form.
        object.__setattr__(self, "gains", tuple(gains.tolist()))
        object.__setattr__(self, "risks", _monthly(self.risks, "risks", len(gains)))
        object.__setattr__(self, "damage", _monthly(self.damage, "damage", len(gains)))
        for name in ("p", "q", "detection", "false_alarm"):
            _checks.number(getattr(self, name), name, low=0, high=1)


def simulate(plan: Plan, *, start: float = 0.2, runs: int = 1000, seed: int = 0) -> np.ndarray:
    """Return trust at the end of each month in each run of a plan, by the rules in `Plan`.

    Parameters
    ----------
    plan : Plan
    start : float, 0 to 1
        Trust before the first month. Both sides mean to keep their word in that month.
    runs : int
    seed : int
        The same seed gives the same runs, to the last digit.

    Returns
    -------
    array, runs × months
        Trust from 0 to 1.
    """
    _, alarms = _play(plan, int(_checks.number(runs, "runs", low=1, high=1_000_000)), seed)
    trust = np.full(len(alarms), _checks.number(start, "start", low=0, high=1))
    path = np.empty(alarms.shape[:2])
    gains, damage = np.asarray(plan.gains), np.asarray(plan.damage)
    for month in range(alarms.shape[1]):
        seen = alarms[:, month].sum(axis=1)
        trust = np.where(seen == 0, trust + gains[month] * (1 - trust), trust * (1 - damage[month]) ** seen)
        path[:, month] = trust
    return path


def blurred(
    p: float, q: float, error: float = 0.0, *, detection: float = 1.0, false_alarm: float = 0.0
) -> tuple[float, float]:
    """Return the chances to keep one's word after the other truly kept or broke it, errors and bad sight included.

    Parameters
    ----------
    p, q : float, 0 to 1
        The same chances by intention, after seeing the other keep or break its word.
    error : float, 0 to 1
        Chance to do the opposite of what one means to: p becomes p (1 - error) + (1 - p) error.
    detection, false_alarm : float, 0 to 1
        Chance that a breach is seen, and that a kept word is taken for one.
    """
    p, q, error = (_checks.number(v, n, low=0, high=1) for v, n in ((p, "p"), (q, "q"), (error, "error")))
    seen = _checks.number(detection, "detection", low=0, high=1)
    wrong = _checks.number(false_alarm, "false_alarm", low=0, high=1)
    kept, broken = (1 - wrong) * p + wrong * q, seen * q + (1 - seen) * p
    return kept * (1 - error) + (1 - kept) * error, broken * (1 - error) + (1 - broken) * error


def long_run_cooperation(
    p: float, q: float, error: float = 0.0, *, detection: float = 1.0, false_alarm: float = 0.0
) -> float:
    """Return how often two sides with the same reactive strategy keep their word in the long run.

    Parameters
    ----------
    p, q, error, detection, false_alarm
        As in `blurred`.

    Returns
    -------
    float
        q' / (1 - p' + q') (Nowak and Sigmund 1992), with p' and q' as `blurred` gives them. NaN where p' is 1 and q' is
        0, as for tit-for-tat without errors: nothing is then forgotten and how they began decides for good. With any
        error tit-for-tat comes to 1/2. (For p' = 0 and q' = 1 they alternate, and the result is the average.)
    """
    after_kept, after_broken = blurred(p, q, error, detection=detection, false_alarm=false_alarm)
    forgotten = 1 - after_kept + after_broken
    return math.nan if forgotten < 1e-12 else after_broken / forgotten


def verification_dilemma(prior: float, detection: float, false_alarm: float) -> dict[str, float]:
    """Return what an alarm and a quiet month say about a breach, by Bayes' rule.

    Parameters
    ----------
    prior : float, 0 to 1
        Chance of a breach in a month, before looking.
    detection : float, 0 to 1
        Chance of an alarm if there is a breach.
    false_alarm : float, 0 to 1
        Chance of an alarm if there is none.

    Returns
    -------
    dict
        ``alarm`` (chance of an alarm), ``breach_if_alarm``, ``breach_if_quiet`` (chance of a breach given either; NaN
        for what never happens).

    Notes
    -----
    Where breaches are rare, most alarms are false even with good instruments: whoever answers every alarm as proof
    mostly accuses the innocent. And on average looking does not change a belief: alarm and quiet together give back the
    prior.
    """
    breach = _checks.number(prior, "prior", low=0, high=1)
    caught = breach * _checks.number(detection, "detection", low=0, high=1)
    alarm = caught + (1 - breach) * _checks.number(false_alarm, "false_alarm", low=0, high=1)
    return {
        "alarm": alarm,
        "breach_if_alarm": caught / alarm if alarm > 0 else math.nan,
        "breach_if_quiet": (breach - caught) / (1 - alarm) if alarm < 1 else math.nan,
    }


@dataclass(frozen=True)
class Stakes:
    """What the outcomes of monitoring do to trust, in units of a reassuring quiet month: the kit's own rule.

    Parameters
    ----------
    reassured : float
        Gained by a quiet month without a breach.
    accused : float
        Lost by an alarm without a breach.
    missed : float
        Lost by a breach that is not seen in time and comes out later. One caught in time can be dealt with and costs
        nothing.
    """

    reassured: float = 1.0
    accused: float = 4.0
    missed: float = 4.0

    def __post_init__(self) -> None:
        _checks.number(self.reassured, "reassured", low=1e-9)
        _checks.number(self.accused, "accused", low=0)
        _checks.number(self.missed, "missed", low=0)


def monitoring_effect(prior: float, detection: float, false_alarm: float, stakes: Stakes | None = None) -> float:
    """Return what a month of monitoring adds to trust compared with not looking; below 0 it wrecks more than it builds.

    Without monitoring nobody is reassured or accused, and every breach is missed. So monitoring is worth (1 - prior) *
    ((1 - false_alarm) * reassured - false_alarm * accused) + prior * detection * missed. The kit's own rule; see
    `Stakes`.
    """
    weight = stakes or Stakes()
    breach = _checks.number(prior, "prior", low=0, high=1)
    wrong = _checks.number(false_alarm, "false_alarm", low=0, high=1)
    seen = _checks.number(detection, "detection", low=0, high=1)
    innocent = (1 - wrong) * weight.reassured - wrong * weight.accused
    return (1 - breach) * innocent + breach * seen * weight.missed


def break_even_false_alarm(prior: float, detection: float, stakes: Stakes | None = None) -> float:
    """Return the false-alarm rate above which monitoring wrecks more trust than it builds; 1 if no rate does."""
    weight = stakes or Stakes()
    best = monitoring_effect(prior, detection, 0.0, weight)
    innocent = 1 - prior
    return min(1.0, best / (innocent * (weight.reassured + weight.accused))) if innocent > 0 else 1.0


def _play(plan: Plan, runs: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Return who kept their word and who was accused: two arrays of booleans, runs × months × 2 sides."""
    risks = np.asarray(plan.risks)
    if runs * len(risks) > MOST:
        msg = f"{runs:,} runs of {len(risks):,} months were asked for"
        raise ModelError(msg, where="simulation", remedy=f"Ask for {MOST:,} months in all at most.")
    numbers = np.random.default_rng(int(_checks.number(seed, "seed", low=0)))
    # All chances are drawn at once: with one seed, plans of one length meet the same luck and differ by themselves alone.
    draws = numbers.random((3, runs, len(risks), 2))
    kept, alarms = np.empty(draws.shape[1:], dtype=bool), np.empty(draws.shape[1:], dtype=bool)
    means = np.ones((runs, 2), dtype=bool)
    for month, risk in enumerate(risks):
        # Exclusive or: an accident turns what was meant into its opposite.
        kept[:, month] = means ^ (draws[1, :, month] < risk)
        alarms[:, month] = draws[2, :, month] < np.where(kept[:, month], plan.false_alarm, plan.detection)
        if month + 1 < len(risks):
            # The two columns change places: each side answers what it saw of the other.
            answer = np.where(alarms[:, month, ::-1], plan.q, plan.p)
            means = draws[0, :, month + 1] < answer
    return kept, alarms


def _monthly(values: Numbers, name: str, months: int) -> tuple[float, ...]:
    array = _checks.numbers(values, name, low=0, high=1)
    if len(array) not in (1, months):
        msg = f"{len(array)} numbers were given for {months} months"
        raise ModelError(msg, where=name, remedy="Give one number for all months, or one for each.")
    return tuple(np.resize(array, months).tolist())
