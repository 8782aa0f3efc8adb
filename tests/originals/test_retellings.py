"""A retelling keeps what its original speaks of: every code that the kit finds there, it finds in the retelling."""

from pathlib import Path

import pytest

import kit


@pytest.mark.parametrize("number", ["000", "001", "002", "003", "004"])
def test_a_retelling_carries_every_code_of_its_original(number: str, folder: Path):
    case = kit.load_case("ukraine")
    (original,) = kit.load_articles(folder / f"{number}*.txt")
    found = set(kit.annotate([original], case.codebook)["code"])
    kept = set(case.marks.loc[case.marks["article"].str.startswith(number), "code"])
    assert sorted(found - kept) == []
