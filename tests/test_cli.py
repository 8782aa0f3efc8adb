"""The command line: what it answers, and how it ends."""

import json
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from kit.articles import load_articles
from kit.authoring.cli import COMMANDS, main
from kit.authoring.new_case import new_case
from kit.case import load_case
from kit.marks.mark_files import COLUMNS

ROOT = Path(__file__).resolve().parent.parent
RAW = ROOT / "tests" / "raw"


def test_help_names_every_command_and_gives_examples(capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit) as ended:
        main(["--help"])
    told = capsys.readouterr().out
    assert ended.value.code == 0
    assert "annotate" in told
    assert "examples:" in told


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(command: str, capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit) as ended:
        main([command, "--help"])
    assert ended.value.code == 0
    assert f"python -m kit {command}" in capsys.readouterr().out


def test_the_commands_stand_in_two_groups(capsys: pytest.CaptureFixture[str]):
    main([])
    instructors, authors = capsys.readouterr().out.split("for authors:")
    assert "class-report" in instructors.split("for instructors:")[1]
    assert "new-case" in authors


def test_nothing_that_a_learner_opens_imports_what_authors_use():
    kit = Path(__file__).parents[1] / "kit"
    files = [path for path in kit.rglob("*.py") if "authoring" not in path.parts and path.name != "__main__.py"]
    assert [path for path in files if "kit.authoring" in path.read_text("utf-8")] == []


def test_without_a_command_the_help_is_shown_and_the_status_says_misused(capsys: pytest.CaptureFixture[str]):
    assert main([]) == 2
    assert "for instructors:" in capsys.readouterr().out


def test_annotate_writes_a_table_and_says_what_it_found(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["annotate", str(RAW), "--out", str(tmp_path / "marks.csv")]) == 0
    marks = pd.read_csv(tmp_path / "marks.csv")
    assert list(marks.columns) == list(COLUMNS)
    told = capsys.readouterr().out
    assert told.startswith(
        f"{len(load_articles(RAW))} articles, {sum_of_sentences()} sentences: "
        f"{len(marks)} marks of {marks['code'].nunique()} codes."
    )
    assert "rating widget" in told


@pytest.mark.parametrize(
    ("command", "there"),
    [
        (["annotate", str(RAW / "answers.txt"), "--out", "marks.csv"], "marks.csv"),
        (["class-report", "--try", "2", "--out", "class.html"], "class.html"),
        (["class-report", "--try", "2", "--out", "class.html", "--grades", "grades.csv"], "grades.csv"),
        (["quiz-export", "--to", "gift", "--unit", "03", "quiz.txt"], "quiz.txt"),
        (["phone-pages", "phone"], "phone/projector.html"),
        (["handouts", "papers"], "papers/index.html"),
        (["exercises", "--folder", str(ROOT), "--nbgrader", "source"], "source/03-obstacles.ipynb"),
    ],
)
def test_a_file_is_written_over_only_when_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], command: list[str], there: str
):
    monkeypatch.chdir(tmp_path)
    Path(there).parent.mkdir(exist_ok=True)
    Path(there).write_text("mine", encoding="utf-8")
    assert main(command) == 1
    assert f"{there}: there is such a file already" in capsys.readouterr().err
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [tmp_path / there]
    assert Path(there).read_text(encoding="utf-8") == "mine"
    assert main([*command, "--force"]) == 0
    assert Path(there).read_text(encoding="utf-8") != "mine"


def sum_of_sentences() -> int:
    return sum(len(article.sentences) for article in load_articles(RAW))


def test_annotate_writes_web_annotations(tmp_path: Path):
    assert main(["annotate", str(RAW / "answers.txt"), "--out", str(tmp_path / "marks.jsonld")]) == 0
    found = json.loads((tmp_path / "marks.jsonld").read_text(encoding="utf-8"))
    assert found["total"] == len(found["first"]["items"]) > 0


@pytest.mark.parametrize("name", ["found.csv", "found.jsonld"])
def test_marks_that_a_reader_took_out_of_a_file_become_corrections(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
):
    case, out = tmp_path / "own", tmp_path / name
    new_case(case)
    assert main(["annotate", str(case / "articles"), "--case", str(case), "--out", str(out)]) == 0
    before = load_case(case).marks
    if name.endswith("csv"):
        pd.read_csv(out).drop(index=0).to_csv(out, index=False)
    else:
        found = json.loads(out.read_text(encoding="utf-8"))
        found["first"]["items"].pop(0)
        out.write_text(json.dumps(found), encoding="utf-8")
    assert main(["correct", str(out), "--case", str(case)]) == 0
    assert "1 removed, 0 added, in 2 articles" in capsys.readouterr().out
    assert load_case(case).marks.equals(before.drop(index=0).reset_index(drop=True))
    assert main(["correct", str(out), "--case", str(case)]) == 1
    assert "add --force" in capsys.readouterr().err


def test_the_marks_of_a_bundled_case_are_not_corrected_by_a_file(capsys: pytest.CaptureFixture[str]):
    assert main(["correct", "found.csv", "--case", "ukraine"]) == 1
    assert "Give the folder of a case of your own." in capsys.readouterr().err


def test_annotate_takes_a_codebook_of_ones_own_and_lists_what_was_left_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    codebook = tmp_path / "mine.yaml"
    codebook.write_text(
        "kinds: {thing: {label: T, codes: {ferry: {label: F, definition: A ferry., phrases: [ferry]}}}}\n",
        encoding="utf-8",
    )
    assert main(["annotate", str(RAW / "page.html"), "--case", str(codebook), "--dropped"]) == 0
    told = capsys.readouterr().out
    assert "2 marks of 1 code." in told
    assert "'News' (navigation)" in told


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["no-such-folder"], "no such file"),
        ([str(RAW), "--case", "no-such-case"], "no such codebook"),
        ([str(RAW), "--out", "marks.doc"], ".csv"),
        ([str(RAW), "--out", "no-such-folder/marks.csv"], "cannot be written"),
    ],
)
def test_a_mistake_is_told_in_a_line_without_a_traceback(
    arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
):
    assert main(["annotate", *arguments]) == 1
    told = capsys.readouterr().err
    assert message in told
    assert "Traceback" not in told


def test_a_file_that_cannot_be_read_is_named_and_the_others_are_marked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    (tmp_path / "a.txt").write_text("Ukraine waits for peace.", encoding="utf-8")
    (tmp_path / "b.txt").write_text("", encoding="utf-8")
    assert main(["annotate", str(tmp_path)]) == 0
    told = capsys.readouterr()
    assert "b.txt" in told.err
    assert told.out.startswith("1 article, 1 sentence: ")


def test_the_name_of_a_file_cannot_steer_the_terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    (tmp_path / "a\x1b[31m\u202e.txt").write_text("Read more\n\nThey talk. They wait.\n", encoding="utf-8")
    assert main(["annotate", str(tmp_path), "--dropped"]) == 0
    said = capsys.readouterr()
    assert "\x1b" not in said.out + said.err
    assert r"a\x1b[31m\x202e" in said.out


def test_many_files_get_a_progress_bar(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    for number in range(10):
        (tmp_path / f"{number}.txt").write_text("Ukraine waits for peace.", encoding="utf-8")
    assert main(["annotate", str(tmp_path)]) == 0
    assert "Marking" in capsys.readouterr().err


def test_python_m_kit_runs_it():
    done = subprocess.run(
        [sys.executable, "-m", "kit", "annotate", str(RAW / "fragment.txt")], capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith("1 article, 7 sentences")


def test_what_a_case_leaves_out_is_told_without_a_line_of_code(tmp_path: Path):
    new_case = [sys.executable, "-m", "kit", "new-case", str(tmp_path / "mine"), "--whole"]
    subprocess.run(new_case, capture_output=True, check=True)
    file = tmp_path / "mine" / "case.yaml"
    file.write_text(file.read_text("utf-8").replace("as_of: 2024-06-30", "as_of: soon"), encoding="utf-8")
    papers = [sys.executable, "-m", "kit", "handouts", str(tmp_path / "papers"), "--case", str(tmp_path / "mine")]
    done = subprocess.run(papers, capture_output=True, text=True, check=True)

    (told,) = done.stderr.splitlines()
    assert told.startswith(
        "Something in the case does not fit and is left out: case.yaml, line 9: 'as_of' is 'soon', not a date."
    )


@pytest.mark.parametrize("name", ["", "marks", "article.txt"])
def test_marks_go_into_no_file_of_another_kind(tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str):
    article = tmp_path / "article.txt"
    article.write_text("Ukraine waits for peace.", encoding="utf-8")

    assert main(["annotate", str(article), "--out", str(tmp_path / name) if name else ""]) == 1
    assert "End the name in .csv (a table) or .jsonld" in capsys.readouterr().err
