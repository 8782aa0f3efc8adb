"""How fast articles are read and marked, against what a user would take instead: ``python benchmarks/reading.py [FOLDER]``.

FOLDER holds articles; without it the bundled ones are taken. All ratios are of one process, the rivals run in turn and each
has its best time counted. spaCy's PhraseMatcher gets the same phrases as the kit: brackets written out, word beginnings
(``negotiat*``) as each word of the texts that has them; phrases with a gap, which it cannot have, are left out, and it looks
up no conditions. It is timed from text to spans, the kit from articles to table.
"""

from __future__ import annotations

import itertools
import os
import random
import re
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import kit
from kit.articles import Article, read_article
from kit.codebook import Codebook
from kit.marks.rules import annotate, annotate_stream

BUNDLED = Path(kit.__file__).parent / "cases" / "ukraine" / "articles"
SIZE = 1_200_000  # characters of the texts on which the rivals meet
STREAM = 60_000_000
NEW_WORDS = 0.02  # the share of words that no text has had before, as in news


def best(*runs: Callable[[], object], repeats: int = 7) -> list[float]:
    """Return the best processor time of each, in seconds, the runs taking turns."""
    times = [[] for _ in runs]
    for _ in range(repeats):
        for run, taken in zip(runs, times, strict=True):
            start = time.process_time()
            run()
            taken.append(time.process_time() - start)
    return [min(taken) for taken in times]


def stream(articles: list[Article], size: int) -> Iterator[Article]:
    """Yield new articles of the sentences of others, one word in fifty made up, until there is enough."""
    dice = random.Random(1)
    pool = [sentence.text for article in articles for sentence in article.sentences if len(sentence.text) > 60]
    made = 0
    for number in itertools.count():
        lines = []
        for _ in range(20):
            words = " ".join(dice.choices(pool, k=5)).split(" ")
            lines.append(" ".join(made_up(dice) if dice.random() < NEW_WORDS else word for word in words))
        article = read_article("\n".join(lines), name=f"{number:06}")
        made += len(article.text)
        yield article
        if made >= size:
            return


def made_up(dice: random.Random) -> str:
    return "".join(dice.choices("aeioulnrstdkm", k=9))


def literal_phrases(codebook: Codebook, articles: list[Article]) -> dict[str, list[str]]:
    """Return each code's phrases as a matcher without word beginnings and gaps can have them."""
    words = sorted({word for article in articles for word in re.findall(r"\w+", article.text.lower())})
    ends: dict[str, list[str]] = {}

    def choices(word: str) -> list[str]:
        if not word.endswith("*"):
            return [word]
        if word not in ends:
            ends[word] = [each for each in words if each.startswith(word[:-1].lower())]
        return ends[word]

    return {
        name: [
            " ".join(each)
            for phrase in code.phrases
            if "..." not in phrase
            for each in itertools.product(*map(choices, phrase.split()))
        ]
        for name, code in codebook.codes.items()
    }


def rival(phrases: dict[str, list[str]], texts: list[str]) -> Callable[[], object]:
    """Return a run of spaCy's PhraseMatcher."""
    import spacy
    from spacy.matcher import PhraseMatcher

    language = spacy.blank("en")
    matcher = PhraseMatcher(language.vocab, attr="LOWER")
    for code, each in phrases.items():
        matcher.add(code, [language.make_doc(phrase) for phrase in each])
    return lambda: [matcher(language.make_doc(text)) for text in texts]


def tell(what: str, figure: str, limit: str, *, holds: bool) -> None:
    print(f"{what:<66}{figure:>14}   {limit:<12}{'ok' if holds else 'NOT HELD'}")


def race(articles: list[Article], codebook: Codebook) -> None:
    """Run the rivals over the articles again and again; made-up texts flatter whoever remembers words, or whoever does not."""
    made = articles * (SIZE // sum(len(article.text) for article in articles) + 1)
    phrases = literal_phrases(codebook, made)
    print(f"\n{sum(len(article.text) for article in made):,} characters, {sum(map(len, phrases.values())):,} phrases")
    spacy_run = rival(phrases, [article.text for article in made])
    ours, spacys = best(lambda: annotate(made, codebook), spacy_run)
    tell("annotate, table included", f"{ours * 1e3:.0f} ms", "", holds=True)
    tell("spaCy's PhraseMatcher over annotate", f"{spacys / ours:.1f} x", ">= 3", holds=spacys >= 3 * ours)


def long_sentence(articles: list[Article], codebook: Codebook) -> None:
    """Tell how much longer a text without stops takes when it is four times as long: a transcript made by a machine."""
    words = re.sub(r"[.!?\s]+", " ", " ".join(article.text for article in articles))

    def run(size: int) -> Callable[[], object]:
        text = (words * (size // len(words) + 1))[:size]
        return lambda: annotate([Article("long", None, text)], codebook)

    short, long = best(run(50_000), run(200_000), repeats=3)
    tell(
        "marking 200,000 characters without a stop, over 50,000", f"{long / short:.1f} x", "< 6", holds=long < 6 * short
    )


def load_and_mark(folder: Path) -> None:
    """Time what a process does once: a codebook and articles read, and every mark found."""
    (taken,) = best(lambda: annotate(kit.load_articles(folder), kit.load_codebook("ukraine")), repeats=20)
    tell("codebook and articles read, and marked", f"{taken * 1e3:.1f} ms", "< 60 ms", holds=taken < 0.06)


def memory(articles: list[Article], codebook: Codebook) -> None:
    """Tell how much the peak of memory grows from the first tenth of a long stream of articles to its end."""
    seen = marks = 0
    early = None
    start = time.perf_counter()

    def counted() -> Iterator[Article]:
        nonlocal seen
        for article in stream(articles, STREAM):
            seen += len(article.text)
            yield article

    for table in annotate_stream(counted(), codebook):
        marks += len(table)
        if early is None and seen > STREAM / 10:
            early = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    late = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    grown = (late - (early or late)) / 1024
    taken = time.perf_counter() - start
    tell(
        f"peak of memory, from 6 to {seen / 1e6:.0f} MB ({marks:,} marks, {taken:.0f} s)",
        f"+{grown:.0f} MB",
        "< 40 MB",
        holds=grown < 40,
    )


def import_time() -> None:
    def seconds(code: str) -> float:
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", code], check=True)
        return time.perf_counter() - start

    seconds("import kit")
    taken = statistics.median(seconds("import kit") for _ in range(9)) - statistics.median(
        seconds("") for _ in range(9)
    )
    tell("import kit", f"{taken * 1e3:.0f} ms", "< 150 ms", holds=taken < 0.15)
    pandas, marks = (
        statistics.median(seconds(code) for _ in range(5))
        for code in ("import pandas", "import kit; kit.load_case('ukraine').marks")
    )
    tell(
        "a fresh process to case.marks, over import pandas",
        f"{marks / pandas:.2f} x",
        "<= 1.6",
        holds=marks <= 1.6 * pandas,
    )


if __name__ == "__main__":
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else os.environ.get("PARLEY_ORIGINALS") or BUNDLED)
    codebook = kit.load_codebook("ukraine")
    articles = kit.load_articles(folder)
    import_time()
    load_and_mark(folder)
    race(articles, codebook)
    long_sentence(articles, codebook)
    memory(articles, codebook)
