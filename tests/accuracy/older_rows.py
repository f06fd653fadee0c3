"""Oddities of the tables of 2014 and 2008: rows and the whole table."""

from __future__ import annotations

import re
from copy import deepcopy
from itertools import pairwise
from random import Random

from tests.accuracy.odd_tables import drawn_by_the_writer
from tests.accuracy.older_figures import SUMS
from tests.accuracy.older_labels import block_starts
from tests.accuracy.older_values import concept_of, figures_of, role_of, rows_of
from tests.accuracy.page import STATISTICS, Cell, Draft, Row, Sheet

_WORDED_ALIKE = (*SUMS["t14_review_total"], *SUMS["t14_lit_total"])
_LEAVES = tuple(part for total, parts in SUMS.items() for part in parts if part not in SUMS)


def _sheet_and_place(made: Draft, row: Row) -> tuple[Sheet, int]:
    """The table a row stands on, and where in it."""
    return next(
        (sheet, at)
        for sheet in made.sheets
        for at, line in enumerate(sheet.rows)
        if line is row and sheet.id == STATISTICS
    )


def _width(sheet: Sheet) -> int:
    return sum(cell.colspan for cell in sheet.rows[0])


def dropped_cell(made: Draft, rng: Random) -> bool:
    row = rng.choice(rows_of(made))
    made.hide(*row)
    row.remove(rng.choice(row[1:]))
    return True


def joined_label_and_value(made: Draft, rng: Random) -> bool:
    """收到申请数：3件 in one cell."""
    row = rng.choice(rows_of(made))
    made.hide(*row)
    mark, unit = rng.choice(("", "：")), rng.choice(("", role_of(row, "unit").text))
    text = row[0].text + mark + "".join(c.text + unit for c in row if c.key)
    made.named |= {cell.key: row[0].text for cell in row if cell.key}
    row[:] = [Cell(text, len(row))] if rng.random() < 0.5 else [Cell(text), *_empty(row[1:])]
    return True


def joined_value_and_unit(made: Draft, rng: Random) -> bool:
    """3件 in one cell over the columns of the unit and of the figure."""
    for row in rows_of(made):
        unit = role_of(row, "unit")
        if len(figures_of(row)) > 1 or unit.role == row[-2].role != "unit":
            return False
        (figure,) = figures_of(row)
        figure.text += unit.text if figure.text.strip("/-—\u00a0\u3000") else ""
        figure.colspan = 2
        row.remove(unit)
        made.hide(figure)
    return True


def _empty(cells: Row) -> Row:
    return [Cell("", cell.colspan) for cell in cells]


def glued_numbers(made: Draft, rng: Random) -> bool:
    """The figures of two periods are one cell."""
    row = rng.choice(rows_of(made))
    if len(figures_of(row)) < 2:
        return False
    one, other = figures_of(row)
    made.hide(one, other)
    one.text += rng.choice(("", " ", "\n")) + other.text
    row.remove(other)
    return True


def merged_down(made: Draft, rng: Random) -> bool:
    """Two rows share one cell that prints the figure of the first, or the sum of both."""
    pairs = [
        (one, other)
        for sheet in made.sheets
        if sheet.id == STATISTICS
        for one, other in pairwise(sheet.rows)
        if figures_of(one) and figures_of(other)
    ]
    one, other = rng.choice(pairs)
    above, below = figures_of(one)[-1], figures_of(other)[-1]
    assert above.key
    assert below.key
    made.hide(above, below)
    if rng.random() < 0.6:
        above.text = str(made.figures[above.key] + made.figures[below.key])
    above.rowspan = 2
    other.remove(below)
    return True


def merged_across(made: Draft, rng: Random) -> bool:
    """The two periods of a row share one cell."""
    rows = [row for row in rows_of(made) if len({c.text for c in figures_of(row)}) == 1]
    row = rng.choice(rows or rows_of(made))
    if not rows or len(figures_of(row)) < 2:
        return False
    one, other = figures_of(row)
    made.hide(one, other)
    one.colspan = 2
    row.remove(other)
    return True


def row_absent(made: Draft, rng: Random) -> bool:
    """A part nobody counted is not printed."""
    rows = [
        row
        for row in rows_of(made)
        if concept_of(row) in _LEAVES and all(cell.text == "0" for cell in figures_of(row))
    ]
    if not rows:
        return False
    row = rng.choice(rows)
    sheet, at = _sheet_and_place(made, row)
    for cell in figures_of(row):
        assert cell.key
        del made.values[cell.key]
    del sheet.rows[at]
    return True


def block_absent(made: Draft, rng: Random) -> bool:
    """A block of the form of 2014 is not printed, its number left out."""
    sheet = made.sheet(STATISTICS)
    starts = block_starts(sheet)
    if not starts:
        return False
    start, end = rng.choice(list(pairwise([*starts, len(sheet.rows)])))
    for row in sheet.rows[start:end]:
        for cell in figures_of(row):
            assert cell.key
            del made.values[cell.key]
    del sheet.rows[start:end]
    return True


def provincial_rows(made: Draft, rng: Random) -> bool:
    """Rows that the national form does not have."""
    added = (
        ("t14_channel_other", "条", "6.新闻发布会公开政府信息数"),
        ("t14_channel_other", "条", "6.新闻媒体公开政府信息数"),
        ("t14_req_letter", "件", "5.微信小程序申请数"),
        ("t14_complaints", "次", "网站专栏访问量"),
        ("t08_disclosed_fulltext", "条", "公文类信息数"),
        ("t08_appeal", "元", "收取费用总数"),
        ("t08_appeal", "人", "专职工作人员数"),
    )
    concepts = {concept_of(row) for row in rows_of(made)}
    after, unit, words = rng.choice([each for each in added if each[0] in concepts])
    like = next(row for row in rows_of(made) if concept_of(row) == after)
    sheet, at = _sheet_and_place(made, like)
    row = deepcopy(like)
    for cell in row:
        if cell.key:
            cell.text, cell.key = str(rng.randrange(90)), None
        elif cell.role in ("label", "unit"):
            cell.text = words if cell.role == "label" else unit
    sheet.rows.insert(at + 1, row)
    return True


def exempt_seven(made: Draft, rng: Random) -> bool:
    """A seventh kind of exemption: the place numbers them otherwise."""
    rows = [row for row in rows_of(made) if "_exempt" in concept_of(row)]
    if not rows:
        return False
    sheet, at = _sheet_and_place(made, rows[-1])
    row = deepcopy(rows[-1])
    for cell in row:
        cell.key = None
        cell.text = "0" if not cell.role else cell.text.replace("范围6", "范围7")
    sheet.rows.insert(at + 1, row)
    for line in rows:
        made.suspect.update(cell.key for cell in figures_of(line) if cell.key)
    return True


# The whole table


def _a_place(sheet: Sheet, rng: Random) -> int:
    """A row to break off before.

    Not between the rows that two blocks word alike: below another header they are nobody's.
    """
    return rng.choice(
        [
            at
            for at in range(sheet.header + 3, len(sheet.rows) - 3)
            if not figures_of(sheet.rows[at]) or concept_of(sheet.rows[at]) not in _WORDED_ALIKE
        ]
    )


def repeated_header(made: Draft, rng: Random) -> bool:
    sheet = made.sheet(STATISTICS)
    at = _a_place(sheet, rng)
    sheet.rows[at:at] = deepcopy(sheet.rows[: sheet.header])
    return True


def page_number_row(made: Draft, rng: Random) -> bool:
    sheet = made.sheet(STATISTICS)
    text = rng.choice(("- 3 -", "— 5 —", "4", "第4页 共6页", "3"))
    at = rng.randrange(sheet.header + 3, len(sheet.rows) - 3)
    sheet.rows.insert(at, [Cell(text, _width(sheet))])
    return True


def table_cut(made: Draft, rng: Random) -> bool:
    """The table goes on as another one, with or without its header."""
    sheet = made.sheet(STATISTICS)
    at = _a_place(sheet, rng)
    header = deepcopy(sheet.rows[: sheet.header]) if rng.random() < 0.5 else []
    rest = Sheet(STATISTICS, sheet.widths, [*header, *sheet.rows[at:]], len(header))
    del sheet.rows[at:]
    made.sheets.insert(made.sheets.index(sheet) + 1, rest)
    return True


def table_twice(made: Draft, rng: Random) -> bool:
    sheet = made.sheet(STATISTICS)
    made.sheets.insert(made.sheets.index(sheet) + 1, deepcopy(sheet))
    return True


def title_in_table(made: Draft, rng: Random) -> bool:
    """The title and who fills the table in are its first rows."""
    sheet = made.sheet(STATISTICS)
    width = _width(sheet)
    own, _, _ = re.split(r"(20\d\d)", made.title, maxsplit=1)
    top = [[Cell("政府信息公开情况统计表", width)], [Cell(f"填报单位（盖章）：{own}", width)]]
    sheet.rows[:0] = top[: rng.choice((1, 2))]
    made.caption = rng.choice((made.caption, "附表"))
    return True


def signed_below(made: Draft, rng: Random) -> bool:
    """Who signs, who filled it in and when are the last rows."""
    sheet = made.sheet(STATISTICS)
    width = _width(sheet)
    line = "单位负责人：张三  审核人：李四  填报人：王五"
    phone = "联系电话：0000-1234567  填报日期：2017年1月16日"
    note = "注：统计期限为1月1日至12月31日，涉及多个渠道的只计1条。"
    rows = rng.choice(([line, phone], [line + phone], [note], [note, line]))
    sheet.rows += [[Cell(text, width)] for text in rows]
    return True


def cut_label_row(made: Draft, rng: Random) -> bool:
    """The rest of a label stands in a row of blanks."""
    rows = [row for row in rows_of(made) if len(role_of(row, "label").text) > 9]
    row = rng.choice(rows)
    sheet, at = _sheet_and_place(made, row)
    cell = role_of(row, "label")
    cut = len(cell.text) - rng.randint(2, 4)
    rest, cell.text = cell.text[cut:], cell.text[:cut]
    below = [Cell(rest if other is cell else "", other.colspan) for other in row]
    sheet.rows.insert(at + 1, below)
    return True


OLDER_ROWS = {
    odd.__name__: odd
    for odd in (
        dropped_cell, joined_label_and_value, joined_value_and_unit, glued_numbers, merged_down,
        merged_across, row_absent, block_absent, provincial_rows, exempt_seven, repeated_header,
        page_number_row, table_cut, table_twice, title_in_table, signed_below, cut_label_row,
    )
} | dict.fromkeys(
    ("split_runs", "layout_tables", "nested_tables", "end_tags_missing"), drawn_by_the_writer
)  # fmt: skip
