"""One form reading one document: stretches under headers, rows by their labels, cells by columns.

Cells are placed by their row label and their column label, never by order or count alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline import doubt
from pipeline.doubt import Doubt
from pipeline.forms import Form, Heading
from pipeline.model import Cell, Layout
from pipeline.outline import Outline
from pipeline.recognise.beside import column_doubts, rows_covered, said_beside
from pipeline.recognise.cells import (
    BoundCells,
    Leads,
    agreed_leads,
    bound_cells,
    geometry_of,
    overflows,
)
from pipeline.recognise.columns import Column, is_caption
from pipeline.recognise.match import BoundRow, Match, Reading, doubted
from pipeline.recognise.prepared import Around, Prepared, is_noted, prepared
from pipeline.recognise.printed import Kept, PrintedRow, printed_rows
from pipeline.recognise.rows import PlacedRow, taken_for
from pipeline.recognise.signs import is_lone_figure, with_signs
from pipeline.recognise.stretches import (
    Headers,
    rows_in_prose,
    stretches_of,
    tables_apart,
    with_headings_above,
)
from pipeline.recognise.unplaced import Loose, bound_row, headless, missing, unread
from pipeline.text import is_numeral, label

_FEWEST = 2  # cells of a row that can hold a figure

Doubts = list[tuple[str, Doubt]]  # each with the table that it is of


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
    loose: list[Loose] = []
    if stretches:
        with_headings_above(outline, stretches)
        torn = rows[-1] if outline.blocks[-1].is_table else None
        around = Around(outline, tables_apart(outline, form), torn)
        every_ready = [prepared(form, stretch, around) for stretch in stretches]
        for sheet in form.sheets:
            mine = [ready for ready in every_ready if ready.stretch.sheet is sheet]
            wall_less = any(p.is_wall_less for p in mine)
            widths = [(row, len(p.columns)) for p in mine for row in p.placed]
            leads = agreed_leads(sheet, widths) if wall_less else {}
            for ready in mine:
                explained.update(row.bare.printed for row in ready.placed)
                bound, said, left = _bound_stretch(form, ready, leads)
                matches += bound
                doubts += said
                loose += left
            # Of stretches with the same columns the first will do.
            unlike: dict[tuple[bool, frozenset[str]], Prepared] = {}
            for ready in mine:
                unlike.setdefault((ready.settled, ready.ids), ready)
            beside = rows_in_prose(outline, sheet) if mine else []
            loose += [Loose(p, frozenset(), row) for p in unlike.values() for row in beside]
    told = explained | outdone
    free = [row for row in rows if len(row.cells) >= _FEWEST and row not in told]
    bound_rows = {match.row for match in matches}
    for sheet in form.sheets:
        present = {row.id for row in bound_rows if row.sheet is sheet}
        if not sheet.exact:
            under_none = headless(form, sheet, free, present)
            matches += under_none
            present |= {match.row.id for match in under_none}
        matches += missing(form, sheet, loose, present)
    return Reading(form, rows, tuple(matches), tuple(doubts), frozenset(explained))


# The cells of a stretch


def _bound_stretch(
    form: Form, ready: Prepared, leads: Leads
) -> tuple[list[Match], Doubts, list[Loose]]:
    """The matches of a stretch, what is doubted of it, and its rows that are in no form."""
    stretch, columns, sheet = ready.stretch, ready.columns, ready.stretch.sheet
    doubts = _doubts_about_columns(ready)
    header = [*stretch.header[:-1], ready.header]
    geometry = geometry_of(sheet, columns, header, ready.placed, leads)
    named = ready.ids
    lacking = _lacking(ready)
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
        known = replace(bound_row(form, sheet, row, ready.notes), above=above)
        if not sheet.exact and any(is_noted(cell, sheet) for cell in row.own_words):
            known = replace(known, doubts=(*known.doubts, Doubt(doubt.LABEL)))
        if bound is None:
            matches += unread(known, row.bare.printed, columns)
            continue
        table = (row.heading.table if row.heading else "") or sheet.id
        read, strays = _read(known, columns, bound)
        matches += [*read, *unread(known, row.bare.printed, columns, lacking)] if lacking else read
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
    left = [row for row in loose if not sheet.exact or is_lone_figure(row)]
    return matches, doubts, [Loose(ready, rows, row) for row in left]


def _lacking(ready: Prepared) -> list[Heading]:
    """The columns that the header names none for, although it names others of their group.

    Two columns of the same name, and the same figures, can have been taken for one merged cell.
    """
    sheet = ready.stretch.sheet
    if not ready.settled or not sheet.is_tree or not sheet.rows:
        return []
    groups = {c.under for c in sheet.leaf_columns if c.id in ready.ids and c.under}
    return [c for c in sheet.leaf_columns if c.id not in ready.ids and c.under in groups]


def _doubts_about_columns(ready: Prepared) -> Doubts:
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


def _read(
    row: BoundRow, columns: Sequence[Column], bound: BoundCells
) -> tuple[list[Match], list[Doubt]]:
    """A match for each cell that the form has for the row, and the figures that it has none for."""
    matches: list[Match] = []
    strays: list[Doubt] = []
    slots, row_id = row.sheet.slot_of, row.heading.id if row.heading else ""
    for column, (cell, doubts) in zip(columns, bound, strict=True):
        heading = column.heading
        if heading is None:
            continue
        if slot := slots.get((row_id, heading.id)):
            # Figures that are all the same are at their places in any order.
            if column.by_order and len({other.text for other, _ in bound}) > 1:
                doubts = (Doubt(doubt.HEADER), *doubts)
            doubts = (*row.doubts, *column.doubts, *doubts)
            matches.append(Match(row, slot, heading, column.cell, cell, cell.text, True, doubts))
        elif is_numeral(cell.text):
            under = f"`{cell.text}` under `{column.cell.text}` in row `{row.printed.printed}`"
            strays.append(Doubt(doubt.STRAY, f"{under} is in no form", row.printed.where))
    return matches, strays
