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
    ".docx": "word",
    ".htm": "web",
    ".html": "web",
    ".md": "plain",
    ".pdf": "pdf",
    ".shtml": "web",
    ".txt": "plain",
}
LARGEST = 200 * 2**20  # bytes of any file: a scanned volume; some readers take less
_NO_FILES = (
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)

# The longest reports known have some ten thousand places, fifty thousand characters and a thousand
# lines. What is larger by far is a bound volume, a database or an attack, and would take minutes.
_MOST_PLACES = 200_000  # in the rows and columns of all tables
_MOST_CHARACTERS = 2_000_000  # in tables and paragraphs
_MOST_LINES = 50_000  # of paragraphs


def read(path: Path, name: str | None = None) -> Document:
    """The document in `path`, called `name` in errors and `where`; raises UnreadableDocument."""
    name = path.as_posix() if name is None else name
    suffix = path.suffix.lower()
    _refuse_endless(path, name)
    refuse_mismatch(path, name, READERS)
    module = import_module(f"{__name__}.{READERS[suffix]}")
    document = cast(Document, module.read(path, name))
    cells = [cell for grid in document.grids for cell in grid.cells]
    texts = [paragraph.text for paragraph in document.paragraphs]
    places = sum(cell.rowspan * cell.colspan for cell in cells)
    characters = sum(len(cell.text) for cell in cells) + sum(map(len, texts))
    lines = sum(1 + text.count("\n") for text in texts)
    for count, limit, what in (
        (places, _MOST_PLACES, "places in its tables"),
        (characters, _MOST_CHARACTERS, "characters"),
        (lines, _MOST_LINES, "lines of text"),
    ):
        if count > limit:
            reason = f"has {count:,} {what}, more than the {limit:,} that any report has"
            raise UnreadableDocument(name, reason, "save the report alone as a file of its own")
    return document


def _refuse_endless(path: Path, name: str) -> None:
    """Raises UnreadableDocument for what is no file, or larger than a report; opens nothing."""
    try:
        status = path.stat()
    except OSError:  # to open it says why
        return
    for is_it, kind in _NO_FILES:
        if is_it(status.st_mode):
            raise UnreadableDocument(name, f"is {kind}, not a file", "save the report as a file")
    if status.st_size > LARGEST:
        reason = f"has {status.st_size // 2**20} MB, more than a report can have"
        raise UnreadableDocument(name, reason, "cut the report out of it")
