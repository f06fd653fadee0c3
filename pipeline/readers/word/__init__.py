"""Word documents: zipfile and lxml, ten times as fast as python-docx's object model.

python-docx also refuses documents whose unused relationships lead nowhere, which Word and WPS
write; here only the main part has to be whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pipeline import doubt
from pipeline.doubt import Kind
from pipeline.errors import UnreadableDocument
from pipeline.model import Document
from pipeline.readers.flow import Box, Content, blocks, compact, cover, joined, line
from pipeline.readers.word.cells import one_run, told_of, width_of
from pipeline.readers.word.grid import drop_thin_columns, ground_of_table, parts, row_of
from pipeline.readers.word.ink import Colour
from pipeline.readers.word.objects import (
    CHOICES,
    CLEAR,
    CONTROL,
    CONTROLLED,
    SILENT,
    Control,
    chosen,
    control,
)
from pipeline.readers.word.package import AGAIN, IN_PARTS, opened
from pipeline.readers.word.paragraph import Page, Place
from pipeline.readers.word.properties import Element, tags
from pipeline.readers.word.runs import printed
from pipeline.text import PICTURE, is_value_like

_MOST_CELLS = 100_000  # a yearbook of all organs of a province has fewer
_MOST_PARAGRAPHS = 300_000  # three a cell
_NEARBY = 3  # paragraphs: what floats at one may lie over a table that is no farther away

_PARAGRAPH, _TABLE, _ROW, _CELL = tags("p tbl tr tc")


def read(path: Path, name: str) -> Document:
    """Paragraphs and grids of the document's body; raises UnreadableDocument."""
    body, styles = opened(path, name)
    page = Page(name, styles)
    try:
        content = blocks(_content(body, page, Place(page.styles.page)))
    except RecursionError as error:
        raise UnreadableDocument(name, "nests deeper than a report can", AGAIN) from error
    if not content:
        reason = "holds no text; its pages may be images"
        raise UnreadableDocument(name, reason, "find the report as text, or type it")
    return Document(name, "docx", content)


def _content(container: Element, page: Page, place: Place) -> list[Content]:
    """Lines and tables of a body, a cell or a text box, in reading order."""
    content: list[Content] = []
    above: list[Box] = []  # the last table
    since_table = since_float = _NEARBY
    for child in container:
        tag = child.tag
        if tag == _PARAGRAPH:
            since_table += 1
            since_float += 1
            floats = place.floats
            content += _lines(child, page, place)
            if place.floats > floats:
                since_float = 0
                cover(above if since_table <= _NEARBY else [])
        elif tag == _TABLE:
            boxes = _table(child, page)
            cover(boxes if since_float < _NEARBY else [])
            if boxes:
                content.append(boxes)
            above, since_table = boxes, 0
        elif tag == CHOICES:
            best, agreed = chosen(child)
            if not agreed:
                place.doubt(doubt.PIECES)
            content += [PICTURE] if best is None else _content(best, page, place)
        elif tag == CONTROL:
            content += _controlled(child, page, place)
        elif tag not in SILENT:
            if tag not in CLEAR and tag != CONTROLLED:
                content.append(PICTURE)  # nobody knows what it shows
            content += _content(child, page, place)
    return content


def _lines(paragraph: Element, page: Page, place: Place) -> Iterator[Content]:
    """The lines of a paragraph, then the content of its text boxes."""
    page.paragraphs += 1
    if page.paragraphs > _MOST_PARAGRAPHS:
        raise _too_many(page, f"{_MOST_PARAGRAPHS:,} paragraphs")
    if not len(paragraph):  # nothing, or a number that all paragraphs have
        place.numbered = place.numbered or page.styles.ground(None).numbered
        return
    pieces, anchored = printed(paragraph, page, place)
    start = 0
    for end, piece in enumerate([*pieces, "\n"]):
        if piece == "\n":
            if text := line(joined(pieces[start:end])):
                yield text
            start = end + 1
    for text_box in anchored:
        yield from _content(text_box, page, place)


def _too_many(page: Page, limit: str) -> UnreadableDocument:
    reason = f"has more than the {limit} that a report can have"
    return UnreadableDocument(page.name, reason, IN_PARTS)


def _controlled(element: Element, page: Page, place: Place) -> list[Content]:
    """What a content control around paragraphs shows."""
    shown = control(element)
    content = _content(element, page, place) if shown is not Control.UNTOLD else []
    if shown is Control.BOUND:
        place.doubt(doubt.OVERLAID)
    return content or [PICTURE]


def _table(table: Element, page: Page) -> list[Box]:
    """Every cell at its place; a cell merged downwards once, with its rowspan."""
    boxes: list[Box] = []
    growing: dict[int, Box] = {}  # by first column, cells that the next row may continue
    ground = ground_of_table(table, page.styles)
    covered = False
    rows = ((element, row_of(element)) for element, _ in parts(table, _ROW))
    for row, (element, said) in enumerate(each for each in rows if not each[1].deleted):
        col = said.before
        for cell, shown in parts(element, _CELL):
            page.cells += 1
            if page.cells > _MOST_CELLS:
                raise _too_many(page, f"{_MOST_CELLS:,} cells")
            span, across, down, shaded, loose = told_of(cell)
            above = growing.get(col)
            if across == "continue" and boxes and boxes[-1].row == row:
                boxes[-1].colspan += span
            elif down == "continue" and above and above.row + above.rowspan == row:
                above.rowspan += 1
            else:
                colour = None if shaded is None else page.styles.colour_behind(shaded)
                behind = ground.backdrop if colour is None else (colour,)
                unsure = ground.unsure or said.unsure or loose
                content, doubts, floats = _cell(cell, page, shown, behind, said.room, unsure)
                covered = covered or floats
                boxes.append(Box(row, col, 1, span, content, doubts))
                growing.pop(col, None)
                if down:
                    growing[col] = boxes[-1]
            col += span
    if covered:
        cover(boxes)
    drop_thin_columns(boxes, table)
    compact(boxes)
    return boxes


def _cell(
    cell: Element,
    page: Page,
    shown: Control,
    backdrop: tuple[Colour, ...],
    room: int,
    unsure: bool,
) -> tuple[list[Content], tuple[Kind, ...], bool]:
    """The content of a cell, what is doubted of it, and whether something lies before the text."""
    if not (unsure or room or shown):
        run = one_run(cell, page, backdrop)
        if run is not None:
            page.paragraphs += 1
            text = line(run)
            return [text] if text else [], (), False
    if shown is Control.UNTOLD:
        return [PICTURE], (), False
    place = Place(backdrop, room, width_of(cell) if room else 0)
    depth = len(page.fields)
    content = _content(cell, page, place)
    if len(page.fields) > depth:  # a field that does not end
        del page.fields[depth:]
        place.doubt(doubt.OVERLAID)
    lines = [each for each in content if isinstance(each, str)]
    text = "\n".join(lines)
    if place.numbered and is_value_like(text):
        content.append(PICTURE)
    if unsure or shown is Control.BOUND or place.is_cut(lines):
        place.doubt(doubt.OVERLAID)
    if place.is_pieced(text):
        place.doubt(doubt.PIECES)
    return content, tuple(place.doubts), place.floats > 0
