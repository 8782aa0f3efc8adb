"""The one place where text becomes HTML: everything is escaped here and nowhere else."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd
    from pandas.io.formats.style import Styler

_NAME = re.compile(r"[a-zA-Z][a-zA-Z0-9-]*")
_VOID = frozenset({"br", "col", "hr", "img", "input", "wbr"})
# They run or load code, or (base, meta, link) turn where all links lead or what the page looks like.
_BANNED = frozenset({"script", "iframe", "object", "embed", "base", "meta", "link"})
_LINKS = frozenset({"href", "src", "cite"})
# The last kind is a place beside this page: no scheme such as javascript:, and no other host after two slashes.
_SAFE_LINK = re.compile(r"(?:https?://|mailto:|#|data:image/(?:png|svg\+xml);|(?!//)[^:]*\Z)", re.IGNORECASE)
# What stands between two dollar signs of an output is taken for a formula, but not within these classes: the first is for
# MathJax 2, which a notebook saved as HTML loads, the second for JupyterLab's.
PLAIN = "tex2jax_ignore mathjax_ignore"
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#x27;"})


class Html(str):
    """Text that is HTML already and is not escaped again."""

    __slots__ = ()

    def __html__(self) -> str:
        return self

    def _repr_html_(self) -> str:
        return plain(self)


def escape(text: Any) -> Html:
    """Return ``text`` with all that HTML would read as markup made harmless.

    Examples
    --------
    >>> escape("<b> & 'c'")
    '&lt;b&gt; &amp; &#x27;c&#x27;'
    """
    return text if isinstance(text, Html) else Html(str(text).translate(_ESCAPES))


def join(*parts: Any, sep: Any = "") -> Html:
    """Return the parts one after another; a part that is no `Html` is escaped, None is left out."""
    return Html(escape(sep).join(escape(part) for part in parts if part is not None))


def plain(content: Any) -> Html:
    """Return content as an output of its own, in which two amounts of dollars are no formula."""
    return tag("div", content, class_=PLAIN)


def as_description(text: str) -> dict[str, Any]:
    """Return what gives a control of ipywidgets a name, in which two amounts of dollars are no formula either."""
    if text.count("$") < 2:
        return {"description": text, "description_allow_html": False}
    return {"description": tag("span", text, class_=PLAIN), "description_allow_html": True}


def show_tables_plainly() -> None:
    """In a notebook, keep two amounts of dollars in a table of pandas from becoming a formula; pandas is not imported."""
    from IPython import get_ipython

    shell = get_ipython()
    if shell is not None:
        show = shell.display_formatter.formatters["text/html"].for_type_by_name
        for module in ("pandas", "pandas.core.frame"):  # where its versions say that their tables come from
            show(module, "DataFrame", _plain_table)
        show("pandas.io.formats.style", "Styler", _plain_table)


def _plain_table(table: pd.DataFrame | Styler) -> str:
    import pandas as pd

    with pd.option_context("display.html.use_mathjax", False, "styler.html.mathjax", False):
        return str(table._repr_html_())  # type: ignore[operator,union-attr]  # its types take it for a column


def tag(name: str, /, *children: Any, **attributes: Any) -> Html:
    """Return one element; children and attribute values that are no `Html` are escaped.

    Parameters
    ----------
    **attributes : str, number, bool or None
        ``class_`` becomes ``class``, ``aria_label`` becomes ``aria-label``. True gives a bare
        attribute; None and False leave it out, as does a link that leads neither to a web page nor to a place beside this one.

    Raises
    ------
    ValueError
        For a name that is none, or one that would run a script.
    """
    if not _NAME.fullmatch(name) or name.lower() in _BANNED:
        msg = f"{name!r} is not an element that may be shown"
        raise ValueError(msg)
    opening = f"<{name}{''.join(_attribute(key, value) for key, value in attributes.items())}>"
    return Html(opening) if name in _VOID else Html(f"{opening}{join(*children)}</{name}>")


def bullets(items: Iterable[Any], kind: str = "ul") -> Html:
    """Return items as a list, or as a numbered one ("ol"); a tuple is an item of several parts."""
    return tag(kind, *(tag("li", *(each if isinstance(each, tuple) else (each,))) for each in items))


def fold(title: Any, *content: Any) -> Html:
    """Return content that is folded away under its title."""
    return tag("details", tag("summary", title), *content)


def _attribute(key: str, value: Any) -> str:
    name = key.rstrip("_").replace("_", "-")
    if not _NAME.fullmatch(name) or name.lower().startswith("on") or name.lower() == "srcdoc":
        msg = f"{name!r} is not an attribute that may be set"
        raise ValueError(msg)
    if value is None or value is False or (name in _LINKS and not _SAFE_LINK.match(str(value))):
        return ""
    # A value is escaped even if it is Html: a quotation mark in it would end the attribute.
    return (
        f" {name}" if value is True else f' {name}="{escape(str.__str__(value) if isinstance(value, str) else value)}"'
    )


def style(css: str) -> Html:
    """Return a ``<style>`` element around CSS of our own (never of an article or a case)."""
    return Html(f"<style>{css}</style>")


def table(frame: pd.DataFrame, caption: str | None = None, *, labels: dict[str, str] | None = None) -> Html:
    """Return a DataFrame as a table with a caption and column headings that a screen reader can use.

    Parameters
    ----------
    frame : DataFrame
        Its columns in order; its index is left out.
    labels : dict, optional
        Headings for columns; without one a column's own name, underscores as spaces.
    """
    labels = labels or {}
    heads = (tag("th", labels.get(str(name), str(name).replace("_", " ")), scope="col") for name in frame.columns)
    # A case may be written from right to left: the browser sees by the letters of each cell which way it runs.
    rows = (tag("tr", *(tag("td", _cell(value), dir="auto") for value in row)) for row in frame.itertuples(index=False))
    return tag(
        "table",
        tag("caption", caption) if caption else None,
        tag("thead", tag("tr", *heads)),
        tag("tbody", *rows),
        class_=f"parley-table {PLAIN}",
    )


def _cell(value: Any) -> Any:
    """Return a table cell's text: nothing for a missing value, few digits, lists with commas."""
    import pandas as pd

    if isinstance(value, (list, tuple, set, frozenset)):
        return ", ".join(str(item) for item in value)
    if pd.isna(value):
        return ""
    if isinstance(value, float):
        return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.4g}"
    return value
