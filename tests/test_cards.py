import pytest

from kit.screen.cards import Cards

LETTERS = [("Surge\nOne", "a"), ("Digest\nTwo", "b"), ("Three", "c")]


@pytest.fixture
def cards():
    return Cards("Letters", options=LETTERS)


def click(cards, place, number=None, **more):
    cards.wish = {"index": place, "number": cards.offer["number"] if number is None else number, **more}


def test_a_click_chooses_what_was_seen(cards):
    click(cards, 1)

    assert (cards.value, cards.index) == ("b", 1)


def test_a_click_in_a_list_that_has_been_filled_anew_chooses_nothing(cards):
    seen = cards.offer["number"]
    cards.fill([("Four", "d"), ("Five", "e")])
    click(cards, 1, seen)

    assert cards.value is None
    click(cards, 1)
    assert cards.value == "e"


def test_only_what_is_offered_can_be_chosen_and_a_choice_outlives_a_refill_that_names_it(cards):
    cards.value = "z"
    assert cards.value is None
    cards.value = "c"
    cards.fill([*LETTERS[2:], ("Four", "d")], "c")

    assert (cards.value, cards.index) == ("c", 0)
    cards.fill(LETTERS[:2])
    assert (cards.value, cards.index) == (None, None)


def test_the_same_texts_are_not_sent_again(cards):
    number = cards.offer["number"]
    cards.fill([(label, value.upper()) for label, value in LETTERS])

    assert cards.offer["number"] == number
    click(cards, 0)
    assert cards.value == "A"


def test_only_choices_are_heard_and_not_what_empties_the_list(cards):
    heard = []
    cards.on_choice(heard.append)
    click(cards, 2)
    cards.fill([])

    assert heard == ["c"]


@pytest.mark.parametrize("wish", [{}, {"index": "1"}, {"index": True}, {"index": 3}, {"index": -1}, {"number": 0}])
def test_nonsense_from_a_page_chooses_nothing(cards, wish):
    cards.wish = {"number": 0, **wish}

    assert cards.value is None


def test_a_card_that_was_dragged_is_told_with_the_places_it_went():
    moves = []
    cards = Cards("Order", options=LETTERS, moved=lambda value, steps: moves.append((value, steps)))
    click(cards, 2, to=0)
    click(cards, 0, to=2)

    assert moves == [("c", -2), ("a", 2)]
    assert cards.value is None
    assert cards.movable
