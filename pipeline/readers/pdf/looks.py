"""How a piece of text looks: font, colour, what is cut off of it, and whether that is sure."""

from __future__ import annotations

import ctypes
from typing import NamedTuple

from pipeline.readers.pdf import native as raw
from pipeline.readers.pdf.boxes import Box
from pipeline.readers.pdf.clips import clip_of, is_clipped, is_odd_clip
from pipeline.readers.pdf.colours import PAPER, differ, stands_off
from pipeline.readers.pdf.fonts import Fonts
from pipeline.readers.pdf.runs import Run, shape_of
from pipeline.readers.pdf.tolerances import LEVEL
from pipeline.readers.pdf.unseen import Colour, fill_colour, stroke_colour

_OPAQUE = 255
_BY_OUTLINE = frozenset((raw.FPDF_TEXTRENDERMODE_STROKE, raw.FPDF_TEXTRENDERMODE_STROKE_CLIP))
_BY_NOTHING = frozenset((raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP))
_LAYER, _SPOKEN = "OC", b"ActualText"
_END = 2  # bytes of a text that says nothing: its end
_NONE: frozenset[str] = frozenset()


class Look(NamedTuple):
    """How a piece of text is set; a `doubtful` one may show something else, or nothing.

    A `faint` one is not seen on white paper; `narrow` digits stand on the one before them. None of
    that is so of most: they are `ordinary`.
    """

    item: int
    font: int
    colour: Colour | None
    clip: Box | None
    narrow: frozenset[str]
    faint: bool
    doubtful: bool
    ordinary: bool


UNKNOWN = Look(0, 0, None, None, _NONE, faint=True, doubtful=True, ordinary=False)


def look_of(run: Run, fonts: Fonts, clipping: int) -> Look:
    """How a piece of text looks; after the `clipping`-eth, text may cut it off."""
    order, item, holder = run
    mode = raw.FPDFTextObj_GetTextRenderMode(item)
    colour = stroke_colour(item) if mode in _BY_OUTLINE else fill_colour(item)
    font = raw.FPDFTextObj_GetFont(item) or 0
    clips = is_clipped(item)
    clip = clip_of(item, holder) if clips or holder.clip is not None else None
    doubtful = (
        order > clipping
        or colour is None
        or mode in _BY_NOTHING
        or bool(raw.FPDFPageObj_HasTransparency(item) and colour[3] == _OPAQUE)
        or _may_stand_for_other(item)
        or holder.faint
        or (holder.is_form and fonts.has_layers)
        or fonts.is_doubted(font)
        or (clips and is_odd_clip(item))
    )
    faint = not stands_off(colour, PAPER)
    narrow = fonts.narrow(font)
    ordinary = not (doubtful or faint or narrow or clip is not None)
    return Look(item, font, colour, clip, narrow, faint, doubtful, ordinary)


def are_unlike(one: Look, other: Look, fonts: Fonts) -> bool:
    """Whether two pieces differ in font or colour, or in how they stand, lean or are stretched."""
    if one is other:
        return False
    if not one.item or not other.item or fonts.name(one.font) != fonts.name(other.font):
        return True
    pairs = zip(shape_of(one.item), shape_of(other.item), strict=True)
    return differ(one.colour, other.colour) or any(abs(a - b) > LEVEL for a, b in pairs)


def _may_stand_for_other(item: int) -> bool:
    """Whether text is in a layer that may be off, or is said to stand for other text."""
    for index in range(raw.FPDFPageObj_CountMarks(item)):
        mark = raw.FPDFPageObj_GetMark(item, index)
        name, size = (ctypes.c_ushort * 64)(), ctypes.c_ulong()
        if raw.FPDFPageObjMark_GetName(mark, name, ctypes.sizeof(name), size) and (
            bytes(name)[: size.value].decode("utf-16-le", "replace").rstrip("\0") == _LAYER
        ):
            return True
        spoken = raw.FPDFPageObjMark_GetParamStringValue(mark, _SPOKEN, None, 0, size)
        if spoken and size.value > _END:
            return True
    return False
