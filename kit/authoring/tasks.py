"""For those who write tasks: model answers read from solution notebooks, their hashes, and a trial of every check.

    python -m kit tasks hash ukraine 01-t1      # the line that goes into checks.yaml
    python -m kit tasks try ukraine             # every check: solution, blank, near misses

A model answer stands as a literal in ``solutions/*.ipynb``, in the cell of its task: a value given to ``answer`` or to
``<anything>.answer``. For a case other than the lead case, the notebooks lie in ``solutions/<case>/``.
"""

from __future__ import annotations

import argparse
import ast
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from kit.case import Case, load_case
from kit.errors import CheckError
from kit.learning.answer_rules import HASHES, RULES, hash_answer
from kit.learning.check_answers import assess, check_problems, hint_of, rules_of, tasks_of
from kit.learning.document import LEAD_CASE
from kit.reading.data_files import parse_yaml

BLANKS: tuple[Any, ...] = (None, "", "  ", [], {}, (), ...)


def model_answers(notebook: Path) -> dict[str, Any]:
    """Return the model answers in a solution notebook by the name of their task.

    Raises
    ------
    CheckError
        If a task's cell gives an answer that is no literal.
    """
    import nbformat

    cells = nbformat.read(notebook, as_version=4).cells
    found: dict[str, Any] = {}
    for number, cell in enumerate(cells, 1):
        if cell.cell_type == "code":
            found.update(_answer_in(cell.source, f"{notebook.name}, cell {number}"))
    return found


def _answer_in(source: str, where: str) -> dict[str, Any]:
    try:
        tree = ast.parse(source)
    except SyntaxError:
        msg = "this code cannot be read"
        raise CheckError(msg, where=where) from None
    # Read and not run: that takes a moment for all notebooks, and needs no kernel.
    tasks = [_task_of(node) for node in ast.walk(tree) if isinstance(node, ast.Call)]
    values = [node.value for node in ast.walk(tree) if isinstance(node, ast.Assign) and _is_answer(node.targets[0])]
    named = [task for task in tasks if task]
    if not named or not values:
        return {}
    try:
        return {named[0]: ast.literal_eval(values[-1])}
    except ValueError:
        msg = f"the model answer to {named[0]} is computed; the checks are tried on literals"
        raise CheckError(msg, where=where, remedy="Write its value, and how it is found as a comment.") from None


def _task_of(call: ast.Call) -> str:
    """Return the task in ``check("01-t1", …)`` or ``Answer(case, "01-t1")``."""
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    place = {"check": 0, "Answer": 1}.get(name)
    if place is None or len(call.args) <= place:
        return ""
    argument = call.args[place]
    return str(argument.value) if isinstance(argument, ast.Constant) else ""


def _is_answer(target: ast.expr) -> bool:
    return getattr(target, "id", getattr(target, "attr", "")) == "answer"


def all_model_answers(case: str, folder: Path = Path("solutions")) -> dict[str, Any]:
    """Return the model answers to all tasks of a case."""
    paths = sorted((folder if case == LEAD_CASE else folder / case).glob("*.ipynb"))
    return {task: answer for path in paths for task, answer in model_answers(path).items()}


def hash_lines(task: str, spec: Mapping[str, Any], answer: Any) -> str:
    """Return the lines of ``checks.yaml`` with the hashes of a right answer.

    Raises
    ------
    KitError
        If the task has no rule with hashes, or the answer has not the rule's shape.
    """
    for rule in rules_of(spec):
        name = rule.get("rule")
        if name in RULES and set(RULES[name].needs) & set(HASHES):
            field, hashes = hash_answer(str(name), task, answer, numeric=spec.get("input") == "number")
            return f"{field}: [{', '.join(hashes)}]"
    msg = f"task {task} has no rule with hashes"
    raise CheckError(msg, remedy="Only fact, set, sequence and pairs have; the others say what they accept.")


def task_problems(task: str, spec: Mapping[str, Any], answer: Any, case: Case) -> Iterator[str]:
    """Yield what is wrong with a check, tried on its solution, on blanks and on its near misses."""
    mode = assess(task, spec, answer, case)
    if mode != "":
        yield f"{task}: the model answer {answer!r} does not pass ({'blank' if mode is None else mode})"
    for nothing in BLANKS:
        if assess(task, spec, nothing, case) is not None:
            yield f"{task}: {nothing!r} is not taken as not answered yet"
    for miss in spec.get("near_misses") or ():
        mode = assess(task, spec, miss["answer"], case)
        if mode != miss["hint"]:
            yield f"{task}: the near miss {miss['answer']!r} gives {mode!r}, not {miss['hint']!r}"
    for name in spec.get("hints") or {}:
        if name not in {miss["hint"] for miss in spec.get("near_misses") or ()}:
            yield f"{task}: no near miss tries the hint {name!r} ({hint_of(spec, name, 1)})"


def case_problems(case: Case, folder: Path = Path("solutions")) -> list[str]:
    """Return what is wrong with all checks of a case; empty if nothing is."""
    problems = check_problems(case.checks)
    if problems:
        return problems
    answers = all_model_answers(case.name, folder)
    for task, spec in tasks_of(case).items():
        if task in answers:
            problems += task_problems(task, spec, answers[task], case)
        else:
            problems.append(f"{task}: no solution notebook has a model answer")
    unknown = [task for task in answers if task not in tasks_of(case)]
    return problems + [f"{task}: answered in a solution, but not in checks.yaml" for task in unknown]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what ``tasks`` takes."""
    parser.add_argument("do", choices=["hash", "try"], help="hash one right answer, or try all checks of a case")
    parser.add_argument("case", help="a case's name or folder")
    parser.add_argument("task", nargs="?", help="such as 01-t1")
    parser.add_argument("answer", nargs="?", help="as YAML; without it, the one in the solution notebook")
    parser.add_argument("--solutions", type=Path, default=Path("solutions"), help="where the solution notebooks are")


def run(arguments: argparse.Namespace) -> int:
    """Print a task's hashes, or all that is wrong with a case's checks."""
    case = load_case(arguments.case)
    if arguments.do == "try":
        problems = case_problems(case, arguments.solutions)
        print(*problems or ["Every check passes its solution, blanks and near misses."], sep="\n")
        return int(bool(problems))
    print(_hashed(case, arguments))
    return 0


def _hashed(case: Case, arguments: argparse.Namespace) -> str:
    task = str(arguments.task)
    spec = tasks_of(case).get(task)
    if spec is None:
        msg = f"the case has no task {task!r}"
        raise CheckError(msg, remedy=f"Name one of {', '.join(tasks_of(case))}.")
    if arguments.answer is None:
        answer = all_model_answers(case.name, arguments.solutions).get(task)
    else:
        answer = parse_yaml(arguments.answer, "the answer").data
    return hash_lines(task, spec, answer)
