import re
from pathlib import Path

from kit.screen import theme
from kit.screen.stylesheet import css, stylesheet

SOURCE = Path(theme.__file__).with_name("parley.css").read_text(encoding="utf-8")


def test_no_rule_names_a_colour_itself():
    assert re.findall(r"#[0-9a-f]{3,8}\b|\brgb\((?!0 0 0 /)", SOURCE) == []


def test_every_variable_that_a_rule_uses_is_set():
    used, defined = set(re.findall(r"var\((--parley-[\w-]+)", SOURCE)), set(re.findall(r"(--parley-[\w-]+):", css()))

    assert used <= defined


def test_what_is_sent_has_no_comments_and_all_its_rules():
    sent = css()

    assert "/*" not in sent
    assert sent.count("{") == sent.count("}")
    assert ".parley-stage{" in sent


def test_a_kernel_has_one_stylesheet_and_a_new_one_if_it_was_closed():
    first = stylesheet()
    assert stylesheet() is first
    first.close()

    assert stylesheet() is not first
