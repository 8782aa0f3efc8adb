"""Pages to answer by phone: whole in themselves, escaped, a code for each choice; and the projector's page."""

import json
import re
from html import unescape

import pytest

import kit
from kit.authoring import phone_pages as phone
from kit.authoring.cli import main
from kit.authoring.phone_pages import draw_code, phone_pages, writing_tasks
from kit.errors import KitError
from kit.learning.quiz import quiz_result
from kit.learning.quiz_bank import right_answer
from kit.learning.slip import make_slip


@pytest.fixture(scope="module")
def case():
    return kit.load_case("ukraine")


def questions(case):
    return [each for unit in range(7) for each in case.quiz(f"0{unit}")]


def test_each_question_has_a_page_and_each_choice_a_code_that_the_class_view_reads(case):
    pages = phone_pages(case)
    asked = questions(case)
    assert len(pages) == len(asked) + 1 == 43
    for page, question in zip(list(pages.values())[1:], asked, strict=True):
        about = json.loads(re.search(r'id="about">(.*?)</script>', page)[1])
        key = f"{question['id'][:2]}/quiz/{question['id']}"
        assert about == {"case": "ukraine", "key": key, "kind": question["type"]}
        radios = question["type"] in ("defend", "multiple_choice")
        several = question["type"] == "many_choice"
        parts = len(question["answers"]) if radios or several else 0
        assert page.count('name="choice"') == parts
        assert page.count("<svg ") == (2**parts - 1 if several else parts)
        for part in question["answers"] if radios else []:
            kept = {"choice": part["answer"], "reason": "", "shown": True}
            value = kept if question["type"] == "defend" else {"tries": [part["answer"]]}
            assert draw_code(make_slip({key: value}).text) in page


def test_the_code_of_several_choices_is_found_by_the_sum_of_their_places_and_holds_all_of_them(case):
    question = next(each for each in questions(case) if each["id"] == "03-q4")
    page = phone_pages(case)["03-q4.html"]
    places = dict(re.findall(r'value="([^"]+)" data-place="(\d+)"', page))
    right = [words for words in map(unescape, places) if words in right_answer(question)]
    number = sum(int(place) for words, place in places.items() if unescape(words) in right)
    code = draw_code(make_slip({"03/quiz/03-q4": {"tries": [right]}}).text)
    assert len(right) == 3
    assert re.search(rf'id="code-{number}"[^>]*>{re.escape(code)}', page)


def test_a_question_called_projector_does_not_take_the_place_of_the_projectors_page(case, monkeypatch):
    (first, *_) = questions(case)
    monkeypatch.setattr(phone, "_questions", lambda case, writing: [("00", {**first, "id": "projector"})])
    assert list(phone_pages(case)) == ["projector.html", "projector-2.html"]


def test_no_page_tells_which_answer_is_right(case):
    pages = phone_pages(case)
    for question in questions(case):
        page = pages[f"{question['id']}.html"]
        assert "correct" not in page
        told = [
            part.get("feedback") for part in question.get("answers", question.get("items", question.get("pairs", ())))
        ]
        assert not any(words in page for words in told if words)


def test_the_pieces_of_writing_have_pages_with_the_words_of_the_notebooks(case):
    tasks = writing_tasks()
    assert list(tasks) == ["00", "01", "02", "03", "04", "05", "06"]
    assert tasks["01"] == "Why are there talks now?"
    page = phone_pages(case, writing=tasks)["01-write.html"]
    assert '<textarea id="text"' in page
    assert "<svg" not in page


def test_what_a_phone_sends_is_judged_when_it_is_read(case):
    for question in questions(case):
        right = right_answer(question)
        shown = {"choice": "a", "shown": True} if right is None else {"tries": [right]}
        assert quiz_result(question, shown) == (1, None if right is None else 1)
        assert quiz_result(question, {"tries": ["something else"]})[1] is None


def test_a_page_fetches_nothing(case):
    for page in phone_pages(case, "https://example.org/a").values():
        assert "default-src 'none'" in page
        assert not re.search(r"(?:src|action)=[\"']|@import|url\(", page)


def test_a_case_s_words_cannot_leave_their_place(case, monkeypatch):
    evil = "</script><img src=x onerror=alert(1)>'\""
    question = {
        "id": "01 q1",
        "type": "defend",
        "question": evil,
        "answers": [{"answer": evil}, {"answer": "b"}],
        "views": [{"title": "One", "text": "t"}, {"title": "Two", "text": "t"}],
    }
    monkeypatch.setattr(type(case), "quiz", lambda _self, unit: [question] if unit == "01" else [])
    pages = phone_pages(case)
    assert list(pages) == ["projector.html", "01-q1.html"]
    assert all("<img" not in page for page in pages.values())


def test_the_projector_shows_the_code_of_each_page_s_address(case):
    page = phone_pages(case, "example.org/class/")["projector.html"]
    addresses = re.findall(r'class="address">(.*?)<', page)
    assert addresses[0].startswith("https://example.org/class/")
    assert all(draw_code(each) in page for each in addresses)
    assert "<svg" not in phone_pages(case)["projector.html"]


@pytest.mark.parametrize("told", ["javascript:alert(1)", "example.org/?a=b", "ftp://example.org"])
def test_what_is_no_address_is_refused(case, told):
    with pytest.raises(KitError, match="is not an address"):
        phone_pages(case, told)


def test_the_command_writes_the_pages_and_says_where(tmp_path, capsys):
    assert main(["phone-pages", str(tmp_path / "phone")]) == 0
    assert "projector.html" in capsys.readouterr().out
    assert (tmp_path / "phone" / "03-q7.html").is_file()
