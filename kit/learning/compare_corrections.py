"""Two people's corrections of one article side by side: how far their marks agree, and the sentences that divide them."""

from __future__ import annotations

import warnings
from pathlib import Path

import ipywidgets
import pandas as pd

from kit.case import Case
from kit.errors import KitError
from kit.grammar import count_of
from kit.learning.coding import agreement_table
from kit.marks import corrections
from kit.marks.corrections import CODERS, Correction, CorrectionWarning
from kit.marks.mark_files import read_marks
from kit.marks.rules import annotate
from kit.reading.data_files import read_text
from kit.screen import html
from kit.screen.cards import Cards
from kit.screen.controls import chip, dropdown, sentence_options
from kit.screen.explorer import Explorer, key_of, parts_of

_Found = set[tuple[str, int, str]]  # article, sentence and code


def corrections_of(case: Case, source: str | Path) -> list[Correction]:
    """Return one reader's corrections.

    Parameters
    ----------
    source : str or Path
        *coder-1*, *coder-2* or *settled* for the rows of the case's own ``marks.csv``; or a file: another ``marks.csv``,
        or a table or JSON-LD that ``annotate`` wrote and the reader has changed.

    Raises
    ------
    KitError
        If the file cannot be read.
    """
    if source in CODERS:
        return [each for each in case.corrections if each.by == source]
    path = Path(source).expanduser()
    if not path.is_file():
        what = f"There is no file '{source}'"
        raise KitError(what, remedy="Give the path of a marks.csv, or coder-1, coder-2 or settled.")
    # Both a marks.csv and a table of `annotate` end in .csv; only the first has this column.
    if path.suffix.lower() == ".csv" and "verdict" in read_text(path).partition("\n")[0]:
        return corrections.read(path)
    return corrections.from_marks(read_marks(path), case.articles, case.codebook, by="settled")


def marks_after(case: Case, made: list[Correction]) -> _Found:
    """Return article, sentence and code of all marks: those of the rules, as one reader's corrections leave them."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", CorrectionWarning)  # check-case tells of rows that do not fit
        suggested = annotate(case.articles, case.codebook)
        marks = corrections.apply(suggested, made, case.articles, case.codebook)
    return set(zip(marks["article"], marks["sentence"], marks["code"], strict=True))


def decisions_of(case: Case, article: str, found: dict[str, _Found]) -> pd.DataFrame:
    """Return a row for each sentence of an article and each code of the codebook, a column of 1 or 0 for each reader."""
    sentences = range(len(case.article(article).sentences))
    pairs = pd.MultiIndex.from_product([sentences, list(case.codebook.codes)], names=["sentence", "code"])
    columns = {name: [float((article, *pair) in marks) for pair in pairs] for name, marks in found.items()}
    return pd.DataFrame(columns, index=pairs)


class CompareCorrections(Explorer):
    """Two readers' marks in an article: how far they agree, and each sentence in which they do not.

    Parameters
    ----------
    one, other : str or Path
        Each reader's corrections, as `corrections_of` takes them.
    names : tuple of str
        What the two are called on screen.
    """

    invitation = "Choose a sentence that divides the two readers."

    def __init__(
        self, case: Case, one: str | Path, other: str | Path, names: tuple[str, str] = ("reader 1", "reader 2")
    ) -> None:
        if not case.has_codebook:
            super().__init__(case)
            self.lack("codebook")
            return
        both = (marks_after(case, corrections_of(case, each)) for each in (one, other))
        self.readers = dict(zip(names, both, strict=True))
        if len(self.readers) < 2:
            what = f"Both readers are called '{names[0]}'"
            raise KitError(what, where="CompareCorrections", remedy="Give them two names, such as 'A' and 'B'.")
        first, second = self.readers.values()
        divided = {article for article, _, _ in first ^ second}
        self.case = case
        begin = next((each.id for each in case.articles if each.id in divided), None)
        self.article = dropdown("Article", [(name, key) for key, name in case.article_names.items()], begin)
        self.agreement = ipywidgets.HTML()
        self.sentences = Cards("Sentences that divide them", rows=10)
        super().__init__(case, controls=[self.article], picture=[self.agreement, self.sentences])
        self.link(self.sentences)
        self.on_change(self.article, lambda _: self._draw())
        self._draw()

    def _draw(self) -> None:
        """Draw the agreement on the article chosen, and list what divides the two in it."""
        article = self.article.value
        table = decisions_of(self.case, article, self.readers)
        self._table = table[table.nunique(axis=1) > 1]
        caption = f"{self.case.article_names[article]}: {count_of(len(self._table), 'decision')} divide the two readers"
        self.agreement.value = html.table(agreement_table(table).round({"value": 2}), caption)
        numbers = list(self._table.index.unique("sentence"))
        texts = self.case.sentences
        found = texts[(texts["article"] == article) & texts["sentence"].isin(numbers)]
        options = [
            (label, key_of(*map(str, place))) for label, place in sentence_options(self.case.article_names, found)
        ]
        with self.echoing():
            self.sentences.fill(options)
        self.choose(None)

    def show(self, key: str) -> None:
        """Show a sentence with the codes of each reader, and those that both gave."""
        article, number = parts_of(key, 2)
        given = {
            name: {code for where, sentence, code in marks if (where, str(sentence)) == (article, number)}
            for name, marks in self.readers.items()
        }
        (one, first), (other, second) = given.items()
        groups = [(f"Only {one}", first - second), (f"Only {other}", second - first), ("Both", first & second)]
        book = self.case.codebook
        lines = []
        for name, codes in groups:
            chips = (chip(book.label(each), book.codes[each].kind) for each in sorted(codes))
            lines += [html.tag("p", html.tag("strong", f"{name}: "), html.join(*chips, sep=" "))] if codes else []
        self.say(html.tag("h3", "What each reader marked"), *lines)
        texts = self.case.sentences
        here = texts[(texts["article"] == article) & (texts["sentence"] == int(number))]
        self.tell(here.reset_index(drop=True), "The sentence")
