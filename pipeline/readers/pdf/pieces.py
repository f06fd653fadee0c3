"""The characters on a page → the cells of its ruled tables."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pipeline import doubt
from pipeline.doubt import Kind
from pipeline.readers.pdf.marks import Char, Ruling
from pipeline.readers.pdf.prose import cell_text, rows_of_chars
from pipeline.readers.pdf.rulings import Frame, Tables
from pipeline.readers.pdf.sight import Sight
from pipeline.readers.pdf.standing import is_across_wall, on_walls
from pipeline.readers.pdf.things import Things
from pipeline.readers.pdf.tolerances import ONE_LINE, TOUCHING
from pipeline.text import PICTURE, is_value_like

# Ends a cell over whose wall a number may run: what it holds cannot be told.
TORN = "\ufffd"


class Ink(NamedTuple):
    """The printed lines of a cell, how wide the cell is, and where on its page it ends."""

    lines: tuple[Sequence[Char], ...]
    width: float
    bottom: float


class Part(NamedTuple):
    """A cell of a table piece: place in the piece, text, where it is printed and how.

    `doubts` are what was seen in it beside plain text.
    """

    row: int
    col: int
    rowspan: int
    colspan: int
    text: str
    where: str
    ink: Ink
    doubts: tuple[Kind, ...] = ()

    @property
    def end(self) -> int:
        """The row below it."""
        return self.row + self.rowspan

    @property
    def is_filled(self) -> bool:
        return bool(self.text.strip())

    @property
    def unspaced(self) -> str:
        """Its text without white space."""
        return "".join(self.text.split())


@dataclass(frozen=True, slots=True)
class Piece:
    """A table, or the part of one that stands on one page; `xs` are its column lines."""

    xs: tuple[float, ...]
    rows: int
    parts: tuple[Part, ...]
    page: int
    last_page: int


def pieces(
    tables: Sequence[Frame],
    chars: Sequence[Char],
    page: int,
    sight: Sight,
    drawn: Sequence[Ruling] = (),
) -> tuple[list[Piece], list[Char]]:
    """The tables of a page with what is printed in them, and the characters outside them.

    `drawn` are the lines of which some may be no walls.
    """
    inside: list[list[Char]] = [[] for _ in tables]
    beside: list[list[Char]] = [[] for _ in tables]
    outside: list[Char] = []
    torn: set[Char] = set()
    last: tuple[Char, int | None] | None = None
    sides = [(frame.xs[0], frame.xs[-1], frame.ys[0], frame.ys[-1]) for frame in tables]
    placed = Tables(tables)
    for char in chars:
        home = None
        for index in placed.near(char.top, char.bottom):
            left, right, top, bottom = sides[index]
            if left <= char.x <= right and top <= char.y <= bottom:
                home = index
                break
            near = left < char.x1 and char.x0 < right and top < char.bottom and char.top < bottom
            if near and char.text.isdecimal():
                beside[index].append(char)
        (outside if home is None else inside[home]).append(char)
        if last is not None and last[1] != home and _one_number(last[0], char):
            torn |= {last[0], char}
        last = char, home
    things = sight.things(tables, drawn)
    whole = [
        _piece(frame, inside[index], beside[index], torn, page, sight, things[index])
        for index, frame in enumerate(tables)
    ]
    return whole, outside


def _piece(
    frame: Frame,
    chars: list[Char],
    beside: list[Char],
    torn: set[Char],
    page: int,
    sight: Sight,
    things: dict[int, Things],
) -> Piece:
    owner, panes = frame.owners, frame.panes
    held: list[list[Char]] = [[] for _ in frame.panes]
    last: tuple[Char, int] | None = None
    overflown: set[int] = set()
    xs, ys = frame.xs[1:-1], frame.ys[1:-1]  # the lines that part cells
    for char in chars:
        cell = owner.get((bisect(ys, char.y), bisect(xs, char.x)))
        if cell is None:
            continue
        held[cell].append(char)
        if char.text.isdecimal() and is_across_wall(char, panes[cell]):
            beside.append(char)
        if last is not None and last[1] != cell and _one_number(last[0], char):
            overflown |= {last[1], cell}
        if char in torn:
            overflown.add(cell)
        last = char, cell
    parts = []
    walled = on_walls(frame, beside)
    for index, pane in enumerate(panes):
        row, col, rowspan, colspan, x0, top, x1, bottom = pane
        ink = Ink(tuple(rows_of_chars(held[index])), x1 - x0, bottom)
        text = cell_text(ink.lines, ink.width)
        doubts: tuple[Kind, ...] = ()
        if is_value_like(text):
            doubts, hides = sight.doubts(pane, ink.lines, things.get(index))
            if index in walled and doubt.OVERLAID not in doubts:
                doubts = (*doubts, doubt.OVERLAID)
            text += PICTURE if hides or (index in walled and not text) else ""
        text += TORN if index in overflown else ""
        place = where(page, x0, top, x1, bottom)
        parts.append(Part(row, col, rowspan, colspan, text, place, ink, doubts))
    return Piece(frame.xs, len(frame.ys) - 1, tuple(parts), page, page)


def _one_number(one: Char, other: Char) -> bool:
    """Whether two characters stand together as digits of one number do."""
    return (
        one.text.isdecimal()
        and other.text.isdecimal()
        and abs(one.y - other.y) < ONE_LINE
        and abs(other.x0 - one.x1) < TOUCHING * one.height
    )


def where(page: int, x0: float, top: float, x1: float, bottom: float) -> str:
    """How a place on a page is written."""
    return f"p{page} ({x0:.1f},{top:.1f},{x1:.1f},{bottom:.1f})"
