"""Characters → lines → paragraphs, and the text of a cell."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import attrgetter

from pipeline.readers.pdf.marks import Char, PageMarks
from pipeline.readers.pdf.spacing import printed
from pipeline.text.sections import LINE_NUMBER_IN_WORDS

_PAGE_NUMBER = re.compile(
    r"^(?:[-—–·.\s]*\d{1,3}[-—–·.\s]*|第?\s*\d{1,3}\s*页?(?:\s*[/，,]?\s*共\s*\d{1,3}\s*页)?)$"
)
_HEADING = re.compile(LINE_NUMBER_IN_WORDS)  # a line that goes on may well begin with figures
_DOWN_AND_ACROSS, _ACROSS = attrgetter("y", "x0"), attrgetter("x0")
_HEAD = 0.08  # the share in which a line repeated on most pages is a running head
MARGINS = 11.0  # points: what a word processor keeps free in a cell, left and right together
_MARGIN = 0.12  # the share of a page's height in which a lone number is the page's


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
    height = 0.0  # of the line's first character: where its middle is
    for char in sorted(chars, key=_DOWN_AND_ACROSS):
        if rows and abs(char.y - height) <= 0.5 * max(char.bottom - char.top, 1.0):
            rows[-1].append(char)
        else:
            height = char.y
            rows.append([char])
    for row in rows:
        row.sort(key=_ACROSS)
    return rows


def cell_text(rows: Iterable[Sequence[Char]], width: float) -> str:
    """The text of one cell of a width from its printed lines, a line break for each.

    Digits that fill the width go on in the next line: there the break is the cell's, not theirs.
    """
    text, full = "", False
    for row in rows:
        words = printed(row)
        if words:
            goes_on = full and text[-1].isdecimal() and words[0].isdecimal()
            text += words if goes_on or not text else f"\n{words}"
            full = len(words) > 1 and _fills(row, width)
    return text


def _fills(row: Sequence[Char], width: float) -> bool:
    """Whether no further digit had room beside a word processor's usual margins."""
    inked = [char for char in row if char.text.strip()]
    last = inked[-1]
    return last.x1 - inked[0].x0 + (last.x1 - last.x0) > width - MARGINS


def lines(page: PageMarks, chars: Iterable[Char]) -> list[TextLine]:
    """The lines of prose of a page without the page's number."""
    found = []
    for row in rows_of_chars(chars):
        inked = [char for char in row if char.text.strip()]
        if not inked:
            continue
        line = TextLine(
            page.number,
            printed(row),
            inked[0].x0,
            min(char.top for char in inked),
            inked[-1].x1,
            max(char.bottom for char in inked),
        )
        if not _is_page_number(line, page):
            found.append(line)
    return found


def without_running_heads(
    pages: Sequence[PageMarks], printed: Sequence[TextLine]
) -> list[TextLine]:
    """The lines without those that stand on most pages at the same height near an edge.

    What tops the first page is kept: it may be all that names the report.
    """
    heights = {page.number: page.height for page in pages}
    near = {line for line in printed if _at_edge(line, heights[line.page])}
    often = Counter(key for key, _ in {(_head(line), line.page) for line in near})

    def runs(line: TextLine) -> bool:
        count = often[_head(line)] if line in near else 0
        return count > 1 and 2 * count >= len(pages)

    return [
        line for line in printed if not runs(line) or (line.page == 1 and line.top < heights[1] / 2)
    ]


def _head(line: TextLine) -> tuple[str, int]:
    return re.sub(r"\d+", "#", line.text), round(line.top / 4)


def _at_edge(line: TextLine, height: float) -> bool:
    return line.bottom < _HEAD * height or line.top > (1 - _HEAD) * height


def _is_page_number(line: TextLine, page: PageMarks) -> bool:
    edge = page.height * _MARGIN
    at_edge = line.bottom < edge or line.top > page.height - edge
    return at_edge and _PAGE_NUMBER.match(line.text) is not None


def joined(printed: Sequence[TextLine], left: float, right: float) -> list[list[TextLine]]:
    """Lines grouped into paragraphs: a full line goes on, an indented or short one does not."""
    paragraphs: list[list[TextLine]] = []
    for line in printed:
        last = paragraphs[-1][-1] if paragraphs else None
        if (
            last is not None
            and last.x1 > right - 1.6 * last.size
            and line.x0 < left + 1.2 * line.size
            and not _HEADING.match(line.text)
        ):
            paragraphs[-1].append(line)
        else:
            paragraphs.append([line])
    return paragraphs
