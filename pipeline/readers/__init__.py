"""A file → Document, by the reader its suffix names; a suffix that lies is refused."""

from __future__ import annotations

import stat
from importlib import import_module
from pathlib import Path
from typing import cast

from pipeline.errors import UnreadableDocument
from pipeline.model import Document
from pipeline.readers.sniff import refuse_mismatch

# Suffix → module here with `read(path, name) -> Document`, imported when first needed.
READERS: dict[str, str] = {
    ".docx": "docx",
    ".htm": "html",
    ".html": "html",
    ".md": "plain",
    ".pdf": "pdf",
    ".shtml": "html",
    ".txt": "plain",
}
LARGEST = 200 * 2**20  # bytes of any file: a scanned volume; some readers take less
_LARGEST_TEXT = 10 * 2**20  # the longest reports have some 100 kB of text
_NO_FILES = (
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


def read(path: Path, name: str | None = None) -> Document:
    """The document in `path`, called `name` in errors and `where`; raises UnreadableDocument."""
    name = path.as_posix() if name is None else name
    suffix = path.suffix.lower()
    _refuse_endless(path, name)
    refuse_mismatch(path, name, READERS)
    module = import_module(f"{__name__}.{READERS[suffix]}")
    return cast(Document, module.read(path, name))


def _refuse_endless(path: Path, name: str) -> None:
    """Raises UnreadableDocument for what is no file, or larger than a report; opens nothing."""
    try:
        status = path.stat()
    except OSError:  # to open it says why
        return
    for is_it, kind in _NO_FILES:
        if is_it(status.st_mode):
            raise UnreadableDocument(name, f"is {kind}, not a file", "save the report as a file")
    plain = READERS.get(path.suffix.lower()) == "plain"
    if status.st_size > (_LARGEST_TEXT if plain else LARGEST):
        reason = f"has {status.st_size // 2**20} MB, more than a report can have"
        raise UnreadableDocument(name, reason, "cut the report out of it")
