"""What kind of texts a case is made of: for each article what it retells, when it is from, where it stands, what it leaves out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ipywidgets
import pandas as pd

from kit.rows import records
from kit.screen import html
from kit.screen.stylesheet import stylesheet

if TYPE_CHECKING:
    from kit.articles import Article
    from kit.case import Case

ASKED = {
    "kind": "What kind of text",
    "dated": "From when",
    "retells": "What it retells",
    "viewpoint": "Where it stands",
    "leaves_out": "What it leaves out",
    "wording": "Whose wording",
}


def about_texts(case: Case) -> pd.DataFrame:
    """Return what the articles' front matter says of them: ``article, short, title, sentences`` and the keys of `ASKED`."""
    return pd.DataFrame([_row(article) for article in case.articles])


def _row(article: Article) -> dict[str, Any]:
    said = {key: _said(article.meta.get(key)) for key in ASKED}
    names = {"short": _said(article.meta.get("short")), "title": article.title or article.id}
    return {"article": article.id, **names, "sentences": len(article.sentences), **said}


def _said(value: Any) -> str:
    """Return a value of front matter as text: lists with semicolons, mappings as name and value."""
    if isinstance(value, dict):
        return "; ".join(f"{key}: {_said(item)}" for key, item in value.items())
    if isinstance(value, list):
        return "; ".join(_said(item) for item in value)
    return "" if value is None else str(value)


class AboutTexts(ipywidgets.HTML):
    """The articles of a case, each with what is known about it behind its title."""

    def __init__(self, case: Case) -> None:
        self.case, self.table = case, about_texts(case)
        entries = [_entry(row) for row in records(self.table)]
        stylesheet()
        super().__init__(html.tag("div", *entries, class_=f"parley-paper {html.PLAIN}"))

    def __repr__(self) -> str:
        return f"AboutTexts(case={self.case.name!r})"

    def _repr_mimebundle_(self, **kwargs: Any) -> dict[str, Any]:
        return {**super()._repr_mimebundle_(**kwargs), "text/html": self.value, "text/plain": repr(self)}


def _entry(row: dict[str, Any]) -> html.Html:
    facts = [
        html.tag("p", html.tag("strong", f"{label}: "), row[key], dir="auto")
        for key, label in ASKED.items()
        if row[key]
    ]
    short = html.tag("strong", f"{row['short']}: ") if row["short"] else None
    summary = html.tag(
        "summary", short, html.tag("strong", row["title"]), f" ({row['sentences']} sentences)", dir="auto"
    )
    return html.tag("details", summary, *facts)
