"""Characters → lines → paragraphs, and the text of a cell."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import attrgetter

from pipeline.readers.flow import Raised, joined
from pipeline.readers.pdf.marks import Char, PageMarks
from pipeline.readers.pdf.tolerances import (
    APART,
    CLOSER,
    FULL_LINE,
    HEAD,
    HEAD_MOVES,
    INDENT,
    LEAST_HEIGHT,
    MARGINS,
    NUMBER_EDGE,
    OFF_LINE,
    OFF_MIDDLE,
    SMALL,
    UNEVEN,
)
from pipeline.text.sections import LINE_NUMBER_IN_WORDS

_PAGE_NUMBER = re.compile(
    r"^(?:[-—–·.\s]*\d{1,3}[-—–·.\s]*|第?\s*\d{1,3}\s*页?(?:\s*[/，,]?\s*共\s*\d{1,3}\s*页)?)$"
)
_HEADING = re.compile(LINE_NUMBER_IN_WORDS)  # a line that goes on may well begin with figures
_DOWN_AND_ACROSS, _ACROSS = attrgetter("y", "x0"), attrgetter("x0")


@dataclass(frozen=True, slots=True)
class TextLine:
    """A printed line of prose with its box."""

    page: int
    text: str
    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def size(self) -> float:
        return self.bottom - self.top


def rows_of_chars(chars: Iterable[Char]) -> list[list[Char]]:
    """Characters grouped into printed lines, each from left to right."""
    rows: list[list[Char]] = []
    middle = 0.0  # of the line's first character
    for char in sorted(chars, key=_DOWN_AND_ACROSS):
        off = char.y - middle
        if rows and (not off or abs(off) <= OFF_MIDDLE * max(char.height, LEAST_HEIGHT)):
            rows[-1].append(char)
        else:
            middle = char.y
            rows.append([char])
    for row in rows:
        row.sort(key=_ACROSS)
    return rows


def inked(row: Iterable[Char]) -> list[Char]:
    """The characters of a line without its spaces."""
    return [char for char in row if char.text.strip()]


def printed(row: Sequence[Char]) -> str:
    """The text of a line: digits apart are parted by a space, small ones off the line bracketed.

    Apart are digits with room for another, or with far more room than those beside them.
    """
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
        gap = gaps[i] if i < len(gaps) else None
        if gap is None or gap <= UNEVEN:
            continue
        alike = min(char.height, row[i + 1].height) > SMALL * char.height
        beside = [gaps[j] for j in (i - 1, i + 1) if 0 <= j < len(gaps)]
        closer = any(other is not None and CLOSER * other < gap for other in beside)
        if gap > APART or (alike and closer):
            pieces.append(" ")
    return joined(pieces).strip()


def cell_text(rows: Iterable[Sequence[Char]], width: float) -> str:
    """The text of one cell of a width from its printed lines, a line break for each.

    Digits that fill the width go on in the next line: there the break is the cell's, not theirs.
    """
    text, full = "", False
    for row in rows:
        if words := printed(row):
            unbroken = full and text[-1].isdecimal() and words[0].isdecimal()
            text += words if unbroken or not text else f"\n{words}"
            ink = inked(row)
            needed = ink[-1].x1 - ink[0].x0 + (ink[-1].x1 - ink[-1].x0)  # with one digit more
            full = len(words) > 1 and needed > width - MARGINS
    return text


def lines(page: PageMarks, rows: Iterable[Sequence[Char]]) -> list[TextLine]:
    """The lines of prose of a page, from its printed lines, without the page's number."""
    prose = []
    edge = page.height * NUMBER_EDGE
    for row in rows:
        if ink := inked(row):
            top, bottom = min(char.top for char in ink), max(char.bottom for char in ink)
            at_edge = bottom < edge or top > page.height - edge
            text = printed(row)
            if not (at_edge and _PAGE_NUMBER.match(text)):
                prose.append(TextLine(page.number, text, ink[0].x0, top, ink[-1].x1, bottom))
    return prose


def without_running_heads(pages: Sequence[PageMarks], prose: Sequence[TextLine]) -> list[TextLine]:
    """The lines without those that stand on most pages at the same height near an edge.

    What tops the first page is kept: it may be all that names the report.
    """
    heights = {page.number: page.height for page in pages}
    heads: dict[TextLine, tuple[str, int]] = {}
    for line in prose:
        height = heights[line.page]
        if line.bottom < HEAD * height or line.top > (1 - HEAD) * height:
            heads[line] = re.sub(r"\d+", "#", line.text), round(line.top / HEAD_MOVES)
    often = Counter(head for head, _ in {(head, line.page) for line, head in heads.items()})
    running = {line for line, head in heads.items() if 1 < often[head] >= len(pages) / 2}
    return [
        line
        for line in prose
        if line not in running or (line.page == 1 and line.top < heights[1] / 2)
    ]


def goes_on(line: TextLine, below: TextLine, left: float, right: float) -> bool:
    """Whether the line below is of the same paragraph: this one is full, that one not indented."""
    return (
        line.x1 > right - FULL_LINE * line.size
        and below.x0 < left + INDENT * below.size
        and not _HEADING.match(below.text)
    )
