"""Zips that are the same to the byte if what is in them is the same: in order, with one date."""

from __future__ import annotations

import zipfile
from collections.abc import Collection, Mapping
from pathlib import Path

LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the first date that a zip can hold


def write_zip(target: Path, files: Mapping[str, bytes], run: Collection[str] = ()) -> None:
    """Write files under their names into a zip, in the order given; those named in ``run`` may be run where it is unpacked."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in files.items():
            about = zipfile.ZipInfo(name, LONG_AGO)
            # The upper half of this number is what Unix calls the file's mode.
            about.external_attr, about.compress_type = (0o755 if name in run else 0o644) << 16, zipfile.ZIP_DEFLATED
            packed.writestr(about, data, compresslevel=9)


def settle(path: Path) -> None:
    """Write a zip over itself, without the time at which its parts were written."""
    with zipfile.ZipFile(path) as packed:
        files = {name: packed.read(name) for name in packed.namelist()}
    write_zip(path, files)
