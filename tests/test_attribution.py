"""Cells under words that name another year or organ are not given to this report in silence."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.extract import extract, interpret
from pipeline.model import Cell, Document, Fact, Finding, Grid, Layout, Paragraph, Report

REGIONS = Path(__file__).parents[1] / "data/raw/sample/regions.csv"
YEAR, ORGAN = "source:other_year", "source:other_organ"

TITLE = "<h1>示例县云岫镇2023年政府信息公开工作年度报告</h1>"
PERIOD = "<p>本报告的统计期限为2023年1月1日至2023年12月31日。</p>"
SECTION = "<p>二、主动公开政府信息情况</p>"
ARTICLE_1 = (
    ("第二十条第（一）项",),
    ("信息内容", "本年制发件数", "本年废止件数", "现行有效件数"),
    ("规章", "0", "0", "0"),
)
NORMATIVE = ("行政规范性文件", "3", "1", "8")
ARTICLE_5 = (("信息内容", "本年处理决定数量"), ("行政许可", "12"))


def _table(*rows: tuple[str, ...]) -> str:
    width = max(map(len, rows))
    printed = (
        f"<tr><td colspan={width}>{row[0]}</td></tr>"
        if len(row) == 1
        else "<tr>" + "".join(f"<td>{text}</td>" for text in row) + "</tr>"
        for row in rows
    )
    return f"<table>{''.join(printed)}</table>"


def _licences(count: int) -> str:
    return _table(ARTICLE_5[0], ("行政许可", str(count)))


def _report(tmp_path: Path, *parts: str, top: str = TITLE + PERIOD) -> Report:
    path = tmp_path / "report.html"
    path.write_text(f"<html><body>{top}{''.join(parts)}</body></html>", encoding="utf-8")
    (report,) = extract(path, path.name, REGIONS)
    return report


def _text_report(tmp_path: Path, cells: tuple[str, ...]) -> Report:
    lines = ("示例县云岫镇2023年政府信息公开工作年度报告", "一、总体情况", "公开6条。")
    path = tmp_path / "report.txt"
    path.write_text("\n".join((*lines, "二、主动公开政府信息情况", *cells)), encoding="utf-8")
    (report,) = extract(path, path.name, REGIONS)
    return report


def _facts(report: Report) -> dict[str, Fact]:
    return {fact.concept: fact for fact in report.facts}


def _findings(report: Report, check: str) -> list[Finding]:
    return [finding for finding in report.findings if finding.check == check]


@pytest.mark.parametrize(
    ("words", "flag"),
    [
        ("2022年", YEAR),
        ("上年情况", YEAR),
        ("上年数", YEAR),
        ("去年数据", YEAR),
        ("（上一年度）", YEAR),
        ("其中：上年", YEAR),
        ("红旗镇", ORGAN),
        ("其中：红旗镇", ORGAN),
        ("其中，红旗镇：", ORGAN),
    ],
)
def test_a_lone_row_in_a_table_names_whose_the_rows_below_are(
    tmp_path: Path, words: str, flag: str
) -> None:
    report = _report(tmp_path, SECTION, _table(*ARTICLE_1, (words,), NORMATIVE))
    facts = _facts(report)
    assert facts["rules_issued"].flags == ()
    assert facts["normative_docs_issued"].value == 3
    assert flag in facts["normative_docs_issued"].flags
    (finding,) = _findings(report, "M-TABLE")
    assert words.strip("（）：").replace("，", ",")[-2:] in finding.message


@pytest.mark.parametrize("words", ["上年情况：", "上年数据", "其中：红旗镇", "去年的情况如下："])
def test_a_line_above_a_table_names_whose_it_is(tmp_path: Path, words: str) -> None:
    report = _report(tmp_path, SECTION, f"<p>{words}</p>", _licences(12))
    assert {YEAR, ORGAN} & set(_facts(report)["licensing_decisions"].flags)


@pytest.mark.parametrize(
    "words",
    [
        *("本年情况", "其中：云岫镇", "2023年", "云岫镇党政办公室", "2022年与2023年对比"),
        *("与上年相比", "上年度共收到申请5件", "上年结转情况", "去年以来的公开工作"),
    ],
)
def test_lines_that_name_this_report_s_own_year_and_organ_flag_nothing(
    tmp_path: Path, words: str
) -> None:
    rows = _table(*ARTICLE_1, (words,), NORMATIVE)
    report = _report(tmp_path, SECTION, f"<p>{words}：</p>", _licences(12), rows)
    assert all(fact.flags == () for fact in report.facts)


@pytest.mark.parametrize("words", ["上年情况", "2022年", "其中：红旗镇"])
def test_a_line_between_cells_that_lost_their_rows_counts_too(tmp_path: Path, words: str) -> None:
    cells = (*ARTICLE_1[1], *ARTICLE_1[2], words, *NORMATIVE)
    facts = _facts(_text_report(tmp_path, cells))
    assert {YEAR, ORGAN} & set(facts["normative_docs_issued"].flags)
    assert facts["rules_issued"].flags == ()


def test_a_label_broken_over_two_cells_names_no_other_year() -> None:
    header = ("信息内容", "上一年", "项目数量", "本年增/减", "处理决定数量")
    printed = (*header, "行政许可", "5", "0", "9")
    cells = tuple(Cell(text, n, 0, where=f"line {n}") for n, text in enumerate(printed, 4))
    lines = ("示例县云岫镇2020年政府信息公开工作年度报告", "一、总体情况", "公开6条。")
    paragraphs = (Paragraph(text, f"line {n}") for n, text in enumerate(lines, 1))
    document = Document("a.txt", "txt", (*paragraphs, Grid(cells, Layout.STREAM)))
    (report,) = interpret(document, REGIONS)
    assert "licensing_decisions" in _facts(report)
    assert not any(YEAR in fact.flags for fact in report.facts)
    assert not _findings(report, "M-TABLE")


def test_the_form_s_own_words_for_last_year_name_no_other_year(tmp_path: Path) -> None:
    """A row that is printed without a figure stands alone in its line."""
    header = (
        *("申请人情况", "自然人", "商业企业", "科研机构"),
        *("社会公益组织", "法律服务机构", "其他", "总计"),
    )
    zeros = ("0",) * 7
    blank = ("上年结转政府信息公开申请数量", *("",) * 7)
    table = _table(header, blank, ("（七）总计", *zeros), ("四、结转下年度继续办理", *zeros))
    facts = _facts(_report(tmp_path, "<p>三、收到和处理申请情况</p>", table))
    assert "req_carried_out" in facts
    assert not any(YEAR in fact.flags for fact in facts.values())


def test_a_lone_row_goes_on_until_one_that_names_the_report_s_own_year(tmp_path: Path) -> None:
    rows = (("2022年",), ARTICLE_1[-1], ("2023年",), NORMATIVE)
    facts = _facts(_report(tmp_path, SECTION, _table(*ARTICLE_1[:2], *rows)))
    assert YEAR in facts["rules_issued"].flags
    assert facts["normative_docs_issued"].flags == ()


@pytest.mark.parametrize(
    ("first", "second"), [("2022年", "2023年"), ("上年情况", "本年情况"), ("红旗镇", "云岫镇")]
)
@pytest.mark.parametrize("turned", [False, True])
def test_of_two_tables_the_one_under_own_words_is_read(
    tmp_path: Path, first: str, second: str, turned: bool
) -> None:
    """Last year's table printed for comparison is no rival, equal figures or not."""
    last = f"<p>{first}</p>" + _table(*ARTICLE_1, NORMATIVE) + _licences(99)
    own = f"<p>{second}</p>" + _table(*ARTICLE_1, ("行政规范性文件", "3", "2", "9")) + _licences(12)
    report = _report(tmp_path, SECTION, *((own, last) if turned else (last, own)))
    facts = _facts(report)
    assert facts["licensing_decisions"].value == 12
    assert facts["normative_docs_issued"].value == 3
    assert facts["normative_docs_repealed"].value == 2
    assert all(fact.flags == () for fact in report.facts)
    assert not _findings(report, "read_rivals")
    assert not _findings(report, "M-TABLE")


def test_an_unread_row_of_last_year_s_table_is_no_rival(tmp_path: Path) -> None:
    cut = "<p>2022年</p>" + _table(*ARTICLE_1, ("行政规范性文件", "4", "7"))
    report = _report(tmp_path, SECTION, cut, "<p>2023年</p>", _table(*ARTICLE_1, NORMATIVE))
    fact = _facts(report)["normative_docs_issued"]
    assert (fact.value, fact.flags) == (3, ())


def test_two_tables_of_other_years_are_rivals(tmp_path: Path) -> None:
    years = (f"<p>{year}年</p>" + _licences(year - 2000) for year in (2021, 2022))
    fact = _facts(_report(tmp_path, SECTION, *years))["licensing_decisions"]
    assert fact.value is None
    assert {"read:rivals", YEAR} <= set(fact.flags)


def test_an_annex_of_another_organ_ends_with_the_section_that_goes_on(tmp_path: Path) -> None:
    parts = (
        "<p>一、总体情况</p><p>公开信息6条。</p>",
        "<p>二、主动公开政府信息情况</p>",
        _licences(12),
        "<p>附：红旗镇主动公开政府信息情况</p>",
        _licences(7),
        "<p>三、收到和处理政府信息公开申请情况</p><p>无。</p>",
        _table(("第二十条第（八）项",), ("信息内容", "本年收费金额（单位：万元）")),
        _table(*ARTICLE_1, NORMATIVE),
    )
    facts = _facts(_report(tmp_path, *parts))
    assert facts["licensing_decisions"].value == 12
    assert facts["licensing_decisions"].flags == ()
    assert facts["normative_docs_issued"].flags == ()


def test_an_annex_with_sections_of_its_own_goes_on(tmp_path: Path) -> None:
    parts = (
        "<p>一、总体情况</p><p>公开信息6条。</p>",
        "<p>附：红旗镇政府信息公开情况</p>",
        "<p>一、总体情况</p><p>公开9条。</p><p>二、主动公开政府信息情况</p>",
        _licences(7),
    )
    assert ORGAN in _facts(_report(tmp_path, *parts))["licensing_decisions"].flags


@pytest.mark.parametrize(
    ("note", "flags"),
    [
        ("县政府", (ORGAN,)),
        ("政府办", (ORGAN,)),
        ("红旗镇", (ORGAN,)),
        ("上年数据", ("source:narrowed",)),
        ("不含镇政府", ("source:narrowed",)),
        ("镇政府", ()),
        ("云岫镇", ()),
        ("党政办", ()),
    ],
)
def test_a_note_of_a_label_may_name_another_organ_or_a_part(
    tmp_path: Path, note: str, flags: tuple[str, ...]
) -> None:
    row = (f"行政规范性文件（{note}）", "3", "1", "8")
    facts = _facts(_report(tmp_path, SECTION, _table(*ARTICLE_1, row)))
    assert facts["normative_docs_issued"].flags == flags
    assert facts["rules_issued"].flags == ()


@pytest.mark.parametrize(
    ("label", "narrowed"),
    [
        ("1.专职人员数（不包括政府公报及政府网站工作人员数）", False),
        ("1.专职人员数（不包括驻外人员）", True),
    ],
)
def test_a_note_that_the_form_prints_narrows_nothing(
    tmp_path: Path, label: str, narrowed: bool
) -> None:
    table = _table(("统计指标", "单位", "统计数"), ("（三）从事政府信息公开工作人员数", "人", "3"))
    table = table.replace("</table>", f"<tr><td>{label}</td><td>人</td><td>2</td></tr></table>")
    top = "<h1>示例县云岫镇2016年政府信息公开工作年度报告</h1>"
    facts = _facts(_report(tmp_path, table, top=top))
    assert facts["t14_staff_fulltime"].value == 2
    assert ("source:narrowed" in facts["t14_staff_fulltime"].flags) is narrowed


@pytest.mark.parametrize(
    ("previous", "change", "flags"),
    [
        (
            "（指2019年事项数）",
            "（指2020年增加或减少的事项数，减用负值表示，如-8）",
            (False, False),
        ),
        ("（指2018年事项数）", "", (True, False)),
        ("", "（指2019年增加或减少的事项数，减用负值表示，如-8）", (False, True)),
    ],
)
def test_only_the_column_of_the_year_before_may_name_it(
    tmp_path: Path, previous: str, change: str, flags: tuple[bool, bool]
) -> None:
    header = ("信息内容", f"上一年项目数量{previous}", f"本年增/减{change}", "处理决定数量")
    top = "<h1>示例县云岫镇2020年政府信息公开工作年度报告</h1>"
    table = _table(header, ("行政许可", "17", "-2", "58"))
    facts = _facts(_report(tmp_path, SECTION, table, top=top))
    found = (facts["licensing_items_prev_year"].flags, facts["licensing_items_change"].flags)
    assert tuple(YEAR in of_cell for of_cell in found) == flags
    if flags == (False, False):
        assert found == ((), ())


@pytest.mark.parametrize(
    ("organ", "caption", "foreign"),
    [
        ("教育局", "教育体育局主动公开情况", False),
        ("教育局", "教育体育局", False),
        ("教育体育局", "示例县教育局", False),
        ("教育局", "民政局", True),
        ("人力资源和社会保障局", "医疗保障局", True),
        ("教育局", "邻县教育局", True),
        ("云岫镇", "云岫镇党政办公室", False),
        ("云岫镇", "红旗镇党政办公室", True),
        ("云岫镇", "云岫镇政府办公室", False),
        ("云岫镇", "示例云岫镇", False),
        ("云岫镇", "东云岫镇", True),
        ("云岫镇财政所", "云岫镇主动公开情况", True),
        ("住房和城乡建设局", "示例县住建局", False),
        ("卫生健康委员会", "示例县卫生健康委员会", False),
        ("教育局", "示例县教育局办公室", False),
        ("人民政府", "示例县人民政府办公室", True),
        ("人民政府办公室", "示例县人民政府", True),
    ],
)
def test_which_names_are_the_organ_s_own(
    tmp_path: Path, organ: str, caption: str, foreign: bool
) -> None:
    top = f"<h1>示例县{organ}2023年政府信息公开工作年度报告</h1>" + PERIOD
    report = _report(tmp_path, SECTION, f"<p>{caption}</p>", _licences(12), top=top)
    assert (ORGAN in _facts(report)["licensing_decisions"].flags) is foreign


@pytest.mark.parametrize(
    ("period", "doubted"),
    [
        ("2023年1月1日起至2023年10月31日止", True),
        ("2023年1月1日至11月30日", True),
        ("2023年3月1日至2023年12月31日", True),
        ("2023年1月1日起至2023年12月31日止", False),
        ("2023年1月1日至12月31日", False),
        ("2023年1月至12月", False),
    ],
)
def test_a_stated_period_that_is_not_the_whole_year_is_said(
    tmp_path: Path, period: str, doubted: bool
) -> None:
    top = TITLE + f"<p>本报告统计期限从{period}。</p>"
    found = _findings(_report(tmp_path, SECTION, _licences(12), top=top), "M-YEAR")
    assert bool(found) is doubted
    assert all("whole year" in finding.message for finding in found)


@pytest.mark.parametrize(("year", "doubted"), [(2013, True), (2018, True), (2019, False)])
def test_a_year_before_the_form_is_doubted(tmp_path: Path, year: int, doubted: bool) -> None:
    top = f"<h1>示例县云岫镇{year}年政府信息公开工作年度报告</h1>"
    report = _report(tmp_path, SECTION, _table(*ARTICLE_1, NORMATIVE), _licences(12), top=top)
    assert report.identity.report_year == year
    found = _findings(report, "M-YEAR")
    assert bool(found) is doubted
    assert all(f"{year}" in finding.message for finding in found)


def test_a_heading_of_another_year_holds_until_the_next_section(tmp_path: Path) -> None:
    parts = (
        "<p>一、2022年主动公开政府信息情况</p>",
        _licences(12),
        "<p>二、主动公开政府信息情况</p>",
        _table(*ARTICLE_1, NORMATIVE),
    )
    facts = _facts(_report(tmp_path, *parts))
    assert YEAR in facts["licensing_decisions"].flags
    assert facts["normative_docs_issued"].flags == ()


def test_a_note_on_the_table_above_says_nothing_of_the_one_below(tmp_path: Path) -> None:
    note = "<p>注：以上数据为2022年数据</p>"
    parts = (SECTION, _licences(12), note, _table(*ARTICLE_1, NORMATIVE))
    facts = _facts(_report(tmp_path, *parts))
    assert YEAR in facts["licensing_decisions"].flags
    assert facts["normative_docs_issued"].flags == ()
