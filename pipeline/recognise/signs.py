"""Signs that cells have slipped: what is seen in some rows and casts doubt on those beside them."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from decimal import Decimal
from itertools import accumulate

from pipeline import doubt
from pipeline.doubt import Doubt
from pipeline.model import Layout
from pipeline.recognise.match import Match, Stretch, doubted
from pipeline.recognise.printed import PrintedRow
from pipeline.recognise.rows import PlacedRow, unknown_words
from pipeline.text import is_numeral, is_value_like, label, parse_value

_PAGE = re.compile(r"[\d第页共]")
_HALF = 2  # characters; fewer are too few to tell what label they are a half of
_RARE = 6  # one row in so many has what is rare


def with_signs(
    matches: Sequence[Match],
    stretch: Stretch,
    placed: Sequence[PlacedRow],
    loose: Sequence[PrintedRow],
    cut: Sequence[PlacedRow] | None,
) -> list[Match]:
    """The matches of a stretch with doubts for what was seen in other rows of it.

    `loose` are the rows that are in no form; `cut` those of which cells were left out, where other
    rows could not be read, else None.
    """
    marked = list(matches)
    if cut is not None:
        marked = _beside_cut_rows(marked, stretch, {h.heading.id for h in cut if h.heading})
    if any(match.row.printed.layout is not Layout.RULED for match in marked):
        if _skips_blanks(marked):
            marked = doubted(marked, Doubt(doubt.SKIPPED_BLANKS), lambda match: True)
        turned = _turned_totals(marked)
        if turned:
            marked = doubted(marked, Doubt(doubt.COLUMN_ORDER), lambda m: m.row.id in turned)
    printed = {text for row in stretch.body for text in row.labels}
    others = (row for row in stretch.sheet.rows if row.unsettles and row.labels & printed)
    if unsettled := {concept for row in others for concept in row.unsettles}:
        marked = doubted(marked, Doubt(doubt.OTHER_NUMBERING), lambda m: m.concept in unsettled)
    if stretch.sheet.exact and any(map(is_lone_figure, loose)):
        marked = _without_figures_unread(marked)
    if stretch.sheet.exact or not stretch.sheet.rows:
        return marked
    out_of_order = _out_of_order(placed, stretch)
    if out_of_order:
        marked = doubted(marked, Doubt(doubt.ROW_ORDER), lambda m: m.row.id in out_of_order)
    for row in loose:
        places = [cell for cell in row.cells if is_value_like(cell.text)]
        filled = len(places) > 1 and any(cell.text for cell in places)  # a lone one is a page's
        if filled and not unknown_words(row, stretch.sheet):
            marked = doubted(marked, Doubt(doubt.NAMELESS_ROW), lambda match: True)
            break
    emptied = _emptied(placed, stretch, loose)
    if emptied:
        marked = doubted(marked, Doubt(doubt.LABEL), lambda m: m.row.id in emptied)
    return marked


def is_lone_figure(row: PrintedRow) -> bool:
    """Whether a row has figures and no words: its label stands elsewhere.

    Between rules it is the number of a page, for there no label loses its figures.
    """
    walled = row.layout is Layout.RULED
    return row.has_numeral and row.own_label is None and not walled


def _without_figures_unread(matches: Sequence[Match]) -> list[Match]:
    """The rows without any figure are not read: figures that stand alone may be theirs."""
    filled = {match.row.id for match in matches if match.row.printed.has_figures}
    apart = Doubt(doubt.NAMELESS_ROW)
    return [
        match
        if match.row.id in filled
        else match._replace(
            text=match.row.printed.printed, readable=False, doubts=(*match.doubts, apart)
        )
        for match in matches
    ]


def _beside_cut_rows(matches: list[Match], stretch: Stretch, cut: Collection[str]) -> list[Match]:
    """Where a row without walls has too few cells or too many, so may others that look whole.

    In a stream that is every row; where rows are kept, one that lost cells, if it has a blank or
    its header does not name all columns.
    """
    sheet = stretch.sheet
    stream = any(match.row.printed.layout is Layout.STREAM for match in matches)
    named = {match.applicant for match in matches if match.readable}
    whole = sheet.exact or {c.id for c in sheet.leaf_columns} <= named or not any(named)
    holed = {
        match.row.id
        for match in matches
        if match.row.printed.layout is Layout.ROWS and (not match.text or not whole)
    }
    slid = holed.intersection(cut)
    return doubted(matches, Doubt(doubt.ROW_LENGTH), lambda m: stream or m.row.id in slid)


def _out_of_order(placed: Sequence[PlacedRow], stretch: Stretch) -> set[str]:
    """The rows of which one stands before another that the form prints above it."""
    rows = [row.heading.id for row in placed if row.heading]
    places = [stretch.sheet.order[row] for row in rows]
    last_above = accumulate(places, max)
    first_below = reversed([*accumulate(reversed(places), min)])
    around = zip(rows, places, last_above, first_below, strict=True)
    return {row for row, place, last, first in around if first < place or place < last}


def _emptied(
    placed: Sequence[PlacedRow], stretch: Stretch, loose: Sequence[PrintedRow]
) -> set[str]:
    """Rows without figures next to figures that no row of the form explains.

    A page break can leave a row's figures with half of its label.
    """
    lost: dict[PrintedRow, str] = {}  # with the words of its label
    for row in loose:
        figures = sum(is_numeral(cell.text) for cell in row.cells)
        if figures > 1 or (figures and _PAGE.sub("", row.words)):
            lost[row] = label(row.own_label.text) if row.own_label else ""
    emptied = set()
    order = {row: at for at, row in enumerate(stretch.body)} if lost else {}
    for placed_row in placed if lost else ():
        heading = placed_row.heading
        if heading and not placed_row.row.has_figures:
            at = order[placed_row.bare.printed]
            beside = stretch.body[max(0, at - 1) : at + 2]
            for words in (lost[row] for row in beside if row in lost):
                halves = (text.startswith(words) or text.endswith(words) for text in heading.labels)
                if len(words) < _HALF or any(halves):
                    emptied.add(heading.id)
    return emptied


# Tables that have lost their walls


def _wall_less(matches: Sequence[Match]) -> dict[str, list[Match]]:
    rows: dict[str, list[Match]] = {}
    for match in matches:
        ruled = match.row.printed.layout is Layout.RULED
        if not ruled and match.readable and match.applicant:
            rows.setdefault(match.row.id, []).append(match)
    return rows


def _skips_blanks(matches: Sequence[Match]) -> bool:
    """Whether rows look moved to the left: the last figure is the sum of those before it.

    So it is where blank cells were left out and the total slid under another column.
    """
    rows = _wall_less(matches)
    gapless = [
        [match.text for match in row]
        for row in rows.values()
        if row[-1].applicant == row[-1].row.sheet.total and not row[-1].text
    ]
    # Blank at the end only, and not all over.
    gapless = [texts for texts in gapless if all(texts[: len(texts) - texts.count("")])]
    if not any(texts[0] and not texts[-2] for texts in gapless if len(texts) > 1):
        return False  # nothing but a column of totals is blank
    figures = [[parse_value(text).value for text in texts] for texts in gapless]
    filled = [[value for value in row if value] for row in figures]
    several = [row for row in filled if len(row) > 1]
    moved = [row for row in several if sum(row[:-1]) == row[-1]]
    gaps = [row for row in rows.values() if any(not match.text for match in row)]
    most = len(moved) > 1 and len(moved) * 2 > len(several)
    return most or (bool(moved) and len(gaps) == len(gapless))


def _turned_totals(matches: Sequence[Match]) -> set[str]:
    """Rows of a text that add up to their first figure, as the header says, and to their last.

    Where every filled row does, the header may have named 总计 first over rows that end with it.
    """
    filled: dict[str, list[Decimal]] = {}
    for row, cells in _wall_less(matches).items():
        values = [parse_value(match.text).value or Decimal(0) for match in cells]
        if cells[0].applicant == cells[0].row.sheet.total and any(values):
            filled[row] = values
    both = all(v[0] == sum(v[1:]) and v[-1] == sum(v[:-1]) for v in filled.values())
    return set(filled) if both else set()


def lonely_blanks(matches: Sequence[Match]) -> set[str]:
    """Rows whose last cell is blank in a document without spans that leaves no other row a blank.

    A cell dropped before it looks the same, for a row of text is filled up at its end.
    """
    kept = [m for m in matches if m.row.printed.layout is not Layout.RULED and m.readable]
    last = {match.row.id: match for match in kept}
    holed = {match.row.id for match in kept if not match.text}
    filled = {match.row.id for match in kept if match.text}
    partly = holed & filled
    lonely = {row for row in partly if not last[row].text}
    return lonely if partly == lonely and 0 < len(lonely) * _RARE <= len(last) else set()
