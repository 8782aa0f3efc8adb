"""Eight questions before and after the course: kept, compared, scored by a guide."""

from types import SimpleNamespace

import pytest

from kit.errors import KitError
from kit.learning.before_after import POINTS, BeforeAfter, list_questions
from kit.learning.before_after_class_view import before_after_topic
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


def test_an_instructor_sees_the_points_of_the_class_and_in_a_private_table_its_answers():
    people = {
        "Learner 1": {
            "00/before/sign": "If it is fair.",
            "06/after/sign": " If it beats no deal. ",
            POINTS: {"sign": [0, 2]},
        },
        "Learner 2": {"00/before/sign": "No idea.", POINTS: {"sign": [1, 1], "who": [2, None]}},
        "Learner 3": {"06/after/sign": 7, POINTS: "junk"},
    }
    topic = before_after_topic(people)
    assert topic.said[0].startswith("Learners who answered: 2 before the course, 1 after it.")
    points, answers = topic.sheets
    assert points.frame.iloc[-1].tolist()[1:] == ["0.5", "1.5", 2]
    assert points.frame.iloc[0].tolist()[1:] == ["–", "–", 0]
    assert not points.private
    assert answers.private
    assert answers.frame.values.tolist() == [
        [list_questions()[-1]["question"], "Learner 1", "If it is fair.", "If it beats no deal."],
        [list_questions()[-1]["question"], "Learner 2", "No idea.", ""],
    ]


def test_a_class_that_answered_none_of_the_questions_is_told_so():
    assert not before_after_topic({"Learner 1": {"01/write": "x"}}).sheets
