"""What no report has: a page of so much that reading it would stop a whole run."""

from __future__ import annotations

import re
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from pipeline.readers.pdf.tolerances import (
    MOST_CELLS,
    MOST_CHARACTERS,
    MOST_INK,
    MOST_LINES,
    MOST_OBJECTS,
)

_FORM = re.compile(rb"/Subtype\s*/Form\b")


class TooMuchOnAPage(Exception):
    """A page holds more than is read: how much, of what, and how much would be."""

    def __init__(self, count: int, of: str, limit: int) -> None:
        super().__init__(count, of, limit)
        self.count, self.of, self.limit = count, of, limit


def refuse_too_much(page: pdfium.PdfPage) -> None:
    """Raise TooMuchOnAPage where a page, before its text is read, holds too many objects."""
    count = raw.FPDFPage_CountObjects(page)
    if count > MOST_OBJECTS:
        raise TooMuchOnAPage(count, "objects", MOST_OBJECTS)


def refuse_many_characters(count: int) -> None:
    """Raise TooMuchOnAPage."""
    if count > MOST_CHARACTERS:
        raise TooMuchOnAPage(count, "characters", MOST_CHARACTERS)


def refuse_many_lines(count: int) -> None:
    """Raise TooMuchOnAPage."""
    if count > MOST_LINES:
        raise TooMuchOnAPage(count, "lines", MOST_LINES)


def refuse_much_ink(count: int) -> None:
    """Raise TooMuchOnAPage."""
    if count > MOST_INK:
        raise TooMuchOnAPage(count, "cells that something is drawn in", MOST_INK)


def refuse_many_cells(count: int) -> None:
    """Raise TooMuchOnAPage."""
    if count > MOST_CELLS:
        raise TooMuchOnAPage(count, "cells in a table", MOST_CELLS)


def most_on_a_page(path: Path) -> int:
    """The bytes of drawing that the fullest page shows with its forms; 0 where the file has none.

    pdfium unfolds all forms when it opens a page: ten times ten, eight deep, fill any memory.
    """
    if not _FORM.search(path.read_bytes()):
        return 0
    from pipeline.readers.pdf.forms import most_shown  # loads pdfminer

    return most_shown(path)
