"""The rules that judge an answer to an exercise: small functions that name the way in which it fails.

A rule takes the answer, what ``checks.yaml`` says of the task, and the task's name and case. It returns the *mode* of
failure, for which the task has a hint, or an empty text if there is nothing to object to. A fact stands in
``checks.yaml`` as a salted hash, so that nobody sees it by an accidental glance at the file. That is all that the hash
does: whoever tries out all options finds the right one. A judgement stands there as what it must satisfy.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from hashlib import sha256
from typing import Any, NamedTuple

from kit.errors import KitError
from kit.learning.typed_numbers import TwoReadingsError, read_number
from kit.letters import in_one_form


class AnswerShapeError(KitError):
    """An answer has a shape that the task cannot take; ``what`` says which it takes."""


class Task(NamedTuple):
    """What a rule may look at besides the answer."""

    name: str
    spec: Mapping[str, Any]
    case: Any


class Rule(NamedTuple):
    """A rule, the fields of ``checks.yaml`` it needs and those it may take, and the modes of failure it may name."""

    judge: Callable[[Any, Task], str]
    needs: tuple[str, ...]
    modes: tuple[str, ...]
    may: tuple[str, ...] = ()

    def modes_with(self, spec: Mapping[str, Any]) -> set[str]:
        """Return the modes that can come about with the fields that a task gives."""
        return {mode for mode in self.modes if FIELD_OF_MODE.get(mode, mode) in {mode, *spec}}


# Hints for failures of form, which read the same in every task; an author may write better ones for a task.
DEFAULT_HINTS: dict[str, tuple[str, str]] = {
    "not_an_option": (
        "Part of the answer is none of the options.",
        "Use the options word for word, or give the answer with the controls instead of code.",
    ),
    "absent": ("Something that should be ranked is not there yet.", "Each of them must stand in the list once."),
    "repeated": ("One thing stands in the list twice.", "Each of them must stand in the list once."),
    "unknown": (
        "Part of the answer is not to be found in the case.",
        "Name an article and a sentence of it, as the explorers show them.",
    ),
    "too_short": ("This is still short.", "Say more: the task names how many words are asked for."),
    "too_long": ("This is longer than asked for.", "Cut it: the task names how many words are asked for."),
    "too_few": ("There are fewer here than the task asks for.", "Read the task again for how many are asked for."),
    "out_of_range": ("One of the numbers is outside its range.", "Read in the task from what to what they run."),
    "not_a_code": (
        "Part of the answer is not a code of this codebook.",
        'Codes are written "kind:code", as the reader shows.',
    ),
}


FIELD_OF_MODE = {
    "one_article": "articles",
    "off_topic": "codes",
    "missing_term": "terms",
    "wrong_total": "total",
    "missing_type": "type",
}
HASHES = ("accept", "members", "places", "pairs")


def is_blank(answer: Any) -> bool:
    """Return whether an answer says nothing: None, ``...``, white space, nothing but blanks, an empty table."""
    if answer is None or answer is ...:
        return True
    if isinstance(answer, str):
        return not answer.strip()
    if isinstance(answer, float):
        return math.isnan(answer)
    if isinstance(answer, Mapping):
        return all(is_blank(value) for value in answer.values())
    if isinstance(answer, list | tuple | set | frozenset):
        return all(is_blank(value) for value in answer)
    size = getattr(answer, "size", None)  # of a table or an array, whose truth pandas and numpy refuse to tell
    return isinstance(size, int) and size == 0


def fold_text(text: str) -> str:
    """Return a text without what must not count: case, kinds of quotes and dashes, spaces, a full stop, an article."""
    # NFKC, since what is pasted from a PDF has joined letters (ﬁ) and hard spaces.
    text = in_one_form(text, "NFKC").casefold()
    text = re.sub(r"[‐-―−]", "-", re.sub(r"[‘’‚`´]", "'", re.sub(r"[“”„«»]", '"', text)))
    text = " ".join(text.split()).strip(" .,;:!?\"'")
    return re.sub(r"^((the|a|an) )+", "", text)


def write_fact(value: Any) -> str:
    """Return the text that stands for a fact: a number to six figures, anything else folded."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return f"{float(value):.6g}"  # 0.1 + 0.2 and 0.3 are one answer
    return fold_text(str(value))


def hash_fact(task: str, value: Any) -> str:
    """Return the salted hash of a fact; the task's name is the salt, so equal answers of two tasks look different."""
    # 80 bits: no two answers meet by chance, and a line of checks.yaml stays readable.
    return sha256(f"parley {task}\n{write_fact(value)}".encode()).hexdigest()[:20]


def hash_answer(rule: str, task: str, answer: Any, *, numeric: bool = False) -> tuple[str, list[str]]:
    """Return the field of ``checks.yaml`` that a rule with hashes reads, and the hashes of a right answer.

    Raises
    ------
    AnswerShapeError
        If the rule has no hashes, or the answer has not its shape.
    """
    if rule == "fact":
        return "accept", [hash_fact(task, as_number(answer) if numeric else as_text(answer))]
    if rule == "set":
        return "members", sorted(hash_fact(task, each) for each in as_list(answer))
    if rule == "sequence":
        return "places", [hash_fact(task, f"{n} {fold_text(each)}") for n, each in enumerate(as_list(answer), 1)]
    if rule == "pairs":
        return "pairs", sorted(hash_fact(task, _pair(left, right)) for left, right in as_dict(answer).items())
    msg = f"the rule {rule!r} has no hashes"
    raise AnswerShapeError(msg)


def can_be_given(rule: Mapping[str, Any], task: str, spec: Mapping[str, Any]) -> bool:
    """Return whether a right answer can be put together from what a task offers: its options, and its items."""
    options, kind = spec.get("options"), rule["rule"]
    if not options or spec.get("input") == "number":
        return True
    offered = {hash_fact(task, each) for each in options}
    if kind == "fact":
        return not offered.isdisjoint(rule["accept"])
    if kind == "set":
        return offered.issuperset(rule["members"])
    if kind == "sequence":
        places = enumerate(rule["places"], 1)
        return all(place in {hash_fact(task, f"{n} {fold_text(each)}") for each in options} for n, place in places)
    if kind == "pairs" and "items" in spec:
        found = [
            {hash_fact(task, _pair(item, each)) for each in options} & set(rule["pairs"]) for item in spec["items"]
        ]
        return all(found) and len(found) == len(rule["pairs"])
    return True


def _pair(left: Any, right: Any) -> str:
    return f"{fold_text(str(left))} = {fold_text(str(right))}"


# --- shapes of answers


def as_text(answer: Any) -> str:
    """Return the answer as text."""
    if isinstance(answer, str):
        return answer
    if isinstance(answer, int | float):
        return write_fact(answer)
    raise AnswerShapeError(_wanted("some words in quotation marks", answer))


def as_number(answer: Any, low: float = -math.inf, high: float = math.inf) -> float:
    """Return the answer as a number; how typed ones are read, and with which range, stands in `typed_numbers`."""
    if isinstance(answer, str):
        try:
            answer = read_number(answer, low, high)
        except TwoReadingsError as problem:
            raise AnswerShapeError(str(problem)) from None
        except ValueError:
            pass  # it stays text, and is told to be none
    if callable(getattr(answer, "item", None)):
        answer = answer.item()
    # To Python, True is a number.
    if isinstance(answer, int | float) and not isinstance(answer, bool) and math.isfinite(answer):
        return float(answer)
    raise AnswerShapeError(_wanted("one number in figures, such as 4.5 or '4,5'", answer))


def as_list(answer: Any) -> list[str]:
    """Return the answer as a list of texts."""
    if callable(getattr(answer, "tolist", None)):
        answer = answer.tolist()
    if isinstance(answer, str):
        answer = [answer]
    if isinstance(answer, list | tuple | set | frozenset) and all(isinstance(each, str) for each in answer):
        return list(answer)
    raise AnswerShapeError(_wanted('a list of texts, such as ["first", "second"]', answer))


def as_dict(answer: Any) -> dict[str, Any]:
    """Return the answer as names with values."""
    if callable(getattr(answer, "to_dict", None)):
        answer = answer.to_dict()
    if isinstance(answer, Mapping):
        return {str(name): value for name, value in answer.items()}
    raise AnswerShapeError(_wanted('names with values, such as {"first": "this"}', answer))


def as_places(answer: Any, case: Any) -> list[tuple[str, int]]:
    """Return the answer as sentences of the case, each once: pairs of (article, index of the sentence).

    An explorer's ``evidence`` will do, and ``"article:12"``, ``("article", 12)`` or a dict with ``article`` and
    ``sentence`` or ``quote``, alone or in a list.
    """
    if callable(getattr(answer, "to_dict", None)) and hasattr(answer, "columns"):
        answer = answer.to_dict("records")
    if isinstance(answer, str | Mapping) or (
        isinstance(answer, tuple) and len(answer) == 2 and isinstance(answer[1], int)
    ):
        answer = [answer]
    if not isinstance(answer, list | tuple | set | frozenset):
        raise AnswerShapeError(_wanted("sentences of the articles, such as an explorer's evidence", answer))
    return list(dict.fromkeys(_place(each, case) for each in answer))


def _place(each: Any, case: Any) -> tuple[str, int]:
    try:
        if isinstance(each, str):
            article, _, sentence = each.rpartition(":")
            return article, int(sentence)
        if isinstance(each, Mapping) and "quote" in each and each.get("sentence") is None:
            return str(each["article"]), int(case.locate(each["article"], each["quote"])["sentence"])
        article, sentence = (each["article"], each["sentence"]) if isinstance(each, Mapping) else each
        return str(article), int(sentence)
    except (KitError, KeyError, TypeError, ValueError):
        raise AnswerShapeError(_wanted("sentences of the articles, such as an explorer's evidence", each)) from None


def _wanted(shape: str, given: Any) -> str:
    names = {
        "str": "text",
        "list": "a list",
        "tuple": "several values with commas between them",
        "dict": "names with values",
        "int": "a number",
        "float": "a number",
    }
    found = names.get(type(given).__name__, f"something else ({type(given).__name__})")
    return f"This task takes {shape}; it was given {found}"


# --- rules


def fact(answer: Any, task: Task) -> str:
    """One right answer (``accept``: hashes); near misses that are listed name their own mode."""
    numeric = task.spec.get("input") == "number"
    given = write_fact(_number_for(task, answer) if numeric else as_text(answer))
    if hash_fact(task.name, given) in task.spec["accept"]:
        return ""
    # Before the near misses: a word that is none of the options is a slip of typing, and says nothing of the mistake.
    if not numeric and _no_options(task.spec, [given]):
        return "not_an_option"
    for miss in task.spec.get("near_misses", ()):
        if write_fact(miss["answer"]) == given:
            return str(miss["hint"])
    return "other"


def _number_for(task: Task, answer: Any) -> float:
    return as_number(answer, task.spec.get("at_least", -math.inf), task.spec.get("at_most", math.inf))


def _no_options(spec: Mapping[str, Any], given: Iterable[str]) -> bool:
    options = {fold_text(option) for option in spec.get("options", ())}
    return bool(options) and not {fold_text(each) for each in given} <= options


def several(answer: Any, task: Task) -> str:
    """All that belong and none that does not (``members``: hashes)."""
    given = as_list(answer)
    if _no_options(task.spec, given):
        return "not_an_option"
    hashes, members = {hash_fact(task.name, each) for each in given}, set(task.spec["members"])
    missing, extra = members - hashes, hashes - members
    if missing and extra:
        return "mixed"
    return "missing" if missing else "extra" if extra else ""


def sequence(answer: Any, task: Task) -> str:
    """Things in their order (``places``: hashes)."""
    given = as_list(answer)
    if _no_options(task.spec, given):
        return "not_an_option"
    if len({fold_text(each) for each in given}) < len(given):
        return "repeated"
    if len(given) != len(task.spec["places"]):
        return "absent"
    places = list(task.spec["places"])
    return "" if _placed(given, task.name) == places else _disorder(given, task.name, places)


def _placed(given: Sequence[str], task: str) -> list[str]:
    return hash_answer("sequence", task, list(given))[1]


def _disorder(given: list[str], task: str, places: list[str]) -> str:
    if _placed(given[::-1], task) == places:
        return "reversed"
    for n in range(len(given) - 1):
        if _placed([*given[:n], given[n + 1], given[n], *given[n + 2 :]], task) == places:
            return "swapped"
    return "other"


def pairs(answer: Any, task: Task) -> str:
    """For each thing its partner (``pairs``: hashes)."""
    given = {left: right for left, right in as_dict(answer).items() if not is_blank(right)}
    if _no_options(task.spec, map(str, given.values())):
        return "not_an_option"
    wanted = set(task.spec["pairs"])
    if len(given) < len(wanted):
        return "absent"
    wrong = sum(hash_fact(task.name, _pair(left, right)) not in wanted for left, right in given.items())
    return "" if not wrong else "one_wrong" if wrong == 1 else "some_wrong"


def within(answer: Any, task: Task) -> str:
    """Return how a number misses its range (``low``, ``high``, both included)."""
    number = _number_for(task, answer)
    return "too_low" if number < task.spec["low"] else "too_high" if number > task.spec["high"] else ""


def ranking(answer: Any, task: Task) -> str:
    """Every option once, in whatever order: the order is a judgement."""
    given = as_list(answer)
    if _no_options(task.spec, given):
        return "not_an_option"
    found = {fold_text(each) for each in given}
    return "repeated" if len(found) < len(given) else "absent" if len(found) < len(task.spec["options"]) else ""


def cites(answer: Any, task: Task) -> str:
    """Return how sentences fail as evidence: ``least`` of them, from ``articles`` articles, bearing one of ``codes``."""
    places = as_places(answer, task.case)
    table = task.case.sentences
    known = set(zip(table["article"], table["sentence"], strict=True))
    if not set(places) <= known:
        return "unknown"
    if len(places) < task.spec.get("least", 1):
        return "too_few"
    if len({article for article, _ in places}) < task.spec.get("articles", 1):
        return "one_article"
    codes = set(task.spec.get("codes", ()))
    bearing = [place for place in places if codes & codes_of(task.case, *place)]
    return "off_topic" if codes and len(bearing) < task.spec.get("least", 1) else ""


def codes_of(case: Any, article: str, sentence: int) -> set[str]:
    """Return the codes that the codebook finds in a sentence."""
    marks = case.marks
    return set(marks.loc[(marks["article"] == article) & (marks["sentence"] == sentence), "code"])


def codes(answer: Any, task: Task) -> str:
    """Return how codes fail to be those of a sentence (``article``, ``quote``): ``least`` of them, none from elsewhere."""
    given = set(as_list(answer))
    if not given <= set(task.case.codebook.codes):
        return "not_a_code"
    place = task.case.locate(task.spec["article"], task.spec["quote"])
    there = codes_of(task.case, place["article"], place["sentence"])
    if not given <= there:
        return "not_there"
    return "too_few" if len(given) < task.spec.get("least", len(there)) else ""


def words(answer: Any, task: Task) -> str:
    """Return how a text misses its length (``low``, ``high`` words) or its subject (``terms``: one of each group).

    A term counts where words begin with it: "guarantee" is found in "guarantees".
    """
    text = as_text(answer)
    count = len(text.split())
    if count < task.spec.get("low", 0):
        return "too_short"
    if count > task.spec.get("high", math.inf):
        return "too_long"
    said = _flat(text)
    groups = ([group] if isinstance(group, str) else group for group in task.spec.get("terms", ()))
    return "" if all(any(_flat(term) in said for term in group) for group in groups) else "missing_term"


def _flat(text: str) -> str:
    """Return a text's words with one space before each, so that a term is found at the beginning of words only."""
    return " " + " ".join(re.findall(r"\w+", fold_text(text)))


def numbers(answer: Any, task: Task) -> str:
    """Return how numbers fail: ``least`` of them, each from ``low`` to ``high``, together ``total``."""
    low, high = task.spec.get("low", -math.inf), task.spec.get("high", math.inf)
    found = _numbers_in(answer, low, high)
    if len(found) < task.spec.get("least", 1):
        return "too_few"
    if not all(low <= number <= high for number in found):
        return "out_of_range"
    total = task.spec.get("total")
    return "wrong_total" if total is not None and not math.isclose(sum(found), total, abs_tol=1e-6) else ""


def _numbers_in(answer: Any, low: float, high: float) -> list[float]:
    if callable(getattr(answer, "tolist", None)):
        answer = answer.tolist()
    if isinstance(answer, Mapping):
        answer = list(answer.values())
    if isinstance(answer, list | tuple):
        return [number for each in answer if not is_blank(each) for number in _numbers_in(each, low, high)]
    return [as_number(answer, low, high)]


def readings(answer: Any, task: Task) -> str:
    """Return how readings of positions fail: for all ``names`` an interest and a need, on one issue that they share.

    Each takes ``low`` words or more, is no copy of the other or of the position that the case records, and accuses nobody:
    none of the words in ``accusing`` stands in it.
    """
    given, names = as_dict(answer), task.spec["names"]
    issues = [set(as_dict(given.get(name) or {})) for name in names]
    if not all(issues):
        return "too_few"
    shared = sorted(set.intersection(*issues))
    faults = [_fault_on(issue, {name: given[name][issue] for name in names}, task) for issue in shared]
    return "" if "" in faults else faults[0] if faults else "apart"


def _fault_on(issue: str, readings_of: Mapping[str, Any], task: Task) -> str:
    """Return what is amiss with what was written on one issue; the empty text if it will do."""
    texts = [[as_text(as_dict(each).get(part) or "") for part in ("interest", "need")] for each in readings_of.values()]
    said = [_flat(text) for pair in texts for text in pair]
    if "" in (text.strip() for text in said):
        return "half"
    if min(len(text.split()) for text in said) < task.spec.get("low", 1):
        return "too_short"
    if any(interest == need for interest, need in zip(said[::2], said[1::2], strict=True)):
        return "alike"
    if any(_flat(term) in text for term in task.spec.get("accusing", ()) for text in said):
        return "accusing"
    recorded = task.case.positions
    for name, interest in zip(readings_of, said[::2], strict=True):
        stated = recorded.loc[(recorded["actor"] == name) & (recorded["issue"] == issue), "position"]
        if any(_repeats(interest, _flat(position)) for position in stated):
            return "position"
    return ""


def _repeats(text: str, position: str) -> bool:
    """Return whether four of five longer words of a text stand in a position: then it gives no reason for it."""
    longer = [word for word in text.split() if len(word) > 3]
    return bool(longer) and sum(f" {word}" in position for word in longer) >= 0.8 * len(longer)


def plan(answer: Any, task: Task) -> str:
    """Return how a plan of the case's measures fails: ``least`` of them, one of the ``type``, in order, within budgets."""
    steps = {str(key): int(as_number(month)) for key, month in as_dict(answer).items() if not is_blank(month)}
    measures = task.case.measures["measures"]
    if not set(steps) <= set(measures):
        return "unknown"
    if len(steps) < task.spec.get("least", 1):
        return "too_few"
    if any(_starts_too_early(key, steps, measures) for key in steps):
        return "too_early"
    if _passes_a_budget(steps, task.case.measures):
        return "over_budget"
    wanted = task.spec.get("type")
    return "missing_type" if wanted and all(measures[key]["type"] != wanted for key in steps) else ""


def _starts_too_early(key: str, steps: Mapping[str, int], measures: Mapping[str, Any]) -> bool:
    """Return whether something that a measure needs is missing or not yet in place when it starts."""
    needed = measures[key]["prerequisites"]
    return any(other not in steps or steps[other] + measures[other]["months"] > steps[key] for other in needed)


def _passes_a_budget(steps: Mapping[str, int], data: Mapping[str, Any]) -> bool:
    """Return whether the measures that start in one quarter cost a party more than it can bear."""
    spent: Counter[tuple[str, int]] = Counter()
    for key, month in steps.items():
        for party, cost in data["measures"][key]["cost"].items():
            spent[party, (month - 1) // 3] += cost
    return any(cost > data["budgets"].get(party, math.inf) for (party, _), cost in spent.items())


RULES: dict[str, Rule] = {
    "fact": Rule(fact, ("accept",), ("not_an_option", "other")),
    "set": Rule(several, ("members",), ("not_an_option", "missing", "extra", "mixed")),
    "sequence": Rule(sequence, ("places",), ("not_an_option", "repeated", "absent", "reversed", "swapped", "other")),
    "pairs": Rule(pairs, ("pairs",), ("not_an_option", "absent", "one_wrong", "some_wrong")),
    "within": Rule(within, ("low", "high"), ("too_low", "too_high")),
    "ranking": Rule(ranking, ("options",), ("not_an_option", "repeated", "absent")),
    "cites": Rule(cites, (), ("unknown", "too_few", "one_article", "off_topic"), ("least", "articles", "codes")),
    "codes": Rule(codes, ("article", "quote"), ("not_a_code", "not_there", "too_few"), ("least",)),
    "words": Rule(words, (), ("too_short", "too_long", "missing_term"), ("low", "high", "terms")),
    "numbers": Rule(numbers, (), ("too_few", "out_of_range", "wrong_total"), ("least", "low", "high", "total")),
    "plan": Rule(plan, (), ("unknown", "too_few", "too_early", "over_budget", "missing_type"), ("least", "type")),
    "readings": Rule(
        readings,
        ("names",),
        ("too_few", "apart", "half", "too_short", "alike", "accusing", "position"),
        ("low", "accusing"),
    ),
}
