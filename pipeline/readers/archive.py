"""Zip archives, and what zipfile raises over damaged bytes."""

from __future__ import annotations

import lzma
import struct
import zipfile
import zlib
from pathlib import Path

TORN = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    OSError,
    RuntimeError,  # a password, or a compression that zipfile does not know
    ValueError,
)


def members_of(path: Path) -> list[str]:
    """The names of what an archive holds. Raises one of TORN."""
    with zipfile.ZipFile(path) as archive:
        return archive.namelist()
