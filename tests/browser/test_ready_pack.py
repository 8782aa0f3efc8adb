"""The button of the instructor's pack: pressed in a notebook, on a machine that has no browser to print with."""

import zipfile


def test_the_button_makes_a_pack_says_what_it_lacks_and_offers_it(lab):
    page = lab.write(
        "import os\nos.environ.update(PATH='', PARLEY_BROWSER='')",
        "import kit\npack = kit.classroom.ReadyPack('northern-ireland', 'packs')\npack",
        name="pack.ipynb",
    )
    lab.run_all()
    shown = lab.output(1)
    shown.get_by_role("button", name="Make the pack").click()
    shown.get_by_text("Slides ...").wait_for()
    offered = shown.get_by_text("Download the pack")
    offered.wait_for(timeout=240_000)
    assert "no Chromium, Chrome or Edge made them" in shown.inner_text()
    assert "beside each release" in shown.inner_text()
    with page.expect_download() as waited:
        offered.click()
    with zipfile.ZipFile(waited.value.path()) as opened:
        names = {name.partition("/")[2] for name in opened.namelist()}
    assert {"index.html", "slides/03-obstacles.pptx", "handouts/03/worksheet-03.html", "lms/moodle.xml"} <= names
    assert lab.errors() == []
    assert lab.axe() == []
    page.screenshot(path="tests/browser/screenshots/ready-pack.png")


def test_where_the_pack_cannot_be_written_the_button_says_so(lab):
    lab.write("import kit\npack = kit.classroom.ReadyPack(folder='/dev/null/packs')\npack", name="nowhere.ipynb")
    lab.run_all()
    shown = lab.output(0)
    shown.get_by_role("button", name="Make the pack").click()
    shown.get_by_text("cannot be written to /dev/null/packs: Not a directory. A ready pack").wait_for(timeout=60_000)
