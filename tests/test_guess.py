import ipywidgets
import pytest

from kit.screen.guess import Guess


def test_a_guess_is_kept_and_then_shown_beside_what_is_true():
    kept, veiled = [], ipywidgets.Label("the picture")
    asked = Guess("How many of the 44?", 19, said="Most are silent.", keep=kept.append, veil=[veiled])
    assert veiled.layout.display == "none"

    asked.field.value = 30
    asked.ready.click()

    assert kept == [30]
    assert "You guessed <strong>30</strong>; the answer is <strong>19</strong>. Most are silent." in asked.verdict.value
    assert veiled.layout.display == ""
    assert asked.form.layout.display == "none"


def test_a_right_guess_is_said_to_be_right():
    asked = Guess("Which row?", "aid", choices={"Aid": "aid", "War": "war"})
    asked.make("aid")

    assert "✓ You guessed <strong>Aid</strong>, and so it is." in asked.verdict.value


def test_who_does_not_guess_sees_the_answer_all_the_same():
    asked = Guess("How many?", 3, keep=pytest.fail)
    asked.past.click()

    assert asked.guess is None
    assert "The answer: <strong>3</strong>" in asked.verdict.value


def test_a_guess_made_before_is_there_again():
    assert Guess("How many?", 3, kept=5, keep=pytest.fail).guess == 5


@pytest.mark.parametrize("kept", [None, True, -1, "5", [5], {"a": 1}])
def test_what_cannot_be_a_guess_is_not_taken_for_one(kept):
    asked = Guess("How many?", 3, kept=kept)

    assert asked.guess is None
    assert asked.form.layout.display != "none"


def test_a_choice_that_is_no_longer_offered_is_not_taken_for_a_guess():
    assert Guess("Which?", "a", choices={"A": "a"}, kept=["b"]).guess is None
