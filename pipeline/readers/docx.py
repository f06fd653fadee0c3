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
_STYLES = "styles.xml"
_THIN = 60  # twips: two rulings meant as one
_AGAIN = "download it again, or open it in Word and save it as .docx"

_PARAGRAPH, _TABLE, _ROW, _CELL = f"{W}p", f"{W}tbl", f"{W}tr", f"{W}tc"
_CELL_PROPERTIES, _VALUE = f"{W}tcPr", f"{W}val"
_SPAN, _ACROSS, _DOWN = f"{W}gridSpan", f"{W}hMerge", f"{W}vMerge"


def read(path: Path, name: str) -> Document:
    """Paragraphs and grids of the document's body; raises UnreadableDocument."""
    body = _body(path, name)
    try:
        found = blocks(_content(body))
    except RecursionError as error:
        raise UnreadableDocument(name, "nests deeper than a report can", _AGAIN) from error
    if not found:
        reason = "holds no text; its pages may be images"
        raise UnreadableDocument(name, reason, "find the report as text, or type it")
    return Document(name, "docx", found)


def _body(path: Path, name: str) -> Element:
    try:
        with zipfile.ZipFile(path) as archive:
            size = sum(member.file_size for member in archive.infolist())
            if size > _LARGEST:
                reason = f"unpacks to {size // 2**20} MB, more than a report can have"
                raise UnreadableDocument(name, reason, "remove its images and save it again")
            part = _main_part(archive, name)
            if part is None:
                reason = "is a zip archive without a Word document in it"
                raise UnreadableDocument(name, reason, _AGAIN)
            data = archive.read(part)
            named = posixpath.join(posixpath.dirname(part), _STYLES)
            styles = archive.read(named) if named in archive.namelist() else b""
    except TORN as error:
        reason = f"is cut short, damaged or locked ({error})"
        raise UnreadableDocument(name, reason, _AGAIN) from error
    body = _parsed(data, name)
    if b"rStyle" in data and styles:
        apply_styles(body, _xml(styles.replace(_STRICT, TRANSITIONAL), name))
    return body


def _main_part(archive: zipfile.ZipFile, name: str) -> str | None:
    """The member that the package names as its main document, whichever edition it follows."""
    members = set(archive.namelist())
    named = "word/document.xml"
    if "_rels/.rels" in members:
        for relation in _xml(archive.read("_rels/.rels"), name):
            if relation.get("Type", "").endswith("/officeDocument"):
                named = posixpath.normpath(relation.get("Target", "")).lstrip("/")
    return named if named in members else None


def _xml(data: bytes, name: str) -> Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        reason = f"holds a damaged document ({error.msg})"
        raise UnreadableDocument(name, reason, _AGAIN) from error


def _parsed(data: bytes, name: str) -> Element:
    root = _xml(data.replace(_STRICT, TRANSITIONAL), name)
    body = root.find(f"{W}body")
    if body is None:
        reason = "holds an Office document that is not Word's"
        raise UnreadableDocument(name, reason, "open it in Word and save it as .docx")
    if body.find(f".//{W}altChunk") is not None:
        reason = "holds a page that Word has not merged into it yet"
        raise UnreadableDocument(name, reason, "open it in Word and save it")
    return body


def _content(container: Element) -> list[Content]:
    """Lines and tables of a body, a cell or a text box, in reading order."""
    content: list[Content] = []
    for child in container:
        tag = child.tag
        if tag == _PARAGRAPH:
            _paragraph(child, content)
        elif tag == _TABLE:
            if boxes := _table(child):
                content.append(boxes)
        elif tag not in IGNORED:
            content.extend(_content(child))
    return content


def _paragraph(paragraph: Element, content: list[Content]) -> None:
    """Append its lines; then what stands in the text boxes anchored to it."""
    pieces, boxes = printed(paragraph)
    start = 0
    for end, piece in enumerate([*pieces, "\n"]):
        if piece == "\n":
            if text := line(joined(pieces[start:end])):
                content.append(text)
            start = end + 1
    for box in boxes:
        content.extend(_content(box))


def _table(table: Element) -> list[Box]:
    """Every cell at its place; a cell merged downwards once, with its rowspan."""
    boxes: list[Box] = []
    growing: dict[int, Box] = {}  # by first column, cells that the next row may continue
    for row, cells in enumerate(_rows(table)):
        col = 0
        for cell, skipped in cells:
            col += skipped
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


def _rows(table: Element) -> Iterator[list[tuple[Element, int]]]:
    """The cells of each row with the number of grid columns left out before each."""
    for row in _parts(table, _ROW):
        properties = row.find(f"{W}trPr")
        skipped = 0
        if properties is not None:
            if properties.find(f"{W}del") is not None:
                continue
            skipped = number(properties.find(f"{W}gridBefore"), 0)
        cells = [(cell, 0) for cell in _parts(row, _CELL)]
        yield [(cells[0][0], skipped), *cells[1:]] if cells else []


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
