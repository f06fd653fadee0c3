"""One form reading one document: blocks under headers, rows by their labels, cells by columns.

Cells are placed by their row label and their column label, never by order or count alone.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.forms import Form, Heading, Sheet
from pipeline.model import Cell, Document
from pipeline.recognise.blocks import blocks_of, rows_in_prose, tables_apart
from pipeline.recognise.doubts import (
    doubt_block,
    doubt_columns,
    doubt_row,
    doubt_strays,
    either,
    flag,
    lonely_blanks,
)
from pipeline.recognise.frame import Leads, after_label, agreed_leads, frame_of
from pipeline.recognise.headers import Leaf, columns_of
from pipeline.recognise.lines import Known, Line, printed_lines, row_headings
from pipeline.recognise.match import NO_COLUMN, Block, Match, Reading
from pipeline.recognise.pairing import bound_cells
from pipeline.recognise.rows import (
    JOINED,
    Placed,
    Row,
    bare,
    heading_of,
    line_words,
    may_be,
    own_label,
    placed_rows,
)
from pipeline.text import is_value_like, label, money_unit, plain_unit

# What the one row of a sheet may be called that has the organ's own figures of the year.
_WHOLE = frozenset({"数量", "件数", "本年", "本年度", "合计", "总计", ""})
_FEWEST = 2  # cells of a row that can hold a figure
_UNIT_NOTE = re.compile("(?:单位|注|说明|备注)(?=.*单位|.*元)")


@dataclass(frozen=True, slots=True)
class _Prepared:
    """A block whose columns and rows are known, before its cells are."""

    block: Block
    columns: tuple[Leaf, ...]
    settled: bool
    header: Line
    placed: list[Placed]
    note: str


def read_with(form: Form, document: Document, others: Sequence[Form], known: Known) -> Reading:
    """The document as this form explains it; a header of the `others` ends a block of this one."""
    slots: dict[str, int] = {}
    for sheet in form.sheets:
        for table, *_ in sheet.slots():
            slots[table] = slots.get(table, 0) + 1
    reading = Reading(form.id, slots, lines=printed_lines(document, form, known))
    notes = [p.text for p in document.paragraphs if _UNIT_NOTE.match(label(p.text))]
    note = money_unit(" ".join(notes))
    blocks = blocks_of(form, reading, [sheet for other in others for sheet in other.sheets])
    apart = tables_apart(document, form)
    ready = [_prepared(block, note or _unit_note(block), apart) for block in blocks]
    for sheet in form.sheets:
        mine = [one for one in ready if one.block.sheet is sheet]
        leads = agreed_leads(
            sheet, [(here, len(one.columns)) for one in mine for here in one.placed]
        )
        for one in mine:
            _bind_block(one, leads, reading)
    reading.loose += rows_in_prose(document, blocks)
    lonely = lonely_blanks(reading.matches)
    flag(reading.matches, 0, "read:lone_blank", lambda match: match.row in lonely)
    for sheet in form.sheets:
        _recover_missing(reading, sheet)
    return reading


def _prepared(block: Block, note: str, apart: Collection[int]) -> _Prepared:
    sheet = block.sheet
    named = columns_of(block.header, sheet)
    header, rows = bare(sheet, named.leaves, block.header[-1], block.body)
    columns = tuple(leaf for leaf in named.leaves if not (leaf.heading and leaf.heading.aside))
    placed = (
        placed_rows(sheet, rows, columns)
        if sheet.rows
        else [_unlabelled(row) for row in _data_rows(rows)]
    )
    placed = [
        replace(here, flags=(*here.flags, "read:apart"))
        if here.row.line.table in apart and here.row.line.table != header.table
        else here
        for here in placed
    ]
    return _Prepared(block, columns, named.settled, header, placed, note)


def _unlabelled(row: Row) -> Placed:
    """A row of a sheet whose rows have no labels; one that is there says whose figures it has."""
    cells = [cell for cell in row.line.cells if not is_value_like(cell.text)]
    words = {label(cell.text) for cell in cells if not plain_unit(cell.text)} - _WHOLE
    named = any(not text.isascii() for text in words)  # an O or an l is a damaged figure
    return Placed(row, None, ("read:row_label",) if named else ())


def _bind_block(ready: _Prepared, leads: Leads, reading: Reading) -> None:
    block, columns, placed = ready.block, ready.columns, ready.placed
    sheet = block.sheet
    reading.explained.update(block.header)
    doubt_columns(reading, sheet, columns, ready.header, ready.settled, placed)
    frame = frame_of(sheet, columns, [*block.header[:-1], ready.header], placed, leads)
    short = False
    start = len(reading.matches)
    for here in placed:
        reading.explained.add(here.row.printed)
        if here.rivals:
            reading.doubts.append((sheet.id, either(here)))
            continue
        bound = bound_cells(here, frame) if ready.settled else None
        if JOINED in here.flags or not _names_all(here.heading, columns):
            bound = None
        short = short or bound is None
        reading.matches += _matches(reading.form, sheet, here, columns, bound, ready.note)
        doubt_row(reading, sheet, here, bound)
        doubt_strays(reading, sheet, here, columns, bound)
    if any(sum(bool(c.text) for c in after_label(here)) > len(columns) for here in placed):
        # The figures of two rows stand in one, and the other looks blank.
        filled = {match.row for match in reading.matches[start:] if match.cell.text}
        flag(reading.matches, start, "read:row_length", lambda match: match.row not in filled)
    cut = [here for here in placed if len(after_label(here)) > len(columns) + frame.trailing]
    doubt_block(reading, start, block, placed, cut if short else None)


def _unit_note(block: Block) -> str:
    known = row_headings(block.sheet)
    noted = (
        money_unit(line.printed) for line in block.body if not known.get(label(line.cells[0].text))
    )
    return next((unit for unit in noted if unit), "")


def _names_all(row: Heading | None, columns: Sequence[Leaf]) -> bool:
    """Whether the header names every column that the row has on the form."""
    return row is None or set(row.cells) <= {leaf.heading.id for leaf in columns if leaf.heading}


def _recover_missing(reading: Reading, sheet: Sheet) -> None:
    """Rows of the form that no printed row was, beside rows that may be them.

    What they hold is not known; that it is not known must be said in their place.
    """
    there = {match.row for match in reading.matches if match.sheet == sheet.id}
    tables = {row.id: row.table for row in sheet.rows}
    loose = [found for found in reading.loose if found[0].sheet is sheet]
    if not sheet.exact:
        _recover_headless(reading, sheet, there)
    for row in sheet.rows:
        if row.group or row.optional or row.id in there:
            continue
        for block, rows, line in loose:
            beside = {tables[one] for one in rows}
            if beside and row.table not in beside:
                continue
            columns = columns_of(block.header, sheet)
            fits = set(row.cells) <= columns.ids or not columns.settled
            if fits and may_be(line, row, sheet):
                here = Placed(Row(line, line), row, ("read:row_label",))
                reading.matches += _matches(reading.form, sheet, here, columns.leaves, None, "")
                break


def _recover_headless(reading: Reading, sheet: Sheet, there: set[str]) -> None:
    """Rows of the form that stand under no header that could be understood."""
    for line in reading.lines:
        if line in reading.explained or len(line.cells) < _FEWEST:
            continue
        if not sheet.rows:
            wanted = len(sheet.leaf_columns)
            row = None
            fits = line.has_numeral and len(line.cells) * 2 > wanted
            fits = fits and not there and not line_words(line)
        else:
            row = heading_of(line, sheet)
            fits = row is not None and row.id not in there
        if fits:
            there.add(row.id if row else sheet.id)
            here = Placed(Row(line, line), row, ("read:header",))
            reading.matches += _matches(reading.form, sheet, here, (), None, "")


def _data_rows(rows: Sequence[Row]) -> list[Row]:
    """Rows that hold values; blank ones count only when no other does."""
    filled = [row for row in rows if row.line.has_numeral]
    blank = [row for row in rows if all(is_value_like(cell.text) for cell in row.line.cells)]
    return filled or blank


def _matches(
    form: str,
    sheet: Sheet,
    placed: Placed,
    columns: tuple[Leaf, ...],
    bound: list[tuple[Cell, tuple[str, ...]]] | None,
    note: str,
) -> list[Match]:
    made: list[Match] = []
    row = placed.heading
    own = own_label(placed.row.line) if row else None
    doubts = () if row is None or row.confirmed else ("read:form_unconfirmed",)
    for heading, leaf, cell, flags in _cells_of(sheet, placed, columns, bound):
        slot = sheet.slot(row, heading)
        if slot is None:
            continue
        table, concept, applicant, period = slot
        unit, kind = sheet.units.get(heading.id, sheet.unit), sheet.kinds.get(heading.id, "count")
        printed_unit = placed.row.unit
        if row is not None and row.unit:
            unit, kind = row.unit, row.kind
            if kind == "money":
                printed_unit = printed_unit or money_unit(placed.row.line.printed)
        made.append(
            Match(
                *(form, table, concept, applicant, cell, unit, kind, note),
                bound is not None,
                (*placed.flags, *flags, *doubts),
                *(period, printed_unit, sheet.id, leaf, row.id if row else sheet.id),
                placed.row.line.layout,
                f"{own.text if own else ''} {leaf.text}",
            )
        )
    return made


def _cells_of(
    sheet: Sheet,
    placed: Placed,
    columns: tuple[Leaf, ...],
    bound: list[tuple[Cell, tuple[str, ...]]] | None,
) -> Iterator[tuple[Heading, Cell, Cell, tuple[str, ...]]]:
    """Heading, header cell, value cell and flags; of an unread row all that the form has for it."""
    if bound is not None:
        for leaf, (cell, flags) in zip(columns, bound, strict=True):
            if leaf.heading:
                yield leaf.heading, leaf.cell, cell, (*leaf.flags, *flags)
        return
    line, row = placed.row.line, placed.heading
    whole = replace(line.cells[-1], text=line.printed)
    named = {leaf.heading.id: leaf.cell for leaf in columns if leaf.heading}
    nameless = replace(line.cells[0], text="", col=NO_COLUMN)
    if sheet.exact:
        wanted = [leaf.heading for leaf in columns if leaf.heading]
    elif row is not None and row.cells:
        wanted = [column for column in sheet.columns if column.id in row.cells]
    else:
        wanted = list(sheet.leaf_columns)
    for heading in wanted:
        yield heading, named.get(heading.id, nameless), whole, ("read:row_length",)
