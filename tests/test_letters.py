"""Letters in one form, and signs for their names, whatever a text from outside holds."""

from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.classroom.gather import Classroom
from kit.learning.slip import make_slip
from kit.letters import in_one_form, unescape
from kit.negotiation.messages import clean_text


@given(st.text(max_size=30), st.sampled_from(["NFC", "NFKC"]))
def test_a_text_comes_out_as_unicode_says(text, form):
    assert in_one_form(text, form) == normalize(form, text)


@pytest.mark.parametrize("many", ["—" * 99, "🕊️" * 99, "👨‍👩‍👧" * 99, "«" * 40 + "й" * 99])
def test_only_marks_without_number_are_left_out(many):
    assert in_one_form(many) == many
    assert len(in_one_form("a" + "\u0328\u0301" * 10_000)) <= 31


def test_a_sign_s_number_of_thousands_of_figures_stops_nothing():
    assert unescape("&#39;&quot;&#x41;&#" + "9" * 5000 + ";!") == "'\"A\ufffd!"
    class_ = Classroom()
    class_.read_chat(f"&#{'9' * 5000}; {make_slip({'01/write': 'x'}, 'heron').text}")
    assert [each.name for each in class_.learners] == ["heron"]


def test_what_was_escaped_by_every_chat_on_its_way_is_plain_again():
    assert clean_text("&amp;amp;amp;quot;Both.&quot;") == '"Both."'
    assert clean_text("&" + "amp;" * 9) == "&amp;amp;amp;amp;amp;"
