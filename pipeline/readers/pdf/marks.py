"""What a PDF page draws: characters with their boxes, the straight rulings of its tables, ink.

Everything is in points from the top left corner of the page, held so that its text is upright.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from pipeline.readers.pdf.boxes import UNMOVED, Box, Matrix
from pipeline.readers.pdf.runs import Holder, Runs
from pipeline.readers.pdf.unseen import Colour

NEVER = 1 << 60  # later than anything on a page


class Char(NamedTuple):
    """A character, its box, the middle of that, and its number on the text page."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    x: float
    y: float
    number: int

    @property
    def height(self) -> float:
        return self.bottom - self.top


class Ruling(NamedTuple):
    """A horizontal or vertical line: at `at`, from `start` to `end`."""

    horizontal: bool
    at: float
    start: float
    end: float

    @property
    def box(self) -> Box:
        """The box around it, which has no width or no height."""
        if self.horizontal:
            return Box(self.start, self.at, self.end, self.at)
        return Box(self.at, self.start, self.at, self.end)


class Ink(NamedTuple):
    """What is drawn and is neither text nor a ruling: its box, and the how-many-eth it is painted.

    `plain` is a rectangle filled evenly; `colour` is not known of pictures and patterns. `item` is
    the address of what it is of, 0 for what lies over the page, and `holder` what that is in.
    """

    x0: float
    top: float
    x1: float
    bottom: float
    order: int
    plain: bool = False
    colour: Colour | None = None
    item: int = 0
    holder: Holder | None = None


@dataclass(frozen=True, slots=True)
class PageMarks:
    """A page as drawn; `picture` is the share of it that its largest picture covers.

    `slanted` are characters too far off the axes to be read, `unseen` those of no colour of their
    own; from the piece of text that is the `clipping`-eth, text cuts off what is painted after it.
    """

    number: int
    width: float
    height: float
    chars: tuple[Char, ...]
    rulings: tuple[Ruling, ...]
    picture: float
    runs: Runs
    inks: tuple[Ink, ...] = ()
    slanted: tuple[Char, ...] = ()
    unseen: tuple[Char, ...] = ()
    clipping: int = NEVER
    display: Matrix = UNMOVED
