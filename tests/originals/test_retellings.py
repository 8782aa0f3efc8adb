"""A retelling keeps what its original speaks of: every code that a reader gave the original stands in the retelling."""

import csv
from pathlib import Path

import pytest

import kit

CODED = Path("coded-sentences.tsv")


def codes_of_originals(folder: Path) -> dict[str, set[str]]:
    """The codes that readers gave, by the number that the article's file begins with."""
    codes: dict[str, set[str]] = {}
    with (folder.parent / CODED).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            codes.setdefault(row["file"][:3], set()).update(code for code in row["codes"].split(";") if ":" in code)
    return codes


@pytest.mark.parametrize("number", ["001", "002"])
def test_a_retelling_carries_every_code_that_readers_gave_its_original(number: str, folder: Path):
    marks = kit.load_case("ukraine").marks
    kept = set(marks.loc[marks["article"].str.startswith(number), "code"])
    assert sorted(codes_of_originals(folder)[number] - kept) == []
