"""The kit's unit tests under Pyodide, in Node: what 32 bits, one thread and a small stack would break."""

import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from conftest import ROOT
from test_site import whole

PEERS = (
    "pytest",
    "_pytest",
    "py",
    "pluggy",
    "iniconfig",
    "hypothesis",
    "_hypothesis_globals",
    "sortedcontainers",
    "attr",
    "attrs",
    "pygments",  # the site's own has few lexers
    "filelock",  # these are imported by tests, and never by what runs in a page
    "nbformat",
    "fastjsonschema",
    "jupyter_core",
)
FILES = {
    "models": ("agreement", "bargaining", "commitment", "cross_impact", "forecast", "graph_model", "trust"),
    "reading": ("articles", "codebook", "annotate", "inherit", "corrections"),
    "case": ("case", "cases", "marks_cache", "evidence", "data_files"),
    "learning": ("portfolio", "slip", "quiz", "progress", "check_answers", "write", "runtime"),
}
# What a page has not, and so cannot be tested there. Each is tested on the machine itself.
LEFT_OUT = {
    "processes of their own": ("kill", "killed", "import_is_light", "writers", "many_sessions", "another_process"),
    "locks": ("holding", "another_holds", "lock"),
    "the machine and Binder, which a page is not": ("on_a_machine", "binder"),
    "links, rights and full disks": ("link", "read_only", "full", "rights", "mode", "private", "folder_that_cannot"),
    "time limits that Pyodide, five times slower, cannot hold": ("deadline", "fast", "linear", "worst_case", "million"),
    "the old pandas of the tests, which calls columns of text object": ("dtype", "types", "no_marks_are_a_table"),
    "YAML's reader without its compiled part, which counts lines and depth otherwise": (
        "broken_front_matter",
        "no_codebook_is",
    ),
    "the libraries that read web pages": ("html", "charset", "page"),
    "a case that lacks a part opens all explorers, nine minutes for eleven parts: one part stands for all": (
        "(lacks_a_part and not relations)",
    ),
}


@pytest.fixture(scope="module")
def peers(tmp_path_factory):
    """Copies of what runs the tests; all of it is plain Python."""
    import site_fixture  # beside the site's other tools, where test_site has made it importable

    folder = tmp_path_factory.mktemp("peers")
    for name in PEERS:
        home = Path(__import__("importlib").import_module(name).__file__)
        if home.name == "__init__.py":
            shutil.copytree(home.parent, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(home, folder)
    (about,) = Path(__import__("nbformat").__file__).parents[1].glob("nbformat-*.dist-info")
    shutil.copytree(about, folder / about.name)  # it asks for its own version
    # Its newest versions have a compiled part, so the fixture brings an older one.
    (wheel,) = (site_fixture.fixture() / "wheels").glob("hypothesis-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def in_node(site_folder, peers, *asked):
    """Run pytest under the site's Pyodide in Node, and return what it said if it failed."""
    if not shutil.which("node"):
        pytest.skip("Node is not installed")
    command = ["node", str(Path(__file__).with_name("in_node.mjs")), str(site_folder), str(ROOT), str(peers), *asked]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=1800)
    return done.stdout[-6000:] + done.stderr[-2000:] if done.returncode else ""


@whole
@pytest.mark.parametrize("room", FILES)
def test_the_tests_of_a_room_pass_in_a_page(room, site_folder, peers):
    files = [f"tests/test_{name}.py" for name in FILES[room]]
    words = " or ".join(word for words in LEFT_OUT.values() for word in words)
    said = in_node(site_folder, peers, *files, "-k", f"not ({words})")
    assert not said, said


@whole
def test_marks_and_charts_are_those_of_the_machine(site_folder, peers):
    script = shutil.copy(Path(__file__).with_name("same_as_native.py"), peers)
    machine = subprocess.run(
        [sys.executable, script], cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, check=True
    )
    (peers / "native.json").write_bytes(machine.stdout)
    assert len(json.loads(machine.stdout)) > 15
    said = in_node(site_folder, peers, "/peers/same_as_native.py", "-c", "/here/pyproject.toml")
    assert not said, said
