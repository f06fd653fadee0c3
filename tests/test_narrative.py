"""Figures in prose: what is read, what must not be, and how they agree with the tables."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.doubt import Severity, Verdict
from pipeline.judge import finding
from pipeline.model import Fact, Finding, NarrativeFigure, Status
from pipeline.narrative import checks, narrated
from pipeline.outline import outline_of
from pipeline.readers import read
from pipeline.text import numeral
from tests.narrated import check_narrative, read_from, values

REAL = Path(__file__).parents[2] / "shared/real"
NAMES = (
    "机构职能",
    "政策文件",
    "规划计划",
    "通知公告",
    "工作动态",
    "人事信息",
    "财政信息",
    "重点领域信息",
    "行政执法信息",
    "应急管理",
    "其他信息",
)

FRAGMENTS = (
    *("主动公开", "政府信息", "信息", "我镇", "共", "受理", "收到", "未收到", "政府信息公开申请"),
    *("依申请公开", "其中", "政策文件", "通知公告", "微信公众号", "行政复议", "诉讼", "信息处理费"),
    *("12", "1,234", "2.5万", "十二", "２０", "2019年", "条", "件", "余", "约", "元", "%"),
    *("，", "。", "；", "、", "：", "（", "）", " ", "\n", "①", "《", "》"),
)
PHRASES = (
    *("我镇主动公开政府信息1,234条", "收到政府信息公开申请十二件", "未收到政府信息公开申请"),
    *("主动公开信息约2.5万条", "微信公众号公开信息２０条"),
)

# What real reports state and what they list under it.
ADDING_UP = (
    (202, "8+62+4+18+68+4+3+35"),
    (57, "4+2+43+4+2+1+1"),
    (367, "134+92+2+84+55"),
    (86, "2+5+73+2+1+1+1+1"),
    (81, "50+9+2+6+4+4+2+1+1+1+1"),
    (63, "16+36+5+1+5"),
    (42, "28+7+7"),
    (32, "1+11+4+16"),
    (141, "16+24+10+1+23+17+4+25+9+3+9"),
    (172, "91+19+47+7+3+2+3"),
    (77, "1+3+57+16+0+0"),
    (13, "11+2"),
    (506, "13+22+471"),
    (130, "1+1+25+98+2+2+1"),
)
NOT_ADDING_UP = (
    (496, "420+6+3+67+7+4+6+2+5+8", 528),
    (160, "59+1+5+8+22+45+28+2", 170),
)


def explain_received(
    figures: Sequence[NarrativeFigure], facts: Sequence[Fact]
) -> tuple[Finding, ...]:
    """What table three says of the prose, as the findings that say it."""
    return tuple(finding(known) for known in checks.explain_received(figures, facts))


def listing(parts: str, separator: str = "、") -> str:
    counts = parts.split("+")
    return separator.join(f"{name}{n}条" for name, n in zip(NAMES, counts, strict=False))


@pytest.mark.parametrize(("total", "parts"), ADDING_UP)
@pytest.mark.parametrize(
    "wording",
    [
        "2020年，我镇共主动公开政府信息{total}条，其中：{comma}。",
        "全年累计公开各类信息{total}条，较上年增加12条，包括{dot}。",
        "本年度主动公开政府信息总数为 {total} 条。其中，{semicolon}。",
        "全乡主动公开政务信息共计{total}条（其中{dot}）。",
    ],
)
def test_a_total_and_its_list_are_read_whole(wording: str, total: int, parts: str) -> None:
    text = wording.format(
        total=total,
        comma=listing(parts, "，"),
        dot=listing(parts),
        semicolon=listing(parts, "；"),
    )
    first, *items = read_from(text)
    assert (first.concept, first.value, first.category) == ("nar_disclosed_total", total, "")
    assert [str(item.value) for item in items] == parts.split("+")
    assert [item.category for item in items] == list(NAMES[: len(items)])
    assert check_narrative((first, *items)) == ()


@pytest.mark.parametrize(("total", "parts", "parts_sum"), NOT_ADDING_UP)
def test_a_list_that_does_not_add_up_is_a_warning(total: int, parts: str, parts_sum: int) -> None:
    (finding,) = check_narrative(read_from(f"共公开政府信息{total}条，其中{listing(parts)}。"))
    assert (finding.check, finding.verdict) == ("N-CAT", Verdict.FAIL)
    assert finding.severity is Severity.WARNING
    assert str(total) in finding.message
    assert str(parts_sum) in finding.message


@pytest.mark.parametrize(
    "text",
    [
        "主动公开信息60条，其中政策文件2条、工作动态45条、人事信息3条等。",
        "主动公开信息72条，主要包括政策文件10条、工作动态36条。",
        "主动公开信息696条，其中网络公开类477条、通知202条，以及其他信息若干。",
        "主动公开信息400余条，其中政务动态52条、通知公告38条、便民服务100条。",
        "主动公开信息100条，其中政策文件62条。",
        "主动公开信息100条，其中政策文件62条，其中规范性文件2条，通知公告38条。",
        "主动公开信息81条，其中政策文件50条、工作动态30条，微信公众号发布108条。",
    ],
)
def test_a_list_that_does_not_claim_to_be_whole_is_not_summed(text: str) -> None:
    assert read_from(text)
    assert check_narrative(read_from(text)) == ()


def test_a_list_by_channel_gives_the_channels_figures() -> None:
    text = (
        "主动公开政府信息18269条，其中政府网站2905条、微博6128条、微信公众号1540条、"
        "今日头条5135条、抖音2487条、报刊74条。"
    )
    found = read_from(text)
    assert values(text)[1:] == [
        ("disclosed_website", 2905),
        ("disclosed_weibo", 6128),
        ("disclosed_wechat", 1540),
        ("disclosed_other_channel", 5135),
        ("disclosed_other_channel", 2487),
        ("disclosed_other_channel", 74),
    ]
    assert [f.category for f in found[4:]] == ["今日头条", "抖音", "报刊"]
    assert check_narrative(found) == ()
    wrong = read_from("主动公开信息372条，其中通过网站公开331条，通过微信公开61条。")
    assert [f.check for f in check_narrative(wrong)] == ["N-CHANNEL"]


def test_a_channel_outside_the_total_is_not_part_of_it() -> None:
    text = "全镇主动公开信息81条。微信公众号“示例发布”发布信息108条。"
    assert values(text) == [("disclosed_total", 81), ("disclosed_wechat", 108)]


def test_one_channels_total_is_not_the_organs() -> None:
    assert values("我区在政府网站平台主动发布各类政府信息2428条。") == [("disclosed_website", 2428)]
    assert values("通过政府网站、微信公众号等平台主动公开政府信息300条。") == [
        ("disclosed_total", 300)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("全年共受理依申请公开事项2件，均已答复。", ("req_received", 2)),
        ("受理政府信息公开申请859件，申请数量比上年回落12.3%。", ("req_received", 859)),
        ("本年新收政府信息公开申请3511件。", ("req_received", 3511)),
        ("收到1份自然人提交的政府信息公开申请。", ("req_received", 1)),
        ("2023年收到政府信息公开申请一件。", ("req_received", 1)),
        ("受理依申请公开案件十二宗。", ("req_received", 12)),
        ("政府信息公开申请受理两件。", ("req_received", 2)),
        ("共收到依申请公开0件。", ("req_received", 0)),
        ("本年度未收到政府信息公开申请。", ("req_received", 0)),
        ("（二）依申请公开。2020年未收到新的申请，上年结转的已办结。", ("req_received", 0)),
        ("2023年，我乡无依申请公开事项。", ("req_received", 0)),
        ("全鄉主動公開信息數量為46件。", ("disclosed_total", 46)),
        ("全鄉主動公開政府資訊46條。", ("disclosed_total", 46)),
        ("全縣主動公開信息1.2萬條。", ("disclosed_total", 12000)),
        ("依申請公開方面，全年收到申請3件。", ("req_received", 3)),
        ("截至202020年12月31日，我镇主动公开信息１２３条。", ("disclosed_total", 123)),
        ("廿三里街道主动公开政府信息95条。", ("disclosed_total", 95)),
        ("六安市主动公开政府信息1,234条。", ("disclosed_total", 1234)),
        ("2020年度累计主动公开信息21条。", ("disclosed_total", 21)),
        ("全年发布政策解读稿件12篇。", ("policy_interpretations", 12)),
        ("召开2场新闻发布会。", ("press_conferences", 2)),
        ("共回复各类舆情信息32条。", ("hot_issue_responses", 32)),
        ("承办建议提案5件。", ("proposals_handled", 5)),
        ("受理12345热线工单218件。", ("hotline_cases", 218)),
        ("收取信息处理费2230元。", ("info_fee_amount", 2230)),
        ("2023年未收取信息处理费。", ("info_fee_amount", 0)),
    ],
)
def test_common_wordings_are_read(text: str, expected: tuple[str, int]) -> None:
    assert values(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "收到政府信息公开申请10件，其中网上申请6件、信函申请3件、当面申请1件，办结9件。",
            [
                ("req_received", 10),
                ("req_online", 6),
                ("req_letter", 3),
                ("req_in_person", 1),
                ("req_replied", 9),
            ],
        ),
        (
            "制发公文类政府信息100件，其中主动公开90件，依申请公开5件。",
            [("docs_issued", 100), ("docs_public", 90)],
        ),
        (
            "信息公开类行政复议7件，诉讼9件，均获维持。",
            [("review_cases", 7), ("litigation_cases", 9)],
        ),
        (
            "未发生因政府信息公开引起的行政复议、行政诉讼案件。",
            [("review_cases", 0), ("litigation_cases", 0)],
        ),
        (
            "举办政务公开培训3次，培训人员120人次。",
            [("training_sessions", 3), ("training_people", 120)],
        ),
        (
            "对25件申请收取信息处理费共计400元。",
            [("info_fee_cases", 25), ("info_fee_amount", 400)],
        ),
        ("收取信息处理费共4件、360元。", [("info_fee_cases", 4), ("info_fee_amount", 360)]),
        ("收取信息处理费4件，共计360元。", [("info_fee_cases", 4), ("info_fee_amount", 360)]),
        (
            "本镇发出收费通知的件数0件和总金额0元以及实际收取的总金额0元。",
            [("info_fee_cases", 0), ("info_fee_amount", 0)],
        ),
        (
            "发出收费通知的件数和总金额以及实际收取的总金额均为0。",
            [("info_fee_cases", 0), ("info_fee_amount", 0)],
        ),
        (
            "未发出收费通知，未收取信息处理费。",
            [("info_fee_cases", 0), ("info_fee_amount", 0)],
        ),
        (
            "发出收费通知4件，总金额360元，实际收取360元。",
            [("info_fee_cases", 4), ("info_fee_amount", 360)],
        ),
    ],
)
def test_sentences_with_several_figures(text: str, expected: list[tuple[str, int]]) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "主动公开政府信息  条，受理申请  件。",
        "主动公开政府信息比上年增加58条。",
        "去年主动公开政府信息150条。",
        "上半年主动公开信息50条。",
        "计划主动公开信息300条。",
        "主动公开率100%，同比上涨116%。",
        "共退回三条，推送78条。",
        "咨询电话30人次，收到来信12件。",
        "协助上级办理依申请公开5件。",
        "依申请公开政府信息3条。",
        "不予公开信息2条。",
        "收到行政许可申请20件。",
        "未收到申请人的补正材料。",
        "无正当理由大量反复申请0件。",
        "在重点领域信息公开方面，公开信息35条。",
        "财政预决算信息公开12条。",
        "公开政府信息一条龙服务，主动公开信息8项目。",
        "主动公开信息三五条。",
        "组织安全生产培训5次。",
        "收到政府信息公开申请3-5件。",
        "严格执行《信息处理费管理办法》。",
        "行政复议后起诉的诉讼1件。",
        "①主动公开政府信息①条。",
    ],
)
def test_what_is_no_figure_of_the_year_is_left_out(text: str) -> None:
    assert read_from(text) == ()


def test_another_years_figure_is_told_by_the_title() -> None:
    body = "2018年主动公开政府信息150条，2019年主动公开政府信息202条。"
    found = read_from("示例镇2019年政府信息公开工作年度报告", body)
    assert [f.value for f in found] == [202]
    assert all("read:period" in f.flags for f in read_from(body))


@pytest.mark.parametrize(
    ("text", "value", "qualifier"),
    [
        ("主动公开信息260余条。", 260, "at_least"),
        ("主动公开信息300多条。", 300, "at_least"),
        ("主动公开信息500条以上。", 500, "at_least"),
        ("主动公开信息超过500条。", 500, "at_least"),
        ("主动公开信息约44条。", 44, "approx"),
        ("主动公开信息近500条。", 500, "approx"),
        ("主动公开信息18万余条。", 180_000, "at_least"),
        ("主动公开信息26.8万条。", 268_000, "exact"),
    ],
)
def test_qualifiers(text: str, value: int, qualifier: str) -> None:
    (figure,) = read_from(text)
    assert (figure.value, figure.qualifier) == (Decimal(value), qualifier)


def test_an_amount_with_commas_and_cents_is_read_whole() -> None:
    (fee,) = read_from("全年收取信息处理费1,234.56元。")
    assert (fee.concept, fee.value) == ("nar_info_fee_amount", Decimal("1234.56"))


def test_a_numeral_that_says_two_numbers_is_no_figure() -> None:
    assert values("全年主动公开政府信息一百二条。") == []


def test_a_figure_leads_back_to_its_numeral() -> None:
    (figure,) = read_from("一、总体情况", "工作有序。我镇全年主动公开\n信息 1,202 条；余略。")[:1]
    assert figure.sentence == "我镇全年主动公开\n信息 1,202 条；"
    assert figure.sentence[figure.start : figure.end] == "1,202"
    assert (figure.unit, figure.where) == ("条", "line 2")
    (zero,) = read_from("全年未收到政府信息公开申请。")
    assert zero.sentence[zero.start : zero.end] == "未收到"


def test_doubtful_readings_are_flagged() -> None:
    (split,) = read_from("主动公开信息218\n5条。")
    (comma,) = read_from("主动公开信息8，235条。")
    (topic,) = read_from("围绕乡村振兴，主动公开政府信息35条。")
    assert (split.flags, split.value) == (("read:split_digits",), 2185)
    assert (comma.flags, topic.flags) == (("read:thousands",), ("read:scope",))


def test_a_total_that_holds_more_than_proactive_disclosure_is_doubted() -> None:
    found = read_from(
        "全年信息公开总数3021条，其中主动公开1027条，依申请公开459条，不予公开1535条。"
    )
    assert [(f.value, f.flags) for f in found] == [
        (3021, ("read:scope",)),
        (1027, ("read:scope",)),
    ]
    assert check_narrative(found) == ()


# On a machine with other work, drawing and reading an example may take any time.
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(st.sampled_from(FRAGMENTS) | st.sampled_from(PHRASES), max_size=40).map("".join))
def test_every_figure_stands_where_it_says(text: str) -> None:
    for figure in read_from(text):
        printed = figure.sentence[figure.start : figure.end]
        assert figure.sentence in text
        assert numeral(printed) == figure.value or (figure.value == 0 and printed[0] in "未没无")


def test_the_printed_name_of_a_category_is_kept() -> None:
    found = read_from("公开信息35条，其中“双随机”检查信息15条、通知（公告）20条。")
    assert [f.category for f in found[1:]] == ["“双随机”检查信息", "通知（公告）"]


def test_two_rival_totals_are_flagged_and_found() -> None:
    found = read_from("全年主动公开政府信息20条。", "一年来，我局共公开政府信息16条。")
    assert [f.flags for f in found] == [("source:N-INTERNAL",), ("source:N-INTERNAL",)]
    (finding,) = check_narrative(found)
    assert (finding.check, finding.severity) == ("N-INTERNAL", Severity.WARNING)
    assert "20 条 and 16 条" in finding.message


@pytest.mark.parametrize(
    "texts",
    [
        ("主动公开政府信息20条。", "如上所述，全年主动公开政府信息20条。"),
        ("全年主动公开政府信息20余条。", "共公开政府信息26条。"),
        ("本年新收政府信息公开申请3511件，上年结转96件，共收办政府信息公开申请3607件。",),
        ("全市受理政府信息公开申请12000件，其中市政府办公厅受理政府信息公开申请859件。",),
    ],
)
def test_statements_that_agree_or_count_different_things_are_no_rivals(
    texts: tuple[str, ...],
) -> None:
    assert len(read_from(*texts)) == 2
    assert check_narrative(read_from(*texts)) == ()


def fact(concept: str, text: str, status: Status | None = None) -> Fact:
    status = status or (Status.NUMBER if text else Status.BLANK)
    value = Decimal(text) if text else None
    return Fact("t2019", "applications", concept, "total", text, status, value, "件")


def table(new: str, carried: str, processed: str) -> list[Fact]:
    return [
        fact("req_received_new", new),
        fact("req_carried_in", carried),
        fact("req_processed_total", processed),
    ]


def explained(text: str, facts: list[Fact]) -> Finding:
    (finding,) = explain_received(read_from(text), facts)
    return finding


@pytest.mark.parametrize(
    ("facts", "spelled"),
    [
        (table("2", "1", "3"), "正文 2 件 = 本年新收 2"),
        (table("1", "1", ""), "正文 2 件 = 本年新收 1 + 上年结转 1"),
        (table("2", "", ""), "正文 2 件 = 本年新收 2"),
        (table("", "2", ""), "正文 2 件 = 本年新收 0 (blank) + 上年结转 2"),
        (table("3", "0", "2"), "正文 2 件 = 办理结果总计 2"),
        (
            [*table("3", "", ""), fact("req_processed_total", "2", Status.DERIVED)],
            "正文 2 件 = 办理结果总计 2",
        ),
    ],
)
def test_which_reading_of_the_table_the_text_agrees_with(facts: list[Fact], spelled: str) -> None:
    finding = explained("共受理依申请公开事项2件。", facts)
    assert (finding.verdict, finding.severity) == (Verdict.PASS, Severity.INFO)
    assert finding.message.startswith(spelled)


def test_a_text_that_no_reading_explains_is_a_warning() -> None:
    finding = explained("共收到政府信息公开申请2件。", table("3", "0", "3"))
    assert (finding.check, finding.verdict) == ("N-REQ", Verdict.FAIL)
    assert finding.severity is Severity.WARNING
    assert "本年新收 3" in finding.message


def test_nothing_is_said_without_an_exact_number_and_a_total() -> None:
    blank = table("", "", "")
    assert explain_received(read_from("共收到政府信息公开申请2件。"), blank) == ()
    assert explain_received(read_from("共收到政府信息公开申请20余件。"), table("3", "", "")) == ()


def _real(name: str) -> tuple[NarrativeFigure, ...]:
    path = REAL / name
    if not path.exists():
        pytest.skip(f"{name} is not here")
    return narrated(outline_of(read(path, name))).figures


def test_tongyuan_2019() -> None:
    found = _real("tongyuan2019/report.txt")
    items = [f for f in found if f.concept == "nar_disclosed_category"]
    stated = {f.concept: f.value for f in found if not f.category}
    assert [int(item.value) for item in items] == [8, 62, 4, 18, 68, 4, 3, 35]
    assert stated["nar_disclosed_total"] == 202
    assert stated["nar_req_received"] == 2
    assert check_narrative(found) == ()
    assert not any(f.flags for f in found)


def test_shanghai_office_2019() -> None:
    stated = {f.concept: f.value for f in _real("shanghai_office2019/report.html")}
    assert stated["nar_req_received"] == 859
    assert stated["nar_req_replied"] == 805
    assert (stated["nar_review_cases"], stated["nar_litigation_cases"]) == (7, 9)
    assert "nar_disclosed_total" not in stated


def test_a_list_may_have_one_item_a_paragraph() -> None:
    read = read_from(
        "2022年，我镇主动公开政府信息50条，主要内容如下：",
        "（一）政策文件8条；",
        "（二）工作动态42条。",
        "本年回应关切3件。",
    )
    said = [(figure.concept, figure.category, int(figure.value)) for figure in read]
    assert said == [
        ("nar_disclosed_total", "", 50),
        ("nar_disclosed_category", "政策文件", 8),
        ("nar_disclosed_category", "工作动态", 42),
        ("nar_hot_issue_responses", "", 3),
    ]
    assert not any(figure.flags for figure in read)


@pytest.mark.parametrize("line", ["组织学习3次。", "政策文件80条；", "政策文件8条已失效；"])
def test_a_paragraph_that_is_no_item_of_the_list_above_gives_no_category(line: str) -> None:
    assert values("主动公开政府信息50条。") == [("disclosed_total", 50)]
    read = read_from("主动公开政府信息50条，其中：", line)
    assert [int(figure.value) for figure in read] == [50]
