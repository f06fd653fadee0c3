"""The tables of 2014 and 2008, rows that provinces add, and reports that print no table at all."""

from __future__ import annotations

import csv
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipeline.cli import main
from pipeline.doubt import Severity, Verdict
from pipeline.forms import form, load_forms
from pipeline.model import Status, UnitSource
from pipeline.readers import read
from tests.accuracy.mix import OLDER_ODDITIES, load_mix
from tests.small_reports import read_tables, summed

CORPUS = Path(__file__).parent / "corpus"
UNCONFIRMED = "read:form_unconfirmed"
HEAD = "| 统计指标 | 单位 | 统计数 |\n| 一、主动公开情况 | —— | —— |\n"
TWO_PERIODS = "| 指标名称 | 计量单位 | 代码 | 本期实际 | 本年累计 |\n| 甲 | 乙 | 丙 | 1 | 2 |\n"


def _recognised(tmp_path, text, name="report.md", forms=None):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    tables = read_tables(read(path, name), forms)
    return tables.facts, tables


def _checks_named(tables, check_id):
    return [finding for finding in tables.findings if finding.check == check_id]


def _checked(tmp_path, text, name="report.md"):
    found, tables = _recognised(tmp_path, text, name)
    checked = summed(found.values(), tables.kinds)
    return {(f.key, f.status is Status.DERIVED): f for f in checked.facts}, checked.findings


def test_every_cell_of_every_form_is_a_known_concept():
    stream = files("pipeline.forms").joinpath("concepts.csv").read_text("utf-8")
    known = {row["concept"]: row for row in csv.DictReader(stream.splitlines())}
    for each in load_forms():
        for sheet in each.sheets:
            rows = sheet.rows or (None,)  # rows that only some provinces print among them
            slots = [sheet.slot(row, column) for row in rows for column in sheet.leaf_columns]
            for table, concept, *_ in filter(None, slots):
                assert concept in known, f"{each.id}: {concept} has no line in concepts.csv"
                assert known[concept]["table_id"] == table
    for row in form("t2014").sheets[0].rows:
        assert row.group or (known[row.id]["unit"], known[row.id]["kind"]) == (row.unit, row.kind)


# The table of 2014


def test_a_figure_of_a_form_never_seen_filled_says_so(tmp_path):
    found, _ = _checked(
        tmp_path,
        HEAD
        + "| （一）收到申请数 | 件 |  |\n| 1.当面申请数 | 件 | 2 |\n| 3.网络申请数 | 件 | 1 |\n"
        + "| （二）申请办结数 | 件 | 3 |\n",
    )
    total = found["t14_req_received", True]
    assert total.value == 3
    assert {UNCONFIRMED in fact.flags for fact in found.values()} == {True}


def test_nothing_is_added_up_over_rows_that_a_text_no_longer_holds(tmp_path):
    text = HEAD + "| （一）收到申请数 | 件 |  |\n| 1.当面申请数 | 件 | 2 |\n"
    found, _ = _checked(tmp_path, text)
    assert ("t14_req_received", True) not in found
    assert found["t14_req_in_person", False].value == 2


def test_a_row_confirmed_by_a_filled_table_is_not_flagged(tmp_path):
    known = form("t2014")
    (sheet,) = known.sheets
    rows = tuple(replace(row, confirmed=row.id == "t14_req_received") for row in sheet.rows)
    confirmed = replace(known, sheets=(replace(sheet, rows=rows),))
    text = HEAD + "| （一）收到申请数 | 件 | 2 |\n| 1.当面申请数 | 件 | 2 |\n"
    found, _ = _recognised(tmp_path, text, forms=[confirmed])
    assert found["t14_req_received"].flags == ()
    assert found["t14_req_in_person"].flags == (UNCONFIRMED,)


DISPUTES = """| 四、行政复议数量 | 件 | 3 |
| （一）维持具体行政行为数 | 件 | 1 |
| （二）被依法纠错数 | 件 | 2 |
| （三）其他情形数 | 件 | 0 |
| 五、行政诉讼数量 | 件 | 9 |
| （一）维持具体行政行为或者驳回原告诉讼请求数 | 件 | 4 |
| （二）被依法纠错数 | 件 | 0 |
| （三）其他情形数 | 件 | 5 |
"""


@pytest.mark.parametrize("layout", ["rows", "one cell a line"])
def test_the_same_words_in_two_blocks_belong_to_the_block_above_them(tmp_path, layout):
    text, name = HEAD + DISPUTES, "report.md"
    if layout != "rows":
        cells = [cell.strip() for line in text.splitlines() for cell in line.strip("|").split("|")]
        text, name = "\n".join(cells) + "\n", "report.txt"
    found, _ = _recognised(tmp_path, text, name)
    paths = ("review_corrected", "review_other", "lit_corrected", "lit_other")
    assert [found[f"t14_{path}"].value for path in paths] == [2, 0, 0, 5]
    assert {fact.flags for fact in found.values()} == {(UNCONFIRMED,)}


def test_the_same_words_below_no_block_are_nobodys(tmp_path):
    text = HEAD + "| （一）收到申请数 | 件 | 2 |\n| （二）被依法纠错数 | 件 | 2 |\n"
    found, tables = _recognised(tmp_path, text)
    assert set(found) == {"t14_req_received"}
    (finding,) = _checks_named(tables, "read_label")
    assert "t14_review_corrected or t14_lit_corrected" in finding.message


def test_labels_whose_figures_stand_apart_are_unread_and_not_blank(tmp_path):
    text = (
        HEAD
        + "| （一）收到申请数 | 件 |  |\n| （二）申请办结数 | 件 |  |\n| 2 |\n| 1 |\n"
        + "| （三）申请答复数 | 件 | 3 |\n"
    )
    found, _ = _recognised(tmp_path, text)
    assert found["t14_req_replied"].value == 3
    for apart in ("t14_req_received", "t14_req_closed"):
        assert found[apart].status is Status.UNREADABLE
        assert "read:nameless_row" in found[apart].flags


def test_a_row_printed_twice_may_be_another_with_the_same_words(tmp_path):
    text = HEAD + DISPUTES.replace("| 五、行政诉讼数量 | 件 | 9 |\n", "").replace(
        "| （一）维持具体行政行为或者驳回原告诉讼请求数 | 件 | 4 |\n", ""
    )
    found, tables = _recognised(tmp_path, text)
    assert found["t14_review_corrected"].value == 2
    assert "t14_lit_corrected" not in found
    said = [finding.message for finding in _checks_named(tables, "read_label")]
    assert any("t14_review_corrected or t14_lit_corrected" in message for message in said)


def test_blocks_of_flat_text_are_not_taken_for_sections(tmp_path):
    text = (
        "统计指标\n单位\n统计数\n一、主动公开情况\n\n\n"
        "（一）主动公开政府信息数\n条\n7\n二、回应解读情况\n\n\n"
        "3.政策解读稿件发布数\n篇\n4\n九、政府信息公开会议和培训情况\n\n\n（三）接受培训人员数\n人次\n60\n"
    )
    found, _ = _recognised(tmp_path, text, "report.txt")
    assert {key: int(fact.value) for key, fact in found.items()} == {
        "t14_disclosed_total": 7,
        "t14_interpretations": 4,
        "t14_training_people": 60,
    }


def test_rows_that_a_province_adds_are_findings(tmp_path):
    text = (
        HEAD
        + "| 2.政府网站公开政府信息数 | 条 | 20 |\n| 3.政务微博微信公开政府信息数 | 条 | 30 |\n"
        + "| 4.新闻发布会公开政府信息数 | 条 | 2 |\n| 5.新闻媒体公开政府信息数 | 条 | 6 |\n"
        + "| 6.其他方式公开政府信息数 | 条 | 5 |\n| 网上咨询数 | 人次 | 11 |\n| （一）收到申请数 | 件 | 1 |\n"
    )
    found, tables = _recognised(tmp_path, text)
    # 网上咨询数 is a row of the tables of 2008, 其他方式 the fifth row of the national table.
    assert set(found) == {"t14_channel_website", "t14_channel_other", "t14_req_received"}
    assert tables.forms == ("t2014",)
    unmatched = [finding.message for finding in _checks_named(tables, "read_unmatched")]
    assert len(unmatched) == 4
    for words in ("微博微信", "新闻发布会", "新闻媒体", "网上咨询数"):
        assert any(words in message for message in unmatched)


def test_one_number_merged_over_two_rows_is_neither(tmp_path):
    rows = "".join(
        f"<tr><td>{label}</td><td>条</td>{value}</tr>"
        for label, value in (
            ("2.政府网站公开政府信息数", "<td>20</td>"),
            ("3.政务微博公开政府信息数", '<td rowspan="2">30</td>'),
            ("4.政务微信公开政府信息数", ""),
        )
    )
    head = "<tr><td>统计指标</td><td>单位</td><td>统计数</td></tr>"
    found, tables = _recognised(tmp_path, f"<table>{head}{rows}</table>", "report.html")
    assert found["t14_channel_website"].value == 20
    for concept in ("t14_channel_weibo", "t14_channel_wechat"):
        assert found[concept].status is Status.UNREADABLE
        assert "read:merged" in found[concept].flags
    (finding,) = _checks_named(tables, "read_merged")
    assert finding.cells == ("t14_channel_weibo", "t14_channel_wechat")


def test_money_may_have_its_unit_in_the_label(tmp_path):
    text = "| 统计指标 | 统计数 |\n| 七、依申请公开信息收取的费用（万元） | 0.3 |\n"
    found, _ = _recognised(tmp_path, text)
    assert found["t14_req_fee_amount"].amount_yuan == 3000
    assert found["t14_req_fee_amount"].unit_source is UnitSource.HEADER


@pytest.mark.parametrize(
    ("unit", "text", "yuan", "source"),
    [
        ("万元", "0.5", 5000, UnitSource.HEADER),
        ("元", "320", 320, UnitSource.HEADER),
        ("", "320元", 320, UnitSource.CELL),
        ("", "0.5", None, UnitSource.UNKNOWN),
    ],
)
def test_money_has_the_unit_of_its_row_and_no_other(tmp_path, unit, text, yuan, source):
    table = HEAD + f"| 七、依申请公开信息收取的费用 | {unit} | {text} |\n"
    found, _ = _recognised(tmp_path, table)
    amount = found["t14_req_fee_amount"]
    assert (amount.amount_yuan, amount.unit_source) == (yuan, source)
    assert ("source:unit_unknown" in amount.flags) == (yuan is None)


def test_a_count_in_a_unit_that_is_no_count_is_flagged(tmp_path):
    text = (
        HEAD + "| （一）主动公开政府信息数 | 万条 | 3 |\n| 其中：主动公开规范性文件数 | 件 | 2 |\n"
    )
    found, _ = _recognised(tmp_path, text)
    assert "read:unit" in found["t14_disclosed_total"].flags
    assert found["t14_normative_docs_disclosed"].unit == "件"
    assert found["t14_normative_docs_disclosed"].flags == (UNCONFIRMED,)


def test_a_table_goes_on_after_a_page_without_its_header(tmp_path):
    start = "<table><tr><td>统计指标</td><td>单位</td><td>统计数</td></tr><tr><td>（一）收到申请数</td><td>件</td><td>2</td></tr></table>"
    rest = "<p>- 2 -</p><table><tr><td>1.当面申请数</td><td>件</td><td>2</td></tr><tr><td>2.传真申请数</td><td>件</td><td>0</td></tr></table>"
    found, _ = _recognised(tmp_path, start + rest, "report.html")
    assert [int(fact.value) for fact in found.values()] == [2, 2, 0]
    assert {fact.flags for fact in found.values()} == {(UNCONFIRMED,)}


SUMS = {
    "T14-REQ": ("收到申请数", ("当面申请数", "传真申请数", "网络申请数", "信函申请数")),
    "T14-CLOSED": ("申请办结数", ("按时办结数", "延期办结数")),
    "T14-REPLY": (
        "申请答复数",
        (
            *("属于已主动公开范围数", "同意公开答复数", "同意部分公开答复数", "不同意公开答复数"),
            *("不属于本行政机关公开数", "申请信息不存在数", "告知作出更改补充数"),
            "告知通过其他途径办理数",
        ),
    ),
    "T14-DENIED": (
        "不同意公开答复数",
        (
            *("涉及国家秘密", "涉及商业秘密", "涉及个人隐私", "不是《条例》所指政府信息"),
            *("危及国家安全、公共安全、经济安全和社会稳定", "法律法规规定的其他情形"),
        ),
    ),
    "T14-REVIEW": ("行政复议数量", ("维持具体行政行为数", "被依法纠错数", "其他情形数")),
    "T14-LIT": (
        "行政诉讼数量",
        ("维持具体行政行为或者驳回原告诉讼请求数", "被依法纠错数", "其他情形数"),
    ),
    "T14-STAFF": ("从事政府信息公开工作人员数", ("专职人员数", "兼职人员数")),
}


@pytest.mark.parametrize("check_id", SUMS)
@pytest.mark.parametrize("extra", [0, 1])
def test_the_hierarchy_of_2014_adds_up(tmp_path, check_id, extra):
    total, parts = SUMS[check_id]
    rows = [(total, len(parts) + extra), *((part, 1) for part in parts)]
    text = HEAD + "".join(f"| {label} | 件 | {value} |\n" for label, value in rows)
    _, findings = _checked(tmp_path, text)
    errors = [f.check for f in findings if f.severity is Severity.ERROR]
    assert errors == ([check_id] if extra else [])


def _flags_and_findings(tmp_path, *rows):
    text = HEAD + "".join(f"| {label} | 条 | {value} |\n" for label, value in rows)
    facts, findings = _checked(tmp_path, text)
    doubts = {key: set(fact.flags) - {UNCONFIRMED} for (key, _), fact in facts.items()}
    return doubts, [(f.check, f.severity) for f in findings if f.verdict is Verdict.FAIL]


def test_a_part_above_its_whole_is_an_error_on_both(tmp_path):
    doubts, broken = _flags_and_findings(
        tmp_path, ("参加或举办新闻发布会总次数", 1), ("其中：主要负责同志参加新闻发布会次数", 2)
    )
    assert broken == [("T14-SUB", Severity.ERROR)]
    assert set(map(frozenset, doubts.values())) == {frozenset({"source:T14-SUB"})}


@pytest.mark.parametrize(
    ("total", "broken"),
    [(40, []), (60, []), (39, ["T14-DEDUP"]), (61, ["T14-DEDUP"])],
)
def test_the_total_lies_between_the_fullest_channel_and_all_of_them(tmp_path, total, broken):
    names = ("政府公报", "政府网站", "政务微博", "政务微信", "其他方式")
    channels = [(f"{n}公开政府信息数", v) for n, v in zip(names, (0, 40, 5, 15, 0), strict=True)]
    doubts, found = _flags_and_findings(tmp_path, ("主动公开政府信息数", total), *channels)
    assert found == [(check_id, Severity.WARNING) for check_id in broken]
    assert not any(doubts.values())


def test_requests_concluded_and_requests_replied_to_should_agree(tmp_path):
    rows = (("申请办结数", 5), ("申请答复数", 4))
    doubts, found = _flags_and_findings(tmp_path, *rows)
    assert found == [("T14-CLOSED-REPLIED", Severity.WARNING)]
    assert not any(doubts.values())
    _, none = _flags_and_findings(tmp_path, ("申请办结数", 5), ("申请答复数", 5))
    assert none == []


# The tables of 2008


def test_periods_are_figures_of_their_own(tmp_path):
    text = (
        TWO_PERIODS
        + "| 申请总数 | 条 | 10 |  | 9 |\n| 其中：1.当面申请数 | 条 | 11 | 2 | 5 |\n"
        + "| 4.网上申请数 | 条 | 14 | 1 | 3 |\n| 对申请的答复总数 | 条 | 16 | 3 | 9 |\n"
    )
    facts, findings = _checked(tmp_path, text)
    assert facts["t08_req_total@period", True].value == 3
    assert facts["t08_req_total@period", True].period == "period"
    assert facts["t08_req_total@year_to_date", False].value == 9
    (broken,) = [f for f in findings if f.verdict is Verdict.FAIL]
    assert broken.check == "T08-PARTS"
    assert {key.partition("@")[2] for key in broken.cells} == {"year_to_date"}
    assert not facts["t08_req_in_person@period", False].flags
    assert facts["t08_req_in_person@year_to_date", False].flags == ("source:T08-PARTS",)


def test_a_year_beside_all_years(tmp_path):
    text = (
        "| 指标名称 | 计量单位 | 2009年度 | 历年累计 |\n| 主动公开信息数 | 条 | 30 | 55 |\n"
        "| 其中：1.政府网站 | 条 | 28 | 50 |\n| 受理依申请公开信息总数 | 件 | 1 | 2 |\n"
    )
    found, tables = _recognised(tmp_path, text)
    assert {key: int(fact.value) for key, fact in found.items()} == {
        "t08_disclosed_total@period": 30,
        "t08_disclosed_total@cumulative": 55,
        "t08_req_total@period": 1,
        "t08_req_total@cumulative": 2,
    }
    (finding,) = _checks_named(tables, "read_unmatched")
    assert "政府网站" in finding.message


def test_two_years_side_by_side_are_neither_the_year_reported(tmp_path):
    text = (
        "| 指标名称 | 计量单位 | 2008年度 | 2009年度 | 历年累计 |\n"
        "| 主动公开信息数 | 条 | 25 | 30 | 55 |\n"
    )
    found, tables = _recognised(tmp_path, text)
    assert set(found) == {"t08_disclosed_total@cumulative"}
    assert found["t08_disclosed_total@cumulative"].value == 55
    messages = [finding.message for finding in _checks_named(tables, "read_column")]
    assert [year in "".join(messages) for year in ("2008年度", "2009年度")] == [True, True]


def test_a_code_is_never_read_as_a_figure(tmp_path):
    lines = "指标名称\n计量单位\n代码\n本期实际\n本年累计\n甲\n乙\n丙\n1\n2\n"
    whole = "主动公开信息数\n条\n01\n52\n146\n提供服务类信息数\n条\n04\n11\n37\n"
    found, _ = _recognised(tmp_path, lines + whole, "report.txt")
    assert [int(fact.value) for fact in found.values()] == [52, 146, 11, 37]
    lost, tables = _recognised(tmp_path, lines + whole.replace("52\n", ""), "report.txt")
    assert lost["t08_disclosed_total@period"].status is Status.UNREADABLE
    assert lost["t08_disclosed_total@year_to_date"].status is Status.UNREADABLE
    assert lost["t08_service_info@period"].value == 11
    assert _checks_named(tables, "read_row_length")


@pytest.mark.parametrize("layout", ["rows", "one cell a line"])
def test_row_numbers_before_the_labels_are_no_figures(tmp_path, layout):
    rows = (
        *(("序号", "统计指标", "单位", "统计数"), ("1", "一、主动公开情况", "——", "——")),
        *(
            ("2", "（一）主动公开政府信息数", "条", "318"),
            ("3", "其中：主动公开规范性文件数", "条", "4"),
        ),
        ("4", "制发规范性文件总数", "件", "5"),
    )
    if layout == "rows":
        text, name = "\n".join(f"| {' | '.join(row)} |" for row in rows), "report.md"
    else:
        text, name = "\n".join(cell for row in rows for cell in row), "report.txt"
    found, _ = _recognised(tmp_path, text + "\n", name)
    expected = [318, 4, 5] if layout == "rows" else [None, None, None]
    assert [fact.value for fact in found.values()] == expected
    assert all(("read:row_length" in fact.flags) == (fact.value is None) for fact in found.values())


def test_exemptions_numbered_to_seven_do_not_mean_what_six_mean(tmp_path):
    rows = "".join(f"| “免予公开范围{n}”数 | 条 | {24 + n} | {n} | {n} |\n" for n in range(1, 8))
    six, _ = _recognised(tmp_path, TWO_PERIODS + "".join(rows.splitlines(True)[:6]))
    assert not any(fact.flags for fact in six.values())
    seven, tables = _recognised(tmp_path, TWO_PERIODS + rows)
    assert {fact.flags for fact in seven.values()} == {("read:other_numbering",)}
    assert "范围7" in _checks_named(tables, "read_unmatched")[0].message


# Rows that provinces add to the form of 2019


@pytest.mark.parametrize("own", [True, False])
def test_sub_rows_beside_a_merged_label_are_not_the_row(tmp_path, own):
    values = "<td></td><td>20</td><td>0</td><td>26</td>"
    first = values if own else "<td>行政检查</td><td>4</td><td>0</td><td>31</td>"
    page = (
        "<table><tr><td colspan=2>信息内容</td><td>上一年项目数量</td><td>本年增/减</td><td>处理决定数量</td></tr>"
        "<tr><td colspan=2>行政许可</td><td>3</td><td>1</td><td>9</td></tr>"
        f"<tr><td rowspan=2>其他对外管理服务事项</td>{first}</tr>"
        "<tr><td>行政确认</td><td>2</td><td>1</td><td>6</td></tr></table>"
    )
    found, tables = _recognised(tmp_path, page, "report.html")
    assert found["licensing_decisions"].value == 9
    unmatched = [finding.message for finding in _checks_named(tables, "read_unmatched")]
    if own:
        assert found["other_services_decisions"].value == 26
        assert found["other_services_decisions"].flags == ()
        assert len(unmatched) == 1
    else:
        assert found["other_services_decisions"].status is Status.UNREADABLE
        assert len(unmatched) == 2
    assert "行政确认" in unmatched[-1]


def test_a_report_without_the_row_of_hubei_misses_nothing(tmp_path):
    text = "| 信息内容 | 本年新制作数量 | 本年新公开数量 | 对外公开总数量 |\n| 规章 | 0 | 0 | 0 |\n| 规范性文件 | 1 | 1 | 4 |\n| 其他文件 | 2 | 2 | 2 |\n"
    found, tables = _recognised(tmp_path, text)
    assert not any(key.startswith("other_docs") for key in found)
    assert [f.check for f in tables.findings] == ["read_unmatched"]


def test_the_committed_mix_of_the_older_forms_names_every_oddity():
    assert set(load_mix("2014")) == set(load_mix("2008")) == set(OLDER_ODDITIES)


# Two forms in one report; no form at all


@pytest.mark.parametrize("suffix", ["txt", "html", "docx", "pdf"])
def test_an_annexed_form_belongs_to_the_same_report(suffix):
    source = CORPUS / "annexed_2019" / f"source.{suffix}"
    result = CliRunner().invoke(main, ["extract", str(source), "--csv"])
    assert result.exit_code == 0
    rows = list(csv.DictReader(result.stdout.splitlines()))
    assert len({(row["organ"], row["report_year"]) for row in rows}) == 1
    forms = {row["table"]: row["form"] for row in rows}
    assert forms["applications"] == "t2019"
    assert forms["statistics_2014"] == "t2014"


@pytest.mark.parametrize("suffix", ["txt", "html", "docx"])
def test_a_report_of_prose_alone_is_a_report(suffix):
    source = str(CORPUS / "narrative_only_2012" / f"source.{suffix}")
    cells = CliRunner().invoke(main, ["extract", source, "--csv"])
    assert (cells.exit_code, len(cells.stdout.splitlines())) == (0, 1)
    prose = CliRunner().invoke(main, ["extract", source, "--narrative", "--csv"])
    assert prose.exit_code == 0
    figures = {
        row["concept"]: row["value"]
        for row in csv.DictReader(prose.stdout.splitlines())
        if not row["category"]
    }
    assert figures["nar_disclosed_total"] == "87"
    assert figures["nar_req_received"] == "3"
