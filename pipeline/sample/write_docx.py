"""Word documents, written part by part so that the same report is always the same bytes."""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape

from pipeline.sample.layout import Box, Page, Para, Placed, Table, crossing

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_PROLOGUE = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_LINE_WIDTH = 9000  # twentieths of a point

_CONTENT_TYPES = (
    f'{_PROLOGUE}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels"'
    ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_WORD_TYPE}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{_WORD_TYPE}.styles+xml"/></Types>'
)
_RELATIONSHIPS = (
    f'{_PROLOGUE}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1"'
    f' Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>'
)
_DOCUMENT_RELATIONSHIPS = (
    f'{_PROLOGUE}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1"'
    f' Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>'
)
_STYLES = (
    f'{_PROLOGUE}<w:styles xmlns:w="{_W}"><w:style w:type="paragraph" w:default="1"'
    ' w:styleId="Normal"><w:name w:val="Normal"/></w:style></w:styles>'
)
_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)


def write_docx(page: Page) -> bytes:
    """The page as a .docx; stored, not deflated, since compressors differ between machines."""
    blocks = "".join(
        _table(block, page.oddities) if isinstance(block, Table) else _paragraph(block)
        for block in page.blocks
    )
    document = (
        f'{_PROLOGUE}<w:document xmlns:w="{_W}"><w:body>{blocks}'
        '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr></w:body></w:document>'
    )
    parts = {
        "[Content_Types].xml": _CONTENT_TYPES,
        "_rels/.rels": _RELATIONSHIPS,
        "word/document.xml": document,
        "word/_rels/document.xml.rels": _DOCUMENT_RELATIONSHIPS,
        "word/styles.xml": _STYLES,
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as package:
        for name, text in parts.items():
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.create_system = 0  # the same on every platform
            package.writestr(entry, text.encode())
    return stream.getvalue()


def _run(text: str, bold: bool = False) -> str:
    weight = "<w:rPr><w:b/></w:rPr>" if bold else ""
    lines = "<w:br/>".join(
        f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in text.split("\n")
    )
    return f"<w:r>{weight}{lines}</w:r>" if text else ""


def _paragraph(para: Para) -> str:
    centred = '<w:pPr><w:jc w:val="center"/></w:pPr>' if para.style == "title" else ""
    return f"<w:p>{centred}{_run(para.text, para.style != 'body')}</w:p>"


def _cell_text(text: str, oddities: tuple[str, ...]) -> str:
    if "split_runs" in oddities and len(text) > 1 and "\n" not in text:
        return f"<w:p>{_run(text[:1])}{_run(text[1:])}</w:p>"
    return f"<w:p>{_run(text)}</w:p>"


def _table(table: Table, oddities: tuple[str, ...]) -> str:
    share = _LINE_WIDTH // sum(table.widths)
    columns = "".join(f'<w:gridCol w:w="{width * share}"/>' for width in table.widths)
    rows = "".join(
        f"<w:tr>{''.join(_cell(nth, placed, table, oddities) for placed in row)}</w:tr>"
        for nth, row in enumerate(crossing(table))
    )
    xml = (
        f'<w:tbl><w:tblPr><w:tblW w:w="{_LINE_WIDTH}" w:type="dxa"/>'
        f"<w:tblBorders>{_BORDERS}</w:tblBorders></w:tblPr>"
        f"<w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>"
    )
    # A table must be followed by a paragraph, in a cell as in the body.
    return f"{_frame(xml)}<w:p/>" if "nested_tables" in oddities else f"{xml}<w:p/>"


def _frame(xml: str) -> str:
    """The table inside the only cell of another."""
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{_LINE_WIDTH}" w:type="dxa"/></w:tblPr>'
        f'<w:tblGrid><w:gridCol w:w="{_LINE_WIDTH}"/></w:tblGrid>'
        f'<w:tr><w:tc><w:tcPr><w:tcW w:w="{_LINE_WIDTH}" w:type="dxa"/></w:tcPr>'
        f"{xml}<w:p/></w:tc></w:tr></w:tbl>"
    )


def _cell(row: int, placed: Placed, table: Table, oddities: tuple[str, ...]) -> str:
    box: Box = placed.box
    span = f'<w:gridSpan w:val="{box.colspan}"/>' if box.colspan > 1 else ""
    merge = ""
    if box.rowspan > 1:
        merge = '<w:vMerge w:val="restart"/>' if row == placed.row else "<w:vMerge/>"
    width = sum(table.widths[placed.col : placed.col + box.colspan])
    width = width * (_LINE_WIDTH // sum(table.widths))
    text = box.text if row == placed.row else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{merge}</w:tcPr>'
        f"{_cell_text(text, oddities)}</w:tc>"
    )
