"""The steps behind :mod:`kit.articles` and :mod:`kit.marks.rules`, each small enough to read at a sitting.

``files`` finds and ``charsets`` decodes, ``formats`` and ``webpage`` turn a page into lines, ``fixed_width`` makes broken ones
whole, ``junk`` drops what is not the article, ``headings`` finds title and sections, ``sentences`` splits.
"""

import re

_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u9fff]"
)  # Thai, Lao, Burmese, Khmer, Japanese, Chinese


def word_set(words: str) -> frozenset[str]:
    """Return the words of a string as a set: easier to read and to add to than a set of quoted words."""
    return frozenset(words.split())


def count_words(text: str) -> int:
    """Return how many words a text has, about: some scripts put no space between them, and a word has two letters or more."""
    return len(text.split()) + len(_UNSPACED.findall(text)) // 3
