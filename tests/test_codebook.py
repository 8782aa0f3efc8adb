"""What a codebook's file may say, and how its mistakes are told."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kit
from kit.codebook import Codebook
from kit.errors import CodebookError
from kit.reading.phrases import Phrase, expand, parse

HEAD = """\
title: The ferry dispute
kinds:
  actor:
    label: Actors
    codes:
      east:
        label: The East Bank
        definition: The East Bank and its council.
        phrases:
"""


def load(folder: Path, text: str) -> Codebook:
    path = folder / "codebook.yaml"
    path.write_text(text, encoding="utf-8")
    return kit.load_codebook(path)


def problems(folder: Path, text: str) -> list[str]:
    with pytest.raises(CodebookError) as caught:
        load(folder, text)
    assert all(problem in str(caught.value) for problem in caught.value.problems)
    assert caught.value.remedy
    return list(caught.value.problems)


def phrases(folder: Path, *lines: str) -> list[Phrase]:
    codebook = load(folder, HEAD + "".join(f"          - {line}\n" for line in lines))
    return list(codebook.codes["actor:east"].phrases)


def test_a_codebook_holds_kinds_codes_labels_and_definitions_in_order(tmp_path: Path):
    text = (
        HEAD
        + "          - East Bank\n      west: {label: The West, definition: The other bank., phrases: [West Bank]}\n"
    )
    codebook = load(tmp_path, text)
    assert codebook.title == "The ferry dispute"
    assert list(codebook.codes) == ["actor:east", "actor:west"]
    assert codebook.label("actor:west") == "The West"
    assert codebook.definition("actor:east") == "The East Bank and its council."
    assert codebook.codes["actor:east"].phrases == ("East Bank",)
    assert repr(codebook) == "Codebook('The ferry dispute', 1 kinds, 2 codes)"


def test_brackets_are_written_out(tmp_path: Path):
    assert phrases(tmp_path, "(sign|break) the (deal|(peace|truce) accord)") == [
        "sign the deal", "sign the peace accord", "sign the truce accord",
        "break the deal", "break the peace accord", "break the truce accord",
    ]  # fmt: skip


def test_an_empty_choice_leaves_a_word_out(tmp_path: Path):
    assert phrases(tmp_path, "(the |)ferry pact") == ["the ferry pact", "ferry pact"]


@pytest.mark.parametrize(
    ("phrase", "terms"),
    [
        ("East Bank", ("east", "bank")),
        ("cease-fire", ("cease", "fire")),
        ("Kyiv’s red lines", ("kyiv", "s", "red", "lines")),
        ("negotiat* table", ("negotiat*", "table")),
        ("US troops", ("=US", "troops")),
        ("U.S. troops", ("=US", "troops")),
        ("NATO", ("nato",)),
        ("reject* ... the deal", ("reject*", "...", "the", "deal")),
        ("İstanbul", ("istanbul",)),
    ],
)
def test_words_become_terms(phrase: str, terms: tuple[str, ...]):
    assert parse(phrase) == terms


def test_case_may_be_asked_for_or_waived():
    assert parse("Turkey", case=True) == ("=Turkey",)
    assert parse("US", case=False) == ("us",)


def test_a_code_tells_a_reader_what_counts_what_does_not_and_examples(tmp_path: Path):
    text = (
        HEAD
        + "          - East Bank\n        counts: The council.\n        counts_not: The river.\n        examples: [The East Bank met., It voted.]\n"
    )
    code = load(tmp_path, text).codes["actor:east"]
    assert (code.counts, code.counts_not) == ("The council.", "The river.")
    assert code.examples == ("The East Bank met.", "It voted.")


def test_a_phrase_may_have_conditions_of_its_own(tmp_path: Path):
    (phrase,) = phrases(tmp_path, "{text: will not, needs: [concede, withdraw*], not_in: [will not be published]}")
    assert phrase == "will not"
    assert phrase.needs == ("concede", "withdraw*")
    assert phrase.not_in == ("will not be published",)


@pytest.mark.parametrize(
    ("phrase", "message"),
    [
        ("'ab*'", "at least three letters"),
        ("'* bank'", "does not follow a word"),
        ("'east*bank'", "inside a word"),
        ("'... bank'", "either side"),
        ("'east ... ... bank'", "either side"),
        ("'east, bank'", "holds ','"),
        ("'end. Start'", "full stop"),
        ("'(east|west'", "holds '('"),
        ("'<west> bank'", "holds '<'"),
        ("'---'", "no word"),
        ("''", "must be a text"),
        ("[a, b]", "must be a list"),
        ("{case: true}", "lacks 'text'"),
        ("{text: east, cast: true}", "has no 'cast'"),
        ("{text: east, case: maybe}", "'case' must be true or false"),
        ("'" + "(a|b|c|d|e)" * 5 + "'", "more than 400"),
    ],
)
def test_a_mistaken_phrase_is_named_with_its_line(tmp_path: Path, phrase: str, message: str):
    (problem,) = problems(tmp_path, f"{HEAD}          - fine\n          - {phrase}\n")
    assert problem.startswith("line 11: ")
    assert message in problem


def test_all_mistakes_are_told_at_once_in_order_of_line(tmp_path: Path):
    text = """\
titel: x
kinds:
  Actor: {label: A, codes: {}}
  driver:
    label: Drivers
    codes:
      cost:
        label: Cost
        phrases: []
      price: {label: Price, definition: What it costs., phrases: [price]}
      price: {label: Price, definition: What it costs., phrases: [price]}
      fatigue:
        label: Fatigue
        definition: Tired of it.
        phrases: [weary, tired, Weary]
"""
    found = problems(tmp_path, text)
    assert [problem.split(":")[0] for problem in found] == [
        "line 1",
        "line 3",
        "line 7",
        "line 9",
        "line 11",
        "line 15",
    ]
    assert "has no 'titel'" in found[0]
    assert "'Actor' is no name" in found[1]
    assert "lacks 'definition'" in found[2]
    assert "at least one phrase" in found[3]
    assert "'price' stands twice" in found[4]
    assert "'Weary' stands twice" in found[5]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "the file is empty"),
        ("just words", "list of 'key: value' lines"),
        ("- a\n- b\n", "list of 'key: value' lines"),
        ("kinds: [a", "This is not valid YAML"),
        ("kinds: {actor: &a {}, driver: *a}", "An alias"),
        ("title: x\n", "lacks 'kinds'"),
        ("kinds: {}", "kinds is empty"),
        ("kinds: " + "{a: " * 60, "nested more than"),
        ("kinds: " + "[" * 5000, "nested too deeply"),
        ("? [a, b]\n: c\n", "A name is a list"),
        ("kinds: {a: {label: , codes: {}}}", "label of the kind 'a' must be a text"),
    ],
)
def test_a_file_that_is_no_codebook_is_said_so(tmp_path: Path, text: str, message: str):
    assert message in "\n".join(problems(tmp_path, text))


@pytest.mark.parametrize("data", [b"\xff\xfe\x00\xd8", b"kinds: \xe9"])
def test_a_file_in_another_encoding_is_refused(tmp_path: Path, data: bytes):
    path = tmp_path / "codebook.yaml"
    path.write_bytes(data)
    with pytest.raises(CodebookError, match="UTF-8"):
        kit.load_codebook(path)


def test_a_file_that_is_too_large_is_refused(tmp_path: Path):
    path = tmp_path / "codebook.yaml"
    with path.open("wb") as stream:
        stream.truncate(3 * 2**20)
    with pytest.raises(CodebookError, match="larger"):
        kit.load_codebook(path)


def test_a_codebook_is_found_by_file_by_folder_and_by_name(tmp_path: Path):
    load(tmp_path, HEAD + "          - East Bank\n")
    assert kit.load_codebook(tmp_path).codes.keys() == kit.load_codebook(tmp_path / "codebook.yaml").codes.keys()
    assert "actor:ukraine" in kit.load_codebook("ukraine").codes


@pytest.mark.parametrize("name", ["nowhere", "../ukraine", "Ukraine/"])
def test_an_unknown_codebook_is_answered_with_those_there_are(name: str):
    with pytest.raises(CodebookError, match="ukraine"):
        kit.load_codebook(name)


def test_an_unknown_code_is_answered_with_the_likely_one(tmp_path: Path):
    codebook = load(tmp_path, HEAD + "          - East Bank\n")
    with pytest.raises(CodebookError, match="actor:east"):
        codebook.label("actor:eest")


@given(st.text(alphabet=" abAB*.-'’()|<>…,US\n", max_size=30))
def test_any_phrase_is_read_or_refused(text: str):
    try:
        terms = [parse(variant) for variant in expand(text)]
    except ValueError:
        return
    assert all(all(each) for each in terms)


@given(st.text(max_size=200))
def test_any_file_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, text: str):
    path = tmp_path_factory.getbasetemp() / "any.yaml"
    path.write_text(text, encoding="utf-8", errors="replace")
    with pytest.raises(CodebookError):
        kit.load_codebook(path)


def test_what_is_no_path_is_refused_with_a_remedy():
    with pytest.raises(CodebookError, match=r"load_codebook: NoneType was given\. Give a file's path"):
        kit.load_codebook(None)
