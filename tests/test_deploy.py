"""The class hub's files, read without a hub: what each setting gives, and what a learner finds in the folder."""

import importlib.util
import runpy
import sys
from pathlib import Path

import pytest
import yaml
from traitlets.config import Config

ROOT = Path(__file__).resolve().parent.parent
DEPLOY = ROOT / "deploy"


@pytest.fixture
def configured(monkeypatch, tmp_path):
    """Read the hub's configuration with these settings."""
    for name in ("PARLEY_HUB", "PARLEY_CLASS_PASSWORD", "PARLEY_INSTRUCTORS", "PARLEY_HUB_ADDRESS"):
        monkeypatch.delenv(name, raising=False)

    def read(**settings):
        for name, value in {"PARLEY_HUB_STATE": str(tmp_path / "state"), **settings}.items():
            monkeypatch.setenv(name, value)
        config = Config()
        runpy.run_path(str(DEPLOY / "jupyterhub_config.py"), {"get_config": lambda: config})
        return config

    return read


@pytest.fixture
def learner():
    spec = importlib.util.spec_from_file_location("learner", DEPLOY / "learner.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_a_trial_answers_on_this_machine_alone_and_always_asks_for_a_password(configured, capsys):
    config = configured()
    assert config.JupyterHub.bind_url == "http://127.0.0.1:8000"
    assert config.JupyterHub.authenticator_class == "shared-password"
    made_up = config.SharedPasswordAuthenticator.user_password
    assert len(made_up) >= 8
    assert made_up in capsys.readouterr().err


def test_a_trial_takes_the_password_that_is_given_and_does_not_print_it(configured, capsys):
    config = configured(PARLEY_CLASS_PASSWORD="olive branch")
    assert config.SharedPasswordAuthenticator.user_password == "olive branch"
    assert "olive" not in capsys.readouterr().err


def test_instructors_of_a_trial_have_a_long_password_of_their_own(configured):
    config = configured(PARLEY_INSTRUCTORS="ines, ben")
    assert config.Authenticator.admin_users == {"ines", "ben"}
    assert len(config.SharedPasswordAuthenticator.admin_password) >= 32


def test_a_trial_takes_no_name_that_could_leave_the_folder_of_homes(configured):
    import re

    pattern = re.compile(configured().Authenticator.username_pattern)
    assert pattern.fullmatch("anna-2")
    assert not any(pattern.fullmatch(name) for name in ("..", "a/b", "", "Anna", "-x", "x" * 33))


def test_a_course_takes_the_accounts_of_the_machine_in_one_group(configured):
    config = configured(PARLEY_HUB="class")
    assert config.JupyterHub.authenticator_class == "pam"
    assert config.JupyterHub.spawner_class == "localprocess"
    assert config.PAMAuthenticator.allowed_groups == {"parley"}
    assert "SharedPasswordAuthenticator" not in config


def test_a_kind_of_hub_that_there_is_not_is_named(configured):
    with pytest.raises(SystemExit, match=r"PARLEY_HUB is 'open'.*trial or class"):
        configured(PARLEY_HUB="open")


def test_each_server_is_begun_by_the_script_that_lays_out_the_notebooks(configured):
    python, script = configured().Spawner.cmd
    assert python == sys.executable
    assert Path(script) == DEPLOY / "learner.py"
    assert (ROOT / configured().Spawner.default_url.removeprefix("/doc/tree/")).is_file()


def test_a_learner_finds_notebooks_and_exercises_and_no_solutions(learner, tmp_path):
    own = learner.lay_out(ROOT, tmp_path)
    found = {path.relative_to(own).as_posix() for path in own.rglob("*") if path.is_file()}
    assert {"notebooks/00-start-here.ipynb", "exercises/06-negotiation.ipynb"} <= found
    assert not [path for path in found if "solution" in path or "instructor" in path]


def test_what_a_learner_has_is_not_written_over_and_what_is_missing_comes_back(learner, tmp_path):
    own = learner.lay_out(ROOT, tmp_path)
    kept, lost = own / "notebooks" / "00-start-here.ipynb", own / "notebooks" / "01-background.ipynb"
    kept.write_text("mine")
    lost.unlink()
    learner.lay_out(ROOT, tmp_path)
    assert kept.read_text() == "mine"
    assert lost.read_bytes() == (ROOT / "notebooks" / "01-background.ipynb").read_bytes()


def test_the_values_for_kubernetes_open_a_notebook_that_is_there_and_keep_no_secret():
    values = yaml.safe_load((DEPLOY / "values.yaml").read_text(encoding="utf-8"))
    opened = values["singleuser"]["defaultUrl"].removeprefix("/doc/tree/parley/")
    assert (ROOT / opened).is_file()
    script = values["singleuser"]["lifecycleHooks"]["postStart"]["exec"]["command"][1]
    assert (ROOT / script.removeprefix("/srv/parley/")).is_file()
    assert values["singleuser"]["extraEnv"]["PARLEY_PORTFOLIO"].startswith("/home/jovyan/parley/")
    assert "client_secret" not in (DEPLOY / "values.yaml").read_text(encoding="utf-8")
    assert values["cull"]["enabled"]
