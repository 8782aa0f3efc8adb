"""Pages printed to PDF files by the Chromium or Chrome of this machine."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")


# Where Windows and macOS put a browser without a command for it.
PROGRAMS = ("ProgramFiles", "ProgramFiles(x86)", "LOCALAPPDATA")
WINDOWS = ("Google/Chrome/Application/chrome.exe", "Chromium/Application/chrome.exe", "Microsoft/Edge/Application/msedge.exe")  # fmt: skip
MACOS = ("Google Chrome", "Chromium", "Microsoft Edge")


def find_browser() -> str | None:
    """Return the path of a Chromium, Chrome or Edge on this machine, or None; ``PARLEY_BROWSER`` names another."""
    named = os.environ.get("PARLEY_BROWSER") or next(filter(None, map(shutil.which, BROWSERS)), None)
    return named or next((str(path) for path in _programs() if path.is_file()), None)


def _programs() -> Iterator[Path]:
    yield from (Path(os.environ[folder], name) for folder in PROGRAMS if folder in os.environ for name in WINDOWS)
    yield from (Path(f"/Applications/{name}.app/Contents/MacOS/{name}") for name in MACOS)


def as_pdf(pages: Iterable[Path], browser: str) -> Iterator[Path]:
    """Print pages to PDF files beside them, one after the other; a page that fails is passed over."""
    for path in pages:
        target = path.with_suffix(".pdf")
        target.unlink(missing_ok=True)  # whether it is there afterwards tells whether printing went well
        to = f"--print-to-pdf={target.resolve()}"
        command = [browser, "--headless", "--disable-gpu", "--no-pdf-header-footer", to]
        # As root, in a container say, Chromium does not start with its sandbox.
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            command.append("--no-sandbox")
        subprocess.run([*command, path.resolve().as_uri()], check=False, capture_output=True, timeout=60)
        if target.exists():
            yield target
