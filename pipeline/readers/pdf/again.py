"""A second look, by pdfplumber, at pages that seem to print a table the rulings do not enclose."""

from __future__ import annotations

import re
from pathlib import Path

from pipeline.readers.pdf.marks import PageMarks
from pipeline.readers.pdf.prose import rows_of_chars
from pipeline.readers.pdf.rulings import Box, Frame
from pipeline.text import FIGURE

_SNAP = 3.0
_FEWEST_LINES = 4
_FEWEST_ROWS = 3
_CELL = rf"(?:{FIGURE}|[-—/]+)"
_ROW_OF_FIGURES = re.compile(rf"(?:^|\s)(?:{_CELL}\s+){{2,}}{_CELL}\s*$")

Settings = dict[str, object]

# Lines that stop short of each other; then columns told from the text between the lines.
_RULED: tuple[Settings, ...] = (
    {"snap_tolerance": 6, "join_tolerance": 8, "intersection_tolerance": 8},
    {"vertical_strategy": "text", "horizontal_strategy": "lines", "intersection_tolerance": 8},
)
_UNRULED: tuple[Settings, ...] = ({"vertical_strategy": "text", "horizontal_strategy": "text"},)


def needs_another_look(page: PageMarks) -> bool:
    """Whether lines are drawn, or rows of figures printed, on a page without a ruled table."""
    if len(page.rulings) >= _FEWEST_LINES:
        return True
    rows = ("".join(c.text for c in row) for row in rows_of_chars(page.chars))
    return sum(_ROW_OF_FIGURES.search(row) is not None for row in rows) >= _FEWEST_ROWS


def frames_again(path: Path, page: PageMarks) -> list[Frame]:
    """The tables pdfplumber finds on the page with the first settings that give any."""
    import pdfplumber  # few documents need it, and it takes as long to load as they to read

    with pdfplumber.open(path) as document:
        seen = document.pages[page.number - 1]
        for settings in _RULED if len(page.rulings) >= _FEWEST_LINES else _UNRULED:
            found = [_frame(table.cells) for table in seen.find_tables(settings)]
            tables = [frame for frame in found if len(frame.boxes) > 1]
            if tables:
                return sorted(tables, key=lambda frame: frame.ys[0])
    return []


def _frame(cells: list[tuple[float, float, float, float]]) -> Frame:
    xs = _positions([x for x0, _, x1, _ in cells for x in (x0, x1)])
    ys = _positions([y for _, y0, _, y1 in cells for y in (y0, y1)])
    boxes = []
    for x0, top, x1, bottom in sorted(cells, key=lambda cell: (cell[1], cell[0])):
        row, col = _nearest(ys, top), _nearest(xs, x0)
        spans = _nearest(ys, bottom) - row, _nearest(xs, x1) - col
        boxes.append(Box(row, col, max(spans[0], 1), max(spans[1], 1), x0, top, x1, bottom))
    return Frame(tuple(xs), tuple(ys), tuple(boxes))


def _positions(values: list[float]) -> list[float]:
    kept: list[float] = []
    for value in sorted(values):
        if not kept or value - kept[-1] > _SNAP:
            kept.append(value)
    return kept


def _nearest(positions: list[float], value: float) -> int:
    return min(range(len(positions)), key=lambda i: abs(positions[i] - value))
