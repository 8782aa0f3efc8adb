"""Papers as a browser prints them: on few pages of A4, in letters that can be read."""

import re

import pytest

from kit.authoring.handouts import handouts
from kit.case import load_case
from kit.classroom.sample import sample_documents
from kit.learning.brief import KEY, brief_page
from kit.learning.portfolio import portfolio, values_of_case
from kit.learning.progress import course

# How many pages a paper may have, if more than one. Each page of a worksheet is a task of its own.
PAGES = dict.fromkeys(["on-the-table", "on-the-table-invented", "coding-sheet", "forecast-slip",
                       "instructors-key", "instructors-key-invented"], 2)  # fmt: skip
PAGES |= {"worksheet-01": 3, "worksheet-04": 3, "worksheet-02": 4, "worksheet-03": 4, "worksheet-05": 5,
          "instructors-answers": 3, "measure-cards": 5, "obstacle-cards": 8}  # fmt: skip
SMALLEST = """() => Math.min(...[...document.querySelectorAll('body *')]
  .filter((each) => [...each.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
  .map((each) => parseFloat(getComputedStyle(each).fontSize) * 0.75))"""


def count_pages(page):
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True)))


@pytest.mark.parametrize("name", ["ukraine", "northern-ireland"])
def test_papers_fit_their_page_in_letters_that_can_be_read(browser, name):
    page = browser.new_page()
    page.emulate_media(media="print")
    for paper in handouts(load_case(name)):
        page.set_content(paper.page)
        count = count_pages(page)
        assert count <= PAGES.get(paper.name, 1), f"{paper.name}: {count} pages"
        assert page.evaluate(SMALLEST) >= 8.99, paper.name
    page.close()


def test_a_brief_of_all_units_with_all_its_pictures_prints_on_two_to_four_pages(browser):
    case = load_case("ukraine")
    store, words = portfolio(case), "Both sides talk because going on costs them too much. " * 18
    reading = {"interest": "that a new attack would cost too much", "need": "safety, and a say in its own future"}
    world = {"name": "Quiet line", "story": "The guns are silent, and both sides prepare for the day when talks end."}
    made = {
        **max((values_of_case(each) for each in sample_documents(case, 6)), key=len),
        **{f"{unit}/write": words for unit in course()},
        KEY: words,
        "01/timeline": {"events": [{"date": "2025-07-01", "title": "An event of my own", "source": "AP"}]},
        "02/positions": {key: {"guarantees": reading, "territory": reading} for key in ("ukraine", "russia")},
        "03/conflict-tree": {"core": "No promise is believed.", "items": {"obstacle:mistrust": {"place": "trunk"}}},
        "05/two-by-two": {"across": "talks", "up": "ceasefire", "worlds": {"talks|ceasefire": [world] * 4}},
    }
    for key, value in made.items():
        store.save(key, value)
    page = browser.new_page()
    page.emulate_media(media="print")
    page.set_content(brief_page(case, store, "2026-09-01"))
    assert page.locator("h3").all_inner_texts().count("Four worlds") == 1
    assert page.locator("figure img").count() >= 5
    assert 2 <= count_pages(page) <= 4
    assert page.evaluate(SMALLEST) >= 7.99
    page.close()
