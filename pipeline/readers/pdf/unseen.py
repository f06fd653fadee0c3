"""Text that a page holds but does not show: drawn invisibly, or white on white."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from itertools import islice

import pypdfium2 as pdfium

from pipeline.readers.pdf import native as raw
from pipeline.readers.pdf.tolerances import MOST_GROUNDS, WHITE

_SHOWN_BY_FILL = frozenset((raw.FPDF_TEXTRENDERMODE_FILL, raw.FPDF_TEXTRENDERMODE_FILL_CLIP))
_SHOWN_BY_NOTHING = frozenset((raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP))

# Every piece of text is asked for its colour: these are made once.
_RED, _GREEN, _BLUE, _OPACITY = (ctypes.c_uint() for _ in range(4))

Colour = tuple[int, int, int, int]  # red, green, blue, opacity; of 255
Bounds = tuple[float, float, float, float]  # left, right, bottom, top


def may_be_unseen(text_object: int, mode: int) -> bool:
    """Whether a piece of text is invisible, or white: then what lies under it counts."""
    if mode in _SHOWN_BY_FILL:
        return _is_white(text_object)
    return mode in _SHOWN_BY_NOTHING


def unseen(page: pdfium.PdfPage, textpage: int) -> set[int]:
    """Which characters of a page are not to be seen; none where that is most of them.

    So it is where the text of a scan has been recognised: it lies invisible over the picture.
    """
    grounds: list[Bounds] | None = None
    hidden: set[int] = set()
    count = 0
    for index in range(raw.FPDFText_CountChars(textpage)):
        item = raw.FPDFText_GetTextObject(textpage, index)
        if not item:
            continue
        count += 1
        mode = raw.FPDFTextObj_GetTextRenderMode(item)
        if not may_be_unseen(item, mode):
            continue
        if mode in _SHOWN_BY_FILL:
            if grounds is None:
                grounds = list(islice(_grounds(page), MOST_GROUNDS + 1))
            if len(grounds) > MOST_GROUNDS:
                return set()  # whether a figure stands off its ground is looked at elsewhere
            left, right, low, high = ink_box(textpage, index)
            x, y = (left + right) / 2, (low + high) / 2
            if any(x0 <= x <= x1 and y0 <= y <= y1 for x0, x1, y0, y1 in grounds):
                continue
        hidden.add(index)
    return hidden if 2 * len(hidden) < count else set()


def fill_colour(item: int) -> Colour | None:
    """What an object is filled with; None of a pattern."""
    if not raw.FPDFPageObj_GetFillColor(item, _RED, _GREEN, _BLUE, _OPACITY):
        return None
    return _RED.value, _GREEN.value, _BLUE.value, _OPACITY.value


def stroke_colour(item: int) -> Colour | None:
    """What the outline of an object is drawn with; None of a pattern."""
    if not raw.FPDFPageObj_GetStrokeColor(item, _RED, _GREEN, _BLUE, _OPACITY):
        return None
    return _RED.value, _GREEN.value, _BLUE.value, _OPACITY.value


def _is_white(item: int) -> bool:
    if not raw.FPDFPageObj_GetFillColor(item, _RED, _GREEN, _BLUE, _OPACITY):
        return False
    white = _RED.value >= WHITE and _GREEN.value >= WHITE and _BLUE.value >= WHITE
    return white or _OPACITY.value == 0


def _grounds(page: pdfium.PdfPage) -> Iterator[Bounds]:
    """The boxes of what white text can be seen on: pictures, and areas filled with a colour."""
    sides = [ctypes.c_float() for _ in range(4)]
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    for index in range(raw.FPDFPage_CountObjects(page)):
        item = raw.FPDFPage_GetObject(page, index)
        kind = raw.FPDFPageObj_GetType(item)
        if kind == raw.FPDF_PAGEOBJ_TEXT:
            continue
        if kind == raw.FPDF_PAGEOBJ_PATH:
            raw.FPDFPath_GetDrawMode(item, fill, stroke)
            if not fill.value or _is_white(item):
                continue
        raw.FPDFPageObj_GetBounds(item, *sides)
        left, low, right, high = (side.value for side in sides)
        yield left, right, low, high


def ink_box(textpage: int, index: int) -> Bounds:
    """The box of the ink of a character: left, right, bottom, top."""
    sides = [ctypes.c_double() for _ in range(4)]
    raw.FPDFText_GetCharBox(textpage, index, *sides)
    left, right, bottom, top = (side.value for side in sides)
    return left, right, bottom, top
