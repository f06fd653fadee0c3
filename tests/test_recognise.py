"""Tables tied to the forms by the labels of rows and columns; what is not settled says so."""

import pytest

from pipeline.forms import form, load_forms
from pipeline.model import Cell, Document, Grid, Layout, Status
from pipeline.readers import read
from tests.small_reports import read_tables


def _document(tmp_path, text, name="report.md"):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return read(path, name)


def _facts(tmp_path, text, name="report.md"):
    tables = read_tables(_document(tmp_path, text, name))
    return {(f.concept, f.applicant): f for f in tables.facts.values()}, tables


NORMATIVE = """
| 第二十条第（一）项 | | | |
| 信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |
| 规章 | 0 | 0 | 0 |
| 行政规范性文件 | {row} |
"""


def test_the_forms_have_the_cells_the_notices_print():
    cells = {f.id: sum(len(s.slots()) for s in f.sheets) for f in load_forms()}
    # 34 rows × 4 columns of time, of which a place prints one or two; 58 rows of one column.
    assert cells == {"t2008_local": 136, "t2014": 58, "t2019": 198, "t2021": 200}
    assert len(form("t2021").sheets[1].slots()) == 175


def test_columns_are_found_by_their_labels_not_their_order(tmp_path):
    text = """
| 信息内容 | 现行有效件数 | 本年制发件数 | 本年废止件数 |
| 规章 | 3 | 1 | 2 |
"""
    found, _ = _facts(tmp_path, text)
    assert found["rules_issued", ""].value == 1
    assert found["rules_repealed", ""].value == 2
    assert found["rules_in_force", ""].value == 3


def test_a_dropped_cell_leaves_the_row_unreadable(tmp_path):
    found, tables = _facts(tmp_path, NORMATIVE.format(row="22 | 235"))
    for column in ("issued", "repealed", "in_force"):
        fact = found[f"normative_docs_{column}", ""]
        assert fact.status is Status.UNREADABLE
        assert fact.value is None
        assert "read:row_length" in fact.flags
        assert "235" in fact.text
    assert "read_row_length" in {f.check for f in tables.findings}
    assert found["rules_issued", ""].flags == ()


def test_a_lost_column_header_is_named_only_when_one_place_is_left(tmp_path):
    one = NORMATIVE.format(row="7 | 8 | 9").replace("本年废止件数", "数据2")
    found, _ = _facts(tmp_path, one)
    assert found["normative_docs_repealed", ""].value == 8
    assert found["normative_docs_repealed", ""].flags == ("read:header",)
    assert found["normative_docs_issued", ""].flags == ()
    two = one.replace("现行有效件数", "数据3")
    found, tables = _facts(tmp_path, two)
    for column in ("issued", "repealed", "in_force"):
        assert found[f"normative_docs_{column}", ""].status is Status.UNREADABLE
    assert "read_header" in {f.check for f in tables.findings}


def test_a_header_printed_twice_is_repaired_with_a_flag(tmp_path):
    text = """
| 信息内容 | 本年新制作数量 | 本年新制作数量 | 对外公开总数量 |
| 规章 | 1 | 2 | 3 |
"""
    found, _ = _facts(tmp_path, text)
    assert found["rules_newly_disclosed", ""].value == 2
    assert found["rules_newly_disclosed", ""].flags == ("read:header",)


def test_a_form_is_chosen_for_each_table(tmp_path):
    text = (
        NORMATIVE.format(row="1 | 0 | 1")
        + """
| 申请人情况 | 自然人 | 商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 | 总计 |
| 一、本年新收政府信息公开申请数量 | 1 | 0 | 0 | 0 | 0 | 0 | 1 |
| （六）其他处理 | 1 | 0 | 0 | 0 | 0 | 0 | 1 |
| （七）总计 | 1 | 0 | 0 | 0 | 0 | 0 | 1 |
"""
    )
    found, tables = _facts(tmp_path, text)
    assert found["normative_docs_issued", ""].form == "t2021"
    assert found["req_outcome_other", "total"].form == "t2019"
    assert tables.forms == ("t2019", "t2021")


def test_a_damaged_label_takes_the_one_free_place_it_resembles(tmp_path):
    text = """
| 申请人情况 | 自然人 | 商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 | 总计 |
| 1.属于国家秘密 | 1 | 0 | 0 | 0 | 0 | 0 | 1 |
| 2.其他法律行政止公开 | 2 | 0 | 0 | 0 | 0 | 0 | 2 |
| 3.危及“三安全一稳定” | 3 | 0 | 0 | 0 | 0 | 0 | 3 |
"""
    found, tables = _facts(tmp_path, text)
    assert found["req_denied_law_prohibited", "total"].value == 2
    assert found["req_denied_law_prohibited", "total"].flags == ()
    assert [f.check for f in tables.findings] == ["read_label"]


def test_a_row_no_form_knows_is_a_finding_not_a_fact(tmp_path):
    text = """
| 信息内容 | 上一年项目数量 | 本年增/减 | 处理决定数量 |
| 行政许可 | 5 | 0 | 9 |
| 行政检查 | 4 | 0 | 7 |
"""
    found, tables = _facts(tmp_path, text)
    assert found["licensing_decisions", ""].value == 9
    assert {key for key, _ in found} == {
        "licensing_items_prev_year",
        "licensing_items_change",
        "licensing_decisions",
    }
    (line,) = [f for f in tables.findings if f.check == "read_unmatched"]
    assert line.message == "row `行政检查 | 4 | 0 | 7` is in no form"


def test_a_table_printed_twice_with_other_figures_is_not_believed(tmp_path):
    text = (
        NORMATIVE.format(row="1 | 0 | 1")
        + "\n\n以下为另一张表。\n"
        + NORMATIVE.format(row="2 | 0 | 1")
    )
    found, tables = _facts(tmp_path, text)
    assert found["normative_docs_issued", ""].status is Status.UNREADABLE
    assert found["normative_docs_in_force", ""].value == 1
    rivals = next(f for f in tables.findings if f.check == "read_rivals")
    assert "`1`" in rivals.message
    assert "`2`" in rivals.message


def test_header_and_body_spans_that_differ_keep_their_pairs():
    """The header is 1+1+2+1 columns wide, the body 1+2+1+1, as a real office published it."""
    header = [("信息内容", 1), ("上一年项目数量", 1), ("本年增/减", 2), ("处理决定数量", 1)]
    body = [("行政处罚", 1), ("7", 2), ("+1", 1), ("9", 1)]
    cells = []
    for row, printed in enumerate((header, body)):
        col = 0
        for text, span in printed:
            cells.append(Cell(text, row, col, 1, span))
            col += span
    tables = read_tables(Document("x", "html", (Grid(tuple(cells), Layout.RULED),)))
    found = {f.concept: f for f in tables.facts.values()}
    assert [
        found[f"penalty_{c}"].value for c in ("items_prev_year", "items_change", "decisions")
    ] == [7, 1, 9]
    assert not any(f.flags for f in found.values())


@pytest.mark.parametrize("order", ["level", "depth"])
def test_two_level_headers_in_either_order(tmp_path, order):
    top, legal = (
        "自然人\n法人或其他组织\n",
        "商业企业\n科研机构\n社会公益组织\n法律服务机构\n其他\n",
    )
    header = top + "总计\n" + legal if order == "level" else top + legal + "总计\n"
    text = f"三、收到和处理政府信息公开申请情况\n申请人情况\n{header}一、本年新收政府信息公开申请数量\n1\n2\n3\n4\n5\n6\n21\n四、结转下年度继续办理\n0\n0\n0\n0\n0\n0\n0\n"
    found, _ = _facts(tmp_path, text, "report.txt")
    assert found["req_received_new", "natural_person"].value == 1
    assert found["req_received_new", "legal_other"].value == 6
    assert found["req_received_new", "total"].value == 21
    assert not any(f.flags for f in found.values())


def test_skipped_blank_lines_cast_doubt_on_the_whole_table(tmp_path):
    header = "自然人\n法人或其他组织\n总计\n商业企业\n科研机构\n社会公益组织\n法律服务机构\n其他\n"
    text = (
        f"三、收到和处理政府信息公开申请情况\n申请人情况\n{header}"
        "一、本年新收政府信息公开申请数量\n1\n\n\n\n\n\n1\n"
        "二、上年结转政府信息公开申请数量\n1\n1\n"
        "四、结转下年度继续办理\n0\n0\n0\n0\n0\n0\n0\n"
    )
    found, _ = _facts(tmp_path, text, "report.txt")
    assert found["req_carried_in", "total"].status is Status.UNREADABLE
    assert "read:row_length" in found["req_received_new", "legal_other"].flags
    assert "read:row_length" in found["req_carried_out", "total"].flags
