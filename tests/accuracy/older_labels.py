"""Oddities of the tables of 2014 and 2008: labels, headers and columns."""

from __future__ import annotations

import re
from itertools import pairwise
from random import Random

from tests.accuracy.older_values import concept_of, figures_of, role_of, rows_of
from tests.accuracy.page import STATISTICS, Cell, Draft, Sheet

_TRADITIONAL = dict(
    zip(
        "数项总计业构组织务机关无处属国规乱关结转请办许对强执书录须补仍确举报诉单额费购价专简类将个为获让举废现发"
        "动开闻体参时访频线读应热点论网优条册讼诉纠错从员职设阅召会议训经济稳复维驳满务页问话频实际历认备询电传内"
        "统称标当信",
        "數項總計業構組織務機關無處屬國規亂關結轉請辦許對強執書錄須補仍確舉報訴單額費購價專簡類將個為獲讓舉廢現發"
        "動開聞體參時訪頻線讀應熱點論網優條冊訟訴糾錯從員職設閱召會議訓經濟穩復維駁滿務頁問話頻實際歷認備詢電傳內"
        "統稱標當信",
        strict=True,
    )
)
_OTHER_WORDS = (
    (r"^统\s*计\s*指\s*标$", "指标名称"),
    (r"^指\s*标\s*名\s*称$", "统计指标"),
    (r"^单位$", "计量单位"),
    (r"^统计数$", "数量"),
    (r"其他", "其它"),
    (r"（不同.*）$", ""),
    (r"（不包括.*）$", ""),
    (r"^其中：(?!（|\d)", ""),
    (r"^其中：", "其中:"),
    (r"^（([一-四])）", r"(\1)"),
    (r"^（([一-四])）", r"（\1）、"),
    (r"^(\d)[.．、]", r"（\1）"),
    (r"[“”]", '"'),
    (r"[“”]", ""),
    (r"《条例》", "<条例>"),
    (r"免予", "免于"),
)


def words(made: Draft) -> list[Cell]:
    """The cells that print words, save units, codes and dashes."""
    return [
        cell
        for sheet in _sheets(made)
        for row in sheet.rows
        for cell in row
        if cell.key is None and cell.role not in ("unit", "code") and len(cell.text) > 1
    ]


def _sheets(made: Draft) -> list[Sheet]:
    return [sheet for sheet in made.sheets if sheet.id == STATISTICS]


def block_starts(sheet: Sheet) -> list[int]:
    """Where the nine blocks of the form of 2014 begin."""
    return [
        at for at, row in enumerate(sheet.rows) if re.match("[一二三四五六七八九]、", row[0].text)
    ]


def damaged_label(made: Draft, rng: Random) -> bool:
    row = rng.choice([row for row in rows_of(made) if len(role_of(row, "label").text) > 5])
    cell = role_of(row, "label")
    at = rng.randrange(3, len(cell.text) - 1)
    cell.text = cell.text[:at] + rng.choice(("", "止", "●")) + cell.text[at + 1 :]
    made.hide(*row)
    return True


def spaced_labels(made: Draft, rng: Random) -> bool:
    for cell in rng.sample(words(made), 15):
        at = rng.randrange(1, len(cell.text))
        cell.text = cell.text[:at] + rng.choice(" \u3000") + cell.text[at:]
    return True


def broken_labels(made: Draft, rng: Random) -> bool:
    for cell in rng.sample(words(made), 15):
        at = rng.randrange(1, len(cell.text))
        cell.text = f"{cell.text[:at]}\n{cell.text[at:]}"
    return True


def indented_labels(made: Draft, rng: Random) -> bool:
    """Parts are set in by spaces below their whole."""
    for row in rows_of(made):
        cell = role_of(row, "label")
        cell.text = "\u3000" * rng.randint(0, 3) + cell.text
    return True


def traditional_script(made: Draft, rng: Random) -> bool:
    for cell in words(made):
        cell.text = "".join(_TRADITIONAL.get(char, char) for char in cell.text)
    return True


def varied_labels(made: Draft, rng: Random) -> bool:
    for pattern, other in rng.sample(_OTHER_WORDS, 5):
        for cell in words(made):
            cell.text = re.sub(pattern, other, cell.text)
    return True


def unnumbered_labels(made: Draft, rng: Random) -> bool:
    """The labels have lost the numbers before them."""
    for cell in words(made):
        cell.text = re.sub(r"^(?:其中：)?(?:（[一-四\d]+）|[一-九]、|\d[.．、])", "", cell.text)
    return True


def own_remarks(made: Draft, rng: Random) -> bool:
    """What the form of 2014 itself prints in brackets behind two of its labels."""
    remarks = {
        "t14_staff_fulltime": "（不包括政府公报及政府网站工作人员数）",
        "t14_budget": "（不包括用于政府公报编辑管理及政府网站建设维护等方面的经费）",
    }
    found = [row for row in rows_of(made) if concept_of(row) in remarks]
    for row in found:
        role_of(row, "label").text += remarks[concept_of(row)]
    return bool(found)


def county_in_caption(made: Draft, rng: Random) -> bool:
    name = "示例县政府信息公开情况统计报表"
    made.caption = rng.choice((name, f"附件：{name}"))
    return True


# Columns


def serial_column(made: Draft, rng: Random) -> bool:
    """A column 序号 before the labels counts the rows."""
    if any(cell.role == "code" for row in rows_of(made) for cell in row):
        return False
    for sheet in _sheets(made):
        sheet.widths = (1, *sheet.widths)
        for number, row in enumerate(sheet.rows):
            is_numbered = number >= sheet.header
            row.insert(0, Cell(str(number) if is_numbered else "序号", role="code"))
    return True


def code_column(made: Draft, rng: Random) -> bool:
    """A column of codes stands after the units."""
    name = rng.choice(("代码", "行次"))
    for sheet in _sheets(made):
        if len(sheet.rows[0]) > 3 or sheet.header > 1 or any(len(r) == 1 for r in sheet.rows):
            return False
        sheet.widths = (*sheet.widths[:2], 1, *sheet.widths[2:])
        for number, row in enumerate(sheet.rows):
            row.insert(2, Cell(f"{number:02d}" if number else name, role="code"))
    return True


def remark_column(made: Draft, rng: Random) -> bool:
    """The table ends with a column 备注, empty or nearly so."""
    texts = rng.choice((("",), ("", "", "", "含村级"), ("", "", "", "较上年增加2件")))
    return _column_at_end(made, "备注", [rng.choice(texts) for _ in rows_of(made)])


def last_year_column(made: Draft, rng: Random) -> bool:
    """The figures of the year before stand beside those reported."""
    name = rng.choice(("上年数", "上年统计数", "上年同期"))
    return _column_at_end(made, name, [str(rng.randrange(300)) for _ in rows_of(made)])


def _column_at_end(made: Draft, name: str, texts: list[str]) -> bool:
    for sheet in _sheets(made):
        if sheet.header > 1:
            return False
        sheet.widths = (*sheet.widths, 2)
        sheet.rows[0].append(Cell(name))
        rest = iter(texts)
        for row in sheet.rows[1:]:
            if figures_of(row):
                row.append(Cell(next(rest)))
            elif len(row) == 1:
                row[0].colspan += 1
            else:
                row.append(Cell(row[-1].text))
    return True


def periods_turned(made: Draft, rng: Random) -> bool:
    """The longer period stands before the shorter one."""
    for sheet in _sheets(made):
        if len(figures_of(rows_of(made)[0])) < 2 or sheet.header > 1:
            return False
        for row in sheet.rows:
            if len(row) > 1:
                row[-2:] = [row[-1], row[-2]]
    return True


def block_column(made: Draft, rng: Random) -> bool:
    """Blocks without a figure of their own stand in a column, each merged over its rows."""
    for sheet in _sheets(made):
        starts = block_starts(sheet)
        if not starts:
            return False
        sheet.widths = (2, *sheet.widths)
        sheet.rows[0][0].colspan += 1
        for start, end in pairwise([*starts, len(sheet.rows)]):
            row = sheet.rows[start]
            if figures_of(row):
                for line in sheet.rows[start:end]:
                    line[0].colspan += 1
            else:
                block = Cell(row[0].text, 1, end - start - 1, role="block")
                sheet.rows[start + 1].insert(0, block)
                row.clear()
        sheet.rows[:] = [row for row in sheet.rows if row]
    return True


def side_by_side(made: Draft, rng: Random) -> bool:
    """The second half of a long table stands beside the first."""
    for sheet in _sheets(made):
        if any(len(row) != len(sheet.rows[0]) for row in sheet.rows) or sheet.header > 1:
            return False
        body = sheet.rows[1:]
        half = (len(body) + 1) // 2
        empty = [Cell("") for _ in sheet.rows[0]]
        left, right = body[:half], [*body[half:], empty][:half]
        header = [Cell(cell.text) for cell in sheet.rows[0]]
        sheet.rows = [[*sheet.rows[0], *header]]
        sheet.rows += [[*one, *other] for one, other in zip(left, right, strict=True)]
        sheet.widths *= 2
    return True


def header_spans(made: Draft, rng: Random) -> bool:
    """统计指标 stands over labels and units both."""
    for sheet in _sheets(made):
        if sheet.header > 1:
            return False
        header = sheet.rows[0]
        del header[1]
        header[0].colspan = 2
    return True


def header_lost(made: Draft, rng: Random) -> bool:
    for sheet in _sheets(made):
        del sheet.rows[: sheet.header]
    made.hide(*made.cells(STATISTICS))
    return True


def damaged_header(made: Draft, rng: Random) -> bool:
    for sheet in _sheets(made):
        cell = sheet.rows[0][-1]
        cut = rng.randrange(len(cell.text))
        cell.text = cell.text[:cut] + rng.choice(("", "止", "●")) + cell.text[cut + 1 :]
        made.named |= {row[-1].key: cell.text for row in sheet.rows if row[-1].key}
    made.hide(*made.cells(STATISTICS))
    return True


OLDER_LABELS = {
    odd.__name__: odd
    for odd in (
        damaged_label, spaced_labels, broken_labels, indented_labels, traditional_script,
        varied_labels, unnumbered_labels, own_remarks, county_in_caption, serial_column,
        code_column, remark_column, last_year_column, periods_turned, block_column, side_by_side,
        header_spans, header_lost, damaged_header,
    )
}  # fmt: skip
