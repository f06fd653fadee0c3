"""Word documents by python-docx, repacked so that the same report is always the same bytes."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.shared import Pt, Twips
from docx.table import Table as Grid
from docx.table import _Cell

from pipeline.sample.layout import Page, Table, crossing

_PAGE_WIDTH, _PAGE_HEIGHT, _LINE_WIDTH = 11906, 16838, 9000  # A4, in twentieths of a point
_WRITTEN = datetime(2025, 1, 1)
_FONT, _CHINESE_FONT = "Times New Roman", "宋体"
# A size of Normal would prevail over that of the tables.
_SIZES = {"Title": Pt(18), "Heading 1": Pt(14), "Normal": None, "Table Grid": Pt(9)}
_STYLES = {"title": "Title", "heading": "Heading 1", "body": "Normal"}
_DEFAULTS = ("Default Paragraph Font", "Normal Table", "No List")
_PARTS = (
    RELATIONSHIP_TYPE.OFFICE_DOCUMENT,
    RELATIONSHIP_TYPE.CORE_PROPERTIES,
    RELATIONSHIP_TYPE.STYLES,
    RELATIONSHIP_TYPE.SETTINGS,
)


def write_docx(page: Page) -> bytes:
    """The page as a .docx; stored, not deflated, since compressors differ between machines."""
    document = _blank(page.title)
    for block in page.blocks:
        if isinstance(block, Table):
            _add_table(document, block, page.oddities)
            document.add_paragraph()  # else Word joins this table with the next
        else:
            document.add_paragraph(block.text, _STYLES[block.style])
    saved, stream = io.BytesIO(), io.BytesIO()
    document.save(saved)
    with zipfile.ZipFile(saved) as loose, zipfile.ZipFile(stream, "w") as package:
        for name in loose.namelist():
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.create_system = 0  # the same on every platform
            package.writestr(entry, loose.read(name))
    return stream.getvalue()


def _blank(title: str) -> Document:
    """An empty document without what python-docx's template has for other kinds of documents."""
    document = docx.Document()
    for relations in (document.part.package.rels, document.part.rels):
        for key in [key for key, to in relations.items() if to.reltype not in _PARTS]:
            del relations[key]
    _dress(document)
    section = document.sections[0]
    section.page_width, section.page_height = Twips(_PAGE_WIDTH), Twips(_PAGE_HEIGHT)
    section.left_margin = section.right_margin = Twips((_PAGE_WIDTH - _LINE_WIDTH) // 2)
    properties = document.core_properties
    properties.title, properties.author, properties.comments = title, "", ""
    properties.created = properties.modified = _WRITTEN
    return document


def _dress(document: Document) -> None:
    """Leave only the styles in use, in the type of official documents."""
    styles = document.styles
    for style in [*styles.latent_styles, *(s for s in styles if s.name not in _SIZES)]:
        if style.name not in _DEFAULTS:
            style.delete()
    for name, size in _SIZES.items():
        font = styles[name].font
        font.name = font.color.rgb = None
        font.size = size
    normal = styles["Normal"]
    normal.font.name = _FONT
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), _CHINESE_FONT)
    title = styles["Title"]
    title.font.bold = True
    title.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.element.pPr.remove(title.element.pPr.find(qn("w:pBdr")))


def _add_table(document: Document, table: Table, oddities: tuple[str, ...]) -> None:
    """Add a table cell by cell: merging the cells of a full grid takes ten times as long."""
    nested = "nested_tables" in oddities
    holder = document.add_table(1, 1).cell(0, 0) if nested else document
    grid: Grid = holder.add_table(0, len(table.widths))
    grid.style = "Table Grid"
    grid.autofit = False
    share = _LINE_WIDTH // sum(table.widths)
    for column, width in zip(grid.columns, table.widths, strict=True):
        column.width = Twips(width * share)
    for nth, boxes in enumerate(crossing(table)):
        row = grid._tbl.add_tr()
        for placed in boxes:
            box = placed.box
            cell = _Cell(row.add_tc(), grid)
            cell.width = Twips(placed.width(table.widths) * share)
            cell._tc.grid_span = box.colspan
            begins = placed.row == nth
            if box.rowspan > 1:
                cell._tc.vMerge = "restart" if begins else "continue"
            split = "split_runs" in oddities and "\n" not in box.text
            pieces = (box.text[:1], box.text[1:]) if split else (box.text,)
            for piece in pieces if begins else ():
                if piece:
                    cell.paragraphs[0].add_run(piece)
