"""The kit's own widgets in a real JupyterLab: used by mouse and by keyboard, their effect read back in Python."""

import pytest

CHART = """
import altair as alt, pandas as pd
from kit.screen.chart import Chart
from kit.screen.drawing import source
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
from kit.screen.evidence import COLUMNS, EvidencePanel
texts = [f"Sentence {i} <script>window.hacked=1</script> speaks of talks." for i in range(25)]
starts = [sum(len(t) + 1 for t in texts[:i]) for i in range(25)]
case = SimpleNamespace(name="tiny", articles=[SimpleNamespace(id="one", title="The first article")], article_names={"one": "First"},
    sentences=pd.DataFrame([("one", "A section", i, t, t, s, s + len(t), s, s + len(t)) for i, (t, s) in enumerate(zip(texts, starts))], columns=COLUMNS))
"""


def test_evidence_is_read_in_context_and_shown_whole_by_keyboard(lab):
    page = lab.write(EVIDENCE, "e = EvidencePanel(case)\ne.show(case.sentences)\ne")
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


READER = """
from pathlib import Path
import kit
from kit.articles import read_article
Path("book.yaml").write_text('''
kinds:
  actor:
    label: Actors
    codes:
      kyiv: {label: Kyiv's side, definition: One of the two sides., phrases: [Kyiv]}
      moscow: {label: Moscow's side, definition: The other side., phrases: [Moscow]}
  settlement:
    label: Elements of a settlement
    codes:
      talks: {label: Talks, definition: They speak with each other., phrases: [talks, talks in Moscow]}
''')
book = kit.load_codebook("book.yaml")
filler = " ".join(f"This is sentence number {i} of a long text." for i in range(120))
one = read_article("The first text\\n\\nA dove 🕊️ and 🇺🇦 came before Kyiv asked for talks in Moscow. Nothing came of it.\\n\\n"
                   + "\\n\\n".join([filler] * 6) + "\\n\\nThen Kyiv waited.", name="one")
two = read_article("The second text\\n\\n" + "\\n\\n".join([filler] * 4) + "\\n\\nAt last Moscow and Kyiv agreed to talks.", name="two")
"""
MARK = ".parley-mark"


def open_reader(lab, more="r = kit.Reader([one, two], book)\nr"):
    page = lab.write(READER, more)
    lab.run_all()
    page.locator(".parley-reader[data-drawn]").wait_for()
    return page


def in_view(page, element):
    """Is it within the text's own window?"""
    inner, outer = element.bounding_box(), page.locator(".parley-reader-text").bounding_box()
    return outer["y"] <= inner["y"] and inner["y"] + inner["height"] <= outer["y"] + outer["height"]


def test_a_mark_opens_its_code_and_leads_to_the_other_sentences(lab):
    page = open_reader(lab)
    page.locator(MARK, has_text="Kyiv").first.click()
    panel = page.get_by_role("region", name="The chosen passage")
    panel.get_by_text("One of the two sides.").wait_for()
    assert lab.python("r.selected['code']") == "actor:kyiv"
    assert panel.get_by_text("In 3 sentences of 2 articles").count() == 1

    panel.get_by_role("button", name="agreed to talks").click()
    page.locator(".parley-sentence-here", has_text="agreed to talks").wait_for()
    lab.until("r.article", "two")
    assert page.get_by_label("Article", exact=True).input_value() == "two"
    assert in_view(page, page.locator(".parley-sentence-here"))
    assert panel.get_by_text("One of the two sides.").is_visible()
    panel.get_by_role("button", name="Close").click()
    lab.until("r.selected", None)


def test_a_passage_with_several_marks_shows_each(lab):
    page = open_reader(lab)
    overlap = page.locator(MARK).filter(has_text="Moscow").first
    assert overlap.get_attribute("aria-label") == "Moscow (Talks, Moscow's side)"
    assert overlap.get_attribute("data-letters") == "EA"
    assert overlap.locator("span").count() == 2
    overlap.click()
    page.get_by_text("This passage bears 2 codes.").wait_for()

    assert page.locator(".parley-reader-panel h4").count() == 2


def test_marks_are_gone_through_and_opened_by_keyboard_alone(lab):
    page = open_reader(lab)
    page.locator(".parley-reader-text").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "talks in  (Talks)"
    page.keyboard.press("Enter")
    lab.until("r.selected['code'] if r.selected else None", "settlement:talks")
    for _ in range(2):
        page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.textContent") == "Kyiv"
    assert page.evaluate("document.activeElement.closest('p').textContent") == "Then Kyiv waited."
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "parley-reader-panel"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    lab.until("r.selected", None)
    assert lab.python("len(get_ipython().user_ns['_ih'])") < 6


def test_kinds_are_switched_off_and_on(lab):
    page = open_reader(lab)
    assert page.get_by_label("Actors (3)").is_checked()
    before = page.locator(MARK).count()
    page.get_by_label("Elements of a settlement (1)").focus()
    page.keyboard.press("Space")
    lab.until("r.kinds", ["actor"])
    assert page.locator(MARK).count() < before
    lab.python("1", before="r.kinds = ['settlement']")
    page.wait_for_function("document.querySelectorAll('.parley-mark').length === 1")
    assert page.get_by_label("Elements of a settlement (1)").is_checked()


def test_words_are_found_in_parts_that_were_not_drawn_yet(lab):
    page = open_reader(lab)
    page.get_by_role("searchbox", name="Find in this article").fill("THEN KYIV")
    page.get_by_text("1 of 1").wait_for()
    assert in_view(page, page.locator(".parley-sentence", has_text="Then Kyiv waited."))
    page.get_by_role("searchbox", name="Find in this article").fill("number 7 ")
    page.get_by_text("1 of 6").wait_for()
    page.keyboard.press("Enter")
    page.get_by_text("2 of 6").wait_for()
    page.get_by_role("button", name="Previous find").click()
    page.get_by_role("button", name="Previous find").click()
    page.get_by_text("6 of 6").wait_for()
    assert page.evaluate("[...CSS.highlights.get('parley-find-now')].map(String)") == ["number 7 "[:-1]]
    page.get_by_role("searchbox", name="Find in this article").fill("nowhere at all")
    page.get_by_text("not found").wait_for()
    assert page.evaluate("CSS.highlights.get('parley-find').size") == 0


def test_marks_stand_right_beside_an_emoji(lab):
    page = open_reader(lab)

    assert [page.locator(MARK).nth(i).text_content() for i in range(3)] == ["Kyiv", "talks in ", "Moscow"]
    assert lab.python("one.text[r.table.start[0]:r.table.end[0]]") == "Kyiv"


HOSTILE = """
bad = "<script>window.hacked=1</script><img src='https://elsewhere.example/x.png' onerror='window.hacked=1'> \\u202ereversed Kyiv"
hostile = read_article(bad + "\\n\\n" + bad + " asked for talks. [x](javascript:alert(1)) ] } ' \\" `${{window.hacked=1}}`", name="hostile")
hostile.title, hostile.meta = bad, {"kind": bad}
Path("bad.yaml").write_text(f"kinds:\\n  actor:\\n    label: {bad!r}\\n    codes:\\n      kyiv: {{label: {bad!r}, definition: {bad!r}, phrases: [Kyiv]}}\\n".replace("\\u202e", ""))
r = kit.Reader([hostile], kit.load_codebook("bad.yaml"))
r
"""


def test_an_article_and_a_codebook_full_of_markup_are_shown_as_text(lab):
    page = open_reader(lab, HOSTILE)
    page.locator(MARK).first.click()
    page.locator(".parley-reader-panel h4").wait_for()
    page.get_by_text("About this text").click()
    page.get_by_role("searchbox", name="Find in this article").fill("<script>")
    page.get_by_text("1 of ").wait_for()

    assert page.locator(".parley-reader").get_by_text("<script>window.hacked=1</script>").count() > 3
    assert page.evaluate("window.hacked") is None
    assert page.locator(".parley-reader").locator("script, img").count() == 0


MANY = """
Path("many.yaml").write_text("kinds:\\n" + "".join(
    f"  kind-{k}:\\n    label: Kind number {k}\\n    codes:\\n" + "".join(
        f"      code-{c}: {{label: Code {c} of kind {k}, definition: What it is., phrases: [number {10 * k + c}]}}\\n" for c in range(10))
    for k in range(6)))
w = __import__("ipywidgets")
r = kit.Reader([one, two], kit.load_codebook("many.yaml"))
r
"""


def test_a_codebook_of_sixty_codes_folds_away_and_each_code_is_found(lab):
    page = open_reader(lab, MANY)
    page.get_by_text("All 60 codes").click()
    page.get_by_text("Kind number 3", exact=True).click()
    page.get_by_role("button", name="Code 7 of kind 3 (6)").click()
    lab.until("r.selected['quote'] if r.selected else None", "number 37")
    lab.page.locator(".parley-mark-on").wait_for()

    assert lab.axe() == []
    lab.shots("reader-sixty-codes")


def test_an_empty_article_and_one_without_marks_are_said_to_be_so(lab):
    page = open_reader(
        lab, "from kit.articles import Article\nr = kit.Reader([Article('empty', 'Empty', '')], book)\nr"
    )
    page.get_by_text("This article has no text.").wait_for()
    page.get_by_text("Nothing is marked in this article.").wait_for()
    page.locator(".parley-reader-text").focus()
    page.keyboard.press("ArrowRight")

    assert lab.axe() == []


def test_text_from_right_to_left_is_set_so(lab):
    page = open_reader(lab, "r = kit.Reader(read_article('عنوان\\n\\nبدأت المحادثات في كييف.', name='rtl'))\nr")

    line = page.locator(".parley-sentence", has_text="بدأت المحادثات")
    assert line.evaluate("node => getComputedStyle(node).direction") == "rtl"


def test_a_reader_is_calm_to_look_at_and_clean_for_axe(lab):
    page = open_reader(lab, "r = kit.Reader(kit.load_case('ukraine'))\nr")
    page.locator(MARK).nth(8).click()
    page.locator(".parley-reader-panel h4").first.wait_for()
    page.get_by_role("searchbox", name="Find in this article").fill("peace")
    page.get_by_text("1 of ").wait_for()

    assert lab.axe() == []
    lab.shots("reader")


def test_all_of_it_is_legible_in_the_dark_theme_too(lab):
    page = lab.write(
        CHART + EVIDENCE,
        "import ipywidgets as w, kit\nfrom kit.screen.explorer import Explorer\nfrom kit.screen.slider import Slider\n"
        "e = Explorer(case, controls=[Slider('How much', 3)], picture=[chart()])\n"
        "e.tell(case.sentences)\nw.VBox([e, kit.Reader(kit.load_case('ukraine'))])",
    )
    page.evaluate("() => window.jupyterapp.commands.execute('apputils:change-theme', { theme: 'JupyterLab Dark' })")
    lab.run_all()
    page.locator(".parley-reader[data-drawn]").wait_for()
    page.locator(MARKS).first.wait_for()

    assert page.evaluate("document.body.dataset.jpThemeLight") == "false"
    assert lab.axe() == []
    lab.shots("dark")


def test_a_reader_not_yet_run_shows_the_first_lines(lab):
    page = lab.write(READER, "kit.Reader(kit.load_case('ukraine'))", name="preview.ipynb")
    lab.run_all()
    page.locator(".parley-reader[data-drawn]").wait_for()
    assert page.get_by_text("Run this cell to read on").count() == 0
    _strip_widget_views(lab, "preview.ipynb")
    lab.open("preview.ipynb")
    page.get_by_text("Run this cell to read on").wait_for()

    assert page.locator(".parley-reader").count() == 0
    lab.shots("reader-preview")


def test_on_a_very_slow_machine_widgets_still_follow_python(lab):
    lab.write(
        "import ipywidgets, kit\nfrom kit.screen.live_region import Live\nlines = [Live() for _ in range(60)]\nipywidgets.VBox(lines)",
        "for line in lines:\n    line.html = 'told'",
    )
    # What happens on a machine that has too much to do: the page stands still while its widgets are being made.
    lab.page.evaluate(
        """() => {
          const make = URL.createObjectURL;
          let first = true;
          URL.createObjectURL = (blob) => {
            if (first) for (const end = Date.now() + 3500; Date.now() < end; );
            first = false;
            return make.call(URL, blob);
          };
        }"""
    )
    lab.run_all()
    lab.output(0).get_by_text("told").nth(59).wait_for()
