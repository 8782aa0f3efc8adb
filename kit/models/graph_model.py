"""The graph model for conflict resolution: which states of a conflict would nobody leave, given what may follow.

A *decision maker* can move from some states to others and ranks all states, ties allowed. Moves may be irreversible and
need not be transitive. A state is *stable* for a decision maker if it would not leave it; the concepts differ in what
it fears (Fang, Hipel and Kilgour 1993):

- *Nash*: nothing. It stays only if no move leads to a state that it prefers.
- *GMR* (general metarationality, Howard 1971): any answer. It stays if the others can answer each such move so that it
  ends up no better than it began, be the answer in their interest or not.
- *SMR* (symmetric metarationality, Howard 1971): an answer that it cannot then escape by one more move of its own.
- *SEQ* (sequential stability, Fraser and Hipel 1979): an answer each move of which is in its mover's interest.

A state that is stable for all is an *equilibrium*. Nash lies within SMR and within SEQ, and both within GMR.

The others answer as a coalition, by a *legal sequence of moves*: nobody moves twice in succession, but anybody may move
again later.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import product
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from kit.errors import ModelError
from kit.models import _checks

CONCEPTS = ("Nash", "GMR", "SMR", "SEQ")
# 4,096 states.
MAX_OPTIONS = 12

Path = list[tuple[Hashable, Hashable]]
Trace = Any  # a move as (the move before it or None, mover, state moved to)


class Answer(NamedTuple):
    """What follows an improvement: moves of the others that undo it, and an answer with the way out that spoils it."""

    improvement: Hashable
    sanction: Path | None
    escape: Path | None


class GraphModel:
    """A conflict as decision makers, states, moves and preferences.

    Parameters
    ----------
    decision_makers : list of names
    states : list of names
    moves : mapping of decision maker to ``{state: [state, …]}``
        Where each can go in one step. What is left out cannot be done.
    preferences : mapping of decision maker to a ranking
        Groups of states from best to worst; the states of a group are tied. A state alone is a group of one. Every
        state stands once.

    Raises
    ------
    ModelError
        For an empty list, a name that is unknown or stands twice, a move from a state to itself, or a ranking that
        lacks states.
    """

    def __init__(
        self,
        decision_makers: Iterable[Hashable],
        states: Iterable[Hashable],
        moves: Mapping[Hashable, Mapping[Hashable, Iterable[Hashable]]],
        preferences: Mapping[Hashable, Iterable[Any]],
    ) -> None:
        self.decision_makers = _checks.names(decision_makers, "decision makers")
        self.states = _checks.names(states, "states")
        for given, what in ((moves, "moves"), (preferences, "preferences")):
            for dm in _checks.mapping(given, what):
                _checks.known(dm, self.decision_makers, what)
        self.moves = {dm: _moves(self.states, moves.get(dm, {}), f"moves of {dm}") for dm in self.decision_makers}
        self._rank = {
            dm: _ranks(self.states, preferences.get(dm, []), f"preferences of {dm}") for dm in self.decision_makers
        }
        self._labels: dict[Hashable, str] = {}
        # Once for all: every search asks for these at every state that it comes to.
        self._better = {dm: {state: self._ordered(dm, state) for state in self.states} for dm in self.decision_makers}

    @classmethod
    def from_options(
        cls,
        decision_makers: Mapping[Hashable, Sequence[str]],
        *,
        preferences: Mapping[Hashable, Iterable[Any]],
        infeasible: Iterable[str] = (),
        irreversible: Iterable[str] | Mapping[str, str] = (),
        same: Iterable[str] = (),
    ) -> GraphModel:
        """Build states and moves from options that are taken or not.

        A state is a text with a letter for each option, in the order in which they are given: "Y" if it is taken, "N"
        if not. A decision maker moves by changing any of its own options at once. In a *pattern*, "-" stands for either
        letter.

        Parameters
        ----------
        decision_makers : mapping of decision maker to its options
            At most 12 options in all. A decision maker without options cannot move.
        preferences : mapping of decision maker to a ranking
            Groups of states or patterns from best to worst. A pattern stands for all states that match it and stand
            nowhere earlier.
        infeasible : iterable of patterns
            Combinations that cannot be.
        irreversible : iterable of options, or mapping of option to "Y" or "N"
            An option in the list, once taken, stays taken. A mapping says which letter stays: "N" is for what, once
            given up, is gone.
        same : iterable of patterns
            Combinations between which nobody sees a difference: each pattern becomes one state, named by the pattern.

        Raises
        ------
        ModelError
            For more than 12 options, a pattern of the wrong length or with other letters, an unknown option, or nothing
            feasible.

        Examples
        --------
        >>> chicken = GraphModel.from_options(
        ...     {"A": ["A swerves"], "B": ["B swerves"]},
        ...     preferences={"A": ["NY", "YY", "YN", "NN"], "B": ["YN", "YY", "NY", "NN"]},
        ... )
        >>> chicken.equilibria("Nash")
        ['YN', 'NY']
        """
        space = _Options(_checks.mapping(decision_makers, "decision makers"), infeasible, irreversible, same)
        rankings = {
            dm: space.ranking(groups, f"preferences of {dm}")
            for dm, groups in _checks.mapping(preferences, "preferences").items()
        }
        model = cls(list(decision_makers), space.states, space.moves(), rankings)
        model._labels = {state: space.label(state) for state in space.states}
        return model

    def prefers(self, dm: Hashable, state: Hashable, to: Hashable) -> bool:
        """Return whether `dm` strictly prefers `state` to another."""
        rank = self._rank[_checks.known(dm, self.decision_makers, "decision maker")]
        states = self.moves[dm]
        return rank[_checks.known(state, states, "state")] < rank[_checks.known(to, states, "state")]

    def improvements(self, dm: Hashable, state: Hashable) -> list:
        """Return the states that `dm` can move to from `state` and prefers to it, best first."""
        better = self._better[_checks.known(dm, self.decision_makers, "decision maker")]
        return list(better[_checks.known(state, better, "state")])

    def _ordered(self, dm: Hashable, state: Hashable) -> list:
        rank = self._rank[dm]
        better = [other for other in self.moves[dm][state] if rank[other] < rank[state]]
        return sorted(better, key=rank.__getitem__)

    def reachable(self, group: Iterable[Hashable], state: Hashable, *, improving: bool = False) -> dict[Hashable, Path]:
        """Return where a group can lead from `state` by a legal sequence of moves, with the shortest such sequence.

        Parameters
        ----------
        group : iterable of decision makers
        state : a state
        improving : bool
            Whether each mover must prefer the state that it moves to.

        Returns
        -------
        dict
            State to ``[(mover, state moved to), …]``.
        """
        # A text is a list of letters to Python: one name alone is taken as a group of one.
        names = [group] if isinstance(group, str) and group in self.decision_makers else _checks.entries(group, "group")
        members = [_checks.known(dm, self.decision_makers, "group") for dm in names]
        _checks.known(state, self._better[self.decision_makers[0]], "state")
        return {reached: _path(trace) for reached, trace in self._search(members, state, improving)}

    def _search(self, group: list, start: Hashable, improving: bool) -> Iterator[tuple[Hashable, Trace]]:
        """Yield each state that a group reaches, nearest first, with the move that led there and those before it.

        The search is over pairs of state and last mover, since who moved last decides who may go on.
        """
        steps = self._better if improving else self.moves
        seen, found = set(), set()
        open_: deque[tuple[Hashable, Hashable, Trace]] = deque([(start, None, None)])
        while open_:
            state, last, trace = open_.popleft()
            # Not twice in succession; who forbids a second move altogether misses states.
            for dm, target in ((mover, to) for mover in group if mover != last for to in steps[mover][state]):
                if (target, dm) in seen:
                    continue
                seen.add((target, dm))
                onward = (trace, dm, target)
                open_.append((target, dm, onward))
                if target not in found:
                    found.add(target)
                    yield target, onward

    def _answer(self, state: Hashable, dm: Hashable, concept: str, better: Hashable) -> Answer:
        """Return how the others answer an improvement that `dm` has from `state`."""
        if concept == "Nash":
            return Answer(better, None, None)
        others = [other for other in self.decision_makers if other != dm]
        rank, escape = self._rank[dm], None
        for reached, trace in self._search(others, better, concept == "SEQ"):
            # It still gains, so this answer does not deter.
            if rank[reached] < rank[state]:
                continue
            ways_out = [way for way in self.moves[dm][reached] if rank[way] < rank[state]] if concept == "SMR" else []
            if not ways_out:
                return Answer(better, _path(trace), None)
            escape = escape or [*_path(trace), (dm, min(ways_out, key=rank.__getitem__))]
        return Answer(better, None, escape)

    def is_stable(self, state: Hashable, dm: Hashable, concept: str) -> bool:
        """Return whether `dm` would stay at `state` under "Nash", "GMR", "SMR" or "SEQ"."""
        _checks.known(concept, CONCEPTS, "concept")
        return all(self._answer(state, dm, concept, better).sanction for better in self.improvements(dm, state))

    def stability(self) -> pd.DataFrame:
        """Return a row for each state, decision maker and concept, with ``stable`` true or false."""
        rows = [
            (state, dm, concept, self.is_stable(state, dm, concept))
            for state, dm, concept in product(self.states, self.decision_makers, CONCEPTS)
        ]
        return pd.DataFrame(rows, columns=["state", "decision_maker", "concept", "stable"])

    def equilibria(self, concept: str) -> list:
        """Return the states that are stable for all under a concept; empty if there are none (`why_none` says why)."""
        _checks.known(concept, CONCEPTS, "concept")
        return [
            state for state in self.states if all(self.is_stable(state, dm, concept) for dm in self.decision_makers)
        ]

    def why_none(self, concept: str) -> str:
        """Return who would leave each state under a concept without equilibria; an empty text if it has one."""
        if self.equilibria(concept):
            return ""
        leaving = [f"{self._said(state)}: {self._first_to_leave(state, concept)}" for state in self.states]
        return f"Under {concept} somebody would leave every state ({'; '.join(leaving)})."

    def _first_to_leave(self, state: Hashable, concept: str) -> Hashable:
        return next(dm for dm in self.decision_makers if not self.is_stable(state, dm, concept))

    def why(self, state: Hashable, dm: Hashable, concept: str) -> str:
        """Return why `dm` stays at `state` under a concept or leaves it: what tempts it, what deters it or fails to."""
        _checks.known(concept, CONCEPTS, "concept")
        answers = [self._answer(state, dm, concept, better) for better in self.improvements(dm, state)]
        here = self._said(state)
        if not answers:
            why = "to a state that it prefers" if self.moves[dm][state] else "from there at all"
            return f"{dm} stays at {here} under {concept}: it has no move {why}."
        undeterred = [answer for answer in answers if answer.sanction is None]
        if undeterred:
            return f"{dm} leaves {here} under {concept}: {self._undeterred(state, undeterred[0], concept)}."
        reasons = "; ".join(self._deterred(state, answer, concept) for answer in answers)
        return f"{dm} stays at {here} under {concept}: {reasons}."

    def _undeterred(self, state: Hashable, answer: Answer, concept: str) -> str:
        gain = f"it can move to {self._said(answer.improvement)}, which it prefers"
        if concept == "Nash":
            return gain
        if answer.escape:
            *answered, (_, refuge) = answer.escape
            way_out = f"it can still go to {self._said(refuge)}, which is better than {self._said(state)}"
            return f"{gain}; if {self._told(answered)}, {way_out}"
        kind = "moves in the others' own interest" if concept == "SEQ" else "moves of the others"
        return f"{gain}, and no {kind} would leave it no better off than before"

    def _deterred(self, state: Hashable, answer: Answer, concept: str) -> str:
        end = {"SMR": ", and no further move helps it", "SEQ": ", each mover to its own advantage"}.get(concept, "")
        told = self._told(answer.sanction or [])
        gain = f"it would prefer {self._said(answer.improvement)}"
        if concept == "SEQ":
            return f"{gain}, but then {told}{end}, and it is no better off than at {self._said(state)}"
        return f"{gain}, but then {told}, and it is no better off than at {self._said(state)}{end}"

    def _told(self, path: Path) -> str:
        return " and ".join(f"{mover} moves to {self._said(state)}" for mover, state in path)

    def _said(self, state: Hashable) -> str:
        return f"{state} ({self._labels[state]})" if state in self._labels else str(state)


class _Options:
    """States and moves made from options; see `GraphModel.from_options`."""

    def __init__(
        self,
        decision_makers: Mapping[Hashable, Sequence[str]],
        infeasible: Iterable[str],
        irreversible: Iterable[str] | Mapping[str, str],
        same: Iterable[str],
    ) -> None:
        self.decision_makers = list(decision_makers)
        self.options = _checks.names(
            [
                (dm, option)
                for dm, own in decision_makers.items()
                for option in _checks.entries(own, f"options of {dm}")
            ],
            "options",
        )
        if len(self.options) > MAX_OPTIONS:
            msg = f"there are {len(self.options)} options"
            remedy = f"Give {MAX_OPTIONS} at most: each doubles the number of states."
            raise ModelError(msg, where="options", remedy=remedy)
        self.stays = self._stays(irreversible)
        barred = [self._pattern(pattern, "infeasible") for pattern in _checks.entries(infeasible, "infeasible")]
        merged = [self._pattern(pattern, "same") for pattern in _checks.entries(same, "same")]
        combinations = ["".join(reversed(letters)) for letters in product("NY", repeat=len(self.options))]
        self.name = {
            combination: next((pattern for pattern in merged if _matches(combination, pattern)), combination)
            for combination in combinations
            if not any(_matches(combination, pattern) for pattern in barred)
        }
        self.known = dict.fromkeys(self.name.values())
        self.states = list(self.known)
        if not self.states:
            msg = "no combination of options is feasible"
            raise ModelError(msg, where="infeasible", remedy="Take a pattern out.")

    def _stays(self, irreversible: Iterable[str] | Mapping[str, str]) -> list[str]:
        """Return, option by option, the letter that it keeps once it has it, or an empty text."""
        listed = irreversible if isinstance(irreversible, Mapping) else _checks.entries(irreversible, "irreversible")
        given = dict(listed) if isinstance(listed, Mapping) else dict.fromkeys(listed, "Y")
        for option, letter in given.items():
            _checks.known(option, [name for _, name in self.options], "irreversible")
            _checks.known(letter, ("Y", "N"), f"irreversible, {option}")
        return [given.get(option, "") for _, option in self.options]

    def _pattern(self, pattern: str, where: str) -> str:
        if not isinstance(pattern, str) or len(pattern) != len(self.options) or set(pattern) - set("YN-"):
            msg = f"{pattern!r} was given"
            raise ModelError(
                msg, where=where, remedy=f"Give {len(self.options)} letters, each Y, N or -: one an option."
            )
        return pattern

    def moves(self) -> dict[Hashable, dict[Hashable, list]]:
        """Return each decision maker's moves between feasible states."""
        moves: dict[Hashable, dict[Hashable, list]] = {dm: {} for dm in self.decision_makers}
        for dm, targets in moves.items():
            for combination, state in self.name.items():
                reached = [self.name[other] for other in self._alternatives(combination, dm) if other in self.name]
                targets[state] = [
                    other for other in dict.fromkeys([*targets.get(state, []), *reached]) if other != state
                ]
        return moves

    def _alternatives(self, combination: str, dm: Hashable) -> Iterable[str]:
        """Yield what `dm` can turn a combination into by changing its own options."""
        choices = [
            "NY" if owner == dm and letter != stays else letter
            for (owner, _), letter, stays in zip(self.options, combination, self.stays, strict=True)
        ]
        return ("".join(letters) for letters in product(*choices))

    def ranking(self, groups: Iterable[Any], where: str) -> list[list[str]]:
        """Return a ranking with its patterns written out, each state where it is first matched."""
        ranked: list[list[str]] = []
        taken: set[str] = set()
        for group in _ranking(groups, where):
            members = [state for entry in _members(group) for state in self._matched(entry, taken, where)]
            # Patterns of one group may overlap. A state that is written twice is a slip, and stays for `_ranks` to
            # refuse.
            ranked.append(list(dict.fromkeys(members)) if any("-" in entry for entry in _members(group)) else members)
            taken.update(members)
        return [group for group in ranked if group]

    def _matched(self, entry: str, taken: set[str], where: str) -> list[str]:
        if _checks.among(entry, self.known) or "-" not in self._pattern(entry, where):
            return [entry]
        return [state for state in self.states if _matches(state, entry) and state not in taken]

    def label(self, state: str) -> str:
        """Return the options taken at a state, in words."""
        shared = [option for _, option in self.options]
        taken = [
            option if shared.count(option) == 1 else f"{dm}: {option}"
            for (dm, option), letter in zip(self.options, state, strict=True)
            if letter == "Y"
        ]
        return " + ".join(taken) or "nothing done"


def _path(trace: Trace) -> Path:
    """Return a trace as moves in the order in which they are made."""
    path: Path = []
    while trace is not None:
        trace, mover, target = trace
        path.append((mover, target))
    return path[::-1]


def _moves(states: list, given: Mapping[Hashable, Iterable[Hashable]], where: str) -> dict[Hashable, list]:
    known = dict.fromkeys(states)
    moves: dict[Hashable, list] = {state: [] for state in states}
    for state, targets in _checks.mapping(given, where).items():
        _checks.known(state, known, where)
        for target in _checks.entries(targets, f"{where}, from {state}"):
            _checks.known(target, known, f"{where}, from {state}")
            if target == state:
                msg = "a move leads from the state to itself"
                raise ModelError(msg, where=f"{where}, from {state}", remedy="Leave it out: to stay is no move.")
            moves[state].append(target)
    return {state: list(dict.fromkeys(targets)) for state, targets in moves.items()}


def _ranks(states: list, ranking: Iterable[Any], where: str) -> dict[Hashable, int]:
    """Return each state's place, 0 for the best."""
    known = dict.fromkeys(states)
    groups = [[group] if _checks.among(group, known) else _members(group) for group in _ranking(ranking, where)]
    ranked = [_checks.known(state, known, where) for group in groups for state in group]
    missing = [str(state) for state in states if state not in set(ranked)]
    if missing:
        msg = f"{', '.join(missing)} is not ranked"
        raise ModelError(msg, where=where, remedy="Rank every state; those it does not tell apart share a group.")
    _checks.names(ranked, where)
    return {state: place for place, group in enumerate(groups) for state in group}


def _ranking(given: Any, where: str) -> list:
    if isinstance(given, (str, Mapping)):
        msg = f"{type(given).__name__} was given"
        raise ModelError(msg, where=where, remedy="Give a list from best to worst; states that tie share a list in it.")
    return _checks.entries(given, where)


def _members(group: Any) -> list:
    return list(group) if isinstance(group, (list, tuple, set, frozenset, np.ndarray)) else [group]


def _matches(combination: str, pattern: str) -> bool:
    return all(p in ("-", letter) for letter, p in zip(combination, pattern, strict=True))
