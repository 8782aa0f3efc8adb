"""The kit's texts are its own: no eight words in a row are an original's, names and titles aside."""

import json
import re
from pathlib import Path

from kit.articles import load_articles

ROOT = Path(__file__).parents[2]
RUN = 8
TELLING = 3  # lower-case words of four letters or more that a run must have: names and formulas have fewer
KINDS = {".md", ".yaml", ".yml", ".csv", ".json", ".ipynb", ".html", ".py", ".txt"}
WORD = re.compile(r"[^\W_]+")


def words(text: str) -> list[str]:
    return WORD.findall(text.replace("’", "'"))


def runs(text: str) -> dict[tuple[str, ...], list[str]]:
    found = words(text)
    return {tuple(word.lower() for word in found[n : n + RUN]): found[n : n + RUN] for n in range(len(found) - RUN + 1)}


def telling(run: list[str]) -> bool:
    return sum(word.islower() and len(word) > 3 for word in run) >= TELLING


def original_runs(folder: Path) -> set[tuple[str, ...]]:
    """Return the runs of the originals, headings and all; only their titles are not held against anyone."""
    taken = set()
    for article in load_articles(folder):
        text = article.text.replace(article.title or "\n", "\n")
        taken |= {run for run, said in runs(text).items() if telling(said)}
    return taken


def project_files() -> list[Path]:
    skipped = {"node_modules", "dist", "build", "__pycache__", "my-work"}
    found = []
    for path in sorted(ROOT.rglob("*")):
        parts = path.relative_to(ROOT).parts
        if (
            path.suffix in KINDS
            and path.is_file()
            and not any(part.startswith(".") or part in skipped for part in parts)
        ):
            found.append(path)
    return found


def texts(value: object) -> list[str]:
    """Return every text in parsed JSON; the lines of a notebook's cell are one text."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for each in value.values() for text in texts(each)]
    if isinstance(value, list):
        if value and all(isinstance(each, str) for each in value):
            return ["".join(value), *value]
        return [text for each in value for text in texts(each)]
    return []


def texts_of(path: Path) -> list[str]:
    """Return a file's texts; those of parsed JSON one by one, since names that stand in a list are no sentence."""
    text = path.read_text(encoding="utf-8", errors="replace")
    return texts(json.loads(text)) if path.suffix in {".json", ".ipynb"} else [text]


def test_no_eight_words_in_a_row_are_an_originals(folder: Path):
    taken = original_runs(folder)
    shared = [
        f"{path.relative_to(ROOT)}: {' '.join(run)}"
        for path in project_files()
        for text in texts_of(path)
        for run in runs(text)
        if run in taken
    ]
    assert not shared, "\n".join(shared)
