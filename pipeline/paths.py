"""Where data lives: `$DISCLOSURE_DATA`, or `data` in the current folder."""

from __future__ import annotations

import os
from pathlib import Path

REGIONS = "regions.csv"


def data_dir() -> Path:
    """The folder that holds `raw/` and `warehouse/`."""
    return Path(os.environ.get("DISCLOSURE_DATA", "data"))


def raw_dir() -> Path:
    """Documents as published, one folder a collection."""
    return data_dir() / "raw"


def warehouse_dir() -> Path:
    """Builds, and the pointer that names the current one."""
    return data_dir() / "warehouse"


def regions_file(folder: Path) -> Path | None:
    """The `regions.csv` for documents in `folder`: there, or the nearest in a folder above it.

    Inside `data/raw` it is looked for within the collection only.
    """
    inside, raw = folder.resolve(), raw_dir().resolve()
    for above in (inside, *inside.parents):
        if (above / REGIONS).is_file():
            return above / REGIONS
        if raw in (above, above.parent):
            break
    return None
