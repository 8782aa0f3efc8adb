"""Where a codebook's phrases stand in articles, and how the marks are written down."""

import re
from itertools import product
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kit
from kit.articles import Article, Sentence, read_article
from kit.codebook import Code, Codebook, Kind
from kit.errors import KitError
from kit.marks.rules import COLUMNS, annotate, annotate_stream
from kit.reading.phrases import Phrase, expand, words_of


def book(**codes: dict | list) -> Codebook:
    """Return a codebook of one kind: ``code=[phrases]`` or ``code={"phrases": …, "not_in": …}``."""
    made = []
    for name, parts in codes.items():
        given = parts if isinstance(parts, dict) else {"phrases": parts}
        lists = {key: tuple(ready(phrase) for phrase in value) for key, value in given.items()}
        made.append(Code("kind", name, name.capitalize(), "As its name says.", **lists))
    return Codebook((Kind("kind", "Kind", "", tuple(made)),))


def ready(phrase: str | dict) -> Phrase:
    if isinstance(phrase, str):
        return Phrase(phrase)
    lists = {key: tuple(map(Phrase, phrase[key])) for key in ("needs", "not_in") if key in phrase}
    return Phrase(phrase["text"], case=phrase.get("case"), **lists)


def quotes(text: str, *phrases: str | dict, **conditions: list[str]) -> list[str]:
    """Return what one code marks in a text."""
    return list(annotate([read_article(text)], book(code={"phrases": list(phrases), **conditions}))["quote"])


# What matches


@pytest.mark.parametrize(
    ("text", "phrases", "expected"),
    [
        ("Peace talks began. The peace-talks ended.", ["peace talks"], ["Peace talks", "peace-talks"]),
        ("Kyiv’s army and Kyiv's men.", ["Kyiv’s"], ["Kyiv’s", "Kyiv's"]),
        ("The Russia–Ukraine war; the Russia-Ukraine war.", ["Russia Ukraine"], ["Russia–Ukraine", "Russia-Ukraine"]),
        ("He joined us in the US, the U.S. and the u.s. too.", ["US"], ["US", "U.S.", "u.s."]),
        ("U.S.-led talks; US troops.", ["U.S."], ["U.S.", "US"]),
        ("The U.N. Security Council met.", ["UN Security Council"], ["U.N. Security Council"]),
        ("“Peace” talks, peace “talks”.", ["peace talks"], ["Peace” talks", "peace “talks"]),
        ("Peace, talks. Peace (talks). Peace – talks.", ["peace talks"], []),
        ("Appeasement is not peace.", ["peace"], ["peace"]),
        ("İSTANBUL and istanbul.", ["Istanbul"], ["İSTANBUL", "istanbul"]),
        ("Negotiate, negotiators, negotiations!", ["negotiat*"], ["Negotiate", "negotiators", "negotiations"]),
        ("Turkey sold a turkey.", [{"text": "Turkey", "case": True}], ["Turkey"]),
        ("Let us go.", [{"text": "US", "case": False}], ["us"]),
        ("They reject the new deal. They reject it. A deal stands.", ["reject* ... deal"], ["reject the new deal"]),
        ("They reject one two three four five deals.", ["reject ... deal*"], ["reject one two three four five deals"]),
        ("They reject one two three four five six deals.", ["reject ... deal*"], []),
        ("They reject the deal and the deal.", ["reject ... deal"], ["reject the deal"]),
        ("😀 Peace 😀 talks 😀 peace talks 😀", ["peace talks"], ["peace talks"]),
    ],
)
def test_phrases_match_whole_words_whatever_their_case_and_typography(text: str, phrases: list, expected: list[str]):
    assert quotes(text, *phrases) == expected


def test_no_phrase_reaches_over_a_line_or_a_sentence():
    assert quotes("The Path to Peace\nTalks began in May, said the chair.", "peace talks") == []
    assert quotes("They reject it. The deal stands.", "reject ... deal") == []


def test_the_longest_phrase_of_a_code_counts():
    assert quotes("The UN Security Council met.", "Security Council", "UN Security Council", "Council") == [
        "UN Security Council"
    ]
    assert quotes("A peace talks about a deal.", "peace talks", "talks about a deal") == ["talks about a deal"]


def test_marks_of_different_codes_may_overlap():
    marks = annotate([read_article("The Ukraine peace talks began.")], book(a=["Ukraine peace"], b=["peace talks"]))
    assert list(marks["quote"]) == ["Ukraine peace", "peace talks"]


def test_a_phrase_does_not_count_inside_a_longer_one_that_is_named():
    text = "Ukraine peace talks began. Ukraine hopes."
    assert quotes(text, "Ukraine", not_in=["Ukraine peace talks"]) == ["Ukraine"]
    assert quotes(text, {"text": "Ukraine", "not_in": ["Ukraine peace"]}, "hope*") == ["Ukraine", "hopes"]


def test_a_phrase_may_need_another_in_its_sentence():
    text = "They will not concede. They will not sleep. Concede? They will not."
    assert quotes(text, {"text": "will not", "needs": ["concede", "yield"]}) == ["will not"]


# The table


def test_marks_are_sorted_and_told_by_article_section_and_sentence():
    articles = [
        read_article("Peace came.", name="b"),
        read_article("The war.\nOn Peace\nNo peace yet, no war.\n", name="a"),
    ]
    marks = annotate(articles, book(peace=["peace"], war=["war"]))
    assert list(marks.columns) == list(COLUMNS)
    assert marks.values.tolist() == [
        ["a", "", 0, 4, 7, "war", "kind", "kind:war", "War"],
        ["a", "On Peace", 1, 12, 17, "Peace", "kind", "kind:peace", "Peace"],
        ["a", "On Peace", 2, 21, 26, "peace", "kind", "kind:peace", "Peace"],
        ["a", "On Peace", 2, 35, 38, "war", "kind", "kind:war", "War"],
        ["b", "", 0, 0, 5, "Peace", "kind", "kind:peace", "Peace"],
    ]


def test_no_marks_are_a_table_too():
    for articles in ([], [read_article("Nothing here.")]):
        marks = annotate(articles, book(peace=["peace"]))
        assert len(marks) == 0
        assert [str(marks[name].dtype) for name in COLUMNS] == [
            "str",
            "str",
            "int64",
            "int64",
            "int64",
            "str",
            "str",
            "str",
            "str",
        ]


def test_a_codebook_without_codes_marks_nothing():
    assert len(annotate([read_article("Peace came.")], Codebook(()))) == 0


def test_the_same_input_gives_the_same_table_to_the_byte(tmp_path: Path):
    codebook = kit.load_codebook("ukraine")
    articles = kit.load_articles(Path(__file__).parent / "raw")
    for name in ("one.csv", "two.csv"):
        annotate(articles, codebook).to_csv(tmp_path / name)
    annotate(list(reversed(articles)), kit.load_codebook("ukraine")).to_csv(tmp_path / "three.csv")
    assert (
        (tmp_path / "one.csv").read_bytes()
        == (tmp_path / "two.csv").read_bytes()
        == (tmp_path / "three.csv").read_bytes()
    )


def test_a_stream_of_articles_gives_its_marks_by_chunks():
    articles = [read_article("Peace came.", name=f"{number}") for number in range(5)]
    tables = list(annotate_stream(iter(articles), book(peace=["peace"]), chunk=2))
    assert [len(table) for table in tables] == [2, 2, 1]
    assert pd.concat(tables, ignore_index=True).equals(annotate(articles, book(peace=["peace"])))


def test_an_article_made_by_hand_is_marked_too():
    article = Article("x", None, "  peace\t\ttalks  and\npeace", [], [])
    marks = annotate([article], book(peace=["peace"]))
    assert [article.text[start:end] for start, end in zip(marks["start"], marks["end"], strict=True)] == [
        "peace",
        "peace",
    ]


def test_the_kit_offers_it_by_name():
    assert kit.annotate([read_article("Peace came.")], book(peace=["peace"]))["quote"].tolist() == ["Peace"]


# Against a plain and slow matcher that does what the documentation says, and nothing clever

QUOTES = "[\"'`‘’“”]*"
BETWEEN = re.compile(f"{QUOTES}(?: |[-–])?{QUOTES}")


def stands(term: str, letters: str, *, dotted: bool) -> bool:
    exact = term.startswith("=")
    term = term.removeprefix("=")
    word = (letters.upper() if dotted else letters) if exact else letters.lower()
    return word.startswith(term[:-1]) if term.endswith("*") else word == term


def slow_spans(text: str, sentence: Sentence, phrase: Phrase) -> set[tuple[int, int]]:
    words = [
        (sentence.start + start, sentence.start + end, letters, dotted)
        for start, end, letters, dotted in words_of(sentence.text)
    ]
    spans = set()
    for begin in range(len(words)):
        reached = {begin - 1}
        after_gap = None
        for term in phrase.terms:
            if term == "...":
                after_gap = True
                continue
            step = set()
            for at in reached:
                places = range(at + 1, min(at + (7 if after_gap else 2), len(words)))
                for place in places:
                    start, _, letters, dotted = words[place]
                    joined = place == begin or after_gap or BETWEEN.fullmatch(text[words[place - 1][1] : start])
                    if joined and stands(term, letters, dotted=dotted):
                        step.add(place)
            reached, after_gap = step, None
        if reached:
            spans.add((words[begin][0], words[min(reached)][1]))
    return spans


def slow_marks(article: Article, codebook: Codebook) -> list[tuple[int, int, str]]:
    marks = []
    for code in codebook.codes.values():
        spans = set()
        for sentence in article.sentences:
            for phrase in code.phrases:
                around = {s for p in code.not_in + phrase.not_in for s in slow_spans(article.text, sentence, p)}
                if phrase.needs and not any(slow_spans(article.text, sentence, p) for p in phrase.needs):
                    continue
                spans |= {
                    (start, end)
                    for start, end in slow_spans(article.text, sentence, phrase)
                    if not any(a <= start and end <= b for a, b in around)
                }
        kept = []
        for start, end in sorted(spans, key=lambda span: (span[0] - span[1], span[0])):
            if all(end <= a or b <= start for a, b in kept):
                kept.append((start, end))
        marks += [(start, end, code.code) for start, end in kept]
    return sorted(marks)


VOCABULARY = [
    "peace",
    "Peace",
    "talk",
    "talks",
    "war",
    "us",
    "US",
    "U.S.",
    "deal",
    "dealer",
    "no",
    "East",
    "east-bank",
    "x",
]
TEXTS = st.lists(
    st.tuples(st.sampled_from(VOCABULARY), st.sampled_from([" ", " ", " ", ", ", "-", ". ", "\n", " – ", "” "])),
    min_size=1,
    max_size=30,
).map(lambda pairs: "".join(word + after for word, after in pairs) + "end.")
TERMS = st.sampled_from(
    [
        "peace",
        "talk",
        "talk*",
        "talks",
        "war",
        "US",
        "us",
        "deal*",
        "deal",
        "no",
        "East",
        "bank",
        "... war",
        "... talks",
        "... deal*",
    ]
)
PHRASES = (
    st.lists(TERMS, min_size=1, max_size=3)
    .map(lambda terms: " ".join(terms).removeprefix("... "))
    .filter(lambda text: "... ..." not in text)
    .map(str)
)
GROUPS = st.lists(PHRASES, max_size=2)
CODES = st.fixed_dictionaries(
    {
        "phrases": st.lists(
            st.fixed_dictionaries({"text": PHRASES, "needs": GROUPS, "not_in": GROUPS}),
            min_size=1,
            max_size=4,
        ),
        "not_in": GROUPS,
    }
)


@given(text=TEXTS, a=CODES, b=CODES)
@settings(max_examples=150, deadline=None)
def test_the_fast_matcher_finds_what_the_slow_one_finds(text: str, a: dict, b: dict):
    article, codebook = read_article(text), book(a=a, b=b)
    marks = annotate([article], codebook)
    assert sorted(zip(marks["start"], marks["end"], marks["code"], strict=True)) == slow_marks(article, codebook)


@given(text=st.text(alphabet="peactlk PU.S-’\n,😀İß\u00ad\u200f", max_size=120), phrase=PHRASES)
def test_every_quote_is_what_stands_at_its_offsets(text: str, phrase: str):
    try:
        article = read_article(text)
    except KitError:
        return
    marks = annotate([article], book(a=[phrase, "pea*", "US", "peace"]))
    for mark in marks.itertuples():
        sentence = article.sentences[mark.sentence]
        assert article.text[mark.start : mark.end] == mark.quote
        assert sentence.start <= mark.start < mark.end <= sentence.end
        assert mark.section == sentence.section


def test_a_phrase_is_found_after_the_matcher_has_forgotten_what_it_knew(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("kit.reading.lexicon.MOST_REMEMBERED", 3)
    codebook = book(peace=["peace talks"])
    for number, word in product(range(3), ["one", "two", "three", "four"]):
        article = read_article(f"{word} {number} peace talks {word}{number} peace talks.")
        assert len(annotate([article], codebook)) == 2


def test_expansions_and_marks_agree():
    for variant in expand("(the|a) (peace|truce) (talk*|deal)"):
        text = variant.replace("*", "s")
        assert quotes(f"So {text} came.", variant) == [text]


@pytest.mark.parametrize("given", [None, 5, "an article", read_article("Talks began.")])
def test_what_is_no_list_of_articles_is_refused_with_a_remedy(given: object):
    with pytest.raises(KitError, match=r"in place of articles\. Give a list of articles"):
        annotate(given, book(a={"phrases": ["talks"]}))


@pytest.mark.parametrize("given", [None, "ukraine", {}])
def test_what_is_no_codebook_is_refused_with_a_remedy(given: object):
    with pytest.raises(KitError, match=r"in place of a codebook\. Give what load_codebook returns"):
        annotate([read_article("Talks began.")], given)
