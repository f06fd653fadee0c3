"""Pages before they have a format: paragraphs, and tables whose cells span rows and columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Para:
    """One paragraph; `style` is title, heading or body."""

    text: str
    style: str = "body"


@dataclass(frozen=True, slots=True)
class Box:
    """One cell; a line break in `text` is a line break on the page."""

    text: str
    colspan: int = 1
    rowspan: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of boxes, each box in the row where it begins; `widths` are shares of the line."""

    rows: tuple[tuple[Box, ...], ...]
    widths: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Placed:
    """A box with the grid position of its upper left corner."""

    row: int
    col: int
    box: Box

    def width(self, widths: Sequence[float]) -> float:
        """The width of the box, given those of the columns."""
        return sum(widths[self.col : self.col + self.box.colspan])


Block = Para | Table


@dataclass(frozen=True, slots=True)
class Page:
    """A report as it will be published; `oddities` are for the format's writer."""

    title: str
    blocks: tuple[Block, ...]
    oddities: tuple[str, ...] = ()


def place(table: Table) -> Iterator[Placed]:
    """Every box with its position, in reading order."""
    taken: set[tuple[int, int]] = set()
    for row, boxes in enumerate(table.rows):
        col = 0
        for box in boxes:
            while (row, col) in taken:
                col += 1
            yield Placed(row, col, box)
            for down in range(box.rowspan):
                taken.update((row + down, col + right) for right in range(box.colspan))


def crossing(table: Table) -> list[list[Placed]]:
    """For each row the boxes that cross it, left to right."""
    rows: list[list[Placed]] = [[] for _ in table.rows]
    for placed in place(table):
        for row in range(placed.row, placed.row + placed.box.rowspan):
            rows[row].append(placed)
    return [sorted(row, key=lambda placed: placed.col) for row in rows]
