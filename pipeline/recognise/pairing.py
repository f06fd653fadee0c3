"""The cells of a row under the columns of its header: by place where there is one, else by order.

A row that does not single out one cell for each column is not read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.model import Cell, Layout
from pipeline.recognise.frame import Frame, after_label, lead_of, possible_starts
from pipeline.recognise.lines import Line
from pipeline.recognise.rows import Placed
from pipeline.text import is_numeral, label

_BROKEN_DIGITS = re.compile(r"\d\s+\d")
_LEADING_ZERO = re.compile(r"^\s*0\s*\d")
_CODE = re.compile(r"\d{1,2}")


Bound = list[tuple[Cell, tuple[str, ...]]]


def bound_cells(here: Placed, frame: Frame) -> Bound | None:
    """One value cell with its flags for each column, or None where that cannot be told."""
    values = _value_cells(here, frame)
    if _overflows(here, frame):
        return _by_count(after_label(here), frame)
    if here.row.code:
        values = _without_code(values, here.row.code, len(frame.columns))
    walls = here.row.line.layout is Layout.RULED
    bound = _pair(values, _placed_columns(frame, here.row.line), walls)
    if bound and _has_nameless(bound, frame):
        return None
    return bound and _with_broken_digits(bound)


def _has_nameless(bound: Bound, frame: Frame) -> bool:
    """Whether a figure stands under a heading without words: whose it is nobody says."""
    return any(
        not label(leaf.cell.text) and is_numeral(cell.text)
        for leaf, (cell, _) in zip(frame.columns, bound, strict=True)
    )


def _by_count(cells: Sequence[Cell], frame: Frame) -> Bound | None:
    """A row that stands beside its header: doubtful where it has one cell for each column."""
    if len(cells) != len(frame.columns):
        return None
    return [(cell, ("read:column_shift",)) for cell in cells]


def _overflows(here: Placed, frame: Frame) -> bool:
    """Whether a figure of the row lies under no column of its header, nor under one beside them."""
    line = here.row.line
    if line.layout is not Layout.RULED or line.table != frame.table:
        return False
    known = [(leaf.cell.col, leaf.cell.col + leaf.cell.colspan) for leaf in frame.columns]
    known += [(cell.col, cell.col + cell.colspan) for cell in frame.beside]
    first = min(start for start, _ in known)
    end = max(end for _, end in known)
    outside = [cell for cell in after_label(here) if cell.col >= end or _end(cell) <= first]
    return any(is_numeral(cell.text) for cell in outside)


def _end(cell: Cell) -> int:
    return cell.col + cell.colspan


def _with_broken_digits(bound: Bound) -> Bound:
    """Flags where a wall between two cells may be lost: digits with a gap, 04, a blank beside them.

    A number with a gap may be one in a narrow cell, which its sums can tell; none begins with 0.
    """
    blanks = [not cell.text for cell, _ in bound]
    signs = [_sign_of_two(cell.text, any(blanks)) for cell, _ in bound]
    found = []
    for i, (cell, flags) in enumerate(bound):
        beside = [sign for sign in signs[max(0, i - 1) : i + 2] if sign] if blanks[i] else []
        found.append((cell, (*flags, *([signs[i]] if signs[i] else beside[:1]))))
    return found


def _sign_of_two(text: str, blanks: bool) -> str:
    """The flag of a cell that may hold two numbers; a gap alone counts beside blanks only."""
    if _LEADING_ZERO.search(text):
        return "read:leading_zero"
    return "read:split_digits" if blanks and _BROKEN_DIGITS.search(text) else ""


def _value_cells(placed: Placed, frame: Frame) -> tuple[Cell, ...]:
    """The cells that can hold the figures of a row; more or fewer where that cannot be told."""
    line, columns = placed.row.line, frame.columns
    cells = after_label(placed)
    if line.layout is Layout.RULED and line.table == frame.table:
        first = min(leaf.cell.col for leaf in columns)
        end = max(leaf.cell.col + leaf.cell.colspan for leaf in columns)
        return tuple(c for c in cells if c.col + c.colspan > first and c.col < end)
    if line in frame.slipped:
        return cells
    if _same_width(frame, line) and not placed.row.code:
        return tuple(cell for cell in cells if columns[0].cell.col <= cell.col < _last(frame, line))
    width = len(columns) + bool(placed.row.code)
    surplus = len(cells) - width - frame.trailing
    if surplus < 0:
        whole = len(cells) == width and all(cell.text for cell in cells)
        return cells if whole or not frame.trailing else ()
    if not any(cell.text for cell in cells):
        return cells[surplus:][:width]
    starts = possible_starts(cells, width, frame.trailing)
    lead = lead_of(placed, frame, surplus)
    if len(starts) > 1 or (surplus and line.layout is Layout.STREAM and not placed.row.code):
        starts = [start for start in starts if start == lead]
    return cells[starts[0] :][:width] if len(starts) == 1 else ()


def _without_code(values: tuple[Cell, ...], code: str, width: int) -> tuple[Cell, ...]:
    """The values without the code before them, or nothing where it is not plainly there."""
    plain = code == "after" and len(values) == width + 1 and _CODE.fullmatch(values[0].text)
    return values[1:] if plain else ()


def _placed_columns(frame: Frame, line: Line) -> list[tuple[int, int]]:
    """Where each column lies (first place, end), as far as header and row share a geometry.

    Where spans are lost but header and row have equally many cells, an empty header cell is the
    rest of the merged one before it. Nothing is returned where places mean nothing.
    """
    starts = [leaf.cell.col for leaf in frame.columns]
    if line.layout is Layout.RULED and line.table == frame.table:
        return [(leaf.cell.col, leaf.cell.col + leaf.cell.colspan) for leaf in frame.columns]
    if _same_width(frame, line):
        return list(zip(starts, [*starts[1:], _last(frame, line)], strict=True))
    return [(-1, -1)] * len(frame.columns)


def _last(frame: Frame, line: Line) -> int:
    """Where the value columns of a row without walls end."""
    last = frame.columns[-1].cell.col
    ends = [cell.col for cell in frame.beside if cell.col > last]
    return min(ends, default=line.cells[-1].col + 1)


def _same_width(frame: Frame, line: Line) -> bool:
    """Whether a row without spans still has one cell for each cell of every row of its header."""
    rows = line.layout is Layout.ROWS and line.table == frame.table and line not in frame.slipped
    return rows and len(line.cells) == frame.width


def _lies_in(cell: Cell, place: tuple[int, int]) -> bool:
    return cell.col < place[1] and place[0] < cell.col + cell.colspan


def _pair(values: Sequence[Cell], places: Sequence[tuple[int, int]], walls: bool) -> Bound | None:
    """One value cell for each column, or None where the row does not single out a reading.

    Several cells between the walls of one column are parts of it, and the header names none of
    them. Without walls the rest of a merged cell looks like a cell; a figure is at its beginning.
    """
    known = bool(places) and places[0] != (-1, -1)
    if len(values) == len(places):
        return [
            (cell, () if not known or _lies_in(cell, place) else ("read:column_shift",))
            for cell, place in zip(values, places, strict=True)
        ]
    if not known:
        return None
    paired: list[tuple[Cell, tuple[str, ...]]] = []
    for place in places:
        under = [cell for cell in values if _lies_in(cell, place)]
        filled = [cell for cell in under if cell.text]
        if not under or len(filled) > 1 or any(_shared(cell, places) for cell in under):
            return None
        cell = (filled or under)[0]
        split = len(under) > 1 if walls else bool(filled) and cell is not under[0]
        paired.append((cell, ("read:column_split",) if split else ()))
    return paired


def _shared(cell: Cell, places: Sequence[tuple[int, int]]) -> bool:
    return sum(_lies_in(cell, place) for place in places) > 1
