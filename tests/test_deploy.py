"""The class hub's files, read without a hub: what each setting gives, and what a learner finds in the folder."""

import asyncio
import importlib.util
import json
import re
import runpy
import secrets
import socket
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from types import SimpleNamespace
from urllib.error import URLError
from urllib.request import urlopen

import pytest
import yaml
from traitlets.config import Config

ROOT = Path(__file__).resolve().parent.parent
DEPLOY = ROOT / "deploy"


@pytest.fixture
def configured(monkeypatch, tmp_path):
    """Read the hub's configuration with these settings."""
    for name in (
        "PARLEY_HUB",
        "PARLEY_CLASS_PASSWORD",
        "PARLEY_INSTRUCTORS",
        "PARLEY_HUB_ADDRESS",
        "PARLEY_HUB_PORT",
        "PARLEY_TLS_KEY",
        "PARLEY_TLS_CERT",
        "PARLEY_SEATS",
        "PARLEY_SHARE",
    ):
        monkeypatch.delenv(name, raising=False)

    def read(**settings):
        for name, value in {"PARLEY_HUB_STATE": str(tmp_path / "state"), **settings}.items():
            monkeypatch.setenv(name, value)
        config = Config()
        runpy.run_path(str(DEPLOY / "jupyterhub_config.py"), {"get_config": lambda: config})
        return config

    return read


def load(name):
    """A script of deploy/ as a module."""
    spec = importlib.util.spec_from_file_location(name, DEPLOY / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def learner():
    return load("learner")


@contextmanager
def running_server(root, cwd):
    """A Jupyter server of its own with that root; gives a function that lists what lies at a path."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "jupyter_server", "--no-browser", "--allow-root", "--IdentityProvider.token=t"]
    command += [f"--ServerApp.port={port}", f"--ServerApp.root_dir={root}"]
    server = subprocess.Popen(command, cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def contents(path):
        with urlopen(f"http://127.0.0.1:{port}/api/contents/{path}?token=t") as answer:
            return json.load(answer)

    try:
        for _ in range(300):
            with suppress(URLError):
                contents("")
                break
            time.sleep(0.1)
        yield contents
    finally:
        server.terminate()
        server.wait()


def test_a_trial_answers_on_this_machine_alone_and_always_asks_for_a_password(configured, capsys):
    config = configured()
    assert config.JupyterHub.bind_url == "http://127.0.0.1:8000"
    assert config.JupyterHub.authenticator_class == "slow_password.SlowPasswordAuthenticator"
    made_up = config.SharedPasswordAuthenticator.user_password
    assert len(made_up) >= 8
    assert made_up in capsys.readouterr().err


def test_a_trial_takes_the_password_that_is_given_and_does_not_print_it(configured, capsys):
    config = configured(PARLEY_CLASS_PASSWORD="olive branch\r\n")
    assert config.SharedPasswordAuthenticator.user_password == "olive branch"
    assert "olive" not in capsys.readouterr().err


@pytest.mark.parametrize("password", ["Friedensgespräch", "мир и согласие", "short", "7 signs ", "olive\tbranch"])
def test_a_password_with_which_nobody_could_log_in_stops_the_start(configured, password):
    with pytest.raises(SystemExit, match="8 characters or more, letters, digits and signs of the English keyboard"):
        configured(PARLEY_CLASS_PASSWORD=password)


def test_a_trial_has_no_instructor_since_any_learner_could_read_the_password(configured):
    config = configured(PARLEY_INSTRUCTORS="ines, ben")
    assert "admin_users" not in config.Authenticator
    assert "admin_password" not in config.SharedPasswordAuthenticator


@pytest.mark.parametrize(
    ("address", "port", "url"),
    [("", "", "http://127.0.0.1:8000"), ("::1", "9000", "http://[::1]:9000"), ("0.0.0.0", "80", "http://0.0.0.0:80")],
)
def test_the_hub_answers_where_it_is_told_and_an_empty_address_is_none(configured, address, port, url):
    assert configured(PARLEY_HUB_ADDRESS=address, PARLEY_HUB_PORT=port).JupyterHub.bind_url == url


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"PARLEY_HUB_PORT": "70000"}, "a number from 1 to 65535"),
        ({"PARLEY_SEATS": "0"}, "a number from 1"),
        ({"PARLEY_SEATS": "many"}, "a number from 1"),
        ({"PARLEY_TLS_KEY": __file__}, "https needs two files"),
        ({"PARLEY_TLS_KEY": __file__, "PARLEY_TLS_CERT": "/no/such.pem"}, "https needs two files"),
    ],
)
def test_a_setting_that_cannot_be_meant_stops_the_start_in_words(configured, settings, told):
    with pytest.raises(SystemExit, match=told):
        configured(**settings)


def test_a_hub_that_a_network_can_reach_without_https_says_so(configured, capsys):
    configured(PARLEY_HUB_ADDRESS="0.0.0.0", PARLEY_CLASS_PASSWORD="olive branch")
    assert "anybody on this network can read the passwords" in capsys.readouterr().err
    configured(PARLEY_HUB_ADDRESS="127.0.0.1", PARLEY_CLASS_PASSWORD="olive branch")
    assert capsys.readouterr().err == ""


def test_in_a_container_servers_of_a_trial_may_run_as_root(configured, monkeypatch):
    monkeypatch.setattr("os.geteuid", lambda: 0)
    assert "--allow-root" in configured().Spawner.args
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    assert "--allow-root" not in configured().Spawner.args


def test_no_more_servers_run_than_there_are_seats(configured):
    assert configured().JupyterHub.active_server_limit == 60
    assert configured(PARLEY_SEATS="12").JupyterHub.active_server_limit == 12


def test_wrong_guesses_of_the_password_slow_the_hub_down_and_are_forgotten():
    now = [0.0]
    brake = load("slow_password").Brake(free=3, window=60, longest=30, clock=lambda: now[0])
    waits = []
    for _ in range(10):
        waits.append(brake.seconds_to_wait())
        brake.note_wrong_guess()
    assert waits == [0, 0, 0, 0, 2, 4, 8, 16, 30, 30]
    now[0] = 61
    assert brake.seconds_to_wait() == 0


def test_many_guesses_at_once_are_no_faster_than_one_by_one_and_hold_nobody_else_up(monkeypatch):
    slept, give_way = [], asyncio.sleep

    class Hub:
        async def authenticate(self, handler, data):
            return data["username"] if secrets.compare_digest(data["password"], "right") else None

    async def sleep(seconds):
        slept.append(seconds)
        await give_way(0)

    shared = SimpleNamespace(SharedPasswordAuthenticator=Hub)
    monkeypatch.setitem(sys.modules, "jupyterhub.authenticators.shared", shared)
    module = load("slow_password")
    monkeypatch.setattr(module.asyncio, "sleep", sleep)
    hub = module.SlowPasswordAuthenticator()

    def attempt(address, password):
        handler = SimpleNamespace(request=SimpleNamespace(remote_ip=address))
        return hub.authenticate(handler, {"username": "anna", "password": password})

    async def all_at_once():
        guesses = [attempt("10.0.0.1", "wrong") for _ in range(500)]
        guesses += [attempt("10.0.0.2", "right"), attempt("fd00:1:2:3::1", "wrong"), attempt("fd00:1:2:3::2", "wrong")]
        return await asyncio.gather(*guesses, return_exceptions=True)

    answers = asyncio.run(all_at_once())
    refused = [each for each in answers if isinstance(each, module.HTTPError)]
    assert len(refused) == 474
    assert {each.status_code for each in refused} == {429}
    assert answers[500] == "anna"  # another address is served at once
    assert sorted(slept)[-5:] == [2, 4, 8, 16, 30]
    asyncio.run(attempt("10.0.0.2", "right"))
    assert asyncio.run(attempt("10.0.0.3", "réght")) is None
    assert set(hub.brakes) == {"10.0.0.1", "10.0.0.3", "fd00:1:2:3"}  # one machine has many addresses of IPv6


def test_a_trial_takes_no_name_that_could_leave_the_folder_of_homes(configured):
    pattern = re.compile(configured().Authenticator.username_pattern)
    assert pattern.match("anna-2")  # the hub's own check is a match at the beginning
    wrong = ("..", "a/b", "", "Anna", "-x", "x" * 33, "a;id", "a\n", "a\nb", "a" * 300, "anna ")
    assert [name for name in wrong if pattern.match(name)] == []


def test_a_course_takes_the_accounts_of_the_machine_in_one_group(configured):
    config = configured(PARLEY_HUB="class")
    assert config.JupyterHub.authenticator_class == "pam"
    assert config.JupyterHub.spawner_class == "localprocess"
    assert config.PAMAuthenticator.allowed_groups == {"parley"}
    assert "SharedPasswordAuthenticator" not in config


def test_a_course_says_at_once_that_learners_cannot_run_its_python(configured, monkeypatch, tmp_path, capsys):
    (tmp_path / "root").mkdir(mode=0o700)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "root" / "bin" / "python"))
    configured(PARLEY_HUB="class")
    assert re.search(r"no learner's server will start, since \S+ is closed to them", capsys.readouterr().err)


def test_instructors_of_a_course_see_and_stop_servers_and_cannot_act_as_learners(configured):
    config = configured(PARLEY_HUB="class", PARLEY_INSTRUCTORS="Ines; ben")
    (role,) = config.JupyterHub.load_roles
    assert role["users"] == ["ben", "ines"]
    assert "delete:servers" in role["scopes"]
    assert not {"access:servers", "admin:servers", "admin:users"} & set(role["scopes"])
    assert "admin_users" not in config.Authenticator


def test_learners_of_a_course_are_told_of_the_shared_folder_and_those_of_a_trial_are_not(configured):
    config = configured(PARLEY_HUB="class", PARLEY_SHARE="/srv/parley-shared")
    assert config.Spawner.environment["PARLEY_SHARE"] == "/srv/parley-shared"
    assert "environment" not in configured(PARLEY_HUB="trial", PARLEY_SHARE="/srv/parley-shared").Spawner
    assert "PARLEY_SHARE" not in configured(PARLEY_HUB="class", PARLEY_SHARE="").Spawner.environment


def test_a_kind_of_hub_that_there_is_not_is_named(configured):
    with pytest.raises(SystemExit, match=r"PARLEY_HUB is 'open'.*trial or class"):
        configured(PARLEY_HUB="open")


def test_each_server_is_begun_by_the_script_that_lays_out_the_notebooks(configured):
    python, script = configured().Spawner.cmd
    assert python == sys.executable
    assert Path(script) == DEPLOY / "learner.py"
    assert (ROOT / configured().Spawner.default_url.removeprefix("/doc/tree/parley/")).is_file()


def test_a_learner_finds_notebooks_and_exercises_and_no_solutions(learner, tmp_path):
    own = learner.lay_out(ROOT, tmp_path)
    found = {path.relative_to(own).as_posix() for path in own.rglob("*") if path.is_file()}
    assert {"notebooks/00-start-here.ipynb", "exercises/06-negotiation.ipynb"} <= found
    assert not [path for path in found if "solution" in path or "instructor" in path]


def test_instructors_of_a_course_find_their_notebooks_on_the_hub_and_learners_do_not(configured, learner, tmp_path):
    config = configured(PARLEY_HUB="class", PARLEY_INSTRUCTORS="ines, ben")
    told = {
        name: config.Spawner.environment["PARLEY_INSTRUCTOR"](SimpleNamespace(user=SimpleNamespace(name=name)))
        for name in ("ines", "anna")
    }
    assert told == {"ines": "1", "anna": ""}
    own = learner.lay_out(ROOT, tmp_path, instructor=True)
    assert (own / "notebooks" / "instructor" / "class-view.ipynb").is_file()
    assert not [path for path in own.rglob("*") if "solution" in str(path.relative_to(own))]


def test_what_a_learner_has_is_not_written_over_and_what_is_missing_comes_back(learner, tmp_path):
    own = learner.lay_out(ROOT, tmp_path)
    kept, lost = own / "notebooks" / "00-start-here.ipynb", own / "notebooks" / "01-background.ipynb"
    kept.write_text("mine")
    lost.unlink()
    learner.lay_out(ROOT, tmp_path)
    assert kept.read_text() == "mine"
    assert lost.read_bytes() == (ROOT / "notebooks" / "01-background.ipynb").read_bytes()


def test_a_folder_above_that_is_called_instructor_hides_nothing(learner, tmp_path):
    project = tmp_path / "instructor" / "parley"
    (project / "notebooks" / "instructor").mkdir(parents=True)
    (project / "notebooks" / "00.ipynb").write_text("{}")
    (project / "notebooks" / "instructor" / "key.ipynb").write_text("{}")
    own = learner.lay_out(project, tmp_path / "home")
    assert [path.name for path in own.rglob("*.ipynb")] == ["00.ipynb"]


def test_a_notebook_of_no_bytes_is_repaired_and_no_half_copy_is_left(learner, tmp_path):
    own = learner.lay_out(ROOT, tmp_path)
    broken = own / "notebooks" / "01-background.ipynb"
    broken.write_bytes(b"")
    learner.lay_out(ROOT, tmp_path)
    assert broken.read_bytes() == (ROOT / "notebooks" / "01-background.ipynb").read_bytes()
    assert list(own.rglob(".*.part")) == []


def test_a_server_starts_though_the_notebooks_cannot_be_laid_out(learner, tmp_path, monkeypatch, capsys):
    (tmp_path / "parley").write_text("a note of the learner's own")
    begun = []
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("PARLEY_PORTFOLIO", "")
    monkeypatch.setattr(sys, "argv", ["learner.py", "--port=1"])
    monkeypatch.setattr(learner.os, "execv", lambda _python, server: begun.append(server))
    monkeypatch.chdir(tmp_path)
    learner.main()
    assert begun[0][-2:] == [f"--ServerApp.root_dir={tmp_path}", "--port=1"]
    assert "not all notebooks could be laid out" in capsys.readouterr().err


def test_the_values_for_kubernetes_keep_no_secret():
    text = (DEPLOY / "values.yaml").read_text(encoding="utf-8")
    assert "client_secret" not in text
    assert yaml.safe_load(text)["cull"]["enabled"]


def test_the_address_of_the_kubernetes_values_is_a_notebook_under_the_servers_root(learner, tmp_path):
    """A server is started in the image's working folder, with the root that the values give."""
    values = yaml.safe_load((DEPLOY / "values.yaml").read_text(encoding="utf-8"))
    home = tmp_path / "home" / "jovyan"
    learner.lay_out(ROOT, home)
    root = values["hub"]["config"]["KubeSpawner"]["notebook_dir"].replace("/home/jovyan", str(home))
    with running_server(root, cwd=ROOT) as contents:
        opened = values["singleuser"]["defaultUrl"].removeprefix("/doc/tree/")
        assert contents(opened)["type"] == "notebook"
        assert [entry["name"] for entry in contents("")["content"]] == ["parley"]
    script = values["singleuser"]["lifecycleHooks"]["postStart"]["exec"]["command"][1]
    assert (ROOT / script.removeprefix("/srv/parley/")).is_file()
    assert values["singleuser"]["extraEnv"]["PARLEY_PORTFOLIO"].startswith("/home/jovyan/parley/")


def test_a_voila_page_reaches_no_other_host_and_its_kernel_is_stopped_when_left():
    config = Config()
    runpy.run_path(str(DEPLOY / "voila" / "voila.py"), init_globals={"get_config": lambda: config})
    policy = config.Voila.tornado_settings["headers"]["Content-Security-Policy"]
    assert policy.startswith("default-src 'self' data: blob:;")
    assert not re.search(r"https?:|\*", policy)
    assert config.MappingKernelManager == {"cull_idle_timeout": 600, "cull_interval": 60, "cull_connected": False}


def test_one_notebook_that_cannot_be_laid_out_does_not_keep_back_the_others(learner, tmp_path):
    (tmp_path / "parley").mkdir()
    (tmp_path / "parley" / "notebooks").write_text("a file of the learner's own", encoding="utf-8")
    with pytest.raises(OSError, match="notebooks"):
        learner.lay_out(ROOT, tmp_path)
    laid_out = {path.name for path in (tmp_path / "parley" / "exercises").rglob("*.ipynb")}
    assert laid_out == {path.name for path in (ROOT / "exercises").rglob("*.ipynb") if "instructor" not in path.parts}
    assert laid_out
    assert (tmp_path / "parley" / "notebooks").read_text(encoding="utf-8") == "a file of the learner's own"
