"""Pages printed to PDF files by the Chromium or Chrome of this machine."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")


def find_browser() -> str | None:
    """Return the path of a Chromium or Chrome on this machine, or None; ``PARLEY_BROWSER`` names another."""
    return os.environ.get("PARLEY_BROWSER") or next(filter(None, map(shutil.which, BROWSERS)), None)


def as_pdf(pages: Iterable[Path], browser: str) -> Iterator[Path]:
    """Print pages to PDF files beside them, one after the other; a page that fails is passed over."""
    for path in pages:
        target = path.with_suffix(".pdf")
        target.unlink(missing_ok=True)
        command = [
            browser,
            "--headless",
            "--disable-gpu",
            "--no-pdf-header-footer",
            f"--print-to-pdf={target.resolve()}",
        ]
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            command.append("--no-sandbox")
        subprocess.run([*command, path.resolve().as_uri()], check=False, capture_output=True, timeout=60)
        if target.exists():
            yield target
