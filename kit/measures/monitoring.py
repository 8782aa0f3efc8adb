"""What watching does to trust: alarms counted in a hundred months, what they are worth, and how errors echo between two sides.

The sums are those of `kit.models.trust`; here they become tables.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import pandas as pd

from kit.grammar import count_of
from kit.models import trust
from kit.screen.labels import spread

OF = 100
COLUMNS = 25  # squares side by side in the picture
ALARM, QUIET = "an alarm", "no alarm"
LINES = 8  # of the picture: two headings, at most five lines of months, and air
WORST = 50  # per cent of false alarms, where the pictures end
# One in three is what Nowak and Sigmund (1992) find best for the usual payoffs 5, 3, 1 and 0.
STRATEGIES = {"always keeps its word": 1.0, "generous: forgives one in three": 1 / 3, "tit-for-tat": 0.0}
OWN = "yours"


@dataclass(frozen=True)
class Sight:
    """How well monitors see and how often there is something to see; all in per cent.

    Parameters
    ----------
    breaches : float
        Months with a breach, of a hundred.
    detection : float
        Breaches that raise an alarm, of a hundred.
    false_alarms : float
        Months without a breach that raise an alarm all the same, of a hundred.
    """

    breaches: float = 10
    detection: float = 90
    false_alarms: float = 20

    def rates(self) -> tuple[float, float, float]:
        """Return the three as shares, in this order."""
        return self.breaches / 100, self.detection / 100, self.false_alarms / 100


def frequencies(sight: Sight) -> pd.DataFrame:
    """Return a hundred months in four groups, in whole months: ``group, alarm, breach, months``."""
    breaches, detection, false_alarms = sight.rates()
    broken = _whole(OF * breaches)
    caught = _whole(broken * detection)
    false = _whole((OF - broken) * false_alarms)
    rows = [
        ("breach found", ALARM, True, caught),
        ("false alarm", ALARM, False, false),
        ("breach missed", QUIET, True, broken - caught),
        ("quiet, rightly", QUIET, False, OF - broken - false),
    ]
    return pd.DataFrame(rows, columns=["group", "alarm", "breach", "months"])


def _whole(number: float) -> int:
    # `round` takes a half to the even number; whoever counts along takes it up.
    return math.floor(number + 0.5)


def count_alarms(sight: Sight) -> int:
    """Return in how many of the hundred months an alarm sounds, rightly or not."""
    counts = frequencies(sight)
    return int(counts.loc[counts["alarm"] == ALARM, "months"].sum())


def ask_for_alarms(sight: Sight) -> str:
    """Return the question in how many months an alarm sounds, with all that is needed to work it out."""
    return (
        f"Of {OF} months {sight.breaches:.0f} have a breach. Monitors find {sight.detection:.0f} of {OF} breaches. Of {OF} "
        f"months without a breach, {sight.false_alarms:.0f} bring a false alarm. In how many of the {OF} months does an alarm "
        "sound?"
    )


def update_beliefs(sight: Sight) -> dict[str, float]:
    """Return in per cent how likely a breach is before looking, after an alarm and after none (NaN for what never happens)."""
    found = trust.verification_dilemma(*sight.rates())
    return {"before": sight.breaches, ALARM: 100 * found["breach_if_alarm"], QUIET: 100 * found["breach_if_quiet"]}


def month_rows(counts: pd.DataFrame) -> pd.DataFrame:
    """Return the hundred months as places in the picture, and a heading over each block, from `frequencies`.

    Returns
    -------
    DataFrame
        ``what`` (month or heading), ``x``, ``y`` (from the top), ``breach``, ``alarm``, ``group``, ``text``.
    """
    rows: list[dict[str, Any]] = []
    top = 0.0
    for block, groups in counts.groupby("alarm", sort=False):
        many = int(groups["months"].sum())
        broken = int(groups.loc[groups["breach"], "months"].sum())
        text = f"{str(block).capitalize()}: {count_of(many, 'month')}, {broken} of them with a breach"
        silent = {"breach": False, "alarm": False, "group": ""}
        rows.append({"what": "heading", "x": 0, "y": top + 0.2, **silent, "text": text})
        groups = groups.loc[groups.index.repeat(groups["months"]), ["group", "breach"]]
        for place, (group, breach) in enumerate(groups.itertuples(index=False)):
            line, column = divmod(place, COLUMNS)
            month = {"what": "month", "x": column, "y": top + 1 + line}
            rows.append({**month, "breach": bool(breach), "alarm": block == ALARM, "group": group, "text": ""})
        # -(-a // b) is a / b, rounded up.
        top += 1.3 + -(-many // COLUMNS)
    return pd.DataFrame(rows)


def tell_frequencies(sight: Sight) -> str:
    """Return the hundred months in words, ending with what an alarm is worth."""
    counts = dict(zip(frequencies(sight)["group"], frequencies(sight)["months"], strict=True))
    caught, false = counts["breach found"], counts["false alarm"]
    broken = caught + counts["breach missed"]
    first = (
        f"Of {OF} months, {broken} have a breach; {caught} of these raise an alarm. "
        f"Of the {OF - broken} without one, {false} raise a false alarm. "
    )
    if not caught + false:
        return f"{first}So no alarm sounds at all, and a month without alarm says nothing."
    worth = update_beliefs(sight)[ALARM]
    return (
        f"{first}So {'the one alarm is' if caught + false == 1 else f'{caught} of {caught + false} alarms are'} "
        f"{'true' if caught or caught + false > 1 else 'false'}: after an alarm the chance of a breach is {worth:.0f} per cent, "
        f"up from {sight.breaches:.0f}; after a month without, it is {update_beliefs(sight)[QUIET]:.0f}."
    )


# --- does watching build or destroy


def border_rows(sight: Sight, stakes: trust.Stakes) -> pd.DataFrame:
    """Return the line above which false alarms destroy more trust than watching builds, and where the monitors stand.

    Returns
    -------
    DataFrame
        ``what`` (``border``, ``here`` or ``name``), ``detection`` and ``false_alarms`` in per cent, ``text``.
    """
    breaches = sight.rates()[0]
    border = [
        (float(seen), 100 * trust.break_even_false_alarm(breaches, seen / 100, stakes)) for seen in range(0, 101, 4)
    ]
    rows = [("border", seen, limit, "") for seen, limit in border]
    word = "builds" if builds_trust(sight, stakes) else "destroys"
    rows.append(("here", sight.detection, min(sight.false_alarms, WORST), word))
    middle = min(border[len(border) // 2][1], WORST)
    # A side of the border is named where it is high enough for words.
    if middle > 4:
        rows.append(("name", 50.0, middle / 2, "watching builds trust"))
    if middle < WORST - 4:
        rows.append(("name", 50.0, (middle + WORST) / 2, "watching destroys trust"))
    return pd.DataFrame(rows, columns=["what", "detection", "false_alarms", "text"])


def builds_trust(sight: Sight, stakes: trust.Stakes) -> bool:
    """Return whether a month of watching adds to trust."""
    return trust.monitoring_effect(*sight.rates(), stakes) > 0


def judge_monitoring(sight: Sight, stakes: trust.Stakes) -> str:
    """Return in a sentence whether this monitoring builds or destroys trust, and where the border lies."""
    effect = trust.monitoring_effect(*sight.rates(), stakes)
    limit = 100 * trust.break_even_false_alarm(*sight.rates()[:2], stakes)
    border = f"the border lies at {limit:.0f} false alarms in 100 clean months"
    if limit >= 100:
        border = "no rate of false alarms would make it harmful"
    if effect > 0:
        return f"On these assumptions watching builds trust; {border}."
    return f"On these assumptions watching destroys more trust than it builds; {border}."


# --- how errors echo


def echo_rows(slips: float, sight: Sight, own: float) -> pd.DataFrame:
    """Return how often two sides of a kind keep their word in the long run, over the rate of false alarms.

    Parameters
    ----------
    slips : float
        In how many of a hundred months a side does by accident the opposite of what it means to.
    sight : Sight
        Its ``detection`` holds for all; its ``false_alarms`` is where the upright line stands.
    own : float
        In how many of a hundred cases the learner's own way forgives a breach.

    Returns
    -------
    DataFrame
        ``what`` (``line``, ``name`` or ``here``), ``strategy``, ``false_alarms`` and ``kept`` in per cent.
    """
    ways = ways_of(own)
    rows = [
        ("line", name, wrong, _together(forgives, slips, sight.detection, wrong))
        for name, forgives in ways.items()
        for wrong in range(WORST + 1)
    ]
    ends = {name: _together(forgives, slips, sight.detection, WORST) for name, forgives in ways.items()}
    names = [("name", name, WORST, place) for name, place in spread(ends, 7).items()]
    here = ("here", "", min(sight.false_alarms, WORST), 0)
    return pd.DataFrame([*rows, *names, here], columns=["what", "strategy", "false_alarms", "kept"])


def ways_of(own: float) -> dict[str, float]:
    """Return how often each way of answering forgives a breach that it saw, as a share."""
    return {**STRATEGIES, f"{OWN}: forgives {own:.0f} of 100": own / 100}


def _together(forgives: float, slips: float, detection: float, wrong: float) -> float:
    errors = {"detection": detection / 100, "false_alarm": wrong / 100}
    return 100 * trust.long_run_cooperation(1, forgives, slips / 100, **errors)


def ways_table(slips: float, sight: Sight, own: float) -> pd.DataFrame:
    """Return each way of answering with what it comes to, in months of a hundred.

    Returns
    -------
    DataFrame
        ``strategy``; ``together``: a side keeps its word, if both answer so (NaN where how they began decides for good);
        ``against``: it keeps its word to a side that never does.
    """
    rows = []
    errors = {"detection": sight.detection / 100, "false_alarm": sight.false_alarms / 100}
    for name, forgives in ways_of(own).items():
        _, suffered = trust.blurred(1, forgives, slips / 100, **errors)
        rows.append((name, _together(forgives, slips, sight.detection, sight.false_alarms), 100 * suffered))
    return pd.DataFrame(rows, columns=["strategy", "together", "against"])


def tell_ways(ways: pd.DataFrame) -> str:
    """Return in a sentence how tit-for-tat and the learner's own rule fare, from `ways_table`."""
    fares = dict(zip(ways["strategy"], ways["together"], strict=True))
    strict, own = fares["tit-for-tat"], ways["together"].iloc[-1]
    if math.isnan(strict):
        return "Without any error, two sides that play tit-for-tat go on for ever as they began."
    return (
        f"Two sides that play tit-for-tat keep their word in {strict:.0f} months of {OF}; "
        f"two sides that follow your rule, in {own:.0f}."
    )
