"""Where the pieces of text of a page begin, and how they stand."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.readers.pdf import native as raw
from pipeline.readers.pdf.boxes import Matrix, times
from pipeline.readers.pdf.marks import Run
from pipeline.readers.pdf.tolerances import LEANING

_MATRIX = raw.FS_MATRIX()  # pdfium answers into it; there are thousands of questions a page


def starts_of(runs: Sequence[Run]) -> tuple[list[tuple[float, float]], set[int]]:
    """The point at which each begins, and the how-many-eth those are that lean, lie or are mirrored.

    Slanted letters stand upright.
    """
    matrix_of = raw.FPDFPageObj_GetMatrix
    starts: list[tuple[float, float]] = []
    turned: set[int] = set()
    for order, item, holder in runs:
        matrix_of(item, _MATRIX)
        a, b, c, d, e, f = outer = holder.matrix
        x, y = _MATRIX.e, _MATRIX.f
        starts.append((a * x + c * y + e, b * x + d * y + f))
        if (b or _MATRIX.b or a <= 0 or d >= 0 or _MATRIX.a <= 0 or _MATRIX.d <= 0) and (
            _is_turned((_MATRIX.a, _MATRIX.b, _MATRIX.c, _MATRIX.d, x, y), outer)
        ):
            turned.add(order)
    return starts, turned


def shape_of(item: int) -> tuple[float, float, float]:
    """How a piece of text stands, leans, and is stretched: each as a share of its own size."""
    raw.FPDFPageObj_GetMatrix(item, _MATRIX)
    a, d = _MATRIX.a or 1.0, _MATRIX.d or 1.0
    return _MATRIX.b / a, _MATRIX.c / d, a / d


def _is_turned(inner: Matrix, outer: Matrix) -> bool:
    a, b, _, d, _, _ = times(inner, outer)
    return a <= 0 or d >= 0 or abs(b) > LEANING * a
