"""Eight questions before and after the course: kept, compared, scored by a guide."""

from types import SimpleNamespace

import pytest

from kit.errors import KitError
from kit.learning.before_after import POINTS, BeforeAfter, list_questions
from kit.learning.portfolio import portfolio

CASE = SimpleNamespace(name="tiny")


def test_there_are_eight_questions_with_a_guide_of_three_steps_each():
    assert len({each["id"] for each in list_questions()}) == len(list_questions()) == 8
    assert all(len(each["points"]) == 3 for each in list_questions())


def test_answers_are_kept_as_they_are_typed_and_shown_side_by_side():
    before = BeforeAfter(CASE, "before")
    before.inputs["sign"].field.value = "If it is <fair>."
    assert BeforeAfter(CASE, "before").inputs["sign"].answer == "If it is <fair>."
    after = BeforeAfter(CASE, "after")
    assert after.inputs["sign"].answer is None
    after.inputs["sign"].field.value = "If it beats no deal."
    after.show_button.click()
    shown = after.both.children[7].children[0].value
    assert "If it is &lt;fair&gt;." in shown
    assert "If it beats no deal." in shown
    assert "2 points: It compares the deal with what happens without one" in shown
    assert after.table.set_index("id").loc["sign", ["before", "after"]].tolist() == [
        "If it is <fair>.",
        "If it beats no deal.",
    ]


def test_points_are_kept_and_added_up():
    after = BeforeAfter(CASE, "after")
    after.show_both()
    first, second = after.both.children[0].children[1].children
    first.value, second.value = 0, 2
    assert portfolio("tiny").read(POINTS)["first-look"] == [0, 2]
    assert "before 0 of 16, after 2 of 16" in after.total.value
    again = BeforeAfter(CASE, "after")
    again.show_both()
    assert "after 2 of 16" in again.total.value


@pytest.mark.parametrize("junk", [5, {"sign": 3}, {"sign": [7, "x"]}, {"sign": [1]}])
def test_what_the_portfolio_holds_is_not_trusted(junk):
    portfolio("tiny").save(POINTS, junk)
    after = BeforeAfter(CASE, "after")
    after.show_both()
    assert "before 0 of 16, after 0 of 16" in after.total.value


def test_a_third_time_is_refused_by_name():
    with pytest.raises(KitError, match="neither 'before' nor 'after'"):
        BeforeAfter(CASE, "meanwhile")
