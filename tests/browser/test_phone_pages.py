"""A phone page as a learner uses it: a tap makes a slip that the class view reads, and shows one code."""

import kit
from kit.authoring.phone_pages import phone_pages
from kit.classroom.gather import Classroom


def test_a_tap_makes_a_slip_that_the_class_view_reads(browser, tmp_path):
    case = kit.load_case("ukraine")
    question = next(each for each in case.quiz("03") if each["type"] == "defend")
    path = tmp_path / "page.html"
    path.write_text(phone_pages(case)[f"{question['id']}.html"], "utf-8")
    page = browser.new_page()
    faults = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(path.as_uri())
    assert page.locator("#slip").is_hidden()
    page.get_by_text(question["answers"][1]["answer"], exact=True).click()
    assert page.locator(".code:visible").count() == 1
    plain = page.locator("#slip").input_value()
    page.get_by_label("Your name in class").fill("heron")
    page.get_by_label("Your reason").fill("é\U0001f54a " * 200)
    named = page.locator("#slip").input_value()
    page.close()
    assert faults == []
    assert len(named) < 2000
    found = Classroom()
    assert found.read_chat(f"one: {plain} thanks\nother {named}") == 2
    choices = {learner.name: learner.answers_in(case.name)[f"03/quiz/{question['id']}"] for learner in found.learners}
    assert {name: kept["choice"] for name, kept in choices.items()} == dict.fromkeys(
        ["", "heron"], question["answers"][1]["answer"]
    )
    assert choices["heron"]["reason"].startswith("é\U0001f54a é")
