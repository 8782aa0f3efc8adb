import itertools
import subprocess
import sys

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.screen import html, theme


def test_markup_in_text_is_shown_not_obeyed():
    shown = html.tag("p", "<script>alert('x')</script> & more")

    assert shown == "<p>&lt;script&gt;alert(&#x27;x&#x27;)&lt;/script&gt; &amp; more</p>"


@given(st.text())
def test_no_text_can_leave_the_element_or_the_attribute_it_stands_in(text):
    inside = html.tag("p", text, title=text)[len('<p title="') : -len("</p>")]

    assert inside.count('">') == inside.count('"') == inside.count(">") == 1
    assert "<" not in inside


def test_html_of_our_own_is_not_escaped_twice_and_none_is_left_out():
    assert html.tag("p", html.tag("b", "a"), None, " & ", 3) == "<p><b>a</b> &amp; 3</p>"
    assert html.join("a", None, html.tag("i", "b"), sep=" › ") == "a › <i>b</i>"


def test_attributes_are_named_as_python_allows_and_left_out_when_false():
    assert html.tag("th", "x", class_="a", aria_label="b", hidden=True, scope=None, open=False) == (
        '<th class="a" aria-label="b" hidden>x</th>'
    )


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "JaVaScRiPt:x", "java\nscript:x", "data:text/html;x", "//else.where/x"]
)
def test_a_link_that_could_run_something_is_left_out(link):
    assert html.tag("a", "go", href=link) == "<a>go</a>"


@pytest.mark.parametrize("link", ["https://example.org/a?b=1", "#here", "01-background.ipynb"])
def test_a_link_to_a_page_or_a_place_stays(link):
    assert html.tag("a", "go", href=link) == f'<a href="{link}">go</a>'


@pytest.mark.parametrize("name", ["script", "iframe", "a b", "", "p/"])
def test_an_element_that_could_run_something_is_refused(name):
    with pytest.raises(ValueError, match="element"):
        html.tag(name, "x")


def test_an_attribute_that_could_run_something_is_refused():
    with pytest.raises(ValueError, match="onclick"):
        html.tag("p", "x", onclick="x()")


def test_even_html_cannot_end_the_attribute_it_stands_in():
    assert html.tag("p", "x", title=html.Html('"><b>')) == '<p title="&quot;&gt;&lt;b&gt;">x</p>'


def test_a_table_has_a_caption_and_headings_that_can_be_said():
    frame = pd.DataFrame({"code_name": ["<b>", None], "share": [0.33333333, 12345.6], "who": [["a", "b"], pd.NA]})

    shown = html.table(frame, "Codes & shares", labels={"who": "Who says so"})

    assert shown.startswith(
        '<table class="parley-table tex2jax_ignore mathjax_ignore"><caption>Codes &amp; shares</caption><thead><tr><th scope="col">code name</th>'
    )
    assert '<th scope="col">Who says so</th>' in shown
    assert '<td dir="auto">&lt;b&gt;</td><td dir="auto">0.3333</td><td dir="auto">a, b</td>' in shown
    assert '<td dir="auto"></td><td dir="auto">12,346</td><td dir="auto"></td>' in shown


def test_two_amounts_of_dollars_in_an_output_are_no_formula():
    said = html.tag("p", "From $5 billion to $61 billion")

    assert said._repr_html_() == f'<div class="tex2jax_ignore mathjax_ignore">{said}</div>'


def test_two_amounts_of_dollars_in_a_table_of_pandas_are_no_formula_in_a_notebook():
    script = """
import sys
from IPython.core.interactiveshell import InteractiveShell
shell = InteractiveShell.instance()
import kit
print("pandas" in sys.modules)
import pandas
table = pandas.DataFrame({"text": ["From $5 billion to $61 billion"]})
for each in (table, table.style):
    data, _ = shell.display_formatter.format(each)
    print("tex2jax_ignore mathjax_ignore" in data["text/html"])
"""
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert told.stdout.split() == ["False", "True", "True"]


def _linear(colour):
    channel = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.where(channel <= 0.04045, channel / 12.92, ((channel + 0.055) / 1.055) ** 2.4)


def _contrast(colour, ground):
    lights = sorted((_linear(each) @ [0.2126, 0.7152, 0.0722] + 0.05 for each in (colour, ground)), reverse=True)
    return lights[0] / lights[1]


def _lab(linear):
    to_xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
    xyz = to_xyz @ np.clip(linear, 0, 1) / [0.9505, 1, 1.089]
    x, y, z = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


@pytest.mark.parametrize("ground", [theme.PAPER, theme.WASH])
@pytest.mark.parametrize("colour", [*theme.PALETTE, theme.INK, theme.QUIET, theme.FOCUS])
def test_each_colour_is_legible_as_text_by_day_and_by_night(colour, ground):
    assert _contrast(colour, ground) >= 4.5
    assert _contrast(theme.NIGHT[colour], theme.NIGHT[ground]) >= 4.5


@pytest.mark.parametrize("ground", [*theme.SCALE[:4], theme.MARKED])
def test_numbers_are_legible_in_pale_cells_by_day_and_by_night(ground):
    assert _contrast(theme.INK, ground) >= 4.5
    assert _contrast(theme.NIGHT[theme.INK], theme.NIGHT[ground]) >= 4.5


# Machado, Oliveira and Fernandes (2009), full severity, on linear RGB.
SIGHT = {
    "full": np.eye(3),
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "tritanopia": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
}


@pytest.mark.parametrize("palette", [theme.PALETTE, [theme.NIGHT[colour] for colour in theme.PALETTE]])
@pytest.mark.parametrize("sight", SIGHT)
def test_the_palette_is_told_apart_whatever_colours_one_sees(sight, palette):
    seen = [_lab(np.array(SIGHT[sight]) @ _linear(colour)) for colour in palette]

    assert min(np.linalg.norm(a - b) for a, b in itertools.combinations(seen, 2)) > 12


def test_no_text_of_a_chart_is_smaller_than_twelve_pixels():
    def sizes(part):
        for key, value in part.items():
            if isinstance(value, dict):
                yield from sizes(value)
            elif key.endswith("FontSize") or key == "fontSize":
                yield value

    assert min(sizes(theme.chart_config())) >= 12
