"""What every test stands on: a portfolio of its own, so that none writes into a learner's."""

import pytest
from hypothesis import settings

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


@pytest.fixture(autouse=True)
def portfolio_file(tmp_path, monkeypatch):
    """Let `kit.learning.portfolio.portfolio()` open a file of this test alone; gives its path."""
    path = tmp_path / "portfolio" / "portfolio.json"
    monkeypatch.setenv("PARLEY_PORTFOLIO", str(path))
    monkeypatch.setenv("PARLEY_TODAY", "2026-09-01")  # the first forecast questions are still open
    return path


@pytest.fixture
def bare(tmp_path):
    """A case that has a title, an article and nothing else."""
    from tests.small_cases import write_case

    return write_case(tmp_path / "bare", {"case.yaml": "title: Bare\n", "articles/one.md": "# One\n\nThey talk.\n"})
