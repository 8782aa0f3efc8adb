import json

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.articles import Article, Section, Sentence, read_article
from kit.codebook import load_codebook
from kit.errors import KitError
from kit.screen import html
from kit.screen.reader import Reader
from kit.screen.reader_page import LONGEST_LINE, kind_list, page_of, utf16_units

CODEBOOK = """
kinds:
  actor:
    label: Actors
    codes:
      kyiv: {label: Kyiv's side, definition: One side., phrases: [Kyiv]}
      moscow: {label: Moscow's side, definition: The other side., phrases: [Moscow]}
  settlement:
    label: Settlements
    codes:
      talks: {label: Talks, definition: They speak., phrases: [talks, talks in Moscow]}
  scenario:
    label: Scenarios
    codes:
      pause: {label: A pause, definition: It stops., phrases: [pause]}
"""
ONE = "The first text\n\nKyiv asked for talks in Moscow. Nothing came of it.\n\nThen came a pause. Kyiv waited."
TWO = "The second text\n\nMoscow <b>answered</b> 🕊️ and Kyiv agreed to talks."


@pytest.fixture
def codebook(tmp_path):
    (tmp_path / "codebook.yaml").write_text(CODEBOOK)
    return load_codebook(tmp_path / "codebook.yaml")


def texts():
    return [read_article(ONE, name="one"), read_article(TWO, name="two")]


@pytest.fixture
def reader(codebook):
    return Reader(texts(), codebook)


def quotes(reader):
    return list(reader.table["quote"])


def test_it_opens_the_first_article_with_all_marks(reader):
    assert reader.article == "one"
    assert quotes(reader) == ["Kyiv", "talks in Moscow", "Moscow", "pause", "Kyiv"]
    assert repr(reader) == "Reader(2 articles)"


def test_a_kind_switched_off_leaves_the_table(reader):
    reader.kinds = ["scenario"]

    assert quotes(reader) == ["pause"]


def test_another_article_brings_its_own_marks(reader):
    reader.article = "two"

    assert quotes(reader) == ["Moscow", "Kyiv", "talks"]
    assert reader._page["id"] == "two"


def test_only_the_article_on_screen_is_sent(reader):
    state = json.dumps({**reader.get_state(), "layout": ""})

    assert "Nothing came of it" in state
    assert "agreed to talks" not in state


def test_a_mark_chosen_in_the_page_is_selected_with_the_sentences_behind_its_code(reader):
    reader._picked = {"article": "one", "marks": [0]}

    assert reader.selected["quote"] == "Kyiv"
    assert reader.selected["code"] == "actor:kyiv"
    assert list(reader.evidence["article"]) == ["one", "one", "two"]
    assert reader.evidence["text"].iloc[1] == "Kyiv waited."
    assert [each["count"] for each in reader._panel] == [3]


def test_a_passage_with_several_codes_shows_them_all(reader):
    reader._picked = {"article": "one", "marks": [1, 2]}

    assert [reader._codes[each["code"]]["code"] for each in reader._panel] == ["settlement:talks", "actor:moscow"]
    assert reader.selected["code"] == "settlement:talks"


def test_a_mark_chosen_in_python_opens_its_article(reader):
    wanted = reader.marks[(reader.marks["article"] == "two") & (reader.marks["quote"] == "Kyiv")].iloc[0]
    reader.selected = wanted.to_dict()

    assert reader.article == "two"
    assert reader._picked == {"article": "two", "marks": [1]}
    assert reader._goal["sentence"] == wanted["sentence"]
    reader.selected = None
    assert (reader._picked, reader._panel, len(reader.evidence)) == ({}, [], 0)


def test_what_is_chosen_stays_while_its_code_is_followed_through_other_articles(reader):
    reader._picked = {"article": "one", "marks": [0]}
    reader.go_to("two", 1)

    assert reader.article == "two"
    assert reader.selected["article"] == "one"
    assert len(reader._panel) == 1


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"article": "three"}, "There is no article 'three'. The articles are: one, two."),
        ({"kinds": ["drivers"]}, "There is no kind 'drivers'. The kinds are: actor, settlement, scenario."),
    ],
)
def test_what_there_is_not_is_refused_in_words(codebook, wrong, said):
    with pytest.raises(KitError, match=said):
        Reader(texts(), codebook, **wrong)


def test_a_mark_that_there_is_not_is_refused(reader):
    with pytest.raises(KitError, match="There is no such mark"):
        reader.selected = {"article": "one", "start": 1, "end": 2, "code": "actor:kyiv"}


def test_no_article_is_refused(codebook):
    with pytest.raises(KitError, match="There is no article to read"):
        Reader([], codebook)


def test_articles_without_a_codebook_can_be_read():
    reader = Reader(texts()[0])

    assert len(reader.table) == 0
    assert reader.kinds == []
    assert len(reader._page["lines"]) == 3


def test_an_empty_article_is_a_page_without_lines(codebook):
    assert Reader(Article(id="empty", title=None, text=""), codebook)._page["lines"] == []


def test_a_codebook_given_by_its_path_is_loaded(tmp_path):
    (tmp_path / "codebook.yaml").write_text(CODEBOOK)

    assert len(Reader(texts(), tmp_path / "codebook.yaml").table) == 5


def shown(line, spans):
    """What a page that counts UTF-16 units cuts out of a line."""
    units = line["t"].encode("utf-16-le")
    return [units[2 * start : 2 * end].decode("utf-16-le") for start, end, *_ in spans]


def test_sentences_and_marks_stand_where_javascript_counts_them(reader):
    reader.article = "two"
    line = reader._page["lines"][1]

    assert shown(line, line["m"]) == ["Moscow", "Kyiv", "talks"]
    assert shown(line, line["s"]) == [line["t"]]


@given(st.text(), st.data())
def test_every_offset_in_characters_becomes_the_one_in_utf16_units(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    unit = utf16_units(text)
    units = text.encode("utf-16-le", "surrogatepass")

    assert units[2 * unit(start) : 2 * unit(end)].decode("utf-16-le", "surrogatepass") == text[start:end]


def test_headings_keep_their_rank_and_blank_lines_go():
    text = "Title\n\nPart\nA sentence."
    article = Article("a", "Title", text, [Section("Part", 2, 7, len(text))], [Sentence(0, 5, "Title", "")])

    assert [(line["t"], line["h"]) for line in page_of(article, no_marks(), [])["lines"]] == [
        ("Title", 1),
        ("Part", 2),
        ("A sentence.", 0),
    ]


def no_marks():
    return pd.DataFrame({"start": [], "end": [], "code": []})


def test_a_mark_over_two_lines_is_shown_on_both():
    article = Article("a", None, "one two\nthree four")
    marks = pd.DataFrame({"start": [4], "end": [13], "code": ["x:y"]})

    lines = page_of(article, marks, ["x:y"])["lines"]

    assert [shown(line, line["m"]) for line in lines] == [["two"], ["three"]]
    assert [line["m"][0][2] for line in lines] == [0, 0]


def test_a_very_long_line_is_cut_where_a_sentence_begins():
    sentence = "This is a sentence of a certain length. "
    text = sentence * 300
    sentences = [Sentence(i * len(sentence), (i + 1) * len(sentence) - 1, sentence.strip(), "") for i in range(300)]

    lines = page_of(Article("a", None, text, [], sentences), no_marks(), [])["lines"]

    assert "".join(line["t"] for line in lines) == text
    assert all(len(line["t"]) <= LONGEST_LINE and line["t"].startswith("This is") for line in lines)


@given(st.text(max_size=300).map(lambda text: text * 60))
def test_a_page_loses_no_letter(text):
    lines = page_of(Article("a", None, text), no_marks(), [])["lines"]

    assert "".join(line["t"] for line in lines) == "".join(line for line in text.split("\n") if line.strip())


def test_each_kind_has_a_letter_and_an_underline_of_its_own(codebook):
    kinds = kind_list(codebook)

    assert [kind["letter"] for kind in kinds] == ["A", "S", "C"]
    assert len({kind["line"] for kind in kinds}) == 3


def test_kinds_of_one_s_own_are_told_apart_too(tmp_path):
    kinds = "\n".join(
        f"  k{i}:\n    label: K\n    codes:\n      c: {{label: C, definition: D, phrases: [w{i}]}}" for i in range(6)
    )
    (tmp_path / "own.yaml").write_text(f"kinds:\n{kinds}\n")

    drawn = kind_list(load_codebook(tmp_path / "own.yaml"))

    assert len({kind["colour"] for kind in drawn}) == len({kind["letter"] for kind in drawn}) == 6


def test_what_is_known_of_a_text_stands_beside_it(codebook):
    article = texts()[0]
    article.meta = {"kind": "An explainer", "leaves_out": ["dates", "sources"], "licence": "x"}

    assert Reader(article, codebook)._page["about"] == [
        ["Kind of text", "An explainer"],
        ["Leaves out", "dates; sources"],
    ]


def test_a_notebook_not_yet_run_shows_the_first_lines_as_text_with_their_marks(reader):
    reader.article = "two"
    data, _ = reader._repr_mimebundle_()

    assert "Moscow</span><sup" in data["text/html"]
    assert "&lt;b&gt;answered&lt;/b&gt; 🕊️ and" in data["text/html"]
    assert data["text/plain"] == "Reader(2 articles)"
    assert isinstance(reader.preview(), html.Html)


def test_a_case_brings_its_articles_codebook_and_marks(codebook):
    from types import SimpleNamespace

    from kit.marks.rules import annotate

    articles = texts()
    case = SimpleNamespace(name="tiny", articles=articles, codebook=codebook, marks=annotate(articles, codebook))

    assert repr(Reader(case)) == "Reader(case='tiny')"
    assert len(Reader(case).table) == 5


@pytest.mark.parametrize("given", [None, "ukraine"])
def test_what_is_no_case_is_refused_with_a_remedy(given: object):
    with pytest.raises(KitError, match=r"Reader: \w+ was given\. Give it a case"):
        Reader(given)
