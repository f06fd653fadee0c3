"""Columns and rows by the form's order: only where words, cells and sums bear it out."""

import pytest

from pipeline.extract import extract
from tests.small_reports import (
    APPLICANTS,
    CARRIED_IN,
    CARRIED_OUT,
    RECEIVED,
    ZEROS,
    checks,
    facts,
    outcomes,
    pipes,
    text,
)

CUT = ("业", "构", "益组织", "务机构", "其他")
TOP = ("自然人", "法人或其他组织", "总计", "", "", "", "", "")
SEVERAL = ("3", "2", "1", "0", "0", "0", "6")
SECTION = "三、收到和处理政府信息公开申请情况"


def _applications(tmp_path, second, *rows):
    header = (("申请人情况", *[""] * 7), TOP, (*second, *[""] * (8 - len(second))))
    return facts(text(tmp_path, SECTION, "", pipes(*header, *rows), "", "五、问题"))


def _said(found, row):
    columns = ("natural_person", "legal_commercial", "legal_research", "legal_public_interest")
    columns = (*columns, "legal_law_service", "legal_other", "total")
    return [str(found[f"{row}/{column}"].value) for column in columns]


def test_remnants_that_can_be_one_column_each_name_the_columns(tmp_path):
    found = _applications(tmp_path, CUT, (RECEIVED, *SEVERAL), (CARRIED_IN, *ZEROS))
    assert _said(found, "req_received_new") == list(SEVERAL)
    assert {flag for fact in found.values() for flag in fact.flags} == set()


@pytest.mark.parametrize(
    ("second", "figures"),
    [
        (CUT, ("3", "2", "1", "0", "0", "0", "7")),  # the sum does not hold
        (("构", "业", "益组织", "务机构", "其他"), SEVERAL),  # not in the form's order
        (("业", "构", "益组织", "务机构"), SEVERAL[1:]),  # a cell too few
        (("业", "构", "群众", "务机构", "其他"), SEVERAL),  # words of no form
    ],
)
def test_else_the_rows_are_unreadable_or_doubted(tmp_path, second, figures):
    found = _applications(tmp_path, second, (RECEIVED, *figures), (CARRIED_IN, *ZEROS))
    received = [fact for key, fact in found.items() if key.startswith("req_received_new/")]
    assert received
    assert all(fact.flags for fact in received)


def test_a_column_whose_remnant_may_be_another_s_is_doubted(tmp_path):
    rows = [("信息内容", "本年新", "本年新", "对外公开总数量"), ("规范性文件", "4", "3", "31")]
    report = text(tmp_path, "二、主动公开政府信息情况", "", pipes(*rows), "", "五、问题", year=2020)
    found = facts(report)
    flags = {key: fact.flags for key, fact in found.items() if key.startswith("normative")}
    assert flags == {
        "normative_docs_newly_made": ("read:header",),
        "normative_docs_newly_disclosed": ("read:header",),
        "normative_docs_disclosed_total": (),
    }
    assert "read_by_order" in checks(report)


@pytest.mark.parametrize(
    ("printed", "values", "flags"),
    [
        ("规章000", ["0", "0", "0"], set()),
        ("规章120", ["1", "2", "0"], {"read:parted"}),
        ("规章1230", ["None", "None", "None"], {"read:row_label", "read:row_length"}),
    ],
)
def test_a_label_and_its_figures_are_parted_in_the_only_way(tmp_path, printed, values, flags):
    header = ("信息内容", "本年制发件数", "本年废止件数", "现行有效件数")
    rows = pipes(header, (printed, "", "", ""), ("行政规范性文件", "1", "2", "8"))
    found = facts(text(tmp_path, "二、主动公开政府信息情况", "", rows, "", "五、问题"))
    cells = [found[f"rules_{column}"] for column in ("issued", "repealed", "in_force")]
    assert [str(cell.value) for cell in cells] == values
    assert {f for cell in cells for f in cell.flags if f != "source:S2-RULES-LEVEL"} == flags


def test_a_text_that_breaks_off_keeps_the_rows_before_it(tmp_path):
    lines = ("自然人", "法人或其他组织", "总计", "商业企业", "科研机构", "社会公益组织")
    lines = ("申请人情况", *lines, "法律服务机构", "其他", RECEIVED, *SEVERAL, CARRIED_IN, "4", "5")
    path = tmp_path / "broken.txt"
    head = ("示例县云岫镇2022年政府信息公开工作年度报告", "一、总体情况", "公开6条。")
    path.write_text("\n".join((*head, SECTION, *lines)), encoding="utf-8")
    (report,) = extract(path, path.name)
    found = facts(report)
    assert _said(found, "req_received_new") == list(SEVERAL)
    assert {flag for key, f in found.items() if "received" in key for flag in f.flags} == set()
    assert {key.split("/")[0] for key in found if found[key].status == "unreadable"} == {
        "req_carried_in"
    }


def _bare(tmp_path, labels, rows):
    """A table of bare rows, the first and the last named, and its labels below it."""
    header = (("申请人情况", *[""] * 7), TOP, (*APPLICANTS[1:-1], *[""] * 3))
    named = [(RECEIVED, *rows[0]), *(("", *row) for row in rows[1:-1]), (CARRIED_OUT, *rows[-1])]
    return facts(text(tmp_path, SECTION, "", pipes(*header, *named), "", *labels, "五、问题"))


LABELS = [row[-8] if isinstance(row[-8], str) else row[-8][0] for row in outcomes({})][:-1]
ONE, NONE = ("1", "0", "0", "0", "0", "0", "1"), ZEROS


def _rows(granted, total):
    return [ONE, NONE, granted, *[NONE] * (len(LABELS) - 1), total, NONE]


def test_bare_rows_are_the_form_s_where_labels_and_sums_bear_it_out(tmp_path):
    found = _bare(tmp_path, [CARRIED_IN, *LABELS, "（七）总计"], _rows(ONE, ONE))
    assert _said(found, "req_outcome_granted") == list(ONE)
    assert {flag for fact in found.values() for flag in fact.flags} == set()


@pytest.mark.parametrize(
    ("labels", "rows"),
    [
        ([CARRIED_IN, *LABELS, "（七）总计"], _rows(ONE, NONE)),  # the sums do not hold
        ([CARRIED_IN, *reversed(LABELS), "（七）总计"], _rows(ONE, ONE)),  # in another order
        ([CARRIED_IN, *LABELS, "（七）总计"], _rows(ONE, ONE)[1:]),  # a row too few
    ],
)
def test_else_no_bare_row_is_given_as_if_nothing_were_the_matter(tmp_path, labels, rows):
    found = _bare(tmp_path, labels, rows)
    assert [
        k for k, f in found.items() if k.startswith("req_outcome_granted") and not f.flags
    ] == []
