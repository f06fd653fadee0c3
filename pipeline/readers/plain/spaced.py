"""Tables of a text file whose cells are parted by spaces.

Runs of spaces part them as `pdftotext -layout` prints. A row with fewer figures than its block has
columns has blanks among them. Where the places of the figures tell which they are, empty cells are
put there; where not, the row is left in one piece, which the recogniser cannot take for a reading.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby, pairwise
from operator import itemgetter
from unicodedata import east_asian_width

from pipeline.readers.plain.lines import NUMBERED, Line, is_opening, is_spread
from pipeline.text import is_numeral, is_value_like, plain_unit, squeezed, trimmed

_WORDS = re.compile(r"\S+(?:[ \u00a0\u3000]\S+)*")
_UNIT = re.compile(r"^(?:计量|统计)?单位$")  # the heading of a column
# Widths that east_asian_width gives and that a program may have printed two columns wide.
_MEASURES = (frozenset[str](), frozenset("WF"), frozenset("WFA"))
_CODE = re.compile(r"^(?:代码|编码|序号)$")  # the heading of a column
_HEADER_ABOVE = 6  # lines
_FEWEST_FIGURES = 3
_MOST_COLUMNS = 100  # of a block; each row is filled up to them, and no form has twenty

Span = tuple[int, int]


# The first line of a table and the one below its last, and its rows.
Table = tuple[int, int, list[list[Line]]]


@dataclass(frozen=True, slots=True)
class Words:
    """Printed words without a gap; `spans` are their columns by each measure."""

    text: str
    spans: tuple[Span, ...]

    @property
    def is_figure(self) -> bool:
        return is_value_like(self.text)


@dataclass(frozen=True, slots=True)
class Row:
    """A line: words, then the figures that end it; with other figures among words not `plain`."""

    number: int
    labels: tuple[Words, ...]
    figures: tuple[Words, ...]

    @property
    def plain(self) -> bool:
        return not any(words.is_figure for words in self.labels[1:])

    @property
    def is_header(self) -> bool:
        words = self.plain and not self.figures and len(self.labels) > 1
        return words and not self.is_blank

    @property
    def is_blank(self) -> bool:
        """Whether a number or a unit tells that words without a figure are the label of a row."""
        if self.figures or not self.labels or not self.plain:
            return False
        last = self.labels[-1].text
        return bool(NUMBERED.match(last) or (len(self.labels) > 1 and plain_unit(last)))

    @property
    def width(self) -> int:
        return len(self.labels) + len(self.figures)

    def label_end(self, measure: int) -> int:
        return self.labels[-1].spans[measure][1] if self.labels else 0

    @property
    def cells(self) -> list[Line]:
        return [Line(self.number, words.text) for words in self.labels + self.figures]


def table(lines: Sequence[Line]) -> Table | None:
    """The table among these lines, if there is one."""
    rows = [_row(line) for line in lines]
    printed = [i for i, row in enumerate(rows) if row.figures and row.width > 1]
    alone = sum(bool(row.figures) and row.width == 1 for row in rows)
    figures = sum(len(rows[i].figures) for i in printed)
    if figures < _FEWEST_FIGURES or figures <= 2 * alone:
        return None
    # The topmost line of several words that stands close above the first row.
    above = [i for i in range(printed[0]) if rows[i].width][-_HEADER_ABOVE:]
    start = next((i for i in above if rows[i].is_header), printed[0])
    if start == printed[0] and all(len(rows[i].figures) == 1 for i in printed):
        return None  # a list of contents
    # Below the words that a table of the forms begins with, a label alone is a blank row.
    ends = [i for i, row in enumerate(rows) if i == printed[-1] or not row.plain]
    opened = any(row.is_header and is_opening(row.labels[0].text) for row in rows[max(ends) :])
    end = len(rows) if opened else 1 + max(ends)
    while end < len(rows) and rows[end].is_blank:  # up to an empty line
        end += 1
    blocks: list[tuple[list[Row], list[Row]]] = [([], [])]  # headers with the rows under them
    for row in rows[start:end]:
        if row.is_header and blocks[-1][1]:
            blocks.append(([row], []))
        elif row.is_header:
            blocks[-1][0].append(row)
        elif row.width:
            blocks[-1][1].append(row)
    made: list[list[Line]] = []
    for headers, block in blocks:
        made += [header.cells for header in headers]
        made += _under_words(headers, block) or _block_cells(block, made[-1] if headers else [])
    return start, end, made


def _row(line: Line) -> Row:
    text = line.text.replace("\f", "")
    pieces: list[Words] = []
    ends = [
        [0, *accumulate(1 + (east_asian_width(char) in wide) for char in text)]
        for wide in _MEASURES
    ]
    for match in _WORDS.finditer(text):
        spans = tuple((places[match.start()], places[match.end()]) for places in ends)
        if words := trimmed(match[0]):
            pieces.append(Words(words, spans))
    at = len(pieces)
    while at and pieces[at - 1].is_figure:
        at -= 1
    labels: list[Words] = []
    for single, group in groupby(pieces[:at], _is_single):
        together = list(group)
        characters = [char for piece in together for char in piece.text.split()]
        if single and is_spread(characters, alone=len(together) == at):
            pairs = zip(together[0].spans, together[-1].spans, strict=True)
            spans = tuple((first[0], last[1]) for first, last in pairs)
            together = [Words(" ".join(piece.text for piece in together), spans)]
        labels += together
    return Row(line.number, tuple(labels), tuple(pieces[at:]))


def _is_single(piece: Words) -> bool:
    return not piece.is_figure and all(len(char) == 1 for char in piece.text.split())


def _under_words(headers: Sequence[Row], block: Sequence[Row]) -> list[list[Line]]:
    """The rows of a block whose figures all begin just where words of its headers do.

    A blank row is one whose label has a number, if the line below is no second line of a label.
    Nothing where the figures do not, by any measure or by all that they do by alike.
    """
    filled = [row for row in block if row.figures]
    if not filled:
        return []
    measured = [_begun(headers, block, filled, measure) for measure in range(len(_MEASURES))]
    told = [begun for begun in measured if begun]
    if not told or any(other != told[0] for other in told):
        return []
    width, places = told[0]
    made: list[list[Line]] = []
    for row, below in zip(block, [*block[1:], None], strict=True):
        ends = below is None or not below.labels or NUMBERED.match(below.labels[0].text)
        if row.figures or (ends and row.labels and NUMBERED.match(row.labels[-1].text)):
            by_place = dict(zip(places.get(row.number, ()), row.figures, strict=True))
            figures = [by_place[i].text if i in by_place else "" for i in range(width)]
            labels = row.cells[: len(row.labels)]
            made.append(labels + [Line(row.number, text) for text in figures])
        else:
            made.append(row.cells)
    return made


def _begun(
    headers: Sequence[Row], block: Sequence[Row], filled: Sequence[Row], measure: int
) -> tuple[int, dict[int, list[int]]] | None:
    """How many columns there are by this measure, and those that the figures of each row begin in.

    None where a figure begins elsewhere, or too few of them do to be no accident: figures that
    stand as far behind their labels as any others may be aligned to nothing.
    """
    if not all(row.plain for row in block):
        return None
    words = {words.spans[measure][0] for row in headers for words in row.labels}
    label_end = max(row.label_end(measure) for row in block if row.figures or row.is_blank)
    starts = sorted(start for start in words if start >= label_end)
    gaps = {
        other.spans[measure][0] - one.spans[measure][1]
        for row in filled
        for one, other in pairwise((*row.labels[-1:], *row.figures))
    }
    ends = {row.label_end(measure) for row in filled}
    figures = [words.spans[measure][0] for row in filled for words in row.figures]
    proof = len(figures) >= _FEWEST_FIGURES and len(figures) > len(filled)
    accident = len(gaps) < 2 or (len(ends) < 2 and any(row.labels for row in filled))
    if not proof or accident or not set(figures) <= {*starts}:
        return None
    by_row = {
        row.number: [starts.index(words.spans[measure][0]) for words in row.figures]
        for row in filled
    }
    return (len(starts), by_row) if _are_in_order(headers, filled, measure) else None


def _are_in_order(headers: Sequence[Row], rows: Sequence[Row], measure: int) -> bool:
    """Whether the codes of rows go up: one that is left out lets a figure pass for it."""
    places = {
        words.spans[measure][0]
        for row in headers
        for words in row.labels
        if _CODE.search(squeezed(words.text))
    }
    for place in places:
        column = (w.text for r in rows for w in r.figures if w.spans[measure][0] == place)
        codes = [int(text) if text.isdecimal() else -1 for text in column]
        if any(one >= other for one, other in pairwise([-1, *codes])):
            return False
    return True


def _block_cells(block: Sequence[Row], heads: Sequence[Line]) -> list[list[Line]]:
    unit = next((i for i, cell in enumerate(heads) if _UNIT.search(squeezed(cell.text))), 0)
    whole = {row.number for row in block if unit and _has_unit(row, unit, len(heads))}
    filled = [
        row
        for row in block
        if row.figures and row.width > 1 and row.plain and row.number not in whole
    ]
    columns = [_columns(filled, measure) for measure in range(len(_MEASURES))]
    widest = max((len(row.figures) for row in filled), default=0)
    made: list[list[Line]] = []
    for row in block:
        cells = row.cells
        # Two labels and a figure too few would pass for a label and all the figures.
        sound = row.plain and not (len(row.labels) > 1 and len(cells) == len(heads))
        if row.number in whole or (sound and len(row.figures) in (0, widest)):
            made.append(cells)
            continue
        # All measures that give columns have to agree on the places of the figures.
        places = [_under(row, spans, at) for at, spans in enumerate(columns) if spans]
        agreed = places[0] if places and all(other == places[0] for other in places) else None
        if not sound or agreed is None:
            # Behind a unit a figure too few passes for nothing else.
            short = sound and unit and len(row.labels) == unit + 1 and plain_unit(cells[unit].text)
            made.append(cells if short else [Line(row.number, " ".join(c.text for c in cells))])
            continue
        by_place = dict(zip(agreed, row.figures, strict=True))
        figures = [by_place[i].text if i in by_place else "" for i in range(widest)]
        made.append(cells[: len(row.labels)] + [Line(row.number, text) for text in figures])
    return made


def _has_unit(row: Row, unit: int, width: int) -> bool:
    """Whether a row has a cell for each of its header, and a unit or a dash in this place."""
    if row.width != width:
        return False
    text = row.cells[unit].text
    return bool(plain_unit(text)) or (is_value_like(text) and not is_numeral(text))


def _columns(rows: Sequence[Row], measure: int) -> list[Span]:
    """Where the figures of a block stand over one another, by one measure.

    Nothing where the lines may not be aligned at all: the gaps before figures never differ, labels
    all end at one place, a row has two figures in one column, or they are too many. A header
    proves nothing, for a wrong measure moves its words and the figures under them by different
    amounts.
    """
    stacks: list[Span] = []
    for start, end in sorted(words.spans[measure] for row in rows for words in row.figures):
        if stacks and start < stacks[-1][1]:
            stacks[-1] = stacks[-1][0], max(stacks[-1][1], end)
        else:
            stacks.append((start, end))
    most = max((len(row.figures) for row in rows), default=0)
    ends = [(len(row.figures), row.labels[-1].spans[measure][1]) for row in rows if row.labels]
    full = {end for count, end in ends if count == most}
    gaps = {
        other.spans[measure][0] - one.spans[measure][1]
        for row in rows
        for one, other in pairwise(row.labels + row.figures)
        if other.is_figure
    }
    aligned = len(gaps) > 1 and (len(full) > 1 or (full and len({end for _, end in ends}) > 2))
    fit = len(stacks) == most and all(_under(row, stacks, measure) is not None for row in rows)
    return stacks if aligned and fit and most <= _MOST_COLUMNS else []


def _under(row: Row, columns: Sequence[Span], measure: int) -> list[int] | None:
    """The column over each figure; None where one is under none or two, or two under one."""
    places: list[int] = []
    for words in row.figures:
        start, end = words.spans[measure]
        column = bisect_right(columns, start, key=itemgetter(1))
        over = bisect_left(columns, end, key=itemgetter(0)) - column
        if over != 1 or column in places[-1:]:
            return None
        places.append(column)
    return places
