"""Hold a codebook's marks against sentences that a reader has coded: precision, recall and F1 by kind.

Run as a script: ``python tests/coding_score.py CODED.tsv FOLDER [--codebook NAME-OR-FILE] [--list-errors [KIND]]``.

The table of coded sentences has the columns ``file, start, end, codes, doubtful``: a range of characters in the raw file,
the codes a reader gave it (``;`` between them; ``JUNK`` where it is no part of the article), and codes on which a
reader may go either way, which are neither asked for nor wrong.
"""

from __future__ import annotations

import argparse
import csv
import sys
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from kit.articles import Article, load_articles
from kit.codebook import load_codebook
from kit.marks.rules import annotate

FARTHEST = 400  # characters that a row may lie beyond the one before it


class Row(NamedTuple):
    """One coded sentence, its text as it stands in the raw file with white space folded."""

    file: str
    start: int
    text: str
    codes: frozenset[str]
    doubtful: frozenset[str]


class Verdict(NamedTuple):
    """What the marks say of one row that stands in the article."""

    row: Row
    start: int
    end: int
    found: frozenset[str]


def read_rows(table: Path, folder: Path) -> list[Row]:
    """Return the coded rows, each with the text that the raw file has at its offsets."""
    raw: dict[str, str] = {}
    rows = []
    with table.open(encoding="utf-8", newline="") as stream:
        for line in csv.DictReader(stream, delimiter="\t"):
            name = line["file"]
            if name not in raw:
                raw[name] = (folder / name).read_bytes().decode("utf-8-sig")
            start, end = int(line["start"]), int(line["end"])
            text = " ".join(raw[name][start:end].split())
            codes, doubtful = (frozenset(filter(None, (line[key] or "").split(";"))) for key in ("codes", "doubtful"))
            rows.append(Row(name, start, text, codes, doubtful))
    return sorted(rows, key=lambda row: (row.file, row.start))


def judge(articles_by_file: dict[str, Article], marks: pd.DataFrame, rows: list[Row]) -> list[Verdict]:
    """Return a verdict for each row found in its article; rows that were dropped or cut, and junk, have none."""
    verdicts = []
    spans = {
        name: list(zip(each["start"], each["end"], each["code"], strict=True))
        for name, each in marks.groupby("article")
    }
    cursor = dict.fromkeys(articles_by_file, 0)
    for row in rows:
        article = articles_by_file[row.file]
        text = article.text.replace("\n", " ")
        at = text.find(row.text, cursor[row.file])
        if "JUNK" in row.codes or at < 0 or at - cursor[row.file] > FARTHEST:
            continue
        end = cursor[row.file] = at + len(row.text)
        found = frozenset(code for a, b, code in spans.get(article.id, ()) if a < end and at < b)
        verdicts.append(Verdict(row, at, end, found))
    return verdicts


def score(articles_by_file: dict[str, Article], marks: pd.DataFrame, rows: list[Row]) -> pd.DataFrame:
    """Return ``kind, tp, fp, fn, precision, recall, f1`` at the level of sentences, the last row over all kinds."""
    counts: dict[str, list[int]] = {}
    for verdict in judge(articles_by_file, marks, rows):
        required, free = verdict.row.codes, verdict.row.doubtful - verdict.row.codes
        for position, codes in enumerate(
            (verdict.found & required, verdict.found - required - free, required - verdict.found)
        ):
            for code in codes:
                counts.setdefault(code.split(":")[0], [0, 0, 0])[position] += 1
    table = [(kind, *counts[kind]) for kind in sorted(counts)]
    table.append(
        ("all", *(sum(column) for column in zip(*counts.values(), strict=True))) if counts else ("all", 0, 0, 0)
    )
    frame = pd.DataFrame(table, columns=["kind", "tp", "fp", "fn"])
    frame["precision"] = frame.tp / (frame.tp + frame.fp)
    frame["recall"] = frame.tp / (frame.tp + frame.fn)
    frame["f1"] = 2 * frame.tp / (2 * frame.tp + frame.fp + frame.fn)
    return frame


def errors(articles_by_file: dict[str, Article], marks: pd.DataFrame, rows: list[Row], kind: str = "") -> list[str]:
    """Return one line for each code missed (``-``) or wrongly given (``+``, with the words that gave it)."""
    lines = []
    for verdict in judge(articles_by_file, marks, rows):
        row = verdict.row
        wrong = sorted(code for code in verdict.found - row.codes - row.doubtful if code.startswith(kind))
        missed = sorted(code for code in row.codes - verdict.found if code.startswith(kind))
        article = articles_by_file[row.file].id
        for code in wrong:
            here = marks[
                (marks.article == article)
                & (marks.code == code)
                & (marks.start < verdict.end)
                & (marks.end > verdict.start)
            ]
            lines.append(f"+ {code} by {list(here.quote)} | {row.text}")
        lines += [f"- {code} | {row.text}" for code in missed]
    return lines


def load(table: Path, folder: Path, codebook: str) -> tuple[dict[str, Article], pd.DataFrame, list[Row]]:
    """Return what :func:`score` and :func:`errors` take."""
    rows = read_rows(table, folder)
    articles = {name: load_articles(folder / name)[0] for name in sorted({row.file for row in rows})}
    return articles, annotate(articles.values(), load_codebook(codebook)), rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("table", type=Path, help="the coded sentences (TSV)")
    parser.add_argument("folder", type=Path, help="the folder with the raw articles")
    parser.add_argument("--codebook", default="ukraine", help="a codebook's file or a bundled case (default: ukraine)")
    parser.add_argument(
        "--list-errors", nargs="?", const="", metavar="KIND", help="list each error, of one kind or of all"
    )
    told = parser.parse_args()
    articles, marks, rows = load(told.table, told.folder, told.codebook)
    if told.list_errors is not None:
        sys.stdout.write("\n".join(errors(articles, marks, rows, told.list_errors)) + "\n\n")
    judged = len(judge(articles, marks, rows))
    sys.stdout.write(
        f"{score(articles, marks, rows).round(3).to_string(index=False)}\n{judged} of {len(rows)} rows judged\n"
    )


if __name__ == "__main__":
    main()
