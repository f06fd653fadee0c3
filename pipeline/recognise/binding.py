"""One form reading one document: blocks under headers, rows by their labels, cells by columns.

Cells are placed by their row label and their column label, never by order or count alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher

from pipeline.forms import Form, Heading, Sheet
from pipeline.model import Cell, Document, Finding, Layout, Severity, Verdict
from pipeline.recognise.headers import Leaf, is_caption, is_header, leaves
from pipeline.recognise.lines import Line, printed_lines, row_headings
from pipeline.text import is_value_like, label, money_unit

_ALIKE = 0.6


@dataclass(frozen=True, slots=True)
class Match:
    """One printed cell tied to one cell of a form, with what its header and notes say."""

    form: str
    table: str
    concept: str
    applicant: str
    cell: Cell
    unit: str = ""
    kind: str = "count"
    header: str = ""
    note: str = ""
    readable: bool = True
    flags: tuple[str, ...] = ()

    @property
    def slot(self) -> tuple[str, str]:
        return self.concept, self.applicant


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


def read_with(form: Form, document: Document) -> Reading:
    slots: dict[str, int] = {}
    for sheet in form.sheets:
        for table, _, _ in sheet.slots():
            slots[table] = slots.get(table, 0) + 1
    reading = Reading(form.id, slots, lines=printed_lines(document, form))
    notes = " ".join(p.text for p in document.paragraphs if label(p.text).startswith("单位"))
    for block in _blocks(form, reading):
        found = leaves(block.header, block.sheet)
        reading.explained.update(block.header)
        if found:
            _bind_block(block, found, reading, money_unit(notes))
    return reading


def _blocks(form: Form, reading: Reading) -> list[_Block]:
    blocks: list[_Block] = []
    under_way = False
    for line in reading.lines:
        sheet = next((s for s in form.sheets if is_header(line, s, False)), None)
        current = blocks[-1] if blocks else None
        if under_way and current and is_header(line, current.sheet, True):
            current.header.append(line)
        elif sheet:
            blocks.append(_Block(sheet, [line]))
            under_way = True
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
    placed = _placed_rows(block, columns)
    note = note or next(
        (
            unit
            for line in block.body
            if (unit := money_unit(line.printed))
            and not row_headings(block.sheet).get(label(line.cells[0].text))
        ),
        "",
    )
    width = _common_width(block.body)
    short = False
    start = len(reading.matches)
    for line, row, flags in placed:
        values = _value_cells(line, row, block, columns, width)
        bound = _pair(values, _placed_columns(columns, block.header[-1], line))
        if not block.sheet.rows and bound is None:
            continue
        reading.explained.add(line)
        short = short or bound is None
        reading.matches += _matches(reading.form, block, line, row, columns, bound, flags, note)
        _doubt_row(reading, block, line, row, bound, flags)
    if short and any(line.layout is Layout.STREAM for line in block.body):
        reading.matches[start:] = [
            match if match.cell.text else replace(match, flags=(*match.flags, "read:row_length"))
            for match in reading.matches[start:]
        ]


def _placed_rows(
    block: _Block, columns: tuple[Leaf, ...]
) -> list[tuple[Line, Heading | None, tuple[str, ...]]]:
    """Body rows with their row headings; damaged labels take the one free place they resemble."""
    if not block.sheet.rows:
        return [(line, None, ()) for line in _data_rows(block.body)]
    order = {row.id: i for i, row in enumerate(block.sheet.rows)}
    found = [(line, _heading_of(line, block.sheet)) for line in block.body]
    placed: list[tuple[Line, Heading | None, tuple[str, ...]]] = []
    for i, (line, heading) in enumerate(found):
        flags: tuple[str, ...] = ()
        if heading is None:
            before = [order[h.id] for _, h in found[:i] if h]
            after = [order[h.id] for _, h in found[i + 1 :] if h]
            heading, flags = _nearest(line, block.sheet, before, after)
        if heading is not None and not heading.group:
            placed.append((line, heading, flags))
    return placed


def _heading_of(line: Line, sheet: Sheet) -> Heading | None:
    """The last known row label before the values."""
    known = row_headings(sheet)
    found: Heading | None = None
    for cell in line.cells:
        text = label(cell.text)
        if text in known:
            found = known[text]
        elif text and is_value_like(cell.text):
            break
    return found if found is None or not found.group else _only_child_missing(line, found)


def _only_child_missing(line: Line, group: Heading) -> Heading | None:
    """A group label followed by words no form knows is a row with a damaged label."""
    texts = [cell.text for cell in line.cells if label(cell.text)]
    at = next(i for i, text in enumerate(texts) if label(text) in group.labels)
    after = texts[at + 1 :]
    return None if after and not is_value_like(after[0]) else group


def _nearest(
    line: Line, sheet: Sheet, before: list[int], after: list[int]
) -> tuple[Heading | None, tuple[str, ...]]:
    """The row whose place in the form's order is free and whose label is most alike."""
    words = [label(cell.text) for cell in line.cells if not is_value_like(cell.text)]
    if not words or not before:
        return None, ()
    low, high = max(before), min(after, default=len(sheet.rows))
    free = [row for row in sheet.rows[low + 1 : high] if not row.group]
    scored = sorted(
        (
            (max(_likeness(words[-1], text) for text in row.labels), -i, row)
            for i, row in enumerate(free)
        ),
        reverse=True,
        key=lambda item: item[:2],
    )
    if not scored or scored[0][0] < _ALIKE:
        return None, ()
    settled = len(scored) == 1 or scored[0][0] - scored[1][0] > 0.2
    return scored[0][2], () if settled and len(free) == 1 else ("read:label",)


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _data_rows(body: Sequence[Line]) -> list[Line]:
    """Rows that hold only values; blank ones count only when no other does."""
    rows = [line for line in body if all(is_value_like(cell.text) for cell in line.cells)]
    filled = [line for line in rows if any(cell.text for cell in line.cells)]
    return filled or rows


def _common_width(body: Sequence[Line]) -> int:
    """The number of cells every row has, or 0 when rows differ."""
    widths = {len(line.cells) for line in body if line.has_numeral}
    return widths.pop() if len(widths) == 1 else 0


def _value_cells(
    line: Line, row: Heading | None, block: _Block, columns: tuple[Leaf, ...], width: int
) -> tuple[Cell, ...]:
    cells = line.cells
    if row is not None:
        last = max(
            (
                i
                for i, cell in enumerate(cells)
                if label(cell.text) and not is_value_like(cell.text) and _precedes_values(cells, i)
            ),
            default=-1,
        )
        cells = cells[last + 1 :]
    if line.layout is Layout.RULED and line.table == block.header[-1].table:
        first = min(leaf.cell.col for leaf in columns)
        cells = tuple(cell for cell in cells if cell.col + cell.colspan > first)
    surplus = len(cells) - len(columns)
    if line.layout is Layout.ROWS and surplus > 0 and width == len(line.cells):
        lead = cells[:surplus]
        cells = cells if any(cell.text for cell in lead) else cells[surplus:]
    if line.layout is Layout.STREAM and surplus > 0 and not any(c.text for c in cells[-surplus:]):
        cells = cells[:-surplus]
    return cells


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
        return list(zip(starts, [*starts[1:], len(header.cells)], strict=True))
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
    block: _Block,
    line: Line,
    row: Heading | None,
    columns: tuple[Leaf, ...],
    bound: list[tuple[Cell, tuple[str, ...]]] | None,
    flags: tuple[str, ...],
    note: str,
) -> list[Match]:
    made: list[Match] = []
    for i, leaf in enumerate(columns):
        slot = block.sheet.slot(row, leaf.heading) if leaf.heading else None
        if slot is None:
            continue
        table, concept, applicant = slot
        column = leaf.heading.id if leaf.heading else ""
        if bound is None:
            cell = replace(line.cells[-1], text=line.printed)
            extra: tuple[str, ...] = ("read:row_length",)
        else:
            cell, extra = bound[i]
        made.append(
            Match(
                form,
                table,
                concept,
                applicant,
                cell,
                block.sheet.units.get(column, block.sheet.unit),
                block.sheet.kinds.get(column, "count"),
                leaf.cell.text,
                note,
                bound is not None,
                (*leaf.flags, *flags, *extra),
            )
        )
    return made


def _doubt_row(
    reading: Reading,
    block: _Block,
    line: Line,
    row: Heading | None,
    bound: list[tuple[Cell, tuple[str, ...]]] | None,
    flags: tuple[str, ...],
) -> None:
    table = (row.table if row and row.table else "") or block.sheet.id
    if bound is None:
        message = f"row `{line.printed}` does not have one cell for each column of its header"
        reading.doubts.append((table, finding_at("read_row_length", Severity.ERROR, message, line)))
    elif row is not None and _heading_of(line, block.sheet) is None:
        message = (
            f"row `{line.printed}` was taken for {row.id}: nearest label in the only free place"
        )
        severity = Severity.WARNING if flags else Severity.INFO
        reading.doubts.append((table, finding_at("read_label", severity, message, line)))


def finding_at(check: str, severity: Severity, message: str, line: Line) -> Finding:
    return Finding(check, Verdict.FAIL, severity, message, (), line.where)
