"""Pages to answer by phone: whole in themselves, escaped, a code for each choice; and the projector's page."""

import json
import re

import pytest

import kit
from kit.authoring.cli import main
from kit.authoring.phone_pages import draw_code, phone_pages
from kit.errors import KitError
from kit.learning.slip import make_slip


@pytest.fixture(scope="module")
def case():
    return kit.load_case("ukraine")


def questions(case):
    return [each for unit in range(7) for each in case.quiz(f"0{unit}") if each["type"] == "defend"]


def test_each_question_to_take_sides_on_has_a_page_with_its_choices_and_a_code_for_each(case):
    pages = phone_pages(case)
    asked = questions(case)
    assert len(pages) == len(asked) + 1 > 4
    for page, question in zip(list(pages.values())[1:], asked, strict=True):
        about = json.loads(re.search(r'id="about">(.*?)</script>', page)[1])
        assert about == {"case": "ukraine", "key": f"{question['id'][:2]}/quiz/{question['id']}"}
        assert page.count('<input type="radio"') == page.count("<svg ") == len(question["answers"])
        for part in question["answers"]:
            value = {"choice": part["answer"], "reason": "", "shown": True}
            assert draw_code(make_slip({about["key"]: value}).text) in page


def test_a_page_fetches_nothing(case):
    for page in phone_pages(case, "https://example.org/a").values():
        assert "default-src 'none'" in page
        assert not re.search(r"(?:src|action)=[\"']|@import|url\(", page)


def test_a_case_s_words_cannot_leave_their_place(case, monkeypatch):
    evil = "</script><img src=x onerror=alert(1)>'\""
    question = {
        "id": evil,
        "type": "defend",
        "question": evil,
        "answers": [{"answer": evil}, {"answer": "b"}],
        "views": [{"title": "One", "text": "t"}, {"title": "Two", "text": "t"}],
    }
    monkeypatch.setattr(type(case), "quiz", lambda _self, unit: [question] if unit == "01" else [])
    pages = phone_pages(case)
    assert list(pages) == ["projector.html", "script-img-src-x-onerror-alert-1.html"]
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
