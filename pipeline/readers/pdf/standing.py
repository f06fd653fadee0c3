"""How the characters of a cell stand: to each other, to its walls, to lines and ink."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterable, Sequence
from itertools import pairwise

from pipeline.readers.pdf.boxes import Box, Boxed, shared
from pipeline.readers.pdf.marks import Char, Ruling
from pipeline.readers.pdf.rulings import Frame, Pane
from pipeline.readers.pdf.tolerances import ALIKE, CROSSED, HAIR, LEVEL, SNAP, STRUCK


def reaches_into(pane: Pane, box: Boxed) -> bool:
    """Whether a box reaches into a cell further than its walls are thick."""
    across, down = min(SNAP, (pane.x1 - pane.x0) / 4), min(SNAP, (pane.bottom - pane.top) / 4)
    return (
        box.x1 > pane.x0 + across
        and box.x0 < pane.x1 - across
        and box.bottom > pane.top + down
        and box.top < pane.bottom - down
    )


def fills(box: Boxed, pane: Pane) -> bool:
    """Whether a box covers all of a cell, but for what its walls may leave."""
    return (
        box.x0 < pane.x0 + SNAP
        and box.x1 > pane.x1 - SNAP
        and box.top < pane.top + SNAP
        and box.bottom > pane.bottom - SNAP
    )


def touches(box: Boxed, char: Char) -> bool:
    """Whether a box lies over more than the edge of a character."""
    across, down = shared(box, char)
    return across > (char.x1 - char.x0) / 8 and down > char.height / 8


def is_within(char: Char, clip: Box) -> bool:
    """Whether a clip leaves two thirds of a character, across and down."""
    across, down = shared(char, clip)
    kept = 1 - CROSSED
    return across >= kept * (char.x1 - char.x0) and down >= kept * char.height


def strikes(line: Ruling, char: Char, foot: float) -> bool:
    """Whether a line runs through a character, and not below the foot of its line."""
    if line.horizontal:
        low, high, left, right = char.top, foot + HAIR / 2, char.x0, char.x1
    else:
        edge = STRUCK * (char.x1 - char.x0)
        low, high, left, right = char.x0 + edge, char.x1 - edge, char.top, char.bottom
    return low < line.at < high and (
        min(line.end, right) - max(line.start, left) > (right - left) / 3
    )


def underlines(line: Ruling, char: Char) -> bool:
    """Whether a horizontal line runs below or above a character, and ends not far beside it."""
    return (
        line.horizontal
        and min(abs(line.at - char.bottom), abs(line.at - char.top)) < char.height / 2
        and min(line.end, char.x1) - max(line.start, char.x0) > (char.x1 - char.x0) / 2
    )


def on_walls(frame: Frame, digits: Iterable[Char]) -> set[int]:
    """The cells in which the middle, or a third of the width or height, of any digit stands."""
    touched: set[int] = set()
    for char in digits:
        across, down = CROSSED * (char.x1 - char.x0), CROSSED * char.height
        ends = [(x, char.y) for x in (char.x, char.x0 + across, char.x1 - across)]
        ends += [(char.x, y) for y in (char.top + down, char.bottom - down)]
        places = ((bisect(frame.ys, y) - 1, bisect(frame.xs, x) - 1) for x, y in ends)
        touched |= {frame.owners[place] for place in places if place in frame.owners}
    return touched


def is_across_wall(char: Char, pane: Pane) -> bool:
    """Whether more than a third of a character of a cell stands outside it."""
    across, down = CROSSED * (char.x1 - char.x0), CROSSED * (char.bottom - char.top)
    return (
        char.x0 < pane.x0 - across
        or char.x1 > pane.x1 + across
        or char.top < pane.top - down
        or char.bottom > pane.bottom + down
    )


def overlap(rows: Sequence[Sequence[Char]]) -> bool:
    """Whether digits lie over one another by more than a third, in a line or between lines.

    The boxes of points and signs are wider than their ink.
    """
    lines = [found for row in rows if (found := digits_of(row))]
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


def are_uneven(rows: Sequence[Sequence[Char]]) -> bool:
    """Whether digits are not all as tall, or those of a line stand on different heights."""
    lines = [found for row in rows if (found := digits_of(row))]
    heights = [char.height for line in lines for char in line]
    if heights and min(heights) < ALIKE * max(heights):
        return True
    for line in lines:
        feet = [char.bottom for char in line]
        if max(feet) - min(feet) > LEVEL * max(char.height for char in line):
            return True
    return False


def digits_of(chars: Iterable[Char]) -> list[Char]:
    """The digits among characters."""
    return [char for char in chars if char.text.isdecimal()]
