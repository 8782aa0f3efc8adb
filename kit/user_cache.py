"""What this machine keeps because it takes long to make: files in the user's cache folder, which may be removed at any time."""

from __future__ import annotations

import tempfile
from pathlib import Path


def cache_folder() -> Path:
    """Return the folder in which this machine keeps what was worked out."""
    from platformdirs import user_cache_path

    return user_cache_path("parley", appauthor=False)


def keep_text(text: str, path: Path) -> None:
    """Write a file whole or not at all; a folder that cannot be written to is no error, for all can be made again."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # Under another name first: two kernels that start at the same time never read half a file.
        with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, suffix=".part", delete=False) as part:
            part.write(text)
        Path(part.name).replace(path)
    except OSError:
        return
