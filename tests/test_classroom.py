"""A class's portfolios: all that is sound is read, the rest is listed, what divides comes first, and no name shows."""

import io
import json
import os
import re
import shutil
import zipfile
from datetime import UTC, datetime

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import kit
from kit.actors import class_view as actors_view
from kit.authoring.cli import main
from kit.background import class_view as background_view
from kit.classroom import make_report, units
from kit.classroom.gather import Classroom, read_class
from kit.classroom.make_report import class_report
from kit.classroom.prompts_and_sheets import tell_counts
from kit.classroom.sample import read_sample, sample_class, sample_documents
from kit.classroom.show_class import ClassView
from kit.classroom.sources import MAX_BYTES, LeftOut, name_to_show
from kit.errors import KitError
from kit.learning import class_view as learning_view
from kit.learning import quiz_class_view
from kit.learning.class_topics import split_choice, split_on_scale
from kit.learning.coding import coding_sentences
from kit.learning.document import Document, Version, case_key, dump, stamp
from kit.learning.slip import make_slip
from kit.models.agreement import kendall_w
from kit.negotiation import class_view as deals_view
from kit.obstacles import class_view as obstacles_view
from kit.scenarios import class_view as scenarios_view
from tests.small_cases import write_case

NOON = datetime(2026, 6, 7, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def case():
    return kit.load_case("ukraine")


@pytest.fixture(scope="module")
def thirty(case):
    return read_sample(case, 30)


def portfolio_of(entries, name="", writer="w1", minute=0):
    when = stamp(NOON.replace(minute=minute))
    return Document(name, {case_key("ukraine", key): (Version(when, writer, value),) for key, value in entries.items()})


def board(rating):
    return {"01/ripeness-board": {"way-out": {"rating": rating, "evidence": []}}}


# --- reading


def test_files_of_a_folder_and_its_subfolders_are_read(tmp_path, case):
    sample_class(tmp_path / "a", 2, case=case)
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "one.json").write_bytes(dump(portfolio_of(board(3), "heron", "w9")))
    found = read_class(tmp_path)
    assert len(found.learners) == 3
    assert found.left_out == []
    assert len(read_class(tmp_path / "*" / "*.json").learners) == 3
    assert len(read_class(str(tmp_path / "b" / "one.json")).learners) == 1


def test_uploads_slips_and_saved_chats_are_read_alike(tmp_path):
    slip = make_slip(board(2), "heron").text
    chat = tmp_path / "chat.txt"
    chat.write_text(f"here is mine\n{slip}\nthanks", "utf-8")
    upload = {"a.json": dump(portfolio_of(board(2), "heron"))}
    for source in (chat, slip, upload, {"chat.txt": chat.read_bytes()}):
        found = read_class(source)
        assert [learner.name for learner in found.learners] == ["heron"]
        assert found.learners[0].answers_in() == board(2)


def test_whoever_hands_in_twice_is_one_learner_and_the_latest_answer_stands():
    early = portfolio_of(board(0), "heron", "w1", minute=1)
    late = portfolio_of({**board(4), "01/write": "x"}, "heron", "w1", minute=5)
    for order in ([early, late], [late, early]):
        found = read_class(order)
        assert len(found.learners) == 1
        assert found.learners[0].answers_in()["01/ripeness-board"]["way-out"]["rating"] == 4


def test_two_files_of_one_name_that_share_no_session_stay_two_and_are_told_apart():
    found = read_class(portfolio_of(board(0), "heron", "w1"), portfolio_of(board(4), "Heron", "w2"))
    assert found.labels() == ["Learner 1", "Learner 2"]
    assert sorted(found.labels(names=True)) in (["Heron", "heron (2)"], ["Heron (2)", "heron"])


def test_a_name_that_looks_like_a_told_apart_one_loses_nobody():
    names = ["heron", "heron", "heron (2)", "e\u0301", "\u00e9"]
    found = read_class([portfolio_of(board(1), name, f"w{n}") for n, name in enumerate(names)])
    assert len(found.answers(names=True)) == len(names)


def test_a_slip_adds_to_the_file_of_its_name_and_changes_none_of_its_answers():
    slip = make_slip({**board(0), "02/stakeholder-grid": {"eu": {"power": 1, "interest": 1}}}, "heron").text
    found = read_class(slip, portfolio_of(board(4), "heron"))
    assert len(found.learners) == 1
    assert found.learners[0].answers_in()["01/ripeness-board"]["way-out"]["rating"] == 4
    assert "02/stakeholder-grid" in found.learners[0].answers_in()


def test_of_two_slips_of_one_name_the_later_in_the_chat_stands():
    found = Classroom()
    found.read_chat("\n".join(make_slip(board(rating), "heron").text for rating in (0, 3)))
    assert [learner.answers_in() for learner in found.learners] == [board(3)]


def test_what_was_pieced_together_on_two_machines_is_one_learner():
    one, other = portfolio_of(board(1), "heron", "w1"), portfolio_of({"01/write": "x"}, "heron", "w2")
    both = Document("heron", {**one.entries, **other.entries})
    assert len(read_class(one, other, both).learners) == 1


def test_numbers_are_drawn_anew_for_each_gathering_and_stay_when_others_come():
    documents = [portfolio_of(board(n % 5), f"bird {n}", f"w{n}") for n in range(8)]

    def numbers(classroom):
        return {learner.name: learner.number for learner in classroom.learners}

    gatherings = [read_class(documents) for _ in range(5)]
    assert all(sorted(numbers(each).values()) == list(range(1, 9)) for each in gatherings)
    assert len({tuple(numbers(each).items()) for each in gatherings}) > 1  # nobody can work a number out from a name
    growing = gatherings[0]
    before = numbers(growing)
    growing.read(portfolio_of(board(1), "late bird", "w99"))
    assert numbers(growing) == {**before, "late bird": 9}
    assert numbers(read_class(documents, salt=b"x")) == numbers(read_class(documents[::-1], salt=b"x"))


def files_below(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def zip_of(files):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return made.getvalue()


def test_a_zip_as_an_lms_hands_it_out_is_read_from_a_path_and_from_an_upload(tmp_path):
    slip = make_slip(board(2), "crane").text
    data = zip_of(
        {
            "Anna Kovacs_123_assignsubmission_file/portfolio.json": dump(portfolio_of(board(3), "heron", "w1")),
            "Ben_124_assignsubmission_file/portfolio.json.txt": dump(portfolio_of(board(1), "stork", "w2")),
            "Carla_125_assignsubmission_onlinetext/onlinetext.html": f"<div><p>{slip[:40]}<br/>{slip[40:]}</p></div>",
            "__Rae__/../../evil.json": dump(portfolio_of(board(1), "raven", "w3")),
            "Dan_126/essay.docx": zip_of({"word/document.xml": "x"}),
            "Eve_127/both.zip": zip_of({"parley-portfolio.json (1)": dump(portfolio_of(board(1), "wren", "w4"))}),
            "Flo_128/ATT001.dat": dump(portfolio_of(board(1), "kite", "w5")).decode().encode("utf-16"),
            "Gus_129/chat.json": json.dumps([{"text": make_slip(board(2), "gull").text}]),
            "__MACOSX/._portfolio.json": b"x",
            "Thumbs.db": b"x",
            "Flo_128\\~$essay.docx": b"x",
            "bad.json": b"{",
        }
    )
    names = ["crane", "gull", "heron", "kite", "raven", "stork", "wren"]
    (tmp_path / "hand-ins.zip").write_bytes(data)
    for source in (tmp_path / "hand-ins.zip", tmp_path, {"hand-ins.zip": data}, data):
        found = read_class(source)
        assert sorted(learner.name for learner in found.learners) == names
        assert len(found.left_out) == 2
    assert [path.name for path in tmp_path.iterdir()] == ["hand-ins.zip"]  # nothing is unpacked


def test_a_portfolio_inside_a_web_page_is_said_to_be_one_with_the_remedy():
    shown = dump(portfolio_of(board(1), "stork", "w2")).decode()
    for text in (shown, shown.replace('"', "&quot;")):
        found = read_class({"portfolio.json.html": f"<html><body><pre>{text}</pre></body></html>".encode()})
        assert "It is a web page that shows a portfolio. Ask for the .json" in str(found.left_out)


def test_a_zip_cannot_fill_the_memory_nor_hide_behind_a_password(monkeypatch):
    monkeypatch.setattr("kit.classroom.sources.MOST_ZIP", 3 * MAX_BYTES)
    bomb = zip_of({f"{n}.json": b" " * (2 * MAX_BYTES) for n in range(40)})
    assert len(bomb) < MAX_BYTES
    found = read_class({"bomb.zip": bomb})
    assert found.learners == []
    assert "the rest was not read" in found.left_out[-1].reason
    assert len(found.left_out) < 6
    nested = zip_of({f"{n}.zip": bomb for n in range(40)})
    assert len(read_class({"bombs.zip": nested}).left_out) < 6
    for _ in range(9):
        nested = zip_of({"a.zip": nested})
    assert "too many zips" in read_class({"deep.zip": nested}).left_out[0].reason
    for empty in ({".hidden": "x"}, {}):
        assert "no portfolio in it" in read_class({"x.zip": zip_of(empty)}).left_out[0].reason
    assert "cannot be opened" in read_class({"cut.zip": bomb[: len(bomb) // 2]}).left_out[0].reason


def test_a_portfolio_that_mail_called_txt_is_read(tmp_path):
    (tmp_path / "portfolio.json.txt").write_bytes(dump(portfolio_of(board(3), "heron")))
    pasted = dump(portfolio_of(board(3), "stork"))
    (tmp_path / "note.txt").write_bytes(b"My portfolio:\n\n```json\n" + pasted + b"\n```\nBest, Ben\n")
    (tmp_path / "LICENSE").write_text("Permission is granted", "utf-8")
    found = read_class(tmp_path)
    assert {learner.name for learner in found.learners} == {"heron", "stork"}
    assert "no .json" in found.left_out[0].reason


def test_a_chat_saved_as_windows_unicode_is_read_and_an_archive_is_told(tmp_path):
    slip = make_slip(board(2), "crane").text
    (tmp_path / "chat.txt").write_text(f"here: {slip} ok", "utf-16")
    (tmp_path / "class.7z").write_bytes(b"7z\xbc\xaf\x27\x1c")
    found = read_class(tmp_path)
    assert [learner.name for learner in found.learners] == ["crane"]
    assert [(each.source, "Unpack it" in each.reason) for each in found.left_out] == [("class.7z", True)]


def test_a_home_in_which_nothing_is_saved_yet_lists_no_notebook(tmp_path):
    for name in (".bashrc", "mine.ipynb", "parley/README.md", "parley/notebooks/01.ipynb", "parley/exercises/01.ipynb"):
        (tmp_path / "ann" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "ann" / name).write_text("x")
    (tmp_path / "ben").mkdir()
    (tmp_path / "ben" / "essay.ipynb").write_text("x")
    for source in (tmp_path, {"homes.zip": zip_of(files_below(tmp_path))}):
        (left_out,) = read_class(source).left_out
        assert left_out.source.removeprefix("homes.zip: ") == "ben/essay.ipynb"


def test_the_notebooks_of_a_course_are_told_in_one_line(tmp_path):
    """In homes copied without their hidden files; what learners handed in by mistake is still told of each."""
    for name in ("ann/parley/00-start-here.ipynb", "ann/parley/01-background.ipynb", "ben_1_00-start-here.ipynb"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text('{"cells": []}')
    (tmp_path / "cleo.ipynb").write_text(f'{{"cells": ["{make_slip(board(2), "crane").text}"]}}')
    for source in (tmp_path, {"homes.zip": zip_of(files_below(tmp_path))}):
        found = read_class(source)
        told = {each.source.removeprefix("homes.zip: "): each.reason for each in found.left_out}
        assert set(told) == {"ann/parley", "ben_1_00-start-here.ipynb"}
        assert told["ann/parley"].startswith("They are notebooks and no portfolio. Ask for")
        assert [learner.name for learner in found.learners] == ["crane"]


def test_of_homes_only_the_portfolios_are_read(tmp_path):
    for name in ("anna", "ben"):
        kit_folder = tmp_path / name / "parley"
        for folder in ("notebooks", "my-work", "my-work/made-up-class"):
            (kit_folder / folder).mkdir(parents=True)
        (kit_folder / "my-work" / "portfolio.json").write_bytes(dump(portfolio_of(board(3), name, name)))
        (kit_folder / "my-work" / "notes.ipynb").write_text("{}", "utf-8")
        (kit_folder / "notebooks" / "01.ipynb").write_text("{}", "utf-8")
        (kit_folder / "README.md").write_text("about", "utf-8")
    homes = {f"{name}_1/home.zip": zip_of(files_below(tmp_path / name)) for name in ("anna", "ben")}
    handed_out = {"homes.zip": zip_of(homes)}  # as an LMS hands out what each handed in
    windows = {"homes.zip": zip_of({name.replace("/", "\\"): data for name, data in files_below(tmp_path).items()})}
    for source in (tmp_path, {"homes.zip": zip_of(files_below(tmp_path))}, handed_out, windows):
        found = read_class(source)
        assert sorted(learner.name for learner in found.learners) == ["anna", "ben"]
        assert found.left_out == []


def test_odd_names_in_a_zip_stop_nothing():
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name in ("portfolio.json", f"{'a/' * 20}p.json", f"{'a/' * 9000}p.json", "../up.json", "/my-work/p.json"):
            archive.writestr(name, dump(portfolio_of(board(3), f"of {name[-7:]}", name[-7:])))
        archive.writestr("nameless", b"")
        archive.filelist[-1].filename = ""
    found = read_class({"odd.zip": made.getvalue()})
    assert sorted(learner.name for learner in found.learners) == ["of /p.json", "of io.json", "of up.json"]
    assert sum(len(learner.sources) for learner in found.learners) == 5
    assert len(found.left_out) == 1


def test_slips_are_found_amid_the_noise_of_a_chat():
    slips = [make_slip(board(n % 5), f"bird {n}").text for n in range(60)]
    lines = [f"[10:{n:02}, 3/9/2026] Bird {n}: here you are {slip} :-) <3 > ok" for n, slip in enumerate(slips)]
    found = Classroom()
    assert found.read_chat("please paste PARLEY1- and so on\n" + "\n".join(lines)) == 60


def test_an_empty_portfolio_is_left_out_with_its_reason():
    found = read_class({"a.json": dump(Document("heron"))})
    assert found.learners == []
    assert found.left_out == [LeftOut("a.json", "It holds no answers yet.")]


# --- broken and hostile


def hostile_files():
    """Files that nobody should be able to do harm with, by name."""
    entry = {"value": 1, "saved": "2026-06-07T12:00:00Z", "writer": "w", "earlier": []}
    body = {"schema": 1, "pseudonym": "x", "entries": {"01/write": entry}}
    return {
        "broken.json": b'{"schema": 1, "entr',
        "empty.json": b"",
        "binary.json": bytes(range(256)) * 20,
        "list.json": b"[]",
        "foreign.json": b'{"name": "some-package", "version": "1.0"}',
        "later.json": json.dumps({**body, "schema": 99}).encode(),
        "nan.json": json.dumps(body).replace('"value": 1', '"value": NaN').encode(),
        "deep.json": json.dumps(body).replace('"value": 1', f'"value": {"[" * 50}{"]" * 50}').encode(),
        "deeper.json": b"[" * 200_000,
        "key.json": json.dumps({**body, "entries": {"../../etc/passwd": entry}}).encode(),
        "types.json": json.dumps({**body, "entries": {"01/write": [1, 2]}}).encode(),
        "times.json": json.dumps({**body, "entries": {"01/write": {**entry, "saved": "yesterday"}}}).encode(),
        "earlier.json": json.dumps({**body, "entries": {"01/write": {**entry, "earlier": {"a": 1}}}}).encode(),
        "number.json": json.dumps(body).replace('"value": 1', f'"value": {"9" * 6000}').encode(),
        "large.json": b'{"schema": 1, "pseudonym": "' + b"x" * 10_000_001 + b'"}',
        "slips.txt": b"PARLEY1-" + b"A" * 5000 + b"-END PARLEY9-ABC-END PARLEY1-cut",
        "notes.txt": b"nothing here",
        "program.exe": b"MZ",
    }


def test_broken_and_hostile_files_among_two_hundred_good_ones_are_listed_and_the_rest_is_shown(tmp_path, case):
    sample_class(tmp_path, 200, case=case)
    for name, data in hostile_files().items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / "<img src=x onerror=alert(1)>.json").write_bytes(b"[]")
    os.mkfifo(tmp_path / "pipe.json")
    found = read_class(tmp_path)
    # Of these files one answer is unsound; a portfolio is read without it. All four are of one session, so of one learner.
    mended = {"nan.json", "times.json", "earlier.json", "number.json"}
    assert len(found.learners) == 201
    assert any(set(learner.sources) == mended for learner in found.learners)
    left = {each.source.partition(" in ")[2] or each.source for each in found.left_out}
    assert left == {*hostile_files(), "<img src=x onerror=alert(1)>.json", "pipe.json"} - mended
    assert all(each.reason.endswith((".", "…")) and len(each.reason) < 300 for each in found.left_out)
    people = found.answers()
    assert make_report.choose_first(units.make_part(case, people, unit) for unit in units.list_units())


def test_links_are_not_followed_out_of_the_folder(tmp_path, case):
    secret, inside = tmp_path / "secret", tmp_path / "class"
    sample_class(secret, 1, case=case)
    inside.mkdir()
    (inside / "link.json").symlink_to(secret / "made-up-01.json")
    (inside / "folder").symlink_to(secret)
    (inside / "gone.json").symlink_to(tmp_path / "nowhere")
    (inside / "round").symlink_to(inside)
    for source in (inside, inside / "*.json", inside / "*"):
        assert read_class(source).learners == []
    assert {each.source for each in read_class(inside).left_out} == {"link.json", "folder", "gone.json", "round"}


def test_backups_and_hidden_files_are_passed_over(tmp_path):
    for name in ("portfolio.json", "portfolio.backup.json", ".portfolio.json.lock", ".hidden.json"):
        (tmp_path / name).write_bytes(dump(portfolio_of(board(1), "heron")))
    found = read_class(tmp_path)
    assert [learner.sources for learner in found.learners] == [["portfolio.json"]]
    assert found.left_out == []


def test_a_backup_that_was_handed_in_alone_is_read(tmp_path):
    folder = tmp_path / "all"
    for place, name in [("ann", "portfolio.json"), ("ann", "portfolio.backup.json"), ("bo", "portfolio.backup.json")]:
        (folder / place).mkdir(parents=True, exist_ok=True)
        (folder / place / name).write_bytes(dump(portfolio_of(board(1), place)))
    for source in (folder, shutil.make_archive(str(folder), "zip", folder)):
        assert sorted(each.name for each in read_class(source).learners) == ["ann", "bo"]


@pytest.mark.parametrize("place", ["", "ann", "ann/my-work"])
def test_a_hand_in_that_was_not_downloaded_yet_is_told(tmp_path, place):
    (tmp_path / place).mkdir(parents=True, exist_ok=True)
    (tmp_path / place / ".portfolio.json.icloud").write_bytes(b"bplist00\xd3")
    (left_out,) = read_class(tmp_path).left_out
    assert left_out.source.endswith(".portfolio.json.icloud")
    assert "still in the cloud" in left_out.reason


def test_a_portfolio_in_a_home_is_read_whatever_the_letters_of_its_ending(tmp_path):
    (tmp_path / "my-work").mkdir()
    (tmp_path / "my-work" / "PORTFOLIO.JSON").write_bytes(dump(portfolio_of(board(1), "ann")))
    assert [each.name for each in read_class(tmp_path).learners] == ["ann"]


@pytest.mark.parametrize(
    "source", ["/no/such/place", "no-such-*.json", "x" * 5000, "a\0b", 5, {"a.json": None}, {"a": 5}]
)
def test_what_is_not_there_is_left_out_and_said(source):
    found = read_class(source)
    assert found.learners == []
    assert len(found.left_out) == 1


def test_a_name_is_shown_on_one_line_without_signs_that_turn_what_follows():
    assert name_to_show("  a\n\tb ") == "a b"
    assert name_to_show("x\u202egpj.exe\u2066") == "xgpj.exe"
    assert name_to_show("\u0646\u06cc\u200c\u0645\u0627") == "\u0646\u06cc\u200c\u0645\u0627"
    assert len(name_to_show("x" * 500)) == 90


@given(st.binary(max_size=300))
def test_no_bytes_can_stop_the_reading(data):
    found = read_class({"any.json": data, "any.txt": data}, portfolio_of(board(1)))
    assert len(found.learners) == 1
    assert len(found.left_out) >= 2


KEYS = [
    "00/coding/000-surge:3",
    "01/ripeness-board",
    "01/quiz/01-q1",
    "01/quiz/01-q2",
    "01/quiz/01-q7",
    "02/stakeholder-grid",
    "03/ranking",
    "04/sequencer",
    "05/forecast",
    "05/practice",
    "06/table",
]
VOCABULARY = (
    "way-out rating evidence article text tries choice ukraine power interest importance obstacle:territory plan "
    "military-hotline f1 p01 probability game players moves scores kind package version invented mode right_at russia "
    "<script>alert(1)</script>"
)
WORDS = st.sampled_from(VOCABULARY.split())
SCALARS = st.none() | st.booleans() | st.integers(-3, 200) | st.floats(allow_nan=False, allow_infinity=False) | WORDS
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=4), max_leaves=12
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.dictionaries(st.sampled_from(KEYS), VALUES, max_size=6), min_size=1, max_size=4))
def test_whatever_stands_under_a_key_every_unit_can_be_shown(case, entries):
    people = {f"Learner {number}": kept for number, kept in enumerate(entries, 1)}
    parts = [units.make_part(case, people, unit) for unit in units.list_units()]
    for prompt in make_report.choose_first(parts):
        assert prompt.say
        assert list(prompt.evidence().columns[:3]) == ["article", "section", "sentence"]
    assert all(topic.title for part in parts for topic in part.topics)


# --- how far a class is divided


def test_a_split_runs_from_agreement_to_halves():
    assert split_on_scale([3, 3, 3, 3], 10) == 0
    assert split_on_scale([0, 0, 10, 10], 10) == pytest.approx(1)
    assert 0 < split_on_scale([4, 5, 6], 10) < split_on_scale([0, 5, 10], 10) < 1
    assert split_on_scale([7], 10) == split_on_scale([], 10) == 0
    assert split_choice("aaaa") == 0
    assert split_choice("aabb") == pytest.approx(1)
    assert 0 < split_choice("aaab") < 1


@given(st.lists(st.integers(0, 10), min_size=2, max_size=30))
def test_a_split_is_gini_s_mean_difference(values):
    slow = np.abs(np.subtract.outer(values, values)).mean() * 2 / 10
    assert split_on_scale(values, 10) == pytest.approx(min(1, slow))


def test_kendalls_w_is_one_for_one_order_and_falls_with_disagreement():
    assert kendall_w(pd.DataFrame({"a": [1, 2, 3], "b": [1, 2, 3]})) == pytest.approx(1)
    assert kendall_w(pd.DataFrame({"a": [1, 2, 3], "b": [3, 2, 1]})) == pytest.approx(0)
    # Three judges, four things, by hand: rank sums 4, 6, 9, 11; S = 29; W = 12 * 29 / (9 * 60).
    assert kendall_w([[1, 2, 1], [2, 1, 3], [3, 4, 2], [4, 3, 4]]) == pytest.approx(12 * 29 / (9 * 60))
    # Ties: two judges who tie the same two of three things agree wholly.
    assert kendall_w([[1, 1], [2.5, 2.5], [2.5, 2.5]]) == pytest.approx(1)
    assert np.isnan(kendall_w([[1, 1], [1, 1]]))


def coded(sentence_codes, writer):
    return portfolio_of({f"00/coding/{key}": codes for key, codes in sentence_codes.items()}, writer=writer)


def test_the_sentence_that_divides_the_coders_comes_first(case):
    keys = list(coding_sentences(case)["key"])[:2]
    people = read_class(
        coded({keys[0]: ["actor:ukraine"], keys[1]: ["actor:ukraine"]}, "a"),
        coded({keys[0]: ["actor:ukraine"], keys[1]: []}, "b"),
    ).answers()
    table = learning_view.coded_sentences(case, learning_view.class_decisions(case, people))
    assert list(table["key"]) == [keys[1], keys[0]]
    assert list(table["apart"]) == [0.5, 0]  # of two people drawn with replacement
    assert table["codes"].tolist() == [["Ukraine (1 of 2)"], []]
    part = units.make_part(case, people, "00")
    assert [prompt.evidence()["sentence"].tolist() for prompt in part.prompts] == [[int(keys[1].rpartition(":")[2])]]
    assert part.prompts[0].say.startswith(f"“{table['text'][0]}”")


def test_the_quiz_item_that_most_miss_comes_first_with_its_commonest_slip(case):
    question = next(each for each in case.quiz("01") if each["type"] == "multiple_choice")
    other = next(each["id"] for each in case.quiz("01") if each["type"] == "many_choice")
    wrong = next(part["answer"] for part in question["answers"] if not part["correct"])
    right = next(part["answer"] for part in question["answers"] if part["correct"])
    key = f"01/quiz/{question['id']}"
    people = {
        "Learner 1": {key: {"tries": [wrong, right], "right_at": 2}},
        "Learner 2": {key: {"tries": [wrong], "right_at": None}},
        "Learner 3": {key: {"tries": [right], "right_at": 1}, f"01/quiz/{other}": {"tries": [[]], "right_at": 1}},
    }
    items = quiz_class_view.quiz_items(case, "01", people)
    first = items.iloc[0]
    assert list(items["id"]) == [question["id"], other]
    assert (first["answered"], first["first"], first["second"], first["never"]) == (3, 1, 1, 1)
    assert (first["slip"], first["slips"]) == (f"“{wrong}” chosen", 2)
    prompt = units.make_part(case, people, "01").prompts[0]
    assert "2 of 3 of you missed it" in prompt.say
    assert prompt.answer == right
    assert right not in prompt.rest


def test_ratings_places_and_ranks_are_counted(case):
    orders = [["obstacle:territory", "obstacle:trust"], ["obstacle:trust", "obstacle:territory"]]
    people = {
        f"Learner {n}": {
            "01/ripeness-board": {"way-out": {"rating": rating, "evidence": []}},
            "02/stakeholder-grid": {"ukraine": {"power": power, "interest": 10}},
            "03/ranking": {"importance": orders[n % 2]},
        }
        for n, (rating, power) in enumerate([(0, 2), (4, 8)])
    }
    way_out = background_view.ripeness(case, people).set_index("key").loc["way-out"]
    assert way_out["counts"] == [1, 0, 0, 0, 1]
    assert way_out["split"] == pytest.approx(1)
    grid, placed = actors_view.stakeholders(case, people)
    ukraine = grid.set_index("actor").loc["ukraine"]
    assert (ukraine["power"], ukraine["low_power"], ukraine["high_power"], len(placed)) == (5, 2, 8, 2)
    agreed = obstacles_view.concordance_table(case, people).set_index("criterion")
    assert agreed.loc["importance", "people"] == 2
    assert 0 < agreed.loc["importance", "w"] <= 1
    assert agreed.loc["tractability", "people"] == 0


def test_a_sentence_that_a_class_attached_and_the_case_has_corrected_since_is_shown_as_such(case):
    there = case.sentences.iloc[5]
    kept = {"article": there["article"], "sentence": 5, "text": there["text"]}
    evidence = [kept, {**kept, "text": "As it was."}, {"article": "gone", "sentence": 1, "text": "So it was."}, {}, 7]
    people = {name: {"01/ripeness-board": {"way-out": {"rating": 1, "evidence": evidence}}} for name in ("a", "b")}
    found = background_view.attached_sentences(case, people, "way-out").set_index("text")
    assert found["people"].to_dict() == {there["text"]: 2, "As it was.": 2, "So it was.": 2}
    assert found.loc["So it was.", "section"] == "no longer in this article"


def test_forecasts_are_pooled_and_scored_where_the_outcome_is_known(case):
    people = {
        "Learner 1": {"05/forecast": {"f2": {"probability": 90}, "f3": {"probability": 10}}},
        "Learner 2": {"05/forecast": {"f2": {"probability": 50}, "nonsense": {"probability": 50}}},
        "Learner 3": {"05/forecast": {"f2": {"probability": 1000}}},
    }
    given_ = scenarios_view.forecast_table(case, people)
    pooled = scenarios_view.pool_forecasts(case, given_).set_index("id")
    assert (pooled.loc["f2", "people"], pooled.loc["f2", "mean"], pooled.loc["f2", "median"]) == (2, 70, 70)
    scores = scenarios_view.score_table(given_, {"f2": True}).set_index("who")["brier"]
    assert scores["Learner 1"] == pytest.approx(0.01)
    assert scores["the class: mean"] == pytest.approx(0.09)
    assert scores["always 50 per cent"] == 0.25
    assert scenarios_view.score_table(given_, {}).empty


def test_deals_are_measured_on_one_frontier_whatever_they_were_played_with(case, thirty):
    table = deals_view.deal_table(case, thirty.answers())
    reached = table[table["ended"] == deals_view.DEAL]
    assert len(reached) > 5
    assert (reached["better"] >= 0).all()
    rows = deals_view.frontier_rows(case, table)
    marks = rows[(rows["what"] == "mark") & (rows["name"] == "the deal")]
    assert set(zip(marks["x"], marks["y"], strict=True)) == set(zip(reached["across"], reached["up"], strict=True))
    kept = thirty.answers()[reached["learner"].iloc[0]]["06/table"]
    other = {**kept, "version": "invented", "scores": {"ukraine": {"people": {"return-only": 99}}}}
    both = deals_view.deal_table(case, {"a": {"06/table": kept}, "b": {"06/table": other}})
    assert both["across"].nunique() == 1
    assert both["own_points"].tolist() == [False, True]


# --- what is shown


def test_what_divides_comes_first_and_from_more_than_one_unit(case, thirty):
    people = thirty.answers()
    prompts = make_report.choose_first(units.make_part(case, people, unit) for unit in units.list_units())
    assert len(prompts) == make_report.FIRST
    assert len({prompt.unit for prompt in prompts}) > 3
    assert [prompt.split for prompt in prompts] == sorted((prompt.split for prompt in prompts), reverse=True)
    assert any(len(prompt.evidence()) for prompt in prompts)


def test_every_picture_has_its_sentence_and_a_table(case, thirty):
    people = thirty.answers()
    for unit in units.list_units():
        for topic in units.make_part(case, people, unit).topics:
            if topic.picture:
                assert topic.picture.alt.endswith(".")
                assert topic.sheets


def test_one_learner_alone_divides_nobody_and_an_empty_class_is_said_to_be_empty(case):
    alone = read_class(sample_documents(case, 1)).answers()
    assert [each.split for unit in units.list_units() for each in units.make_part(case, alone, unit).prompts] == []
    nobody = [topic for unit in units.list_units() for topic in units.make_part(case, {}, unit).topics]
    assert {topic.said for topic in nobody} == {("Nobody has handed this in yet.",)}


def bare_case(folder):
    """A case that has one article and nothing else."""
    article = "# One\n\nBrussels waits for what comes of it.\n"
    return write_case(folder, {"case.yaml": "title: Bare\nas_of: 2026-06-07\n", "articles/one.md": article})


def test_a_case_with_nothing_in_it_can_be_shown(tmp_path):
    bare = bare_case(tmp_path)
    view = ClassView(bare, [portfolio_of(board(n), writer=f"w{n}") for n in range(3)])
    for unit in units.list_units():
        view.unit.value = unit
    assert "Bare" in class_report(bare, view.classroom)


def named_class():
    evil = '"><script>alert("name")</script>'
    return {
        "anna-kovacs.json": dump(portfolio_of({**board(0), **FORECAST}, evil, "w1")),
        "later.json": b'{"schema": "of kovacs", "entries": {}}',
        "ben-okafor.json": dump(portfolio_of({**board(4), **FORECAST}, "Ben Okafor", "w2")),
        "<b>carla</b>.json": b"[]",
    }


FORECAST = {"05/practice": {"p01": 30, "p02": 60}}


def test_names_are_hidden_until_the_switch_shows_them(case):
    view = ClassView(case, named_class())
    view.unit.value = "05"

    def page():
        return view.sources.value + "".join(getattr(each, "value", "") for each in view.body.children)

    assert not re.search("Okafor|kovacs|carla", page())
    assert "Learner 1" in page()
    view.names.value = True
    assert "Ben Okafor" in page()
    assert "anna-kovacs.json" in page()
    assert "<script>" not in page()
    assert "<b>carla" not in page()
    view.names.value = False
    assert not re.search("Okafor|kovacs|carla", page())


def test_the_page_is_whole_fetches_nothing_runs_nothing_and_hides_names(case):
    page = class_report(case, read_class(named_class()), long=True)
    assert not re.search("Okafor|kovacs|carla|alert", page)
    assert "hand-in 1" in page
    assert not re.search(r"https?://", re.sub(r"data:image[^\"]*", "", page))
    assert "<script" not in page
    assert page.count("<img ") == page.count(' alt="') == len(re.findall("<figcaption", page))
    named = class_report(case, read_class(named_class()), names=True, long=True)
    assert "Ben Okafor" in named
    assert "<script" not in named
    assert "&lt;script&gt;" in named


def test_the_view_reads_what_is_uploaded_pasted_and_named(case, tmp_path):
    view = ClassView(case)
    assert repr(view) == "Run this cell to open the class view."
    assert view.table.empty
    files = {"a.json": dump(portfolio_of(board(0), "heron", "w1")), "b.json": b"[]", "c.json": None}
    for number, (name, data) in enumerate(files.items()):
        view.upload._received(view.upload, {"name": name, "last": number == 2}, [memoryview(data)] if data else [])
    assert len(view.classroom.learners) == 1
    assert [each.source for each in view.classroom.left_out] == ["b.json", "c.json"]
    assert "Left out: 2" in view.told.html
    view.chat.value = f"hello {make_slip(board(4), 'crane').text} bye"
    view._pasted()
    assert len(view.classroom.learners) == 2
    assert view.chat.value == ""
    sample_class(tmp_path, 3, case=case)
    view.place.value = f' "{tmp_path}" '  # as Windows copies a path
    view._pointed()
    assert len(view.classroom.learners) == 5
    view.upload._received(view.upload, {"name": "my-answers.html", "last": True}, [memoryview(b"<p>Printed")])
    assert "There is no portfolio and no slip in it. Ask for the .json" in view.classroom.left_out[-1].reason


def test_a_prompt_opens_the_sentences_behind_it(case):
    view = ClassView(case, sample_documents(case, 6))
    view.unit.value = "02"
    view.prompt.value = "1"
    assert view.selected == "1"
    assert len(view.evidence) == len(view.part("02").prompts[0].evidence())
    view.unit.value = "first"
    assert view.selected is None


def test_a_made_up_class_goes_when_a_real_portfolio_comes(case):
    view = ClassView(case)
    view.try_it(5)
    assert len(view.classroom.learners) == 5
    assert all(name.startswith("Made-up") for name in view.classroom.labels(names=True))
    view.read(portfolio_of(board(2), "heron"))
    assert view.classroom.labels(names=True) == ["heron"]
    view.clear()
    assert view.classroom.learners == []


def test_an_outcome_told_in_the_view_scores_the_class(case):
    view = ClassView(case, sample_documents(case, 5))
    view.unit.value = "05"
    view._settle("f2", "yes")
    captions = [sheet.caption for topic in view.part("05").topics for sheet in topic.sheets]
    assert any(caption.startswith("Brier scores on the questions that are settled") for caption in captions)
    view._settle("f2", "")
    assert view.outcomes == {}


# --- made-up learners and the command line


def test_a_made_up_class_is_the_same_for_the_same_seed_and_says_what_it_is(tmp_path, case):
    one, same, other = (
        sample_class(tmp_path / name, 3, case=case, seed=seed) for name, seed in (("a", 1), ("b", 1), ("c", 2))
    )
    read = [[path.read_bytes() for path in sorted(folder.iterdir())] for folder in (one, same, other)]
    assert read[0] == read[1] != read[2]
    assert sorted(path.name for path in one.iterdir()) == ["made-up-01.json", "made-up-02.json", "made-up-03.json"]
    assert all(b'"pseudonym": "Made-up ' in data for data in read[0])


@pytest.mark.parametrize("n", [0, -1, 501, 2.5, True, "5"])
def test_a_class_of_no_size_is_refused(tmp_path, case, n):
    with pytest.raises(KitError, match="whole number"):
        sample_class(tmp_path, n, case=case)


def test_the_report_is_two_sheets_long_and_says_on_each_if_the_class_is_made_up(case, thirty):
    page = class_report(case, thirty)
    assert "<img" not in page
    assert page.index("First: what divides this class") < page.index("Unit by unit, in a line")
    assert all(f"<td>{unit} " in page.replace(' dir="auto"', "") for unit in units.list_units())
    assert re.search("<thead><tr><td><p class=.made-up.>Made-up class", page)
    real = class_report(case, read_class(portfolio_of(board(1))))
    assert "Made-up class" not in real


def test_a_made_up_class_read_from_its_files_is_still_made_up(tmp_path, case):
    sample_class(tmp_path, 2, case=case)
    assert read_class(tmp_path).made_up
    assert not read_class(portfolio_of(board(1), "Made-up Ash")).made_up


def test_a_gradebook_holds_what_was_done_and_what_was_right_only_if_asked(tmp_path, case):
    question = next(each for each in case.quiz("01") if each["type"] == "multiple_choice")
    right = next(part["answer"] for part in question["answers"] if part["correct"])
    done = {**board(1), f"01/quiz/{question['id']}": {"tries": [right], "right_at": 1}, "01/write": "text"}
    (tmp_path / "class").mkdir()
    (tmp_path / "class" / "anna.json").write_bytes(dump(portfolio_of(done, "=heron()", "w1")))
    out, grades = tmp_path / "page.html", tmp_path / "grades.csv"
    command = ["class-report", str(tmp_path / "class"), "--out", str(out), "--grades", str(grades)]
    assert main(command) == 0
    assert grades.read_bytes().startswith(b"\xef\xbb\xbf")  # else a spreadsheet spoils the letters of names
    table = pd.read_csv(grades)
    assert table.loc[0, ["name", "handed_in_as"]].tolist() == ["'=heron()", "anna.json"]
    assert table.loc[0, "01 done"] == 2
    assert not [column for column in table if "right" in column]
    assert main([*command, "--right", "--force"]) == 0
    assert pd.read_csv(grades).loc[0, "01 right"] == 1


def test_the_command_writes_one_page_and_says_what_was_left_out(tmp_path, capsys):
    bare_case(tmp_path / "bare")
    (tmp_path / "class").mkdir()
    for name in ("heron", "crane"):
        (tmp_path / "class" / f"{name}.json").write_bytes(dump(portfolio_of(board(1), name, name)))
    (tmp_path / "class" / "bad.json").write_text("{", "utf-8")
    out = tmp_path / "page.html"
    assert (
        main(["class-report", str(tmp_path / "class"), "--case", str(tmp_path / "bare"), "--long", "--out", str(out)])
        == 0
    )
    told = capsys.readouterr().out
    assert "Read: 2 learners" in told
    assert "bad.json: It is broken" in told
    assert "Learner 2" in out.read_text("utf-8")
    assert "heron" not in out.read_text("utf-8")


def test_the_command_makes_a_class_up_shows_names_and_takes_outcomes(tmp_path):
    out = tmp_path / "page.html"
    assert main(["class-report", "--try", "2", "--names", "--outcome", "f2=no", "--long", "--out", str(out)]) == 0
    page = out.read_text("utf-8")
    assert "Made-up" in page
    assert "Brier scores on the questions that are settled" in page


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nowhere"], "no portfolio was found"),
        ([], "no folder was named"),
        (["x", "--out", "portfolio.json"], "does not end so"),
        (["--try", "2", "--outcome", "f99=yes"], "is no outcome"),
        (["--try", "0"], "whole number"),
        (["--try", "2", "--right"], "no table was asked for"),
        (["--try", "2", "--grades", "grades.xlsx"], "is a .csv file"),
    ],
)
def test_a_mistake_at_the_command_line_is_explained(arguments, said, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(["class-report", *arguments]) == 1
    assert said in capsys.readouterr().err
    assert list(tmp_path.glob("*.html")) == []


def test_the_parts_of_the_room_are_reached_by_name():
    assert kit.classroom.ClassView is ClassView
    with pytest.raises(AttributeError):
        _ = kit.classroom.nothing
    assert tell_counts(Classroom()) == "Nothing has been read yet."
