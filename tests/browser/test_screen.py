"""The kit's own widgets in a real JupyterLab: used by mouse and by keyboard, their effect read back in Python."""

import pytest

CHART = """
import altair as alt, pandas as pd
from kit.screen.chart import Chart, source
rows = pd.DataFrame({"key": ["a", "b", "c"], "label": ["Alpha", "Beta", "Gamma"],
                     "day": pd.to_datetime(["2014-03-18", "2015-02-12", "2022-02-24"]), "n": [1, 3, 2]})
def chart(alt_text="Three events.", **more):
    pick = alt.selection_point(name="pick", fields=["key"])
    drawn = alt.Chart(source(), title="Three events").mark_point(size=220).encode(
        x=alt.X("day:T", title="day"), y=alt.Y("n:Q", title="number"),
        color=alt.Color("label:N", title="event"), shape=alt.Shape("label:N", title="event"),
        opacity=alt.condition(pick, alt.value(1), alt.value(0.35)), tooltip=["label:N", "n:Q"]).add_params(pick)
    return Chart(drawn, rows, alt=alt_text, watch=["pick"], height=240, **more)
"""
MARKS = ".mark-symbol.role-mark path"


def test_a_chart_is_drawn_and_a_clicked_mark_is_in_python(lab):
    page = lab.write(CHART, "one = chart()\none")
    lab.run_all()
    marks = lab.output().locator(MARKS)
    marks.nth(1).click()

    lab.until("one.selected", {"pick": ["b"]})
    assert marks.count() == 3
    assert lab.errors() == []
    assert page.locator("[role=graphics-document][aria-label='Three events.']").count() == 1


def test_a_click_beside_the_marks_chooses_nothing(lab):
    lab.write(CHART, "one = chart()\none")
    lab.run_all()
    lab.output().locator(MARKS).first.click()
    lab.until("one.selected", {"pick": ["a"]})
    lab.output().locator(".parley-chart svg").click(position={"x": 300, "y": 150})

    lab.until("one.selected", {"pick": []})


def test_a_mark_is_chosen_by_keyboard(lab):
    page = lab.write(CHART, "one = chart()\none")
    lab.run_all()
    lab.output().locator(MARKS).first.wait_for()
    marks = page.get_by_role("listbox", name="Marks of the chart")
    marks.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")

    lab.until("one.selected", {"pick": ["b"]})
    assert page.get_by_role("option", name="Beta", selected=True).count() == 1
    page.keyboard.press("End")
    page.keyboard.press("Shift+Enter")
    lab.until("one.selected", {"pick": ["b", "c"]})
    page.keyboard.press("Escape")
    lab.until("one.selected", {"pick": []})


def test_python_can_choose_a_mark(lab):
    page = lab.write(CHART, "one = chart()\none")
    lab.run_all()
    lab.output().locator(MARKS).first.wait_for()
    lab.python("1", before="one.selected = {'pick': ['c']}")

    page.wait_for_function(f"document.querySelectorAll('{MARKS}')[0].getAttribute('opacity') === '0.35'")
    assert [mark.get_attribute("opacity") for mark in lab.output().locator(MARKS).all()] == ["0.35", "0.35", "1"]


def test_new_rows_go_into_the_drawn_chart(lab):
    page = lab.write(CHART, "one = chart()\none")
    lab.run_all()
    lab.output().locator(MARKS).first.wait_for()
    before = lab.output().locator("svg").element_handle()
    lab.python(
        "1", before="one.rows = rows.assign(day=pd.to_datetime(['2020-01-01'] * 3)).head(2)\none.alt = 'Two events.'"
    )
    page.wait_for_function(f"document.querySelectorAll('{MARKS}').length === 2")

    places = [mark.bounding_box()["x"] for mark in lab.output().locator(MARKS).all()]
    assert places[0] == pytest.approx(places[1])
    assert before.evaluate("node => node.isConnected")
    assert page.locator("[role=graphics-document][aria-label='Two events.']").count() == 1
    assert lab.output().locator(".parley-chart").get_attribute("data-drawn") == "1"


def test_two_charts_and_two_views_share_one_bundle_and_one_choice(lab):
    page = lab.write(CHART, "one = chart()\none", "one", "chart('Another chart.')")
    lab.run_all()
    lab.output(3).locator(MARKS).first.wait_for()
    lab.output(1).locator(MARKS).nth(1).click()

    page.wait_for_function(
        "document.querySelectorAll('.jp-Cell')[2].querySelectorAll('.mark-symbol.role-mark path')[0].getAttribute('opacity') === '0.35'"
    )
    assert page.evaluate("globalThis.parleyEngines.size") == 1
    assert (
        lab.python("len([w for w in __import__('ipywidgets').Widget.widgets.values() if type(w).__name__ == 'Engine'])")
        == 1
    )


def test_a_reloaded_page_and_a_cell_run_again_draw_the_chart_again(lab):
    page = lab.write(CHART, "one = chart()\none")
    lab.run_all()
    lab.output().locator(MARKS).first.wait_for()
    lab.save()
    page.reload()
    lab.ready()
    lab.output().locator(MARKS).nth(2).click()
    lab.until("one.selected", {"pick": ["c"]})
    lab.run_cell(1)
    lab.output().locator(MARKS).nth(0).click()
    lab.until("one.selected", {"pick": ["a"]})


def test_a_chart_in_a_closed_tab_is_drawn_when_the_tab_opens(lab):
    page = lab.write(CHART, "import ipywidgets as w\nw.Tab([w.Label('first'), chart()], titles=['One', 'Two'])")
    lab.run_all()
    page.get_by_role("tab", name="Two").click()

    lab.output().locator(MARKS).first.wait_for()
    assert lab.output().locator("svg").bounding_box()["width"] > 400


def test_a_chart_that_cannot_be_drawn_says_so(lab):
    lab.write(CHART, "Chart({'data': {'name': 'rows'}, 'mark': 'no such mark'}, rows, alt='None.')")
    lab.run_all()

    lab.output().get_by_text("This chart could not be drawn").wait_for()


def test_a_table_full_of_markup_is_shown_as_text_in_a_chart(lab):
    page = lab.write(
        CHART,
        "rows['label'] = ['<img src=x onerror=window.hacked=1>', '<script>window.hacked=1</script>', '&amp;']\none = chart()\none",
    )
    lab.run_all()
    lab.output().locator(MARKS).first.hover()
    page.locator(".parley-chart-tip").get_by_text("<img src=x").wait_for()

    assert page.evaluate("window.hacked") is None


def test_a_chart_not_yet_run_shows_its_preview_and_a_run_one_only_itself(lab):
    page = lab.write(CHART, "chart()", name="preview.ipynb")
    lab.run_all()
    lab.output().locator(MARKS).first.wait_for()
    assert lab.output(1).locator("svg, canvas").count() == 1
    assert lab.output(1).locator(".parley-chart").count() == 1

    _strip_widget_views(lab, "preview.ipynb")
    lab.open("preview.ipynb")
    lab.output(1).locator("svg, canvas").first.wait_for()
    assert lab.output(1).locator(".parley-chart").count() == 0
    assert page.get_by_text("Error displaying widget").count() == 0
    lab.shots("chart-preview")


def _strip_widget_views(lab, name):
    import nbformat

    path = lab.server.root / name
    notebook = nbformat.read(path, as_version=4)
    notebook.cells = nbformat.from_dict(lab.cells())
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            output.get("data", {}).pop("application/vnd.jupyter.widget-view+json", None)
    nbformat.write(notebook, path)


SLIDER = "from kit.screen.slider import Slider\ns = Slider('How much trust', 30, max=100, step=5, unit='%')\ns"


def test_a_slider_is_moved_by_keyboard(lab):
    page = lab.write(SLIDER)
    lab.run_all()
    page.get_by_label("How much trust").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")

    lab.until("s.value", 40)
    assert lab.output().locator("output").inner_text() == "40%"
    page.keyboard.press("Home")
    lab.until("s.value", 0)
    assert lab.axe() == []


def test_a_slider_follows_python(lab):
    page = lab.write(SLIDER)
    lab.run_all()
    page.get_by_label("How much trust").wait_for()
    lab.python("1", before="s.value = 75; s.label = 'Less trust'; s.disabled = True")

    page.wait_for_function("document.querySelector('.parley-slider input').value === '75'")
    assert page.get_by_label("Less trust").is_disabled()


EVIDENCE = """
from types import SimpleNamespace
import pandas as pd
from kit.screen.evidence import COLUMNS, Explorer, EvidencePanel
texts = [f"Sentence {i} <script>window.hacked=1</script> speaks of talks." for i in range(25)]
starts = [sum(len(t) + 1 for t in texts[:i]) for i in range(25)]
case = SimpleNamespace(name="tiny", articles=[SimpleNamespace(id="one", title="The first article")],
    sentences=pd.DataFrame([("one", "A section", i, t, s, s + len(t)) for i, (t, s) in enumerate(zip(texts, starts))], columns=COLUMNS))
"""


def test_evidence_is_read_in_context_and_shown_whole_by_keyboard(lab):
    page = lab.write(EVIDENCE, "e = Explorer(case, name='Tiny')\ne.evidence = case.sentences\ne")
    lab.run_all()
    page.get_by_text("25 sentences;").wait_for()
    page.locator("summary").first.focus()
    page.keyboard.press("Enter")
    assert page.locator(".parley-context").first.is_visible()
    assert lab.axe() == []
    lab.shots("evidence")
    page.get_by_role("button", name="Show all 25 sentences").focus()
    page.keyboard.press("Enter")
    page.wait_for_function("document.querySelectorAll('.parley-sentences > li').length === 25")

    assert page.evaluate("window.hacked") is None


def test_charts_and_controls_are_calm_to_look_at_and_clean_for_axe(lab):
    lab.write(
        CHART,
        "one = chart()\none.selected = {'pick': ['b']}\none",
        SLIDER,
        "import ipywidgets as w\nbars = alt.Chart(source()).mark_bar().encode(x='n:Q', y='label:N', color='label:N')\n"
        "w.VBox([Slider('A longer name for what is set here', 0.25, max=1, step=0.05), Chart(bars, rows, alt='Three bars.')])",
    )
    lab.run_all()
    lab.output(3).locator(".mark-rect.role-mark path").first.wait_for()

    assert lab.axe() == []
    lab.page.get_by_role("listbox", name="Marks of the chart").first.focus()
    lab.shots("charts")
