"""A table that could not be read is never passed over in silence."""

from __future__ import annotations

import pytest

from pipeline.doubt import Severity
from pipeline.extract import interpret
from pipeline.model import Cell, Document, Finding, Grid, Layout, Paragraph

TITLE = "示例县云岫镇2022年政府信息公开工作年度报告"
OPENING = (TITLE, "一、总体情况", "2022年，我镇公开信息86条，收到申请2件。")
SECOND = "二、主动公开政府信息情况"
DISCLOSURE = (
    "信息内容 本年制发件数 本年废止件数 现行有效件数",
    "规章 0 0 0",
    "行政规范性文件 3 1 8",
    "信息内容 本年处理决定数量",
    "行政许可 12",
    "行政处罚 5",
    "行政强制 0",
    "信息内容 本年收费金额（单位：万元）",
    "行政事业性收费 0",
)
DISPUTES = "结果维持 结果纠正 其他结果 尚未审结 总计 " * 3


def _findings(*blocks: str | Grid) -> list[Finding]:
    made = tuple(
        Paragraph(block, f"line {n}") if isinstance(block, str) else block
        for n, block in enumerate(blocks, 1)
    )
    (report,) = interpret(Document("a.txt", "txt", made))
    return [f for f in report.findings if f.check in ("read_lost_table", "read_no_tables")]


def _grid(*rows: str) -> Grid:
    texts = [row.split(" ") for row in rows]
    cells = (
        Cell(text, row, col, where=f"table 1 row {row} col {col}")
        for row, line in enumerate(texts)
        for col, text in enumerate(line)
    )
    return Grid(tuple(cells), Layout.RULED, "table 1")


def test_a_table_that_stands_in_the_text_is_named_with_its_place() -> None:
    (finding,) = _findings(*OPENING, SECOND, *DISCLOSURE)
    assert (finding.check, finding.severity) == ("read_lost_table", Severity.WARNING)
    assert "“本年制发件数”" in finding.message
    assert "from line 5 to line 13" in finding.message
    assert finding.where == "line 5"


def test_labels_and_figures_each_in_a_paragraph_are_a_lost_table() -> None:
    words = [word for line in DISCLOSURE for word in line.split()]
    assert [f.severity for f in _findings(*OPENING, SECOND, *words)] == [Severity.WARNING]


def test_labels_that_have_run_together_are_a_lost_table() -> None:
    words = [line.replace(" ", "", 1) for line in DISCLOSURE]
    assert [f.severity for f in _findings(*OPENING, SECOND, *words)] == [Severity.WARNING]


@pytest.mark.parametrize("figures", ["3起 12宗 2人次", "1,234 0 5亿元", "3期 5批次 8条次"])
def test_figures_with_any_unit_make_a_row_of_a_lost_table(figures: str) -> None:
    (finding,) = _findings(*OPENING, SECOND, f"行政规范性文件 {figures}")
    assert "“行政规范性文件”" in finding.message


def test_one_table_read_and_another_lost() -> None:
    head = "信息内容 本年制发件数 本年废止件数 现行有效件数"
    grid = _grid(head, "规章 0 0 0", "行政规范性文件 3 1 8")
    heads = "行政复议 行政诉讼", "未经复议直接起诉 复议后起诉", DISPUTES
    (finding,) = _findings(*OPENING, SECOND, grid, "四、复议、诉讼情况", *heads, "0 " * 15)
    assert "table disputes" in finding.message


def test_a_small_table_lost_below_one_that_was_read() -> None:
    head = "信息内容 本年制发件数 本年废止件数 现行有效件数"
    grid = _grid(head, "规章 0 0 0", "行政规范性文件 3 1 8")
    (finding,) = _findings(*OPENING, SECOND, grid, "信息内容|本年处理决定数量", "行政许可|12")
    assert "“行政许可”" in finding.message


def test_bare_figures_under_a_heading_of_the_form_are_a_lost_table() -> None:
    figures = ["1 0 0 0 1", "0 0 0 0 0"]
    (finding,) = _findings(*OPENING, "四、政府信息公开行政复议、行政诉讼情况", *figures)
    assert finding.severity is Severity.WARNING
    assert "四、政府信息公开行政复议、行政诉讼情况" in finding.message


def test_a_blank_table_that_was_not_read_is_a_lost_table() -> None:
    labels = ["结果维持", "结果纠正", "其他结果", "尚未审结", "未经复议直接起诉", "复议后起诉"]
    assert [f.severity for f in _findings(*OPENING, *labels)] == [Severity.WARNING]


@pytest.mark.parametrize(
    "prose",
    [
        ("二、主动公开政府信息情况", "公开规范性文件3件，办理行政许可12件、行政处罚5件。"),
        ("行政规范性文件", "行政许可", "行政处罚", "行政强制", "行政事业性收费", "政府集中采购"),
        ("三、申请情况", "属于国家秘密、重复申请、属于行政查询事项、要求提供公开出版物的都是0件。"),
        ("三、申请情况", "予以公开：1件", "部分公开：0件", "不予公开：0件", "总计：1件"),
        ("二、主动公开情况", "（一）网站公开情况", "1", "（二）公众号公开情况", "2", "3"),
    ],
)
def test_a_report_without_tables_only_says_so(prose: tuple[str, ...]) -> None:
    (finding,) = _findings(*OPENING, *prose)
    assert (finding.check, finding.severity) == ("read_no_tables", Severity.INFO)


@pytest.mark.parametrize(
    "last",
    [
        ("主动公开信息数 条 210 1229",),
        ("主动公开信息数", "条", "210"),
        ("主动公开信息数    条",),
    ],
)
def test_a_text_that_ends_in_the_first_row_of_a_table_has_lost_it(last: tuple[str, ...]) -> None:
    (finding,) = _findings(*OPENING, "指标名称 计量单位 本期实际 本年累计", *last)
    assert (finding.check, finding.severity) == ("read_lost_table", Severity.WARNING)
    assert "主动公开信息数" in finding.message


def test_a_row_without_a_cell_in_a_table_that_was_read_is_named() -> None:
    statistics = _grid("指标名称 计量单位 本期实际", "主动公开信息数 条 23", "申请总数 条 2")
    assert _findings(*OPENING, "附表", statistics) == []
    (finding,) = _findings(*OPENING, "附表", statistics, "行政复议数    件", "行政诉讼数    件")
    assert "statistics_2008" in finding.message
    assert "“行政复议数”, “行政诉讼数”" in finding.message
