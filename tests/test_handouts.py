"""Papers to print: what a case has something for, nothing of anybody else's sheet, nothing that runs, all in one folder."""

import re
import shutil
from html import unescape

import pytest

from kit.authoring.cli import main
from kit.authoring.handouts import handouts, write_handouts
from kit.authoring.new_case import new_case
from kit.authoring.paper import say_days
from kit.authoring.pdf import as_pdf, find_browser
from kit.case import load_case
from kit.errors import KitError
from kit.learning.coding import coding_sentences
from kit.measures.tables import book_of
from kit.negotiation import tables
from kit.negotiation.sheets import seats_of

CASE = load_case("ukraine")


def by_name(case=CASE):
    return {each.name: each.page for each in handouts(case)}


def plain(page):
    return unescape(re.sub(r"<[^>]+>", " ", page))


@pytest.fixture(scope="module")
def skeleton(tmp_path_factory):
    folder = tmp_path_factory.mktemp("case") / "mine"
    new_case(folder)
    return folder


def test_both_versions_of_the_game_have_a_sheet_for_every_seat_and_the_mediator():
    names = by_name()
    for seat in ("ukraine", "russia", "guarantors", "mediator"):
        assert f"sheet-{seat}" in names
        assert f"sheet-{seat}-invented" in names


def test_only_role_sheets_hold_points():
    secret = [f"{seat.reservation:g} points" for seat in tables.lab(CASE).seats.values()]
    for name, page in by_name().items():
        if name.startswith("instructors-key"):
            continue
        assert any(words in page for words in secret) == (name.startswith("sheet-") and "mediator" not in name), name


def test_the_paper_for_all_has_every_option_with_its_note_on_the_law_and_whose_consent_it_needs():
    page = plain(by_name()["on-the-table"])
    options = [option for issue in tables.lab(CASE).issues.values() for option in issue.options.values()]
    assert all(option.label in page and option.legal_note in page for option in options)
    assert page.count("(needs: Guarantors)") == sum(bool(option.consent) for option in options)


def test_the_invented_papers_name_no_state_of_the_real_war():
    for name, page in by_name().items():
        if name.endswith("-invented"):
            assert not re.search(r"Ukrain|Russia|Kyiv|Moscow|NATO", page), name


def test_the_coding_sheet_has_the_ten_sentences_and_the_whole_codebook():
    page = plain(by_name()["coding-sheet"])
    assert all(text in page for text in coding_sentences(CASE)["text"])
    assert all(code.definition in page for code in CASE.codebook.codes.values())


def test_the_empty_grid_names_every_actor_and_says_what_it_is():
    page = by_name()["stakeholder-grid"]
    assert page.count("<li>") == len([code for code in CASE.codebook.codes if code.startswith("actor:")])
    assert 'aria-label="Empty grid of power over it against interest in how it ends"' in page


def test_the_worksheet_of_unit_03_has_each_obstacle_with_one_sentence_a_tree_a_table_and_a_grid():
    page = plain(by_name()["worksheet-03"])
    assert "Russia occupies about a fifth of Ukraine and has declared five regions its own" in page
    assert "The first can be frozen" not in page  # the card's third sentence
    for part in ("Roots: causes", "Trunk: the core problem", "Branches: effects", "Threshold"):
        assert part in page
    assert "Empty grid of can be moved within a year against importance" in by_name()["worksheet-03"]


def test_the_worksheet_of_unit_04_has_every_measure_with_its_costs_twelve_months_and_a_hundred_squares():
    made = by_name()["worksheet-04"]
    for each in book_of(CASE).measures.values():
        assert each.title in plain(made)
    assert all(f"Month {n}<" in made for n in range(1, 13))
    assert made.count("<rect") == 100
    assert "Ukraine: 8 a quarter" in made
    assert "Russia: 9 a quarter" in made


def test_each_unit_has_a_paper():
    assert {each.unit for each in handouts(CASE)} == {"00", "01", "02", "03", "04", "05", "06"}


def test_a_case_of_ones_own_has_its_papers_too(skeleton):
    names = by_name(load_case(skeleton))
    assert {"coding-sheet", "ripeness-sheet"} <= set(names)
    assert not any("Ukrain" in page for page in names.values())


def test_two_delegations_whose_keys_have_no_latin_letter_have_a_sheet_each(skeleton, tmp_path):
    folder = tmp_path / "case"
    shutil.copytree(skeleton, folder)
    game = folder / "negotiation.yaml"
    text = game.read_text("utf-8")
    one, other = tables.lab(load_case(skeleton)).parties
    for key, letters in ((one, "річка"), (other, "озеро")):
        text = re.sub(rf"\b{re.escape(key)}\b", letters, text)
    game.write_text(text, "utf-8")
    made = [each for each in handouts(load_case(folder)) if each.name.startswith("sheet")]
    assert len({each.name for each in made}) == len(made) == len(seats_of(tables.lab(load_case(folder))))
    assert len({each.page for each in made}) == len(made)


def test_a_seat_called_as_one_of_the_other_version_shares_no_paper_with_it(tmp_path):
    folder = tmp_path / "case"
    shutil.copytree(CASE.path, folder)
    game = folder / "negotiation.yaml"
    game.write_text(re.sub(r"\brussia\b", "ukraine-invented", game.read_text("utf-8")), "utf-8")
    names = [each.name for each in handouts(load_case(folder))]
    assert "sheet-ukraine-invented" in names
    assert len(set(names)) == len(names) == len(by_name())


def test_a_case_without_a_game_has_no_papers_for_one(skeleton, tmp_path):
    bare = tmp_path / "bare"
    shutil.copytree(skeleton, bare)
    (bare / "negotiation.yaml").unlink()
    assert not {"choice-slips", "press-card", "offer-form"} & set(by_name(load_case(bare)))


def test_markup_in_a_case_is_printed_as_text(skeleton, tmp_path):
    folder = tmp_path / "marked"
    shutil.copytree(skeleton, folder)
    path = folder / "case.yaml"
    path.write_text(re.sub(r"(?m)^title:.*$", 'title: "<script>alert(1)</script>"', path.read_text("utf-8")), "utf-8")
    page = by_name(load_case(folder))["coding-sheet"]
    assert "<script" not in page
    assert "&lt;script&gt;" in page


def test_all_papers_are_written_with_a_list_that_links_each(tmp_path):
    paths = write_handouts(CASE, tmp_path / "out", ["invented"])
    listed = re.findall(r'href="([^"]+)"', paths[0].read_text("utf-8"))
    assert paths[0].name == "index.html"
    assert sorted(listed) == sorted(path.name for path in paths[1:])
    assert not (tmp_path / "out" / "sheet-ukraine.html").exists()


def test_a_folder_that_is_a_file_is_refused_in_words(tmp_path):
    (tmp_path / "out").write_text("", encoding="utf-8")
    with pytest.raises(KitError, match="cannot be written"):
        write_handouts(CASE, tmp_path / "out")


def test_the_command_says_where_the_papers_are(tmp_path, capsys):
    assert main(["handouts", str(tmp_path / "out"), "--only", "real"]) == 0
    assert "index.html" in capsys.readouterr().out
    assert (tmp_path / "out" / "index.html").exists()


def test_without_a_browser_pdf_files_are_refused_before_anything_is_written(tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("PARLEY_BROWSER", raising=False)
    assert main(["handouts", str(tmp_path / "out"), "--pdf"]) == 1
    assert "Leave out --pdf" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_a_browser_that_prints_nothing_yields_nothing(tmp_path):
    paths = write_handouts(CASE, tmp_path, ["real"])[:2]
    assert list(as_pdf(paths, "true")) == []


def test_what_only_looks_like_a_date_is_printed_as_it_stands():
    assert say_days("from 2014-03 to 2014-03-21") == "from March 2014 to 21 March 2014"
    for text in ("the winter of 1990-91", "0800-12-34", "0000-01"):
        assert say_days(text) == text


def test_the_instructors_key_has_the_points_of_all_and_the_fair_deals():
    lab = tables.lab(CASE)
    page = by_name()["instructors-key"]
    best = lab.negotiation(lab.parties).nash().iloc[0]
    ideas = page.count(" for 2 seats") + page.count(" for 3 seats")
    points = (sum(map(len, lab.options.values())) + 1) * (2 + len(lab.seats))
    assert page.count("<td>") == points + ideas * (1 + len(lab.issues))
    letters = ["ABCDE"[list(issue.options).index(best[key])] for key, issue in lab.issues.items()]
    row = "".join(f"<td>{letter}</td>" for letter in letters)
    assert f"<td>Nash for 2 seats ({best['ukraine']:g}, {best['russia']:g})</td>{row}" in page


def test_a_browser_is_found_where_windows_keeps_one_without_a_command_for_it(tmp_path, monkeypatch):
    edge = tmp_path / "Microsoft" / "Edge" / "Application" / "msedge.exe"
    edge.parent.mkdir(parents=True)
    edge.touch()
    monkeypatch.delenv("PARLEY_BROWSER", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("ProgramFiles(x86)", str(tmp_path))
    assert find_browser() == str(edge)
