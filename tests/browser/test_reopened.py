"""A notebook that was run and saved, and is opened again after its kernel has gone, as on the next day."""

import nbformat
import pytest
from conftest import PANEL

VIEW = "application/vnd.jupyter.widget-view+json"
STILL = "application/vnd.vegalite.v5+json"
KIT = ("import kit\ncase = kit.load_case('ukraine')", "kit.background.Timeline(case)")
OWN = """import ipywidgets
class Mine(ipywidgets.IntText):
    def _repr_mimebundle_(self, **kwargs):
        return {**super()._repr_mimebundle_(**kwargs), "text/html": "<b>mine</b>"}
Mine(value=7)"""
BAR = ".parley-bar"
CHOICE = "select >> nth=0"  # a still picture has none
KEEP_STATE = "@jupyter-widgets/jupyterlab-manager:saveWidgetState"
ENDS = {
    "stopped, as a server does with one left alone": f"{PANEL}.sessionContext.shutdown()",
    "started anew": f"{PANEL}.sessionContext.session.kernel.restart()",
}


def reopen(lab, *cells):
    """Run, save as JupyterLab does, end the kernel, and open the page anew."""
    lab.write(*cells)
    lab.run_all()
    lab.output(1).locator("canvas, svg, input").first.wait_for()
    lab.save()
    lab.page.wait_for_function(f"() => !{PANEL}.context.model.dirty")
    saved = nbformat.read(lab.server.root / "test.ipynb", as_version=4)
    assert VIEW in saved.cells[1].outputs[0].data  # what makes the trouble is in the file
    lab.page.evaluate(f"async () => {{ await {PANEL}.sessionContext.shutdown(); }}")
    lab.page.goto("about:blank")
    lab.open("test.ipynb")
    lab.page.wait_for_timeout(500)


def test_it_shows_its_still_pictures_and_how_to_begin_again(lab):
    reopen(lab, *KIT)
    data = lab.outputs(1)[0]["data"]
    assert STILL in data
    assert VIEW not in data
    lab.output(1).locator("canvas, svg").first.wait_for()
    assert "Error displaying widget" not in lab.output(1).inner_text()
    assert "Press Run all" in lab.page.locator(BAR).inner_text()
    lab.page.locator(BAR).get_by_role("button", name="Run all").click()
    lab.page.locator(BAR).wait_for(state="hidden")
    assert VIEW in lab.outputs(1)[0]["data"]


@pytest.mark.parametrize(
    "first", ["import os, kit", "import os; import kit", "import kit.background as background, kit"]
)
def test_however_the_kit_was_imported(lab, first):
    reopen(lab, f"{first}\ncase = kit.load_case('ukraine')", KIT[1])
    assert VIEW not in lab.outputs(1)[0]["data"]


def test_a_state_saved_in_the_notebook_makes_no_widget_live(lab):
    lab.write(*KIT)
    lab.page.evaluate(f"() => window.jupyterapp.commands.execute('{KEEP_STATE}')")
    try:
        reopen(lab, *KIT)
        assert "widgets" in nbformat.read(lab.server.root / "test.ipynb", as_version=4).metadata
        assert VIEW not in lab.outputs(1)[0]["data"]
        lab.output(1).locator("canvas, svg").first.wait_for()
    finally:
        lab.page.evaluate(f"() => window.jupyterapp.commands.execute('{KEEP_STATE}')")


@pytest.mark.parametrize("end", ENDS)
def test_on_an_open_page_too_pictures_are_still_once_python_was(lab, end):
    lab.write(*KIT)
    lab.run_all()
    lab.output(1).locator("canvas, svg, input").first.wait_for()
    lab.page.evaluate(f"async () => {{ await {ENDS[end]}; }}")
    lab.page.locator(BAR).get_by_text("Press Run all").wait_for()
    assert VIEW not in lab.outputs(1)[0]["data"]
    lab.page.locator(BAR).get_by_role("button", name="Run all").click()
    lab.output(1).locator(CHOICE).wait_for()
    lab.page.locator(BAR).wait_for(state="hidden")
    lab.failures.clear()  # JupyterLab says that it lost its Python


def test_the_double_arrow_runs_all_as_the_bar_does(lab):
    lab.write(*KIT)
    lab.page.locator(BAR).get_by_text("Press Run all").wait_for()
    for answer in ("Cancel Kernel Restart", "Confirm Kernel Restart"):
        lab.page.evaluate("() => { window.jupyterapp.commands.execute('notebook:restart-run-all'); }")
        lab.page.get_by_role("dialog").get_by_role("button", name=answer).click()
        if "Cancel" in answer:
            lab.page.locator(BAR).get_by_text("Press Run all").wait_for()
    lab.output(1).locator(CHOICE).wait_for()
    lab.page.locator(BAR).wait_for(state="hidden")
    lab.failures.clear()  # JupyterLab says that it lost its Python


def test_widgets_without_a_picture_say_what_they_are_and_how_to_begin_again(lab):
    shown = {
        "kit.learning.Quiz(case, '00')": "Question 1 of",
        "kit.learning.Write(case, '00', 'What do you make of it?')": "What do you make of it?",
        "kit.learning.MyWork(case)": "answered and written",
        "kit.learning.CourseMap(case)": "units of the course",
        "kit.learning.CodingTask(case)": "sentences",
        "kit.learning.MyBrief(case)": "what you wrote",
        "kit.learning.BeforeAfter(case, 'before')": "Eight questions",
    }
    reopen(lab, "import kit\ncase = kit.load_case('ukraine')", *shown)
    for number, words in enumerate(shown.values(), start=1):
        text = lab.output(number).inner_text()
        assert words in text
        assert "Run this cell to " in text
        assert "Error displaying widget" not in text


def test_the_output_of_a_learners_own_cell_is_left_alone(lab):
    reopen(lab, "import kit", OWN)
    assert VIEW in lab.outputs(1)[0]["data"]
    lab.failures.clear()  # JupyterLab says that the learner's own widget has gone


def test_a_notebook_whose_kernel_still_runs_keeps_its_live_pictures(lab):
    lab.write(*KIT)
    lab.run_all()
    lab.save()
    lab.page.wait_for_function(f"() => !{PANEL}.context.model.dirty")
    lab.page.reload()
    lab.ready()
    lab.page.wait_for_timeout(500)
    assert VIEW in lab.outputs(1)[0]["data"]
    assert lab.page.locator(BAR).is_hidden()


def test_a_notebook_that_does_not_use_the_kit_is_none_of_its_business(lab):
    lab.write("1 + 1")
    assert lab.page.locator(BAR).count() == 0


def test_run_all_leaves_the_reader_where_they_were(lab):
    lab.write(*KIT, *["print('line\\n' * 60)"] * 6)
    lab.run_all()
    lab.page.locator(".jp-Notebook .jp-Cell").first.click()
    scroller = f"({PANEL}.content.outerNode ?? {PANEL}.content.node)"
    lab.page.evaluate(f"() => {scroller}.scrollTo(0, 120)")
    lab.page.mouse.move(600, 400)
    lab.page.mouse.wheel(0, 1)
    lab.page.wait_for_timeout(600)
    before = lab.page.evaluate(f"() => {scroller}.scrollTop")
    lab.run_all()
    lab.page.wait_for_timeout(800)
    assert abs(lab.page.evaluate(f"() => {scroller}.scrollTop") - before) < 80
    assert lab.page.evaluate(f"() => {PANEL}.content.activeCellIndex") == 0
