"""The one guard of the kit's widgets: what the program sets is not taken for what a learner does."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


class Guarded:
    """Mixed in before a widget's own class."""

    _echoing = False

    @contextmanager
    def echoing(self) -> Iterator[None]:
        """While this lasts, a change of a control is the program's own; `_echoing` tells its listeners so."""
        # ipywidgets tells of a value that the program sets as of one that a learner sets.
        before, self._echoing = self._echoing, True
        try:
            yield
        finally:
            self._echoing = before
