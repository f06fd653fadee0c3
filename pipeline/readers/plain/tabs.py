"""Tables with a tab before every cell, or between the cells of a line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from pipeline.readers.plain.habits import Habits
from pipeline.readers.plain.lines import Block, Line, grid, is_figure
from pipeline.readers.plain.merged import grid_of
from pipeline.text import trimmed

_MOST_CELLS = 20  # of most rows; the forms have up to fifteen
_SPACES = " \u3000\u00a0"


def unindented(lines: list[Line]) -> list[Line]:
    """The lines without the tab before each, where empty lines between them tell no rows.

    A row of a form has more than one cell, and fewer than a whole table.
    """
    rows = [list(row) for led, row in groupby(lines, lambda line: _is_led(line.text)) if led]
    sizes = sorted(len(row) for row in rows if any(is_figure(text) for _, text in row))
    if not sizes or (sizes[-1] > 1 and sizes[len(sizes) // 2] <= _MOST_CELLS):
        return lines
    return [
        line._replace(text=line.text.lstrip(_SPACES)[1:]) if _is_led(line.text) else line
        for line in lines
    ]


def _is_led(text: str) -> bool:
    return text.lstrip(_SPACES).startswith("\t") and text.count("\t") == 1


def tab_led(run: Sequence[Line], habits: Habits) -> Iterator[Block]:
    """The table of lines that begin with a tab, each a cell; empty lines part its rows."""
    rows: list[list[list[Line]]] = [[]]  # the lines of each cell
    for line in run:
        if line.text.lstrip(_SPACES).startswith("\t"):
            rows[-1].append([line])
        elif not trimmed(line.text):
            rows.append([])
        elif trimmed(rows[-1][-1][0].text):
            rows[-1][-1].append(line)
        else:
            rows[-1].append([line])  # no blank cell goes on: the number of a page, perhaps
    yield grid(
        [
            [Line(cell[0].number, "\n".join(text for _, text in cell)) for cell in row]
            for row in rows
            if row
        ]
    )


def tabbed(run: Sequence[Line], habits: Habits) -> Iterator[Block]:
    """The table of lines that are rows, with tabs between their cells."""
    rows = [[Line(n, part) for part in text.split("\t")] for n, text in run if trimmed(text)]
    # Tabs typed twice: no table has an empty column after each of its columns, header and all.
    if not any(trimmed(cell.text) for row in rows for cell in row[1::2]):
        rows = [row[::2] for row in rows]
    yield grid_of(rows)
