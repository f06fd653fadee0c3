"""Numbers of prose that no rule claims: which are counted, and that they are said and flag nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.extract import extract
from pipeline.model import Document, Paragraph
from pipeline.narrative import narrated
from pipeline.outline import outline_of

TITLE = "示例县云岫镇2022年政府信息公开工作年度报告"


def unclaimed(text: str) -> list[tuple[str, str]]:
    """Each number that no rule claims, as printed, and its place."""
    blocks = tuple(Paragraph(line, f"line {at}") for at, line in enumerate((TITLE, text), 1))
    found = narrated(outline_of(Document("a.txt", "txt", blocks))).unclaimed
    return [(each.printed, each.where) for each in found]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("在县政府网站发布工作动态信息43条。", ["43条"]),
        ("主动公开政府信息50条，采纳意见3条，公开例会2次。", ["3条", "2次"]),
        ("2021年，我镇主动公开政府信息 71 条。", ["71 条"]),
        ("公开会议纪要20余份。", ["20余份"]),
    ],
)
def test_a_count_in_a_sentence_on_disclosure_is_counted(text: str, numbers: list[str]) -> None:
    assert unclaimed(text) == [(number, "line 2") for number in numbers]


@pytest.mark.parametrize(
    "text",
    [
        "主动公开政府信息50条。",
        "未收到政府信息公开申请。",
        "按照国办公开办函〔2021〕30号文件公开。",
        "根据《政府信息公开条例》第20条公开信息。",
        "按照“公开信息不少于10条”的要求开展工作。",
        "2022年12月31日公开，电话0000-1234567。",
        "公开率100%，及时率98.5%。",
        "每年对公开栏检查一次。",
        "公开工作由5人负责，设3个公开点。",
        "调解纠纷45件。",
    ],
)
def test_what_is_plainly_no_figure_of_disclosure_is_not(text: str) -> None:
    assert unclaimed(text) == []


def test_what_is_of_another_time_is_told_from_what_is_not_understood(tmp_path: Path) -> None:
    page = tmp_path / "report.txt"
    said = (
        "2021年，我镇主动公开政府信息71条。",
        "2022年，我镇主动公开政府信息82条。",
        "今后计划公开信息90条。",
        "公开会议纪要20份。",
    )
    page.write_text("\n".join((TITLE, "一、总体情况", *said)), encoding="utf-8")
    (report,) = extract(page)
    found = {f.check: f.message for f in report.findings if f.check.endswith("_figures")}
    assert found == {
        "read_other_time_figures": (
            "2 numbers of the prose stand in words on another time: 71条 (line 3), 90条 (line 5)"
        ),
        "read_unclaimed_figures": "1 numbers of the prose are claimed by no rule: 20份 (line 6)",
    }
    assert [(figure.value, figure.flags) for figure in report.narrative] == [(82, ())]


def test_a_report_says_once_how_many_there_are_and_where(tmp_path: Path) -> None:
    page = tmp_path / "report.txt"
    topics = "\n".join(f"在县政府网站发布第{n}类动态信息{n}条。" for n in range(11, 18))
    page.write_text(
        f"{TITLE}\n一、总体情况\n我镇主动公开政府信息50条。\n{topics}\n", encoding="utf-8"
    )
    (report,) = extract(page)
    (found,) = [f for f in report.findings if f.check == "read_unclaimed_figures"]
    assert found.severity == "info"
    assert found.message == (
        "7 numbers of the prose are claimed by no rule: 11条 (line 4), 12条 (line 5), "
        "13条 (line 6), 14条 (line 7), 15条 (line 8) and 2 more"
    )
    assert (found.where, found.cells) == ("line 4", ())
    assert [(figure.value, figure.flags) for figure in report.narrative] == [(50, ())]
