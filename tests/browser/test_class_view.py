"""The class view in a real JupyterLab: files chosen and dropped, slips pasted, names switched on, all by keyboard too."""

from pathlib import Path

import kit
from kit.classroom.sample import sample_class, sample_documents
from kit.learning.document import Document, dump
from kit.learning.slip import make_slip

WHOLE = {"width": 1280, "height": 9_000}
SET_UP = "import kit\ncase = kit.load_case('ukraine')"
EVIL = "<img src=x onerror=\"document.title='bitten'\">"


def test_files_are_uploaded_slips_pasted_and_names_switched_on(lab, tmp_path):
    case = kit.load_case("ukraine")
    sample_class(tmp_path, 6, case=case)
    stranger = sample_documents(case, 1, seed=9)[0]
    (tmp_path / "evil.json").write_bytes(dump(Document(EVIL, stranger.entries)))
    (tmp_path / "broken.json").write_text("{", "utf-8")
    files = sorted(tmp_path.iterdir())

    page = lab.write(SET_UP, "view = kit.classroom.ClassView(case)\nview", name="class.ipynb")
    page.set_viewport_size(WHOLE)
    lab.run_all()
    shown = lab.output(1)
    shown.get_by_label("Portfolios, zips of them or saved chats").set_input_files(files)
    shown.get_by_text("Read: 7 learners").wait_for()
    assert lab.python("len(view.classroom.left_out)") == 1
    shown.get_by_role("heading", name="What divides this class").wait_for()

    # A slip from the chat, among talk.
    slip = make_slip({"01/ripeness-board": {"way-out": {"rating": 4, "evidence": []}}}, "Made-up Crane").text
    shown.get_by_label("Slips").fill(f"anna: good morning\nben: {slip}\nanna: thanks")
    shown.get_by_role("button", name="Read the slips").click()
    shown.get_by_text("Read: 8 learners").wait_for()

    # Files dropped on the field.
    extra = dump(sample_documents(case, 1, seed=5)[0]).decode()
    page.evaluate(
        """(text) => {
          const field = [...document.querySelectorAll('input[type=file]')].find((each) => each.multiple);
          const data = new DataTransfer();
          data.items.add(new File([text], 'dropped.json'));
          field.closest('label').parentElement.dispatchEvent(
            new DragEvent('drop', {dataTransfer: data, bubbles: true, cancelable: true}));
        }""",
        extra,
    )
    shown.get_by_text("Read: 9 learners").wait_for()

    # A prompt, by keyboard: the sentences behind it.
    shown.get_by_label("Read behind").focus()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowDown")
    lab.until("view.selected is not None", True)

    # A unit, and the switch: no name before, names after, nothing of them runs.
    shown.get_by_role("button", name="Unit 00").focus()
    page.keyboard.press("Enter")
    lab.until("view.unit.value", "00")
    shown.locator("summary", has_text="Each learner beside the readers' marks").click()
    shown.get_by_role("cell", name="Learner 1", exact=True).first.wait_for()
    assert shown.get_by_text("Made-up Alder").count() == 0
    assert shown.get_by_text("broken.json").count() == 0
    switch = shown.get_by_label("Show names")
    switch.focus()
    page.keyboard.press("Space")
    lab.until("view.names.value", True)
    shown.locator("summary", has_text="What was left out, and why").click()
    shown.get_by_role("cell", name="broken.json").wait_for()
    shown.locator("summary", has_text="Each learner beside the readers' marks").click()
    shown.get_by_role("cell", name="Made-up Ash", exact=True).first.wait_for()
    assert page.title() != "bitten"
    assert page.locator("img[src=x]").count() == 0
    assert lab.axe() == []


def test_every_unit_of_a_made_up_class_is_shown_and_the_page_can_be_kept(lab):
    page = lab.open("notebooks/instructor/class-view.ipynb")
    page.set_viewport_size(WHOLE)
    lab.run_all()
    shown = lab.output(2)
    shown.get_by_role("button", name="Try it with 30 made-up learners").click()
    shown.get_by_text("These 30 learners are made up").wait_for()
    shown.get_by_role("heading", name="What divides this class").wait_for()
    lab.shots("class-view-first")
    page.set_viewport_size(WHOLE)
    for unit in ("00", "01", "02", "03", "04", "05", "06"):
        shown.get_by_role("button", name=f"Unit {unit}", exact=True).click()
        shown.locator("h3", has_text=unit).wait_for()
        shown.locator(".parley-chart svg").first.wait_for()
        page.wait_for_timeout(300)
        assert lab.axe() == [], unit
        lab.shots(f"class-view-{unit}")
        page.set_viewport_size(WHOLE)
    shown.get_by_label("With all pictures and tables").check()
    with page.expect_download(timeout=60_000) as coming:
        shown.get_by_role("button", name="Download as a page to print").click()
    html = Path(coming.value.path()).read_text("utf-8")
    assert html.startswith("<!DOCTYPE html>")
    assert "Learner 1" in html
    assert "Made-up Alder" not in html
