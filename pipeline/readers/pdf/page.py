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
from pipeline.readers.pdf.marks import NEVER, Ink, PageMarks, Ruling
from pipeline.readers.pdf.paths import draw
from pipeline.readers.pdf.runs import Holder, Run, Runs
from pipeline.readers.pdf.tolerances import SAMPLE
from pipeline.readers.pdf.unseen import may_be_unseen, unseen

_MATRIX = raw.FS_MATRIX()  # pdfium answers into it; there are thousands of questions a page


def page_marks(page: pdfium.PdfPage, textpage: pdfium.PdfTextPage, number: int) -> PageMarks:
    """Everything on one page that a table or a paragraph is made of."""
    told = raw.address(textpage.raw)
    width, height, display = _display(page, told)
    drawn = _Drawn(Box(0.0, 0.0, width, height))
    drawn.add_all_in(raw.address(page.raw), Holder(display))
    runs = Runs(drawn.runs)
    hidden = unseen(page, told) if drawn.veiled else set()
    # In tables it matters how each piece of text stands, and then one that leans is known already.
    may_lean = not drawn.rulings or bool(runs.turned)
    chars, slanted, unseen_chars = characters(told, display, hidden, runs, may_lean)
    return PageMarks(
        number,
        width,
        height,
        chars,
        tuple(drawn.rulings),
        drawn.picture,
        runs,
        tuple(drawn.inks),
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
        mode_of = raw.FPDFTextObj_GetTextRenderMode
        order, add_run = self.count, self.runs.append
        for index in range(count(container)):
            item = at(container, index)
            mode = mode_of(item)
            if mode != raw.FPDF_TEXTRENDERMODE_UNKNOWN:
                self.veiled = self.veiled or may_be_unseen(item, mode)
                if mode >= raw.FPDF_TEXTRENDERMODE_FILL_CLIP:
                    self.clipping = min(order, self.clipping)
                add_run((order, item, holder))
                order += 1
                continue
            kind = raw.FPDFPageObj_GetType(item)
            raw.FPDFPageObj_GetMatrix(item, _MATRIX)
            inner = (_MATRIX.a, _MATRIX.b, _MATRIX.c, _MATRIX.d, _MATRIX.e, _MATRIX.f)
            matrix = holder.matrix if inner == UNMOVED else times(inner, holder.matrix)
            if kind == raw.FPDF_PAGEOBJ_FORM:
                faint = holder.faint or bool(raw.FPDFPageObj_HasTransparency(item))
                within = Holder(matrix, True, faint, clip_of(item, holder))
                inside = raw.FPDFFormObj_CountObjects, raw.FPDFFormObj_GetObject
                self.count = order
                self.add_all_in(item, within, *inside)
                order = self.count
                continue
            if kind == raw.FPDF_PAGEOBJ_PATH:
                draw(item, matrix, order, holder, self.rulings, self.inks)
            elif kind == raw.FPDF_PAGEOBJ_IMAGE:
                # An image is the unit square under its matrix.
                p, q, r, s, t, u = matrix
                corners = ((t, u), (t + p, u + q), (t + r, u + s), (t + p + r, u + q + s))
                share = abs(p * s - q * r) / (self.box.x1 * self.box.bottom)
                self.picture = max(self.picture, share)
                self.inks.append(Ink(*around(corners), order, item=item, holder=holder))
            else:
                self.inks.append(Ink(*self.box, order, item=item, holder=holder))
            order += 1
        self.count = order


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
