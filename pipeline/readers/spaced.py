"""Tables of a text file whose cells are parted by single spaces, as copied from a PDF viewer.

A space parts cells only where a line of words stands above lines that are a word and as many
figures as it has further words. A line that does not fit stays in one piece, unread.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.text import is_value_like, trimmed

Line = tuple[int, str]
Cells = list[tuple[int, str]]

_FEWEST_FIGURES = 3


def table(lines: Sequence[Line]) -> tuple[int, int, list[Cells]] | None:
    """The first and the last line but one of the table among these lines, and its rows."""
    printed = [i for i, (_, text) in enumerate(lines) if trimmed(text)]
    words = {i: lines[i][1].split() for i in printed}
    header: int | None = None
    above: dict[int, int] = {}  # the header of each line that fits one
    for i in printed:
        if _is_header(words[i]):
            header = i
        elif header is not None and _fits(words[i], len(words[header])):
            above[i] = header
    if sum(len(words[i]) - 1 for i in above) < _FEWEST_FIGURES:
        return None
    parted = {*above, *above.values()}
    start, last = min(parted), max(parted)
    # A row that fits no header, below those that do, is still a row.
    for i in printed:
        last = i if i > last and any(map(is_value_like, words[i])) else last
    end = last + 1
    if not any(len(words[i]) > 2 for i in parted):
        return None  # pairs of a word and a figure stand in any list
    if any(_is_lone_figure(words[i]) for i in printed if i < end):
        return None  # one cell a line, some of them of two words
    whole = [i for i in printed if start <= i < end]
    return start, end, [_cells(lines[i], words[i] if i in parted else []) for i in whole]


def _cells(line: Line, words: Sequence[str]) -> Cells:
    number, text = line
    return [(number, cell) for cell in words or [trimmed(text)]]


def _is_header(words: Sequence[str]) -> bool:
    return len(words) > 1 and not any(is_value_like(word) for word in words)


def _fits(words: Sequence[str], width: int) -> bool:
    return (
        len(words) == width
        and not is_value_like(words[0])
        and all(is_value_like(word) for word in words[1:])
    )


def _is_lone_figure(words: Sequence[str]) -> bool:
    return len(words) == 1 and is_value_like(words[0])
