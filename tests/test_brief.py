"""My brief: what was written and made, put together on a page that stands alone."""

import pytest

import kit
from kit.learning.brief import KEY, MyBrief, brief_page, record_table
from kit.learning.on_paper import printable_page, show_answer, shown_keys
from kit.learning.portfolio import portfolio
from kit.learning.progress import course


@pytest.fixture(scope="module")
def case():
    return kit.load_case("ukraine")


def test_an_empty_brief_says_what_to_do_first(case):
    brief = MyBrief(case)
    assert "still empty" in brief.summary.value
    assert "nothing to put together yet" in brief.page()


def test_own_words_pictures_and_second_thoughts_stand_in_the_brief(case):
    store = portfolio(case)
    store.file.pseudonym = "heron"
    store.save("01/write", "Talks <b>come</b> late.")
    store.save("02/stakeholder-grid", {"ukraine": {"power": 7, "interest": 9, "why": "it holds the line"}})
    store.save(KEY, "I would begin with guarantees.")
    brief = MyBrief(case)
    page = brief.page("2026-06-07")
    assert brief.table["piece"].tolist() == ["Write", "Who has power and interest"]
    assert "Talks &lt;b&gt;come&lt;/b&gt; late." in page
    assert "data:image/svg+xml;base64," in page
    assert "I would begin with guarantees." in page
    assert "by heron. 2026-06-07" in page
    assert "<script" not in page
    assert record_table(store).set_index("part").loc["Part 01 Background", "words written"] == 3


def test_every_explorer_that_the_course_names_for_paper_is_there_with_its_picture_and_columns(case):
    from importlib import import_module

    for unit in course():
        for shown in shown_keys(unit).values():
            explorer = getattr(import_module(f"kit.{course()[unit]['room']}"), shown["explorer"])(case)
            assert set(shown.get("columns", ())) <= set(getattr(explorer, shown.get("table", "table")).columns), shown[
                "key"
            ]
            assert hasattr(explorer, shown.get("picture", "table")), shown["key"]


def test_an_answer_is_printed_with_names_and_sentences_in_place_of_ids(case):
    article = case.articles[0]
    said = show_answer({"ukraine": [{"article": article.id, "quote": "They talk."}]}, case)
    assert "<dt>Ukraine</dt>" in said
    assert f"They talk. <cite>{case.article_names[article.id]}</cite>" in said
    assert "ukraine" not in said


@pytest.mark.parametrize("paper", [printable_page, lambda case, _: brief_page(case, portfolio(case))])
def test_evidence_that_the_case_has_corrected_since_is_printed_as_such(case, paper):
    there = case.sentences.iloc[42]
    kept = {"article": there["article"], "sentence": 42, "text": there["text"]}
    portfolio(case).save("01/ripeness-board", {"way-out": {"evidence": [kept, {**kept, "text": "As it was."}]}})
    title, page = case.article_names[there["article"]], paper(case, portfolio(case).entries())
    assert f"{there['text']} <cite>{title}</cite>" in page
    assert f"As it was. <cite>{title} (no longer in this article)</cite>" in page
