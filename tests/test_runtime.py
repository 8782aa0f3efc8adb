"""Where the kit runs: what is kept there, what is said of it, and how null crosses the border of a page."""

import json
import math
import os
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

from kit.errors import KitError
from kit.learning import portfolio as home
from kit.learning.save_cue import SaveCue
from kit.reading.data_files import parse_json
from kit.screen import runtime


@pytest.fixture(autouse=True)
def an_ordinary_machine(monkeypatch):
    for name in [name for name in os.environ if name.startswith(("BINDER_", "SERVER_SOFTWARE"))]:
        monkeypatch.delenv(name)


@pytest.fixture
def page(monkeypatch, tmp_path):
    """A browser page with a drive that the browser keeps."""
    monkeypatch.setattr(runtime, "IN_PAGE", True)
    monkeypatch.setattr(runtime, "DRIVE", tmp_path)
    return tmp_path


@pytest.fixture
def page_without_drive(page, monkeypatch):
    """A browser page without a service worker."""
    monkeypatch.setattr(runtime, "DRIVE", page / "none")


@pytest.fixture
def nothing_opened(monkeypatch):
    monkeypatch.setattr(home, "_opened", {})
    monkeypatch.delenv("PARLEY_PORTFOLIO", raising=False)


def test_on_a_machine_nothing_needs_to_be_downloaded():
    assert runtime.warning() == ""
    assert runtime.place_of(Path("my-work/portfolio.json")) == "in my-work/portfolio.json"


def test_binder_asks_for_downloads(monkeypatch):
    assert not runtime.on_binder()
    monkeypatch.setenv("BINDER_LAUNCH_HOST", "https://mybinder.org/")
    assert "download it after each part" in runtime.warning()


@pytest.mark.usefixtures("nothing_opened")
def test_in_a_page_answers_lie_on_the_browsers_drive(page):
    store = home.portfolio()
    assert store.file.path == page.resolve() / "my-work" / "portfolio.json"
    assert store.save("01/write", "Talks come late.")
    assert store.save("01/write", "Talks come early.")
    assert json.loads(store.file.path.read_text("utf-8"))["entries"]["ukraine/01/write"]["value"] == "Talks come early."
    assert "kept in this browser" in runtime.warning()
    assert runtime.place_of(store.file.path) == "in this browser"


def test_a_page_takes_no_lock_since_its_drive_would_never_let_go(page):
    with runtime.lock(page / "lock", 1):
        assert not list(page.iterdir())


@pytest.mark.usefixtures("nothing_opened", "page_without_drive")
def test_without_a_drive_answers_are_kept_on_the_page_only_and_the_cue_says_so():
    store = home.portfolio()
    assert store.file.path is None
    assert home.portfolio() is store
    assert "this page only: download them before you leave" in SaveCue(store).text
    assert runtime.warning() == runtime.PAGE


@pytest.mark.usefixtures("nothing_opened")
def test_a_voila_page_keeps_no_file_that_all_visitors_would_share(monkeypatch):
    monkeypatch.setenv("SERVER_SOFTWARE", "voila/0.5")
    assert home.portfolio().file.path is None


@pytest.mark.usefixtures("page")
def test_a_page_says_that_it_cannot_draw_into_a_file():
    with pytest.raises(KitError, match="cannot write this picture"):
        runtime.drawing_library()


class Null:
    """What newer versions of Pyodide make of JavaScript's null."""


@pytest.fixture
def pyodide(monkeypatch):
    null = Null()
    js = ModuleType("js")
    js.JSON = SimpleNamespace(parse=lambda text: ("parsed by the page", text))
    package, ffi = ModuleType("pyodide"), ModuleType("pyodide.ffi")
    package.ffi, ffi.jsnull = ffi, null
    for name, module in {"js": js, "pyodide": package, "pyodide.ffi": ffi}.items():
        monkeypatch.setitem(sys.modules, name, module)
    return null


@pytest.mark.usefixtures("pyodide")
def test_none_goes_to_the_page_as_null_however_deep():
    assert runtime.to_page({"title": None, "list": [None]}) == ("parsed by the page", '{"title": null, "list": [null]}')


@pytest.mark.usefixtures("pyodide")
@pytest.mark.parametrize("value", [b"bytes", {"x": math.nan}])
def test_what_json_cannot_say_goes_the_kernels_own_way(value):
    assert runtime.to_page(value) is value


def test_null_comes_from_the_page_as_none_however_deep(pyodide):
    sent = {"index": pyodide, "list": [pyodide, {"deep": pyodide}], "pair": (1, pyodide), "text": "null"}
    assert runtime.from_page(sent) == {"index": None, "list": [None, {"deep": None}], "pair": [1, None], "text": "null"}


def test_outside_a_page_nothing_is_changed():
    before = list(sys.path)
    runtime.arrive()
    assert "js" not in sys.modules
    assert sys.path == before


def test_in_a_page_imports_look_into_the_browsers_drive_last(monkeypatch):
    monkeypatch.setattr(sys, "path", ["", "/lib"])
    runtime.look_there_last()
    assert sys.path == ["/lib", ""]


@pytest.mark.parametrize("text", ["[" * 100_000, '{"a":' * 100_000, '"\\"' + "[" * 50_000])
def test_json_nested_without_end_is_refused_before_it_is_parsed(text):
    with pytest.raises((RecursionError, ValueError)):
        parse_json(text)


def test_brackets_in_a_text_are_no_depth():
    assert parse_json('{"text": "' + "[" * 500 + '\\"[["}') == {"text": "[" * 500 + '"[['}


@pytest.mark.usefixtures("page")
def test_a_class_report_made_in_a_page_says_in_words_what_its_pictures_show(tmp_path):
    from kit.case import load_case
    from kit.classroom.gather import read_class
    from kit.classroom.make_report import class_report
    from kit.classroom.sample import sample_class

    case = load_case("ukraine")
    told = class_report(case, read_class(sample_class(tmp_path / "class", 12, case=case)), long=True)
    assert "A browser page cannot draw this picture into a file" in told
    assert "<img" not in told
