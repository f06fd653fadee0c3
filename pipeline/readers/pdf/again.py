"""A second look, by pdfplumber, at pages that seem to print a table the rulings do not enclose."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, BinaryIO

from pipeline.errors import UnreadableDocument
from pipeline.readers.pdf.marks import Char, PageMarks
from pipeline.readers.pdf.rulings import Frame, Pane, nearest
from pipeline.readers.pdf.tolerances import (
    FEWEST_LINES,
    FEWEST_ROWS,
    MOST_LOOKS,
    SNAP,
    WIDER_GAP,
    WIDER_SNAP,
)
from pipeline.text import FIGURE

_CELL = rf"(?:{FIGURE}|[-—/]+)"
_ROW_OF_FIGURES = re.compile(rf"(?:^|\s)(?:{_CELL}\s+){{2,}}{_CELL}\s*$")
_TEXT, _LINES, _GAP = "text", "lines", {"intersection_tolerance": WIDER_GAP}
# Lines that stop short of each other; then columns told from the text between the lines.
_RULED: tuple[dict[str, object], ...] = (
    {"snap_tolerance": WIDER_SNAP, "join_tolerance": WIDER_GAP, **_GAP},
    {"vertical_strategy": _TEXT, "horizontal_strategy": _LINES, **_GAP},
)
_UNRULED = ({"vertical_strategy": _TEXT, "horizontal_strategy": _TEXT},)


def needs_another_look(page: PageMarks, rows: Iterable[Sequence[Char]]) -> bool:
    """Whether lines are drawn, or rows of figures printed, on a page without a ruled table."""
    if len(page.rulings) >= FEWEST_LINES:
        return True
    texts = ("".join(char.text for char in row) for row in rows)
    return sum(_ROW_OF_FIGURES.search(text) is not None for text in texts) >= FEWEST_ROWS


class SecondLook:
    """One file as pdfplumber reads it: opened when first needed, once for all its pages."""

    def __init__(self, path: Path, name: str) -> None:
        self._path, self._name = path, name
        self._left = MOST_LOOKS
        self._file: BinaryIO | None = None
        self._document: Any = None

    def __enter__(self) -> SecondLook:
        return self

    def __exit__(self, *_: object) -> None:
        if self._file is not None:
            self._file.close()

    def frames(self, page: PageMarks) -> list[Frame]:
        """The tables pdfplumber finds on the page with the first settings that give any.

        None on a page after so many that were looked at: it takes a hundred times as long, and
        no report has as many. Raises UnreadableDocument where pdfplumber cannot read what pdfium
        has made something of: the file is damaged.
        """
        if self._left == 0:
            return []
        self._left -= 1
        try:
            return self._looked_at(page)
        except MemoryError:
            raise
        except Exception as error:  # damage shows in it in as many ways as there are
            reason = f"page {page.number} is damaged"
            raise UnreadableDocument(self._name, reason, "fetch it again") from error

    def _looked_at(self, page: PageMarks) -> list[Frame]:
        if self._document is None:
            import pdfplumber  # few documents need it, and it takes as long to load as they to read

            self._file = self._path.open("rb")  # pdfplumber leaves its own open over damage
            self._document = pdfplumber.open(self._file)
        seen = self._document.pages[page.number - 1]
        try:
            for settings in _RULED if len(page.rulings) >= FEWEST_LINES else _UNRULED:
                drawn = [_frame(table.cells) for table in seen.find_tables(settings)]
                tables = [frame for frame in drawn if len(frame.panes) > 1]
                if tables:
                    return sorted(tables, key=lambda frame: frame.ys[0])
        finally:
            seen.close()
        return []


def _frame(cells: list[tuple[float, float, float, float]]) -> Frame:
    xs = _positions([x for x0, _, x1, _ in cells for x in (x0, x1)])
    ys = _positions([y for _, y0, _, y1 in cells for y in (y0, y1)])
    panes = []
    for x0, top, x1, bottom in sorted(cells, key=lambda cell: (cell[1], cell[0])):
        row, col = nearest(ys, top), nearest(xs, x0)
        rowspan, colspan = nearest(ys, bottom) - row, nearest(xs, x1) - col
        panes.append(Pane(row, col, max(rowspan, 1), max(colspan, 1), x0, top, x1, bottom))
    return Frame(tuple(xs), tuple(ys), tuple(panes))


def _positions(values: list[float]) -> list[float]:
    kept: list[float] = []
    for value in sorted(values):
        if not kept or value - kept[-1] > SNAP:
            kept.append(value)
    return kept
