"""Whether a page break runs through a row: what stands below goes on with what stands above."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import groupby

from pipeline.readers.pdf.marks import Char
from pipeline.readers.pdf.pieces import Ink, Part
from pipeline.readers.pdf.prose import inked
from pipeline.readers.pdf.tolerances import AS_TALL, FEW_CHARACTERS, LESS_FREE, MARGINS, SPACE
from pipeline.text import is_figure, plain_unit

_NUMBERED = re.compile(r"[（(]?(?:[一二三四五六七八九十]{1,2}|\d{1,2})[）).、．,:：]")
_NEVER_FIRST = frozenset("）)〕】］]》〉”’、，。；：！？,.;:!?%％")
_NEVER_LAST = frozenset("（(〔【［[《〈“‘")


def is_numbered_label(text: str) -> bool:
    """Whether a label begins with its number, which a bracket or a colon may end."""
    return _NUMBERED.match("".join(text.split())) is not None


def breaks_digits(above: Part, below: Part) -> bool:
    """Whether a number that fills its cell goes on below the break."""
    return above.text[-1:].isdecimal() and below.text[:1].isdecimal() and _goes_on(above, below)


def is_cut(upper: Sequence[Part], tops: Sequence[tuple[Part, Part | None]]) -> bool | None:
    """Whether the first row below the break is the rest of the last one above it.

    `tops` are the cells of the lower row, each with the cell of the same width above it. None
    where numbers too may go on below the break, and nothing tells whether they do.
    """
    page_break = _Break(upper, tops)
    return next((verdict for rule, verdict in _RULES if rule(page_break)), None)


class _Break:
    """A page break in a table: the cells above it, and the pairs of those on either side of it."""

    def __init__(self, upper: Sequence[Part], tops: Sequence[tuple[Part, Part | None]]) -> None:
        single = [(above, part) for part, above in tops if part.rowspan == 1]
        self.upper = upper
        self.pairs = [(above, below) for above, below in single if above is not None]
        self.matches = len(self.pairs) == len(single) > 0
        self.filled = [(above, below) for above, below in self.pairs if below.is_filled]
        self.words = [pair for pair in self.filled if not is_figure(pair[1].text)]
        self.figures = [  # with a figure on either side
            (above, below)
            for above, below in self.filled
            if above.is_filled and (is_figure(above.text) or is_figure(below.text))
        ]

    def prints_units(self) -> bool:
        """Two rows print the unit of each: neither is the rest of the other."""
        return any(
            plain_unit(above.text)
            and plain_unit(below.text)
            and not plain_unit(above.text + below.text)
            for above, below in self.words
        )

    def only_figures_go_on(self) -> bool:
        both = (pair for pair in self.filled if pair[0].is_filled)
        return not self.words and all(_goes_on(*pair) for pair in both)

    def begins_numbered(self) -> bool:
        return any(
            is_numbered_label(below.text) and above.text[-1:] not in _NEVER_LAST
            for above, below in self.words
        )

    def figures_end_above(self) -> bool:
        return not all(_goes_on(*pair) for pair in self.figures)

    def is_mid_phrase(self) -> bool:
        """No label ends as the text above does, or none begins as the text below does."""
        for above, below in self.words:
            before, after = above.unspaced, below.unspaced
            bare = _NUMBERED.fullmatch(before) is not None
            if before and (bare or before[-1] in _NEVER_LAST or after[:1] in _NEVER_FIRST):
                return True
        return False

    def words_go_on(self) -> bool:
        return all(above.is_filled and _goes_on(above, below) for above, below in self.words)

    def is_numbered_above(self) -> bool:
        return any(is_numbered_label(above.text) for above, _ in self.words)

    def has_figures_on_one_side(self) -> bool:
        return not self.figures and any(is_figure(p.text) for pair in self.pairs for p in pair)

    def is_header(self) -> bool:
        """Several cells of words without a figure beside them go on with words."""
        texts = [part.text for pair in self.pairs for part in pair]
        return len(self.filled) > 1 and not any(is_figure(text) for text in texts)

    def is_full(self) -> bool:
        """A label of several long lines, the last one full, is beside all of the figures.

        A column of a few characters is filled by many a whole label.
        """
        labels = [above for above, _ in self.words]
        return all(
            len(label.ink.lines) > 1 and len(inked(label.ink.lines[-1])) >= FEW_CHARACTERS
            for label in labels
        ) and not any(above not in labels for above, _ in self.filled)

    def ends_early(self) -> bool:
        """The row ends nearer to its text than the table's other rows that are as tall.

        At a break there is no room for what is kept free below the text of a whole row.
        """
        rows: dict[int, list[Ink]] = {}
        for part in self.upper:
            if part.ink.lines and part.rowspan == 1:
                rows.setdefault(part.end, []).append(part.ink)
        last = rows.pop(self.pairs[0][0].end, [])
        tall = AS_TALL * max(map(_height, last), default=0.0)
        free = [min(map(_room, row)) for row in rows.values() if max(map(_height, row)) > tall]
        return bool(last and free) and min(map(_room, last)) < min(free) - LESS_FREE


# What holds of a break, and whether the row is cut then. The first rule that holds decides.
_RULES: tuple[tuple[Callable[[_Break], bool], bool | None], ...] = (
    (lambda row: not row.matches, False),
    (_Break.prints_units, False),
    (lambda row: not row.filled, True),
    (_Break.only_figures_go_on, True),
    (lambda row: not row.words, False),
    (_Break.begins_numbered, False),
    (_Break.figures_end_above, False),
    (_Break.is_mid_phrase, True),
    (lambda row: row.is_numbered_above() and row.words_go_on(), True),
    (lambda row: row.is_numbered_above() and row.has_figures_on_one_side(), True),
    (_Break.is_numbered_above, False),
    (lambda row: not row.words_go_on(), False),
    (_Break.is_header, True),
    (_Break.is_full, True),
    (_Break.ends_early, True),
    (lambda row: not row.figures, False),
)


def _height(ink: Ink) -> float:
    return max(c.bottom for c in ink.lines[-1]) - min(c.top for c in ink.lines[0])


def _room(ink: Ink) -> float:
    """What is kept free below the text of a cell."""
    return ink.bottom - max(c.bottom for c in ink.lines[-1])


def _goes_on(above: Part, below: Part) -> bool:
    """Whether the line above ends for want of room for what the line below begins with."""
    if is_figure(below.text) and not is_figure(above.text[-1:]):
        return False
    last = inked(above.ink.lines[-1]) if above.ink.lines else []
    first = inked(below.ink.lines[0]) if below.ink.lines else []
    if not last or not first:
        return False
    needed = last[-1].x1 - last[0].x0 + _unparted(last[-1], first)
    return needed > above.ink.width - MARGINS


def _unparted(before: Char, line: Sequence[Char]) -> float:
    """The width of what no line may break at the beginning of a line."""
    foreign = [char.text.isascii() for char in line]
    end = 1
    space = 0.0
    if foreign[0] is not before.text.isascii():
        space = SPACE * line[0].height
        if foreign[0]:
            end = next(len(list(run)) for _, run in groupby(foreign))
    while end < len(line) and line[end - 1].text in _NEVER_LAST:
        end += 1
    while end < len(line) and line[end].text in _NEVER_FIRST:
        end += 1
    return space + line[end - 1].x1 - line[0].x0
