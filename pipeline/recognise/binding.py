"""One form reading one document: blocks under headers, rows by their labels, cells by columns.

Cells are placed by their row label and their column label, never by order or count alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from pipeline.forms import Form, Sheet
from pipeline.model import Cell, Document, Finding, Layout, Severity, Verdict, cell_key
from pipeline.recognise.headers import Leaf, is_caption, is_header, leaves
from pipeline.recognise.lines import Known, Line, printed_lines, row_headings
from pipeline.recognise.rows import Placed, Row, bare, placed_rows
from pipeline.text import is_value_like, label, money_unit

_CODE = re.compile(r"\d{1,2}")


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


def read_with(form: Form, document: Document, others: Sequence[Form], known: Known) -> Reading:
    """The document as this form explains it; a header of the `others` ends a block of this one."""
    slots: dict[str, int] = {}
    for sheet in form.sheets:
        for table, *_ in sheet.slots():
            slots[table] = slots.get(table, 0) + 1
    reading = Reading(form.id, slots, lines=printed_lines(document, form, known))
    notes = " ".join(p.text for p in document.paragraphs if label(p.text).startswith("单位"))
    foreign = [sheet for other in others for sheet in other.sheets]
    for block in _blocks(form, reading, foreign):
        found = leaves(block.header, block.sheet)
        reading.explained.update(block.header)
        if found:
            _bind_block(block, found, reading, money_unit(notes))
    return reading


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


def _bind_block(block: _Block, columns: tuple[Leaf, ...], reading: Reading, note: str) -> None:
    note = note or next(
        (
            unit
            for line in block.body
            if (unit := money_unit(line.printed))
            and not row_headings(block.sheet).get(label(line.cells[0].text))
        ),
        "",
    )
    header, rows = bare(block.sheet, columns, block.header[-1], block.body)
    columns = tuple(leaf for leaf in columns if not (leaf.heading and leaf.heading.aside))
    for leaf in columns if block.sheet.exact else ():
        if leaf.heading is None:
            message = f"column `{leaf.cell.text}` is in no form, or there twice"
            reading.doubts.append(
                (block.sheet.id, finding_at("read_column", Severity.WARNING, message, header))
            )
    placed = (
        placed_rows(block.sheet, rows, len(columns))
        if block.sheet.rows
        else [Placed(row, None) for row in _data_rows(rows)]
    )
    width = _common_width([row.line for row in rows])
    short = False
    start = len(reading.matches)
    for here in placed:
        if here.rivals:
            reading.explained.add(here.row.printed)
            reading.doubts.append((block.sheet.id, _either(here)))
            continue
        line = here.row.line
        values = _value_cells(here, header, columns, width)
        if here.row.code:
            values = _without_code(values, here.row.code, len(columns))
        bound = _pair(values, _placed_columns(columns, header, line))
        if not block.sheet.rows and bound is None:
            continue
        reading.explained.add(here.row.printed)
        short = short or bound is None
        reading.matches += _matches(reading.form, block.sheet, here, columns, bound, note)
        _doubt_row(reading, block.sheet, here, bound)
    if short and any(line.layout is Layout.STREAM for line in block.body):
        _flag(reading.matches, start, "read:row_length", lambda match: not match.cell.text)
    unsettled = _unsettled(block)
    _flag(reading.matches, start, "read:other_numbering", lambda m: m.concept in unsettled)


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
    """Rows that hold only values; blank ones count only when no other does."""
    rows = [row for row in rows if all(is_value_like(cell.text) for cell in row.line.cells)]
    filled = [row for row in rows if any(cell.text for cell in row.line.cells)]
    return filled or rows


def _common_width(body: Sequence[Line]) -> int:
    """The number of cells every row has, or 0 when rows differ."""
    widths = {len(line.cells) for line in body if line.has_numeral}
    return widths.pop() if len(widths) == 1 else 0


def _value_cells(
    placed: Placed, header: Line, columns: tuple[Leaf, ...], width: int
) -> tuple[Cell, ...]:
    line = placed.row.line
    cells = line.cells
    if placed.heading is not None:
        last = max(
            (
                i
                for i, cell in enumerate(cells)
                if label(cell.text) and not is_value_like(cell.text) and _precedes_values(cells, i)
            ),
            default=-1,
        )
        cells = cells[last + 1 :]
    if line.layout is Layout.RULED and line.table == header.table:
        first = min(leaf.cell.col for leaf in columns)
        cells = tuple(cell for cell in cells if cell.col + cell.colspan > first)
    surplus = len(cells) - len(columns) - bool(placed.row.code)
    if line.layout is Layout.ROWS and surplus > 0 and width == len(line.cells):
        lead = cells[:surplus]
        cells = cells if any(cell.text for cell in lead) else cells[surplus:]
    if line.layout is Layout.STREAM and surplus > 0 and not any(c.text for c in cells[-surplus:]):
        cells = cells[:-surplus]
    return cells


def _without_code(values: tuple[Cell, ...], code: str, width: int) -> tuple[Cell, ...]:
    """The values without the code before them, or nothing where it is not plainly there."""
    plain = code == "after" and len(values) == width + 1 and _CODE.fullmatch(values[0].text)
    return values[1:] if plain else ()


def _precedes_values(cells: Sequence[Cell], at: int) -> bool:
    return not any(cell.text and is_value_like(cell.text) for cell in cells[:at])


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
    one_level = all(leaf.cell in header.cells for leaf in columns)
    if line.layout is Layout.ROWS and one_level and len(line.cells) == len(header.cells):
        return list(zip(starts, [*starts[1:], header.cells[-1].col + 1], strict=True))
    return [(-1, -1)] * len(columns)


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
    line, row = placed.row.line, placed.heading
    doubts = () if row is None or row.confirmed else ("read:form_unconfirmed",)
    for i, leaf in enumerate(columns):
        slot = sheet.slot(row, leaf.heading) if leaf.heading else None
        if slot is None:
            continue
        table, concept, applicant, period = slot
        column = leaf.heading.id if leaf.heading else ""
        unit, kind = sheet.units.get(column, sheet.unit), sheet.kinds.get(column, "count")
        if row is not None and row.unit:
            unit, kind = row.unit, row.kind
        printed_unit = placed.row.unit
        if row is not None and row.kind == "money":
            printed_unit = printed_unit or money_unit(line.printed)
        if bound is None:
            cell = replace(line.cells[-1], text=line.printed)
            extra: tuple[str, ...] = ("read:row_length",)
        else:
            cell, extra = bound[i]
        made.append(
            Match(
                *(form, table, concept, applicant, cell, unit, kind, note),
                bound is not None,
                (*leaf.flags, *placed.flags, *extra, *doubts),
                *(period, printed_unit, sheet.id, leaf.cell),
            )
        )
    return made


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
