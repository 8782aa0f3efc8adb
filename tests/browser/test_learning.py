"""What a learner does is there after a kill, comes along in a file, and can be done without a mouse."""

import json
import os
import signal
from pathlib import Path

import pytest

from kit.learning.answer_rules import hash_answer
from kit.learning.portfolio import load_document, values_of_case
from tests.small_cases import write_case
from tests.test_coding import CODEBOOK, LONG

ARTICLE = f"# First\n\nBrussels counts its losses, {LONG}. New York counts its losses, {LONG}. Brussels and New York meet, {LONG}."
QUIZ = [
    {
        "id": "01-q1",
        "type": "multiple_choice",
        "question": "Which of these long answers about the river and the people along it is the one that holds?",
        "answers": [
            {"answer": f"The {word} one, {LONG}, {LONG}", "correct": word == "right", "feedback": f"About {word}."}
            for word in ("right", "wrong", "other")
        ],
    },
    {
        "id": "01-q2",
        "type": "many_choice",
        "question": "Which belong?",
        "answers": [{"answer": each, "correct": each != "c", "feedback": "Because."} for each in "abc"],
    },
    {
        "id": "01-q3",
        "type": "order",
        "question": "In which order?",
        "items": [{"item": each, "feedback": "Because."} for each in ("one", "two", "three")],
    },
    {
        "id": "01-q4",
        "type": "match",
        "question": "What goes with what?",
        "pairs": [{"left": f"{left}, {LONG}", "right": right, "feedback": "So."} for left, right in ("ab", "cd")],
    },
    {
        "id": "01-q5",
        "type": "defend",
        "question": "Which would you defend?",
        "answers": [{"answer": "now"}, {"answer": "later"}],
        "views": [{"title": "Now", "text": "Lives."}, {"title": "Later", "text": "Strength."}],
    },
]
TASK = {
    "unit": "01",
    "task": "Which number is it?",
    "input": "number",
    "rule": "fact",
    **dict([hash_answer("fact", "01-t1", 14000, numeric=True)]),
    "hints": {"other": ["Look at the figures.", "Look at figure 2."]},
    "not_checked": "Whether the figure holds.",
}
SET_UP = "import kit\ncase = kit.load_case('river')"
QUIZ_CELL, TASK_CELL = "quiz = kit.learning.Quiz(case, '01')\nquiz", "task = kit.learning.Answer(case, '01-t1')\ntask"
WRITE_CELL, WORK_CELL = "kit.learning.Write(case, '01', 'Say what holds.')", "kit.learning.MyWork(case)"
# The line to a server on this machine is back at once: held up, so that a reader could see that it was lost.
LINE_LOST_FOR_A_WHILE = """() => {
  const kernel = jupyterapp.shell.currentWidget.context.sessionContext.session.kernel;
  const connect = kernel._createSocket;
  kernel._createSocket = (...how) => setTimeout(() => {
    kernel._createSocket = connect;
    connect.apply(kernel, how);
  }, 3000);
  kernel._ws.close();
}"""


@pytest.fixture
def river(lab):
    """The lab with a small case of its own beside the notebook."""
    quiz, checks = json.dumps(QUIZ), json.dumps({"checks": {"01-t1": TASK}})
    files = {"codebook.yaml": CODEBOOK, "articles/first.md": ARTICLE, "quiz/01.json": quiz, "checks.yaml": checks}
    write_case(lab.server.root / "river", files)
    return lab


def kill(lab):
    """Kill the kernel as a machine would; what the page says of the lost connection is no failure of ours."""
    os.kill(lab.python("__import__('os').getpid()"), signal.SIGKILL)
    lab.page.wait_for_timeout(500)


def kept(lab):
    return values_of_case(load_document(lab.server.portfolio), "river")


def until_kept(lab, key, value):
    for _ in range(100):
        if lab.server.portfolio.exists() and kept(lab).get(key) == value:
            return
        lab.page.wait_for_timeout(50)
    assert kept(lab).get(key) == value


def test_answers_are_there_after_the_kernel_was_killed_and_the_notebook_reopened(river):
    page = river.write(SET_UP, QUIZ_CELL, TASK_CELL, WRITE_CELL)
    river.run_all()
    page.get_by_label("The wrong one").first.check()
    page.get_by_role("button", name="Check question 1").click()
    page.get_by_text("About wrong.").first.wait_for()
    assert page.get_by_text("About right.").count() == 0
    page.get_by_label("Your number").fill("14 000")
    page.get_by_role("button", name="Check task 1").click()
    page.get_by_text("✓ Right.").wait_for()
    page.get_by_label("Your text").fill("What holds is what hurts.")
    until_kept(river, "01/write", "What holds is what hurts.")

    kill(river)
    river.open("test.ipynb")
    river.failures.clear()
    river.run_all()

    assert river.page.get_by_label("Your text").input_value() == "What holds is what hurts."
    assert river.page.get_by_label("Your number").input_value() == "14 000"
    assert river.page.get_by_text("When it was last checked: right.").count() == 1
    river.page.get_by_text("About wrong.").first.wait_for()
    river.page.get_by_label("The right one").first.check()
    river.page.get_by_role("button", name="Check question 1").click()
    river.page.get_by_text("About right.").first.wait_for()
    assert kept(river)["01/quiz/01-q1"]["right_at"] == 2


def test_work_is_downloaded_restored_in_a_fresh_copy_and_gone_on_with(river, tmp_path):
    page = river.write(SET_UP, WRITE_CELL, WORK_CELL)
    river.run_all()
    page.get_by_label("Your text").fill("Begun on Binder.")
    page.get_by_label("Your name in class").fill("heron")
    page.get_by_label("Your name in class").press("Tab")
    until_kept(river, "01/write", "Begun on Binder.")
    river.until("kit.learning.portfolio.portfolio(case).file.pseudonym", "heron")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download my work").click()
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    assert load_document(file).entries["river/01/write"][0].value == "Begun on Binder."

    kill(river)
    for left in river.server.portfolio.parent.glob("*portfolio*"):
        left.unlink()
    river.open("test.ipynb")
    river.failures.clear()
    page = river.run_all()
    assert page.get_by_label("Your text").input_value() == ""
    # Mail and LMS give files endings of their own: "portfolio.json.txt" can be chosen too.
    assert not page.get_by_label("Restore from a file").get_attribute("accept")
    page.get_by_label("Restore from a file").set_input_files(file)
    page.get_by_text("✓ Restored. New answers: 1;").wait_for()
    assert page.get_by_label("Your name in class").input_value() == "heron"
    river.run_cell(1)
    page.wait_for_function(
        "() => [...document.querySelectorAll('textarea')].some((each) => each.value === 'Begun on Binder.')"
    )
    page.get_by_label("Your text").fill("Begun on Binder. Ended at home.")
    until_kept(river, "01/write", "Begun on Binder. Ended at home.")


def test_the_work_can_be_downloaded_when_the_kernel_is_gone(river, tmp_path):
    page = river.write(SET_UP, WRITE_CELL, WORK_CELL)
    river.run_all()
    page.get_by_label("Your text").fill("Not lost.")
    until_kept(river, "01/write", "Not lost.")
    river.idle()
    kill(river)
    # JupyterLab says so in a dialog that lies over the page, once the server has seen it.
    page.get_by_role("dialog").get_by_role("button", name="Ok").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download my work").click()
    download.value.save_as(tmp_path / "p.json")
    assert load_document(tmp_path / "p.json").entries["river/01/write"][0].value == "Not lost."
    river.failures.clear()


def test_a_file_that_is_none_or_far_too_large_is_refused_and_nothing_breaks(river, tmp_path):
    page = river.write(SET_UP, WRITE_CELL, WORK_CELL)
    river.run_all()
    page.get_by_label("Your text").fill("Mine.")
    until_kept(river, "01/write", "Mine.")
    (tmp_path / "film.json").write_bytes(b" " * 50_000_000)
    (tmp_path / "broken.json").write_text('{"schema": 1')
    for name, reason in (("film.json", "larger than 10 MB"), ("broken.json", "it is broken")):
        page.get_by_label("Restore from a file").set_input_files(tmp_path / name)
        page.get_by_text(reason).wait_for()
    assert kept(river)["01/write"] == "Mine."


def test_the_page_to_print_and_the_slip_carry_the_answers(river, tmp_path):
    page = river.write(SET_UP, WRITE_CELL, WORK_CELL)
    river.run_all()
    page.get_by_label("Your text").fill("A <b>bold</b> claim.")
    until_kept(river, "01/write", "A <b>bold</b> claim.")
    page.get_by_role("button", name="Make a slip").click()
    page.wait_for_function(
        "() => [...document.querySelectorAll('textarea')].some((each) => each.value.startsWith('PARLEY1-'))"
    )
    with page.expect_download() as download:
        page.get_by_role("button", name="Download a page to print").click()
    download.value.save_as(tmp_path / "page.html")
    text = Path(tmp_path / "page.html").read_text("utf-8")
    assert "A &lt;b&gt;bold&lt;/b&gt; claim." in text


def test_a_quiz_is_answered_from_the_keyboard(river):
    page = river.write(SET_UP, QUIZ_CELL)
    river.run_all()
    page.get_by_label("The right one").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_text("✓ Right.").wait_for()
    page.get_by_role("button", name="Next question").press("Enter")
    page.get_by_role("checkbox", name="a", exact=True).focus()
    page.keyboard.press("Space")
    page.get_by_role("checkbox", name="b", exact=True).focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Check question 2").press("Enter")
    river.until("quiz.questions[1].right_at", 1)
    page.get_by_role("button", name="Next question").press("Enter")
    order_with_keys(page, ["one", "two", "three"])
    page.get_by_role("button", name="Check question 3").press("Enter")
    river.until("quiz.questions[2].right_at", 1)
    page.get_by_role("button", name="Next question").press("Enter")
    page.get_by_label(f"a, {LONG}").select_option("b")
    page.get_by_label(f"c, {LONG}").select_option("d")
    page.get_by_role("button", name="Check question 4").press("Enter")
    river.until("quiz.questions[3].right_at", 1)
    page.get_by_role("button", name="Next question").press("Enter")
    page.get_by_role("radio", name="later").focus()
    page.keyboard.press("Space")
    page.get_by_label("Your reason").fill("It lasts.")
    page.get_by_role("button", name="Keep my answer to question 5").press("Enter")
    page.get_by_text("Strength.").wait_for()


def order_with_keys(page, wanted):
    """Move each item up with the arrow key until the list reads as wanted."""
    items = page.locator(".parley-ordering > li")
    for place, text in enumerate(wanted):
        while items.nth(place).locator("span").inner_text() != text:
            item = page.locator(".parley-ordering > li", has=page.get_by_text(text, exact=True))
            item.focus()
            page.keyboard.press("ArrowUp")


def test_an_order_is_made_by_dragging(river):
    page = river.write(SET_UP, "from kit.learning.inputs import Order\norder = Order(['a', 'b', 'c'])\norder")
    river.run_all()
    page.get_by_text("b", exact=True).drag_to(page.get_by_text("a", exact=True), target_position={"x": 1, "y": 1})
    river.until("order.answer", ["b", "a", "c"])
    page.get_by_role("button", name="Move down: b").click()
    river.until("order.answer", ["a", "b", "c"])
    assert river.axe() == []


def test_the_tick_gives_way_to_a_warning_while_the_kernel_is_gone_and_comes_back(river):
    page = river.write(SET_UP, WRITE_CELL)
    river.run_all()
    page.get_by_label("Your text").fill("Kept.")
    page.get_by_text("✓ Saved").wait_for()
    kill(river)
    page.get_by_text("Not connected: what you type is not kept.").wait_for()
    assert page.get_by_text("✓ Saved").count() == 0
    river.open("test.ipynb")
    river.failures.clear()
    page = river.run_all()
    assert page.get_by_text("Not connected").count() == 0
    page.get_by_label("Your text").fill("Kept again.")
    page.get_by_text("✓ Saved").wait_for()
    until_kept(river, "01/write", "Kept again.")


def test_the_tick_comes_back_by_itself_when_the_line_to_the_server_does(river):
    page = river.write(SET_UP, WRITE_CELL)
    river.run_all()
    page.get_by_label("Your text").fill("Kept.")
    page.get_by_text("✓ Saved").wait_for()
    page.evaluate(LINE_LOST_FOR_A_WHILE)
    page.get_by_text("Not connected: what you type is not kept.").wait_for()
    page.get_by_text("✓ Saved").wait_for()
    page.get_by_label("Your text").fill("Kept again.")
    until_kept(river, "01/write", "Kept again.")
    river.failures.clear()


def test_sentences_are_coded_and_compared(river):
    page = river.write(SET_UP, "task = kit.learning.CodingTask(case)\ntask")
    river.run_all()
    page.get_by_label("The EU").check()
    page.get_by_role("button", name="Keep and go on").click()
    page.get_by_text("Sentence 2 of").wait_for()
    assert not page.get_by_label("The EU").is_checked()
    page.get_by_label("Find a code").fill("costs")
    page.get_by_label("Losses").wait_for(state="visible")
    page.get_by_role("button", name="Compare with the readers").click()
    page.get_by_text("Cohen's kappa").wait_for()
    assert river.axe() == []
    river.shots("coding")


def test_a_part_is_reached_from_the_course_map(river):
    (river.server.root / "notebooks").mkdir(exist_ok=True)
    page = river.write(
        "import kit\ncase = kit.load_case('../river')", "kit.learning.CourseMap(case)", name="notebooks/map.ipynb"
    )
    river.run_all()
    assert river.axe() == []
    river.shots("course-map")
    page.get_by_role("link", name="00 Start here").click()
    page.wait_for_url("**/tree/notebooks/00-start-here.ipynb*")
    river.ready()
    river.failures.clear()
    assert len(river.context.pages) == 1


def test_everything_to_answer_with_has_a_name_and_is_legible(river):
    river.write(SET_UP, QUIZ_CELL)
    page = river.run_all()
    page.get_by_label("The wrong one").first.check()
    page.get_by_role("button", name="Check question 1").click()
    page.get_by_text("About wrong.").first.wait_for()
    page.get_by_role("button", name="Next question").click()
    page.get_by_role("checkbox", name="c", exact=True).check()
    for _ in range(2):
        page.get_by_role("button", name="Check question 2").click()
    page.get_by_text("Every choice explained").wait_for()
    assert river.axe() == []
    river.shots("quiz")


def test_tasks_writing_and_my_work_have_names_and_are_legible(river):
    river.write(SET_UP, TASK_CELL, WRITE_CELL, WORK_CELL, "kit.check('01-t1', 3, case)")
    page = river.run_all()
    page.get_by_role("button", name="Make a slip").click()
    page.get_by_text("Answers in the slip").wait_for()
    assert river.axe() == []
    river.shots("learning")


def test_two_amounts_of_dollars_in_what_can_be_chosen_are_no_formula(lab):
    cost = "It cost $5 billion, then $61 billion."
    lab.write(
        "import ipywidgets\nfrom kit.learning.inputs import make_input",
        f"make_input('many', 'x', [{cost!r}, 'nothing'])",
        f"make_input('match', 'x', ['much', 'little'], [{cost!r}])",
        f"ipywidgets.Checkbox(description={cost!r}, indent=False)",
    )
    lab.run_all()
    lab.output(3).locator("mjx-container").wait_for()  # what ipywidgets alone makes of it
    for number in (1, 2):
        assert cost in lab.output(number).inner_text()
        assert lab.output(number).locator("mjx-container").count() == 0
