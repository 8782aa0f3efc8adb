"""From a web page to lines, with the standard library's parser: no nesting is too deep for it, and nothing is run."""

from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser

from kit.reading import word_set
from kit.reading.formats import Line, Page, fold_space

_SKIPPED = {
    "script": "a script",
    "style": "a style sheet",
    "noscript": "a note for browsers without scripts",
    "template": "a template",
    "nav": "navigation",
    "footer": "the page's footer",
    "form": "a form",
    "aside": "an aside",
    "iframe": "an embedded page",
    "object": "an embedded page",
    "svg": "a drawing",
    "math": "a formula",
    "canvas": "a drawing",
    "audio": "a recording",
    "video": "a film",
    "button": "a button",
    "select": "a form",
    "textarea": "a form",
    "dialog": "a dialogue box",
}
_SKIPPED_ROLES = {"navigation", "complementary", "contentinfo", "search", "dialog", "alertdialog", "banner", "menu"}
_BLOCKS = word_set(
    "address article blockquote body br caption center dd details div dl dt fieldset figcaption figure h1 h2 h3 h4 h5 h6 "
    "header hgroup hr html legend li main ol p pre section summary table tbody td tfoot th thead tr ul"
)
_VOID = word_set("area base br col embed hr img input link meta param source track wbr")
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_PAGE_PARTS = {"html", "body", "main", "article"}
_JUNK_CLASS = re.compile(
    r"(?:comments?|comments?-(?:area|list|form|respond|section)|respond|share|sharing|social|"
    r"(?:social|share)-(?:share|links|icons|buttons|bar|media)|sharedaddy|"
    r"related|related-(?:posts|articles|stories|content|news|links)|newsletter|newsletter-(?:signup|form|box)|"
    r"subscribe|subscription|promo|advert|advertisement|ads?|ad-(?:slot|container|banner)|sponsored|"
    r"cookies?|cookie-(?:banner|notice|consent)|consent|gdpr|sidebar|widget|widget-area|breadcrumbs?|"
    r"author-(?:box|bio|info)|about-the-author|post-ratings?|kk-star-ratings|pagination|nav-links|post-navigation|"
    r"menu|navbar|site-(?:header|footer|nav)|skip-link|screen-reader-text|visually-hidden|sr-only|popup|modal|paywall)",
    re.IGNORECASE,
)
_DECLARATION = re.compile(r"<!--|<!|<\?")
_OPEN_TAG = re.compile(r"<(?![^<>]*>)")
_MOST_OPEN_TAGS = 200
_SITE_NAME = re.compile(r"\s+(?:[|•·»—–-]|::)\s+")


def read_html(source: str) -> Page:
    """Return the page that an HTML source holds, without scripts, menus, forms and the like."""
    source = _without_open_tags(_without_comments(source))
    page = _parse(source, by_class=True)
    # A careless class name on the wrong element must not cost the article: then go by the tags alone.
    if sum(len(line.text) for line in page.lines) < 0.3 * sum(len(text) for text, _ in page.dropped):
        by_tags = _parse(source, by_class=False)
        if len(by_tags.lines) > len(page.lines):
            return by_tags
    return page


def _without_comments(source: str) -> str:
    """Return the source without comments, declarations and instructions.

    One that never ends reaches to the end of the page, as in a browser. (Python's parser looks for the end of each
    again and again, which a page of such beginnings could make it do for hours.)
    """
    parts, position = [], 0
    while found := _DECLARATION.search(source, position):
        parts.append(source[position : found.start()])
        end = source.find("-->" if found.group() == "<!--" else ">", found.end())
        if end < 0:
            return "".join(parts)
        position = source.index(">", end) + 1
    return "".join([*parts, source[position:]])


def _without_open_tags(source: str) -> str:
    """Return the source with tags that never end made text, if there are more of them than slips would explain."""
    if source.count("<") - source.count(">") < _MOST_OPEN_TAGS:
        return source
    return _OPEN_TAG.sub("&lt;", source)


def _parse(source: str, *, by_class: bool) -> Page:
    reader = _Reader(by_class=by_class)
    reader.feed(source)
    reader.close()
    return reader.page()


class _Reader(HTMLParser):
    """Collects lines, each with the part of the page (``main``, ``article`` or the rest) that it stands in."""

    def __init__(self, *, by_class: bool) -> None:
        super().__init__(convert_charrefs=True)
        self.by_class = by_class
        self.found: list[tuple[Line, str, int]] = []
        self.dropped: list[tuple[str, str]] = []
        self.head_title: list[str] = []
        self._open: list[str] = []
        self._counts: dict[str, int] = {}
        self._skip_at: int | None = None
        self._skip_reason = ""
        self._pieces: list[str] = []
        self._tables = 0
        self._articles = 0
        self._in_head_title = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "title" and "svg" not in self._counts and not self.head_title:
            self._in_head_title = True
        if tag in _BLOCKS:
            self._flush()
        if tag in {"p", "li", "td", "th", "tr", "option"}:
            self._close_implied(tag)
        if tag in _VOID:
            return
        self._open.append(tag)
        self._counts[tag] = self._counts.get(tag, 0) + 1
        self._tables += tag == "table"
        self._articles += tag == "article" and self._counts[tag] == 1
        reason = self._reason_to_skip(tag, dict(attrs)) if self._skip_at is None else None
        if reason:
            self._flush()
            self._skip_at, self._skip_reason = len(self._open), reason

    def _close_implied(self, tag: str) -> None:
        if self._open and self._open[-1] == tag:
            self.handle_endtag(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BLOCKS:
            self._flush()

    def handle_endtag(self, tag: str) -> None:
        self._in_head_title = self._in_head_title and tag != "title"
        if not self._counts.get(tag):
            return
        if tag in _BLOCKS or tag in _SKIPPED:
            self._flush()
        while self._open:
            closed = self._open.pop()
            self._counts[closed] -= 1
            if closed == tag:
                break
        if self._skip_at is not None and len(self._open) < self._skip_at:
            self._flush()
            self._skip_at = None

    def handle_data(self, data: str) -> None:
        if self._in_head_title:
            self.head_title.append(data)
        else:
            self._pieces.append(data)

    def _reason_to_skip(self, tag: str, attrs: dict[str, str | None]) -> str | None:
        if tag in _SKIPPED:
            return _SKIPPED[tag]
        if tag in _PAGE_PARTS or tag == "head":
            return None
        if "hidden" in attrs or attrs.get("aria-hidden") == "true":
            return "hidden on the page"
        if (attrs.get("role") or "").lower() in _SKIPPED_ROLES:
            return f"the page's {(attrs.get('role') or '').lower()}"
        if self.by_class:
            return self._junk_name(attrs)
        return None

    def _junk_name(self, attrs: dict[str, str | None]) -> str | None:
        names = f"{attrs.get('class') or ''} {attrs.get('id') or ''}".replace("_", "-").split()
        name = next((name for name in names if _JUNK_CLASS.fullmatch(name)), None)
        return f"page furniture: '{name}'" if name else None

    def _flush(self) -> None:
        text = fold_space("".join(self._pieces))
        preformatted = bool(self._counts.get("pre"))
        raw = "".join(self._pieces).splitlines() if preformatted else [text]
        self._pieces = []
        for piece in raw:
            if piece := fold_space(piece):
                self._add(piece)

    def _add(self, text: str) -> None:
        if self._skip_at is not None:
            if self._skip_reason not in {"a script", "a style sheet"}:
                self.dropped.append((text, self._skip_reason))
            return
        part = next((part for part in ("main", "article", "header") if self._counts.get(part)), "")
        self.found.append((self._line(text), part, self._articles if self._counts.get("article") else 0))

    def _line(self, text: str) -> Line:
        for tag in reversed(self._open):
            if tag in _HEADINGS:
                return Line(text, "heading", _HEADINGS[tag])
            if tag in {"td", "th"} and len(text) <= 300:
                return Line(text, "cell", table=self._tables)
            if tag in _BLOCKS:
                break
        return Line(text)

    def page(self) -> Page:
        """Return what was read, the part that is the article alone where the page marks one."""
        self._flush()
        is_article = self._article_part()
        page = Page(marked_up=True, dropped=self.dropped)
        for line, part, number in self.found:
            if is_article is None or is_article(part, number):
                page.lines.append(line)
            else:
                page.dropped.append((line.text, "outside the page's article"))
        page.title = self._title(page.lines)
        return page

    def _article_part(self) -> Callable[[str, int], bool] | None:
        """Return what tells the article's lines from the page's, or None where the page does not mark its article."""
        sizes: dict[tuple[str, int], int] = {}
        for line, part, number in self.found:
            sizes[part, number] = sizes.get((part, number), 0) + len(line.text)
        total = sum(sizes.values())
        if 2 * sum(size for (part, _), size in sizes.items() if part == "main") > total:
            return lambda part, _: part == "main"
        largest = max((number for _, number in sizes if number), key=lambda n: self._size(sizes, n), default=0)
        if largest and 2 * self._size(sizes, largest) > total:
            return lambda _, number: number == largest
        return None

    @staticmethod
    def _size(sizes: dict[tuple[str, int], int], article: int) -> int:
        return sum(size for (_, number), size in sizes.items() if number == article)

    def _title(self, lines: list[Line]) -> str | None:
        first = next((line for line in lines if line.role == "heading" and line.level == 1), None)
        if first is not None:
            return first.text
        head = fold_space("".join(self.head_title))
        name = _SITE_NAME.split(head)[0]
        return (name if len(name.split()) > 1 else head) or None
