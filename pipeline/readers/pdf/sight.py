"""Whether what a cell says is what it shows: nothing over it, all of it seen, all of one piece.

A cell is plain where one run of ordinary text is all that stands in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

import pypdfium2 as pdfium

from pipeline import doubt
from pipeline.doubt import Kind
from pipeline.readers.pdf import native as raw
from pipeline.readers.pdf.boxes import Box, holds
from pipeline.readers.pdf.chars import foot_of, run_of
from pipeline.readers.pdf.clips import clipped
from pipeline.readers.pdf.colours import PAPER, ground, is_shown, stands_off
from pipeline.readers.pdf.fonts import Fonts
from pipeline.readers.pdf.looks import UNKNOWN, Look, are_unlike, look_of
from pipeline.readers.pdf.marks import NEVER, Char, Ink, PageMarks, Ruling
from pipeline.readers.pdf.notes import notes
from pipeline.readers.pdf.rulings import Frame, Pane
from pipeline.readers.pdf.standing import (
    are_uneven,
    fills,
    is_within,
    overlap,
    reaches_into,
    strikes,
    touches,
    underlines,
)
from pipeline.readers.pdf.things import Things, things_in
from pipeline.readers.pdf.tolerances import (
    CROSSED,
    CROWDED,
    FIGURE_LENGTH,
    LEGIBLE,
    NARROW,
    WATERMARK,
)
from pipeline.readers.pdf.unread import is_lost, leaves_ink, says_something

_DASHES = "-—–－"
_NOTHING = Things()


class Printed(NamedTuple):
    """A character that says something, the address of its piece of text, and the look of that."""

    char: Char
    run: int
    look: Look


class Sight:
    """One page, while it is open: what pdfium knows of the runs of its text, and what is drawn."""

    def __init__(
        self, page: pdfium.PdfPage, textpage: pdfium.PdfTextPage, marks: PageMarks, fonts: Fonts
    ) -> None:
        self._textpage, self._page = raw.address(textpage.raw), raw.address(page.raw)
        self._marks = marks
        self._fonts = fonts
        self._looks: dict[int, Look] = {}

    def things(
        self, tables: Sequence[Frame], lines: Sequence[Ruling]
    ) -> Sequence[dict[int, Things]]:
        """For each table, by the number of its cell, what lies in it. Raises TooMuchOnAPage."""
        if not tables:
            return []
        laid_over = (Ink(*box, NEVER) for box in self._notes[0])
        runs = zip(self._marks.runs.all, self._marks.runs.starts, strict=True)
        return things_in(tables, runs, (*self._marks.inks, *laid_over), lines)

    def doubts(
        self, pane: Pane, rows: Sequence[Sequence[Char]], things: Things | None
    ) -> tuple[tuple[Kind, ...], bool]:
        """The doubts of what a cell says, and whether something is drawn in it that is not read."""
        things = things or _NOTHING
        inks = self._mattering(pane, things) if things.inks else []
        if not inks and self._is_plain(rows, things):
            return (), False
        held = [char for row in rows for char in row]
        chars = [char for char in held if says_something(char)]
        if max(len(things.inks), len(things.lines), len(things.runs)) > CROWDED:
            return (doubt.OVERLAID,), not chars
        if len(chars) > FIGURE_LENGTH:
            return (), False
        mute = [char for char in held if not says_something(char)]
        runs = [run_of(self._textpage, char) for char in chars]
        printed = [Printed(c, run, self._look(run)) for c, run in zip(chars, runs, strict=True)]
        over, beside = self._covered(pane, printed, inks, things.lines)
        hides = (
            beside
            or any(c.height < WATERMARK and holds(pane, c.x, c.y) for c in self._marks.slanted)
            or any(leaves_ink(self._textpage, char, self._fonts) for char in mute)
            or self._is_dropped(runs, mute, things)
        )
        kinds: list[Kind] = []
        if over or overlap(rows) or self._is_veiled(printed, inks):
            kinds.append(doubt.OVERLAID)
        if self._is_pieced(rows, printed):
            kinds.append(doubt.PIECES)
        return tuple(kinds), hides

    def _is_plain(self, rows: Sequence[Sequence[Char]], things: Things) -> bool:
        """Whether one ordinary piece of digits that stand in line is all there is: most figures."""
        if things.lines or len(things.runs) != 1 or len(rows) != 1:
            return False
        row, (_, run, _) = rows[0], things.runs[0]
        first = row[0]
        if (
            self._is_odd
            or not self._look(run).ordinary
            or run_of(self._textpage, first) != run
            or len(row) > FIGURE_LENGTH
        ):
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
        return height > LEGIBLE and self._is_on_page(first, row[-1])

    @cached_property
    def _is_odd(self) -> bool:
        """Whether something is on the page that may concern any cell."""
        marks = self._marks
        return bool(marks.slanted or marks.unseen or marks.runs.odd or self._notes[1])

    @cached_property
    def _notes(self) -> tuple[list[Box], list[Box]]:
        return notes(self._page, self._marks.display)

    def _order(self, address: int) -> int:
        run = self._marks.runs.by_address.get(address)
        return -1 if run is None else run[0]

    def _look(self, address: int) -> Look:
        if address not in self._looks:
            run = self._marks.runs.by_address.get(address)
            self._looks[address] = (
                look_of(run, self._fonts, self._marks.clipping) if run else UNKNOWN
            )
        return self._looks[address]

    def _mattering(self, pane: Pane, things: Things) -> list[Ink]:
        """The ink of a cell that is more than white ground below its text, as far as it is seen."""
        if len(things.inks) > CROWDED:
            return things.inks
        first = things.runs[0][0] if things.runs else NEVER
        if all(ink.plain and ink.colour == PAPER and ink.order < first for ink in things.inks):
            return []
        return [ink for ink in clipped(things.inks) if reaches_into(pane, ink)]

    def _is_dropped(self, runs: list[int], mute: list[Char], things: Things) -> bool:
        """Whether a run begins in the cell, and nothing that is known of it stands there."""
        left = {item for _, item, _ in things.runs}.difference(runs)
        left.difference_update(run_of(self._textpage, char) for char in mute)
        known = {run for run in runs if run in self._marks.runs.by_address}
        return any(is_lost(self._textpage, item, known) for item in left)

    def _covered(
        self, pane: Pane, printed: list[Printed], inks: list[Ink], lines: list[Ruling]
    ) -> tuple[bool, bool]:
        """Whether something is drawn over the text of a cell, and whether something beside it."""
        over = beside = False
        for ink in inks:
            touched = [self._order(run) for char, run, _ in printed if touches(ink, char)]
            ground_of_all = fills(ink, pane)
            if touched and ink.order > min(touched):
                over = True
            elif (ink.plain and (touched or ground_of_all)) or (touched and ground_of_all):
                continue  # the colour of the text is held against it
            elif touched:
                over = True
            elif is_shown(ink, inks):
                beside = True
        for line in lines:
            if any(
                strikes(line, char, foot_of(self._textpage, char, self._marks.display))
                for char, _, _ in printed
            ):
                over = True
            elif not any(underlines(line, char) for char, _, _ in printed):
                beside = True
        return over, beside

    def _is_veiled(self, printed: list[Printed], inks: list[Ink]) -> bool:
        """Whether a part of a figure cannot be seen, or may be seen as something else."""
        for char, run, look in printed:
            height = char.bottom - char.top
            if look.doubtful or (look.faint and not inks):
                return True
            if char.text.isdecimal() and (
                height < LEGIBLE or char.x1 - char.x0 < NARROW * height or char.text in look.narrow
            ):
                return True
            if look.clip is not None and not is_within(char, look.clip):
                return True
            if inks and not stands_off(look.colour, ground(inks, char.x, char.y, self._order(run))):
                return True
        return bool(printed) and (
            not self._is_on_page(printed[0].char, printed[-1].char) or self._is_whitened(printed)
        )

    def _is_on_page(self, first: Char, last: Char) -> bool:
        """Whether a line from one character to another lies on the page as it is cropped."""
        return (
            first.x0 >= 0
            and last.x1 <= self._marks.width
            and first.top >= 0
            and last.bottom <= self._marks.height
        )

    def _is_whitened(self, printed: list[Printed]) -> bool:
        """Whether a character in the colour of the paper is painted over a part of a figure."""
        return any(
            touches(white, char) and self._order(run_of(self._textpage, white)) > self._order(run)
            for white in self._marks.unseen
            for char, run, _ in printed
        )

    def _is_pieced(self, rows: Sequence[Sequence[Char]], printed: list[Printed]) -> bool:
        """Whether the digits of a cell are unlike each other, or a link leads from some only."""
        digits = [each for each in printed if each.char.text.isdecimal()]
        if not digits:
            return False
        if are_uneven(rows) or any(
            are_unlike(each.look, digits[0].look, self._fonts) for each in digits
        ):
            return True
        if any(self._order(run) in self._marks.runs.odd for _, run, _ in printed):
            return True
        links = self._notes[1]
        linked = [any(holds(link, c.x, c.y) for link in links) for c, _, _ in printed]
        return any(linked) and not all(linked)
