"""Sentences as evidence: found, attached, taken off, and found again in an article that has changed."""

import pandas as pd
import pytest

import kit
from kit.screen.picker import ANY, SentencePicker, candidates, resolve_reference, sentences_at

BOOK = """
kinds:
  driver:
    label: Drivers
    codes:
      fatigue: {label: Fatigue, definition: Tired., phrases: [tired]}
      stalemate: {label: Stalemate, definition: Stuck., phrases: [stuck]}
"""
ARTICLE = "# News\n\nThey are tired. They are stuck. Nobody is tired of talk.\n"


@pytest.fixture
def case(tmp_path):
    (tmp_path / "articles").mkdir()
    (tmp_path / "case.yaml").write_text("title: Small\n", encoding="utf-8")
    (tmp_path / "codebook.yaml").write_text(BOOK, encoding="utf-8")
    (tmp_path / "articles" / "one.md").write_text(ARTICLE, encoding="utf-8")
    return kit.load_case(tmp_path)


class Heard:
    """Counts changes and keeps what was read."""

    def __init__(self):
        self.changes, self.read = 0, []

    def changed(self):
        self.changes += 1

    def show(self, rows, heading):
        self.read.append((rows["text"].tolist(), heading))


@pytest.fixture
def heard():
    return Heard()


@pytest.fixture
def picker(case, heard):
    made = SentencePicker(case, heard.changed, heard.show)
    made.offer([("Fatigue", ("driver:fatigue",))], [])
    return made


def texts(rows):
    return rows["text"].tolist()


def test_candidates_bear_one_of_the_codes_and_hold_all_the_words(case):
    assert texts(candidates(case, ["driver:fatigue"])) == ["They are tired.", "Nobody is tired of talk."]
    assert texts(candidates(case, ["driver:fatigue"], "NOBODY talk")) == ["Nobody is tired of talk."]
    assert texts(candidates(case, [], "stuck")) == ["They are stuck."]


def test_a_reference_is_found_by_its_text_though_the_sentence_has_moved(case):
    moved = {"article": "one", "sentence": 99, "text": "They are stuck."}

    assert resolve_reference([moved, moved], case) == [{"article": "one", "sentence": 2, "text": "They are stuck."}]


@pytest.mark.parametrize("kept", [None, "text", [None], [{"article": "one"}], [{"article": "one", "text": " "}]])
def test_what_is_no_reference_is_left_out(case, kept):
    assert resolve_reference(kept, case) == []


@pytest.mark.parametrize("spoilt", [{"article": ["one"]}, {"text": {"a": 1}}, {"sentence": [2]}])
def test_a_reference_of_the_wrong_types_does_no_harm(case, spoilt):
    reference = {"article": "one", "sentence": 2, "text": "They are stuck.", **spoilt}
    assert len(resolve_reference([reference], case)) == (1 if "sentence" in spoilt else 0)


def test_sentences_come_in_the_order_of_their_references(case):
    places = [{"article": "one", "sentence": 2}, {"article": "one", "sentence": 1}]

    assert texts(sentences_at(case, places)) == ["They are stuck.", "They are tired."]
    assert list(sentences_at(case, []).columns) == list(case.sentences.columns)


def test_the_list_follows_the_subject_and_the_words(picker):
    assert len(picker.found.options) == 2
    picker.words.value = "nobody"
    assert len(picker.found.options) == 1
    picker.words.value = ""
    picker.subject.label = ANY

    assert len(picker.found.options) == 4


def test_filling_the_list_reads_nothing_aloud_but_a_choice_does(picker, heard):
    assert heard.read == []
    picker.found.value = ("one", 1)

    assert heard.read == [(["They are tired."], "Candidate sentence")]


def test_a_sentence_is_attached_once_and_taken_off(picker, heard):
    picker.found.value = ("one", 1)
    picker.add.click()
    picker.add.click()
    assert picker.chosen == [{"article": "one", "sentence": 1, "text": "They are tired."}]
    assert heard.changes == 1
    picker.attached.value = ("one", 1)
    picker.drop.click()

    assert picker.chosen == []
    assert heard.changes == 2


def test_nothing_chosen_means_nothing_attached_or_taken_off(picker, heard):
    picker.add.click()
    picker.drop.click()

    assert heard.changes == 0


def test_another_thing_brings_its_own_sentences(picker):
    picker.found.value = ("one", 1)
    picker.attach()
    picker.offer([("Stalemate", ("driver:stalemate",))], [{"article": "one", "sentence": 2, "text": "They are stuck."}])

    assert [place for _, place in picker.found.options] == [("one", 2)]
    assert [place for _, place in picker.attached.options] == [("one", 2)]
    assert isinstance(candidates(picker.case, []), pd.DataFrame)


def test_attaching_nothing_or_the_same_twice_says_so(picker):
    picker.found.value = None
    picker.add.click()
    assert "Choose a sentence in the list of candidates first." in picker.said.html
    assert picker.chosen == []

    picker.found.value = picker.found.options[0][1]
    picker.add.click()
    assert "✓ Attached." in picker.said.html
    picker.add.click()
    assert "This sentence is attached already." in picker.said.html
    assert len(picker.chosen) == 1


def test_what_is_said_of_one_sentence_goes_when_the_list_changes(picker):
    picker.found.value = None
    picker.add.click()
    picker.words.value = "nobody"

    assert picker.said.html == ""


def test_a_sentence_that_was_corrected_in_the_case_stays_attached_and_is_shown_as_gone(picker):
    kept = resolve_reference([{"article": "one", "sentence": 1, "text": "A sentence that was corrected."}], picker.case)
    picker.offer([], kept)
    ((label, place),) = picker.attached.options
    assert "(no longer in this article) A sentence that was corrected." in label
    assert place == ("one", -1)
    assert resolve_reference(picker.chosen, picker.case) == kept
    renamed = [{"article": "one-old", "sentence": 2, "text": "They are stuck."}]
    picker.offer([], [*kept, *resolve_reference(renamed, picker.case)])
    assert picker.attached.options[1][0] == "one-old\n(no longer in this article) They are stuck."
    picker.offer([], kept)
    picker.attached.value = place
    picker.detach()
    assert picker.chosen == []
