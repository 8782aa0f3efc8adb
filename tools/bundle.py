"""Pack what a student needs into one zip, without solutions, and try it.

``python tools/bundle.py`` writes ``dist/parley-students-VERSION.zip``: notebooks, exercises and the kit, with a start script
that sets all up. It then unpacks the zip elsewhere and runs notebooks in it (``--all``: every one), so that what is handed out has been
seen to work. The same files give the same zip, to the byte. With ``--case FOLDER`` the notebooks are those of a case of one's
own (``python -m kit course``), and the case lies beside them.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import tomllib
import zipfile
from pathlib import Path

from same_zip import write_zip

ROOT = Path(__file__).resolve().parent.parent
PLAIN = ("LICENSE", "LICENSE-CONTENT", "environment.yml", "postBuild", "pyproject.toml", "locks/lab.lock")
FOLDERS = ("exercises", "kit", "notebooks", "settings")
LEFT_OUT = {"__pycache__", ".ipynb_checkpoints", "instructor", "solutions", "my-work"}
RENAMED = {"README.md": "tools/students/README.md", "start.py": "tools/students/start.py"}
TRIED = ("notebooks/00-start-here.ipynb", "exercises/01-background.ipynb")


def members(root: Path, course: Path | None = None) -> dict[str, Path]:
    """Files of the bundle: from their names in it to where they are now; a course takes the lead course's place."""
    found = {name: root / name for name in PLAIN} | {name: root / source for name, source in RENAMED.items()}
    for folder in FOLDERS if course is None else ("kit", "settings"):
        found |= _files(root, root / folder)
    if course is not None:
        found |= _files(course, course)
    return dict(sorted(found.items()))


def _files(root: Path, folder: Path) -> dict[str, Path]:
    return {
        path.relative_to(root).as_posix(): path
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.is_symlink() and not LEFT_OUT & set(path.relative_to(root).parts)
    }


def pack(root: Path, target: Path, course: Path | None = None) -> list[str]:
    """Write the zip and return the names in it."""
    files = members(root, course)
    packed = {f"{target.stem}/{name}": path.read_bytes() for name, path in files.items()}
    write_zip(target, packed, run={f"{target.stem}/postBuild"})
    return list(files)


def trial(notebook: str) -> str:
    """Return a script that runs the notebook's cells, where the notebook lies, and tells what kit it had."""
    return f"""
import sys
import nbformat
from nbclient import NotebookClient
book = nbformat.read({notebook!r}, as_version=4)
book.cells.append(nbformat.v4.new_code_cell("import kit; print(kit.__file__)"))
# An exercise not yet done asks for an answer; it must not break.
place = {{"metadata": {{"path": {str(Path(notebook).parent)!r}}}}}
NotebookClient(book, timeout=300, kernel_name="python3", resources=place).execute()
print(book.cells[-1].outputs[0]["text"].strip())
"""


def smoke(bundle: Path, notebooks: tuple[str, ...] | None) -> list[str]:
    """Unpack the bundle, run notebooks in it, and return what went wrong."""
    with tempfile.TemporaryDirectory(prefix="parley-bundle-") as place:
        with zipfile.ZipFile(bundle) as packed:
            packed.extractall(place)
        root = Path(place).resolve() / bundle.stem
        if notebooks is None:
            # The folders whose names begin with e or n are exercises and notebooks.
            notebooks = tuple(path.relative_to(root).as_posix() for path in sorted(root.glob("[en]*/*.ipynb")))
        return [trouble for each in notebooks for trouble in tried(root, each)]


def tried(root: Path, notebook: str) -> list[str]:
    """Run one notebook of an unpacked bundle and return what went wrong."""
    print(f"trying {notebook} ...", flush=True)
    # As on a student's machine: neither our settings nor a portfolio of ours may help.
    inherited = {key: value for key, value in os.environ.items() if not key.startswith(("PARLEY", "JUPYTER", "PYTEST"))}
    run = subprocess.run(
        [sys.executable, "-c", trial(notebook)],
        cwd=root,
        env=inherited | {"PYTHONPATH": str(root)},
        capture_output=True,
        text=True,
        check=False,
    )
    if run.returncode:
        return [f"{notebook}: {run.stderr.strip().splitlines()[-1]}"]
    used = Path(run.stdout.strip().splitlines()[-1])
    return [] if used.is_relative_to(root) else [f"{notebook}: it ran with another kit, {used}"]


def main() -> None:
    """Pack and try."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument(
        "--case", metavar="CASE", help="pack the course of this case, a folder or a bundled case's name"
    )
    parser.add_argument("--all", action="store_true", help="try every notebook and exercise, not two of them")
    options = parser.parse_args()
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    with tempfile.TemporaryDirectory(prefix="parley-course-") as place:
        named, course = "", None
        if options.case is not None:
            from kit.authoring.course import course as write_course
            from kit.case import load_case

            case, course = load_case(options.case), Path(place)
            write_course(case, course)
            named = f"-{case.name}"
        target = ROOT / "dist" / f"parley-students{named}-{version}.zip"
        names = pack(ROOT, target, course)
    print(f"{target.relative_to(ROOT)}: {len(names)} files, {target.stat().st_size / 1e6:.1f} MB")
    trouble = smoke(target, None if options.all else TRIED)
    print("\n".join(trouble) or "It runs.")
    sys.exit(bool(trouble))


if __name__ == "__main__":
    main()
