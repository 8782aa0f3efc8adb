"""A page on which marks are corrected: sentence by sentence, by mouse or by keys. It draws and asks, and keeps nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import anywidget
import traitlets

from kit.screen.elements import read_script
from kit.screen.reader_page import code_list, kind_list, utf16_units

if TYPE_CHECKING:
    from kit.articles import Article
    from kit.codebook import Codebook

# A mark of a sentence: start and end in the article, code, who made it, and whether it has been taken away.
Mark = tuple[int, int, str, str, bool]


class MarkingPage(anywidget.AnyWidget):
    """An article's sentences with their marks, the one at work, and a list of codes to search.

    Parameters
    ----------
    codebook : Codebook
        Whose codes can be given.
    heard : callable
        Called with what the reader asks for: ``what`` (*turn*, *add*, *undo* or *read*), ``sentence`` (its index), and
        ``mark`` (its number in the sentence) or ``start``, ``end`` (characters of the sentence) and ``code``.
    """

    _esm = read_script("marking.js")
    _css = Path(__file__).with_name("reader.css")

    _title = traitlets.Unicode().tag(sync=True)
    _sentences: Any = traitlets.List().tag(sync=True)
    _codes: Any = traitlets.List().tag(sync=True)
    _kinds: Any = traitlets.List().tag(sync=True)
    _read: Any = traitlets.List().tag(sync=True)
    _said = traitlets.Dict().tag(sync=True)

    def __init__(self, codebook: Codebook, heard: Callable[[Mapping[str, Any]], object]) -> None:
        super().__init__(_codes=code_list(codebook), _kinds=kind_list(codebook))
        self._heard = heard
        self.on_msg(lambda _widget, message, _buffers: self.hear(message))

    def hear(self, message: Mapping[str, Any]) -> None:
        """Pass on what the page asks for, with offsets in characters and the code by its name."""
        asked = dict(message)
        if asked.get("what") == "add":
            # JavaScript counts in units of two bytes; half of a character that a cut goes through is left out.
            text = self._sentences[asked["sentence"]]["text"].encode("utf-16-le")
            cut = [len(text[: 2 * asked[name]].decode("utf-16-le", "ignore")) for name in ("start", "end")]
            asked |= {"start": cut[0], "end": cut[1], "code": self._codes[asked["code"]]["code"]}
        self._heard(asked)

    def draw(self, article: Article, marks: Mapping[int, Iterable[Mark]]) -> None:
        """Show an article with the marks of each sentence (by its index)."""
        numbers = {each["code"]: number for number, each in enumerate(self._codes)}
        headings = {section.start for section in article.sections}
        sentences, last = [], 0
        for index, sentence in enumerate(article.sentences):
            unit = utf16_units(sentence.text)
            drawn = [
                {
                    "start": unit(start - sentence.start),
                    "end": unit(end - sentence.start),
                    "code": numbers[code],
                    "by": source,
                    "gone": gone,
                }
                for start, end, code, source, gone in marks.get(index, ())
            ]
            heading = sentence.start in headings or (sentence.start == 0 and sentence.text == article.title)
            opens = "\n" in article.text[last : sentence.start]
            sentences.append({"text": sentence.text, "heading": heading, "opens": opens, "marks": drawn})
            last = sentence.end
        with self.hold_sync():
            self._title, self._sentences = article.title or article.id, sentences

    def say(self, text: str, sentence: int | None = None) -> None:
        """Say what has happened, and go to the sentence in which it did."""
        where = {} if sentence is None else {"sentence": sentence}
        # A trait that stays the same sends nothing, so words said twice need a number.
        self._said = {"text": text, "turn": self._said.get("turn", 0) + 1, **where}

    def __repr__(self) -> str:
        return f"MarkingPage({len(self._sentences)} sentences)"
