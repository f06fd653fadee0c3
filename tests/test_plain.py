"""Text files: three layouts of tables, and prose around them."""

import pytest

from pipeline import doubt
from pipeline.model import Grid, Layout, Paragraph
from pipeline.text import parse_value
from tests.small_reports import read_text, rows_of


def test_tab_led_cells_make_rows_at_empty_lines(tmp_path):
    text = "二、标题\n\n\t信息内容\n\t本年新\n制作数量\n\n\t规章\n\t0 \n\n\t规范性文件\n\t\n\n\n三、其后\n"
    document = read_text(tmp_path, text)
    assert [type(block) for block in document.blocks] == [Paragraph, Grid, Paragraph]
    (grid,) = document.grids
    assert grid.layout is Layout.ROWS
    assert rows_of(grid) == [["信息内容", "本年新\n制作数量"], ["规章", "0"], ["规范性文件", ""]]
    assert next(iter(grid.cells)).where == "line 3"


def test_a_blank_cell_does_not_go_on_in_the_next_line(tmp_path):
    """A line between the cells is a page's number as likely as not: it must not look like theirs."""
    document = read_text(tmp_path, "\t规章\n\t1\n\t\n4\n\t3\n\n\t规范性文件\n\t5\n\t6\n\t7\n")
    assert rows_of(document.grids[0]) == [
        ["规章", "1", "", "4", "3"],
        ["规范性文件", "5", "6", "7"],
    ]


def test_pipes_keep_empty_cells_and_drop_the_rule(tmp_path):
    document = read_text(tmp_path, "| 甲 | 乙 |\n|---|---|\n| 1 | |\n|  | 2 |\n", "report.md")
    assert rows_of(document.grids[0]) == [["甲", "乙"], ["1", ""], ["", "2"]]


def test_dashes_are_values_where_no_rule_can_be(tmp_path):
    text = "| 甲 | 乙 |\n|-|-|\n| - | - |\n| —— | —— |\n|  |  |\n|:--|---|\n"
    document = read_text(tmp_path, text, "report.md")
    assert rows_of(document.grids[0])[1:] == [["-", "-"], ["——", "——"], ["", ""]]


def test_two_columns_parted_by_one_pipe(tmp_path):
    document = read_text(
        tmp_path, "首页|公开\n第二十条第（五）项\n信息内容|本年处理决定数量\n行政许可|12\n其他|\n"
    )
    assert [p.text for p in document.paragraphs] == ["首页|公开", "第二十条第（五）项"]
    assert rows_of(document.grids[0]) == [
        ["信息内容", "本年处理决定数量"],
        ["行政许可", "12"],
        ["其他", ""],
    ]


def test_a_block_of_the_form_is_a_table_however_short(tmp_path):
    text = "我镇无其他事项。\n第二十条第（五）项\n信息内容\n本年处理决定数量\n行政许可\n965\n以上为全年数。\n"
    document = read_text(tmp_path, text)
    (grid,) = document.grids
    assert grid.layout is Layout.STREAM
    assert [cell.text for cell in grid.cells][-2:] == ["行政许可", "965"]
    assert len(document.paragraphs) == 2


def test_one_cell_a_line_keeps_blank_lines_as_cells(tmp_path):
    lines = [
        "二、主动公开政府信息情况",
        "规章",
        "1",
        "",
        "3",
        "规范性文件",
        "",
        "5",
        "6",
        "三、收到和处理政府信息公开申请情况",
    ]
    document = read_text(tmp_path, "\n".join(lines))
    (grid,) = document.grids
    assert grid.layout is Layout.STREAM
    assert [cell.text for cell in grid.cells] == lines[1:-1]
    assert [p.text for p in document.paragraphs] == [lines[0], lines[-1]]


def test_prose_stays_prose(tmp_path):
    text = "示例县甲镇2021年政府信息公开工作年度报告\n\n　　一年来，主动公开信息12条。\n收到申请3件。\n"
    document = read_text(tmp_path, text)
    assert document.grids == ()
    assert [p.text for p in document.paragraphs] == [
        "示例县甲镇2021年政府信息公开工作年度报告",
        "一年来，主动公开信息12条。",
        "收到申请3件。",
    ]
    assert document.paragraphs[1].where == "line 3"


def test_markup_of_markdown_is_no_text(tmp_path):
    text = "# 甲镇2021年报告 #\n**一、总体情况**\n**2021年**，公开**3**条。\n| **总计** | 2 |\n|---|---|\n"
    document = read_text(tmp_path, text, "report.md")
    assert [p.text for p in document.paragraphs] == [
        "甲镇2021年报告",
        "一、总体情况",
        "2021年，公开3条。",
    ]
    assert rows_of(document.grids[0]) == [["总计", "2"]]


@pytest.mark.parametrize(
    ("printed", "text"),
    [
        ("**8**", "8"),
        ("*8*", "8"),
        ("__8__", "8"),
        ("`8`", "8"),
        ("~~5~~ 8", "8"),
        ("8[^1]", "8[1]"),
        ("8<sup>1</sup>", "8[1]"),
        ("8*", "8*"),
        ("\\-8", "-8"),
        ("&nbsp;", ""),
        ("3<br>4", "3\n4"),
        ("本年增\\减", "本年增\\减"),
        ("[8](http://a)", "8"),
        ('[8](/a.html "名单")', "8"),
        ("8[1](#a)", "8[1]"),
        ("![8](a.png)", "\ufffc"),
        ("\\[8\\](a)", "[8](a)"),
        ("（8）", "（8）"),
    ],
)
def test_markup_in_cells_of_markdown(tmp_path, printed, text):
    document = read_text(tmp_path, f"| 甲 | 乙* |\n|---|---|\n| 丙 | {printed} |\n", "report.md")
    assert rows_of(document.grids[0]) == [["甲", "乙*"], ["丙", text]]


def test_a_text_file_keeps_its_hashes_and_stars(tmp_path):
    document = read_text(tmp_path, "# 甲镇\n**注** 公开3条。\n")
    assert [p.text for p in document.paragraphs] == ["# 甲镇", "**注** 公开3条。"]


def test_tabs_typed_twice_are_one_wall(tmp_path):
    text = "信息内容\t\t本年制发件数\t\t本年废止件数\n规章\t\t3\t\t\n文件\t\t\t\t5\n"
    assert rows_of(read_text(tmp_path, text).grids[0])[1:] == [["规章", "3", ""], ["文件", "", "5"]]
    text = "信息内容\t本年制发件数\t本年废止件数\n规章\t\t3\n"
    assert rows_of(read_text(tmp_path, text).grids[0])[1:] == [["规章", "", "3"]]


ALIGNED = """第二十条第（一）项
信息内容          本年制发件数  本年废止件数  现行有效件数
规章                        10             4            35
行政规范性文件              38            33             6
"""


def test_cells_parted_by_runs_of_spaces(tmp_path):
    (grid,) = read_text(tmp_path, ALIGNED).grids
    assert grid.layout is Layout.ROWS
    assert rows_of(grid) == [
        ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"],
        ["规章", "10", "4", "35"],
        ["行政规范性文件", "38", "33", "6"],
    ]
    assert grid.cells[4].where == "line 3"


# As printed by a program that counts a Chinese character as two columns, and as one.
WIDE = """项目            自然人  企业  总计
规章                 3     4     7
行政许可            12           12
总  计              15     4    19
其他                              5
"""
NARROW = """项目        自然人   企业   总计
规章             3      4      7
行政许可        12            12
总  计          15      4     19
其他                           5
"""


@pytest.mark.parametrize("text", [WIDE, NARROW])
def test_a_blank_among_aligned_figures_is_a_cell(tmp_path, text):
    (grid,) = read_text(tmp_path, text).grids
    assert rows_of(grid)[1:] == [
        ["规章", "3", "4", "7"],
        ["行政许可", "12", "", "12"],
        ["总 计", "15", "4", "19"],
        ["其他", "", "", "5"],
    ]


@pytest.mark.parametrize(
    "text",
    [
        "项目  自然人  企业  总计\n规章  3  4  7\n行政许可  12  12\n总计  15  4  19\n",
        "项目    自然人    企业    总计\n规章    3    4    7\n许可    12    12\n总计    15    4    19\n",
        "项目      自然人  企业  总计\n规章  1  2\n行政许可    12  12\n规范性文件   15  4   19\n",
    ],
)
def test_where_a_blank_is_not_told_the_row_stays_whole(tmp_path, text):
    (grid,) = read_text(tmp_path, text).grids
    short = [row for row in rows_of(grid) if "许可" in row[0]]
    assert short in ([["行政许可 12 12"]], [["许可 12 12"]])


# No row has a figure in each column: that its figures begin where words of the header do tells all.
UNDER_WORDS = """项目                                        自然人  法人                    总计
                                                    企业    机构    其他
一、本年新收                                1                               1
三、结果    （一）予以公开                                  12              12
            （二）不予公开  1.国家秘密
                            2.信访举报      3                       3       6
（七）总计
"""


def test_figures_that_begin_under_words_tell_blanks_and_blank_rows(tmp_path):
    (grid,) = read_text(tmp_path, UNDER_WORDS).grids
    assert rows_of(grid)[2:] == [
        ["一、本年新收", "1", "", "", "", "1"],
        ["三、结果", "（一）予以公开", "", "", "12", "", "12"],
        ["（二）不予公开", "1.国家秘密", "", "", "", "", ""],
        ["2.信访举报", "3", "", "", "3", "6"],
        ["（七）总计", "", "", "", "", ""],
    ]
    cut = read_text(tmp_path, UNDER_WORDS.rstrip("\n")).grids[0]
    assert rows_of(cut)[-1] == ["（七）总计"]


def test_a_label_of_two_lines_has_no_blanks_in_its_first(tmp_path):
    figures = UNDER_WORDS.splitlines()[5].partition("举报")[2]
    text = UNDER_WORDS.replace(f"举报{figures}", f"\n举报{' ' * 34}{figures}")
    assert ["2.信访"] in rows_of(read_text(tmp_path, text).grids[0])


def test_two_labels_and_a_figure_too_few_are_no_row(tmp_path):
    text = "项目  自然人  企业  总计\n（三）不予公开  1.国家秘密  3  7\n2.三类内部事务  4  7\n"
    (grid,) = read_text(tmp_path, text).grids
    assert rows_of(grid)[1:] == [["（三）不予公开 1.国家秘密 3 7"], ["2.三类内部事务", "4", "7"]]


@pytest.mark.parametrize("wall", [" ", "    "])
def test_single_characters_beside_words_may_be_the_ends_of_headings(tmp_path, wall):
    lines = [["业", "构", "益组织", "总", "计"]]
    lines += [[f"{n}.国家秘密", "3", "0", "12", "15"] for n in range(1, 6)]
    (grid,) = read_text(tmp_path, "\n".join(map(wall.join, lines)) + "\n").grids
    assert rows_of(grid)[0] == ["业", "构", "益组织", "总 计"]


def test_a_row_behind_whose_unit_figures_are_missing_shows_its_label_and_what_it_has(tmp_path):
    lines = [["指标名称", "计量单位", "代码", "本年度", "历年累计"]]
    lines += [
        ["公开数", "条", "1", "514", "550"],
        ["申请数", "条", "2", "9"],
        ["答复数", "条", "3"],
    ]
    (grid,) = read_text(tmp_path, "\n".join(map("    ".join, lines)) + "\n").grids
    assert rows_of(grid) == lines


def test_figures_among_words_leave_a_row_whole(tmp_path):
    text = "项目  自然人  企业  总计\n规章  3  4  7\n行政许可  5  6  见注\n其他  见注  5  6\n"
    (grid,) = read_text(tmp_path, text).grids
    assert rows_of(grid)[2:] == [["行政许可 5 6 见注"], ["其他 见注 5 6"]]


def test_a_list_of_contents_and_a_letterhead_are_prose(tmp_path):
    text = "目  录\n一、总体情况    1\n二、主动公开    2\n三、依申请公开    5\n四、其他    6\n"
    assert read_text(tmp_path, text).grids == ()
    text = "示例县  甲镇\n电话：0571-1234  传真：0571-5678\n第 1 页  共 3 页\n"
    assert read_text(tmp_path, text).grids == ()


def test_prose_around_an_aligned_table_stays(tmp_path):
    document = read_text(tmp_path, f"甲镇年度报告\n\n公开信息12条。\n{ALIGNED}本表为全年数\n")
    assert [p.text for p in document.paragraphs] == [
        "甲镇年度报告",
        "公开信息12条。",
        "第二十条第（一）项",
        "本表为全年数",
    ]


BROKEN = "信息内容\t本年制发件数\t现行有效件数\n规章\t0\t0\n文件\t1\t{}\n信息内容\t本年处理决定数量\n许可\t3\n"


@pytest.mark.parametrize(
    ("printed", "cell", "pages"),
    [
        ("1\n8", "1\n8", []),
        ("9\n.5", "9\n.5", []),
        ("1\n,204", "1\n,204", []),
        ("1\n- 3 -\n8", "1\n8", ["- 3 -"]),
        ("1\n\n— 3 —\n\n8", "1\n8", ["— 3 —"]),
        ("1\n第3页\n8", "1\n8", ["第3页"]),
    ],
)
def test_a_lone_figure_below_a_row_stays_with_its_last_figure(tmp_path, printed, cell, pages):
    document = read_text(tmp_path, BROKEN.format(printed))
    assert [p.text for p in document.paragraphs] == pages
    found = [row for grid in document.grids for row in rows_of(grid)]
    assert ["文件", "1", cell] in found
    assert found[-1] == ["许可", "3"]
    assert doubt.SPLIT_DIGITS in parse_value(cell).doubts


@pytest.mark.parametrize("wall", ["|", "  "])
def test_a_lone_figure_below_a_row_of_pipes_or_spaces_is_never_lost(tmp_path, wall):
    document = read_text(tmp_path, BROKEN.format("25\n56").replace("\t", wall))
    (row,) = [row for grid in document.grids for row in rows_of(grid) if row[0] == "文件"]
    assert row[:2] == ["文件", "1"]
    assert parse_value(row[2]).value == 2556
    assert doubt.SPLIT_DIGITS in parse_value(row[2]).doubts
    assert document.paragraphs == ()


def test_a_lone_figure_below_a_0_is_the_number_of_a_page(tmp_path):
    document = read_text(tmp_path, BROKEN.format("0\n8"))
    assert [p.text for p in document.paragraphs] == ["8"]
    assert rows_of(document.grids[0])[-1] == ["文件", "1", "0"]


def test_a_row_of_figures_below_a_row_is_a_row(tmp_path):
    document = read_text(tmp_path, BROKEN.format("1\n2\t3"))
    assert rows_of(document.grids[0])[2:4] == [["文件", "1", "1"], ["2", "3"]]


@pytest.mark.parametrize("between", ["\n3\n", "第3页", "3件", "- 3 -"])
def test_what_need_not_be_the_rest_of_a_figure_is_none(tmp_path, between):
    document = read_text(tmp_path, BROKEN.format(f"1\n{between}"))
    found = [row for grid in document.grids for row in rows_of(grid)]
    assert ["文件", "1", "1"] in found
    assert [p.text for p in document.paragraphs] == [between.strip()]


SPACED = """第二十条 第（一）项
信息内容 本年制发件数 本年废止件数 现行有效件数
规章 0 / 0
行政规范性文件 1 2 8
第二十条 第（五）项
信息内容 本年处理决定数量
行政许可 12
行政 处罚 5
"""


def test_words_and_figures_parted_by_single_spaces_under_as_many_words(tmp_path):
    document = read_text(tmp_path, f"公开信息12条。\n{SPACED}以上 为全年\n")
    (grid,) = document.grids
    assert grid.layout is Layout.ROWS
    assert rows_of(grid) == [
        ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"],
        ["规章", "0", "/", "0"],
        ["行政规范性文件", "1", "2", "8"],
        ["第二十条 第（五）项"],
        ["信息内容", "本年处理决定数量"],
        ["行政许可", "12"],
        ["行政 处罚", "5"],
    ]
    assert grid.cells[4].where == "line 4"
    ends = [p.text for p in document.paragraphs]
    assert ends == ["公开信息12条。", "第二十条 第（一）项", "以上 为全年"]


@pytest.mark.parametrize(
    "text",
    [
        "电话 传真\n示例 0571\n地址 邮编\n甲镇 3100\n",
        "规章 0 0 0\n文件 1 2 8\n",
    ],
)
def test_single_spaces_prove_no_table_without_a_header_of_as_many_words(tmp_path, text):
    assert read_text(tmp_path, text).grids == ()


def test_below_the_words_of_a_form_a_line_with_too_few_figures_stays_whole(tmp_path):
    (grid,) = read_text(tmp_path, "信息内容 制发件数 废止件数\n规章 0\n文件 1\n许可 3\n").grids
    assert rows_of(grid) == [
        ["信息内容", "制发件数", "废止件数"],
        ["规章 0"],
        ["文件 1"],
        ["许可 3"],
    ]
