"""What Binder and a fresh machine will install, held to what is meant, without Docker and without a network."""

import importlib.metadata
import itertools
import json
import re
import tomllib
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
PIN = re.compile(r"^(?P<name>[a-z0-9-]+)==(?P<version>[^\s;\\]+)( ; [^\\]+?)?( \\)?$")
HASH = re.compile(r"^    --hash=sha256:[0-9a-f]{64}( \\)?$")
LOCKS = sorted((ROOT / "locks").glob("*.lock"))


def pins_of(lines):
    return {match["name"]: match["version"] for line in lines if (match := PIN.match(line))}


@pytest.fixture(scope="module")
def lock():
    return (ROOT / "locks" / "lab.lock").read_text(encoding="utf-8").splitlines()


@pytest.fixture(scope="module")
def binder_pins():
    environment = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    (pip_section,) = (item["pip"] for item in environment["dependencies"] if isinstance(item, dict))
    return pip_section


@pytest.fixture(scope="module")
def buildpack():
    from repo2docker.app import Repo2Docker

    app = Repo2Docker()
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        candidates = (make(app.base_image) for make in app.buildpacks)
        chosen = next(pack for pack in candidates if pack.detect())
        chosen.platform = "linux/amd64"
        yield chosen


def test_binder_takes_the_conda_build_with_the_python_that_is_tested(buildpack):
    assert type(buildpack).__name__ == "CondaBuildPack"
    assert buildpack.python_version == "3.11"


def test_the_binder_build_installs_the_environment_and_then_runs_post_build(buildpack):
    recipe = buildpack.render()
    assert recipe.index('env update -p ${NB_PYTHON_PREFIX} --file "environment.yml"') < recipe.index("RUN ./postBuild")


def test_the_environment_layer_of_binder_depends_on_the_pins_alone(buildpack):
    recipe = buildpack.render()
    install = recipe.index('--file "environment.yml"')
    assert "src/environment.yml" in recipe[:install]
    assert "src/ ${REPO_DIR}" not in recipe[:install]


def test_post_build_stops_at_a_failure_and_adds_the_kit_without_its_dependencies():
    script = (ROOT / "postBuild").read_text(encoding="utf-8")
    assert re.search(r"^set -e", script, re.MULTILINE)
    assert "pip install --no-cache-dir --no-build-isolation --no-deps -e ." in script
    assert (ROOT / "postBuild").stat().st_mode & 0o111


def test_no_binder_folder_hides_the_files_at_the_root():
    assert not (ROOT / "binder").exists()
    assert not (ROOT / ".binder").exists()


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.stem)
def test_every_package_of_a_lock_has_an_exact_version_and_hashes_and_no_address(path):
    lines = path.read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if not PIN.match(line) and not HASH.match(line)] == []
    assert [line for line, below in itertools.pairwise(lines) if PIN.match(line) and not HASH.match(below)] == []


def test_all_locks_agree_on_every_version():
    versions = {}
    for path in LOCKS:
        for name, version in pins_of(path.read_text(encoding="utf-8").splitlines()).items():
            versions.setdefault(name, set()).add(version)
    assert {name: found for name, found in versions.items() if len(found) > 1} == {}


def test_the_kit_is_built_by_the_version_that_the_lock_names(lock):
    (builder,) = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["build-system"]["requires"]
    assert builder == f"hatchling=={pins_of(lock)['hatchling']}"


def test_the_lock_of_the_hubs_proxy_has_hashes_and_no_address():
    packages = json.loads((ROOT / "deploy" / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert [name for name, package in packages.items() if name and not package.get("integrity")] == []
    assert [name for name, package in packages.items() if "resolved" in package] == []


def test_binder_installs_exact_pins_that_equal_the_lock(lock, binder_pins):
    locked = pins_of(lock)
    assert len(pins_of(binder_pins)) == len(binder_pins)
    assert {name: locked.get(name) for name in pins_of(binder_pins)} == pins_of(binder_pins)


def test_binder_has_every_runtime_package_but_no_browser_and_no_grader(binder_pins):
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    asked = project["dependencies"] + extras["lab"] + extras["build"]  # so that postBuild fetches nothing unpinned
    names = {re.split(r"[^A-Za-z0-9_-]", line)[0].lower().replace("_", "-") for line in asked}
    assert names <= set(pins_of(binder_pins))
    assert not {"playwright", "nbgrader", "spacy"} & set(pins_of(binder_pins))


def test_what_runs_here_is_what_the_lock_names(lock):
    locked = pins_of(lock)
    here = {
        name: importlib.metadata.version(name) for name in ("altair", "anywidget", "ipywidgets", "jupyterlab", "pandas")
    }
    assert here == {name: locked[name] for name in here}


def test_the_installed_settings_switch_off_the_news_question():
    files = [file for file in importlib.metadata.files("parley-kit") or [] if file.name == "parley.json"]
    (settings,) = (json.loads(Path(file.locate()).read_text(encoding="utf-8")) for file in files)
    notification = settings["@jupyterlab/apputils-extension:notification"]
    assert notification == {"fetchNews": "false", "checkForUpdates": False}
