"""The scripts of widgets, each with the few functions before it that several of them share (``elements.js``)."""

from __future__ import annotations

from pathlib import Path

_HERE = Path(__file__).parent


def read_script(name: str) -> str:
    """Return a script of this folder with the shared functions before it.

    A widget's script is sent as one text, so it cannot import another. Widgets of which a page has dozens and whose
    scripts are a few lines (`Live`, `Slider`) do without, since each carries its own copy.
    """
    return "\n".join((_HERE / each).read_text(encoding="utf-8") for each in ("elements.js", name))
