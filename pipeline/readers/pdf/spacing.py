"""What one printed line says where its characters stand apart or off the line."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from pipeline.readers.flow import Raised, joined
from pipeline.readers.pdf.marks import Char
from pipeline.readers.pdf.tolerances import APART, CLOSER, OFF_LINE, SMALL, UNEVEN


def printed(row: Sequence[Char]) -> str:
    """The text of a line: digits apart are parted by a space, small ones off the line bracketed."""
    digits = [char for char in row if char.text.isdecimal()]
    if len(digits) < 2:
        return "".join(char.text for char in row).strip()
    tallest = max(digits, key=lambda char: char.height)
    # How far digits stand apart, measured by their height.
    gaps = [
        (other.x0 - one.x1) / (one.height or 1.0)
        if one.text.isdecimal() and other.text.isdecimal()
        else None
        for one, other in pairwise(row)
    ]
    pieces: list[str] = []
    for i, char in enumerate(row):
        up = tallest.bottom - char.bottom
        small = char.text.isdecimal() and char.height < SMALL * tallest.height
        marked = small and (up > OFF_LINE * tallest.height or up < 0)
        pieces.append(Raised(char.text) if marked else char.text)
        if i < len(gaps) and _are_apart(row, gaps, i):
            pieces.append(" ")
    return joined(pieces).strip()


def _are_apart(row: Sequence[Char], gaps: Sequence[float | None], i: int) -> bool:
    """Whether digits stand as far apart as one is wide, or further than those beside them."""
    gap = gaps[i]
    if gap is None or gap <= UNEVEN or gap > APART:
        return gap is not None and gap > APART
    alike = min(row[i].height, row[i + 1].height) > SMALL * row[i].height
    beside = (gaps[j] for j in (i - 1, i + 1) if 0 <= j < len(gaps))
    return alike and any(other is not None and CLOSER * other < gap for other in beside)
