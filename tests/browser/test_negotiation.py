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

    # The table, by keyboard alone: a question, a package, an answer.
    table = lab.output(2)
    table.get_by_label("About", exact=True).select_option(label="Security guarantees and alignment")
    press(page, table, "Ask why")
    table.get_by_text("A neutral one whose protectors stay at home").first.wait_for()
    for issue in tables.lab(load_case("ukraine")).issues.values():
        table.get_by_label(issue.title, exact=True).focus()
        page.keyboard.press("ArrowDown")
    lab.until("len(game.package)", 6)
    press(page, table, "Offer this package")
    lab.until("len(game.game.moves)", 4)
    table.get_by_text("On the table: the proposal of Russia's delegation").wait_for()
    page.wait_for_function(
        "document.querySelectorAll('.jp-Cell')[2].querySelectorAll('.mark-symbol.role-mark path').length === 2"
    )

    # By mouse: a mark of the picture is taken into the draft; the names change with one press.
    table.locator(".mark-symbol.role-mark path").nth(1).click()
    lab.until("game.package == game.game.package", True)
    table.get_by_role("button", name="Invented states").click()
    table.get_by_text("On the table: the proposal of Kestria's delegation").wait_for()
    assert "Russia" not in table.inner_text().partition("Note on the law")[0]
    table.get_by_role("button", name="The real case").click()

    # The debrief waits for the end of the game; walking away is asked twice.
    after = lab.output(3)
    after.get_by_text("You have not finished a game yet").wait_for()
    for _ in range(2):
        press(page, table, "Walk away")
        page.wait_for_timeout(200)
    press(page, after, "Open the debrief")
    after.get_by_text("There is no deal").wait_for()
    after.locator(".parley-chart svg").first.wait_for()
    after.get_by_label("Read a deal").select_option(index=0)
    after.get_by_text("The package").first.wait_for()
    after.locator(".mark-symbol.role-mark path").nth(5).click()
    lab.until("back.deal.index not in (0, None)", True)
    after.get_by_role("button", name="all delegations").click()
    after.get_by_text(re.compile("294 give each side")).wait_for()
    assert after.locator(".parley-chart").first.get_attribute("data-drawn") == "1"

    assert lab.errors() == []
    assert lab.axe() == []
    lab.shots("negotiation")


def test_notebook_06_runs_clean(lab):
    page = lab.open("notebooks/06-negotiation.ipynb")
    page.set_viewport_size(WHOLE)
    lab.run_all()
    page.wait_for_timeout(800)
    assert lab.axe() == []
    lab.shots("unit-06")
