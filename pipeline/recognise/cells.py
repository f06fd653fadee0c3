"""The cells of a row under the columns of its header: by place where there is one, else by order.

A row that does not single out one cell for each column is not read. What the rows under a header
have in common (`Geometry`) tells where their figures begin when a file has lost its walls.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline import doubt
from pipeline.doubt import Doubt
from pipeline.forms import Sheet
from pipeline.model import Cell, Layout
from pipeline.recognise.columns import Column, is_beside
from pipeline.recognise.printed import PrintedRow
from pipeline.recognise.rows import PlacedRow
from pipeline.text import is_numeral, label

_MOST = 2 / 3  # of the rows; so many make a habit of what they have in common
_BROKEN_DIGITS = re.compile(r"\d\s+\d")
_LEADING_ZERO = re.compile(r"^\s*0\s*\d")
_CODE = re.compile(r"\d{1,2}")

Leads = Mapping[int, int]  # likeness of rows → empty cells before their figures
BoundCells = list[tuple[Cell, tuple[Doubt, ...]]]  # for each column its cell


@dataclass(frozen=True, slots=True)
class Geometry:
    """The value columns under one header, its table, and how many cells a row of it has.

    They lie between the places `first` and `end` on a page that has kept its walls. The width is 0
    where the rows of the header differ in it, or its columns do not lie in order. With the columns
    beside them, which hold no figure of the form, they lie between the places `outer`; `behind` is
    where the first of these begins that comes after them, and `trailing` how many come last.
    `leads` says how many empty cells stand before the figures of rows of each likeness; `slipped`
    are the rows whose label stands in another column than those of their like, or that have more
    cells than any other; in rows of text that are `flush` no blank stands before any label.
    """

    sheet: Sheet
    columns: tuple[Column, ...]
    first: int
    end: int
    table: int
    width: int
    outer: tuple[int, int]
    behind: int | None
    trailing: int
    leads: Leads
    slipped: frozenset[PrintedRow]
    flush: bool

    def last(self, row: PrintedRow) -> int:
        """Where the value columns of a row without walls end."""
        return row.cells[-1].col + 1 if self.behind is None else self.behind

    def is_ruled(self, row: PrintedRow) -> bool:
        """Whether the row has its walls and stands in the table of its header."""
        return row.layout is Layout.RULED and row.table == self.table

    def is_as_wide(self, row: PrintedRow) -> bool:
        """Whether a row without spans has one cell for each cell of every row of its header."""
        kept = row.layout is Layout.ROWS and row.table == self.table and row not in self.slipped
        return kept and len(row.cells) == self.width


def geometry_of(
    sheet: Sheet,
    columns: tuple[Column, ...],
    header: Sequence[PrintedRow],
    placed: Sequence[PlacedRow],
    leads: Leads,
) -> Geometry:
    """What these rows under these rows of a header agree on."""
    cells = {column.cell for column in columns}
    widths = {len(row.cells) for row in header if not cells.isdisjoint(row.cells)}
    starts = [column.cell.col for column in columns]
    ordered = starts == sorted(set(starts))
    width = widths.pop() if ordered and len(widths) == 1 else 0
    beside: list[Cell] = []
    trailing = 0
    for row in header:
        named = (i for i, c in enumerate(row.cells) if label(c.text) and not is_beside(c, sheet))
        last = max(named, default=-1)
        here = [(i, cell) for i, cell in enumerate(row.cells) if is_beside(cell, sheet)]
        beside += [cell for _, cell in here]
        trailing += sum(i > last for i, _ in here)
    text_rows = [row.row for row in placed if row.row.layout is Layout.ROWS]
    flush = all(cell.text for row in text_rows for cell in row.cells[: row.label_at])
    slipped = (frozenset() if flush else _slipped(placed)) | _swollen(placed, len(columns))
    first = min(starts, default=0)
    end = max((_end(column.cell) for column in columns), default=0)
    table = header[-1].table
    outer = min([first, *(c.col for c in beside)]), max([end, *map(_end, beside)])
    behind = min((c.col for c in beside if columns and c.col > starts[-1]), default=None)
    lying = (first, end, table, width, outer, behind, trailing)
    return Geometry(sheet, columns, *lying, leads, slipped, flush)


def _slipped(placed: Sequence[PlacedRow]) -> frozenset[PrintedRow]:
    """Rows of text that begin in another column than most of those under the same group.

    Of `flush` rows the first of a group does so, for the label of the group stands before its own.
    """
    columns: dict[str, dict[PrintedRow, int]] = {}
    for row in placed:
        if row.row.layout is Layout.ROWS and row.heading:
            columns.setdefault(row.heading.under, {})[row.row] = row.row.label_at
    slipped: set[PrintedRow] = set()
    for places in columns.values():
        usual, count = Counter(places.values()).most_common(1)[0]
        if count >= len(places) * _MOST:
            slipped |= {row for row, at in places.items() if at != usual}
    return frozenset(slipped)


def _swollen(placed: Sequence[PlacedRow], width: int) -> frozenset[PrintedRow]:
    """Rows of a stream with a number of cells too many that no other row has, save the last.

    Merged labels and the end of a table leave empty lines; a page number comes alone.
    """
    streams = [row for row in placed if row.row.layout is Layout.STREAM]
    surplus = {row.row: len(row.after_label) - width for row in streams}
    counts = Counter(surplus.values())
    return frozenset(
        row for row, more in list(surplus.items())[:-1] if more > 0 and counts[more] == 1
    )


# Where the figures of a row begin


def agreed_leads(sheet: Sheet, rows: Sequence[tuple[PlacedRow, int]]) -> Leads:
    """The lead of each likeness that most rows of a sheet have; each comes with its width."""
    starts_of: dict[int, Counter[int]] = {}
    for placed, width in rows:
        if not placed.bare.code:
            cells = placed.after_label
            starts = _possible_starts(cells, width)
            if len(starts) == 1:
                likes = _likes_of(placed, sheet, len(cells) - width)
                starts_of.setdefault(likes, Counter())[starts[0]] += 1
    leads = {likes: starts.most_common(1)[0] for likes, starts in starts_of.items()}
    return {
        likes: lead
        for likes, (lead, count) in leads.items()
        if count >= starts_of[likes].total() * _MOST
    }


def _possible_starts(cells: Sequence[Cell], width: int, trailing: int = 0) -> list[int]:
    """Where the figures of a row can begin: empty label cells before them, empty ones after.

    The `trailing` cells just behind them belong to columns beside the form's and may say anything.
    """
    filled = [i for i, cell in enumerate(cells) if cell.text]
    last = len(cells) - width - trailing
    if not filled:
        return list(range(last + 1))
    low = max(filled[-1] - width - trailing + 1, 0)
    return list(range(low, min(filled[0], last) + 1))


def _likes_of(placed: PlacedRow, sheet: Sheet, surplus: int) -> int:
    """What rows of a table without walls are alike in: how many cells they have too many.

    In a stream that is not known, for empty lines follow a table; it is their place in the outline.
    """
    if placed.row.layout is not Layout.STREAM:
        return surplus
    return sheet.depths.get(placed.heading.id if placed.heading else "", 0)


def _lead_of(placed: PlacedRow, geometry: Geometry, surplus: int) -> int | None:
    """How many empty cells come before the figures of a row, as far as its like tell.

    A label further up in the outline spans no fewer columns: where none is left over after it,
    none is after those below it. Flush rows whose like tell nothing are as all others are.
    """
    likes = _likes_of(placed, geometry.sheet, surplus)
    leads = geometry.leads
    if geometry.flush and placed.row.layout is Layout.ROWS and set(leads.values()) == {0}:
        return 0
    if likes in leads or placed.row.layout is not Layout.STREAM:
        return leads.get(likes)
    return 0 if any(lead == 0 and depth < likes for depth, lead in leads.items()) else None


# One cell for each column


def bound_cells(placed: PlacedRow, geometry: Geometry) -> BoundCells | None:
    """One value cell with its doubts for each column, or None where that cannot be told."""
    row, columns = placed.row, geometry.columns
    if overflows(placed, geometry):
        # The row stands beside its header: doubtful where it has one cell for each column.
        cells = placed.after_label
        shifted = (Doubt(doubt.COLUMN_SHIFT),)
        return [(cell, shifted) for cell in cells] if len(cells) == len(columns) else None
    values = _value_cells(placed, geometry)
    if placed.bare.code:
        plain = placed.bare.code == "after" and len(values) == len(columns) + 1
        values = values[1:] if plain and _CODE.fullmatch(values[0].text) else ()
    bound = _paired(values, _places(geometry, row), len(columns), row.layout is Layout.RULED)
    if bound is None or any(
        not label(column.cell.text) and is_numeral(cell.text)
        for column, (cell, _) in zip(columns, bound, strict=True)
    ):
        return None  # whose a figure under a heading without words is, nobody says
    return _with_broken_digits(bound)


def overflows(placed: PlacedRow, geometry: Geometry) -> bool:
    """Whether a figure of the row lies under no column of its header, nor under one beside them.

    Where walls are lost, the last column goes on to the end of the row, and a header of one level
    may leave columns of the publisher's own before the form's.
    """
    first, end = geometry.outer
    if not geometry.is_ruled(placed.row):
        if not (geometry.sheet.is_tree and geometry.is_as_wide(placed.row)):
            return False
        end = _end(placed.row.cells[-1])
    return any(
        is_numeral(cell.text)
        for cell in placed.after_label
        if cell.col >= end or _end(cell) <= first
    )


def _value_cells(placed: PlacedRow, geometry: Geometry) -> tuple[Cell, ...]:
    """The cells that can hold the figures of a row; more or fewer where that cannot be told."""
    row, cells = placed.row, placed.after_label
    if geometry.is_ruled(row):
        first, end = geometry.first, geometry.end
        return tuple(cell for cell in cells if _end(cell) > first and cell.col < end)
    if row in geometry.slipped:
        return _between_figures(cells, len(geometry.columns)) or cells
    if geometry.is_as_wide(row) and not placed.bare.code:
        first, end = geometry.columns[0].cell.col, geometry.last(row)
        return tuple(cell for cell in cells if first <= cell.col < end)
    width = len(geometry.columns) + bool(placed.bare.code)
    surplus = len(cells) - width - geometry.trailing
    if surplus < 0:
        whole = len(cells) == width and all(cell.text for cell in cells)
        return cells if whole or not geometry.trailing else ()
    if not any(cell.text for cell in cells):
        return cells[surplus:][:width]
    starts = _possible_starts(cells, width, geometry.trailing)
    if len(starts) > 1 or (surplus and row.layout is Layout.STREAM and not placed.bare.code):
        lead = _lead_of(placed, geometry, surplus)
        starts = [start for start in starts if start == lead]
    return cells[starts[0] :][:width] if len(starts) == 1 else ()


def _between_figures(cells: Sequence[Cell], width: int) -> tuple[Cell, ...]:
    """The cells from the first figure to the last, where they are as many as the columns."""
    filled = [i for i, cell in enumerate(cells) if cell.text]
    whole = bool(filled) and filled[-1] - filled[0] == width - 1
    return tuple(cells[filled[0] : filled[-1] + 1]) if whole else ()


def _places(geometry: Geometry, row: PrintedRow) -> list[tuple[int, int]]:
    """Where each column lies (first place, end), as far as header and row share a geometry.

    Where spans are lost but header and row have equally many cells, an empty header cell is the
    rest of the merged one before it. Nothing is returned where places mean nothing.
    """
    if geometry.is_ruled(row):
        return [(column.cell.col, _end(column.cell)) for column in geometry.columns]
    if geometry.is_as_wide(row):
        starts = [column.cell.col for column in geometry.columns]
        return list(zip(starts, [*starts[1:], geometry.last(row)], strict=True))
    return []


def _paired(
    values: Sequence[Cell], places: Sequence[tuple[int, int]], count: int, walls: bool
) -> BoundCells | None:
    """One value cell for each column, or None where the row does not single out a reading.

    `count` is the number of columns; without `places` it is all that is known of them. Several
    cells between the walls of one column are parts of it, and the header names none of them.
    Without walls the rest of a merged cell looks like a cell; a figure is at its beginning.
    """
    if not places:
        return [(cell, ()) for cell in values] if len(values) == count else None
    if len(values) == count:
        shifted = (Doubt(doubt.COLUMN_SHIFT),)
        return [
            (cell, () if _lies_in(cell, place) else shifted)
            for cell, place in zip(values, places, strict=True)
        ]
    paired: BoundCells = []
    for place in places:
        under = [cell for cell in values if _lies_in(cell, place)]
        filled = [cell for cell in under if cell.text]
        shared = any(sum(_lies_in(cell, other) for other in places) > 1 for cell in under)
        if not under or len(filled) > 1 or shared:
            return None
        cell = (filled or under)[0]
        split = len(under) > 1 if walls else bool(filled) and cell is not under[0]
        paired.append((cell, (Doubt(doubt.COLUMN_SPLIT),) if split else ()))
    return paired


def _lies_in(cell: Cell, place: tuple[int, int]) -> bool:
    return cell.col < place[1] and place[0] < _end(cell)


def _end(cell: Cell) -> int:
    return cell.col + cell.colspan


def _with_broken_digits(bound: BoundCells) -> BoundCells:
    """Doubts where a wall between two cells may be lost: digits with a gap, 04, a blank beside.

    A number with a gap may be one in a narrow cell, which its sums can tell; none begins with 0.
    """
    blanks = [not cell.text for cell, _ in bound]
    holed = any(blanks)
    signs = [_sign_of_two(c.text, holed) if len(c.text) > 1 else None for c, _ in bound]
    if not any(signs):
        return bound
    marked: BoundCells = []
    for i, (cell, doubts) in enumerate(bound):
        beside = [sign for sign in signs[max(0, i - 1) : i + 2] if sign] if blanks[i] else []
        sign = signs[i] or next(iter(beside), None)
        marked.append((cell, (*doubts, sign) if sign else doubts))
    return marked


def _sign_of_two(text: str, blanks: bool) -> Doubt | None:
    """The doubt about a cell that may hold two numbers; a gap alone counts beside blanks only."""
    if _LEADING_ZERO.search(text):
        return Doubt(doubt.LEADING_ZERO)
    return Doubt(doubt.SPLIT_DIGITS) if blanks and _BROKEN_DIGITS.search(text) else None
