"""The static site in a real browser: served from a sub-path, with every request that leaves this machine refused.

It runs on an old Pyodide from the package index (``deploy/site/fixture.txt``). Two notebooks are opened here; all of them
and the rest with ``make test-site``.
"""

import hashlib
import json
import re
import shutil
import sys
import zipfile
from pathlib import Path
from types import SimpleNamespace

import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import FLAGS, PANEL, ROOT, built, chromium
from firefox import Firefox, installed, visible
from playwright.sync_api import sync_playwright
from site_page import ALONE, ELSEWHERE, SitePage

sys.path.insert(0, str(ROOT / "tools"))
import site_fixture
import site_wheels
from site_serve import SiteServer  # the server that `make site-serve` starts, too

whole = pytest.mark.whole  # left to `make test-site`
BAR = ".parley-bar"
NAMES = sorted(path.stem for path in (ROOT / "notebooks").glob("*.ipynb"))
PATHS = [f"{folder}/{name}.ipynb" for folder in ("notebooks", "exercises") for name in NAMES]
SHORT = ("notebooks/00-start-here.ipynb", "notebooks/01-background.ipynb")


@pytest.fixture(scope="module")
def site(site_folder):
    server = SiteServer(site_folder)
    yield server
    server.stop()


@pytest.fixture(scope="module")
def playwright():
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="module")
def alone(playwright):
    browser = playwright.chromium.launch(executable_path=chromium(), args=[*FLAGS, ALONE])
    yield browser
    browser.close()


def visit(site, browser, **context):
    made = browser.new_context(viewport={"width": 1280, "height": 900}, accept_downloads=True, **context)
    return SitePage(site, context=made)


@pytest.fixture
def page(site, alone):
    """A page of the site in a browser of its own; clean when the test ends."""
    page = visit(site, alone)
    yield page
    complaints = page.complaints()
    page.context.close()
    assert complaints == {}


# --- the start page


def test_the_start_page_leads_to_every_unit(site, page):
    page.page.goto(f"{site.url}/")
    links = page.page.eval_on_selector_all("a[href]", "all => all.map(each => each.href)")
    paths = {link.split("path=")[1].split("&")[0] for link in links if "path=" in link}
    assert paths == {path.replace("/", "/") for path in PATHS}
    pictures = page.page.eval_on_selector_all(".card img", "all => all.map(each => each.naturalWidth || each.loading)")
    assert all(pictures)
    assert Axe().run(page.page).response["violations"] == []


def names_in(folder):
    """The names of all files of a site, with what is inside the project's own wheels and zips."""
    for path in folder.rglob("*"):
        yield path.relative_to(folder).as_posix()
        if path.suffix in {".whl", ".zip"} and path.name.startswith("parley"):
            with zipfile.ZipFile(path) as packed:
                yield from (f"{path.name}/{name}" for name in packed.namelist())


def test_the_students_site_holds_nothing_that_is_for_instructors(site):
    unwanted = re.compile(
        r"solutions?/|instructor|kit/(authoring|classroom)/|sample|-pack|my-work|docs/|tests?/test_", re.I
    )
    names = list(names_in(Path(site.folder)))
    assert any(name.endswith("kit/cases/ukraine/case.yaml") for name in names)
    assert [name for name in names if unwanted.search(name)] == []


# --- a notebook


@pytest.mark.parametrize("path", [pytest.param(path, marks=() if path in SHORT else whole) for path in PATHS])
def test_a_notebook_can_be_read_at_once_and_runs_in_the_page(page, path):
    page.begin(path)
    assert page.page.locator(".jp-MarkdownOutput h1").first.inner_text()
    assert "Python is starting in your browser" in page.page.locator(BAR).inner_text()
    page.ready()
    page.page.locator(BAR).get_by_role("button", name="Run all").click()
    page.page.locator(BAR).wait_for(state="hidden", timeout=400_000)
    assert page.errors() == []


@whole
def test_answers_are_there_again_after_a_reload_and_in_another_notebook(page):
    page.open(SHORT[0])
    save = "import kit; from kit.learning.portfolio import portfolio; store = portfolio(kit.load_case('ukraine'))"
    for number in range(5):
        assert page.python(f"store.save('01/write', 'Take {number}')", before=save if number == 0 else "pass")
    assert page.python("store.file.status") == "saved"
    page.page.reload()
    page.ready()
    assert page.python("store.read('01/write')", before=save) == "Take 4"
    page.open(SHORT[1])
    assert page.python("store.read('01/write')", before=save) == "Take 4"
    assert page.python("kit.screen.runtime.warning()", before="import kit.screen.runtime").startswith(
        "Your answers are kept in this browser"
    )


def carry_null(page):
    """Let a widget without a choice go to the page, and let the page take a choice back, as messages."""
    kernel = f"{PANEL}.sessionContext.session.kernel"
    page.python("None", before="import kit, ipywidgets")
    sent = page.page.evaluate(
        f"""async () => {{
          const code = "box = ipywidgets.Select(options=['a', 'b'], value=None)";
          const future = {kernel}.requestExecute({{ code }});
          let state;
          future.onIOPub = ({{ header, content }}) => {{
            if (header.msg_type === 'comm_open' && 'index' in (content.data.state ?? {{}})) state = content.data.state;
          }};
          await future.done;
          return state.index === null ? 'null' : typeof state.index;
        }}"""
    )
    assert sent == "null"
    assert page.python("box.index", before="box.index = 1") == 1
    page.page.evaluate(
        f"""async (id) => {{
          const comm = {kernel}._comms.get(id) ?? {kernel}.createComm('jupyter.widget', id);
          await (await comm).send({{ method: 'update', state: {{ index: null }}, buffer_paths: [] }}).done;
        }}""",
        page.python("box.comm.comm_id"),
    )
    assert page.python("box.index") is None


@whole
def test_null_reaches_the_page_and_comes_back(page):
    page.open(SHORT[0])
    carry_null(page)


@whole
def test_on_the_core_that_is_published_null_and_answers_last(tmp_path, alone):
    """Without numpy and pandas, which only the CDN has, no case opens; all that a page does differently is here."""
    server = SiteServer(built(tmp_path / "core", "--core"))
    page = visit(server, alone)
    page.open(SHORT[0])
    carry_null(page)
    save = (
        "from pathlib import Path; from kit.learning.portfolio import Portfolio; from kit.screen import runtime;"
        "store = Portfolio(runtime.drive() / 'my-work' / 'portfolio.json')"
    )
    for number in range(5):
        assert page.python(f"store.save('01/write', 'Take {number}')", before=save)
    page.page.reload()
    page.ready()
    assert page.python("store.read('01/write')", before=save) == "Take 4"
    assert page.complaints() == {}
    page.context.close()
    server.stop()


@pytest.fixture
def cdn(tmp_path):
    """A server of this machine in the place of the CDN: the core that is published, and each package under its name there.

    What npm and the index lack (numpy, pandas) is empty, so no case opens. The release says the hashes of these stand-ins.
    """
    made, folder = site_fixture.core(), tmp_path / "cdn"
    shutil.copytree(made / "pyodide", folder)
    release = json.loads((made / "pyodide.json").read_text("utf-8"))
    wheels = {site_wheels.entry(path, release["info"]["python"])["name"]: path for path in made.glob("wheels/*.whl")}
    for name, package in release["packages"].items():
        if name in wheels:
            data = wheels[name].read_bytes()
            (folder / package["file_name"]).write_bytes(data)
            package["sha256"] = hashlib.sha256(data).hexdigest()
    server = SiteServer(folder)
    release["address"] = f"{server.url}/"
    (tmp_path / "release.json").write_text(json.dumps(release), "utf-8")
    yield server
    server.stop()


def open_and_stop(server, browser):
    """Open a site's first notebook, which has to find its drive and nothing to complain of, and stop serving it."""
    page = visit(server, browser)
    page.open(SHORT[0])
    assert page.python("kit.screen.runtime.drive() is not None", before="import kit.screen.runtime") is True
    assert page.complaints() == {}
    page.context.close()
    server.stop()


@whole
def test_what_make_site_builds_takes_python_from_the_cdn_and_the_kit_from_the_site(cdn, tmp_path, alone):
    server = SiteServer(built(tmp_path / "site", "--release", str(tmp_path / "release.json")))
    open_and_stop(server, alone)
    lock = json.loads((server.folder / "lite/static/python/pyodide-lock.json").read_text("utf-8"))["packages"]
    named = {package["file_name"] for package in lock.values()}
    assert {code for _, code, _ in cdn.sent} == {200}
    asked = {path.rsplit("/", 1)[1] for path, _, _ in cdn.sent}
    core = set(site_wheels.pyodide()["files"])
    assert asked - core == {name.removeprefix(f"{cdn.url}/") for name in named if name.startswith(cdn.url)}
    assert asked >= core
    assert any("/parley_kit-" in path for path, _, _ in server.sent)


@whole
def test_a_self_hosted_site_is_put_together_from_the_cdn_and_holds_all_of_it(cdn, tmp_path, alone):
    server = SiteServer(built(tmp_path / "site", "--self-hosted", "--release", str(tmp_path / "release.json")))
    cdn.sent.clear()
    open_and_stop(server, alone)
    assert cdn.sent == []


@whole
def test_the_pinned_release_is_the_published_one():
    """npm carries the release's own list of packages, with the name and the hash that each has on the CDN."""
    pinned = site_wheels.pyodide()
    published = json.loads((site_fixture.core() / "pyodide" / "pyodide-lock.json").read_text("utf-8"))
    assert pinned["info"] == published["info"]
    for name, package in pinned["packages"].items():
        assert package["file_name"] == published["packages"][name]["file_name"]
        assert package["sha256"] == published["packages"][name]["sha256"]
    for name, digest in pinned["files"].items():
        assert hashlib.sha256((site_fixture.core() / "pyodide" / name).read_bytes()).hexdigest() == digest


@whole
def test_without_a_service_worker_the_learner_is_told_that_nothing_lasts(site, alone):
    """On plain http a browser gives a page no service worker, and so nothing to keep files in."""
    there = SimpleNamespace(url=site.url.replace("127.0.0.1", ELSEWHERE))
    page = visit(there, alone)
    page.open(SHORT[0])
    assert page.page.evaluate("() => 'serviceWorker' in navigator") is False
    said = page.python("kit.screen.runtime.warning()", before="import kit.screen.runtime")
    page.context.close()
    assert said.startswith("Your answers are kept on this page only: download them before you leave")


def run_whole(page, path):
    """Open a notebook on a page so tall that every cell is drawn, and run it."""
    page.begin(path)
    page.page.set_viewport_size({"width": 1280, "height": 12_000})
    page.ready()
    page.page.locator(BAR).get_by_role("button", name="Run all").click()
    page.page.locator(BAR).wait_for(state="hidden", timeout=600_000)
    assert page.errors() == []
    return page.page


@whole
def test_a_learner_answers_closes_the_browser_comes_back_and_plays_to_the_debrief(site, playwright, tmp_path):
    """What the site is for: unit 01, an answer, another day, and unit 06 to its end, with the network cut."""

    def come():
        context = playwright.chromium.launch_persistent_context(
            tmp_path / "profile", executable_path=chromium(), args=[*FLAGS, ALONE], accept_downloads=True
        )
        return SitePage(site, context=context)

    text = "Because neither side can win soon, and both lose by waiting."
    first = come()
    page = run_whole(first, SHORT[1])
    page.locator("textarea:visible").last.fill(text)
    page.get_by_text("✓ Saved").last.wait_for()
    assert first.complaints() == {}
    first.context.close()

    second = come()
    page = run_whole(second, SHORT[1])
    assert page.locator("textarea:visible").last.input_value() == text
    page = run_whole(second, "notebooks/06-negotiation.ipynb")
    page.get_by_role("button", name="Security guarantees and alignment", exact=True).first.click()
    page.get_by_text("What protects Ukraine if it is attacked again").first.wait_for()
    for _ in range(2):  # walking away is asked twice
        page.get_by_role("button", name="Walk away", exact=True).first.click()
        page.wait_for_timeout(1_000)
    page.get_by_role("heading", name="Broken off").first.wait_for()
    after = page.locator(".jp-CodeCell", has_text="kit.negotiation.Debrief(")
    after.get_by_role("button", name="Open the debrief", exact=True).click()
    after.get_by_label("Your guess").fill("500")
    after.get_by_role("button", name="This is my guess", exact=True).click()
    after.get_by_text("There is no deal").first.wait_for()
    assert second.complaints() == {}
    second.context.close()


@whole
def test_in_firefox_units_run_and_an_answer_outlasts_the_browser(site, tmp_path):
    if not installed():
        pytest.skip("Firefox is not installed (on Debian: apt-get install firefox-esr)")

    def run(firefox, name):
        firefox.open(f"{site.url}/lite/notebooks/index.html?path=notebooks/{name}.ipynb&view=page")
        firefox.wait_for(f"{visible(BAR)} !== undefined")
        firefox.wait_for(f"{PANEL}.sessionContext.session.kernel && {visible(BAR)} === undefined", seconds=400)
        outputs = f"{PANEL}.context.model.toJSON().cells.flatMap((each) => each.outputs ?? [])"
        assert firefox.value(f"{outputs}.filter((each) => each.output_type === 'error')") == []

    text = "Both lose by waiting."
    with Firefox(tmp_path / "profile") as firefox:
        run(firefox, "00-start-here")
        firefox.click(".parley-reader .parley-mark")
        firefox.wait_for(f"{visible('.parley-reader .parley-mark-on')} !== undefined")
        run(firefox, "01-background")
        firefox.click("textarea")
        firefox.write(text)
        firefox.wait_for("/4 words[^]*✓ Saved/.test(document.body.innerText)")  # counted by Python, which then saves
        assert (firefox.asked, firefox.complaints) == ([], [])
    with Firefox(tmp_path / "profile") as firefox:
        run(firefox, "01-background")
        firefox.wait_for(f"{visible('textarea')}.value === {json.dumps(text)}")
        assert (firefox.asked, firefox.complaints) == ([], [])


@whole
@pytest.mark.parametrize("name", NAMES)
def test_a_page_without_code_runs_by_itself(page, name):
    page.begin(f"notebooks/{name}.ipynb&view=page")
    page.page.locator(BAR).wait_for(state="hidden", timeout=600_000)
    assert page.errors() == []
    assert page.page.locator(".jp-CodeCell .jp-Cell-inputWrapper:visible").count() == 0
    assert page.page.locator(".jp-OutputArea-output:visible").count() > 0


@whole
def test_a_new_release_brings_its_notebooks_and_keeps_all_answers(page):
    page.open(SHORT[0])
    save = "import kit; from kit.learning.portfolio import portfolio; store = portfolio(kit.load_case('ukraine'))"
    assert page.python("store.save('01/write', 'Mine')", before=save)
    page.page.evaluate(
        f"async () => {{ {PANEL}.context.model.cells.get(0).sharedModel.setSource('An old text'); await {PANEL}.context.save(); }}"
    )
    page.page.reload()
    page.ready()
    assert page.cells()[0]["source"] == "An old text"
    page.page.evaluate(
        "() => Object.keys(localStorage).filter(name => name.startsWith('parley-release')).forEach(name => localStorage.setItem(name, 'earlier'))"
    )
    page.page.reload()
    page.ready()
    assert page.cells()[0]["source"] != "An old text"
    assert page.python("store.read('01/write')", before=save) == "Mine"
    assert page.python("sorted(each.name[11:] for each in __import__('pathlib').Path('/drive/earlier').iterdir())") == [
        "00-start-here.ipynb"
    ]


@whole
def test_one_button_hands_out_the_work_and_clears_the_browser(page):
    page.open(SHORT[0])
    save = "import kit; from kit.learning.portfolio import portfolio; store = portfolio(kit.load_case('ukraine'))"
    page.python("store.save('01/write', 'Mine')", before=save)
    page.page.locator(BAR).get_by_role("button", name="Run all").click()
    page.page.locator(BAR).wait_for(state="hidden", timeout=400_000)
    button = page.page.get_by_role("button", name="Take my work and clear this browser")
    with page.page.expect_download() as handed:
        button.click()
    kept = json.loads(Path(handed.value.path()).read_text("utf-8"))
    assert any("Mine" in json.dumps(entry) for entry in kept["entries"].values())
    page.page.get_by_role("button", name="I have the file: clear this browser now").click()
    page.page.wait_for_url("**/index.html")
    page.open(SHORT[0])
    assert page.python("store.read('01/write')", before=save) is None


@whole
def test_the_bytes_on_the_wire_stay_within_their_budget(site, alone):
    site.bytes_sent()
    page = visit(site, alone)
    page.open(SHORT[1])
    page.run_all()
    first = site.bytes_sent()
    page.page.reload()
    page.ready()
    page.run_all()
    again = site.bytes_sent()
    page.context.close()
    assert first < 20_000_000
    assert again == 0


@whole
def test_the_instructors_site_holds_what_they_need_and_it_runs(tmp_path, alone):
    server = SiteServer(built(tmp_path / "site", "--fixture", "--instructors"))
    page = visit(server, alone)
    page.page.goto(f"{server.url}/")
    assert page.page.get_by_text("Do not give this address to students").count() == 1
    for path in (
        "notebooks/instructor/class-view.ipynb",
        "notebooks/instructor/own-case.ipynb",
        "solutions/01-background.ipynb",
    ):
        page.open(path)
        page.run_all()
        assert page.errors() == []
    page.context.close()
    server.stop()
