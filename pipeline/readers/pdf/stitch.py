"""Tables cut by page breaks become one again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.readers.pdf.cuts import breaks_digits, is_cut, is_numbered
from pipeline.readers.pdf.pieces import TORN, Part, Piece
from pipeline.text import is_figure

_APART = 5.0  # points by which the columns of two pages may differ
_MOSTLY = 3  # a header has no more than one empty cell in so many


def goes_on(first: Piece, second: Piece) -> bool:
    """Whether the second piece can be the rest of the first: the same outer edges and columns.

    A piece that begins as the first does, below the header too, is the table printed again.
    """
    if abs(first.xs[0] - second.xs[0]) > _APART or abs(first.xs[-1] - second.xs[-1]) > _APART:
        return False
    few, many = sorted((first.xs, second.xs), key=len)
    if not all(any(abs(x - other) <= _APART for other in many) for x in few):
        return False
    _, upper, lower, again = _aligned(first, second)
    return not again or _words(upper, again) != _words(lower, again)


def stitched(first: Piece, second: Piece) -> Piece:
    """Both pieces as one table; cells that the page break cut are whole again.

    A header that the second page repeats stands once.
    """
    xs, upper, lower, again = _aligned(first, second)
    lower = [replace(part, row=part.row - again) for part in lower if part.row >= again]
    tops = [(part, _above(part, upper, first.rows)) for part in lower if part.row == 0]
    cut = is_cut(upper, tops)
    deeper = _is_lower_level(tops)
    shift = first.rows - (1 if cut else 0)
    whole: dict[tuple[int, int], Part] = {}
    kept = []
    for part, above in tops:
        moved = replace(part, row=shift)
        if above is not None and (cut or deeper or _continues(part, above, lower)):
            whole[above.row, above.col] = _merged(above, moved)
        elif above is not None and cut is None and breaks_digits(above, part):
            whole[above.row, above.col] = replace(above, text=above.text + TORN)
            kept.append(replace(moved, text=moved.text + TORN))
        else:
            kept.append(moved)
    kept += [whole.get((part.row, part.col), part) for part in upper]
    kept += [replace(part, row=part.row + shift) for part in lower if part.row]
    kept.sort(key=lambda part: (part.row, part.col))
    return Piece(xs, shift + second.rows - again, tuple(kept), first.page, second.last_page)


def _aligned(first: Piece, second: Piece) -> tuple[tuple[float, ...], list[Part], list[Part], int]:
    """Common column lines, the cells of both pieces on them, and how many rows of header repeat."""
    xs = _united(first.xs, second.xs)
    upper, lower = _on(first, xs), _on(second, xs)
    return xs, upper, lower, _repeated(upper, lower, min(first.rows, second.rows))


def _words(parts: Sequence[Part], row: int) -> list[str]:
    """What the cells that begin in a row say beside figures."""
    texts = ["".join(part.text.split()) for part in parts if part.row == row]
    return [text for text in texts if text and not is_figure(text)]


def _repeated(upper: Sequence[Part], lower: Sequence[Part], rows: int) -> int:
    """How many of the first rows are a header that both pieces have: words, few cells empty."""
    head: list[Part] = []
    found = 0
    for row in range(rows - 1):
        here = [part for part in upper if part.row == row]
        if any(is_figure(part.text) for part in here) or not _same(here, lower, row):
            break
        head += here
        empty = sum(not part.text for part in head)
        if all(part.end <= row + 1 for part in head) and empty * _MOSTLY <= len(head):
            found = row + 1
    return found


def _same(here: Sequence[Part], lower: Sequence[Part], row: int) -> bool:
    there = [part for part in lower if part.row == row]
    return [_shape(part) for part in here] == [_shape(part) for part in there]


def _shape(part: Part) -> tuple[int, int, int, str]:
    return part.col, part.rowspan, part.colspan, "".join(part.text.split())


def _united(one: Sequence[float], other: Sequence[float]) -> tuple[float, ...]:
    return tuple(
        sorted([*one, *(x for x in other if all(abs(x - known) > _APART for known in one))])
    )


def _on(piece: Piece, xs: Sequence[float]) -> list[Part]:
    """The cells of a piece with their places among more column lines."""
    places = [min(range(len(xs)), key=lambda i: abs(xs[i] - x)) for x in piece.xs]
    if len(places) == len(xs):
        return list(piece.parts)
    return [
        replace(part, col=start, colspan=places[part.col + part.colspan] - start)
        for part in piece.parts
        for start in (places[part.col],)
    ]


def _above(part: Part, upper: Sequence[Part], rows: int) -> Part | None:
    for other in upper:
        if (other.col, other.colspan) == (part.col, part.colspan) and other.end == rows:
            return other
    return None


def _continues(part: Part, above: Part, lower: Sequence[Part]) -> bool:
    """A merged cell that spans rows goes on below the break: empty there, or in mid-phrase.

    A lone empty cell does so left of words only; among figures it is a cell of its own.
    """
    if (part.rowspan == 1 and above.rowspan == 1) or is_numbered(part.text):
        return False
    if part.text.strip() or part.rowspan > 1:
        return not is_figure(part.text)
    right = (other for other in lower if other.row == 0 and other.col > part.col)
    return any(other.text.strip() and not is_figure(other.text) for other in right)


def _is_lower_level(tops: Sequence[tuple[Part, Part | None]]) -> bool:
    """Whether the row below the break is the lower level of a header: words under parts of words.

    Its cells that lie just under one of the same width go on with what is printed above them.
    """
    filled = [(part, above) for part, above in tops if part.text.strip()]
    wider = any(above is None for _, above in filled)
    return wider and not any(is_figure(p.text) or is_numbered(p.text) for p, _ in filled)


def _merged(above: Part, below: Part) -> Part:
    between = "" if breaks_digits(above, below) else "\n"
    text = between.join(text for text in (above.text, below.text) if text.strip())
    return replace(
        above,
        text=text,
        rowspan=below.end - above.row,
        where=f"{above.where}; {below.where}",
        ink=below.ink if below.ink.lines else above.ink,
    )
