"""What `check-case` says of a slip in each file of a case: every test makes one slip in a case that was sound."""

import re
from unicodedata import normalize

import pytest

from kit.authoring.new_case import new_case
from kit.checking.whole_case import FRONT_MATTER, check_case, problem_table
from kit.fields import MANY, Known, Reading, choice
from kit.reading.data_files import DataFile
from kit.screen.about_texts import ASKED


@pytest.fixture
def slip(tmp_path):
    """Exchange one text of a file for another and return what the check says of that file."""
    new_case(tmp_path / "case")

    def slip(file, old, new):
        path = tmp_path / "case" / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        line = text[: text.index(old)].count("\n") + 1
        return [str(problem) for problem in check_case(tmp_path / "case")], line

    return slip


ABOUT = [
    (
        "parties: [ostrel, marrin]",
        "parties: [ostrel, marin]",
        "There is no actor in the codebook 'marin'. Did you mean 'marrin'?",
    ),
    ("  calder:\n", "  kalder:\n", "There is no actor in the codebook 'kalder'"),
    (
        "    start: 2022-10-01\n    end: 2024-06-30",
        "    start: 2024-10-01\n    end: 2024-06-30",
        "The phase ends before it begins",
    ),
    ("    start: 2019-03-01", "    start: March 2019", "'start' of a phase is 'March 2019', not a date"),
    ("  - id: border", "  - id: water", "The id 'water' stands twice"),
    ("    label: The border\n", "", "An issue lacks 'label'"),
    ("as_of: 2024-06-30 ", "as_of: soon ", "'as_of' is 'soon', not a date"),
    ("    role: mediator\n", "", "The actor 'calder' lacks 'role'"),
    (
        "title: The quarrel over",
        "title: The quarrel: over",
        "A colon in the title begins a new value. Put the title in quotation marks",
    ),
    ("summary: >-", "sumary: >-", "There is nothing called 'sumary' here. Did you mean 'summary'?"),
    ("parties: [ostrel, marrin]", "parties: [ostrel, marrin, marrin]", "The party 'marrin' stands twice"),
]
OBSTACLES = [
    ("  mistrust:", "  distrust:", "There is no obstacle in the codebook 'distrust'. Did you mean 'mistrust'?"),
    ("      ostrel: The year 1974", "      austria: The year 1974", "There is no actor in the codebook 'austria'"),
    ("    title: Who moves first\n", "", "The obstacle 'sequencing' lacks 'title'"),
    ("fearon: commitment ", "fearon: promises ", "'fearon' of the obstacle 'sequencing' is 'promises'"),
    ("        year: 1974\n", "", "An example from elsewhere lacks 'year'"),
    ("Who moves first is the whole question", "Who moves last", "stands nowhere"),
]
MEASURES = [
    ("  joint-gauge:\n", "  joint-gauge: \"\"\n  another:\n", "The measure 'joint-gauge' is empty"),
    ("budgets: {ostrel: 5,", "budgets: {ostrel: '',", "'ostrel' in 'budgets' is empty"),
    ("cost: {ostrel: 3,", "cost: {ostrel: \"\",", "'ostrel' in 'cost' of the measure 'joint-gauge' is empty"),
    ("type: observation-and-verification", "type: watching", "'type' of the measure 'joint-gauge' is 'watching'"),
    ("cost: {ostrel: 3, marrin: 1}", "cost: {ostrel: 3}", "'cost' of the measure 'joint-gauge' has no number for 'marrin'"),
    ("cost: {ostrel: 3, marrin: 1}", "cost: {ostrel: 30, marrin: 1}", "'ostrel' in 'cost' of the measure 'joint-gauge' is '30'"),
    ("cost: {ostrel: 3, marrin: 1}", "cost: {ostrel: 3, marrin: 1, calder: 1}", "There is no party in case.yaml 'calder'"),
    ("budgets: {ostrel: 5, marrin: 5}", "budgets: {ostrel: 5}", "'budgets' has no number for 'marrin'"),
    ("    trust: 4\n", "    trust: much\n", "'trust' of the measure 'joint-gauge' is 'much'"),
    ("    months: 3\n", "", "The measure 'joint-gauge' lacks 'months'"),
    ("need: medium, how: \"Engineers", "need: some, how: \"Engineers", "'need' of 'verification' of the measure 'joint-gauge' is 'some'"),
    ("how: \"It can be switched off, and everybody sees that.\"", "how: It can be switched off, and everybody sees that.", "A comma has cut a text in two before 'and everybody sees that.'"),
    ("    prerequisites: []  ", "    prerequisites: [joint-gauge]  ", "The measure 'joint-gauge' would have to come before itself"),
    ("    prerequisites: [dam-telephone]", "    prerequisites: [telephone]", "There is no measure 'telephone'. Did you mean 'dam-telephone'?"),
    ("month: 4}", "month: 14}", "'month' of a step of the plan is '14'"),
    ("{measure: step-back, month: 8}", "{measure: step-forward, month: 8}", "There is no measure 'step-forward'"),
]  # fmt: skip
SCENARIOS = [
    ("    title: A shared river\n", "", "The scenario 'shared-river' lacks 'title'"),
    ("code: scenario:shared-river", "code: scenario:river", "There is no code in the codebook 'scenario:river'. Did you mean 'scenario:shared-river'?"),
    ("pattern: {talks: [open]}", "pattern: {talk: [open]}", "There is no driver 'talk'. Did you mean 'talks'?"),
    ("pattern: {talks: [open]}", "pattern: {talks: [closed]}", "There is no state of the driver 'talks' 'closed'"),
    ("points: away}", "points: nowhere}", "'points' of a signpost is 'nowhere'"),
    (", article: 01-two-dry-summers, quote: \"It is a small thing.\"}", "}", "A reason has no sentence behind it"),
    ("states: {wet: Enough rain, dry: A dry summer}", "states: {wet: Enough rain}", "'states' of the driver 'rain' has one entry. Give it at least 2."),
    ("{from: rain, state: wet,", "{from: snow, state: wet,", "There is no driver 'snow'"),
    ("{from: rain, state: wet,", "{from: rain, state: grey,", "There is no state of the driver 'rain' 'grey'"),
    ("on: talks, values: {open: 1, none: -1}", "at: talks, values: {open: 1, none: -1}", "There is nothing called 'at' in a judgement"),
    ("on: talks, values: {open: 1, none: -1}", "on: talks, values: {open: 4, none: -4}", "'open' in 'values' of a judgement is '4'. Write a number from -3 to 3."),
    ("on: talks, values: {open: 1, none: -1}", "on: talks, values: {open: 1, never: -1}", "There is no state of the driver 'talks' 'never'"),
    ("on: talks, values: {open: 1, none: -1}", "on: rain, values: {wet: 1, dry: -1}", "The driver 'rain' is judged on itself"),
    ("{from: rain, state: dry,", "{from: rain, state: wet,", "The judgement 'rain, wet, on talks' stands twice"),
    ("    infeasible: []", "    infeasible: [{ostrel.inspector: N}]", "There is no option 'ostrel.inspector'. Did you mean 'ostrel.inspectors'?"),
    ("    infeasible: []", "    infeasible: [{ostrel.inspectors: \"no\"}]", "'ostrel.inspectors' in 'infeasible' of the graph model 'the-bridge' is 'no'. Write one of: Y, N."),
    ("    status_quo: NN\n", "    status_quo: NNN\n", "There is no feasible state 'NNN'"),
    ("      NY: Soldiers gone, no inspectors\n", "", "There is no label for NY"),
    ("ostrel: [[NY], [YY], [NN], [YN]]", "ostrel: [[NY], [YY], [NN]]", "The ranking of 'ostrel' leaves out YN"),
    ("ostrel: [[NY], [YY], [NN], [YN]]", "ostrel: [[NY], [YY], [NN], [YN, NY]]", "The state 'NY' stands twice in the ranking of 'ostrel'"),
    ("      marrin: [[YN], [YY], [NN], [NY]]\n", "", "'marrin' has no ranking"),
    ("{id: f2,", "{id: f1,", "The id 'f1' stands twice"),
    ("closes: 2024-12-31, rule: \"Yes if both", "closes: 2023-12-31, rule: \"Yes if both", "The question closes on the day under 'opens', or before"),
    ("scenario: dry-war}", "scenario: wet-war}", "There is no scenario 'wet-war'. There are: shared-river, dry-war."),
    ("outcome: 1,", "outcome: \"yes\",", "'outcome' of a question is 'yes'. Write a whole number"),
]  # fmt: skip
NEGOTIATION = [
    ("consent: [calder]", "consent: [kalder]", "There is no delegation 'kalder'. Did you mean 'calder'?"),
    ("    reservation: 45 ", "    reservation: a lot ", "'reservation' of the delegation 'ostrel' is 'a lot'"),
    ("    reservation: 45 ", "    # ", "The delegation 'ostrel' lacks 'reservation'"),
    ("water: {natural-flow: 0, fixed-share: 25, as-needed: 40}", "water: {natural-flow: 0, fixed-share: 25}", "'ostrel' has no score for 'as-needed' on 'water'"),
    ("water: {natural-flow: 0, fixed-share: 25, as-needed: 40}", "water: {natural-flow: 0, fixed-share: 25, as-needed: 40, all: 3}", "There is no option of the issue 'water' 'all'"),
    ("water: {natural-flow: 0,", "rain: {natural-flow: 0,", "There is no issue 'rain'"),
    ("natural-flow: 0, fixed-share: 25", "natural-flow: much, fixed-share: 25", "'natural-flow' in 'water' in 'scores' of the delegation 'ostrel' is 'much'"),
    ("    title: Water\n", "", "The issue 'water' lacks 'title'"),
    ("      as-needed: {label: \"What the turbines leave\", ", "      as-needed: {", "The option 'as-needed' lacks 'label'"),
    ("      brief: You can lend", "      briefly: You can lend", "'sheet' of the delegation 'calder' lacks 'brief'"),
    ("care: Taking", "caring: Taking", "The game lacks 'care'"),
    ("  calder:  ", "  mediator:  ", "A delegation is called 'mediator', as the game calls whoever mediates. Give the delegation another name"),
    ("  marrin:\n    title: Marrin's delegation\n", "  marrin:\n    title: Marrin's delegation\n    scored: false\n", "Fewer than two delegations can play alone"),
    ("debrief_questions:", "invented: {title: The same}\ndebrief_questions:", "'invented' lacks 'delegations'"),
    ("debrief_questions:", "invented: {title: X, delegations: {ostrel: {title: A}}, issues: {water: {title: W, options: {}}}}\ndebrief_questions:", "The invented version lacks 'marrin'"),
    ("debrief_questions:", "invented: {title: X, delegations: {}, issues: {water: {title: W, options: {most: {label: M}}}}}\ndebrief_questions:", "The invented version lacks the option 'fixed-share'"),
]  # fmt: skip
POSITIONS = [
    (",Ostrel wants the soldiers gone first.,", ",,", "'quote' is empty"),
    (',,,"Government of Marrin', ',02-our-fields,,"Government of Marrin', "leave 'article' and 'quote' both empty"),
    (',,,"Government of Marrin, note to Calder, 3 May 2024"', ",,,", "The position rests on nothing"),
]
FIGURES = [
    (",yes,,harvest-half", ",yes,harvest-third,harvest-half", "The claim 'harvest-third' names itself"),
    (
        ",yes,,harvest-half",
        ",yes,harvest-half,harvest-half",
        "The claim both agrees with 'harvest-half' and contradicts it",
    ),
]
SLIPS = [
    (file, *row)
    for file, rows in [
        ("positions.csv", POSITIONS),
        ("figures.csv", FIGURES),
        ("case.yaml", ABOUT),
        ("obstacles.yaml", OBSTACLES),
        ("measures.yaml", MEASURES),
        ("scenarios.yaml", SCENARIOS),
        ("negotiation.yaml", NEGOTIATION),
    ]
    for row in rows
]


@pytest.mark.parametrize(("file", "old", "new", "said"), SLIPS, ids=[row[-1][:60] for row in SLIPS])
def test_a_slip_is_named_with_its_file_and_remedy(slip, file, old, new, said):
    problems, _ = slip(file, old, new)
    (told,) = [problem for problem in problems if said in problem][:1]
    assert told.startswith(file)
    assert told.endswith((".", "?"))


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("measures.yaml", "    prerequisites: [dam-telephone]", "    prerequisites: [telephone]"),
        ("scenarios.yaml", "    status_quo: NN\n", "    status_quo: NNN\n"),
        ("negotiation.yaml", "      water: {natural-flow: 0,", "      water: {natural-flow: much,"),
        ("case.yaml", "parties: [ostrel, marrin]", "parties: [ostrel, marin]"),
    ],
)
def test_the_line_is_that_of_the_slip(slip, file, old, new):
    problems, line = slip(file, old, new)
    assert any(f"{file}, line {line}:" in problem for problem in problems)


@pytest.mark.parametrize(
    ("old", "new"), [("source,target", "src,target"), ("source,target,relation", "source,target,kind")]
)
def test_a_column_that_is_missing_is_told_once_and_not_for_every_row(slip, old, new):
    problems, _ = slip("relations.csv", old, new)
    assert problems
    assert all(problem.startswith("relations.csv, line 1: ") for problem in problems)


def test_a_sound_case_has_an_empty_table_of_problems(tmp_path):
    new_case(tmp_path / "case")
    table = problem_table(tmp_path / "case")
    assert table.empty
    assert list(table.columns) == ["file", "line", "what", "remedy"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("short:", "shrot:", "Nothing reads 'shrot' in the front matter. Did you mean 'short'?"),
        ("leaves_out:", "leaves out:", "Nothing reads 'leaves out' in the front matter. Did you mean 'leaves_out'?"),
        ('"Our Fields"', "Dry Summers", "The short name 'Dry Summers' is that of 01-two-dry-summers, 02-our-fields."),
        ('"Our Fields"', "[Our, Fields]", "'short' is not a text. Put the whole text in quotation marks."),
    ],
)
def test_a_slip_in_an_articles_front_matter_is_told(slip, old, new, said):
    problems, _ = slip("articles/02-our-fields.md", old, new)
    assert len(problems) == 1
    assert said in problems[0]


def test_what_the_kit_shows_of_front_matter_is_known_and_an_authors_own_lines_may_stand_beside_it(slip):
    assert set(ASKED) < set(FRONT_MATTER)
    problems, _ = slip("articles/02-our-fields.md", "dated:", "author: Nobody\ntags: [water]\nsubtitle: none\ndated:")
    assert problems == []


BROKEN_MARKS = [
    (
        b'01-two-dry-summers,"It is a small thing.,,,actor:ostrel,add,settled,\n',
        "marks.csv, line 2: This is not valid CSV",
    ),
    (
        "01-two-dry-summers,It is a “small” thing.,,,actor:ostrel,add,settled,\n".encode("cp1252"),
        "marks.csv: The file is not UTF-8 text",
    ),
    (b"01\0\n", "marks.csv: The file is not text"),
    (b"x" * 5_000_000, "marks.csv: The file is larger than 5 MB"),
]


@pytest.mark.parametrize(("rows", "told"), BROKEN_MARKS)
def test_a_table_of_corrections_that_cannot_be_read_is_told(slip, tmp_path, rows, told):
    (tmp_path / "case" / "marks.csv").write_bytes(b"article,quote,words,nth,code,verdict,by,why\n" + rows)
    problems, _ = slip("case.yaml", "title: The quarrel", "title: The long quarrel")

    assert [problem[: len(told)] for problem in problems] == [told]


def test_an_exercise_check_that_cannot_work_is_named_with_its_task(slip, tmp_path):
    (tmp_path / "case" / "checks.yaml").write_text(
        "checks:\n  01-t1:\n    unit: '01'\n    task: What?\n", encoding="utf-8"
    )
    problems, _ = slip("case.yaml", "title: The quarrel", "title: The long quarrel")
    assert problems
    assert all(problem.startswith("checks.yaml, line 2: Task 01-t1") for problem in problems)


CITING = """
checks:
  01-t1: {unit: "01", task: Which?, not_checked: Much., input: many, options: [a, b], rule: cites, codes: ["actor:ostrell"], hints: {other: [a, b]}}
  01-t2: {unit: "01", task: Which?, not_checked: Much., input: text, rule: codes, article: 02-our-fields, quote: "Not there.", hints: {other: [a, b]}}
"""


def test_what_an_exercise_check_refers_to_must_stand_in_the_case(slip, tmp_path):
    (tmp_path / "case" / "checks.yaml").write_text(CITING, encoding="utf-8")
    problems, _ = slip("case.yaml", "title: The quarrel", "title: The long quarrel")

    code, quote = problems
    assert code.startswith(
        "checks.yaml, line 3: Task 01-t1: there is no code 'actor:ostrell' in the codebook. Did you mean"
    )
    assert quote.startswith("checks.yaml, line 4: Task 01-t2: The quote 'Not there.' stands nowhere in 02-our-fields.")


@pytest.mark.parametrize(
    "file", ["obstacles.yaml", "measures.yaml", "scenarios.yaml", "negotiation.yaml", "checks.yaml"]
)
@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "just words",
        "{obstacles: 3, measures: [1], scenarios: {a: null}, drivers: x, issues: [], delegations: 4}",
    ],
)
def test_whatever_stands_in_a_file_the_check_reports_and_does_not_break(tmp_path, file, text):
    new_case(tmp_path / "case")
    (tmp_path / "case" / file).write_text(text, encoding="utf-8")
    assert isinstance(check_case(tmp_path / "case"), list)


def test_a_delegation_without_a_score_has_a_sheet_all_the_same(tmp_path):
    from kit.case import load_case
    from kit.negotiation.sheets import role_sheet_html, seats_of
    from kit.negotiation.tables import lab

    new_case(tmp_path / "case")
    case = load_case(tmp_path / "case")
    assert "calder" in seats_of(lab(case))
    page = role_sheet_html(case, "calder")
    assert "You can lend engineers for three years." in page
    assert "(needs The delegation of Calder)" in page


@pytest.mark.parametrize(
    ("name", "remedy"),
    [
        ("Positions.csv", "Rename it: positions.csv"),
        ("obstacle.yaml", "Rename it: obstacles.yaml"),
        ("measures.yml", "Rename it: measures.yaml"),
        ("quiz/1.json", "Rename it: quiz/01.json"),
        ("articles/notes.docx", "Save the text as one of these: .txt"),
        ("diary.xyz", "put it into a folder named 'later'"),
    ],
)
def test_a_file_that_the_kit_does_not_know_is_named_with_what_was_probably_meant(tmp_path, name, remedy):
    new_case(tmp_path / "case")
    (tmp_path / "case" / name).write_text("", encoding="utf-8")
    (problem,) = check_case(tmp_path / "case")
    assert problem.file == name
    assert remedy in problem.remedy


def test_problems_of_a_file_stand_in_the_order_of_its_lines(slip, tmp_path):
    slip("measures.yaml", "month: 8}", "month: 80}")
    problems, _ = slip("measures.yaml", "    trust: 2\n", "    trust: much\n")
    lines = [int(problem.partition("line ")[2].partition(":")[0]) for problem in problems]
    assert len(lines) == 2
    assert lines == sorted(lines)


def test_evidence_without_its_quote_is_told_and_left_out(slip, tmp_path):
    from kit.case import CaseWarning, load_case

    quote = ', quote: "Who moves first is the whole question"'
    problems, line = slip("obstacles.yaml", f"01-two-dry-summers{quote}", "01-two-dry-summers")
    assert problems == [f"obstacles.yaml, line {line}: A piece of evidence lacks 'quote'. Add a line `quote: …`."]
    with pytest.warns(CaseWarning):
        assert load_case(tmp_path / "case").obstacles["obstacles"]["sequencing"]["evidence"] == []


def test_what_would_steer_a_terminal_is_spelled_out(slip):
    problems, _ = slip("relations.csv", "mediates", "\x1b[31mmediates\x1b[0m")
    assert "\\x1b[31mmediates" in "".join(problems)
    assert "\x1b" not in "".join(problems)


def test_a_code_that_is_written_anew_is_warned_of(slip):
    old = "  obstacle:\n    codes:\n"
    said, line = slip("codebook.yaml", old, f"{old}      mistrust: {{label: M, definition: D., phrases: [doubt]}}\n")
    assert [each for each in said if "'obstacle:mistrust' is written anew" in each and f"line {line + 2}:" in each]


def test_names_that_rows_refer_to_are_gathered_once_and_few_mistakes_are_guessed_at(slip, tmp_path):
    reading = Reading(DataFile("figures.csv", [{"id": "one"}, {"id": "two"}]), Known(), "the table")
    assert reading._here("id") is reading._here("id")
    assert choice("tow", reading._here("id")).startswith("Did you mean 'two'?")
    assert "Did you mean" not in choice("name", [f"name{n}" for n in range(MANY)])
    row = "c{},x,,,02-our-fields,We ask for the share of the river that our grandparents had,no,nobody,\n"
    told, _ = slip("figures.csv", "\nharvest-third", "\n" + "".join(map(row.format, range(2 * MANY))) + "harvest-third")
    assert len([each for each in told if "no claim 'nobody'" in each]) == 2 * MANY
    assert sum("There are: " in each for each in told) == MANY


@pytest.mark.parametrize("text", ["", "# later\n", "~\n"])
def test_a_case_yaml_that_says_nothing_is_told_of_all_that_it_lacks(tmp_path, text):
    new_case(tmp_path / "case")
    (tmp_path / "case" / "case.yaml").write_text(text, encoding="utf-8")
    said = [problem.what for problem in check_case(tmp_path / "case") if problem.file == "case.yaml"]
    needed = ("title", "summary", "as_of", "content_note", "licence")
    assert said == [f"The case lacks '{name}'" for name in needed]


def test_names_in_one_line_that_refer_to_nothing_are_told_in_the_file_s_order(slip):
    wrong = ", ".join(f"nobody{n}: {{power: 1, interest: 1}}" for n in range(9))
    said, _ = slip("case.yaml", "issues:", f"stakeholders: {{{wrong}}}\nissues:")
    assert re.findall(r"codebook '(nobody\d)'", " ".join(said)) == [f"nobody{n}" for n in range(9)]


def test_what_windows_leaves_in_a_folder_is_nobody_s_mistake(tmp_path):
    new_case(tmp_path / "case")
    for name in ("Thumbs.db", "desktop.ini"):
        (tmp_path / "case" / name).touch()
    assert check_case(tmp_path / "case") == []


def test_letters_and_their_marks_may_come_apart_in_a_name_or_a_text(slip, tmp_path):
    folder = tmp_path / "case"
    old = folder / "articles" / "02-our-fields.md"
    says, other = "Ostrel broke it", "Ostrel, à côté, broke it"
    text = normalize("NFD", old.read_text("utf-8").replace(says, other))
    (folder / "articles" / normalize("NFD", "02-où.md")).write_text(text, "utf-8")
    old.unlink()
    for path in [*folder.glob("*.csv"), *folder.glob("*.yaml"), *folder.glob("quiz/*")]:
        text = path.read_text("utf-8").replace("02-our-fields", "02-où").replace(says, other)
        path.write_text(text, "utf-8")
    assert check_case(folder) == []


def test_a_copy_of_an_article_is_warned_of(tmp_path):
    new_case(tmp_path / "case")
    article = tmp_path / "case" / "articles" / "02-our-fields.md"
    copy = article.with_name("02-our-fields (Ann's conflicted copy 2026-11-02).md")
    copy.write_text(article.read_text("utf-8") + "\nThis was added on another machine.\n", "utf-8")
    (problem,) = check_case(tmp_path / "case")
    assert problem.is_warning
    assert "conflicted copy" in problem.what
    assert problem.file == "articles/02-our-fields"


def test_what_stands_twice_in_a_quiz_is_told_with_its_file(slip):
    problems, _ = slip("quiz/01.json", '"question":', '"question": "Why?", "question":')
    assert problems == ["quiz/01.json: 'question' stands twice in one place. Keep one; the later one would win unseen."]


def test_a_text_cut_off_in_the_codebook_is_warned_of(slip, tmp_path):
    problems, line = slip("codebook.yaml", "label: Ostrel", "label: Ostrel #1")
    assert problems == [
        f"codebook.yaml, line {line}: What stands behind 'Ostrel' is left out. Put all of it in quotation marks."
    ]
