"""What the empty lines of a file mean where each cell has a line of its own.

A tool that makes text of a page may put empty lines behind every cell, and more of them behind a
row; a cell that prints nothing leaves further ones, or nothing. Which it is no line tells by
itself: the whole file does.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pipeline.readers.plain.lines import Line, is_figure, is_heading, is_prose
from pipeline.text import trimmed

_RARE = 0.1  # of the gaps of one sort; so few are accidents
_FEWEST = 5  # gaps of one sort that tell a habit
_BLANK_ROW = 3  # cells of a row, without its label
_MOST_LABELS = 3  # of a row; more words side by side are a header
_LONG_RUN = 4  # words below each other; a header and the label of a row are as many
_WALLS = ("|", "\t")


class _Gap(NamedTuple):
    """The empty lines between two that may be cells, and whether each of these is a figure."""

    above: bool
    below: bool
    size: int


@dataclass(frozen=True, slots=True)
class Spacing:
    """How many empty lines part one cell from the next (`between`) and one row from the next.

    `rows` is 0 where rows are not told. So many further ones as `blank` says are a blank cell.
    """

    between: int = 0
    rows: int = 0
    blank: int = 1

    def rows_of(self, lines: Sequence[Line]) -> list[list[Line]]:
        """The cells of these lines, row by row; in one row where rows are not told.

        Lines with less between them than any two cells are lines of one cell.
        """
        rows: list[list[list[Line]]] = [[]]  # the lines of each cell
        empty: list[int] = []  # the numbers of the empty lines above
        for line in lines:
            if not trimmed(line.text):
                empty.append(line.number)
                continue
            if rows[-1] and len(empty) < self.between:
                rows[-1][-1].append(line)
            else:
                if rows[-1]:
                    ends = 0 < self.rows <= len(empty) and _may_begin(line, rows[-1])
                    rows[-1] += self._blanks(empty[self.rows if ends else self.between :])
                    if ends:
                        rows.append([])
                rows[-1].append([line])
            empty = []
        if not self.rows:  # the last row ends where the table does
            rows[-1] += self._blanks(empty[self.between :])
        return [
            [Line(cell[0].number, "\n".join(text for _, text in cell)) for cell in row]
            for row in rows
        ]

    def _blanks(self, empty: Sequence[int]) -> list[list[Line]]:
        whole = len(empty) - len(empty) % self.blank
        return [[Line(number, "")] for number in empty[: whole : self.blank]]


def spacing_of(lines: Sequence[Line]) -> Spacing:
    """What empty lines mean in the file that has these lines."""
    runs = list(_runs(lines))
    gaps = [gap for run in runs for gap in run]
    beside = Counter(gap.size for gap in gaps if gap.above or gap.below)
    words = Counter(gap.size for gap in gaps if not (gap.above or gap.below))
    told = beside if beside.total() >= _FEWEST else words
    between = _least(told) if told.total() >= _FEWEST else 0
    if sum(count for size, count in words.items() if size < between) * 2 > words.total():
        between = 0  # most words stand closer than the figures do: these have blanks between them
    rows = _between_rows(runs, between)
    further = Counter(
        gap.size - (rows if rows and gap.above and not gap.below else between)
        for gap in gaps
        if gap.above or gap.below
    )
    blanks = {size: count for size, count in further.items() if size > 0}
    if not blanks:  # rows may be blank altogether
        blanks = {
            size - between: count for size, count in words.items() if size - between >= _BLANK_ROW
        }
    whole = sum(count for size, count in blanks.items() if size % (between + 1) == 0)
    return Spacing(between, rows, between + 1 if whole >= sum(blanks.values()) * (1 - _RARE) else 1)


def _runs(lines: Sequence[Line]) -> Iterator[list[_Gap]]:
    """The gaps between lines that may be cells, from one line that is none to the next."""
    run: list[_Gap] = []
    above: Line | None = None
    for line in lines:
        if not trimmed(line.text):
            continue
        if _is_no_cell(line.text):
            if run:
                yield run
            run, above = [], None
            continue
        if above is not None:
            size = line.number - above.number - 1
            run.append(_Gap(is_figure(above.text), is_figure(line.text), size))
        above = line
    if run:
        yield run


def _is_no_cell(text: str) -> bool:
    walled = any(wall in text.strip() for wall in _WALLS)
    return walled or is_prose(text) or is_heading(text)


def _may_begin(line: Line, above: Sequence[Sequence[Line]]) -> bool:
    """Whether a cell may be the first of a row: words, or the first figure below a header."""
    header = len(above) > _MOST_LABELS and not any(
        is_figure(cell[0].text) for cell in reversed(above)
    )
    return header or not is_figure(line.text)


def _least(sizes: Counter[int]) -> int:
    """The least size that is no accident."""
    seen = 0
    for size in sorted(sizes):
        seen += sizes[size]
        if seen > sizes.total() * _RARE:
            return size
    return 0


def _between_rows(runs: Sequence[Sequence[_Gap]], between: int) -> int:
    """The empty lines between rows; 0 where there are no more than between cells.

    A row that ends with a blank looks like one that is parted from the next: but a header has no
    blank, and is parted from the row below it all the same.
    """
    ends = Counter(gap.size for run in runs for gap in run if gap.above and not gap.below)
    rows = _least(ends)
    if rows <= between:
        return 0
    long = [words for run in runs for words in _words(run) if len(words) >= _LONG_RUN - 1]
    parted = sum(any(gap.size >= rows for gap in words) for words in long)
    return rows if long and parted >= len(long) * (1 - _RARE) else 0


def _words(run: Sequence[_Gap]) -> Iterator[list[_Gap]]:
    """The gaps between words that stand below each other without a figure between them."""
    words: list[_Gap] = []
    for gap in run:
        if gap.above or gap.below:
            if words:
                yield words
            words = []
        else:
            words.append(gap)
    if words:
        yield words
