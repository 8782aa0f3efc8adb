"""Every unit has the same bones, treats what it must, and is saved as a notebook should be."""

import csv
import re
from pathlib import Path

import nbformat
import pytest

from kit.learning.progress import course

ROOT = Path(__file__).resolve().parent.parent.parent
NOTEBOOKS = sorted((ROOT / "notebooks").glob("[0-9]*.ipynb"))
UNITS = [path for path in NOTEBOOKS if not path.name.startswith("00")]
SAVED = [
    path for folder in ("notebooks", "solutions", "exercises") for path in sorted((ROOT / folder).rglob("*.ipynb"))
]
BONES = ["You will be able to", "The idea", "Explore", "Check yourself", "Discuss", "Write", "In short"]
FEWEST_WORDS, MOST_WORDS, WORDS_BETWEEN_PICTURES = 1200, 2600, 320

each_unit = pytest.mark.parametrize("path", UNITS, ids=lambda path: path.stem)
each_saved = pytest.mark.parametrize("path", SAVED, ids=lambda path: f"{path.parent.name}/{path.stem}")


def cells(path, kind=None):
    return [cell for cell in nbformat.read(path, as_version=4).cells if kind in (None, cell.cell_type)]


def parts(path):
    """Cells under each level-2 heading, in order."""
    found = {}
    heading = ""
    for cell in cells(path):
        if match := re.match(r"## (.+)", cell.source):
            heading = match[1].strip()
        found.setdefault(heading, []).append(cell)
    return found


def words(text):
    """How many words of a text everybody reads: folds are opened by those who want them, the terms are a list to look up."""
    shown = re.sub(r"<details>.*?</details>|<!--.*?-->|\]\([^)]*\)", " ", text, flags=re.DOTALL)
    return len(re.findall(r"[\w'’-]+", shown.partition("**Terms met**")[0]))


@each_unit
def test_a_unit_has_its_bones_in_their_order(path):
    assert [heading for heading in parts(path) if heading] == BONES


@each_unit
def test_a_unit_opens_with_its_minutes_what_to_read_and_the_date_of_its_facts(path):
    opening = " ".join(cell.source for cell in parts(path)[""])
    assert re.search(r"\*\*\d+ minutes\*\*", opening)
    assert "Read first" in opening
    assert "7 June 2026" in opening
    assert "<!-- launch" in opening


@each_unit
def test_a_unit_names_three_to_five_objectives_and_three_prompts_to_discuss(path):
    found = parts(path)
    objectives = re.findall(r"^[-*] ", "\n".join(cell.source for cell in found["You will be able to"]), re.MULTILINE)
    prompts = re.findall(r"^\d\. ", "\n".join(cell.source for cell in found["Discuss"]), re.MULTILINE)
    assert 3 <= len(objectives) <= 5
    assert len(prompts) == 3


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_what_a_unit_asks_to_write_is_the_heading_of_the_text_on_paper(path):
    (asked,) = re.findall(r'Write\(case, "\d\d", "(.+)", words', "\n".join(c.source for c in cells(path, "code")))
    assert asked == course()[path.name[:2]]["write"]  # course.yaml


@each_unit
def test_every_discussion_prompt_has_its_minutes_and_grouping(path):
    text = "\n".join(cell.source for cell in parts(path)["Discuss"])
    for prompt in re.split(r"^\d\. ", text, flags=re.MULTILINE)[1:]:
        assert re.search(r"\d+ min", prompt), prompt
        assert re.search(r"pairs|fours|plenary", prompt, re.IGNORECASE), prompt


@each_unit
def test_the_prose_of_a_unit_is_neither_thin_nor_long(path):
    assert FEWEST_WORDS <= sum(words(cell.source) for cell in cells(path, "markdown")) <= MOST_WORDS


@each_unit
def test_a_reader_of_the_explore_part_meets_something_to_look_at_every_two_hundred_words(path):
    longest = run = 0
    for cell in parts(path)["Explore"]:
        run = run + words(cell.source) if cell.cell_type == "markdown" else 0
        longest = max(longest, run)
    assert longest <= WORDS_BETWEEN_PICTURES


@each_unit
def test_a_code_cell_of_a_unit_is_one_to_three_lines(path):
    too_long = [cell.source for cell in cells(path, "code") if not 1 <= len(cell.source.splitlines()) <= 3]
    assert too_long == []


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_unit_treats_every_section_that_belongs_to_it(path):
    with (ROOT / "tests/notebooks/coverage.csv").open(encoding="utf-8", newline="") as file:
        due = {f"{row['article']}/{row['section']}" for row in csv.DictReader(file) if row["unit"] == path.name[:2]}
    treated = {row for cell in cells(path) for row in cell.metadata.get("covers", [])}
    assert due - treated == set()


def test_all_sections_of_the_articles_have_a_unit_that_exists():
    with (ROOT / "tests/notebooks/coverage.csv").open(encoding="utf-8", newline="") as file:
        units = {row["unit"] for row in csv.DictReader(file)}
    assert units <= {path.name[:2] for path in NOTEBOOKS}


@each_saved
def test_a_notebook_is_saved_without_widget_state_and_without_errors(path):
    notebook = nbformat.read(path, as_version=4)
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    assert "widgets" not in notebook.metadata
    assert [output for output in outputs if output.output_type == "error"] == []
    assert not any("application/vnd.jupyter.widget-view+json" in output.get("data", {}) for output in outputs)
    assert nbformat.validate(notebook) is None


@each_saved
def test_every_relative_link_of_a_notebook_leads_to_a_file(path):
    text = "\n".join(cell.source for cell in cells(path, "markdown"))
    links = [link for link in re.findall(r"\]\(([^)#]+)[^)]*\)", text) if "://" not in link]
    assert [link for link in links if not (path.parent / link).exists()] == []
