"""What is laid over a page beside its own drawing: form fields, comments, stamps, links."""

from __future__ import annotations

import ctypes
import re

from pipeline.readers.pdf import native as raw
from pipeline.readers.pdf.boxes import Box, Matrix, mapped

_UNSEEN = raw.FPDF_ANNOT_FLAG_HIDDEN | raw.FPDF_ANNOT_FLAG_NOVIEW
# Operators of an appearance that leave ink: text, a filled or stroked path, a picture, a form.
_PAINTS = re.compile(r"\b(?:Tj|TJ|[fFBbSs]\*?|sh|Do|EI)\b|(?:'|\")\s")
# The ground and the border of a field, which begin at its corner: they say nothing.
_GROUND = re.compile(r"\b[01]?(?:\.\d+)? [01]?(?:\.\d+)? [\d.]+ [\d.]+ re\s+[fFsS]\b")
_LONGEST = 4096  # bytes of a value or an appearance that are looked at


def notes(page: int, display: Matrix) -> tuple[list[Box], list[Box]]:
    """The boxes of what is laid over the page and can be seen, and those of its links."""
    covers: list[Box] = []
    links: list[Box] = []
    for index in range(raw.FPDFPage_GetAnnotCount(page)):
        note = raw.FPDFPage_GetAnnot(page, index)
        if not note:
            continue
        kind = raw.FPDFAnnot_GetSubtype(note)
        if kind == raw.FPDF_ANNOT_LINK and not _look(note):
            links += _boxes(note, display)
        elif _is_shown(note, kind):
            covers += _boxes(note, display)
        raw.FPDFPage_CloseAnnot(note)
    return covers, links


def _is_shown(note: int, kind: int) -> bool:
    if kind == raw.FPDF_ANNOT_POPUP or raw.FPDFAnnot_GetFlags(note) & _UNSEEN:
        return False
    if kind != raw.FPDF_ANNOT_WIDGET:
        return True
    drawn = _look(note)
    value = _string(lambda out, room: raw.FPDFAnnot_GetStringValue(note, b"V", out, room))
    # A reader draws what has no look of its own; pdfium does not tell what a field above it holds.
    untold = not drawn and any(raw.FPDFAnnot_HasKey(note, key) for key in (b"Parent", b"MK"))
    return untold or bool(value.strip()) or _PAINTS.search(_GROUND.sub("", drawn)) is not None


def _look(note: int) -> str:
    """The drawing that shows the note, if it brings one."""
    mode = raw.FPDF_ANNOT_APPEARANCEMODE_NORMAL
    return _string(lambda out, room: raw.FPDFAnnot_GetAP(note, mode, out, room))


def _string(ask: object) -> str:
    room = ask(None, 0)  # type: ignore[operator]
    if room <= 2:
        return ""
    out = (ctypes.c_ushort * (room // 2))()
    ask(out, room)  # type: ignore[operator]
    return bytes(out)[: 2 * _LONGEST].decode("utf-16-le", "replace").rstrip("\0")


def _boxes(note: int, display: Matrix) -> list[Box]:
    """Its rectangle, and those of the text it marks."""
    boxes = []
    around = raw.FS_RECTF()
    if raw.FPDFAnnot_GetRect(note, around):
        sides = sorted((around.left, around.right)), sorted((around.bottom, around.top))
        (left, right), (low, high) = sides
        boxes.append(mapped(left, low, right, high, display))
    for index in range(raw.FPDFAnnot_CountAttachmentPoints(note)):
        corners = raw.FS_QUADPOINTSF()
        if raw.FPDFAnnot_GetAttachmentPoints(note, index, corners):
            xs = corners.x1, corners.x2, corners.x3, corners.x4
            ys = corners.y1, corners.y2, corners.y3, corners.y4
            boxes.append(mapped(min(xs), min(ys), max(xs), max(ys), display))
    return boxes
