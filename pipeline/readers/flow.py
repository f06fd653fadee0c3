"""What HTML and Word share: content in reading order → numbered paragraphs and grids.

Publishers lay out pages with tables, and put whole reports into one. A row (with the rows that
merged cells tie to it) whose cells hold another table, or prose, is layout: it is read as
paragraphs, and cuts the table in two.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from operator import itemgetter
from typing import TypeAlias

from pipeline.doubt import OVERLAID, Kind
from pipeline.model import Cell, Grid, Paragraph
from pipeline.text import INVISIBLE, PICTURE

_PROSE = 60
_LONG_PROSE = 200
_NUMERIC = re.compile(r"[\d\s.,，+-]*\d[\d\s.,，+-]*")
_SPACES = re.compile(r"[ \t\r\n\f\v]+")
_WIDE = r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]"
_BREAK_IN_CHINESE = re.compile(rf"(?<={_WIDE})[ \t\r\f]*\n\s*(?={_WIDE})")
_UNSEEN_ENDS = INVISIBLE + " \t\r\n\f\v\u00a0\u3000"
_MARK = re.compile(r"\d|\*")


class Raised(str):
    """Text printed above or below the line."""

    __slots__ = ()


class Faint(str):
    """White text: on white paper nobody sees it, in a dark cell everybody does."""

    __slots__ = ()


@dataclass(slots=True)
class Box:
    """A cell as the file gives it: its lines and the tables inside it, in order.

    `doubts` are what its reader saw in it beside plain text.
    """

    row: int
    col: int
    rowspan: int
    colspan: int
    content: list[Content]
    doubts: tuple[Kind, ...] = ()

    @property
    def text(self) -> str:
        return "\n".join([piece for piece in self.content if isinstance(piece, str)])


Content: TypeAlias = str | list[Box]


def line(text: str) -> str:
    """One line as a reader sees it: white space collapsed and trimmed.

    A line break in the source between two Chinese characters is no space.
    """
    if text.isalnum():
        return text
    if "\n" in text:
        text = _BREAK_IN_CHINESE.sub("", text)
    text = _SPACES.sub(" ", text).strip()
    unseen = text and (text[0] in INVISIBLE or text[-1] in INVISIBLE)
    return text.strip(_UNSEEN_ENDS) if unseen else text


def joined(pieces: Sequence[str]) -> str:
    """The pieces of one line. Beside plain text, raised marks are bracketed (13¹ is not 131) and
    white text is only known to be there."""
    if {*map(type, pieces)} <= {str}:
        return "".join(pieces)
    groups = [(kind, "".join(group)) for kind, group in groupby(pieces, type)]
    if not any(kind is str and line(text) for kind, text in groups):
        return "".join(text for _, text in groups)
    whole = ""
    for kind, text in groups:
        mark = line(text)
        if kind is Raised and _MARK.search(mark) and not mark.startswith("["):
            text = f"[{mark}]"
        elif kind is Faint and mark:
            text = PICTURE
        whole += text
    return whole


def compact(boxes: list[Box]) -> None:
    """Take out the rows and columns in which no cell begins: they tell nothing apart."""
    rows = sorted({box.row for box in boxes})
    columns = sorted({box.col for box in boxes})
    for box in boxes:
        top, left = bisect_left(rows, box.row), bisect_left(columns, box.col)
        box.rowspan = bisect_left(rows, box.row + box.rowspan) - top
        box.colspan = bisect_left(columns, box.col + box.colspan) - left
        box.row, box.col = top, left


def cover(boxes: Iterable[Box]) -> None:
    """Something lies before the text of cells, and nobody can tell without the page of which."""
    for box in boxes:
        if OVERLAID not in box.doubts:
            box.doubts = (*box.doubts, OVERLAID)


def blocks(content: Iterable[Content]) -> tuple[Paragraph | Grid, ...]:
    """Numbered paragraphs and grids; `where` counts from 1."""
    numbered: list[Paragraph | Grid] = []
    paragraphs = tables = 0
    for piece in _unfolded(content):
        if not isinstance(piece, str):
            tables += 1
            where = f"table {tables}"
            cells = []
            for box in piece:
                place = f"{where} row {box.row + 1} col {box.col + 1}"
                spans = box.row, box.col, box.rowspan, box.colspan
                cells.append(Cell(box.text, *spans, place, box.doubts))
            numbered.append(Grid(tuple(cells), where=where))
        elif words := line(piece.replace(PICTURE, "")):
            paragraphs += 1
            numbered.append(Paragraph(words, f"paragraph {paragraphs}"))
    return tuple(numbered)


def _unfolded(content: Iterable[Content]) -> Iterator[Content]:
    """The same without layout tables: the boxes that remain hold lines only."""
    for piece in content:
        if isinstance(piece, str):
            yield piece
        else:
            yield from _table(piece)


def _table(boxes: list[Box]) -> Iterator[Content]:
    for box in boxes:
        box.content, box.doubts = _inlined(box.content, box.doubts)
    if not any(box.content for box in boxes):
        return
    if len(boxes) == 1:
        yield from _unfolded(boxes[0].content)
        return
    bands = [(band, _is_layout(band)) for band in _bands(boxes)]
    if not any(layout for _, layout in bands):
        yield boxes
        return
    for layout, group in groupby(bands, itemgetter(1)):
        piece = [box for band, _ in group for box in band]
        widths = Counter(box.row for box in piece)
        # What layout rows have cut off is a grid if it still has rows and columns.
        ruled = max(widths.values()) > 2 or sum(width > 1 for width in widths.values()) > 1
        if ruled and not layout:
            top = min(widths)
            yield [replace(box, row=box.row - top) for box in piece]
        else:
            for box in piece:
                yield from _unfolded(box.content)


def _inlined(
    content: list[Content], doubts: tuple[Kind, ...]
) -> tuple[list[Content], tuple[Kind, ...]]:
    """A table of a single cell is decoration: its content and its doubts take its place."""
    if all(isinstance(piece, str) for piece in content):
        return content, doubts
    result: list[Content] = []
    for piece in content:
        if isinstance(piece, list) and len(piece) == 1:
            inner, seen = _inlined(piece[0].content, piece[0].doubts)
            result.extend(inner)
            doubts += seen
        elif isinstance(piece, str) or any(box.content for box in piece):
            result.append(piece)
    return result, tuple(dict.fromkeys(doubts))


def _bands(boxes: Iterable[Box]) -> Iterator[list[Box]]:
    """Boxes of the rows that merged cells tie together, from the top."""
    band: list[Box] = []
    end = 0
    for box in sorted(boxes, key=lambda box: (box.row, box.col)):
        if band and box.row >= end:
            yield band
            band = []
        band.append(box)
        end = max(end, box.row + box.rowspan)
    if band:
        yield band


def _is_layout(band: Iterable[Box]) -> bool:
    filled = [box for box in band if box.content]
    if any(not isinstance(piece, str) for box in filled for piece in box.content):
        return True
    texts = [box.text for box in filled]
    if len(texts) == 1:
        return len(texts[0]) > _PROSE and "。" in texts[0]
    return (
        len(texts) in (2, 3)
        and any(len(text) > _LONG_PROSE and text.count("。") > 1 for text in texts)
        and not any(_NUMERIC.fullmatch(text) for text in texts)
    )
