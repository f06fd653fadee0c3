"""Tables of a text file whose cells are parted by single spaces, as copied from a PDF viewer.

Rows are the lines that are a word, perhaps a unit, and a figure for each further word of a line of
words above, or many lines that end with as many figures. Below the words that a table of the forms
begins with, what is neither is left in one piece, which is no reading.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import TypeAlias

from pipeline.readers.plain.lines import Line, is_opening
from pipeline.readers.plain.spaced import Table
from pipeline.text import is_value_like, plain_unit, trimmed

_FEWEST_FIGURES = 3
_PAIR = 2  # words
_FEWEST_ALIKE = 5  # lines; fewer that end with as many figures may be no rows
_WIDE = 10  # figures; so many in one line are a row

Words: TypeAlias = Mapping[int, Sequence[str]]  # of each line that says something


def table(lines: Sequence[Line]) -> Table | None:
    """The table among these lines, if there is one; a line that does not fit stays in one piece."""
    words = {i: _split(line.text) for i, line in enumerate(lines) if trimmed(line.text)}
    headers = _headers(words)
    rows = _under_headers(words, headers) | _alike(words)
    if not rows and not any(is_opening(word) for i in headers for word in words[i]):
        return None
    parted = {*rows, *headers}
    start = min(parted)
    # A row that fits no header, below those that do, is still a row.
    last = max(parted)
    end = 1 + max(i for i in words if i == last or (i > last and any(map(is_value_like, words[i]))))
    if any(len(words[i]) == 1 and is_value_like(words[i][0]) for i in words if i < end):
        return None  # one cell a line, some of them of two words
    made = []
    for i in (i for i in words if start <= i < end):
        cells = words[i] if i in parted else [trimmed(lines[i].text)]
        made.append([Line(lines[i].number, cell) for cell in cells])
    return start, end, made


def _split(text: str) -> list[str]:
    """The words of a line; single characters set apart (总 计), but for a unit, are one."""
    words: list[str] = []
    before = False
    for word in text.split():
        single = len(word) == 1 and not is_value_like(word)
        if single and before and not plain_unit(word):
            words[-1] += f" {word}"
        else:
            words.append(word)
        before = single
    return words


def _headers(words: Words) -> set[int]:
    """The lines of words that stand together above a line with figures."""
    headers: set[int] = set()
    together: list[int] = []
    last = 0
    for i, row in words.items():
        if any(map(is_value_like, row)):
            headers.update(together)
            together = []
        elif _may_head(row):
            # What stands between may be the label of a group of rows, or a caption.
            together = [*together, i] if last in together else [i]
        last = i
    return headers


def _may_head(row: Sequence[str]) -> bool:
    return len(row) > 1 and not plain_unit(row[-1]) and not is_opening("".join(row))


def _under_headers(words: Words, headers: Collection[int]) -> set[int]:
    """The lines that are a word, perhaps a unit, and a figure for each further word above them."""
    under: set[int] = set()
    header: Sequence[str] = ()
    for i, row in words.items():
        if i in headers:
            header = row
        elif header and _fits(row, header):
            under.add(i)
    widest = max((len(words[i]) for i in under), default=0)
    figures = sum(map(is_value_like, (word for i in under for word in words[i])))
    # Pairs of a word and a figure stand in any list.
    return under if figures >= _FEWEST_FIGURES and widest > _PAIR else set()


def _fits(row: Sequence[str], header: Sequence[str]) -> bool:
    if is_value_like(row[0]):
        return False
    blank = len(row) == _PAIR < len(header) and bool(plain_unit(row[1]))
    filled = all(is_value_like(word) or plain_unit(word) for word in row[1:])
    return blank or (len(row) == len(header) and filled)


def _alike(words: Words) -> set[int]:
    """The lines of words that as many figures follow as most do."""
    figures = {i: _figures_at_end(row) for i, row in words.items()}
    counts = Counter(count for count in figures.values() if count >= _FEWEST_FIGURES)
    width, rows = counts.most_common(1)[0] if counts else (0, 0)
    if rows < _FEWEST_ALIKE and width < _WIDE:
        return set()
    return {i for i, count in figures.items() if count == width}


def _figures_at_end(row: Sequence[str]) -> int:
    """How many figures follow the words of a line; 0 where some stand among the words."""
    count = next((n for n, word in enumerate(reversed(row)) if not is_value_like(word)), len(row))
    return 0 if any(map(is_value_like, row[: len(row) - count])) else count
