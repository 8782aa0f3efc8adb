"""These tests need the original articles: the folder that PARLEY_ORIGINALS names (make originals ARTICLES=FOLDER)."""

import os
from pathlib import Path

import pytest

FOLDER = os.environ.get("PARLEY_ORIGINALS")
collect_ignore_glob = [] if FOLDER else ["test_*.py"]


def pytest_collection_modifyitems(items):
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.originals)


@pytest.fixture(scope="session")
def folder() -> Path:
    """Return the folder of the original articles."""
    return Path(FOLDER).resolve()
