"""One file a build, a pointer that names the current one, and one writer at a time.

    data/warehouse/disclosure-<build>.duckdb
    data/warehouse/current                      the name of the current build's file, its SHA-256

A reader keeps the file it has opened; the pointer moves only to a complete build.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from pipeline.errors import DisclosureError, NoBuild
from pipeline.paths import warehouse_dir
from pipeline.warehouse import disk

POINTER = "current"
LOCK = "lock"
LOCKED_BYTE = 4096  # beyond the text, which others may then still read
UNFINISHED = "unfinished.duckdb"

_POINTED = re.compile(r"(disclosure-[0-9a-f]+\.duckdb)\s+([0-9a-f]{64})?\s*")
_FULL = (errno.ENOSPC, errno.EDQUOT)


def current() -> Path:
    """The current build's file. Raises NoBuild."""
    pointer, path = warehouse_dir() / POINTER, current_or_none()
    if path:
        return path
    if not pointer.exists():
        raise NoBuild(
            f"no warehouse in {warehouse_dir().resolve()}; run `disclosure ingest`, in the folder "
            "that holds `data`"
        )
    raise NoBuild(f"{pointer} names no build that is there; run `disclosure ingest` to mend it")


def current_or_none() -> Path | None:
    """The current build's file, if there is one."""
    name, _ = _pointed()
    path = warehouse_dir() / name
    return path if name and path.exists() else None


def is_intact(build: str) -> bool:
    """Whether this build is the current one, and its file byte for byte what was checked."""
    path = build_file(build)
    name, digest = _pointed()
    return (
        path.name == name
        and path.is_file()
        and not log_of(path).exists()
        and disk.sha256(path) == digest
    )


def build_file(build: str) -> Path:
    """Where the build of this id is, or will be."""
    return warehouse_dir() / f"disclosure-{build}.duckdb"


def build_id(path: Path) -> str:
    """The id of the build in this file."""
    return path.stem.removeprefix("disclosure-")


def log_of(path: Path) -> Path:
    """Where DuckDB writes what it has not yet put into the file."""
    return path.with_name(f"{path.name}.wal")


@contextlib.contextmanager
def unfinished_file() -> Iterator[Path]:
    """Where a build is made before it is one; what lies there before or after is removed."""
    path = warehouse_dir() / UNFINISHED
    _remove_unfinished()
    try:
        yield path
    finally:
        _remove_unfinished()


def make_current(unfinished: Path, build: str) -> None:
    """Gives a finished build its name and points at it. Those before it stay."""
    path = build_file(build)
    disk.remove(log_of(path))
    disk.sync(unfinished)
    digest = disk.sha256(unfinished)
    disk.put(unfinished, path)
    pointed = f"{path.name}\n{digest}\n"
    disk.write(warehouse_dir() / POINTER, lambda aside: aside.write_text(pointed, "utf-8"))


def keep_only(build: str | None) -> None:
    """Removes every other build that nobody holds; without a build the pointer too."""
    kept = build_file(build).name if build else ""
    if not kept:
        disk.remove(warehouse_dir() / POINTER)
    names = ("disclosure-*.duckdb*", f"*{disk.ASIDE}")
    for old in (path for name in names for path in warehouse_dir().glob(name)):
        if old.name != kept:
            with contextlib.suppress(PermissionError):  # Windows, while somebody reads it
                disk.remove(old)


@contextlib.contextmanager
def sole_writer() -> Iterator[None]:
    """Holds the warehouse for writing; a writer that died holds nothing.

    Raises DisclosureError that names the process which is writing, or says what the disk refused
    in the meantime.
    """
    try:
        with _held():
            yield
    except BrokenPipeError:
        raise
    except OSError as error:
        said = f"{error.filename or warehouse_dir()}: {error.strerror or error}"
        raise DisclosureError(stopped(said)) from error


def stopped(said: str) -> str:
    """What the machine said when it stopped a writer, as one line with what to do."""
    full = any(os.strerror(number) in said for number in _FULL)
    remedy = (
        "make room on that disk"
        if full
        else "check that you may read and write there and that the disk is sound, or name another "
        "place in $DISCLOSURE_DATA"
    )
    line = " ".join(said.split())
    stands = "; the previous build stands" if current_or_none() else ""
    return f"{line}{stands}; {remedy}, then run `disclosure ingest` again"


@contextlib.contextmanager
def _held() -> Iterator[None]:
    warehouse_dir().mkdir(parents=True, exist_ok=True)
    path = warehouse_dir() / LOCK
    if path.is_dir():
        disk.remove(path)
    with path.open("a+", encoding="utf-8", errors="replace") as stream:
        stream.seek(0)
        holder = stream.read().strip()
        if not _lock(stream):
            raise DisclosureError(
                f"process {holder if holder.isdigit() else 'of another user'} is already building "
                f"{warehouse_dir()}; wait until it has finished"
            )
        stream.truncate(0)
        stream.write(str(os.getpid()))
        stream.flush()
        yield


def _pointed() -> tuple[str, str]:
    """The name of the current build's file and its digest, empty where the pointer is of no use."""
    try:
        text = (warehouse_dir() / POINTER).read_text("utf-8")
    except (FileNotFoundError, IsADirectoryError, UnicodeDecodeError):
        return "", ""
    found = _POINTED.fullmatch(text)
    return (found[1], found[2] or "") if found else ("", "")


def _remove_unfinished() -> None:
    for leftover in warehouse_dir().glob(f"{UNFINISHED}*"):  # its log and its temporary folder too
        disk.remove(leftover)


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
        except BlockingIOError:
            return False
        return True
