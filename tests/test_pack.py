"""The instructor's pack: its index names each file, each file is there, and it tells nothing of the machine it was made on."""

import re
import zipfile
from html import unescape
from pathlib import Path

import pytest

from kit.case import load_case
from kit.classroom import ready_pack
from kit.screen.download import Download
from tools import pack
from tools.lesson_plans import load

CASE = load_case("ukraine")
HOME = str(Path(__file__).resolve().parent.parent)


@pytest.fixture(scope="module")
def packed(tmp_path_factory):
    """The files of a pack without PDF files and slides, by their names in it, and what it says it lacks."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pack, "slide_papers", lambda case: [])
        target = tmp_path_factory.mktemp("pack") / "parley-pack.zip"
        missing = pack.make_pack(CASE, target, pdf=False, say=lambda words: None)
    with zipfile.ZipFile(target) as opened:
        return {name.removeprefix("parley-pack/"): opened.read(name) for name in opened.namelist()}, missing


def test_the_index_links_every_file_of_the_pack_and_no_other(packed):
    files, _ = packed
    linked = links(files["index.html"])
    assert linked | {f"phone/{each}" for each in links(files["phone/projector.html"])} == set(files) - {"index.html"}
    assert not any(each.startswith("phone/0") for each in linked)  # fifty rows of questions would hide the rest


def links(page):
    return {unescape(each) for each in re.findall(r'href="([^"]+)"', page.decode())}


def test_the_texts_of_notebooks_stand_open_and_those_of_exercises_are_there(packed):
    text = packed[0]["texts/03-obstacles.html"].decode()
    assert "<h4>What you may have seen</h4>" in text
    assert "details" not in text


def test_an_exercise_on_paper_has_the_options_of_its_tasks_and_lines_for_the_others(packed):
    text = packed[0]["texts/exercise-03.html"].decode()
    assert "☐ A faction bombs a market on the day of signing, because peace would end its rule" in text
    assert "Each army hides how many shells it has left: __________" in text
    assert "Choose from: private information; commitment problem; indivisible issue; none of the three." in text
    assert "Answer: __________ points" in text
    assert text.count("<hr") == 8  # the tree's evidence, and the text of the last task


def test_each_page_to_print_has_its_pdf_behind_it_with_its_length(monkeypatch):
    def print_pages(pages, browser):
        for number, page in enumerate(pages, 1):
            pdf = page.with_suffix(".pdf")
            pdf.write_bytes(b"(D:20261130120000" + b" /Type /Page " * number)
            yield pdf

    monkeypatch.setattr(pack, "as_pdf", print_pages)
    papers = [pack.Paper(name, "A sheet", "one each", b"", printed=True) for name in ("a.html", "b.html")]
    (part,) = pack.with_pdf([pack.Part("Sheets", "", papers)], "a browser", say=lambda words: None)
    assert [(each.path, each.title) for each in part.papers] == [
        ("a.html", "A sheet"), ("a.pdf", "1 page"), ("b.html", "A sheet"), ("b.pdf", "2 pages"),
    ]  # fmt: skip


def test_the_index_says_how_many_to_print_and_what_is_missing(packed):
    files, missing = packed
    text = files["index.html"].decode()
    assert "<td>one for two</td>" in text
    assert len(missing) == 2
    assert all(unescape(each) in unescape(text) for each in missing)


def test_the_index_gathers_what_a_unit_needs_and_how_many_to_print(packed):
    text = packed[0]["index.html"].decode()
    row = re.search(r"<tr><td>03 Obstacles</td><td>(.*?)</td><td>(.*?)</td></tr>", text)
    assert links(row[1].encode()) == {"lesson-plans/03-obstacles.html", "texts/answers-03.html"}
    assert links(row[2].encode()) == {
        "texts/03-obstacles.html",
        "texts/exercise-03.html",
        "handouts/03/worksheet-03.html",
        "handouts/03/obstacle-cards.html",
    }
    assert "Worksheet: obstacles</a>: one for two" in row[2]
    for_you, for_learners = re.search(r"<td>06 Negotiation lab</td><td>(.*?)</td><td>(.*?)</td>", text).groups()
    assert for_you.count("s points: ") == 2
    assert "Everybody" not in for_learners


def test_the_answers_to_an_exercise_name_what_the_solution_gives(packed):
    text = packed[0]["texts/answers-03.html"].decode()
    assert "<strong>Answer:</strong> 37" in text
    assert "“Years of war have heaped up distrust.” (Surge)" in text
    assert "Exchange of prisoners, in stages up to all for all: 1" in packed[0]["texts/answers-04.html"].decode()


def test_a_pack_holds_what_each_unit_needs(packed):
    names = set(packed[0])
    assert {f"handouts/{n:02}.html" for n in range(7)} <= names
    assert {"lms/moodle.xml", "lms/qti21.zip", "lms/read-me.txt", "phone/projector.html", "rubrics.html"} <= names
    assert {"guides/remote-class.html", "lesson-plans/03-obstacles.html"} <= names
    assert sum(name.startswith("articles/") for name in names) == 5


def test_points_stand_in_confidential_papers_alone(packed):
    open_papers = packed[0]["handouts/06.html"].decode()
    assert "Role sheet" not in open_papers
    assert any(name.startswith("handouts/confidential/sheet") for name in packed[0])


def test_no_path_of_the_machine_stands_in_the_pack(packed):
    for name, data in packed[0].items():
        assert HOME.encode() not in data, name
        assert b"file://" not in data, name


def test_the_lines_of_an_article_are_counted_and_no_word_is_lost(packed):
    article = CASE.articles[0]
    page = packed[0][f"articles/{article.id}.html"].decode()
    numbers = [int(n) for n in re.findall(r'class="number">(\d+)<', page)]
    assert numbers == list(range(5, 5 * len(numbers) + 1, 5))
    words = unescape(re.sub(r"<[^>]+>", " ", page)).split()
    assert set(article.text.split()) <= set(words)
    assert "A retelling by Parley" in page


def test_the_rubrics_of_all_units_stand_on_one_page(packed):
    assert re.findall(r"<h2>Unit (\d\d)</h2>\s*<blockquote>", packed[0]["rubrics.html"].decode()) == list(load())


def test_a_link_to_a_file_that_the_pack_does_not_hold_keeps_its_words(packed):
    for name in (each for each in packed[0] if each.startswith(("guides/", "lesson-plans/"))):
        links = re.findall(r'href="([^"]+)"', packed[0][name].decode())
        assert all(each.startswith("https://") for each in links), name


@pytest.fixture
def button(monkeypatch, tmp_path):
    """A button in a checkout where a pack lies already, and a way to say what its script does."""
    (tmp_path / "dist").mkdir()
    (tmp_path / "dist" / "made.zip").write_bytes(b"zip")
    (tmp_path / "tools").mkdir()
    (tmp_path / "tools" / "pack.py").write_text("", encoding="utf-8")
    monkeypatch.setattr(ready_pack, "ROOT", tmp_path)
    made = ready_pack.ReadyPack()
    made.script = (tmp_path / "tools" / "pack.py").write_text
    return made


def test_the_button_shows_what_the_pack_lacks_and_offers_it(button):
    button.script('print("Not in this pack: slides.\\ndist/made.zip: 0.1 MB. Unpack it and open index.html.")', "utf-8")
    button.button.click()
    assert "Not in this pack: slides." in button.said.value
    assert "beside each release" in button.said.value
    (offered,) = [child for child in button.children if isinstance(child, Download)]
    assert offered.content == b"zip"


def test_a_pack_that_lacks_nothing_needs_no_word_of_another(button):
    button.script('print("dist/made.zip: 0.1 MB. Unpack it and open index.html.")', "utf-8")
    button.button.click()
    assert "beside each release" not in button.said.value


def test_a_pack_that_fails_says_why_and_where_a_ready_one_lies(button):
    button.script('raise SystemExit("The disk is full")', "utf-8")
    button.button.click()
    assert "The disk is full" in button.said.value
    assert "beside each release" in button.said.value
    assert not button.button.disabled


def test_where_no_pack_can_be_made_the_button_says_where_a_ready_one_lies(monkeypatch, tmp_path):
    monkeypatch.setattr(ready_pack, "ROOT", tmp_path)
    pack_button = ready_pack.ReadyPack()
    assert pack_button.button.disabled
    assert "beside each release" in pack_button.said.value
