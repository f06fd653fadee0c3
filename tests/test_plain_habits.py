"""Text files: what an empty line, a pipe and a tab mean is told by the whole file."""

import pytest

from pipeline import doubt
from pipeline.model import Grid, Layout
from tests.small_reports import read_text, rows_of


def _texts(grid):
    return [cell.text for cell in grid.cells]


HEADER = ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"]
FULL = [["规章", "0", "0", "0"], ["行政规范性文件", "3", "1", "17"]]
CELLS = [cell for row in (HEADER, *FULL) for cell in row]


@pytest.mark.parametrize("empty", [0, 1, 2, 3])
def test_empty_lines_between_all_cells_are_no_cells(tmp_path, empty):
    (grid,) = read_text(tmp_path, ("\n" * (empty + 1)).join(CELLS) + "\n").grids
    assert grid.layout is Layout.STREAM
    assert _texts(grid) == CELLS
    assert grid.cells[1].where == f"line {empty + 2}"


def test_as_many_lines_as_a_cell_takes_are_a_blank_cell(tmp_path):
    printed = ["信息内容", "制发", "废止", "规章", "", "4", "文件", "5", "", "许可", "6", "7"]
    (grid,) = read_text(tmp_path, "\n\n".join(printed) + "\n").grids
    assert _texts(grid) == printed


def test_one_further_line_is_a_blank_cell_where_blanks_take_no_more(tmp_path):
    text = "规章\n\n\n4\n\n5\n\n文件\n\n6\n\n\n7\n\n许可\n\n8\n\n9\n\n\n处罚\n\n1\n\n2\n\n3\n"
    (grid,) = read_text(tmp_path, text).grids
    assert _texts(grid)[:4] == ["规章", "", "4", "5"]
    assert _texts(grid)[4:8] == ["文件", "6", "", "7"]
    assert _texts(grid)[8:12] == ["许可", "8", "9", ""]


def test_lines_without_the_gap_that_parts_cells_are_lines_of_one(tmp_path):
    text = "信息内容\n\n本年新\n制作数量\n\n本年新\n公开数量\n\n规章\n\n1\n\n2\n\n文件\n\n3\n\n4\n"
    (grid,) = read_text(tmp_path, text).grids
    assert _texts(grid)[:4] == ["信息内容", "本年新\n制作数量", "本年新\n公开数量", "规章"]


@pytest.mark.parametrize("between", [0, 1])
def test_rows_that_are_further_apart_than_cells_are_rows(tmp_path, between):
    rows = ("\n" * (between + 1)).join
    text = ("\n" * (between + 2)).join(map(rows, [["第二十条第（一）项"], HEADER, *FULL])) + "\n"
    (grid,) = read_text(tmp_path, text).grids
    assert grid.layout is Layout.ROWS
    assert rows_of(grid) == [["第二十条第（一）项"], HEADER, *FULL]


def test_a_row_that_lost_a_cell_is_not_filled_up_by_the_lines_that_part_rows(tmp_path):
    rows = [HEADER, ["规章", "5", "6"], ["行政规范性文件", "3", "1", "17"]]
    text = "\n\n\n".join("\n\n".join(row) for row in rows) + "\n"
    (grid,) = read_text(tmp_path, text).grids
    assert rows_of(grid)[1] == ["规章", "5", "6"]


CLOSED = "第二十条第（一）项 |\n|||\n" + "".join(f"{cell} |\n" for cell in CELLS)


def test_rows_of_cells_that_pipes_close_are_cut_by_their_number(tmp_path):
    document = read_text(
        tmp_path, f"二、主动公开政府信息情况\n{CLOSED}三、收到和处理政府信息公开申请情况\n"
    )
    (grid,) = document.grids
    assert grid.layout is Layout.ROWS
    assert rows_of(grid) == [["第二十条第（一）项", "", "", ""], HEADER, *FULL]
    assert len(document.paragraphs) == 2


def test_a_lone_pipe_closes_the_cell_above_it_or_is_one(tmp_path):
    text = CLOSED.replace("行政规范性文件 |", "行政规范性文件\n|").replace("17 |\n", "|\n")
    rows = rows_of(read_text(tmp_path, text).grids[0])
    assert rows[-1][:3] == ["行政规范性文件", "3", "1"]


def test_a_pipe_more_at_the_end_is_no_blank_cell(tmp_path):
    """The tool leaves blank cells out and fills the row up: which cell was blank, nobody knows."""
    text = CLOSED.replace("规章 |\n0 |\n0 |\n0 |\n", "规章 |\n5 |\n6 |\n|\n")
    assert ["规章", "5", "6"] in rows_of(read_text(tmp_path, text).grids[0])
    row = "信息内容 | 制发 | 废止 | 有效 |\n第二十条第（一）项 | |||\n规章 | 5 | 6 | |\n文件 | 1 | 2 | 3 |\n"
    assert ["规章", "5", "6"] in rows_of(read_text(tmp_path, row).grids[0])


def test_pipes_at_the_end_are_blank_cells_where_others_are(tmp_path):
    text = "第二十条第（一）项 | |||\n信息内容 | 制发 | 废止 | 有效 |\n规章 | 5 | 6 | |\n文件 | | 2 | 3 |\n"
    assert rows_of(read_text(tmp_path, text).grids[0])[2:] == [
        ["规章", "5", "6", ""],
        ["文件", "", "2", "3"],
    ]


def test_a_blank_at_the_end_of_a_row_is_a_cell_where_it_looks_unlike_what_fills_rows_up(tmp_path):
    lines = CLOSED.replace("规章 |\n0 |\n0 |\n0 |\n", "规章 |\n5 |\n|\n|\n")
    assert ["规章", "5", "", ""] in rows_of(read_text(tmp_path, lines).grids[0])
    rows = "信息内容 | 制发 | 废止 | 有效 |\n第二十条第（一）项 | |||\n规章 | 5 | 6 |  |\n文件 | 1 | 2 | 3 |\n"
    assert ["规章", "5", "6", ""] in rows_of(read_text(tmp_path, rows).grids[0])


def test_a_pipe_that_opens_a_row_and_those_in_the_line_of_a_cell_are_no_cells(tmp_path):
    rows = [HEADER, ["规章", "", "5", ""], ["行政规范性文件", "3", "1", "17"]]
    text = "|\n第二十条第（一）项 | |||\n" + "".join(
        "|\n" + "".join(f" {cell} |\n" for cell in row) for row in rows
    )
    (grid,) = read_text(tmp_path, text).grids
    assert rows_of(grid) == [["第二十条第（一）项"], *rows]


def test_no_row_of_closed_cells_is_all_blank(tmp_path):
    """Rows of unlike lengths are no rows of two cells, however many of their cells are blank."""
    rows = [["总计"], HEADER]
    for n in range(1, 9):
        rows.append([*["不予公开"][: n in (1, 4)], f"{n}.国家秘密", *[""] * (5 + n % 3)])
    text = "".join(f"{cell}\n|\n" if cell else "|\n" for row in rows for cell in row)
    (grid,) = read_text(tmp_path, text).grids
    assert grid.layout is Layout.STREAM
    assert _texts(grid) == [cell for row in rows for cell in row]


def test_prose_and_headings_in_a_table_of_closed_cells_are_paragraphs(tmp_path):
    prose = "一、总体情况 |\n|||\n2022年，本镇公开信息12条。 |\n|||\n"
    document = read_text(tmp_path, prose + CLOSED)
    assert [p.text for p in document.paragraphs] == ["一、总体情况", "2022年，本镇公开信息12条。"]
    assert rows_of(document.grids[0])[-2:] == FULL


def _spans(grid):
    return [(cell.text, cell.row, cell.col, cell.rowspan, cell.colspan) for cell in grid.cells]


def test_words_in_every_place_of_a_merged_cell_are_one_cell(tmp_path):
    text = (
        "申请人\t申请人\t自然人\t法人\t法人\n申请人\t申请人\t自然人\t企业\t其他\n"
        "结果\t公开\t3\t3\t3\n结果\t不公开\t1\t2\t2\n"
    )
    (grid,) = read_text(tmp_path, text).grids
    assert grid.layout is Layout.RULED
    assert _spans(grid)[:3] == [
        ("申请人", 0, 0, 2, 2),
        ("自然人", 0, 2, 2, 1),
        ("法人", 0, 3, 1, 2),
    ]
    assert rows_of(grid)[2:] == [["结果", "公开", "3", "3", "3"], ["结果", "不公开", "1", "2", "2"]]


def test_figures_are_one_where_the_words_above_them_are(tmp_path):
    text = (
        "第八项\t第八项\t第八项\t第八项\n信息内容\t收费\t收费\t收费\n收费项目\t5\t5\t5\n"
        "信息内容\t制发\t废止\t有效\n规章\t2\t2\t2\n"
    )
    rows = rows_of(read_text(tmp_path, text).grids[0])
    assert rows[2] == ["收费项目", "5", "", ""]
    assert rows[4] == ["规章", "2", "2", "2"]


def test_columns_of_one_name_over_unlike_figures_are_two(tmp_path):
    rows = [
        ["信息内容", "信息内容", "本年制发件数", "本年制发件数", "现行有效件数"],
        ["规章", "规章", "0", "0", "3"],
        ["行政规范性文件", "行政规范性文件", "4", "1", "17"],
    ]
    text = "".join("\t".join(row) + "\n" for row in rows)
    (grid,) = read_text(tmp_path, text).grids
    assert [row[-3:] for row in rows_of(grid)] == [row[2:] for row in rows]


def test_what_a_tab_stands_before_is_a_paragraph_by_what_it_says(tmp_path):
    text = (
        "\t一、总体情况\n\t2022年，本镇主动公开信息214条。\n\t未收到申请。\n二、主动公开政府信息情况\n\n"
        "\t信息内容\n\t制发\n\t废止\n\n\t规章\n\t0\n\t0\n\n\t文件\n\t3\n\t1\n\n\t没有其他需要报告的事项。\n"
    )
    document = read_text(tmp_path, text)
    assert [p.text for p in document.paragraphs] == [
        "一、总体情况",
        "2022年，本镇主动公开信息214条。",
        "未收到申请。",
        "二、主动公开政府信息情况",
        "没有其他需要报告的事项。",
    ]
    assert rows_of(document.grids[0])[1:] == [["规章", "0", "0"], ["文件", "3", "1"]]


@pytest.mark.parametrize("empty", [0, 1])
def test_a_tab_before_every_line_tells_no_rows(tmp_path, empty):
    """Where no empty line stands between two rows, or one between all cells."""
    cells = [*CELLS, "第二十条第（五）项", "信息内容", "本年处理决定数量", "行政许可", "26"] * 2
    (grid,) = read_text(tmp_path, "".join(f"\t{cell}\n" + "\n" * empty for cell in cells)).grids
    assert grid.layout is Layout.STREAM
    assert _texts(grid) == cells


@pytest.mark.parametrize(
    ("text", "doubts"),
    [
        ("规章\t0\t0\n文件\t3\t12", (doubt.CUT_OFF,)),
        ("规章\t0\t0\n文件\t3\t", (doubt.CUT_OFF,)),
        ("规章\t0\t0\n文件\t3\t12\n", ()),
        ("| 规章 | 0 | 0 |\n| 文件 | 3 | 12 |", ()),
    ],
)
def test_a_figure_with_which_the_text_ends_may_go_on(tmp_path, text, doubts):
    *_, last = read_text(tmp_path, text).blocks
    assert isinstance(last, Grid)
    assert last.cells[-1].doubts == doubts


STATISTICS = """指标名称{0}单位{0}统计数
一、主动公开情况{0}/{0}/
主动公开政府信息数{0}条{0}318
制发规范性文件总数{0}件{0}5
政府公报公开数{0}条
"""


@pytest.mark.parametrize("wall", [" ", "  ", "      "])
def test_a_unit_stands_between_label_and_figure(tmp_path, wall):
    (grid,) = read_text(tmp_path, STATISTICS.format(wall) + f"网站公开数{wall}条{wall}290\n").grids
    assert rows_of(grid) == [
        ["指标名称", "单位", "统计数"],
        ["一、主动公开情况", "/", "/"],
        ["主动公开政府信息数", "条", "318"],
        ["制发规范性文件总数", "件", "5"],
        ["政府公报公开数", "条"],
        ["网站公开数", "条", "290"],
    ]


def test_many_lines_that_end_with_as_many_figures_are_rows(tmp_path):
    labels = ["一、新收", "二、结转", "（三）不予公开 1.国家秘密", "2.禁止公开", "3.重复申请"]
    text = "自然人 法人 总计\n企业 机构 其他\n" + "".join(
        f"{label} 1 2 0 0 3\n" for label in labels
    )
    (grid,) = read_text(tmp_path, text + "4.其他 1 2\n").grids
    assert rows_of(grid)[:3] == [
        ["自然人", "法人", "总计"],
        ["企业", "机构", "其他"],
        ["一、新收", "1", "2", "0", "0", "3"],
    ]
    assert rows_of(grid)[4] == ["（三）不予公开", "1.国家秘密", "1", "2", "0", "0", "3"]
    assert rows_of(grid)[-1] == ["4.其他 1 2"]


def test_the_corner_and_the_one_heading_run_together(tmp_path):
    text = "第二十条第（五）项\n信息内容本年处理决定数量\n行政许可 97\n第二十条第（六）项\n信息内容本年处理决定数量\n行政处罚 3\n行政强制 0\n"
    (grid,) = read_text(tmp_path, text).grids
    assert rows_of(grid) == [
        ["信息内容", "本年处理决定数量"],
        ["行政许可", "97"],
        ["第二十条第（六）项"],
        ["信息内容", "本年处理决定数量"],
        ["行政处罚", "3"],
        ["行政强制", "0"],
    ]


def test_cells_that_a_pipe_below_them_ends_are_cells_of_no_told_row(tmp_path):
    cells = [
        "第二十条第（一）项",
        *CELLS,
        "第二十条第（五）项",
        "信息内容",
        "本年处理\n决定数量",
        "行政许可",
        "26",
    ]
    text = "二、主动公开政府信息情况\n" + "".join(f"{cell}\n|\n" for cell in cells)
    (grid,) = read_text(tmp_path, text).grids
    assert grid.layout is Layout.STREAM
    assert _texts(grid) == cells


def test_words_behind_the_heading_of_units_are_one_where_one_figure_stands_behind_units(tmp_path):
    rows = ["（一）主动公开政府信息数 条 7", "2 .传真 申请数 件 0", "（三）培训人数 人次 31"]
    text = "\n".join(["统 计指标 单位 统 计数", *rows[:1], "二、 回应解读情况", *rows[1:]]) + "\n"
    (grid,) = read_text(tmp_path, text).grids
    assert rows_of(grid) == [
        ["统 计指标", "单位", "统 计数"],
        ["（一）主动公开政府信息数", "条", "7"],
        ["二、 回应解读情况"],
        ["2.传真 申请数", "件", "0"],
        ["（三）培训人数", "人次", "31"],
    ]
