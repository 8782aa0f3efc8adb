"""The five originals are read without losing a line of an article and without keeping a line of a page.

What is junk was marked by hand; it stands here by fingerprints, since the articles are not the kit's to copy.
"""

import hashlib
import re
from pathlib import Path

import pytest

import kit
from kit.articles import Article

JUNK = {
    "000": [
        "43cb040224f7",
        "92b207532a46",
        "998a5e86fe47",
        "97f438a43313",
        "3b43fb1323e9",
        "3f2579370399",
        "c823fff1e0b6",
        "c823fff1e0b6",
    ],
    "001": [
        "432b568f56a3",
        "6cdc9ae10927",
        "1b93d3228c4e",
        "2575dc817c99",
        "2513f4156d8c",
        "373705c8281f",
        "e7d3e769f3f5",
        "2a4c4ded6c74",
        "cb624752eb68",
    ],
    "002": ["be48523b0c06"],
    "003": [],
    "004": [],
}
TITLES = {"000": "c823fff1e0b6", "001": "cb624752eb68", "002": None, "003": "ee116bda3055", "004": None}
SECTIONS = {"000": 24, "001": 26, "002": 5, "003": 7, "004": 17}
SENTENCES = {"000": 215, "001": 93, "002": 39, "003": 141, "004": 114}
GLUED = "title phrase glued on"


def fingerprint(text: str) -> str:
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()[:12]


@pytest.fixture(scope="module")
def articles(folder: Path) -> dict[str, Article]:
    return {article.id[:3]: article for article in kit.load_articles(folder)}


@pytest.mark.parametrize("number", JUNK)
def test_what_is_dropped_is_the_junk_and_nothing_else(number: str, articles: dict[str, Article]):
    dropped = [fingerprint(line) for line, reason in articles[number].dropped if not reason.startswith(GLUED)]
    assert sorted(dropped) == sorted(JUNK[number])


@pytest.mark.parametrize("number", JUNK)
def test_every_other_line_is_in_the_text(number: str, articles: dict[str, Article]):
    article = articles[number]
    lines = article.text.split("\n")
    cut = next((phrase for phrase, reason in article.dropped if reason.startswith(GLUED)), None)
    raw = Path(article.source).read_text(encoding="utf-8")
    for line in filter(None, (" ".join(each.split()) for each in raw.split("\n"))):
        if fingerprint(line) in JUNK[number] or line in lines or re.fullmatch(r"[|\s:-]+", line):
            continue
        if line.startswith("|"):
            assert all(cell.strip() in lines for cell in line.strip("|").split("|"))
        else:
            assert cut
            assert line.replace(f" {cut}", "") in lines


@pytest.mark.parametrize("number", JUNK)
def test_title_sections_and_sentences_are_as_counted_by_hand(number: str, articles: dict[str, Article]):
    article = articles[number]
    assert (fingerprint(article.title) if article.title else None) == TITLES[number]
    assert len(article.sections) == SECTIONS[number]
    assert len(article.sentences) == SENTENCES[number]


def test_the_title_phrase_is_cut_from_three_headings_and_three_sentences(articles: dict[str, Article]):
    cuts = [reason for _, reason in articles["000"].dropped if reason.startswith(GLUED)]
    headings = {section.title for section in articles["000"].sections}
    assert len(cuts) == 6
    assert sum(any(f"“{heading}”" in reason for heading in headings) for reason in cuts) == 3


@pytest.mark.parametrize("number", JUNK)
def test_offsets_are_exact(number: str, articles: dict[str, Article]):
    article = articles[number]
    assert all(article.text[each.start : each.end] == each.text for each in article.sentences)
