"""A list to put in order: what Python sees of it. Dragging and keys are tried in the browser."""

from kit.learning.inputs import Order
from kit.screen.ordering import Ordering


def test_an_order_that_was_not_touched_is_no_answer_and_one_that_was_moved_is():
    order, heard = Order(["a", "b", "c"]), []
    order.on_answer(lambda: heard.append(order.answer))
    assert order.answer is None
    order.list.items = ["b", "a", "c"]
    order.list.moved = True
    assert order.answer == ["b", "a", "c"]
    assert heard[-1] == ["b", "a", "c"]


def test_an_order_of_other_things_is_not_taken_over():
    order = Order(["a", "b"])
    for odd in (["a", "x"], ["a"], ["a", "a"], "ab", None, [["a"], "b"]):
        order.answer = odd
        assert order.list.items == ["a", "b"]
        assert order.answer is None


def test_a_locked_order_cannot_be_moved_and_reads_shortly():
    order = Order(["a", "b"])
    order.lock()
    assert order.list.disabled
    assert repr(Ordering(["a", "b"])) == "Ordering(2 items)"
