"""Unit 01 in a real JupyterLab: each explorer by mouse and by keyboard, its effect read back, the notebook as a whole."""

SET_UP = "import kit\nfrom kit.background import *\ncase = kit.load_case('ukraine')"
WHOLE = {"width": 1280, "height": 12_000}  # JupyterLab draws only the cells in sight
MARKS = ".mark-symbol.role-mark path"


def focus_and_choose(page, name, key="ArrowDown"):
    """Choose in the list of that name by keyboard."""
    page.get_by_label(name).first.focus()
    page.keyboard.press(key)


def test_the_timeline_is_zoomed_and_chosen_from_by_mouse_and_by_keyboard_and_takes_an_event_of_ones_own(lab):
    page = lab.write(SET_UP, "t = Timeline(case)\nt")
    lab.run_all()
    lab.output().locator(MARKS).first.wait_for()
    everything = lab.python("len(t.table)")
    page.get_by_label("Period").select_option(label="Last two years")
    lab.until(f"0 < len(t.table) < {everything}", True)
    lab.output().locator(MARKS).nth(3).click()
    lab.until("t.selected in set(t.table['key'])", True)
    page.get_by_text("Mentioned in:").first.wait_for()
    chosen = lab.python("t.selected")

    marks = page.get_by_role("listbox", name="Marks of the chart")
    marks.focus()
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    lab.until(f"t.selected != {chosen!r} and t.events.value == t.selected", True)
    page.get_by_text("Choose from a list").click()
    focus_and_choose(page, "Events shown", "Home")
    lab.until("t.selected", lab.python("t.events.options[0][1]"))
    assert lab.axe() == []
    lab.shots("timeline")

    page.get_by_label("Your guess").fill("30")
    page.get_by_role("button", name="This is my guess").press("Enter")
    page.get_by_text("You guessed").wait_for()
    page.get_by_label("Date").fill("last May")
    page.get_by_label("What happened").fill("<img src=x onerror=window.hacked=1>")
    page.get_by_role("button", name="Add to the timeline").press("Enter")
    page.get_by_text("is not a date that the timeline can read").wait_for()
    page.get_by_label("Date").fill("2021-06")
    page.get_by_role("button", name="Add to the timeline").press("Enter")
    lab.until("t.selected", "own-1")
    lab.until("t.period.label.startswith('All')", True)
    lab.output().get_by_text("2021-06: <img src=x").first.wait_for()
    assert page.evaluate("window.hacked") is None
    assert lab.python("'own-1' in set(Timeline(case).table['key'])")


def test_drivers_law_and_hedges_open_their_sentences_by_mouse_and_by_keyboard(lab):
    page = lab.write(SET_UP, "d = Drivers(case)\nd", "r = LegalRecord(case)\nr", "h = Hedges(case)\nh")
    page.set_viewport_size(WHOLE)
    lab.run_all()
    lab.output(1).locator(".mark-rect.role-mark path").first.click()
    lab.until("d.selected == d.table['key'][0]", True)
    lab.output(1).get_by_text(f"{lab.python('len(d.evidence)')} sentences.", exact=True).wait_for()
    page.get_by_role("button", name="per 100 sentences").press("Enter")
    lab.until("'in each hundred sentences' in d.chart.alt", True)
    lab.output(1).get_by_label("Driver", exact=True).select_option(index=3)
    lab.until("d.selected.split('|')[0]", lab.python("d.table['code'].unique()[2]"))

    page.get_by_label("What the articles say about").focus()
    page.keyboard.type("2022-03-02")
    lab.until("r.selected", "entry-4")
    lab.output(2).get_by_text("No article names this.").wait_for()

    lab.output(3).locator(".mark-rect.role-mark path").nth(4).click()
    lab.until("h.selected", "004-digest")
    lab.output(3).locator("mark").first.wait_for()
    lab.output(3).get_by_text("What was counted").click()
    lab.output(3).get_by_text("The words counted").click()
    assert lab.axe() == []
    lab.shots("drivers-law-hedges")


def test_ripeness_is_rated_with_evidence_and_claims_are_laid_side_by_side(lab):
    page = lab.write(SET_UP, "b = RipenessBoard(case, others=[{'way-out': {'rating': 1}}])\nb", "c = Claims(case)\nc")
    page.set_viewport_size(WHOLE)
    lab.run_all()
    page.get_by_role("button", name="Stalemate: Russia").press("Enter")
    lab.until("b.selected", "stalemate-russia")
    page.get_by_role("button", name="in part").click()
    lab.output(1).get_by_text("a rating without a sentence is a guess").wait_for()
    page.get_by_label("Sentences about").select_option(index=1)
    lab.until("b.picker.subject.value", ["driver:stalemate"])
    focus_and_choose(page, f"Candidates ({lab.python('len(b.picker.found.options)')})")
    lab.until("b.picker.found.value is not None", True)
    page.get_by_role("button", name="Attach this sentence").press("Enter")
    lab.until("list(b.table['evidence'])", [0, 1, 0, 0])
    assert lab.python("RipenessBoard(case).board['stalemate-russia']['rating']") == 2

    lab.output(2).locator(".mark-rect.role-mark path").nth(24).click()
    lab.until("c.selected", "004-digest|004-digest")
    lab.output(2).get_by_text("≠ contradicts").first.wait_for()
    focus_and_choose(page, f"Claims ({lab.python('len(c.table)')})")
    lab.until("c.selected", lab.python("c.table['id'][0]"))
    assert lab.axe() == []
    lab.shots("ripeness-claims")


def test_the_notebook_runs_from_top_to_bottom(lab):
    page = lab.open("notebooks/01-background.ipynb")
    lab.run_all()
    page.set_viewport_size(WHOLE)
    page.get_by_role("heading", name="In short").wait_for()
    page.wait_for_timeout(500)

    assert lab.errors() == []
    assert lab.axe() == []
