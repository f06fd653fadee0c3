"""Printed rows as the recogniser sees them, also where a file has lost the row boundaries."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from pipeline.forms import Form, Heading, Sheet
from pipeline.model import Cell, Document, Layout
from pipeline.text import is_numeral, is_value_like, label, plain_unit


@dataclass(frozen=True)
class Line:
    """One printed row of a table; `table` is the ordinal of its grid in the document."""

    cells: tuple[Cell, ...]
    layout: Layout
    table: int

    @cached_property
    def labels(self) -> tuple[str, ...]:
        """Comparable labels of the cells that hold something."""
        return tuple(text for text in (label(cell.text) for cell in self.cells) if text)

    @cached_property
    def has_numeral(self) -> bool:
        return any(is_numeral(cell.text) for cell in self.cells)

    @property
    def where(self) -> str:
        return self.cells[0].where if self.cells else ""

    @property
    def printed(self) -> str:
        return " | ".join(cell.text.replace("\n", "") for cell in self.cells)


Known = Mapping[int, tuple[Line, ...]]


def known_lines(document: Document) -> Known:
    """The rows of each grid that has kept them, by the ordinal of the grid: one for all forms."""
    return {
        table: tuple(Line(cells, grid.layout, table) for cells in grid.rows() if cells)
        for table, grid in enumerate(document.grids, start=1)
        if grid.layout is not Layout.STREAM
    }


def printed_lines(document: Document, form: Form, known: Known) -> tuple[Line, ...]:
    """Every row of every grid, in reading order; streams are cut into rows at the form's labels."""
    lines: list[Line] = []
    for table, grid in enumerate(document.grids, start=1):
        if table in known:
            lines += known[table]
        else:
            rows = _stream_rows(grid.cells, form)
            lines += [Line(cells, grid.layout, table) for cells in rows if cells]
    return tuple(lines)


def runs_on(words: str, labels: tuple[str, ...]) -> bool:
    """Whether a figure follows a label without a wall between them: 规章000."""
    return words.startswith(labels) and any(
        words.startswith(text) and words[len(text) :][:1].isdigit() for text in labels
    )


Headings = dict[str, tuple[Heading, ...]]


def row_headings(sheet: Sheet) -> Headings:
    """Comparable label → the row headings it can stand for."""
    found: Headings = {}
    for row in sheet.rows:
        for text in row.labels:
            found[text] = (*found.get(text, ()), row)
    return found


def _stream_rows(cells: tuple[Cell, ...], form: Form) -> Iterator[tuple[Cell, ...]]:
    known: Headings = {}
    for sheet in form.sheets:
        for text, rows in row_headings(sheet).items():
            known[text] = (*known.get(text, ()), *rows)
    columns = {text for sheet in form.sheets for column in sheet.columns for text in column.labels}
    run: list[Cell] = []
    values: list[Cell] = []
    held: list[Cell] = []
    names = tuple(known)
    for cell in cells:
        words = label(cell.text)
        if runs_on(words, names) and not is_value_like(cell.text):
            yield from _cut(run, values, known, columns)
            yield (cell,)  # 规章000: a row whose cells have run together
            run, values = [], []
            continue
        if is_value_like(cell.text):
            if run and not values and not cell.text and not _row_path(run, known, columns):
                held.append(cell)  # of a merged header cell, or the first figures of a row
                continue
            values += [*held, cell]
            held = []
            continue
        held = []
        if values:
            yield from _cut(run, values, known, columns)
            run, values = [], []
        run.append(cell)
    whole = min((len(sheet.leaf_columns) for sheet in form.sheets if not sheet.rows), default=0)
    yield from _cut(run, values or (held if len(held) >= whole > 0 else []), known, columns)


def _cut(
    run: list[Cell], values: list[Cell], known: Headings, columns: set[str]
) -> Iterator[tuple[Cell, ...]]:
    path = _row_path(run, known, columns)
    if values and not path and not any(label(cell.text) in columns for cell in run):
        path = run  # words of no form, before figures: a row of its own
    header = run[: len(run) - len(path)]
    if header:
        yield tuple(header)
    if path or values:
        yield (*path, *values)


def _row_path(run: list[Cell], known: Headings, columns: set[str]) -> list[Cell]:
    """The row labels that end a run of labels: a heading, and before it the groups it is under.

    A unit may follow the heading. A label that also names a column (总计, 其他) counts only when
    the whole run is one such path.
    """
    units = run[-1:] if len(run) > 1 and plain_unit(run[-1].text) else []
    run = run[: len(run) - len(units)]
    path: list[Cell] = []
    below: tuple[Heading, ...] = ()
    for cell in reversed(run):
        headings = known.get(label(cell.text), ())
        if path:
            headings = tuple(h for h in headings if any(row.under == h.id for row in below))
        if not headings:
            break
        path.insert(0, cell)
        below = headings
    if not path or (label(path[-1].text) in columns and len(path) != len(run)):
        return []
    return [*path, *units]
