"""A place to write in: the text is kept in the portfolio while it is typed."""

from __future__ import annotations

import ipywidgets

from kit.case import Case
from kit.errors import KitError
from kit.learning.inputs import Text
from kit.learning.my_work import reminder
from kit.learning.portfolio import portfolio
from kit.learning.save_cue import SaveCue
from kit.screen import html
from kit.screen.live_region import Live
from kit.screen.still_text import Still


class Write(Still, ipywidgets.VBox):
    """A prompt, a text area, a count of words, and whether the text is saved.

    Parameters
    ----------
    key : str
        Where the text is kept: ``"01/write"``; a unit alone, ``"01"``, is short for that.
    words : (int, int), optional
        From how many words to how many; said, never enforced.
    """

    aim = "write; what you wrote is kept"

    def __init__(
        self, case: Case, key: str, prompt: str, *, words: tuple[int, int] | None = (100, 200), lines: int = 8
    ) -> None:
        if words is not None and not 0 <= words[0] <= words[1]:
            msg = f"a text cannot have from {words[0]} to {words[1]} words"
            raise KitError(msg, where=key, remedy="Give the smaller number first.")
        self.case, self.prompt, self.words = case, prompt, words
        self.what_it_is = f"Write. {prompt}"
        self.key = key if "/" in key else f"{key}/write"
        self.store = portfolio(case)
        if self.store.file.is_scratch:
            self.aim = "write"
        self.input = Text(label="Your text", lines=lines)
        self.input.answer = self.store.read(self.key, "")
        self.input.on_answer(self._keep)
        self.count = Live()
        heading = html.tag("p", html.tag("strong", "Write. "), prompt)
        cue = SaveCue(self.store, self.key)
        super().__init__([ipywidgets.HTML(heading), self.input, self.count, cue, *reminder(self.store)])
        self.add_class("parley-work")
        self._tell()

    @property
    def text(self) -> str:
        """What is written."""
        return self.input.answer or ""

    @text.setter
    def text(self, text: str) -> None:
        self.input.answer = text
        self._keep()

    def _keep(self) -> None:
        self.store.save(self.key, self.input.answer)
        self._tell()

    def _tell(self) -> None:
        self.count.html = html.tag("span", count_line(word_count(self.text), self.words))

    def __repr__(self) -> str:
        return f"Write({self.key!r})"


def word_count(text: str) -> int:
    """Return the number of words: runs of characters between white space that hold a letter or a figure."""
    # A dash that stands alone is no word.
    return sum(any(character.isalnum() for character in word) for word in text.split())


def count_line(count: int, words: tuple[int, int] | None) -> str:
    """Return how long a text is and how long it is meant to be, in steps of five words.

    Each change is spoken by a screen reader, which must not say a number after every word typed.
    """
    about = str(count) if count < 5 else f"about {count - count % 5}"
    length = f"{about} words" if count != 1 else "1 word"
    if words is None:
        return length
    low, high = words
    if count == 0:
        return f"{low} to {high} words are asked for."
    state = "within" if low <= count <= high else "fewer than" if count < low else "more than"
    return f"{length}: {state} the {low} to {high} that are asked for."
