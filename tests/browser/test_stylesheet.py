"""Letters pressed in a control of an output choose there; they are no commands to the notebook."""

SMALL = """
import ipywidgets as w
from kit.screen.stylesheet import stylesheet
box = w.Dropdown(options=["Alpha", "Mistrust", "Delta"], description="Choose")
w.VBox([box, w.Button(description="Press"), stylesheet()])
"""


def test_a_letter_chooses_in_a_list_and_leaves_the_cell_as_it_is(lab):
    page = lab.write("1", SMALL)
    lab.run_all()
    choose = lab.output(1).get_by_label("Choose")
    choose.focus()
    page.keyboard.type("m")

    lab.until("box.value", "Mistrust")
    assert [cell["cell_type"] for cell in lab.cells()] == ["code", "code"]


def test_no_key_on_a_button_deletes_the_cell(lab):
    page = lab.write("1", SMALL)
    lab.run_all()
    lab.output(1).get_by_role("button", name="Press").focus()
    page.keyboard.type("dd")
    page.wait_for_timeout(300)

    assert len(lab.cells()) == 2
