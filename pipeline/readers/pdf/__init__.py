"""PDF files: rulings and characters as pdfium gives them, our own grid.

pdfplumber reads a page again where the rulings leave no table although lines are drawn.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock

import pypdfium2 as pdfium

from pipeline import doubt
from pipeline.doubt import Doubt
from pipeline.errors import UnreadableDocument
from pipeline.model import Cell, Document, Grid, Layout, Paragraph
from pipeline.readers.pdf.again import SecondLook, needs_another_look
from pipeline.readers.pdf.faces import use_box_font
from pipeline.readers.pdf.fonts import Fonts
from pipeline.readers.pdf.limits import TooMuchOnAPage, most_on_a_page, refuse_too_much
from pipeline.readers.pdf.marks import PageMarks
from pipeline.readers.pdf.page import page_marks
from pipeline.readers.pdf.pieces import Piece, pieces, where
from pipeline.readers.pdf.prose import (
    TextLine,
    goes_on,
    lines,
    rows_of_chars,
    without_running_heads,
)
from pipeline.readers.pdf.rulings import frames, joined
from pipeline.readers.pdf.runs import Runs
from pipeline.readers.pdf.sight import Sight
from pipeline.readers.pdf.stitch import stitched
from pipeline.readers.pdf.tolerances import FULL, LONG_LINE, MOST_DRAWING, MOST_PAGES

_ONE_AT_A_TIME = Lock()

# What it logs of damage would reach a terminal between the lines that are meant for people.
logging.getLogger("pdfminer").addHandler(logging.NullHandler())


def read(path: Path, name: str) -> Document:
    """Read a PDF with a text layer. Raises UnreadableDocument.

    pdfium is not made for threads: one document at a time is read, whoever asks.
    """
    with _ONE_AT_A_TIME:
        pages = _pages(path, name)
    if not any(page.marks.chars for page in pages):
        remedy = "recognise its text first, or find the digital original"
        raise UnreadableDocument(name, "no text layer (a scan)", remedy)
    blocks: list[Paragraph | Grid] = []
    tables = 0
    for block in _blocks(pages):
        if isinstance(block, Piece):
            tables += 1
            cells = tuple(
                Cell(p.text, p.row, p.col, p.rowspan, p.colspan, p.where, p.doubts)
                for p in block.parts
            )
            blocks.append(Grid(cells, Layout.RULED, f"table {tables}"))
        else:
            first = block[0]
            place = where(first.page, first.x0, first.top, first.x1, first.bottom)
            blocks.append(Paragraph("".join(line.text for line in block), place))
    doubts = []
    for page in (page.marks for page in pages):
        # A number or a running head may stand on a picture.
        bare = not page.chars or (page.picture > FULL and len(page.chars) < LONG_LINE)
        if page.picture > 0 and bare:
            words = f"page {page.number} is a picture without text; what it shows is not read"
            doubts.append(Doubt(doubt.PAGE, words, f"p{page.number}"))
    return Document(name, "pdf", tuple(blocks), doubts=tuple(doubts))


@dataclass(frozen=True, slots=True)
class _Page:
    """A page as drawn, and its lines of prose and its tables from top to bottom."""

    marks: PageMarks
    items: list[TextLine | Piece]


def _pages(path: Path, name: str) -> list[_Page]:
    use_box_font()
    try:
        document = pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        locked = "password" in str(error).lower()
        reason = "it asks for a password" if locked else "not a whole PDF"
        remedy = "save it without a password" if locked else "fetch it again"
        raise UnreadableDocument(name, reason, remedy) from error
    pages: list[_Page] = []
    fonts = Fonts(path)
    try:
        if len(document) > MOST_PAGES:
            raise _too_large(name, f"{len(document):,} pages", MOST_PAGES, "the report alone")
        if (shown := most_on_a_page(path)) > MOST_DRAWING:
            raise _too_large(name, f"a page of {shown:,} bytes", MOST_DRAWING, "a plainer print")
        with SecondLook(path, name) as again:
            for index in range(len(document)):
                page = document[index]
                pages.append(_page(page, index + 1, fonts, again))
                page.close()
        return pages
    except TooMuchOnAPage as error:
        reason = f"page {len(pages) + 1} has {error.count:,} {error.of}"
        raise _too_large(name, reason, error.limit, "a plainer print") from error
    except pdfium.PdfiumError as error:
        reason = f"page {len(pages) + 1} is damaged"
        raise UnreadableDocument(name, reason, "fetch it again") from error
    finally:
        document.close()


def _too_large(name: str, reason: str, limit: int, wanted: str) -> UnreadableDocument:
    return UnreadableDocument(name, f"{reason} (at most {limit:,} are read)", f"find {wanted}")


def _page(page: pdfium.PdfPage, number: int, fonts: Fonts, again: SecondLook) -> _Page:
    refuse_too_much(page)
    textpage = page.get_textpage()
    try:
        marks = page_marks(page, textpage, number)
        sight = Sight(page, textpage, marks, fonts)
        items = _items(marks, sight, again)
        return _Page(
            replace(marks, runs=Runs(()), inks=()), items
        )  # these live as long as their page
    finally:
        textpage.close()


def _items(page: PageMarks, sight: Sight, again: SecondLook) -> list[TextLine | Piece]:
    """The lines of prose and the tables of a page, from top to bottom."""
    drawn = joined(page.rulings)
    tables = frames(drawn)
    rows = [] if tables else rows_of_chars(page.chars)
    if not tables and needs_another_look(page, rows):
        tables, drawn = again.frames(page), []
    inside, outside = pieces(tables, page.chars, page.number, sight, drawn)
    rows = rows_of_chars(outside) if tables else rows
    placed: list[tuple[float, TextLine | Piece]] = [(n.top, n) for n in lines(page, rows)]
    placed += [(frame.ys[0], piece) for frame, piece in zip(tables, inside, strict=True)]
    return [item for _, item in sorted(placed, key=lambda pair: pair[0])]


def _blocks(pages: list[_Page]) -> list[list[TextLine] | Piece]:
    """The lines of each paragraph, and whole tables, in reading order."""
    items = [item for page in pages for item in page.items]
    marks = [page.marks for page in pages]
    prose = without_running_heads(marks, [item for item in items if isinstance(item, TextLine)])
    long = [line for line in prose if len(line.text) > LONG_LINE] or prose
    left = min((line.x0 for line in long), default=0.0)
    right = max((line.x1 for line in long), default=0.0)
    kept = set(prose)
    blocks: list[list[TextLine] | Piece] = []
    for item in items:
        last = blocks[-1] if blocks else None
        if isinstance(item, Piece):
            whole = stitched(last, item) if isinstance(last, Piece) else None
            blocks[-1 if whole else len(blocks) :] = [whole or item]
        elif item in kept:
            if isinstance(last, list) and goes_on(last[-1], item, left, right):
                last.append(item)
            else:
                blocks.append([item])
    return blocks
