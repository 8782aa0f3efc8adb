"""Run the notebooks: save them with their outputs, or compare them with what is saved.

``python tools/notebooks.py save [NOTEBOOK ...]`` executes and saves, without widget state and without the widget views
that only a live kernel could fill. What is left is the static preview beside them, and beside that a PNG of it, which
GitHub and ``nbconvert`` show. ``pictures`` draws these PNGs anew without running anything. ``check`` runs nbval: saved
outputs of ``notebooks/`` and ``solutions/`` must come out the same; ``exercises/``, and the course that is derived for the
second case, must run without an error.
"""

from __future__ import annotations

import argparse
import io
import os
import re
import subprocess
import sys
import tempfile
from base64 import b64encode
from pathlib import Path
from typing import Any

import nbformat

ROOT = Path(__file__).resolve().parent.parent
SAVED = ("notebooks", "solutions")
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
PREVIEW = "application/vnd.vegalite.v5+json"
SCALE = 1.5
COLOURS = 64  # a chart has few; so a picture takes a fifth of the room
CELL = re.compile(r"<(t[hd])(?= (?:scope|dir)=)")  # of a table of the kit
RULE = re.compile(r"^\|(?:\s*-{3,}\s*\|)+\s*$", re.MULTILINE)
TIMEOUT = 120


def found(folder: str) -> list[Path]:
    """All notebooks below a folder of the project, in order."""
    paths = sorted((ROOT / folder).rglob("*.ipynb"))
    return [path for path in paths if ".ipynb_checkpoints" not in path.parts]


def tidy(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """Take out what must not be saved (widget state and views, times of execution), and draw each chart beside itself."""
    notebook.metadata = {"kernelspec": notebook.metadata["kernelspec"], "language_info": {"name": "python"}}
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
        if cell.cell_type == "markdown":
            # nbconvert aligns the columns of a table to the right unless its rule says otherwise; JupyterLab does not.
            cell.source = RULE.sub(lambda rule: re.sub("-{3,}", ":--", rule[0]), cell.source)
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            data.pop(WIDGET_VIEW, None)
            if "text/html" in data:  # JupyterLab and nbconvert align cells to the right until the kit's style is there
                data["text/html"] = CELL.sub(r'<\1 style="text-align: start"', data["text/html"])
    return draw(notebook)


def draw(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """Put a PNG beside each saved chart: JupyterLab draws the chart, whatever cannot do so shows the PNG."""
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            if PREVIEW in data:
                data["image/png"] = b64encode(png(data[PREVIEW])).decode()
    return notebook


def png(chart: dict[str, Any]) -> bytes:
    """Return a chart as a PNG in few colours."""
    import vl_convert
    from PIL import Image

    drawn = Image.open(io.BytesIO(vl_convert.vegalite_to_png(chart, vl_version="6.4", scale=SCALE)))
    small = io.BytesIO()
    drawn.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(small, "png", optimize=True)
    return small.getvalue()


def save(path: Path) -> None:
    """Execute a notebook where it stands and write it back, tidied."""
    from nbclient import NotebookClient

    notebook = nbformat.read(path, as_version=4)
    notebook.metadata.setdefault("kernelspec", {"name": "python3", "display_name": "Python 3", "language": "python"})
    NotebookClient(notebook, timeout=TIMEOUT, resources={"metadata": {"path": str(path.parent)}}).execute()
    nbformat.write(tidy(notebook), path)
    print(f"saved {path.relative_to(ROOT)}", flush=True)


def check(paths: list[Path], derived: list[Path]) -> int:
    """Hold the notebooks to what is saved in them, and run derived ones, which hold nothing; the exit code of the worst run."""
    common = ["--nbval-current-env", f"--nbval-cell-timeout={TIMEOUT}", "-q", "-p", "no:cacheprovider"]
    common += ["-p", "tools.kernel_sockets"]
    # "loadscope", since the cells of a notebook share its kernel: one worker runs them all.
    common += ["--nbval-sanitize-with", "tests/notebooks/sanitize.cfg", "-n", "2", "--dist", "loadscope"]
    strict = [str(path) for path in paths if path.relative_to(ROOT).parts[0] in SAVED]
    lax = [str(path) for path in paths if path.relative_to(ROOT).parts[0] == "exercises"] + list(map(str, derived))
    codes = [
        subprocess.run([sys.executable, "-m", "pytest", flag, *common, *group], cwd=ROOT, check=False).returncode
        for flag, group in (("--nbval", strict), ("--nbval-lax", lax))
        if group
    ]
    return max(codes, default=0)


def second_course(out: Path) -> list[Path]:
    """Write the course for the second case into a folder, and return its notebooks."""
    sys.path.insert(0, str(ROOT))
    from kit.authoring.course import course
    from kit.case import load_case

    return [out / name for name in course(load_case("northern-ireland"), out)]


def main() -> int:
    """Do what the command line asks for, with a portfolio of its own so that no learner's work shows or changes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["save", "pictures", "check"])
    parser.add_argument("notebooks", nargs="*", type=lambda name: Path(name).resolve())
    asked = parser.parse_args()
    folders = (*SAVED, "exercises") if asked.what == "check" else SAVED
    paths = asked.notebooks or [path for folder in folders for path in found(folder)]
    if asked.what == "check":
        # Within the project: pytest gives files outside it no path, so that cells of different notebooks share a name.
        (ROOT / "build").mkdir(exist_ok=True)
        with tempfile.TemporaryDirectory(dir=ROOT / "build") as folder:
            os.environ["PARLEY_PORTFOLIO"] = str(Path(folder) / "portfolio.json")
            os.environ["PARLEY_TODAY"] = "2026-09-01"  # saved pages are the same on every day
            return check(paths, [] if asked.notebooks else second_course(Path(folder) / "course"))
    for path in paths if asked.what == "pictures" else ():
        nbformat.write(tidy(nbformat.read(path, as_version=4)), path)
    for path in paths if asked.what == "save" else ():
        with tempfile.TemporaryDirectory() as folder:
            os.environ["PARLEY_PORTFOLIO"] = str(Path(folder) / "portfolio.json")
            os.environ["PARLEY_TODAY"] = "2026-09-01"  # saved pages are the same on every day
            save(path)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
