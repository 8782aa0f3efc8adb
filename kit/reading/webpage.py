"""From a web page to lines: trafilatura says which parts of the page are the article, the page itself says what they are.

The page is cut into blocks (a heading, a paragraph, a list item, a table cell). Each block gets an invisible mark of its
own, trafilatura picks what it takes for the article, and the marks in what it returns tell which blocks those are. So a
kept sentence stands as it does on the page, whatever was picked out of it, and what was left out can be listed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby, islice, pairwise
from typing import Any

from kit.errors import ArticleError
from kit.reading import count_words, word_set
from kit.reading.fixed_width import FOOT, count_columns, drop_feet, unwrap
from kit.reading.headings import heading_key
from kit.reading.junk import RELATED, is_lead
from kit.reading.pages import Line, Page, fold_space, lines_of_block, without_edit
from kit.reading.sentences import ENDS_SENTENCE, split_line

# Elements that hold no words of the article.
_SKIPPED = word_set(
    "head script style noscript template svg annotation annotation-xml button select textarea iframe object canvas audio "
    "video datalist rt rp del s strike"
)
_OF_HEAD = word_set("title meta link base script style noscript template")
_BLOCKS = word_set(
    "address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure footer form h1 h2 "
    "h3 h4 h5 h6 header hgroup hr html legend li main nav ol p pre section summary table tbody td tfoot th thead tr ul"
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_DIALOGUE = "a dialogue box"
_BY_READERS = "readers' comments"
_PLACES = {
    "nav": "navigation",
    "footer": "the page's footer",
    "form": "a form",
    "aside": "an aside",
    "dialog": _DIALOGUE,
    "figure": "a picture and its caption",
    "header": "the page's header",
}
_ROLES = {
    "navigation": "navigation",
    "menu": "navigation",
    "dialog": _DIALOGUE,
    "alertdialog": _DIALOGUE,
    "complementary": "an aside",
    "contentinfo": "the page's footer",
    "search": "a form",
}
_TELLING = {"td", "th", "li", "table"}
_LISTS = word_set("ul ol li dl blockquote")
_UPDATE = "update"  # our own mark
_OUTSIDE = "outside the page's article"
_STACKED = re.compile(r"display:\s*(?:block|flex|grid|table|list-item)", re.IGNORECASE)
_UNSEEN = re.compile(r"display:\s*none|visibility:\s*hidden|clip:\s*rect\(\s*[01]\D", re.IGNORECASE)
_COMMENTS = re.compile(  # never "live-comments": those are the story
    r"(?:^|\s)(?:(?:article|post|reader|user)[_-])?comments?[_-]?(?:(?<=s)|list|section|thread|area|container|wrapper|body)(?:$|\s)",
    re.IGNORECASE,
)
_BOXES = re.compile(  # asks for consent, an address or money, over the page or at its foot
    r"(?:^|[\s_-])(?:cookies?|consent|gdpr|ccpa|onetrust|didomi|qc-?cmp\d?|cmp(?:box|wrapper)?|cookiebot\w*|cybot\w*|usercentrics|osano|truste|iubenda|"
    r"borlabs\w*|klaro|sp_message|cc-(?:window|banner)|modal|pop-?up|overlay|lightbox)(?:$|[\s_-])",
    re.IGNORECASE,
)
_UNSEEN_CLASS = re.compile(
    r"(?:^|[\s_-])(?:sr-only|visually-?hidden|screen-?reader|off-?screen|a11y-(?:hidden|only)|assistive|mw-editsection|katex-html)(?:$|[\s_-])"
)
_LEAD = re.compile(
    r"(?:^|[\s_-])(?:lea?d|lede|preface|de(?:c?k|scription)|intro\w*|teaser|excerpt|standfirst|summary|subtitle|abstract|chapo|ingress|sapo|vorspann)",
    re.IGNORECASE,
)
_SHUT = re.compile(
    r"paywall|\bpaid|premium|subscriber|locked|\bhidden\b|blur|meter|gated|regwall|collaps|truncat",
    re.IGNORECASE,
)
_NUMBERS = re.compile(r"\s?\d{1,3}(?:[,–-]\s?\d{1,3}){0,9}\s?")
_RAISED = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹–", " ")
_SITE_NAME = re.compile(r" (?:[|•·»—–-]|::) ")
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\U000e0100-\U000e01ef]")
# Variation selectors: no page looks different for them, and to trafilatura they are letters' accents.
_FIRST, _BASE = 0xE0100, 240
_MARK = re.compile(f"[{chr(_FIRST)}-{chr(_FIRST + _BASE - 1)}]{{2}}")
_MOST_BLOCKS = _BASE * _BASE
_MOST_ELEMENTS = 25_000
_NESTED = 20  # tables or articles within one another
_FEW, _WIDEST = 3, 160  # lines, characters of one
_FAR = 10  # blocks from the title to the text
_SENTENCE = 50  # columns: what is shorter may be a label, though a stop ends it
_SHORT = 250  # characters: less than this is hardly an article


@dataclass
class _Block:
    """A run of text that no block element interrupts."""

    tag: str
    place: str
    tables: tuple[int, ...] = ()  # those that it stands in, the innermost last
    within: Any = None  # the element that holds the block among others
    linked: int = 0  # characters of it that are links
    pieces: list[str] = field(default_factory=list)
    nodes: list[tuple[Any, bool]] = field(default_factory=list)  # where its text stands: an element, and if in its tail
    lines: list[str] = field(default_factory=list)
    feet: list[str] = field(default_factory=list)
    kept: bool = False

    @property
    def table(self) -> int:
        return self.tables[-1] if self.tables else 0

    @property
    def above(self) -> list[Any]:
        """The elements around the one that its text begins in, the innermost first."""
        return list(self.nodes[0][0].iterancestors())

    @property
    def article(self) -> Any:
        return _find_around(self.nodes[0][0], "article", "main")

    @property
    def size(self) -> int:
        return sum(map(len, self.lines))

    @property
    def is_sentence(self) -> bool:
        return _is_sentence(" ".join(self.lines))

    @property
    def is_prose(self) -> bool:
        return any(len(split_line(line)) > 1 for line in self.lines) or self.size > _SHORT


def _find_around(element: Any, *tags: str) -> Any:
    """Return the innermost of the elements around one that have such a tag, or None."""
    return next(element.iterancestors(*tags), None)


def _is_sentence(text: str) -> bool:
    return count_columns(text) > _SENTENCE and bool(ENDS_SENTENCE.search(text.rstrip()))


def read_webpage(source: str, where: str) -> Page:
    """Return the page that an HTML source holds.

    Raises
    ------
    ArticleError
        If the libraries that read web pages are not installed, as in a browser.
    """
    try:
        import trafilatura  # noqa: F401
    except ImportError as error:
        what = "a web page cannot be read here, since the package trafilatura is not installed"
        remedy = "Open the page in a browser, copy the article's text, and paste it into a file that ends in .txt."
        raise ArticleError(what, where=where, remedy=remedy) from error
    root, is_too_deep = _parse(source)
    _open_what_is_shut(root)
    _come_from_behind(root)
    blocks = list(_find_blocks(root))
    _take_comments_for_text(blocks)
    title = _find_title(root, blocks)
    blocks = list(_join_broken(blocks, title))
    _mark_blocks(blocks)
    if sum(1 for _ in root.iter()) > _MOST_ELEMENTS:  # no article's page has so many, and to pick would take minutes
        text = _keep(blocks, [block for block in blocks if block.place == _OUTSIDE])
    else:
        _choose_articles(root, title)
        left = set(root.iter())
        for block in blocks:
            if block.nodes and block.nodes[0][0] not in left:
                block.place = "another article"
        text = _pick(blocks, root, title)
    if text:
        return Page([Line(line) for line in text.split("\n") if line.strip()], title, marked_up=True)
    lost = _fill(blocks, title, {each for part in root.xpath(f"//div[@role='{_UPDATE}']") for each in part.iter()})
    _add_headings(blocks, title)
    _drop_led(blocks)
    page = _make_page(blocks, title)
    doubts = ["the text right under the title was left out"] * lost
    doubts += ["the page is nested so deeply that its end could not be read"] * is_too_deep
    if doubts:
        page.meta["doubt"] = f"{' and '.join(doubts)}: compare it with the page"
    return page


def _parse(source: str) -> tuple[Any, bool]:
    """Return a page's tree, and whether it is nested too deeply to be read to its end."""
    from lxml import etree, html

    # Old pages never close their <font>s, so what reads as depth is length.
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        root = html.document_fromstring(_NOT_IN_XML.sub(" ", source).encode("utf-8", "replace"), parser=parser)
    except etree.ParserError:  # nothing in it but white space: a page without a text, which is told further on
        root = html.document_fromstring("<p></p>", parser=parser)
    strays = [each for each in root.xpath("head/*") if each.tag not in _OF_HEAD]
    if strays:  # the page leaves out the body's tag, and the parser takes an article for a part of the head
        if root.find("body") is None:
            root.append(etree.Element("body"))
        root.find("body")[:0] = strays
    # Of each table and article trafilatura goes through all that is in it. No page has so many within one another.
    parts = f"//*[self::table or self::tr or self::td or self::th][count(ancestor::table) > {_NESTED}]"
    for part in root.xpath(f"{parts} | //article[count(ancestor::article) > {_NESTED}]"):
        part.tag = "div"
    return root, any("depth" in entry.message.lower() for entry in parser.error_log)


def _open_what_is_shut(root: Any) -> None:
    """Take the marks off those parts of an article that a page shows to some readers alone, or only after a click."""
    for shadow in root.xpath("//template[@shadowrootmode]"):  # written as a template, and part of the page all the same
        shadow.tag = "div"
    for article in root.iter("article", "main"):
        walk = list(article.iter("div", "section", "span"))
        opened: set[Any] = set()
        for part in walk:
            if part.getparent() in opened:
                opened.add(part)
            elif _is_hidden(part) or _SHUT.search(f"{part.get('class', '')} {part.get('id', '')}"):
                text = [each for each in part.iter("p") if len(split_line(each.text_content())) > 1]
                may_be_offer = _is_hidden(part) or next(part.iter("a", "button", "input"), None) is not None
                if len(text) > may_be_offer and not _place(part):
                    opened.add(part)
        for part in opened:
            part.attrib.clear()


def _come_from_behind(root: Any) -> None:
    """Where a dialogue was open, the page's own part is hidden behind it: show that part and mark the others as dialogue."""
    name = heading_key(root.findtext(".//title") or "")
    for head in root.iter("h1", "h2", "h3"):
        words = heading_key(head.text_content())
        page = next((each for each in head.iterancestors("div", "main", "section") if _is_hidden(each)), None)
        if page is None or (head.tag != "h1" and (count_words(words) < 3 or words not in name)):
            continue
        others = [each for each in page.getparent() if each is not page and not _is_hidden(each)]
        is_text = len(split_line(fold_space(page.text_content()))) > 1  # not a title for the printer alone
        if is_text and not any(next(each.iter("h1", "main", "article"), None) is not None for each in others):
            for each in others:
                each.set("role", "dialog")
            for mark in ("aria-hidden", "hidden", "inert", "style"):
                page.attrib.pop(mark, None)
        return


def _is_hidden(part: Any) -> bool:
    marked = part.get("aria-hidden") == "true" or not {"hidden", "inert"}.isdisjoint(part.attrib)
    return marked or bool(_UNSEEN.search(part.get("style", "")))


def _find_blocks(root: Any) -> Iterator[_Block]:
    """Yield the page's blocks of text in reading order."""
    from lxml.etree import iterwalk

    shown = _count_shown(root)
    for form in root.iter("form", "noscript"):
        if 2 * shown[form] > shown[root]:  # some programs put the whole page into one
            form.tag = "div"
    walk = _Walk()
    for event, element in iterwalk(root, events=("start", "end")):
        done = walk.enter(element) if event == "start" else walk.leave(element)
        if done:
            yield done


def _count_shown(root: Any) -> dict[Any, int]:
    """Count for each element the letters in it, in one walk: elements may be nested a thousand deep."""
    shown: dict[Any, int] = {}
    for element in reversed(list(root.iter())):  # so that what is within comes first
        own = len(element.text or "") if isinstance(element.tag, str) and element.tag not in {"script", "style"} else 0
        shown[element] = own + sum(shown[within] + len(within.tail or "") for within in element)
    return shown


def _take_comments_for_text(blocks: list[_Block]) -> None:
    """Where nothing else is there to read, what a page calls comments is its text."""
    if not any(block.place == _OUTSIDE and ENDS_SENTENCE.search(block.lines[-1]) for block in blocks):
        for block in blocks:
            block.place = _OUTSIDE if block.place == _BY_READERS else block.place


def _join_broken(found: list[_Block], title: str | None) -> Iterator[_Block]:
    """Yield the blocks, those made one whose paragraph was broken at a fixed width: a PDF file as a page has one a line."""

    def may_join(each: _Block) -> tuple[object, ...] | None:
        is_line = not each.tag and len(each.lines) == 1 and each.size <= _WIDEST and each.lines[0] != title
        return (each.within, each.place, each.tables) if is_line else None

    for alike, run in groupby(found, may_join):
        blocks = list(run)
        lines = unwrap(each.lines[0] for each in blocks) if alike else []
        if len(blocks) > _FEW and len(lines) == 1:
            first = blocks[0]
            first.lines, first.nodes = lines, [node for each in blocks for node in each.nodes]
            first.linked = sum(each.linked for each in blocks)
            blocks = [first]
        yield from blocks


class _Walk:
    """Collects text into blocks on a walk through the page's tree."""

    def __init__(self) -> None:
        self._open: list[Any] = []
        self._places = [_OUTSIDE]
        self._tables: list[int] = []
        self._count = 0
        self._skip = self._links = self._raised = 0
        self._block = _Block("", "")

    def enter(self, element: Any) -> _Block | None:
        """Take an element's beginning; return the block that it ends, if any."""
        if self._skip or _is_skipped(element):
            self._skip += 1
            return None
        done = None
        if element.tag in _BLOCKS:
            self._open.append(element)
            self._places.append(_place(element) or self._places[-1])
            if element.tag == "table":
                self._count += 1
                self._tables.append(self._count)
            done = self._cut()
        elif element.tag == "br" or _STACKED.search(element.get("style", "")):
            self._block.pieces.append("\n")
        self._links += element.tag == "a"
        self._raised += element.tag == "sup"
        self._take(element, element.text, tail=False)
        return done

    def leave(self, element: Any) -> _Block | None:
        """Take an element's end and the text behind it."""
        done = None
        if self._skip:
            self._skip -= 1
        else:
            self._links -= element.tag == "a"
            self._raised -= element.tag == "sup"
            if element.tag in _BLOCKS:
                self._open.pop()
                self._places.pop()
                if element.tag == "table":
                    self._tables.pop()
                done = self._cut(loose=True)
            elif _STACKED.search(element.get("style", "")):
                self._block.pieces.append("\n")
        if not self._skip:
            self._take(element, element.tail, tail=True)
        return done

    def _take(self, element: Any, text: str | None, *, tail: bool) -> None:
        if text:
            if self._raised:
                text = self._raise(text)
            self._block.linked += len(text) if self._links else 0
            in_pre = any(each.tag == "pre" for each in self._open)
            self._block.pieces.append(text if in_pre else text.replace("\n", " "))
            if not text.isspace():
                self._block.nodes.append((element, tail))

    def _raise(self, text: str) -> str:
        """Return raised text as it is written in a line: "km²" (so a note's number is told from a year), a note's letter "[a]"."""
        above = "".join(self._block.pieces[-3:]).rstrip()[-1:]
        if above != "[" and _NUMBERS.fullmatch(text):
            return text.translate(_RAISED)
        is_letter = len(text) == 1 and text.isalpha() and ENDS_SENTENCE.search(above)
        return f"[{text}]" if is_letter else text

    def _cut(self, *, loose: bool = False) -> _Block | None:
        """End the block so far and begin another; return the one that ended, unless it is blank.

        A ``loose`` one is text behind an element, not in one of its own.
        """
        done = self._block
        tag = next((each.tag for each in reversed(self._open) if each.tag in _HEADINGS or each.tag in _TELLING), "")
        outer = 1 if loose else 2
        within = self._open[-outer] if len(self._open) >= outer else None
        self._block = _Block(tag, self._places[-1], tuple(self._tables), within)
        lines = "".join(done.pieces).split("\n")
        if len(lines) > 1:
            lines, done.feet = drop_feet(lines)
        done.lines = [text for line in unwrap(lines) if (text := fold_space(line))]
        return done if done.lines else None


def _place(element: Any) -> str | None:
    """Return the part of the page that an element is, by its tag or its role, or None if it is none of its own."""
    own = _ROLES.get(element.get("role", "").lower()) or _PLACES.get(element.tag)
    names = f"{element.get('class', '')} {element.get('id', '')} "
    named = None
    if _COMMENTS.search(names):
        named = _BY_READERS
    elif _BOXES.search(names) and element.find(".//button") is not None:
        in_text = _find_around(element, "article", "main") is not None  # a gallery, and the text in it
        named = None if in_text else _DIALOGUE
    return own or (named if named and next(element.iter("h1", "article", "main"), None) is None else None)


def _is_skipped(element: Any) -> bool:
    """Say whether nothing of an element is read: it holds no words, or it is hidden within a line."""
    if element.tag == "button" and (element.tail or "").lstrip()[:1].islower():  # a word that opens its meaning
        return not any(map(str.isalpha, element.text_content()))
    if element.tag in _SKIPPED:
        return True
    if element.tag in _BLOCKS:
        return False
    hidden = "hidden" in element.attrib or _UNSEEN.search(element.get("style", ""))
    icon = element.get("aria-hidden") == "true" and not any(map(str.isalnum, element.text_content()))
    return bool(hidden or icon or _UNSEEN_CLASS.search(element.get("class", "")))


def _find_title(root: Any, blocks: list[_Block]) -> str | None:
    """Return the page's title: the heading that its head repeats, else its only first-order heading, else its head's."""
    shared = root.xpath("//meta[@property='og:title']/@content")
    names = [fold_space(text) for text in (*root.xpath("//head//title/text()")[:1], *shared[:1]) if text.strip()]
    named = [f" {heading_key(name)} " for name in names]
    headings = [(block.tag, " ".join(block.lines)) for block in blocks if block.tag in {"h1", "h2"}]
    # First-order headings first, each order as it comes on the page.
    for _, text in sorted(headings, key=lambda each: each[0]):
        words = heading_key(text)
        if words and any(name.strip() == words or (f" {words} " in name and count_words(words) > 2) for name in named):
            return text
    firsts = [text for tag, text in headings if tag == "h1"]
    if len(firsts) == 1 or (firsts and not names):
        return firsts[0]
    if not names:
        return None
    # The last is that for sharing, if there is one: it seldom has the site's name in it.
    cut = _SITE_NAME.split(names[-1])[0]
    return cut if count_words(cut) > 1 else names[-1]


def _mark_blocks(blocks: list[_Block]) -> None:
    """Put each block's mark before each piece of its text in the tree."""
    for number, block in enumerate(blocks):
        high, low = divmod(min(number, _MOST_BLOCKS - 1), _BASE)
        mark = chr(_FIRST + high) + chr(_FIRST + low)
        for element, tail in block.nodes:
            if tail:
                element.tail = mark + element.tail
            else:
                element.text = mark + element.text


def _choose_articles(root: Any, title: str | None) -> None:
    """Leave the article with the page's title, or make one of several side by side; take out those that lead to others."""
    articles = [each for each in root.iter("article") if _find_around(each, "article") is None]
    wanted = heading_key(title or "")
    _drop_cards(root, articles, wanted)
    own = next((each for each in articles if _holds(each, wanted)), None)
    if own is None:  # then what stands outside of them may be the story, and they but lead to others
        outside = [each.text_content() for each in root.iter("p") if _find_around(each, "article") is None]
        story = sum(len(text) for text in outside if len(split_line(text)) > 1 or _is_sentence(text))
        for each in [each for each in articles if len(each.text_content()) < story and not _is_update(each)]:
            articles.remove(each)
            each.drop_tree()
    if len(articles) < 2:
        return
    if own is not None:
        updates = [each for each in articles if each is not own and not _is_rival(own, each) and _is_update(each)]
        for each in articles:
            if each is not own and each not in updates:
                each.drop_tree()
        articles = [each for each in articles if each is own or each in updates]
    parent = articles[0].getparent()
    if len(articles) > 1 and {each.getparent() for each in articles} == {parent} and parent.tag != "body":
        parent.tag = "article"
        for each in articles:
            each.tag = "div"
            each.set("role", _UPDATE)


def _is_update(article: Any) -> bool:
    """Say whether an article beside the page's own is a part of its story: a text of its own, not a link to another."""
    text = article.text_content()
    linked = sum(len(link.text_content()) for link in article.iter("a"))
    return not _leads_away(article) and 2 * linked < len(text) and (not linked or len(split_line(text)) > 1)


def _drop_cards(root: Any, articles: list[Any], wanted: str) -> None:
    """Take out the articles within articles that lead to others."""
    outermost = set(articles)
    for card in [each for each in root.iter("article") if _find_around(each, "article") in outermost]:
        if not _holds(card, wanted) and _leads_away(card):
            card.drop_tree()


def _leads_away(article: Any) -> bool:
    """Say whether a heading of an article is a link to another page."""
    heads = article.iter("h1", "h2", "h3")
    return any(not link.get("href", "#").startswith("#") for head in heads for link in head.iter("a"))


def _heads(article: Any) -> list[tuple[str, str]]:
    return [(each.tag, heading_key(_MARK.sub("", each.text_content()))) for each in article.iter("h1", "h2", "h3")]


def _holds(article: Any, wanted: str) -> bool:
    """Say whether an article has the page's title, and a text besides."""
    found = wanted in {text for _, text in _heads(article)}
    return found and count_words(article.text_content()) - count_words(wanted) > 10


def _is_rival(own: Any, other: Any) -> bool:
    """Say whether another article's first heading is of the same order as the first of the page's own article."""
    mine, others = _heads(own)[:1], _heads(other)[:1]
    return bool(mine and others) and mine[0][0] == others[0][0]


def _pick(blocks: list[_Block], root: Any, title: str | None) -> str:
    """Mark as kept the blocks that are the article; return the text if it stands in no block (in a script, say).

    Trafilatura is asked first, then told to take more; where both find next to nothing of what looks like an article,
    all that the page's own tags don't rule out is taken, so that no page is lost.
    """
    story = _find_story(blocks, title)
    prose = sum(block.size for block in story if block.is_prose)
    need = max(min(_SHORT, prose // 2), prose // 10)  # less than a tenth may be the lead alone
    told = prose or _said(story) > _SHORT
    for recall in (False, True):
        text = _extract(root, need or _SHORT, recall=recall)
        numbers = {(ord(high) - _FIRST) * _BASE + ord(low) - _FIRST for high, low in _MARK.findall(text)}
        if text and not numbers:
            return text
        for number, block in enumerate(blocks):
            menu = block.place == "navigation" and not _is_unlinked([block])
            block.kept = number in numbers and not menu and not (told and block.place in {_DIALOGUE, _BY_READERS})
        if sum(block.size for block in blocks if block.kept) > need:
            return ""
    return _keep(blocks, story)


def _find_story(blocks: list[_Block], title: str | None) -> list[_Block]:
    """Return the blocks that the page's own tags don't rule out: those of the article that has the title, if one has."""
    outside = [block for block in blocks if block.place == _OUTSIDE]
    story = [block for block in outside if block.article is not None]
    titled = any(" ".join(block.lines) == title for block in story) and any(block.is_prose for block in story)
    return story if titled else outside


def _keep(blocks: list[_Block], chosen: list[_Block]) -> str:
    """Keep the chosen blocks alone, or all if none is chosen."""
    for block in blocks:
        block.kept = not chosen
    for block in chosen:
        block.kept = True
    return ""


def _extract(root: Any, need: int, *, recall: bool) -> str:
    """Return the text, marks included, that trafilatura takes for the article, a line for each paragraph."""
    from trafilatura import bare_extraction
    from trafilatura.settings import use_config

    config = use_config()
    config["DEFAULT"]["MIN_EXTRACTED_SIZE"] = str(need)
    try:
        found = bare_extraction(root, fast=True, favor_recall=recall, include_comments=False, config=config)
    except (ValueError, RecursionError):
        found = None
    body = getattr(found, "body", None)
    return "" if body is None else "\n".join("".join(each.itertext()) for each in body)


def _fill(blocks: list[_Block], title: str | None, updates: set[Any]) -> bool:
    """Keep the title, and paragraphs in elements of the same name as those that are kept, and sentences between two kept.

    Return whether the text right under the title is left out all the same.
    """
    lost = False
    named = next((block for block in blocks if block.tag in _HEADINGS and " ".join(block.lines) == title), None)
    if named:
        named.kept = True
        under = blocks[blocks.index(named) + 1 :]
        _keep_lead(under, named)
        lost = _keep_story(blocks, under, named)
    _keep_lists(blocks)
    _keep_boxes(blocks)
    names = {_name(block) for block in blocks if block.kept and block.is_prose}
    kept = [False, *(block.kept or block.tag in _HEADINGS for block in blocks), False]
    for block, above, below in zip(blocks, kept, kept[2:], strict=False):
        between = above and below and ENDS_SENTENCE.search(block.lines[-1])
        alike = block.place == _OUTSIDE and _name(block) in names
        block.kept = block.kept or bool(alike and (block.is_prose or between))
        # One of several articles that are one story is kept whole, however short and full of links.
        block.kept |= block.place == _OUTSIDE and block.within in updates and 2 * block.linked < block.size
    rows = Counter(block.within for block in blocks if block.kept and block.is_sentence)
    for block in blocks:
        goes_on = block.place == _OUTSIDE and rows[block.within] >= _FEW and _is_unlinked([block])
        block.kept |= goes_on and block.is_sentence
    if named:
        _keep_inside(blocks, named)
    for first, again in pairwise([block for block in blocks if block.kept]):
        two_boxes = again.within is not first.within  # a lead may stand in two; a verse may come twice in one
        if two_boxes and again.lines == first.lines and again.size > _SENTENCE:
            again.kept = bool(again.tag)
    return lost


def _keep_inside(blocks: list[_Block], named: _Block) -> None:
    """Where most of what was picked stands in the article of that title, leave out what stands in no article."""
    kept = [block for block in blocks if block.kept]
    inside = [block for block in kept if block.article is not None]
    of_title = [block for block in inside if named.article in block.above and (block.is_sentence or block.is_prose)]
    if 2 * sum(block.size for block in of_title) > sum(block.size for block in kept):
        _keep(blocks, inside)


def _keep_lead(under: list[_Block], named: _Block) -> None:
    """Keep the sentences under the title that lead into the text, though they stand in the page's header or a box."""
    for block in under[:_FAR]:
        if (block.kept and ENDS_SENTENCE.search(block.lines[-1])) or (block.tag and block.tag not in _HEADINGS):
            return
        boxes = " ".join(each.get("class", "") for each in (block.nodes[0][0], *block.above[:2]))
        beside = block.place == named.place and (block.place == _PLACES["header"] or block.within is named.within)
        may_lead = beside or (block.place == _OUTSIDE and (block.size > _SHORT or _LEAD.search(boxes)))
        if block.is_sentence and may_lead and _is_unlinked([block]):
            block.kept, block.tag = True, ""


def _keep_story(blocks: list[_Block], under: list[_Block], named: _Block) -> bool:
    """Where nothing of the text right under the title was picked, keep it: alone, if it is longer.

    Return whether such a text stays left out.
    """
    outside = [block for block in under if block.place == _OUTSIDE and _is_unlinked([block])]
    first = next((block for block in outside if block.is_prose or block.is_sentence), None)
    if first is None or any(map(_is_hidden, first.above)):
        return False
    around = set(named.above)
    common = next((each for each in first.above if each in around), None)
    held = [block for block in outside if common in block.above]
    story = [block for block in outside if block.within is first.within]
    kept = [block for block in blocks if block.kept]
    for text in (held, story):
        is_longer = sum(block.size for block in text) > sum(block.size for block in kept)
        if not any(block.kept for block in text) and (is_longer or (text is held and _said(held) > _SHORT)):
            _keep(blocks, text if is_longer else [*text, *kept])
    return _said(story) > _SHORT and not any(block.kept for block in story)


def _said(blocks: list[_Block]) -> int:
    """Return the size of those blocks that are sentences."""
    return sum(block.size for block in blocks if block.is_sentence)


def _keep_lists(blocks: list[_Block]) -> None:
    """Keep what lists in the text say, however short their points; lists of links are none of it."""
    text = [number for number, block in enumerate(blocks) if block.kept and block.is_prose]
    outermost = [(blocks[number].within, _find_list(blocks[number])) for number in text]
    holders = {within if each is None else each.getparent() for within, each in outermost}
    for each, run in groupby(blocks[text[0] : text[-1]] if text else (), _find_list):
        points = [block for block in run if block.place == _OUTSIDE and block.tag == "li"]
        outer = () if each is None else islice(each.iterancestors(), 2)  # the text's own, or a frame of the list's own
        if not holders.isdisjoint(outer) and _is_unlinked(points):
            for block in points:
                block.kept = True


def _keep_boxes(blocks: list[_Block]) -> None:
    """Keep a box of paragraphs that stands among those of the text, whatever its class is called: the text goes on there."""
    holders = {block.within for block in blocks if block.kept and block.is_prose}
    for box, run in groupby(blocks, lambda block: block.within):
        within = [block for block in run if block.place == _OUTSIDE]
        prose = [block for block in within if not block.tag and ENDS_SENTENCE.search(block.lines[-1])]
        goes_on = box is not None and box.tag in {"div", "section"} and box.getparent() in holders
        if goes_on and len(prose) >= _FEW and _is_unlinked(within) and sum(block.size for block in prose) > _SHORT:
            for block in within:
                block.kept = True


def _is_unlinked(blocks: list[_Block]) -> bool:
    return 2 * sum(block.linked for block in blocks) < sum(block.size for block in blocks)


def _find_list(block: _Block) -> Any:
    """Return the outermost list or quotation that holds a block, or None; one far out is the page's own frame."""
    above = () if block.within is None else (block.within, *islice(block.within.iterancestors(), 2 * _FEW))
    return next((each for each in reversed(above) if each.tag in _LISTS), None)


def _name(block: _Block) -> object:
    """Return what the elements that hold an article's paragraphs have in common: a class, or being one and the same."""
    named = block.within is not None and block.within.get("class")
    return (block.within.tag, named) if named else block.within


def _add_headings(blocks: list[_Block], title: str | None) -> None:
    """Keep a heading too if its text, right under it, is kept; take out headlines that lead to other pages."""
    right_under, below = False, ""  # if the next block is kept; "text" or the tag of a heading: what is kept next
    for above, block in reversed(list(pairwise([_Block("", ""), *blocks]))):
        tag = block.tag if block.tag in _HEADINGS else "text"
        if tag in _HEADINGS:
            heads = below > tag  # "text", or a heading of a lesser order
            in_strip = above.tag == tag and above.linked >= above.size
            if block.linked >= block.size and (in_strip or not heads) and " ".join(block.lines) != title:
                block.kept = False
            else:
                block.kept |= heads and right_under and block.place == _OUTSIDE
        right_under, below = block.kept, tag if block.kept else below


def _drop_led(blocks: list[_Block]) -> None:
    """Leave out what a lone "Read more" leads to: lines that are links and nothing else, and no headings."""
    led = False
    for block in blocks:
        if block.kept:
            text = " ".join(block.lines)
            lead = next((len(each) for each in (block.lines[0], text[: len(text) - block.linked]) if is_lead(each)), 0)
            only_links = (
                block.linked + lead + len(block.lines) - 1 >= block.size
                and not block.table
                and block.tag not in _HEADINGS
            )
            if only_links and (led or (lead and block.linked)):
                block.kept, block.place = False, RELATED
            led = bool(lead) or (led and not block.kept)


def _make_page(blocks: list[_Block], title: str | None) -> Page:
    page = Page(title=title, marked_up=True)
    layouts = _layout_tables(blocks)
    for block in blocks:
        if not block.kept or (block.table in layouts and block.linked >= block.size and not block.is_prose):
            page.dropped += [(text, block.place if not block.kept else "navigation") for text in block.lines]
            continue
        page.dropped += [(text, FOOT) for text in block.feet]
        is_cell = block.table and block.table not in layouts and block.tag in {"td", "th"}
        role = "cell" if is_cell else "heading" if block.tag in _HEADINGS else ""
        level, table = _HEADINGS.get(block.tag, 0), block.table if is_cell else 0
        lines = [without_edit(line) for line in block.lines] if role == "heading" else block.lines
        page.lines += lines_of_block(lines, role, level, table)
    return page


def _layout_tables(blocks: list[_Block]) -> set[int]:
    """Return the tables that hold no data but place text on the page: half of it is prose, or all of it is links."""
    whole, prose, linked = Counter[int](), Counter[int](), Counter[int]()
    for block in blocks:
        for table in block.tables if block.kept else ():
            whole[table] += block.size
            linked[table] += block.linked
            prose[table] += block.size * block.is_prose
    return {table for table, size in whole.items() if 2 * prose[table] > size or linked[table] >= size}
