"""The learner's file: saved at once, merged with what others wrote, never lost, refused with a reason."""

import errno
import json
import os
import random
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from filelock import FileLock
from hypothesis import given
from hypothesis import strategies as st

from kit.errors import PortfolioError
from kit.learning import document as doc
from kit.learning import portfolio as home
from kit.learning.document import Document, Version, merge, parse, put, reconcile
from kit.learning.portfolio import Portfolio, backup_of, default_path, load_document, portfolio

NOON = datetime(2026, 6, 7, 12, tzinfo=UTC)


def stamp(minutes):
    return doc.stamp(NOON + timedelta(minutes=minutes))


def file_of(entries, **more):
    return json.dumps({"schema": 2, "kit": "0.2.0", "pseudonym": "", "entries": entries, **more})


def entry(value, minutes, writer="w1"):
    return {"value": value, "saved": stamp(minutes), "writer": writer, "earlier": []}


@pytest.fixture
def mine(tmp_path):
    return Portfolio(tmp_path / "work" / "portfolio.json", movable=True)


# --- saving and reading


def test_an_answer_is_on_disk_as_soon_as_it_is_saved(mine):
    assert mine.save("01/write", "Talks come late.")
    assert Portfolio(mine.path).read("01/write") == "Talks come late."
    assert mine.status == "saved"


def test_the_file_reads_well_without_the_kit(mine):
    mine.pseudonym = "heron"
    mine.save("01/write", "Zürich — ça va")
    text = mine.path.read_text("utf-8")
    body = json.loads(text)
    assert "Zürich — ça va" in text
    assert text.count("\n") > 5
    assert body["schema"] == 2
    assert body["pseudonym"] == "heron"
    saved = datetime.fromisoformat(body["entries"]["01/write"]["saved"])
    assert saved.utcoffset() == timedelta(0)
    assert "." in body["entries"]["01/write"]["saved"]


def test_a_key_that_was_never_written_gives_the_default(mine):
    assert mine.read("01/write") is None
    assert mine.read("01/write", "nothing yet") == "nothing yet"


def test_none_clears_an_answer(mine):
    mine.save("01/write", "draft")
    mine.save("01/write", None)
    assert mine.read("01/write", "blank") == "blank"
    assert mine.entries() == {}


def test_entries_come_by_prefix_in_the_order_of_their_keys(mine):
    for key in ("01/quiz/01-q2", "02/write", "01/quiz/01-q1"):
        mine.save(key, key)
    assert list(mine.entries("01/")) == ["01/quiz/01-q1", "01/quiz/01-q2"]


def test_what_was_read_can_be_changed_without_changing_the_portfolio(mine):
    mine.save("02/grid", {"eu": [1, 2]})
    mine.read("02/grid")["eu"].append(3)
    mine.entries()["02/grid"]["eu"].append(3)
    assert mine.read("02/grid") == {"eu": [1, 2]}


def test_numbers_of_numpy_sets_dates_and_nan_become_json(mine):
    mine.save("01/x", {"a": np.int64(3), "b": {"z", "y"}, "c": NOON.date(), "d": float("nan"), "e": np.array([1.5])})
    assert Portfolio(mine.path).read("01/x") == {"a": 3, "b": ["y", "z"], "c": "2026-06-07", "d": None, "e": [1.5]}


def test_half_a_character_cut_by_a_browser_is_kept_as_a_question_mark(mine):
    assert mine.save("01/write", "peace \ud83d")
    assert Portfolio(mine.path).read("01/write") == "peace ?"


@pytest.mark.parametrize("key", ["", "/", "01/", "../etc", "a" * 300, "01//x", "01/\n", "a/b/c/d/e/f/g/h", 5])
def test_a_key_that_is_none_is_a_mistake_of_the_program(mine, key):
    with pytest.raises(PortfolioError, match="not a key"):
        mine.save(key, 1)


@pytest.mark.parametrize(
    ("value", "reason"),
    [("x" * 200_000, "too long"), (object(), "cannot be kept"), ([[]] * 1 + [2**70], "cannot be kept")],
)
def test_what_cannot_be_kept_is_said_and_stays_said_until_that_answer_is_saved(mine, value, reason):
    assert not mine.save("01/write", value)
    assert mine.status.startswith("not saved: ")
    assert reason in mine.status
    mine.save("01/other", 1)
    assert mine.status.startswith("not saved: ")
    mine.save("01/write", "short")
    assert mine.status == "saved"


def test_a_value_nested_without_end_is_refused(mine):
    value = []
    value.append(value)
    assert not mine.save("01/x", value)
    assert "nested" in mine.status


def test_listeners_hear_the_key(mine):
    heard = []
    mine.on_change(heard.append)
    mine.save("01/write", "a")
    assert heard == ["01/write"]


def test_a_pseudonym_is_one_short_line(mine):
    mine.pseudonym = "  grey\nheron " + "x" * 100
    assert mine.pseudonym.startswith("grey heron x")
    assert len(mine.pseudonym) == doc.MAX_PSEUDONYM
    assert Portfolio(mine.path).pseudonym == mine.pseudonym
    mine.pseudonym = "Zoe\u0308"  # as a Mac types it
    assert mine.pseudonym == "Zoë"


# --- two at once


def test_two_open_at_once_lose_neither_ones_work(mine):
    other = Portfolio(mine.path)
    mine.save("01/write", "from the first")
    other.save("02/write", "from the second")
    mine.save("03/write", "from the first again")
    assert Portfolio(mine.path).entries() == mine.entries() == other.entries()
    assert set(mine.entries()) == {"01/write", "02/write", "03/write"}


def test_the_same_key_from_two_sessions_keeps_the_later_and_remembers_the_other(mine):
    other = Portfolio(mine.path)
    mine.save("01/write", "first")
    other.save("01/write", "second")
    fresh = Portfolio(mine.path)
    assert fresh.read("01/write") == "second"
    assert fresh.earlier("01/write") == ["first"]


def test_typing_on_in_one_session_replaces_its_own_drafts(mine):
    for text in ("T", "Ta", "Tal", "Talk"):
        mine.save("01/write", text)
    assert Portfolio(mine.path).earlier("01/write") == []


def test_a_session_sees_what_another_wrote(mine):
    other = Portfolio(mine.path)
    other.save("01/write", "hello")
    assert mine.read("01/write") == "hello"


def test_a_save_wins_over_a_time_from_a_clock_that_ran_ahead(mine):
    mine.restore(file_of({"01/write": entry("from the future", 10**6)}))
    mine.save("01/write", "now")
    assert Portfolio(mine.path).read("01/write") == "now"
    assert mine.earlier("01/write") == ["from the future"]


def test_many_sessions_writing_at_once_all_arrive(tmp_path):
    path = tmp_path / "portfolio.json"
    code = (
        "import sys; from kit.learning.portfolio import Portfolio\n"
        "p = Portfolio(sys.argv[1])\n"
        "for i in range(10): assert p.save(f'{sys.argv[2]}/n{i}', i), p.status\n"
    )
    runs = [subprocess.Popen([sys.executable, "-c", code, str(path), f"0{n}"]) for n in range(4)]
    assert [run.wait() for run in runs] == [0, 0, 0, 0]
    assert len(Portfolio(path).entries()) == 40


# --- merging, as a law

keys = st.sampled_from(["01/a", "01/b", "02/a"])
versions = st.builds(Version, st.integers(0, 5).map(stamp), st.sampled_from("vwx"), st.integers(0, 3))
documents = st.builds(
    Document,
    st.just(""),
    st.dictionaries(keys, st.lists(versions, min_size=1, max_size=4).map(doc._ordered)),
)


def kept(document):
    return {(key, version.value) for key, versions in document.entries.items() for version in versions}


@given(documents, documents, documents)
def test_merging_drops_no_value_whatever_the_order(one, two, three):
    assert kept(merge(one, two)) == kept(one) | kept(two)
    assert merge(one, two) == merge(two, one)
    assert merge(merge(one, two), three) == merge(one, merge(two, three))
    assert merge(one, one) == one


@given(documents, documents)
def test_after_a_merge_the_latest_value_stands(one, two):
    for key, versions in merge(one, two).entries.items():
        found = [*one.entries.get(key, ()), *two.entries.get(key, ())]
        assert versions[0].saved == max(version.saved for version in found)


@given(documents, keys, st.integers(0, 9))
def test_what_is_put_stands_and_takes_away_nothing_of_others(document, key, value):
    made = put(document, key, value, writer="me", now=NOON)
    assert made.entries[key][0].value == value
    assert kept(document) <= kept(made)


@given(documents, documents)
def test_reconciling_keeps_every_key_and_all_that_is_unsaved(mine, disk):
    made = reconcile(mine, disk, writer="v", unsaved=mine.entries)
    assert set(made.entries) == set(mine.entries) | set(disk.entries)
    assert kept(mine) <= kept(made)


@given(documents)
def test_a_document_survives_its_file(document):
    assert parse(doc.dump(document)) == document


def test_history_is_bounded():
    document = Document()
    for number in range(60):
        document = put(document, "01/a", number, writer=f"w{number}", now=NOON)
    assert [version.value for version in document.entries["01/a"]] == list(range(59, 59 - doc.HISTORY, -1))


# --- restoring


def test_a_restored_file_is_merged_by_time_with_nothing_dropped(mine):
    mine.save("01/write", "mine, now")
    told = mine.restore(
        file_of({"01/write": entry("theirs, long ago", 0), "02/write": entry("only theirs", 0)}, pseudonym="wren")
    )
    assert told == {"new": 1, "updated": 0, "kept": 1}
    assert mine.entries() == {"01/write": "mine, now", "02/write": "only theirs"}
    assert mine.earlier("01/write") == ["theirs, long ago"]
    assert mine.pseudonym == "wren"
    assert Portfolio(mine.path).entries() == mine.entries()


def test_a_download_from_this_session_comes_back_among_the_earlier_answers(mine):
    mine.save("01/write", "draft")
    data = mine.download()
    mine.save("01/write", "final")
    mine.restore(data)
    assert mine.read("01/write") == "final"
    assert mine.earlier("01/write") == ["draft"]
    mine.save("01/write", "very final")
    assert mine.earlier("01/write") == ["draft"]


def test_a_download_opens_on_another_machine(mine, tmp_path):
    mine.save("01/write", "work")
    fresh = Portfolio(tmp_path / "elsewhere" / "p.json")
    assert fresh.restore(mine.download()) == {"new": 1, "updated": 0, "kept": 0}
    fresh.save("02/write", "going on")
    assert Portfolio(fresh.path).entries() == {"01/write": "work", "02/write": "going on"}


REFUSED = {
    "broken": (b'{"schema": 1, "entries": {', "broken"),
    "not JSON": (b"\x89PNG\r\n", "broken"),
    "a list": (b"[]", "not a portfolio"),
    "foreign": (b'{"cells": [], "nbformat": 4}', "not a portfolio"),
    "a zip": (b"PK\x03\x04\x00", "it is a zip"),
    "future": (b'{"schema": 99, "entries": {}}', "later version"),
    "too large": (b" " * (doc.MAX_BYTES + 1), "too large"),
    "deep": (b'{"schema": 1, "entries": {"a": ' + b"[" * 100_000, "broken"),
    "too many": (file_of({f"01/{n}": entry(1, 0) for n in range(doc.MAX_KEYS + 1)}).encode(), "more than"),
}


@pytest.mark.parametrize(("data", "reason"), REFUSED.values(), ids=REFUSED.keys())
def test_a_file_that_is_no_portfolio_is_refused_with_a_reason_and_the_old_one_kept(mine, data, reason):
    mine.save("01/write", "mine")
    before = mine.path.read_bytes()
    with pytest.raises(PortfolioError, match=reason):
        mine.restore(data)
    assert mine.path.read_bytes() == before
    assert mine.entries() == {"01/write": "mine"}


MOVED = {name: found for name, found in REFUSED.items() if name != "future"}


@pytest.mark.parametrize(("data", "reason"), MOVED.values(), ids=MOVED.keys())
def test_such_a_file_at_the_kits_own_place_is_moved_aside_and_saving_goes_on(tmp_path, data, reason):
    path = tmp_path / "portfolio.json"
    path.write_bytes(data)
    mine = Portfolio(path, movable=True)
    assert mine.save("01/write", "new")
    assert reason in mine.notice
    (aside,) = tmp_path.glob("portfolio-broken-*.json")
    assert aside.read_bytes() == data
    assert aside.stat().st_mode & 0o777 == 0o600
    assert Portfolio(path).entries() == {"01/write": "new"}


@pytest.mark.parametrize("schema", ["3", "2.1", '"3"'])
def test_a_file_of_a_later_kit_is_left_alone_and_saving_refused(tmp_path, schema):
    path = tmp_path / "portfolio.json"
    later = f'{{"schema": {schema}, "entries": {{}}}}'.encode()
    path.write_bytes(later)
    mine = Portfolio(path, movable=True)
    assert not mine.save("01/write", "new")
    assert "later version" in mine.status
    assert [file.name for file in tmp_path.glob("*.json")] == ["portfolio.json"]
    assert path.read_bytes() == later


@pytest.mark.parametrize(
    "damage", [lambda data: data + b"\0" * 600, lambda data: data.replace(b'"schema": 2', b'"schema": "2"')]
)
def test_padding_of_a_power_cut_or_a_number_saved_as_text_costs_nothing(tmp_path, mine, damage):
    mine.save("01/write", "work")
    path = tmp_path / "damaged.json"
    path.write_bytes(damage(mine.path.read_bytes()))
    assert Portfolio(path).entries() == {"01/write": "work"}


def test_a_linked_file_is_neither_followed_nor_moved(tmp_path):
    thesis = tmp_path / "thesis.txt"
    thesis.write_text("my thesis")
    folder = tmp_path / "my-work"
    folder.mkdir()
    (folder / "portfolio.json").symlink_to(thesis)
    mine = Portfolio(folder / "portfolio.json", movable=True)
    assert not mine.save("01/write", "new")
    assert "is a link" in mine.status
    assert thesis.read_text() == "my thesis"
    assert (folder / "portfolio.json").is_symlink()
    assert mine.read("01/write") == "new"


@pytest.mark.parametrize("name", [".portfolio.json.new", ".portfolio.json.old", "portfolio.backup.json"])
def test_a_planted_link_is_not_followed(mine, tmp_path, name):
    thesis = tmp_path / "thesis.txt"
    thesis.write_text("my thesis")
    mine.path.parent.mkdir()
    (mine.path.parent / name).symlink_to(thesis)
    assert mine.save("01/write", "one")
    assert mine.save("01/write", "two")
    assert thesis.read_text() == "my thesis"
    assert Portfolio(mine.path).read("01/write") == "two"


def test_a_planted_lock_is_not_followed_either_and_said_in_words(mine, tmp_path):
    thesis = tmp_path / "thesis.txt"
    thesis.write_text("my thesis")
    mine.path.parent.mkdir()
    (mine.path.parent / f".{mine.path.name}.lock").symlink_to(thesis)
    assert not mine.save("01/write", "one")
    assert "a link stands where" in mine.status
    assert mine.read("01/write") == "one"
    assert thesis.read_text() == "my thesis"


# --- what is wrong in one place costs nothing elsewhere

GOOD = entry("good", 0)
SPOILT = {
    "no value": {"saved": stamp(0)},
    "no entry": "a text",
    "too deep": entry(json.loads("[" * 30 + "]" * 30), 0),
    "too long": entry("x" * 200_000, 0),
}


@pytest.mark.parametrize("spoilt", SPOILT.values(), ids=SPOILT.keys())
def test_one_version_that_cannot_be_read_is_dropped_and_the_file_kept(mine, spoilt):
    mine.path.parent.mkdir()
    mine.path.write_text(file_of({"01/a": spoilt, "01/b": {**GOOD, "earlier": [spoilt]}, "../x": GOOD}))
    before = mine.path.read_bytes()
    found = Portfolio(mine.path, movable=True)
    assert found.entries() == {"01/b": "good"}
    assert found.status == "saved"
    assert "left out: 3" in found.notice
    (copy,) = mine.path.parent.glob("portfolio-with-unread-*.json")
    assert copy.read_bytes() == before
    assert copy.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    "saved", [None, "soon", 5, "2026-01-01T00:00:00", "9000-12-31T23:59:59Z", "1970-01-01T00:00:00Z"]
)
def test_a_time_that_cannot_be_true_keeps_the_answer_and_outranks_nothing(mine, saved):
    mine.save("01/a", "mine")
    mine.restore(file_of({"01/a": {**GOOD, "saved": saved}, "01/b": {**GOOD, "saved": saved}}))
    assert mine.entries() == {"01/a": "mine", "01/b": "good"}
    assert mine.save("01/b", "newer")
    assert Portfolio(mine.path).entries() == {"01/a": "mine", "01/b": "newer"}


@pytest.mark.parametrize("year", [1970, 1999, 2199, 2500, 9999])
def test_a_clock_that_is_wrong_by_centuries_costs_no_answer(mine, monkeypatch, year):
    class Clock(datetime):
        @classmethod
        def now(cls, zone=None):
            return datetime(year, 12, 31, 23, 59, 59, 999_999, tzinfo=zone)

    monkeypatch.setattr(home, "datetime", Clock)
    for text in ("one", "two"):
        assert mine.save("01/write", text)
        other = Portfolio(mine.path)
        assert other.read("01/write") == text
        assert other.status == "saved"
        assert other.notice == ""
    assert other.save("01/write", "three")
    assert mine.read("01/write") == "three"


def test_a_number_too_long_to_read_costs_no_other_answer(mine):
    mine.restore(
        '{"schema": 2, "entries": {"01/a": {"value": '
        + "9" * 5_000
        + '}, "01/b": {"value": NaN}, "01/c": {"value": 1}}}'
    )
    assert mine.entries() == {"01/c": 1}


# --- by case


def test_each_case_has_its_own_answers_under_the_same_keys(portfolio_file):
    portfolio("ukraine").save("01/write", "on Ukraine")
    portfolio("northern-ireland").save("01/write", "on Northern Ireland")
    assert portfolio("ukraine").entries() == {"01/write": "on Ukraine"}
    assert portfolio("northern-ireland").entries("01/") == {"01/write": "on Northern Ireland"}
    assert portfolio("a case (2)").entries() == {}
    assert portfolio("a case (2)").save("01/write", "ours")
    assert portfolio("a case (2)").earlier("01/write") == []
    assert set(Portfolio(portfolio_file).entries()) >= {"ukraine/01/write", "northern-ireland/01/write"}


def test_a_file_of_the_first_release_is_read_as_answers_to_the_lead_case(portfolio_file):
    portfolio_file.parent.mkdir()
    old = {"01/write": {**entry("old", 1), "earlier": [entry("older", 0, "w2")]}, "03/ranking": entry({"order": []}, 0)}
    portfolio_file.write_text(json.dumps({"schema": 1, "kit": "0.1.0", "pseudonym": "heron", "entries": old}))
    mine = portfolio("ukraine")
    assert mine.entries() == {"01/write": "old", "03/ranking": {"order": []}}
    assert mine.earlier("01/write") == ["older"]
    assert mine.file.pseudonym == "heron"
    assert mine.save("02/write", "new")
    assert load_document(portfolio_file).entries["ukraine/01/write"][0].value == "old"


def test_listeners_of_a_case_hear_its_own_keys(portfolio_file):
    heard = []
    portfolio("ukraine").on_change(heard.append)
    portfolio("northern-ireland").save("01/write", "a")
    portfolio("ukraine").save("02/write", "b")
    portfolio("ukraine").file.pseudonym = "wren"
    assert heard == ["02/write", ""]


# --- earlier answers

ESSAY = "Talks come late, since each side hopes to win more by waiting than by talking now."


def test_a_text_that_was_cleared_can_be_taken_back(mine):
    mine.save("01/write", ESSAY)
    mine.save("01/write", None)
    assert mine.earlier("01/write") == [ESSAY]
    assert mine.take_back("01/write", 0)
    assert Portfolio(mine.path).read("01/write") == ESSAY


def test_a_text_deleted_letter_by_letter_can_be_taken_back(mine):
    for length in range(len(ESSAY), -1, -1):
        mine.save("01/write", ESSAY[:length])
    assert mine.earlier("01/write") == [ESSAY]


def test_a_text_that_another_was_pasted_over_can_be_taken_back(mine):
    mine.save("01/write", ESSAY)
    mine.save("01/write", ESSAY[::-1])
    assert mine.earlier("01/write") == [ESSAY]


def test_mending_words_leaves_no_version_of_each(mine):
    text = ""
    for word in ESSAY.split():
        for typed in (f"{text}{word[:-1]}x", f"{text}{word[:-1]}", f"{text}{word} "):
            mine.save("01/write", typed)
        text = typed
    assert mine.earlier("01/write") == []


@pytest.mark.parametrize("last", ["short", ESSAY])
def test_a_text_gives_way_to_an_answer_of_another_kind(mine, last):
    for value in (last, 3, [last], last):
        assert mine.save("01/write", value)
    assert mine.read("01/write") == last


def test_taking_an_answer_back_keeps_the_one_it_replaces(mine):
    other = Portfolio(mine.path)
    mine.save("01/write", "first")
    other.save("01/write", "second")
    other.take_back("01/write", 0)
    assert other.read("01/write") == "first"
    assert other.earlier("01/write") == ["second"]
    assert Portfolio(mine.path).earlier("01/write") == ["second"]


def test_what_has_stood_for_a_while_is_kept_when_its_writer_goes_on():
    document = put(Document(), "01/a", ESSAY, writer="me", now=NOON)
    for minutes in (11, 12):
        document = put(document, "01/a", f"{ESSAY} {minutes}", writer="me", now=NOON + timedelta(minutes=minutes))
    assert [one.value for one in document.entries["01/a"]] == [f"{ESSAY} 12", ESSAY]


@pytest.mark.parametrize("data", [b"my thesis, not a portfolio", REFUSED["future"][0], REFUSED["too large"][0]])
def test_such_a_file_at_a_place_somebody_chose_is_left_alone(tmp_path, data):
    path = tmp_path / "thesis.json"
    path.write_bytes(data)
    mine = Portfolio(path)
    assert mine.status.startswith("not saved: thesis.json: ")
    assert not mine.save("01/write", "new")
    assert not mine.save("01/write", "newer")
    assert path.read_bytes() == data
    assert mine.read("01/write") == "newer"
    path.unlink()
    assert mine.save("01/quiz", 1)
    assert Portfolio(path).entries() == {"01/quiz": 1, "01/write": "newer"}


def test_a_file_broken_under_way_is_mended_from_memory(mine):
    mine.save("01/write", "one")
    mine.path.write_bytes(b"{ oh dear")
    mine.save("02/write", "two")
    assert Portfolio(mine.path).entries() == {"01/write": "one", "02/write": "two"}


def test_a_file_broken_overnight_is_mended_from_the_backup(mine):
    mine.save("01/write", "one")
    mine.save("02/write", "two")
    mine.path.write_bytes(b"")
    tomorrow = Portfolio(mine.path, movable=True)
    assert tomorrow.entries() == {"01/write": "one"}
    assert "backup" in tomorrow.notice
    tomorrow.save("03/write", "three")
    assert Portfolio(mine.path).entries() == {"01/write": "one", "03/write": "three"}


def test_a_file_deleted_or_put_back_to_an_older_copy_while_open_loses_nothing(mine):
    mine.save("01/write", "one")
    old = mine.path.read_bytes()
    mine.save("01/write", "two")
    mine.path.write_bytes(old)
    assert mine.read("01/write") == "two"
    mine.path.unlink()
    mine.save("02/write", "three")
    assert Portfolio(mine.path).entries() == {"01/write": "two", "02/write": "three"}


def test_the_backup_is_the_last_state(mine):
    mine.save("01/write", "one")
    mine.save("01/write", "two")
    assert load_document(backup_of(mine.path)).entries["01/write"][0].value == "one"


# --- when saving fails


def test_while_another_holds_the_file_answers_wait_in_memory_and_go_with_the_next_save(mine, monkeypatch):
    monkeypatch.setattr(home, "PATIENCE", 0.05)
    mine.save("01/write", "one")
    with FileLock(mine.path.with_name(".portfolio.json.lock")):
        assert not mine.save("01/write", "two")
        assert not mine.save("02/write", "more")
        assert mine.status == "not saved: another notebook is holding the file"
        assert mine.read("01/write") == "two"
    assert mine.save("03/write", "three")
    assert mine.status == "saved"
    assert Portfolio(mine.path).entries() == {"01/write": "two", "02/write": "more", "03/write": "three"}


@pytest.mark.parametrize(
    ("number", "reason"),
    [(errno.ENOSPC, "the disk is full"), (errno.EROFS, "only be read"), (errno.EACCES, "may not be written")],
)
def test_a_disk_that_will_not_take_it_is_named_and_tried_again(mine, monkeypatch, number, reason):
    mine.save("01/write", "one")

    def refuse(_):
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", refuse)
        assert not mine.save("01/write", "two")
    assert mine.status.startswith("not saved: ")
    assert reason in mine.status
    assert load_document(mine.path).entries["01/write"][0].value == "one"
    assert mine.retry()
    assert load_document(mine.path).entries["01/write"][0].value == "two"


def test_a_folder_that_cannot_be_made_is_no_exception(tmp_path):
    (tmp_path / "file").write_text("in the way")
    mine = Portfolio(tmp_path / "file" / "portfolio.json")
    assert not mine.save("01/write", "x")
    assert mine.status.startswith("not saved: ")
    assert mine.read("01/write") == "x"


def test_a_folder_in_place_of_the_file_is_no_exception(tmp_path):
    (tmp_path / "portfolio.json").mkdir()
    mine = Portfolio(tmp_path / "portfolio.json")
    assert not mine.save("01/write", "x")
    assert mine.status.startswith("not saved: ")


def test_a_full_portfolio_says_so(mine, monkeypatch):
    monkeypatch.setattr(doc, "MAX_BYTES", 2_000)
    assert not mine.save("01/write", "x" * 3_000)
    assert "full" in mine.status


# --- a hundred kills

WRITER = """
import os, sys
from kit.learning.portfolio import Portfolio
for _ in range(int(sys.argv[2])):
    child = os.fork()
    if child == 0:
        mine = Portfolio(sys.argv[1])
        n = mine.read("01/n", 0)
        while True:
            n += 1
            saved = mine.save("01/n", n)
            os.write(1, f"{os.getpid()} {n if saved else mine.status}\\n".encode())
    os.write(1, f"start {child}\\n".encode())
    os.waitpid(child, 0)
"""


def test_a_hundred_kills_in_mid_write_leave_a_whole_file_and_cost_at_most_the_last_answer(tmp_path):
    path = tmp_path / "portfolio.json"
    chance = random.Random(7)
    run = subprocess.Popen([sys.executable, "-c", WRITER, str(path), "100"], stdout=subprocess.PIPE, text=True)
    last = 0
    for _ in range(100):
        child = None
        acknowledged = False
        while child is None or not acknowledged:
            who, said = run.stdout.readline().split(maxsplit=1)
            if who == "start":
                child, acknowledged = int(said), False
            else:
                last, acknowledged = int(said), True
        time.sleep(chance.uniform(0.0, 0.03))
        os.kill(child, signal.SIGKILL)
        found = Portfolio(path)
        assert found.status == "saved"
        assert found.read("01/n") >= last
        assert load_document(path).entries["01/n"][0].value == found.read("01/n")
        last = found.read("01/n")
    run.stdout.close()
    assert run.wait() == 0
    assert not list(tmp_path.glob("*broken*"))


# --- where it lies


def test_it_lies_in_my_work_at_the_kits_root_seen_from_anywhere_below(tmp_path, monkeypatch):
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "parley-kit"\n')
    (tmp_path / "notebooks").mkdir()
    assert default_path(tmp_path / "notebooks") == tmp_path / "my-work" / "portfolio.json"


def test_an_installed_kit_keeps_it_in_the_home_folder(tmp_path, monkeypatch):
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "something-else"\n')
    monkeypatch.setattr(home, "__file__", str(tmp_path / "site-packages" / "kit" / "portfolio.py"))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    assert default_path(tmp_path) == tmp_path / "home" / "parley-work" / "portfolio.json"


def test_the_environment_chooses_the_file_or_its_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("PARLEY_PORTFOLIO", str(tmp_path / "mine.json"))
    assert portfolio().file.path == tmp_path / "mine.json"
    assert portfolio() is portfolio()
    monkeypatch.setenv("PARLEY_PORTFOLIO", str(tmp_path))
    assert portfolio().file.path == tmp_path / "portfolio.json"


def test_a_scratch_portfolio_keeps_nothing_on_disk(tmp_path, monkeypatch):
    monkeypatch.setenv("PARLEY_PORTFOLIO", str(tmp_path / "mine.json"))
    monkeypatch.setattr(home, "_opened", {})
    told = home.scratch_portfolio()
    assert "not yours" in repr(told)
    assert portfolio().save("01/write", "a model answer")
    assert portfolio().read("01/write") == "a model answer"
    assert list(tmp_path.iterdir()) == []


def test_only_the_learner_can_read_the_file_and_what_lies_beside_it(mine):
    mine.save("01/write", "private")
    mine.path.chmod(0o644)
    mine.save("01/write", "more")
    modes = {path: path.stat().st_mode & 0o077 for path in mine.path.parent.iterdir()}  # in a page there is no lock
    assert modes.keys() >= {mine.path, backup_of(mine.path)}
    assert not any(modes.values())


def test_a_portfolio_file_is_read_without_opening_it_and_a_missing_one_is_named(tmp_path):
    with pytest.raises(PortfolioError, match=r"gone\.json: it cannot be read"):
        load_document(tmp_path / "gone.json")
    with pytest.raises(PortfolioError, match="not a file"):
        load_document(tmp_path)


def test_the_import_is_light():
    code = "import sys, kit.learning.portfolio; print({'pandas', 'ipywidgets', 'numpy'} & set(sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout == "set()\n"


def test_a_portfolio_that_was_not_downloaded_yet_is_not_begun_anew(tmp_path):
    cloud = tmp_path / ".portfolio.json.icloud"
    cloud.touch()
    store = Portfolio(tmp_path / "portfolio.json", movable=True)
    assert not store.save("ukraine/01/write", "x")
    assert "still in the cloud" in store.status
    cloud.unlink()
    assert store.retry()
    assert [path.name for path in tmp_path.glob("p*.json")] == ["portfolio.json"]


@pytest.mark.parametrize(
    ("charset", "spoilt", "read"),
    [
        ("cp1252", b"", "Zürich"),
        ("utf-8", b"\xc3", "Z\ufffdürich"),
        ("utf-16", b"", "Zürich"),
        ("utf-16-le", b"", "Zürich"),
    ],
)
def test_letters_that_cannot_be_read_cost_no_answer(tmp_path, charset, spoilt, read):
    path = tmp_path / "portfolio.json"
    assert Portfolio(path).save("ukraine/01/write", "Zürich")
    text = path.read_text("utf-8")
    whole = text.encode(charset).replace(b"Z\xc3", b"Z" + spoilt + b"\xc3")
    path.write_bytes(whole)
    store = Portfolio(path, movable=True)
    assert store.read("ukraine/01/write") == read
    assert store.save("ukraine/01/other", 1)
    kept = [each.read_bytes() for each in tmp_path.glob("portfolio-with-unread-*")]
    assert kept == ([whole] if charset == "cp1252" or spoilt else [])


@pytest.mark.parametrize("problem", [errno.ENOLCK, errno.ENOTSUP])
def test_a_drive_that_knows_no_locks_keeps_answers_all_the_same(tmp_path, monkeypatch, problem):
    def refuse(*_):
        raise OSError(problem, "no locks")

    monkeypatch.setattr("fcntl.flock", refuse)
    one, other = Portfolio(tmp_path / "portfolio.json"), Portfolio(tmp_path / "portfolio.json")
    assert one.save("ukraine/01/write", "x")
    assert other.save("ukraine/01/other", 1)
    assert set(Portfolio(tmp_path / "portfolio.json").all_keys()) == {"ukraine/01/write", "ukraine/01/other"}
