"""Files that are whole or not there, also after a power cut: data is on the disk before its name.

What lies below the warehouse is made by us and can be made again, so whatever stands where one of
its files should be, a folder too, gives way.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

ASIDE = ".new"  # ends the name of what is being written


def sha256(path: Path) -> str:
    """The digest of the file's bytes, in hex."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def write(path: Path, content: Callable[[Path], object]) -> None:
    """Puts what `content` writes in the place of `path`, which is kept until that is whole."""
    aside = path.with_name(f"{path.name}{ASIDE}")
    remove(aside)
    content(aside)
    sync(aside)
    put(aside, path)


def put(aside: Path, path: Path) -> None:
    """Gives something whole and synced its name."""
    if path.is_dir() or aside.is_dir():
        remove(path)
    aside.replace(path)
    sync_folder(path.parent)


def remove(path: Path) -> None:
    """Removes whatever lies there, if anything does."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def sync(path: Path) -> None:
    """Waits until the file's bytes are on the disk."""
    with path.open("r+b") as stream:
        os.fsync(stream.fileno())


if sys.platform == "win32":

    def sync_folder(folder: Path) -> None:
        """Windows writes names down by itself."""
else:

    def sync_folder(folder: Path) -> None:
        """Waits until the names in the folder are on the disk."""
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
