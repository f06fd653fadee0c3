"""One page as pdfium opens it → what it draws."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

import pypdfium2 as pdfium

from pipeline.readers.pdf import native as raw
from pipeline.readers.pdf.boxes import UNMOVED, Box, Matrix, around, times
from pipeline.readers.pdf.chars import characters
from pipeline.readers.pdf.clips import clip_of
from pipeline.readers.pdf.limits import refuse_many_characters
from pipeline.readers.pdf.marks import NEVER, Holder, Ink, PageMarks, Ruling, Run
from pipeline.readers.pdf.paths import draw
from pipeline.readers.pdf.tolerances import LEANING, SAMPLE
from pipeline.readers.pdf.unseen import may_be_unseen, unseen

_MATRIX = raw.FS_MATRIX()  # pdfium answers into it; there are thousands of questions a page
_OBJECT = (
    raw.FPDFPageObj_GetType,
    raw.FPDFPageObj_GetMatrix,
    raw.FPDFTextObj_GetTextRenderMode,
)


def page_marks(page: pdfium.PdfPage, textpage: pdfium.PdfTextPage, number: int) -> PageMarks:
    """Everything on one page that a table or a paragraph is made of."""
    told = raw.address(textpage.raw)
    width, height, display = _display(page, told)
    drawn = _Drawn(Box(0.0, 0.0, width, height))
    drawn.add_all_in(raw.address(page.raw), Holder(display))
    hidden = unseen(page, told) if drawn.veiled else set()
    chars, slanted, unseen_chars = characters(told, display, hidden, bool(drawn.turned))
    return PageMarks(
        number,
        width,
        height,
        chars,
        tuple(drawn.rulings),
        drawn.picture,
        tuple(drawn.inks),
        tuple(drawn.runs),
        frozenset(drawn.turned) if 2 * len(drawn.turned) < len(drawn.runs) else frozenset(),
        slanted,
        unseen_chars,
        drawn.clipping,
        display,
    )


@dataclass(slots=True)
class _Drawn:
    """The objects of a page so far, those in its forms too; `veiled` pages may hide some text."""

    box: Box
    count: int = 0
    rulings: list[Ruling] = field(default_factory=list)
    inks: list[Ink] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    turned: set[int] = field(default_factory=set)
    picture: float = 0.0
    veiled: bool = False
    clipping: int = NEVER

    def add_all_in(
        self,
        container: int,
        holder: Holder,
        count: Callable[[int], int] = raw.FPDFPage_CountObjects,
        at: Callable[[int, int], int] = raw.FPDFPage_GetObject,
    ) -> None:
        """What a page or a form holds."""
        kind_of, matrix_of, mode_of = _OBJECT
        outer = holder.matrix
        a, b, c, d, e, f = outer
        oblique = bool(b or a <= 0 or d >= 0)
        for index in range(count(container)):
            item = at(container, index)
            kind = kind_of(item)
            matrix_of(item, _MATRIX)
            if kind == raw.FPDF_PAGEOBJ_TEXT:
                order, x, y = self.count, _MATRIX.e, _MATRIX.f
                mode = mode_of(item)
                self.veiled = self.veiled or may_be_unseen(item, mode)
                if mode >= raw.FPDF_TEXTRENDERMODE_FILL_CLIP:
                    self.clipping = min(order, self.clipping)
                self.runs.append(Run(order, item, holder, a * x + c * y + e, b * x + d * y + f))
                if (oblique or _MATRIX.b or _MATRIX.a <= 0 or _MATRIX.d <= 0) and _is_turned(outer):
                    self.turned.add(order)
                self.count += 1
                continue
            inner = (_MATRIX.a, _MATRIX.b, _MATRIX.c, _MATRIX.d, _MATRIX.e, _MATRIX.f)
            matrix = outer if inner == UNMOVED else times(inner, outer)
            if kind == raw.FPDF_PAGEOBJ_FORM:
                faint = holder.faint or bool(raw.FPDFPageObj_HasTransparency(item))
                within = Holder(matrix, True, faint, clip_of(item, holder))
                inside = raw.FPDFFormObj_CountObjects, raw.FPDFFormObj_GetObject
                self.add_all_in(item, within, *inside)
                continue
            if kind == raw.FPDF_PAGEOBJ_PATH:
                draw(item, matrix, self.count, holder, self.rulings, self.inks)
            elif kind == raw.FPDF_PAGEOBJ_IMAGE:
                # An image is the unit square under its matrix.
                p, q, r, s, t, u = matrix
                corners = ((t, u), (t + p, u + q), (t + r, u + s), (t + p + r, u + q + s))
                share = abs(p * s - q * r) / (self.box.x1 * self.box.bottom)
                self.picture = max(self.picture, share)
                self._stain(around(corners), item, holder)
            else:
                self._stain(self.box, item, holder)
            self.count += 1

    def _stain(self, box: Box, item: int, holder: Holder) -> None:
        self.inks.append(Ink(*box, self.count, item=item, holder=holder))


def _is_turned(outer: Matrix) -> bool:
    """Whether the text that was asked for leans, lies, or is mirrored; slanted letters do not."""
    inner = (_MATRIX.a, _MATRIX.b, _MATRIX.c, _MATRIX.d, 0.0, 0.0)
    a, b, _, d, _, _ = times(inner, outer)
    return a <= 0 or d >= 0 or abs(b) > LEANING * a


def _display(page: pdfium.PdfPage, textpage: int) -> tuple[float, float, Matrix]:
    """Width and height with the text upright, and the matrix from the page's own space to there.

    Most of the characters decide; what the page declares turns them sideways in some files.
    """
    left, low, right, high = page.get_bbox()
    width, height = right - left, high - low
    count = raw.FPDFText_CountChars(textpage)
    refuse_many_characters(count)
    angles = (
        raw.FPDFText_GetCharAngle(textpage, index)
        for index in range(0, count, max(count // SAMPLE, 1))
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
