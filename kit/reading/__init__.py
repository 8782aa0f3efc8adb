"""The steps behind :mod:`kit.articles` and :mod:`kit.annotate`, each small enough to read at a sitting.

``files`` finds and decodes, ``formats`` and ``html`` turn a page into lines, ``junk`` drops what is not the article,
``headings`` finds title and sections, ``sentences`` splits, ``matcher`` finds phrases.
"""


def word_set(words: str) -> frozenset[str]:
    """Return the words of a string as a set: easier to read and to add to than a set of quoted words."""
    return frozenset(words.split())
