"""One PDF page → its characters and its drawn lines, in points from the top left as displayed."""

from __future__ import annotations

import ctypes
import math
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

LINE = 3.0  # anything drawn thinner than this is a line, anything thicker an area
THICKEST_STROKE = 8.0  # a stroke wider than this paints a background
DEEPEST_FORM = 8

Matrix = tuple[float, float, float, float, float, float]


class Glyph(NamedTuple):
    """One printed character; `turn` counts the quarter turns its baseline makes."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    turn: int = 0


class Rule(NamedTuple):
    """One drawn line along an axis: across at `at` from `start` to `end`."""

    at: float
    start: float
    end: float


@dataclass(slots=True)
class PageContent:
    """What one page prints. `image_share` is the part of the page the largest image covers."""

    number: int
    width: float
    height: float
    glyphs: list[Glyph]
    horizontal: list[Rule]
    vertical: list[Rule]
    image_share: float
    unmapped: int


# Fonts often map these glyphs to the radical instead of the character that looks the same.
_RADICALS = dict(
    zip(
        "⺟⺠⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰",
        "母民虎西见角贝车长门青韦页风飞食马骨鬼鱼鸟麦黄齐齿龙",
        strict=True,
    )
)


def _character(code: int) -> str:
    """The character for a code point as pdfium reports it; U+FFFD where the font gives none."""
    if code == 2:  # pdfium's mark for a hyphen at the end of a line
        return "-"
    if code in (9, 10, 13, 0xA0):
        return " "
    if code < 0x20 or code in (0xFFFE, 0xFFFF) or 0xD800 <= code < 0xE000 or code > 0x10FFFF:
        return "\ufffd"
    character = chr(code)
    if 0x2F00 <= code <= 0x2FD5:
        return unicodedata.normalize("NFKC", character)
    if 0x2E80 <= code <= 0x2EFF:
        return _RADICALS.get(character, character)
    return character


def read_page(document: Any, index: int) -> PageContent:
    """Page `index` (from 0) of an open `pypdfium2.PdfDocument`.

    A page whose text runs sideways is turned upright, and so are its coordinates.
    """
    page = pdfium.FPDF_LoadPage(document.raw, index)
    if not page:
        raise ValueError(f"page {index + 1} cannot be loaded")
    try:
        width, height, to_display = _display(page)
        glyphs = _glyphs(page, to_display, width, height)
        rules: list[tuple[float, float, float, float]] = []
        image_area = 0.0
        for item, matrix in _page_objects(page, to_display):
            kind = pdfium.FPDFPageObj_GetType(item)
            if kind == pdfium.FPDF_PAGEOBJ_PATH:
                rules.extend(_path_rules(item, matrix))
            elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
                image_area = max(image_area, _area(item, matrix))
    finally:
        pdfium.FPDF_ClosePage(page)
    unmapped = sum(glyph.text == "\ufffd" for glyph in glyphs)
    share = min(1.0, image_area / (width * height)) if width * height else 0.0
    glyphs, rules, width, height = _upright(glyphs, rules, width, height)
    across = [Rule((y0 + y1) / 2, x0, x1) for x0, y0, x1, y1 in rules if x1 - x0 >= y1 - y0]
    down = [Rule((x0 + x1) / 2, y0, y1) for x0, y0, x1, y1 in rules if x1 - x0 < y1 - y0]
    return PageContent(index + 1, width, height, glyphs, across, down, share, unmapped)


def _display(page: Any) -> tuple[float, float, Matrix]:
    """Width, height and the matrix from the page's own space to the page as displayed."""
    box = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page, box)
    left, right = sorted((box.left, box.right))
    low, high = sorted((box.bottom, box.top))
    width, height = right - left, high - low
    turn = pdfium.FPDFPage_GetRotation(page)
    if turn == 1:
        return height, width, (0, 1, 1, 0, -low, -left)
    if turn == 2:
        return width, height, (-1, 0, 0, 1, right, -low)
    if turn == 3:
        return height, width, (0, -1, -1, 0, high, right)
    return width, height, (1, 0, 0, -1, -left, high)


def _glyphs(page: Any, to_display: Matrix, width: float, height: float) -> list[Glyph]:
    """The characters printed inside the page, without slanted ones (watermarks) and doubles."""
    text = pdfium.FPDFText_LoadPage(page)
    if not text:
        return []
    glyphs: list[Glyph] = []
    seen: dict[str, list[Glyph]] = {}
    page_turn = pdfium.FPDFPage_GetRotation(page)
    box = pdfium.FS_RECTF()
    by_box = ctypes.byref(box)
    try:
        for index in range(pdfium.FPDFText_CountChars(text)):
            if pdfium.FPDFText_IsGenerated(text, index) == 1:
                continue
            if not pdfium.FPDFText_GetLooseCharBox(text, index, by_box):
                continue
            quarter = pdfium.FPDFText_GetCharAngle(text, index) / (math.pi / 2)
            turn = round(quarter)
            if abs(quarter - turn) > 0.1:
                continue
            x0, top, x1, bottom = _mapped_box(
                box.left, box.bottom, box.right, box.top, to_display
            )
            if not (0 <= (x0 + x1) / 2 <= width and 0 <= (top + bottom) / 2 <= height):
                continue
            character = _character(pdfium.FPDFText_GetUnicode(text, index))
            glyph = Glyph(character, x0, top, x1, bottom, (turn + page_turn) % 4)
            if character != " " and _is_double(glyph, seen.setdefault(character, [])):
                continue
            glyphs.append(glyph)
    finally:
        pdfium.FPDFText_ClosePage(text)
    return glyphs


def _is_double(glyph: Glyph, earlier: list[Glyph]) -> bool:
    """Whether the same character already stands here (bold faked by printing twice)."""
    near = 0.15 * max(glyph.bottom - glyph.top, glyph.x1 - glyph.x0)
    for other in earlier[-12:]:
        if abs(other.x0 - glyph.x0) < near and abs(other.top - glyph.top) < near:
            return True
    earlier.append(glyph)
    return False


def _mapped_box(
    left: float, low: float, right: float, high: float, matrix: Matrix
) -> tuple[float, float, float, float]:
    a, b, c, d, e, f = matrix
    xa, xb = a * left + c * low + e, a * right + c * high + e
    ya, yb = b * left + d * low + f, b * right + d * high + f
    return min(xa, xb), min(ya, yb), max(xa, xb), max(ya, yb)


def _page_objects(page: Any, to_display: Matrix) -> Iterator[tuple[Any, Matrix]]:
    for index in range(pdfium.FPDFPage_CountObjects(page)):
        yield from _with_contents(pdfium.FPDFPage_GetObject(page, index), to_display, 0)


def _with_contents(item: Any, matrix: Matrix, depth: int) -> Iterator[tuple[Any, Matrix]]:
    """The object, or what a form XObject holds, each with its matrix to the page as displayed."""
    if pdfium.FPDFPageObj_GetType(item) != pdfium.FPDF_PAGEOBJ_FORM:
        yield item, matrix
        return
    if depth == DEEPEST_FORM:
        return
    inner = _times(_own_matrix(item), matrix)
    for index in range(pdfium.FPDFFormObj_CountObjects(item)):
        yield from _with_contents(pdfium.FPDFFormObj_GetObject(item, index), inner, depth + 1)


def _own_matrix(item: Any) -> Matrix:
    own = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(item, own):
        return 1, 0, 0, 1, 0, 0
    return own.a, own.b, own.c, own.d, own.e, own.f


def _times(first: Matrix, then: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    ta, tb, tc, td, te, tf = then
    return (
        a * ta + b * tc,
        a * tb + b * td,
        c * ta + d * tc,
        c * tb + d * td,
        e * ta + f * tc + te,
        e * tb + f * td + tf,
    )


def _area(item: Any, matrix: Matrix) -> float:
    left, low, right, high = (ctypes.c_float() for _ in range(4))
    if not pdfium.FPDFPageObj_GetBounds(item, left, low, right, high):
        return 0.0
    x0, top, x1, bottom = _mapped_box(left.value, low.value, right.value, high.value, matrix)
    return (x1 - x0) * (bottom - top)


def _path_rules(item: Any, matrix: Matrix) -> Iterator[tuple[float, float, float, float]]:
    """The lines a path paints: thin filled areas, and the straight edges of strokes."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(item, fill, stroke)
    if not fill.value and not stroke.value:
        return
    matrix = _times(_own_matrix(item), matrix)
    stroked = bool(stroke.value) and _stroke_width(item, matrix) <= THICKEST_STROKE
    for edges in _subpaths(item, matrix):
        if stroked:
            for x0, y0, x1, y1 in edges:
                box = min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)
                if _is_straight(*box):
                    yield box
        if fill.value and edges:
            xs = [x for edge in edges for x in (edge[0], edge[2])]
            ys = [y for edge in edges for y in (edge[1], edge[3])]
            if min(max(xs) - min(xs), max(ys) - min(ys)) < LINE:
                yield min(xs), min(ys), max(xs), max(ys)


def _stroke_width(item: Any, matrix: Matrix) -> float:
    width = ctypes.c_float()
    if not pdfium.FPDFPageObj_GetStrokeWidth(item, width):
        return 0.0
    return float(width.value) * math.sqrt(abs(matrix[0] * matrix[3] - matrix[1] * matrix[2]))


def _is_straight(x0: float, y0: float, x1: float, y1: float) -> bool:
    across, down = x1 - x0, y1 - y0
    return min(across, down) <= max(0.5, 0.01 * max(across, down))


def _subpaths(item: Any, matrix: Matrix) -> list[list[tuple[float, float, float, float]]]:
    """The straight edges of each subpath, in display coordinates; curves are left out."""
    a, b, c, d, e, f = matrix
    x, y = ctypes.c_float(), ctypes.c_float()
    paths: list[list[tuple[float, float, float, float]]] = []
    edges: list[tuple[float, float, float, float]] = []
    start = here = (0.0, 0.0)
    for index in range(pdfium.FPDFPath_CountSegments(item)):
        segment = pdfium.FPDFPath_GetPathSegment(item, index)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        point = (a * x.value + c * y.value + e, b * x.value + d * y.value + f)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            edges = []
            paths.append(edges)
            start = point
        elif kind == pdfium.FPDF_SEGMENT_LINETO:
            edges.append((*here, *point))
        here = point
        if pdfium.FPDFPathSegment_GetClose(segment) and here != start:
            edges.append((*here, *start))
            here = start
    return paths


def _upright(
    glyphs: list[Glyph],
    rules: list[tuple[float, float, float, float]],
    width: float,
    height: float,
) -> tuple[list[Glyph], list[tuple[float, float, float, float]], float, float]:
    """Turn the page when most of its text runs along one other direction."""
    for turn in (1, 2, 3):
        if 2 * sum(glyph.turn == turn for glyph in glyphs) > len(glyphs) > 0:
            break
    else:
        return glyphs, rules, width, height
    turned = [
        Glyph(g.text, *turned_box(g[1:5], turn, width, height), (g.turn - turn) % 4)
        for g in glyphs
    ]
    boxes = [turned_box(rule, turn, width, height) for rule in rules]
    return (turned, boxes, width, height) if turn == 2 else (turned, boxes, height, width)


def turned_box(
    box: tuple[float, float, float, float], turn: int, width: float, height: float
) -> tuple[float, float, float, float]:
    """A box on a sheet of width × height, after undoing `turn` quarter turns of its text."""
    x0, top, x1, bottom = box
    if turn == 1:
        return top, width - x1, bottom, width - x0
    if turn == 2:
        return width - x1, height - bottom, width - x0, height - top
    if turn == 3:
        return height - bottom, x0, height - top, x1
    return box
