"""What one printed line says where its characters stand apart or off the line."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from pipeline.readers.flow import Raised, joined
from pipeline.readers.pdf.marks import Char

_SMALL = 0.75  # of the height of the largest digit of the line
_OFF = 0.2  # of that height, up; a smaller digit on the line has its foot a little higher anyway
_APART = 0.5  # of the height of a digit: as wide as one


def printed(row: Sequence[Char]) -> str:
    """The text of a line: digits apart are parted by a space, small ones off the line bracketed."""
    digits = [char for char in row if char.text.isdecimal()]
    if len(digits) < 2:
        return "".join(char.text for char in row).strip()
    tallest = max(digits, key=_height)
    pieces: list[str] = []
    for char, following in pairwise([*row, None]):
        assert char is not None
        marked = char.text.isdecimal() and _is_mark(char, tallest)
        pieces.append(Raised(char.text) if marked else char.text)
        if following is not None and _are_apart(char, following):
            pieces.append(" ")
    return joined(pieces).strip()


def _height(char: Char) -> float:
    return char.bottom - char.top


def _is_mark(char: Char, tallest: Char) -> bool:
    height = _height(tallest)
    up = tallest.bottom - char.bottom
    return _height(char) < _SMALL * height and (up > _OFF * height or up < 0)


def _are_apart(one: Char, other: Char) -> bool:
    digits = one.text.isdecimal() and other.text.isdecimal()
    return digits and other.x0 - one.x1 > _APART * _height(one)
