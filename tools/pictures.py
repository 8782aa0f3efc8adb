"""Take pictures of the explorers as they are now: those that the README and the guides show, or of all to look at.

``python tools/pictures.py`` starts a JupyterLab and a headless Chromium, as the browser tests do, opens one explorer after
the other, and keeps a picture of each in ``docs/pictures/``.

``python tools/pictures.py FOLDER [00 01 …]`` runs the notebooks (or some of them) and puts into a folder what a person
sees of each explorer before and after a choice: alone and beside the list of files, in a window of 1280 and of 800 by
900, by day and by night.
"""

from __future__ import annotations

import re
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Error, Locator, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
sys.path[:0] = [str(ROOT / "tests" / "browser"), str(ROOT / "tools")]

import choices  # noqa: E402 - what is clicked in each explorer
from browser import find  # noqa: E402 - beside this file
from conftest import FLAGS, PANEL, Lab, Server  # noqa: E402 - the harness of the browser tests

SET_UP = "import kit\ncase = kit.load_case('ukraine')"
SHOWN = {
    "reader": "reader = kit.Reader(case)\nreader",
    "timeline": "kit.background.Timeline(case)",
    "actor-map": "kit.actors.ActorMap(case)",
    "cross-impact": "kit.scenarios.CrossImpactEditor(case)",
}


def take(lab: Lab, name: str, cell: str) -> None:
    """Keep a picture of what one cell shows with some paper around, and most once something was chosen."""
    page = lab.write(SET_UP, cell, name=f"{name}.ipynb")
    page.set_viewport_size({"width": 1180, "height": 1400})
    lab.run_all()
    output = lab.output(1)
    if name == "reader":
        output.locator("[data-code], mark, [role=button]").first.wait_for()
        lab.python(
            "True", before="reader.selected = case.marks[case.marks['code'] == 'driver:stalemate'].iloc[0].to_dict()"
        )
    elif name != "actor-map":  # whose picture is of all ties
        choices.take(output, name)
    # Else a tooltip under the pointer would be in the picture.
    page.mouse.move(0, 0)
    output.evaluate("(output) => { output.style.padding = '12px'; }")
    page.wait_for_timeout(1500)
    output.screenshot(path=PICTURES / f"{name}.png")
    print(f"docs/pictures/{name}.png", flush=True)


def look(lab: Lab, notebook: Path, folder: Path, *, files: bool) -> None:
    """Keep pictures of every explorer of a notebook, beside the list of files or without it."""
    lab.page.set_viewport_size({"width": 1280, "height": 900})
    lab.open(notebook.relative_to(ROOT), files=files)
    lab.run_all()
    made = re.compile(r"\b([A-Z]\w+)\((?:case|kit)")
    cells = [(i, cell["source"]) for i, cell in enumerate(lab.cells()) if cell["cell_type"] == "code"]
    explorers = [(i, found[-1]) for i, source in cells if (found := made.findall(source))]
    prefix = f"{notebook.stem[:2]}-{{}}-{'files' if files else 'alone'}-{{}}-{{}}"
    for moment in ("before", "after"):
        if moment == "after":
            for place, name in explorers:
                choose(lab, place, name)
        for width in (1280, 800):
            lab.page.set_viewport_size({"width": width, "height": 900})
            for theme in ("Light", "Dark"):
                lab.theme(theme)
                for place, name in explorers:
                    shown = prefix.format(f"{place:02}-{name}", width, theme.lower())
                    picture_of(lab, place, folder / f"{shown}-{moment}.png")
        lab.page.set_viewport_size({"width": 1280, "height": 900})


def choose(lab: Lab, place: int, name: str) -> None:
    """Do what is done first in one explorer; what cannot be done is told and leaves its picture as it was."""
    try:
        choices.take(bring(lab, place), name)
    except Error as problem:
        print(f"{name}: {str(problem).splitlines()[0]}", flush=True)


def bring(lab: Lab, place: int) -> Locator:
    """Scroll a cell's output to the top of the window and return it."""
    lab.page.evaluate(
        f"async (i) => {{ const nb = {PANEL}.content; nb.activeCellIndex = i; nb.deselectAll();"
        " await nb.scrollToItem(i, 'start'); }",
        place,
    )
    output = lab.page.locator(f".jp-Notebook .jp-Cell[data-windowed-list-index='{place}'] .jp-OutputArea-output").first
    output.wait_for()
    output.evaluate("(output) => output.scrollIntoView({ block: 'start' })")
    lab.page.wait_for_timeout(350)
    return output


def picture_of(lab: Lab, place: int, path: Path) -> None:
    """Keep a picture of the part of an output that is seen from its top on."""
    output = bring(lab, place)
    box = output.bounding_box()
    assert box is not None
    edge = lab.page.viewport_size or {"width": 0, "height": 0}
    top, left = max(0, box["y"] - 8), max(0, box["x"] - 8)
    clip = {"x": left, "y": top, "width": edge["width"] - left, "height": min(box["height"] + 16, edge["height"] - top)}
    lab.page.screenshot(path=path, clip=clip)


def take_shown(server: Server, browser: Browser) -> None:
    """Take the pictures of the README and the guides."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    for name, cell in SHOWN.items():
        lab = Lab(server, browser)
        take(lab, name, cell)
        lab.close()


def look_at_all(server: Server, browser: Browser, folder: Path, beginnings: list[str]) -> None:
    """Take pictures of all explorers of the notebooks whose names begin so, each time as a learner who comes new."""
    folder.mkdir(parents=True, exist_ok=True)
    for notebook in sorted((ROOT / "notebooks").glob("0*.ipynb")):
        for files in (False, True):
            if notebook.name.startswith(tuple(beginnings or "0")):
                for kept in server.portfolio.parent.glob(f"{server.portfolio.name}*"):
                    kept.unlink()
                lab = Lab(server, browser)
                look(lab, notebook, folder, files=files)
                print(
                    f"{notebook.stem}{' with files' if files else ''}: {lab.complaints() or 'no complaint'}", flush=True
                )
                lab.close()


def main() -> None:
    """Take the pictures asked for on the command line."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home, sync_playwright() as playwright:
        server = Server(Path(home))
        browser = playwright.chromium.launch(executable_path=find(), args=[*FLAGS, "--no-sandbox"])
        try:
            if sys.argv[1:]:
                look_at_all(server, browser, Path(sys.argv[1]), sys.argv[2:])
            else:
                take_shown(server, browser)
        finally:
            browser.close()
            server.stop()


if __name__ == "__main__":
    main()
