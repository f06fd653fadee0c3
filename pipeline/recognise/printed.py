"""Printed rows as the recogniser sees them, also where a file has lost the row boundaries."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice

from pipeline.forms import Form, Heading, Headings
from pipeline.model import Cell, Document, Grid, Layout
from pipeline.outline import Outline
from pipeline.text import (
    counts_in_sizes,
    is_note,
    is_numeral,
    is_value_like,
    label,
    money_unit,
    plain_unit,
    squeezed,
)

_FEWEST_HEADS = 3  # words of columns, one below another, that make a header
_MOST_PIECES = 4  # lines of a narrow cell: 社会|公益|组织
_OF_A_LABEL = re.compile("区分|[只不]计|勾稽|单位")  # in the notes that the forms print


@dataclass(frozen=True, slots=True, eq=False)
class PrintedRow:
    """One printed row of a table, and what it says at a glance.

    `table` is the ordinal of its grid in the document; `labels` are the comparable labels of the
    cells that hold something; `own_label` is the last words before the figures; `label_at` the
    place of the last label before which only a serial number stands, -1 where there is none.
    """

    cells: tuple[Cell, ...]
    layout: Layout
    table: int
    labels: tuple[str, ...]
    has_numeral: bool
    own_label: Cell | None
    label_at: int

    @property
    def words(self) -> str:
        """What the row says beside figures, comparably written."""
        return "".join(label(cell.text) for cell in self.cells if not is_value_like(cell.text))

    @property
    def has_figures(self) -> bool:
        """Whether figures come after the label; a number before it counts the rows."""
        own = self.own_label
        after = self.cells[self.cells.index(own) :] if own else self.cells
        return self.has_numeral and any(is_numeral(cell.text) for cell in after)

    @property
    def where(self) -> str:
        return self.cells[0].where if self.cells else ""

    @property
    def printed(self) -> str:
        return " | ".join(cell.text.replace("\n", "") for cell in self.cells)

    def with_cells(self, cells: tuple[Cell, ...]) -> PrintedRow:
        """The row with other cells."""
        return row_of(cells, self.layout, self.table)


def row_of(cells: tuple[Cell, ...], layout: Layout, table: int) -> PrintedRow:
    """A printed row of these cells."""
    labels: list[str] = []
    noted = _noted_value(cells)
    own: Cell | None = None
    at = -1
    has_numeral = past_label = past_own = False
    for i, cell in enumerate(cells):
        text = label(cell.text)
        if cell is noted:
            break  # only blank cells follow
        if text:
            labels.append(text)
        if is_value_like(cell.text):
            has_numeral = has_numeral or is_numeral(cell.text)
            past_label = past_label or bool(cell.text and i)
            past_own = past_own or bool(own and cell.text.strip())
        elif text:
            at = at if past_label else i
            own = own if past_own else cell
    return PrintedRow(cells, layout, table, tuple(labels), has_numeral, own, at)


def _noted_value(cells: tuple[Cell, ...]) -> Cell | None:
    """The text in brackets that stands where the row's figure should: 行政许可 | （见附件） | |.

    A unit, or a note of the form, belongs to the label.
    """
    filled = (cell for cell in reversed(cells) if cell.text.strip())
    last, before = next(filled, None), next(filled, None)
    if last is None or before is None or not is_note(last.text) or is_value_like(before.text):
        return None
    words = squeezed(last.text)
    of_unit = plain_unit(words) or money_unit(words) or counts_in_sizes(words)
    return None if of_unit or _OF_A_LABEL.search(words) else last


Kept = Mapping[int, tuple[PrintedRow, ...]]


def kept_rows(outline: Outline) -> Kept:
    """The rows of each grid that has kept them, by the ordinal of the grid: one for all forms."""
    tables = ((block, block.printed) for block in outline.blocks)
    grids = ((block, grid) for block, grid in tables if isinstance(grid, Grid))
    return {
        table: tuple(row_of(cells, grid.layout, table) for cells in block.rows.values())
        for table, (block, grid) in enumerate(grids, start=1)
        if grid.layout is not Layout.STREAM
    }


def printed_rows(document: Document, form: Form, kept: Kept) -> tuple[PrintedRow, ...]:
    """Every row of every grid, in reading order; streams are cut into rows at the form's labels."""
    rows: list[PrintedRow] = []
    for table, grid in enumerate(document.grids, start=1):
        if table in kept:
            ruled = grid.layout is Layout.RULED
            rows += kept[table] if ruled else _with_headers_on_one_row(kept[table], form)
        else:
            cut = _stream_rows(grid.cells, form)
            rows += [row_of(cells, grid.layout, table) for cells in cut if cells]
    return tuple(rows)


def _with_headers_on_one_row(rows: Sequence[PrintedRow], form: Form) -> Iterator[PrintedRow]:
    """The rows of a table without walls; those that hold one word of a header each are one row."""
    held: list[PrintedRow] = []
    for row in rows:
        if len(row.labels) == 1 and not row.has_numeral:
            held.append(row)
            continue
        yield from _as_one_header(held, form)
        held = []
        yield row
    yield from _as_one_header(held, form)


def _as_one_header(rows: Sequence[PrintedRow], form: Form) -> Iterator[PrintedRow]:
    """Rows of one word each: a header in one, with the captions above it, and what follows it."""
    if len(rows) >= _FEWEST_HEADS:
        columns = _column_labels(form)
        end = len(rows)
        while end and not any(rows[end - 1].labels[0] in text for text in columns):
            end -= 1
        cells = (cell for row in rows[:end] for cell in row.cells if label(cell.text))
        words = tuple(_with_whole_words(tuple(cells), form))
        if sum(label(cell.text) in columns for cell in words) >= _FEWEST_HEADS:
            yield row_of(words, Layout.STREAM, rows[0].table)
            rows = rows[end:]
    yield from rows


def runs_on(words: str, labels: tuple[str, ...]) -> bool:
    """Whether a figure follows a label without a wall between them: 规章000."""
    return words.startswith(labels) and any(
        words.startswith(text) and words[len(text) :][:1].isdigit() for text in labels
    )


def _stream_rows(cells: tuple[Cell, ...], form: Form) -> Iterator[tuple[Cell, ...]]:
    known: dict[str, tuple[Heading, ...]] = {}
    for sheet in form.sheets:
        for text, rows in sheet.row_headings.items():
            known[text] = (*known.get(text, ()), *rows)
    columns = _column_labels(form)
    run: list[Cell] = []
    values: list[Cell] = []
    held: list[Cell] = []
    names = tuple(known)
    for cell in _with_whole_words(cells, form):
        if is_value_like(cell.text):
            if run and not values and not cell.text and not _row_path(run, known, columns):
                held.append(cell)  # of a merged header cell, or the first figures of a row
                continue
            values += [*held, cell]
            held = []
            continue
        if runs_on(label(cell.text), names):
            yield from _cut(run, values, known, columns)
            yield (cell,)  # 规章000: a row whose cells have run together
            run, values = [], []
            continue
        if held and _is_over_blanks(run, len(held), form):
            values = held
        held = []
        if values:
            yield from _cut(run, values, known, columns)
            run, values = [], []
        run.append(cell)
    whole = min((len(sheet.leaf_columns) for sheet in form.sheets if not sheet.rows), default=0)
    blank = len(held) >= whole > 0 or (bool(held) and _is_over_blanks(run, len(held), form))
    yield from _cut(run, values or (held if blank else []), known, columns)


def _with_whole_words(cells: tuple[Cell, ...], form: Form) -> Iterator[Cell]:
    """The cells of a stream, those put together that a line break in a label has parted.

    本年新 | 制作数量 is one label; of halves that are labels each is its own.
    """
    known = _labels_of(form)
    at = 0
    for at_value, cell in enumerate((*cells, None)):
        if cell is None or is_value_like(cell.text):
            yield from (
                _whole_words(cells[at:at_value], known) if at_value > at + 1 else cells[at:at_value]
            )
            if cell:
                yield cell
            at = at_value + 1


def _whole_words(run: Sequence[Cell], known: frozenset[str]) -> Iterator[Cell]:
    """A run of words without figures, with each label of the form whole."""
    at = 0
    while at < len(run):
        end, text = at + 1, run[at].text
        if not all(label(cell.text) in known for cell in run[at : at + 2]):
            for count in range(min(_MOST_PIECES, len(run) - at), 1, -1):
                pieces = [cell.text for cell in run[at : at + count]]
                if label("\n".join(pieces)) in known and not any(map(is_note, pieces)):
                    end, text = at + count, "\n".join(pieces)
                    break
        yield run[at] if end == at + 1 else replace(run[at], text=text)
        at = end


@lru_cache(maxsize=8)
def _labels_of(form: Form) -> frozenset[str]:
    """Every label that a form prints."""
    words = ((*sheet.row_headings, *sheet.skipped) for sheet in form.sheets)
    return _column_labels(form).union(*words)


@lru_cache(maxsize=8)
def _column_labels(form: Form) -> frozenset[str]:
    return frozenset(text for sheet in form.sheets for text in sheet.column_headings)


def _is_over_blanks(run: Sequence[Cell], blanks: int, form: Form) -> bool:
    """Whether words head a small table, 复议后起诉 over five, and as many blanks are its row."""
    words = [label(cell.text) for cell in run]
    for sheet in (sheet for sheet in form.sheets if not sheet.rows):
        for parent in sheet.columns if words[-1] in sheet.column_headings else ():
            below = [column for column in sheet.leaf_columns if column.under == parent.id]
            above, ends = words[: len(words) - len(below)], words[len(words) - len(below) :]
            named = bool(above) and above[-1] in parent.labels
            fits = all(text in column.labels for text, column in zip(ends, below, strict=False))
            if below and named and fits and sheet.wide_labels.issuperset(above):
                return blanks >= len(below)
    return False


def _cut(
    run: list[Cell], values: list[Cell], known: Headings, columns: frozenset[str]
) -> Iterator[tuple[Cell, ...]]:
    path = _row_path(run, known, columns)
    if values and not path and not any(label(cell.text) in columns for cell in run):
        path = run  # words of no form, before figures: a row of its own
    header = run[: len(run) - len(path)]
    if header:
        yield tuple(header)
    if path or values:
        yield (*path, *values)


def _row_path(run: list[Cell], known: Headings, columns: frozenset[str]) -> list[Cell]:
    """The row labels that end a run of labels: a heading, and before it the groups it is under.

    A unit may follow the heading. A label that also names a column (总计, 其他) counts only when
    the whole run is one such path.
    """
    units = run[-1:] if len(run) > 1 and plain_unit(run[-1].text) else []
    path: list[Cell] = []
    below: tuple[Heading, ...] = ()
    for cell in islice(reversed(run), len(units), None):
        headings = known.get(label(cell.text), ())
        if path:
            headings = tuple(h for h in headings if any(row.under == h.id for row in below))
        if not headings:
            break
        path.insert(0, cell)
        below = headings
    whole = len(path) + len(units) == len(run)
    if not path or (label(path[-1].text) in columns and not whole):
        return []
    return [*path, *units]
