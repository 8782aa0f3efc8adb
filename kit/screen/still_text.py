"""What stands in the place of a widget where no Python runs: in a notebook that was reopened, or on a page of GitHub."""

from __future__ import annotations

from typing import Any

from kit.screen import html


class Still:
    """Mixed in before a widget's own class, for widgets that have no picture to leave behind.

    `kit/screen/lab` takes dead widgets out of the outputs of a reopened notebook that carry such a text.

    Attributes
    ----------
    aim : str
        What a reader runs the cell for: "answer".
    what_it_is : str
        What the widget is, in a sentence or two; empty if that would say nothing more.
    """

    aim = "open it"
    what_it_is = ""

    def __repr__(self) -> str:
        of = f"case={self.case.name!r}" if hasattr(self, "case") else ""
        return f"{type(self).__name__}({of})"

    def _repr_mimebundle_(self, **kwargs: Any) -> dict[str, Any]:
        begin = html.tag("p", html.tag("em", f"Run this cell to {self.aim}."))
        shown = html.plain(html.join(html.tag("p", self.what_it_is, dir="auto") if self.what_it_is else None, begin))
        return {**super()._repr_mimebundle_(**kwargs), "text/html": str(shown)}  # type: ignore[misc]
