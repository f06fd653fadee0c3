"""What is no annual report is refused and named; what only looks odd is read."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.errors import NotAReport
from pipeline.extract import extract
from pipeline.genre import Weighing, refusal, weighed
from pipeline.identify import identify
from pipeline.model import Document, Paragraph, Report
from pipeline.outline import outline_of
from pipeline.readers import read
from pipeline.recognise import recognise
from pipeline.reference import load_regions
from pipeline.sample.collection import written
from pipeline.sample.layout import Block, Box, Page, Para, Table
from tests.corpus.rebuild import cases, page
from tests.untitled_reports import untitled_reports

ROOT = Path(__file__).parents[1]
NOT_REPORTS = Path(__file__).parent / "corpus/not_reports"
ODD_REPORTS = Path(__file__).parent / "corpus/odd_reports"
REGIONS = ROOT / "data/raw/sample/regions.csv"
with (NOT_REPORTS / "refusals.csv").open(encoding="utf-8", newline="") as stream:
    REFUSALS = {row["file"]: row["words"].split(";") for row in csv.DictReader(stream)}

YUNXIU = "示例省示例市示例县云岫镇人民政府"
SCHOOLS = "示例省示例市示例县教育局"
# Organ and year as a reader of the page would name them; empty where the page says neither.
ODD = {
    "annex_of_the_older_form.html": (YUNXIU, 2019),
    "another_organs_small_table_below.html": (YUNXIU, 2022),
    "attachment_below_the_report.html": (YUNXIU, 2022),
    "bilingual_headings.html": ("示例省示例市示例县人民政府", 2022),
    "chess_and_expo.html": ("示例省示例市棋牌运动管理中心", 2022),
    "college_town.html": ("示例省示例市大学城管理委员会", 2022),
    "announced_by_a_notice.html": (YUNXIU, 2022),
    "cover_and_contents.txt": (YUNXIU, 2022),
    "department_with_tables_of_its_office.html": (SCHOOLS, 2022),
    "drafting_instruction_left_in.html": (YUNXIU, 2023),
    "former_regime_2008.txt": ("示例省示例市示例县司法局", 2008),
    "free_text_2010.txt": (SCHOOLS, 2010),
    "hospital_on_the_form.html": ("示例省示例市示例县人民医院", 2022),
    "images_only.html": (YUNXIU, 2022),
    "images_with_a_login_above.html": (YUNXIU, 2022),
    "links_to_other_reports_below.html": (YUNXIU, 2022),
    "lottery_bureau.txt": ("示例省示例市示例县体育局", 2021),
    "menus_and_a_title_without_year.html": (YUNXIU, 2012),
    "names_that_sound_like_genres.txt": ("示例省示例市示例县预警信息发布中心", 2021),
    "nameless_bureau.txt": ("", 2022),
    "no_tables.txt": (YUNXIU, 2020),
    "nothing_to_report.txt": (YUNXIU, 2022),
    "police_on_gambling.txt": ("示例省示例市示例县公安局", 2022),
    "region_wide_summary.html": ("示例省示例市示例县人民政府", 2022),
    "revised_and_final.html": (YUNXIU, 2022),
    "says_where_it_is_kept.html": (YUNXIU, 2022),
    "sections_numbered_twice.html": (YUNXIU, 2022),
    "short_among_words_of_a_site.html": (YUNXIU, 2022),
    "short_and_long_name.html": (SCHOOLS, 2022),
    "sidebar_of_other_years.html": (YUNXIU, 2021),
    "site_with_menus.html": (YUNXIU, 2012),
    "table_of_the_last_years.html": (YUNXIU, 2022),
    "tables_blank_signed_only.html": (YUNXIU, 2022),
    "tables_only.html": ("", None),
    "tables_wholly_blank.html": (YUNXIU, 2022),
    "title_missing.html": (YUNXIU, 2022),
    "title_missing_prose_only.txt": ("", 2022),
    "title_scrambled.html": (YUNXIU, 2022),
    "title_without_organ.html": ("", 2022),
    "title_without_year.html": (YUNXIU, 2022),
    "two_lines.txt": (YUNXIU, 2022),
    "two_titles_above_one_body.html": (YUNXIU, 2022),
    "very_long_menu.html": (YUNXIU, 2012),
}
# Only that they are reports: who and when is told in other tests, or not yet.
READ_ONLY = {
    "correction_with_the_report_below.html",
    "first_year_of_the_regulation.txt",
    "in_one_paragraph.txt",
    "in_one_table.html",
    "menu_of_pipes_and_bullets.txt",
    "preface_for_a_title.txt",
    "sub_heads_of_chapter_one.txt",
    "title_in_bold.md",
    "traditional_script.html",
    "zeros_one_a_line.txt",
}


def _files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.suffix != ".csv")


def _report(file: str) -> Report:
    (report,) = extract(ODD_REPORTS / file, file, REGIONS)
    return report


def test_every_document_has_an_expectation() -> None:
    assert _files(NOT_REPORTS) == sorted(REFUSALS)
    assert _files(ODD_REPORTS) == sorted({*ODD, *READ_ONLY})


@pytest.mark.parametrize("file", sorted(REFUSALS))
def test_a_document_that_is_no_report_is_refused_for_what_it_is(file: str) -> None:
    with pytest.raises(NotAReport) as caught:
        extract(NOT_REPORTS / file, file, REGIONS)
    assert caught.value.file == file
    assert all(words in caught.value.reason for words in REFUSALS[file])
    assert caught.value.remedy
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("file", sorted(ODD))
def test_an_odd_report_is_a_report(file: str) -> None:
    identity = _report(file).identity
    assert (identity.organ, identity.report_year) == ODD[file]


@pytest.mark.parametrize("file", sorted(READ_ONLY))
def test_an_odd_report_is_not_refused(file: str) -> None:
    assert _report(file).file == file


def test_a_wholly_blank_table_gives_blanks_and_no_value() -> None:
    facts = _report("tables_wholly_blank.html").facts
    assert {fact.concept for fact in facts} >= {"normative_docs_issued", "review_upheld"}
    assert all(fact.value is None and not fact.text for fact in facts)


def _document(*lines: str, heading: str = "") -> Document:
    blocks = tuple(Paragraph(line, f"line {n}") for n, line in enumerate(lines, 1))
    return Document("a.txt", "txt", blocks, heading)


def _judged(*lines: str, heading: str = "") -> str:
    document = _document(*lines, heading=heading)
    identity = identify(outline_of(document), load_regions())
    found = refusal(outline_of(document), recognise(outline_of(document)), identity)
    return f"{found.reason}; {found.remedy}" if found else ""


@pytest.mark.parametrize(
    "name",
    [
        *("四季青街道", "预算编审中心", "绩效考核办公室", "督查室", "国家统计局海盐调查队"),
        *("政府网站管理中心", "法治政府建设办公室", "评估中心", "政务公开办公室", "党史研究室"),
        *("网络信息发布中心", "政策解读中心", "规范化建设办公室", "地图测绘院", "条例审查室"),
    ],
)
def test_no_organ_is_taken_for_a_genre(name: str) -> None:
    assert _judged(f"海盐县{name}2012年政府信息公开工作年度报告", "2012年，公开信息6条。") == ""


def test_no_place_is_taken_for_a_genre_or_a_placeholder() -> None:
    with gzip.open(ROOT / "pipeline/reference/regions.csv.gz", "rt", encoding="utf-8") as stream:
        names = sorted({row["name"] for row in csv.DictReader(stream)})
    # Every fortieth, and those with letters of a genre in them.
    suspects = [n for n in names if any(c in n for c in "季年篇比评估办条规目告知函发布某X×")]
    lines = [f"{name}2012年政府信息公开工作年度报告" for name in (*names[::40], *suspects)]
    refused = [line for line in lines if _quick(line)]
    assert len(lines) > 1000
    assert refused == []


def _quick(line: str) -> str:
    document = Document("a.txt", "txt", (Paragraph(line), Paragraph("公开信息6条。")))
    identity = identify(outline_of(Document("", "txt", ())), load_regions())
    found = refusal(outline_of(document), recognise(outline_of(Document("", "txt", ()))), identity)
    return found.reason if found else ""


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (["某某镇2022年政府信息公开工作年度报告", "公开信息6条。"], "placeholder"),
        (["○○县2022年政府信息公开工作年度报告", "公开信息6条。"], "placeholder"),
        (["[单位名称]2022年政府信息公开工作年度报告"], "placeholder"),
        (["海盐县2022年上半年政府信息公开工作情况报告", "公开信息6条。"], "part of a year"),
        (["海盐县2022年1-6月政府信息公开工作报告", "公开信息6条。"], "part of a year"),
        (["政府信息公开年度报告对照表", "海盐县2022年政府信息公开年报"], "two reports"),
        (["通元镇2022年政府信息公开年报", "通元镇2021年政府信息公开年报"], "list of 2"),
        (["关于公布通元镇2022年政府信息公开工作年度报告的公告"], ""),
        (["二〇〇九年通元镇政府信息公开工作年度报告", "公开信息6条。"], ""),
        (["二○○九年通元镇政府信息公开工作年度报告", "公开信息6条。"], ""),
        (["海盐县人民政府", "2022年政府信息公开工作年度报告", "依法行政", "公开信息6条。"], ""),
        (["海盐县通元镇政府信息公开年报（2023年发布）", "公开信息6条。"], ""),
        (["关于报送2010年政府信息公开工作年度报告的报告", "公开信息6条。"], ""),
        (["《通元镇2022年政府信息公开工作年度报告》", "公开信息 条。"], ""),
    ],
)
def test_titles(lines: list[str], words: str) -> None:
    judged = _judged(*lines)
    assert words in judged
    assert bool(words) == bool(judged)


@pytest.mark.parametrize("unit", ["条", "则", "例", "批次", "万余条", "千余篇次", "亿元"])
def test_a_sentence_with_a_figure_is_more_than_a_list(unit: str) -> None:
    titles = ["通元镇2022年政府信息公开年报", "通元镇2021年政府信息公开年报"]
    assert "list of 2" in _judged(*titles, "公开信息。")
    assert "list of 2" not in _judged(*titles, f"公开信息3{unit}。")


def test_what_follows_the_title_does_not_change_what_the_document_is() -> None:
    """Links below a report name other documents."""
    links = ["关于做好2023年政府信息公开年度报告工作的通知", "年报解读", "海盐县政府信息公开指南"]
    assert _judged("通元镇2022年政府信息公开工作年度报告", "公开信息6条。", *links) == ""
    assert "a notice" in _judged(links[0], "请各单位按时报送。", "通元镇政府信息公开年报")


def test_a_volume_of_reports_is_counted() -> None:
    towns = ("通元镇", "百步镇", "沈荡镇", "秦山街道")
    volume = [
        line
        for town in towns
        for line in (f"{town}2022年政府信息公开年报", "一、总体情况", "公开信息6条。")
    ]
    assert "4 reports in one file: 通元镇 2022 and 百步镇 2022 and" in _judged(*volume)


def test_the_cells_of_another_organ_below_a_report_are_flagged() -> None:
    """Less than a report is no reason to refuse the file, and none to give it to this organ."""
    report = _report("another_organs_small_table_below.html")
    foreign = {f.concept for f in report.facts if "source:other_organ" in f.flags}
    assert foreign == {"procurement_projects", "procurement_amount"}


@pytest.mark.parametrize("before", ["附件：", "附：", ""])
def test_the_caption_of_the_annexed_table_is_no_second_report(tmp_path: Path, before: str) -> None:
    labels = ("主动公开政府信息数", "主动公开规范性文件数", "制发规范性文件总数", "收到申请数")
    more = ("当面申请数", "同意公开答复数", "不同意公开答复数", "行政复议数量", "行政诉讼数量")
    rows = "".join(f"<tr><td>{name}</td><td>件</td><td>3</td></tr>" for name in (*labels, *more))
    page = (
        "<h1>示例县云岫镇2016年政府信息公开工作年度报告</h1><p>一、概述</p><p>公开信息6条。</p>"
        f"<p>{before}示例县政府信息公开情况统计报表</p>"
        f"<table><tr><td>统计指标</td><td>单位</td><td>统计数</td></tr>{rows}</table>"
    )
    path = tmp_path / "report.html"
    path.write_text(page, encoding="utf-8")
    (report,) = extract(path, path.name, REGIONS)
    assert (report.identity.organ, report.identity.report_year) == (YUNXIU, 2016)
    received = next(fact for fact in report.facts if fact.concept == "t14_req_received")
    assert received.value == 3
    assert not any(flag.startswith("source:other") for flag in received.flags)


@pytest.mark.parametrize(
    ("one", "other", "words"),
    [
        ("海盐县", "海盐县通元镇", "two reports"),
        ("海盐县教育局", "海盐县民政局", "two reports"),
        ("海盐县通元镇", "通元镇人民政府", ""),
        ("海盐县通元镇", "通元镇党政办公室", ""),
        ("海盐县住建局", "嘉兴市海盐县住房和城乡建设局", ""),
        ("海盐县人民政府", "海盐县政府办", ""),
        ("海盐县政府办", "海盐县人民政府办公室", ""),
        ("海盐县元通镇", "海盐县元通街道", "two reports"),
        ("海盐县建设局", "海盐县住房和城乡建设局", "two reports"),
        ("通元镇", "通元镇党政办公室", ""),
        ("海盐县卫健委", "海盐县卫生健康委员会", ""),
    ],
)
def test_two_names_are_of_two_reports_unless_they_may_be_of_one_organ(
    one: str, other: str, words: str
) -> None:
    body = ("一、总体情况", "公开信息6条。")
    titles = (f"{name}2022年政府信息公开工作年度报告" for name in (one, other))
    judged = _judged(*(line for title in titles for line in (title, *body)))
    assert words in judged
    assert bool(words) == bool(judged)


def test_a_declared_title_tells_what_a_page_is() -> None:
    page = ["发布时间：2023-01-20", "近日，全县的报告已经上网，共公开信息900条。"]
    heading = "海盐县公布2022年政府信息公开年报 - 新闻 - 海盐网"
    assert "news" in _judged(*page, heading=heading)


def test_a_figure_among_others_is_no_number_of_an_error(tmp_path: Path) -> None:
    """A table of no form is a table: 404 documents were disclosed, and the page was found."""
    title = "示例县云岫镇2022年政府信息公开工作年度报告"
    rows = "".join(
        f"<tr><td>{words}</td><td>{count}</td></tr>"
        for words, count in (("公开信息数", 404), ("网站公开数", 364), ("其他公开数", 40))
    )
    path = tmp_path / "a.html"
    path.write_text(f"<title>{title}</title><h1>{title}</h1><table>{rows}</table>", "utf-8")
    (report,) = extract(path)
    assert sum(finding.check == "read_unmatched" for finding in report.findings) == 3


def _weighed(document: Document) -> Weighing:
    outline = outline_of(document)
    return weighed(outline, recognise(outline), identify(outline, load_regions()))


def test_a_report_without_a_title_is_a_report_in_every_shape() -> None:
    documents = list(untitled_reports())
    assert len(documents) > 300
    assert [name for name, document in documents if _weighed(document).refusal] == []


def test_what_is_no_report_is_far_from_being_one() -> None:
    """A report has more than enough signs; nothing in between decides by a hair."""
    totals = [_weighed(read(NOT_REPORTS / file, file)).total for file in sorted(REFUSALS)]
    assert len(totals) > 90
    assert max(totals) < 4
    assert sum(total > 0 for total in totals) < 12


def test_signs_are_named_with_their_words_and_their_place() -> None:
    signs = _weighed(
        _document(
            "现公布示例县云岫镇2022年度政府信息公开工作年度报告，统计期限自2022年1月1日至12月31日。",
            "一、总体情况",
            "主动公开政府信息36条。",
        )
    ).signs
    assert {sign.name: sign.where for sign in signs} == {
        "preface": "line 1",
        "period": "line 1",
        "outline": "line 2",
        "chapter_one": "line 2",
        "told": "line 3",
    }
    assert next(sign for sign in signs if sign.name == "preface").words.startswith("现公布示例县")


def test_a_refusal_tells_what_is_missing_and_what_spoke_for_it() -> None:
    told = _judged("一、总体情况", "二、主动公开政府信息情况")
    assert "it has headings of a report, and lacks a title, a preface" in told
    guide = _judged("根据条例制定本指南。", "一、主动公开", "二、依申请公开")
    assert "it says 制定本指南 of itself, which outweighs headings of a report" in guide


@pytest.mark.parametrize(
    "line", ["政府信息公开指南", "•政府信息公开制度 |", "退出老年人模式 | 网站首页", "|"]
)
def test_a_line_of_a_menu_makes_no_guide_of_a_report(line: str) -> None:
    body = ("一、总体情况", "2022年，我镇政府信息公开工作平稳，公开信息36条。", "二、主动公开情况")
    assert _judged("法定主动公开内容", line, "政府信息公开年报", *body) == ""
    assert _judged(line, "根据条例要求，编制本报告。", *body) == ""


def test_a_notice_that_brings_the_report_is_one() -> None:
    letter = (
        "示例县人民政府办公室关于公布",
        "示例县2012年度政府信息公开工作年度报告的通知",
        "各乡镇人民政府，县政府各部门：",
        "我办编制了《示例县2012年度政府信息公开工作年度报告》，现予公布。",
    )
    assert "a notice" in _judged(*letter)
    report = (
        "示例县2012年度政府信息公开工作年度报告",
        "根据条例，特编制本年度报告。统计期限自2012年1月1日起至2012年12月31日止。",
        "一、概述",
        "2012年，全县政府信息公开工作有新的进展。",
    )
    assert _judged(*letter, *report) == ""


def test_a_form_of_zeros_that_was_not_read_is_no_blank_form() -> None:
    form = (
        "一、总体情况",
        "二、主动公开政府信息情况",
        "信息内容",
        "本年制发件数",
        "现行有效件数",
        "规章",
    )
    assert "blank form" in _judged(*form, "行政许可", "结果维持", "商业企业")
    assert _judged(*form, *"000000", "行政许可", "结果维持", "商业企业") == ""


@pytest.mark.parametrize(
    ("sentence", "copied"),
    [
        ("全镇用于体育彩票公益金项目的资金已经公开，公开信息36条。", False),
        ("体育彩票市场管理的信息公开12条，在官网公布。", False),
        ("通过区政府官网和政务服务APP公开信息36条。", False),
        ("可以登录12345官网：查看，公开信息36条。", False),
        ("中国体育彩票市统计局公开信息36条。", True),
        ("365bet官网人民政府公开信息36条。", True),
        ("示例县人民政府办公室中国体育彩票app：做好年报，公开信息36条。", True),
    ],
)
def test_an_advertisement_in_the_place_of_a_name_is_told_from_the_lottery(
    sentence: str, copied: bool
) -> None:
    judged = _judged("示例县云岫镇2022年政府信息公开工作年度报告", "一、总体情况", sentence)
    assert ("a copied page" in judged) is copied
    assert bool(judged) is copied


# Two years of one organ in a file: where each of the blocks of the two reports goes.
def _blocks(year: int) -> list[Block]:
    case = next(case for case in cases() if case["case"] == "late_form_2023")
    plain = {**case, "town": "云岫街道", "year": str(year), "oddities": ""}
    return [
        b for b in page(plain, "pdf").blocks if not (isinstance(b, Para) and b.style == "title")
    ]


def _in_turn(first: list[Block], second: list[Block]) -> list[Block]:
    blocks: list[Block] = []
    for one, other in zip(first, second, strict=True):
        heads = isinstance(one, Para) and one.style == "heading"
        blocks.extend([one] if heads else [one, other])
    return blocks


def _beside(first: list[Block], second: list[Block]) -> list[Block]:
    blocks: list[Block] = []
    for one, other in zip(first, second, strict=True):
        if isinstance(one, Table) and isinstance(other, Table):
            years = tuple(Box(f"{year}年", len(one.widths)) for year in (2021, 2022))
            rows = (years, *((*a, *b) for a, b in zip(one.rows, other.rows, strict=True)))
            blocks.append(Table(tuple(rows), (*one.widths, *other.widths)))
        else:
            blocks.append(one)
    return blocks


@pytest.mark.parametrize("suffix", ["pdf", "html", "txt"])
@pytest.mark.parametrize("joined", [_in_turn, _beside, list.__add__])
@pytest.mark.parametrize("title", ["", "示例县云岫街道2021、2022年政府信息公开工作年度报告"])
def test_two_years_of_one_organ_are_no_report(
    tmp_path: Path, suffix: str, joined: Callable[..., list[Block]], title: str
) -> None:
    both = joined(_blocks(2021), _blocks(2022))
    blocks = (Para(title, "title"), *both) if title else tuple(both)
    path = tmp_path / f"both.{suffix}"
    path.write_bytes(written(Page("云岫街道", blocks), suffix))
    with pytest.raises(NotAReport, match="two reports in one file") as caught:
        extract(path, path.name, REGIONS)
    assert "2021" in caught.value.reason
    assert "2022" in caught.value.reason
