"""What one printed line says where its characters stand apart or off the line."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from pipeline.readers.flow import Raised, joined
from pipeline.readers.pdf.marks import Char

_SMALL = 0.75  # of the height of the largest digit of the line
_OFF = 0.2  # of that height, up; a smaller digit on the line has its foot a little higher anyway
_APART = 0.5  # of the height of a digit: as wide as one
_UNEVEN = 0.2  # of that height: apart too where the digits beside stand close


def printed(row: Sequence[Char]) -> str:
    """The text of a line: digits apart are parted by a space, small ones off the line bracketed."""
    digits = [char for char in row if char.text.isdecimal()]
    if len(digits) < 2:
        return "".join(char.text for char in row).strip()
    tallest = max(digits, key=_height)
    gaps = [_gap(one, other) for one, other in pairwise(row)]
    pieces: list[str] = []
    for i, char in enumerate(row):
        marked = char.text.isdecimal() and _is_mark(char, tallest)
        pieces.append(Raised(char.text) if marked else char.text)
        if i < len(gaps) and _are_apart(row, gaps, i):
            pieces.append(" ")
    return joined(pieces).strip()


def _height(char: Char) -> float:
    return char.bottom - char.top


def _is_mark(char: Char, tallest: Char) -> bool:
    height = _height(tallest)
    up = tallest.bottom - char.bottom
    return _height(char) < _SMALL * height and (up > _OFF * height or up < 0)


def _gap(one: Char, other: Char) -> float | None:
    """How far two digits stand apart, measured by their height."""
    if not (one.text.isdecimal() and other.text.isdecimal()):
        return None
    return (other.x0 - one.x1) / (_height(one) or 1.0)


def _are_apart(row: Sequence[Char], gaps: Sequence[float | None], i: int) -> bool:
    """Whether digits stand as far apart as one is wide, or further than those beside them."""
    gap = gaps[i]
    if gap is None or gap <= _UNEVEN or gap > _APART:
        return gap is not None and gap > _APART
    alike = min(_height(row[i]), _height(row[i + 1])) > _SMALL * _height(row[i])
    beside = (gaps[j] for j in (i - 1, i + 1) if 0 <= j < len(gaps))
    return alike and any(other is not None and 3 * other < gap for other in beside)
