"""A phone page as a learner uses it: a tap makes a slip that the class view reads, and shows one code."""

import kit
from kit.authoring.phone_pages import phone_pages
from kit.classroom.gather import Classroom
from kit.learning.quiz import quiz_result
from kit.learning.quiz_bank import right_answer


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


def test_every_kind_of_question_is_answered_rightly_by_phone(browser, tmp_path):
    case = kit.load_case("ukraine")
    pages = phone_pages(case, writing={"03": "Choose one obstacle."})
    page = browser.new_page()
    faults, chat = [], []
    page.on("pageerror", lambda error: faults.append(str(error)))
    for question in [each for each in case.quiz("03") if each["type"] != "defend"]:
        path = tmp_path / "page.html"
        path.write_text(pages[f"{question['id']}.html"], "utf-8")
        page.goto(path.as_uri())
        answer_rightly(page, question)
        chat.append(f"Olena 🕊️, 10:31\n{page.locator('#slip').input_value()}\n👍")
    (tmp_path / "write.html").write_text(pages["03-write.html"], "utf-8")
    page.goto((tmp_path / "write.html").as_uri())
    page.get_by_label("Your text").fill("Territory, “for now”.")
    chat.append("> " + page.locator("#slip").input_value())
    page.close()
    assert faults == []
    found = Classroom()
    found.read_chat("\n".join(chat))
    kept = {key: value for learner in found.learners for key, value in learner.answers_in(case.name).items()}
    assert kept["03/write"] == "Territory, “for now”."
    results = [quiz_result(each, kept.get(f"03/quiz/{each['id']}")) for each in case.quiz("03")]
    assert results == [(1, 1)] * 5 + [(0, None)]


def answer_rightly(page, question):
    """Tap what is right; before all of it is given there is no slip."""
    right = right_answer(question)
    if question["type"] in ("match", "order"):
        wanted = right.items() if question["type"] == "match" else [(words, str(n)) for n, words in enumerate(right, 1)]
        for place, (subject, chosen) in enumerate(wanted):
            assert page.locator("#slip").is_hidden() or place == 0
            page.get_by_label(subject, exact=False).select_option(chosen)
        return
    for words in [right] if isinstance(right, str) else right:
        page.get_by_text(words, exact=True).click()
