"""One form reading one document: blocks under headers, rows by their labels, cells by columns.

Cells are placed by their row label and their column label, never by order or count alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from pipeline.forms import Form, Heading, Sheet
from pipeline.model import Cell, Document, Finding, Layout, Severity, Verdict, cell_key
from pipeline.recognise.headers import Columns, Leaf, columns_of, is_caption, is_header
from pipeline.recognise.lines import Known, Line, printed_lines, row_headings
from pipeline.recognise.rows import (
    JOINED,
    Placed,
    Row,
    bare,
    heading_of,
    line_words,
    may_be,
    placed_rows,
    unknown_words,
)
from pipeline.text import is_value_like, label, money_unit, parse_value

_CODE = re.compile(r"\d{1,2}")

_FEWEST = 2  # cells of a row that can hold a figure
_LONGEST_ROW = 80  # characters
_RARE = 6  # one row in so many
_BROKEN_DIGITS = re.compile(r"\d\s*\n\s*\d")


@dataclass(frozen=True, slots=True)
class Match:
    """One printed cell tied to one cell of a form, with what its column, row and notes say."""

    form: str
    table: str
    concept: str
    applicant: str
    cell: Cell
    unit: str
    kind: str
    note: str
    readable: bool
    flags: tuple[str, ...]
    period: str
    printed_unit: str
    sheet: str
    column: Cell
    row: str
    layout: Layout

    @property
    def slot(self) -> tuple[str, str, str]:
        return self.concept, self.applicant, self.period

    @property
    def key(self) -> str:
        """How findings name the cell; the same as the key of its fact."""
        return cell_key(*self.slot)


@dataclass(slots=True)
class _Block:
    """A run of rows under one header of one sheet."""

    sheet: Sheet
    header: list[Line]
    body: list[Line] = field(default_factory=list)


@dataclass(slots=True)
class Reading:
    form: str
    slots: dict[str, int]
    matches: list[Match] = field(default_factory=list)
    doubts: list[tuple[str, Finding]] = field(default_factory=list)
    explained: set[Line] = field(default_factory=set)
    lines: tuple[Line, ...] = ()
    loose: list[tuple[_Block, list[str], Line]] = field(default_factory=list)


def read_with(form: Form, document: Document, others: Sequence[Form], known: Known) -> Reading:
    """The document as this form explains it; a header of the `others` ends a block of this one."""
    slots: dict[str, int] = {}
    for sheet in form.sheets:
        for table, *_ in sheet.slots():
            slots[table] = slots.get(table, 0) + 1
    reading = Reading(form.id, slots, lines=printed_lines(document, form, known))
    notes = " ".join(p.text for p in document.paragraphs if label(p.text).startswith("单位"))
    foreign = [sheet for other in others for sheet in other.sheets]
    blocks = _blocks(form, reading, foreign)
    for block in blocks:
        reading.explained.update(block.header)
        _bind_block(block, columns_of(block.header, block.sheet), reading, money_unit(notes))
    reading.loose += _rows_in_prose(document, blocks)
    lonely = _lonely_blanks(reading.matches)
    _flag(reading.matches, 0, "read:lone_blank", lambda match: match.row in lonely)
    for sheet in form.sheets:
        _recover_missing(reading, sheet)
    return reading


def _rows_in_prose(
    document: Document, blocks: Sequence[_Block]
) -> Iterator[tuple[_Block, list[str], Line]]:
    """Lines like 规章000 that have lost the walls of their cells and stand outside the table."""
    for block in blocks:
        known = tuple(row_headings(block.sheet)) if not block.sheet.exact else ()
        for paragraph in document.paragraphs:
            words = label(paragraph.text) if len(paragraph.text) <= _LONGEST_ROW else ""
            if words.startswith(known) and words[-1:].isdigit():
                cell = Cell(paragraph.text, 0, 0, where=paragraph.where)
                yield block, [], Line((cell,), Layout.ROWS, 0)


def _blocks(form: Form, reading: Reading, foreign: Sequence[Sheet]) -> list[_Block]:
    blocks: list[_Block] = []
    current: _Block | None = None
    under_way = False
    for line in reading.lines:
        sheet = next((s for s in form.sheets if is_header(line, s, False)), None)
        if under_way and current and is_header(line, current.sheet, True):
            current.header.append(line)
        elif sheet:
            current = _Block(sheet, [line])
            blocks.append(current)
            under_way = True
        elif any(is_header(line, s, False) for s in foreign):
            current = None
            under_way = False
        elif current and is_caption(line, current.sheet):
            reading.explained.add(line)
            under_way = False
        elif current:
            current.body.append(line)
            under_way = False
        elif any(is_caption(line, s) for s in form.sheets):
            reading.explained.add(line)
    return blocks


def _bind_block(block: _Block, named: Columns, reading: Reading, note: str) -> None:
    sheet = block.sheet
    note = note or _unit_note(block)
    header, rows = bare(sheet, named.leaves, block.header[-1], block.body)
    columns = tuple(leaf for leaf in named.leaves if not (leaf.heading and leaf.heading.aside))
    placed = (
        placed_rows(sheet, rows, columns)
        if sheet.rows
        else [Placed(r, None) for r in _data_rows(rows)]
    )
    _doubt_columns(reading, sheet, columns, header, named.settled, placed)
    leads = _leads(placed, columns)
    short = False
    start = len(reading.matches)
    for here in placed:
        reading.explained.add(here.row.printed)
        if here.rivals:
            reading.doubts.append((sheet.id, _either(here)))
            continue
        bound = _bound(here, header, columns, leads) if named.settled else None
        if JOINED in here.flags or not _names_all(here.heading, columns):
            bound = None
        short = short or bound is None
        reading.matches += _matches(reading.form, sheet, here, columns, bound, note)
        _doubt_row(reading, sheet, here, bound)
    if any(sum(bool(c.text) for c in _after_label(here)) > len(columns) for here in placed):
        # The figures of two rows stand in one, and the other looks blank.
        filled = {match.row for match in reading.matches[start:] if match.cell.text}
        _flag(reading.matches, start, "read:row_length", lambda match: match.row not in filled)
    _doubt_block(reading, start, block, placed, short)


def _unit_note(block: _Block) -> str:
    known = row_headings(block.sheet)
    noted = (
        money_unit(line.printed) for line in block.body if not known.get(label(line.cells[0].text))
    )
    return next((unit for unit in noted if unit), "")


def _names_all(row: Heading | None, columns: Sequence[Leaf]) -> bool:
    """Whether the header names every column that the row has on the form."""
    return row is None or set(row.cells) <= {leaf.heading.id for leaf in columns if leaf.heading}


def _bound(
    here: Placed, header: Line, columns: tuple[Leaf, ...], leads: Mapping[int, int]
) -> list[tuple[Cell, tuple[str, ...]]] | None:
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


def _doubt_columns(
    reading: Reading,
    sheet: Sheet,
    columns: Sequence[Leaf],
    header: Line,
    settled: bool,
    placed: Sequence[Placed],
) -> None:
    for leaf in columns if sheet.exact else ():
        if leaf.heading is None:
            message = f"column `{leaf.cell.text}` is in no form, or there twice"
            finding = finding_at("read_column", Severity.WARNING, message, header)
            reading.doubts.append((sheet.id, finding))
    if not settled:
        words = ", ".join(leaf.cell.text.replace("\n", "") or "(blank)" for leaf in columns)
        message = f"the header ({words}) does not say which column is which"
        finding = finding_at("read_header", Severity.ERROR, message, header)
        tables = dict.fromkeys((here.heading and here.heading.table) or sheet.id for here in placed)
        reading.doubts += [(table, finding) for table in tables]


def _doubt_block(
    reading: Reading, start: int, block: _Block, placed: Sequence[Placed], short: bool
) -> None:
    """Flags for what casts doubt on rows beside the one it was seen in."""
    if short and any(line.layout is Layout.STREAM for line in block.body):
        _flag(reading.matches, start, "read:row_length", lambda match: True)
    if _skips_blanks(reading.matches[start:]):
        _flag(reading.matches, start, "read:skipped_blanks", lambda match: True)
    unsettled = _unsettled(block)
    _flag(reading.matches, start, "read:other_numbering", lambda m: m.concept in unsettled)
    if block.sheet.exact or not block.sheet.rows:
        return
    order = {row.id: i for i, row in enumerate(block.sheet.rows)}
    rows = [here.heading for here in placed if here.heading]
    turned = {
        heading.id
        for i, one in enumerate(rows)
        for other in rows[i + 1 :]
        if order[one.id] > order[other.id]
        for heading in (one, other)
    }
    _flag(reading.matches, start, "read:row_order", lambda m: m.row in turned)
    used = {here.row.printed for here in placed}
    loose = [
        line
        for line in block.body
        if line not in used
        and not is_caption(line, block.sheet)
        and any(c.text for c in line.cells)
    ]
    nameless = [
        line for line in loose if _holds_figures(line) and not unknown_words(line, block.sheet)
    ]
    if nameless:
        _flag(reading.matches, start, "read:nameless_row", lambda match: True)
    reading.loose += [(block, [row.id for row in rows], line) for line in loose]


def _holds_figures(line: Line) -> bool:
    """Whether a row has figures for the columns of a form; a lone number is a page's."""
    places = [cell for cell in line.cells if is_value_like(cell.text)]
    return len(places) > 1 and any(cell.text for cell in places)


def _skips_blanks(matches: Sequence[Match]) -> bool:
    """Whether rows look moved to the left: the last figure is the sum of those before it.

    So it is where blank cells were left out and the total slid under another column.
    """
    rows: dict[str, list[Match]] = {}
    for match in matches:
        if match.layout is not Layout.RULED and match.readable and match.applicant:
            rows.setdefault(match.row, []).append(match)
    gapless = [
        [match.cell for match in row]
        for row in rows.values()
        if row[-1].applicant == "total" and _blank_only_at_end(row)
    ]
    figures = [[parse_value(cell.text).value for cell in cells] for cells in gapless]
    filled = [[value for value in row if value] for row in figures]
    several = [row for row in filled if len(row) > 1]
    moved = [row for row in several if sum(row[:-1]) == row[-1]]
    if not any(not cells[-2].text and cells[0].text for cells in gapless):
        return False  # nothing but a column of totals is blank
    gaps = [row for row in rows.values() if any(not m.cell.text for m in row)]
    most = len(moved) > 1 and len(moved) * 2 > len(several)
    return most or (bool(moved) and len(gaps) == len(gapless))


def _blank_only_at_end(row: Sequence[Match]) -> bool:
    texts = [match.cell.text for match in row]
    return not texts[-1] and all(texts[: len(texts) - texts.count("")])


def _lonely_blanks(matches: Sequence[Match]) -> set[str]:
    """Rows whose last cell is blank in a document without spans that leaves no other row a blank.

    A cell dropped before it looks the same, for a row of text is filled up at its end.
    """
    kept = [m for m in matches if m.layout is not Layout.RULED and m.readable]
    last = {match.row: match for match in kept}
    holed = {match.row for match in kept if not match.cell.text}
    filled = {match.row for match in kept if match.cell.text}
    lonely = {row for row in holed & filled if not last[row].cell.text}
    return lonely if holed == lonely and 0 < len(lonely) * _RARE <= len(last) else set()


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


def _flag(matches: list[Match], start: int, flag: str, where: Callable[[Match], bool]) -> None:
    matches[start:] = [
        replace(match, flags=(*match.flags, flag)) if where(match) else match
        for match in matches[start:]
    ]


def _unsettled(block: _Block) -> set[str]:
    """The concepts whose rows mean something else beside a row that this block prints."""
    rows = [row for row in block.sheet.rows if row.unsettles]
    printed = {text for line in block.body for text in line.labels} if rows else set()
    return {concept for row in rows if row.labels & printed for concept in row.unsettles}


def _either(placed: Placed) -> Finding:
    names = " or ".join(row.id for row in placed.rivals)
    message = f"row `{placed.row.printed.printed}` may be {names}: no row above it tells which"
    return finding_at("read_label", Severity.ERROR, message, placed.row.printed)


def _data_rows(rows: Sequence[Row]) -> list[Row]:
    """Rows that hold values; blank ones count only when no other does."""
    filled = [row for row in rows if row.line.has_numeral]
    blank = [row for row in rows if all(is_value_like(cell.text) for cell in row.line.cells)]
    return filled or blank


def _after_label(placed: Placed) -> tuple[Cell, ...]:
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
    cells = _after_label(placed)
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


def _leads(placed: Sequence[Placed], columns: Sequence[Leaf]) -> dict[int, int]:
    """For each number of surplus cells how many of them come first, where filled rows agree."""
    found: dict[int, set[int]] = {}
    for here in placed:
        if not here.row.code:
            cells = _after_label(here)
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
    if sheet.exact:
        wanted = [leaf.heading for leaf in columns if leaf.heading]
    elif row is not None and row.cells:
        wanted = [column for column in sheet.columns if column.id in row.cells]
    else:
        wanted = list(sheet.leaf_columns)
    for heading in wanted:
        yield heading, named.get(heading.id, line.cells[0]), whole, ("read:row_length",)


def _doubt_row(
    reading: Reading,
    sheet: Sheet,
    placed: Placed,
    bound: list[tuple[Cell, tuple[str, ...]]] | None,
) -> None:
    row, line = placed.heading, placed.row.printed
    table = (row.table if row and row.table else "") or sheet.id
    if bound is None:
        message = f"row `{line.printed}` does not have one cell for each column of its header"
        reading.doubts.append((table, finding_at("read_row_length", Severity.ERROR, message, line)))
    elif row is not None and placed.by_likeness:
        message = (
            f"row `{line.printed}` was taken for {row.id}: nearest label in the only free place"
        )
        severity = Severity.WARNING if placed.flags else Severity.INFO
        reading.doubts.append((table, finding_at("read_label", severity, message, line)))


def finding_at(check: str, severity: Severity, message: str, line: Line) -> Finding:
    return Finding(check, Verdict.FAIL, severity, message, (), line.where)
