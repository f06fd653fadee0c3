"""Ten times as long a document takes no more than some ten times as long, whatever it is made of."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.errors import InputError, NotAReport, UnreadableDocument
from pipeline.extract import interpret
from pipeline.model import Cell, Document, Grid, Layout, Paragraph
from pipeline.narrative import narrated
from pipeline.outline import outline_of
from pipeline.readers import read
from pipeline.readers.plain.markdown import undressed
from pipeline.recognise import recognise
from tests.growth import assert_grows_as_its_input

REPORT = read(Path(__file__).parent / "corpus" / "sparse_2019" / "source.html")
TABLE_THREE = max(REPORT.grids, key=lambda grid: len(grid.cells))
NEW = "一、本年新收政府信息公开申请数量"
CARRIED_OUT = "四、结转下年度继续办理"
COUNTS = ("1", "2", "3", "4", "5", "6", "21")


def grid(rows: list[list[str]], layout: Layout = Layout.RULED) -> Grid:
    cells = [Cell(text, i, j) for i, row in enumerate(rows) for j, text in enumerate(row)]
    return Grid(tuple(cells), layout)


def with_lines(lines: list[str]) -> Document:
    """The report with paragraphs of its own below the title."""
    more = tuple(Paragraph(text, f"line {number}") for number, text in enumerate(lines, 100))
    return replace(REPORT, blocks=(*REPORT.blocks[:2], *more, *REPORT.blocks[2:]))


def with_rows(rows: list[list[str]]) -> Document:
    """The report with further rows at the end of table three."""
    end = max(cell.row + cell.rowspan for cell in TABLE_THREE.cells)
    more = [Cell(text, end + i, j) for i, row in enumerate(rows) for j, text in enumerate(row)]
    whole = replace(TABLE_THREE, cells=(*TABLE_THREE.cells, *more))
    blocks = (whole if block is TABLE_THREE else block for block in REPORT.blocks)
    return replace(REPORT, blocks=tuple(blocks))


def with_grids(grids: list[Grid]) -> Document:
    return replace(REPORT, blocks=(*REPORT.blocks, *grids))


def name(number: int) -> str:
    """A name of two characters that no other number below ten thousand has."""
    return chr(0x4E00 + number % 100) + chr(0x5E00 + number // 100)


def read_or_refused(document: Document) -> None:
    with suppress(InputError):
        interpret(document)


TEXTS: dict[str, tuple[int, Callable[[int], str]]] = {
    "empty lines": (4000, lambda n: "示例县\n" + "\n" * n + "规章\n" + "5\n" * 9),
    "figures behind one label": (1000, lambda n: "信息内容\n数量\n规章\n" + "5\n" * n),
    "blanks behind one label": (3000, lambda n: "信息内容\n数量\n规章\n5\n5\n5\n5\n5" + "\n" * n),
    "lines of one cell": (500, lambda n: "\t规章\n" + "某某\n" * n),
    "rests of a figure": (1500, lambda n: "某\t5\t5\n" + "5\n" * n),
    "aligned rows": (
        100,
        lambda n: (
            "信息内容      数量    件数\n"
            + "".join(f"规章{' ' * (9 + i % 3)}{i}{' ' * 9}{i % 7}\n" for i in range(n))
        ),
    ),
    "aligned columns": (
        1000,
        lambda n: "".join("甲" * (k + 2) + "   5" * (n - k) + "\n" for k in range(3)),
    ),
    "words far apart": (1000, lambda n: "甲乙   丙丁   " * n + "5\n" + "甲  5  5\n" * 4),
    "letters far apart": (1000, lambda n: "甲   " * n + "5  5\n" + "甲  5  5\n" * 4),
    "cells closed by pipes": (500, lambda n: "甲\n|\n乙 |\n5 |\n6 |\n" * n),
    "empty lines between cells": (500, lambda n: "甲\n\n乙\n丙\n\n5\n\n\n6\n\n\n" * n),
    "lines of one cell between empty lines": (500, lambda n: "甲\n\n5\n\n" * 9 + "乙\n" * n),
    "words parted by single spaces": (300, lambda n: "甲甲 乙乙\n" * n + "丙丙 5 5 5\n" * n),
    "filled cells": (300, lambda n: "甲\t甲\t乙\n甲\t甲\t5\n" * n),
    "piped rows": (200, lambda n: "|甲|5|6|\n" * n),
}


@pytest.mark.parametrize("kind", TEXTS)
def test_reading_a_text_grows_as_the_text(tmp_path: Path, kind: str):
    size, make = TEXTS[kind]
    file = tmp_path / "report.txt"

    def made(count: int) -> Path:
        path = file.with_stem(f"report{count}")
        path.write_text(make(count), encoding="utf-8")
        return path

    assert_grows_as_its_input(made, read, size)


MARKUP = (
    "[^",
    "<sup>",
    "<sup> \t",
    "~~",
    "`",
    "**",
    "*a",
    "# ",
    " #",
    "\\",
    "[^1",
    "|",
    "&amp;",
    "__a",
)


@pytest.mark.parametrize("run", MARKUP)
def test_markdown_grows_as_its_text(run: str):
    assert_grows_as_its_input(lambda n: "甲" + run * n + "乙", undressed, 2000)


PROSE: dict[str, tuple[int, Callable[[int], list[str]]]] = {
    "paragraphs": (200, lambda n: ["本镇认真贯彻落实条例要求，推进公开工作。"] * n),
    "lines that are no sentence": (200, lambda n: ["本镇认真贯彻落实条例要求，推进公开工作"] * n),
    "one long paragraph": (300, lambda n: ["本镇认真贯彻落实条例要求，推进公开工作。" * n]),
    "lines of one paragraph": (2000, lambda n: ["\n".join(["本镇认真落实"] * n)]),
    "headings of one paragraph": (600, lambda n: ["\n".join(["一、总体情况"] * n)]),
    "figures that differ": (40, lambda n: [f"全年主动公开信息{i}条。" for i in range(n)]),
    "figures that agree": (150, lambda n: ["全年主动公开信息196条。"] * n),
    "figures of one paragraph": (
        150,
        lambda n: ["".join(f"全年累计主动公开信息{i}条。" for i in range(n))],
    ),
    "applications of one paragraph": (100, lambda n: ["全年收到信息公开申请5件。" * n]),
    "figures of one sentence": (80, lambda n: ["累计主动公开信息5条，" * n]),
    "channels of one sentence": (40, lambda n: ["网站公开信息5条，微信发布信息6条，" * n]),
    "applications of one sentence": (60, lambda n: ["收到信息公开申请5件，" * n]),
    "items of one sentence": (120, lambda n: ["主动公开信息9条，其中：" + "甲类5条，" * n]),
    "zeros of one sentence": (60, lambda n: ["未收到信息公开申请，" * n]),
    "lists": (30, lambda n: [f"主动公开信息{i}条，其中：甲类{i}条，乙类3条。" for i in range(n)]),
    "asides": (1000, lambda n: ["某" + "（某）" * n + "。" + "（其中）" * n + "。"]),
    "titles": (
        50,
        lambda n: [f"示例县{name(i)}镇2019年政府信息公开工作年度报告" for i in range(n)],
    ),
    "ends of titles": (200, lambda n: ["工作年度报告"] * n),
    "years": (200, lambda n: [f"{2000 + i % 40}年" for i in range(n)]),
    "cut years": (200, lambda n: ["19年5月20"] * n),
    "periods": (100, lambda n: ["统计期限为2019年1月1日至2019年12月31日。"] * n),
    "organs": (100, lambda n: [f"示例县{name(i)}镇人民政府" for i in range(n)]),
    "captions": (100, lambda n: [f"{name(i)}镇2018年政府信息公开情况" for i in range(n)]),
    "contacts": (300, lambda n: ["联系电话" * n]),
    "nested numbers": (100, lambda n: ["（一）" * (i % 20) + "某" for i in range(n)]),
    "labels of a form": (40, lambda n: ["规章", "规范性文件", "规章000", "行政许可 5 5 5"] * n),
    "labels in one line": (100, lambda n: ["规章" * n]),
}


@pytest.mark.parametrize("kind", PROSE)
def test_a_report_grows_as_its_prose(kind: str):
    size, make = PROSE[kind]
    assert_grows_as_its_input(lambda n: with_lines(make(n)), read_or_refused, size)


TABLES: dict[str, tuple[int, Callable[[int], Document]]] = {
    "rows of no form": (50, lambda n: with_rows([[name(i), "", "", *COUNTS] for i in range(n)])),
    "one row again and again": (50, lambda n: with_rows([[NEW, "", "", *COUNTS]] * n)),
    "rows out of order": (
        150,
        lambda n: with_rows([[CARRIED_OUT, "", "", *COUNTS], [NEW, "", "", *COUNTS]] * n),
    ),
    "rows that several groups have": (
        100,
        lambda n: with_rows([[NEW, "", "", *COUNTS]] * n + [["其他", "", "", *COUNTS]] * n),
    ),
    "rows without a label": (50, lambda n: with_rows([["", "", "", *COUNTS]] * n)),
    "cut labels": (
        30,
        lambda n: with_rows([["一、本年新收政府", *[""] * 9], ["信息公开申请数量", *[""] * 9]] * n),
    ),
    "the tables again and again": (
        5,
        lambda n: with_grids(
            [replace(g, cells=tuple(map(replace, g.cells))) for g in REPORT.grids * n]
        ),
    ),
    "the report again and again": (
        3,
        lambda n: replace(
            REPORT,
            blocks=tuple(
                replace(block, cells=tuple(map(replace, block.cells)))
                if isinstance(block, Grid)
                else block
                for block in REPORT.blocks * n
            ),
        ),
    ),
    "small tables": (300, lambda n: with_grids([grid([["甲", "1"]]) for _ in range(n)])),
    "merged rows": (
        100,
        lambda n: with_grids([Grid((Cell("规章", 0, 0, n), *(Cell("5", i, 1) for i in range(n))))]),
    ),
    "many columns": (
        600,
        lambda n: with_grids([grid([["信息内容", *["本年制发件数"] * n], ["规章", *"5" * n]])]),
    ),
    "many columns of a tree": (
        600,
        lambda n: with_grids(
            [
                grid(
                    [
                        ["申请人情况", *["法人或其他组织"] * n],
                        ["", *["商业企业"] * n],
                        [NEW, *"5" * n],
                    ],
                    Layout.ROWS,
                )
            ]
        ),
    ),
    "equal cells": (100, lambda n: with_grids([grid([["规章", "5", "5", "5"]] * n)])),
    "labels in one cell": (600, lambda n: with_grids([grid([["规章" * n, "5"], ["规章", "5"]])])),
    "values of a stream": (
        200,
        lambda n: with_grids(
            [grid([[t] for t in ("信息内容", "数量", "规章", *"5" * n)], Layout.STREAM)]
        ),
    ),
    "labels of a stream": (
        700,
        lambda n: with_grids([grid([[t] for t in ["某某"] * n + [""] * n], Layout.STREAM)]),
    ),
}


@pytest.mark.parametrize("kind", TABLES)
def test_a_report_grows_as_its_tables(kind: str):
    size, make = TABLES[kind]
    assert_grows_as_its_input(make, read_or_refused, size)


def test_a_wide_header_is_read_no_more_than_once_a_cell():
    """Each row is laid over the columns of its header: those that no form has are not settled."""

    def made(count: int) -> Document:
        header = ["信息内容", *["本年制发件数", *map(name, range(count))]]
        return with_grids([grid([header, *[["规章", "5", "5"]] * count])])

    assert_grows_as_its_input(made, lambda document: recognise(outline_of(document)), 100)


# What a rule may begin with, or repeat: each is tried wherever it stands.
RUNS = (
    *"　|(（)[【《“*#~=-—/.,，、:；一十千7年月第由局镇万在某",
    *(
        "1,",
        "1.",
        "19年",
        "2019年",
        "信息公开",
        "年度报告",
        "工作年度总结",
        "政府",
        "其中",
        "（一）",
    ),
    *("万元/", "+-", "截至", "本年5", "通过", "编制", "汇总", "联系电话", "[bookmark:", "《2019年"),
    *("单位:", "公开公开", "网站发布动态", "，由县局根据", "人民政府", "○○", "20", "发布机构："),
)


@pytest.mark.parametrize("run", RUNS)
def test_no_rule_goes_back_over_a_run_again_and_again(run: str):
    def made(count: int) -> Document:
        lines = [
            run * count + "某",
            "全年累计主动公开信息" + run * count + "5条。",
            f"政府信息公开{run * count}报告x",
        ]
        cells = grid([[run * count, "5" + run * count], [f"{run * count}x", "5"]])
        blocks = (*REPORT.blocks[:2], *(Paragraph(line, line[:1]) for line in lines), cells)
        return replace(REPORT, heading=run * count, blocks=blocks)

    assert_grows_as_its_input(made, read_or_refused, 300)


# What no report is


def test_tables_of_more_places_than_any_report_are_refused(tmp_path: Path):
    page = tmp_path / "grid.md"
    page.write_text(f"{'|甲' * 101}\n" * 2_000, encoding="utf-8")
    with pytest.raises(UnreadableDocument, match="202,000 places in its tables"):
        read(page)


def test_more_lines_than_any_report_are_refused(tmp_path: Path):
    page = tmp_path / "lines.txt"
    page.write_text("某某某。\n" * 50_001, encoding="utf-8")
    with pytest.raises(UnreadableDocument, match="50,001 lines of text"):
        read(page)


def test_a_text_larger_than_any_report_is_refused(tmp_path: Path):
    page = tmp_path / "large.txt"
    page.write_text("a" * 2_000_001, encoding="utf-8")
    with pytest.raises(UnreadableDocument, match="2,000,001 bytes"):
        read(page)


def test_a_sentence_longer_than_any_is_refused():
    with pytest.raises(NotAReport, match="a sentence of 10500 characters at line 100"):
        narrated(outline_of(with_lines(["公开信息5条，" * 1500])))


def test_more_figures_of_prose_than_any_report_states_are_refused():
    with pytest.raises(NotAReport, match=r"it has 10\d\d\d figures up to"):
        narrated(outline_of(with_lines([f"主动公开信息9条，其中：{'甲类5条，' * 99}"] * 102)))
