"""What a PDF page draws: characters with their boxes, and the straight rulings of its tables.

Everything is in points from the top left corner of the page, held so that its text is upright.
"""

from __future__ import annotations

import ctypes
import math
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from pipeline.readers.pdf.tolerances import LARGE, SAME_PLACE, SAMPLE, SHORT, SLANT, THIN
from pipeline.readers.pdf.unseen import ink_box, may_be_unseen, unseen

Matrix = tuple[float, float, float, float, float, float]
_UNMOVED: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_QUARTER = math.pi / 2

# What pdfium answers into; there are thousands of questions a page, so these are made once.
_MATRIX, _BOX = raw.FS_MATRIX(), raw.FS_RECTF()
_X, _Y = ctypes.c_float(), ctypes.c_float()
_FILL, _STROKE = ctypes.c_int(), ctypes.c_int()
_PATH = raw.FPDFPath_GetPathSegment, raw.FPDFPathSegment_GetType, raw.FPDFPathSegment_GetPoint
_CHARACTER = (
    raw.FPDFText_GetUnicode,
    raw.FPDFText_IsGenerated,
    raw.FPDFText_GetCharAngle,
    raw.FPDFText_GetLooseCharBox,
)

# Fonts often map a glyph to the radical instead of the character that looks the same; NFKC leaves
# these alone.
_RADICALS = dict(
    zip(
        "⺠⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰",
        "民虎西见角贝车长门青韦页风飞食马骨鬼鱼鸟麦黄齐齿龙",
        strict=True,
    )
)


class Char(NamedTuple):
    """A character, its box, and the middle of that."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    x: float
    y: float

    @property
    def height(self) -> float:
        return self.bottom - self.top


class Ruling(NamedTuple):
    """A horizontal or vertical line: at `at`, from `start` to `end`."""

    horizontal: bool
    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class PageMarks:
    """A page as drawn; `picture` is the share of it that its largest picture covers."""

    number: int
    height: float
    chars: tuple[Char, ...]
    rulings: tuple[Ruling, ...]
    picture: float


def page_marks(page: pdfium.PdfPage, number: int) -> PageMarks:
    """Everything on one page that a table or a paragraph is made of."""
    textpage = page.get_textpage()
    rulings: list[Ruling] = []
    picture = 0.0
    veiled = False
    try:
        width, height, display = _display(page, textpage)
        for item, kind, matrix in _objects(page.raw, display):
            if kind == raw.FPDF_PAGEOBJ_TEXT:
                veiled = veiled or may_be_unseen(item)
            elif kind == raw.FPDF_PAGEOBJ_IMAGE:
                # An image is the unit square under its matrix.
                area = abs(matrix[0] * matrix[3] - matrix[1] * matrix[2])
                picture = max(picture, area / (width * height))
            elif kind == raw.FPDF_PAGEOBJ_PATH:
                rulings += _rulings(item, matrix)
        chars = _chars(textpage.raw, display, unseen(page, textpage) if veiled else set())
    finally:
        textpage.close()
    return PageMarks(number, height, chars, tuple(rulings), picture)


def _display(page: pdfium.PdfPage, textpage: pdfium.PdfTextPage) -> tuple[float, float, Matrix]:
    """Width and height with the text upright, and the matrix from the page's own space to there.

    Most of the first characters decide; what the page declares turns them sideways in some files.
    """
    left, low, right, high = page.get_bbox()
    width, height = right - left, high - low
    angles = (
        raw.FPDFText_GetCharAngle(textpage, index)
        for index in range(min(raw.FPDFText_CountChars(textpage), SAMPLE))
        if raw.FPDFText_IsGenerated(textpage, index) == 0
    )
    turns = Counter(-round(math.degrees(angle) / 90) % 4 * 90 for angle in angles)
    turn = turns.most_common(1)[0][0] if turns else page.get_rotation()
    if turn == 90:
        return height, width, (0, 1, 1, 0, -low, -left)
    if turn == 180:
        return width, height, (-1, 0, 0, 1, right, -low)
    if turn == 270:
        return height, width, (0, -1, -1, 0, high, right)
    return width, height, (1, 0, 0, -1, -left, high)


def _objects(
    holder: object,
    outer: Matrix,
    count: Callable[[object], int] = raw.FPDFPage_CountObjects,
    at: Callable[[object, int], object] = raw.FPDFPage_GetObject,
) -> Iterator[tuple[object, int, Matrix]]:
    """The objects on a page, those in its forms too: each with its kind and its matrix.

    A text has that of its holder: where it stands is known by the text page.
    """
    for index in range(count(holder)):
        item = at(holder, index)
        kind = raw.FPDFPageObj_GetType(item)
        matrix = outer
        if kind != raw.FPDF_PAGEOBJ_TEXT:
            raw.FPDFPageObj_GetMatrix(item, _MATRIX)
            inner = (_MATRIX.a, _MATRIX.b, _MATRIX.c, _MATRIX.d, _MATRIX.e, _MATRIX.f)
            matrix = outer if inner == _UNMOVED else _times(inner, outer)
        if kind == raw.FPDF_PAGEOBJ_FORM:
            inside = raw.FPDFFormObj_CountObjects, raw.FPDFFormObj_GetObject
            yield from _objects(item, matrix, *inside)
        else:
            yield item, kind, matrix


def _times(inner: Matrix, outer: Matrix) -> Matrix:
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    across, down = (a * p + b * r, a * q + b * s), (c * p + d * r, c * q + d * s)
    return (*across, *down, e * p + f * r + t, e * q + f * s + u)


def _rulings(item: object, matrix: Matrix) -> Iterator[Ruling]:
    """The straight edges of a path that is stroked, or that is filled and thin."""
    raw.FPDFPath_GetDrawMode(item, _FILL, _STROKE)
    stroked = bool(_STROKE.value)
    if not stroked and not _FILL.value:
        return
    for points in _subpaths(item, matrix):
        xs, ys = zip(*points, strict=True)
        left, right, top, bottom = min(xs), max(xs), min(ys), max(ys)
        width, height = right - left, bottom - top
        if min(width, height) < THIN and max(width, height) > SHORT:
            if width >= height:
                yield Ruling(True, (top + bottom) / 2, left, right)
            else:
                yield Ruling(False, (left + right) / 2, top, bottom)
        elif stroked:
            for (x0, y0), (x1, y1) in pairwise(points):
                across, down = abs(x1 - x0), abs(y1 - y0)
                if down < THIN and across > SHORT:
                    yield Ruling(True, (y0 + y1) / 2, min(x0, x1), max(x0, x1))
                elif across < THIN and down > SHORT:
                    yield Ruling(False, (x0 + x1) / 2, min(y0, y1), max(y0, y1))


def _subpaths(item: object, matrix: Matrix) -> Iterator[list[tuple[float, float]]]:
    """The points of each piece of a path; where one is closed pdfium has its first point again."""
    a, b, c, d, e, f = matrix
    segment_at, kind_of, point_of = _PATH
    points: list[tuple[float, float]] = []
    for index in range(raw.FPDFPath_CountSegments(item)):
        segment = segment_at(item, index)
        if points and kind_of(segment) == raw.FPDF_SEGMENT_MOVETO:
            if len(points) > 1:
                yield points
            points = []
        point_of(segment, _X, _Y)
        x, y = _X.value, _Y.value
        points.append((a * x + c * y + e, b * x + d * y + f))
    if len(points) > 1:
        yield points


def _chars(textpage: object, display: Matrix, hidden: set[int]) -> tuple[Char, ...]:
    """The characters in pdfium's order, each once."""
    code_of, is_added, angle_of, box_of = _CHARACTER
    chars: dict[tuple[str, int, int], Char] = {}
    for index in range(raw.FPDFText_CountChars(textpage)):
        if index in hidden:
            continue
        text = _character(code_of(textpage, index))
        # What pdfium adds of its own, to part words and lines, is white.
        if text in "\r\n" or (text == " " and is_added(textpage, index) == 1):
            continue
        turns = angle_of(textpage, index) / _QUARTER
        if turns and abs(turns - round(turns)) > SLANT:
            continue
        box_of(textpage, index, _BOX)
        left, right, low, high = _BOX.left, _BOX.right, _BOX.bottom, _BOX.top
        if high - low > LARGE:
            left, right, low, high = ink_box(textpage, index)
        x0, top, x1, bottom = _mapped(left, low, right, high, display)
        x, y = (x0 + x1) / 2, (top + bottom) / 2
        place = (text, round(x / SAME_PLACE), round(y / SAME_PLACE))
        if place not in chars:
            chars[place] = Char(text, x0, top, x1, bottom, x, y)
    return tuple(chars.values())


@cache
def _character(code: int) -> str:
    """The character pdfium reports; U+FFFD where the font says nothing, so that it stays seen."""
    if code == 2:  # a hyphen that ends a line
        return "-"
    if code in (0, 0xFFFE, 0xFFFF) or 0xD800 <= code < 0xE000:
        return "\ufffd"
    if 0x2F00 <= code < 0x2FE0:
        return unicodedata.normalize("NFKC", chr(code))
    return _RADICALS.get(chr(code), chr(code))


def _mapped(
    left: float, low: float, right: float, high: float, matrix: Matrix
) -> tuple[float, float, float, float]:
    """A box after a matrix that turns by quarters only: x0, top, x1, bottom."""
    a, b, c, d, e, f = matrix
    x0, x1 = a * left + c * low + e, a * right + c * high + e
    y0, y1 = b * left + d * low + f, b * right + d * high + f
    if x0 > x1:
        x0, x1 = x1, x0
    return (x0, y0, x1, y1) if y0 <= y1 else (x0, y1, x1, y0)
