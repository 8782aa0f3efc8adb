"""A real JupyterLab and a headless Chromium for all browser tests; nothing leaves this machine.

A test asks for ``lab``::

    def test_a_timeline_opens(lab):
        lab.write("import kit", "kit.background.Timeline(kit.load_case('ukraine'))")   # or lab.open("notebooks/…")
        lab.run_all()
        lab.output(1).get_by_role("button", name="…").click()
        assert lab.python("_1.selected") == …

When the test ends, ``lab`` has checked that no request left the machine and no script failed.
"""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import closing, suppress
from pathlib import Path
from urllib.parse import quote, urlsplit

import nbformat
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[2]
SHOTS = Path(__file__).with_name("screenshots")
TOKEN = "parley-tests"
FLAGS = [
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    *(["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []),
]
LOCAL = {"127.0.0.1", "localhost", "::1"}
SERIOUS = {"serious", "critical"}
PANEL = "window.jupyterapp?.shell?.currentWidget"


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(item.fspath).is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.browser)


class Server:
    """A JupyterLab on a free port, with a home of its own and copies of the notebooks."""

    def __init__(self, home):
        self.root = home / "work"
        self.portfolio = home / "portfolio.json"
        self.root.mkdir()
        for folder in ("notebooks", "exercises", "solutions"):
            if (ROOT / folder).is_dir():
                shutil.copytree(ROOT / folder, self.root / folder)
        with closing(socket.socket()) as free:
            free.bind(("127.0.0.1", 0))
            self.url = f"http://127.0.0.1:{free.getsockname()[1]}"
        self.log = (home / "server.log").open("w")
        self.process = subprocess.Popen(
            self._command(), cwd=self.root, env=self._environment(home), stdout=self.log, stderr=self.log
        )
        self._wait()

    def _command(self):
        return [
            *(sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root"),
            f"--ServerApp.port={urlsplit(self.url).port}",
            "--ServerApp.port_retries=0",
            "--ServerApp.ip=127.0.0.1",
            f"--ServerApp.root_dir={self.root}",
            f"--IdentityProvider.token={TOKEN}",
            "--LabApp.expose_app_in_browser=True",
        ]

    def _environment(self, home):
        from kit.screen.chart import build_bundle

        inherited = {
            key: value for key, value in os.environ.items() if not key.startswith(("JUPYTER", "PYTEST", "XDG"))
        }
        bundle = build_bundle()
        cache = bundle.parent.parent if bundle else home / "cache"
        # JupyterLab's extension as it is here, whatever was installed last.
        extensions = home / "jupyter" / "labextensions"
        extensions.mkdir(parents=True)
        (extensions / "parley").symlink_to(ROOT / "kit" / "screen" / "lab")
        return {
            **inherited,
            "HOME": str(home),
            "XDG_CACHE_HOME": str(cache),
            "IPYTHONDIR": str(home / "ipython"),
            "JUPYTER_PATH": str(home / "jupyter"),
            "PARLEY_PORTFOLIO": str(self.portfolio),
            "PARLEY_TODAY": "2026-09-01",
            "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]).rstrip(os.pathsep),
        }

    def _wait(self, seconds=60):
        end = time.monotonic() + seconds
        while time.monotonic() < end and self.process.poll() is None:
            with suppress(OSError), urllib.request.urlopen(f"{self.url}/api?token={TOKEN}", timeout=2):
                return
            time.sleep(0.1)
        self.stop()
        pytest.fail(f"JupyterLab did not start; its log is {self.log.name}")

    def stop(self):
        self.process.terminate()
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.log.close()


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    server = Server(tmp_path_factory.mktemp("lab"))
    yield server
    server.stop()


def chromium():
    """The system's Chromium, or None for Playwright's own."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return next(filter(None, map(shutil.which, names)), None)


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield browser
        browser.close()


class Lab:
    """One notebook in one page: opened, run, looked at, and asked what Python knows."""

    def __init__(self, server, browser):
        self.server = server
        self.outside, self.failures, self.dialogs = [], [], []
        self.context = browser.new_context(viewport={"width": 1280, "height": 900}, service_workers="block")
        self.context.route("**/*", self._guard)
        self.page = self._watched(self.context.new_page())

    def _guard(self, route):
        if urlsplit(route.request.url).hostname in LOCAL:
            route.continue_()
        else:
            self.outside.append(route.request.url)
            route.abort()

    def _watched(self, page):
        page.set_default_timeout(30_000)
        page.on("pageerror", lambda error: self.failures.append(str(error)))
        page.on("console", lambda message: message.type == "error" and self.failures.append(message.text))
        page.on("websocket", lambda socket: self._watch_socket(socket.url))
        page.on("dialog", self._dismiss)
        return page

    def _watch_socket(self, url):
        if urlsplit(url).hostname not in LOCAL:
            self.outside.append(url)

    def _dismiss(self, dialog):
        if dialog.type == "beforeunload":  # JupyterLab's own, of a notebook not saved
            dialog.accept()
            return
        self.dialogs.append(dialog.message)
        dialog.dismiss()

    def complaints(self):
        """All that went wrong in the page: requests to elsewhere, script errors, pop-ups."""
        return {name: found for name in ("outside", "failures", "dialogs") if (found := getattr(self, name))}

    def write(self, *cells, name="test.ipynb", files=False):
        """Make a notebook of code cells (or of cell objects) and open it, beside the list of files if asked for."""
        made = [nbformat.v4.new_code_cell(cell) if isinstance(cell, str) else cell for cell in cells]
        for i, cell in enumerate(made):
            cell["id"] = f"cell-{i}"
        # Without the name of a kernel JupyterLab asks for one.
        kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
        nbformat.write(nbformat.v4.new_notebook(cells=made, metadata=kernel), self.server.root / name)
        return self.open(name, files=files)

    def open(self, notebook, *, files=False):
        """Open a notebook, by its path under the project's root, and wait until its kernel can be used.

        With ``files`` JupyterLab shows its list of files beside it, which leaves an output some 300 px less.
        """
        view = "lab" if files else "doc"
        self.page.goto(f"{self.server.url}/{view}/tree/{quote(str(notebook))}?token={TOKEN}&reset")
        self.ready()
        return self.page

    def theme(self, name):
        """Turn the page "Light" or "Dark"."""
        self.page.evaluate(
            "async (theme) => { await window.jupyterapp.commands.execute('apputils:change-theme', { theme }); }",
            f"JupyterLab {name}",
        )
        self.page.wait_for_function(f"document.body.dataset.jpThemeLight === '{str(name == 'Light').lower()}'")

    def ready(self):
        self.page.wait_for_function(f"{PANEL}?.context?.isReady === true", timeout=60_000)
        self.page.wait_for_function(f"{PANEL}.sessionContext.isReady === true", timeout=60_000)
        self.idle()

    def idle(self, timeout=120_000):
        self.page.wait_for_function(f"{PANEL}.sessionContext.session?.kernel?.status === 'idle'", timeout=timeout)

    def run_all(self, *, may_fail=False):
        """Run all cells and return the page; a cell that raises fails the test unless it may."""
        self.page.evaluate("() => window.jupyterapp.commands.execute('notebook:run-all-cells')")
        self.idle()
        assert may_fail or self.errors() == []
        return self.page

    def run_cell(self, index):
        self.page.evaluate(
            f"async (i) => {{ const nb = {PANEL}.content; nb.activeCellIndex = i;"
            " await window.jupyterapp.commands.execute('notebook:run-cell'); }",
            index,
        )
        self.idle()

    def save(self):
        self.page.evaluate("() => window.jupyterapp.commands.execute('docmanager:save')")

    def cells(self):
        """The notebook's cells as saved."""
        return self.page.evaluate(f"() => {PANEL}.context.model.toJSON().cells")

    def outputs(self, index):
        return self.cells()[index].get("outputs", [])

    def errors(self):
        """What any cell raised, as ``name: value``."""
        outputs = [output for cell in self.cells() for output in cell.get("outputs", [])]
        return [f"{each['ename']}: {each['evalue']}" for each in outputs if each["output_type"] == "error"]

    def output(self, index=None):
        """The place on the page where a cell's output is (the last cell's, without an index)."""
        cells = self.page.locator(".jp-Notebook .jp-Cell")
        return (cells.last if index is None else cells.nth(index)).locator(".jp-OutputArea-output").first

    def python(self, expression, *, before="pass"):
        """The value of an expression in the notebook's kernel (JSON)."""
        code = f"{before}\nimport json as _json\nprint('\\x01' + _json.dumps({expression}, default=str))"
        said = self.page.evaluate(
            f"""async (code) => {{
              const future = {PANEL}.sessionContext.session.kernel.requestExecute({{code, store_history: false}});
              let said = '';
              future.onIOPub = ({{content, header}}) => {{
                if (header.msg_type === 'stream') said += content.text;
                if (header.msg_type === 'error') said += content.traceback.join('\\n');
              }};
              await future.done;
              return said;
            }}""",
            code,
        )
        assert "\x01" in said, said
        return json.loads(said.split("\x01")[1].splitlines()[0])

    def until(self, expression, expected, *, seconds=15):
        """Wait until an expression in the kernel has a value: what a click did takes a moment to arrive."""
        end = time.monotonic() + seconds
        while (value := self.python(expression)) != expected and time.monotonic() < end:
            time.sleep(0.05)
        assert value == expected

    def answer_in_view(self, index=None):
        """Whether the beginning of an explorer's answer, and of its sentences, can be seen without scrolling.

        Returns a dict: ``answer`` and ``sentence`` say how many pixels of each are in view (0: none), ``sideways`` whether
        the output is wider than its place.
        """
        explorer = self.output(index).locator(".parley-explorer").first
        return explorer.evaluate(
            """(explorer) => {
              const answer = explorer.querySelector('.parley-answer');
              // What is at a point is what is seen there, whatever scrolls or covers what.
              const seen = (element) => {
                const box = element?.getBoundingClientRect();
                if (!box) return 0;
                let pixels = 0;
                for (let y = Math.ceil(box.top); y < Math.min(box.bottom, innerHeight); y += 1) {
                  if (element.contains(document.elementFromPoint(box.left + Math.min(30, box.width / 2), y))) pixels += 1;
                }
                return pixels;
              };
              const words = answer.querySelectorAll('blockquote, summary, h3, p');
              const first = [...words].find((each) => each.checkVisibility() && each.textContent.trim());
              return { answer: seen(answer), sentence: seen(first), sideways: explorer.scrollWidth > explorer.clientWidth + 1 };
            }"""
        )

    def axe(self, impacts=SERIOUS):
        """What axe finds in the outputs, each as ``rule: element``; only what is serious by default."""
        if not self.page.locator(".jp-OutputArea-output").count():
            return []
        found = Axe().run(self.page, context=".jp-OutputArea-output").response["violations"]
        return [
            f"{each['id']}: {node['html'][:160]}"
            for each in found
            if each["impact"] in impacts
            for node in each["nodes"]
        ]

    def shots(self, name):
        """Keep a picture of the notebook at 1280 and at 800 px."""
        SHOTS.mkdir(exist_ok=True)
        for width in (1280, 800):
            self.page.set_viewport_size({"width": width, "height": 900})
            self.page.evaluate("() => document.querySelector('.jp-WindowedPanel-outer')?.scrollTo(0, 0)")
            height = self.page.evaluate("() => document.querySelector('.jp-WindowedPanel-inner')?.scrollHeight ?? 900")
            self.page.set_viewport_size({"width": width, "height": min(int(height) + 160, 5000)})
            self.page.wait_for_timeout(400)
            self.page.screenshot(path=SHOTS / f"{name}-{width}.png")
        self.page.set_viewport_size({"width": 1280, "height": 900})

    def close(self):
        with suppress(Exception):
            self.page.evaluate(f"async () => {{ await {PANEL}?.sessionContext.shutdown(); }}")
        self.context.close()


@pytest.fixture
def lab(server, browser):
    """An empty page on the running JupyterLab, with a portfolio of its own; clean when the test ends."""
    for left in server.portfolio.parent.glob(f"{server.portfolio.name}*"):
        left.unlink()
    lab = Lab(server, browser)
    yield lab
    complaints = lab.complaints()
    lab.close()
    assert complaints == {}


def built(out, *options):
    """Build a site with the fixture; skip, and say why, where it cannot be had."""
    python = ROOT / ".venv" / "site" / "bin" / "python"
    if not python.exists():
        pytest.skip(f"No site: {python.relative_to(ROOT)} is not there. `make test-site` makes it.")
    command = [str(python), str(ROOT / "tools" / "build_site.py"), "--out", str(out), *(options or ["--fixture"])]
    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True
    )
    if "NoFixtureError" in done.stderr:
        pytest.skip(f"No site: {done.stderr.strip().splitlines()[-1]}")
    assert done.returncode == 0, done.stderr[-3000:]
    return out


@pytest.fixture(scope="session")
def site_folder(tmp_path_factory):
    """The static site, built once; PARLEY_SITE names one that is there already."""
    ready = os.environ.get("PARLEY_SITE")
    return Path(ready) if ready else built(tmp_path_factory.mktemp("site") / "site")
