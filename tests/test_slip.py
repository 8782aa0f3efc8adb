"""Slips: short, whole or refused, and found in any chat."""

import json
import quopri
import random
import zlib
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.learning import slip as slips
from kit.learning.slip import LIMIT, make_slip, read_slips, wrap_slip

ANSWERS = {"01/quiz/01-q1": {"tries": ["a way out"], "right_at": 1}, "01/write": "Zürich – 平和 🕊"}
values = st.recursive(
    st.none() | st.booleans() | st.integers(-99, 99) | st.text(max_size=30), lambda inner: st.lists(inner, max_size=3)
)


def read_slip(text):
    (handed,), problems = read_slips(text)
    assert not problems
    return handed


def forged(body):
    packed = zlib.compress(body)
    return f"PARLEY1-{slips._to_text(sha256(packed).digest()[:4] + packed)}-END"


@given(st.dictionaries(st.sampled_from(["01/write", "02/grid", "03/quiz/q"]), values), st.text(max_size=20))
def test_a_slip_brings_back_what_was_put_in(answers, name):
    made = make_slip(answers, name)
    handed = read_slip(made.text)
    assert handed.answers == answers
    assert made.left_out == []


def test_it_is_letters_and_figures_only_and_short():
    text = make_slip(ANSWERS, "heron").text
    assert text.removeprefix("PARLEY1-").removesuffix("-END").isalnum()
    assert text.isascii()
    assert len(text) < LIMIT


def test_what_does_not_fit_is_named_and_the_rest_goes():
    noise = random.Random(1)
    long = "".join(noise.choices("abcdefghijklmnopqrstuvwxyz ", k=5_000))
    made = make_slip({"00/write": long, **ANSWERS, "02/write": long}, "heron")
    assert made.carried == list(ANSWERS)
    assert made.left_out == ["00/write", "02/write"]
    assert len(made.text) < LIMIT
    assert set(read_slip(made.text).answers) == set(made.carried)


@pytest.mark.parametrize(
    "spoil",
    [
        wrap_slip,
        lambda text: "\r\n".join(text[n : n + 20] for n in range(0, len(text), 20)),
        lambda text: "\n> ".join(text[n : n + 30] for n in range(0, len(text), 30)),
        lambda text: "here is mine: `" + text + "` thanks!",
        lambda text: "\u200b".join(text[n : n + 10] for n in range(0, len(text), 10)),
        lambda text: text[:30] + "   " + text[30:-2] + "\n" + text[-2:],
        lambda text: "<br />\n".join(text[n : n + 30] for n in range(0, len(text), 30)),
        lambda text: f"<p><span style=3D'x'>{text[:3]}</span><b>{text[3:]}</b></p>Thanks",
        lambda text: quopri.encodestring(f"Grüße, {text}\n".encode()).decode().replace("-", "=2D"),
        lambda text: text[:50].replace("-", "&ndash;&#8203;") + "&nbsp;\n&gt; " + text[50:],
        lambda text: f"Mine:{text}Danke".replace("PARLEY", "Parley").replace("-END", "-\ufe0fEnd"),
        lambda text: "-\n- ".join(text[n : n + 30] for n in range(0, len(text), 30)),
        lambda text: json.dumps({"text": wrap_slip(text)}),
        lambda text: text.translate({sign: sign + 0xFEE0 for sign in range(33, 127)}),
    ],
)
def test_line_breaks_quotes_and_what_stands_around_do_not_matter(spoil):
    assert read_slip(spoil(make_slip(ANSWERS, "heron").text)) == ("heron", ANSWERS, "ukraine")


@given(st.data())
def test_one_changed_letter_is_found(data):
    text = make_slip(ANSWERS, "heron").text
    place = data.draw(st.integers(len("PARLEY1-"), len(text) - len("-END") - 1))
    letter = data.draw(st.sampled_from([digit for digit in slips._DIGITS if digit != text[place]]))
    found, (problem,) = read_slips(text[:place] + letter + text[place + 1 :])
    assert not found
    assert "changed on its way" in problem


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (make_slip(ANSWERS).text[:-10], "end of the slip is missing"),
        (make_slip(ANSWERS).text.lower(), "became small ones"),
        (make_slip(ANSWERS).text.upper(), "became capital ones"),
        ("PARLEY1--END", "changed on its way"),
        ("PARLEY1-" + "A" * 5_000 + "-END", "changed on its way"),
        ("PARLEY1-AB!C-END", "changed on its way"),
        ("PARLEY2-ABC-END", "later version"),
        (forged(b"not json"), "not of this kit"),
        (forged(b"[1]"), "not of this kit"),
        (forged(b'{"a": {"../x": 1}}'), "not of this kit"),
        (forged(b'{"a": 5}'), "not of this kit"),
        (forged(b'{"a": {"x": ' + b"[" * 50_000), "not of this kit"),
        (forged(json.dumps({"a": {"01/x": "x" * 1_000_000}}).encode()), "not of this kit"),
    ],
)
def test_what_is_no_slip_is_refused_with_a_reason(text, reason):
    found, (problem,) = read_slips(text)
    assert not found
    assert reason in problem


@pytest.mark.parametrize("dash", "‐‑–—−")
def test_a_hyphen_that_a_program_made_a_dash_is_read(dash):
    assert read_slip(make_slip(ANSWERS, "heron").text.replace("-", dash)).answers == ANSWERS


def test_two_slips_without_a_space_between_them_are_two():
    text = make_slip(ANSWERS, "heron").text + make_slip(ANSWERS, "kite").text
    handed, problems = read_slips(text)
    assert [each.pseudonym for each in handed] == ["heron", "kite"]
    assert not problems


@pytest.mark.parametrize("text", ["hello", ""])
def test_a_text_without_a_slip_has_none(text):
    assert read_slips(text) == ([], [])


def test_all_slips_of_a_chat_are_found_and_the_bad_ones_named():
    first, second = make_slip({"01/write": "one"}, "heron").text, make_slip({"01/write": "two"}, "wren").text
    chat = f"Ana: {wrap_slip(first, 20)}\nBo: mine is {second[:30]}\nCy: {second} ok?\n"
    found, problems = read_slips(chat)
    assert [(one.pseudonym, one.answers) for one in found] == [
        ("heron", {"01/write": "one"}),
        ("wren", {"01/write": "two"}),
    ]
    assert problems == ["Slip 2: the end of the slip is missing. Copy all of it, to its -END."]


def test_answers_are_chosen_by_the_beginning_of_their_keys_in_the_order_asked_for():
    answers = {"01/a": 1, "02/a": 2, "03/a": 3}
    assert list(slips.in_brief(answers, ["03/", "01/"])) == ["03/a", "01/a"]
