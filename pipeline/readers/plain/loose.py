"""Lines without walls: prose, columns of spaces, and tables with one cell a line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.model import Status
from pipeline.readers.plain import singly, spaced
from pipeline.readers.plain.habits import Habits
from pipeline.readers.plain.lines import (
    Block,
    Line,
    grid,
    heads_labels,
    is_heading,
    is_opening,
    is_prose,
    paragraphs,
    stream,
)
from pipeline.readers.plain.spacing import Spacing
from pipeline.text import is_numeral, parse_value

_FEWEST_VALUES = 5


def loose(run: Sequence[Line], habits: Habits) -> Iterator[Block]:
    """Prose, and between its headings the runs of short lines that are tables.

    Below the words that head a column of labels, up to the next prose, what looks like a heading
    is a label: the tables of 2008 and 2014 number their blocks as reports number their sections.
    """
    piece: list[Line] = []
    labelled = False
    for line in run:
        sentence = is_prose(line.text)
        labelled = (labelled or heads_labels(line.text)) and not sentence
        if sentence or (not labelled and is_heading(line.text)):
            yield from _table_or_paragraphs(piece, habits.spacing)
            piece = []
            yield from paragraphs([line])
        else:
            piece.append(line)
    yield from _table_or_paragraphs(piece, habits.spacing)


def prose(run: Sequence[Line], habits: Habits) -> Iterator[Block]:
    """Lines that are known to be no cells."""
    yield from paragraphs(run)


def _table_or_paragraphs(piece: Sequence[Line], spacing: Spacing) -> Iterator[Block]:
    if table := spaced.table(piece) or singly.table(piece):
        start, end, rows = table
        yield from paragraphs(piece[:start])
        yield grid(rows)
        yield from paragraphs(piece[end:])
        return
    rows = [row for row in spacing.rows_of(piece) if row]
    cells = [cell for row in rows for cell in row]
    numerals = sum(is_numeral(text) or parse_value(text).status is Status.DASH for _, text in cells)
    blanks = sum(not text for _, text in cells)
    long = len(cells) - blanks >= _FEWEST_VALUES and numerals + blanks >= _FEWEST_VALUES
    if numerals and (long or any(is_opening(text) for _, text in cells)):
        if spacing.rows:
            # What is printed above a table stands no further from its header than cells do.
            above = max(0, len(rows[0]) - max(map(len, rows[1:] or rows)))
            yield from paragraphs(rows[0][:above])
            yield grid([rows[0][above:], *rows[1:]])
        else:
            yield stream(cells)
    else:
        yield from paragraphs(piece)
