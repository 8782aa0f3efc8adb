"""What the notebooks promise their reader: how to begin, minutes that hold, answers beside the tasks, figures that are true."""

import re
from functools import cache

import pytest

import kit
import kit.learning.coding  # kit.learning imports its modules late, and the figures of 00 name this one
from tests.notebooks.test_bones import NOTEBOOKS, cells, words

READING_SPEED = 130  # words a minute, for a reader of English as a second language
QUIZ_MINUTES, WRITING_MINUTES = 6, 15
OPENING = ("- **How to begin:**", "- **Core and more:**", "- **Help:**")
PART = re.compile(r"^#{2,3} (?P<name>.+)\n+\*(?P<weight>core|more) · (?P<minutes>\d+) min\*", re.MULTILINE)
FOLD = re.compile(r"<details>\s*<summary>What you may have seen</summary>(.+?)</details>", re.DOTALL)
YEAR = re.compile(r"(?:19|20)\d\d")
NUMBER = re.compile(r"(?<![\w.-])\d+(?:,\d{3})*(?:\.\d+)?")

each = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


@cache
def lead_case():
    return kit.load_case("ukraine")


def prose(path):
    return "\n\n".join(cell.source for cell in cells(path, "markdown"))


def parts(path):
    """Each part with its weight, its minutes and its prose."""
    text = prose(path)
    found = list(PART.finditer(text))
    ends = [*(match.start() for match in found[1:]), len(text)]
    return [
        (match["name"], match["weight"], int(match["minutes"]), text[match.end() : end])
        for match, end in zip(found, ends, strict=True)
    ]


@each
def test_a_notebook_says_at_its_top_how_to_begin_what_core_means_and_where_help_is(path):
    opening = cells(path)[0].source
    assert all(line in opening for line in OPENING)


@each
def test_a_notebook_has_a_good_place_to_stop(path):
    assert "A good place to stop" in prose(path)


@each
def test_the_minutes_of_a_notebook_are_those_of_its_core_parts(path):
    stated = int(re.search(r"\*\*(\d+) minutes\*\*", prose(path))[1])
    assert stated == sum(minutes for _, weight, minutes, _ in parts(path) if weight == "core")


@each
def test_no_part_gives_less_time_than_reading_it_and_doing_its_steps_take(path):
    """Folds count too: whoever does a task reads what may have been seen. A step takes a minute at least."""
    short = {}
    for name, _, minutes, text in parts(path):
        shown = text.replace("<details>", "").replace("</details>", "")
        taken = words(shown) / READING_SPEED + len(re.findall(r"^\d+\. ", shown, re.MULTILINE))
        if minutes < taken:
            short[name] = (minutes, round(taken, 1))
    assert short == {}


@each
def test_quiz_and_writing_have_their_minutes(path):
    given = {name: minutes for name, _, minutes, _ in parts(path)}
    assert given.get("Check yourself", QUIZ_MINUTES) >= QUIZ_MINUTES
    assert given.get("Write", WRITING_MINUTES) >= WRITING_MINUTES


@each
def test_every_task_to_look_for_something_is_followed_by_what_one_may_have_seen(path):
    asked = len(re.findall(r"\*\*Look for\*\*", prose(path)))
    assert len(FOLD.findall(prose(path))) >= max(asked, 2)


@each
def test_every_discussion_prompt_has_two_views(path):
    discuss = prose(path).partition("## Discuss")[2].partition("\n## ")[0]
    views = re.findall(r"^\*\*Prompt (\d)\.\*\* (.+)", discuss, re.MULTILINE)
    assert [number for number, _ in views] == re.findall(r"^(\d)\. ", discuss, re.MULTILINE)
    assert all(len(re.findall(r"(?<!\*)\*(?!\*)[^*]+\*(?!\*)", words)) >= 2 for _, words in views)


@each
def test_every_number_in_a_fold_is_the_one_in_its_table(path):
    """The cell's metadata `figures` gives for each number, as written, an expression over `kit` and `case`."""
    wrong = []
    for cell in cells(path, "markdown"):
        figures = cell.metadata.get("figures", {})
        for fold in FOLD.findall(cell.source):
            written = {number for number in NUMBER.findall(fold) if not YEAR.fullmatch(number)}
            wrong += [(number, "has no figure") for number in written - set(figures)]
        for number, expression in figures.items():
            true = eval(expression, {"kit": kit, "case": lead_case()})  # our own notebooks, in our own test
            if abs(float(true) - float(number.replace(",", ""))) > 1e-9:
                wrong.append((number, true))
    assert wrong == []


@each
def test_articles_go_by_their_short_names(path):
    assert re.findall(r"(?<![\d.,])00[0-4](?!\d)", re.sub(r"\]\([^)]*\)|`[^`]*`", "", prose(path))) == []
