"""Text files: three layouts of tables, and prose around them."""

from pipeline.model import Grid, Layout, Paragraph
from pipeline.readers import read


def _read(tmp_path, text, name="report.txt"):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return read(path, name)


def _rows(grid):
    return [[cell.text for cell in row] for row in grid.rows()]


def test_tab_led_cells_make_rows_at_empty_lines(tmp_path):
    text = "二、标题\n\n\t信息内容\n\t本年新\n制作数量\n\n\t规章\n\t0 \n\n\t规范性文件\n\t\n\n\n三、其后\n"
    document = _read(tmp_path, text)
    assert [type(block) for block in document.blocks] == [Paragraph, Grid, Paragraph]
    (grid,) = document.grids
    assert grid.layout is Layout.ROWS
    assert _rows(grid) == [["信息内容", "本年新\n制作数量"], ["规章", "0"], ["规范性文件", ""]]
    assert next(iter(grid.cells)).where == "line 3"


def test_pipes_keep_empty_cells_and_drop_the_rule(tmp_path):
    document = _read(tmp_path, "| 甲 | 乙 |\n|---|---|\n| 1 | |\n|  | 2 |\n", "report.md")
    assert _rows(document.grids[0]) == [["甲", "乙"], ["1", ""], ["", "2"]]


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
    document = _read(tmp_path, "\n".join(lines))
    (grid,) = document.grids
    assert grid.layout is Layout.STREAM
    assert [cell.text for cell in grid.cells] == lines[1:-1]
    assert [p.text for p in document.paragraphs] == [lines[0], lines[-1]]


def test_prose_stays_prose(tmp_path):
    text = "示例县甲镇2021年政府信息公开工作年度报告\n\n　　一年来，主动公开信息12条。\n收到申请3件。\n"
    document = _read(tmp_path, text)
    assert document.grids == ()
    assert [p.text for p in document.paragraphs] == [
        "示例县甲镇2021年政府信息公开工作年度报告",
        "一年来，主动公开信息12条。",
        "收到申请3件。",
    ]
    assert document.paragraphs[1].where == "line 3"


def test_markup_of_markdown_is_no_text(tmp_path):
    text = "# 甲镇2021年报告 #\n**一、总体情况**\n**2021年**，公开**3**条。\n| **总计** | 2 |\n|---|---|\n"
    document = _read(tmp_path, text, "report.md")
    assert [p.text for p in document.paragraphs] == [
        "甲镇2021年报告",
        "一、总体情况",
        "2021年，公开**3**条。",
    ]
    assert _rows(document.grids[0]) == [["**总计**", "2"]]


def test_a_text_file_keeps_its_hashes_and_stars(tmp_path):
    document = _read(tmp_path, "# 甲镇\n**注** 公开3条。\n")
    assert [p.text for p in document.paragraphs] == ["# 甲镇", "**注** 公开3条。"]
