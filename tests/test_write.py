"""A text is kept while it is typed, counted, and found again."""

from types import SimpleNamespace

import pytest

from kit.errors import KitError
from kit.learning import portfolio as home
from kit.learning.portfolio import portfolio, scratch_portfolio
from kit.learning.write import Write, count_line, word_count

CASE = SimpleNamespace(name="tiny")


def test_every_change_is_kept_and_found_when_built_again():
    write = Write(CASE, "01", "Say <why>.")
    write.input.field.value = "Because it hu"
    assert portfolio("tiny").read("01/write") == "Because it hu"
    assert Write(CASE, "01/write", "Say why.").text == "Because it hu"
    assert "Say &lt;why&gt;." in write.children[0].value
    assert repr(write) == "Write('01/write')"


def test_among_model_answers_a_text_does_not_claim_to_be_kept(monkeypatch):
    assert "kept" in Write(CASE, "01", "Say why.")._repr_mimebundle_()["text/html"]
    monkeypatch.setattr(home, "_opened", {})
    scratch_portfolio()
    assert "kept" not in Write(CASE, "01", "Say why.")._repr_mimebundle_()["text/html"]


def test_an_emptied_text_is_no_answer():
    write = Write(CASE, "01", "Say why.")
    write.text = "x"
    write.text = "  "
    assert portfolio("tiny").read("01/write") is None


@pytest.mark.parametrize(("text", "count"), [("", 0), ("one", 1), ("two — words", 2), ("it's 3.5 km\nfar", 4)])
def test_words_are_counted(text, count):
    assert word_count(text) == count


@pytest.mark.parametrize(
    ("count", "line"),
    [
        (0, "100 to 200 words are asked for."),
        (1, "1 word: fewer than the 100 to 200 that are asked for."),
        (104, "about 100 words: within the 100 to 200 that are asked for."),
        (260, "about 260 words: more than the 100 to 200 that are asked for."),
    ],
)
def test_the_length_asked_for_is_said(count, line):
    assert count_line(count, (100, 200)) == line


def test_without_a_length_only_the_count_is_said():
    assert count_line(7, None) == "about 5 words"


def test_a_length_that_cannot_be_is_a_mistake_of_the_notebook():
    with pytest.raises(KitError, match="from 200 to 100 words"):
        Write(CASE, "01", "Say why.", words=(200, 100))
