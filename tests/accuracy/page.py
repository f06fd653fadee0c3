"""The national forms as a clerk fills them, cell by cell, before anything odd happens to them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from random import Random

from tests.accuracy.figures import (
    APPLICANTS,
    DENIED,
    NOT_PROCESSED,
    OTHER_2021,
    PATHS,
    UNABLE,
    Figures,
    Key,
    legal_figures,
)


@dataclass(slots=True, eq=False)
class Cell:
    """A printed cell; `key` says which figure it prints, `markup` replaces its text in HTML.

    On the tables of 2014 and 2008 `role` says what a cell without a figure is to its row.
    """

    text: str
    colspan: int = 1
    rowspan: int = 1
    key: Key | None = None
    markup: str = ""
    role: str = ""


Row = list[Cell]


@dataclass(slots=True)
class Sheet:
    """One printed table; its first `header` rows name the columns. As prose its rows are lines."""

    id: str
    widths: tuple[int, ...]
    rows: list[Row]
    header: int = 1
    is_prose: bool = False


@dataclass(slots=True)
class Draft:
    """A report being written. `values` is what is printed (None: a blank or a dash), `units` the
    units that the page tells, `hidden` the cells nobody could read with certainty, `suspect` those
    that are printed wrong and must be flagged, `extra` those that may be read or left, `named` are words that
    stand for a cell where its label does not, `labelled` are figures that a text which ends in a
    table does not print, though it prints their label, `caption` and `closing` stand above and below a table
    of 2014 or 2008, `form` and `mix` are those of forms.csv."""

    format: str
    layout: str
    table_two: str
    table_three: str
    sheets: list[Sheet]
    figures: Figures
    values: dict[Key, Decimal | None]
    units: dict[Key, str]
    prose: list[str]
    title: str
    hidden: set[Key] = field(default_factory=set)
    suspect: set[Key] = field(default_factory=set)
    extra: set[Key] = field(default_factory=set)
    oddities: list[str] = field(default_factory=list)
    named: dict[Key, str] = field(default_factory=dict)
    labelled: set[Key] = field(default_factory=set)
    caption: str = ""
    closing: str = ""
    form: str = ""
    mix: str = ""

    def cells(self, *tables: str) -> Iterator[Cell]:
        """The cells that print figures, of all tables or of these."""
        for sheet in self.sheets:
            if not tables or sheet.id in tables:
                for row in sheet.rows:
                    yield from (cell for cell in row if cell.key is not None)

    def sheet(self, table: str) -> Sheet:
        return next(sheet for sheet in self.sheets if sheet.id == table)

    def hide(self, *cells: Cell) -> None:
        """Nobody can tell any more which figure these cells print."""
        self.hidden.update(cell.key for cell in cells if cell.key is not None)

    def blank(self, cell: Cell, text: str = "") -> None:
        """Print nothing, or a dash, in the cell."""
        assert cell.key is not None
        cell.text = text
        self.values[cell.key] = None


DISCLOSURE, APPLICATIONS, DISPUTES = "disclosure", "applications", "disputes"
STATISTICS = "statistics"  # the one table of 2014 or 2008

_HEADERS = {
    "newly_made": "本年新制作数量",
    "newly_disclosed": "本年新公开数量",
    "disclosed_total": "对外公开总数量",
    "issued": "本年制发件数",
    "repealed": "本年废止件数",
    "in_force": "现行有效件数",
    "items_prev_year": "上一年项目数量",
    "items_change": "本年增/减",
    "decisions": "处理决定数量",
    "projects": "采购项目数量",
    "amount": "采购总金额",
}
_ITEMS = ("items_prev_year", "items_change", "decisions")
_MADE = ("newly_made", "newly_disclosed", "disclosed_total")
_ISSUED = ("issued", "repealed", "in_force")
_BLOCKS: dict[str, tuple[tuple[str, tuple[str, ...], dict[str, str]], ...]] = {
    "t2019": (
        ("一", _MADE, {"rules": "规章", "normative_docs": "规范性文件"}),
        ("五", _ITEMS, {"licensing": "行政许可", "other_services": "其他对外管理服务事项"}),
        ("六", _ITEMS, {"penalty": "行政处罚", "coercion": "行政强制"}),
        ("八", _ITEMS[:2], {"admin_fee": "行政事业性收费"}),
        ("九", ("projects", "amount"), {"procurement": "政府集中采购"}),
    ),
    "t2021": (
        ("一", _ISSUED, {"rules": "规章", "normative_docs": "行政规范性文件"}),
        ("五", ("decisions",), {"licensing": "行政许可"}),
        ("六", ("decisions",), {"penalty": "行政处罚", "coercion": "行政强制"}),
        ("八", ("amount",), {"admin_fee": "行政事业性收费"}),
    ),
}
_LEAVES = {
    "（三）不予公开": (
        DENIED,
        "属于国家秘密 其他法律行政法规禁止公开 危及“三安全一稳定” 保护第三方合法权益"
        " 属于三类内部事务信息 属于四类过程性信息 属于行政执法案卷 属于行政查询事项",
    ),
    "（四）无法提供": (
        UNABLE,
        "本机关不掌握相关政府信息 没有现成信息需要另行制作 补正后申请内容仍不明确",
    ),
    "（五）不予处理": (
        NOT_PROCESSED,
        "信访举报投诉类申请 重复申请 要求提供公开出版物 无正当理由大量反复申请"
        " 要求行政机关确认或重新出具已获取信息",
    ),
    "（六）其他处理": (
        OTHER_2021,
        "申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请"
        " 申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请 其他",
    ),
}
_ENDS = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")


def draft(rng: Random, format_: str, layout: str, forms: tuple[str, str], size: str) -> Draft:
    """A report on legal figures, printed as the forms want it."""
    figures = legal_figures(rng, *forms, size)
    values: dict[Key, Decimal | None] = dict(figures)
    units = {key: "万元" for key in figures if key[0] == "admin_fee_amount"}
    sheets = [_disclosure(forms[0], figures), _applications(forms[1], figures), _disputes(figures)]
    made = Draft(format_, layout, *forms, sheets, figures, values, units, [], "")
    if ("procurement_amount", "") in figures:
        _print_procurement(made, rng)
    if rng.random() < 0.3:
        split_blocks(made)
    _write_prose(made, rng)
    return made


def digits(value: Decimal) -> str:
    """The plainest way to print a number."""
    return f"{value.normalize():f}" if value else "0"


def _figure(key: Key, figures: Figures, colspan: int = 1) -> Cell:
    return Cell(digits(figures[key]), colspan, key=key)


def _disclosure(form: str, figures: Figures) -> Sheet:
    rows: list[Row] = []
    for article, columns, labels in _BLOCKS[form]:
        span = 6 // len(columns)
        rows.append([Cell(f"第二十条第（{article}）项", 9)])
        headers = [Cell(_column(form, column, article), span) for column in columns]
        rows.append([Cell("信息内容", 3), *headers])
        for row, label in labels.items():
            cells = [_figure((f"{row}_{column}", ""), figures, span) for column in columns]
            rows.append([Cell(label, 3), *cells])
    return Sheet(DISCLOSURE, (2,) * 9, rows, 2)


def _column(form: str, column: str, article: str) -> str:
    if form == "t2021" and column == "decisions":
        return "本年处理决定数量"
    if article == "八" and column == "amount":
        return "本年收费金额（单位：万元）"
    return _HEADERS[column]


def split_blocks(made: Draft) -> None:
    """Table two as one table for each paragraph of article 20."""
    sheet = made.sheet(DISCLOSURE)
    starts = [i for i, row in enumerate(sheet.rows) if len(row) == 1]
    pieces = [
        Sheet(DISCLOSURE, sheet.widths, sheet.rows[start:end], 2)
        for start, end in zip(starts, [*starts[1:], len(sheet.rows)], strict=True)
    ]
    made.sheets = [*pieces, *made.sheets[1:]]


def _applications(form: str, figures: Figures) -> Sheet:
    note = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
    legal = ("商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他")
    rows: list[Row] = [
        [Cell(note, 3, 3), Cell("申请人情况", 7)],
        [Cell("自然人", 1, 2), Cell("法人或其他组织", 5), Cell("总计", 1, 2)],
        [Cell(text) for text in legal],
    ]

    def line(concept: str, *labels: Cell) -> None:
        rows.append([*labels, *(_figure((concept, who), figures) for who in APPLICANTS)])

    line("req_received_new", Cell("一、本年新收政府信息公开申请数量", 3))
    line("req_carried_in", Cell("二、上年结转政府信息公开申请数量", 3))
    groups = {name: (codes, texts.split()) for name, (codes, texts) in _LEAVES.items()}
    if form == "t2019":
        del groups["（六）其他处理"]
    count = 3 + sum(len(codes) for codes, _ in groups.values()) + (form == "t2019")
    results = Cell("三、本年度办理结果", 1, count)
    line("req_outcome_granted", results, Cell("（一）予以公开", 2))
    partial = "（二）部分公开（区分处理的，只计这一情形，不计其他情形）"
    line("req_outcome_partial", Cell(partial, 2))
    for name, (codes, texts) in groups.items():
        for i, (code, text) in enumerate(zip(codes, texts, strict=True)):
            group = [Cell(name, 1, len(codes))] if i == 0 else []
            line(code, *group, Cell(f"{i + 1}.{text}"))
    if form == "t2019":
        line("req_outcome_other", Cell("（六）其他处理", 2))
    line("req_processed_total", Cell("（七）总计", 2))
    line("req_carried_out", Cell("四、结转下年度继续办理", 3))
    return Sheet(APPLICATIONS, (2, 2, 5, *(2,) * 7), rows, 3)


def _disputes(figures: Figures) -> Sheet:
    codes = ("upheld", "corrected", "other", "pending", "total")
    rows = [
        [Cell("行政复议", 5), Cell("行政诉讼", 10)],
        [
            *(Cell(text, 1, 2) for text in _ENDS),
            Cell("未经复议直接起诉", 5),
            Cell("复议后起诉", 5),
        ],
        [Cell(text) for _ in PATHS[1:] for text in _ENDS],
        [_figure((f"{path}_{code}", ""), figures) for path in PATHS for code in codes],
    ]
    return Sheet(DISPUTES, (1,) * 15, rows, 3)


def _print_procurement(made: Draft, rng: Random) -> None:
    """The amount in 元 or 万元; the unit stands in the cell, in the header, or in both."""
    key = ("procurement_amount", "")
    unit = rng.choice(("元", "万元"))
    value = made.figures[key] / (10_000 if unit == "万元" else 1)
    place = rng.choice(("cell", "header", "both"))
    made.values[key] = value
    made.units[key] = unit
    for row in made.sheet(DISCLOSURE).rows:
        for cell in row:
            if cell.key == key:
                cell.text = digits(value) + (unit if place != "header" and value else "")
            elif cell.text == "采购总金额" and place != "cell":
                cell.text += f"（{unit}）"


_TOWNS = ("清溪镇", "石桥镇", "柳林镇", "双河街道", "白马乡")
_PROSE = (
    "{who}坚持以公开为常态、不公开为例外，全年主动公开政府信息{n}条，回应群众关切{m}次。",
    "加强政府信息管理，规范公文属性认定，做到应公开尽公开；组织培训{m}次。",
    "一是公开的及时性有待提高；二是解读形式还不够丰富。下一步将健全制度，明确责任。",
    "本年度无其他需要报告的事项。",
)


def own_name(rng: Random) -> str:
    """The organ that reports."""
    return "示例县" + rng.choice(_TOWNS)


def _write_prose(made: Draft, rng: Random) -> None:
    year = rng.choice((2019, 2020) if made.table_three == "t2019" else (2021, 2022, 2023, 2024))
    who = own_name(rng)
    n, m = rng.randrange(12, 900), rng.randrange(2, 40)
    made.title = f"{who}{year}年政府信息公开工作年度报告"
    made.prose = [text.format(who=who, n=n, m=m) for text in _PROSE]
