"""What real reports draw beside text and rulings casts no doubt on a figure."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader

from tests.accuracy.page import Draft
from tests.hostile.cases import Case, figure, outcome, report
from tests.hostile.pdf_paper import (
    CHINESE,
    EMBEDDED,
    HEIGHT,
    LEFT,
    SIZE,
    WIDTH,
    Objects,
    Spot,
    printed,
)


def _figures(made: Draft, draw: Callable[[Spot], None]) -> dict:
    """Every figure drawn in a way."""
    return dict.fromkeys(made.cells(), draw)


def _shaded(grey: float, inset: float = 0):
    def draw(spot: Spot) -> None:
        spot.paper.setFillGray(grey)
        width, height = spot.x1 - spot.x0 - 2 * inset, spot.high - spot.low - 2 * inset
        spot.paper.rect(spot.x0 + inset, spot.low + inset, width, height, stroke=0, fill=1)
        spot.paper.setFillGray(0)

    return draw


def _zebra(spot: Spot) -> None:
    if int(spot.low / 18) % 2:
        _shaded(0.9)(spot)


def _thin_boxes(spot: Spot) -> None:
    for x in (spot.x0, spot.x1):
        spot.paper.rect(x - 0.3, spot.low, 0.6, spot.high - spot.low, stroke=0, fill=1)
    for y in (spot.low, spot.high):
        spot.paper.rect(spot.x0, y - 0.3, spot.x1 - spot.x0, 0.6, stroke=0, fill=1)


def _dotted_border(spot: Spot) -> None:
    for step in range(int((spot.x1 - spot.x0) / 3)):
        spot.paper.rect(spot.x0 + 3 * step, spot.low - 0.5, 1, 1, stroke=0, fill=1)


def _underlined(spot: Spot) -> None:
    spot.print()
    spot.line(0, -1.2, spot.width, -1.2)


def _highlighted(spot: Spot) -> None:
    spot.paper.setFillColorRGB(1, 1, 0.4)
    spot.box(-0.5, -2, spot.width + 0.5, 8)
    spot.paper.setFillGray(0)
    spot.print()


def _twice(spot: Spot) -> None:
    spot.print()
    spot.print(right=0.3)


def _outlined(spot: Spot) -> None:
    text = spot.paper.beginText(spot.x, spot.y)
    text.setFont(CHINESE, SIZE)
    text.setTextRenderMode(2)
    spot.paper.setLineWidth(0.2)
    text.textOut(spot.text)
    text.setTextRenderMode(0)
    spot.paper.drawText(text)


def _linked(spot: Spot) -> None:
    spot.print()
    spot.paper.linkURL("https://example.cn/", (spot.x0, spot.low, spot.x1, spot.high))


def _clipped(spot: Spot) -> None:
    path = spot.paper.beginPath()
    path.rect(spot.x0, spot.low, spot.x1 - spot.x0, spot.high - spot.low)
    spot.paper.clipPath(path, stroke=0, fill=0)
    spot.print()


def _tagged(spot: Spot) -> None:
    spot.paper.addLiteral("/P << /MCID 0 >> BDC")
    spot.print()
    spot.paper.addLiteral("EMC")


def _digit_by_digit(spot: Spot) -> None:
    """Each digit a piece of text of its own, as some programs write them."""
    for nth, digit in enumerate(spot.text):
        spot.print(digit, right=4.25 * nth)


def _in_colour(*rgb: float):
    def draw(spot: Spot) -> None:
        spot.paper.setFillColorRGB(*rgb)
        spot.print()

    return draw


def _white_on_blue(spot: Spot) -> None:
    spot.paper.setFillColorRGB(0.1, 0.3, 0.6)
    spot.paper.rect(spot.x0, spot.low, spot.x1 - spot.x0, spot.high - spot.low, stroke=0, fill=1)
    spot.paper.setFillGray(1)
    spot.print()


def _logo(paper) -> None:
    paper.drawImage(ImageReader(Image.new("RGB", (8, 8), "red")), 40, HEIGHT - 50, 30, 30)
    paper.circle(90, HEIGHT - 35, 10, stroke=1, fill=1)
    paper.setFillGray(0)


def _white_page(paper) -> None:
    paper.setFillGray(1)
    paper.rect(0, 0, WIDTH, HEIGHT, stroke=0, fill=1)
    paper.setFillGray(0)


def _watermark(paper) -> None:
    paper.saveState()
    paper.setFillGray(0.85)
    paper.translate(150, 250)
    paper.rotate(45)
    paper.setFont(CHINESE, 60)
    paper.drawString(0, 0, "示例县云岫镇")
    paper.restoreState()


def _foot(paper) -> None:
    paper.setFont(CHINESE, 9)
    paper.line(LEFT, 60, WIDTH - LEFT, 60)
    paper.drawCentredString(WIDTH / 2, 42, f"— {paper.getPageNumber()} —")
    paper.linkURL("https://example.cn/", (LEFT, 40, WIDTH - LEFT, 56))


CELLS = {
    "underlined": _underlined,
    "highlighted": _highlighted,
    "struck twice to look bold": _twice,
    "outlined to look bold": _outlined,
    "linked as a whole": _linked,
    "clipped by their cells": _clipped,
    "tagged": _tagged,
    "digit by digit": _digit_by_digit,
    "dark grey": _in_colour(0.25, 0.25, 0.25),
    "red": _in_colour(0.8, 0, 0),
    "white on blue": _white_on_blue,
    "slightly moved": lambda spot: spot.print(right=2, up=1.5),
}
PAGES = {
    "zebra stripes": {"ground": _zebra},
    "shaded cells": {"ground": _shaded(0.85)},
    "cells shaded but for an edge": {"ground": _shaded(0.9, 1.0)},
    "white cells": {"ground": _shaded(1)},
    "thin boxes for borders": {"ground": _thin_boxes},
    "dotted borders": {"ground": _dotted_border},
    "a logo": {"first": _logo},
    "a white page": {"first": _white_page},
    "a watermark below": {"first": _watermark},
    "a watermark above": {"last": _watermark},
    "a footer": {"last": _foot},
    "an embedded font": {"font": EMBEDDED},
}


@pytest.mark.parametrize("how", CELLS)
def test_figures_drawn_as_real_ones_are_unflagged(how, tmp_path):
    made = report("pdf")
    result = outcome(Case("plain", made, printed(made, _figures(made, CELLS[how]))), tmp_path)
    assert result.right == result.cells, result.silent + result.doubted


@pytest.mark.parametrize("how", PAGES)
def test_pages_drawn_as_real_ones_are_unflagged(how, tmp_path):
    made = report("pdf")
    blank = figure(made, "penalty_decisions")
    made.blank(blank)
    result = outcome(Case("plain", made, printed(made, **PAGES[how])), tmp_path)
    assert result.right == result.cells, result.silent + result.doubted


def _space(spot: Spot) -> None:
    spot.print(" ")


def _space_of_an_embedded_font(spot: Spot) -> None:
    spot.print(" ", font=EMBEDDED)


def _empty_field(spot: Spot) -> None:
    spot.paper.acroForm.textfield(
        name="a",
        value="",
        x=spot.x0,
        y=spot.low,
        width=60,
        height=12,
        borderWidth=0,
        forceBorder=False,
    )


BLANKS = {
    "a space": _space,
    "a space of an embedded font": _space_of_an_embedded_font,
    "a white box": lambda spot: (spot.paper.setFillGray(1), spot.box(0, -1, 12, 7)),
    "a field that is not filled in": _empty_field,
    "a shaded cell": _shaded(0.8),
}


@pytest.mark.parametrize("how", BLANKS)
def test_cells_that_show_nothing_are_blank(how, tmp_path):
    made = report("pdf")
    cell = figure(made, "penalty_decisions")
    made.blank(cell)
    result = outcome(Case("plain", made, printed(made, {cell: BLANKS[how]})), tmp_path)
    assert result.right == result.cells, result.silent + result.doubted


def test_a_page_that_is_one_form_is_unflagged(tmp_path):
    made = report("pdf")
    objects = Objects(printed(made))
    for number, body in list(objects.items()):
        if b"stream\n" in body and b" re S" in body:
            inner = body.split(b"stream\n", 1)[1].rsplit(b"\nendstream", 1)[0].decode("latin-1")
            form = objects.stream(
                inner,
                "/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /Font 1 0 R >>",
            )
            page = next(n for n, b in objects.items() if f"/Contents {number} 0 R".encode() in b)
            objects[page] = objects[page].replace(
                b"/Resources <<", f"/Resources << /XObject << /X {form} 0 R >>".encode()
            )
            objects[number] = b"<< /Length 5 >>\nstream\n/X Do\nendstream"
    result = outcome(Case("plain", made, objects.written()), tmp_path)
    assert result.right == result.cells, result.silent + result.doubted
