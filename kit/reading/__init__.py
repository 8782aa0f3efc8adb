"""The steps behind :mod:`kit.articles` and :mod:`kit.marks.rules`, each small enough to read at a sitting.

``files`` finds and ``charsets`` decodes, ``formats`` and ``webpage`` turn a page into lines, ``fixed_width`` makes broken ones
whole, ``junk`` drops what is not the article, ``headings`` finds title and sections, ``sentences`` splits.
"""


def word_set(words: str) -> frozenset[str]:
    """Return the words of a string as a set: easier to read and to add to than a set of quoted words."""
    return frozenset(words.split())
