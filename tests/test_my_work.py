"""Taking one's work along: a file, a page to print, a slip; and finding it again elsewhere."""

import json
from types import SimpleNamespace

import pytest

from kit.case import load_case
from kit.codebook import Codebook
from kit.learning import portfolio as home
from kit.learning.my_work import MyWork
from kit.learning.on_paper import heading_of, printable_page
from kit.learning.portfolio import Portfolio, portfolio, scratch_portfolio
from kit.learning.save_cue import SaveCue
from kit.learning.slip import read_slips
from kit.learning.write import Write

QUIZ = [{"id": "01-q1", "type": "multiple_choice", "question": "Who <wrote> it?", "answers": []}]
CASE = SimpleNamespace(
    name="tiny",
    title="Tiny",
    codebook=Codebook(()),
    actor_names={},
    article_names={},
    quiz=lambda unit: QUIZ if unit == "01" else [],
    checks={"checks": {"01-t1": {"unit": "01", "task": "How many?"}}},
)


@pytest.fixture(autouse=True)
def not_on_binder(monkeypatch):
    for name in ("BINDER_LAUNCH_HOST", "BINDER_SERVICE_HOST", "BINDER_REQUEST"):
        monkeypatch.delenv(name, raising=False)


def upload(work, data):
    """Do what the browser does once a file is chosen."""
    too_large = len(data) > work.upload.limit
    work.upload._received(work.upload, "too large" if too_large else "file", [] if too_large else [memoryview(data)])


# --- download and restore


def test_the_download_holds_every_answer_as_soon_as_it_is_given():
    work = MyWork(CASE)
    portfolio("tiny").save("01/write", "hello")
    assert json.loads(work.download.content)["entries"]["tiny/01/write"]["value"] == "hello"


def test_a_download_restored_in_a_fresh_copy_brings_the_work_back(tmp_path, monkeypatch):
    portfolio("tiny").save("01/write", "hello")
    portfolio("tiny").file.pseudonym = "heron"
    data = MyWork(CASE).download.content
    monkeypatch.setenv("PARLEY_PORTFOLIO", str(tmp_path / "fresh.json"))
    work = MyWork(CASE)
    assert len(work.table) == 0
    upload(work, data)
    assert "✓ Restored. New answers: 1;" in work.told.html
    assert work.name.value == "heron"
    assert Write(CASE, "01", "Say.").text == "hello"


def test_what_is_no_portfolio_is_refused_with_a_reason_and_the_work_stays():
    portfolio("tiny").save("01/write", "mine")
    work = MyWork(CASE)
    upload(work, b"\x89PNG <script>")
    assert "✗ Not restored: the file: it is broken" in work.told.html
    upload(work, b" " * 50_000_000)
    assert "larger than 10 MB" in work.told.html
    assert portfolio("tiny").entries() == {"01/write": "mine"}


def test_a_pseudonym_is_kept():
    work = MyWork(CASE)
    work.name.value = "heron"
    assert portfolio("tiny").file.pseudonym == "heron"
    assert MyWork(CASE).name.value == "heron"


def test_the_table_lists_what_is_kept():
    portfolio("tiny").save("02/stakeholder-grid", {"eu": [1, 2]})
    work = MyWork(CASE)
    assert work.table[["part", "answer"]].values.tolist() == [["02", "Who has power and interest"]]
    assert "Answers kept: 1." in work.summary.value
    assert repr(work) == "MyWork(case='tiny')"


# --- slip


def test_a_slip_carries_the_chosen_parts():
    portfolio("tiny").save("01/write", "one")
    portfolio("tiny").save("02/write", "two")
    work = MyWork(CASE)
    work.parts["02"].value = True
    work.make.click()
    assert read_slips(work.slip.value)[0][0].answers == {"02/write": "two"}
    work.parts["02"].value = False
    work.make.click()
    assert set(read_slips(work.slip.value)[0][0].answers) == {"01/write", "02/write"}


def test_what_does_not_fit_into_a_slip_is_named():
    portfolio("tiny").save("01/write", "".join(chr(0x4E00 + n * 7 % 20_000) for n in range(4_000)))
    work = MyWork(CASE)
    work.make.click()
    assert "part 01: Write" in work.carried.html


# --- the page to print


def test_the_page_shows_every_answer_under_what_was_asked():
    entries = {
        "01/quiz/01-q1": {"tries": ["Glasl", "Zartman"], "right_at": 2},
        "01/quiz/01-q5": {"choice": "now", "reason": "lives", "shown": True},
        "01/check/01-t1": {"answer": ["14,000"], "state": "right", "failures": 1},
        "01/write": "First line.\n<script>alert(1)</script>",
        "02/stakeholder-grid": {"eu": {"power": 0.5, "shown": True}, "un": []},
        "00/before/why-now": "They are tired.",
    }
    page = printable_page(CASE, entries, "he<ron", "2026-06-07")
    for text in (
        "Who &lt;wrote&gt; it?",
        "Glasl",
        "Right at try 2.",
        "lives",
        "How many?",
        "Why do the two sides of a war talk at one time and not at another?",
        "14,000",
        "Checked: right.",
        "Why are there talks now?",
        "Who has power and interest",
        "0.5",
    ):
        assert text in page
    assert "<script>" not in page
    assert "Answers of he&lt;ron" in page
    assert page.startswith("<!DOCTYPE html>")
    assert page.index("Part 01 Background") < page.index("Part 02 Actors")


def test_on_the_page_a_coding_stands_under_its_sentence_and_a_tree_as_its_picture():
    case = load_case("ukraine")
    portfolio(case).save("00/coding/000-surge:200", ["driver:stalemate"])
    portfolio(case).save("03/conflict-tree", {"core": "Fear", "items": {"obstacle:mistrust": {"place": "roots"}}})
    page = printable_page(case, portfolio(case).entries())

    assert "Its ruin and its stalemate opened the way for diplomacy again." in page
    assert "Military stalemate" in page
    assert 'class="parley-tree-roots"' in page


def test_on_the_page_a_practice_forecast_stands_with_its_question_and_what_happened():
    case = load_case("ukraine")
    asked = next(each for each in case.scenarios["practice_questions"] if each["outcome"])
    portfolio(case).save("05/practice", {asked["id"]: 37})
    page = printable_page(case, portfolio(case).entries())

    assert f'{asked["question"]}</td><td dir="auto">37</td><td dir="auto">yes</td>' in page


def test_a_page_without_answers_says_so():
    assert "There are no answers yet." in printable_page(CASE, {})


def test_the_page_is_made_when_it_is_asked_for():
    work = MyWork(CASE)
    portfolio("tiny").save("01/write", "late words")
    work.page._asked(work.page, "make", [])
    assert b"late words" in work.page.content


@pytest.mark.parametrize(
    ("key", "heading"), [("02/stakeholder-grid", "Who has power and interest"), ("03/x/y-z", "X – y z"), ("odd", "Odd")]
)
def test_a_key_makes_a_heading(key, heading):
    assert heading_of(key) == heading


# --- Binder


def test_on_binder_a_part_ends_with_a_reminder_and_a_button(monkeypatch):
    assert len(Write(CASE, "01", "Say.").children) == 4
    monkeypatch.setenv("BINDER_LAUNCH_HOST", "https://mybinder.org/")
    write = Write(CASE, "01", "Say.")
    assert "download it after each part" in write.children[4].value
    write.text = "hello"
    assert b"hello" in write.children[5].content
    assert "ten idle minutes" in MyWork(CASE).summary.value


# --- the cue


def test_the_cue_says_saved_and_when_not_why_and_offers_another_try(tmp_path):
    (tmp_path / "in-the-way").write_text("x")
    store = Portfolio(tmp_path / "in-the-way" / "p.json").of("tiny")
    cue, other = SaveCue(store), SaveCue(store, "01/timeline")
    assert cue.text == "<span></span>"
    store.save("01/write", "x")
    assert "⚠ Not saved: " in cue.text
    assert cue.again.layout.display == "inline-flex"
    (tmp_path / "in-the-way").unlink()
    cue.again.click()
    assert "✓ Saved" in cue.text
    assert cue.again.layout.display == "none"
    assert other.text == "<span></span>"
    assert repr(cue) == "SaveCue()"


def test_the_cue_tells_of_a_file_that_was_moved_aside(tmp_path):
    (tmp_path / "p.json").write_text("{")
    cue = SaveCue(Portfolio(tmp_path / "p.json", movable=True).of("tiny"))
    assert "could not be used" in cue.text


def test_the_cue_of_model_answers_says_that_they_are_not_kept(monkeypatch):
    monkeypatch.setattr(home, "_opened", {})
    store = scratch_portfolio()
    cue = SaveCue(store.of("tiny"))
    store.save("01/write", "x")
    assert "nothing here goes into your portfolio" in cue.text
