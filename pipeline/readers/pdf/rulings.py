"""Rulings → ruled tables: connected lines, and the wall-free rectangles between them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from operator import attrgetter
from typing import NamedTuple

from pipeline.readers.pdf.limits import refuse_many_cells, refuse_many_lines
from pipeline.readers.pdf.marks import Ruling
from pipeline.readers.pdf.tolerances import DRAWN, SNAP

_AT = attrgetter("at")
_FEW = 4  # tables, which are looked through sooner than sorted out


class Pane(NamedTuple):
    """A cell of a ruled table: its place in the table and on the page."""

    row: int
    col: int
    rowspan: int
    colspan: int
    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True)
class Frame:
    """A ruled table on a page: the positions of its lines, and its cells in reading order."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    panes: tuple[Pane, ...]

    @cached_property
    def owners(self) -> dict[tuple[int, int], int]:
        """The number of the cell at each row and column."""
        return {
            (row, col): index
            for index, pane in enumerate(self.panes)
            for row in range(pane.row, pane.row + pane.rowspan)
            for col in range(pane.col, pane.col + pane.colspan)
        }

    @cached_property
    def edge(self) -> float:
        """How far inside of its walls a cell begins; the narrowest no further."""
        gaps = [b - a for at in (self.xs, self.ys) for a, b in pairwise(at)]
        return min([SNAP, *(gap / 4 for gap in gaps)])


class Tables:
    """The tables of a page, from top to bottom, found by where they stand."""

    def __init__(self, tables: Sequence[Frame]) -> None:
        self._tops = [frame.ys[0] for frame in tables]
        self._tallest = max((frame.ys[-1] - frame.ys[0] for frame in tables), default=0.0)
        self._all = range(len(tables)) if len(tables) <= _FEW else None

    def near(self, top: float, bottom: float) -> range:
        """The numbers of those that may have a part between two heights."""
        if self._all is not None:
            return self._all
        first = bisect_left(self._tops, top - self._tallest)
        return range(first, bisect_right(self._tops, bottom))


def frames(lines: Sequence[Ruling]) -> list[Frame]:
    """The tables that joined lines draw, from top to bottom; lone boxes are none."""
    drawn = [_frame(group) for group in _connected(lines)]
    tables = [frame for frame in drawn if frame is not None and len(frame.panes) > 1]
    return sorted(tables, key=lambda frame: (frame.ys[0], frame.xs[0]))


def nearest(positions: Sequence[float], value: float) -> int:
    """Which of the positions is the nearest."""
    return min(range(len(positions)), key=lambda i: abs(positions[i] - value))


def joined(rulings: Sequence[Ruling]) -> list[Ruling]:
    """Lines snapped to common positions, collinear pieces made one. Raises TooMuchOnAPage."""
    whole: list[Ruling] = []
    for horizontal in (True, False):
        for at, group in _clusters(r for r in rulings if r.horizontal is horizontal):
            pieces = sorted((ruling.start, ruling.end) for ruling in group)
            start, end = pieces[0]
            for low, high in pieces[1:]:
                if low <= end + SNAP:
                    end = max(end, high)
                else:
                    whole.append(Ruling(horizontal, at, start, end))
                    start, end = low, high
            whole.append(Ruling(horizontal, at, start, end))
    refuse_many_lines(len(whole))
    return whole


def _clusters(rulings: Iterable[Ruling]) -> list[tuple[float, list[Ruling]]]:
    groups: list[list[Ruling]] = []
    for ruling in sorted(rulings, key=_AT):
        if groups and ruling.at - groups[-1][-1].at <= SNAP:
            groups[-1].append(ruling)
        else:
            groups.append([ruling])
    return [(sum(r.at for r in group) / len(group), group) for group in groups]


def _connected(rulings: Sequence[Ruling]) -> list[list[Ruling]]:
    """Lines in groups of those that touch one another."""
    groups: list[list[Ruling]] = []
    across = sorted((r for r in rulings if r.horizontal), key=_AT)
    down = sorted((r for r in rulings if not r.horizontal), key=_AT)
    while across or down:
        group = [(across or down).pop()]
        for line in group:
            left = down if line.horizontal else across
            first = bisect_left(left, line.start - SNAP, key=_AT)
            last = bisect_right(left, line.end + SNAP, key=_AT)
            reached = [r for r in left[first:last] if r.start - SNAP <= line.at <= r.end + SNAP]
            if reached:
                left[first:last] = [
                    r for r in left[first:last] if not r.start - SNAP <= line.at <= r.end + SNAP
                ]
                group += reached
        groups.append(group)
    return groups


def _frame(group: list[Ruling]) -> Frame | None:
    """The table that connected lines draw; None where they leave too much of its border open."""
    across = [ruling for ruling in group if ruling.horizontal]
    down = [ruling for ruling in group if not ruling.horizontal]
    xs, ys = _edges(down, across), _edges(across, down)
    if len(xs) < 2 or len(ys) < 2:
        return None
    refuse_many_cells((len(xs) - 1) * (len(ys) - 1))
    below, beside = _walls(across, ys, xs), _walls(down, xs, ys)
    widths, heights = ([b - a for a, b in pairwise(edges)] for edges in (xs, ys))
    sides = ((below[0], widths), (below[-1], widths), (beside[0], heights), (beside[-1], heights))
    drawn = sum(
        length
        for walls, lengths in sides
        for wall, length in zip(walls, lengths, strict=True)
        if wall
    )
    if drawn / (2 * (xs[-1] - xs[0] + ys[-1] - ys[0])) < DRAWN:
        return None
    taken: set[tuple[int, int]] = set()
    panes: list[Pane] = []
    for row in range(len(ys) - 1):
        for col in range(len(xs) - 1):
            if (row, col) in taken:
                continue
            right, end = col + 1, row + 1
            while right < len(xs) - 1 and not beside[right][row] and (row, right) not in taken:
                right += 1
            while end < len(ys) - 1 and not any(below[end][col:right]):
                end += 1
            taken |= {(r, c) for r in range(row, end) for c in range(col, right)}
            place = (xs[col], ys[row], xs[right], ys[end])
            panes.append(Pane(row, col, end - row, right - col, *place))
    return Frame(tuple(xs), tuple(ys), tuple(panes))


def _edges(along: list[Ruling], crossing: list[Ruling]) -> list[float]:
    """Where cells end along one axis; a side left undrawn is where the crossing lines end.

    Some writers draw no line where a page break cuts a table, or none at its sides.
    """
    edges = [at for at, _ in _clusters(along)]
    if not edges or not crossing:
        return edges
    first, last = min(r.start for r in crossing), max(r.end for r in crossing)
    before = [first] if edges[0] - first > 2 * SNAP else []
    after = [last] if last - edges[-1] > 2 * SNAP else []
    return [*before, *edges, *after]


def _walls(rulings: list[Ruling], at: list[float], across: list[float]) -> list[list[bool]]:
    """For each line position, whether a ruling is drawn there from each crossing line to the next.

    The middle decides.
    """
    middles = [(start + end) / 2 for start, end in pairwise(across)]
    lines = sorted(rulings, key=_AT)
    walls = []
    for place in at:
        first = bisect_left(lines, place - SNAP, key=_AT)
        last = bisect_right(lines, place + SNAP, key=_AT)
        drawn = [False] * len(middles)
        for line in lines[first:last]:
            begin, end = bisect_left(middles, line.start), bisect_right(middles, line.end)
            drawn[begin:end] = [True] * (end - begin)
        walls.append(drawn)
    return walls
