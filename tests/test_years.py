"""Which year a report is on: all that its text says is weighed, and what disagrees is said."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping

import pytest

from pipeline.extract import interpret
from pipeline.model import Cell, Document, Grid, Paragraph, Report

NAME = "海盐县通元镇"
REPORT = "政府信息公开工作年度报告"
TITLE = f"{NAME}{REPORT}"
SECTION = "一、总体情况"
PLANS = "五、存在的主要问题及改进情况"


def _document(*lines: str, heading: str = "") -> Document:
    blocks = tuple(Paragraph(line, f"line {n}") for n, line in enumerate(lines, 1))
    return Document("a.txt", "txt", blocks, heading)


def _report(*lines: str, heading: str = "") -> Report:
    (report,) = interpret(_document(*lines, heading=heading))
    return report


def _warned(report: Report) -> list[str]:
    return [found.message for found in report.findings if found.check == "M-YEAR"]


def _period(year: int) -> str:
    return f"本报告所列数据的统计期限自{year}年1月1日起至{year}年12月31日止。"


@pytest.mark.parametrize(
    "lines",
    [
        [TITLE, SECTION, "2023年，我镇主动公开信息45条。"],
        [TITLE, SECTION, "2023年1—12月，我镇主动公开信息45条。"],
        [TITLE, SECTION, "2023年以来，我镇主动公开信息45条。"],
        [TITLE, SECTION, "（一）主动公开情况。2023年度，公开45条。", "（二）2023年度收到申请3件。"],
        [TITLE, SECTION, "（一）主动公开。我镇2023年公开信息45条。", "（二）申请。2023年收到3件。"],
        [TITLE, _period(2023), SECTION, "全年公开信息45条。"],
        [TITLE, "统计期限为2023年1月至12月。", SECTION, "全年公开信息45条。"],
        [TITLE, "统计期限为2023年1-12月。", SECTION, "全年公开信息45条。"],
        # What a report compares itself with, plans and names is no other year.
        [f"{NAME}2023年{REPORT}", SECTION, "2023年公开45条，比2022年增加5条。"],
        [f"{NAME}2023年{REPORT}", SECTION, "2023年公开45条。2022年公开40条。"],
        [f"{NAME}2023年{REPORT}", SECTION, "2023年公开45条。", "2024年，我镇将继续做好工作。"],
        [f"{NAME}2023年{REPORT}", SECTION, "2023年公开45条。", PLANS, "2024年要补足短板。"],
        [f"{NAME}2023年{REPORT}", SECTION, "2023年公开45条。", "2024年是巩固之年，目录将调整。"],
        [f"{NAME}2023年{REPORT}", SECTION, "2023年公开45条。", "2024年起执行新的目录。"],
        [f"{NAME}2023年{REPORT}", SECTION, "制定《2024年政务公开要点》，公开2024年预算1条。"],
        [f"{NAME}2023年{REPORT}", SECTION, "全年公开45条。", NAME, "2024年1月12日"],
        [f"{NAME}2023年{REPORT}", "发布日期：2026-03-01", SECTION, "2023年公开45条。"],  # moved
    ],
)
def test_a_year_that_nothing_contradicts(lines: list[str]) -> None:
    report = _report(*lines)
    assert report.identity.report_year == 2023
    assert _warned(report) == []


def test_the_period_is_last_year_s_and_the_prose_says_so_twice() -> None:
    """A lead-in stands before each year, so that no paragraph opens with it."""
    report = _report(
        TITLE,
        _period(2021),
        SECTION,
        "（一）主动公开情况。2022年度，我镇主动公开政府信息45条。",
        "（二）依申请公开情况。2022年度收到申请3件。",
    )
    assert report.identity.report_year == 2022
    (words,) = _warned(report)
    assert "统计期限" in words
    assert "2021" in words
    figures = {figure.concept: figure.value for figure in report.narrative}
    assert figures["nar_disclosed_total"] == 45


@pytest.mark.parametrize(
    ("lines", "heading", "year"),
    [
        ([TITLE, _period(2021), SECTION, "（一）公开。2022年度，我镇公开信息45条。"], "", 2021),
        ([f"{NAME}2022年{REPORT}", _period(2021), SECTION, "2022年，公开信息45条。"], "", 2022),
        ([f"{NAME}2021年{REPORT}", _period(2022), SECTION, "全年公开信息45条。"], "", 2021),
        (
            [
                f"{NAME}2021年{REPORT}",
                f"现将{NAME}2022年{REPORT}公布如下。",
                *(_period(2022), SECTION, "2022年，公开信息45条。", "2022年收到申请3件。"),
            ],
            "",
            2022,  # the title alone is last year's
        ),
        ([TITLE, f"现公布{NAME}2021年{REPORT}。", _period(2022), SECTION, "无。"], "", 2022),
        ([TITLE, _period(2022), SECTION, "全年公开45条。"], f"{NAME}2021年{REPORT}", 2021),
        ([f"{NAME}2021年{REPORT}", SECTION, "2021年公开9条。2022年公开45条信息。"], "", 2021),
        ([f"{NAME}2019年{REPORT}", SECTION, "公开9条。", NAME, "2023年1月9日"], "", 2019),
        ([f"{NAME}2019年{REPORT}", SECTION, "公开9条。", NAME, "二〇二三年一月九日"], "", 2019),
        ([f"{NAME}2023年{REPORT}", SECTION, "公开9条。", NAME, "2023年1月9日"], "", 2023),
        ([f"{NAME}2023年{REPORT}", "日期：2023-01-11", SECTION, "公开9条。"], "", 2023),
        ([f"{NAME}2022年{REPORT}（2021年度）", SECTION, "公开9条。"], "", 2022),
        ([TITLE, f"现将{NAME}2021年、2022年{REPORT}公布如下。", SECTION, "公开9条。"], "", 2022),
        ([f"{NAME}2021年和2022年{REPORT}", SECTION, "公开9条。"], "", 2022),
        ([TITLE, "数据期限自2018年1月1日至2019年12月31日。", SECTION, "2019年公开9条。"], "", 2019),
    ],
)
def test_what_contradicts_the_year_is_said(lines: list[str], heading: str, year: int) -> None:
    report = _report(*lines, heading=heading)
    assert report.identity.report_year == year
    assert _warned(report)


@pytest.mark.parametrize("days", ["3-12月", "11-12月", "1-6月", "1月至11月"])
def test_a_period_that_is_a_part_of_the_year_is_said(days: str) -> None:
    report = _report(TITLE, f"统计期限为2023年{days}。", SECTION, "全年公开信息45条。")
    assert report.identity.report_year == 2023
    assert "not the whole year" in _warned(report)[0]


def test_one_sentence_or_a_caption_tells_weakly() -> None:
    sentence = _report(TITLE, SECTION, "我镇重视公开工作，2021年公开重点领域信息12条。")
    assert sentence.identity.report_year == 2021
    assert "told by one sentence alone" in _warned(sentence)[0]
    cells = [("申请情况", 0, 0), ("数量（件）", 0, 1)]
    cells += [
        (text, 1 + n // 2, n % 2)
        for n, text in enumerate(["甲", "1", "乙", "2", "丙", "3", "丁", "4", "戊", "5"])
    ]
    table = Grid(tuple(Cell(text, row, col, where="table 1") for text, row, col in cells))
    blocks = (
        Paragraph(TITLE, "line 1"),
        Paragraph("2021年政府信息公开情况统计表", "line 2"),
        table,
    )
    (report,) = interpret(Document("a.html", "html", blocks))
    assert report.identity.report_year == 2021
    assert "told by the caption of a table alone" in _warned(report)[0]


@pytest.mark.parametrize(
    "line",
    [
        "全年主动公开信息45条。",
        "截至2087年底，公开45条。",
        "发布日期：2023-01-12",
        "数据期限自2018年1月1日至2019年12月31日。",
    ],
)
def test_no_year_is_a_finding(line: str) -> None:
    report = _report(TITLE, line, SECTION, "没有收到申请。")
    assert report.identity.report_year is None
    assert _warned(report)


def test_a_figure_of_another_year_than_the_report_s_is_doubted() -> None:
    """The period is last year's, and a sentence was left from it too."""
    report = _report(
        f"{NAME}2022年{REPORT}",
        _period(2021),
        SECTION,
        "2022年，我镇主动公开政府信息45条。",
        "三、收到和处理政府信息公开申请情况",
        "2021年收到政府信息公开申请3件。",
    )
    flags = {figure.concept: figure.flags for figure in report.narrative}
    assert flags["nar_disclosed_total"] == ()
    assert flags["nar_req_received"] == ("read:period",)


# Ways to state a year, each where a report has it.
STATEMENTS: Mapping[str, Callable[[int], str]] = {
    "title": lambda year: f"{NAME}{year}年{REPORT}",
    "preface": lambda year: f"根据要求，现将{NAME}{year}年{REPORT}公布如下。",
    "period": _period,
    "opening": lambda year: f"{year}年，我镇主动公开政府信息45条。",
    "led in": lambda year: f"（一）主动公开情况。{year}年度，我镇主动公开政府信息46条。",
    "within": lambda year: f"（二）依申请公开情况。我镇{year}年收到申请3件。",
    "third": lambda year: f"（三）监督保障情况。{year}年度没有收到举报。",
}


def test_of_random_statements_none_gives_a_wrong_year_without_a_doubt() -> None:
    """Each may be left from the year before; one at least is this year's."""
    seed = random.randrange(10**6)
    chance = random.Random(seed)
    right = 0
    for _ in range(400):
        year = chance.randint(2012, 2025)
        kinds = [kind for kind in STATEMENTS if chance.random() < 0.6]
        years = {kind: year - (chance.random() < 0.35) for kind in kinds}
        if year not in years.values():
            continue
        said = {kind: STATEMENTS[kind](told) for kind, told in years.items()}
        heads = [said.pop("title", TITLE), said.pop("preface", ""), said.pop("period", "")]
        heading = chance.choice(["", STATEMENTS["title"](year - chance.randint(0, 1))])
        lines = [*filter(None, heads), SECTION, *said.values(), "没有收取费用。"]
        report = _report(*lines, heading=heading)
        told = report.identity.report_year
        where = f"seed {seed}: {year}, {heading!r}, {lines}"
        assert told == year or _warned(report), where
        if {*years.values()} == {year} and str(year - 1) not in heading:
            assert told == year, where
            right += 1
            # A single sentence that no paragraph opens with tells weakly.
            alone = not heading and [*years] in (["led in"], ["within"], ["third"])
            assert bool(_warned(report)) == alone, where
    assert right > 10
