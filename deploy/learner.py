"""Begin a learner's server on a class hub: lay out the notebooks in the learner's home, then become the server.

The hub runs this as the learner. What the learner has is never written over: a notebook that was changed stays, one that
is missing or empty comes back. Those whom the hub calls instructors (``PARLEY_INSTRUCTOR``) get their notebooks too, as far as
the files' own permissions let them. The portfolio lies beside the notebooks, in ``parley/my-work/``. With ``--lay-out-only``
nothing is begun: so a container uses it whose server is begun otherwise.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
FOLDERS = ("notebooks", "exercises")
LEFT_OUT = {".ipynb_checkpoints", "instructor"}


def lay_out(project: Path, home: Path, *, instructor: bool = False) -> Path:
    """Copy the notebooks that a learner or an instructor lacks and return the folder that holds them.

    One that cannot be copied does not keep back the others: the first error is raised when all have been tried.
    """
    left_out = LEFT_OUT - {"instructor"} if instructor else LEFT_OUT
    own = home / "parley"
    errors: list[OSError] = []
    for folder in FOLDERS:
        for source in sorted((project / folder).rglob("*")):
            place = source.relative_to(project)
            if source.is_file() and not left_out & set(place.parts):
                try:
                    _copy_if_lacking(source, own / place)
                except OSError as error:
                    errors.append(error)
    if errors:
        raise errors[0]
    return own


def _copy_if_lacking(source: Path, target: Path) -> None:
    # A copy that a full disk cut short leaves nothing or an empty file behind; neither is a learner's work.
    if target.exists() and target.stat().st_size > 0:
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f".{target.name}.part")
    shutil.copyfile(source, part)
    part.replace(target)


def main() -> None:
    """Lay out the notebooks and become the single-user server, with the arguments given."""
    home = Path.home()
    try:
        lay_out(PROJECT, home, instructor=bool(os.environ.get("PARLEY_INSTRUCTOR")))
    except OSError as error:
        # A full disk, or a file where a folder should be: only from within a server can a learner mend it.
        print(f"Parley: not all notebooks could be laid out: {error}", file=sys.stderr)
    if "--lay-out-only" in sys.argv:
        return
    os.environ.setdefault("PARLEY_PORTFOLIO", str(home / "parley" / "my-work" / "portfolio.json"))
    os.chdir(home)
    server = [sys.executable, "-m", "jupyterhub.singleuser", f"--ServerApp.root_dir={home}", *sys.argv[1:]]
    os.execv(sys.executable, server)


if __name__ == "__main__":
    main()
