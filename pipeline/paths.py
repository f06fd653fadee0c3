"""Where data lives: `$DISCLOSURE_DATA`, or `data` in the current folder."""

from __future__ import annotations

import os
from pathlib import Path


def data_dir() -> Path:
    """The folder that holds `raw/` and `warehouse/`."""
    return Path(os.environ.get("DISCLOSURE_DATA", "data"))


def raw_dir() -> Path:
    """Documents as published, one folder a collection."""
    return data_dir() / "raw"


def warehouse_dir() -> Path:
    """Builds, and the pointer that names the current one."""
    return data_dir() / "warehouse"
