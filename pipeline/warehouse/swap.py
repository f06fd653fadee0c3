"""One file a build, a pointer that names the current one, and one writer at a time.

    data/warehouse/disclosure-<build>.duckdb
    data/warehouse/current                      the name of the current build's file

A reader keeps the file it has opened; the pointer moves only to a complete build.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from pipeline.errors import DisclosureError, NoBuild
from pipeline.paths import warehouse_dir

POINTER = "current"
LOCK = "lock"
LOCKED_BYTE = 4096  # beyond the text, which others may then still read


def current() -> Path:
    """The current build's file. Raises NoBuild."""
    path = current_or_none()
    if path is None:
        raise NoBuild(
            f"no warehouse in {warehouse_dir().resolve()}; run `disclosure ingest`, in the folder "
            "that holds `data`"
        )
    return path


def current_or_none() -> Path | None:
    """The current build's file, if there is one."""
    pointer = warehouse_dir() / POINTER
    name = pointer.read_text("utf-8").strip() if pointer.exists() else ""
    path = warehouse_dir() / name
    return path if name and path.exists() else None


def build_file(build: str) -> Path:
    """Where the build of this id is, or will be."""
    return warehouse_dir() / f"disclosure-{build}.duckdb"


def build_id(path: Path) -> str:
    """The id of the build in this file."""
    return path.stem.removeprefix("disclosure-")


def unfinished_file() -> Path:
    """Where a build is made before it is one; whatever lay there is removed."""
    path = warehouse_dir() / "unfinished.duckdb"
    for leftover in (path, Path(f"{path}.wal")):
        leftover.unlink(missing_ok=True)
    return path


def point_at(path: Path | None) -> None:
    """Makes a finished build the current one, or leaves none; removes those that nobody holds."""
    pointer = warehouse_dir() / POINTER
    if path:
        aside = pointer.with_suffix(".new")
        aside.write_text(f"{path.name}\n", "utf-8")
        aside.replace(pointer)
    else:
        pointer.unlink(missing_ok=True)
    for old in warehouse_dir().glob("disclosure-*.duckdb"):
        if old != path:
            with contextlib.suppress(PermissionError):  # Windows, while somebody reads it
                old.unlink()


@contextlib.contextmanager
def sole_writer() -> Iterator[None]:
    """Holds the warehouse for writing; a writer that died holds nothing.

    Raises DisclosureError that names the process which is writing.
    """
    warehouse_dir().mkdir(parents=True, exist_ok=True)
    with (warehouse_dir() / LOCK).open("a+", encoding="utf-8") as stream:
        stream.seek(0)
        holder = stream.read().strip()
        if not _lock(stream):
            raise DisclosureError(
                f"process {holder or 'of another user'} is already building "
                f"{warehouse_dir()}; wait until it has finished"
            )
        stream.truncate(0)
        stream.write(str(os.getpid()))
        stream.flush()
        yield


if sys.platform == "win32":
    import msvcrt

    def _lock(stream: IO[str]) -> bool:
        stream.seek(LOCKED_BYTE)
        try:
            msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
else:
    import fcntl

    def _lock(stream: IO[str]) -> bool:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
