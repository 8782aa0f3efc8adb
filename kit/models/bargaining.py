"""Bargaining over several issues: all outcomes, the efficient ones, the zone of agreement and the points of theory.

A `Negotiation` adds up each party's scores over the issues, lists every possible outcome and finds

- the *Pareto frontier*: outcomes that no other outcome beats for one party without costing another;
- the *zone of agreement*: outcomes that give every party at least its reservation value;
- the *Nash* (1950), *Kalai-Smorodinsky* (1975) and *egalitarian* (Kalai 1977) points, over the zone only: a party that
  can walk away signs nothing worse than walking away, so where the zone is empty there is no such point.

The outcomes are a list and not a convex set, so each point is the one that its idea picks from a list, and ties are all
returned. Scores are teaching assumptions: no number here measures what a war costs.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Hashable, Mapping, Sequence
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd

from kit.errors import ModelError
from kit.models import _checks

MAX_OUTCOMES = 2_000_000
# Of the value itself: products of the same gains differ in their last digits by the order of multiplying.
TIE = 1e-9


class Negotiation:
    """Issues to settle and parties who score their options.

    Parameters
    ----------
    issues : mapping of issue to list of options
        An outcome takes one option of each.
    parties : mapping of party to ``{"scores": {issue: {option: number}}, "reservation": number}``
        A party's total for an outcome is the sum of its scores; ``"weights": {issue: number}`` may multiply them (1
        where left out). The reservation is the total below which it walks away.

    Attributes
    ----------
    issues : dict of issue to list of options
    parties : list of names
    reservations : Series of reservation values, by party

    Raises
    ------
    ModelError
        For an empty list, a name used twice (also as issue and as party), a missing or unknown option, a score that is
        no number, or more than 2,000,000 outcomes.

    Notes
    -----
    Totals are rounded at the eleventh digit of a party's scale, so that 0.1 + 0.2 ties with 0.3.
    """

    def __init__(self, issues: Mapping[Hashable, Sequence], parties: Mapping[Hashable, Mapping[str, Any]]) -> None:
        self.issues = {
            issue: _checks.names(issues[issue], f"issue {issue}")
            for issue in _checks.names(_checks.mapping(issues, "issues"), "issues")
        }
        self.parties = _checks.names(_checks.mapping(parties, "parties"), "parties")
        _check_apart(self.issues, self.parties)
        _check_size(self.issues)
        self._scores = {party: _scores(self.issues, parties[party], f"party {party}") for party in self.parties}
        needs = {
            party: _checks.number(parties[party].get("reservation"), f"party {party}, reservation")
            for party in self.parties
        }
        self._decimals = {party: _decimals([*self._scores[party], needs[party]]) for party in self.parties}
        self.reservations = pd.Series(
            {party: np.round(needs[party], self._decimals[party]) for party in self.parties},
            name="reservation",
            dtype=float,
        )

    @functools.cached_property
    def outcomes(self) -> pd.DataFrame:
        """Every outcome, a row each: a column an issue (its option), then a column a party (its total)."""
        index = np.unravel_index(np.arange(_size(self.issues)), [len(options) for options in self.issues.values()])
        chosen = {
            issue: pd.Series(options).take(i).array
            for (issue, options), i in zip(self.issues.items(), index, strict=True)
        }
        totals = {
            party: np.round(functools.reduce(np.add.outer, self._scores[party]).ravel(), self._decimals[party])
            for party in self.parties
        }
        return pd.DataFrame({**chosen, **totals})

    @functools.cached_property
    def _gains(self) -> np.ndarray:
        """Each party's total above its reservation, outcomes × parties."""
        return self.outcomes[self.parties].to_numpy() - self.reservations.to_numpy()

    def gains(self) -> pd.DataFrame:
        """Return what each outcome gives each party above its reservation value, indexed as `outcomes`."""
        return pd.DataFrame(self._gains, columns=self.parties, index=self.outcomes.index)

    def totals(self, outcome: Mapping[Hashable, Any]) -> dict[Hashable, float]:
        """Return each party's total for one outcome, ``{issue: option}``."""
        row = self.outcomes.iloc[self._position(outcome)]
        return {party: float(row[party]) for party in self.parties}

    def pareto(self) -> pd.DataFrame:
        """Return the outcomes that are not dominated.

        An outcome is dominated if another gives every party at least as much and one party more. All outcomes are
        looked at, also those below a reservation value.
        """
        return self.outcomes[undominated(self.outcomes[self.parties].to_numpy())]

    def zone(self) -> pd.DataFrame:
        """Return the outcomes that give every party at least its reservation value; empty if there are none."""
        return self._rows(np.flatnonzero(self._in_zone))

    @functools.cached_property
    def _in_zone(self) -> np.ndarray:
        return np.all(self._gains >= 0, axis=1)

    def nash(self) -> pd.DataFrame:
        """Return the outcomes of the zone with the greatest product of gains (Nash 1950); empty without a zone.

        If every product in the zone is zero (some party can gain nothing beyond its reservation value, or never
        together with the others), the rule is: as many parties as possible gain, and among outcomes where equally many
        do, the product of the gains of those who do is greatest, each taken as a share of the party's best in the zone
        (Caragiannis et al. 2019 use the first part for shares of goods). Scaling or shifting a party's scores changes
        nothing.
        """
        rows, gains = self._shares_of_best()
        gaining = (gains > 0).sum(axis=1)
        product = np.where(gains > 0, gains, 1).prod(axis=1)
        if len(rows):
            # No product is negative: -1 takes these out of the running.
            product = np.where(gaining == gaining.max(), product, -1)
        return self._rows(rows[_greatest(product)])

    def kalai_smorodinsky(self) -> pd.DataFrame:
        """Return the outcomes of the zone in which the party that comes least close to its best comes closest.

        Kalai and Smorodinsky (1975) give each party the same share of its *ideal* gain, the most that it gets anywhere
        in the zone. In a list of outcomes equal shares are seldom to be had, so the shares are compared from the
        smallest up (lexicographic max-min, Imai 1983): first the smallest share is made as great as possible, then the
        next. This is not the smallest spread of shares. A party that can gain nothing in the zone has a share of
        nothing in every outcome and so decides nothing. Scaling or shifting a party's scores changes nothing.
        """
        rows, shares = self._shares_of_best()
        return self._rows(rows[_lexicographic(shares)])

    def egalitarian(self) -> pd.DataFrame:
        """Return the outcomes of the zone in which the party that gains least gains most (Kalai 1977).

        Gains are compared as they are, from the smallest up. So this point compares one party's points with another's
        and, other than the Nash and the Kalai-Smorodinsky point, is *not* invariant: double a party's scores and it
        moves.
        """
        rows = np.flatnonzero(self._in_zone)
        return self._rows(rows[_lexicographic(self._gains[rows])])

    @property
    def why_empty(self) -> str:
        """Why there is no zone of agreement, as a sentence or two; an empty text if there is one."""
        if self._in_zone.any():
            return ""
        return f"{self._who_cannot_agree()} {self._nearest_miss()}"

    def better_for_all(self, outcome: Mapping[Hashable, Any]) -> pd.DataFrame:
        """Return the outcomes that dominate this one: nobody is worse off, somebody better."""
        totals = self.outcomes[self.parties].to_numpy()
        here = totals[self._position(outcome)]
        return self.outcomes[(totals >= here).all(axis=1) & (totals > here).any(axis=1)]

    def value_left(self, outcome: Mapping[Hashable, Any]) -> pd.DataFrame:
        """Return what an outcome leaves on the table, a row a party.

        Returns
        -------
        DataFrame
            Indexed by party; ``total`` here, ``reachable`` (the most it could have had with nobody worse off than here)
            and ``left``, their difference. All zero in ``left`` means that the outcome is on the frontier. The parties'
            figures need not be had together.
        """
        here = pd.Series(self.totals(outcome), dtype=float)
        better = self.better_for_all(outcome)[self.parties]
        reachable = better.max() if len(better) else here
        return pd.DataFrame({"total": here, "reachable": reachable, "left": reachable - here}).rename_axis("party")

    def _rows(self, positions: np.ndarray) -> pd.DataFrame:
        return self.outcomes.iloc[positions]

    def _position(self, outcome: Mapping[Hashable, Any]) -> int:
        index = []
        if not isinstance(outcome, pd.Series):  # a row of a table will do
            _checks.mapping(outcome, "outcome")
        for issue, options in self.issues.items():
            if issue not in outcome:
                msg = f"the outcome says nothing on {issue}"
                raise ModelError(msg, where="outcome", remedy="Give one option for each issue.")
            index.append(options.index(_checks.known(outcome[issue], options, f"outcome, issue {issue}")))
        return int(np.ravel_multi_index(index, [len(options) for options in self.issues.values()]))

    def _shares_of_best(self) -> tuple[np.ndarray, np.ndarray]:
        """Return the zone's positions and each gain there as a share of the party's greatest, 0 where there is none."""
        rows = np.flatnonzero(self._in_zone)
        gains = self._gains[rows]
        # An empty zone has no maximum of its own.
        ideal = gains.max(axis=0, initial=0)
        return rows, np.divide(gains, ideal, out=np.zeros_like(gains), where=ideal > 0)

    def _who_cannot_agree(self) -> str:
        """Name the smallest group of parties that no outcome satisfies together."""
        content = self._gains >= 0
        for size in range(1, len(self.parties) + 1):
            for group in combinations(range(len(self.parties)), size):
                if not content[:, group].all(axis=1).any():
                    return self._no_outcome_for([self.parties[i] for i in group])
        return ""

    def _no_outcome_for(self, group: list) -> str:
        if len(group) == 1:
            best = self.outcomes[group[0]].max()
            return f"No outcome gives {group[0]} its reservation value of {self.reservations[group[0]]:g}; the most it can get is {best:g}."
        return f"No outcome gives {_listed(group)} their reservation values at the same time."

    def _nearest_miss(self) -> str:
        """Describe the outcome whose greatest shortfall, as a share of the party's range of totals, is smallest."""
        totals = self.outcomes[self.parties].to_numpy()
        spread = np.ptp(totals, axis=0)
        short = np.clip(-self._gains, 0, None)
        i = int((short / np.where(spread > 0, spread, 1)).max(axis=1).argmin())
        options = ", ".join(f"{issue}: {self.outcomes[issue].iloc[i]}" for issue in self.issues)
        missing = _listed([f"{party} {short[i, k]:g} short" for k, party in enumerate(self.parties) if short[i, k] > 0])
        return f"The nearest miss ({options}) leaves {missing}."


def undominated(points: np.ndarray) -> np.ndarray:
    """Return which rows no other row dominates, being at least as great everywhere and greater somewhere.

    Parameters
    ----------
    points : array, n × d
        Equal rows share their fate.

    Returns
    -------
    array of n booleans
    """
    distinct, back = np.unique(np.asarray(points, dtype=float), axis=0, return_inverse=True)
    # What dominates a point has the greater sum of ranks and so stands before it, as `_dominated` needs. Sums of the
    # values themselves could tie by rounding.
    order = np.argsort(-_ranks(distinct).sum(axis=1), kind="stable")
    ordered = distinct[order]
    keep = np.zeros(len(distinct), dtype=bool)
    if distinct.shape[1] <= 2:
        keep[order] = _undominated_in_plane(ordered)
    else:
        left = _peel(ordered)
        keep[order[left[~_dominated(ordered[left])]]] = True
    # NumPy 2.0 gives the inverse another shape than the releases before and after it.
    return keep[back.ravel()]


def one_issue_zone(at_least: float, at_most: float, *, sides: tuple[str, str] = ("A", "B")) -> pd.DataFrame:
    """Return who would accept what on one divisible issue, on a scale from 0 to 100.

    Parameters
    ----------
    at_least : float
        The first side accepts this much or more.
    at_most : float
        The second side accepts this much or less.
    sides : pair of names

    Returns
    -------
    DataFrame
        A row a stretch of the scale, from 0 to 100: ``start``, ``end``, ``accepted_by`` (a side's name, "both" or
        "neither"). Where the two limits meet, "both" is a single point. ``.attrs["why_empty"]`` says why there is no
        "both", and is empty if there is.
    """
    first = _checks.number(at_least, f"reservation value of {sides[0]}", low=0, high=100)
    second = _checks.number(at_most, f"reservation value of {sides[1]}", low=0, high=100)
    middle = "both" if first <= second else "neither"
    near, far = sorted([first, second])
    stretches = [(0, near, sides[1]), (near, far, middle), (far, 100, sides[0])]
    kept = [row for row in stretches if row[0] < row[1] or row[2] == "both"]
    table = pd.DataFrame(kept, columns=["start", "end", "accepted_by"])
    apart = f"{sides[0]} needs {first:g} or more and {sides[1]} gives {second:g} at most: {first - second:g} lies between them."
    table.attrs["why_empty"] = "" if middle == "both" else apart
    return table


def two_issue_zone(
    weights: tuple[Sequence[float], Sequence[float]],
    reservations: tuple[float, float],
    *,
    steps: int = 21,
    sides: tuple[str, str] = ("A", "B"),
) -> pd.DataFrame:
    """Return what two sides make of each way to divide two issues between them.

    Where the sides weigh the issues differently, each can give way on what it values less: a zone can exist for two
    issues taken together though there is none on either alone.

    Parameters
    ----------
    weights : two pairs of numbers
        What each side cares about the first and the second issue; only their ratio matters.
    reservations : two numbers
        The points, of 100, that each side needs.
    steps : int
        Points of the grid along each issue.
    sides : pair of names

    Returns
    -------
    DataFrame
        A row a division: ``first`` and ``second`` (the share of each issue that goes to the first side, 0 to 1), a
        column of points a side, and ``accepted_by`` ("both", "neither" or a side). ``.attrs["why_empty"]`` says why no
        division at all, on the grid or between its points, suits both; it is empty if one does.
    """
    shares = [_shares(pair, side) for pair, side in zip(_two(weights, "weights"), sides, strict=True)]
    needs = [
        _checks.number(need, f"reservation value of {side}", low=0, high=100)
        for need, side in zip(_two(reservations, "reservations"), sides, strict=True)
    ]
    line = np.linspace(0, 1, int(_checks.number(steps, "steps", low=2, high=501)))
    first, second = (axis.ravel() for axis in np.meshgrid(line, line, indexing="ij"))
    # Rounded: a sum that should be 60 may come out a little below, and a need of 60 would not be met.
    a = np.round(100 * (shares[0][0] * first + shares[0][1] * second), 9)
    b = np.round(100 * (shares[1][0] * (1 - first) + shares[1][1] * (1 - second)), 9)
    content = (a >= needs[0]).astype(int) + 2 * (b >= needs[1])
    table = pd.DataFrame({"first": first, "second": second, sides[0]: a, sides[1]: b})
    table["accepted_by"] = np.array(["neither", *sides, "both"], dtype=object)[content]
    best = _best_left(shares, needs[1])
    short = f"If {sides[1]} keeps the {needs[1]:g} points that it needs, {sides[0]} gets {best:.4g} at most, and needs {needs[0]:g}."
    table.attrs["why_empty"] = "" if best >= needs[0] - TIE else short
    return table


def _check_apart(issues: Mapping, parties: Sequence) -> None:
    clash = [str(name) for name in issues if name in parties]
    if clash:
        msg = f"{', '.join(clash)} names an issue and a party"
        raise ModelError(
            msg, where="Negotiation", remedy="Give them different names: each is a column of the outcomes."
        )


def _size(issues: Mapping[Hashable, Sequence]) -> int:
    return math.prod(len(options) for options in issues.values())


def _check_size(issues: Mapping[Hashable, Sequence]) -> None:
    if _size(issues) > MAX_OUTCOMES:
        msg = f"these issues have {_size(issues):,} outcomes"
        raise ModelError(
            msg, where="Negotiation", remedy=f"Leave out issues or options: at most {MAX_OUTCOMES:,} can be listed."
        )


def _scores(issues: Mapping[Hashable, list], given: Any, where: str) -> list[np.ndarray]:
    """Return a party's weighted scores, an array for each issue in the order of its options."""
    if not isinstance(given, Mapping) or not isinstance(given.get("scores"), Mapping):
        msg = "there are no scores"
        raise ModelError(msg, where=where, remedy='Give {"scores": {issue: {option: number}}, "reservation": number}.')
    weights = _checks.mapping(given.get("weights") or {}, f"{where}, weights")
    for issue in [*given["scores"], *weights]:
        _checks.known(issue, issues, f"{where}, issue")
    return [
        _checks.number(weights.get(issue, 1), f"{where}, weight of {issue}", low=0)
        * _issue_scores(options, given["scores"].get(issue), f"{where}, issue {issue}")
        for issue, options in issues.items()
    ]


def _issue_scores(options: list, given: Any, where: str) -> np.ndarray:
    scores = given if isinstance(given, Mapping) else {}
    missing = [str(option) for option in options if option not in scores]
    if missing:
        msg = f"no score for {', '.join(missing)}"
        raise ModelError(msg, where=where, remedy="Score every option of every issue.")
    listed = dict.fromkeys(options)
    for option in scores:
        _checks.known(option, listed, where)
    try:
        values = np.array([scores[option] for option in options], dtype=float)
    except (TypeError, ValueError, OverflowError):
        values = np.array([math.nan])
    if values.ndim != 1 or not np.isfinite(values).all():  # one by one, to name the bad one
        values = np.array([_checks.number(scores[option], f"{where}, option {option}") for option in options])
    return values


def _decimals(numbers: Sequence[float | np.ndarray]) -> int:
    """Return the decimals that matter: eleven digits of the greatest sum that these numbers can have."""
    scale = sum(float(np.abs(values).max()) for values in numbers)
    # Rounding multiplies by ten to this power, which overflows above 308.
    return min(11 - math.ceil(math.log10(scale)), 290) if scale > 0 else 0


def _greatest(values: np.ndarray) -> np.ndarray:
    """Return the positions of the greatest value and of all that tie with it."""
    if not values.size:
        return np.zeros(0, dtype=int)
    best = values.max()
    return np.flatnonzero(values >= best - TIE * abs(best))


def _lexicographic(values: np.ndarray) -> np.ndarray:
    """Return the positions of the rows with the greatest smallest value; of those, the greatest second smallest, …."""
    ordered = np.sort(values, axis=1)
    left = np.arange(len(values))
    for k in range(ordered.shape[1]):
        left = left[_greatest(ordered[left, k])]
    return left


def _ranks(points: np.ndarray) -> np.ndarray:
    """Return dense ranks column by column: 0 for the smallest value."""
    return np.column_stack([np.unique(column, return_inverse=True)[1].ravel() for column in points.T])


def _undominated_in_plane(points: np.ndarray) -> np.ndarray:
    """Return which of some distinct points in one or two dimensions are undominated, by one sweep from the greatest."""
    first, last = points[:, 0], points[:, -1]
    order = np.lexsort((-last, -first))
    before = np.concatenate([[-np.inf], np.maximum.accumulate(last[order])[:-1]])
    keep = np.zeros(len(points), dtype=bool)
    keep[order] = last[order] > before
    return keep if points.shape[1] == 2 else first == first.max()


def _peel(points: np.ndarray, passes: int = 60) -> np.ndarray:
    """Return the positions left after the first points have struck out what they dominate, while that pays."""
    left = np.arange(len(points))
    for k in range(passes):
        if k >= len(left):
            break
        keep = (points[left] > points[left[k]]).any(axis=1)
        keep[k] = True
        if keep.mean() > 0.999:
            break
        left = left[keep]
    return left


def _dominated(points: np.ndarray, blocks: int = 256, rows: int = 64) -> np.ndarray:
    """Return which of some distinct points are dominated; no point may be dominated by a later one.

    For each column and each of its blocks of ranks there is a set, as bits, of the points in that block or above. What
    could dominate a point is in all the sets that the point is in: a few bitwise "and" instead of a comparison with
    every other point. What is left is compared exactly.
    """
    ranks = _ranks(points)
    block = (ranks * blocks) // np.maximum(ranks.max(axis=0) + 1, blocks)
    sets = [_bits(column, blocks) for column in block.T]
    dominated = np.zeros(len(points), dtype=bool)
    for start in range(0, len(points), rows):
        stop = min(start + rows, len(points))
        words = -(-stop // 64)
        common = sets[0][block[start:stop, 0], :words]
        for bits, column in zip(sets[1:], block[start:stop, 1:].T, strict=True):
            common &= bits[column, :words]
        dominated[start:stop] = _beaten(points, common, start)
    return dominated


def _beaten(points: np.ndarray, sets: np.ndarray, start: int) -> np.ndarray:
    """Return which of the points from `start` on are dominated by a member of their set of candidates.

    The first word of each set is tried alone: a point with thousands of dominators mostly has one among them.
    """
    beaten = np.zeros(len(sets), dtype=bool)
    row, word = np.divmod(np.flatnonzero(sets.ravel() != 0), sets.shape[1])
    first = np.unique(row, return_index=True)[1]
    for chosen in (first, slice(None)):
        open_ = ~beaten[row[chosen]]
        i, j = _members(sets, row[chosen][open_], word[chosen][open_])
        wins = (i + start != j) & (points[j] >= points[i + start]).all(axis=1)
        beaten[i[wins]] = True
    return beaten


def _bits(block: np.ndarray, blocks: int) -> np.ndarray:
    """Return, for each block, the set of points in it or above, as 64-bit words."""
    padded = np.full(-(-len(block) // 64) * 64, -1)
    padded[: len(block)] = block
    rows = [np.packbits(padded >= b, bitorder="little") for b in range(blocks)]
    return np.vstack(rows).view("<u8")


def _members(sets: np.ndarray, row: np.ndarray, word: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the pairs (row, member) that stand in these words of sets held as 64-bit words."""
    bits = np.unpackbits(sets[row, word].view(np.uint8).reshape(-1, 8), axis=1, bitorder="little")
    k, bit = np.nonzero(bits)
    return row[k], word[k] * 64 + bit


def _two(given: Any, where: str) -> list:
    pair = _checks.entries(given, where)
    if len(pair) != 2:
        msg = f"{len(pair)} entries were given"
        raise ModelError(msg, where=where, remedy="Give two, one for each side.")
    return pair


def _shares(weights: Sequence[float], side: str) -> np.ndarray:
    pair = _checks.numbers(weights, f"weights of {side}", low=0)
    if len(pair) != 2 or not pair.sum():
        msg = f"{list(map(float, pair))} was given"
        raise ModelError(
            msg, where=f"weights of {side}", remedy="Give one weight for each of the two issues, not both zero."
        )
    return pair / pair.sum()


def _best_left(shares: list[np.ndarray], need: float) -> float:
    """Return the most for the first side if the second keeps its need: it takes first what costs the other least."""
    spare, best = 100 - need, 0.0
    # The angle orders as the ratio would, also where the other side cares nothing and a ratio divides by 0.
    for mine, theirs in sorted(zip(*shares, strict=True), key=lambda pair: -math.atan2(*pair)):
        part = min(1.0, spare / (100 * theirs)) if theirs > 0 else 1.0
        best += 100 * part * mine
        spare = max(0.0, spare - 100 * part * theirs)
    return best


def _listed(items: Sequence) -> str:
    words = [str(item) for item in items]
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
