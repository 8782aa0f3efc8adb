"""Earlier versions: listed, shown, taken back."""

from types import SimpleNamespace

from kit.learning.earlier_versions import EarlierVersions
from kit.learning.portfolio import Portfolio, portfolio

CASE = SimpleNamespace(name="tiny", codebook=None, actor_names={}, article_names={})
ESSAY = "Talks come late, since each side hopes to win more by waiting <b>than</b> by talking."


def test_a_cleared_text_is_listed_shown_and_taken_back():
    store = portfolio("tiny")
    box = EarlierVersions(CASE)
    assert box.layout.display == "none"
    store.save("01/write", ESSAY)
    store.save("01/write", None)
    assert [label for label, _ in box.answer.options] == ["– choose –", "Part 01: Write"]
    box.answer.value = "01/write"
    assert "waiting &lt;b&gt;than" in box.shown.html
    box.take.click()
    assert store.read("01/write") == ESSAY
    assert "Taken back" in box.told.html


def test_the_loser_of_two_devices_can_be_had_back(portfolio_file):
    store = portfolio("tiny")
    store.save("03/write", "from the laptop")
    Portfolio(portfolio_file).of("tiny").save("03/write", "from the phone")
    box = EarlierVersions(CASE)
    box.answer.value = "03/write"
    assert "from the laptop" in box.shown.html
    box.take_back()
    assert store.read("03/write") == "from the laptop"
    assert "from the phone" in box.shown.html
