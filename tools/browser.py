"""Find a Chromium for the browser tests, or get one.

``python tools/browser.py`` prints the path of the browser that the tests will use. If there is none it tries, in this
order: Debian's package where root can install it, Playwright's own download, and else says what to do.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")


def on_the_system() -> str | None:
    """Path of a Chromium or Chrome on the search path, or ``None``."""
    return os.environ.get("PARLEY_BROWSER") or next(filter(None, map(shutil.which, NAMES)), None)


def of_playwright() -> str | None:
    """Path of the Chromium that Playwright has downloaded, or ``None``."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def find() -> str | None:
    """Path of the browser to use, or ``None`` if there is none."""
    return on_the_system() or of_playwright()


def _run(*command: str) -> bool:
    print("  " + " ".join(command), flush=True)
    return subprocess.run(command, check=False, stdout=subprocess.DEVNULL).returncode == 0


def _from_debian() -> bool:
    if shutil.which("apt-get") is None or os.geteuid() != 0:
        return False
    # apt would ask questions that nobody sees.
    os.environ["DEBIAN_FRONTEND"] = "noninteractive"
    return _run("apt-get", "update", "-qq") and _run("apt-get", "install", "-y", "-qq", "chromium")


def _from_playwright() -> bool:
    return _run(sys.executable, "-m", "playwright", "install", "chromium")


def main() -> int:
    """Print the browser's path; 1 if there is none to be had."""
    path = find()
    for get in (_from_debian, _from_playwright):
        if path is None:
            print(f"No Chromium found; trying {get.__name__.removeprefix('_from_')}:", flush=True)
            path = find() if get() else None
    if path is None:
        print(
            "The browser tests need Chromium or Chrome, and none could be installed here.\n"
            "Install one (Debian: sudo apt-get install chromium), or set PARLEY_BROWSER to the path of yours.",
            file=sys.stderr,
        )
        return 1
    print(path)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
