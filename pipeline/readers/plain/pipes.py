"""Tables whose cells end with a pipe, written by tools that make text of a page.

Such a tool closes each cell with a pipe and fills every row up with bare pipes to the cells of the
widest. It may print a row on a line, or, where the page has breaks in its cells, a cell on a line:
there a line means nothing, and the rows are cut by the number of cells. A blank cell may have
been left out, so that the row is filled up with one pipe more: the pipes at the end of a row are
no cells, unless the file prints blank cells. Even then those are none that follow a cell in its
line, nor is the pipe that opens a row.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from pipeline.readers.plain.habits import Habits
from pipeline.readers.plain.lines import (
    Block,
    Line,
    grid,
    heads_labels,
    is_figure,
    is_heading,
    is_opening,
    is_prose,
    paragraphs,
    stream,
)
from pipeline.readers.plain.merged import grid_of
from pipeline.text import trimmed

_BREAK = re.compile(r"<[bB][rR]\s*/?>")
_PIPE_RULE = re.compile(r"^[\s|:+=]*-[\s|:+=-]*$")
_FILLING = "|"  # instead of what a cell says: a pipe that is none
_MOST_COLUMNS = 40  # no form has twenty
_MOST_LABELS = 3  # of a row
_FEWEST_ROWS = 3  # of a table; two may be cut anywhere in a header
_ODD_ROWS = 6  # one row in so many may not look like one

Row = list[Line]


def _without_filling(row: Row) -> Row:
    """The row without the blanks at its end; one that has no figure may be blank altogether."""
    if not any(is_figure(cell.text) for cell in row):
        return row
    end = max(i for i, cell in enumerate(row, 1) if trimmed(cell.text))
    return row[:end]


def piped(run: Sequence[Line], habits: Habits) -> Iterator[Block]:
    """The table of lines that are rows, with pipes between their cells."""
    lines = [Line(line.number, line.text.strip()) for line in run if trimmed(line.text)]
    # Where most lines have none, an outer pipe is the wall of a blank cell.
    opened = sum(line.text.startswith("|") for line in lines) * 2 > len(lines)
    closed = opened or sum(line.text.endswith("|") for line in lines) * 2 > len(lines)
    rows: list[Row] = []
    for i, (number, text) in enumerate(lines):
        # The second line of dashes is drawn, or a long one; other dashes are values.
        if not (_PIPE_RULE.match(text) and (i == 1 or "---" in text)):
            inner = text.removeprefix("|" if opened else "").removesuffix("|" if closed else "")
            rows.append([Line(number, _BREAK.sub("\n", part)) for part in inner.split("|")])
    if habits.fills_up:
        rows = [_without_filling(row) for row in rows]
    if rows:
        yield grid_of(rows)


def closed_blocks(run: Sequence[Line], habits: Habits) -> Iterator[Block]:
    """The tables of a run whose cells are closed by pipes, and the paragraphs between them."""
    cells: Row = []
    labelled = False
    for cell in _cells(run, habits.fills_beside):
        prose = is_prose(cell.text)
        labelled = (labelled or heads_labels(cell.text)) and not prose
        if prose or (not labelled and is_heading(cell.text)):
            yield from _table(cells, habits.fills_up)
            cells = []
            texts = enumerate(cell.text.split("\n"), cell.number)
            yield from paragraphs(Line(*numbered) for numbered in texts)
        elif cells or cell.text:
            cells.append(cell)
    yield from _table(cells, habits.fills_up)


def _table(marked: Row, filled_up: bool) -> Iterator[Block]:
    cells = [cell._replace(text="") if cell.text == _FILLING else cell for cell in marked]
    if not any(is_figure(cell.text) or is_opening(cell.text) for cell in cells):
        yield from paragraphs(cells)
        return
    width = _width(cells)
    if not width:
        kept = [cell for cell in marked if cell.text != _FILLING]
        yield stream(cell for cell in kept if trimmed(cell.text) or not filled_up)
        return
    starts = range(0, len(cells), width)
    if filled_up:
        yield grid(_without_filling(cells[at : at + width]) for at in starts)
    else:
        yield grid(_without_marked([marked[at : at + width] for at in starts]))


def _without_marked(rows: Sequence[Row]) -> Sequence[Row]:
    """The rows without the pipes that their lines tell to be no cells.

    Those that open a row come last in the one above, for of a table's first cells only words count.
    """
    kept = [[cell for cell in row if cell.text != _FILLING] for row in rows]
    is_marked = any(cell.text == _FILLING for row in rows for cell in row)
    opened = is_marked and all(row and not row[-1].text for row in kept[:-1])
    return [row[:-1] for row in kept[:-1]] + kept[-1:] if opened else kept


def _width(cells: Row) -> int:
    """The number of cells in each row; 0 where it is not told.

    With a wrong number, labels come to stand behind figures, or rows to begin ever further right.
    """
    best, least = 0, 2.0
    for width in range(2, min(len(cells) // _FEWEST_ROWS, _MOST_COLUMNS) + 1):
        rows = [cells[at : at + width] for at in range(0, len(cells), width)]
        odd = sum(not _is_row(row) for row in rows[:-1]) + (not _may_end(*rows[-2:]))
        if odd * _ODD_ROWS < len(rows):
            starts = Counter(_start(row) for row in rows)
            slipped = len(rows) - starts.most_common(1)[0][1]
            if slipped * 2 < len(rows) and (odd + slipped) / len(rows) < least:
                best, least = width, (odd + slipped) / len(rows)
    return best


def _is_row(cells: Row) -> bool:
    """Whether labels stand side by side, and figures behind no more of them than a row has."""
    words = [i for i, c in enumerate(cells) if trimmed(c.text) and not is_figure(c.text)]
    figures = [i for i, cell in enumerate(cells) if is_figure(cell.text)]
    if not words:
        return False
    together = words[-1] - words[0] == len(words) - 1
    behind = not figures or (figures[0] > words[-1] and len(words) <= _MOST_LABELS)
    return together and behind


def _may_end(above: Row, last: Row) -> bool:
    """Whether the last is a row, or the only one, without a label, below a header."""
    headed = not any(is_figure(cell.text) for cell in above)
    alone = all(is_figure(cell.text) or not cell.text for cell in last)
    return _is_row(last) or (headed and alone)


def _start(cells: Row) -> int:
    return next((i for i, cell in enumerate(cells) if trimmed(cell.text)), 0)


def _cells(run: Sequence[Line], fills_beside: bool) -> Iterator[Line]:
    """What the pipes end, lines or not, and the pipes that are told to be no cells."""
    open_cell: list[Line] = []
    for line in run:
        *closed, rest = line.text.split("|")
        if fills_beside and not any(map(trimmed, [*closed[1:], rest])):
            closed[1:] = [_FILLING] * len(closed[1:])
        for text in closed:
            if text == _FILLING:
                yield Line(line.number, text)
                continue
            open_cell.append(Line(line.number, text))
            filled = [part for part in open_cell if trimmed(part.text)]
            number = filled[0].number if filled else line.number
            yield Line(number, "\n".join(trimmed(part.text) for part in filled))
            open_cell = []
        if trimmed(rest):
            open_cell.append(Line(line.number, rest))
    if open_cell:
        yield Line(open_cell[0].number, "\n".join(trimmed(part.text) for part in open_cell))
