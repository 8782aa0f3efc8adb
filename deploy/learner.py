"""Begin a learner's server on a class hub: lay out the notebooks in the learner's home, then become the server.

The hub runs this as the learner. What the learner has is never written over: a notebook that was changed stays, one that
is missing comes back. The portfolio lies beside the notebooks, in ``parley/my-work/``. With ``--lay-out-only`` nothing is
begun: so a container uses it whose server is begun otherwise.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
FOLDERS = ("notebooks", "exercises")
LEFT_OUT = {".ipynb_checkpoints", "instructor"}


def lay_out(project: Path, home: Path) -> Path:
    """Copy the notebooks that a learner lacks and return the folder that holds them."""
    own = home / "parley"
    for folder in FOLDERS:
        for source in sorted((project / folder).rglob("*")):
            target = own / source.relative_to(project)
            if source.is_file() and not LEFT_OUT & set(source.parts) and not target.exists():
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(source, target)
    return own


def main() -> None:
    """Lay out the notebooks and become the single-user server, with the arguments given."""
    own = lay_out(PROJECT, Path.home())
    if "--lay-out-only" in sys.argv:
        return
    os.environ.setdefault("PARLEY_PORTFOLIO", str(own / "my-work" / "portfolio.json"))
    os.chdir(own)
    server = [sys.executable, "-m", "jupyterhub.singleuser", f"--ServerApp.root_dir={own}", *sys.argv[1:]]
    os.execv(sys.executable, server)


if __name__ == "__main__":
    main()
