"""How the static site is put together: its wheels and their lock, what goes into it, its start page, its server."""

import ast
import gzip
import hashlib
import json
import re
import sys
import urllib.error
import urllib.request
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tools"))
import build_site  # noqa: E402 - the tools lie beside the project
import site_start  # noqa: E402
import site_wheels  # noqa: E402
from site_serve import SiteServer  # noqa: E402

RELEASE = json.loads((ROOT / "deploy" / "site" / "pyodide.json").read_text("utf-8"))


def wheel(folder, name, *needs, version="1.0", files=("__init__.py",)):
    path = folder / f"{name}-{version}-py3-none-any.whl"
    about = [f"Name: {name}", f"Version: {version}", *(f"Requires-Dist: {each}" for each in needs)]
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(f"{name}-{version}.dist-info/METADATA", "\n".join(about))
        for file in files:
            archive.writestr(f"{name}/{file}", "")
    return path


# --- the lock


def test_an_entry_says_what_a_wheel_says(tmp_path):
    needs = ("Numpy>=2", 'pywin32; sys_platform == "win32"', 'js; sys_platform == "emscripten"', 'x; extra == "more"')
    path = wheel(tmp_path, "my_tool", *needs, "vl-convert-python")
    made = site_wheels.entry(path, "3.14.2")
    assert made["name"] == "my-tool"
    assert made["imports"] == ["my_tool"]
    assert made["depends"] == ["js", "numpy"]  # conditions as in a page; nothing native
    assert made["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()


def test_the_lock_holds_what_the_kit_reaches_and_the_sites_own_wheels_win(tmp_path, monkeypatch):
    monkeypatch.setattr(site_wheels, "EARLY", ("kit",))
    base = {
        "info": {"python": "3.14.2"},
        "packages": {
            name: {"name": name, "version": "0.1", "depends": depends, "file_name": f"{name}.whl"}
            for name, depends in {"a": ["b"], "b": [], "unused": []}.items()
        },
    }
    wheels = [wheel(tmp_path, "kit", "a", "c"), wheel(tmp_path, "b", version="2.0")]
    assert site_wheels.missing(base, wheels) == ["c"]
    made = site_wheels.lock(base, [*wheels, wheel(tmp_path, "c")])
    assert {name: each["version"] for name, each in made["packages"].items()} == {
        "a": "0.1",
        "b": "2.0",
        "c": "1.0",
        "kit": "1.0",
    }


def test_what_no_page_reaches_is_taken_out_of_a_wheel(tmp_path):
    files = ("__init__.py", "core.py", "core.pyi", "tests/test_core.py", "labextension/static/a.js")
    path = wheel(tmp_path, "my_tool", files=files)
    site_wheels.slim(path)
    names = ["my_tool-1.0.dist-info/METADATA", "my_tool/__init__.py", "my_tool/core.py"]
    assert zipfile.ZipFile(path).namelist() == names


def test_docstrings_and_comments_are_taken_out_and_the_code_stays():
    source = '''"""Über alles."""
X = "a # text"  # a comment


class A:
    """Of A."""

    def f(self):
        """Only this."""

    async def g(self):
        return "not a docstring"
'''
    names = {}
    exec(site_wheels.bare(source.encode()), names)
    assert (names["X"], names["A"].__doc__, names["A"]().f()) == ("a # text", "", None)
    assert names["A"].f.__doc__ == ""
    left = site_wheels.bare(source.encode(), "-").decode()
    assert left.count('"""-"""') == 3
    assert "comment" not in left
    assert "'not a docstring'" in left
    assert site_wheels.bare(b"def newer than this Python") == b"def newer than this Python"


def test_an_empty_wheel_stands_for_a_package_that_is_not_needed(tmp_path):
    site_wheels.empty_wheel("jedi", tmp_path)
    made = site_wheels.entry(tmp_path / "jedi-0-py3-none-any.whl", "3.14.2")
    assert (made["name"], made["version"], made["imports"], made["depends"]) == ("jedi", "0", [], [])


def test_the_pinned_release_has_what_the_kernel_and_pandas_need():
    packages = RELEASE["packages"]
    wanted = ("micropip", "ipython", "jedi", "pandas", "pyyaml", "jinja2", "jsonschema")
    reached = set(site_wheels.reachable(packages, wanted))
    assert reached <= set(packages)
    assert all(re.fullmatch(r"[0-9a-f]{64}", each["sha256"]) for each in packages.values())
    assert set(RELEASE["files"]) == {"pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip"}
    assert RELEASE["version"] in RELEASE["address"]


@pytest.mark.parametrize("name", site_wheels.OWN)
def test_each_wheel_of_the_sites_own_is_pinned_with_hashes(name):
    assert "--hash=sha256:" in site_wheels.pin(name)


# --- what goes in


def test_a_file_that_is_not_the_pinned_one_is_refused(tmp_path):
    (tmp_path / "there").write_bytes(b"something else")
    with pytest.raises(SystemExit, match="not the file that was pinned"):
        build_site.fetch((tmp_path / "there").as_uri(), "0" * 64, tmp_path / "here")
    assert not (tmp_path / "here").exists()
    build_site.fetch((tmp_path / "there").as_uri(), hashlib.sha256(b"something else").hexdigest(), tmp_path / "here")
    assert (tmp_path / "here").read_bytes() == b"something else"


def test_only_the_instructors_site_gets_solutions_and_instructor_notebooks(tmp_path):
    build_site.put_contents(tmp_path / "students", instructors=False)
    build_site.put_contents(tmp_path / "teachers", instructors=True)
    for folder, there in (("students", False), ("teachers", True)):
        assert (tmp_path / folder / "solutions").exists() is there
        assert (tmp_path / folder / "notebooks" / "instructor").exists() is there
        assert (tmp_path / folder / "notebooks" / "00-start-here.ipynb").exists()


def test_the_students_kit_has_no_room_that_only_instructors_use(tmp_path):
    kit = tmp_path / "kit"
    for room in ("actors", "authoring", "classroom", "skeleton"):
        (kit / room).mkdir(parents=True)
    build_site.leave_out(kit)
    assert [path.name for path in kit.iterdir()] == ["actors"]


def test_a_changed_notebook_makes_another_release(tmp_path):
    (tmp_path / "a.ipynb").write_text("{}")
    before = build_site.release_of(tmp_path)
    (tmp_path / "a.ipynb").write_text("{ }")
    assert before["notebooks"] == ["a.ipynb"]
    assert build_site.release_of(tmp_path)["id"] != before["id"]


@pytest.mark.parametrize("self_hosted", [True, False])
def test_the_settings_ask_nothing_of_a_package_index(tmp_path, self_hosted):
    plan = build_site.Plan(tmp_path, RELEASE, self_hosted=self_hosted)
    build_site.put_settings(plan, tmp_path, {"id": "1", "notebooks": []})
    config = json.loads((tmp_path / "jupyter-lite.json").read_text("utf-8"))["jupyter-config-data"]
    kernel = config["litePluginSettings"][build_site.KERNEL]
    assert kernel["disablePyPIFallback"] is True
    assert kernel["pyodideUrl"].startswith("./" if self_hosted else RELEASE["address"])
    assert kernel["loadPyodideOptions"]["lockFileURL"].startswith("./")


def test_the_same_site_gives_the_same_zip(tmp_path):
    site = tmp_path / "site"
    site.mkdir()
    (site / "index.html").write_text("<p>Here.</p>")
    first, second = tmp_path / "parley-site.zip", tmp_path / "again" / "parley-site.zip"
    second.parent.mkdir()
    build_site.pack(site, first)
    build_site.pack(site, second)
    assert first.read_bytes() == second.read_bytes()
    assert zipfile.ZipFile(first).namelist() == ["parley-site/index.html"]


# --- the start page


def test_each_unit_says_what_it_is_in_the_notebooks_own_words():
    told = site_start.units(ROOT, instructors=False)
    assert [unit["number"] for unit in told] == ["00", "01", "02", "03", "04", "05", "06"]
    assert all(len(unit["about"]) > 20 for unit in told)
    assert all(unit["solution"] == "" for unit in told)
    assert told[0]["page"] == "lite/notebooks/index.html?path=notebooks/00-start-here.ipynb"


def test_the_students_page_names_no_solution_and_the_instructors_page_warns(tmp_path):
    site_start.write(tmp_path / "a", instructors=False)
    site_start.write(tmp_path / "b", instructors=True)
    students = (tmp_path / "a" / "index.html").read_text("utf-8")
    teachers = (tmp_path / "b" / "index.html").read_text("utf-8")
    assert "solutions/" not in students
    assert "instructor/" not in students
    assert "Do not give this address to students" in teachers
    assert "<script" not in students  # plain HTML and CSS
    for name in re.findall(r'src="(pictures/[^"]+)"', students):
        assert (tmp_path / "a" / name).stat().st_size > 100


def test_the_instructors_page_hands_out_the_ready_pack(tmp_path):
    pack = tmp_path / "parley-instructor-pack-9.zip"
    assert site_start.put_pack(pack, tmp_path / "site") == ""
    pack.write_bytes(b"all of it")
    assert site_start.put_pack(pack, tmp_path / "site") == pack.name
    assert (tmp_path / "site" / pack.name).read_bytes() == b"all of it"


def test_what_stands_in_a_notebook_is_escaped(tmp_path, monkeypatch):
    monkeypatch.setattr(site_start, "first_line", lambda _: "<script>alert(1)</script>")
    site_start.write(tmp_path, instructors=False)
    assert "<script>" not in (tmp_path / "index.html").read_text("utf-8")


def test_the_unit_tests_that_are_to_run_in_a_page_are_there():
    """Only `make test-site` runs them; a test file that gets another name is missed here and now."""
    text = (ROOT / "tests" / "browser" / "test_site_node.py").read_text("utf-8")
    files = ast.literal_eval(re.search(r"^FILES = (\{.*?^\})", text, re.MULTILINE | re.DOTALL)[1])
    assert [name for names in files.values() for name in names if not (ROOT / f"tests/test_{name}.py").is_file()] == []


# --- the server


def test_the_server_sends_files_below_its_path_and_nothing_else(tmp_path):
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "index.html").write_text("<p>Here.</p>")
    (tmp_path / "secret").write_text("no")
    server = SiteServer(tmp_path / "site")
    try:
        assert urllib.request.urlopen(f"{server.url}/", timeout=5).read() == b"<p>Here.</p>"
        packed = urllib.request.Request(f"{server.url}/", headers={"Accept-Encoding": "gzip"})
        assert gzip.decompress(urllib.request.urlopen(packed, timeout=5).read()) == b"<p>Here.</p>"
        for path in ("/../secret", "/%2e%2e/secret", "/none"):
            with pytest.raises(urllib.error.HTTPError, match="404"):
                urllib.request.urlopen(f"{server.url}{path}", timeout=5)
        asked = urllib.request.Request(f"{server.url}/", headers={"If-None-Match": "another"})
        tag = urllib.request.urlopen(asked, timeout=5).headers["ETag"]
        again = urllib.request.Request(f"{server.url}/", headers={"If-None-Match": tag})
        with pytest.raises(urllib.error.HTTPError, match="304"):
            urllib.request.urlopen(again, timeout=5)
    finally:
        server.stop()
