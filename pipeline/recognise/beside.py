"""What stands in a row beside the form's columns: a remark, a year, another figure, a unit.

No form has a place for it, and it may say that a figure beside it is wrong, or whose it is.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from pipeline import doubt
from pipeline.doubt import Doubt
from pipeline.model import Cell, Layout
from pipeline.recognise.printed import PrintedRow
from pipeline.text import YUAN, is_numeral, is_value_like, label, plain_unit, squeezed

_SERIAL = re.compile(r"\d{1,2}")
_NUMBERING = "序号"
# Headings of what a publisher puts beside a figure to compare it with.
_COMPARED = re.compile(
    "(?:上一?年度?|去年)(?:同期)?(?:数量?|件数|总计|合计)?|(?:较|比)上年(?:增减|增长|变化)(?:数量?)?|同比(?:增减|增长|变化)?"
)
# What the one row of a sheet may be called that has the organ's own figures of the year.
WHOLE = frozenset({"数量", "件数", "本年", "本年度", "合计", "总计", ""})


def said_beside(
    row: PrintedRow, after: Sequence[Cell], bound: Collection[Cell], header: Sequence[PrintedRow]
) -> Iterator[tuple[Cell, str]]:
    """The cells of a row that say something and are bound to no column, each with its heading.

    `after` are the cells after the row's label. A serial number, a plain unit of counts, a figure
    that is named as last year's and what stands for nothing say nothing of the figure beside them.
    Words before the label are weighed with the label.
    """
    start = row.cells.index(after[0]) if after else len(row.cells)
    for cell in row.cells[:start]:
        if is_numeral(cell.text) and not _SERIAL.fullmatch(cell.text.strip()):
            yield cell, _heading_over(cell, row, header)
    taken = set(map(id, bound))
    for cell in after:
        if id(cell) in taken or _says_nothing(cell.text):
            continue
        heading = _heading_over(cell, row, header)
        if not (_is_serial(cell, heading) or _is_compared(cell, heading)):
            yield cell, heading


def _is_serial(cell: Cell, heading: str) -> bool:
    return label(heading) == _NUMBERING and bool(_SERIAL.fullmatch(cell.text.strip()))


def _is_compared(cell: Cell, heading: str) -> bool:
    return is_numeral(cell.text) and bool(_COMPARED.fullmatch(label(heading)))


def _says_nothing(text: str) -> bool:
    unit = plain_unit(text)
    nil = is_value_like(text) and not is_numeral(text)
    return nil or (bool(unit) and unit not in YUAN) or squeezed(text) in WHOLE


def _heading_over(cell: Cell, row: PrintedRow, header: Sequence[PrintedRow]) -> str:
    """The lowest words above a cell, as far as places mean anything."""
    if row.layout is Layout.STREAM:
        return ""
    for level in reversed(header):
        for above in level.cells if level.table == row.table else ():
            if above.col <= cell.col < above.col + above.colspan and label(above.text):
                return above.text.replace("\n", "")
    return ""


def column_doubts(said: Sequence[tuple[Cell, str]]) -> list[Doubt]:
    """One doubt for each column of no form that says something, where it first does."""
    first: dict[str, Cell] = {}
    for cell, heading in said:
        first.setdefault(heading, cell)
    return [
        Doubt(
            doubt.COLUMN,
            f"column `{heading or '(blank)'}` is in no form, and has `{_on_one_line(cell)}`",
            cell.where,
        )
        for heading, cell in first.items()
    ]


def _on_one_line(cell: Cell) -> str:
    return cell.text.replace("\n", "")


def rows_covered(
    said: Sequence[tuple[PrintedRow, Cell]], rows: Sequence[PrintedRow]
) -> frozenset[PrintedRow]:
    """The rows beside which such cells stand; a merged one stands beside several."""
    covered = {row for row, _ in said}
    for by, cell in said:
        if cell.rowspan > 1:
            last = cell.row + cell.rowspan
            covered |= {
                row
                for row in rows
                if row.table == by.table and row.cells and cell.row <= row.cells[0].row < last
            }
    return frozenset(covered)
