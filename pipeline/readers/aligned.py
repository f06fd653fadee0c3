"""Tables of a text file whose cells are parted by runs of spaces, as `pdftotext -layout` prints.

A row with fewer figures than its block has columns has blanks among them. Where the places of the
figures tell which they are, empty cells are put there; where not, the row is left in one piece,
which the recogniser cannot take for a reading.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.text import is_value_like, trimmed

Line = tuple[int, str]
Span = tuple[int, int]
Cells = list[tuple[int, str]]

_PIECE = re.compile(r"\S+(?:[ \u00a0\u3000]\S+)*")
# Widths that east_asian_width gives and that a program may have printed two columns wide.
_MEASURES = (frozenset[str](), frozenset("WF"), frozenset("WFA"))
_HEADER_ABOVE = 6  # lines
_FEWEST_FIGURES = 3


@dataclass(frozen=True, slots=True)
class Piece:
    """Printed words without a gap; `spans` are its columns by each measure."""

    text: str
    spans: tuple[Span, ...]

    @property
    def is_figure(self) -> bool:
        return is_value_like(self.text)


@dataclass(frozen=True, slots=True)
class Row:
    """A line: words, then the figures that end it; with other figures among words not `plain`."""

    number: int
    labels: tuple[Piece, ...]
    figures: tuple[Piece, ...]

    @property
    def plain(self) -> bool:
        return not any(piece.is_figure for piece in self.labels[1:])

    @property
    def is_header(self) -> bool:
        return self.plain and not self.figures and len(self.labels) > 1

    @property
    def pieces(self) -> tuple[Piece, ...]:
        return self.labels + self.figures


def table(lines: Sequence[Line]) -> tuple[int, int, list[Cells]] | None:
    """The first and the last line but one of the table among these lines, and its rows."""
    rows = [_row(number, text) for number, text in lines]
    printed = [i for i, row in enumerate(rows) if row.figures and len(row.pieces) > 1]
    alone = sum(bool(row.figures) and len(row.pieces) == 1 for row in rows)
    figures = sum(len(rows[i].figures) for i in printed)
    if figures < _FEWEST_FIGURES or figures <= 2 * alone:
        return None
    start = _header_start(rows, printed[0])
    if start == printed[0] and all(len(rows[i].figures) == 1 for i in printed):
        return None  # a list of contents
    end = printed[-1] + 1
    made: list[Cells] = []
    for header, block in _blocks([row for row in rows[start:end] if row.pieces]):
        made += [_cells(header, header.pieces)] if header else []
        made += _block_cells(block, len(header.pieces) if header else 0)
    return start, end, made


def _row(number: int, text: str) -> Row:
    pieces = tuple(_pieces(text.replace("\f", "")))
    at = len(pieces)
    while at and pieces[at - 1].is_figure:
        at -= 1
    return Row(number, _joined(pieces[:at]), pieces[at:])


def _pieces(text: str) -> list[Piece]:
    found = []
    for match in _PIECE.finditer(text):
        spans = tuple(
            (_width(text[: match.start()], wide), _width(text[: match.end()], wide))
            for wide in _MEASURES
        )
        found.append(Piece(trimmed(match[0]), spans))
    return [piece for piece in found if piece.text]


def _width(text: str, wide: frozenset[str]) -> int:
    return len(text) + sum(unicodedata.east_asian_width(char) in wide for char in text)


def _joined(labels: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """Single characters set apart (总  计) are one word."""
    found: list[Piece] = []
    for piece in labels:
        single = len(piece.text) == 1 and not piece.is_figure
        if single and found and len(found[-1].text.split()[-1]) == 1:
            before = found.pop()
            ends = zip(before.spans, piece.spans, strict=True)
            spans = tuple((first[0], last[1]) for first, last in ends)
            piece = Piece(f"{before.text} {piece.text}", spans)
        found.append(piece)
    return tuple(found)


def _header_start(rows: Sequence[Row], first: int) -> int:
    """The topmost line of several words that stands close above the first row."""
    above = [i for i in range(first) if rows[i].pieces][-_HEADER_ABOVE:]
    return next((i for i in above if rows[i].is_header), first)


def _blocks(rows: Sequence[Row]) -> list[tuple[Row | None, list[Row]]]:
    """Lines of several words, each with the rows under it."""
    blocks: list[tuple[Row | None, list[Row]]] = [(None, [])]
    for row in rows:
        if row.is_header:
            blocks.append((row, []))
        else:
            blocks[-1][1].append(row)
    return blocks


def _block_cells(block: Sequence[Row], header_width: int) -> list[Cells]:
    filled = [row for row in block if row.figures and len(row.pieces) > 1 and row.plain]
    columns = [_columns(filled, measure) for measure in range(len(_MEASURES))]
    widest = max((len(row.figures) for row in filled), default=0)
    made: list[Cells] = []
    for row in block:
        # Two labels and a figure too few would pass for a label and all the figures.
        shifted = len(row.labels) > 1 and len(row.pieces) == header_width
        if row.plain and not shifted and len(row.figures) in (0, widest):
            made.append(_cells(row, row.pieces))
            continue
        places = _places(row, columns) if row.plain and not shifted else None
        if places is None:
            whole = " ".join(piece.text for piece in row.pieces)
            made.append([(row.number, whole)])
            continue
        by_place = dict(zip(places, row.figures, strict=True))
        figures = [by_place[i].text if i in by_place else "" for i in range(widest)]
        made.append([*_cells(row, row.labels), *((row.number, text) for text in figures)])
    return made


def _cells(row: Row, pieces: Sequence[Piece]) -> Cells:
    return [(row.number, piece.text) for piece in pieces]


def _columns(rows: Sequence[Row], measure: int) -> list[Span]:
    """Where the figures of a block stand over one another, by one measure.

    Nothing where the lines may not be aligned at all: the gaps before figures never differ, labels
    all end at one place, or a row has two figures in one column. A header proves nothing, for a
    wrong measure moves its words and the figures under them by different amounts.
    """
    found = _stacks(piece.spans[measure] for row in rows for piece in row.figures)
    most = max((len(row.figures) for row in rows), default=0)
    ends = [(len(row.figures), row.labels[-1].spans[measure][1]) for row in rows if row.labels]
    full = {end for count, end in ends if count == most}
    proved = len(full) > 1 or (full and len({end for _, end in ends}) > 2)
    fit = all(_under(row, found, measure) is not None for row in rows)
    return found if proved and fit and len(found) == most and _gaps_differ(rows, measure) else []


def _stacks(spans: Iterable[Span]) -> list[Span]:
    """Spans over one another, each stack as one."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start < found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], end)
        else:
            found.append((start, end))
    return found


def _gaps_differ(rows: Sequence[Row], measure: int) -> bool:
    gaps = {
        other.spans[measure][0] - one.spans[measure][1]
        for row in rows
        for one, other in pairwise(row.pieces)
        if other.is_figure
    }
    return len(gaps) > 1


def _under(row: Row, columns: Sequence[Span], measure: int) -> list[int] | None:
    """The column over each figure; None where one is under none or two, or two under one."""
    found: list[int] = []
    for piece in row.figures:
        start, end = piece.spans[measure]
        over = [i for i, (left, right) in enumerate(columns) if start < right and left < end]
        if len(over) != 1 or over[0] in found:
            return None
        found += over
    return found


def _places(row: Row, columns: Sequence[Sequence[Span]]) -> list[int] | None:
    """The columns of a row's figures, where all measures that give columns agree on them."""
    found = [_under(row, spans, measure) for measure, spans in enumerate(columns) if spans]
    return found[0] if found and all(places == found[0] for places in found) else None
