"""The cells of a row under the columns of its header: by place where there is one, else by order.

A row that does not single out one cell for each column is not read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from pipeline.model import Cell, Layout
from pipeline.recognise.headers import Leaf
from pipeline.recognise.lines import Line
from pipeline.recognise.rows import Placed
from pipeline.text import is_value_like, label

_BROKEN_DIGITS = re.compile(r"\d\s*\n\s*\d")
_CODE = re.compile(r"\d{1,2}")


def bound_cells(
    here: Placed, header: Line, columns: tuple[Leaf, ...], leads: Mapping[int, int]
) -> list[tuple[Cell, tuple[str, ...]]] | None:
    """One value cell with its flags for each column, or None where that cannot be told."""
    values = _value_cells(here, header, columns, leads)
    if here.row.code:
        values = _without_code(values, here.row.code, len(columns))
    bound = _pair(values, _placed_columns(columns, header, here.row.line))
    if bound is None or all(cell.text for cell, _ in bound):
        return bound
    # Digits on two lines are one number in a narrow cell, or two cells whose wall is lost.
    return [
        (cell, (*flags, "read:split_digits")) if _BROKEN_DIGITS.search(cell.text) else (cell, flags)
        for cell, flags in bound
    ]


def after_label(placed: Placed) -> tuple[Cell, ...]:
    """The cells of a row that come after its last label."""
    cells = placed.row.line.cells
    if placed.heading is None:
        return cells
    labels = (
        i
        for i, cell in enumerate(cells)
        if label(cell.text) and not is_value_like(cell.text) and _precedes_values(cells, i)
    )
    return cells[max(labels, default=-1) + 1 :]


def _value_cells(
    placed: Placed, header: Line, columns: tuple[Leaf, ...], leads: Mapping[int, int]
) -> tuple[Cell, ...]:
    line = placed.row.line
    cells = after_label(placed)
    if line.layout is Layout.RULED and line.table == header.table:
        first = min(leaf.cell.col for leaf in columns)
        end = max(leaf.cell.col + leaf.cell.colspan for leaf in columns)
        cells = tuple(c for c in cells if c.col + c.colspan > first and c.col < end)
    if _same_width(columns, header, line) and not placed.row.code:
        return tuple(cell for cell in cells if cell.col >= columns[0].cell.col)
    surplus = len(cells) - len(columns) - bool(placed.row.code)
    if surplus <= 0 or (line.layout is Layout.RULED and line.table == header.table):
        return cells
    if not any(cell.text for cell in cells):
        return cells[surplus:]
    starts = _possible_starts(cells, surplus)
    if len(starts) > 1 and surplus in leads:
        starts = [start for start in starts if start == leads[surplus]]
    elif len(starts) > 1 and line.layout is Layout.STREAM:
        starts = starts[:1]  # empty lines part the tables
    return cells[starts[0] :][: len(cells) - surplus] if len(starts) == 1 else cells


def _possible_starts(cells: Sequence[Cell], surplus: int) -> list[int]:
    """Where the figures of a row can begin: empty label cells before them, empty ones after."""
    width = len(cells) - surplus
    return [
        start
        for start in range(surplus + 1)
        if not any(cell.text for cell in (*cells[:start], *cells[start + width :]))
    ]


def agreed_leads(placed: Sequence[Placed], columns: Sequence[Leaf]) -> dict[int, int]:
    """For each number of surplus cells how many of them come first, where filled rows agree."""
    found: dict[int, set[int]] = {}
    for here in placed:
        if not here.row.code:
            cells = after_label(here)
            surplus = len(cells) - len(columns)
            starts = _possible_starts(cells, surplus) if surplus > 0 else []
            if len(starts) == 1:
                found.setdefault(surplus, set()).add(starts[0])
    return {surplus: starts.pop() for surplus, starts in found.items() if len(starts) == 1}


def _without_code(values: tuple[Cell, ...], code: str, width: int) -> tuple[Cell, ...]:
    """The values without the code before them, or nothing where it is not plainly there."""
    plain = code == "after" and len(values) == width + 1 and _CODE.fullmatch(values[0].text)
    return values[1:] if plain else ()


def _precedes_values(cells: Sequence[Cell], at: int) -> bool:
    """Only a serial number may stand before a label."""
    return not any(cell.text and is_value_like(cell.text) for cell in cells[1:at])


def _placed_columns(columns: Sequence[Leaf], header: Line, line: Line) -> list[tuple[int, int]]:
    """Where each column lies (first place, end), as far as header and row share a geometry.

    Where spans are lost but header and row have equally many cells, an empty header cell is the
    rest of the merged one before it. Nothing is returned where places mean nothing.
    """
    starts = [leaf.cell.col for leaf in columns]
    if line.table != header.table:
        return [(-1, -1)] * len(columns)
    if line.layout is Layout.RULED:
        return [(leaf.cell.col, leaf.cell.col + leaf.cell.colspan) for leaf in columns]
    if _same_width(columns, header, line):
        return list(zip(starts, [*starts[1:], header.cells[-1].col + 1], strict=True))
    return [(-1, -1)] * len(columns)


def _same_width(columns: Sequence[Leaf], header: Line, line: Line) -> bool:
    """Whether a row without spans still has one cell for each cell of its one-row header."""
    one_level = all(leaf.cell in header.cells for leaf in columns)
    rows = line.layout is Layout.ROWS and line.table == header.table
    return rows and one_level and len(line.cells) == len(header.cells)


def _lies_in(cell: Cell, place: tuple[int, int]) -> bool:
    return cell.col < place[1] and place[0] < cell.col + cell.colspan


def _pair(
    values: Sequence[Cell], places: Sequence[tuple[int, int]]
) -> list[tuple[Cell, tuple[str, ...]]] | None:
    """One value cell for each column, or None where the row does not single out a reading."""
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
        paired.append(((filled or under)[0], ()))
    return paired


def _shared(cell: Cell, places: Sequence[tuple[int, int]]) -> bool:
    return sum(_lies_in(cell, place) for place in places) > 1
