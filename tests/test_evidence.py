from types import SimpleNamespace

import pandas as pd

from kit.screen.evidence import COLUMNS, FIRST, NONE_FOUND, EvidencePanel, evidence_html
from kit.screen.picker import resolve_reference, sentences_at

SENTENCES = ["Talks began.", "A <b>truce</b> was offered.", "It was refused.", "They met again.", "They parted."]


def tiny_case(sentences=SENTENCES):
    rows, start = [], 0
    for i, text in enumerate(sentences):
        span = (start, start + len(text))
        rows.append(("one", "The talks", i, text, text, *span, *span))
        start += len(text) + 1
    articles = [SimpleNamespace(id="one", title="Article <One>")]
    names = {"one": "Article <One>"}
    return SimpleNamespace(
        name="tiny", articles=articles, article_names=names, sentences=pd.DataFrame(rows, columns=COLUMNS)
    )


def test_each_sentence_stands_with_its_article_and_section_and_as_text_only():
    case = tiny_case()

    shown = evidence_html(case, case.sentences.iloc[[1]], "Truce")

    assert "Article &lt;One&gt; › The talks" in shown
    assert "A &lt;b&gt;truce&lt;/b&gt; was offered." in shown
    assert "1 sentence." in shown


def test_a_quote_within_its_sentence_is_set_off():
    case = tiny_case()
    quote = case.sentences.iloc[[2]].assign(
        start=lambda row: row.start + len("It was "), end=lambda row: row.end - len(".")
    )

    assert "It was <mark>refused</mark>." in evidence_html(case, quote, "Refusal")


def test_a_sentence_shows_its_neighbours_on_request():
    case = tiny_case()

    context = evidence_html(case, case.sentences.iloc[[4]], "End").split("<details>")[1]

    assert "In context" in context
    assert "It was refused. They met again. <strong>They parted.</strong>" in context
    assert "Talks began" not in context


def test_a_sentence_that_is_gone_has_no_context():
    case = tiny_case()
    gone = sentences_at(case, resolve_reference([{"article": "one", "sentence": 3, "text": "They met."}], case))

    shown = evidence_html(case, gone, "End")

    assert "no longer in this article" in shown
    assert "They met." in shown
    assert "In context" not in shown


def test_an_empty_table_is_said_to_be_empty():
    panel = EvidencePanel(tiny_case())
    panel.show(pd.DataFrame(columns=COLUMNS), "Spoilers")

    assert NONE_FOUND in panel.text.value
    assert "Spoilers" in panel.text.value


def test_many_sentences_are_shown_on_request_only():
    case = tiny_case([f"Sentence {i}." for i in range(FIRST + 5)])
    panel = EvidencePanel(case)
    panel.show(case.sentences, "All")

    assert panel.text.value.count("<blockquote") == FIRST
    assert panel.more.description == "Show all 25 sentences"
    panel.more.click()
    assert panel.text.value.count("<blockquote") == 25
    assert panel.more.layout.display == "none"
