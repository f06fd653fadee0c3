"""Printed cells and labels, as townships print them."""

import csv
import gzip
from decimal import Decimal
from pathlib import Path

import pytest

from pipeline import doubt
from pipeline.model import Status
from pipeline.text import (
    Value,
    is_figure,
    is_numeral,
    is_traditional,
    is_value_like,
    label,
    money_unit,
    money_units,
    numeral,
    parse_value,
    simplified,
    squeezed,
)

PIPELINE = Path(__file__).parents[1] / "pipeline"


@pytest.mark.parametrize(
    ("printed", "status", "value", "unit"),
    [
        ("", Status.BLANK, None, ""),
        ("\u00a0", Status.BLANK, None, ""),
        ("\u3000 \u200b", Status.BLANK, None, ""),
        ("/", Status.DASH, None, ""),
        ("—", Status.DASH, None, ""),
        ("——", Status.DASH, None, ""),
        ("-", Status.DASH, None, ""),
        ("0", Status.ZERO, 0, ""),
        (" 0 ", Status.ZERO, 0, ""),
        ("０", Status.ZERO, 0, ""),
        ("0元", Status.ZERO, 0, "元"),
        ("548", Status.NUMBER, 548, ""),
        ("１２", Status.NUMBER, 12, ""),
        ("11,398,889", Status.NUMBER, 11398889, ""),
        ("1，234", Status.NUMBER, 1234, ""),
        ("+3", Status.NUMBER, 3, ""),
        ("增10", Status.NUMBER, 10, ""),
        ("增加10", Status.NUMBER, 10, ""),
        ("减4", Status.NUMBER, -4, ""),
        ("-11", Status.NUMBER, -11, ""),
        ("387.951万元", Status.NUMBER, "387.951", "万元"),
        ("251000元", Status.NUMBER, 251000, "元"),
        ("251000（元）", Status.NUMBER, 251000, "元"),
        ("189（单位：万元）", Status.NUMBER, 189, "万元"),
        ("22（其中修订16件）", Status.NUMBER, 22, ""),
        ("218\n5", Status.NUMBER, 2185, ""),
        ("5件", Status.NUMBER, 5, "件"),
        ("无", Status.TEXT, None, ""),
        ("无收费", Status.TEXT, None, ""),
        ("無", Status.TEXT, None, ""),
        ("減4", Status.NUMBER, -4, ""),
        ("387.951萬元", Status.NUMBER, "387.951", "万元"),
        ("3個", Status.NUMBER, 3, "个"),
        ("规章000", Status.TEXT, None, ""),
        ("1,23", Status.TEXT, None, ""),
        ("12起", Status.NUMBER, 12, "起"),
        ("12例", Status.NUMBER, 12, "例"),
        ("3期", Status.NUMBER, 3, "期"),
        ("5场次", Status.NUMBER, 5, "场次"),
        ("7篇次", Status.NUMBER, 7, "篇次"),
        ("2批次", Status.NUMBER, 2, "批次"),
        ("3条（次）", Status.NUMBER, 3, "条(次)"),
        ("减少1,共12", Status.NUMBER, -1, ""),
        ("36 = 34 + 2", Status.TEXT, None, ""),
        ("12；", Status.NUMBER, 12, ""),
        ("3件。", Status.NUMBER, 3, "件"),
        ("12，", Status.TEXT, None, ""),
        ("\u202d12\u202c", Status.NUMBER, 12, ""),
        ("\u200e0\u200f", Status.ZERO, 0, ""),
        ("\u2066 \u2069", Status.BLANK, None, ""),
        ("\u202e21", Status.TEXT, None, ""),
        ("零", Status.REPAIRED, 0, ""),
        ("十二", Status.REPAIRED, 12, ""),
        ("两件", Status.REPAIRED, 2, "件"),
        ("一百零五", Status.REPAIRED, 105, ""),
        ("三百一十", Status.REPAIRED, 310, ""),
        ("15万", Status.NUMBER, 15, "万元"),
        ("1.2亿", Status.NUMBER, "1.2", "亿元"),
        ("￥15000", Status.NUMBER, 15000, "元"),
        ("¥95000元", Status.NUMBER, 95000, "元"),
        ("￥9.5万元", Status.NUMBER, "9.5", "万元"),
        ("95000元整", Status.NUMBER, 95000, "元"),
        ("15万余元", Status.NUMBER, 15, "万元"),
        ("人民币15万元", Status.NUMBER, 15, "万元"),
        ("人民币95000", Status.NUMBER, 95000, ""),
        ("15万件", Status.TEXT, None, ""),
        ("3件整", Status.TEXT, None, ""),
        ("¥", Status.TEXT, None, ""),
        ("一百二", Status.TEXT, None, ""),
        ("一千二百零五", Status.REPAIRED, 1205, ""),
        ("二百十二", Status.REPAIRED, 212, ""),
        ("两百件", Status.REPAIRED, 200, "件"),
        ("百", Status.TEXT, None, ""),
        ("二三", Status.TEXT, None, ""),
        ("十多", Status.TEXT, None, ""),
    ],
)
def test_a_cell_says_what_is_printed(printed, status, value, unit):
    parsed = parse_value(printed)
    assert parsed.status is status
    assert parsed.value == (None if value is None else Decimal(value))
    assert parsed.unit == unit


@pytest.mark.parametrize(
    ("printed", "flag"),
    [
        ("--253", "read:sign"),
        ("约44", "source:approximate"),
        ("260余", "source:approximate"),
        ("15万余元", "source:approximate"),
        ("人民币约15万元", "source:approximate"),
        ("20 23", "read:split_digits"),
        ("12, 345", "read:split_digits"),
        ("规章000", "read:not_a_number"),
        ("减少1（共12）", "read:note"),
        ("减少1，共12", "read:note"),
        ("1,23", "read:not_a_number"),
        ("零", "read:numeral"),
        ("十二", "read:numeral"),
        ("\u202e21", "read:not_a_number"),
    ],
)
def test_doubt_is_flagged(printed, flag):
    assert flag in [kind.flag for kind in parse_value(printed).doubts]


@pytest.mark.parametrize(
    "printed",
    [
        "0",
        "548",
        "/",
        "",
        "无",
        "無",
        "无收费",
        "-11",
        "22（其中修订16件）",
        "12起",
        "\u202d12\u202c",
    ],
)
def test_what_is_plain_is_not_flagged(printed):
    assert parse_value(printed).doubts == ()


@pytest.mark.parametrize(
    ("printed", "other"),
    [
        ("（二）部分公开（区分处理的，只计这一情形，不计其他情形）", "部分公开"),
        ("1.属于国家秘密", "1、属于国家秘密"),
        ("总 计", "（七）总计"),
        ("本年增/减", "本年增\\减"),
        ("3.危及“三安全一稳定”", '3、危及"三安全一稳定"'),
        ("本年收费金额（单位：万元）", "本年收费金额"),
        ("本年(2023)制发件数", "本年制发件数"),
        ("第二十条第（一）项", "第二十条第(一)项"),
        ("规章（设区的市、自治州人民政府应提供相关数据）", "规章"),
        ("本年新\n制作数量", "本年新制作数量"),
        ("回应公众关注热点次数（次）", "回应公众关注热点次数"),
        ("政策解读稿件发布数（篇）", "政策解读稿件发布数"),
        ("专职人员数（人）", "专职人员数"),
        ("接待人数（人次）", "接待人数"),
        ("本年收费金额（万）", "本年收费金额"),
        ("举办培训班数（期）", "举办培训班数"),
        ("主动公开信息数（条（次））", "主动公开信息数"),
    ],
)
def test_wordings_that_are_one_label(printed, other):
    assert label(printed) == label(other)


@pytest.mark.parametrize(
    ("printed", "other"),
    [
        ("第二十条第（五）项", "第二十条第（六）项"),
        ("（六）其他处理", "3.其他"),
        ("（三）不予公开", "（五）不予处理"),
    ],
)
def test_labels_that_differ(printed, other):
    assert label(printed) != label(other)


@pytest.mark.parametrize(
    ("printed", "unit"),
    [
        ("本年收费金额（单位：万元）", "万元"),
        ("采购总金额(元)", "元"),
        ("采购总金额（亿元）", "亿元"),
        ("单位：万元", "万元"),
        ("采购总金额", ""),
    ],
)
def test_the_unit_in_a_header(printed, unit):
    assert money_unit(printed) == unit


@pytest.mark.parametrize(
    ("printed", "units"),
    [
        ("本年收费金额（单位：人民币万元）", ["万元"]),
        ("本年收费金额（万元人民币）", ["万元"]),
        ("采购总金额（人民币：元）", ["元"]),
        ("采购总金额(万元/人民币)", ["万元"]),
        ("采购总金额/万元", ["万元"]),
        ("采购总金额 万元", ["万元"]),
        ("本年收费金额（万）", ["万元"]),
        ("本年收费金额（单位：万元/元）", ["万元", "元"]),
        ("采购总金额（元或万元）", ["元", "万元"]),
        ("采购总金额（万元） 单位：元", ["万元", "元"]),
        ("采购项目数量（个）", []),
        ("处理决定数量/万件", []),
    ],
)
def test_every_unit_that_a_header_states(printed, units):
    assert list(money_units(printed)) == units


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("0²", 0),
        ("5①", 5),
        ("12¹", 12),
        ("12[1]", 12),
        ("12*", 12),
        ("3件〔2〕", 3),
        ("7[（1）]", 7),
        ("0 ※", 0),
    ],
)
def test_a_footnote_mark_is_no_digit(printed, value):
    parsed = parse_value(printed)
    assert parsed.value == value
    assert parsed.doubts == (doubt.FOOTNOTE_MARK,)


def test_a_mathematical_minus_is_a_minus():
    assert parse_value("−4").value == -4


def test_traditional_labels_are_the_same_labels():
    assert label("一、本年新收政府信息公開申請數量") == label("一、本年新收政府信息公开申请数量")
    assert label("結轉下年度繼續辦理") == label("结转下年度继续办理")
    assert label("參加新聞會備案記錄") == label("参加新闻会备案记录")
    assert label("熱線電話經濟稱錯讀頁訓問駁") == label("热线电话经济称错读页训问驳")
    assert squeezed("屬於國家秘密（ 答覆 ）") == "属于国家秘密(答复)"


@pytest.mark.parametrize(
    ("printed", "plain"),
    [
        ("漵浦縣綜合行政執法局", "溆浦县综合行政执法局"),
        ("網絡閱讀復議個", "网络阅读复议个"),
        ("資訊公開專案計畫", "信息公开项目计划"),
        ("瞭解後答覆", "了解后答复"),
        ("臨安區於潛鎮，屬於、位於潛江市", "临安区於潜镇，属于、位于潜江市"),
    ],
)
def test_simplified_script(printed, plain):
    assert simplified(printed) == plain


@pytest.mark.parametrize("text", ["乾县", "於潜镇", "藉口镇", "濛江乡", "全覆盖", "瞭望塔", "徐宁"])
def test_what_is_simplified_script_stays_as_it_is(text):
    assert simplified(text) == text


def test_no_official_name_changes_with_the_script():
    with gzip.open(PIPELINE / "reference" / "regions.csv.gz", "rt", encoding="utf-8") as file:
        columns = ("name", "county_name", "city_name", "province_name")
        names = {row[column] for row in csv.DictReader(file) for column in columns}
    assert len(names) > 30_000
    assert [name for name in names if simplified(name) != name] == []


def test_the_script_changes_no_length_and_leaves_nothing_to_change():
    with (PIPELINE / "text" / "script.csv").open(encoding="utf-8", newline="") as file:
        words = [row["traditional"] for row in csv.DictReader(file)]
    assert len(set(words)) == len(words)
    for word in words:
        assert len(simplified(word)) == len(word)
        assert simplified(simplified(word)) == simplified(word)


@pytest.mark.parametrize(
    ("text", "traditional"),
    [
        ("示例縣2021年政府信息公開工作年度報告", True),
        ("示例县2021年政府信息公开工作年度报告", False),
        ("市区的公告、里程和后台", False),
        ("《論語》里说：知之為知之", True),
        ("这份報告说明了公开情况", False),
    ],
)
def test_the_script_of_a_text(text, traditional):
    assert is_traditional(text) is traditional


@pytest.mark.parametrize(
    ("printed", "value_like"),
    [("零", True), ("十二", True), ("一", False), ("三", False), ("十", False), ("八件", True)],
)
def test_a_lone_numeral_in_words_may_number_a_row(printed, value_like):
    assert is_value_like(printed) is value_like
    assert is_numeral(printed) is value_like


@pytest.mark.parametrize(
    "printed",
    [
        "3起",
        "12宗",
        "2人次",
        "1,234",
        "5亿元",
        "约44",
        "+3",
        "十二",
        "/",
        "无",
        "1,2",
        "22（其中修订16件）",
    ],
)
def test_figures_and_what_breaks_leave_of_them(printed):
    assert is_figure(printed)


@pytest.mark.parametrize("printed", ["", "一", "3.", "1.国", "（七", "规章", "增减，共12", "①"])
def test_what_is_no_figure(printed):
    assert not is_figure(printed)


def test_a_picture_may_be_a_value_and_is_no_number():
    assert is_value_like("\ufffc")
    assert not is_numeral("\ufffc")
    assert parse_value("\ufffc") == Value(Status.UNREADABLE, doubts=(doubt.DRAWN,))


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        *(("十二", 12), ("两", 2), ("一百零五", 105), ("零", 0), ("1,234", 1234)),
        *(("26.8万", 268_000), ("二百十二", 212), ("三千零四", 3004), ("五千六百七十八", 5678)),
    ],
)
def test_numerals(printed: str, value: int) -> None:
    assert numeral(printed) == value


@pytest.mark.parametrize("printed", ["百", "三五", "十零", "一百二", "三千五", "〇十一"])
def test_numerals_without_a_single_value(printed: str) -> None:
    assert numeral(printed) is None
