"""Tables of a text file whose cells are parted by single spaces, as copied from a PDF viewer.

Rows are the lines that are a word, perhaps a unit, and a figure for each further word of a line of
words above, or many lines that end with as many figures. Below the words that a table of the forms
begins with, what is neither is left in one piece, which is no reading.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from itertools import groupby
from typing import TypeAlias

from pipeline.readers.plain.lines import NUMBERED, Line, is_opening, is_spread
from pipeline.readers.plain.spaced import Table
from pipeline.text import is_value_like, plain_unit, trimmed

_APART = re.compile(r"(?<=\d)\s+(?=[.．、]\D)|(?<=^[(（])\s+")  # 2 .重复申请
_FEWEST_FIGURES = 3
_CORNER = "信息内容"
_UNIT = ("单位", "计量单位", "统计单位")  # the heading of a column
_PAIR = 2  # words
_FEWEST_ALIKE = 5  # lines; fewer that end with as many figures may be no rows
_WIDE = 10  # figures; so many in one line are a row

Words: TypeAlias = Mapping[int, Sequence[str]]  # of each line that says something


def table(lines: Sequence[Line]) -> Table | None:
    """The table among these lines, if there is one; a line that does not fit stays in one piece."""
    words: dict[int, Sequence[str]] = {
        i: _split(line.text) for i, line in enumerate(lines) if trimmed(line.text)
    }
    words.update(_under_unit(words))
    headers = _headers(words)
    rows = {i: words[i] for i in headers} | _alike(words) | _under_headers(words, headers)
    if len(rows) == len(headers) and not any(
        is_opening(word) for i in headers for word in words[i]
    ):
        return None
    # A row that fits no header, below those that do, is still a row.
    start, last = min(rows), max(rows)
    end = 1 + max(i for i in words if i == last or (i > last and _is_of_the_table(words[i])))
    if any(len(words[i]) == 1 and is_value_like(words[i][0]) for i in words if i < end):
        return None  # one cell a line, some of them of two words
    if words[max(i for i in words if i < end)][0] == _CORNER:
        end = len(lines)  # below it a label alone is a blank row
    made = []
    for i in (i for i in words if start <= i < end):
        corner = words[i] if words[i][0] == _CORNER else (trimmed(lines[i].text),)
        cells = rows.get(i, corner)
        made.append([Line(lines[i].number, cell) for cell in cells])
    return start, end, made


def _under_unit(words: Words) -> dict[int, Sequence[str]]:
    """The headers of a column of units as three cells, where one figure follows most units."""
    behind = Counter(
        len(row) - at - 1
        for row in words.values()
        for at, word in enumerate(row)
        if at and plain_unit(word) and all(map(is_value_like, row[at + 1 :]))
    )
    if not behind or behind.most_common(1)[0][0] != 1:
        return {}
    return {
        i: (" ".join(row[:at]), row[at], " ".join(row[at + 1 :]))
        for i, row in words.items()
        for at, word in enumerate(row)
        if word in _UNIT and 0 < at < len(row) - 1 and not any(map(is_value_like, row))
    }


def _is_of_the_table(row: Sequence[str]) -> bool:
    """Whether a line below the last that fits may be a row, or a header above blank ones."""
    return any(map(is_value_like, row)) or row[0] == _CORNER


def _split(text: str) -> list[str]:
    """The words of a line; single characters set apart (总 计), but for a unit, are one.

    The word of the corner may have run together with the heading of the column beside it.
    """
    if text.strip().startswith(_CORNER):
        text = text.replace(_CORNER, f"{_CORNER} ", 1)
    words: list[str] = []
    printed = _APART.sub("", text).split()
    alone = all(_is_single(word) or is_value_like(word) for word in printed)
    for single, group in groupby(printed, _is_single):
        together = list(group)
        unit = [together.pop()] if single and len(together) > 1 and plain_unit(together[-1]) else []
        words += [" ".join(together)] if single and is_spread(together, alone) else together
        words += unit
    return words


def _is_single(word: str) -> bool:
    return len(word) == 1 and not is_value_like(word)


def _headers(words: Words) -> set[int]:
    """The lines of words that stand together above a line with figures."""
    headers: set[int] = set()
    together: list[int] = []
    goes_on = False
    for i, row in words.items():
        heads = False
        if any(map(is_value_like, row)):
            headers.update(together)
            together = []
        elif heads := _may_head(row):
            # What stands between may be the label of a group of rows, or a caption.
            if not goes_on:
                together = []
            together.append(i)
        goes_on = heads
    return headers


def _may_head(row: Sequence[str]) -> bool:
    words = len(row) > 1 and not plain_unit(row[-1]) and not NUMBERED.match(row[0])
    return words and not is_opening("".join(row))


def _under_headers(words: Words, headers: Collection[int]) -> dict[int, Sequence[str]]:
    """The lines that are a label, perhaps a unit, and a figure for each further word above them."""
    under: dict[int, Sequence[str]] = {}
    header: Sequence[str] = ()
    for i, row in words.items():
        if i in headers:
            header = row
        elif header and (cells := _cells_under(header, row)):
            under[i] = cells
    widest = max(map(len, under.values()), default=0)
    figures = sum(map(is_value_like, (cell for cells in under.values() for cell in cells)))
    # Pairs of a word and a figure stand in any list.
    told = any(words[i][0] == _CORNER for i in headers)
    return under if told or (figures >= _FEWEST_FIGURES and widest > _PAIR) else {}


def _cells_under(header: Sequence[str], row: Sequence[str]) -> Sequence[str]:
    """The cells of a line that fits a header, spaces in its label or not; none of another.

    Behind a unit figures may be missing: such a row is no reading, and shows what it has.
    """
    unit = next((i for i, word in enumerate(row) if i and plain_unit(word)), 0)
    at = unit or len(row) - len(header) + 1
    if at < 1 or any(map(is_value_like, row[:at])):
        return ()
    figures = row[unit + 1 :] if unit else row[at:]
    most = len(header) - (2 if unit else 1)
    fits = len(figures) <= most and all(map(is_value_like, figures))
    return (" ".join(row[:at]), *row[at:]) if fits else ()


def _alike(words: Words) -> dict[int, Sequence[str]]:
    """The lines of words that as many figures follow as most do."""
    figures = {i: _figures_at_end(row) for i, row in words.items()}
    counts = Counter(count for count in figures.values() if count >= _FEWEST_FIGURES)
    width, rows = counts.most_common(1)[0] if counts else (0, 0)
    if rows < _FEWEST_ALIKE and width < _WIDE:
        return {}
    return {i: words[i] for i, count in figures.items() if count == width}


def _figures_at_end(row: Sequence[str]) -> int:
    """How many figures follow the words of a line; 0 where some stand among the words."""
    count = next((n for n, word in enumerate(reversed(row)) if not is_value_like(word)), len(row))
    return 0 if any(map(is_value_like, row[: len(row) - count])) else count
