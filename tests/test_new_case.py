"""The commented pattern of a case that `new-case` writes."""

import argparse
import csv
import re

import pytest

from kit.authoring.new_case import SKELETON, add_arguments, new_case, run
from kit.case import CSV_COLUMNS, load_case
from kit.case_tables import EASES, MEASURE_TYPES, MECHANISMS, NEEDS
from kit.checking.whole_case import check_case
from kit.errors import KitError


def test_a_new_case_passes_the_check_and_opens(tmp_path):
    new_case(tmp_path / "mine")
    assert [str(problem) for problem in check_case(tmp_path / "mine")] == []
    assert load_case(tmp_path / "mine").actors[:2] == ["ostrel", "marrin"]


def test_a_new_case_has_every_file_that_a_case_can_have_but_checks(tmp_path):
    files = new_case(tmp_path / "deep" / "mine")
    assert {"case.yaml", "codebook.yaml", "README.md", "quiz/01.json", "articles/02-our-fields.md"} <= set(files)
    assert {f"{name}.csv" for name in CSV_COLUMNS} <= set(files)
    assert {f"{name}.yaml" for name in ("obstacles", "measures", "scenarios", "negotiation")} <= set(files)


def test_tables_put_aside_do_not_speak_when_the_articles_are_written_over(tmp_path):
    files = new_case(tmp_path / "mine", put_aside=True)
    assert {"case.yaml", "codebook.yaml", "later/positions.csv", "later/quiz/01.json"} <= set(files)
    for path in (tmp_path / "mine" / "articles").iterdir():
        path.unlink()
    (tmp_path / "mine" / "articles" / "own.md").write_text("---\ntitle: Own\n---\n\nOstrel waits.\n", "utf-8")
    assert check_case(tmp_path / "mine") == []


def test_a_file_moved_up_is_read_again(tmp_path):
    mine = tmp_path / "mine"
    new_case(mine, put_aside=True)
    assert load_case(mine).positions.empty
    (mine / "later" / "positions.csv").rename(mine / "positions.csv")
    assert not load_case(mine).positions.empty


def test_an_empty_folder_is_filled(tmp_path):
    (tmp_path / "mine").mkdir()
    assert "case.yaml" in new_case(tmp_path / "mine")


def test_a_folder_with_something_in_it_is_left_alone(tmp_path):
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(KitError, match="does not exist yet"):
        new_case(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_a_file_in_the_place_of_the_folder_is_left_alone(tmp_path):
    (tmp_path / "mine").write_text("a letter", encoding="utf-8")
    with pytest.raises(KitError, match="already"):
        new_case(tmp_path / "mine")


def test_a_place_that_cannot_be_written_is_said_to_be(tmp_path):
    (tmp_path / "letter").write_text("", encoding="utf-8")
    with pytest.raises(KitError, match="cannot be written"):
        new_case(tmp_path / "letter" / "mine")


def test_the_command_says_what_to_do_next(tmp_path, capsys):
    parser = argparse.ArgumentParser()
    add_arguments(parser)
    assert run(parser.parse_args([str(tmp_path / "mine")])) == 0
    said = capsys.readouterr().out
    assert f"check-case {tmp_path / 'mine'}" in said
    assert str(tmp_path / "mine" / "later") in said


def test_the_whole_case_is_written_when_asked_for(tmp_path, capsys):
    parser = argparse.ArgumentParser()
    add_arguments(parser)
    assert run(parser.parse_args([str(tmp_path / "mine"), "--whole"])) == 0
    assert (tmp_path / "mine" / "positions.csv").is_file()
    assert "later" not in capsys.readouterr().out


def test_every_yaml_file_explains_itself():
    for path in SKELETON.glob("*.yaml"):
        comments = [line for line in path.read_text(encoding="utf-8").splitlines() if "# " in line]
        assert len(comments) >= 3, path.name


@pytest.mark.parametrize(
    ("name", "vocabulary"),
    [
        ("measures.yaml", MEASURE_TYPES),
        ("measures.yaml", NEEDS),
        ("measures.yaml", EASES),
        ("obstacles.yaml", MECHANISMS),
    ],
)
def test_a_comment_names_every_value_that_may_stand_there_in_the_order_of_the_description(name, vocabulary):
    comments = re.findall(r"# (.*)", (SKELETON / name).read_text(encoding="utf-8"))
    told = " ".join(comments).replace(" or ", ", ")
    assert ", ".join(vocabulary) in told


@pytest.mark.parametrize("name", list(CSV_COLUMNS))
def test_the_readme_explains_every_column_in_the_order_of_the_file(name):
    with (SKELETON / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        columns = next(csv.reader(file))
    readme = (SKELETON / "README.md").read_text(encoding="utf-8")
    section = readme.partition(f"## {name}.csv")[2].partition("\n## ")[0]
    named = [
        cell.strip() for row in re.findall(r"^\| ([a-z_, ]+) \|", section, re.MULTILINE) for cell in row.split(",")
    ]
    assert tuple(columns) == CSV_COLUMNS[name]
    assert [cell for cell in named if cell != "column"] == columns


def test_the_guide_names_every_file_of_the_pattern():
    guide = (SKELETON.parent.parent / "docs" / "your-own-case.md").read_text(encoding="utf-8")
    files = {path.name for path in SKELETON.iterdir() if path.is_file()} | {"quiz/01.json"}
    assert sorted(name for name in files if name not in guide) == []
