"""How well the codebook codes, held against what a reader coded (the table of coded sentences beside the articles)."""

import os
from pathlib import Path

import pytest
from coding_score import load, score

FLOORS = {"all": 0.90, "actor": 0.93, "driver": 0.85, "obstacle": 0.83}
TABLE = Path(
    os.environ.get("PARLEY_CODED") or Path(os.environ["PARLEY_ORIGINALS"]).resolve().parent / "coded-sentences.tsv"
)


@pytest.fixture(scope="module")
def figures(folder: Path):
    return score(*load(TABLE, folder, "ukraine")).set_index("kind")


def test_the_figures_are_printed(figures):
    print(figures.round(3).to_string())
    assert "all" in figures.index


@pytest.mark.parametrize("kind", FLOORS)
def test_f1_holds_its_floor(kind: str, figures):
    assert figures.loc[kind, "f1"] >= FLOORS[kind]
