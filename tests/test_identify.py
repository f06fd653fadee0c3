"""Who reports on which year: titles, misleading names, ambiguous places, contradictions."""

from __future__ import annotations

import re
from pathlib import Path

import pdfplumber
import pytest

from pipeline.extract import extract
from pipeline.identify import conflicts as doubts_on
from pipeline.identify import identify
from pipeline.judge import finding
from pipeline.model import Cell, Document, Grid, Identity, Paragraph, Scope
from pipeline.outline import outline_of
from pipeline.reference import load_regions

REAL = Path(__file__).parents[2] / "shared" / "real"
TONGYUAN = "浙江省嘉兴市海盐县通元镇人民政府"


def conflicts(identity):
    """What the print contradicts, as the findings that say it."""
    return tuple(finding(known) for known in doubts_on(identity))


def _document(*lines: str, heading: str = "") -> Document:
    blocks = tuple(Paragraph(line, f"line {n}") for n, line in enumerate(lines, 1))
    return Document("a.txt", "txt", blocks, heading)


def _identity(*lines: str, heading: str = "") -> Identity:
    return identify(outline_of(_document(*lines, heading=heading)), load_regions())


def _method(identity: Identity, field: str) -> str:
    return next(evidence.method for evidence in identity.evidence if evidence.field == field)


def _findings(identity: Identity) -> list[tuple[str, str]]:
    return [(finding.check, str(finding.severity)) for finding in conflicts(identity)]


@pytest.mark.parametrize(
    "lines",
    [
        ["通元镇2019年政府信息公开工作年度报告"],
        ["2019年通元镇政府信息公开年报"],
        ["海盐县通元镇人民政府2019年度政府信息公开工作报告"],
        ["海盐通元镇2019年政府信息公开年度工作报告"],
        ["嘉兴市海盐县通元镇政府信息公开工作年度报告（2019年度）"],
        ["浙江省嘉兴市海盐县通元镇政府信息公开2019年度报告"],
        ["二〇一九年海盐县通元镇政府信息公开工作告年度报"],
        ["[bookmark: _GoBack]通 元 镇 ２０１９年 政府信息公开工作 年度报告"],
        ["通元镇202019年政府信息公开工作年度报告"],
        ["《海盐县通元镇2019年政府信息公开年度报告》"],
        ["附件1：通元镇2019政府信息公开年报"],
        ["海盐县通元镇人民政府", "2019年政府信息公开工作年度报告"],
        ["海盐县通元镇2019年政府信息公开", "工作年度报告"],
        ["海盐县通元镇", "2019年", "政府信息公开", "工作年度报告"],
        ["海盐县通元镇人民政府", "2019年", "政府信息公开工作年度报告"],
        ["政府信息公开年报", "通元镇2019年政府信息公开年报"],  # a menu above the title
        ["通元镇政府信息公开年报", "本报告数据期限自2019年1月1日至12月31日。"],
        ["通元镇政府信息公开年报", "统计期限为201911日至20191231日。"],
        ["2019年政府信息公开年报", "海盐县通元镇人民政府", "一、总体情况", "无。"],
        ["2019年政府信息公开年报", "一、总体情况", "无。", "海盐县通元镇人民政府", "2020年1月9日"],
    ],
)
def test_titles_of_one_township(lines: list[str]) -> None:
    identity = _identity(*lines)
    assert (identity.organ, identity.region_code) == (TONGYUAN, "330424106")
    assert identity.report_year == 2019
    assert identity.organ_type == "township_government"
    assert identity.scope is Scope.OWN_ORGAN


@pytest.mark.parametrize(
    ("name", "organ", "code", "kind"),
    [
        ("上海市人民政府办公厅", "上海市人民政府办公厅", "310000", "government_office"),
        ("海盐县政府办公室", "浙江省嘉兴市海盐县人民政府办公室", "330424", "government_office"),
        ("淮安市洪泽区人民政府", "江苏省淮安市洪泽区人民政府", "320813", "government"),
        ("宿迁市", "江苏省宿迁市人民政府", "321300", "government"),
        ("宿迁市人民", "江苏省宿迁市人民政府", "321300", "government"),  # 人民|政府信息公开
        ("江苏省", "江苏省人民政府", "320000", "government"),
        ("北京市", "北京市人民政府", "110000", "government"),
        ("海盐县发展和改革局", "浙江省嘉兴市海盐县发展和改革局", "330424", "department"),
        ("江苏省教育厅", "江苏省教育厅", "320000", "department"),
        ("上海海关", "上海海关", "310000", "vertical_branch"),
        (
            *("国家税务总局海盐县税务局", "国家税务总局海盐县税务局"),
            *("330424", "vertical_branch"),
        ),
        (
            *("苏州工业园区管委会", "江苏省苏州市苏州工业园区管理委员会"),
            *("320571", "development_zone"),
        ),
        ("铁边城镇", "陕西省延安市吴起县铁边城镇人民政府", "610626101", "township_government"),
        ("西四镇", "辽宁省鞍山市海城市西四镇人民政府", "210381124", "township_government"),
        ("镇安县", "陕西省商洛市镇安县人民政府", "611025", "government"),
        ("景德镇市昌江区", "江西省景德镇市昌江区人民政府", "360202", "government"),
        ("景德镇市", "江西省景德镇市人民政府", "360200", "government"),
        (
            *("廿三里街道办事处", "浙江省金华市义乌市廿三里街道办事处"),
            *("330782007", "subdistrict_office"),
        ),
        (
            *("广州市越秀区北京街道", "广东省广州市越秀区北京街道办事处"),
            *("440104003", "subdistrict_office"),
        ),
        (
            *("麻阳县文昌阁乡", "湖南省怀化市麻阳苗族自治县文昌阁乡人民政府"),
            *("431226204", "township_government"),
        ),
        (
            "武汉市黄陂区滠口街",
            "湖北省武汉市黄陂区滠口街道办事处",
            "420116005",
            "subdistrict_office",
        ),
        (
            *("上海市黄浦区人民政府外滩街道办事处", "上海市黄浦区外滩街道办事处"),
            *("310101013", "subdistrict_office"),
        ),
        (
            *("海盐县通元镇财政所", "浙江省嘉兴市海盐县通元镇财政所"),
            *("330424106", "department"),
        ),
        # A real publisher that no edition lists: the county is known, a code of its own is not.
        (
            *("无锡市锡山区云林街道", "江苏省无锡市锡山区云林街道办事处"),
            *("320205", "subdistrict_office"),
        ),
        ("新通元镇", "新通元镇人民政府", "", "township_government"),  # ends like a known name
        ("沐阳县人民政府", "沐阳县人民政府", "", "government"),  # a misread 沭阳县
        (
            *("海鹽縣望海街道", "浙江省嘉兴市海盐县望海街道办事处"),
            *("330424005", "subdistrict_office"),
        ),
        (
            *("漵浦縣綜合行政執法局", "湖南省怀化市溆浦县综合行政执法局"),
            *("431224", "department"),
        ),
    ],
)
def test_organs(name: str, organ: str, code: str, kind: str) -> None:
    identity = _identity(f"{name}2020年政府信息公开工作年度报告")
    assert (identity.organ, identity.region_code, identity.organ_type) == (organ, code, kind)
    assert identity.report_year == 2020


def test_the_title_that_the_heading_writes_out_is_the_document_s_own() -> None:
    titles = [f"海盐县{name}2020年政府信息公开年度报告" for name in ("教育局", "住建局")]
    heading = "海盐县住房和城乡建设局2020年政府信息公开年度报告 - 海盐县"
    assert _identity(*titles, heading=heading).organ == "浙江省嘉兴市海盐县住建局"
    alone = _identity(titles[1], heading=heading)
    assert alone.organ == "浙江省嘉兴市海盐县住建局"
    assert _findings(alone) == []


def test_a_signature_of_a_town_that_ends_alike_is_another_s() -> None:
    title = "新通元镇2020年政府信息公开年度报告"
    body = ("一、总体情况", "公开信息6条。")
    signed = _identity(title, *body, "通元镇人民政府", "2021年1月9日")
    assert _findings(signed) == [("M-ISSUER", "warning"), ("M-PLACE", "warning")]


def test_the_same_stem_as_town_and_as_street_is_two_organs() -> None:
    street = _identity("海盐县元通街道2017年政府信息公开年报")
    assert street.organ == "浙江省嘉兴市海盐县元通街道办事处"
    assert street.region_code == "330424003"


@pytest.mark.parametrize(
    ("lines", "heading", "code", "method"),
    [
        (["2020年榆中县城关镇政府信息公开年报"], "", "620123100", "title"),
        (["2020年太湖县城关镇政府信息公开年报"], "", "340825", "title"),  # no such town there
        (
            ["城关镇2020年政府信息公开年报", "一、总体情况", "全镇公开信息20条。"],
            "",
            "",
            "ambiguous",
        ),
        (
            [
                "城关镇2020年政府信息公开年报",
                "如有疑问，请与镇政府联系（地址：兰州市榆中县城关镇，电话：1）。",
            ],
            *("", "620123100", "contact"),
        ),
        (
            [
                "城关镇2020年政府信息公开年报",
                "一、总体情况",
                "落实榆中县政务公开要点，报榆中县政府。",
            ],
            *("", "620123100", "body_mention"),
        ),
        (
            ["城关镇2020年政府信息公开年报", "一、总体情况", "榆中县、静宁县。"],
            *("", "", "ambiguous"),
        ),
        (
            ["城关镇2020年政府信息公开年报"],
            "政府信息公开年报-榆中县人民政府",
            "620123100",
            "heading",
        ),
        (
            ["发布机构：榆中县城关镇", "城关镇2020年政府信息公开年报"],
            "",
            "620123100",
            "issuer_line",
        ),
    ],
)
def test_a_county_for_an_ambiguous_township(
    lines: list[str], heading: str, code: str, method: str
) -> None:
    identity = _identity(*lines, heading=heading)
    assert (identity.region_code, _method(identity, "region_code")) == (code, method)


def test_an_ambiguous_township_names_its_candidates_and_keeps_its_printed_name() -> None:
    identity = _identity("城关镇2023年政府信息公开年报")
    assert (identity.organ, identity.region_code) == ("城关镇人民政府", "")
    (candidates,) = (e.text for e in identity.evidence if e.method == "ambiguous")
    assert candidates.count("、") == 4
    assert candidates.endswith("等88处")


def test_common_words_are_no_county() -> None:
    """和县 and 开县 stand inside ordinary words, 城区 is one."""
    identity = _identity(
        "城关镇2020年政府信息公开年报", "一、总体情况", "省和县级部门公开县情，推进城区建设。"
    )
    assert identity.region_code == ""


def test_a_county_of_a_name_that_many_have_needs_its_city() -> None:
    assert _identity("鼓楼区2020年政府信息公开年报").region_code == ""
    title = "鼓楼区人民政府2020年政府信息公开工作年度报告"
    identity = _identity(title, "请与南京市鼓楼区人民政府办公室联系，电话：1。")
    assert (identity.organ, identity.region_code) == ("江苏省南京市鼓楼区人民政府", "320106")


def test_a_department_finds_its_county_where_its_full_name_is_printed() -> None:
    identity = _identity(
        "2020年发展和改革局政府信息公开年报", "一、总体情况", "无。", "海盐县发展和改革局"
    )
    assert (identity.organ, identity.region_code) == ("浙江省嘉兴市海盐县发展和改革局", "330424")
    assert _method(identity, "region_code") == "signature"


def test_our_town_is_nobody() -> None:
    identity = _identity("我镇2019年政府信息公开年报", "一、总体情况", "我镇公开信息3条。")
    assert (identity.organ, identity.region_code) == ("", "")
    assert identity.organ_type == "township_government"
    assert _method(identity, "organ") == "self_reference"


def test_the_site_is_not_the_issuer() -> None:
    identity = _identity("2019年政府信息公开年报", heading="政府信息公开年报_海盐县人民政府")
    assert identity.organ == ""
    assert _method(identity, "organ") == "not_found"


def test_the_declared_heading_helps_and_does_not_overrule() -> None:
    heading = "通元镇2018年政府信息公开年报-海盐县人民政府"
    assert _identity("政府信息公开年报", heading=heading).organ == TONGYUAN
    identity = _identity("通元镇2019年政府信息公开年报", heading=heading)
    assert identity.report_year == 2019
    assert _findings(identity) == [("M-YEAR", "warning")]


@pytest.mark.parametrize(
    "line",
    ["截至2087年底。", "《关于2018年工作的意见》。", "数据期限自2018年1月1日至2019年12月31日。"],
)
def test_no_year_is_made_up(line: str) -> None:
    identity = _identity("通元镇政府信息公开年报", line)
    assert identity.report_year is None
    assert _method(identity, "report_year") == "not_found"


def test_title_and_period_of_different_years() -> None:
    identity = _identity("通元镇2020年政府信息公开年报", "数据期限自2019年1月1日至2019年12月31日。")
    assert identity.report_year == 2020
    (finding,) = conflicts(identity)
    assert (finding.check, str(finding.severity), finding.where) == ("M-YEAR", "warning", "line 2")
    assert "2020" in finding.message
    assert "2019" in finding.message


def test_a_preface_that_announces_another_township() -> None:
    identity = _identity(
        "张家湾镇2021年政府信息公开工作年度报告",
        "根据《条例》要求，现公布潞城镇2020年政府信息公开工作年度报告。",
        "一、总体情况",
    )
    assert identity.report_year == 2021
    told = ["M-ISSUER", "M-PLACE", "M-YEAR"]  # two counties have a 张家湾镇
    assert sorted(_findings(identity)) == [(check, "warning") for check in told]


@pytest.mark.parametrize(
    ("head", "found"),
    [
        ("示例县", [("M-ISSUER", "warning")]),
        ("示例县红旗镇", [("M-ISSUER", "warning")]),
        ("示例县云岫镇", []),
    ],
)
def test_the_head_of_a_page_may_name_another_than_the_title_below_it(head, found) -> None:
    """No table knows these places: the whole titles tell that they are two."""
    rest = "2022年政府信息公开工作年度报告"
    body = ("一、总体情况", "公开信息6条。")
    known = _findings(_identity(f"{head}{rest}", f"示例县云岫镇{rest}", *body))
    assert known == [*found, ("M-PLACE", "warning")]


def test_copied_boilerplate_names_another_county() -> None:
    identity = _identity(
        "麻阳县文昌阁乡2025年政府信息公开工作年度报告",
        "一、总体情况",
        "我乡依托应城市人民政府门户网站公开信息。",
    )
    assert identity.region_code == "431226204"
    (finding,) = conflicts(identity)
    assert finding.check == "M-ISSUER"
    assert "应城市" in finding.message
    assert finding.where == "line 3"


def test_a_county_misread_by_one_character_is_not_guessed_but_named() -> None:
    title = "沐阳县人民政府2020年政府信息公开工作年度报告"
    contact = "如有疑问，请与沭阳县人民政府办公室联系，电话：1。"
    identity = _identity(title, contact)
    assert (identity.organ, identity.region_code) == ("沐阳县人民政府", "")
    assert "“沭阳县”" in _messages(identity)["M-ISSUER"]
    elsewhere = _identity(title, "如有疑问，请与海盐县人民政府办公室联系，电话：1。")
    assert _findings(elsewhere) == [("M-PLACE", "warning")]


def test_a_township_that_is_listed_but_for_one_character_is_named() -> None:
    identity = _identity("海盐县通无镇2020年政府信息公开年报")
    assert (identity.organ, identity.region_code) == ("浙江省嘉兴市海盐县通无镇人民政府", "330424")
    assert "通元镇" in _messages(identity)["M-ISSUER"]
    real = _identity("无锡市锡山区云林街道2020年政府信息公开年报")
    assert _findings(real) == [("M-PLACE", "warning")]  # the code is its district's


def test_the_report_s_own_words_come_before_those_of_the_site_that_serves_it() -> None:
    title = "城关镇2020年政府信息公开年报"
    contact = "如有疑问，请与榆中县城关镇党政办公室联系，电话：1。"
    identity = _identity(title, contact, heading=f"{title}-静宁县人民政府")
    assert (identity.region_code, _method(identity, "region_code")) == ("620123100", "contact")
    (finding,) = conflicts(identity)
    assert "静宁县" in finding.message


@pytest.mark.parametrize(
    "line",
    [
        "本年报数据期限自2019年1月1日至12月31日，请与海盐县通元镇人民政府联系（电话：1）。",
        "依托嘉兴市、海盐县人民政府门户网站公开，联系地址：通元镇育才路。",
        "制定了《通元镇2018年政府信息公开工作年度报告》。",
        "按照《2020年政府信息公开工作年度报告格式》编制。",
    ],
)
def test_what_agrees_is_no_finding(line: str) -> None:
    identity = _identity("通元镇2019年政府信息公开年报", "引言。", "一、总体情况", line)
    assert conflicts(identity) == ()


@pytest.mark.parametrize(
    ("name", "line", "scope"),
    [
        (
            "海盐县人民政府",
            "本报告数据由全县各部门、各镇（街道）汇总而成。",
            Scope.REGION_AGGREGATE,
        ),
        ("海盐县人民政府", "数据为县本级各部门汇总。", Scope.LEVEL_AGGREGATE),
        ("海盐县人民政府", "全县公开信息9条。", Scope.UNKNOWN),
        ("海盐县教育局", "全县公开信息9条。", Scope.OWN_ORGAN),
        ("通元镇", "由全镇汇总。", Scope.OWN_ORGAN),
    ],
)
def test_scope_only_as_printed(name: str, line: str, scope: Scope) -> None:
    assert _identity(f"{name}2019年政府信息公开年报", line).scope is scope


def test_a_menu_above_the_title_is_no_rival() -> None:
    identity = _identity("海盐县人民政府", "政府信息公开年报", "通元镇2019年政府信息公开年报")
    assert identity.organ == TONGYUAN
    assert conflicts(identity) == ()


def test_of_two_titles_the_one_that_the_period_backs() -> None:
    identity = _identity(
        "通元镇2018年政府信息公开年报",
        "通元镇2019年政府信息公开年报",
        "数据期限自2019年1月1日至2019年12月31日。",
    )
    assert identity.report_year == 2019
    assert _findings(identity) == [("M-YEAR", "warning")]


def test_a_report_in_one_cell() -> None:
    text = "通元镇2019年政府信息公开年报\n数据期限自2019年1月1日至12月31日。\n一、总体情况"
    document = Document("a.html", "html", (Grid((Cell(text, 0, 0, where="table 1"),)),))
    identity = identify(outline_of(document), load_regions())
    assert (identity.organ, identity.report_year) == (TONGYUAN, 2019)
    assert outline_of(document).title == "通元镇2019年政府信息公开年报"


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        (["通元镇 2019年", "政府信息公开 年报"], "通元镇2019年政府信息公开年报"),
        (["上一篇：通元镇2018年政府信息公开年报", "通知"], ""),
        (["海盐县政府", "通元鎮２０１９年政府信息公開年報"], "通元鎮２０１９年政府信息公開年報"),
        (["通元鎮2019年政府資訊公開年報"], "通元鎮2019年政府資訊公開年報"),
        (["现将通元镇2019年政府信息公开年报公布如下。"], ""),
        (["首页 > 政府信息公开年报"], ""),
    ],
)
def test_the_title_of_the_report(lines: list[str], title: str) -> None:
    assert outline_of(_document(*lines)).title == title


REPORT = "政府信息公开工作年度报告"
TITLE = f"海盐县通元镇{REPORT}"
BODY = "2022年，我镇主动公开信息3条。"


def _messages(identity: Identity) -> dict[str, str]:
    return {finding.check: finding.message for finding in conflicts(identity)}


@pytest.mark.parametrize(
    ("lines", "method"),
    [
        ([f"{TITLE}（2023年1月）", BODY], "body_mention"),
        ([f"{TITLE}（2023年1月10日）", BODY], "body_mention"),
        ([f"{TITLE}（2023-01-10）", BODY], "body_mention"),
        ([f"{TITLE}（2023.1）", BODY], "body_mention"),
        ([f"{TITLE}（2023年发布）", BODY], "body_mention"),
        ([f"{TITLE}（2023版）", BODY], "body_mention"),
        ([f"{TITLE}（通政〔2023〕5号）", BODY], "body_mention"),
        ([f"{TITLE}2023年1月10日", BODY], "body_mention"),
        ([f"2023年1月10日{TITLE}", BODY], "body_mention"),
        ([f"海盐县通元镇2021-2022年{REPORT}", BODY], "body_mention"),
        ([TITLE, "（2023年1月10日）", BODY], "body_mention"),
        ([TITLE, "2022年以来，我镇公开3条。"], "body_mention"),
        ([TITLE, "2022年我镇公开3条。"], "body_mention"),
        ([TITLE, "发布日期：2023-01-12 来源：海盐县人民政府", BODY], "body_mention"),
        ([TITLE, BODY, "五、问题", "2023年，我镇将继续做好工作。"], "body_mention"),
        (["2023年", "2022年", "2021年", TITLE, BODY], "body_mention"),  # a menu of years
        ([f"通政〔2023〕5号{TITLE[:6]}2022年{REPORT}"], "title"),
        ([f"通元镇22年度{REPORT}"], "title"),
        ([f"海盐县通元镇2O22年{REPORT}"], "title"),
        ([f"海盐县通元镇2022年年度{REPORT}"], "title"),
        ([f"【海盐县通元镇2022年{REPORT}】"], "title"),
        (["20", f"22年{TITLE}"], "title"),
        (["海盐县通元镇20", f"22年{REPORT}"], "title"),
        (["海盐县通元镇202", f"2年{REPORT}"], "title"),
        ([TITLE, "（2022年度）"], "title"),
        (["海盐县通元镇", REPORT, "2022年度"], "title"),
        ([f"{TITLE}（2022年1月1日至12月31日）"], "title"),
        ([f"关于贯彻2019年条例的海盐县通元镇2022年{REPORT}"], "title"),
        ([f"贯彻落实条例海盐县通元镇2022年{REPORT}"], "title"),
        (["海盐县通元镇关于2022年政府信息公开工作情况的报告"], "title"),
        ([f"海盐县通元镇人民政府关于报送2022年{REPORT}的报告"], "title"),
    ],
)
def test_the_year_reported_on_and_not_another_year_of_the_title(
    lines: list[str], method: str
) -> None:
    identity = _identity(*lines)
    assert (identity.organ, identity.report_year) == (TONGYUAN, 2022)
    assert _method(identity, "report_year") == method
    assert conflicts(identity) == ()


@pytest.mark.parametrize("months", ["5—12月", "5-12月份", "5月1日至12月31日"])
def test_the_months_of_the_first_year_are_no_part_of_the_name(months: str) -> None:
    identity = _identity(f"海盐县教育局2008年{months}{REPORT}")
    assert identity.organ == "浙江省嘉兴市海盐县教育局"
    assert identity.report_year == 2008


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (["2023年", TITLE, BODY], ("2023", "2022")),
        ([f"2021年{TITLE}", BODY], ("2021", "2022")),
        ([f"2021年{TITLE}", "发布日期：2023-01-12 来源：海盐县人民政府", BODY], ("2021", "2022")),
        ([f"2023年{TITLE}", "公开3条。", "2023年1月9日"], ("2023", "2022", "落款日期")),
        ([f"2022年{TITLE[:6]}落实2019年条例{REPORT}", BODY], ("2019", "2022")),
        ([f"海盐县通元镇2007年{REPORT}", BODY], ("2007", "2022")),
    ],
)
def test_two_years_are_both_named(lines: list[str], words: tuple[str, ...]) -> None:
    message = _messages(_identity(*lines))["M-YEAR"]
    assert all(word in message for word in words)


@pytest.mark.parametrize(
    "lines",
    [
        ["公开。", "五、存在的问题", "2023年，我镇将继续做好工作。"],
        ["2023年，我镇将进一步做好工作。"],
        ["公开。", "海盐县通元镇人民政府", "2023年1月9日"],
        ["发布时间：2024-03-01", "公开。"],
    ],
)
def test_plans_and_later_dates_are_no_other_year(lines: list[str]) -> None:
    assert conflicts(_identity(f"2022年{TITLE}", "一、总体情况", *lines)) == ()


@pytest.mark.parametrize(
    "name",
    [
        *("各镇（街道）", "各部门", "乡镇", "镇（街道）", "镇", "部分街道", "所属各单位", "两镇"),
        *("通元镇和百步镇", "通元镇等九个镇", "九镇二街道", "全体乡镇", "X镇", "基层政府"),
    ],
)
def test_no_organ_is_made_of_many(name: str) -> None:
    identity = _identity(f"海盐县{name}2022年{REPORT}", "公开3条。")
    assert (identity.organ, identity.region_code) == ("", "")
    assert _method(identity, "organ") == "not_found"


@pytest.mark.parametrize(
    ("name", "organ"),
    [
        ("海盐县全县", "浙江省嘉兴市海盐县人民政府"),
        ("仙居县下各镇", "浙江省台州市仙居县下各镇人民政府"),
        ("云和县和平镇", "浙江省丽水市云和县和平镇人民政府"),
        ("海盐县卫生和计划生育局", "浙江省嘉兴市海盐县卫生和计划生育局"),
        ("建设法治政府的海盐县教育局", "浙江省嘉兴市海盐县教育局"),
    ],
)
def test_names_with_words_of_many_in_them(name: str, organ: str) -> None:
    assert _identity(f"{name}2017年{REPORT}").organ == organ


@pytest.mark.parametrize(
    ("lines", "organ", "method"),
    [
        (
            ["来源：海盐县人民政府", "公开。", "通元镇人民政府", "2023年1月5日"],
            TONGYUAN,
            "signature",
        ),
        (["来源：海盐县人民政府", "公开。", "海盐县通元镇", "2023年1月5日"], TONGYUAN, "signature"),
        (["来源：海盐县人民政府", "我镇公开3条。"], "", "not_found"),
        (["发布机构：海盐县通元镇 来源：海盐县人民政府", "公开。"], TONGYUAN, "issuer_line"),
        (
            ["发布机构：海盐县人民政府办公室", "一、总体情况", "公开。"],
            *("浙江省嘉兴市海盐县人民政府办公室", "issuer_line"),
        ),
        (["信息来源：海盐县教育局", "公开。"], "浙江省嘉兴市海盐县教育局", "source_line"),
    ],
)
def test_a_signature_comes_before_the_source(lines: list[str], organ: str, method: str) -> None:
    identity = _identity(f"2022年{REPORT}", *lines)
    assert (identity.organ, _method(identity, "organ")) == (organ, method)
    # An office may have written for its county; a source may be a mere source.
    doubted = organ.endswith("办公室") or method in ("not_found", "source_line")
    assert _findings(identity) == ([("M-ISSUER", "warning")] if doubted else [])


@pytest.mark.parametrize(
    ("name", "lines", "words"),
    [
        ("", ["发布机构：海盐县百步镇", "公开。", "通元镇人民政府"], ("通元镇", "百步镇")),
        ("", ["发布机构：海盐县人民政府", "我镇公开3条。"], ("海盐县人民政府", "我镇")),
        ("海盐县", ["公开。", "通元镇人民政府"], ("海盐县人民政府", "通元镇")),
        ("海盐县通元镇", ["公开。", "海盐县百步镇人民政府"], ("通元镇", "百步镇")),
        ("海盐县教育局", ["我镇公开3条。"], ("教育局", "我镇")),
        ("海盐县通元镇", ["我街道公开3条。"], ("通元镇", "我街道")),
        ("海盐县通元镇", ["由海盐县百步镇人民政府编制。"], ("通元镇", "百步镇")),
    ],
)
def test_two_issuers_are_both_named(name: str, lines: list[str], words: tuple[str, str]) -> None:
    message = _messages(_identity(f"{name}2022年{REPORT}", *lines))["M-ISSUER"]
    assert all(word in message for word in words)
    assert "the issuer is taken as" in message


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("海盐县", ["公开。", "海盐县人民政府办公室"]),
        ("海盐县教育局", ["公开。", "海盐县教育局办公室"]),
        ("海盐县教育局", ["我局公开。", "海盐县人民政府"]),
        ("海盐县通元镇", ["公开。", "百步镇", "沈荡镇", "澉浦镇"]),  # a menu under the text
        ("海盐县", ["突破自我局限，我县各乡镇公开。"]),
    ],
)
def test_a_signature_of_the_same_house_is_no_rival(name: str, lines: list[str]) -> None:
    assert conflicts(_identity(f"{name}2022年{REPORT}", "一、总体情况", *lines)) == ()


@pytest.mark.parametrize(
    ("name", "line", "other"),
    [
        ("海盐县通元镇", "海盐县百步镇人民政府根据条例编制本报告。", "百步镇"),
        ("海盐县通元镇", "百步镇按照要求编制了2022年年度报告。", "百步镇"),
        ("海盐县通元镇", "百步镇现将2022年政府信息公开工作情况报告如下。", "百步镇"),
        ("海盐县通元镇", "桐乡市通元镇人民政府编制本报告。", "桐乡市"),
        ("海盐县通元镇", "编制单位：海盐县百步镇", "百步镇"),
        ("海盐县通元镇", "2022年，百步镇认真贯彻条例，主动公开120条。", "百步镇"),
        ("海盐县通元镇", "百步镇2022年主动公开120条。", "百步镇"),
        ("海盐县通元镇", "2022年，平湖市坚持公开为常态。", "平湖市"),
        ("海盐县武原街道", "百步镇人民政府高度重视。", "百步镇"),
        ("海盐县", "海盐县百步镇编制，统计期限2022年1月1日到12月31日。", "百步镇"),
        ("海盐县", "海盐县教育局根据条例编制本报告。", "教育局"),
        ("海盐县", "2022年，平湖市坚持公开。", "平湖市"),
        ("海盐县教育局", "海盐县卫生健康局编制了本年度报告。", "卫生健康局"),
        ("海盐县教育局", "平湖市教育局编制了本年度报告。", "平湖市"),
        ("海盐县教育局", "2022年，通元镇认真贯彻条例。", "通元镇"),
    ],
)
def test_whoever_else_writes_or_acts_is_named(name: str, line: str, other: str) -> None:
    identity = _identity(f"{name}2022年{REPORT}", line, "一、总体情况", "公开。")
    assert other in _messages(identity)["M-ISSUER"]


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("海盐县通元镇", "根据海盐县人民政府办公室要求，通元镇编制本报告。"),
        ("海盐县通元镇", "由海盐县人民政府办公室汇总编制。"),
        ("海盐县通元镇", "海盐县通元镇人民政府办公室编制。"),
        ("海盐县通元镇", "2022年，全镇认真贯彻条例，各镇街积极配合。"),
        ("海盐县通元镇", "城镇全面推进整治。督促乡镇认真落实。"),
        ("海盐县通元镇", "海盐县人民政府高度重视，嘉兴市全面推进标准化。"),
        ("海盐县通元镇", "海盐县教育局认真落实招生信息公开。"),
        ("海盐县通元镇", "百步镇编制了规划方案。"),
        ("海盐县武原街道", "武原镇高度重视公开工作。"),
        ("海盐县", "海盐县人民政府办公室根据条例编制本报告。"),
        ("海盐县", "本报告由海盐县政务服务中心编制。"),
        ("海盐县", "2022年，通元镇积极探索公开新路。"),
        ("海盐县发展和改革局", "海盐县发改局编制本报告。"),
        ("海盐县教育体育局", "海盐县教育局认真贯彻条例。"),
        ("苏州工业园区管委会", "苏州工业园区全面落实条例。"),
    ],
)
def test_the_house_itself_and_those_above_it_are_no_rivals(name: str, line: str) -> None:
    assert conflicts(_identity(f"{name}2022年{REPORT}", line, "一、总体情况", "公开。")) == ()


def test_a_report_without_a_name_is_its_authors() -> None:
    identity = _identity(f"2022年{REPORT}", "根据条例要求，海盐县通元镇人民政府编制本报告。")
    assert (identity.organ, _method(identity, "organ")) == (TONGYUAN, "author")
    assert conflicts(identity) == ()


@pytest.mark.parametrize(
    "title",
    [
        f"海盐县人民政府关于百步镇2022年{REPORT}",
        f"海盐县通元镇人民政府关于百步镇2022年{REPORT}",
        f"海盐县通元镇2022年{REPORT}（百步镇）",
    ],
)
def test_a_title_that_names_two(title: str) -> None:
    message = _messages(_identity(title, "公开。"))["M-ISSUER"]
    assert "the same title says “百步镇" in message


@pytest.mark.parametrize("name", ["通元镇（百步镇）", "通元镇 百步镇", "通元镇/百步镇"])
def test_two_towns_in_one_name_are_no_organ(name: str) -> None:
    assert _identity(f"海盐县{name}2022年{REPORT}").organ == ""


@pytest.mark.parametrize("second", ["体育局", "海盐县体育局"])
def test_the_second_name_of_an_organ_is_not_part_of_the_first(second: str) -> None:
    identity = _identity(f"海盐县教育局（{second}）2022年{REPORT}")
    assert identity.organ == "浙江省嘉兴市海盐县教育局"
    assert conflicts(identity) == ()


def test_a_period_that_is_no_calendar_year() -> None:
    line = "统计期限自2021年12月1日至2022年11月30日。"
    assert _findings(_identity(f"海盐县通元镇2022年{REPORT}", line)) == [("M-YEAR", "warning")]


def test_the_heading_settles_whose_title_it_is() -> None:
    lines = [f"{place}2022年政府信息公开年报" for place in ("百步镇", "沈荡镇", "通元镇")]
    document = _document(*lines, BODY, heading=f"{lines[2]}-海盐县人民政府")
    identity = identify(outline_of(document), load_regions())
    assert (identity.organ, outline_of(document).title) == (TONGYUAN, lines[2])
    assert conflicts(identity) == ()


def test_the_heading_settles_it_for_a_title_without_a_year() -> None:
    lines = ["百步镇2021年政府信息公开年报", "通元镇政府信息公开年报"]
    document = _document(*lines, BODY, heading=f"{lines[1]}-海盐县人民政府")
    identity = identify(outline_of(document), load_regions())
    assert (identity.organ, identity.report_year) == (TONGYUAN, 2022)
    assert outline_of(document).title == lines[1]


def test_the_title_is_the_one_that_the_identity_rests_on() -> None:
    lines = [f"通元镇{year}年政府信息公开年报" for year in (2018, 2020, 2019)]
    period = "数据期限自2019年1月1日至2019年12月31日。"
    document = _document(*lines, period)
    assert identify(outline_of(document), load_regions()).report_year == 2019
    assert outline_of(document).title == lines[2]


def test_of_titles_that_nothing_settles_the_others_are_named() -> None:
    identity = _identity(*(f"{place}2022年政府信息公开年报" for place in ("百步镇", "通元镇")))
    message = _messages(identity)["M-ISSUER"]
    assert "百步镇" in message
    assert "通元镇" in message


def test_the_column_of_the_page_names_another_town() -> None:
    heading = f"2022年{REPORT}-百步镇-海盐县人民政府"
    message = _messages(_identity(f"2022年{TITLE}", heading=heading))["M-ISSUER"]
    assert "百步镇" in message


def test_messages_are_english_and_name_both_sides() -> None:
    identity = _identity("通元镇2020年政府信息公开年报", "数据期限自2019年1月1日至2019年12月31日。")
    (finding,) = conflicts(identity)
    assert finding.message.startswith(
        "the report year is taken as 2020, but the sentence on the period (统计期限) says 2019: "
    )


@pytest.mark.parametrize(
    ("name", "organ", "code"),
    [
        # Four cities have a 鼓楼区: its name is all that tells their bureaus from other districts'.
        ("鼓楼区卫生健康局", "鼓楼区卫生健康局", ""),
        ("江苏省鼓楼区卫生健康局", "江苏省鼓楼区卫生健康局", ""),
        ("江苏省鼓楼区", "江苏省鼓楼区人民政府", ""),
        ("南京市鼓楼区卫生健康局", "江苏省南京市鼓楼区卫生健康局", "320106"),
        ("市教育局", "", ""),
        ("市场监督管理局", "", ""),
        # Former counties, whose codes no list of 2020 has, and one of a longer name.
        ("赣榆县", "江苏省连云港市赣榆县人民政府", ""),
        ("连云港市赣榆县", "江苏省连云港市赣榆县人民政府", ""),
        ("连云港市赣榆县人民政府", "江苏省连云港市赣榆县人民政府", ""),
        ("赣榆县教育局", "江苏省连云港市赣榆县教育局", ""),
        ("连云港市赣榆县教育局", "江苏省连云港市赣榆县教育局", ""),
        ("连云港市农贸市场管理局", "江苏省连云港市农贸市场管理局", "320700"),
        ("崇文区", "北京市崇文区人民政府", ""),
        ("科左中旗", "内蒙古自治区通辽市科尔沁左翼中旗人民政府", "150521"),
        (
            *("呼伦贝尔市鄂温克旗", "内蒙古自治区呼伦贝尔市鄂温克族自治旗人民政府"),
            "150724",
        ),
        ("海盐县总工会", "浙江省嘉兴市海盐县总工会", "330424"),
    ],
)
def test_the_printed_district_stays_in_the_name(name: str, organ: str, code: str) -> None:
    identity = _identity(f"{name}2020年{REPORT}")
    assert (identity.organ, identity.region_code) == (organ, code)


@pytest.mark.parametrize("name", ["幸福社区", "全市", "智慧城市", "各县区", "我区", "库区"])
def test_no_government_is_made_of_any_words(name: str) -> None:
    identity = _identity(f"{name}2020年{REPORT}")
    assert (identity.organ, _findings(identity)) == ("", [("M-ISSUER", "warning")])


@pytest.mark.parametrize(
    ("name", "organ", "code"),
    [
        # 东湖 is a lake of Wuhan, and the name of a district of Nanchang.
        ("东湖新技术开发区", "东湖新技术开发区管理委员会", ""),
        ("武汉市东湖新技术开发区", "湖北省武汉市东湖新技术开发区管理委员会", "420100"),
        ("广州南沙开发区", "广东省广州市南沙开发区管理委员会", "440115"),
        ("太仓港经济技术开发区", "江苏省苏州市太仓港经济技术开发区管理委员会", "320585"),
        ("平潭综合实验区", "平潭综合实验区管理委员会", ""),
        ("雄安新区", "雄安新区管理委员会", ""),
        ("长沙县经开区", "湖南省长沙市长沙县经开区管理委员会", "430121"),
        (
            *("郑州航空港经济综合实验区", "河南省郑州市郑州航空港经济综合实验区管理委员会"),
            "410173",
        ),
        ("乌拉盖管理区管委会", "内蒙古自治区锡林郭勒盟乌拉盖管理区管理委员会", "152571"),
        ("昆山市玉山镇（高新区）", "江苏省苏州市昆山市玉山镇人民政府", "320583100"),
        ("昆山市玉山镇（原城北镇）", "江苏省苏州市昆山市玉山镇人民政府", "320583100"),
    ],
)
def test_zones_stand_for_the_committees_that_run_them(name: str, organ: str, code: str) -> None:
    identity = _identity(f"{name}2020年{REPORT}")
    assert (identity.organ, identity.region_code) == (organ, code)
    if "镇" not in name:
        assert identity.organ_type == "development_zone"
    assert _findings(identity) == ([] if code else [("M-PLACE", "warning")])


def test_a_county_of_a_zone_s_name_is_one() -> None:
    identity = _identity(f"滨海新区2020年{REPORT}")
    assert (identity.organ, identity.region_code) == ("天津市滨海新区人民政府", "120116")


def test_a_town_in_brackets_after_a_zone_is_named() -> None:
    identity = _identity(f"太仓港经济技术开发区（浮桥镇）2020年{REPORT}")
    assert identity.organ_type == "development_zone"
    assert "浮桥镇" in _messages(identity)["M-ISSUER"]


@pytest.mark.parametrize(
    ("name", "signature", "organ", "code"),
    [
        ("市卫健委", "昆山市卫生健康委员会", "江苏省苏州市昆山市卫生健康委员会", "320583"),
        ("昆山市卫健委", "昆山市卫生健康委员会", "江苏省苏州市昆山市卫生健康委员会", "320583"),
        ("昆山市卫健委", "", "江苏省苏州市昆山市卫生健康委员会", "320583"),
        ("市教育局", "昆山市教育局", "江苏省苏州市昆山市教育局", "320583"),
        ("市教育局", "海盐县教育局", "", ""),
        ("鼓楼区教育局", "徐州市鼓楼区教育局", "江苏省徐州市鼓楼区教育局", "320302"),
        (
            *("市场监管局", "昆山市市场监督管理局根据条例编制本报告。"),
            *("江苏省苏州市昆山市市场监督管理局", "320583"),
        ),
    ],
)
def test_a_short_name_and_the_full_one_are_one_organ(
    name: str, signature: str, organ: str, code: str
) -> None:
    identity = _identity(f"{name}2020年{REPORT}", "公开3条。", signature)
    assert (identity.organ, identity.region_code) == (organ, code)
    assert bool(conflicts(identity)) is (not organ)


def test_a_bureau_s_name_with_another_county_s_signature() -> None:
    identity = _identity(f"海盐县教育局2020年{REPORT}", "公开3条。", "平湖市教育局")
    assert "平湖市教育局" in _messages(identity)["M-ISSUER"]


def test_a_signature_with_its_date_in_one_line() -> None:
    lines = (f"海盐县教育局2020年{REPORT}", "公开3条。", "海盐县财政局 2021年1月12日")
    assert "财政局" in _messages(_identity(*lines))["M-ISSUER"]


@pytest.mark.parametrize("doing", ["更正", "勘误", "撤销", "重新公布", "关于补充公开", "关于修改"])
def test_what_is_done_with_the_report_is_no_name(doing: str) -> None:
    identity = _identity(f"{doing}海盐县通元镇2020年{REPORT}的公告")
    assert (identity.organ, identity.report_year) == (TONGYUAN, 2020)


@pytest.mark.parametrize(
    "title",
    [
        f"好运来-海盐县通元镇2020年{REPORT}",
        f"栏目_专题|海盐县通元镇2020年{REPORT}",
        f"海盐县通元镇-2020年{REPORT}",
        f"海盐县—通元镇—2020年度{REPORT}",
    ],
)
def test_the_name_is_what_stands_behind_the_last_dash(title: str) -> None:
    assert _identity(title).organ == TONGYUAN


def test_the_county_before_a_dash_tells_which_town_is_meant() -> None:
    identity = _identity(f"榆中县-城关镇2020年{REPORT}")
    assert identity.region_code == "620123100"


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["开心学校与快乐镇2020年政府信息公开年报"], "开心学校与快乐镇2020年政府信息公开年报"),
        (["2020年政府信息公开年报", "公开3条。"], "2020年政府信息公开年报"),
        (["我镇2020年政府信息公开年报"], "我镇"),
        (["公开3条。"], "no title"),
    ],
)
def test_that_no_issuer_is_read_is_said(lines: list[str], text: str) -> None:
    identity = _identity(*lines)
    assert identity.organ == ""
    message = _messages(identity)["M-ISSUER"]
    assert message.startswith("no issuer is read")
    assert text in message


def test_a_title_that_is_not_understood_is_not_passed_over_for_the_signature() -> None:
    lines = ("海盐县各镇（街道）2020年政府信息公开年报", "公开3条。", "海盐县教育局")
    assert "海盐县各镇" in _messages(_identity(*lines))["M-ISSUER"]


def test_the_organ_of_a_title_far_below_is_not_taken_in_silence() -> None:
    figures = tuple(Cell(str(n), n, 0, where=f"row {n}") for n in range(9))
    blocks = (
        Paragraph("2020年政府信息公开年报", "line 1"),
        Grid(figures),
        Paragraph("海盐县通元镇2020年政府信息公开年报", "line 2"),
    )
    identity = identify(outline_of(Document("a.html", "html", blocks)), load_regions())
    assert identity.organ == ""
    (finding,) = conflicts(identity)
    assert (finding.check, finding.where) == ("M-ISSUER", "line 2")
    assert "通元镇" in finding.message


def test_the_organ_of_a_title_below_the_sections_is_not_taken_in_silence() -> None:
    identity = _identity(
        *("2020年政府信息公开年报", "一、总体情况", "公开3条。"),
        *("海盐县通元镇2020年政府信息公开年报", "公开4条。", "海盐县通元镇人民政府"),
    )
    assert "further down" in _messages(identity)["M-ISSUER"]


def test_a_list_of_the_own_reports_below_is_no_rival() -> None:
    identity = _identity(
        *("2020年政府信息公开年报", "发布机构：海盐县通元镇", "一、总体情况", "公开3条。"),
        *("海盐县通元镇2020年政府信息公开年报", "海盐县通元镇2019年政府信息公开年报"),
    )
    assert (identity.organ, conflicts(identity)) == (TONGYUAN, ())


@pytest.mark.parametrize(
    "lines",
    [
        (f"海盐县2022年{REPORT}（汇总）", "公开3条。"),
        (f"海盐县2022年{REPORT}", "本报告中数据包括全县各镇、各部门。"),
    ],
)
def test_figures_of_the_whole_county(lines: tuple[str, ...]) -> None:
    assert _identity(*lines).scope is Scope.REGION_AGGREGATE


def test_no_words_at_all() -> None:
    identity = _identity()
    assert (identity.organ, identity.report_year, identity.scope) == ("", None, Scope.UNKNOWN)
    assert {evidence.method for evidence in identity.evidence} == {"not_found"}


@pytest.mark.skipif(not REAL.exists(), reason="the real reports are not here")
class TestRealReports:
    def test_a_town(self) -> None:
        text = (REAL / "tongyuan2019" / "report.txt").read_text("utf-8")
        identity = _identity(*(line.strip() for line in text.splitlines()))
        assert (identity.organ, identity.region_code) == (TONGYUAN, "330424106")
        assert (identity.report_year, identity.scope) == (2019, Scope.OWN_ORGAN)
        assert conflicts(identity) == ()

    def test_a_government_office(self) -> None:
        html = (REAL / "shanghai_office2019" / "report.html").read_text("utf-8")
        identity = _identity(*re.split(r"<[^>]+>", html))
        assert (identity.organ, identity.region_code) == ("上海市人民政府办公厅", "310000")
        assert (identity.report_year, identity.scope) == (2019, Scope.OWN_ORGAN)
        assert conflicts(identity) == ()

    def test_a_district(self) -> None:
        with pdfplumber.open(REAL / "hzq2024" / "report.pdf") as pdf:
            lines = (pdf.pages[0].extract_text() or "").splitlines()
        identity = _identity(*lines)
        assert (identity.organ, identity.region_code) == ("江苏省淮安市洪泽区人民政府", "320813")
        assert identity.report_year == 2024
        assert conflicts(identity) == ()


def test_a_table_of_metadata_is_read_to_its_last_row(tmp_path: Path) -> None:
    page = tmp_path / "metadata.txt"
    page.write_text(
        "索引号: | 0021/2021-01 | 成文日期: | 2021-01-15 |\n"
        "公开方式: | 主动公开 | 组配分类: | 2020年度 |\n"
        "发布机构: | 海盐县教育局 | ||\n"
        "现公布本单位2020年度政府信息公开工作年度报告。\n"
        "一、总体情况\n2020年度主动公开信息9条，未收到申请。\n",
        encoding="utf-8",
    )
    (report,) = extract(page, page.name)
    assert report.identity.organ == "浙江省嘉兴市海盐县教育局"
    assert "M-ISSUER" not in {finding.check for finding in report.findings}
