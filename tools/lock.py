"""Pin every package: ``locks/*.lock`` with hashes, and the same versions in ``environment.yml`` for Binder.

Run it with ``make lock``. It asks the registry for the newest versions that fit ``pyproject.toml``; nothing else in the
project does. A lock holds names, versions and hashes and no address, so it works with any mirror.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ROOT / "locks"
ENVIRONMENT = ROOT / "environment.yml"
BINDER_PYTHON = "3.11"
# What each lock installs, by the extras of pyproject.toml: a learner needs the first alone.
EXTRAS = {
    "lab": ("lab", "build"),
    "test": ("lab", "build", "test"),
    "bench": ("lab", "build", "test", "bench"),
    "hub": ("lab", "build", "hub"),
    "site": ("build", "site"),
}

HEADER = f"""\
# What Binder installs. The pins are exact and stand here, not in a file that is pointed to, so that Binder's
# environment layer stays cached from one commit to the next; `make lock` writes them. postBuild adds the kit itself.
# For a conda environment of your own: `conda env create`, then `pip install --no-build-isolation --no-deps -e .` in it.
name: parley
channels:
  - conda-forge
dependencies:
  - python={BINDER_PYTHON}
  - pip
  - pip:
"""


def compiled(*arguments: str) -> str:
    """Return pins that fit ``pyproject.toml``, as uv writes them without any address."""
    command = [sys.executable, "-m", "uv", "pip", "compile", "pyproject.toml", "--python-version", BINDER_PYTHON]
    command += ["--no-annotate", "--no-header", "--no-emit-index-url", "--no-emit-find-links", "--quiet", *arguments]
    return subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout


def main() -> None:
    """Write all files, with one version of each package throughout."""
    LOCKS.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        everything = Path(folder) / "all.txt"
        # "fewest": one version of a package for all systems, wherever that can be.
        everything.write_text(compiled("--all-extras", "--universal", "--fork-strategy", "fewest"), encoding="utf-8")
        same = ("--constraints", str(everything))
        for name, extras in EXTRAS.items():
            asked = [word for extra in extras for word in ("--extra", extra)]
            text = compiled(*asked, "--universal", "--fork-strategy", "fewest", "--generate-hashes", *same)
            (LOCKS / f"{name}.lock").write_text(text, encoding="utf-8")
            print(f"locks/{name}.lock: {len(re.findall(r'^[a-z]', text, re.MULTILINE))} packages")
        binder = compiled("--extra", "lab", "--extra", "build", "--python-platform", "linux", *same).splitlines()
    ENVIRONMENT.write_text(HEADER + "".join(f"      - {pin}\n" for pin in binder), encoding="utf-8")


if __name__ == "__main__":
    main()
