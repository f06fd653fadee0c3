"""Reports without a title line, in every shape that their pages have: what `test_genre` must read.

Prefaces × bodies × layouts; the sentences are ours, the places fictional.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model import Cell, Document, Grid, Paragraph
from pipeline.text.script import _table

PREFACES = {
    "made known": "根据《中华人民共和国政府信息公开条例》要求，现公布示例县云岫镇人民政府2022年度政府信息公开"
    "工作年度报告。本报告由总体情况、主动公开政府信息情况等六部分组成。统计期限自2022年1月1日至12月31日。",
    "to the public": "按照条例的规定，特向社会公布示例县教育局2022年政府信息公开年度报告，欢迎查阅。",
    "as follows": "现将我局2022年度政府信息公开工作年度报告公布如下：",
    "compiled": "本报告由示例县云岫镇人民政府根据条例编制。",
    "this report": "根据《政府信息公开条例》第五十条，编制本报告。",
    "period only": "本报告中所列数据的统计期限自2022年1月1日起至2022年12月31日止。",
    "from many": "本年度报告综合各乡镇和县级部门的政府信息公开年度报告编制而成。",
    "six parts": "根据条例，公开我局2022年度政府信息公开工作年度报告，报告由总体情况等六个方面组成。",
    "yearbook": "本年报由示例县云岫镇人民政府编制，所列数据的统计期限自2022年1月1日，至2022年12月31日止。",
    "in full": "示例县2022年政府信息公开工作年度报告（以下简称年报）根据《中华人民共和国政府信息公开条例》"
    "进行编制。全文包括概述、主动公开政府信息情况等6个部分。",
    "none": "",
}
BODIES = {
    "six chapters": (
        "一、总体情况",
        "2022年，云岫镇扎实做好政府信息公开工作。",
        "二、主动公开政府信息情况",
        "全年主动公开政府信息36条。",
        "三、收到和处理政府信息公开申请情况",
        "收到申请2件，已经答复。",
        "四、政府信息公开行政复议、行政诉讼情况",
        "没有发生。",
        "五、存在的主要问题及改进情况",
        "更新还不够及时。",
        "六、其他需要报告的事项",
        "没有收取信息处理费。",
    ),
    "chapter one": (
        "一、总体情况",
        "2022年，我镇认真落实政府信息公开条例。",
        "（一）主动公开",
        "公开信息36条。",
        "（二）依申请公开",
        "未收到政府信息公开申请。",
        "（三）政府信息管理",
        "专人管理。",
        "（四）平台建设",
        "设查阅点。",
        "（五）监督保障",
        "开展培训。",
    ),
    "sub-heads without a figure": (
        "一、总体情况",
        "（一）主动公开。我镇及时主动公开各类政府信息，方便群众查阅。",
        "（二）依申请公开。规范办理申请，答复都有专人审核。",
        "（三）政府信息管理。发布以前逐条审查，过时的及时清理。",
        "（四）平台建设。网站栏目由专人更新，内容集中。",
        "（五）监督保障。每季度检查，发现问题马上整改。",
    ),
    "headings without numbers": (
        "总体情况",
        "2022年，我局政府信息公开工作平稳有序。",
        "主动公开政府信息情况",
        "公开信息36条。",
        "存在的主要问题及改进情况",
        "还不够及时。",
    ),
    "older outline": (
        "一、概述",
        "2012年，我镇政府信息公开工作有序开展。",
        "二、主动公开政府信息的情况",
        "公开信息36条，全文电子化率100%。",
        "三、依申请公开办理情况",
        "未收到申请。",
        "四、收费及减免情况",
        "五、因政府信息公开申请行政复议、提起行政诉讼情况",
    ),
    "a table that was not read": (
        "一、总体情况",
        "2022年，我镇政府信息公开工作平稳有序，没有收到投诉和举报。",
        "二、主动公开政府信息情况",
        *("信息内容", "本年制发件数", "本年废止件数", "现行有效件数"),
        *("规章", "0", "行政规范性文件", "0", "行政许可", "0", "行政处罚", "0", "采购总金额", "0"),
    ),
    "figures and a signature": (
        "2022年，我局政务公开工作有新的进展，主动公开信息36条，收到公开申请2件。",
        "一、总体情况",
        "公开信息由办公室审核。",
        "示例县教育局",
        "2023年1月12日",
    ),
}
MENU = (
    "退出老年人模式 | 网站首页",
    "政府信息公开指南",
    "•政府信息公开制度",
    "法定主动公开内容 |",
    "|",
    "政府信息公开年报",
)


def _lines(lines: tuple[str, ...]) -> Document:
    blocks = (Paragraph(line, f"line {n}") for n, line in enumerate(lines, 1))
    return Document("a.txt", "txt", tuple(blocks))


def _one_paragraph(lines: tuple[str, ...]) -> Document:
    return _lines(("".join(lines),))


def _one_table(lines: tuple[str, ...]) -> Document:
    cells = (Cell(line, row, 0, where=f"row {row}") for row, line in enumerate(lines))
    return Document("a.html", "html", (Grid(tuple(cells)),))


def _traditional(lines: tuple[str, ...]) -> Document:
    characters = {
        simple: old
        for old, simple in _table().items()
        if len(old) == 1 and simple.encode("big5", "ignore") == b""
    }
    return _lines(tuple(line.translate(str.maketrans(characters)) for line in lines))


def _below_a_menu(lines: tuple[str, ...]) -> Document:
    return _lines((*MENU, *lines, "上一篇：没有了", "打印本页 | 关闭窗口"))


def _cut_off(lines: tuple[str, ...]) -> Document:
    """The page breaks off in its last third."""
    return _lines(lines[: max(3, 2 * len(lines) // 3)])


LAYOUTS = {
    "lines": _lines,
    "one paragraph": _one_paragraph,
    "one table": _one_table,
    "traditional": _traditional,
    "below a menu": _below_a_menu,
    "cut off": _cut_off,
}


def untitled_reports() -> Iterator[tuple[str, Document]]:
    """Each with a name."""
    for preface, first in PREFACES.items():
        for body, lines in BODIES.items():
            for layout, made in LAYOUTS.items():
                yield f"{preface}/{body}/{layout}", made((first, *lines) if first else lines)
