"""A case pack, which is a folder of texts and tables, as one object: articles, codebook, marks, and the case's own tables.

A case is data only. Whatever points at evidence does so as ``article, quote``; the sentence and the offsets are found
here, each time, and stored nowhere. ``python -m kit check-case FOLDER`` (`kit.checking.whole_case`) lists all that is wrong with a
pack at once; `load_case` reads what is asked for, when it is asked for.
"""

from __future__ import annotations

import warnings
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import pandas as pd

from kit.articles import Article, load_articles
from kit.case_tables import CSV_COLUMNS, FILES, UNITS
from kit.codebook import Codebook, load_codebook
from kit.errors import CaseError, shortened
from kit.fields import parse_date, read
from kit.marks import cache, corrections
from kit.marks.corrections import Correction
from kit.marks.rules import annotate
from kit.reading.data_files import DataFile, path_inside, read_csv, read_json, read_yaml

if TYPE_CHECKING:
    from kit.case_tables import About, Game, Measures, Obstacles, Scenarios

BUNDLED = Path(__file__).resolve().parent / "cases"
# What every table of evidence has: the sentence, the words quoted from it, and where in the article each of them stands.
EVIDENCE = ["article", "section", "sentence", "text", "quote", "start", "end", "sentence_start", "sentence_end"]
LONGEST_NAME = 24
# A word processor curls quotation marks and ties words with hard spaces; a copied quote is the same quote all the same.
TYPED = str.maketrans(
    {"‘": "'", "’": "'", "‚": "'", "‛": "'", "“": '"', "”": '"', "„": '"', "\u00a0": " ", "\u202f": " "}
)


class CaseWarning(UserWarning):
    """Something in a file of a case does not fit and was left out; the rest was read."""


def load_case(name_or_path: str | Path) -> Case:
    """The case of that name, or in that folder.

    Parameters
    ----------
    name_or_path : str or Path
        The name of a bundled case (``"ukraine"``), or the path of a folder with a ``case.yaml``.

    Raises
    ------
    kit.errors.CaseError
        If there is no such case; the bundled ones are named.
    """
    if not isinstance(name_or_path, (str, Path)):
        what = f"{type(name_or_path).__name__} was given"
        raise CaseError(what, where="load_case", remedy="Give a case's name or its folder's path as a text.")
    # A `Path` of that name is a folder of one's own.
    is_bundled = str(name_or_path) in bundled_cases() and isinstance(name_or_path, str)
    folder = BUNDLED / name_or_path if is_bundled else Path(name_or_path).expanduser()
    if not (folder / "case.yaml").is_file():
        what = f"There is no case '{name_or_path}'"
        remedy = f"The cases that come with the kit: {', '.join(bundled_cases())}. A case of your own is a folder with a case.yaml."
        raise CaseError(what, remedy=remedy)
    return Case(folder)


def bundled_cases() -> list[str]:
    """Names of the cases that come with the kit."""
    return sorted(path.parent.name for path in BUNDLED.glob("*/case.yaml"))


class Case:
    """A case: its texts, its codebook, the marks in the texts, and the tables that quote them.

    Everything is read on first use and kept. Tables that a case does not have are empty, with their columns.
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder
        self.name = folder.resolve().name

    def __repr__(self) -> str:
        return f"Case({self.name!r})"

    def document(self, name: str) -> DataFile:
        """A file of the pack as parsed, empty if the pack has no such file.

        Values of described files (`kit.case_tables`) are texts yet; `read` makes of them what they should be.

        Raises
        ------
        kit.errors.CaseError
            If the file cannot be read or parsed, with its line.
        """
        path = path_inside(self.path, name)
        if not path.is_file():
            return DataFile(name, [] if path.suffix in {".csv", ".json"} else {})
        if path.suffix == ".csv":
            return read_csv(path, CSV_COLUMNS[path.stem])
        return read_json(path) if path.suffix == ".json" else read_yaml(path, as_text=name in FILES)

    def read(self, name: str) -> Any:
        """What a file says, each value of the type that `kit.case_tables` gives it; what does not fit is left out.

        A file that the pack does not have says nothing: its lists and mappings are empty. Whatever is left out is told
        by a `CaseWarning`, so that it is not missed by accident.
        """
        reading = read(FILES[name], self.document(name))
        if not path_inside(self.path, name).is_file():
            return reading.found
        # One for a file: a case at work may have hundreds.
        for problem in reading.problems[:1]:
            more = f" There are {count - 1} more." if (count := len(reading.problems)) > 1 else ""
            advice = f"{more} To see all: python -m kit check-case {self.path}"
            warnings.warn(
                f"Something in the case does not fit and is left out: {problem}{advice}", CaseWarning, stacklevel=3
            )
        return reading.found

    @cached_property
    def meta(self) -> About:
        """What ``case.yaml`` says."""
        return cast("About", self.read("case.yaml"))

    @property
    def title(self) -> str:
        """The case's title."""
        return self.meta["title"] or self.name

    @property
    def as_of(self) -> date | None:
        """The date up to which the case's facts run."""
        return self.meta["as_of"]

    @cached_property
    def actors(self) -> list[str]:
        """Actors of the case, as codes without their kind, in the codebook's order."""
        return [code.partition(":")[2] for code in self.codebook.codes if code.startswith("actor:")]

    @cached_property
    def articles(self) -> list[Article]:
        """The articles, in the order of their file names."""
        return load_articles(path_inside(self.path, "articles"))

    def article(self, article_id: str) -> Article:
        """One article.

        Raises
        ------
        kit.errors.CaseError
            If the case has none of that name; those it has are named.
        """
        if article_id in self._articles:
            return self._articles[article_id]
        what = f"There is no article '{article_id}' in the case"
        raise CaseError(what, where=self.name, remedy=f"The articles are: {', '.join(self._articles)}.")

    @property
    def has_codebook(self) -> bool:
        """Whether the case has a codebook; one that is still being written may lack it."""
        return (self.path / "codebook.yaml").is_file()

    @cached_property
    def codebook(self) -> Codebook:
        """The codebook; one without a code where the case has none yet, so that nothing is marked."""
        return load_codebook(path_inside(self.path, "codebook.yaml")) if self.has_codebook else Codebook(())

    @cached_property
    def marks(self) -> pd.DataFrame:
        """The marks in all articles as readers left them: see `kit.marks.corrections`; ``source`` is *rule* or *reader*."""
        return cache.marks_of(self.path, self._worked_out)

    def _worked_out(self) -> pd.DataFrame:
        suggested = annotate(self.articles, self.codebook)
        return corrections.apply(suggested, self.corrections, self.articles, self.codebook)

    @cached_property
    def corrections(self) -> list[Correction]:
        """What readers changed in the marks that the rules suggest (``marks.csv``)."""
        return corrections.read(path_inside(self.path, "marks.csv"))

    def forget_marks(self) -> None:
        """Read the corrections and work the marks out anew when they are next asked for: ``marks.csv`` has changed."""
        for name in ("corrections", "marks"):
            # Here `cached_property` keeps what it has worked out.
            vars(self).pop(name, None)

    @cached_property
    def article_names(self) -> dict[str, str]:
        """The short name of each article, by its id: ``short`` in its front matter, else its title cut short.

        This is how an article is called on charts and in lists, so no two are called the same.
        """
        names = {each.id: str(each.meta.get("short") or _cut(each.title or each.id)) for each in self.articles}
        taken = Counter([*names.values(), *names])  # the ids too, since one article's short name may be another's id
        return {key: name if taken[name] == 1 else key for key, name in names.items()}

    @cached_property
    def actor_names(self) -> dict[str, str]:
        """The name of each actor, by its code without the kind: the case's own label, else the codebook's.

        The codebook's actors come first, then those that ``case.yaml`` or a table adds.
        """
        labels = {code: self.codebook.label(f"actor:{code}") for code in self.actors}
        described = self.meta["actors"]
        labels |= {code: each["label"] for code, each in described.items() if each["label"]}
        added = [*described, *self.relations["source"], *self.relations["target"], *self.positions["actor"]]
        return {code: labels.get(code) or code.replace("-", " ").capitalize() for code in [*labels, *added]}

    @cached_property
    def sentences(self) -> pd.DataFrame:
        """All sentences in reading order, with the columns of `evidence`; each is quoted whole."""
        places = (
            (article.id, index, sentence.start, sentence.end)
            for article in self.articles
            for index, sentence in enumerate(article.sentences)
        )
        return evidence_table(self._articles, places)

    def evidence(self, code: str) -> pd.DataFrame:
        """Sentences that bear a mark of a code.

        Parameters
        ----------
        code : str
            A full code, ``kind:code``.

        Returns
        -------
        DataFrame
            ``article, section, sentence, text, quote, start, end, sentence_start, sentence_end``, a row a sentence, in
            reading order; empty if no sentence bears the code. ``quote`` is the first mark in the sentence, ``start``
            and ``end`` are the quote's.

        Raises
        ------
        kit.errors.CaseError
            If the codebook has no such code.
        """
        if code not in self.codebook.codes:
            what = f"There is no code '{code}' in the codebook"
            example = next(iter(self.codebook.codes), "actor:ukraine")
            raise CaseError(what, where=self.name, remedy=f"Codes are written kind:code, such as '{example}'.")
        return self.evidence_at(self.marks[self.marks["code"] == code])

    def evidence_at(self, marks: pd.DataFrame) -> pd.DataFrame:
        """Sentences in which marks stand, each once with its first mark as the quote; columns as in `evidence`."""
        first = marks.drop_duplicates(["article", "sentence"])
        places = first[["article", "sentence", "start", "end"]].itertuples(index=False, name=None)
        return evidence_table(self._articles, places)

    def locate(self, article_id: str, quote: str) -> dict[str, Any]:
        """Where a quote stands, with curly and straight quotation marks taken alike.

        Returns
        -------
        dict
            The names of `EVIDENCE`; the sentence is the one that the quote begins in.

        Raises
        ------
        kit.errors.CaseError
            If the quote stands nowhere in the article, or more than once.
        """
        article = self.article(article_id)
        wanted, text = quote.translate(TYPED), self._typed[article_id]
        times = text.count(wanted) if wanted else 0
        if times != 1:
            where = "nowhere" if times == 0 else f"{times} times"
            what = f"The quote '{shortened(quote)}' stands {where} in {article_id}"
            remedy = "Copy it again from the article, letter for letter, and make it long enough to stand there once."
            raise CaseError(what, where=self.name, remedy=remedy)
        start = text.index(wanted)
        index = max(bisect_right(article.sentences, start, key=lambda sentence: sentence.start) - 1, 0)
        return dict(zip(EVIDENCE, _evidence_row(article, index, start, start + len(quote)), strict=True))

    @cached_property
    def _articles(self) -> dict[str, Article]:
        return {article.id: article for article in self.articles}

    @cached_property
    def _typed(self) -> dict[str, str]:
        """Each article's text as a keyboard would type it: the same length, so that offsets hold in both."""
        return {article.id: article.text.translate(TYPED) for article in self.articles}

    def evidence_for(self, references: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
        """Sentences that references point at.

        Parameters
        ----------
        references : iterable of mappings with ``article`` and ``quote``

        Returns
        -------
        DataFrame
            As `evidence`, in the order of the references.

        Raises
        ------
        kit.errors.CaseError
            If a quote does not stand exactly once in its article.
        """
        rows = [self.locate(reference["article"], reference["quote"]) for reference in references]
        return pd.DataFrame(rows, columns=EVIDENCE)

    @cached_property
    def events(self) -> pd.DataFrame:
        """Events in the order of their dates.

        The columns of ``events.csv``, with ``key`` (unique), ``from`` and ``to`` (timestamps; ``to`` is the last day
        covered), ``precision`` (day, month or year) and ``codes`` as a list.
        """
        table = self._table("events")
        begun = [parse_date(day) for day in table["date"]]
        ended = [parse_date(end or day) for end, day in zip(table["end"], table["date"], strict=True)]
        table["from"] = pd.to_datetime([start[0] for start in begun])
        table["to"] = pd.to_datetime([end[1] for end in ended])
        table["precision"] = [start[2] for start in begun]
        table.insert(0, "key", [f"event-{index + 1:02d}" for index in range(len(table))])
        return table.sort_values("from", kind="stable", ignore_index=True)

    @cached_property
    def mentions(self) -> pd.DataFrame:
        """What the articles say of each event: ``event`` (its key), then as `evidence_for`."""
        parts = []
        for key, references in zip(self.events["key"], self.events["mentions"], strict=True):
            found = self.evidence_for(references)
            found.insert(0, "event", key)
            parts.append(found)
        return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=["event", *EVIDENCE])

    @cached_property
    def relations(self) -> pd.DataFrame:
        """Relations from actor to actor, each with the place of its quote."""
        return self._with_places(self._table("relations"))

    @cached_property
    def positions(self) -> pd.DataFrame:
        """Positions as stated; those from outside the articles have a ``source_title`` and no place."""
        return self._with_places(self._table("positions"))

    @cached_property
    def figures(self) -> pd.DataFrame:
        """Figures and checkable claims; ``hedged`` is a bool, ``agrees_with`` and ``contradicts`` lists of ids."""
        return self._with_places(self._table("figures"))

    def _table(self, name: str) -> pd.DataFrame:
        return pd.DataFrame(self.read(f"{name}.csv"), columns=list(CSV_COLUMNS[name]), dtype=object)

    def _with_places(self, table: pd.DataFrame) -> pd.DataFrame:
        places = [
            self.locate(article, quote) if article else {}
            for article, quote in zip(table["article"], table["quote"], strict=True)
        ]
        for column in ("section", "text", "quote"):
            table[column] = [place.get(column, "") for place in places]
        for column in ("sentence", "start", "end", "sentence_start", "sentence_end"):
            # Int64 and not int64, which has no value for what stands in no article.
            table[column] = pd.array([place.get(column) for place in places], dtype="Int64")
        return table

    @cached_property
    def obstacles(self) -> Obstacles:
        """What ``obstacles.yaml`` says."""
        return cast("Obstacles", self.read("obstacles.yaml"))

    @cached_property
    def measures(self) -> Measures:
        """What ``measures.yaml`` says."""
        return cast("Measures", self.read("measures.yaml"))

    @cached_property
    def scenarios(self) -> Scenarios:
        """What ``scenarios.yaml`` says."""
        return cast("Scenarios", self.read("scenarios.yaml"))

    @cached_property
    def negotiation(self) -> Game:
        """What ``negotiation.yaml`` says."""
        return cast("Game", self.read("negotiation.yaml"))

    @cached_property
    def checks(self) -> dict[str, Any]:
        """What ``checks.yaml`` says."""
        found = self.document("checks.yaml").data
        return found if isinstance(found, dict) else {}

    def quiz(self, unit: str) -> list[dict[str, Any]]:
        """Questions of a unit, ``"00"`` to ``"06"``; empty if the case has none for it."""
        if unit not in UNITS:
            what = f"There is no unit '{unit}'"
            raise CaseError(what, remedy=f"The units are {', '.join(UNITS)}, written in quotation marks.")
        return self.document(f"quiz/{unit}.json").data


def evidence_table(articles: Mapping[str, Article], places: Iterable[tuple[str, int, int, int]]) -> pd.DataFrame:
    """Sentences as a table of evidence.

    Parameters
    ----------
    articles : mapping
        Articles by id.
    places : iterable of (str, int, int, int)
        For each row the article's id, the sentence's index in it, and where in the article its quote begins and ends.

    Returns
    -------
    DataFrame
        Its columns are `EVIDENCE`.
    """
    rows = [_evidence_row(articles[article], index, start, end) for article, index, start, end in places]
    return pd.DataFrame(rows, columns=EVIDENCE)


def _evidence_row(article: Article, index: int, start: int, end: int) -> tuple[Any, ...]:
    sentence = article.sentences[index]
    quote = article.text[start:end]
    return (article.id, sentence.section, index, sentence.text, quote, start, end, sentence.start, sentence.end)


def _cut(title: str) -> str:
    """A title cut after a word, so that it fits beside a chart."""
    if len(title) <= LONGEST_NAME:
        return title
    start = title[:LONGEST_NAME]
    return (start.rpartition(" ")[0] or start[:-1]).rstrip(" ,.:;–-") + "…"


__all__ = ["BUNDLED", "EVIDENCE", "UNITS", "Case", "CaseWarning", "bundled_cases", "load_case", "parse_date"]
