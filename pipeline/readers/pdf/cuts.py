"""Whether a page break runs through a row: what stands below goes on with what stands above."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from pipeline.readers.pdf.marks import Char
from pipeline.readers.pdf.pieces import Ink, Part
from pipeline.readers.pdf.prose import MARGINS
from pipeline.text import is_figure, plain_unit

_NUMBERED = re.compile(r"[（(]?(?:[一二三四五六七八九十]{1,2}|\d{1,2})[）)).、．,:：]")
_NEVER_FIRST = frozenset("）)〕】］]》〉”’、，。；：！？,.;:!?%％")
_NEVER_LAST = frozenset("（(〔【［[《〈“‘")
_LESS = 2.0  # points; rows of one table end as far above their walls, but for a point or so
_AS_TALL = 0.9
_LONG = 3  # characters of a line
_SPACE = 0.25  # of a character: what is kept free between Chinese characters and others

Pair = tuple[Part, Part]  # a cell above the break and the one below it


def is_numbered(text: str) -> bool:
    """Whether a label begins with its number."""
    return _NUMBERED.match("".join(text.split())) is not None


def is_cut(upper: Sequence[Part], tops: Sequence[tuple[Part, Part | None]]) -> bool | None:
    """Whether the first row below the break is the rest of the last one above it.

    `tops` are the cells of the lower row, each with the cell of the same width above it. None
    where numbers too may go on below the break, and nothing tells whether they do.
    """
    single = [(part, above) for part, above in tops if part.rowspan == 1]
    pairs = [(above, part) for part, above in single if above is not None]
    if not pairs or len(pairs) < len(single):
        return False
    both = [pair for pair in pairs if _filled(pair[0]) and _filled(pair[1])]
    words = [pair for pair in pairs if _filled(pair[1]) and not is_figure(pair[1].text)]
    if any(_are_units(above.text, part.text) for above, part in words):
        return False
    if not words:
        return not any(_filled(part) for _, part in pairs) or all(_goes_on(*p) for p in both)
    if any(is_numbered(part.text) and not _is_left_open(above.text) for above, part in words):
        return False
    figures = [pair for pair in both if is_figure(pair[0].text) or is_figure(pair[1].text)]
    if not all(_goes_on(*pair) for pair in figures):
        return False
    if any(_is_mid_phrase(above.text, part.text) for above, part in words):
        return True
    fits = all(_filled(above) and _goes_on(above, part) for above, part in words)
    if any(is_numbered(above.text) for above, _ in words):
        return fits or (not figures and any(is_figure(one.text) for pair in pairs for one in pair))
    if fits and (_is_header(pairs) or _is_full(words, pairs) or _ends_early(upper, pairs)):
        return True
    return None if fits and figures else False


def _are_units(above: str, below: str) -> bool:
    """Whether two rows print the unit of each: neither is the rest of the other."""
    both = plain_unit(above) and plain_unit(below)
    return bool(both) and not plain_unit("".join((above + below).split()))


def breaks_digits(above: Part, below: Part) -> bool:
    """Whether a number that fills its cell goes on below the break."""
    return above.text[-1:].isdecimal() and below.text[:1].isdecimal() and _goes_on(above, below)


def _filled(part: Part) -> bool:
    return bool(part.text.strip())


def _goes_on(above: Part, below: Part) -> bool:
    """Whether the line above ends for want of room for what the line below begins with."""
    if is_figure(below.text) and not is_figure(above.text[-1:]):
        return False
    last, first = _inked(above.ink, -1), _inked(below.ink, 0)
    if not last or not first:
        return False
    needed = last[-1].x1 - last[0].x0 + _unparted(last[-1], first)
    return needed > above.ink.width - MARGINS


def _inked(ink: Ink, line: int) -> list[Char]:
    return [char for char in ink.lines[line] if char.text.strip()] if ink.lines else []


def _unparted(before: Char, line: Sequence[Char]) -> float:
    """The width of what no line may break at the beginning of a line."""
    end = 1
    space = 0.0
    if _is_ascii(line[0]) is not _is_ascii(before):
        space = _SPACE * (line[0].bottom - line[0].top)
        if _is_ascii(line[0]):
            end = next(len(list(run)) for _, run in groupby(line, _is_ascii))
    while end < len(line) and line[end - 1].text in _NEVER_LAST:
        end += 1
    while end < len(line) and line[end].text in _NEVER_FIRST:
        end += 1
    return space + line[end - 1].x1 - line[0].x0


def _is_ascii(char: Char) -> bool:
    return char.text.isascii()


def _is_mid_phrase(above: str, below: str) -> bool:
    """Whether no label ends as the text above does, or none begins as the text below does."""
    before, after = "".join(above.split()), "".join(below.split())
    if not before:
        return False
    bare = _NUMBERED.fullmatch(before) is not None
    return bare or _is_left_open(before) or after[:1] in _NEVER_FIRST


def _is_left_open(text: str) -> bool:
    return text[-1:] in _NEVER_LAST


def _is_header(pairs: Sequence[Pair]) -> bool:
    """Whether several cells of words without a figure beside them go on with words."""
    texts = [part.text for pair in pairs for part in pair if _filled(part)]
    going_on = sum(_filled(part) for _, part in pairs)
    return going_on > 1 and not any(is_figure(text) for text in texts)


def _is_full(words: Sequence[Pair], pairs: Sequence[Pair]) -> bool:
    """Whether a label of several long lines, the last one full, is beside all of the figures.

    A column of a few characters is filled by many a whole label.
    """
    labels = [above for above, _ in words]
    wide = all(len(a.ink.lines) > 1 and len(_inked(a.ink, -1)) >= _LONG for a in labels)
    figures = [part for above, part in pairs if above not in labels]
    return wide and not any(_filled(part) for part in figures)


def _ends_early(upper: Sequence[Part], pairs: Sequence[Pair]) -> bool:
    """Whether the row ends nearer to its text than the table's other rows that are as tall.

    At a break there is no room for what is kept free below the text of a whole row.
    """
    rows: dict[int, list[Part]] = {}
    for part in upper:
        if part.ink.lines and part.rowspan == 1:
            rows.setdefault(part.end, []).append(part)
    mine = rows.pop(pairs[0][0].end, [])
    if not mine:
        return False
    tall = _AS_TALL * max(_height(part.ink) for part in mine)
    free = [
        min(_below(part.ink) for part in row)
        for row in rows.values()
        if max(_height(part.ink) for part in row) > tall
    ]
    return bool(free) and min(_below(part.ink) for part in mine) < min(free) - _LESS


def _height(ink: Ink) -> float:
    return max(c.bottom for c in ink.lines[-1]) - min(c.top for c in ink.lines[0])


def _below(ink: Ink) -> float:
    return ink.bottom - max(c.bottom for c in ink.lines[-1])
