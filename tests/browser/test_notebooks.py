"""Every notebook, run from top to bottom in a real JupyterLab, as a learner finds it."""

from pathlib import Path

import pytest

from kit.authoring.course import course
from kit.case import load_case

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


def test_a_notebook_of_the_second_case_s_course_is_run_and_an_actor_is_chosen(lab):
    course(load_case("northern-ireland"), lab.server.root / "second")
    page = lab.open("second/notebooks/02-actors.ipynb")
    page.set_viewport_size(WHOLE)
    lab.run_all()
    page.locator(".mark-symbol.role-mark path[aria-label='SDLP']").click()
    lab.until("actor_map.selected", "sdlp")
    page.get_by_role("heading", name="SDLP", exact=True).wait_for()
    assert lab.axe() == []


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
