"""The paths of a page → the rulings of its tables, and ink."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator
from itertools import pairwise

from pipeline.readers.pdf import native as raw
from pipeline.readers.pdf.boxes import Box, Matrix, around
from pipeline.readers.pdf.marks import Ink, Ruling
from pipeline.readers.pdf.runs import Holder
from pipeline.readers.pdf.tolerances import SHORT, THIN
from pipeline.readers.pdf.unseen import fill_colour, stroke_colour

Points = list[tuple[float, float]]

# What pdfium answers into; there are thousands of questions a page.
_X, _Y = ctypes.c_float(), ctypes.c_float()
_FILL, _STROKE = ctypes.c_int(), ctypes.c_int()
_PATH = raw.FPDFPath_GetPathSegment, raw.FPDFPathSegment_GetType, raw.FPDFPathSegment_GetPoint


def draw(
    item: int, matrix: Matrix, order: int, holder: Holder, rulings: list[Ruling], inks: list[Ink]
) -> None:
    """The straight edges of a path, if stroked or filled and thin, are rulings; the rest is ink."""
    raw.FPDFPath_GetDrawMode(item, _FILL, _STROKE)
    stroked, filled = bool(_STROKE.value), bool(_FILL.value)
    if not stroked and not filled:
        return
    areas: list[Box] = []
    shapes: list[Box] = []
    strokes: list[Box] = []
    reach = 0.0
    if stroked and raw.FPDFPageObj_GetStrokeWidth(item, _X) and _X.value > THIN:
        reach = _X.value * math.sqrt(abs(matrix[0] * matrix[3] - matrix[1] * matrix[2])) / 2
    for points, curved in _subpaths(item, matrix):
        box = around(points)
        left, top, right, bottom = box
        width, height = right - left, bottom - top
        if reach:
            strokes += _thick(points, reach)
        if min(width, height) < THIN and max(width, height) > SHORT:
            if width >= height:
                rulings.append(Ruling(True, (top + bottom) / 2, left, right))
            else:
                rulings.append(Ruling(False, (left + right) / 2, top, bottom))
            continue
        if stroked:
            straight = not curved
            for (x0, y0), (x1, y1) in pairwise(points):
                across, down = abs(x1 - x0), abs(y1 - y0)
                if down < THIN and across > SHORT:
                    rulings.append(Ruling(True, (y0 + y1) / 2, min(x0, x1), max(x0, x1)))
                elif across < THIN and down > SHORT:
                    rulings.append(Ruling(False, (x0 + x1) / 2, min(y0, y1), max(y0, y1)))
                else:
                    straight = straight and across < SHORT and down < SHORT
            if not straight or (width < SHORT and height < SHORT):
                strokes.append(box)
        if filled:
            (areas if not curved and _is_rectangular(points) else shapes).append(box)
    if areas or shapes:
        colour = fill_colour(item)
        if colour is None or colour[3]:
            plain = colour is not None
            inks += [Ink(*box, order, plain, colour, item, holder) for box in areas]
            inks += [Ink(*box, order, False, colour, item, holder) for box in shapes]
    if strokes:
        colour = stroke_colour(item)
        if colour is None or colour[3]:
            inks += [Ink(*box, order, False, colour, item, holder) for box in strokes]


def _is_rectangular(points: Points) -> bool:
    """Whether the edges of a path of four or five points run across or down."""
    return len(points) in (4, 5) and all(
        abs(x1 - x0) < 1.0 or abs(y1 - y0) < 1.0 for (x0, y0), (x1, y1) in pairwise(points)
    )


def _thick(points: Points, reach: float) -> Iterator[Box]:
    """The boxes around the edges of a path that is drawn with so thick a pen."""
    for (x0, y0), (x1, y1) in pairwise(points):
        yield Box(
            min(x0, x1) - reach, min(y0, y1) - reach, max(x0, x1) + reach, max(y0, y1) + reach
        )


def _subpaths(item: int, matrix: Matrix) -> Iterator[tuple[Points, bool]]:
    """The points of each piece of a path, and whether it has curves.

    Where a piece is closed pdfium has its first point again.
    """
    a, b, c, d, e, f = matrix
    segment_at, kind_of, point_of = _PATH
    points: Points = []
    curved = False
    for index in range(raw.FPDFPath_CountSegments(item)):
        segment = segment_at(item, index)
        kind = kind_of(segment) if points else raw.FPDF_SEGMENT_MOVETO
        if kind == raw.FPDF_SEGMENT_MOVETO:
            if len(points) > 1:
                yield points, curved
            points = []
            curved = False
        elif kind == raw.FPDF_SEGMENT_BEZIERTO:
            curved = True
        point_of(segment, _X, _Y)
        x, y = _X.value, _Y.value
        points.append((a * x + c * y + e, b * x + d * y + f))
    if len(points) > 1:
        yield points, curved
