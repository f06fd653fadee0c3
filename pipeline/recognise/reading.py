"""One form reading one document: stretches under headers, rows by their labels, cells by columns.

Cells are placed by their row label and their column label, never by order or count alone.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline import doubt
from pipeline.doubt import Doubt
from pipeline.forms import Form, Heading, Sheet
from pipeline.model import Cell, Layout
from pipeline.outline import Outline
from pipeline.recognise.beside import WHOLE, column_doubts, rows_covered, said_beside
from pipeline.recognise.cells import (
    BoundCells,
    Leads,
    agreed_leads,
    bound_cells,
    geometry_of,
    overflows,
)
from pipeline.recognise.columns import Column, Columns, columns_of, is_caption
from pipeline.recognise.match import BoundRow, Match, Reading, Stretch, doubted
from pipeline.recognise.ordered import bears_out, ordered_columns
from pipeline.recognise.printed import Kept, PrintedRow, printed_rows
from pipeline.recognise.rows import (
    BareRow,
    PlacedRow,
    bare_rows,
    heading_of,
    may_be,
    placed_rows,
    taken_for,
    unknown_words,
)
from pipeline.recognise.signs import with_signs
from pipeline.recognise.stretches import (
    Headers,
    rows_in_prose,
    stretches_of,
    tables_apart,
    with_headings_above,
    without_repeats,
)
from pipeline.text import (
    is_numeral,
    is_value_like,
    label,
    leaves_label,
    money_unit,
    notes_in,
    plain_unit,
)

_FEWEST = 2  # cells of a row that can hold a figure
_FEWEST_NUMBERED = 5  # columns; 1, 2, 3 may be figures
_MONEY = re.compile("[元万萬]")

_UNCONFIRMED = Doubt(doubt.FORM_UNCONFIRMED)

Doubts = list[tuple[str, Doubt]]  # each with the table that it is of


@dataclass(frozen=True, slots=True)
class _Prepared:
    """A stretch whose columns and rows are known, before its cells are.

    `step` says what it took to name the columns, if it was more than to read their words; `torn` is
    the row that the document ends with, if it ends with a table.
    """

    stretch: Stretch
    columns: tuple[Column, ...]
    settled: bool
    header: PrintedRow
    placed: list[PlacedRow]
    notes: tuple[str, ...]
    step: str = ""
    torn: PrintedRow | None = None

    def is_torn(self, row: PlacedRow) -> bool:
        """Whether the text ends in the row, before it has a cell for each column."""
        return row.bare.printed is self.torn and len(row.after_label) < len(self.columns)

    @property
    def ids(self) -> frozenset[str]:
        return frozenset(column.heading.id for column in self.columns if column.heading)

    @property
    def is_wall_less(self) -> bool:
        """Whether a row does not lie under its header as it does on the page."""
        table = self.header.table
        rows = (row.row for row in self.placed)
        return any(row.layout is not Layout.RULED or row.table != table for row in rows)


@dataclass(frozen=True, slots=True)
class _Loose:
    """A row of no form in or beside a stretch that has these rows of the form."""

    ready: _Prepared
    rows: frozenset[str]
    row: PrintedRow


def read_with(form: Form, outline: Outline, kept: Kept, headers: Headers) -> Reading:
    """The document as this form explains it; a header of another form ends a stretch of this."""
    rows = printed_rows(outline.document, form, kept)
    every, captions = stretches_of(form, rows, headers)
    beaten = {stretch for stretch in every if headers.is_outdone(stretch)}
    stretches = [stretch for stretch in every if stretch not in beaten]
    explained = {*captions, *(row for stretch in stretches for row in stretch.header)}
    outdone = {row for stretch in beaten for row in (*stretch.header, *stretch.body)}
    matches: list[Match] = []
    doubts: Doubts = []
    loose: list[_Loose] = []
    torn = rows[-1] if rows and outline.blocks[-1].is_table else None
    if stretches:
        with_headings_above(outline, stretches)
        apart = tables_apart(outline, form)
        ready = [
            _prepared(form, stretch, (*_unit_notes(stretch), *outline.unit_notes), apart, torn)
            for stretch in stretches
        ]
        for sheet in form.sheets:
            mine = [prepared for prepared in ready if prepared.stretch.sheet is sheet]
            wall_less = any(p.is_wall_less for p in mine)
            widths = [(row, len(p.columns)) for p in mine for row in p.placed]
            leads = agreed_leads(sheet, widths) if wall_less else {}
            for prepared in mine:
                explained.update(row.bare.printed for row in prepared.placed)
                bound, said, left = _bound_stretch(form, prepared, leads)
                matches += bound
                doubts += said
                loose += left
            # Of stretches with the same columns the first will do.
            unlike: dict[tuple[bool, frozenset[str]], _Prepared] = {}
            for prepared in mine:
                unlike.setdefault((prepared.settled, prepared.ids), prepared)
            beside = rows_in_prose(outline, sheet) if mine else []
            loose += [_Loose(p, frozenset(), row) for p in unlike.values() for row in beside]
    told = explained | outdone
    free = [row for row in rows if len(row.cells) >= _FEWEST and row not in told]
    bound_rows = {match.row for match in matches}
    for sheet in form.sheets:
        present = {row.id for row in bound_rows if row.sheet is sheet}
        if not sheet.exact:
            headless = _headless(form, sheet, free, present)
            matches += headless
            present |= {match.row.id for match in headless}
        matches += _missing(form, sheet, loose, present, outline)
    return Reading(form, rows, tuple(matches), tuple(doubts), frozenset(explained))


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


def _prepared(
    form: Form,
    stretch: Stretch,
    notes: tuple[str, ...],
    apart: Collection[int],
    torn: PrintedRow | None,
) -> _Prepared:
    """The stretch with the columns that its header names, or that the form's order gives it."""
    named = columns_of(stretch.header, stretch.sheet)
    if not named.settled and not stretch.sheet.is_tree and (once := without_repeats(stretch)):
        fewer = columns_of(once.header, stretch.sheet)
        ids = [column.heading.id for column in fewer.printed if column.heading]
        if any(list(row.cells) == ids for row in stretch.sheet.rows):
            stretch, named = once, fewer
    ready = replace(_with_columns(stretch, named, notes, apart), torn=torn)
    whole = not stretch.sheet.is_tree or len(named.printed) >= len(stretch.sheet.leaf_columns)
    if (named.settled and whole) or stretch.sheet.exact:
        return ready
    ordered = ordered_columns(stretch.header, stretch.sheet)
    if not ordered:
        return ready
    by_order = replace(_with_columns(stretch, Columns(ordered), notes, apart), torn=torn)
    return _borne_out(form, by_order) or ready


def _borne_out(form: Form, ready: _Prepared) -> _Prepared | None:
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
    stretch: Stretch, named: Columns, notes: tuple[str, ...], apart: Collection[int]
) -> _Prepared:
    sheet = stretch.sheet
    header, rows = bare_rows(sheet, named.printed, stretch.header[-1], stretch.body)
    columns = tuple(c for c in named.printed if not (c.heading and c.heading.aside))
    if not sheet.exact:
        columns = tuple(_with_note(column, sheet) for column in columns)
    placed = placed_rows(sheet, rows, columns) if sheet.rows else _unlabelled(rows)
    parted = Doubt(doubt.APART)
    placed = [
        replace(row, doubts=(*row.doubts, parted))
        if row.row.table in apart and row.row.table != header.table
        else row
        for row in placed
    ]
    return _Prepared(stretch, columns, named.settled, header, placed, notes)


def _with_note(column: Column, sheet: Sheet) -> Column:
    """The column, doubted where a note at its heading may change what it counts."""
    known = Doubt(doubt.HEADER)
    noted = _is_noted(column.cell, sheet)
    return replace(column, doubts=(*column.doubts, known)) if noted else column


def _is_noted(cell: Cell, sheet: Sheet) -> bool:
    """Whether a cell of words has a note that is neither harmless nor the form's own."""
    known = (sheet.row_headings, sheet.column_headings, sheet.skipped)
    return any(
        not leaves_label(note) and not any(note in words for words in known)
        for note in notes_in(cell.text)
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


# The cells of a stretch


def _bound_stretch(
    form: Form, ready: _Prepared, leads: Leads
) -> tuple[list[Match], Doubts, list[_Loose]]:
    """The matches of a stretch, what is doubted of it, and its rows that are in no form."""
    stretch, columns, sheet = ready.stretch, ready.columns, ready.stretch.sheet
    doubts = _doubts_about_columns(ready)
    header = [*stretch.header[:-1], ready.header]
    geometry = geometry_of(sheet, columns, header, ready.placed, leads)
    named = ready.ids
    own = {column.cell for column in columns}
    beyond = (c.text for row in header for c in row.cells if c not in own and label(c.text))
    above = "" if sheet.exact else " ".join(beyond)
    matches: list[Match] = []
    beside: list[tuple[PrintedRow, Cell]] = []
    in_no_form: dict[str, list[tuple[Cell, str]]] = {}
    short = False
    for row in ready.placed:
        if row.rivals:
            names = " or ".join(heading.id for heading in row.rivals)
            words = f"row `{row.bare.printed.printed}` may be {names}: no row above it tells which"
            said = Doubt(doubt.AMBIGUOUS_ROW, words, row.bare.printed.where)
            doubts.append((sheet.id, said))
            continue
        whole = row.heading is None or named.issuperset(row.heading.cells)
        joined = any(known.kind is doubt.JOINED for known in row.doubts)
        can_be_bound = ready.settled and whole and not joined
        bound = bound_cells(row, geometry) if can_be_bound else None
        short = short or (bound is None and not ready.is_torn(row))
        bound_row = replace(_bound_row(form, sheet, row, ready.notes), above=above)
        if not sheet.exact and any(_is_noted(cell, sheet) for cell in row.own_words):
            bound_row = replace(bound_row, doubts=(*bound_row.doubts, Doubt(doubt.LABEL)))
        if bound is None:
            matches += _unread(bound_row, row.bare.printed, columns)
            continue
        table = (row.heading.table if row.heading else "") or sheet.id
        read, strays = _read(bound_row, columns, bound)
        matches += read
        doubts += [*_likeness(row, table), *((table, stray) for stray in strays)]
        if not sheet.exact:
            of_form = [c for col, (c, _) in zip(columns, bound, strict=True) if col.heading]
            for cell, words in said_beside(row.row, row.after_label, of_form, header):
                beside.append((row.row, cell))
                in_no_form.setdefault(table, []).append((cell, words))
    if beside:
        covered = rows_covered(beside, [row.row for row in ready.placed])
        matches = doubted(matches, Doubt(doubt.NOTE), lambda match: match.row.printed in covered)
        for name, told in in_no_form.items():
            doubts += [(name, known) for known in column_doubts(told)]
    if any(sum(bool(c.text) for c in row.after_label) > len(columns) for row in ready.placed):
        # The figures of two rows stand in one, and the other looks blank.
        filled = {match.row.id for match in matches if match.text}
        crowd = Doubt(doubt.ROW_LENGTH)
        matches = doubted(matches, crowd, lambda match: match.row.id not in filled)
    text_rows = [row for row in ready.placed if row.row.layout is Layout.ROWS]
    if any(overflows(row, geometry) for row in text_rows):
        # Cells were lost before the figures of a row, and may be before those of others.
        matches = doubted(matches, Doubt(doubt.ROW_LENGTH), lambda match: match.readable)
    used = {row.bare.printed for row in ready.placed}
    loose = [
        row
        for row in stretch.body
        if row not in used and not is_caption(row, sheet) and any(cell.text for cell in row.cells)
    ]
    width = len(columns) + geometry.trailing
    cut = [row for row in ready.placed if len(row.after_label) > width] if short else None
    matches = with_signs(matches, stretch, ready.placed, loose, cut)
    rows = frozenset(row.heading.id for row in ready.placed if row.heading)
    return matches, doubts, [_Loose(ready, rows, row) for row in loose if not sheet.exact]


def _doubts_about_columns(ready: _Prepared) -> Doubts:
    """Columns that no form knows, and a header that does not tell them apart."""
    sheet, where = ready.stretch.sheet, ready.header.where
    doubts: Doubts = []
    for column in ready.columns if sheet.exact else ():
        if column.heading is None:
            words = f"column `{column.cell.text}` is in no form, or there twice"
            doubts.append((sheet.id, Doubt(doubt.COLUMN, words, where)))
    if not ready.settled:
        printed = ", ".join(c.cell.text.replace("\n", "") or "(blank)" for c in ready.columns)
        words = f"the header ({printed}) does not say which column is which"
        tables = dict.fromkeys((r.heading and r.heading.table) or sheet.id for r in ready.placed)
        doubts += [(table, Doubt(doubt.UNSETTLED_HEADER, words, where)) for table in tables]
    if ready.step:
        tables = dict.fromkeys((r.heading and r.heading.table) or sheet.id for r in ready.placed)
        doubts += [(table, Doubt(doubt.BY_ORDER, ready.step, where)) for table in tables]
    return doubts


def _likeness(row: PlacedRow, table: str) -> Doubts:
    """A row of the table that was known by likeness only, if no doubt in its cells says so."""
    told = any(known.kind is doubt.LABEL for known in row.doubts)
    if told or not (row.heading and row.by_likeness):
        return []
    printed = row.bare.printed
    return [(table, Doubt(doubt.LIKENESS, taken_for(printed, row.heading), printed.where))]


def _bound_row(form: Form, sheet: Sheet, placed: PlacedRow, notes: tuple[str, ...]) -> BoundRow:
    row, heading = placed.row, placed.heading
    unit = placed.bare.unit
    if heading and heading.unit and heading.kind == "money":
        unit = unit or money_unit(row.printed)
    own = row.own_label.text if heading and row.own_label else ""
    doubts = placed.doubts
    if heading is not None and not heading.confirmed:
        doubts = (*doubts, _UNCONFIRMED)
    return BoundRow(form, sheet, heading, row, unit, notes, own, doubts)


def _read(
    row: BoundRow, columns: Sequence[Column], bound: BoundCells
) -> tuple[list[Match], list[Doubt]]:
    """A match for each cell that the form has for the row, and the figures that it has none for."""
    matches: list[Match] = []
    strays: list[Doubt] = []
    slots, row_id = row.sheet.slot_of, row.heading.id if row.heading else ""
    # Figures that are all the same are at their places in any order.
    alike = len({cell.text for cell, _ in bound}) == 1
    for column, (cell, doubts) in zip(columns, bound, strict=True):
        heading = column.heading
        if heading is None:
            continue
        if slot := slots.get((row_id, heading.id)):
            if column.by_order and not alike:
                doubts = (Doubt(doubt.HEADER), *doubts)
            doubts = (*row.doubts, *column.doubts, *doubts)
            matches.append(Match(row, slot, heading, column.cell, cell, cell.text, True, doubts))
        elif is_numeral(cell.text):
            under = f"`{cell.text}` under `{column.cell.text}` in row `{row.printed.printed}`"
            strays.append(Doubt(doubt.STRAY, f"{under} is in no form", row.printed.where))
    return matches, strays


def _unread(row: BoundRow, printed: PrintedRow, columns: Sequence[Column]) -> list[Match]:
    """A match for each cell that the form has for a row whose cells could not be told apart."""
    lacks = "have one cell for each column of its header" if columns else "stand under a header"
    words = f"row `{printed.printed}` does not {lacks}"
    doubts = (*row.doubts, Doubt(doubt.ROW_LENGTH, words, printed.where))
    cell, text = row.printed.cells[-1], row.printed.printed
    return [
        Match(row, slot, heading, header, cell, text, False, doubts)
        for heading, header in _wanted(row.sheet, row.heading, columns)
        if (slot := row.sheet.slot(row.heading, heading))
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


# Rows that are not where they should be


def _headless(
    form: Form,
    sheet: Sheet,
    rows: Sequence[PrintedRow],
    present: Collection[str],
) -> list[Match]:
    """Those of the rows that are the form's and stand under no header that could be understood."""
    matches: list[Match] = []
    taken = set(present)
    for row in rows:
        heading = heading_of(row, sheet) if sheet.rows else None
        name = heading.id if heading else sheet.id
        if sheet.rows:
            fits = heading is not None and name not in taken
        else:
            fits = len(row.cells) * 2 > len(sheet.leaf_columns) and row.has_numeral
            fits = fits and not taken and not row.words
        if fits:
            taken.add(name)
            placed = PlacedRow(BareRow(row, row), heading, (Doubt(doubt.HEADER),))
            matches += _unread(_bound_row(form, sheet, placed, ()), row, ())
    return matches


def _missing(
    form: Form, sheet: Sheet, loose: Sequence[_Loose], present: Collection[str], outline: Outline
) -> list[Match]:
    """Rows of the form that no printed row was, beside rows that may be them.

    What they hold is not known; that it is not known must be said in their place.
    """
    mine = [left for left in loose if left.ready.stretch.sheet is sheet]
    printed = _labels_in(outline) if mine else frozenset()
    tables = {row.id: row.table for row in sheet.rows} if mine else {}
    matches: list[Match] = []
    for heading in sheet.rows:
        if heading.group or heading.optional or heading.id in present:
            continue
        for left in mine:
            beside = {tables[row] for row in left.rows}
            if beside and heading.table not in beside:
                continue
            fits = left.ready.ids.issuperset(heading.cells) or not left.ready.settled
            if fits and _may_stand_for(left, heading, printed):
                bare = BareRow(left.row, left.row)
                placed = PlacedRow(bare, heading, (Doubt(doubt.ROW_LABEL),))
                bound_row = _bound_row(form, sheet, placed, ())
                matches += _unread(bound_row, left.row, left.ready.columns)
                break
    return matches


def _labels_in(outline: Outline) -> frozenset[str]:
    """What every paragraph and every cell says, comparably written."""
    paragraphs = (block.label for block in outline.blocks if not block.is_table)
    return frozenset((*paragraphs, *(label(c.text) for b in outline.blocks for c in b.cells)))


def _may_stand_for(left: _Loose, heading: Heading, printed: Collection[str]) -> bool:
    """Whether a row of no form could be this one, and the document holds something of the row."""
    ready, row = left.ready, left.row
    sheet = ready.stretch.sheet
    words = unknown_words(row, sheet)
    if row is ready.torn:
        return bool(words) and any(text.startswith(words) for text in heading.labels)
    if words:
        return may_be(row, heading, sheet)
    if row.labels and not row.has_numeral:
        return False  # the label of a group alone
    body = ready.stretch.body
    if row not in body:
        return True
    below = body[body.index(row) + 1 :]
    followed = any(placed.bare.printed in below for placed in ready.placed)
    return followed or not heading.labels.isdisjoint(printed)
