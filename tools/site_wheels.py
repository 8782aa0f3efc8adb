"""The Python of the static site: the kit and what it needs as wheels, and the ``pyodide-lock.json`` that names them.

The kernel in the page loads a package when a cell imports it, if the site's own lock names the package. So `import kit`
works as it does elsewhere: no notebook is changed, nothing is resolved in the page, and nothing asks a package index.
"""

from __future__ import annotations

import ast
import hashlib
import json
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Mapping
from email.parser import Parser
from pathlib import Path
from typing import Any

from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name, parse_wheel_filename
from same_zip import write_zip

ROOT = Path(__file__).resolve().parent.parent
PYODIDE = ROOT / "deploy" / "site" / "pyodide.json"  # the release that the site runs on, with the hash of each file
# What the kernel loads before the first cell, side by side, while Python starts; all else waits for an import.
EARLY = ("micropip", "piplite", "ipykernel", "comm", "pyodide-kernel", "ipython", "jedi", "parley-kit")
# Never imported by a learner's notebook: native packages, the command line, and what only a server needs.
LEFT_OUT = {
    *("vl-convert-python", "tqdm", "nbformat", "filelock", "trafilatura", "lxml", "lxml-html-clean"),
    *("widgetsnbextension", "jupyterlab-widgets"),
}
# The kernel asks for it. It helps programmers to complete names, and weighs more than the kit: IPython does without.
EMPTY = ("jedi",)
# Pyodide has these, older or with much behind them; the kit's own pins are taken.
OWN = ("altair", "anywidget", "comm", "ipywidgets", "markdown-it-py", "mdurl", "narwhals", "platformdirs")
OWN += ("psygnal", "pygments", "typing-extensions")
# In wheels, but never reached in a page: an eighth of all bytes. Of the lexers those stay that IPython imports.
UNUSED = re.compile(
    r""".*\.(?:pyi|pxd|a|h) | .*/RECORD | pandas/plotting/_matplotlib/.* | IPython/sphinxext/.*
    | .*/(?:tests|benchmarks|labextension|nbextension)/.* | [^/]+\.data/.* | numpy/f2py/.*
    | pytz/zoneinfo/.* | narwhals/_(?:dask|duckdb|ibis|polars|spark_like)/.*
    | pygments/lexers/(?!(?:__init__|_(?:css|lilypond|scheme)_builtins|_mapping|css|data|html|javascript|jvm|lilypond|lisp
    |markup|perl|python|ruby|shell)\.py).*""",
    re.VERBOSE,
)
DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
_LEAVE = shutil.ignore_patterns(".git", ".venv", "node_modules", "__pycache__", "dist", "build", "my-work", "tests")

Package = dict[str, Any]


def meaning_of_markers(python: str) -> dict[str, str]:
    """Return what the conditions in a wheel's requirements mean inside Pyodide."""
    return {
        **{name: str(value) for name, value in default_environment().items()},
        "sys_platform": "emscripten",
        "platform_system": "Emscripten",
        "platform_machine": "wasm32",
        "os_name": "posix",
        "python_version": ".".join(python.split(".")[:2]),
        "python_full_version": python,
        "extra": "",
    }


def entry(wheel: Path, python: str) -> Package:
    """Return what a ``pyodide-lock.json`` says of a wheel, read from the wheel itself."""
    name, version, _, _ = parse_wheel_filename(wheel.name)
    with zipfile.ZipFile(wheel) as archive:
        files = archive.namelist()
        (metadata,) = (file for file in files if re.fullmatch(r"[^/]+\.dist-info/METADATA", file))
        said = Parser().parsestr(archive.read(metadata).decode())
    return {
        "name": str(name),
        "version": str(version),
        "file_name": wheel.name,
        "install_dir": "site",
        "sha256": hashlib.sha256(wheel.read_bytes()).hexdigest(),
        "package_type": "package",
        "imports": _imports(files),
        "depends": _needs(said.get_all("Requires-Dist") or [], python),
        "unvendored_tests": False,
        "shared_library": False,
    }


def _imports(files: Iterable[str]) -> list[str]:
    tops = {file.split("/")[0] for file in files if file.endswith((".py", ".so")) and ".d" not in file.split("/")[0]}
    return sorted({top.removesuffix(".py") for top in tops if re.fullmatch(r"\w+(\.py)?", top)})


def _needs(requirements: Iterable[str], python: str) -> list[str]:
    asked = [Requirement(each) for each in requirements]
    markers = meaning_of_markers(python)
    needed = {canonicalize_name(each.name) for each in asked if each.marker is None or each.marker.evaluate(markers)}
    return sorted(str(name) for name in needed - LEFT_OUT)


def slim(wheel: Path) -> None:
    """Take out of a wheel what no page reaches: some files, and what explains the code to programmers."""
    with zipfile.ZipFile(wheel) as packed:
        kept = {name: packed.read(name) for name in packed.namelist() if not UNUSED.fullmatch(name)}
    if not wheel.name.startswith("parley"):
        left = "-" if wheel.name.startswith("altair") else ""  # altair insists on a text
        kept = {name: bare(data, left) if name.endswith(".py") else data for name, data in kept.items()}
    write_zip(wheel, kept)


def bare(source: bytes, left: str = "") -> bytes:
    """Return Python code without comments, and with something short for each docstring.

    Code that is newer than the Python that builds the site stays as it is.
    """
    try:
        tree = ast.parse(source)
        for node in ast.walk(tree):
            if isinstance(node, DOCUMENTED) and ast.get_docstring(node, clean=False):
                node.body[0] = ast.Expr(ast.Constant(left))
        return ast.unparse(tree).encode()
    except (SyntaxError, ValueError):  # the second: not everything that can be read can be written again
        return source


def empty_wheel(name: str, into: Path) -> None:
    """Write a wheel with nothing in it, for a package that is asked for and not needed."""
    about = {f"{name}-0.dist-info/METADATA": f"Name: {name}\nVersion: 0\n".encode()}
    write_zip(into / f"{name.replace('-', '_')}-0-py3-none-any.whl", about)


def lock(base: Mapping[str, Any], wheels: Iterable[Path]) -> dict[str, Any]:
    """Return Pyodide's own lock with the site's wheels in it, and only what the kit reaches.

    Parameters
    ----------
    base : dict
        ``info`` and ``packages`` of a ``pyodide-lock.json``.
    wheels : iterable of Path
        A wheel of the site replaces Pyodide's package of the same name.
    """
    packages = _known(base, wheels)
    reached = reachable(packages, EARLY)
    return {"info": base["info"], "packages": {name: packages[name] for name in reached}}


def _known(base: Mapping[str, Any], wheels: Iterable[Path]) -> dict[str, Package]:
    made = [entry(wheel, base["info"]["python"]) for wheel in wheels]
    return {**base["packages"], **{each["name"]: each for each in made}}


def missing(base: Mapping[str, Any], wheels: Iterable[Path]) -> list[str]:
    """Return the packages that the site needs, and that neither Pyodide nor one of the wheels brings."""
    packages = _known(base, wheels)
    return [name for name in reachable(packages, EARLY) if name not in packages]


def reachable(packages: Mapping[str, Package], wanted: Iterable[str]) -> list[str]:
    """Return the names of the wanted packages and of all that they need, sorted, whether they are there or not."""
    found: set[str] = set()
    waiting = list(wanted)
    while waiting:
        name = str(canonicalize_name(waiting.pop()))
        if name not in found:
            found.add(name)
            waiting += packages[name]["depends"] if name in packages else []
    return sorted(found)


def kit_wheel(into: Path, prepare: Callable[[Path], None] = lambda copy: None) -> Path:
    """Build the kit as a wheel with the chart bundle and the marks in it.

    What makes the bundle is native and cannot run in a page, and marking takes long there.

    Parameters
    ----------
    prepare : callable
        Is given the copy of the project that the wheel is built from, to add to it or take from it.
    """
    from kit.prepare import keep_marks
    from kit.screen.chart import bundle_text

    with tempfile.TemporaryDirectory() as scratch:
        copy = Path(scratch) / "project"
        shutil.copytree(ROOT, copy, ignore=_LEAVE)
        (copy / "kit" / "screen" / "vega.mjs").write_text(bundle_text(), encoding="utf-8")
        keep_marks(copy / "kit" / "kept")
        prepare(copy)
        pip("wheel", "--no-build-isolation", "--no-deps", "--wheel-dir", str(into), str(copy))
    (wheel,) = into.glob("parley_kit-*.whl")
    return wheel


def complete(base: Mapping[str, Any], folder: Path) -> None:
    """Download into a folder of wheels what the kit needs besides."""
    have = {entry(wheel, base["info"]["python"])["name"] for wheel in folder.glob("*.whl")}
    asked = [name for name in OWN if name not in have]
    while asked:
        pure_wheels(asked, base["info"]["python"], folder)
        asked = missing(base, sorted(folder.glob("*.whl")))


def pure_wheels(names: Iterable[str], python: str, into: Path) -> None:
    """Download the kit's pins of these packages, by their hashes, as wheels that run anywhere."""
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as asked:
        asked.write("\n".join(pin(name) for name in names))
        asked.flush()
        where = ("--platform", "any", "--python-version", ".".join(python.split(".")[:2]), "--only-binary", ":all:")
        pip("download", "--no-deps", "--require-hashes", *where, "--dest", str(into), "--requirement", asked.name)


def pin(name: str) -> str:
    """Return the lines of the lock that pin a package.

    Raises
    ------
    SystemExit
        If the lock does not name it.
    """
    text = (ROOT / "locks" / "lab.lock").read_text(encoding="utf-8")
    found = re.search(rf"^{re.escape(name)}==[^\n]*\\\n(?:    --hash[^\n]*\n?)+", text, re.MULTILINE)
    if not found:
        msg = f"locks/lab.lock does not pin {name}: run `make lock`."
        raise SystemExit(msg)
    return found[0].strip()


def pip(*arguments: str) -> None:
    """Run pip, quietly."""
    quiet = ("--quiet", "--disable-pip-version-check")
    subprocess.run([sys.executable, "-m", "pip", *arguments, *quiet], check=True)


def pyodide() -> dict[str, Any]:
    """Return the Pyodide release of the site: its ``address``, the hashes of its core ``files``, and its lock."""
    return json.loads(PYODIDE.read_text(encoding="utf-8"))


if __name__ == "__main__":
    print(kit_wheel(Path(sys.argv[1])))
