"""The files of a case: read safely, and every value with its line."""

import pytest

from kit.errors import CaseError
from kit.reading.data_files import path_inside, read_csv, read_json, read_text, read_yaml

COLUMNS = ("date", "title", "text")


def written(folder, name, text, encoding="utf-8"):
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
    return path


def test_every_value_of_a_yaml_file_knows_its_line(tmp_path):
    document = read_yaml(
        written(tmp_path, "a.yaml", "measures:\n  hotline:\n    cost: 2\n  corridor:\n    - one\n    - two\n")
    )
    assert document.data == {"measures": {"hotline": {"cost": 2}, "corridor": ["one", "two"]}}
    assert document.line(("measures", "hotline", "cost")) == 3
    assert document.line(("measures", "corridor", 1)) == 6


def test_an_unknown_path_gets_the_line_of_what_stands_above_it(tmp_path):
    document = read_yaml(written(tmp_path, "a.yaml", "a: 1\nb:\n  c: 2\n"))
    assert document.line(("b", "missing", "deeper")) == 2


def test_a_key_that_stands_twice_is_named_with_its_line(tmp_path):
    (problem,) = read_yaml(written(tmp_path, "a.yaml", "a: 1\nb: 2\na: 3\n")).problems
    assert "'a' stands twice" in str(problem)
    assert "line 3" in str(problem)


def test_a_name_that_stands_twice_in_json_is_told(tmp_path):
    document = read_json(written(tmp_path, "a.json", '[{"id": 1, "b": 2, "id": 3}, {"id": 4}]'))
    assert document.data == [{"id": 3, "b": 2}, {"id": 4}]
    assert [str(each) for each in document.problems] == [
        "a.json: 'id' stands twice in one place. Keep one; the later one would win unseen."
    ]


def test_a_text_that_yaml_cuts_off_at_a_number_sign_is_warned_of_and_a_comment_is_not(tmp_path):
    document = read_yaml(written(tmp_path, "a.yaml", "a: Київ, point #4 of it\nb: 2 # two\nc: x#1\nd: 'y #1'\n"))
    assert document.data == {"a": "Київ, point", "b": 2, "c": "x#1", "d": "y #1"}
    ((problem,), said) = document.problems, "What stands behind 'Київ, point' is left out"
    assert (problem.line, problem.what, problem.is_warning) == (1, said, True)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: [1, 2\nb: 3\n", "not valid YAML"),
        ("a: &x [1]\nb: *x\n", "alias"),
        ("[" * 100 + "]" * 100, "nested"),
        ("a: !!python/object/apply:os.system ['true']\n", "not valid YAML"),
        ("a: 1\n---\nb: 2\n", "second document"),
        ("? [a, b]\n: 1\n", "A name is a list"),
    ],
)
def test_yaml_that_is_broken_or_tricky_is_refused_in_words(tmp_path, text, said):
    with pytest.raises(CaseError, match=said):
        read_yaml(written(tmp_path, "a.yaml", text))


@pytest.mark.parametrize("value", ["on", "No", "12:30", "007", "2026-13-45", "1_000", "0x1F", "9" * 5000])
def test_what_yaml_would_turn_into_something_else_stays_the_text_that_it_is(tmp_path, value):
    assert read_yaml(written(tmp_path, "a.yaml", f"a: {value}\n")).data == {"a": value}


def test_names_are_texts_whatever_they_look_like(tmp_path):
    document = read_yaml(written(tmp_path, "a.yaml", "on: 1\n2014: 2\n2014-03-21: 3\n"))
    assert list(document.data) == ["on", "2014", "2014-03-21"]


def test_a_described_file_keeps_every_value_as_it_is_written(tmp_path):
    assert read_yaml(written(tmp_path, "a.yaml", "a: [1, true, ~, 1.50]\n"), as_text=True).data == {
        "a": ["1", "true", None, "1.50"]
    }


def test_a_bare_colon_is_told_as_what_it_is_with_the_remedy(tmp_path):
    with pytest.raises(CaseError, match=r'line 2: A colon in the title .* title: "The river: a quarrel"'):
        read_yaml(written(tmp_path, "a.yaml", "a: 1\ntitle: The river: a quarrel\n"))


def test_half_a_character_is_shown_as_lost_and_breaks_nothing(tmp_path):
    assert read_json(written(tmp_path, "01.json", '["a\\ud800b"]')).data == ["a\ufffdb"]


def test_a_number_of_thousands_of_figures_stays_a_text(tmp_path):
    assert read_json(written(tmp_path, "01.json", "[" + "9" * 5000 + "]")).data == ["9" * 5000]


def test_a_broken_yaml_file_names_the_line(tmp_path):
    with pytest.raises(CaseError, match="line 3"):
        read_yaml(written(tmp_path, "a.yaml", "a: 1\nb: 2\nc: 'open\n"))


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_rows_of_a_spreadsheet_keep_their_lines_even_with_line_breaks_in_a_cell(tmp_path, separator):
    text = "date,title,text\n2014,One,'a\n'\n\n2015,Two,b\n".replace("'", '"').replace(",", separator)
    document = read_csv(written(tmp_path, "events.csv", "\ufeff" + text), COLUMNS)
    assert [row["title"] for row in document.data] == ["One", "Two"]
    assert [document.line((0,)), document.line((1,))] == [2, 5]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
@pytest.mark.parametrize("above", ["", "sep=;\n", "\n\n", ";;;;\n", "SEP=;\n", '"sep=;";;\n', "sep=\\t\n"])
def test_a_table_as_a_spreadsheet_of_another_country_writes_it(tmp_path, encoding, above):
    text = f"{above}date;title;text;;\n2014;Київ;a, b;;\n"
    document = read_csv(written(tmp_path, "events.csv", text.replace("\n", "\r\n"), encoding), COLUMNS)
    assert document.data == [{"date": "2014", "title": "Київ", "text": "a, b"}]
    assert document.problems == []
    assert document.line((0,)) == document.line(()) + 1 == above.count("\n") + 2


def test_a_quotation_mark_that_is_not_closed_swallows_no_rows(tmp_path):
    text = 'date,title,text\n2014,One,"a\n2015,Two,b\n2016,Three,c\n'
    with pytest.raises(CaseError, match=r"line 2: .*not closed"):
        read_csv(written(tmp_path, "events.csv", text), COLUMNS)


def test_a_column_that_stands_twice_is_named(tmp_path):
    (problem,) = read_csv(written(tmp_path, "events.csv", "date,title,title\n2014,One,Two\n"), COLUMNS).problems
    assert "'title' stands twice" in str(problem)


def test_columns_that_are_strange_or_missing_are_named(tmp_path):
    document = read_csv(written(tmp_path, "events.csv", "when,title\n2014,One\n"), COLUMNS)
    said = " ".join(str(problem) for problem in document.problems)
    assert "no column 'when'" in said
    assert document.data == [{"date": "", "title": "One", "text": ""}]


def test_a_row_with_a_cell_too_many_is_named(tmp_path):
    (problem,) = read_csv(written(tmp_path, "events.csv", "date,title,text\n2014,One, two,three\n"), COLUMNS).problems
    assert problem.line == 2
    assert "4 cells" in problem.what


def test_broken_json_names_the_line(tmp_path):
    with pytest.raises(CaseError, match="line 2"):
        read_json(written(tmp_path, "01.json", '[\n{"id": }\n]'))


def test_json_nested_without_end_is_refused(tmp_path):
    with pytest.raises(CaseError):
        read_json(written(tmp_path, "01.json", "[" * 100_000))


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"caf\xe9", "not UTF-8"), (b"a\x00b", "not text"), (b"x" * 2_000_001, "larger than 2 MB")],
)
def test_a_file_that_is_no_text_or_too_large_is_refused(tmp_path, content, said):
    with pytest.raises(CaseError, match=said):
        read_text(written(tmp_path, "a.yaml", content))


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(CaseError, match=r"gone\.yaml"):
        read_text(tmp_path / "gone.yaml")


def test_no_name_and_no_link_leads_out_of_the_folder(tmp_path):
    folder = tmp_path / "case"
    folder.mkdir()
    (folder / "link.yaml").symlink_to(written(tmp_path, "secret.yaml", "a: 1"))
    (folder / "loop.yaml").symlink_to("loop.yaml")
    assert path_inside(folder, "loop.yaml") == folder / "loop.yaml"
    for name in ("../secret.yaml", "link.yaml"):
        with pytest.raises(CaseError, match="outside"):
            path_inside(folder, name)
