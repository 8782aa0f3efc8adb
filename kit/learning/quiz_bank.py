"""A question bank as data: what is wrong with one, and how an answer is judged.

A bank is a list of questions, each a dict with ``id``, ``type`` and ``question``:

- ``multiple_choice`` and ``many_choice``: ``answers``, each with ``answer``, ``correct`` and ``feedback``
- ``order``: ``items``, each with ``item`` and ``feedback``, in the right order
- ``match``: ``pairs``, each with ``left``, ``right`` and ``feedback``
- ``defend``: ``answers``, each with ``answer``, and ``views``, each with ``title`` and ``text``: a view for each answer, at
  least two; none is right
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from kit.learning.document import case_key

Question = Mapping[str, Any]
PARTS = {
    "multiple_choice": ("answers", ("answer", "feedback")),
    "many_choice": ("answers", ("answer", "feedback")),
    "order": ("items", ("item", "feedback")),
    "match": ("pairs", ("left", "right", "feedback")),
    "defend": ("answers", ("answer",)),
}


class Verdict(NamedTuple):
    """Whether an answer is right, and what to say: pairs of (what was chosen, feedback on it)."""

    right: bool
    summary: str
    feedback: list[tuple[str, str]]


def quiz_problems(questions: Any) -> list[str]:
    """Return all that is wrong with a bank, each a sentence that names its question; empty if nothing is."""
    if not isinstance(questions, list):
        return ["The quiz is not a list of questions."]
    problems: list[str] = []
    seen: set[str] = set()
    for number, question in enumerate(questions, 1):
        if not isinstance(question, dict):
            problems.append(f"Question {number} is not an object with names and values.")
            continue
        name = question.get("id")
        if not isinstance(name, str) or not name or name in seen:
            problems.append(f"Question {number} has no id of its own.")
        elif case_key(name) != f"{name}/":  # its answers could not be kept under it
            problems.append(
                f"Question {number}: its id '{name[:40]}' holds signs other than letters, figures and .:+-_"
            )
        seen.add(str(name))
        problems += [f"Question {name or number}: {what}" for what in _problems(question)]
    return problems


def sound_questions(bank: Sequence[Any]) -> list[Question]:
    """Return the questions of a bank that can be asked."""
    return [question for question in bank if not quiz_problems([question])]


def _problems(question: dict[str, Any]) -> Iterator[str]:
    if not _is_text(question.get("question")):
        yield "it asks nothing: 'question' is missing or empty."
    kind = question.get("type")
    if not isinstance(kind, str) or kind not in PARTS:
        yield f"its type {kind!r} is none of {', '.join(PARTS)}."
        return
    name, fields = PARTS[kind]
    parts = question.get(name)
    if not isinstance(parts, list) or len(parts) < 2 or not all(isinstance(part, dict) for part in parts):
        yield f"'{name}' must list at least two."
        return
    for number, part in enumerate(parts, 1):
        yield from (f"{name} {number} has no '{each}'." for each in fields if not _is_text(part.get(each)))
    # Controls and portfolios know an option by its text alone.
    first = [str(part.get(fields[0])) for part in parts]
    if len(set(first)) < len(first):
        yield f"two of its {name} read the same."
    yield from _problems_of_type(kind, question)


def _problems_of_type(kind: str, question: dict[str, Any]) -> Iterator[str]:
    if kind in ("multiple_choice", "many_choice"):
        marks = [part.get("correct") for part in question["answers"]]
        if not all(isinstance(mark, bool) for mark in marks):
            yield "each answer needs 'correct': true or false."
        elif kind == "multiple_choice" and marks.count(True) != 1:
            yield f"{marks.count(True)} of its answers are correct; multiple_choice needs exactly one."
        elif marks.count(True) == 0:
            yield "none of its answers is correct."
    if kind == "defend":
        views = question.get("views")
        whole = isinstance(views, list) and all(
            isinstance(view, dict) and _is_text(view.get("title")) and _is_text(view.get("text")) for view in views
        )
        if not whole or len(views or ()) < 2:
            yield "'views' must hold at least two, each with 'title' and 'text'."


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def options_of(question: Question) -> list[str]:
    """Return what a learner chooses from, in the bank's order (for match: the options on the right, each once)."""
    name, fields = PARTS[question["type"]]
    field = "right" if question["type"] == "match" else fields[0]
    return list(dict.fromkeys(part[field] for part in question[name]))


def right_answer(question: Question) -> Any:
    """Return the right answer in the form in which it is given; None where there is none."""
    kind = question["type"]
    if kind == "order":
        return [part["item"] for part in question["items"]]
    if kind == "match":
        return {part["left"]: part["right"] for part in question["pairs"]}
    if kind == "defend":
        return None
    right = [part["answer"] for part in question["answers"] if part["correct"]]
    return right if kind == "many_choice" else right[0]


def judge(question: Question, answer: Any) -> Verdict:
    """Return the verdict on an answer, with feedback on what was chosen that does not tell the right one."""
    return _JUDGES[question["type"]](question, answer)


def _judge_choice(question: Question, answer: str) -> Verdict:
    chosen = next(part for part in question["answers"] if part["answer"] == answer)
    return Verdict(chosen["correct"], "", [(answer, chosen["feedback"])])


def _judge_many(question: Question, answer: Sequence[str]) -> Verdict:
    parts = question["answers"]
    feedback = [(part["answer"], part["feedback"]) for part in parts if part["answer"] in answer]
    wrong = sum(part["answer"] in answer and not part["correct"] for part in parts)
    missing = sum(part["answer"] not in answer and part["correct"] for part in parts)
    said = []
    if wrong:
        said.append(f"{wrong} of those you chose {'does' if wrong == 1 else 'do'} not belong.")
    if missing:
        said.append(f"{missing} that {'belongs is' if missing == 1 else 'belong are'} missing.")
    return Verdict(not said, " ".join(said), feedback)


def _judge_order(question: Question, answer: Sequence[str]) -> Verdict:
    items = question["items"]
    placed = [part["item"] == chosen for part, chosen in zip(items, answer, strict=True)]
    if all(placed):
        return Verdict(True, "", [])
    chosen = answer[placed.index(False)]
    notes = {part["item"]: part["feedback"] for part in items}
    # One at a time: notes on all that is misplaced would spell out the order.
    summary = f"{sum(placed)} of {len(items)} stand in their place. Look again at this one:"
    return Verdict(False, summary, [(chosen, notes[chosen])])


def _judge_match(question: Question, answer: Mapping[str, str]) -> Verdict:
    wrong = [part for part in question["pairs"] if answer.get(part["left"]) != part["right"]]
    if not wrong:
        return Verdict(True, "", [])
    pairs = question["pairs"]
    summary = f"{len(pairs) - len(wrong)} of {len(pairs)} pairs are right. Look again at this one:"
    left = wrong[0]["left"]
    # The note on what was chosen says where it belongs, which leads without telling this one's partner.
    note = next(part["feedback"] for part in pairs if part["right"] == answer[left])
    return Verdict(False, summary, [(f"{left} – {answer[left]}", note)])


_JUDGES: dict[str, Callable[[Question, Any], Verdict]] = {
    "multiple_choice": _judge_choice,
    "many_choice": _judge_many,
    "order": _judge_order,
    "match": _judge_match,
}


def explain_answer(question: Question) -> list[tuple[str, str, str]]:
    """Return rows of (what, verdict in words, feedback) for every choice of a question, right ones and wrong ones."""
    kind = question["type"]
    if kind == "order":
        return [(part["item"], f"place {n}", part["feedback"]) for n, part in enumerate(question["items"], 1)]
    if kind == "match":
        return [(part["left"], part["right"], part["feedback"]) for part in question["pairs"]]
    return [
        (part["answer"], "right" if part["correct"] else "not right", part["feedback"]) for part in question["answers"]
    ]
