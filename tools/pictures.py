"""Take the pictures that the README and the guides show, from the explorers as they are now.

``python tools/pictures.py`` starts a JupyterLab and a headless Chromium, as the browser tests do, opens one explorer after
the other, and keeps a picture of each in ``docs/pictures/``.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
sys.path[:0] = [str(ROOT / "tests" / "browser"), str(ROOT / "tools")]

from browser import find  # noqa: E402 - beside this file
from conftest import FLAGS, Lab, Server  # noqa: E402 - the harness of the browser tests

SET_UP = "import kit\ncase = kit.load_case('ukraine')"
SHOWN = {
    "reader": "reader = kit.Reader(case)\nreader",
    "timeline": "kit.background.Timeline(case)",
    "actor-map": "kit.actors.ActorMap(case)",
    "cross-impact": "kit.scenarios.CrossImpactEditor(case)",
}


def take(lab: Lab, name: str, cell: str) -> None:
    """Keep a picture of what one cell shows."""
    page = lab.write(SET_UP, cell, name=f"{name}.ipynb")
    page.set_viewport_size({"width": 1180, "height": 1400})
    lab.run_all()
    output = lab.output(1)
    if name == "reader":
        output.locator("[data-code], mark, [role=button]").first.wait_for()
        lab.python(
            "True", before="reader.selected = case.marks[case.marks['code'] == 'driver:stalemate'].iloc[0].to_dict()"
        )
    page.wait_for_timeout(1500)
    output.screenshot(path=PICTURES / f"{name}.png")
    print(f"docs/pictures/{name}.png", flush=True)


def main() -> None:
    """Take all pictures."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home, sync_playwright() as playwright:
        server = Server(Path(home))
        browser = playwright.chromium.launch(executable_path=find(), args=[*FLAGS, "--no-sandbox"])
        try:
            for name, cell in SHOWN.items():
                lab = Lab(server, browser)
                take(lab, name, cell)
                lab.close()
        finally:
            browser.close()
            server.stop()


if __name__ == "__main__":
    main()
