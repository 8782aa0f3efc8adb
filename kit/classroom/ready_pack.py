"""A button that makes the instructor's pack, or says what is missing and where a ready one lies."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import ipywidgets

from kit.screen import html, runtime
from kit.screen.controls import button
from kit.screen.download import Download
from kit.screen.still_text import Still
from kit.screen.stylesheet import stylesheet

ROOT = Path(__file__).resolve().parent.parent.parent
READY = (
    "A ready pack with all of it, parley-instructor-pack-….zip, lies beside each release of Parley. "
    "Unpack it and open index.html."
)


class ReadyPack(Still, ipywidgets.VBox):
    """The instructor's pack at the press of a button: handouts, slides, articles, lesson plans and more, in one zip.

    Parameters
    ----------
    case : str
        A bundled case or a case's folder.
    folder : str or Path, optional
        Where the zip is to lie: the folder dist of this copy of Parley, unless you name another.

    Attributes
    ----------
    path : Path or None
        The zip that was made.
    """

    aim = "make it"
    what_it_is = "A button that makes the pack of what an instructor prints, shows and uploads."

    def __init__(self, case: str = "ukraine", folder: str | Path | None = None) -> None:
        self.path: Path | None = None
        self._folder = Path(folder or ROOT / "dist").absolute()  # the script runs in another folder than the notebook
        self._case = case
        self.button = button("Make the pack", self.make, "primary")
        self.said = ipywidgets.HTML()
        self.button.disabled = bool(lacking := missing_packages())
        self._say(lacking or f"The pack takes a few minutes. The zip will lie in the folder {self._folder.name}.")
        super().__init__([self.button, self.said, stylesheet()])
        self.add_class("parley-work")

    def make(self) -> None:
        """Make the zip, and offer it to download."""
        self.button.disabled = True
        self._say("The pack is being made. Please wait.")
        lines: list[str] = []
        try:
            # A process of its own: it needs the checkout's tools, and a chart that fails cannot stop this notebook.
            for line in _run("tools/pack.py", "--case", self._case, "--out", str(self._folder)):
                lines.append(line)
                self._say("The pack is being made. Please wait.", line)
        except (OSError, subprocess.SubprocessError):
            reason = lines[-1].rstrip(".") if lines else "no reason was given"
            self._say(f"The pack could not be made: {reason}. {READY}")
        else:
            self._show(lines)
        self.button.disabled = False

    def _show(self, lines: list[str]) -> None:
        # The newest: its name holds a version, which the script alone knows, and older packs may lie there.
        self.path = max(self._folder.glob("*.zip"), key=lambda path: path.stat().st_mtime)
        lacking = [line for line in lines if line.startswith("Not in this pack")]
        self._say(*lacking, *([READY] if lacking else []), lines[-1])
        made = Download("Download the pack", self.path.name, self.path.read_bytes(), "application/zip")
        self.children = (self.button, self.said, made, stylesheet())

    def _say(self, *lines: str) -> None:
        self.said.value = html.join(*(html.tag("p", line) for line in lines))

    def __repr__(self) -> str:
        return f"ReadyPack({self._case!r})"


def missing_packages() -> str:
    """Return why no pack can be made here and where a ready one lies; an empty text where one can be made."""
    if runtime.IN_PAGE:
        return "A browser page cannot make the pack. The start page of this site has a ready one, in “For your class”."
    if not (ROOT / "tools" / "pack.py").exists():
        return f"The pack is made from a full copy of Parley, and this copy has no folder tools. {READY}"
    return ""


def _run(*arguments: str) -> Iterator[str]:
    """Yield what a script of this checkout prints, line by line; a script that fails ends in an error."""
    paths = [str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
    # UTF-8 by name, since on Windows a script's output has the code page of the machine.
    known = {**os.environ, "PYTHONPATH": os.pathsep.join(paths), "PYTHONUTF8": "1"}
    command = [sys.executable, *arguments]
    with subprocess.Popen(
        command, cwd=ROOT, env=known, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8"
    ) as running:
        assert running.stdout is not None
        yield from (line.strip() for line in running.stdout if line.strip())
    if running.returncode:
        raise subprocess.CalledProcessError(running.returncode, command)
