"""Names that stand on one another are moved apart, and as little as may be."""

from itertools import combinations, pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from kit.screen.labels import assign_rows, cover, keep_apart, name_box, names_beside, overlapping, spread

PLACES = st.lists(st.tuples(st.floats(0, 520), st.floats(26, 400)), min_size=1, max_size=15)


@given(PLACES)
def test_no_name_beside_its_mark_covers_another(points):
    names = [f"Obstacle number {n}"[: 9 + n] for n in range(len(points))]

    places = names_beside(points, names, width=520)
    boxes = [
        name_box(x + (9 + 3.5 * len(name)) * (1 if side == "right" else -1), y, name)
        for (x, _), (side, y), name in zip(points, places, names, strict=True)
    ]

    assert not any(cover(one, other) for one, other in combinations(boxes, 2))
    assert all(box[0] - box[2] / 2 >= 0 and box[0] + box[2] / 2 <= 520 for box in boxes)


def test_a_name_that_stands_alone_is_at_the_height_of_its_mark():
    assert names_beside([(100, 50)], ["Alone"], width=520) == [("right", 50)]
    assert names_beside([(500, 50)], ["Alone"], width=520) == [("left", 50)]


def test_a_name_keeps_off_what_is_taken_already():
    [(side, height)] = names_beside([(100, 50)], ["Alone"], width=520, taken=[(130, 50, 60, 20)])

    assert (side, height) != ("right", 50)


@given(st.lists(st.floats(0, 100), min_size=1, max_size=8))
def test_names_along_a_line_keep_their_order_and_a_gap(values):
    named = {str(place): value for place, value in enumerate(values)}
    placed = spread(named, 6)
    order = sorted(named, key=lambda name: named[name])

    assert all(placed[above] - placed[below] >= 6 - 1e-9 for below, above in pairwise(order))
    assert max(placed.values()) <= 100


def test_stretches_that_cover_each_other_get_rows_of_their_own():
    assert assign_rows([(0, 5), (4, 6), (5, 9), (0, 1)]) == [0, 1, 0, 1]


def test_boxes_that_may_move_end_apart_and_inside():
    centres = np.array([[50.0, 50.0], [52.0, 50.0], [50.0, 51.0]])
    boxes = np.array([[30.0, 12.0]] * 3)

    placed = keep_apart(centres, boxes, 200, 200)

    assert overlapping(placed, boxes) == []
    assert (placed >= boxes / 2).all()
    assert (placed <= 200 - boxes / 2).all()
