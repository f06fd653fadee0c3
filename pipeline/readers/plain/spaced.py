"""Tables of a text file whose cells are parted by spaces.

Runs of spaces part them as `pdftotext -layout` prints. A row with fewer figures than its block has
columns has blanks among them. Where the places of the figures tell which they are, empty cells are
put there; where not, the row is left in one piece, which the recogniser cannot take for a reading.

Single spaces part them as copied from a PDF viewer, and only where a line of words stands above
lines that are a word and as many figures as it has further words, or where many lines end with as
many figures.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from operator import itemgetter
from unicodedata import east_asian_width

from pipeline.readers.plain.lines import Line
from pipeline.text import is_numeral, is_value_like, plain_unit, squeezed, trimmed

_WORDS = re.compile(r"\S+(?:[ \u00a0\u3000]\S+)*")
_UNIT = re.compile(r"^(?:计量|统计)?单位$")  # the heading of a column
# Widths that east_asian_width gives and that a program may have printed two columns wide.
_MEASURES = (frozenset[str](), frozenset("WF"), frozenset("WFA"))
_HEADER_ABOVE = 6  # lines
_FEWEST_FIGURES = 3
_FEWEST_ALIKE = 5  # lines; fewer that end with as many figures may be no rows
_WIDE = 10  # figures; so many in one line are a row
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
        return self.plain and not self.figures and len(self.labels) > 1

    @property
    def width(self) -> int:
        return len(self.labels) + len(self.figures)

    @property
    def cells(self) -> list[Line]:
        return [Line(self.number, words.text) for words in self.labels + self.figures]


def table(lines: Sequence[Line]) -> Table | None:
    """The table among these lines, if there is one."""
    return _aligned(lines) or _single(lines)


def _aligned(lines: Sequence[Line]) -> Table | None:
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
    end = printed[-1] + 1
    blocks: list[tuple[Row | None, list[Row]]] = [(None, [])]  # headers with the rows under them
    for row in rows[start:end]:
        if row.is_header:
            blocks.append((row, []))
        elif row.width:
            blocks[-1][1].append(row)
    made: list[list[Line]] = []
    for header, block in blocks:
        heads = header.cells if header else []
        made += [heads] if heads else []
        made += _block_cells(block, heads)
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
    for piece in pieces[:at]:
        single = len(piece.text) == 1 and not piece.is_figure
        # Single characters set apart (总  计) are one word.
        if single and labels and len(labels[-1].text[-2:].split()[-1]) == 1:
            before = labels.pop()
            pairs = zip(before.spans, piece.spans, strict=True)
            spans = tuple((first[0], last[1]) for first, last in pairs)
            piece = Words(f"{before.text} {piece.text}", spans)
        labels.append(piece)
    return Row(line.number, tuple(labels), tuple(pieces[at:]))


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
            made.append([Line(row.number, " ".join(cell.text for cell in cells))])
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


def _single(lines: Sequence[Line]) -> Table | None:
    """The table whose cells single spaces part; a line that does not fit stays in one piece."""
    words = {i: line.text.split() for i, line in enumerate(lines) if trimmed(line.text)}
    above = _under_headers(words)
    parted = {*above, *above.values()}
    if not any(len(words[i]) > 2 for i in parted):
        parted = set()  # pairs of a word and a figure stand in any list
    if sum(len(words[i]) - 1 for i in above) < _FEWEST_FIGURES:
        parted = set()
    parted |= _alike(words)
    if not parted:
        return None
    start = min(parted)
    # A row that fits no header, below those that do, is still a row.
    last = max(parted)
    end = 1 + max(i for i in words if i == last or (i > last and any(map(is_value_like, words[i]))))
    if any(len(words[i]) == 1 and is_value_like(words[i][0]) for i in words if i < end):
        return None  # one cell a line, some of them of two words
    rows = []
    for i in (i for i in words if start <= i < end):
        cells = words[i] if i in parted else [trimmed(lines[i].text)]
        rows.append([Line(lines[i].number, cell) for cell in cells])
    return start, end, rows


def _under_headers(words: Mapping[int, Sequence[str]]) -> dict[int, int]:
    """For each line that is a word, perhaps a unit, and figures the header of as many words."""
    header: int | None = None
    above: dict[int, int] = {}
    for i, row in words.items():
        if len(row) > 1 and not any(map(is_value_like, row)):
            header = i
        elif (
            header is not None
            and len(row) == len(words[header])
            and not is_value_like(row[0])
            and all(is_value_like(word) or plain_unit(word) for word in row[1:])
        ):
            above[i] = header
    return above


def _alike(words: Mapping[int, Sequence[str]]) -> set[int]:
    """The lines of words that as many figures follow as most do, and those of words above them."""
    figures = {i: _figures_at_end(row) for i, row in words.items()}
    counts = Counter(count for count in figures.values() if count >= _FEWEST_FIGURES)
    width, rows = counts.most_common(1)[0] if counts else (0, 0)
    if rows < _FEWEST_ALIKE and width < _WIDE:
        return set()
    alike = {i for i, count in figures.items() if count == width}
    above = [i for i in words if i < min(alike)][-_HEADER_ABOVE:]
    titled = [i for i in above if any(map(is_value_like, words[i])) or len(words[i]) == 1]
    return alike | {i for i in above if i > max(titled, default=-1)}


def _figures_at_end(row: Sequence[str]) -> int:
    """How many figures follow the words of a line; 0 where some stand among the words."""
    count = next((n for n, word in enumerate(reversed(row)) if not is_value_like(word)), len(row))
    return 0 if any(map(is_value_like, row[: len(row) - count])) else count
