"""Drafts as files: HTML by hand, so that it can be as broken as it is; the rest by the samples'
writers, which share nothing with the readers."""

from __future__ import annotations

from html import escape
from math import lcm

from pipeline.sample.layout import Block, Box, Page, Para, Table, place
from pipeline.sample.write_docx import write_docx
from pipeline.sample.write_pdf import write_pdf
from pipeline.sample.write_text import write_text
from tests.accuracy.flat import END, flat_layouts, flattened
from tests.accuracy.page import APPLICATIONS, DISPUTES, STATISTICS, Cell, Draft, Row, Sheet

FORMATS = {
    "html": ("ruled",),
    "docx": ("ruled",),
    "pdf": ("whole", "page_cut", "label_cut"),
    "txt": ("tab_led", "line_a_cell", "line_a_row", "pipes", *flat_layouts()),
}
_HEADINGS = (
    "一、总体情况",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
    "五、存在的主要问题及改进情况",
    "六、其他需要报告的事项",
)
_OLDER_HEADINGS = ("一、概述", "二、工作情况", "三、存在的问题和改进措施", "四、附表")
_ORDINALS = {"disclosure": 1, APPLICATIONS: 2, DISPUTES: 3, STATISTICS: len(_HEADINGS)}


def render(made: Draft) -> bytes:
    """The file that a publisher would put on the web."""
    if "one_giant_table" in made.oddities:
        made.sheets = [_giant(made.sheets)]
    if made.format == "html":
        return _html(made)
    if made.format == "txt":
        return _text(made)
    writer = {"docx": write_docx, "pdf": write_pdf}[made.format]
    return writer(_page(made))


def _page(made: Draft) -> Page:
    return Page(made.title, tuple(_blocks(made)), (made.layout, *made.oddities))


def _text(made: Draft) -> bytes:
    """Flattened or as a word processor hands it over; it may end within a table."""
    page = _page(made)
    is_flat = made.layout in flat_layouts()
    content = flattened(page.blocks, made.layout) if is_flat else write_text(page)
    return content.split(END.encode())[0]


def _ordered(made: Draft) -> list[str | Sheet]:
    """Headings, prose and tables in reading order; headings begin with their number."""
    annexed = [sheet for sheet in made.sheets if sheet.id == STATISTICS]
    order: list[str | Sheet] = [made.title]
    if annexed and not made.table_two:
        for heading, text in zip(_OLDER_HEADINGS, made.prose, strict=True):
            order += [heading, text]
        return [*order, made.caption, *annexed, *filter(None, [made.closing])]
    prose = {0: made.prose[:2], 4: made.prose[2:3], 5: made.prose[3:]}
    for nth, heading in enumerate(_HEADINGS):
        order.append(heading)
        order += prose.get(nth, [])
        if "instruction_left_in" in made.oddities and nth in (1, 2, 3):
            order.append("该部分以表格形式报告。表格如下：")
        order += [sheet for sheet in made.sheets if _ORDINALS.get(sheet.id, 1) == nth]
    return [*order, made.caption, *annexed, *filter(None, [made.closing])] if annexed else order


def _blocks(made: Draft) -> list[Block]:
    found: list[Block] = []
    for nth, piece in enumerate(_ordered(made)):
        if isinstance(piece, str):
            headed = piece in (*_HEADINGS, *_OLDER_HEADINGS)
            style = "title" if nth == 0 else "heading" if headed else "body"
            found.append(Para(piece, style))
        elif piece.is_prose:
            found += [Para(_as_prose(row)) for row in piece.rows]
        else:
            rows = tuple(tuple(Box(c.text, c.colspan, c.rowspan) for c in r) for r in piece.rows)
            table = Table(rows, piece.widths)
            end = max(placed.col + placed.box.colspan for placed in place(table))
            found.append(Table(rows, (*piece.widths, *[1] * (end - len(piece.widths)))))
    return found


def _as_prose(row: Row) -> str:
    return (" " if any(cell.key for cell in row) else "").join(cell.text for cell in row)


def _giant(sheets: list[Sheet]) -> Sheet:
    """All tables as rows of one, each stretched to the full width."""
    width = lcm(*(len(sheet.widths) for sheet in sheets))
    rows: list[Row] = []
    for sheet in sheets:
        factor = width // len(sheet.widths)
        for row in sheet.rows:
            for cell in row:
                cell.colspan *= factor
            rows.append(row)
    return Sheet("giant", (1,) * width, rows, 2)


def _html(made: Draft) -> bytes:
    open_cells = "end_tags_missing" in made.oddities
    parts = [
        f"<p>{escape(piece, quote=False)}</p>"
        if isinstance(piece, str)
        else _html_table(piece, open_cells)
        for piece in _ordered(made)
    ]
    body = "\n".join(parts)
    if "layout_tables" in made.oddities:
        body = (
            "<table><tr><td colspan='2'>首页 | 政务公开</td></tr><tr><td><table><tr><td>通知"
            f"</td></tr></table></td><td>{body}</td></tr></table>"
        )
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{made.title}</title></head>'
        f"<body>{body}</body></html>"
    ).encode()


def _html_table(sheet: Sheet, open_cells: bool) -> str:
    rows = "\n".join(
        f"<tr>{''.join(_html_cell(cell, open_cells) for cell in row)}"
        + ("" if open_cells else "</tr>")
        for row in sheet.rows
    )
    return f'<table border="1"><tbody>\n{rows}\n</tbody></table>'


def _html_cell(cell: Cell, open_cells: bool) -> str:
    spans = "".join(
        f' {name}="{span}"'
        for name, span in (("colspan", cell.colspan), ("rowspan", cell.rowspan))
        if span > 1
    )
    inner = cell.markup or escape(cell.text, quote=False).replace("\n", "<br>")
    return f"<td{spans}>{inner}" if open_cells else f"<td{spans}><p>{inner}</p></td>"
