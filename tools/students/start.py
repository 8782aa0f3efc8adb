"""Set Parley up in this folder, the first time, and open it: ``python3 start.py``."""

from __future__ import annotations  # an old Python has to come as far as the line that refuses it

import os
import platform
import re
import subprocess
import sys
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
PLACE = HERE / ".venv"
READY = PLACE / ".ready"
FIRST = "notebooks/00-start-here.ipynb"
WINDOWS = os.name == "nt"
LONGEST = 90  # Windows refuses paths over 260 characters; the longest inside .venv has about 160
# What a machine is told for its other Pythons would break this one: modules from elsewhere, or another place to install to.
MISLEADING = ("PYTHONPATH", "PYTHONHOME", "PIP_TARGET", "PIP_PREFIX", "PIP_ROOT")
# Machines for which some packages come without a ready-made wheel, so that a compiler would be needed.
WITHOUT_WHEELS = {("Windows", "arm64"), ("Darwin", "x86_64")}


def main() -> None:
    """Install what is missing and open JupyterLab; stop with words where either fails."""
    try:
        set_up_and_open()
    except KeyboardInterrupt:  # how JupyterLab is closed in a terminal
        pass
    except subprocess.SubprocessError:
        stop("Python could not make an environment. On Debian and Ubuntu: sudo apt install python3-venv")
    except (OSError, ValueError) as error:
        stop(
            f"This did not work: {error}\nClose what is open from this folder, see that the disk has room, and try again."
        )


def set_up_and_open() -> None:
    """Install what is missing and open JupyterLab."""
    for name in MISLEADING:
        os.environ.pop(name, None)
    os.environ["PIP_USER"] = "0"  # counts for more than pip's own file of settings
    refuse_what_cannot_work()
    python = PLACE / ("Scripts/python.exe" if WINDOWS else "bin/python")
    if not READY.exists() or not works(python):
        refuse_other_pythons()
        print("Setting up, once. This takes a few minutes ...", flush=True)
        venv.create(PLACE, with_pip=True, clear=PLACE.exists())
        pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        run([*pip, "--require-hashes", "--requirement", "locks/lab.lock"], hint=hint_without_wheels())
        # Not editable: an editable install remembers where this folder lay, and breaks when the folder is moved.
        run([*pip, "--no-build-isolation", "--no-deps", "."])
        run([python, "-m", "kit.prepare"])
        READY.touch()
    # Not the notebook's name alone: Jupyter would then see its folder only, and the exercises lie in another. The root is
    # said, since a learner's own settings of Jupyter may name another, where nothing of this is found.
    run([python, "-m", "jupyterlab", f"--ServerApp.root_dir={HERE}", f"--LabApp.default_url=/lab/tree/{FIRST}"])


def refuse_what_cannot_work() -> None:
    """Stop before anything is installed where the installation would fail."""
    if not (HERE / "locks" / "lab.lock").is_file():  # started from within the zip, which Windows shows like a folder
        stop("start.py lies here alone. Unpack the whole zip first, and start it from the folder that comes out.")
    if WINDOWS and len(str(HERE)) > LONGEST:
        stop(
            f"The path of this folder is too long for Windows: {HERE}\nMove the folder nearer to the drive, to C:\\parley, say."
        )


def refuse_other_pythons() -> None:
    """Stop where some package has no ready-made wheel for this Python: an older one, or a newer one than is pinned for."""
    said = re.search(r'^requires-python = ">=3\.(\d+),<3\.(\d+)"', (HERE / "pyproject.toml").read_text("utf-8"), re.M)
    first, end = int(said[1]), int(said[2])
    if not (3, first) <= sys.version_info[:2] < (3, end):
        command = f"py -3.{end - 1}" if WINDOWS else f"python3.{end - 1}"
        stop(
            f"Parley is made for Python 3.{first} to 3.{end - 1}; this is {platform.python_version()}.\n"
            f"Get Python 3.{end - 1} from python.org (this one may stay), and start with it: {command} start.py"
        )


def works(python: Path) -> bool:
    """Say whether the environment's Python still runs: it does not if the Python it was made with is gone."""
    try:
        return subprocess.run([str(python), "-c", "import kit, jupyterlab"], cwd=PLACE, check=False).returncode == 0
    except OSError:
        return False


def hint_without_wheels() -> str:
    """Return what to do on a machine for which some packages have no wheel; empty elsewhere."""
    if (platform.system(), platform.machine().lower()) not in WITHOUT_WHEELS:
        return ""
    return "\nOn this kind of computer some packages need a compiler. The course runs in a browser too: ask for its web address."


def run(command: list[object], hint: str = "") -> None:
    """Run a command in this folder; stop with its trouble if it fails."""
    done = subprocess.run([str(part) for part in command], cwd=HERE, check=False)
    if done.returncode:
        stop(f"That did not work; the lines above say why. Mend it and run start.py again: nothing is lost.{hint}")


def stop(why: str) -> None:
    """End with a message that can be read, also in a window that closes by itself."""
    print(why, file=sys.stderr, flush=True)
    if WINDOWS and sys.stdin is not None and sys.stdin.isatty():
        input("Press Enter to close this window. ")
    sys.exit(1)


if __name__ == "__main__":
    main()
