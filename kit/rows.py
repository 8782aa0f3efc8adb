"""Values taken apart: the rows of a table by name or by attribute, and what should be a mapping but may be anything."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd


def records(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Return a table's rows as dicts."""
    return [{str(name): value for name, value in row.items()} for row in table.to_dict("records")]


def rows_of(table: pd.DataFrame) -> Iterator[Any]:
    """Yield a table's rows, each with its columns as attributes."""
    yield from table.itertuples(index=False)


def as_mapping(value: Any) -> Mapping[str, Any]:
    """Return a mapping as it is, and an empty one for anything else: a portfolio may hold anything."""
    return value if isinstance(value, Mapping) else {}
