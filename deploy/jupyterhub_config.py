"""JupyterHub for one class on one machine: ``make hub``, or ``jupyterhub -f deploy/jupyterhub_config.py``.

Settings come from the environment, so that this file need not be edited; README.md beside it explains each:

``PARLEY_HUB``
    ``trial`` (any name and one class password; no walls between learners) or ``class`` (accounts of this machine).
``PARLEY_HUB_ADDRESS``, ``PARLEY_HUB_PORT``
    Where it answers: this machine alone (127.0.0.1) and 8000, unless said.
``PARLEY_HUB_STATE``
    Folder for the hub's own files and, in a trial, the learners' work: ``deploy/state`` unless said.
``PARLEY_CLASS_PASSWORD``
    For a trial: 8 characters or more of the English keyboard. One that is not given is made up and printed at the start.
``PARLEY_INSTRUCTORS``
    For a course: names, with commas between them, of those who see all servers and can stop them.
``PARLEY_SHARE``
    For a course: a folder in which learners who agree leave a copy of their answers for the instructors.
``PARLEY_SEATS``
    How many servers may run at once: 60 unless said.
``PARLEY_TLS_KEY``, ``PARLEY_TLS_CERT``
    Files for https.
"""

import os
import re
import secrets
import sys
from pathlib import Path

c = get_config()  # noqa: F821 - JupyterHub gives it

DEPLOY = Path(__file__).resolve().parent


def setting(name: str, unless_said: str = "") -> str:
    """Return what the environment says. An empty value says nothing: for an address it would mean all networks."""
    return os.environ.get(f"PARLEY_{name}", "").strip() or unless_said


def number_of(name: str, unless_said: str, most: int) -> int:
    """Return a setting that is a number from 1 on; 0 would lift the limit that the hub has."""
    given = setting(name, unless_said)
    if not (given.isascii() and given.isdigit() and 1 <= int(given[:9]) <= most):
        wrong = f"PARLEY_{name} is '{given}'. It may be a number from 1 to {most}."
        raise SystemExit(wrong)
    return int(given)


STATE = Path(setting("HUB_STATE") or DEPLOY / "state").resolve()
MODE = setting("HUB", "trial")
ADDRESS = setting("HUB_ADDRESS", "127.0.0.1")
PORT = number_of("HUB_PORT", "8000", 65535)
SEATS = number_of("SEATS", "60", 10_000)
KEY, CERTIFICATE = setting("TLS_KEY"), setting("TLS_CERT")
# The hub makes small letters of every name that logs in.
INSTRUCTORS = sorted(set(re.split(r"[,;\s]+", setting("INSTRUCTORS").lower())) - {""})


def class_password() -> str:
    """The password that the environment gives, or a new one, printed.

    The hub compares passwords as ASCII: with any other letter every login would end in an error.
    """
    given = setting("CLASS_PASSWORD")  # without a line's end that came along from a file: nobody could type it
    if not given:
        given = secrets.token_urlsafe(9)
        print(f"Parley: the class password of this trial is {given}", file=sys.stderr)
    if not (given.isascii() and given.isprintable()) or len(given) < 8:
        wrong = (
            "PARLEY_CLASS_PASSWORD needs 8 characters or more, letters, digits and signs of the English keyboard only."
        )
        raise SystemExit(wrong)
    return given


def closed_folder(*paths: Path) -> Path | None:
    """Return the first folder on the way to one of these that only its owner may enter."""
    return next((folder for path in paths for folder in path.parents[::-1] if not folder.stat().st_mode & 0o001), None)


if ADDRESS not in {"127.0.0.1", "::1", "localhost"} and not CERTIFICATE:
    print(
        "Parley: without https anybody on this network can read the passwords; see deploy/README.md.", file=sys.stderr
    )

if (KEY or CERTIFICATE) and not (Path(KEY).is_file() and Path(CERTIFICATE).is_file()):
    # With one of them alone the hub would start all the same, without https or with one that fails.
    wrong = f"https needs two files: PARLEY_TLS_KEY is '{KEY}', PARLEY_TLS_CERT is '{CERTIFICATE}'."
    raise SystemExit(wrong)

STATE.mkdir(parents=True, exist_ok=True, mode=0o700)
c.JupyterHub.bind_url = f"{'https' if CERTIFICATE else 'http'}://{f'[{ADDRESS}]' if ':' in ADDRESS else ADDRESS}:{PORT}"
c.JupyterHub.ssl_key, c.JupyterHub.ssl_cert = KEY, CERTIFICATE
c.JupyterHub.db_url = f"sqlite:///{STATE / 'hub.sqlite'}"
c.JupyterHub.cookie_secret_file = str(STATE / "cookie-secret")
c.ConfigurableHTTPProxy.pid_file = str(STATE / "proxy.pid")
own_proxy = DEPLOY / "node_modules" / ".bin" / "configurable-http-proxy"
c.ConfigurableHTTPProxy.command = [str(own_proxy) if own_proxy.exists() else "configurable-http-proxy"]

# A class arrives all at once. Beyond this limit the hub does not let people wait, it turns them away ("try again in 40
# seconds"); a slow start for all is better than that.
c.JupyterHub.concurrent_spawn_limit = 100
c.JupyterHub.active_server_limit = SEATS
c.Spawner.start_timeout = 180
c.Spawner.http_timeout = 120

# Each server is begun by learner.py, which lays out the notebooks and then becomes the server.
c.Spawner.cmd = [sys.executable, str(DEPLOY / "learner.py")]
c.Spawner.default_url = "/doc/tree/parley/notebooks/00-start-here.ipynb"
c.Spawner.args = [
    "--MappingKernelManager.cull_idle_timeout=3600",  # seconds; a kernel left alone gives its memory back
    "--MappingKernelManager.cull_interval=300",
    "--ServerApp.shutdown_no_activity_timeout=7200",
]

if MODE == "trial":
    # Everybody here is the same user of the machine, so an instructor's password could be read by any learner: there is none.
    sys.path.insert(0, str(DEPLOY))
    c.JupyterHub.authenticator_class = "slow_password.SlowPasswordAuthenticator"
    c.JupyterHub.spawner_class = "simple"
    c.SharedPasswordAuthenticator.user_password = class_password()
    # Names become folders: letters, digits, hyphens. The hub's check ends where the pattern does, so the pattern says "the end".
    c.Authenticator.username_pattern = r"[a-z0-9][a-z0-9-]{0,31}\Z"
    c.Authenticator.allow_all = True
    c.SimpleLocalProcessSpawner.home_dir_template = str(STATE / "homes" / "{username}")
    if os.geteuid() == 0:
        # In a container one is root, and Jupyter wants to be told that this is meant; else no server would ever start.
        c.Spawner.args = [*c.Spawner.args, "--allow-root"]
elif MODE == "class":
    if closed := closed_folder(DEPLOY, Path(sys.executable), Path(sys.executable).resolve()):
        print(
            f"Parley: no learner's server will start, since {closed} is closed to them. Keep the project and its Python "
            "where all may read them; make PYTHON=/usr/bin/python3 hub-setup takes another Python.",
            file=sys.stderr,
        )
    c.JupyterHub.authenticator_class = "pam"
    c.JupyterHub.spawner_class = "localprocess"
    c.PAMAuthenticator.allowed_groups = {setting("GROUP", "parley")}
    c.Spawner.environment = {"PARLEY_INSTRUCTOR": lambda spawner: "1" if spawner.user.name in INSTRUCTORS else ""}
    if share := setting("SHARE"):
        c.Spawner.environment["PARLEY_SHARE"] = share
    # The hub's own "admin" could open a learner's server and act there. Instructors see who is there and stop servers.
    scopes = ["admin-ui", "list:users", "read:users", "read:servers", "delete:servers"]
    c.JupyterHub.load_roles = [{"name": "instructor", "scopes": scopes, "users": INSTRUCTORS}]
else:
    wrong = f"PARLEY_HUB is '{MODE}'. It may be trial or class; see deploy/README.md."
    raise SystemExit(wrong)
