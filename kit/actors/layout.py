"""Where the actors stand on the map: near those they have to do with, and no name over another.

Everything here is counted in pixels of a plot that is `WIDTH` wide, the narrowest it is shown at. A wider page only draws
names further apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from textwrap import wrap

import numpy as np

from kit.screen.labels import LETTER, LINE, keep_apart, overlapping

WIDTH = 500.0
SYMBOL = 22.0  # it stands above its name
LONGEST_LINE = 16
GAP = 4.0


def name_lines(name: str) -> str:
    """Return a name broken into short lines."""
    return "\n".join(wrap(name, LONGEST_LINE)) or name


def actor_box(name: str) -> tuple[float, float]:
    """Return width and height, in pixels, of a symbol with its name below."""
    lines = name_lines(name).split("\n")
    return max(SYMBOL, LETTER * max(map(len, lines))) + GAP, SYMBOL + LINE * len(lines) + GAP


def map_height(places: Mapping[str, tuple[float, float]], names: Mapping[str, str]) -> float:
    """Return how high, in pixels, a plot is that holds all symbols with their names."""
    return max((y - SYMBOL / 2 + actor_box(names[code])[1] for code, (_, y) in places.items()), default=0.0) + GAP


def actor_places(names: Mapping[str, str], pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[float, float]]:
    """Return where each actor's symbol stands, the same for the same names and pairs whatever their order.

    Parameters
    ----------
    names : mapping of str to str
        Name by code.
    pairs : iterable of (str, str)
        The codes that have a tie.

    Returns
    -------
    dict
        ``(x, y)`` by code, in whole pixels from the upper left; a name's box hangs below its symbol.
    """
    codes = sorted(names)
    if not codes:
        return {}
    boxes = np.array([actor_box(names[code]) for code in codes])
    height = float(min(860, max(360, 260 + 20 * len(codes))))
    centres = _filled(_stress_layout(_distances(codes, pairs)), boxes, height)
    while True:
        placed = keep_apart(centres, boxes, WIDTH, height)
        if not overlapping(placed, boxes):
            break
        # A crowded map grows until every name has room of its own.
        height *= 1.1
        centres[:, 1] *= 1.1
    tops = placed[:, 1] - boxes[:, 1] / 2 + SYMBOL / 2
    return {code: (float(x), float(y)) for code, x, y in zip(codes, placed[:, 0].round(), tops.round(), strict=True)}


def _distances(codes: Sequence[str], pairs: Iterable[tuple[str, str]]) -> np.ndarray:
    """Return how far each actor is to stand from each other.

    A tie of two actors with many ties each is long, so that they leave room between them for the rest. Where there is no
    way from one to the other, they stand a little further apart than any that have one.
    """
    place = {code: number for number, code in enumerate(codes)}
    tied = np.zeros((len(codes), len(codes)), dtype=bool)
    for one, other in pairs:
        tied[place[one], place[other]] = tied[place[other], place[one]] = one != other
    ties = np.maximum(tied.sum(axis=1), 1)
    direct = np.where(tied, np.sqrt(np.minimum(ties[:, None], ties[None])), np.inf)
    ways = _shortest(direct)
    ways[tied] = np.maximum(ways, 1.5)[tied]
    known = ways[np.isfinite(ways)]
    ways[~np.isfinite(ways)] = known.max() + 1
    return ways


def _shortest(direct: np.ndarray) -> np.ndarray:
    """Return how long the shortest way from each to each is (Floyd, 1962; Warshall, 1962)."""
    ways = direct.copy()
    np.fill_diagonal(ways, 0.0)
    for between in range(len(ways)):
        ways = np.minimum(ways, ways[:, [between]] + ways[[between]])
    return ways


def _stress_layout(ways: np.ndarray, rounds: int = 300) -> np.ndarray:
    """Return places whose distances are near those asked for.

    Stress majorisation, starting from a circle (Gansner, Koren and North, 2004): what Kamada and Kawai (1989) minimise,
    without chance.
    """
    count = len(ways)
    turn = 2 * np.pi * np.arange(count) / max(count, 1)
    places = np.column_stack([np.cos(turn), np.sin(turn)]) * max(ways.max(), 1) / 2
    weights = np.zeros_like(ways)
    np.divide(1.0, ways, out=weights, where=ways > 0)
    total = np.maximum(weights.sum(axis=1, keepdims=True), 1e-9)
    for _ in range(rounds if count > 1 else 0):
        between = places[:, None] - places[None]
        length = np.maximum(np.hypot(between[..., 0], between[..., 1]), 1e-9)
        pull = weights * ways / length
        places = (weights @ places + (pull[..., None] * between).sum(axis=1)) / total
    return places


def _filled(places: np.ndarray, boxes: np.ndarray, height: float) -> np.ndarray:
    """Return places turned so that they lie wide, and stretched to fill the plot."""
    centred = places - places.mean(axis=0)
    if len(places) > 2:
        _, _, axes = np.linalg.svd(centred)
        # NumPy may return an axis with either sign, by machine: with its largest part positive the map is the same on
        # all.
        axes = axes * np.where(axes[np.arange(2), np.abs(axes).argmax(axis=1)] < 0, -1, 1)[:, None]
        centred = centred @ axes.T
    low, high = centred.min(axis=0), centred.max(axis=0)
    share = np.where(high - low > 1e-9, (centred - low) / np.maximum(high - low, 1e-9), 0.5)
    return boxes / 2 + share * (np.array([WIDTH, height]) - boxes)
