"""PDF files: rulings and characters as pdfium gives them, our own grid.

pdfplumber reads a page again where the rulings leave no table although lines are drawn.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import pypdfium2 as pdfium

from pipeline import doubt
from pipeline.doubt import Doubt
from pipeline.errors import UnreadableDocument
from pipeline.model import Cell, Document, Grid, Layout, Paragraph
from pipeline.readers.pdf.again import frames_again, needs_another_look
from pipeline.readers.pdf.faces import use_box_font
from pipeline.readers.pdf.marks import PageMarks, page_marks
from pipeline.readers.pdf.pieces import Piece, pieces, where
from pipeline.readers.pdf.prose import TextLine, joined, lines, without_running_heads
from pipeline.readers.pdf.rulings import frames
from pipeline.readers.pdf.stitch import goes_on, stitched

Item = TextLine | Piece

_FULL = 0.4  # of the page; smaller pictures are decoration
_LONG = 20  # characters; shorter lines say nothing about the margins


def read(path: Path, name: str) -> Document:
    """Read a PDF with a text layer. Raises UnreadableDocument."""
    pages = _pages(path, name)
    if not any(page.chars for page in pages):
        raise UnreadableDocument(
            name, "no text layer (a scan)", "recognise its text first, or find the digital original"
        )
    blocks: list[Paragraph | Grid] = []
    tables = 0
    for block in _blocks(pages, path):
        if isinstance(block, Piece):
            tables += 1
            blocks.append(_grid(block, f"table {tables}"))
        else:
            blocks.append(block)
    doubts = tuple(_picture(page) for page in pages if _is_picture(page))
    return Document(name, "pdf", tuple(blocks), doubts=doubts)


def _pages(path: Path, name: str) -> list[PageMarks]:
    use_box_font()
    try:
        document = pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        locked = "password" in str(error).lower()
        reason = "it asks for a password" if locked else "not a whole PDF"
        remedy = "save it without a password" if locked else "fetch it again"
        raise UnreadableDocument(name, reason, remedy) from error
    pages: list[PageMarks] = []
    try:
        for index in range(len(document)):
            page = document[index]
            pages.append(page_marks(page, index + 1))
            page.close()
        return pages
    except pdfium.PdfiumError as error:
        reason = f"page {len(pages) + 1} is damaged"
        raise UnreadableDocument(name, reason, "fetch it again") from error
    finally:
        document.close()


def _is_picture(page: PageMarks) -> bool:
    """Whether a page is a picture with no more text than its number or a running head."""
    return page.picture > 0 and (
        not page.chars or (page.picture > _FULL and len(page.chars) < _LONG)
    )


def _picture(page: PageMarks) -> Doubt:
    words = f"page {page.number} is a picture without text; what it shows is not read"
    return Doubt(doubt.PAGE, words, f"p{page.number}")


def _blocks(pages: list[PageMarks], path: Path) -> Iterator[Paragraph | Piece]:
    """Paragraphs and whole tables in reading order."""
    items = [item for page in pages for item in _items(page, path)]
    prose = without_running_heads(pages, [item for item in items if isinstance(item, TextLine)])
    left, right = _margins(prose)
    kept = set(prose)
    items = [item for item in items if isinstance(item, Piece) or item in kept]
    for kind, group in groupby(items, type):
        if kind is TextLine:
            lines_ = [item for item in group if isinstance(item, TextLine)]
            yield from (_paragraph(one) for one in joined(lines_, left, right))
        else:
            yield from _whole([item for item in group if isinstance(item, Piece)])


def _whole(cut: list[Piece]) -> list[Piece]:
    """Pieces that nothing but a page break parts, as whole tables."""
    tables = cut[:1]
    for piece in cut[1:]:
        if piece.page != tables[-1].last_page and goes_on(tables[-1], piece):
            tables[-1] = stitched(tables[-1], piece)
        else:
            tables.append(piece)
    return tables


def _items(page: PageMarks, path: Path) -> list[Item]:
    """The lines of prose and the tables of a page, from top to bottom."""
    tables = frames(page.rulings) or (frames_again(path, page) if needs_another_look(page) else [])
    inside, outside = pieces(tables, page.chars, page.number)
    placed: list[tuple[float, Item]] = [(line.top, line) for line in lines(page, outside)]
    placed += [(frame.ys[0], piece) for frame, piece in zip(tables, inside, strict=True)]
    return [item for _, item in sorted(placed, key=lambda pair: pair[0])]


def _grid(piece: Piece, name: str) -> Grid:
    cells = tuple(Cell(p.text, p.row, p.col, p.rowspan, p.colspan, p.where) for p in piece.parts)
    return Grid(cells, Layout.RULED, name)


def _margins(prose: list[TextLine]) -> tuple[float, float]:
    """The left and right edge of the prose, over all pages."""
    long = [line for line in prose if len(line.text) > _LONG] or prose
    return (
        min((line.x0 for line in long), default=0.0),
        max((line.x1 for line in long), default=0.0),
    )


def _paragraph(group: list[TextLine]) -> Paragraph:
    first = group[0]
    text = "".join(line.text for line in group)
    return Paragraph(text, where(first.page, first.x0, first.top, first.x1, first.bottom))
