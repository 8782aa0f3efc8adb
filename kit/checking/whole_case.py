"""All that is wrong with a case pack, in one list: file, line, what, and how to mend it."""

from __future__ import annotations

import re
import warnings
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from kit.articles import Article, load_articles
from kit.case import Case
from kit.case_tables import FILES, UNITS
from kit.checking.rules import RULES
from kit.codebook import Codebook
from kit.errors import ArticleError, CaseError, CodebookError, KitError, shortened
from kit.fields import Known, choice, read
from kit.learning.check_answers import check_problems, rules_of, tasks_of
from kit.learning.quiz_bank import quiz_problems
from kit.marks import corrections
from kit.reading.article_files import SUFFIXES, find_files, name_of
from kit.reading.data_files import DataFile, Problem, files_in, read_csv

_QUIZZES = (f"quiz/{unit}.json" for unit in UNITS)
KNOWN_FILES = ("case.yaml", "codebook.yaml", *FILES, "marks.csv", "checks.yaml", *_QUIZZES)
READ_BY_PEOPLE = ("readme", "license", "licence", "credits", "thumbs", "desktop")  # the last two are left by Windows
PUT_ASIDE = "later"
# What the kit shows of an article's front matter. Others may stand there too, for the author's own use.
FRONT_MATTER = ("title", "short", "kind", "dated", "retells", "viewpoint", "leaves_out", "wording", "licence")


def check_case(folder: str | Path) -> list[Problem]:
    """Everything that is wrong with the case in a folder; empty if it is sound.

    Raises
    ------
    kit.errors.CaseError
        If there is no ``case.yaml`` in the folder.
    """
    path = Path(folder)
    if not (path / "case.yaml").is_file():
        what = "There is no case.yaml here"
        remedy = "Name the folder of a case, or begin one: python -m kit new-case FOLDER"
        raise CaseError(what, where=path, remedy=remedy)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what a reader is warned of is told here in full
        return list(_problems(Case(path)))


def problem_table(folder: str | Path) -> pd.DataFrame:
    """What `check_case` finds as a table: ``file, line, what, remedy``, a row a problem."""
    rows = [(problem.file, problem.line, problem.what, problem.remedy) for problem in check_case(folder)]
    return pd.DataFrame(rows, columns=["file", "line", "what", "remedy"])


def _problems(case: Case) -> Iterator[Problem]:
    """Yield problems file by file, each file's in the order of its lines."""
    known = CaseNames(case)
    checks = [
        _check_names(case),
        _check_texts(case),
        _check_codebook(case),
        _check_corrections(case),
        *(_check_file(case, name, known) for name in FILES),
        _check_tasks(case, known),
        *(_check_questions(case, unit) for unit in UNITS),
    ]
    # A file's problems come from its parser, its types and its rules: an author mends it from top to bottom.
    for found in checks:
        yield from sorted(found, key=lambda problem: problem.line)


class CaseNames(Known):
    """What the values of one file may refer to in the other files of the case, as far as these can be read."""

    def __init__(self, case: Case) -> None:
        self.case = case

    def names(self, to: str) -> Collection[str] | None:
        """Names of that sort in the case, or None if they cannot be known."""
        if to in ("actors", "codes", "obstacles"):
            return self._codes(to)
        about = self._about
        if to == "issues":
            return [issue["id"] for issue in about["issues"]] or None if about else None
        return about["parties"] or None if about else None

    def _codes(self, to: str) -> Collection[str] | None:
        if self._codebook is None:
            return None
        if to == "codes":
            return self._codebook.codes
        return [code.partition(":")[2] for code in self._codebook.codes if code.startswith(f"{to[:-1]}:")]

    @cached_property
    def _about(self) -> Any:
        return self._read("meta")

    @cached_property
    def _codebook(self) -> Codebook | None:
        return self._read("codebook")

    @cached_property
    def _has_articles(self) -> bool:
        return bool(self._read("articles"))

    @cached_property
    def _unread(self) -> set[str]:
        return {name_of(path) for path, _ in _unreadable(self.case)}

    def _read(self, name: str) -> Any:
        """Return a part of the case, or None if it cannot be read; what is wrong with it is told where it is checked."""
        try:
            return getattr(self.case, name)
        except KitError:
            return None

    def misquoted(self, article: str, quote: str) -> tuple[str, str] | None:
        """What is wrong with a quote, and the remedy; None if it stands once in its article, or that cannot be known."""
        if self._has_articles and article not in self._unread:
            try:
                self.case.locate(article, quote)
            except CaseError as error:
                return error.what, error.remedy or ""
        return None


# --- files and texts


def _check_names(case: Case) -> Iterator[Problem]:
    """Yield the files that the kit does not know, with the name that was probably meant."""
    for path in files_in(case.path):
        name = path.relative_to(case.path).as_posix()
        if name in KNOWN_FILES or name.startswith(f"{PUT_ASIDE}/") or path.stem.lower() in READ_BY_PEOPLE:
            continue
        if name.startswith("articles/"):
            if path.suffix.lower() not in SUFFIXES:
                remedy = f"Save the text as one of these: {', '.join(SUFFIXES)}."
                yield Problem(name, 0, "The kit does not read articles of this kind", remedy)
            continue
        yield Problem(name, 0, "The kit does not know this file", _meant(name))


def _meant(name: str) -> str:
    unit = re.fullmatch(r"quiz/0?([0-6])\.\w+", name.lower())
    near = [f"quiz/0{unit[1]}.json"] if unit else get_close_matches(name.lower(), KNOWN_FILES, n=1, cutoff=0.75)
    aside = f"If it is meant to lie there, put it into a folder named '{PUT_ASIDE}'."
    return f"Rename it: {near[0]}. (Small letters, and this ending.)" if near else aside


def _as_problem(error: KitError, name: str) -> Problem:
    line = (error.where or "").rpartition("line ")[2]
    what = error.what[0].upper() + error.what[1:]
    return Problem(name, int(line) if line.isdigit() else 0, what, error.remedy or "")


def _unreadable(case: Case) -> Iterator[tuple[Path, KitError]]:
    """Yield the article files that cannot be read, each with the reason: where there are others, they are left out."""
    for path in find_files(case.path / "articles")[0]:
        try:
            load_articles(path)
        except KitError as error:
            yield path, error


def _check_texts(case: Case) -> Iterator[Problem]:
    try:
        articles = case.articles
    except KitError as error:
        yield _as_problem(error, "articles")
        return
    for path, reason in _unreadable(case):
        yield _as_problem(reason, path.relative_to(case.path).as_posix())
    first: dict[str, str] = {}  # by each sentence the article in which it was met
    named: dict[str, list[str]] = {}  # by each short name the articles that have it
    for article in articles:
        name, texts = f"articles/{article.id}", {sentence.text for sentence in article.sentences}
        if article.title is None:
            yield Problem(name, 1, "The article has no title", "Add `title:` to its front matter.")
        yield from _check_front_matter(article, name)
        same_short = named.setdefault(str(article.meta.get("short") or ""), [])
        same_short.append(article.id)
        for other, shared in Counter(first[text] for text in texts if text in first).most_common(1):
            if shared > 0.8 * len(texts):  # a copy, such as programs leave that keep folders alike
                what, remedy = f"Most of it stands in '{other}' too", "Take one out, or its sentences count twice."
                yield Problem(name, 0, what, remedy, is_warning=True)
                same_short.remove(article.id)
        first |= {text: first.get(text, article.id) for text in texts}
    for short, ids in named.items():
        if short and len(ids) > 1:
            what = f"The short name '{shortened(short)}' is that of {', '.join(ids)}"
            yield Problem("articles", 0, what, "Give each article its own.")


def _check_front_matter(article: Article, name: str) -> Iterator[Problem]:
    for key in ("title", "short"):
        if isinstance(article.meta.get(key), list | dict):
            yield Problem(name, 1, f"'{key}' is not a text", "Put the whole text in quotation marks.")
    for key in article.meta:
        near = get_close_matches(key, FRONT_MATTER, n=1, cutoff=0.8)  # above that of "subtitle"
        if near and key not in (*FRONT_MATTER, "encoding"):  # which the kit notes itself
            what = f"Nothing reads '{shortened(key)}' in the front matter"
            yield Problem(name, 1, what, f"Did you mean '{near[0]}'?", is_warning=True)


def _check_codebook(case: Case) -> Iterator[Problem]:
    try:
        for number, warning in case.codebook.warnings:
            what, _, remedy = warning.partition(". ")
            yield Problem("codebook.yaml", number, what, f"{remedy}.", is_warning=True)
    except CodebookError as error:
        for problem in error.problems or (error.what,):
            line = re.match(r"line (\d+): ", problem)
            said = problem[line.end() :] if line else problem
            remedy = "" if error.problems else error.remedy or ""
            yield Problem("codebook.yaml", int(line[1]) if line else 0, said.rstrip("."), remedy)
    except KitError as error:
        yield _as_problem(error, "codebook.yaml")


def _check_corrections(case: Case) -> Iterator[Problem]:
    """Yield the corrections that do not fit."""
    path = case.path / "marks.csv"
    if not path.is_file():
        return
    try:
        found = case.corrections
        yield from read_csv(path, corrections.COLUMNS).problems
    except KitError as error:
        yield _as_problem(error, "marks.csv")
        return
    with suppress(ArticleError, CodebookError):  # told of where the articles and the codebook are checked
        yield from corrections.problems(found, case.articles, case.codebook)


# --- files that are described


def _check_file(case: Case, name: str, known: CaseNames) -> Iterator[Problem]:
    try:
        document = case.document(name)
    except KitError as error:
        yield _as_problem(error, name)
        return
    if not (case.path / name).is_file():
        return
    if document.data is None:  # an empty file says nothing, which only case.yaml may not
        if name != "case.yaml":
            return
        document.data = {}
    reading = read(FILES[name], document, known)
    if name in RULES:
        RULES[name](reading.found, reading.tell, known)
    yield from document.problems
    yield from reading.problems


# --- files whose form their reader describes


def _read(case: Case, name: str) -> tuple[DataFile | None, list[Problem]]:
    try:
        document = case.document(name)
    except KitError as error:
        return None, [_as_problem(error, name)]
    return document, [replace(each, file=name) for each in document.problems]


def _check_tasks(case: Case, known: Known) -> Iterator[Problem]:
    document, problems = _read(case, "checks.yaml")
    yield from problems
    if document is None or document.data is None:
        return
    wrong = check_problems(document.data)
    for what in wrong:
        task = re.match(r"Task (.+?)[: ]", what)
        line = document.line(("checks", task.group(1))) if task else 0
        yield Problem("checks.yaml", line, what.rstrip("."), "See docs/your-own-case.md.")
    for name, spec in () if wrong else tasks_of(case).items():
        for what, remedy in dict.fromkeys(trouble for rule in rules_of(spec) for trouble in _lost(rule, known)):
            yield Problem("checks.yaml", document.line(("checks", name)), f"Task {name}: {what}", remedy)


def _lost(rule: Mapping[str, Any], known: Known) -> Iterator[tuple[str, str]]:
    """Yield what a rule refers to and the case does not have, each with its remedy: no answer could be right."""
    if "quote" in rule and (trouble := known.misquoted(rule["article"], rule["quote"])):
        yield trouble
    codes = known.names("codes")
    for code in rule.get("codes", ()):
        if codes is not None and code not in codes:
            yield f"there is no code '{shortened(code)}' in the codebook", choice(code, codes)


def _check_questions(case: Case, unit: str) -> Iterator[Problem]:
    name = f"quiz/{unit}.json"
    document, problems = _read(case, name)
    yield from problems
    if document is not None:
        yield from (Problem(name, 0, shortened(what, 300), "") for what in quiz_problems(document.data))
