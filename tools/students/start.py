"""Set Parley up in this folder, the first time, and open it: ``python3 start.py``."""

import os
import subprocess
import sys
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
PLACE = HERE / ".venv"
READY = PLACE / ".ready"
FIRST = "notebooks/00-start-here.ipynb"


def main() -> None:
    """Install what is missing and open JupyterLab."""
    if sys.version_info < (3, 11):  # noqa: UP036 - the learner's Python, before anything is installed
        sys.exit(f"Parley needs Python 3.11 or newer; this is {sys.version.split()[0]}. Get one from python.org.")
    python = PLACE / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if not READY.exists():
        print("Setting up, once. This takes a few minutes ...", flush=True)
        venv.create(PLACE, with_pip=True)
        pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        run([*pip, "--constraint", "requirements.lock", "--editable", ".[lab]"])
        run([python, "-m", "kit.screen.chart"])
        READY.touch()
    # Not the notebook's name alone: Jupyter would then see its folder only, and the exercises lie in another.
    run([python, "-m", "jupyterlab", f"--LabApp.default_url=/lab/tree/{FIRST}"])


def run(command: list[object]) -> None:
    """Run a command in this folder; stop with its trouble if it fails."""
    done = subprocess.run([str(part) for part in command], cwd=HERE, check=False)
    if done.returncode:
        sys.exit("That did not work; the lines above say why. Mend it and run start.py again: nothing is lost.")


if __name__ == "__main__":
    main()
