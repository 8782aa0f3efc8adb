"""Exercises are derived from solutions, the same bytes each time, and run unsolved."""

import argparse
import json
import os
from pathlib import Path

import nbformat
import pytest

import kit
from kit.authoring import exercises
from kit.authoring.exercises import derive, derive_text, find_drift
from kit.errors import KitError

ROOT = Path(kit.__file__).parents[1]

STARTER = 'answer = None\n# your answer here\nkit.check("01-t1", answer)'
SOLVED = 'answer = None\nanswer = 14000\nkit.check("01-t1", answer)'


def code(source, *tags):
    return nbformat.v4.new_code_cell(
        source,
        metadata={"tags": list(tags)} if tags else {},
        execution_count=7,
        outputs=[nbformat.v4.new_output("stream", text="x")],
    )


def text(source, *tags):
    return nbformat.v4.new_markdown_cell(source, metadata={"tags": list(tags)} if tags else {})


def solved():
    cell = code(SOLVED, "answer")
    cell.metadata["parley"] = {"starter": STARTER}
    return cell


def house(tmp_path, *cells, name="01.ipynb"):
    (tmp_path / "solutions").mkdir(exist_ok=True)
    nbformat.write(nbformat.v4.new_notebook(cells=list(cells)), tmp_path / "solutions" / name)
    return tmp_path


def run(folder, check=False, nbgrader=None):
    return exercises.run(argparse.Namespace(folder=folder, check=check, nbgrader=nbgrader, force=False))


@pytest.mark.parametrize("source", ["### BEGIN SOLUTION\nx = 1", "=== END MARK SCHEME ===", "## begin solution"])
def test_a_marker_of_the_first_release_is_an_error_that_names_notebook_and_cell(source):
    notebook = nbformat.v4.new_notebook(cells=[text("# Title"), code(source)])
    with pytest.raises(KitError, match="marks an answer by lines") as caught:
        derive(notebook, "solutions/01.ipynb")
    assert caught.value.where == "solutions/01.ipynb, cell 2"


def test_a_starter_that_is_not_python_is_an_error():
    cell = solved()
    cell.metadata["parley"] = {"starter": "def f(x):"}
    with pytest.raises(KitError, match="not Python"):
        derive(nbformat.v4.new_notebook(cells=[cell]), "01.ipynb")


def test_nbgrader_gets_its_markers_around_what_a_learner_does_not_see(tmp_path):
    folder = house(tmp_path, text("# T"), solved(), text("Because it hurts.", "answer"))
    assert run(folder, nbgrader=tmp_path / "out") == 0
    made = nbformat.read(tmp_path / "out" / "01.ipynb", as_version=4)
    assert made.cells[1].source == (
        'answer = None\n### BEGIN SOLUTION\nanswer = 14000\n### END SOLUTION\nkit.check("01-t1", answer)'
    )
    assert made.cells[2].source == "### BEGIN SOLUTION\nBecause it hurts.\n### END SOLUTION"
    assert made.cells[1].metadata["nbgrader"]["solution"] is True
    assert not (folder / "exercises").exists()


def test_the_exercise_has_no_outputs_counts_or_cells_for_solutions_alone(tmp_path):
    (made,) = derive_text(
        house(tmp_path, text("# T"), code("scratch()", "answer"), solved(), text("Because it hurts.", "answer"))
    ).values()
    notebook = nbformat.reads(made, as_version=4)
    nbformat.validate(notebook)
    assert [cell.source for cell in notebook.cells] == ["# T", STARTER]
    assert notebook.cells[1].outputs == []
    assert notebook.cells[1].execution_count is None
    assert "14000" not in made
    assert "hurts" not in made


def test_tags_stay_and_other_metadata_goes():
    cell = code("x = 1", "hide-me")
    cell.metadata["nbgrader"] = {"grade": True}
    made = derive(nbformat.v4.new_notebook(cells=[cell], metadata={"widgets": {"big": 1}}), "01.ipynb")
    assert made.cells[0].metadata == {"tags": ["hide-me"]}
    assert set(made.metadata) == {"kernelspec", "language_info"}


def test_magics_are_let_be():
    assert derive(nbformat.v4.new_notebook(cells=[code("%matplotlib inline\nx = 1")]), "01.ipynb").cells


def test_deriving_twice_gives_the_same_bytes(tmp_path):
    folder = house(tmp_path, text("# T"), solved())
    assert run(folder) == 0
    first = (folder / "exercises" / "01.ipynb").read_bytes()
    cells = json.loads((folder / "solutions" / "01.ipynb").read_text("utf-8"))
    for number, cell in enumerate(cells["cells"]):
        cell["id"] = f"other-{number}"
    (folder / "solutions" / "01.ipynb").write_text(json.dumps(cells), "utf-8")
    os.utime(folder / "solutions" / "01.ipynb")
    assert run(folder) == 0
    assert (folder / "exercises" / "01.ipynb").read_bytes() == first


def test_drift_is_named_and_changes_nothing(tmp_path, capsys):
    folder = house(tmp_path, text("# T"), solved())
    assert run(folder, check=True) == 1
    assert "01.ipynb is missing" in capsys.readouterr().err
    run(folder)
    assert run(folder, check=True) == 0
    path = folder / "exercises" / "01.ipynb"
    path.write_text(path.read_text("utf-8").replace("# T", "# edited"), "utf-8")
    (folder / "exercises" / "old.ipynb").write_text("{}")
    assert run(folder, check=True) == 1
    told = capsys.readouterr().err
    assert "01.ipynb is not what its solution gives" in told
    assert "old.ipynb has no solution" in told
    assert "# edited" in path.read_text("utf-8")


def test_notebooks_of_other_cases_and_checkpoints_are_told_apart(tmp_path):
    folder = house(tmp_path, code("x = 1"))
    for inner in ("northern-ireland", ".ipynb_checkpoints"):
        (folder / "solutions" / inner).mkdir()
        (folder / "solutions" / inner / "00.ipynb").write_bytes((folder / "solutions" / "01.ipynb").read_bytes())
    names = [str(path.relative_to(folder)) for path in derive_text(folder)]
    assert names == ["exercises/01.ipynb", "exercises/northern-ireland/00.ipynb"]


def test_a_folder_without_solutions_and_a_file_that_is_no_notebook_are_named(tmp_path):
    with pytest.raises(KitError, match="no solutions"):
        derive_text(tmp_path)
    (house(tmp_path, code("x")) / "solutions" / "02.ipynb").write_text("[1]")
    with pytest.raises(KitError, match=r"02\.ipynb: it is not a notebook"):
        derive_text(tmp_path)


def test_the_arguments_are_a_folder_and_whether_to_check():
    parser = argparse.ArgumentParser()
    exercises.add_arguments(parser)
    assert vars(parser.parse_args(["--check"])) == {"check": True, "folder": Path(), "nbgrader": None, "force": False}


# --- the project's own


def test_the_projects_exercises_are_what_its_solutions_give():
    assert find_drift(ROOT) == []


@pytest.mark.parametrize("path", sorted((ROOT / "exercises").rglob("*.ipynb")), ids=lambda path: path.stem)
def test_an_exercise_runs_from_top_to_bottom_unsolved(path):
    names = {}
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type == "code":
            exec(compile(cell.source, f"{path.name} {cell.id}", "exec"), names)
