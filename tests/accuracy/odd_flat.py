"""Oddities of flattened text: words in pieces, labels away from their figures, a text that ends.

Some of them digital pages have as well. Each returns whether the report gave it anything to work on.
"""

from __future__ import annotations

from random import Random

from tests.accuracy.flat import END
from tests.accuracy.page import (
    APPLICATIONS,
    DISCLOSURE,
    DISPUTES,
    Cell,
    Draft,
    Row,
    Sheet,
    split_blocks,
)

# Where the cells of a narrow header break.
_BROKEN = {
    "本年新制作数量": "本年新\n制作数量",
    "本年新公开数量": "本年新\n公开数量",
    "对外公开总数量": "对外公开\n总数量",
    "本年制发件数": "本年制\n发件数",
    "上一年项目数量": "上一年\n项目数量",
    "商业企业": "商业\n企业",
    "科研机构": "科研\n机构",
    "社会公益组织": "社会公\n益组织",
    "法律服务机构": "法律服\n务机构",
}
# What is left of a header cell whose first or last line is lost.
_FIRST_LINES = {"本年新制作数量": "本年新", "本年新公开数量": "本年新"}
_LAST_LINES = {
    "商业企业": "业",
    "科研机构": "构",
    "社会公益组织": "益组织",
    "法律服务机构": "务机构",
}
_PATHS = ("行政复议", "未经复议直接起诉", "复议后起诉")


def _figures(row: Row) -> list[Cell]:
    return [cell for cell in row if cell.key is not None]


def _words(row: Row) -> list[Cell]:
    return [cell for cell in row if cell.key is None]


def _label(row: Row) -> Row:
    """The cell that names the row, if one does."""
    named = [cell for cell in row if cell.role == "label"]
    return named or _words(row)[-1:]


def _rows(made: Draft, *tables: str) -> list[tuple[Sheet, Row]]:
    """The rows that print figures, with their tables."""
    return [
        (sheet, row)
        for sheet in made.sheets
        if not tables or sheet.id in tables
        for row in sheet.rows
        if _figures(row)
    ]


def _reworded(made: Draft, words: dict[str, str]) -> bool:
    cells = [c for sheet in made.sheets for row in sheet.rows for c in row if c.text in words]
    for cell in cells:
        cell.text = words[cell.text]
    return bool(cells)


def header_broken(made: Draft, rng: Random) -> bool:
    """本年新⏎制作数量: header cells are two lines of text."""
    return _reworded(made, _BROKEN)


def label_broken(made: Draft, rng: Random) -> bool:
    """Row labels are two lines of text."""
    cells = [cell for _, row in _rows(made) for cell in _label(row)]
    for cell in rng.sample(cells, 5):
        at = rng.randrange(2, len(cell.text)) if len(cell.text) > 2 else 1
        cell.text = f"{cell.text[:at]}\n{cell.text[at:]}"
    return True


def header_cut(made: Draft, rng: Random) -> bool:
    """本年新 | 本年新 | 对外公开总数量, or 业 | 构 | 益组织 | 务机构 | 其他."""
    return _reworded(made, rng.choice((_FIRST_LINES, _LAST_LINES)))


def header_numbered(made: Draft, rng: Random) -> bool:
    """数据1 … 数据6 | 总计 over table three."""
    sheet = made.sheet(APPLICATIONS)
    names = [Cell(text) for text in (*(f"数据{i}" for i in range(1, 7)), "总计")]
    sheet.rows[:3] = [[Cell(rng.choice(("情形", "项目", "")), 3), *names]]
    sheet.header = 1
    made.hide(*made.cells(APPLICATIONS))
    return True


def header_of_remnants(made: Draft, rng: Random) -> bool:
    """One row of fifteen figures under what is left of its header."""
    sheet = made.sheet(DISPUTES)
    for row in sheet.rows[:3]:
        row[:] = [cell for cell in row if rng.random() < 0.5]
    sheet.rows[:] = [row for row in sheet.rows if row]
    sheet.header = len(sheet.rows) - 1
    made.hide(*made.cells(DISPUTES))
    return True


def spare_cell(made: Draft, rng: Random) -> bool:
    """Each row of some table ends with an empty cell too many."""
    sheet = rng.choice(made.sheets)
    for nth, row in enumerate(sheet.rows):
        if nth == 0 or sheet.id != APPLICATIONS or nth >= sheet.header:
            row.append(Cell("", 1, sheet.header if not nth and sheet.id == APPLICATIONS else 1))
    sheet.widths = (*sheet.widths, 1)
    return True


def space_before_cells(made: Draft, rng: Random) -> bool:
    """Spaces before what a cell prints."""
    for _, row in _rows(made):
        for cell in _figures(row):
            if cell.text and rng.random() < 0.5:
                cell.text = " " * rng.randint(1, 3) + cell.text
    return True


def labels_apart(made: Draft, rng: Random) -> bool:
    """A block of labels, then the block of their figures: of all rows, or of some."""
    sheet = max(made.sheets, key=lambda sheet: len(sheet.rows))
    rows = [row for row in sheet.rows if _figures(row) and _words(row)]
    share = rng.choice((1.0, 0.4))
    apart = [row for row in rows if rng.random() < share]
    if not apart:
        return False
    labels = [[Cell(c.text, c.colspan, role=c.role) for c in _words(row)] for row in apart]
    for row in apart:
        made.hide(*row)
        made.named |= {cell.key: _label(row)[0].text for cell in row if cell.key}
        row[:] = _figures(row)
    at = next(i for i, row in enumerate(sheet.rows) if row is apart[0])
    sheet.rows[at:at] = labels
    for row in sheet.rows[sheet.header :]:
        for cell in row:
            cell.rowspan = 1
    return True


def joined_rows(made: Draft, rng: Random) -> bool:
    """信息内容本年新制作数量…, 规章000: the rows of table two are words and figures in one."""
    for _, row in _rows(made, DISCLOSURE):
        made.hide(*row)
        made.named |= {cell.key: _label(row)[0].text for cell in row if cell.key}
    for sheet in made.sheets:
        if sheet.id == DISCLOSURE:
            for row in sheet.rows:
                row[:] = [Cell("".join(c.text for c in row), sum(c.colspan for c in row))]
    return True


def rows_as_prose(made: Draft, rng: Random) -> bool:
    """信息内容本年处理决定数量⏎行政许可 97: blocks of one column are lines of words."""
    split_blocks(made)
    blocks = [
        sheet
        for sheet in made.sheets
        if sheet.id == DISCLOSURE and all(len(_figures(row)) < 2 for row in sheet.rows)
    ]
    for sheet in blocks:
        sheet.is_prose = True
    return bool(blocks)


def disputes_apart(made: Draft, rng: Random) -> bool:
    """Three small tables of five results for the one of fifteen."""
    sheet = made.sheet(DISPUTES)
    figures, at = sheet.rows[-1], made.sheets.index(sheet)
    ends = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
    tables: list[Sheet] = []
    for nth, path in enumerate(_PATHS):
        rows: list[Row] = [[Cell(path, 5)], [Cell(text) for text in ends]]
        if nth:
            rows.insert(0, [Cell("行政诉讼", 5)])
        rows.append(figures[nth * 5 : nth * 5 + 5])
        tables.append(Sheet(DISPUTES, (1,) * 5, rows, len(rows) - 1))
    made.sheets[at : at + 1] = tables
    return True


def text_ends(made: Draft, rng: Random) -> bool:
    """The text ends within a table: after a row, in it, or in its label."""
    rows = _rows(made)
    nth = rng.randrange(len(rows) - 1)
    row = rows[nth][1]
    cells = _words(row)[-1:] + _figures(row)
    at = rng.choice((0, len(cells) - 1, rng.randrange(len(cells))))
    _end(made, [row for _, row in rows[nth + 1 :]], cells, at)
    last = cells[at]
    made.hide(last)  # whatever the text ends with may go on
    is_cut = last.key is None and len(last.text) > 4 and rng.random() < 0.5
    cut = rng.randrange(len(last.text) // 2 + 1, len(last.text)) if is_cut else len(last.text)
    last.text = last.text[:cut] + END + last.text[cut:]
    return True


def text_ends_in_number(made: Draft, rng: Random) -> bool:
    """The text ends between two digits: what is left of the number must not pass for it."""
    rows = _rows(made)
    places = [
        (nth, cell)
        for nth, (_, row) in enumerate(rows)
        for cell in _figures(row)
        if len(cell.text) > 1
    ]
    if not places:
        return False
    nth, cell = rng.choice(places)
    row = rows[nth][1]
    cells = _words(row)[-1:] + _figures(row)
    _end(made, [row for _, row in rows[nth + 1 :]], cells, cells.index(cell))
    at = rng.randrange(1, len(cell.text))
    cell.text = cell.text[:at] + END + cell.text[at:]
    assert cell.key is not None
    made.suspect.add(cell.key)
    return True


def _end(made: Draft, below: list[Row], cells: Row, at: int) -> None:
    """Only the first cells of a row are printed, up to this one, and nothing below."""
    for cell in [c for row in below for c in _figures(row)]:
        assert cell.key is not None
        made.values.pop(cell.key, None)
    for cell in cells[at + 1 :]:
        assert cell.key is not None
        made.values.pop(cell.key, None)
        made.labelled.add(cell.key)
    if cells[at + 1 :]:
        made.hide(*cells[: at + 1])


FLAT = {
    odd.__name__: odd
    for odd in (
        header_broken, label_broken, header_cut, header_numbered, header_of_remnants, spare_cell,
        space_before_cells, labels_apart, joined_rows, rows_as_prose, disputes_apart, text_ends,
        text_ends_in_number,
    )
}  # fmt: skip
OLDER_FLAT = {
    odd.__name__: odd
    for odd in (
        label_broken, spare_cell, space_before_cells, labels_apart, text_ends,
        text_ends_in_number,
    )
}  # fmt: skip
