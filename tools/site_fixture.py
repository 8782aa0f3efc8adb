"""Pyodides for the tests of the site, from package indexes alone: no CDN, and nothing of them is ever published.

One is old and whole. The other is the core of the release that the site is published with, without numpy and pandas.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import subprocess
import tarfile
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from site_wheels import PYODIDE, ROOT, empty_wheel, pip, pyodide

from kit.user_cache import cache_folder

PINS = ROOT / "deploy" / "site" / "fixture.txt"
CORE_PINS = ROOT / "deploy" / "site" / "core.txt"
_TAGS = re.compile(rb"^(Tag|Root-Is-Purelib): .*\n", re.MULTILINE)
_PILE = re.compile(r"[^/]+/assets/pyodide/([^/]+)")


class NoFixtureError(Exception):
    """The fixture cannot be had here; the text says why."""


def fixture() -> Path:
    """Return the folder of the fixture, made on first use and kept in the user's cache.

    It holds ``pyodide/`` (the files of a release), ``wheels/`` (what the release lacks) and ``pyodide.json``, in the form
    of the one that the site is published with, without the address.

    Raises
    ------
    NoFixtureError
        If the packages are not to be had.
    """
    return _kept("fixture", (PINS,), _made)


def core() -> Path:
    """Return the folder of the published release's core, in the same form as that of `fixture`.

    Raises
    ------
    NoFixtureError
        If the packages are not to be had.
    """
    return _kept("core", (CORE_PINS, PYODIDE), _made_core)


def _kept(name: str, pins: tuple[Path, ...], make: Callable[[Path], Path]) -> Path:
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in (*pins, Path(__file__)))).hexdigest()[:12]
    kept = cache_folder() / f"pyodide-{name}-{digest}"
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=kept.parent) as scratch:
            made = make(Path(scratch))
            made.rename(kept)
    return kept


def _made(scratch: Path) -> Path:
    downloads, made = scratch / "downloads", scratch / "made"
    _download(PINS, downloads, "3.11")
    (made / "pyodide").mkdir(parents=True)
    (made / "wheels").mkdir()
    for wheel in sorted(downloads.glob("*.whl")):
        if wheel.name.startswith("provisa"):
            _take_release(wheel, made / "pyodide")
        elif wheel.name.startswith("jupyterlite"):
            _take_piplite(wheel, made / "wheels")
        else:
            _purify(wheel, made / "wheels")
    lock = json.loads((made / "pyodide" / "pyodide-lock.json").read_text(encoding="utf-8"))
    (made / "pyodide.json").write_text(json.dumps(_description(lock, made / "pyodide")), encoding="utf-8")
    return made


def _made_core(scratch: Path) -> Path:
    downloads, made, release = scratch / "downloads", scratch / "made", pyodide()
    (made / "pyodide").mkdir(parents=True)
    (made / "wheels").mkdir()
    _take_core(release, scratch, made / "pyodide")
    _download(CORE_PINS, downloads, "3.14")
    for wheel in sorted(downloads.glob("*.whl")):
        _purify(wheel, made / "wheels")
    have = {wheel.name.split("-")[0].replace("_", "-").lower() for wheel in downloads.glob("*.whl")}
    for name, package in release["packages"].items():
        if name not in have and "none-any" not in package["file_name"]:
            empty_wheel(name, made / "wheels")
    (made / "pyodide.json").write_text(json.dumps(release), encoding="utf-8")
    return made


def _take_core(release: dict[str, Any], scratch: Path, into: Path) -> None:
    try:
        command = ("npm", "pack", f"pyodide@{release['version']}", "--pack-destination", str(scratch), "--silent")
        subprocess.run(command, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError) as problem:
        msg = f"npm cannot bring the core of Pyodide {release['version']} ({problem})"
        raise NoFixtureError(msg) from None
    with tarfile.open(next(scratch.glob("pyodide-*.tgz"))) as archive:
        for name in (*release["files"], "pyodide-lock.json"):
            (into / name).write_bytes(archive.extractfile(f"package/{name}").read())


def _download(pins: Path, into: Path, python: str) -> None:
    where = ("--platform", "manylinux2014_x86_64", "--python-version", python, "--only-binary", ":all:")
    try:
        pip("download", "--no-deps", "--require-hashes", *where, "--dest", str(into), "--requirement", str(pins))
    except subprocess.CalledProcessError as problem:
        msg = f"{pins.relative_to(ROOT)} could not be downloaded (pip ended with {problem.returncode})"
        raise NoFixtureError(msg) from None


def _take_release(wheel: Path, into: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        for name in archive.namelist():
            if found := _PILE.fullmatch(name):
                (into / found[1]).write_bytes(archive.read(name))


def _take_piplite(wheel: Path, into: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        (name,) = (each for each in archive.namelist() if re.search(r"/piplite-[^/]+\.whl$", each))
        (into / Path(name).name).write_bytes(archive.read(name))


def _description(lock: dict[str, Any], release: Path) -> dict[str, Any]:
    core = ("pyodide.mjs", "pyodide.asm.js", "pyodide.asm.wasm", "python_stdlib.zip")
    files = {name: hashlib.sha256((release / name).read_bytes()).hexdigest() for name in core}
    return {"version": lock["info"]["version"], "files": files, **lock}


def _purify(wheel: Path, into: Path) -> None:
    """Copy a wheel without its compiled parts, as one that runs anywhere."""
    name, version = wheel.name.split("-")[:2]
    rows = []
    with zipfile.ZipFile(wheel) as old, zipfile.ZipFile(into / f"{name}-{version}-py3-none-any.whl", "w") as new:
        for file in old.namelist():
            if file.endswith((".so", "/RECORD", ".c", ".pyi")) or file.startswith("_yaml/"):
                continue
            data = old.read(file)
            if file.endswith(".dist-info/WHEEL"):
                data = _TAGS.sub(b"", data).rstrip() + b"\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
            new.writestr(file, data)
            digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
            rows.append(f"{file},sha256={digest},{len(data)}")
        (info,) = {file.split("/")[0] for file in old.namelist() if ".dist-info/" in file}
        new.writestr(f"{info}/RECORD", "\n".join([*rows, f"{info}/RECORD,,"]) + "\n")
