"""A Word paragraph while it is read: what it has printed, in which place, and what is doubted."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from pipeline import doubt
from pipeline.doubt import Kind
from pipeline.readers.flow import Faint, Raised
from pipeline.readers.word.ground import Ground, too_low
from pipeline.readers.word.ink import WHITE, Colour
from pipeline.readers.word.look import Look, Way
from pipeline.readers.word.properties import Element
from pipeline.readers.word.styles import Styles
from pipeline.text import PICTURE

_RIGHT_SIGN = re.compile(r"[\d*]")
_DIGIT = 5  # twips of width for each half point of type
_PLAIN = Look(Way.PLAIN, (), 20, False)


@dataclass(slots=True)
class Field:
    """A field whose end has not come; its code is not printed, its result is."""

    origin: int = 0
    code: str = ""
    in_code: bool = True
    printed: bool = False
    dirty: bool = False


@dataclass(slots=True)
class Page:
    """What is known of the whole document while it is read, and how much of it has been read."""

    name: str
    styles: Styles
    fields: list[Field] = field(default_factory=list)
    # Whether text that says nothing of itself is plain, by what lies behind it.
    bare: dict[tuple[Colour, ...], bool] = field(default_factory=dict)
    origins: int = 0
    paragraphs: int = 0
    cells: int = 0

    @property
    def in_code(self) -> bool:
        """Whether what stands here is the code of a field, and not printed."""
        return bool(self.fields) and any(each.in_code for each in self.fields)

    def new_origin(self) -> int:
        """A number for a link, a field or a control whose text is a piece of its own."""
        self.origins += 1
        return self.origins

    def fill(self) -> None:
        """Something is printed, in the innermost field if there is one."""
        if self.fields:
            self.fields[-1].printed = True


@dataclass(slots=True)
class Place:
    """A cell, or the text outside of tables: what lies under it, the height that it has in twips
    (0 for as much as it takes) and its width, and what has been seen in it."""

    backdrop: tuple[Colour, ...] = (WHITE,)
    room: int = 0
    width: int = 0
    size: int = 0  # of its largest type, in half points
    looks: set[tuple[tuple[object, ...], int, int]] = field(default_factory=set)
    doubts: dict[Kind, None] = field(default_factory=dict)
    raised: bool = False
    numbered: bool = False
    floats: int = 0  # things that lie before the text, there or nearby

    def doubt(self, kind: Kind) -> None:
        """Take down that its text is not vouched for."""
        self.doubts[kind] = None

    def is_cut(self, lines: Sequence[str]) -> bool:
        """Whether lines do not fit into a cell that cannot grow: figures are half as wide as
        high."""
        if not self.room or not self.width:
            return False
        breaks = sum(len(each) * self.size * _DIGIT // self.width for each in lines)
        return too_low(self.room // max(1, len(lines) + breaks), self.size)

    def is_pieced(self, text: str) -> bool:
        """Whether the text is made of pieces unlike each other, of which some may be no part."""
        if self.raised and not self.looks:
            return True
        return len(self.looks) > 1 and any(map(str.isnumeric, text))


@dataclass(slots=True)
class Line:
    """What has been read of a paragraph, and the look of the run that is being read."""

    page: Page
    place: Place
    ground: Ground
    look: Look = _PLAIN
    pieces: list[str] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    origin: int = 0
    codes: bool = True  # whether the marks of fields are heeded
    marked: bool = False  # above or below the line, by the make of a formula

    @property
    def is_silent(self) -> bool:
        """Whether what stands here is not printed."""
        return self.look.way is Way.HIDDEN or self.page.in_code

    def say(self, text: str) -> None:
        """Print some text in the look of its run."""
        if self.page.in_code:
            return
        way = Way.RAISED if self.marked else self.look.way
        seen = bool(text) and not text.isspace()
        if way in (Way.HIDDEN, Way.STRUCK):
            if seen and (self.look.unsure or way is Way.STRUCK):
                self.place.doubt(doubt.OVERLAID)
            return
        if way is Way.FAINT:
            text = Faint(text)
        elif way is Way.SYMBOL and seen:
            text = PICTURE
        elif way is Way.RAISED:
            self.place.raised = self.place.raised or seen
            seen = seen and not _RIGHT_SIGN.search(text)  # else it comes in brackets
            text = Raised(text)
        self.pieces.append(text)
        if seen:
            self._see()

    def draw(self) -> None:
        """Print something that is no text: what it shows is not told."""
        if not self.is_silent:
            self.pieces.append(PICTURE)
            self.page.fill()

    def apart(self, read: Callable[[], None]) -> bool:
        """Read what makes its text a piece of its own; whether it printed anything."""
        before, length, boxes = self.origin, len(self.pieces), len(self.boxes)
        self.origin = self.page.new_origin()
        read()
        self.origin = before
        return len(self.boxes) > boxes or any(piece.strip() for piece in self.pieces[length:])

    def _see(self) -> None:
        """Take down how text looks, and whether it may not be seen whole."""
        look, place, ground, fields = self.look, self.place, self.ground, self.page.fields
        place.looks.add((look.traits, self.origin, fields[-1].origin if fields else 0))
        place.size = max(place.size, look.size)
        self.page.fill()
        if (
            look.unsure
            or ground.unsure
            or too_low(ground.line, look.size)
            or (place.room and too_low(max(1, place.room - ground.before), look.size))
        ):
            place.doubt(doubt.OVERLAID)
