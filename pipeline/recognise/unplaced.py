"""Rows of a form whose figures could not be placed keep their cells, unread, with the reason."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from pipeline import doubt
from pipeline.doubt import Doubt
from pipeline.forms import Form, Heading, Sheet
from pipeline.model import Cell
from pipeline.recognise.columns import Column, is_of_a_header
from pipeline.recognise.match import BoundRow, Match
from pipeline.recognise.prepared import Prepared
from pipeline.recognise.printed import PrintedRow
from pipeline.recognise.rows import BareRow, PlacedRow, heading_of, may_be, unknown_words
from pipeline.text import money_unit

_SEVERAL_ROWS = 4  # halves of a row: figures enough for two rows are not one of the table's
_UNCONFIRMED = Doubt(doubt.FORM_UNCONFIRMED)


@dataclass(frozen=True, slots=True)
class Loose:
    """A row of no form in or beside a stretch that has these rows of the form."""

    ready: Prepared
    rows: frozenset[str]
    row: PrintedRow


def bound_row(form: Form, sheet: Sheet, placed: PlacedRow, notes: tuple[str, ...]) -> BoundRow:
    row, heading = placed.row, placed.heading
    unit = placed.bare.unit
    if heading and heading.unit and heading.kind == "money":
        unit = unit or money_unit(row.printed)
    own = row.own_label.text if heading and row.own_label else ""
    doubts = placed.doubts
    if heading is not None and not heading.confirmed:
        doubts = (*doubts, _UNCONFIRMED)
    return BoundRow(form, sheet, heading, row, unit, notes, own, doubts)


def unread(
    row: BoundRow,
    printed: PrintedRow,
    columns: Sequence[Column],
    only: Collection[Heading] = (),
) -> list[Match]:
    """A match for each cell that the form has for a row whose cells could not be told apart.

    `only` are the columns that cells are wanted of, where it is not all.
    """
    lacks = "have one cell for each column of its header" if columns else "stand under a header"
    words = f"row `{printed.printed}` does not {lacks}"
    doubts = (*row.doubts, Doubt(doubt.ROW_LENGTH, words, printed.where))
    cell, text = row.printed.cells[-1], row.printed.printed
    return [
        Match(row, slot, heading, header, cell, text, False, doubts)
        for heading, header in _wanted(row.sheet, row.heading, columns)
        if (not only or heading in only) and (slot := row.sheet.slot(row.heading, heading))
    ]


def _wanted(
    sheet: Sheet, row: Heading | None, columns: Sequence[Column]
) -> Iterator[tuple[Heading, Cell | None]]:
    """The columns that a row which could not be read has on the form, with their header cells."""
    named = {column.heading.id: column.cell for column in columns if column.heading}
    if sheet.exact:
        wanted = [column.heading for column in columns if column.heading]
    elif row is not None and row.cells:
        wanted = [column for column in sheet.columns if column.id in row.cells]
    else:
        wanted = list(sheet.leaf_columns)
    for heading in wanted:
        yield heading, named.get(heading.id)


def headless(
    form: Form,
    sheet: Sheet,
    rows: Sequence[PrintedRow],
    present: Collection[str],
) -> list[Match]:
    """Those of the rows that are the form's and stand under no header that could be understood."""
    matches: list[Match] = []
    taken = set(present)
    # A row that is no wider than those of another table may be one of them.
    others = (len(s.leaf_columns) for s in form.sheets if s.is_tree and s is not sheet)
    widest = max(others, default=0)
    for row in rows:
        heading = heading_of(row, sheet) if sheet.rows else None
        name = heading.id if heading else sheet.id
        if sheet.rows:
            fits = heading is not None and name not in taken and not is_of_a_header(row, sheet)
        else:
            whole = len(sheet.leaf_columns)
            width = _width(row, whole)
            fits = whole < width * 2 < whole * _SEVERAL_ROWS and width > widest and row.has_numeral
            fits = fits and not taken and not row.words
        if fits:
            taken.add(name)
            placed = PlacedRow(BareRow(row, row), heading, (Doubt(doubt.HEADER),))
            matches += unread(bound_row(form, sheet, placed, ()), row, ())
    return matches


def _width(row: PrintedRow, whole: int) -> int:
    """How many cells a row has, the blank ones around its figures only where it is `whole`."""
    filled = [at for at, cell in enumerate(row.cells) if cell.text]
    if len(row.cells) >= whole or not filled:
        return len(row.cells)
    return filled[-1] - filled[0] + 1


def missing(
    form: Form, sheet: Sheet, loose: Sequence[Loose], present: Collection[str]
) -> list[Match]:
    """Rows of the form that no printed row was, beside rows that may be them.

    What they hold is not known; that it is not known must be said in their place.
    """
    mine = [left for left in loose if left.ready.stretch.sheet is sheet]
    tables = {row.id: row.table for row in sheet.rows} if mine else {}
    matches: list[Match] = []
    for heading in sheet.rows:
        if heading.group or heading.optional or heading.id in present:
            continue
        for left in sorted(mine, key=lambda left: heading.labels.isdisjoint(left.row.labels)):
            beside = {tables[row] for row in left.rows}
            if beside and heading.table not in beside:
                continue
            fits = left.ready.ids.issuperset(heading.cells) or not left.ready.settled
            if fits and _may_stand_for(left, heading):
                bare = BareRow(left.row, left.row)
                placed = PlacedRow(bare, heading, (Doubt(doubt.ROW_LABEL),))
                row = bound_row(form, sheet, placed, ())
                matches += unread(row, left.row, left.ready.columns)
                break
    return matches


def _may_stand_for(left: Loose, heading: Heading) -> bool:
    """Whether a row of no form could be this one, and the document holds something of the row."""
    ready, row = left.ready, left.row
    sheet = ready.stretch.sheet
    words = unknown_words(row, sheet)
    if row is ready.around.torn:
        return bool(words) and any(text.startswith(words) for text in heading.labels)
    if words:
        known = sheet.row_headings.keys() >= set(row.labels) and not row.has_numeral
        if is_of_a_header(row, sheet):
            return False
        if known:
            return not heading.labels.isdisjoint(row.labels)
        return may_be(row, heading, sheet)
    if row.labels and not row.has_numeral:
        return False  # the label of a group alone
    if sheet.exact:
        return not heading.labels.isdisjoint(ready.around.labels())
    body = ready.stretch.body
    if row not in body:
        return True
    below = body[body.index(row) + 1 :]
    followed = any(placed.bare.printed in below for placed in ready.placed)
    return followed or not heading.labels.isdisjoint(ready.around.labels())
