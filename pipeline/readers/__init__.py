"""A file → Document, by the reader its suffix names; a suffix that lies is refused."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import cast

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


def read(path: Path, name: str | None = None) -> Document:
    """The document in `path`, called `name` in errors and `where`; raises UnreadableDocument."""
    name = path.as_posix() if name is None else name
    suffix = path.suffix.lower()
    refuse_mismatch(path, name, READERS)
    module = import_module(f"{__name__}.{READERS[suffix]}")
    return cast(Document, module.read(path, name))
