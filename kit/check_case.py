"""All that is wrong with a case pack, in one list: file, line, what, and how to mend it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kit import corrections
from kit.case import CSV_COLUMNS, UNITS, Case, parse_date, parse_mentions, split
from kit.checking import about, measures, negotiation, obstacles, scenarios, words
from kit.errors import CaseError, CodebookError, KitError
from kit.files import Document, Problem, read_csv

if TYPE_CHECKING:
    import pandas as pd

ALLOWED = {
    ("events", "kind"): ("war", "diplomacy", "law", "statement", "economy"),
    ("events", "certainty"): ("established", "reported", "disputed"),
    ("relations", "relation"): ("fights", "supports", "presses", "mediates", "hosts", "member-of", "divides"),
    ("figures", "hedged"): ("yes", "no"),
}
NEEDED = {
    "events": ("date", "title", "text", "kind", "certainty", "source_title"),
    "relations": ("source", "target", "relation", "article", "quote"),
    "positions": ("actor", "issue", "stance", "position"),
    "figures": ("id", "claim", "article", "quote", "hedged"),
}
YAML_FILES = ("obstacles.yaml", "measures.yaml", "scenarios.yaml", "negotiation.yaml", "checks.yaml")


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
        raise CaseError(
            what, where=path, remedy="Name the folder of a case, or begin one: python -m kit new-case FOLDER"
        )
    return list(_problems(Case(path)))


def problem_table(folder: str | Path) -> pd.DataFrame:
    """What `check_case` finds as a table: ``file, line, what, remedy``, a row a problem."""
    import pandas as pd

    rows = [(problem.file, problem.line, problem.what, problem.remedy) for problem in check_case(folder)]
    return pd.DataFrame(rows, columns=["file", "line", "what", "remedy"])


def _problems(case: Case) -> Iterator[Problem]:
    texts_hold = True
    for check in (_check_texts, _check_codebook):
        found = list(check(case))
        texts_hold = texts_hold and not found
        yield from found
    if texts_hold:
        yield from _check_corrections(case)
    yield from _check_about(case, texts_hold)
    for name in CSV_COLUMNS:
        yield from _check_table(case, name, texts_hold)
    for name in YAML_FILES:
        yield from _check_yaml(case, name, texts_hold)
    yield from _check_questions(case)


def _read(case: Case, name: str) -> tuple[Document | None, list[Problem]]:
    try:
        document = case.document(name)
    except KitError as error:
        return None, [_as_problem(error, name)]
    return document, document.problems


def _as_problem(error: KitError, name: str) -> Problem:
    line = (error.where or "").rpartition("line ")[2]
    return Problem(name, int(line) if line.isdigit() else 0, error.what, error.remedy or "")


def _check_texts(case: Case) -> Iterator[Problem]:
    try:
        articles = case.articles
    except KitError as error:
        yield _as_problem(error, "articles")
        return
    for article in articles:
        if article.title is None:
            yield Problem(f"articles/{article.id}", 1, "The article has no title", "Add `title:` to its front matter.")


def _check_codebook(case: Case) -> Iterator[Problem]:
    try:
        _ = case.codebook
    except CodebookError as error:
        for problem in error.problems or (error.what,):
            yield Problem("codebook.yaml", 0, str(problem).rstrip("."), "" if error.problems else error.remedy or "")
    except KitError as error:
        yield _as_problem(error, "codebook.yaml")


def _check_corrections(case: Case) -> Iterator[Problem]:
    """Yield the corrections that do not fit; articles and codebook must be readable."""
    path = case.path / "marks.csv"
    try:
        if path.is_file():
            yield from read_csv(path, corrections.COLUMNS).problems
        yield from corrections.problems(case.corrections, case.articles, case.codebook)
    except KitError as error:
        yield _as_problem(error, "marks.csv")


def _check_about(case: Case, texts_hold: bool) -> Iterator[Problem]:
    document, problems = _read(case, "case.yaml")
    yield from problems
    if document is None:
        return
    if not isinstance(document.data, dict):
        yield Problem("case.yaml", 1, "It does not hold names with values", "Write lines such as `title: …`.")
        return
    yield from words.problems(document)
    yield from about.problems(document, case, texts_hold=texts_hold)


def _listed(value: Any) -> Iterable[tuple[Any, Any]]:
    if isinstance(value, dict):
        return value.items()
    return enumerate(value) if isinstance(value, list) else ()


def _check_table(case: Case, name: str, texts_hold: bool) -> Iterator[Problem]:
    file = f"{name}.csv"
    document, problems = _read(case, file)
    yield from problems
    if document is None or not document.data:
        return
    missing = [column for column in NEEDED[name] if column not in document.columns]
    if missing and not problems:
        what = f"The column '{missing[0]}' is missing"
        yield Problem(file, 1, what, f"The first row must name: {', '.join(CSV_COLUMNS[name])}.")
    for index, row in enumerate(document.data):
        for what, remedy in _row_problems(case, name, row, document.columns, texts_hold):
            yield Problem(file, document.line((index,)), what, remedy)
    if name == "figures":
        yield from _check_figure_ids(document)


def _row_problems(
    case: Case, name: str, row: dict[str, str], columns: tuple[str, ...], texts_hold: bool
) -> Iterator[tuple[str, str]]:
    needed = NEEDED[name]
    if name == "positions" and not row["source_title"]:
        needed = (*needed, "article", "quote")
    for column in needed:
        if column in columns and not row[column]:
            yield f"'{column}' is empty", "Fill it in."
    for (table, column), allowed in ALLOWED.items():
        if table == name and row[column] and row[column] not in allowed:
            yield f"'{row[column]}' is not a {column}", f"Write one of: {', '.join(allowed)}."
    yield from _date_problems(row)
    if texts_hold:
        yield from _code_problems(case, name, row)
        yield from _quote_problems(case, row)


def _date_problems(row: dict[str, str]) -> Iterator[tuple[str, str]]:
    dates = {}
    for column in ("date", "end"):
        if row.get(column):
            try:
                dates[column] = parse_date(row[column])
            except ValueError:
                yield f"'{row[column]}' is not a date", "Write 2014, 2014-03 or 2014-03-21."
    if len(dates) == 2 and dates["end"][1] < dates["date"][0]:
        yield "The end lies before the beginning", "Exchange or correct 'date' and 'end'."


def _code_problems(case: Case, name: str, row: dict[str, str]) -> Iterator[tuple[str, str]]:
    for code in split(row.get("codes", ""), ";"):
        if code not in case.codebook.codes:
            yield f"There is no code '{code}'", "Write codes as kind:code, with ; between them, as in codebook.yaml."
    for column in ("source", "target", "actor"):
        if row.get(column) and row[column] not in case.actors:
            yield f"There is no actor '{row[column]}'", f"The actors are: {', '.join(case.actors)}."
    issues = [issue.get("id") for _, issue in _listed(about.meta_of(case).get("issues")) if isinstance(issue, dict)]
    if name == "positions" and issues and row["issue"] and row["issue"] not in issues:
        yield f"There is no issue '{row['issue']}' in case.yaml", f"The issues are: {', '.join(map(str, issues))}."


def _quote_problems(case: Case, row: dict[str, str]) -> Iterator[tuple[str, str]]:
    references = [{"article": row["article"], "quote": row["quote"]}] if row.get("article") else []
    try:
        references += parse_mentions(row.get("mentions", ""))
    except ValueError as error:
        yield str(error), "Write mentions as `article: quote || article: quote`."
    for reference in references:
        yield from _place_problems(case, reference)


def _place_problems(case: Case, reference: dict[str, str]) -> Iterator[tuple[str, str]]:
    try:
        case.locate(reference["article"], reference["quote"])
    except CaseError as error:
        yield error.what, error.remedy or ""


def _check_figure_ids(document: Document) -> Iterator[Problem]:
    ids = [row["id"] for row in document.data]
    for index, row in enumerate(document.data):
        line = document.line((index,))
        if row["id"] in ids[:index]:
            yield Problem(
                document.name, line, f"The id '{row['id']}' stands twice", "Give each claim an id of its own."
            )
        for other in split(f"{row['agrees_with']};{row['contradicts']}", ";"):
            if other not in ids:
                yield Problem(document.name, line, f"There is no claim '{other}'", "Name the id of another row.")


def _check_yaml(case: Case, name: str, texts_hold: bool) -> Iterator[Problem]:
    document, problems = _read(case, name)
    yield from problems
    if document is None:
        return
    if document.data is not None and not isinstance(document.data, dict):
        yield Problem(name, 1, "It does not hold names with values", "See the commented skeleton of `new-case`.")
        return
    yield from words.problems(document)
    if texts_hold:
        yield from _references(case, document, document.data or {}, ())
        yield from _shape_problems(case, name, document)


def _shape_problems(case: Case, name: str, document: Document) -> list[Problem]:
    if name == "obstacles.yaml":
        return obstacles.problems(document, case)
    if name == "measures.yaml":
        return measures.problems(document, case)
    if name == "scenarios.yaml":
        return scenarios.problems(document)
    if name == "negotiation.yaml":
        return negotiation.problems(document)
    return _task_problems(document)


def _task_problems(document: Document) -> list[Problem]:
    from kit.learning.check import check_problems

    found = []
    for what in check_problems(document.data):
        task = re.match(r"Task (.+?)[: ]", what)
        line = document.line(("checks", task.group(1))) if task else 0
        found.append(Problem(document.name, line, what.rstrip("."), "See docs/your-own-case.md."))
    return found


def _references(case: Case, document: Document, value: Any, path: tuple[Any, ...]) -> Iterator[Problem]:
    """Problems with all quotes and codes anywhere in a document."""
    if isinstance(value, dict):
        if isinstance(value.get("article"), str) and isinstance(value.get("quote"), str):
            for what, remedy in _place_problems(case, value):
                yield Problem(document.name, document.line(path), what, remedy)
        codes = value.get("codes") if isinstance(value.get("codes"), list) else [value.get("code")]
        for code in codes or ():
            if isinstance(code, str) and ":" in code and code not in case.codebook.codes:
                what = f"There is no code '{code}' in the codebook"
                yield Problem(
                    document.name, document.line(path), what, "Write codes as kind:code, as in codebook.yaml."
                )
    for key, child in _listed(value):
        yield from _references(case, document, child, (*path, key))


def _check_questions(case: Case) -> Iterator[Problem]:
    from kit.learning.quiz import quiz_problems

    for unit in UNITS:
        name = f"quiz/{unit}.json"
        document, problems = _read(case, name)
        yield from problems
        if document is not None:
            yield from (Problem(name, 0, what, "") for what in quiz_problems(document.data))
