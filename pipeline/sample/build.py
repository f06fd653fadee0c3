"""Labels and entries to a page: titles, preface, six sections, three tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.sample.figures import APPLICANTS
from pipeline.sample.layout import Block, Box, Para, Table
from pipeline.sample.printed import DISPUTE_KEYS, Printed
from pipeline.sample.wording import FORM, HEADINGS, application_rows, printed_label

Row = tuple[Box, ...]
_INSTRUCTION = "（该部分以表格形式报告，表格如下：）"
# How the cells of table two fill its columns, by their number; the label has the first column.
_COLUMNS = {1: (3,), 2: (1, 2), 3: (1, 1, 1)}
_WIDTHS = (34, 20, 20, 26)
# The same where bodies do not stand under their headers.
_UNEVEN_HEADERS = {1: (4,), 2: (2, 2), 3: (1, 2, 1)}
_UNEVEN_BODIES = {1: (4,), 2: (2, 2), 3: (2, 1, 1)}
_UNEVEN_WIDTHS = (36, 18, 11, 11, 24)


def tables_and_headings(
    entries: Printed, table_two: str, table_three: str, oddities: Sequence[str]
) -> Iterator[Block]:
    """Sections two to four of a report."""
    instruction = [Para(_INSTRUCTION)] if "instruction" in oddities else []
    yield from (Para(HEADINGS[1], "heading"), *instruction)
    yield from _table_two(entries, table_two, oddities)
    yield from (Para(HEADINGS[2], "heading"), *instruction)
    yield _table_three(entries, table_three, oddities)
    yield Para(HEADINGS[3], "heading")
    yield _table_four(entries, oddities)


def _label(text: str, oddities: Sequence[str], colspan: int = 1, rowspan: int = 1) -> Box:
    return Box(printed_label(text, oddities), colspan, rowspan)


def _table_two(entries: Printed, form: str, oddities: Sequence[str]) -> Iterator[Table]:
    parts: list[tuple[Row, ...]] = []
    uneven = "span_mismatch" in oddities
    widths = _UNEVEN_WIDTHS if uneven else _WIDTHS
    for nth, block in enumerate(FORM["table_two"][form]):
        headers = block["headers"]
        above = (_UNEVEN_HEADERS if uneven else _COLUMNS)[len(headers)]
        below = _UNEVEN_BODIES[len(headers)] if uneven and nth in (1, 2) else above
        cells = zip(headers, above, strict=True)
        head = (_label("信息内容", oddities), *(_label(h, oddities, s) for h, s in cells))
        rows: list[Row] = [(_label(block["title"], oddities, len(widths)),), head]
        for label, *codes in block["rows"]:
            values = zip((entries[code, ""].text for code in codes), below, strict=True)
            rows.append((_label(label, oddities), *(Box(text, span) for text, span in values)))
        parts.append(tuple(rows))
    if "one_table_a_block" not in oddities:
        parts = [tuple(row for part in parts for row in part)]
    for part in parts:
        yield Table(part, widths)


def _table_three(entries: Printed, form: str, oddities: Sequence[str]) -> Table:
    applicants = list(APPLICANTS)
    person, total = _label("自然人", oddities, 1, 2), _label("总计", oddities, 1, 2)
    legal = _label("法人或其他组织", oddities, 5)
    order: Row = (person, legal, total)
    if "total_first" in oddities:
        applicants, order = [applicants[-1], *applicants[:-1]], (total, person, legal)
    rows: list[Row] = [
        (_label(FORM["balance_note"], oddities, 3, 3), _label("申请人情况", oddities, 7)),
        order,
        tuple(_label(text, oddities) for text in FORM["legal_headers"]),
    ]
    lines = application_rows(form)
    outcomes = [line for line in lines if line["columns"] != "3"]
    side = [_label("三、本年度办理结果", oddities, 1, len(outcomes))]
    titled = {""}
    for line in lines:
        boxes = [] if line["columns"] == "3" else [side.pop()] if side else []
        group = line["group"]
        if group not in titled:
            height = sum(other["group"] == group for other in lines)
            boxes.append(_label(group, oddities, 1, height))
            titled.add(group)
        boxes.append(_label(line["label"], oddities, int(line["columns"])))
        rows.append((*boxes, *(Box(entries[line["code"], who].text) for who in applicants)))
    return Table(tuple(rows), (6, 12, 28, 7, 8, 8, 9, 9, 6, 7))


def _table_four(entries: Printed, oddities: Sequence[str]) -> Table:
    ends = tuple(_label(text, oddities) for text in FORM["dispute_headers"])
    direct, after = (_label(text, oddities, 5) for text in ("未经复议直接起诉", "复议后起诉"))
    rows = (
        (_label("行政复议", oddities, 5), _label("行政诉讼", oddities, 10)),
        (*(Box(end.text, 1, 2) for end in ends), direct, after),
        (*ends, *ends),
        tuple(Box(entries[key].text) for key in DISPUTE_KEYS),
    )
    return Table(rows, (1,) * 15)
