"""Marks are corrected on screen: kept at once, undone, counted, and never more than was asked."""

import shutil
from pathlib import Path

import pytest

from kit.case import load_case
from kit.errors import KitError
from kit.learning.compare_corrections import CompareCorrections
from kit.learning.correct_marks import CorrectMarks
from kit.learning.portfolio import portfolio
from tests.small_cases import write_case

CODEBOOK = """
kinds:
  actor:
    label: Actors
    codes:
      kyiv: {label: Kyiv's side, definition: One side., phrases: [Kyiv]}
  settlement:
    label: Settlements
    codes:
      talks: {label: Talks, definition: They speak., phrases: [talks]}
      pause: {label: A pause, definition: It stops., phrases: [pause]}
"""
ABOUT = "title: A case\nsummary: Two sides.\nas_of: 2024-01-01\ncontent_note: Nothing hard.\nlicence: CC0\n"
TEXT = "# The text\n\nKyiv asked for talks. A 🕊️ flew over Kyiv and over Kyiv. Nothing came of it.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    articles = {"articles/one.md": TEXT, "articles/two.md": TEXT.replace("The text", "Another")}
    return write_case(tmp_path / "mine", {"case.yaml": ABOUT, "codebook.yaml": CODEBOOK, **articles}).path


@pytest.fixture
def editor(folder: Path) -> CorrectMarks:
    return CorrectMarks(load_case(folder))


def marks(case, article="one"):
    table = case.marks[case.marks["article"] == article]
    return list(zip(table["sentence"], table["quote"], table["code"], table["source"], strict=True))


def drawn(editor, sentence):
    """What the page shows of a sentence: its marks' words, and whether each was taken away."""
    each = editor.page._sentences[sentence]
    units = each["text"].encode("utf-16-le")
    return [(units[2 * m["start"] : 2 * m["end"]].decode("utf-16-le"), m["gone"]) for m in each["marks"]]


def test_a_suggestion_taken_away_is_gone_from_the_case_at_once(editor):
    editor.page.hear({"what": "turn", "sentence": 1, "mark": 1})

    assert drawn(editor, 1) == [("Kyiv", False), ("talks", True)]
    assert (1, "talks", "settlement:talks", "rule") not in marks(editor.case)
    assert "remove" in (editor.case.path / "marks.csv").read_text()
    assert marks(load_case(editor.case.path)) == marks(editor.case)


def test_the_same_key_puts_it_back_and_leaves_no_row(editor):
    for _ in range(2):
        editor.page.hear({"what": "turn", "sentence": 1, "mark": 1})

    assert drawn(editor, 1) == [("Kyiv", False), ("talks", False)]
    assert editor.corrections == []


@pytest.mark.parametrize(("mark", "words"), [(0, "Kyiv and"), (1, "and over Kyiv")])
def test_one_of_two_marks_on_the_same_words_is_taken_away_and_put_back(editor, mark, words):
    gone = [("Kyiv", mark == 0), ("Kyiv", mark == 1)]
    editor.page.hear({"what": "turn", "sentence": 2, "mark": mark})
    assert drawn(editor, 2) == gone
    assert [each.words for each in editor.corrections] == [words]
    editor.page.hear({"what": "turn", "sentence": 2, "mark": mark})
    assert drawn(editor, 2) == [("Kyiv", False), ("Kyiv", False)]
    assert editor.corrections == []


def test_words_get_a_code_where_javascript_counts_them_beside_an_emoji(editor):
    text = editor.page._sentences[2]["text"]
    at = len(text[: text.index("flew")].encode("utf-16-le")) // 2
    editor.page.hear({"what": "add", "sentence": 2, "start": at, "end": at + 4, "code": 1})

    assert (2, "flew", "settlement:talks", "reader") in marks(editor.case)
    assert drawn(editor, 2)[0] == ("flew", False)


def test_a_whole_sentence_gets_a_code_without_words(editor):
    editor.add(3, 0, len("Nothing came of it."), "settlement:talks")

    assert [(each.words, each.code) for each in editor.corrections] == [("", "settlement:talks")]
    assert (3, "Nothing came of it.", "settlement:talks", "reader") in marks(editor.case)


def test_a_code_that_stands_already_is_not_given_twice(editor):
    editor.add(1, 0, 4, "actor:kyiv")

    assert editor.corrections == []
    assert editor.page._said["text"] == "These words bear the code Kyiv's side already."


def test_each_change_is_undone_the_last_one_first(editor):
    editor.turn(1, 0)
    editor.add(3, 0, 7, "settlement:talks")
    editor.undo()
    assert [each.verdict for each in editor.corrections] == ["remove"]
    editor.picker.value = "two"
    editor.undo()

    assert editor.corrections == []
    assert editor.article == "one"
    assert editor.page._said["sentence"] == 1
    editor.undo()
    assert editor.page._said["text"] == "There is nothing to undo."


def test_what_was_changed_elsewhere_is_not_undone(editor):
    editor.turn(1, 0)
    path = editor.case.path / "marks.csv"
    path.write_text(path.read_text() + "one,Nothing came of it.,,,actor:kyiv,add,settled,\n")
    editor.undo()

    assert len(editor.corrections) == 2
    assert "changed elsewhere" in editor.page._said["text"]


def test_a_file_that_cannot_be_read_whole_is_not_written_over(editor):
    path = editor.case.path / "marks.csv"
    path.write_text("article,quote,colour\none,Kyiv,red\n")
    before = path.read_text()
    with pytest.raises(KitError, match=r"marks\.csv"):
        editor.turn(1, 0)

    assert path.read_text() == before


def test_sentences_read_are_counted_and_kept(folder: Path, editor):
    for sentence in (1, 2, 2):
        editor.page.hear({"what": "read", "sentence": sentence})

    assert editor.progress == "2 of 4 sentences read"
    assert CorrectMarks(load_case(folder)).progress == "2 of 4 sentences read"


def test_a_coder_sees_nothing_of_the_other_coder(folder: Path):
    one = CorrectMarks(load_case(folder), by="coder-1")
    one.turn(1, 0)
    two = CorrectMarks(load_case(folder), by="coder-2")

    assert drawn(one, 1)[0] == ("Kyiv", True)
    assert drawn(two, 1)[0] == ("Kyiv", False)
    settling = CorrectMarks(load_case(folder))
    assert drawn(settling, 1)[0] == ("Kyiv", True)
    settling.turn(1, 0)
    assert drawn(settling, 1)[0] == ("Kyiv", False)
    assert (1, "Kyiv", "actor:kyiv", "rule") in marks(settling.case)


def test_corrections_of_a_bundled_case_stay_in_the_portfolio():
    case = load_case("northern-ireland")
    before = marks(case, case.articles[0].id)
    editor = CorrectMarks(case)
    sentence = next(number for number, each in enumerate(editor.page._sentences) if each["marks"])
    editor.turn(sentence, 0)

    assert drawn(editor, sentence)[0][1]
    assert marks(load_case("northern-ireland"), case.articles[0].id) == before
    assert drawn(CorrectMarks(case), sentence)[0][1]
    assert len(portfolio(case).entries("00/marks/")) == 1
    editor.undo()
    assert editor.corrections == []


def test_a_name_of_a_person_is_refused(folder: Path):
    with pytest.raises(KitError, match="names of persons stay out"):
        CorrectMarks(load_case(folder), by="Anna")


def test_two_readers_are_laid_side_by_side(folder: Path):
    CorrectMarks(load_case(folder), by="coder-1").turn(1, 0)
    case = load_case(folder)
    compared = CompareCorrections(case, "coder-1", "coder-2", names=("A", "B"))

    assert compared.article.value == "one"
    assert list(compared._table.index) == [(1, "actor:kyiv")]
    assert "percent agreement" in compared.agreement.value
    compared.choose("one|1")
    assert "Only B" in compared.card.value
    assert "Only A" not in compared.card.value
    assert list(compared.evidence["text"]) == ["Kyiv asked for talks."]


def test_a_reader_s_file_is_compared_with_another(folder: Path, tmp_path: Path):
    CorrectMarks(load_case(folder)).turn(1, 0)
    theirs = tmp_path / "theirs.csv"
    shutil.move(folder / "marks.csv", theirs)
    compared = CompareCorrections(load_case(folder), theirs, "settled")

    assert list(compared._table.index) == [(1, "actor:kyiv")]
    with pytest.raises(KitError, match="There is no file"):
        CompareCorrections(load_case(folder), tmp_path / "none.csv", theirs)


def test_a_case_without_a_codebook_has_nothing_to_correct_or_to_compare(bare):
    for made in (CorrectMarks(bare), CompareCorrections(bare, "coder-1", "coder-2")):
        assert "This case has no" in " ".join(getattr(each, "value", "") for each in all_within(made))


def all_within(widget):
    yield widget
    for each in getattr(widget, "children", ()):
        yield from all_within(each)
