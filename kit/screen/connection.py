"""A line that is said while the kernel is there, and a warning in its place while it is not."""

from __future__ import annotations

from pathlib import Path

from kit.screen.live_region import Live


class Connection(Live):
    """Text that is spoken when it changes, as in `Live`, and gives way to "not connected" when the kernel is gone.

    Only the page can know that: a kernel that has died says nothing any more.
    """

    _esm = Path(__file__).with_suffix(".js")
