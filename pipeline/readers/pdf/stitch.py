"""Tables cut by page breaks become one again."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.readers.pdf.cuts import breaks_digits, is_cut, is_numbered_label
from pipeline.readers.pdf.pieces import TORN, Part, Piece
from pipeline.readers.pdf.rulings import nearest
from pipeline.readers.pdf.tolerances import HEADER_FILLED, LONGEST_TABLE, SAME_COLUMN
from pipeline.text import is_figure


def stitched(first: Piece, second: Piece) -> Piece | None:
    """Both pieces as one table, cells that a page break cut whole again; None where they are two.

    The second is the rest of the first where outer edges and columns are the same. A header that
    it repeats stands once; a piece that begins as the first does, below the header too, is the
    table printed again.
    """
    xs = _united(first, second)
    if not xs:
        return None
    upper, lower = _on(first, xs), _on(second, xs)
    again = _repeated(upper, lower, min(first.rows, second.rows))
    if again and _words(upper, again) == _words(lower, again):
        return None
    lower = [part._replace(row=part.row - again) for part in lower if part.row >= again]
    last = {(part.col, part.colspan): part for part in upper[::-1] if part.end == first.rows}
    tops = [(part, last.get((part.col, part.colspan))) for part in lower if part.row == 0]
    cut = is_cut(upper, tops)
    deeper = _is_lower_level(tops)
    shift = first.rows - (1 if cut else 0)
    whole: dict[tuple[int, int], Part] = {}
    kept = []
    for part, above in tops:
        moved = part._replace(row=shift)
        if above is not None and (cut or deeper or _continues(part, above, lower)):
            whole[above.row, above.col] = _merged(above, moved)
        elif above is not None and cut is None and breaks_digits(above, part):
            whole[above.row, above.col] = above._replace(text=above.text + TORN)
            kept.append(moved._replace(text=moved.text + TORN))
        else:
            kept.append(moved)
    kept += [whole.get((part.row, part.col), part) for part in upper]
    kept += [part._replace(row=part.row + shift) for part in lower if part.row]
    kept.sort(key=lambda part: (part.row, part.col))
    return Piece(xs, shift + second.rows - again, tuple(kept), first.page, second.last_page)


def _united(first: Piece, second: Piece) -> tuple[float, ...]:
    """The column lines of both pieces; none where they are not those of one table."""
    few, many = sorted((first.xs, second.xs), key=len)
    left, right = few[0] - many[0], few[-1] - many[-1]
    if first.last_page == second.page or second.page - first.page >= LONGEST_TABLE:
        return ()
    if max(abs(left), abs(right)) > SAME_COLUMN:
        return ()
    if not all(any(abs(x - other) <= SAME_COLUMN for other in many) for x in few):
        return ()
    new = (x for x in second.xs if all(abs(x - known) > SAME_COLUMN for known in first.xs))
    return tuple(sorted([*first.xs, *new]))


def _on(piece: Piece, xs: Sequence[float]) -> list[Part]:
    """The cells of a piece with their places among more column lines."""
    if len(piece.xs) == len(xs):
        return list(piece.parts)
    at = [nearest(xs, x) for x in piece.xs]
    spans = [(at[part.col], at[part.col + part.colspan]) for part in piece.parts]
    return [
        part._replace(col=start, colspan=end - start)
        for part, (start, end) in zip(piece.parts, spans, strict=True)
    ]


def _words(parts: Sequence[Part], row: int) -> list[str]:
    """What the cells that begin in a row say beside figures."""
    texts = [part.unspaced for part in parts if part.row == row]
    return [text for text in texts if text and not is_figure(text)]


def _repeated(upper: Sequence[Part], lower: Sequence[Part], rows: int) -> int:
    """How many of the first rows are a header that both pieces have: words, few cells empty."""
    head: list[Part] = []
    repeated = 0
    for row in range(rows - 1):
        both = [[part for part in parts if part.row == row] for parts in (upper, lower)]
        ours, theirs = (
            [(p.col, p.rowspan, p.colspan, p.unspaced) for p in parts] for parts in both
        )
        if any(is_figure(part.text) for part in both[0]) or ours != theirs:
            break
        head += both[0]
        empty = sum(not part.text for part in head)
        if all(part.end <= row + 1 for part in head) and empty * HEADER_FILLED <= len(head):
            repeated = row + 1
    return repeated


def _continues(part: Part, above: Part, lower: Sequence[Part]) -> bool:
    """A merged cell that spans rows goes on below the break: empty there, or in mid-phrase.

    A lone empty cell does so left of words only; among figures it is a cell of its own.
    """
    if (part.rowspan == 1 and above.rowspan == 1) or is_numbered_label(part.text):
        return False
    if part.is_filled or part.rowspan > 1:
        return not is_figure(part.text)
    right = (other for other in lower if other.row == 0 and other.col > part.col)
    return any(other.is_filled and not is_figure(other.text) for other in right)


def _is_lower_level(tops: Sequence[tuple[Part, Part | None]]) -> bool:
    """Whether the row below the break is the lower level of a header: words under parts of words.

    Its cells that lie just under one of the same width go on with what is printed above them.
    """
    filled = [(part, above) for part, above in tops if part.is_filled]
    wider = any(above is None for _, above in filled)
    return wider and not any(is_figure(p.text) or is_numbered_label(p.text) for p, _ in filled)


def _merged(above: Part, below: Part) -> Part:
    between = "" if breaks_digits(above, below) else "\n"
    return above._replace(
        text=between.join(part.text for part in (above, below) if part.is_filled),
        rowspan=below.end - above.row,
        where=f"{above.where}; {below.where}",
        ink=below.ink if below.ink.lines else above.ink,
        doubts=(*above.doubts, *below.doubts),
    )
