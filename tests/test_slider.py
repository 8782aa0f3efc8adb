import pytest

from kit.errors import KitError
from kit.screen.slider import Slider


def test_a_slider_says_what_it_sets_and_to_what():
    slider = Slider("Trust", 30, min=0, max=100, step=5, unit="%")

    assert repr(slider) == "Slider('Trust', 30%)"


@pytest.mark.parametrize(("given", "kept"), [(-4, 0), (250, 100), (7.5, 7.5)])
def test_a_value_is_kept_within_its_range_whoever_sets_it(given, kept):
    slider = Slider("Trust", min=0, max=100)
    slider.value = given

    assert slider.value == kept
    assert Slider("Trust", given, min=0, max=100).value == kept


def test_what_is_no_number_leaves_the_value_as_it_was():
    slider = Slider("Trust", 40)
    slider.value = float("nan")

    assert slider.value == 40


def test_a_narrower_range_takes_the_value_with_it():
    slider = Slider("Trust", 80, max=100)
    slider.max = 50

    assert slider.value == 50


def test_a_change_is_told_to_who_listens():
    heard = []
    slider = Slider("Trust", 1)
    slider.observe(lambda change: heard.append(change["new"]), "value")
    slider.value = 2

    assert heard == [2]


@pytest.mark.parametrize("wrong", [{"min": 5, "max": 1}, {"step": 0}, {"step": -1}])
def test_a_range_that_cannot_be_is_refused_in_words(wrong):
    with pytest.raises(KitError, match="Trust: A slider cannot run from"):
        Slider("Trust", **wrong)
