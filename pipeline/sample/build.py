"""Labels and entries to a page: titles, preface, six sections, three tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.sample.figures import APPLICANTS
from pipeline.sample.layout import Block, Box, Para, Table
from pipeline.sample.printed import DISPUTE_KEYS, Printed, application_rows
from pipeline.sample.wording import (
    BALANCE_NOTE,
    CARRIED_OUT,
    DISPUTE_HEADERS,
    GROUPS,
    HEADINGS,
    LEGAL_HEADERS,
    OTHER_GROUP,
    OTHER_LEAF,
    PROCESSED,
    RECEIVED,
    SINGLE,
    TABLE_TWO,
    printed_label,
)

Row = tuple[Box, ...]
Rows = tuple[Row, ...]
INSTRUCTION = "（该部分以表格形式报告，表格如下：）"


def tables_and_headings(
    entries: Printed, table_two: str, table_three: str, oddities: Sequence[str]
) -> Iterator[Block]:
    """Sections two to four of a report."""
    yield Para(HEADINGS[1], "heading")
    if "instruction" in oddities:
        yield Para(INSTRUCTION)
    yield from _table_two(entries, table_two, oddities)
    yield Para(HEADINGS[2], "heading")
    if "instruction" in oddities:
        yield Para(INSTRUCTION)
    yield _table_three(entries, table_three, oddities)
    yield Para(HEADINGS[3], "heading")
    yield _table_four(entries, oddities)


def _label(text: str, oddities: Sequence[str], colspan: int = 1, rowspan: int = 1) -> Box:
    return Box(printed_label(text, oddities), colspan, rowspan)


# How the cells of table two fill its columns, by their number; the label has the first column.
_COLUMNS = {1: (3,), 2: (1, 2), 3: (1, 1, 1)}
_WIDTHS = (34, 20, 20, 26)
# The same where bodies do not stand under their headers.
_UNEVEN_HEADERS = {1: (4,), 2: (2, 2), 3: (1, 2, 1)}
_UNEVEN_BODIES = {1: (4,), 2: (2, 2), 3: (2, 1, 1)}
_UNEVEN_WIDTHS = (36, 18, 11, 11, 24)


def _table_two(entries: Printed, form: str, oddities: Sequence[str]) -> Iterator[Table]:
    parts: list[Rows] = []
    uneven = "span_mismatch" in oddities
    widths = _UNEVEN_WIDTHS if uneven else _WIDTHS
    for nth, (title, headers, lines) in enumerate(TABLE_TWO[form]):
        above = (_UNEVEN_HEADERS if uneven else _COLUMNS)[len(headers)]
        below = _UNEVEN_BODIES[len(headers)] if uneven and nth in (1, 2) else above
        cells = zip(headers, above, strict=True)
        head = (_label("信息内容", oddities), *(_label(h, oddities, s) for h, s in cells))
        rows: list[Row] = [(_label(title, oddities, len(widths)),), head]
        for label, codes in lines:
            values = zip((entries[code, ""].text for code in codes), below, strict=True)
            rows.append((_label(label, oddities), *(Box(text, span) for text, span in values)))
        parts.append(tuple(rows))
    if "one_table_a_block" not in oddities:
        parts = [tuple(row for part in parts for row in part)]
    for part in parts:
        yield Table(part, widths)


def _table_three(entries: Printed, form: str, oddities: Sequence[str]) -> Table:
    applicants = list(APPLICANTS)
    if "total_first" in oddities:
        applicants = [applicants[-1], *applicants[:-1]]

    def values(concept: str) -> Row:
        return tuple(Box(entries[concept, who].text) for who in applicants)

    groups = [*GROUPS, OTHER_GROUP] if form == "t2021" else list(GROUPS)
    outcomes = len(application_rows(form)) - 3  # all but new, carried in and carried out
    rows: list[Row] = [*_applicant_header(oddities)]
    rows += [(_label(label, oddities, 3), *values(code)) for code, label in RECEIVED]
    side: Row = (_label("三、本年度办理结果", oddities, 1, outcomes),)
    for code, label in SINGLE:
        rows.append((*side, _label(label, oddities, 2), *values(code)))
        side = ()
    for title, lines in groups:
        group: Row = (_label(title, oddities, 1, len(lines)),)
        for code, label in lines:
            rows.append((*group, _label(label, oddities), *values(code)))
            group = ()
    for code, label in (*(() if form == "t2021" else (OTHER_LEAF,)), PROCESSED):
        rows.append((_label(label, oddities, 2), *values(code)))
    rows.append((_label(CARRIED_OUT[1], oddities, 3), *values(CARRIED_OUT[0])))
    return Table(tuple(rows), (6, 12, 28, 7, 8, 8, 9, 9, 6, 7))


def _applicant_header(oddities: Sequence[str]) -> Rows:
    person = _label("自然人", oddities, 1, 2)
    legal = _label("法人或其他组织", oddities, 5)
    total = _label("总计", oddities, 1, 2)
    order = (total, person, legal) if "total_first" in oddities else (person, legal, total)
    return (
        (_label(BALANCE_NOTE, oddities, 3, 3), _label("申请人情况", oddities, 7)),
        order,
        tuple(_label(text, oddities) for text in LEGAL_HEADERS),
    )


def _table_four(entries: Printed, oddities: Sequence[str]) -> Table:
    ends = tuple(_label(text, oddities) for text in DISPUTE_HEADERS)
    return Table(
        (
            (_label("行政复议", oddities, 5), _label("行政诉讼", oddities, 10)),
            (
                *(Box(end.text, 1, 2) for end in ends),
                _label("未经复议直接起诉", oddities, 5),
                _label("复议后起诉", oddities, 5),
            ),
            (*ends, *ends),
            tuple(Box(entries[key].text) for key in DISPUTE_KEYS),
        ),
        (1,) * 15,
    )
