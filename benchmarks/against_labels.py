"""How well pages are read and sentences split, against what people marked: ``python benchmarks/against_labels.py FOLDER …``.

A FOLDER is a copy of one of these public collections, which are not part of the kit:

- article-extraction-benchmark (181 news pages): ``ground-truth.json`` beside ``html/``; runs of four words are compared.
- trafilatura's own tests (990 pages): ``evaldata.json`` beside ``cache/`` and ``eval/``; labelled passages are looked for.
- a treebank of Universal Dependencies: ``*.conllu``; its paragraphs, or five sentences together, are split anew.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
import tempfile
import warnings
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import accumulate
from pathlib import Path
from statistics import mean

from kit.articles import load_articles
from kit.errors import ArticleError
from kit.reading.sentences import split_line

RUN, TOGETHER = 4, 5  # words, sentences


def read_page(source: bytes) -> str:
    """Return what the kit takes for a page's article; nothing where it refuses the page."""
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        page = Path(folder) / "page.html"
        page.write_bytes(source)
        try:
            return load_articles(page)[0].text
        except ArticleError:
            return ""


def score(found: Iterable[tuple[float, float]]) -> str:
    """Return precision, recall and F1 as text."""
    precision, recall = map(mean, zip(*found, strict=True))
    return f"precision {precision:.4f}, recall {recall:.4f}, F1 {2 * precision * recall / (precision + recall):.4f}"


def runs_of(text: str) -> Counter[tuple[str, ...]]:
    """Count the runs of four words in a text."""
    words = re.findall(r"\w+", text)
    return Counter(tuple(words[n : n + RUN]) for n in range(max(1, len(words) - RUN + 1)))


def compare_news(folder: Path) -> str:
    """Score the pages of article-extraction-benchmark, each page with the same weight."""
    found = []
    for name, label in json.loads((folder / "ground-truth.json").read_text("utf-8")).items():
        text = read_page(gzip.decompress((folder / "html" / f"{name}.html.gz").read_bytes()))
        mine, theirs = runs_of(text), runs_of(label["articleBody"])
        same = (mine & theirs).total()
        found.append((same / mine.total() if text else 0.0, same / theirs.total()))
    return f"{len(found)} pages: {score(found)}"


def compare_passages(folder: Path) -> str:
    """Score trafilatura's pages by the passages that should, and should not, be in the text."""
    right = wrong = lost = pages = 0
    for label in json.loads((folder / "evaldata.json").read_text("utf-8")).values():
        path = next((each for part in ("cache", "eval") if (each := folder / part / label["file"]).is_file()), None)
        if path:
            text = " ".join(read_page(path.read_bytes()).split())
            hits, false = (sum(" ".join(each.split()) in text for each in label[kind]) for kind in ("with", "without"))
            right, wrong, lost = right + hits, wrong + false, lost + len(label["with"]) - hits
            pages += 1
    return f"{pages} pages: {score([(right / (right + wrong), right / (right + lost))])}"


def paragraphs(path: Path) -> Iterator[list[str]]:
    """Yield the sentences of each paragraph, or of five together where the treebank tells no paragraphs."""
    held: list[str] = []
    source = path.read_text("utf-8")
    told = "# newpar" in source
    for part in source.split("\n\n"):
        text = re.search(r"^# text = (.*)$", part, re.MULTILINE)
        if held and (bool(re.search(r"^# new(?:par|doc)", part, re.MULTILINE)) if told else len(held) == TOGETHER):
            yield held
            held = []
        held += [" ".join(text[1].split())] if text else []
    yield held


def compare_sentences(folder: Path) -> str:
    """Count the sentences' beginnings that were found in vain, and those that were missed."""
    all_of_them = false = missed = 0
    for part in (each for path in sorted(folder.glob("*.conllu")) for each in paragraphs(path)):
        wanted = {0, *accumulate(len(text) + 1 for text in part[:-1])}
        found = {start for start, _ in split_line(" ".join(part))} | {0}
        all_of_them, false, missed = (
            all_of_them + len(wanted) - 1,
            false + len(found - wanted),
            missed + len(wanted - found),
        )
    return f"{all_of_them} beginnings of sentences: {false} false, {missed} missed"


def main(folders: list[str]) -> None:
    """Print what each folder's labels say."""
    kinds = {"ground-truth.json": compare_news, "evaldata.json": compare_passages, "*.conllu": compare_sentences}
    for folder in map(Path, folders):
        compare = next((each for name, each in kinds.items() if next(folder.glob(name), None)), None)
        print(f"{folder.name}: {compare(folder) if compare else 'no labels that are known here'}")
    if not folders:
        print("Name the folder of a collection; the head of this file says which.")


if __name__ == "__main__":
    main(sys.argv[1:])
