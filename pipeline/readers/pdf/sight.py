"""Whether what a cell says is what it shows: nothing over it, all of it seen, all of one piece.

A cell is plain where one run of ordinary text is all that stands in it. Of a page on which nothing
but text and rulings is drawn only the figures are looked at.
"""

from __future__ import annotations

import ctypes
from bisect import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from pipeline import doubt
from pipeline.doubt import Kind
from pipeline.readers.pdf.fonts import Fonts
from pipeline.readers.pdf.limits import refuse_much_ink
from pipeline.readers.pdf.marks import (
    NEVER,
    Box,
    Char,
    Ink,
    PageMarks,
    Ruling,
    Run,
    clip_of,
    clipped,
    foot_of,
    inks_of,
    is_odd_clip,
    run_of,
    shape_of,
    stroke_colour,
)
from pipeline.readers.pdf.notes import notes
from pipeline.readers.pdf.rulings import Frame, Pane, Tables
from pipeline.readers.pdf.tolerances import (
    ALIKE,
    CROSSED,
    CROWDED,
    DARK,
    FAINT,
    FIGURE_LENGTH,
    HAIR,
    LEGIBLE,
    LEVEL,
    NARROW,
    SAME_PLACE,
    SNAP,
    SPOT,
    STRUCK,
    TINT,
    WATERMARK,
)
from pipeline.readers.pdf.unseen import Colour, fill_colour, ink_box, may_be_unseen

_DASHES = "-—–－"
_OPAQUE = 255
_WHITE: Colour = (255, 255, 255, _OPAQUE)
_BY_OUTLINE = frozenset((raw.FPDF_TEXTRENDERMODE_STROKE, raw.FPDF_TEXTRENDERMODE_STROKE_CLIP))
_BY_NOTHING = frozenset((raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP))
_LAYER, _SPOKEN = "OC", b"ActualText"
_END = 2  # bytes of a text that says nothing: its end


class Style(NamedTuple):
    """How a run of text is set; a `doubtful` one may show something else, or nothing.

    A `faint` one is not seen on white paper; `narrow` digits stand on the one before them.
    None of that is so of most: the others are `unlike_most`.
    """

    item: object
    font: object
    colour: Colour | None
    clip: Box | None
    narrow: frozenset[str]
    faint: bool
    doubtful: bool
    unlike_most: bool


@dataclass(slots=True)
class Things:
    """What lies in a cell: ink, lines that are no walls, pieces of text that begin there."""

    inks: list[Ink]
    lines: list[Ruling]
    runs: list[int]


_NONE: frozenset[str] = frozenset()
_NOTHING = Things([], [], [])


class Sight:
    """One page, while it is open: what pdfium knows of the runs of its text, and what is drawn."""

    def __init__(
        self, page: pdfium.PdfPage, textpage: pdfium.PdfTextPage, marks: PageMarks, fonts: Fonts
    ) -> None:
        self._textpage = textpage.raw
        self._page = page.raw
        self._marks = marks
        self._fonts = fonts
        self._styles: dict[int, Style] = {}

    @cached_property
    def _runs(self) -> dict[int, Run]:
        """The pieces of text by their address."""
        return {ctypes.addressof(run[1].contents): run for run in self._marks.runs}  # type: ignore[attr-defined]

    @cached_property
    def _notes(self) -> tuple[list[Box], list[Box]]:
        return notes(self._page, self._marks.display)

    @cached_property
    def _inks(self) -> tuple[Ink, ...]:
        """What is drawn on the page, and last what is laid over it."""
        covers, _ = self._notes
        laid_over = (Ink(*box, NEVER, False, None, None) for box in covers)
        return (*inks_of(self._marks.inks), *laid_over)

    def things(self, tables: Sequence[Frame], lines: Sequence[Ruling]) -> list[dict[int, Things]]:
        """For each table, by the number of its cell, what lies in it."""
        finders = [_Finder(frame) for frame in tables]
        if not finders:
            return []
        placed = Tables(tables)
        for address, (_, _, _, x, y) in self._runs.items():
            for index in placed.near(y, y):
                if finders[index].add_run(address, x, y):
                    break
        pairs = 0
        for ink in self._inks:
            for index in placed.near(ink.top, ink.bottom):
                pairs += finders[index].add_ink(ink)
                refuse_much_ink(pairs)
        for line in lines:
            _, top, _, bottom = _box(line)
            for index in placed.near(top, bottom):
                finders[index].add_line(line)
        return [finder.things for finder in finders]

    def doubts(
        self, pane: Pane, rows: Sequence[Sequence[Char]], things: Things | None
    ) -> tuple[tuple[Kind, ...], bool]:
        """The doubts of what a cell says, and whether something is drawn in it that is not read."""
        things = things or _NOTHING
        inks = self._mattering(pane, things) if things.inks else []
        if not inks and self._is_plain(rows, things):
            return (), False
        held = rows[0] if len(rows) == 1 else [char for row in rows for char in row]
        chars = [char for char in held if not _is_mute(char)]
        if max(len(things.inks), len(things.lines), len(things.runs)) > CROWDED:
            return (doubt.OVERLAID,), not chars
        if len(chars) > FIGURE_LENGTH:
            return (), False
        busy = bool(inks or things.lines)
        kinds: list[Kind] = []
        runs = self._runs_of(chars)
        drawn = bool(self._marks.slanted) and self._is_crossed_by_slanted(pane)
        if busy:
            over, beside = self._covered(pane, chars, runs, inks, things.lines)
            drawn = drawn or beside
            if over:
                kinds.append(doubt.OVERLAID)
        mute = [char for char in held if _is_mute(char)] if len(held) > len(chars) else []
        drawn = drawn or any(map(self._leaves_ink, mute))
        drawn = drawn or self._is_dropped(runs, mute, things)
        if chars:
            if not kinds and (
                (len(chars) > 1 and _overlap(rows)) or self._is_veiled(chars, runs, inks)
            ):
                kinds.append(doubt.OVERLAID)
            if (len(chars) > 1 or self._is_odd) and self._is_pieced(rows, chars, runs):
                kinds.append(doubt.PIECES)
        return tuple(kinds), drawn

    def _is_plain(self, rows: Sequence[Sequence[Char]], things: Things) -> bool:
        """Whether one ordinary piece of digits that stand in line is all there is: most figures."""
        if things.lines or len(things.runs) != 1 or len(rows) != 1:
            return False
        row = rows[0]
        first, run = row[0], things.runs[0]
        style = self._style(run)
        if style.unlike_most or self._is_odd or run_of(self._textpage, first) != run:
            return False
        height = first.bottom - first.top
        number, x = first.number, first.x0
        for char in row:
            width = char.x1 - char.x0
            if not (
                (char.text.isdecimal() or char.text in _DASHES)
                and char.number == number
                and char.top == first.top
                and char.bottom == first.bottom
                and char.x0 >= x
                and width > NARROW * height
            ):
                return False
            number, x = number + 1, char.x1 - CROSSED * width
        return height > LEGIBLE and len(row) <= FIGURE_LENGTH and self._is_on_page(first, row[-1])

    @cached_property
    def _is_odd(self) -> bool:
        """Whether something is on the page that may concern any cell."""
        marks = self._marks
        return bool(marks.slanted or marks.turned or marks.unseen or self._notes[1])

    def _mattering(self, pane: Pane, things: Things) -> list[Ink]:
        """The ink of a cell that is more than white ground below its text, as far as it is seen."""
        if len(things.inks) > CROWDED:
            return things.inks
        first = min(map(self._order, things.runs), default=NEVER)
        if all(ink.plain and ink.colour == _WHITE and ink.order < first for ink in things.inks):
            return []
        return [ink for ink in clipped(things.inks) if _is_inside(pane, *ink[:4])]

    def _runs_of(self, chars: Sequence[Char]) -> list[int]:
        """The run of each character; pdfium numbers those of a run one after the other."""
        if not chars:
            return []
        first, last = chars[0], chars[-1]
        run = run_of(self._textpage, first)
        if last.number - first.number == len(chars) - 1 and (
            first is last or run == run_of(self._textpage, last)
        ):
            return [run] * len(chars)
        return [run_of(self._textpage, char) for char in chars]

    def _is_crossed_by_slanted(self, pane: Pane) -> bool:
        """Whether a slanted character that is too small for a watermark stands in a cell."""
        return any(
            char.height < WATERMARK and _is_in(char.x, char.y, pane[4:])
            for char in self._marks.slanted
        )

    def _leaves_ink(self, mute: Char) -> bool:
        """Whether a character that says nothing shows something: its font maps it to a space."""
        item = raw.FPDFText_GetTextObject(self._textpage, mute.number)
        if not item:
            return False
        font = raw.FPDFTextObj_GetFont(item)
        if self._fonts.is_doubted(font):
            return True
        if raw.FPDFFont_GetIsEmbedded(font) != 1:
            return False
        left, right, low, high = ink_box(self._textpage, mute.number)
        return right - left > SPOT and high - low > SPOT

    def _is_dropped(self, runs: list[int], mute: list[Char], things: Things) -> bool:
        """Whether a run begins in the cell, and nothing that is known of it stands there."""
        if len(things.runs) == 1 and runs[:1] == things.runs:
            return False
        left = {run for run in things.runs if run not in runs}
        if left and mute:
            left.difference_update(run_of(self._textpage, char) for char in mute)
        known = {run for run in runs if run in self._runs}
        return any(self._is_lost(self._runs[address][1], known) for address in left)

    def _is_lost(self, item: object, beside: set[int]) -> bool:
        """Whether a run shows something of which the text page has nothing, or not here.

        Beside other runs it may be a copy that makes one of them bold, or unseen.
        """
        told = raw.FPDFTextObj_GetText(item, self._textpage, None, 0) > _END
        if told and (beside or may_be_unseen(item, raw.FPDFTextObj_GetTextRenderMode(item))):
            return False
        box = _bounds(item)
        left, low, right, high = box
        if right - left < SPOT and high - low < SPOT:
            return False
        copied = (_bounds(self._runs[run][1]) for run in beside)
        return not any(
            all(abs(a - b) < SAME_PLACE for a, b in zip(box, other, strict=True))
            for other in copied
        )

    def _covered(
        self,
        pane: Pane,
        chars: list[Char],
        runs: list[int],
        inks: list[Ink],
        lines: list[Ruling],
    ) -> tuple[bool, bool]:
        """Whether something is drawn over the text of a cell, and whether something beside it."""
        over = beside = False
        orders = [self._order(run) for run in runs]
        for ink in inks:
            touched = [
                order for char, order in zip(chars, orders, strict=True) if _touches(ink, char)
            ]
            ground = ink.plain and _fills(ink, pane)
            if touched and ink.order > min(touched):
                over = True
            elif ground or (touched and (ink.plain or _fills(ink, pane))):
                continue  # the colour of the text is held against it
            elif touched:
                over = True
            elif _is_shown(ink, inks):
                beside = True
        for line in lines:
            if any(self._strikes(line, char) for char in chars):
                over = True
            elif not (line.horizontal and any(_underlines(line, char) for char in chars)):
                beside = True
        return over, beside

    def _strikes(self, line: Ruling, char: Char) -> bool:
        """Whether a line runs through a character, and not below the foot of its line."""
        if line.horizontal:
            foot = foot_of(self._textpage, char, self._marks.display)
            low, high, left, right = char.top, foot + HAIR / 2, char.x0, char.x1
        else:
            edge = STRUCK * (char.x1 - char.x0)
            low, high, left, right = char.x0 + edge, char.x1 - edge, char.top, char.bottom
        shared = min(line.end, right) - max(line.start, left)
        return low < line.at < high and shared > (right - left) / 3

    def _order(self, run: int) -> int:
        known = self._runs.get(run)
        return -1 if known is None else known[0]

    def _is_veiled(self, chars: list[Char], runs: list[int], inks: list[Ink]) -> bool:
        """Whether a part of a figure cannot be seen, or may be seen as something else."""
        for address in set(runs):
            style = self._style(address)
            if style.doubtful or (style.faint and not inks):
                return True
        for char, address in zip(chars, runs, strict=True):
            style = self._styles[address]
            height = char.bottom - char.top
            if char.text.isdecimal() and (
                height < LEGIBLE or char.x1 - char.x0 < NARROW * height or char.text in style.narrow
            ):
                return True
            if style.clip is not None and not _is_within(char, style.clip):
                return True
            if inks:
                ground = _ground(inks, char.x, char.y, self._order(address))
                if style.colour is None or not _stands_off(style.colour, ground):
                    return True
        return not self._is_on_page(chars[0], chars[-1]) or self._is_whitened(chars, runs)

    def _is_on_page(self, first: Char, last: Char) -> bool:
        """Whether a line from one character to another lies on the page as it is cropped."""
        return (
            first.x0 >= 0
            and last.x1 <= self._marks.width
            and first.top >= 0
            and last.bottom <= self._marks.height
        )

    def _is_whitened(self, chars: list[Char], runs: list[int]) -> bool:
        """Whether a character in the colour of the paper is painted over a part of a figure."""
        for white in self._marks.unseen:
            order = self._order(run_of(self._textpage, white))
            for char, run in zip(chars, runs, strict=True):
                if order > self._order(run) and _touches(white, char):
                    return True
        return False

    def _is_pieced(
        self, rows: Sequence[Sequence[Char]], chars: list[Char], runs: list[int]
    ) -> bool:
        """Whether the digits of a cell are unlike each other, or a link leads from some only."""
        set_as = map(self._style, runs)
        digits = [pair for pair in zip(chars, set_as, strict=True) if _is_digit(pair[0])]
        if not digits:
            return False
        first, style = digits[0]
        tall, short = first.height, first.height
        for char, other in digits[1:]:
            if other is not style and (
                _stand_unlike(other.item, style.item)
                or self._fonts.name(other.font) != self._fonts.name(style.font)
                or _differ(other.colour, style.colour)
            ):
                return True
            tall, short = max(tall, char.height), min(short, char.height)
        if short < ALIKE * tall or any(_is_uneven(row) for row in rows):
            return True
        if self._marks.turned and any(self._order(run) in self._marks.turned for run in runs):
            return True
        _, links = self._notes
        linked = [any(_is_in(c.x, c.y, link) for link in links) for c in chars]
        return any(linked) and not all(linked)

    def _style(self, address: int) -> Style:
        if address not in self._styles:
            self._styles[address] = self._looked_at(self._runs.get(address))
        return self._styles[address]

    def _looked_at(self, run: Run | None) -> Style:
        if run is None:
            return Style(None, None, None, None, _NONE, True, True, True)
        order, item, holder, _, _ = run
        mode = raw.FPDFTextObj_GetTextRenderMode(item)
        colour = stroke_colour(item) if mode in _BY_OUTLINE else fill_colour(item)
        font = raw.FPDFTextObj_GetFont(item)
        doubtful = (
            colour is None
            or mode in _BY_NOTHING
            or (raw.FPDFPageObj_HasTransparency(item) and colour[3] == _OPAQUE)
            or (raw.FPDFPageObj_CountMarks(item) > 0 and _is_marked(item))
            or holder.faint
            or order > self._marks.clipping
            or (holder.is_form and self._fonts.has_layers)
            or self._fonts.is_doubted(font)
        )
        clipped = raw.FPDFClipPath_CountPaths(raw.FPDFPageObj_GetClipPath(item)) > 0
        clip = clip_of(item, holder) if clipped or holder.clip is not None else None
        doubtful = doubtful or (clipped and is_odd_clip(item))
        faint = colour is None or not _stands_off(colour, _WHITE)
        narrow = self._fonts.narrow(font)
        odd = bool(doubtful or faint or narrow or clip is not None)
        return Style(item, font, colour, clip, narrow, faint, bool(doubtful), odd)


class _Finder:
    """Sorts what lies in a table by its cells."""

    def __init__(self, frame: Frame) -> None:
        self.things: dict[int, Things] = {}
        self._frame = frame
        self._owner = frame.owners
        self._xs, self._ys = frame.xs, frame.ys

    def _of(self, cell: int) -> Things:
        if cell not in self.things:
            self.things[cell] = Things([], [], [])
        return self.things[cell]

    def add_run(self, address: int, x: float, y: float) -> bool:
        """Whether a piece of text begins in the table."""
        xs, ys = self._xs, self._ys
        if not (xs[0] < x < xs[-1] and ys[0] < y < ys[-1]):
            return False
        cell = self._owner.get((bisect(ys, y) - 1, bisect(xs, x) - 1))
        if cell is not None:
            if cell in self.things:
                self.things[cell].runs.append(address)
            else:
                self.things[cell] = Things([], [], [address])
        return True

    def add_ink(self, ink: Ink) -> int:
        """In how many cells ink lies; it is a line where it is as thin as one."""
        cells = {*self._cells(*ink[:4])}
        line = _as_line(ink)
        for cell in cells:
            if line:
                self._of(cell).lines.append(line)
            else:
                self._of(cell).inks.append(ink)
        return len(cells)

    def add_line(self, line: Ruling) -> None:
        """The pieces of a line that are no walls."""
        for piece in self._astray(line):
            for cell in {*self._cells(*_box(piece))}:
                self._of(cell).lines.append(piece)

    def _cells(self, x0: float, top: float, x1: float, bottom: float) -> Iterator[int]:
        """The cells of whose inside, away from their walls, a box has a part."""
        xs, ys = self._frame.xs, self._frame.ys
        if x1 <= xs[0] or x0 >= xs[-1] or bottom <= ys[0] or top >= ys[-1]:
            return
        columns = range(max(bisect(xs, x0) - 1, 0), min(bisect(xs, x1), len(xs) - 1))
        for row in range(max(bisect(ys, top) - 1, 0), min(bisect(ys, bottom), len(ys) - 1)):
            for column in columns:
                cell = self._owner.get((row, column))
                if cell is not None and _is_inside(self._frame.panes[cell], x0, top, x1, bottom):
                    yield cell

    def _astray(self, line: Ruling) -> Iterator[Ruling]:
        """The pieces of a line that are no walls: all of it, or what an end leaves in a cell."""
        along, across = self._frame.xs, self._frame.ys
        if line.horizontal:
            along, across = across, along
        at = bisect(along, line.at)
        if not any(abs(line.at - wall) <= SNAP for wall in along[max(at - 1, 0) : at + 1]):
            yield line
            return
        for end in (line.start, line.end):
            if not across[0] < end < across[-1]:
                continue
            after = bisect(across, end)
            low, high = across[after - 1], across[after]
            if min(end - low, high - end) > SNAP:
                yield line._replace(start=max(low, line.start), end=min(high, line.end))


def _is_shown(ink: Ink, inks: Sequence[Ink]) -> bool:
    """Whether ink can be told from what it is painted on."""
    if ink.colour is None:
        return True
    x, y = (ink.x0 + ink.x1) / 2, (ink.top + ink.bottom) / 2
    ground = _ground(inks, x, y, ink.order)
    return ground is None or _contrast(ink.colour, ground) >= TINT


def _ground(inks: Sequence[Ink], x: float, y: float, order: int) -> Colour | None:
    """The colour of the page at a point before something is painted there; None of a picture."""
    ground: Colour | None = _WHITE
    for ink in inks:
        if ink.order >= order:
            break
        if _is_in(x, y, ink[:4]):
            if ink.plain and ink.colour is not None:
                ground = _blended(ink.colour, ground or _WHITE)
            else:
                ground = None
    return ground


def _box(line: Ruling) -> Box:
    if line.horizontal:
        return line.start, line.at, line.end, line.at
    return line.at, line.start, line.at, line.end


def _bounds(item: object) -> Box:
    """The box around an object, in the space of the page."""
    sides = [ctypes.c_float() for _ in range(4)]
    raw.FPDFPageObj_GetBounds(item, *sides)
    left, low, right, high = (side.value for side in sides)
    return left, low, right, high


def _as_line(ink: Ink) -> Ruling | None:
    """Ink that is as thin as a line and too short to be a ruling of a table."""
    width, height = ink.x1 - ink.x0, ink.bottom - ink.top
    if min(width, height) > HAIR:
        return None
    if width >= height:
        return Ruling(True, (ink.top + ink.bottom) / 2, ink.x0, ink.x1)
    return Ruling(False, (ink.x0 + ink.x1) / 2, ink.top, ink.bottom)


def _is_inside(pane: Pane, x0: float, top: float, x1: float, bottom: float) -> bool:
    """Whether a box reaches into a cell further than its walls are thick."""
    across, down = min(SNAP, (pane.x1 - pane.x0) / 4), min(SNAP, (pane.bottom - pane.top) / 4)
    return (
        x1 > pane.x0 + across
        and x0 < pane.x1 - across
        and bottom > pane.top + down
        and top < pane.bottom - down
    )


def _fills(ink: Ink, pane: Pane) -> bool:
    """Whether ink covers all of a cell, but for what its walls may leave."""
    return (
        ink.x0 < pane.x0 + SNAP
        and ink.x1 > pane.x1 - SNAP
        and ink.top < pane.top + SNAP
        and ink.bottom > pane.bottom - SNAP
    )


def _touches(ink: Ink | Char, char: Char) -> bool:
    """Whether ink lies over more than the edge of a character."""
    across = min(ink.x1, char.x1) - max(ink.x0, char.x0)
    down = min(ink.bottom, char.bottom) - max(ink.top, char.top)
    return across > (char.x1 - char.x0) / 8 and down > char.height / 8


def _underlines(line: Ruling, char: Char) -> bool:
    """Whether a horizontal line runs below or above a character, and ends not far beside it."""
    return (
        min(abs(line.at - char.bottom), abs(line.at - char.top)) < char.height / 2
        and min(line.end, char.x1) - max(line.start, char.x0) > (char.x1 - char.x0) / 2
    )


def on_walls(
    frame: Frame, owners: dict[tuple[int, int], int], chars: Sequence[Char], pane: Pane | None
) -> set[int]:
    """The cells on either side of a wall on which a digit of one cell, or of none, stands."""
    touched: set[int] = set()
    for char in chars:
        if not _is_digit(char):
            continue
        across, down = CROSSED * (char.x1 - char.x0), CROSSED * char.height
        if pane is None or (
            char.x0 < pane.x0 - across
            or char.x1 > pane.x1 + across
            or char.top < pane.top - down
            or char.bottom > pane.bottom + down
        ):
            ends = [(x, char.y) for x in (char.x, char.x0 + across, char.x1 - across)]
            ends += [(char.x, y) for y in (char.top + down, char.bottom - down)]
            places = ((bisect(frame.ys, y) - 1, bisect(frame.xs, x) - 1) for x, y in ends)
            touched |= {owners[place] for place in places if place in owners}
    return touched


def _overlap(rows: Sequence[Sequence[Char]]) -> bool:
    """Whether digits lie over one another by more than a third, in a line or between lines.

    The boxes of points and signs are wider than their ink.
    """
    lines = [digits for row in rows if (digits := [char for char in row if _is_digit(char)])]
    for line in lines:
        for one, other in pairwise(line):
            width = min(one.x1 - one.x0, other.x1 - other.x0)
            if one.x1 - other.x0 > CROSSED * width:
                return True
    for upper, lower in pairwise(lines):
        down = max(c.bottom for c in upper) - min(c.top for c in lower)
        if down > CROSSED * min(upper[0].height, lower[0].height) and any(
            one.x0 < other.x1 and other.x0 < one.x1 for one in upper for other in lower
        ):
            return True
    return False


def _is_uneven(row: Sequence[Char]) -> bool:
    """Whether digits of one line stand on different heights."""
    digits = [char for char in row if _is_digit(char)]
    if len(digits) < 2:
        return False
    feet = [char.bottom for char in digits]
    return max(feet) - min(feet) > LEVEL * max(char.height for char in digits)


def _is_digit(char: Char) -> bool:
    return char.text.isdecimal()


def _is_mute(char: Char) -> bool:
    """Whether a character says nothing: white space, or what is no printing character."""
    return char.text.isspace() or not char.text.isprintable()


def _is_in(x: float, y: float, box: Sequence[float]) -> bool:
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _is_within(char: Char, clip: Box) -> bool:
    """Whether a clip leaves two thirds of a character, across and down."""
    across = min(char.x1, clip[2]) - max(char.x0, clip[0])
    down = min(char.bottom, clip[3]) - max(char.top, clip[1])
    kept = 1 - CROSSED
    return across >= kept * (char.x1 - char.x0) and down >= kept * char.height


def _blended(colour: Colour, ground: Colour) -> Colour:
    share = colour[3] / 255
    red, green, blue = (
        round(share * c + (1 - share) * g) for c, g in zip(colour[:3], ground[:3], strict=True)
    )
    return red, green, blue, 255


def _contrast(colour: Colour, ground: Colour) -> float:
    """How far a colour stands off its ground, of 255, in the channel where it does most."""
    pairs = zip(_blended(colour, ground)[:3], ground[:3], strict=True)
    return max(abs(c - g) for c, g in pairs)


@lru_cache(maxsize=1_000)
def _stands_off(colour: Colour, ground: Colour | None) -> bool:
    """Whether text of a colour can be read on its ground; on a picture only dark text can."""
    if ground is None:
        return max(colour[:3]) < DARK < colour[3]
    return _contrast(colour, ground) >= FAINT


def _differ(one: Colour | None, other: Colour | None) -> bool:
    if one is None or other is None:
        return one is not other
    return max(abs(a - b) for a, b in zip(one, other, strict=True)) > TINT


def _stand_unlike(one: object, other: object) -> bool:
    """Whether two pieces of text stand, lean, or are stretched in different ways."""
    if one is None or other is None:
        return True
    pairs = zip(shape_of(one), shape_of(other), strict=True)
    return any(abs(a - b) > LEVEL for a, b in pairs)


def _is_marked(item: object) -> bool:
    """Whether text is in a layer that may be off, or is said to stand for other text."""
    for index in range(raw.FPDFPageObj_CountMarks(item)):
        mark = raw.FPDFPageObj_GetMark(item, index)
        if _mark_name(mark) == _LAYER:
            return True
        size = ctypes.c_ulong()
        if raw.FPDFPageObjMark_GetParamStringValue(mark, _SPOKEN, None, 0, size) and size.value > 2:
            return True
    return False


def _mark_name(mark: object) -> str:
    out, size = (ctypes.c_ushort * 64)(), ctypes.c_ulong()
    if not raw.FPDFPageObjMark_GetName(mark, out, ctypes.sizeof(out), size):
        return ""
    return bytes(out)[: size.value].decode("utf-16-le", "replace").rstrip("\0")
