"""Marks that were worked out before: taken while they are true, and worked out anew when anything changed."""

import json
import shutil

import pandas as pd
import pytest

from kit.case import load_case
from kit.marks import cache as kept
from kit.prepare import keep_marks


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A copy of the kit's cases and rules, and an empty cache."""
    here = tmp_path / "kit"
    shutil.copytree(kept.HERE / "cases" / "northern-ireland", here / "cases" / "northern-ireland")
    shutil.copytree(kept.HERE / "cases" / "ukraine", here / "cases" / "ukraine")
    for room in ("marks", "reading"):
        shutil.copytree(kept.HERE / room, here / room, ignore=shutil.ignore_patterns("__pycache__"))
    for path in kept.HERE.glob("*.py"):
        shutil.copy(path, here)
    monkeypatch.setattr(kept, "HERE", here)
    monkeypatch.setattr(kept, "CASES", here / "cases")
    monkeypatch.setattr(kept, "SHIPPED", here / "kept")
    monkeypatch.setattr(kept, "cache_folder", lambda: tmp_path / "cache")
    return here


@pytest.fixture
def case(home):
    return load_case(home / "cases" / "northern-ireland")


def never():
    pytest.fail("the marks were worked out again")


def test_marks_that_were_kept_are_those_that_were_worked_out(case):
    first = case.marks
    again = kept.marks_of(case.path, never)
    pd.testing.assert_frame_equal(again, first)
    pd.testing.assert_frame_equal(first, case._worked_out())


def test_a_wheel_brings_its_marks_along(home, case):
    keep_marks(home / "kept", [case.path])
    pd.testing.assert_frame_equal(kept.marks_of(case.path, never), case._worked_out())


@pytest.mark.parametrize(
    "changed",
    ["cases/northern-ireland/codebook.yaml", "cases/ukraine/codebook.yaml", "marks/rules.py", "reading/junk.py"],
)
def test_a_change_in_codebook_or_rules_is_noticed(home, case, changed):
    before = kept.name_for(case.path)
    with (home / changed).open("a", encoding="utf-8") as file:
        file.write("\n# a remark\n")
    assert kept.name_for(case.path) != before


def test_a_changed_article_or_correction_is_noticed(case):
    before = kept.name_for(case.path)
    (case.path / "articles").mkdir(exist_ok=True)
    (case.path / "articles" / "new.md").write_text("Talks begin.", encoding="utf-8")
    between = kept.name_for(case.path)
    (case.path / "marks.csv").write_text("article,quote,words,nth,code,verdict,by,why\n", encoding="utf-8")
    assert len({before, between, kept.name_for(case.path)}) == 3


@pytest.mark.parametrize("damage", ["", "[1, 2]", '{"article": ["a"], "start": []}', "not json"])
def test_a_damaged_file_is_worked_out_again(case, tmp_path, damage):
    path = tmp_path / "cache" / kept.name_for(case.path)
    path.parent.mkdir()
    path.write_text(damage, encoding="utf-8")
    assert len(case.marks) == len(case._worked_out())
    assert len(json.loads(path.read_text(encoding="utf-8"))["code"]) == len(case.marks)


def test_a_case_of_ones_own_is_never_kept(tmp_path, monkeypatch):
    monkeypatch.setattr(kept, "cache_folder", lambda: tmp_path / "cache")
    mine = tmp_path / "mine"
    shutil.copytree(kept.CASES / "northern-ireland", mine)
    assert len(load_case(mine).marks)
    assert not (tmp_path / "cache").exists()


def test_marks_that_came_with_a_warning_are_not_kept(case, tmp_path):
    (case.path / "marks.csv").write_text(
        "article,quote,words,nth,code,verdict,by,why\nnone,No such words,,,actor:uk,add,settled,\n", encoding="utf-8"
    )
    with pytest.warns(UserWarning, match=r"do not fit|does not fit"):
        assert len(case.marks)
    assert not list((tmp_path / "cache").glob("*.json"))
