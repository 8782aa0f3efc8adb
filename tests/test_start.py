"""The students' start script: what it refuses before it installs, and that its environment outlives a move of the folder."""

import importlib.util
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def start(tmp_path, monkeypatch):
    """The script as it stands in an unpacked bundle, on a machine with settings for other Pythons."""
    (tmp_path / "locks").mkdir()
    (tmp_path / "locks" / "lab.lock").touch()
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    copy = tmp_path / "start.py"
    copy.write_bytes((ROOT / "tools" / "students" / "start.py").read_bytes())
    spec = importlib.util.spec_from_file_location("start", copy)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    for name in (*module.MISLEADING, "PIP_USER"):
        monkeypatch.setenv(name, "1")
    return module


@pytest.fixture
def commands(start, monkeypatch):
    """The commands that the script would run, instead of running them."""
    ran = []
    monkeypatch.setattr(
        start.venv, "create", lambda place, **how: (place.mkdir(exist_ok=True), ran.append(("venv", how)))
    )
    monkeypatch.setattr(start, "run", lambda command, hint="": ran.append(tuple(map(str, command))))
    return ran


def test_the_kit_is_installed_by_hashes_and_not_editable_so_that_the_folder_can_be_moved(start, commands):
    start.main()
    installs = [command for command in commands if "install" in command]
    assert "--require-hashes" in installs[0]
    assert installs[1][-2:] == ("--no-deps", ".")
    assert not any("--editable" in command or "-e" in command for command in installs)
    assert commands[-1][1:3] == ("-m", "jupyterlab")


def test_a_working_environment_is_not_made_again_and_a_broken_one_is(start, commands, monkeypatch):
    start.main()
    commands.clear()
    monkeypatch.setattr(start, "works", lambda python: True)
    start.main()
    assert [command[1:3] for command in commands] == [("-m", "jupyterlab")]
    monkeypatch.setattr(start, "works", lambda python: False)
    start.main()
    assert ("venv", {"with_pip": True, "clear": True}) in commands


def test_settings_for_other_pythons_and_jupyters_do_not_reach_this_one(start, commands):
    start.main()
    assert {"PYTHONPATH", "PIP_TARGET"}.isdisjoint(start.os.environ)
    assert start.os.environ["PIP_USER"] == "0"
    assert f"--ServerApp.root_dir={start.HERE}" in commands[-1]


def test_an_environment_whose_python_is_gone_does_not_work(start):
    assert not start.works(Path(sys.executable).with_name("no-such-python"))


@pytest.mark.parametrize(("version", "refused"), [((3, 10), True), ((3, 11), False), ((3, 14), False), ((3, 15), True)])
def test_a_python_that_it_is_not_made_for_is_told_with_the_remedy_before_anything_is_installed(
    start, commands, monkeypatch, capsys, version, refused
):
    monkeypatch.setattr(start.sys, "version_info", (*version, 0))
    if not refused:
        start.main()
        assert commands[-1][1:3] == ("-m", "jupyterlab")
        return
    with pytest.raises(SystemExit):
        start.main()
    assert commands == []
    told = capsys.readouterr().err
    assert "made for Python 3.11 to 3.14" in told
    assert told.endswith("start with it: python3.14 start.py\n")
    # An environment that was made before goes on.
    start.READY.parent.mkdir()
    start.READY.touch()
    monkeypatch.setattr(start, "works", lambda python: True)
    start.main()
    assert [command[1:3] for command in commands] == [("-m", "jupyterlab")]


@pytest.mark.parametrize("page", ["README.md", "deploy/README.md", "tools/students/README.md"])
def test_each_page_names_the_pythons_of_the_project(page):
    said = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["requires-python"]
    first, end = re.fullmatch(r">=3\.(\d+),<3\.(\d+)", said).groups()
    named = re.findall(r"Python 3\.\d.*?(?=[,;])", (ROOT / page).read_text("utf-8"))
    assert named == [f"Python 3.{first} to 3.{int(end) - 1}"]


@pytest.mark.parametrize(
    ("trouble", "told"),
    [
        (subprocess.CalledProcessError(1, ["ensurepip"]), "sudo apt install python3-venv"),
        (PermissionError(13, "Permission denied"), "Close what is open from this folder"),
        (ValueError("Unable to create directory"), "Unable to create directory"),
    ],
)
def test_an_environment_that_cannot_be_made_is_told_in_words(start, monkeypatch, capsys, trouble, told):
    def create(*_, **__):
        raise trouble

    monkeypatch.setattr(start.venv, "create", create)
    with pytest.raises(SystemExit):
        start.main()
    assert told in capsys.readouterr().err


def test_closing_jupyterlab_by_ctrl_c_shows_no_traceback(start, commands, monkeypatch):
    monkeypatch.setattr(start, "run", lambda *_, **__: (_ for _ in ()).throw(KeyboardInterrupt))
    start.main()
    assert commands == [("venv", {"with_pip": True, "clear": False})]


def test_a_start_from_within_the_zip_is_told_to_unpack_it(start, capsys):
    (start.HERE / "locks" / "lab.lock").unlink()
    with pytest.raises(SystemExit):
        start.main()
    assert "Unpack the whole zip" in capsys.readouterr().err


def test_a_path_that_windows_would_refuse_is_named_before_anything_is_installed(start, monkeypatch, capsys):
    monkeypatch.setattr(start, "WINDOWS", True)
    deep = start.HERE / ("a" * 100)
    (start.HERE / "locks").rename((deep.mkdir(), deep / "locks")[1])
    monkeypatch.setattr(start, "HERE", deep)
    with pytest.raises(SystemExit):
        start.refuse_what_cannot_work()
    assert "too long for Windows" in capsys.readouterr().err


def test_a_window_that_would_close_by_itself_waits_to_be_read(start, monkeypatch):
    asked = []
    monkeypatch.setattr(start, "WINDOWS", True)
    monkeypatch.setattr(start.sys, "stdin", type("Terminal", (), {"isatty": lambda self: True})())
    monkeypatch.setattr("builtins.input", asked.append)
    with pytest.raises(SystemExit):
        start.stop("It failed.")
    assert asked == ["Press Enter to close this window. "]


@pytest.mark.parametrize(
    ("system", "machine", "told"), [("Darwin", "x86_64", True), ("Windows", "ARM64", True), ("Linux", "x86_64", False)]
)
def test_machines_without_ready_made_packages_are_told_of_the_browser(start, monkeypatch, system, machine, told):
    monkeypatch.setattr(start.platform, "system", lambda: system)
    monkeypatch.setattr(start.platform, "machine", lambda: machine)
    assert bool(start.hint_without_wheels()) is told
