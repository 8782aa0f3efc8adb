"""What each section of an article speaks of: the marks of an article, counted by section and kind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from kit.screen.codes_by_place import CodesByPlace, with_shades
from kit.screen.controls import dropdown

if TYPE_CHECKING:
    from kit.case import Case

LEAD = "(before the first heading)"


def marks_by_section(case: Case, article: str) -> pd.DataFrame:
    """Count the sentences that bear a mark of each kind, by section.

    Returns
    -------
    DataFrame
        The columns of `kit.screen.codes_by_place.code_counts`, with ``section`` and ``kind``: a row for each section and
        kind, in reading order. The first part of ``key`` is the section's number from 0.
    """
    sections = _sections(case, article)
    marks = case.marks[case.marks["article"] == article]
    counts = marks.groupby(["section", "kind"])["sentence"].nunique()
    rows = [
        (f"{place}|{kind.name}", section, kind.name, section or LEAD, kind.label, place,
         counts.get((section, kind.name), 0))
        for place, section in enumerate(sections)
        for kind in case.codebook.kinds
    ]  # fmt: skip
    columns = ["key", "section", "kind", "name", "column", "order", "sentences"]
    # Said, since pandas knows no type for the counts of an article without sentences.
    return with_shades(pd.DataFrame(rows, columns=columns).astype({"sentences": int}))


def _sections(case: Case, article: str) -> list[str]:
    text = case.sentences[case.sentences["article"] == article]
    return list(dict.fromkeys(text["section"]))


class MarksBySection(CodesByPlace):
    """What each section of an article (by its id; else the first) speaks of; a square opens its sentences."""

    def __init__(self, case: Case, article: str | None = None) -> None:
        named = [(name, key) for key, name in case.article_names.items()]
        self.article = dropdown("Article", named, None if article is None else case.article(article).id)
        kinds = {kind.name: kind.label for kind in case.codebook.kinds}
        super().__init__(
            case,
            marks_by_section(case, self.article.value),
            rows=self._named(case),
            columns=kinds,
            names=("Section", "Kind of mark"),
            what=f"Marks by section in {self.article.label}",
            unit="sentences of the section with a mark of that kind",
            everywhere="All sentences",
            controls=[self.article],
        )
        self.article.observe(self._turn, "value")

    def _named(self, case: Case) -> dict[str, str]:
        return {str(place): section or LEAD for place, section in enumerate(_sections(case, self.article.value))}

    def _turn(self, _change: Any) -> None:
        self.what = f"Marks by section in {self.article.label}"
        self.draw(marks_by_section(self.case, self.article.value), self._named(self.case))

    def name_square(self, name: str, column: str) -> str:
        """Return a square's name as words: a kind of mark, and where it stands."""
        return f"{column} in “{name}”"

    def sentences(self, row: str, column: str) -> pd.DataFrame:
        """Return a section's sentences that bear a mark of a kind; all its sentences, marked or not, without a kind."""
        section = _sections(self.case, self.article.value)[int(row)]
        text = self.case.sentences
        found = text[(text["article"] == self.article.value) & (text["section"] == section)]
        if column:
            marks = self.case.marks[self.case.marks["kind"] == column]
            found = found.merge(marks[["article", "sentence"]].drop_duplicates(), on=["article", "sentence"])
        return found.reset_index(drop=True)
