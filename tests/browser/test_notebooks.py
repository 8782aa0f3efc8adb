"""Every notebook, run from top to bottom in a real JupyterLab, as a learner finds it."""

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NOTEBOOKS = [path.relative_to(ROOT) for path in sorted((ROOT / "notebooks").rglob("*.ipynb"))]
NOTEBOOKS = [path for path in NOTEBOOKS if ".ipynb_checkpoints" not in path.parts]
WHOLE = {"width": 1280, "height": 12_000}


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_clean_and_every_output_is_accessible(lab, path):
    page = lab.open(path)
    page.set_viewport_size(WHOLE)
    lab.run_all()
    page.wait_for_timeout(500)
    assert page.locator(".jp-RenderedHTMLCommon >> text=Error displaying widget").count() == 0
    assert lab.axe() == []
    lab.shots(f"notebook-{path.stem}")


def test_a_notebook_that_nobody_has_run_shows_its_pictures(lab):
    page = lab.open("notebooks/00-start-here.ipynb")
    page.set_viewport_size(WHOLE)
    page.wait_for_timeout(1500)
    assert page.locator(".jp-OutputArea-output svg, .jp-OutputArea-output canvas").count() > 0
    assert page.locator("text=Error displaying widget").count() == 0
    lab.shots("not-yet-run")


def test_the_first_notebook_asks_nothing_about_news(lab):
    page = lab.open("notebooks/00-start-here.ipynb")
    page.wait_for_timeout(1500)
    assert page.locator(".Toastify__toast").count() == 0
