"""Correct marks on screen: the rules suggest, a reader takes away and adds, and each change is kept at once.

Corrections of a case of one's own go into its ``marks.csv``, and its marks follow. A case that comes with the kit stays as
it is: there they are the learner's own, go into the portfolio, and show in this explorer alone.
"""

from __future__ import annotations

import warnings
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields, replace
from typing import Any

import ipywidgets
import pandas as pd

from kit.case import BUNDLED, Case
from kit.errors import KitError, writing_to
from kit.learning.document import fit_name
from kit.learning.portfolio import portfolio
from kit.learning.save_cue import SaveCue
from kit.marks import corrections
from kit.marks.corrections import CODERS, Correction, CorrectionWarning, Misfit, Texts
from kit.marks.rules import COLUMNS as MARK_COLUMNS
from kit.marks.rules import annotate
from kit.reading.data_files import path_inside, read_csv
from kit.screen.controls import dropdown, nothing_here, row
from kit.screen.marking import Mark, MarkingPage
from kit.screen.still_text import Still
from kit.screen.stylesheet import stylesheet

KEPT, READ = "00/marks", "00/read"
_Span = tuple[int, int, str]  # start and end in the article, and the code


class InFile:
    """Corrections in the ``marks.csv`` of a case of one's own."""

    def __init__(self, case: Case) -> None:
        self.case, self.path = case, path_inside(case.path, "marks.csv")

    def read(self) -> list[Correction]:
        """Return the rows of the file; one that cannot be read whole is refused, since writing it anew would lose that."""
        problems = read_csv(self.path, corrections.COLUMNS).problems if self.path.is_file() else []
        if problems:
            raise KitError(problems[0].what, where=f"marks.csv, line {problems[0].line}", remedy=problems[0].remedy)
        # Without their lines a correction that was read and the same one just made are equal, as undo asks.
        return [replace(each, line=0) for each in corrections.read(self.path)]

    def write(self, rows: Sequence[Correction]) -> None:
        """Write the file, and let the case work its marks out anew."""
        with writing_to("marks.csv", "Close it in the spreadsheet, and make the change once more."):
            corrections.write(rows, self.path)
        self.case.forget_marks()


class InPortfolio:
    """A learner's own corrections to a case that comes with the kit."""

    def __init__(self, case: Case) -> None:
        self.store = portfolio(case)

    def read(self) -> list[Correction]:
        """Return those that the portfolio holds; what is no correction is left out."""
        kept = [rows for rows in self.store.entries(f"{KEPT}/").values() if isinstance(rows, list)]
        names = {field.name for field in fields(Correction)} - {"line"}
        return [
            Correction(**each)
            for rows in kept
            for each in rows
            if isinstance(each, dict) and set(each) == names and all(isinstance(cell, str) for cell in each.values())
        ]

    def write(self, rows: Sequence[Correction]) -> None:
        """Keep them, those of each article together and each as its columns."""
        found: dict[str, list[dict[str, str]]] = {key: [] for key in self.store.entries(f"{KEPT}/")}
        for each in rows:
            columns = {name: cell for name, cell in asdict(each).items() if name != "line"}
            found.setdefault(_key(KEPT, each.article), []).append(columns)
        # Also what is now empty: else corrections that were undone would come back.
        for key, kept in found.items():
            self.store.save(key, kept)


def _key(start: str, article: str) -> str:
    """Return the key for an article in the portfolio."""
    return f"{start}/{fit_name(article)}"


class CorrectMarks(Still, ipywidgets.VBox):
    """Articles whose marks a reader corrects, sentence by sentence.

    Parameters
    ----------
    case : Case
        Whose marks. Those of a case of one's own are changed; those of a case that comes with the kit are not.
    article : str, optional
        The id of the article to begin with.
    by : str
        Whose corrections they are: *settled*, or *coder-1* and *coder-2* for two readers who work alone. A coder sees
        what the rules suggest and their own changes, and nothing of the other's.

    Attributes
    ----------
    corrections : list of Correction
        What is kept now.
    """

    aim = "correct marks"
    what_it_is = "An article with its marks, to correct them."

    def __init__(self, case: Case, *, article: str | None = None, by: str = "settled") -> None:
        self.case, self.by = case, by
        if by not in CODERS:
            what = f"'{by}' is none of {', '.join(CODERS)}"
            raise KitError(what, where="CorrectMarks", remedy="Write one of these; names of persons stay out.")
        self.is_bundled = case.path.resolve().parent == BUNDLED
        # The installed kit may not be writable, and its next release would put the old marks back.
        self.keeper = InPortfolio(case) if self.is_bundled else InFile(case)
        self.store = portfolio(case)
        self._undo: list[tuple[list[Correction], list[Correction], str, int]] = []
        if not case.has_codebook or not case.articles:
            super().__init__([nothing_here("articles with a codebook"), stylesheet()])
            return
        self.texts = Texts(case.articles)
        self.picker = dropdown("Article", [(name, key) for key, name in case.article_names.items()], article)
        self.page = MarkingPage(case.codebook, self.hear)
        self.picker.observe(lambda _: self._open(), "value")
        super().__init__([row(self.picker, SaveCue(self.store)), self.page, stylesheet()])
        self.add_class("parley-explorer")
        self._open()

    @property
    def corrections(self) -> list[Correction]:
        """What is kept now."""
        return self.keeper.read()

    @property
    def article(self) -> str:
        """The id of the article on screen."""
        return str(self.picker.value)

    def hear(self, asked: Mapping[str, Any]) -> None:
        """Do what the page asks for; what cannot be done is said there."""
        try:
            what, sentence = asked["what"], int(asked["sentence"])
            if what == "turn":
                self.turn(sentence, int(asked["mark"]))
            elif what == "add":
                self.add(sentence, int(asked["start"]), int(asked["end"]), asked["code"])
            elif what == "undo":
                self.undo()
            else:
                self._note_read(sentence)
        except KitError as error:
            self.page.say(str(error))

    def turn(self, sentence: int, number: int) -> None:
        """Take a mark of a sentence away, or put it back if it was taken away."""
        start, end, code, _, gone = self._marks()[sentence][number]
        self._change(sentence, (start, end, code), gone)

    def add(self, sentence: int, start: int, end: int, code: str) -> None:
        """Give a code to words of a sentence, told by where they begin and end in it."""
        first = self.texts.articles[self.article].sentences[sentence].start
        span = (first + start, first + end, code)
        if any(mark[:3] == span and not mark[4] for mark in self._marks().get(sentence, ())):
            self.page.say(f"These words bear the code {self.case.codebook.label(code)} already.")
        else:
            self._change(sentence, span, True)

    def _change(self, sentence: int, span: _Span, stands: bool) -> None:
        """Let a mark stand or not, keep that, and say so."""
        before = self.keeper.read()
        after = self._with(before, sentence, span, stands)
        self.keeper.write(after)
        self._undo.append((before, after, self.article, sentence))
        self._draw()
        done = "Added" if stands else "Taken away"
        self.page.say(f"{done}: {self.case.codebook.label(span[2])}. {self._saved()}", sentence)

    def _saved(self) -> str:
        if not self.is_bundled:
            return "Saved in marks.csv."
        return "Saved." if self.store.file.status == "saved" else f"⚠ {self.store.file.status.capitalize()}"

    def undo(self) -> None:
        """Take the last change back; changes that somebody made elsewhere since are never lost by that."""
        if not self._undo:
            self.page.say("There is nothing to undo.")
            return
        before, after, article, sentence = self._undo.pop()
        # Somebody may have edited marks.csv in a spreadsheet, or corrected in a second notebook.
        if self.keeper.read() != after:
            self._undo.clear()
            self._draw()
            self.page.say("The corrections were changed elsewhere, so nothing was undone.")
            return
        self.keeper.write(before)
        if self.picker.value == article:
            self._draw()
        self.picker.value = article
        self.page.say(f"Undone. {self._saved()}", sentence)

    # --- what is kept

    def _with(self, rows: Sequence[Correction], sentence: int, span: _Span, stands: bool) -> list[Correction]:
        """Return corrections after which a mark stands, or does not.

        A correction of this reader's to the contrary is taken out; only if that is not enough a new one is put in.
        """
        contrary = "remove" if stands else "add"
        kept = [each for each in rows if not (each.verdict == contrary and self._speaks_of(each, sentence, span))]
        if (span in self._standing(kept)) == stands:
            return kept
        whole, verdict = self.texts.articles[self.article].sentences[sentence].text, "add" if stands else "remove"
        words = self.texts.words(self.article, sentence, span[:2], verdict)
        nth = self.texts.nth(self.article, sentence)
        return [*kept, Correction(self.article, whole, words, nth, span[2], verdict, self.by)]

    def _speaks_of(self, each: Correction, sentence: int, span: _Span) -> bool:
        """Whether a correction of this reader's is about a mark."""
        if (each.by, each.article, each.code) != (self.by, self.article, span[2]):
            return False
        try:
            place = self.texts.place(each)
        except Misfit:
            return False
        return place.sentence == sentence and any(start <= span[0] and span[1] <= end for start, end in place.spans)

    # --- what is shown

    def _open(self) -> None:
        article = self.texts.articles[self.article]
        self._base = self._suggested()
        kept = self.store.read(_key(READ, self.article), [])
        known = kept if isinstance(kept, list) else []
        count = len(article.sentences)
        # A portfolio may hold anything, and an article that was edited may have fewer sentences now.
        self._read = sorted({each for each in known if isinstance(each, int) and 0 <= each < count})
        self.page._read = self._read
        self._draw()

    def _suggested(self) -> pd.DataFrame:
        """Return the marks to correct: the rules' in a case of one's own, else those that the case has."""
        if self.is_bundled:
            return self.case.marks[self.case.marks["article"] == self.article]
        return annotate([self.texts.articles[self.article]], self.case.codebook).assign(source="rule")

    def _standing(self, rows: Sequence[Correction]) -> dict[_Span, tuple[int, str]]:
        """Return sentence and maker of each mark of the article that stands after corrections, by its span."""
        seen = [each for each in rows if each.article == self.article and (self.by == "settled" or each.by == self.by)]
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", CorrectionWarning)  # check-case tells of rows that do not fit
            marks: Any = corrections.apply(
                self._base[list(MARK_COLUMNS)], seen, [self.texts.articles[self.article]], self.case.codebook
            )
        return {(mark.start, mark.end, mark.code): (mark.sentence, mark.source) for mark in marks.itertuples()}

    def _marks(self) -> dict[int, list[Mark]]:
        """Return the marks of each sentence: those that stand and those that were taken away, in order."""
        standing = self._standing(self.keeper.read())
        base: Any = self._base.itertuples()
        suggested = {(mark.start, mark.end, mark.code): (mark.sentence, mark.source) for mark in base}
        found: dict[int, list[Mark]] = defaultdict(list)
        for span, (sentence, source) in sorted({**standing, **suggested}.items()):
            found[sentence].append((*span, source, span not in standing))
        return found

    def _draw(self) -> None:
        self.page.draw(self.texts.articles[self.article], self._marks())

    def _note_read(self, sentence: int) -> None:
        """Count a sentence as read."""
        self._read = sorted({*self._read, sentence})
        self.store.save(_key(READ, self.article), self._read)
        self.page._read = self._read

    @property
    def progress(self) -> str:
        """How far the article has been read, in words."""
        return f"{len(self._read)} of {len(self.texts.articles[self.article].sentences)} sentences read"
