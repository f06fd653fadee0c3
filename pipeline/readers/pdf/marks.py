"""What a PDF page draws: characters with their boxes, and the straight rulings of its tables.

Everything is in points from the page's top left corner.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import pypdfium2 as pdfium
import pypdfium2.raw as raw

_THIN = 3.0  # points; a drawn box thinner than this is a line
_LARGE = 30.0  # points; a box this high forgets that its text is scaled down, so the ink counts
_SHORT = 4.0  # points; anything shorter in both directions is a dot

Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Char:
    text: str
    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def x(self) -> float:
        return (self.x0 + self.x1) / 2

    @property
    def y(self) -> float:
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class Ruling:
    """A horizontal or vertical line: at `at`, from `start` to `end`."""

    horizontal: bool
    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class PageMarks:
    """A page as drawn; `images` counts its pictures."""

    number: int
    width: float
    height: float
    chars: tuple[Char, ...]
    rulings: tuple[Ruling, ...]
    images: int


def page_marks(page: pdfium.PdfPage, number: int) -> PageMarks:
    """Everything on one page that a table or a paragraph is made of."""
    left, low, right, high = page.get_bbox()
    rulings: list[Ruling] = []
    images = 0
    for item, matrix in _objects(page):
        kind = raw.FPDFPageObj_GetType(item)
        if kind == raw.FPDF_PAGEOBJ_IMAGE:
            images += 1
        elif kind == raw.FPDF_PAGEOBJ_PATH:
            rulings += _rulings(item, matrix, left, high)
    chars = tuple(_chars(page, left, high))
    return PageMarks(number, right - left, high - low, chars, tuple(rulings), images)


def _objects(page: pdfium.PdfPage) -> Iterator[tuple[object, Matrix]]:
    for index in range(raw.FPDFPage_CountObjects(page)):
        yield from _opened(raw.FPDFPage_GetObject(page, index), _IDENTITY)


def _opened(item: object, outer: Matrix) -> Iterator[tuple[object, Matrix]]:
    """The object with its matrix, or the objects inside a form."""
    matrix = _times(_matrix(item), outer)
    if raw.FPDFPageObj_GetType(item) != raw.FPDF_PAGEOBJ_FORM:
        yield item, matrix
        return
    for index in range(raw.FPDFFormObj_CountObjects(item)):
        yield from _opened(raw.FPDFFormObj_GetObject(item, index), matrix)


def _matrix(item: object) -> Matrix:
    found = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(item, found)
    return (found.a, found.b, found.c, found.d, found.e, found.f)


def _times(inner: Matrix, outer: Matrix) -> Matrix:
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return (
        a * p + b * r,
        a * q + b * s,
        c * p + d * r,
        c * q + d * s,
        e * p + f * r + t,
        e * q + f * s + u,
    )


def _rulings(item: object, matrix: Matrix, left: float, high: float) -> Iterator[Ruling]:
    """The straight edges of a path that is stroked, or that is filled and thin."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(item, fill, stroke)
    for points in _subpaths(item, matrix, left, high):
        xs, ys = [x for x, _ in points], [y for _, y in points]
        width, height = max(xs) - min(xs), max(ys) - min(ys)
        if min(width, height) < _THIN and max(width, height) > _SHORT:
            if stroke.value or fill.value:
                yield _line(min(xs), min(ys), max(xs), max(ys))
        elif stroke.value:
            for (x0, y0), (x1, y1) in pairwise(points):
                if (
                    min(abs(x1 - x0), abs(y1 - y0)) < _THIN
                    and max(abs(x1 - x0), abs(y1 - y0)) > _SHORT
                ):
                    yield _line(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


def _line(x0: float, y0: float, x1: float, y1: float) -> Ruling:
    if x1 - x0 >= y1 - y0:
        return Ruling(True, (y0 + y1) / 2, x0, x1)
    return Ruling(False, (x0 + x1) / 2, y0, y1)


def _subpaths(
    item: object, matrix: Matrix, left: float, high: float
) -> Iterator[list[tuple[float, float]]]:
    a, b, c, d, e, f = matrix
    x, y = ctypes.c_float(), ctypes.c_float()
    points: list[tuple[float, float]] = []
    for index in range(raw.FPDFPath_CountSegments(item)):
        segment = raw.FPDFPath_GetPathSegment(item, index)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        point = (a * x.value + c * y.value + e - left, high - (b * x.value + d * y.value + f))
        if raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_MOVETO:
            if len(points) > 1:
                yield points
            points = []
        points.append(point)
        if raw.FPDFPathSegment_GetClose(segment):
            points.append(points[0])
    if len(points) > 1:
        yield points


def _chars(page: pdfium.PdfPage, left: float, high: float) -> Iterator[Char]:
    textpage = page.get_textpage()
    box = raw.FS_RECTF()
    seen: set[tuple[str, int, int]] = set()
    try:
        for index in range(raw.FPDFText_CountChars(textpage)):
            if raw.FPDFText_IsGenerated(textpage, index) == 1:
                continue
            text = chr(raw.FPDFText_GetUnicode(textpage, index))
            if text in "\r\n\x00\ufffe":
                continue
            raw.FPDFText_GetLooseCharBox(textpage, index, box)
            x0, x1, y0, y1 = box.left, box.right, box.bottom, box.top
            if y1 - y0 > _LARGE:
                x0, x1, y0, y1 = _ink(textpage, index)
            char = Char(text, x0 - left, high - y1, x1 - left, high - y0)
            # Bold type is often the same character drawn twice, a fraction of a point apart.
            place = (text, round(char.x / 2), round(char.y / 2))
            if place not in seen:
                seen.add(place)
                yield char
    finally:
        textpage.close()


def _ink(textpage: pdfium.PdfTextPage, index: int) -> tuple[float, float, float, float]:
    """The box of the ink of a character: left, right, bottom, top."""
    sides = [ctypes.c_double() for _ in range(4)]
    raw.FPDFText_GetCharBox(textpage, index, *sides)
    left, right, bottom, top = (side.value for side in sides)
    return left, right, bottom, top
