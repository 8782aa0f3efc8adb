"""Unit 06 in a real JupyterLab: a sheet, a game and its debrief, by keyboard and by mouse."""

import re

from kit.case import load_case
from kit.negotiation import tables

WHOLE = {"width": 1280, "height": 9_000}
SET_UP = "import kit\ncase = kit.load_case('ukraine')"


def press(page, place, name):
    """Press a button by keyboard alone."""
    place.get_by_role("button", name=name, exact=True).focus()
    page.keyboard.press("Enter")


def choose_all(page, table, *, keys=1):
    """Choose an option on each issue by keyboard."""
    for issue in tables.lab(load_case("ukraine")).issues.values():
        table.get_by_role("combobox", name=issue.title, exact=True).focus()
        for _ in range(keys):
            page.keyboard.press("ArrowDown")


def test_a_sheet_a_game_and_its_debrief_by_keyboard_and_by_mouse(lab):
    page = lab.write(
        SET_UP,
        "sheet = kit.negotiation.RoleSheet(case)\nsheet",
        "game = kit.negotiation.Table(case, seed=1)\ngame",
        "back = kit.negotiation.Debrief(case)\nback",
        name="negotiation.ipynb",
    )
    page.set_viewport_size(WHOLE)
    lab.run_all()

    # The sheet is closed, opens by keyboard, and closes for the next reader.
    paper = lab.output(1)
    assert paper.get_by_text("Your instructions").count() == 0
    paper.get_by_role("button", name="Show my sheet").focus()
    page.keyboard.press("Space")
    paper.get_by_text("Your instructions").wait_for()
    with page.expect_download() as saved:
        press(page, paper, "Save my sheet for printing")
    assert saved.value.suggested_filename == "sheet-ukraine-s-delegation.html"
    paper.get_by_label("I am", exact=True).select_option(label="Russia's delegation")
    paper.get_by_text("Your instructions").wait_for(state="detached")
    paper.get_by_role("button", name="Invented states").click()
    paper.get_by_role("heading", name="Kestria's delegation").wait_for()
    # One switch changes the names in the whole notebook.
    lab.until("game.version.value", "invented")
    paper.get_by_role("button", name="The real case").click()
    lab.until("game.version.value", "real")

    # The table, by keyboard alone: a question, a package, an answer.
    table = lab.output(2)
    press(page, table, "Security guarantees and alignment")
    table.get_by_text("What protects Ukraine if it is attacked again").wait_for()
    press(page, table, "Ask why: Security guarantees and…")
    table.get_by_text("A neutral one whose protectors stay at home").first.wait_for()
    assert table.get_by_role("button", name="Sign", exact=True).is_disabled()
    choose_all(page, table)
    lab.until("len(game.package)", 6)
    press(page, table, "Offer this package")
    lab.until("len(game.game.moves)", 4)
    page.wait_for_function(
        "document.querySelectorAll('.jp-Cell')[2].querySelectorAll('.mark-symbol.role-mark path').length === 2"
    )

    # By mouse: a mark of the picture is taken into the draft; the names change with one press.
    table.locator(".mark-symbol.role-mark path").nth(1).click()
    lab.until("game.package == game.game.package", True)
    table.get_by_role("button", name="Invented states").click()
    lab.until("game.lab.version", "invented")
    lab.until("'Ukraine' in game.card.value + game.history.value", False)
    table.get_by_role("button", name="The real case").click()

    # The debrief waits for the end of the game; walking away is asked twice.
    after = lab.output(3)
    after.get_by_text("You have not finished a game yet").wait_for()
    for _ in range(2):
        press(page, table, "Walk away")
        page.wait_for_timeout(300)
    table.get_by_role("heading", name="Broken off").wait_for()
    press(page, after, "Open the debrief")
    after.get_by_label("Your guess").fill("500")
    press(page, after, "This is my guess")
    after.get_by_text("the answer is 712").wait_for()
    after.get_by_text("There is no deal").wait_for()
    after.locator(".parley-chart svg").first.wait_for()
    after.get_by_text("Choose a deal from a list").click()
    after.get_by_role("listbox", name="Read a deal").get_by_role("option").first.click()
    after.get_by_text("The package").first.wait_for()
    after.locator(".mark-symbol.role-mark path").nth(5).click()
    lab.until("back.deal.index not in (0, None)", True)
    after.get_by_role("button", name="all delegations").click()
    after.get_by_text(re.compile("294 give each side")).wait_for()
    assert after.locator(".parley-chart").first.get_attribute("data-drawn") == "1"

    assert lab.errors() == []
    assert lab.axe() == []
    lab.shots("negotiation")


def test_the_table_is_in_view_whole_and_nothing_is_cut_on_a_narrow_page(lab):
    page = lab.write(SET_UP + "\ngame = kit.negotiation.Table(case, seed=1)\ngame", name="table.ipynb", files=True)
    lab.run_all()
    table = lab.output()
    table.scroll_into_view_if_needed()
    # From the head of the output to the button that makes an offer there is no scrolling.
    table.evaluate("each => each.scrollIntoView({ block: 'start' })")
    choose_all(page, table, keys=2)
    table.evaluate("each => each.scrollIntoView({ block: 'start' })")
    offer = table.get_by_role("button", name="Offer this package").bounding_box()
    assert offer["y"] + offer["height"] < 900
    page.screenshot(path="tests/browser/screenshots/table-1280.png")
    table.get_by_role("button", name="Offer this package").click()
    lab.until("len(game.game.moves)", 2)
    table.evaluate("each => each.scrollIntoView({ block: 'start' })")
    page.wait_for_timeout(400)
    offer = table.get_by_role("button", name="Offer this package").bounding_box()
    assert offer["y"] + offer["height"] < 900
    page.screenshot(path="tests/browser/screenshots/table-1280-answered.png")
    lab.theme("Dark")
    page.wait_for_timeout(400)
    page.screenshot(path="tests/browser/screenshots/table-1280-dark.png")
    assert lab.axe() == []
    lab.theme("Light")
    page.set_viewport_size({"width": 800, "height": 900})
    page.wait_for_timeout(600)
    page.screenshot(path="tests/browser/screenshots/table-800.png")
    cut = table.locator(".parley-explorer").evaluate(
        "each => [...each.querySelectorAll('button, .parley-offer-row > *, .parley-meter')]"
        ".filter(one => one.offsetParent && one.scrollWidth > one.clientWidth + 1).map(one => one.textContent)"
    )
    assert cut == []


def test_notebook_06_runs_clean(lab):
    page = lab.open("notebooks/06-negotiation.ipynb")
    page.set_viewport_size(WHOLE)
    lab.run_all()
    page.wait_for_timeout(800)
    assert lab.axe() == []
    lab.shots("unit-06")
