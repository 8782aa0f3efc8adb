"""Unit 04 in a real JupyterLab: measures read, sequenced and refused, by mouse and by keyboard."""

WHOLE = {"width": 1280, "height": 12_000}


def choose(page, place, name, wanted):
    """Choose an option by keyboard: from the first one down with the arrow until it is there."""
    box = place.get_by_label(name, exact=True)
    box.focus()
    for _ in range(box.locator("option").count()):
        if wanted in box.evaluate("box => box.selectedOptions[0]?.textContent ?? ''"):
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"{name} does not offer {wanted}")


SET_UP = "import kit\ncase = kit.load_case('ukraine')"


def test_measures_are_read_and_sequenced_by_mouse_and_by_keyboard(lab):
    page = lab.write(
        SET_UP,
        "catalogue = kit.measures.Catalogue(case)\ncatalogue",
        "line = kit.measures.Sequencer(case)\nline",
        "watch = kit.measures.VerificationDilemma(case)\nwatch",
        name="measures.ipynb",
    )
    page.set_viewport_size(WHOLE)
    lab.run_all()

    # The catalogue, by mouse: a click reads a measure, a click with Shift sets a second beside it.
    shelf = lab.output(1)
    shelf.locator(".mark-symbol.role-mark path").first.wait_for()
    marks = shelf.locator(".mark-symbol.role-mark path")
    marks.nth(0).click()
    lab.until("catalogue.selected is not None", True)
    first = lab.python("catalogue.selected")
    marks.nth(3).click(modifiers=["Shift"])
    lab.until("catalogue.second is not None", True)
    assert lab.python("catalogue.selected") == first
    shelf.locator("table").first.wait_for()

    # By keyboard: a filter narrows the picture, a list reads another measure.
    choose(page, shelf, "Type", "military")
    lab.until("catalogue.type.value", "military-constraint")
    page.wait_for_function(
        "document.querySelectorAll('.jp-Cell')[1].querySelectorAll('.mark-symbol.role-mark path').length === "
        + str(lab.python("len(catalogue.table)"))
    )
    shelf.get_by_label("Read", exact=True).select_option(label="No strikes on energy")
    lab.until("catalogue.selected", "energy-truce")
    lab.until("len(catalogue.panel.table) > 0", True)

    # The sequencer, by keyboard alone: refused with its reason, then placed in order.
    desk = lab.output(2)
    choose(page, desk, "Measure", "Local")
    lab.until("line.selected", "local-ceasefire-zones")
    desk.get_by_role("button", name="Add").focus()
    page.keyboard.press("Enter")
    desk.get_by_text("Not added.").wait_for()
    assert lab.python("line.steps") == {}
    for name in ("Line", "Local"):
        lab.python("1", before="line.selected = None")
        choose(page, desk, "Measure", name)
        desk.get_by_role("button", name="Add").focus()
        page.wait_for_timeout(150)
        page.keyboard.press("Enter")
        desk.get_by_text("Added: ").first.wait_for()
    lab.until("line.steps", {"military-hotline": 1, "local-ceasefire-zones": 2})

    # Its bars appear in the drawn chart, and a click on one chooses it.
    page.wait_for_function(
        "document.querySelectorAll('.jp-Cell')[2].querySelector('.parley-chart').dataset.updates >= 2"
    )
    assert desk.locator(".parley-chart").first.get_attribute("data-drawn") == "1"
    box = desk.locator(".parley-chart svg").first.bounding_box()
    page.mouse.click(box["x"] + box["width"] * 0.7, box["y"] + box["height"] * 0.55)
    lab.until("line.selected", "military-hotline")
    assert lab.python(
        "__import__('kit.learning.portfolio').learning.portfolio.portfolio().read('04/sequencer')['plan']"
    ) == {
        "military-hotline": 1,
        "local-ceasefire-zones": 2,
    }

    # A slider moves the picture, by keyboard.
    level = desk.get_by_label("Trust that talks on core issues need")
    level.focus()
    page.keyboard.press("ArrowRight")
    lab.until("line.level.value", 55)
    desk.get_by_label("Begin with").select_option(label="All at once")
    desk.get_by_role("button", name="Begin with this").click()
    desk.get_by_text("What stands against this plan").wait_for()

    # Watching: a tab is opened and a slider moved; the sentence says what an alarm is worth.
    eyes = lab.output(3)
    eyes.get_by_label("Clean months with a false alarm").focus()
    page.keyboard.press("Home")
    lab.until("watch.false_alarms.value", 0)
    eyes.get_by_text("after an alarm the chance of a breach is 100 per cent").wait_for()
    eyes.get_by_role("tab", name="How errors echo").click()
    eyes.get_by_text("tit-for-tat").first.wait_for()

    assert lab.errors() == []
    assert lab.axe() == []
    lab.shots("measures")


def test_notebook_04_runs_clean(lab):
    page = lab.open("notebooks/04-measures.ipynb")
    page.set_viewport_size(WHOLE)
    lab.run_all()
    page.wait_for_timeout(800)
    assert lab.axe() == []
    lab.shots("unit-04")
