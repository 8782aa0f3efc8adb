"""How long until the first picture: in JupyterLab's kernel, and on the static site; and how many bytes that takes.

``python benchmarks/opening.py`` prints the kernel's part. With ``--site FOLDER`` (a site from ``tools/build_site.py``) it
opens two units of the site as well, the first time and the second, and prints where the time goes.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "tools"), str(ROOT / "tests" / "browser")]
UNITS = {"00-start-here": (15, 12), "01-background": (25, 22)}  # aims for the first explorer: cold, and again
PANEL = "window.jupyterapp?.shell?.currentWidget"
PANDAS = "import pandas"
KIT = "import kit; kit.load_case('ukraine').marks"
# Cells below the window are drawn when a reader comes near; what is in the window counts.
STILLS = """() => { const all = [...document.querySelectorAll('.jp-RenderedVegaCommon5, .jp-RenderedImage')];
  return all.every((each) => each.querySelector('canvas, svg, img')); }"""
LIVE = "() => document.querySelector('.jp-OutputArea-output .parley-explorer, .jp-OutputArea-output .parley-reader')"


def seconds(code: str, times: int = 5) -> float:
    """Return the median time of a fresh Python for some code, less that of an empty one."""

    def once(each: str) -> float:
        began = time.perf_counter()
        subprocess.run([sys.executable, "-c", each], check=True, cwd=ROOT)
        return time.perf_counter() - began

    return statistics.median(once(code) for _ in range(times)) - statistics.median(once("pass") for _ in range(times))


def kernel() -> None:
    """Print how long `import kit` to `case.marks` takes, beside the import of pandas alone."""
    from kit.prepare import keep_marks

    keep_marks()
    pandas, kit = seconds(PANDAS), seconds(KIT)
    print(f"import pandas                 {pandas:6.2f} s")
    print(f"import kit … case.marks       {kit:6.2f} s   {kit / pandas:.1f} times (aim: 1.6)")


def site(folder: Path) -> None:
    """Print how long two units of a site take to open, and the bytes on the wire."""
    from browser import find
    from conftest import FLAGS
    from playwright.sync_api import sync_playwright
    from site_page import ALONE
    from site_serve import SiteServer

    server = SiteServer(folder)
    with sync_playwright() as playwright:
        for unit, aims in UNITS.items():
            browser = playwright.chromium.launch(executable_path=find(), args=[*FLAGS, ALONE])
            context = browser.new_context(viewport={"width": 1280, "height": 900})
            for visit, aim in zip(("first", "second"), aims, strict=True):
                times = opened(
                    context.new_page(), f"{server.url}/lite/notebooks/index.html?path=notebooks/{unit}.ipynb"
                )
                told = "  ".join(f"{name} {value:5.1f} s" for name, value in times.items())
                print(f"{unit:15s} {visit:6s}  {told} (aim: {aim})  {server.bytes_sent() / 1e6:5.1f} MB")
            browser.close()
    server.stop()


def opened(page, address: str) -> dict[str, float]:
    """Return when the text could be read and the pictures seen, when Python was ready, and when an explorer was live."""
    page.set_default_timeout(600_000)
    began, times = time.monotonic(), {}
    page.goto(address, wait_until="commit")
    page.wait_for_selector(".jp-MarkdownOutput h1")
    times["text"] = time.monotonic() - began
    page.wait_for_function(STILLS)
    times["pictures"] = time.monotonic() - began
    page.wait_for_function(f"{PANEL}?.sessionContext?.session?.kernel?.status === 'idle'")
    times["Python"] = time.monotonic() - began
    page.evaluate("() => { window.jupyterapp.commands.execute('notebook:run-all-cells'); }")
    page.wait_for_function(LIVE)
    times["explorer"] = time.monotonic() - began
    page.close()
    return times


def weights(folder: Path) -> None:
    """Print what the heaviest files of a site's Python weigh."""
    sizes = Counter({path.name: path.stat().st_size for path in (folder / "lite" / "static" / "python").glob("*")})
    print(
        "heaviest: "
        + ", ".join(f"{name.split('-')[0]} {size / 1e6:.1f}" for name, size in sizes.most_common(8))
        + " MB"
    )


def main() -> None:
    """Print all of it."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--site", type=Path, help="a site to open as well")
    options = parser.parse_args()
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "")
    kernel()
    if options.site:
        site(options.site.resolve())
        weights(options.site.resolve())


if __name__ == "__main__":
    main()
