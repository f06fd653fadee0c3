"""Oddities of row labels and column headers."""

from __future__ import annotations

import re
from random import Random

from tests.accuracy.figures import DENIED, NOT_PROCESSED, UNABLE
from tests.accuracy.page import APPLICATIONS, DISCLOSURE, DISPUTES, Cell, Draft, Row, Sheet

_TRADITIONAL = dict(
    zip(
        "数项总计业构组织务机关无处属国规乱关结转请办许对强执书录须补仍确举报诉单额费购价专简类将个为获让举废现发",
        "數項總計業構組織務機關無處屬國規亂關結轉請辦許對強執書錄須補仍確舉報訴單額費購價專簡類將個為獲讓舉廢現發",
        strict=True,
    )
)
_OTHER_WORDS = (
    (r"^规范性文件$", "行政规范性文件"),
    (r"^行政规范性文件$", "规范性文件"),
    (r"^规章$", "规章（设区的市、自治州人民政府应提供相关数据）"),
    (r"第（(.)）项", r"(\1)项"),
    (r"增/减", "增\\\\减"),
    (r"其他", "其它"),
    (r"^(\d)\.", r"\1、"),
    (r"[“”]", '"'),
    (r"（([一-七])）", r"(\1)"),
    (r"^本年制发件数", "本年(2023)制发件数"),
    (r"申请数量$", "申请数"),
    (r"（区分处理的.*$", ""),
    (r"^信访举报投诉类", "信访、举报、投诉类"),
    (r"^处理决定数量", "本年处理决定数量"),
)


def labels(made: Draft, *tables: str) -> list[Cell]:
    """Every cell that prints words."""
    return [
        cell
        for sheet in made.sheets
        if not tables or sheet.id in tables
        for row in sheet.rows
        for cell in row
        if cell.key is None and cell.text
    ]


def _leaf_rows(sheet: Sheet) -> list[Row]:
    return [row for row in sheet.rows if row[-1].key is not None]


def label_of(row: Row) -> Cell:
    """The last words before the figures."""
    return [cell for cell in row if cell.key is None][-1]


def damaged_label(made: Draft, rng: Random) -> bool:
    rows = [r for s in made.sheets if s.id != DISPUTES for r in _leaf_rows(s)]
    cell = label_of(rng.choice([row for row in rows if len(label_of(row).text) > 5]))
    at = rng.randrange(3, len(cell.text) - 1)
    cell.text = cell.text[:at] + rng.choice(("", "止", "●")) + cell.text[at + 1 :]
    return True


def spaced_labels(made: Draft, rng: Random) -> bool:
    for cell in rng.sample(labels(made), 25):
        at = rng.randrange(1, len(cell.text)) if len(cell.text) > 1 else 1
        cell.text = cell.text[:at] + rng.choice(" \u3000") + cell.text[at:]
    return True


def broken_labels(made: Draft, rng: Random) -> bool:
    for cell in rng.sample(labels(made), 25):
        at = rng.randrange(1, len(cell.text)) if len(cell.text) > 1 else 1
        cell.text = f"{cell.text[:at]}\n{cell.text[at:]}"
    return True


def traditional_script(made: Draft, rng: Random) -> bool:
    for cell in labels(made):
        cell.text = "".join(_TRADITIONAL.get(char, char) for char in cell.text)
    return True


def varied_labels(made: Draft, rng: Random) -> bool:
    for pattern, other in rng.sample(_OTHER_WORDS, 5):
        for cell in labels(made):
            cell.text = re.sub(pattern, other, cell.text)
    return True


def labels_slipped(made: Draft, rng: Random) -> bool:
    sheet = made.sheet(APPLICATIONS)
    group = set(rng.choice((DENIED, UNABLE, NOT_PROCESSED)))
    rows = [row for row in _leaf_rows(sheet) if row[-1].key and row[-1].key[0] in group]
    words = [label_of(row).text for row in rows]
    for row, text in zip(rows, ["", *words], strict=False):
        label_of(row).text = text
        made.hide(*row)
    label_of(rows[-1]).text += "\n" + words[-1]
    return True


def labels_swapped(made: Draft, rng: Random) -> bool:
    sheet = made.sheet(APPLICATIONS)
    rows = [row for row in _leaf_rows(sheet) if row[-1].key and row[-1].key[0] in DENIED]
    at = rng.randrange(len(rows) - 1)
    one, other = label_of(rows[at]), label_of(rows[at + 1])
    one.text, other.text = "1" + other.text[1:], "2" + one.text[1:]
    made.hide(*rows[at], *rows[at + 1])
    return True


def empty_second_label(made: Draft, rng: Random) -> bool:
    for sheet in made.sheets:
        for row in _leaf_rows(sheet):
            cell = label_of(row) if row[0].key is None else row[0]
            if sheet.id == APPLICATIONS and cell.colspan > 1 and cell.rowspan == 1:
                row.insert(row.index(cell) + 1, Cell("", cell.colspan - 1))
                cell.colspan = 1
    return True


# Column headers


def _named(sheet: Sheet) -> list[Cell]:
    """The cells of the header that stand over figures, left to right."""
    legal = sheet.rows[2]
    return [sheet.rows[1][0], *legal, sheet.rows[1][2]]


def header_lost(made: Draft, rng: Random) -> bool:
    sheet = made.sheet(APPLICATIONS)
    names = [Cell(f"数据{i}") for i in range(1, 8)]
    sheet.rows[:3] = [[Cell("情形", 3), *names]]
    sheet.header = 1
    made.hide(*made.cells(APPLICATIONS))
    return True


def header_twice(made: Draft, rng: Random) -> bool:
    cells = _named(made.sheet(APPLICATIONS))
    at = rng.randrange(1, 5)
    cells[at].text = cells[at + 1].text
    return _hide_columns(made, at, at + 1)


def header_invented(made: Draft, rng: Random) -> bool:
    if rng.random() < 0.5:
        at = rng.randrange(1, 6)
        name = rng.choice(("企业单位", "个体工商户", "事业单位", "总计", "自然人"))
        _named(made.sheet(APPLICATIONS))[at].text = name
        return _hide_columns(made, at, 0 if name == "自然人" else 6)
    row = made.sheets[0].rows[1]
    if len(row) < 4:
        return False
    at = rng.randrange(1, 4)
    row[at].text = rng.choice((row[at % 3 + 1].text, "本年备案件数", "合计"))
    for line in made.sheets[0].rows[2:4]:
        made.hide(*line)
    return True


def damaged_header(made: Draft, rng: Random) -> bool:
    if rng.random() < 0.5:
        at = rng.randrange(1, 5)
        cell = _named(made.sheet(APPLICATIONS))[at]
        cut = rng.randrange(len(cell.text))
        cell.text = cell.text[:cut] + cell.text[cut + 1 :]
        return _hide_columns(made, at)
    row = made.sheets[0].rows[1]
    cell = rng.choice(row[1:])
    cut = rng.randrange(len(cell.text))
    cell.text = cell.text[:cut] + cell.text[cut + 1 :]
    for line in made.sheets[0].rows[2:4]:
        made.hide(line[row.index(cell)])
    return True


def _hide_columns(made: Draft, *places: int) -> bool:
    for row in _leaf_rows(made.sheet(APPLICATIONS)):
        figures = [cell for cell in row if cell.key]
        made.hide(*(figures[at] for at in places))
    return True


def total_first(made: Draft, rng: Random) -> bool:
    sheet = made.sheet(APPLICATIONS)
    rows = [[cell for cell in row if cell.key] for row in _leaf_rows(sheet)]
    if made.format == "txt" and all(row[-2].text == row[-1].text for row in rows):
        return False  # without walls it would be the form's own order of other figures
    sheet.rows[1].insert(0, sheet.rows[1].pop())
    for row in _leaf_rows(sheet):
        first = next(i for i, cell in enumerate(row) if cell.key)
        row.insert(first, row.pop())
    return True


def level_disputes(made: Draft, rng: Random) -> bool:
    """All fifteen results of table four in one row, 行政复议 merged over the two rows above."""
    top, middle, bottom = made.sheet(DISPUTES).rows[:3]
    results, middle[:] = middle[:5], middle[5:]
    for cell in results:
        cell.rowspan = 1
    top[0].rowspan = 2
    bottom[:0] = results
    return True


def total_named_first(made: Draft, rng: Random) -> bool:
    """Flattened text names 总计 before 自然人 over rows that end with the total."""
    sheet = made.sheet(APPLICATIONS)
    sheet.rows[1].insert(0, sheet.rows[1].pop())
    made.hide(*made.cells(APPLICATIONS))
    return True


def legal_unsplit(made: Draft, rng: Random) -> bool:
    """The header does not name the five kinds of legal persons."""
    sheet = made.sheet(APPLICATIONS)
    del sheet.rows[2]
    for cell in (sheet.rows[0][0], *sheet.rows[1]):
        cell.rowspan = max(1, cell.rowspan - 1)
    for row in _leaf_rows(sheet):
        made.hide(*[cell for cell in row if cell.key][1:6])
    return True


def serial_column(made: Draft, rng: Random) -> bool:
    """Table two counts its rows in a column of their own."""
    for sheet in made.sheets:
        if sheet.id != DISCLOSURE:
            continue
        sheet.widths = (1, *sheet.widths)
        number = 0
        for row in sheet.rows:
            if len(row) == 1:
                row[0].colspan += 1
                continue
            number = number + 1 if row[-1].key else 0
            row.insert(0, Cell(str(number) if number else "序号"))
    return True


def remark_column(made: Draft, rng: Random) -> bool:
    """Table three ends with an empty column 备注."""
    sheet = made.sheet(APPLICATIONS)
    sheet.widths = (*sheet.widths, 2)
    sheet.rows[0].append(Cell("备注", 1, 3))
    for row in _leaf_rows(sheet):
        row.append(Cell(""))
    return True


def span_mismatch(made: Draft, rng: Random) -> bool:
    """Header cells 2, 3 and 4 columns wide over body cells of 3, 3 and 3, as Word leaves them."""
    found = False
    for sheet in made.sheets:
        if sheet.id != DISCLOSURE:
            continue
        for row in sheet.rows:
            if len(row) == 4 and row[1].key is None and rng.random() < 0.7:
                for cell, span in zip(row, (3, 2, 1, 3), strict=True):
                    cell.colspan = span
                found = True
    return found


def shifted_header(made: Draft, rng: Random) -> bool:
    """The header lacks its last name and begins a column early; a blank ends the row."""
    sheet = next(s for s in made.sheets if s.id == DISCLOSURE)
    row = sheet.rows[1]
    if len(row) != 4:
        return False
    row.insert(1, Cell("", 2))
    row.pop()
    for line in sheet.rows[2:4]:
        made.hide(*line)
    return True


LABELS = {
    odd.__name__: odd
    for odd in (
        damaged_label, spaced_labels, broken_labels, traditional_script, varied_labels,
        labels_slipped, labels_swapped, empty_second_label, header_lost, header_twice,
        header_invented, damaged_header, level_disputes, total_named_first, legal_unsplit,
        serial_column, remark_column, total_first, span_mismatch, shifted_header,
    )
}  # fmt: skip
