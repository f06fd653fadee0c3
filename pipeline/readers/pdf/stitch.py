"""Tables cut by page breaks become one again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

_APART = 5.0  # points by which the columns of two pages may differ
_NUMBERED = re.compile(r"^[（(]?(?:[一二三四五六七八九十]{1,2}|\d{1,2})[）).、．,:：]")


@dataclass(frozen=True, slots=True)
class Part:
    """A cell of a table piece: place in the piece, text, and where it is printed."""

    row: int
    col: int
    rowspan: int
    colspan: int
    text: str
    where: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A table, or the part of one that stands on one page; `xs` are its column lines."""

    xs: tuple[float, ...]
    rows: int
    parts: tuple[Part, ...]
    page: int
    last_page: int


def goes_on(first: Piece, second: Piece) -> bool:
    """Whether the second piece can be the rest of the first: the same outer edges and columns."""
    if abs(first.xs[0] - second.xs[0]) > _APART or abs(first.xs[-1] - second.xs[-1]) > _APART:
        return False
    few, many = sorted((first.xs, second.xs), key=len)
    return all(any(abs(x - other) <= _APART for other in many) for x in few)


def stitched(first: Piece, second: Piece) -> Piece:
    """Both pieces as one table; cells that the page break cut are whole again."""
    xs = _united(first.xs, second.xs)
    upper = [_on(part, first.xs, xs) for part in first.parts]
    lower = [_on(part, second.xs, xs) for part in second.parts]
    cut = _cut_row(upper, lower, first.rows)
    deeper = _is_lower_level(upper, lower, first.rows)
    shift = first.rows - (1 if cut else 0)
    kept = list(upper)
    for part in lower:
        above = _above(part, kept, first.rows) if part.row == 0 else None
        moved = replace(part, row=part.row + shift)
        if above is not None and (cut or deeper or _continues(part, above)):
            kept[kept.index(above)] = _merged(above, moved)
        else:
            kept.append(moved)
    kept.sort(key=lambda part: (part.row, part.col))
    return Piece(xs, shift + second.rows, tuple(kept), first.page, second.last_page)


def _united(one: Sequence[float], other: Sequence[float]) -> tuple[float, ...]:
    return tuple(
        sorted([*one, *(x for x in other if all(abs(x - known) > _APART for known in one))])
    )


def _on(part: Part, old: Sequence[float], new: Sequence[float]) -> Part:
    def place(x: float) -> int:
        return min(range(len(new)), key=lambda i: abs(new[i] - x))

    start, end = place(old[part.col]), place(old[part.col + part.colspan])
    return replace(part, col=start, colspan=end - start)


def _above(part: Part, upper: Sequence[Part], rows: int) -> Part | None:
    for other in upper:
        same = (other.col, other.colspan) == (part.col, part.colspan)
        if same and other.row + other.rowspan == rows:
            return other
    return None


def _continues(part: Part, above: Part) -> bool:
    """A merged cell that spans rows goes on below the break: empty there, or in mid-phrase."""
    merged = part.rowspan > 1 or above.rowspan > 1
    return merged and not _is_numbered(part.text) and not _is_figure(part.text)


def _is_numbered(text: str) -> bool:
    return _NUMBERED.match("".join(text.split())) is not None


def _is_figure(text: str) -> bool:
    return bool(re.fullmatch(r"[\d.,+\-/\s]+", text))


def _cut_row(upper: Sequence[Part], lower: Sequence[Part], rows: int) -> bool:
    """Whether the break runs through a row: its label is numbered above and goes on below."""
    tops = [part for part in lower if part.row == 0 and part.rowspan == 1]
    pairs = [(part, _above(part, upper, rows)) for part in tops]
    if not pairs or any(above is None for _, above in pairs):
        return False
    both = [
        (p.text.strip(), a.text.strip())
        for p, a in pairs
        if a and p.text.strip() and a.text.strip()
    ]
    words = [part.text.strip() for part in tops if part.text.strip() and not _is_figure(part.text)]
    if not words:
        return not any(part.text.strip() for part in tops) or not both
    above = [a.text.strip() for p, a in pairs if a and p.text.strip() in words]
    numbered = [text for text in above if _is_numbered(text)]
    figures = [pair for pair in both if pair[0] not in words]
    return bool(numbered) and not any(_is_numbered(word) for word in words) and not figures


def _is_lower_level(upper: Sequence[Part], lower: Sequence[Part], rows: int) -> bool:
    """Whether the row below the break is the lower level of a header: words under parts of words.

    Its cells that lie just under one of the same width go on with what is printed above them.
    """
    tops = [part for part in lower if part.row == 0 and part.text.strip()]
    wider = [part for part in tops if _above(part, upper, rows) is None]
    return bool(wider) and not any(_is_figure(p.text) or _is_numbered(p.text) for p in tops)


def _merged(above: Part, below: Part) -> Part:
    text = "\n".join(text for text in (above.text, below.text) if text.strip())
    rowspan = below.row + below.rowspan - above.row
    return replace(above, text=text, rowspan=rowspan, where=f"{above.where}; {below.where}")
