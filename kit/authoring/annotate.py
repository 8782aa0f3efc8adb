"""``python -m kit annotate``: mark articles by a codebook, and write a table or web annotations."""

from __future__ import annotations

import argparse
import sys
import warnings
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

import pandas as pd

from kit.articles import Article, iter_articles
from kit.authoring.write_files import add_force, refuse_to_overwrite
from kit.codebook import load_codebook
from kit.errors import KitError
from kit.grammar import count_of
from kit.marks.mark_files import to_csv, to_web_annotation
from kit.marks.rules import annotate_stream
from kit.reading.article_files import find_files

_PROGRESS_FROM = 8  # files: fewer are done before a bar would be seen


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what ``annotate`` takes."""
    what = "an article (.txt, .md, .html), a folder of them, or a pattern such as 'texts/*.txt'"
    parser.add_argument("path", help=what)
    book = "the codebook: a bundled case, a case's folder, or a YAML file (default: ukraine)"
    parser.add_argument("--case", default="ukraine", help=book)
    where = "where to write the marks: .csv for a table, .jsonld for W3C web annotations"
    parser.add_argument("--out", metavar="FILE", help=where)
    add_force(parser)
    parser.add_argument("--encoding", help="the articles' encoding, if letters look wrong (cp1251, say)")
    parser.add_argument("--dropped", action="store_true", help="list what was left out of each article, and why")
    parser.epilog = """\
The columns of the table: article, section, sentence (its number in the article), text (the whole sentence), start and
end (characters of the article's text), quote, kind, code, label. Without --out only the summary is shown.
"""


def run(arguments: argparse.Namespace) -> int:
    """Mark the articles, write the marks, and say in a few lines what was found."""
    writer = _Writer(arguments.out, force=arguments.force)
    codebook = load_codebook(arguments.case)
    tally = _Tally()
    # Told at the end: a warning in the middle would break the progress bar's line.
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        for marks in annotate_stream(tally.articles(_articles(arguments)), codebook):
            tally.marks.update(marks["code"])
            writer.take(marks, tally.chunk())
    writer.close()
    for warning in caught:
        sys.stderr.write(f"{warning.message}\n")
    sys.stdout.write(tally.summary(arguments.out, every_line=arguments.dropped))
    return 0


def _articles(arguments: argparse.Namespace) -> Iterator[Article]:
    """Return the articles one by one, behind a progress bar if there are many."""
    found, _ = find_files(arguments.path)
    articles = iter_articles(arguments.path, encoding=arguments.encoding)
    if len(found) < _PROGRESS_FROM:
        return articles
    from tqdm import tqdm  # a browser page has none

    return iter(tqdm(articles, total=len(found), unit="article", desc="Marking", leave=False))


class _Tally:
    """Counts what goes by, so that no article need be kept."""

    def __init__(self) -> None:
        self.marks: Counter[str] = Counter()
        self.dropped: Counter[str] = Counter()
        self.read = self.sentences = 0
        self._lines: list[str] = []
        self._doubts: list[str] = []
        self._chunk: list[Article] = []

    def articles(self, source: Iterable[Article]) -> Iterator[Article]:
        """Yield the articles and count them."""
        for article in source:
            self.read += 1
            self.sentences += len(article.sentences)
            self.dropped.update(reason.partition(":")[0] for _, reason in article.dropped)
            if "doubt" in article.meta:
                self._doubts.append(f"Look again at {article.id}: {article.meta['doubt']}.")
            self._lines += [f"  {article.id}: {line!r} ({reason})" for line, reason in article.dropped]
            self._chunk.append(article)
            yield article

    def chunk(self) -> list[Article]:
        """Return the articles that have gone by since this was last asked."""
        chunk, self._chunk = self._chunk, []
        return chunk

    def summary(self, out: str | None, *, every_line: bool) -> str:
        """Return what was found, in a few lines."""
        kinds = Counter(code.partition(":")[0] for code in self.marks.elements())
        read, sentences = count_of(self.read, "article"), count_of(self.sentences, "sentence")
        marks, codes = count_of(self.marks.total(), "mark"), count_of(len(self.marks), "code")
        lines = [f"{read}, {sentences}: {marks} of {codes}."]
        if kinds:
            lines.append("Marks: " + ", ".join(f"{kind} {count}" for kind, count in kinds.most_common()) + ".")
        if self.dropped:
            reasons = ", ".join(f"{reason} {count}" for reason, count in sorted(self.dropped.items()))
            lines.append(f"Left out: {reasons}." + ("" if every_line else " --dropped lists every line."))
        lines += self._doubts
        lines += self._lines if every_line else []
        lines += [f"Written: {out}"] if out else []
        return "\n".join(lines) + "\n"


class _Writer:
    """Writes marks chunk by chunk: into a table as they come, or at the end, since web annotations tell their number first."""

    def __init__(self, out: str | None, *, force: bool) -> None:
        self.out = Path(out) if out is not None else None
        self._kept: list[tuple[pd.DataFrame, list[Article]]] = []
        self._begun = False
        # Before any article is read: marking a thousand of them in vain would take minutes.
        self._suffix = self.out.suffix.lower() if self.out else ""
        if self.out and self._suffix not in {".csv", ".jsonld", ".json"}:
            what = f"'{self._suffix or out}' is not a kind of file that marks are written to"
            raise KitError(what, where=out, remedy="End the name in .csv (a table) or .jsonld (web annotations).")
        refuse_to_overwrite([self.out] if self.out else [], force=force)

    def take(self, marks: pd.DataFrame, articles: list[Article]) -> None:
        """Take the marks of some articles."""
        if self.out and self._suffix == ".csv":
            to_csv(marks, articles, self.out, append=self._begun)
            self._begun = True
        elif self.out:
            self._kept.append((marks, articles))

    def close(self) -> None:
        """Write what has been kept."""
        if self.out and self._kept:
            tables, articles = zip(*self._kept, strict=True)
            to_web_annotation(pd.concat(tables, ignore_index=True), list(chain.from_iterable(articles)), self.out)
