"""Web pages: what stands where."""

from __future__ import annotations

import csv
from dataclasses import astuple
from pathlib import Path

import pytest

from pipeline.errors import UnreadableDocument
from pipeline.model import Document, Grid
from pipeline.readers.web import read

SHANGHAI = Path(__file__).parents[2] / "shared/real/shanghai_office2019"
PROSE = (
    "本年度共受理政府信息公开申请十二件，全部在法定期限内答复，没有因答复不当引起的行政复议和行政诉讼。"
    "下一步将继续完善依申请公开的登记、审核、办理、答复和归档制度，提高答复的规范化水平。"
)


def page(tmp_path: Path, body: str, head: str = "") -> Document:
    path = tmp_path / "page.html"
    path.write_text(f"<html><head>{head}</head><body>{body}</body></html>", encoding="utf-8")
    return read(path, "page.html")


def table(tmp_path: Path, rows: str) -> Grid:
    (grid,) = page(tmp_path, f"<table>{rows}</table>").grids
    return grid


def texts(grid: Grid) -> list[list[str]]:
    return [[cell.text for cell in row] for row in grid.rows()]


def spans(grid: Grid) -> dict[str, tuple[int, int, int, int]]:
    return {cell.text: (cell.row, cell.col, cell.rowspan, cell.colspan) for cell in grid.cells}


def prose(document: Document) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs]


def test_header_and_body_with_different_spans_keep_their_columns(tmp_path: Path) -> None:
    grid = table(
        tmp_path,
        "<tr><th>信息内容</th><th>上一年</th><th colspan=2>增/减</th><th>决定</th></tr>"
        "<tr><td>行政许可</td><td colspan=2>1</td><td>2</td><td>3</td></tr>",
    )
    assert spans(grid) == {
        "信息内容": (0, 0, 1, 1),
        "上一年": (0, 1, 1, 1),
        "增/减": (0, 2, 1, 2),
        "决定": (0, 4, 1, 1),
        "行政许可": (1, 0, 1, 1),
        "1": (1, 1, 1, 2),
        "2": (1, 3, 1, 1),
        "3": (1, 4, 1, 1),
    }


def test_a_cell_merged_downwards_crosses_its_rows(tmp_path: Path) -> None:
    grid = table(
        tmp_path,
        "<tr><td rowspan=2>（四）无法提供</td><td>1.不掌握</td><td>7</td></tr>"
        "<tr><td>2.另行制作</td><td>&nbsp;</td></tr>"
        "<tr><td colspan=2>总计</td><td>7</td></tr>",
    )
    assert texts(grid) == [
        ["（四）无法提供", "1.不掌握", "7"],
        ["（四）无法提供", "2.另行制作", ""],
        ["总计", "7"],
    ]


def test_rowspan_0_and_too_large_end_with_their_row_group(tmp_path: Path) -> None:
    grid = table(
        tmp_path,
        "<tbody><tr><td rowspan=0>甲</td><td rowspan=99>乙</td><td>1</td></tr>"
        "<tr><td>2</td></tr></tbody>"
        "<tbody><tr><td>丙</td><td>丁</td><td>3</td></tr></tbody>",
    )
    assert spans(grid)["甲"] == (0, 0, 2, 1)
    assert spans(grid)["乙"] == (0, 1, 2, 1)
    assert spans(grid)["丙"] == (2, 0, 1, 1)


@pytest.mark.parametrize(
    ("attribute", "width"),
    [("2", 2), (" +2px", 2), ("0", 1), ("-2", 1), ("两", 1), ("", 1), ("5000", 3)],
)
def test_spans_are_read_as_browsers_read_them(tmp_path: Path, attribute: str, width: int) -> None:
    grid = table(
        tmp_path,
        f"<tr><td colspan='{attribute}'>宽</td></tr><tr><td>1</td><td>2</td><td>3</td></tr>",
    )
    assert spans(grid)["宽"] == (0, 0, 1, width)


def test_overlapping_cells_both_stand_where_browsers_put_them(tmp_path: Path) -> None:
    grid = table(
        tmp_path,
        "<tr><td>a</td><td rowspan=2>b</td><td>c</td></tr><tr><td colspan=2>d</td><td>e</td></tr>",
    )
    assert spans(grid)["b"] == (0, 1, 2, 1)
    assert spans(grid)["d"] == (1, 0, 1, 2)
    assert spans(grid)["e"] == (1, 2, 1, 1)


def test_the_foot_of_a_table_is_read_last_and_empty_rows_do_not_count(tmp_path: Path) -> None:
    grid = table(
        tmp_path,
        "<tfoot><tr><td>总计</td><td>3</td></tr></tfoot>"
        "<tr><td rowspan=3>甲</td><td>1</td></tr><tr></tr><tr><td>2</td></tr>",
    )
    assert texts(grid) == [["甲", "1"], ["甲", "2"], ["总计", "3"]]
    assert spans(grid)["甲"] == (0, 0, 2, 1)


def test_unclosed_tags_and_a_form_between_table_and_row(tmp_path: Path) -> None:
    grid = table(tmp_path, "<form><tr><td>规章<td>1<tr><td>规范性文件<td>2</form>")
    assert texts(grid) == [["规章", "1"], ["规范性文件", "2"]]


def test_lines_inside_a_cell(tmp_path: Path) -> None:
    grid = table(
        tmp_path,
        "<tr><td><p>本年新<br />制作数量</p></td><td><p>21</p><p>8</p></td>"
        "<td> &nbsp;　</td><td>重\n 新 出具</td><td>1<span>2</span></td></tr>",
    )
    assert texts(grid) == [["本年新\n制作数量", "21\n8", "", "重新 出具", "12"]]


def test_where_leads_back_to_the_cell(tmp_path: Path) -> None:
    document = page(
        tmp_path,
        "<p>一</p><table><tr><td>a</td><td>b</td></tr></table><p> </p><p>二</p>"
        "<table><tr><td rowspan=2>c</td><td>d</td></tr><tr><td>e</td></tr></table>",
    )
    first, second = document.grids
    assert (first.where, second.where) == ("table 1", "table 2")
    assert astuple(second.cells[-1]) == ("e", 1, 1, 1, 1, "table 2 row 2 col 2", ())
    assert [(p.text, p.where) for p in document.paragraphs] == [
        ("一", "paragraph 1"),
        ("二", "paragraph 2"),
    ]
    assert [getattr(block, "where", "") for block in document.blocks] == [
        "paragraph 1",
        "table 1",
        "paragraph 2",
        "table 2",
    ]


def test_layout_tables_are_read_through(tmp_path: Path) -> None:
    inner = "<table><tr><td>规章</td><td>1</td></tr><tr><td>规范性文件</td><td>2</td></tr></table>"
    document = page(
        tmp_path,
        "<table><tr><td>首页</td><td>示例县人民政府</td></tr><tr><td></td><td>"
        f"<table><tr><td><p>一、总体情况</p><p>无。</p>{inner}<p>三、申请</p></td></tr></table>"
        "</td></tr></table>",
    )
    assert prose(document) == [
        "首页",
        "示例县人民政府",
        "一、总体情况",
        "无。",
        "三、申请",
    ]
    (grid,) = document.grids
    assert texts(grid) == [["规章", "1"], ["规范性文件", "2"]]
    assert grid.cells[0].where == "table 1 row 1 col 1"


def test_a_boxed_value_stays_in_its_cell(tmp_path: Path) -> None:
    grid = table(
        tmp_path,
        "<tr><td>规章</td><td><table><tr><td>13</td></tr></table></td></tr>"
        "<tr><td>规范性文件</td><td>60</td></tr>",
    )
    assert texts(grid) == [["规章", "13"], ["规范性文件", "60"]]


def test_a_whole_report_in_one_table(tmp_path: Path) -> None:
    document = page(
        tmp_path,
        "<table><tr><td colspan=3>示例镇2022年政府信息公开工作年度报告</td></tr>"
        f"<tr><td colspan=3>{PROSE}</td></tr>"
        "<tr><td colspan=3>第二十条第（一）项</td></tr>"
        "<tr><td>规章</td><td>1</td><td>2</td></tr>"
        f"<tr><td colspan=3><p>{PROSE}</p><p>五、存在的问题</p></td></tr>"
        "<tr><td colspan=3>无。</td></tr></table>",
    )
    assert prose(document) == [
        "示例镇2022年政府信息公开工作年度报告",
        PROSE,
        PROSE,
        "五、存在的问题",
        "无。",
    ]
    (grid,) = document.grids
    assert texts(grid) == [["第二十条第（一）项"], ["规章", "1", "2"]]
    assert grid.cells[1].where == "table 1 row 2 col 1"


def test_a_long_note_beside_figures_is_a_cell(tmp_path: Path) -> None:
    grid = table(
        tmp_path, f"<tr><td>{PROSE * 3}</td><td>5</td></tr><tr><td>总计</td><td>5</td></tr>"
    )
    assert texts(grid) == [[PROSE * 3, "5"], ["总计", "5"]]


def test_what_a_reader_cannot_see_is_not_read(tmp_path: Path) -> None:
    document = page(
        tmp_path,
        "<style>p{}</style><script>document.write('x')</script><noscript>开启脚本</noscript>"
        "<nav><ul><li>首页</li></ul></nav><!--[if gte mso 9]><xml>w</xml><![endif]-->"
        "<p style='color:red; DISPLAY: none'>隐</p><div hidden>藏</div>"
        "<p>受理<!-- 注 -->申请<![if !supportEmptyParas]>12<![endif]>件<o:p></o:p></p>"
        "<table><tr><td>规章</td><td style='display:none'>9</td><td>1</td></tr>"
        "<tr style='display:none'><td>旧</td><td>8</td></tr>"
        "<tr><td>文件</td><td><s>3</s>2</td></tr></table>",
    )
    assert prose(document) == ["受理申请12件"]
    assert texts(document.grids[0]) == [["规章", "1"], ["文件", "2"]]


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("13<sup>1</sup>", "13[1]"),
        ("13<sup>（1）</sup>", "13[（1）]"),
        ("13<sup>[1]</sup>", "13[1]"),
        ("13<sub>1</sub>", "13[1]"),
        ("13<span style='vertical-align:super'>1</span>", "13[1]"),
        ("13<span style='font-size:8pt; VERTICAL-ALIGN: 4.5pt'>1</span>", "13[1]"),
        ("13<span style='position:relative;top:-5.0pt;mso-text-raise:5.0pt'>1</span>", "13[1]"),
        ("13<a href='#_ftn1'><span class=MsoFootnoteReference>1</span></a>", "13[1]"),
        ("<sup>1</sup>13", "[1]13"),
        ("<p><sup>13</sup></p>", "13"),
        ("<sup>1</sup><sup>3</sup>", "13"),
        ("<span style='vertical-align:middle'>1</span>3", "13"),
        ("<span style='vertical-align:0pt'>1</span>3", "13"),
        ("13<sup>*</sup>", "13[*]"),
        ("13<sup>1</sup><sup>0</sup>", "13[10]"),
        ("13<sup> </sup>", "13"),
        ("第<sup>十</sup>条", "第十条"),
        ("<sup><p>1</p><p>3</p></sup>", "1\n3"),
    ],
)
def test_a_mark_above_or_below_the_line_is_no_digit(
    tmp_path: Path, content: str, text: str
) -> None:
    grid = table(tmp_path, f"<tr><td>规章</td><td style='vertical-align:super'>{content}</td></tr>")
    assert texts(grid) == [["规章", text]]


@pytest.mark.parametrize(
    "hidden",
    [
        "<span style='display:none;mso-hide:all'>3</span>",
        "<span style='visibility:hidden'>3</span>",
        "<span style='visibility: collapse'>3</span>",
        "<font style='font-size:0'>3</font>",
        "<span style='font-size:0.0pt'>3</span>",
        "<b style='opacity: 0'>3</b>",
        "<i style='position:absolute; left:-9999px'>3</i>",
        "<span style='text-indent:-999em'>3</span>",
        "<span class='x sr-only'>3</span>",
        "<input type=hidden value=3>",
        "<script>3</script>",
    ],
)
def test_text_that_no_browser_shows_is_not_read(tmp_path: Path, hidden: str) -> None:
    grid = table(tmp_path, f"<tr><td>规章</td><td>{hidden}12</td></tr>")
    assert texts(grid) == [["规章", "12"]]


@pytest.mark.parametrize(
    "seen",
    [
        "<span style='font-size:0.9em'>12</span>",
        "<span style='font-size:0;'><b style='font-size:10pt'>12</b></span>",
        "<span style='opacity:0.9'>12</span>",
        "<span style='margin-left:-100px; text-indent:-21.0pt'>12</span>",
        "<span style='visibility:hidden; animation-name:none'>12</span>",
    ],
)
def test_text_that_a_browser_shows_is_read(tmp_path: Path, seen: str) -> None:
    assert texts(table(tmp_path, f"<tr><td>规章</td><td>{seen}</td></tr>")) == [["规章", "12"]]


def test_what_word_hides_and_a_browser_shows_is_not_known(tmp_path: Path) -> None:
    document = page(
        tmp_path,
        "<p>申请<span style='mso-hide:all'>3</span>12件</p>"
        "<table><tr><td>规章</td><td><span style='mso-hide:all'>3</span>12</td></tr>"
        "<tr><td>文件</td><td><span style='mso-hide:all'> </span>12</td></tr>"
        "<tr><td>其他</td><td><bdo dir=rtl>21</bdo></td></tr></table>",
    )
    assert prose(document) == ["申请12件"]
    grid = document.grids[0]
    assert texts(grid) == [["规章", "\ufffc12"], ["文件", "12"], ["其他", "\ufffc"]]


def test_white_text_beside_other_text_is_not_known(tmp_path: Path) -> None:
    grid = table(
        tmp_path,
        "<tr><td>规章</td><td>12<span style='color:#FFFFFF'>3</span></td></tr>"
        "<tr style='background:blue'><td><b style='color: white'>总计</b></td>"
        "<td><font style='background-color:#fff'>1</font>2</td></tr>"
        "<tr><td>其他</td><td>12<font color=#FFFFFF>3</font></td></tr>",
    )
    assert texts(grid) == [["规章", "12\ufffc"], ["总计", "12"], ["其他", "12\ufffc"]]


def test_a_struck_or_invisible_cell_keeps_its_place(tmp_path: Path) -> None:
    grid = table(
        tmp_path,
        "<tr><td>规章</td><td style='text-decoration:line-through'>9</td>"
        "<td style='visibility:hidden'>8</td><td style='visibility:hidden'> </td><td>1</td></tr>",
    )
    assert texts(grid) == [["规章", "", "\ufffc", "", "1"]]


@pytest.mark.parametrize(
    ("control", "text"),
    [
        ("<input value=12>", "12"),
        ("<input type=number value=' 12 '>件", "12 件"),
        ("<input value=1><input value=2>", "1 2"),
        ("<input>", "\ufffc"),
        ("<input type=text value=''>", "\ufffc"),
        ("<input type=checkbox checked>12", "\ufffc 12"),
        ("<input type=image src=a.png>", "\ufffc"),
        ("<textarea>12</textarea>", "12"),
        ("<textarea></textarea>", "\ufffc"),
        ("<select><option>0<option selected>12</select>", "12"),
        ("<select><option>12</select>", "12"),
        ("<select><option>0<option>12</select>", "\ufffc"),
        ("<select><option selected>0<option selected>12</select>", "\ufffc"),
        ("<button>12</button>", "\ufffc"),
        ("<svg><text>12</text></svg>", "\ufffc"),
        ("<math><mn>12</mn></math>", "\ufffc"),
        ("<input value=12 style='display:none'>3", "3"),
    ],
)
def test_a_form_control_in_a_cell_says_what_it_shows(
    tmp_path: Path, control: str, text: str
) -> None:
    assert texts(table(tmp_path, f"<tr><td>规章</td><td>{control}</td></tr>")) == [["规章", text]]


def test_controls_outside_tables_are_the_page_s(tmp_path: Path) -> None:
    document = page(
        tmp_path, "<p>报告<input value=搜索></p><select><option>政府网站</select><p>完</p>"
    )
    assert prose(document) == ["报告", "完"]


def test_direction_marks_alone_leave_a_cell_blank(tmp_path: Path) -> None:
    grid = table(tmp_path, "<tr><td>规章</td><td>\u202a\u202c</td><td>\u200e 0 \u200f</td></tr>")
    assert texts(grid) == [["规章", "", "0"]]


def test_paragraphs(tmp_path: Path) -> None:
    document = page(
        tmp_path,
        "标题<br>副标题<p>\n  受理申请\n  12 件，\n较上年\n增长。  </p>尾<b>巴</b>"
        "<pre>甲\n乙<b>丙</b>丁</pre><p>&nbsp;</p><h2>　一、总体&nbsp;情况</h2>",
    )
    assert prose(document) == [
        "标题",
        "副标题",
        "受理申请 12 件，较上年增长。",
        "尾巴",
        "甲",
        "乙丙丁",
        "一、总体\xa0情况",
    ]


def test_what_stands_in_a_table_outside_its_cells_comes_before_it(tmp_path: Path) -> None:
    document = page(
        tmp_path,
        "<table><caption>表一</caption><tr><td>a</td><td>b</td></tr><p>注</p>补<!-- -->充</table>",
    )
    assert [getattr(block, "text", "grid") for block in document.blocks] == [
        "表一",
        "注",
        "补",
        "充",
        "grid",
    ]


@pytest.mark.parametrize(
    ("head", "heading"),
    [
        (
            "<title> 示例县2021年\n年度报告 </title><meta name=ArticleTitle content=另>",
            "示例县2021年年度报告",
        ),
        ("<title></title><meta name=ArticleTitle content='示例县年报'>", "示例县年报"),
        ("", "大标题"),
    ],
)
def test_the_heading(tmp_path: Path, head: str, heading: str) -> None:
    assert page(tmp_path, "<h1>大标题</h1>", head).heading == heading


def test_gb18030_declared_as_gb2312(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    # 镕 and 㙍 are in GBK and GB18030, not in GB2312.
    text = "<meta http-equiv=Content-Type content='text/html; charset=gb2312'><p>朱镕基 㙍 镇</p>"
    path.write_bytes(text.encode("gb18030"))
    assert prose(read(path, "page.html")) == ["朱镕基 㙍 镇"]


def test_an_xml_declaration_and_a_wrong_charset_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    text = "<?xml version='1.0' encoding='gb2312'?><meta charset=iso-8859-1><p>年度报告</p>"
    path.write_text(text, encoding="utf-8")
    assert prose(read(path, "page.html")) == ["年度报告"]


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("<div>" * 3000 + "年报", "deeper"),
        ("<table><tr><td>" * 60 + "年报", "deeper"),
        ("<table><tr><td><div>1<td>2<tr><td>3</table>", "cells open"),
        ("<script>load()</script>", "filled in by a script"),
    ],
)
def test_pages_that_cannot_be_read(tmp_path: Path, body: str, reason: str) -> None:
    with pytest.raises(UnreadableDocument, match=reason):
        page(tmp_path, body)


def test_a_page_of_more_than_50_mb_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    with path.open("wb") as file:
        file.write(b"<p>")
        file.truncate(51 * 2**20)
    with pytest.raises(UnreadableDocument, match="51 MB"):
        read(path, "page.html")


@pytest.mark.skipif(not SHANGHAI.exists(), reason="the real report is not here")
def test_every_figure_of_a_real_report_is_at_its_place() -> None:
    document = read(SHANGHAI / "report.html", "report.html")
    proactive, requests, disputes = document.grids
    with (SHANGHAI / "gold.csv").open(encoding="utf-8-sig", newline="") as file:
        gold = [(row["concept"], row["text"]) for row in csv.DictReader(file)]
    expected = [text for concept, text in gold if concept.startswith("req_")]
    assert [cell.text for cell in requests.cells if cell.row > 2 and cell.col > 2] == expected
    expected = [text for concept, text in gold if concept.startswith(("review_", "lit_"))]
    assert [cell.text for cell in disputes.cells if cell.row == 3] == expected
    expected = [text for concept, text in gold][: gold.index(("req_received_new", "821"))]
    figures = [cell.text for cell in proactive.cells if cell.col and cell.text[0].isdigit()]
    assert figures == expected
    (licensing,) = [row for row in proactive.rows() if row[0].text == "行政许可"]
    assert [(cell.col, cell.colspan) for cell in licensing[1:]] == [(1, 2), (3, 1), (4, 1)]


def test_a_picture_in_a_cell_is_no_blank(tmp_path):
    (tmp_path / "a.html").write_text(
        '<p><img src="logo.png">标题</p><table><tr><td>规章</td><td><img src="0.png" alt="0"></td>'
        '<td><img src="s.gif" width="1"></td></tr><tr><td>行政许可</td><td>1</td><td>2</td></tr></table>',
        encoding="utf-8",
    )
    document = read(tmp_path / "a.html", "a.html")
    assert [p.text for p in document.paragraphs] == ["标题"]
    first = next(iter(document.grids[0].rows()))
    assert [cell.text for cell in first] == ["规章", "\ufffc", ""]


AFTER = "<table><tr><td>规章</td><td>1</td></tr><tr><td>文件</td><td>2</td></tr></table>"


@pytest.mark.parametrize(
    "end", ["</body></html>", "</BODY >", "</html>", "</body></html><html><body>"]
)
def test_what_follows_the_end_of_the_body_is_shown(tmp_path: Path, end: str) -> None:
    document = page(tmp_path, f"<p>甲</p>{end}<p>乙</p>{AFTER}")
    assert prose(document) == ["甲", "乙"]
    assert texts(document.grids[0]) == [["规章", "1"], ["文件", "2"]]


def test_two_pages_in_one_file_are_both_read(tmp_path: Path) -> None:
    one = "<!DOCTYPE html><html><head><title>{0}</title></head><body><p>{0}镇</p></body></html>"
    path = tmp_path / "page.html"
    path.write_text(one.format("甲") + "\n" + one.format("乙"), encoding="utf-8")
    document = read(path, "page.html")
    assert prose(document) == ["甲镇", "乙镇"]
    assert document.heading == "甲"


def _styled(tmp_path: Path, style: str, cell: str) -> str:
    rows = f"<tr><td>规章</td>{cell}</tr><tr><td>文件</td><td>2</td></tr>"
    (grid,) = page(tmp_path, f"<table>{rows}</table>", f"<style>{style}</style>").grids
    return texts(grid)[0][-1]


@pytest.mark.parametrize(
    "style",
    [
        ".hide{display:none}",
        "<!-- p{color:red} .a, .hide { color:red; display : none !important; } -->",
        "span.hide{display:none}",
        "#gone{display:none}",
        "td .hide{display:none}",
        "/* .x */ .hide{display:none}",
        "@media print{.b{display:none} p{margin:0}} .hide{display:none}",
    ],
)
def test_what_a_rule_of_the_page_hides_is_not_read(tmp_path: Path, style: str) -> None:
    cell = "<td><span class='b hide' id='gone'>9</span>5</td>"
    assert _styled(tmp_path, style, cell) == "5"


@pytest.mark.parametrize(
    "style",
    [
        ".hidden{display:none}",
        "@media print{.hide{display:none}}",
        ".hide{display:none} .hide.on{display:inline}",
        ".hide:hover{display:none}",
        "p .hide{display:none}",
        ".hide{color:red}",
    ],
)
def test_what_no_rule_hides_for_certain_is_read(tmp_path: Path, style: str) -> None:
    assert _styled(tmp_path, style, "<td><span class='hide on'>9</span>5</td>") == "95"


def test_an_own_style_is_stronger_than_a_rule(tmp_path: Path) -> None:
    cell = "<td><span class='hide' style='display:inline'>9</span>5</td>"
    assert _styled(tmp_path, ".hide{display:none}", cell) == "95"


def test_a_rule_that_makes_a_figure_invisible_leaves_its_place(tmp_path: Path) -> None:
    assert _styled(tmp_path, ".hide{visibility:hidden}", "<td class='hide'>9</td>") == "\ufffc"


def test_a_row_that_a_rule_hides_is_not_read(tmp_path: Path) -> None:
    row = "<tr class='hide'><td>许可</td><td>9</td></tr>"
    shown = "<tr><td>文件</td><td>2</td></tr><tr><td>规章</td><td>3</td></tr>"
    style = "<style>.hide{display:none}</style>"
    (grid,) = page(tmp_path, f"<table>{row}{shown}</table>", style).grids
    assert texts(grid) == [["文件", "2"], ["规章", "3"]]


def test_paragraphs_that_a_rule_hides_are_read_and_words_are_not(tmp_path: Path) -> None:
    body = "<div class='hide'><p>甲</p></div><p class='hide'>乙</p><p>丙<span class='hide'>丁</span></p>"
    document = page(tmp_path, body, "<style>.hide{display:none}</style>")
    assert prose(document) == ["甲", "乙", "丙"]


def test_a_table_that_a_rule_hides_is_read_for_a_script_may_show_it(tmp_path: Path) -> None:
    document = page(
        tmp_path, f"<div class=pane>{AFTER}</div>", "<style>.pane{display:none}</style>"
    )
    assert len(document.grids) == 1


def test_a_cell_that_a_script_fills_is_not_blank(tmp_path: Path) -> None:
    script = "<script>document.write('5')</script>"
    grid = table(
        tmp_path,
        f"<tr><td>规章</td><td>{script}</td><td>3{script}</td></tr><tr><td>文件</td><td></td><td>4</td></tr>",
    )
    assert texts(grid) == [["规章", "\ufffc", "3"], ["文件", "", "4"]]
