"""Drawn lines → tables: a table is a connected set of lines, a cell a wall-free rectangle."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pipeline.readers.pdf_page import Rule

SNAP = 3.0
SAME_LINE = 1.0
SHORTEST = 5.0
COVERED = 0.5  # share of an edge that has to be drawn for it to be a wall


class Span(NamedTuple):
    """Where a cell stands in its table."""

    row: int
    col: int
    rowspan: int
    colspan: int


@dataclass(slots=True)
class Lattice:
    """One table's geometry on one page: column and row edges, cells, and the cell of each slot."""

    xs: list[float]
    ys: list[float]
    spans: list[Span]
    owner: list[list[int]]

    @property
    def area(self) -> float:
        return (self.xs[-1] - self.xs[0]) * (self.ys[-1] - self.ys[0])

    def cell_at(self, x: float, y: float) -> int | None:
        """The index of the cell that holds a point, None outside."""
        if not (self.xs[0] <= x < self.xs[-1] and self.ys[0] <= y < self.ys[-1]):
            return None
        found = self.owner[bisect_right(self.ys, y) - 1][bisect_right(self.xs, x) - 1]
        return found if found >= 0 else None

    def box(self, index: int) -> tuple[float, float, float, float]:
        """x0, top, x1, bottom of a cell."""
        row, col, rowspan, colspan = self.spans[index]
        return self.xs[col], self.ys[row], self.xs[col + colspan], self.ys[row + rowspan]

    def holds(self, other: Lattice) -> bool:
        """Whether the other table lies inside this one."""
        return (
            self.xs[0] <= other.xs[0]
            and other.xs[-1] <= self.xs[-1]
            and self.ys[0] <= other.ys[0]
            and other.ys[-1] <= self.ys[-1]
        )


def lattices(
    horizontal: Sequence[Rule], vertical: Sequence[Rule], page_height: float
) -> list[Lattice]:
    """The tables that lines draw on one page, smallest first; frames around prose left out."""
    across = _merged(horizontal, SAME_LINE)
    down = _merged(vertical, SAME_LINE)
    found = []
    for group_across, group_down in _connected(across, down):
        lattice = _lattice(group_across, group_down)
        if lattice is not None:
            found.append(lattice)
    found.sort(key=lambda lattice: lattice.area)
    return [
        lattice
        for lattice in found
        if len(lattice.spans) > 1 or not _is_frame(lattice, found, page_height)
    ]


def from_boxes(boxes: Sequence[tuple[float, float, float, float]]) -> Lattice:
    """A table from its cells' boxes (x0, top, x1, bottom)."""
    xs = snapped([x for box in boxes for x in (box[0], box[2])])
    ys = snapped([y for box in boxes for y in (box[1], box[3])])
    owner = [[-1] * (len(xs) - 1) for _ in range(len(ys) - 1)]
    spans: list[Span] = []
    for x0, top, x1, bottom in sorted(boxes, key=lambda box: (_nearest(ys, box[1]), box[0])):
        col, row = _nearest(xs, x0), _nearest(ys, top)
        span = Span(row, col, _nearest(ys, bottom) - row, _nearest(xs, x1) - col)
        if span.rowspan < 1 or span.colspan < 1:
            continue
        _own(owner, span, len(spans))
        spans.append(span)
    return Lattice(xs, ys, spans, owner)


def snapped(values: Sequence[float]) -> list[float]:
    """Positions closer than the snapping distance taken as one, ascending."""
    groups: list[list[float]] = []
    for value in sorted(values):
        if groups and value - groups[-1][-1] <= SNAP:
            groups[-1].append(value)
        else:
            groups.append([value])
    return [sum(group) / len(group) for group in groups]


def _merged(rules: Sequence[Rule], tolerance: float) -> list[Rule]:
    """Pieces of one line put together; what stays shorter than a cell is dropped."""
    merged: list[Rule] = []
    group: list[Rule] = []
    for rule in sorted(rules):
        if group and rule.at - group[0].at > tolerance:
            merged.extend(_chained(group))
            group = []
        group.append(rule)
    merged.extend(_chained(group))
    return [rule for rule in merged if rule.end - rule.start >= SHORTEST]


def _chained(group: Sequence[Rule]) -> list[Rule]:
    chained: list[Rule] = []
    for rule in sorted(group, key=lambda rule: rule.start):
        if chained and rule.start <= chained[-1].end + SNAP:
            last = chained[-1]
            chained[-1] = Rule(last.at, last.start, max(last.end, rule.end))
        else:
            chained.append(rule)
    return chained


def _connected(
    across: Sequence[Rule], down: Sequence[Rule]
) -> list[tuple[list[Rule], list[Rule]]]:
    """Sets of lines that touch each other."""
    parent = list(range(len(across) + len(down)))

    def root(node: int) -> int:
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    for i, (y, x0, x1) in enumerate(across):
        for j, (x, y0, y1) in enumerate(down, start=len(across)):
            if x0 - SNAP <= x <= x1 + SNAP and y0 - SNAP <= y <= y1 + SNAP:
                parent[root(j)] = root(i)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for i, rule in enumerate(across):
        groups.setdefault(root(i), ([], []))[0].append(rule)
    for j, rule in enumerate(down, start=len(across)):
        groups.setdefault(root(j), ([], []))[1].append(rule)
    return list(groups.values())


def _lattice(across: Sequence[Rule], down: Sequence[Rule]) -> Lattice | None:
    """The table a connected set of lines draws, None if it encloses nothing."""
    if len(across) + len(down) < 4 or not across or not down:
        return None
    xs = _edges([rule.at for rule in down], across)
    ys = _edges([rule.at for rule in across], down)
    if len(xs) < 2 or len(ys) < 2:
        return None
    floors = _walls(ys, xs, across)
    sides = _walls(xs, ys, down)
    if _outline_drawn(xs, ys, floors, sides) < COVERED:
        return None
    spans, owner = _cells(floors, sides, len(ys) - 1, len(xs) - 1)
    return Lattice(xs, ys, spans, owner)


def _edges(positions: Sequence[float], crossing: Sequence[Rule]) -> list[float]:
    """Where cells begin and end along one axis; an outer side left undrawn is where lines end."""
    edges = snapped(positions)
    first, last = min(rule.start for rule in crossing), max(rule.end for rule in crossing)
    if edges[0] - first > 2 * SNAP:
        edges.insert(0, first)
    if last - edges[-1] > 2 * SNAP:
        edges.append(last)
    return edges


def _walls(
    positions: Sequence[float], intervals: Sequence[float], rules: Sequence[Rule]
) -> list[list[bool]]:
    """For each position and each interval between crossing edges: is a line drawn there?"""
    covered = [[0.0] * (len(intervals) - 1) for _ in positions]
    for at, start, end in _merged([_snapped_rule(rule, positions) for rule in rules], 0.0):
        row = covered[_nearest(positions, at)]
        for j in range(len(intervals) - 1):
            row[j] += max(0.0, min(end, intervals[j + 1]) - max(start, intervals[j]))
    return [
        [share >= COVERED * (intervals[j + 1] - intervals[j]) for j, share in enumerate(row)]
        for row in covered
    ]


def _snapped_rule(rule: Rule, positions: Sequence[float]) -> Rule:
    return Rule(positions[_nearest(positions, rule.at)], rule.start, rule.end)


def _nearest(positions: Sequence[float], value: float) -> int:
    return min(range(len(positions)), key=lambda i: abs(positions[i] - value))


def _outline_drawn(
    xs: Sequence[float],
    ys: Sequence[float],
    floors: Sequence[Sequence[bool]],
    sides: Sequence[Sequence[bool]],
) -> float:
    """The share of the table's outer border that is drawn."""
    widths = [b - a for a, b in zip(xs, xs[1:], strict=False)]
    heights = [b - a for a, b in zip(ys, ys[1:], strict=False)]
    drawn = sum(
        length
        for walls, lengths in (
            (floors[0], widths),
            (floors[-1], widths),
            (sides[0], heights),
            (sides[-1], heights),
        )
        for wall, length in zip(walls, lengths, strict=True)
        if wall
    )
    return drawn / (2 * (sum(widths) + sum(heights)))


def _cells(
    floors: Sequence[Sequence[bool]], sides: Sequence[Sequence[bool]], rows: int, cols: int
) -> tuple[list[Span], list[list[int]]]:
    """Cut rows × cols slots into wall-free rectangles, in reading order."""
    owner = [[-1] * cols for _ in range(rows)]
    spans: list[Span] = []
    for row in range(rows):
        for col in range(cols):
            if owner[row][col] >= 0:
                continue
            right = col + 1
            while right < cols and not sides[right][row] and owner[row][right] < 0:
                right += 1
            low = row + 1
            while low < rows and not (
                any(floors[low][col:right]) or any(sides[x][low] for x in range(col + 1, right))
            ):
                low += 1
            span = Span(row, col, low - row, right - col)
            _own(owner, span, len(spans))
            spans.append(span)
    return spans, owner


def _own(owner: list[list[int]], span: Span, index: int) -> None:
    for row in range(span.row, span.row + span.rowspan):
        for col in range(span.col, span.col + span.colspan):
            owner[row][col] = index


def _is_frame(lattice: Lattice, others: Sequence[Lattice], page_height: float) -> bool:
    """Whether a single box only surrounds prose or other tables."""
    tall = lattice.ys[-1] - lattice.ys[0] > page_height / 3
    return tall or any(other is not lattice and lattice.holds(other) for other in others)
