"""The students' bundle: what is in it, what is not, and that it runs where it is unpacked."""

import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tools"))

import bundle  # noqa: E402 - beside the project's other tools

from kit.classroom.gather import read_class  # noqa: E402 - in this order by their names
from kit.learning.document import Document, Version, dump  # noqa: E402


@pytest.fixture(scope="module")
def packed(tmp_path_factory):
    target = tmp_path_factory.mktemp("dist") / "parley-students-0.zip"
    bundle.pack(ROOT, target)
    return target


def names_in(path):
    with zipfile.ZipFile(path) as opened:
        return {name.partition("/")[2] for name in opened.namelist()}


def test_a_bundle_has_every_notebook_and_exercise_and_what_installing_the_kit_needs(packed):
    wanted = {
        path.relative_to(ROOT).as_posix()
        for folder in ("notebooks", "exercises")
        for path in (ROOT / folder).glob("*.ipynb")
    }
    wanted |= {"README.md", "start.py", "pyproject.toml", "locks/lab.lock", "settings/parley.json", "LICENSE"}
    assert wanted <= names_in(packed)
    assert "kit/cases/ukraine/case.yaml" in names_in(packed)


def test_a_bundle_has_no_solutions_nothing_of_the_instructors_and_nobodys_work(packed):
    unwanted = ("solutions/", "instructor/", "my-work", "docs/", "tests/", "__pycache__")
    assert [name for name in names_in(packed) if any(each in name for each in unwanted)] == []


def test_the_same_files_give_the_same_bundle_to_the_byte(packed, tmp_path):
    again = tmp_path / packed.name
    bundle.pack(ROOT, again)
    assert again.read_bytes() == packed.read_bytes()


def test_a_notebook_of_an_unpacked_bundle_runs_with_the_bundles_own_kit(packed):
    assert bundle.smoke(packed, ("notebooks/00-start-here.ipynb",)) == []


def test_a_bundle_whose_kit_is_broken_does_not_pass_its_trial(packed, tmp_path):
    broken = tmp_path / packed.name
    with zipfile.ZipFile(packed) as whole, zipfile.ZipFile(broken, "w") as less:
        for name in whole.namelist():
            less.writestr(name, "" if name.endswith("/kit/__init__.py") else whole.read(name))
    (trouble,) = bundle.smoke(broken, ("notebooks/00-start-here.ipynb",))
    assert trouble.startswith("notebooks/00-start-here.ipynb: ")


@pytest.mark.parametrize("saved", [True, False])
def test_of_a_whole_student_folder_that_is_handed_in_only_the_portfolio_is_read(packed, tmp_path, saved):
    handed_in = tmp_path / "handed-in.zip"
    handed_in.write_bytes(packed.read_bytes())
    with zipfile.ZipFile(handed_in, "a") as archive:
        if saved:
            work = Document("anna", {"01/write": (Version("2026-06-07T12:00:00Z", "w", "words"),)})
            archive.writestr(f"{packed.stem}/my-work/portfolio.json", dump(work))
        archive.extractall(tmp_path / "unpacked")
    for source in (handed_in, tmp_path / "unpacked", tmp_path / "unpacked" / packed.stem):
        found = read_class(source)
        assert [learner.name for learner in found.learners] == ["anna"] * saved
        # A zip with nothing of use in it is said to be one.
        assert len(found.left_out) == (source == handed_in and not saved)
