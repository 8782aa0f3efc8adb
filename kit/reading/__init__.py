"""The steps behind :mod:`kit.articles` and :mod:`kit.annotate`, each small enough to read at a sitting.

``files`` finds and decodes, ``formats`` turns a page into lines, ``junk`` drops what is not the article, ``headings``
finds title and sections, ``sentences`` splits, ``matcher`` finds phrases.
"""
