"""Build the static site: a start page, and the notebooks with Python in the reader's browser. No server runs anything.

``python tools/build_site.py`` writes ``dist/site``, with Python from the CDN of the Pyodide project. ``--self-hosted``
puts all of Python into the site, so that nothing leaves it. ``--instructors`` builds the site of those who teach, with
solutions and instructor notebooks. ``--zip`` packs the site, for any web server.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
import tomllib
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))
import site_fixture
import site_start
import site_wheels as wheels
from same_zip import write_zip

ROOT = Path(__file__).resolve().parent.parent
KERNEL = "@jupyterlite/pyodide-kernel-extension:kernel"
LEARN = ("notebooks", "exercises")
TEACH = ("solutions",)
FOR_INSTRUCTORS = ("authoring", "classroom", "skeleton")  # rooms of the kit
APPS = ("lab", "notebooks")


@dataclass(frozen=True)
class Plan:
    """What is to be built.

    Attributes
    ----------
    out : Path
        Folder of the site; it is made anew.
    release : dict
        A Pyodide release, as ``deploy/site/pyodide.json`` describes one.
    self_hosted : bool
        Whether Python lies in the site, or comes from the release's address.
    instructors : bool
        Whether the site is for those who teach.
    more_wheels : Path or None
        Wheels that stand in for packages which the release lacks.
    """

    out: Path
    release: Mapping[str, Any]
    self_hosted: bool = False
    instructors: bool = False
    more_wheels: Path | None = None


def build(plan: Plan) -> None:
    """Build the whole site."""
    shutil.rmtree(plan.out, ignore_errors=True)
    with tempfile.TemporaryDirectory() as scratch:
        work = Path(scratch)
        lite, contents = work / "lite", work / "contents"
        lite.mkdir()
        put_contents(contents, instructors=plan.instructors)
        put_settings(plan, lite, release_of(contents))
        run_lite(work, lite, contents, plan.out / "lite")
        put_python(plan, plan.out / "lite" / "static" / "python", work / "wheels")
    site_start.write(plan.out, instructors=plan.instructors)


def put_python(plan: Plan, home: Path, scratch: Path) -> None:
    """Lay the kit, its wheels and their lock into the site; all of Python too if the site is self-hosted."""
    home.mkdir(parents=True)
    scratch.mkdir()
    for wheel in [*kernel_wheels(), *sorted(plan.more_wheels.glob("*.whl") if plan.more_wheels else ())]:
        # The kernel's own wheels give way to those that stand in for them.
        replaced = wheel.name.split("-")[0]
        for old in scratch.glob(f"{replaced}-*"):
            old.unlink()
        shutil.copy(wheel, scratch)
    for name in wheels.EMPTY:
        wheels.empty_wheel(name, scratch)
    wheels.kit_wheel(scratch, lambda copy: None if plan.instructors else leave_out(copy / "kit"))
    wheels.complete(plan.release, scratch)
    made = wheels.lock(plan.release, sorted(scratch.glob("*.whl")))
    for package in made["packages"].values():
        name = package["file_name"]
        if (scratch / name).exists():
            shutil.copy(scratch / name, home)
        elif plan.self_hosted:
            fetch(plan.release["address"] + name, package["sha256"], home / name)
        else:
            package["file_name"] = plan.release["address"] + name
            continue
        if name.endswith(".whl"):
            wheels.slim(home / name)
            # The browser takes no wheel whose hash differs from the one in the lock.
            package["sha256"] = hashlib.sha256((home / name).read_bytes()).hexdigest()
    if plan.self_hosted:
        for name, digest in plan.release["files"].items():
            fetch(plan.release["address"] + name, digest, home / name)
    (home / "pyodide-lock.json").write_text(json.dumps(made, indent=1), encoding="utf-8")


def leave_out(kit: Path) -> None:
    """Take out of a copy of the kit what no learner's notebook opens and only instructors use."""
    for room in FOR_INSTRUCTORS:
        shutil.rmtree(kit / room)


def kernel_wheels() -> list[Path]:
    """Return the wheels that the kernel itself brings along."""
    place = Path(sys.prefix) / "share/jupyter/labextensions/@jupyterlite/pyodide-kernel-extension/static/pypi"
    return [wheel for name in ("piplite", "pyodide_kernel", "ipykernel") for wheel in place.glob(f"{name}-*.whl")]


def fetch(address: str, digest: str, target: Path) -> None:
    """Copy a file of the Pyodide release into the site, and refuse it if it is not the one that was pinned.

    Raises
    ------
    SystemExit
        If it cannot be had or is another one.
    """
    try:
        with urllib.request.urlopen(address, timeout=60) as answer:
            data = answer.read()
    except OSError as problem:
        msg = f"{address} cannot be fetched ({problem}). A self-hosted site needs it once, while it is built."
        raise SystemExit(msg) from None
    if hashlib.sha256(data).hexdigest() != digest:
        msg = f"{address} is not the file that was pinned: its hash differs."
        raise SystemExit(msg)
    target.write_bytes(data)


def release_of(contents: Path) -> dict[str, Any]:
    """Return what tells one release of the notebooks from another: an ``id``, and the paths of all ``notebooks``."""
    found = sorted(contents.rglob("*.ipynb"))
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in found)).hexdigest()[:16]
    return {"id": digest, "notebooks": [path.relative_to(contents).as_posix() for path in found]}


def put_settings(plan: Plan, lite: Path, release: Mapping[str, Any]) -> None:
    """Write the settings of JupyterLite: where Python is, that nothing else is asked for packages, and the release."""
    home = "./static/python"
    kernel = {
        # No package index is asked, whatever a cell imports.
        "disablePyPIFallback": True,
        "pyodideUrl": f"{home}/pyodide.mjs" if plan.self_hosted else f"{plan.release['address']}pyodide.mjs",
        "loadPyodideOptions": {"lockFileURL": f"{home}/pyodide-lock.json", "packages": list(wheels.EARLY)},
    }
    config = {
        "appName": "Parley",
        "exposeAppInBrowser": True,
        "litePluginSettings": {KERNEL: kernel},
        "parleyRelease": release,
    }
    whole = {"jupyter-lite-schema-version": 0, "jupyter-config-data": config}
    (lite / "jupyter-lite.json").write_text(json.dumps(whole, indent=1), encoding="utf-8")
    shutil.copy(ROOT / "settings" / "parley.json", lite / "overrides.json")


def put_contents(contents: Path, *, instructors: bool) -> None:
    """Copy the notebooks of the site; solutions and what instructors use only into the instructors' site."""
    left_out = (".ipynb_checkpoints", "my-work", *(() if instructors else ("instructor",)))
    for folder in LEARN + (TEACH if instructors else ()):
        shutil.copytree(ROOT / folder, contents / folder, ignore=shutil.ignore_patterns(*left_out))


def run_lite(work: Path, lite: Path, contents: Path, out: Path) -> None:
    """Let JupyterLite build its part of the site."""
    config = {
        "lite_dir": str(lite),
        "contents": [str(contents)],
        "federated_extensions": [str(ROOT / "kit" / "screen" / "lab")],
        "output_dir": str(out),
        "apps": list(APPS),
        "no_sourcemaps": True,
        "no_unused_shared_packages": True,
        "cache_dir": str(work / "cache"),
    }
    (work / "jupyter_lite_config.json").write_text(json.dumps({"LiteBuildConfig": config}), encoding="utf-8")
    command = [sys.executable, "-m", "jupyterlite_core", "build", "--config", "jupyter_lite_config.json"]
    done = subprocess.run(command, cwd=work, check=False, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(done.stdout[-3000:] + done.stderr[-3000:])


def pack(site: Path, target: Path) -> None:
    """Write a zip of the site; the same site gives the same zip, to the byte."""
    found = (path for path in sorted(site.rglob("*")) if path.is_file())
    write_zip(target, {f"{target.stem}/{path.relative_to(site).as_posix()}": path.read_bytes() for path in found})


def size(folder: Path) -> int:
    """Return the bytes of all files in a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def plan_of(options: argparse.Namespace) -> Plan:
    """Return what the command line asks for."""
    name = "site-instructors" if options.instructors else "site"
    out = (options.out or ROOT / "dist" / name).resolve()
    if options.fixture or options.core:
        made = site_fixture.fixture() if options.fixture else site_fixture.core()
        release = json.loads((made / "pyodide.json").read_text(encoding="utf-8"))
        release["address"] = (made / "pyodide").as_uri() + "/"
        return Plan(out, release, self_hosted=True, instructors=options.instructors, more_wheels=made / "wheels")
    release = json.loads(options.release.read_text(encoding="utf-8"))
    return Plan(out, release, self_hosted=options.self_hosted, instructors=options.instructors)


def main() -> None:
    """Build what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, help="folder of the site (default: dist/site)")
    parser.add_argument("--self-hosted", action="store_true", help="put all of Python into the site")
    parser.add_argument("--instructors", action="store_true", help="with solutions and instructor notebooks")
    parser.add_argument("--zip", action="store_true", help="pack the site into a zip beside it")
    parser.add_argument("--fixture", action="store_true", help="with the Pyodide of the tests; not to be published")
    parser.add_argument("--release", type=Path, default=wheels.PYODIDE, help="another release of Pyodide, described so")
    parser.add_argument("--core", action="store_true", help="with the published Pyodide's core, for a test")
    options = parser.parse_args()
    plan = plan_of(options)
    build(plan)
    print(f"{plan.out}: {size(plan.out) / 1e6:.1f} MB")
    if options.zip:
        version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
        target = plan.out.with_name(f"parley-{plan.out.name}-{version}.zip")
        pack(plan.out, target)
        print(f"{target}: {target.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
