"""A stretch made ready: its columns named, its rows known, before any of its cells is bound."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from pipeline import doubt
from pipeline.doubt import Doubt
from pipeline.forms import Form, Sheet, without_years
from pipeline.model import Cell, Layout
from pipeline.outline import Outline
from pipeline.recognise.beside import WHOLE
from pipeline.recognise.cells import agreed_leads, bound_cells, geometry_of
from pipeline.recognise.columns import Column, Columns, columns_of
from pipeline.recognise.joined import with_parted
from pipeline.recognise.match import Stretch
from pipeline.recognise.nameless import named_by_order
from pipeline.recognise.ordered import bears_out, ordered_columns
from pipeline.recognise.printed import PrintedRow
from pipeline.recognise.rows import BareRow, PlacedRow, bare_rows, placed_rows
from pipeline.recognise.stretches import without_repeats
from pipeline.text import (
    is_numeral,
    is_value_like,
    label,
    leaves_label,
    money_unit,
    notes_in,
    plain_unit,
)

_LONG_NOTE = 30  # characters; a shorter one says something else with one more
_ALIKE = 0.95  # of the characters of a long note
_FEWEST_NUMBERED = 5  # columns; 1, 2, 3 may be figures
_NAMED_BY_ORDER = (
    "rows of bare figures are as many as the rows of the form, the labels stand elsewhere in its"
    " order, and every sum holds: the rows are the form's in order"
)
_MONEY = re.compile("[元万萬]")


@dataclass(frozen=True, slots=True)
class Around:
    """What is known of a document beside a stretch: the tables that words part from the one before
    (`apart`), and the row that the document ends with, if it ends with a table (`torn`)."""

    outline: Outline
    apart: Collection[int]
    torn: PrintedRow | None

    def labels(self) -> Iterator[str]:
        """What every paragraph and every cell says, in reading order, comparably written."""
        for block in self.outline.blocks:
            if block.is_table:
                yield from (label(cell.text) for cell in block.cells)
            else:
                yield block.label


@dataclass(frozen=True, slots=True)
class Prepared:
    """A stretch whose columns and rows are known, before its cells are.

    `step` says what it took to name the columns, if it was more than to read their words.
    """

    stretch: Stretch
    around: Around
    columns: tuple[Column, ...]
    settled: bool
    header: PrintedRow
    placed: list[PlacedRow]
    notes: tuple[str, ...]
    step: str = ""

    def is_torn(self, row: PlacedRow) -> bool:
        """Whether the text ends in the row, before it has a cell for each column."""
        return row.bare.printed is self.around.torn and len(row.after_label) < len(self.columns)

    @property
    def ids(self) -> frozenset[str]:
        return frozenset(column.heading.id for column in self.columns if column.heading)

    @property
    def is_wall_less(self) -> bool:
        """Whether a row does not lie under its header as it does on the page."""
        table = self.header.table
        rows = (row.row for row in self.placed)
        return any(row.layout is not Layout.RULED or row.table != table for row in rows)


def _unit_notes(stretch: Stretch) -> tuple[str, ...]:
    """The rows of words in the table that state a unit of money."""
    known = stretch.sheet.row_headings
    return tuple(
        row.printed
        for row in stretch.body
        if label(row.cells[0].text) not in known
        and any(_MONEY.search(c.text) for c in row.cells)
        and money_unit(row.printed)
    )


def prepared(form: Form, stretch: Stretch, around: Around) -> Prepared:
    """The stretch with the columns that its header names, or that the form's order gives it."""
    notes = (*_unit_notes(stretch), *around.outline.unit_notes)
    named = columns_of(stretch.header, stretch.sheet)
    if not named.settled and not stretch.sheet.is_tree and (once := without_repeats(stretch)):
        fewer = columns_of(once.header, stretch.sheet)
        ids = [column.heading.id for column in fewer.printed if column.heading]
        if any(list(row.cells) == ids for row in stretch.sheet.rows):
            stretch, named = once, fewer
    ready = _with_columns(form, stretch, named, notes, around)
    whole = not stretch.sheet.is_tree or len(named.printed) >= len(stretch.sheet.leaf_columns)
    if (named.settled and whole) or stretch.sheet.exact:
        return ready
    ordered = ordered_columns(stretch.header, stretch.sheet)
    if not ordered:
        return ready
    by_order = _with_columns(form, stretch, Columns(ordered), notes, around)
    return _borne_out(form, by_order) or ready


def _borne_out(form: Form, ready: Prepared) -> Prepared | None:
    """The stretch, if every row of it is singled out by its label and has a cell for each column,
    and all sums along the rows hold."""
    sheet, columns = ready.stretch.sheet, ready.columns
    leads = agreed_leads(sheet, [(row, len(columns)) for row in ready.placed])
    geometry = geometry_of(sheet, columns, ready.stretch.header, ready.placed, leads)
    rows: list[dict[str, Cell]] = []
    for row in ready.placed:
        bound = None if row.by_likeness or row.rivals else bound_cells(row, geometry)
        if bound is None and ready.is_torn(row):
            continue
        if bound is None:
            return None
        cells = zip(columns, (cell for cell, _ in bound), strict=True)
        rows.append({c.heading.id: cell for c, cell in cells if c.heading})
    if not rows or not bears_out(form, sheet, rows):
        return None
    printed = ", ".join(dict.fromkeys(column.cell.text.replace("\n", "") for column in columns))
    words = f"the header ({printed}) is no more than remnants: its columns are the form's in order"
    return replace(ready, step=words)


def _with_columns(
    form: Form, stretch: Stretch, named: Columns, notes: tuple[str, ...], around: Around
) -> Prepared:
    sheet = stretch.sheet
    header, rows = bare_rows(sheet, named.printed, stretch.header[-1], stretch.body)
    columns = tuple(c for c in named.printed if not (c.heading and c.heading.aside))
    if not sheet.exact:
        columns = tuple(_with_note(column, sheet) for column in columns)
    if sheet.rows and not sheet.exact:
        rows = with_parted(rows, stretch.body, sheet, len(columns))
    placed = placed_rows(sheet, rows, columns) if sheet.rows else _unlabelled(rows)
    step = ""
    if named.settled and any(row.has_numeral and not row.own_label for row in stretch.body):
        in_order = named_by_order(form, sheet, rows, columns, around.labels())
        placed, step = in_order or placed, _NAMED_BY_ORDER if in_order else ""
    parted = Doubt(doubt.APART)
    placed = [
        replace(row, doubts=(*row.doubts, parted))
        if row.bare.printed.table in around.apart and row.bare.printed.table != header.table
        else row
        for row in placed
    ]
    return Prepared(stretch, around, columns, named.settled, header, placed, notes, step)


def _with_note(column: Column, sheet: Sheet) -> Column:
    """The column, doubted where a note at its heading may change what it counts."""
    known = Doubt(doubt.HEADER)
    noted = is_noted(column.cell, sheet)
    return replace(column, doubts=(*column.doubts, known)) if noted else column


def is_noted(cell: Cell, sheet: Sheet) -> bool:
    """Whether a cell of words has a note that is neither harmless nor the form's own."""
    known = (sheet.row_headings, sheet.column_headings, sheet.skipped)
    return any(
        not leaves_label(note)
        and not any(note in words for words in known)
        and not _is_the_form_s(note, sheet)
        for note in notes_in(cell.text)
    )


def _is_the_form_s(note: str, sheet: Sheet) -> bool:
    """Whether copies of the form print the note; a long one may be damaged in a few places."""
    plain = without_years(note)
    return plain in sheet.notes or any(
        SequenceMatcher(None, plain, text, autojunk=False).ratio() >= _ALIKE
        for text in sheet.notes
        if len(text) >= _LONG_NOTE
    )


def _unlabelled(rows: Sequence[BareRow]) -> list[PlacedRow]:
    """The rows with values of a sheet without row labels; blank ones when no other has any.

    One that says whose figures it has is doubtful.
    """
    rows = [bare for bare in rows if not _numbers_columns(bare.row)]
    filled = [bare for bare in rows if bare.row.has_numeral]
    blank = [bare for bare in rows if all(is_value_like(cell.text) for cell in bare.row.cells)]
    placed = []
    for bare in filled or blank:
        cells = [cell for cell in bare.row.cells if not is_value_like(cell.text)]
        words = {label(cell.text) for cell in cells if not plain_unit(cell.text)} - WHOLE
        named = any(not text.isascii() for text in words)  # an O or an l is a damaged figure
        placed.append(PlacedRow(bare, None, (Doubt(doubt.ROW_LABEL),) if named else ()))
    return placed


def _numbers_columns(row: PrintedRow) -> bool:
    """Whether a row only numbers the columns (栏次 | 1 | 2 | 3 …) and counts nothing."""
    figures = [cell.text.strip() for cell in row.cells if is_numeral(cell.text)]
    in_step = figures == [str(nth) for nth in range(1, len(figures) + 1)]
    return in_step and len(figures) >= _FEWEST_NUMBERED
