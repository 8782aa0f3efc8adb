"""The reader: an article with its marks; a chosen mark opens its definition and all sentences with that code.

Only the article on screen is sent to the page, line by line, with offsets in UTF-16 units as JavaScript counts them.
Everything that comes back is a number of a mark, a sentence or an article: Python alone knows offsets in characters.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import anywidget
import pandas as pd
import traitlets

from kit.case import evidence_table
from kit.codebook import load_codebook
from kit.errors import KitError
from kit.grammar import count_of
from kit.marks.rules import annotate, marks_table
from kit.screen import html
from kit.screen.elements import read_script
from kit.screen.evidence import no_evidence
from kit.screen.reader_page import code_list, kind_list, marked_text, page_of
from kit.screen.stylesheet import stylesheet

if TYPE_CHECKING:
    from kit.articles import Article
    from kit.codebook import Codebook

MOST_SENT = 200  # sentences with a code that are sent to the page at once
PREVIEW_LINES = 4


class Reader(anywidget.AnyWidget):
    """Articles to read, with the marks of a codebook.

    Parameters
    ----------
    source : Case, Article or list of Article
        What is read. A case brings its marks with it.
    codebook : Codebook, str or Path, optional
        What to mark in articles that come without a case; without it nothing is marked.
    article : str, optional
        The id of the article to begin with.
    kinds : list of str, optional
        The kinds of marks switched on; all of them by default.

    Attributes
    ----------
    article : str
        The id of the article on screen.
    kinds : list of str
        The kinds switched on.
    selected : dict or None
        The chosen mark, as a row of the marks.
    evidence : DataFrame
        All sentences with the chosen mark's code: ``article, section, sentence, text, start, end``.

    Raises
    ------
    KitError
        If there is no article, or for an article, a kind or a mark that there is not.
    """

    _esm = read_script("reader.js")
    _css = Path(__file__).with_suffix(".css")

    article = traitlets.Unicode().tag(sync=True)
    kinds = traitlets.List(traitlets.Unicode()).tag(sync=True)
    selected = traitlets.Any(None, allow_none=True)
    evidence = traitlets.Any()

    _articles: Any = traitlets.List().tag(sync=True)
    _codes: Any = traitlets.List().tag(sync=True)
    _kinds: Any = traitlets.List().tag(sync=True)
    _page = traitlets.Dict().tag(sync=True)
    _picked = traitlets.Dict().tag(sync=True)
    _panel: Any = traitlets.List().tag(sync=True)
    _goal = traitlets.Dict().tag(sync=True)

    def __init__(
        self,
        source: Any,
        codebook: Codebook | str | Path | None = None,
        *,
        article: str | None = None,
        kinds: Sequence[str] | None = None,
        **traits: Any,
    ) -> None:
        self._source = source
        self._texts, self.codebook, self.marks = _material(source, codebook)
        known = [] if self.codebook is None else [kind.name for kind in self.codebook.kinds]
        names = getattr(source, "article_names", {})
        stylesheet()
        super().__init__(
            _articles=[
                {"id": each.id, "title": each.title or each.id, "short": names.get(each.id, each.title or each.id)}
                for each in self._texts.values()
            ],
            _codes=code_list(self.codebook),
            _kinds=kind_list(self.codebook),
            kinds=known if kinds is None else list(kinds),
            article=next(iter(self._texts)) if article is None else article,
            **traits,
        )

    @traitlets.default("evidence")
    def _no_evidence(self) -> pd.DataFrame:
        return no_evidence()

    @property
    def table(self) -> pd.DataFrame:
        """The marks on screen: those of the article and the kinds that are switched on."""
        marks = self._marks_of(self.article)
        return marks[marks["kind"].isin(self.kinds)].reset_index(drop=True)

    def _marks_of(self, article: str) -> pd.DataFrame:
        return self.marks[self.marks["article"] == article].reset_index(drop=True)

    def go_to(self, article: str, sentence: int) -> None:
        """Open an article at one of its sentences (its index)."""
        # A trait that stays the same sends nothing, so a second visit needs a number of its own.
        self._goal = {"article": article, "sentence": sentence, "turn": self._goal.get("turn", 0) + 1}
        self.article = article

    @traitlets.validate("article")
    def _known_article(self, proposal: dict[str, Any]) -> str:
        return _known(proposal["value"], self._texts, "article", "articles")

    @traitlets.validate("kinds")
    def _known_kinds(self, proposal: dict[str, Any]) -> list[str]:
        names = {kind["name"]: kind for kind in self._kinds}
        return [_known(name, names, "kind", "kinds") for name in proposal["value"]]

    @traitlets.validate("selected")
    def _known_mark(self, proposal: dict[str, Any]) -> dict[str, Any] | None:
        wanted = proposal["value"]
        if wanted is None:
            return None
        found = self.marks
        for column in ("article", "start", "end", "code"):
            found = found[found[column] == wanted[column]] if column in wanted else found
        if found.empty:
            what = f"There is no such mark: {dict(wanted)}"
            raise KitError(what, where=repr(self), remedy="Choose a row of the table of marks.")
        return _row(found.iloc[0])

    @traitlets.observe("article")
    def _turn_page(self, _change: dict[str, Any]) -> None:
        codes = [each["code"] for each in self._codes]
        self._page = page_of(self._texts[self.article], self._marks_of(self.article), codes)

    @traitlets.observe("_picked")
    def _pick(self, change: dict[str, Any]) -> None:
        """Follow a choice, made in the page or in Python: marks of one place, by their numbers in their article."""
        marks = self._marks_of(change["new"].get("article", ""))
        # What comes from a page may be anything.
        numbers = [number for number in change["new"].get("marks", []) if 0 <= number < len(marks)]
        rows = [_row(marks.iloc[number]) for number in numbers]
        self._panel = [self._about(code) for code in dict.fromkeys(row["code"] for row in rows)]
        self.selected = rows[0] if rows else None

    @traitlets.observe("selected")
    def _select(self, change: dict[str, Any]) -> None:
        row = change["new"]
        self.evidence = no_evidence() if row is None else self._sentences_with(row["code"])
        if row is None:
            self._picked = {}
            return
        marks = self._marks_of(row["article"])
        same = (marks[["start", "end", "code"]] == [row["start"], row["end"], row["code"]]).all(axis=1)
        number = int(marks.index[same][0])
        # It was chosen in the page, which shows it already: to go there would move the text under the pointer.
        if self._picked.get("article") == row["article"] and number in self._picked["marks"]:
            return
        self.go_to(row["article"], int(row["sentence"]))
        self._picked = {"article": row["article"], "marks": [number]}

    def _about(self, code: str) -> dict[str, Any]:
        """Return what the panel shows of a code: its number, and the sentences that bear it."""
        found = self._sentences_with(code)
        columns = ["article", "section", "sentence", "text"]
        return {
            "code": [each["code"] for each in self._codes].index(code),
            "count": len(found),
            "articles": int(found["article"].nunique()),
            "sentences": found[columns].head(MOST_SENT).to_dict("records"),
        }

    def _sentences_with(self, code: str) -> pd.DataFrame:
        marked = self.marks[self.marks["code"] == code].drop_duplicates(["article", "sentence"])
        places = marked[["article", "sentence", "start", "end"]]
        return evidence_table(self._texts, places.itertuples(index=False, name=None))

    def __repr__(self) -> str:
        name = getattr(self._source, "name", None)
        return f"Reader(case={name!r})" if name else f"Reader({count_of(len(self._texts), 'article')})"

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        data, metadata = super()._repr_mimebundle_(**kwargs) or ({}, {})
        return {**data, "text/plain": repr(self), "text/html": str(self.preview())}, metadata

    def preview(self) -> html.Html:
        """Return the article's first lines with their marks, for a notebook that has not been run."""
        lines = self._page["lines"][:PREVIEW_LINES]
        kinds = {kind["name"]: kind for kind in self._kinds if kind["name"] in self.kinds}
        drawn = (html.join(*marked_text(line, self._codes, kinds)) for line in lines)
        shown = (
            html.tag("p", html.tag("strong", text) if line["h"] else text, dir="auto")
            for line, text in zip(lines, drawn, strict=True)
        )
        more = html.tag("p", html.tag("em", "Run this cell to read on, and to choose what is underlined."))
        return html.tag("div", *shown, more, class_=html.PLAIN)


def _row(mark: pd.Series) -> dict[str, Any]:
    """Return a mark as a dict of Python's own text and numbers."""
    return {str(key): value.item() if hasattr(value, "item") else value for key, value in mark.items()}


def _known(name: str, known: Mapping[str, Any], one: str, many: str) -> str:
    if name not in known:
        what = f"There is no {one} {name!r}"
        raise KitError(what, where="Reader", remedy=f"The {many} are: {', '.join(known) or 'none'}.")
    return name


def _material(source: Any, codebook: Any) -> tuple[dict[str, Article], Codebook | None, pd.DataFrame]:
    """Return the articles by id, the codebook and the marks of what a `Reader` was given."""
    if codebook is None and hasattr(source, "marks"):
        return _by_id(source.articles), source.codebook, source.marks
    articles = _by_id(getattr(source, "articles", [source] if hasattr(source, "sentences") else source))
    if codebook is None:
        return articles, None, marks_table([])
    book = load_codebook(codebook) if isinstance(codebook, (str, Path)) else codebook
    return articles, book, annotate(list(articles.values()), book)


def _by_id(articles: Iterable[Article]) -> dict[str, Article]:
    known = isinstance(articles, Iterable) and not isinstance(articles, str)
    found = {article.id: article for article in articles} if known else {}
    if not found:
        what = "There is no article to read" if known else f"{type(articles).__name__} was given"
        raise KitError(what, where="Reader", remedy="Give it a case, or articles that load_articles returned.")
    return found
