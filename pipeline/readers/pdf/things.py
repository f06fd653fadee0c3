"""What lies in the cells of a page's tables beside characters."""

from __future__ import annotations

from bisect import bisect, bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from pipeline.readers.pdf.boxes import Boxed
from pipeline.readers.pdf.limits import refuse_much_ink
from pipeline.readers.pdf.marks import Ink, Ruling
from pipeline.readers.pdf.rulings import Frame, Tables
from pipeline.readers.pdf.runs import Run
from pipeline.readers.pdf.standing import reaches_into
from pipeline.readers.pdf.tolerances import HAIR, SNAP


@dataclass(slots=True)
class Things:
    """What lies in a cell: ink, lines that are no walls, pieces of text that begin there."""

    inks: list[Ink] = field(default_factory=list)
    lines: list[Ruling] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)


def things_in(
    tables: Sequence[Frame],
    runs: Iterable[tuple[Run, tuple[float, float]]],
    inks: Iterable[Ink],
    lines: Iterable[Ruling],
) -> list[defaultdict[int, Things]]:
    """For each table, by the number of its cell, what lies in it; `runs` with where they begin.

    Raises TooMuchOnAPage.
    """
    held: list[defaultdict[int, Things]] = [defaultdict(Things) for _ in tables]
    placed = Tables(tables)
    edges = [(frame.xs, frame.ys, frame.owners) for frame in tables]
    for run, (x, y) in runs:
        for index in placed.near(y, y):
            xs, ys, owners = edges[index]
            if xs[0] < x < xs[-1] and ys[0] < y < ys[-1]:
                cell = owners.get((bisect(ys, y) - 1, bisect(xs, x) - 1))
                if cell is not None:
                    held[index][cell].runs.append(run)
                break
    pairs = 0
    for ink in inks:
        line = _as_line(ink)
        for index in placed.near(ink.top, ink.bottom):
            cells = _cells(tables[index], ink)
            for cell in cells:
                if line:
                    held[index][cell].lines.append(line)
                else:
                    held[index][cell].inks.append(ink)
            pairs += len(cells)
            refuse_much_ink(pairs)
    for line in lines:
        box = line.box
        for index in placed.near(box.top, box.bottom):
            for piece in _astray(tables[index], line):
                for cell in _cells(tables[index], piece.box):
                    held[index][cell].lines.append(piece)
    return held


def _cells(frame: Frame, box: Boxed) -> set[int]:
    """The cells of whose inside, away from their walls, a box has a part."""
    xs, ys, edge = frame.xs, frame.ys, frame.edge
    if box.bottom <= ys[0] or box.top >= ys[-1]:
        return set()
    first, last = bisect(ys, box.top + edge), bisect_left(ys, box.bottom - edge)
    rows = range(max(first - 1, 0), min(last, len(ys) - 1))
    first, last = bisect(xs, box.x0 + edge), bisect_left(xs, box.x1 - edge)
    columns = range(max(first - 1, 0), min(last, len(xs) - 1))
    cells = {frame.owners.get((row, column)) for row in rows for column in columns}
    return {cell for cell in cells if cell is not None and reaches_into(frame.panes[cell], box)}


def _as_line(ink: Ink) -> Ruling | None:
    """Ink that is as thin as a line and too short to be a ruling of a table."""
    width, height = ink.x1 - ink.x0, ink.bottom - ink.top
    if min(width, height) > HAIR:
        return None
    if width >= height:
        return Ruling(True, (ink.top + ink.bottom) / 2, ink.x0, ink.x1)
    return Ruling(False, (ink.x0 + ink.x1) / 2, ink.top, ink.bottom)


def _astray(frame: Frame, line: Ruling) -> Iterator[Ruling]:
    """The pieces of a line that are no walls: all of it, or what an end leaves in a cell."""
    along, across = (frame.ys, frame.xs) if line.horizontal else (frame.xs, frame.ys)
    at = bisect(along, line.at)
    if not any(abs(line.at - wall) <= SNAP for wall in along[max(at - 1, 0) : at + 1]):
        yield line
        return
    for end in (line.start, line.end):
        if across[0] < end < across[-1]:
            after = bisect(across, end)
            low, high = across[after - 1], across[after]
            if min(end - low, high - end) > SNAP:
                yield line._replace(start=max(low, line.start), end=min(high, line.end))
