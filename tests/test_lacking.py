"""A table that a report should have and has not, although its others were read."""

from __future__ import annotations

from pathlib import Path

import lxml.html
import pytest
from lxml.html import HtmlElement

from pipeline.doubt import Severity, Verdict
from pipeline.extract import extract
from pipeline.model import Finding

CORPUS = Path(__file__).parent / "corpus"
SHEETS = ("disclosure", "applications", "disputes")
HEADINGS = (
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
)


def _page(case: str = "county_2023") -> HtmlElement:
    return lxml.html.fromstring((CORPUS / case / "source.html").read_text("utf-8"))


def _in_place_of(page: HtmlElement, number: int, markup: str) -> None:
    """The markup instead of the table of this number, from 0."""
    table = page.xpath("//table")[number]
    parent = table.getparent()
    parent.replace(table, lxml.html.fragment_fromstring(markup, create_parent="div"))


def _found(page: HtmlElement, folder: Path) -> list[Finding]:
    path = folder / "report.html"
    path.write_bytes(lxml.html.tostring(page, encoding="utf-8"))
    (report,) = extract(path, path.name, CORPUS / "regions.csv")
    return [f for f in report.findings if f.check in ("read_lacking_table", "read_lost_table")]


@pytest.mark.parametrize(
    "instead",
    [
        "<p></p>",
        "<script>document.write('<table><tr><td>信息内容</td><td>3</td></tr></table>')</script>",
        "<svg><text>信息内容 本年制发件数 3</text></svg>",
        "<p>详见附件</p>",
    ],
)
@pytest.mark.parametrize("number", [0, 1, 2])
def test_it_is_named_with_the_heading_that_it_belongs_under(
    number: int, instead: str, tmp_path: Path
) -> None:
    page = _page()
    _in_place_of(page, number, instead)
    (finding,) = _found(page, tmp_path)
    assert (finding.check, finding.cells) == ("read_lacking_table", ())
    assert (finding.severity, finding.verdict) == (Severity.WARNING, Verdict.NOT_ASSESSABLE)
    assert f"table {SHEETS[number]} was not found" in finding.message
    assert f"“{HEADINGS[number]}”" in finding.message
    assert finding.where.startswith("paragraph ")


def test_two_tables_are_two_findings_and_a_heading_may_be_missing_too(tmp_path: Path) -> None:
    page = _page()
    _in_place_of(page, 2, "<p></p>")
    _in_place_of(page, 1, "<p></p>")
    for heading in page.xpath("//*[starts-with(normalize-space(text()), '四、')]"):
        heading.drop_tree()
    one, other = _found(page, tmp_path)
    assert HEADINGS[1] in one.message
    assert "no heading names its “复议”" in other.message
    assert other.where == ""


@pytest.mark.parametrize("row", ["行政许可", "行政事业性收费"])
def test_a_small_table_of_section_two_is_named(row: str, tmp_path: Path) -> None:
    page = _page()
    table = page.xpath("//table")[0]
    at = next(n for n, tr in enumerate(table.xpath(".//tr")) if row in tr.text_content())
    for tr in table.xpath(".//tr")[at - 2 : at + 1]:  # its article, its heads and its row
        tr.drop_tree()
    (finding,) = _found(page, tmp_path)
    assert "disclosure (art20_" in finding.message


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (1, "2023年，我县未收到政府信息公开申请。"),
        (1, "本年度收到政府信息公开申请0件。"),
        (1, "本年度无"),
        (1, "全年没有收到公民、法人的信息公开申请，也未发生行政复议。"),
        (2, "2023年未发生因政府信息公开引起的行政复议、行政诉讼案件。"),
        (2, "行政复议、行政诉讼均为零。"),
        (1, "本年度，我县未收到公民、法人和其他组织提出的政府信息公开申请。"),
        (2, "全年未发生行政复议、行政诉讼情况。"),
        (2, "不涉及"),
        (2, "无此类情况。"),
    ],
)
def test_a_report_that_says_there_is_nothing_to_count_lacks_nothing(
    number: int, said: str, tmp_path: Path
) -> None:
    page = _page()
    _in_place_of(page, number, f"<p>{said}</p>")
    assert _found(page, tmp_path) == []


@pytest.mark.parametrize(
    "said",
    [
        "本年度收到政府信息公开申请20件。",
        "未发生行政复议。",
        "申请办理中未发生收费。",
        "无偿提供信息。",
        "本年度收到申请10件。",
    ],
)
def test_other_words_do_not_stand_for_the_table_of_applications(said: str, tmp_path: Path) -> None:
    page = _page()
    _in_place_of(page, 1, f"<p>{said}</p>")
    (finding,) = _found(page, tmp_path)
    assert "applications" in finding.message


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (1, "未发生因政府信息公开申请引发的投诉举报。"),
        (1, "未收到网上政府信息公开申请。"),
        (1, "未收到要求更正的政府信息公开申请。"),
        (1, "2022年未收到政府信息公开申请。"),
        (1, "上年未收到政府信息公开申请。"),
        (1, "办理政府信息公开申请超期0件。"),
        (1, "政府信息公开申请收费0件。"),
        (1, "所属单位未收到政府信息公开申请。"),
        (1, "依申请公开不予公开0件。"),
        (1, "上年结转：无。"),
        (1, "未收到政府信息公开申请。上年收到政府信息公开申请6件。"),
        (1, "2022年：无。"),
        (2, "未发生行政复议被纠正的情况。"),
        (2, "行政复议纠错0件。"),
        (2, "行政复议、行政诉讼败诉为0。"),
        (2, "未收到乡镇的行政复议。"),
        (2, "2022年未发生行政复议。"),
    ],
)
def test_a_part_of_the_topic_or_another_time_does_not_stand_for_its_table(
    number: int, said: str, tmp_path: Path
) -> None:
    page = _page()
    _in_place_of(page, number, f"<p>{said}</p>")
    (finding,) = _found(page, tmp_path)
    assert f"table {SHEETS[number]} was not found" in finding.message


def test_what_is_lost_is_not_lacking_too(tmp_path: Path) -> None:
    page = _page()
    rows = page.xpath("//table")[2].xpath(".//tr")
    lines = "".join(f"<p>{' '.join(tr.text_content().split())}</p>" for tr in rows)
    _in_place_of(page, 2, lines)
    (finding,) = _found(page, tmp_path)
    assert finding.check == "read_lost_table"


def test_a_report_of_an_older_form_lacks_none_of_the_later(tmp_path: Path) -> None:
    assert _found(_page("statistics_2016"), tmp_path) == []
