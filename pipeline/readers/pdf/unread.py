"""What a cell shows of which its text says nothing."""

from __future__ import annotations

import ctypes

from pipeline.readers.pdf import native as raw
from pipeline.readers.pdf.chars import run_of
from pipeline.readers.pdf.fonts import Fonts
from pipeline.readers.pdf.marks import Char
from pipeline.readers.pdf.tolerances import SAME_PLACE, SPOT
from pipeline.readers.pdf.unseen import ink_box, may_be_unseen

_END = 2  # bytes of a text that says nothing: its end


def says_something(char: Char) -> bool:
    """Whether a character is neither white space nor one that is not printed."""
    return char.text.isprintable() and not char.text.isspace()


def leaves_ink(textpage: int, mute: Char, fonts: Fonts) -> bool:
    """Whether a character that says nothing shows something: its font maps it to a space."""
    font = raw.FPDFTextObj_GetFont(run_of(textpage, mute))
    if not font or fonts.is_doubted(font):
        return bool(font)
    left, right, low, high = ink_box(textpage, mute.number)
    embedded = raw.FPDFFont_GetIsEmbedded(font) == 1
    return embedded and right - left > SPOT and high - low > SPOT


def is_lost(textpage: int, item: int, beside: set[int]) -> bool:
    """Whether a run shows something of which the text page has nothing, or not here.

    Beside other runs it may be a copy that makes one of them bold, or unseen.
    """
    told = raw.FPDFTextObj_GetText(item, textpage, None, 0) > _END
    if told and (beside or may_be_unseen(item, raw.FPDFTextObj_GetTextRenderMode(item))):
        return False
    box = _bounds(item)
    left, low, right, high = box
    if right - left < SPOT and high - low < SPOT:
        return False
    return not any(
        all(abs(a - b) < SAME_PLACE for a, b in zip(box, _bounds(other), strict=True))
        for other in beside
    )


def _bounds(item: int) -> tuple[float, float, float, float]:
    """The box around an object, in the space of the page: left, low, right, high."""
    sides = [ctypes.c_float() for _ in range(4)]
    raw.FPDFPageObj_GetBounds(item, *sides)
    left, low, right, high = (side.value for side in sides)
    return left, low, right, high
