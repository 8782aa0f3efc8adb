"""Marks are corrected in a real JupyterLab, by keys alone and by mouse; what is kept is read back in Python."""

import sys
import zipfile
from pathlib import Path

from kit.authoring.course import course
from kit.case import load_case
from tests.small_cases import write_case
from tests.test_correct_marks import ABOUT, CODEBOOK

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tools"))

import bundle  # noqa: E402 - beside the project's other tools

TEXT = "# The text\n\nKyiv asked for talks. Nothing came of it.\n\nThen Kyiv 🕊️ waited for <b>spring</b>.\n"
EDITOR = """
import kit
case = kit.load_case("mine")
editor = kit.learning.CorrectMarks(case)
editor
"""
OWN = """
import subprocess, sys
from pathlib import Path
import kit
subprocess.run([sys.executable, "-m", "kit", "new-case", "ours"], check=True)
Path("ours/articles/03-the-bridge.md").write_text("# The bridge\\n\\nMarrin distrusts Ostrel. Ostrel waits.\\n")
case = kit.load_case("ours")
editor = kit.learning.CorrectMarks(case, article="03-the-bridge")
editor
"""
KEPT = "[(each.words, each.code, each.verdict) for each in editor.corrections]"


def open_editor(lab):
    files = {"case.yaml": ABOUT, "codebook.yaml": CODEBOOK, "articles/one.md": TEXT}
    (write_case(lab.server.root / "mine", files).path / "marks.csv").unlink(missing_ok=True)
    page = lab.write(EDITOR)
    lab.run_all()
    page.locator(".parley-marking-sentence").first.wait_for()
    return page


def test_marks_are_corrected_by_keys_alone(lab):
    page = open_editor(lab)
    text = page.get_by_role("listbox", name="its sentences")
    text.focus()
    page.keyboard.press("ArrowDown")
    page.get_by_text("1 of 4 sentences read").wait_for()
    page.keyboard.press("2")
    lab.until(KEPT, [["talks", "settlement:talks", "remove"]])
    page.get_by_role("button", name="Put back: Talks, “talks”").wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    page.get_by_text("Chosen: “Nothing came”").first.wait_for()
    page.keyboard.press("Enter")
    page.keyboard.type("pau")
    page.keyboard.press("Enter")
    lab.until("editor.corrections[-1].words", "Nothing came")
    lab.until("len(case.marks[case.marks.source == 'reader'])", 1)
    page.get_by_text("Added: A pause. Saved in marks.csv.").wait_for()
    page.keyboard.press("u")
    page.keyboard.press("u")
    lab.until(KEPT, [])
    assert lab.python("editor.progress") == "2 of 4 sentences read"
    assert (
        page.locator("[role=option][aria-selected=true].parley-marking-sentence").text_content()
        == "Kyiv asked for talks."
    )
    assert lab.axe() == []
    lab.shots("correcting")


def test_words_are_chosen_and_codes_given_by_mouse(lab):
    page = open_editor(lab)
    page.locator(".parley-marking-sentence", has_text="Then Kyiv").get_by_text("waited", exact=False).last.evaluate(
        """(piece) => {
          const node = piece.firstChild, at = node.data.indexOf('waited');
          getSelection().setBaseAndExtent(node, at + 2, node, at + 8);
          piece.dispatchEvent(new MouseEvent('mouseup', { bubbles: true }));
        }"""
    )
    page.get_by_text("Chosen: “waited for”").first.wait_for()
    page.get_by_role("listbox", name="Codes").get_by_role("option", name="Talks").click()
    lab.until(KEPT, [["waited for", "settlement:talks", "add"]])
    page.get_by_role("button", name="Take away: Talks, “waited for”").click()
    lab.until(KEPT, [])
    page.get_by_role("button", name="Undo the last change (U)").click()
    lab.until(KEPT, [["waited for", "settlement:talks", "add"]])
    assert page.locator(".parley-marking b").count() == 0


def test_a_class_gets_the_bundle_of_a_case_whose_marks_were_corrected_on_screen(lab, tmp_path):
    page = lab.write(OWN)
    lab.run_all()
    page.get_by_role("listbox", name="its sentences").focus()
    page.keyboard.press("ArrowDown")
    page.get_by_role("button", name="Take away: Marrin, “Marrin”").wait_for()
    page.keyboard.press("1")
    page.get_by_text("Taken away: Marrin. Saved in marks.csv.").wait_for()

    case = load_case(lab.server.root / "ours")
    assert len(case.articles) == 3
    course(case, tmp_path / "course")
    bundle.pack(ROOT, tmp_path / "parley-students-ours.zip", tmp_path / "course")
    with zipfile.ZipFile(tmp_path / "parley-students-ours.zip") as packed:
        names = {name.partition("/")[2] for name in packed.namelist()}
        marks = packed.read("parley-students-ours/ours/marks.csv").decode()
    assert len([name for name in names if name.startswith("notebooks/")]) == 7
    assert "03-the-bridge,Marrin distrusts Ostrel.,Marrin,,actor:marrin,remove,settled," in marks
    assert bundle.smoke(tmp_path / "parley-students-ours.zip", ("notebooks/00-start-here.ipynb",)) == []
