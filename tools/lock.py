"""Pin every package: ``requirements.lock`` for all, and the same versions in ``environment.yml`` for Binder.

Run it with ``make lock``. It asks the registry for the newest versions that fit ``pyproject.toml``; nothing else in the
project does. The lock holds names and versions only, so it works with any mirror.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements.lock"
ENVIRONMENT = ROOT / "environment.yml"
BINDER_PYTHON = "3.11"

HEADER = f"""\
# What Binder installs. The pins are exact and stand here, not in a file that is pointed to, so that Binder's
# environment layer stays cached from one commit to the next; `make lock` writes them. postBuild adds the kit itself.
# For a conda environment of your own: `conda env create`, then `pip install --no-deps -e .` in it.
name: parley
channels:
  - conda-forge
dependencies:
  - python={BINDER_PYTHON}
  - pip
  - pip:
"""


def pins(*arguments: str) -> list[str]:
    """Lines ``name==version`` that fit ``pyproject.toml`` for the given extras."""
    command = [sys.executable, "-m", "uv", "pip", "compile", "pyproject.toml", "--python-version", BINDER_PYTHON]
    command += ["--no-annotate", "--no-header", "--no-emit-index-url", "--no-emit-find-links", "--quiet", *arguments]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    return done.stdout.split("\n")[:-1]


def main() -> None:
    """Write both files."""
    everything = pins("--all-extras", "--universal", "--fork-strategy", "fewest")
    LOCK.write_text("\n".join(everything) + "\n", encoding="utf-8")
    binder = pins("--extra", "lab", "--python-platform", "linux", "--constraints", str(LOCK))
    ENVIRONMENT.write_text(HEADER + "".join(f"      - {pin}\n" for pin in binder), encoding="utf-8")
    print(f"{len(everything)} packages in {LOCK.name}, {len(binder)} of them in {ENVIRONMENT.name}")


if __name__ == "__main__":
    main()
