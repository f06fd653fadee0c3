"""Word documents: zipfile and lxml, ten times as fast as python-docx's object model.

python-docx also refuses documents whose unused relationships lead nowhere, which Word and WPS
write; here only the main part has to be whole.
"""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from pipeline.errors import UnreadableDocument
from pipeline.model import Document
from pipeline.readers.archive import TORN
from pipeline.readers.flow import Box, Content, blocks, compact, joined, line
from pipeline.readers.word_runs import (
    IGNORED,
    TRANSITIONAL,
    Element,
    W,
    apply_styles,
    number,
    printed,
)

_LARGEST = 200 * 2**20
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_RELATIONS = "_rels/.rels"
_THIN = 60  # twips: two rulings meant as one
_AGAIN = "download it again, or open it in Word and save it as .docx"

_PARAGRAPH, _TABLE, _ROW, _CELL = f"{W}p", f"{W}tbl", f"{W}tr", f"{W}tc"
_ROW_PROPERTIES, _DELETED, _COLUMNS_BEFORE = f"{W}trPr", f"{W}del", f"{W}gridBefore"
_CELL_PROPERTIES, _VALUE = f"{W}tcPr", f"{W}val"
_SPAN, _ACROSS, _DOWN = f"{W}gridSpan", f"{W}hMerge", f"{W}vMerge"


def read(path: Path, name: str) -> Document:
    """Paragraphs and grids of the document's body; raises UnreadableDocument."""
    body = _body(path, name)
    try:
        content = blocks(_content(body))
    except RecursionError as error:
        raise UnreadableDocument(name, "nests deeper than a report can", _AGAIN) from error
    if not content:
        reason = "holds no text; its pages may be images"
        raise UnreadableDocument(name, reason, "find the report as text, or type it")
    return Document(name, "docx", content)


def _body(path: Path, name: str) -> Element:
    try:
        with zipfile.ZipFile(path) as archive:
            size = sum(member.file_size for member in archive.infolist())
            if size > _LARGEST:
                reason = f"unpacks to {size // 2**20} MB, more than a report can have"
                raise UnreadableDocument(name, reason, "remove its images and save it again")
            members = set(archive.namelist())
            part = "word/document.xml"
            if _RELATIONS in members:  # the package names its main document
                for relation in _xml(archive.read(_RELATIONS), name):
                    if relation.get("Type", "").endswith("/officeDocument"):
                        part = posixpath.normpath(relation.get("Target", "")).lstrip("/")
            if part not in members:
                reason = "is a zip archive without a Word document in it"
                raise UnreadableDocument(name, reason, _AGAIN)
            data = archive.read(part)
            named = posixpath.join(posixpath.dirname(part), "styles.xml")
            styles = archive.read(named) if named in members else b""
    except TORN as error:
        reason = f"is cut short, damaged or locked ({error})"
        raise UnreadableDocument(name, reason, _AGAIN) from error
    body = _xml(data, name).find(f"{W}body")
    if body is None:
        reason = "holds an Office document that is not Word's"
        raise UnreadableDocument(name, reason, "open it in Word and save it as .docx")
    if body.find(f".//{W}altChunk") is not None:
        reason = "holds a page that Word has not merged into it yet"
        raise UnreadableDocument(name, reason, "open it in Word and save it")
    if b"rStyle" in data and styles:
        apply_styles(body, _xml(styles, name))
    return body


def _xml(data: bytes, name: str) -> Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        return etree.fromstring(data.replace(_STRICT, TRANSITIONAL), parser)
    except etree.XMLSyntaxError as error:
        reason = f"holds a damaged document ({error.msg})"
        raise UnreadableDocument(name, reason, _AGAIN) from error


def _content(container: Element) -> list[Content]:
    """Lines and tables of a body, a cell or a text box, in reading order."""
    content: list[Content] = []
    for child in container:
        tag = child.tag
        if tag == _PARAGRAPH:
            pieces, anchored = printed(child)
            start = 0
            for end, piece in enumerate([*pieces, "\n"]):
                if piece == "\n":
                    if text := line(joined(pieces[start:end])):
                        content.append(text)
                    start = end + 1
            for text_box in anchored:
                content.extend(_content(text_box))
        elif tag == _TABLE:
            if boxes := _table(child):
                content.append(boxes)
        elif tag not in IGNORED:
            content.extend(_content(child))
    return content


def _table(table: Element) -> list[Box]:
    """Every cell at its place; a cell merged downwards once, with its rowspan."""
    boxes: list[Box] = []
    growing: dict[int, Box] = {}  # by first column, cells that the next row may continue
    row = -1
    for element in _parts(table, _ROW):
        properties = element.find(_ROW_PROPERTIES)
        col = 0
        if properties is not None:
            if properties.find(_DELETED) is not None:
                continue
            col = number(properties.find(_COLUMNS_BEFORE), 0)
        row += 1
        for cell in _parts(element, _CELL):
            span, across, down = _merges(cell)
            above = growing.get(col)
            if across == "continue" and boxes and boxes[-1].row == row:
                boxes[-1].colspan += span
            elif down == "continue" and above and above.row + above.rowspan == row:
                above.rowspan += 1
            else:
                boxes.append(Box(row, col, 1, span, _content(cell)))
                growing.pop(col, None)
                if down:
                    growing[col] = boxes[-1]
            col += span
    _drop_thin_columns(boxes, table)
    compact(boxes)
    return boxes


def _parts(parent: Element, wanted: str) -> Iterator[Element]:
    """Rows or cells, also those inside content controls and tracked insertions."""
    for child in parent:
        if child.tag == wanted:
            yield child
        elif child.tag not in IGNORED:
            yield from _parts(child, wanted)


def _merges(cell: Element) -> tuple[int, str, str]:
    """Columns spanned, and restart, continue or nothing for merges across and down."""
    properties = cell.find(_CELL_PROPERTIES)
    span, across, down = 1, "", ""
    for child in properties if properties is not None else ():
        tag = child.tag
        if tag == _SPAN:
            span = max(1, number(child, 1))
        elif tag == _ACROSS:
            across = child.get(_VALUE, "continue")
        elif tag == _DOWN:
            down = child.get(_VALUE, "continue")
    return span, across, down


def _drop_thin_columns(boxes: list[Box], table: Element) -> None:
    """Where rulings meant as one stand some twips apart, the columns between them are no columns.

    A column stays when a cell has no other, or when most are thin: then the widths mean nothing.
    """
    grid = table.find(f"{W}tblGrid")
    widths = [] if grid is None else [column.get(f"{W}w", "") for column in grid]
    thin = {i for i, width in enumerate(widths) if width.isdigit() and int(width) < _THIN}
    if not thin or len(thin) * 2 > len(widths):
        return
    for box in boxes:
        columns = range(box.col, box.col + box.colspan)
        if all(column in thin for column in columns):
            thin.difference_update(columns)
    for box in boxes:
        lost = sum(column < box.col for column in thin)
        box.colspan -= sum(box.col <= column < box.col + box.colspan for column in thin)
        box.col -= lost
