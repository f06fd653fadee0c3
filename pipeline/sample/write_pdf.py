"""Ruled pages, drawn line by line so that tables break across pages as printed ones do."""

from __future__ import annotations

import io
from dataclasses import dataclass

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from pipeline.sample.layout import Page, Para, Placed, Table, crossing, place

FONT = "STSong-Light"  # a font every reader of Chinese PDF has; nothing is embedded
WIDTH, HEIGHT = 595.0, 842.0
LEFT, TOP, BOTTOM = 62.0, 770.0, 72.0
LINE = WIDTH - 2 * LEFT
TEXT_SIZE, TEXT_LEADING = 12.0, 22.0
CELL_SIZE, CELL_LEADING, CELL_PADDING = 8.5, 11.0, 3.0
STYLES = {"title": (18.0, 30.0), "heading": (13.0, 26.0), "body": (TEXT_SIZE, TEXT_LEADING)}


@dataclass(slots=True)
class Sheet:
    """The canvas, how far down the page it is, and how pages are numbered."""

    canvas: Canvas
    y: float
    number: int
    numbering: str

    def turn(self) -> None:
        """Number this page and begin the next."""
        self.canvas.setFont(FONT, 10)
        text = self.numbering.format(self.number)
        self.canvas.drawCentredString(WIDTH / 2, BOTTOM - 30, text)
        self.canvas.showPage()
        self.number += 1
        self.y = TOP


def write_pdf(page: Page) -> bytes:
    """The page as a PDF; uncompressed, since compressors differ between machines."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=(WIDTH, HEIGHT), invariant=1, pageCompression=0)
    canvas.setTitle(page.title)
    styles = {"plain_page_numbers": "{}", "counted_pages": "第{}页", "long_dash_pages": "— {} —"}
    numbering = next((text for odd, text in styles.items() if odd in page.oddities), "- {} -")
    sheet = Sheet(canvas, TOP, 1, numbering)
    for block in page.blocks:
        if isinstance(block, Table):
            _draw_table(sheet, block, page.oddities)
        else:
            _draw_paragraph(sheet, block)
    sheet.turn()
    canvas.save()
    return stream.getvalue()


def _wrap(text: str, size: float, width: float, hanging: str = "") -> list[str]:
    """Lines no wider than `width`, but for a `hanging` mark; Chinese breaks anywhere."""
    lines: list[str] = []
    for part in text.split("\n"):
        line = ""
        for char in part:
            full = pdfmetrics.stringWidth(line + char, FONT, size) > width
            if line and full and char not in hanging:
                lines.append(line)
                line = ""
            line += char
        lines.append(line)
    return lines


def _draw_paragraph(sheet: Sheet, para: Para) -> None:
    size, leading = STYLES[para.style]
    text = f"　　{para.text}" if para.style != "title" else para.text
    if para.style == "heading" and sheet.y - 4 * leading < BOTTOM:
        sheet.turn()
    for line in _wrap(text, size, LINE, hanging="，。、；：）"):
        if sheet.y - leading < BOTTOM:
            sheet.turn()
        sheet.y -= leading
        sheet.canvas.setFont(FONT, size)
        if para.style == "title":
            sheet.canvas.drawCentredString(WIDTH / 2, sheet.y, line)
        else:
            sheet.canvas.drawString(LEFT, sheet.y, line)


def _lines(placed: Placed, widths: list[float]) -> list[str]:
    return _wrap(placed.box.text, CELL_SIZE, placed.width(widths) - 2 * CELL_PADDING)


def _heights(table: Table, widths: list[float]) -> list[float]:
    """Row heights that hold every cell; a tall merged cell stretches its last row."""
    heights = [CELL_LEADING + 2 * CELL_PADDING] * len(table.rows)
    for placed in sorted(place(table), key=lambda p: p.box.rowspan):
        rows = range(placed.row, placed.row + placed.box.rowspan)
        need = len(_lines(placed, widths)) * CELL_LEADING + 2 * CELL_PADDING
        heights[rows[-1]] += max(0.0, need - sum(heights[row] for row in rows))
    return heights


def _draw_table(sheet: Sheet, table: Table, oddities: tuple[str, ...]) -> None:
    """Draw the table, moved on whole where it can be.

    `page_cut` lets it break where the page ends, `label_cut` breaks it within a merged label.
    """
    widths = [LINE * width / sum(table.widths) for width in table.widths]
    heights = _heights(table, widths)
    fits_here, fits_a_page = (sum(heights) <= room for room in (sheet.y - BOTTOM, TOP - BOTTOM))
    if "page_cut" not in oddities and not fits_here and fits_a_page:
        sheet.turn()
    waiting = {placed: _lines(placed, widths) for placed in place(table)}
    cuts = [len(heights)]
    if "label_cut" in oddities and not fits_here:
        labels = (p.row + 1 for p in place(table) if p.col and 3 <= p.box.rowspan <= 5)
        cuts.insert(0, min(labels, default=len(table.rows) // 2))
    sheet.y -= 6
    first = 0
    while first < len(heights):
        last, room = first, sheet.y - BOTTOM
        while last < cuts[0] and heights[last] <= room:
            room -= heights[last]
            last += 1
        if last > first:
            _draw_rows(sheet, table, range(first, last), widths, heights, waiting)
        if last == cuts[0]:
            cuts.pop(0)
        if last < len(heights):
            sheet.turn()
        first = last
    sheet.y -= 8


def _draw_rows(
    sheet: Sheet,
    table: Table,
    rows: range,
    widths: list[float],
    heights: list[float],
    waiting: dict[Placed, list[str]],
) -> None:
    """Draw these rows; what a cut cell cannot show here waits for the next page."""
    top, by_row = sheet.y, crossing(table)
    drawn: set[Placed] = set()
    for row in rows:
        for placed in by_row[row]:
            if placed in drawn:
                continue
            drawn.add(placed)
            end = min(placed.row + placed.box.rowspan, rows.stop)
            height = sum(heights[row:end])
            width = placed.width(widths)
            left = LEFT + sum(widths[: placed.col])
            y = top - sum(heights[rows.start : row])
            sheet.canvas.rect(left, y - height, width, height)
            fitting = int((height - 2 * CELL_PADDING) / CELL_LEADING)
            lines, waiting[placed] = waiting[placed][:fitting], waiting[placed][fitting:]
            sheet.canvas.setFont(FONT, CELL_SIZE)
            y = y - height / 2 + len(lines) * CELL_LEADING / 2 - CELL_SIZE
            for line in lines:
                sheet.canvas.drawCentredString(left + width / 2, y, line)
                y -= CELL_LEADING
    sheet.y = top - sum(heights[rows.start : rows.stop])
