"""Papers as a browser prints them: on one page of A4 where they must be, in letters of nine points or more."""

import re

import pytest

from kit.authoring.handouts import handouts
from kit.case import load_case

# How many pages a paper may have, if more than one. Each page of a worksheet is a task of its own.
PAGES = dict.fromkeys(["on-the-table", "on-the-table-invented", "coding-sheet", "forecast-slip", "instructors-answers",
                       "instructors-key", "instructors-key-invented"], 2)  # fmt: skip
PAGES |= {"worksheet-01": 3, "worksheet-04": 3, "worksheet-02": 4, "worksheet-03": 4, "worksheet-05": 4,
          "measure-cards": 4, "obstacle-cards": 5}  # fmt: skip
SMALLEST = """() => Math.min(...[...document.querySelectorAll('body *')]
  .filter((each) => [...each.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
  .map((each) => parseFloat(getComputedStyle(each).fontSize) * 0.75))"""


@pytest.mark.parametrize("name", ["ukraine", "northern-ireland"])
def test_papers_fit_their_page_in_letters_that_can_be_read(browser, name):
    page = browser.new_page()
    page.emulate_media(media="print")
    for paper in handouts(load_case(name)):
        page.set_content(paper.page)
        count = len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True)))
        assert count <= PAGES.get(paper.name, 1), f"{paper.name}: {count} pages"
        assert page.evaluate(SMALLEST) >= 8.99, paper.name
    page.close()
