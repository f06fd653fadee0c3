"""What the rows of a block have in common: where their columns, labels and figures stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.forms import Sheet
from pipeline.model import Cell, Layout
from pipeline.recognise.headers import Leaf, is_beside
from pipeline.recognise.lines import Line
from pipeline.recognise.rows import Placed
from pipeline.text import is_value_like, label

_MOST = 2 / 3
Leads = Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Frame:
    """The value columns of a block, the table of their header, and how many cells a row of it has.

    The number is 0 where the rows of the header differ in it, or its columns do not lie in order.
    `beside` are the header cells of columns that hold no figure of the form, `trailing` how many of
    them come last. `leads` says how many empty cells stand before the figures of rows of each
    likeness; `slipped` are the rows whose label stands in another column than those of their like,
    or that have more cells than any other.
    """

    columns: tuple[Leaf, ...]
    table: int
    width: int
    beside: tuple[Cell, ...]
    trailing: int
    depths: Mapping[str, int]
    leads: Leads
    slipped: frozenset[Line]


def frame_of(
    sheet: Sheet,
    columns: tuple[Leaf, ...],
    header: Sequence[Line],
    placed: Sequence[Placed],
    leads: Leads,
) -> Frame:
    """What these rows under these rows of a header agree on."""
    cells = {leaf.cell for leaf in columns}
    widths = {len(line.cells) for line in header if cells.intersection(line.cells)}
    starts = [leaf.cell.col for leaf in columns]
    ordered = starts == sorted(set(starts))
    width = widths.pop() if ordered and len(widths) == 1 else 0
    beside = tuple(cell for line in header for cell in line.cells if is_beside(cell, sheet))
    return Frame(
        columns,
        header[-1].table,
        width,
        beside,
        sum(_comes_last(cell, header, sheet) for cell in beside),
        _depths(sheet),
        leads,
        _slipped(placed) | _swollen(placed, len(columns)),
    )


def _comes_last(cell: Cell, header: Sequence[Line], sheet: Sheet) -> bool:
    """Whether no heading of a column with figures comes after this one in its row."""
    line = next(line for line in header if cell in line.cells)
    after = line.cells[line.cells.index(cell) + 1 :]
    return all(is_beside(other, sheet) or not label(other.text) for other in after)


def after_label(placed: Placed) -> tuple[Cell, ...]:
    """The cells of a row that come after its last label."""
    cells = placed.row.line.cells
    return cells if placed.heading is None else cells[_label_at(cells) + 1 :]


def possible_starts(cells: Sequence[Cell], width: int, trailing: int = 0) -> list[int]:
    """Where the figures of a row can begin: empty label cells before them, empty ones after.

    The `trailing` cells just behind them belong to columns beside the form's and may say anything.
    """
    return [
        start
        for start in range(len(cells) - width - trailing + 1)
        if not any(cell.text for cell in (*cells[:start], *cells[start + width + trailing :]))
    ]


def lead_of(here: Placed, frame: Frame, surplus: int) -> int | None:
    """How many empty cells come before the figures of a row, as far as its like tell.

    A label further up in the outline spans no fewer columns: where none is left over after it,
    none is after those below it.
    """
    likes = _likes_of(here, frame.depths, surplus)
    if likes in frame.leads or here.row.line.layout is not Layout.STREAM:
        return frame.leads.get(likes)
    return 0 if any(lead == 0 and depth < likes for depth, lead in frame.leads.items()) else None


def _likes_of(here: Placed, depths: Mapping[str, int], surplus: int) -> int:
    """What rows of a table without walls are alike in: how many cells they have too many.

    In a stream that is not known, for empty lines follow a table; it is their place in the outline.
    """
    stream = here.row.line.layout is Layout.STREAM
    return depths.get(here.heading.id if here.heading else "", 0) if stream else surplus


def agreed_leads(sheet: Sheet, rows: Sequence[tuple[Placed, int]]) -> Leads:
    """The lead of each likeness that most rows of a sheet have; each comes with its width."""
    depths = _depths(sheet)
    found: dict[int, Counter[int]] = {}
    for here, width in rows:
        if not here.row.code:
            cells = after_label(here)
            starts = possible_starts(cells, width)
            if len(starts) == 1:
                likes = _likes_of(here, depths, len(cells) - width)
                found.setdefault(likes, Counter())[starts[0]] += 1
    leads = {likes: starts.most_common(1)[0] for likes, starts in found.items()}
    return {
        likes: lead
        for likes, (lead, count) in leads.items()
        if count >= found[likes].total() * _MOST
    }


def _depths(sheet: Sheet) -> dict[str, int]:
    """How many groups each row of the form is under."""
    groups = {row.id: row.under for row in sheet.rows}
    found: dict[str, int] = {}
    for row in sheet.rows:
        above, depth = row.under, 0
        while above:
            above, depth = groups.get(above, ""), depth + 1
        found[row.id] = depth
    return found


def _slipped(placed: Sequence[Placed]) -> frozenset[Line]:
    """Rows of text that begin in another column than most of those under the same group."""
    columns: dict[str, dict[Line, int]] = {}
    for here in placed:
        line = here.row.line
        if line.layout is Layout.ROWS and here.heading:
            columns.setdefault(here.heading.under, {})[line] = _label_at(line.cells)
    slipped: set[Line] = set()
    for found in columns.values():
        usual, count = Counter(found.values()).most_common(1)[0]
        if count >= len(found) * _MOST:
            slipped |= {line for line, at in found.items() if at != usual}
    return frozenset(slipped)


def _swollen(placed: Sequence[Placed], width: int) -> frozenset[Line]:
    """Rows of a stream with a number of cells too many that no other row has, save the last.

    Merged labels and the end of a table leave empty lines; a page number comes alone.
    """
    streams = [here for here in placed if here.row.line.layout is Layout.STREAM]
    surplus = {here.row.line: len(after_label(here)) - width for here in streams}
    counts = Counter(surplus.values())
    return frozenset(
        line for line, more in list(surplus.items())[:-1] if more > 0 and counts[more] == 1
    )


def _label_at(cells: Sequence[Cell]) -> int:
    """The place of the last label of a row; -1 where it has none."""
    labels = (
        i
        for i, cell in enumerate(cells)
        if label(cell.text) and not is_value_like(cell.text) and _precedes_values(cells, i)
    )
    return max(labels, default=-1)


def _precedes_values(cells: Sequence[Cell], at: int) -> bool:
    """Only a serial number may stand before a label."""
    return not any(cell.text and is_value_like(cell.text) for cell in cells[1:at])
