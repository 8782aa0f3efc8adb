"""Quizzes: feedback on every choice, a second try, results kept and found again."""

import copy
from pathlib import Path
from types import SimpleNamespace

import pytest
import yaml

import kit
from kit.learning.inputs import Match, Order, make_input, shuffle_options
from kit.learning.portfolio import portfolio
from kit.learning.quiz import Quiz, quiz_table, score_line
from kit.learning.quiz_bank import explain_answer, judge, quiz_problems, right_answer
from kit.screen import html

BANK = yaml.safe_load("""
- id: 01-q1
  type: multiple_choice
  question: Who wrote of ripeness?
  answers:
    - {answer: Zartman, correct: true, feedback: "He did, in the 1980s."}
    - {answer: Glasl, correct: false, feedback: He wrote of escalation.}
    - {answer: Fearon, correct: false, feedback: He wrote of bargaining.}
- id: 01-q2
  type: many_choice
  question: Which belong to ripeness?
  answers:
    - {answer: a stalemate that hurts, correct: true, feedback: It does.}
    - {answer: a way out, correct: true, feedback: It does too.}
    - {answer: a strong army, correct: false, feedback: That is power.}
- id: 01-q3
  type: order
  question: In which order?
  items:
    - {item: one, feedback: why one stands there}
    - {item: two, feedback: why two stands there}
    - {item: three, feedback: why three stands there}
- id: 01-q4
  type: match
  question: Who wrote of what?
  pairs:
    - {left: Zartman, right: ripeness, feedback: Ripeness is Zartman's.}
    - {left: Walter, right: guarantees, feedback: Guarantees are Walter's.}
- id: 01-q5
  type: defend
  question: Which would you defend?
  answers: [{answer: talk now}, {answer: talk later}]
  views: [{title: Now, text: because <lives>}, {title: Later, text: because of strength}]
""")
ONE, MANY, ORDER, MATCH, DEFEND = BANK
BUNDLED = sorted((path.parents[1].name, path.stem) for path in Path(kit.__file__).parent.glob("cases/*/quiz/*.json"))


def case_of(bank):
    return SimpleNamespace(name="tiny", quiz=lambda unit: bank)


@pytest.fixture
def quiz():
    return Quiz(case_of(BANK), "01")


def give(question, answer):
    question.input.answer = answer
    question.button.click()
    return question.feedback.html


# --- one question


def test_a_right_answer_is_said_to_be_right_and_every_choice_is_explained(quiz):
    said = give(quiz.questions[0], "Zartman")
    assert "✓ Right." in said
    for part in ONE["answers"]:
        assert part["feedback"] in said
    assert quiz.questions[0].button.disabled


def test_a_first_wrong_answer_gets_its_own_feedback_and_a_second_try_without_the_answer(quiz):
    question = quiz.questions[0]
    said = give(question, "Glasl")
    assert "one more try" in said
    assert "He wrote of escalation." in said
    assert "Zartman" not in said
    assert "He did" not in said
    assert not question.button.disabled


def test_after_the_second_wrong_answer_all_is_explained_and_nothing_can_be_changed(quiz):
    question = quiz.questions[0]
    give(question, "Glasl")
    said = give(question, "Fearon")
    assert "✗ Not right." in said
    assert "He did, in the 1980s." in said
    assert all(control.disabled for control in question.input.controls)
    question.submit()
    assert len(question.tries) == 2


def test_a_blank_costs_no_try(quiz):
    for question in quiz.questions[:4]:
        assert "Not answered yet" in give(question, None)
        assert question.tries == []


def test_the_second_try_can_be_right(quiz):
    give(quiz.questions[0], "Glasl")
    assert "✓ Right." in give(quiz.questions[0], "Zartman")
    assert quiz.table.loc[0, ["tries", "right_at"]].tolist() == [2, 2]


def test_of_many_it_says_how_many_are_wrong_and_missing_but_not_which(quiz):
    said = give(quiz.questions[1], ["a way out", "a strong army"])
    assert "1 of those you chose does not belong." in said
    assert "1 that belongs is missing." in said
    assert "a stalemate that hurts" not in said


def test_an_order_that_nobody_has_moved_is_not_an_answer_yet(quiz):
    question = quiz.questions[2]
    question.button.click()
    assert question.tries == []
    question.input.list.set_trait("items", ["one", "three", "two"])
    question.input.list.moved = True
    question.button.click()
    assert question.tries == [["one", "three", "two"]]


def test_one_question_is_on_screen_with_its_place_in_the_row(quiz):
    assert quiz.body.children == (quiz.questions[0],)
    assert "Question 1 of 5." in quiz.questions[0].children[0].value
    assert [press.description for press in quiz.row.children] == ["1", "2", "3", "4", "5"]
    give(quiz.questions[0], "Zartman")
    give(quiz.questions[1], ["a strong army"])
    quiz.next.click()
    assert quiz.body.children == (quiz.questions[1],)
    assert [press.description for press in quiz.row.children] == ["✓ 1", "◐ 2", "3", "4", "5"]
    give(quiz.questions[1], ["a strong army"])
    assert quiz.row.children[1].description == "✗ 2"
    quiz.row.children[4].click()
    assert quiz.place == 4
    assert quiz.next.disabled
    assert Quiz(case_of(BANK), "01").place == 2


def test_nothing_is_explained_twice(quiz):
    assert give(quiz.questions[0], "Zartman").count("He did, in the 1980s.") == 1


def test_each_choice_has_a_sign_and_ones_own_is_named(quiz):
    give(quiz.questions[0], "Glasl")
    said = give(quiz.questions[0], "Fearon")
    assert said.count("✓ ") == 1
    assert "<strong>Fearon</strong> (your choice) – not right." in said


def test_a_wrong_order_counts_what_stands_and_gives_a_reason_for_one(quiz):
    said = give(quiz.questions[2], ["one", "three", "two"])
    assert "1 of 3 stand in their place" in said
    assert "why three stands there" in said
    assert "✓ Right." in give(quiz.questions[2], ["one", "two", "three"])


def test_a_wrong_match_names_the_pair_to_look_at(quiz):
    said = give(quiz.questions[3], {"Zartman": "guarantees", "Walter": "ripeness"})
    assert "0 of 2 pairs are right" in said
    assert "Zartman – guarantees" in said
    assert "Guarantees are Walter&#x27;s." in said


def test_what_to_defend_asks_for_a_reason_before_it_shows_two_views(quiz):
    question = quiz.questions[4]
    question.input.answer = "talk now"
    question.button.click()
    assert "say why first" in question.feedback.html
    assert "because" not in question.feedback.html
    question.reason.answer = "every day costs"
    question.button.click()
    assert "because &lt;lives&gt;" in question.feedback.html
    assert "because of strength" in question.feedback.html


# --- kept and found again


def test_answers_are_kept_at_once_and_found_when_the_quiz_is_built_again(quiz):
    give(quiz.questions[0], "Glasl")
    give(quiz.questions[1], ["a stalemate that hurts", "a way out"])
    assert portfolio("tiny").read("01/quiz/01-q1") == {"tries": ["Glasl"], "right_at": None}
    again = Quiz(case_of(BANK), "01")
    assert "He wrote of escalation." in again.questions[0].feedback.html
    assert again.questions[0].input.answer == "Glasl"
    assert again.questions[1].button.disabled
    give(again.questions[0], "Zartman")
    assert portfolio("tiny").read("01/quiz/01-q1") == {"tries": ["Glasl", "Zartman"], "right_at": 2}


def test_a_reason_is_kept_while_it_is_typed(quiz):
    quiz.questions[4].reason.field.value = "half a tho"
    again = Quiz(case_of(BANK), "01").questions[4]
    assert again.reason.answer == "half a tho"
    assert not again.done


@pytest.mark.parametrize(
    "junk", [5, "x", {"tries": [5]}, {"tries": {"a": 1}}, {"tries": ["an option no longer there"]}]
)
def test_what_the_portfolio_holds_is_not_trusted(junk):
    for question in BANK:
        portfolio("tiny").save(f"01/quiz/{question['id']}", junk)
    quiz = Quiz(case_of(BANK), "01")
    assert not any(question.tries for question in quiz.questions[:4])
    assert len(quiz.table) == 5


def test_the_table_has_a_row_a_question_and_the_line_counts_them(quiz):
    assert score_line(quiz.table) == "5 questions; you have two tries at each."
    give(quiz.questions[0], "Zartman")
    give(quiz.questions[1], ["a strong army"])
    assert list(quiz.table.columns) == ["question", "type", "tries", "right_at"]
    assert quiz.table["tries"].tolist() == [1, 1, 0, 0, 0]
    assert "Answered: 2 of 5. Right at the first try: 1; at the second: 0." in quiz.score.html
    assert quiz_table(BANK, {}, "01")["right_at"].isna().all()


# --- shown


def test_options_stand_in_an_order_that_never_changes_and_is_never_the_right_one():
    assert shuffle_options(["a", "b", "c"], "01-q1") == shuffle_options(["a", "b", "c"], "01-q1")
    for number in range(50):
        assert shuffle_options(["a", "b", "c"], f"q{number}", never=["a", "b", "c"]) != ["a", "b", "c"]
    firsts = {shuffle_options(["right", "b", "c"], f"q{number}")[0] for number in range(30)}
    assert firsts == {"right", "b", "c"}


def test_text_of_a_bank_is_shown_as_text(quiz):
    bank = copy.deepcopy([ONE])
    bank[0]["question"] = "<img src=x onerror=alert(1)>"
    bank[0]["answers"][1]["feedback"] = "<script>alert(1)</script>"
    question = Quiz(case_of(bank), "01").questions[0]
    assert "<img" not in question.children[0].value
    assert "<script>" not in give(question, "Glasl")


def test_a_quiz_without_questions_says_so():
    assert "no questions" in Quiz(case_of([]), "01").score.html


def test_a_quiz_reads_shortly(quiz):
    assert repr(quiz) == f"Question 1 of 5. {ONE['question']}"
    assert repr(Quiz(case_of([]), "01")) == "There are no questions here yet."


# --- the bank

BAD = [
    ("no list", {"a": 1}, "not a list"),
    ("no object", ["x"], "not an object"),
    ("no id", [{**ONE, "id": ""}], "no id"),
    ("an id twice", [ONE, ONE], "no id of its own"),
    ("an id that is no key", [{**ONE, "id": "01 q(1)"}], "its id '01 q(1)' holds"),
    ("no question", [{**ONE, "question": " "}], "asks nothing"),
    ("an unknown type", [{**ONE, "type": "riddle"}], "'riddle' is none of"),
    ("a type that is a list", [{**ONE, "type": [1]}], "is none of"),
    ("one answer", [{**ONE, "answers": ONE["answers"][:1]}], "at least two"),
    ("no feedback", [{**ONE, "answers": [*ONE["answers"], {"answer": "x", "correct": False}]}], "4 has no 'feedback'"),
    ("two right", [{**ONE, "answers": [{**part, "correct": True} for part in ONE["answers"]]}], "exactly one"),
    ("none right", [{**MANY, "answers": [{**part, "correct": False} for part in MANY["answers"]]}], "none of its"),
    ("correct is a word", [{**MANY, "answers": [{**part, "correct": "yes"} for part in MANY["answers"]]}], "true or"),
    ("the same twice", [{**ORDER, "items": ORDER["items"] * 2}], "read the same"),
    ("one view", [{**DEFEND, "views": DEFEND["views"][:1]}], "two"),
    ("views of junk", [{**DEFEND, "views": [1, 2]}], "two"),
]


@pytest.mark.parametrize(("bank", "problem"), [row[1:] for row in BAD], ids=[row[0] for row in BAD])
def test_what_is_wrong_with_a_bank_is_named(bank, problem):
    assert any(problem in each for each in quiz_problems(bank))


def test_a_sound_bank_has_no_problems_and_a_bad_question_does_not_stop_the_others():
    assert quiz_problems(BANK) == []
    quiz = Quiz(case_of([{**ONE, "answers": []}, MANY]), "01")
    assert len(quiz.questions) == 1
    assert "at least two" in quiz.children[0].value


@pytest.mark.parametrize("question", BANK[:4], ids=lambda question: question["type"])
def test_the_right_answer_is_judged_right_and_explained(question):
    assert judge(question, right_answer(question)).right
    assert all(feedback for _, _, feedback in explain_answer(question))


@pytest.mark.parametrize(("name", "unit"), BUNDLED)
def test_the_bundled_banks_are_sound_and_every_right_answer_can_be_given(name, unit):
    case = kit.load_case(name)
    bank = case.quiz(unit)
    assert quiz_problems(bank) == []
    for question in Quiz(case, unit).questions:
        if question.question["type"] != "defend":
            assert "✓ Right." in give(question, right_answer(question.question))


@pytest.mark.parametrize("field", [Match(["left"], ["one", "two"]).rows[0]])
def test_a_field_with_nothing_chosen_says_so_and_is_never_empty(field):
    # An option that stands for None is shown or not, as Python's hash seed falls.
    assert (field.index, field.label) == (0, "– choose –")
    assert None not in [value for _, value in field.options]


def test_an_answer_with_a_field_left_open_is_no_answer_yet():
    match, order = Match(["left", "other"], ["one", "two"]), Order(["one", "two"])
    match.answer, order.answer = {"left": "one"}, ["two", "gone"]

    assert match.answer is None
    assert order.answer is None
    assert order.list.items == ["one", "two"]


def test_two_amounts_of_dollars_in_an_option_are_no_formula_and_the_answer_is_the_option():
    cost, more = "It cost $5 billion, then $61 billion.", "It cost <b>$1</b> or $2 & more."
    many, match = make_input("many", "x", [cost, more, "one $"]), make_input("match", "x", ["a"], [cost])
    many.answer, match.answer = [more], {cost: "a"}
    assert many.answer == [more]
    assert match.answer == {cost: "a"}
    named = {str(box.description) for box in many.boxes if box.description_allow_html}
    assert named == {str(html.plain(each)).replace("div", "span") for each in (cost, more)}
    assert [str(row.description) for row in match.rows] == [f'<span class="{html.PLAIN}">{cost}</span>']
