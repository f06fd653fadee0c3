"""Body rows and the rows of a form they are: by their words, by what they stand under, by likeness.

Units and codes that are printed beside the figures of a row are taken out of it first.
"""

from __future__ import annotations

from collections.abc import Reversible, Sequence
from dataclasses import dataclass, replace

from pipeline import doubt
from pipeline.doubt import Doubt
from pipeline.forms import Heading, Sheet
from pipeline.model import Cell, Layout
from pipeline.recognise.columns import Column, is_of_a_header
from pipeline.recognise.labels import AHEAD, Nearness, likeness, nearness
from pipeline.recognise.printed import PrintedRow
from pipeline.text import is_note, is_value_like, label, plain_unit


@dataclass(frozen=True, slots=True)
class BareRow:
    """A row as printed, the same without its asides, and the unit that stood among them.

    Where the row has kept no geometry, its code is still among the cells: `code` says whether it
    comes `after` the label, as the first of the values, or `before` it, as the last of those above.
    `doubts` are about what it took to see the row.
    """

    printed: PrintedRow
    row: PrintedRow
    unit: str = ""
    code: str = ""
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class PlacedRow:
    """A row with its heading, or with the headings that it could have equally well.

    The heading of a row of a sheet without row labels is None.
    """

    bare: BareRow
    heading: Heading | None
    doubts: tuple[Doubt, ...] = ()
    by_likeness: bool = False
    rivals: tuple[Heading, ...] = ()

    @property
    def row(self) -> PrintedRow:
        return self.bare.row

    @property
    def own_words(self) -> tuple[Cell, ...]:
        """The row's label and the notes in cells of their own between it and the figures."""
        if self.heading is None:
            return ()
        words = [cell for cell in self.row.cells if label(cell.text)]
        at = next((i for i, c in enumerate(words) if label(c.text) in self.heading.labels), None)
        own = self.row.own_label
        if at is None or own is None:
            return (own,) if own else ()
        notes = [cell for cell in words[at + 1 : at + 2] if is_note(cell.text)]
        return (words[at], *notes)

    @property
    def after_label(self) -> tuple[Cell, ...]:
        """The cells that come after the row's last label."""
        cells = self.row.cells
        return cells if self.heading is None else cells[self.row.label_at + 1 :]


# Units and codes beside the figures


def bare_rows(
    sheet: Sheet, columns: Sequence[Column], header: PrintedRow, body: Sequence[PrintedRow]
) -> tuple[PrintedRow, list[BareRow]]:
    """The header and the rows without the columns that hold units and codes."""
    if not sheet.has_asides:
        return header, [BareRow(row, row) for row in body]
    asides = [column for column in columns if column.heading and column.heading.aside]
    cells = {column.cell for column in asides}
    kept = header.with_cells(tuple(cell for cell in header.cells if cell not in cells))
    return kept, [_without_asides(row, asides, header, sheet) for row in body]


def _without_asides(
    row: PrintedRow, asides: Sequence[Column], header: PrintedRow, sheet: Sheet
) -> BareRow:
    """By place where header and row share a geometry; elsewhere units are known by their words."""
    places = row.table == header.table and (
        row.layout is Layout.RULED
        or (row.layout is Layout.ROWS and len(row.cells) == len(header.cells))
    )
    out: dict[Cell, str] = {}
    for column in asides if places else ():
        end = column.cell.col + column.cell.colspan
        for cell in row.cells:
            if column.cell.col <= cell.col and cell.col + cell.colspan <= end:
                out[cell] = column.heading.aside if column.heading else ""
    if not places:
        out = {cell: "unit" for cell in row.cells[1:] if plain_unit(cell.text)}
    rest = tuple(cell for cell in row.cells if cell not in out)
    unit = next((cell.text for cell, kind in out.items() if kind == "unit" and cell.text), "")
    code = "" if places else _side_of_code(asides, header, sheet)
    return BareRow(row, row.with_cells(rest or row.cells), unit, code)


def _side_of_code(asides: Sequence[Column], header: PrintedRow, sheet: Sheet) -> str:
    codes = [c.cell for c in asides if c.heading and c.heading.aside == "code"]
    if not codes:
        return ""
    at = min(header.cells.index(cell) for cell in codes)
    beside = header.cells[at + 1 : at + 2]
    before = at == 0 or any(label(cell.text) in sheet.skipped for cell in beside)
    return "before" if before else "after"


# Headings of rows


def placed_rows(
    sheet: Sheet, rows: Sequence[BareRow], columns: Sequence[Column]
) -> list[PlacedRow]:
    """The rows that are rows of the sheet under these columns.

    A damaged label takes the one free place it resembles. Words that several rows of the form
    share are those of the row whose group, or whose neighbour, is the nearest above.
    """
    named: list[tuple[BareRow, tuple[Heading, ...]]] = []
    above: dict[Heading, None] = {}  # in the order in which they were last printed
    for bare in _with_whole_labels([r for r in rows if not is_of_a_header(r.row, sheet)], sheet):
        possible = _headings_of(bare.row, sheet, len(columns))
        headings = _single_out(possible, above)
        if sheet.exact and len(possible) > 1 and headings[0] in above:
            headings = possible  # printed already: this may be another row with the same words
        named.append((bare, headings))
        if len(headings) == 1:
            above.pop(headings[0], None)
            above[headings[0]] = None
    ids = {column.heading.id for column in columns if column.heading}
    # For each row the last place in the form before it that is taken, and the first after it.
    places = [[sheet.order[heading.id] for heading in headings] for _, headings in named]
    first_after = [len(sheet.rows)]
    for taken in reversed(places):
        first_after.append(min([first_after[-1], *taken]))
    first_after.reverse()
    last_before = -1
    placed: list[PlacedRow] = []
    for at, (bare, headings) in enumerate(named):
        if len(headings) > 1:
            placed.append(PlacedRow(bare, None, rivals=headings))
        elif headings and not headings[0].group:
            doubts = (*bare.doubts, *_words_before(bare.row, sheet))
            placed.append(PlacedRow(bare, headings[0], doubts))
        elif not headings and not sheet.exact:
            free = [
                row
                for row in sheet.rows[last_before + 1 : first_after[at + 1]]
                if not row.group and not row.optional and ids.issuperset(row.cells)
            ]
            heading, doubts = _nearest(bare.row, free)
            if heading is not None:
                doubts = (*doubts, *_words_before(bare.row, sheet))
                placed.append(PlacedRow(bare, heading, doubts, by_likeness=True))
                last_before = max(last_before, sheet.order[heading.id])
        last_before = max([last_before, *places[at]])
    return placed


def heading_of(row: PrintedRow, sheet: Sheet) -> Heading | None:
    """The one row of the form that a row's labels name, or None."""
    if sheet.row_headings.keys().isdisjoint(row.labels):
        return None
    headings = _headings_of(row, sheet, 1)
    return headings[0] if len(headings) == 1 and not headings[0].group else None


def unknown_words(row: PrintedRow, sheet: Sheet) -> str:
    """What a row says beside figures and the labels of groups."""
    words = (label(cell.text) for cell in row.cells if not is_value_like(cell.text))
    return "".join(text for text in words if text not in sheet.group_labels)


def may_be(row: PrintedRow, heading: Heading, sheet: Sheet) -> bool:
    """Whether a row of no form could be this one, damaged: it has no label, or some of it."""
    words = unknown_words(row, sheet)
    return not words or nearness(words, heading) < Nearness.FAR


def _headings_of(row: PrintedRow, sheet: Sheet, width: int) -> tuple[Heading, ...]:
    """What the last known row label before the values can stand for.

    Words that no form knows between a known label and the values make a sub-row of a row, which
    is in no form; after the label of a group they are a row with a damaged label.
    """
    known = sheet.row_headings
    headings: tuple[Heading, ...] = ()
    for i, cell in enumerate(row.cells):
        text = label(cell.text)
        if text in known:
            headings = _single_out(known[text], headings)
        elif text and is_value_like(cell.text):
            if i == 0 and len(row.cells) > 1 and label(row.cells[1].text) in known:
                continue  # a serial number
            break
        elif text and headings and not is_note(cell.text) and len(row.cells) - i - 1 >= width:
            headings = ()
    if not headings or not headings[0].group:
        return headings
    texts = [cell.text for cell in row.cells if label(cell.text)]
    at = next(i for i, text in enumerate(texts) if label(text) in headings[0].labels)
    after = texts[at + 1 : at + 2]
    return () if after and not is_value_like(after[0]) else headings


def _single_out(headings: tuple[Heading, ...], above: Reversible[Heading]) -> tuple[Heading, ...]:
    for nearest in reversed(above if len(headings) > 1 else ()):
        related = [h for h in headings if h.under and h.under in (nearest.id, nearest.under)]
        if len(related) == 1:
            return (related[0],)
    return headings


def _nearest(row: PrintedRow, free: Sequence[Heading]) -> tuple[Heading | None, tuple[Doubt, ...]]:
    """The row whose place in the form's order is free and whose label is most alike."""
    words = [label(cell.text) for cell in row.cells if not is_value_like(cell.text)]
    if not words or not free:
        return None, ()
    shares = [likeness(words[-1], heading) for heading in free]
    best = max(range(len(free)), key=lambda at: (shares[at], -at))
    heading = free[best]
    how = nearness(words[-1], heading)
    if how > Nearness.ALIKE:
        return None, ()
    if any(character.isdigit() for character in words[-1]):
        return heading, (Doubt(doubt.JOINED),)
    others = sorted(shares[:best] + shares[best + 1 :], reverse=True)
    settled = not others or shares[best] - others[0] > AHEAD
    vouched = settled and how is Nearness.DAMAGED and len(free) == 1
    said = Doubt(doubt.LABEL, taken_for(row, heading), row.where)
    return heading, () if vouched else (said,)


def taken_for(row: PrintedRow, heading: Heading) -> str:
    """The words of a doubt about a row that was known by likeness only."""
    return f"row `{row.printed}` was taken for {heading.id}: nearest label in the only free place"


def _with_whole_labels(rows: Sequence[BareRow], sheet: Sheet) -> list[BareRow]:
    """Two rows between which a label was cut, one of them without figures, are one again."""
    whole: list[BareRow] = []
    for bare in rows:
        text = _cut_between(whole[-1].row, bare.row, sheet) if whole else ""
        if text:
            filled = bare if bare.row.has_figures else whole[-1]
            own = filled.row.own_label
            cells = (replace(c, text=text) if c is own else c for c in filled.row.cells)
            whole[-1] = replace(filled, row=filled.row.with_cells(tuple(cells)))
        else:
            whole.append(bare)
    return whole


def _cut_between(above: PrintedRow, below: PrintedRow, sheet: Sheet) -> str:
    """The label of the form that two halves make, or an empty string.

    The lower half may be a label by itself, if it is another wording of the same row.
    """
    known = sheet.row_headings
    head, rest = above.own_label, below.own_label
    if not head or not rest or label(head.text) in known:
        return ""
    text = head.text + rest.text
    if label(text) not in known or (above.has_figures and below.has_figures):
        return ""
    same = known[label(text)] == known.get(label(rest.text))
    return text if same or label(rest.text) not in known else ""


def _words_before(row: PrintedRow, sheet: Sheet) -> tuple[Doubt, ...]:
    """A doubt where words of no form stand before a row's label: another year's row, or organ's."""
    own = row.own_label
    before = row.cells[: row.cells.index(own)] if own else ()
    for cell in before:
        if not is_value_like(cell.text) and label(cell.text) not in sheet.row_headings:
            # A page break leaves parts of the label of a group: 三）不予公开.
            text = label(cell.text).lstrip("一二三四五六七八九十")
            known = (*sheet.row_headings, *sheet.skipped, *sheet.beside)
            if text and not any(one.startswith(text) or one.endswith(text) for one in known):
                return (Doubt(doubt.ROW_LABEL),)
    return ()
