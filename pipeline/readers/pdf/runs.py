"""Where the pieces of text of a page begin, and how they stand."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

from pipeline.readers.pdf import native as raw
from pipeline.readers.pdf.boxes import Box, Matrix, times
from pipeline.readers.pdf.tolerances import LEANING


class Holder(NamedTuple):
    """A page, or a form on it: what it does to all that it holds.

    `faint` holders blend with what lies beneath; of others only what lies within `clip` is seen.
    """

    matrix: Matrix
    is_form: bool = False
    faint: bool = False
    clip: Box | None = None


# A piece of text: the how-many-eth it is painted, its address, and in what. There are thousands.
Run = tuple[int, int, Holder]

_MATRIX = raw.FS_MATRIX()  # pdfium answers into it; there are thousands of questions a page


class Runs:
    """The pieces of text of a page, in the order in which they are painted."""

    def __init__(self, runs: Sequence[Run]) -> None:
        self.all = runs

    @cached_property
    def by_address(self) -> dict[int, Run]:
        """Each by the address that pdfium gives it."""
        return {run[1]: run for run in self.all}

    @property
    def starts(self) -> list[tuple[float, float]]:
        """The point at which each begins."""
        return self._starts_and_turned[0]

    @property
    def turned(self) -> set[int]:
        """The how-many-eth those are that lean, lie, or are mirrored; slanted letters do not."""
        return self._starts_and_turned[1]

    @property
    def odd(self) -> set[int]:
        """Those turned, where most are not."""
        return self.turned if 2 * len(self.turned) < len(self.all) else set()

    @cached_property
    def _starts_and_turned(self) -> tuple[list[tuple[float, float]], set[int]]:
        matrix_of = raw.FPDFPageObj_GetMatrix
        starts: list[tuple[float, float]] = []
        turned: set[int] = set()
        for order, item, holder in self.all:
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
