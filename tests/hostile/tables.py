"""Columns, rows and words of a table that are in no form, beside the figures of one that is."""

from __future__ import annotations

from collections.abc import Iterator

from tests.accuracy.page import APPLICATIONS, DISCLOSURE, DISPUTES, Cell, Draft, Row
from tests.accuracy.render import render
from tests.hostile.cases import Case, figure, report, seen

_COUNT = "licensing_decisions"
_PART = "第二十条第（五）项"  # above it
_FORMATS = ("html", "docx", "txt")

# A column of no form beside the figure: its heading and what it says there.
_COLUMNS: dict[str, tuple[str, str]] = {
    "should_be": ("备注", "应为2600"),
    "last_year_s": ("备注", "上年数"),
    "another_year_s": ("备注", "2021年"),
    "void": ("备注", "作废"),
    "size_in_remark": ("备注", "万件"),
    "wrong": ("备注", "数据有误"),
    "explained": ("说明", "含下属单位"),
    "other_number_in_remark": ("备注", "2600"),
    "corrected": ("更正后", "2600"),
    "ten_thousands": ("单位", "万件"),
    "thousands": ("计量单位", "千件"),
    "year": ("年度", "2021"),
    "organ": ("填报单位", "县公安局"),
    "no_heading_size": ("", "万"),
    "no_heading_note": ("", "（应为2600）"),
    "no_heading_share": ("", "%"),
}
_PLAIN_COLUMNS: dict[str, tuple[str, str]] = {
    "control_empty": ("备注", ""),
    "control_dash": ("备注", "—"),
    "control_nil": ("备注", "无"),
    "control_unit": ("单位", "件"),
    "control_number": ("序号", "3"),
    "control_last_year": ("上年数", "14"),
    "control_change": ("同比", "+4"),
}
# The same beside a row of table three.
_BESIDE_APPLICATIONS = {
    "remark": ("备注", "应为56"),
    "corrected": ("更正后总计", "56"),
    "unit": ("单位", "百件"),
}
# Notes behind the label of a row, and behind the heading of a column.
_NOTES = (
    "（1-6月）", "（申请数）", "（受理数）", "（历史数据）", "（2020-2021）", "（21年）", "（2021）",
    "（公安部门）", "（全市合计）", "（预算数）", "（较上年增减）", "（应为2600）", "（含下属单位）", "[预计]",
    "（截至6月）", "（草案）",
)  # fmt: skip
_PLAIN_NOTES = (
    "（单位：件）", "（件）", "（本年度）", "（2022年）", "（2022）", "（含网络公开）", "（略）",
    "（区分处理，只计这一情形不计其他情况）",
)  # fmt: skip
# Upper headings and corners, and what is put behind them.
_UPPER = (
    (APPLICATIONS, "申请人情况", "（2021年）"),
    (APPLICATIONS, "申请人情况", "（县公安局）"),
    (DISPUTES, "行政复议", "（2021年）"),
    (DISPUTES, "未经复议直接起诉", "（上年度）"),
    (DISCLOSURE, "信息内容", "（2021年）"),
    (DISCLOSURE, "信息内容", "（上年）"),
)
# What stands in the corner of table three in place of the form's note.
_CORNERS = ("云水镇", "县公安局", "2021年", "2021年度数据", "填报单位：云水镇人民政府")
_PLAIN_CORNERS = ("云岫镇", "2022年", "项目", "填报单位：示例县云岫镇人民政府")
_PARTS = ("（2021年）", "（2021年度）")
_PLAIN_PARTS = ("（2022年）",)


def cases() -> Iterator[Case]:
    """Each trick in a web page, in Word or in text, in turn; and what must stay unflagged."""
    for nth, (name, column) in enumerate(_COLUMNS.items()):
        format_ = _FORMATS[nth % 2] if not column[0] else _FORMATS[nth % 3]
        yield _column(name, *column, format_)
    for name, column in _BESIDE_APPLICATIONS.items():
        yield _column_of_applications(name, *column)
    yield _merged_remark()
    for nth, note in enumerate(_NOTES, 1):
        yield _noted_label(f"{nth}", note, _FORMATS[nth % 3])
        yield _noted_heading(f"{nth}", note)
    yield _noted_cell("（1-6月）")
    for nth, (table, words, note) in enumerate(_UPPER, 1):
        yield _upper_words(f"{nth}", table, words, note)
    for nth, words in enumerate(_CORNERS, 1):
        yield _corner(f"{nth}", words)
    for nth, note in enumerate(_PARTS, 1):
        yield _noted_part(f"{nth}", note)
    yield _numbered_columns()
    yield _nothing_but_numbers()
    yield from controls()


def controls() -> Iterator[Case]:
    """The cases in which no cell may be flagged."""
    for name, column in _PLAIN_COLUMNS.items():
        yield from (_column(name, *column, format_, plain=True) for format_ in _FORMATS)
    yield _column_of_applications("control_remark", "备注", "", plain=True)
    for nth, note in enumerate(_PLAIN_NOTES, 1):
        yield _noted_label(f"control_{nth}", note, _FORMATS[nth % 3], plain=True)
        yield _noted_heading(f"control_{nth}", note, plain=True)
    for nth, words in enumerate(_PLAIN_CORNERS, 1):
        yield _corner(f"control_{nth}", words, plain=True)
    for nth, note in enumerate(_PLAIN_PARTS, 1):
        yield _noted_part(f"control_{nth}", note, plain=True)


def _column(name: str, heading: str, text: str, format_: str, *, plain: bool = False) -> Case:
    """The table of the licences has a column more."""
    made = report(format_)
    header, row = _around(made, _COUNT)
    for cells, words in ((header, heading), (row, text)):
        cells[-1].colspan -= 1
        cells.append(Cell(words))
    if not plain:
        _doubt(made, _COUNT)
    return Case(f"tables-column_{name}", made, render(made))


def _column_of_applications(name: str, heading: str, text: str, *, plain: bool = False) -> Case:
    """Table three has a column more; it is filled in its first row."""
    made = report("html")
    sheet = made.sheet(APPLICATIONS)
    sheet.rows[0].append(Cell(heading, 1, sheet.header))
    for nth, row in enumerate(sheet.rows[sheet.header :]):
        row.append(Cell("" if nth else text))
    if not plain:
        for cell in sheet.rows[sheet.header]:
            if cell.key:
                seen(made, cell, str(made.values[cell.key]), certain=False)
    return Case(f"tables-column_of_applications_{name}", made, render(made))


def _merged_remark() -> Case:
    """A remark stands beside two rows at once."""
    made = report("html")
    header, row = _around(made, "penalty_decisions")
    for cells, cell in ((header, Cell("备注")), (row, Cell("以上为上年数", 1, 2))):
        cells[-1].colspan -= 1
        cells.append(cell)
    _around(made, "coercion_decisions")[1][-1].colspan -= 1
    for concept in ("penalty_decisions", "coercion_decisions"):
        _doubt(made, concept)
    return Case("tables-column_merged_remark", made, render(made))


def _noted_label(name: str, note: str, format_: str, *, plain: bool = False) -> Case:
    """A note stands behind the label of a row."""
    made = report(format_)
    _around(made, _COUNT)[1][0].text += note
    if not plain:
        _doubt(made, _COUNT)
    return Case(f"tables-label_note_{name}", made, render(made))


def _noted_cell(note: str) -> Case:
    """A note stands in a cell of its own between the label of a row and its figure."""
    made = report("html")
    _, row = _around(made, _COUNT)
    row[0].colspan -= 1
    row.insert(1, Cell(note))
    _doubt(made, _COUNT)
    return Case("tables-label_note_in_a_cell", made, render(made))


def _noted_heading(name: str, note: str, *, plain: bool = False) -> Case:
    """A note stands behind the heading of a column of table three."""
    made = report("html")
    sheet = made.sheet(APPLICATIONS)
    heading = next(c for r in sheet.rows[: sheet.header] for c in r if c.text == "自然人")
    heading.text += note
    for cell in list(made.cells(APPLICATIONS)) if not plain else []:
        if cell.key and cell.key[1] == "natural_person" and made.values[cell.key] is not None:
            seen(made, cell, str(made.values[cell.key]), certain=False)
    return Case(f"tables-heading_note_{name}", made, render(made))


def _upper_words(name: str, table: str, words: str, note: str) -> Case:
    """A heading over several columns, or the corner, names another year or organ."""
    made = report("html")
    rows = made.sheet(table).rows
    next(c for r in rows for c in r if c.text == words).text += note
    touched = {
        DISCLOSURE: lambda key: key[0] == "rules_issued",
        APPLICATIONS: lambda key: True,
        DISPUTES: lambda key: key[0].startswith("review" if words == "行政复议" else "lit_direct"),
    }[table]
    for cell in made.cells(table):
        if cell.key and touched(cell.key) and made.values[cell.key] is not None:
            seen(made, cell, str(made.values[cell.key]), certain=False)
    return Case(f"tables-upper_words_{name}", made, render(made))


def _corner(name: str, words: str, *, plain: bool = False) -> Case:
    """The corner of table three says whose figures these are, or of when."""
    made = report("html")
    sheet = made.sheet(APPLICATIONS)
    sheet.rows[0][0].text = words
    for cell in made.cells(APPLICATIONS) if not plain else ():
        if cell.key and made.values[cell.key] is not None:
            seen(made, cell, str(made.values[cell.key]), certain=False)
    return Case(f"tables-corner_{name}", made, render(made))


def _noted_part(name: str, note: str, *, plain: bool = False) -> Case:
    """A year stands behind the words above a part of table two."""
    made = report("html")
    caption = next(c for s in made.sheets for row in s.rows for c in row if c.text == _PART)
    caption.text += note
    if not plain:
        _doubt(made, _COUNT)
    return Case(f"tables-noted_part_{name}", made, render(made))


def _numbered_columns() -> Case:
    """A row numbers the columns of table four, and the figures are left blank."""
    made = report("html")
    rows = made.sheet(DISPUTES).rows
    rows.insert(-1, [Cell(str(nth)) for nth in range(1, len(rows[-1]) + 1)])
    for cell in rows[-1]:
        made.blank(cell)
        seen(made, cell, None)
    return Case("tables-numbers_of_columns_above_blanks", made, render(made))


def _nothing_but_numbers() -> Case:
    """The row that numbers the columns of table four is the only one under its header."""
    made = report("html")
    for nth, cell in enumerate(made.sheet(DISPUTES).rows[-1], 1):
        cell.text = str(nth)
        seen(made, cell, nth, certain=False)
    return Case("tables-numbers_of_columns_only", made, render(made))


def _around(made: Draft, concept: str) -> tuple[Row, Row]:
    """The header above a figure of table two, and its row."""
    rows = next(
        s.rows for s in made.sheets if any(c.key == (concept, "") for r in s.rows for c in r)
    )
    at = next(i for i, row in enumerate(rows) if any(c.key == (concept, "") for c in row))
    above = next(row for row in reversed(rows[:at]) if any("数" in c.text for c in row))
    return above, rows[at]


def _doubt(made: Draft, concept: str) -> None:
    seen(made, figure(made, concept), str(made.values[concept, ""]), certain=False)
