"""Where a name is found, how far each place is believed, and whose figures a report gives."""

from __future__ import annotations

from itertools import pairwise

import pytest

from pipeline.identify import conflicts, identify
from pipeline.identify.methods import in_order, weak
from pipeline.model import Document, Identity, Paragraph, Scope
from pipeline.outline import outline_of
from pipeline.reference import load_regions

TOWN = "浙江省嘉兴市海盐县通元镇人民政府"
OTHER = "海盐县百步镇"
TITLE = "2022年政府信息公开工作年度报告"
SECTION = "一、总体情况"

# What a page prints where each method looks, with a name to be filled in.
PRINTED = {
    "title": (f"{{}}{TITLE}", SECTION),
    "preface": (TITLE, f"根据条例，现公布{{}}{TITLE}。", SECTION),
    "author": (TITLE, "本报告由{}编制，统计期限为2022年1月1日至12月31日。", SECTION),
    "issuer_line": ("发布机构：{} 发布日期：2023-01-12", TITLE, SECTION),
    "breadcrumb": ("首页 > 政务公开 > {} > 年报", TITLE, SECTION),
    "contact": (TITLE, "如有疑问，请与{}联系（电话：1）。", SECTION),
    "actor": (TITLE, SECTION, "2022年，{}认真执行条例。"),
    "signature": (TITLE, SECTION, "公开3条。", "{}", "2023年1月12日"),
    "source_line": ("来源：{} 时间：2023-01-12", TITLE, SECTION),
}


def _identity(*lines: str, heading: str = "") -> Identity:
    blocks = tuple(Paragraph(line, f"line {n}") for n, line in enumerate(lines, 1))
    return identify(outline_of(Document("a.txt", "txt", blocks, heading)), load_regions())


def _method(identity: Identity) -> str:
    return next(e.method for e in identity.evidence if e.field == "organ")


def _said(identity: Identity) -> str:
    return " ".join(known.words for known in conflicts(identity))


@pytest.mark.parametrize("method", PRINTED)
def test_each_place_names_the_issuer_and_a_weak_one_alone_is_doubted(method: str) -> None:
    identity = _identity(*(line.format("海盐县通元镇") for line in PRINTED[method]))
    assert (identity.organ, _method(identity)) == (TOWN, method)
    assert ("alone" in _said(identity)) is (method in weak())


def test_the_declared_heading_names_it_as_title_and_as_column() -> None:
    titled = _identity(TITLE, SECTION, heading=f"海盐县通元镇{TITLE} - 海盐县人民政府")
    assert (titled.organ, _method(titled), conflicts(titled)) == (TOWN, "heading", ())
    column = _identity(TITLE, SECTION, heading=f"{TITLE} - 海盐县通元镇 - 海盐县人民政府")
    assert (column.organ, _method(column)) == (TOWN, "column")
    assert "alone" in _said(column)


def _both(stronger: str, weaker: str) -> tuple[str, ...]:
    """One page with 通元镇 in the stronger place and another town in the weaker."""
    first = [line.format("海盐县通元镇") for line in PRINTED[stronger]]
    second = [line.format(OTHER) for line in PRINTED[weaker] if "{}" in line]
    if stronger in ("actor", "signature") or weaker not in ("actor", "signature"):
        return (*second, *first) if weaker != "signature" else (*first, *second)
    return (*first, *second, *(["2023年1月12日"] if weaker == "signature" else []))


ORDER = [method for method in in_order() if method in PRINTED and method != "title"]


@pytest.mark.parametrize(("stronger", "weaker"), list(pairwise(ORDER)), ids=lambda m: str(m))
def test_of_two_places_the_stronger_is_believed_and_the_other_named(
    stronger: str, weaker: str
) -> None:
    identity = _identity(*_both(stronger, weaker))
    assert (identity.organ, _method(identity)) == (TOWN, stronger)
    assert "百步镇" in _said(identity)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("首页 > 政务公开 > 海盐县通元镇 > 年报", "2022年，海盐县通元镇认真执行条例。"),
        ("请与海盐县通元镇党政办联系（电话：1）。", "2022年，我镇公开3条。"),
        ("来源：海盐县通元镇", "请与通元镇人民政府联系（电话：1）。"),
    ],
)
def test_two_weak_places_that_agree_are_enough(first: str, second: str) -> None:
    identity = _identity(first, TITLE, SECTION, second)
    assert (identity.organ, conflicts(identity)) == (TOWN, ())


@pytest.mark.parametrize(
    "lines",
    [
        ("| 索引号 | 330424/2023-0001 | 发布机构 | 海盐县通元镇 | 公开形式 | 网站 |",),
        ("[ 发布机构 ] | 海盐县通元镇 |", "[ 成文日期 ] | 2023-01-12 |"),
        ("发布机构", "海盐县通元镇人民政府", "发布日期", "2023-01-12"),
        ("• 发布机构:", "海盐县通元镇人民政府", "• 浏览次数:", "5"),
        ("发布机构 海盐县通元镇 文号 发布日期 2023-01-12",),
        ("发布单位：海盐县通元镇 发布人：李某 发布时间：2023-01-12",),
        ("公开主体：海盐县通元镇人民政府 公开日期：2023-01-12 浏览次数：5",),
    ],
)
def test_metadata_in_rows_in_cells_and_over_two_lines(lines: tuple[str, ...]) -> None:
    identity = _identity(*lines, TITLE, SECTION, "公开3条。")
    assert (identity.organ, _method(identity), conflicts(identity)) == (TOWN, "issuer_line", ())


@pytest.mark.parametrize(
    "lines",
    [
        ("发布机构：", "发布日期：2023-01-12"),
        ("来源于各部门的信息由海盐县人民政府办公室审核。",),
        ("发布机构 关键词 通元镇",),
    ],
)
def test_an_empty_caption_and_words_of_a_sentence_name_nobody(lines: tuple[str, ...]) -> None:
    identity = _identity(*lines, TITLE, SECTION, "公开3条。")
    assert identity.organ == ""
    assert "no issuer is read" in _said(identity)


@pytest.mark.parametrize("line", ["发布机构：海盐县政务服务管理局", "来源：海盐县大数据局"])
def test_whoever_puts_pages_online_is_not_taken_for_the_issuer_in_silence(line: str) -> None:
    identity = _identity(line, TITLE, SECTION, "2022年，我局公开3条。")
    assert "alone" in _said(identity)


@pytest.mark.parametrize(
    ("words", "scope"),
    [
        (
            "本报告综合2022年度各县（市、区）政府和市级各部门的年度报告编制而成。",
            Scope.REGION_AGGREGATE,
        ),
        ("本报告数据涵盖全市各县（市、区）。", Scope.REGION_AGGREGATE),
        ("本报告汇总全市各级行政机关的数据。", Scope.REGION_AGGREGATE),
        ("报告所列数据包括全市各级行政机关。", Scope.REGION_AGGREGATE),
        ("数据为市本级各部门汇总。", Scope.LEVEL_AGGREGATE),
        ("推进综合行政执法改革，各县认真编制目录。", Scope.UNKNOWN),
        ("全市各级行政机关认真执行条例。", Scope.UNKNOWN),
        ("公开信息涵盖教育、卫生等领域。", Scope.UNKNOWN),
    ],
)
def test_whose_figures_a_government_gives(words: str, scope: Scope) -> None:
    assert _identity(f"嘉兴市{TITLE}", words, SECTION).scope is scope


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("现公布海盐县通元镇2022年政府信息公开工作年度报告。", "海盐县通元镇"),
        ("特向社会公布2022年度海盐县教育局政府信息公开工作年度报告。", "海盐县教育局"),
        ("现将将乐县2022年度政府信息公开工作情况报告如下。", "将乐县"),
        ("汇总2022年度三溪乡的政务公开年度报告编制而成。", "三溪乡"),
        ("现发布《海盐县通元镇2022年政府信息公开工作年度报告》。", "海盐县通元镇"),
        ("现将我局2022年政府信息公开工作年度报告公布如下。", "我局"),
    ],
)
def test_the_report_that_a_preface_announces(words: str, name: str) -> None:
    document = Document("a.txt", "txt", (Paragraph(words, "line 1"), Paragraph(SECTION, "line 2")))
    (title,) = outline_of(document).announced
    assert (title.name, title.year) == (name, 2022)


@pytest.mark.parametrize(
    "words",
    [
        "按照《海盐县政府信息公开工作年度报告制度》执行。",
        "根据《关于做好2022年政府信息公开工作年度报告编制工作的通知》要求编制。",
        "根据区政府办公室关于做好2022年度政府信息公开工作年度报告的相关要求编制。",
        "依据《政府信息公开工作年度报告格式》编制。",
    ],
)
def test_rules_and_notices_announce_no_report(words: str) -> None:
    document = Document("a.txt", "txt", (Paragraph(words, "line 1"), Paragraph(SECTION, "line 2")))
    assert outline_of(document).announced == ()


def test_within_a_section_only_a_sentence_that_announces_tells() -> None:
    body = "2022年，我镇编制了2021年政府信息公开工作年度报告。现将海盐县通元镇2022年政府信息公开工作年度报告公布如下。"
    document = Document("a.txt", "txt", (Paragraph(SECTION, "line 1"), Paragraph(body, "line 2")))
    (title,) = outline_of(document).announced
    assert (title.name, title.year) == ("海盐县通元镇", 2022)


@pytest.mark.parametrize(
    ("organ", "printed"),
    [
        (TOWN, "海盐县通元镇 浙江省海盐县通元镇人民政府 海盐通元镇 海盐县通元镇党政办 通元镇政府"),
        (
            "甘肃省张掖市甘州区北街街道办事处",
            "甘州区北街街道 甘州区北街办事处 张掖市甘州区北街街道办",
        ),
        (
            "江苏省苏州市昆山市卫生健康委员会",
            "昆山市卫健委 昆山市卫生健康委 苏州市昆山市卫生健康委员会",
        ),
        ("重庆市教育委员会", "重庆市教委 重庆市教育委 重庆市教育委员会"),
        (
            "国家税务总局海盐县税务局",
            "海盐县税务局 国家税务总局海盐县税务局 国家税务总局嘉兴市海盐县税务局",
        ),
        (
            "国家税务总局杭州市西湖区税务局",
            "杭州市西湖区税务局 国家税务总局浙江省杭州市西湖区税务局",
        ),
        ("青岛海关", "青岛海关 中华人民共和国青岛海关"),
        (
            "江苏省苏州市苏州工业园区管理委员会",
            "苏州工业园区 苏州工业园区管委会 江苏省苏州市苏州工业园区",
        ),
        (
            "安徽省蚌埠市经济开发区管理委员会",
            "蚌埠经济开发区 蚌埠市经济开发区管委会 蚌埠市蚌埠市经济开发区",
        ),
        (
            "湖北省恩施土家族苗族自治州人民政府",
            "恩施州 恩施自治州人民政府 湖北省恩施土家族苗族自治州",
        ),
        ("内蒙古自治区锡林郭勒盟行政公署", "锡林郭勒盟 锡林郭勒盟行政公署 内蒙古锡林郭勒盟行署"),
        (
            "贵州省安顺市镇宁布依族苗族自治县民政局",
            "镇宁自治县民政局 镇宁县民政局 安顺市镇宁布依族苗族自治县民政局",
        ),
        (
            "辽宁省朝阳市喀喇沁左翼蒙古族自治县人民政府",
            "喀左县 朝阳市喀左县人民政府 喀喇沁左翼自治县",
        ),
        (
            "浙江省嘉兴市海盐县人民政府办公室",
            "海盐县政府办 海盐县人民政府办公室 海盐县政府信息公开办公室",
        ),
    ],
)
def test_an_organ_has_one_name_however_it_is_printed(organ: str, printed: str) -> None:
    identities = [_identity(f"{name}{TITLE}", SECTION) for name in printed.split()]
    assert {identity.organ for identity in identities} == {organ}
    assert len({identity.region_code for identity in identities}) == 1
    assert [conflicts(identity) for identity in identities] == [()] * len(identities)
