"""Merged cells that print their words in every place that they cover: exports of spreadsheets.

Words repeated beside each other, in a table of rows that are all as long, are one cell: no column
of a form has the name of the one beside it. A figure is repeated only where the words above it are.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import pairwise, takewhile

from pipeline.model import Cell, Grid
from pipeline.readers.plain.lines import Line, grid, is_figure
from pipeline.text import trimmed

_FEWEST_COLUMNS = 3
_FEWEST_ROWS = 2  # with words repeated side by side

Row = Sequence[Line]


def grid_of(rows: Sequence[Row]) -> Grid:
    """The table of these rows; with spans, where merged cells are filled across and down."""
    words = [[_words(cell.text) for cell in row] for row in rows]
    widths = {len(row) for row in rows}
    if len(widths) != 1 or min(widths) < _FEWEST_COLUMNS:
        return grid(rows)
    across = sum(any(one and one == other for one, other in pairwise(row)) for row in words)
    if across < _FEWEST_ROWS:
        return grid(rows)
    spans = _with_spans(rows)
    if any(cell.rowspan > 1 for cell in spans.cells):
        return spans
    # The places below a cell merged downwards are blank: so may those beside one be, then.
    filled = {(cell.row, cell.col) for cell in spans.cells}
    return grid(
        [
            cell if (row, col) in filled else cell._replace(text="")
            for col, cell in enumerate(printed)
        ]
        for row, printed in enumerate(rows)
    )


def _words(text: str) -> str:
    """What a cell says, if it is no figure."""
    plain = trimmed(text)
    return "" if is_figure(plain) else plain


def _with_spans(rows: Sequence[Row]) -> Grid:
    texts = [[trimmed(cell.text) for cell in row] for row in rows]
    taken: set[tuple[int, int]] = set()
    cells: list[Cell] = []
    starts: list[int] = []  # for each column where the header cell over it begins
    for row, printed in enumerate(rows):
        # One label alone may be of a row that is blank.
        is_header = _heads(texts[row])
        if is_header:
            starts = _starts(texts[row], _parted(texts[row + 1 :]))
        for col, (number, _) in enumerate(printed):
            if (row, col) in taken:
                continue
            text = texts[row][col]
            right = col + 1
            while right < len(printed) and texts[row][right] == text and (row, right) not in taken:
                as_above = is_header or not _words(text)
                if as_above and not (starts and starts[right] == starts[col]):
                    break
                right += 1
            below = row + 1
            while _words(text) and below < len(rows) and _fills(texts[below], col, right, text):
                below += 1
            taken.update((r, c) for r in range(row, below) for c in range(col, right))
            where = f"line {number}"
            cells.append(Cell(text, row, col, below - row, right - col, where))
    return Grid(tuple(cells))


def _heads(texts: Sequence[str]) -> bool:
    """Whether a row heads columns: it has no figure, and more words than one label."""
    return not any(map(is_figure, texts)) and len({*texts} - {""}) > 1


def _parted(rows: Iterable[Sequence[str]]) -> set[int]:
    """The columns in which a row under this header has another figure than in the one before."""
    under = takewhile(lambda texts: not _heads(texts), rows)
    return {
        col
        for texts in under
        for col, (one, other) in enumerate(pairwise(texts), start=1)
        if one != other and (is_figure(one) or is_figure(other)) and not _words(one + other)
    }


def _starts(texts: Sequence[str], parted: Collection[int]) -> list[int]:
    """For each cell of a header where the one begins that it is a part of.

    Words repeated over unlike figures are over two columns of their own.
    """
    starts: list[int] = []
    for col, text in enumerate(texts):
        is_rest = text and texts[col - 1 : col] == [text] and col not in parted
        starts.append(starts[-1] if is_rest else col)
    return starts


def _fills(texts: Sequence[str], col: int, right: int, text: str) -> bool:
    """Whether these places of a row repeat the words above them, and no others beside them do."""
    return (
        all(texts[c] == text for c in range(col, right))
        and texts[col - 1 : col] != [text]
        and texts[right : right + 1] != [text]
    )
