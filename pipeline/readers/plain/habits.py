"""What a file means by what it prints between its cells, decided once from all of its lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.readers.plain.lines import Line, is_figure
from pipeline.readers.plain.spacing import Spacing, spacing_of
from pipeline.text import trimmed

_FILLED_UP = re.compile(r"^\|?[^|]*[^|\s] {1,2}\| ?\|{2,}$")  # one cell alone, and bare pipes
_WIDE_BLANK = re.compile(r"\|[ \u3000\u00a0]{2,}\|")  # the pads of a cell without its text
_BARE = re.compile(r"[|\s]*\|[|\s]*")
_MOST_LABELS = 3  # of a row; more words side by side are a header
_FEWEST = 5  # lines of one cell that tell the habit of a file


@dataclass(frozen=True, slots=True)
class Habits:
    """The habits of the program that wrote a file.

    `spacing` says what its empty lines are. A pipe ends a cell, wherever the line ends, in a file
    that `closes_cells`; pipes at the ends of rows are no cells in one that `fills_up` its rows. In
    one that `fills_beside` the pipes that fill up a row stand in the line of its last cell.
    """

    spacing: Spacing
    closes_cells: bool
    fills_up: bool
    fills_beside: bool


def habits_of(lines: Sequence[Line]) -> Habits:
    """The habits that the lines of a file show."""
    texts = [text for line in lines if (text := line.text.strip())]
    walled = [text for text in texts if "|" in text]
    closes = _closes_cells(texts)
    if closes:
        beside = any(map(_FILLED_UP.search, walled))
        filled = any("||" in text for text in walled)
        blanks = _has_inner_blank("\n".join(line.text for line in lines)) or _has_blank_lines(texts)
    else:
        filled = beside = any(map(_FILLED_UP.search, walled))
        blanks = any(_has_inner_blank(text) or _WIDE_BLANK.search(text) for text in walled)
    return Habits(spacing_of(lines), closes, filled and not blanks, beside)


def _closes_cells(texts: Sequence[str]) -> bool:
    """Whether most lines with a pipe end one cell with it, or the cell on the line above."""
    cells = sum(text.find("|") == len(text) - 1 > 0 for text in texts)
    cells += sum(below == "|" and "|" not in text for text, below in pairwise(texts))
    rows = sum(sum(bool(part.strip()) for part in text.split("|")) > 1 for text in texts)
    return cells >= _FEWEST and cells > rows


def _has_blank_lines(texts: Sequence[str]) -> bool:
    """Whether bare pipes stand on two lines, one below the other: what fills up a row is on one.

    Not where most of what fills up a row is followed by a pipe that opens the next.
    """
    pairs = list(pairwise(texts))
    after = [_is_bare(below) for one, below in pairs if _is_bare(one) and "||" in one]
    usual = sum(after) * 2 > len(after)
    return not usual and any(_is_bare(one) and _is_bare(below) for one, below in pairs)


def _is_bare(text: str) -> bool:
    return _BARE.fullmatch(text) is not None


def _has_inner_blank(row: str) -> bool:
    """Whether a blank stands before a figure, behind a figure or the labels of a row."""
    words = 0  # side by side, before what is looked at
    blank = False
    for text in map(trimmed, row.split("|")):
        if text and not is_figure(text):
            words = 1 if blank else words + 1
        elif text and blank and 0 < words <= _MOST_LABELS:
            return True
        elif text:
            words = 1  # a figure is as good as a label
        blank = not text
    return False
