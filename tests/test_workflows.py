"""The workflows: as GitHub's published schema wants them, pinned, with no more rights than they need."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
RIGHTS = {"test.yml": {}, "site.yml": {"pages": "write", "id-token": "write"}, "release.yml": {"contents": "write"}}


def steps(workflow):
    return [step for job in yaml.safe_load(workflow.read_text("utf-8"))["jobs"].values() for step in job["steps"]]


def test_there_are_the_three():
    assert {path.name for path in WORKFLOWS} == set(RIGHTS)


def test_they_fit_the_published_schema():
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-workflows"]
    checked = subprocess.run([*command, *map(str, WORKFLOWS)], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.name)
def test_each_action_is_pinned_by_its_commit_and_says_which_version_that_is(workflow):
    used = re.findall(r"uses: *(.+)", workflow.read_text("utf-8"))
    assert used
    for each in used:
        assert re.fullmatch(r"actions/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", each)


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.name)
def test_they_may_read_and_one_job_may_do_the_one_thing_that_it_is_for(workflow):
    body = yaml.safe_load(workflow.read_text("utf-8"))
    assert body["permissions"] == {"contents": "read"}
    given = [job["permissions"] for job in body["jobs"].values() if "permissions" in job]
    assert given == ([RIGHTS[workflow.name]] if RIGHTS[workflow.name] else [])


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.name)
def test_no_step_keeps_the_token_or_puts_what_others_wrote_into_a_command(workflow):
    for step in steps(workflow):
        if "actions/checkout" in step.get("uses", ""):
            assert step["with"] == {"persist-credentials": False}
        assert "${{" not in step.get("run", "")


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.name)
def test_what_is_installed_is_known_by_its_hash(workflow):
    installs = re.findall(r"pip install .*", workflow.read_text("utf-8"))
    assert [line for line in installs if "--require-hashes" not in line and "--no-deps --editable ." not in line] == []


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.name)
def test_what_they_make_and_read_is_there(workflow):
    text = workflow.read_text("utf-8")
    makefile = (ROOT / "Makefile").read_text("utf-8")
    targets = {target for line in re.findall(r"run: make ([a-z ]+)", text) for target in line.split()}
    assert {target for target in targets if not re.search(rf"^{target}:", makefile, re.MULTILINE)} == set()
    for name in re.findall(r"locks/[\w.-]+", text):
        assert (ROOT / name).is_file()
