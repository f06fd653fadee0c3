"""Where the stretches of a form begin and end: a header, and the rows that belong to it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from pipeline.forms import Form, Sheet
from pipeline.model import Cell, Layout
from pipeline.outline import Outline
from pipeline.recognise.columns import (
    begins_header,
    goes_on_with,
    is_caption,
    is_of_a_header,
    names_a_part,
)
from pipeline.recognise.match import Stretch
from pipeline.recognise.printed import PrintedRow, row_of, runs_on
from pipeline.text import is_value_like, label, squeezed

_LONGEST_ROW = 80  # characters of a paragraph that may be a row without walls
_FULL_HEADER = 3  # cells; with words in all of so many a row heads columns
_CENTURIES = ("19", "20")  # a year may stand before the words of a column
_GOES_ON = re.compile(r"续表|接上表|接上页|\d*")


@cache
def _words_of_headers(sheets: tuple[Sheet, ...]) -> tuple[frozenset[str], tuple[str, ...]]:
    """The words that a header holds one of, and what longer words of it may begin with."""
    skipped = {text for sheet in sheets for text in sheet.skipped}
    columns = {text for sheet in sheets for text in sheet.column_headings}
    return frozenset(columns | skipped), (*_CENTURIES, *skipped)


@lru_cache(maxsize=1_000)
def _headed(sheets: tuple[Sheet, ...], labels: tuple[str, ...]) -> frozenset[Sheet]:
    """The sheets that words beside each other begin a header of."""
    words, beginnings = _words_of_headers(sheets)
    may_be = any(text in words or text.startswith(beginnings) for text in labels)
    return frozenset(s for s in sheets if begins_header(labels, s)) if may_be else frozenset()


class Headers:
    """Which sheets of all forms each row begins a header of."""

    def __init__(self, forms: Sequence[Form]) -> None:
        self._sheets = tuple(sheet for form in forms for sheet in form.sheets)

    def of(self, row: PrintedRow) -> frozenset[Sheet]:
        """The sheets that the row begins a header of."""
        return frozenset() if row.has_numeral else _headed(self._sheets, row.labels)

    def is_outdone(self, stretch: Stretch) -> bool:
        """Whether another form with the same columns knows all rows that this one knows, and more.

        Such a form fills more cells whatever the figures are. Rows of a stream are each form's own.
        """
        if any(row.layout is Layout.STREAM for row in stretch.body):
            return False
        sheet = stretch.sheet
        rows = (row for row in stretch.body if not is_of_a_header(row, sheet))
        printed = {label(row.own_label.text) for row in rows if row.own_label}
        known = printed & sheet.row_labels
        return any(
            known < printed & other.row_labels
            and [column.labels for column in other.columns] == [c.labels for c in sheet.columns]
            for other in self._sheets
            if other.id == sheet.id
        )


def stretches_of(
    form: Form, rows: Sequence[PrintedRow], headers: Headers
) -> tuple[list[Stretch], list[PrintedRow]]:
    """The stretches of a form, and the captions beside them.

    A header of no form, or of another form's sheet, ends a stretch.
    """
    stretches: list[Stretch] = []
    captions: list[PrintedRow] = []
    if not any(sheet in headers.of(row) for row in rows for sheet in form.sheets):
        return [], [row for row in rows if any(is_caption(row, s) for s in form.sheets)]
    current: Stretch | None = None
    under_way = False
    last = 0
    before: PrintedRow | None = None
    for row in rows:
        new, last = row.table != last, row.table
        above, before = before, row
        headed = headers.of(row)
        sheet = _most_like(row, [s for s in form.sheets if s in headed]) if headed else None
        deeper = under_way and current is not None and current.sheet.is_tree
        under_way = False
        if deeper and current and goes_on_with(row, current.sheet):
            current.header.append(row)
            under_way = True
        elif sheet:
            header = [row]
            if above and _is_over(above, row, sheet):
                header.insert(0, above)
                if current and above in current.body:
                    current.body.remove(above)
            current = Stretch(sheet, header)
            stretches.append(current)
            under_way = True
        elif headed:
            current = None
        elif current and is_caption(row, current.sheet):
            captions.append(row)
        elif current and _is_header_of_no_form(row, current.sheet, new):
            current = None
        elif current:
            current.body.append(row)
        elif any(is_caption(row, s) for s in form.sheets):
            captions.append(row)
    return stretches, captions


def _is_over(above: PrintedRow, header: PrintedRow, sheet: Sheet) -> bool:
    """Whether a row is one heading (复议后起诉) over the columns of a header that prints none."""
    alone = len(above.labels) == 1 and above.labels[0] in sheet.wide_labels
    return alone and not sheet.rows and sheet.wide_labels.isdisjoint(header.labels)


def with_headings_above(outline: Outline, stretches: Sequence[Stretch]) -> None:
    """Puts the paragraph before a table over its header, if it is a heading over columns of it."""
    for stretch in stretches:
        row = stretch.header[0]
        between = outline.between_tables.get(row.table, ())
        at_top = bool(row.cells) and row.cells[0].row == 0
        if stretch.sheet.rows or not between or not at_top:
            continue
        block = between[-1]
        above = row_of((Cell(block.text, 0, 0, where=block.where),), Layout.STREAM, row.table)
        if _is_over(above, row, stretch.sheet):
            stretch.header.insert(0, above)


def _most_like(row: PrintedRow, sheets: Sequence[Sheet]) -> Sheet | None:
    """Of sheets that a row may begin a header of, the one with columns for most of its words."""
    if len(sheets) < 2:
        return sheets[0] if sheets else None
    return max(sheets, key=lambda sheet: sum(names_a_part(text, sheet) for text in row.labels))


def _is_header_of_no_form(row: PrintedRow, sheet: Sheet, new: bool) -> bool:
    """Whether a row heads columns of the publisher's own: 单位 | 行政许可 | ...

    A row of the form has its label and then blanks; in a header words stand in most cells. Inside a
    table it begins with the word of the corner (信息内容), or has words in all of three cells.
    """
    if row.has_numeral:
        return False
    words = [text for c in row.cells if not is_value_like(c.text) and (text := label(c.text))]
    if len(words) < 2 or len(words) * 2 <= len(row.cells):
        return False
    known = sheet.row_headings
    if all(text in known for text in words):
        return False
    if words[0] in sheet.skipped:
        return True
    if row.layout is Layout.STREAM:
        return False
    full = len(words) == len(row.cells) >= _FULL_HEADER and known.keys().isdisjoint(words)
    return new or full


def without_repeats(stretch: Stretch) -> Stretch | None:
    """The stretch with each cell once, where merged cells are printed in each of their places.

    So programs write them that know none. Nothing where a row of figures has another
    figure below the same words.
    """
    head = stretch.header[-1]
    words = [label(cell.text) for cell in head.cells]
    again = {at for at in range(1, len(words)) if words[at] and words[at] == words[at - 1]}
    rows = [row for row in stretch.body if row.has_numeral]
    if head.layout is not Layout.ROWS or not again:
        return None
    for row in rows:
        texts = [cell.text for cell in row.cells]
        if len(texts) != len(words) or any(texts[at] != texts[at - 1] for at in again):
            return None

    def once(row: PrintedRow) -> PrintedRow:
        return row.with_cells(tuple(c for at, c in enumerate(row.cells) if at not in again))

    body = [once(row) if len(row.cells) == len(words) else row for row in stretch.body]
    return Stretch(stretch.sheet, [*stretch.header[:-1], once(head)], body)


def rows_in_prose(outline: Outline, sheet: Sheet) -> list[PrintedRow]:
    """Rows that stand outside the table: 规章000, without walls, or a label without any cell."""
    known = tuple(sheet.row_headings)
    # Older reports use the rows' words as headings.
    alone = () if sheet.exact else sheet.row_headings
    return [
        row_of((Cell(block.text, 0, 0, where=block.where),), Layout.ROWS, 0)
        for block in outline.blocks
        if not block.is_table
        and len(block.text) <= _LONGEST_ROW
        and (block.label in alone or runs_on(block.label, known))
        and not is_head_word(block.text, sheet)
    ]


def is_head_word(text: str, sheet: Sheet) -> bool:
    """Whether words without a number before them may be a column's as well as a row's: 总计."""
    plain = label(text)
    return plain in sheet.column_headings and squeezed(text) == plain


def tables_apart(outline: Outline, form: Form) -> frozenset[int]:
    """The ordinals of ruled tables that words of no form part from the table before."""
    captions = {text for sheet in form.sheets for text in sheet.skipped}
    grids = outline.document.grids
    return frozenset(
        table
        for table, between in outline.between_tables.items()
        if grids[table - 1].layout is Layout.RULED
        and any(b.label not in captions and not _GOES_ON.fullmatch(b.label) for b in between)
    )
