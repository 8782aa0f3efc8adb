"""The rows of a table, one by one: by name as dicts, or with the columns as attributes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd


def records(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Return a table's rows as dicts."""
    return [{str(name): value for name, value in row.items()} for row in table.to_dict("records")]


def rows_of(table: pd.DataFrame) -> Iterator[Any]:
    """Yield a table's rows, each with its columns as attributes."""
    yield from table.itertuples(index=False)
