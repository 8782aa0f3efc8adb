"""Whatever one value of a case is changed to, `check-case` says what is wrong, or everything works on it all the same.

Every value of the skeleton is replaced in turn by each of twenty odd ones. A sample of these runs here; all of them (some
ten thousand, a few minutes) with ``PARLEY_ALL_MUTATIONS=1 python -m pytest tests/test_mutations.py``.
"""

import csv
import io
import json
import os
import shutil
import warnings
from itertools import islice

import pytest

from kit.actors import tables as actors
from kit.authoring.new_case import SKELETON
from kit.background import tables as background
from kit.case import Case
from kit.case_tables import FILES
from kit.checking.rules import RULES
from kit.checking.whole_case import CaseNames
from kit.errors import KitError
from kit.fields import read
from kit.learning.coding import coding_sentences
from kit.measures import plan
from kit.measures import tables as measures
from kit.negotiation import tables as negotiation
from kit.obstacles import tables as obstacles
from kit.scenarios import tables as scenarios

ODD = [
    "", "~", "on", "No", "12:30", "0x1F", "1_000", "-1", "1e9", ".nan", "9" * 5000, "2026-13-45", "0001-01-01", "9999-12-31",
    '""', '"\\e[31mred\\e[0m"', '"\\u202eturned"', "[]", "{}", "[[1], {a: b}]", '"<script>alert(1)</script>"',
    '"\\ud800"', "190:20:30", ".inf", "!!int 3", "&a 1",
]  # fmt: skip
ODD_CELLS = ["", " ", "on", "12:30", "-1", "1e9", "nan", "9" * 5000, "2026-13-45", "0001", "9999-12-31", "=1+1", "\x1b[31mred", ";", "a;b",
             "||", "x: y || z", "<script>", "02-our-fields: nothing", "actor:nobody"]  # fmt: skip
STEP = 1 if os.environ.get("PARLEY_ALL_MUTATIONS") else 97


def paths(value, path=()):
    """Paths to all values, containers included."""
    if path:
        yield path
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, child in pairs:
        yield from paths(child, (*path, key))


def changed(value, path, new):
    """The value with another at a path."""
    if not path:
        return new
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[path[0]] = changed(copy[path[0]], path[1:], new)
    return copy


def mutations(case, name):
    """Texts of the file, each with one value changed, and what was changed in it."""
    document = case.document(name)
    if name.endswith(".csv"):
        for row, column in ((row, column) for row in range(len(document.data)) for column in document.columns):
            for odd in ODD_CELLS:
                text = io.StringIO()
                writer = csv.DictWriter(text, document.columns)
                writer.writeheader()
                writer.writerows(changed(document.data, (row, column), odd))
                yield f"{row}, {column}: {odd[:20]!r}", text.getvalue()
        return
    for path in paths(document.data):
        for odd in ODD:
            text = json.dumps(changed(document.data, path, "@@"), ensure_ascii=False)
            yield f"{path}: {odd[:20]!r}", text.replace('"@@"', odd)


def work(case, name):
    """Everything that the units make of one file."""
    {
        "case.yaml": lambda: [work_timeline(case), background.legal_record(case), background.party_labels(case),
                              actors.issue_names(case), actors.grid_table(case, {}, []), coding_sentences(case), measures.book_of(case)],
        "events.csv": lambda: [work_timeline(case), case.mentions, background.legal_record(case)],
        "relations.csv": lambda: [actors.ties(case), case.actor_names],
        "positions.csv": lambda: [actors.position_table(case), actors.position_cells(case)],
        "figures.csv": lambda: [background.claims_table(case), background.claim_pairs(background.claims_table(case)),
                                background.hedge_table(case)],
        "obstacles.yaml": lambda: [obstacles.card_of(case, code) for code in case.codebook.codes if code.startswith("obstacle:")],
        "measures.yaml": lambda: work_measures(case),
        "scenarios.yaml": lambda: work_scenarios(case),
        "negotiation.yaml": lambda: [work_game(case, version) for version in ("real", "invented")],
    }[name]()  # fmt: skip


def work_timeline(case):
    events, phases = background.event_table(case), background.phase_table(case)
    for period in background.list_periods(events, phases):
        background.timeline_rows(background.shown_events(events, period), phases, period)


def work_measures(case):
    book = measures.book_of(case)
    measures.measure_table(book)
    for steps in book.plans.values():
        plan.problems(book, steps), plan.spending(book, steps)
    measures.precedent_table(book, book.measures)
    for measure in book.measures.values():
        measures.sentences_on(case, measure)


def work_scenarios(case):
    scenarios.scenario_table(case)
    for key in case.scenarios["scenarios"]:
        scenarios.argument_evidence(case, key), scenarios.signposts(case, key)
    if scenarios.factors_of(case):
        scenarios.combination_table(case, scenarios.cross_impact(case), 99)
    for model in case.scenarios["graph_models"].values():
        scenarios.stability_table(model, scenarios.graph_model(model))
    scenarios.question_table(case), scenarios.practice_table(case)


def work_game(case, version):
    lab = negotiation.lab(case, version)
    if lab:
        lab.negotiation(lab.parties).nash(), lab.holds, negotiation.package_table(lab, {})


@pytest.fixture(scope="module")
def sound():
    case = Case(SKELETON)
    return case, CaseNames(case), case.marks


@pytest.mark.parametrize("name", list(FILES))
def test_the_check_says_what_is_wrong_or_everything_works(sound, tmp_path, name):
    original, known, marks = sound
    shutil.copytree(SKELETON, tmp_path / "case")
    bad = []
    for what, text in islice(mutations(original, name), 0, None, STEP):
        (tmp_path / "case" / name).write_text(text, encoding="utf-8")
        case = Case(tmp_path / "case")
        case.__dict__.update(articles=original.articles, codebook=original.codebook, marks=marks)
        try:
            problems = problems_of(case, name, CaseNames(case) if name == "case.yaml" else known)
            if not problems:
                work(case, name)
        except Exception as error:
            bad.append(f"{what}: {type(error).__name__}: {str(error)[:120]}")
    assert bad == []


def problems_of(case, name, known):
    try:
        document = case.document(name)
    except KitError as error:
        return [str(error)]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        reading = read(FILES[name], document, known)
        if name in RULES:
            RULES[name](reading.found, reading.tell, known)
    told = [str(problem) for problem in [*document.problems, *reading.problems]]
    assert "\x1b" not in "".join(told)
    return told
