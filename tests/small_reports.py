"""Reports of a few rows, written out in the test that reads them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.extract import extract
from pipeline.forms import Form
from pipeline.judge import doubts_about, finding, flagged, kinds_of, settled
from pipeline.judge.rules import Kinds, check
from pipeline.model import Document, Fact, Finding, Grid, Report, Status
from pipeline.outline import outline_of
from pipeline.readers import read
from pipeline.recognise import recognise
from pipeline.recognise.values import stated

REGIONS = Path(__file__).parents[1] / "data/raw/sample/regions.csv"
TITLE = "示例县云岫镇{year}年政府信息公开工作年度报告"
PERIOD = "本报告的统计期限为{year}年1月1日至{year}年12月31日。"

# A cell: its text, or its text with the columns, and the rows, that it spans.
Printed = str | tuple[str, int] | tuple[str, int, int]
Rows = Sequence[Sequence[Printed]]

APPLICANTS = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
DISPUTES = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
RECEIVED = "一、本年新收政府信息公开申请数量"
CARRIED_IN = "二、上年结转政府信息公开申请数量"
CARRIED_OUT = "四、结转下年度继续办理"
RESULTS = "三、本年度办理结果"
ZEROS = ("0",) * 7
HEADER_THREE: Rows = (
    (("", 3, 3), ("申请人情况", 7)),
    (("自然人", 1, 2), ("法人或其他组织", 5), ("总计", 1, 2)),
    APPLICANTS[1:-1],
)
_COLUMNS = (
    "natural_person",
    "legal_commercial",
    "legal_research",
    "legal_public_interest",
    "legal_law_service",
    "legal_other",
    "total",
)
_OUTCOMES = (
    ("", "（一）予以公开 （二）部分公开"),
    (
        "（三）不予公开",
        "1.属于国家秘密 2.其他法律行政法规禁止公开 3.危及“三安全一稳定” 4.保护第三方合法权益"
        " 5.属于三类内部事务信息 6.属于四类过程性信息 7.属于行政执法案卷 8.属于行政查询事项",
    ),
    (
        "（四）无法提供",
        "1.本机关不掌握相关政府信息 2.没有现成信息需要另行制作 3.补正后申请内容仍不明确",
    ),
    (
        "（五）不予处理",
        "1.信访举报投诉类申请 2.重复申请 3.要求提供公开出版物 4.无正当理由大量反复申请"
        " 5.要求行政机关确认或重新出具已获取信息",
    ),
    ("", "（六）其他处理 （七）总计"),
)


def header_four(corner: str | None = None) -> list[list[Printed]]:
    """The header of table four, with a column of row labels if its `corner` says something."""
    head: list[Printed] = [] if corner is None else [(corner, 1, 3)]
    return [
        [*head, ("行政复议", 5), ("行政诉讼", 10)],
        [*((text, 1, 2) for text in DISPUTES), ("未经复议直接起诉", 5), ("复议后起诉", 5)],
        [*DISPUTES, *DISPUTES],
    ]


def table(*rows: Sequence[Printed]) -> str:
    """An HTML table; a row of one text is as wide as the widest row."""
    width = max(sum(1 if isinstance(cell, str) else cell[1] for cell in row) for row in rows)
    lone = [[(row[0], width)] if len(row) == 1 and isinstance(row[0], str) else row for row in rows]
    body = "".join(f"<tr>{''.join(map(_td, row))}</tr>" for row in lone)
    return f"<table>{body}</table>"


def three(*rows: Sequence[Printed], header: Rows = HEADER_THREE) -> str:
    """Table three with these rows."""
    return table(*header, *rows)


def outcomes(filled: Mapping[str, Sequence[str]]) -> list[list[Printed]]:
    """Every row of table three between 上年结转 and 结转下年度; those not `filled` have zeros."""
    rows: list[list[Printed]] = []
    for group, labels in _OUTCOMES:
        for label in labels.split():
            head: list[Printed] = [group, label] if group else [(label, 2)]
            rows.append([RESULTS, *head, *filled.get(label, ZEROS)])
    return rows


def labelled(label: str, *values: str, span: int = 3) -> list[Printed]:
    """A row of table three whose label spans the columns of labels."""
    return [(label, span), *values]


def pipes(*rows: Iterable[str]) -> str:
    """A table of text, one row a line."""
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def html(tmp_path: Path, *parts: str, year: int = 2023) -> Report:
    """The one report that an HTML page with these parts gives."""
    top = f"<h1>{TITLE}</h1><p>{PERIOD}</p>".format(year=year)
    return _read(tmp_path / "report.html", f"<html><body>{top}{''.join(parts)}</body></html>")


def text(tmp_path: Path, *lines: str, year: int = 2023, suffix: str = "txt") -> Report:
    """The one report that a text with these lines gives."""
    top = (TITLE.format(year=year), "", PERIOD.format(year=year), "")
    return _read(tmp_path / f"report.{suffix}", "\n".join((*top, *lines, "")))


def facts(report: Report) -> dict[str, Fact]:
    """The facts by their keys; of a blank and the total derived for it, the derived one."""
    return {fact.key: fact for fact in report.facts}


@dataclass(frozen=True)
class Tables:
    """The printed cells of a document's tables by key, the forms, and what is said of them."""

    facts: dict[str, Fact]
    forms: tuple[str, ...]
    findings: list[Finding]
    kinds: Kinds


def read_tables(document: Document, forms: Sequence[Form] | None = None) -> Tables:
    """A document's tables as recognised: nothing added up, and nobody asked whose they are."""
    table = settled(document, recognise(outline_of(document), forms))
    said = [stated(match) for match in table.matches]
    kinds = kinds_of(table.matches, said)
    doubts = (*table.doubts, *doubts_about(table.matches, said, kinds))
    facts = flagged([fact for fact, _ in said], kinds)
    return Tables({f.key: f for f in facts}, table.forms, list(map(finding, doubts)), kinds)


@dataclass(frozen=True)
class Summed:
    """Facts after the forms' rules, flagged, the derived ones last, and what the rules say."""

    facts: list[Fact]
    findings: list[Finding]


def summed(facts: Iterable[Fact], kinds: Kinds | None = None) -> Summed:
    """Facts judged by the rules of their forms; `kinds` is what was doubted of them before."""
    checked = check(tuple(facts), kinds or {})
    return Summed(
        list(flagged(checked.facts, checked.kinds)), [finding(known) for known in checked.doubts]
    )


def believed(report: Report) -> dict[str, str]:
    """What the cells say that are given without any doubt; blanks say nothing ("")."""
    return {f.key: f.text for f in report.facts if not f.flags and f.status is not Status.DERIVED}


def applicants(concept: str, *printed: str) -> dict[str, str]:
    """A row of table three as `believed` gives it."""
    return {f"{concept}/{one}": text for one, text in zip(_COLUMNS, printed, strict=True)}


def checks(report: Report) -> set[str]:
    """The names of what the report's findings are about."""
    return {finding.check for finding in report.findings}


def _td(cell: Printed) -> str:
    printed, *spans = (cell,) if isinstance(cell, str) else cell
    named = zip(("colspan", "rowspan"), spans, strict=False)
    return f"<td{''.join(f' {name}={span}' for name, span in named)}>{printed}</td>"


def _read(path: Path, written: str) -> Report:
    path.write_text(written, encoding="utf-8")
    (report,) = extract(path, path.name, REGIONS)
    return report


def read_text(folder: Path, text: str, name: str = "report.txt") -> Document:
    """The document that a text file in the folder is read as."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return read(path, name)


def rows_of(grid: Grid) -> list[list[str]]:
    """What the cells of a table say, row by row."""
    return [[cell.text for cell in row] for row in grid.rows()]
