"""Exercises are derived from solutions, the same bytes each time, and run unsolved."""

import argparse
import json
import os
from pathlib import Path

import nbformat
import pytest

import kit
from kit.authoring import exercises
from kit.authoring.exercises import derive, derived, drift, strip
from kit.errors import KitError

ROOT = Path(kit.__file__).parents[1]

SOLVED = """answer = None
### BEGIN SOLUTION
answer = 14000
### END SOLUTION
kit.check("01-t1", answer)
### BEGIN HIDDEN TESTS
assert answer > 0
### END HIDDEN TESTS"""
TEXT = """Say why.

=== BEGIN MARK SCHEME ===
Because it hurts.
=== END MARK SCHEME ==="""


def code(source, *tags):
    return nbformat.v4.new_code_cell(
        source,
        metadata={"tags": list(tags)} if tags else {},
        execution_count=7,
        outputs=[nbformat.v4.new_output("stream", text="x")],
    )


def text(source):
    return nbformat.v4.new_markdown_cell(source)


def house(tmp_path, *cells, name="01.ipynb"):
    (tmp_path / "solutions").mkdir(exist_ok=True)
    nbformat.write(nbformat.v4.new_notebook(cells=list(cells)), tmp_path / "solutions" / name)
    return tmp_path


def run(folder, check=False):
    return exercises.run(argparse.Namespace(folder=folder, check=check))


def test_an_answer_becomes_a_stub_and_hidden_tests_go():
    assert strip(SOLVED) == 'answer = None\n# your answer here\nkit.check("01-t1", answer)'


def test_where_controls_take_the_answer_the_learner_is_sent_to_them():
    source = 'task = Answer(case, "01-t1")\n### BEGIN SOLUTION\ntask.answer = [\n    "one",\n]\n### END SOLUTION\ntask'
    assert strip(source) == 'task = Answer(case, "01-t1")\n# answer with the controls\ntask'


def test_a_stub_stands_where_the_answer_stood():
    source = "def f(x):\n    y = None\n    ### BEGIN SOLUTION\n    y = x\n    ### END SOLUTION\n    return y"
    assert strip(source) == "def f(x):\n    y = None\n    # your answer here\n    return y"


def test_a_mark_scheme_goes_and_an_answer_in_text_becomes_a_stub():
    assert strip(TEXT, "markdown") == "Say why."
    assert strip("### BEGIN SOLUTION\nx\n### END SOLUTION", "markdown") == "*Your answer here.*"


@pytest.mark.parametrize(
    ("source", "problem"),
    [
        ("### BEGIN SOLUTION\nx = 1", "'### END SOLUTION' is missing"),
        ("x = 1\n### END SOLUTION", "out of place"),
        ("### BEGIN SOLUTION\n### BEGIN SOLUTION\n### END SOLUTION", "out of place"),
        ("### BEGIN SOLUTION\nx\n### END HIDDEN TESTS", "out of place"),
        ("x = 1 ### BEGIN SOLUTION\n### END SOLUTION", "out of place"),
        ("## begin solution\nx\n### END SOLUTION", "out of place"),
        ("=== BEGIN MARK SCHEME ===\nx", "is missing"),
        ("print('BEGIN SOLUTION')", "out of place"),
    ],
)
def test_a_stray_marker_is_an_error_that_names_notebook_and_cell(source, problem):
    notebook = nbformat.v4.new_notebook(cells=[text("# Title"), code(source)])
    with pytest.raises(KitError, match=problem) as caught:
        derive(notebook, "solutions/01.ipynb")
    assert caught.value.where == "solutions/01.ipynb, cell 2"


def test_a_cell_that_would_not_be_python_without_its_answer_is_an_error():
    notebook = nbformat.v4.new_notebook(
        cells=[code("def f(x):\n    ### BEGIN SOLUTION\n    return x\n    ### END SOLUTION")]
    )
    with pytest.raises(KitError, match="not Python"):
        derive(notebook, "01.ipynb")


def test_the_exercise_has_no_outputs_counts_or_cells_for_solutions_alone(tmp_path):
    (made,) = derived(
        house(tmp_path, text("# T"), code("scratch()", "solution-only"), code(SOLVED), text(TEXT.partition("\n\n")[2]))
    ).values()
    notebook = nbformat.reads(made, as_version=4)
    nbformat.validate(notebook)
    assert [cell.source for cell in notebook.cells] == ["# T", strip(SOLVED)]
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
    folder = house(tmp_path, text("# T"), code(SOLVED))
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
    folder = house(tmp_path, text("# T"), code(SOLVED))
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
    names = [str(path.relative_to(folder)) for path in derived(folder)]
    assert names == ["exercises/01.ipynb", "exercises/northern-ireland/00.ipynb"]


def test_a_folder_without_solutions_and_a_file_that_is_no_notebook_are_named(tmp_path):
    with pytest.raises(KitError, match="no solutions"):
        derived(tmp_path)
    (house(tmp_path, code("x")) / "solutions" / "02.ipynb").write_text("[1]")
    with pytest.raises(KitError, match=r"02\.ipynb: it is not a notebook"):
        derived(tmp_path)


def test_the_arguments_are_a_folder_and_whether_to_check():
    parser = argparse.ArgumentParser()
    exercises.add_arguments(parser)
    assert vars(parser.parse_args(["--check"])) == {"check": True, "folder": Path()}


# --- the project's own


def test_the_projects_exercises_are_what_its_solutions_give():
    assert drift(ROOT) == []


@pytest.mark.parametrize("path", sorted((ROOT / "exercises").rglob("*.ipynb")), ids=lambda path: path.stem)
def test_an_exercise_runs_from_top_to_bottom_unsolved(path):
    names = {}
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type == "code":
            exec(compile(cell.source, f"{path.name} {cell.id}", "exec"), names)
