"""Rulings → ruled tables: connected lines, and the wall-free rectangles between them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import attrgetter
from typing import NamedTuple

from pipeline.readers.pdf.marks import Ruling

_SNAP = 3.0
_DRAWN = 0.5  # the share of its outline that a table has to draw


class Box(NamedTuple):
    """A cell of a ruled table: its place in the table and on the page."""

    row: int
    col: int
    rowspan: int
    colspan: int
    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Frame:
    """A ruled table on a page: the positions of its lines, and its cells in reading order."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    boxes: tuple[Box, ...]


def frames(rulings: Sequence[Ruling]) -> list[Frame]:
    """The tables that the lines of a page draw, from top to bottom; lone boxes are none."""
    found = [_frame(group) for group in _connected(_joined(rulings))]
    tables = [frame for frame in found if frame is not None and len(frame.boxes) > 1]
    return sorted(tables, key=lambda frame: (frame.ys[0], frame.xs[0]))


def _joined(rulings: Sequence[Ruling]) -> list[Ruling]:
    """Lines snapped to common positions, collinear pieces made one."""
    joined: list[Ruling] = []
    for horizontal in (True, False):
        mine = [ruling for ruling in rulings if ruling.horizontal is horizontal]
        for at, group in _clusters(mine):
            pieces = sorted((ruling.start, ruling.end) for ruling in group)
            start, end = pieces[0]
            for low, high in pieces[1:]:
                if low <= end + _SNAP:
                    end = max(end, high)
                else:
                    joined.append(Ruling(horizontal, at, start, end))
                    start, end = low, high
            joined.append(Ruling(horizontal, at, start, end))
    return joined


def _clusters(rulings: Iterable[Ruling]) -> list[tuple[float, list[Ruling]]]:
    groups: list[list[Ruling]] = []
    for ruling in sorted(rulings, key=attrgetter("at")):
        if groups and ruling.at - groups[-1][-1].at <= _SNAP:
            groups[-1].append(ruling)
        else:
            groups.append([ruling])
    return [(sum(r.at for r in group) / len(group), group) for group in groups]


def _touch(one: Ruling, other: Ruling) -> bool:
    if one.horizontal is other.horizontal:
        return False
    return (
        one.start - _SNAP <= other.at <= one.end + _SNAP
        and other.start - _SNAP <= one.at <= other.end + _SNAP
    )


def _connected(rulings: list[Ruling]) -> list[list[Ruling]]:
    groups: list[list[Ruling]] = []
    left = list(rulings)
    while left:
        group = [left.pop()]
        for member in group:
            near = [r for r in left if _touch(member, r)]
            left = [r for r in left if r not in near]
            group += near
        groups.append(group)
    return groups


def _positions(rulings: Iterable[Ruling]) -> list[float]:
    return [at for at, _ in _clusters(rulings)]


def _edges(group: list[Ruling], horizontal: bool) -> list[float]:
    """Where cells end along one axis; a side left undrawn is where the crossing lines end.

    Some writers draw no line where a page break cuts a table, or none at its sides.
    """
    edges = _positions(r for r in group if r.horizontal is horizontal)
    crossing = [r for r in group if r.horizontal is not horizontal]
    if not edges or not crossing:
        return edges
    first, last = min(r.start for r in crossing), max(r.end for r in crossing)
    before = [first] if edges[0] - first > 2 * _SNAP else []
    after = [last] if last - edges[-1] > 2 * _SNAP else []
    return [*before, *edges, *after]


def _outline(
    xs: list[float], ys: list[float], below: list[list[bool]], beside: list[list[bool]]
) -> float:
    """The share of the outer border that is drawn."""
    across = [b - a for a, b in pairwise(xs)]
    down = [b - a for a, b in pairwise(ys)]
    sides = ((below[0], across), (below[-1], across), (beside[0], down), (beside[-1], down))
    drawn = sum(
        length
        for walls, lengths in sides
        for wall, length in zip(walls, lengths, strict=True)
        if wall
    )
    return drawn / (2 * (xs[-1] - xs[0] + ys[-1] - ys[0]))


def _frame(group: list[Ruling]) -> Frame | None:
    xs = _edges(group, False)
    ys = _edges(group, True)
    if len(xs) < 2 or len(ys) < 2:
        return None
    below = _walls([ruling for ruling in group if ruling.horizontal], ys, xs)
    beside = _walls([ruling for ruling in group if not ruling.horizontal], xs, ys)
    if _outline(xs, ys, below, beside) < _DRAWN:
        return None
    taken: set[tuple[int, int]] = set()
    boxes: list[Box] = []
    for row in range(len(ys) - 1):
        for col in range(len(xs) - 1):
            if (row, col) in taken:
                continue
            width = 1
            while (
                col + width < len(xs) - 1
                and not beside[col + width][row]
                and (row, col + width) not in taken
            ):
                width += 1
            height = 1
            while row + height < len(ys) - 1 and not any(
                below[row + height][c] for c in range(col, col + width)
            ):
                height += 1
            taken |= {(r, c) for r in range(row, row + height) for c in range(col, col + width)}
            boxes.append(
                Box(row, col, height, width, xs[col], ys[row], xs[col + width], ys[row + height])
            )
    return Frame(tuple(xs), tuple(ys), tuple(boxes))


def _walls(rulings: list[Ruling], at: list[float], across: list[float]) -> list[list[bool]]:
    """For each line position, whether a ruling is drawn there from each crossing line to the next.

    The middle decides.
    """
    middles = [(start + end) / 2 for start, end in pairwise(across)]
    walls = []
    for place in at:
        drawn = [(r.start, r.end) for r in rulings if abs(r.at - place) <= _SNAP]
        walls.append([any(start <= m <= end for start, end in drawn) for m in middles])
    return walls
