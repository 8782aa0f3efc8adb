"""Checks: right, not yet with a hint that leads, or not answered yet - and never a traceback."""

import copy
import re
from pathlib import Path
from types import SimpleNamespace

import nbformat
import numpy as np
import pandas as pd
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

import kit
from kit.authoring import tasks as task_tools
from kit.errors import CheckError
from kit.learning.answer import Answer
from kit.learning.answer_rules import DEFAULT_HINTS, RULES, fold_text, hash_answer, hash_fact, is_blank
from kit.learning.check_answers import assess, check, check_problems, hint_of, rules_of, spec_of, tasks_of
from kit.learning.portfolio import portfolio
from tests.test_mutations import changed, paths

ROOT = Path(kit.__file__).parents[1]
COMMON = {"unit": "01", "task": "Say it.", "not_checked": "Whether you mean it."}


QUIET = {"interest": "a quiet border", "need": "to be safe"}
# As an author writes them; what is the same in all, hints and hashes are added below.
TASKS_AS_YAML = """
01-t1:
  input: choice
  options: [The stalemate that hurts, a strong army, an election]
  rule: fact
  hints: [power, other]
  near_misses: [{answer: a strong army, hint: power}, {answer: an election, hint: other}]
01-t2:
  input: many
  options: [a, b, c, d]
  rule: set
  hints: [missing, extra, mixed]
  near_misses: [{answer: [a], hint: missing}, {answer: [a, b, c], hint: extra}, {answer: [a, c], hint: mixed}]
01-t3:
  input: order
  options: [one, two, three, four]
  rule: sequence
  hints: [reversed, swapped, other]
  near_misses:
    - {answer: [four, three, two, one], hint: reversed}
    - {answer: [one, three, two, four], hint: swapped}
    - {answer: [two, three, four, one], hint: other}
    - {answer: [one, two], hint: absent}
    - {answer: [one, one, two, three], hint: repeated}
01-t4:
  input: match
  items: [Zartman, Walter, Putnam]
  options: [ripeness, guarantees, two levels]
  rule: pairs
  hints: [one_wrong, some_wrong]
  near_misses:
    - {answer: {Zartman: guarantees, Walter: guarantees, Putnam: two levels}, hint: one_wrong}
    - {answer: {Zartman: guarantees, Walter: ripeness, Putnam: two levels}, hint: some_wrong}
    - {answer: {Zartman: ripeness}, hint: absent}
01-t5:
  input: number
  rule: within
  low: 40
  high: 50
  hints: [too_low, too_high]
  near_misses: [{answer: 39, hint: too_low}, {answer: 51 %, hint: too_high}]
01-t6:
  input: order
  options: [x, z, w]
  rule: ranking
  near_misses: [{answer: [x, z], hint: absent}, {answer: [x, x, z], hint: repeated}]
01-t7:
  input: explorer
  from: 01/board
  at: evidence
  rule: cites
  least: 2
  articles: 2
  codes: ["driver:losses"]
  hints: [one_article, off_topic]
  near_misses:
    - {answer: ["first:0"], hint: too_few}
    - {answer: ["first:0", "first:1"], hint: one_article}
    - {answer: ["first:1", "second:1"], hint: off_topic}
    - {answer: ["first:99", "second:0"], hint: unknown}
01-t8:
  input: many
  options: ["driver:losses", "actor:eu", "actor:un"]
  rule: codes
  article: first
  quote: Losses press the EU.
  least: 2
  hints: [not_there, too_few]
  near_misses:
    - {answer: ["actor:un"], hint: not_there}
    - {answer: ["actor:eu"], hint: too_few}
    - {answer: [the losses], hint: not_a_code}
01-t9:
  input: text
  lines: 4
  rules: [{rule: words, low: 4, high: 12, terms: [[guarantee, promise], [trust]]}]
  hints: [missing_term]
  near_misses:
    - {answer: No trust., hint: too_short}
    - {answer: Without trust nothing holds., hint: missing_term}
    - {answer: trust guarantee trust guarantee trust guarantee trust guarantee trust guarantee trust guarantee trust, hint: too_long}
01-t10:
  input: explorer
  from: 01/grid
  rule: numbers
  least: 3
  low: 0
  high: 1
  total: 1
  hints: [wrong_total]
  near_misses:
    - {answer: {a: 0.5, b: 0.5}, hint: too_few}
    - {answer: {a: 0.5, b: 0.5, c: 2}, hint: out_of_range}
    - {answer: {a: 0.5, b: 0.5, c: 0.5}, hint: wrong_total}
01-t12:
  input: explorer
  from: 01/plan
  rule: plan
  least: 2
  type: watching
  hints: [too_early, over_budget, missing_type]
  near_misses:
    - {answer: {line: 1, moon: 2}, hint: unknown}
    - {answer: {line: 1}, hint: too_few}
    - {answer: {line: 2, cameras: 2}, hint: too_early}
    - {answer: {line: 1, cameras: 2, truce: 3}, hint: over_budget}
    - {answer: {line: 1, truce: 4}, hint: missing_type}
01-t11:
  input: explorer
  from: 01/needs
  rule: readings
  names: [eu, un]
  low: 2
  accusing: [wicked]
  hints: [apart, half, alike, accusing, position]
  near_misses:
    - {answer: {eu: {border: &quiet {interest: a quiet border, need: to be safe}}, un: {}}, hint: too_few}
    - {answer: {eu: {border: *quiet }, un: {grain: *quiet }}, hint: apart}
    - {answer: {eu: {border: *quiet }, un: {border: {interest: cheap bread}}}, hint: half}
    - {answer: {eu: {border: *quiet }, un: {border: {interest: a quiet border, need: calm}}}, hint: too_short}
    - {answer: {eu: {border: {interest: a quiet border, need: A quiet border!}}, un: {border: *quiet }}, hint: alike}
    - {answer: {eu: {border: {interest: a quiet border, need: Wicked joy}}, un: {border: *quiet }}, hint: accusing}
    - {answer: {eu: {border: {interest: the border stays shut, need: to be safe}}, un: {border: *quiet }}, hint: position}
"""
SOLUTIONS = {
    "01-t1": "the stalemate that hurts.",
    "01-t2": ["b", "a"],
    "01-t3": ["one", "two", "three", "four"],
    "01-t4": {"Zartman": "ripeness", "Walter": "guarantees", "Putnam": "two levels"},
    "01-t5": 45,
    "01-t6": ["w", "x", "z"],
    "01-t7": ["first:0", "second:0"],
    "01-t8": ["driver:losses", "actor:eu"],
    "01-t9": "Guarantees only work with some trust.",
    "01-t10": {"a": 0.25, "b": 0.25, "c": 0.5},
    "01-t12": {"line": 1, "cameras": 2, "truce": 4},
    "01-t11": {"eu": {"border": QUIET}, "un": {"border": {"interest": "a voice in it", "need": "to be heard"}}},
}


def whole(task, spec):
    hints = {mode: [f"nudge about {mode}", f"pointer about {mode}"] for mode in spec.get("hints", ())}
    hashed = spec.get("rule") in ("fact", "set", "sequence", "pairs")
    hashes = dict([hash_answer(spec["rule"], task, SOLUTIONS[task])]) if hashed else {}
    return {**COMMON, **spec, **hashes, "hints": hints}


TASKS = {task: whole(task, spec) for task, spec in yaml.safe_load(TASKS_AS_YAML).items()}
MEASURES = {
    "line": {"type": "talking", "cost": {"a": 1, "b": 1}, "months": 1, "prerequisites": []},
    "cameras": {"type": "watching", "cost": {"a": 2, "b": 2}, "months": 3, "prerequisites": ["line"]},
    "truce": {"type": "restraint", "cost": {"a": 3, "b": 1}, "months": 1, "prerequisites": ["line"]},
}


def tiny_case():
    sentences = pd.DataFrame(
        [
            ("first", 0, "Losses press the EU."),
            ("first", 1, "Talks."),
            ("second", 0, "Losses."),
            ("second", 1, "Rain."),
        ],
        columns=["article", "sentence", "text"],
    )
    marks = pd.DataFrame(
        [("first", 0, "driver:losses"), ("first", 0, "actor:eu"), ("second", 0, "driver:losses")],
        columns=["article", "sentence", "code"],
    )
    codebook = SimpleNamespace(codes={"driver:losses": 1, "actor:eu": 1, "actor:un": 1})
    found = {text: {"article": article, "sentence": n} for article, n, text in sentences.itertuples(index=False)}
    return SimpleNamespace(
        positions=pd.DataFrame([("eu", "border", "The border stays shut")], columns=["actor", "issue", "position"]),
        name="tiny",
        checks={"checks": copy.deepcopy(TASKS)},
        sentences=sentences,
        marks=marks,
        codebook=codebook,
        measures={"measures": MEASURES, "budgets": {"a": 4}},
        locate=lambda article, quote: found[quote],
    )


CASE = tiny_case()
MISSES = [(task, miss["answer"], miss["hint"]) for task, spec in TASKS.items() for miss in spec["near_misses"]]


# --- every rule, three ways


@pytest.mark.parametrize("task", TASKS)
def test_a_check_passes_its_solution(task):
    result = check(task, SOLUTIONS[task], CASE)
    assert result
    assert (result.state, result.hint, result.not_checked) == ("right", "", COMMON["not_checked"])


@pytest.mark.parametrize("task", TASKS)
@pytest.mark.parametrize("nothing", task_tools.BLANKS, ids=repr)
def test_a_blank_is_not_answered_yet_and_costs_nothing(task, nothing):
    assert check(task, nothing, CASE).state == "not answered yet"
    assert portfolio("tiny").entries() == {}


@pytest.mark.parametrize(("task", "answer", "mode"), MISSES, ids=[f"{task} {mode}" for task, _, mode in MISSES])
def test_a_near_miss_gets_its_nudge_and_at_the_second_failure_its_pointer(task, answer, mode):
    wanted = TASKS[task].get("hints", {}).get(mode) or DEFAULT_HINTS[mode]
    results = [check(task, answer, CASE) for _ in range(3)]
    assert [result.state for result in results] == ["not yet"] * 3
    assert [result.hint for result in results] == [wanted[0], wanted[1], wanted[1]]
    assert [result.failures for result in results] == [1, 2, 3]


def test_every_rule_and_every_mode_of_it_is_tried_here():
    tried = {
        (rule["rule"], miss["hint"])
        for spec in TASKS.values()
        for rule in rules_of(spec)
        for miss in spec["near_misses"]
    }
    wanted = {(name, mode) for name, rule in RULES.items() for mode in rule.modes}
    assert {pair for pair in wanted - tried if pair[1] != "not_an_option"} == set()


@pytest.mark.parametrize(
    ("task", "answer"),
    [
        ("01-t1", "a tank"),
        ("01-t2", ["a", "q"]),
        ("01-t3", ["one", "two", "three", "q"]),
        ("01-t6", ["x", "z", "q"]),
        ("01-t4", {"Zartman": "q"}),
    ],
)
def test_what_is_no_option_is_told_apart_from_a_wrong_one(task, answer):
    assert check(task, answer, CASE).mode == "not_an_option"


# --- no traceback, whatever is given

junk = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.binary(max_size=4),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=3) | st.tuples(inner, inner)
    ),
    max_leaves=8,
)


@pytest.mark.parametrize("task", TASKS)
@settings(max_examples=60)
@given(answer=junk)
def test_whatever_is_given_the_reply_is_one_of_three_states(task, answer):
    assert assess(task, TASKS[task], answer, CASE) is None or isinstance(assess(task, TASKS[task], answer, CASE), str)


@pytest.mark.parametrize("task", TASKS)
@pytest.mark.parametrize(
    "odd",
    [object(), object, print, np.zeros((2, 2)), pd.Series([1, 2]), pd.DataFrame({"x": [1]}), 2**80],
    ids=lambda odd: type(odd).__name__,
)
def test_an_odd_object_gives_a_hint_and_is_kept_as_far_as_it_goes(task, odd):
    result = check(task, odd, CASE)
    assert result.state in ("not yet", "right")
    assert result.hint or result
    assert portfolio("tiny").file.status == "saved"


def test_a_wrong_type_is_told_what_is_wanted():
    assert check("01-t5", ["a", "b"], CASE).hint == (
        "This task takes one number in figures, such as 4.5 or '4,5'; it was given a list."
    )
    assert "names with values" in check("01-t4", "Zartman", CASE).hint


def test_a_decimal_comma_in_code_is_told_and_no_case():
    assert "several values with commas between them" in check("01-t5", (4, 3), CASE).hint
    with pytest.raises(CheckError, match="decimal point, or stands in quotation marks"):
        check("01-t5", 4, 3)  # as 4,3 is read


def test_an_unknown_task_names_those_near():
    with pytest.raises(CheckError, match="Did you mean 01-t1"):
        check("01-t1x", 1, CASE)


def test_a_task_that_is_not_sound_says_so_instead_of_judging():
    case = tiny_case()
    del case.checks["checks"]["01-t1"]["accept"]
    with pytest.raises(CheckError, match="needs 'accept'"):
        check("01-t1", "x", case)


# --- answers that mean the same


@pytest.mark.parametrize("same", ["The stalemate that hurts", " STALEMATE  that hurts. ", "“the stalemate that hurts”"])
def test_case_quotes_spaces_and_articles_do_not_count(same):
    assert check("01-t1", same, CASE)


@pytest.mark.parametrize("number", [45, 45.0, "45", " 45 % ", "about 45 km", np.int64(45), "+45.00"])
def test_a_number_may_be_written_in_many_ways(number):
    assert check("01-t5", number, CASE)


@pytest.mark.parametrize(
    ("task", "answer", "state", "failures"),
    [
        ("04-t4", "42,857", "right", 0),
        ("04-t4", "42.857", "right", 0),
        ("04-t4", "75,000", "not yet", 1),
        ("01-t4", "50,000", "right", 0),
        ("01-t4", "14,000", "not yet", 1),
    ],
)
def test_where_one_reading_alone_can_be_meant_it_is_taken(task, answer, state, failures):
    result = check(task, answer)
    assert (result.state, result.failures) == (state, failures)
    assert "two ways" not in result.hint


def test_without_a_range_two_readings_are_asked_back():
    assert check("01-t5", "45,125", CASE).hint == "45,125 can be read in two ways. Type 45125 or 45.125."
    assert check("01-t10", ["0,25", "0.25", 0.5], CASE)


@pytest.mark.parametrize("text", ["forty-five", "4 to 5 or so", "", "1.2.3"])
def test_what_is_no_single_number_is_not_taken_for_one(text):
    assert not check("01-t5", text, CASE)


def test_thousands_are_read():
    spec = {**TASKS["01-t5"], "low": 14000, "high": 14000}
    assert assess("x", spec, "14’000", CASE) == assess("x", spec, "14 000 people", CASE) == ""


def test_a_number_with_two_readings_is_asked_back_and_not_judged():
    said = check("01-t5", "14,000", CASE)
    assert said.state == "not yet"
    assert "14,000 can be read in two ways. Type 14000 or 14.000." in said.hint


@pytest.mark.parametrize(
    "places",
    [
        ["first:0", "second:0"],
        [("first", 0), ("second", 0)],
        [{"article": "first", "sentence": 0}, {"article": "second", "sentence": 0}],
        [{"article": "first", "quote": "Losses press the EU."}, {"article": "second", "quote": "Losses."}],
        pd.DataFrame({"article": ["first", "second"], "sentence": [0, 0], "text": ["", ""]}),
    ],
    ids=["text", "pairs", "dicts", "quotes", "an explorer's evidence"],
)
def test_evidence_may_be_given_as_explorers_keep_it(places):
    assert check("01-t7", places, CASE)


@given(st.text())
def test_folding_twice_is_folding_once(text):
    assert fold_text(fold_text(text)) == fold_text(text)


def test_nan_and_empty_tables_are_blank_and_nought_is_not():
    assert is_blank(float("nan"))
    assert is_blank(pd.DataFrame())
    assert is_blank({"a": "", "b": None})
    assert not is_blank(0)
    assert not is_blank(False)


# --- what is kept


def test_an_answer_its_state_and_its_failures_are_kept():
    check("01-t1", "a strong army", CASE)
    assert portfolio("tiny").read("01/check/01-t1") == {"answer": "a strong army", "state": "not yet", "failures": 1}
    check("01-t1", SOLUTIONS["01-t1"], CASE)
    assert portfolio("tiny").read("01/check/01-t1")["state"] == "right"


def test_without_an_answer_the_one_in_the_portfolio_is_checked():
    assert check("01-t7", case=CASE).state == "not answered yet"
    portfolio("tiny").save("01/board", {"evidence": ["first:0", "second:0"]})
    assert check("01-t7", case=CASE)
    assert portfolio("tiny").read("01/check/01-t7") == {"answer": None, "state": "right", "failures": 0}


@pytest.mark.parametrize("kept", [5, [], {"failures": "many"}, {"failures": -3}, {"failures": 10**9}])
def test_what_the_portfolio_holds_is_not_trusted(kept):
    portfolio("tiny").save("01/check/01-t1", kept)
    assert check("01-t1", "a strong army", CASE).failures == 1


def test_a_result_reads_shortly_and_escapes_what_it_shows():
    result = check("01-t1", "a strong army", CASE)
    assert repr(result) == "01-t1: not yet - nudge about power"
    case = tiny_case()
    case.checks["checks"]["01-t1"]["hints"]["power"][0] = "<b onclick=x>"
    portfolio("tiny").save("01/check/01-t1", None)
    shown = check("01-t1", "a strong army", case)._repr_html_()
    assert "<b onclick" not in shown
    assert "◐ Not yet." in shown
    assert "Not checked: Whether you mean it." in shown


# --- answered with controls


@pytest.mark.parametrize("task", TASKS)
def test_a_task_can_be_answered_without_code(task):
    box = Answer(CASE, task)
    if box.input is None:
        portfolio("tiny").save(
            TASKS[task]["from"], {"evidence": SOLUTIONS[task]} if "at" in TASKS[task] else SOLUTIONS[task]
        )
    else:
        box.input.answer = {"01-t1": "The stalemate that hurts"}.get(task, SOLUTIONS[task])
    box.button.click()
    assert box.result
    assert "✓ Right." in box.feedback.html


def test_controls_keep_what_is_chosen_before_it_is_checked_and_find_it_again():
    box = Answer(CASE, "01-t1")
    box.input.radios.value = "an election"
    assert portfolio("tiny").read("01/check/01-t1") == {"answer": "an election", "state": "not checked", "failures": 0}
    again = Answer(CASE, "01-t1")
    assert again.answer == "an election"
    again.button.click()
    assert "nudge about other" in again.feedback.html
    assert "last checked: not yet" in Answer(CASE, "01-t1").feedback.html


def test_an_answer_given_in_code_is_checked_at_once():
    box = Answer(CASE, "01-t2")
    box.answer = ["a"]
    assert "nudge about missing" in box.feedback.html
    assert [one.value for one in box.input.boxes].count(True) == 1
    assert repr(box) == f"Task 2. {TASKS['01-t2']['task']}"


# --- checks.yaml


def test_the_tasks_above_are_sound():
    assert check_problems({"checks": TASKS}) == []
    assert check_problems({}) == []
    assert check_problems([]) == check_problems(0) == ["checks.yaml has no 'checks:' with the tasks' names under it."]
    assert list(tasks_of(CASE, "01")) == list(TASKS)
    assert tasks_of(CASE, "02") == {}


FAULTS = [
    ("no tasks", lambda tasks: "x", "no 'checks:'"),
    ("unit is a number", lambda tasks: tasks["01-t1"].update(unit=1), "'unit' is missing or is not text"),
    (
        "nothing said of what is not checked",
        lambda tasks: tasks["01-t1"].pop("not_checked"),
        "'not_checked' is missing",
    ),
    ("an answer in plain text", lambda tasks: tasks["01-t1"].update(accept=["the stalemate"]), "as hashes"),
    ("an unknown rule", lambda tasks: tasks["01-t1"].update(rule="luck"), "its rule must be one of"),
    ("a unit that there is not", lambda tasks: tasks["01-t1"].update(unit="1"), "there is no unit '1'"),
    ("a name that no key can hold", lambda tasks: tasks.update({"task/one": {}}), "its name holds signs"),
    ("a rule that is a list", lambda tasks: tasks["01-t1"].update(rule=["fact"]), "its rule must be one of"),
    ("a number for the hashes", lambda tasks: tasks["01-t1"].update(accept=5), "as hashes"),
    ("nothing that is right", lambda tasks: tasks["01-t1"].update(accept=[]), "as hashes"),
    ("a count in words", lambda tasks: tasks["01-t7"].update(least="three"), "'least' must be a number"),
    (
        "a list that is text",
        lambda tasks: tasks["01-t7"].update(codes="actor:russia"),
        "'codes' must be a list of texts",
    ),
    ("a quote that is a list", lambda tasks: tasks["01-t8"].update(quote=["x"]), "'quote' must be text"),
    ("terms that are text", lambda tasks: tasks["01-t9"]["rules"][0].update(terms="peace"), "'terms' must be a list"),
    (
        "a near miss whose hint is a list",
        lambda tasks: tasks["01-t1"]["near_misses"][0].update(hint=["x"]),
        "a near miss",
    ),
    ("one option", lambda tasks: tasks["01-t1"].update(options=["a"]), "needs 'options'"),
    ("an option twice", lambda tasks: tasks["01-t1"].update(options=["a", "a"]), "none twice"),
    (
        "options without the right one",
        lambda tasks: tasks["01-t1"].update(accept=["0" * 20]),
        "cannot be given with its 'options'",
    ),
    ("a member that is no option", lambda tasks: tasks["01-t2"]["members"].append("0" * 20), "cannot be given"),
    ("a place too many", lambda tasks: tasks["01-t3"]["places"].append("0" * 20), "cannot be given"),
    ("an item without its partner", lambda tasks: tasks["01-t4"]["pairs"].pop(), "cannot be given"),
    ("no items", lambda tasks: tasks["01-t4"].pop("items"), "needs 'items'"),
    ("no place to read from", lambda tasks: tasks["01-t7"].pop("from"), "needs 'from'"),
    ("one hint", lambda tasks: tasks["01-t1"]["hints"].update(other=["x"]), "a nudge and a pointer"),
    (
        "a hint that nothing leads to",
        lambda tasks: tasks["01-t2"]["hints"].update(odd=["x", "y"]),
        "nothing leads to the hint 'odd'",
    ),
    ("no hint for a failure", lambda tasks: tasks["01-t2"]["hints"].pop("mixed"), "no hint"),
    (
        "a near miss without its hint",
        lambda tasks: tasks["01-t1"]["near_misses"][0].update(hint="gone"),
        "no hint 'gone'",
    ),
    ("a range for a choice", lambda tasks: tasks["01-t1"].update(at_least=0), "only input 'number' reads 'at_least'"),
    ("a range in words", lambda tasks: tasks["01-t5"].update(at_most="100"), "'at_most' must be a number"),
    ("a range beside the answer", lambda tasks: tasks["01-t5"].update(at_most=45), "the right answer lies"),
    ("a range upside down", lambda tasks: tasks["01-t5"].update(at_least=99, at_most=9), "the right answer lies"),
    ("a misspelt field", lambda tasks: tasks["01-t7"].update(leest=3), "no rule of it reads 'leest'"),
    ("a task that is text", lambda tasks: tasks.update({"01-t1": "x"}), "not a set of names"),
    ("rules that are text", lambda tasks: tasks["01-t9"].update(rules="x"), "'rules' must list"),
]


@pytest.mark.parametrize(("spoil", "problem"), [row[1:] for row in FAULTS], ids=[row[0] for row in FAULTS])
def test_what_is_wrong_with_checks_is_named(spoil, problem):
    tasks = copy.deepcopy(TASKS)
    found = check_problems({"checks": tasks} if spoil(tasks) != "x" else {"tasks": tasks})
    assert any(problem in each for each in found), found


SHAPES = [5, -1.5, True, None, "", "x", "2024-13-45", [], {}, [5], ["x", ["y"]], [[]], {"a": []}, [{"a": None}]]


@pytest.mark.parametrize("task", TASKS)
def test_whatever_one_value_is_changed_to_the_check_says_what_is_wrong_or_can_judge(task):
    told_elsewhere = [("article",), ("quote",)]  # `kit.checking` looks whether they stand in the case
    for path in paths(TASKS[task]):
        for shape in [shape for shape in SHAPES if path not in told_elsewhere or not str(shape).strip()]:
            spec = changed(TASKS[task], path, shape)
            mode = None if check_problems({"checks": {task: spec}}) else assess(task, spec, SOLUTIONS[task], CASE)
            assert mode != "wrong_type", (path, shape)


def test_equal_answers_of_two_tasks_have_different_hashes():
    assert hash_fact("01-t1", "yes") != hash_fact("01-t2", "yes")
    assert hash_fact("01-t1", "Yes.") == hash_fact("01-t1", "yes")
    assert re.fullmatch("[0-9a-f]{20}", hash_fact("01-t1", "yes"))


# --- model answers in notebooks

CELL = """task = kit.learning.Answer(case, "01-t2")
task.answer = ["a", "b"]
task"""


def notebook(tmp_path, *cells):
    path = tmp_path / "01.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells]), path)
    return path


def test_model_answers_are_read_from_the_cells_of_their_tasks(tmp_path):
    plain = 'answer = None\nanswer = -3.5\nkit.check("01-t5", answer)'
    path = notebook(tmp_path, "import kit", CELL, plain, 'kit.learning.Answer(case, "01-t6")')
    assert task_tools.model_answers(path) == {"01-t2": ["a", "b"], "01-t5": -3.5}


def test_a_computed_model_answer_is_named(tmp_path):
    path = notebook(tmp_path, 'answer = sorted(x)\nkit.check("01-t2", answer)')
    with pytest.raises(CheckError, match=r"01\.ipynb, cell 1: the model answer to 01-t2 is computed"):
        task_tools.model_answers(path)


def test_authors_get_the_hashes_of_a_model_answer():
    assert (
        task_tools.hash_lines("01-t1", TASKS["01-t1"], "the stalemate that hurts")
        == f"accept: [{TASKS['01-t1']['accept'][0]}]"
    )
    assert task_tools.hash_lines("01-t2", TASKS["01-t2"], ["b", "a"]).startswith("members: [")
    with pytest.raises(CheckError, match="no rule with hashes"):
        task_tools.hash_lines("01-t5", TASKS["01-t5"], 45)


@pytest.mark.parametrize(
    ("spoil", "problem"),
    [
        (lambda spec: spec.update(accept=["0" * 20]), "does not pass"),
        (lambda spec: spec["near_misses"][0].update(hint="other"), "no near miss tries the hint 'power'"),
        (
            lambda spec: spec["near_misses"].append({"answer": "the stalemate that hurts", "hint": "other"}),
            "gives '', not 'other'",
        ),
    ],
)
def test_a_check_that_fails_its_trial_is_named(spoil, problem):
    spec = copy.deepcopy(TASKS["01-t1"])
    spoil(spec)
    assert any(problem in each for each in task_tools.task_problems("01-t1", spec, SOLUTIONS["01-t1"], CASE))


# --- every check of every case

BUNDLED = sorted(path.parent.name for path in (ROOT / "kit" / "cases").glob("*/checks.yaml"))


def bundled_tasks():
    return [(name, task) for name in BUNDLED for task in tasks_of(kit.load_case(name))]


@pytest.mark.parametrize("name", BUNDLED)
def test_the_checks_of_a_bundled_case_are_sound(name):
    assert task_tools.case_problems(kit.load_case(name), ROOT / "solutions") == []


@pytest.mark.parametrize(("name", "task"), bundled_tasks())
def test_a_bundled_check_passes_its_solution_knows_a_blank_and_hints_at_each_near_miss(name, task):
    case = kit.load_case(name)
    spec = spec_of(task, case)
    assert check(task, None, case).state == "not answered yet"
    for miss in spec.get("near_misses", ()):
        portfolio(case).save(f"{spec['unit']}/check/{task}", None)
        first, second = check(task, miss["answer"], case), check(task, miss["answer"], case)
        assert (first.state, first.mode) == ("not yet", miss["hint"])
        assert [first.hint, second.hint] == [hint_of(spec, miss["hint"], number) for number in (1, 2)]
    assert check(task, task_tools.all_model_answers(name, ROOT / "solutions")[task], case)


@pytest.mark.parametrize("name", BUNDLED)
def test_no_exercise_holds_an_accepted_answer(name):
    texts = [path.read_text("utf-8") for path in (ROOT / "exercises").rglob("*.ipynb")]
    case = kit.load_case(name)
    answers = task_tools.all_model_answers(name, ROOT / "solutions")
    long = [(task, answer) for task, answer in answers.items() if isinstance(answer, str) and len(answer) > 12]
    assert [task for task, answer in long if any(answer in text for text in texts)] == []
    assert all(task in tasks_of(case) for task in answers)
