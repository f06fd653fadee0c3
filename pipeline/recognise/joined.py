"""Rows whose label and figures have run together: 规章000, 行政许可97."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from pipeline import doubt
from pipeline.doubt import Doubt
from pipeline.forms import Sheet
from pipeline.model import Cell, Layout
from pipeline.recognise.printed import PrintedRow, row_of
from pipeline.recognise.rows import BareRow
from pipeline.text import label, trimmed

_NO_TABLE = 0  # tables are numbered from 1: the places of parted cells mean nothing in any
_RUN_ON = re.compile(r"(?P<label>.*?\D)(?P<digits>[0-9０-９]+)", re.DOTALL)


def with_parted(
    rows: Sequence[BareRow], body: Sequence[PrintedRow], sheet: Sheet, width: int
) -> list[BareRow]:
    """The rows of a stretch, those parted that say a label and its figures in one cell.

    `width` is the number of their columns. Figures that stand below without a label would be theirs
    too, and leave open what the digits are.
    """
    if not any(row.labels and row.labels[-1][-1].isdecimal() for row in body):
        return list(rows)
    before_figures = {one for one, below in pairwise(body) if below.has_numeral and not below.words}
    return [
        bare if bare.printed in before_figures else _parted(bare, sheet, width) for bare in rows
    ]


def _parted(bare: BareRow, sheet: Sheet, width: int) -> BareRow:
    """The row with its figures in cells of their own, where they can be parted in one way only.

    One figure is all the digits. Of several each is one digit, if no column is blank: that is
    certain of noughts alone, for no number begins with one.
    """
    filled = [cell for cell in bare.row.cells if cell.text.strip()]
    found = _RUN_ON.fullmatch(trimmed(filled[0].text)) if len(filled) == 1 else None
    if found is None:
        return bare
    headings = sheet.row_headings.get(label(found["label"]), ())
    digits = found["digits"]
    one_number = width == 1 and (len(digits) == 1 or int(digits[0]) != 0)
    figures = [digits] if one_number else list(digits)
    if len(headings) != 1 or headings[0].group or len(figures) != width:
        return bare
    cell = filled[0]
    texts = (found["label"], *figures)
    cells = tuple(
        Cell(text, cell.row, col, where=cell.where, doubts=cell.doubts)
        for col, text in enumerate(texts)
    )
    certain = width == 1 or not int(digits)
    doubts = () if certain else (Doubt(doubt.PARTED),)
    row = row_of(cells, Layout.ROWS, _NO_TABLE)
    return replace(bare, row=row, doubts=(*bare.doubts, *doubts))
