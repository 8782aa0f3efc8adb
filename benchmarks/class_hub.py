"""A class at once: starts the hub of ``deploy/`` here and lets learners run unit 01 together: ``python benchmarks/class_hub.py``.

Each learner logs in as a browser would, waits for a server, opens a kernel and runs every cell of the notebook over the
kernel's websocket; the last of them does so in a real browser. Reported are the times, and the memory of the whole class at
its highest. Leaves nothing behind. Needs ``make hub-setup`` (JupyterHub, and its proxy from npm).
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import psutil
import requests
import websocket

ROOT = Path(__file__).resolve().parent.parent
NOTEBOOK = "notebooks/01-background.ipynb"
PASSWORD = "a class of twenty"
PATIENCE = 300  # seconds that a step may take before it counts as failed


@dataclass
class Run:
    """How it went for one learner: seconds to a server, to a kernel, and for the notebook; and what went wrong."""

    name: str
    server: float = 0.0
    kernel: float = 0.0
    notebook: float = 0.0
    cells: list[float] = field(default_factory=list)
    trouble: str = ""


class Learner:
    """Somebody of the class, with a browser's cookies."""

    def __init__(self, hub: str, name: str) -> None:
        self.hub, self.name = hub, name
        self.session = requests.Session()
        self.server = f"{hub}/user/{name}"

    def log_in(self) -> None:
        """Log in, ask for a server and wait until it answers."""
        self.session.get(f"{self.hub}/hub/login", timeout=PATIENCE).raise_for_status()
        form = {"username": self.name, "password": PASSWORD, "_xsrf": self.token("/hub/")}
        self.session.post(f"{self.hub}/hub/login", data=form, timeout=PATIENCE).raise_for_status()
        self.session.get(f"{self.hub}/hub/spawn", timeout=PATIENCE).raise_for_status()
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            # A page, not the API: the server sends a newcomer to the hub and back to learn who it is.
            answer = self.session.get(f"{self.server}/doc", timeout=PATIENCE)
            if answer.ok and urlsplit(answer.url).path.startswith(f"/user/{self.name}/"):
                return
            time.sleep(0.5)
        raise TimeoutError(f"no server; its last answer was {answer.status_code}")

    def token(self, path: str) -> str:
        """Return the token against forged requests that the hub or the server has set."""
        tokens = {cookie.path: cookie.value for cookie in self.session.cookies if cookie.name == "_xsrf"}
        return str(tokens.get(path) or next(iter(tokens.values())))

    def new_kernel(self) -> str:
        """Start a kernel and return the address of its websocket."""
        token = self.token(f"/user/{self.name}/")
        answer = self.session.post(
            f"{self.server}/api/kernels",
            json={"name": "python3", "path": "notebooks"},
            headers={"X-XSRFToken": token},
            timeout=PATIENCE,
        )
        answer.raise_for_status()
        return f"{self.server.replace('http', 'ws', 1)}/api/kernels/{answer.json()['id']}/channels"

    def connect(self, address: str) -> websocket.WebSocket:
        """Open a kernel's websocket."""
        path = f"/user/{self.name}/"
        cookies = "; ".join(f"{each.name}={each.value}" for each in self.session.cookies if path.startswith(each.path))
        return websocket.create_connection(address, cookie=cookies, origin=self.hub, timeout=PATIENCE)


def execute(channel: websocket.WebSocket, code: str) -> str:
    """Run code in a kernel, wait until all its output is in, and return what it raised, if anything."""
    asked = uuid.uuid4().hex
    header = {"msg_id": asked, "msg_type": "execute_request", "session": asked, "username": "", "version": "5.3"}
    content = {"code": code, "silent": False, "store_history": True, "allow_stdin": False, "stop_on_error": True}
    message = {"channel": "shell", "header": header, "parent_header": {}, "metadata": {}, "content": content}
    channel.send(json.dumps(message))
    raised, left = "", {"status", "execute_reply"}
    while left:
        said = json.loads(channel.recv())
        if said["parent_header"].get("msg_id") != asked:
            continue
        if said["msg_type"] == "error":
            raised = f"{said['content']['ename']}: {said['content']['evalue']}"
        if said["msg_type"] == "execute_reply" or said["content"].get("execution_state") == "idle":
            left.discard(said["msg_type"])
    return raised


def code_cells(path: Path) -> list[str]:
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]


def study(hub: str, name: str, cells: list[str], start: threading.Barrier) -> Run:
    """Let one learner run the notebook over the websocket."""
    run = Run(name)
    start.wait()
    began = time.monotonic()
    try:
        learner = Learner(hub, name)
        learner.log_in()
        run.server = time.monotonic() - began
        with closing(learner.connect(learner.new_kernel())) as channel:
            run.trouble = execute(channel, "pass")
            run.kernel = time.monotonic() - began - run.server
            for code in cells:
                before = time.monotonic()
                run.trouble = run.trouble or execute(channel, code)
                run.cells.append(time.monotonic() - before)
            run.notebook = sum(run.cells)
    except (OSError, TimeoutError, requests.RequestException, websocket.WebSocketException, KeyError) as error:
        run.trouble = f"{type(error).__name__}: {error}"
    return run


def study_in_browser(hub: str, name: str, start: threading.Barrier) -> Run:
    """Let one learner run the notebook in a browser."""
    from playwright.sync_api import Error, sync_playwright

    sys.path.insert(0, str(ROOT / "tests" / "browser"))
    from conftest import FLAGS, PANEL, chromium

    run = Run(name)
    wait = PATIENCE * 1000
    with (
        sync_playwright() as playwright,
        closing(playwright.chromium.launch(executable_path=chromium(), args=FLAGS)) as browser,
    ):
        page = browser.new_page()
        page.set_default_timeout(wait)
        start.wait()
        began = time.monotonic()
        try:
            page.goto(f"{hub}/hub/login?next=/hub/user-redirect/doc/tree/{NOTEBOOK}")
            page.fill("#username_input", name)
            page.fill("#password_input", PASSWORD)
            page.click("#login_submit")
            page.wait_for_url(re.compile(rf"/user/{name}/"), timeout=wait)
            run.server = time.monotonic() - began
            page.wait_for_function(f"{PANEL}?.sessionContext?.session?.kernel?.status === 'idle'", timeout=wait)
            run.kernel = time.monotonic() - began - run.server
            before = time.monotonic()
            page.evaluate("() => window.jupyterapp.commands.execute('notebook:run-all-cells')")
            page.wait_for_function(f"{PANEL}.sessionContext.session.kernel.status === 'idle'", timeout=wait)
            run.notebook = time.monotonic() - before
            outputs = page.evaluate(f"() => {PANEL}.context.model.toJSON().cells.flatMap(c => c.outputs ?? [])")
            run.trouble = "; ".join(each["evalue"] for each in outputs if each["output_type"] == "error")
            shown = page.locator(".jp-OutputArea-output .parley-explorer, .jp-OutputArea-output .widget-box").count()
            if not (shown or run.trouble):
                run.trouble = "no explorer is on the page"
        except Error as error:
            run.trouble = f"{type(error).__name__}: {error}"
    return run


class Memory(threading.Thread):
    """Looks every second at the memory of the hub and all that it has started, shared pages counted once over all."""

    def __init__(self, process: int) -> None:
        super().__init__(daemon=True)
        self.root, self.highest, self.over = psutil.Process(process), 0, threading.Event()

    def run(self) -> None:
        """Look until told to stop."""
        while not self.over.wait(1):
            taken = 0
            for process in [self.root, *self.root.children(recursive=True)]:
                try:
                    taken += process.memory_full_info().pss
                except psutil.Error:
                    continue
            self.highest = max(self.highest, taken)


def free_port() -> int:
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def running_hub(folder: Path) -> Iterator[tuple[str, int]]:
    """Run the hub as ``deploy/`` has it, in a folder of its own; give its address and process."""
    port, api, config = free_port(), free_port(), folder / "config.py"
    proxy = free_port()
    config.write_text(
        f"load_subconfig({str(ROOT / 'deploy' / 'jupyterhub_config.py')!r})\n"
        f"c.JupyterHub.hub_port = {api}\n"
        f"c.ConfigurableHTTPProxy.api_url = 'http://127.0.0.1:{proxy}'\n"
        "c.Spawner.args += ['--allow-root', '--LabApp.expose_app_in_browser=True']\n"
    )
    settings = {
        "PARLEY_HUB": "trial",
        "PARLEY_HUB_PORT": str(port),
        "PARLEY_HUB_STATE": str(folder / "state"),
        "PARLEY_CLASS_PASSWORD": PASSWORD,
    }
    with (folder / "hub.log").open("w") as log:
        command = [sys.executable, "-m", "jupyterhub", "-f", str(config)]
        hub = subprocess.Popen(command, cwd=folder, env={**os.environ, **settings}, stdout=log, stderr=log)
        try:
            yield await_hub(f"http://127.0.0.1:{port}", hub, folder / "hub.log"), hub.pid
        finally:
            hub.terminate()
            try:
                hub.wait(60)
            except subprocess.TimeoutExpired:
                hub.kill()


def await_hub(address: str, hub: subprocess.Popen[bytes], log: Path) -> str:
    end = time.monotonic() + 60
    while time.monotonic() < end and hub.poll() is None:
        with suppress(requests.RequestException):
            if requests.get(f"{address}/hub/health", timeout=5).ok:
                return address
        time.sleep(0.3)
    sys.exit(f"The hub did not start. Its last words:\n{log.read_text()[-2000:]}")


def report(runs: list[Run], memory: int, took: float) -> bool:
    """Print what a class would have felt and return whether all went well."""
    good = [run for run in runs if not run.trouble]
    for what in ("server", "kernel", "notebook") if good else ():
        times = [getattr(run, what) for run in good]
        print(f"seconds to {what:<9} median {statistics.median(times):6.1f}   longest {max(times):6.1f}")
    cells = [seconds for run in good for seconds in run.cells]
    if cells:
        print(f"seconds for a cell   median {statistics.median(cells):6.2f}   longest {max(cells):6.1f}")
    print(f"memory at its highest {memory / 2**20:,.0f} MB, {memory / 2**20 / len(runs):,.0f} MB a learner")
    for run in runs:
        if run.trouble:
            print(f"  {run.name}: {run.trouble[:300]}")
    print(f"{len(good)} of {len(runs)} learners ran {NOTEBOOK} to its end, in {took:.0f} s   ", end="")
    print("ok" if len(good) == len(runs) else "NOT HELD")
    return len(good) == len(runs)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--learners", type=int, default=20)
    parser.add_argument("--no-browser", action="store_true", help="all over websockets")
    options = parser.parse_args()
    cells = code_cells(ROOT / NOTEBOOK)
    folder = Path(tempfile.mkdtemp(prefix="parley-class-"))
    start = threading.Barrier(options.learners)
    names = [f"learner-{number:02}" for number in range(1, options.learners + 1)]
    try:
        with running_hub(folder) as (hub, process), ThreadPoolExecutor(options.learners) as room:
            memory = Memory(process)
            memory.start()
            began = time.monotonic()
            on_page = [] if options.no_browser else [names.pop()]
            waiting = [room.submit(study, hub, name, cells, start) for name in names]
            waiting += [room.submit(study_in_browser, hub, name, start) for name in on_page]
            runs = [each.result() for each in waiting]
            took = time.monotonic() - began
            memory.over.set()
        well = report(runs, memory.highest, took)
        if not well:
            print((folder / "hub.log").read_text()[-3000:])
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    sys.exit(not well)


if __name__ == "__main__":
    main()
