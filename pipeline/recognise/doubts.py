"""What casts doubt on cells beside those it is seen in: a header, an order, blanks left out."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from decimal import Decimal

from pipeline.forms import Heading, Sheet
from pipeline.model import Cell, Finding, Layout, Severity
from pipeline.recognise.headers import Leaf, is_caption
from pipeline.recognise.lines import Line
from pipeline.recognise.match import Block, Match, Reading, finding_at
from pipeline.recognise.rows import Placed, has_figures, line_words, own_label, unknown_words
from pipeline.text import is_numeral, is_value_like, label, parse_value

_PAGE = re.compile(r"[\d第页共]")
_HALF = 2  # characters
_RARE = 6  # one row in so many


def doubt_columns(
    reading: Reading,
    sheet: Sheet,
    columns: Sequence[Leaf],
    header: Line,
    settled: bool,
    placed: Sequence[Placed],
) -> None:
    """Findings for columns that no form knows, and for a header that does not tell them apart."""
    for leaf in columns if sheet.exact else ():
        if leaf.heading is None:
            message = f"column `{leaf.cell.text}` is in no form, or there twice"
            finding = finding_at("read_column", Severity.WARNING, message, header)
            reading.doubts.append((sheet.id, finding))
    if not settled:
        words = ", ".join(leaf.cell.text.replace("\n", "") or "(blank)" for leaf in columns)
        message = f"the header ({words}) does not say which column is which"
        finding = finding_at("read_header", Severity.ERROR, message, header)
        tables = dict.fromkeys((here.heading and here.heading.table) or sheet.id for here in placed)
        reading.doubts += [(table, finding) for table in tables]


def doubt_block(
    reading: Reading,
    start: int,
    block: Block,
    placed: Sequence[Placed],
    cut: Sequence[Placed] | None,
) -> None:
    """Flags for what casts doubt on rows beside the one it was seen in.

    `cut` are the rows of which cells were left out, where other rows could not be read; else None.
    """
    if cut is not None:
        _doubt_places(reading, start, block.sheet, {h.heading.id for h in cut if h.heading})
    if _skips_blanks(reading.matches[start:]):
        flag(reading.matches, start, "read:skipped_blanks", lambda match: True)
    turned_rows = _turned_totals(reading.matches[start:])
    flag(reading.matches, start, "read:column_order", lambda match: match.row in turned_rows)
    unsettled = _unsettled(block)
    flag(reading.matches, start, "read:other_numbering", lambda m: m.concept in unsettled)
    if block.sheet.exact or not block.sheet.rows:
        return
    order = {row.id: i for i, row in enumerate(block.sheet.rows)}
    rows = [here.heading for here in placed if here.heading]
    turned = {
        heading.id
        for i, one in enumerate(rows)
        for other in rows[i + 1 :]
        if order[one.id] > order[other.id]
        for heading in (one, other)
    }
    flag(reading.matches, start, "read:row_order", lambda m: m.row in turned)
    used = {here.row.printed for here in placed}
    loose = [
        line
        for line in block.body
        if line not in used
        and not is_caption(line, block.sheet)
        and any(c.text for c in line.cells)
    ]
    nameless = [
        line for line in loose if _holds_figures(line) and not unknown_words(line, block.sheet)
    ]
    if nameless:
        flag(reading.matches, start, "read:nameless_row", lambda match: True)
    emptied = _emptied(placed, block, loose)
    flag(reading.matches, start, "read:label", lambda m: m.row in emptied)
    reading.loose += [(block, [row.id for row in rows], line) for line in loose]


def _doubt_places(reading: Reading, start: int, sheet: Sheet, cut: Collection[str]) -> None:
    """Where a row without walls has too few cells or too many, so may others that look whole.

    In a stream that is every row; where rows are kept, one that lost cells, if it has a blank or
    its header does not name all columns.
    """
    mine = reading.matches[start:]
    stream = any(match.layout is Layout.STREAM for match in mine)
    named = {match.applicant for match in mine if match.readable}
    whole = sheet.exact or {c.id for c in sheet.leaf_columns} <= named or not any(named)
    holed = {m.row for m in mine if m.layout is Layout.ROWS and (not m.cell.text or not whole)}
    slid = holed.intersection(cut)
    flag(reading.matches, start, "read:row_length", lambda m: stream or m.row in slid)


def _emptied(placed: Sequence[Placed], block: Block, loose: Sequence[Line]) -> set[str]:
    """Rows without figures next to figures that no row of the form explains.

    A page break can leave a row's figures with half of its label.
    """
    lost = [line for line in loose if line.has_numeral and _is_a_row(line)]
    found = set()
    for here in placed:
        if here.heading and not has_figures(here.row.line):
            at = block.body.index(here.row.printed)
            beside = block.body[max(0, at - 1) : at + 2]
            if any(line in lost and _may_be_half(line, here.heading) for line in beside):
                found.add(here.heading.id)
    return found


def _may_be_half(line: Line, row: Heading) -> bool:
    """Whether the words of a line begin or end a label, or are too few to tell."""
    own = own_label(line)
    words = label(own.text) if own else ""
    return len(words) < _HALF or any(
        text.startswith(words) or text.endswith(words) for text in row.labels
    )


def _is_a_row(line: Line) -> bool:
    """Whether a line is more than the lone number of a page."""
    figures = sum(is_numeral(cell.text) for cell in line.cells)
    return figures > 1 or bool(_PAGE.sub("", line_words(line)))


def _holds_figures(line: Line) -> bool:
    """Whether a row has figures for the columns of a form; a lone number is a page's."""
    places = [cell for cell in line.cells if is_value_like(cell.text)]
    return len(places) > 1 and any(cell.text for cell in places)


def _skips_blanks(matches: Sequence[Match]) -> bool:
    """Whether rows look moved to the left: the last figure is the sum of those before it.

    So it is where blank cells were left out and the total slid under another column.
    """
    rows: dict[str, list[Match]] = {}
    for match in matches:
        if match.layout is not Layout.RULED and match.readable and match.applicant:
            rows.setdefault(match.row, []).append(match)
    gapless = [
        [match.cell for match in row]
        for row in rows.values()
        if row[-1].applicant == "total" and _blank_only_at_end(row)
    ]
    figures = [[parse_value(cell.text).value for cell in cells] for cells in gapless]
    filled = [[value for value in row if value] for row in figures]
    several = [row for row in filled if len(row) > 1]
    moved = [row for row in several if sum(row[:-1]) == row[-1]]
    if not any(not cells[-2].text and cells[0].text for cells in gapless):
        return False  # nothing but a column of totals is blank
    gaps = [row for row in rows.values() if any(not m.cell.text for m in row)]
    most = len(moved) > 1 and len(moved) * 2 > len(several)
    return most or (bool(moved) and len(gaps) == len(gapless))


def _turned_totals(matches: Sequence[Match]) -> set[str]:
    """Rows of a text that add up to their first figure, as the header says, and to their last.

    Where every filled row does, the header may have named 总计 first over rows that end with it.
    """
    rows: dict[str, list[Match]] = {}
    for match in matches:
        if match.layout is not Layout.RULED and match.readable and match.applicant:
            rows.setdefault(match.row, []).append(match)
    filled: dict[str, list[Decimal]] = {}
    for row, cells in rows.items():
        values = [parse_value(match.cell.text).value or Decimal(0) for match in cells]
        if cells[0].applicant == "total" and any(values):
            filled[row] = values
    both = all(v[0] == sum(v[1:]) and v[-1] == sum(v[:-1]) for v in filled.values())
    return set(filled) if both else set()


def _blank_only_at_end(row: Sequence[Match]) -> bool:
    texts = [match.cell.text for match in row]
    return not texts[-1] and all(texts[: len(texts) - texts.count("")])


def lonely_blanks(matches: Sequence[Match]) -> set[str]:
    """Rows whose last cell is blank in a document without spans that leaves no other row a blank.

    A cell dropped before it looks the same, for a row of text is filled up at its end.
    """
    kept = [m for m in matches if m.layout is not Layout.RULED and m.readable]
    last = {match.row: match for match in kept}
    holed = {match.row for match in kept if not match.cell.text}
    filled = {match.row for match in kept if match.cell.text}
    partly = holed & filled
    lonely = {row for row in partly if not last[row].cell.text}
    return lonely if partly == lonely and 0 < len(lonely) * _RARE <= len(last) else set()


def flag(matches: list[Match], start: int, name: str, where: Callable[[Match], bool]) -> None:
    """Add the flag to those of the matches from `start` on that it concerns."""
    matches[start:] = [
        replace(match, flags=(*match.flags, name)) if where(match) else match
        for match in matches[start:]
    ]


def _unsettled(block: Block) -> set[str]:
    """The concepts whose rows mean something else beside a row that this block prints."""
    rows = [row for row in block.sheet.rows if row.unsettles]
    printed = {text for line in block.body for text in line.labels} if rows else set()
    return {concept for row in rows if row.labels & printed for concept in row.unsettles}


def either(placed: Placed) -> Finding:
    """The finding that names every row of the form that a printed row could be."""
    names = " or ".join(row.id for row in placed.rivals)
    message = f"row `{placed.row.printed.printed}` may be {names}: no row above it tells which"
    return finding_at("read_label", Severity.ERROR, message, placed.row.printed)


def doubt_row(
    reading: Reading,
    sheet: Sheet,
    placed: Placed,
    bound: list[tuple[Cell, tuple[str, ...]]] | None,
) -> None:
    """Findings for a row that could not be read, or that was known by likeness only."""
    row, line = placed.heading, placed.row.printed
    table = (row.table if row and row.table else "") or sheet.id
    if bound is None:
        message = f"row `{line.printed}` does not have one cell for each column of its header"
        reading.doubts.append((table, finding_at("read_row_length", Severity.ERROR, message, line)))
    elif row is not None and placed.by_likeness:
        message = (
            f"row `{line.printed}` was taken for {row.id}: nearest label in the only free place"
        )
        severity = Severity.WARNING if placed.flags else Severity.INFO
        reading.doubts.append((table, finding_at("read_label", severity, message, line)))


def doubt_strays(
    reading: Reading,
    sheet: Sheet,
    placed: Placed,
    columns: Sequence[Leaf],
    bound: list[tuple[Cell, tuple[str, ...]]] | None,
) -> None:
    """Findings for figures under columns that the form has, but not for their row."""
    row, line = placed.heading, placed.row.printed
    for leaf, (cell, _) in zip(columns, bound or (), strict=False):
        if leaf.heading and is_numeral(cell.text) and sheet.slot(row, leaf.heading) is None:
            message = (
                f"`{cell.text}` under `{leaf.cell.text}` in row `{line.printed}` is in no form"
            )
            finding = finding_at("read_unmatched", Severity.WARNING, message, line)
            reading.doubts.append(((row.table if row else "") or sheet.id, finding))
