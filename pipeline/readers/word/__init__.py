"""Word documents: zipfile and lxml, ten times as fast as python-docx's object model.

python-docx also refuses documents whose unused relationships lead nowhere, which Word and WPS
write; here only the main part has to be whole.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterator
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple

from pipeline import doubt
from pipeline.doubt import Kind
from pipeline.errors import UnreadableDocument
from pipeline.model import Document
from pipeline.readers.flow import Box, Content, blocks, compact, joined, line
from pipeline.readers.word.ink import Colour, W
from pipeline.readers.word.objects import (
    CHOICES,
    CONTROL,
    CONTROLLED,
    Control,
    chosen,
    control,
)
from pipeline.readers.word.package import AGAIN, IN_PARTS, opened
from pipeline.readers.word.properties import Element, is_on, measure, number
from pipeline.readers.word.runs import (
    CLEAR,
    SILENT,
    Page,
    Place,
    doubts_of,
    is_cut,
    one_run,
    printed,
)
from pipeline.readers.word.styles import TableGround
from pipeline.text import PICTURE, is_value_like

_MOST_CELLS = 100_000  # a yearbook of all organs of a province has fewer
_MOST_PARAGRAPHS = 300_000  # three a cell
_THIN = 60  # twips: two rulings meant as one
_MARGIN = 1500  # twips inside a cell: beyond, little of the cell is left
_PAGE = 10_000  # twips: a table moved by more is not on a page of A4, or only in part
_NEARBY = 3  # paragraphs: what floats at one may lie over a table that is no farther away

_PARAGRAPH, _TABLE, _ROW, _CELL = f"{W}p", f"{W}tbl", f"{W}tr", f"{W}tc"
_TABLE_PROPERTIES, _ROW_PROPERTIES, _CELL_PROPERTIES = f"{W}tblPr", f"{W}trPr", f"{W}tcPr"
_VALUE, _SHADING, _WIDTH, _MARGINS = f"{W}val", f"{W}shd", f"{W}tcW", f"{W}tcMar"
_SPAN, _ACROSS, _DOWN = f"{W}gridSpan", f"{W}hMerge", f"{W}vMerge"
_BORDERS, _ACROSS_A_CELL = f"{W}tcBorders", (f"{W}tl2br", f"{W}tr2bl")  # lines that strike out
_MOVED = ("w", "tblpX", "tblpY")
_CHANGED = (f"{W}cellDel", f"{W}cellMerge")  # tracked: the cell is there and is not


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
                _cover(above if since_table <= _NEARBY else [])
        elif tag == _TABLE:
            boxes = _table(child, page)
            _cover(boxes if since_float < _NEARBY else [])
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


def _cover(boxes: list[Box]) -> None:
    """Something lies before the text, where nobody can tell without the lines of the page."""
    for box in boxes:
        if doubt.OVERLAID not in box.doubts:
            box.doubts = (*box.doubts, doubt.OVERLAID)


def _table(table: Element, page: Page) -> list[Box]:
    """Every cell at its place; a cell merged downwards once, with its rowspan."""
    boxes: list[Box] = []
    growing: dict[int, Box] = {}  # by first column, cells that the next row may continue
    ground = _table_ground(table, page)
    row, covered = -1, False
    for element, _ in _parts(table, _ROW):
        said = _row(element)
        if said.deleted:
            continue
        row += 1
        col = said.before
        for cell, shown in _parts(element, _CELL):
            page.cells += 1
            if page.cells > _MOST_CELLS:
                raise _too_many(page, f"{_MOST_CELLS:,} cells")
            span, across, down, shaded, loose = _told(cell)
            above = growing.get(col)
            if across == "continue" and boxes and boxes[-1].row == row:
                boxes[-1].colspan += span
            elif down == "continue" and above and above.row + above.rowspan == row:
                above.rowspan += 1
            else:
                behind = ground.backdrop if shaded is None else _behind(shaded, ground, page)
                unsure = ground.unsure or said.unsure or loose or shown is Control.BOUND
                run = None
                if not (unsure or said.room or shown is Control.UNTOLD):
                    run = one_run(cell, page, behind)
                if run is not None:
                    page.paragraphs += 1
                    text = line(run)
                    boxes.append(Box(row, col, 1, span, [text] if text else []))
                else:
                    place = Place(behind, said.room, _width(cell) if said.room else 0)
                    content, doubts = _cell(cell, page, place, unsure, shown is Control.UNTOLD)
                    covered = covered or place.floats > 0
                    boxes.append(Box(row, col, 1, span, content, doubts))
                growing.pop(col, None)
                if down:
                    growing[col] = boxes[-1]
            col += span
    if covered:
        _cover(boxes)
    _drop_thin_columns(boxes, table)
    compact(boxes)
    return boxes


def _cell(
    cell: Element, page: Page, place: Place, unsure: bool, untold: bool
) -> tuple[list[Content], tuple[Kind, ...]]:
    """The content of a cell, and what was seen in it beside plain text."""
    if untold:
        return [PICTURE], ()
    depth = len(page.fields)
    content = _content(cell, page, place)
    if len(page.fields) > depth:  # a field that does not end
        del page.fields[depth:]
        place.doubt(doubt.OVERLAID)
    lines = [each for each in content if isinstance(each, str)]
    text = "\n".join(lines)
    if place.numbered and is_value_like(text):
        content.append(PICTURE)
    if unsure or is_cut(place, lines):
        place.doubt(doubt.OVERLAID)
    return content, doubts_of(place, text)


class _Row(NamedTuple):
    """What a row says: columns left out before it, the height that it has in twips (0 for as much
    as it takes), and whether it may be hidden."""

    before: int = 0
    room: int = 0
    unsure: bool = False
    deleted: bool = False


def _row(row: Element) -> _Row:
    properties = row.find(_ROW_PROPERTIES)
    if properties is None:
        return _Row()
    hidden, height = properties.find(f"{W}hidden"), properties.find(f"{W}trHeight")
    exact = height is not None and height.get(f"{W}hRule") == "exact"
    return _Row(
        max(0, number(properties.find(f"{W}gridBefore"), 0)),
        max(1, number(height, 0)) if exact else 0,
        hidden is not None and is_on(hidden.get(_VALUE)),
        properties.find(f"{W}del") is not None,
    )


def _told(cell: Element) -> tuple[int, str, str, Element | None, bool]:
    """Columns spanned; restart, continue or nothing for merges across and down; the shading; and
    whether the cell may not hold its text."""
    span, across, down, shaded, loose = 1, "", "", None, False
    properties = cell[0] if len(cell) else None
    if properties is None or properties.tag != _CELL_PROPERTIES:
        properties = cell.find(_CELL_PROPERTIES)
    for child in properties if properties is not None else ():
        tag = child.tag
        if tag == _WIDTH:
            continue
        if tag == _SPAN:
            span = max(1, number(child, 1))
        elif tag == _ACROSS:
            across = child.get(_VALUE, "continue")
        elif tag == _DOWN:
            down = child.get(_VALUE, "continue")
        elif tag == _SHADING:
            shaded = child
        elif tag == _MARGINS:
            sizes = [measure(side.get(f"{W}w"), 20) for side in child]
            loose = loose or max(sizes, default=0) > _MARGIN
        elif tag == _BORDERS and len(child):
            loose = loose or any(child.find(corner) is not None for corner in _ACROSS_A_CELL)
        elif tag in _CHANGED:
            loose = True
    return span, across, down, shaded, loose


def _width(cell: Element) -> int:
    """The width of a cell in twips, 0 if it is not told."""
    told = cell.find(f"{_CELL_PROPERTIES}/{_WIDTH}")
    exact = told is not None and told.get(f"{W}type") == "dxa"
    return measure(told.get(f"{W}w"), 20) if told is not None and exact else 0


def _table_ground(table: Element, page: Page) -> TableGround:
    """What lies behind the cells of a table, and whether its style may hide their text."""
    properties = table.find(_TABLE_PROPERTIES)
    style = None if properties is None else properties.find(f"{W}tblStyle")
    ground = page.styles.table("" if style is None else style.get(_VALUE, ""))
    shaded = None if properties is None else properties.find(_SHADING)
    colour = None if shaded is None else page.styles.colour_behind(shaded)
    behind = (colour,) if colour else (*page.styles.page, *ground.backdrop)
    moved = [] if properties is None else [properties.find(f"{W}tbl{by}") for by in ("Ind", "pPr")]
    places = [each.get(f"{W}{by}") for each in moved if each is not None for by in _MOVED]
    away = any(abs(measure(place, 20)) > _PAGE for place in places)
    return TableGround(behind, ground.unsure or away)


def _behind(shaded: Element, ground: TableGround, page: Page) -> tuple[Colour, ...]:
    """The colours of which one lies behind the text of a shaded cell."""
    colour = page.styles.colour_behind(shaded)
    return (colour,) if colour else ground.backdrop


def _parts(
    parent: Element, wanted: str, shown: Control = Control.SHOWN
) -> Iterator[tuple[Element, Control]]:
    """Rows or cells, also those inside content controls, with what those show of them."""
    for child in parent:
        tag = child.tag
        if tag == wanted:
            yield child, shown
        elif tag == CONTROL:
            yield from _parts(child, wanted, _weaker(shown, control(child)))
        elif tag == CHOICES:
            best, agreed = chosen(child)
            shown = shown if agreed else _weaker(shown, Control.BOUND)
            yield from _parts(best, wanted, shown) if best is not None else ()
        elif tag in CLEAR or tag == CONTROLLED:
            yield from _parts(child, wanted, shown)
        elif tag not in SILENT:  # nobody knows what it shows
            yield from _parts(child, wanted, _weaker(shown, Control.BOUND))


def _weaker(one: Control, other: Control) -> Control:
    return max(one, other, key=attrgetter("value"))


def _drop_thin_columns(boxes: list[Box], table: Element) -> None:
    """Where rulings meant as one stand some twips apart, the columns between them are no columns.

    A column stays when a cell has no other, or when most are thin: then the widths mean nothing.
    """
    grid = table.find(f"{W}tblGrid")
    widths = [] if grid is None else [column.get(f"{W}w", "") for column in grid]
    thin = [i for i, width in enumerate(widths) if measure(width or "none", 20, _THIN) < _THIN]
    if not thin or len(thin) * 2 > len(widths):
        return
    kept: list[int] = []
    for box in boxes:
        first, last = box.col, box.col + box.colspan
        start, end = bisect_left(thin, first), bisect_left(thin, last)
        if end - start == box.colspan and bisect_left(kept, first) == bisect_left(kept, last):
            for column in thin[start:end]:
                insort(kept, column)
    lost = sorted({*thin}.difference(kept))
    for box in boxes:
        before = bisect_left(lost, box.col)
        box.colspan -= bisect_left(lost, box.col + box.colspan) - before
        box.col -= before
