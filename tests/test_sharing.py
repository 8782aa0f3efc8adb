"""Sharing on a hub: off at first, kept in step, taken back whole, and nothing that others can read."""

import stat

import pytest

import kit
from kit.classroom.gather import read_class
from kit.classroom.show_class import ClassView
from kit.learning.my_work import MyWork
from kit.learning.portfolio import Portfolio
from kit.learning.sharing import Sharing, is_shared, own_copy, sharing_controls


@pytest.fixture
def folder(tmp_path, monkeypatch):
    made = tmp_path / "shared"
    made.mkdir()
    monkeypatch.setenv("PARLEY_SHARE", str(made))
    monkeypatch.setenv("JUPYTERHUB_USER", "anna/../ben")
    return made


@pytest.fixture
def store(tmp_path):
    found = Portfolio(tmp_path / "home" / "portfolio.json")
    found.pseudonym = "heron"
    return found.of("ukraine")


def test_nothing_is_shared_until_the_switch_is_turned_on(folder, store):
    switch = Sharing(store, folder)
    store.save("01/write", "first")
    assert switch.switch.value is False
    assert list(folder.iterdir()) == []


def test_a_copy_is_kept_in_step_and_holds_no_earlier_answer(folder, store):
    store.save("01/write", "first")
    Sharing(store, folder).switch.value = True
    store.file.save("ukraine/01/write", "second", keep=True)
    (learner,) = read_class(folder).learners
    assert learner.name == "heron"
    assert learner.answers_in("ukraine") == {"01/write": "second"}
    assert b"first" not in own_copy(folder).read_bytes()


def test_only_the_owner_and_the_folders_group_can_read_the_copy(folder, store):
    Sharing(store, folder).switch.value = True
    (copy,) = folder.iterdir()
    assert stat.S_IMODE(copy.stat().st_mode) == 0o640
    assert copy.parent == folder
    assert "/" not in copy.name


def test_taking_it_back_removes_the_copy_and_later_saves_do_not_bring_it_again(folder, store):
    switch = Sharing(store, folder)
    switch.switch.value = True
    other = Sharing(store, folder)  # in another notebook
    assert other.switch.value is True
    switch.switch.value = False
    store.save("01/write", "later")
    assert list(folder.iterdir()) == []
    assert "removed" in switch.told.html


def test_a_planted_link_is_not_followed(folder, store, tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("mine", "utf-8")
    own_copy(folder).symlink_to(secret)
    assert not is_shared(folder)
    Sharing(store, folder).switch.value = True
    assert secret.read_text("utf-8") == "mine"
    assert is_shared(folder)


def test_a_folder_that_cannot_be_written_to_is_said_and_the_switch_goes_back(folder, store, monkeypatch):
    def refuse(*_args, **_more):
        raise PermissionError(13, "Permission denied")

    switch = Sharing(store, folder)
    monkeypatch.setattr("kit.learning.sharing.os.open", refuse)
    switch.switch.value = True
    assert switch.switch.value is False
    assert "did not work" in switch.told.html


def test_without_a_hub_there_is_no_switch_and_with_one_my_work_has_it(folder, store, monkeypatch):
    case = kit.load_case("ukraine")
    assert any(isinstance(each, Sharing) for each in MyWork(case).children)
    assert ClassView(case).place.value == str(folder)
    monkeypatch.delenv("PARLEY_SHARE")
    assert sharing_controls(store) == []
    assert ClassView(case).place.value == ""


def test_the_copies_of_two_long_names_that_begin_alike_are_two_files(tmp_path, monkeypatch):
    names = []
    for number in (1, 2):
        monkeypatch.setenv("JUPYTERHUB_USER", f"володимир-олександрович-з-великої-гори-{number}")
        names.append(own_copy(tmp_path).name)

    assert names[0] != names[1]
    assert max(map(len, names)) < 255
