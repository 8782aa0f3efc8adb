"""Keeping names apart: on a picture, along a line, in rows. The one place where the kit does this.

Four questions come up, and each has a function:

- names beside marks that stand where they stand: `names_beside`;
- boxes that may themselves be moved, as on a map: `keep_apart`;
- names at the ends of lines, above one another: `spread`;
- stretches of time that want rows of their own: `assign_rows`.

All is counted in pixels of the narrowest plot; a wider page only draws names further apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np

LETTER, LINE = 7.0, 15.0  # the width of a letter of 12 px, the height of a line of them
# So that it ends even where there is no room for all boxes; who asks then gives them more.
ROUNDS = 400

Box = tuple[float, float, float, float]  # the middle (x, y), width and height


def name_box(x: float, y: float, name: str) -> Box:
    """Return the box of a name in one line whose middle is at a place."""
    return x, y, LETTER * len(name), LINE


def cover(one: Box, other: Box) -> bool:
    """Return whether two boxes cover each other; to touch is not to cover."""
    return abs(one[0] - other[0]) * 2 < one[2] + other[2] and abs(one[1] - other[1]) * 2 < one[3] + other[3]


def names_beside(
    points: Sequence[tuple[float, float]],
    names: Sequence[str],
    *,
    width: float,
    mark: float = 9.0,
    taken: Iterable[Box] = (),
) -> list[tuple[str, float]]:
    """Return on which side of its mark each name stands and at what height, so that it covers no mark and no other name.

    Parameters
    ----------
    width : float
        How wide the plot is; names stay in it.
    mark : float
        Half the size of a mark, with the gap beside it.
    taken : iterable of Box
        What else is not to be covered.

    Returns
    -------
    list of (str, float)
        "right" or "left", and the height of the name: its mark's own if that is free, else the nearest that is.
    """
    marks: list[Box] = [(x, y, 2 * mark, 2 * mark) for x, y in points]
    placed = list(taken)
    found = []
    for number, ((x, y), name) in enumerate(zip(points, names, strict=True)):
        others = [*marks[:number], *marks[number + 1 :], *placed]
        # The side with more room first.
        sides = ("right", "left") if x < width / 2 else ("left", "right")
        tried = [(side, y + step) for step in _steps(2 * len(points) + 2) for side in sides]
        boxes = {each: _beside(x, *each, name, mark) for each in tried}
        inside = (each for each, (at, _, wide, _) in boxes.items() if at - wide / 2 >= 0 and at + wide / 2 <= width)
        free = (each for each in inside if not any(cover(boxes[each], other) for other in others))
        chosen = next(free, tried[0])
        placed.append(boxes[chosen])
        found.append(chosen)
    return found


def _steps(count: int) -> Iterator[float]:
    """Yield how far to try above and below a mark, half a line at a time."""
    yield 0.0
    for step in range(1, 2 * count):
        yield from (step * LINE / 2, -step * LINE / 2)


def _beside(x: float, side: str, y: float, name: str, mark: float) -> Box:
    aside = mark + LETTER * len(name) / 2
    return name_box(x + aside if side == "right" else x - aside, y, name)


def spread(values: Mapping[str, float], gap: float, *, high: float = 100.0) -> dict[str, float]:
    """Return places on a line from 0 to `high` for names that would cover each other: in their order, `gap` apart."""
    order = sorted(values, key=lambda name: values[name])
    placed: dict[str, float] = {}
    floor = 0.0
    for name in order:
        placed[name] = max(values[name], floor)
        floor = placed[name] + gap
    ceiling = high
    for name in reversed(order):
        placed[name] = min(placed[name], ceiling)
        ceiling = placed[name] - gap
    return {name: placed[name] for name in values}


def assign_rows(reaches: Sequence[tuple[float, float]]) -> list[int]:
    """Return for each stretch (from, to) the first row, from 0, in which it covers none of those before it."""
    rows: list[list[tuple[float, float]]] = []
    numbers = []
    for left, right in reaches:
        free = (i for i, row in enumerate(rows) if all(right <= begun or ended <= left for begun, ended in row))
        number = next(free, len(rows))
        if number == len(rows):
            rows.append([])
        rows[number].append((left, right))
        numbers.append(number)
    return numbers


def keep_apart(centres: np.ndarray, boxes: np.ndarray, width: float, height: float) -> np.ndarray:
    """Return centres moved, each as little as may be, until no two boxes cover each other or rounds run out.

    Parameters
    ----------
    centres, boxes : ndarray, shape (n, 2)
        Where boxes stand (x, y) and how large they are (width, height), in pixels.
    width, height : float
        What they stay within, in pixels.
    """
    centres = np.clip(centres, boxes / 2, np.maximum([width, height] - boxes / 2, boxes / 2))
    for _ in range(ROUNDS):
        move = _pushes(centres, boxes)
        if not move.any():
            break
        centres = np.clip(centres + move, boxes / 2, np.maximum([width, height] - boxes / 2, boxes / 2))
    return centres


def _pushes(centres: np.ndarray, boxes: np.ndarray) -> np.ndarray:
    """Return how far each box is to move: half of each overlap, the short way out."""
    between = centres[:, None] - centres[None]
    # A pixel more than need be: places are rounded to whole pixels afterwards, and names would touch again.
    over = (boxes[:, None] + boxes[None]) / 2 + 1 - np.abs(between)
    hit = (over > 0).all(axis=2)
    np.fill_diagonal(hit, False)
    # Of two on the same spot, the one first in the alphabet goes left or up.
    order = np.sign(np.arange(len(centres))[:, None] - np.arange(len(centres))[None])[..., None]
    side = np.where(between != 0, np.sign(between), order)
    across = over[..., 0] <= over[..., 1]
    push = np.stack([np.where(across, over[..., 0], 0), np.where(across, 0, over[..., 1])], axis=2)
    return (push * side * hit[..., None]).sum(axis=1) * 0.5


def overlapping(centres: np.ndarray, boxes: np.ndarray) -> list[tuple[int, int]]:
    """Return the pairs of boxes that cover each other."""
    over = (boxes[:, None] + boxes[None]) / 2 - np.abs(centres[:, None] - centres[None])
    first, second = np.nonzero(np.triu((over > 0).all(axis=2), k=1))
    return [(int(i), int(j)) for i, j in zip(first, second, strict=True)]
