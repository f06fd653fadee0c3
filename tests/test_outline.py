"""The document as a reader sees it: titles, sections, periods, captions, each told in one place."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipeline.errors import NotAReport
from pipeline.extract import interpret
from pipeline.model import Cell, Document, Grid, Paragraph, Report
from pipeline.outline import Outline, outline_of

ROOT = Path(__file__).parents[1]
REGIONS = ROOT / "data/raw/sample/regions.csv"
REPORT = "政府信息公开工作年度报告"


def _table(*rows: tuple[str, ...]) -> Grid:
    return Grid(
        tuple(
            Cell(text, row, col, where=f"row {row} col {col}")
            for row, texts in enumerate(rows)
            for col, text in enumerate(texts)
        )
    )


def _document(*printed: str | Grid, heading: str = "") -> Document:
    blocks = tuple(
        Paragraph(block, f"line {n}") if isinstance(block, str) else block
        for n, block in enumerate(printed, 1)
    )
    return Document("a.txt", "txt", blocks, heading)


def _outline(*printed: str | Grid) -> Outline:
    return outline_of(_document(*printed))


def _report(*printed: str | Grid) -> Report:
    (report,) = interpret(_document(*printed), REGIONS)
    return report


@pytest.mark.parametrize(
    ("line", "name", "year"),
    [
        ("示例县云岫镇2021年政务公开年报", "示例县云岫镇", 2021),
        ("二〇二一年示例县云岫镇政府信息公开年度报告", "示例县云岫镇", 2021),
        ("示例縣雲岫鎮2021年政府信息公開工作年度報告", "示例县云岫镇", 2021),
        ("示例縣松籁鎮2021年政府資訊公開工作年度報告", "示例县松籁镇", 2021),
        ("示例县云岫镇2010年政府信息公开工作总结报告", "示例县云岫镇", 2010),
        ("《示例县云岫镇2021年政府信息公开工作年度报告》", "示例县云岫镇", 2021),
        ("附件1：示例县云岫镇2021年政府信息公开年报", "示例县云岫镇", 2021),
        ("政府信息公开年报", "", None),
    ],
)
def test_a_line_that_is_a_reports_title(line: str, name: str, year: int | None) -> None:
    (title,) = _outline(line).titles.values()
    assert (title.name, title.year, title.entry) == (name, year, False)


@pytest.mark.parametrize(
    "line",
    [
        "示例县云岫镇2021年法治政府建设年度报告",
        "示例县云岫镇2021年政府信息公开工作要点",
        "示例县云岫镇编制了2021年政府信息公开工作年度报告，现予公布。",
        "首页>政府信息公开>2021年政府信息公开工作年度报告",
        "上一篇：示例县云岫镇2020年政府信息公开工作年度报告",
        "五、2021年政府信息公开工作年度报告的编制",
    ],
)
def test_a_line_that_is_none(line: str) -> None:
    assert not _outline(line).titles


@pytest.mark.parametrize("behind", ["2022-01-12", "2022/1/12", ".pdf", ".docx"])
def test_an_entry_of_a_list_is_no_title_of_the_page(behind: str) -> None:
    outline = _outline(f"示例县云岫镇2021年{REPORT}{behind}")
    (title,) = outline.titles.values()
    assert (title.entry, title.name, title.year) == (True, "示例县云岫镇", 2021)
    assert (outline.title, outline.years, outline.organs) == ("", frozenset(), ())


def test_a_title_is_completed_by_the_lines_above_and_below() -> None:
    outline = _outline("示例县云岫镇人民政府", REPORT, "（2021年度）", "一、总体情况")
    assert (outline.organs, outline.years) == (("示例县云岫镇人民政府",), {2021})


def _one_report(year: str, town: str, name: str = "政务公开年报") -> tuple[str, ...]:
    return (f"示例县{town}{year}年{name}", "一、总体情况", f"{town}主动公开信息12条。")


@pytest.mark.parametrize(
    "second",
    [
        _one_report("2021", "墨溪镇"),
        _one_report("二〇二〇", "云岫镇"),
        _one_report("2020", "雲岫鎮", "政府信息公開工作年度報告"),
    ],
)
def test_two_reports_in_one_file_whatever_their_titles_look_like(second: tuple[str, ...]) -> None:
    with pytest.raises(NotAReport, match="two reports in one file"):
        _report(*_one_report("2021", "云岫镇"), *second)


def test_two_titles_of_one_report_are_one_report() -> None:
    first = _one_report("2021", "云岫镇")
    again = _one_report("二〇二一", "雲岫鎮", "政府信息公開工作年度報告")
    assert _report(*first, *again).identity.report_year == 2021


def test_figures_of_the_year_in_words_are_the_years_and_those_of_another_are_not() -> None:
    report = _report(
        f"二〇二一年示例县云岫镇{REPORT}",
        "一、总体情况",
        "二〇二一年，主动公开政府信息12条。二〇二〇年，主动公开政府信息7条。",
    )
    figures = [figure for figure in report.narrative if figure.concept == "nar_disclosed_total"]
    assert [(int(figure.value), figure.flags) for figure in figures] == [(12, ())]


def test_another_reports_title_parts_the_tables_whatever_it_looks_like() -> None:
    licences = (("信息内容", "本年处理决定数量"), ("行政许可", "12"))
    for title in ("示例县墨溪镇2021年政务公开年报", "示例縣墨溪鎮2021年政府信息公開年度報告"):
        report = _report(
            f"示例县云岫镇2021年{REPORT}",
            "一、总体情况",
            "二、主动公开政府信息情况",
            title,
            _table(("第二十条第（五）项", ""), *licences),
        )
        (fact,) = [fact for fact in report.facts if fact.text == "12"]
        assert fact.flags == ("source:other_organ",)


@pytest.mark.parametrize(
    ("town", "flags"), [("墨溪镇", ("source:other_organ",)), ("云岫镇", ())], ids=["other", "own"]
)
def test_a_title_over_two_lines_names_whose_the_tables_below_are(
    town: str, flags: tuple[str, ...]
) -> None:
    report = _report(
        f"示例县云岫镇2021年{REPORT}",
        "一、总体情况",
        "二、主动公开政府信息情况",
        f"示例县{town}人民政府",
        f"2021年{REPORT}",
        "各项数据如下，请各村、各社区按照要求认真做好核对，并于年底前报送镇党政办公室汇总。",
        _table(("第二十条第（五）项", ""), ("信息内容", "本年处理决定数量"), ("行政许可", "12")),
    )
    (fact,) = [fact for fact in report.facts if fact.text == "12"]
    assert fact.flags == flags


@pytest.mark.parametrize(
    ("lines", "sections"),
    [
        (("一、总体情况", "二、主动公开", "十、其他", "二十三、附件", "一二、"), [1, 2, 10, 23, 0]),
        (("一、总体情况", "1.主动公开情况", "二、其他"), [1, 0, 2]),
        (("1.总体情况", "2、主动公开", "公开12条。"), [1, 2, 0]),
        (("1．总体情况", "1.5万元经费", "（一）主动公开"), [1, 0, 0]),
        (("1.目录更新不够及时。", "2.下一步由专人核对。"), [0, 0]),
        (("一、总体情况。云岫镇认真贯彻条例，做好公开工作，主动公开信息12条。",), [1]),
    ],
)
def test_sections(lines: tuple[str, ...], sections: list[int]) -> None:
    outline = _outline(*lines)
    assert [line.section for line in outline.lines] == sections
    assert [block.section for block in outline.blocks] == sections


def test_a_heading_is_no_sentence_that_begins_with_its_number() -> None:
    outline = _outline("一、总体情况", "一、2021年，云岫镇主动公开政府信息12条，收到申请2件。")
    assert [line.heads(1) for line in outline.lines] == [True, False]


@pytest.mark.parametrize(
    ("text", "years", "first", "last", "stated"),
    [
        ("统计期限为2021年1月1日至2021年12月31日。", (2021, 2021), (1, 1), (12, 31), True),
        ("统计期限自2021年1月1日起至12月31日止。", (2021, 2021), (1, 1), (12, 31), True),
        ("统计期限自2021年1月1日，至2021年12月31日止。", (2021, 2021), (1, 1), (12, 31), True),
        ("数据范围：2021年3月—2022年2月。", (2021, 2022), (3, 1), (2, 31), True),
        ("报告期限为2021年1月1日–6月30日。", (2021, 2021), (1, 1), (6, 30), True),
        ("统计期限为二〇二一年1月1日至当年12月31日。", (2021, 2021), (1, 1), (12, 31), True),
        ("统计期限为202111日至20211231日。", (2021, 2021), (1, 1), (12, 31), True),
        ("2021年1月1日至12月31日，公开信息12条。", (2021, 2021), (1, 1), (12, 31), False),
    ],
)
def test_periods(
    text: str, years: tuple[int, int], first: tuple[int, int], last: tuple[int, int], stated: bool
) -> None:
    (period,) = _outline(text).periods
    assert (period.years, period.first, period.last) == (years, first, last)
    assert period.stated is stated


@pytest.mark.parametrize(
    "text", ["2021年3月至5月，公开信息12条。", "自2021年1月1日至6月30日，公开信息12条。"]
)
def test_months_that_no_sentence_calls_the_period_are_none(text: str) -> None:
    assert _outline(text).periods == ()


def test_a_period_that_is_not_the_year_is_told_where_the_report_stands_in_one_cell() -> None:
    text = "本报告由云岫镇人民政府编制，统计期限为2021年1月1日至2021年6月30日。主动公开信息12条。"
    report = _report(f"示例县云岫镇2021年{REPORT}", _table((text,)))
    (finding,) = [finding for finding in report.findings if finding.check == "M-YEAR"]
    assert "统计期限为2021年1月1日至2021年6月30" in finding.message
    assert finding.where == "row 0 col 0"


def test_the_year_is_that_of_a_period_which_ends_early() -> None:
    report = _report("示例县云岫镇政府信息公开年报", "统计期限为2021年1月1日至2021年6月30日。")
    assert report.identity.report_year == 2021


def test_lines_are_those_of_prose_of_a_tables_head_and_of_long_cells() -> None:
    long = "云岫镇主动公开政府信息十二条，收到申请两件，都已按期答复，没有收取信息处理费，也没有发生行政复议。"
    cells = tuple(f"第{n}格" for n in range(10))
    outline = _outline("第一行\n 第 二 行", _table(cells, (long,)))
    assert [line.text for line in outline.lines] == ["第一行", "第二行", *cells[:8], long]
    assert [line.text for line in outline.prose.lines] == ["第一行", "第二行", long]


def test_a_line_cut_inside_a_year_goes_on() -> None:
    outline = _outline("示例县云岫镇20", f"21年{REPORT}", "公开事项20", "条")
    assert outline.title == f"示例县云岫镇2021年{REPORT}"
    assert [line.text for line in outline.lines[1:]] == ["公开事项20", "条"]


def test_captions_name_years_and_organs() -> None:
    outline = _outline("其中：墨溪镇申请办理情况", "二〇二〇年数据", "上年情况", "一、总体情况")
    captions = [block.caption for block in outline.blocks]
    assert [caption.organs for caption in captions if caption] == [("墨溪镇",), (), ()]
    named = [caption.other_time(2022) for caption in captions if caption]
    assert named == ["", "2020", ""]
    assert [caption.is_of_last_year for caption in captions if caption] == [False, False, True]
    assert captions[3] is None


def test_words_alone_in_a_row_are_a_caption() -> None:
    (block,) = _outline(_table(("墨溪镇", ""), ("规章", "1"), ("", "12"))).blocks
    assert {row: caption.words for row, caption in block.captions.items()} == {0: "墨溪镇"}


def test_notes_state_units_and_paragraphs_part_tables() -> None:
    table = _table(("规章", "1"))
    outline = _outline("注：本表单位为万元", table, "续表", table, table)
    assert outline.unit_notes == ("注：本表单位为万元",)
    parted = {n: [b.label for b in between] for n, between in outline.between_tables.items()}
    assert parted == {1: ["注本表单位为万元"], 2: ["续表"], 3: []}


@pytest.mark.parametrize("room", ["identify", "genre", "narrative"])
def test_prose_is_walked_by_the_outline_alone(room: str) -> None:
    files = sorted((ROOT / "pipeline" / room).glob("*.py"))
    assert files
    files += [ROOT / "pipeline/judge/foreign.py", ROOT / "pipeline/judge/year.py"]
    walks = re.compile(r"document\.(?:blocks|paragraphs|grids)")
    assert [file.name for file in files if walks.search(file.read_text("utf-8"))] == []
