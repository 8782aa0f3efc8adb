"""Question banks as LMS files: each is read again by a reader of its own here and compared field by field."""

import io
import json
import re
import zipfile
from xml.etree import ElementTree as ET

import pytest
import yaml

import kit
from kit.authoring.cli import main
from kit.authoring.lms_formats import FORMATS, write_gift, write_moodle, write_qti12, write_qti21
from kit.authoring.quiz_export import export_quizzes
from kit.errors import KitError
from kit.file_names import name_files, tell_apart
from tests.small_cases import write_case

ODD = 'a < b & "c" ~ = # { } : \\ -> é \U0001f54a \x00'
BANK = yaml.safe_load("""
- id: 03/q 1
  type: multiple_choice
  question: Which?
  answers: [{answer: right, correct: true, feedback: Yes.}, {answer: wrong, correct: false, feedback: No.}]
- id: 03-Q-1
  type: many_choice
  question: Which ones?
  answers:
    - {answer: one, correct: true, feedback: "Yes, one."}
    - {answer: two, correct: true, feedback: "Yes, two."}
    - {answer: three, correct: true, feedback: "Yes, three."}
    - {answer: four, correct: false, feedback: Not four.}
- id: q3
  type: order
  question: In what order?
  items: [{item: first, feedback: It begins.}, {item: then, feedback: It follows.}]
- id: q4
  type: match
  question: What belongs?
  pairs:
    - {left: a, right: x, feedback: a with x}
    - {left: b, right: y, feedback: b with y}
    - {left: c, right: x, feedback: c with x}
- id: q5
  type: defend
  question: Which first?
  answers: [{answer: this}, {answer: that}]
  views: [{title: One, text: Since.}, {title: Other, text: Because.}]
""")
BANK[0]["question"] = f"Which? {ODD}"
BANK[0]["answers"][0] |= {"answer": f"right {ODD}", "feedback": f"Yes. {ODD}"}
CLEAN = ODD.replace("\x00", "\ufffd")


@pytest.fixture(scope="module")
def case():
    return kit.load_case("ukraine")


def text(element, path):
    return (element.find(path).text or "") if element.find(path) is not None else ""


# --- Moodle


def unescaped(words):
    """HTML text as Moodle would show it."""
    return "".join(ET.fromstring(f"<x>{words}</x>").itertext())


def test_moodle_xml_holds_every_question_choice_and_note():
    root = ET.fromstring(write_moodle({"03": BANK}, "A/B"))
    assert text(root, "question[@type='category']/category/text") == "$course$/top/A-B/03"
    one, many, order, match, defend = root.findall("question")[1:]
    assert [each.get("type") for each in (one, many, order, match, defend)] == [
        "multichoice",
        "multichoice",
        "matching",
        "matching",
        "essay",
    ]
    assert text(one, "name/text") == "03/q 1"
    assert unescaped(text(one, "questiontext/text")) == f"Which? {CLEAN}"
    assert (text(one, "single"), text(many, "single")) == ("true", "false")
    answers = [
        (unescaped(text(each, "text")), each.get("fraction"), unescaped(text(each, "feedback/text")))
        for each in one.findall("answer")
    ]
    assert answers == [(f"right {CLEAN}", "100", f"Yes. {CLEAN}"), ("wrong", "0", "No.")]
    assert [each.get("fraction") for each in many.findall("answer")] == ["33.33333"] * 3 + ["-100"]
    pairs = [
        [(text(p, "text"), text(p, "answer/text")) for p in each.findall("subquestion")] for each in (order, match)
    ]
    assert pairs == [[("first", "1"), ("then", "2")], [("a", "x"), ("b", "y"), ("c", "x")]]
    assert unescaped(text(match, "generalfeedback/text")) == "a: a with xb: b with yc: c with x"
    assert "this; that" in text(defend, "questiontext/text")
    assert unescaped(text(defend, "generalfeedback/text")) == "One: Since.Other: Because."


# --- GIFT: a small reader of its own


def read_gift(source):
    """Return (title, question, lines of the answer) of each question in a GIFT file; escaped signs as they are meant."""
    hidden = re.sub(r"\\([\\~=#{}:])", lambda sign: chr(0xE000 + ord(sign[1])), source)
    found = re.findall(r"^::(.*?)::(.*?) \{\n(.*?)\n\}", hidden, re.DOTALL | re.MULTILINE)
    return [(shown(title), shown(asked), body.split("\n")) for title, asked, body in found]


def shown(words):
    return re.sub("[\ue000-\ue0ff]", lambda sign: chr(ord(sign[0]) - 0xE000), words)


def test_gift_holds_every_question_choice_and_note():
    one, many, order, match, defend = read_gift(write_gift({"03": BANK}, "T").decode())
    line = " ".join(ODD.split()).replace("->", "→")
    assert one[:2] == ("03/q 1", f"Which? {line}")
    choices = [re.fullmatch(r"\t([=~])(?:%(.*?)%)?(.*?) #(.*)", each).groups() for each in one[2] + many[2]]
    assert [(mark, share) for mark, share, _, _ in choices] == [
        ("=", None),
        ("~", None),
        *[("~", "33.33333")] * 3,
        ("~", "-100"),
    ]
    assert [(shown(words), shown(note)) for _, _, words, note in choices[:2]] == [
        (f"right {line}", f"Yes. {line}"),
        ("wrong", "No."),
    ]
    assert order[2][:2] == ["\t=first -> 1", "\t=then -> 2"]
    assert match[2] == ["\t=a -> x", "\t=b -> y", "\t=c -> x", match[2][3]]
    assert shown(match[2][3]) == "\t####a: a with x / b: b with y / c: c with x"
    assert "this; that" in defend[1]
    assert shown(defend[2][0]) == "\t####One: Since. / Other: Because."


# --- QTI


def unpacked(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: ET.fromstring(archive.read(name)) for name in archive.namelist()}


def check_manifest(files):
    """Every file that the manifest names is there, and every file but the manifest is named."""
    manifest = files["imsmanifest.xml"]
    space = "{http://www.imsglobal.org/xsd/imscp_v1p1}"
    named = [each.get("href") for each in manifest.iter(f"{space}file")]
    assert sorted(named) == sorted(set(files) - {"imsmanifest.xml"})
    names = [each.get("identifier") for each in manifest.iter(f"{space}resource")]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[A-Za-z][\w.-]*", name) for name in names)


def test_qti_2_1_holds_every_question_as_it_is():
    files = unpacked(write_qti21({"03": BANK}, "T"))
    check_manifest(files)
    q = "{http://www.imsglobal.org/xsd/imsqti_v2p1}"
    one, many, order, match, defend = (each for name, each in files.items() if name.startswith("items/"))
    assert one.get("title") == "03/q 1"
    assert text(one, f".//{q}prompt") == f"Which? {CLEAN}"
    choices = {each.get("identifier"): each.text for each in one.iter(f"{q}simpleChoice")}
    assert choices == {"A1": f"right {CLEAN}", "A2": "wrong"}
    correct = [[each.text for each in item.iter(f"{q}value")] for item in (one, many, order, match)]
    assert correct == [["A1"], ["A1", "A2", "A3"], ["A1", "A2"], ["L1 R1", "L2 R2", "L3 R1"]]
    notes = {each.get("identifier"): text(each, f"{q}p") for each in one.iter(f"{q}modalFeedback")}
    assert notes == {"A1": f"Yes. {CLEAN}", "A2": "No."}
    assert [each.text for each in match.iter(f"{q}simpleAssociableChoice")] == ["a", "b", "c", "x", "y"]
    assert [each.text for each in order.iter(f"{q}p")] == ["first: It begins.", "then: It follows."]
    assert [each.text for each in defend.iter(f"{q}simpleChoice")] == ["this", "that"]
    assert not list(defend.iter(f"{q}correctResponse"))
    test = files["unit-03.xml"]
    assert [each.get("href") for each in test.iter(f"{q}assessmentItemRef")] == [
        name for name in files if name.startswith("items/")
    ]


def test_qti_1_2_holds_every_question_choice_and_note():
    files = unpacked(write_qti12({"03": BANK}, "T"))
    check_manifest(files)
    q = "{http://www.imsglobal.org/xsd/ims_qtiasiv1p2}"
    one, many, order, match, defend = files["unit-03.xml"].iter(f"{q}item")
    kinds = [text(item, f".//{q}fieldentry") for item in (one, many, order, match, defend)]
    assert kinds == [
        "multiple_choice_question",
        "multiple_answers_question",
        "matching_question",
        "matching_question",
        "essay_question",
    ]
    assert text(one, f"{q}presentation/{q}material/{q}mattext") == f"Which? {CLEAN}"
    labels = {each.get("ident"): text(each, f".//{q}mattext") for each in one.iter(f"{q}response_label")}
    assert labels == {"a1": f"right {CLEAN}", "a2": "wrong"}
    notes = {each.get("ident"): text(each, f".//{q}mattext") for each in one.iter(f"{q}itemfeedback")}
    assert notes == {"a1_fb": f"Yes. {CLEAN}", "a2_fb": "No."}
    scored = [
        [(text(each, f".//{q}varequal"), text(each, f"{q}setvar")) for each in item.iter(f"{q}respcondition")]
        for item in (one, many, match)
    ]
    assert scored[0] == [("a1", "100"), ("a2", "")]
    assert scored[1] == [("a1", "33.33"), ("a2", "33.33"), ("a3", "33.33"), ("a4", "-100.00")]
    assert scored[2][:3] == [("r1", "33.33"), ("r2", "33.33"), ("r1", "33.33")]
    assert text(defend, f"{q}itemfeedback//{q}mattext") == "One: Since. / Other: Because."


# --- all of them


@pytest.mark.parametrize("to", FORMATS)
def test_every_question_of_the_case_is_written_the_same_each_time(case, to):
    data, told = export_quizzes(case, to)
    assert (data, told) == export_quizzes(case, to)
    parts = b"".join(zipfile.ZipFile(io.BytesIO(data)).read(n) for n in unpacked(data)) if "qti" in to else data
    count = sum(len(case.quiz(f"0{unit}")) for unit in range(7))
    assert sum(name in told_line for told_line in told for name in [": "]) == len(told)
    ending = {"moodle": b"<questiontext", "gift": b"\n::", "qti12": b"<item ", "qti21": b"<assessmentItem "}[to]
    assert parts.count(ending) == count


def test_a_question_that_cannot_be_asked_is_listed_and_left_out(tmp_path, capsys):
    quiz = json.dumps([BANK[2] | {"id": "a"}, {"id": "b", "type": "riddle", "question": "?"}])
    write_case(tmp_path, {"articles/one.md": "# One\n\nA sentence.\n", "quiz/01.json": quiz})
    out = tmp_path / "quiz.xml"
    assert main(["quiz-export", "--to", "moodle", str(out), "--case", str(tmp_path)]) == 0
    told = capsys.readouterr().out
    assert "left out: Question b" in told
    assert "a: it becomes a match" in told
    assert out.read_bytes().count(b"<questiontext") == 1


def test_one_unit_alone_is_written_and_a_unit_that_is_not_there_refused(case):
    data, _ = export_quizzes(case, "gift", ["03"])
    assert data.count(b"$CATEGORY") == 1
    with pytest.raises(KitError, match="no unit '09'"):
        export_quizzes(case, "gift", ["09"])


def test_a_file_with_another_ending_is_refused(capsys):
    assert main(["quiz-export", "--to", "qti21", "quiz.xml"]) == 1
    assert "ends in .zip" in capsys.readouterr().err


def test_no_two_files_are_called_alike_whatever_they_are_named_after():
    names = name_files(["Київ", "Москва", "a b", "A-B", "con", "", "../../etc", "x" * 500], "sheet")
    assert names == ["sheet", "sheet-2", "a-b", "a-b-2", "sheet-con", "sheet-3", "etc", "x" * 60]


def test_a_number_that_tells_two_apart_is_no_other_s_name():
    assert tell_apart(["a", "A-2", "A", "a"]) == ["a", "A-2", "A-3", "a-4"]
    assert tell_apart(["heron"] * 20_000, "{} ({})")[-1] == "heron (20000)"
