"""A button that makes the instructor's pack, or says what is missing and where a ready one lies."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import ipywidgets

from kit.screen import html, runtime
from kit.screen.controls import button
from kit.screen.download import Download
from kit.screen.still import Still
from kit.screen.stylesheet import stylesheet

ROOT = Path(__file__).resolve().parent.parent.parent
READY = "A ready pack, parley-instructor-pack-….zip, lies beside each release of Parley. Unpack it and open index.html."
PATIENCE = 1200  # seconds


class ReadyPack(Still, ipywidgets.VBox):
    """The instructor's pack at the press of a button: handouts, slides, articles, lesson plans and more, in one zip.

    Parameters
    ----------
    case : str
        A bundled case or a case's folder.

    Attributes
    ----------
    path : Path or None
        The zip that was made.
    """

    aim = "make it"

    def __init__(self, case: str = "ukraine") -> None:
        self.path: Path | None = None
        self._case = case
        self.button = button("Make the pack", self.make, "primary")
        self.said = ipywidgets.HTML()
        self.button.disabled = bool(lacking := missing())
        self._say(lacking or "The pack takes a few minutes. The zip will lie in the folder dist.")
        super().__init__([self.button, self.said, stylesheet()])
        self.add_class("parley-work")

    def make(self) -> None:
        """Make the zip, and offer it to download."""
        self.button.disabled = True
        self._say("The pack is being made. Please wait.")
        try:
            # A process of its own: it needs the checkout's tools, and a chart that fails cannot stop this notebook.
            done = _run("tools/pack.py", "--case", self._case)
        except (OSError, subprocess.TimeoutExpired):
            self._say(f"The pack could not be made here. {READY}")
        else:
            self._show(done)
        self.button.disabled = False

    def _show(self, done: Any) -> None:
        lines = (done.stdout if done.returncode == 0 else done.stderr).strip().splitlines()
        if done.returncode:
            self._say(f"The pack could not be made: {lines[-1] if lines else 'no reason was given'}. {READY}")
            return
        self.path = ROOT / lines[-1].partition(":")[0]
        self._say(*(line for line in lines if line.startswith("Not in this pack")), lines[-1])
        made = Download("Download the pack", self.path.name, self.path.read_bytes(), "application/zip")
        self.children = (self.button, self.said, made, stylesheet())

    def _say(self, *lines: str) -> None:
        self.said.value = html.join(*(html.tag("p", line) for line in lines))

    def still(self) -> str:
        """Return what stands here where no Python runs."""
        return "A button that makes the pack of what an instructor prints, shows and uploads."

    def __repr__(self) -> str:
        return f"ReadyPack({self._case!r})"


def missing() -> str:
    """Return why no pack can be made here and where a ready one lies; an empty text where one can be made."""
    if runtime.IN_PAGE:
        return f"A browser page cannot make the pack. {READY}"
    if not (ROOT / "tools" / "pack.py").exists():
        return f"The pack is made from a full copy of Parley, and this copy has no folder tools. {READY}"
    return ""


def _run(*arguments: str) -> Any:
    paths = [str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
    return subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, env={**os.environ, "PYTHONPATH": os.pathsep.join(paths), "PYTHONUTF8": "1"},
        capture_output=True, encoding="utf-8", check=False, timeout=PATIENCE,
    )  # fmt: skip
