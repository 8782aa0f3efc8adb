"""Cross-impact balances: which combinations of drivers hold together, when each driver's state weighs on the others.

A *descriptor* (a driver) has two or more *states*. A *judgement* says how far a state of one descriptor promotes (above
0) or hinders (below 0) a state of another, from -3 to +3 by custom. A *scenario* takes one state of each descriptor.
The *impact balance* of a state is the sum of the judgements on it of all states in the scenario; a scenario is
*consistent* if no descriptor has a state with a greater balance than the one taken. Ties are consistent (Weimer-Jehle
2006).

Only differences within a row's judgements on one descriptor matter, and no number is a probability: a consistent
scenario is one that its own parts do not push away from, not one that is likely.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from kit.errors import ModelError
from kit.models import _checks

MAX_SCENARIOS = 1_000_000
# What rounding may add to a sum of judgements that are no whole numbers.
SLACK = 1e-9
CHUNK = 20_000
# Few at a time where only the best is wanted: each one found cuts the rest of the search.
FEW = 500
# Below it the sums of floats are exact, so that whole judgements can be shown as whole numbers.
WHOLE = 2**40
MEASURES = ("inconsistency", "total_impact")


class CrossImpact:
    """Descriptors, their states and the judgements between them.

    Parameters
    ----------
    descriptors : mapping of name to list of states
    matrix : array, states × states
        In the order of the descriptors and their states: a row's state influences a column's. Blocks on the diagonal
        are normally empty (zero or NaN); what stands there counts as the weight of a state on its own descriptor.

    Attributes
    ----------
    descriptors : dict of name to list of states
    matrix : DataFrame
        The judgements; rows and columns are pairs (descriptor, state).

    Raises
    ------
    ModelError
        For an empty list, a name used twice, a matrix that is not square or has not the states' size, or a judgement
        that is no number.
    """

    def __init__(self, descriptors: Mapping[Hashable, Sequence[Hashable]], matrix: Any) -> None:
        given = _checks.mapping(descriptors, "descriptors")
        self.descriptors = {
            name: _checks.names(given[name], f"descriptor {name}") for name in _checks.names(given, "descriptors")
        }
        _check_columns(self.descriptors)
        pairs = [(name, state) for name, states in self.descriptors.items() for state in states]
        self._labels = pd.MultiIndex.from_tuples(pairs, names=["descriptor", "state"])
        self._ends = np.cumsum([len(states) for states in self.descriptors.values()])
        self._blocks = [
            slice(end - len(states), end) for end, states in zip(self._ends, self.descriptors.values(), strict=True)
        ]
        self._judgements = self._checked(matrix)
        whole = (self._judgements == np.round(self._judgements)) & (np.abs(self._judgements) < WHOLE)
        self._whole = bool(whole.all())
        self._found = functools.lru_cache(maxsize=4)(self._search)

    @functools.cached_property
    def matrix(self) -> pd.DataFrame:
        """The judgements, rows and columns labelled by (descriptor, state)."""
        return pd.DataFrame(self._judgements, index=self._labels, columns=self._labels)

    def balance(self, scenario: Mapping[Hashable, Hashable]) -> pd.Series:
        """Return the impact balance of every state under a scenario, ``{descriptor: state}``.

        Returns
        -------
        Series
            Indexed by descriptor and state, so that ``balance["economy"]["weak"]`` is a number.
        """
        values = self._judgements[self._rows(scenario)].sum(axis=0)
        return pd.Series(self._shown(values), index=self._labels, name="balance")

    def shortfalls(self, scenario: Mapping[Hashable, Hashable]) -> pd.DataFrame:
        """Return, for each descriptor, how the scenario's state compares with the state that the scenario favours.

        Returns
        -------
        DataFrame
            A row a descriptor: ``descriptor``, ``state``, ``balance``, ``favoured`` (the first state with the greatest
            balance, or the scenario's own if it ties), ``best`` (that balance) and ``shortfall``, zero where the state
            holds.
        """
        balance, rows = self.balance(scenario), []
        for name, states in self.descriptors.items():
            own, best = balance[name][scenario[name]], balance[name].max()
            favoured = scenario[name] if own >= best - SLACK else states[int(balance[name].to_numpy().argmax())]
            rows.append((name, scenario[name], own, favoured, best, best - own))
        return pd.DataFrame(rows, columns=["descriptor", "state", "balance", "favoured", "best", "shortfall"])

    def inconsistency(self, scenario: Mapping[Hashable, Hashable]) -> float:
        """Return the largest shortfall of a scenario: 0 if it is consistent."""
        return self._measures(self._positions(scenario))[0].item()

    def total_impact(self, scenario: Mapping[Hashable, Hashable]) -> float:
        """Return the sum of the balances of a scenario's own states: how strongly it holds itself up."""
        return self._measures(self._positions(scenario))[1].item()

    def consistent(self, max_inconsistency: float = 0) -> pd.DataFrame:
        """Return every scenario that is off by `max_inconsistency` at most.

        Parameters
        ----------
        max_inconsistency : float, 0 or more
            The largest shortfall that is let pass. ``math.inf`` lists all combinations.

        Returns
        -------
        DataFrame
            A row a scenario: a column of states for each descriptor, then ``inconsistency`` and ``total_impact``. The
            most consistent come first, then the greatest total impact. Without any, it is empty and
            ``.attrs["why_empty"]`` says why.

        Raises
        ------
        ModelError
            When more than 1,000,000 scenarios pass: then the judgements decide next to nothing.

        Notes
        -----
        Exact, by depth-first search: states are fixed descriptor by descriptor, and a part of the tree is cut as soon
        as some descriptor would fall short by more than is allowed, whatever the open ones do.
        """
        bound = (
            max_inconsistency
            if max_inconsistency == math.inf
            else _checks.number(max_inconsistency, "max_inconsistency", low=0)
        )
        found = self._table(self._found(bound))
        found.attrs["why_empty"] = "" if len(found) else self._why_none(bound)
        return found

    def nearest(self) -> pd.DataFrame:
        """Return the scenarios with the least inconsistency that any scenario has, in the form of `consistent`.

        Raises
        ------
        ModelError
            When more than 1,000,000 scenarios come equally near.
        """
        found = self._table(self._found(self._measures(self._nearest)[0].item()))
        found.attrs["why_empty"] = ""
        return found

    @functools.cached_property
    def _nearest(self) -> np.ndarray:
        """A scenario with the least inconsistency, as positions of states, 1 × descriptors."""
        return _Search(self._judgements, self._blocks, math.inf).least(self._measures)

    @property
    def why_empty(self) -> str:
        """Why no scenario is consistent, as a sentence; an empty text if one is."""
        return "" if len(self._found(0)) else self._why_none(0)

    def judgements_that_carry(self, scenario: Mapping[Hashable, Hashable]) -> pd.DataFrame:
        """Return the judgements that a consistent scenario rests on, those that it could least do without first.

        Only judgements of the scenario's own states count; a judgement carries the result if the scenario would not be
        consistent without it.

        Returns
        -------
        DataFrame
            A row a judgement other than zero: ``source``, ``source_state``, ``target``, ``target_state``,
            ``judgement``; ``slack``, how far it can move against the scenario before that breaks (down for a judgement
            on a state of the scenario, up for one on a rival state); ``one_step``, whether a step of 1 breaks it;
            ``carries``, whether setting it to zero does. For a scenario that is not consistent it is empty, and
            ``.attrs["why_empty"]`` says so.
        """
        columns = ["source", "source_state", "target", "target_state", "judgement", "slack", "one_step", "carries"]
        off = self.inconsistency(scenario)
        if off > SLACK:
            table = pd.DataFrame(columns=columns)
            table.attrs["why_empty"] = f"This scenario is off by {off:g}, so there is nothing that holds it up."
            return table
        table = pd.DataFrame(list(self._carrying(scenario)), columns=columns)
        weight = table["judgement"].abs()
        order = np.lexsort((-weight, table["slack"], ~table["carries"].astype(bool)))
        table = table.iloc[order].reset_index(drop=True)
        table.attrs["why_empty"] = ""
        return table

    def _carrying(self, scenario: Mapping[Hashable, Hashable]) -> Iterator[tuple]:
        balance: Any = self.balance(scenario)
        leads = {name: balance[name][state] - balance[name].drop(state) for name, state in scenario.items()}
        for k in self._rows(scenario):
            for (target, state), judgement in zip(self._labels, self._shown(self._judgements[k]), strict=True):
                if judgement:
                    own = state == scenario[target]
                    slack = min(leads[target], default=math.inf) if own else leads[target][state]
                    carries = slack + SLACK < (judgement if own else -judgement)
                    yield (*self._labels[k], target, state, judgement, slack, slack + SLACK < 1, carries)

    def _checked(self, matrix: Any) -> np.ndarray:
        size = len(self._labels)
        try:
            array = np.array(matrix, dtype=float)
        except (TypeError, ValueError, OverflowError) as error:
            msg = "not every judgement is a number"
            raise ModelError(msg, where="matrix", remedy=f"Give {size} rows of {size} numbers.") from error
        if array.shape != (size, size):
            msg = f"its shape is {' × '.join(map(str, array.shape))}"
            raise ModelError(
                msg, where="matrix", remedy=f"There are {size} states: give {size} rows of {size} numbers."
            )
        for block in self._blocks:
            array[block, block] = np.nan_to_num(array[block, block], nan=0, posinf=np.inf, neginf=-np.inf)
        bad = np.argwhere(~np.isfinite(array))
        if len(bad):
            source, target = (": ".join(map(str, self._labels[k])) for k in bad[0])
            msg = f"{array[tuple(bad[0])]} was given"
            raise ModelError(
                msg, where=f"matrix, from {source} to {target}", remedy="Give a number; 0 for no influence."
            )
        return array

    def _positions(self, scenario: Mapping[Hashable, Hashable]) -> np.ndarray:
        """Return a scenario as the position of its state in each descriptor, 1 × descriptors."""
        for name in _checks.mapping(scenario, "scenario"):
            _checks.known(name, self.descriptors, "scenario")
        missing = [str(name) for name in self.descriptors if name not in scenario]
        if missing:
            msg = f"it says nothing on {', '.join(missing)}"
            raise ModelError(msg, where="scenario", remedy="Give one state for each descriptor.")
        return np.array(
            [
                [
                    states.index(_checks.known(scenario[name], states, f"scenario, {name}"))
                    for name, states in self.descriptors.items()
                ]
            ]
        )

    def _rows(self, scenario: Mapping[Hashable, Hashable]) -> list[int]:
        """Return the matrix's rows of a scenario's states."""
        return [block.start + int(k) for block, k in zip(self._blocks, self._positions(scenario)[0], strict=True)]

    def _measures(self, found: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return the inconsistency and the total impact of scenarios given as positions, scenarios × descriptors."""
        balances = np.zeros((len(found), len(self._labels)))
        for block, column in zip(self._blocks, found.T, strict=True):
            balances += self._judgements[block][column]
        parts = [(balances[:, block], column) for block, column in zip(self._blocks, found.T, strict=True)]
        own = np.column_stack([_taken(part, column) for part, column in parts])
        best = np.column_stack([part.max(axis=1) for part, _ in parts])
        return self._shown((best - own).max(axis=1)), self._shown(own.sum(axis=1))

    def _shown(self, values: np.ndarray) -> np.ndarray:
        """Return sums of whole judgements as whole numbers."""
        return values.astype(int) if self._whole else values

    def _table(self, found: np.ndarray) -> pd.DataFrame:
        """Return scenarios, given as positions, with their measures, best first."""
        chunks = [self._measures(found[start : start + CHUNK]) for start in range(0, max(len(found), 1), CHUNK)]
        off, total = (np.concatenate(measure) for measure in zip(*chunks, strict=True))
        order = np.lexsort((*found.T[::-1], -total, off))
        states = {
            name: pd.Series(states).take(column[order]).array
            for (name, states), column in zip(self.descriptors.items(), found.T, strict=True)
        }
        return pd.DataFrame({**states, "inconsistency": off[order], "total_impact": total[order]})

    def _why_none(self, bound: float) -> str:
        scenario = self._one_nearest()
        worst = self.shortfalls(scenario).sort_values("shortfall", ascending=False, kind="stable").iloc[0]
        listed = ", ".join(f"{name}: {state}" for name, state in scenario.items())
        allowed = f" within {bound:g}" if bound else ""
        return (
            f"No combination holds together{allowed}. The nearest ({listed}) is off by {worst['shortfall']:g}: "
            f"there {worst['descriptor']} is pushed from {worst['state']} to {worst['favoured']}."
        )

    def _one_nearest(self) -> dict:
        """Return the first scenario of `nearest`, or any of them if there are too many to list."""
        try:
            row = self.nearest().iloc[0]
        except ModelError:
            return {
                name: states[k]
                for (name, states), k in zip(self.descriptors.items(), self._nearest[0].tolist(), strict=True)
            }
        return {name: row[name] for name in self.descriptors}

    def _search(self, bound: float) -> np.ndarray:
        """Return the scenarios within the bound as positions of states, scenarios × descriptors."""
        return _Search(self._judgements, self._blocks, bound + SLACK).run()


class _Search:
    """Depth-first search for scenarios within a bound, many branches at a time."""

    def __init__(self, judgements: np.ndarray, blocks: list[slice], bound: float) -> None:
        self.judgements, self.blocks, self.bound = judgements, blocks, bound
        self.sway = _sway(judgements, blocks)
        self.order = _order(self.sway)
        self.open = self._open_impacts()

    def run(self) -> np.ndarray:
        """Return all scenarios within the bound, as positions of states."""
        found, count = [np.zeros((0, len(self.blocks)), dtype=np.int16)], 0
        for chosen in self._passing(CHUNK):
            found.append(chosen)
            count += len(chosen)
            if count > MAX_SCENARIOS:
                msg = f"more than {MAX_SCENARIOS:,} scenarios pass"
                remedy = "Allow less inconsistency, or give more judgements."
                raise ModelError(msg, where="consistent", remedy=remedy)
        return np.concatenate(found)

    def least(self, measures: Callable[[np.ndarray], tuple[np.ndarray, np.ndarray]]) -> np.ndarray:
        """Return a scenario with the least inconsistency: the search starts anew below each one that it finds."""
        best = np.zeros((1, len(self.blocks)), dtype=np.int16)
        while (chosen := next(self._passing(FEW), None)) is not None:
            off = measures(chosen)[0]
            best = chosen[[off.argmin()]]
            self.bound = off.min() - 2 * SLACK  # strictly below, or the same scenario would be found again
        return best

    def _passing(self, chunk: int) -> Iterator[np.ndarray]:
        """Yield the scenarios within the bound, many at a time, as positions of states."""
        # A stack of arrays of bounded length: a real study has twenty million combinations, which must never stand in
        # memory at once.
        stack = [(0, np.zeros((1, len(self.blocks)), dtype=np.int16), np.zeros((1, len(self.judgements))))]
        while stack:
            depth, chosen, balances = stack.pop()
            if depth == len(self.order):
                yield chosen
                continue
            chosen, balances = self._cut(depth + 1, *self._branch(self.order[depth], chosen, balances))
            for start in range(0, len(chosen), chunk):
                stack.append((depth + 1, chosen[start : start + chunk], balances[start : start + chunk]))

    def _branch(self, descriptor: int, chosen: np.ndarray, balances: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return each branch once for every state of the next descriptor."""
        rows = self.judgements[self.blocks[descriptor]]
        branches = np.repeat(chosen, len(rows), axis=0)
        branches[:, descriptor] = np.tile(np.arange(len(rows)), len(chosen))
        return branches, (balances[:, None, :] + rows).reshape(-1, balances.shape[1])

    def _cut(self, depth: int, chosen: np.ndarray, balances: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Keep the branches in which no fixed descriptor must fall short by more than the bound.

        Only the descriptor fixed last and those that it sways can have come closer to that.
        """
        last = self.order[depth - 1]
        for descriptor in [last, *(k for k in self.order[: depth - 1] if self.sway[last, k])]:
            taken = chosen[:, descriptor]
            block = balances[:, self.blocks[descriptor]]
            least = (block + self.open[depth][descriptor][taken]).max(axis=1) - _taken(block, taken)
            keep = least <= self.bound
            if not keep.all():
                chosen, balances = chosen[keep], balances[keep]
        return chosen, balances

    def _open_impacts(self) -> list[list[np.ndarray]]:
        """Return, by depth and descriptor, the least that open descriptors add to a rival's lead over a state taken.

        Each entry is an array of states taken × rival states.
        """
        sizes = [block.stop - block.start for block in self.blocks]
        table = [[np.zeros((size, size)) for size in sizes]]
        for descriptor in reversed(self.order):
            rows = self.judgements[self.blocks[descriptor]]
            table.append(
                [
                    sums + _leads(rows[:, block]).min(axis=0) * (j != descriptor)
                    for j, (sums, block) in enumerate(zip(table[-1], self.blocks, strict=True))
                ]
            )
        return table[::-1]


def _leads(rows: np.ndarray) -> np.ndarray:
    """Return by how much each row favours a rival over a state taken: rows × states taken × rivals."""
    return rows[:, None, :] - rows[:, :, None]


def _sway(judgements: np.ndarray, blocks: list[slice]) -> np.ndarray:
    """Return how far each descriptor's choice of state can change another's leads: descriptors × descriptors."""
    sway = [[np.ptp(_leads(judgements[source, target]), axis=0).mean() for target in blocks] for source in blocks]
    return np.array(sway) * (1 - np.eye(len(blocks)))


def _order(sway: np.ndarray) -> list[int]:
    """Return an order that settles balances early: next always the descriptor that sways most what is fixed."""
    order = [int(sway.sum(axis=1).argmax())]
    while len(order) < len(sway):
        left = [k for k in range(len(sway)) if k not in order]
        order.append(max(left, key=lambda k: sway[k, order].sum()))
    return order


def _taken(block: np.ndarray, column: np.ndarray) -> np.ndarray:
    """Return each row's entry in the column named for it."""
    return block[np.arange(len(block)), column]


def _check_columns(descriptors: Mapping[Hashable, Sequence]) -> None:
    for name in MEASURES:
        if name in descriptors:
            msg = f"a descriptor is called {name}"
            raise ModelError(
                msg, where="descriptors", remedy="Give it another name: this one is a column of the result."
            )
